"""Personal numbers in free text: found by length, date and region parts.

Budget codes, NIP and rupiah amounts do not trip it. It looks at text only; evidence files
never enter Git.
"""

from __future__ import annotations

import re

_NIK = re.compile(r"(?<![0-9.])([1-9][0-9]{5})([0-9]{2})([0-9]{2})[0-9]{2}[0-9]{4}(?![0-9.])")
_TELEPON = re.compile(r"(?<![0-9])(?:\+62|62|0)8[0-9]{2}[- ]?[0-9]{3,4}[- ]?[0-9]{3,5}(?![0-9])")
_PROVINSI = range(11, 98)


def nomor_pribadi(teks: str) -> list[tuple[str, str]]:
    """Numbers in the text that look personal, each with its kind.

    A NIK is 16 digits: region (6, province 11–97), birth date DDMMYY with 40 added to the day
    for women, sequence. A KK number has a registration date in the same place.
    """
    hasil = []
    for cocok in _NIK.finditer(re.sub(r"(?<=[0-9])[ .-](?=[0-9])", "", teks)):
        hari, bulan = int(cocok[2]), int(cocok[3])
        if int(cocok[1][:2]) in _PROVINSI and 1 <= hari % 40 <= 31 and 1 <= bulan <= 12:  # noqa: PLR2004
            hasil.append((cocok[0], "NIK atau nomor KK"))
    hasil += [(cocok[0], "nomor telepon") for cocok in _TELEPON.finditer(teks)]
    return hasil
