"""``kinerja forge setup`` and ``doctor`` against GitHub's own description of its interface."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kinerja.adapters import package_data
from kinerja.adapters.forges.connection import Sambungan, hubungkan
from kinerja.adapters.git import RepoGit
from kinerja.adapters.yaml_splice import sisip
from kinerja.adapters.yaml_strict import muat
from kinerja.agency import Instansi
from kinerja.cli.main import jalankan
from kinerja.founding import buat_instansi

from .conftest import github_tiruan
from .conftest import muat as muat_modul

MULAI = datetime(2024, 1, 2, tzinfo=UTC)


periksa, tiruan = github_tiruan.kontrak, muat_modul("setelan_tiruan")
JAUH = "jauh.git"


@pytest.fixture
def github(request: pytest.FixtureRequest) -> Iterator[Any]:
    server = tiruan.SetelanTiruan(periksa, **getattr(request, "param", {}))
    try:
        yield server
    finally:
        server.tutup()
    assert server.menyimpang == []


@pytest.fixture
def instansi(tmp_path: Path, github: Any, monkeypatch: pytest.MonkeyPatch) -> Instansi:
    """A sample agency whose people have accounts, connected to the small GitHub and to a bare repository."""
    monkeypatch.setenv("KINERJA_TOKEN", "ghp_uji")
    monkeypatch.setenv("KINERJA_WAKTU", "2024-03-04T09:00")
    isi = package_data.contoh_boalemo()
    identitas, _ = muat(isi["reports/identitas.yaml"], "")
    ganti: dict[str, object] = {}
    for n, o in enumerate(identitas["orang"]):
        github.akun[100 + n] = o["id"].removeprefix("p-")
        ganti[f"/orang/{n}/akun"] = [{"forge": "github", "nomor": 100 + n, "mulai": "2024-01-01", "selesai": None}]
    isi["reports/identitas.yaml"] = sisip(isi["reports/identitas.yaml"], ganti)
    hasil = buat_instansi(tmp_path / "dinas", isi, "p-oki", MULAI)
    jauh, repo = RepoGit.buat(tmp_path / JAUH), hasil.forge().repo
    s = Sambungan("github", f"{github.alamat}/{tiruan.REPO}", github.alamat, str(tmp_path / JAUH))
    s.repo_jauh(repo).dorong(
        {n: (oid, None) for n, oid in {**repo.ref_ref("refs/heads/"), **repo.ref_ref("refs/kinerja/")}.items()}
    )
    hubungkan(repo, s)
    assert jauh.ref("refs/heads/main")
    return hasil


def _json(capsys: pytest.CaptureFixture[str], instansi: Instansi, *argumen: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    kode = jalankan([*argumen, "--repo", str(instansi.folder), "--format", "json"])
    return kode, json.loads(capsys.readouterr().out)


def _salah(isi: dict[str, Any]) -> set[str]:
    return {b["kode"] for b in isi["baris"] if b["tanda"] == "salah"}


def test_the_plan_changes_nothing_and_what_it_makes_is_made_once(
    instansi: Instansi, github: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    kode, rencana = _json(capsys, instansi, "forge", "setup")
    assert (kode, github.tulisan) == (1, [])
    beda = {b["kunci"] for b in rencana["butir"] if not b["cocok"]}
    assert {"main.aktif", "gabung.squash", "actions.hak", "lingkungan.cabang", "pages.cara", "label.ada"} <= beda

    kode, pertama = _json(capsys, instansi, "forge", "setup", "--apply")
    assert (kode, pertama["ditolak"]) == (0, {})
    assert {b["kunci"] for b in pertama["butir"] if b["diubah"]} == beda
    (aturan,) = github.aturan
    assert aturan["bypass_actors"] == [] and aturan["enforcement"] == "active"
    assert {r["type"] for r in aturan["rules"]} == {
        "deletion", "non_fast_forward", "pull_request", "required_status_checks",
    }  # fmt: skip
    assert github.repo["allow_squash_merge"] is False
    assert github.actions == {"default_workflow_permissions": "read", "can_approve_pull_request_reviews": False}
    assert [c["name"] for c in github.cabang_lingkungan] == ["main"]
    assert github.halaman == {"build_type": "workflow"}

    banyak = len(github.tulisan)
    kode, kedua = _json(capsys, instansi, "forge", "setup", "--apply")
    assert (kode, len(github.tulisan)) == (0, banyak)
    assert not any(b["diubah"] for b in kedua["butir"])


def test_what_an_agency_added_to_the_ruleset_stays(
    instansi: Instansi, github: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    _json(capsys, instansi, "forge", "setup", "--apply")
    (aturan,) = github.aturan
    cek = {"context": "kinerja validate", "integration_id": 15368}
    for r in aturan["rules"]:
        if r["type"] == "required_status_checks":
            r["parameters"]["required_status_checks"].append(cek)
    aturan["rules"].append({"type": "required_linear_history"})
    aturan["bypass_actors"] = [{"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "always"}]

    _, isi = _json(capsys, instansi, "forge", "doctor")
    assert "setelan:main.lewat" in _salah(isi)
    kode, hasil = _json(capsys, instansi, "forge", "setup", "--apply", "--cek", "audit")
    assert kode == 0
    assert {b["kunci"] for b in hasil["butir"] if b["diubah"]} == {"main.lewat", "main.cek-wajib"}
    (aturan,) = github.aturan
    assert {"type": "required_linear_history"} in aturan["rules"]
    wajib = next(r for r in aturan["rules"] if r["type"] == "required_status_checks")["parameters"]
    assert wajib["required_status_checks"] == [{"context": "kinerja/persetujuan"}, cek, {"context": "audit"}]


def test_the_doctor_is_content_after_setup_and_codeowners(
    instansi: Instansi, github: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    kode, sebelum = _json(capsys, instansi, "forge", "doctor")
    assert kode == 1
    assert {"setelan:main.aktif", "setelan:pages.cara", "codeowners:belum", "sumber-cek"} <= _salah(sebelum)
    _pasang(capsys, instansi)
    wajib = next(r for r in github.aturan[0]["rules"] if r["type"] == "required_status_checks")["parameters"]
    assert wajib["required_status_checks"] == [{"context": "kinerja/persetujuan", "integration_id": 4242}]
    _taruh_codeowners(instansi, capsys)
    kode, isi = _json(capsys, instansi, "forge", "doctor")
    assert (_salah(isi), kode) == (set(), 0)
    assert {"jalan-pintas:admin", "log:tak-terlindung", "token:workflow"} <= {
        b["kode"] for b in isi["baris"] if b["tanda"] == "catatan"
    }


@pytest.mark.parametrize(
    ("ubah", "harap"),
    [
        pytest.param({"rahasia": ["SSH_KUNCI", "URL_SITUS"]}, {"rahasia"}, id="kunci di rahasia repositori"),
        pytest.param({"akun_hilang": 104}, {"akun:hilang:p-eka", "codeowners:login:eka", "codeowners:basi"},
                     id="akun terhapus"),
        pytest.param({"akun_lain": ("eka", 999)}, {"codeowners:login:eka", "codeowners:basi"}, id="login berpindah"),
    ],
)  # fmt: skip
def test_the_doctor_finds(
    instansi: Instansi, github: Any, capsys: pytest.CaptureFixture[str], ubah: dict[str, Any], harap: set[str]
) -> None:
    _pasang(capsys, instansi)
    _taruh_codeowners(instansi, capsys)
    github.rahasia = ubah.get("rahasia", [])
    if nomor := ubah.get("akun_hilang"):
        del github.akun[nomor]
    if pasangan := ubah.get("akun_lain"):
        lama = next(n for n, x in github.akun.items() if x == pasangan[0])
        github.akun |= {lama: "nama-baru", pasangan[1]: pasangan[0]}
    kode, isi = _json(capsys, instansi, "forge", "doctor")
    assert (_salah(isi), kode) == (harap, 1)


def test_the_log_and_the_observers_key_are_missed(
    instansi: Instansi, github: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _pasang(capsys, instansi)
    _taruh_codeowners(instansi, capsys)
    (instansi.kunci / "pengamat").unlink()
    _, isi = _json(capsys, instansi, "forge", "doctor")
    assert _salah(isi) == {"pengamat:tiada"}
    github.rahasia_lingkungan = ["KINERJA_KUNCI_PENGAMAT"]
    kode, isi = _json(capsys, instansi, "forge", "doctor")
    assert (_salah(isi), kode) == (set(), 0)


@pytest.mark.parametrize("github", [pytest.param({"gratis": True}, id="paket gratis, privat")], indirect=True)
def test_a_plan_without_protected_branches_is_told(
    instansi: Instansi, github: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    kode, isi = _json(capsys, instansi, "forge", "setup", "--apply")
    assert kode == 1
    assert {b["kunci"].partition(".")[0] for b in isi["butir"] if not b["cocok"]} == {"main", "lingkungan"}
    assert github.aturan == []
    _, isi = _json(capsys, instansi, "forge", "doctor")
    assert {"paket", "setelan:main"} <= _salah(isi)
    assert "setelan:lingkungan" not in _salah(isi)
    assert any(tiruan.TINGKATKAN in b["teks"] for b in isi["baris"])


def test_a_token_that_is_no_administrators_sees_less_and_says_so(
    instansi: Instansi, github: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    github.repo["permissions"] = {"admin": False}
    _, isi = _json(capsys, instansi, "forge", "doctor")
    (baris,) = [b for b in isi["baris"] if b["kode"] == "setelan:gabung"]
    assert baris["tanda"] == "salah" and "admin" in baris["teks"]


def test_for_people_the_lines_have_marks_and_what_to_do(
    instansi: Instansi, github: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert jalankan(["forge", "doctor", "--repo", str(instansi.folder)]) == 1
    teks = capsys.readouterr().out
    assert "✗ gabung dengan squash: ya, seharusnya tidak" in teks
    assert "    → kinerja forge setup --apply" in teks
    assert teks.rstrip().endswith("harus dibetulkan")
    assert jalankan(["forge", "setup", "--repo", str(instansi.folder)]) == 1
    teks = capsys.readouterr().out
    assert "✗ yang boleh melewati aturan: belum ada → tidak ada: tidak seorang pun, juga admin" in teks


def _pasang(capsys: pytest.CaptureFixture[str], instansi: Instansi) -> None:
    assert _json(capsys, instansi, "forge", "setup", "--apply", "--aplikasi", "4242")[0] == 0


def _taruh_codeowners(instansi: Instansi, capsys: pytest.CaptureFixture[str]) -> None:
    """CODEOWNERS into main, as an approved change would bring it."""
    capsys.readouterr()
    assert jalankan(["forge", "codeowners", "--repo", str(instansi.folder)]) == 0
    isi = capsys.readouterr().out.encode()
    forge = instansi.forge()
    repo, utama = forge.repo, forge.utama()
    from kinerja.adapters.local_forge import pelaku

    orang = forge.reports().identitas().cari("p-oki")
    assert orang is not None
    oid = repo.tulis_commit([utama], {".github/CODEOWNERS": isi}, "Uji\n", pelaku(orang), MULAI)
    forge.pindah({"refs/heads/main": (oid, utama)}, "uji")
    assert jalankan(["forge", "codeowners", "--periksa", "--repo", str(instansi.folder)]) == 0
