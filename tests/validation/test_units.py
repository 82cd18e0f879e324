"""A unit is known by its first word, however an office dresses it."""

from __future__ import annotations

import pytest

from kinerja.calculation.audit.headings import Isi, arti_kolom
from kinerja.calculation.numbers import KATA_PERSEN, Terbaca, baca_angka
from kinerja.validation.units import persen, satuan_cocok, terhitung

from .conftest import Temukan


@pytest.mark.parametrize("satuan", ["persen", "Persen (%)", "Prosentase", "Persen ", "%", "(%)", "% desa", "PERSENTASE"])
def test_percent_by_its_first_word(satuan: str) -> None:
    assert persen(satuan)


@pytest.mark.parametrize("satuan", ["", "orang", "indeks", "angka (persen)", "desa %", "persenan", "12"])
def test_what_is_no_percent(satuan: str) -> None:
    assert not persen(satuan)


@pytest.mark.parametrize("kata", sorted(KATA_PERSEN))
def test_headings_know_the_same_spellings(kata: str) -> None:
    assert arti_kolom((f"Capaian {kata}",)).isi is Isi.CAPAIAN
    assert persen(kata)


@pytest.mark.parametrize("satuan", ["Orang", "Orang/Jiwa", "desa/kelurahan", "KK", "(dokumen)", "Laporan bulanan"])
def test_counted(satuan: str) -> None:
    assert terhitung(satuan)


@pytest.mark.parametrize("satuan", ["", "jam", "orang/desa", "kasus per 100.000 penduduk", "orang/", "kali/tahun", "persen"])
def test_not_counted(satuan: str) -> None:
    assert not terhitung(satuan)


@pytest.mark.parametrize(
    ("teks", "satuan", "cocok"),
    [
        ("75 %", "Persen (%)", True),
        ("75 persen", "%", True),
        ("75 %", "orang", False),
        ("7 Orang", "orang", True),
        ("7 unit", "orang", False),
        ("7", "orang", True),
        ("7 orang", "", False),
    ],
)
def test_the_unit_behind_a_number_is_that_of_its_field(teks: str, satuan: str, cocok: bool) -> None:
    angka = baca_angka(teks, desimal=True)
    assert isinstance(angka, Terbaca)
    assert satuan_cocok(angka, satuan) is cocok


@pytest.mark.parametrize("satuan", ["Persen (%)", "Prosentase", "%"])
def test_a_quotient_in_percent_is_times_a_hundred_however_it_is_spelt(temukan: Temukan, satuan: str) -> None:
    rencana = {"reports/2024/rencana.yaml": {"/indikator/0/satuan": satuan}}
    benar = temukan({"/indikator/0/satuan": satuan}, lain=rencana)
    assert [t.aturan for t in benar if t.penunjuk.startswith("/indikator/0")] == []
    salah = temukan({"/indikator/0/satuan": satuan, "/indikator/0/realisasi": 76}, lain=rencana)
    assert "hasil-bagi" in {t.aturan for t in salah}
