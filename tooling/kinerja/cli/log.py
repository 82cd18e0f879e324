"""``kinerja log``: who signed what, told for every document of main."""

from __future__ import annotations

import os
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kinerja.cli.indonesian import perintah
from kinerja.cli.options import opsi_format, opsi_repo
from kinerja.cli.output import cetak_json_panjang, cetak_pemeriksaan, satu_baris

if TYPE_CHECKING:
    from kinerja.adapters.provenance import Asal, AsalBerkas, Sentuhan, Tindak
    from kinerja.adapters.reports import Reports

_PENDEK = 12


@perintah()
@click.argument("jalur", nargs=-1, metavar="[JALUR…]")
@click.option("--verify", is_flag=True, help="Periksa log: rantai, tanda tangan, salinannya di main.")
@opsi_repo
@opsi_format
def log(jalur: tuple[str, ...], verify: bool, repo: str | None, format_: str) -> int:
    """Siapa menandatangani apa: untuk setiap berkas di main, tindakan atas isinya yang sekarang.

    JALUR ialah berkas atau folder dari akar repositori, misalnya reports/2024/tw1; tanpa JALUR
    semua dokumen ditampilkan. Sebuah tindakan hanya disebut bila isi berkas itu sekarang tepat
    sama dengan yang ditindak; satu huruf saja berubah, tindakan itu tidak lagi mengenainya.

    --verify memeriksa lognya sendiri: satu commit satu peristiwa, tidak ada yang hilang atau
    disisipkan, setiap tanda tangan milik pelakunya, dan salinannya di main sama.
    """
    from kinerja.adapters.git import RepoGit
    from kinerja.adapters.provenance import asal_berkas
    from kinerja.adapters.repository_folder import cari_repositori

    if verify:
        from kinerja.agency import cari_instansi
        from kinerja.history import periksa_log

        forge = cari_instansi(Path(repo or os.environ.get("KINERJA_REPO") or ".")).forge()
        return cetak_pemeriksaan("log-verify/v1", periksa_log(forge), format_)
    git = RepoGit(cari_repositori(Path(repo or os.environ.get("KINERJA_REPO") or ".")).git)
    asal = asal_berkas(git, jalur)
    if format_ == "json":
        kepala = {"skema": "log/v1", "commit": asal.commit, "cacat": list(asal.cacat)}
        cetak_json_panjang(kepala, "berkas", map(_berkas_json, asal.berkas))
    else:
        from kinerja.adapters.git_tree import PohonGit
        from kinerja.adapters.reports import Reports

        _cetak(asal, Reports(PohonGit(git, asal.commit)))
    return 1 if asal.cacat else 0


# helpers


def _berkas_json(b: AsalBerkas) -> dict[str, Any]:
    t = b.terakhir
    terakhir = t and {
        "commit": t.commit, "waktu": t.waktu.isoformat(), "penulis": t.penulis, "peristiwa": t.peristiwa,
    }  # fmt: skip
    return {
        "jalur": satu_baris(b.jalur),
        "sha256": b.sha256,
        "peristiwa": [
            {
                "urut": p.urut, "tindakan": p.tindakan, "orang": p.orang, "jabatan": p.jabatan,
                "sebutan": p.sebutan, "waktu": p.waktu.isoformat(), "jaminan": p.jaminan,
                "perubahan": p.perubahan, "sidik": p.sidik,
            }
            for p in b.peristiwa
        ],
        "terakhir": terakhir,
    }  # fmt: skip


def _cetak(asal: Asal, reports: Reports) -> None:
    penanda, zona = reports.organisasi().status.penanda, reports.zona()
    click.echo(f"main {asal.commit[:_PENDEK]}{f'  [{penanda}]' if penanda else ''}")
    for b in asal.berkas:
        click.echo(satu_baris(b.jalur))
        for p in b.peristiwa:
            click.echo(f"  {satu_baris(_tindakan(p, reports, zona))}")
        if not b.peristiwa:
            click.echo("  tidak ada tindakan atas isi ini: belum pernah ditindak, atau berubah sesudahnya")
        if b.terakhir is not None:
            click.echo(f"  {satu_baris(_commit(b.terakhir, zona))}")
    for c in asal.cacat:
        click.echo(f"✗ {satu_baris(c)}", err=True)


def _tindakan(p: Tindak, reports: Reports, zona: tzinfo) -> str:
    sebutan = "" if p.sebutan == "definitif" else f"{p.sebutan.capitalize()}. "
    siapa, jabatan = reports.identitas().nama(p.orang), reports.jabatan().nama(p.jabatan)
    bukti = f"(peristiwa {p.urut}, sidik {p.sidik[:_PENDEK]}, {p.jaminan})"
    return f"{p.tindakan:<12} {_jam(p.waktu, zona)}  {siapa}, {sebutan}{jabatan}  {bukti}"


def _commit(t: Sentuhan, zona: tzinfo) -> str:
    return f"{'commit':<12} {_jam(t.waktu, zona)}  {t.penulis}  ({t.commit[:_PENDEK]})"


def _jam(w: datetime, zona: tzinfo) -> str:
    return w.astimezone(zona).strftime("%d-%m-%Y %H.%M")
