"""The work of one run, cut into pieces that are judged on their own, in one process or several.

It decides what belongs together. A bidang's worksheets of all years judge each other, so they are
never parted, and each is read once; the documents of one year (plan, DPA, SPJ, laporan) are held
against each other. What fits into one piece stays in one.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kinerja.adapters.trees import Pohon, PohonFolder
from kinerja.checking.dependencies import tahun_jalur
from kinerja.checking.judge import Pemeriksaan, PemeriksaanSkema
from kinerja.domain.errors import KinerjaError
from kinerja.domain.findings import Finding
from kinerja.validation.places import letak_lembar

Temuan = dict[str, tuple[Finding, ...]]
"""File → its findings; and under :func:`antardokumen` of a year → those between documents."""

_SEPOTONG = 400
_LAYAK_BANYAK = 250
"""So many files make a second process worth its start."""


@dataclass(frozen=True, slots=True)
class Potongan:
    """Files that are judged together.

    Attributes:
        lembar: worksheets, in order of time, so that a quarter is read before the next needs it.
        lain: year, or "" for none → its other documents; the rules between documents run over them.
    """

    lembar: tuple[str, ...]
    lain: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __len__(self) -> int:
        return len(self.lembar) + sum(len(j) for _, j in self.lain)


def antardokumen(tahun: str) -> str:
    """The name under which a year's findings between documents stand; no file can have it."""
    return f"antardokumen:{tahun}"


def potong(jalur: Sequence[str], utuh: int = _LAYAK_BANYAK) -> list[Potongan]:
    """Cuts files into pieces.

    Args:
        utuh: so many files are left in one piece.
    """
    lembar: dict[str, list[str]] = {}
    lain: dict[str, list[str]] = {}
    for j in sorted(jalur):
        tempat = letak_lembar(j)
        if tempat is None:
            lain.setdefault(tahun_jalur(j), []).append(j)
        else:
            lembar.setdefault(tempat[1], []).append(j)
    dokumen = tuple((t, tuple(j)) for t, j in sorted(lain.items()))
    kelompok = list(_kelompok(lembar, len(jalur), utuh))
    if len(kelompok) <= 1:
        semua = Potongan(kelompok[0] if kelompok else (), dokumen)
        return [semua] if len(semua) else []
    return [Potongan(k) for k in kelompok] + [Potongan((), (d,)) for d in dokumen]


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
    with _tanpa_pemungut():
        p = PemeriksaanSkema(pohon) if hanya_skema else Pemeriksaan(pohon, diajukan=diajukan, dasar=dasar)
        p.lihat(j for _, dokumen in potongan.lain for j in dokumen)
        hasil = {j: p.satu(j) for j in potongan.lembar}
        for tahun, dokumen in potongan.lain:
            hasil |= {j: p.satu(j) for j in dokumen}
            boleh = set(dokumen)
            hasil[antardokumen(tahun)] = tuple(t for t in p.antardokumen(dokumen) if t.berkas in boleh)
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
        pohon = PohonFolder(akar)
        for p in potongan:
            yield p, kerjakan(pohon, p, hanya_skema=hanya_skema, diajukan=diajukan)
        return
    yield from _serentak(str(akar), potongan, min(n, len(potongan)), hanya_skema, diajukan)


# helpers


@contextmanager
def _tanpa_pemungut() -> Iterator[None]:
    """Without the collector of cycles: documents have none, and it would walk them again and again."""
    menyala = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if menyala:
            gc.enable()


def _kelompok(lembar: Mapping[str, Sequence[str]], jumlah: int, utuh: int) -> Iterator[tuple[str, ...]]:
    """Whole bidang together, as many as make a piece, in order of time."""
    sepotong = jumlah if jumlah <= utuh else min(_SEPOTONG, jumlah // 4)
    kini: list[str] = []
    for _, milik in sorted(lembar.items()):
        kini += milik
        if len(kini) >= sepotong:
            yield tuple(sorted(kini, key=_urutan))
            kini = []
    if kini:
        yield tuple(sorted(kini, key=_urutan))


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
