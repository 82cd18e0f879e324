"""The one shape of ZIP that an archive may have, and a reader that accepts nothing else.

The profile is a subset of ISO/IEC 21320-1: stored, not deflated; names sorted, NFC, without
folders; no extra field, comment, descriptor, ZIP64, gap or overlap; every header follows from
names and contents alone. So the same content has exactly one archive, and two ZIP programs
cannot read two different contents from it. Nothing is read before all headers are judged.
It leaves out what the files mean (``bag``).

Example:
    >>> with Path("arsip.zip").open("rb") as berkas:
    ...     b"".join(ArsipKetat(berkas).alir("bagit.txt"))
    b'BagIt-Version: 1.0\\nTag-File-Character-Encoding: UTF-8\\n'
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, BinaryIO

from kinerja.domain.errors import KinerjaError
from kinerja.publishing.zipnames import NAMA_TERPANJANG, PenjagaNama, cacat_nama

UKURAN_TERBESAR = 2**31
ENTRI_TERBANYAK = 65_534

_LOKAL = struct.Struct("<4s5H3L2H")
_PUSAT = struct.Struct("<4s6H3L5H2L")
_AKHIR = struct.Struct("<4s4H2LH")
_SIDIK_LOKAL, _SIDIK_PUSAT, _SIDIK_AKHIR = b"PK\3\4", b"PK\1\2", b"PK\5\6"
_VERSI = 20
_UNIX = 3 << 8
_JAM, _TANGGAL = 0, 33  # 1980-01-01 00:00, the first moment that a ZIP can hold
_ATRIBUT = 0o100644 << 16
_UTF8 = 0x0800
_ZIP64 = 0xFFFFFFFF
_KOMENTAR_TERPANJANG = 0xFFFF
_POTONGAN = 1 << 18
"""One piece stays in the processor's cache while three sums are taken of it."""


class JenisCacat(StrEnum):
    """Why a container is refused: the answer to *what shall I do with this file*."""

    BUKAN_ZIP = "bukan ZIP"
    TIDAK_KETAT = "profil tidak ketat"
    RUSAK = "rusak"


class WadahError(KinerjaError):
    """The container is not an archive of the profile."""

    exit_code = 1

    def __init__(self, jenis: JenisCacat, pesan: str) -> None:
        super().__init__(pesan)
        self.jenis = jenis


@dataclass(frozen=True, slots=True)
class Entri:
    """One file of the archive. ``letak`` is the offset of its local header."""

    nama: str
    ukuran: int
    crc: int
    letak: int


class ArsipKetat:
    """An archive whose headers have all been judged; contents are read on demand.

    Raises:
        WadahError: when anything departs from the profile.
    """

    def __init__(self, berkas: BinaryIO) -> None:
        self._berkas = berkas
        self.ukuran, self.entri = _baca_direktori(berkas)

    def alir(self, nama: str) -> Iterator[bytes]:
        """The bytes of one file in pieces; raises WadahError at the end if they are damaged."""
        e = self.entri[nama]
        posisi = e.letak + len(kepala_lokal(e))
        sisa, crc = e.ukuran, 0
        while sisa:
            potongan = _baca(self._berkas, posisi, min(sisa, _POTONGAN))
            crc = zlib.crc32(potongan, crc)
            posisi += len(potongan)
            sisa -= len(potongan)
            yield potongan
        if crc != e.crc:
            raise WadahError(JenisCacat.RUSAK, f"isi `{nama}` rusak (CRC tidak cocok)")

    def ekor(self) -> Iterator[bytes]:
        """What stands behind the last file: directory and end record, in pieces."""
        terakhir = [e.letak + len(kepala_lokal(e)) + e.ukuran for e in self.entri.values()][-1:]
        posisi = terakhir[0] if terakhir else 0
        while posisi < self.ukuran:
            potongan = _baca(self._berkas, posisi, min(self.ukuran - posisi, _POTONGAN))
            posisi += len(potongan)
            yield potongan

    def baca(self, nama: str, terbesar: int) -> bytes:
        """The whole of a file that must be small."""
        if self.entri[nama].ukuran > terbesar:
            alasan = f"`{nama}` lebih besar daripada {terbesar} bita"
            raise WadahError(JenisCacat.TIDAK_KETAT, alasan)
        return b"".join(self.alir(nama))


def kepala_lokal(e: Entri) -> bytes:
    """The header before a file's bytes: the only one that it may have."""
    nama = e.nama.encode()
    umum = (_bendera(e.nama), 0, _JAM, _TANGGAL, e.crc, e.ukuran, e.ukuran, len(nama), 0)
    return _LOKAL.pack(_SIDIK_LOKAL, _VERSI, *umum) + nama


def kepala_pusat(e: Entri) -> bytes:
    """The directory record of a file: the only one that it may have."""
    nama = e.nama.encode()
    umum = (_bendera(e.nama), 0, _JAM, _TANGGAL, e.crc, e.ukuran, e.ukuran, len(nama), 0)
    akhir = (0, 0, 0, _ATRIBUT, e.letak)
    return _PUSAT.pack(_SIDIK_PUSAT, _UNIX | _VERSI, _VERSI, *umum, *akhir) + nama


def penutup(jumlah: int, ukuran_direktori: int, letak_direktori: int) -> bytes:
    """The end record of an archive."""
    return _AKHIR.pack(_SIDIK_AKHIR, 0, 0, jumlah, jumlah, ukuran_direktori, letak_direktori, 0)


# helpers


def _bendera(nama: str) -> int:
    return 0 if nama.isascii() else _UTF8


def _tolak(alasan: str) -> WadahError:
    return WadahError(JenisCacat.TIDAK_KETAT, alasan)


def _baca(berkas: BinaryIO, posisi: int, jumlah: int) -> bytes:
    berkas.seek(posisi)
    isi = berkas.read(jumlah)
    if len(isi) != jumlah:
        raise WadahError(JenisCacat.RUSAK, "berkas terpotong saat dibaca")
    return isi


def _baca_direktori(berkas: BinaryIO) -> tuple[int, Mapping[str, Entri]]:
    ukuran = berkas.seek(0, 2)
    if ukuran > UKURAN_TERBESAR:
        raise _tolak("lebih besar daripada 2 GiB")
    jumlah, letak_direktori = _baca_penutup(berkas, ukuran)
    entri: dict[str, Entri] = {}
    penjaga = PenjagaNama()
    posisi, awal, sebelum = letak_direktori, 0, b""
    for _ in range(jumlah):
        e, mentah = _baca_pusat(berkas, posisi, ukuran - _AKHIR.size)
        alasan = penjaga.cacat(e.nama)
        if alasan:
            raise _tolak(alasan)
        if e.nama.encode() <= sebelum:
            raise _tolak(f"entri `{e.nama}` tidak pada urutannya")
        if e.letak != awal:
            raise _tolak(f"ada celah, tumpang, atau bita tambahan sebelum `{e.nama}`")
        sebelum = e.nama.encode()
        posisi += len(mentah)
        awal = e.letak + len(kepala_lokal(e)) + e.ukuran
        entri[e.nama] = e
    if posisi != ukuran - _AKHIR.size or awal != letak_direktori:
        raise _tolak("ada bita yang bukan milik entri mana pun")
    for e in entri.values():
        harapan = kepala_lokal(e)
        if _baca(berkas, e.letak, len(harapan)) != harapan:
            raise _tolak(f"kepala lokal `{e.nama}` tidak sama dengan direktori")
    return ukuran, entri


def _baca_penutup(berkas: BinaryIO, ukuran: int) -> tuple[int, int]:
    panjang_ekor = min(ukuran, _KOMENTAR_TERPANJANG + _AKHIR.size)
    ekor = _baca(berkas, ukuran - panjang_ekor, panjang_ekor)
    akhir = ekor[-_AKHIR.size :]
    if len(akhir) < _AKHIR.size or not akhir.startswith(_SIDIK_AKHIR):
        if _SIDIK_AKHIR in ekor[: len(_SIDIK_AKHIR) - 1 - _AKHIR.size]:
            raise _tolak("ada komentar atau bita tambahan di belakang arsip")
        raise WadahError(JenisCacat.BUKAN_ZIP, "bukan ZIP, atau terpotong di bagian akhirnya")
    _, disk, disk_pusat, di_sini, jumlah, panjang, letak, komentar = _AKHIR.unpack(akhir)
    if jumlah > ENTRI_TERBANYAK or _ZIP64 in (panjang, letak):
        raise _tolak("memakai ZIP64")
    if disk or disk_pusat or di_sini != jumlah or komentar:
        raise _tolak("arsip terbagi atau berkomentar")
    if letak + panjang != ukuran - _AKHIR.size:
        raise _tolak("ada bita tambahan di depan atau di tengah arsip")
    return jumlah, letak


def _baca_pusat(berkas: BinaryIO, posisi: int, batas: int) -> tuple[Entri, bytes]:
    """One directory record, which must be just what the profile makes of its entry."""
    if posisi + _PUSAT.size > batas:
        raise _tolak("direktori terpotong")
    tetap = _baca(berkas, posisi, _PUSAT.size)
    f = _PUSAT.unpack(tetap)
    panjang_nama = f[10]
    if f[0] != _SIDIK_PUSAT or not 0 < panjang_nama <= NAMA_TERPANJANG:
        raise _tolak("direktori rusak")
    if posisi + _PUSAT.size + panjang_nama > batas:
        raise _tolak("direktori terpotong")
    mentah = _baca(berkas, posisi + _PUSAT.size, panjang_nama)
    try:
        nama = mentah.decode()
    except UnicodeDecodeError:
        raise _tolak("ada nama yang bukan UTF-8") from None
    alasan = cacat_nama(nama) or _cacat_kepala(f, nama)
    if alasan:
        raise _tolak(f"{nama[:120]!a}: {alasan}")
    e = Entri(nama, f[9], f[7], f[16])
    if kepala_pusat(e) != tetap + mentah:
        raise _tolak(f"`{nama}`: ada isian direktori yang tidak baku")
    return e, tetap + mentah


def _cacat_kepala(f: tuple[Any, ...], nama: str) -> str | None:
    """Names the field that departs from the profile."""
    ubah_atribut = f[15] != _ATRIBUT or f[1] >> 8 != _UNIX >> 8
    for salah, alasan in (
        (f[3] & 0x0001, "terenkripsi"),
        (f[3] & 0x0008, "memakai data descriptor"),
        (f[3] != _bendera(nama), "bendera ZIP tidak baku"),
        (f[4] != 0 or f[8] != f[9], "dikompresi, padahal harus disimpan apa adanya"),
        (f[11] != 0, "membawa isian tambahan (extra field)"),
        (f[12] != 0, "berkomentar"),
        (ubah_atribut, "bukan berkas biasa (tautan, folder, atau izin lain)"),
        ((f[5], f[6]) != (_JAM, _TANGGAL), "waktunya tidak baku"),
    ):
        if salah:
            return alasan
    return None
