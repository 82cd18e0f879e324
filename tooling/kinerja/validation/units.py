"""What a satuan says about its numbers: percent, or things that are counted.

It decides which units cannot have half of one; it leaves out what a rule makes of that.

Example:
    >>> terhitung("orang"), terhitung("jam"), persen("Persen")
    (True, False, True)
"""

from __future__ import annotations

from functools import lru_cache

_PERSEN = frozenset({"persen", "%", "persentase"})
_TERHITUNG = frozenset({
    "orang", "jiwa", "keluarga", "kk", "peserta", "anak", "lansia", "aparatur", "desa", "kelurahan",
    "kecamatan", "kampung", "dusun", "dokumen", "laporan", "berkas", "unit", "paket", "kelompok",
    "lembaga", "organisasi", "posyandu", "bumdes", "kali", "kegiatan", "kejadian", "kasus", "temuan",
    "lokasi", "buah", "set", "produk", "layanan",
})  # fmt: skip
"""First words of units that are counted."""


@lru_cache(maxsize=1024)
def persen(satuan: str) -> bool:
    """True for a percentage."""
    return satuan.casefold() in _PERSEN


@lru_cache(maxsize=1024)
def terhitung(satuan: str) -> bool:
    """True for units that are counted: 12.5 orang does not exist."""
    return (satuan.casefold().split() or [""])[0].strip("/()") in _TERHITUNG
