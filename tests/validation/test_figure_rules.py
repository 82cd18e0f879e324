"""Boundaries of the rules on figures; their ordinary cases are in ``examples``."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kinerja.adapters.trees import PohonFolder, PohonTumpuk
from kinerja.adapters.yaml_splice import sisip
from kinerja.checking.run import periksa_pohon
from kinerja.domain.findings import Tingkat

DASAR = PohonFolder(Path(__file__).parent.parent / "examples" / "valid")
LEMBAR = "reports/2024/tw1/kertas-kerja/layanan.yaml"


def temuan(perubahan: dict[str, object], *, diajukan: bool = True) -> list[tuple[str, str, Tingkat]]:
    bita = DASAR.baca(LEMBAR)
    assert bita is not None
    pohon = PohonTumpuk({LEMBAR: sisip(bita, perubahan)}, DASAR)
    return [
        (t.aturan, t.penunjuk, t.tingkat)
        for t in periksa_pohon(pohon, [LEMBAR], diajukan=diajukan)
    ]  # fmt: skip


TANPA_BAGI = {"/indikator/0/pembilang": None, "/indikator/0/penyebut": None}


@pytest.mark.parametrize(
    ("realisasi", "wajib"),
    [("60.79", True), ("60.796", False), ("60.80", False)],  # target 80: 75.99 %, 76.00 % (rounded), 76 %
)
def test_an_explanation_is_asked_below_the_bound_of_the_rounded_figure(realisasi: str, wajib: bool) -> None:
    hasil = temuan({**TANPA_BAGI, "/indikator/0/realisasi": Decimal(realisasi)})
    assert (("penjelasan-wajib", "/indikator/0/penjelasan", Tingkat.GALAT) in hasil) == wajib


@pytest.mark.parametrize(("realisasi", "lebih"), [(96, False), (Decimal("96.01"), True)])
def test_a_figure_at_the_upper_bound_needs_no_explanation(realisasi: object, lebih: bool) -> None:
    hasil = temuan({**TANPA_BAGI, "/indikator/0/realisasi": realisasi})
    assert ("penjelasan-lebih" in {a for a, _, _ in hasil}) == lebih


@pytest.mark.parametrize("kosong", [None, "", "   ", "-", "...", "\n"])
def test_a_dash_or_blank_is_no_explanation(kosong: str | None) -> None:
    hasil = temuan({"/indikator/1/penjelasan": kosong})
    assert ("penjelasan-wajib", "/indikator/1/penjelasan", Tingkat.GALAT) in hasil


def test_before_submission_a_missing_explanation_only_warns() -> None:
    hasil = temuan({"/indikator/1/penjelasan": None}, diajukan=False)
    assert hasil == [("penjelasan-wajib", "/indikator/1/penjelasan", Tingkat.PERINGATAN)]


def test_null_is_not_zero() -> None:
    nol = temuan({"/indikator/1/realisasi": 0, "/indikator/1/penjelasan": "Belum disalurkan"})
    assert nol == []
    kosong = temuan({"/indikator/1/realisasi": None, "/indikator/1/penjelasan": None})
    assert [a for a, _, _ in kosong] == ["realisasi-belum-diisi"]
    dijelaskan = temuan({"/indikator/1/realisasi": None, "/indikator/1/penjelasan": "Data terbit Juli"})
    assert dijelaskan == []


@pytest.mark.parametrize(
    ("nilai", "aturan"),
    [
        (75_000_000, []),
        (Decimal("75000000.01"), ["anggaran-dalam-pagu"]),
        (Decimal("350.00"), []),
        (Decimal("350.000"), ["angka-jelas"]),
        (Decimal("1.2345"), ["angka-jelas"]),
    ],
)
def test_rupiah_have_at_most_two_decimals_and_stay_in_the_pagu(nilai: object, aturan: list[str]) -> None:
    assert [a for a, _, _ in temuan({"/anggaran/0/realisasi": nilai})] == aturan


@pytest.mark.parametrize(
    ("nilai", "jelas"),
    [("1.234", False), ("0.500", True), ("1.2340", True), ("1234", True), ("999.999", False), ("12.5", True)],
)
def test_a_point_before_three_digits_is_asked_about_where_things_are_counted(nilai: str, jelas: bool) -> None:
    hasil = temuan({"/indikator/1/realisasi": Decimal(nilai)})
    assert ("angka-jelas" not in {a for a, _, _ in hasil}) == jelas


def test_a_percentage_with_three_decimals_is_clear() -> None:
    hasil = temuan({**TANPA_BAGI, "/indikator/0/realisasi": Decimal("77.125")})
    assert hasil == []


@pytest.mark.parametrize(("realisasi", "sama"), [("66.67", True), ("66.666667", True), ("66.66", False)])
def test_a_quotient_is_compared_on_two_places(realisasi: str, sama: bool) -> None:
    hasil = temuan(
        {"/indikator/0/pembilang": 2, "/indikator/0/penyebut": 3, "/indikator/0/realisasi": Decimal(realisasi),
         "/indikator/0/penjelasan": "ada"}
    )  # fmt: skip
    assert ("hasil-bagi" not in {a for a, _, _ in hasil}) == sama
