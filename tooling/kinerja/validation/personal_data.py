"""Personal numbers in free text: found by length, date and region parts.

Budget codes, NIP and rupiah amounts do not trip it. It looks at text only; evidence files
never enter Git.

Example:
    >>> [jenis for _, jenis in nomor_pribadi("a.n. 7502011203850001")]
    ['NIK atau nomor KK']
"""

from __future__ import annotations

import re

# Quick looks that end the search in most texts.
_MUNGKIN_NIK = re.compile(r"[0-9][0-9 .-]{15}")
_MUNGKIN_TELEPON = re.compile(r"(?:0|\+62[ -]?)8[0-9]{2}")
_RAPAT = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{15}(?![0-9A-Za-z])")
_BERKELOMPOK = re.compile(
    r"(?<![0-9A-Za-z])[1-9][0-9]{3}([ .-])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])[1-9][0-9]{5}([ .-])[0-9]{6}\2[0-9]{4}(?![0-9A-Za-z])"
)
_TELEPON = re.compile(
    r"(?<![0-9A-Za-z.+])(?:\+62[ -]?|0)8[0-9]{2}([ -]?)[0-9]{3,4}\1[0-9]{3,5}(?![0-9A-Za-z])"
)
_PROVINSI = frozenset(
    [*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82,
     *range(91, 98)]
)  # fmt: skip
_HARI = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_PEREMPUAN = 40


def nomor_pribadi(teks: str) -> list[tuple[str, str]]:
    """Numbers in the text that look personal, each with its kind."""
    hasil: list[tuple[str, str]] = []
    if _MUNGKIN_NIK.search(teks):
        calon = [c[0] for pola in (_RAPAT, _BERKELOMPOK) for c in pola.finditer(teks)]
        hasil += [(c, "NIK atau nomor KK") for c in calon if _seperti_nik(re.sub("[^0-9]", "", c))]
    if _MUNGKIN_TELEPON.search(teks):
        hasil += [(c[0], "nomor telepon") for c in _TELEPON.finditer(teks)]
    return hasil


# helpers


def _seperti_nik(angka: str) -> bool:
    """Province, regency and district, then DDMMYY (day + 40 for women), then a sequence.

    A KK number has the day of its registration in the same place.
    """
    hari, bulan = int(angka[6:8]), int(angka[8:10])
    hari -= _PEREMPUAN if hari > _PEREMPUAN else 0
    return (
        int(angka[:2]) in _PROVINSI
        and angka[2:4] != "00"
        and angka[4:6] != "00"
        and angka[12:] != "0000"
        and 1 <= bulan <= len(_HARI)
        and 1 <= hari <= _HARI[bulan - 1]
    )
