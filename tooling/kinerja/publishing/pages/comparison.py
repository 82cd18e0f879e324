"""Totals by sasaran and program, and an indikator beside earlier years, Renstra and others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kinerja.calculation.comparison import Analisis, TerhadapTahun, TerhadapTarget, analisis
from kinerja.calculation.numbers import format_persen
from kinerja.domain.laporan import RekapKelompok
from kinerja.domain.perencanaan import Indikator, Nilai
from kinerja.publishing import wording
from kinerja.publishing.markup import Aman, Kolom, catatan, judul, paragraf, tabel
from kinerja.publishing.pages import parts
from kinerja.publishing.site_data import DataPeriode, DataSitus

_SETAHUN = frozenset({"tw4", "tahunan"})


def rekap_kelompok(data: DataSitus, p: DataPeriode) -> Iterator[str]:
    """The period's totals by sasaran and by program, as signed; nothing for older reports."""
    if p.laporan.rekap_sasaran:
        nama = {s.id: s.nama for s in p.rencana.sasaran}
        yield judul(2, "Capaian per sasaran")
        yield _tabel_kelompok(data, p, "Sasaran", p.laporan.rekap_sasaran, nama, uang=False)
    if p.laporan.rekap_program:
        nama = {x.kode: x.nama for x in p.anggaran.program} if p.anggaran else {}
        yield judul(2, "Capaian dan anggaran per program")
        yield _tabel_kelompok(data, p, "Program", p.laporan.rekap_program, nama, uang=True)


def efisiensi_dinas(p: DataPeriode) -> Iterator[str]:
    """One sentence about efficiency; only the annual report judges it."""
    semua = p.laporan.rekap_bidang("semua")
    if semua is None or not semua.sebutan_efisiensi:
        return
    if semua.efisiensi is None:
        yield paragraf(f"Efisiensi tidak dinilai: {semua.sebutan_efisiensi}.")
        return
    skor = "" if semua.nilai_efisiensi is None else f", nilai {wording.nilai(semua.nilai_efisiensi)}"
    yield paragraf(f"Efisiensi {_bertanda(semua.efisiensi)}{skor}: {semua.sebutan_efisiensi}.")


def perbandingan(data: DataSitus, i: Indikator) -> Iterator[str]:
    """The comparisons of LKjIP Bab III for the newest period that has the indikator."""
    p = next((p for p in reversed(data.periode) if p.capaian(i.id)), None)
    hasil = _analisis(data, p, i) if p else None
    if p is None or hasil is None:
        return
    kolom = (
        Kolom("Terhadap", kepala=True),
        Kolom("Angka pembanding", angka=True),
        Kolom("Capaian atau perubahan", angka=True),
        Kolom("Keterangan"),
    )
    baris = [_baris_tahun(i, t) for t in hasil.tahun_lalu]
    baris += [_baris_target(i, t) for t in (hasil.renstra, *hasil.pembanding)]
    yield judul(2, "Perbandingan")
    yield tabel(f"Realisasi sampai dengan {p.periode.judul_pendek} dibandingkan", kolom, baris)
    if hasil.kurang():
        yield catatan(f"Belum dapat diuraikan: {'; '.join(hasil.kurang())}.")


# helpers


def _tabel_kelompok(
    data: DataSitus,
    p: DataPeriode,
    judul_kolom: str,
    daftar: Sequence[RekapKelompok],
    nama: dict[str, str],
    *,
    uang: bool,
) -> Aman:
    kolom = [
        Kolom(judul_kolom, kepala=True),
        Kolom("Rata-rata capaian", angka=True),
        Kolom("Kategori"),
        Kolom("Indikator dihitung", angka=True),
    ]
    if uang:
        kolom += [Kolom(n, angka=True) for n in ("Pagu", "Realisasi", "Serapan", "Fisik")]
    baris = [(*_sel(data, p, r, nama), *(_sel_uang(r) if uang else ())) for r in daftar]
    return tabel(f"{judul_kolom}, {p.periode.judul}", kolom, baris)


def _sel(data: DataSitus, p: DataPeriode, r: RekapKelompok, nama: dict[str, str]) -> tuple[str, ...]:
    return (
        nama.get(r.id, r.id),
        parts.persen(r.rata_rata),
        parts.kategori(data, p, r.kategori) or wording.KOSONG,
        f"{r.dihitung} dari {r.total}" if r.total else wording.KOSONG,
    )


def _sel_uang(r: RekapKelompok) -> tuple[str, ...]:
    return (
        wording.rupiah(r.pagu),
        wording.rupiah(r.realisasi),
        parts.persen(r.serapan),
        parts.persen(r.fisik),
    )


def _analisis(data: DataSitus, p: DataPeriode, i: Indikator) -> Analisis | None:
    baris = p.capaian(i.id)
    if baris is None or not p.rencana.versi:
        return None
    lama: dict[int, Nilai] = {
        r.tahun: r.realisasi for r in data.riwayat if r.indikator == i.id and r.tahun < p.periode.tahun
    }
    for x in data.periode:
        if x.periode.tahun < p.periode.tahun and x.periode.bagian in _SETAHUN:
            c = x.capaian(i.id)
            lama[x.periode.tahun] = c.realisasi_sd if c else None
    return analisis(
        i,
        p.rencana.target(i.id, p.rencana.versi_pada(p.periode)),
        baris,
        lama,
        [b for k in p.kertas_kerja for b in k.indikator if b.id == i.id],
        [a for k in p.kertas_kerja for a in k.anggaran],
        data.kebijakan.perhitungan,
        setahun=p.periode.bagian in _SETAHUN,
    )


def _baris_tahun(i: Indikator, t: TerhadapTahun) -> tuple[str, ...]:
    ubah = wording.KOSONG if t.perubahan is None else _bertanda(t.perubahan)
    kata = "; ".join(x for x in (t.gerak.value if t.gerak else "", t.alasan) if x)
    return (f"Tahun {t.tahun}", wording.nilai_satuan(t.nilai, i.satuan), ubah, kata or wording.KOSONG)


def _baris_target(i: Indikator, t: TerhadapTarget) -> tuple[str, ...]:
    capaian = wording.KOSONG if t.capaian is None else format_persen(t.capaian)
    kata = t.alasan or (f"sumber: {t.sumber}" if t.sumber else "")
    nama = t.nama[:1].upper() + t.nama[1:]
    return (nama, wording.target(t.nilai, i, i.satuan), capaian, kata or wording.KOSONG)


def _bertanda(nilai: Decimal) -> str:
    """With a plus before a gain, so that a change is not read as a level."""
    return f"+{format_persen(nilai)}" if nilai > 0 else format_persen(nilai)
