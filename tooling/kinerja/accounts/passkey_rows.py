"""The passkeys that people have: names, last use, counters; and when one may be removed.

It decides what is kept of a passkey and that nobody removes their last way in. How one is
made and used is ``passkeys``. Functions work inside the caller's transaction.

Example:
    >>> [p.nama for p in milik(db, "p-citra", "kinerja.contoh.go.id")]
    ['HP Citra', 'kunci USB']
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from kinerja.accounts.jejak import Peristiwa, tambah
from kinerja.accounts.store import Permintaan, baca_saat, tulis_saat
from kinerja.accounts.webauthn_json import kode
from kinerja.domain.errors import DitolakError, PemakaianError

NAMA_TERPANJANG = 60
_KOLOM = "id, orang, situs, nama, cose, publik, hitungan, transportasi, dibuat, terakhir"


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey of a person; nothing of it is secret.

    Attributes:
        situs: the site (RP ID) at which it works.
        cose: its public key in COSE form.
        publik: the same key as an OpenSSH line, as ``identitas.yaml`` has it.
        hitungan: the highest signature counter seen.
    """

    id: bytes
    orang: str
    situs: str
    nama: str
    cose: bytes
    publik: str
    hitungan: int
    transportasi: tuple[str, ...]
    dibuat: datetime
    terakhir: datetime | None

    @property
    def kode(self) -> str:
        """Its id for forms and JSON."""
        return kode(self.id)


def cari(db: sqlite3.Connection, id_passkey: bytes, situs: str) -> Passkey | None:
    """The site's passkey with this id."""
    baris = db.execute(
        f"SELECT {_KOLOM} FROM passkey WHERE id = ? AND situs = ?", (id_passkey, situs)  # noqa: S608 - a constant
    ).fetchone()
    return _dari_baris(baris) if baris else None


def milik(db: sqlite3.Connection, orang: str, situs: str) -> tuple[Passkey, ...]:
    """The person's passkeys at the site, oldest first."""
    baris = db.execute(
        f"SELECT {_KOLOM} FROM passkey WHERE orang = ? AND situs = ? ORDER BY dibuat, rowid",  # noqa: S608 - a constant
        (orang, situs),
    ).fetchall()
    return tuple(map(_dari_baris, baris))


def taruh(db: sqlite3.Connection, p: Passkey) -> None:
    """Keeps a new passkey.

    Raises:
        DitolakError: somebody has registered it already.
    """
    if db.execute("SELECT 1 FROM passkey WHERE id = ?", (p.id,)).fetchone():
        raise DitolakError("passkey ini sudah terdaftar", "pakai passkey lain, atau masuk dengan passkey ini")
    isi = (p.id, p.orang, p.situs, p.nama, p.cose, p.publik, p.hitungan, " ".join(p.transportasi))
    db.execute(
        "INSERT INTO passkey VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)", (*isi, tulis_saat(p.dibuat))
    )


def catat_pakai(
    db: sqlite3.Connection, p: Passkey, hitungan: int, minta: Permintaan, *, ulang: bool = False
) -> bool:
    """Writes a use down; False and a line in the trail when the counter went back (section 6.1.1).

    The counter is compared as the database has it now, not as it was read.

    Args:
        ulang: the same counter again is no fault: the same answer may come twice.
    """
    naik = db.execute(
        "UPDATE passkey SET hitungan = ?1, terakhir = ?2 WHERE id = ?3"
        " AND (hitungan < ?1 OR (hitungan = ?1 AND (?1 = 0 OR ?4)))",
        (hitungan, tulis_saat(minta.saat), p.id, ulang),
    ).rowcount
    if not naik:
        rincian = f"{p.nama}: {hitungan} setelah {p.hitungan}"
        tambah(db, minta, Peristiwa.HITUNGAN_MUNDUR, rincian, orang=p.orang)
    return bool(naik)


def ubah_nama(db: sqlite3.Connection, orang: str, id_passkey: bytes, nama: str) -> None:
    """Gives one of the person's passkeys another name.

    Raises:
        PemakaianError: there is no such passkey, or the name cannot be one.
    """
    baru = periksa_nama(nama)
    isi = (baru, id_passkey, orang)
    if not db.execute("UPDATE passkey SET nama = ? WHERE id = ? AND orang = ?", isi).rowcount:
        raise _tidak_ada()


def hapus(db: sqlite3.Connection, orang: str, id_passkey: bytes, situs: str, minta: Permintaan) -> None:
    """Removes one of the person's passkeys.

    Raises:
        PemakaianError: there is no such passkey.
        DitolakError: it is the last way in.
    """
    baris = db.execute(
        "DELETE FROM passkey WHERE id = ? AND orang = ? RETURNING nama, situs", (id_passkey, orang)
    ).fetchall()
    if not baris:
        raise _tidak_ada()
    bersandi = db.execute("SELECT sandi IS NOT NULL FROM akun WHERE orang = ?", (orang,)).fetchone()[0]
    if baris[0][1] == situs and not bersandi and not milik(db, orang, situs):
        raise DitolakError(
            "passkey ini satu-satunya cara Anda masuk", "pasang kata sandi atau passkey lain dahulu"
        )
    tambah(db, minta, Peristiwa.PASSKEY_DIHAPUS, baris[0][0], orang=orang)


def periksa_nama(nama: str) -> str:
    """A passkey's name without blanks around it.

    Raises:
        PemakaianError: it is empty, too long, or not one printable line.
    """
    bersih = nama.strip()
    if not 0 < len(bersih) <= NAMA_TERPANJANG or not bersih.isprintable():
        saran = f"tulis 1 sampai {NAMA_TERPANJANG} huruf, misalnya HP Citra"
        raise PemakaianError("nama passkey tidak sah", saran)
    return bersih


# helpers


def _dari_baris(b: tuple[bytes, str, str, str, bytes, str, int, str, str, str | None]) -> Passkey:
    return Passkey(*b[:7], tuple(b[7].split()), baca_saat(b[8]), baca_saat(b[9]) if b[9] else None)


def _tidak_ada() -> PemakaianError:
    return PemakaianError("passkey itu tidak ada", "muat ulang halaman untuk melihat yang masih ada")
