"""The formulas: one for each decided indikator, dated, cited, and none edited in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kinerja.calculation import formulas
from kinerja.calculation.formulas import RUMUS, Pokok, Rumus, rumus_berlaku, rumus_untuk
from kinerja.domain.organisasi import BELUM_DITETAPKAN
from kinerja.domain.perencanaan import Akumulasi, Arah, Indikator, RumusRentang, RumusTurun, TingkatIndikator
from kinerja.domain.tata_kelola import CaraEfisiensi

HARI = date(2024, 3, 31)
INDIKATOR = Indikator(
    "i-1", "Uji", "uji", TingkatIndikator.PROGRAM, "persen", Arah.NAIK, Akumulasi.NILAI_AKHIR, "", "", "",
    "kabid:uji", BELUM_DITETAPKAN,
)  # fmt: skip


def test_every_decided_indikator_has_exactly_one_formula() -> None:
    pilihan = [replace(INDIKATOR, arah=a) for a in Arah if a is not Arah.TURUN]
    pilihan += [replace(INDIKATOR, arah=Arah.TURUN, rumus=r) for r in RumusTurun]
    pilihan += [replace(INDIKATOR, arah=Arah.RENTANG, rumus_rentang=RumusRentang.SEJAJAR)]
    terpakai = [r.id for i in pilihan if (r := rumus_untuk(i, HARI))]
    assert sorted(terpakai) == sorted(r.id for r in RUMUS if r.pokok is Pokok.CAPAIAN)
    assert rumus_untuk(replace(INDIKATOR, arah=Arah.TURUN), HARI) is None
    assert rumus_untuk(replace(INDIKATOR, arah=Arah.BELUM_DITETAPKAN), HARI) is None


def test_every_choice_of_the_policy_and_of_the_plan_has_its_formula() -> None:
    ids = {r.id for r in RUMUS}
    assert {a.value for a in Akumulasi} - {"belum-ditetapkan"} <= ids
    assert {f"efisiensi-{c.value}" for c in CaraEfisiensi} <= ids


def test_every_formula_has_unit_source_and_first_day() -> None:
    for r in RUMUS:
        assert r.nama and r.rumus and r.satuan and r.sumber, r.id
        assert rumus_berlaku(r.id, r.berlaku) is r
        assert rumus_berlaku(r.id, r.berlaku - timedelta(days=1)) is None


def test_a_new_regulation_changes_no_earlier_day(monkeypatch: pytest.MonkeyPatch) -> None:
    baru = Rumus("naik", "Baru", "r ÷ t", "persen", "Peraturan Uji 1/2025", date(2025, 1, 1))
    monkeypatch.setattr(formulas, "RUMUS", (*RUMUS, baru))
    lama, kini = rumus_berlaku("naik", date(2024, 12, 31)), rumus_berlaku("naik", date(2025, 1, 1))
    assert lama is not None and lama.sumber == BELUM_DITETAPKAN
    assert kini is baru
