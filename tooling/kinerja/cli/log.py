"""``kinerja log``: who signed what, told for every document of main."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

import click

from kinerja.cli.indonesian import perintah
from kinerja.cli.options import opsi_format, opsi_repo, tempat
from kinerja.cli.output import cetak_json, satu_baris

if TYPE_CHECKING:
    from kinerja.adapters.provenance import Asal, AsalBerkas
    from kinerja.adapters.reports import Reports
    from kinerja.domain.peristiwa import Peristiwa

_PENDEK = 12


@perintah()
@click.argument("jalur", nargs=-1, metavar="[JALUR…]")
@opsi_repo
@opsi_format
def log(jalur: tuple[str, ...], repo: str | None, format_: str) -> int:
    """Siapa menandatangani apa: untuk setiap berkas di main, tindakan atas isinya yang sekarang.

    JALUR ialah berkas atau folder dari akar repositori, misalnya reports/2024/tw1; tanpa JALUR
    semua dokumen ditampilkan. Sebuah tindakan hanya disebut bila isi berkas itu sekarang tepat
    sama dengan yang ditindak; satu huruf saja berubah, tindakan itu tidak lagi mengenainya.
    """
    from kinerja.adapters.provenance import asal_berkas  # with it comes Git

    forge = tempat(repo).instansi.forge()
    asal = asal_berkas(forge.repo, forge.utama(), jalur)
    if format_ == "json":
        cetak_json(_json(asal))
    else:
        _cetak(asal, forge.reports(asal.commit))
    return 1 if asal.cacat else 0


# helpers


def _json(asal: Asal) -> dict[str, Any]:
    return {
        "skema": "log/v1",
        "commit": asal.commit,
        "berkas": [
            {
                "jalur": satu_baris(b.jalur),
                "sha256": b.sha256,
                "peristiwa": [_peristiwa_json(sidik, p) for sidik, p in b.peristiwa],
                "terakhir": b.terakhir
                and {
                    "commit": b.terakhir.commit,
                    "waktu": b.terakhir.waktu.isoformat(),
                    "penulis": b.terakhir.penulis,
                    "peristiwa": b.terakhir.peristiwa,
                },
            }
            for b in asal.berkas
        ],
        "cacat": list(asal.cacat),
    }


def _peristiwa_json(sidik: str, p: Peristiwa) -> dict[str, Any]:
    return {
        "urut": p.urut, "tindakan": p.tindakan.value, "orang": p.orang, "jabatan": p.jabatan,
        "sebutan": p.sebutan.value, "waktu": p.waktu.isoformat(), "jaminan": p.jaminan.value,
        "perubahan": p.perubahan, "sidik": sidik,
    }  # fmt: skip


def _cetak(asal: Asal, reports: Reports) -> None:
    penanda, zona = reports.organisasi().status.penanda, reports.zona()
    click.echo(f"main {asal.commit[:_PENDEK]}{f'  [{penanda}]' if penanda else ''}")
    for b in asal.berkas:
        click.echo(satu_baris(b.jalur))
        for sidik, p in b.peristiwa:
            click.echo(f"  {satu_baris(_tindakan(p, sidik, reports, zona))}")
        if not b.peristiwa:
            click.echo("  tidak ada tindakan atas isi ini: belum pernah ditindak, atau berubah sesudahnya")
        if b.terakhir is not None:
            click.echo(f"  {satu_baris(_commit(b, zona))}")
    for c in asal.cacat:
        click.echo(f"✗ {satu_baris(c)}", err=True)


def _tindakan(p: Peristiwa, sidik: str, reports: Reports, zona: tzinfo) -> str:
    jabatan = f"{p.sebutan.awalan}{reports.jabatan().nama(p.jabatan)}"
    siapa = reports.identitas().nama(p.orang)
    return (
        f"{p.tindakan.value:<12} {_jam(p.waktu, zona)}  {siapa}, {jabatan}  "
        f"(peristiwa {p.urut}, sidik {sidik[:_PENDEK]}, {p.jaminan.value})"
    )


def _commit(b: AsalBerkas, zona: tzinfo) -> str:
    t = b.terakhir
    assert t is not None  # noqa: S101 - the caller looked
    return f"{'commit':<12} {_jam(t.waktu, zona)}  {t.penulis}  ({t.commit[:_PENDEK]})"


def _jam(w: datetime, zona: tzinfo) -> str:
    return w.astimezone(zona).strftime("%d-%m-%Y %H.%M")
