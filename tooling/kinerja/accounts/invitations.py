"""Invitation links: the first way in, and the way back for who lost a password or a phone.

It decides whether a link still counts: used once, in time, not revoked, and the newest of its
person. It leaves out what somebody does with it (``people``, ``passkeys``). A link is 256 bits;
only its digest is kept, so the database does not give it away. Functions work inside the
caller's transaction.

Example:
    >>> with simpanan.tulis() as db:
    ...     pakai(db, token, minta)
    'p-citra'
"""

from __future__ import annotations

import base64
import sqlite3
from datetime import datetime, timedelta
from hashlib import sha256

from kinerja.accounts.jejak import Peristiwa, tambah
from kinerja.accounts.store import Permintaan, Simpanan, baca_saat, tulis_saat
from kinerja.domain.errors import DitolakError, PemakaianError

TERLAMA = timedelta(days=30)
BITA_TOKEN = 32
_BITA_PEGANGAN = 32
_ORANG_TERPANJANG = 100
_MINTA_LAGI = "minta tautan undangan yang baru kepada administrator"


class UndanganError(DitolakError):
    """The link does not count."""


def pastikan_akun(simpanan: Simpanan, db: sqlite3.Connection, orang: str, saat: datetime) -> None:
    """Makes the person's account if there is none; its WebAuthn user handle says nothing about them.

    Raises:
        PemakaianError: the id is empty or too long.
    """
    if not orang or len(orang) > _ORANG_TERPANJANG or not orang.isprintable():
        raise PemakaianError("tanda pengenal orang tidak sah", "pakai `id` dari identitas.yaml")
    db.execute(
        "INSERT OR IGNORE INTO akun (orang, pegangan, dibuat) VALUES (?, ?, ?)",
        (orang, simpanan.acak(_BITA_PEGANGAN), tulis_saat(saat)),
    )


def undang(
    simpanan: Simpanan, db: sqlite3.Connection, orang: str, minta: Permintaan, masa: timedelta
) -> str:
    """A new link's token; the person's older ones no longer count.

    Raises:
        PemakaianError: no time at all, or more than 30 days.
        DitolakError: the account is disabled.
    """
    if not timedelta() < masa <= TERLAMA:
        raise PemakaianError("masa undangan tidak sah", f"pilih paling lama {TERLAMA.days} hari")
    pastikan_akun(simpanan, db, orang, minta.saat)
    periksa_aktif(db, orang)
    _akhiri(db, orang, minta.saat, "diganti")
    token = base64.urlsafe_b64encode(simpanan.acak(BITA_TOKEN)).decode().rstrip("=")
    db.execute(
        "INSERT INTO undangan (sidik, orang, dibuat, kedaluwarsa) VALUES (?, ?, ?, ?)",
        (sidik(token), orang, tulis_saat(minta.saat), tulis_saat(minta.saat + masa)),
    )
    tambah(db, minta, Peristiwa.UNDANGAN_DIBUAT, orang=orang)
    return token


def cabut(db: sqlite3.Connection, orang: str, minta: Permintaan) -> bool:
    """Revokes the person's link; False when there is none."""
    ada = _akhiri(db, orang, minta.saat, "dicabut") > 0
    if ada:
        tambah(db, minta, Peristiwa.UNDANGAN_DICABUT, orang=orang)
    return ada


def periksa(db: sqlite3.Connection, token: str, saat: datetime) -> str:
    """The person whom a link invites.

    Raises:
        UndanganError: it does not count, with the reason.
    """
    baris = db.execute(
        "SELECT orang, kedaluwarsa, sebab FROM undangan WHERE sidik = ?", (sidik(token),)
    ).fetchone()
    if baris is None:
        raise UndanganError("tautan undangan tidak dikenal", f"periksa tautannya, atau {_MINTA_LAGI}")
    orang, kedaluwarsa, sebab = baris
    if sebab is not None:
        kata = "diganti yang lebih baru" if sebab == "diganti" else sebab
        raise UndanganError(f"tautan undangan sudah {kata}", _MINTA_LAGI)
    if saat >= baca_saat(kedaluwarsa):
        raise UndanganError("tautan undangan sudah lewat masanya", _MINTA_LAGI)
    periksa_aktif(db, orang)
    return str(orang)


def pakai(db: sqlite3.Connection, token: str, minta: Permintaan) -> str:
    """Uses a link up; returns its person.

    Raises:
        UndanganError: it does not count, with the reason.
    """
    orang = periksa(db, token, minta.saat)
    _akhiri(db, orang, minta.saat, "dipakai")
    tambah(db, minta, Peristiwa.UNDANGAN_DITERIMA, orang=orang)
    return orang


def periksa_aktif(db: sqlite3.Connection, orang: str) -> None:
    """Refuses a disabled account and one that is not there.

    Raises:
        DitolakError: with the reason.
    """
    baris = db.execute("SELECT aktif FROM akun WHERE orang = ?", (orang,)).fetchone()
    if baris is None:
        raise DitolakError(f"`{orang}` belum mempunyai akun", "minta administrator mengundangnya")
    if not baris[0]:
        raise DitolakError(f"akun `{orang}` dinonaktifkan", "hubungi administrator")


def sidik(token: str) -> bytes:
    """The digest under which a token is kept."""
    return sha256(token.encode(errors="replace")).digest()


# helpers


def _akhiri(db: sqlite3.Connection, orang: str, saat: datetime, sebab: str) -> int:
    return db.execute(
        "UPDATE undangan SET selesai = ?, sebab = ? WHERE orang = ? AND selesai IS NULL",
        (tulis_saat(saat), sebab, orang),
    ).rowcount
