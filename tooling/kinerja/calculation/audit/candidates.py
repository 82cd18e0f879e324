"""The formulas that could stand behind a printed percent, and whether one reproduces it.

The formulas are those of ``calculation.capaian``; here they are only tried, all of them, at the
precision that was printed. It leaves out what a failure means (``causes``).

Example:
    >>> {i: str(bulat(n)) for i, n in calon(Decimal(32), Decimal("4.88")).items()}
    {'naik': '15.25', 'turun-selisih': '184.75', 'turun-rasio': '655.74'}
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kinerja.calculation.audit.cells import tempat
from kinerja.calculation.capaian import capaian_mentah
from kinerja.calculation.numbers import bulat, format_angka
from kinerja.domain.perencanaan import (
    Akumulasi,
    Arah,
    Indikator,
    Nilai,
    NilaiTarget,
    RumusTurun,
    SkorPredikat,
    TingkatIndikator,
)
from kinerja.domain.tata_kelola import Perhitungan, TargetNol

TEMPAT_TERBANYAK = 6
"""Finer than this is the noise of a workbook's floating point, not somebody's print."""

_DASAR = Indikator(
    id="audit", nama="", bidang="", tingkat=TingkatIndikator.SASARAN, satuan="", arah=Arah.NAIK,
    akumulasi=Akumulasi.NILAI_AKHIR, definisi_operasional="", formulasi="", sumber_data="",
    penanggung_jawab="", sumber="",
)  # fmt: skip
_INDIKATOR = {
    "naik": _DASAR,
    "turun-selisih": replace(_DASAR, arah=Arah.TURUN, rumus=RumusTurun.SELISIH),
    "turun-rasio": replace(_DASAR, arah=Arah.TURUN, rumus=RumusTurun.RASIO),
}
_RENTANG = replace(_DASAR, arah=Arah.RENTANG)
_OPINI = replace(
    _DASAR,
    arah=Arah.PREDIKAT,
    predikat=tuple(
        SkorPredikat(kode, Decimal(skor)) for kode, skor in (("WTP", 4), ("WDP", 3), ("TW", 2), ("TMP", 1))
    ),
)
"""Scores of the auditors' opinions as one agency's published code has them (domain.md, S4)."""

_PERHITUNGAN = Perhitungan("", TargetNol.TIDAK_DAPAT_DIHITUNG)


def calon(target: NilaiTarget, realisasi: Nilai) -> dict[str, Decimal]:
    """Formula id → unrounded percent, for every formula that gives one for two numbers."""
    hasil = {i: capaian_mentah(k, target, realisasi, _PERHITUNGAN).nilai for i, k in _INDIKATOR.items()}
    return {i: n for i, n in hasil.items() if n is not None}


def calon_rentang(target: NilaiTarget, realisasi: Nilai) -> dict[str, Decimal]:
    """The one formula for a target that is a range."""
    nilai = capaian_mentah(_RENTANG, target, realisasi, _PERHITUNGAN).nilai
    return {} if nilai is None else {"rentang": nilai}


def calon_opini(target: str, realisasi: str) -> dict[str, Decimal]:
    """The percent of two predicates: equal ones by any scale, others by the opinions' scores."""
    if target.casefold() == realisasi.casefold():
        return {"predikat": Decimal(100)}
    nilai = capaian_mentah(_OPINI, target.upper(), realisasi.upper(), _PERHITUNGAN).nilai
    return {} if nilai is None else {"predikat": nilai}


def persen(bagian: Decimal, seluruh: Decimal) -> Decimal | None:
    """A share in percent, unrounded; None of nothing. The same ratio as ``naik``."""
    return capaian_mentah(_DASAR, seluruh, bagian, _PERHITUNGAN).nilai


def cocok(nilai: Decimal, tertulis: Decimal) -> bool:
    """Whether a figure, rounded half up as the printed one was, is the printed one."""
    p = min(tempat(tertulis), TEMPAT_TERBANYAK)
    return bulat(nilai, p) == bulat(tertulis, p)


def seharusnya(nilai: Decimal, tertulis: Decimal | None) -> str:
    """The right figure with two places, or as many as were printed where two would not tell."""
    if tertulis is None or bulat(nilai) != bulat(tertulis):
        return format_angka(nilai, 2)
    return format_angka(nilai, min(max(2, tempat(tertulis)), TEMPAT_TERBANYAK))
