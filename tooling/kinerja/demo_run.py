"""``kinerja demo`` as a command: tells the story, builds the site, verifies, serves."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import sys
import time
from pathlib import Path

import click

from kinerja.demo import Walk, jalan_contoh, jalan_tangsel, periksa_semua, tempat_demo
from kinerja.domain.errors import PemakaianError
from kinerja.site_step import bangun_situs

_TANDA = ".kinerja-demo"
_PORT = 8000


def jalankan_demo(folder: Path | None, *, situs: bool, layani: bool) -> int:
    """Walks, publishes and verifies; gives the exit code.

    Args:
        folder: where; the user's own state folder when None.
        situs: whether to build the public sites.
        layani: whether to serve the site afterwards (never with ``NONINTERACTIVE=1``).
    """
    mulai = time.monotonic()
    folder = (folder or tempat_demo()).resolve()
    _kosongkan(folder)
    walks = [jalan_contoh(folder / "boalemo", click.echo)]
    click.echo("")
    walks.append(jalan_tangsel(folder / "tangsel", click.echo))
    sah = True
    for w in walks:
        if situs:
            click.echo(f"\nMembangun situs {w.instansi.folder.name} …")
            click.echo(f"  situs        {bangun_situs(w.forge, w.instansi.keluar / 'situs')}")
        sah = _periksa(w) and sah
    click.echo(f"\nSelesai dalam {time.monotonic() - mulai:.0f} detik. Semuanya ada di {folder}")
    click.echo(f"Coba juga: {_program()} status 2024-tw3 --repo {walks[0].instansi.folder}")
    if layani and situs and os.environ.get("NONINTERACTIVE") != "1" and sys.stdout.isatty():
        _layani(walks[0].instansi.keluar / "situs")
    return 0 if sah else 1


# helpers


def _kosongkan(folder: Path) -> None:
    """Removes an earlier demo; never anything else."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _TANDA).is_file():
            raise PemakaianError(f"{folder} berisi hal lain", "pilih folder kosong dengan --folder")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _TANDA).write_text("Folder demo kinerja; boleh dihapus.\n", encoding="utf-8")


def _periksa(w: Walk) -> bool:
    click.echo("\nMemeriksa arsip seperti BAPPEDA")
    percaya = w.instansi.keluar / "kunci-tepercaya.txt"
    sah = True
    for berkas, putusan in zip(w.arsip, periksa_semua(w), strict=True):
        penanda = f"  [{putusan.penanda}]" if putusan.penanda else ""
        click.echo(f"  {putusan.hasil.value}  {putusan.laporan}{penanda}")
        click.echo(f"    {_program()} verify {berkas} --percaya {percaya}")
        sah = sah and putusan.hasil.value == "SAH"
    return sah


def _program() -> str:
    """How the reader calls this program: by its name where that is found, else as it was called."""
    return "kinerja" if shutil.which("kinerja") else sys.argv[0]


def _layani(situs: Path) -> None:
    penangan = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(situs))
    for port in range(_PORT, _PORT + 20):
        try:
            server = http.server.ThreadingHTTPServer(("127.0.0.1", port), penangan)
        except OSError:
            continue
        click.echo(f"\nSitus: http://127.0.0.1:{port}/  (Ctrl+C untuk berhenti)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("\nBerhenti.")
        return
