"""Which columns of a table are judged together: years, quarters, groups, and what is left unread."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kinerja.calculation.audit.columns import susun_kolom
from kinerja.calculation.audit.headings import Isi
from kinerja.calculation.audit.periods import Masa, masa, sebutan
from kinerja.calculation.audit.table import HasilTabel, audit_lembar
from kinerja.calculation.audit.verdict import HasilBaris
from kinerja.domain.tabel import BarisTabel, Lembar, Sel

KONSISTEN, SALAH, TIDAK = "konsisten", "salah", "tidak-dapat-diperiksa"
T3 = ["Target", "Realisasi", "Capaian"]


def tabel(*baris: Sequence[Sel]) -> HasilTabel:
    (hasil,) = audit_lembar(Lembar("", tuple(BarisTabel(i, tuple(b)) for i, b in enumerate(baris, 1))))
    return hasil


def ringkas(hasil: HasilTabel) -> list[str]:
    return [b.status.value for b in hasil.baris]


def butir(b: HasilBaris) -> dict[str, str]:
    return {x.pokok: x.status.value for x in b.butir}


# periods


@pytest.mark.parametrize(
    ("judul", "nama"),
    [
        ("Target", ""), ("Realisasi 2022", "2022"), ("Tahun 2022|Realisasi", "2022"), ("Realisasi Tahun Lalu", "tahun lalu"),
        ("Realisasi n-1", "tahun lalu"), ("Tahun Ini|Target", ""), ("Target|TW II", "TW II"), ("Triwulan|III|K", "TW III"),
        ("Realisasi s.d. TW II 2023", "s.d. TW II 2023"), ("Target Akhir Renstra", "renstra akhir"),
        ("Renstra 2021-2026|Target", "renstra 2021–2026"), ("Capaian Semester I", "semester i"),
    ],
)  # fmt: skip
def test_a_heading_names_its_period(judul: str, nama: str) -> None:
    assert sebutan(masa(tuple(judul.split("|")))) == nama


def test_this_year_stands_before_last_and_the_plain_one_before_versions() -> None:
    nama = ["Realisasi Tahun Lalu", "Target Murni", "Target Perubahan", "Target 2022", "Target 2023"]
    urut = sorted((masa((n,)) for n in nama), key=lambda m: m.urutan)
    assert [sebutan(m) for m in urut] == ["2023", "2022", "perubahan", "murni", "tahun lalu"]
    assert masa(("TW I 2023",)).setahun == Masa(tahun=2023)


# years


def test_every_year_of_a_table_is_judged() -> None:
    hasil = tabel(
        ["No", "Indikator Kinerja", "2022", "", "", "2023", "", ""],
        ["", "", *T3, *T3],
        ["1", "PPKS", "70", "70", "100", "80", "75", "99,99"],
        ["2", "PSKS", "100", "90", "91", "120", "90", "75"],
        ["3", "Bansos", "100", "90", "90", "120", "90", "75"],
    )
    assert (hasil.baris_judul, hasil.tidak_dibaca) == (1, ())
    assert [b.uraian for b in hasil.baris] == ["PPKS", "PSKS", "Bansos"]
    assert butir(hasil.baris[0]) == {"capaian 2023": SALAH, "capaian 2022": KONSISTEN}
    assert butir(hasil.baris[1]) == {"capaian 2023": KONSISTEN, "capaian 2022": SALAH}
    assert [b.seharusnya for b in hasil.baris] == ["capaian 2023 93,75", "capaian 2022 90,00", ""]


def test_years_may_stand_below_target_and_realisasi() -> None:
    hasil = tabel(
        ["Indikator", "Target", "", "Realisasi", "", "Capaian", ""],
        ["", "2022", "2023", "2022", "2023", "2022", "2023"],
        ["a", "80", "80", "75", "60", "93,75", "75"],
        ["b", "80", "80", "75", "60", "75", "75"],
    )
    assert butir(hasil.baris[0]) == {"capaian 2023": KONSISTEN, "capaian 2022": KONSISTEN}
    assert hasil.baris[1].seharusnya == "capaian 2022 93,75"


def test_last_year_beside_this_year_is_never_paired_with_it() -> None:
    hasil = tabel(
        ["Indikator Kinerja", "Satuan", "Tahun 2022", "Tahun 2023", "", ""],
        ["", "", "Realisasi", "Target", "Realisasi", "Capaian (%)"],
        ["PPKS", "%", "70", "80", "75", "93,75"],
        ["Desa mandiri", "Desa", "5", "7", "10", "142,85"],
    )
    assert hasil.tidak_dibaca == ("Tahun 2022 Realisasi",)
    assert ringkas(hasil) == [KONSISTEN, SALAH]
    assert "dipotong, bukan dibulatkan" in hasil.baris[1].alasan


def test_tahun_lalu_does_not_stand_for_tahun_ini() -> None:
    hasil = tabel(
        ["No", "Indikator Kinerja", "Tahun Lalu", "", "Tahun Ini", "", ""],
        ["", "", "Realisasi", "Capaian", "Target", "Realisasi", "% Capaian"],
        ["1", "PPKS", "70", "100", "80", "75", "93,75"],
    )
    assert ringkas(hasil) == [KONSISTEN]
    assert hasil.tidak_dibaca == ("Tahun Lalu Realisasi", "Tahun Lalu Capaian")


def test_a_capaian_of_a_year_without_a_pair_is_not_taken_for_the_plain_one() -> None:
    hasil = tabel(["Indikator", *T3, "Capaian 2022"], ["a", "80", "75", "93,75", "90"])
    assert (ringkas(hasil), hasil.tidak_dibaca) == ([KONSISTEN], ("Capaian 2022",))


def test_a_doubtful_column_confirms_but_never_accuses() -> None:
    hasil = tabel(
        ["Indikator", "Target", "Realisasi", "Capaian 2022"],
        ["a", "80", "75", "93,75"],
        ["b", "80", "75", "90"],
    )
    assert ringkas(hasil) == [KONSISTEN, TIDAK]
    assert "`Capaian 2022` mungkin bukan milik kolom `Target` dan `Realisasi`" in hasil.baris[1].alasan
    uang = tabel(["Program", "Pagu Murni", "Pagu Perubahan", "Realisasi", "%"], ["P", "100", "200", "50", "25"],
                 ["Q", "100", "200", "50", "50"])  # fmt: skip
    assert ringkas(uang) == [KONSISTEN, TIDAK]


def test_a_target_and_a_realisasi_of_different_years_give_no_capaian() -> None:
    hasil = tabel(["Indikator", "Target 2024", "Realisasi 2023", "Capaian"], ["a", "80", "75", "93,75"])
    assert ringkas(hasil) == [TIDAK]
    assert "tidak menyebut tahun yang sama" in hasil.baris[0].alasan


def test_money_of_two_years_is_judged_and_summed_year_by_year() -> None:
    hasil = tabel(
        ["Program", "2022", "", "", "2023", "", ""],
        ["", "Pagu", "Realisasi", "%", "Pagu", "Realisasi", "%"],
        ["P", "100", "50", "50", "200", "50", "25"],
        ["Q", "100", "50", "50", "200", "50", "24"],
        ["Jumlah", "200", "100", "50", "410", "100", "24,39"],
    )
    assert [b.seharusnya for b in hasil.baris] == ["", "persen 2023 25,00", "pagu 2023 400"]


def test_groups_of_any_name_and_repeated_headings_are_blocks() -> None:
    bidang = tabel(["Indikator", "Bidang A", "", "", "Bidang B", "", ""], ["", *T3, *T3],
                   ["x", "10", "5", "50", "10", "6", "61"])  # fmt: skip
    assert butir(bidang.baris[0]) == {"capaian Bidang A": KONSISTEN, "capaian Bidang B": SALAH}
    ulang = tabel(["Indikator", *T3, *T3], ["x", "10", "5", "50", "10", "6", "61"])
    assert butir(ulang.baris[0]) == {"capaian ke-1": KONSISTEN, "capaian ke-2": SALAH}


def test_more_blocks_than_are_judged_are_named_with_their_column() -> None:
    judul = [f"{t} {tahun}" for tahun in range(2000, 2015) for t in T3]
    hasil = tabel(["Indikator", *judul], ["x", *["10", "5", "50"] * 15])
    assert len(hasil.baris[0].butir) == 12
    assert hasil.tidak_dibaca == tuple(judul[:9])
    assert tabel(["No", *T3, "Capaian"], ["1", "10", "5", "50", "40"]).tidak_dibaca == ("Capaian (kolom E)",)


# quarters


RENAKSI = (
    ["Indikator", "Target Tahunan", "Target", "", "", "", "Realisasi", "", "", "", "Capaian (%)"],
    ["", "", "TW I", "TW II", "TW III", "TW IV", "TW I", "TW II", "TW III", "TW IV", ""],
)


def test_a_renaksi_is_judged_by_whatever_adds_its_quarters_up() -> None:
    hasil = tabel(
        *RENAKSI,
        ["Jumlah keluarga", "400", "100", "100", "100", "100", "60", "140", "120", "130", "112,5"],
        ["Persentase anak", "95", "80", "85", "90", "95", "75", "84,5", "88", "93", "97,89"],
        ["Rata-rata nilai", "80", "80", "80", "80", "80", "70", "80", "90", "84", "101,25"],
        ["Salah", "400", "100", "100", "100", "100", "60", "140", "120", "130", "102,5"],
        ["Berjalan", "400", "100", "100", "100", "100", "60", "140", "", "", "50"],
        ["Kosong", "400", "100", "100", "100", "100", "", "", "", "", ""],
    )
    assert ringkas(hasil) == [KONSISTEN] * 3 + [TIDAK, KONSISTEN, TIDAK]
    cara = ["jumlah TW I, II, III, IV terhadap", "nilai akhir (TW IV)", "rata-rata TW I, II, III, IV"]
    assert all(c in b.catatan[0] for c, b in zip(cara, hasil.baris, strict=False))
    assert "jumlah TW I, II terhadap target tahunan" in hasil.baris[4].catatan[0]
    assert (
        "tidak satu pun cocok: jumlah TW I, II, III, IV terhadap target tahunan 112,50"
        in hasil.baris[3].alasan
    )


def test_a_capaian_that_names_its_quarter_is_judged_against_it() -> None:
    hasil = tabel(
        ["Indikator", "Triwulan I", "", "", "Triwulan II", "", ""],
        ["", "Target", "Realisasi", "%", "Target", "Realisasi", "%"],
        ["a", "10", "5", "50", "20", "5", "25"],
        ["b", "10", "5", "51", "20", "5", "25"],
        ["c", "10", "5", "50", "20", "5", "33,33"],
        ["d", "10", "5", "50", "20", "", ""],
    )
    assert ringkas(hasil) == [KONSISTEN, SALAH, KONSISTEN, KONSISTEN]
    assert hasil.baris[1].seharusnya == "capaian TW I 50,00"
    assert "jumlah TW I, II terhadap target triwulannya" in hasil.baris[2].catatan[0]
    assert butir(hasil.baris[3]) == {"capaian TW I": KONSISTEN}


def test_the_only_pair_is_judged_whatever_quarter_it_names() -> None:
    hasil = tabel(
        ["Indikator", "Target TW II", "Realisasi TW II", "Capaian"],
        ["a", "10", "5", "50"],
        ["b", "10", "5", "40"],
    )
    assert ringkas(hasil) == [KONSISTEN, SALAH]
    kumulatif = tabel(
        ["Indikator", "Target Tahunan", "Realisasi s.d. TW II", "Capaian"],
        ["a", "10", "5", "50"],
        ["b", "10", "5", "40"],
    )
    assert ringkas(kumulatif) == [KONSISTEN, TIDAK]


def test_quarters_of_money_without_output_are_summed_without_a_word_on_output() -> None:
    hasil = tabel(
        ["Program", "Pagu", "Realisasi", "", "", ""],
        ["", "", "TW I", "TW II", "TW III", "TW IV"],
        ["P", "100", "10", "20", "30", "30"],
        ["JUMLAH", "100", "10", "20", "30", "31"],
    )
    assert hasil.baris[1].seharusnya == "Rp TW IV 30"
    assert hasil.baris[0].catatan == ()


# headings


def test_years_are_no_figures_and_a_title_is_no_group() -> None:
    hasil = tabel(["LAPORAN TAHUN 2023"], ["Indikator", *T3], ["a", "10", "5", "50"])
    assert (hasil.baris_judul, ringkas(hasil)) == (2, [KONSISTEN])
    susunan = susun_kolom(
        [("No",), ("Indikator",), ("2023", "Target"), ("2023", "Realisasi"), ("Selisih Target",)]
    )
    assert (susunan.nomor, [c.judul for c in susunan.sisa]) == (0, ["Selisih Target"])
    assert [b.nama for b in susunan.kinerja] == ["2023"]
    assert {c.isi for c in susunan.tetap} == {Isi.INDIKATOR}


# totals


@pytest.mark.parametrize(
    ("baris", "total", "status", "sebut"),
    [
        ([("I", "Rehabilitasi", "115"), ("1", "Permakanan", "75"), ("2", "Alat", "40")], "115", KONSISTEN, "bernomor paling atas"),
        ([("", "PROGRAM A", "115"), ("", "Permakanan", "75"), ("", "Alat", "40")], "115", KONSISTEN, "1 baris program"),
        ([("", "PROGRAM A", "110"), ("", "Permakanan", "75"), ("", "Alat", "40")], "115", KONSISTEN, "selain program"),
        ([("", "Rehab", "115"), ("", "Permakanan", "75"), ("", "Alat", "40")], "115", KONSISTEN, "baris induk"),
        ([("I", "Rehabilitasi", "115"), ("1", "Permakanan", "75"), ("2", "Alat", "40")], "120", TIDAK, "semua baris 230"),
        ([("1", "Permakanan", "75"), ("2", "Alat", "40")], "120", SALAH, "bukan jumlah 2 baris"),
        ([("1", "Program A", "75"), ("2", "Program B", "40")], "120", SALAH, "bukan jumlah 2 baris"),
        ([("1", "Permakanan", "75"), ("2", "Alat", "40")], "115", KONSISTEN, "jumlah 2 baris di atasnya"),
    ],
)  # fmt: skip
def test_a_total_of_rows_whose_level_is_not_told(
    baris: list[tuple[str, str, str]], total: str, status: str, sebut: str
) -> None:
    (*_, hasil) = tabel(
        ["No", "Uraian", "Pagu", "Realisasi"], *[[*b, "1"] for b in baris], ["", "JUMLAH", total, ""]
    ).baris
    assert hasil.status == status
    assert sebut in "; ".join((hasil.alasan, *hasil.catatan))
