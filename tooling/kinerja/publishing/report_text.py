"""The report as plain text for the archive: Markdown to read, CSV to compute with."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from kinerja.calculation.numbers import format_angka, format_persen
from kinerja.domain.laporan import Laporan
from kinerja.domain.organisasi import Organisasi
from kinerja.domain.perencanaan import NilaiTarget, Rencana, RentangNilai
from kinerja.domain.periode import Periode

_KOLOM = (
    "id", "bidang", "indikator", "satuan", "target", "realisasi", "target_sd", "realisasi_sd",
    "capaian_persen", "capaian_tahunan_persen", "kategori", "alasan",
)  # fmt: skip


def csv_capaian(rencana: Rencana, laporan: Laporan) -> bytes:
    """One row per indikator; numbers with a point, empty where there is none (RFC 4180)."""
    keluar = io.StringIO()
    tulis = csv.writer(keluar, lineterminator="\r\n")
    tulis.writerow(_KOLOM)
    for b in laporan.capaian:
        i = rencana.cari(b.id)
        tulis.writerow(
            [
                b.id, b.bidang, _aman(i.nama if i else ""), _aman(i.satuan if i else ""),
                *(_aman(_mentah(n)) for n in (b.target, b.realisasi, b.target_sd, b.realisasi_sd)),
                _mentah(b.capaian), _mentah(b.capaian_tahunan), b.kategori, _aman(b.alasan),
            ]
        )  # fmt: skip
    return keluar.getvalue().encode()


def markdown_laporan(organisasi: Organisasi, rencana: Rencana, laporan: Laporan) -> bytes:
    """The report as a page that reads without any software."""
    periode = Periode.baca(laporan.periode)
    baris = [f"# Laporan Kinerja {periode.judul}", "", organisasi.nama, ""]
    if organisasi.status.penanda:
        baris += [f"**{organisasi.status.penanda}**", ""]
    baris += ["| Bidang | Rata-rata capaian | Dihitung | Serapan |", "|---|--:|--:|--:|"]
    for r in laporan.rekap:
        bidang = organisasi.cari_bidang(r.bidang)
        baris.append(
            f"| {bidang.nama if bidang else 'Seluruh dinas'} | {_persen(r.rata_rata)} "
            f"| {r.dihitung} dari {r.total} | {_persen(r.serapan)} |"
        )
    baris += [
        "",
        "| Indikator | Target s.d. | Realisasi s.d. | Capaian | Keterangan |",
        "|---|--:|--:|--:|---|",
    ]
    for b in laporan.capaian:
        i = rencana.cari(b.id)
        nama = (i.nama if i else b.id).replace("|", "\\|")
        baris.append(
            f"| {nama} | {tampil(b.target_sd)} | {tampil(b.realisasi_sd)} "
            f"| {_persen(b.capaian)} | {b.kategori or b.alasan or 'tidak dapat dihitung'} |"
        )
    return ("\n".join(baris) + "\n").encode()


def tampil(nilai: NilaiTarget) -> str:
    """A target or realisasi as people read it; an en dash for none."""
    if nilai is None:
        return "–"
    if isinstance(nilai, RentangNilai):
        return f"{format_angka(nilai.bawah)}–{format_angka(nilai.atas)}"
    if isinstance(nilai, Decimal):
        return format_angka(nilai, _tempat(nilai))
    return nilai


def _tempat(nilai: Decimal) -> int:
    eksponen = nilai.normalize().as_tuple().exponent
    return min(2, max(0, -eksponen if isinstance(eksponen, int) else 0))


def _persen(nilai: Decimal | None) -> str:
    return "–" if nilai is None else format_persen(nilai)


def _mentah(nilai: NilaiTarget) -> str:
    if nilai is None:
        return ""
    if isinstance(nilai, RentangNilai):
        return f"{nilai.bawah:f}..{nilai.atas:f}"
    return f"{nilai:f}" if isinstance(nilai, Decimal) else nilai


def _aman(teks: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{teks}" if teks[:1] in "=+@\t\r" and teks else teks
