"""Step 8 in two places: the archive is built where there is no key, and signed where the key is.

A workflow builds the bundle of a signed report; the Kasubag Penyusun Program signs it on a
computer of the office, which first makes the same bundle from its own clone and compares. The
result is byte for byte the archive that ``kirim`` would have made at that moment. It decides
nothing about who may send (``sop.kirim``).

Example:
    >>> nama, bita = bundel(forge, Periode.baca("2024-tw1"), saat)
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kinerja.adapters.forges.releases import MintaRilis
from kinerja.adapters.local_forge import ForgeLokal
from kinerja.archive_step import Pembuat, nama_arsip, rancang_arsip
from kinerja.domain.arsip import Manifes, Pernyataan
from kinerja.domain.errors import DitolakError
from kinerja.domain.organisasi import pemangku_sah
from kinerja.domain.periode import Periode
from kinerja.publishing.archive import susun_arsip
from kinerja.publishing.bundle import baca_bertanda, baca_bundel
from kinerja.publishing.findings.markdown import teks_biasa
from kinerja.session import Sesi

BELUM_BERTANDA = ".belum-bertanda.zip"
_PENGIRIM = "kasubag-program"


def belum_dikirim(forge: ForgeLokal) -> tuple[Periode, ...]:
    """Periods whose report is signed and not sent yet."""
    r = forge.reports()
    return tuple(p for p in r.periode() if r.laporan(p) is not None and r.kirim(p) is None)


def bundel(forge: ForgeLokal, periode: Periode, saat: datetime) -> tuple[str, bytes]:
    """Name and bytes of the archive that waits for its signature.

    Its moment is that of the log's last event, so the same repository gives the same bytes.

    Args:
        saat: now, to know who sends.

    Raises:
        DitolakError: the report is not signed, or nobody holds the sender's office.
    """
    r = forge.reports()
    p = pemangku_sah(r.jabatan(), _PENGIRIM, saat.astimezone(r.zona()).date())
    if p is None:
        raise DitolakError(f"{r.jabatan().nama(_PENGIRIM)} kosong", "tunjuk Plt.")
    log = forge.log.baca()
    if r.laporan(periode) is None or not log:
        raise DitolakError(f"laporan {periode.judul} belum ditandatangani", "lihat: kinerja status")
    pembuat = Pembuat(p.orang, p.jabatan, log[-1].peristiwa.waktu.astimezone(r.zona()))
    isi, pernyataan = rancang_arsip(forge, periode, pembuat, log)
    nama = nama_arsip(pernyataan.laporan, pernyataan.versi).removesuffix(".zip")
    return f"{nama}{BELUM_BERTANDA}", susun_arsip(isi, pernyataan, None)


def tandatangani(sesi: Sesi, bita: bytes) -> tuple[str, bytes]:
    """Name and bytes of the signed archive, from a bundle that equals what this clone gives.

    Raises:
        DitolakError: it was changed, it is not of this repository, or is to be signed by another person.
    """
    isi, pernyataan = baca_bundel(bita)
    _tuntut_sama(sesi, isi, pernyataan)
    nama = nama_arsip(pernyataan.laporan, pernyataan.versi)
    return nama, susun_arsip(isi, pernyataan, sesi.penanda.tanda_tangani)


def tuntut_arsip_sendiri(sesi: Sesi, periode: Periode, arsip: bytes) -> None:
    """A signed archive that is to be sent must be of this period, this person and this repository.

    Raises:
        DitolakError: with what differs.
    """
    isi, pernyataan = baca_bertanda(arsip)
    if pernyataan.periode != periode.id:
        raise DitolakError(f"arsip ini untuk {pernyataan.periode}, bukan {periode.id}", "pilih yang benar")
    _tuntut_sama(sesi, isi, pernyataan)


def minta_rilis(forge: ForgeLokal, periode: Periode) -> MintaRilis:
    """What the release of a delivered report must hold, as main records it.

    Raises:
        DitolakError: nothing was delivered.
    """
    r = forge.reports()
    k, organisasi = r.kirim(periode), r.organisasi()
    if k is None:
        raise DitolakError(f"laporan {periode.judul} belum dikirim", "kirim dahulu: kinerja kirim")
    penanda = organisasi.status.penanda
    tanda = f"**{penanda}**\n\n" if penanda else ""
    isi = (
        f"{tanda}Arsip bertanda tangan laporan kinerja {periode.judul}, versi {k.versi}, "
        f"{teks_biasa(organisasi.nama)}.\n\n"
        f"SHA-256 `{k.sha256}`, {k.ukuran} bita, sama dengan yang tercatat dalam `kirim.yaml`.\n\n"
        "Periksa dengan `kinerja verify ARSIP --percaya BERKAS`; berkas kunci tepercaya diminta dari dinas "
        "lewat jalan lain. Tanda tangan dengan kunci sendiri tidak tersertifikasi (PP 71/2019 Pasal 60).\n"
    )
    return MintaRilis(
        f"arsip-{periode.id}-v{k.versi}", k.arsip, k.sha256, k.ukuran,
        forge.commit_terakhir(f"{periode.folder}/kirim.yaml"),
        f"Laporan kinerja {periode.judul} versi {k.versi}{f' [{penanda}]' if penanda else ''}", isi,
    )  # fmt: skip


# helpers


def _tuntut_sama(sesi: Sesi, isi: dict[str, bytes], pernyataan: Pernyataan) -> None:
    pemangku = sesi.sebagai(_PENGIRIM)
    if (pernyataan.oleh, pernyataan.jabatan) != (sesi.id_orang, pemangku.jabatan):
        raise DitolakError(
            f"arsip ini atas nama {pernyataan.oleh}, bukan {sesi.id_orang}",
            "buat lagi: kinerja archive build",
        )
    log = sesi.forge.log.baca()[: pernyataan.log.jumlah]
    pembuat = Pembuat(pernyataan.oleh, pernyataan.jabatan, pernyataan.dibuat)
    isi_sini, pernyataan_sini = rancang_arsip(sesi.forge, Periode.baca(pernyataan.periode), pembuat, log)
    if replace(pernyataan, manifes=Manifes("", "")) != pernyataan_sini or isi != isi_sini:
        beda = sorted(j for j in {*isi, *isi_sini} if isi.get(j) != isi_sini.get(j))
        apa = f": {beda[0]}" if beda else ""
        raise DitolakError(
            f"arsip ini tidak sama dengan yang dibuat dari repositori di sini{apa}",
            "jangan ditandatangani; ambil yang terbaru dari forge, lalu buat lagi: kinerja archive build",
        )
