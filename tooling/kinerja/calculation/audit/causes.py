"""The likely cause of a printed figure that no formula gives.

It decides which known mistakes would produce exactly what was printed: cut instead of rounded,
computed from unrounded inputs, another unit, capped, mistyped. Several can fit; all are named,
the most specific first. It leaves out which formula was meant (``performance``).

Example:
    target 70, realisasi 100, printed ``142`` → ``dipotong, bukan dibulatkan``
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from itertools import product

from kinerja.calculation.audit.candidates import TEMPAT_TERBANYAK, calon, cocok, seharusnya
from kinerja.calculation.audit.cells import Angka, tempat
from kinerja.calculation.numbers import KONTEKS, bulat, format_angka

_BATAS_LAZIM = tuple(map(Decimal, (100, 105, 110, 120, 150, 200)))
_SEL_PERSEN_TERBESAR = Decimal(10)
"""A cell of a workbook that is shown in percent seldom holds more than 1.000%."""

_SERATUS = Decimal(100)
_LONGGAR = Decimal(10)
"""Inputs so coarse that the result may move by more than a tenth explain everything, so nothing."""

_SATUAN = (
    (-2, "ditulis sebagai pecahan, bukan persen (100 kali lebih kecil)"),
    (1, "tampaknya per mil, atau komanya bergeser (10 kali lebih besar)"),
    (-1, "komanya bergeser (10 kali lebih kecil)"),
    (2, "komanya bergeser (100 kali lebih besar)"),
    (-3, "satuannya seribu kali lebih kecil"),
    (3, "satuannya seribu kali lebih besar"),
)


@dataclass(frozen=True, slots=True)
class Masukan:
    """A printed input with the value that was taken for it."""

    nilai: Decimal
    dibulatkan: bool
    """Whether it may have been rounded; a count of villages was not."""


def masukan(angka: Angka, nilai: Decimal, satuan: str) -> Masukan:
    """The input as printed: with decimals, or in percent, it may have been rounded."""
    persen = angka.persen or "%" in satuan or "persen" in satuan.casefold()
    return Masukan(nilai, not angka.buku_kerja and (tempat(nilai) > 0 or persen))


def sebab(
    nilai: Decimal, tertulis: Decimal, rumus: str, target: Masukan, realisasi: Masukan
) -> tuple[str, ...]:
    """The causes that explain why ``tertulis`` stands where ``nilai`` should."""
    ada = tuple(_dari_hasil(nilai, tertulis))
    if presisi_tersembunyi(tertulis, rumus, target, realisasi):
        ada += ("cocok bila target atau realisasi aslinya belum dibulatkan (presisi tersembunyi)",)
    if ada:
        return ada
    return ("mungkin salah ketik",) if salah_ketik(nilai, tertulis) else ()


def presisi_tersembunyi(tertulis: Decimal, rumus: str, target: Masukan, realisasi: Masukan) -> bool:
    """Whether unrounded inputs within the rounding of the printed ones give the figure."""
    if not (target.dibulatkan or realisasi.dibulatkan):
        return False
    sudut = [
        nilai
        for t, r in product(_ujung(target), _ujung(realisasi))
        if t > 0 and (nilai := calon(t, r).get(rumus)) is not None
    ]
    if not sudut:
        return False
    bawah, atas, setengah = min(sudut), max(sudut), _setengah(tempat(tertulis))
    if KONTEKS.subtract(atas, bawah) > KONTEKS.divide(atas.copy_abs(), _LONGGAR):
        return False
    return bawah < KONTEKS.add(tertulis, setengah) and KONTEKS.subtract(tertulis, setengah) <= atas


def salah_ketik(benar: Decimal, tertulis: Decimal) -> bool:
    """Whether one digit differs, or two neighbours are exchanged."""
    a, b = _digit(bulat(benar, tempat(tertulis))), _digit(tertulis)
    if len(a) != len(b) or len(a) < 3 or (benar < 0) != (tertulis < 0):
        return False
    beda = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(beda) == 1:
        return True
    i = beda[0] if beda else 0
    return beda == [i, i + 1] and a[i : i + 2] == b[i : i + 2][::-1]


def mungkin_sel_persen(angka: Angka, nilai: Decimal) -> bool:
    """Whether a workbook's number may be shown in percent, as 93,75% is kept as 0.9375."""
    return angka.buku_kerja and 0 < nilai.copy_abs() <= _SEL_PERSEN_TERBESAR


def catatan_sel_persen(nilai: Decimal) -> str:
    """The note on a workbook's number that was read as a percent."""
    persen = format_angka(KONTEKS.multiply(nilai, _SERATUS).normalize(KONTEKS))
    cetak = "bentuk cetaknya tidak ikut terbaca"
    return f"sel persen: {format_angka(nilai)} di buku kerja berarti {persen}%, {cetak}"


def sel_persen(nilai: Decimal, angka: Angka, tertulis: Decimal) -> str:
    """The note for a workbook's number that is right if its cell is shown in percent, else empty."""
    pecahan = mungkin_sel_persen(angka, tertulis) and cocok(nilai, tertulis.scaleb(2, KONTEKS))
    return catatan_sel_persen(tertulis) if pecahan else ""


def sebagai_persen(nilai: Decimal, angka: Angka, tertulis: Decimal) -> Decimal:
    """The printed figure in the unit of the right one: a cell in percent is nearer as a fraction."""
    pecahan = KONTEKS.multiply(tertulis, _SERATUS)
    jauh = [KONTEKS.subtract(n, nilai).copy_abs() for n in (pecahan, tertulis)]
    return pecahan if mungkin_sel_persen(angka, tertulis) and jauh[0] < jauh[1] else tertulis


def seharusnya_sel(nilai: Decimal, angka: Angka, tertulis: Decimal) -> str:
    """The right figure as the cell must hold it: ``0,7000 (70,00%)`` in a cell in percent."""
    persen = sebagai_persen(nilai, angka, tertulis)
    if persen == tertulis:
        return seharusnya(nilai, tertulis)
    return f"{format_angka(KONTEKS.divide(nilai, _SERATUS), 4)} ({seharusnya(nilai, persen)}%)"


def satuan_lain(nilai: Decimal, tertulis: Decimal) -> str | None:
    """The unit in which the printed figure would be right."""
    if tertulis == 0:
        return None
    return next((teks for geser, teks in _SATUAN if cocok(nilai, tertulis.scaleb(-geser, KONTEKS))), None)


# helpers


def _dari_hasil(nilai: Decimal, tertulis: Decimal) -> Iterator[str]:
    p = tempat(tertulis)
    satu = Decimal((0, (1,), -p))
    if p < TEMPAT_TERBANYAK and nilai.quantize(satu, ROUND_DOWN, KONTEKS) == tertulis:
        yield "dipotong, bukan dibulatkan"
    elif p < TEMPAT_TERBANYAK and nilai.quantize(satu, ROUND_UP, KONTEKS) == tertulis:
        yield "dibulatkan ke atas"
    if tertulis in _BATAS_LAZIM and nilai > tertulis:
        yield f"tampaknya dibatasi paling tinggi {format_angka(bulat(tertulis, 0))}"
    if (satuan := satuan_lain(nilai, tertulis)) is not None:
        yield f"satuan lain: {satuan}"


def _ujung(masuk: Masukan) -> tuple[Decimal, ...]:
    if not masuk.dibulatkan:
        return (masuk.nilai,)
    setengah = _setengah(tempat(masuk.nilai))
    return (KONTEKS.subtract(masuk.nilai, setengah), KONTEKS.add(masuk.nilai, setengah))


def _setengah(p: int) -> Decimal:
    return Decimal((0, (5,), -p - 1))


def _digit(nilai: Decimal) -> str:
    return f"{nilai.copy_abs():f}".replace(".", "")
