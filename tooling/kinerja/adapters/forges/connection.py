"""The forge that a repository is connected to: which, where, with whose token.

It is kept in the repository's own Git configuration (``kinerja.forge``, ``remote.origin.url``);
the token is never kept: it comes from the environment or from Git's credential helper.

Example:
    >>> sambungan(repo)
    Sambungan(forge='github', alamat='https://github.com/dinsos/kinerja', api='https://api.github.com')
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kinerja.adapters.forges.addresses import alamat_sunting
from kinerja.adapters.git import RepoGit
from kinerja.adapters.git_remote import REFSPEC_AMBIL, REFSPEC_DORONG, RepoJauh
from kinerja.domain.errors import KinerjaError, PemakaianError
from kinerja.workflow.forge_settings import PengaturForge
from kinerja.workflow.ports import Forge

if TYPE_CHECKING:
    from kinerja.adapters.forges.github_app import Aplikasi
    from kinerja.adapters.forges.http import Klien
    from kinerja.adapters.forges.inspection import Penyelidik
    from kinerja.adapters.forges.notices import PapanIsu
    from kinerja.adapters.forges.releases import RakRilis

GITHUB, FORGEJO = "github", "forgejo"
_TOKEN_APLIKASI = "ghs_"  # noqa: S105 - how GitHub begins an app's and a workflow's token
_DUA = 2
Penyunting = Callable[[str, str], str]
"""Change, path → the page where a person edits it."""


@dataclass(frozen=True, slots=True)
class Sambungan:
    """One repository on one forge.

    Attributes:
        forge: ``github`` or ``forgejo`` (Gitea is spoken to alike).
        alamat: where people open it, without ``.git``.
        api: where its REST interface begins.
        git: where git fetches and pushes; None for ``alamat``.
        milik: a person's own token, which goes before every other; never shown.
    """

    forge: str
    alamat: str
    api: str
    git: str | None = None
    milik: str | None = field(default=None, repr=False)

    def atas_nama(self, token: str | None) -> Sambungan:
        """The same connection with one person's own token, so that what is done there is theirs."""
        return replace(self, milik=token)

    @property
    def nama(self) -> str:
        """``owner/name``."""
        return "/".join(urlsplit(self.alamat).path.strip("/").split("/")[-_DUA:])

    @property
    def halaman(self) -> str:
        """Where the forge's pages begin."""
        return self.alamat.removesuffix(f"/{self.nama}")

    def alamat_sunting(self, perubahan: str, jalur: str) -> str:
        """Where a person edits a file of a branch in the forge's own pages; needs no token."""
        return alamat_sunting(self.forge, self.alamat, perubahan, jalur)

    def repo_jauh(self, repo: RepoGit) -> RepoJauh:
        """The repository on the forge, by git's transport."""
        return RepoJauh(repo, self.git or f"{self.alamat}.git", self.token(repo))

    def buka(self, repo: RepoGit) -> Forge:
        """The forge, by its REST interface.

        Raises:
            PemakaianError: no token is at hand.
        """
        from kinerja.adapters.forges.forgejo import Forgejo
        from kinerja.adapters.forges.github import GitHub

        klien, aplikasi, akun = self._klien(repo)
        if self.forge == GITHUB:
            return GitHub(klien, self.nama, self.halaman, aplikasi=aplikasi, akun=akun)
        return Forgejo(klien, self.nama, self.halaman)

    def pengatur(self, repo: RepoGit) -> PengaturForge:
        """Its settings, by an administrator's token."""
        from kinerja.adapters.forges.forgejo_settings import PengaturForgejo
        from kinerja.adapters.forges.github_settings import PengaturGitHub

        klien, _, _ = self._klien(repo)
        return PengaturGitHub(klien, self.nama) if self.forge == GITHUB else PengaturForgejo(klien, self.nama)

    def penyelidik(self, repo: RepoGit) -> Penyelidik:
        """What else it shows."""
        from kinerja.adapters.forges.inspection import Penyelidik

        klien, _, _ = self._klien(repo)
        return Penyelidik(self.forge, klien, self.nama, token_workflow=_token_workflow())

    def papan(self, repo: RepoGit) -> PapanIsu:
        """The repository's issues, where what is wrong is told.

        Raises:
            PemakaianError: no token is at hand.
        """
        from kinerja.adapters.forges.notices import PapanIsu
        from kinerja.adapters.forges.records import nomor_akun

        klien, aplikasi, akun = self._klien(repo)
        sendiri = akun if aplikasi else nomor_akun(klien.minta("GET", "/user").data)
        halaman = {"per_page": "100"} if self.forge == GITHUB else {"type": "issues", "limit": "50"}
        return PapanIsu(klien, self.nama, sendiri, halaman)

    def rak(self, repo: RepoGit) -> RakRilis:
        """The repository's releases, on GitHub.

        Raises:
            PemakaianError: another forge, which does not tell what an attached file holds; or no token.
        """
        from kinerja.adapters.forges.releases import RakRilis

        if self.forge != GITHUB:
            raise PemakaianError("rilis hanya diterbitkan di GitHub", "lampirkan arsipnya di halaman rilis")
        return RakRilis(self._klien(repo)[0], self.nama)

    def token(self, repo: RepoGit) -> str | None:
        """An app's own, ``KINERJA_TOKEN``, in a workflow ``GITHUB_TOKEN``, or what Git's helper keeps."""
        if self.milik is not None:
            return self.milik
        aplikasi = self._aplikasi()
        if aplikasi is not None:
            return aplikasi.token
        dari_lingkungan = os.environ.get("GITHUB_TOKEN" if _token_workflow() else "KINERJA_TOKEN")
        return dari_lingkungan or _token_tersimpan(repo, self.alamat)

    def _aplikasi(self) -> Aplikasi | None:
        """The agency's own app of ``KINERJA_APLIKASI`` and ``KINERJA_KUNCI_APLIKASI``, on GitHub."""
        id_aplikasi, pem = os.environ.get("KINERJA_APLIKASI"), os.environ.get("KINERJA_KUNCI_APLIKASI")
        if self.forge != GITHUB or not id_aplikasi or not pem:
            return None
        from kinerja.adapters.forges.github_app import masuk

        return masuk(self.api, self.nama, id_aplikasi, pem)

    def _klien(self, repo: RepoGit) -> tuple[Klien, bool, int | None]:
        """REST with the token; whether it is an app's or a workflow's of GitHub, and the app's account."""
        token = self.token(repo)
        if token is None:
            raise PemakaianError(
                f"belum ada token untuk {urlsplit(self.alamat).hostname}",
                "isi KINERJA_TOKEN, atau simpan di credential helper Git",
            )
        from kinerja.adapters.forges.github import KEPALA
        from kinerja.adapters.forges.http import Klien

        if self.forge != GITHUB:
            return Klien(self.api, token), False, None
        a = self._aplikasi() if self.milik is None else None
        return Klien(self.api, token, KEPALA), token.startswith(_TOKEN_APLIKASI), a.akun if a else None


def kenali(alamat: str, forge: str | None = None, api: str | None = None) -> Sambungan:
    """A connection from the address that people open.

    Args:
        forge: ``github`` or ``forgejo``; None to tell by the host.
        api: where its REST interface begins, when that is elsewhere than usual.

    Raises:
        PemakaianError: the address names no repository, or the forge cannot be told.
    """
    bersih = alamat.strip().rstrip("/").removesuffix(".git")
    bagian = urlsplit(bersih)
    if bagian.scheme not in ("https", "http") or bagian.path.strip("/").count("/") < 1 or bagian.username:
        raise PemakaianError(
            f"`{alamat}` bukan alamat repositori", "tulis misalnya https://github.com/dinas/kinerja"
        )
    akar = f"{bagian.scheme}://{bagian.netloc}"
    if forge is None and bagian.hostname == "github.com":
        forge = GITHUB
    if forge not in (GITHUB, FORGEJO):
        raise PemakaianError("forge belum disebut", "tambahkan --forge github atau --forge forgejo")
    if forge == GITHUB:
        bawaan = "https://api.github.com" if bagian.hostname == "github.com" else f"{akar}/api/v3"
    else:
        bawaan = f"{bersih.removesuffix('/' + '/'.join(bagian.path.strip('/').split('/')[-_DUA:]))}/api/v1"
    return Sambungan(forge, bersih, api or bawaan)


def sambungan(repo: RepoGit) -> Sambungan | None:
    """The connection that the repository's configuration holds; None when it stands alone."""
    forge = repo.pengaturan("kinerja.forge")
    if not forge:
        return None
    alamat = repo.pengaturan("kinerja.alamat") or ""
    s = kenali(alamat, forge, repo.pengaturan("kinerja.api"))
    return Sambungan(s.forge, s.alamat, s.api, repo.pengaturan("remote.origin.url"))


def penyunting(repo: RepoGit) -> Penyunting | None:
    """Where each file of a change is edited in the forge's pages; None when the repository stands alone.

    It gives "" for a change whose branch is not here, since the forge would show an error.
    """
    s = sambungan(repo)
    if s is None:
        return None
    awalan = ("refs/heads/", "refs/remotes/origin/")
    cabang = {n.removeprefix(a) for a in awalan for n in repo.ref_ref(a)}
    return lambda perubahan, jalur: s.alamat_sunting(perubahan, jalur) if perubahan in cabang else ""


def hubungkan(repo: RepoGit, s: Sambungan) -> None:
    """Writes a connection into the repository's configuration, with refspecs that carry the log."""
    repo.jalankan("config", "kinerja.forge", s.forge)
    repo.jalankan("config", "kinerja.alamat", s.alamat)
    repo.jalankan("config", "kinerja.api", s.api)
    repo.jalankan("config", "remote.origin.url", s.git or f"{s.alamat}.git")
    for kunci, spesifikasi in (("fetch", REFSPEC_AMBIL), ("push", REFSPEC_DORONG)):
        repo.jalankan("config", "--replace-all", f"remote.origin.{kunci}", spesifikasi[0])
        for lain in spesifikasi[1:]:
            repo.jalankan("config", "--add", f"remote.origin.{kunci}", lain)


# helpers


def _token_workflow() -> bool:
    """Whether the token at hand is the one that a GitHub workflow is given for itself."""
    return not os.environ.get("KINERJA_TOKEN") and os.environ.get("GITHUB_ACTIONS") == "true"


def _token_tersimpan(repo: RepoGit, alamat: str) -> str | None:
    """What Git's own credential helper keeps for this host; it never asks."""
    bagian = urlsplit(alamat)
    tanya = f"protocol={bagian.scheme}\nhost={bagian.netloc}\npath={bagian.path.strip('/')}.git\n\n"
    try:
        jawab = repo.jalankan(
            "credential", "fill", masukan=tanya.encode(), lingkungan={"GIT_ASKPASS": "", "SSH_ASKPASS": ""}
        ).decode("utf-8", "replace")
    except KinerjaError:
        return None
    isi = dict(b.partition("=")[::2] for b in jawab.splitlines())
    return isi.get("password") or None
