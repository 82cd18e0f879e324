"""Numbers as Indonesian offices print them: read, or refused with a reason; and printed back.

It decides what a piece of text means as a number and how a number is shown. Rounding
happens here, once, when shown: half up, two places.

Example:
    >>> baca_angka("1.234,56", desimal=True)
    Terbaca(nilai=Decimal('1234.56'), satuan='', persen=False)
    >>> baca_angka("1.234", desimal=True)
    Ambigu(teks='1.234', pilihan=(Decimal('1234'), Decimal('1.234')))
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

KONTEKS = Context(prec=50, rounding=ROUND_HALF_UP)
"""The only context of every calculation: enough digits that no step rounds what is shown."""

_SEN = Decimal("0.01")
_RIBUAN_TITIK = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+\Z")
_INDONESIA = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})*,[0-9]+\Z|[0-9]+,[0-9]+\Z")
_INGGRIS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?\Z|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+\Z")
_BILANGAN = re.compile(r"[0-9]+\Z")
_TITIK = re.compile(r"[0-9]+\.[0-9]+\Z")
_BAGIAN = re.compile(
    r"(?P<kurung>\()?\s*(?P<minus>[-\u2212])?\s*(?:Rp\.?\s*)?(?P<minus2>[-\u2212])?"
    r"(?P<angka>[0-9][0-9.,]*)\s*\)?\s*(?P<persen>%)?\s*(?P<satuan>[A-Za-z][A-Za-z /.-]*)?\Z",
    re.IGNORECASE,
)
_KOSONG = frozenset({"", "-", "\u2013", "\u2014", "n/a", "na", "nihil", "#n/a"})


@dataclass(frozen=True, slots=True)
class Terbaca:
    """A number, the unit written behind it, and whether it carried a percent sign."""

    nilai: Decimal
    satuan: str = ""
    persen: bool = False


@dataclass(frozen=True, slots=True)
class Ambigu:
    """A text that two readers would read differently: ask."""

    teks: str
    pilihan: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Kosong:
    """Nothing was filled (``-``, ``n/a``); this is not zero."""


@dataclass(frozen=True, slots=True)
class TidakTerbaca:
    """Text that is no number."""

    teks: str
    alasan: str


def baca_angka(teks: str, *, desimal: bool) -> Terbaca | Ambigu | Kosong | TidakTerbaca:
    """Reads a number in the printed shapes of Indonesian offices.

    A comma is the decimal sign and a point groups thousands. A single point before three
    digits (``1.234``) is thousands where no decimals are expected (rupiah, counts), and
    ambiguous otherwise.

    Args:
        desimal: whether the value may have decimals.
    """
    bersih = teks.replace("\u00a0", " ").replace("\u202f", " ").strip()
    if bersih.casefold() in _KOSONG:
        return Kosong()
    bersih = re.sub(r"(?<=[0-9]) (?=[0-9]{3}(?:[^0-9]|\Z))", "", bersih)
    cocok = _BAGIAN.match(re.sub(r",-\Z", "", bersih))
    if cocok is None:
        return TidakTerbaca(teks, "bukan angka")
    nilai = _angka(cocok["angka"].rstrip("."), desimal=desimal)
    if isinstance(nilai, str):
        return TidakTerbaca(teks, nilai)
    negatif = bool(cocok["minus"] or cocok["minus2"] or cocok["kurung"])
    if isinstance(nilai, tuple):
        return Ambigu(teks, tuple(-n if negatif else n for n in nilai))
    return Terbaca(
        -nilai if negatif else nilai, (cocok["satuan"] or "").strip(), bool(cocok["persen"])
    )


def bulat(nilai: Decimal) -> Decimal:
    """Two places, half up: the one rounding of the system."""
    return nilai.quantize(_SEN, rounding=ROUND_HALF_UP, context=KONTEKS)


def format_angka(nilai: Decimal, desimal: int | None = None) -> str:
    """``1.234,56``; as many places as the number has, or a fixed number of them."""
    if desimal is not None:
        nilai = nilai.quantize(Decimal(1).scaleb(-desimal), rounding=ROUND_HALF_UP, context=KONTEKS)
    teks = f"{nilai:,f}"
    return teks.replace(",", "\0").replace(".", ",").replace("\0", ".").replace("-", "\u2212")


def format_persen(nilai: Decimal) -> str:
    """``93,75 %`` with two places and a space that does not break."""
    return f"{format_angka(nilai, 2)}\u00a0%"


def format_rupiah(nilai: Decimal) -> str:
    """``Rp 1.234.567``; whole rupiah unless there are sen."""
    return f"Rp\u00a0{format_angka(nilai, 0 if nilai == nilai.to_integral_value() else 2)}"


# helpers


def _angka(angka: str, *, desimal: bool) -> Decimal | tuple[Decimal, ...] | str:
    if _BILANGAN.match(angka):
        return Decimal(angka)
    if _INDONESIA.match(angka):
        return Decimal(angka.replace(".", "").replace(",", "."))
    if _INGGRIS.match(angka):
        return Decimal(angka.replace(",", ""))
    if _RIBUAN_TITIK.match(angka):
        ribuan = Decimal(angka.replace(".", ""))
        if angka.count(".") == 1 and desimal and not angka.startswith("0"):
            return (ribuan, Decimal(angka))
        return Decimal(angka) if angka.startswith("0.") else ribuan
    if _TITIK.match(angka):
        return Decimal(angka)
    return "letak titik dan komanya tidak lazim"
