"""A valid example changed at some pointers, for tests; a list grows by the number after its last."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from kinerja.adapters.trees import PohonFolder
from kinerja.adapters.yaml_strict import muat
from kinerja.adapters.yaml_text import tulis_blok

VALID = PohonFolder(Path(__file__).parent.parent / "examples" / "valid")


def ubah(jalur: str, perubahan: Mapping[str, object]) -> bytes:
    """The bytes of a valid file with other values at some JSON pointers."""
    data: Any = muat(VALID.baca(jalur) or b"", jalur)[0]
    for penunjuk, nilai in perubahan.items():
        *induk, akhir = (b.replace("~1", "/").replace("~0", "~") for b in penunjuk.split("/")[1:])
        wadah = data
        for bagian in induk:
            wadah = wadah[int(bagian)] if isinstance(wadah, list) else wadah[bagian]
        if isinstance(wadah, list):
            wadah[int(akhir) : int(akhir) + 1] = [nilai]
        else:
            wadah[akhir] = nilai
    return ("\n".join(tulis_blok(_desimal(data), 0)) + "\n").encode()


def _desimal(data: Any) -> Any:
    if isinstance(data, dict):
        return {k: _desimal(v) for k, v in data.items()}
    if isinstance(data, list):
        return [_desimal(v) for v in data]
    return data if isinstance(data, bool) or not isinstance(data, int) else Decimal(data)
