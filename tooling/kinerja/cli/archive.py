"""``kinerja archive``: an archive built where no key is, signed where the key is, and released."""

from __future__ import annotations

from pathlib import Path

import click

from kinerja.cli.indonesian import KelompokPerintah, perintah
from kinerja.cli.options import PERIODE, opsi_bertindak, opsi_format, opsi_repo, sesi, tempat
from kinerja.cli.output import cetak_hasil, satu_baris
from kinerja.domain.errors import PemakaianError
from kinerja.domain.periode import Periode


@click.group("archive", cls=KelompokPerintah)
def archive() -> None:
    """Buat arsip di tempat yang tidak memegang kunci, tandatangani di tempat lain, terbitkan."""


@perintah("build")
@click.argument("periode", type=PERIODE, required=False)
@click.option("--ke", "folder", required=True, type=click.Path(path_type=Path, file_okay=False),
              help="Folder untuk arsip yang menunggu tanda tangan.")  # fmt: skip
@opsi_repo
@opsi_format
def build(periode: Periode | None, folder: Path, repo: str | None, format_: str) -> None:
    """Buat arsip laporan bertanda tangan, lengkap dengan pernyataannya, tanpa tanda tangan arsip.

    Tanpa PERIODE: setiap laporan bertanda tangan yang belum dikirim. Isinya hanya bergantung pada
    repositori: dibuat dua kali, bitanya sama.
    """
    from kinerja.adapters.files import tulis_atomik
    from kinerja.session import Hasil
    from kinerja.unsigned_archive import belum_dikirim, bundel

    t = tempat(repo)
    forge = t.instansi.forge()
    daftar = (periode,) if periode else belum_dikirim(forge)
    nama = []
    for p in daftar:
        berkas, bita = bundel(forge, p, t.saat)
        tulis_atomik(folder / berkas, bita)
        nama.append(berkas)
    hasil = Hasil(
        f"{len(nama)} arsip menunggu tanda tangan di {folder}",
        tuple(nama),
        "kinerja archive sign ARSIP" if nama else "",
    )
    cetak_hasil(hasil, format_, forge.reports().organisasi().status.penanda)


@perintah("sign")
@click.argument("arsip", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--ke", "folder", type=click.Path(path_type=Path, file_okay=False),
              help="Folder untuk arsip bertanda tangan (bawaan: di samping ARSIP).")  # fmt: skip
@opsi_bertindak
def sign(
    arsip: Path, folder: Path | None, sebagai: str | None, kunci: Path | str | None, repo: str | None,
    format_: str,
) -> None:  # fmt: skip
    """Tandatangani arsip dari `archive build` dengan kunci Kasubag Penyusun Program.

    Arsipnya dibuat sekali lagi dari repositori di sini dan harus sama sampai bita terakhir; yang
    berbeda tidak ditandatangani.
    """
    from kinerja.adapters.files import tulis_atomik
    from kinerja.session import Hasil
    from kinerja.unsigned_archive import tandatangani
    from kinerja.verify_step import tuntut_layak_kirim

    s = sesi(tempat(repo), sebagai, kunci)
    nama, bita = tandatangani(s, arsip.read_bytes())
    tuntut_layak_kirim(s.reports, bita)
    tujuan = (folder or arsip.parent) / nama
    tulis_atomik(tujuan, bita)
    hasil = Hasil(
        f"arsip ditandatangani: {tujuan}",
        ("isinya sama dengan yang dibuat dari repositori di sini",),
        f"kinerja kirim PERIODE --arsip {tujuan}",
        (s.pemegang("kasubag-program"),),
    )
    cetak_hasil(hasil, format_, s.reports.organisasi().status.penanda)


@perintah("release")
@click.argument("periode", type=PERIODE, required=False)
@opsi_repo
@opsi_format
def release(periode: Periode | None, repo: str | None, format_: str) -> int:
    """Terbitkan rilis GitHub yang arsipnya tepat sama dengan yang tercatat dalam kirim.yaml.

    Kasubag melampirkan arsip bertanda tangan pada draf rilis bernama `arsip-PERIODE-vVERSI`. Draf yang
    isinya lain tidak diterbitkan, dan rilis yang lampirannya diganti disebut.
    """
    from kinerja.session import Hasil
    from kinerja.unsigned_archive import minta_rilis

    t = tempat(repo)
    s = t.instansi.sambungan()
    if s is None:
        raise PemakaianError("instansi ini tidak tersambung ke GitHub", "lihat: kinerja forge sambung --help")
    forge = t.instansi.forge()
    rak = s.rak(forge.repo)
    terkirim = [p for p in forge.reports().periode() if forge.reports().kirim(p) is not None]
    semua = [h for p in ((periode,) if periode else terkirim) if (h := rak.terbitkan(minta_rilis(forge, p)))]
    baris = tuple(f"{h.tag}: {h.cacat or 'terbit, arsipnya sesuai kirim.yaml'}" for h in semua)
    cacat = sum(bool(h.cacat) for h in semua)
    hasil = Hasil(f"{len(semua) - cacat} rilis sesuai, {cacat} tidak", tuple(satu_baris(b) for b in baris))
    cetak_hasil(hasil, format_, forge.reports().organisasi().status.penanda)
    return 1 if cacat else 0


archive.add_command(build)
archive.add_command(sign)
archive.add_command(release)
