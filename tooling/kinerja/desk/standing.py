"""Short answers about a change for the pages: was it returned, and why."""

from __future__ import annotations

from kinerja.domain.periode import Periode
from kinerja.domain.tata_kelola import Tindakan
from kinerja.session import Sesi


def dikembalikan(sesi: Sesi, periode: Periode, id_bidang: str) -> str:
    """The reason of a *tidak* that nobody has answered yet; "" when there is none."""
    return _alasan(sesi, f"kk/{periode.id}/{id_bidang}", Tindakan.AJUKAN)


def laporan_dikembalikan(sesi: Sesi, periode: Periode) -> str:
    """The reason why the draft laporan came back; "" when it did not."""
    return _alasan(sesi, f"laporan/{periode.id}", Tindakan.SUSUN)


# helpers


def _alasan(sesi: Sesi, perubahan: str, jawaban: Tindakan) -> str:
    for p in reversed(sesi.milik(perubahan)):
        if p.tindakan is jawaban:
            return ""
        if p.tindakan is Tindakan.TIDAK:
            return p.alasan or ""
    return ""
