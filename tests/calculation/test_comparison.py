"""The comparisons of LKjIP Bab III: case table, and the list of what is missing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from kinerja.calculation.comparison import BELUM_SETAHUN, Analisis, analisis, terhadap_tahun
from kinerja.domain.kertas_kerja import BarisAnggaran, BarisIndikator
from kinerja.domain.laporan import BarisCapaian
from kinerja.domain.perencanaan import (
    Akumulasi,
    Arah,
    Indikator,
    Nilai,
    Pembanding,
    RumusTurun,
    SkorPredikat,
    TargetIndikator,
    TingkatIndikator,
)
from kinerja.domain.tata_kelola import Perhitungan, TargetNol

ISI = yaml.load(
    (Path(__file__).parents[1] / "cases" / "perbandingan.yaml").read_text(encoding="utf-8"),
    Loader=yaml.BaseLoader,
)
PERHITUNGAN = Perhitungan("uji", TargetNol.TIDAK_DAPAT_DIHITUNG)
INDIKATOR = Indikator(
    "i-1", "Uji", "uji", TingkatIndikator.SASARAN, "persen", Arah.NAIK, Akumulasi.NILAI_AKHIR, "", "", "",
    "kabid:uji", "belum ditetapkan", sasaran="s1", kode="1.06.04",
    predikat=(SkorPredikat("WTP", Decimal(4)), SkorPredikat("WDP", Decimal(3))),
)  # fmt: skip
ANGGARAN = (
    BarisAnggaran("1.06.04.2.01.0001", "Uji", Decimal(100), None, Decimal(90), Decimal(100)),
    BarisAnggaran("1.06.05.2.01.0001", "Lain", Decimal(100), None, Decimal(10), Decimal(10)),
    BarisAnggaran("1.06.04", "Program", Decimal(100), None, Decimal(90), Decimal(100)),
)


def _nilai(teks: str | None) -> Nilai:
    if teks is None:
        return None
    return Decimal(teks) if teks.replace(".", "", 1).isdigit() else teks


def _analisis(kini: Nilai, target: TargetIndikator, indikator: Indikator = INDIKATOR, **isi: Any) -> Analisis:
    baris = BarisCapaian(
        indikator.id, "uji", Decimal(80), kini, Decimal(80), kini, Decimal("102.50"), None, "tinggi", ""
    )
    return analisis(
        indikator, target, baris, isi.get("lama", {}), isi.get("lembar", ()), isi.get("anggaran", ()),
        PERHITUNGAN, setahun=isi.get("setahun", True),
    )  # fmt: skip


@pytest.mark.parametrize("kasus", ISI["tahun_lalu"], ids=[k["nama"] for k in ISI["tahun_lalu"]])
def test_kasus_tahun_lalu(kasus: dict[str, str]) -> None:
    indikator = replace(INDIKATOR, arah=Arah(kasus["arah"]))
    hasil = terhadap_tahun(indikator, 2023, _nilai(kasus.get("lalu")), _nilai(kasus.get("kini")))
    assert (None if hasil.perubahan is None else str(hasil.perubahan)) == kasus.get("perubahan")
    assert (hasil.gerak.value if hasil.gerak else None) == kasus.get("gerak")
    assert kasus.get("alasan", "") in hasil.alasan
    assert (hasil.perubahan is None) == bool(hasil.alasan)


@pytest.mark.parametrize("kasus", ISI["renstra"], ids=[k["nama"] for k in ISI["renstra"]])
def test_kasus_renstra(kasus: dict[str, str]) -> None:
    rumus = RumusTurun(kasus["rumus"]) if "rumus" in kasus else None
    indikator = replace(INDIKATOR, arah=Arah(kasus["arah"]), rumus=rumus)
    target = TargetIndikator(renstra_akhir=_nilai(kasus.get("target")))
    hasil = _analisis(_nilai(kasus["kini"]), target, indikator).renstra
    assert (None if hasil.capaian is None else str(hasil.capaian)) == kasus.get("capaian")
    assert kasus.get("alasan", "") in hasil.alasan


def test_a_figure_of_others_is_compared_by_the_indikators_own_formula() -> None:
    turun = replace(
        INDIKATOR, arah=Arah.TURUN, rumus=RumusTurun.RASIO,
        pembanding=(Pembanding("Nasional", 2023, Decimal(10), "BPS"),),
    )  # fmt: skip
    (nasional,) = _analisis(Decimal(20), TargetIndikator(), turun).pembanding
    assert (nasional.nama, nasional.capaian, nasional.sumber) == ("Nasional 2023", Decimal("50.00"), "BPS")


def test_a_sum_of_some_quarters_is_not_set_against_a_whole_year() -> None:
    jumlah = replace(
        INDIKATOR, akumulasi=Akumulasi.JUMLAH, pembanding=(Pembanding("Nasional", 2023, Decimal(10), "BPS"),)
    )
    janji, lama = TargetIndikator(renstra_akhir=Decimal(100)), {2023: Decimal(48)}
    sebagian = _analisis(Decimal(6), janji, jumlah, lama=lama, setahun=False)
    semua = (*sebagian.tahun_lalu, sebagian.renstra, *sebagian.pembanding)
    assert [x.alasan for x in semua] == [BELUM_SETAHUN] * 3
    assert sebagian.tahun_lalu[0].nilai == 48
    setahun = _analisis(Decimal(60), janji, jumlah, lama=lama)
    assert (setahun.tahun_lalu[0].perubahan, setahun.renstra.capaian) == (Decimal("25.00"), Decimal("60.00"))


def test_what_still_rises_within_the_year_is_compared_when_its_target_is_the_years() -> None:
    """Its realisasi of a quarter would look like a fall beside a whole year."""
    lama = {2023: Decimal(48)}
    rata = _analisis(Decimal(60), TargetIndikator(tahunan=Decimal(80)), lama=lama, setahun=False)
    assert rata.tahun_lalu[0].perubahan == Decimal("25.00")
    naik = _analisis(Decimal(60), TargetIndikator(tahunan=Decimal(95)), lama=lama, setahun=False)
    assert (naik.tahun_lalu[0].perubahan, naik.tahun_lalu[0].alasan) == (None, BELUM_SETAHUN)


def test_only_lines_of_the_indikators_code_count_as_its_programmes() -> None:
    hasil = _analisis(Decimal(82), TargetIndikator(), anggaran=ANGGARAN)
    assert hasil.program == ("1.06.04.2.01.0001", "1.06.04")
    assert hasil.efisiensi.nilai == Decimal("12.50")
    tanpa = _analisis(Decimal(82), TargetIndikator(), replace(INDIKATOR, kode=None), anggaran=ANGGARAN)
    assert (tanpa.program, tanpa.efisiensi.nilai) == ((), None)


def test_earlier_years_stand_newest_first() -> None:
    hasil = _analisis(Decimal(82), TargetIndikator(), lama={2022: Decimal(70), 2023: Decimal(80)})
    assert [t.tahun for t in hasil.tahun_lalu] == [2023, 2022]


def test_what_is_missing_is_listed_in_the_order_of_the_seven() -> None:
    kosong = _analisis(Decimal(82), TargetIndikator(), replace(INDIKATOR, kode=None))
    assert len(kosong.kurang()) == 6
    assert kosong.kurang()[0] == "perbandingan dengan tahun lalu"
    lengkap = _analisis(
        Decimal(82), TargetIndikator(renstra_akhir=Decimal(90)),
        replace(INDIKATOR, pembanding=(Pembanding("Nasional", 2023, Decimal(85), "BPS"),)),
        lama={2023: Decimal(80)}, anggaran=ANGGARAN,
        lembar=(BarisIndikator("i-1", "Uji", "persen", None, None, Decimal(82), penjelasan="Sebab"),),
    )  # fmt: skip
    assert lengkap.kurang() == ()
