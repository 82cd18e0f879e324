"""A table that somebody published, as its cells: what the audit judges.

A cell is text as it was printed, or a Decimal where a workbook holds a number and its printed
shape is unknown. It decides nothing; headings and figures are read by ``calculation.audit``.

Example:
    BarisTabel(3, ("Jumlah desa mandiri", "32", Decimal("66"), "206,25%"))
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

Sel = str | Decimal


@dataclass(frozen=True, slots=True)
class BarisTabel:
    """One row that is not empty; ``nomor`` is its row in the sheet, or its line in the file."""

    nomor: int
    sel: tuple[Sel, ...]


@dataclass(frozen=True, slots=True)
class Lembar:
    """One sheet of a workbook, or a whole CSV file (then ``nama`` is empty)."""

    nama: str
    baris: tuple[BarisTabel, ...]
    tersembunyi: bool = False
