"""A Forgejo of our own on loopback, that answers with what a real one answered (``rekaman/forgejo.json``).

State, Git and people are those of ``github_tiruan``; each answer is a recorded one with this
state's numbers, commits and names in it. Like the real one it asks for another try while it still
looks at a pull request, and marks earlier reviews of a person as dismissed and unofficial.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from kinerja.adapters.forges.connection import Sambungan


def _muat(nama: str) -> Any:
    kunci = f"forge_{nama}"
    if kunci not in sys.modules:
        spec = importlib.util.spec_from_file_location(kunci, Path(__file__).with_name(f"{nama}.py"))
        assert spec is not None and spec.loader is not None
        sys.modules[kunci] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[kunci])
    return sys.modules[kunci]


_gh, _rekam = _muat("github_tiruan"), _muat("rekam_forgejo")
REKAMAN = json.loads(_rekam.REKAMAN.read_text(encoding="utf-8"))["contoh"]
_KEADAAN = {"CHANGES_REQUESTED": "REQUEST_CHANGES"}


def pola(operasi: str) -> Any:
    """A recorded answer, a copy."""
    return json.loads(json.dumps(REKAMAN[operasi]["data"]))


class ForgejoTiruan(_gh.GitHubTiruan):  # type: ignore[misc,name-defined] # loaded by path
    """One repository with its pull requests, spoken to as Forgejo is."""

    def __init__(self, folder: Path, akun: dict[str, int], mulai: datetime, halaman: int = 50) -> None:
        super().__init__(folder, akun, mulai, halaman)
        self.sambungan = Sambungan("forgejo", f"{self.alamat}/{_gh.REPO}", f"{self.alamat}/api/v1", str(folder))
        self._dibuka: dict[int, int] = {}
        self._sibuk: set[str] = set()

    def layani(self, metode: str, jalur: str, query: dict[str, list[str]], badan: Any) -> tuple[int, Any]:
        """One request, as the recorded Forgejo would answer it."""
        with self._gembok:
            self._lihat_cabang()
            jalur = jalur.removeprefix("/api/v1")
            self.jalan.append((metode, jalur))
            operasi = _rekam.operasi(metode, jalur)
            self.terbuka = query.get("state", ["open"]) == ["open"]
            if operasi is None:
                self.cacat.append(f"{metode} {jalur}: tidak ada rekamannya")
                return 404, None
            bagian = jalur.removeprefix(f"/repos/{_gh.REPO}").strip("/").split("/")
            return _OPERASI[operasi](self, bagian, badan)

    def _pengguna(self, nomor: int | None) -> dict[str, Any] | None:
        akun = super()._pengguna(nomor)
        return akun and {**pola("user"), "id": akun["id"], "login": akun["login"], "username": akun["login"]}

    def _json(self, u: Any) -> dict[str, Any]:
        d = pola("pull")
        kepala = self._kepala(u)
        d |= {
            "number": u.nomor, "title": u.judul, "body": u.isi, "state": "open" if u.terbuka else "closed",
            "html_url": f"{self.alamat}/{_gh.REPO}/pulls/{u.nomor}", "merged": u.gabungan is not None,
            "merge_commit_sha": u.gabungan, "mergeable": u.terbuka,
        }  # fmt: skip
        d["head"] |= {"ref": u.cabang, "label": u.cabang, "sha": kepala}
        d["base"] |= {"ref": "main", "label": "main"}
        if u.fork:
            d["head"]["repo_id"] = d["base"]["repo_id"] + 1
        return d

    def _acara(self, u: Any) -> list[dict[str, Any]]:
        contoh = next(a for a in pola("timeline") if a["type"] == "pull_push")
        dorongan = [d for d in self._dorongan if d["ref"] == f"refs/heads/{u.cabang}"][self._dibuka[u.nomor] :]
        hasil = [a for a in pola("timeline") if a["type"] == "review"][:1]
        for d in dorongan:
            paksa = self.git.leluhur_bersama(d["before"], d["after"]) != d["before"]
            baru = [c.oid for c in self.git.riwayat(f"{d['before']}..{d['after']}")]
            isi = {"is_force_push": paksa, "commit_ids": [d["before"], d["after"]] if paksa else baru}
            hasil.append(
                {**contoh, "id": d["id"], "user": d["actor"], "created_at": d["timestamp"], "body": json.dumps(isi)}
            )
        return hasil


# helpers: what each operation answers

Jawab = tuple[int, Any]


def _buka(g: ForgejoTiruan, _: list[str], badan: Any) -> Jawab:
    kode, _tubuh = _gh._buka(g, [], {}, badan)
    if kode == 201:  # noqa: PLR2004
        u = g._usulan[-1]
        g._dibuka[u.nomor] = sum(d["ref"] == f"refs/heads/{u.cabang}" for d in g._dorongan)
        return kode, g._json(u)
    return 409, {"message": "pull request already exists for these targets"}


def _tinjauan(g: ForgejoTiruan, bagian: list[str], _: Any) -> Jawab:
    hasil = []
    semua = g._nomor_usulan(bagian).tinjauan
    for n, t in enumerate(semua):
        keadaan = _KEADAAN.get(t["state"], t["state"])
        terakhir = all(s["user"] != t["user"] for s in semua[n + 1 :])
        d = {**pola("reviews")[0], **{k: t[k] for k in ("id", "user", "body", "commit_id", "submitted_at")}}
        hasil.append({**d, "state": keadaan, "official": terakhir, "dismissed": not terakhir, "stale": False})
    return 200, hasil


def _komentar(g: ForgejoTiruan, bagian: list[str], _: Any) -> Jawab:
    asli = g._nomor_usulan(bagian).komentar
    return 200, [
        {**pola("comments")[0], **{k: c[k] for k in ("id", "user", "body", "created_at", "updated_at")}} for c in asli
    ]


def _gabung(g: ForgejoTiruan, bagian: list[str], badan: Any) -> Jawab:
    u = g._nomor_usulan(bagian)
    kepala = g._kepala(u)
    if badan.get("head_commit_id") not in (None, kepala):
        return 409, {"message": "head out of date"}
    if kepala not in g._sibuk:  # a new head is looked at first
        g._sibuk.add(kepala)
        return 405, {"message": "Please try again later"}
    kode, _ = _gh._gabung(g, bagian, {}, {"sha": kepala, "commit_title": badan.get("MergeTitleField", "")})
    return (200, None) if kode == 200 else (405, {"message": ""})  # noqa: PLR2004


def _commit(g: ForgejoTiruan, bagian: list[str], _: Any) -> Jawab:
    _, semua = _gh._commit_usulan(g, bagian, {}, None)
    hasil = []
    for c in reversed(semua):
        kenal = {k: c[k] if c[k] and c[k]["id"] in g.akun.values() else None for k in ("author", "committer")}
        hasil.append({**pola("commits")[0], "sha": c["sha"], **kenal})
    return 200, hasil


def _status(g: ForgejoTiruan, bagian: list[str], badan: Any) -> Jawab:
    d = {**pola("status"), **{k: badan.get(k, "") for k in ("context", "description")}}
    d |= {"status": badan["state"], "state": badan["state"], "creator": g._pengguna(_gh.SISTEM)}
    g.status.setdefault(bagian[1], []).append(d)
    return 201, d


_OPERASI: dict[str, Any] = {
    "user": lambda g, b, d: (200, {**pola("user"), "id": _gh.SISTEM}),
    "pulls": lambda g, b, d: (200, [g._json(u) for u in g._usulan if u.terbuka is g.terbuka]),
    "pulls-buka": _buka,
    "pull": lambda g, b, d: (200, g._json(g._nomor_usulan(b))),
    "reviews": _tinjauan,
    "commits": _commit,
    "merge": _gabung,
    "comments": _komentar,
    "comment-buat": lambda g, b, d: (201, g._komentar(g._nomor_usulan(b), _gh.SISTEM, d["body"])),
    "comment-ubah": lambda g, b, d: _gh._ubah_komentar(g, b, {}, d),
    "timeline": lambda g, b, d: (200, g._acara(g._nomor_usulan(b))),
    "status": _status,
    "statuses": lambda g, b, d: (200, list(reversed(g.status.get(b[1], [])))),
    "commit": lambda g, b, d: (200, {**pola("commit"), "sha": b[2], "author": None, "committer": None}),
}
