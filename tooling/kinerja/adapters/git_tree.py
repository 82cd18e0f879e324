"""The tree of one commit, for readers that know nothing of Git."""

from __future__ import annotations

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

    def _semua(self) -> dict[str, str]:
        if self._daftar is None:
            self._daftar = self._repo.daftar(self.commit)
        return self._daftar
