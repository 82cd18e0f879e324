"""Codes of program, kegiatan and sub kegiatan, and the decrees that number them.

It decides the normal form of a code and the date of each decree. Codes move between decrees,
so a code means something only together with its decree. It leaves out what a fault is
(``code_rules``, ``schema_words``).

Example:
    >>> kode_baku("2.13.05.2.01.02"), kode_baku("1.06.01.02.01.0001")
    ('2.13.05.2.01.0002', '1.06.01.2.01.0001')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

TANPA_KODE = "tanpa-kode-"
"""Begins the stand-in for a code that was not published."""

_BENTUK = re.compile(
    r"([0-9]\.[0-9]{2}\.[0-9]{2})\.0?([0-9])\.([0-9]{2})(?:\.([0-9]{4}|[0-9]{2}))?((?:\.[0-9]+)*)\Z"
)


@dataclass(frozen=True, slots=True)
class Keputusan:
    """A decree that sets codes and names.

    Attributes:
        nomor: as findings name it.
        pola: matches the number however an office writes it.
    """

    nomor: str
    tanggal: date
    pola: re.Pattern[str]


def kode_baku(kode: str) -> str:
    """The code in its normal form; the same text where it is no code of an old form.

    Old forms in circulation: a sub kegiatan with two digits, and ``02`` for the authority.
    """
    cocok = _BENTUK.match(kode)
    if cocok is None:
        return kode
    program, wewenang, kegiatan, sub, akun = cocok.groups()
    return f"{program}.{wewenang}.{kegiatan}" + (f".{int(sub):04}" if sub else "") + akun


def keputusan_kode(nomor: str) -> Keputusan | None:
    """The decree that a text names; the newest where it names several."""
    return next((k for k in reversed(KEPUTUSAN) if k.pola.search(nomor)), None)


# helpers


def _kepmendagri(nomor: str, tanggal: date) -> Keputusan:
    pola = re.compile(rf"(?:^|[^0-9.-]){re.escape(nomor)}(?![0-9])")
    return Keputusan(f"Kepmendagri {nomor} Tahun {tanggal.year}", tanggal, pola)


KEPUTUSAN: tuple[Keputusan, ...] = (
    Keputusan(
        "Permendagri 90/2019", date(2019, 10, 18),
        re.compile(r"(?:^|[^0-9.-])90\s*(?:/|[Tt]ahun|TAHUN)\s*2019(?![0-9])"),
    ),
    _kepmendagri("050-3708", date(2020, 10, 5)),
    _kepmendagri("050-5889", date(2021, 12, 27)),
    _kepmendagri("900.1.15.5-1317", date(2023, 6, 23)),
    _kepmendagri("900.1.15.5-3406", date(2024, 8, 27)),
    _kepmendagri("900.1-2850", date(2025, 7, 31)),
    _kepmendagri("900.1-861", date(2026, 5, 7)),
)  # fmt: skip
"""Decrees that set codes and names, with the day on which each was issued, in order of time."""
