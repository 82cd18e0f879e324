"""Forgejo and Gitea as a forge (port ``Forge``), over ``/api/v1``.

A dismissed review keeps its state and says so beside it; ``stale`` and ``official`` come late
and follow other rules than ours, so they are not asked. A merge names the head that it expects
and is repeated while Forgejo still looks at the pull request. It decides nothing.

Example:
    >>> Forgejo(klien, "dinsos/kinerja", "https://git.contoh.go.id").usulan(7)
    Usulan(nomor=7, …)
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import quote

from kinerja.adapters.forges.addresses import alamat_sunting
from kinerja.adapters.forges.http import GangguanForgeError, Klien
from kinerja.adapters.forges.records import (
    AKUN_ALUR_FORGEJO,
    NAMA_CEK,
    NAMA_SAUH,
    PENANDA,
    baca_commit,
    baca_waktu,
    dari_komentar,
    milik_kami,
    nomor_akun,
    sauh_kami,
    sidik,
    teks,
    urutkan,
)
from kinerja.domain.errors import BentrokError
from kinerja.domain.peristiwa import JenisBukti
from kinerja.workflow.ports import AkunCommit, Dorongan, Kata, Keadaan, Pendapat, Usulan

_KATA = {"APPROVED": Kata.YA, "REQUEST_CHANGES": Kata.TIDAK}
_STATUS = {Keadaan.LULUS: "success", Keadaan.MENUNGGU: "pending", Keadaan.GAGAL: "failure"}
_LIMA_PULUH = {"limit": "50"}
_TERPANJANG = 60_000
_PERCOBAAN, _JEDA_DETIK = 8, 1.0


class Forgejo:
    """One repository on a Forgejo or Gitea server.

    Args:
        repo: ``owner/name``.
        halaman: where its pages are, ``https://git.contoh.go.id``.
        tunggu: waits so many seconds; given by tests.
    """

    nama = "forgejo"

    def __init__(
        self, klien: Klien, repo: str, halaman: str, *, tunggu: Callable[[float], None] = time.sleep
    ) -> None:
        self._k = klien
        self._halaman = f"{halaman.rstrip('/')}/{repo}"
        self._repo = repo
        self._r = f"/repos/{quote(repo)}"
        self._tunggu = tunggu

    @property
    def layanan(self) -> frozenset[int]:
        """Our own account and its workflows'; Forgejo itself commits as the person who clicked."""
        return frozenset({AKUN_ALUR_FORGEJO} | ({self._sendiri} if self._sendiri else set()))

    @property
    def alur(self) -> frozenset[int]:
        """The account of every workflow."""
        return frozenset({AKUN_ALUR_FORGEJO})

    def alamat_sunting(self, perubahan: str, jalur: str) -> str:
        """The page that edits a file of a branch."""
        return alamat_sunting(self.nama, self._halaman, perubahan, jalur)

    def usulan_terbuka(self) -> tuple[Usulan, ...]:
        """Every open pull request to main, oldest first."""
        query = {"state": "open", "sort": "oldest", **_LIMA_PULUH}
        semua = (self._usulan(d) for d in self._k.semua(f"{self._r}/pulls", query))
        return tuple(u for u in semua if u.tujuan == "refs/heads/main")

    def usulan(self, nomor: int) -> Usulan:
        """One pull request, read afresh."""
        return self._usulan(self._k.minta("GET", f"{self._r}/pulls/{nomor}").data)

    def buka(self, perubahan: str, judul: str, isi: str) -> Usulan:
        """Opens the pull request of a branch, or gives the one that is open."""
        ada = [u for u in self.usulan_terbuka() if u.perubahan == perubahan and u.sendiri]
        if ada:
            return ada[0]
        badan = {"title": judul, "head": perubahan, "base": "main", "body": isi}
        return self._usulan(self._k.minta("POST", f"{self._r}/pulls", badan=badan).data)

    def pendapat(self, u: Usulan) -> tuple[Pendapat, ...]:
        """Every opinion and command, to the last page."""
        tinjauan = self._k.semua(f"{self._r}/pulls/{u.nomor}/reviews", _LIMA_PULUH)
        komentar = self._komentar(u)
        return urutkan(
            [
                *(p for t in tinjauan for p in self._dari_tinjauan(u, t)),
                *(p for k in komentar if (p := dari_komentar(k)) is not None),
            ]
        )

    def pendahulu(self, u: Usulan) -> tuple[Usulan, ...]:
        """Pull requests of the same branch that were closed without a merge."""
        return tuple(x for x in self._tertutup if x.perubahan == u.perubahan and x.nomor != u.nomor)

    @cached_property
    def _tertutup(self) -> tuple[Usulan, ...]:
        """Every pull request closed without a merge; Forgejo cannot be asked for those of one branch."""
        query = {"state": "closed", **_LIMA_PULUH}
        semua = (self._usulan(d) for d in self._k.semua(f"{self._r}/pulls", query))
        return tuple(x for x in semua if not x.tergabung)

    def dorongan(self, u: Usulan) -> tuple[Dorongan, ...]:
        """Every push since the pull request was opened, oldest first."""
        hasil = []
        for a in self._k.semua(f"{self._r}/issues/{u.nomor}/timeline", _LIMA_PULUH):
            waktu = baca_waktu(a.get("created_at"))
            if a.get("type") == "pull_push" and waktu is not None:
                hasil += [Dorongan(_pelaku(a.get("user")), *c, waktu) for c in _isi_dorongan(a)]
        return tuple(hasil)

    def akun_commit(self, u: Usulan) -> Mapping[str, AkunCommit]:
        """Commit → accounts behind it."""
        semua = self._k.semua(f"{self._r}/pulls/{u.nomor}/commits", _LIMA_PULUH)
        return {
            str(c.get("sha")): AkunCommit(nomor_akun(c.get("author")), nomor_akun(c.get("committer")))
            for c in semua
        }

    def akun_satu(self, commit: str) -> AkunCommit:
        """The accounts behind one commit."""
        query = {"stat": "false", "verification": "false", "files": "false"}
        d = self._k.minta("GET", f"{self._r}/git/commits/{commit}", query).data or {}
        return AkunCommit(nomor_akun(d.get("author")), nomor_akun(d.get("committer")))

    def tandai(self, u: Usulan, keadaan: Keadaan, ringkas: str, rinci: str) -> None:
        """Sets the required status; its whole verdict stands in our comment."""
        badan = {"state": _STATUS[keadaan], "context": NAMA_CEK, "description": ringkas[:140]}
        if u.alamat:
            badan["target_url"] = u.alamat
        self._k.minta("POST", f"{self._r}/statuses/{u.kepala}", badan=badan)

    def baca_sauh(self, commit: str) -> tuple[str, ...]:
        """What we once tied to a commit."""
        semua = self._k.semua(f"{self._r}/commits/{commit}/statuses", _LIMA_PULUH)
        alur = {"id": AKUN_ALUR_FORGEJO}  # Forgejo names no creator for what its workflows write
        return sauh_kami(({**s, "creator": s.get("creator") or alur} for s in semua), self._sendiri)

    def tulis_sauh(self, commit: str, sauh: str) -> None:
        """Ties a short text to a commit, as a status."""
        badan = {"state": "success", "context": NAMA_SAUH, "description": sauh}
        self._k.minta("POST", f"{self._r}/statuses/{commit}", badan=badan)

    def komentari(self, u: Usulan, isi: str) -> None:
        """Writes our one comment, or edits it when it says something else."""
        penuh = f"{PENANDA}\n{isi}"[:_TERPANJANG]
        ada = next((k for k in self._komentar(u) if milik_kami(k, self._sendiri)), None)
        if ada is None:
            self._k.minta("POST", f"{self._r}/issues/{u.nomor}/comments", badan={"body": penuh})
        elif teks(ada.get("body")).replace("\r\n", "\n") != penuh:
            self._k.minta("PATCH", f"{self._r}/issues/comments/{ada['id']}", badan={"body": penuh})

    def gabung(self, u: Usulan, judul: str) -> str:
        """Merges, only if the head is still the one that was judged."""
        badan = {"Do": "merge", "head_commit_id": u.kepala, "MergeTitleField": judul}
        for ke in range(_PERCOBAAN):
            try:
                self._k.minta("POST", f"{self._r}/pulls/{u.nomor}/merge", badan=badan)
                break
            except BentrokError:
                if ke == _PERCOBAAN - 1 or self.usulan(u.nomor).kepala != u.kepala:
                    raise
                self._tunggu(_JEDA_DETIK)  # Forgejo is still looking whether it can be merged
        data = self._k.minta("GET", f"{self._r}/pulls/{u.nomor}").data
        hasil = baca_commit(data.get("merge_commit_sha")) if isinstance(data, dict) else None
        if hasil is None:
            raise BentrokError("Forgejo tidak menyebut commit gabungannya", "jalankan lagi")
        return hasil

    # helpers

    @cached_property
    def _sendiri(self) -> int | None:
        return nomor_akun(self._k.minta("GET", "/user").data)

    def _usulan(self, d: Any) -> Usulan:
        try:
            kepala, dasar = d["head"], d["base"]
            return Usulan(
                nomor=int(d["number"]),
                perubahan=str(kepala["ref"]),
                kepala=str(kepala["sha"]),
                tujuan=f"refs/heads/{dasar['ref']}",
                terbuka=d.get("state") == "open",
                tergabung=bool(d.get("merged")),
                sendiri=kepala.get("repo_id") == dasar.get("repo_id"),
                judul=teks(d.get("title")),
                isi=teks(d.get("body")),
                alamat=teks(d.get("html_url")),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as e:
            raise GangguanForgeError(f"pull request dari Forgejo tidak terbaca ({e})", "jalankan lagi") from e

    def _komentar(self, u: Usulan) -> Iterator[dict[str, Any]]:
        """Every comment; Forgejo gives this list whole, and a page after it is followed all the same."""
        return self._k.semua(f"{self._r}/issues/{u.nomor}/comments")

    def _dari_tinjauan(self, u: Usulan, t: dict[str, Any]) -> Iterator[Pendapat]:
        kata, waktu = _KATA.get(str(t.get("state"))), baca_waktu(t.get("submitted_at"))
        if kata is None or waktu is None:
            return
        isi = teks(t.get("body"))
        if kata is Kata.TIDAK and not isi.strip() and t.get("comments_count"):
            data = self._k.minta("GET", f"{self._r}/pulls/{u.nomor}/reviews/{t.get('id')}/comments").data
            isi = "\n".join(teks(k.get("body")) for k in data or () if isinstance(k, dict)).strip()
        tetap = {k: v for k, v in t.items() if k not in _BERUBAH}
        yield Pendapat(
            str(t.get("id")), JenisBukti.ULASAN, kata, nomor_akun(t.get("user")),
            baca_commit(t.get("commit_id")), waktu, isi, sidik(tetap),
        )  # fmt: skip


_BERUBAH = frozenset({"stale", "official", "dismissed", "updated_at", "user"})
"""What Forgejo changes in a review afterwards; the account's number is kept beside it."""


def _pelaku(akun: object) -> int | None:
    """As :func:`nomor_akun`, and the workflows' own account, whose number is no person's."""
    alur = isinstance(akun, dict) and akun.get("id") == AKUN_ALUR_FORGEJO
    return AKUN_ALUR_FORGEJO if alur else nomor_akun(akun)


def _isi_dorongan(acara: dict[str, Any]) -> list[tuple[str | None, str]]:
    """(before, after) of a push in the timeline; its body is a JSON text."""
    try:
        data = json.loads(teks(acara.get("body")))
    except ValueError:
        return []
    if not isinstance(data, dict):
        return []
    commit = [c for c in map(baca_commit, data.get("commit_ids") or ()) if c]
    if data.get("is_force_push") and len(commit) == 2:  # noqa: PLR2004 - before and after
        return [(commit[0], commit[1])]
    return [(None, c) for c in commit]
