"""Accounts of people by their id of ``identitas.yaml``: invited, signed in, disabled.

It decides who comes in with a password and who is told to wait. It leaves out whether the id
is in ``identitas.yaml`` (the caller looks), passkeys (``passkeys``) and what somebody may do
once inside (the agency's rules). Every entry of the audit trail is written in the transaction
of what it tells.

Example:
    >>> akun = DaftarAkun(simpanan)
    >>> token = akun.undang("p-citra", minta, timedelta(days=3))
    >>> akun.terima_dengan_sandi(token, "kuda baterai jepit benar", "Citra Lestari", minta)
    'p-citra'
    >>> akun.masuk_dengan_sandi("p-citra", "kuda baterai jepit benar", minta)
    'p-citra'
"""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from kinerja.accounts import invitations, passwords
from kinerja.accounts.jejak import Peristiwa, tambah
from kinerja.accounts.passwords import Penyandi
from kinerja.accounts.sessions import akhiri
from kinerja.accounts.store import Permintaan, Simpanan, baca_saat, tulis_saat
from kinerja.accounts.throttle import PEMBATAS, Pembatas, TungguError
from kinerja.domain.errors import DitolakError

_JALUR = 64


class SalahMasukError(DitolakError):
    """Name or password are wrong, or the account is disabled: a stranger is not told which."""

    def __init__(self) -> None:
        super().__init__(
            "nama atau kata sandi salah", "ulangi; bila lupa, minta administrator mengundang Anda lagi"
        )


@dataclass(frozen=True, slots=True)
class RingkasAkun:
    """What an administrator sees of an account; nothing of it is secret.

    Attributes:
        undangan_sampai: when the open invitation ends; it may be in the past.
    """

    orang: str
    aktif: bool
    bersandi: bool
    jumlah_passkey: int
    dibuat: datetime
    terakhir_masuk: datetime | None
    undangan_sampai: datetime | None


class DaftarAkun:
    """The accounts of one database.

    Args:
        penyandi: cheaper in tests.
        pembatas: how failures are answered.
    """

    def __init__(
        self, simpanan: Simpanan, penyandi: Penyandi | None = None, pembatas: Pembatas = PEMBATAS
    ) -> None:
        self._simpanan = simpanan
        self._penyandi = penyandi or Penyandi()
        self._pembatas = pembatas
        self._jalur = tuple(threading.Lock() for _ in range(_JALUR))

    def undang(self, orang: str, minta: Permintaan, masa: timedelta) -> str:
        """The token of a new invitation link; older ones of that person no longer count.

        Raises:
            PemakaianError: the id is not one, or the time is not between 0 and 30 days.
            DitolakError: the account is disabled.
        """
        with self._simpanan.tulis() as db:
            return invitations.undang(self._simpanan, db, orang, minta, masa)

    def cabut_undangan(self, orang: str, minta: Permintaan) -> bool:
        """Revokes the person's link; False when there is none."""
        with self._simpanan.tulis() as db:
            return invitations.cabut(db, orang, minta)

    def periksa_undangan(self, token: str, saat: datetime) -> str:
        """The person whom a link invites; it is not used up.

        Raises:
            UndanganError: it does not count, with the reason.
        """
        with self._simpanan.baca() as db:
            return invitations.periksa(db, token, saat)

    def terima_dengan_sandi(self, token: str, sandi: str, nama: str, minta: Permintaan) -> str:
        """Uses an invitation up and sets the password; all sessions of the person end.

        Args:
            nama: the person's name, which the password must not contain.

        Raises:
            UndanganError: the link does not count.
            PemakaianError: the password is refused; the link can be used again.
        """
        orang = self.periksa_undangan(token, minta.saat)
        passwords.periksa_baru(sandi, orang, nama)
        tersimpan = self._penyandi.sandikan(sandi)
        with self._simpanan.tulis() as db:
            orang = invitations.pakai(db, token, minta)
            self._pasang(db, orang, tersimpan, minta, kecuali="")
        return orang

    def masuk_dengan_sandi(self, orang: str, sandi: str, minta: Permintaan) -> str:
        """The person who signs in.

        Raises:
            TungguError: after too many failures; it says until when.
            SalahMasukError: the name or the password is wrong, or the account is disabled.
        """
        orang = orang.encode(errors="replace").decode()
        if not self._sandi_benar(orang, sandi, minta):
            raise SalahMasukError
        with self._simpanan.tulis() as db:
            db.execute("UPDATE akun SET terakhir_masuk = ? WHERE orang = ?", (tulis_saat(minta.saat), orang))
            tambah(db, minta, Peristiwa.MASUK, "kata sandi", orang=orang)
        return orang

    def ganti_sandi(self, orang: str, lama: str | None, baru: str, nama: str, minta: Permintaan) -> None:
        """Sets a new password; every other session of the person (but ``minta.ikatan``) ends.

        Args:
            lama: the old one; None only for somebody who has none yet and came in with a passkey
                (``Sesi.baru_masuk``: just now).

        Raises:
            TungguError: after too many wrong ones.
            SalahMasukError: the old one is wrong.
            PemakaianError: the new one is refused.
        """
        passwords.periksa_baru(baru, orang, nama)
        if lama is None and self._tersimpan(orang) is not None:
            raise SalahMasukError
        if lama is not None and not self._sandi_benar(orang, lama, minta):
            raise SalahMasukError
        tersimpan = self._penyandi.sandikan(baru)
        with self._simpanan.tulis() as db:
            invitations.periksa_aktif(db, orang)
            self._pasang(db, orang, tersimpan, minta, kecuali=minta.ikatan)

    def nonaktifkan(self, orang: str, minta: Permintaan) -> None:
        """Lets nobody in any more: sessions end, open invitations are revoked.

        Raises:
            DitolakError: there is no such account.
        """
        with self._simpanan.tulis() as db:
            if self._setel_aktif(db, orang, 0):
                invitations.cabut(db, orang, minta)
                akhiri(db, orang)
                tambah(db, minta, Peristiwa.AKUN_DINONAKTIFKAN, orang=orang)

    def aktifkan(self, orang: str, minta: Permintaan) -> None:
        """Lets somebody in again, with the password and passkeys of before.

        Raises:
            DitolakError: there is no such account.
        """
        with self._simpanan.tulis() as db:
            if self._setel_aktif(db, orang, 1):
                tambah(db, minta, Peristiwa.AKUN_DIAKTIFKAN, orang=orang)

    def daftar(self) -> tuple[RingkasAkun, ...]:
        """Every account, by id."""
        with self._simpanan.baca() as db:
            baris = db.execute(
                "SELECT orang, aktif, sandi IS NOT NULL,"
                " (SELECT count(*) FROM passkey p WHERE p.orang = a.orang), dibuat, terakhir_masuk,"
                " (SELECT max(kedaluwarsa) FROM undangan u WHERE u.orang = a.orang AND u.selesai IS NULL)"
                " FROM akun a ORDER BY orang"
            ).fetchall()
        return tuple(map(_ringkas, baris))

    def bersandi(self, orang: str) -> bool:
        """True when the person has a password."""
        return self._tersimpan(orang) is not None

    # helpers

    def _sandi_benar(self, orang: str, sandi: str, minta: Permintaan) -> bool:
        """Looks at a password and counts; attempts on one person wait in line.

        Raises:
            TungguError: it was not looked at.
        """
        with self._jalur[hash(orang) % _JALUR]:
            with self._simpanan.tulis() as db:
                sampai = self._pembatas.mulai(db, orang, minta.alamat, minta.saat)
            if sampai is not None:
                raise TungguError(sampai, minta.saat)
            tersimpan, aktif = self._tersimpan(orang), self._aktif(orang)
            benar = self._penyandi.cocok(tersimpan, sandi) and aktif
            with self._simpanan.tulis() as db:
                if benar:
                    self._pembatas.berhasil(db, orang)
                else:
                    self._gagal(db, orang, minta)
        if benar and tersimpan is not None and self._penyandi.usang(tersimpan):
            self._sandikan_ulang(orang, sandi, tersimpan)
        return benar

    def _gagal(self, db: sqlite3.Connection, orang: str, minta: Permintaan) -> None:
        self._pembatas.gagal(db, minta.alamat, minta.saat)
        dikenal = db.execute("SELECT 1 FROM akun WHERE orang = ?", (orang,)).fetchone()
        tambah(db, minta, Peristiwa.MASUK_GAGAL, "kata sandi", orang=orang if dikenal else None)

    def _sandikan_ulang(self, orang: str, sandi: str, lama: str) -> None:
        baru = self._penyandi.sandikan(sandi)
        with self._simpanan.tulis() as db:
            db.execute("UPDATE akun SET sandi = ? WHERE orang = ? AND sandi = ?", (baru, orang, lama))

    def _pasang(
        self, db: sqlite3.Connection, orang: str, tersimpan: str, minta: Permintaan, *, kecuali: str
    ) -> None:
        db.execute("UPDATE akun SET sandi = ? WHERE orang = ?", (tersimpan, orang))
        self._pembatas.berhasil(db, orang)
        akhiri(db, orang, kecuali)
        tambah(db, minta, Peristiwa.SANDI_DIUBAH, orang=orang)

    def _setel_aktif(self, db: sqlite3.Connection, orang: str, aktif: int) -> bool:
        """False when it was so already."""
        baris = db.execute("SELECT aktif FROM akun WHERE orang = ?", (orang,)).fetchone()
        if baris is None:
            raise DitolakError(f"`{orang}` belum mempunyai akun", "periksa tanda pengenalnya")
        db.execute("UPDATE akun SET aktif = ? WHERE orang = ?", (aktif, orang))
        return bool(baris[0] != aktif)

    def _tersimpan(self, orang: str) -> str | None:
        with self._simpanan.baca() as db:
            baris = db.execute("SELECT sandi FROM akun WHERE orang = ?", (orang,)).fetchone()
        return baris[0] if baris else None

    def _aktif(self, orang: str) -> bool:
        with self._simpanan.baca() as db:
            baris = db.execute("SELECT aktif FROM akun WHERE orang = ?", (orang,)).fetchone()
        return bool(baris and baris[0])


# helpers


def _ringkas(b: tuple[str, int, int, int, str, str | None, str | None]) -> RingkasAkun:
    masuk, sampai = (baca_saat(t) if t else None for t in b[5:])
    return RingkasAkun(b[0], bool(b[1]), bool(b[2]), b[3], baca_saat(b[4]), masuk, sampai)
