"""Comments on a worksheet's cells, as threads: what a reviewer asks and what the bidang answers.

They decide nothing. They lie in the repository's own refs (``proposals``), so that a clone keeps
them and the command line shows the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kinerja.adapters.reports import jalur_kertas_kerja
from kinerja.desk.place import Meja
from kinerja.domain.periode import Periode
from kinerja.proposals import Komentar, baca_komentar, komentari


@dataclass(frozen=True, slots=True)
class Ucapan:
    """One comment as it is shown."""

    nomor: int
    nama: str
    waktu: datetime
    isi: str


@dataclass(frozen=True, slots=True)
class Utas:
    """A thread: its first comment and the answers to it.

    Attributes:
        penunjuk: the cell that it is about; "" for the whole sheet.
    """

    nomor: int
    penunjuk: str
    ucapan: tuple[Ucapan, ...]


def utas(meja: Meja, periode: Periode, id_bidang: str) -> tuple[Utas, ...]:
    """Every thread of a worksheet, oldest first."""
    return _utas(meja, f"kk/{periode.id}/{id_bidang}")


def utas_laporan(meja: Meja, periode: Periode) -> tuple[Utas, ...]:
    """Every thread of a laporan."""
    return _utas(meja, f"laporan/{periode.id}")


def jumlah_komentar(meja: Meja, periode: Periode, id_bidang: str) -> int:
    """How many comments a worksheet has."""
    return len(baca_komentar(meja.forge(), f"kk/{periode.id}/{id_bidang}"))


def tulis_komentar(
    meja: Meja, orang: str, periode: Periode, id_bidang: str, isi: str, penunjuk: str, balasan: int | None
) -> Komentar:
    """Says something of a cell, or answers a comment; "" for the whole sheet."""
    jalur = jalur_kertas_kerja(periode, id_bidang) if penunjuk else None
    return _tulis(meja, orang, f"kk/{periode.id}/{id_bidang}", isi, jalur, penunjuk, balasan)


def komentari_laporan(meja: Meja, orang: str, periode: Periode, isi: str, balasan: int | None) -> Komentar:
    """Says something of a draft laporan."""
    return _tulis(meja, orang, f"laporan/{periode.id}", isi, None, "", balasan)


# helpers


def _utas(meja: Meja, perubahan: str) -> tuple[Utas, ...]:
    identitas, zona = meja.reports().identitas(), meja.reports().zona()
    akar: dict[int, int] = {}
    isi: dict[int, list[Ucapan]] = {}
    tempat: dict[int, str] = {}
    for c in baca_komentar(meja.forge(), perubahan):
        pertama = akar.get(c.balasan or 0, c.nomor)
        akar[c.nomor] = pertama
        tempat.setdefault(pertama, c.penunjuk or "")
        ucapan = Ucapan(c.nomor, identitas.nama(c.orang), c.waktu.astimezone(zona), c.isi)
        isi.setdefault(pertama, []).append(ucapan)
    return tuple(Utas(n, tempat[n], tuple(u)) for n, u in isi.items())


def _tulis(
    meja: Meja, orang: str, perubahan: str, isi: str, jalur: str | None, penunjuk: str, balasan: int | None
) -> Komentar:
    sesi = meja.sesi(orang, menulis=True)
    draf = Komentar(0, orang, sesi.waktu, isi, jalur, penunjuk or None, balasan)
    return komentari(sesi.forge, perubahan, sesi.orang, sesi.waktu, draf)
