"""What the rules between the repository's documents look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from kinerja.calculation.report import Angka
from kinerja.domain.findings import Tingkat
from kinerja.domain.kertas_kerja import Disposisi
from kinerja.domain.laporan import Kirim, Laporan
from kinerja.domain.organisasi import DaftarIdentitas, DaftarJabatan, Organisasi
from kinerja.domain.perencanaan import Anggaran, Indikator, Rencana, Riwayat, Spj
from kinerja.domain.periode import Periode
from kinerja.domain.tata_kelola import Kalender, Kebijakan, Sop
from kinerja.validation.context import Pelanggaran, bunyi
from kinerja.validation.spj_lines import BulanSpj, semua_bulan

ORGANISASI = "reports/organisasi.yaml"
JABATAN = "reports/jabatan.yaml"
IDENTITAS = "reports/identitas.yaml"
KEBIJAKAN = "reports/kebijakan.yaml"
SOP = "reports/sop.yaml"
KALENDER = "reports/kalender.yaml"
RIWAYAT = "reports/riwayat.yaml"

DiBerkas = tuple[str, Pelanggaran]
"""What a rule found, and in which file."""


@dataclass(frozen=True, slots=True)
class BahanLaporan:
    """A laporan with what it is judged by.

    Attributes:
        sidik: every input that lies in the tree → SHA-256 of its bytes; also those that the
            laporan should have named and does not.
        lembar: bidang that have a worksheet of the period.
        angka: counts again from what lies there, when asked; None when an input is unreadable.
        diusulkan: the laporan is new or other than in the base; None where no base is known.
    """

    laporan: Laporan
    sidik: Mapping[str, str]
    lembar: frozenset[str]
    angka: Callable[[], Angka | None]
    diusulkan: bool | None = None


@dataclass(frozen=True)
class KonteksRepositori:
    """The documents that belong together; None for one that is absent or unreadable.

    A rule that needs an absent document says nothing: its absence is told elsewhere.

    Attributes:
        spj: (year, month) → SPJ Fungsional, of the years looked at.
        riwayat, kamus: the history with every indikator that some plan knows; only when the history
            is looked at.
        dasar: the same documents in the base revision, for the rules with memory; None where
            there is nothing to compare with.
        bertanda: the bidang of signed worksheets that are not among the given ones, when asked.
    """

    organisasi: Organisasi | None = None
    jabatan: DaftarJabatan | None = None
    identitas: DaftarIdentitas | None = None
    kebijakan: Kebijakan | None = None
    sop: Sop | None = None
    kalender: Kalender | None = None
    rencana: Mapping[int, Rencana] = field(default_factory=dict)
    anggaran: Mapping[int, Anggaran] = field(default_factory=dict)
    spj: Mapping[tuple[int, int], Spj] = field(default_factory=dict)
    disposisi: Mapping[Periode, Disposisi] = field(default_factory=dict)
    laporan: Mapping[Periode, BahanLaporan] = field(default_factory=dict)
    kirim: Mapping[Periode, Kirim] = field(default_factory=dict)
    riwayat: Riwayat | None = None
    kamus: Mapping[str, Indikator] = field(default_factory=dict)
    dasar: KonteksRepositori | None = None
    bertanda: Callable[[Set[str]], frozenset[str]] = lambda _: frozenset()

    @cached_property
    def bidang_lepas(self) -> frozenset[str]:
        """Bidang of signed worksheets that organisasi.yaml no longer lists; ``bidang-tetap`` tells them."""
        return self.bertanda({b.id for b in self.organisasi.bidang}) if self.organisasi else frozenset()

    @cached_property
    def bulan_spj(self) -> tuple[BulanSpj, ...]:
        """Every SPJ with what it is compared with, in order of time."""
        return semua_bulan(self.spj, self.anggaran)


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


def pagu_semula(k: KonteksRepositori, tahun: int, versi: str, kode: str) -> Decimal | None:
    """Pagu of a code in the same version of the base revision; None where there is none."""
    lama = k.dasar.anggaran.get(tahun) if k.dasar else None
    semula = next((v for v in lama.versi if v.id == versi), None) if lama else None
    return lama.pagu(kode, semula).pagu if lama and semula else None


def jalur_rencana(tahun: int) -> str:
    """``reports/2024/rencana.yaml``."""
    return f"reports/{tahun}/rencana.yaml"


def jalur_anggaran(tahun: int) -> str:
    """``reports/2024/anggaran.yaml``."""
    return f"reports/{tahun}/anggaran.yaml"


def jalur_spj(tahun: int, bulan: int) -> str:
    """``reports/2024/spj/03.yaml``."""
    return f"reports/{tahun}/spj/{bulan:02}.yaml"


def jalur_periode(periode: Periode, nama: str) -> str:
    """``reports/2024/tw1/laporan.yaml``."""
    return f"{periode.folder}/{nama}.yaml"
