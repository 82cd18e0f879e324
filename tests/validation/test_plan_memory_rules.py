"""Rules with memory: what a base revision promised, and when a year is running."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kinerja.adapters.trees import Pohon, PohonIsi, PohonTumpuk
from kinerja.checking.run import periksa_pohon

from .ubahan import VALID, ubah

RENCANA, ANGGARAN = "reports/2024/rencana.yaml", "reports/2024/anggaran.yaml"
BELUM_BERJALAN = PohonIsi({j: b for j in (RENCANA, ANGGARAN) if (b := VALID.baca(j))})
"""The same promises, but no period was opened yet."""


def temuan(jalur: str, perubahan: dict[str, object], dasar: Pohon | None = VALID) -> list[tuple[str, str]]:
    pohon = PohonTumpuk({jalur: ubah(jalur, perubahan)}, VALID)
    return [(t.aturan, t.penunjuk) for t in periksa_pohon(pohon, [jalur], dasar=dasar)]


TARGET = "/versi/0/target/lay-01"


def test_without_a_base_there_is_no_memory() -> None:
    assert temuan(RENCANA, {f"{TARGET}/tw2": 70}, None) == []
    assert temuan(RENCANA, {f"{TARGET}/tw2": 70}, PohonIsi({})) == []


def test_a_target_moves_only_by_a_new_version() -> None:
    assert temuan(RENCANA, {f"{TARGET}/tw2": 70}) == [("target-tetap", f"{TARGET}/tw2")]
    assert temuan(RENCANA, {f"{TARGET}/tw2": 85}) == []
    baru = {
        "id": "perubahan-2", "nama": "PKP 2", "dasar": {"nomor": "PKP2/2024"}, "berlaku": "2024-11-01",
        "target": {"lay-01": {"tw4": 90, "tahunan": 90}},
    }  # fmt: skip
    assert temuan(RENCANA, {"/versi/2": baru}) == []


def test_a_target_added_to_an_old_version_is_a_moved_one() -> None:
    tambahan = {"/versi/1/target/lay-04": {"tw4": "Tidak", "tahunan": "Tidak"}}
    hasil = temuan(RENCANA, tambahan)
    assert ("target-tetap", "/versi/1/target/lay-04/tahunan") in hasil


def test_a_new_indikator_brings_its_own_targets() -> None:
    baru = {
        "id": "lay-05", "nama": "Baru", "bidang": "layanan", "tingkat": "program", "satuan": "orang", "arah": "naik",
        "akumulasi": "jumlah", "definisi_operasional": "x", "formulasi": "x", "sumber_data": "x",
        "penanggung_jawab": "kabid:layanan", "sumber": "Renstra",
    }  # fmt: skip
    assert temuan(RENCANA, {"/indikator/5": baru, "/versi/0/target/lay-05": {"tahunan": 5}}) == []


@pytest.mark.parametrize("dasar", [VALID, BELUM_BERJALAN], ids=["berjalan", "belum"])
def test_how_things_are_measured_is_free_until_the_year_runs(dasar: Pohon) -> None:
    berjalan = dasar is VALID
    hasil = temuan(RENCANA, {"/indikator/1/satuan": "orang"}, dasar)
    assert hasil == ([("cara-hitung-tetap", "/indikator/1/satuan")] if berjalan else [])
    hilang = temuan(RENCANA, {"/sasaran/0/id": "s9", "/indikator/0/sasaran": "s9"}, dasar)
    assert hilang == ([("rencana-tidak-hilang", "/sasaran")] if berjalan else [])


def test_what_was_not_decided_yet_may_be_decided_while_the_year_runs() -> None:
    belum = PohonTumpuk({RENCANA: ubah(RENCANA, {"/indikator/4/rumus": None})}, VALID)
    assert temuan(RENCANA, {}, belum) == []
    belum = PohonTumpuk({RENCANA: ubah(RENCANA, {"/indikator/1/arah": "belum-ditetapkan"})}, VALID)
    assert temuan(RENCANA, {}, belum) == []


@pytest.mark.parametrize(
    ("isian", "baru", "tetap"),
    [
        ("/indikator/0/target_nol", "tercapai-bila-nol", False),
        ("/indikator/0/target_nol", "tidak-dapat-dihitung", True),  # as the policy says anyway
        ("/indikator/0/batas_atas", 100, False),
        ("/indikator/2/predikat/0/skor", 4, False),
        ("/indikator/2/predikat/0/skor", "3.0", True),
        ("/indikator/2/predikat/3", {"kode": "CC", "skor": 0}, True),  # one more grade
    ],
)
def test_what_changes_capaian_stays_while_the_year_runs(isian: str, baru: object, tetap: bool) -> None:
    bagian = "/".join(isian.split("/")[:4])
    hasil = [x for x in temuan(RENCANA, {isian: Decimal(baru) if baru == "3.0" else baru}) if x[0] == "cara-hitung-tetap"]
    assert hasil == ([] if tetap else [("cara-hitung-tetap", bagian)])


@pytest.mark.parametrize("berlaku", ["2024-09-30", "2024-10-02"])
def test_the_date_of_a_version_stays(berlaku: str) -> None:
    assert temuan(RENCANA, {"/versi/1/berlaku": berlaku}) == [("versi-tetap", "/versi/1/berlaku")]
    assert temuan(ANGGARAN, {"/versi/0/berlaku": "2024-01-02"}) == [("versi-tetap", "/versi/0/berlaku")]


def test_a_pagu_and_its_output_move_only_by_a_new_version() -> None:
    pagu = "/versi/0/pagu/1.06.04.2.01.0003"
    assert temuan(ANGGARAN, {f"{pagu}/target": 25}) == [("pagu-tetap", f"{pagu}/target")]
    assert ("pagu-tetap", f"{pagu}/pagu") in temuan(ANGGARAN, {f"{pagu}/pagu": 41000000})
    induk = {k: {"pagu": 125000000} for k in ("1.06.04", "1.06.04.2.01")}
    dppa = {
        "id": "dppa", "nama": "DPPA", "dasar": {"nomor": "2"}, "berlaku": "2024-10-01",
        "pagu": {"1.06.04.2.01.0003": {"pagu": 50000000}, **induk},
    }  # fmt: skip
    assert temuan(ANGGARAN, {"/versi/1": dppa}) == []


def test_a_range_that_says_nothing_is_counted_terbalik() -> None:
    rentang = {"/indikator/0/arah": "rentang"}
    dasar = PohonTumpuk({RENCANA: ubah(RENCANA, rentang)}, VALID)
    sejajar = temuan(RENCANA, {**rentang, "/indikator/0/rumus_rentang": "sejajar"}, dasar)
    assert ("cara-hitung-tetap", "/indikator/0/rumus_rentang") in sejajar
    terbalik = temuan(RENCANA, {**rentang, "/indikator/0/rumus_rentang": "terbalik"}, dasar)
    assert "cara-hitung-tetap" not in {a for a, _ in terbalik}


def semua(perubahan: dict[str, dict[str, object]], dasar: Pohon | None = VALID) -> list[tuple[str, str]]:
    """What the whole repository says: rule and file without its folder."""
    pohon = PohonTumpuk({j: ubah(j, p) for j, p in perubahan.items()}, VALID)
    return sorted({(t.aturan, t.berkas.removeprefix("reports/2024/")) for t in periksa_pohon(pohon, dasar=dasar)})


def test_a_moved_target_is_told_in_the_plan_and_not_in_the_sheets_that_have_it_right() -> None:
    assert semua({RENCANA: {f"{TARGET}/tw1": 70, f"{TARGET}/tw2": 70}}) == [
        ("laporan-sama-hitungan", "tw1/laporan.yaml"), ("masukan-sesuai", "tw1/laporan.yaml"),
        ("target-tetap", "rencana.yaml"),
    ]  # fmt: skip


def test_a_sheet_that_follows_the_moved_target_is_told_as_well() -> None:
    lembar = "reports/2024/tw2/kertas-kerja/layanan.yaml"
    hasil = semua({RENCANA: {f"{TARGET}/tw2": 70}, lembar: {"/indikator/0/target": 71}})
    assert ("target-sesuai-rencana", "tw2/kertas-kerja/layanan.yaml") in hasil


def test_without_a_base_the_laporan_and_the_sheet_before_know_what_was_signed() -> None:
    pohon = PohonTumpuk({RENCANA: ubah(RENCANA, {f"{TARGET}/tw1": 70, f"{TARGET}/tw2": 70})}, VALID)
    hasil = [t for t in periksa_pohon(pohon) if t.penunjuk == "/indikator/0/target"]
    assert [(t.aturan, t.berkas[13:16], "kembalikan menjadi" in t.tindakan) for t in hasil] == [
        ("target-sesuai-rencana", "tw1", False), ("target-tidak-bergeser", "tw2", False),
        ("target-tidak-bergeser", "tw3", False),
    ]  # fmt: skip


def test_a_moved_pagu_is_told_in_the_dpa_and_not_in_spj_and_sheets_that_have_it_right() -> None:
    hasil = semua({ANGGARAN: {"/versi/0/pagu/1.06.04.2.01.0001/pagu": 70_000_000}})
    assert hasil == [("masukan-sesuai", "tw1/laporan.yaml"), ("pagu-tetap", "anggaran.yaml")]
    tanpa = semua({ANGGARAN: {"/versi/0/pagu/1.06.04.2.01.0001/pagu": 70_000_000}}, None)
    assert {"pagu-sesuai-dpa", "spj-pagu-dpa", "pagu-berinduk"} <= {a for a, _ in tanpa}


def test_a_target_that_moved_is_told_to_go_back_and_not_how_to_write_it_better() -> None:
    ribuan = {f"/versi/0/target/lay-02/{b}": Decimal("1.000") for b in ("tw1", "tw2", "tw3", "tw4")}
    ribuan["/versi/0/target/lay-02/tahunan"] = Decimal("4.000")
    assert {a for a, _ in temuan(RENCANA, dict(ribuan))} == {"target-tetap"}
    assert {a for a, _ in temuan(RENCANA, dict(ribuan), None)} == {"angka-rencana-jelas"}
    assert temuan(RENCANA, {f"{TARGET}/tw2": "85%"}) == [("target-sejenis", f"{TARGET}/tw2")]
    keluaran = "/versi/0/pagu/1.06.04.2.01.0001/target"
    assert temuan(ANGGARAN, {keluaran: Decimal("1.000")}) == [("pagu-tetap", keluaran)]


def test_nobody_explains_a_capaian_of_a_target_that_moved_in_the_same_change() -> None:
    ribuan = {f"/versi/0/target/lay-02/{b}": 10 for b in ("tw1", "tw2", "tw3", "tw4")}
    ribuan["/versi/0/target/lay-02/tahunan"] = 40
    assert {a for a, j in semua({RENCANA: dict(ribuan)}) if "kertas-kerja" in j} == set()
