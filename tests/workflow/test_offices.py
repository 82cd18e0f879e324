"""Who lawfully holds an office on a day, and which rule owns a path."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import PohonFolder
from kinerja.domain.organisasi import DaftarJabatan, Dasar, Pemangku, Sebutan, pemangku_sah
from kinerja.workflow.offices import jabatan_orang, pemilik, tanpa_dasar

_R = Reports(PohonFolder(Path(__file__).parents[2]))
ORGANISASI, KEBIJAKAN = _R.organisasi(), _R.kebijakan()


def _p(orang: str, sebutan: str, mulai: int, selesai: int | None, surat: str | None) -> Pemangku:
    akhir = date(2024, 4, selesai) if selesai else None
    dasar = None if surat is None else Dasar(surat)
    return Pemangku("sekretaris", orang, Sebutan(sebutan), date(2024, 4, mulai), akhir, dasar)


def _sah(hari: int, *pemangku: Pemangku) -> str | None:
    p = pemangku_sah(DaftarJabatan("jabatan/v1", (), pemangku), "sekretaris", date(2024, 4, hari))
    return p.orang if p else None


DEFINITIF = _p("rina", "definitif", 1, None, None)
PLH = _p("tono", "plh", 5, 8, "SPT 1")


@pytest.mark.parametrize(
    ("hari", "pemangku", "harap"),
    [
        pytest.param(4, (DEFINITIF, PLH), "rina", id="sehari sebelum Plh"),
        pytest.param(5, (DEFINITIF, PLH), "tono", id="hari pertama Plh"),
        pytest.param(7, (DEFINITIF, PLH), "tono", id="hari terakhir Plh"),
        pytest.param(8, (DEFINITIF, PLH), "rina", id="hari selesai tidak termasuk"),
        pytest.param(6, (DEFINITIF, _p("tono", "plh", 5, 8, None)), "rina", id="Plh tanpa dasar"),
        pytest.param(6, (_p("tono", "plt", 5, 8, "  "),), None, id="Plt bernomor kosong"),
        pytest.param(6, (PLH, _p("wati", "plh", 6, 7, "SPT 2")), "wati", id="Plh terbaru"),
        pytest.param(6, (DEFINITIF, _p("joko", "definitif", 6, None, None)), "joko", id="pengganti"),
        pytest.param(6, (), None, id="kosong"),
    ],
)
def test_pemangku_sah(hari: int, pemangku: tuple[Pemangku, ...], harap: str | None) -> None:
    assert _sah(hari, *pemangku) == harap


def test_jabatan_orang_hanya_yang_sah() -> None:
    daftar = DaftarJabatan("jabatan/v1", (), (DEFINITIF, PLH))
    assert jabatan_orang(daftar, "rina", date(2024, 4, 6)) == ()
    assert jabatan_orang(daftar, "rina", date(2024, 4, 9)) == ("sekretaris",)


def test_tanpa_dasar_hanya_selama_masanya() -> None:
    daftar = DaftarJabatan("jabatan/v1", (), (_p("tono", "plh", 5, 8, None),))
    assert tanpa_dasar(daftar, "sekretaris", "tono", date(2024, 4, 7))
    assert not tanpa_dasar(daftar, "sekretaris", "tono", date(2024, 4, 8))


@pytest.mark.parametrize(
    ("jalur", "jenis"),
    [
        ("reports/2024/tw1/kertas-kerja/{bidang}.yaml", "kertas-kerja"),
        ("reports/2024/tahunan/laporan.yaml", "laporan"),
        ("reports/jabatan.yaml", "tata-kelola"),
        ("reports/2024/spj/01.yaml", "perencanaan"),
        ("tooling/kinerja/workflow/offices.py", "perangkat"),
        (".github/workflows/x.yml", "perangkat"),
        ("reports/2024/tw5/laporan.yaml", None),
        ("reports/1999/tw1/laporan.yaml", None),
        ("reports/2024/tw1/kertas-kerja/fiktif.yaml", None),
        ("reports/2024/tw1/kertas-kerja/a/{bidang}.yaml", None),
        ("reports/2024/tw1/laporan.yaml.bak", None),
        ("reports/2024/spj/a/01.yaml", None),
        ("x/reports/jabatan.yaml", None),
        ("Makefile.lain", None),
    ],
)
def test_pemilik(jalur: str, jenis: str | None) -> None:
    assert ORGANISASI is not None
    assert KEBIJAKAN is not None
    bidang = ORGANISASI.bidang[0]
    milik = pemilik(KEBIJAKAN, ORGANISASI, jalur.format(bidang=bidang.id))
    assert (milik.aturan.jenis if milik else None) == jenis
    if milik and jenis == "kertas-kerja":
        assert milik.jabatan("{pemeriksa}") == bidang.pemeriksa
        assert milik.jabatan("kabid:{bidang}") == f"kabid:{bidang.id}"
