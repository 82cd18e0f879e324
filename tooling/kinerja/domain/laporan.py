"""The compiled report: what paraf and tanda tangan cover, frozen.

It holds the digest of every input and the computed figures as they were signed; CI
computes them again and refuses a difference. YAML key = field name, letter for letter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from kinerja.domain.organisasi import Status
from kinerja.domain.perencanaan import Nilai, NilaiTarget


@dataclass(frozen=True, slots=True)
class Masukan:
    """An input of the report, bound by the digest of its bytes."""

    jalur: str
    sha256: str


@dataclass(frozen=True, slots=True)
class BidangTertinggal:
    """A bidang that the report goes without, and why."""

    bidang: str
    alasan: str


@dataclass(frozen=True, slots=True)
class BarisCapaian:
    """The computed line of one indikator.

    Attributes:
        target, realisasi: the quarter's own.
        target_sd, realisasi_sd: to date, by the indikator's akumulasi.
        capaian: percent of the target to date, exact to two places as shown; None with
            ``alasan`` when it cannot be computed.
        capaian_tahunan: percent of the annual target.
        kategori: class of ``capaian``; "" when there is none.
        tercapai: for ``ada-tidak``: reached or not; None otherwise.
    """

    id: str
    bidang: str
    target: NilaiTarget
    realisasi: Nilai
    target_sd: NilaiTarget
    realisasi_sd: Nilai
    capaian: Decimal | None
    capaian_tahunan: Decimal | None
    kategori: str
    alasan: str
    tercapai: bool | None = None

    @property
    def ternilai(self) -> bool:
        """True when it can be said how far the target was reached."""
        return self.capaian is not None or self.tercapai is not None

    def di_bawah(self, batas_persen: Decimal) -> bool:
        """True for a capaian below a bound, or a target that was not reached."""
        return self.tercapai is False if self.capaian is None else self.capaian < batas_persen


@dataclass(frozen=True, slots=True)
class Rekap:
    """Totals of one bidang or of the whole agency (``bidang: semua``).

    ``rata_rata`` is the mean of the capped capaian of ``dihitung`` of ``total`` indikator.
    Money in rupiah; ``serapan`` in percent, ``fisik`` the physical progress weighted by pagu.
    ``efisiensi`` is in percent points or percent by the policy's way, ``nilai_efisiensi`` its
    score where that way has one; both only at the end of the year.
    """

    bidang: str
    dihitung: int
    total: int
    rata_rata: Decimal | None
    kategori: str
    pagu: Decimal | None
    realisasi: Decimal | None
    serapan: Decimal | None
    fisik: Decimal | None = None
    efisiensi: Decimal | None = None
    nilai_efisiensi: Decimal | None = None
    sebutan_efisiensi: str = ""


@dataclass(frozen=True, slots=True)
class RekapKelompok:
    """Totals over the indikator of one sasaran or one program (``id``: its id or code).

    Money only for a program: a sasaran has no pagu of its own.
    """

    id: str
    dihitung: int
    total: int
    rata_rata: Decimal | None
    kategori: str
    pagu: Decimal | None = None
    realisasi: Decimal | None = None
    serapan: Decimal | None = None
    fisik: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Narasi:
    """What people write, Markdown."""

    pendahuluan: str = ""
    analisis: str = ""
    penutup: str = ""


@dataclass(frozen=True, slots=True)
class Laporan:
    """``reports/<tahun>/<periode>/laporan.yaml``."""

    skema: str
    periode: str
    versi: int
    menggantikan: str | None
    status: Status
    nomor: str | None
    disusun: datetime
    skala: str
    versi_aturan: str
    masukan: tuple[Masukan, ...]
    tanpa: tuple[BidangTertinggal, ...]
    rekap: tuple[Rekap, ...]
    capaian: tuple[BarisCapaian, ...]
    dokumen: tuple[str, ...] = ()
    narasi: Narasi = field(default_factory=Narasi)
    rekap_sasaran: tuple[RekapKelompok, ...] = ()
    rekap_program: tuple[RekapKelompok, ...] = ()

    def rekap_bidang(self, bidang: str) -> Rekap | None:
        """The totals of one bidang."""
        return next((r for r in self.rekap if r.bidang == bidang), None)


@dataclass(frozen=True, slots=True)
class TandaTerima:
    """The receiver's receipt as recorded; the signed original stands beside the archive."""

    nomor: str
    tanggal: date
    penerima: str
    nama_penerima: str
    diterima: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class Kirim:
    """``reports/<tahun>/<periode>/kirim.yaml``: what was sent, where, and the receipt."""

    skema: str
    periode: str
    versi: int
    arsip: str
    sha256: str
    ukuran: int
    kepada: str
    cara: str
    dikirim: datetime
    oleh: str
    tanda_terima: TandaTerima | None = None
