"""Boundaries of the rules on an indikator's figures; their ordinary cases are in ``examples``."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from kinerja.domain.findings import Finding, Tingkat

Temukan = Callable[..., list[Finding]]
TANPA_BAGI = {"/indikator/0/pembilang": None, "/indikator/0/penyebut": None}
RENCANA = "reports/2024/rencana.yaml"


def aturan(temuan: list[Finding]) -> list[str]:
    return [t.aturan for t in temuan]


@pytest.mark.parametrize(
    ("nilai", "jelas"),
    [("1.234", False), ("0.500", True), ("1.2340", True), ("1234", True), ("999.999", False), ("12", True)],
)
def test_a_point_before_three_digits_is_asked_about_where_things_are_counted(
    temukan: Temukan, nilai: str, jelas: bool
) -> None:
    hasil = aturan(temukan({"/indikator/1/realisasi": Decimal(nilai)}))
    assert ("angka-jelas" not in hasil) == jelas
    assert not {"bilangan-utuh", "angka-jelas"} <= set(hasil), "one fault, one rule"


def test_a_percentage_with_three_decimals_is_clear(temukan: Temukan) -> None:
    assert temukan({**TANPA_BAGI, "/indikator/0/realisasi": Decimal("77.125")}) == []


@pytest.mark.parametrize(("realisasi", "sama"), [("66.67", True), ("66.666667", True), ("66.66", False)])
def test_a_quotient_is_compared_on_two_places(temukan: Temukan, realisasi: str, sama: bool) -> None:
    hasil = temukan(
        {"/indikator/0/pembilang": 2, "/indikator/0/penyebut": 3, "/indikator/0/realisasi": Decimal(realisasi),
         "/indikator/0/penjelasan": "ada"}
    )  # fmt: skip
    assert ("hasil-bagi" not in aturan(hasil)) == sama


@pytest.mark.parametrize(
    ("nilai", "ubah", "utuh"),
    [
        ("60", {}, True),
        ("60.00", {}, True),
        ("60.5", {}, False),
        ("60.5", {"/indikator/1/pembilang": 121, "/indikator/1/penyebut": 2}, True),
    ],
)
def test_half_a_family_does_not_exist_unless_it_is_a_quotient(
    temukan: Temukan, nilai: str, ubah: dict[str, object], utuh: bool
) -> None:
    hasil = temukan({"/indikator/1/realisasi": Decimal(nilai), **ubah})
    assert ("bilangan-utuh" not in aturan(hasil)) == utuh


def test_a_mean_of_counts_may_have_decimals(temukan: Temukan) -> None:
    rencana = {RENCANA: {"/indikator/1/akumulasi": "rata-rata"}}
    assert temukan({"/indikator/1/realisasi": Decimal("60.5")}, lain=rencana) == []


@pytest.mark.parametrize(
    ("pembilang", "penyebut", "ragu"), [(200, 200, False), (201, 200, True), (201, 0, False)]
)
def test_a_part_is_not_larger_than_the_whole(
    temukan: Temukan, pembilang: int, penyebut: int, ragu: bool
) -> None:
    ubah = {
        "/indikator/0/pembilang": pembilang, "/indikator/0/penyebut": penyebut,
        "/indikator/0/realisasi": Decimal("100.50") if pembilang > penyebut else 100,
    }  # fmt: skip
    hasil = aturan(temukan(ubah))
    assert ("pembilang-dalam-penyebut" in hasil) == ragu
    assert "persen-dalam-batas" not in hasil or not ragu


@pytest.mark.parametrize("lepas", [{"/indikator/0/penjelasan": "Sasaran bertambah"}, None])
def test_a_reason_or_the_plan_lifts_a_part_above_the_whole(
    temukan: Temukan, lepas: dict[str, object] | None
) -> None:
    ubah: dict[str, object] = {
        "/indikator/0/pembilang": 210, "/indikator/0/penyebut": 200, "/indikator/0/realisasi": 105,
        "/indikator/0/faktor_pendorong": "x",
    }  # fmt: skip
    assert aturan(temukan(ubah)) == ["pembilang-dalam-penyebut"]
    izin = {RENCANA: {"/indikator/0/boleh_lebih": True}}
    hasil = aturan(temukan({**ubah, **(lepas or {})}, lain=None if lepas else izin))
    assert not {"pembilang-dalam-penyebut", "persen-dalam-batas"} & set(hasil)


@pytest.mark.parametrize(("nilai", "lebih"), [("100", False), ("100.01", True), ("4521", True)])
def test_percent_end_at_a_hundred(temukan: Temukan, nilai: str, lebih: bool) -> None:
    for diajukan in (False, True):
        hasil = temukan({**TANPA_BAGI, "/indikator/0/realisasi": Decimal(nilai)}, diajukan=diajukan)
        tingkat = Tingkat.GALAT if diajukan else Tingkat.PERINGATAN
        harap = ("persen-dalam-batas", "/indikator/0/realisasi", tingkat)
        assert (harap in [(t.aturan, t.penunjuk, t.tingkat) for t in hasil]) == lebih
    izin = {RENCANA: {"/indikator/0/boleh_lebih": True}}
    hasil = temukan({**TANPA_BAGI, "/indikator/0/realisasi": Decimal(nilai)}, lain=izin)
    assert "persen-dalam-batas" not in aturan(hasil)


def test_a_slipped_point_in_a_percentage_is_named(temukan: Temukan) -> None:
    (t,) = temukan({**TANPA_BAGI, "/indikator/0/realisasi": 7525})
    assert "`75.25`" in t.tindakan


@pytest.mark.parametrize(
    ("nilai", "ubah", "turun"),
    [
        ("84.5", {}, False),
        ("84.49", {}, True),
        ("84.49", {"/indikator/0/boleh_turun": True}, False),
        ("84.49", {"/indikator/0/akumulasi": "rata-rata"}, False),
        ("84.49", {"/versi/0/target/lay-01/tw3": Decimal("84")}, False),
    ],
)
def test_a_value_to_date_does_not_fall_unless_planned_or_allowed(
    temukan: Temukan, nilai: str, ubah: dict[str, Any], turun: bool
) -> None:
    lembar: dict[str, object] = {**TANPA_BAGI, "/indikator/0/realisasi": Decimal(nilai)}
    if "/versi/0/target/lay-01/tw3" in ubah:
        lembar["/indikator/0/target"] = 84
    hasil = temukan(lembar, "tw3", lain={RENCANA: ubah})
    assert ("kumulatif-tidak-turun" in aturan(hasil)) == turun
    dijelaskan = temukan({**lembar, "/indikator/0/penjelasan": "Data dimutakhirkan"}, "tw3", lain={RENCANA: ubah})
    assert "kumulatif-tidak-turun" not in aturan(dijelaskan)


def test_a_quarter_that_was_not_filled_is_passed_over(temukan: Temukan) -> None:
    kosong = {"reports/2024/tw2/kertas-kerja/layanan.yaml": {**TANPA_BAGI, "/indikator/0/realisasi": None}}
    ubah: dict[str, object] = {**TANPA_BAGI, "/indikator/0/realisasi_lalu": None}
    naik = temukan({**ubah, "/indikator/0/realisasi": Decimal("76")}, "tw3", lain=kosong)
    assert "kumulatif-tidak-turun" not in aturan(naik)
    turun = temukan({**ubah, "/indikator/0/realisasi": Decimal("74")}, "tw3", lain=kosong)
    (t,) = [t for t in turun if t.aturan == "kumulatif-tidak-turun"]
    assert "TW I 2024" in t.pesan


@pytest.mark.parametrize(
    ("akumulasi", "nilai", "sama"),
    [
        ("jumlah", "450", True), ("jumlah", "449", False),
        ("nilai-akhir", "140", True), ("nilai-akhir", "450", False),
        ("rata-rata", "112.5", True), ("rata-rata", "112.50", True), ("rata-rata", "112.4", False),
        ("tahunan", "7", True),
    ],
)  # fmt: skip
def test_quarters_make_the_year_by_their_akumulasi(
    temukan: Temukan, akumulasi: str, nilai: str, sama: bool
) -> None:
    rencana = {RENCANA: {"/indikator/1/akumulasi": akumulasi}}
    hasil = temukan({"/indikator/1/realisasi": Decimal(nilai)}, "tahunan", lain=rencana)
    assert ("setahun-sesuai-triwulan" not in aturan(hasil)) == sama
    alasan = {"/indikator/1/realisasi": Decimal(nilai), "/indikator/1/penjelasan": "Data final BPS"}
    assert "setahun-sesuai-triwulan" not in aturan(temukan(alasan, "tahunan", lain=rencana))


def test_a_year_with_an_empty_quarter_is_not_added_up(temukan: Temukan) -> None:
    kosong = {"reports/2024/tw3/kertas-kerja/layanan.yaml": {"/indikator/1/realisasi": None}}
    hasil = temukan({"/indikator/1/realisasi": 449}, "tahunan", lain=kosong)
    assert "setahun-sesuai-triwulan" not in aturan(hasil)


@pytest.mark.parametrize(("nilai", "galat"), [(74_500_000, False), (74_500_001, True)])
def test_the_years_money_is_that_of_the_last_quarter(temukan: Temukan, nilai: int, galat: bool) -> None:
    hasil = temukan({"/anggaran/0/realisasi": nilai}, "tahunan")
    assert (aturan(hasil) == ["setahun-sesuai-triwulan"]) == galat


def test_an_invisible_character_in_a_number_is_told_once_and_stops(temukan: Temukan) -> None:
    (t,) = temukan({**TANPA_BAGI, "/indikator/0/realisasi": "75\u200b"})
    assert (t.aturan, t.tingkat, t.nilai) == ("teks-bersih", Tingkat.GALAT, "75␣")


@pytest.mark.parametrize(
    ("pembilang", "penyebut", "tempat"),
    [
        (169, None, "pembilang"), (None, 200, "penyebut"), (169, 0, "penyebut"),
        (Decimal("1.690"), 200, None), (-169, 200, None),
    ],
)  # fmt: skip
def test_a_quotient_without_one_half_is_told_where_something_stands(
    temukan: Temukan, pembilang: object, penyebut: object, tempat: str | None
) -> None:
    ubah = {"/indikator/0/pembilang": pembilang, "/indikator/0/penyebut": penyebut}
    hasil = [t.penunjuk.rpartition("/")[2] for t in temukan(ubah) if t.aturan == "hasil-bagi"]
    assert hasil == ([tempat] if tempat else [])


@pytest.mark.parametrize(
    ("nilai", "kata"), [("0.845", "`84.5`"), ("70", "periksa angkanya"), ("8.45", "`84.5`")]
)
def test_a_percentage_that_fell_is_not_said_to_be_cumulative(temukan: Temukan, nilai: str, kata: str) -> None:
    (t,) = temukan({**TANPA_BAGI, "/indikator/0/realisasi": Decimal(nilai)}, "tw2")
    assert (t.aturan, "kumulatif" in t.pesan, kata in t.tindakan) == ("kumulatif-tidak-turun", False, True)


def test_a_count_that_fell_is_asked_whether_it_is_of_the_quarter_alone(temukan: Temukan) -> None:
    rencana = {RENCANA: {"/indikator/1/akumulasi": "nilai-akhir"}}
    (t,) = [t for t in temukan({"/indikator/1/realisasi": 55}, "tw2", lain=rencana) if "turun" in t.aturan]
    assert "kumulatif" in t.pesan and "sejak Januari" in t.tindakan
