"""Records what a real Forgejo answers while the scripted period is played, for ``forgejo_tiruan``.

Run by hand where a Forgejo runs on loopback; it writes ``rekaman/forgejo.json``: for each
operation one answer as it came, word for word, with the server's version. Addresses and account
names are those of the recording; they are filled in anew when the answers are replayed.

    KINERJA_FORGEJO_URL=http://127.0.0.1:3301 KINERJA_FORGEJO_TOKEN=… python tests/forge/rekam_forgejo.py
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from kinerja.adapters.forges.connection import Sambungan
from kinerja.adapters.forges.forgejo import Forgejo
from kinerja.adapters.forges.http import Jawaban, Klien
from kinerja.adapters.git import RepoGit
from kinerja.adapters.package_data import contoh_boalemo
from kinerja.adapters.yaml_strict import muat
from kinerja.agency import Instansi
from kinerja.founding import buat_instansi

REKAMAN = Path(__file__).with_name("rekaman") / "forgejo.json"
OPERASI = (
    ("GET", r"/user", "user"),
    ("GET", r"/repos/[^/]+/[^/]+/pulls", "pulls"),
    ("POST", r"/repos/[^/]+/[^/]+/pulls", "pulls-buka"),
    ("GET", r"/repos/[^/]+/[^/]+/pulls/\d+", "pull"),
    ("GET", r"/repos/[^/]+/[^/]+/pulls/\d+/reviews", "reviews"),
    ("GET", r"/repos/[^/]+/[^/]+/pulls/\d+/commits", "commits"),
    ("POST", r"/repos/[^/]+/[^/]+/pulls/\d+/merge", "merge"),
    ("GET", r"/repos/[^/]+/[^/]+/issues/\d+/comments", "comments"),
    ("POST", r"/repos/[^/]+/[^/]+/issues/\d+/comments", "comment-buat"),
    ("PATCH", r"/repos/[^/]+/[^/]+/issues/comments/\d+", "comment-ubah"),
    ("GET", r"/repos/[^/]+/[^/]+/issues/\d+/timeline", "timeline"),
    ("POST", r"/repos/[^/]+/[^/]+/statuses/[0-9a-f]+", "status"),
    ("GET", r"/repos/[^/]+/[^/]+/commits/[0-9a-f]+/statuses", "statuses"),
    ("GET", r"/repos/[^/]+/[^/]+/git/commits/[0-9a-f]+", "commit"),
)


def operasi(metode: str, jalur: str) -> str | None:
    """Name of the operation that a request is."""
    bersih = jalur.partition("?")[0]
    return next((n for m, pola, n in OPERASI if m == metode and re.fullmatch(pola, bersih)), None)


class _SambunganRekam(Sambungan):
    """As a connection, but what the forge answers is kept."""

    contoh: dict[str, Any] = {}  # noqa: RUF012 - one recording a process

    def buka(self, repo: RepoGit) -> Forgejo:
        """The forge, overheard."""
        return Forgejo(Klien(self.api, self.token(repo), catat=self._catat), self.nama, self.halaman)

    def _catat(self, metode: str, jalur: str, _badan: Any, j: Jawaban) -> None:
        nama = operasi(metode, jalur)
        if nama is None or j.kode >= 300:  # noqa: PLR2004
            return
        lama = self.contoh.get(nama)
        # of a list, the longest answer shows the most kinds of entries
        if lama is None or (isinstance(j.data, list) and len(j.data) > len(lama["data"])):
            self.contoh[nama] = {"kode": j.kode, "data": j.data}


def _muat(nama: str) -> Any:
    spec = importlib.util.spec_from_file_location(nama, Path(__file__).with_name(f"{nama}.py"))
    assert spec is not None and spec.loader is not None
    modul = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(modul)
    return modul


def rekam(alamat: str, token: str) -> dict[str, Any]:
    """Plays the period on the forge; gives what was overheard."""
    panggung, hidup = _muat("panggung"), _muat("forgejo_hidup")
    identitas, _ = muat(contoh_boalemo()["reports/identitas.yaml"], "")
    halaman = hidup.ForgejoHidup(alamat, token, [o["id"] for o in identitas["orang"]])
    s = halaman.sambungan
    halaman.sambungan = _SambunganRekam(s.forge, s.alamat, s.api)
    mulai = datetime.now(timezone(timedelta(hours=8))).replace(second=0, microsecond=0) - timedelta(hours=2)
    with tempfile.TemporaryDirectory() as folder:
        isi = panggung.isi_instansi(mulai, halaman.akun, "forgejo")
        instansi: Instansi = buat_instansi(Path(folder) / "dinas", isi, "p-oki", mulai)
        p = panggung.PanggungForge(instansi, mulai, halaman)
        panggung.satu_periode(p)
        for c in p.forge.repo.riwayat("refs/heads/main")[-1:]:
            halaman.sambungan.buka(p.forge.repo).akun_satu(c.oid)
    versi = Klien(f"{alamat.rstrip('/')}/api/v1", token).minta("GET", "/version").data["version"]
    halaman.hapus()
    return {"forgejo": versi, "contoh": dict(sorted(_SambunganRekam.contoh.items()))}


if __name__ == "__main__":
    os.environ["KINERJA_TOKEN"] = os.environ["KINERJA_FORGEJO_TOKEN"]
    hasil = rekam(os.environ["KINERJA_FORGEJO_URL"], os.environ["KINERJA_FORGEJO_TOKEN"])
    REKAMAN.parent.mkdir(exist_ok=True)
    teks = json.dumps(hasil, ensure_ascii=False, indent=1, sort_keys=True)
    REKAMAN.write_text(teks.replace(os.environ["KINERJA_FORGEJO_URL"].rstrip("/"), "http://forge.invalid") + "\n")
    sys.stdout.write(f"{REKAMAN.name}: {len(hasil['contoh'])} operasi, {REKAMAN.stat().st_size} bita\n")
