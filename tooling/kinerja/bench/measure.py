"""What a command costs: processor time of its process tree, wall time, peak memory.

Whole processes are measured, never functions: what a person waits for. Several commands are
run in turn, A B A B, after one warm-up each, and every ratio is taken within one turn, so that
a busy neighbour disturbs both sides alike. Nothing here asserts anything.

Example:
    >>> turn = ukur({"kami": kami, "lawan": lawan}, ulang=5)
    >>> rasio(turn, "cpu", "kami", "lawan").tengah
    Decimal('0.82')
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal

from kinerja.calculation.numbers import KONTEKS
from kinerja.domain.errors import KinerjaError

_PELUNCUR = Path(__file__).with_name("launcher.py")
_EKOR = 600
Besaran = Literal["cpu", "dinding", "memori", "keluaran"]
SATUAN: dict[Besaran, str] = {"cpu": "ns", "dinding": "ns", "memori": "bita", "keluaran": "bita"}
"""What each measure is counted in."""


@dataclass(frozen=True, slots=True)
class Perintah:
    """One command to measure.

    Attributes:
        tampil: what a person types to repeat it.
        sebelum: brings things into the state before each run; not measured.
        keluaran: file or folder whose size is taken after each run.
        kode: exit codes that count as success.
        panjang: takes minutes, so that a warm-up would only cost time.
    """

    argumen: tuple[str, ...]
    folder: Path
    tampil: str
    lingkungan: Mapping[str, str] = field(default_factory=dict)
    sebelum: Callable[[], object] | None = None
    keluaran: Path | None = None
    kode: frozenset[int] = frozenset({0})
    panjang: bool = False


@dataclass(frozen=True, slots=True)
class Biaya:
    """What one run cost; None where this system cannot tell."""

    cpu: int | None
    dinding: int
    memori: int | None
    keluaran: int | None

    def nilai(self, besaran: Besaran) -> int | None:
        """One of the four."""
        return {
            "cpu": self.cpu, "dinding": self.dinding, "memori": self.memori, "keluaran": self.keluaran,
        }[besaran]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sebaran:
    """A figure of several turns: median, smallest, largest."""

    tengah: Decimal
    terkecil: Decimal
    terbesar: Decimal


Putaran = Mapping[str, Biaya]


def ukur(
    perintah: Mapping[str, Perintah], ulang: int, kabar: Callable[[str], None] = lambda _: None
) -> tuple[Putaran, ...]:
    """Runs every command once to warm up, then all in turn, ``ulang`` times.

    Raises:
        KinerjaError: a command ended with a code that is no success.
    """
    for nama, p in perintah.items():
        if not p.panjang:
            kabar(f"{nama} (pemanasan)")
            _sekali(p)
    hasil = []
    for n in range(1, ulang + 1):
        putaran = {}
        for nama, p in perintah.items():
            kabar(f"{nama} (putaran {n}/{ulang})")
            putaran[nama] = _sekali(p)
        hasil.append(putaran)
    return tuple(hasil)


def sebaran(nilai: Sequence[Decimal]) -> Sebaran | None:
    """Median, smallest and largest; None of nothing."""
    return Sebaran(statistics.median(nilai), min(nilai), max(nilai)) if nilai else None


def nilai(putaran: Sequence[Putaran], besaran: Besaran, nama: str) -> Sebaran | None:
    """One command's own figure over all turns; None where the system cannot tell."""
    return sebaran([Decimal(v) for p in putaran if (v := p[nama].nilai(besaran)) is not None])


def rasio(putaran: Sequence[Putaran], besaran: Besaran, atas: str, bawah: str) -> Sebaran | None:
    """One command's figure divided by the other's of the same turn."""
    pasangan = ((p[atas].nilai(besaran), p[bawah].nilai(besaran)) for p in putaran)
    return sebaran([KONTEKS.divide(Decimal(a), Decimal(b)) for a, b in pasangan if a is not None and b])


# helpers


def _sekali(p: Perintah) -> Biaya:
    if shutil.which(p.argumen[0]) is None:
        raise KinerjaError(f"`{p.argumen[0]}` tidak terpasang", "pasang dengan: make bench")
    if p.sebelum is not None:
        p.sebelum()
    with tempfile.TemporaryDirectory(prefix="kinerja-ukur-") as sementara:
        catatan = Path(sementara) / "biaya"
        with (Path(sementara) / "galat").open("w+b") as galat:
            subprocess.run(
                [sys.executable, "-I", "-S", str(_PELUNCUR), str(catatan), *p.argumen],
                cwd=p.folder, env={**os.environ, **p.lingkungan}, check=False,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=galat,
            )  # fmt: skip
            galat.seek(0)
            ekor = galat.read()[-_EKOR:].decode("utf-8", "replace").strip()
        isi = catatan.read_text("ascii").split() if catatan.is_file() else ["?"]
    if isi[0] not in {str(k) for k in p.kode}:
        pesan = f"`{p.tampil}` berakhir dengan kode {isi[0]}: {ekor}"
        raise KinerjaError(pesan, "jalankan sendiri perintah itu")
    cpu, dinding, memori = (None if v == "-" else int(v) for v in isi[1:])
    return Biaya(cpu, dinding or 0, memori, None if p.keluaran is None else _ukuran(p.keluaran))


def _ukuran(jalur: Path) -> int:
    if jalur.is_file():
        return jalur.stat().st_size
    return sum(f.stat().st_size for f in jalur.rglob("*") if f.is_file())
