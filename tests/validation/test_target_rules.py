"""Targets at their boundaries: how quarters become a year, and who answers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.adapters.trees import PohonTumpuk
from kinerja.checking.run import periksa_pohon

from .ubahan import VALID, ubah

RENCANA = "reports/2024/rencana.yaml"
KELUARGA, JAM = 1, 4
"""Numbers of lay-02 (jumlah) and set-01 (rata-rata) in the kamus."""


def temuan(perubahan: dict[str, object]) -> list[tuple[str, str]]:
    pohon = PohonTumpuk({RENCANA: ubah(RENCANA, perubahan)}, VALID)
    return [(t.aturan, t.penunjuk) for t in periksa_pohon(pohon, [RENCANA])]


def target(id_indikator: str, **nilai: object) -> dict[str, object]:
    return {f"/versi/0/target/{id_indikator}": nilai}


TAHUNAN = [("target-triwulan", "/versi/0/target/lay-02/tahunan")]


@given(st.lists(st.decimals(0, 10**9, places=2), min_size=4, max_size=4))
@settings(max_examples=30, deadline=None)
def test_a_sum_is_exact(nilai: list[Decimal]) -> None:
    tw = {f"tw{n + 1}": v for n, v in enumerate(nilai)}
    assert temuan(target("lay-02", **tw, tahunan=sum(nilai))) == []
    assert temuan(target("lay-02", **tw, tahunan=sum(nilai) + Decimal("0.01"))) == TAHUNAN


@pytest.mark.parametrize(
    ("nilai", "hasil"),
    [
        ({"tahunan": 400}, []),
        ({"tw1": 400, "tahunan": 400}, []),
        ({"tw1": 100, "tw4": 100, "tahunan": 400}, TAHUNAN),
        ({"tw1": 0, "tw2": 0, "tw3": 0, "tw4": 0, "tahunan": 0}, []),
        ({"tw1": 100}, TAHUNAN),
        ({}, []),
    ],
)
def test_quarters_without_a_target_count_nothing(nilai: dict[str, object], hasil: list[tuple[str, str]]) -> None:
    assert temuan(target("lay-02", **nilai)) == hasil


@pytest.mark.parametrize(("tahunan", "sama"), [("3.33", True), ("3.333", True), ("3.34", False), ("3", False)])
def test_a_mean_is_compared_on_two_places(tahunan: str, sama: bool) -> None:
    hasil = temuan(target("set-01", tw1=3, tw2=3, tw3=4, tahunan=Decimal(tahunan)))
    assert (hasil == []) == sama


def test_the_last_value_is_compared_whatever_its_kind() -> None:
    assert temuan(target("lay-03", tw1="B", tw4="A", tahunan="A")) == []
    assert temuan(target("lay-03", tw1="B", tw4="BB", tahunan="A")) == [
        ("target-triwulan", "/versi/0/target/lay-03/tw4")
    ]
    rentang = {"/indikator/0/arah": "rentang"}
    batas, lain = {"bawah": 80, "atas": 95}, {"bawah": 80, "atas": 90}
    assert temuan({**rentang, **target("lay-01", tw4=batas, tahunan=batas)}) == []
    assert temuan({**rentang, **target("lay-01", tw4=lain, tahunan=batas)}) == [
        ("target-triwulan", "/versi/0/target/lay-01/tw4")
    ]


def test_a_range_may_not_reach_above_a_hundred_percent() -> None:
    batas = {"bawah": 80, "atas": Decimal("100.01")}
    semua = {"/indikator/0/arah": "rentang", **target("lay-01", tahunan=batas)}
    assert temuan(semua) == [("persen-target", "/versi/0/target/lay-01/tahunan")]
    assert temuan({**semua, "/indikator/0/boleh_lebih": True}) == []
    assert temuan(target("lay-01", tahunan=100)) == []


@pytest.mark.parametrize(
    ("arah", "tahunan", "akhir", "tertinggal"),
    [("naik", 400, 400, False), ("naik", 400, 399, True), ("turun", 4, 4, False), ("turun", 4, 5, True),
     ("turun", 4, 3, False), ("naik", 400, None, False)],
)  # fmt: skip
def test_the_renstra_is_not_behind(arah: str, tahunan: int, akhir: int | None, tertinggal: bool) -> None:
    id_indikator = "lay-02" if arah == "naik" else "set-01"
    hasil = temuan(target(id_indikator, tahunan=tahunan, renstra_akhir=akhir))
    assert hasil == ([("target-renstra", f"/versi/0/target/{id_indikator}/renstra_akhir")] if tertinggal else [])


@pytest.mark.parametrize(
    ("bidang", "jabatan", "boleh"),
    [(KELUARGA, "kasie:layanan", True), (KELUARGA, "kepala-dinas", True), (KELUARGA, "sekretaris", True),
     (KELUARGA, "kasie:sekretariat", False), (KELUARGA, "kasubag-program", False), (JAM, "kasubag-program", True),
     (JAM, "kasie:sekretariat", True), (JAM, "kabid:layanan", False)],
)  # fmt: skip
def test_who_may_answer_for_an_indikator(bidang: int, jabatan: str, boleh: bool) -> None:
    hasil = temuan({f"/indikator/{bidang}/penanggung_jawab": jabatan})
    assert hasil == ([] if boleh else [("penanggung-jawab-bidang", f"/indikator/{bidang}/penanggung_jawab")])


@pytest.mark.parametrize(("tahun", "boleh"), [(2024, True), (2025, False), (2019, True)])
def test_a_peer_is_not_from_the_future(tahun: int, boleh: bool) -> None:
    hasil = temuan({"/indikator/0/pembanding/0/tahun": tahun})
    assert hasil == ([] if boleh else [("pembanding-bersumber", "/indikator/0/pembanding/0/tahun")])
