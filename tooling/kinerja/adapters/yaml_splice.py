"""The one YAML writer for files that people wrote: replaces values, keeps every other byte.

It decides which stretches of text change. A changed scalar changes its own line only;
comments, order, line ends and quoting elsewhere stay; lists and mappings are changed item by
item. After splicing, the text is read again and compared with what was wanted; if it differs,
nothing is written. How a value looks as text is ``yaml_text``'s.

Example:
    >>> sisip(b"a: 1  # satu\\n", {"/a": 2})
    b'a: 2  # satu\\n'
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from kinerja.adapters.yaml_diff import Sunting, sunting
from kinerja.adapters.yaml_strict import BOM, muat_bersama, rangkai
from kinerja.adapters.yaml_text import tulis_blok, tulis_skalar
from kinerja.domain.errors import KinerjaError

__all__ = ["sama", "setara", "sisip", "tulis_blok", "tulis_skalar"]


def sisip(bita: bytes, perubahan: Mapping[str, object]) -> bytes:
    """Replaces the values at some JSON pointers.

    Args:
        bita: a document that the strict reader accepts.
        perubahan: pointer → new value: a scalar, list or mapping of plain data. A key that
            its mapping lacks is added at the mapping's end.

    Returns:
        The new bytes; the same bytes when no value differs (97.5 and 97.50 do not).

    Raises:
        KinerjaError: when a pointer's parent does not exist or the result would not read back.
    """
    data, temuan = muat_bersama(bita)
    if temuan:
        raise KinerjaError(f"berkas tidak dapat dibaca: {temuan[0].pesan}", temuan[0].tindakan)
    harapan = deepcopy(data)
    for penunjuk, nilai in perubahan.items():
        harapan = _pasang(harapan, penunjuk, _baku(nilai))
    if sama(data, harapan):
        return bita
    bom = BOM if bita.startswith(BOM) else b""
    teks = bita.removeprefix(BOM).decode()
    akar = rangkai(bita)
    if akar is None:
        raise KinerjaError("berkas ini kosong", "mulai dari berkas yang disiapkan kinerja")
    hasil = bom + _terapkan(teks, sunting(teks, akar, data, harapan)).encode()
    ulang, temuan = muat_bersama(hasil)
    if temuan or not sama(ulang, harapan):
        raise KinerjaError(
            "nilai ini tidak dapat disisipkan dengan aman",
            "sunting berkasnya langsung, lalu simpan",
        )
    return hasil


def sama(a: object, b: object) -> bool:
    """Equality of plain data that tells 1 from true and 97.5 from 97.50; key order is free."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(sama(a[k], b[k]) for k in a)
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(sama(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, Decimal):
        return isinstance(b, Decimal) and str(a) == str(b)
    return type(a) is type(b) and a == b


def setara(a: object, b: object) -> bool:
    """The same data to a reader: as :func:`sama`, but numbers by their value."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(setara(a[k], b[k]) for k in a)
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(setara(x, y) for x, y in zip(a, b, strict=True))
    if _angka(a) and _angka(b):
        return a == b
    return type(a) is type(b) and a == b


# helpers


def _angka(nilai: object) -> bool:
    return isinstance(nilai, int | Decimal) and not isinstance(nilai, bool)


def _baku(nilai: object) -> object:
    """The plain data that will be read back: whole Decimals as int, dates and enums as text."""
    match nilai:
        case None | bool() | int():
            return nilai
        case Decimal():
            return _angka_baku(nilai)
        case Enum():
            return _baku(nilai.value)
        case str():
            return str(nilai)
        case date():
            return nilai.isoformat()
        case dict():
            return {str(k): _baku(v) for k, v in nilai.items()}
        case list() | tuple():
            return [_baku(v) for v in nilai]
    raise TypeError(f"bukan data polos: {nilai!r}")


def _angka_baku(nilai: Decimal) -> int | Decimal:
    if not nilai.is_finite():
        raise TypeError(f"bukan angka: {nilai}")
    nilai = abs(nilai) if nilai == 0 else nilai
    return int(nilai) if int(nilai.as_tuple().exponent) >= 0 else nilai


def _pasang(data: Any, penunjuk: str, nilai: object) -> Any:  # noqa: ANN401 - plain data
    """``data`` with the value set, unless what stands there says the same."""
    if not penunjuk:
        return _selaras(data, nilai)
    *induk, akhir = [b.replace("~1", "/").replace("~0", "~") for b in penunjuk.split("/")[1:]]
    try:
        wadah = data
        for bagian in induk:
            wadah = wadah[int(bagian)] if isinstance(wadah, list) else wadah[bagian]
        if isinstance(wadah, list):
            wadah[int(akhir)] = _selaras(wadah[int(akhir)], nilai)
        else:
            wadah[akhir] = _selaras(wadah[akhir], nilai) if akhir in wadah else nilai
    except (KeyError, IndexError, ValueError, TypeError) as e:
        raise KinerjaError(
            f"isian `{penunjuk}` tidak ada dalam berkas", "periksa nama isiannya"
        ) from e
    return data


def _selaras(lama: object, baru: object) -> object:
    """``baru``, but what equals ``lama`` as it stands there: 97.5 is not rewritten as 97.50."""
    if setara(lama, baru):
        return lama
    if isinstance(lama, dict) and isinstance(baru, dict):
        return {k: _selaras(lama[k], v) if k in lama else v for k, v in baru.items()}
    if isinstance(lama, list) and isinstance(baru, list):
        sisa = baru[len(lama) :]
        return [*(_selaras(a, b) for a, b in zip(lama, baru, strict=False)), *sisa]
    return baru


def _terapkan(teks: str, daftar: list[Sunting]) -> str:
    hasil: list[str] = []
    kini = 0
    for awal, akhir, baru in sorted(daftar, key=lambda s: s[:2]):
        if awal < kini:
            raise KinerjaError(
                "perubahan ini saling bertindihan", "simpan perubahannya satu per satu"
            )
        hasil += [teks[kini:awal], baru]
        kini = akhir
    return "".join([*hasil, teks[kini:]])
