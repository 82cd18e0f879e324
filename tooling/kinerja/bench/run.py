"""Runs rows of the bench in a folder of their own and gathers what they cost.

Example:
    >>> [h.baris.id for h in jalankan((SATU,), tempat, ulang=3)]
    ['satu']
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from kinerja.bench import approvals
from kinerja.bench.measure import ukur
from kinerja.bench.row import Baris, HasilBaris, Tempat
from kinerja.bench.rows_check import BERUBAH, MULAI, SATU, VALIDASI
from kinerja.bench.rows_desk import MEJA
from kinerja.bench.rows_desk_crowd import RAMAI
from kinerja.bench.rows_publish import ARSIP, RIWAYAT, SITUS
from kinerja.domain.errors import KinerjaError

BARIS: tuple[Baris, ...] = (
    VALIDASI, BERUBAH, RIWAYAT, SATU, SITUS, ARSIP, approvals.BARIS, MEJA, RAMAI, MULAI,
)  # fmt: skip
"""In the order of the design's table."""


def jalankan(
    baris: Sequence[Baris], tempat: Tempat, ulang: int, *, simpan: bool = False
) -> Iterator[HasilBaris]:
    """Measures each row; one that fails is told and stops no other.

    Args:
        simpan: keep the data of each row, so that its commands can be repeated by hand.
    """
    for b in baris:
        milik = replace(tempat, folder=tempat.folder / b.id)
        milik.folder.mkdir(parents=True)
        try:
            tempat.kabar(f"{b.id}: data disiapkan")
            siap = b.siapkan(milik)
            putaran = ukur(siap.perintah, ulang, partial(_kabar, tempat, b))
            yield HasilBaris(b, siap, putaran)
        except KinerjaError as e:
            yield HasilBaris(b, None, (), e.diagnostics())
        finally:
            if not simpan:
                shutil.rmtree(milik.folder, ignore_errors=True)


# helpers


def _kabar(tempat: Tempat, baris: Baris, teks: str) -> None:
    tempat.kabar(f"{baris.id}: {teks}")
