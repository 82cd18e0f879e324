"""``--format json`` is a contract: what is printed has exactly the keys that its page explains."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import click
import pytest

from kinerja.cli.main import cli, jalankan

HALAMAN = Path(__file__).parents[2] / "site/panduan/keluaran-json.md"
KONTRAK = {
    judul: set(re.findall(r"^\| `(\w+)` \|", bagian, re.MULTILINE))
    for judul, bagian in re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", HALAMAN.read_text(), re.MULTILINE | re.DOTALL)
}
TERBIT = Path(__file__).parents[1] / "published"
Capsys = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def dinas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("json") / "dinas"
    assert jalankan(["init", str(folder), "--contoh"]) == 0
    with pytest.MonkeyPatch.context() as m:
        m.setenv("KINERJA_WAKTU", "2024-04-01T08:05")
        assert jalankan(["disposisi", "2024-tw1", "--sebagai", "p-bakri", "--repo", str(folder)]) == 0
        assert jalankan(["siapkan", "2024-tw1", "--sebagai", "p-citra", "--repo", str(folder)]) == 0
    return folder


@pytest.fixture
def jalan(dinas: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command in the sample agency and gives its code and its one JSON document."""
    monkeypatch.setenv("KINERJA_REPO", str(dinas))
    monkeypatch.setenv("KINERJA_WAKTU", "2024-04-01T08:05")

    def lari(*argumen: str) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        kode = jalankan([*argumen, "--format", "json"])
        keluar = capsys.readouterr()
        assert not keluar.err
        data = json.loads(keluar.out)
        assert set(data) == KONTRAK[data["skema"]]
        return kode, data

    return lari


def _semua_perintah() -> dict[str, click.Command]:
    """Every command by its name, those of a group as ``forge sambung``."""
    hasil: dict[str, click.Command] = {}
    for nama, perintah in cli.commands.items():
        if isinstance(perintah, click.Group):
            hasil |= {f"{nama} {n}": p for n, p in perintah.commands.items()}
        else:
            hasil[nama] = perintah
    return hasil


@pytest.mark.parametrize("perintah", list(_semua_perintah()))
def test_every_command_offers_json(perintah: str) -> None:
    pilihan = {p.name: p for p in _semua_perintah()[perintah].params}
    assert "json" in pilihan["format_"].type.choices


def test_proposals_approvals_log_and_history(jalan: Any) -> None:
    kode, data = jalan("usulan")
    assert (kode, len(data["usulan"])) == (0, 6)
    kode, data = jalan("check-approvals")
    assert (kode, data["usulan"][0]["verdict"]["lulus"]) == (0, False)
    assert jalan("log", "--verify")[1]["lulus"] is True
    assert jalan("check-approvals", "--riwayat")[1]["lulus"] is True


def test_results_refusals_readings_status_and_findings(jalan: Any, tmp_path: Path) -> None:
    kode, data = jalan("disposisi", "2024-tw2", "--sebagai", "p-citra")
    assert (kode, data["skema"], data["kode_keluar"]) == (1, "galat/v1", 1)
    kode, data = jalan("disposisi", "2024-tw2", "--sebagai", "p-bakri")
    assert (kode, data["skema"]) == (0, "hasil/v1")
    kode, data = jalan("periksa", "2024-tw1", "sekretariat", "--sebagai", "p-bakri", "--lihat")
    assert (kode, data["skema"]) == (0, "bacaan/v1")
    kode, data = jalan("status", "2024-tw1")
    assert (kode, data["skema"]) == (0, "status/v1")
    assert all(set(x) == KONTRAK["langkah"] for x in data["langkah"])
    kode, data = jalan("status", "--pengingat")
    assert (kode, data["skema"]) == (0, "pengingat/v1")
    assert data["pengingat"]
    assert all(set(x) == KONTRAK["pengingat"] for x in data["pengingat"])
    kode, data = jalan("log")
    assert (kode, data["skema"]) == (0, "log/v1")
    assert all(set(b) == KONTRAK["berkas"] for b in data["berkas"])
    assert all(set(p) == KONTRAK["peristiwa"] for b in data["berkas"] for p in b["peristiwa"])
    salah = tmp_path / "reports" / "organisasi.yaml"
    salah.parent.mkdir()
    salah.write_text("skema: organisasi/v1\naneh: NO\n")
    kode, data = jalan("validate", str(salah))
    assert (kode, data["skema"]) == (1, "temuan/v1")
    assert data["temuan"]
    assert all(set(t) == KONTRAK["temuan"] for t in data["temuan"])


def test_an_audit_has_one_object_for_each_row(jalan: Any) -> None:
    kode, data = jalan("audit", str(TERBIT / "anggaran_published.csv"))
    assert (kode, data["skema"], data["salah"], data["konsisten"]) == (1, "audit/v1", 1, 11)
    assert [b["row"] for b in data["baris"]] == list(range(1, 13))
    assert all(set(b) == KONTRAK["baris"] for b in data["baris"])
    assert all(set(x) == KONTRAK["butir"] for b in data["baris"] for x in b["butir"])
    (salah,) = [b for b in data["baris"] if b["status"] == "salah"]
    assert (salah["row"], salah["rumus"], salah["seharusnya"]) == (7, ["persen"], "63,09")


def test_a_wrong_call_is_json_too(jalan: Any) -> None:
    kode, data = jalan("periksa", "2024-tw9")
    assert (kode, data["skema"], data["kode_keluar"]) == (2, "galat/v1", 2)
    assert "--help" in data["tindakan"]


def test_findings_that_forbid_an_act_come_with_the_refusal(jalan: Any) -> None:
    kode, data = jalan("isi", "2024-tw1", "pemerintahan-desa", "--ajukan", "--sebagai", "p-nanang")
    assert (kode, data["skema"]) == (1, "galat/v1")
    assert all(set(t) == KONTRAK["temuan"] for t in data["temuan"])
    assert data["temuan"]


def test_a_verdict_on_a_file_that_is_no_archive(jalan: Any, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"bukan arsip")
    (tmp_path / "k.txt").write_text("")
    kode, data = jalan("verify", str(tmp_path / "a.zip"), "--percaya", str(tmp_path / "k.txt"))
    assert (kode, data["skema"]) == (1, "putusan/v1")
    assert data["hasil"] == "TIDAK SAH"
