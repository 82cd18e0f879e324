"""One page per bidang: its indikator over the periods, its money, who signed its worksheets."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.domain.organisasi import Bidang
from kinerja.domain.perencanaan import Indikator
from kinerja.publishing import wording
from kinerja.publishing.markup import (
    Aman,
    Baris,
    Halaman,
    Kelompok,
    Kolom,
    catatan,
    daftar_istilah,
    gabung,
    halaman,
    jejak,
    judul,
    paragraf,
    tabel,
    tautan,
    unsur,
)
from kinerja.publishing.pages import acts, parts
from kinerja.publishing.site_data import DataPeriode, DataSitus

_KOLOM_PERIODE = 8
"""So many periods stand side by side; older ones are on the pages of the indikator."""


def laman_bidang(data: DataSitus, bidang: Bidang) -> Halaman:
    """``bidang/rehabilitasi-sosial.md``."""
    jalur = parts.jalur_bidang(bidang.id)
    induk = (("index.md", "Beranda"), ("indikator/index.md", "Indikator"))
    isi = [
        *parts.kepala(data, bidang.nama, jejak(jalur, *induk, kini=bidang.nama)),
        daftar_istilah(
            [
                ("Mengisi kertas kerja", data.jabatan.nama(bidang.pengisi)),
                ("Memeriksa dan menandatangani", data.jabatan.nama(bidang.pemeriksa)),
            ]
        ),
    ]
    if data.terbaru is None:
        return halaman(jalur, [*isi, parts.belum_terbit(data)], sembunyi=("navigation", "toc"))
    isi += [judul(2, "Capaian indikator per periode"), tabel_indikator(data, bidang.id, jalur)]
    isi += _anggaran(data, bidang.id)
    isi += _persetujuan(data, bidang.id)
    return halaman(jalur, isi, sembunyi=("navigation",))


def daftar_indikator(data: DataSitus) -> Halaman:
    """``indikator/index.md``: every indikator under its bidang, with its newest figure."""
    jalur = "indikator/index.md"
    isi = parts.kepala(data, "Bidang dan indikator")
    p = data.terbaru
    if p is None:
        return halaman(jalur, [*isi, parts.belum_terbit(data)], sembunyi=("navigation", "toc"))
    kolom = (
        Kolom("Indikator", kepala=True),
        Kolom("Satuan"),
        Kolom(f"Capaian {parts.nama_periode(data, p)}", angka=True),
        Kolom("Kategori atau alasan"),
    )
    baris: list[Baris] = []
    semua = data.indikator()
    for b in data.bidang():
        milik = [i for i in semua if i.bidang == b.id]
        if milik:
            baris.append(Kelompok(b.nama))
            baris += [_baris_daftar(data, p, i, jalur) for i in milik]
    isi.append(parts.pilihan_bidang(data, jalur))
    isi.append(tabel(f"Indikator dan capaian {p.periode.judul}", kolom, baris))
    return halaman(jalur, isi, sembunyi=("navigation", "toc"))


def tabel_indikator(data: DataSitus, bidang: str, dari: str) -> Aman:
    """Capaian of a bidang's indikator, one column a period, newest last."""
    periode = data.periode[-_KOLOM_PERIODE:]
    kolom = [Kolom("Indikator", kepala=True), Kolom("Satuan")]
    kolom += [Kolom(parts.nama_periode(data, p), angka=True) for p in periode]
    baris = []
    for i in (i for i in data.indikator() if i.bidang == bidang):
        nama = tautan(dari, parts.jalur_indikator(i.id), i.nama)
        baris.append((nama, i.satuan, *(_sel_capaian(data, p, i) for p in periode)))
    return tabel("Capaian sampai dengan tiap periode", kolom, baris)


# helpers


def _sel_capaian(data: DataSitus, p: DataPeriode, i: Indikator) -> str:
    c = p.capaian(i.id)
    if c is None:
        return wording.KOSONG
    if c.capaian is None:
        return unsur("span", parts.capaian(c), title=wording.alasan(c))
    return gabung(parts.capaian(c), Aman("<br>"), parts.kategori(data, p, c.kategori))


def _baris_daftar(data: DataSitus, p: DataPeriode, i: Indikator, dari: str) -> tuple[str, ...]:
    nama = tautan(dari, parts.jalur_indikator(i.id), i.nama)
    c = p.capaian(i.id)
    if c is None:
        return (nama, i.satuan, wording.KOSONG, unsur("span", "tidak dilaporkan", "kj-alasan"))
    return (nama, i.satuan, parts.capaian(c), parts.penilaian(data, p, c))


def _anggaran(data: DataSitus, bidang: str) -> Iterator[str]:
    p = data.terbaru
    lembar = p.lembar(bidang) if p else None
    if p is None:
        return
    yield judul(2, f"Anggaran, {p.periode.judul}")
    if lembar is None:
        yield catatan(f"Kertas kerja {p.periode.judul} dari bidang ini belum masuk.", "kj-awas")
        return
    if not lembar.anggaran:
        yield paragraf("Bidang ini tidak memegang sub kegiatan dalam DPA.")
        return
    kolom = (
        Kolom("Sub kegiatan", kepala=True),
        Kolom("Kode"),
        Kolom("Pagu", angka=True),
        Kolom("Realisasi s.d. periode ini", angka=True),
        Kolom("Serapan", angka=True),
        Kolom("Fisik", angka=True),
    )
    r = p.laporan.rekap_bidang(bidang)
    kaki: tuple[str, ...] = ()
    if r is not None:
        uang = (wording.rupiah(r.pagu), wording.rupiah(r.realisasi))
        kaki = ("Jumlah", "", *uang, parts.persen(r.serapan), "")
    baris = [acts.baris_anggaran(a) for a in lembar.anggaran]
    yield tabel(f"Anggaran bidang, {p.periode.judul}", kolom, baris, kaki)


def _persetujuan(data: DataSitus, bidang: str) -> list[str]:
    pasangan = [(p, x) for p in reversed(data.periode) for x in acts.persetujuan_bidang(p, bidang)]
    isi: list[str] = [judul(2, "Tanda tangan atas kertas kerja")]
    if not pasangan:
        return [*isi, paragraf("Belum ada kertas kerja bidang ini yang ditandatangani.")]
    daftar, atas = [x for _, x in pasangan], [p.periode.judul_pendek for p, _ in pasangan]
    isi.append(parts.tabel_persetujuan(data, "Tanda tangan atas kertas kerja", daftar, atas))
    return [*isi, catatan(parts.TIDAK_TERSERTIFIKASI)]
