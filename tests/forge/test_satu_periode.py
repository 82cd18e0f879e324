"""The same SOP period, with every *tidak* loop, a Plh and a stale approval, on every forge.

It gives the same verdicts and the same log content on a bare repository, on GitHub (its own
example answers, every request held against its description) and on a real Forgejo.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kinerja.agency import Instansi
from kinerja.cli.main import jalankan
from kinerja.founding import buat_instansi
from kinerja.history import periksa_log, periksa_riwayat

from .conftest import AKUN, MULAI, WITA, muat, panggung

pytestmark = pytest.mark.lambat
FORGEJO = os.environ.get("KINERJA_FORGEJO_URL")


def _setempat(instansi: Instansi, mulai: datetime) -> Any:
    p = panggung.PanggungSetempat(instansi, mulai)
    panggung.satu_periode(p)
    return p


def _sehat(p: Any) -> None:
    """Log and history hold, but for the commit that the test itself pushed past every check."""
    assert all(b.lulus for b in periksa_log(p.forge))
    halaman = p.halaman.sambungan.buka(p.forge.repo) if hasattr(p, "halaman") else None
    cacat = [b.alasan for b in periksa_riwayat(p.forge, halaman=halaman) if not b.lulus]
    assert len(cacat) == 1, cacat
    assert "reports/2024/anggaran.yaml" in cacat[0]


def test_on_github_the_log_says_the_same_as_without_a_forge(
    salin: Callable[[str], Instansi], gh_panggung: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    panggung.satu_periode(gh_panggung)
    gangguan = [(k.usulan.perubahan, k.gangguan) for k in gh_panggung.kabar if k.gangguan]
    assert gangguan == []
    setempat = _setempat(salin("setempat"), MULAI)
    assert panggung.isi_log(gh_panggung.forge) == panggung.isi_log(setempat.forge)
    _sehat(setempat)
    _sehat(gh_panggung)
    folder = str(gh_panggung.instansi.folder)
    assert jalankan(["log", "--verify", "--repo", folder]) == 0
    assert jalankan(["check-approvals", "--repo", folder]) == 0
    assert "0 usulan dinilai" in capsys.readouterr().out
    _satu_layar(gh_panggung)


def test_on_recorded_forgejo_answers_the_log_says_the_same(
    fj: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kinerja.adapters.forges.forgejo._JEDA_DETIK", 0.0)
    awal = buat_instansi(tmp_path / "awal", panggung.isi_instansi(MULAI, AKUN, "forgejo"), "p-oki", MULAI)
    instansi = {n: Instansi(tmp_path / n, tmp_path / n / "repositori.git") for n in ("mesin", "setempat")}
    for i in instansi.values():
        shutil.copytree(awal.folder, i.folder)
    p = panggung.PanggungForge(instansi["mesin"], MULAI, fj)
    panggung.satu_periode(p)
    assert panggung.isi_log(p.forge) == panggung.isi_log(_setempat(instansi["setempat"], MULAI).forge)
    _sehat(p)
    _satu_layar(p)


def _satu_layar(p: Any) -> None:
    """One comment of ours on each pull request, however often it was judged; the check is green at last."""
    for u in p.halaman._usulan:
        kami = [k["body"] for k in u.komentar if k["body"].startswith("<!-- kinerja: persetujuan -->")]
        assert len(kami) == 1, u.cabang
        assert kami[0].splitlines()[1].startswith("**Dapat digabung.**")
        assert p.halaman.status[u.kepala_akhir][-1]["state"] == "success"


@pytest.mark.skipif(not FORGEJO, reason="KINERJA_FORGEJO_URL tidak diisi")
def test_on_a_real_forgejo_the_log_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert FORGEJO is not None
    token = os.environ["KINERJA_FORGEJO_TOKEN"]
    monkeypatch.setenv("KINERJA_TOKEN", token)
    # the command line's clock is ours, the pages' is Forgejo's: ours must stay behind
    mulai = datetime.now(WITA).replace(second=0, microsecond=0) - timedelta(hours=2)
    halaman = muat("forgejo_hidup").ForgejoHidup(FORGEJO, token, list(AKUN))
    awal = panggung.isi_instansi(mulai, halaman.akun, "forgejo")
    folder = buat_instansi(tmp_path / "awal", awal, "p-oki", mulai).folder
    instansi = {n: Instansi(tmp_path / n, tmp_path / n / "repositori.git") for n in ("mesin", "setempat")}
    for i in instansi.values():
        shutil.copytree(folder, i.folder)
    p = panggung.PanggungForge(instansi["mesin"], mulai, halaman)
    panggung.satu_periode(p)
    setempat = _setempat(instansi["setempat"], mulai)
    assert panggung.isi_log(p.forge) == panggung.isi_log(setempat.forge)
    _sehat(p)
    halaman.hapus()
