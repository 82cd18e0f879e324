"""Reference pages: the archive register and the method of calculation."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.calculation.formulas import RUMUS, Pokok
from kinerja.domain.tata_kelola import Skala, TargetNol
from kinerja.publishing import wording
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
    sidik,
    tabel,
    unsur,
)
from kinerja.publishing.pages import parts
from kinerja.publishing.site_data import DataPeriode, DataSitus


def laman_arsip(data: DataSitus) -> Halaman:
    """``arsip.md``: every archive with its digest, its receipt and how to verify it."""
    jalur = "arsip.md"
    isi = parts.kepala(data, "Arsip")
    isi.append(
        paragraf(
            "Setiap laporan yang dikirim disimpan sebagai satu arsip bertanda tangan. Siapa pun "
            "yang memegang berkas arsip dapat memeriksanya sendiri, tanpa jaringan."
        )
    )
    if not data.periode:
        return halaman(jalur, [*isi, parts.belum_terbit(data)], sembunyi=("navigation", "toc"))
    zona = wording.singkatan_zona(data.tanggal, data.zona)
    kolom = (
        Kolom("Periode", kepala=True),
        Kolom("Berkas"),
        Kolom("Ukuran", angka=True),
        Kolom(f"Dikirim ({zona})"),
        Kolom(f"Tanda terima ({zona})"),
        Kolom("SHA-256"),
    )
    baris = [_baris_arsip(data, p, jalur) for p in reversed(data.periode)]
    isi.append(tabel("Daftar arsip", kolom, baris))
    perintah = [unsur("code", _perintah(p)) for p in reversed(data.periode)]
    daftar = unsur("ul", gabung(*(unsur("li", x) for x in perintah)))
    isi += [
        judul(2, "Memeriksa arsip"),
        paragraf(
            "Jalankan perintah berikut di komputer yang memegang arsip. Jawabannya SAH, TIDAK SAH, "
            "atau TIDAK DAPAT DIPASTIKAN, dengan alasan pada setiap baris."
        ),
        unsur("div", daftar, "kj-teks"),
        catatan(
            "Sidik pada halaman ini hanya pembanding. Berkas kunci tepercaya harus didapat dari "
            "jalan lain, misalnya surat resmi, bukan dari situs yang sama."
        ),
        catatan(parts.TIDAK_TERSERTIFIKASI),
    ]
    return halaman(jalur, isi, sembunyi=("navigation", "toc"))


def laman_metodologi(data: DataSitus) -> Halaman:
    """``metodologi.md``: formulas, scales, what is done with what is missing."""
    isi = [
        *parts.kepala(data, "Cara menghitung"),
        paragraf(
            "Setiap indikator menyebut rumusnya sendiri dalam kamus indikator. Rumus yang dasar "
            "hukumnya belum ditetapkan disebut demikian; penetapannya wewenang perangkat daerah. "
            "Peraturan baru menambah rumus dengan tanggal berlakunya sendiri, tidak mengubah yang lama."
        ),
        *_rumus(),
        judul(2, "Kategori"),
        paragraf(
            "Kategori ditentukan dari nilai yang sudah dibulatkan dua angka di belakang koma; "
            "batas bawah termasuk ke dalam kelasnya, sehingga tidak ada celah antarkelas."
        ),
        *(_skala(s) for s in data.kebijakan.skala),
        judul(2, "Pembulatan dan nilai yang tidak ada"),
        _kebijakan(data),
    ]
    return halaman("metodologi.md", isi, sembunyi=("navigation",))


# helpers


def _rumus() -> Iterator[str]:
    """A table of formulas for each subject."""
    kolom = (
        Kolom("Rumus", kepala=True),
        Kolom("Hitungan"),
        Kolom("Hasil"),
        Kolom("Dasar"),
        Kolom("Berlaku sejak"),
    )
    for pokok in Pokok:
        yield judul(2, pokok.value)
        baris = [
            (r.nama, unsur("span", r.rumus, "kj-rumus"), r.satuan, r.sumber, wording.tanggal(r.berlaku))
            for r in RUMUS
            if r.pokok is pokok
        ]
        yield tabel(f"Rumus yang dipakai: {pokok.value}", kolom, baris)


def _perintah(p: DataPeriode) -> str:
    return f"kinerja verify {p.kirim.arsip} --percaya kunci-tepercaya.txt"


def _baris_arsip(data: DataSitus, p: DataPeriode, dari: str) -> tuple[str, ...]:
    k = p.kirim
    terima: str = unsur("span", "belum tercatat", "kj-awas-teks")
    if k.tanda_terima is not None:
        t = k.tanda_terima
        terima = gabung(t.nomor, Aman("<br>"), wording.saat_pendek(t.diterima, data.zona))
    return (
        parts.tautan_periode(data, dari, p),
        unsur("code", k.arsip),
        wording.ukuran(k.ukuran),
        unsur("span", wording.saat_pendek(k.dikirim, data.zona), "kj-utuh"),
        terima,
        sidik(k.sha256, 64),
    )


def _skala(s: Skala) -> Aman:
    kolom = (Kolom("Kelas", kepala=True), Kolom("Batas bawah", angka=True))
    baris = [
        (k.nama, "di bawahnya" if k.batas_bawah is None else parts.persen(k.batas_bawah))
        for k in s.kelas
    ]
    masa = f"berlaku sejak {wording.tanggal(s.mulai)}"
    if s.selesai is not None:
        masa += f" sampai sebelum {wording.tanggal(s.selesai)}"
    return tabel(f"Skala {s.id} versi {s.versi}, {s.sumber}, {masa}", kolom, baris)


def _kebijakan(data: DataSitus) -> Aman:
    h = data.kebijakan.perhitungan
    nol = {
        TargetNol.TIDAK_DAPAT_DIHITUNG: "capaian tidak dapat dihitung, dan dikatakan demikian",
        TargetNol.TERCAPAI_BILA_NOL: "realisasi nol berarti 100 %, selain itu 0 %",
    }[h.target_nol]
    batas = "tidak dibatasi" if h.batas_atas is None else f"dibatasi {parts.persen(h.batas_atas)}"
    bawah, atas = parts.persen(h.batas_penjelasan_bawah), parts.persen(h.batas_penjelasan_atas)
    return daftar_istilah(
        [
            ("Pembulatan", "sekali, saat ditampilkan: dua angka, setengah dibulatkan ke atas"),
            ("Belum diisi", "bukan nol; tidak ikut rata-rata, dan jumlah yang dihitung disebut"),
            ("Target nol", nol),
            ("Capaian dalam rata-rata", batas),
            ("Penjelasan wajib", f"bila capaian di bawah {bawah} atau di atas {atas}"),
        ]
    )
