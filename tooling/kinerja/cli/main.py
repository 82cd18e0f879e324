"""The command line: the eight steps of the SOP first, then the rest.

Exit codes: 0 clean · 1 findings or refused · 2 usage · 3 cannot continue.
"""

from __future__ import annotations

import sys
from typing import Any

import click

from kinerja.cli.others import LAINNYA
from kinerja.cli.output import cetak_temuan
from kinerja.cli.steps import LANGKAH
from kinerja.domain.errors import KinerjaError, TemuanError


class KelompokSop(click.Group):
    """Lists the commands in the order of the SOP, then the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order in which they were added."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Two sections: the SOP's steps, and what lies beside it."""
        langkah = {c.name for c in LANGKAH}
        for judul, milik in (("Delapan langkah SOP", True), ("Selain SOP", False)):
            baris = [
                (nama, " ".join((perintah.help or "").split()))
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


for _perintah in (*LANGKAH, *LAINNYA):
    cli.add_command(_perintah)


def main(argumen: list[str] | None = None) -> None:
    """Runs one command and exits with its code; errors are printed once, in Indonesian."""
    sys.exit(jalankan(argumen))


def jalankan(argumen: list[str] | None = None) -> int:
    """Runs one command; gives the exit code."""
    try:
        hasil: Any = cli.main(args=argumen, standalone_mode=False)
    except click.exceptions.Exit as e:
        return e.exit_code
    except click.Abort:
        click.echo("dibatalkan; tidak ada yang setengah jadi", err=True)
        return 3
    except click.ClickException as e:
        e.show()
        return 2
    except TemuanError as e:
        cetak_temuan(e.temuan, ke_galat=True)
        click.echo(f"✗ {e.diagnostics()}", err=True)
        return e.exit_code
    except KinerjaError as e:
        click.echo(f"✗ {e.diagnostics()}", err=True)
        return e.exit_code
    except OSError as e:
        click.echo(
            f"✗ berkas tidak dapat dibaca atau ditulis: {e}\n  → periksa izin dan ruang disk", err=True
        )
        return 3
    return hasil if isinstance(hasil, int) else 0
