"""An agency that keeps the tool beside its documents, so that workflows can install it from main."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from kinerja.agency import cari_instansi
from kinerja.cli.main import jalankan
from kinerja.history import periksa_riwayat


def _klon(folder: Path, berkas: tuple[str, ...]) -> Path:
    """A clone of the tool in miniature; one file is not committed."""
    for nama in (*berkas, "tooling/kinerja/belum.py"):
        (folder / nama).parent.mkdir(parents=True, exist_ok=True)
        (folder / nama).write_text(f"# {nama}\n")
    git = ["git", "-C", str(folder), "-c", "user.name=Uji", "-c", "user.email=uji@contoh.invalid"]
    for perintah in (["init", "-q"], ["add", *berkas], ["commit", "-q", "-m", "Alat"]):
        subprocess.run([*git, *perintah], check=True)
    return folder


def test_the_tool_of_a_clone_comes_along_without_documents_and_tests(tmp_path: Path) -> None:
    alat = (
        ".github/workflows/malam.yml", ".github/pasang-alat.sh", "tooling/kinerja/founding.py", "requirements.lock",
        "pyproject.toml", "README.md", "LICENSE",
    )  # fmt: skip
    bukan = (".github/workflows/tests.yml", "tests/test_x.py", "reports/organisasi.yaml", "Makefile", ".ci/run")
    klon = _klon(tmp_path / "klon", (*alat, *bukan))
    folder = tmp_path / "dinas"
    assert jalankan(["init", str(folder), "--contoh", "--alat", str(klon)]) == 0
    forge = cari_instansi(folder).forge()
    ada = forge.repo.daftar("refs/heads/main")
    assert set(alat) <= set(ada)
    assert not {"tooling/kinerja/belum.py", *bukan} - {"reports/organisasi.yaml"} & set(ada)
    assert b"organisasi/v1" in (forge.repo.baca("refs/heads/main", "reports/organisasi.yaml") or b"")
    assert all(b.lulus for b in periksa_riwayat(forge))


def test_another_folder_is_no_clone_of_the_tool(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    klon = _klon(tmp_path / "lain", ("README.md",))
    assert jalankan(["init", str(tmp_path / "dinas"), "--contoh", "--alat", str(klon)]) == 2
    assert "bukan klon repositori kinerja" in capsys.readouterr().err
    assert not (tmp_path / "dinas").exists()
