"""The audit of published tables: the case table that an official can read, headings, sums."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.calculation.audit.columns import Kolom, pilih, susun_kolom
from kinerja.calculation.audit.headings import Isi
from kinerja.calculation.audit.table import HasilTabel, audit_lembar
from kinerja.calculation.audit.verdict import HasilBaris
from kinerja.calculation.numbers import format_angka
from kinerja.domain.tabel import BarisTabel, Lembar, Sel

_BERKAS = Path(__file__).parents[1] / "cases" / "audit.yaml"
KASUS = yaml.load(_BERKAS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
JUDUL = {
    "arah": "Arah", "satuan": "Satuan", "target": "Target", "realisasi": "Realisasi", "capaian": "Capaian (%)",
    "pagu": "Pagu (Rp)", "realisasi_anggaran": "Realisasi Anggaran (Rp)", "persen": "Serapan (%)",
    "sisa": "Sisa Anggaran",
}  # fmt: skip


def kenali(judul: Sequence[tuple[str, ...]]) -> tuple[Kolom, ...]:
    """The columns of a table that has one block of each kind."""
    susunan = susun_kolom(judul)
    blok = (*susunan.kinerja, *susunan.uang)
    return pilih((*susunan.tetap, *(c for b in blok for c in b.kolom)))


def lembar(*baris: Sequence[Sel]) -> Lembar:
    return Lembar("", tuple(BarisTabel(i, tuple(b)) for i, b in enumerate(baris, 1)))


def tabel(*baris: Sequence[Sel]) -> HasilTabel:
    (hasil,) = audit_lembar(lembar(*baris))
    return hasil


def audit(*baris: Sequence[Sel]) -> tuple[HasilBaris, ...]:
    return tabel(*baris).baris


def ringkas(hasil: Sequence[HasilBaris]) -> list[str]:
    return [b.status.value for b in hasil]


@pytest.mark.parametrize("kasus", KASUS, ids=[k["nama"] for k in KASUS])
def test_kasus_audit(kasus: dict[str, Any]) -> None:
    kolom = [k for k in JUDUL if k in kasus]
    (hasil,) = audit(["Indikator", *(JUDUL[k] for k in kolom)], [kasus["nama"], *(kasus[k] for k in kolom)])
    assert hasil.status == kasus["status"]
    assert hasil.seharusnya == kasus.get("seharusnya", "")
    assert kasus.get("alasan", "") in hasil.alasan
    assert kasus.get("catatan", "") in "; ".join(hasil.catatan)
    if "rumus" in kasus:
        assert list(hasil.rumus) == kasus["rumus"]
    assert hasil.alasan


# headings


@pytest.mark.parametrize(
    ("judul", "isi"),
    [
        ("No|Sasaran Strategis|Indikator Kinerja|Satuan|Target|Real.|Prosentase",
         ["sasaran", "indikator", "satuan", "target", "realisasi", "capaian"]),
        ("IKU|Tgt|Relisasi|Capian", ["target", "realisasi", "capaian"]),
        ("Indikator|TARGET 2023|Realisasi 2022|REALISASI 2023|% Capaian",
         ["indikator", "target", "realisasi", "capaian"]),
        ("Indikator|Target|Realisasi|Tingkat Capaian (%)", ["indikator", "target", "realisasi", "capaian"]),
        ("Indikator|Target|Capaian|% Capaian", ["indikator", "target", "realisasi", "capaian"]),
        ("Program/Kegiatan|Anggaran|Realisasi|%|Sisa", ["nama", "pagu", "realisasi-anggaran", "persen", "sisa"]),
        ("Program|Anggaran 2023|Realisasi (Rp)|Realisasi (%)", ["nama", "pagu", "realisasi-anggaran", "persen"]),
        ("Uraian|Target Keuangan|Realisasi Keuangan|Serapan",
         ["nama", "pagu", "realisasi-anggaran", "persen"]),
        ("Kode Rekening|Uraian|Jumlah Anggaran (Rp)|Realisasi (Rp)|Presentase",
         ["nama", "kode", "pagu", "realisasi-anggaran", "persen"]),
        ("Indikator|Target|Realisasi|Capaian|Pagu|Realisasi Anggaran|%",
         ["indikator", "target", "realisasi", "capaian", "pagu", "realisasi-anggaran", "persen"]),
        ("Nama|K TW I|Rp TW I|K Triwulan II|Rp Triwulan II|Rp s.d. TW II",
         ["nama", "kinerja-tw1", "kinerja-tw2", "rp-tw1", "rp-tw2"]),
    ],
)  # fmt: skip
def test_headings_are_understood_by_meaning(judul: str, isi: list[str]) -> None:
    assert [k.isi.value for k in kenali([(j,) for j in judul.split("|")])] == isi


def test_this_year_wins_over_last_year_and_printed_over_cleaned() -> None:
    kolom = {k.isi: k for k in kenali([("Realisasi 2022",), ("Realisasi 2023",), ("target",), ("target_raw",)])}
    assert kolom[Isi.REALISASI].judul == "Realisasi 2023"
    assert (kolom[Isi.TARGET].judul, kolom[Isi.TARGET].kembar) == ("target_raw", 2)


@pytest.mark.parametrize("jawaban", ["consistent", "formula_that_matches", "note", "rollup_ok"])
def test_answer_columns_are_never_read(jawaban: str) -> None:
    judul = ["Indikator", "Target", "Realisasi", "Capaian", jawaban]
    for isi in ("yes", "no", "unknown", "nilai benar = 1"):
        assert ringkas(audit(judul, ["a", "80", "75", "93,75", isi])) == ["konsisten"]


def test_title_rows_merged_groups_and_column_numbers_are_no_data() -> None:
    hasil = tabel(
            ["LAPORAN KINERJA TAHUN 2023"],
            ["Dinas Contoh", "", ""],
            ["No", "Indikator", "Kinerja", "", "", "Anggaran", "", ""],
            ["", "", "Target", "Realisasi", "%", "Target", "Realisasi", "%"],
            ["1", "2", "3", "4", "5=4/3x100", "6", "7", "8"],
            ["1", "Desa mandiri", "80", "75", "93,75", "1.000.000", "500.000", "50"],
            ["No", "Indikator", "Kinerja", "", "", "Anggaran", "", ""],
            ["", "", "Target", "Realisasi", "%", "Target", "Realisasi", "%"],
            ["2", "Desa maju", "80", "75", "90,00", "1.000.000", "500.000", "51"],
    )
    assert hasil.baris_judul == 3
    assert ringkas(hasil.baris)[0] == "konsisten"
    assert hasil.baris[0].rumus == ("naik", "persen")
    assert hasil.baris[2].alasan == "kepala kolom yang diulang, bukan data"
    assert hasil.baris[3].seharusnya == "capaian 93,75; persen 50,00"
    assert [b.baris_berkas for b in hasil.baris] == [6, 7, 8, 9]


def test_a_table_without_known_headings_is_not_judged() -> None:
    assert audit_lembar(lembar(["Nama", "Alamat"], ["a", "b"])) == ()
    assert audit_lembar(lembar()) == ()


def test_the_reader_can_name_the_heading_row() -> None:
    isi = lembar(["Target", "Realisasi", "Capaian"], ["Target", "Realisasi", "Capaian"], ["80", "75", "93,75"])
    (hasil,) = audit_lembar(isi, 2)
    assert (hasil.baris_judul, ringkas(hasil.baris)) == (2, ["konsisten"])
    assert audit_lembar(isi, 3) == ()


def test_tables_one_under_the_other_are_judged_by_their_own_headings() -> None:
    kinerja, anggaran = audit_lembar(
        lembar(
            ["Tabel 1. Kinerja"],
            ["Indikator", "Target", "Realisasi", "Capaian"],
            ["a", "80", "75", "93,75"],
            ["Tabel 2. Anggaran", "dalam rupiah"],
            ["Program", "Pagu", "Realisasi", "%"],
            ["Program A", "200", "100", "50"],
            ["Program B", "200", "100", "51"],
        )
    )
    assert (kinerja.baris_judul, anggaran.baris_judul) == (2, 5)
    assert ringkas(kinerja.baris) == ["konsisten", "tidak-dapat-diperiksa"]
    assert [(b.row, b.status.value) for b in anggaran.baris] == [(3, "konsisten"), (4, "salah")]


def test_names_that_speak_of_targets_are_no_heading() -> None:
    judul = ["Nama", "Indikator", "Rp TW I"]
    nama = ["Realisasi anggaran triwulan I", "Persentase target dan realisasi", "-"]
    assert len(audit(judul, nama, ["b", "c", "5"])) == 2


def test_the_quarters_of_a_renja_evaluation_stand_under_three_rows_of_heading() -> None:
    hasil = tabel(
        ["Program/Kegiatan", "Target Renja", "", "Realisasi Kinerja pada Triwulan", "", "", ""],
        ["", "K", "Rp", "I", "", "II", ""],
        ["", "", "", "K", "Rp", "K", "Rp"],
        ["Program A", "5", "100", "1", "10", "2", "20"],
    )
    ada = {k.isi.value for k in hasil.kolom}
    assert ada == {"nama", "target", "pagu", "kinerja-tw1", "rp-tw1", "kinerja-tw2", "rp-tw2"}


def test_columns_of_earlier_years_are_named_as_not_read() -> None:
    hasil = tabel(["Indikator", "Target 2023", "Realisasi 2022", "Realisasi 2023", "%"], ["a", "80", "9", "75", "93,75"])
    assert ringkas(hasil.baris) == ["konsisten"]
    assert [k.lain for k in hasil.kolom if k.isi is Isi.REALISASI] == [("Realisasi 2022",)]


# averages and totals


def test_an_average_stands_for_the_rows_of_its_sasaran() -> None:
    judul = ["Sasaran", "Indikator", "Target", "Realisasi", "Capaian"]
    s1 = [["S1", "a", "10", "10", "100"], ["", "b", "10", "5", "50"]]
    s2 = [["S2", "c", "10", "9", "90"]]
    hasil = audit(
        judul, *s1, ["", "Rata-rata", "", "", "75"], *s2, ["", "Rata-rata capaian S2", "", "", "70"],
        ["", "Rata-rata seluruhnya", "", "", "80"],
    )  # fmt: skip
    assert ringkas(hasil) == ["konsisten"] * 4 + ["salah", "konsisten"]
    assert hasil[4].seharusnya == "90,00"
    assert hasil[5].rumus == ("rata-rata",)


def test_an_average_of_capped_figures_says_so() -> None:
    hasil = audit(["Indikator", "Target", "Realisasi", "Capaian"], ["a", "1", "7", "700"],
                  ["b", "10", "5", "50"], ["Rata-rata", "", "", "75"])  # fmt: skip
    assert ringkas(hasil)[2] == "konsisten"
    assert "dibatasi 100 lebih dahulu" in hasil[2].catatan[0]


def test_an_indicator_called_jumlah_or_rata_rata_is_an_indicator() -> None:
    judul = ["Indikator", "Target", "Realisasi", "Capaian"]
    hasil = audit(judul, ["Rata-rata lama sekolah", "8", "4", "50"], ["Jumlah BUMDesa", "32", "66", "206,25"])
    assert [b.rumus for b in hasil] == [("naik",), ("naik",)]


def test_an_average_may_print_averages_of_target_and_realisasi_too() -> None:
    hasil = audit(["Indikator", "Target", "Realisasi", "Capaian"], ["a", "10", "10", "100"],
                  ["b", "90", "45", "50"], ["Rata-rata", "50", "27,5", "75"])  # fmt: skip
    assert (hasil[2].status, hasil[2].rumus) == ("konsisten", ("rata-rata",))


def test_a_total_is_the_sum_of_the_topmost_rows() -> None:
    judul = ["Program", "Pagu", "Realisasi", "%"]
    isi = [["Program A", "100", "50", "50"], ["Program B", "200", "50", "25"]]
    assert ringkas(audit(judul, *isi, ["JUMLAH", "300", "100", "33,33"]))[2] == "konsisten"
    (*_, total) = audit(judul, *isi, ["Total Belanja", "310", "100", "32,26"])
    assert (total.status, total.seharusnya) == ("salah", "pagu 300")


# sums


POHON = ["Jenjang", "Nama", "K TW I", "Rp TW I", "K TW II", "Rp TW II"]


def test_a_parent_must_be_the_sum_of_its_children() -> None:
    hasil = audit(
        POHON,
        ["program", "P", "", "30", "", "70"],
        ["kegiatan", "A", "1", "10", "1", "30"],
        ["kegiatan", "B", "1", "20", "1", "30"],
        ["program", "Q", "", "5", "", "5"],
    )
    assert ringkas(hasil) == ["salah", *["tidak-dapat-diperiksa"] * 3]
    assert hasil[0].seharusnya == "Rp TW II 60"
    assert "lebih 10" in hasil[0].alasan


def test_a_child_left_out_is_named_on_both_rows() -> None:
    hasil = audit(POHON, ["program", "P", "", "30", "", "5"], ["kegiatan", "A", "1", "30", "", "-"],
                  ["kegiatan", "B", "1", "865,864,750", "", "5.000.000"])  # fmt: skip
    assert "tampaknya tidak memasukkan baris itu" in hasil[0].alasan
    assert "tidak memasukkan angka ini" in hasil[2].alasan
    assert "ribuan ditulis koma" in hasil[2].alasan


def test_a_cumulative_quarter_is_suspected_where_the_parent_separates() -> None:
    hasil = audit(POHON, ["kegiatan", "P", "1", "22", "1", "38"], ["sub kegiatan", "A", "0", "-", "1", "50"],
                  ["sub kegiatan", "B", "1", "10", "1", "0"])  # fmt: skip
    assert ringkas(hasil)[0] == "salah"
    assert "TW II tampaknya kumulatif (12 + 38)" in hasil[1].alasan
    assert hasil[2].catatan == ()


@pytest.mark.parametrize("kosong", ["-", "", "n/a"])
def test_a_dash_beside_filled_figures_adds_nothing_but_a_parent_may_not_hide_behind_it(kosong: str) -> None:
    induk, anak = ["program", "P", "", "10", "", kosong], ["kegiatan", "A", "1", "10", "", kosong]
    assert ringkas(audit(POHON, induk, anak))[0] == "konsisten"
    hasil = audit(POHON, induk, ["kegiatan", "A", "1", "10", "1", "7"])[0]
    assert (hasil.status, hasil.seharusnya) == ("salah", "Rp TW II 7")
    hampa = audit(POHON, ["program", "P", "", kosong, "", kosong], anak)[0]
    assert hampa.status == "tidak-dapat-diperiksa"
    assert "jumlah 1 baris di bawahnya 10" in hampa.alasan


def test_an_unreadable_child_makes_the_sum_uncheckable_and_is_quoted() -> None:
    hasil = audit(POHON, ["program", "P", "", "10", "", "5"], ["kegiatan", "A", "", "1O", "", "5"])
    assert hasil[0].status == "konsisten"
    assert [b.status.value for b in hasil[0].butir] == ["tidak-dapat-diperiksa", "konsisten"]
    assert "`1O`" in hasil[0].butir[0].alasan


def test_codes_make_the_tree_where_no_level_is_given() -> None:
    judul = ["Kode", "Uraian", "Pagu", "Realisasi", "%"]
    hasil = audit(judul, ["1.06.02", "Program", "300", "150", "50"], ["1.06.02.2.01", "K1", "100", "50", "50"],
                  ["1.06.02.2.02", "K2", "250", "100", "40"], ["1.06.03", "Program lain", "9", "9", "100"])  # fmt: skip
    assert ringkas(hasil) == ["salah", "konsisten", "konsisten", "konsisten"]
    assert hasil[0].seharusnya == "pagu 350"


def test_documents_do_not_mix() -> None:
    judul = ["doc_id", "Jenjang", "Nama", "Rp TW I"]
    hasil = audit(judul, ["a", "program", "P", "10"], ["b", "kegiatan", "K", "7"])
    assert ringkas(hasil) == ["tidak-dapat-diperiksa"] * 2


def test_years_do_not_mix() -> None:
    judul = ["Tahun", "Jenjang", "Nama", "Rp TW I"]
    hasil = audit(judul, ["2023", "program", "P", "10"], ["", "kegiatan", "K", "10"], ["2024", "kegiatan", "L", "7"])
    assert ringkas(hasil) == ["konsisten", *["tidak-dapat-diperiksa"] * 2]


def test_money_without_output_is_told_where_work_is_done() -> None:
    hasil = audit(POHON, ["kegiatan", "K", "0", "10", "", "-"], ["sub_kegiatan?", "S", "0", "10", "", "-"])
    assert hasil[0].catatan == ()
    assert hasil[1].catatan == ("Rp TW I > 0 tetapi kinerja TW I kosong/0", "ikut jumlah no. 1 yang cocok")
    assert hasil[1].status == "tidak-dapat-diperiksa"


def test_rounded_millions_may_differ_by_their_rounding() -> None:
    judul = ["Jenjang", "Nama", "Pagu", "Realisasi"]
    anak = [["kegiatan", n, "1,3", "1,0"] for n in "abc"]
    assert ringkas(audit(judul, ["program", "P", "4,0", "3,0"], *anak))[0] == "konsisten"
    assert ringkas(audit(judul, ["program", "P", "4,3", "3,0"], *anak))[0] == "salah"


# workbook numbers


def test_a_percent_cell_of_a_workbook_is_told_not_accused() -> None:
    judul = ["Indikator", "Target", "Realisasi", "Capaian"]
    (hasil,) = audit(judul, ["a", Decimal(80), Decimal(75), Decimal("0.9375")])
    assert hasil.status == "konsisten"
    assert "0,9375" in hasil.catatan[0]
    (hasil,) = audit(judul, ["a", Decimal(80), Decimal(75), Decimal("0.9")])
    assert hasil.status == "salah"


def test_a_percent_cell_is_quoted_and_corrected_in_its_own_unit() -> None:
    judul = ["Program", "Pagu", "Realisasi", "%"]
    benar, salah = audit(judul, ["a", Decimal(115), Decimal("98.5"), Decimal("0.8565")],
                         ["b", Decimal(40), Decimal(28), Decimal("0.71")])  # fmt: skip
    assert "0,8565 di buku kerja berarti 85,65%" in benar.catatan[0]
    assert salah.seharusnya == "0,7000 (70,00%)"
    (capaian,) = audit(["Indikator", "Target", "Realisasi", "Capaian"], ["a", Decimal(80), Decimal(75), Decimal("0.9")])
    assert capaian.seharusnya == "0,9375 (93,75%)"


def test_only_cells_that_can_be_percent_are_taken_for_such() -> None:
    judul = ["Indikator", "Target", "Realisasi", "Capaian"]
    ganjil, sel = audit(judul, ["a", Decimal(80), Decimal(75), Decimal(9375)], ["b", "80", Decimal("0.75"), "93,75"])
    assert (ganjil.status, ganjil.seharusnya) == ("salah", "93,75")
    assert sel.status == "konsisten"
    assert "0,75 di buku kerja berarti 75%" in sel.catatan[0]


def test_a_figure_that_two_checks_contradict_is_told_once() -> None:
    judul = ["Uraian", "Anggaran", "Realisasi", "Sisa"]
    hasil = audit(judul, ["Belanja A", "1.000", "900", "100"], ["Belanja B", "2.000", "2.150", "-150"], ["Jumlah", "3.000", "3.050", "50"])
    assert (hasil[2].tertulis, hasil[2].seharusnya) == ("sisa 50", "sisa −50")


def test_percent_cells_of_averages_and_budgets_are_told_too() -> None:
    judul = ["Indikator", "Target", "Realisasi", "Capaian", "Pagu", "Realisasi Anggaran", "Serapan"]
    uang = [Decimal(200), Decimal(100), Decimal("0.5")]
    hasil = audit(judul, ["a", "10", "9", "90", *uang], ["Rata-rata", "", "", Decimal("0.9"), "", "", ""])
    assert ringkas(hasil) == ["konsisten"] * 2
    assert all("sel persen" in b.catatan[0] for b in hasil)


def test_a_row_outside_the_columns_is_shown_by_its_first_text() -> None:
    hasil = audit(["No", "Target", "Realisasi", "Capaian"], ["Sumber: Subbag Program", "", "", ""])
    assert [b.uraian for b in hasil] == ["Sumber: Subbag Program"]


def test_the_noise_of_a_workbook_is_no_fault() -> None:
    judul = ["Indikator", "Target", "Realisasi", "Capaian"]
    (hasil,) = audit(judul, ["a", Decimal("1.76"), Decimal("3.23"), Decimal("183.522727272728")])
    assert hasil.status == "konsisten"


# properties


_SEL = st.one_of(st.text(max_size=12), st.sampled_from(["-", "0", "1.234", "97,5", "(>5%)", "1:2", "5 a & 6 b", "#REF!"]),
                 st.decimals(-1000, 1000, places=2))  # fmt: skip
_ANGKA = st.decimals(min_value=1, max_value=10**9, places=2)


@settings(deadline=None)
@given(st.lists(st.tuples(_SEL, _SEL, _SEL, _SEL, _SEL, _SEL, _SEL), max_size=8))
def test_any_table_gets_one_verdict_a_row_and_never_an_exception(baris: list[tuple[Sel, ...]]) -> None:
    judul = ["Jenjang", "Indikator", "Target", "Realisasi", "Capaian", "Rp TW I", "Pagu"]
    hasil = tabel(judul, *baris)
    assert len(hasil.baris) in (len(baris), len(baris) - 1)  # a row of column numbers is no data
    for b in hasil.baris:
        assert b.alasan
        assert (b.seharusnya != "") == (b.status == "salah")


@settings(deadline=None)
@given(st.lists(st.tuples(_ANGKA, _ANGKA, st.sampled_from(["naik", "turun"]), st.integers(0, 4)), min_size=1, max_size=6))
def test_a_table_consistent_by_construction_is_konsisten(isi: list[tuple[Decimal, Decimal, str, int]]) -> None:
    baris = []
    for t, r, arah, tempat in isi:
        nilai = r / t * 100 if arah == "naik" else (2 * t - r) / t * 100
        baris.append(["i", arah, format_angka(t, 2), format_angka(r, 2), format_angka(nilai, tempat)])
    assert set(ringkas(audit(["Indikator", "Arah", "Target", "Realisasi", "Capaian"], *baris))) == {"konsisten"}


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 10**12), min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_tree_consistent_by_construction_is_konsisten(pohon: list[list[int]]) -> None:
    baris = [["urusan", "U", format_angka(Decimal(sum(map(sum, pohon))))]]
    for anak in pohon:
        baris.append(["program", "P", format_angka(Decimal(sum(anak)))])
        baris += [["kegiatan", "K", format_angka(Decimal(n))] for n in anak]
    hasil = audit(["Jenjang", "Nama", "Rp TW I"], *baris)
    assert all(b.status == ("tidak-dapat-diperiksa" if b.uraian == "K" else "konsisten") for b in hasil)


@settings(deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_columns_changes_nothing(urutan: list[int]) -> None:
    isi = [
        ["Indikator", "Arah", "Satuan", "Target", "Realisasi", "Capaian"],
        ["a", "naik", "%", "1,76%", "3,23%", "183,28%"],
        ["b", "turun", "kasus", "17", "17", "100"],
        ["c", "naik", "desa", "1.200", "950", "79,17"],
    ]
    diacak = [[b[i] for i in urutan] for b in isi]
    assert audit(*diacak) == audit(*isi)


def test_the_ambient_context_changes_nothing() -> None:
    isi = [["Indikator", "Target", "Realisasi", "Capaian"], ["a", "1.234.567,89", "987.654,32", "80,00"],
             ["b", "70", "100", "142"]]  # fmt: skip
    biasa = audit(*isi)
    with localcontext() as konteks:
        konteks.prec, konteks.rounding = 2, ROUND_DOWN
        assert audit(*isi) == biasa
    assert ringkas(biasa) == ["konsisten", "salah"]
