"""The desk on a forge: a GitHub of our own that knows whose token asks, and what a forge shows in the end.

``GitHubBertoken`` is the fake of ``github_tiruan`` with tokens: every request, also each of git's
own (``git http-backend`` over the same port), is that of the person whose token came along; one
without a token is turned away, as a private repository does. What was done is shown alike for it
and for a real Forgejo (:class:`Terlihat`).
"""

from __future__ import annotations

import base64
import importlib.util
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from kinerja.adapters.forges.connection import Sambungan


def _muat(nama: str, berkas: Path) -> ModuleType:
    if nama not in sys.modules:
        spec = importlib.util.spec_from_file_location(nama, berkas)
        assert spec is not None and spec.loader is not None
        sys.modules[nama] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[nama])
    return sys.modules[nama]


_SINI = Path(__file__).parent
web = _muat("web_meja_uji", _SINI.with_name("web") / "conftest.py")
"""The desk's own test helpers: ``MejaUji``, ``Klien``, ``Jam``."""
gh = _muat("forge_github_tiruan", _SINI / "github_tiruan.py")


@dataclass(frozen=True)
class Terlihat:
    """A pull request as the forge tells it; persons by their id, "" for nobody that we know.

    Attributes:
        penulis: who authored its commits, but for our own system.
        pendorong: who pushed to its branch while it was open.
        cek: the required check at its last head, and who set it.
    """

    cabang: str
    pembuka: str
    penggabung: str
    penulis: frozenset[str]
    pendorong: frozenset[str]
    cek: tuple[str, str]


class GitHubBertoken(gh.GitHubTiruan):  # type: ignore[misc,name-defined] # loaded by path
    """One private repository; ``token`` has everybody's own.

    Attributes:
        telat: so many times it does not tell of any push yet.
    """

    def __init__(self, folder: Path, akun: dict[str, int], *argumen: Any, **lain: Any) -> None:
        self.token = {orang: f"ghp_{orang}" for orang in akun}
        self.kata: list[tuple[str, str, str]] = []
        self.telat = 0
        self._pemilik = {t: o for o, t in self.token.items()}
        self._kini = threading.local()
        super().__init__(folder, akun, *argumen, **lain)
        self.sambungan = Sambungan("github", f"{self.alamat}/{gh.REPO}", self.alamat)

    def keadaan(self) -> dict[str, Any]:
        """Everything but the repository, and who did what."""
        return {**super().keadaan(), "kata": list(self.kata)}

    def mati(self) -> None:
        """Nobody listens any more."""
        self._server.shutdown()
        self._server.server_close()

    def hidup(self) -> None:
        """Listens again, where it did."""
        self._server = ThreadingHTTPServer(("127.0.0.1", self._server.server_port), self._penangan())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def layani(self, metode: str, jalur: str, query: dict[str, list[str]], badan: Any) -> tuple[int, Any]:
        """As GitHub would, for the person of the token."""
        orang = self._kini.orang
        if orang is None:
            return 401, {"message": "Requires authentication"}
        if self.telat and jalur.endswith("/activity"):
            self.telat -= 1
            return 200, []
        with self._gembok:
            sistem, gh.SISTEM = gh.SISTEM, self.akun[orang]
            try:
                kode, data = super().layani(metode, jalur, query, badan)
            finally:
                gh.SISTEM = sistem
            if metode != "GET" and kode < 300:  # noqa: PLR2004
                nomor = data.get("number") if jalur.endswith("/pulls") else None
                self.kata.append((orang, metode, f"{jalur}/{nomor}" if nomor else jalur))
        return kode, data

    def terlihat(self, perubahan: str) -> list[Terlihat]:
        """Every pull request of a branch, oldest first."""
        return [self._terlihat(u) for u in self._usulan if u.cabang == perubahan]

    def _terlihat(self, u: Any) -> Terlihat:
        awalan, kepala = f"/repos/{gh.REPO}/pulls", self._kepala(u)
        oleh = {jalur: orang for orang, _, jalur in self.kata}
        dasar = self.git.leluhur_bersama(f"{u.gabungan}^1" if u.gabungan else "main", kepala)
        commit = self.git.riwayat(f"{dasar}..{kepala}")
        nama = {n: o for o, n in self.akun.items()}
        dorongan = [d for d in self._dorongan if d["after"] in {c.oid for c in commit} and d["ref"] != "refs/heads/main"]
        cek = next((s for s in reversed(self.status.get(kepala, [])) if s["context"] == "kinerja/persetujuan"), None)
        return Terlihat(
            u.cabang, oleh.get(f"{awalan}/{u.nomor}", ""), oleh.get(f"{awalan}/{u.nomor}/merge", ""),
            frozenset(o for c in commit if (o := c.penulis.partition("@")[0]) in self.akun), frozenset(nama.get(d["actor"]["id"], "") for d in dorongan),
            (cek["state"], nama.get(cek["creator"]["id"], "")) if cek else ("", ""),
        )  # fmt: skip

    def _penangan(self) -> type[BaseHTTPRequestHandler]:
        tiruan, dasar = self, super()._penangan()

        class Penangan(dasar):  # type: ignore[misc,valid-type]
            def _jawab(self) -> None:
                jenis, _, rahasia = self.headers.get("Authorization", "").partition(" ")
                if jenis == "Basic":
                    rahasia = base64.b64decode(rahasia).decode().partition(":")[2]
                tiruan._kini.orang = tiruan._pemilik.get(rahasia)
                if urlsplit(self.path).path.startswith(f"/{gh.REPO}.git/"):
                    self._git()
                else:
                    super()._jawab()

            def _git(self) -> None:
                alamat, isi = urlsplit(self.path), self.rfile.read(int(self.headers.get("Content-Length") or 0))
                g = next((g for g in tiruan.gangguan if g.cocok(self.command, alamat.path)), None)
                if g is not None:
                    self._ganggu(g)
                elif tiruan._kini.orang is None:
                    self._kirim(401, {}, {"WWW-Authenticate": 'Basic realm="GitHub"'})
                else:
                    kode, kepala, badan = tiruan.layani_git(self, alamat.path, alamat.query, isi)
                    self.send_response(kode)
                    for k, v in (*kepala, ("Content-Length", str(len(badan)))):
                        self.send_header(k, v)
                    self.end_headers()
                    self.wfile.write(badan)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _jawab

        return Penangan

    def layani_git(
        self, p: BaseHTTPRequestHandler, jalur: str, query: str, isi: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """Git's own transport, by git's own program; a push is the person's."""
        orang = self._kini.orang
        lingkungan = {
            "PATH": os.environ["PATH"], "GIT_HTTP_EXPORT_ALL": "1", "REMOTE_USER": orang, "REMOTE_ADDR": "127.0.0.1",
            "PATH_TRANSLATED": f"{self.git.folder}{jalur.removeprefix(f'/{gh.REPO}.git')}", "QUERY_STRING": query,
            "REQUEST_METHOD": p.command, "CONTENT_TYPE": p.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(isi)), "HTTP_CONTENT_ENCODING": p.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": p.headers.get("Git-Protocol", ""), "SERVER_PROTOCOL": "HTTP/1.1",
        }  # fmt: skip
        with self._gembok:
            self._lihat_cabang()
            keluar = subprocess.run(["git", "http-backend"], input=isi, env=lingkungan, capture_output=True, check=True)
            if jalur.endswith("/git-receive-pack"):
                self.git.tutup()
                for nama, oid in self.git.ref_ref("refs/heads/").items():
                    if self._tampak.get(nama) != oid:
                        self._catat_dorongan(nama, self._tampak.get(nama), oid, self.akun[orang])
                        self.kata.append((orang, "PUSH", nama))
        atas, _, badan = keluar.stdout.partition(b"\r\n\r\n")
        kepala = [(k, v.strip()) for k, _, v in (b.partition(":") for b in atas.decode().split("\r\n"))]
        kode = next((int(v.split()[0]) for k, v in kepala if k == "Status"), 200)
        return kode, [(k, v) for k, v in kepala if k != "Status"], badan


def tunggu_forgejo(halaman: Any, perubahan: str) -> None:
    """Waits until Forgejo tells of the last push; of two within a moment it forgets one for good."""
    for _ in range(50):
        u = halaman.usulan(perubahan)
        acara = halaman.tanya(f"issues/{u['number']}/timeline?limit=50")
        if any(u["head"]["sha"] in a["body"] for a in acara if a["type"] == "pull_push"):
            return
        time.sleep(0.2)


def terlihat_forgejo(halaman: Any, perubahan: str) -> list[Terlihat]:
    """Every pull request of a branch on a real Forgejo, oldest first."""
    orang = {n: o for o, n in halaman.akun.items()}
    surel = {f"{n}@contoh.invalid": o for o in halaman.akun for n in (o, halaman.login[o])}

    def nama(akun: Any) -> str:
        return orang.get((akun or {}).get("id"), "")

    hasil = []
    for nomor in (u["number"] for u in halaman.tanya("pulls?state=all&sort=oldest&limit=50")):
        u = halaman.tanya(f"pulls/{nomor}")  # the list does not tell who merged
        if u["head"]["ref"] != perubahan:
            continue
        status = halaman.tanya(f"commits/{u['head']['sha']}/statuses?limit=50")
        cek = next((s for s in status if s["context"] == "kinerja/persetujuan"), None)
        commit = halaman.tanya(f"pulls/{u['number']}/commits?limit=50")
        acara = halaman.tanya(f"issues/{u['number']}/timeline?limit=50")
        hasil.append(
            Terlihat(
                perubahan, nama(u["user"]), nama(u.get("merged_by")),
                frozenset(surel[s] for c in commit if (s := c["commit"]["author"]["email"]) in surel),
                frozenset(nama(a["user"]) for a in acara if a["type"] == "pull_push"),
                (cek["status"], nama(cek["creator"])) if cek else ("", ""),
            )
        )  # fmt: skip
    return hasil
