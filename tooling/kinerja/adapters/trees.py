"""Trees of files to read from: a folder, a mapping, or a Git commit (``git_tree.PohonGit``)."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Mapping
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
    """A tree in a folder of the disk, without its links: what a link shows, Git does not keep.

    It works on texts, not on ``pathlib``, which costs as much as reading the file.
    """

    def __init__(self, akar: Path) -> None:
        self._akar = os.path.realpath(akar)
        self._folder: dict[str, bool] = {}

    def baca(self, jalur: str) -> bytes | None:
        """The bytes of a file; None when it is not there, or a link stands at or above it."""
        folder, _, nama = jalur.rpartition("/")
        if folder not in self._folder:
            self._folder[folder] = self._nyata(folder)
        if not self._folder[folder] or nama in ("", ".", ".."):
            return None
        try:
            tempat = os.path.join(self._akar, folder, nama)
            if not stat.S_ISREG(os.lstat(tempat).st_mode):  # nor a pipe, which would never end
                return None
            with open(tempat, "rb") as berkas:
                return berkas.read()
        except (ValueError, OSError) as e:
            if isinstance(e, OSError) and e.errno not in _TIADA:
                raise
            return None  # a name that no file can have is a file that is not there

    def daftar(self, awalan: str) -> tuple[str, ...]:
        """Sorted paths below the prefix; a link counts as a file, as Git counts it."""
        return tuple(sorted(j for j, folder in self._semua(awalan) if not folder or self._tautan(j)))

    def tautan(self, awalan: str) -> tuple[str, ...]:
        """Sorted paths below the prefix that are links, to files or to folders; or its own folder."""
        folder_awal = awalan.rpartition("/")[0]
        if not self._nyata(folder_awal):
            return (folder_awal,)
        return tuple(sorted(j for j, _ in self._semua(awalan) if self._tautan(j)))

    # helpers

    def _semua(self, awalan: str) -> Iterator[tuple[str, bool]]:
        """Every path that begins so, and whether it is a folder."""
        folder_awal = awalan.rpartition("/")[0]
        if not self._nyata(folder_awal):
            return
        for folder, anak, nama in os.walk(os.path.join(self._akar, folder_awal)):
            anak[:] = [a for a in anak if a != ".git"]
            dasar = os.path.relpath(folder, self._akar).replace(os.sep, "/")
            dasar = "" if dasar == "." else f"{dasar}/"
            for isi, berupa_folder in ((anak, True), (nama, False)):
                yield from ((j, berupa_folder) for n in isi if (j := f"{dasar}{n}").startswith(awalan))

    def _tautan(self, jalur: str) -> bool:
        return os.path.islink(os.path.join(self._akar, jalur))

    def _nyata(self, folder: str) -> bool:
        """Whether a folder is where its path says: no link, no way up."""
        bagian = [b for b in folder.split("/") if b]
        if ".." in bagian or "\0" in folder:
            return False
        tempat = self._akar
        for b in bagian:
            tempat = os.path.join(tempat, b)
            if os.path.islink(tempat):
                return False
        return True
