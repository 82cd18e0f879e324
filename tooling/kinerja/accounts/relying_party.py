"""The site as WebAuthn sees it: what is asked of a browser, and whether its answer is true.

It decides over one answer alone, with library ``fido2`` for the encodings and signatures. It
leaves out challenges, people and what is kept (``passkeys``). Stricter than the library: pages
of the site itself and no others, no frames, ES256 alone.

Example:
    >>> Situs("10.0.0.5", "Meja Kerja", frozenset())
    PemakaianError: passkey tidak dapat dipakai pada alamat IP `10.0.0.5`
"""

from __future__ import annotations

import ipaddress
import json
import re
import struct
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from fido2 import cbor
from fido2.cose import ES256, CoseKey
from fido2.server import Fido2Server
from fido2.webauthn import (
    Aaguid,
    AttestationConveyancePreference,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialParameters,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from kinerja.accounts.challenges import MASA
from kinerja.accounts.passkey_rows import Passkey
from kinerja.accounts.webauthn_json import Jawaban, PasskeyError, kode
from kinerja.adapters import webauthn
from kinerja.adapters.keys import publik_dari_cose
from kinerja.adapters.ssh_wire import kutip
from kinerja.domain.errors import PemakaianError

_WAJIB = UserVerificationRequirement.REQUIRED
_SENDIRI = "localhost"
_RUSAK = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError,
    AssertionError, struct.error, UnsupportedAlgorithm,
)  # fmt: skip
"""What the library lets through when bytes are not what they should be."""
_ULANGI = "ulangi di halaman ini, dengan PIN, sidik jari, atau wajah Anda"


class Situs:
    """A relying party.

    Raises:
        PemakaianError: its name is an IP address or none at all.
    """

    def __init__(self, rp_id: str, nama: str, asal: frozenset[str]) -> None:
        self._rp_id = _periksa_nama(rp_id)
        self._asal = asal
        skema = "https?" if rp_id == _SENDIRI else "https"
        self._pola = re.compile(rf"{skema}://{re.escape(rp_id)}(:[1-9][0-9]{{0,4}})?")
        self._server = Fido2Server(
            PublicKeyCredentialRpEntity(id=rp_id, name=nama),
            attestation=AttestationConveyancePreference.NONE,
            verify_origin=self._asal_sendiri,
        )
        self._server.timeout = int(MASA.total_seconds() * 1000)  # type: ignore[assignment]
        self._server.allowed_algorithms = [
            PublicKeyCredentialParameters(type=PublicKeyCredentialType.PUBLIC_KEY, alg=ES256.ALGORITHM)
        ]

    def pilihan_daftar(
        self, tantangan: bytes, pegangan: bytes, orang: tuple[str, str], punya: Sequence[Passkey]
    ) -> dict[str, Any]:
        """``PublicKeyCredentialCreationOptionsJSON``; ``orang`` is id and name."""
        pilihan, _ = self._server.register_begin(
            PublicKeyCredentialUserEntity(id=pegangan, name=orang[0], display_name=orang[1]),
            credentials=list(map(_uraian, punya)),
            resident_key_requirement=ResidentKeyRequirement.REQUIRED,
            user_verification=_WAJIB,
            challenge=tantangan,
        )
        return _polos(pilihan.public_key)

    def pilihan_masuk(self, tantangan: bytes, punya: Sequence[Passkey] | None) -> dict[str, Any]:
        """``PublicKeyCredentialRequestOptionsJSON``; None: any passkey of the site will do.

        Raises:
            PasskeyError: there is none to choose from.
        """
        if punya is not None and not punya:
            saran = "daftarkan passkey di halaman akun"
            raise PasskeyError("Anda belum mempunyai passkey di situs ini", saran)
        pilihan, _ = self._server.authenticate_begin(
            credentials=None if punya is None else list(map(_uraian, punya)),
            user_verification=_WAJIB,
            challenge=tantangan,
        )
        return _polos(pilihan.public_key)

    def baca_daftar(
        self, jawaban: Mapping[str, Any], tantangan: bytes
    ) -> tuple[bytes, bytes, str, int, tuple[str, ...]]:
        """Id, COSE key, OpenSSH line, counter and transports of a new passkey.

        Raises:
            PasskeyError: the answer is refused, with the reason.
        """
        jawab = Jawaban.daftar(jawaban)
        klien = jawab.klien()
        try:
            data = AttestationObject(jawab.isi["attestationObject"]).auth_data
        except _RUSAK as e:
            raise PasskeyError("data passkey baru tidak utuh", _ULANGI) from e
        alasan = self._alasan_daftar(klien, data, tantangan)
        if alasan is not None:
            raise PasskeyError(alasan, _ULANGI)
        baru = self._data_baru(jawab, tantangan)
        cose = cbor.encode(baru.public_key)
        try:
            publik = publik_dari_cose(cose, self._rp_id)
        except ValueError as e:
            saran = "pakai perangkat lain, misalnya HP atau kunci USB FIDO2"
            raise PasskeyError(f"passkey ini tidak dapat dipakai: {e}", saran) from e
        return jawab.id, cose, publik, data.counter, jawab.transportasi

    def alasan_masuk(self, jawab: Jawaban, p: Passkey, tantangan: bytes) -> tuple[str | None, int]:
        """Why an answer to sign in is refused, in Indonesian, or None; and its counter."""
        data = jawab.isi["authenticatorData"]
        try:
            asersi = webauthn.asersi(self._rp_id, data, jawab.isi["clientDataJSON"])
        except ValueError as e:
            return str(e), 0
        alasan = webauthn.alasan_tolak(self._rp_id, asersi, tantangan)
        hitungan = int.from_bytes(asersi.hitungan, "big")
        if alasan is None and not self._asal_sendiri(asersi.asal):
            alasan = _alasan_asal(asersi.asal)
        return alasan or self._alasan_tanda(jawab, p, tantangan), hitungan

    def periksa_asal(self, jawab: Jawaban) -> None:
        """Refuses what was not made on a page of the site.

        Raises:
            PasskeyError: it was made elsewhere.
        """
        asal = jawab.klien().get("origin")
        if not isinstance(asal, str) or not self._asal_sendiri(asal):
            raise PasskeyError(_alasan_asal(str(asal)), _ULANGI)

    # helpers

    def _asal_sendiri(self, asal: str) -> bool:
        return asal in self._asal if self._asal else self._pola.fullmatch(asal) is not None

    def _alasan_daftar(self, klien: dict[str, Any], data: AuthenticatorData, tantangan: bytes) -> str | None:
        """Section 7.1, steps 7 to 16, in words; the library judges the same once more."""
        if klien.get("type") != "webauthn.create":
            return "jawaban ini bukan pendaftaran passkey"
        if klien.get("challenge") != kode(tantangan):
            return "jawaban ini bukan untuk permintaan pendaftaran ini"
        asal = klien.get("origin")
        if not isinstance(asal, str) or not self._asal_sendiri(asal):
            return _alasan_asal(str(asal))
        if klien.get("crossOrigin", False) is not False or "topOrigin" in klien:
            return "passkey didaftarkan dari dalam halaman situs lain"
        if data.rp_id_hash != self._server.rp.id_hash:
            return f"passkey ini bukan untuk situs `{self._rp_id}`"
        if not data.is_user_present():
            return "pemilik passkey tidak hadir saat mendaftar"
        if not data.is_user_verified():
            return "passkey dibuat tanpa PIN, sidik jari, atau wajah pemiliknya"
        if data.is_backed_up() and not data.is_backup_eligible():
            return "bendera cadangan passkey saling bertentangan"
        return None

    def _data_baru(self, jawab: Jawaban, tantangan: bytes) -> AttestedCredentialData:
        try:
            data = self._server.register_complete(_keadaan(tantangan), jawab.bersih).credential_data
        except _RUSAK as e:
            raise PasskeyError("pendaftaran passkey ditolak", _ULANGI) from e
        if data is None or data.credential_id != jawab.id:
            raise PasskeyError("data passkey baru tidak cocok dengan tandanya", _ULANGI)
        return data

    def _alasan_tanda(self, jawab: Jawaban, p: Passkey, tantangan: bytes) -> str | None:
        kunci = CoseKey.parse(cbor.decode(p.cose))  # type: ignore[arg-type]
        punya = AttestedCredentialData.create(Aaguid.NONE, p.id, kunci)
        try:
            self._server.authenticate_complete(_keadaan(tantangan), [punya], jawab.bersih)
        except _RUSAK:
            return "tanda tangan passkey tidak cocok"
        return None


# helpers


def _periksa_nama(rp_id: str) -> str:
    try:
        ipaddress.ip_address(rp_id.strip("[]"))
    except ValueError:
        pass
    else:
        raise PemakaianError(
            f"passkey tidak dapat dipakai pada alamat IP `{kutip(rp_id)}`",
            "beri server sebuah nama, misalnya kinerja.contoh.go.id, atau pakai localhost di komputer ini; "
            "WebAuthn mengikat passkey pada nama situs dan melarang alamat IP",
        )
    try:
        return webauthn.nama_situs(rp_id)
    except ValueError as e:
        raise PemakaianError(str(e), "tulis nama tanpa https:// dan tanpa nomor port") from e


def _keadaan(tantangan: bytes) -> dict[str, Any]:
    """What the library gave when it began; the challenge is what we kept of it."""
    return {"challenge": kode(tantangan), "user_verification": _WAJIB}


def _uraian(p: Passkey) -> PublicKeyCredentialDescriptor:
    jalan = [AuthenticatorTransport(t) for t in p.transportasi]
    return PublicKeyCredentialDescriptor(
        type=PublicKeyCredentialType.PUBLIC_KEY, id=p.id, transports=jalan or None
    )


def _alasan_asal(asal: str) -> str:
    return f"passkey dipakai di `{kutip(asal)}`, bukan di halaman situs ini"


def _polos(pilihan: Mapping[str, Any]) -> dict[str, Any]:
    """Plain dictionaries and texts, as browsers parse them."""
    hasil: dict[str, Any] = json.loads(json.dumps(dict(pilihan)))
    return hasil
