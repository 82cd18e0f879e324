"""The verdict over an archive: SAH, TIDAK SAH or TIDAK DAPAT DIPASTIKAN, line by line.

It decides how lines make a result; the checks themselves are in ``publishing.verification``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Putus(StrEnum):
    """The three answers, of one check and of the whole."""

    SAH = "SAH"
    TIDAK_SAH = "TIDAK SAH"
    TAK_PASTI = "TIDAK DAPAT DIPASTIKAN"


@dataclass(frozen=True, slots=True)
class Baris:
    """One check: its subject, its outcome, and why."""

    putus: Putus
    pokok: str
    alasan: str


@dataclass(frozen=True, slots=True)
class Putusan:
    """The verdict on an archive.

    Attributes:
        penanda: DATA CONTOH and the like; "" when official. Print it beside the result.
        laporan, opd, periode, versi: what the archive says that it is; "" or 0 if unreadable.
        sha256: of the whole file; "" when it could not be read.
        catatan: what is shown and decides nothing.
    """

    hasil: Putus
    penanda: str
    laporan: str
    opd: str
    periode: str
    sha256: str
    baris: tuple[Baris, ...]
    versi: int = 0
    catatan: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KunciPercaya:
    """A public key that the verifier trusts, from its own trust file.

    Attributes:
        id: whose it is, ``p-citra`` or ``bappeda``.
        ruang: the namespaces that it may sign in.
        publik: ``ssh-ed25519 AAAA…`` without comment.
        mulai, selesai: trusted from and until, half open; None is without bound.
    """

    id: str
    ruang: tuple[str, ...]
    publik: str
    mulai: datetime | None = None
    selesai: datetime | None = None

    def berlaku(self, saat: datetime) -> bool:
        """True at a moment inside [mulai, selesai)."""
        return (self.mulai is None or self.mulai <= saat) and (self.selesai is None or saat < self.selesai)


def simpulkan(baris: Sequence[Baris], wajib: frozenset[str]) -> Putus:
    """The result of all lines; a required check that was not made can never give SAH."""
    for putus in (Putus.TIDAK_SAH, Putus.TAK_PASTI):
        if any(b.putus is putus for b in baris):
            return putus
    return Putus.SAH if wajib <= {b.pokok for b in baris} else Putus.TAK_PASTI
