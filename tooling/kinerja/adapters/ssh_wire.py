"""The wire encoding of SSH (RFC 4251 section 5): strings, numbers and base64 lines, read strictly.

It decides whether bytes are well formed. It leaves out what they mean (``sshsig``, ``fido``).

Example:
    >>> baca = Pembaca(teks(b"ssh-ed25519") + b"\\x01")
    >>> baca.teks(), baca.bita(1), baca.habis()
    (b'ssh-ed25519', b'\\x01', None)
"""

from __future__ import annotations

import base64
import struct

_KUTIPAN_TERPANJANG = 80


class Pembaca:
    """Reads a blob from its beginning to its end; every fault is a ValueError with its reason."""

    def __init__(self, isi: bytes) -> None:
        self._isi = isi
        self._letak = 0

    def bita(self, jumlah: int) -> bytes:
        """Exactly so many bytes."""
        akhir = self._letak + jumlah
        if akhir > len(self._isi):
            raise ValueError("terpotong")
        hasil = self._isi[self._letak : akhir]
        self._letak = akhir
        return hasil

    def teks(self) -> bytes:
        """A string: its length in four bytes, then so many bytes."""
        return self.bita(int.from_bytes(self.bita(4), "big"))

    def habis(self) -> None:
        """Refuses what is left over."""
        if self._letak != len(self._isi):
            raise ValueError("ada bita berlebih")


def teks(isi: bytes) -> bytes:
    """A string with its length before it."""
    return struct.pack(">I", len(isi)) + isi


def mpint(nilai: int) -> bytes:
    """A positive multiple-precision integer as a string, in its shortest form."""
    return teks(nilai.to_bytes(nilai.bit_length() // 8 + 1, "big"))


def baca_mpint(isi: bytes) -> int:
    """The number of an mpint's content.

    Raises:
        ValueError: it is not positive or not in its shortest form.
    """
    nilai = int.from_bytes(isi, "big", signed=True)
    if nilai <= 0 or len(isi) != nilai.bit_length() // 8 + 1:
        raise ValueError("bilangan tidak baku")
    return nilai


def buka_base64(isi: str) -> bytes:
    """Decodes; refuses every spelling but the one that encoding gives back.

    Raises:
        ValueError: with the reason.
    """
    try:
        mentah = base64.b64decode(isi, validate=True)
    except ValueError as e:
        raise ValueError("base64 rusak") from e
    if base64.b64encode(mentah).decode() != isi:
        raise ValueError("base64 tidak baku")
    return mentah


def baca_publik(baris: str) -> tuple[str, bytes]:
    """Kind and blob of a public key, one OpenSSH line with or without a comment.

    Raises:
        ValueError: with the reason.
    """
    bagian = baris.split()
    if len(bagian) < 2:  # noqa: PLR2004 - type and base64
        raise ValueError("kunci publiknya tidak utuh")
    return bagian[0], buka_base64(bagian[1])


def kutip(isi: str) -> str:
    """Text of a stranger for a message: short, and nothing that a terminal would obey."""
    singkat = isi if len(isi) <= _KUTIPAN_TERPANJANG else f"{isi[:_KUTIPAN_TERPANJANG]}…"
    return "".join(h if h.isprintable() else "\N{REPLACEMENT CHARACTER}" for h in singkat)
