"""The report's figures from signed worksheets: every line, every total.

Pure: the same worksheets, plan and policy always give the same report, so CI can recompute
what was signed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kinerja.calculation.capaian import hitung
from kinerja.calculation.recap import SEMUA, batas_rata_rata, rekap
from kinerja.domain.kertas_kerja import KertasKerja
from kinerja.domain.laporan import BarisCapaian, Rekap
from kinerja.domain.organisasi import Organisasi
from kinerja.domain.perencanaan import Nilai, Rencana
from kinerja.domain.periode import Periode
from kinerja.domain.tata_kelola import Kebijakan, Skala

VERSI_ATURAN = "1"
"""Version of formulas and totals; frozen into each report, raised when a figure can change."""


@dataclass(frozen=True, slots=True)
class Angka:
    """Everything computed for one report."""

    capaian: tuple[BarisCapaian, ...]
    rekap: tuple[Rekap, ...]


def realisasi_triwulan(
    lembar: Mapping[str, Sequence[KertasKerja]], periode: Periode
) -> dict[str, dict[str, Nilai]]:
    """Indikator id → ``tw1`` … → value, of the year's worksheets up to the period.

    Args:
        lembar: part of the year (``tw1`` …) → signed worksheets of that part.
    """
    bagian = [p.bagian for p in periode.sampai_dengan()]
    if periode.bagian == "tahunan":
        bagian.append("tahunan")
    hasil: dict[str, dict[str, Nilai]] = {}
    for b in bagian:
        for kk in lembar.get(b, ()):
            for baris in kk.indikator:
                hasil.setdefault(baris.id, {})[b] = baris.realisasi
    return hasil


def hitung_laporan(
    organisasi: Organisasi,
    rencana: Rencana,
    kebijakan: Kebijakan,
    periode: Periode,
    lembar: Mapping[str, Sequence[KertasKerja]],
) -> Angka:
    """Lines and totals of a period, in the order of the agency's bidang and plan."""
    skala = skala_berlaku(kebijakan)
    realisasi = realisasi_triwulan(lembar, periode)
    kini = {kk.bidang: kk for kk in lembar.get(periode.bagian, ())}
    versi = rencana.versi_pada(periode)
    semua: list[BarisCapaian] = []
    totals: list[Rekap] = []
    batas = batas_rata_rata(rencana.indikator, kebijakan.perhitungan)
    for bidang in organisasi.bidang:
        if bidang.id not in kini:
            continue
        baris = [
            hitung(
                i, rencana.target(i.id, versi), realisasi.get(i.id, {}), periode.bagian,
                kebijakan.perhitungan, skala,
            )
            for i in rencana.milik(bidang.id)
        ]  # fmt: skip
        semua += baris
        totals.append(rekap(baris, batas, kini[bidang.id].anggaran, bidang.id, skala))
    anggaran = [a for b in organisasi.bidang if b.id in kini for a in kini[b.id].anggaran]
    totals.append(rekap(semua, batas, anggaran, SEMUA, skala))
    return Angka(tuple(semua), tuple(totals))


def skala_berlaku(kebijakan: Kebijakan) -> Skala:
    """The scale that the calculation policy names."""
    return next(s for s in kebijakan.skala if s.id == kebijakan.perhitungan.skala)
