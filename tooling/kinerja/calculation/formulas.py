"""The formulas in force, dated and cited: what the methodology page prints.

A new regulation adds a formula of the same id with its own first valid date; it does not edit
an old one, so that an old figure can be explained by the formula of its day. A formula without
a known legal source says so (``belum ditetapkan``); deciding one is the agency's right.

Example:
    >>> rumus_berlaku("naik", date(2024, 3, 31)).rumus
    'realisasi ÷ target × 100'
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kinerja.domain.organisasi import BELUM_DITETAPKAN
from kinerja.domain.perencanaan import Arah, Indikator, RumusRentang


class Pokok(StrEnum):
    """What a formula is about: the chapters of the methodology page."""

    CAPAIAN = "Capaian indikator"
    ANTARTRIWULAN = "Dari triwulan ke tahun"
    ANGGARAN = "Anggaran dan efisiensi"
    PERBANDINGAN = "Perbandingan"


@dataclass(frozen=True, slots=True)
class Rumus:
    """One formula: what it computes, in which unit, by which source, since when."""

    id: str
    nama: str
    rumus: str
    satuan: str
    sumber: str
    berlaku: date
    pokok: Pokok = Pokok.CAPAIAN


_AWAL = date(2024, 1, 1)
"""First day on which this system used the formula; no regulation was found that dates it."""

_SKP = "PermenPANRB tentang Sistem Manajemen Kinerja (SKP); nomor dan pasalnya belum ditetapkan"
_LKJ = "PermenPANRB 53/2014"

RUMUS = (
    Rumus("naik", "Makin tinggi makin baik", "realisasi ÷ target × 100", "persen", BELUM_DITETAPKAN, _AWAL),
    Rumus("turun-selisih", "Makin rendah makin baik, selisih",
          "(2 × target − realisasi) ÷ target × 100", "persen", _SKP, _AWAL),
    Rumus("turun-rasio", "Makin rendah makin baik, rasio", "target ÷ realisasi × 100", "persen",
          BELUM_DITETAPKAN, _AWAL),
    Rumus("rentang", "Di dalam rentang",
          "di dalam = 100; di bawah = realisasi ÷ batas bawah × 100; "
          "di atas = batas atas ÷ realisasi × 100", "persen", BELUM_DITETAPKAN, _AWAL),
    Rumus("rentang-sejajar", "Di dalam rentang, di atasnya dihitung sebagai kelebihan",
          "di dalam = 100; di bawah = realisasi ÷ batas bawah × 100; "
          "di atas = realisasi ÷ batas atas × 100", "persen", _SKP, _AWAL),
    Rumus("predikat", "Predikat", "skor predikat realisasi ÷ skor predikat target × 100",
          "persen", BELUM_DITETAPKAN, _AWAL),
    Rumus("ada-tidak", "Ada atau tidak", "tercapai bila realisasi sama dengan target",
          "tercapai / tidak tercapai", BELUM_DITETAPKAN, _AWAL),
    Rumus("jumlah", "Dijumlahkan", "jumlah triwulan yang terisi, target dan realisasi",
          "satuan indikator", BELUM_DITETAPKAN, _AWAL, Pokok.ANTARTRIWULAN),
    Rumus("nilai-akhir", "Nilai akhir", "nilai triwulan terakhir yang terisi",
          "satuan indikator", BELUM_DITETAPKAN, _AWAL, Pokok.ANTARTRIWULAN),
    Rumus("rata-rata", "Rata-rata", "jumlah ÷ banyaknya triwulan yang terisi",
          "satuan indikator", BELUM_DITETAPKAN, _AWAL, Pokok.ANTARTRIWULAN),
    Rumus("tahunan", "Setahun sekali", "nilai pada laporan tahunan; triwulan tidak diukur",
          "satuan indikator", BELUM_DITETAPKAN, _AWAL, Pokok.ANTARTRIWULAN),
    Rumus("rata-rata-capaian", "Rata-rata capaian",
          "jumlah capaian, masing-masing paling tinggi sebesar batas atas ÷ banyaknya yang dihitung",
          "persen", BELUM_DITETAPKAN, _AWAL, Pokok.PERBANDINGAN),
    Rumus("serapan", "Serapan anggaran", "realisasi ÷ pagu × 100", "persen", BELUM_DITETAPKAN, _AWAL,
          Pokok.ANGGARAN),
    Rumus("fisik", "Kemajuan fisik", "jumlah (fisik × pagu) ÷ jumlah pagu", "persen", BELUM_DITETAPKAN, _AWAL,
          Pokok.ANGGARAN),
    Rumus("efisiensi-selisih", "Efisiensi, selisih",
          "rata-rata capaian − serapan; efisien bila lebih dari 5 dan capaian paling sedikit 100",
          "poin persen", BELUM_DITETAPKAN, _AWAL, Pokok.ANGGARAN),
    Rumus("efisiensi-pmk-22-2021", "Efisiensi menurut PMK 22/PMK.02/2021",
          "E = jumlah (pagu × fisik − realisasi) ÷ jumlah (pagu × fisik) × 100; "
          "nilai = 50 + E ÷ 20 × 50, E antara −20 dan 20", "persen; nilai 0 sampai 100",
          "PMK 22/PMK.02/2021, mengikat kementerian dan lembaga; di sini pilihan", _AWAL,
          Pokok.ANGGARAN),
    Rumus("terhadap-tahun-lalu", "Terhadap tahun lalu", "(realisasi − realisasi tahun lalu) ÷ "
          "realisasi tahun lalu × 100", "persen", _LKJ, _AWAL, Pokok.PERBANDINGAN),
    Rumus("terhadap-renstra", "Terhadap akhir Renstra",
          "rumus capaian indikator itu, dengan target akhir Renstra", "persen", _LKJ, _AWAL,
          Pokok.PERBANDINGAN),
    Rumus("terhadap-pembanding", "Terhadap angka nasional atau standar",
          "rumus capaian indikator itu, dengan angka pembanding sebagai target", "persen", _LKJ,
          _AWAL, Pokok.PERBANDINGAN),
)  # fmt: skip


def rumus_berlaku(id_rumus: str, pada: date) -> Rumus | None:
    """The formula of an id in force on a day: the newest that has begun; None when none has."""
    semua = [r for r in RUMUS if r.id == id_rumus and r.berlaku <= pada]
    return max(semua, key=lambda r: r.berlaku, default=None)


def rumus_untuk(indikator: Indikator, pada: date) -> Rumus | None:
    """The one capaian formula of an indikator on a day; None while it is not decided."""
    kunci = indikator.arah.value
    if indikator.arah is Arah.TURUN and indikator.rumus is not None:
        kunci = f"turun-{indikator.rumus.value}"
    if indikator.arah is Arah.RENTANG and indikator.rumus_rentang is RumusRentang.SEJAJAR:
        kunci = "rentang-sejajar"
    return rumus_berlaku(kunci, pada)
