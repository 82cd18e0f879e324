"""Boundaries of what must be explained; their ordinary cases are in ``examples``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from kinerja.domain.findings import Finding, Tingkat

Temukan = Callable[..., list[Finding]]
TANPA_BAGI = {"/indikator/0/pembilang": None, "/indikator/0/penyebut": None}
RENCANA = "reports/2024/rencana.yaml"


def aturan(temuan: list[Finding]) -> list[str]:
    return [t.aturan for t in temuan]


def riwayat(tahun: int, realisasi: str) -> dict[str, bytes]:
    return {
        "reports/riwayat.yaml": (
            f"skema: riwayat/v1\nrealisasi:\n  - indikator: lay-02\n    tahun: {tahun}\n"
            f"    realisasi: {realisasi}\n    sumber: LKjIP\n"
        ).encode()
    }


@pytest.mark.parametrize(
    ("realisasi", "wajib"),
    [("60.79", True), ("60.796", False), ("60.80", False)],  # target 80: 75.99 %, 76.00 % (rounded), 76 %
)
def test_an_explanation_is_asked_below_the_bound_of_the_rounded_figure(
    temukan: Temukan, realisasi: str, wajib: bool
) -> None:
    hasil = temukan({**TANPA_BAGI, "/indikator/0/realisasi": Decimal(realisasi)})
    harap = ("penjelasan-wajib", "/indikator/0/penjelasan", Tingkat.GALAT)
    assert (harap in [(t.aturan, t.penunjuk, t.tingkat) for t in hasil]) == wajib


@pytest.mark.parametrize(("realisasi", "lebih"), [(96, False), (Decimal("96.01"), True)])
def test_a_figure_at_the_upper_bound_needs_no_explanation(
    temukan: Temukan, realisasi: object, lebih: bool
) -> None:
    hasil = temukan({**TANPA_BAGI, "/indikator/0/realisasi": realisasi})
    assert ("penjelasan-lebih" in aturan(hasil)) == lebih


@pytest.mark.parametrize("kosong", [None, "", "-", "...", "\n"])
def test_a_dash_or_blank_is_no_explanation(temukan: Temukan, kosong: str | None) -> None:
    hasil = temukan({"/indikator/1/penjelasan": kosong})
    assert [(t.aturan, t.penunjuk, t.tingkat) for t in hasil] == [
        ("penjelasan-wajib", "/indikator/1/penjelasan", Tingkat.GALAT)
    ]


def test_before_submission_a_missing_explanation_only_warns(temukan: Temukan) -> None:
    (t,) = temukan({"/indikator/1/penjelasan": None}, diajukan=False)
    assert (t.aturan, t.tingkat) == ("penjelasan-wajib", Tingkat.PERINGATAN)


def test_null_is_not_zero(temukan: Temukan) -> None:
    assert temukan({"/indikator/1/realisasi": 0, "/indikator/1/penjelasan": "Belum disalurkan"}) == []
    kosong = temukan({"/indikator/1/realisasi": None, "/indikator/1/penjelasan": None})
    assert aturan(kosong) == ["realisasi-belum-diisi"]
    assert temukan({"/indikator/1/realisasi": None, "/indikator/1/penjelasan": "Data terbit Juli"}) == []


@pytest.mark.parametrize(
    ("ubah", "harap"),
    [
        ({}, []),
        ({"/indikator/1/faktor_penghambat": "-"}, ["faktor-disebut"]),
        ({"/indikator/1/tindak_lanjut": None}, ["tindak-lanjut-wajib"]),
        ({"/indikator/1/tindak_lanjut/uraian": "..."}, ["tindak-lanjut-wajib"]),
        ({"/indikator/1/penjelasan": None, "/indikator/1/tindak_lanjut": None}, ["penjelasan-wajib"]),
    ],
)
def test_what_a_low_figure_owes_is_told_once(
    temukan: Temukan, ubah: dict[str, object], harap: list[str]
) -> None:
    assert aturan(temukan(ubah)) == harap


def test_what_is_missing_beside_a_low_figure_is_named_together(temukan: Temukan) -> None:
    (t,) = temukan(
        {"/indikator/1/penjelasan": None, "/indikator/1/tindak_lanjut": None, "/indikator/1/faktor_penghambat": None}
    )
    for isian in ("`penjelasan`", "`faktor_penghambat`", "`tindak_lanjut`"):
        assert isian in t.tindakan


@pytest.mark.parametrize(("tenggat", "lewat"), [(date(2024, 3, 31), True), (date(2024, 4, 1), False)])
def test_a_follow_up_is_due_after_the_period(temukan: Temukan, tenggat: date, lewat: bool) -> None:
    hasil = temukan({"/indikator/1/tindak_lanjut/tenggat": tenggat.isoformat()})
    assert (aturan(hasil) == ["tenggat-sesudah-periode"]) == lewat


def test_without_readable_offices_nobody_is_called_unknown(temukan: Temukan) -> None:
    asing = {"/indikator/1/tindak_lanjut/penanggung_jawab": "kabid:lama"}
    assert aturan(temukan(asing)) == ["penanggung-jawab-dikenal"]
    assert temukan(asing, lain={"reports/jabatan.yaml": b"skema: x\n"}) == []


@pytest.mark.parametrize(("nilai", "jauh"), [(299, False), (300, True), (30_000, True)])
def test_three_times_the_target_is_a_jump_and_less_is_not(temukan: Temukan, nilai: int, jauh: bool) -> None:
    hasil = aturan(temukan({"/indikator/1/realisasi": nilai, "/indikator/1/penjelasan": None}))
    assert hasil == ["angka-melonjak" if jauh else "penjelasan-lebih"]


def test_the_policy_says_what_a_jump_is(temukan: Temukan) -> None:
    ubah = {"/indikator/1/realisasi": 300, "/indikator/1/penjelasan": None}
    kebijakan = {"reports/kebijakan.yaml": {"/perhitungan/kelipatan_lonjakan": 4}}
    assert aturan(temukan(ubah, lain=kebijakan)) == ["penjelasan-lebih"]


@pytest.mark.parametrize(
    ("nilai", "usul"),
    [(600, "60"), (6000, "60"), (75_000, "75"), (300, None)],
)
def test_a_factor_of_ten_that_explains_the_jump_is_named(
    temukan: Temukan, nilai: int, usul: str | None
) -> None:
    (t,) = temukan({"/indikator/1/realisasi": nilai, "/indikator/1/penjelasan": None})
    assert ("mungkin maksudnya" in t.tindakan) == (usul is not None)
    if usul is not None:
        assert f"`{usul}`" in t.tindakan


@pytest.mark.parametrize(
    ("tahun", "lama", "jauh"),
    [
        (2023, "46", True),       # 140 of one quarter is three times a whole year
        (2023, "47", False),
        (2023, "9000", False),    # a quarter is smaller than a year, of course
        (2023, "B", False),
        (2023, "null", False),
        (2024, "1", False),       # not an earlier year
    ],
)  # fmt: skip
def test_history_is_compared_where_it_can_be(temukan: Temukan, tahun: int, lama: str, jauh: bool) -> None:
    assert (aturan(temukan({}, "tw2", lain=riwayat(tahun, lama))) == ["angka-melonjak"]) == jauh


@pytest.mark.parametrize(("lama", "jauh"), [("150", True), ("151", False), ("1350", True), ("1349", False)])
def test_a_year_is_compared_with_a_year_both_ways(temukan: Temukan, lama: str, jauh: bool) -> None:
    assert (aturan(temukan({}, "tahunan", lain=riwayat(2023, lama))) == ["angka-melonjak"]) == jauh


def test_the_plans_own_rise_is_no_jump(temukan: Temukan) -> None:
    rencana = {RENCANA: {"/versi/0/target/lay-02/tw2": 400}}
    ubah: dict[str, object] = {"/indikator/1/target": 400, "/indikator/1/realisasi": 390}
    assert aturan(temukan(ubah, "tw2", lain=rencana)) == []
    tanpa = {RENCANA: {"/versi/0/target/lay-02/tw2": None}}
    hasil = temukan({**ubah, "/indikator/1/target": None}, "tw2", lain=tanpa)
    assert aturan(hasil) == ["angka-melonjak"]
    assert "realisasi TW I 2024 (60)" in hasil[0].pesan


def test_small_counts_are_not_compared(temukan: Temukan) -> None:
    rencana = {RENCANA: {"/versi/0/target/lay-02/tw1": 2}}
    ubah = {"/indikator/1/target": 2, "/indikator/1/penjelasan": None}
    assert aturan(temukan({**ubah, "/indikator/1/realisasi": 9}, lain=rencana)) == ["penjelasan-lebih"]
    assert aturan(temukan({**ubah, "/indikator/1/realisasi": 10}, lain=rencana)) == ["angka-melonjak"]


def test_a_stated_reason_lifts_a_jump(temukan: Temukan) -> None:
    ubah = {"/indikator/1/realisasi": 600, "/indikator/1/penjelasan": "Bantuan bencana", "/indikator/1/faktor_pendorong": "APBN"}
    assert temukan(ubah) == []


@pytest.mark.parametrize(("nilai", "harap"), [("1.23", ["angka-melonjak"]), ("1.234", ["angka-jelas", "penjelasan-lebih"])])
def test_thousands_typed_with_a_point_are_asked_about_once(
    temukan: Temukan, nilai: str, harap: list[str]
) -> None:
    turun = {RENCANA: {f"/indikator/1/{i}": v for i, v in (("arah", "turun"), ("rumus", "rasio"), ("satuan", "jam"))}}
    ubah = {"/indikator/1/satuan": "jam", "/indikator/1/realisasi": Decimal(nilai), "/indikator/1/penjelasan": None}
    assert aturan(temukan(ubah, lain=turun)) == harap
