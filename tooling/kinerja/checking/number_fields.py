"""Which unit a number of a worksheet has, by its place; for what is typed and for what is mended.

It decides by field and line alone; whether the number fits is decided by ``validation``.

Example:
    >>> bidang_angka({"indikator": [{"satuan": "orang"}]}, "/indikator/0/realisasi")
    ('orang', False)
"""

from __future__ import annotations

from typing import Any

from kinerja.validation.units import terhitung


def bidang_angka(data: object, penunjuk: str) -> tuple[str, bool | None]:
    """Unit of a worksheet's number, "" when unknown; whether it may have decimals, None when unknown."""
    bagian = penunjuk.split("/")[1:]
    if len(bagian) != 3:  # noqa: PLR2004 - list, number, field
        return "", None
    match bagian[0], bagian[2]:
        case "anggaran", "fisik":
            return "persen", True
        case "anggaran", _:
            return "rupiah", False
        case "indikator", "realisasi" | "realisasi_lalu" | "target":
            baris = nilai_di(data, "/".join(["", *bagian[:2]]))
            satuan = baris.get("satuan") if isinstance(baris, dict) else None
            return (satuan, not terhitung(satuan)) if isinstance(satuan, str) else ("", None)
    return "", None


def nilai_di(data: Any, penunjuk: str) -> object:  # noqa: ANN401 - plain data of any shape
    """What stands at a JSON pointer; None where nothing does."""
    for b in penunjuk.split("/")[1:]:
        kunci = b.replace("~1", "/").replace("~0", "~")
        if isinstance(data, dict) and kunci in data:
            data = data[kunci]
        elif isinstance(data, list) and kunci.isdigit() and int(kunci) < len(data):
            data = data[int(kunci)]
        else:
            return None
    return data
