"""What a row of the bench is: commands that run in turn, and goals that compare them.

Example:
    >>> Sasaran("validasi, skema saja", "cpu", "check-jsonschema", "skema", Decimal(15), paling_sedikit=True)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from kinerja.bench.measure import Besaran, Perintah, Putaran, Sebaran, nilai, rasio

if TYPE_CHECKING:
    from kinerja.publishing.site_data import DataSitus

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Ukuran:
    """How large the work is.

    Attributes:
        bidang, tahun: the corpus of worksheets, four for each bidang and year.
        situs, situs_besar: bidang of the two sites; the second has ten times the pages.
        periode_situs: years of the sites, four reports each.
        arsip_mib, arsip_besar_mib: attachments of the two archives.
    """

    bidang: int
    tahun: int
    situs: int
    situs_besar: int
    tahun_situs: int
    arsip_mib: int
    arsip_besar_mib: int

    @property
    def lembar(self) -> int:
        """Worksheets of the corpus."""
        return 4 * self.bidang * self.tahun


PENUH = Ukuran(125, 20, 18, 241, 1, 64, 512)
CEPAT = Ukuran(5, 2, 2, 20, 1, 4, 16)


@dataclass(frozen=True)
class Tempat:
    """Where a row prepares its data, and what it must be told of the command line.

    Attributes:
        pilihan_validate: options that ``kinerja validate`` has.
        perintah: names of all commands.
        muat_situs: data of the site from a checkout, as the MkDocs plugin loads it.
    """

    folder: Path
    ukuran: Ukuran
    pilihan_validate: frozenset[str]
    perintah: tuple[str, ...]
    muat_situs: Callable[[Path], DataSitus]
    kabar: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sasaran:
    """One goal.

    Attributes:
        atas, bawah: names of commands; the figure is the first's divided by the second's, or the
            first's own when there is no second.
        batas: the goal; None where a figure is only watched.
        paling_sedikit: the figure should be at least, not at most, the goal.
    """

    kerja: str
    besaran: Besaran
    atas: str
    bawah: str | None
    batas: Decimal | None
    paling_sedikit: bool = False

    def hitung(self, putaran: Sequence[Putaran]) -> Sebaran | None:
        """The figure over all turns; None where this system cannot tell."""
        if self.bawah is None:
            return nilai(putaran, self.besaran, self.atas)
        return rasio(putaran, self.besaran, self.atas, self.bawah)

    def tercapai(self, s: Sebaran | None) -> bool | None:
        """Whether the median meets the goal; None when there is no goal or no figure."""
        if s is None or self.batas is None:
            return None
        return s.tengah >= self.batas if self.paling_sedikit else s.tengah <= self.batas


@dataclass(frozen=True, slots=True)
class Siap:
    """A row whose data lie ready."""

    perintah: Mapping[str, Perintah]
    sasaran: tuple[Sasaran, ...]
    catatan: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Baris:
    """A row: its name on the command line, what it is about, and how its data are made."""

    id: str
    judul: str
    siapkan: Callable[[Tempat], Siap]


@dataclass(frozen=True, slots=True)
class HasilBaris:
    """A row measured, or why it could not be."""

    baris: Baris
    siap: Siap | None
    putaran: tuple[Putaran, ...]
    gagal: str = ""
