from __future__ import annotations

import difflib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.adapters.yaml_splice import sama, setara, sisip
from kinerja.adapters.yaml_strict import muat
from kinerja.domain.errors import KinerjaError

LEMBAR = """\
# KERTAS KERJA: contoh
skema: kertas-kerja/v1   # jangan diubah

indikator:
  # Baris pertama
  - id: reh-01   # id
    nama: 'Persentase: anak'
    realisasi: null  # ◄ isi
    penjelasan: null  # ◄ isi, wajib bila kurang
    tindak_lanjut: null  # tl
    bukti: []  # bk

  # Baris kedua
  - id: "reh-02"
    nama: Jumlah
    realisasi: 97.5
    penjelasan: |-  # lit
      satu
      dua
    # di antara
    tindak_lanjut:
      uraian: 'u'  # uu
      tenggat: 2024-01-01
    bukti:
    - nama: a
      # di dalam
      sha: b
    - nama: c
      sha: d   # dd
    # ekor
catatan:
alir: {a: 1, b: [x, y], c: "z"}
# akhir
"""
BITA = LEMBAR.encode()
TEKS = st.text(
    alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from(list("a :#-'\"|\n\u2028,]}"))),
    max_size=20,
)
SKALAR = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**12), 10**12), TEKS,
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=1, max_value=10**9),
)  # fmt: skip
POLOS = st.recursive(
    SKALAR,
    lambda isi: st.one_of(st.lists(isi, max_size=3), st.dictionaries(TEKS, isi, max_size=3)),
    max_leaves=6,
)


def daun(data: Any, penunjuk: str = "") -> Iterator[str]:
    """Pointers of every value of the worksheet that is no structure."""
    if isinstance(data, dict) and data:
        for k, v in data.items():
            yield from daun(v, f"{penunjuk}/{k}")
    elif isinstance(data, list) and data:
        for i, v in enumerate(data):
            yield from daun(v, f"{penunjuk}/{i}")
    else:
        yield penunjuk


DATA = muat(BITA, "x")[0]
DAUN = list(daun(DATA))
SEBARIS = [p for p in DAUN if p != "/indikator/1/penjelasan"]


def beda(lama: bytes, baru: bytes) -> list[str]:
    return [
        b
        for b in difflib.ndiff(lama.decode().splitlines(), baru.decode().splitlines())
        if b[0] in "-+"
    ]


def harap(perubahan: dict[str, object]) -> Any:
    data, _ = muat(BITA, "x")
    for penunjuk, nilai in perubahan.items():
        *induk, akhir = penunjuk.split("/")[1:]
        wadah: Any = data
        for b in induk:
            wadah = wadah[int(b)] if isinstance(wadah, list) else wadah[b]
        wadah[int(akhir) if isinstance(wadah, list) else akhir] = nilai
    return data


def test_one_number_is_one_line_and_keeps_its_comment() -> None:
    baru = sisip(BITA, {"/indikator/0/realisasi": Decimal("85.50")})
    assert beda(BITA, baru) == [
        "-     realisasi: null  # ◄ isi",
        "+     realisasi: 85.50  # ◄ isi",
    ]


@pytest.mark.parametrize("penunjuk", DAUN)
def test_a_value_that_stays_changes_no_byte(penunjuk: str) -> None:
    nilai = DATA
    for b in penunjuk.split("/")[1:]:
        nilai = nilai[int(b)] if isinstance(nilai, list) else nilai[b]  # type: ignore[index]
    assert sisip(BITA, {penunjuk: nilai}) == BITA


def test_an_equal_number_written_otherwise_changes_no_byte() -> None:
    assert sisip(BITA, {"/indikator/1/realisasi": Decimal("97.500")}) == BITA
    assert sisip(b"a: 97\n", {"/a": Decimal("97.00")}) == b"a: 97\n"
    assert sisip(b"a: [97.5, 2]\n", {"/a": [Decimal("97.50"), 3]}) == b"a: [97.5, 3]\n"


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(SEBARIS), SKALAR, min_size=1, max_size=6))
def test_scalar_edits_change_one_line_each(perubahan: dict[str, object]) -> None:
    sebaris = {
        k: v for k, v in perubahan.items() if not (isinstance(v, str) and "\n" in v)
    }
    baru = sisip(BITA, sebaris)
    data, temuan = muat(baru, "x")
    assert temuan == ()
    assert setara(data, harap(sebaris))
    lama_baris, baru_baris = BITA.split(b"\n"), baru.split(b"\n")
    assert len(lama_baris) == len(baru_baris)
    berubah = {i for i, (a, b) in enumerate(zip(lama_baris, baru_baris, strict=True)) if a != b}
    beda_nilai = {p for p, v in sebaris.items() if not setara(_lama(p), v)}
    alir = {p for p in beda_nilai if p.startswith("/alir")}
    assert len(berubah) == len(beda_nilai - alir) + bool(alir)


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*DAUN, "/indikator/1/tindak_lanjut", "/indikator/1/bukti", "/alir/b"]),
        POLOS, min_size=1, max_size=3,
    ),
    st.booleans(),
)  # fmt: skip
def test_any_edit_of_a_field_reads_back_and_keeps_comments(perubahan: dict[str, object], crlf: bool) -> None:
    tunggal = {
        k: v for k, v in perubahan.items()
        if not any(k.startswith(f"{lain}/") for lain in perubahan)
    }  # fmt: skip
    asal = BITA.replace(b"\n", b"\r\n") if crlf else BITA
    baru = sisip(asal, tunggal)
    data, temuan = muat(baru, "x")
    assert temuan == ()
    assert setara(data, harap(tunggal))
    for komentar in ("# KERTAS KERJA: contoh", "# Baris pertama", "# ◄ isi, wajib", "# akhir"):
        assert komentar.encode() in baru
    if crlf:
        assert b"\n" not in baru.replace(b"\r\n", b"")


def test_null_becomes_a_mapping_below_and_back() -> None:
    baru = sisip(
        BITA,
        {
            "/indikator/0/tindak_lanjut": {"uraian": "rapat # 2", "tenggat": "2024-06-01"},
            "/indikator/0/bukti": [{"nama": "foto.jpg", "sha": "ab"}],
        },
    )
    assert beda(BITA, baru) == [
        "-     tindak_lanjut: null  # tl",
        "+     tindak_lanjut:  # tl",
        '+       uraian: "rapat # 2"',
        "+       tenggat: 2024-06-01",
        "-     bukti: []  # bk",
        "+     bukti:  # bk",
        "+       - nama: foto.jpg",
        "+         sha: ab",
    ]
    balik = {"/indikator/0/tindak_lanjut": None, "/indikator/0/bukti": []}
    assert sisip(baru, balik) == BITA


def test_several_lines_become_a_literal_block_and_back() -> None:
    baru = sisip(BITA, {"/indikator/0/penjelasan": "satu\ndua: x\n\ntiga"})
    assert "    penjelasan: |-  # ◄ isi, wajib bila kurang\n      satu\n".encode() in baru
    assert sisip(baru, {"/indikator/0/penjelasan": None}) == BITA


def test_a_list_changes_item_by_item_and_keeps_inner_comments() -> None:
    a, c = {"nama": "a", "sha": "b"}, {"nama": "c", "sha": "d"}
    tambah = sisip(BITA, {"/indikator/1/bukti": [a, c, {"nama": "e", "sha": "f"}]})
    assert beda(BITA, tambah) == ["+     - nama: e", "+       sha: f"]
    ubah = sisip(BITA, {"/indikator/1/bukti": [a, {"nama": "c", "sha": "x"}]})
    assert beda(BITA, ubah) == ["-       sha: d   # dd", "+       sha: x   # dd"]
    hapus = sisip(BITA, {"/indikator/1/bukti": [c]})
    assert beda(BITA, hapus) == ["-     - nama: a", "-       # di dalam", "-       sha: b"]
    assert b"# ekor" in hapus


def test_a_missing_key_is_added_at_the_end_of_its_mapping() -> None:
    baru = sisip(BITA, {"/indikator/0/faktor_pendorong": "kader aktif"})
    assert beda(BITA, baru) == ["+     faktor_pendorong: kader aktif"]


def test_byte_order_mark_line_ends_and_missing_last_newline_stay() -> None:
    asal = b"\xef\xbb\xbfa: 1\r\nb: x"
    assert sisip(asal, {"/a": 2}) == b"\xef\xbb\xbfa: 2\r\nb: x"
    assert sisip(asal, {"/b": [1]}) == b"\xef\xbb\xbfa: 1\r\nb:\r\n  - 1"


def test_line_separators_are_escaped() -> None:
    baru = sisip(b"a: null\n", {"/a": "x\u2028y\u2029z\u0085\u200b"})
    assert baru == b'a: "x\\u2028y\\u2029z\\u0085\\u200B"\n'


@pytest.mark.parametrize("penunjuk", ["/tidak/ada", "/indikator/9", "/skema/x", "/indikator/x"])
def test_a_pointer_without_parent_is_refused(penunjuk: str) -> None:
    with pytest.raises(KinerjaError):
        sisip(BITA, {penunjuk: 1})


def test_a_file_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(KinerjaError, match="dua kali"):
        sisip(b"a: 1\na: 2\n", {"/a": 3})
    with pytest.raises(KinerjaError):
        sisip(b"# kosong\n", {"": {"a": 1}})


def test_same_and_equal_differ_in_how_numbers_are_written() -> None:
    assert not sama(Decimal("97.5"), Decimal("97.50"))
    assert not sama(1, True)
    assert sama({"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert setara({"a": [Decimal("97.0")]}, {"a": [97]})
    assert not setara(1, True)
    assert not setara(1, "1")


def _lama(penunjuk: str) -> object:
    kini: Any = DATA
    for b in penunjuk.split("/")[1:]:
        kini = kini[int(b)] if isinstance(kini, list) else kini[b]
    return kini
