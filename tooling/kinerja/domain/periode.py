"""A reporting period: ``2024-tw1`` … ``2024-tw4``, ``2024-tahunan``.

Example:
    >>> Periode.baca("2024-tw2").sebelumnya().id
    '2024-tw1'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_POLA = re.compile(r"(20\d\d)-(tw[1-4]|tahunan)\Z")
_ROMAWI = {"tw1": "I", "tw2": "II", "tw3": "III", "tw4": "IV"}
TRIWULAN = ("tw1", "tw2", "tw3", "tw4")
_BULAN = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def nama_bulan(bulan: int) -> str:
    """``Maret`` for 3."""
    return _BULAN[bulan - 1]


@dataclass(frozen=True, slots=True, order=True)
class Periode:
    """One period of one year.

    Attributes:
        tahun: fiscal year, which is the calendar year (UU 17/2003 Art. 4).
        bagian: ``tw1`` … ``tw4`` or ``tahunan``.
    """

    tahun: int
    bagian: str

    @classmethod
    def baca(cls, teks: str) -> Periode:
        """Reads ``2024-tw1``; raises ValueError with the wanted form."""
        cocok = _POLA.match(teks)
        if cocok is None:
            raise ValueError(f"`{teks}` bukan periode; tulis misalnya 2024-tw1 atau 2024-tahunan")
        return cls(int(cocok[1]), cocok[2])

    @property
    def id(self) -> str:
        """``2024-tw1``."""
        return f"{self.tahun}-{self.bagian}"

    @property
    def judul(self) -> str:
        """``Triwulan I Tahun 2024``."""
        if self.bagian == "tahunan":
            return f"Tahun {self.tahun}"
        return f"Triwulan {_ROMAWI[self.bagian]} Tahun {self.tahun}"

    @property
    def judul_pendek(self) -> str:
        """``TW I 2024``, for headings of columns."""
        if self.bagian == "tahunan":
            return f"Tahun {self.tahun}"
        return f"TW {_ROMAWI[self.bagian]} {self.tahun}"

    @property
    def folder(self) -> str:
        """``reports/2024/tw1``."""
        return f"reports/{self.tahun}/{self.bagian}"

    @property
    def akhir(self) -> date:
        """Last day of the period; plan versions in force on it apply."""
        if self.bagian == "tahunan":
            return date(self.tahun, 12, 31)
        bulan = 3 * (TRIWULAN.index(self.bagian) + 1)
        return date(self.tahun, bulan, 31 if bulan in (3, 12) else 30)

    @property
    def urutan(self) -> tuple[int, int]:
        """Sorts quarters before the annual report of their year."""
        bagian = 5 if self.bagian == "tahunan" else TRIWULAN.index(self.bagian) + 1
        return (self.tahun, bagian)

    def sebelumnya(self) -> Periode:
        """The period just before; the annual report's is the fourth quarter."""
        if self.bagian == "tahunan":
            return Periode(self.tahun, "tw4")
        nomor = TRIWULAN.index(self.bagian)
        return Periode(self.tahun, TRIWULAN[nomor - 1]) if nomor else Periode(self.tahun - 1, "tw4")

    def berikutnya(self) -> Periode:
        """The period that is opened after this one: the annual report follows the fourth quarter."""
        if self.bagian == "tahunan":
            return Periode(self.tahun + 1, TRIWULAN[0])
        nomor = TRIWULAN.index(self.bagian) + 1
        return Periode(self.tahun, TRIWULAN[nomor] if nomor < len(TRIWULAN) else "tahunan")

    def sampai_dengan(self) -> tuple[Periode, ...]:
        """The quarters of the same year up to and including this one."""
        jumlah = 4 if self.bagian == "tahunan" else TRIWULAN.index(self.bagian) + 1
        return tuple(Periode(self.tahun, tw) for tw in TRIWULAN[:jumlah])
