"""Which unit a number of a worksheet has, by its place; for what is typed and for what is mended.

It decides by field and line alone, and reads what a hand types there; whether the number fits is
decided by ``validation``.

Example:
    >>> bidang_angka({"indikator": [{"satuan": "orang"}]}, "/indikator/0/realisasi")
    ('orang', False)
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kinerja.calculation.numbers import Ambigu, Kosong, Terbaca, baca_angka
from kinerja.domain.errors import PemakaianError
from kinerja.validation.units import satuan_cocok, terhitung


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


def angka_diketik(teks: str, satuan: str, desimal: bool | None) -> Decimal | int | str | None:
    """What a hand typed into a number's field: the number, None for nothing, or the text itself.

    A text that is no number stays as it is, since a predikat is none; a rule judges it.

    Args:
        satuan, desimal: of the field, as :func:`bidang_angka` gives them.

    Raises:
        PemakaianError: it can mean two numbers, or carries another unit than its field.
    """
    mungkin = (True, False) if desimal is None else (desimal,)
    tafsiran = [baca_angka(teks, desimal=d) for d in mungkin]
    for angka in tafsiran:
        if isinstance(angka, Ambigu):
            pilihan = " atau ".join(f"{n:f}".replace(".", ",") for n in angka.pilihan)
            raise PemakaianError(f"`{teks}` dapat berarti {pilihan}", angka.saran)
    angka = tafsiran[0]
    if isinstance(angka, Kosong):
        return None
    if not isinstance(angka, Terbaca):
        return teks
    if not satuan_cocok(angka, satuan):
        tertulis = "%" if angka.persen else angka.satuan
        isian = f"isian ini dalam {satuan}" if satuan else "isian ini tanpa satuan"
        raise PemakaianError(
            f"`{teks}` bersatuan {tertulis}, padahal {isian}", "periksa angkanya, lalu tulis angkanya saja"
        )
    return int(angka.nilai) if angka.nilai == angka.nilai.to_integral_value() else angka.nilai


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
