"""``kinerja usulan``, ``usulkan``, ``setujui``: proposals on one screen; proposing and approving."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinerja.cli.indonesian import perintah
from kinerja.cli.options import opsi_bertindak, opsi_format, opsi_jawaban, opsi_repo, sesi, tempat
from kinerja.cli.output import cetak_hasil, cetak_json, satu_baris
from kinerja.domain.errors import PemakaianError

if TYPE_CHECKING:
    from kinerja.adapters.reports import Reports
    from kinerja.proposals import Komentar


@perintah()
@click.argument("perubahan", required=False)
@click.option("--komentar", metavar="TEKS", help="Tambahkan komentar (perlu --sebagai).")
@click.option("--jalur", help="Berkas yang dikomentari.")
@click.option("--penunjuk", help="Isian yang dikomentari, misalnya /indikator/0/realisasi.")
@click.option("--balasan", type=int, metavar="NOMOR", help="Nomor komentar yang dibalas.")
@click.option("--sebagai", help="Orang yang berkomentar (atau KINERJA_SEBAGAI).", envvar="KINERJA_SEBAGAI")
@opsi_repo
@opsi_format
def usulan(
    perubahan: str | None, komentar: str | None, jalur: str | None, penunjuk: str | None,
    balasan: int | None, sebagai: str | None, repo: str | None, format_: str,
) -> None:  # fmt: skip
    """Usulan yang terbuka; atau satu usulan: giliran siapa, mengapa belum, dan percakapannya."""
    from kinerja import proposals
    from kinerja.overview import nama_pemegang
    from kinerja.publishing.verdicts import data_verdict, giliran, teks_verdict

    t = tempat(repo)
    forge = t.instansi.forge()
    nama = lambda jabatan: nama_pemegang(forge, jabatan, t.saat)  # noqa: E731
    r = forge.reports()
    if komentar is not None:
        orang = r.identitas().cari(sebagai or "")
        if perubahan is None or orang is None:
            raise PemakaianError("belum jelas siapa mengomentari apa", "sebut PERUBAHAN dan --sebagai")
        isi = proposals.Komentar(0, orang.id, t.saat, komentar, jalur, penunjuk, balasan)
        proposals.komentari(forge, perubahan, orang, t.saat, isi)
    daftar = (perubahan,) if perubahan else proposals.usulan_setempat(forge)
    verdict = [(p, v) for p in daftar if (v := proposals.nilai_setempat(forge, p, t.saat)) is not None]
    if perubahan and not verdict:
        raise PemakaianError(f"tidak ada usulan `{perubahan}`", "lihat: kinerja usulan")
    if format_ == "json":
        komentar_ = {p: [_data(k) for k in proposals.baca_komentar(forge, p)] for p, _ in verdict}
        semua = [{"verdict": data_verdict(v, nama), "komentar": komentar_[p]} for p, v in verdict]
        cetak_json({"skema": "usulan/v1", "usulan": semua})
    elif perubahan:
        for baris in teks_verdict(verdict[0][1], nama).splitlines():
            click.echo(satu_baris(baris))
        _cetak(proposals.baca_komentar(forge, perubahan), r)
    else:
        for p, v in verdict:
            click.echo(satu_baris(f"{'✓' if v.lulus else '○'} {p}"))
            click.echo(satu_baris(f"    {giliran(v, nama)}"))
        click.echo(f"{len(verdict)} usulan terbuka")


@perintah()
@click.argument("nama")
@click.argument("berkas", nargs=-1, required=True, metavar="JALUR=BERKAS…")
@click.option("--pesan", required=True, help="Apa yang diubah dan mengapa.")
@opsi_bertindak
def usulkan(
    nama: str, berkas: tuple[str, ...], pesan: str,
    sebagai: str | None, kunci: Path | str | None, repo: str | None, format_: str,
) -> None:  # fmt: skip
    """Usulkan perubahan di luar delapan langkah: jabatan, identitas, kebijakan, rencana, anggaran.

    Misalnya: kinerja usulkan plh-rehabilitasi reports/jabatan.yaml=jabatan-baru.yaml --pesan "Plh. …"
    """
    from kinerja import proposing

    s = sesi(tempat(repo), sebagai, kunci)
    isi = dict(_berkas(b) for b in berkas)
    cetak_hasil(proposing.usulkan(s, nama, isi, pesan), format_, s.reports.organisasi().status.penanda)


@perintah()
@click.argument("perubahan")
@opsi_jawaban
@opsi_bertindak
def setujui(
    perubahan: str, ya: bool | None, lihat: bool, sidik: str | None, alasan: str | None,
    sebagai: str | None, kunci: Path | str | None, repo: str | None, format_: str,
) -> None:  # fmt: skip
    """Setujui atau kembalikan usulan di luar delapan langkah; persetujuan terakhir memberlakukannya."""
    from kinerja import proposing
    from kinerja.cli.steps import jawab
    from kinerja.reading import Bacaan

    s = sesi(tempat(repo), sebagai, kunci)

    def bacaan() -> Bacaan:
        p = s.forge.perubahan(perubahan, s.reports)
        teks = "\n".join(satu_baris(b) for b in proposing.beda_usulan(s, perubahan))
        return Bacaan(teks, proposing.sidik_usulan(p) if p else "")

    jawab(
        s, format_, ya, lihat, sidik, bacaan=bacaan,
        langkah=lambda ya: proposing.jawab(s, perubahan, ya=ya, alasan=alasan, sidik=sidik),
    )  # fmt: skip


# helpers


def _berkas(teks: str) -> tuple[str, bytes]:
    jalur, ada, nama = teks.partition("=")
    if not ada or not Path(nama).is_file():
        raise PemakaianError(f"`{teks}` tidak terbaca", "tulis JALUR=BERKAS, berkas yang ada di sini")
    return jalur, Path(nama).read_bytes()


def _data(k: Komentar) -> dict[str, object]:
    return {
        "nomor": k.nomor, "orang": k.orang, "waktu": k.waktu.isoformat(), "isi": k.isi,
        "jalur": k.jalur, "penunjuk": k.penunjuk, "balasan": k.balasan,
    }  # fmt: skip


def _cetak(komentar: tuple[Komentar, ...], r: Reports) -> None:
    if komentar:
        click.echo("\nKomentar")
    for k in komentar:
        tentang = f" pada {k.penunjuk or k.jalur}" if k.penunjuk or k.jalur else ""
        balas = f", membalas {k.balasan}" if k.balasan else ""
        jam = k.waktu.astimezone(r.zona()).strftime("%d-%m-%Y %H.%M")
        click.echo(satu_baris(f"  {k.nomor}. {r.identitas().nama(k.orang)}, {jam}{tentang}{balas}: {k.isi}"))
