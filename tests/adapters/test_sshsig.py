"""A browser's answer becomes SSHSIG or is refused with its reason; no mutation passes or raises.

What ssh-keygen signs is in ``test_keys``, what a passkey may say in ``test_webauthn``.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.adapters import sshsig
from kinerja.adapters.keys import periksa
from kinerja.adapters.sshsig import alasan_tolak, dari_webauthn, tantangan

from .kunci_lunak import PasskeyLunak, bungkus, data_klien

RUANG = "kinerja.tanda-tangan.v1"
ISI = b'{"urut":7}'
PASSKEY = PasskeyLunak()
TANTANGAN = tantangan(RUANG, ISI)
BAKU = data_klien(TANTANGAN)
JAWAB = PASSKEY.jawab(TANTANGAN)
BLOB = JAWAB.blob()
ARMOR = bungkus(PASSKEY.publik, BLOB, RUANG)
COCOK = "tidak cocok dengan isinya"


def tolak(blob: bytes) -> str:
    return alasan_tolak(PASSKEY.publik, ISI, bungkus(PASSKEY.publik, blob, RUANG), RUANG) or "diterima"


# what a browser may hand over


def test_a_browsers_answer_is_refused_with_its_reason() -> None:
    def alasan(data: bytes, der: bytes, klien: bytes = JAWAB.klien, publik: str = PASSKEY.publik) -> str:
        with pytest.raises(ValueError, match=r".") as e:
            dari_webauthn(publik, RUANG, ISI, authenticator_data=data, client_data=klien, tanda=der)
        return str(e.value)

    data, der = JAWAB.data, JAWAB.der
    assert "tidak utuh" in alasan(data[:36], der)
    assert "bukan untuk situs" in alasan(bytes(32) + data[32:], der)
    assert "bendera ekstensi" in alasan(data + b"\0", der)
    assert alasan(data[:-1] + b"\1", der) == COCOK
    for buruk in (b"", der[:-1], der + b"\0", b"\x30\x81" + der[1:], b"\x30\x06\x02\x01\0\x02\x01\1"):
        assert "bukan DER yang baku" in alasan(data, buruk)
    assert "tanpa `origin`" in alasan(data, der, b"{}")
    assert "tanpa `origin`" in alasan(data, der, data_klien(TANTANGAN, {"origin": "https://é"}))
    assert "bukan JSON" in alasan(data, der, b"\xff")
    assert "token atau passkey" in alasan(data, der, publik="ssh-ed25519 QQ==")
    assert alasan(data, PasskeyLunak().jawab(TANTANGAN).der) == COCOK


def test_the_challenge_is_what_ssh_keygen_signs() -> None:
    assert tantangan(RUANG, ISI) == sshsig.isi_bertanda(RUANG, "sha512", ISI)
    assert tantangan(RUANG, ISI) != tantangan("kinerja.paraf.v1", ISI)


# hostile input


@given(st.integers(0, len(BLOB)), st.integers(0, 40), st.binary(max_size=12))
@settings(max_examples=400, deadline=None)
def test_no_mutation_passes_or_raises(awal: int, hapus: int, sisip: bytes) -> None:
    ubah = BLOB[:awal] + sisip + BLOB[awal + hapus :]
    if ubah != BLOB:
        assert not periksa(PASSKEY.publik, ISI, bungkus(PASSKEY.publik, ubah, RUANG), RUANG)


@given(st.integers(0, len(ARMOR)), st.integers(0, 3), st.text(max_size=3))
@settings(max_examples=200, deadline=None)
def test_no_other_text_passes_unless_it_says_the_same(awal: int, hapus: int, sisip: str) -> None:
    ubah = ARMOR[:awal] + sisip + ARMOR[awal + hapus :]
    if "".join(ubah.split()) != "".join(ARMOR.split()):
        assert not periksa(PASSKEY.publik, ISI, ubah, RUANG)


def test_no_flipped_bit_passes() -> None:
    for letak in range(len(BLOB)):
        ubah = bytearray(BLOB)
        ubah[letak] ^= 1 << (letak % 8)
        assert tolak(bytes(ubah)) != "diterima", letak


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda isi: st.lists(isi, max_size=3) | st.dictionaries(st.text(max_size=6), isi, max_size=3),
    max_leaves=6,
)
_ISIAN = st.sampled_from(["type", "challenge", "origin", "crossOrigin", "topOrigin", "x"])


@given(st.dictionaries(_ISIAN, _JSON, min_size=1, max_size=4), st.integers(0, 255))
@settings(max_examples=200, deadline=None)
def test_signed_nonsense_never_raises(ubah: dict[str, Any], bendera: int) -> None:
    j = PASSKEY.jawab(TANTANGAN, klien=json.dumps({**json.loads(BAKU), **ubah}).encode(), bendera=bendera)
    assert tolak(j.blob()) != "diterima"


@given(st.binary(max_size=80), st.binary(max_size=80), st.binary(max_size=80))
@settings(max_examples=200, deadline=None)
def test_a_browsers_nonsense_raises_valueerror_alone(data: bytes, klien: bytes, der: bytes) -> None:
    for d, k, t in (
        (data, klien, der), (JAWAB.data, klien, der), (JAWAB.data, JAWAB.klien, der),
        (JAWAB.data[:33] + b"\1" + data, JAWAB.klien, JAWAB.der),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"."):
            dari_webauthn(PASSKEY.publik, RUANG, ISI, authenticator_data=d, client_data=k, tanda=t)
