"""The report's figures from signed worksheets: every line, every total.

Pure: the same worksheets, plan and policy always give the same report, so CI can recompute
what was signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kinerja.calculation.capaian import hitung
from kinerja.calculation.efficiency import efisiensi
from kinerja.calculation.recap import SEMUA, batas_rata_rata, rekap, rekap_kelompok
from kinerja.domain.kertas_kerja import BarisAnggaran, KertasKerja
from kinerja.domain.laporan import BarisCapaian, Laporan, Rekap, RekapKelompok
from kinerja.domain.organisasi import Organisasi
from kinerja.domain.perencanaan import Nilai, Rencana
from kinerja.domain.periode import Periode
from kinerja.domain.tata_kelola import CaraEfisiensi, Kebijakan, Skala

VERSI_ATURAN = "2"
"""Version of formulas and totals; frozen into each report, raised when a figure can change.

1: capaian, and totals of bidang and agency. 2: also totals of sasaran and program, physical
progress, and efficiency at the end of the year.
"""
VERSI_DIKENAL = ("1", "2")
"""Versions whose reports can be computed again, each by its own rules."""


@dataclass(frozen=True, slots=True)
class Angka:
    """Everything computed for one report."""

    capaian: tuple[BarisCapaian, ...]
    rekap: tuple[Rekap, ...]
    rekap_sasaran: tuple[RekapKelompok, ...] = ()
    rekap_program: tuple[RekapKelompok, ...] = ()

    def sama_dengan(self, laporan: Laporan) -> bool:
        """Whether a report says exactly these figures."""
        return (self.capaian, self.rekap, self.rekap_sasaran, self.rekap_program) == (
            laporan.capaian, laporan.rekap, laporan.rekap_sasaran, laporan.rekap_program,
        )  # fmt: skip


def realisasi_triwulan(
    lembar: Mapping[str, Sequence[KertasKerja]], periode: Periode
) -> dict[str, dict[str, Nilai]]:
    """Indikator id → ``tw1`` … → value, of the year's worksheets up to the period.

    Args:
        lembar: part of the year (``tw1`` …) → signed worksheets of that part.
    """
    bagian = [p.bagian for p in periode.sampai_dengan()]
    if periode.bagian == "tahunan":
        bagian.append("tahunan")
    hasil: dict[str, dict[str, Nilai]] = {}
    for b in bagian:
        for kk in lembar.get(b, ()):
            for baris in kk.indikator:
                hasil.setdefault(baris.id, {})[b] = baris.realisasi
    return hasil


def hitung_laporan(
    organisasi: Organisasi,
    rencana: Rencana,
    kebijakan: Kebijakan,
    periode: Periode,
    lembar: Mapping[str, Sequence[KertasKerja]],
    versi_aturan: str = VERSI_ATURAN,
) -> Angka:
    """Lines and totals of a period, in the order of the agency's bidang and plan.

    Args:
        versi_aturan: one of :data:`VERSI_DIKENAL`; a signed report is computed again by its own.
    """
    skala = skala_berlaku(kebijakan)
    realisasi = realisasi_triwulan(lembar, periode)
    kini = {kk.bidang: kk for kk in lembar.get(periode.bagian, ())}
    hadir = [b.id for b in organisasi.bidang if b.id in kini]
    versi = rencana.versi_pada(periode)
    batas = batas_rata_rata(rencana.indikator, kebijakan.perhitungan)
    per_bidang = {
        bidang: [
            hitung(
                i, rencana.target(i.id, versi), realisasi.get(i.id, {}), periode.bagian,
                kebijakan.perhitungan, skala,
            )
            for i in rencana.milik(bidang)
        ]
        for bidang in hadir
    }  # fmt: skip
    semua = [b for baris in per_bidang.values() for b in baris]
    anggaran = {bidang: kini[bidang].anggaran for bidang in hadir}
    semua_anggaran = [a for daftar in anggaran.values() for a in daftar]
    totals = [rekap(per_bidang[b], batas, anggaran[b], b, skala) for b in hadir]
    totals.append(rekap(semua, batas, semua_anggaran, SEMUA, skala))
    if versi_aturan == "1":
        return Angka(tuple(semua), tuple(replace(t, fisik=None) for t in totals))
    if periode.bagian == "tahunan":
        cara = kebijakan.perhitungan.efisiensi
        totals = [_dengan_efisiensi(t, cara, anggaran.get(t.bidang, semua_anggaran)) for t in totals]
    return Angka(
        tuple(semua), tuple(totals), tuple(_per_sasaran(rencana, semua, batas, skala)),
        tuple(_per_program(rencana, semua, batas, semua_anggaran, skala)),
    )  # fmt: skip


def skala_berlaku(kebijakan: Kebijakan) -> Skala:
    """The scale that the calculation policy names."""
    return next(s for s in kebijakan.skala if s.id == kebijakan.perhitungan.skala)


# helpers


def _dengan_efisiensi(t: Rekap, cara: CaraEfisiensi, anggaran: Sequence[BarisAnggaran]) -> Rekap:
    e = efisiensi(cara, t.rata_rata, anggaran)
    return replace(t, efisiensi=e.nilai, nilai_efisiensi=e.skor, sebutan_efisiensi=e.sebutan)


def _per_sasaran(
    rencana: Rencana, semua: Sequence[BarisCapaian], batas: Mapping[str, Decimal | None], skala: Skala
) -> Iterator[RekapKelompok]:
    """In the plan's order; a sasaran whose bidang are all missing has no line."""
    asal = {i.id: i.sasaran for i in rencana.indikator}
    for s in rencana.sasaran:
        milik = [b for b in semua if asal[b.id] == s.id]
        if milik:
            yield rekap_kelompok(s.id, milik, batas, (), skala)


def _per_program(
    rencana: Rencana,
    semua: Sequence[BarisCapaian],
    batas: Mapping[str, Decimal | None],
    anggaran: Sequence[BarisAnggaran],
    skala: Skala,
) -> Iterator[RekapKelompok]:
    """By code: every program that has an indikator or a budget line."""
    asal = {i.id: _program(i.kode) for i in rencana.indikator}
    kode = {p for b in semua if (p := asal[b.id])} | {p for a in anggaran if (p := _program(a.kode))}
    for k in sorted(kode):
        milik = [b for b in semua if asal[b.id] == k]
        yield rekap_kelompok(k, milik, batas, [a for a in anggaran if _program(a.kode) == k], skala)


def _program(kode: str | None) -> str | None:
    """The program of a code: its first three parts; None for what has no code of a decree."""
    bagian = kode.split(".") if kode else []
    return ".".join(bagian[:3]) if len(bagian) >= 3 else None  # noqa: PLR2004
