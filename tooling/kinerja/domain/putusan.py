"""The verdict over an archive: SAH, TIDAK SAH or TIDAK DAPAT DIPASTIKAN, line by line.

It decides how lines make a result; the checks themselves are in ``publishing.verification``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Hasil(StrEnum):
    """The result of a verification."""

    SAH = "SAH"
    TIDAK_SAH = "TIDAK SAH"
    TIDAK_DAPAT_DIPASTIKAN = "TIDAK DAPAT DIPASTIKAN"


class Keadaan(StrEnum):
    """What one check found."""

    SAH = "sah"
    GAGAL = "gagal"
    TAK_PASTI = "tak-pasti"


@dataclass(frozen=True, slots=True)
class BarisPutusan:
    """One check: what was looked at, how it stands, and why."""

    keadaan: Keadaan
    pokok: str
    alasan: str


@dataclass(frozen=True, slots=True)
class Putusan:
    """The answer of a verifier.

    Attributes:
        penanda: DATA CONTOH and the like; "" when official. Print it beside the result.
        laporan, periode, versi, opd: what the archive says that it is; "" or 0 when unreadable.
        catatan: what is shown but decides nothing.
    """

    hasil: Hasil
    penanda: str
    baris: tuple[BarisPutusan, ...]
    laporan: str = ""
    periode: str = ""
    versi: int = 0
    opd: str = ""
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
        return (self.mulai is None or self.mulai <= saat) and (
            self.selesai is None or saat < self.selesai
        )


def putuskan(baris: Sequence[BarisPutusan], wajib: frozenset[str]) -> Hasil:
    """The result of all lines; a required check that was not made can never give SAH."""
    if any(b.keadaan is Keadaan.GAGAL for b in baris):
        return Hasil.TIDAK_SAH
    if any(b.keadaan is Keadaan.TAK_PASTI for b in baris):
        return Hasil.TIDAK_DAPAT_DIPASTIKAN
    if not wajib <= {b.pokok for b in baris}:
        return Hasil.TIDAK_DAPAT_DIPASTIKAN
    return Hasil.SAH
