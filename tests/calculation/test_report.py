"""A report's totals: by bidang, sasaran, program; and an old report by the rules of its version."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import PohonFolder
from kinerja.calculation.report import VERSI_ATURAN, VERSI_DIKENAL, Angka, hitung_laporan
from kinerja.domain.kertas_kerja import KertasKerja
from kinerja.domain.periode import Periode

R = Reports(PohonFolder(Path(__file__).parents[1] / "examples" / "valid"))
TW1, SETAHUN = Periode(2024, "tw1"), Periode(2024, "tahunan")


def _lembar(periode: Periode = TW1) -> KertasKerja:
    asal = R.kertas_kerja(TW1, "layanan")
    assert asal is not None
    return replace(asal, periode=periode.id)


def _hitung(periode: Periode = TW1, versi: str = VERSI_ATURAN) -> Angka:
    lembar = {periode.bagian: [_lembar(periode)]}
    return hitung_laporan(R.organisasi(), R.rencana(2024), R.kebijakan(), periode, lembar, versi)


def test_every_indikator_with_a_sasaran_is_in_exactly_one_group() -> None:
    angka = _hitung()
    asal = {i.id: i.sasaran for i in R.rencana(2024).indikator}
    berkelompok = [b for b in angka.capaian if asal[b.id] is not None]
    assert sum(r.total for r in angka.rekap_sasaran) == len(berkelompok)
    assert {r.id for r in angka.rekap_sasaran} == {asal[b.id] for b in berkelompok}


def test_programmes_hold_all_the_money_of_the_agency() -> None:
    angka = _hitung()
    semua = angka.rekap[-1]
    assert angka.rekap_program
    assert sum(r.pagu or 0 for r in angka.rekap_program) == semua.pagu
    assert sum(r.realisasi or 0 for r in angka.rekap_program) == semua.realisasi
    assert semua.fisik is not None


def test_an_old_report_is_computed_by_its_own_rules() -> None:
    lama, kini = _hitung(versi="1"), _hitung()
    assert VERSI_DIKENAL[-1] == VERSI_ATURAN
    assert lama.capaian == kini.capaian
    assert (lama.rekap_sasaran, lama.rekap_program) == ((), ())
    assert [replace(r, fisik=None) for r in kini.rekap] == list(lama.rekap)


def test_efficiency_is_judged_only_at_the_end_of_the_year() -> None:
    assert all(r.efisiensi is None and not r.sebutan_efisiensi for r in _hitung().rekap)
    for r in _hitung(SETAHUN).rekap:
        assert r.sebutan_efisiensi
        assert r.efisiensi is None or (r.rata_rata is not None and r.serapan is not None)
        assert r.efisiensi is None or r.efisiensi == r.rata_rata - r.serapan  # type: ignore[operator]


def test_a_programme_without_an_indikator_has_money_and_no_mean() -> None:
    kk = _lembar()
    asing = replace(kk.anggaran[0], kode="2.13.02.2.01.0001", realisasi=Decimal(5))
    lembar = {"tw1": [replace(kk, anggaran=(*kk.anggaran, asing))]}
    angka = hitung_laporan(R.organisasi(), R.rencana(2024), R.kebijakan(), TW1, lembar)
    baru = next(r for r in angka.rekap_program if r.id == "2.13.02")
    assert (baru.total, baru.rata_rata, baru.realisasi) == (0, None, 5)
