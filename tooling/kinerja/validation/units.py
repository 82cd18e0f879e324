"""What a satuan says about its numbers: percent, or things that are counted.

It decides which units cannot have half of one, and whether a unit written behind a number is the
unit of its field. A unit is known by its first word, however it is dressed (``Persen (%)``). It
leaves out what a rule makes of that.

Example:
    >>> terhitung("Orang/Jiwa"), terhitung("orang/desa"), persen("Persen (%)")
    (True, False, True)
"""

from __future__ import annotations

import re
from functools import lru_cache

from kinerja.calculation.numbers import KATA_PERSEN, Terbaca

_TERHITUNG = (
    "orang jiwa keluarga kk peserta anak lansia aparatur",
    "desa kelurahan kecamatan kampung dusun lokasi",
    "dokumen laporan berkas unit paket kelompok lembaga organisasi posyandu bumdes kali kegiatan kejadian "
    "kasus temuan buah set produk layanan",
)
"""First words of units that are counted; ``orang/jiwa`` is one unit by two names, ``orang/desa`` a ratio."""
_RAGAM = {kata: n for n, semua in enumerate(_TERHITUNG) for kata in semua.split()}
_KATA = re.compile(r"[^\W\d_]+|%")


@lru_cache(maxsize=1024)
def persen(satuan: str) -> bool:
    """True for a percentage."""
    return _kata_pertama(satuan) in KATA_PERSEN


@lru_cache(maxsize=1024)
def terhitung(satuan: str) -> bool:
    """True for units that are counted: 12.5 orang does not exist, 12.5 orang/desa does."""
    if "per" in _KATA.findall(satuan.casefold()):
        return False
    ragam = {_RAGAM.get(_kata_pertama(nama)) for nama in satuan.split("/")}
    return len(ragam) == 1 and None not in ragam


def satuan_cocok(angka: Terbaca, satuan: str) -> bool:
    """True unless the number carries another unit, or a percent sign, than its field has.

    Args:
        satuan: the field's unit; "" when unknown, so that nothing behind the number fits it.
    """
    tertulis = " ".join(angka.satuan.casefold().split())
    if angka.persen or persen(tertulis):
        return persen(satuan)
    return tertulis in ("", " ".join(satuan.casefold().split()))


# helpers


def _kata_pertama(satuan: str) -> str:
    kata = _KATA.search(satuan.casefold())
    return kata[0] if kata else ""
