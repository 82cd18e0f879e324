"""``kinerja check-approvals``: is it approved, by whom, and if not, why not yet; on a forge, and merge."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from kinerja.cli.indonesian import perintah
from kinerja.cli.options import Tempat, opsi_format, opsi_repo, tempat
from kinerja.cli.output import cetak_json, cetak_pemeriksaan, satu_baris
from kinerja.domain.errors import DitolakError, PemakaianError

if TYPE_CHECKING:
    from kinerja.adapters.local_forge import ForgeLokal
    from kinerja.publishing.verdicts import NamaPemegang
    from kinerja.reconcile import HasilUsulan
    from kinerja.workflow.verdict import Verdict


_PERIHAL, _JUDUL_ISU = "malam", "Riwayat main tidak lolos pemeriksaan ulang"
_BARIS_ISU = 50


@perintah("check-approvals")
@click.argument("perubahan", required=False)
@click.option("--riwayat", is_flag=True, help="Nilai ulang log dan setiap commit main.")
@click.option("--lapor", is_flag=True, help="Dengan --riwayat: yang salah menjadi satu isu di forge.")
@click.option("--jangan-gabung", is_flag=True, help="Nilai dan beri tahu saja; jangan menggabung.")
@opsi_repo
@opsi_format
def check_approvals(
    perubahan: str | None, riwayat: bool, lapor: bool, jangan_gabung: bool, repo: str | None, format_: str
) -> int:
    """Nilai persetujuan setiap usulan: siapa sudah, siapa belum, mengapa belum dapat digabung.

    PERUBAHAN misalnya kk/2024-tw1/rehabilitasi-sosial; tanpa itu, semua usulan yang terbuka. Bila
    repositori ini tersambung ke GitHub atau Forgejo, pendapat di sana disalin ke log, putusannya
    dipasang pada usulannya, dan yang lengkap digabung. Dijalankan berulang pun aman.
    """
    t = tempat(repo)
    forge = t.instansi.forge()
    if lapor and not riwayat:
        raise PemakaianError("--lapor hanya bersama --riwayat", "tambahkan --riwayat")
    if riwayat:
        return _riwayat(t, forge, format_, lapor=lapor)
    if t.instansi.sambungan() is not None:
        return _di_forge(t, forge, perubahan, format_, gabung=not jangan_gabung)
    return _setempat(t, forge, perubahan, format_)


# helpers


def _riwayat(t: Tempat, forge: ForgeLokal, format_: str, *, lapor: bool) -> int:
    from kinerja.history import periksa_log, periksa_riwayat

    forge.segarkan()
    tampak = sys.stderr.isatty() and format_ == "text"

    def kabar(selesai: int, jumlah: int) -> None:
        click.echo(f"\rMenilai {selesai} dari {jumlah} commit …", nl=selesai == jumlah, err=True)

    s = t.instansi.sambungan()
    halaman = s.buka(forge.repo) if s else None
    baris = (*periksa_log(forge), *periksa_riwayat(forge, kabar if tampak else None, halaman))
    kode = cetak_pemeriksaan("riwayat/v1", baris, format_)
    if lapor:
        if s is None:
            raise PemakaianError("--lapor hanya untuk instansi di GitHub atau Forgejo", "hapus --lapor")
        salah = [b.alasan for b in baris if not b.lulus]
        s.papan(forge.repo).kabari(_PERIHAL, _JUDUL_ISU, _isi_isu(salah) if salah else None)
    return kode


def _isi_isu(salah: list[str]) -> str:
    from kinerja.publishing.findings.markdown import teks_biasa

    daftar = "\n".join(f"- {teks_biasa(x)}" for x in salah[:_BARIS_ISU])
    lagi = f"\n- dan {len(salah) - _BARIS_ISU} lagi" if len(salah) > _BARIS_ISU else ""
    return (
        f"Pemeriksaan ulang log dan riwayat `main` menemukan {len(salah)} hal:\n\n{daftar}{lagi}\n\n"
        "Selama ini terbuka, jangan terbitkan dan jangan kirim apa pun. Periksa sendiri dengan "
        "`kinerja check-approvals --riwayat` pada salinan lain, cari siapa yang mendorongnya, lalu pulihkan "
        "atau mintakan persetujuannya. Isu ini ditutup sendiri bila pemeriksaannya bersih lagi.\n"
    )


def _setempat(t: Tempat, forge: ForgeLokal, perubahan: str | None, format_: str) -> int:
    from kinerja.proposals import nilai_setempat, usulan_setempat

    daftar = (perubahan,) if perubahan else usulan_setempat(forge)
    hasil = [v for p in daftar if (v := nilai_setempat(forge, p, t.saat)) is not None]
    if perubahan and not hasil:
        raise PemakaianError(f"tidak ada usulan `{perubahan}`", "lihat: kinerja check-approvals")
    _cetak(hasil, _pemegang(t, forge), format_)
    return 0 if not perubahan or hasil[0].lulus else 1


def _di_forge(t: Tempat, forge: ForgeLokal, perubahan: str | None, format_: str, *, gabung: bool) -> int:
    from kinerja.forge_view import PandanganForge
    from kinerja.reconcile import Penyelaras

    s = t.instansi.sambungan()
    assert s is not None  # noqa: S101 - asked by the caller
    pandangan = PandanganForge(s.buka(forge.repo), forge, t.instansi.pengamat(), t.saat)
    penyelaras = Penyelaras(pandangan, gabung=gabung)
    if perubahan is None:
        hasil = penyelaras.semua()
    else:
        forge.segarkan()
        if forge.kepala(perubahan) is None:
            raise DitolakError(f"tidak ada cabang `{perubahan}` di forge", "periksa namanya")
        hasil = (penyelaras.perubahan(perubahan),)
    if format_ == "json":
        isi = [_data(h, pandangan.nama_pemegang) for h in hasil]
        cetak_json({"skema": "check-approvals/v1", "usulan": isi})
    else:
        for h in hasil:
            cetak_usulan(h, pandangan.nama_pemegang)
        click.echo(f"{len(hasil)} usulan dinilai")
    return 1 if any(h.gangguan for h in hasil) else 0


def cetak_usulan(h: HasilUsulan, nama: NamaPemegang) -> None:
    """What became of one pull request on a forge."""
    from kinerja.publishing.verdicts import teks_verdict

    click.echo(satu_baris(f"usulan {h.usulan.nomor}  {h.usulan.judul}  {h.usulan.alamat}"))
    for p in h.dicatat:
        click.echo(satu_baris(f"  tercatat {p.urut}: {p.tindakan.value} oleh {p.orang} ({p.jabatan})"))
    if h.verdict is not None:
        for baris in teks_verdict(h.verdict, nama).splitlines():
            click.echo(satu_baris(f"  {baris}"))
    if h.periksa is not None and h.periksa.galat:
        click.echo(f"  ✗ {h.periksa.galat} galat pada berkasnya; lihat: kinerja validate")
    for c in h.catatan:
        click.echo(satu_baris(f"  tidak dihitung: {c}"))
    if h.gabungan:
        click.echo(f"  ✓ digabung ke main ({h.gabungan[:12]})")
    if h.gangguan:
        click.echo(satu_baris(f"  ! {h.gangguan}"), err=True)


def _pemegang(t: Tempat, forge: ForgeLokal) -> NamaPemegang:
    from kinerja.overview import nama_pemegang

    return lambda jabatan: nama_pemegang(forge, jabatan, t.saat)


def _cetak(hasil: list[Verdict], nama: NamaPemegang, format_: str) -> None:
    from kinerja.publishing.verdicts import data_verdict, teks_verdict

    if format_ == "json":
        isi = [{"verdict": data_verdict(v, nama)} for v in hasil]
        cetak_json({"skema": "check-approvals/v1", "usulan": isi})
        return
    for v in hasil:
        for baris in teks_verdict(v, nama).splitlines():
            click.echo(satu_baris(baris))
        click.echo()
    click.echo(f"{len(hasil)} usulan dinilai")


def _data(h: HasilUsulan, nama: NamaPemegang) -> dict[str, Any]:
    from kinerja.publishing.verdicts import data_verdict

    return {
        "nomor": h.usulan.nomor,
        "alamat": h.usulan.alamat,
        "kepala": h.usulan.kepala,
        "dicatat": [p.urut for p in h.dicatat],
        "catatan": list(h.catatan),
        "galat": h.periksa.galat if h.periksa else None,
        "gabungan": h.gabungan,
        "gangguan": h.gangguan,
        "verdict": data_verdict(h.verdict, nama) if h.verdict else None,
    }
