"""The audit trail: who signed in, who was refused, who was invited, who acted; it only grows.

It decides what an entry looks like and how long it stays. Entries cannot be changed, and
those younger than 400 days cannot be deleted (triggers in ``schema``); who can write the file
itself can do both, so a court needs the signed log of Git, not this. No entry holds a
password, a token or what a stranger typed as a name: people type passwords there.

Example:
    >>> Jejak(simpanan).catat(minta, Peristiwa.DITOLAK, "csrf", orang="p-citra")
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kinerja.accounts.store import Permintaan, Simpanan, baca_saat, tulis_saat

SIMPAN_HARI = 400
_TERPANJANG = 500
_ALAMAT_TERPANJANG = 100


class Peristiwa(StrEnum):
    """What happened."""

    MASUK = "masuk"
    MASUK_GAGAL = "masuk-gagal"
    KELUAR = "keluar"
    KELUAR_SEMUA = "keluar-semua"
    UNDANGAN_DIBUAT = "undangan-dibuat"
    UNDANGAN_DICABUT = "undangan-dicabut"
    UNDANGAN_DITERIMA = "undangan-diterima"
    SANDI_DIUBAH = "sandi-diubah"
    PASSKEY_DIDAFTARKAN = "passkey-didaftarkan"
    PASSKEY_DIHAPUS = "passkey-dihapus"
    HITUNGAN_MUNDUR = "passkey-hitungan-mundur"
    AKUN_DINONAKTIFKAN = "akun-dinonaktifkan"
    AKUN_DIAKTIFKAN = "akun-diaktifkan"
    PERAN_DIGANTI = "peran-diganti"
    SUREL_DIUBAH = "surel-diubah"
    SUREL_GAGAL = "surel-gagal"
    TOKEN_DIUBAH = "token-diubah"  # noqa: S105 - the name of an event
    TINDAKAN = "tindakan"
    DITOLAK = "permintaan-ditolak"
    DIBERSIHKAN = "jejak-dibersihkan"


@dataclass(frozen=True, slots=True)
class Catatan:
    """One entry; ``nomor`` only grows."""

    nomor: int
    saat: datetime
    orang: str | None
    alamat: str
    peristiwa: str
    rincian: str


class Jejak:
    """The trail of one database."""

    def __init__(self, simpanan: Simpanan) -> None:
        self._simpanan = simpanan

    def catat(
        self, minta: Permintaan, peristiwa: Peristiwa, rincian: str = "", *, orang: str | None = None
    ) -> None:
        """Adds an entry.

        Args:
            orang: whom it is about; else the person who is signed in.
        """
        with self._simpanan.tulis() as db:
            tambah(db, minta, peristiwa, rincian, orang=orang)

    def baca(self, batas: int = 100, sebelum: int | None = None) -> tuple[Catatan, ...]:
        """The newest entries first; ``sebelum`` is the last number of the page before."""
        with self._simpanan.baca() as db:
            baris = db.execute(
                "SELECT nomor, saat, orang, alamat, peristiwa, rincian FROM jejak"
                " WHERE ? IS NULL OR nomor < ? ORDER BY nomor DESC LIMIT ?",
                (sebelum, sebelum, max(0, batas)),
            ).fetchall()
        return tuple(Catatan(b[0], baca_saat(b[1]), *b[2:]) for b in baris)

    def bersihkan(self, saat: datetime) -> int:
        """Deletes what is older than 400 days and says so in the trail; returns how many."""
        batas = tulis_saat(saat - timedelta(days=SIMPAN_HARI))
        with self._simpanan.tulis() as db:
            jumlah: int = db.execute("SELECT count(*) FROM jejak WHERE saat < ?", (batas,)).fetchone()[0]
            if jumlah:
                tambah(db, Permintaan(saat), Peristiwa.DIBERSIHKAN, f"{jumlah} catatan")
                db.execute("DELETE FROM jejak WHERE saat < ?", (batas,))
        return jumlah


def tambah(
    db: sqlite3.Connection,
    minta: Permintaan,
    peristiwa: Peristiwa,
    rincian: str = "",
    *,
    orang: str | None = None,
) -> None:
    """Adds an entry inside a transaction, so that it stands or falls with what it tells."""
    siapa = orang or minta.oleh
    if orang and minta.oleh not in (None, orang):
        rincian = f"oleh {minta.oleh}; {rincian}" if rincian else f"oleh {minta.oleh}"
    isi = (tulis_saat(minta.saat), siapa, _bersih(minta.alamat, _ALAMAT_TERPANJANG), peristiwa.value)
    db.execute(
        "INSERT INTO jejak (saat, orang, alamat, peristiwa, rincian) VALUES (?, ?, ?, ?, ?)",
        (*isi, _bersih(rincian, _TERPANJANG)),
    )


# helpers


def _bersih(isi: str, panjang: int) -> str:
    """One short line without control characters and lone surrogates."""
    return "".join(h if h.isprintable() else "\N{REPLACEMENT CHARACTER}" for h in isi[:panjang])
