"""Passkeys of the desk's site: registering one, signing in with one, signing an act with one.

It decides whether an answer of a browser counts (W3C WebAuthn Level 3, sections 7.1 and 7.2):
made for a challenge of ours, on the site's own pages, by a verified owner, with a counter that
did not go back. Only ES256, since every key must be an OpenSSH line too: what a passkey signs
is checked offline by stock ``ssh-keygen``. Which act is signed is not decided here.

Example:
    >>> situs = PasskeySitus(simpanan, "kinerja.contoh.go.id", "Meja Kerja")
    >>> pilihan, id_tantangan = situs.mulai_masuk(minta)
    >>> situs.selesai_masuk(id_tantangan, jawaban_peramban, minta)
    'p-citra'
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC
from typing import Any

from kinerja.accounts import challenges, invitations, passkey_rows
from kinerja.accounts.challenges import Tantangan, TantanganError
from kinerja.accounts.jejak import Peristiwa, tambah
from kinerja.accounts.passkey_rows import Passkey
from kinerja.accounts.relying_party import Situs
from kinerja.accounts.sessions import akhiri
from kinerja.accounts.store import Permintaan, Simpanan, tulis_saat
from kinerja.accounts.webauthn_json import Jawaban, PasskeyError
from kinerja.adapters import sshsig
from kinerja.domain.errors import DitolakError

_MUNDUR = "hitungan passkey ini mundur; mungkin ada salinannya"
_SARAN_MUNDUR = "jangan pakai passkey ini lagi; beri tahu administrator, lalu hapus dan daftarkan yang baru"
_ULANGI = "ulangi; bila tetap gagal, pakai passkey lain atau hubungi administrator"


class PasskeySitus:
    """The passkeys of one site.

    Args:
        rp_id: the site's name, ``localhost`` or ``kinerja.contoh.go.id``.
        nama: what browsers call the site.
        asal: the only origins of its pages; when empty, those of the name itself on any port.

    Raises:
        PemakaianError: the name is an IP address or none at all.
    """

    def __init__(self, simpanan: Simpanan, rp_id: str, nama: str, asal: Collection[str] = ()) -> None:
        self._simpanan = simpanan
        self._situs = Situs(rp_id, nama, frozenset(asal))
        self.rp_id = rp_id

    def mulai_daftar(self, orang: str, nama: str, minta: Permintaan) -> tuple[dict[str, Any], str]:
        """``PublicKeyCredentialCreationOptionsJSON`` and the challenge's id.

        Args:
            nama: the person's name, shown by the browser.

        Raises:
            DitolakError: there is no account, or it is disabled.
        """
        isi = self._simpanan.acak(challenges.BITA)
        with self._simpanan.tulis() as db:
            invitations.periksa_aktif(db, orang)
            punya = passkey_rows.milik(db, orang, self.rp_id)
            pilihan = self._situs.pilihan_daftar(isi, _pegangan(db, orang), (orang, nama), punya)
            tantangan = Tantangan(isi, "daftar", orang)
            return pilihan, challenges.simpan(db, tantangan, minta, self._simpanan.acak)

    def selesai_daftar(
        self,
        id_tantangan: str,
        jawaban: Mapping[str, Any],
        nama: str,
        minta: Permintaan,
        undangan: str | None = None,
    ) -> Passkey:
        """Keeps the new passkey.

        Args:
            jawaban: the browser's ``RegistrationResponseJSON``.
            nama: what its owner calls it, ``HP Citra``.
            undangan: the token of the invitation that this accepts; without one the owner must
                be signed in (``minta.oleh``).

        Raises:
            TantanganError: used, old, or not this browser's.
            PasskeyError: the answer is refused, with the reason.
            UndanganError: the link does not count.
            PemakaianError: the passkey's name cannot be one.
        """
        nama_bersih = passkey_rows.periksa_nama(nama)
        tantangan = self._ambil(id_tantangan, "daftar", minta)
        id_baru, cose, publik, hitungan, transportasi = self._situs.baca_daftar(jawaban, tantangan.isi)
        with self._simpanan.tulis() as db:
            orang = invitations.pakai(db, undangan, minta) if undangan is not None else minta.oleh
            if orang is None or orang != tantangan.orang:
                raise TantanganError
            invitations.periksa_aktif(db, orang)
            saat = minta.saat.astimezone(UTC)
            baru = Passkey(
                id_baru, orang, self.rp_id, nama_bersih, cose, publik, hitungan, transportasi, saat, None
            )
            if undangan is not None:
                akhiri(db, orang)  # a new way in after a lost one: whoever was inside is not any more
            passkey_rows.taruh(db, baru)
            tambah(db, minta, Peristiwa.PASSKEY_DIDAFTARKAN, nama_bersih, orang=orang)
        return baru

    def mulai_masuk(self, minta: Permintaan, orang: str | None = None) -> tuple[dict[str, Any], str]:
        """``PublicKeyCredentialRequestOptionsJSON`` and the challenge's id.

        Args:
            orang: who must prove again that it is them; else anybody's passkey, without a name typed.

        Raises:
            PasskeyError: that person has no passkey here.
        """
        isi = self._simpanan.acak(challenges.BITA)
        with self._simpanan.tulis() as db:
            punya = passkey_rows.milik(db, orang, self.rp_id) if orang else None
            pilihan = self._situs.pilihan_masuk(isi, punya)
            tantangan = Tantangan(isi, "masuk", orang)
            return pilihan, challenges.simpan(db, tantangan, minta, self._simpanan.acak)

    def selesai_masuk(self, id_tantangan: str, jawaban: Mapping[str, Any], minta: Permintaan) -> str:
        """The person who signs in. No wait after wrong passwords holds them up.

        Args:
            jawaban: the browser's ``AuthenticationResponseJSON``.

        Raises:
            TantanganError: used, old, or not this browser's.
            PasskeyError: the answer is refused, with the reason; the trail has it too.
        """
        tantangan = self._ambil(id_tantangan, "masuk", minta)
        jawab = Jawaban.masuk(jawaban)
        p = self._cari(jawab)
        alasan, hitungan = self._situs.alasan_masuk(jawab, p, tantangan.isi)
        saran = _ULANGI
        with self._simpanan.tulis() as db:
            alasan = alasan or _alasan_orang(db, p, tantangan, jawab)
            if alasan is None and not passkey_rows.catat_pakai(db, p, hitungan, minta):
                alasan, saran = _MUNDUR, _SARAN_MUNDUR
            if alasan is None:
                isi = (tulis_saat(minta.saat), p.orang)
                db.execute("UPDATE akun SET terakhir_masuk = ? WHERE orang = ?", isi)
            peristiwa = Peristiwa.MASUK if alasan is None else Peristiwa.MASUK_GAGAL
            tambah(db, minta, peristiwa, f"passkey {p.nama}{f': {alasan}' if alasan else ''}", orang=p.orang)
        if alasan is not None:
            raise PasskeyError(alasan, saran)
        return p.orang

    def pilihan_tanda(self, passkeys: Sequence[Passkey], tantangan: bytes) -> dict[str, Any]:
        """``PublicKeyCredentialRequestOptionsJSON`` to sign an act.

        Args:
            passkeys: those of the person (:meth:`milik`).
            tantangan: ``adapters.sshsig.tantangan`` of the act, to the last byte.

        Raises:
            PasskeyError: there is no passkey.
        """
        return self._situs.pilihan_masuk(tantangan, passkeys)

    def tanda_tangani(
        self, orang: str, ruang: str, pesan: bytes, jawaban: Mapping[str, Any], minta: Permintaan
    ) -> tuple[str, Passkey]:
        """The signature of an act as armored SSHSIG text, and the passkey that made it.

        Raises:
            PasskeyError: another's passkey, another act, another site, a counter that went back.
            DitolakError: the account is disabled.
        """
        jawab = Jawaban.masuk(jawaban)
        p = self._cari(jawab)
        if p.orang != orang:
            raise PasskeyError("passkey ini bukan milik Anda", "pakai passkey Anda sendiri")
        self._situs.periksa_asal(jawab)
        armor = tanda_dari_jawaban(p.publik, ruang, pesan, jawaban)
        hitungan = int.from_bytes(jawab.isi["authenticatorData"][33:37], "big")
        with self._simpanan.tulis() as db:
            invitations.periksa_aktif(db, orang)
            naik = passkey_rows.catat_pakai(db, p, hitungan, minta, ulang=True)
        if not naik:
            raise PasskeyError(_MUNDUR, _SARAN_MUNDUR)
        return armor, p

    def milik(self, orang: str) -> tuple[Passkey, ...]:
        """The person's passkeys at this site, oldest first."""
        with self._simpanan.baca() as db:
            return passkey_rows.milik(db, orang, self.rp_id)

    def ubah_nama(self, orang: str, id_passkey: bytes, nama: str) -> None:
        """Gives one of the person's passkeys another name.

        Raises:
            PemakaianError: there is no such passkey, or the name cannot be one.
        """
        with self._simpanan.tulis() as db:
            passkey_rows.ubah_nama(db, orang, id_passkey, nama)

    def hapus(self, orang: str, id_passkey: bytes, minta: Permintaan) -> None:
        """Removes one of the person's passkeys.

        Raises:
            PemakaianError: there is no such passkey.
            DitolakError: it is the last way in.
        """
        with self._simpanan.tulis() as db:
            passkey_rows.hapus(db, orang, id_passkey, self.rp_id, minta)

    # helpers

    def _ambil(self, id_tantangan: str, guna: challenges.Guna, minta: Permintaan) -> Tantangan:
        with self._simpanan.tulis() as db:
            tantangan = challenges.ambil(db, id_tantangan, guna, minta)
        if tantangan is None:
            raise TantanganError
        return tantangan

    def _cari(self, jawab: Jawaban) -> Passkey:
        with self._simpanan.baca() as db:
            p = passkey_rows.cari(db, jawab.id, self.rp_id)
        if p is None:
            saran = "masuk dengan cara lain, lalu daftarkan passkey ini di halaman akun"
            raise PasskeyError("passkey ini tidak terdaftar di sini", saran)
        return p


def tanda_dari_jawaban(publik: str, ruang: str, pesan: bytes, jawaban: Mapping[str, Any]) -> str:
    """A browser's answer as armored SSHSIG text over exactly this message.

    Args:
        publik: the passkey's OpenSSH line.
        jawaban: its ``AuthenticationResponseJSON``.

    Raises:
        PasskeyError: the result would not verify, with the reason.
    """
    isi = Jawaban.masuk(jawaban).isi
    try:
        return sshsig.dari_webauthn(
            publik,
            ruang,
            pesan,
            authenticator_data=isi["authenticatorData"],
            client_data=isi["clientDataJSON"],
            tanda=isi["signature"],
        )
    except ValueError as e:
        raise PasskeyError(f"tanda tangan passkey ditolak: {e}", _ULANGI) from e


# helpers


def _pegangan(db: sqlite3.Connection, orang: str) -> bytes:
    isi: bytes = db.execute("SELECT pegangan FROM akun WHERE orang = ?", (orang,)).fetchone()[0]
    return isi


def _alasan_orang(db: sqlite3.Connection, p: Passkey, tantangan: Tantangan, jawab: Jawaban) -> str | None:
    """Section 7.2, step 6: the owner whom the passkey names, and the one who was asked for."""
    pegangan = jawab.isi.get("userHandle")
    if pegangan is None and tantangan.orang is None:
        return "passkey ini tidak menyebut pemiliknya"
    if pegangan not in (None, _pegangan(db, p.orang)) or tantangan.orang not in (None, p.orang):
        return "passkey ini milik orang lain"
    try:
        invitations.periksa_aktif(db, p.orang)
    except DitolakError as e:
        return e.pesan
    return None
