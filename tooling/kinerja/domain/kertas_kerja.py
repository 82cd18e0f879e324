"""The worksheet of one bidang for one period: what staff fill and the Kabid signs.

Capaian is not here: it is never typed nor stored in a worksheet.
YAML key = field name, letter for letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from kinerja.domain.perencanaan import Nilai, NilaiTarget


@dataclass(frozen=True, slots=True)
class Bukti:
    """Name, hash and size of an evidence file; the file itself never enters Git."""

    nama: str
    sha256: str
    ukuran: int
    tanggal: date | None = None


@dataclass(frozen=True, slots=True)
class TindakLanjut:
    """What will be done, by which office, until when."""

    uraian: str
    penanggung_jawab: str
    tenggat: date


@dataclass(frozen=True, slots=True)
class BarisIndikator:
    """One indikator of the worksheet.

    ``id`` to ``realisasi_lalu`` come from the plan and the previous period and are not for
    staff to change; the rest is theirs. ``realisasi`` null means *not filled*, which is not 0.
    """

    id: str
    nama: str
    satuan: str
    target: NilaiTarget
    realisasi_lalu: Nilai
    realisasi: Nilai
    pembilang: Decimal | None = None
    penyebut: Decimal | None = None
    penjelasan: str | None = None
    faktor_pendorong: str | None = None
    faktor_penghambat: str | None = None
    tindak_lanjut: TindakLanjut | None = None
    bukti: tuple[Bukti, ...] = ()


@dataclass(frozen=True, slots=True)
class BarisAnggaran:
    """One sub kegiatan of the worksheet, in rupiah.

    ``realisasi`` is cumulative to the end of the period (SPJ Fungsional, *s.d. bulan ini*);
    ``fisik`` is physical progress in percent, cumulative.
    """

    kode: str
    nama: str
    pagu: Decimal | None
    realisasi_lalu: Decimal | None
    realisasi: Decimal | None
    fisik: Decimal | None = None
    penjelasan: str | None = None


@dataclass(frozen=True, slots=True)
class KertasKerja:
    """``reports/<tahun>/<periode>/kertas-kerja/<bidang>.yaml``."""

    skema: str
    periode: str
    bidang: str
    versi_rencana: str
    versi_anggaran: str
    indikator: tuple[BarisIndikator, ...]
    anggaran: tuple[BarisAnggaran, ...] = ()
    catatan: str | None = None


@dataclass(frozen=True, slots=True)
class Tenggat:
    """When a step should be done; minutes of the SOP laid on working hours."""

    langkah: int
    paling_lambat: datetime


@dataclass(frozen=True, slots=True)
class Disposisi:
    """``reports/<tahun>/<periode>/disposisi.yaml``: the period is open."""

    skema: str
    periode: str
    nomor: str | None
    dari: str
    kepada: str
    instruksi: str
    ditetapkan: datetime
    tenggat: tuple[Tenggat, ...]
