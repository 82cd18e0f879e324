"""Totals of a bidang or of the agency: mean capaian, pagu, realisasi, serapan.

It decides what enters a mean: only indikator that have a figure, each capped where a cap is
set; every total says how many of how many were counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kinerja.calculation.capaian import kategori
from kinerja.calculation.numbers import KONTEKS, bulat
from kinerja.domain.kertas_kerja import BarisAnggaran
from kinerja.domain.laporan import BarisCapaian, Rekap
from kinerja.domain.tata_kelola import Skala

SEMUA = "semua"


def rekap(
    baris: Sequence[BarisCapaian],
    batas: Mapping[str, Decimal | None],
    anggaran: Sequence[BarisAnggaran],
    bidang: str,
    skala: Skala,
) -> Rekap:
    """Totals over some lines.

    Args:
        batas: indikator id → cap used inside the mean only; None for no cap.
        bidang: id of the bidang, or :data:`SEMUA`.

    Returns:
        Money is None when any line's is: a sum with a hole is not a sum.
    """
    nilai = [_dibatasi(b.capaian, batas.get(b.id)) for b in baris if b.capaian is not None]
    rata = None
    if nilai:
        total = Decimal(0)
        for n in nilai:
            total = KONTEKS.add(total, n)
        rata = bulat(KONTEKS.divide(total, Decimal(len(nilai))))
    pagu = _jumlah([a.pagu for a in anggaran])
    realisasi = _jumlah([a.realisasi for a in anggaran])
    return Rekap(
        bidang=bidang,
        dihitung=len(nilai),
        total=len(baris),
        rata_rata=rata,
        kategori="" if rata is None else kategori(rata, skala),
        pagu=pagu,
        realisasi=realisasi,
        serapan=serapan(pagu, realisasi),
    )


def serapan(pagu: Decimal | None, realisasi: Decimal | None) -> Decimal | None:
    """Realisasi in percent of pagu, two places; None without pagu."""
    if pagu is None or realisasi is None or pagu == 0:
        return None
    return bulat(KONTEKS.multiply(KONTEKS.divide(realisasi, pagu), Decimal(100)))


def _dibatasi(nilai: Decimal, batas: Decimal | None) -> Decimal:
    return nilai if batas is None else min(nilai, batas)


def _jumlah(nilai: Sequence[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for n in nilai:
        if n is None:
            return None
        total = KONTEKS.add(total, n)
    return total if nilai else None
