"""The page of one period: figures, reasons, money, narrative. Who acted is in ``acts``."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.domain.kertas_kerja import BarisIndikator
from kinerja.domain.laporan import BarisCapaian, Rekap
from kinerja.domain.perencanaan import Indikator
from kinerja.publishing import wording
from kinerja.publishing.markup import (
    Aman,
    Baris,
    Halaman,
    Kelompok,
    Kolom,
    daftar_istilah,
    gabung,
    halaman,
    jejak,
    judul,
    lipatan,
    paragraf,
    sidik,
    tabel,
    tautan,
    unsur,
)
from kinerja.publishing.pages import acts, comparison, home, parts
from kinerja.publishing.prose import prosa
from kinerja.publishing.site_data import DataPeriode, DataSitus, Unduhan


def laman_periode(data: DataSitus, p: DataPeriode) -> Halaman:
    """``periode/2024-tw1.md``."""
    jalur = parts.jalur_periode(p)
    rekap = p.laporan.rekap_bidang("semua")
    induk = (("index.md", "Beranda"), ("periode/index.md", "Laporan"))
    letak = jejak(jalur, *induk, kini=p.periode.judul_pendek)
    isi = [
        *parts.kepala(data, f"Laporan Kinerja {p.periode.judul}", letak, p.laporan.status),
        _identitas(data, p),
        home.peringatan_tanpa(data, p),
        *_narasi("Pendahuluan", p.laporan.narasi.pendahuluan),
        judul(2, "Ringkasan"),
        home.petak(data, p, rekap) if rekap else "",
        *home.ringkas_bidang(data, p, jalur),
        judul(2, "Capaian indikator"),
        tabel_capaian(data, p, jalur),
        *comparison.rekap_kelompok(data, p),
        *_penjelasan(data, p),
        *_narasi("Analisis", p.laporan.narasi.analisis),
        *_anggaran(data, p),
        *comparison.efisiensi_dinas(p),
        *_narasi("Penutup", p.laporan.narasi.penutup),
        *acts.persetujuan(data, p),
        *acts.pelaksanaan(data, p),
        *acts.pengiriman(data, p),
        *_unduhan(p, jalur),
        *_masukan(p),
        *_sunting(data, p),
    ]
    return halaman(jalur, isi, sembunyi=("navigation",))


def tabel_capaian(data: DataSitus, p: DataPeriode, dari: str) -> Aman:
    """Every indikator of the period, by bidang; to-date columns where they differ."""
    sd = any(b.target != b.target_sd or b.realisasi != b.realisasi_sd for b in p.laporan.capaian)
    kolom = [
        Kolom("Indikator", kepala=True),
        Kolom("Satuan"),
        Kolom("Target", angka=True),
        Kolom("Realisasi", angka=True),
    ]
    if sd:
        kolom += [Kolom("Target s.d.", angka=True)]
        kolom += [Kolom("Realisasi s.d.", angka=True)]
    kolom += [Kolom("Capaian", angka=True), Kolom("Kategori atau alasan")]
    baris: list[Baris] = []
    for b in data.bidang():
        milik = [c for c in p.laporan.capaian if c.bidang == b.id]
        if milik:
            baris.append(Kelompok(b.nama))
            baris += [_baris_capaian(data, p, c, dari, sd) for c in milik]
    judul_tabel = f"Capaian indikator, {p.periode.judul}"
    if sd:
        judul_tabel += " (s.d. = sampai dengan periode ini)"
    return tabel(judul_tabel, kolom, baris)


# helpers


def _identitas(data: DataSitus, p: DataPeriode) -> Aman:
    x = p.laporan
    ralat = f", menggantikan {x.menggantikan}" if x.menggantikan else ""
    return daftar_istilah(
        [
            ("Nomor", x.nomor or "belum bernomor"),
            ("Versi", f"{x.versi}{ralat}"),
            ("Disusun", wording.saat(x.disusun, data.zona)),
            ("Rencana", _versi_rencana(p)),
            ("Anggaran", _versi_anggaran(p)),
        ]
    )


def _versi_rencana(p: DataPeriode) -> str:
    if not p.rencana.versi:
        return ""
    v = p.rencana.versi_pada(p.periode)
    return f"{v.nama} ({v.dasar.nomor})"


def _versi_anggaran(p: DataPeriode) -> str:
    if p.anggaran is None or not p.anggaran.versi:
        return ""
    v = p.anggaran.versi_pada(p.periode)
    return f"{v.nama} ({v.dasar.nomor})"


def _baris_capaian(
    data: DataSitus, p: DataPeriode, c: BarisCapaian, dari: str, sd: bool
) -> tuple[str, ...]:
    i = p.rencana.cari(c.id)
    sel = [
        tautan(dari, parts.jalur_indikator(c.id), i.nama if i else c.id),
        i.satuan if i else wording.KOSONG,
        wording.target(c.target, i),
        wording.nilai(c.realisasi),
    ]
    if sd:
        sel += [wording.target(c.target_sd, i), wording.nilai(c.realisasi_sd)]
    return (*sel, parts.capaian(c), parts.penilaian(data, p, c))


def _penjelasan(data: DataSitus, p: DataPeriode) -> Iterator[str]:
    """What staff wrote beside the figures."""
    terisi = [
        (i, baris)
        for k in p.kertas_kerja
        for baris in k.indikator
        if (i := p.rencana.cari(baris.id)) and _ada_penjelasan(baris)
    ]
    if not terisi:
        return
    yield judul(2, "Penjelasan dan tindak lanjut")
    for i, baris in terisi:
        yield _satu_penjelasan(data, i, baris)


def _ada_penjelasan(b: BarisIndikator) -> bool:
    return bool(b.penjelasan or b.faktor_pendorong or b.faktor_penghambat or b.tindak_lanjut)


def _satu_penjelasan(data: DataSitus, i: Indikator, b: BarisIndikator) -> Aman:
    tindak = ""
    if b.tindak_lanjut is not None:
        t = b.tindak_lanjut
        tindak = (
            f"{t.uraian} (penanggung jawab: {data.jabatan.nama(t.penanggung_jawab)}, "
            f"paling lambat {wording.tanggal(t.tenggat)})"
        )
    rincian = daftar_istilah(
        [
            ("Penjelasan", b.penjelasan or ""),
            ("Faktor pendorong", b.faktor_pendorong or ""),
            ("Faktor penghambat", b.faktor_penghambat or ""),
            ("Tindak lanjut", tindak),
        ]
    )
    nama = unsur("p", f"{i.nama} ({data.nama_bidang(i.bidang)})", "kj-subjudul")
    return unsur("div", gabung(nama, rincian), "kj-penjelasan")


def _anggaran(data: DataSitus, p: DataPeriode) -> Iterator[str]:
    kolom = (
        Kolom("Bidang dan sub kegiatan", kepala=True),
        Kolom("Kode"),
        Kolom("Pagu", angka=True),
        Kolom("Realisasi s.d. periode ini", angka=True),
        Kolom("Serapan", angka=True),
        Kolom("Fisik", angka=True),
    )
    baris: list[Baris] = []
    for k in p.kertas_kerja:
        if k.anggaran:
            baris.append(Kelompok(data.nama_bidang(k.bidang)))
            baris += [acts.baris_anggaran(a) for a in k.anggaran]
    if not baris:
        return
    semua = p.laporan.rekap_bidang("semua")
    kaki: tuple[str, ...] = ()
    if semua is not None:
        uang = (wording.rupiah(semua.pagu), wording.rupiah(semua.realisasi))
        kaki = ("Perangkat daerah", "", *uang, parts.persen(semua.serapan), "")
    jumlah = sum(len(k.anggaran) for k in p.kertas_kerja)
    daftar = tabel(f"Pagu dan realisasi anggaran, {p.periode.judul}", kolom, baris, kaki)
    yield judul(2, "Anggaran")
    if semua is not None:
        yield paragraf(f"Realisasi sampai dengan periode ini {home.uang(semua)}{_serapan(semua)}.")
    yield lipatan(f"Rincian {jumlah} sub kegiatan", daftar)


def _serapan(rekap: Rekap) -> str:
    return "" if rekap.serapan is None else f", terserap {parts.persen(rekap.serapan)}"


def _narasi(nama: str, isi: str) -> list[str]:
    if not isi.strip():
        return []
    return [judul(2, nama), unsur("div", prosa(isi), "kj-narasi")]


def _unduhan(p: DataPeriode, dari: str) -> list[str]:
    if not p.unduhan:
        return []
    butir = gabung(
        *(
            unsur("li", gabung(tautan(dari, u.jalur, u.nama), _kurung(u), antara=" "))
            for u in p.unduhan
        )
    )
    return [judul(2, "Unduhan"), unsur("div", unsur("ul", butir), "kj-unduhan")]


def _kurung(u: Unduhan) -> str:
    return f"({wording.ukuran(len(u.isi))})"


def _masukan(p: DataPeriode) -> list[str]:
    """Digests of every input, out of the search index: nobody searches for a hash."""
    kolom = (Kolom("Berkas", kepala=True), Kolom("SHA-256"))
    baris = [(m.jalur, sidik(m.sha256, 64)) for m in p.laporan.masukan]
    daftar = tabel("Sidik berkas masukan", kolom, baris)
    kalimat = (
        "Laporan mengikat setiap masukannya dengan sidik SHA-256: bila satu huruf berubah, "
        f"sidiknya lain. Dihitung dengan aturan versi {p.laporan.versi_aturan}."
    )
    ringkasan = f"{len(baris)} berkas masukan beserta sidiknya"
    rinci = lipatan(ringkasan, daftar, data_search_exclude="ya")
    return [judul(2, "Masukan laporan"), paragraf(kalimat), rinci]


def _sunting(data: DataSitus, p: DataPeriode) -> list[str]:
    """For staff: the forge's page that edits each bidang's worksheet on its branch."""
    if data.sunting is None:
        return []
    alamat = [
        (b.nama, data.sunting(f"kk/{p.periode.id}/{b.id}", f"{p.periode.folder}/kertas-kerja/{b.id}.yaml"))
        for b in data.bidang()
    ]
    butir = [unsur("li", unsur("a", nama, href=ke, rel="nofollow")) for nama, ke in alamat if ke]
    if not butir:
        return []
    kalimat = (
        "Untuk pegawai yang punya akun. Angka yang sudah ditandatangani berubah hanya lewat ralat yang "
        "disetujui lagi."
    )
    isi = gabung(paragraf(kalimat), unsur("ul", gabung(*butir)))
    return [lipatan("Sunting kertas kerja setiap bidang", isi, data_search_exclude="ya")]
