"""The command line: the eight steps of the SOP first, then the rest.

Exit codes: 0 clean · 1 findings or refused · 2 usage · 3 cannot continue.
"""

from __future__ import annotations

import itertools
import sys
from typing import Any

import click

from kinerja.cli.approvals import check_approvals
from kinerja.cli.archive import archive
from kinerja.cli.bench import bench
from kinerja.cli.forge import forge
from kinerja.cli.indonesian import KelompokPerintah
from kinerja.cli.log import log
from kinerja.cli.others import LAINNYA
from kinerja.cli.output import cetak_galat
from kinerja.cli.proposals import setujui, usulan, usulkan
from kinerja.cli.serve import serve
from kinerja.cli.steps import LANGKAH
from kinerja.domain.errors import KinerjaError, PemakaianError


class KelompokSop(KelompokPerintah):
    """Lists the commands in the order of the SOP, then the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order in which they were added."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Two sections: the SOP's steps, and what lies beside it."""
        langkah = {c.name for c in LANGKAH}
        for judul, milik in (("Delapan langkah SOP", True), ("Selain SOP", False)):
            baris = [
                (nama, " ".join((perintah.help or "").partition("\n\n")[0].split()))
                for nama, perintah in self.commands.items()
                if (nama in langkah) is milik
            ]
            with formatter.section(judul):
                formatter.write_dl(baris)


@click.group(
    cls=KelompokSop,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110},
    epilog="Kode keluar: 0 bersih · 1 ada temuan atau ditolak · 2 salah pakai · 3 tidak dapat dilanjutkan.",
)
@click.version_option(package_name="kinerja", prog_name="kinerja", help="Tampilkan versi.")
def cli() -> None:
    """kinerja: laporan kinerja perangkat daerah, disusun menurut SOP di dalam Git.

    Coba: kinerja demo
    """


for _perintah in (
    *LANGKAH, usulan, usulkan, setujui, check_approvals, *LAINNYA, serve, archive, log, forge, bench
):  # fmt: skip
    cli.add_command(_perintah)


def main(argumen: list[str] | None = None) -> None:
    """Runs one command and exits with its code; errors are printed once, in Indonesian."""
    sys.exit(jalankan(argumen))


def _perintah_dari(e: click.ClickException) -> str:
    """``isi `` when the fault belongs to one command; "" otherwise."""
    ctx = e.ctx if isinstance(e, click.UsageError) else None
    return f"{ctx.info_name} " if ctx is not None and ctx.parent is not None else ""


def _salah_pakai(e: click.ClickException) -> str:
    """What was wrong with the call, in Indonesian."""
    match e:
        case click.NoSuchOption():
            usul = f"; mungkin maksudnya {', '.join(e.possibilities)}" if e.possibilities else ""
            return f"pilihan `{e.option_name}` tidak dikenal{usul}"
        case click.MissingParameter():
            return f"{_nama_parameter(e)} belum disebut"
        case click.BadParameter():
            return f"{_nama_parameter(e)} tidak dapat dipakai: {_nilai_salah(e)}"
        case click.FileError():
            return f"berkas {e.ui_filename} tidak dapat dibuka"
    if isinstance(e, click.UsageError) and e.message.startswith("No such command"):
        import difflib

        dekat = difflib.get_close_matches(e.message.split("'")[1], list(cli.commands), 1)
        usul = f"; mungkin maksudnya `{dekat[0]}`" if dekat else ""
        return f"perintah `{e.message.split(chr(39))[1]}` tidak ada{usul}"
    return e.format_message()


def _nama_parameter(e: click.BadParameter) -> str:
    """``--percaya`` or ``PERIODE``: as the person typed or should have typed it."""
    if isinstance(e.param, click.Option):
        return "/".join((*e.param.opts, *e.param.secondary_opts))
    hint = e.param_hint if isinstance(e.param_hint, str) else ""
    return e.param.make_metavar(e.ctx) if e.param and e.ctx else hint


def _nilai_salah(e: click.BadParameter) -> str:
    """Click's own words for a path or a choice, in Indonesian; ours as they are."""
    jenis = e.param.type if e.param else None
    nilai = e.message.split("'")[1] if e.message.count("'") > 1 else ""
    if isinstance(jenis, click.Path) and nilai:
        return f"`{nilai}` tidak ada, bukan berkas, atau tidak dapat dibaca"
    if isinstance(jenis, click.Choice) and nilai:
        return f"`{nilai}` bukan salah satu dari {', '.join(map(str, jenis.choices))}"
    return e.message


def jalankan(argumen: list[str] | None = None) -> int:
    """Runs one command; gives the exit code."""
    json = _minta_json(sys.argv[1:] if argumen is None else argumen)
    try:
        hasil: Any = cli.main(args=argumen, prog_name="kinerja", standalone_mode=False)
    except click.exceptions.Exit as e:
        return e.exit_code
    except click.exceptions.NoArgsIsHelpError as e:
        click.echo(e.message)
        return 0
    except click.Abort:
        return cetak_galat(KinerjaError("dibatalkan; tidak ada yang setengah jadi"), json=json)
    except click.ClickException as e:
        saran = f"lihat: kinerja {_perintah_dari(e)}--help"
        return cetak_galat(PemakaianError(_salah_pakai(e), saran), json=json)
    except KinerjaError as e:
        return cetak_galat(e, json=json)
    except OSError as e:
        pesan = f"berkas tidak dapat dibaca atau ditulis: {e}"
        return cetak_galat(KinerjaError(pesan, "periksa izin dan ruang disk"), json=json)
    return hasil if isinstance(hasil, int) else 0


def _minta_json(argumen: list[str]) -> bool:
    """Whether the call asks for JSON; known before Click, whose own errors must be JSON too."""
    nilai = [b for a, b in itertools.pairwise(argumen) if a == "--format"]
    nilai += [a.partition("=")[2] for a in argumen if a.startswith("--format=")]
    return bool(nilai) and nilai[-1] == "json"
