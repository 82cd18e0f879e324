"""The real agency's documents: what was published stands in them, and nothing else."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from kinerja.adapters import package_data
from kinerja.adapters.yaml_strict import muat
from kinerja.contoh import tangsel
from kinerja.domain.errors import KinerjaError
from kinerja.validation.schema import PemeriksaSkema

REPOSITORI = tangsel.repositori()


def _isi(jalur: str) -> Any:
    data, temuan = muat(REPOSITORI[jalur], jalur)
    assert not temuan
    return data


@pytest.mark.parametrize("jalur", sorted(REPOSITORI))
def test_every_document_is_valid_for_its_schema(jalur: str) -> None:
    assert not PemeriksaSkema(package_data.skema()).periksa(_isi(jalur))


@pytest.mark.parametrize("jalur", sorted(REPOSITORI))
def test_no_document_says_data_contoh(jalur: str) -> None:
    assert b"DATA CONTOH" not in REPOSITORI[jalur]


def test_every_published_row_has_its_place() -> None:
    baris = tangsel.baris_terbit()
    assert [b.urut for b in baris] == list(range(1, 75))
    assert Counter(b.tingkat for b in baris) == {
        "urusan": 1, "perangkat-daerah": 1, "program": 6, "kegiatan": 14, "sub-kegiatan": 52,
    }  # fmt: skip
    rencana, anggaran = _isi("reports/2023/rencana.yaml"), _isi("reports/2023/anggaran.yaml")
    assert len(rencana["indikator"]) == sum(1 for b in baris if b.indikator) == 72
    assert len(anggaran["sub_kegiatan"]) == 52


def test_equal_names_under_two_kegiatan_stay_two_lines() -> None:
    sub = [b for b in tangsel.baris_terbit() if b.tingkat == "sub-kegiatan"]
    kembar = [n for n, jumlah in Counter(b.nama for b in sub).items() if jumlah > 1]
    assert "Pemberian Pelayanan Reunifikasi Keluarga" in kembar
    assert len({tangsel.kode(b) for b in sub}) == len(sub)


def test_what_was_not_published_stays_undecided() -> None:
    rencana, anggaran = _isi("reports/2023/rencana.yaml"), _isi("reports/2023/anggaran.yaml")
    assert {(i["arah"], i["akumulasi"]) for i in rencana["indikator"]} == {("belum-ditetapkan",) * 2}
    assert {p["pagu"] for v in anggaran["versi"] for p in v["pagu"].values()} == {None}
    assert all(s["kode"].startswith("tanpa-kode-") for s in anggaran["sub_kegiatan"])


def test_a_percentage_is_a_number_of_percent() -> None:
    baris = {b.urut: b for b in tangsel.baris_terbit()}
    assert baris[12].kinerja == (Decimal("18.35"), Decimal("31.89"))
    assert baris[12].persen


def test_a_quarter_without_a_figure_is_null_with_a_note() -> None:
    isian = tangsel.isian()["tw1"]["sekretariat"]["indikator"]["i-03"]
    assert isian["realisasi"] is None
    assert isian["penjelasan"]


def test_unreadable_money_is_refused_and_never_zero() -> None:
    assert tangsel._rupiah("-") == 0
    with pytest.raises(KinerjaError):
        tangsel._rupiah("12 ribu?")
