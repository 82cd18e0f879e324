"""Lines that are missing, copied, mistyped or foreign: one fault is one finding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.adapters.trees import PohonTumpuk
from kinerja.checking.run import periksa_pohon
from kinerja.domain.findings import Finding
from kinerja.validation.composition import banding_susunan

from .ubahan import VALID, ubah

Temukan = Callable[..., list[Finding]]
TW2 = "reports/2024/tw2/kertas-kerja/layanan.yaml"


@dataclass(frozen=True)
class Bernama:
    nama: str


def milik(*nama: str) -> dict[str, Any]:
    return {n: cast("Any", Bernama(n.upper())) for n in nama}


PENGENAL = st.sampled_from(["lay-01", "lay-02", "lay-03", "lay-40", "set-01", "zzz"])


@given(st.lists(st.tuples(PENGENAL, st.sampled_from(["LAY-01", "LAY-02", "LAY-03", "X"])), max_size=6))
def test_every_line_and_every_id_of_the_plan_is_accounted_for_once(baris: list[tuple[str, str]]) -> None:
    punya = milik("lay-01", "lay-02", "lay-03")
    s = banding_susunan(baris, punya, {*punya, "set-01"})
    assert not set(s.asing) & set(s.ganda)
    sah = [p for n, (p, _) in enumerate(baris) if p in punya and n not in s.ganda]
    maksud = [m for m in (*s.asing.values(), *s.ganda.values()) if m]
    assert sorted([*sah, *maksud, *s.hilang]) == sorted(punya)


def test_the_line_with_the_name_keeps_the_id() -> None:
    s = banding_susunan([("lay-02", "LAY-01"), ("lay-02", "LAY-02")], milik("lay-01", "lay-02"), set())
    assert (s.ganda, s.hilang) == ({0: "lay-01"}, ())


@pytest.mark.parametrize(
    ("perubahan", "aturan", "maksud"),
    [
        ({"/indikator/2/id": "lay-02"}, "indikator-sesuai-rencana", "`lay-03`"),
        ({"/indikator/2/id": "lay-05"}, "indikator-sesuai-rencana", "`lay-03`"),
        ({"/indikator/3/id": "lay-01"}, "indikator-sesuai-rencana", "`lay-04`"),
        ({"/anggaran/1/kode": "1.06.04.2.01.0001"}, "pagu-sesuai-dpa", "`1.06.04.2.01.0003`"),
    ],
)
@pytest.mark.parametrize("dasar", [True, False])
def test_a_copied_or_mistyped_id_is_one_finding_that_names_the_right_one(
    temukan: Temukan, perubahan: dict[str, object], aturan: str, maksud: str, dasar: bool
) -> None:
    (t,) = temukan(perubahan, "tw2", dasar=dasar)
    assert (t.aturan, t.penunjuk in perubahan, maksud in t.tindakan) == (aturan, True, True)


def test_the_next_quarter_is_not_told_to_copy_from_a_line_with_anothers_id(temukan: Temukan) -> None:
    for perubahan in ({"/indikator/2/id": "lay-02"}, {"/anggaran/1/kode": "1.06.04.2.01.0001"}):
        assert temukan({}, "tw3", lain={TW2: perubahan}) == []


@pytest.mark.parametrize("bidang", ["layanan", "sekretariat"])
def test_a_whole_sheet_of_another_bidang_is_one_finding(bidang: str) -> None:
    jalur = "reports/2024/tw2/kertas-kerja/sekretariat.yaml"
    pohon = PohonTumpuk({jalur: ubah(TW2, {"/bidang": bidang})}, VALID)
    (t,) = periksa_pohon(pohon, [jalur], diajukan=True)
    assert (t.aturan, "seluruh isinya milik bidang layanan" in t.pesan) == ("milik-bidang", True)
