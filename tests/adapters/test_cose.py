"""A passkey's public key from COSE: one map, in any order, and nothing else."""

from __future__ import annotations

import itertools

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from kinerja.adapters import cose, fido
from kinerja.adapters.keys import publik_dari_cose

from .kunci_lunak import SITUS
from .kunci_lunak import cose as tulis

KUNCI = ec.derive_private_key(2_024_04_01, ec.SECP256R1()).public_key()
BAKU = tulis(KUNCI)


def test_the_line_holds_point_and_site_whatever_the_order() -> None:
    publik = publik_dari_cose(BAKU, SITUS)
    dimuat = fido.muat(publik)
    assert (dimuat.jenis, dimuat.aplikasi, dimuat.untuk_ssh) == (fido.JENIS_ECDSA, SITUS, False)
    assert isinstance(dimuat.inti, ec.EllipticCurvePublicKey)
    assert dimuat.inti.public_numbers() == KUNCI.public_numbers()
    for urutan in itertools.permutations(range(5)):
        assert publik_dari_cose(tulis(KUNCI, urutan), SITUS) == publik


@pytest.mark.parametrize(
    ("isi", "alasan"),
    [
        (b"", "terpotong"),
        (BAKU[:-1], "terpotong"),
        (BAKU + b"\0", "ada bita berlebih"),
        (b"\xa4" + BAKU[1:], "lima isian"),
        (b"\xbf" + BAKU[1:] + b"\xff", "lima isian"),
        (BAKU.replace(b"\x03\x26", b"\x03\x27"), "bukan ES256"),
        (BAKU.replace(b"\x01\x02", b"\x01\x01", 1), "bukan ES256"),
        (BAKU.replace(b"\x20\x01", b"\x20\x02"), "bukan ES256"),
        (BAKU.replace(b"\x03\x26", b"\x02\x26"), "tidak dikenal"),
        (BAKU.replace(b"\x03\x26", b"\x18\x03\x26"), "tidak dikenal"),
        (BAKU.replace(b"\x21\x58\x20", b"\x21\x58\x21"), "tidak dikenal"),
        (BAKU.replace(b"\x03\x26", b"\x01\x02"), "ganda"),
        (tulis(KUNCI, (0, 1, 2, 3, 3)), "ganda"),
    ],
)
def test_anything_else_is_refused(isi: bytes, alasan: str) -> None:
    with pytest.raises(ValueError, match=alasan):
        cose.titik_es256(isi)


def test_a_point_off_the_curve_is_refused() -> None:
    with pytest.raises(ValueError, match="tidak pada kurva"):
        publik_dari_cose(BAKU[:-32] + bytes(32), SITUS)


@pytest.mark.parametrize(
    "situs", ["", "ssh:", "https://contoh.go.id", "contoh.go.id:443", "Contoh.go.id", "contoh.go.id.", "-a.id",
              "a..id", "contoh.go.id\n", "é.id", "a" * 64 + ".id", ".".join(["abcdefg"] * 33)]
)  # fmt: skip
def test_a_site_is_a_plain_name(situs: str) -> None:
    with pytest.raises(ValueError, match="bukan nama situs"):
        publik_dari_cose(BAKU, situs)


@given(st.binary(max_size=120))
def test_rubbish_raises_nothing_but_valueerror(isi: bytes) -> None:
    for bita in (isi, BAKU[: len(isi)] + isi):
        try:
            publik_dari_cose(bita, SITUS)
        except ValueError:
            continue
        raise AssertionError(bita)
