"""Efficiency: what was achieved against what was spent, by the way that the policy names.

It decides the figure and the words for it, or the reason why there is none. It is judged at
the end of the year only: before, serapan stands against the pagu of a whole year, and the
difference would praise whoever has not spent yet.

Example:
    capaian 104,00, serapan 92,50 → +11,50 poin persen, ``efisien``; with capaian 97,00 the
    saving is no efficiency: the target was not reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from kinerja.calculation.numbers import KONTEKS, bulat
from kinerja.calculation.recap import jumlah_utuh, serapan
from kinerja.domain.kertas_kerja import BarisAnggaran
from kinerja.domain.tata_kelola import CaraEfisiensi

_SERATUS = Decimal(100)
_AMBANG = Decimal(5)
"""Percent points within which capaian and serapan count as balanced (deployed e-SAKIP practice)."""
_E_TERBESAR = Decimal(20)
"""PMK 22/PMK.02/2021 scores E between -20 and 20 percent."""



@dataclass(frozen=True, slots=True)
class Efisiensi:
    """Efficiency, two places: ``nilai`` in percent points or percent, ``skor`` 0 to 100 or None.

    ``sebutan`` is the word for it; where ``nilai`` is None, the reason.
    """

    nilai: Decimal | None
    sebutan: str
    skor: Decimal | None = None


def efisiensi(
    cara: CaraEfisiensi, capaian: Decimal | None, anggaran: Sequence[BarisAnggaran]
) -> Efisiensi:
    """Efficiency of a set of sub kegiatan and the capaian that they served.

    Args:
        capaian: mean capaian in percent, capped where the policy caps; None when there is none.
        anggaran: the lines; money in rupiah, ``fisik`` in percent.
    """
    match cara:
        case CaraEfisiensi.SELISIH:
            return _selisih(capaian, anggaran)
        case CaraEfisiensi.PMK_22_2021:
            return _pmk(anggaran)
        case _:
            assert_never(cara)


# helpers


def _selisih(capaian: Decimal | None, anggaran: Sequence[BarisAnggaran]) -> Efisiensi:
    pagu, realisasi = ([getattr(a, n) for a in anggaran] for n in ("pagu", "realisasi"))
    terserap = serapan(jumlah_utuh(pagu), jumlah_utuh(realisasi))
    if capaian is None:
        return Efisiensi(None, "tidak ada capaian untuk dibandingkan")
    if terserap is None:
        return Efisiensi(None, "serapan tidak dapat dihitung")
    nilai = bulat(KONTEKS.subtract(capaian, terserap))
    if nilai < -_AMBANG:
        return Efisiensi(nilai, "tidak efisien")
    if nilai <= _AMBANG:
        return Efisiensi(nilai, "cukup efisien")
    if capaian >= _SERATUS:
        return Efisiensi(nilai, "efisien")
    return Efisiensi(nilai, "belum dapat disebut efisien, target belum tercapai")


def _pmk(anggaran: Sequence[BarisAnggaran]) -> Efisiensi:
    seharusnya = terpakai = Decimal(0)
    for a in anggaran:
        if a.pagu is None or a.realisasi is None or a.fisik is None:
            return Efisiensi(None, f"pagu, realisasi, atau fisik {a.kode} belum ada")
        bagian = KONTEKS.divide(KONTEKS.multiply(a.pagu, a.fisik), _SERATUS)
        seharusnya = KONTEKS.add(seharusnya, bagian)
        terpakai = KONTEKS.add(terpakai, a.realisasi)
    if seharusnya <= 0:
        return Efisiensi(None, "belum ada kemajuan fisik yang dapat dinilai")
    hemat = KONTEKS.subtract(seharusnya, terpakai)
    e = KONTEKS.divide(KONTEKS.multiply(hemat, _SERATUS), seharusnya)
    dibatasi = min(max(e, -_E_TERBESAR), _E_TERBESAR)
    tambah = KONTEKS.divide(KONTEKS.multiply(dibatasi, Decimal(50)), _E_TERBESAR)
    skor = bulat(KONTEKS.add(Decimal(50), tambah))
    return Efisiensi(bulat(e), "efisien" if e > 0 else "tidak efisien" if e < 0 else "seimbang", skor)

