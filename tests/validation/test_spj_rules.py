"""SPJ Fungsional: consistent months are silent, one changed cell is found, and told once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.domain.organisasi import Dasar
from kinerja.domain.perencanaan import Anggaran, BarisSpj, KodeNama, PaguSub, Spj, SubKegiatan, VersiAnggaran
from kinerja.domain.periode import Periode
from kinerja.validation.context import Titik
from kinerja.validation.engine import Tempat, periksa_repositori
from kinerja.validation.repository_context import KonteksRepositori
from kinerja.validation.spj_lines import KOLOM, kode_penuh

from .spj_contoh import TIGAAN, bangun

PROGRAM, KEGIATAN = "1.06.04", "1.06.04.2.01"
MAKAN, ALAT = f"{KEGIATAN}.0001", f"{KEGIATAN}.0003"
AKUN = f"{MAKAN}/5.1.02"
SUSUNAN = [
    ("1.06", "BIDANG SOSIAL"), (PROGRAM, "PROGRAM"), (KEGIATAN, "Kegiatan"), (MAKAN, "Permakanan"),
    (f"{MAKAN}/5.1.01", "Pegawai"), (AKUN, "Barang"), (ALAT, "Alat Bantu"),
]  # fmt: skip
PAGU = {f"{MAKAN}/5.1.01": 5_000_000, AKUN: 70_000_000, ALAT: 40_000_000}


def dpa(**pagu: int) -> Anggaran:
    return Anggaran(
        "anggaran/v1", 2024, Dasar("Permendagri 90/2019"), (KodeNama(PROGRAM, "P"),), (KodeNama(KEGIATAN, "K"),),
        tuple(SubKegiatan(k, k, "layanan", "x", "orang") for k in (MAKAN, ALAT)),
        (VersiAnggaran("dpa", "DPA", Dasar("1"), Periode(2023, "tw4").akhir,
                       {MAKAN: PaguSub(Decimal(75_000_000)), ALAT: PaguSub(Decimal(40_000_000))}),),
    )  # fmt: skip


def temuan(spj: list[Spj], anggaran: Anggaran | None = None) -> list[tuple[str, str, str]]:
    konteks = KonteksRepositori(
        anggaran={2024: anggaran or dpa()}, spj={(s.tahun, s.bulan): s for s in spj}
    )

    def tempat(_: str, __: str) -> Tempat:
        return Titik(1, 1)

    semua = periksa_repositori(konteks, tempat)
    return [(t.aturan, t.berkas, t.penunjuk) for t in semua if t.aturan != "keputusan-kode"]


def ganti(s: Spj, n: int, kolom: str, nilai: Decimal) -> Spj:
    b: BarisSpj = s.baris[n]
    kelompok, _, isian = kolom.partition("/")
    baru = {kelompok: replace(getattr(b, kelompok), **{isian: nilai}) if isian else nilai}
    return replace(s, baris=(*s.baris[:n], replace(b, **baru), *s.baris[n + 1 :]))


bulanan = st.fixed_dictionaries({
    daun: st.fixed_dictionaries({t: st.lists(st.integers(-50_000, 400_000), min_size=12, max_size=12) for t in TIGAAN})
    for daun in PAGU
})  # fmt: skip


@given(bulanan, st.integers(1, 12))
@settings(max_examples=25, deadline=None)
def test_consistent_months_are_silent(belanja: dict[str, dict[str, list[int]]], banyak: int) -> None:
    assert temuan(bangun(SUSUNAN, PAGU, belanja, banyak)) == []


@given(
    bulanan, st.integers(0, 3), st.integers(0, len(SUSUNAN) - 1), st.sampled_from(KOLOM),
    st.integers(1, 10**9).flatmap(lambda n: st.sampled_from([n, -n])),
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_one_changed_cell_is_found_in_its_own_line_and_told_once(
    belanja: dict[str, dict[str, list[int]]], bulan: int, n: int, kolom: str, selisih: int
) -> None:
    spj = bangun(SUSUNAN, PAGU, belanja, 4)
    lama = spj[bulan].baris[n]
    kelompok, _, isian = kolom.partition("/")
    nilai = getattr(getattr(lama, kelompok), isian) if isian else getattr(lama, kelompok)
    spj[bulan] = ganti(spj[bulan], n, kolom, nilai + selisih)
    hasil = temuan(spj)
    assert len(hasil) == 1
    assert hasil[0][1] == f"reports/2024/spj/{bulan + 1:02}.yaml"
    assert hasil[0][2].startswith(f"/baris/{n}/")


BELANJA = {AKUN: {"up_gu_tu": [5_000_000, 4_000_000, 4_000_000, 4_000_000]}}


def test_a_wrong_start_is_told_by_the_month_before_not_by_the_sum() -> None:
    spj = bangun(SUSUNAN, PAGU, BELANJA, 2)
    spj[1] = ganti(spj[1], 5, "up_gu_tu/sd_bulan_lalu", Decimal(500_000))
    assert temuan(spj) == [("spj-bersambung", "reports/2024/spj/02.yaml", "/baris/5/up_gu_tu/sd_bulan_lalu")]
    assert temuan(spj[1:]) == [("spj-tiga-kolom", "reports/2024/spj/02.yaml", "/baris/5/up_gu_tu/sd_bulan_ini")]


def test_a_missing_month_is_said_only_in_between() -> None:
    spj = bangun(SUSUNAN, PAGU, BELANJA, 4)
    assert temuan(spj[2:]) == []
    assert temuan([spj[0], spj[3]]) == [("spj-tanpa-jeda", "reports/2024/spj/04.yaml", "/bulan")]


def test_a_line_that_vanished_with_its_money_is_found() -> None:
    spj = bangun(SUSUNAN, PAGU, {ALAT: {"gaji": [1, 1]}}, 2)
    tanpa = replace(spj[1], baris=spj[1].baris[:-1])
    assert ("spj-bersambung", "reports/2024/spj/02.yaml", "/baris") in temuan([spj[0], tanpa])
    kosong = bangun(SUSUNAN, PAGU, {}, 2)
    tanpa = replace(kosong[1], baris=kosong[1].baris[:-1])
    assert {a for a, _, _ in temuan([kosong[0], tanpa])} == {"spj-berinduk"}


def test_the_pagu_is_that_of_the_version_in_force_at_the_end_of_the_month() -> None:
    awal = dpa()
    dppa = VersiAnggaran("dppa", "DPPA", Dasar("2"), Periode(2024, "tw1").akhir, {ALAT: PaguSub(Decimal(50_000_000))})
    berubah = replace(awal, versi=(*awal.versi, dppa))
    spj = bangun(SUSUNAN, PAGU, BELANJA, 3)
    assert temuan(spj[:2], berubah) == []
    assert temuan(spj, berubah) == [("spj-pagu-dpa", "reports/2024/spj/03.yaml", "/baris/6/pagu")]
    baru = bangun(SUSUNAN, {**PAGU, ALAT: 50_000_000}, BELANJA, 3)
    assert temuan([*spj[:2], baru[2]], berubah) == []


def test_a_bare_account_belongs_to_the_sub_kegiatan_above_it() -> None:
    (januari,) = bangun(SUSUNAN, PAGU, {}, 1)
    assert kode_penuh(januari)[4:6] == [f"{MAKAN}.5.1.01", f"{MAKAN}.5.1.02"]
    assert temuan([januari]) == []


@pytest.mark.parametrize(
    ("kode", "dikenal"),
    [("1", True), ("1.06", True), ("2", False), ("1.07", False), (PROGRAM, True), ("1.06.05", False),
     (f"{KEGIATAN}.0002", False), (f"{MAKAN}.5.1.02", True), (f"{KEGIATAN}.02.5.1", False)],
)  # fmt: skip
def test_codes_are_those_of_the_dpa_at_every_level(kode: str, dikenal: bool) -> None:
    (spj,) = bangun([(kode, "Baris")], {kode: 1}, {}, 1)
    assert ("spj-dikenal-dpa" not in {a for a, _, _ in temuan([spj])}) == dikenal


def test_the_old_form_of_a_known_code_is_one_finding() -> None:
    lama = [(k.replace(".0003", ".03"), n) for k, n in SUSUNAN]
    pagu = {k.replace(".0003", ".03"): v for k, v in PAGU.items()}
    assert temuan(bangun(lama, pagu, {}, 1)) == [("kode-baku", "reports/2024/spj/01.yaml", "/baris/6/kode")]


def test_a_code_written_twice_is_told_and_stops_nothing() -> None:
    (spj,) = bangun(SUSUNAN, PAGU, BELANJA, 1)
    ganda = replace(spj, baris=(*spj.baris, spj.baris[-1]))
    assert ("id-unik", "reports/2024/spj/01.yaml", "/baris/7/kode") in temuan([ganda])


def test_a_point_for_thousands_is_told_alone() -> None:
    spj = bangun(SUSUNAN, PAGU, BELANJA, 2)
    spj[0] = ganti(spj[0], 5, "up_gu_tu/bulan_ini", Decimal("5000.000"))
    assert temuan(spj) == [("rupiah-jelas", "reports/2024/spj/01.yaml", "/baris/5/up_gu_tu/bulan_ini")]


def test_sen_are_counted_exactly() -> None:
    spj = bangun(SUSUNAN[-1:], {ALAT: 40_000_000}, {}, 1)
    t = replace(spj[0].baris[0].gaji, bulan_ini=Decimal("0.1"), sd_bulan_ini=Decimal("0.10"))
    b = replace(spj[0].baris[0], gaji=t, jumlah_sd_bulan_ini=Decimal("0.1"), sisa_pagu=Decimal("39999999.90"))
    assert temuan([replace(spj[0], baris=(b,))]) == []
    meleset = replace(b, sisa_pagu=Decimal("39999999.91"))
    assert [a for a, _, _ in temuan([replace(spj[0], baris=(meleset,))])] == ["spj-sisa"]


def test_two_thousand_hostile_lines_take_no_time() -> None:
    kode = ".".join(["1"] * 29)
    (satu,) = bangun([(kode, "x")], {kode: 1}, {}, 1)
    dalam = tuple(replace(satu.baris[0], kode=f"{kode}.{n % 7}") for n in range(2000))
    hasil = temuan([replace(satu, baris=dalam)])
    assert {a for a, _, _ in hasil} == {"id-unik", "spj-dikenal-dpa"}
