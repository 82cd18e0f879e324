"""A command killed before or after any of its Git calls leaves a whole repository; again, it finishes.

A ``git`` of our own stands first on the PATH, counts the calls and kills the command at the
n-th, so that no call is missed because a machine is fast or slow.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from kinerja.adapters.event_log import LogPeristiwa
from kinerja.adapters.git import RepoGit
from kinerja.adapters.reports import Reports, jalur_kertas_kerja
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


# The long-lived reader is not counted; every other call reads once or writes.
GIT = """#!/bin/sh
case "$*" in *cat-file*) exec "$GIT_ASLI" "$@";; esac
n=$(($(cat "$HITUNGAN" 2>/dev/null || echo 0) + 1)); echo $n > "$HITUNGAN"
[ "$n" = "$KE" ] || exec "$GIT_ASLI" "$@"
if [ "$SESUDAH" = ya ]; then "$GIT_ASLI" "$@" >/dev/null; fi
kill -9 $PPID
"""


class Korban:
    """A sample agency whose commands are killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git = folder / "repositori.git"
        self.alat = folder.with_name("alat")
        self.alat.mkdir()
        (self.alat / "git").write_text(GIT)
        (self.alat / "git").chmod(0o755)

    def selesaikan(self, saat: str, *argumen: str, **lingkungan: str) -> tuple[int, str]:
        """Runs one command to its end; gives code and output."""
        hasil = subprocess.run(
            [sys.executable, "-m", "kinerja", *argumen, "--repo", str(self.folder)],
            env=os.environ | {"KINERJA_WAKTU": saat, "PYTHONPATH": str(AKAR / "tooling")} | lingkungan,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, check=False,
        )  # fmt: skip
        return hasil.returncode, hasil.stdout

    def bunuh_di_setiap_panggilan(self, saat: str, *argumen: str) -> Iterator[None]:
        """Kills the command before and after its 1st, 2nd, … Git call, until one run gets through."""
        git = shutil.which("git")
        assert git is not None
        for ke in count(1):
            for sesudah in ("tidak", "ya"):
                hitungan = self.alat / "hitungan"
                hitungan.unlink(missing_ok=True)
                kode, keluaran = self.selesaikan(
                    saat, *argumen, PATH=f"{self.alat}:{os.environ['PATH']}", GIT_ASLI=git,
                    HITUNGAN=str(hitungan), KE=str(ke), SESUDAH=sesudah,
                )  # fmt: skip
                if kode != -9:
                    assert ke > 1, keluaran
                    return
                yield

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


def test_siapkan_killed_at_every_git_call(korban: Korban) -> None:
    argumen = ("2024-04-01T08:30", "siapkan", "2024-tw1", "--sebagai", "p-citra")
    for _ in korban.bunuh_di_setiap_panggilan(*argumen):
        korban.utuh()
    korban.utuh()
    bidang = {b.id for b in _reports(korban).organisasi().bidang}
    assert korban.jumlah("siapkan") == {f"kk/2024-tw1/{b}": 1 for b in bidang}
    kode, keluaran = korban.selesaikan(*argumen)
    assert (kode, keluaran.count("tidak disentuh")) == (0, len(bidang))


def test_submitting_and_signing_killed_at_every_git_call(korban: Korban) -> None:
    _lembar_terisi(korban)
    isi = ("2024-04-02T09:00", "isi", "2024-tw1", DESA, "--ajukan", "--sebagai", "p-nanang")
    for _ in korban.bunuh_di_setiap_panggilan(*isi):
        korban.utuh()
    assert korban.jumlah("ajukan") == {f"kk/2024-tw1/{DESA}": 1}
    bita = RepoGit(korban.git).baca(f"refs/heads/kk/2024-tw1/{DESA}", jalur_kertas_kerja(TW1, DESA))
    assert bita is not None
    sidik = sha256(bita).hexdigest()[:12]
    periksa = (
        "2024-04-02T10:00", "periksa", "2024-tw1", DESA, "--ya", "--sidik", sidik, "--sebagai", "p-indah",
    )  # fmt: skip
    for _ in korban.bunuh_di_setiap_panggilan(*periksa):
        korban.utuh()
        tersalin = _reports(korban).kertas_kerja(TW1, DESA) is not None
        assert tersalin == (korban.jumlah("tanda-tangan").total() == 1), "log dan main tidak sejalan"
    kode, keluaran = korban.selesaikan(*periksa)
    assert kode == 1
    assert "sudah ditandatangani" in keluaran
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
    kode, keluaran = korban.selesaikan("2024-04-01T08:30", "siapkan", "2024-tw1", "--sebagai", "p-citra")
    assert kode == 0, keluaran
    korban.utuh()


# helpers


def _reports(k: Korban) -> Reports:
    repo = RepoGit(k.git)
    kepala = repo.ref("refs/heads/main")
    assert kepala is not None
    isi = {j: repo.baca(kepala, j) or b"" for j in repo.daftar(kepala) if j.startswith("reports/")}
    return Reports(PohonIsi(isi))
