"""The tree of one commit, for readers that know nothing of Git."""

from __future__ import annotations

import hashlib

from kinerja.adapters.git import RepoGit


class PohonGit:
    """The tree of one commit, read through one listing and batched reads."""

    def __init__(self, repo: RepoGit, commit: str) -> None:
        self._repo = repo
        self.commit = commit
        self._daftar: dict[str, str] | None = None
        self._isi: dict[str, bytes | None] = {}

    def baca(self, jalur: str) -> bytes | None:
        """The bytes of a file; None when it is not there."""
        if jalur not in self._isi:
            oid = self._semua().get(jalur)
            self._isi[jalur] = self._repo.baca_banyak([oid])[0] if oid else None
        return self._isi[jalur]

    def daftar(self, awalan: str) -> tuple[str, ...]:
        """Sorted paths below the prefix."""
        return tuple(sorted(j for j in self._semua() if j.startswith(awalan)))

    def muat_semua(self, awalan: str) -> dict[str, bytes]:
        """Every file below the prefix, by one batch."""
        jalur = self.daftar(awalan)
        oid = self._semua()
        for j, isi in zip(jalur, self._repo.baca_banyak([oid[j] for j in jalur]), strict=True):
            self._isi[j] = isi
        return {j: isi for j in jalur if (isi := self._isi[j]) is not None}

    def beda(self, jalur: str, bita: bytes | None) -> bool:
        """Whether some bytes are other than this commit's at a path; line ends do not count.

        Neither index, filters nor configuration of the repository is asked: each of them could say
        that a changed file has not changed, and some would run a program.
        """
        oid = self._semua().get(jalur)
        if bita is None or oid is None:
            return (bita is None) != (oid is None)
        return oid not in (_oid(bita, len(oid)), _oid(bita.replace(b"\r\n", b"\n"), len(oid)))

    def _semua(self) -> dict[str, str]:
        if self._daftar is None:
            self._daftar = self._repo.daftar(self.commit)
        return self._daftar


def _oid(bita: bytes, panjang: int) -> str:
    """The id that Git gives to a file's bytes: SHA-1, or SHA-256 where the repository uses it."""
    h = hashlib.sha256() if panjang == 64 else hashlib.sha1(usedforsecurity=False)  # noqa: PLR2004
    h.update(b"blob %d\0" % len(bita))
    h.update(bita)
    return h.hexdigest()
