"""What a figure of the plan, the DPA and the history may look like, and which one is asked about."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kinerja.adapters.trees import PohonTumpuk
from kinerja.checking.run import periksa_pohon
from kinerja.domain.findings import Finding, Tingkat

from .ubahan import VALID, ubah

RENCANA, ANGGARAN, RIWAYAT = "reports/2024/rencana.yaml", "reports/2024/anggaran.yaml", "reports/riwayat.yaml"
PEMBANDING = "/indikator/0/pembanding/0/nilai"
KELUARAN = "/versi/0/pagu/1.06.04.2.01.0001/target"


def temuan(jalur: str, perubahan: dict[str, object]) -> list[Finding]:
    return list(periksa_pohon(PohonTumpuk({jalur: ubah(jalur, perubahan)}, VALID), [jalur]))


def riwayat(indikator: str, nilai: str) -> list[Finding]:
    isi = f"skema: riwayat/v1\nrealisasi:\n  - indikator: {indikator}\n    tahun: 2023\n    realisasi: {nilai}\n    sumber: LKjIP\n"
    return list(periksa_pohon(PohonTumpuk({RIWAYAT: isi.encode()}, VALID), [RIWAYAT]))


@pytest.mark.parametrize(
    ("penunjuk", "nilai", "tingkat"),
    [
        ("/versi/0/target/set-01/tw1", "4.000", Tingkat.PERINGATAN),
        ("/versi/1/target/lay-02/tw1", "1.000", Tingkat.GALAT),
        ("/versi/1/target/lay-02/tw1", "1.2340", None),
        ("/versi/0/target/lay-01/tw1", "80.125", None),
    ],
)
def test_three_digits_behind_a_point_are_asked_about_by_unit(
    penunjuk: str, nilai: str, tingkat: Tingkat | None
) -> None:
    hasil = [t for t in temuan(RENCANA, {penunjuk: Decimal(nilai)}) if t.aturan == "angka-rencana-jelas"]
    assert [(t.penunjuk, t.tingkat) for t in hasil] == ([(penunjuk, tingkat)] if tingkat else [])


def test_a_mixed_line_is_told_by_the_unclear_target_alone() -> None:
    """1.000 beside 100: neither the sum nor the Renstra is compared before it is clear."""
    hasil = temuan(RENCANA, {"/versi/0/target/lay-02/tw2": Decimal("1.000")})
    assert [(t.aturan, t.penunjuk) for t in hasil] == [("angka-rencana-jelas", "/versi/0/target/lay-02/tw2")]


@pytest.mark.parametrize(
    ("nilai", "kata"),
    [("78,5", "`78.5`"), ("n/a", "`null`"), ("1.234", "letak titik"), (Decimal("78.125"), None), (Decimal(9), None)],
)
def test_a_figure_of_others_is_a_readable_number(nilai: object, kata: str | None) -> None:
    nilai = Decimal(str(nilai)) if nilai == "1.234" else nilai
    hasil = temuan(RENCANA, {PEMBANDING: nilai})
    assert [kata is not None and kata in t.tindakan for t in hasil] == ([] if kata is None else [True])


@pytest.mark.parametrize(
    ("nilai", "salah"),
    [("1,000", True), ("1.000", True), ("100%", True), ("12 dokumen", False), ("belum ada", False), (Decimal(100), False)],
)
def test_an_output_target_may_be_words_but_no_mistyped_number(nilai: object, salah: bool) -> None:
    assert bool(temuan(ANGGARAN, {KELUARAN: nilai})) == salah


@pytest.mark.parametrize(
    ("indikator", "nilai", "salah"),
    [
        ("lay-01", "71,5", True), ("lay-01", "71.512", False), ("lay-01", "tinggi", True), ("lay-02", "1.480", True),
        ("lay-03", "BB", False), ("lama-01", "71,5", True), ("lama-01", "BB", False), ("lay-02", "null", False),
    ],
)  # fmt: skip
def test_history_is_read_by_the_plan_that_knows_it(indikator: str, nilai: str, salah: bool) -> None:
    assert [t.aturan for t in riwayat(indikator, nilai)] == (["angka-rencana-jelas"] if salah else [])


SEPERSEN = {f"/versi/0/target/lay-01/{b}": Decimal("0.9") for b in ("tw1", "tw2", "tw3", "tw4", "tahunan")}


@pytest.mark.parametrize(
    ("lain", "ditanya"),
    [
        ({"/versi/0/target/lay-01/renstra_akhir": 1}, True),
        ({}, False),
        ({"/versi/0/target/lay-01/renstra_akhir": 1, "/indikator/0/boleh_lebih": True}, False),
    ],
)
def test_a_percentage_that_never_exceeds_one_is_asked_about_once(lain: dict[str, object], ditanya: bool) -> None:
    hasil = [t for t in temuan(RENCANA, {**SEPERSEN, **lain}) if t.aturan == "persen-target"]
    assert [(t.tingkat, "`90`" in t.tindakan) for t in hasil] == ([(Tingkat.PERINGATAN, True)] if ditanya else [])


def test_a_worksheet_that_says_it_clearly_is_not_told_to_repeat_the_plans_point() -> None:
    rencana = ubah(RENCANA, {"/versi/0/target/lay-02/tw1": Decimal("1.000")})
    lembar = "reports/2024/tw1/kertas-kerja/layanan.yaml"
    for target, aturan in ((1000, []), (100, ["target-sesuai-rencana"])):
        pohon = PohonTumpuk({RENCANA: rencana, lembar: ubah(lembar, {"/indikator/1/target": target})}, VALID)
        hasil = [t.aturan for t in periksa_pohon(pohon, [lembar]) if t.penunjuk.endswith("/target")]
        assert hasil == aturan
