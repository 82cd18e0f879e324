"""Working time in words. It stands alone, so that a command's help need not load what pages need."""

from __future__ import annotations

MENIT_SEHARI = 450
"""Minutes of a working day, for words only; the calendar decides deadlines."""


def lama_kerja(menit: int) -> str:
    """Working time: ``45 menit``, ``6 jam 5 menit``, ``12 hari kerja`` of 7.5 hours."""
    if menit >= 3 * MENIT_SEHARI:
        return f"{menit // MENIT_SEHARI} hari kerja"
    jam, sisa = divmod(menit, 60)
    return f"{sisa} menit" if not jam else f"{jam} jam {sisa} menit" if sisa else f"{jam} jam"
