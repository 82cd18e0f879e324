"""A cell as printed: a number with its precision, or what else stands there.

It decides what a cell says: a number (every reading of it), a bound (``(>100%)``), a ratio
(``1:17,9``), several numbers (``1 Prov & 7 Kab/Kota``), a range, a word, nothing, or damage.
Single numbers are read by ``numbers.baca_angka``. It leaves out what follows from them.

Example:
    >>> baca_sel("206,25%")
    Angka(tertulis='206,25%', pilihan=(Decimal('206.25'),), satuan='', persen=True, buku_kerja=False)
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kinerja.calculation.numbers import Ambigu, Kosong, Terbaca, TidakTerbaca, baca_angka, format_angka
from kinerja.domain.tabel import Sel

_TERPANJANG = 60
_BATAS = re.compile(
    r"\(?\s*(?P<tanda>[<>]=?|[\u2264\u2265]|lebih dari|kurang dari)\s*(?P<angka>[0-9][0-9.,]*\s*%?)\s*\)?",
    re.IGNORECASE,
)
_RASIO = re.compile(r"(?P<a>[0-9][0-9.,]*)\s*:\s*(?P<b>[0-9][0-9.,]*)")
_RENTANG = re.compile(
    r"(?P<a>[0-9][0-9.,]*)\s*%?\s*(?:-|\u2013|s\.?\s*/?\s*d\.?|sampai(?: dengan)?)"
    r"\s*(?P<b>[0-9][0-9.,]*)\s*%?",
    re.IGNORECASE,
)
_PEMISAH = re.compile(r"\s*(?:&|;|\n|\bdan\b)\s*", re.IGNORECASE)
_KATA = re.compile(r"[^\W\d_][^\d:<>(){}\[\]]{0,60}")
_RUPA_TANDA = {"lebih dari": ">", "kurang dari": "<", "\u2265": ">=", "\u2264": "<="}


@dataclass(frozen=True, slots=True)
class Angka:
    """A number: its readings, the likelier first, with the places that were printed."""

    tertulis: str
    pilihan: tuple[Decimal, ...]
    satuan: str = ""
    persen: bool = False
    buku_kerja: bool = False


@dataclass(frozen=True, slots=True)
class Batas:
    """Only a bound was printed."""

    tertulis: str
    tanda: str
    nilai: Decimal


@dataclass(frozen=True, slots=True)
class Rasio:
    """``1:17,9``."""

    tertulis: str
    pertama: Decimal
    kedua: Decimal


@dataclass(frozen=True, slots=True)
class Rentang:
    """``10 - 15``."""

    tertulis: str
    bawah: Decimal
    atas: Decimal


@dataclass(frozen=True, slots=True)
class Majemuk:
    """Several numbers in one cell, each with its unit."""

    tertulis: str
    bagian: tuple[Angka, ...]


@dataclass(frozen=True, slots=True)
class Kata:
    """A word, such as a predicate."""

    tertulis: str


@dataclass(frozen=True, slots=True)
class Hampa:
    """Nothing was filled; this is not zero."""

    tertulis: str


@dataclass(frozen=True, slots=True)
class Rusak:
    """Damaged text, and why it is no number."""

    tertulis: str
    alasan: str


Bacaan = Angka | Batas | Rasio | Rentang | Majemuk | Kata | Hampa | Rusak


@lru_cache(maxsize=4096)
def baca_sel(sel: Sel, *, desimal: bool = True) -> Bacaan:
    """What the cell says; every text gets an answer.

    Args:
        desimal: False for rupiah, where ``1.234`` can only be thousands.
    """
    if isinstance(sel, Decimal):
        return Angka(kutip(sel), (sel,), buku_kerja=True)
    teks = sel.strip()
    if len(teks) > 4 * _TERPANJANG:
        return Rusak(kutip(teks), "terlalu panjang untuk sebuah angka")
    hasil = baca_angka(teks, desimal=desimal)
    match hasil:
        case Kosong():
            return Hampa(kutip(teks))
        case Terbaca():
            return Angka(kutip(teks), (hasil.nilai,), hasil.satuan, hasil.persen)
        case Ambigu():
            return Angka(kutip(teks), hasil.pilihan, persen="%" in teks)
        case TidakTerbaca():
            return _bentuk_lain(teks, hasil.alasan)


def kutip(sel: Sel) -> str:
    """The cell on one line, without control characters, cut where it is long."""
    if isinstance(sel, Decimal):
        return format_angka(sel)
    teks = " ".join(sel[: 4 * _TERPANJANG].split())
    aman = teks
    if not teks.isprintable():
        aman = "".join("\ufffd" if unicodedata.category(c)[0] == "C" else c for c in teks)
    return aman if len(aman) <= _TERPANJANG else aman[: _TERPANJANG - 1] + "\u2026"


def tempat(nilai: Decimal) -> int:
    """How many decimal places a number was printed with."""
    pangkat = nilai.as_tuple().exponent
    return max(0, -pangkat) if isinstance(pangkat, int) else 0


# helpers


def _bentuk_lain(teks: str, alasan: str) -> Bacaan:
    """The shapes that are more, or less, than one number."""
    tertulis = kutip(teks)
    if len(teks) > 4 * _TERPANJANG:  # no such shape is so long, and the patterns take quadratic time
        return Rusak(tertulis, alasan)
    if (cocok := _BATAS.fullmatch(teks)) and (batas := _satu(cocok["angka"])) is not None:
        tanda = cocok["tanda"].casefold()
        return Batas(tertulis, _RUPA_TANDA.get(tanda, tanda), batas)
    for pola, jenis in ((_RASIO, Rasio), (_RENTANG, Rentang)):
        if cocok := pola.fullmatch(teks):
            a, b = _satu(cocok["a"]), _satu(cocok["b"])
            if a is not None and b is not None:
                return jenis(tertulis, a, b)
    bagian = [_bagian(b) for b in _PEMISAH.split(teks)]
    utuh = tuple(b for b in bagian if b is not None)
    if 1 < len(utuh) == len(bagian):
        return Majemuk(tertulis, utuh)
    return Kata(tertulis) if _KATA.fullmatch(teks) else Rusak(tertulis, alasan)


def _satu(teks: str) -> Decimal | None:
    """A number that has one reading."""
    hasil = baca_angka(teks, desimal=True)
    return hasil.nilai if isinstance(hasil, Terbaca) else None


def _bagian(teks: str) -> Angka | None:
    hasil = baca_angka(teks, desimal=True)
    if not isinstance(hasil, Terbaca):
        return None
    return Angka(kutip(teks), (hasil.nilai,), hasil.satuan.casefold(), hasil.persen)
