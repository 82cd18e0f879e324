from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.adapters.yaml_errors import ATURAN_BACA
from kinerja.adapters.yaml_events import DALAM_TERBESAR, UKURAN_TERBESAR
from kinerja.adapters.yaml_strict import Tempat, letak, muat


@pytest.mark.parametrize(
    ("tulisan", "nilai"),
    [
        ("", None), ("~", None), ("null", None), ("true", True), ("false", False),
        ("0", 0), ("-12", -12), ("750000000", 750_000_000),
        ("97.50", Decimal("97.50")), ("-0.5", Decimal("-0.5")), ("1.234", Decimal("1.234")),
        ('"97.50"', "97.50"), ("'true'", "true"), ('""', ""),
    ],
)  # fmt: skip
def test_yaml_core_scalars(tulisan: str, nilai: object) -> None:
    data, temuan = muat(f"a: {tulisan}\n".encode(), "x.yaml")
    assert temuan == ()
    assert data == {"a": nilai}
    assert type(data["a"]) is type(nilai)  # type: ignore[index]
    assert str(data["a"]) == str(nilai)  # type: ignore[index]


@pytest.mark.parametrize(
    "tulisan",
    [
        "97,5", "1.234,56", "Rp 1.000", "85%", "12:30", "1:17,9", "1_000", "012", "0x1F", "1e5",
        "NO", "No", "yes", "on", "Off", "True", "NULL", ".nan", ".inf", "-0", "-0.0", "+5", ".5",
        "1.", "2024-02-30", "7 Unit", "n/a", "BB", "WTP", "=", "9" * 41,
    ],
)  # fmt: skip
def test_everything_else_stays_text_as_typed(tulisan: str) -> None:
    assert muat(f"a: {tulisan}\n".encode(), "x.yaml") == ({"a": tulisan}, ())
    assert muat(f'a: "{tulisan}"\n'.encode(), "x.yaml") == ({"a": tulisan}, ())


@pytest.mark.parametrize(
    ("isi", "aturan", "tempat"),
    [
        (b"a: 1\nb: 2\na: 3\n", "kunci-ganda", (3, 1)),
        (b"x:\n  - a: 1\n    a: 1\n", "kunci-ganda", (3, 5)),
        (b'a: 1\n"a": 2\n', "kunci-ganda", (2, 1)),
        (b"a: &x 1\n", "jangkar-terlarang", (1, 4)),
        (b"a: &x\n", "jangkar-terlarang", (1, 4)),
        (b"<<: {a: 1}\n", "jangkar-terlarang", (1, 1)),
        (b"a: !!str 1\n", "tag-terlarang", (1, 4)),
        (b"a: !!python/object:os.system x\n", "tag-terlarang", (1, 4)),
        (b"%YAML 1.1\n---\na: 1\n", "tag-terlarang", (1, 1)),
        (b"a: 1\n---\nb: 2\n", "dokumen-ganda", (2, 1)),
        (b"a: 1\nb: " + b"[" * 40 + b"]" * 40, "terlalu-dalam", (2, 3 + DALAM_TERBESAR)),
        (b"2024: x\n", "kunci-bukan-teks", (1, 1)),
        (b"a:\n  true: x\n", "kunci-bukan-teks", (2, 3)),
        (b"? [a]\n: b\n", "kunci-bukan-teks", (1, 3)),
        (b"a: 1\nb: caf\xe9\n", "bukan-utf8", (2, 7)),
        (b"\xff\xfea\x00", "bukan-utf8", (1, 1)),
        (b"a: x\x00y\n", "huruf-kendali", (1, 5)),
        ("a: 1\r\nb: \u00e9\u0007\n".encode(), "huruf-kendali", (2, 5)),
        ("a: x\u2028b: 2\n".encode(), "huruf-kendali", (1, 5)),
        (b"a:\n\tb: 1\n", "tab-terlarang", (2, 1)),
        (b"a:\n  b: 1\n\t c: 2\n", "tab-terlarang", (3, 1)),
        (b"x: " + b"a" * UKURAN_TERBESAR, "berkas-terlalu-besar", (0, 0)),
        (b"a: 'b\nc: 1\n", "yaml-rusak", (1, 4)),
    ],
)
def test_refusals_have_rule_and_place(
    isi: bytes, aturan: str, tempat: tuple[int, int]
) -> None:
    data, temuan = muat(isi, "x.yaml")
    assert data is None
    assert [(t.aturan, t.baris, t.kolom) for t in temuan] == [(aturan, *tempat)]
    assert temuan[0].pesan
    assert temuan[0].tindakan
    assert aturan in ATURAN_BACA


def test_all_refusals_of_a_file_are_told() -> None:
    _, temuan = muat(b"a: 1\na: 2\nb: &x 1\nc: *x\nd: !t 1\n1: 2\n", "x.yaml")
    assert [(t.baris, t.aturan) for t in temuan] == [
        (2, "kunci-ganda"), (3, "jangkar-terlarang"), (4, "jangkar-terlarang"),
        (5, "tag-terlarang"), (6, "kunci-bukan-teks"),
    ]  # fmt: skip


def test_an_alias_bomb_costs_nothing() -> None:
    baris = ["a0: &a0 [x, x]"]
    baris += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    data, temuan = muat("\n".join(baris).encode(), "x.yaml")
    assert data is None
    assert {t.aturan for t in temuan} == {"jangkar-terlarang"}


def test_a_byte_order_mark_and_an_empty_file_are_tolerated() -> None:
    assert muat(b"\xef\xbb\xbfa: 1\n", "x") == ({"a": 1}, ())
    assert muat(b"# hanya komentar\n", "x") == (None, ())


@given(st.binary(max_size=200))
def test_no_input_raises(isi: bytes) -> None:
    data, temuan = muat(isi, "x")
    assert data is None or not temuan
    letak(isi)


@given(st.text(alphabet="ab:-[]{}'\"|>&*!%@#, \n\t0.", max_size=60))
def test_no_yaml_like_text_raises(isi: str) -> None:
    data, temuan = muat(isi.encode(), "x")
    assert data is None or not temuan
    assert all(t.pesan and t.tindakan for t in temuan)


def test_places_count_characters_and_find_keys_and_values() -> None:
    isi = "é: ü  # k\nb:\n  - c: 97,5\n    d:\n  - {e~/: f}\n".encode()
    tempat = letak(isi)
    assert tempat.cari("/é") == Tempat(1, 4, "ü")
    assert tempat.cari("/b/0/c") == Tempat(3, 8, "97,5")
    assert tempat.cari("/b/0/c", kunci=True) == Tempat(3, 5, "c")
    assert tempat.cari("/b/1/e~0~1") == Tempat(5, 11, "f")


def test_a_place_that_is_not_there_is_its_nearest_parent() -> None:
    tempat = letak(b"a: 1\nb:\n  - c: 1\n")
    assert tempat.cari("/b/0/x") == Tempat(3, 5, "")
    assert tempat.cari("/b/9/x") == Tempat(2, 1, "")
    assert tempat.cari("/zz") == Tempat(1, 1, "")


def test_a_place_in_a_file_with_byte_order_mark() -> None:
    assert letak(b"\xef\xbb\xbfa: 1\n").cari("/a") == Tempat(1, 4, "1")
