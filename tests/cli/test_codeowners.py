"""``kinerja forge codeowners`` in a checkout, as CI runs it, and in an agency's own folder."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from kinerja.cli.main import jalankan

AKAR = Path(__file__).parents[2]
Capsys = pytest.CaptureFixture[str]
BERKAS = ".github/CODEOWNERS"


def _git(folder: Path, *argumen: str) -> str:
    siapa = ["-c", "user.name=Uji", "-c", "user.email=uji@contoh.invalid"]
    return subprocess.run(
        ["git", *siapa, *argumen], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()  # fmt: skip


@pytest.fixture
def salinan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capsys) -> Path:
    """A checkout of the sample agency with a fresh CODEOWNERS, committed."""
    folder = tmp_path / "salinan"
    shutil.copytree(AKAR / "reports", folder / "reports")
    _git(tmp_path, "init", "-q", "-b", "main", str(folder))
    monkeypatch.setenv("KINERJA_REPO", str(folder))
    monkeypatch.setenv("KINERJA_WAKTU", "2024-03-04T09:00")
    assert jalankan(["forge", "codeowners", "--tulis"]) == 0
    _git(folder, "add", "-A")
    _git(folder, "commit", "-qm", "awal")
    capsys.readouterr()
    return folder


def _ubah(folder: Path, nama: str, lama: str, baru: str) -> None:
    berkas = folder / nama
    isi = berkas.read_bytes().decode()
    assert lama in isi
    berkas.write_bytes(isi.replace(lama, baru, 1).encode())


def test_a_fresh_file_is_let_through_and_a_stale_one_refused_with_its_first_line(
    salinan: Path, capsys: Capsys
) -> None:
    assert jalankan(["forge", "codeowners", "--periksa"]) == 0
    _ubah(salinan, "reports/jabatan.yaml", "nama: Sekretaris\n", "nama: Sekretaris Dinas\n")
    assert jalankan(["forge", "codeowners", "--periksa"]) == 1
    teks = capsys.readouterr().out
    assert "basi; beda pertama pada baris" in teks
    assert "Sekretaris Dinas" in teks.split("seharusnya: ")[1]
    assert jalankan(["forge", "codeowners", "--tulis"]) == 0
    assert jalankan(["forge", "codeowners", "--periksa"]) == 0
    assert jalankan(["forge", "codeowners", "--tulis"]) == 0
    assert "sudah cocok" in capsys.readouterr().out


def test_only_a_change_of_ones_own_is_refused(salinan: Path, capsys: Capsys) -> None:
    _ubah(salinan, BERKAS, "# laporan\n", "# disunting dengan tangan\n")
    assert jalankan(["forge", "codeowners", "--periksa", "--changed", "HEAD"]) == 1
    _git(salinan, "commit", "-qam", "basi")
    assert jalankan(["forge", "codeowners", "--periksa"]) == 1
    capsys.readouterr()
    assert jalankan(["forge", "codeowners", "--periksa", "--changed", "HEAD"]) == 0
    assert "bukan karena perubahan ini" in capsys.readouterr().out
    _ubah(salinan, "reports/jabatan.yaml", "nama: Sekretaris\n", "nama: Sekretaris Dinas\n")
    assert jalankan(["forge", "codeowners", "--periksa", "--changed", "HEAD"]) == 1


def test_a_new_account_makes_it_stale_although_nobody_can_be_asked_for_its_login(
    salinan: Path, capsys: Capsys
) -> None:
    _ubah(
        salinan, "reports/identitas.yaml", "akun: []",
        "akun:\n      - {forge: github, nomor: 4711, mulai: 2024-01-01, selesai: null}",
    )  # fmt: skip
    capsys.readouterr()
    assert jalankan(["forge", "codeowners", "--periksa", "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["tanpa_login"] == [4711]
    assert "akun-nomor-4711" in data["isi"]


def test_the_other_forges_file_and_wrong_calls(salinan: Path, capsys: Capsys) -> None:
    assert jalankan(["forge", "codeowners", "--periksa", "--forge", "forgejo"]) == 1
    assert ".gitea/CODEOWNERS belum ada" in capsys.readouterr().out
    assert jalankan(["forge", "codeowners", "--tulis", "--periksa"]) == 2
    _ubah(salinan, BERKAS, "# laporan\n", "# x\n")
    assert jalankan(["forge", "codeowners", "--periksa", "--changed", "tiada"]) == 2
    assert "bukan cabang atau commit" in capsys.readouterr().err


def test_without_a_checkout_it_is_proposed_by_a_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capsys
) -> None:
    folder = tmp_path / "dinas"
    assert jalankan(["init", str(folder), "--contoh"]) == 0
    monkeypatch.setenv("KINERJA_REPO", str(folder))
    monkeypatch.setenv("KINERJA_WAKTU", "2024-03-04T09:00")
    assert jalankan(["forge", "codeowners", "--tulis"]) == 2
    assert jalankan(["forge", "codeowners", "--tulis", "--sebagai", "p-oki"]) == 0
    capsys.readouterr()
    assert jalankan(["forge", "codeowners", "--tulis", "--sebagai", "p-oki"]) == 2
    assert "sudah memuat isi ini" in capsys.readouterr().err
    assert jalankan(["usulan"]) == 0
    assert "tata-kelola/codeowners" in capsys.readouterr().out
    assert jalankan(["forge", "setup"]) == 2
    assert jalankan(["forge", "doctor"]) == 2
    assert "belum tersambung" in capsys.readouterr().err


def test_status_links_each_bidang_to_its_edit_page_when_connected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capsys
) -> None:
    folder = tmp_path / "dinas"
    assert jalankan(["init", str(folder), "--contoh"]) == 0
    monkeypatch.setenv("KINERJA_REPO", str(folder))
    monkeypatch.setenv("KINERJA_WAKTU", "2024-04-01T08:05")
    assert jalankan(["disposisi", "2024-tw1", "--sebagai", "p-bakri"]) == 0
    assert jalankan(["siapkan", "2024-tw1", "--sebagai", "p-citra"]) == 0
    capsys.readouterr()
    assert jalankan(["status", "2024-tw1"]) == 0
    assert "Mengisi di peramban" not in capsys.readouterr().out
    git = folder / "repositori.git"
    _git(git, "config", "kinerja.forge", "forgejo")
    _git(git, "config", "kinerja.alamat", "https://git.contoh.go.id/dinsos/kinerja")
    assert jalankan(["status", "2024-tw1"]) == 0
    alamat = (
        "https://git.contoh.go.id/dinsos/kinerja/_edit/kk/2024-tw1/rehabilitasi-sosial/"
        "reports/2024/tw1/kertas-kerja/rehabilitasi-sosial.yaml"
    )
    assert alamat in capsys.readouterr().out
    assert jalankan(["status", "2024-tw1", "--format", "json"]) == 0
    langkah = json.loads(capsys.readouterr().out)["langkah"]
    assert [x["sunting"] for x in langkah if x["nomor"] == 3 and x["bidang"] == "rehabilitasi-sosial"] == [alamat]
    assert {x["sunting"] for x in langkah if x["nomor"] != 3} == {None}
