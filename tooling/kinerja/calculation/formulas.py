"""The formulas in force, dated and cited: what the methodology page prints.

A new regulation adds a formula with its first valid date; it does not edit an old one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

BELUM = "belum ditetapkan"


@dataclass(frozen=True, slots=True)
class Rumus:
    """One formula: what it computes, in which unit, by which source, since when."""

    id: str
    nama: str
    rumus: str
    satuan: str
    sumber: str
    berlaku: date


_AWAL = date(2024, 1, 1)
"""First day on which this system used the formula; no regulation was found that dates it."""

RUMUS = (
    Rumus("naik", "Makin tinggi makin baik", "realisasi ÷ target × 100", "persen",
          BELUM, _AWAL),
    Rumus("turun-selisih", "Makin rendah makin baik, selisih",
          "(2 × target − realisasi) ÷ target × 100", "persen", BELUM, _AWAL),
    Rumus("turun-rasio", "Makin rendah makin baik, rasio", "target ÷ realisasi × 100", "persen",
          BELUM, _AWAL),
    Rumus("rentang", "Di dalam rentang",
          "di dalam = 100; di bawah = realisasi ÷ batas bawah × 100; "
          "di atas = batas atas ÷ realisasi × 100", "persen", BELUM, _AWAL),
    Rumus("predikat", "Predikat", "skor predikat realisasi ÷ skor predikat target × 100",
          "persen", BELUM, _AWAL),
    Rumus("ada-tidak", "Ada atau tidak", "tercapai bila realisasi sama dengan target",
          "tercapai / tidak tercapai", BELUM, _AWAL),
)
