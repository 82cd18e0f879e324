"""``kinerja forge``: connecting an agency to GitHub or Forgejo; setting it up is in ``forge_setup``."""

from __future__ import annotations

import click

from kinerja.cli.codeowners import codeowners
from kinerja.cli.forge_setup import doctor, setup
from kinerja.cli.indonesian import KelompokPerintah, perintah
from kinerja.cli.options import opsi_format, opsi_repo, tempat
from kinerja.cli.output import cetak_hasil


@click.group("forge", cls=KelompokPerintah)
def forge() -> None:
    """Sambungkan instansi ke GitHub atau Forgejo, siapkan, dan periksa setelannya."""


@perintah("sambung")
@click.argument("alamat")
@click.option("--forge", "nama", type=click.Choice(["github", "forgejo"]), help="Jenis forge.")
@click.option("--api", help="Alamat REST bila tidak lazim.")
@opsi_repo
@opsi_format
def sambung(alamat: str, nama: str | None, api: str | None, repo: str | None, format_: str) -> None:
    """Sambungkan instansi ini ke repositori kosong di ALAMAT, lalu kirim main, cabang, dan log ke sana."""
    from kinerja.adapters.forges.connection import hubungkan, kenali
    from kinerja.session import Hasil

    t = tempat(repo)
    s = kenali(alamat, nama, api)
    lokal = t.instansi.forge().repo
    jauh = s.repo_jauh(lokal)
    ada = jauh.ref()
    kirim = {**lokal.ref_ref("refs/heads/"), **lokal.ref_ref("refs/kinerja/")}
    baru = {n: (oid, ada.get(n)) for n, oid in kirim.items() if not n.startswith("refs/kinerja-jauh/")}
    jauh.dorong({n: v for n, v in baru.items() if v[0] != v[1]})
    hubungkan(lokal, s)
    hasil = Hasil(
        f"instansi tersambung ke {s.alamat} ({s.forge})",
        (f"{len(baru)} ref dikirim: main, cabang, dan log peristiwa",),
        "kinerja check-approvals",
    )
    cetak_hasil(hasil, format_, "")


for _perintah in (sambung, setup, doctor, codeowners):
    forge.add_command(_perintah)
