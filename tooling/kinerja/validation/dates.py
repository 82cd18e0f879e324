"""Dates as offices write them, read for a suggestion; a file itself has ``2024-08-30`` alone.

It decides what a text can only mean: day, month, year in Indonesian order, or the year first.
It leaves out times, and dates of two-digit years, which may belong to two centuries.

Example:
    >>> baca_tanggal("30-08-2024"), baca_tanggal("1 Januari 2024"), baca_tanggal("08-30-2024")
    (datetime.date(2024, 8, 30), datetime.date(2024, 1, 1), None)
"""

from __future__ import annotations

import re
from datetime import date

from kinerja.domain.periode import nama_bulan

_HARI_DULU = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2}|[A-Za-z]{3,9})[-/. ]([0-9]{4})\Z")
_TAHUN_DULU = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})\Z")
_SINGKATAN = {"agt": 8, "nop": 11, "nopember": 11, "pebruari": 2, "peb": 2}
"""Other spellings in use."""


def baca_tanggal(teks: str) -> date | None:
    """The one day that a text means; None when it is none, or in doubt."""
    bersih = " ".join(teks.split())
    if cocok := _TAHUN_DULU.match(bersih):
        tahun, bulan, hari = cocok.groups()
    elif cocok := _HARI_DULU.match(bersih):
        hari, bulan, tahun = cocok.groups()
    else:
        return None
    nomor = int(bulan) if bulan.isdigit() else _bulan(bulan.casefold())
    try:
        return date(int(tahun), nomor, int(hari))
    except ValueError:
        return None


# helpers


def _bulan(nama: str) -> int:
    """The month of a name or its beginning; 0 for none."""
    cocok = [n for n in range(1, 13) if nama_bulan(n).casefold().startswith(nama)]
    return cocok[0] if cocok else _SINGKATAN.get(nama, 0)
