"""Tables that come from outside: CSV in its many encodings, and workbooks (``workbooks``).

It decides what kind of file this is by its bytes, never by its name, and refuses what it cannot
read whole, saying what to save instead. File size, rows, columns and cells have limits. It
leaves out what the columns mean (``calculation.audit``).

Example:
    baca_tabel(Path("capaian.csv")) → (Lembar(nama="", baris=(BarisTabel(1, ("Target", …)), …)),)
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

from kinerja.adapters.workbooks import BANYAK_BARIS, BANYAK_KOLOM, SEL_TERPANJANG, baca_buku_kerja
from kinerja.domain.errors import KinerjaError
from kinerja.domain.tabel import BarisTabel, Lembar

UKURAN_TERBESAR = 20_000_000
_PEMISAH = ";\t,|"
_CONTOH = 65_536
_BOM = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_BUKAN_TABEL = (
    (b"%PDF", "PDF", "salin tabelnya ke buku kerja, lalu simpan sebagai .xlsx"),
    (b"\x89PNG", "gambar", "ketik ulang tabelnya ke dalam buku kerja"),
    (b"\xff\xd8\xff", "gambar", "ketik ulang tabelnya ke dalam buku kerja"),
    (b"\x1f\x8b", "berkas terkompresi", "buka dahulu kompresinya"),
    (b"<!DOCTYPE", "halaman web", "buka di program lembar kerja, lalu simpan sebagai .xlsx"),
    (b"<html", "halaman web", "buka di program lembar kerja, lalu simpan sebagai .xlsx"),
    (b"<table", "halaman web", "buka di program lembar kerja, lalu simpan sebagai .xlsx"),
)


def baca_tabel(jalur: Path) -> tuple[Lembar, ...]:
    """The sheets of a table file, empty rows left out.

    Raises:
        KinerjaError: the file cannot be read whole; with what to do.
    """
    with jalur.open("rb") as berkas:
        bita = berkas.read(UKURAN_TERBESAR + 1)
    if len(bita) > UKURAN_TERBESAR:
        raise KinerjaError(
            f"{jalur.name} lebih besar dari {UKURAN_TERBESAR // 1_000_000} MB",
            "pisahkan tabelnya menjadi beberapa berkas",
        )
    if not bita.strip():
        raise KinerjaError(f"{jalur.name} kosong", "periksa apakah berkasnya tersimpan atau terunduh utuh")
    for awal, jenis, saran in _BUKAN_TABEL:
        if bita.lstrip()[: len(awal)].upper() == awal.upper():
            raise KinerjaError(f"{jalur.name} adalah {jenis}, bukan tabel", saran)
    if bita.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        return baca_buku_kerja(bita, jalur.name)
    return (Lembar("", _csv(_teks(bita, jalur.name), jalur.name)),)


# helpers


def _teks(bita: bytes, nama: str) -> str:
    """The text of a CSV: by its byte order mark, else UTF-16 by its zeros, UTF-8, Windows-1252."""
    sandi = next((s for bom, s in _BOM if bita.startswith(bom)), None) or _utf16_polos(bita)
    for calon in (sandi,) if sandi else ("utf-8", "cp1252"):
        try:
            teks = bita.decode(calon)
        except UnicodeDecodeError:
            continue
        if "\0" not in teks:
            return teks
    raise KinerjaError(
        f"{nama} bukan teks yang dapat dibaca",
        "simpan tabelnya sebagai .xlsx, atau sebagai CSV UTF-8, lalu ulangi",
    )


def _utf16_polos(bita: bytes) -> str | None:
    """UTF-16 without a mark: of Latin text every second byte is zero."""
    contoh = bita[:4096]
    separuh = len(contoh) // 2
    if separuh and contoh[1::2].count(0) > 0.7 * separuh:
        return "utf-16-le"
    return "utf-16-be" if separuh and contoh[::2].count(0) > 0.7 * separuh else None


def _csv(teks: str, nama: str) -> tuple[BarisTabel, ...]:
    pemisah, mulai = _pemisah(teks)
    pembaca = csv.reader(io.StringIO(teks, newline=""), delimiter=pemisah, strict=True)
    hasil: list[BarisTabel] = []
    nomor = 1
    try:
        for sel in pembaca:
            if nomor > mulai and any(s.strip() for s in sel):
                _batasi(sel, nomor, len(hasil), nama)
                hasil.append(BarisTabel(nomor, tuple(sel)))
            nomor = pembaca.line_num + 1
    except csv.Error as e:
        raise KinerjaError(
            f"{nama} baris {nomor}: tanda kutip tidak berpasangan, atau selnya terlalu panjang",
            "betulkan tanda kutip pada baris itu, atau simpan tabelnya sebagai .xlsx",
        ) from e
    return tuple(hasil)


def _batasi(sel: list[str], nomor: int, banyak: int, nama: str) -> None:
    for lewat, apa in (
        (banyak >= BANYAK_BARIS, f"lebih dari {BANYAK_BARIS} baris"),
        (len(sel) > BANYAK_KOLOM, f"baris {nomor} lebih dari {BANYAK_KOLOM} kolom"),
        (any(len(s) > SEL_TERPANJANG for s in sel), f"baris {nomor} memuat sel yang terlalu panjang"),
    ):
        if lewat:
            raise KinerjaError(f"{nama}: {apa}", "periksa berkasnya, atau pisahkan tabelnya")


def _pemisah(teks: str) -> tuple[str, int]:
    """The separator that gives most rows the same number of columns, and how many rows to skip.

    Excel's own first line ``sep=;`` decides.
    """
    pertama = teks[:10].splitlines()[0].strip() if teks[:10].splitlines() else ""
    if pertama.casefold().startswith("sep=") and pertama[4:5] in _PEMISAH and pertama[4:5]:
        return pertama[4], 1
    contoh = teks[:_CONTOH]
    if len(teks) > _CONTOH:
        contoh = contoh[: contoh.rfind("\n") + 1] or contoh
    return max(_PEMISAH, key=lambda p: _keteraturan(contoh, p)), 0


def _keteraturan(contoh: str, pemisah: str) -> tuple[float, int]:
    """The share of rows that have the commonest number of columns, and that number."""
    lebar: list[int] = []
    try:
        for sel in csv.reader(io.StringIO(contoh, newline=""), delimiter=pemisah):
            if any(s.strip() for s in sel):
                lebar.append(len(sel))
    except csv.Error:
        return (0.0, 0)
    ada = Counter(n for n in lebar if n > 1)
    if not ada:
        return (0.0, 0)
    kolom, kali = max(ada.items(), key=lambda x: (x[1], x[0]))
    return (kali / len(lebar), kolom)
