"""What cannot be seen in a text: invisible characters, and blanks at its edges.

It decides whether a text is clean and says what is wrong with it; whose text it is, the rules
know. A line break at the end belongs to YAML's block texts and is no fault.

Example:
    >>> kotor("Kader\\u200b desa")
    ('Kader␣ desa', 'ada huruf yang tidak tampak (U+200B)', 'ketik ulang teksnya')
"""

from __future__ import annotations

import re
from functools import lru_cache

_TAK_TAMPAK = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]"
)
_TEPI = frozenset(" \t\u00a0\u1680\u202f\u205f\u3000") | {chr(n) for n in range(0x2000, 0x200B)}
_PENYIMPAN_TEPI = "\"'|>\\"
_TAK_LAZIM = re.compile(_TAK_TAMPAK.pattern[:-1] + "".join(sorted(_TEPI - {" ", "\t"})) + "]")
_TEPI_ATAU_BARIS = _TEPI | {"\n", "\r"}


def kotor(teks: str) -> tuple[str, str, str] | None:
    """The text as it can be shown, what is wrong, what to do; None when it is clean."""
    if not teks.isascii():
        cocok = _TAK_TAMPAK.search(teks)
        if cocok:
            return (
                _TAK_TAMPAK.sub("␣", teks), f"ada huruf yang tidak tampak (U+{ord(cocok[0]):04X})",
                "ketik ulang teksnya",
            )  # fmt: skip
    isi = teks.rstrip("\r\n")
    if isi and (isi[0] in _TEPI or isi[-1] in _TEPI):
        return teks, "ada spasi di awal atau akhir", "hapus spasinya"
    return None


def bersihkan(teks: str) -> str:
    """The text without invisible characters and without blanks at its edges."""
    isi = tanpa_tak_tampak(teks)
    akhir = isi[len(isi.rstrip("\r\n")) :]
    return isi.strip("".join(_TEPI_ATAU_BARIS)) + akhir


def tanpa_tak_tampak(teks: str) -> str:
    """The text without invisible characters."""
    return _TAK_TAMPAK.sub("", teks)


def tampak_bersih(naskah: str) -> bool:
    """A quick look at a whole file that most files pass; False means that its texts must be looked at.

    YAML itself takes blanks and tabs off a plain text, so dirt needs a quote, a block, an escape,
    or a character that is no letter of ours.
    """
    return not any(c in naskah for c in _PENYIMPAN_TEPI) and _TAK_LAZIM.search(naskah) is None


def bersih_semua(data: object) -> bool:
    """True when every text and every name of a field in plain data is clean."""
    tumpukan = [data]
    while tumpukan:
        x = tumpukan.pop()
        if isinstance(x, str):
            if (not x.isascii() or x[:1] in _TEPI_ATAU_BARIS or x[-1:] in _TEPI_ATAU_BARIS) and kotor(x):
                return False
        elif isinstance(x, dict):
            if not all(map(_nama_bersih, x)):
                return False
            tumpukan.extend(x.values())
        elif isinstance(x, list):
            tumpukan.extend(x)
    return True


# helpers


@lru_cache(maxsize=4096)
def _nama_bersih(nama: str) -> bool:
    return kotor(nama) is None
