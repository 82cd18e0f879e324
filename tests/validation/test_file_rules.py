"""Boundaries of the rules on any file's text; their ordinary cases are in ``examples``."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kinerja.adapters.reports import periksa_bentuk
from kinerja.domain.findings import Finding, Tingkat
from kinerja.validation.clean_text import bersih_semua, kotor

Temukan = Callable[..., list[Finding]]
DISPOSISI = """skema: disposisi/v1
periode: 2024-tw1
nomor: null
dari: sekretaris
kepada: kasubag-program
instruksi: {}
ditetapkan: 2024-04-01T08:05:00+08:00
tenggat: []
"""


def temuan(instruksi: str) -> list[tuple[str, str, int, int]]:
    teks = DISPOSISI.format(instruksi)
    hasil = periksa_bentuk(teks.encode(), "reports/2024/tw1/disposisi.yaml", "disposisi")[1]
    return [(t.aturan, t.penunjuk, t.baris, t.kolom) for t in hasil]


@pytest.mark.parametrize(
    ("instruksi", "tempat"),
    [
        ("Hubungi 0812-3456-7890 besok", ("/instruksi", 6, 20)),
        ("aman  # 0812-3456-7890", ("", 6, 20)),
        ("|\n  satu\n  NIK 7502011203850001", ("/instruksi", 8, 7)),
        ("NIK 7502 0112\n  0385 0001", ("/instruksi", 6, 12)),      # folded over two lines
        ('"NIK 750201120385000\\u0031"', ("/instruksi", 6, 12)),      # behind an escape
    ],
)
def test_a_personal_number_is_found_however_it_is_written(
    instruksi: str, tempat: tuple[str, int, int]
) -> None:
    assert temuan(instruksi) == [("tanpa-nomor-pribadi", *tempat)]


@pytest.mark.parametrize(
    "teks",
    ["bersih", "", "dua\nbaris\n", "a\u00a0b", "baris\n\n", "é", "12,5 %", "\n"],
)
def test_these_texts_are_clean(teks: str) -> None:
    assert kotor(teks) is None
    assert bersih_semua({"a": [teks]})


@pytest.mark.parametrize(
    "teks",
    [" a", "a ", "a\t", "\u00a0a", "a\u3000", "a\u2009", "a \n", "a\u200bb", "\ufeffa", "a\u00adb", "\u202ea", "\u3164"],
)
def test_these_texts_are_not(teks: str) -> None:
    assert kotor(teks) is not None
    assert not bersih_semua({"a": [teks]})
    assert not bersih_semua({teks: 1})


def test_what_the_schema_refuses_for_it_is_told_once_and_as_a_fault(temukan: Temukan) -> None:
    for ubah in (
        {"/indikator/1/tindak_lanjut/penanggung_jawab": "kabid:layanan\u200b"},
        {"/indikator/1/tindak_lanjut/tenggat": " 2024-06-30"},
        {"/indikator/0/satuan": "persen "},
        {"/anggaran/0/realisasi": " 18750000"},
    ):
        (t,) = temukan(ubah)
        assert (t.aturan, t.tingkat, t.penunjuk) == ("teks-bersih", Tingkat.GALAT, next(iter(ubah)))


def test_in_a_sentence_it_only_warns(temukan: Temukan) -> None:
    (t,) = temukan({"/indikator/1/penjelasan": "Data\u200b terlambat"})
    assert (t.aturan, t.tingkat) == ("teks-bersih", Tingkat.PERINGATAN)
