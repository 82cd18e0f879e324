"""The container: one ZIP of the narrowest kind, written the same every time, read strictly.

A subset of ISO/IEC 21320-1: stored, sorted, no folders, extra fields, comments, descriptors,
ZIP64 or encryption; entries lie end to end from byte 0 to the directory, so that two readers
can never see two contents. Everything is checked before any content is read.
"""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

TERBESAR = 2**31 - 1
ENTRI_TERBANYAK = 65_534
NAMA_TERPANJANG = 500

_LOKAL = struct.Struct("<4sHHHHHIIIHH")
_PUSAT = struct.Struct("<4sHHHHHHIIIHHHHHII")
_AKHIR = struct.Struct("<4sHHHHIIH")
_TANGGAL = (1 << 5) | 1  # 1980-01-01, the format's own zero
_MODE = 0o100644 << 16
_VERSI_BUAT, _VERSI_BACA = (3 << 8) | 20, 20
_UTF8 = 0x800
_POTONG = 1 << 20


class WadahError(ValueError):
    """The container is not of the strict profile; the text says how."""


@dataclass(frozen=True, slots=True)
class Entri:
    """One file in the container: name, where its bytes lie, how many, their CRC-32."""

    nama: str
    letak: int
    ukuran: int
    crc: int


def tulis_zip(isi: Mapping[str, bytes]) -> bytes:
    """The container of these files; the same bytes from the same files, always.

    Raises:
        WadahError: a name or the total size is outside the profile.
    """
    badan = bytearray()
    pusat = bytearray()
    for nama in sorted(isi, key=str.encode):
        cacat = _cacat_nama(nama)
        if cacat:
            raise WadahError(f"{nama}: {cacat}")
        b, n = isi[nama], nama.encode()
        bendera = 0 if nama.isascii() else _UTF8
        umum = (bendera, 0, 0, _TANGGAL, zlib.crc32(b), len(b), len(b), len(n), 0)
        pusat += _PUSAT.pack(
            b"PK\x01\x02", _VERSI_BUAT, _VERSI_BACA, *umum, 0, 0, 0, _MODE, len(badan)
        )
        pusat += n
        badan += _LOKAL.pack(b"PK\x03\x04", _VERSI_BACA, *umum) + n + b
        if len(badan) > TERBESAR:
            raise WadahError("arsip lebih dari 2 GiB")
    akhir = _AKHIR.pack(
        b"PK\x05\x06", 0, 0, len(isi), len(isi), len(pusat), len(badan), 0
    )
    return bytes(badan) + bytes(pusat) + akhir


class ZipKetat:
    """A container opened for reading; construction refuses what is not of the profile."""

    def __init__(self, berkas: BinaryIO) -> None:
        self._berkas = berkas
        self.ukuran = berkas.seek(0, 2)
        if self.ukuran > TERBESAR:
            raise WadahError("berkas lebih dari 2 GiB")
        self.entri = {e.nama: e for e in self._direktori()}

    def potongan(self, nama: str) -> Iterator[bytes]:
        """An entry's bytes in bounded pieces."""
        e = self.entri[nama]
        self._berkas.seek(e.letak)
        sisa = e.ukuran
        while sisa:
            potong = self._berkas.read(min(sisa, _POTONG))
            if not potong:
                raise WadahError("berkas terpotong")
            sisa -= len(potong)
            yield potong

    def baca(self, nama: str, batas: int = 1 << 24) -> bytes:
        """A whole small entry; refused above ``batas`` bytes."""
        if self.entri[nama].ukuran > batas:
            raise WadahError(f"{nama} terlalu besar")
        return b"".join(self.potongan(nama))

    # helpers

    def _ambil(self, letak: int, panjang: int) -> bytes:
        self._berkas.seek(letak)
        hasil = self._berkas.read(panjang)
        if len(hasil) != panjang:
            raise WadahError("berkas terpotong")
        return hasil

    def _direktori(self) -> Iterator[Entri]:
        if self.ukuran < _AKHIR.size:
            raise WadahError("bukan ZIP: terlalu pendek")
        a = _AKHIR.unpack(self._ambil(self.ukuran - _AKHIR.size, _AKHIR.size))
        if a[0] != b"PK\x05\x06" or a[7] != 0:
            raise WadahError("bukan ZIP, atau ada isi sesudah akhirnya")
        jumlah, ukuran, awal = a[4], a[5], a[6]
        if a[1] or a[2] or a[3] != jumlah or jumlah > ENTRI_TERBANYAK:
            raise WadahError("direktori akhir tidak sesuai profil")
        if awal + ukuran + _AKHIR.size != self.ukuran:
            raise WadahError("ada isi di luar entri (di depan, di sela, atau di belakang)")
        pusat = self._ambil(awal, ukuran)
        letak_lokal, di = 0, 0
        sebelumnya: bytes | None = None
        lipat: set[str] = set()
        for _ in range(jumlah):
            if di + _PUSAT.size > len(pusat):
                raise WadahError("direktori terpotong")
            p = _PUSAT.unpack_from(pusat, di)
            nama = pusat[di + _PUSAT.size : di + _PUSAT.size + p[10]]
            di += _PUSAT.size + p[10]
            entri = self._entri(p, nama, letak_lokal, awal)
            if sebelumnya is not None and nama <= sebelumnya:
                raise WadahError(f"{entri.nama}: nama ganda atau tidak urut")
            if entri.nama.casefold() in lipat:
                raise WadahError(f"{entri.nama}: hanya berbeda huruf besar-kecil")
            lipat.add(entri.nama.casefold())
            sebelumnya = nama
            letak_lokal = entri.letak + entri.ukuran
            yield entri
        if di != len(pusat) or letak_lokal != awal:
            raise WadahError("ada isi di sela entri")

    def _entri(self, p: tuple[int, ...], nama: bytes, letak: int, awal: int) -> Entri:
        try:
            teks = nama.decode()
        except UnicodeDecodeError as e:
            raise WadahError("nama bukan UTF-8") from e
        cacat = _cacat_nama(teks)
        if cacat:
            raise WadahError(f"{teks!r}: {cacat}")
        bendera = 0 if teks.isascii() else _UTF8
        umum = (bendera, 0, 0, _TANGGAL, p[7], p[8], p[8], len(nama), 0)
        harap = (b"PK\x01\x02", _VERSI_BUAT, _VERSI_BACA, *umum, 0, 0, 0, _MODE, letak)
        if p != harap:
            raise WadahError(f"{teks}: keterangan entri tidak sesuai profil")
        panjang = _LOKAL.size + len(nama)
        if letak + panjang + p[8] > awal:
            raise WadahError(f"{teks}: ukuran melampaui berkas")
        lokal = self._ambil(letak, panjang)
        if lokal != _LOKAL.pack(b"PK\x03\x04", _VERSI_BACA, *umum) + nama:
            raise WadahError(f"{teks}: kepala lokal berbeda dari direktori")
        return Entri(teks, letak + panjang, p[8], p[7])


def _cacat_nama(nama: str) -> str:
    if not nama or len(nama.encode("utf-8", "replace")) > NAMA_TERPANJANG:
        return "nama kosong atau terlalu panjang"
    if nama.startswith("/") or nama.endswith("/") or "\\" in nama or ":" in nama:
        return "bukan jalur berkas yang aman"
    if any(b in ("", ".", "..") for b in nama.split("/")):
        return "jalur keluar dari arsip"
    if not nama.isprintable() or unicodedata.normalize("NFC", nama) != nama:
        return "nama memuat huruf yang tidak baku"
    return ""
