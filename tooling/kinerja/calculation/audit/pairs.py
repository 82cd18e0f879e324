"""Target and realisasi as a pair: every reading of both, with the figures that follow.

It decides which kinds of cells belong together (two numbers, two ratios, a range and a number,
two predicates, several parts) and which formulas the declared direction allows. It leaves out
the printed capaian (``performance``).

Example:
    ``1:32`` and ``1:17,9`` → one pair, computed from the second numbers
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from kinerja.calculation.audit.candidates import calon, calon_opini, calon_rentang, seharusnya
from kinerja.calculation.audit.cells import Angka, Bacaan, Kata, Majemuk, Rasio, Rentang
from kinerja.calculation.numbers import KONTEKS
from kinerja.domain.perencanaan import RentangNilai

NAIK, TURUN = ("naik",), ("turun-selisih", "turun-rasio")
SEMUA = (*NAIK, *TURUN, "rentang", "predikat")
_ARAH = {
    "naik": NAIK, "positif": NAIK, "maximize": NAIK, "higher": NAIK,
    "makin tinggi makin baik": NAIK, "semakin tinggi semakin baik": NAIK,
    "turun": TURUN, "negatif": TURUN, "minimize": TURUN, "lower": TURUN,
    "makin rendah makin baik": TURUN, "semakin rendah semakin baik": TURUN,
    "turun-selisih": TURUN[:1], "turun-rasio": TURUN[1:],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class IsianKinerja:
    """The cells of one row as read."""

    target: Bacaan
    realisasi: Bacaan
    capaian: Bacaan
    satuan: str = ""
    arah: str = ""


@dataclass(frozen=True, slots=True)
class Pasangan:
    """One reading of target and realisasi, and every figure that follows from it."""

    calon: dict[str, Decimal]
    target: Decimal | None = None
    realisasi: Decimal | None = None
    catatan: str = ""


def boleh_dipakai(arah: str) -> tuple[str, ...]:
    """The formulas that the declared direction allows; all of them when it declares none."""
    wajib = _ARAH.get(" ".join(arah.casefold().split()))
    return SEMUA if wajib is None else (*wajib, "rentang", "predikat")


def hitung_ulang(isian: IsianKinerja, rumus: str) -> Decimal | None:
    """The unrounded capaian of a row by one formula."""
    return next((p.calon[rumus] for p in pasangkan(isian) if rumus in p.calon), None)


def pasangkan(isian: IsianKinerja) -> Iterator[Pasangan]:
    """Every reading of target and realisasi with the figures that follow; none if they differ in kind."""
    match isian.target, isian.realisasi:
        case (Angka() as t, Angka() as r):
            for a, b in product(t.pilihan, r.pilihan):
                yield Pasangan(calon(a, b), a, b, "; ".join((*_dibaca(t, a), *_dibaca(r, b))))
        case (Rasio() as t, Rasio() as r) if t.kedua and r.kedua:
            a, b = (t.kedua, r.kedua) if t.pertama == r.pertama else _hasil_bagi(t, r)
            catatan = "perbandingan dihitung dari angka keduanya" if t.pertama == r.pertama else ""
            yield Pasangan(calon(a, b), a, b, catatan)
        case (Rentang() as t, Angka() as r):
            yield Pasangan(calon_rentang(RentangNilai(t.bawah, t.atas), r.pilihan[0]))
        case (Kata() as t, Kata() as r):
            yield Pasangan(calon_opini(t.tertulis, r.tertulis))
        case (Majemuk() as t, Majemuk() as r) if [b.satuan for b in t.bagian] == [b.satuan for b in r.bagian]:
            yield Pasangan(calon(t.bagian[0].pilihan[0], r.bagian[0].pilihan[0]))
        case _:
            return


def hitungan(p: Pasangan, boleh: tuple[str, ...]) -> str:
    """``341,67 (naik)``: the allowed figures; only naik where every formula is allowed."""
    sah = [i for i in p.calon if i in boleh]
    return ", ".join(f"{seharusnya(p.calon[i], None)} ({i})" for i in (sah[:1] if boleh == SEMUA else sah))


# helpers


def _dibaca(angka: Angka, nilai: Decimal) -> Iterator[str]:
    """Which reading was taken, and the one that was not; without points, which either could mean."""
    lain = [n for n in angka.pilihan if n != nilai]
    if lain:
        tidak = ", ".join(map(_cara_baca, lain))
        yield f"`{angka.tertulis}` dibaca {_cara_baca(nilai)}, dapat juga dibaca {tidak}"


def _cara_baca(nilai: Decimal) -> str:
    utuh = nilai == nilai.to_integral_value()
    return f"{f'{nilai:f}'.replace('.', ',')} ({'titik ribuan' if utuh else 'titik desimal'})"


def _hasil_bagi(t: Rasio, r: Rasio) -> tuple[Decimal, Decimal]:
    return KONTEKS.divide(t.pertama, t.kedua), KONTEKS.divide(r.pertama, r.kedua)
