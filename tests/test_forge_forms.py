"""The forms of ``.github/``: valid for GitHub and for Forgejo, in Indonesian, with labels that setup makes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from kinerja.adapters.git import RepoGit
from kinerja.adapters.git_tree import PohonGit
from kinerja.adapters.refs import UTAMA
from kinerja.cli.main import jalankan
from kinerja.workflow.forge_settings import LABEL

FOLDER = Path(__file__).parents[1] / ".github"
FORMULIR = sorted(p for p in (FOLDER / "ISSUE_TEMPLATE").glob("*.yml") if p.name != "config.yml")
JENIS = {"markdown", "input", "textarea", "dropdown", "checkboxes"}


def _isi(berkas: Path) -> dict[str, Any]:
    data = yaml.safe_load(berkas.read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


@pytest.mark.parametrize("berkas", FORMULIR, ids=lambda p: p.stem)
def test_a_form_has_what_a_forge_requires(berkas: Path) -> None:
    data = _isi(berkas)
    assert set(data) == {"name", "description", "title", "labels", "body"}
    assert all(isinstance(data[k], str) and data[k] for k in ("name", "description", "title"))
    assert set(data["labels"]) <= set(LABEL)
    id_bidang = [b["id"] for b in data["body"] if b["type"] != "markdown"]
    assert len(set(id_bidang)) == len(id_bidang) > 0
    for b in data["body"]:
        assert b["type"] in JENIS
        if b["type"] == "markdown":
            assert set(b) == {"type", "attributes"} and b["attributes"]["value"].strip()
            continue
        assert re.fullmatch(r"[a-z-]+", b["id"])
        assert b["attributes"]["label"]
        assert isinstance(b["validations"]["required"], bool)
        if b["type"] == "dropdown":
            pilihan = b["attributes"]["options"]
            assert len(set(pilihan)) == len(pilihan) > 1 and all(isinstance(p, str) for p in pilihan)


def test_there_is_a_form_for_each_need_and_no_blank_one() -> None:
    assert {_isi(b)["name"] for b in FORMULIR} == {
        "Ada angka yang keliru", "Pejabat berganti (Plt./Plh.)", "Kesulitan mengisi", "Laporan gangguan sistem",
    }  # fmt: skip
    assert _isi(FOLDER / "ISSUE_TEMPLATE/config.yml") == {"blank_issues_enabled": False}
    assert {x for b in FORMULIR for x in _isi(b)["labels"]} == {"ralat", "pejabat", "bantuan", "gangguan"}


def test_the_template_of_a_pull_request_is_short() -> None:
    teks = (FOLDER / "PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")
    assert len(teks.splitlines()) < 20
    assert "NIK" in teks


def test_a_new_agency_gets_them(tmp_path: Path) -> None:
    assert jalankan(["init", str(tmp_path / "dinas"), "--nama", "Dinas Uji", "--daerah", "Kabupaten Uji"]) == 0
    repo = RepoGit(tmp_path / "dinas/repositori.git")
    pohon = PohonGit(repo, str(repo.ref(UTAMA)))
    for berkas in (*FORMULIR, FOLDER / "PULL_REQUEST_TEMPLATE.md"):
        assert pohon.baca(f".github/{berkas.relative_to(FOLDER).as_posix()}") == berkas.read_bytes()
    assert pohon.daftar(".github/workflows/") == ()
