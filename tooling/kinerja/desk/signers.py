"""How a person at the desk signs: not at all, or with a passkey in two turns.

A passkey signs in the browser, after the server has said what is to be signed. So an act is
made twice: the first time it stops at :class:`PerluTandaError`, which carries the bytes; the
second time, for the same moment, the browser's answer is at hand. Nothing is written by the
first turn. When somebody else acted in between, the bytes are others and it is asked again.

Example:
    >>> sop.periksa(meja.sesi("p-fajar", PenandaPasskey(publik)), periode, bidang, ya=True)
    PerluTandaError: …
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from enum import StrEnum

from kinerja.adapters.keys import KunciPribadi, SandiPerluError, periksa
from kinerja.adapters.sshsig import tantangan
from kinerja.agency import Instansi
from kinerja.domain.errors import KinerjaError
from kinerja.domain.tata_kelola import Jaminan

Penjawab = Callable[[bytes, str], str]
"""Message and namespace → armored SSHSIG made from the browser's answer; ValueError when it does not fit."""


class PerluTandaError(KinerjaError):
    """The act waits for the person's passkey.

    Attributes:
        isi: the bytes that are to be signed.
        ruang: the namespace of the signature.
    """

    def __init__(self, isi: bytes, ruang: str) -> None:
        super().__init__("tindakan ini menunggu tanda tangan Anda", "sentuh passkey Anda")
        self.isi = isi
        self.ruang = ruang

    def tantangan(self) -> bytes:
        """The WebAuthn challenge that stands for these bytes."""
        return tantangan(self.ruang, self.isi)


class TanpaTanda:
    """Nobody's signer (port ``Penanda``): for pages that only look."""

    jaminan = Jaminan.TERAMATI
    sidik: str | None = None

    def tanda_tangani(self, pesan: bytes, ruang: str) -> str | None:
        """Refuses: a sitting that only looks was asked to act."""
        raise KinerjaError("sesi ini hanya untuk melihat", "masuk lagi, lalu ulangi tindakannya")


TANPA_TANDA = TanpaTanda()


class PenandaPasskey:
    """A person's passkey (port ``Penanda``).

    Args:
        publik: its public key, one OpenSSH line.
        jawaban: what the browser answered so far, one for each signature of the act.
    """

    jaminan = Jaminan.KUNCI_SENDIRI

    def __init__(self, publik: str, jawaban: tuple[Penjawab, ...] = ()) -> None:
        self.publik = publik
        self._jawaban = jawaban

    @property
    def sidik(self) -> str:
        """``SHA256:…`` of the public key."""
        mentah = base64.b64decode(self.publik.split()[1])
        return "SHA256:" + base64.b64encode(hashlib.sha256(mentah).digest()).decode().rstrip("=")

    def tanda_tangani(self, pesan: bytes, ruang: str) -> str:
        """The armored signature of these bytes.

        Raises:
            PerluTandaError: none of the answers is over exactly these bytes.
        """
        for jawab in self._jawaban:
            try:
                armor = jawab(pesan, ruang)
            except ValueError:
                continue  # an answer to another of the act's signatures, or to bytes that moved since
            if periksa(self.publik, pesan, armor, ruang):
                return armor
        raise PerluTandaError(pesan, ruang)


class Berkas(StrEnum):
    """How a person's key file on this computer can be used."""

    TIADA = "tiada"
    TERBUKA = "terbuka"
    BERSANDI = "bersandi"


def berkas_kunci(instansi: Instansi, orang: str) -> Berkas:
    """Whether the person has a key file here, and whether it is locked."""
    berkas = instansi.kunci / orang
    if not berkas.is_file():
        return Berkas.TIADA
    try:
        KunciPribadi.muat(berkas, orang)
    except SandiPerluError:
        return Berkas.BERSANDI
    except KinerjaError:
        return Berkas.TIADA  # a key that cannot be used is no way to sign; the command line tells why
    return Berkas.TERBUKA


def kunci_berkas(instansi: Instansi, orang: str, sandi: str | None) -> KunciPribadi:
    """The person's key file, opened.

    Raises:
        SandiPerluError: it is locked and no passphrase was given.
    """
    return KunciPribadi.muat(instansi.kunci / orang, orang, sandi)
