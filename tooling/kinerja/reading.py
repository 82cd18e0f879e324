"""What a signer reads before answering: the worksheet or the draft, as text with its figures.

Nothing is decided or written here; figures come from the same calculation as everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from kinerja.adapters.reports import baca_dokumen, jalur_kertas_kerja
from kinerja.calculation.numbers import format_persen, format_rupiah
from kinerja.calculation.report import hitung_laporan
from kinerja.domain.errors import DitolakError
from kinerja.domain.kertas_kerja import KertasKerja
from kinerja.domain.laporan import Laporan
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import berkas_dari
from kinerja.filling import ambil
from kinerja.publishing.report_text import markdown_laporan, tampil
from kinerja.session import Sesi


@dataclass(frozen=True, slots=True)
class Bacaan:
    """What was shown, and the SHA-256 of the bytes that it was made from."""

    teks: str
    sidik: str


def lihat_lembar(sesi: Sesi, periode: Periode, id_bidang: str) -> Bacaan:
    """The worksheet of a bidang as it stands: figures, capaian, words, findings."""
    bidang = sesi.bidang(id_bidang)
    bita = ambil(sesi, periode, id_bidang)
    jalur = jalur_kertas_kerja(periode, bidang.id)
    kk = baca_dokumen(bita, jalur, "kertas-kerja", KertasKerja)
    lembar = {**sesi.lembar_bertanda(periode), periode.bagian: [kk]}
    r = sesi.reports
    angka = hitung_laporan(r.organisasi(), r.rencana(periode.tahun), r.kebijakan(), periode, lembar)
    capaian = {b.id: b for b in angka.capaian}
    penanda = sesi.reports.organisasi().status.penanda
    baris = [f"Kertas kerja {bidang.nama}, {periode.judul}{f'  [{penanda}]' if penanda else ''}", ""]
    for i in kk.indikator:
        c = capaian[i.id]
        hasil = f"{format_persen(c.capaian)} {c.kategori}" if c.capaian is not None else c.alasan
        baris.append(f"{i.id}  {i.nama}")
        baris.append(f"    target {tampil(i.target)}, realisasi {tampil(i.realisasi)} {i.satuan}; {hasil}")
        for judul, teks in (("penjelasan", i.penjelasan), ("pendorong", i.faktor_pendorong),
                            ("penghambat", i.faktor_penghambat)):  # fmt: skip
            if teks:
                baris.append(f"    {judul}: {teks}")
    baris.append("")
    for a in kk.anggaran:
        pagu = "pagu belum ditetapkan" if a.pagu is None else f"pagu {format_rupiah(a.pagu)}"
        realisasi = "belum diisi" if a.realisasi is None else format_rupiah(a.realisasi)
        baris.append(f"{a.kode}  {a.nama}: {realisasi} dari {pagu}, fisik {tampil(a.fisik)} %")
    temuan = sesi.periksa_lembar(bita, periode, bidang, diajukan=True)
    baris += ["", *(t.teks() for t in temuan), f"{len(temuan)} temuan"]
    return Bacaan("\n".join(baris), berkas_dari(jalur, bita).sha256)


def lihat_draft(sesi: Sesi, periode: Periode) -> Bacaan:
    """The draft laporan as text, with its narrative."""
    jalur = f"{periode.folder}/laporan.yaml"
    kepala = sesi.forge.kepala(f"laporan/{periode.id}")
    bita = sesi.forge.repo.baca(kepala, jalur) if kepala else None
    if bita is None:
        raise DitolakError(f"laporan {periode.judul} belum disusun", f"kinerja susun {periode.id}")
    laporan = baca_dokumen(bita, jalur, "laporan", Laporan)
    teks = markdown_laporan(sesi.reports.organisasi(), sesi.reports.rencana(periode.tahun), laporan).decode()
    narasi = [n for n in (laporan.narasi.pendahuluan, laporan.narasi.analisis, laporan.narasi.penutup) if n]
    tanpa = [f"Tanpa {t.bidang}: {t.alasan}" for t in laporan.tanpa]
    return Bacaan("\n\n".join([teks.rstrip(), *narasi, *tanpa]), berkas_dari(jalur, bita).sha256)
