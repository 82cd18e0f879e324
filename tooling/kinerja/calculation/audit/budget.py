"""One row of a budget table: persen and sisa must follow from pagu and realisasi.

It decides each printed figure by itself, at its own precision. It leaves out the sums of a
table (``rollup``).

Example:
    pagu 5.569.088.920, realisasi 3.513.771.168, persen 63,14 → salah, 63,09
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from kinerja.calculation.audit.candidates import cocok, persen
from kinerja.calculation.audit.causes import (
    Masukan,
    salah_ketik,
    sebab,
    sebagai_persen,
    seharusnya_sel,
    sel_persen,
)
from kinerja.calculation.audit.cells import Angka, Bacaan, Hampa, Rusak, tempat
from kinerja.calculation.audit.verdict import Butir, Status
from kinerja.calculation.numbers import KONTEKS, format_angka


@dataclass(frozen=True, slots=True)
class IsianAnggaran:
    """The cells of one row as read; None for a column that the table does not have."""

    pagu: Bacaan
    realisasi: Bacaan
    persen: Bacaan | None
    sisa: Bacaan | None


def periksa_anggaran(isian: IsianAnggaran) -> list[Butir]:
    """The verdicts on persen and sisa, as far as the table has these columns."""
    hasil: list[Butir] = []
    for pokok, bacaan, periksa in (("persen", isian.persen, _persen), ("sisa", isian.sisa, _sisa)):
        if bacaan is not None:
            hasil.append(_periksa(pokok, isian, bacaan, periksa))
    return hasil


# helpers


_Hitung = Callable[[Angka, Angka, Angka], Butir]


def _periksa(pokok: str, isian: IsianAnggaran, bacaan: Bacaan, periksa: _Hitung) -> Butir:
    bagian = {"pagu": isian.pagu, "realisasi": isian.realisasi, pokok: bacaan}
    alasan = "; ".join(teks for n, b in bagian.items() if (teks := _halangan(n, b)))
    if not alasan and isinstance(isian.pagu, Angka) and isian.pagu.pilihan[0] == 0 and pokok == "persen":
        alasan = "pagu nol, persen tidak dapat dihitung"
    match isian.pagu, isian.realisasi, bacaan:
        case (Angka() as pagu, Angka() as realisasi, Angka() as tertulis) if not alasan:
            return periksa(pagu, realisasi, tertulis)
        case _:
            return Butir(pokok, Status.TIDAK_DAPAT_DIPERIKSA, (), bacaan.tertulis, "", alasan)


def _halangan(nama: str, bacaan: Bacaan) -> str:
    if isinstance(bacaan, Angka):
        return ""
    if isinstance(bacaan, Hampa):
        return f"{nama} tidak diisi" + (f" (`{bacaan.tertulis}`)" if bacaan.tertulis else "")
    sebab_rusak = f" ({bacaan.alasan})" if isinstance(bacaan, Rusak) else ""
    return f"{nama} `{bacaan.tertulis}` bukan satu angka{sebab_rusak}"


def _persen(pagu: Angka, realisasi: Angka, tertulis: Angka) -> Butir:
    catatan = ("realisasi melebihi pagu",) if realisasi.pilihan[0] > pagu.pilihan[0] else ()
    salah: Butir | None = None
    for p, r, c in product(pagu.pilihan, realisasi.pilihan, tertulis.pilihan):
        nilai = persen(r, p)
        if nilai is None:
            continue
        if cocok(nilai, c):
            return Butir("persen", Status.KONSISTEN, ("persen",), tertulis.tertulis, "", "sama dengan "
                         "realisasi dibagi pagu", catatan)  # fmt: skip
        if pecahan := sel_persen(nilai, tertulis, c):
            return Butir("persen", Status.KONSISTEN, ("persen",), tertulis.tertulis, "", "sama dengan "
                         "realisasi dibagi pagu", (*catatan, pecahan))  # fmt: skip
        if salah is None:
            setara = sebagai_persen(nilai, tertulis, c)
            karena = sebab(nilai, setara, "naik", Masukan(p, dibulatkan=False), Masukan(r, dibulatkan=False))
            alasan = "; ".join(karena) or "bukan hasil realisasi dibagi pagu"
            salah = Butir("persen", Status.SALAH, ("persen",), tertulis.tertulis,
                          seharusnya_sel(nilai, tertulis, c), alasan, catatan)  # fmt: skip
    tanpa = Butir("persen", Status.TIDAK_DAPAT_DIPERIKSA, (), tertulis.tertulis, "", "pagu negatif")
    return salah or tanpa


def _sisa(pagu: Angka, realisasi: Angka, tertulis: Angka) -> Butir:
    salah: Butir | None = None
    for p, r, c in product(pagu.pilihan, realisasi.pilihan, tertulis.pilihan):
        nilai = KONTEKS.subtract(p, r)
        if cocok(nilai, c):
            return Butir("sisa", Status.KONSISTEN, ("sisa",), tertulis.tertulis, "", "sama dengan pagu "
                         "dikurangi realisasi")  # fmt: skip
        if salah is None:
            benar = format_angka(nilai, min(tempat(c), 2))
            salah = Butir("sisa", Status.SALAH, ("sisa",), tertulis.tertulis, benar, _sebab_sisa(nilai, c))
    return salah or Butir("sisa", Status.TIDAK_DAPAT_DIPERIKSA)


def _sebab_sisa(nilai: Decimal, tertulis: Decimal) -> str:
    if tertulis == nilai.copy_negate():
        return "tandanya terbalik: realisasi dikurangi pagu"
    if cocok(nilai, KONTEKS.multiply(tertulis, Decimal(1000))):
        return "satuan lain: ditulis dalam ribuan rupiah"
    if salah_ketik(nilai, tertulis):
        return "mungkin salah ketik"
    beda = format_angka(KONTEKS.subtract(tertulis, nilai))
    return f"bukan hasil pagu dikurangi realisasi (beda {beda})"
