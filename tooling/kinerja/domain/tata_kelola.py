"""How the agency works: approval policy, the SOP as data, the calendar.

YAML key = field name, letter for letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kinerja.domain.organisasi import Dasar


class Tindakan(StrEnum):
    """What an event in the log records."""

    DISPOSISI = "disposisi"
    SIAPKAN = "siapkan"
    AJUKAN = "ajukan"
    TANDA_TANGAN = "tanda-tangan"
    PARAF = "paraf"
    SETUJU = "setuju"
    TIDAK = "tidak"
    TARIK = "tarik"
    SUSUN = "susun"
    KIRIM = "kirim"
    TERIMA = "terima"
    MULAI = "mulai"


PERSETUJUAN = frozenset({Tindakan.TANDA_TANGAN, Tindakan.PARAF, Tindakan.SETUJU})


class Jaminan(StrEnum):
    """How strongly an act is tied to its person (DESIGN: assurance)."""

    TERAMATI = "teramati"
    KUNCI_SENDIRI = "kunci-sendiri"
    TERSERTIFIKASI = "tersertifikasi"

    @property
    def derajat(self) -> int:
        """Higher is stronger."""
        return _DERAJAT[self]


_DERAJAT = {j: n for n, j in enumerate(Jaminan)}


@dataclass(frozen=True, slots=True)
class LangkahPersetujuan:
    """One required act of a change, in its order.

    ``jabatan`` and ``kembali_ke`` may hold ``{bidang}``, ``{pengisi}`` and ``{pemeriksa}``,
    which come from the path and from ``organisasi.yaml``.

    Attributes:
        jaminan: the least assurance of the act.
        jaminan_forge: the least assurance of an act seen on a forge (GitHub, Forgejo); None for
            the same as ``jaminan``.
    """

    jabatan: str
    tindakan: Tindakan
    kembali_ke: str
    jaminan: Jaminan
    sop: int | None = None
    jaminan_forge: Jaminan | None = None

    def tuntutan(self, di_forge: bool) -> Jaminan:
        """The least assurance that an act must have, given where it was done."""
        return self.jaminan_forge if di_forge and self.jaminan_forge else self.jaminan


@dataclass(frozen=True, slots=True)
class AturanPersetujuan:
    """Who may propose and who must approve files under these paths."""

    jenis: str
    jalur: tuple[str, ...]
    pengusul: tuple[str, ...]
    langkah: tuple[LangkahPersetujuan, ...] = ()


@dataclass(frozen=True, slots=True)
class KelasSkala:
    """One class of a scale; its lower bound belongs to it."""

    nama: str
    batas_bawah: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Skala:
    """A dated category scale, highest class first, the last without a bound."""

    id: str
    versi: int
    sumber: str
    mulai: date
    kelas: tuple[KelasSkala, ...]
    selesai: date | None = None


class TargetNol(StrEnum):
    """What a zero target means for capaian."""

    TIDAK_DAPAT_DIHITUNG = "tidak-dapat-dihitung"
    TERCAPAI_BILA_NOL = "tercapai-bila-nol"


class CaraEfisiensi(StrEnum):
    """How efficiency is judged: capaian minus serapan, or in the manner of PMK 22/2021."""

    SELISIH = "selisih"
    PMK_22_2021 = "pmk-22-2021"


@dataclass(frozen=True, slots=True)
class Perhitungan:
    """Calculation policy.

    ``kelipatan_lonjakan``: a realisasi so many times larger or smaller than history or target
    is asked about, because it is more often a typing error or a bad target than a success.
    """

    skala: str
    target_nol: TargetNol
    batas_atas: Decimal | None = None
    batas_penjelasan_bawah: Decimal = Decimal(76)
    batas_penjelasan_atas: Decimal = Decimal(120)
    efisiensi: CaraEfisiensi = CaraEfisiensi.SELISIH
    kelipatan_lonjakan: Decimal = Decimal(3)


@dataclass(frozen=True, slots=True)
class Retensi:
    """How long a kind of record is kept."""

    jenis: str
    aktif_tahun: int
    inaktif_tahun: int
    nasib: str
    sumber: str


@dataclass(frozen=True, slots=True)
class Publikasi:
    """When a period becomes public."""

    terbit_setelah: str = "kirim"


@dataclass(frozen=True, slots=True)
class Kebijakan:
    """``reports/kebijakan.yaml``."""

    skema: str
    persetujuan: tuple[AturanPersetujuan, ...]
    perhitungan: Perhitungan
    skala: tuple[Skala, ...]
    publikasi: Publikasi
    retensi: tuple[Retensi, ...] = ()


class SatuanWaktu(StrEnum):
    """Unit of a standard time in the SOP."""

    MENIT = "menit"
    HARI_KERJA = "hari-kerja"


@dataclass(frozen=True, slots=True)
class WaktuBaku:
    """A standard time of the SOP, effort and not elapsed time."""

    jumlah: int
    satuan: SatuanWaktu

    @property
    def teks(self) -> str:
        """``30 menit``, ``3 hari kerja``."""
        return f"{self.jumlah} {self.satuan.value.replace('-', ' ')}"


@dataclass(frozen=True, slots=True)
class Keputusan:
    """Where *ya* and *tidak* lead: numbers of steps."""

    ya: int
    tidak: int


@dataclass(frozen=True, slots=True)
class LangkahSop:
    """One of the eight steps."""

    nomor: int
    perintah: str
    kegiatan: str
    pelaksana: str
    kelengkapan: tuple[str, ...]
    waktu: WaktuBaku
    keluaran: str
    keputusan: Keputusan | None = None
    keterangan: str | None = None


@dataclass(frozen=True, slots=True)
class PelaksanaSop:
    """One lane of the SOP's table."""

    id: str
    nama: str


@dataclass(frozen=True, slots=True)
class PengesahSop:
    """Who signed the SOP, as printed on it."""

    jabatan: str
    nama: str
    pangkat: str
    nip: str


@dataclass(frozen=True, slots=True)
class Sop:
    """``reports/sop.yaml``."""

    skema: str
    nomor: str
    nama: str
    unit: str
    tanggal_pembuatan: date
    tanggal_revisi: date | None
    tanggal_efektif: date
    disahkan_oleh: PengesahSop
    dasar_hukum: tuple[str, ...]
    kualifikasi: tuple[str, ...]
    keterkaitan: tuple[str, ...]
    peralatan: tuple[str, ...]
    peringatan: tuple[str, ...]
    pencatatan: tuple[str, ...]
    pelaksana: tuple[PelaksanaSop, ...]
    langkah: tuple[LangkahSop, ...]
    catatan: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rentang:
    """A stretch of a working day, ``07:30``–``12:00`` local time."""

    mulai: str
    selesai: str


@dataclass(frozen=True, slots=True)
class JamKerja:
    """Working hours in force on days in [mulai, selesai); of several the last listed wins."""

    nama: str
    mulai: date
    selesai: date | None
    dasar: Dasar
    senin: tuple[Rentang, ...] = ()
    selasa: tuple[Rentang, ...] = ()
    rabu: tuple[Rentang, ...] = ()
    kamis: tuple[Rentang, ...] = ()
    jumat: tuple[Rentang, ...] = ()
    sabtu: tuple[Rentang, ...] = ()
    minggu: tuple[Rentang, ...] = ()

    def hari(self, nomor: int) -> tuple[Rentang, ...]:
        """The stretches of a weekday, Monday = 0."""
        return (
            self.senin,
            self.selasa,
            self.rabu,
            self.kamis,
            self.jumat,
            self.sabtu,
            self.minggu,
        )[nomor]


class JenisLibur(StrEnum):
    """Why nobody works that day."""

    LIBUR_NASIONAL = "libur-nasional"
    CUTI_BERSAMA = "cuti-bersama"
    LIBUR_DAERAH = "libur-daerah"


@dataclass(frozen=True, slots=True)
class Libur:
    """A day off, with the decree that makes it one (``dasar`` is an id of ``Kalender.dasar``)."""

    tanggal: date
    nama: str
    jenis: JenisLibur
    dasar: str


@dataclass(frozen=True, slots=True)
class DasarKalender:
    """A decree that holidays refer to by ``id``."""

    id: str
    nomor: str
    tanggal: date | None
    tentang: str


@dataclass(frozen=True, slots=True)
class Kalender:
    """``reports/kalender.yaml``."""

    skema: str
    dasar: tuple[DasarKalender, ...]
    jam_kerja: tuple[JamKerja, ...]
    libur: tuple[Libur, ...]
