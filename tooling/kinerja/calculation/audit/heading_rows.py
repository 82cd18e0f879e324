"""Where the heading of a sheet stands: below title rows, over one to three rows, merged or not.

It decides by how many columns are understood when a block of rows is read as the heading; a
second heading further down begins another table. It leaves out what a heading means
(``headings``).

Example:
    ``LAPORAN KINERJA`` / (blank) / ``Indikator | Kinerja | (merged) | %`` /
    ``(blank) | Target | Realisasi | (blank)`` → the last two rows are the heading.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from kinerja.calculation.audit.columns import PASANGAN, Susunan, susun_kolom
from kinerja.domain.tabel import BarisTabel, Lembar, Sel

_DICARI, _BERTINGKAT = 200, 3
_ANGKA = re.compile(r"[-+(]?(?:Rp\.?\s*)?[0-9][0-9.,]*\s*%?\)?|[-\u2013\u2014]|n/a", re.IGNORECASE)
_NOMOR_KOLOM = re.compile(r"\(?([0-9]{1,2})\)?(?:\s*=.*)?")
_TAHUN = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Kepala:
    """The columns understood, the rows of data, and the heading's rows, to know them again."""

    nomor: int
    susunan: Susunan
    data: tuple[BarisTabel, ...]
    baris: tuple[tuple[str, ...], ...]


def cari_kepala(lembar: Lembar, nomor: int | None = None) -> tuple[Kepala, ...]:
    """Every heading of a sheet with the rows below it, as tables may stand one under the other.

    Args:
        nomor: the row that the reader names as (the first of) the first heading.
    """
    hasil: list[Kepala] = []
    i = 0
    while i < len(lembar.baris) and (hasil or nomor is not None or i < _DICARI):
        kepala = None
        if not hasil and nomor is not None:
            kepala = _terbaik(lembar, [i]) if lembar.baris[i].nomor == nomor else None
        elif not hasil or _terpisah(lembar, i):
            kepala = _terbaik(lembar, range(i, i + _BERTINGKAT))
        if kepala is None:
            i += 1
            continue
        awal, baru = kepala
        i = awal + len(baru.baris)
        if hasil and baru.baris == hasil[-1].baris:
            continue
        if hasil:
            hasil[-1] = replace(hasil[-1], data=_sebelum(hasil[-1].data, baru.nomor))
        hasil.append(baru)
    return tuple(hasil)


def judul_terbaca(lembar: Lembar) -> str:
    """The fullest of the first rows, to show what was met instead of a heading."""
    awal = lembar.baris[:_DICARI]
    penuh = max(awal, key=_banyak_teks, default=None)
    return " | ".join(t for t in map(_teks, penuh.sel) if t) if penuh else ""


def teks_baris(baris: BarisTabel) -> tuple[str, ...]:
    """A row as plain text without its empty end, to compare it with another."""
    teks = [_teks(s).casefold() for s in baris.sel]
    while teks and not teks[-1]:
        teks.pop()
    return tuple(teks)


# helpers


def _terbaik(lembar: Lembar, mulai: Iterable[int]) -> tuple[int, Kepala] | None:
    """The best heading that begins at one of these rows, when one begins at the first of them."""
    terbaik: tuple[int, Kepala] | None = None
    for n, awal in enumerate(mulai):
        for tinggi in range(1, _BERTINGKAT + 1):
            bagian = lembar.baris[awal : awal + tinggi]
            if len(bagian) < tinggi or _berangka(bagian[-1]) or _banyak_teks(bagian[-1]) < 2:
                break
            calon = _kepala(lembar, awal, tinggi)
            if calon is not None and (terbaik is None or _mutu(calon) > _mutu(terbaik[1])):
                terbaik = (awal, calon)
        if n == 0 and terbaik is None:
            return None
    return terbaik


def _terpisah(lembar: Lembar, i: int) -> bool:
    """Whether a row stands below an empty row or a title, where another table may begin."""
    sebelum = lembar.baris[i - 1]
    return lembar.baris[i].nomor > sebelum.nomor + 1 or _banyak_teks(sebelum) < 3


def _sebelum(data: tuple[BarisTabel, ...], nomor: int) -> tuple[BarisTabel, ...]:
    return data[: bisect_left(data, nomor, key=lambda b: b.nomor)]


def _kepala(lembar: Lembar, awal: int, tinggi: int) -> Kepala | None:
    bagian = lembar.baris[awal : awal + tinggi]
    if tinggi > 1 and _judul_laporan(bagian[0]):
        return None
    susunan = susun_kolom(_judul([b.sel for b in bagian]))
    ada = susunan.isi
    if len(ada) < 2 or not (susunan.terpisah or any(h <= ada for h in PASANGAN)):
        return None
    data = lembar.baris[awal + tinggi :]
    if data and _nomor_kolom(data[0]):
        data = data[1:]
    return Kepala(bagian[0].nomor, susunan, data, tuple(teks_baris(b) for b in bagian))


def _mutu(kepala: Kepala) -> tuple[int, int]:
    """More columns are better; of equals the one without a title row on top."""
    return (kepala.susunan.banyak, -len(kepala.baris))


def _judul_laporan(baris: BarisTabel) -> bool:
    """One text at the left edge: the title of a report, no group of columns."""
    return _banyak_teks(baris) == 1 and bool(_teks(baris.sel[0]))


def _judul(baris: Sequence[Sequence[Sel]]) -> list[tuple[str, ...]]:
    """For each column its heading from top to bottom; a group reaches right over blanks."""
    lebar = max(map(len, baris))
    kotak = [[_teks(b[i]) if i < len(b) else "" for i in range(lebar)] for b in baris]
    for bawah, atas in pairwise(reversed(kotak)):
        for i in range(1, lebar):
            if not atas[i] and bawah[i]:
                atas[i] = atas[i - 1]
    return [tuple(b[i] for b in kotak if b[i]) for i in range(lebar)]


def _banyak_teks(baris: BarisTabel) -> int:
    return sum(1 for s in baris.sel if _teks(s))


def _berangka(baris: BarisTabel) -> bool:
    """Whether a row holds figures, or dashes for them, so that it is no part of a heading.

    A year is none: ``2022`` and ``2023`` head groups of columns.
    """
    teks = [_teks(s)[:60] for s in baris.sel]
    return any(_ANGKA.fullmatch(t) and not _TAHUN.fullmatch(t) for t in teks)


def _nomor_kolom(baris: BarisTabel) -> bool:
    """``1 | 2 | 3 | 4=3/2x100``: the row that numbers the columns."""
    terisi = [t for t in map(_teks, baris.sel) if t]
    cocok = [_NOMOR_KOLOM.fullmatch(t[:40]) for t in terisi]
    nomor = [int(c[1]) for c in cocok if c is not None]
    return len(terisi) > 2 and len(nomor) == len(terisi) and nomor == sorted(set(nomor)) and nomor[0] < 3


def _teks(sel: Sel) -> str:
    return f"{sel:f}" if isinstance(sel, Decimal) else " ".join(sel.split())
