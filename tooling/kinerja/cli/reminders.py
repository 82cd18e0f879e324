"""``kinerja status --pengingat``: who must do what before when; on a forge as one issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kinerja.cli.output import cetak_json
from kinerja.domain.errors import PemakaianError

if TYPE_CHECKING:
    from kinerja.cli.options import Tempat
    from kinerja.domain.periode import Periode

_PERIHAL = "pengingat"
_KAKI = "Isu ini ditulis `kinerja status --pengingat` dan ditutup sendiri bila tidak ada lagi yang mendesak."


def ingatkan(t: Tempat, periode: Periode | None, format_: str, *, lapor: bool) -> None:
    """Prints the reminders of one period, or of all that are open.

    Args:
        lapor: what is late or due within a working day also becomes one issue on the forge.
    """
    from kinerja.overview import pengingat, periode_terbuka, sebutan
    from kinerja.publishing import reminders

    forge = t.instansi.forge()
    r, zona = forge.reports(), forge.reports().zona()
    ingatan = pengingat(forge, (periode,) if periode else periode_terbuka(forge), t.saat)
    nama, penanda = sebutan(forge, t.saat), r.organisasi().status.penanda
    if format_ == "json":
        isi = reminders.data(ingatan, zona)
        cetak_json({"skema": "pengingat/v1", "saat": t.saat.astimezone(zona).isoformat(), "pengingat": isi})
    else:
        click.echo(reminders.markdown(ingatan, zona, nama, penanda), nl=False)
    if not lapor:
        return
    s = t.instansi.sambungan()
    if s is None:
        raise PemakaianError("--lapor hanya untuk instansi di GitHub atau Forgejo", "hapus --lapor")
    mendesak = reminders.mendesak(ingatan)
    teks = f"{reminders.markdown(mendesak, zona, nama, penanda)}\n<sub>{_KAKI}</sub>\n" if mendesak else None
    s.papan(forge.repo).kabari(_PERIHAL, f"Pengingat: {len(mendesak)} langkah menunggu", teks)
