"""The rules of the checks: one list, and a page for each with a wrong and a right example.

Examples are those that the tests run (``tests/examples``), so that a page cannot promise what no
test proves; they travel as ``assets/contoh-aturan.json``, which ``pytest --bless`` writes.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from kinerja.domain.pemeriksaan import AturanTercatat, ContohAturan
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
    gulir,
    halaman,
    jejak,
    judul,
    paragraf,
    tabel,
    tautan,
    unsur,
)
from kinerja.publishing.pages import parts
from kinerja.publishing.site_data import DataSitus

_RUANG = {
    "berkas": "Berkas dan tempatnya",
    "bentuk": "Bentuk isian",
    "kertas kerja": "Kertas kerja",
    "dokumen lain": "Rencana, anggaran, SPJ, laporan, dan dokumen lain",
    "perubahan": "Perubahan terhadap cabang dasar",
}
_AKIBAT = {
    "galat": "galat: harus diperbaiki sebelum dapat ditandatangani",
    "peringatan": "peringatan: diperiksa dan dijelaskan, tidak menghentikan",
    "catatan": "catatan: perlu diketahui, tidak menghentikan",
}
_DAFTAR = "aturan.md"


def jalur_aturan(id_aturan: str) -> str:
    """``aturan/angka-jelas.md``."""
    return f"aturan/{id_aturan}.md"


def laman_aturan(data: DataSitus) -> Halaman:
    """``aturan.md``: what the checks ask of every document."""
    kolom = (Kolom("Aturan", kepala=True), Kolom("Isi"), Kolom("Tingkat"), Kolom("Dasar"))
    baris: list[Baris] = []
    for ruang in dict.fromkeys(a.ruang for a in data.aturan):
        baris.append(Kelompok(_RUANG.get(ruang, ruang)))
        baris += [
            (
                unsur("code", tautan(_DAFTAR, jalur_aturan(a.id), a.id), id=a.id),
                a.bunyi,
                a.tingkat.value,
                a.dasar or wording.KOSONG,
            )
            for a in data.aturan
            if a.ruang == ruang
        ]
    isi = [
        *parts.kepala(data, "Aturan pemeriksaan"),
        paragraf(
            "Setiap kertas kerja, rencana, dan laporan diperiksa dengan aturan berikut sebelum dapat "
            "ditandatangani. Galat menghentikan; peringatan dan catatan tidak. Nama aturan membawa ke "
            "halamannya, dengan contoh yang salah dan yang benar."
        ),
        tabel("Aturan pemeriksaan", kolom, baris),
    ]
    return halaman(_DAFTAR, isi, sembunyi=("navigation", "toc"))


def laman_satu_aturan(data: DataSitus, a: AturanTercatat) -> Halaman:
    """``aturan/angka-jelas.md``."""
    jalur = jalur_aturan(a.id)
    letak = jejak(jalur, (_DAFTAR, "Aturan pemeriksaan"), kini=a.id)
    isi = [
        *parts.kepala(data, a.id, letak),
        paragraf(unsur("strong", a.bunyi)),
        daftar_istilah(
            [
                ("Tingkat", _AKIBAT[a.tingkat.value]),
                ("Berlaku untuk", _RUANG.get(a.ruang, a.ruang)),
                ("Dasar", a.dasar or "aturan teknis sistem ini, tanpa dasar hukum"),
            ]
        ),
        *_contoh(data.contoh_aturan.get(a.id, ())),
    ]
    return halaman(jalur, isi, sembunyi=("navigation", "toc"))


# helpers


def _contoh(contoh: tuple[ContohAturan, ...]) -> Iterator[str]:
    if not contoh:
        yield catatan("Aturan ini diuji tanpa berkas contoh: contohnya terlalu besar atau tidak tampak.")
        return
    yield judul(2, "Contoh" if len(contoh) == 1 else "Contoh-contoh")
    for c in contoh:
        yield paragraf(gabung("Dalam ", unsur("code", c.berkas)))
        yield _kutipan("Yang salah", c.salah, "kj-salah")
        yield unsur("ul", gabung(*(unsur("li", _pesan(t)) for t in c.temuan)), "kj-temuan")
        if c.benar:
            yield _kutipan("Yang benar", c.benar, "kj-benar")


def _pesan(teks: str) -> Aman:
    """A finding's words, with what it quotes between backticks as code."""
    bagian = teks.split("`")
    return gabung(*(unsur("code", b) if n % 2 else b for n, b in enumerate(bagian)))


def _kutipan(keterangan: str, baris: str, kelas: str) -> Aman:
    """Lines of a file, as they stand: a line end in the page's text would be taken for a blank."""
    isi = Aman("&#10;".join(html.escape(b) or " " for b in baris.split("\n")))
    kepala = unsur("p", keterangan, "kj-subjudul")
    kode = gulir(keterangan, unsur("pre", unsur("code", isi)), kelas)
    return unsur("div", gabung(kepala, kode), "kj-kutipan", data_search_exclude="ya")
