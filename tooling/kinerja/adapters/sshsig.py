"""SSHSIG, the signature format of ``ssh-keygen -Y`` (OpenSSH PROTOCOL.sshsig).

It decides whether a signature is a key's over exactly these bytes in a namespace, offline and
alike for a key file, an agent, a security key and a passkey. It leaves out key files
(``keys``), the mathematics of each kind (``sshsig_keys``, ``fido``) and who owns a key.

Example:
    >>> alasan_tolak(publik, b"isi", armor, "kinerja.paraf.v1")
    'dibuat untuk `kinerja.tanda-tangan.v1`, bukan untuk `kinerja.paraf.v1`'
"""

from __future__ import annotations

import base64
import hashlib
import struct
from dataclasses import dataclass

from kinerja.adapters import fido, sshsig_keys, webauthn
from kinerja.adapters.ssh_wire import Pembaca, baca_publik, buka_base64, kutip, teks
from kinerja.domain.errors import KinerjaError

_AJAIB = b"SSHSIG"
_VERSI = 1
_AWAL = "-----BEGIN SSH SIGNATURE-----"
_AKHIR = "-----END SSH SIGNATURE-----"
_LEBAR = 70
_HASH = {"sha512": hashlib.sha512, "sha256": hashlib.sha256}


class KunciBelumDidukungError(KinerjaError):
    """The key is of a kind that cannot be checked here: neither good nor bad."""


def alasan_tolak(publik: str, pesan: bytes, armor: str, ruang: str) -> str | None:
    """Why a signature is refused, in Indonesian; None when it is good.

    Raises:
        KunciBelumDidukungError: when the key's kind cannot be checked here.
    """
    try:
        tanda = _urai(armor)
        jenis, harapan = baca_publik(publik)
    except ValueError as e:
        return f"bukan tanda tangan SSHSIG yang utuh ({e})"
    if tanda.kunci != harapan:
        return "dibuat dengan kunci lain"
    if tanda.ruang != ruang or not ruang:
        return f"dibuat untuk `{kutip(tanda.ruang)}`, bukan untuk `{ruang}`"
    if tanda.hash not in _HASH:
        return f"memakai hash `{kutip(tanda.hash)}`; yang diterima sha512 atau sha256"
    if jenis not in sshsig_keys.JENIS:
        raise KunciBelumDidukungError(f"jenis kunci `{kutip(jenis)}` belum didukung")
    return sshsig_keys.alasan_tolak(publik, tanda.isi, isi_bertanda(ruang, tanda.hash, pesan))


def isi_bertanda(ruang: str, nama_hash: str, pesan: bytes) -> bytes:
    """The bytes that the key itself signs: namespace, hash name and the message's digest."""
    sidik = _HASH[nama_hash](pesan).digest()
    return _AJAIB + b"".join(map(teks, (ruang.encode(), b"", nama_hash.encode(), sidik)))


def tantangan(ruang: str, pesan: bytes) -> bytes:
    """The WebAuthn challenge with which a passkey signs a message: the signed bytes themselves."""
    return isi_bertanda(ruang, "sha512", pesan)


def berarmor(publik: bytes, ruang: str, nama_hash: str, isi: bytes) -> str:
    """A signature as armored text, wrapped as ssh-keygen does.

    Args:
        publik: the public key's blob.
        isi: the key's own signature blob, which begins with its type.
    """
    bagian = (publik, ruang.encode(), b"", nama_hash.encode(), isi)
    blob = _AJAIB + struct.pack(">I", _VERSI) + b"".join(map(teks, bagian))
    armor = base64.b64encode(blob).decode()
    baris = [armor[i : i + _LEBAR] for i in range(0, len(armor), _LEBAR)]
    return "\n".join([_AWAL, *baris, _AKHIR, ""])


def dari_webauthn(
    publik: str, ruang: str, pesan: bytes, *, authenticator_data: bytes, client_data: bytes, tanda: bytes
) -> str:
    """A browser's assertion as armored SSHSIG text, which stock ``ssh-keygen -Y verify`` takes too.

    The challenge of ``navigator.credentials.get`` must have been :func:`tantangan`.

    Args:
        publik: the passkey's public key, an OpenSSH line (``keys.publik_dari_cose``).
        authenticator_data: ``response.authenticatorData`` (W3C WebAuthn section 6.1).
        client_data: ``response.clientDataJSON``, byte for byte (section 5.8.1).
        tanda: ``response.signature``, ASN.1 DER (section 6.5.5).

    Raises:
        ValueError: with the reason in Indonesian, when the result would not verify.
    """
    kunci = fido.muat(publik)
    asersi = webauthn.asersi(kunci.aplikasi, authenticator_data, client_data)
    isi = fido.blob_webauthn(asersi, tanda)
    armor = berarmor(baca_publik(publik)[1], ruang, "sha512", isi)
    alasan = alasan_tolak(publik, pesan, armor, ruang)
    if alasan is not None:
        raise ValueError(alasan)
    return armor


# helpers


@dataclass(frozen=True, slots=True)
class _Sshsig:
    """The fields of a signature, none of them believed yet."""

    kunci: bytes
    ruang: str
    hash: str
    isi: bytes


def _urai(armor: str) -> _Sshsig:
    baris = armor.replace("\r\n", "\n").strip("\n").split("\n")
    if baris[0] != _AWAL or baris[-1] != _AKHIR:
        raise ValueError("tanpa baris pembuka dan penutup")
    baca = Pembaca(buka_base64("".join(baris[1:-1])))
    if baca.bita(6) != _AJAIB or baca.bita(4) != struct.pack(">I", _VERSI):
        raise ValueError("versi lain")
    kunci, ruang, cadangan, nama_hash, isi = (baca.teks() for _ in range(5))
    baca.habis()
    if cadangan:
        raise ValueError("bagian cadangan terisi")
    return _Sshsig(kunci, ruang.decode(), nama_hash.decode(), isi)
