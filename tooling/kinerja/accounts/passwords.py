"""Passwords: which are refused, and how one is kept.

It decides the rules (12 to 200 characters, none of one's own names, none of the most common;
nothing about capitals or digits: NIST SP 800-63B section 3.1.1.2) and the hash: argon2id with
19 MiB, two passes, one lane, the least of OWASP's Password Storage Cheat Sheet. It leaves out
how often somebody may try (``throttle``).

Example:
    >>> alasan_ditolak("password1234", "p-citra", "Citra Lestari, S.Sos.")
    'kata sandi ini termasuk yang paling sering ditebak'
"""

from __future__ import annotations

import re
import threading
import unicodedata

from argon2 import PasswordHasher, Type
from argon2.exceptions import HashingError, InvalidHashError, VerificationError, VerifyMismatchError

from kinerja.domain.errors import KinerjaError, PemakaianError

TERPENDEK, TERPANJANG = 12, 200
_WAKTU, _MEMORI_KIB, _PARALEL = 2, 19_456, 1
_SERENTAK = 4
"""So many hashes at once: 76 MiB, however many sign in."""

_KATA_UMUM = frozenset(
    """admin administrator adminadmin akucintakamu akusayangkamu allahuakbar alhamdulillah anjing
    bandung bismillah bismillahirrahmanirrahim changeme cintaku cintakamu correcthorsebatterystaple
    dinas dinsos dinassosial dragon football garuda garudaindonesia gantisandi gorontalo iloveyou
    indonesia indonesiajaya indonesiamerdeka indonesiaraya internet jakarta kantor kantordinas
    katasandi katakunci kinerja laporan laporankinerja letmein login master merdeka monkey operator
    pancasila passcode passphrase password passwordku pegawai pemda pemerintah persib persija
    princess qwerty qwertyuiop qwertyuiopasdfghjkl rahasia rahasiaku rahasianegara sandi sandiku
    sayang sayangku sayangkamu secret semangat sosial starwars subhanallah sukses sunshine superman
    surabaya terimakasih test testing trustno user welcome zxcvbnm asdfghjkl asdfgh zxcvbn
    qazwsxedcrfv qazwsxedc qwertyasdfgh abcdefgh abcdefghijkl abcdefghijklm abcdefghijklmnopqrstuvwxyz
    abc abcd abcdef""".split()  # noqa: SIM905 - a list to read
)
_DERET = ("0123456789" * 3, "9876543210" * 3, "1qaz2wsx3edc4rfv5tgb", "1q2w3e4r5t6y7u8i9o0p",
          "q1w2e3r4t5y6u7i8o9p0", "zaq12wsxcde34rfv", "qwertyuiopasdfghjklzxcvbnm")  # fmt: skip
_MIRIP = str.maketrans("@4301$5!7", "aaeoissit")
_MEMORI = "kosongkan memori server, lalu ulangi"
_ULANGAN_TERPANJANG = 4
_NAMA_TERPENDEK = 4


class Penyandi:
    """Hashes passwords; parameters are given only in tests."""

    def __init__(
        self, waktu: int = _WAKTU, memori_kib: int = _MEMORI_KIB, paralel: int = _PARALEL
    ) -> None:
        self._inti = PasswordHasher(
            time_cost=waktu, memory_cost=memori_kib, parallelism=paralel, type=Type.ID
        )
        self._giliran = threading.BoundedSemaphore(_SERENTAK)
        self._tiruan = self.sandikan("kata sandi bagi orang yang tidak ada")

    def sandikan(self, sandi: str) -> str:
        """The hash to keep.

        Raises:
            KinerjaError: the computer has too little memory.
        """
        try:
            with self._giliran:
                return self._inti.hash(_baku(sandi))
        except HashingError as e:
            raise KinerjaError("kata sandi tidak dapat disandikan", _MEMORI) from e

    def cocok(self, tersimpan: str | None, sandi: str) -> bool:
        """True when it is the password; without one to compare with it takes as long and is False."""
        terlalu = len(sandi) > TERPANJANG
        try:
            with self._giliran:
                self._inti.verify(tersimpan or self._tiruan, "" if terlalu else _baku(sandi))
        except (VerifyMismatchError, InvalidHashError):
            return False
        except VerificationError as e:
            raise KinerjaError("kata sandi tidak dapat diperiksa", _MEMORI) from e
        return tersimpan is not None and not terlalu

    def usang(self, tersimpan: str) -> bool:
        """True when the hash was made with other parameters than today's."""
        return self._inti.check_needs_rehash(tersimpan)


def alasan_ditolak(sandi: str, orang: str, nama: str) -> str | None:
    """Why a new password is refused, in Indonesian; None when it is good.

    Args:
        orang: the person's id, ``p-citra``.
        nama: the person's name, with or without titles.
    """
    baku = _baku(sandi).decode(errors="replace")
    if len(baku) < TERPENDEK:
        return f"kata sandi kurang dari {TERPENDEK} huruf"
    if len(baku) > TERPANJANG or len(sandi) > TERPANJANG:
        return f"kata sandi lebih dari {TERPANJANG} huruf"
    if any(n in baku.casefold() for n in _nama_sendiri(orang, nama)):
        return "kata sandi memuat nama atau tanda pengenal pemiliknya"
    if _umum(baku.casefold()):
        return "kata sandi ini termasuk yang paling sering ditebak"
    return None


def periksa_baru(sandi: str, orang: str, nama: str) -> None:
    """Refuses a bad new password.

    Raises:
        PemakaianError: with the reason.
    """
    alasan = alasan_ditolak(sandi, orang, nama)
    if alasan is not None:
        saran = "pakai misalnya empat kata yang tidak berhubungan, paling sedikit 12 huruf, tanpa nama Anda"
        raise PemakaianError(alasan, saran)


# helpers


def _baku(sandi: str) -> bytes:
    """One spelling of what looks alike (NFKC), whatever keyboard it was typed on."""
    return unicodedata.normalize("NFKC", sandi).encode(errors="replace")


def _nama_sendiri(orang: str, nama: str) -> set[str]:
    """The id with and without ``p-``, the whole name and its words, all without titles."""
    pokok = unicodedata.normalize("NFKC", nama).casefold().split(",")[0]
    kata = [k for k in pokok.split() if "." not in k]
    tanda = orang.casefold()
    semua = {tanda, tanda.removeprefix("p-"), " ".join(kata), "".join(kata), *kata}
    return {n for n in semua if len(n) >= _NAMA_TERPENDEK}


def _umum(sandi: str) -> bool:
    if any(_ulangan(sandi, n) for n in range(1, _ULANGAN_TERPANJANG + 1)):
        return True
    rapat = re.sub(r"[\W_]", "", sandi)
    if any(rapat in deret for deret in _DERET):
        return True
    tanpa_ekor = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", sandi)
    inti = {re.sub(r"[\W\d_]", "", s) for s in (tanpa_ekor, tanpa_ekor.translate(_MIRIP))}
    return any(_ulangan(i, len(kata)) for i in inti for kata in _KATA_UMUM if i.startswith(kata))


def _ulangan(isi: str, panjang: int) -> bool:
    """True when it is its own beginning over and over: ``abcabcab``, ``rahasiarahasia``."""
    return isi == (isi[:panjang] * (len(isi) // panjang + 1))[: len(isi)]
