"""Commands beside the SOP: status, validate, audit, terima, verify, init, demo."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kinerja.cli.audit import audit
from kinerja.cli.indonesian import perintah
from kinerja.cli.options import PERIODE, opsi_format, opsi_repo, tempat
from kinerja.cli.output import (
    cetak_hasil,
    cetak_json,
    cetak_putusan,
    cetak_status,
    satu_baris,
)
from kinerja.cli.reminders import ingatkan
from kinerja.cli.validate import validate
from kinerja.domain.errors import PemakaianError
from kinerja.domain.periode import Periode
from kinerja.domain.zona import ZONA_JAM

if TYPE_CHECKING:
    from kinerja.domain.organisasi import Status
    from kinerja.session import Hasil


@perintah()
@click.argument("periode", type=PERIODE, required=False)
@click.option("--pengingat", is_flag=True, help="Siapa harus berbuat apa sebelum kapan, sebagai Markdown.")
@click.option("--lapor", is_flag=True, help="Dengan --pengingat: yang mendesak menjadi satu isu di forge.")
@opsi_repo
@opsi_format
def status(
    periode: Periode | None, pengingat: bool, lapor: bool, repo: str | None, format_: str
) -> None:
    """Di mana setiap langkah dan setiap bidang, siapa memegang pena, apa yang terlambat."""
    from kinerja.overview import (
        alamat_sunting,
        nama_pemegang,
        periode_terakhir,
        status_json,
        status_periode,
    )

    t = tempat(repo)
    if lapor and not pengingat:
        raise PemakaianError("--lapor hanya bersama --pengingat", "tambahkan --pengingat")
    if pengingat:
        ingatkan(t, periode, format_, lapor=lapor)
        return
    forge = t.instansi.forge()
    p = periode or periode_terakhir(forge)
    langkah, zona = status_periode(forge, p, t.saat)
    if format_ == "json":
        cetak_json(status_json(forge, p, langkah, t.saat))
        return
    r = forge.reports()
    nama = {x.pemegang: nama_pemegang(forge, x.pemegang, t.saat) for x in langkah}
    nama |= {f"bidang:{b.id}": b.nama for b in r.organisasi().bidang}
    nama |= {f"orang:{o.id}": o.nama for o in r.identitas().orang}
    nama |= {f"langkah:{x.nomor}": x.perintah for x in r.sop().langkah}
    cetak_status(p.judul, r.organisasi().status.penanda, langkah, zona, nama)
    sunting = alamat_sunting(forge, p, langkah)
    if sunting:
        click.echo("Mengisi di peramban:")
    for bidang, alamat in sunting.items():
        click.echo(satu_baris(f"  {nama[f'bidang:{bidang}']}: {alamat}"))


@perintah()
@click.argument("arsip", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--percaya", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Berkas kunci tepercaya, didapat lewat jalan lain.")  # fmt: skip
@click.option("--tanda-terima", "terima", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Tanda terima (bawaan: ARSIP.tanda-terima.json).")  # fmt: skip
@opsi_format
def verify(arsip: Path, percaya: Path, terima: Path | None, format_: str) -> int:
    """Periksa arsip: SAH, TIDAK SAH, atau TIDAK DAPAT DIPASTIKAN, dengan alasannya."""
    from kinerja.verify_step import verifikasi_berkas

    putusan = verifikasi_berkas(arsip, percaya, terima)
    return cetak_putusan(putusan, arsip, format_)


@perintah()
@click.argument("arsip", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--percaya", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Berkas kunci tepercaya dinas pengirim.")  # fmt: skip
@click.option("--kunci", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Kunci pribadi penerima, atau berkas .pub bila kuncinya di ssh-agent.")  # fmt: skip
@click.option("--nomor", required=True, help="Nomor tanda terima.")
@click.option("--nama", required=True, help="Nama yang menerima.")
@click.option("--penerima", default="bappeda", help="Id penerima dalam identitas.yaml pengirim.")
@opsi_format
def terima(
    arsip: Path, percaya: Path, kunci: Path, nomor: str, nama: str, penerima: str, format_: str
) -> int:
    """(BAPPEDA) Periksa arsip yang datang dan buat tanda terima bertanda tangan."""
    from kinerja.adapters.clocks import JamSistem
    from kinerja.adapters.files import tulis_atomik
    from kinerja.adapters.keys import muat_kunci
    from kinerja.archive_step import buat_tanda_terima
    from kinerja.session import Hasil
    from kinerja.verify_step import verifikasi_berkas

    putusan = verifikasi_berkas(arsip, percaya, None)
    if putusan.hasil == "TIDAK SAH":
        return cetak_putusan(putusan, arsip, format_)
    bita = buat_tanda_terima(
        arsip.read_bytes(), arsip.name, muat_kunci(kunci, penerima), penerima=penerima,
        nomor=nomor, nama_penerima=nama, saat=JamSistem().sekarang().astimezone(),
        status=_status_arsip(putusan.penanda),
    )  # fmt: skip
    tujuan = arsip.with_name(f"{arsip.name}.tanda-terima.json")
    tulis_atomik(tujuan, bita)
    hasil = Hasil(
        f"{putusan.laporan} diterima; tanda terima {nomor} di {tujuan}",
        berikutnya="kirimkan berkas tanda terima itu kepada dinas pengirim",
    )
    cetak_hasil(hasil, format_, putusan.penanda)
    return 0


@perintah("init")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--nama", help="Nama perangkat daerah.")
@click.option("--daerah", help="Nama kabupaten atau kota.")
@click.option("--zona", type=click.Choice(list(ZONA_JAM)), default="Asia/Makassar", help="Zona waktu kantor.")
@click.option("--pengelola", default="p-pengelola", help="Id pengelola sistem pertama.")
@click.option("--nama-pengelola", default="Pengelola Sistem", help="Namanya.")
@click.option("--bidang", multiple=True, metavar="ID=NAMA", help="Bidang (boleh diulang).")
@click.option("--contoh", is_flag=True, help="Isi dengan data contoh.")
@click.option("--dari", metavar="ALAMAT", help="Ambil instansi yang sudah ada di GitHub atau Forgejo.")
@click.option("--forge", type=click.Choice(["github", "forgejo"]), help="Jenis forge untuk --dari.")
@click.option("--alat", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Klon repositori kinerja; isinya disertakan agar alur kerja di forge dapat memasangnya.")
@opsi_format
def init_(
    folder: Path, nama: str | None, daerah: str | None, zona: str, pengelola: str,
    nama_pengelola: str, bidang: tuple[str, ...], contoh: bool, dari: str | None, forge: str | None,
    alat: Path | None, format_: str,
) -> None:  # fmt: skip
    """Buat repositori sebuah instansi dengan pengelola pertamanya."""
    from kinerja.adapters.clocks import JamSistem
    from kinerja.adapters.package_data import contoh_boalemo
    from kinerja.founding import buat_instansi, instansi_baru, isi_alat
    from kinerja.session import Hasil

    if dari is not None:
        cetak_hasil(_klon(folder, dari, forge), format_, "")
        return
    saat = JamSistem().sekarang()
    if contoh:
        isi, pengelola, saat = contoh_boalemo(), "p-oki", datetime(2024, 1, 2, tzinfo=UTC)
    elif nama and daerah:
        pasangan = dict(_bidang(b) for b in bidang)
        isi = instansi_baru(nama, daerah, zona, pasangan, (pengelola, nama_pengelola))
    else:
        raise PemakaianError("nama instansi belum disebut", "tambahkan --nama dan --daerah, atau --contoh")
    isi = {**(isi_alat(alat) if alat else {}), **isi}
    instansi = buat_instansi(folder, isi, pengelola, saat)
    lanjut = (
        "isi jabatan.yaml, identitas.yaml, rencana.yaml, dan anggaran.yaml; "
        "lihat panduan pengelola sistem"
    )
    if contoh:
        lanjut = (
            "KINERJA_WAKTU=2024-04-01T08:05 kinerja disposisi 2024-tw1 --sebagai p-bakri "
            f"--repo {shlex.quote(str(folder))}"
        )
    hasil = Hasil(
        f"repositori instansi dibuat di {instansi.folder}",
        (f"kunci pribadi di {instansi.kunci} (di luar Git; jangan dibagikan)",),
        lanjut,
        (pengelola,),
    )
    cetak_hasil(hasil, format_, "")


@perintah()
@click.option("--folder", type=click.Path(path_type=Path), help="Tempat demo (bawaan: folder data pengguna).")
@click.option("--tanpa-situs", is_flag=True, help="Jangan membangun situs.")
@click.option(
    "--layani/--jangan-layani", default=None,
    help="Layani Meja Kerja dan situs sesudah selesai (bawaan: bila di terminal).",
)
@opsi_format
def demo(folder: Path | None, tanpa_situs: bool, layani: bool | None, format_: str) -> int:
    """Jalankan seluruh SOP pada instansi contoh, dari disposisi sampai tanda terima."""
    from kinerja.demo_run import jalankan_demo

    ringkasan: dict[str, Any] = {}
    cetak: Callable[[str], None] = (lambda _: None) if format_ == "json" else click.echo
    kode = jalankan_demo(folder, cetak, ringkasan, situs=not tanpa_situs)
    if format_ == "json":
        cetak_json(ringkasan)
    elif not tanpa_situs and (_di_terminal() if layani is None else layani):
        from kinerja.cli.serve import layani_demo

        layani_demo(Path(ringkasan["instansi"][0]["folder"]))
    return kode


LAINNYA = (status, validate, audit, terima, verify, init_, demo)


def _di_terminal() -> bool:
    return sys.stdout.isatty() and os.environ.get("NONINTERACTIVE") != "1"


def _klon(folder: Path, dari: str, forge: str | None) -> Hasil:
    from kinerja.adapters.forges.connection import kenali
    from kinerja.adapters.forges.workflow_run import forge_alur
    from kinerja.founding import klon_instansi
    from kinerja.session import Hasil

    s = kenali(dari, forge or forge_alur(os.environ))
    instansi = klon_instansi(folder, s)
    return Hasil(
        f"instansi diambil dari {s.alamat} ke {instansi.folder}",
        ("log peristiwa ikut terambil", f"letakkan kunci pribadi Anda di {instansi.kunci}"),
        "kinerja status",
    )


def _bidang(teks: str) -> tuple[str, str]:
    id_bidang, ada, nama = teks.partition("=")
    if not ada or not nama.strip():
        raise PemakaianError(
            f"`{teks}` bukan bidang", "tulis ID=NAMA, misalnya rehabilitasi-sosial=Bidang Rehabilitasi Sosial"
        )
    return id_bidang.strip(), nama.strip()


def _status_arsip(penanda: str) -> Status:
    from kinerja.domain.organisasi import Status

    return next((s for s in Status if s.penanda == penanda), Status.RESMI)
