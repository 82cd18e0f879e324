"""What a browser says around a passkey's signature (W3C WebAuthn Level 3, sections 5.8.1, 6.1, 7.2).

It decides whether an assertion was made for exactly this challenge, on the passkey's own site,
by a present and verified owner. It leaves out the signature itself (``fido``) and SSHSIG
(``sshsig``). Client data must begin as OpenSSH demands (ssh-ecdsa-sk.c,
``webauthn_check_prepare_hash``), so that stock ``ssh-keygen`` checks the same bytes.

Example:
    >>> alasan_tolak("kinerja.contoh.go.id", asersi_dari_situs_lain, tantangan)
    'dibuat di situs `contoh.com`, bukan di `kinerja.contoh.go.id`'
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NoReturn

from kinerja.adapters.ssh_wire import Pembaca, kutip

HADIR = 0x01
"""Flag UP: somebody touched the authenticator."""
_TERVERIFIKASI, _DAPAT_DICADANGKAN, _DICADANGKAN = 0x04, 0x08, 0x10
_BERISI_PENDAFTARAN, _BEREKSTENSI = 0x40, 0x80
_JENIS = "webauthn.get"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_SITUS = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_ASAL = re.compile(rf"(https?)://({_SITUS.pattern})(?::[1-9][0-9]{{0,4}})?")
_SITUS_TERPANJANG = 253
_SENDIRI = frozenset({"localhost", "127.0.0.1"})


@dataclass(frozen=True, slots=True)
class Asersi:
    """An assertion's fields, none of them believed yet.

    Attributes:
        asal: the origin, ``https://kinerja.contoh.go.id``.
        data_klien: ``clientDataJSON``, byte for byte.
        bendera: the flags of the authenticator data.
        hitungan: its signature counter, four bytes; nobody can judge it offline.
        ekstensi: its extensions (CBOR), signed but not judged.
    """

    asal: str
    data_klien: bytes
    bendera: int
    hitungan: bytes
    ekstensi: bytes


def asersi(rp_id: str, data_pengautentik: bytes, data_klien: bytes) -> Asersi:
    """The fields of what a browser gave.

    Raises:
        ValueError: it was made for another site or is not well formed, with the reason.
    """
    baca = Pembaca(data_pengautentik)
    try:
        situs, bendera, hitungan = baca.bita(32), baca.bita(1), baca.bita(4)
    except ValueError as e:
        raise ValueError(f"data pengautentik passkey tidak utuh ({e})") from e
    if situs != sha256(rp_id.encode()).digest():
        raise ValueError(f"passkey ini bukan untuk situs `{kutip(rp_id)}`")
    asal = _baca_json(data_klien).get("origin")
    if not isinstance(asal, str) or not asal.isascii():
        raise ValueError("data klien passkey tanpa `origin` yang baku")
    return Asersi(asal, data_klien, bendera[0], hitungan, data_pengautentik[37:])


def alasan_tolak(rp_id: str, a: Asersi, tantangan: bytes) -> str | None:
    """Why an assertion cannot count, in Indonesian; None when its signature decides."""
    try:
        data = _baca_json(a.data_klien)
    except ValueError as e:
        return str(e)
    return _alasan_bendera(a) or _alasan_klien(data, a, tantangan) or _alasan_situs(rp_id, a.asal)


def isi_bertanda(rp_id: str, a: Asersi) -> bytes:
    """The bytes that the authenticator signs: its own data, then the client data's digest."""
    data = sha256(rp_id.encode()).digest() + bytes([a.bendera]) + a.hitungan + a.ekstensi
    return data + sha256(a.data_klien).digest()


def nama_situs(rp_id: str) -> str:
    """An RP ID as given.

    Raises:
        ValueError: it is not a host's name in lower case, without scheme and port.
    """
    if not _SITUS.fullmatch(rp_id) or len(rp_id) > _SITUS_TERPANJANG:
        raise ValueError(f"`{kutip(rp_id)}` bukan nama situs; tulis misalnya kinerja.contoh.go.id")
    return rp_id


# helpers


def _alasan_bendera(a: Asersi) -> str | None:
    if not a.bendera & HADIR:
        return "pemilik passkey tidak hadir saat menandatangani"
    if not a.bendera & _TERVERIFIKASI:
        return "passkey dipakai tanpa PIN, sidik jari, atau wajah pemiliknya"
    if a.bendera & _BERISI_PENDAFTARAN:
        return "memuat pendaftaran passkey, bukan hanya tanda tangan"
    if bool(a.bendera & _BEREKSTENSI) != bool(a.ekstensi):
        return "bendera ekstensi passkey tidak sesuai isinya"
    if a.bendera & _DICADANGKAN and not a.bendera & _DAPAT_DICADANGKAN:
        return "bendera cadangan passkey saling bertentangan"
    return None


def _alasan_klien(data: dict[str, Any], a: Asersi, tantangan: bytes) -> str | None:
    """Section 7.2 steps 10 to 14; OpenSSH compares the beginning of the text alone."""
    if data.get("type") != _JENIS:
        return f"dibuat sebagai `{kutip(str(data.get('type')))}`, bukan `{_JENIS}`"
    harapan = base64.urlsafe_b64encode(tantangan).decode().rstrip("=")
    if data.get("challenge") != harapan:
        return "tantangan passkey bukan untuk isi dan ruang nama ini"
    if data.get("origin") != a.asal:
        return "alamat situs tidak sama dengan yang ditandatangani passkey"
    if data.get("crossOrigin", False) is not False or "topOrigin" in data:
        return "passkey dipakai dari dalam halaman situs lain"
    awal = f'{{"type":"{_JENIS}","challenge":"{harapan}","origin":"{a.asal}"'
    if not a.data_klien.startswith(awal.encode()):
        return "data klien passkey tidak dalam bentuk baku WebAuthn"
    return None


def _alasan_situs(rp_id: str, asal: str) -> str | None:
    cocok = _ASAL.fullmatch(asal)
    if cocok is None:
        return f"alamat situs `{kutip(asal)}` tidak dalam bentuk baku"
    skema, situs = cocok[1], cocok[2]
    if skema != "https" and situs not in _SENDIRI:
        return f"dibuat di `{kutip(asal)}`; yang diterima hanya https"
    if situs != rp_id and (_beralamat_ip(situs) or not situs.endswith(f".{rp_id}")):
        return f"dibuat di situs `{kutip(situs)}`, bukan di `{kutip(rp_id)}`"
    return None


def _beralamat_ip(situs: str) -> bool:
    """True for ``10.0.0.1``: no name ends in digits alone (WHATWG URL, host parsing)."""
    return situs.rpartition(".")[2].isdigit()


def _baca_json(bita: bytes) -> dict[str, Any]:
    """Client data; no key twice, no NaN, and its known fields of their own types."""
    try:
        data = json.loads(bita.decode(), object_pairs_hook=_tanpa_ganda, parse_constant=_tolak_tetapan)
    except (ValueError, RecursionError) as e:
        raise ValueError("data klien passkey bukan JSON yang baku") from e
    if not isinstance(data, dict):
        raise ValueError("data klien passkey bukan JSON yang baku")
    salah = [n for n, tipe in _TIPE.items() if not isinstance(data.get(n, tipe()), tipe)]
    if salah:
        raise ValueError(f"isian `{salah[0]}` pada data klien passkey salah jenis")
    return data


_TIPE: dict[str, type] = {
    "type": str, "challenge": str, "origin": str, "crossOrigin": bool, "topOrigin": str,
}  # fmt: skip


def _tanpa_ganda(pasangan: list[tuple[str, Any]]) -> dict[str, Any]:
    hasil = dict(pasangan)
    if len(hasil) != len(pasangan):
        raise ValueError("kunci ganda")
    return hasil


def _tolak_tetapan(nama: str) -> NoReturn:
    raise ValueError(nama)
