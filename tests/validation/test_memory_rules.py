"""Boundaries of the rules with memory; their ordinary cases are in ``examples``."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from kinerja.domain.findings import Finding

Temukan = Callable[..., list[Finding]]
TW1 = "reports/2024/tw1/kertas-kerja/layanan.yaml"
RENCANA = "reports/2024/rencana.yaml"
SALINAN = "Penyaluran tahap kedua mundur karena data DTKS diperbarui."


def aturan(temuan: list[Finding]) -> list[str]:
    return [t.aturan for t in temuan]


def test_a_signed_file_that_did_not_change_is_silent(temukan: Temukan) -> None:
    for bagian in ("tw1", "tw2", "tw3", "tw4", "tahunan"):
        assert temukan({}, bagian, dasar=True) == []


@pytest.mark.parametrize(
    ("ubah", "harap"),
    [
        ({"/indikator/1/realisasi": 61}, ["ralat-beralasan"]),
        ({"/indikator/1/realisasi": 61, "/indikator/1/penjelasan": "Ralat: satu keluarga tertinggal."}, []),
        ({"/indikator/0/penyebut": None, "/indikator/0/pembilang": None}, ["nilai-tidak-hilang"] * 2),
        ({"/anggaran/0/fisik": None, "/anggaran/0/penjelasan": "Diukur ulang"}, []),
        ({"/indikator/2/bukti": []}, ["nilai-tidak-hilang"]),
    ],
)
def test_what_was_signed_changes_only_with_a_new_reason(
    temukan: Temukan, ubah: dict[str, object], harap: list[str]
) -> None:
    assert aturan(temukan(ubah, diajukan=False, dasar=True)) == harap
    assert not {"ralat-beralasan", "nilai-tidak-hilang"} & set(aturan(temukan(ubah, diajukan=False)))


def test_the_same_number_written_otherwise_is_no_change(temukan: Temukan) -> None:
    assert temukan({"/indikator/0/realisasi": 75}, dasar=True) == []


def test_a_catatan_that_names_it_lets_an_indikator_go(temukan: Temukan) -> None:
    lama = {TW1: {"/indikator/3/id": "lay-09"}}
    (t,) = temukan({}, "tw2", lain=lama)
    assert (t.aturan, t.nilai) == ("indikator-tidak-hilang", "lay-09")
    assert temukan({"/catatan": "lay-09 dihapus oleh Perubahan Renstra."}, "tw2", lain=lama) == []


@pytest.mark.parametrize(("versi", "bergeser"), [("murni", True), ("lama", False)])
def test_a_target_moves_with_its_version_only(temukan: Temukan, versi: str, bergeser: bool) -> None:
    lain = {RENCANA: {"/versi/0/target/lay-02/tw1": 90}, TW1: {"/versi_rencana": versi}}
    hasil = temukan({}, "tw2", lain=lain)
    assert ("target-tidak-bergeser" in aturan(hasil)) == bergeser


@pytest.mark.parametrize(
    ("teks", "disalin"),
    [(SALINAN, True), (f" {SALINAN.upper()}\n", True), (SALINAN + " Masih.", False), ("Data terlambat.", False)],
)
def test_a_narrative_is_not_copied(temukan: Temukan, teks: str, disalin: bool) -> None:
    hasil = temukan({"/indikator/1/penjelasan": teks}, "tw2", diajukan=False)
    assert ("narasi-tidak-disalin" in aturan(hasil)) == disalin


def test_why_there_is_no_figure_may_stay_true(temukan: Temukan) -> None:
    kosong: dict[str, object] = {"/indikator/1/realisasi": None, "/indikator/1/penjelasan": SALINAN}
    hasil = temukan({**kosong, "/indikator/1/realisasi_lalu": None}, "tw2", lain={TW1: kosong})
    assert "narasi-tidak-disalin" not in aturan(hasil)


ALASAN = {"/indikator/1/penjelasan": "Ralat: enam keluarga tertinggal"}


@pytest.mark.parametrize(
    ("tw1", "lalu", "dasar", "harap"),
    [
        ({}, 60, True, None),
        ({}, 61, True, "`60`"),
        (ALASAN, 60, True, "`66`"),
        (ALASAN, 66, True, None),
        ({}, 60, False, None),
        ({}, 66, False, None),
        ({}, 61, False, "`60`"),
    ],
)
def test_a_signed_figure_counts_until_its_ralat_has_a_reason(
    temukan: Temukan, tw1: dict[str, object], lalu: int, dasar: bool, harap: str | None
) -> None:
    """60 was signed and is frozen in the laporan; the file says 66 now."""
    lain = {TW1: {"/indikator/1/realisasi": 66, **tw1}}
    hasil = temukan({"/indikator/1/realisasi_lalu": lalu}, "tw2", lain=lain, dasar=dasar)
    assert [harap is not None and harap in t.tindakan for t in hasil] == ([True] if harap else [])


@pytest.mark.parametrize(
    ("penunjuk", "nilai"),
    [
        ("/indikator/1/realisasi", -60), ("/indikator/1/realisasi", "n/a"), ("/indikator/1/realisasi", "60,5"),
        ("/indikator/1/realisasi", Decimal("1.234")), ("/indikator/1/realisasi", Decimal("60.5")),
        ("/indikator/0/realisasi", Decimal("0.75")), ("/indikator/2/realisasi", "ZZ"),
        ("/anggaran/0/realisasi", Decimal("350.000")), ("/anggaran/0/realisasi", -1),
    ],
)  # fmt: skip
def test_nobody_is_told_to_copy_a_faulty_figure(temukan: Temukan, penunjuk: str, nilai: object) -> None:
    hasil = temukan({}, "tw2", lain={TW1: {penunjuk: nilai}})
    assert "realisasi-lalu-sesuai" not in {t.aturan for t in hasil}


def test_a_year_is_not_added_up_from_a_faulty_quarter(temukan: Temukan) -> None:
    assert temukan({}, "tahunan", lain={TW1: {"/indikator/1/realisasi": -60}}) == []


@pytest.mark.parametrize(
    ("nilai", "harap"),
    [
        ({"/indikator/1/realisasi": -60}, "realisasi-tidak-negatif"),
        ({"/indikator/1/realisasi": Decimal("1.234")}, "angka-jelas"),
        ({"/indikator/1/realisasi": Decimal("60.5")}, "bilangan-utuh"),
        ({"/indikator/1/realisasi": 61}, "ralat-beralasan"),
        ({"/indikator/0/pembilang": Decimal("1.500")}, "angka-jelas"),
        ({"/anggaran/0/realisasi": Decimal("18.750")}, "angka-jelas"),
    ],
)
def test_a_signed_figure_that_became_impossible_is_told_by_one_rule(
    temukan: Temukan, nilai: dict[str, object], harap: str
) -> None:
    assert aturan(temukan(nilai, dasar=True)) == [harap]


def test_money_typed_with_a_point_is_not_said_to_have_fallen(temukan: Temukan) -> None:
    assert aturan(temukan({"/anggaran/0/realisasi": Decimal("37.500")}, "tw2")) == ["angka-jelas"]
