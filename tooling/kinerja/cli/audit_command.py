"""``kinerja audit``: a published table, judged row by row; as text or as JSON ``audit/v1``."""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path
from typing import Any

import click

from kinerja.adapters.documents import polos
from kinerja.audit_step import HasilAudit, audit_berkas
from kinerja.calculation.audit.table import HasilTabel
from kinerja.calculation.audit.verdict import HasilBaris, Status
from kinerja.cli.indonesian import perintah
from kinerja.cli.options import opsi_format
from kinerja.cli.output import cetak_json

_TANDA = {Status.KONSISTEN: "✓", Status.SALAH: "✗", Status.TIDAK_DAPAT_DIPERIKSA: "?"}
_URAIAN, _DISEBUT = 44, 12
"""Widest part of a line for the row's name, and how many wrong rows the last line names."""


@perintah()
@click.argument("berkas", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--lembar", metavar="NAMA", help="Lembar buku kerja (bawaan: semua yang tampak).")
@click.option("--baris-judul", type=int, metavar="NOMOR",
              help="Baris kepala kolom, bila tidak ditemukan sendiri.")  # fmt: skip
@opsi_format
def audit(berkas: Path, lembar: str | None, baris_judul: int | None, format_: str) -> int:
    """Hitung ulang tabel kinerja atau anggaran yang sudah terbit (CSV atau XLSX), baris demi baris."""
    hasil = audit_berkas(berkas, lembar, baris_judul)
    if format_ == "json":
        cetak_json(_json(hasil))
    else:
        _cetak(hasil)
    return 1 if hasil.banyak(Status.SALAH) else 0


# helpers


def _json(hasil: HasilAudit) -> dict[str, Any]:
    return {
        "skema": "audit/v1",
        "berkas": hasil.berkas,
        "tabel": [
            {
                "lembar": x.lembar,
                "baris_judul": x.baris_judul,
                "kolom": [{"isi": k.isi.value, "judul": k.judul, "lain": list(k.lain)} for k in x.kolom],
            }
            for x in hasil.tabel
        ],
        "dilewati": list(hasil.dilewati),
        "konsisten": hasil.banyak(Status.KONSISTEN),
        "salah": hasil.banyak(Status.SALAH),
        "tidak_dapat_diperiksa": hasil.banyak(Status.TIDAK_DAPAT_DIPERIKSA),
        "baris": [polos(b) for b in hasil.baris],
    }


def _cetak(hasil: HasilAudit) -> None:
    """One line for each row where the terminal is wide enough, a reason below where it is not."""
    lebar = shutil.get_terminal_size((100, 24)).columns
    for tabel in hasil.tabel:
        click.echo(_kepala(hasil.berkas, tabel, lebar))
        for b in tabel.baris:
            click.echo(_baris(b, lebar))
    if hasil.dilewati:
        click.echo(_lipat(f"Lembar tanpa tabel yang dikenali: {', '.join(hasil.dilewati)}.", lebar))
    jumlah = {s: hasil.banyak(s) for s in Status}
    rinci = ", ".join(f"{n} {s.value.replace('-', ' ')}" for s, n in jumlah.items() if n)
    click.echo(_lipat(f"{sum(jumlah.values())} baris: {rinci}.", lebar))
    click.echo(_lipat(_berikutnya(hasil), lebar))


def _kepala(berkas: str, tabel: HasilTabel, lebar: int) -> str:
    """The file, and which column was read for what, so that the reader can contradict."""
    tempat = f"{berkas}, lembar {tabel.lembar}" if tabel.lembar else berkas
    kolom = "; ".join(f"{k.isi.value} = `{k.judul}`" for k in tabel.kolom)
    lain = [f"`{judul}`" for k in tabel.kolom for judul in k.lain]
    baris = [f"{tempat}, kepala kolom di baris {tabel.baris_judul}", f"Kolom yang dibaca: {kolom}"]
    if lain:
        baris.append(f"Kolom serupa yang tidak dibaca: {', '.join(lain)}")
    return "\n".join(_lipat(b, lebar) for b in baris)


def _baris(b: HasilBaris, lebar: int) -> str:
    kepala = f"{b.row:>4} {_TANDA[b.status]} {_potong(b.uraian, _URAIAN)}"
    rincian = _rincian(b)
    sejajar = f"{kepala:<{_URAIAN + 7}}  {rincian}"
    if len(sejajar) <= lebar:
        return sejajar.rstrip()
    return f"{_potong(f'{b.row:>4} {_TANDA[b.status]} {b.uraian}', lebar)}\n{_lipat(rincian, lebar, ' ' * 7)}"


def _rincian(b: HasilBaris) -> str:
    match b.status:
        case Status.KONSISTEN:
            catatan = f"; {'; '.join(b.catatan)}" if b.catatan else ""
            return f"{b.tertulis} ({', '.join(b.rumus)}){catatan}"
        case Status.SALAH:
            return f"{b.tertulis or 'tidak diisi'} → seharusnya {b.seharusnya}: {b.alasan}"
        case Status.TIDAK_DAPAT_DIPERIKSA:
            return b.alasan


def _berikutnya(hasil: HasilAudit) -> str:
    salah = [str(b.row) for b in hasil.baris if b.status is Status.SALAH]
    if salah:
        lain = f", dan {len(salah) - _DISEBUT} baris lain" if len(salah) > _DISEBUT else ""
        return (
            f"Berikutnya: mintalah penjelasan atau pembetulan baris {', '.join(salah[:_DISEBUT])}{lain} "
            "kepada penyusun tabel."
        )
    if hasil.banyak(Status.KONSISTEN):
        return "Berikutnya: tidak ada angka yang bertentangan; cocokkan realisasinya dengan bukti."
    return "Berikutnya: tidak ada yang dapat diperiksa; mintalah tabel yang memuat target dan realisasi."


def _lipat(teks: str, lebar: int, awal: str = "") -> str:
    return textwrap.fill(
        teks, lebar, initial_indent=awal, subsequent_indent=awal or "  ", break_on_hyphens=False
    )


def _potong(teks: str, n: int) -> str:
    return teks if len(teks) <= n else teks[: n - 1] + "…"
