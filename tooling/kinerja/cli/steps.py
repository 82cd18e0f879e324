"""The eight commands of the SOP. Each parses, calls one function of ``sop``, reports, exits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinerja.cli.indonesian import perintah
from kinerja.cli.options import PERIODE, Tempat, opsi_bertindak, opsi_jawaban, opsi_teramati, sesi, tempat
from kinerja.cli.output import cetak_hasil, cetak_json
from kinerja.domain.errors import KinerjaError, PemakaianError
from kinerja.domain.periode import Periode

if TYPE_CHECKING:
    from kinerja.reading import Bacaan
    from kinerja.session import Hasil, Sesi


def _penanda(s: Sesi) -> str:
    return s.reports.organisasi().status.penanda


@perintah()
@click.argument("periode", type=PERIODE)
@click.option("--instruksi", default="Laporkan data kinerja menurut SOP.", help="Isi penugasan.")
@click.option("--nomor", help="Nomor disposisi.")
@click.option("--tanpa", metavar="BIDANG", help="Izinkan laporan disusun tanpa bidang ini.")
@click.option("--alasan", default="", help="Alasan untuk --tanpa.")
@opsi_teramati
@opsi_bertindak
def disposisi(
    periode: Periode, instruksi: str, nomor: str | None, tanpa: str | None, alasan: str,
    sebagai: str | None, kunci: Path | str | None, teramati: bool, repo: str | None, format_: str,
) -> None:  # fmt: skip
    """Langkah 1. Sekretaris membuka periode dan menugaskan Kasubag Penyusun Program."""
    from kinerja import sop

    s = sesi(tempat(repo), sebagai, kunci, teramati)
    if tanpa:
        hasil = sop.izinkan_tanpa(s, periode, tanpa, alasan)
    else:
        hasil = sop.disposisi(s, periode, instruksi, nomor)
    cetak_hasil(hasil, format_, _penanda(s))


@perintah()
@click.argument("periode", type=PERIODE)
@opsi_teramati
@opsi_bertindak
def siapkan(
    periode: Periode, sebagai: str | None, kunci: Path | str | None, teramati: bool,
    repo: str | None, format_: str,
) -> None:  # fmt: skip
    """Langkah 2. Kasubag Penyusun Program menyiapkan kertas kerja setiap bidang."""
    from kinerja import sop

    s = sesi(tempat(repo), sebagai, kunci, teramati)
    cetak_hasil(sop.siapkan(s, periode), format_, _penanda(s))


@perintah()
@click.argument("periode", type=PERIODE)
@click.argument("bidang")
@click.option("--ambil", type=click.Path(path_type=Path, dir_okay=False),
              help="Tulis kertas kerja ke berkas ini untuk disunting.")  # fmt: skip
@click.option("--berkas", type=click.Path(path_type=Path, dir_okay=False, exists=True),
              help="Simpan berkas hasil suntingan.")  # fmt: skip
@click.option("--nilai", "daftar", multiple=True, metavar="ID.ISIAN=NILAI",
              help="Isi satu nilai, misalnya rs-01.realisasi=45,21 (boleh diulang).")  # fmt: skip
@click.option("--ajukan", is_flag=True, help="Ajukan kepada Kabid sesudah disimpan.")
@opsi_bertindak
def isi(
    periode: Periode, bidang: str, ambil: Path | None, berkas: Path | None, daftar: tuple[str, ...],
    ajukan: bool, sebagai: str | None, kunci: Path | str | None, repo: str | None, format_: str,
) -> None:  # fmt: skip
    """Langkah 3. Kasie / Kasubag mengisi kertas kerja dan menyerahkannya kepada Kabid."""
    from kinerja import sop
    from kinerja.adapters.files import tulis_atomik
    from kinerja.cli import inputs

    s = sesi(tempat(repo), sebagai, kunci)
    if ambil is not None:
        cetak_hasil(inputs.ambil(s, periode, bidang, ambil), format_, _penanda(s))
        return
    suntingan = None if berkas is None else sop.Suntingan(berkas.read_bytes(), inputs.asal(berkas))
    nilai = inputs.nilai(sop.ambil(s, periode, bidang), daftar) if daftar else None
    hasil = sop.isi(s, periode, bidang, nilai=nilai, suntingan=suntingan, ajukan=ajukan)
    if berkas is not None:
        tulis_atomik(inputs.berkas_asal(berkas), sop.ambil(s, periode, bidang))
        tulis_atomik(berkas, sop.ambil(s, periode, bidang))
    cetak_hasil(hasil, format_, _penanda(s))


@perintah()
@click.argument("periode", type=PERIODE)
@click.argument("bidang")
@opsi_jawaban
@opsi_bertindak
def periksa(
    periode: Periode, bidang: str, ya: bool | None, lihat: bool, sidik: str | None, alasan: str | None,
    sebagai: str | None, kunci: Path | str | None, repo: str | None, format_: str,
) -> None:  # fmt: skip
    """Langkah 4. Kabid menandatangani kertas kerja, atau mengembalikannya."""
    from kinerja import sop
    from kinerja.reading import lihat_lembar

    s = sesi(tempat(repo), sebagai, kunci)
    jawab(
        s, format_, ya, lihat, sidik,
        bacaan=lambda: lihat_lembar(s, periode, bidang),
        langkah=lambda ya: sop.periksa(s, periode, bidang, ya=ya, alasan=alasan, sidik=sidik),
    )  # fmt: skip


@perintah()
@click.argument("periode", type=PERIODE)
@click.option("--narasi", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Berkas YAML: pendahuluan, analisis, penutup.")  # fmt: skip
@click.option("--nomor", help="Nomor laporan.")
@opsi_teramati
@opsi_bertindak
def susun(
    periode: Periode, narasi: Path | None, nomor: str | None,
    sebagai: str | None, kunci: Path | str | None, teramati: bool, repo: str | None, format_: str,
) -> None:  # fmt: skip
    """Langkah 5. Kasubag Penyusun Program menyusun draft laporan kinerja."""
    from kinerja import sop
    from kinerja.cli import inputs

    s = sesi(tempat(repo), sebagai, kunci, teramati)
    hasil = sop.susun(s, periode, narasi=inputs.narasi(narasi), nomor=nomor)
    cetak_hasil(hasil, format_, _penanda(s))


@perintah()
@click.argument("periode", type=PERIODE)
@opsi_jawaban
@opsi_bertindak
def paraf(
    periode: Periode, ya: bool | None, lihat: bool, sidik: str | None, alasan: str | None,
    sebagai: str | None, kunci: Path | str | None, repo: str | None, format_: str,
) -> None:  # fmt: skip
    """Langkah 6. Sekretaris memberi paraf, atau mengembalikan kepada Kasubag."""
    from kinerja import sop
    from kinerja.reading import lihat_draft

    s = sesi(tempat(repo), sebagai, kunci)
    jawab(
        s, format_, ya, lihat, sidik,
        bacaan=lambda: lihat_draft(s, periode),
        langkah=lambda ya: sop.paraf(s, periode, ya=ya, alasan=alasan, sidik=sidik),
    )  # fmt: skip


@perintah("tanda-tangan")
@click.argument("periode", type=PERIODE)
@opsi_jawaban
@opsi_bertindak
def tanda_tangan(
    periode: Periode, ya: bool | None, lihat: bool, sidik: str | None, alasan: str | None,
    sebagai: str | None, kunci: Path | str | None, repo: str | None, format_: str,
) -> None:  # fmt: skip
    """Langkah 7. Kepala Dinas menandatangani laporan, atau mengembalikan kepada Sekretaris."""
    from kinerja import sop
    from kinerja.reading import lihat_draft

    s = sesi(tempat(repo), sebagai, kunci)
    jawab(
        s, format_, ya, lihat, sidik,
        bacaan=lambda: lihat_draft(s, periode),
        langkah=lambda ya: sop.tanda_tangan(s, periode, ya=ya, alasan=alasan, sidik=sidik),
    )  # fmt: skip


@perintah()
@click.argument("periode", type=PERIODE)
@click.option("--tanda-terima", "terima", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Catat tanda terima dari BAPPEDA.")  # fmt: skip
@click.option("--arsip", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Kirim arsip yang sudah ditandatangani dengan `archive sign`.")  # fmt: skip
@opsi_bertindak
def kirim(
    periode: Periode, terima: Path | None, arsip: Path | None,
    sebagai: str | None, kunci: Path | str | None, repo: str | None, format_: str,
) -> None:  # fmt: skip
    """Langkah 8. Arsip bertanda tangan dan situs dibuat, dikirim ke BAPPEDA, tanda terima dicatat."""
    from kinerja import sop
    from kinerja.adapters.files import tulis_atomik

    t = tempat(repo)
    s = sesi(t, sebagai, kunci)
    if terima is not None:
        hasil = sop.catat_tanda_terima(s, periode, terima.read_bytes())
        kiriman = s.reports.kirim(periode)
        if kiriman is not None:
            samping = t.instansi.keluar / "arsip" / f"{kiriman.arsip}.tanda-terima.json"
            tulis_atomik(samping, terima.read_bytes())
    else:
        hasil = _kirim(t, s, periode, arsip.read_bytes() if arsip else None)
    cetak_hasil(hasil, format_, _penanda(s))


LANGKAH = (disposisi, siapkan, isi, periksa, susun, paraf, tanda_tangan, kirim)


def jawab(
    s: Sesi, format_: str, ya: bool | None, lihat: bool, sidik: str | None, *,
    bacaan: Callable[[], Bacaan], langkah: Callable[[bool], Hasil],
) -> None:  # fmt: skip
    """Shows what is to be answered, or gives the answer to exactly what was shown."""
    if lihat:
        b = bacaan()
        if format_ == "json":
            cetak_json({"skema": "bacaan/v1", "teks": b.teks, "sidik": b.sidik})
        else:
            from kinerja.standing import SIDIK_PENDEK

            pendek = b.sidik[:SIDIK_PENDEK]
            click.echo(f"{b.teks}\n\nSidik isi ini: {pendek}")
            click.echo(f'Jawab dengan: --ya --sidik {pendek}   atau: --tidak --alasan "…"')
        return
    if ya is None:
        raise PemakaianError(
            "belum dijawab", "tambahkan --ya, atau --tidak --alasan; baca dahulu dengan --lihat"
        )
    if ya and sidik is None:
        raise PemakaianError(
            "belum disebut isi mana yang dijawab",
            "baca dengan --lihat, lalu tambahkan --sidik yang tertulis di sana",
        )
    cetak_hasil(langkah(ya), format_, _penanda(s))


# helpers


def _kirim(t: Tempat, s: Sesi, periode: Periode, arsip: bytes | None) -> Hasil:
    from kinerja import sop
    from kinerja.adapters.files import tulis_atomik
    from kinerja.archive_step import berkas_percaya
    from kinerja.session import Hasil
    from kinerja.site_step import bangun_situs

    keluar = t.instansi.keluar
    tulis_atomik(keluar / "kunci-tepercaya.txt", berkas_percaya(s.reports).encode())
    h, kiriman = sop.kirim(
        s, periode, lambda nama, bita: tulis_atomik(keluar / "arsip" / nama, bita), arsip
    )
    try:
        situs = f"situs di {bangun_situs(s.forge, keluar / 'situs')}"
    except (KinerjaError, OSError) as e:  # the delivery stands; only the pages are missing
        situs = f"situs belum terbangun: {e}; bangun dengan: mkdocs build"
    tempat_arsip = f"arsip di {keluar / 'arsip' / kiriman.kirim.arsip}"
    return Hasil(h.terjadi, (*h.rincian, tempat_arsip, situs), h.berikutnya, h.pemegang)
