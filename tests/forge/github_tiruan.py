"""A GitHub of our own on loopback: GitHub's own example answers, over a state and a real bare repository.

Every request is held against GitHub's description (``kontrak/periksa.py``); what does not fit is
kept in ``cacat``, and a test asks that there is none. Branches live in Git and are pushed to by
git itself. Faults can be planted: an answer 502, a rate limit, a connection that breaks before or
after the work was done. It leaves out rights and everything that our adapter does not ask for.

Example:
    >>> with GitHubTiruan(folder, {"p-indah": 105}) as gh:
    ...     gh.tinjau("p-indah", "kk/2024-tw1/pemerintahan-desa", True, "")
"""

from __future__ import annotations

import copy
import importlib.util
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from kinerja.adapters.forges.connection import Sambungan
from kinerja.adapters.git import RepoGit

_spec = importlib.util.spec_from_file_location("kontrak_periksa", Path(__file__).parent / "kontrak" / "periksa.py")
assert _spec is not None and _spec.loader is not None
kontrak = sys.modules.setdefault("kontrak_periksa", importlib.util.module_from_spec(_spec))
if not hasattr(kontrak, "cocokkan"):
    _spec.loader.exec_module(kontrak)

REPO = "dinsos/kinerja"
SISTEM = 900
ALUR = 41898282
_NOL = "0" * 40


@dataclass
class Gangguan:
    """A planted fault: the first request that it fits meets it, then it is gone.

    ``sesudah`` breaks the connection after the work was done: the answer is lost, not the deed.
    """

    cocok: Callable[[str, str], bool]
    kode: int = 502
    kepala: dict[str, str] = field(default_factory=dict)
    putus: bool = False
    sesudah: bool = False
    kali: int = 1


@dataclass
class _Usulan:
    nomor: int
    cabang: str
    judul: str
    isi: str
    terbuka: bool = True
    gabungan: str | None = None
    kepala_akhir: str = ""
    tinjauan: list[dict[str, Any]] = field(default_factory=list)
    komentar: list[dict[str, Any]] = field(default_factory=list)
    acara: list[dict[str, Any]] = field(default_factory=list)
    fork: bool = False


class GitHubTiruan:
    """One repository with its pull requests, and people who act on its pages."""

    def __init__(self, folder: Path, akun: dict[str, int], mulai: datetime, halaman: int = 100) -> None:
        self.akun = akun
        self.git = RepoGit(folder) if (folder / "HEAD").exists() else RepoGit.buat(folder)
        self.cacat: list[str] = []
        self.jalan: list[tuple[str, str]] = []
        self.gangguan: list[Gangguan] = []
        self.status: dict[str, list[dict[str, Any]]] = {}
        self.cek: dict[str, list[dict[str, Any]]] = {}
        self.cek_asing: set[int] = set()
        self._usulan: list[_Usulan] = []
        self.isu: list[dict[str, Any]] = []
        self.rilis: list[dict[str, Any]] = []
        self._dorongan: list[dict[str, Any]] = []
        self._tampak: dict[str, str] = {}
        self._saat = mulai.astimezone(UTC)
        self._nomor = 5000
        self._halaman = halaman
        self._gembok = threading.RLock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._penangan())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.alamat = f"http://127.0.0.1:{self._server.server_port}"
        self.sambungan = Sambungan("github", f"{self.alamat}/{REPO}", self.alamat, str(folder))

    def keadaan(self) -> dict[str, Any]:
        """Everything but the repository, to go on from elsewhere."""
        nama = ("status", "cek", "_usulan", "_dorongan", "_tampak", "_saat", "_nomor")
        return copy.deepcopy({n: getattr(self, n) for n in nama})

    def lanjutkan(self, keadaan: dict[str, Any]) -> None:
        """Goes on from a kept state."""
        for nama, nilai in copy.deepcopy(keadaan).items():
            setattr(self, nama, nilai)

    def __enter__(self) -> GitHubTiruan:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self.git.tutup()

    # people on the pages

    def tunggu_terisi(self) -> None:
        """Nothing to wait for here."""

    def simpan(self, orang: str, perubahan: str, jalur: str, isi: bytes) -> None:
        """The web editor: a commit of the person's, by way of GitHub's own committer."""
        with self._gembok:
            self._lihat_cabang()
            lama = self.git.ref(f"refs/heads/{perubahan}")
            assert lama is not None
            self._dorong(perubahan, self._commit(orang, lama, jalur, isi), self.akun[orang])

    def dorong_alur(self, perubahan: str, jalur: str, isi: bytes, surel: str, akun: int = ALUR) -> None:
        """Somebody's workflow (or ``akun``) pushes a commit whose author is an address of its choice."""
        with self._gembok:
            self._lihat_cabang()
            lama = self.git.ref(f"refs/heads/{perubahan}")
            assert lama is not None
            self._dorong(perubahan, self._commit("siapa-pun", lama, jalur, isi, surel), akun)

    def dorong_paksa(self, orang: str, perubahan: str, jalur: str, isi: bytes) -> str:
        """A force-push that replaces the last commit of a branch; gives the new head."""
        with self._gembok:
            self._lihat_cabang()
            lama = self.git.ref(f"refs/heads/{perubahan}")
            induk = self.git.commit(f"{lama}^")
            assert induk is not None
            baru = self._commit(orang, induk, jalur, isi)
            self._dorong(perubahan, baru, self.akun[orang])
            return baru

    def komentari(self, orang: str, perubahan: str, teks: str) -> None:
        """A comment in the conversation."""
        with self._gembok:
            u = self.usulan(perubahan)
            self._komentar(u, self.akun[orang], teks)

    def tinjau(
        self, orang: str, perubahan: str, ya: bool, teks: str, *, commit: str | None = "", keadaan: str = ""
    ) -> dict[str, Any]:
        """A review; ``commit`` None for one whose commit GitHub does not tell."""
        with self._gembok:
            u = self.usulan(perubahan)
            t = _pola("pulls/list-reviews")[0]
            t |= {
                "id": self._baru(), "user": self._pengguna(self.akun.get(orang)), "body": teks,
                "state": keadaan or ("APPROVED" if ya else "CHANGES_REQUESTED"),
                "commit_id": self._kepala(u) if commit == "" else commit, "submitted_at": self._jam(),
            }  # fmt: skip
            u.tinjauan.append(t)
            return t

    def batalkan(self, oleh: str, perubahan: str, tinjauan: dict[str, Any]) -> None:
        """Somebody dismisses a review; GitHub then forgets what it said, but for the timeline."""
        with self._gembok:
            lama, tinjauan["state"] = tinjauan["state"], "DISMISSED"
            self.usulan(perubahan).acara.append(
                {
                    "id": self._baru(), "event": "review_dismissed", "created_at": self._jam(),
                    "actor": self._pengguna(self.akun[oleh]),
                    "dismissed_review": {
                        "state": lama.lower(), "review_id": tinjauan["id"], "dismissal_message": "dibatalkan",
                    },
                }
            )  # fmt: skip

    def buka_isu(self, orang: str | None, teks: str, judul: str = "") -> dict[str, Any]:
        """A person opens an issue; None for our own system."""
        with self._gembok:
            isu = _pola("issues/create")
            isu.pop("pull_request", None)
            nomor = self.akun[orang] if orang else SISTEM
            isu |= {
                "number": 1000 + len(self.isu), "title": judul, "body": teks, "state": "open",
                "user": self._pengguna(nomor),
            }  # fmt: skip
            self.isu.append(isu)
            return isu

    def draf_rilis(self, tag: str, lampiran: dict[str, bytes]) -> dict[str, Any]:
        """Somebody drafts a release and attaches files; GitHub computes their digests."""
        with self._gembok:
            rilis = _pola("repos/list-releases")[0]
            contoh = rilis["assets"][0]
            berkas = [
                {**contoh, "name": n, "size": len(b), "digest": f"sha256:{sha256(b).hexdigest()}"}
                for n, b in lampiran.items()
            ]
            rilis |= {"id": self._baru(), "tag_name": tag, "draft": True, "assets": berkas}
            self.rilis.append(rilis)
            return rilis

    def usulan(self, perubahan: str) -> _Usulan:
        """The newest pull request of a branch."""
        return next(u for u in reversed(self._usulan) if u.cabang == perubahan)

    # the interface

    def layani(self, metode: str, jalur: str, query: dict[str, list[str]], badan: Any) -> tuple[int, Any]:
        """One request, as GitHub would answer it."""
        with self._gembok:
            self._lihat_cabang()
            datar = {k: v[0] if len(v) == 1 else v for k, v in query.items()}
            self.jalan.append((metode, jalur))
            self.cacat += [f"{metode} {jalur}: {c}" for c in kontrak.cocokkan(metode, jalur, datar, badan)]
            operasi = kontrak.operasi(metode, jalur)
            bagian = [unquote(b) for b in jalur.removeprefix(f"/repos/{REPO}").strip("/").split("/")]
            fungsi = _OPERASI.get(operasi or "")
            if fungsi is None:
                self.cacat.append(f"{metode} {jalur}: tidak dilayani tiruan ini ({operasi})")
                return 404, {"message": "Not Found"}
            return fungsi(self, bagian, datar, badan)

    # internals

    def _baru(self) -> int:
        self._nomor += 1
        return self._nomor

    def _jam(self) -> str:
        self._saat += timedelta(seconds=1)
        return self._saat.strftime("%Y-%m-%dT%H:%M:%SZ")

    def setel_jam(self, saat: datetime) -> None:
        """Moves the clock of this GitHub on; it never goes back."""
        self._saat = max(self._saat, saat.astimezone(UTC))

    def _pengguna(self, nomor: int | None) -> dict[str, Any] | None:
        if nomor is None:
            return None
        pola = _pola("pulls/list-reviews")[0]["user"]
        nama = next((o for o, n in self.akun.items() if n == nomor), "sistem")
        return {**pola, "id": nomor, "login": nama, "type": "User"}

    def _commit(self, orang: str, induk: str, jalur: str, isi: bytes, surel: str = "") -> str:
        surel = surel or f"{orang}@contoh.invalid"
        naskah = (
            f"commit refs/sementara/x\nauthor {orang} <{surel}> {int(self._saat.timestamp())} +0000\n"
            f"committer GitHub <noreply@github.com> {int(self._saat.timestamp())} +0000\ndata 7\nSunting\n"
            f"from {induk}\nM 100644 inline {jalur}\ndata {len(isi)}\n"
        ).encode() + isi + b"\n"
        self.git.jalankan("fast-import", "--quiet", "--force", masukan=naskah)
        oid = self.git.commit("refs/sementara/x")
        self.git.jalankan("update-ref", "-d", "refs/sementara/x")
        assert oid is not None
        return oid

    def _dorong(self, perubahan: str, baru: str, oleh: int) -> None:
        nama = f"refs/heads/{perubahan}"
        lama = self.git.ref(nama)
        subprocess.run(["git", "-C", str(self.git.folder), "update-ref", nama, baru], check=True)
        self._catat_dorongan(nama, lama, baru, oleh)

    def _catat_dorongan(self, nama: str, lama: str | None, baru: str, oleh: int) -> None:
        d = _pola("repos/list-activities")[0]
        d |= {
            "id": self._baru(), "ref": nama, "before": lama or _NOL, "after": baru, "timestamp": self._jam(),
            "activity_type": "push" if lama else "branch_creation", "actor": self._pengguna(oleh),
        }  # fmt: skip
        self._dorongan.append(d)
        self._tampak[nama] = baru

    def _lihat_cabang(self) -> None:
        """What git pushed since: our own system's doing."""
        self.git.tutup()
        for nama, oid in self.git.ref_ref("refs/heads/").items():
            if self._tampak.get(nama) != oid:
                self._catat_dorongan(nama, self._tampak.get(nama), oid, SISTEM)

    def _kepala(self, u: _Usulan) -> str:
        return u.kepala_akhir or self.git.ref(f"refs/heads/{u.cabang}") or _NOL

    def _komentar(self, u: _Usulan, oleh: int, teks: str) -> dict[str, Any]:
        k = _pola("issues/list-comments")[0]
        k |= {"id": self._baru(), "user": self._pengguna(oleh), "body": teks, "created_at": self._jam()}
        k["updated_at"] = k["created_at"]
        u.komentar.append(k)
        return k

    def _json(self, u: _Usulan) -> dict[str, Any]:
        d = _pola("pulls/get")
        d |= {
            "number": u.nomor, "title": u.judul, "body": u.isi, "state": "open" if u.terbuka else "closed",
            "html_url": f"{self.alamat}/{REPO}/pull/{u.nomor}", "merged": u.gabungan is not None,
            "merged_at": "2024-04-05T00:00:00Z" if u.gabungan else None, "merge_commit_sha": u.gabungan,
        }  # fmt: skip
        d["head"] |= {"ref": u.cabang, "sha": self._kepala(u)}
        d["base"] |= {"ref": "main"}
        d["head"]["repo"] = {**d["base"]["repo"], "id": 77} if u.fork else dict(d["base"]["repo"])
        return d

    def _nomor_usulan(self, bagian: list[str]) -> _Usulan:
        return next(u for u in self._usulan if u.nomor == int(bagian[1]))

    def _penangan(self) -> type[BaseHTTPRequestHandler]:
        tiruan = self

        class Penangan(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 1 << 16  # head and body in one packet, or the other side waits for an acknowledgement

            def log_message(self, *_: object) -> None:
                pass

            def _jawab(self) -> None:
                alamat = urlsplit(self.path)
                isi = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                g = next((g for g in tiruan.gangguan if g.cocok(self.command, alamat.path)), None)
                if g is not None:
                    g.kali -= 1
                    if g.kali <= 0:
                        tiruan.gangguan.remove(g)
                if g is not None and not g.sesudah:
                    self._ganggu(g)
                    return
                query = parse_qs(alamat.query, keep_blank_values=True)
                kode, data = tiruan.layani(self.command, alamat.path, query, json.loads(isi) if isi else None)
                if g is not None:
                    self._ganggu(g)
                    return
                kepala, data = tiruan.halamankan(data, alamat.path, query)
                self._kirim(kode, data, kepala)

            def _ganggu(self, g: Gangguan) -> None:
                if g.putus:
                    self.close_connection = True
                    return
                self._kirim(g.kode, {"message": "gangguan"}, g.kepala)

            def _kirim(self, kode: int, data: Any, kepala: dict[str, str]) -> None:
                bita = b"" if data is None else json.dumps(data).encode()
                self.send_response(kode)
                for k, v in {"Content-Type": "application/json", "Content-Length": str(len(bita)), **kepala}.items():
                    self.send_header(k, v)
                self.end_headers()
                self.wfile.write(bita)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _jawab

        return Penangan

    def halamankan(self, data: Any, jalur: str, query: dict[str, list[str]]) -> tuple[dict[str, str], Any]:
        """One page of a list, and where the next is."""
        daftar = data if isinstance(data, list) else data.get("check_runs") if isinstance(data, dict) else None
        if not isinstance(daftar, list):
            return {}, data
        diminta = query.get("per_page") or query.get("limit") or ["30"]
        ukuran = min(self._halaman, int(diminta[0]))
        penunjuk = "after" if jalur.endswith("/activity") else "page"  # GitHub gives a cursor there
        ke = int(query.get(penunjuk, ["1"])[0])
        potong = daftar[(ke - 1) * ukuran : ke * ukuran]
        kepala = {}
        if ke * ukuran < len(daftar):
            lain = "&".join(f"{k}={v[0]}" for k, v in query.items() if k != penunjuk)
            kepala["Link"] = f'<{self.alamat}{jalur}?{lain}&{penunjuk}={ke + 1}>; rel="next", <x>; rel="last"'
        return kepala, potong if isinstance(data, list) else {**data, "check_runs": potong}


# helpers: what each operation answers

Jawab = tuple[int, Any]


def _pola(operasi: str) -> Any:
    """GitHub's own example answer, a copy."""
    return json.loads(json.dumps(kontrak.contoh(operasi)[0][1]))


def _daftar(g: GitHubTiruan, _: list[str], q: dict[str, Any], __: Any) -> Jawab:
    kepala = q.get("head", "").partition(":")[2]
    terbuka = q.get("state", "open") == "open"
    return 200, [g._json(u) for u in g._usulan if u.terbuka is terbuka and (not kepala or u.cabang == kepala)]


def _buka(g: GitHubTiruan, _: list[str], __: dict[str, Any], badan: Any) -> Jawab:
    if any(u.terbuka and u.cabang == badan["head"] for u in g._usulan):
        return 422, {"message": "Validation Failed", "errors": [{"message": "A pull request already exists"}]}
    u = _Usulan(len(g._usulan) + 1, badan["head"], badan["title"], badan.get("body", ""))
    g._usulan.append(u)
    return 201, g._json(u)


def _gabung(g: GitHubTiruan, bagian: list[str], _: dict[str, Any], badan: Any) -> Jawab:
    u = g._nomor_usulan(bagian)
    kepala = g._kepala(u)
    if not u.terbuka:
        return 405, {"message": "Pull Request is not mergeable"}
    if badan.get("sha") not in (None, kepala):
        return 409, {"message": "Head branch was modified. Review and try the merge again."}
    git = ["git", "-C", str(g.git.folder)]
    pohon = subprocess.run([*git, "merge-tree", "--write-tree", "main", kepala], capture_output=True, text=True, check=False)
    if pohon.returncode:
        return 405, {"message": "Merge conflict"}
    identitas = {"GIT_AUTHOR_NAME": "GitHub", "GIT_AUTHOR_EMAIL": "noreply@github.com"}
    identitas |= {k.replace("AUTHOR", "COMMITTER"): v for k, v in identitas.items()}
    identitas |= {k: g._jam() for k in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE")}
    oid = subprocess.run(
        [*git, "commit-tree", "-p", "main", "-p", kepala, "-m", badan.get("commit_title", "Merge"), pohon.stdout.split()[0]],
        capture_output=True, text=True, check=True, env=identitas,
    ).stdout.strip()  # fmt: skip
    u.terbuka, u.gabungan, u.kepala_akhir = False, oid, kepala
    g._dorong("main", oid, SISTEM)
    return 200, {**_pola("pulls/merge"), "sha": oid}


def _commit_usulan(g: GitHubTiruan, bagian: list[str], _: dict[str, Any], __: Any) -> Jawab:
    u = g._nomor_usulan(bagian)
    hasil = []
    for c in g.git.riwayat(f"main..{g._kepala(u)}"):
        d = _pola("pulls/list-commits")[0]
        orang = {f"{o}@contoh.invalid": n for o, n in g.akun.items()}
        orang[f"{ALUR}+github-actions[bot]@users.noreply.github.com"] = ALUR
        d |= {"sha": c.oid, "author": g._pengguna(orang.get(c.penulis))}
        d["committer"] = {"id": 19864447} if c.pengomit == "noreply@github.com" else g._pengguna(orang.get(c.pengomit))
        hasil.append(d)
    return 200, hasil


def _satu_commit(g: GitHubTiruan, bagian: list[str], _: dict[str, Any], __: Any) -> Jawab:
    return 200, {**_pola("repos/get-commit"), "sha": bagian[1], "author": None, "committer": None}


def _status(g: GitHubTiruan, bagian: list[str], _: dict[str, Any], badan: Any) -> Jawab:
    d = {**_pola("repos/create-commit-status"), **badan, "id": g._baru(), "creator": g._pengguna(SISTEM)}
    g.status.setdefault(bagian[1], []).append(d)
    return 201, d


def _buat_cek(g: GitHubTiruan, _: list[str], __: dict[str, Any], badan: Any) -> Jawab:
    d = {**_pola("checks/create"), **badan, "id": g._baru()}
    g.cek.setdefault(badan["head_sha"], []).append(d)
    return 201, d


def _ubah_cek(g: GitHubTiruan, bagian: list[str], _: dict[str, Any], badan: Any) -> Jawab:
    d = next(c for semua in g.cek.values() for c in semua if c["id"] == int(bagian[1]))
    if d["id"] in g.cek_asing:
        return 403, {"message": "Invalid app_id", "documentation_url": ""}
    d |= badan
    return 200, d


def _ubah_komentar(g: GitHubTiruan, bagian: list[str], _: dict[str, Any], badan: Any) -> Jawab:
    k = next(k for u in g._usulan for k in u.komentar if k["id"] == int(bagian[2]))
    k |= {"body": badan["body"], "updated_at": g._jam()}
    return 200, k


def _ubah_isu(g: GitHubTiruan, bagian: list[str], _: dict[str, Any], badan: Any) -> Jawab:
    isu = next(i for i in g.isu if i["number"] == int(bagian[1]))
    isu |= badan
    return 200, isu


def _ubah_rilis(g: GitHubTiruan, bagian: list[str], _: dict[str, Any], badan: Any) -> Jawab:
    rilis = next(r for r in g.rilis if r["id"] == int(bagian[1]))
    rilis |= badan
    return 200, rilis


_OPERASI: dict[str, Callable[[GitHubTiruan, list[str], dict[str, Any], Any], Jawab]] = {
    "users/get-authenticated": lambda g, *_: (200, {**_pola("users/get-authenticated"), "id": SISTEM}),
    "apps/get-repo-installation": lambda *_: (200, {**_pola("apps/get-repo-installation"), "id": 4711}),
    "apps/get-authenticated": lambda *_: (200, {**_pola("apps/get-authenticated"), "slug": "kinerja-dinsos"}),
    "apps/create-installation-access-token": lambda *_: (
        201, {**_pola("apps/create-installation-access-token"), "token": "ghs_aplikasi"}
    ),
    "users/get-by-username": lambda g, b, *_: (200, {**_pola("users/get-by-username"), "id": SISTEM, "login": b[-1]}),
    "repos/list-releases": lambda g, *_: (200, g.rilis),
    "repos/update-release": _ubah_rilis,
    "pulls/list": _daftar,
    "pulls/create": _buka,
    "pulls/get": lambda g, b, *_: (200, g._json(g._nomor_usulan(b))),
    "pulls/merge": _gabung,
    "pulls/list-commits": _commit_usulan,
    "pulls/list-reviews": lambda g, b, *_: (200, g._nomor_usulan(b).tinjauan),
    "pulls/list-comments-for-review": lambda *_: (200, [{"body": "Lihat baris ini."}]),
    "issues/list-for-repo": lambda g, *_: (200, [i for i in g.isu if i["state"] == "open"]),
    "issues/create": lambda g, b, q, d: (201, g.buka_isu(None, d["body"], d["title"])),
    "issues/update": _ubah_isu,
    "issues/list-comments": lambda g, b, *_: (200, g._nomor_usulan(b).komentar),
    "issues/create-comment": lambda g, b, q, d: (201, g._komentar(g._nomor_usulan(b), SISTEM, d["body"])),
    "issues/update-comment": _ubah_komentar,
    "issues/list-events-for-timeline": lambda g, b, *_: (
        200, [*_pola("issues/list-events-for-timeline"), *g._nomor_usulan(b).acara]
    ),
    "repos/list-activities": lambda g, b, q, d: (200, [x for x in g._dorongan if x["ref"] == q.get("ref")]),
    "repos/get-commit": _satu_commit,
    "repos/create-commit-status": _status,
    "repos/list-commit-statuses-for-ref": lambda g, b, *_: (200, list(reversed(g.status.get(b[1], [])))),
    "checks/create": _buat_cek,
    "checks/update": _ubah_cek,
    "checks/list-for-ref": lambda g, b, q, d: (
        200, {"total_count": len(g.cek.get(b[1], [])), "check_runs": g.cek.get(b[1], [])}
    ),
}  # fmt: skip
