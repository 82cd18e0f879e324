"""Tables from outside: every encoding and separator that offices use, and every hostile file."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinerja.adapters.tables import UKURAN_TERBESAR, baca_tabel
from kinerja.audit_step import audit_berkas
from kinerja.domain.errors import KinerjaError, PemakaianError

ISI = "Indikator,Target,Realisasi,Capaian\r\nDesa mandiri – é,80,75,\"93,75\"\r\n"
SEL = [("Indikator", "Target", "Realisasi", "Capaian"), ("Desa mandiri – é", "80", "75", "93,75")]
Tulis = Callable[..., Path]


@pytest.fixture
def tulis(tmp_path: Path) -> Tulis:
    def simpan(isi: bytes | str, nama: str = "tabel.csv") -> Path:
        berkas = tmp_path / nama
        berkas.write_bytes(isi.encode() if isinstance(isi, str) else isi)
        return berkas

    return simpan


def buku(*lembar: tuple[str, Sequence[Sequence[Any]]], siapkan: Callable[[Any, Any], None] | None = None) -> bytes:
    keluar = io.BytesIO()
    with xlsxwriter.Workbook(keluar, {"in_memory": True}) as w:
        for nama, baris in lembar:
            s = w.add_worksheet(nama)
            for i, isi in enumerate(baris):
                s.write_row(i, 0, isi)
            if siapkan is not None:
                siapkan(w, s)
    return keluar.getvalue()


def sel(berkas: Path) -> list[tuple[Any, ...]]:
    return [b.sel for b in baca_tabel(berkas)[0].baris]


# CSV


@pytest.mark.parametrize("sandi", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("akhir", ["\r\n", "\n", "\r"])
def test_encodings_and_line_ends(sandi: str, akhir: str, tulis: Tulis) -> None:
    assert sel(tulis(ISI.replace("\r\n", akhir).encode(sandi))) == SEL


@pytest.mark.parametrize("pemisah", [";", "\t", "|"])
def test_separators_are_told_from_decimal_commas(pemisah: str, tulis: Tulis) -> None:
    isi = "\n".join(pemisah.join(b) for b in [*SEL, ("a, b", "1.234,5", "2,5", "0,20")])
    assert sel(tulis(isi))[2] == ("a, b", "1.234,5", "2,5", "0,20")
    assert sel(tulis(f"Laporan, tahun 2023\n\n{isi}"))[2] == SEL[1]


def test_excels_own_separator_line(tulis: Tulis) -> None:
    (lembar,) = baca_tabel(tulis("sep=;\nTarget;Realisasi\n1;2\n"))
    assert [(b.nomor, b.sel) for b in lembar.baris] == [(2, ("Target", "Realisasi")), (3, ("1", "2"))]


def test_rows_know_their_line_also_after_a_cell_of_two_lines(tulis: Tulis) -> None:
    (lembar,) = baca_tabel(tulis('a,b\n\n"x\ny",1\nz,2\n'))
    assert [b.nomor for b in lembar.baris] == [1, 3, 5]


@pytest.mark.parametrize(
    ("isi", "sebut"),
    [
        (b"", "kosong"),
        (b" \r\n ", "kosong"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n", "gambar"),
        (b"<html><table><tr>", "halaman web"),
        (b"\x1f\x8b\x08", "terkompresi"),
        (b"a,b\n\x00\x01\x02,\x81\n", "bukan teks"),
        (b"a,b\n\x81\x8d,1\n", "bukan teks"),
        (b"\xff\xfea", "bukan teks"),
        (b'a,b\n"tidak ditutup,1\nc,2\n', "baris 2: tanda kutip"),
        (b"a,b\n" + b"x" * 200_000 + b",1\n", "baris 2"),
        (b"a,b\n" + b"x" * 40_000 + b",1\n", "terlalu panjang"),
        (b"a," * 600 + b"\n", "kolom"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, ".xls"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "terkunci kata sandi"),
        (b"PK\x05\x06" + b"\0" * 18, "bukan buku kerja"),
        (b"PK\x03\x04 rusak", "rusak"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_the_next_step(isi: bytes, sebut: str, tulis: Tulis) -> None:
    with pytest.raises(KinerjaError) as galat:
        audit_berkas(tulis(isi))
    assert sebut in galat.value.pesan
    assert galat.value.saran
    assert galat.value.exit_code == 3


def test_a_file_beyond_the_limit_is_not_read_to_its_end(tulis: Tulis) -> None:
    berkas = tulis(b"")
    with berkas.open("r+b") as f:
        f.truncate(UKURAN_TERBESAR + 1)
    with pytest.raises(KinerjaError, match="lebih besar dari 20 MB"):
        baca_tabel(berkas)


def test_more_rows_than_any_published_table_are_refused(tulis: Tulis) -> None:
    kepala, baris = "Indikator,Target,Realisasi,Capaian\n", "a,80,75,93.75\n"
    with pytest.raises(KinerjaError, match="lebih dari 50000 baris"):
        audit_berkas(tulis(kepala + baris * 200_000))


def test_formulas_and_escape_sequences_stay_neutral_text(tulis: Tulis) -> None:
    isi = "Indikator,Target,Realisasi,Capaian\n=cmd|'/c calc'!A1,80,\x1b[31m75,\u202e100\n"
    (b,) = audit_berkas(tulis(isi)).baris
    assert b.status == "tidak-dapat-diperiksa"
    assert b.uraian == "=cmd|'/c calc'!A1"
    assert not {"\x1b", "\u202e"}.intersection(b.alasan)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(awal_isi=st.binary(max_size=400), awal=st.sampled_from([b"", b"PK\x03\x04", b"Target;Realisasi;%\n", b"\xff\xfe", b"sep="]))
def test_random_bytes_give_a_verdict_or_a_refusal(awal_isi: bytes, awal: bytes, tmp_path: Path) -> None:
    berkas = tmp_path / "acak"
    berkas.write_bytes(awal + awal_isi)
    try:
        assert audit_berkas(berkas).baris
    except KinerjaError as e:
        assert e.saran


# workbooks


def test_a_workbook_gives_numbers_texts_and_dates(tulis: Tulis) -> None:
    def siapkan(w: Any, s: Any) -> None:
        s.write(1, 0, 0.9375, w.add_format({"num_format": "0.00%"}))
        s.write(1, 1, 0.1 + 0.2)
        s.write(1, 2, 925896500)
        s.write_formula(1, 3, "=B9/C9", None, 93.75)
        s.write_datetime(2, 0, date(2024, 7, 1), w.add_format({"num_format": "d-m"}))
        s.write(2, 1, True)
        s.write_string(2, 2, "=1+1")
        s.write(2, 3, 1e300)

    (lembar,) = baca_tabel(tulis(buku(("A", [["a", "b", "c", "d"]]), siapkan=siapkan), "a.xlsx"))
    assert [b.sel for b in lembar.baris[1:]] == [
        (Decimal("0.9375"), Decimal("0.3"), Decimal(925896500), Decimal("93.75")),
        ("2024-07-01", "TRUE", "=1+1", "1e+300"),
    ]


def test_merged_headings_titles_and_sheets(tulis: Tulis) -> None:
    def siapkan(w: Any, s: Any) -> None:
        s.merge_range(0, 0, 0, 4, "LAPORAN KINERJA")
        s.merge_range(2, 0, 3, 0, "Indikator")
        s.merge_range(2, 1, 2, 3, "Kinerja")
        s.write_row(3, 1, ["Target", "Realisasi", "%"])
        s.write_row(4, 0, ["Desa mandiri", 80, 75, 0.9375])
        s.write_row(5, 0, ["Desa maju", "80", "75", "90%"])

    isi = buku(("TW I", []), ("TW II", []), siapkan=siapkan)
    hasil = audit_berkas(tulis(isi, "a.xlsx"))
    assert [(b.row, b.lembar, b.baris_berkas, b.status.value) for b in hasil.baris] == [
        (1, "TW I", 5, "konsisten"), (2, "TW I", 6, "salah"),
        (3, "TW II", 5, "konsisten"), (4, "TW II", 6, "salah"),
    ]  # fmt: skip
    assert [b.lembar for b in audit_berkas(tulis(isi, "a.xlsx"), "TW II").baris] == ["TW II"] * 2
    with pytest.raises(PemakaianError) as galat:
        audit_berkas(tulis(isi, "a.xlsx"), "TW III")
    assert "`TW I`, `TW II`" in galat.value.saran


def test_hidden_sheets_and_sheets_without_a_table_are_left_out(tulis: Tulis) -> None:
    def siapkan(_: Any, s: Any) -> None:
        if s.get_name() == "Draf":
            s.hide()

    isi = buku(("Sampul", [["Laporan"]]), ("Draf", SEL), ("Isi", SEL), siapkan=siapkan)
    hasil = audit_berkas(tulis(isi, "a.xlsx"))
    assert {b.lembar for b in hasil.baris} == {"Isi"}
    assert hasil.dilewati == ("Sampul",)
    assert {b.lembar for b in audit_berkas(tulis(isi, "a.xlsx"), "Draf").baris} == {"Draf"}


def test_macros_are_ignored(tulis: Tulis) -> None:
    isi = io.BytesIO(buku(("A", SEL)))
    with zipfile.ZipFile(isi, "a") as z:
        z.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"Shell" * 100)
    assert audit_berkas(tulis(isi.getvalue(), "a.xlsm")).baris[0].status == "konsisten"


def _ganti(isi: bytes, **bagian: bytes) -> bytes:
    """The workbook with some parts replaced; ``sheet`` is its first sheet, others are added."""
    keluar = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(isi)) as lama, zipfile.ZipFile(keluar, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as baru:
        for b in lama.infolist():
            ganti = bagian.get("sheet") if b.filename == "xl/worksheets/sheet1.xml" else None
            baru.writestr(b.filename, lama.read(b) if ganti is None else ganti)
        if "bom" in bagian:
            baru.writestr("xl/media/bom.bin", bagian["bom"])
    return keluar.getvalue()


_LEMBAR = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


@pytest.mark.parametrize(
    ("ubah", "sebut"),
    [
        (lambda b: b[: len(b) // 2], "rusak"),
        (lambda b: _ganti(b, bom=bytes(300_000_000)), "terlalu besar bila diurai"),
        (lambda b: _ganti(b, sheet=_LEMBAR.format('<row r="900000"><c r="XFD900000"><v>1</v></c></row>').encode()),
         "terlalu luas"),
        (lambda b: _ganti(b, sheet=b"<worksheet><sheetData>"), "rusak"),
        (lambda b: _ganti(b, sheet=b'<!DOCTYPE a [<!ENTITY x "y">]><worksheet/>'), "rusak"),
        (lambda b: b.replace(b"xl/workbook.xml", b"xl/workbook.bin"), ".xlsb"),
        (lambda b: b.replace(b"xl/workbook.xml", b"xl/workbok.xml_"), "bukan buku kerja"),
    ],
)  # fmt: skip
def test_hostile_workbooks_are_refused_within_bounds(
    ubah: Callable[[bytes], bytes], sebut: str, tulis: Tulis
) -> None:
    mulai = time.monotonic()
    with pytest.raises(KinerjaError) as galat:
        audit_berkas(tulis(ubah(buku(("A", SEL))), "a.xlsx"))
    assert sebut in galat.value.pesan
    assert galat.value.saran
    assert time.monotonic() - mulai < 20


def test_one_part_under_many_names_is_refused(tulis: Tulis) -> None:
    """A file of a few kilobytes would otherwise be read thousands of times."""
    keluar = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(buku(("A", SEL)))) as lama, zipfile.ZipFile(keluar, "w", zipfile.ZIP_DEFLATED) as baru:
        for b in lama.infolist():
            isi = lama.read(b)
            if b.filename == "xl/workbook.xml":
                satu = re.search(rb"<sheet [^>]*/>", isi)
                assert satu is not None
                banyak = b"".join(satu[0].replace(b'name="A"', b'name="A%d"' % n) for n in range(3_000))
                isi = isi.replace(satu[0], banyak)
            baru.writestr(b.filename, isi)
    with pytest.raises(KinerjaError, match="terlalu banyak sel"):
        audit_berkas(tulis(keluar.getvalue(), "a.xlsx"))


def test_a_part_that_lies_about_its_size_is_refused(tulis: Tulis) -> None:
    isi = bytearray(_ganti(buku(("A", SEL)), bom=bytes(5_000_000)))
    besar = (5_000_000).to_bytes(4, "little")
    assert isi.count(besar) == 2
    palsu = bytes(isi).replace(besar, (5_000).to_bytes(4, "little"))
    with pytest.raises(KinerjaError, match="rusak"):
        audit_berkas(tulis(palsu, "a.xlsx"))


def test_a_locked_zip_is_said_to_be_locked(tulis: Tulis) -> None:
    isi = bytearray(buku(("A", SEL)))
    pusat = isi.index(b"PK\x01\x02")
    isi[pusat + 8] |= 1
    with pytest.raises(KinerjaError, match="terkunci kata sandi"):
        audit_berkas(tulis(bytes(isi), "a.xlsx"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rusak=st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), min_size=1, max_size=5))
def test_a_damaged_workbook_gives_a_verdict_or_a_refusal(
    rusak: list[tuple[int, int]], tmp_path: Path
) -> None:
    isi = bytearray(_BUKU)
    for letak, nilai in rusak:
        isi[letak % len(isi)] = nilai
    berkas = tmp_path / "rusak.xlsx"
    berkas.write_bytes(bytes(isi))
    try:
        assert audit_berkas(berkas).baris
    except KinerjaError as e:
        assert e.saran


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(teks=st.text(alphabet='<>/="rcvtsABZ019 &;!row', max_size=60))
def test_damaged_xml_inside_gives_a_verdict_or_a_refusal(teks: str, tmp_path: Path) -> None:
    berkas = tmp_path / "xml.xlsx"
    berkas.write_bytes(_ganti(_BUKU, sheet=_LEMBAR.format(teks).encode()))
    try:
        assert audit_berkas(berkas).baris
    except KinerjaError as e:
        assert e.saran


_BUKU = buku(("A", SEL))
