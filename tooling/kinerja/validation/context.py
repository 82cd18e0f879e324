"""What the worksheet rules look at, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from kinerja.calculation.capaian import hitung
from kinerja.domain.findings import Tingkat
from kinerja.domain.kertas_kerja import BarisIndikator, KertasKerja
from kinerja.domain.laporan import BarisCapaian
from kinerja.domain.organisasi import Bidang
from kinerja.domain.perencanaan import Anggaran, Indikator, Nilai, Rencana, RentangNilai
from kinerja.domain.periode import Periode
from kinerja.domain.tata_kelola import Kebijakan, Skala


@dataclass(frozen=True)
class Konteks:
    """One worksheet with everything that it is judged against.

    Attributes:
        periode, bidang: from the file's place, not from its content.
        realisasi: indikator id → ``tw1`` … → value of earlier quarters of the year.
        diajukan: True when the worksheet is being submitted, so that gaps are faults.
        lalu: the bidang's signed worksheet of the previous period, if any.
    """

    kertas_kerja: KertasKerja
    periode: Periode
    bidang: Bidang
    rencana: Rencana
    anggaran: Anggaran
    kebijakan: Kebijakan
    realisasi: dict[str, dict[str, Nilai]]
    diajukan: bool
    lalu: KertasKerja | None = None

    def skala(self) -> Skala:
        """The category scale in force."""
        return next(s for s in self.kebijakan.skala if s.id == self.kebijakan.perhitungan.skala)

    @cached_property
    def pasangan(self) -> tuple[tuple[int, BarisIndikator, Indikator], ...]:
        """Every line that the plan knows: its number, the line, its entry in the kamus."""
        kamus = {i.id: i for i in self.rencana.indikator}
        return tuple(
            (n, baris, kamus[baris.id])
            for n, baris in enumerate(self.kertas_kerja.indikator)
            if baris.id in kamus
        )

    @cached_property
    def capaian(self) -> dict[int, BarisCapaian]:
        """The computed line of every filled one, by its number."""
        versi, skala, bagian = self.rencana.versi_pada(self.periode), self.skala(), self.periode.bagian
        return {
            n: hitung(
                indikator, self.rencana.target(baris.id, versi),
                {**self.realisasi.get(baris.id, {}), bagian: baris.realisasi}, bagian,
                self.kebijakan.perhitungan, skala,
            )
            for n, baris, indikator in self.pasangan
            if baris.realisasi is not None
        }  # fmt: skip


class Titik(NamedTuple):
    """A 1-based line and column."""

    baris: int
    kolom: int


@dataclass(frozen=True, slots=True)
class Pelanggaran:
    """What a rule found, at a JSON pointer.

    Attributes:
        tingkat: severity, where it is not the rule's own.
        tempat: place in the text, where it is not that of the pointer.
    """

    penunjuk: str
    nilai: str
    pesan: str
    tindakan: str
    tingkat: Tingkat | None = None
    tempat: Titik | None = None


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
        return bunyi(self.periksa)


def bunyi(fungsi: Callable[..., object]) -> str:
    """The first line of a rule's docstring."""
    return (fungsi.__doc__ or "").strip().splitlines()[0]


def teks_nilai(nilai: object) -> str:
    """A value as it stands in YAML, to be quoted."""
    if nilai is None:
        return "null"
    if isinstance(nilai, bool):
        return str(nilai).lower()
    if isinstance(nilai, RentangNilai):
        return f"bawah {nilai.bawah:f}, atas {nilai.atas:f}"
    return f"{nilai:f}" if isinstance(nilai, Decimal) else str(nilai)


def terisi(teks: str | None) -> bool:
    """True for a text that says something."""
    return bool(teks and teks.strip(" \t\r\n-."))
