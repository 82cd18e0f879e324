"""A receipt is a witness of one archive, or it is none; it never proves a forgery."""

from __future__ import annotations

import importlib.util
import json
import sys
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.adapters.keys import periksa
from kinerja.domain.peristiwa import kanonik
from kinerja.domain.putusan import KunciPercaya
from kinerja.publishing.receipts import Saksi, baca_tanda_terima, periksa_tanda_terima


def _contoh() -> ModuleType:
    spec = importlib.util.spec_from_file_location("arsip_contoh", Path(__file__).with_name("arsip_contoh.py"))
    assert spec and spec.loader
    modul = sys.modules.setdefault("arsip_contoh", importlib.util.module_from_spec(spec))
    if not hasattr(modul, "bangunan"):
        spec.loader.exec_module(modul)
    return modul


C = _contoh()
ARSIP = b"isi arsip"
INI = (sha256(ARSIP).hexdigest(), len(ARSIP))


def saksi(bita: bytes | None, percaya: tuple[KunciPercaya, ...] = C.PERCAYA) -> Saksi | str:
    return periksa_tanda_terima(bita, INI, percaya, periksa)


def test_a_good_receipt_is_a_witness() -> None:
    bita = C.tanda_terima(ARSIP)
    hasil = saksi(bita)
    assert isinstance(hasil, Saksi)
    assert hasil.isi == baca_tanda_terima(bita).isi
    assert hasil.kunci.id == "bappeda"
    assert set(json.loads(bita)) == {"tanda_terima", "tanda_tangan"}


@pytest.mark.parametrize(
    ("bita", "kata"),
    [
        (None, "belum disaksikan"),
        (C.tanda_terima(b"arsip lain"), "arsip lain"),
        (C.tanda_terima(ARSIP, ukuran=1), "arsip lain"),
        (C.tanda_terima(ARSIP, oleh="p-kiki"), "bukan tanda tangan sah"),
        (C.tanda_terima(ARSIP, oleh="p-citra"), "bukan tanda tangan sah"),
        (C.tanda_terima(ARSIP, ruang="kinerja.arsip.v1"), "bukan tanda tangan sah"),
        (C.tanda_terima(ARSIP, penerima="inspektorat"), "atas nama inspektorat"),
        (C.tanda_terima(ARSIP, skema="tanda-terima/v9"), "tidak dikenal"),
        (C.tanda_terima(ARSIP).replace(b"TT/1", b"TT/2"), "bukan tanda tangan sah"),
        (b"", "tidak terbaca"),
        (b"[]\n", "harus memuat"),
        (kanonik({"tanda_terima": 1, "tanda_tangan": 2}), "tidak terbaca"),
        (C.tanda_terima(ARSIP) + b"\n", "tidak terbaca"),
        (b" " * (2 << 20), "terlalu besar"),
    ],
)
def test_no_witness_and_why(bita: bytes | None, kata: str) -> None:
    hasil = saksi(bita)
    assert isinstance(hasil, str)
    assert kata in hasil


def test_receivers_key_must_be_in_force() -> None:
    lama = KunciPercaya(
        "bappeda",
        ("kinerja.tanda-terima.v1",),
        C.kunci("bappeda").publik,
        selesai=C.waktu("2024-04-07 08:00"),
    )
    assert "tidak berlaku" in str(saksi(C.tanda_terima(ARSIP), (lama,)))


@given(st.binary(max_size=200) | st.integers(0, 800))
@settings(max_examples=100, deadline=None)
def test_bent_receipts_never_witness(apa: bytes | int) -> None:
    bita = bytearray(C.tanda_terima(ARSIP))
    if isinstance(apa, int):
        bita[apa % len(bita)] ^= 1
    assert isinstance(saksi(bytes(bita) if isinstance(apa, int) else apa), str)
