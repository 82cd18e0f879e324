"""SSHSIG, the signature format of ``ssh-keygen -Y`` (OpenSSH PROTOCOL.sshsig).

It decides whether a signature is a key's over exactly these bytes in a namespace: Ed25519,
RSA and ECDSA. It leaves out key files (``keys``) and who owns a key.

Example:
    >>> alasan_tolak(publik, b"isi", armor, "kinerja.paraf.v1")
    'dibuat untuk `kinerja.tanda-tangan.v1`, bukan untuk `kinerja.paraf.v1`'
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm
from cryptography.hazmat.primitives.serialization import load_ssh_public_key

from kinerja.domain.errors import KinerjaError

_AJAIB = b"SSHSIG"
_VERSI = 1
_AWAL = "-----BEGIN SSH SIGNATURE-----"
_AKHIR = "-----END SSH SIGNATURE-----"
_LEBAR = 70
_HASH = {"sha512": hashlib.sha512, "sha256": hashlib.sha256}
_BIT_RSA_TERKECIL = 2048
_RSA: dict[bytes, HashAlgorithm] = {b"rsa-sha2-512": SHA512(), b"rsa-sha2-256": SHA256()}
_ECDSA: dict[bytes, tuple[str, HashAlgorithm]] = {
    b"ecdsa-sha2-nistp256": ("secp256r1", SHA256()),
    b"ecdsa-sha2-nistp384": ("secp384r1", SHA384()),
    b"ecdsa-sha2-nistp521": ("secp521r1", SHA512()),
}
_JENIS_KUNCI = frozenset({"ssh-ed25519", "ssh-rsa", *(j.decode() for j in _ECDSA)})


class KunciBelumDidukungError(KinerjaError):
    """The key is of a kind that cannot be checked here: neither good nor bad."""


def alasan_tolak(publik: str, pesan: bytes, armor: str, ruang: str) -> str | None:
    """Why a signature is refused, in Indonesian; None when it is good.

    Raises:
        KunciBelumDidukungError: when the key's kind cannot be checked here.
    """
    try:
        tanda = _urai(armor)
        harapan = _buka_base64(publik.split()[1])
    except (ValueError, IndexError, struct.error) as e:
        return f"bukan tanda tangan SSHSIG yang utuh ({e})"
    if tanda.kunci != harapan:
        return "dibuat dengan kunci lain"
    if tanda.ruang != ruang or not ruang:
        return f"dibuat untuk `{tanda.ruang}`, bukan untuk `{ruang}`"
    if tanda.hash not in _HASH:
        return f"memakai hash `{tanda.hash}`; yang diterima sha512 atau sha256"
    return _alasan_kripto(publik, tanda, isi_bertanda(ruang, tanda.hash, pesan))


def isi_bertanda(ruang: str, nama_hash: str, pesan: bytes) -> bytes:
    """The bytes that the key itself signs: namespace, hash name and the message's digest."""
    sidik = _HASH[nama_hash](pesan).digest()
    return _AJAIB + _teks(ruang.encode()) + _teks(b"") + _teks(nama_hash.encode()) + _teks(sidik)


def berarmor(publik: bytes, ruang: str, nama_hash: str, jenis: bytes, tanda: bytes) -> str:
    """A signature as armored text, wrapped as ssh-keygen does."""
    bagian = (publik, ruang.encode(), b"", nama_hash.encode(), _teks(jenis) + _teks(tanda))
    blob = _AJAIB + struct.pack(">I", _VERSI) + b"".join(map(_teks, bagian))
    isi = base64.b64encode(blob).decode()
    baris = [isi[i : i + _LEBAR] for i in range(0, len(isi), _LEBAR)]
    return "\n".join([_AWAL, *baris, _AKHIR, ""])


# helpers: the format


@dataclass(frozen=True, slots=True)
class _Sshsig:
    """The fields of a signature, none of them believed yet."""

    kunci: bytes
    ruang: str
    hash: str
    jenis: bytes
    tanda: bytes


def _teks(isi: bytes) -> bytes:
    return struct.pack(">I", len(isi)) + isi


def _buka_base64(teks: str) -> bytes:
    """Decodes; refuses every spelling but the one that encoding gives back."""
    try:
        mentah = base64.b64decode(teks, validate=True)
    except binascii.Error as e:
        raise ValueError("base64 rusak") from e
    if base64.b64encode(mentah).decode() != teks:
        raise ValueError("base64 tidak baku")
    return mentah


def _urai(armor: str) -> _Sshsig:
    baris = armor.replace("\r\n", "\n").strip("\n").split("\n")
    if baris[0] != _AWAL or baris[-1] != _AKHIR:
        raise ValueError("tanpa baris pembuka dan penutup")
    blob = _buka_base64("".join(baris[1:-1]))
    if blob[:6] != _AJAIB or struct.unpack(">I", blob[6:10])[0] != _VERSI:
        raise ValueError("versi lain")
    kunci, ruang, cadangan, nama_hash, isi = _pecah(blob[10:], 5)
    if cadangan:
        raise ValueError("bagian cadangan terisi")
    jenis, tanda = _pecah(isi, 2)
    return _Sshsig(kunci, ruang.decode(), nama_hash.decode(), jenis, tanda)


def _pecah(isi: bytes, jumlah: int) -> list[bytes]:
    """Exactly so many length-prefixed strings, and nothing after them."""
    hasil = []
    for _ in range(jumlah):
        (panjang,) = struct.unpack(">I", isi[:4])
        if panjang > len(isi) - 4:
            raise ValueError("terpotong")
        hasil.append(isi[4 : 4 + panjang])
        isi = isi[4 + panjang :]
    if isi:
        raise ValueError("ada bita berlebih")
    return hasil


# helpers: the mathematics


def _alasan_kripto(publik: str, tanda: _Sshsig, pesan: bytes) -> str | None:
    bagian = publik.split()
    if bagian[0] not in _JENIS_KUNCI:  # a security key (sk-…) would load as a plain one
        raise KunciBelumDidukungError(f"jenis kunci `{bagian[0]}` belum didukung")
    try:
        kunci = load_ssh_public_key(" ".join(bagian[:2]).encode())
    except (ValueError, UnsupportedAlgorithm):
        return "kunci publiknya rusak"
    try:
        if isinstance(kunci, Ed25519PublicKey):
            return _periksa_ed25519(kunci, tanda, pesan)
        if isinstance(kunci, rsa.RSAPublicKey):
            return _periksa_rsa(kunci, tanda, pesan)
        if isinstance(kunci, ec.EllipticCurvePublicKey):
            return _periksa_ecdsa(kunci, tanda, pesan)
    except (InvalidSignature, ValueError, struct.error):
        return "tidak cocok dengan isinya"
    return "kunci publiknya rusak"


def _periksa_ed25519(kunci: Ed25519PublicKey, tanda: _Sshsig, pesan: bytes) -> str | None:
    if tanda.jenis != b"ssh-ed25519":
        return "jenis tanda tangan tidak sesuai kuncinya"
    kunci.verify(tanda.tanda, pesan)
    return None


def _periksa_rsa(kunci: rsa.RSAPublicKey, tanda: _Sshsig, pesan: bytes) -> str | None:
    if tanda.jenis not in _RSA:
        return "tanda tangan RSA harus rsa-sha2-512 atau rsa-sha2-256"
    if kunci.key_size < _BIT_RSA_TERKECIL:
        return f"kunci RSA {kunci.key_size} bit terlalu pendek"
    kunci.verify(tanda.tanda, pesan, padding.PKCS1v15(), _RSA[tanda.jenis])
    return None


def _periksa_ecdsa(kunci: ec.EllipticCurvePublicKey, tanda: _Sshsig, pesan: bytes) -> str | None:
    kurva, algoritma = _ECDSA.get(tanda.jenis, ("", SHA256()))
    if kunci.curve.name != kurva:
        return "jenis tanda tangan tidak sesuai kuncinya"
    r, s = (_mpint(b) for b in _pecah(tanda.tanda, 2))
    kunci.verify(encode_dss_signature(r, s), pesan, ec.ECDSA(algoritma))
    return None


def _mpint(isi: bytes) -> int:
    """A positive multiple-precision integer in its shortest form (RFC 4251)."""
    nilai = int.from_bytes(isi, "big", signed=True)
    if nilai <= 0 or len(isi) != nilai.bit_length() // 8 + 1:
        raise ValueError("bilangan tidak baku")
    return nilai
