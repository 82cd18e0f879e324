"""Which files a call means, and to which repository each belongs.

Example: ``kinerja validate .`` in a repository means every YAML file below its ``reports/``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kinerja.adapters.trees import Pohon
from kinerja.validation.places import berupa_dokumen

_TANDA = os.path.join("reports", "organisasi.yaml")


@dataclass(frozen=True, slots=True)
class Terpilih:
    """The files of a call: by repository, with paths inside it; and those that belong to none."""

    milik: dict[str, tuple[str, ...]]
    lepas: tuple[str, ...]

    @property
    def jumlah(self) -> int:
        """How many files there are."""
        return sum(map(len, self.milik.values())) + len(self.lepas)


def pilih(jalur: Sequence[Path]) -> Terpilih:
    """Every YAML file and every link at or below some paths; a link is not followed."""
    milik: dict[str, set[str]] = {}
    lepas: set[str] = set()
    akar: dict[str, str | None] = {}
    for berkas in (f for j in jalur for f in _berkas(str(j))):
        folder = os.path.realpath(os.path.dirname(berkas) or ".")
        if folder not in akar:
            akar[folder] = akar_repositori(folder)
        induk = akar[folder]
        if induk is None and os.path.isdir(berkas):
            continue
        if induk is None:
            lepas.add(berkas.replace(os.sep, "/"))
            continue
        dalam = os.path.relpath(folder, induk).replace(os.sep, "/")
        nama = os.path.basename(berkas)
        milik.setdefault(induk, set()).add(nama if dalam == "." else f"{dalam}/{nama}")
    return Terpilih({a: tuple(sorted(j)) for a, j in sorted(milik.items())}, tuple(sorted(lepas)))


def akar_repositori(folder: str) -> str | None:
    """The folder, or the nearest above, that holds ``reports/organisasi.yaml``; None outside one.

    One that lies inside the ``reports/`` of another is no repository of its own: a file could
    otherwise be taken out of sight by planting one around it.
    """
    hasil = _terdekat(folder)
    luar = _terdekat(os.path.dirname(hasil)) if hasil else None
    while hasil and luar:
        if os.path.relpath(hasil, luar).split(os.sep)[0] == "reports":
            hasil = luar
        atas = os.path.dirname(luar)
        luar = _terdekat(atas) if atas != luar else None
    return hasil


def pohon_instansi(folder: Path) -> Pohon | None:
    """Main of an agency's own bare repository (``kinerja init``); None for any other folder."""
    folder = folder.resolve()  # Git is called from another folder
    if not (folder / "repositori.git" / "HEAD").is_file():
        return None
    from kinerja.adapters.git import RepoGit
    from kinerja.adapters.git_tree import PohonGit

    repo = RepoGit(folder / "repositori.git")
    utama = repo.commit("refs/heads/main")
    if utama is None:
        repo.tutup()
        return None
    pohon = PohonGit(repo, utama)
    pohon.muat_semua("reports/")
    repo.tutup()
    return pohon


# helpers


def _terdekat(folder: str) -> str | None:
    while True:
        if os.path.isfile(os.path.join(folder, _TANDA)):
            return folder
        atas = os.path.dirname(folder)
        if atas == folder:
            return None
        folder = atas


def _berkas(jalur: str) -> Iterator[str]:
    if not os.path.isdir(jalur):
        yield jalur
        return
    laporan = os.path.join(jalur, "reports")
    if os.path.islink(laporan):
        yield laporan
        return
    for folder, anak, nama in os.walk(laporan if os.path.isdir(laporan) else jalur):
        anak[:] = sorted(a for a in anak if not a.startswith("."))
        ada = (os.path.join(folder, n) for n in sorted([*nama, *anak]))
        yield from (t for t in ada if os.path.islink(t) or (berupa_dokumen(t) and not os.path.isdir(t)))
