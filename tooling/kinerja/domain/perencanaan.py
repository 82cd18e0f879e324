"""What was promised: the plan with its targets, the DPA with its pagu, and history.

A target is written only here and pagu only in the DPA; a worksheet repeats both for its
reader and a rule refuses any difference. YAML key = field name, letter for letter.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from kinerja.domain.organisasi import Dasar
from kinerja.domain.periode import Periode


class Arah(StrEnum):
    """Which way an indikator should go."""

    NAIK = "naik"
    TURUN = "turun"
    RENTANG = "rentang"
    PREDIKAT = "predikat"
    ADA_TIDAK = "ada-tidak"
    BELUM_DITETAPKAN = "belum-ditetapkan"


class RumusTurun(StrEnum):
    """The two formulas in use for an indikator that should fall."""

    SELISIH = "selisih"
    RASIO = "rasio"


class RumusRentang(StrEnum):
    """What a realisasi above its range means: upper/R (``terbalik``) or R/upper (``sejajar``)."""

    TERBALIK = "terbalik"
    SEJAJAR = "sejajar"


class Akumulasi(StrEnum):
    """How quarters become a year.

    ``jumlah`` adds, ``nilai-akhir`` takes the last filled quarter, ``rata-rata`` the mean of
    the filled quarters, ``tahunan`` is measured once, in the annual worksheet.
    """

    JUMLAH = "jumlah"
    NILAI_AKHIR = "nilai-akhir"
    RATA_RATA = "rata-rata"
    TAHUNAN = "tahunan"
    BELUM_DITETAPKAN = "belum-ditetapkan"


class TingkatIndikator(StrEnum):
    """Where an indikator stands in the plan."""

    SASARAN = "sasaran"
    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB_KEGIATAN = "sub-kegiatan"


@dataclass(frozen=True, slots=True)
class RentangNilai:
    """A target that is a stretch; both ends belong to it."""

    bawah: Decimal
    atas: Decimal


Nilai = Decimal | str | None
NilaiTarget = Decimal | str | RentangNilai | None


@dataclass(frozen=True, slots=True)
class Sasaran:
    """A sasaran strategis of the Renstra."""

    id: str
    nama: str


@dataclass(frozen=True, slots=True)
class SkorPredikat:
    """One predicate of a scale and its score (``BB`` → 4)."""

    kode: str
    skor: Decimal


@dataclass(frozen=True, slots=True)
class Pembanding:
    """A figure of others to compare with: a national or provincial one, a standard (LKjIP III.A.4)."""

    nama: str
    tahun: int
    nilai: Nilai
    sumber: str


@dataclass(frozen=True, slots=True)
class Indikator:
    """One line of the kamus indikator.

    Attributes:
        sasaran: id of the sasaran, for outcome indicators.
        kode: code of the program, kegiatan or sub kegiatan, where it belongs to one.
        penanggung_jawab: office that answers for it.
        rumus: only for ``arah: turun``.
        rumus_rentang: only for ``arah: rentang``; None means ``terbalik``.
        predikat: only for ``arah: predikat``, best first.
        sumber: legal or plan source of the definition; ``belum ditetapkan`` if none.
        boleh_turun: a cumulative value may fall without a stated reason (refunds, revised counts).
        boleh_lebih: pembilang may exceed penyebut, percent may exceed 100 (ratios, growth).
    """

    id: str
    nama: str
    bidang: str
    tingkat: TingkatIndikator
    satuan: str
    arah: Arah
    akumulasi: Akumulasi
    definisi_operasional: str
    formulasi: str
    sumber_data: str
    penanggung_jawab: str
    sumber: str
    sasaran: str | None = None
    kode: str | None = None
    rumus: RumusTurun | None = None
    predikat: tuple[SkorPredikat, ...] = ()
    target_nol: str | None = None
    batas_atas: Decimal | None = None
    rumus_rentang: RumusRentang | None = None
    pembanding: tuple[Pembanding, ...] = ()
    boleh_turun: bool = False
    boleh_lebih: bool = False


@dataclass(frozen=True, slots=True)
class TargetIndikator:
    """Targets of one indikator in one version of the plan.

    Quarter targets have the meaning of quarter realisasi: with ``akumulasi: jumlah`` each is
    the quarter's own share, otherwise the value wanted at (or over) that quarter.
    """

    tw1: NilaiTarget = None
    tw2: NilaiTarget = None
    tw3: NilaiTarget = None
    tw4: NilaiTarget = None
    tahunan: NilaiTarget = None
    renstra_akhir: NilaiTarget = None

    def nilai(self, bagian: str) -> NilaiTarget:
        """The target of ``tw1`` … ``tw4`` or ``tahunan``."""
        match bagian:
            case "tw1":
                return self.tw1
            case "tw2":
                return self.tw2
            case "tw3":
                return self.tw3
            case "tw4":
                return self.tw4
            case "tahunan":
                return self.tahunan
        raise KeyError(bagian)


@dataclass(frozen=True, slots=True)
class VersiRencana:
    """One dated version of the plan: Perjanjian Kinerja murni or perubahan.

    A version after the first lists only the indikator whose targets it changes.
    """

    id: str
    nama: str
    dasar: Dasar
    berlaku: date
    target: dict[str, TargetIndikator] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rencana:
    """``reports/<tahun>/rencana.yaml``."""

    skema: str
    tahun: int
    renstra: str
    sasaran: tuple[Sasaran, ...]
    indikator: tuple[Indikator, ...]
    versi: tuple[VersiRencana, ...]

    def versi_pada(self, periode: Periode) -> VersiRencana:
        """The version in force on the last day of the period."""
        berlaku = [v for v in self.versi if v.berlaku <= periode.akhir]
        return max(berlaku, key=lambda v: v.berlaku) if berlaku else self.versi[0]

    def semua_target(self, versi: VersiRencana) -> dict[str, TargetIndikator]:
        """The targets in force in ``versi`` by indikator: its own, or the newest earlier one's."""
        return {i: t for v in _sampai(self.versi, versi) for i, t in v.target.items()}

    def target(self, id_indikator: str, versi: VersiRencana) -> TargetIndikator:
        """One of :meth:`semua_target`, without the others; empty targets where there is none."""
        baru = reversed(_sampai(self.versi, versi))
        return next((v.target[id_indikator] for v in baru if id_indikator in v.target), TargetIndikator())

    def cari(self, id_indikator: str) -> Indikator | None:
        """The indikator with this id."""
        return next((i for i in self.indikator if i.id == id_indikator), None)

    def milik(self, bidang: str) -> tuple[Indikator, ...]:
        """The indikator of one bidang, in the plan's order."""
        return tuple(i for i in self.indikator if i.bidang == bidang)


@dataclass(frozen=True, slots=True)
class KodeNama:
    """A program or kegiatan: code and name of the decree in force."""

    kode: str
    nama: str


@dataclass(frozen=True, slots=True)
class SubKegiatan:
    """One sub kegiatan of the DPA."""

    kode: str
    nama: str
    bidang: str
    keluaran: str
    satuan: str


@dataclass(frozen=True, slots=True)
class PaguSub:
    """Pagu (rupiah) and output target of one sub kegiatan in one version of the DPA."""

    pagu: Decimal | None
    target: Decimal | str | None = None


@dataclass(frozen=True, slots=True)
class VersiAnggaran:
    """DPA (murni) or DPPA (perubahan). A later version lists only what it changes."""

    id: str
    nama: str
    dasar: Dasar
    berlaku: date
    pagu: dict[str, PaguSub] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Anggaran:
    """``reports/<tahun>/anggaran.yaml``; codes are those of ``kode_versi``."""

    skema: str
    tahun: int
    kode_versi: Dasar
    program: tuple[KodeNama, ...]
    kegiatan: tuple[KodeNama, ...]
    sub_kegiatan: tuple[SubKegiatan, ...]
    versi: tuple[VersiAnggaran, ...]

    def versi_pada(self, periode: Periode) -> VersiAnggaran:
        """The version in force on the last day of the period."""
        return self.versi_hari(periode.akhir)

    def versi_hari(self, hari: date) -> VersiAnggaran:
        """The version in force on a day; the first one before that."""
        berlaku = [v for v in self.versi if v.berlaku <= hari]
        return max(berlaku, key=lambda v: v.berlaku) if berlaku else self.versi[0]

    def semua_pagu(self, versi: VersiAnggaran) -> dict[str, PaguSub]:
        """Pagu in force in ``versi`` by code: its own, or the newest earlier one's."""
        return {k: p for v in _sampai(self.versi, versi) for k, p in v.pagu.items()}

    def pagu(self, kode: str, versi: VersiAnggaran) -> PaguSub:
        """One of :meth:`semua_pagu`, without the others; none where there is none."""
        baru_dulu = reversed(_sampai(self.versi, versi))
        return next((v.pagu[kode] for v in baru_dulu if kode in v.pagu), PaguSub(None))

    def milik(self, bidang: str) -> tuple[SubKegiatan, ...]:
        """The sub kegiatan of one bidang, in the DPA's order."""
        return tuple(s for s in self.sub_kegiatan if s.bidang == bidang)


@dataclass(frozen=True, slots=True)
class RealisasiLama:
    """One year's realisasi from before the system: never signed in it."""

    indikator: str
    tahun: int
    realisasi: Decimal | str | None
    sumber: str


@dataclass(frozen=True, slots=True)
class Riwayat:
    """``reports/riwayat.yaml``."""

    skema: str
    realisasi: tuple[RealisasiLama, ...]


@dataclass(frozen=True, slots=True)
class TigaanSpj:
    """One triple of the SPJ Fungsional in rupiah: first plus second is third."""

    sd_bulan_lalu: Decimal
    bulan_ini: Decimal
    sd_bulan_ini: Decimal


@dataclass(frozen=True, slots=True)
class BarisSpj:
    """One line of the SPJ Fungsional, by code."""

    kode: str
    nama: str
    pagu: Decimal
    gaji: TigaanSpj
    ls_barang_jasa: TigaanSpj
    up_gu_tu: TigaanSpj
    jumlah_sd_bulan_ini: Decimal
    sisa_pagu: Decimal


@dataclass(frozen=True, slots=True)
class Spj:
    """``reports/<tahun>/spj/<bulan>.yaml``: monthly input; worksheets are quarterly."""

    skema: str
    tahun: int
    bulan: int
    bendahara: str
    baris: tuple[BarisSpj, ...]

    @property
    def akhir(self) -> date:
        """Last day of the month; the DPA version in force on it applies."""
        return date(self.tahun, self.bulan, monthrange(self.tahun, self.bulan)[1])


@dataclass(frozen=True, slots=True)
class PemetaanKolom:
    """Which heading of the source went into which field."""

    kolom: str
    isian: str


@dataclass(frozen=True, slots=True)
class CatatanImpor:
    """One import: from which file, when, by which mapping."""

    nama_berkas: str
    sha256: str
    tanggal: date
    jenis: str
    pemetaan: tuple[PemetaanKolom, ...]


@dataclass(frozen=True, slots=True)
class DaftarImpor:
    """``reports/<tahun>/impor.yaml``."""

    skema: str
    impor: tuple[CatatanImpor, ...]


# helpers

V = TypeVar("V", VersiRencana, VersiAnggaran)


def _sampai(semua: Sequence[V], versi: V) -> list[V]:
    """The versions up to one, the one that prevails last; of one day the first listed prevails."""
    ada = (v for v in reversed(semua) if v.berlaku <= versi.berlaku)
    return sorted(ada, key=lambda v: v.berlaku)
