"""The wire encoding: strict both ways, and every fault has its reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.adapters.ssh_wire import Pembaca, baca_mpint, baca_publik, buka_base64, kutip, mpint, teks


@given(st.lists(st.binary(max_size=40), max_size=6), st.binary(min_size=1, max_size=9))
def test_strings_come_back_and_nothing_may_follow(isi: list[bytes], sisa: bytes) -> None:
    blob = b"".join(map(teks, isi))
    baca = Pembaca(blob)
    assert [baca.teks() for _ in isi] == isi
    baca.habis()
    lebih = Pembaca(blob + sisa)
    assert [lebih.teks() for _ in isi] == isi
    with pytest.raises(ValueError, match="ada bita berlebih"):
        lebih.habis()


@pytest.mark.parametrize("blob", [b"", b"\0\0\0", b"\0\0\0\2x", b"\xff\xff\xff\xffx"])
def test_what_is_cut_off_is_refused(blob: bytes) -> None:
    with pytest.raises(ValueError, match="terpotong"):
        Pembaca(blob).teks()


@given(st.integers(min_value=1, max_value=1 << 300))
def test_a_number_has_one_spelling(nilai: int) -> None:
    isi = Pembaca(mpint(nilai)).teks()
    assert baca_mpint(isi) == nilai
    with pytest.raises(ValueError, match="tidak baku"):
        baca_mpint(b"\0" + isi)


@pytest.mark.parametrize("isi", [b"", b"\0", b"\x80", b"\xff\x01"])
def test_zero_and_negative_numbers_are_refused(isi: bytes) -> None:
    with pytest.raises(ValueError, match="tidak baku"):
        baca_mpint(isi)


@pytest.mark.parametrize("isi", ["QQ", "QR==", "QQ==\n", "Q Q=", "é", "QQ==QQ=="])
def test_base64_has_one_spelling(isi: str) -> None:
    with pytest.raises(ValueError, match="base64"):
        buka_base64(isi)


def test_a_public_line_with_and_without_comment() -> None:
    assert baca_publik("ssh-x QQ== p-citra di rumah") == ("ssh-x", b"A")
    assert baca_publik("ssh-x QQ==") == ("ssh-x", b"A")
    with pytest.raises(ValueError, match="tidak utuh"):
        baca_publik("ssh-x")


def test_a_strangers_words_are_short_and_obey_nobody() -> None:
    assert kutip("paraf\x1b[2J") == "paraf�[2J"
    assert len(kutip("x" * 500)) == 81
