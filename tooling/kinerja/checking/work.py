"""The work of one run, cut into pieces that are judged on their own, in one process or several.

It decides what belongs together: the documents of one year, because quarters, plan, DPA and
laporan of a year judge each other; a very large year is cut by bidang. Documents without a
year are a piece of their own.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kinerja.adapters.trees import Pohon, PohonFolder
from kinerja.checking.dependencies import tahun_jalur
from kinerja.checking.judge import Pemeriksaan, PemeriksaanSkema
from kinerja.domain.errors import KinerjaError
from kinerja.domain.findings import Finding
from kinerja.validation.places import letak_lembar

Temuan = dict[str, tuple[Finding, ...]]
"""File → its findings; and of each piece :attr:`Potongan.antardokumen` → those between documents."""

_SEPOTONG = 600
_LAYAK_BANYAK = 250
"""So many files make a second process worth its start."""


@dataclass(frozen=True, slots=True)
class Potongan:
    """Files that are judged together.

    Attributes:
        tahun: ``2024``; "" for the documents without a year.
        lembar: worksheets, in order of time, so that a quarter is read before the next needs it.
        lain: other documents; the rules between documents run over them.
    """

    tahun: str
    lembar: tuple[str, ...]
    lain: tuple[str, ...]

    @property
    def antardokumen(self) -> str:
        """The name under which the findings between documents stand; no file can have it."""
        return f"antardokumen:{self.tahun}"

    def __len__(self) -> int:
        return len(self.lembar) + len(self.lain)


def potong(jalur: Sequence[str]) -> list[Potongan]:
    """Cuts files into pieces."""
    lembar: dict[str, list[str]] = {}
    lain: dict[str, list[str]] = {}
    for j in jalur:
        tujuan = lain if letak_lembar(j) is None else lembar
        tujuan.setdefault(tahun_jalur(j), []).append(j)
    hasil = []
    for tahun in sorted({*lembar, *lain}):
        urut = sorted(lembar.get(tahun, ()), key=_urutan)
        milik = tuple(sorted(lain.get(tahun, ())))
        if len(urut) <= _SEPOTONG:
            hasil.append(Potongan(tahun, tuple(urut), milik))
            continue
        urut.sort(key=lambda j: j.rpartition("/")[2])
        bagian = [urut[i : i + _SEPOTONG] for i in range(0, len(urut), _SEPOTONG)]
        hasil += [Potongan(tahun, tuple(sorted(b, key=_urutan)), ()) for b in bagian]
        hasil.append(Potongan(tahun, (), milik))
    return [p for p in hasil if len(p)]


def kerjakan(
    pohon: Pohon,
    potongan: Potongan,
    *,
    diajukan: bool = False,
    hanya_skema: bool = False,
    dasar: Pohon | None = None,
) -> Temuan:
    """Judges one piece.

    Args:
        diajukan: judge worksheets as when they are submitted.
        dasar: the base revision, for the rules with memory.

    Returns:
        The findings of every file, also where there are none; those of the rules between
        documents, of the piece's own files only.
    """
    p = PemeriksaanSkema(pohon) if hanya_skema else Pemeriksaan(pohon, diajukan=diajukan, dasar=dasar)
    p.lihat(potongan.lain)
    hasil = {j: p.satu(j) for j in (*potongan.lembar, *potongan.lain)}
    if potongan.lain:
        boleh = set(potongan.lain)
        hasil[potongan.antardokumen] = tuple(t for t in p.antardokumen(potongan.lain) if t.berkas in boleh)
    return hasil


def kerjakan_semua(
    akar: Path,
    potongan: Sequence[Potongan],
    proses: int | None,
    *,
    hanya_skema: bool = False,
    diajukan: bool = False,
) -> Iterator[tuple[Potongan, Temuan]]:
    """Judges pieces of a folder as they come, in as many processes as pay.

    Args:
        proses: how many; None to decide by the work and the machine.
    """
    jumlah = sum(map(len, potongan))
    n = proses or (min(os.cpu_count() or 1, 4) if jumlah > _LAYAK_BANYAK else 1)
    if n <= 1 or len(potongan) <= 1:
        for p in potongan:
            yield p, _di_sana(str(akar), p, hanya_skema, diajukan)
        return
    yield from _serentak(str(akar), potongan, min(n, len(potongan)), hanya_skema, diajukan)


# helpers


def _serentak(
    akar: str, potongan: Sequence[Potongan], n: int, hanya_skema: bool, diajukan: bool
) -> Iterator[tuple[Potongan, Temuan]]:
    """In several processes; the modules for them are not loaded where one will do."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool

    cara = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    try:
        with ProcessPoolExecutor(n, mp_context=cara) as kolam:
            tugas = {
                kolam.submit(_di_sana, akar, p, hanya_skema, diajukan): p
                for p in sorted(potongan, key=len, reverse=True)
            }
            for selesai in as_completed(tugas):
                yield tugas[selesai], selesai.result()
    except BrokenProcessPool as e:
        raise KinerjaError(
            "satu proses pemeriksa berhenti sendiri, mungkin kehabisan memori",
            "ulangi dengan --proses 1",
        ) from e


def _di_sana(akar: str, potongan: Potongan, hanya_skema: bool, diajukan: bool) -> Temuan:
    return kerjakan(PohonFolder(Path(akar)), potongan, hanya_skema=hanya_skema, diajukan=diajukan)


def _urutan(jalur: str) -> tuple[tuple[int, int], str]:
    tempat = letak_lembar(jalur)
    return (tempat[0].urutan if tempat else (0, 0), jalur)


Lapor = Callable[[int, int], None]
"""Told how many files are done, of how many."""
