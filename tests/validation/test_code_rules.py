"""Codes, decrees and pagu at their boundaries."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.adapters.trees import PohonTumpuk
from kinerja.checking.run import periksa_pohon
from kinerja.validation.codes import KEPUTUSAN, keputusan_kode, kode_baku

from .ubahan import VALID, ubah

ANGGARAN = "reports/2024/anggaran.yaml"


def temuan(perubahan: dict[str, object]) -> list[tuple[str, str, str]]:
    pohon = PohonTumpuk({ANGGARAN: ubah(ANGGARAN, perubahan)}, VALID)
    return [(t.aturan, t.penunjuk, t.tingkat.value) for t in periksa_pohon(pohon, [ANGGARAN])]


@pytest.mark.parametrize(
    ("kode", "baku"),
    [
        ("2.13.05.2.01.02", "2.13.05.2.01.0002"),
        ("1.06.01.02.01.0001", "1.06.01.2.01.0001"),
        ("1.06.01.02.01.02", "1.06.01.2.01.0002"),
        ("1.06.01.02.01", "1.06.01.2.01"),
        ("1.06.04.2.01.0001", "1.06.04.2.01.0001"),
        ("1.06.04.2.01.01.5.1.02", "1.06.04.2.01.0001.5.1.02"),
        ("1.06.04.2.01.5.1.02", "1.06.04.2.01.5.1.02"),
        ("1.06.04", "1.06.04"),
        ("5.1.02.01", "5.1.02.01"),
        ("tanpa-kode-7", "tanpa-kode-7"),
        ("1.06.04.2.01.001", "1.06.04.2.01.001"),
        ("", ""),
    ],
)
def test_old_forms_have_one_normal_form(kode: str, baku: str) -> None:
    assert kode_baku(kode) == baku


@given(st.from_regex(r"[0-9]\.[0-9]{2}\.[0-9]{2}\.0?[0-9]\.[0-9]{2}(\.([0-9]{2}|[0-9]{4}))?", fullmatch=True))
def test_the_normal_form_is_its_own_normal_form(kode: str) -> None:
    assert kode_baku(kode_baku(kode)) == kode_baku(kode)
    assert kode_baku(kode).replace(".", "").replace("0", "") == kode.replace(".", "").replace("0", "")


@pytest.mark.parametrize(
    ("teks", "tanggal"),
    [
        ("Permendagri 90/2019", date(2019, 10, 18)),
        ("Peraturan Menteri Dalam Negeri Nomor 90 Tahun 2019", date(2019, 10, 18)),
        ("Kepmendagri 050-3708 Tahun 2020", date(2020, 10, 5)),
        ("050-5889", date(2021, 12, 27)),
        ("900.1.15.5-1317", date(2023, 6, 23)),
        ("Kepmendagri No. 900.1.15.5-3406 Tahun 2024", date(2024, 8, 27)),
        ("900.1-2850 Tahun 2025", date(2025, 7, 31)),
        ("900.1-861", date(2026, 5, 7)),
        ("Permendagri 90/2019 dan pemutakhirannya 900.1.15.5-1317", date(2023, 6, 23)),
        ("Permendagri 190/2019", None),
        ("900.1.15.5-13170", None),
        ("1900.1-861", None),
        ("belum ditetapkan", None),
    ],
)
def test_a_decree_is_known_however_its_number_is_written(teks: str, tanggal: date | None) -> None:
    keputusan = keputusan_kode(teks)
    assert (keputusan.tanggal if keputusan else None) == tanggal


def test_decrees_are_in_order_of_time() -> None:
    assert [k.tanggal for k in KEPUTUSAN] == sorted({k.tanggal for k in KEPUTUSAN})


@pytest.mark.parametrize(("berlaku", "terbit"), [("2023-06-22", False), ("2023-06-23", True)])
def test_a_decree_must_stand_on_the_day_that_the_dpa_comes_into_force(berlaku: str, terbit: bool) -> None:
    hasil = temuan({"/versi/0/berlaku": berlaku})
    assert (("keputusan-kode", "/kode_versi/nomor", "galat") not in hasil) == terbit


def test_a_later_dppa_may_take_a_newer_decree() -> None:
    dppa = {"id": "dppa", "nama": "DPPA", "dasar": {"nomor": "2"}, "berlaku": "2024-10-01", "pagu": {}}
    baru = {"/kode_versi": {"nomor": "Kepmendagri 900.1.15.5-3406 Tahun 2024"}}
    assert [a for a, _, _ in temuan(baru)] == ["keputusan-kode"]
    assert temuan({**baru, "/versi/1": dppa}) == []


@pytest.mark.parametrize(
    ("kode", "ada"),
    [("1.01.02", True), ("1.06.02", True), ("1.07.02", False), ("1.00.02", False), ("2.06.02", False),
     ("2.07.02", True), ("2.24.02", True), ("2.25.02", False), ("3.24.02", False), ("3.25.02", True),
     ("3.32.02", True), ("3.33.02", False), ("4.01.02", True), ("8.01.02", True), ("0.06.02", False),
     ("tanpa-kode-1", True)],
)  # fmt: skip
def test_urusan_are_numbered_through_from_1_to_32(kode: str, ada: bool) -> None:
    hasil = temuan({"/program/1": {"kode": kode, "nama": "Program"}})
    assert (("kode-urusan", "/program/1/kode", "galat") not in hasil) == ada


def test_a_province_has_its_own_authority() -> None:
    kegiatan = {"/kegiatan/1": {"kode": "1.06.04.1.01", "nama": "Kegiatan"}}
    assert ("kode-urusan", "/kegiatan/1/kode", "galat") in temuan(kegiatan)
    provinsi = {
        "reports/organisasi.yaml": ubah("reports/organisasi.yaml", {"/pemerintah": "Pemerintah Provinsi Misal"}),
        ANGGARAN: ubah(ANGGARAN, kegiatan),
    }
    assert periksa_pohon(PohonTumpuk(provinsi, VALID), [ANGGARAN]) == ()


def test_the_pagu_of_a_program_follows_its_sub_kegiatan_through_every_version() -> None:
    sub = "1.06.04.2.01.0003"
    dppa: dict[str, object] = {
        "id": "dppa", "nama": "DPPA", "dasar": {"nomor": "2"}, "berlaku": "2024-10-01",
        "pagu": {sub: {"pagu": 50000000}},
    }  # fmt: skip
    assert temuan({"/versi/1": dppa}) == [("pagu-berinduk", "/versi/1/pagu", "galat")] * 2
    induk = {k: {"pagu": 125000000} for k in ("1.06.04", "1.06.04.2.01")}
    assert temuan({"/versi/1": {**dppa, "pagu": {sub: {"pagu": 50000000}, **induk}}}) == []


def test_a_pagu_of_zero_is_a_pagu_and_null_is_none() -> None:
    tanpa_induk = {f"/versi/0/pagu/{k}": {"pagu": None} for k in ("1.06.04", "1.06.04.2.01")}
    pagu = "/versi/0/pagu/1.06.04.2.01.0003/pagu"
    assert temuan({**tanpa_induk, pagu: 0}) == []
    assert temuan({**tanpa_induk, pagu: None}) == [("pagu-ditetapkan", pagu, "peringatan")]


def test_odd_keys_below_pagu_are_findings_not_errors() -> None:
    aneh = {"/versi/0/pagu/a~1b": {"pagu": 1}, "/versi/0/pagu/": {"pagu": 1}}
    assert {a for a, _, _ in temuan(aneh)} == {"kode-berinduk"}
