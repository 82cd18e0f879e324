"""What was found before: never another answer than a fresh look, and never in the way."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from kinerja.adapters import findings_cache
from kinerja.adapters.findings_cache import Simpanan, sidik_mesin
from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import PohonFolder
from kinerja.checking import run
from kinerja.checking.dependencies import Ketergantungan
from kinerja.checking.judge import Pemeriksaan
from kinerja.checking.run import Pilihan, periksa_jalur
from kinerja.checking.work import potong
from kinerja.domain.pemeriksaan import HasilPeriksa

VALID = Path(__file__).parents[1] / "examples" / "valid"
TW1 = "reports/2024/tw1/kertas-kerja/layanan.yaml"
SEGAR = Pilihan(simpanan=False, proses=1)


@pytest.fixture
def dinas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "simpanan"))
    monkeypatch.setattr(run, "_LAYAK_DISIMPAN", 1)
    shutil.copytree(VALID, tmp_path / "dinas")
    return tmp_path / "dinas"


def ubah(folder: Path, jalur: str, lama: str, baru: str) -> None:
    teks = (folder / jalur).read_text(encoding="utf-8")
    assert lama in teks
    (folder / jalur).write_text(teks.replace(lama, baru, 1), encoding="utf-8")


def periksa(folder: Path) -> HasilPeriksa:
    """With the cache; what it says must be what a fresh look says."""
    hasil = periksa_jalur([folder], Pilihan(proses=1))
    assert hasil == periksa_jalur([folder], SEGAR)
    return hasil


def hitung_penilaian(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    dinilai: list[str] = []
    asal = Pemeriksaan.satu

    def catat(self: Pemeriksaan, jalur: str) -> object:
        dinilai.append(jalur)
        return asal(self, jalur)

    monkeypatch.setattr(Pemeriksaan, "satu", catat)
    return dinilai


def test_a_second_run_judges_nothing_again_and_says_the_same(
    dinas: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ubah(dinas, TW1, "realisasi: 60 ", "realisasi: -60 ")
    pertama = periksa(dinas)
    assert pertama.galat
    dinilai = hitung_penilaian(monkeypatch)
    assert periksa_jalur([dinas], Pilihan(proses=1)) == pertama
    assert dinilai == []


@pytest.mark.parametrize(
    ("jalur", "lama", "baru"),
    [
        (TW1, "realisasi: 60 ", "realisasi: -60 "),
        ("reports/2024/rencana.yaml", "tw1: 80", "tw1: 81"),
        ("reports/2024/anggaran.yaml", "75000000", "75000001"),
        ("reports/kebijakan.yaml", "batas_penjelasan_bawah: 76", "batas_penjelasan_bawah: 99"),
        ("reports/organisasi.yaml", "id: layanan", "id: layanan-lain"),
    ],
)
def test_any_document_that_matters_makes_the_old_answer_void(
    dinas: Path, jalur: str, lama: str, baru: str
) -> None:
    bersih = periksa(dinas)
    ubah(dinas, jalur, lama, baru)
    assert periksa(dinas) != bersih
    ubah(dinas, jalur, baru, lama)
    assert periksa(dinas) == bersih


def test_a_new_or_deleted_document_makes_the_old_answer_void(dinas: Path) -> None:
    bersih = periksa(dinas)
    (dinas / TW1).rename(dinas / "tw1.simpan")
    tanpa = periksa(dinas)
    assert tanpa != bersih
    (dinas / "tw1.simpan").rename(dinas / TW1)
    assert periksa(dinas) == bersih


def test_another_version_of_the_software_trusts_nothing(dinas: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    periksa(dinas)
    dinilai = hitung_penilaian(monkeypatch)
    monkeypatch.setattr(findings_cache, "sidik_mesin", lambda: b"versi lain")
    periksa_jalur([dinas], Pilihan(proses=1))
    assert TW1 in dinilai


@pytest.mark.parametrize("ruang", ["adapters", "calculation", "checking", "domain", "validation"])
def test_the_digest_of_the_software_covers_every_room_that_judges(
    ruang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asal = sidik_mesin.__wrapped__()
    assert asal == sidik_mesin()
    lain = tuple(r for r in findings_cache._RUANG if r != ruang)
    monkeypatch.setattr(findings_cache, "_RUANG", lain)
    assert sidik_mesin.__wrapped__() != asal


@pytest.mark.parametrize("isi", [b"", b"bukan sqlite", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_file_counts_as_empty(dinas: Path, tmp_path: Path, isi: bytes) -> None:
    bersih = periksa(dinas)
    berkas = tmp_path / "simpanan" / "kinerja" / "temuan.sqlite"
    assert berkas.is_file()
    for sisa in berkas.parent.iterdir():
        sisa.unlink()
    berkas.write_bytes(isi)
    assert periksa(dinas) == bersih


def test_a_damaged_entry_counts_as_none(dinas: Path, tmp_path: Path) -> None:
    bersih = periksa(dinas)
    with contextlib.closing(sqlite3.connect(tmp_path / "simpanan" / "kinerja" / "temuan.sqlite")) as db, db:
        assert db.execute("UPDATE temuan SET isi = '[{'").rowcount > 0
    assert periksa(dinas) == bersih


def test_an_empty_file_is_not_an_absent_one(dinas: Path) -> None:
    (dinas / TW1).write_bytes(b"")
    kosong = periksa(dinas)
    (dinas / TW1).unlink()
    (dinas / TW1).symlink_to("/tidak/ada")
    assert periksa(dinas) != kosong


def test_a_place_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    tempat = tmp_path / "berkas"
    tempat.write_bytes(b"")
    with Simpanan(tempat / "kinerja" / "temuan.sqlite") as s:
        s.taruh({b"a": "1"})
        assert s.ambil([b"a"]) == {}


def test_entries_come_back_also_many_at_once(tmp_path: Path) -> None:
    isi = {n.to_bytes(4, "big"): str(n) for n in range(1203)}
    with Simpanan(tmp_path / "a.sqlite") as s:
        s.taruh(isi)
    with Simpanan(tmp_path / "a.sqlite") as s:
        assert s.ambil([*isi, b"lain"]) == isi


class PohonPencatat(PohonFolder):
    """Notes what is read, present or not."""

    def __init__(self, akar: Path) -> None:
        super().__init__(akar)
        self.dibaca: set[str] = set()

    def baca(self, jalur: str) -> bytes | None:
        self.dibaca.add(jalur)
        return super().baca(jalur)


@pytest.mark.parametrize("akar", [VALID, Path(__file__).parents[2]], ids=["contoh", "boalemo"])
def test_every_file_that_is_read_for_a_worksheet_is_in_its_key(akar: Path) -> None:
    """The key names a superset of what the rules look at; a new rule that reads more fails here."""
    pohon = PohonFolder(akar)
    k = Ketergantungan(pohon, b"uji")
    lembar = [j for j in pohon.daftar("reports/") if "/kertas-kerja/" in j]
    ada = set(pohon.daftar("reports/"))
    for j in lembar:
        pencatat = PohonPencatat(akar)
        Pemeriksaan(pencatat).satu(j)
        assert pencatat.dibaca & ada <= k.milik(j), j
    assert lembar or Reports(pohon).periode() == ()


def test_every_file_that_is_read_between_documents_is_in_the_key_of_their_year() -> None:
    pohon = PohonFolder(VALID)
    k = Ketergantungan(pohon, b"uji")
    (potongan,) = potong([j for j in pohon.daftar("reports/") if j.endswith(".yaml")])
    assert len(potongan.lain) > 1
    for tahun, dokumen in potongan.lain:
        pencatat = PohonPencatat(VALID)
        Pemeriksaan(pencatat).antardokumen(dokumen)
        assert pencatat.dibaca & set(pohon.daftar("reports/")) <= k.milik_antardokumen(tahun), tahun


def test_a_cache_of_somebody_elses_making_is_not_believed(dinas: Path, tmp_path: Path) -> None:
    """A view that answers every key with "nothing found", and a file or folder that others may write."""
    berkas = tmp_path / "simpanan/kinerja/temuan.sqlite"
    ubah(dinas, TW1, "realisasi: 60 ", "realisasi: -60 ")
    assert periksa(dinas).galat
    with contextlib.closing(sqlite3.connect(berkas)) as db, db:
        db.execute("ALTER TABLE temuan RENAME TO asli")
        db.execute("CREATE VIEW temuan AS SELECT kunci, '[]' AS isi FROM asli")
    assert periksa(dinas).galat
    with contextlib.closing(sqlite3.connect(berkas)) as db, db:
        db.execute("UPDATE temuan SET isi = '[]'")
    for tempat in (berkas, berkas.parent):
        asal = tempat.stat().st_mode
        tempat.chmod(asal | 0o002)
        assert periksa(dinas).galat
        tempat.chmod(asal)
    berkas.rename(tmp_path / "lain.sqlite")
    berkas.symlink_to(tmp_path / "lain.sqlite")
    assert periksa(dinas).galat
