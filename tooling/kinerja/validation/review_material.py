"""What the points of the review form look at, and how they count what is missing.

It decides nothing about a point. Files are read by ``checking``.

Example: 11 of 12 with a data source → *tidak*, "11 dari 12 indikator …", naming the twelfth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kinerja.domain.kertas_kerja import BarisIndikator, Disposisi, KertasKerja
from kinerja.domain.laporan import BarisCapaian, Laporan
from kinerja.domain.organisasi import DaftarJabatan, Organisasi
from kinerja.domain.perencanaan import Akumulasi, Anggaran, Indikator, Rencana, TingkatIndikator
from kinerja.domain.periode import Periode
from kinerja.domain.reviu import Jawaban
from kinerja.domain.tata_kelola import Perhitungan, Sop

Jawab = tuple[Jawaban, str, tuple[str, ...]]
"""The answer, what it rests on, what is missing."""


@dataclass(frozen=True)
class Bahan:
    """What the points look at.

    Attributes:
        lembar: bidang → its worksheet of the period.
        capaian: the period's computed lines; of the laporan where there is one.
        tahun_lama: indikator id → earlier years with a realisasi.
        galat: how many faults ``validate`` finds in the period's documents.
        pada: the day on which offices are judged: the last of the period.
    """

    periode: Periode
    organisasi: Organisasi
    jabatan: DaftarJabatan
    sop: Sop
    perhitungan: Perhitungan
    rencana: Rencana
    anggaran: Anggaran
    pada: date
    disposisi: Disposisi | None = None
    laporan: Laporan | None = None
    lembar: Mapping[str, KertasKerja] = field(default_factory=dict)
    capaian: tuple[BarisCapaian, ...] = ()
    tahun_lama: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    galat: int = 0

    def baris(self) -> dict[str, BarisIndikator]:
        """Every worksheet line of the period by its indikator."""
        return {b.id: b for kk in self.lembar.values() for b in kk.indikator}

    def diukur(self) -> tuple[Indikator, ...]:
        """The indikator that are measured in this period."""
        setahun = self.periode.bagian == "tahunan"
        return tuple(
            i for i in self.rencana.indikator if setahun or i.akumulasi is not Akumulasi.TAHUNAN
        )

    def sasaran(self) -> tuple[Indikator, ...]:
        """The outcome indikator, which a laporan kinerja is about."""
        return tuple(i for i in self.rencana.indikator if i.tingkat is TingkatIndikator.SASARAN)

    def rendah(self) -> tuple[BarisCapaian, ...]:
        """The lines below the bound, or not reached."""
        batas = self.perhitungan.batas_penjelasan_bawah
        return tuple(c for c in self.capaian if c.di_bawah(batas))

    def tinggi(self) -> tuple[BarisCapaian, ...]:
        """The lines far above their target."""
        batas = self.perhitungan.batas_penjelasan_atas
        return tuple(c for c in self.capaian if c.capaian is not None and c.capaian > batas)


def lengkap(dari: int, kurang: Iterable[str], kata: str) -> Jawab:
    """*Ya* when nothing is missing of something; of nothing at all, a person must look."""
    daftar = tuple(kurang)
    if not dari:
        return Jawaban.PERLU_DINILAI, f"tidak ada {kata.split()[0]} untuk dinilai", ()
    uraian = f"{dari - len(daftar)} dari {dari} {kata}"
    return (Jawaban.TIDAK if daftar else Jawaban.YA), uraian, daftar
