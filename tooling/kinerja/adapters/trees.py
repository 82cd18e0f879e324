"""Trees of files to read from: a folder, a mapping, or a Git commit (``git_tree.PohonGit``)."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

_TIADA = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP}


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


class PohonDalam:
    """The part of a tree below a folder, as if it began there."""

    def __init__(self, pohon: Pohon, folder: str) -> None:
        self._pohon = pohon
        self._awal = f"{folder}/" if folder else ""

    def baca(self, jalur: str) -> bytes | None:
        """The bytes of a file; None when it is not there."""
        return self._pohon.baca(self._awal + jalur)

    def daftar(self, awalan: str) -> tuple[str, ...]:
        """Sorted paths below the prefix."""
        return tuple(j.removeprefix(self._awal) for j in self._pohon.daftar(self._awal + awalan))


class PohonFolder:
    """A tree in a folder of the disk. Links that leave the folder are not followed.

    It works on texts, not on ``pathlib``, which costs as much as reading the file.
    """

    def __init__(self, akar: Path) -> None:
        self._akar = os.path.realpath(akar)
        self._folder: dict[str, str | None] = {}

    def baca(self, jalur: str) -> bytes | None:
        """The bytes of a file; None when it is not there or lies outside."""
        folder, _, nama = jalur.rpartition("/")
        if folder not in self._folder:
            self._folder[folder] = self._di_dalam(os.path.join(self._akar, folder))
        nyata = self._folder[folder]
        if nyata is None or nama in ("", ".", ".."):
            return None
        tempat: str | None = os.path.join(nyata, nama)
        try:
            if tempat and stat.S_ISLNK(os.lstat(tempat).st_mode):
                tempat = self._di_dalam(tempat)
            if tempat is None or not stat.S_ISREG(os.stat(tempat).st_mode):  # a pipe would never end
                return None
            with open(tempat, "rb") as berkas:
                return berkas.read()
        except (ValueError, OSError) as e:
            if isinstance(e, OSError) and e.errno not in _TIADA:
                raise
            return None  # a name that no file can have is a file that is not there

    def daftar(self, awalan: str) -> tuple[str, ...]:
        """Sorted paths below the prefix; folders that are links are not entered."""
        awal = f"{self._akar}/{awalan.rpartition('/')[0]}"
        hasil = []
        for folder, anak, nama in os.walk(awal):
            anak[:] = [a for a in anak if a != ".git"]
            dasar = os.path.relpath(folder, self._akar).replace(os.sep, "/")
            dasar = "" if dasar == "." else f"{dasar}/"
            hasil += [j for n in nama if (j := f"{dasar}{n}").startswith(awalan)]
        return tuple(sorted(hasil))

    # helpers

    def _di_dalam(self, tempat: str) -> str | None:
        """The real place; None when it lies outside."""
        nyata = os.path.realpath(tempat)
        di_dalam = nyata == self._akar or nyata.startswith(self._akar.rstrip(os.sep) + os.sep)
        return nyata if di_dalam else None
