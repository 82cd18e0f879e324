"""The mathematics of SSHSIG, one kind of public key after the other.

It decides whether a key's own signature blob fits the bytes that were to be signed: Ed25519
(RFC 8709), RSA (RFC 8332), ECDSA (RFC 5656), security keys and passkeys (``fido``). It leaves
out SSHSIG itself (``sshsig``).

Example:
    >>> alasan_tolak("ssh-ed25519 AAAA…", isi, b"bukan yang ditandatangani")
    'tidak cocok dengan isinya'
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm
from cryptography.hazmat.primitives.serialization import SSHPublicKeyTypes, load_ssh_public_key

from kinerja.adapters import fido
from kinerja.adapters.fido import der_ecdsa
from kinerja.adapters.ssh_wire import Pembaca

_BIT_RSA_TERKECIL = 2048
_RSA: dict[bytes, HashAlgorithm] = {b"rsa-sha2-512": SHA512(), b"rsa-sha2-256": SHA256()}
_ECDSA: dict[bytes, tuple[str, HashAlgorithm]] = {
    b"ecdsa-sha2-nistp256": ("secp256r1", SHA256()),
    b"ecdsa-sha2-nistp384": ("secp384r1", SHA384()),
    b"ecdsa-sha2-nistp521": ("secp521r1", SHA512()),
}
JENIS = frozenset({"ssh-ed25519", "ssh-rsa", *(j.decode() for j in _ECDSA), *fido.JENIS})
"""The kinds of public key that can be checked."""

_JENIS_LAIN = "jenis tanda tangan tidak sesuai kuncinya"


def alasan_tolak(publik: str, isi: bytes, pesan: bytes) -> str | None:
    """Why a key's signature blob is refused, in Indonesian; None when it is good.

    Args:
        publik: an OpenSSH line of one of :data:`JENIS`.
        isi: the signature blob: its type, then what that type holds.
        pesan: what the key should have signed.
    """
    try:
        kunci = _muat(publik)
    except (ValueError, UnsupportedAlgorithm):
        return "kunci publiknya rusak"
    try:
        if isinstance(kunci, fido.KunciFido):
            return fido.alasan_tolak(kunci, isi, pesan)
        return _alasan_biasa(kunci, isi, pesan)
    except InvalidSignature:
        return "tidak cocok dengan isinya"
    except ValueError as e:
        return f"bukan tanda tangan yang utuh ({e})"


# helpers


def _muat(publik: str) -> fido.KunciFido | SSHPublicKeyTypes:
    """The public key; cryptography would load a security key as if it were a plain one."""
    jenis, isi = publik.split()[:2]
    return fido.muat(publik) if jenis in fido.JENIS else load_ssh_public_key(f"{jenis} {isi}".encode())


def _alasan_biasa(kunci: SSHPublicKeyTypes, isi: bytes, pesan: bytes) -> str | None:
    baca = Pembaca(isi)
    jenis, tanda = baca.teks(), baca.teks()
    baca.habis()
    if isinstance(kunci, Ed25519PublicKey):
        return _periksa_ed25519(kunci, jenis, tanda, pesan)
    if isinstance(kunci, rsa.RSAPublicKey):
        return _periksa_rsa(kunci, jenis, tanda, pesan)
    if isinstance(kunci, ec.EllipticCurvePublicKey):
        return _periksa_ecdsa(kunci, jenis, tanda, pesan)
    return "kunci publiknya rusak"


def _periksa_ed25519(kunci: Ed25519PublicKey, jenis: bytes, tanda: bytes, pesan: bytes) -> str | None:
    if jenis != b"ssh-ed25519":
        return _JENIS_LAIN
    kunci.verify(tanda, pesan)
    return None


def _periksa_rsa(kunci: rsa.RSAPublicKey, jenis: bytes, tanda: bytes, pesan: bytes) -> str | None:
    if jenis not in _RSA:
        return "tanda tangan RSA harus rsa-sha2-512 atau rsa-sha2-256"
    if kunci.key_size < _BIT_RSA_TERKECIL:
        return f"kunci RSA {kunci.key_size} bit terlalu pendek"
    kunci.verify(tanda, pesan, padding.PKCS1v15(), _RSA[jenis])
    return None


def _periksa_ecdsa(
    kunci: ec.EllipticCurvePublicKey, jenis: bytes, tanda: bytes, pesan: bytes
) -> str | None:
    kurva, algoritma = _ECDSA.get(jenis, ("", SHA256()))
    if kunci.curve.name != kurva:
        return _JENIS_LAIN
    kunci.verify(der_ecdsa(tanda), pesan, ec.ECDSA(algoritma))
    return None
