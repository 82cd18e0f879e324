"""How often somebody may try a password: a growing wait per person and per network address.

It decides until when an attempt must wait. From the fifth failure in a row on, a person waits
30 s, then twice as long each time up to an hour; the same holds for an address from its
twentieth (an office is often one address for everybody). A success ends the person's wait
alone; an address forgets one failure every three minutes. Refused attempts do not prolong a
wait. People are kept as digests: what is typed as a name may be a password.
It leaves out passkeys: there is nothing to guess, so their owner always comes in.

Example:
    >>> with simpanan.tulis() as db:
    ...     PEMBATAS.mulai(db, "p-citra", "10.0.0.7", saat)   # None: go on
"""

from __future__ import annotations

import ipaddress
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from kinerja.accounts.store import baca_saat, tulis_saat
from kinerja.domain.errors import DitolakError

LUPA_ORANG = timedelta(hours=24)
LUPA_ALAMAT = timedelta(minutes=3)
_PANGKAT_TERBESAR = 20
_ALAMAT_TERPANJANG = 100


class TungguError(DitolakError):
    """Too many failures; somebody may try again later.

    Attributes:
        sampai: when.
        detik: in how many seconds, rounded up.
    """

    def __init__(self, sampai: datetime, saat: datetime) -> None:
        self.sampai = sampai
        self.detik = -(-(sampai - saat) // timedelta(seconds=1))
        saran = f"coba lagi {_lama(self.detik)} lagi, atau masuk dengan passkey"
        super().__init__("terlalu banyak percobaan masuk yang gagal", saran)


@dataclass(frozen=True, slots=True)
class Pembatas:
    """The limits."""

    ambang_orang: int = 5
    ambang_alamat: int = 20
    awal: timedelta = timedelta(seconds=30)
    terlama: timedelta = timedelta(hours=1)

    def mulai(self, db: sqlite3.Connection, orang: str, alamat: str, saat: datetime) -> datetime | None:
        """Until when this attempt must wait; None: it may go on and counts as failed until it succeeds.

        Counting before the password is looked at leaves nothing to win by trying many at once.
        """
        kunci = _kunci_orang(orang)
        gagal, terakhir = _baca(db, kunci, saat)
        sampai = max(terakhir + self._jeda(gagal, self.ambang_orang), self._alamat_sampai(db, alamat, saat))
        if sampai > saat:
            return sampai
        _tulis(db, kunci, 1 if saat - terakhir >= LUPA_ORANG else gagal + 1, saat)
        return None

    def gagal(self, db: sqlite3.Connection, alamat: str, saat: datetime) -> None:
        """The attempt failed: the address is charged too."""
        kunci = _kunci_alamat(alamat)
        jumlah, terakhir = _baca(db, kunci, saat)
        _tulis(db, kunci, max(0, jumlah - (saat - terakhir) // LUPA_ALAMAT) + 1, saat)

    def berhasil(self, db: sqlite3.Connection, orang: str) -> None:
        """The attempt succeeded: the person starts anew, the address does not."""
        db.execute("DELETE FROM percobaan WHERE kunci = ?", (_kunci_orang(orang),))

    def _alamat_sampai(self, db: sqlite3.Connection, alamat: str, saat: datetime) -> datetime:
        gagal, terakhir = _baca(db, _kunci_alamat(alamat), saat)
        return terakhir + self._jeda(gagal, self.ambang_alamat)

    def _jeda(self, gagal: int, ambang: int) -> timedelta:
        if gagal < ambang:
            return timedelta()
        return min(self.terlama, self.awal * (1 << min(gagal - ambang, _PANGKAT_TERBESAR)))


PEMBATAS = Pembatas()


def bersihkan(db: sqlite3.Connection, saat: datetime) -> int:
    """Forgets what no longer counts; returns how many."""
    batas = tulis_saat(saat - LUPA_ORANG)
    return db.execute("DELETE FROM percobaan WHERE terakhir < ?", (batas,)).rowcount


# helpers


def _kunci_orang(orang: str) -> bytes:
    return sha256(b"orang\0" + orang.encode(errors="replace")).digest()


def _kunci_alamat(alamat: str) -> bytes:
    return sha256(b"alamat\0" + _jaringan(alamat).encode(errors="replace")).digest()


def _jaringan(alamat: str) -> str:
    """Whom an address stands for: of IPv6 a whole /64, since one computer has all of it."""
    try:
        ip = ipaddress.ip_address(alamat)
    except ValueError:
        return alamat[:_ALAMAT_TERPANJANG]
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((int(ip), 64), strict=False))
    return str(ip)


def _baca(db: sqlite3.Connection, kunci: bytes, saat: datetime) -> tuple[int, datetime]:
    """Failures and the last of them; a clock that went back makes nobody wait longer."""
    baris = db.execute("SELECT gagal, terakhir FROM percobaan WHERE kunci = ?", (kunci,)).fetchone()
    return (baris[0], min(saat, baca_saat(baris[1]))) if baris else (0, saat)


def _tulis(db: sqlite3.Connection, kunci: bytes, gagal: int, saat: datetime) -> None:
    db.execute("INSERT OR REPLACE INTO percobaan VALUES (?, ?, ?)", (kunci, gagal, tulis_saat(saat)))


def _lama(detik: int) -> str:
    menit = -(-detik // 60)
    return f"{detik} detik" if detik <= 90 else f"{menit} menit"  # noqa: PLR2004 - reads better
