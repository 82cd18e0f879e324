"""Security keys and passkeys: public keys and signatures made by a FIDO authenticator.

It decides whether a signature blob of ``sk-ssh-ed25519@openssh.com``,
``sk-ecdsa-sha2-nistp256@openssh.com`` or ``webauthn-sk-ecdsa-sha2-nistp256@openssh.com`` fits
the bytes (OpenSSH PROTOCOL.u2f). Two things are stricter than in ``ssh-keygen -Y verify``:
somebody must have touched the key, and a key signs by one way only. One that was made for SSH
(application ``ssh:…``) signs as a security key; one that was made for a site signs as a
passkey, since only there the browser tells the site and the owner was verified.
It leaves out what a browser says around the signature (``webauthn``).

Example:
    >>> alasan_tolak(muat("sk-ssh-ed25519@openssh.com AAAA…"), isi_tanpa_sentuhan, pesan)
    'kunci keamanannya tidak disentuh'
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from kinerja.adapters import webauthn
from kinerja.adapters.ssh_wire import Pembaca, baca_mpint, baca_publik, kutip, mpint, teks
from kinerja.adapters.webauthn import Asersi

JENIS_ED25519 = "sk-ssh-ed25519@openssh.com"
JENIS_ECDSA = "sk-ecdsa-sha2-nistp256@openssh.com"
JENIS = frozenset({JENIS_ED25519, JENIS_ECDSA})
"""The kinds of public key that live in an authenticator."""

_WEBAUTHN = b"webauthn-sk-ecdsa-sha2-nistp256@openssh.com"
_KURVA = b"nistp256"
_TITIK = 65
_TAK_DIMAMPATKAN = 4
_APLIKASI_SSH = "ssh:"


@dataclass(frozen=True, slots=True)
class KunciFido:
    """A public key whose private half never leaves its authenticator.

    Attributes:
        aplikasi: what the key was made for: ``ssh:…``, or a site's WebAuthn RP ID.
    """

    jenis: str
    inti: Ed25519PublicKey | ec.EllipticCurvePublicKey
    aplikasi: str

    @property
    def untuk_ssh(self) -> bool:
        """False for a passkey, which belongs to a site."""
        return self.aplikasi.startswith(_APLIKASI_SSH)


def muat(publik: str) -> KunciFido:
    """The key of an OpenSSH line.

    Raises:
        ValueError: it is none of :data:`JENIS` or not well formed, with the reason.
    """
    jenis, isi = baca_publik(publik)
    baca = Pembaca(isi)
    if jenis not in JENIS or baca.teks() != jenis.encode():
        raise ValueError("bukan kunci publik token atau passkey")
    inti = _ed25519(baca) if jenis == JENIS_ED25519 else _p256(baca)
    aplikasi = baca.teks().decode()
    baca.habis()
    if not aplikasi or "\0" in aplikasi:
        raise ValueError("kunci publiknya tanpa aplikasi")
    return KunciFido(jenis, inti, aplikasi)


def publik_passkey(titik: bytes, rp_id: str) -> str:
    """The OpenSSH line of a passkey.

    Args:
        titik: the P-256 point, uncompressed.
        rp_id: the site's WebAuthn RP ID.

    Raises:
        ValueError: the point is not on the curve.
    """
    isi = b"".join(map(teks, (JENIS_ECDSA.encode(), _KURVA, titik, rp_id.encode())))
    baris = f"{JENIS_ECDSA} {base64.b64encode(isi).decode()}"
    muat(baris)
    return baris


def alasan_tolak(kunci: KunciFido, isi: bytes, pesan: bytes) -> str | None:
    """Why a signature blob is refused, in Indonesian; None when it is good.

    Unknown flags are signed but not judged, as in OpenSSH.

    Raises:
        ValueError: the blob is not well formed, with the reason.
        InvalidSignature: the key did not sign this.
    """
    baca = Pembaca(isi)
    jenis = baca.teks()
    if jenis == _WEBAUTHN and kunci.jenis == JENIS_ECDSA:
        return _alasan_passkey(kunci, baca, pesan)
    if jenis != kunci.jenis.encode():
        return "jenis tanda tangan tidak sesuai kuncinya"
    tanda, bendera, hitungan = baca.teks(), baca.bita(1), baca.bita(4)
    baca.habis()
    if not kunci.untuk_ssh:
        return f"kunci ini passkey situs {kutip(kunci.aplikasi)}; tanda tangannya harus dibuat di peramban"
    if not bendera[0] & webauthn.HADIR:
        return "kunci keamanannya tidak disentuh"
    _periksa(kunci, tanda, _sidik(kunci.aplikasi.encode()) + bendera + hitungan + _sidik(pesan))
    return None


def blob_webauthn(asersi: Asersi, der: bytes) -> bytes:
    """A browser's assertion as the signature blob of OpenSSH.

    Raises:
        ValueError: the signature is not canonical DER.
    """
    try:
        r, s = decode_dss_signature(der)
    except ValueError as e:
        raise ValueError("tanda tangan passkey bukan DER yang baku") from e
    if min(r, s) <= 0 or encode_dss_signature(r, s) != der:
        raise ValueError("tanda tangan passkey bukan DER yang baku")
    bagian = (asersi.asal.encode(), asersi.data_klien, asersi.ekstensi)
    kepala = teks(_WEBAUTHN) + teks(mpint(r) + mpint(s))
    return kepala + bytes([asersi.bendera]) + asersi.hitungan + b"".join(map(teks, bagian))


def der_ecdsa(tanda: bytes) -> bytes:
    """An ECDSA signature of SSH (mpint r, mpint s) as ASN.1 DER.

    A high s is taken, as OpenSSH does: authenticators do not lower it.

    Raises:
        ValueError: the blob is not well formed.
    """
    baca = Pembaca(tanda)
    r, s = baca_mpint(baca.teks()), baca_mpint(baca.teks())
    baca.habis()
    return encode_dss_signature(r, s)


# helpers


def _alasan_passkey(kunci: KunciFido, baca: Pembaca, pesan: bytes) -> str | None:
    tanda, bendera, hitungan = baca.teks(), baca.bita(1), baca.bita(4)
    asal, data_klien, ekstensi = baca.teks().decode(), baca.teks(), baca.teks()
    baca.habis()
    if kunci.untuk_ssh:
        return "kunci keamanan untuk SSH tidak dapat dipakai sebagai passkey"
    asersi = Asersi(asal, data_klien, bendera[0], hitungan, ekstensi)
    alasan = webauthn.alasan_tolak(kunci.aplikasi, asersi, pesan)
    if alasan is None:
        _periksa(kunci, tanda, webauthn.isi_bertanda(kunci.aplikasi, asersi))
    return alasan


def _ed25519(baca: Pembaca) -> Ed25519PublicKey:
    try:
        return Ed25519PublicKey.from_public_bytes(baca.teks())
    except ValueError as e:
        raise ValueError("kunci publiknya bukan Ed25519") from e


def _p256(baca: Pembaca) -> ec.EllipticCurvePublicKey:
    kurva, titik = baca.teks(), baca.teks()
    if kurva != _KURVA or len(titik) != _TITIK or titik[0] != _TAK_DIMAMPATKAN:
        raise ValueError("titik kunci publiknya tidak dalam bentuk baku")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), titik)
    except ValueError as e:
        raise ValueError("titik kunci publiknya tidak pada kurva P-256") from e


def _periksa(kunci: KunciFido, tanda: bytes, isi: bytes) -> None:
    if isinstance(kunci.inti, Ed25519PublicKey):
        kunci.inti.verify(tanda, isi)
    else:
        kunci.inti.verify(der_ecdsa(tanda), isi, ec.ECDSA(SHA256()))


def _sidik(isi: bytes) -> bytes:
    return sha256(isi).digest()
