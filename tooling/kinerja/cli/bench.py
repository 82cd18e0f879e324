"""``kinerja bench``: the table of goals, measured here and now against named peers."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinerja.cli.indonesian import perintah
from kinerja.cli.options import opsi_format
from kinerja.cli.output import cetak_json
from kinerja.domain.errors import PemakaianError

if TYPE_CHECKING:
    from kinerja.bench.row import Baris, Tempat

_ULANG = 3


@perintah()
@click.argument("baris", nargs=-1, metavar="[BARIS…]")
@click.option("--cepat", is_flag=True, help="Data kecil, satu putaran: untuk mencoba, bukan untuk dikutip.")
@click.option("--ulang", type=click.IntRange(1, 99), help=f"Banyaknya putaran (bawaan: {_ULANG}).")
@click.option("--simpan", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
              help="Taruh datanya di sini dan jangan dihapus.")  # fmt: skip
@opsi_format
@click.pass_context
def bench(
    ctx: click.Context, baris: tuple[str, ...], cepat: bool, ulang: int | None,
    simpan: Path | None, format_: str,
) -> None:  # fmt: skip
    """Ukur kecepatan terhadap alat lain pada mesin ini, sebagai perbandingan.

    BARIS memilih pengukuran: validasi, berubah, log, satu, situs, arsip, persetujuan, meja, ramai,
    mulai; tanpa BARIS semuanya.
    Setiap perintah dijalankan sebagai proses utuh, bergantian, sesudah satu pemanasan. Waktu
    tidak pernah menggagalkan apa pun; tabelnya hanya menunjukkan tujuan mana yang tercapai.
    """
    from kinerja.bench.run import BARIS, jalankan
    from kinerja.bench.table import lingkungan, tabel_json, tabel_teks

    if simpan is not None and simpan.exists() and any(simpan.iterdir()):
        raise PemakaianError(f"folder {simpan} tidak kosong", "pilih folder baru untuk --simpan")
    pilihan = _pilih(baris, BARIS)
    banyak = ulang or (1 if cepat else _ULANG)
    with tempfile.TemporaryDirectory(prefix="kinerja-bench-") as sementara:
        tempat = _tempat(ctx, simpan or Path(sementara), cepat=cepat)
        hasil = list(jalankan(pilihan, tempat, banyak, simpan=simpan is not None))
    tempat.kabar("")
    if format_ == "json":
        cetak_json(tabel_json(hasil, lingkungan(), banyak))
    else:
        click.echo(tabel_teks(hasil, lingkungan()))


# helpers


def _pilih(nama: tuple[str, ...], semua: tuple[Baris, ...]) -> tuple[Baris, ...]:
    ada = {b.id: b for b in semua}
    for n in nama:
        if n not in ada:
            raise PemakaianError(f"tidak ada pengukuran `{n}`", f"pilih: {', '.join(ada)}")
    return tuple(b for b in semua if not nama or b.id in nama)


def _tempat(ctx: click.Context, folder: Path, *, cepat: bool) -> Tempat:
    """What the rows must be told of this command line."""
    from kinerja.bench.row import CEPAT, PENUH, Tempat
    from kinerja.cli.mkdocs_plugin import muat_data

    kelompok = ctx.parent.command if ctx.parent else None
    milik = kelompok.commands if isinstance(kelompok, click.Group) else {}
    pilihan = {o for p in milik["validate"].params for o in p.opts} if "validate" in milik else set()
    ukuran = CEPAT if cepat else PENUH
    return Tempat(folder.resolve(), ukuran, frozenset(pilihan), tuple(milik), muat_data, _kabar)


def _kabar(teks: str) -> None:
    """Progress on one line of a terminal; silence in a pipe."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{teks}", nl=False, err=True)
