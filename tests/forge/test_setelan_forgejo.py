"""A real Forgejo, set up by ``kinerja forge setup``: still merging what is approved, and nothing else."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kinerja.adapters.git import RepoGit
from kinerja.adapters.local_forge import pelaku
from kinerja.adapters.refs import UTAMA
from kinerja.adapters.yaml_strict import muat
from kinerja.cli.main import jalankan
from kinerja.domain.errors import KinerjaError
from kinerja.founding import buat_instansi

from .conftest import muat as muat_modul
from .conftest import panggung

ALAMAT, TOKEN = os.environ.get("KINERJA_FORGEJO_URL"), os.environ.get("KINERJA_FORGEJO_TOKEN")
LAYANAN = "layanan"
"""An account that may write and is nobody's: what runs ``check-approvals``."""
pytestmark = [pytest.mark.lambat, pytest.mark.skipif(not (ALAMAT and TOKEN), reason="KINERJA_FORGEJO_URL, …_TOKEN")]


class PanggungTerlindung(panggung.PanggungForge):
    """As on any forge, but main moves by an approved pull request alone."""

    def __init__(self, *argumen: Any) -> None:
        self.gangguan: list[str] = []
        super().__init__(*argumen)

    def putar(self) -> tuple[Any, ...]:
        """As a nightly or five-minute run would: what a busy Forgejo would not do now, the next run does."""
        for _ in range(3):
            hasil = super().putar()
            self.gangguan += [f"{h.usulan.perubahan}: {h.gangguan}" for h in hasil if h.gangguan]
            if not any(h.gangguan for h in hasil):
                break
        return hasil

    def ubah_utama(self, jalur: str, isi: bytes) -> None:
        self.halaman.baru("p-citra", "perencanaan/catatan", jalur, isi, "Catat pemeriksaan ulang")
        self.jawab("p-bakri", "perencanaan/catatan", True)
        self.forge.segarkan()


@pytest.fixture
def tempat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PanggungTerlindung]:
    monkeypatch.delenv("KINERJA_WAKTU", raising=False)
    identitas, _ = muat(panggung.package_data.contoh_boalemo()["reports/identitas.yaml"], "")
    orang = [o["id"] for o in identitas["orang"]]
    halaman = muat_modul("forgejo_hidup").ForgejoHidup(str(ALAMAT), str(TOKEN), [*orang, LAYANAN])
    mulai = datetime.now(UTC) - timedelta(hours=2)
    monkeypatch.setenv("KINERJA_TOKEN", halaman.token["p-oki"])
    instansi = buat_instansi(tmp_path / "dinas", panggung.isi_instansi(mulai, halaman.akun, "forgejo"), "p-oki", mulai)
    try:
        yield PanggungTerlindung(instansi, mulai, halaman)
    finally:
        halaman.hapus()


def _json(capsys: pytest.CaptureFixture[str], *argumen: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    kode = jalankan([*argumen, "--format", "json"])
    return kode, json.loads(capsys.readouterr().out)


def test_a_period_on_a_repository_that_setup_protected(
    tempat: PanggungTerlindung, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = str(tempat.instansi.folder)
    kode, sebelum = _json(capsys, "forge", "doctor", "--repo", repo)
    salah = {b["kode"] for b in sebelum["baris"] if b["tanda"] == "salah"}
    assert kode == 1
    assert {"setelan:main.ada", "setelan:gabung.squash", "codeowners:belum", "sumber-cek"} <= salah

    kode, rencana = _json(capsys, "forge", "setup", "--repo", repo)
    assert kode == 1 and not rencana["dipasang"]
    pasang = ("forge", "setup", "--apply", "--penggabung", tempat.halaman.login[LAYANAN], "--repo", repo)
    kode, pertama = _json(capsys, *pasang)
    assert (kode, pertama["ditolak"]) == (0, {})
    assert any(b["diubah"] for b in pertama["butir"])
    kode, kedua = _json(capsys, *pasang)
    assert (kode, [b["kunci"] for b in kedua["butir"] if b["diubah"]]) == (0, [])

    formulir = tempat.halaman.tanya("issue_templates")
    assert {f["title"] for f in formulir} == {"Ralat: ", "Pejabat: ", "Bantuan: ", "Gangguan: "}
    assert tempat.halaman.tanya("issue_config/validate")["valid"]
    _tolak_dorongan(tempat)
    monkeypatch.setenv("KINERJA_TOKEN", tempat.halaman.token[LAYANAN])
    _tolak_dorongan(tempat)
    _usulkan_codeowners(tempat, repo)
    _tolak_penggabungan(tempat)
    panggung.satu_periode(tempat)
    tempat.forge.segarkan()
    assert tempat.forge.reports().kirim(panggung.TW1) is not None, tempat.gangguan
    _tolak_dorongan(tempat)

    monkeypatch.setenv("KINERJA_TOKEN", tempat.halaman.token["p-oki"])
    kode, sesudah = _json(capsys, "forge", "doctor", "--repo", repo)
    assert [b for b in sesudah["baris"] if b["tanda"] == "salah"] == []
    assert kode == 0
    kode, riwayat = _json(capsys, "check-approvals", "--riwayat", "--repo", repo)
    assert (kode, [b for b in riwayat["baris"] if not b["lulus"]]) == (0, [])


def _tolak_dorongan(p: PanggungTerlindung) -> None:
    """Main does not move by a push, whoever pushes."""
    repo: RepoGit = p.forge.repo
    p.forge.segarkan()
    utama = p.forge.utama()
    orang = p.forge.reports().identitas().cari("p-oki")
    assert orang is not None
    oid = repo.tulis_commit([utama], {"reports/sop.yaml": b"x"}, "Langsung\n", pelaku(orang), datetime.now(UTC))
    with pytest.raises(KinerjaError, match="protected branch"):
        p.halaman.sambungan.repo_jauh(repo).dorong({UTAMA: (oid, utama)})
    p.forge.segarkan()
    assert p.forge.utama() == utama


def _tolak_penggabungan(p: PanggungTerlindung) -> None:
    """A person who may write sets our check himself; still only the service account may merge."""
    r = p.forge.reports()
    isi = (r.pohon.baca("reports/sop.yaml") or b"") + b"# Tanpa persetujuan.\n"
    p.halaman.baru("p-dedi", "tata-kelola/curang", "reports/sop.yaml", isi, "Ubah SOP sendiri")
    with pytest.raises(KinerjaError, match="not allowed to merge"):
        p.halaman.gabung_sendiri("p-dedi", "tata-kelola/curang")


def _usulkan_codeowners(p: PanggungTerlindung, repo: str) -> None:
    """The file goes to main as any other change of who decides: Sekretaris, then Kepala Dinas."""
    assert jalankan(["forge", "codeowners", "--periksa", "--repo", repo]) == 1
    assert jalankan(["forge", "codeowners", "--tulis", "--sebagai", "p-oki", "--repo", repo]) == 0
    p.jawab("p-bakri", "tata-kelola/codeowners", True)
    p.jawab("p-ayu", "tata-kelola/codeowners", True)
    assert p.kabar[-1].gabungan, [h for h in p.kabar if h.gangguan or h.catatan]
    assert jalankan(["forge", "codeowners", "--periksa", "--repo", repo]) == 0
