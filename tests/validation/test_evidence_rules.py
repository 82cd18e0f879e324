"""Boundaries of the rules on bukti; their ordinary cases are in ``examples``."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kinerja.domain.findings import Finding

Temukan = Callable[..., list[Finding]]
NAMA = "/indikator/0/bukti/0/nama"


def aturan(temuan: list[Finding]) -> list[str]:
    return [t.aturan for t in temuan]


@pytest.mark.parametrize(
    ("nama", "usul"),
    [
        ("a.pdf", None),
        ("..\\a.pdf", "`a.pdf`"),
        ("/home/x/a.pdf", "`a.pdf`"),
        ("../", "nama berkasnya saja"),
    ],
)
def test_a_name_has_no_folder(temukan: Temukan, nama: str, usul: str | None) -> None:
    hasil = temukan({NAMA: nama})
    assert aturan(hasil) == ([] if usul is None else ["bukti-bernama"])
    if usul is not None:
        assert usul in hasil[0].tindakan


@pytest.mark.parametrize(
    ("tanggal", "aneh"),
    [
        ("2023-12-31", True), ("2024-01-01", False), ("2024-07-01", False), ("2024-07-02", True), (None, False),
    ],
)  # fmt: skip
def test_evidence_belongs_to_its_time(temukan: Temukan, tanggal: str | None, aneh: bool) -> None:
    hasil = temukan({"/indikator/0/bukti/0/tanggal": tanggal})
    assert (aturan(hasil) == ["bukti-sezaman"]) == aneh


def test_one_file_may_prove_two_indikator(temukan: Temukan) -> None:
    satu = {"nama": "rekap.xlsx", "sha256": "a" * 64, "ukuran": 1, "tanggal": None}
    sama = {"/indikator/0/bukti": [satu], "/indikator/1/bukti": [satu]}
    assert temukan(sama) == []
    assert aturan(temukan({**sama, "/indikator/1/bukti/0/nama": "lain.xlsx"})) == ["bukti-tidak-ganda"]


def test_an_empty_file_is_told_once(temukan: Temukan) -> None:
    kosong = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    ubah = {f"/indikator/{n}/bukti/0/{i}": v for n in (0, 1) for i, v in (("sha256", kosong), ("ukuran", 0))}
    assert aturan(temukan(ubah)) == ["bukti-berisi", "bukti-berisi"]


def test_nothing_achieved_needs_no_evidence(temukan: Temukan) -> None:
    nol = {"/indikator/1/realisasi": 0, "/indikator/1/bukti": []}
    assert temukan(nol) == []
    assert aturan(temukan({"/indikator/1/bukti": []})) == ["bukti-ada"]
    assert temukan({"/indikator/1/bukti": []}, diajukan=False) == []
