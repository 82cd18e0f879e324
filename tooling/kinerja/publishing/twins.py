"""Canonical JSON of the model, and reading it back without believing it.

A *kembar* (twin) is a YAML source as canonical JSON, bound to the YAML's bytes by digest, so
that a verifier without a YAML parser can replay the approvals. Reading is stricter than
``adapters.documents``, which trusts what a schema has accepted: here the bytes come from a
stranger. It decides the shape only; whether a digest holds is ``verification``'s.

Example:
    >>> baca_kembar(kembar("reports/jabatan.yaml", b"skema: x", {"skema": "x"})).jalur
    'reports/jabatan.yaml'
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from hashlib import sha256
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from kinerja.domain.peristiwa import kanonik

T = TypeVar("T")

_ANGKA = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?\Z")


@dataclass(frozen=True, slots=True)
class Kembar:
    """A twin as read: which source it says it is of, that source's digest, the content."""

    jalur: str
    sha256: str
    isi: object


def kembar(jalur: str, bita: bytes, polos: object) -> bytes:
    """The twin of a YAML source.

    Args:
        jalur: path in the repository, ``reports/kebijakan.yaml``.
        bita: the source's exact bytes.
        polos: its content, as plain data or as a dataclass.
    """
    sumber = {"jalur": jalur, "sha256": sha256(bita).hexdigest()}
    return kanonik({"sumber": sumber, "isi": polos_json(polos)})


def baca_kembar(bita: bytes) -> Kembar:
    """A twin from its bytes; raises ValueError when it is none."""
    data = baca_kanonik(bita)
    if not isinstance(data, dict) or set(data) != {"sumber", "isi"}:
        raise ValueError("bukan kembar: harus memuat `sumber` dan `isi`")
    sumber = bangun(dict[str, str], data["sumber"])
    if set(sumber) != {"jalur", "sha256"}:
        raise ValueError("bukan kembar: `sumber` harus memuat `jalur` dan `sha256`")
    return Kembar(sumber["jalur"], sumber["sha256"], data["isi"])


def polos_json(obj: object) -> Any:  # noqa: ANN401 - plain data of any shape
    """Plain data for canonical JSON: Decimal and dates as text; a float is a mistake."""
    if is_dataclass(obj) and not isinstance(obj, type):
        obj = {f.name: getattr(obj, f.name) for f in fields(obj)}
    if isinstance(obj, Enum):
        return obj.value
    if isinstance(obj, Decimal):
        return f"{obj:f}"
    if isinstance(obj, date):
        return obj.isoformat()
    if isinstance(obj, Mapping):
        return {str(k): polos_json(v) for k, v in obj.items()}
    if isinstance(obj, tuple | list):
        return [polos_json(v) for v in obj]
    if obj is None or isinstance(obj, str | int):
        return obj
    raise TypeError(f"{type(obj).__name__} tidak punya bentuk baku")


def baca_kanonik(bita: bytes) -> object:
    """JSON that is exactly its canonical form, without float; raises ValueError otherwise."""
    try:
        data: object = json.loads(bita, parse_float=_tolak_angka, parse_constant=_tolak_angka)
        baku = kanonik(data)
    except (RecursionError, TypeError) as e:
        raise ValueError("JSON terlalu dalam atau tidak terbaca") from e
    except (json.JSONDecodeError, UnicodeDecodeError) as e:  # the library's own words are English
        raise ValueError("bukan JSON") from e
    if baku != bita:
        raise ValueError("bukan JSON baku; ada bita yang berbeda")
    return data


def bangun(tipe: type[T], data: object) -> T:
    """A value of this type from untrusted plain data; raises ValueError when it does not fit."""
    try:
        return _bangun(tipe, data)  # type: ignore[no-any-return]
    except (TypeError, OverflowError, RecursionError) as e:
        raise ValueError(f"isi tidak sesuai bentuknya ({e})") from e


# helpers


def _tolak_angka(teks: str) -> object:
    raise ValueError(f"angka `{teks[:40]}` harus ditulis sebagai teks")


@lru_cache(maxsize=256)
def _petunjuk(tipe: type) -> dict[str, Any]:
    return get_type_hints(tipe)


def _bangun(tipe: Any, data: Any) -> Any:  # noqa: ANN401
    asal = get_origin(tipe)
    if asal is Union or asal is types.UnionType:
        return _gabungan(get_args(tipe), data)
    if asal is tuple:
        return tuple(_bangun(get_args(tipe)[0], v) for v in _berjenis(list, [] if data is None else data))
    if asal is dict:
        isi = _berjenis(dict, {} if data is None else data)
        return {_berjenis(str, k): _bangun(get_args(tipe)[1], v) for k, v in isi.items()}
    if is_dataclass(tipe) and isinstance(tipe, type):
        return _catatan(tipe, data)
    return _dasar(tipe, data)


def _dasar(tipe: Any, data: Any) -> Any:  # noqa: ANN401
    if tipe is Decimal:
        return _desimal(data)
    if tipe is datetime:
        waktu = datetime.fromisoformat(_berjenis(str, data))
        if waktu.tzinfo is None:
            raise ValueError("waktu tanpa zona")
        return waktu
    if tipe is date:
        return date.fromisoformat(_berjenis(str, data))
    if issubclass(tipe, Enum):
        return tipe(_berjenis(str, data))
    return _berjenis(tipe, data)


def _catatan(tipe: type, data: Any) -> Any:  # noqa: ANN401
    isi = _berjenis(dict, data)
    hint = _petunjuk(tipe)
    asing = set(isi) - set(hint)
    wajib = {f.name for f in fields(tipe) if f.default is MISSING and f.default_factory is MISSING}
    kurang = wajib - set(isi)
    if asing or kurang:
        raise ValueError(f"isian {sorted(asing | kurang)} asing atau kurang")
    return tipe(**{k: _bangun(hint[k], v) for k, v in isi.items()})


def _gabungan(pilihan: tuple[Any, ...], data: Any) -> Any:  # noqa: ANN401
    """The first alternative that fits; text stays text where text is allowed."""
    if data is None and type(None) in pilihan:
        return None
    if isinstance(data, str) and str in pilihan:
        return data
    for p in pilihan:
        try:
            return _bangun(p, data)
        except (TypeError, ValueError):
            continue
    raise ValueError("tidak cocok dengan bentuk mana pun")


def _desimal(data: object) -> Decimal:
    if isinstance(data, int) and not isinstance(data, bool):
        return Decimal(data)
    if not isinstance(data, str) or not _ANGKA.match(data):
        raise ValueError("bukan angka")
    return Decimal(data)


def _berjenis(tipe: type[T], data: object) -> T:
    if not isinstance(data, tipe) or (tipe is int and isinstance(data, bool)):
        raise ValueError(f"seharusnya {tipe.__name__}")
    return data
