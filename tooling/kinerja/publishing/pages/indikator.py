"""One page per indikator: what it means, who answers for it, how it went, in figures and a line."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kinerja.calculation.capaian import hitung
from kinerja.calculation.formulas import rumus_untuk
from kinerja.domain.laporan import BarisCapaian
from kinerja.domain.organisasi import BELUM_DITETAPKAN
from kinerja.domain.perencanaan import Indikator, Nilai, NilaiTarget, Rencana
from kinerja.domain.periode import TRIWULAN, Periode
from kinerja.publishing import wording
from kinerja.publishing.charts import Titik, garis
from kinerja.publishing.markup import (
    Aman,
    Halaman,
    Kolom,
    catatan,
    daftar_istilah,
    gabung,
    gulir,
    halaman,
    jejak,
    judul,
    tabel,
    tautan,
    unsur,
)
from kinerja.publishing.pages import comparison, parts
from kinerja.publishing.site_data import DataPeriode, DataSitus


def laman_indikator(data: DataSitus, i: Indikator) -> Halaman:
    """``indikator/iku-1.md``."""
    jalur = parts.jalur_indikator(i.id)
    nama_bidang = data.nama_bidang(i.bidang)
    induk = (("indikator/index.md", "Indikator"), (parts.jalur_bidang(i.bidang), nama_bidang))
    isi = [
        *parts.kepala(data, i.nama, jejak(jalur, *induk, kini=i.nama)),
        *_terbaru(data, i),
        judul(2, "Perkembangan"),
        *_gambar(data, i),
        _tabel_triwulan(data, i, jalur),
        *_riwayat(data, i),
        *comparison.perbandingan(data, i),
        judul(2, "Definisi"),
        _definisi(data, i),
    ]
    return halaman(jalur, isi, sembunyi=("navigation",))


# helpers


def _terbaru(data: DataSitus, i: Indikator) -> Iterator[str]:
    """The newest figure as tiles."""
    pasangan = [(p, c) for p in reversed(data.periode) if (c := p.capaian(i.id))]
    if not pasangan:
        return
    p, c = pasangan[0]
    sampai = unsur("small", f"sampai dengan {p.periode.judul_pendek}")
    yield daftar_istilah(
        [
            (
                "Realisasi",
                gabung(wording.nilai_satuan(c.realisasi_sd, i.satuan), sampai, antara=" "),
            ),
            ("Target", gabung(wording.target(c.target_sd, i, i.satuan), sampai, antara=" ")),
            ("Capaian", _capaian(data, p, c)),
        ],
        "kj-petak",
    )


def _capaian(data: DataSitus, p: DataPeriode, c: BarisCapaian) -> Aman:
    return gabung(parts.capaian(c), unsur("small", parts.penilaian(data, p, c)), antara=" ")


def _definisi(data: DataSitus, i: Indikator) -> Aman:
    rencana = _rencana_terbaru(data, i.id)
    sasaran = next((s.nama for s in rencana.sasaran if s.id == i.sasaran), "") if rencana else ""
    arah = wording.ARAH[i.arah]
    if i.rumus is not None:
        arah += f", {wording.RUMUS_TURUN[i.rumus]}"
    rumus = rumus_untuk(i, data.tanggal)
    predikat = ", ".join(f"{s.kode} = {wording.nilai(s.skor)}" for s in i.predikat)
    return daftar_istilah(
        [
            ("Definisi operasional", i.definisi_operasional or BELUM_DITETAPKAN),
            ("Formulasi", i.formulasi or BELUM_DITETAPKAN),
            ("Sumber data", i.sumber_data or BELUM_DITETAPKAN),
            ("Penanggung jawab", data.jabatan.nama(i.penanggung_jawab)),
            ("Bidang", data.nama_bidang(i.bidang)),
            ("Sasaran", sasaran),
            ("Tingkat", i.tingkat.value.replace("-", " ")),
            ("Kode", i.kode or ""),
            ("Satuan", i.satuan),
            ("Arah", arah),
            ("Rumus capaian", f"{rumus.rumus} (dasar: {rumus.sumber})" if rumus else BELUM_DITETAPKAN),
            ("Skor predikat", predikat),
            ("Antartriwulan", wording.AKUMULASI[i.akumulasi]),
            ("Batas dalam rata-rata", "" if i.batas_atas is None else parts.persen(i.batas_atas)),
            ("Dasar definisi", i.sumber or BELUM_DITETAPKAN),
        ]
    )


def _rencana_terbaru(data: DataSitus, id_indikator: str) -> Rencana | None:
    semua = (p.rencana for p in reversed(data.periode) if p.rencana.cari(id_indikator))
    return next(semua, None)


def _tahun(data: DataSitus) -> dict[int, dict[str, DataPeriode]]:
    """Published periods by year and part."""
    hasil: dict[int, dict[str, DataPeriode]] = {}
    for p in data.periode:
        hasil.setdefault(p.periode.tahun, {})[p.periode.bagian] = p
    return hasil


def _target_rencana(terbit: dict[str, DataPeriode], i: Indikator, tw: str) -> NilaiTarget:
    """The planned target of a quarter that has no report yet."""
    p = next(reversed(terbit.values()))
    if not p.rencana.versi:
        return None
    periode = Periode(p.periode.tahun, tw)
    return p.rencana.target(i.id, p.rencana.versi_pada(periode)).nilai(tw)


def _target_sd(data: DataSitus, i: Indikator, periode: Periode) -> NilaiTarget:
    """The planned target to date of a quarter that has no report yet."""
    p = next(reversed(_tahun(data)[periode.tahun].values()))
    if not p.rencana.versi or not data.kebijakan.skala:
        return None
    target = p.rencana.target(i.id, p.rencana.versi_pada(periode))
    h = data.kebijakan.perhitungan
    return hitung(i, target, {}, periode.bagian, h, data.kebijakan.skala[0]).target_sd


def _baris_waktu(
    data: DataSitus, i: Indikator
) -> Iterator[tuple[Periode, DataPeriode | None, BarisCapaian | None, NilaiTarget]]:
    """Every quarter of every published year, and the annual report where there is one."""
    for tahun, terbit in _tahun(data).items():
        if not any(p.rencana.cari(i.id) for p in terbit.values()):
            continue
        for bagian in (*TRIWULAN, "tahunan"):
            p = terbit.get(bagian)
            c = p.capaian(i.id) if p else None
            if p is None and bagian == "tahunan":
                continue
            target = c.target if c else _target_rencana(terbit, i, bagian)
            yield Periode(tahun, bagian), p, c, target


def _tabel_triwulan(data: DataSitus, i: Indikator, dari: str) -> Aman:
    kolom = (
        Kolom("Periode", kepala=True),
        Kolom("Target", angka=True),
        Kolom("Realisasi", angka=True),
        Kolom("Target s.d.", angka=True),
        Kolom("Realisasi s.d.", angka=True),
        Kolom("Capaian", angka=True),
        Kolom("Kategori atau alasan"),
    )
    baris: list[tuple[str, ...]] = []
    for periode, p, c, target in _baris_waktu(data, i):
        if p is None or c is None:
            belum = unsur("span", "belum terbit" if p is None else "tidak dilaporkan", "kj-alasan")
            kosong = (wording.KOSONG,) * 4
            baris.append((periode.judul_pendek, wording.nilai(target), *kosong, belum))
            continue
        baris.append(
            (
                tautan(dari, parts.jalur_periode(p), parts.nama_periode(data, p)),
                wording.target(c.target, i),
                wording.nilai(c.realisasi),
                wording.target(c.target_sd, i),
                wording.nilai(c.realisasi_sd),
                parts.capaian(c),
                parts.penilaian(data, p, c),
            )
        )
    return tabel(f"Target dan realisasi per periode ({i.satuan})", kolom, baris)


def _gambar(data: DataSitus, i: Indikator) -> Iterator[str]:
    """The line: to-date values, so that the last quarter of a year is the year's own."""
    titik = [
        Titik(str(r.tahun), "", None, angka, lama=True)
        for r in sorted(data.riwayat, key=lambda r: r.tahun)
        if r.indikator == i.id and (angka := _angka(r.realisasi)) is not None
    ]
    for periode, _, c, _ in _baris_waktu(data, i):
        if periode.bagian == "tahunan" and _angka(c.realisasi_sd if c else None) is None:
            continue
        target = _angka(c.target_sd if c else _target_sd(data, i, periode))
        realisasi = _angka(c.realisasi_sd) if c else None
        label = periode.judul_pendek.removesuffix(f" {periode.tahun}")
        titik.append(Titik(label, str(periode.tahun), target, realisasi))
    nama = f"Target dan realisasi {i.nama}"
    svg = garis(nama, "Nilai sampai dengan tiap periode; angkanya ada pada tabel.", titik, i.satuan)
    if svg:
        keterangan = unsur("figcaption", "Nilai sampai dengan tiap periode")
        yield unsur("figure", gabung(keterangan, gulir(f"Grafik: {nama}", svg)), "kj-figur")


def _angka(v: Nilai | NilaiTarget) -> Decimal | None:
    return v if isinstance(v, Decimal) else None


def _riwayat(data: DataSitus, i: Indikator) -> Iterator[str]:
    lama = sorted((r for r in data.riwayat if r.indikator == i.id), key=lambda r: r.tahun)
    if not lama:
        return
    kolom = (Kolom("Tahun", kepala=True), Kolom("Realisasi", angka=True), Kolom("Sumber"))
    baris = [(str(r.tahun), wording.nilai_satuan(r.realisasi, i.satuan), r.sumber) for r in lama]
    yield judul(2, "Sebelum sistem ini")
    yield catatan(
        "Angka tahun-tahun ini disalin dari dokumen lama dan tidak ditandatangani dalam sistem ini."
    )
    yield tabel("Realisasi sebelum sistem, tidak ditandatangani dalam sistem ini", kolom, baris)
