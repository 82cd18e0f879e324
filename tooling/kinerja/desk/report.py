"""The draft laporan as its signers read it: the pages as they will be printed, and what was said of it.

The figures are those that the draft has frozen; nothing is computed again here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kinerja.adapters.reports import baca_dokumen
from kinerja.calculation.numbers import format_persen
from kinerja.desk.place import Meja
from kinerja.desk.review import tampak
from kinerja.domain.errors import DitolakError
from kinerja.domain.laporan import BarisCapaian, Laporan, Narasi, Rekap
from kinerja.domain.organisasi import Organisasi
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import berkas_dari
from kinerja.domain.tata_kelola import Tindakan
from kinerja.publishing.prose import prosa
from kinerja.publishing.verdicts import data_verdict
from kinerja.publishing.wording import KOSONG, alasan, nilai, rupiah
from kinerja.session import Sesi
from kinerja.standing import bidang_belum_bertanda, bidang_ditinggalkan


@dataclass(frozen=True, slots=True)
class BarisLaporan:
    """One indikator of the laporan, as printed."""

    nama: str
    satuan: str
    target: str
    realisasi: str
    capaian: str
    kategori: str
    keterangan: str


@dataclass(frozen=True, slots=True)
class BagianLaporan:
    """One bidang of the laporan, as printed."""

    nama: str
    rata_rata: str
    kategori: str
    dihitung: str
    pagu: str
    realisasi: str
    serapan: str
    baris: tuple[BarisLaporan, ...]
    tanpa: str = ""


@dataclass(frozen=True, slots=True)
class BacaanLaporan:
    """The laporan to be read and answered.

    Attributes:
        sidik: SHA-256 of the bytes that are shown.
        pena: office that holds the pen; "" when nobody does.
        narasi: title and safe HTML of each part.
        bertanda: it is signed and lies on main.
    """

    laporan: Laporan
    organisasi: Organisasi
    sidik: str
    bagian: tuple[BagianLaporan, ...]
    seluruh: BagianLaporan | None
    narasi: tuple[tuple[str, str], ...]
    pejabat: tuple[tuple[str, str, str, str], ...]
    verdict: dict[str, Any] | None
    pena: str
    bertanda: bool
    naskah: str


def baca_laporan(sesi: Sesi, periode: Periode) -> BacaanLaporan:
    """The draft as it stands, or the signed laporan.

    Raises:
        DitolakError: nothing was compiled yet.
    """
    jalur, perubahan = f"{periode.folder}/laporan.yaml", f"laporan/{periode.id}"
    bertanda = sesi.reports.pohon.baca(jalur)
    kepala = sesi.forge.kepala(perubahan)
    bita = bertanda or (sesi.forge.repo.baca(kepala, jalur) if kepala else None)
    if bita is None:
        raise DitolakError(f"laporan {periode.judul} belum disusun", "Kasubag Penyusun Program menyusunnya")
    laporan = baca_dokumen(bita, jalur, "laporan", Laporan)
    verdict = None if bertanda else sesi.nilai(perubahan)
    return BacaanLaporan(
        laporan, sesi.reports.organisasi(), berkas_dari(jalur, bita).sha256,
        tuple(_bagian(sesi, periode, laporan)), _seluruh(laporan), tuple(_narasi(laporan.narasi)),
        tuple(_pejabat(sesi, perubahan)),
        data_verdict(verdict, sesi.pemegang) if verdict else None,
        (verdict.pena or "") if verdict else "", bertanda is not None, tampak(bita),
    )  # fmt: skip


def narasi_draft(sesi: Sesi, periode: Periode) -> tuple[Narasi, str]:
    """Narrative and number of the draft that was compiled last; empty ones before."""
    kepala = sesi.forge.kepala(f"laporan/{periode.id}")
    bita = sesi.forge.repo.baca(kepala, f"{periode.folder}/laporan.yaml") if kepala else None
    if bita is None:
        return Narasi(), ""
    laporan = baca_dokumen(bita, f"{periode.folder}/laporan.yaml", "laporan", Laporan)
    return laporan.narasi, laporan.nomor or ""


def kesiapan(meja: Meja, sesi: Sesi, periode: Periode) -> tuple[tuple[str, str, str], ...]:
    """Every bidang: id, name and whether its worksheet is ``siap``, ``ditinggalkan`` or ``belum``."""
    tanpa = {t.bidang for t in bidang_ditinggalkan(sesi, periode)}
    belum = {b.id for b in bidang_belum_bertanda(sesi, periode)}
    return tuple(
        (b.id, b.nama, "ditinggalkan" if b.id in tanpa else "belum" if b.id in belum else "siap")
        for b in meja.reports().organisasi().bidang
    )


# helpers


def _bagian(sesi: Sesi, periode: Periode, laporan: Laporan) -> list[BagianLaporan]:
    organisasi, rencana = sesi.reports.organisasi(), sesi.reports.rencana(periode.tahun)
    rekap = {r.bidang: r for r in laporan.rekap}
    tanpa = {t.bidang: t.alasan for t in laporan.tanpa}
    hasil = []
    for b in organisasi.bidang:
        r = rekap.get(b.id)
        if r is None:
            hasil.append(
                BagianLaporan(
                    b.nama, KOSONG, "", "", KOSONG, KOSONG, KOSONG, (), tanpa.get(b.id, "tidak ada")
                )
            )
            continue
        baris = []
        for c in (c for c in laporan.capaian if c.bidang == b.id):
            i = rencana.cari(c.id)
            baris.append(_baris(c, i.nama if i else c.id, i.satuan if i else ""))
        hasil.append(_rekap(b.nama, r, tuple(baris)))
    return hasil


def _seluruh(laporan: Laporan) -> BagianLaporan | None:
    r = next((r for r in laporan.rekap if r.bidang == "semua"), None)
    return _rekap("Seluruh dinas", r, ()) if r else None


def _rekap(nama: str, r: Rekap, baris: tuple[BarisLaporan, ...]) -> BagianLaporan:
    return BagianLaporan(
        nama, KOSONG if r.rata_rata is None else format_persen(r.rata_rata), r.kategori,
        f"{r.dihitung} dari {r.total}", rupiah(r.pagu), rupiah(r.realisasi),
        KOSONG if r.serapan is None else format_persen(r.serapan), baris,
    )  # fmt: skip


def _baris(c: BarisCapaian, nama: str, satuan: str) -> BarisLaporan:
    capaian = KOSONG if c.capaian is None else format_persen(c.capaian)
    return BarisLaporan(
        nama, satuan, nilai(c.target_sd), nilai(c.realisasi_sd), capaian, c.kategori,
        alasan(c) or c.alasan,
    )  # fmt: skip


def _narasi(n: Narasi) -> list[tuple[str, str]]:
    bagian = (("Pendahuluan", n.pendahuluan), ("Analisis", n.analisis), ("Penutup", n.penutup))
    return [(judul, prosa(teks)) for judul, teks in bagian if teks.strip()]


def _pejabat(sesi: Sesi, perubahan: str) -> list[tuple[str, str, str, str]]:
    """Who gave what, when, in which office: for the signature block."""
    daftar, identitas = sesi.reports.jabatan(), sesi.reports.identitas()
    terakhir = {}
    for p in sesi.milik(perubahan):
        if p.tindakan in (Tindakan.PARAF, Tindakan.TANDA_TANGAN):
            terakhir[p.tindakan] = p
        elif p.tindakan in (Tindakan.SUSUN, Tindakan.TIDAK):
            terakhir.clear()
    return [
        (p.tindakan.value, f"{p.sebutan.awalan}{daftar.nama(p.jabatan)}", identitas.nama(p.orang),
         f"{p.waktu.astimezone(sesi.zona):%d-%m-%Y %H.%M}")
        for p in terakhir.values()
    ]  # fmt: skip
