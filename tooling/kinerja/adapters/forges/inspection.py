"""What a forge shows of a repository beside its settings: administrators, keys, secrets, accounts.

Whatever the token may not see becomes ``TakTerbaca``, never an empty list. It decides nothing.

Example:
    >>> Penyelidik("forgejo", klien, "dinsos/kinerja").login((4711,))
    {4711: 'bakri-m'}
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any
from urllib.parse import quote

from kinerja.adapters.forges.http import Klien, TakAdaError
from kinerja.adapters.forges.records import nomor_akun, teks
from kinerja.domain.errors import DitolakError
from kinerja.workflow.forge_doctor import Fakta
from kinerja.workflow.forge_settings import LINGKUNGAN, TakTerbaca

_GITHUB = "github"


class Penyelidik:
    """Reads facts of one repository.

    Args:
        repo: ``owner/name``.
        token_workflow: the token is a workflow's own.
    """

    def __init__(self, forge: str, klien: Klien, repo: str, *, token_workflow: bool = False) -> None:
        self._forge = forge
        self._k = klien
        self._r = f"/repos/{quote(repo)}"
        self._token_workflow = token_workflow
        self._banyak = {"per_page": "100"} if forge == _GITHUB else {"limit": "50"}

    def login(self, nomor: Collection[int]) -> dict[int, str | None]:
        """Number → login now; None for an account that is gone."""
        return {n: self._login(n) for n in sorted(set(nomor))}

    def fakta(self, nomor: Collection[int], login: Collection[str]) -> Fakta:
        """Everything that the doctor looks at.

        Args:
            nomor: accounts of ``identitas.yaml``.
            login: names in CODEOWNERS.
        """
        return Fakta(
            admin=_boleh(self._admin),
            kunci_deploy=_boleh(self._kunci_deploy),
            rahasia=_boleh(lambda: self._rahasia("actions/secrets")),
            rahasia_lingkungan=_boleh(self._rahasia_lingkungan),
            akun=self.login(nomor),
            login={n: self._nomor(n) for n in sorted(set(login))},
            cacat_codeowners=self._cacat_codeowners(),
            token_workflow=self._token_workflow,
        )

    # helpers

    def _login(self, nomor: int) -> str | None:
        try:
            if self._forge == _GITHUB:
                return teks(self._k.minta("GET", f"/user/{nomor}").data.get("login")) or None
            data = self._k.minta("GET", "/users/search", {"uid": str(nomor)}).data
        except TakAdaError:
            return None
        return next((teks(a.get("login")) for a in data.get("data") or () if nomor_akun(a) == nomor), None)

    def _nomor(self, login: str) -> int | None:
        try:
            return nomor_akun(self._k.minta("GET", f"/users/{quote(login, safe='')}").data)
        except TakAdaError:
            return None

    def _admin(self) -> Iterable[str]:
        jalur = f"{self._r}/collaborators"
        if self._forge == _GITHUB:
            query = {"affiliation": "all", "permission": "admin", **self._banyak}
            return [_nama(a) for a in self._k.semua(jalur, query)]
        semua = [_nama(a) for a in self._k.semua(jalur, self._banyak)]
        hak = {n: self._k.minta("GET", f"{jalur}/{quote(n, safe='')}/permission").data for n in semua}
        pemilik = _nama(self._k.minta("GET", self._r).data.get("owner"))
        return [pemilik, *(n for n, h in hak.items() if h.get("permission") in ("admin", "owner"))]

    def _kunci_deploy(self) -> Iterable[str]:
        semua = self._k.semua(f"{self._r}/keys", self._banyak)
        return [teks(k.get("title")) for k in semua if not k.get("read_only")]

    def _rahasia(self, jalur: str) -> Iterable[str]:
        kunci = "secrets" if self._forge == _GITHUB else ""
        return [_nama(s) for s in self._k.semua(f"{self._r}/{jalur}", self._banyak, kunci=kunci)]

    def _rahasia_lingkungan(self) -> Iterable[str]:
        if self._forge != _GITHUB:
            return ()
        try:
            return self._rahasia(f"environments/{LINGKUNGAN}/secrets")
        except TakAdaError:
            return ()

    def _cacat_codeowners(self) -> tuple[str, ...]:
        """What GitHub says against the file; Forgejo says nothing."""
        if self._forge != _GITHUB:
            return ()
        try:
            data = self._k.minta("GET", f"{self._r}/codeowners/errors").data
        except DitolakError:
            return ()
        galat = data.get("errors", ())
        return tuple(f"baris {e.get('line')}: {e.get('kind')}: {e.get('source')}" for e in galat)


def _nama(data: Any) -> str:
    """The login of an account, or the name of something else."""
    return teks(data.get("login") or data.get("name")) if isinstance(data, dict) else ""


def _boleh(baca: Callable[[], Iterable[str]]) -> tuple[str, ...] | TakTerbaca:
    try:
        return tuple(sorted(set(baca())))
    except DitolakError as e:
        return TakTerbaca(e.pesan)
