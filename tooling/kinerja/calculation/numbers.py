"""Numbers as Indonesian offices print them: read, or refused with a reason; and printed back.

It decides what a piece of text means as a number and how a number is shown. Rounding
happens here, once, when shown: half up, two places. It leaves out whether a number is
plausible (``validation``).

A comma is the decimal sign and points group thousands. English grouping is read only where
no other reading exists (``1,234.56``, ``1,234,567``).

Example:
    >>> baca_angka("1.234,56", desimal=True)
    Terbaca(nilai=Decimal('1234.56'), satuan='', persen=False)
    >>> baca_angka("1.234", desimal=True).pilihan
    (Decimal('1234'), Decimal('1.234'))
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow

KONTEKS = Context(
    prec=100, rounding=ROUND_HALF_UP, traps=[DivisionByZero, InvalidOperation, Overflow]
)
"""The only context of every calculation, never the ambient one of the thread."""

KATA_PERSEN = frozenset({"%", "persen", "persentase", "prosentase", "presentase", "percent", "pct"})
"""Every spelling of percent as a word of its own, in lower case: of a unit, of a heading."""

_SATUAN = tuple(Decimal((0, (1,), -n)) for n in range(12))
_SATU, _TEMPAT_SEN = Decimal(1), -2
_DIGIT_TERBANYAK = 30
_TERPANJANG = 200
"""Longer than any printed number; the patterns below take quadratic time at worst."""
_KOSONG = frozenset({"", "-", "\u2013", "\u2014", "n/a", "na", "#n/a"})
_TANDA_INDONESIA = str.maketrans(",.-", ".,\u2212")
_SPASI = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " "))

_BENTUK = re.compile(
    r"(?P<minus>[-\u2212])?\s*(?:Rp\.?\s*)?(?P<minus_rp>[-\u2212])?\s*"
    r"(?P<angka>[0-9](?:[0-9., ]*[0-9])?)(?:[,.]-|\.)?\s*(?P<persen>%)?\s*"
    r"(?P<satuan>[^\W\d_](?:[^\W\d_]|[ /.\u00b2\u00b3-]|(?<=m)[23](?![0-9]))*)?\Z",
    re.IGNORECASE,
)
_POLOS = re.compile(r"[0-9][0-9.,]*\Z")
"""Nothing but digits and separators: no reason to refuse it needs to be looked for."""

_BULAT = re.compile(r"[0-9]+\Z")
_RIBUAN_SPASI = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:,[0-9]+)?\Z")
_RIBUAN_TITIK = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+\Z")
_INDONESIA = re.compile(r"(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+),[0-9]+\Z")
_KOMA_RIBUAN = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}\Z")
_INGGRIS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+|(?<=,[0-9]{3},[0-9]{3}))\Z")
_TITIK = re.compile(r"[0-9]+\.[0-9]+\Z")

_PENOLAKAN = (
    (
        re.compile(r"[0-9.,]+\s*:\s*[0-9.,]+\Z"),
        "ini perbandingan; isi pembilang dan penyebutnya, atau tulis hasil baginya",
    ),
    (re.compile(r"[=@]|\+\s*[A-Za-z]"), "ini rumus, bukan hasilnya; tulis hasil hitungnya"),
    (re.compile(r"[-(]?[0-9.,]*[0-9][OoIl]\Z"), "ada huruf O, I, atau l yang menempel; mungkin salah pindai"),
    (re.compile(r"#\w+[!?]?\Z"), "ini galat rumus lembar kerja; perbaiki selnya"),
    (
        re.compile(r"nihil\Z", re.I),
        "nihil dapat berarti 0 atau belum diisi; tulis 0 atau kosongkan",
    ),
    (
        re.compile(r".*[0-9]\s*(?:ribu|rb|juta|jt|miliar|milyar|triliun)\b", re.I),
        "satuan pengali belum dihitung; tulis angkanya lengkap",
    ),
    (
        # Case decides: `12 m` is metres and `12 M` a thousand million; rupiah are never metres.
        re.compile(r".*[0-9]\s*[MTKk](?!\w)|[-(\u2212]?\s*(?i:Rp.*[0-9]\s*[mtkb](?!\w))"),
        "huruf pengali (M, T, k) dapat berarti miliar, triliun, atau ribu; tulis angkanya lengkap",
    ),
    (re.compile(r"[^0-9]*\Z"), "ini teks, bukan angka"),
)


@dataclass(frozen=True, slots=True)
class Terbaca:
    """A number, the unit written behind it, and whether it carried a percent sign."""

    nilai: Decimal
    satuan: str = ""
    persen: bool = False


@dataclass(frozen=True, slots=True)
class Ambigu:
    """A text that two readers would read differently: ask, by ``saran``."""

    teks: str
    pilihan: tuple[Decimal, ...]
    saran: str = ""


@dataclass(frozen=True, slots=True)
class Kosong:
    """Nothing was filled (``-``, ``n/a``); this is not zero."""


@dataclass(frozen=True, slots=True)
class TidakTerbaca:
    """Text that is no number, and why."""

    teks: str
    alasan: str


def baca_angka(teks: str, *, desimal: bool) -> Terbaca | Ambigu | Kosong | TidakTerbaca:
    """Reads a number in the printed shapes of Indonesian offices.

    ``1.234`` is thousands where no decimals are expected, and ambiguous otherwise; ``1,234``
    is a decimal, but ambiguous where no decimals are expected.

    Args:
        desimal: whether the value may have decimals; False for rupiah and counts.
    """
    if len(teks) > _TERPANJANG:
        return TidakTerbaca(teks[:_TERPANJANG] + "…", "teksnya terlalu panjang untuk satu angka")
    bersih = " ".join(teks.translate(_SPASI).split())
    if bersih.casefold() in _KOSONG:
        return Kosong()
    wajar = _POLOS.match(bersih) is not None
    alasan = None if wajar else next((alasan for pola, alasan in _PENOLAKAN if pola.match(bersih)), None)
    if alasan is not None:
        return TidakTerbaca(teks, alasan)
    kurung = bersih.startswith("(") and bersih.endswith(")")
    cocok = _BENTUK.match(bersih[1:-1].strip() if kurung else bersih)
    if cocok is None:
        return TidakTerbaca(teks, "ada tanda atau angka lain di dalamnya; tulis satu angka saja")
    tanda = kurung + bool(cocok["minus"]) + bool(cocok["minus_rp"])
    if tanda > 1:
        return TidakTerbaca(teks, "tanda negatifnya ganda; tulis satu saja")
    tafsiran = _tafsiran(cocok["angka"], desimal=desimal)
    if isinstance(tafsiran, str):
        return TidakTerbaca(teks, tafsiran)
    pilihan = tuple(n.copy_negate() if tanda else n for n in tafsiran)
    if len(pilihan) > 1:
        return Ambigu(teks, pilihan, _saran(pilihan))
    return Terbaca(pilihan[0], (cocok["satuan"] or "").strip(), bool(cocok["persen"]))


def bulat(nilai: Decimal, tempat: int = 2) -> Decimal:
    """Two places, half up: the one rounding of the system.

    Args:
        tempat: another number of places, only to compare with what somebody else printed.
    """
    satuan = _SATUAN[tempat] if tempat < len(_SATUAN) else Decimal((0, (1,), -tempat))
    return _tanpa_nol_negatif(nilai.quantize(satuan, rounding=ROUND_HALF_UP, context=KONTEKS))


def lewat_sen(nilai: Decimal) -> bool:
    """True for more than two decimals, which no rupiah has: ``75.000`` was meant as thousands."""
    return not nilai.same_quantum(_SATU) and int(nilai.as_tuple().exponent) < _TEMPAT_SEN


def format_angka(nilai: Decimal, desimal: int | None = None) -> str:
    """``1.234,56``; as many places as the number has, or a fixed number of them."""
    if desimal is not None:
        nilai = bulat(nilai, desimal)
    return f"{_tanpa_nol_negatif(nilai):,f}".translate(_TANDA_INDONESIA)


def format_persen(nilai: Decimal) -> str:
    """``93,75 %`` with two places and a space that does not break."""
    return f"{format_angka(nilai, 2)}\u00a0%"


def format_rupiah(nilai: Decimal) -> str:
    """``Rp 1.234.567`` with a space that does not break; whole rupiah unless there are sen."""
    utuh = nilai == nilai.to_integral_value(context=KONTEKS)
    return f"Rp\u00a0{format_angka(nilai, 0 if utuh else 2)}"


# helpers


def _tafsiran(angka: str, *, desimal: bool) -> tuple[Decimal, ...] | str:
    """Every reading of bare digits and separators, the likelier first; or why there is none."""
    if sum(map(str.isdigit, angka)) > _DIGIT_TERBANYAK:
        return "angkanya terlalu panjang; periksa apakah ini nomor, bukan nilai"
    if _BULAT.match(angka):
        return (Decimal(angka),)
    if _KOMA_RIBUAN.match(angka) and not desimal:
        return (Decimal(angka.replace(",", "")), Decimal(angka.replace(",", ".")))
    if _INDONESIA.match(angka) or _RIBUAN_SPASI.match(angka):
        return (Decimal(angka.replace(".", "").replace(" ", "").replace(",", ".")),)
    if _INGGRIS.match(angka):
        return (Decimal(angka.replace(",", "")),)
    if _RIBUAN_TITIK.match(angka):
        ribuan = Decimal(angka.replace(".", ""))
        return (ribuan, Decimal(angka)) if desimal and angka.count(".") == 1 else (ribuan,)
    if _TITIK.match(angka):
        return (Decimal(angka),)
    return "letak titik, koma, atau spasinya tidak lazim; tulis seperti 1.234,56"


def _saran(pilihan: tuple[Decimal, ...]) -> str:
    ribuan, pecahan = (f"{n:f}" for n in pilihan)
    return f"tulis {ribuan} bila ribuan, atau {pecahan.replace('.', ',')} bila desimal"


def _tanpa_nol_negatif(nilai: Decimal) -> Decimal:
    return nilai.copy_abs() if nilai.is_zero() else nilai
