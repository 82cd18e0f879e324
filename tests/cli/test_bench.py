"""``kinerja bench``: the structure of its answer, never a time."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

import pytest
from tests.cli.test_json import KONTRAK

from kinerja.cli.main import cli, jalankan

Capsys = pytest.CaptureFixture[str]


@pytest.mark.lambat
def test_two_rows_in_a_hurry(capsys: Capsys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert jalankan(["bench", "mulai", "satu", "--cepat", "--format", "json"]) == 0
    keluar = capsys.readouterr()
    assert keluar.err == "", "kemajuan hanya di terminal"
    assert list(tmp_path.iterdir()) == [], "data sementara tertinggal"
    data = json.loads(keluar.out)
    assert set(data) == KONTRAK["bench/v1"]
    assert [b["id"] for b in data["baris"]] == ["satu", "mulai"]
    for b in data["baris"]:
        assert set(b) == KONTRAK["pengukuran"]
        assert b["gagal"] == ""
        assert all(set(s) == KONTRAK["sasaran"] for s in b["sasaran"])
        assert all(set(p) == KONTRAK["perintah"] for p in b["perintah"])
        assert all(x["dinding_ns"] > 0 for p in b["perintah"] for x in p["putaran"])
    mulai = {s["atas"] for s in data["baris"][1]["sasaran"]}
    assert mulai == {f"kinerja {p} --help" for p in cli.commands}
    assert data["baris"][0]["sasaran"][0]["batas"] == "2.5"


@pytest.mark.lambat
def test_every_change_of_the_evaluators_row_is_approved(capsys: Capsys) -> None:
    assert jalankan(["bench", "persetujuan", "--cepat", "--format", "json"]) == 0
    baris = json.loads(capsys.readouterr().out)["baris"][0]
    assert (baris["id"], baris["gagal"]) == ("persetujuan", "")
    assert baris["sasaran"][0]["kerja"] == "nilai 20 usulan dengan 20 peristiwa"


@pytest.mark.lambat
def test_data_can_be_kept_to_repeat_a_command(capsys: Capsys, tmp_path: Path) -> None:
    simpan = tmp_path / "data"
    assert jalankan(["bench", "log", "--cepat", "--simpan", str(simpan)]) == 0
    teks = capsys.readouterr().out
    assert re.search(r"siapa menandatangani apa, semua berkas, 201 commit +CPU +kinerja log ÷ git log", teks)
    assert f"kinerja log --repo {simpan}/log/riwayat.git" in teks
    assert (simpan / "log" / "riwayat.git" / "HEAD").is_file()


def test_wrong_calls_say_what_to_do(capsys: Capsys, tmp_path: Path) -> None:
    assert jalankan(["bench", "entah"]) == 2
    assert "pilih: validasi, berubah, log, satu, situs, arsip, persetujuan, meja, ramai, mulai" in capsys.readouterr().err
    (tmp_path / "ada").write_text("")
    assert jalankan(["bench", "satu", "--simpan", str(tmp_path)]) == 2
    assert "tidak kosong" in capsys.readouterr().err
    assert jalankan(["bench", "--ulang", "0"]) == 2
