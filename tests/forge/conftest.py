"""Agencies and stages for the forge tests; the package is loaded by path, as pytest imports by path."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import ModuleType

import pytest

from kinerja.agency import Instansi
from kinerja.founding import buat_instansi

ORANG = (
    "ayu", "bakri", "citra", "dedi", "eka", "fajar", "gita", "hasan", "indah", "joni", "kiki", "lani", "mira",
    "nanang", "oki",
)  # fmt: skip
AKUN = {f"p-{n}": 100 + i for i, n in enumerate(ORANG)}
WITA = timezone(timedelta(hours=8))
MULAI = datetime(2026, 11, 27, 8, 0, tzinfo=WITA)


def muat(nama: str) -> ModuleType:
    """A module of this folder, once."""
    kunci = f"forge_{nama}"
    if kunci not in sys.modules:
        spec = importlib.util.spec_from_file_location(kunci, Path(__file__).with_name(f"{nama}.py"))
        assert spec is not None and spec.loader is not None
        sys.modules[kunci] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[kunci])
    return sys.modules[kunci]


panggung = muat("panggung")
github_tiruan = muat("github_tiruan")
forgejo_tiruan = muat("forgejo_tiruan")


@pytest.fixture(scope="session")
def instansi_awal(tmp_path_factory: pytest.TempPathFactory) -> Instansi:
    """An agency as ``init`` leaves it; never changed, only copied."""
    folder = tmp_path_factory.mktemp("awal") / "dinas"
    return buat_instansi(folder, panggung.isi_instansi(MULAI, AKUN, "github"), "p-oki", MULAI)


@pytest.fixture
def salin(instansi_awal: Instansi, tmp_path: Path) -> Callable[[str], Instansi]:
    """Gives a copy of the agency, with the same keys and the same commits."""

    def salin_(nama: str) -> Instansi:
        folder = tmp_path / nama
        shutil.copytree(instansi_awal.folder, folder)
        return Instansi(folder, folder / "repositori.git")

    return salin_


@pytest.fixture
def gh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """A GitHub of our own; afterwards every request must have fitted GitHub's description."""
    monkeypatch.setenv("KINERJA_TOKEN", "ghp_uji")
    with github_tiruan.GitHubTiruan(tmp_path / "github.git", AKUN, MULAI, halaman=2) as g:
        yield g
        assert g.cacat == []


@pytest.fixture
def gh_panggung(gh: object, salin: Callable[[str], Instansi]) -> object:
    """The agency on it."""
    return panggung.PanggungForge(salin("mesin"), MULAI, gh)


@pytest.fixture(scope="session")
def siap_awal(instansi_awal: Instansi, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object]]:
    """The period opened and every worksheet sent out as a pull request; never changed, only copied."""
    folder = tmp_path_factory.mktemp("siap")
    shutil.copytree(instansi_awal.folder, folder / "mesin")
    with pytest.MonkeyPatch.context() as m:
        m.setenv("KINERJA_TOKEN", "ghp_uji")
        with github_tiruan.GitHubTiruan(folder / "github.git", AKUN, MULAI) as g:
            p = panggung.PanggungForge(Instansi(folder / "mesin", folder / "mesin" / "repositori.git"), MULAI, g)
            panggung.sop.disposisi(p.sesi("p-bakri"), panggung.TW1, "Laporkan.")
            panggung.sop.siapkan(p.sesi("p-citra"), panggung.TW1)
            assert g.cacat == []
            return folder, g.keadaan()


@pytest.fixture
def siap(
    siap_awal: tuple[Path, dict[str, object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[object]:
    """A stage on which the period is open and every bidang has its pull request."""
    monkeypatch.setenv("KINERJA_TOKEN", "ghp_uji")
    asal, keadaan = siap_awal
    for nama in ("mesin", "github.git"):
        shutil.copytree(asal / nama, tmp_path / nama)
    instansi = Instansi(tmp_path / "mesin", tmp_path / "mesin" / "repositori.git")
    with github_tiruan.GitHubTiruan(tmp_path / "github.git", AKUN, MULAI, halaman=3) as g:
        g.lanjutkan(keadaan)
        yield panggung.PanggungForge(instansi, MULAI + timedelta(hours=1), g, baru=False)
        assert g.cacat == []


@pytest.fixture
def fj(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """A Forgejo of our own, with the answers of a real one; nothing may be asked that was not recorded."""
    monkeypatch.setenv("KINERJA_TOKEN", "uji")
    with forgejo_tiruan.ForgejoTiruan(tmp_path / "forgejo.git", AKUN, MULAI, halaman=2) as f:
        yield f
        assert f.cacat == []
