"""What the worksheet rules look at, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from kinerja.calculation.capaian import hitung
from kinerja.calculation.numbers import format_angka
from kinerja.domain.findings import Tingkat
from kinerja.domain.kertas_kerja import BarisIndikator, KertasKerja
from kinerja.domain.laporan import BarisCapaian, Laporan
from kinerja.domain.organisasi import Bidang
from kinerja.domain.perencanaan import Indikator, Nilai, RentangNilai
from kinerja.domain.periode import Periode
from kinerja.validation.composition import Susunan, banding_susunan
from kinerja.validation.period_context import AcuanPeriode


@dataclass(frozen=True, eq=False)
class Konteks:
    """One worksheet with everything that it is judged against.

    Attributes:
        periode, bidang: from the file's place, not from its content.
        acuan: what all worksheets of the period are judged against.
        realisasi: indikator id → ``tw1`` … → value of earlier quarters of the year.
        diajukan: True when the worksheet is being submitted, so that gaps are faults.
        lalu: the bidang's signed worksheet of the previous period, if any.
        tahun_lalu: its signed worksheet of the same part of the previous year, if any.
        lalu_bertanda: asked, gives ``lalu`` as it stands in the base revision.
        laporan: asked for a period, gives its laporan, which froze what was signed.
        bertanda: this same file in the base revision, where it stands signed; None when new.
    """

    kertas_kerja: KertasKerja
    periode: Periode
    bidang: Bidang
    acuan: AcuanPeriode
    realisasi: Mapping[str, Mapping[str, Nilai]]
    diajukan: bool
    lalu: KertasKerja | None = None
    tahun_lalu: KertasKerja | None = None
    bertanda: KertasKerja | None = None
    lalu_bertanda: Callable[[], KertasKerja | None] = lambda: None
    laporan: Callable[[Periode], Laporan | None] = lambda _: None

    @cached_property
    def pasangan(self) -> tuple[tuple[int, BarisIndikator, Indikator], ...]:
        """Every line of the bidang's own that the plan knows: number, line, entry in the kamus."""
        milik = self.acuan.milik.get(self.bidang.id, {})
        return tuple(
            (n, baris, milik[baris.id])
            for n, baris in enumerate(self.kertas_kerja.indikator)
            if baris.id in milik
        )

    @cached_property
    def susunan_indikator(self) -> Susunan:
        """The worksheet's indikator beside those of the plan."""
        baris = [(b.id, b.nama) for b in self.kertas_kerja.indikator]
        return banding_susunan(baris, self.acuan.milik.get(self.bidang.id, {}), self.acuan.kamus)

    @cached_property
    def susunan_anggaran(self) -> Susunan:
        """The worksheet's sub kegiatan beside those of the DPA."""
        baris = [(b.kode, b.nama) for b in self.kertas_kerja.anggaran]
        return banding_susunan(baris, self.acuan.dpa.get(self.bidang.id, {}), self.acuan.sub_kegiatan)

    @cached_property
    def salinan(self) -> tuple[str, ...]:
        """Pointers of the lines that have another line's id; what else is in them is not judged."""
        return (
            *(f"/indikator/{n}/" for n in self.susunan_indikator.ganda),
            *(f"/anggaran/{n}/" for n in self.susunan_anggaran.ganda),
        )

    @cached_property
    def milik_lain(self) -> str:
        """The other bidang that owns every line of this worksheet; "" when it is not so."""
        kk, a, satu = self.kertas_kerja, self.acuan, ""
        asal = (
            *(a.kamus.get(b.id) for b in kk.indikator),
            *(a.sub_kegiatan.get(b.kode) for b in kk.anggaran),
        )
        for x in asal if asal[1:] else ():
            if x is None or x.bidang == self.bidang.id or satu not in ("", x.bidang):
                return ""
            satu = x.bidang
        return satu

    @property
    def pernah_ditandatangani(self) -> Iterator[tuple[KertasKerja, str]]:
        """This file in the base revision, and the last worksheet of the same year; with their names."""
        if self.bertanda is not None:
            yield self.bertanda, self.periode.judul_pendek
        lalu = self.periode.sebelumnya()
        if self.lalu is not None and lalu.tahun == self.periode.tahun:
            yield self.lalu, lalu.judul_pendek

    def beku(self, periode: Periode) -> dict[str, BarisCapaian]:
        """Indikator id → its line in the laporan of a period; empty without one."""
        laporan = self.laporan(periode)
        return {c.id: c for c in laporan.capaian} if laporan else {}

    @cached_property
    def capaian(self) -> dict[int, BarisCapaian]:
        """The computed line of every filled one, by its number."""
        bagian, a = self.periode.bagian, self.acuan
        return {
            n: hitung(
                indikator, a.target[baris.id],
                {**self.realisasi.get(baris.id, {}), bagian: baris.realisasi}, bagian,
                a.kebijakan.perhitungan, a.skala,
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
        pada_kunci: the name of the field is at fault, not its value.
        karena: pointer of what is missing; where that stands unreadable, nothing is missing.
    """

    penunjuk: str
    nilai: str
    pesan: str
    tindakan: str
    tingkat: Tingkat | None = None
    tempat: Titik | None = None
    pada_kunci: bool = False
    karena: str = ""


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


def sebutan_nilai(nilai: object) -> str:
    """A value inside a sentence, as people write it: ``93,5``."""
    return format_angka(nilai) if isinstance(nilai, Decimal) else teks_nilai(nilai)


def terisi(teks: str | None) -> bool:
    """True for a text that says something."""
    return bool(teks and teks.strip(" \t\r\n-."))
