"""The home page: the newest period's headline, every bidang, every period, who signed."""

from __future__ import annotations

from kinerja.domain.laporan import Rekap
from kinerja.domain.organisasi import BELUM_DITETAPKAN, Status
from kinerja.domain.tata_kelola import Tindakan
from kinerja.publishing import wording
from kinerja.publishing.charts import Batang, batang
from kinerja.publishing.markup import (
    Aman,
    Halaman,
    Kolom,
    catatan,
    daftar_istilah,
    gabung,
    halaman,
    judul,
    paragraf,
    tabel,
    tautan,
    unsur,
)
from kinerja.publishing.pages import parts
from kinerja.publishing.site_data import DataPeriode, DataSitus

JALUR = "index.md"


def beranda(data: DataSitus) -> Halaman:
    """``index.md``."""
    o = data.organisasi
    kop = unsur("div", unsur("p", gabung(o.pemerintah, o.alamat, antara=" · ")), "kj-kop")
    lede = (
        f"Percobaan sistem dengan angka yang diterbitkan, dijalankan menurut {parts.nama_sop(data.sop)}; "
        "persetujuannya diperankan, tidak diberikan oleh pejabat dinas ini."
        if data.status is Status.SIMULASI
        else "Laporan kinerja triwulan dan tahunan. Setiap angka di sini diperiksa, diparaf, dan "
        f"ditandatangani menurut {parts.nama_sop(data.sop)} (Nomor {data.sop.nomor}); siapa, "
        "kapan, dan atas berkas yang mana tercatat di setiap halaman."
    )
    isi = [*parts.kepala(data, o.nama), kop, paragraf(lede, "kj-lede")]
    if o.catatan:
        isi.append(catatan(o.catatan))
    terbaru = data.terbaru
    if terbaru is None:
        isi += [parts.belum_terbit(data), judul(2, "Bidang"), parts.pilihan_bidang(data, JALUR)]
    else:
        isi += [*_sorotan(data, terbaru), *ringkas_bidang(data, terbaru, JALUR)]
        isi += _penanda_tangan(data, terbaru)
        isi += [judul(2, "Semua periode"), tabel_periode(data, JALUR)]
    return halaman(JALUR, isi, sembunyi=("navigation", "toc"))


def daftar_periode(data: DataSitus) -> Halaman:
    """``periode/index.md``: every published period."""
    jalur = "periode/index.md"
    isi = parts.kepala(data, "Laporan kinerja per periode")
    isi.append(tabel_periode(data, jalur) if data.periode else parts.belum_terbit(data))
    return halaman(jalur, isi, sembunyi=("navigation", "toc"))


def petak(data: DataSitus, p: DataPeriode, rekap: Rekap) -> Aman:
    """The headline figures as tiles."""
    kecil = unsur("small", f"dihitung {parts.dihitung(rekap)}")
    kategori = parts.kategori(data, p, rekap.kategori)
    terserap = unsur("small", uang(rekap))
    skala = unsur("small", f"skala {p.laporan.skala}")
    isi = [
        ("Rata-rata capaian", gabung(_rata_rata(rekap), kecil, antara=" ")),
        ("Kategori", gabung(kategori or wording.KOSONG, skala, antara=" ")),
        ("Serapan anggaran", gabung(parts.persen(rekap.serapan), terserap, antara=" ")),
    ]
    return daftar_istilah(isi, "kj-petak")


def ringkas_bidang(data: DataSitus, p: DataPeriode, dari: str) -> list[str]:
    """Bars and table of every bidang in one period."""
    rekap = [r for b in data.bidang() if (r := p.laporan.rekap_bidang(b.id))]
    if not rekap:
        return []
    batang_batang = [
        Batang(
            data.nama_bidang(r.bidang),
            r.rata_rata,
            parts.persen(r.rata_rata),
            parts.kelas_batang(data, p, r.kategori),
        )
        for r in rekap
    ]
    if all(r.rata_rata is None for r in rekap):
        return [tabel_bidang(data, p, dari)]
    gambar = batang(f"Rata-rata capaian per bidang, {p.periode.judul}", batang_batang)
    return [gambar, tabel_bidang(data, p, dari)]


def tabel_bidang(data: DataSitus, p: DataPeriode, dari: str) -> Aman:
    """The totals of every bidang, and of the agency at the foot."""
    kolom = (
        Kolom("Bidang", kepala=True),
        Kolom("Rata-rata capaian", angka=True),
        Kolom("Kategori"),
        Kolom("Indikator dihitung", angka=True),
        Kolom("Pagu", angka=True),
        Kolom("Realisasi anggaran", angka=True),
        Kolom("Serapan", angka=True),
    )
    baris = []
    tanpa = {t.bidang for t in p.laporan.tanpa}
    for b in data.bidang():
        nama = tautan(dari, parts.jalur_bidang(b.id), b.nama)
        r = p.laporan.rekap_bidang(b.id)
        if r is not None:
            baris.append(_sel_rekap(data, p, r, nama))
        elif b.id in tanpa:
            alasan = unsur("span", "kertas kerja belum masuk", "kj-alasan")
            baris.append((nama, wording.KOSONG, alasan, *(wording.KOSONG,) * 4))
    semua = p.laporan.rekap_bidang("semua")
    kaki = _sel_rekap(data, p, semua, "Perangkat daerah") if semua else ()
    return tabel(f"Rekapitulasi per bidang, {p.periode.judul}", kolom, baris, kaki)


def tabel_periode(data: DataSitus, dari: str) -> Aman:
    """Every period, newest first."""
    kolom = (
        Kolom("Periode", kepala=True),
        Kolom("Rata-rata capaian", angka=True),
        Kolom("Kategori"),
        Kolom("Serapan", angka=True),
        Kolom("Ditandatangani"),
        Kolom("Dikirim"),
    )
    baris = [_baris_periode(data, dari, p) for p in reversed(data.periode)]
    return tabel("Periode yang sudah terbit", kolom, baris)


def peringatan_tanpa(data: DataSitus, p: DataPeriode) -> Aman:
    """Who is missing, and why; "" when nobody is."""
    if not p.laporan.tanpa:
        return Aman("")
    butir = gabung(
        *(unsur("li", f"{data.nama_bidang(t.bidang)}: {t.alasan}") for t in p.laporan.tanpa)
    )
    awal = unsur("p", "Laporan ini disusun tanpa kertas kerja bidang berikut:")
    return unsur("div", gabung(awal, unsur("ul", butir)), "kj-catatan kj-awas", role="note")


def uang(rekap: Rekap) -> str:
    """``Rp 1.000 dari Rp 2.000``, or that it cannot be said."""
    if rekap.pagu is None and rekap.realisasi is not None:
        return f"pagu belum ditetapkan; terpakai {wording.rupiah(rekap.realisasi)}"
    if rekap.pagu is None or rekap.realisasi is None:
        return "data anggaran belum lengkap"
    return f"{wording.rupiah(rekap.realisasi)} dari {wording.rupiah(rekap.pagu)}"


# helpers


def _rata_rata(r: Rekap) -> str:
    return "tidak dapat dihitung" if r.rata_rata is None and r.total else parts.persen(r.rata_rata)


def _sorotan(data: DataSitus, p: DataPeriode) -> list[str]:
    rekap = p.laporan.rekap_bidang("semua")
    isi = [judul(2, p.periode.judul), peringatan_tanpa(data, p)]
    if rekap is not None:
        isi.append(petak(data, p, rekap))
    if p.laporan.status not in (Status.RESMI, data.organisasi.status):
        isi.append(catatan(p.laporan.status.penanda, "kj-awas"))
    isi.append(paragraf(tautan(JALUR, parts.jalur_periode(p), f"Baca laporan {p.periode.judul}")))
    return isi


def _penanda_tangan(data: DataSitus, p: DataPeriode) -> list[str]:
    perubahan = f"laporan/{p.periode.id}"
    sah = [x for x in p.persetujuan if x.peristiwa.perubahan == perubahan]
    if not sah:
        return []
    atas = [f"Laporan {p.periode.judul_pendek}"] * len(sah)
    return [
        judul(2, "Siapa yang menandatangani"),
        parts.tabel_persetujuan(data, f"Persetujuan atas laporan {p.periode.judul}", sah, atas),
        catatan(parts.TIDAK_TERSERTIFIKASI),
    ]


def _sel_rekap(data: DataSitus, p: DataPeriode, r: Rekap, nama: str) -> tuple[str, ...]:
    return (
        nama,
        _rata_rata(r),
        parts.kategori(data, p, r.kategori) or wording.KOSONG,
        f"{r.dihitung} dari {r.total}",
        BELUM_DITETAPKAN
        if r.pagu is None and r.realisasi is not None
        else wording.rupiah(r.pagu),
        wording.rupiah(r.realisasi),
        parts.persen(r.serapan),
    )


def _baris_periode(data: DataSitus, dari: str, p: DataPeriode) -> tuple[str, ...]:
    r = p.laporan.rekap_bidang("semua")
    teken = next(
        (
            x.peristiwa
            for x in reversed(p.persetujuan)
            if x.peristiwa.tindakan is Tindakan.TANDA_TANGAN
            and x.peristiwa.perubahan == f"laporan/{p.periode.id}"
        ),
        None,
    )
    oleh = wording.KOSONG
    if teken is not None:
        jabatan = f"{teken.sebutan.awalan}{data.jabatan.nama(teken.jabatan)}"
        oleh = f"{parts.pelaku(data, teken)}, {jabatan}"
    return (
        parts.tautan_periode(data, dari, p),
        parts.persen(r.rata_rata if r else None),
        (parts.kategori(data, p, r.kategori) if r else "") or wording.KOSONG,
        parts.persen(r.serapan if r else None),
        oleh,
        wording.tanggal(p.kirim.dikirim.astimezone(data.zona).date()),
    )
