"""Options that several commands share, and what they open.

Commands import their work only when they run: with the steps come Git, cryptography and every
document's class, which ``--help`` and ``validate`` do not need.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kinerja.adapters.clocks import JamSistem
from kinerja.cli.output import cetak_singkat
from kinerja.domain.errors import PemakaianError
from kinerja.domain.periode import Periode

if TYPE_CHECKING:
    from kinerja.adapters.reports import Reports
    from kinerja.agency import Instansi
    from kinerja.session import Sesi

F = TypeVar("F", bound=Callable[..., Any])
_AGEN = "agen"


class TipePeriode(click.ParamType):  # type: ignore[type-arg] # generic from click 8.5 on
    """``2024-tw1`` on the command line."""

    name = "periode"

    def convert(self, value: Any, param: Any, ctx: Any) -> Periode:  # noqa: ANN401 - click's types
        """Reads a period, or fails with the wanted form."""
        if isinstance(value, Periode):
            return value
        try:
            return Periode.baca(str(value))
        except ValueError as e:
            self.fail(str(e), param, ctx)


PERIODE = TipePeriode()


class TipeKunci(click.Path):
    """A key file, or the word ``agen`` (a file of that name is ``./agen``)."""

    name = "kunci"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401 - click's types
        """The word itself; anything else is a path."""
        return value if value == _AGEN else super().convert(value, param, ctx)


@dataclass(frozen=True, slots=True)
class Tempat:
    """Where a command works and when: the agency and the one clock read."""

    instansi: Instansi
    saat: datetime


def tempat(repo: str | None) -> Tempat:
    """Opens the agency of ``--repo``, ``KINERJA_REPO`` or the current folder.

    ``KINERJA_WAKTU`` sets the clock of a sample agency, so that its year can be walked by
    hand; an official one refuses it.
    """
    from kinerja.agency import cari_instansi

    instansi = cari_instansi(Path(repo or os.environ.get("KINERJA_REPO") or "."))
    return Tempat(instansi, saat(lambda: instansi.forge().reports()))


def sesi(t: Tempat, orang: str | None, kunci: Path | str | None, teramati: bool = False) -> Sesi:
    """A sitting of the person of ``--sebagai`` (or ``KINERJA_SEBAGAI``), with the key of ``--kunci``.

    Args:
        teramati: it is the person who started the workflow that we run in, and an observer signs.
    """
    if teramati:
        return _sesi_teramati(t, orang, kunci)
    from kinerja.adapters.keys import SandiPerluError
    from kinerja.adapters.ssh_agent import KunciLewatAgen

    siapa = orang or os.environ.get("KINERJA_SEBAGAI")
    forge = t.instansi.forge()
    forge.segarkan()
    if not siapa:
        ada = ", ".join(o.id for o in forge.reports().identitas().orang)
        raise PemakaianError("belum disebut siapa yang bertindak", f"tambahkan --sebagai, salah satu: {ada}")
    dikenal = forge.reports().identitas()
    if dikenal.cari(siapa) is None:
        ada = ", ".join(o.id for o in dikenal.orang)
        raise PemakaianError(f"orang `{siapa}` tidak dikenal", f"pilih: {ada}")
    try:
        hasil = t.instansi.sesi(forge, siapa, t.saat, kunci)
    except SandiPerluError as e:
        if not sys.stdin.isatty():
            raise
        sandi = click.prompt(e.pesan, hide_input=True, err=True, prompt_suffix=": ")
        hasil = t.instansi.sesi(forge, siapa, t.saat, kunci, sandi)
    _lanjutkan_di_forge(t, hasil)
    if isinstance(hasil.penanda, KunciLewatAgen) and hasil.penanda.perlu_disentuh:
        click.echo("Sentuh token Anda bila lampunya berkedip.", err=True)
    return hasil


def _sesi_teramati(t: Tempat, orang: str | None, kunci: Path | str | None) -> Sesi:
    from kinerja.adapters.forges.workflow_run import bukti_formulir

    if orang or kunci:
        raise PemakaianError(
            "--teramati tidak berguna bersama --sebagai atau --kunci", "pelakunya yang menjalankan alur kerja"
        )
    sambungan = t.instansi.sambungan()
    if sambungan is None:
        raise PemakaianError("--teramati hanya untuk instansi di GitHub atau Forgejo", "pakai --sebagai")
    forge = t.instansi.forge()
    forge.segarkan()
    saat = t.saat.astimezone(forge.reports().zona())
    hasil = t.instansi.sesi_teramati(forge, bukti_formulir(os.environ, sambungan, saat), saat)
    _lanjutkan_di_forge(t, hasil)
    return hasil


def _lanjutkan_di_forge(t: Tempat, s: Sesi) -> None:
    """On a forge each act goes on there: its pull request is opened, judged, told and merged."""
    sambungan = t.instansi.sambungan()
    if sambungan is None:
        return
    from kinerja.forge_view import PandanganForge
    from kinerja.reconcile import sesudah_tindakan

    pandangan = PandanganForge(sambungan.buka(s.forge.repo), s.forge, t.instansi.pengamat(), t.saat)
    s.sesudah = sesudah_tindakan(pandangan, lambda h: cetak_singkat(h, pandangan.nama_pemegang))


def opsi_repo(f: F) -> F:
    """``--repo``."""
    return click.option("--repo", help="Folder instansi (bawaan: folder ini atau KINERJA_REPO).")(f)


def opsi_format(f: F) -> F:
    """``--format``."""
    return click.option(
        "--format", "format_", type=click.Choice(["text", "json"]), default="text",
        help="Bentuk keluaran.",
    )(f)  # fmt: skip


def opsi_bertindak(f: F) -> F:
    """``--sebagai``, ``--kunci``, ``--repo`` and ``--format``."""
    f = click.option("--sebagai", help="Orang yang bertindak, misalnya p-citra (atau KINERJA_SEBAGAI).")(f)
    f = click.option(
        "--kunci", type=TipeKunci(path_type=Path, dir_okay=False),
        help="Berkas kunci pribadi (bawaan: kunci/ORANG); berkas .pub: kuncinya di ssh-agent; "
        "`agen`: kunci ORANG yang terdaftar, di ssh-agent.",
    )(f)  # fmt: skip
    return opsi_format(opsi_repo(f))


def opsi_teramati(f: F) -> F:
    """``--teramati``."""
    return click.option(
        "--teramati", is_flag=True,
        help="Pelakunya yang menjalankan alur kerja ini dari formulirnya; pengamat menandatangani.",
    )(f)  # fmt: skip


def opsi_jawaban(f: F) -> F:
    """``--ya``/``--tidak``, ``--lihat``, ``--sidik`` and ``--alasan``."""
    f = click.option("--ya/--tidak", "ya", default=None, help="Jawaban: Ya atau Tidak.")(f)
    f = click.option("--lihat", is_flag=True, help="Tampilkan dahulu yang akan dijawab.")(f)
    f = click.option("--sidik", metavar="SIDIK", help="Sidik isi yang dibaca; wajib untuk --ya.")(f)
    return click.option("--alasan", help="Alasan; wajib untuk --tidak.")(f)


def saat(dokumen: Callable[[], Reports]) -> datetime:
    """The one clock read: ``KINERJA_WAKTU`` for a sample agency, else the computer's clock."""
    teks = os.environ.get("KINERJA_WAKTU")
    if not teks:
        return JamSistem().sekarang()
    from kinerja.domain.organisasi import Status

    r = dokumen()
    if r.organisasi().status is Status.RESMI:
        raise PemakaianError("KINERJA_WAKTU hanya untuk instansi contoh", "hapus variabel itu")
    try:
        hasil = datetime.fromisoformat(teks)
    except ValueError as e:
        raise PemakaianError(f"KINERJA_WAKTU `{teks}` bukan waktu", "tulis misalnya 2024-10-05T09:00") from e
    return hasil if hasil.tzinfo else hasil.replace(tzinfo=r.zona())
