"""A real Forgejo or Gitea, with the agency's people signed in to it.

Everything goes over its own REST interface, as each person with a token of his or her own. The
server is somebody else's to start (``KINERJA_FORGEJO_URL``, ``KINERJA_FORGEJO_TOKEN`` of an
administrator); nothing here runs anywhere but on loopback.
"""

from __future__ import annotations

import base64
import secrets
import time
from contextlib import suppress
from typing import Any

from kinerja.adapters.forges.connection import Sambungan, kenali
from kinerja.adapters.forges.http import Jawaban, Klien
from kinerja.domain.errors import DitolakError

_SANDI = "Rahasia-" + secrets.token_hex(8)


class ForgejoHidup:
    """One repository of its own, and one account for each person."""

    def __init__(self, alamat: str, token_admin: str, orang: list[str]) -> None:
        self._api = f"{alamat.rstrip('/')}/api/v1"
        self._admin = Klien(self._api, token_admin)
        self.catatan: list[tuple[str, str, Any, Jawaban]] = []
        pemilik = f"dinas-{secrets.token_hex(3)}"
        self._admin.minta("POST", "/orgs", badan={"username": pemilik})
        self._admin.minta(
            "POST", f"/orgs/{pemilik}/repos", badan={"name": "kinerja", "default_branch": "main", "private": True}
        )
        self.nama = f"{pemilik}/kinerja"
        self.akun: dict[str, int] = {}
        self.token: dict[str, str] = {}
        self.login: dict[str, str] = {}
        self._klien: dict[str, Klien] = {}
        for o in orang:
            self._tambah(o)
        self.sambungan: Sambungan = kenali(f"{alamat.rstrip('/')}/{self.nama}", "forgejo")

    def tunggu_terisi(self) -> None:
        """Waits until Forgejo knows that the repository is no longer empty, which it learns after the push."""
        for _ in range(50):
            if not self._admin.minta("GET", f"/repos/{self.nama}").data["empty"]:
                return
            time.sleep(0.2)

    def baru(self, orang: str, perubahan: str, jalur: str, isi: bytes, judul: str) -> None:
        """Saves a file of main on a new branch and opens its pull request, as the web editor offers it."""
        k, tempat = self._klien[orang], f"/repos/{self.nama}/contents/{jalur}"
        sha = k.minta("GET", tempat, {"ref": "main"}).data["sha"]
        badan = {
            "branch": "main", "new_branch": perubahan, "sha": sha, "content": base64.b64encode(isi).decode(),
            "message": judul,
        }  # fmt: skip
        k.minta("PUT", tempat, badan=badan)
        k.minta("POST", f"/repos/{self.nama}/pulls", badan={"title": judul, "head": perubahan, "base": "main"})

    def gabung_sendiri(self, orang: str, perubahan: str) -> None:
        """A person sets the required check himself, and merges."""
        k, u = self._klien[orang], self.usulan(perubahan)
        status = {"state": "success", "context": "kinerja/persetujuan", "description": "curang"}
        k.minta("POST", f"/repos/{self.nama}/statuses/{u['head']['sha']}", badan=status)
        for _ in range(20):  # Forgejo looks at a new pull request for a moment, and refuses alike
            if self.usulan(perubahan)["mergeable"]:
                break
            time.sleep(0.2)
        k.minta("POST", f"/repos/{self.nama}/pulls/{u['number']}/merge", badan={"Do": "merge"})

    def tanya(self, apa: str) -> Any:
        """What the forge says of the repository, to its administrator."""
        return self._admin.minta("GET", f"/repos/{self.nama}/{apa}").data

    def setel_jam(self, _saat: object) -> None:
        """It has a clock of its own."""

    def usulan(self, perubahan: str) -> dict[str, Any]:
        """The newest pull request of a branch."""
        semua = list(self._admin.semua(f"/repos/{self.nama}/pulls", {"state": "all", "limit": "50"}))
        return next(u for u in semua if u["head"]["ref"] == perubahan)

    def simpan(self, orang: str, perubahan: str, jalur: str, isi: bytes) -> None:
        k, tempat = self._klien[orang], f"/repos/{self.nama}/contents/{jalur}"
        sha = k.minta("GET", tempat, {"ref": perubahan}).data["sha"]
        badan = {
            "branch": perubahan, "sha": sha, "content": base64.b64encode(isi).decode(),
            "message": f"Sunting {jalur.rsplit('/', 1)[-1]}",
        }  # fmt: skip
        k.minta("PUT", tempat, badan=badan)

    def komentari(self, orang: str, perubahan: str, teks: str) -> None:
        nomor = self.usulan(perubahan)["number"]
        self._klien[orang].minta("POST", f"/repos/{self.nama}/issues/{nomor}/comments", badan={"body": teks})

    def tinjau(self, orang: str, perubahan: str, ya: bool, teks: str) -> None:
        u = self.usulan(perubahan)
        badan = {
            "event": "APPROVED" if ya else "REQUEST_CHANGES", "body": teks or "Sudah dibaca.",
            "commit_id": u["head"]["sha"],
        }  # fmt: skip
        self._klien[orang].minta("POST", f"/repos/{self.nama}/pulls/{u['number']}/reviews", badan=badan)

    # helpers

    def _tambah(self, orang: str) -> None:
        nama = f"{orang}-{self.nama.partition('/')[0][-6:]}"
        badan = {
            "username": nama, "email": f"{nama}@contoh.invalid", "password": _SANDI, "must_change_password": False,
        }  # fmt: skip
        self.akun[orang] = self._admin.minta("POST", "/admin/users", badan=badan).data["id"]
        dasar = base64.b64encode(f"{nama}:{_SANDI}".encode()).decode()
        sendiri = Klien(self._api, None, {"Authorization": f"Basic {dasar}"})
        token = sendiri.minta(
            "POST", f"/users/{nama}/tokens", badan={"name": "uji", "scopes": ["write:repository", "write:issue", "read:user"]}
        ).data["sha1"]
        self.token[orang], self.login[orang] = token, nama
        self._klien[orang] = Klien(self._api, token)
        hak = "admin" if orang == "p-oki" else "write"
        self._admin.minta("PUT", f"/repos/{self.nama}/collaborators/{nama}", badan={"permission": hak})

    def hapus(self) -> None:
        """Takes the repository and the accounts away again."""
        pemilik = self.nama.partition("/")[0]
        for jalur in (f"/repos/{self.nama}", f"/orgs/{pemilik}"):
            with suppress(DitolakError):
                self._admin.minta("DELETE", jalur)
