"""A command killed at any moment leaves a whole repository, and running it again finishes it."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kinerja.adapters.event_log import LogPeristiwa
from kinerja.adapters.git import RepoGit
from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import PohonIsi
from kinerja.cli.main import jalankan
from kinerja.domain.peristiwa import Peristiwa

_spec = importlib.util.spec_from_file_location("walk", Path(__file__).with_name("walk.py"))
assert _spec is not None and _spec.loader is not None
walk = sys.modules.setdefault("walk", importlib.util.module_from_spec(_spec))
_spec.loader.exec_module(walk)
TW1, DESA = walk.TW1, walk.DESA

pytestmark = pytest.mark.lambat

AKAR = Path(__file__).parents[1]


class Korban:
    """A sample agency whose commands are killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git = folder / "repositori.git"

    def perintah(self, saat: str, *argumen: str) -> subprocess.Popen[str]:
        """Starts one command."""
        return subprocess.Popen(
            [sys.executable, "-m", "kinerja", *argumen, "--repo", str(self.folder)],
            env=os.environ | {"KINERJA_WAKTU": saat, "PYTHONPATH": str(AKAR / "tooling")},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def selesaikan(self, saat: str, *argumen: str) -> tuple[int, str, float]:
        """Runs one command to its end; gives code, output and seconds."""
        mulai = time.monotonic()
        with self.perintah(saat, *argumen) as p:
            keluaran, _ = p.communicate(timeout=60)
        return p.returncode, keluaran, time.monotonic() - mulai

    def bunuh(self, sesudah_detik: float, saat: str, *argumen: str) -> None:
        """Starts a command and kills it after some time; a git below it may live a moment longer."""
        p = self.perintah(saat, *argumen)
        try:
            p.wait(sesudah_detik)
        except subprocess.TimeoutExpired:
            p.kill()
        p.communicate()  # the pipe ends when the last git below has ended

    def peristiwa(self) -> tuple[Peristiwa, ...]:
        """The log; raises when its chain does not hold."""
        return LogPeristiwa(RepoGit(self.git)).peristiwa()

    def utuh(self) -> None:
        """Git finds nothing wrong, the log holds, and no act is half there."""
        fsck = subprocess.run(
            ["git", "-C", self.git, "fsck", "--strict", "--no-dangling"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (fsck.returncode, fsck.stdout) == (0, ""), fsck.stdout + fsck.stderr
        cabang = set(RepoGit(self.git).ref_ref("refs/heads/kk/"))
        siap = [p.perubahan for p in self.peristiwa() if p.tindakan.value == "siapkan"]
        assert cabang == {f"refs/heads/{c}" for c in siap}, "cabang dan log tidak sejalan"

    def jumlah(self, tindakan: str) -> Counter[str]:
        """How often each change has this act."""
        return Counter(p.perubahan for p in self.peristiwa() if p.tindakan.value == tindakan)


@pytest.fixture
def korban(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Korban:
    folder = tmp_path / "dinas"
    monkeypatch.setenv("KINERJA_WAKTU", "2024-04-01T08:05")
    assert jalankan(["init", str(folder), "--contoh"]) == 0
    assert jalankan(["disposisi", "2024-tw1", "--sebagai", "p-bakri", "--repo", str(folder)]) == 0
    return Korban(folder)


def _lembar_terisi(k: Korban) -> None:
    """Everything before the submission of Pemerintahan Desa."""
    kantor: Any = walk.Kantor.__new__(walk.Kantor)
    kantor.instansi = walk.Instansi(k.folder, k.git)
    kantor.forge = kantor.instansi.forge()
    walk.sop.siapkan(kantor.sesi("p-citra", "2024-04-01T08:30"), TW1)
    kantor.isi(DESA, "p-nanang", ajukan=False)


def test_siapkan_killed_at_growing_delays(korban: Korban) -> None:
    argumen = ("2024-04-01T08:30", "siapkan", "2024-tw1", "--sebagai", "p-citra")
    _, _, awal = korban.selesaikan("2024-04-01T08:30", "status")
    for bagian in (0.7, 0.9, 1.1, 1.25, 1.4):
        korban.bunuh(awal * bagian, *argumen)
        korban.utuh()
    kode, keluaran, _ = korban.selesaikan(*argumen)
    assert kode == 0, keluaran
    korban.utuh()
    bidang = {b.id for b in _reports(korban).organisasi().bidang}
    assert korban.jumlah("siapkan") == {f"kk/2024-tw1/{b}": 1 for b in bidang}
    kode, keluaran, _ = korban.selesaikan(*argumen)
    assert (kode, keluaran.count("tidak disentuh")) == (0, len(bidang))


def test_submitting_and_signing_killed_at_growing_delays(korban: Korban) -> None:
    _lembar_terisi(korban)
    _, _, awal = korban.selesaikan("2024-04-02T09:00", "status")
    isi = ("2024-04-02T09:00", "isi", "2024-tw1", DESA, "--ajukan", "--sebagai", "p-nanang")
    for bagian in (0.9, 1.2):
        korban.bunuh(awal * bagian, *isi)
        korban.utuh()
    kode, keluaran, _ = korban.selesaikan(*isi)
    assert kode == 0, keluaran
    assert korban.jumlah("ajukan") == {f"kk/2024-tw1/{DESA}": 1}
    korban.utuh()

    periksa = ("2024-04-02T10:00", "periksa", "2024-tw1", DESA, "--ya", "--sebagai", "p-indah")
    for bagian in (0.9, 1.1, 1.3):
        korban.bunuh(awal * bagian, *periksa)
        korban.utuh()
        tersalin = _reports(korban).kertas_kerja(TW1, DESA) is not None
        assert tersalin == (korban.jumlah("tanda-tangan").total() == 1), "log dan main tidak sejalan"
    selesai = korban.jumlah("tanda-tangan").total()
    kode, keluaran, _ = korban.selesaikan(*periksa)
    assert kode == 0 or (selesai == 1 and "sudah ditandatangani" in keluaran), keluaran
    assert korban.jumlah("tanda-tangan") == {f"kk/2024-tw1/{DESA}": 1}
    assert _reports(korban).kertas_kerja(TW1, DESA) is not None
    korban.utuh()


def test_submitting_the_same_bytes_twice_is_one_submission(korban: Korban) -> None:
    _lembar_terisi(korban)
    isi = ["isi", "2024-tw1", DESA, "--ajukan", "--sebagai", "p-nanang", "--repo", str(korban.folder)]
    assert jalankan(isi) == 0
    assert jalankan(isi) == 0
    assert korban.jumlah("ajukan") == {f"kk/2024-tw1/{DESA}": 1}


def test_lock_files_left_by_a_power_cut_do_not_stop_the_office(korban: Korban) -> None:
    for nama in ("refs/kinerja/log", "refs/heads/main"):
        gembok = korban.git / f"{nama}.lock"
        gembok.write_bytes(b"")
        os.utime(gembok, (0, 0))
    kode, keluaran, _ = korban.selesaikan("2024-04-01T08:30", "siapkan", "2024-tw1", "--sebagai", "p-citra")
    assert kode == 0, keluaran
    korban.utuh()


# helpers


def _reports(k: Korban) -> Reports:
    repo = RepoGit(k.git)
    kepala = repo.ref("refs/heads/main")
    assert kepala is not None
    isi = {j: repo.baca(kepala, j) or b"" for j in repo.daftar(kepala) if j.startswith("reports/")}
    return Reports(PohonIsi(isi))
