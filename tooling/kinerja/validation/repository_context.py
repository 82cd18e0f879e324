"""What the rules between the repository's documents look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from kinerja.domain.findings import Tingkat
from kinerja.domain.organisasi import DaftarIdentitas, DaftarJabatan, Organisasi
from kinerja.domain.perencanaan import Anggaran, Rencana
from kinerja.domain.tata_kelola import Kalender, Kebijakan, Sop
from kinerja.validation.context import Pelanggaran, bunyi

ORGANISASI = "reports/organisasi.yaml"
JABATAN = "reports/jabatan.yaml"
IDENTITAS = "reports/identitas.yaml"
KEBIJAKAN = "reports/kebijakan.yaml"
SOP = "reports/sop.yaml"
KALENDER = "reports/kalender.yaml"

DiBerkas = tuple[str, Pelanggaran]
"""What a rule found, and in which file."""


@dataclass(frozen=True, slots=True)
class KonteksRepositori:
    """The documents that belong together; None for one that is absent or unreadable.

    A rule that needs an absent document says nothing: its absence is told elsewhere.
    """

    organisasi: Organisasi | None = None
    jabatan: DaftarJabatan | None = None
    identitas: DaftarIdentitas | None = None
    kebijakan: Kebijakan | None = None
    sop: Sop | None = None
    kalender: Kalender | None = None
    rencana: Mapping[int, Rencana] = field(default_factory=dict)
    anggaran: Mapping[int, Anggaran] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AturanRepositori:
    """A rule between documents."""

    id: str
    tingkat: Tingkat
    dasar: str
    periksa: Callable[[KonteksRepositori], Iterator[DiBerkas]]

    @property
    def bunyi(self) -> str:
        """The rule's wording: the first line of its docstring."""
        return bunyi(self.periksa)


def jalur_rencana(tahun: int) -> str:
    """``reports/2024/rencana.yaml``."""
    return f"reports/{tahun}/rencana.yaml"


def jalur_anggaran(tahun: int) -> str:
    """``reports/2024/anggaran.yaml``."""
    return f"reports/{tahun}/anggaran.yaml"
