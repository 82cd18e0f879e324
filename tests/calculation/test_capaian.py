"""Capaian: the case table that an official can read, and the known bugs of other systems."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import date
from decimal import ROUND_DOWN, Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kinerja.calculation import capaian as modul
from kinerja.calculation.capaian import capaian_mentah, hitung
from kinerja.domain.laporan import BarisCapaian
from kinerja.domain.perencanaan import (
    Akumulasi,
    Arah,
    Indikator,
    NilaiTarget,
    RentangNilai,
    RumusRentang,
    RumusTurun,
    SkorPredikat,
    TargetIndikator,
    TingkatIndikator,
)
from kinerja.domain.tata_kelola import KelasSkala, Perhitungan, Skala, TargetNol

_BERKAS = Path(__file__).parents[1] / "cases" / "capaian.yaml"
KASUS = yaml.load(_BERKAS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
_ANGKA = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")
SKALA = Skala(
    "uji", 1, "uji", date(2017, 1, 1), (KelasSkala("baik", Decimal(91)), KelasSkala("kurang"))
)
PERHITUNGAN = Perhitungan("uji", TargetNol.TIDAK_DAPAT_DIHITUNG)
INDIKATOR = Indikator(
    id="i-1",
    nama="Uji",
    bidang="uji",
    tingkat=TingkatIndikator.PROGRAM,
    satuan="persen",
    arah=Arah.NAIK,
    akumulasi=Akumulasi.NILAI_AKHIR,
    definisi_operasional="",
    formulasi="",
    sumber_data="",
    penanggung_jawab="kabid:uji",
    sumber="belum ditetapkan",
    predikat=tuple(
        SkorPredikat(kode, Decimal(skor))
        for kode, skor in (("WTP", 4), ("WDP", 3), ("TW", 2), ("TMP", 1))
    ),
)


def _nilai(teks: Any) -> NilaiTarget:
    if isinstance(teks, list):
        return RentangNilai(Decimal(teks[0]), Decimal(teks[1]))
    return Decimal(teks) if _ANGKA.match(teks) else str(teks)


def _hitung(kasus: dict[str, Any]) -> BarisCapaian:
    indikator = replace(
        INDIKATOR,
        arah=Arah(kasus["arah"]),
        akumulasi=Akumulasi(kasus.get("akumulasi", "nilai-akhir")),
        rumus=RumusTurun(kasus["rumus"]) if "rumus" in kasus else None,
        rumus_rentang=RumusRentang(kasus["rumus_rentang"]) if "rumus_rentang" in kasus else None,
        target_nol=kasus.get("target_nol"),
    )
    target = TargetIndikator(**{k: _nilai(v) for k, v in kasus.get("target", {}).items()})
    realisasi: Any = {k: _nilai(v) for k, v in kasus.get("realisasi", {}).items()}
    return hitung(indikator, target, realisasi, kasus["periode"], PERHITUNGAN, SKALA)


@pytest.mark.parametrize("kasus", KASUS, ids=[k["nama"] for k in KASUS])
def test_kasus_capaian(kasus: dict[str, Any]) -> None:
    baris = _hitung(kasus)
    assert (None if baris.capaian is None else str(baris.capaian)) == kasus.get("hasil")
    assert kasus.get("alasan", "") in baris.alasan
    if "setahun" in kasus:
        assert str(baris.capaian_tahunan) == kasus["setahun"]
    if "tanpa_catatan" in kasus:
        assert baris.alasan == ""
    assert baris.tercapai is {"ya": True, "tidak": False}.get(kasus.get("tercapai", ""))


def test_a_missing_figure_always_has_a_reason_and_no_category() -> None:
    for baris in map(_hitung, KASUS):
        assert (baris.capaian is None) <= bool(baris.alasan)
        assert (baris.capaian is None) == (baris.kategori == "")


def test_the_cases_use_every_arah_and_akumulasi() -> None:
    assert {k["arah"] for k in KASUS} == {a.value for a in Arah}
    assert {k.get("akumulasi", "nilai-akhir") for k in KASUS} == {a.value for a in Akumulasi}


def test_bug_quarter_by_todays_date_absent() -> None:
    """Later quarters change no earlier report, and the module cannot see a clock."""
    target = TargetIndikator(tw1=Decimal(10), tw2=Decimal(10))
    for akumulasi in (Akumulasi.JUMLAH, Akumulasi.NILAI_AKHIR, Akumulasi.RATA_RATA):
        indikator = replace(INDIKATOR, akumulasi=akumulasi)
        dahulu = hitung(indikator, target, {"tw1": Decimal(5)}, "tw1", PERHITUNGAN, SKALA)
        isi = {"tw1": Decimal(5), "tw2": Decimal(99), "tahunan": Decimal(99)}
        assert hitung(indikator, target, isi, "tw1", PERHITUNGAN, SKALA) == dahulu
    sumber = ast.parse(Path(modul.__file__).read_text(encoding="utf-8"))
    impor = {n.module for n in ast.walk(sumber) if isinstance(n, ast.ImportFrom)}
    assert not impor & {"datetime", "time"}


def test_bug_zero_over_zero_on_a_falling_indikator_absent() -> None:
    turun = replace(INDIKATOR, arah=Arah.TURUN, rumus=RumusTurun.SELISIH)
    for nol in (Decimal(0), Decimal("0.00"), Decimal("-0")):
        hasil = capaian_mentah(turun, nol, nol, PERHITUNGAN)
        assert hasil.nilai is None
        assert hasil.alasan
        disepakati = replace(turun, target_nol="tercapai-bila-nol")
        assert capaian_mentah(disepakati, nol, nol, PERHITUNGAN).nilai == 100


def test_bug_two_formulas_for_one_indikator_absent() -> None:
    """To date and annual use the same formula, also when polarity would hide it."""
    target = TargetIndikator(tw1=Decimal(10), tahunan=Decimal(10))
    for rumus, hasil in ((RumusTurun.SELISIH, "50.00"), (RumusTurun.RASIO, "66.67")):
        turun = replace(INDIKATOR, arah=Arah.TURUN, rumus=rumus)
        baris = hitung(turun, target, {"tw1": Decimal(15)}, "tw1", PERHITUNGAN, SKALA)
        assert str(baris.capaian) == str(baris.capaian_tahunan) == hasil


def test_to_date_shows_the_mean_but_computes_with_the_exact_one() -> None:
    rata = replace(INDIKATOR, akumulasi=Akumulasi.RATA_RATA)
    target = TargetIndikator(tw1=Decimal("0.6"), tw2=Decimal("0.6"), tw3=Decimal("0.6"))
    isi = {"tw1": Decimal("0.5001"), "tw2": Decimal("0.5"), "tw3": Decimal("0.5")}
    baris = hitung(rata, target, isi, "tw3", PERHITUNGAN, SKALA)
    assert str(baris.realisasi_sd) == "0.5000"
    assert str(baris.target_sd) == "0.60"
    assert str(baris.capaian) == "83.34"


def test_raw_is_neither_rounded_nor_capped() -> None:
    indikator = replace(INDIKATOR, batas_atas=Decimal(100))
    hasil = capaian_mentah(indikator, Decimal(70), Decimal(100), PERHITUNGAN)
    assert hasil.nilai is not None
    assert str(hasil.nilai).startswith("142.857142857142857")
    baris = hitung(
        indikator,
        TargetIndikator(tw1=Decimal(70)),
        {"tw1": Decimal(100)},
        "tw1",
        replace(PERHITUNGAN, batas_atas=Decimal(100)),
        SKALA,
    )
    assert baris.capaian == Decimal("142.86")


def test_category_is_judged_on_the_figure_as_shown() -> None:
    target = TargetIndikator(tw1=Decimal(100000))
    for nilai, kategori in (("90994", "kurang"), ("90995", "baik")):
        baris = hitung(INDIKATOR, target, {"tw1": Decimal(nilai)}, "tw1", PERHITUNGAN, SKALA)
        assert baris.kategori == kategori


def test_the_ambient_context_changes_nothing() -> None:
    sebelum = [_hitung(k) for k in KASUS]
    with localcontext() as konteks:
        konteks.prec, konteks.rounding = 2, ROUND_DOWN
        assert [_hitung(k) for k in KASUS] == sebelum


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 4))
def test_the_mean_of_equal_quarters_is_the_quarter(target: int, realisasi: int, n: int) -> None:
    nama = ("tw1", "tw2", "tw3", "tw4")[:n]
    janji = TargetIndikator(**dict.fromkeys(nama, Decimal(target)))
    isi = dict.fromkeys(nama, Decimal(realisasi))
    for arah in (Arah.NAIK, Arah.TURUN):
        satu = replace(INDIKATOR, arah=arah, rumus=RumusTurun.RASIO)
        rata = replace(satu, akumulasi=Akumulasi.RATA_RATA)
        assert (
            hitung(rata, janji, isi, nama[-1], PERHITUNGAN, SKALA).capaian
            == hitung(satu, janji, isi, nama[-1], PERHITUNGAN, SKALA).capaian
        )
