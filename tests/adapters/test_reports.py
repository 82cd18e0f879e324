from __future__ import annotations

from collections import Counter

import pytest

from kinerja.adapters import package_data
from kinerja.adapters.reports import Reports, periksa_bentuk
from kinerja.adapters.trees import PohonIsi
from kinerja.domain.errors import KinerjaError, TemuanError
from kinerja.domain.periode import Periode

TW1 = Periode(2024, "tw1")
DISPOSISI = b"""\
skema: disposisi/v1
periode: 2024-tw1
nomor: null
dari: sekretaris
kepada: kasubag-program
instruksi: Susun
ditetapkan: 2024-03-25T08:00:00+08:00
tenggat: []
"""


class PohonPencatat(PohonIsi):
    """Counts how often a file is read."""

    def __init__(self, isi: dict[str, bytes]) -> None:
        super().__init__(isi)
        self.dibaca: Counter[str] = Counter()

    def baca(self, jalur: str) -> bytes | None:
        self.dibaca[jalur] += 1
        return super().baca(jalur)


@pytest.fixture(scope="module")
def contoh() -> dict[str, bytes]:
    return package_data.contoh_boalemo()


def test_the_sample_agency_reads_whole(contoh: dict[str, bytes]) -> None:
    r = Reports(PohonIsi(contoh))
    assert r.organisasi().bidang
    assert r.jabatan().pemangku
    assert r.identitas().orang
    assert r.kebijakan().skala
    assert [langkah.nomor for langkah in r.sop().langkah] == list(range(1, 9))
    assert r.kalender().libur
    assert r.rencana(2024).indikator
    assert r.anggaran(2024).sub_kegiatan
    assert str(r.zona()) == r.organisasi().zona_waktu


def test_a_file_is_read_once(contoh: dict[str, bytes]) -> None:
    pohon = PohonPencatat(contoh)
    r = Reports(pohon)
    assert r.rencana(2024) is r.rencana(2024)
    assert r.laporan(TW1) is r.laporan(TW1) is None
    assert pohon.dibaca["reports/2024/rencana.yaml"] == 1
    assert pohon.dibaca["reports/2024/tw1/laporan.yaml"] == 1


def test_a_missing_optional_file_is_none_and_a_needed_one_stops() -> None:
    r = Reports(PohonIsi({}))
    assert r.riwayat() is None
    assert r.disposisi(TW1) is None
    assert r.kertas_kerja(TW1, "sekretariat") is None
    assert r.kirim(TW1) is None
    assert r.peristiwa(TW1) == ()
    with pytest.raises(KinerjaError, match=r"organisasi\.yaml tidak ada"):
        r.organisasi()


def test_a_faulty_file_raises_with_every_finding() -> None:
    rusak = DISPOSISI.replace(b"nomor: null", b"nomr: 1").replace(b"tenggat: []", b"tenggat: satu")
    r = Reports(PohonIsi({"reports/2024/tw1/disposisi.yaml": rusak}))
    with pytest.raises(TemuanError) as galat:
        r.disposisi(TW1)
    assert [t.baris for t in galat.value.temuan] == [1, 3, 8]


def test_a_day_that_does_not_exist_is_a_finding_at_its_place() -> None:
    rusak = DISPOSISI.replace(b"2024-03-25T", b"2024-02-30T")
    r = Reports(PohonIsi({"reports/2024/tw1/disposisi.yaml": rusak}))
    with pytest.raises(TemuanError) as galat:
        r.disposisi(TW1)
    (temuan,) = galat.value.temuan
    assert (temuan.baris, temuan.kolom) == (7, 13)
    assert temuan.nilai.startswith("2024-02-30T")


def test_a_file_of_another_kind_or_version_is_refused() -> None:
    _, temuan = periksa_bentuk(DISPOSISI, "x.yaml", "laporan")
    assert [t.aturan for t in temuan] == ["skema-tidak-dikenal"]
    _, temuan = periksa_bentuk(DISPOSISI.replace(b"/v1", b"/v9"), "x.yaml")
    assert [(t.aturan, t.baris, t.nilai) for t in temuan] == [
        ("skema-tidak-dikenal", 1, "disposisi/v9")
    ]


def test_periods_come_in_order_of_time_and_strange_folders_are_no_period() -> None:
    nama = ["2024/tahunan", "2024/tw2", "2024/tw1", "2023/tw4", "2024/tw9", "2024/spj"]
    r = Reports(PohonIsi({f"reports/{n}/disposisi.yaml": DISPOSISI for n in nama}))
    assert [p.id for p in r.periode()] == ["2023-tw4", "2024-tw1", "2024-tw2", "2024-tahunan"]


def test_a_faulty_file_is_read_once_and_raises_each_time() -> None:
    pohon = PohonPencatat({"reports/riwayat.yaml": b"skema: riwayat/v1\n"})
    r = Reports(pohon)
    for _ in range(3):
        with pytest.raises(TemuanError):
            r.riwayat()
    assert pohon.dibaca["reports/riwayat.yaml"] == 1
