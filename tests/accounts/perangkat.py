"""A passkey authenticator in software, spoken to in the JSON forms that browsers use; and small things."""

from __future__ import annotations

import base64
import json
import sqlite3
import struct
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor

from kinerja.accounts.jejak import Jejak
from kinerja.accounts.store import Permintaan, Simpanan

WITA = timezone(timedelta(hours=8))
SAAT = datetime(2024, 10, 3, 10, 31, tzinfo=WITA)
SITUS = "kinerja.contoh.go.id"
ASAL = f"https://{SITUS}"
SANDI = "kuda baterai jepit benar"
HADIR, TERVERIFIKASI, BERISI, CADANGAN_TANPA_DAPAT = 0x01, 0x04, 0x40, 0x10


def nanti(minta: Permintaan, **lama: float) -> Permintaan:
    return replace(minta, saat=minta.saat + timedelta(**lama))


def kode(isi: bytes) -> str:
    return base64.urlsafe_b64encode(isi).decode().rstrip("=")


def buka(isi: str) -> bytes:
    return base64.urlsafe_b64decode(isi + "=" * (-len(isi) % 4))


def serentak(jumlah: int, kerja: Callable[[int], object]) -> list[object]:
    """So many threads at once; the first exception of any is raised."""
    with ThreadPoolExecutor(jumlah) as kolam:
        return list(kolam.map(kerja, range(jumlah)))


def peristiwa(simpanan: Simpanan) -> list[tuple[str, str | None, str]]:
    """The audit trail, oldest first."""
    return [(c.peristiwa, c.orang, c.rincian) for c in reversed(Jejak(simpanan).baca(1000))]


def seluruh_isi(simpanan: Simpanan) -> str:
    """Every cell of every table as text."""
    with simpanan.baca() as db:
        tabel = [b[0] for b in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return repr([db.execute(f"SELECT * FROM {t}").fetchall() for t in tabel])  # noqa: S608 - our own tables


def paksa(simpanan: Simpanan, sql: str, *isi: object) -> sqlite3.Cursor:
    with simpanan.tulis() as db:
        return db.execute(sql, isi)


class Pengautentik:
    """One passkey; ``ubah`` exchanges single things that a browser or a thief might change."""

    def __init__(self, asal: str = ASAL, *, hitungan: int = 0) -> None:
        self.asal, self.hitungan = asal, hitungan
        self.kunci = ec.generate_private_key(ec.SECP256R1())
        self.id = sha256(str(id(self)).encode() + str(self.kunci.private_numbers()).encode()).digest()
        self.pegangan = b""

    def daftar(self, pilihan: Mapping[str, Any], **ubah: Any) -> dict[str, Any]:
        """``navigator.credentials.create``."""
        self.pegangan = buka(pilihan["user"]["id"])
        klien = self._klien("webauthn.create", pilihan, ubah)
        cose = ubah.get("cose") or self._cose()
        baru = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor.encode(cose)
        data = self._data(ubah.get("rp", pilihan["rp"]["id"]), BERISI, ubah) + baru
        lampiran = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        isi = {"clientDataJSON": klien, "attestationObject": lampiran}
        return self._jawaban(isi, {"transports": ["internal", "hybrid", "pos-kilat"]})

    def masuk(self, pilihan: Mapping[str, Any], **ubah: Any) -> dict[str, Any]:
        """``navigator.credentials.get``."""
        klien = self._klien("webauthn.get", pilihan, ubah)
        data = self._data(ubah.get("rp", pilihan["rpId"]), 0, ubah)
        tanda = self.kunci.sign(data + sha256(klien).digest(), ec.ECDSA(SHA256()))
        isi = {"clientDataJSON": klien, "authenticatorData": data, "signature": tanda}
        pegangan = ubah.get("pegangan", self.pegangan)
        return self._jawaban(isi | ({} if pegangan is None else {"userHandle": pegangan}), {})

    def _jawaban(self, isi: Mapping[str, bytes], lain: Mapping[str, Any]) -> dict[str, Any]:
        respons = {n: kode(b) for n, b in isi.items()} | dict(lain)
        return {"id": kode(self.id), "rawId": kode(self.id), "type": "public-key", "response": respons,
                "authenticatorAttachment": "platform", "clientExtensionResults": {}}  # fmt: skip

    def _klien(self, jenis: str, pilihan: Mapping[str, Any], ubah: Mapping[str, Any]) -> bytes:
        isi = {"type": ubah.get("jenis", jenis), "challenge": ubah.get("tantangan", pilihan["challenge"]),
               "origin": ubah.get("asal", self.asal), "crossOrigin": ubah.get("silang", False)}  # fmt: skip
        return json.dumps(isi, separators=(",", ":")).encode()

    def _data(self, situs: str, tambahan: int, ubah: Mapping[str, Any]) -> bytes:
        bendera = ubah.get("bendera", HADIR | TERVERIFIKASI) | tambahan
        hitungan = ubah.get("hitungan", self.hitungan)
        return sha256(situs.encode()).digest() + bytes([bendera]) + struct.pack(">I", hitungan)

    def _cose(self) -> dict[int, Any]:
        n = self.kunci.public_key().public_numbers()
        return {1: 2, 3: -7, -1: 1, -2: n.x.to_bytes(32, "big"), -3: n.y.to_bytes(32, "big")}
