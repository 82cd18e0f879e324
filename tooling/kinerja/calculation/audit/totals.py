"""A total of money against the rows above it, also where the table does not say their levels.

It decides which rows a total may stand for: all topmost ones where levels are known. Where they
are not, a program and what stands under it are told apart by the word ``Program``, by the
numbering (``I`` above ``1``), or by a row being the sum of those after it; a total that none of
these explains is not accused. It leaves out how levels are read (``levels``).

Example:
    ``I Program 115 | 1 Permakanan 75 | 2 Alat Bantu 40 | Total 115`` → konsisten, baris program
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kinerja.calculation.audit.cells import Angka, Bacaan, Hampa
from kinerja.calculation.audit.headings import Isi
from kinerja.calculation.audit.rollup import SEBUTAN, BarisUang, hanya_pembulatan, jumlahkan
from kinerja.calculation.audit.verdict import Butir, Status
from kinerja.calculation.numbers import KONTEKS, format_angka

_RUMUS = ("jumlah",)
_PROGRAM = re.compile(r"\s*program\b", re.IGNORECASE)
_BERTINGKAT = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4})+")
_ANAK_TERBANYAK = 100
"""Rows under one parent that are looked at where only sums tell the levels."""


@dataclass(frozen=True, slots=True)
class BarisTotal:
    """One row that a total may count: its place, its name, its numbering, whether its level is known."""

    indeks: int
    nama: str
    nomor: str
    berjenjang: bool


def periksa_total(baris: Sequence[BarisUang], total: int, milik: Sequence[BarisTotal]) -> list[Butir]:
    """The verdicts on a total row, column by column, against the topmost rows above it."""
    hasil: list[Butir] = []
    for isi, tercetak in baris[total].uang.items():
        if isinstance(tercetak, Hampa) or not milik:
            continue
        bacaan = {m.indeks: baris[m.indeks].uang[isi] for m in milik}
        if jumlahkan([tercetak]) is None or jumlahkan(list(bacaan.values())) is None:
            alasan = "jumlah tidak dapat dihitung: ada isian yang bukan satu angka"
            hasil.append(_tidak(isi, tercetak, alasan))
            continue
        hasil.append(_satu_kolom(isi, tercetak, bacaan, milik))
    return hasil


# helpers


def _satu_kolom(isi: Isi, tercetak: Bacaan, bacaan: dict[int, Bacaan], milik: Sequence[BarisTotal]) -> Butir:
    semua = list(bacaan)
    if _sama(tercetak, bacaan, semua):
        return _cocok(isi, tercetak, f"jumlah {len(milik)} baris di atasnya")
    jumlah = format_angka(jumlahkan(list(bacaan.values())) or Decimal(0))
    dicoba = [f"semua baris {jumlah}"]
    bertingkat = False
    for nama, anggota, bukti in _kemungkinan(bacaan, milik):
        bertingkat = bertingkat or bukti
        if _sama(tercetak, bacaan, anggota):
            apa = f"jumlah {len(anggota)} {nama} di atasnya"
            return replace(_cocok(isi, tercetak, apa), catatan=(f"{SEBUTAN[isi]} sama dengan {apa}",))
        dicoba.append(f"{nama} {format_angka(jumlahkan([bacaan[i] for i in anggota]) or Decimal(0))}")
    if bertingkat:
        alasan = (
            f"jenjang baris di atasnya tidak disebut, dan tidak satu jumlah pun cocok: {', '.join(dicoba)}"
        )
        return _tidak(isi, tercetak, f"`{tercetak.tertulis}` tidak dapat dipastikan: {alasan}")
    alasan = f"bukan jumlah {len(milik)} baris di atasnya"
    return Butir(SEBUTAN[isi], Status.SALAH, _RUMUS, tercetak.tertulis, jumlah, alasan)


def _sama(tercetak: Bacaan, bacaan: dict[int, Bacaan], anggota: Sequence[int]) -> bool:
    bagian = [bacaan[i] for i in anggota]
    nilai, jumlah = jumlahkan([tercetak]), jumlahkan(bagian)
    if nilai is None or jumlah is None:
        return False
    return nilai == jumlah or hanya_pembulatan(nilai, jumlah, [tercetak, *bagian])


def _kemungkinan(
    bacaan: dict[int, Bacaan], milik: Sequence[BarisTotal]
) -> Iterator[tuple[str, list[int], bool]]:
    """Name and rows of what else the total may count, and whether that shows levels in the table."""
    if all(m.berjenjang for m in milik):
        return
    program = [m.indeks for m in milik if _PROGRAM.match(m.nama)]
    if 0 < len(program) < len(milik):
        yield "baris program", program, True
        yield "baris selain program", [i for i in bacaan if i not in set(program)], True
    pangkat = {m.indeks: _pangkat(m.nomor) for m in milik}
    atas, bawah = min(pangkat.values()), max(pangkat.values())
    if atas < bawah:
        yield "baris bernomor paling atas", [i for i, p in pangkat.items() if p == atas], True
        yield "baris rincian", [i for i, p in pangkat.items() if p == bawah], True
    puncak, daun, bukti = _dari_jumlah(bacaan)
    if len(daun) < len(bacaan):
        yield "baris induk", puncak, bukti
        yield "baris tanpa rincian", daun, bukti


def _pangkat(nomor: str) -> int:
    """How deep a numbering stands: ``A`` and ``IV`` above ``1`` above ``1.2``, unnumbered lowest."""
    teks = nomor.strip(" .()")
    if not teks:
        return 9
    if _BERTINGKAT.fullmatch(teks[:40]):
        return min(8, 1 + teks.count("."))
    return 1 if teks.isdecimal() else 0


def _dari_jumlah(bacaan: dict[int, Bacaan]) -> tuple[list[int], list[int], bool]:
    """Topmost rows, rows without children, and whether a row is the sum of several after it."""
    puncak: list[tuple[int, Decimal]] = []
    daun: list[int] = []
    bukti = False
    for i, satu in reversed(bacaan.items()):
        nilai = satu.pilihan[0] if isinstance(satu, Angka) else Decimal(0)
        banyak = _anak(puncak, nilai)
        if banyak:
            del puncak[-banyak:]
            bukti = bukti or banyak > 1
        else:
            daun.append(i)
        puncak.append((i, nilai))
    return [i for i, _ in reversed(puncak)], daun[::-1], bukti


def _anak(puncak: Sequence[tuple[int, Decimal]], nilai: Decimal) -> int:
    """How many of the rows that follow make up this one; the nearest stands last."""
    jumlah = Decimal(0)
    for banyak, (_, satu) in enumerate(reversed(puncak[-_ANAK_TERBANYAK:]), 1):
        jumlah = KONTEKS.add(jumlah, satu)
        if jumlah == nilai and nilai > 0:
            return banyak
        if jumlah > nilai or satu < 0:
            return 0
    return 0


def _cocok(isi: Isi, tercetak: Bacaan, apa: str) -> Butir:
    return Butir(SEBUTAN[isi], Status.KONSISTEN, _RUMUS, tercetak.tertulis, "", f"sama dengan {apa}")


def _tidak(isi: Isi, tercetak: Bacaan, alasan: str) -> Butir:
    return Butir(SEBUTAN[isi], Status.TIDAK_DAPAT_DIPERIKSA, (), tercetak.tertulis, "", alasan)
