"""What a browser sends about a passkey: the JSON forms of W3C WebAuthn Level 3, section 5.1.

It decides whether an answer has the form that browsers give it (``PublicKeyCredential.toJSON``)
and what its bytes are; whether they are true is decided elsewhere (``passkeys``, ``adapters.sshsig``).
Members that nobody needs are dropped before anything else reads them.

Example:
    >>> Jawaban.masuk(json_peramban).isi["clientDataJSON"]
    b'{"type":"webauthn.get","challenge":…'
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kinerja.domain.errors import DitolakError

_TERPANJANG = 16_384
_ID_TERPANJANG = 1_023
TRANSPORTASI = frozenset({"usb", "nfc", "ble", "hybrid", "internal"})


class PasskeyError(DitolakError):
    """A passkey's answer is refused; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Jawaban:
    """The bytes of an answer, none of them believed yet.

    Attributes:
        isi: bytes by their names in ``response``.
        transportasi: how the browser may reach the passkey again.
        bersih: the same answer with nothing but what is needed, for the library.
    """

    id: bytes
    isi: Mapping[str, bytes]
    transportasi: tuple[str, ...] = ()
    bersih: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def daftar(cls, jawaban: Mapping[str, Any]) -> Jawaban:
        """A ``RegistrationResponseJSON``.

        Raises:
            PasskeyError: it is not.
        """
        return cls._baca(jawaban, ("clientDataJSON", "attestationObject"))

    @classmethod
    def masuk(cls, jawaban: Mapping[str, Any]) -> Jawaban:
        """An ``AuthenticationResponseJSON``; ``userHandle`` may be missing.

        Raises:
            PasskeyError: it is not.
        """
        return cls._baca(jawaban, ("clientDataJSON", "authenticatorData", "signature"), ("userHandle",))

    @classmethod
    def _baca(
        cls, jawaban: Mapping[str, Any], wajib: tuple[str, ...], boleh: tuple[str, ...] = ()
    ) -> Jawaban:
        if not isinstance(jawaban, Mapping) or not isinstance(jawaban.get("response"), Mapping):
            raise _bukan_jawaban()
        respons = jawaban["response"]
        ada = (*wajib, *(n for n in boleh if respons.get(n) is not None))
        isi = {n: bita(respons.get(n)) for n in ada}
        id_passkey = bita(jawaban.get("rawId"))
        salah_id = jawaban.get("id") != jawaban["rawId"] or not 0 < len(id_passkey) <= _ID_TERPANJANG
        if jawaban.get("type") != "public-key" or salah_id:
            raise _bukan_jawaban()
        teks = {n: respons[n] for n in ada}
        bersih = {"id": jawaban["id"], "rawId": jawaban["rawId"], "type": "public-key", "response": teks}
        return cls(id_passkey, isi, _transportasi(respons.get("transports")), bersih)

    def klien(self) -> dict[str, Any]:
        """The client data.

        Raises:
            PasskeyError: it is no JSON object.
        """
        try:
            data = json.loads(self.isi["clientDataJSON"])
        except (ValueError, RecursionError) as e:
            raise _bukan_jawaban() from e
        if not isinstance(data, dict):
            raise _bukan_jawaban()
        return data


def bita(isi: object) -> bytes:
    """The bytes of base64url without padding, as browsers write it and no other way.

    Raises:
        PasskeyError: it is not that, or too long.
    """
    if not isinstance(isi, str) or len(isi) > _TERPANJANG:
        raise _bukan_jawaban()
    try:
        hasil = base64.urlsafe_b64decode(isi.encode("ascii") + b"=" * (-len(isi) % 4))
    except ValueError as e:
        raise _bukan_jawaban() from e
    if kode(hasil) != isi:
        raise _bukan_jawaban()
    return hasil


def kode(isi: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(isi).decode().rstrip("=")


# helpers


def _transportasi(isi: object) -> tuple[str, ...]:
    if not isinstance(isi, list):
        return ()
    return tuple(sorted({t for t in isi if isinstance(t, str)} & TRANSPORTASI))


def _bukan_jawaban() -> PasskeyError:
    return PasskeyError("jawaban peramban tentang passkey tidak utuh", "muat ulang halaman, lalu ulangi")
