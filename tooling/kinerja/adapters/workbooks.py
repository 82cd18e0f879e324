"""Workbooks (.xlsx, .xlsm) as tables: cell text and cell numbers, nothing executed.

It decides whether a workbook can be read within bounds before anything is unpacked for good:
every part is streamed once, so that a zip bomb, a damaged part or a cell at the far end of the
sheet is met as a refusal. Macros are never run and formulas never computed; the saved result of a
formula is read. Numbers come without the noise of floating point; their printed shape (``93,75%``
for 0.9375) is not known.

calamine allocates the rectangle of a sheet at once (an .xlsx of 5 kB with one far cell took 6 GB).
In .xlsx that can be seen before; in other formats it cannot, so they are refused with the way to
save them.

Example:
    baca_buku_kerja(bita, "capaian.xlsx")[0].nama → "Sheet1"
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, time
from decimal import Decimal
from typing import Any
from xml.parsers import expat

from kinerja.domain.errors import KinerjaError
from kinerja.domain.tabel import BarisTabel, Lembar, Sel

BANYAK_BARIS, BANYAK_KOLOM, SEL_TERPANJANG = 50_000, 500, 32_767
"""Far beyond any published table; the verdicts on so many rows still fit into memory."""

_TERURAI, _BAGIAN, _SEL, _BIDANG = 256_000_000, 2_000, 3_000_000, 4_000_000
"""Unpacked bytes, parts, filled cells, and cells of a sheet's rectangle (24 bytes each)."""

_POTONG = 1 << 20
_ALAMAT = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_SIMPAN = "buka di program lembar kerja, lalu simpan sebagai .xlsx"
_SEL_SELEMBAR = 2_000
"""What a sheet costs by itself, in cells: no more than 2,000 sheets."""
_TERLALU_BESAR = "hapus baris dan kolom yang tidak dipakai, atau pisahkan tabelnya"


class _RusakError(Exception):
    """A part is no well-formed XML, or says it is what it must not be."""


def baca_buku_kerja(bita: bytes, nama: str) -> tuple[Lembar, ...]:
    """The sheets of a workbook, in its order, hidden ones marked.

    Raises:
        KinerjaError: it cannot be read whole; with what to do.
    """
    if bita.startswith(b"\xd0\xcf\x11\xe0"):
        terkunci = "EncryptedPackage".encode("utf-16-le") in bita
        raise KinerjaError(
            f"{nama} terkunci kata sandi" if terkunci else f"{nama} berformat lama (.xls)",
            "buka dengan kata sandinya, lalu simpan tanpa kata sandi" if terkunci else _SIMPAN,
        )
    try:
        _periksa_isi(bita, nama)
    except (zipfile.BadZipFile, zlib.error, _RusakError, EOFError, NotImplementedError, RuntimeError) as e:
        raise _rusak(nama) from e
    return tuple(_lembar(bita, nama))


# helpers: what is inside, before it is read


def _periksa_isi(bita: bytes, nama: str) -> None:
    """Refuses a workbook of another kind, a locked one, and one beyond the limits."""
    with zipfile.ZipFile(io.BytesIO(bita)) as arsip:
        bagian = arsip.infolist()
        ada = {b.filename for b in bagian}
        if "xl/workbook.xml" not in ada:
            jenis = next((j for tanda, j in _JENIS_LAIN if tanda in ada), "bukan buku kerja .xlsx")
            raise KinerjaError(f"{nama} {jenis}", _SIMPAN)
        if any(b.flag_bits & 1 for b in bagian):
            raise KinerjaError(f"{nama} terkunci kata sandi", "simpan tanpa kata sandi, lalu ulangi")
        if len(ada) != len(bagian):
            raise _RusakError
        if len(bagian) > _BAGIAN or sum(b.file_size for b in bagian) > _TERURAI:
            raise KinerjaError(f"{nama} terlalu besar bila diurai", _TERLALU_BESAR)
        for b in bagian:
            _Pengukur(nama).ukur(arsip, b)


_JENIS_LAIN = (
    ("xl/workbook.bin", "berformat .xlsb"),
    ("word/document.xml", "adalah dokumen Word, bukan tabel"),
    ("ppt/presentation.xml", "adalah presentasi, bukan tabel"),
    ("content.xml", "berformat OpenDocument"),
)


class _Pengukur:
    """Streams one part and follows how far its filled cells reach."""

    def __init__(self, nama: str) -> None:
        self._nama = nama
        self._baris = self._kolom = self._terisi = 0
        self._kini = (0, 0)
        self._urai = expat.ParserCreate()
        self._urai.buffer_text = True
        self._urai.StartElementHandler = self._mulai
        self._urai.StartDoctypeDeclHandler = self._doctype

    def ukur(self, arsip: zipfile.ZipFile, bagian: zipfile.ZipInfo) -> None:
        """Reads the part to its end; its checksum and, of XML, its form are proven."""
        with arsip.open(bagian) as isi:
            potong = isi.read(_POTONG)
            xml = potong.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t")[:1] == b"<"
            while potong:
                if xml and not bagian.filename.endswith(".vml"):
                    self._suapi(potong)
                potong = isi.read(_POTONG)
        if xml and not bagian.filename.endswith(".vml"):
            self._suapi(b"", akhir=True)

    def _suapi(self, potong: bytes, *, akhir: bool = False) -> None:
        try:
            self._urai.Parse(potong, akhir)
        except expat.ExpatError as e:
            raise _RusakError from e

    def _doctype(self, *_: object) -> None:
        raise _RusakError

    def _mulai(self, unsur: str, sifat: dict[str, str]) -> None:
        match unsur.rpartition(":")[2]:
            case "row":
                self._kini = (_bilangan(sifat.get("r"), self._kini[0] + 1), 0)
            case "c":
                self._kini = self._letak(sifat.get("r"))
            case "v" | "is":
                self._catat()

    def _letak(self, alamat: str | None) -> tuple[int, int]:
        cocok = _ALAMAT.fullmatch(alamat or "")
        if cocok is None:
            return (self._kini[0], self._kini[1] + 1)
        kolom = 0
        for huruf in cocok[1].upper():
            kolom = 26 * kolom + ord(huruf) - 64
        return (int(cocok[2]), kolom)

    def _catat(self) -> None:
        baris, kolom = self._kini
        self._baris, self._kolom = max(self._baris, baris), max(self._kolom, kolom)
        self._terisi += 1
        if (
            self._terisi > _SEL
            or self._baris > BANYAK_BARIS
            or self._kolom > BANYAK_KOLOM
            or self._baris * self._kolom > _BIDANG
        ):
            sampai = f"sampai baris {self._baris} dan kolom {self._kolom}"
            raise KinerjaError(f"{self._nama} memuat sel {sampai}, terlalu luas", _TERLALU_BESAR)


# helpers: reading the cells


def _lembar(bita: bytes, nama: str) -> Iterator[Lembar]:
    """Every worksheet by calamine, whose faults, panics of its Rust core too, become a refusal."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        buku = CalamineWorkbook.from_filelike(io.BytesIO(bita))
        luas = _Luas(nama)
        for satu in buku.sheets_metadata:
            if satu.typ is SheetTypeEnum.WorkSheet:
                isi = buku.get_sheet_by_name(satu.name).iter_rows()
                baris = tuple(_baris(luas.hitung(isi), nama))
                yield Lembar(satu.name, baris, satu.visible is not SheetVisibleEnum.Visible)
    except (GeneratorExit, KeyboardInterrupt, KinerjaError):
        raise
    except BaseException as e:  # pyo3's PanicException is no Exception
        raise _rusak(nama) from e


class _Luas:
    """Counts the cells of all sheets together: one part may stand under many names."""

    def __init__(self, nama: str) -> None:
        self._nama, self._sel = nama, 0

    def hitung(self, isi: Iterable[list[Any]]) -> Iterator[list[Any]]:
        self._sel += _SEL_SELEMBAR
        for baris in isi:
            self._sel += len(baris)
            if self._sel > _BIDANG:
                raise KinerjaError(f"{self._nama} memuat terlalu banyak sel seluruhnya", _TERLALU_BESAR)
            yield baris


def _baris(isi: Iterator[list[Any]], nama: str) -> Iterator[BarisTabel]:
    for nomor, baris in enumerate(isi, 1):
        sel = tuple(_sel(s) for s in baris)
        if any(isinstance(s, str) and len(s) > SEL_TERPANJANG for s in sel):
            raise KinerjaError(f"{nama} baris {nomor} memuat sel yang terlalu panjang", "periksa berkasnya")
        if any(isinstance(s, Decimal) or s.strip() for s in sel):
            yield BarisTabel(nomor, sel)


def _sel(nilai: Any) -> Sel:  # noqa: ANN401 - whatever calamine found
    """A number exactly as a workbook shows it at most: fifteen digits; anything else as text."""
    match nilai:
        case bool():
            return "TRUE" if nilai else "FALSE"
        case int() | float():
            teks = f"{nilai:.15g}"
            return Decimal(f"{Decimal(teks):f}") if nilai == 0 or 1e-12 < abs(nilai) < 1e18 else teks
        case date() | time():
            return nilai.isoformat()
        case _:
            return str(nilai)


def _bilangan(teks: str | None, bila_tidak: int) -> int:
    return int(teks) if teks and teks.isascii() and teks.isdigit() and len(teks) < 9 else bila_tidak


def _rusak(nama: str) -> KinerjaError:
    return KinerjaError(f"{nama} rusak atau tidak utuh", f"unduh atau salin ulang berkasnya; atau {_SIMPAN}")
