"""``kinerja serve``: Meja Kerja and the public site under one address."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinerja.cli.indonesian import perintah
from kinerja.cli.options import opsi_format, opsi_repo, tempat
from kinerja.cli.output import cetak_hasil, cetak_json
from kinerja.domain.errors import PemakaianError

if TYPE_CHECKING:
    from kinerja.accounts.outbox import Pengirim
    from kinerja.agency import Instansi
    from kinerja.web.service import Layanan

_PORT = 8000
_JEDA = timedelta(minutes=5)
_MASA = timedelta(days=3)


@perintah("serve")
@click.option("--port", default=_PORT, show_default=True, type=click.IntRange(1, 65535), help="Nomor port.")
@click.option("--alamat", help="Alamat yang diketik orang, misalnya https://kinerja.contoh.go.id.")
@click.option("--ikat", default="127.0.0.1", show_default=True, help="Alamat jaringan yang didengarkan.")
@click.option(
    "--sertifikat",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Sertifikat HTTPS (PEM).",
)
@click.option("--kunci-sertifikat", type=click.Path(path_type=Path, dir_okay=False, exists=True),
              help="Kunci sertifikat (PEM).")  # fmt: skip
@click.option("--di-belakang-proksi", is_flag=True, help="Proksi di komputer ini yang berbicara HTTPS.")
@click.option("--demo", is_flag=True, help="Satu orang memainkan semua peran, pada instansi contoh.")
@click.option("--undang", metavar="ORANG", help="Cetak tautan undangan untuk orang ini, lalu selesai.")
@click.option("--smtp", metavar="INANG[:PORT]", help="Server surel untuk pemberitahuan (bawaan: port 587).")
@click.option("--smtp-dari", metavar="SUREL", help="Alamat pengirim pemberitahuan.")
@click.option("--smtp-akun", default="", help="Akun di server surel; sandinya dari KINERJA_SMTP_SANDI.")
@click.option("--smtp-ca", type=click.Path(path_type=Path, dir_okay=False, exists=True),
              help="Sertifikat CA server surel kantor (PEM).")  # fmt: skip
@click.option("--uji-surel", metavar="SUREL", help="Kirim satu surel percobaan, lalu selesai.")
@opsi_repo
@opsi_format
def serve(
    port: int, alamat: str | None, ikat: str, sertifikat: Path | None, kunci_sertifikat: Path | None,
    di_belakang_proksi: bool, demo: bool, undang: str | None, smtp: str | None, smtp_dari: str | None,
    smtp_akun: str, smtp_ca: Path | None, uji_surel: str | None, repo: str | None, format_: str,
) -> None:  # fmt: skip
    """Meja Kerja: isi, periksa, paraf, tanda tangan, dan kirim di peramban.

    Bawaannya hanya untuk komputer ini: http://localhost:8000. Di jaringan kantor harus lewat HTTPS
    dan nama situs; lihat panduan Meja Kerja.
    """
    from kinerja.session import Hasil
    from kinerja.web.server import Letak, jalankan, layanan

    instansi, jam = _demo(repo) if demo else _biasa(repo)
    letak = Letak(
        (alamat or f"http://localhost:{port}").rstrip("/"), ikat, port, sertifikat, kunci_sertifikat,
        di_belakang_proksi,
    )  # fmt: skip
    milik = layanan(instansi, letak, jam, demo=demo, cetak=lambda t: click.echo(t, err=True))
    if undang is not None:
        _undang(milik, undang, format_)
        return
    surat = _pengirim(milik, smtp, smtp_dari, smtp_akun, smtp_ca)
    if uji_surel is not None:
        if surat is None:
            raise PemakaianError("server surel belum disebut", "tambahkan --smtp dan --smtp-dari")
        cetak_hasil(Hasil(surat.uji(uji_surel)), format_, "")
        return
    if surat is not None and not demo:
        milik.kabari, milik.hentikan = surat.bangunkan, surat.berhenti
        surat.mulai()
    if format_ == "json":
        alamat_ = {"alamat": f"{milik.alamat}/", "situs": f"{milik.alamat}/situs/"}
        cetak_json({"skema": "serve/v1", **alamat_, "demo": demo})
    else:
        click.echo(f"Meja Kerja: {milik.alamat}/  (Ctrl+C untuk berhenti)")
    if demo and format_ == "text":
        click.echo("Mode demo: satu orang memainkan semua peran, hanya di komputer ini.")
    elif not milik.akun.daftar():
        click.echo("Belum ada akun. Undang pengelola sistem: kinerja serve --undang ORANG", err=True)
    jalankan(milik, letak)


def layani_demo(folder: Path) -> None:
    """Serves the sample agency on the first free port, until Ctrl+C."""
    from kinerja.web.server import Letak, jalankan, layanan, port_bebas

    instansi, jam = _demo(str(folder))
    port = port_bebas(_PORT)
    letak = Letak(f"http://localhost:{port}", port=port)
    milik = layanan(instansi, letak, jam, demo=True, cetak=click.echo)
    click.echo(f"\nMeja Kerja: {milik.alamat}/  (mode demo: satu orang memainkan semua peran)")
    click.echo(f"Situs:      {milik.alamat}/situs/  (Ctrl+C untuk berhenti)")
    jalankan(milik, letak)
    click.echo("Berhenti.")


# helpers


def _pengirim(
    milik: Layanan, server: str | None, dari: str | None, akun: str, ca: Path | None
) -> Pengirim | None:
    """What sends notices; None when no mail server was named."""
    if server is None and dari is None:
        return None
    if server is None or dari is None:
        raise PemakaianError("--smtp dan --smtp-dari dipakai bersama", "sebut keduanya")
    from kinerja.accounts.outbox import KotakKeluar, Pengirim
    from kinerja.adapters.clocks import JamSistem
    from kinerja.adapters.mail import PORT_SMTPS, PORT_STARTTLS, ServerSurel
    from kinerja.desk.notices import Pemberitahu
    from kinerja.web.home import alamat_tugas

    inang, ada, port = server.rpartition(":")
    if ada and not port.isdigit():
        raise PemakaianError(f"`{server}` bukan server surel", "tulis misalnya surel.contoh.go.id:587")
    nomor = int(port) if ada else PORT_STARTTLS
    nama = f"Meja Kerja {milik.meja.reports().organisasi().nama_singkat}"
    sandi = os.environ.get("KINERJA_SMTP_SANDI", "")
    pos = ServerSurel(inang if ada else server, dari, nomor, nomor == PORT_SMTPS, akun, sandi, nama, ca)
    kotak = KotakKeluar(milik.simpanan)
    kabar = Pemberitahu(milik.meja, kotak, milik.alamat, alamat_tugas)
    return Pengirim(
        kotak, pos, JamSistem().sekarang, sebelum=kabar.periksa, lapor=lambda t: click.echo(t, err=True)
    )


def _undang(milik: Layanan, orang: str, format_: str) -> None:
    """Prints an invitation link; it is shown this once."""
    from kinerja.accounts.store import Permintaan

    if milik.meja.reports().identitas().cari(orang) is None:
        raise PemakaianError(f"orang `{orang}` tidak dikenal", "lihat: reports/identitas.yaml")
    token = milik.akun.undang(orang, Permintaan(milik.meja.saat(), "perintah"), _MASA)
    tautan = f"{milik.alamat}/undangan/{token}"
    if format_ == "json":
        cetak_json({"skema": "undangan/v1", "orang": orang, "tautan": tautan, "hari": _MASA.days})
        return
    click.echo(tautan)
    click.echo(f"Berikan langsung kepada orangnya; berlaku {_MASA.days} hari, sekali pakai.", err=True)


def _biasa(repo: str | None) -> tuple[Instansi, Callable[[], datetime]]:
    """The agency of ``--repo``; its clock runs from ``KINERJA_WAKTU`` where a sample has one."""
    t = tempat(repo)
    return t.instansi, _berjalan(t.saat)


def _demo(repo: str | None) -> tuple[Instansi, Callable[[], datetime]]:
    """The sample agency, made when it is not there; its clock goes on where its log ends."""
    from kinerja.agency import cari_instansi
    from kinerja.demo import jalan_contoh, tempat_demo
    from kinerja.domain.organisasi import Status

    folder = Path(repo) if repo else tempat_demo() / "boalemo"
    if not folder.exists():
        click.echo(f"Menyiapkan instansi contoh di {folder} …")
        jalan_contoh(folder, lambda _: None)
    instansi = cari_instansi(folder)
    forge = instansi.forge()
    if forge.reports().organisasi().status is Status.RESMI:
        raise PemakaianError("mode demo hanya untuk instansi contoh", "jalankan tanpa --demo")
    return instansi, _berjalan(max(p.waktu for p in forge.peristiwa()) + _JEDA)


def _berjalan(mulai: datetime) -> Callable[[], datetime]:
    """A clock that was ``mulai`` just now and runs on, whatever is done to the computer's own."""
    awal = time.monotonic()
    return lambda: mulai + timedelta(seconds=time.monotonic() - awal)
