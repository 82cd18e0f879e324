"""Plain data as YAML text that the strict reader gives back unchanged.

It decides when a text needs quotes: also where only another reader would take it for a
number or a boolean (``012``, ``no``, ``1e5``). It leaves out files that already exist
(``yaml_splice``).

Example:
    >>> tulis_skalar("97,5"), tulis_skalar("no"), tulis_skalar(Decimal("97.50"))
    ('97,5', '"no"', '97.50')
"""

from __future__ import annotations

import json
import re
from decimal import Decimal

from kinerja.adapters.yaml_strict import skalar

_AWAL_PENANDA = frozenset("!&*?|>'\"%@`#,[]{}:-~=<\\ ")
_KURUNG = frozenset(",[]{}")
# What YAML 1.1 and 1.2 readers elsewhere take for a boolean or a number.
_MIRIP_LAIN = re.compile(
    r"(?:y|n|yes|no|on|off|true|false|null"
    r"|[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9_]+)(?:e[-+]?[0-9]+)?"
    r"|[-+]?0[xob][0-9a-f_]+"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
    r"|[-+]?\.(?:inf|nan))\Z",
    re.IGNORECASE,
)
_BMP = 0xFFFF


def tulis_skalar(nilai: object, *, alir: bool = False) -> str:
    """A scalar on one line.

    Args:
        alir: True inside ``[…]`` or ``{…}``, where commas and brackets end a plain text.
    """
    match nilai:
        case None:
            return "null"
        case bool():
            return "true" if nilai else "false"
        case int():
            return str(nilai)
        case Decimal():
            return f"{nilai:f}"
        case str():
            return nilai if _polos(nilai, alir=alir) else _kutip(nilai)
    raise TypeError(f"bukan nilai skalar: {nilai!r}")


def tulis_blok(nilai: object, lekuk: int) -> list[str]:
    """Lines of a non-empty mapping or list in block style, indented by ``lekuk`` spaces."""
    spasi = " " * lekuk
    baris: list[str] = []
    if isinstance(nilai, dict):
        for k, v in nilai.items():
            baris += _butir(f"{spasi}{tulis_skalar(str(k))}:", v, lekuk)
    elif isinstance(nilai, list | tuple):
        for v in nilai:
            if isinstance(v, dict | list | tuple) and v:
                anak = tulis_blok(v, lekuk + 2)
                baris += [f"{spasi}- {anak[0].lstrip()}", *anak[1:]]
            else:
                baris += _butir(f"{spasi}-", v, lekuk)
    return baris


def tulis_alir(nilai: object) -> str:
    """A value on one line, structures in ``[…]`` and ``{…}``."""
    if isinstance(nilai, dict):
        isi = (f"{tulis_skalar(str(k), alir=True)}: {tulis_alir(v)}" for k, v in nilai.items())
        return "{" + ", ".join(isi) + "}"
    if isinstance(nilai, list | tuple):
        return "[" + ", ".join(map(tulis_alir, nilai)) + "]"
    return tulis_skalar(nilai, alir=True)


def tulis_literal(teks: str, lekuk: int) -> tuple[str, list[str]] | None:
    """Head and lines of a literal block, indented by ``lekuk``; None when it would not keep
    the text exactly, or the text is one line."""
    isi = teks.removesuffix("\n")
    if "\n" not in isi or isi.endswith("\n") or isi[0] in " \n":
        return None
    baris = isi.split("\n")
    if any(b != b.rstrip() or not b.isprintable() for b in baris):
        return None
    return "|" if teks.endswith("\n") else "|-", [" " * lekuk + b if b else "" for b in baris]


# helpers


def _butir(kepala: str, v: object, lekuk: int) -> list[str]:
    """Lines of one mapping entry or list item after its ``key:`` or ``-``."""
    if isinstance(v, dict | list | tuple):
        return [kepala, *tulis_blok(v, lekuk + 2)] if v else [f"{kepala} {tulis_alir(v)}"]
    literal = tulis_literal(v, lekuk + 2) if isinstance(v, str) else None
    if literal:
        return [f"{kepala} {literal[0]}", *literal[1]]
    return [f"{kepala} {tulis_skalar(v)}"]


def _polos(teks: str, *, alir: bool) -> bool:
    if not teks or teks[0] in _AWAL_PENANDA or teks[-1] in " :" or not teks.isprintable():
        return False
    if ": " in teks or " #" in teks or teks.startswith("..."):
        return False
    if alir and not _KURUNG.isdisjoint(teks):
        return False
    return isinstance(skalar(teks), str) and not _MIRIP_LAIN.match(teks)


def _kutip(teks: str) -> str:
    """Double quotes; every character that does not print is escaped."""
    hasil = json.dumps(teks, ensure_ascii=False)
    return "".join(c if c.isprintable() else _lolos(c) for c in hasil)


def _lolos(c: str) -> str:
    return f"\\u{ord(c):04X}" if ord(c) <= _BMP else f"\\U{ord(c):08X}"
