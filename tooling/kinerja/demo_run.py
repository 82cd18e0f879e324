"""``kinerja demo`` as a command: tells the story, builds the site, verifies."""

from __future__ import annotations

import shlex
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kinerja.demo import Walk, jalan_contoh, jalan_tangsel, periksa_semua, tempat_demo
from kinerja.domain.errors import PemakaianError
from kinerja.site_step import bangun_situs

_TANDA = ".kinerja-demo"


def jalankan_demo(
    folder: Path | None, cetak: Callable[[str], None], ringkasan: dict[str, Any], *, situs: bool
) -> int:
    """Walks, publishes and verifies; gives the exit code.

    Args:
        folder: where; the user's own state folder when None.
        cetak: tells the story, a line at a time.
        ringkasan: filled with what was made, as ``demo/v1``.
        situs: whether to build the public sites.
    """
    mulai = time.monotonic()
    folder = (folder or tempat_demo()).resolve()
    _kosongkan(folder)
    walks = [jalan_contoh(folder / "boalemo", cetak)]
    cetak("")
    walks.append(jalan_tangsel(folder / "tangsel", cetak))
    ringkasan |= {"skema": "demo/v1", "folder": str(folder), "instansi": []}
    for w in walks:
        tempat_situs = None
        if situs:
            cetak(f"\nMembangun situs {w.instansi.folder.name} …")
            tempat_situs = bangun_situs(w.forge, w.instansi.keluar / "situs")
            cetak(f"  situs        {tempat_situs}")
        ringkasan["instansi"].append(
            {
                "folder": str(w.instansi.folder),
                "situs": str(tempat_situs) if tempat_situs else None,
                "percaya": str(_percaya(w)),
                "arsip": _periksa(w, cetak),
            }
        )
    cetak(f"\nSelesai dalam {time.monotonic() - mulai:.0f} detik. Semuanya ada di {folder}")
    cetak(f"Coba juga: {_program()} status 2024-tw3 --repo {shlex.quote(str(walks[0].instansi.folder))}")
    return 0 if all(a["hasil"] == "SAH" for i in ringkasan["instansi"] for a in i["arsip"]) else 1


# helpers


def _kosongkan(folder: Path) -> None:
    """Removes an earlier demo; never anything else."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _TANDA).is_file():
            raise PemakaianError(f"{folder} berisi hal lain", "pilih folder kosong dengan --folder")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _TANDA).write_text("Folder demo kinerja; boleh dihapus.\n", encoding="utf-8")


def _percaya(w: Walk) -> Path:
    return w.instansi.keluar / "kunci-tepercaya.txt"


def _periksa(w: Walk, cetak: Callable[[str], None]) -> list[dict[str, str]]:
    cetak("\nMemeriksa arsip seperti BAPPEDA")
    hasil = []
    for berkas, putusan in zip(w.arsip, periksa_semua(w), strict=True):
        penanda = f"  [{putusan.penanda}]" if putusan.penanda else ""
        cetak(f"  {putusan.hasil.value}  {putusan.laporan}{penanda}")
        cetak(f"    {_program()} verify {shlex.quote(str(berkas))} --percaya {shlex.quote(str(_percaya(w)))}")
        hasil.append({"berkas": str(berkas), "laporan": putusan.laporan, "hasil": putusan.hasil.value})
    return hasil


def _program() -> str:
    """How the reader calls this program: by its name where that is found, else as it was called."""
    return "kinerja" if shutil.which("kinerja") else sys.argv[0]
