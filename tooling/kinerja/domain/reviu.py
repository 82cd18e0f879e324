"""The review checklist: what is asked, what the data answer, what a person must judge.

It leaves out how the answers are found (``validation.review_points``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Jawaban(StrEnum):
    """What the data say to a point; ``PERLU_DINILAI``: they cannot say it alone."""

    YA = "ya"
    TIDAK = "tidak"
    PERLU_DINILAI = "perlu dinilai"


class KelompokReviu(StrEnum):
    """The three parts of the form (PermenPANRB 53/2014 Lampiran III)."""

    FORMAT = "Format"
    MEKANISME = "Mekanisme penyusunan"
    SUBSTANSI = "Substansi"


@dataclass(frozen=True, slots=True)
class HasilButir:
    """One point with its answer.

    Attributes:
        nomor: ``I.1`` …: part, then number; ours, the official form was not at hand.
        bunyi: the point, in our words.
        uraian: what the answer rests on, with counts.
        kurang: what is missing, one entry each; where it can be mended.
    """

    nomor: str
    kelompok: KelompokReviu
    bunyi: str
    jawaban: Jawaban
    uraian: str
    kurang: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HasilReviu:
    """The form of one period."""

    periode: str
    butir: tuple[HasilButir, ...]

    def jumlah(self, jawaban: Jawaban) -> int:
        """How many points have an answer."""
        return sum(b.jawaban is jawaban for b in self.butir)
