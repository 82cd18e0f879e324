"""Authenticators in software for tests: a security key for SSH and a passkey of a browser."""

from __future__ import annotations

import base64
import json
import struct
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kinerja.adapters import sshsig
from kinerja.adapters.fido import JENIS_ED25519
from kinerja.adapters.keys import publik_dari_cose
from kinerja.adapters.ssh_wire import mpint, teks

ORDE_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
SITUS = "kinerja.contoh.go.id"
ASAL = f"https://{SITUS}"
WEBAUTHN = b"webauthn-sk-ecdsa-sha2-nistp256@openssh.com"
HADIR_TERVERIFIKASI = 0x05


def bungkus(publik: str, isi: bytes, ruang: str, nama_hash: str = "sha512") -> str:
    return sshsig.berarmor(base64.b64decode(publik.split()[1]), ruang, nama_hash, isi)


def rs(der: bytes, *, s_tinggi: bool | None = None) -> bytes:
    """An ECDSA signature as SSH writes it; ``s_tinggi`` chooses which of the two s is written."""
    r, s = decode_dss_signature(der)
    if s_tinggi is not None and (s > ORDE_P256 // 2) != s_tinggi:
        s = ORDE_P256 - s
    return mpint(r) + mpint(s)


class TokenLunak:
    """A security key as PROTOCOL.u2f has it."""

    def __init__(self, jenis: str = JENIS_ED25519, aplikasi: bytes = b"ssh:") -> None:
        self.jenis, self.aplikasi = jenis, aplikasi
        if jenis == JENIS_ED25519:
            self._ed = Ed25519PrivateKey.generate()
            badan = teks(self._ed.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
        else:
            self._ec = ec.generate_private_key(ec.SECP256R1())
            titik = self._ec.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
            badan = teks(b"nistp256") + teks(titik)
        blob = teks(jenis.encode()) + badan + teks(aplikasi)
        self.publik = f"{jenis} {base64.b64encode(blob).decode()}"

    def blob(self, pesan: bytes, ruang: str, *, bendera: int = 1, nama_hash: str = "sha512") -> bytes:
        data = bytes([bendera]) + struct.pack(">I", 7)
        bertanda = sshsig.isi_bertanda(ruang, nama_hash, pesan)
        isi = sha256(self.aplikasi).digest() + data + sha256(bertanda).digest()
        if self.jenis == JENIS_ED25519:
            tanda = self._ed.sign(isi)
        else:
            tanda = rs(self._ec.sign(isi, ec.ECDSA(SHA256())))
        return teks(self.jenis.encode()) + teks(tanda) + data

    def tanda_tangani(self, pesan: bytes, ruang: str, *, bendera: int = 1, nama_hash: str = "sha512") -> str:
        isi = self.blob(pesan, ruang, bendera=bendera, nama_hash=nama_hash)
        return bungkus(self.publik, isi, ruang, nama_hash)


def cose(kunci: ec.EllipticCurvePublicKey, urutan: tuple[int, ...] = (0, 1, 2, 3, 4)) -> bytes:
    """The COSE key; ``urutan`` permutes its members."""
    n = kunci.public_numbers()
    isian = (
        b"\x01\x02", b"\x03\x26", b"\x20\x01",
        b"\x21\x58\x20" + n.x.to_bytes(32, "big"), b"\x22\x58\x20" + n.y.to_bytes(32, "big"),
    )  # fmt: skip
    return b"\xa5" + b"".join(isian[i] for i in urutan)


def data_klien(tantangan: bytes, ubah: Mapping[str, Any] | None = None) -> bytes:
    """``clientDataJSON`` as section 5.8.1.1 of WebAuthn serialises it; ``None`` drops a member."""
    isi: dict[str, Any] = {
        "type": "webauthn.get",
        "challenge": base64.urlsafe_b64encode(tantangan).decode().rstrip("="),
        "origin": ASAL,
        "crossOrigin": False,
        **(ubah or {}),
    }
    isi = {k: v for k, v in isi.items() if v is not None}
    return json.dumps(isi, separators=(",", ":")).encode()


@dataclass
class Jawaban:
    """What a browser gives for ``navigator.credentials.get``; its fields can be exchanged."""

    kunci: ec.EllipticCurvePrivateKey
    klien: bytes
    situs: str = SITUS
    bendera: int = HADIR_TERVERIFIKASI
    hitungan: int = 0
    ekstensi: bytes = b""
    data: bytes = field(init=False)
    der: bytes = field(init=False)

    def __post_init__(self) -> None:
        kepala = bytes([self.bendera]) + struct.pack(">I", self.hitungan)
        self.data = sha256(self.situs.encode()).digest() + kepala + self.ekstensi
        self.der = self.kunci.sign(self.data + sha256(self.klien).digest(), ec.ECDSA(SHA256()))

    def blob(self, asal: str = ASAL, *, s_tinggi: bool | None = None) -> bytes:
        """The signature blob of OpenSSH, written without looking at anything."""
        akhir = b"".join(map(teks, (asal.encode(), self.klien, self.ekstensi)))
        return teks(WEBAUTHN) + teks(rs(self.der, s_tinggi=s_tinggi)) + self.data[32:37] + akhir


class PasskeyLunak:
    """A passkey of a site."""

    def __init__(self, situs: str = SITUS) -> None:
        self.situs = situs
        self.kunci = ec.generate_private_key(ec.SECP256R1())
        self.publik = publik_dari_cose(cose(self.kunci.public_key()), situs)

    def jawab(self, tantangan: bytes, ubah: Mapping[str, Any] | None = None, **lain: Any) -> Jawaban:
        klien = lain.pop("klien", None) or data_klien(tantangan, ubah)
        return Jawaban(self.kunci, klien, **{"situs": self.situs, **lain})


def ssh_keygen_terima(folder: Path, publik: str, pesan: bytes, armor: str, ruang: str) -> bool:
    """The word of stock ``ssh-keygen -Y verify``."""
    inti = " ".join(publik.split()[:2])
    (folder / "percaya").write_text(f'p-uji namespaces="{ruang}" {inti}\n')
    (folder / "isi.sig").write_text(armor)
    hasil = subprocess.run(
        ["ssh-keygen", "-Y", "verify", "-f", str(folder / "percaya"), "-I", "p-uji", "-n", ruang,
         "-s", str(folder / "isi.sig")],
        input=pesan, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    return hasil.returncode == 0
