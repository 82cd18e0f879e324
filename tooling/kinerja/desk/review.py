"""What a signer looks at: the worksheet, what changed in it, what is asked of it, who has answered.

It compares with the version that was submitted before and with the signed one of the period
before. Nothing is decided here; figures, findings and the verdict are the rules' own.

Example:
    >>> bacaan(meja, sesi, periode, "rehabilitasi-sosial").perubahan[0].label
    'Realisasi, Jumlah korban bencana yang tertangani'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kinerja.adapters.reports import jalur_kertas_kerja
from kinerja.checking.number_fields import nilai_di
from kinerja.desk.columns import Jenis, kolom
from kinerja.desk.fields import DAFTAR, baris, data_lembar, isian, terbuka
from kinerja.desk.saving import Draf, LembarTerbuka, buka
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import Peristiwa, berkas_dari
from kinerja.domain.tata_kelola import Tindakan
from kinerja.publishing.verdicts import data_verdict
from kinerja.session import Sesi
from kinerja.standing import ajuan_sebelumnya, lembar_kini

_TAMPAK = 400
_NASKAH_TERPANJANG = 400_000
_TAK_TAMPAK = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Perubahan:
    """One cell that is not what it was.

    Attributes:
        id: of the cell on the page; label: field and line.
    """

    id: str
    label: str
    lama: str
    kini: str


@dataclass(frozen=True, slots=True)
class BacaanLembar:
    """A worksheet to be read and answered.

    Attributes:
        sidik: SHA-256 of exactly the bytes that are shown.
        perubahan: against the version submitted before; ``sebelum`` tells which that was.
        pertama: nothing was submitted before; ``perubahan`` is against the sheet as it was prepared.
        lalu: against the signed worksheet of the period before.
        dapat_dijawab: it lies submitted, in these bytes.
        naskah: those bytes as text, comments too, with signs that nobody sees made visible.
    """

    lembar: LembarTerbuka
    sidik: str
    perubahan: tuple[Perubahan, ...]
    sebelum: str
    pertama: bool
    lalu: tuple[Perubahan, ...]
    judul_lalu: str
    dapat_dijawab: bool
    verdict: dict[str, Any] | None
    bertanda: bool
    naskah: str


def bacaan(sesi: Sesi, periode: Periode, id_bidang: str) -> BacaanLembar:
    """The worksheet of a bidang as it stands, for a reader.

    Raises:
        DitolakError: it has not been prepared.
    """
    bidang = sesi.bidang(id_bidang)
    kini, kepala = lembar_kini(sesi, periode, bidang)
    berkas = berkas_dari(jalur_kertas_kerja(periode, bidang.id), kini)
    perubahan = f"kk/{periode.id}/{bidang.id}"
    lembar = buka(sesi, periode, id_bidang, Draf(), diajukan=True)
    sebelum, nama, pertama = _versi_sebelum(sesi, perubahan, berkas.jalur, berkas.sha256)
    lalu = periode.sebelumnya()
    bita_lalu = (
        sesi.reports.pohon.baca(jalur_kertas_kerja(lalu, bidang.id)) if lalu.tahun == periode.tahun else None
    )
    verdict = sesi.nilai(perubahan)
    return BacaanLembar(
        lembar, berkas.sha256, tuple(beda(sebelum, kini)) if sebelum else (), nama,
        pertama,
        tuple(beda(bita_lalu, kini)) if bita_lalu else (), lalu.judul if bita_lalu else "",
        kepala is not None and ajuan_sebelumnya(sesi, perubahan, berkas) is not None,
        data_verdict(verdict, sesi.pemegang) if verdict else None, kepala is None, tampak(kini),
    )  # fmt: skip


def beda(lama: bytes, kini: bytes) -> Iterator[Perubahan]:
    """Cell by cell, lines matched by id or code; evidence by its name."""
    dulu, sekarang = data_lembar(lama), data_lembar(kini)
    semula = dict(_berlabel(dulu))
    for kunci, (id_sel, label, teks) in _berlabel(sekarang):
        ada = semula.get(kunci)
        if ada is None or ada[2] != teks:
            yield Perubahan(id_sel, label, _pendek(ada[2] if ada else ""), _pendek(teks))


def tampak(bita: bytes) -> str:
    """Bytes as text to be read before signing: what steers or hides text is written out."""
    teks = bita[:_NASKAH_TERPANJANG].decode("utf-8", "replace")
    lebih = "\n… (terlalu panjang untuk halaman ini)" if len(bita) > _NASKAH_TERPANJANG else ""
    return _TAK_TAMPAK.sub(lambda h: f"⟨U+{ord(h[0]):04X}⟩", teks) + lebih


def peristiwa_lembar(sesi: Sesi, periode: Periode, id_bidang: str) -> tuple[Peristiwa, ...]:
    """What was done with a worksheet, oldest first."""
    return sesi.milik(f"kk/{periode.id}/{id_bidang}")


# helpers


def _versi_sebelum(
    sesi: Sesi, perubahan: str, jalur: str, sha256: str
) -> tuple[bytes | None, str, bool]:
    """The newest submitted version but this one, else the prepared one: bytes, name, whether the latter."""
    for p in reversed(sesi.milik(perubahan)):
        if p.tindakan not in (Tindakan.AJUKAN, Tindakan.SIAPKAN) or not p.kepala:
            continue
        if any(b.jalur == jalur and b.sha256 == sha256 for b in p.berkas):
            continue
        bita = sesi.forge.repo.baca(p.kepala, jalur)
        if bita is not None:
            kata = "yang diajukan" if p.tindakan is Tindakan.AJUKAN else "yang disiapkan"
            saat = p.waktu.astimezone(sesi.zona)
            return bita, f"{kata} {saat:%d-%m-%Y %H.%M}", p.tindakan is Tindakan.SIAPKAN
    return None, "", False


def _berlabel(data: object) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Key that outlives moved lines → id on the page, label, text."""
    teks = isian(data)
    nama_kolom = {f"{nama}/{k.kunci}": k.judul for nama, (d, _) in DAFTAR.items() for k in kolom(d)}
    for penunjuk, k in terbuka(data):
        bagian = penunjuk.split("/")
        if len(bagian) == 2:  # noqa: PLR2004 - a field of the worksheet itself
            yield penunjuk, (bagian[1], k.judul, teks[penunjuk])
            continue
        b, kunci = baris(data, bagian[1])[int(bagian[2])], DAFTAR[bagian[1]][1]
        induk = nama_kolom[f"{bagian[1]}/{bagian[3]}"]
        judul = induk if len(bagian) == 4 else f"{induk}: {k.judul.lower()}"  # noqa: PLR2004
        yield (
            f"{bagian[1]}/{b.get(kunci)}/{'/'.join(bagian[3:])}",
            (
                f"{bagian[1][0]}{bagian[2]}-{'-'.join(bagian[3:])}",
                f"{judul}, {b.get('nama')}",
                teks[penunjuk],
            ),
        )
    yield from _bukti(data)


def _bukti(data: object) -> Iterator[tuple[str, tuple[str, str, str]]]:
    for nama, (definisi, kunci) in DAFTAR.items():
        for k in (k for k in kolom(definisi) if k.jenis is Jenis.BERKAS):
            for n, b in enumerate(baris(data, nama)):
                isi = nilai_di(data, f"/{nama}/{n}/{k.kunci}")
                daftar = (
                    ", ".join(str(x.get("nama")) for x in isi or [] if isinstance(x, dict))
                    if isinstance(isi, list)
                    else ""
                )
                yield (
                    f"{nama}/{b.get(kunci)}/{k.kunci}",
                    (f"{nama[0]}{n}-{k.kunci}", f"{k.judul}, {b.get('nama')}", daftar),
                )


def _pendek(teks: str) -> str:
    return teks if len(teks) <= _TAMPAK else f"{teks[:_TAMPAK]}…"
