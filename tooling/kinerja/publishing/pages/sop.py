"""The SOP: its head, its eight steps as a swimlane with real times, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence

from kinerja.domain.tata_kelola import LangkahSop, Sop
from kinerja.publishing import wording
from kinerja.publishing.markup import (
    Aman,
    Halaman,
    Kolom,
    catatan,
    daftar_istilah,
    gabung,
    gulir,
    halaman,
    judul,
    paragraf,
    tabel,
    unsur,
)
from kinerja.publishing.pages import acts, parts
from kinerja.publishing.site_data import DataPeriode, DataSitus
from kinerja.publishing.swimlane import Catatan, swimlane

JALUR = "sop.md"


def laman_sop(data: DataSitus) -> Halaman:
    """``sop.md``."""
    s, p = data.sop, data.terbaru
    isi = [*parts.kepala(data, parts.nama_sop(s)), _kepala(s), judul(2, "Alur"), _keterangan(p)]
    isi.append(gulir(f"Diagram alir {parts.nama_sop(s)}", swimlane(s, nyata(data, p))))
    isi += [judul(2, "Delapan langkah"), _tabel(data, s)]
    if p is not None:
        isi += [judul(2, f"Pelaksanaan {p.periode.judul}"), acts.tabel_langkah(data, p)]
    isi += [judul(2, "Isi SOP"), *_daftar(s)]
    if s.catatan:
        isi.append(catatan(gabung(*s.catatan, antara=" ")))
    return halaman(JALUR, isi, sembunyi=("navigation", "toc"))


def nyata(data: DataSitus, p: DataPeriode | None) -> dict[int, Catatan]:
    """What happened at each step: the last finish, and how many bidang were done or late."""
    hasil: dict[int, Catatan] = {}
    for langkah in data.sop.langkah:
        baris = [x for x in acts.langkah_ikut(p) if x.nomor == langkah.nomor] if p else []
        selesai = [x.selesai for x in baris if x.selesai is not None]
        if not baris:
            continue
        terlambat = sum(x.terlambat for x in baris)
        akhir = max(selesai).astimezone(data.zona) if len(selesai) == len(baris) else None
        atas = "belum selesai" if akhir is None else f"{wording.tanggal(akhir)} {akhir:%H.%M}"
        bawah = _bawah(len(baris), len(selesai), terlambat)
        hasil[langkah.nomor] = Catatan(atas, bawah, terlambat > 0)
    return hasil


# helpers


def _bawah(jumlah: int, selesai: int, terlambat: int) -> str:
    if jumlah == 1:
        return "terlambat" if terlambat else ("tepat waktu" if selesai else "")
    akhir = f", {terlambat} terlambat" if terlambat else ""
    return f"{selesai} dari {jumlah} bidang{akhir}"


def _keterangan(p: DataPeriode | None) -> Aman:
    teks = (
        "Kotak berarti kegiatan, belah ketupat berarti pemeriksaan. Garis putus-putus adalah "
        "jawaban Tidak: naskah kembali kepada jabatan yang disebut SOP."
    )
    if p is not None:
        teks += f" Kolom Pelaksanaan memuat waktu nyata {p.periode.judul}."
    return paragraf(teks)


def _kepala(s: Sop) -> Aman:
    revisi = "belum pernah" if s.tanggal_revisi is None else wording.tanggal(s.tanggal_revisi)
    o = s.disahkan_oleh
    nip = f", NIP {o.nip}" if o.nip else ""
    return daftar_istilah(
        [
            ("Nomor SOP", s.nomor),
            ("Unit", s.unit),
            ("Tanggal pembuatan", wording.tanggal(s.tanggal_pembuatan)),
            ("Tanggal revisi", revisi),
            ("Tanggal efektif", wording.tanggal(s.tanggal_efektif)),
            ("Disahkan oleh", f"{o.jabatan}: {o.nama}, {o.pangkat}{nip}"),
        ]
    )


def _tabel(data: DataSitus, s: Sop) -> Aman:
    kolom = (
        Kolom("No", angka=True),
        Kolom("Kegiatan", kepala=True),
        Kolom("Pelaksana"),
        Kolom("Kelengkapan"),
        Kolom("Waktu"),
        Kolom("Keluaran"),
        Kolom("Keputusan"),
        Kolom("Perintah"),
    )
    lajur = {x.id: x.nama for x in s.pelaksana}
    baris = [
        (
            str(x.nomor),
            x.kegiatan,
            lajur.get(x.pelaksana, data.jabatan.nama(x.pelaksana)),
            gabung(*x.kelengkapan, antara=", "),
            x.waktu.teks,
            x.keluaran,
            _keputusan(x),
            unsur("code", f"kinerja {x.perintah}", "kj-utuh"),
        )
        for x in s.langkah
    ]
    return tabel("Delapan langkah menurut SOP", kolom, baris)


def _keputusan(x: LangkahSop) -> str:
    if x.keputusan is None:
        return x.keterangan or ""
    return f"Ya: langkah {x.keputusan.ya}. Tidak: kembali ke langkah {x.keputusan.tidak}."


def _daftar(s: Sop) -> list[str]:
    bagian: list[tuple[str, Sequence[str]]] = [
        ("Dasar hukum", s.dasar_hukum),
        ("Kualifikasi pelaksana", s.kualifikasi),
        ("Keterkaitan", s.keterkaitan),
        ("Peralatan dan perlengkapan", s.peralatan),
        ("Peringatan", s.peringatan),
        ("Pencatatan dan pendataan", s.pencatatan),
    ]
    hasil: list[str] = []
    for nama, butir in bagian:
        if butir:
            hasil.append(judul(3, nama))
            daftar = unsur("ol", gabung(*(unsur("li", b) for b in butir)))
            hasil.append(unsur("div", daftar, "kj-teks"))
    return hasil
