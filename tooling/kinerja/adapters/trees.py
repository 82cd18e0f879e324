"""Trees of files to read from: a folder, a mapping, or a Git commit (``git.PohonGit``)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol


class Pohon(Protocol):
    """A read-only tree of files, paths with ``/``."""

    def baca(self, jalur: str) -> bytes | None:
        """The bytes of a file; None when it is not there."""
        ...

    def daftar(self, awalan: str) -> tuple[str, ...]:
        """Sorted paths of every file below a prefix such as ``reports/2024/``."""
        ...


class PohonIsi:
    """A tree held in memory."""

    def __init__(self, isi: Mapping[str, bytes]) -> None:
        self._isi = dict(isi)

    def baca(self, jalur: str) -> bytes | None:
        """The bytes of a file; None when it is not there."""
        return self._isi.get(jalur)

    def daftar(self, awalan: str) -> tuple[str, ...]:
        """Sorted paths below the prefix."""
        return tuple(sorted(j for j in self._isi if j.startswith(awalan)))


class PohonTumpuk:
    """A tree laid over another: what the upper one lacks comes from the lower."""

    def __init__(self, atas: Mapping[str, bytes], bawah: Pohon) -> None:
        self._atas = dict(atas)
        self._bawah = bawah

    def baca(self, jalur: str) -> bytes | None:
        """The bytes of a file; None when neither tree has it."""
        return self._atas[jalur] if jalur in self._atas else self._bawah.baca(jalur)

    def daftar(self, awalan: str) -> tuple[str, ...]:
        """Sorted paths below the prefix, of both trees."""
        atas = {j for j in self._atas if j.startswith(awalan)}
        return tuple(sorted(atas | set(self._bawah.daftar(awalan))))


class PohonFolder:
    """A tree in a folder of the disk. Links that leave the folder are not followed."""

    def __init__(self, akar: Path) -> None:
        self._akar = akar.resolve()
        self._dalam = f"{self._akar}{os.sep}" if self._akar.name else str(self._akar)

    def baca(self, jalur: str) -> bytes | None:
        """The bytes of a file; None when it is not there or lies outside."""
        tempat = Path(os.path.realpath(f"{self._akar}/{jalur}"))  # pathlib takes twice the time
        if not str(tempat).startswith(self._dalam) or not tempat.is_file():
            return None
        return tempat.read_bytes()

    def daftar(self, awalan: str) -> tuple[str, ...]:
        """Sorted paths below the prefix."""
        folder = self._akar / awalan.rpartition("/")[0]
        if not folder.is_dir():
            return ()
        semua = (
            p.relative_to(self._akar).as_posix()
            for p in folder.rglob("*")
            if p.is_file() and ".git" not in p.parts
        )
        return tuple(sorted(j for j in semua if j.startswith(awalan)))
