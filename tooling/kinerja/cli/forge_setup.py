"""``kinerja forge setup`` and ``doctor``: how the forge stands, and making it so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kinerja.cli.indonesian import perintah
from kinerja.cli.options import Tempat, opsi_format, opsi_repo, tempat
from kinerja.cli.output import cetak_json, satu_baris
from kinerja.domain.errors import PemakaianError

if TYPE_CHECKING:
    from kinerja.adapters.forges.connection import Sambungan
    from kinerja.workflow.forge_settings import Butir, Pilihan

F = TypeVar("F", bound=Callable[..., Any])
_TANDA = {"baik": "✓", "salah": "✗", "catatan": "!"}


def _opsi_setelan(f: F) -> F:
    f = click.option("--aplikasi", type=int, metavar="NOMOR",
                     help="(GitHub) Nomor aplikasi yang ceknya dihitung.")(f)  # fmt: skip
    f = click.option("--penggabung", metavar="LOGIN",
                     help="(Forgejo) Satu-satunya akun yang boleh menggabung.")(f)  # fmt: skip
    f = click.option("--cek", multiple=True, metavar="NAMA", help="Cek wajib tambahan (boleh diulang).")(f)
    return click.option("--tanpa-situs", is_flag=True, help="Jangan minta situs (Pages) dari forge.")(f)


@perintah("setup")
@click.option("--apply", "pasang", is_flag=True, help="Pasang yang berbeda; perlu token admin repositori.")
@_opsi_setelan
@opsi_repo
@opsi_format
def setup(
    pasang: bool, cek: tuple[str, ...], tanpa_situs: bool, penggabung: str | None, aplikasi: int | None,
    repo: str | None, format_: str,
) -> int:  # fmt: skip
    """Daftar setelan forge: yang ada, yang seharusnya, yang akan diubah. Dengan --apply: pasang.

    Dijalankan berulang pun aman; setelan tambahan milik instansi dibiarkan.
    """
    from kinerja import forge_setup

    t = tempat(repo)
    s = _sambungan(t)
    pengatur = s.pengatur(t.instansi.forge().repo)
    pilihan = _pilihan(s.forge, cek, tanpa_situs, penggabung, aplikasi)
    butir = forge_setup.rencana(pengatur, s.forge, pilihan)
    gagal: Mapping[str, str] = {}
    sebelum = butir
    if pasang:
        gagal = forge_setup.terapkan(pengatur, butir)
        butir = forge_setup.rencana(pengatur, s.forge, pilihan)
    return _cetak_setelan(s, sebelum, butir, gagal, format_, pasang=pasang)


@perintah("doctor")
@_opsi_setelan
@opsi_repo
@opsi_format
def doctor(
    cek: tuple[str, ...], tanpa_situs: bool, penggabung: str | None, aplikasi: int | None, repo: str | None,
    format_: str,
) -> int:  # fmt: skip
    """Periksa forge: setelan yang kurang, jalan pintas, pejabat tanpa akun, token, kunci, log.

    ✓ baik · ✗ harus dibetulkan · ! batas yang perlu diketahui. Kode keluar 1 bila ada ✗.
    """
    from kinerja import forge_setup

    t = tempat(repo)
    s, forge = _sambungan(t), t.instansi.forge()
    forge.segarkan()
    pilihan = _pilihan(s.forge, cek, tanpa_situs, penggabung, aplikasi)
    semua = forge_setup.diagnosa(t.instansi, forge, s, t.saat, pilihan)
    salah = sum(d.tanda == "salah" for d in semua)
    if format_ == "json":
        isi = [
            {"tanda": d.tanda.value, "kode": d.kode, "teks": d.teks, "tindakan": d.tindakan} for d in semua
        ]
        cetak_json({"skema": "forge-doctor/v1", "alamat": s.alamat, "lulus": not salah, "baris": isi})
    else:
        for d in semua:
            click.echo(satu_baris(f"{_TANDA[d.tanda]} {d.teks}"))
            if d.tindakan:
                click.echo(satu_baris(f"    → {d.tindakan}"))
        click.echo(f"{salah} harus dibetulkan" if salah else "tidak ada yang harus dibetulkan")
    return 1 if salah else 0


# helpers


def _sambungan(t: Tempat) -> Sambungan:
    s = t.instansi.sambungan()
    if s is None:
        raise PemakaianError("instansi ini belum tersambung ke forge", "kinerja forge sambung ALAMAT")
    return s


def _pilihan(
    forge: str, cek: tuple[str, ...], tanpa_situs: bool, penggabung: str | None, aplikasi: int | None
) -> Pilihan:
    from kinerja.workflow.forge_settings import Pilihan

    asing = ("--penggabung", penggabung) if forge == "github" else ("--aplikasi", aplikasi)
    if asing[1]:
        raise PemakaianError(f"{asing[0]} tidak dikenal oleh {forge}", "hapus pilihan itu")
    return Pilihan(cek, not tanpa_situs, penggabung, aplikasi)


def _cetak_setelan(
    s: Sambungan, sebelum: Sequence[Butir], butir: Sequence[Butir], gagal: Mapping[str, str], format_: str, *,
    pasang: bool,
) -> int:  # fmt: skip
    from kinerja.workflow.forge_settings import teks_nilai

    kurang = [b for b in butir if not b.cocok and not _boleh_kurang(b)]
    diubah = sum(not a.cocok and b.cocok for a, b in zip(sebelum, butir, strict=True))
    if format_ == "json":
        baris = [
            {"kunci": b.setelan.kunci, "judul": b.setelan.judul, "ada": teks_nilai(b.ada),
             "seharusnya": teks_nilai(b.setelan.seharusnya), "cocok": b.cocok,
             "diubah": not a.cocok and b.cocok, "sebab": b.setelan.sebab}
            for a, b in zip(sebelum, butir, strict=True)
        ]  # fmt: skip
        cetak_json(
            {"skema": "forge-setup/v1", "alamat": s.alamat, "dipasang": pasang, "lulus": not kurang,
             "butir": baris, "ditolak": dict(gagal)}
        )  # fmt: skip
        return 1 if kurang else 0
    click.echo(f"{s.alamat} ({s.forge})")
    for a, b in zip(sebelum, butir, strict=True):
        tanda = "✓" if b.cocok else "!" if _boleh_kurang(b) else "✗"
        lama = f" (semula: {teks_nilai(a.ada)})" if not a.cocok and b.cocok else ""
        ingin = "" if b.cocok else f" → {teks_nilai(b.setelan.seharusnya)}: {b.setelan.sebab}"
        click.echo(satu_baris(f"{tanda} {b.setelan.judul}: {teks_nilai(b.ada)}{lama}{ingin}"))
    for kelompok, pesan in gagal.items():
        click.echo(satu_baris(f"✗ {kelompok}: {pesan}"))
    if pasang:
        click.echo(f"{diubah} setelan diubah" if diubah else "tidak ada yang diubah")
    elif kurang:
        click.echo(f"{len(kurang)} setelan akan diubah. Berikutnya: kinerja forge setup --apply")
    click.echo("Berikutnya: kinerja forge codeowners --tulis, lalu kinerja forge doctor")
    return 1 if kurang else 0


def _boleh_kurang(b: Butir) -> bool:
    from kinerja.workflow.forge_settings import TakTerbaca

    return b.setelan.pilihan and isinstance(b.ada, TakTerbaca) and b.ada.paket
