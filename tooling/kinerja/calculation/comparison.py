"""A figure beside others: earlier years, the end of the Renstra, a national figure or standard.

These are the comparisons of LKjIP Bab III.A (PermenPANRB 53/2014): (1) target, (2) earlier
years, (3) medium-term target, (4) national standard, (5) causes and solutions, (6) use of
resources, (7) programmes. It decides each figure or why there is none, and lists what is
missing; words around them are for the pages. An earlier year's value is not a target: the change
against it is shown in percent of it, and as better or worse by the indikator's arah.

Example:
    realisasi 82, last year 80, arah naik → +2,50 %, membaik.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from kinerja.calculation.capaian import capaian_mentah
from kinerja.calculation.efficiency import Efisiensi, efisiensi
from kinerja.calculation.numbers import KONTEKS, bulat
from kinerja.domain.kertas_kerja import BarisAnggaran, BarisIndikator
from kinerja.domain.laporan import BarisCapaian
from kinerja.domain.perencanaan import (
    Arah,
    Indikator,
    Nilai,
    NilaiTarget,
    RentangNilai,
    TargetIndikator,
)
from kinerja.domain.tata_kelola import Perhitungan

BELUM_SETAHUN = "baru sebagian tahun; dibandingkan bila sudah setahun"


class Gerak(StrEnum):
    """Which way a figure went, judged by its arah."""

    MEMBAIK = "membaik"
    TETAP = "tetap"
    MEMBURUK = "memburuk"


@dataclass(frozen=True, slots=True)
class TerhadapTahun:
    """Against an earlier year: ``perubahan`` in percent of that year, two places."""

    tahun: int
    nilai: Nilai
    perubahan: Decimal | None
    gerak: Gerak | None
    alasan: str = ""


@dataclass(frozen=True, slots=True)
class TerhadapTarget:
    """Against a wished-for figure: ``capaian`` in percent by the indikator's own formula."""

    nama: str
    nilai: NilaiTarget
    capaian: Decimal | None
    alasan: str = ""
    sumber: str = ""


@dataclass(frozen=True, slots=True)
class Analisis:
    """The seven analyses of one indikator; see the module for their numbers."""

    target: TerhadapTarget
    tahun_lalu: tuple[TerhadapTahun, ...]
    renstra: TerhadapTarget
    pembanding: tuple[TerhadapTarget, ...]
    sebab: bool
    efisiensi: Efisiensi
    program: tuple[str, ...]

    def kurang(self) -> tuple[str, ...]:
        """Which of the seven cannot be told, in their order."""
        ada = (
            ("perbandingan target dan realisasi", self.target.capaian is not None),
            ("perbandingan dengan tahun lalu", any(t.nilai is not None for t in self.tahun_lalu)),
            ("perbandingan dengan target akhir Renstra", self.renstra.nilai is not None),
            ("perbandingan dengan angka nasional atau standar", bool(self.pembanding)),
            ("sebab keberhasilan atau kegagalan dan solusinya", self.sebab),
            ("efisiensi penggunaan sumber daya", self.efisiensi.nilai is not None),
            ("program dan kegiatan yang mendukung", bool(self.program)),
        )
        return tuple(nama for nama, lengkap in ada if not lengkap)


def analisis(
    indikator: Indikator,
    target: TargetIndikator,
    baris: BarisCapaian,
    lama: Mapping[int, Nilai],
    lembar: Sequence[BarisIndikator],
    anggaran: Sequence[BarisAnggaran],
    perhitungan: Perhitungan,
    *,
    setahun: bool,
) -> Analisis:
    """The seven analyses of an indikator.

    A figure whose target still rises within the year is not set against a whole year: it would
    look like a fall.

    Args:
        setahun: True when the figures cover the whole year (TW IV or the annual report).
        target: its targets in the version of the plan in force.
        baris: its computed line of the period.
        lama: realisasi of earlier years, year → value.
        lembar: its lines in the worksheets of the year, for causes and solutions.
        anggaran: every budget line of the agency; those of the indikator's code are taken.
    """
    nyata = baris.realisasi_sd
    belum = not setahun and nyata is not None and baris.target_sd != target.tahunan
    milik = tuple(a for a in anggaran if _milik(indikator.kode, a.kode))
    akhir = TerhadapTarget("akhir Renstra", target.renstra_akhir, None)
    return Analisis(
        target=TerhadapTarget("target", baris.target_sd, baris.capaian, baris.alasan),
        tahun_lalu=tuple(
            TerhadapTahun(tahun, lama[tahun], None, None, BELUM_SETAHUN)
            if belum
            else terhadap_tahun(indikator, tahun, lama[tahun], nyata)
            for tahun in sorted(lama, reverse=True)
        ),
        renstra=_terhadap(indikator, akhir, nyata, perhitungan, belum),
        pembanding=tuple(
            _terhadap(indikator, TerhadapTarget(f"{p.nama} {p.tahun}", p.nilai, None, sumber=p.sumber), nyata,
                      perhitungan, belum)
            for p in indikator.pembanding
        ),
        sebab=any(b.penjelasan or b.faktor_pendorong or b.faktor_penghambat for b in lembar),
        efisiensi=efisiensi(perhitungan.efisiensi, baris.capaian, milik)
        if milik
        else Efisiensi(None, "tidak ada sub kegiatan yang berkode sama"),
        program=tuple(dict.fromkeys(a.kode for a in milik)),
    )


def terhadap_tahun(indikator: Indikator, tahun: int, lalu: Nilai, kini: Nilai) -> TerhadapTahun:
    """The change from an earlier year's realisasi to this one's."""
    if lalu is None or kini is None:
        alasan = f"realisasi {tahun} tidak ada" if lalu is None else "realisasi belum diisi"
        return TerhadapTahun(tahun, lalu, None, None, alasan)
    skor = {p.kode: p.skor for p in indikator.predikat}
    a, b = (skor.get(n) if isinstance(n, str) else n for n in (lalu, kini))
    if a is None or b is None:
        gerak = Gerak.TETAP if lalu == kini else None
        return TerhadapTahun(tahun, lalu, None, gerak, "bukan angka, tidak dapat dipersenkan")
    gerak = _gerak(indikator.arah, a, b)
    if isinstance(lalu, str):
        return TerhadapTahun(tahun, lalu, None, gerak, "predikat, tidak dipersenkan")
    if a <= 0:
        return TerhadapTahun(tahun, lalu, None, gerak, f"realisasi {tahun} nol atau negatif")
    ubah = KONTEKS.divide(KONTEKS.multiply(KONTEKS.subtract(b, a), Decimal(100)), a)
    return TerhadapTahun(tahun, lalu, bulat(ubah), gerak)


# helpers


def _terhadap(
    indikator: Indikator, ingin: TerhadapTarget, nyata: Nilai, perhitungan: Perhitungan, belum: bool
) -> TerhadapTarget:
    """The wished-for figure with its capaian, or with the reason why there is none."""
    if belum and ingin.nilai is not None:
        return replace(ingin, alasan=BELUM_SETAHUN)
    nilai = ingin.nilai
    if indikator.arah is Arah.RENTANG and isinstance(nilai, Decimal):
        nilai = RentangNilai(nilai, nilai)
    hasil = capaian_mentah(indikator, nilai, nyata, perhitungan)
    capaian = None if hasil.nilai is None else bulat(hasil.nilai)
    return replace(ingin, capaian=capaian, alasan=hasil.alasan)


def _gerak(arah: Arah, lalu: Decimal, kini: Decimal) -> Gerak | None:
    if kini == lalu:
        return Gerak.TETAP
    match arah:
        case Arah.NAIK | Arah.PREDIKAT:
            return Gerak.MEMBAIK if kini > lalu else Gerak.MEMBURUK
        case Arah.TURUN:
            return Gerak.MEMBAIK if kini < lalu else Gerak.MEMBURUK
    return None


def _milik(kode: str | None, anggaran: str) -> bool:
    """Whether a budget line belongs to the program, kegiatan or sub kegiatan of a code."""
    return kode is not None and (anggaran == kode or anggaran.startswith(f"{kode}."))
