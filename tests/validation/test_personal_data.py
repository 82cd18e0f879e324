from __future__ import annotations

import time

import pytest

from kinerja.validation.personal_data import nomor_pribadi


@pytest.mark.parametrize(
    "teks",
    [
        "7502011203850001",
        "NIK 7502015203850001 (perempuan: hari + 40)",
        "a.n. Fulan, 7502 0112 0385 0001, sudah dilayani",
        "750201.120385.0001",
        "7502-0112-0385-0001",
        "1 7502011203850001",
        "tahun 2024 7502011203850001",
        "NIK7502011203850001",
        "no. KK7502011203850001",
        "ktp7502011203850001.",
        "lahir 29 Februari: 7502012902960001",
        "75.02.01.120385.0001",
        "７５０２０１１２０３８５０００１",
        "7502\u200b0112\u200b0385\u200b0001",
        "7502\u20130112\u20130385\u20130001",
        "7502\u00a00112\u00a00385\u00a00001",
    ],
)
def test_a_nik_or_kk_number_is_found(teks: str) -> None:
    assert [jenis for _, jenis in nomor_pribadi(teks)] == ["NIK atau nomor KK"]


@pytest.mark.parametrize(
    "teks",
    [
        "196609301997022002", "19660930 199702 2 002", "NIP. 19660930 199702 2 002",
        "1.06.04.2.01.0001", "5.1.02.01.01.0024", "1.06.04.2.01.0001.5.1.02.01.01.0024",
        "1060420100015102", "7502013203850001", "7502011213850001", "7502010003850001",
        "7502013002850001", "7500011203850001", "7502001203850001", "7502011203850000",
        "2002011203850001", "75020112038500011", "750201120385000", "a7502011203850001f",
        "Rp 7.502.011.203.850.001", "0062812345678", "62812345678", "Rp 812.345.678",
        "050/11.b/DSPMD/I/2024", "2024-03-31T08:00:00+08:00",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "kode rekening 5.1.02.01.01.0024", "kode rekening 5102010100240001", "rekening belanja 5102010100240001",
        "rekening koran 2024-03-31 08:00", "surat BRI 2024-03-31 12", "kredit BRI Rp 1.500.000.000",
        "BRI sebesar Rp 1500000000", "rekening 2021 2022 2023", "KK mandiri 1.234.567.890 rupiah",
        "desa mandiri 750201 2024", "rekap 1234567890", "NIP 196609301997022002 rekening gaji",
        "nomor surat rekening 800/1234567890/2024", "brigade 1234567890", "BRI\n1234567890",
        "0812/345/2024", "B/0812/3456/7890", "800/0812/3456/2024", "0812.3456.7890.12", "62 812 345 678",
        "Rp 62.812.345.678", "62.812.345.678", "628123456789", "pagu: 62812345678", "1.62.8.12.3456.7890",
        "1.06.02.2.01.0812", "31/08/2024 - 31/12/2024", "081/3456/7890", "NIKA7502011203850001", "62,8123456789",
        "rekening 12345678901234567", "BNI 123456789", f"rekening {'x' * 31}1234567890",
    ],
)  # fmt: skip
def test_other_long_numbers_are_left_alone(teks: str) -> None:
    assert nomor_pribadi(teks) == []


@pytest.mark.parametrize("teks", [
    "0812-3456-7890", "WA 081234567890", "+62 812 3456 7890", "+6281234567890", "0812.3456.7890", "0812/3456/7890",
    "0812 3456 789", "62 812 3456 7890", "62.812.3456.7890", "62 81234567890", "6281234567890", "WA: 6281234567890.",
    "(0812)34567890", "(0812) 3456-7890", "https://wa.me/6281234567890", "HP081234567890", "wa081234567890",
])  # fmt: skip
def test_a_mobile_number_is_found(teks: str) -> None:
    assert [jenis for _, jenis in nomor_pribadi(teks)] == ["nomor telepon"]


@pytest.mark.parametrize(
    ("teks", "nomor"),
    [
        ("no. rek 0123-01-012345-53-6", "0123-01-012345-53-6"),
        ("Rekening BRI 012301012345536", "012301012345536"),
        ("norek: 1234567890", "1234567890"),
        ("BNI a.n. Fulan 0123456789", "0123456789"),
        ("1234567890 (BCA)", "1234567890"),
        ("Bank Mandiri 150-00-1234567-8", "150-00-1234567-8"),
        ("dikirim ke rekening BSG\u00a000102030405060.", "00102030405060"),
        ("rek. 1234567890123456", "1234567890123456"),
        ("Kartu BRI 5221 8412 3456 7890", "5221 8412 3456 7890"),
        (f"{'x ' * 200}rekening 1234567890{' x' * 200}", "1234567890"),
    ],
)
def test_a_number_beside_a_banks_name_is_an_account(teks: str, nomor: str) -> None:
    assert nomor_pribadi(teks) == [(nomor, "nomor rekening bank")]


def test_hostile_text_takes_no_time() -> None:
    for teks in ("rek " * 20_000, "1" * 100_000, "rek 1 " * 20_000, "0812-" * 20_000, "rekening" + " 1" * 50_000,
                 "0812/3456/" * 20_000, "62 812 " * 20_000, "628" * 40_000, "NIK" * 40_000, "1/" * 50_000):
        mulai = time.process_time()
        nomor_pribadi(teks)
        assert time.process_time() - mulai < 2
