"""``kinerja audit``: a published table from its file to a verdict on every row.

It joins the readers of ``adapters`` with ``calculation.audit`` and decides which sheets are
judged. A file without any table that is understood is refused with what was met, never passed.
"""

from __future__ import annotations

from pathlib import Path

from kinerja.adapters.tables import baca_tabel
from kinerja.calculation.audit.cells import kutip
from kinerja.calculation.audit.heading_rows import judul_terbaca
from kinerja.calculation.audit.table import HasilAudit, HasilTabel, audit_lembar
from kinerja.domain.errors import KinerjaError, PemakaianError
from kinerja.domain.tabel import Lembar

_DIKENALI = (
    "kepala kolom perlu memuat Target dan Realisasi, Pagu dan Realisasi, atau Rp per triwulan; "
    "tunjuk barisnya dengan --baris-judul"
)


def audit_berkas(jalur: Path, lembar: str | None = None, baris_judul: int | None = None) -> HasilAudit:
    """The verdict on every row of a table file.

    Args:
        lembar: the sheet to judge; all visible ones when None.
        baris_judul: the row of the heading, where it is not found by itself.

    Raises:
        KinerjaError: the file cannot be read, or holds no table that is understood.
        PemakaianError: there is no such sheet.
    """
    dipilih = _pilih(baca_tabel(jalur), lembar)
    hasil: list[HasilTabel] = []
    dilewati: list[str] = []
    for satu in dipilih:
        mulai = 1 + sum(len(h.baris) for h in hasil)
        audit = audit_lembar(satu, baris_judul, mulai)
        hasil += audit
        if not audit:
            dilewati.append(kutip(satu.nama))
    if not hasil:
        ada = max((judul_terbaca(x) for x in dipilih), key=len, default="")
        temu = f"; yang terbaca: {kutip(ada)}" if ada else ""
        raise KinerjaError(f"{jalur.name} tidak memuat tabel yang dikenali{temu}", _DIKENALI)
    if not any(h.baris for h in hasil):
        raise KinerjaError(f"tabel dalam {jalur.name} tidak mempunyai baris", "periksa isi berkasnya")
    return HasilAudit(jalur.name, tuple(hasil), tuple(dilewati))


# helpers


def _pilih(semua: tuple[Lembar, ...], nama: str | None) -> tuple[Lembar, ...]:
    if nama is None:
        return tuple(x for x in semua if not x.tersembunyi) or semua
    cocok = tuple(x for x in semua if x.nama == nama)
    if not cocok:
        ada = ", ".join(f"`{kutip(x.nama)}`" for x in semua if x.nama) or "berkas ini tidak berlembar"
        raise PemakaianError(f"lembar `{kutip(nama)}` tidak ada", f"pilih: {ada}")
    return cocok
