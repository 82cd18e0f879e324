"""The COSE form of a passkey's public key (RFC 9053 section 7.1.1; W3C WebAuthn section 6.5.1.1).

It reads one map alone: an ES256 key with its five members in any order, each in the shortest
CBOR form. Whatever else a browser may give is refused, so no CBOR library is needed.

Example:
    >>> titik_es256(bytes.fromhex("a5010203262001215820") + x + bytes.fromhex("225820") + y)[0]
    4
"""

from __future__ import annotations

from kinerja.adapters.ssh_wire import Pembaca

_PETA_LIMA = 0xA5
_TETAP = {0x01: 0x02, 0x03: 0x26, 0x20: 0x01}
"""Label → value, each one byte of CBOR: kty 1 = 2 (EC2), alg 3 = -7 (ES256), crv -1 = 1 (P-256)."""
_X, _Y = 0x21, 0x22
_BITA_32 = b"\x58\x20"
_KOORDINAT = 32


def titik_es256(cose: bytes) -> bytes:
    """The key's point, uncompressed; whether it lies on the curve is not looked at.

    Raises:
        ValueError: it is not exactly that map, with the reason.
    """
    baca = Pembaca(cose)
    if baca.bita(1)[0] != _PETA_LIMA:
        raise ValueError("kunci publik passkey bukan peta COSE dengan lima isian")
    isi: dict[int, bytes] = {}
    for _ in range(5):
        label = baca.bita(1)[0]
        if label in isi:
            raise ValueError("kunci publik passkey memuat isian ganda")
        isi[label] = _nilai(label, baca)
    baca.habis()
    return b"\x04" + isi[_X] + isi[_Y]


# helpers


def _nilai(label: int, baca: Pembaca) -> bytes:
    if label in _TETAP:
        nilai = baca.bita(1)
        if nilai[0] != _TETAP[label]:
            raise ValueError("kunci publik passkey bukan ES256 pada kurva P-256")
        return nilai
    if label not in (_X, _Y) or baca.bita(2) != _BITA_32:
        raise ValueError("kunci publik passkey memuat isian yang tidak dikenal")
    return baca.bita(_KOORDINAT)
