"""What ADR 13 promises of the workflows, read from the files themselves."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[1] / ".github" / "workflows"
SEMUA = sorted(FOLDER.glob("*.yml"))
BERKUNCI = {"persetujuan.yml", "buka-periode.yml"}
USULAN = {"pull_request", "pull_request_review", "pull_request_target"}


def _baca(berkas: Path) -> dict[str, Any]:
    data = yaml.load(berkas.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # `on` stays a word
    assert isinstance(data, dict)
    return data


def _langkah(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [s for pekerjaan in data["jobs"].values() for s in pekerjaan["steps"]]


@pytest.mark.parametrize("berkas", SEMUA, ids=lambda b: b.name)
def test_rights_are_named_job_by_job_and_actions_by_commit(berkas: Path) -> None:
    data = _baca(berkas)
    assert data["permissions"] == {}
    for s in _langkah(data):
        if "uses" in s:
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", s["uses"]), s["uses"]
        if s.get("uses", "").startswith("actions/checkout@"):
            assert s["with"]["persist-credentials"] == "false"
        assert "${{" not in s.get("run", "")


@pytest.mark.parametrize("berkas", SEMUA, ids=lambda b: b.name)
def test_secrets_are_of_the_environment_and_for_main_alone(berkas: Path) -> None:
    data, teks = _baca(berkas), berkas.read_text(encoding="utf-8")
    rahasia = set(re.findall(r"secrets\.(\w+)", teks))
    if berkas.name not in BERKUNCI:
        assert rahasia == set()
        return
    assert not USULAN & set(data["on"])
    for pekerjaan in data["jobs"].values():
        assert pekerjaan["environment"] == "persetujuan"
        assert "github.ref == 'refs/heads/main'" in pekerjaan["if"]
        for s in pekerjaan["steps"]:
            if s.get("uses", "").startswith("actions/checkout@"):
                assert s["with"]["ref"] == "main"


def test_no_key_that_signs_archives_or_acts_is_anywhere() -> None:
    nama = {n for b in SEMUA for n in re.findall(r"secrets\.(\w+)", b.read_text(encoding="utf-8"))}
    assert nama == {"KINERJA_KUNCI_PENGAMAT", "KINERJA_TOKEN", "KINERJA_APLIKASI", "KINERJA_KUNCI_APLIKASI"}


@pytest.mark.parametrize("berkas", [b for b in SEMUA if b.name != "tests.yml"], ids=lambda b: b.name)
def test_what_a_proposal_starts_may_write_nothing(berkas: Path) -> None:
    data = _baca(berkas)
    assert "pull_request_target" not in data["on"]
    if not USULAN & set(data["on"]):
        return
    tulis = {h for p in data["jobs"].values() for h, v in p.get("permissions", {}).items() if v == "write"}
    assert tulis <= {"security-events"}
    for s in _langkah(data):
        if s.get("uses", "").startswith("actions/checkout@") and s["with"]["path"] == "alat":
            assert s["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"
