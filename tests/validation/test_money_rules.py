"""Boundaries of the rules on money; their ordinary cases are in ``examples``."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from kinerja.adapters.trees import PohonTumpuk
from kinerja.checking.run import periksa_pohon
from kinerja.domain.findings import Finding

from .ubahan import VALID

Temukan = Callable[..., list[Finding]]
SPJ = "reports/2024/spj/03.yaml"
JUMLAH = "/baris/3/jumlah_sd_bulan_ini"
RENCANA = "reports/2024/rencana.yaml"


def aturan(temuan: list[Finding]) -> list[str]:
    return [t.aturan for t in temuan]


@pytest.mark.parametrize(
    ("nilai", "harap"),
    [
        (75_000_000, []),
        (Decimal("75000000.01"), ["anggaran-dalam-pagu"]),
        (Decimal("350.00"), []),
        (Decimal("350.000"), ["angka-jelas"]),
        (Decimal("1.2345"), ["angka-jelas"]),
        (-1, ["anggaran-dalam-pagu"]),
    ],
)
def test_rupiah_have_at_most_two_decimals_and_stay_in_the_pagu(
    temukan: Temukan, nilai: object, harap: list[str]
) -> None:
    assert aturan(temukan({"/anggaran/0/realisasi": nilai}, lain={SPJ: {JUMLAH: nilai}})) == harap
    assert len(temukan({"/anggaran/0/realisasi": nilai})) == 1, "one wrong amount, one finding, SPJ or not"


@pytest.mark.parametrize(("nilai", "sama"), [(18_750_000, True), (Decimal("18750000.00"), True), (18_750_001, False)])
def test_the_spj_is_met_to_the_rupiah(temukan: Temukan, nilai: object, sama: bool) -> None:
    assert (aturan(temukan({"/anggaran/0/realisasi": nilai})) == []) == sama


def test_the_spj_is_advice_for_what_is_empty_or_over(temukan: Temukan) -> None:
    (kosong,) = temukan({"/anggaran/0/realisasi": None})
    assert (kosong.aturan, kosong.tindakan) == ("realisasi-belum-diisi", "tulis `18750000` menurut SPJ Fungsional Maret 2024")
    (lebih,) = temukan({"/anggaran/0/realisasi": 187_500_000})
    assert lebih.aturan == "anggaran-dalam-pagu"
    assert "tulis `18750000`" in lebih.tindakan
    assert "10 kali lipatnya" in lebih.tindakan


def test_without_an_spj_or_with_a_broken_one_nothing_is_compared(temukan: Temukan) -> None:
    assert temukan({"/anggaran/0/realisasi": 37_000_000}, "tw2") == []
    assert temukan({"/anggaran/0/realisasi": 1}, lain={SPJ: b"skema: spj/v1\n"}) == []


def test_an_spj_without_the_line_asks_for_it(temukan: Temukan) -> None:
    lain = {SPJ: {"/baris/3/kode": "1.06.04.2.01.0099"}}
    (t,) = temukan({}, lain=lain)
    assert (t.aturan, t.penunjuk) == ("sesuai-spj", "/anggaran/0/realisasi")
    assert "tidak memuat baris 1.06.04.2.01.0001" in t.pesan
    assert temukan({"/anggaran/0/realisasi": 0}, lain=lain) == []


@pytest.mark.parametrize(("nilai", "turun"), [(18_750_000, False), (18_749_999, True)])
def test_money_to_date_does_not_fall_without_a_reason(temukan: Temukan, nilai: int, turun: bool) -> None:
    assert (aturan(temukan({"/anggaran/0/realisasi": nilai}, "tw2")) == ["anggaran-tidak-turun"]) == turun
    assert temukan({"/anggaran/0/realisasi": nilai, "/anggaran/0/penjelasan": "Pengembalian"}, "tw2") == []


@pytest.mark.parametrize(("fisik", "harap"), [(25, []), (24, ["fisik-tidak-turun"]), (-1, ["fisik-dalam-batas"])])
def test_physical_progress_does_not_fall(temukan: Temukan, fisik: int, harap: list[str]) -> None:
    assert aturan(temukan({"/anggaran/0/fisik": fisik}, "tw2")) == harap


@pytest.mark.parametrize("kosong", [None, 0])
def test_money_without_progress_is_asked_about_at_submission(temukan: Temukan, kosong: int | None) -> None:
    assert aturan(temukan({"/anggaran/0/fisik": kosong})) == ["belanja-tanpa-keluaran"]
    assert temukan({"/anggaran/0/fisik": kosong}, diajukan=False) == []
    assert temukan({"/anggaran/0/fisik": kosong, "/anggaran/0/penjelasan": "Uang muka"}) == []


def test_money_without_a_result_is_asked_once(temukan: Temukan) -> None:
    nol: dict[str, object] = {
        "/indikator/0/realisasi": 0, "/indikator/0/pembilang": None, "/indikator/0/penyebut": None,
    }  # fmt: skip
    assert aturan(temukan(nol)) == ["penjelasan-wajib"]
    tanpa_target = {RENCANA: {"/versi/0/target/lay-01/tw1": None}}
    nol["/indikator/0/target"] = None
    (t,) = temukan(nol, lain=tanpa_target)
    assert (t.aturan, t.penunjuk) == ("belanja-tanpa-keluaran", "/indikator/0/realisasi")
    assert aturan(temukan({**nol, "/anggaran/0/fisik": None}, lain=tanpa_target)) == ["belanja-tanpa-keluaran"]
    assert temukan({**nol, "/indikator/0/penjelasan": "Dimulai April"}, lain=tanpa_target) == []


@pytest.mark.parametrize("kode", ["1.06.04.02.01.0001", "1.06.04.2.01.01", "1.06.04.02.01.01"])
def test_an_old_form_in_the_spj_is_told_there_and_not_as_a_missing_line(temukan: Temukan, kode: str) -> None:
    lama = (VALID.baca(SPJ) or b"").replace(b"kode: 1.06.04.2.01.0001", f"kode: {kode}".encode())
    assert kode.encode() in lama
    assert [t.aturan for t in temukan({}, lain={SPJ: lama})] == []
    assert "kode-baku" in {t.aturan for t in periksa_pohon(PohonTumpuk({SPJ: lama}, VALID), [SPJ])}
