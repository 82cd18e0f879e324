"""``--fix`` writes what is certain and nothing else; comments, order and other bytes stay."""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.adapters.trees import PohonFolder, PohonTumpuk
from kinerja.adapters.yaml_strict import muat
from kinerja.checking.fixes import perbaiki, perbaiki_bita
from kinerja.checking.run import Pilihan, periksa_jalur, periksa_pohon
from kinerja.domain.errors import PemakaianError

VALID = Path(__file__).parents[1] / "examples" / "valid"
TW1 = "reports/2024/tw1/kertas-kerja/layanan.yaml"
ASAL = (VALID / TW1).read_bytes()
PERSEN, ORANG, PAGU, FISIK = b"realisasi: 75.00", b"realisasi: 60", b"realisasi: 18750000", b"fisik: 25"


def betulkan(bita: bytes) -> tuple[bytes, list[str]]:
    pohon = PohonTumpuk({TW1: bita}, PohonFolder(VALID))
    baru, hasil = perbaiki_bita(bita, TW1, periksa_pohon(pohon, [TW1]))
    return baru, [f"{p.sebelum} -> {p.sesudah}" for p in hasil]


@pytest.mark.parametrize(
    ("lama", "baru", "hasil"),
    [
        (PERSEN, "realisasi: 97,5", b"realisasi: 97.5"),
        (PERSEN, "realisasi: 97,5 %", b"realisasi: 97.5"),
        (PERSEN, 'realisasi: "75,00%"', b"realisasi: 75.00"),
        (PERSEN, "realisasi: 75 persen", b"realisasi: 75"),
        (ORANG, "realisasi: 60 Keluarga", b"realisasi: 60"),
        (ORANG, 'realisasi: "1.234"', b"realisasi: 1234"),
        (ORANG, "realisasi: 1.234.567", b"realisasi: 1234567"),
        (PAGU, "realisasi: Rp 18.750.000,00", b"realisasi: 18750000.00"),
        (PAGU, "realisasi: Rp18.750.000,-", b"realisasi: 18750000"),
        (FISIK, "fisik: 25%", b"fisik: 25"),
        (b"pembilang: 150", "pembilang: 150,0", b"pembilang: 150.0"),
    ],
)  # fmt: skip
def test_what_can_mean_one_thing_is_written(lama: bytes, baru: str, hasil: bytes) -> None:
    assert ASAL.count(lama) == 1
    rusak = ASAL.replace(lama, baru.encode())
    betul, daftar = betulkan(rusak)
    assert betul == ASAL.replace(lama, hasil)
    assert len(daftar) == 1


@pytest.mark.parametrize(
    ("lama", "baru"),
    [
        (PERSEN, 'realisasi: "1.234"'),
        (PERSEN, "realisasi: 7 Unit"),
        (PERSEN, "realisasi: 1:17,9"),
        (PERSEN, 'realisasi: "-"'),
        (PERSEN, "realisasi: n/a"),
        (PERSEN, "realisasi: nihil"),
        (PERSEN, "realisasi: 97,5 ribu"),
        (ORANG, "realisasi: 60 %"),
        (ORANG, 'realisasi: "1,234"'),
        (PAGU, "realisasi: 18,7 juta"),
        (PAGU, "realisasi: 18.750.000 %"),
        (b"pembilang: 150", 'pembilang: "1.500"'),
        (b"target: 80", "target: 80 orang"),
    ],
)  # fmt: skip
def test_what_leaves_a_doubt_is_not_touched(lama: bytes, baru: str) -> None:
    rusak = ASAL.replace(lama, baru.encode(), 1)
    assert betulkan(rusak) == (rusak, [])


@pytest.mark.parametrize(
    ("ganti", "hasil"),
    [
        ('faktor_pendorong: "  Kader desa aktif "', "faktor_pendorong: Kader desa aktif"),
        ("faktor_pendorong: Kader\u200b desa aktif", "faktor_pendorong: Kader desa aktif"),
    ],
)
def test_blanks_and_invisible_characters_go(ganti: str, hasil: str) -> None:
    rusak = ASAL.replace(b"faktor_pendorong: Kader desa aktif", ganti.encode())
    assert rusak != ASAL
    betul, _ = betulkan(rusak)
    assert hasil in betul.decode().replace('"', "")
    assert len(betul.splitlines()) == len(ASAL.splitlines())


def test_only_the_lines_of_the_fixes_change_and_comments_stay() -> None:
    rusak = ASAL.replace(PERSEN, b"realisasi: 97,5 %").replace(FISIK, b"fisik: 25 %")
    betul, daftar = betulkan(rusak)
    beda = [b for b in difflib.unified_diff(rusak.decode().splitlines(), betul.decode().splitlines(), n=0) if b[0] in "+-"]
    assert len(daftar) == 2
    assert len(beda) == 2 + 2 * 2  # two file headings, two lines each way
    assert "# ◄ isi" in betul.decode().split("realisasi: 97.5")[1].splitlines()[0]


def test_line_ends_and_byte_order_mark_stay() -> None:
    rusak = b"\xef\xbb\xbf" + ASAL.replace(PERSEN, b"realisasi: 97,5").replace(b"\n", b"\r\n")
    betul, _ = betulkan(rusak)
    assert betul == rusak.replace(b"97,5", b"97.5")


def test_an_unreadable_file_is_left_alone() -> None:
    assert perbaiki_bita(b"a: [\n", TW1, ()) == (b"a: [\n", ())


@given(st.text(st.sampled_from("0123456789.,%- Rpkeluarg:"), max_size=14))
def test_whatever_stands_there_the_rest_of_the_file_is_never_touched(teks: str) -> None:
    rusak = ASAL.replace(ORANG, b'realisasi: "' + teks.encode() + b'"')
    betul, daftar = betulkan(rusak)
    if not daftar:
        assert betul == rusak
        return
    sebelum, sesudah = muat(rusak, "")[0], muat(betul, "")[0]
    assert isinstance(sebelum, dict) and isinstance(sesudah, dict)
    for data in (sebelum, sesudah):
        data["indikator"][1].pop("realisasi")
    assert sebelum == sesudah


@pytest.fixture
def dinas(tmp_path: Path) -> Path:
    shutil.copytree(VALID, tmp_path / "dinas")
    berkas = tmp_path / "dinas" / TW1
    berkas.write_bytes(ASAL.replace(FISIK, b"fisik: 25%"))
    return tmp_path / "dinas"


def test_files_are_written_once_and_a_second_time_changes_nothing(dinas: Path) -> None:
    berkas = dinas / TW1
    berkas.chmod(0o640)
    hasil = periksa_jalur([dinas], Pilihan(simpanan=False))
    baris = ASAL[: ASAL.index(FISIK)].count(b"\n") + 1
    assert [p.teks() for p in perbaiki([dinas], hasil.temuan)] == [f"{TW1}:{baris}: `25%` ditulis `25`"]
    assert berkas.read_bytes() == ASAL
    assert berkas.stat().st_mode & 0o777 == 0o640
    assert perbaiki([dinas], periksa_jalur([dinas], Pilihan(simpanan=False)).temuan) == ()


def test_nothing_outside_the_paths_is_written(dinas: Path) -> None:
    temuan = periksa_jalur([dinas], Pilihan(simpanan=False)).temuan
    assert perbaiki([dinas / "reports/2024/tw2"], temuan) == ()
    assert (dinas / TW1).read_bytes() != ASAL


def test_two_repositories_at_once_are_refused(dinas: Path, tmp_path: Path) -> None:
    shutil.copytree(dinas, tmp_path / "lain")
    with pytest.raises(PemakaianError, match="satu repositori"):
        perbaiki([dinas, tmp_path / "lain"], ())
