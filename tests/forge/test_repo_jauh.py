"""The repository on a forge, by git alone: compare-and-swap over a wire, refspecs, nothing taken back."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kinerja.adapters.forges.connection import Sambungan, hubungkan, kenali, sambungan
from kinerja.adapters.git import Pelaku, RepoGit
from kinerja.adapters.git_remote import MundurError, RepoJauh
from kinerja.adapters.refs import REF_LOG, UTAMA
from kinerja.agency import Instansi
from kinerja.cli.main import jalankan
from kinerja.domain.errors import BentrokError, KinerjaError, PemakaianError

from .conftest import MULAI

OLEH = Pelaku("Uji", "uji@contoh.invalid")


@pytest.fixture
def tiga(tmp_path: Path) -> tuple[RepoGit, RepoGit, Path]:
    """Two clones and their forge, with one commit on main and one in the log."""
    pusat, satu, dua = (RepoGit.buat(tmp_path / n) for n in ("pusat.git", "satu.git", "dua.git"))
    awal = pusat.tulis_commit([], {"a": b"1"}, "Awal", OLEH, MULAI)
    pusat.pindah_banyak({UTAMA: (awal, None), REF_LOG: (awal, None)}, "uji")
    for repo in (satu, dua):
        RepoJauh(repo, str(pusat.folder)).ambil()
    return satu, dua, pusat.folder


def _commit(repo: RepoGit, ref: str, isi: bytes) -> tuple[str, str]:
    lama = repo.ref(ref)
    assert lama is not None
    return repo.tulis_commit([lama], {"a": isi}, "Ubah", OLEH, MULAI), lama


def test_branches_and_the_log_come_along(tiga: tuple[RepoGit, RepoGit, Path]) -> None:
    satu, dua, _ = tiga
    assert satu.ref(UTAMA) == dua.ref(UTAMA) is not None
    assert satu.ref(REF_LOG) == dua.ref(REF_LOG) is not None


def test_of_two_pushes_one_wins_whole(tiga: tuple[RepoGit, RepoGit, Path]) -> None:
    satu, dua, pusat = tiga
    log1, cabang = _commit(satu, REF_LOG, b"satu"), _commit(satu, UTAMA, b"kk")[0]
    RepoJauh(satu, str(pusat)).dorong({REF_LOG: log1, "refs/heads/kk/x": (cabang, None)})
    log2, lain = _commit(dua, REF_LOG, b"dua"), _commit(dua, UTAMA, b"lain")[0]
    jauh = RepoJauh(dua, str(pusat))
    with pytest.raises(BentrokError):
        jauh.dorong({REF_LOG: log2, "refs/heads/kk/y": (lain, None)})
    assert "refs/heads/kk/y" not in jauh.ref()
    assert dua.ref("refs/heads/kk/y") is None
    jauh.ambil()
    assert dua.ref(REF_LOG) == log1[0]
    assert dua.ref("refs/heads/kk/x") == cabang


@pytest.mark.parametrize("ref", [UTAMA, REF_LOG])
def test_what_was_taken_back_on_the_forge_is_not_followed(
    tiga: tuple[RepoGit, RepoGit, Path], ref: str
) -> None:
    satu, dua, pusat = tiga
    baru, lama = _commit(satu, ref, b"2")
    RepoJauh(satu, str(pusat)).dorong({ref: (baru, lama)})
    RepoJauh(dua, str(pusat)).ambil()
    RepoGit(pusat).jalankan("update-ref", ref, lama)
    with pytest.raises(MundurError) as e:
        RepoJauh(dua, str(pusat)).ambil()
    assert dua.ref(ref) == baru
    assert "jangan lanjutkan" in (e.value.saran or "")


def test_a_branch_deleted_on_the_forge_goes_here_too(tiga: tuple[RepoGit, RepoGit, Path]) -> None:
    satu, dua, pusat = tiga
    oid = _commit(satu, UTAMA, b"x")[0]
    RepoJauh(satu, str(pusat)).dorong({"refs/heads/kk/x": (oid, None)})
    RepoJauh(dua, str(pusat)).ambil()
    RepoJauh(satu, str(pusat)).dorong({"refs/heads/kk/x": (None, oid)})
    RepoJauh(dua, str(pusat)).ambil()
    assert dua.ref("refs/heads/kk/x") is None
    assert dua.ref(UTAMA) is not None


def test_the_token_is_in_no_argument_file_or_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo, terlihat = RepoGit.buat(tmp_path / "a.git"), []
    asli = RepoGit.jalankan

    def jalankan_(self: RepoGit, *argumen: str, **lain: Any) -> bytes:
        terlihat.append(argumen)
        return asli(self, *argumen, **lain)

    monkeypatch.setattr(RepoGit, "jalankan", jalankan_)
    with pytest.raises(KinerjaError) as e:
        RepoJauh(repo, "http://127.0.0.1:9/dinsos/kinerja.git", "rahasia").ambil()
    assert "127.0.0.1/dinsos/kinerja.git" in e.value.pesan
    for teks in ("rahasia", base64.b64encode(b"x-access-token:rahasia").decode()):
        assert all(teks not in a for argumen in terlihat for a in argumen)
        assert teks not in str(e.value) + e.value.pesan
        assert teks not in (repo.folder / "config").read_text()


@pytest.mark.parametrize(
    ("alamat", "forge", "api"),
    [
        ("https://github.com/dinsos/kinerja.git", None, "https://api.github.com"),
        ("https://ghe.contoh.go.id/dinsos/kinerja", "github", "https://ghe.contoh.go.id/api/v3"),
        ("https://git.contoh.go.id/dinsos/kinerja/", "forgejo", "https://git.contoh.go.id/api/v1"),
        ("https://contoh.go.id/git/dinsos/kinerja", "forgejo", "https://contoh.go.id/git/api/v1"),
    ],
)
def test_an_address_says_where_everything_is(alamat: str, forge: str | None, api: str, tmp_path: Path) -> None:
    s = kenali(alamat, forge)
    assert (s.api, s.nama) == (api, "dinsos/kinerja")
    repo = RepoGit.buat(tmp_path / "a.git")
    assert sambungan(repo) is None
    hubungkan(repo, s)
    ada = sambungan(repo)
    assert ada == Sambungan(s.forge, s.alamat, s.api, f"{s.alamat}.git")
    hubungkan(repo, s)
    ambil = repo.jalankan("config", "--get-all", "remote.origin.fetch").decode().split()
    assert ambil == ["+refs/heads/*:refs/heads/*", "refs/kinerja/*:refs/kinerja/*"]


@pytest.mark.parametrize(
    "alamat",
    ["dinsos/kinerja", "https://github.com/dinsos", "ssh://git@github.com/a/b", "https://u:p@github.com/a/b",
     "https://git.contoh.go.id/a/b", ""],
)  # fmt: skip
def test_an_address_that_names_no_repository_is_refused(alamat: str) -> None:
    with pytest.raises(PemakaianError):
        kenali(alamat)


def test_plain_http_is_for_this_machine_alone() -> None:
    from kinerja.adapters.forges.http import Klien

    Klien("http://127.0.0.1:3000/api/v1", "x")
    with pytest.raises(PemakaianError, match="tidak aman"):
        Klien("http://git.contoh.go.id/api/v1", "x")


@pytest.mark.lambat
def test_connected_cloned_and_fetched_by_plain_git(
    gh: Any, salin: Callable[[str], Instansi], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An agency goes to a forge; a second machine takes it from there, log and all."""
    instansi = salin("mesin")
    repo = instansi.forge().repo
    hubungkan(repo, gh.sambungan)
    semua = {**repo.ref_ref("refs/heads/"), **repo.ref_ref("refs/kinerja/")}
    gh.sambungan.repo_jauh(repo).dorong({n: (oid, None) for n, oid in semua.items()})
    cermin = tmp_path / "cermin.git"
    subprocess.run(["git", "clone", "--quiet", "--mirror", str(gh.git.folder), str(cermin)], check=True)
    assert jalankan(["log", "--verify", "--repo", str(cermin)]) == 0
    lain = RepoGit.buat(tmp_path / "lain.git")
    hubungkan(lain, gh.sambungan)
    subprocess.run(["git", "-C", str(lain.folder), "fetch", "--quiet", "--update-head-ok", "origin"], check=True)
    assert lain.ref(REF_LOG) == repo.ref(REF_LOG)
    assert jalankan(["log", "--verify", "--repo", str(lain.folder)]) == 0
    capsys.readouterr()


def test_init_from_an_empty_repository_says_what_to_do(
    gh: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        "kinerja.adapters.forges.connection.kenali", lambda *_: gh.sambungan
    )  # git's transport is a folder here
    assert jalankan(["init", str(tmp_path / "x"), "--dari", gh.sambungan.alamat, "--forge", "github"]) != 0
    assert "masih kosong" in capsys.readouterr().err
