"""``kinerja validate``: parses the call, lets ``checking`` judge, prints in the form asked for."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinerja.cli.indonesian import perintah
from kinerja.cli.options import PERIODE
from kinerja.cli.output import satu_baris, tanpa_kendali
from kinerja.domain.errors import PemakaianError

if TYPE_CHECKING:
    from kinerja.checking.work import Lapor
    from kinerja.domain.pemeriksaan import HasilPeriksa
    from kinerja.domain.periode import Periode

_BENTUK = ("text", "json", "github", "sarif", "junit", "markdown")
_TAMPAK_MAJU = 500


@perintah()
@click.argument("jalur", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--changed", "dasar", metavar="DASAR",
              help="Bandingkan dengan cabang atau commit DASAR: hanya temuan perubahannya yang menggagalkan.")
@click.option("--diajukan", is_flag=True,
              help="Nilai kertas kerja seperti saat diajukan: yang kosong ditanyakan.")
@click.option("--fix", "betulkan", is_flag=True,
              help="Tulis perbaikan yang pasti: tanda %, koma desimal, spasi. Sisanya tetap ditanyakan.")
@click.option("--reviu", is_flag=True,
              help="Jawab butir-butir reviu laporan kinerja (PermenPANRB 53/2014) sejauh datanya dapat.")
@click.option("--periode", type=PERIODE, help="Periode untuk --reviu (bawaan: yang terbaru).")
@click.option("--hanya-skema", is_flag=True, help="Hanya bentuk berkasnya, tanpa aturan lain.")
@click.option("--proses", type=click.IntRange(1, 64),
              help="Banyaknya proses (bawaan: menurut banyaknya berkas).")
@click.option("--tanpa-simpanan", is_flag=True, help="Jangan pakai hasil pemeriksaan terdahulu.")
@click.option("--format", "format_", type=click.Choice(_BENTUK), default="text", help="Bentuk keluaran.")
def validate(
    jalur: tuple[Path, ...],
    dasar: str | None,
    diajukan: bool,
    betulkan: bool,
    reviu: bool,
    periode: Periode | None,
    hanya_skema: bool,
    proses: int | None,
    tanpa_simpanan: bool,
    format_: str,
) -> int:
    """Periksa berkas YAML: bentuk, isi, dan kecocokannya dengan rencana dan DPA.

    Tanpa JALUR: semua berkas di bawah reports/ pada folder ini.
    """  # fmt: skip
    tujuan = jalur or (Path(),)
    _tuntut_serasi(
        {"--reviu": reviu, "--hanya-skema": hanya_skema, "--changed": dasar is not None, "--fix": betulkan,
         "--diajukan": diajukan, "--proses": proses is not None, "--tanpa-simpanan": tanpa_simpanan,
         "--periode": periode is not None}
    )  # fmt: skip
    if reviu:
        return _reviu(tujuan, periode, format_)
    if dasar is not None:
        periksa = _terhadap(tujuan, dasar, diajukan)
    else:
        periksa = _semuanya(tujuan, hanya_skema, proses, not tanpa_simpanan, diajukan)
    hasil = periksa()
    if betulkan:
        from kinerja.checking.fixes import perbaiki

        perbaikan = perbaiki(tujuan, hasil.temuan)
        hasil = replace(periksa(), perbaikan=perbaikan) if perbaikan else hasil
    _cetak(hasil, format_)
    return 1 if hasil.galat else 0


# helpers

_TIDAK_SERASI = (
    ("--reviu", ("--hanya-skema", "--changed", "--fix", "--diajukan", "--proses", "--tanpa-simpanan")),
    ("--hanya-skema", ("--changed", "--fix", "--diajukan")),
    ("--changed", ("--proses", "--tanpa-simpanan")),
)


def _tuntut_serasi(dipakai: dict[str, bool]) -> None:
    """Refuses options that would be ignored in silence."""
    for pilihan, lain in _TIDAK_SERASI:
        bentrok = [x for x in lain if dipakai[pilihan] and dipakai[x]]
        if bentrok:
            raise PemakaianError(f"{pilihan} tidak berguna bersama {', '.join(bentrok)}", "pilih salah satu")
    if dipakai["--periode"] and not dipakai["--reviu"]:
        raise PemakaianError("--periode hanya untuk --reviu", "tambahkan --reviu, atau hapus --periode")


def _reviu(tujuan: tuple[Path, ...], periode: Periode | None, format_: str) -> int:
    from kinerja.checking.review import reviu_folder
    from kinerja.domain.reviu import Jawaban
    from kinerja.publishing.findings import review

    if len(tujuan) != 1 or format_ not in ("text", "json", "markdown"):
        raise PemakaianError("--reviu: satu folder, sebagai text, json, atau markdown", "sebut satu saja")
    hasil = reviu_folder(tujuan[0], periode)
    match format_:
        case "json":
            click.echo(json.dumps(review.reviu_json(hasil), ensure_ascii=False, indent=1))
        case "markdown":
            click.echo(review.markdown(hasil), nl=False)
        case _:
            lebar = shutil.get_terminal_size((100, 24)).columns
            click.echo(tanpa_kendali("\n".join(review.teks(hasil, lebar))))
    return 1 if hasil.jumlah(Jawaban.TIDAK) else 0


def _terhadap(tujuan: tuple[Path, ...], dasar: str, diajukan: bool) -> Callable[[], HasilPeriksa]:
    from kinerja.checking.changes import periksa_perubahan

    return lambda: periksa_perubahan(tujuan, dasar, diajukan=diajukan)


def _semuanya(
    tujuan: tuple[Path, ...], hanya_skema: bool, proses: int | None, simpanan: bool, diajukan: bool
) -> Callable[[], HasilPeriksa]:
    from kinerja.checking.run import Pilihan, periksa_jalur

    pilihan = Pilihan(hanya_skema, proses, simpanan, diajukan, _lapor())
    return lambda: periksa_jalur(tujuan, pilihan)


def _cetak(hasil: HasilPeriksa, format_: str) -> None:
    from kinerja.publishing.findings import plain

    match format_:
        case "json":
            keluaran = json.dumps(plain.hasil_json(hasil), ensure_ascii=False, indent=1)
        case "github":
            keluaran = "\n".join(map(satu_baris, plain.github(hasil)))
        case "sarif":
            from importlib.metadata import version

            from kinerja.checking.catalog import katalog
            from kinerja.publishing.findings.sarif import sarif

            keluaran = json.dumps(sarif(hasil, katalog(), version("kinerja")), ensure_ascii=False, indent=1)
        case "junit":
            from kinerja.publishing.findings.junit import junit

            keluaran = junit(hasil)
        case "markdown":
            from kinerja.publishing.findings.markdown import markdown

            keluaran = markdown(hasil).rstrip("\n")
        case _:
            keluaran = "\n".join(map(satu_baris, plain.teks(hasil)))
    click.echo(keluaran)


def _lapor() -> Lapor | None:
    """Progress on a terminal; none in a pipe, where it would only be noise."""
    if not sys.stderr.isatty():
        return None

    def lapor(selesai: int, jumlah: int) -> None:
        if jumlah < _TAMPAK_MAJU:
            return
        akhir = "\r\033[K" if selesai >= jumlah else ""
        click.echo(f"\rMemeriksa {selesai} dari {jumlah} berkas …{akhir}", nl=False, err=True)

    return lapor
