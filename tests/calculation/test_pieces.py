"""The pieces say exactly what the one calculation says, whatever is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kinerja.calculation.capaian import hitung
from kinerja.calculation.numbers import bulat
from kinerja.calculation.pieces import nilai_potongan, potongan, serapan_potongan
from kinerja.calculation.recap import serapan
from kinerja.domain.perencanaan import (
    Akumulasi,
    Arah,
    Indikator,
    RentangNilai,
    RumusRentang,
    RumusTurun,
    TargetIndikator,
    TingkatIndikator,
)
from kinerja.domain.periode import TRIWULAN
from kinerja.domain.tata_kelola import KelasSkala, Perhitungan, Skala, TargetNol

SKALA = Skala("uji", 1, "uji", date(2017, 1, 1), (KelasSkala("baik", Decimal(91)), KelasSkala("kurang")))
DASAR = Indikator(
    id="i-1", nama="Uji", bidang="uji", tingkat=TingkatIndikator.PROGRAM, satuan="persen", arah=Arah.NAIK,
    akumulasi=Akumulasi.NILAI_AKHIR, definisi_operasional="", formulasi="", sumber_data="",
    penanggung_jawab="kabid:uji", sumber="belum ditetapkan",
)  # fmt: skip
ANGKA = st.decimals(-300, 300, places=2) | st.sampled_from([Decimal(0), Decimal(100), Decimal("0.01")])
RENTANG = st.tuples(ANGKA, ANGKA).map(lambda ab: RentangNilai(min(ab), max(ab)))
NILAI = ANGKA | st.none() | st.sampled_from(["WTP", "ada"])
BAGIAN = st.sampled_from([*TRIWULAN, "tahunan"])


@st.composite
def soal(draw: st.DrawFn) -> tuple[Any, ...]:
    arah = draw(st.sampled_from(Arah))
    indikator = replace(
        DASAR, arah=arah, akumulasi=draw(st.sampled_from(Akumulasi)),
        rumus=draw(st.none() | st.sampled_from(RumusTurun)),
        rumus_rentang=draw(st.none() | st.sampled_from(RumusRentang)),
        target_nol=draw(st.none() | st.sampled_from([t.value for t in TargetNol])),
    )  # fmt: skip
    target = RENTANG if arah is Arah.RENTANG else NILAI
    janji = TargetIndikator(**{b: draw(target) for b in (*TRIWULAN, "tahunan")})
    lalu = {b: draw(ANGKA | st.none()) for b in TRIWULAN}
    aturan = Perhitungan("uji", draw(st.sampled_from(TargetNol)))
    return indikator, janji, lalu, draw(BAGIAN), aturan


@given(soal(), ANGKA)
def test_pieces_equal_the_calculation(s: tuple[Any, ...], r: Decimal) -> None:
    indikator, janji, lalu, bagian, aturan = s
    asli = hitung(indikator, janji, {**lalu, bagian: r}, bagian, aturan, SKALA)
    kini = nilai_potongan(potongan(indikator, janji, lalu, bagian, aturan), r)
    assert (None if kini.nilai is None else bulat(kini.nilai)) == asli.capaian
    if asli.capaian is None:
        assert kini.alasan == asli.alasan


@given(soal())
def test_the_ends_of_pieces_equal_the_calculation(s: tuple[Any, ...]) -> None:
    """Where one piece ends and the next begins: the very number, and a hair beside it."""
    indikator, janji, lalu, bagian, aturan = s
    daftar = potongan(indikator, janji, lalu, bagian, aturan)
    for batas in (p.maks for p in daftar if p.maks is not None):
        for r in (batas - Decimal("0.001"), batas, batas + Decimal("0.001")):
            kasar = r.quantize(Decimal("0.001"))
            asli = hitung(indikator, janji, {**lalu, bagian: kasar}, bagian, aturan, SKALA)
            kini = nilai_potongan(daftar, kasar)
            assert (None if kini.nilai is None else bulat(kini.nilai)) == asli.capaian


@given(ANGKA | st.none(), ANGKA)
def test_serapan(pagu: Decimal | None, r: Decimal) -> None:
    kini = nilai_potongan(serapan_potongan(pagu), r).nilai
    assert (None if kini is None else bulat(kini)) == serapan(pagu, r)


