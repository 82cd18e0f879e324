"""Efficiency and weighted progress: the case table, and what the figures may never do."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kinerja.calculation.efficiency import efisiensi
from kinerja.calculation.recap import fisik_tertimbang
from kinerja.domain.kertas_kerja import BarisAnggaran
from kinerja.domain.tata_kelola import CaraEfisiensi

KASUS = yaml.load(
    (Path(__file__).parents[1] / "cases" / "efisiensi.yaml").read_text(encoding="utf-8"),
    Loader=yaml.BaseLoader,
)
UANG = st.integers(1, 10**12).map(Decimal)
BAGIAN = st.integers(0, 100).map(Decimal)


def _baris(isi: list[Any]) -> BarisAnggaran:
    pagu, realisasi, fisik = (None if n in ("~", None) else Decimal(n) for n in isi)
    return BarisAnggaran("1.06.04.2.01.0001", "Uji", pagu, None, realisasi, fisik)


@pytest.mark.parametrize("kasus", KASUS, ids=[k["nama"] for k in KASUS])
def test_kasus(kasus: dict[str, Any]) -> None:
    capaian = Decimal(kasus["capaian"]) if "capaian" in kasus else None
    hasil = efisiensi(CaraEfisiensi(kasus["cara"]), capaian, [_baris(b) for b in kasus["anggaran"]])
    assert (None if hasil.nilai is None else str(hasil.nilai)) == kasus.get("hasil")
    assert (None if hasil.skor is None else str(hasil.skor)) == kasus.get("skor")
    assert kasus["sebutan"] in hasil.sebutan


def test_the_cases_use_every_way() -> None:
    assert {k["cara"] for k in KASUS} == {c.value for c in CaraEfisiensi}


@given(st.lists(st.tuples(UANG, UANG, BAGIAN), min_size=1, max_size=5))
def test_the_score_stays_between_0_and_100(baris: list[tuple[Decimal, Decimal, Decimal]]) -> None:
    hasil = efisiensi(CaraEfisiensi.PMK_22_2021, None, [_baris(list(b)) for b in baris])
    assert hasil.skor is None or 0 <= hasil.skor <= 100
    assert (hasil.skor is None) == (hasil.nilai is None)


@given(st.lists(st.tuples(UANG, BAGIAN), min_size=1, max_size=6))
def test_weighted_progress_lies_between_its_parts(baris: list[tuple[Decimal, Decimal]]) -> None:
    hasil = fisik_tertimbang([_baris([pagu, None, fisik]) for pagu, fisik in baris])
    assert hasil is not None
    assert min(f for _, f in baris) <= hasil <= max(f for _, f in baris)


def test_progress_is_weighted_and_never_guessed() -> None:
    assert fisik_tertimbang([_baris([900, None, 100]), _baris([100, None, 0])]) == Decimal("90.00")
    assert fisik_tertimbang([_baris([900, None, 100]), _baris([100, None, None])]) is None
    assert fisik_tertimbang([_baris([None, None, 100])]) is None
    assert fisik_tertimbang([_baris([0, None, 100])]) is None
    assert fisik_tertimbang([]) is None
