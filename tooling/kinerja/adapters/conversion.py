"""Plain data to frozen dataclasses and back; the type hints are the description of the shape.

YAML key = field name, so one conversion serves every kind of file. It is strict: what does
not fit stops it, with the pointer of the value. It leaves out what a value may be (the
schemas and the rules).

Example:
    >>> susun(Dasar, {"nomor": "1/2024", "tanggal": "2024-01-06"}).tanggal
    datetime.date(2024, 1, 6)
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from kinerja.adapters.yaml_strict import escape

T = TypeVar("T")
Pembaca = Callable[[Any], Any]
"""Reads plain data of one type; raises BentukError with a pointer relative to them."""


class BentukError(ValueError):
    """Plain data that do not fit; raised here, made a finding by whoever has the bytes."""

    def __init__(self, nilai: object, pesan: str, penunjuk: str = "") -> None:
        super().__init__(f"{penunjuk or '/'}: {pesan}")
        self.penunjuk = penunjuk
        self.nilai = nilai
        self.pesan = pesan

    def di(self, bagian: str | int) -> BentukError:
        """The same, seen from one level further out."""
        return BentukError(self.nilai, self.pesan, f"/{escape(str(bagian))}{self.penunjuk}")


def susun(cls: type[T], data: object) -> T:
    """A dataclass from plain data.

    Raises:
        BentukError: a ValueError with the pointer of what does not fit: an unknown or missing
            field, another type, a day that does not exist such as 2024-02-30.
    """
    hasil: T = pembaca(cls)(data)
    return hasil


def susun_longgar(cls: type[T], data: object) -> tuple[T, frozenset[str]]:
    """A dataclass from faulty data, so that the sound rest can be judged as well.

    Returns:
        The dataclass with an empty value wherever something does not fit, and the pointers
        of those places. It is for looking at, never for signing or saving.
    """
    cacat: set[str] = set()
    hasil: T = _longgar(cls, data, "", cacat)
    return hasil, frozenset(cacat)


def polos(obj: object) -> Any:  # noqa: ANN401 - plain data of any shape
    """Plain data of a dataclass, every field kept: dates as ISO text, enums as their value."""
    if is_dataclass(obj) and not isinstance(obj, type):
        return {f.name: polos(getattr(obj, f.name)) for f in fields(obj)}
    if isinstance(obj, Enum):
        return obj.value
    if isinstance(obj, date):
        return obj.isoformat()
    if isinstance(obj, dict):
        return {k: polos(v) for k, v in obj.items()}
    if isinstance(obj, tuple | list):
        return [polos(v) for v in obj]
    return obj


def pembaca(tipe: Any) -> Pembaca:  # noqa: ANN401 - a type hint has no type of its own
    """The reader of a type; built once."""
    if tipe not in _PEMBACA:
        _PEMBACA[tipe] = _buat(tipe)
    return _PEMBACA[tipe]


# helpers

_PEMBACA: dict[Any, Pembaca] = {}
_TIADA = object()


def _buat(tipe: Any) -> Pembaca:  # noqa: ANN401, PLR0911 - one branch per kind of type
    asal = get_origin(tipe)
    if asal is Union or asal is types.UnionType:
        return _gabungan(get_args(tipe))
    if asal is tuple:
        return _daftar(pembaca(get_args(tipe)[0]))
    if asal is dict:
        return _peta(pembaca(get_args(tipe)[1]))
    if is_dataclass(tipe) and isinstance(tipe, type):
        return _kelas(tipe)
    if isinstance(tipe, type) and issubclass(tipe, Enum):
        return _pilihan(tipe)
    return _DASAR[tipe]


def _longgar(tipe: Any, data: Any, penunjuk: str, cacat: set[str]) -> Any:  # noqa: ANN401
    if is_dataclass(tipe) and isinstance(tipe, type):
        asal = data if isinstance(data, dict) else {}
        if asal is not data:
            cacat.add(penunjuk)
        petunjuk = _petunjuk(tipe)
        isi: dict[str, Any] = {}
        for f in fields(tipe):
            wajib = f.default is MISSING and f.default_factory is MISSING
            if f.name in asal or wajib:
                nilai = asal.get(f.name, _TIADA)
                isi[f.name] = _longgar(petunjuk[f.name], nilai, f"{penunjuk}/{f.name}", cacat)
        return tipe(**isi)
    if get_origin(tipe) is tuple and isinstance(data, list):
        isi_daftar = get_args(tipe)[0]
        return tuple(_longgar(isi_daftar, v, f"{penunjuk}/{i}", cacat) for i, v in enumerate(data))
    try:
        return pembaca(tipe)(data)
    except BentukError:
        cacat.add(penunjuk)
        return "" if tipe is str else () if get_origin(tipe) is tuple else None


@cache
def _petunjuk(tipe: type) -> dict[str, Any]:
    return get_type_hints(tipe)


def _teks(data: Any) -> str:  # noqa: ANN401
    if type(data) is not str:
        raise BentukError(data, "harus teks")
    return data


def _bulat(data: Any) -> int:  # noqa: ANN401
    if type(data) is not int:
        raise BentukError(data, "harus bilangan bulat")
    return data


def _angka(data: Any) -> Decimal:  # noqa: ANN401
    if type(data) is Decimal and data.is_finite():
        return data
    if type(data) is int:
        return Decimal(data)
    raise BentukError(data, "harus angka")


def _ya_tidak(data: Any) -> bool:  # noqa: ANN401
    if type(data) is not bool:
        raise BentukError(data, "harus true atau false")
    return data


def _tanggal(data: Any) -> date:  # noqa: ANN401
    try:
        hari = date.fromisoformat(_teks(data))
    except BentukError:
        raise
    except ValueError as e:
        raise BentukError(data, "bukan tanggal yang ada; tulis TTTT-BB-HH") from e
    if hari.isoformat() != data:
        raise BentukError(data, "tulis tanggal sebagai TTTT-BB-HH")
    return hari


def _saat(data: Any) -> datetime:  # noqa: ANN401
    try:
        saat = datetime.fromisoformat(_teks(data))
    except BentukError:
        raise
    except ValueError as e:
        raise BentukError(data, "bukan tanggal dan jam yang ada") from e
    if saat.tzinfo is None:
        raise BentukError(data, "tanpa zona waktu; tambahkan misalnya +08:00")
    return saat


_DASAR: dict[Any, Pembaca] = {
    str: _teks, int: _bulat, Decimal: _angka, bool: _ya_tidak, date: _tanggal, datetime: _saat,
}  # fmt: skip


def _pilihan(tipe: type[Enum]) -> Pembaca:
    nilai = {p.value: p for p in tipe}

    def baca(data: Any) -> Enum:  # noqa: ANN401
        if type(data) is not str or data not in nilai:
            raise BentukError(data, f"pilih: {', '.join(map(str, nilai))}")
        return nilai[data]

    return baca


def _daftar(isi: Pembaca) -> Pembaca:
    def baca(data: Any) -> tuple[Any, ...]:  # noqa: ANN401
        if type(data) is not list:
            raise BentukError(data, "harus daftar")
        try:
            return tuple(map(isi, data))
        except BentukError:
            raise _tunjuk(enumerate(data), lambda _: isi) from None

    return baca


def _peta(isi: Pembaca) -> Pembaca:
    def baca(data: Any) -> dict[str, Any]:  # noqa: ANN401
        if type(data) is not dict:
            raise BentukError(data, "harus kelompok isian")
        try:
            return {k: isi(v) for k, v in data.items()}
        except BentukError:
            raise _tunjuk(data.items(), lambda _: isi) from None

    return baca


def _kelas(tipe: type) -> Pembaca:
    petunjuk = _petunjuk(tipe)
    isian = {f.name: pembaca(petunjuk[f.name]) for f in fields(tipe)}
    wajib = [f.name for f in fields(tipe) if f.default is MISSING and f.default_factory is MISSING]

    def baca(data: Any) -> Any:  # noqa: ANN401
        if type(data) is not dict:
            raise BentukError(data, "harus kelompok isian")
        for k in data:
            if k not in isian:
                raise BentukError(k, f"isian `{k}` tidak dikenal").di(k)
        for k in wajib:
            if k not in data:
                raise BentukError(None, f"isian `{k}` tidak ada")
        try:
            return tipe(**{k: isian[k](v) for k, v in data.items()})
        except BentukError:
            raise _tunjuk(data.items(), isian.__getitem__) from None

    return baca


def _tunjuk(
    butir: Iterable[tuple[Any, Any]], isi: Callable[[Any], Pembaca]
) -> BentukError:
    """Which part does not fit: found by reading once more, so that what fits costs no pointer."""
    for kunci, nilai in butir:
        try:
            isi(kunci)(nilai)
        except BentukError as e:
            return e.di(kunci)
    raise AssertionError("setiap bagian terbaca")


def _gabungan(anggota: tuple[Any, ...]) -> Pembaca:
    """A union: null first, then the member that the kind of data asks for."""
    jenis: dict[type, Pembaca] = {}
    for a in anggota:
        asal = get_origin(a) or a
        for kunci in _KUNCI.get(asal, (dict,) if is_dataclass(asal) else (str,)):
            jenis.setdefault(kunci, pembaca(a) if a is not type(None) else lambda _: None)
    if str in anggota:
        jenis[str] = _teks

    def baca(data: Any) -> Any:  # noqa: ANN401
        isi = jenis.get(type(data))
        if isi is None:
            raise BentukError(data, "jenis nilainya tidak sesuai")
        return isi(data)

    return baca


_KUNCI: dict[Any, tuple[type, ...]] = {
    type(None): (type(None),), Decimal: (Decimal, int), int: (int,), bool: (bool,), str: (str,),
    tuple: (list,), dict: (dict,),
}  # fmt: skip
