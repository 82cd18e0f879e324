"""Where a repository of kinerja lies: an agency's folder, a bare repository, or a plain clone.

Example:
    >>> cari_repositori(Path("dinas/keluar")).git
    PosixPath('/…/dinas/repositori.git')
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kinerja.domain.errors import PemakaianError


@dataclass(frozen=True, slots=True)
class Letak:
    """The agency's folder on this computer and its Git directory."""

    folder: Path
    git: Path


def cari_repositori(mulai: Path) -> Letak:
    """The repository that a folder belongs to: itself or the nearest parent.

    Raises:
        PemakaianError: nothing that looks like one.
    """
    mulai = mulai.resolve()
    for folder in (mulai, *mulai.parents):
        if (folder / "repositori.git" / "HEAD").is_file():
            return Letak(folder, folder / "repositori.git")
        if (folder / "HEAD").is_file() and (folder / "refs").is_dir():
            return Letak(folder.parent, folder)
        if (folder / ".git" / "HEAD").is_file():
            return Letak(folder / ".git" / "kinerja", folder / ".git")
    raise PemakaianError(
        f"tidak ada repositori kinerja di {mulai}", "buat dengan: kinerja init DIR, atau pakai --repo"
    )
