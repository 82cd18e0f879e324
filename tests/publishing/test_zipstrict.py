"""The strict container: what another tool makes, or a forger bends, is refused with a reason."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.publishing.archive import tulis_zip
from kinerja.publishing.zipstrict import ArsipKetat, JenisCacat, WadahError

ISI = {"a.txt": b"satu", "b/c.txt": b"dua dua", "b/kosong": b"", "é.txt": b"tiga"}
AKHIR = 22
PUSAT = 46


def ketat(isi: dict[str, bytes] | None = None) -> bytes:
    keluar = io.BytesIO()
    tulis_zip(keluar, sorted((ISI if isi is None else isi).items()))
    return keluar.getvalue()


def alasan(bita: bytes) -> str:
    with pytest.raises(WadahError) as e:
        arsip = ArsipKetat(io.BytesIO(bita))
        for nama in arsip.entri:
            list(arsip.alir(nama))
    return f"{e.value.jenis.value}: {e.value.pesan}"


def dari_zipfile(isi: list[tuple[str, bytes]], ubah: Callable[[zipfile.ZipInfo], None]) -> bytes:
    keluar = io.BytesIO()
    with zipfile.ZipFile(keluar, "w") as z:
        for nama, bita in isi:
            info = zipfile.ZipInfo(nama)
            info.create_system, info.external_attr = 3, 0o100644 << 16
            ubah(info)
            z.writestr(info, bita)
    return keluar.getvalue()


def letak_pusat(bita: bytes) -> int:
    return int(struct.unpack("<L", bita[-6:-2])[0])


def tambal(bita: bytes, letak: int, isi: bytes) -> bytes:
    return bita[:letak] + isi + bita[letak + len(isi) :]


def test_reads_what_was_written() -> None:
    arsip = ArsipKetat(io.BytesIO(ketat()))
    assert {n: b"".join(arsip.alir(n)) for n in arsip.entri} == ISI
    assert ArsipKetat(io.BytesIO(ketat({}))).entri == {}


def test_big_file_in_pieces() -> None:
    besar = bytes(range(256)) * 10_000
    arsip = ArsipKetat(io.BytesIO(ketat({"x": besar})))
    potongan = list(arsip.alir("x"))
    assert b"".join(potongan) == besar
    assert len(potongan) > 1
    with pytest.raises(WadahError, match="lebih besar"):
        arsip.baca("x", 1000)


@pytest.mark.parametrize(
    "bita", [b"", b"PK", b"\0" * 100, b"bukan zip " * 50, b"%PDF-1.7 " * 9, ketat()[:-9]]
)
def test_not_a_zip(bita: bytes) -> None:
    assert alasan(bita).startswith(JenisCacat.BUKAN_ZIP.value)


def _simpan(info: zipfile.ZipInfo) -> None:
    info.compress_type = zipfile.ZIP_STORED


def _deflate(info: zipfile.ZipInfo) -> None:
    info.compress_type = zipfile.ZIP_DEFLATED


def _tautan(info: zipfile.ZipInfo) -> None:
    info.external_attr = 0o120777 << 16


def _komentar(info: zipfile.ZipInfo) -> None:
    info.comment = b"hai"


def _tambahan(info: zipfile.ZipInfo) -> None:
    info.extra = struct.pack("<HH", 0x5455, 0)


def _jam(info: zipfile.ZipInfo) -> None:
    info.date_time = (2024, 4, 1, 8, 0, 0)


def _dos(info: zipfile.ZipInfo) -> None:
    info.create_system = 0


@pytest.mark.parametrize(
    ("ubah", "kata"),
    [
        (_deflate, "dikompresi"),
        (_tautan, "bukan berkas biasa"),
        (_komentar, "berkomentar"),
        (_tambahan, "extra field"),
        (_jam, "waktunya"),
        (_dos, "bukan berkas biasa"),
    ],
)
def test_fields_outside_the_profile(ubah: Callable[[zipfile.ZipInfo], None], kata: str) -> None:
    bita = dari_zipfile([("a.txt", b"satu" * 50)], ubah)
    assert kata in alasan(bita)
    assert alasan(bita).startswith(JenisCacat.TIDAK_KETAT.value)


@pytest.mark.parametrize(
    ("nama", "kata"),
    [
        ("../x", "luar arsip"),
        ("/x", "jalur mutlak"),
        ("a\\b", "jalur mutlak"),
        ("a/../../x", "luar arsip"),
        ("folder/", "folder"),
        ("e\u0301", "NFC"),
        ("a\x1b[2J", "kendali"),
        ("n" * 501, "rusak"),
    ],
)
def test_names_outside_the_profile(nama: str, kata: str) -> None:
    bita = dari_zipfile([("q" * len(nama.encode()), b"x")], _simpan)
    bita = bita.replace(b"q" * len(nama.encode()), nama.encode())
    if not nama.isascii():
        for letak in (6, letak_pusat(bita) + 8):
            bita = tambal(bita, letak, struct.pack("<H", 0x800))
    assert kata in alasan(bita)


def test_order_and_repetition() -> None:
    assert "ganda" in alasan(dari_zipfile([("a", b"7"), ("b", b"x")], _simpan).replace(b"b", b"a"))
    assert "urutan" in alasan(dari_zipfile([("b", b"x"), ("a", b"7")], _simpan))
    assert "bertabrakan" in alasan(dari_zipfile([("A", b"x"), ("a", b"7")], _simpan))
    assert "bertabrakan" in alasan(dari_zipfile([("a", b"x"), ("a/b", b"7")], _simpan))


def test_bytes_that_belong_to_nobody() -> None:
    bita = ketat()
    assert "tambahan" in alasan(b"#!/bin/sh\n" + bita)
    assert "tambahan" in alasan(bita + b"\0")
    assert "tambahan" in alasan(bita + b"tanda tangan lain" * 9)
    assert "komentar" in alasan(bita[:-2] + b"\5\0" + b"halo!")
    assert "tambahan" in alasan(bita[:-2] + b"\x16\0" + b"PK\5\6" + b"\0" * 18)
    pusat = letak_pusat(bita)
    geser = bita[:pusat] + b"celah" + bita[pusat:]
    geser = tambal(geser, len(geser) - 6, struct.pack("<L", pusat + 5))
    assert "bukan milik" in alasan(geser)


def test_prefix_hidden_by_shifted_offsets() -> None:
    """Every offset corrected, so that only the rule *from byte 0* can notice."""
    bita = ketat({"a": b"x"})
    pusat = letak_pusat(bita)
    geser = b"MZ" + bita
    geser = tambal(geser, pusat + 2 + 42, struct.pack("<L", 2))
    geser = tambal(geser, len(geser) - 6, struct.pack("<L", pusat + 2))
    assert "celah" in alasan(geser)


def test_two_entries_over_the_same_bytes() -> None:
    bita = ketat({"a": b"xxxxxxxx", "b": b"yyyyyyyy"})
    kedua = letak_pusat(bita) + PUSAT + 1
    assert "celah" in alasan(tambal(bita, kedua + 42, struct.pack("<L", 0)))


def test_local_header_differs_from_directory() -> None:
    bita = ketat()
    assert "kepala lokal" in alasan(tambal(bita, 30, b"z"))
    assert "kepala lokal" in alasan(tambal(bita, 14, b"\1\2\3\4"))


def test_flags_and_splits() -> None:
    bita = ketat()
    bendera = letak_pusat(bita) + 8
    assert "terenkripsi" in alasan(tambal(bita, bendera, b"\1\0"))
    assert "data descriptor" in alasan(tambal(bita, bendera, b"\x08\0"))
    assert "terbagi" in alasan(tambal(bita, len(bita) - 18, b"\1\0"))
    assert "ZIP64" in alasan(tambal(bita, len(bita) - 12, b"\xff\xff"))
    assert "ZIP64" in alasan(tambal(bita, len(bita) - 6, b"\xff\xff\xff\xff"))


def test_damaged_content() -> None:
    bita = ketat()
    assert alasan(bita.replace(b"satu", b"satv")) == "rusak: isi `a.txt` rusak (CRC tidak cocok)"


def test_bomb_is_refused_unread() -> None:
    keluar = io.BytesIO()
    with zipfile.ZipFile(keluar, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("bom", b"\0" * 30_000_000)
    assert "bom" in alasan(keluar.getvalue())


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_bent_bytes_are_refused_or_the_same(data: st.DataObject) -> None:
    """Flips, cuts and insertions: refused, never a traceback, never other content."""
    bita = bytearray(ketat())
    cara = data.draw(st.sampled_from(["ubah", "potong", "sisip"]))
    letak = data.draw(st.integers(0, len(bita) - 1))
    if cara == "ubah":
        bita[letak] ^= data.draw(st.integers(1, 255))
    elif cara == "potong":
        del bita[letak : letak + data.draw(st.integers(1, 60))]
    else:
        bita[letak:letak] = data.draw(st.binary(min_size=1, max_size=40))
    assert alasan(bytes(bita))


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_rubbish_is_refused(isi: bytes) -> None:
    assert alasan(isi)
    assert alasan(isi + ketat({})[:-1])
