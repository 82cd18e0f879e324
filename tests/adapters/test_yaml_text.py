from __future__ import annotations

from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kinerja.adapters.yaml_strict import muat
from kinerja.adapters.yaml_text import tulis_alir, tulis_blok, tulis_skalar

TEKS = st.text(
    alphabet=st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(list("ab :#-'\"|>&*!%@`,[]{}~=\n\t0.1\\\u2028\u2029\u0085\u200b\ufeff")),
    ),
    max_size=30,
)
ANGKA = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9))
SKALAR = st.one_of(st.none(), st.booleans(), st.integers(-(10**15), 10**15), ANGKA, TEKS)
POLOS = st.recursive(
    SKALAR,
    lambda isi: st.one_of(
        st.lists(isi, max_size=4), st.dictionaries(TEKS, isi, max_size=4)
    ),
    max_leaves=12,
)


def _nol(nilai: object) -> object:
    """-0.00 is written as it is but read as text; the domain never makes one."""
    if isinstance(nilai, dict):
        return {k: _nol(v) for k, v in nilai.items()}
    if isinstance(nilai, list):
        return [_nol(v) for v in nilai]
    return abs(nilai) if isinstance(nilai, Decimal) and nilai == 0 else nilai


@given(SKALAR)
def test_a_scalar_reads_back(nilai: object) -> None:
    nilai = _nol(nilai)
    teks = tulis_skalar(nilai)
    assert "\n" not in teks
    data, temuan = muat(f"a: {teks}  # komentar\n".encode(), "x")
    assert (data, temuan) == ({"a": nilai}, ())
    assert type(data["a"]) is type(nilai)  # type: ignore[index]


@given(st.dictionaries(TEKS, POLOS, min_size=1, max_size=4))
def test_block_style_reads_back(nilai: dict[str, object]) -> None:
    nilai = _nol(nilai)  # type: ignore[assignment]
    assert muat(("\n".join(tulis_blok(nilai, 0)) + "\n").encode(), "x") == (nilai, ())


@given(POLOS)
def test_flow_style_reads_back_on_one_line(nilai: object) -> None:
    nilai = _nol(nilai)
    teks = tulis_alir(nilai)
    assert "\n" not in teks
    assert muat(f"a: {teks}\n".encode(), "x") == ({"a": nilai}, ())


@pytest.mark.parametrize(
    "teks",
    ["no", "Yes", "on", "012", "1_000", "12:30", "0x1F", "0o7", "1e5", ".inf", ".nan", "+1", "97.",
     "1:17.9", "null", "True", "y"],
)  # fmt: skip
def test_text_that_other_readers_misread_is_quoted(teks: str) -> None:
    assert tulis_skalar(teks) == f'"{teks}"'
    assert yaml.safe_load(tulis_skalar(teks)) == teks


@pytest.mark.parametrize(
    "teks",
    ["97,5", "1.06.04.2.01.0001", "kabid:rehabilitasi-sosial", "Rp 1.000", "a, b [c]", "p-eka",
     "050/11.b/DSPMD/I/2024", "75.02.01", "Anak \u201cterlantar\u201d", "2024-01-06"],
)  # fmt: skip
def test_ordinary_text_needs_no_quotes(teks: str) -> None:
    assert tulis_skalar(teks) == teks


def test_several_lines_become_a_literal_block() -> None:
    assert tulis_blok({"a": "satu: x\n\n- dua"}, 0) == ["a: |-", "  satu: x", "", "  - dua"]
    assert tulis_blok({"a": "satu\ndua\n"}, 0) == ["a: |", "  satu", "  dua"]
    assert tulis_blok({"a": " satu\ndua"}, 0) == ['a: " satu\\ndua"']
    assert tulis_blok([["a"], {"b": "c\nd"}], 2) == ["  - - a", "  - b: |-", "      c", "      d"]


def test_float_is_no_plain_value() -> None:
    with pytest.raises(TypeError):
        tulis_skalar(97.5)
