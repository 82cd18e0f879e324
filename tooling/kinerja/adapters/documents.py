"""Documents: frozen dataclasses from plain data and back, and new YAML files from them.

YAML key = field name, so one generic conversion serves every kind of file; the type hints
are the only description of the shape beside the JSON Schema.

Example:
    >>> susun(Dasar, {"nomor": "1/2024", "tanggal": "2024-01-06"}).tanggal
    datetime.date(2024, 1, 6)
"""

from __future__ import annotations

import types
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from kinerja.adapters.yaml_splice import tulis_blok

T = TypeVar("T")


def susun(cls: type[T], data: object) -> T:
    """A dataclass from plain data that its schema has accepted.

    Raises:
        ValueError: when the data do not fit after all (a wrong date such as 2024-02-30).
    """
    return _ke(cls, data)  # type: ignore[no-any-return]


def polos(obj: object) -> Any:  # noqa: ANN401 - plain data of any shape
    """Plain data of a dataclass: dates as ISO text, enums as their value, Decimal kept."""
    if is_dataclass(obj) and not isinstance(obj, type):
        return {f.name: polos(getattr(obj, f.name)) for f in fields(obj)}
    if isinstance(obj, Enum):
        return obj.value
    if isinstance(obj, datetime | date):
        return obj.isoformat()
    if isinstance(obj, dict):
        return {k: polos(v) for k, v in obj.items()}
    if isinstance(obj, tuple | list):
        return [polos(v) for v in obj]
    return obj


def tulis(obj: object, skema: str, kepala: Iterable[str] = ()) -> bytes:
    """A new YAML file: schema line, comment head, then the fields in their order.

    Args:
        skema: the schema's address for ``yaml-language-server``, relative to the file.
        kepala: comment lines without ``#``.
    """
    baris = [f"# yaml-language-server: $schema={skema}"]
    baris += [f"# {b}".rstrip() for b in kepala]
    return ("\n".join([*baris, *tulis_blok(polos(obj), 0)]) + "\n").encode()


def untuk_json(data: object) -> Any:  # noqa: ANN401 - plain data of any shape
    """Plain data in which Decimal is text, for canonical JSON."""
    if isinstance(data, dict):
        return {k: untuk_json(v) for k, v in data.items()}
    if isinstance(data, list | tuple):
        return [untuk_json(v) for v in data]
    return f"{data:f}" if isinstance(data, Decimal) else data


# helpers


@lru_cache(maxsize=256)
def _petunjuk(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _ke(tipe: Any, data: Any) -> Any:  # noqa: ANN401, C901, PLR0911 - one branch per kind of type
    asal = get_origin(tipe)
    if asal is Union or asal is types.UnionType:
        return _ke_gabungan(get_args(tipe), data)
    if asal is tuple:
        return tuple(_ke(get_args(tipe)[0], v) for v in data or ())
    if asal is dict:
        return {k: _ke(get_args(tipe)[1], v) for k, v in (data or {}).items()}
    if is_dataclass(tipe):
        hint = _petunjuk(tipe)  # type: ignore[arg-type]
        return tipe(**{k: _ke(hint[k], v) for k, v in data.items()})  # type: ignore[operator]
    if isinstance(tipe, type) and issubclass(tipe, Enum):
        return tipe(data)
    if tipe is datetime:
        return _saat(data)
    if tipe is date:
        return date.fromisoformat(data)
    if tipe is Decimal:
        return Decimal(data)
    return data


def _ke_gabungan(pilihan: tuple[Any, ...], data: Any) -> Any:  # noqa: ANN401
    if data is None:
        return None
    if isinstance(data, dict):
        return _ke(next(p for p in pilihan if is_dataclass(p)), data)
    if isinstance(data, list):
        return _ke(next(p for p in pilihan if get_origin(p) is tuple), data)
    if isinstance(data, bool) and bool in pilihan:
        return data
    if isinstance(data, int | Decimal):
        return data if int in pilihan else Decimal(data)
    for p in pilihan:
        if p in (date, datetime) or (isinstance(p, type) and issubclass(p, Enum)):
            return _ke(p, data)
    return data


def _saat(data: str) -> datetime:
    waktu = datetime.fromisoformat(data)
    if waktu.tzinfo is None:
        raise ValueError(f"`{data}` tanpa zona waktu")
    return waktu
