"""Canonical twins: exact on writing, unbelieving on reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.domain.organisasi import Dasar, Pemangku, Sebutan
from kinerja.domain.peristiwa import kanonik
from kinerja.publishing.twins import baca_kanonik, baca_kembar, bangun, kembar, polos_json

PEMANGKU = {"jabatan": "sekretaris", "orang": "p-b", "sebutan": "plh", "mulai": "2024-01-01"}


@dataclass(frozen=True)
class Contoh:
    angka: Decimal | None
    teks: Decimal | str | None = None
    saat: datetime | None = None
    daftar: tuple[int, ...] = ()
    peta: dict[str, int] | None = None
    ya: bool = False


def test_twin_is_bound_to_its_source() -> None:
    bita = kembar("reports/a.yaml", b"a: 1.50\n", {"a": Decimal("1.50"), "t": date(2024, 1, 6)})
    k = baca_kembar(bita)
    assert (k.jalur, k.sha256) == ("reports/a.yaml", sha256(b"a: 1.50\n").hexdigest())
    assert k.isi == {"a": "1.50", "t": "2024-01-06"}


def test_dataclass_and_back() -> None:
    p = Pemangku("sekretaris", "p-b", Sebutan.PLH, date(2024, 1, 1), None, Dasar("SPT 1"))
    assert bangun(Pemangku, polos_json(p)) == p
    assert bangun(Pemangku, PEMANGKU).dasar is None


def test_float_has_no_twin() -> None:
    with pytest.raises(TypeError, match="float"):
        kembar("a", b"", {"a": 1.5})


@pytest.mark.parametrize(
    "bita",
    [
        b"",
        b"{",
        b'{"a": 1}',
        b'{\n "a": 1.5\n}\n',
        b'{\n "a": NaN\n}\n',
        b'{\n "a": Infinity\n}\n',
        b'{\n "a": 1,\n "a": 1\n}\n',
        b'{\n "b": 1,\n "a": 1\n}\n',
        b'{\n "a": "\\u0041"\n}\n',
        b'{\n "a": "\\ud800"\n}\n',
        b'\xef\xbb\xbf{\n "a": 1\n}\n',
        b'{\n "a": 1\n}',
        b"[" * 100_000,
        b"9" * 5000 + b"\n",
        b"\xff\xfe",
    ],
)
def test_only_canonical_json(bita: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        baca_kanonik(bita)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
        lambda x: st.lists(x) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), x),
        max_leaves=20,
    )
)
def test_canonical_json_is_read_back(data: Any) -> None:
    assert baca_kanonik(kanonik(data)) == data


@pytest.mark.parametrize(
    "ubah",
    [
        {"sebutan": "raja"},
        {"mulai": "2024-02-30"},
        {"mulai": 2024},
        {"orang": None},
        {"orang": 7},
        {"asing": 1},
        {"dasar": "SPT"},
        {"dasar": {}},
        {"dasar": {"nomor": "1", "tanggal": "2024-01-01", "tentang": []}},
    ],
)
def test_wrong_shapes_are_refused(ubah: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        bangun(Pemangku, {**PEMANGKU, **ubah})


@pytest.mark.parametrize("data", [None, [], "x", 1, {"mulai": "2024-01-01"}])
def test_not_even_a_record(data: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        bangun(Pemangku, data)


@pytest.mark.parametrize(
    ("isi", "harapan"),
    [
        ({"angka": "97.5"}, Contoh(Decimal("97.5"))),
        ({"angka": 7}, Contoh(Decimal(7))),
        ({"angka": None, "teks": "7"}, Contoh(None, "7")),
        ({"angka": None, "teks": 7}, Contoh(None, Decimal(7))),
        (
            {"angka": None, "daftar": [1, 2], "peta": {"a": 1}},
            Contoh(None, None, None, (1, 2), {"a": 1}),
        ),
        ({"angka": None, "daftar": None}, Contoh(None)),
    ],
)
def test_values(isi: dict[str, object], harapan: Contoh) -> None:
    assert bangun(Contoh, isi) == harapan


@pytest.mark.parametrize(
    "isi",
    [
        {"angka": "97,5"},
        {"angka": "NaN"},
        {"angka": "1e9"},
        {"angka": "9" * 99},
        {"angka": True},
        {"angka": 1, "saat": "2024-01-01T00:00:00"},
        {"angka": 1, "daftar": "12"},
        {"angka": 1, "daftar": {}},
        {"angka": 1, "daftar": [True]},
        {"angka": 1, "peta": {"a": "1"}},
        {"angka": 1, "ya": 1},
    ],
)
def test_values_refused(isi: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        bangun(Contoh, isi)


def test_what_is_no_json_is_told_in_indonesian() -> None:
    with pytest.raises(ValueError, match=r"\Abukan JSON\Z"):
        baca_kanonik(b"<html>404 Not Found</html>")
