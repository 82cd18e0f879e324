"""The Sekretaris's permission to send a report without a late bidang.

One place decides whether it stands, for the step, the status and the archive's replay: an
act of the lawful Sekretaris of that day, not taken back, given before the report.
"""

from __future__ import annotations

from collections.abc import Sequence

from kinerja.domain.peristiwa import Peristiwa
from kinerja.domain.tata_kelola import Tindakan
from kinerja.workflow.actors import cacat_pelaku
from kinerja.workflow.verdict import Konteks

PEMBERI = "sekretaris"


def perubahan_izin(periode: str, bidang: str) -> str:
    """``tanpa/2024-tw1/pemerintahan-desa``: the change that such an act belongs to."""
    return f"tanpa/{periode}/{bidang}"


def izin_tanpa(
    konteks: Konteks,
    peristiwa: Sequence[Peristiwa],
    periode: str,
    bidang: str,
    sebelum: int | None = None,
) -> Peristiwa | None:
    """The permission in force; None when there is none.

    Args:
        sebelum: only events with a lower number count; None for the whole log.
    """
    berlaku: Peristiwa | None = None
    for p in sorted(peristiwa, key=lambda p: p.urut):
        if p.perubahan != perubahan_izin(periode, bidang) or (sebelum is not None and p.urut >= sebelum):
            continue
        if p.berkas:  # an approval of files, on a branch that only bears the name
            continue
        if p.jabatan != PEMBERI or cacat_pelaku(konteks, p) is not None:
            continue
        if p.tindakan is Tindakan.SETUJU:
            berlaku = p
        elif p.tindakan in (Tindakan.TIDAK, Tindakan.TARIK):
            berlaku = None
    return berlaku
