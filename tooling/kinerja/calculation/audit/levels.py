"""Which row of a budget table stands under which: urusan, perangkat daerah, program, and below.

It decides a row's level by the level column, else by the code, else by the word that begins its
name; where a table gives none of them, rows stand side by side. It leaves out the sums
(``rollup``).

Example:
    ``program`` / ``kegiatan`` / ``sub_kegiatan?`` → each under the one before
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

Tingkat = int | tuple[str, ...] | None
"""A rank (less is higher), a code by its segments, or unknown."""

RINCI = 5
"""The rank of a sub kegiatan: where money and output stand side by side."""

_NAMA = {
    "urusan": 0, "bidang urusan": 1, "perangkat daerah": 2, "opd": 2, "skpd": 2, "dinas": 2, "unit": 2,
    "program": 3, "kegiatan": 4, "sub kegiatan": RINCI, "subkegiatan": RINCI, "rekening": 6, "rincian": 6,
}  # fmt: skip
_AWALAN = re.compile(r"(urusan|program|sub\s*kegiatan|kegiatan)\b", re.IGNORECASE)
_KODE = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4})*\.?")
_JUMLAH = re.compile(
    r"(?:grand\s+|sub\s*)?(?:jumlah|total)(?:\s+(?:anggaran|belanja|seluruh(?:nya)?|keseluruhan|program"
    r"|kegiatan|semua|umum|langsung|besar))*\s*:?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Simpul:
    """A row in the tree; ``tentu`` is False where a row of unknown level could be its child."""

    indeks: int
    anak: list[int] = field(default_factory=list)
    induk: int | None = None
    tentu: bool = True


def tingkat(jenjang: Sequence[str], kode: Sequence[str], nama: Sequence[str]) -> list[Tingkat]:
    """The level of every row, by the first of the three that the table gives."""
    peringkat: list[Tingkat] = [_NAMA.get(_rapi(j)) for j in jenjang]
    if any(t is not None for t in peringkat):
        return peringkat
    jalur = [tuple(k.strip(". ").split(".")) if _KODE.fullmatch(k.strip()[:61]) else None for k in kode]
    if any(t is not None and len(t) > 1 for t in jalur):
        return list(jalur)
    awalan = [_AWALAN.match(n.strip()) for n in nama]
    if all(a is not None or jumlah_seluruh(n) for a, n in zip(awalan, nama, strict=True)):
        return [_NAMA[_rapi(a[1])] if a else None for a in awalan]
    return [None] * len(nama)


def jumlah_seluruh(nama: str) -> bool:
    """Whether a row is named as the total of the table (``JUMLAH``, ``Total Belanja``)."""
    return _JUMLAH.fullmatch(nama.strip()[:80]) is not None


def pohon(
    tingkat_baris: Sequence[Tingkat], blok: Sequence[Hashable], lewati: Sequence[bool]
) -> list[Simpul]:
    """The rows as a tree, in input order; each document or agency is a tree of its own.

    Args:
        lewati: rows that are no part of the tree, such as totals.
    """
    hasil = [Simpul(i) for i in range(len(tingkat_baris))]
    tumpukan: list[int] = []
    for i, satu in enumerate(tingkat_baris):
        if i and blok[i] != blok[i - 1]:
            tumpukan.clear()
        if lewati[i]:
            continue
        if satu is None:
            for j in tumpukan:
                hasil[j].tentu = False
            continue
        while tumpukan and not _di_bawah(satu, tingkat_baris[tumpukan[-1]]):
            tumpukan.pop()
        if tumpukan:
            hasil[i].induk = tumpukan[-1]
            hasil[tumpukan[-1]].anak.append(i)
        tumpukan.append(i)
    return hasil


# helpers


def _rapi(teks: str) -> str:
    return " ".join(re.sub(r"[_\-?]", " ", teks.casefold()).split())


def _di_bawah(anak: Tingkat, induk: Tingkat) -> bool:
    if isinstance(anak, int) and isinstance(induk, int):
        return anak > induk
    if isinstance(anak, tuple) and isinstance(induk, tuple):
        return len(anak) > len(induk) and anak[: len(induk)] == induk
    return False
