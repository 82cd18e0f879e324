"""What the worksheet rules look at, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kinerja.domain.findings import Tingkat
from kinerja.domain.kertas_kerja import KertasKerja
from kinerja.domain.organisasi import Bidang
from kinerja.domain.perencanaan import Anggaran, Nilai, Rencana
from kinerja.domain.periode import Periode
from kinerja.domain.tata_kelola import Kebijakan, Skala


@dataclass(frozen=True, slots=True)
class Konteks:
    """One worksheet with everything that it is judged against.

    Attributes:
        periode, bidang: from the file's place, not from its content.
        realisasi: indikator id → ``tw1`` … → value of earlier quarters of the year.
        diajukan: True when the worksheet is being submitted, so that gaps are faults.
    """

    kertas_kerja: KertasKerja
    periode: Periode
    bidang: Bidang
    rencana: Rencana
    anggaran: Anggaran
    kebijakan: Kebijakan
    realisasi: dict[str, dict[str, Nilai]]
    diajukan: bool

    def skala(self) -> Skala:
        """The category scale in force."""
        return next(s for s in self.kebijakan.skala if s.id == self.kebijakan.perhitungan.skala)


@dataclass(frozen=True, slots=True)
class Pelanggaran:
    """What a rule found, at a JSON pointer."""

    penunjuk: str
    nilai: str
    pesan: str
    tindakan: str


@dataclass(frozen=True, slots=True)
class Aturan:
    """A rule: its stable id, severity, source, and the generator that is the rule."""

    id: str
    tingkat: Tingkat
    dasar: str
    periksa: Callable[[Konteks], Iterator[Pelanggaran]]

    @property
    def bunyi(self) -> str:
        """The rule's wording: the first line of its docstring."""
        return (self.periksa.__doc__ or "").strip().splitlines()[0]
