"""Click's help in the office's language: headings, placeholders and the help option.

Click takes its own words from gettext catalogues that depend on the reader's environment; a
command that speaks Indonesian only half the time is worse, so the few words are set here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

_PENGGANTI = {
    "text": "TEKS", "integer": "BILANGAN", "file": "BERKAS", "filename": "BERKAS",
    "directory": "FOLDER", "path": "JALUR",
}  # fmt: skip


class Perintah(click.Command):
    """A command whose help page is Indonesian."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[PILIHAN]")
        super().__init__(*args, **kwargs)
        for p in self.params:
            if p.metavar is None and isinstance(p, click.Option):
                p.metavar = _PENGGANTI.get(p.type.name)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, explained."""
        pilihan = super().get_help_option(ctx)
        if pilihan is not None:
            pilihan.help = "Tampilkan bantuan ini."
        return pilihan

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """``Pemakaian: kinerja isi [PILIHAN] PERIODE BIDANG``."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), "Pemakaian: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options under their heading, required ones marked."""
        catatan = [
            (kiri, kanan.replace("[required]", "[wajib]"))
            for p in self.get_params(ctx)
            if not isinstance(p, click.Argument) and (baris := p.get_help_record(ctx)) is not None
            for kiri, kanan in (baris,)
        ]
        with formatter.section("Pilihan"):
            formatter.write_dl(catatan)


class KelompokPerintah(Perintah, click.Group):
    """A group of commands whose help page is Indonesian."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", "PERINTAH …")
        super().__init__(*args, **kwargs)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """The commands under their heading, in the order in which they were added."""
        baris = [
            (nama, " ".join((p.help or "").partition("\n\n")[0].split())) for nama, p in self.commands.items()
        ]
        with formatter.section("Perintah"):
            formatter.write_dl(baris)


def perintah(nama: str | None = None) -> Callable[[Callable[..., Any]], Perintah]:
    """``@perintah()`` in place of ``@click.command()``."""
    return click.command(nama, cls=Perintah)
