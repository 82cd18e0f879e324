"""``kinerja validate`` as it is called: an agency's own folder, options that clash, every form."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from kinerja.cli.main import jalankan

VALID = Path(__file__).parents[1] / "examples" / "valid"
TW1 = "reports/2024/tw1/kertas-kerja/layanan.yaml"
Capsys = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def instansi(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("validate") / "dinas"
    assert jalankan(["init", str(folder), "--contoh"]) == 0
    return folder


@pytest.fixture
def salah(tmp_path: Path) -> Path:
    shutil.copytree(VALID, tmp_path / "dinas")
    berkas = tmp_path / "dinas" / TW1
    berkas.write_bytes(berkas.read_bytes().replace(b"fisik: 25", b"fisik: 25%"))
    return tmp_path / "dinas"


@pytest.mark.parametrize("jalur", [[], ["."], ["../dinas"]])
def test_an_agency_folder_means_its_own_repository(
    instansi: Path, jalur: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Capsys
) -> None:
    monkeypatch.chdir(instansi)
    assert jalankan(["validate", *jalur, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["berkas"] >= 8
    assert jalankan(["validate", *jalur, "--hanya-skema", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["temuan"] == []
    assert jalankan(["validate", *jalur, "--fix"]) == 2
    assert "kinerja isi" in capsys.readouterr().err


@pytest.mark.parametrize(
    "pilihan",
    [
        ["--reviu", "--changed", "main"], ["--reviu", "--fix"], ["--reviu", "--diajukan"],
        ["--hanya-skema", "--fix"], ["--hanya-skema", "--changed", "main"], ["--changed", "main", "--proses", "2"],
        ["--changed", "main", "--tanpa-simpanan"], ["--periode", "2024-tw1"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_an_option_that_would_be_ignored_is_refused(pilihan: list[str], capsys: Capsys) -> None:
    assert jalankan(["validate", str(VALID), *pilihan]) == 2
    assert pilihan[0] in capsys.readouterr().err


def test_every_form_tells_the_same_fault_with_the_same_exit_code(salah: Path, capsys: Capsys) -> None:
    for bentuk in ("text", "json", "github", "sarif", "junit", "markdown"):
        assert jalankan(["validate", str(salah / TW1), "--format", bentuk]) == 1
        isi = capsys.readouterr().out
        assert "angka-tidak-terbaca" in isi, bentuk
        if bentuk in ("json", "sarif"):
            json.loads(isi)
        if bentuk == "junit":
            ET.fromstring(isi)


def test_fix_writes_says_what_and_ends_clean(salah: Path, capsys: Capsys) -> None:
    assert jalankan(["validate", str(salah), "--fix"]) == 0
    isi = capsys.readouterr().out
    assert "`25%` ditulis `25`" in isi
    assert isi.splitlines()[-1].endswith("berkas bersih")
    assert (salah / TW1).read_bytes() == (VALID / TW1).read_bytes()
    assert jalankan(["validate", str(salah), "--fix", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["perbaikan"] == []


def test_as_submitted_asks_for_more(tmp_path: Path, capsys: Capsys) -> None:
    shutil.copytree(VALID, tmp_path / "dinas")
    berkas = tmp_path / "dinas" / TW1
    berkas.write_bytes(berkas.read_bytes().replace(b"realisasi: 75.00", b"realisasi: null"))
    jalankan(["validate", str(berkas)])
    assert "realisasi-belum-diisi" not in capsys.readouterr().out
    assert jalankan(["validate", str(berkas), "--diajukan"]) == 1
    assert "realisasi-belum-diisi" in capsys.readouterr().out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_or_a_device_is_refused_at_once(tmp_path: Path, capsys: Capsys) -> None:
    os.mkfifo(tmp_path / "pipa.yaml")
    assert jalankan(["validate", str(tmp_path / "pipa.yaml")]) == 2
    assert "bukan berkas biasa" in capsys.readouterr().err


def test_no_control_character_of_a_file_reaches_the_terminal(salah: Path, capsys: Capsys) -> None:
    berkas = salah / TW1
    berkas.write_bytes(berkas.read_bytes().replace(b"satuan: ada/tidak", b'satuan: "\\e[2Jlulus\\n0 galat"'))
    for bentuk in ("text", "github"):
        assert jalankan(["validate", str(salah), "--format", bentuk]) == 1
        keluar = capsys.readouterr().out
        assert "lulus" in keluar
        assert "\x1b" not in keluar
        assert "\n0 galat" not in keluar
