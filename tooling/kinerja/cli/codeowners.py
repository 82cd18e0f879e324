"""``kinerja forge codeowners``: the file that calls readers, printed, written, proposed or compared."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinerja.cli.indonesian import perintah
from kinerja.cli.options import Tempat, opsi_format, opsi_repo, saat, tempat
from kinerja.cli.output import cetak_hasil, cetak_json, satu_baris
from kinerja.domain.errors import PemakaianError

if TYPE_CHECKING:
    from kinerja.adapters.forges.connection import Sambungan
    from kinerja.adapters.git import RepoGit
    from kinerja.adapters.local_forge import ForgeLokal
    from kinerja.adapters.trees import Pohon
    from kinerja.forge_setup import Pemilik


@perintah("codeowners")
@click.option("--tulis", is_flag=True, help="Tulis berkasnya; tanpa folder kerja: usulkan (perlu --sebagai).")
@click.option("--periksa", is_flag=True, help="Bandingkan saja; kode keluar 1 bila basi.")
@click.option("--changed", "dasar", metavar="DASAR",
              help="Bersama --periksa: yang sudah basi di cabang DASAR tidak menggagalkan.")
@click.option("--forge", "nama", type=click.Choice(["github", "forgejo"]),
              help="Bentuk berkasnya (bawaan: forge yang tersambung, atau yang sudah ada).")
@click.option("--sebagai", envvar="KINERJA_SEBAGAI", help="Orang yang mengusulkan, misalnya p-oki.")
@opsi_repo
@opsi_format
def codeowners(
    tulis: bool, periksa: bool, dasar: str | None, nama: str | None, sebagai: str | None,
    repo: str | None, format_: str,
) -> int:  # fmt: skip
    """Berkas CODEOWNERS dari kebijakan, jabatan, dan akun yang berlaku hari ini.

    Tanpa pilihan: cetak isinya. Login dicari di forge menurut nomor akun dan dicatat di kepala
    berkas, sehingga --periksa dapat berjalan tanpa jaringan (juga di CI).
    """  # fmt: skip
    from kinerja import forge_setup

    if tulis and periksa:
        raise PemakaianError("--tulis dan --periksa tidak berguna bersama", "pilih salah satu")
    x = _naskah(repo, nama)
    login = None
    if x.sambungan is not None and not periksa:
        login = forge_setup.login_kini(x.pohon, x.sambungan, x.forge_lokal(), x.hari)
    p = forge_setup.pemilik(x.pohon, x.forge, x.hari, login)
    if tulis:
        return _tulis(x, p, sebagai, format_)
    if not periksa:
        if format_ == "json":
            cetak_json(_data(p, lulus=p.beda is None))
        else:
            click.echo(p.seharusnya, nl=False)
        return 0
    return _periksa(x, p, dasar, format_)


# helpers


@dataclass(frozen=True, slots=True)
class _Naskah:
    """Where CODEOWNERS is read: a checkout, or main of an agency without one."""

    pohon: Pohon
    folder: Path | None
    repo: RepoGit
    forge: str
    hari: date
    tempat: Tempat | None
    sambungan: Sambungan | None

    def forge_lokal(self) -> ForgeLokal:
        """The agency's repository."""
        from kinerja.adapters.local_forge import ForgeLokal

        return self.tempat.instansi.forge() if self.tempat else ForgeLokal(self.repo)


def _naskah(repo: str | None, nama: str | None) -> _Naskah:
    from kinerja.adapters.forges.connection import sambungan
    from kinerja.adapters.git import RepoGit
    from kinerja.adapters.git_tree import PohonGit
    from kinerja.adapters.reports import Reports
    from kinerja.adapters.trees import PohonFolder
    from kinerja.checking.files import akar_repositori
    from kinerja.workflow.codeowners import TEMPAT

    folder = Path(repo or os.environ.get("KINERJA_REPO") or ".").resolve()
    akar, t = akar_repositori(str(folder)), None
    ada = RepoGit.di_folder(Path(akar)) if akar else None
    pohon: Pohon
    if akar and ada:
        r, pohon = ada[0], PohonFolder(Path(akar))
        kini = saat(lambda: Reports(pohon))
    else:
        t = tempat(repo)
        forge = t.instansi.forge()
        forge.segarkan()
        r, kini = forge.repo, t.saat
        pohon = PohonGit(r, forge.utama())
    s = sambungan(r)
    bentuk = nama or (s.forge if s else None)
    if bentuk is None:
        bentuk = next((f for f, j in TEMPAT.items() if pohon.baca(j) is not None), "github")
    hari = kini.astimezone(Reports(pohon).zona()).date()
    return _Naskah(pohon, Path(akar) if akar and ada else None, r, bentuk, hari, t, s)


def _tulis(x: _Naskah, p: Pemilik, sebagai: str | None, format_: str) -> int:
    from kinerja.adapters.files import tulis_atomik
    from kinerja.forge_setup import usulkan
    from kinerja.session import Hasil

    rincian = tuple(f"akun nomor {n} tidak ditemukan; pemiliknya tidak tercantum" for n in p.tanpa_login)
    if p.beda is None:
        cetak_hasil(Hasil(f"{p.jalur} sudah cocok", rincian), format_, "")
        return 0
    if x.folder is not None:
        (x.folder / p.jalur).parent.mkdir(parents=True, exist_ok=True)
        tulis_atomik(x.folder / p.jalur, p.seharusnya.encode())
        hasil = Hasil(f"{p.jalur} ditulis", rincian, "usulkan bersama perubahannya")
        cetak_hasil(hasil, format_, "")
        return 0
    forge, t = x.forge_lokal(), x.tempat
    orang = forge.reports().identitas().cari(sebagai or "")
    if orang is None or t is None:
        raise PemakaianError("belum disebut siapa yang mengusulkan", "tambahkan --sebagai, misalnya p-oki")
    alamat = usulkan(forge, x.sambungan, p, orang, t.saat)
    cetak_hasil(Hasil(f"{p.jalur} diusulkan: {alamat}", rincian, "kinerja check-approvals"), format_, "")
    return 0


def _periksa(x: _Naskah, p: Pemilik, dasar: str | None, format_: str) -> int:
    b = p.beda
    lama = b is not None and dasar is not None and _basi_dahulu(x, p, dasar)
    if format_ == "json":
        cetak_json(_data(p, lulus=b is None or lama))
    elif b is None:
        click.echo(f"✓ {p.jalur} cocok dengan kebijakan dan jabatan hari ini")
    else:
        sebab = "belum ada" if p.ada is None else "basi"
        click.echo(f"{'!' if lama else '✗'} {p.jalur} {sebab}; beda pertama pada baris {b.baris}")
        ada, ingin = (x if x is not None else "(berkas habis di sini)" for x in (b.ada, b.seharusnya))
        click.echo(satu_baris(f"  ada:        {ada}"))
        click.echo(satu_baris(f"  seharusnya: {ingin}"))
        if lama:
            click.echo("  sudah begitu di cabang dasar; bukan karena perubahan ini")
        click.echo("Berikutnya: kinerja forge codeowners --tulis")
    return 0 if b is None or lama else 1


def _data(p: Pemilik, *, lulus: bool) -> dict[str, object]:
    b = p.beda
    return {
        "skema": "forge-codeowners/v1",
        "jalur": p.jalur,
        "lulus": lulus,
        "isi": p.seharusnya,
        "beda": None if b is None else {"baris": b.baris, "ada": b.ada, "seharusnya": b.seharusnya},
        "tanpa_login": list(p.tanpa_login),
    }


def _basi_dahulu(x: _Naskah, p: Pemilik, dasar: str) -> bool:
    """Whether the base has the same file and needs the same one."""
    from kinerja.adapters.git_tree import PohonGit
    from kinerja.forge_setup import pemilik

    commit = x.repo.commit(dasar)
    if commit is None:
        raise PemakaianError(f"`{dasar}` bukan cabang atau commit di sini", "ambil dahulu: git fetch")
    q = pemilik(PohonGit(x.repo, commit), x.forge, x.hari)
    return (q.ada, q.seharusnya) == (p.ada, p.seharusnya)
