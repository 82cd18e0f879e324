"""Totals: the scale's boundaries, caps, holes, and order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_DOWN, Decimal, localcontext
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kinerja.calculation.capaian import hitung
from kinerja.calculation.recap import (
    batas_rata_rata,
    kategori,
    rekap,
    serapan,
)
from kinerja.domain.kertas_kerja import BarisAnggaran
from kinerja.domain.laporan import BarisCapaian
from kinerja.domain.perencanaan import (
    Akumulasi,
    Arah,
    Indikator,
    RumusTurun,
    TargetIndikator,
    TingkatIndikator,
)
from kinerja.domain.tata_kelola import KelasSkala, Perhitungan, Skala, TargetNol

_BERKAS = Path(__file__).parents[1] / "cases" / "kategori.yaml"
_ISI = yaml.load(_BERKAS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
SKALA = Skala(
    "permendagri-86-2017",
    1,
    _ISI["sumber"],
    date(2017, 1, 1),
    tuple(
        KelasSkala(k["nama"], Decimal(k["batas_bawah"]) if "batas_bawah" in k else None)
        for k in _ISI["skala"]
    ),
)
PERHITUNGAN = Perhitungan("permendagri-86-2017", TargetNol.TIDAK_DAPAT_DIHITUNG)
TURUN = Indikator(
    id="t",
    nama="Turun",
    bidang="a",
    tingkat=TingkatIndikator.PROGRAM,
    satuan="kasus",
    arah=Arah.TURUN,
    akumulasi=Akumulasi.NILAI_AKHIR,
    definisi_operasional="",
    formulasi="",
    sumber_data="",
    penanggung_jawab="kabid:a",
    sumber="belum ditetapkan",
    rumus=RumusTurun.SELISIH,
)


def _baris(id_: str, capaian: str | None, bidang: str = "a") -> BarisCapaian:
    nilai = None if capaian is None else Decimal(capaian)
    return BarisCapaian(
        id_, bidang, None, None, None, None, nilai, None, "", "" if capaian else "belum diisi"
    )


def _anggaran(pagu: str | None, realisasi: str | None) -> BarisAnggaran:
    angka = [None if n is None else Decimal(n) for n in (pagu, realisasi)]
    return BarisAnggaran("1.06.01", "Uji", angka[0], None, angka[1])


@pytest.mark.parametrize("kasus", _ISI["kasus"], ids=[k["capaian"] for k in _ISI["kasus"]])
def test_kasus_kategori(kasus: dict[str, str]) -> None:
    assert kategori(Decimal(kasus["capaian"]), SKALA) == kasus["kategori"]


@given(st.decimals(min_value=-1000, max_value=1000, places=3))
def test_the_scale_has_no_gap_and_never_falls_back(nilai: Decimal) -> None:
    urutan = [k.nama for k in SKALA.kelas]
    lebih = kategori(nilai + Decimal("0.01"), SKALA)
    assert urutan.index(lebih) <= urutan.index(kategori(nilai, SKALA))


def test_a_missing_figure_is_not_zero_and_is_counted_in_the_total() -> None:
    hasil = rekap([_baris("x", "80"), _baris("y", None), _baris("z", "90")], {}, [], "a", SKALA)
    assert (hasil.dihitung, hasil.total) == (2, 3)
    assert hasil.rata_rata == Decimal("85.00")
    assert hasil.kategori == "tinggi"


def test_nothing_counted_gives_no_mean_and_no_category() -> None:
    hasil = rekap([_baris("y", None)], {}, [], "a", SKALA)
    assert (hasil.dihitung, hasil.total, hasil.rata_rata, hasil.kategori) == (0, 1, None, "")
    assert (hasil.pagu, hasil.realisasi, hasil.serapan) == (None, None, None)


def test_the_cap_works_only_inside_the_mean() -> None:
    baris = [_baris("x", "700"), _baris("y", "80")]
    assert rekap(baris, {"x": Decimal(120)}, [], "a", SKALA).rata_rata == Decimal("100.00")
    assert rekap(baris, {"x": None}, [], "a", SKALA).rata_rata == Decimal("390.00")
    assert baris[0].capaian == Decimal(700)


def test_the_indikators_own_cap_precedes_the_policys() -> None:
    sendiri = replace(TURUN, id="s", batas_atas=Decimal(150))
    kebijakan = replace(PERHITUNGAN, batas_atas=Decimal(120))
    assert batas_rata_rata([TURUN, sendiri], kebijakan) == {"t": Decimal(120), "s": Decimal(150)}
    assert batas_rata_rata([TURUN], PERHITUNGAN) == {"t": None}


def test_bug_polarity_ignored_in_averages_absent() -> None:
    """15 cases where 10 were promised lower the mean; they do not raise it to 150 %."""
    target = TargetIndikator(tw1=Decimal(10))
    buruk = hitung(TURUN, target, {"tw1": Decimal(15)}, "tw1", PERHITUNGAN, SKALA)
    baik = hitung(
        replace(TURUN, id="n", arah=Arah.NAIK, rumus=None),
        target,
        {"tw1": Decimal(10)},
        "tw1",
        PERHITUNGAN,
        SKALA,
    )
    assert rekap([buruk, baik], {}, [], "a", SKALA).rata_rata == Decimal("75.00")


def test_the_mean_is_rounded_half_up() -> None:
    baris = [_baris("x", "90.99"), _baris("y", "91.00")]
    assert rekap(baris, {}, [], "a", SKALA).rata_rata == Decimal("91.00")


def test_a_sum_of_money_with_a_hole_is_no_sum() -> None:
    utuh = rekap([], {}, [_anggaran("100", "25"), _anggaran("100", "0")], "a", SKALA)
    assert (utuh.pagu, utuh.realisasi, utuh.serapan) == (200, 25, Decimal("12.50"))
    bolong = rekap([], {}, [_anggaran("100", "25"), _anggaran(None, None)], "a", SKALA)
    assert (bolong.pagu, bolong.realisasi, bolong.serapan) == (None, None, None)
    belum = rekap([], {}, [_anggaran("100", "25"), _anggaran("100", None)], "a", SKALA)
    assert (belum.pagu, belum.realisasi, belum.serapan) == (200, None, None)


def test_serapan() -> None:
    assert serapan(Decimal(3), Decimal(2)) == Decimal("66.67")
    assert serapan(Decimal(0), Decimal(0)) is None
    assert serapan(Decimal(5), Decimal(0)) == 0


@given(st.data())
def test_recap_is_independent_of_order(data: st.DataObject) -> None:
    angka = data.draw(st.lists(st.none() | st.decimals(-999, 999, places=2), max_size=8))
    baris = [_baris(str(n), None if v is None else str(v)) for n, v in enumerate(angka)]
    acak = data.draw(st.permutations(baris))
    batas = {"0": Decimal(120), "1": Decimal("99.999")}
    assert rekap(acak, batas, [], "a", SKALA) == rekap(baris, batas, [], "a", SKALA)


def test_the_ambient_context_changes_nothing() -> None:
    baris = [_baris("x", "90.99"), _baris("y", "33.33"), _baris("z", "66.68")]
    uang = [_anggaran("123456789", "98765432")]
    sebelum = rekap(baris, {}, uang, "a", SKALA)
    with localcontext() as konteks:
        konteks.prec, konteks.rounding = 2, ROUND_DOWN
        assert rekap(baris, {}, uang, "a", SKALA) == sebelum
