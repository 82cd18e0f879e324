"""``kinerja audit``: parses the call, lets ``audit_step`` judge, prints as text or as JSON."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click

from kinerja.cli.indonesian import perintah
from kinerja.cli.options import opsi_format
from kinerja.cli.output import tanpa_kendali


@perintah()
@click.argument("berkas", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--lembar", metavar="NAMA", help="Lembar buku kerja (bawaan: semua yang tampak).")
@click.option("--baris-judul", type=int, metavar="NOMOR",
              help="Baris kepala kolom, bila tidak ditemukan sendiri.")  # fmt: skip
@opsi_format
def audit(berkas: Path, lembar: str | None, baris_judul: int | None, format_: str) -> int:
    """Hitung ulang tabel kinerja atau anggaran yang sudah terbit (CSV atau XLSX), baris demi baris."""
    from kinerja.audit_step import audit_berkas
    from kinerja.calculation.audit.verdict import Status
    from kinerja.publishing.findings import audit as bentuk

    hasil = audit_berkas(berkas, lembar, baris_judul)
    if format_ == "json":
        click.echo(json.dumps(bentuk.audit_json(hasil), ensure_ascii=False, indent=1))
    else:
        lebar = shutil.get_terminal_size((100, 24)).columns
        click.echo(tanpa_kendali("\n".join(bentuk.teks(hasil, lebar))))
    return 1 if hasil.banyak(Status.SALAH) else 0
