"""Sessions: who is signed in at which browser, for how long, and the CSRF tokens of its pages.

It decides whether a cookie still counts. A session ends 30 minutes after the last act and 10
hours after sign-in; its token of 256 bits is kept as SHA-256 alone. Before sign-in a browser
holds a pre-session that this server made but keeps nowhere. A CSRF token is masked anew for
every page, so that compression tells nothing of the secret (BREACH).

Example:
    >>> token, sesi = DaftarSesi(simpanan).buka("p-citra", minta)
    >>> csrf_cocok(sesi, csrf_token(sesi))
    True
"""

from __future__ import annotations

import base64
import hmac
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from kinerja.accounts.invitations import pastikan_akun, periksa_aktif, sidik
from kinerja.accounts.jejak import Peristiwa, tambah
from kinerja.accounts.store import Permintaan, Simpanan, baca_saat, tulis_saat
from kinerja.domain.errors import DitolakError

DIAM = timedelta(minutes=30)
TERLAMA = timedelta(hours=10)
_BITA = 32
_JARANG = timedelta(seconds=15)
"""The last act is written down no more often than this."""
_KOLOM = "s.sidik, s.orang, s.pemilik, s.csrf, s.dibuat, s.terakhir, s.masuk, s.berakhir"
_RAHASIA_PRA = "pra-sesi"


@dataclass(frozen=True, slots=True)
class Sesi:
    """A session.

    Attributes:
        sidik: the digest of its token.
        orang: who acts.
        pemilik: who signed in; another one only in the demo.
        csrf: the secret behind its CSRF tokens.
        masuk: the last time that its owner proved who they are.
        berakhir: when it ends, whatever happens.
    """

    sidik: bytes = field(repr=False)
    orang: str
    pemilik: str
    csrf: bytes = field(repr=False)
    dibuat: datetime
    terakhir: datetime
    masuk: datetime
    berakhir: datetime

    @property
    def ikatan(self) -> str:
        """The name to which challenges are bound; it opens nothing."""
        return self.sidik.hex()

    @property
    def orang_lain(self) -> bool:
        """True in the demo, when somebody else's role was taken."""
        return self.orang != self.pemilik

    def baru_masuk(self, saat: datetime, batas: timedelta) -> bool:
        """True when the owner signed in, or again, no longer than ``batas`` ago."""
        return saat - self.masuk <= batas


@dataclass(frozen=True, slots=True)
class PraSesi:
    """A browser at the door. ``token`` is the cookie's value."""

    token: str = field(repr=False)
    csrf: bytes = field(repr=False)

    @property
    def ikatan(self) -> str:
        """The name to which challenges are bound."""
        return sidik(self.token).hex()


class DaftarSesi:
    """The sessions of one database.

    Args:
        diam: how long nothing may happen.
        terlama: how long a session, or a pre-session, lives at most.
    """

    def __init__(self, simpanan: Simpanan, diam: timedelta = DIAM, terlama: timedelta = TERLAMA) -> None:
        self._simpanan = simpanan
        self._diam = diam
        self._terlama = terlama
        self._kunci_pra = simpanan.rahasia(_RAHASIA_PRA)

    def buka(self, orang: str, minta: Permintaan, lama: str | None = None) -> tuple[str, Sesi]:
        """A new session after sign-in and its token, for the cookie alone.

        Args:
            lama: the token of the browser's session before, which ends.

        Raises:
            DitolakError: there is no such account, or it is disabled.
        """
        token = _kode(self._simpanan.acak(_BITA))
        saat = minta.saat.astimezone(UTC)
        csrf = self._simpanan.acak(_BITA)
        sesi = Sesi(sidik(token), orang, orang, csrf, saat, saat, saat, saat + self._terlama)
        with self._simpanan.tulis() as db:
            if self._simpanan.demo:
                pastikan_akun(self._simpanan, db, orang, saat)
            periksa_aktif(db, orang)
            if lama is not None:
                _hapus(db, lama)
            waktu = map(tulis_saat, (sesi.dibuat, sesi.terakhir, sesi.masuk, sesi.berakhir))
            db.execute(
                "INSERT INTO sesi VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (sesi.sidik, orang, orang, csrf, *waktu)
            )
        return token, sesi

    def ambil(self, token: str, saat: datetime, *, geser: bool = True) -> Sesi | None:
        """The session of a cookie; None when it ended or its account was disabled.

        Args:
            geser: False for what a page does by itself, so that the session can fall asleep.
        """
        with self._simpanan.baca() as db:
            sesi = _cari(db, token)
        if sesi is None or saat >= sesi.berakhir or saat - sesi.terakhir >= self._diam:
            return None
        if geser and saat - sesi.terakhir >= _JARANG:
            with self._simpanan.tulis() as db:
                db.execute("UPDATE sesi SET terakhir = ? WHERE sidik = ?", (tulis_saat(saat), sesi.sidik))
        return sesi

    def segarkan(self, token: str, minta: Permintaan) -> tuple[str, Sesi] | None:
        """After the owner signed in again: a new token, the same session; None when it ended.

        Its CSRF secret stays, so that worksheets in other tabs can still be saved.
        """
        baru = _kode(self._simpanan.acak(_BITA))
        saat = tulis_saat(minta.saat)
        with self._simpanan.tulis() as db:
            if self.ambil(token, minta.saat, geser=False) is None:
                return None
            db.execute(
                "UPDATE sesi SET sidik = ?, masuk = ?, terakhir = ? WHERE sidik = ?",
                (sidik(baru), saat, saat, sidik(token)),
            )
            sesi = _cari(db, baru)
        return (baru, sesi) if sesi else None

    def keluar(self, token: str, minta: Permintaan) -> None:
        """Ends a session; silent when it ended already."""
        with self._simpanan.tulis() as db:
            sesi = _cari(db, token)
            if sesi is not None:
                _hapus(db, token)
                tambah(db, minta, Peristiwa.KELUAR, orang=sesi.pemilik)

    def keluar_semua(self, orang: str, minta: Permintaan, kecuali: str = "") -> int:
        """Ends all sessions of a person; ``kecuali`` is the ``ikatan`` of one that stays."""
        with self._simpanan.tulis() as db:
            jumlah = akhiri(db, orang, kecuali)
            tambah(db, minta, Peristiwa.KELUAR_SEMUA, f"{jumlah} sesi", orang=orang)
        return jumlah

    def ganti_peran(self, sesi: Sesi, orang: str, minta: Permintaan) -> Sesi:
        """Takes somebody else's role, in the demo alone.

        Raises:
            DitolakError: this is no demo, the account is disabled, or the session ended.
        """
        if not self._simpanan.demo:
            raise DitolakError("peran hanya dapat diganti pada peragaan", "masuk sebagai orang itu sendiri")
        with self._simpanan.tulis() as db:
            pastikan_akun(self._simpanan, db, orang, minta.saat)
            periksa_aktif(db, orang)
            db.execute("UPDATE sesi SET orang = ? WHERE sidik = ?", (orang, sesi.sidik))
            baru = _cari_sidik(db, sesi.sidik)
            if baru is None:
                raise DitolakError("sesi sudah berakhir", "masuk lagi")
            tambah(db, minta, Peristiwa.PERAN_DIGANTI, f"menjadi {orang}", orang=sesi.pemilik)
        return baru

    def buka_pra(self, saat: datetime) -> PraSesi:
        """A pre-session for the sign-in page."""
        isi = f"{_kode(self._simpanan.acak(_BITA))}.{int(saat.timestamp())}"
        return self._pra(f"{isi}.{self._segel(b'cap', isi)}")

    def ambil_pra(self, token: str, saat: datetime) -> PraSesi | None:
        """The pre-session of a cookie; None when this server did not make it or it is too old."""
        isi, _, cap = token.rpartition(".")
        if not hmac.compare_digest(cap.encode(errors="replace"), self._segel(b"cap", isi).encode()):
            return None
        dibuat = datetime.fromtimestamp(int(isi.rpartition(".")[2]), UTC)
        return self._pra(token) if saat - dibuat < self._terlama else None

    # helpers

    def _pra(self, token: str) -> PraSesi:
        return PraSesi(token, self._segel_bita(b"csrf", token))

    def _segel_bita(self, guna: bytes, isi: str) -> bytes:
        return hmac.digest(self._kunci_pra, guna + b"\0" + isi.encode(errors="replace"), sha256)

    def _segel(self, guna: bytes, isi: str) -> str:
        return _kode(self._segel_bita(guna, isi))


def csrf_token(sesi: Sesi | PraSesi, acak: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """A CSRF token for one page: a nonce, then the secret under it."""
    tabir = acak(_BITA)
    return _kode(tabir + _tutupi(sesi.csrf, tabir))


def csrf_cocok(sesi: Sesi | PraSesi, token: str) -> bool:
    """True when a page of this session sent the token."""
    try:
        isi = base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except ValueError:
        return False
    return len(isi) == 2 * _BITA and hmac.compare_digest(_tutupi(isi[_BITA:], isi[:_BITA]), sesi.csrf)


def akhiri(db: sqlite3.Connection, orang: str, kecuali: str = "") -> int:
    """Ends the sessions in which the person acts or that they opened; returns how many."""
    return db.execute(
        "DELETE FROM sesi WHERE (orang = ?1 OR pemilik = ?1) AND lower(hex(sidik)) <> ?2", (orang, kecuali)
    ).rowcount


def bersihkan(db: sqlite3.Connection, saat: datetime) -> int:
    """Deletes sessions past their end; returns how many."""
    return db.execute("DELETE FROM sesi WHERE berakhir <= ?", (tulis_saat(saat),)).rowcount


# helpers


def _cari(db: sqlite3.Connection, token: str) -> Sesi | None:
    return _cari_sidik(db, sidik(token))


def _cari_sidik(db: sqlite3.Connection, sidik_token: bytes) -> Sesi | None:
    baris = db.execute(
        f"SELECT {_KOLOM} FROM sesi s JOIN akun a ON a.orang = s.orang JOIN akun p ON p.orang = s.pemilik"  # noqa: S608 - a constant
        " WHERE s.sidik = ? AND a.aktif AND p.aktif",
        (sidik_token,),
    ).fetchone()
    return Sesi(*baris[:4], *map(baca_saat, baris[4:])) if baris else None


def _hapus(db: sqlite3.Connection, token: str) -> None:
    db.execute("DELETE FROM sesi WHERE sidik = ?", (sidik(token),))


def _tutupi(isi: bytes, tabir: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(isi, tabir, strict=True))


def _kode(isi: bytes) -> str:
    return base64.urlsafe_b64encode(isi).decode().rstrip("=")
