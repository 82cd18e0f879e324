"""WebAuthn challenges: made by the server, kept by it, answered once within five minutes.

It decides whether an answer may be looked at: its challenge is known, was not used, is not
old, was made for the same purpose and for the same browser (its session or pre-session).

Example:
    >>> with simpanan.tulis() as db:
    ...     id_tantangan = simpan(db, Tantangan(isi, "masuk", None), minta, acak)
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Literal

from kinerja.accounts.store import Permintaan, baca_saat, tulis_saat
from kinerja.domain.errors import DitolakError

MASA = timedelta(minutes=5)
BITA = 32
_TERBANYAK_SEBROWSER = 8
_TERBANYAK_TAMU = 20_000
"""A flood at the door pushes out the oldest of its own instead of filling the disk."""

Guna = Literal["daftar", "masuk"]


class TantanganError(DitolakError):
    """The challenge is unknown, used, old, or another browser's."""

    def __init__(self) -> None:
        super().__init__(
            "permintaan passkey ini sudah dipakai, lewat lima menit, atau dari halaman lain",
            "muat ulang halaman, lalu ulangi",
        )


@dataclass(frozen=True, slots=True)
class Tantangan:
    """A challenge; ``orang`` is the only one who may answer it, None means anybody."""

    isi: bytes
    guna: Guna
    orang: str | None


def simpan(db: sqlite3.Connection, t: Tantangan, minta: Permintaan, acak: Callable[[int], bytes]) -> str:
    """Keeps a challenge; returns the id that the browser gives back with its answer."""
    ikatan = _ikatan(minta)
    db.execute("DELETE FROM tantangan WHERE kedaluwarsa <= ?", (tulis_saat(minta.saat),))
    db.execute(
        "DELETE FROM tantangan WHERE rowid IN (SELECT rowid FROM tantangan WHERE ikatan = ?"
        " ORDER BY rowid DESC LIMIT -1 OFFSET ?)",
        (ikatan, _TERBANYAK_SEBROWSER - 1),
    )
    id_tantangan = acak(16).hex()
    nomor = db.execute(
        "INSERT INTO tantangan VALUES (?, ?, ?, ?, ?, ?)",
        (id_tantangan, t.isi, t.guna, t.orang, ikatan, tulis_saat(minta.saat + MASA)),
    ).lastrowid
    db.execute(
        "DELETE FROM tantangan WHERE rowid <= ? AND guna = 'masuk' AND orang IS NULL",
        ((nomor or 0) - _TERBANYAK_TAMU,),
    )
    return id_tantangan


def ambil(db: sqlite3.Connection, id_tantangan: str, guna: Guna, minta: Permintaan) -> Tantangan | None:
    """Takes a challenge out for good, whatever becomes of the answer; None when there is none for it."""
    baris = db.execute(
        "DELETE FROM tantangan WHERE id = ? AND ikatan = ? RETURNING isi, guna, orang, kedaluwarsa",
        (id_tantangan, _ikatan(minta)),
    ).fetchall()
    return next(
        (Tantangan(b[0], guna, b[2]) for b in baris if b[1] == guna and minta.saat < baca_saat(b[3])), None
    )


# helpers


def _ikatan(minta: Permintaan) -> bytes:
    if not minta.ikatan:
        raise ValueError("tantangan tanpa sesi atau pra-sesi")
    return sha256(minta.ikatan.encode()).digest()
