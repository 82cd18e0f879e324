"""Numbers as printed: the case table, the known bugs of other systems, the round trip."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kinerja.calculation.numbers import (
    Ambigu,
    Kosong,
    Terbaca,
    TidakTerbaca,
    baca_angka,
    bulat,
    format_angka,
    format_persen,
    format_rupiah,
)

_BERKAS = Path(__file__).parents[1] / "cases" / "angka.yaml"
KASUS = yaml.load(_BERKAS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
_DUA_TEMPAT = st.decimals(min_value=-(10**15), max_value=10**15, places=2)


@pytest.mark.parametrize("kasus", KASUS, ids=[k["nama"] for k in KASUS])
def test_kasus_angka(kasus: dict[str, Any]) -> None:
    hasil = baca_angka(kasus["teks"], desimal=kasus["desimal"] == "ya")
    match kasus["hasil"]:
        case "kosong":
            assert hasil == Kosong()
        case "ditolak":
            assert isinstance(hasil, TidakTerbaca)
            assert hasil.teks == kasus["teks"]
            assert kasus["alasan"] in hasil.alasan
        case list() as pilihan:
            assert isinstance(hasil, Ambigu)
            assert hasil.pilihan == tuple(map(Decimal, pilihan))
        case nilai:
            persen = kasus.get("persen") == "ya"
            assert hasil == Terbaca(Decimal(nilai), kasus.get("satuan", ""), persen)


def test_bug_975_absent() -> None:
    assert baca_angka("97,5", desimal=True) == Terbaca(Decimal("97.5"))


def test_bug_1234_absent_it_asks_by_kind_of_value() -> None:
    assert baca_angka("1.234", desimal=False) == Terbaca(Decimal(1234))
    hasil = baca_angka("1.234", desimal=True)
    assert isinstance(hasil, Ambigu)
    assert hasil.saran == "tulis 1234 bila ribuan, atau 1,234 bila desimal"


def test_both_suggestions_of_an_ambiguous_number_are_then_read_as_meant() -> None:
    assert baca_angka("1234", desimal=True) == Terbaca(Decimal(1234))
    assert baca_angka("1,234", desimal=True) == Terbaca(Decimal("1.234"))


@given(_DUA_TEMPAT)
def test_round_trip_two_places(nilai: Decimal) -> None:
    assert baca_angka(format_angka(nilai, 2), desimal=True) == Terbaca(nilai)


@given(_DUA_TEMPAT)
def test_round_trip_percent_and_rupiah(nilai: Decimal) -> None:
    assert baca_angka(format_persen(nilai), desimal=True) == Terbaca(nilai, persen=True)
    assert baca_angka(format_rupiah(nilai), desimal=False) == Terbaca(nilai)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4) | st.integers().map(Decimal))
def test_a_printed_number_is_never_read_as_another(nilai: Decimal) -> None:
    if len(nilai.as_tuple().digits) > 30:
        return
    hasil = baca_angka(format_angka(nilai), desimal=True)
    assert nilai in (hasil.pilihan if isinstance(hasil, Ambigu) else (hasil.nilai,))


@given(st.text(max_size=20))
def test_any_text_gets_an_answer_and_never_an_exception(teks: str) -> None:
    hasil = baca_angka(teks, desimal=True)
    assert not isinstance(hasil, Terbaca) or any(c in "0123456789" for c in teks)


@pytest.mark.parametrize(
    ("nilai", "hasil"),
    [("0.005", "0.01"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("93.7449", "93.74")],
)
def test_bulat_is_half_up(nilai: str, hasil: str) -> None:
    assert bulat(Decimal(nilai)) == Decimal(hasil)


def test_zero_is_never_printed_negative() -> None:
    assert str(bulat(Decimal("-0.001"))) == "0.00"
    assert format_angka(Decimal("-0.001"), 2) == "0,00"


def test_formats() -> None:
    assert format_angka(Decimal("1234.5")) == "1.234,5"
    assert format_angka(Decimal("-1234.565"), 2) == "\u22121.234,57"
    assert format_persen(Decimal("93.75")) == "93,75\u00a0%"
    assert format_rupiah(Decimal("1234567.00")) == "Rp\u00a01.234.567"
    assert format_rupiah(Decimal("1234567.5")) == "Rp\u00a01.234.567,50"


def test_the_ambient_context_changes_nothing() -> None:
    with localcontext() as konteks:
        konteks.prec, konteks.rounding = 2, ROUND_DOWN
        assert baca_angka("-123.456,789", desimal=True) == Terbaca(Decimal("-123456.789"))
        assert str(bulat(Decimal("1234.565"))) == "1234.57"
        assert format_rupiah(Decimal("123456789.50")) == "Rp\u00a0123.456.789,50"
