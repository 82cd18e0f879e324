"""Words of the publications: values, moments, offices and acts as an official says them.

It decides the Indonesian text of one value. Numbers are printed by ``calculation.numbers``
only. It leaves out markup, so that pages, PDF and workbook can share it.

Example:
    >>> tanggal(date(2024, 4, 2))
    '2 April 2024'
"""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo
from decimal import Decimal

from kinerja.calculation.numbers import format_angka, format_rupiah
from kinerja.domain.laporan import BarisCapaian
from kinerja.domain.organisasi import BELUM_DITETAPKAN
from kinerja.domain.perencanaan import (
    Akumulasi,
    Arah,
    Indikator,
    NilaiTarget,
    RentangNilai,
    RumusTurun,
)
from kinerja.domain.periode import nama_bulan
from kinerja.domain.tata_kelola import Jaminan, Tindakan

KOSONG = "–"
"""Shown where there is no value: a missing value is never zero."""

TINDAKAN = {
    Tindakan.DISPOSISI: "Disposisi",
    Tindakan.SIAPKAN: "Penyiapan kertas kerja",
    Tindakan.AJUKAN: "Pengajuan",
    Tindakan.TANDA_TANGAN: "Tanda tangan",
    Tindakan.PARAF: "Paraf",
    Tindakan.SETUJU: "Persetujuan",
    Tindakan.TIDAK: "Dikembalikan",
    Tindakan.TARIK: "Ditarik",
    Tindakan.SUSUN: "Penyusunan laporan",
    Tindakan.KIRIM: "Pengiriman",
    Tindakan.TERIMA: "Pencatatan tanda terima",
    Tindakan.MULAI: "Permulaan",
}

JAMINAN = {
    Jaminan.TERAMATI: "teramati sistem, tidak tersertifikasi",
    Jaminan.KUNCI_SENDIRI: "kunci sendiri, tidak tersertifikasi",
    Jaminan.TERSERTIFIKASI: "tersertifikasi",
}

ARAH = {
    Arah.NAIK: "makin tinggi makin baik",
    Arah.TURUN: "makin rendah makin baik",
    Arah.RENTANG: "harus berada di dalam rentang",
    Arah.PREDIKAT: "predikat",
    Arah.ADA_TIDAK: "ada atau tidak ada",
    Arah.BELUM_DITETAPKAN: BELUM_DITETAPKAN,
}

RUMUS_TURUN = {
    RumusTurun.SELISIH: "rumus selisih: (2 × target − realisasi) ÷ target",
    RumusTurun.RASIO: "rumus rasio: target ÷ realisasi",
}

AKUMULASI = {
    Akumulasi.JUMLAH: "triwulan dijumlahkan",
    Akumulasi.NILAI_AKHIR: "nilai triwulan terakhir yang terisi",
    Akumulasi.RATA_RATA: "rata-rata triwulan yang terisi",
    Akumulasi.TAHUNAN: "diukur setahun sekali",
    Akumulasi.BELUM_DITETAPKAN: BELUM_DITETAPKAN,
}


def tanggal(hari: date) -> str:
    """``2 April 2024``."""
    return f"{hari.day} {nama_bulan(hari.month)} {hari.year}"


def saat(waktu: datetime, zona: tzinfo) -> str:
    """``2 April 2024 pukul 10.15 WITA``, in the agency's zone."""
    lokal = waktu.astimezone(zona)
    return f"{tanggal(lokal.date())} pukul {lokal:%H.%M} {lokal.tzname()}"


def saat_pendek(waktu: datetime, zona: tzinfo) -> str:
    """``2 Apr 2024, 10.15`` for a column whose head names the zone."""
    lokal = waktu.astimezone(zona)
    return f"{lokal.day} {nama_bulan(lokal.month)[:3]} {lokal.year}, {lokal:%H.%M}"


def singkatan_zona(hari: date, zona: tzinfo) -> str:
    """``WITA``."""
    return datetime.combine(hari, time(12), zona).tzname() or ""


def nilai(v: NilaiTarget) -> str:
    """A target or realisasi as printed, without its unit."""
    match v:
        case None:
            return KOSONG
        case Decimal():
            return format_angka(v)
        case RentangNilai():
            return f"{format_angka(v.bawah)} – {format_angka(v.atas)}"
        case _:
            return str(v)


def target(v: NilaiTarget, i: Indikator | None, satuan: str = "") -> str:
    """A target as printed; what is measured in quarters and has none says so in words."""
    if v is None and i is not None and i.akumulasi is Akumulasi.BELUM_DITETAPKAN:
        return BELUM_DITETAPKAN
    return nilai_satuan(v, satuan)


def nilai_satuan(v: NilaiTarget, satuan: str) -> str:
    """A value with its unit: ``92,5 %``, ``7 desa``."""
    if v is None or isinstance(v, str) or not satuan:
        return nilai(v)
    return f"{nilai(v)}\u00a0{'%' if satuan.casefold() == 'persen' else satuan}"


def rupiah(v: Decimal | None) -> str:
    """``Rp 1.234.567`` or a dash."""
    return KOSONG if v is None else format_rupiah(v)


def alasan(baris: BarisCapaian) -> str:
    """Why a line has no figure, as a sentence; "" when it has one."""
    if baris.capaian is not None:
        return ""
    if baris.tercapai is not None or "dihitung" in baris.alasan or "setahun sekali" in baris.alasan:
        return baris.alasan
    return f"tidak dapat dihitung: {baris.alasan}" if baris.alasan else "tidak dapat dihitung"


def ukuran(bita: int) -> str:
    """A size as printed: ``1,2 MB (1.234.567 bita)``."""
    utuh = f"{format_angka(Decimal(bita))} bita"
    for batas, nama in ((1_000_000, "MB"), (1_000, "kB")):
        if bita >= batas:
            return f"{format_angka(Decimal(bita) / batas, 1)}\u00a0{nama} ({utuh})"
    return utuh
