"""Why the strict reader stops, in Indonesian: its rules, and libyaml's faults translated.

It decides the words and the place to point at: an unclosed quote is shown where it opens,
not at the end of the file where libyaml noticed. It leaves out the reading itself
(``yaml_strict``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

import yaml

ATURAN_BACA: dict[str, str] = {
    "berkas-terlalu-besar": "Berkas tidak lebih besar dari 1 MiB.",
    "bukan-utf8": "Berkas disimpan dengan penyandian UTF-8.",
    "huruf-kendali": "Berkas tidak memuat huruf kendali atau pemisah baris yang tak tampak.",
    "tab-terlarang": "Lekukan baris memakai spasi, bukan tab.",
    "yaml-rusak": "Susunan berkas dapat dibaca sebagai YAML.",
    "dokumen-ganda": "Satu berkas memuat satu dokumen.",
    "kunci-ganda": "Nama isian tidak ditulis dua kali di tempat yang sama.",
    "kunci-bukan-teks": "Nama isian berupa teks.",
    "jangkar-terlarang": "Rujukan &, *, dan << tidak dipakai.",
    "tag-terlarang": "Tanda ! di depan nilai dan petunjuk % tidak dipakai.",
    "terlalu-dalam": "Susunan tidak lebih dari 20 tingkat.",
}
"""The reader's own rules, id → wording; each stops the reading and is a ``galat``."""


class Titik(NamedTuple):
    """A 0-based line and column, counted in characters."""

    baris: int
    kolom: int


@dataclass(frozen=True, slots=True)
class Tolakan:
    """One refusal: the rule, where, the text at fault, what is wrong and what to do."""

    aturan: str
    titik: Titik | None
    nilai: str
    pesan: str
    tindakan: str


def galat_yaml(e: yaml.YAMLError, teks: str) -> Tolakan:
    """A libyaml fault as a refusal at the line that a person has to change."""
    konteks, masalah = str(getattr(e, "context", "")), str(getattr(e, "problem", ""))
    tanda = getattr(e, "problem_mark", None)
    if any(k in konteks for k in _TUNJUK_AWAL):
        tanda = getattr(e, "context_mark", None) or tanda
    titik = Titik(tanda.line, tanda.column) if tanda else None
    baris = teks.splitlines()
    kutipan = baris[titik.baris] if titik and titik.baris < len(baris) else ""
    if titik and "\t" in kutipan[: len(kutipan) - len(kutipan.lstrip()) or titik.kolom + 1]:
        return Tolakan("tab-terlarang", titik, kutipan.strip(), *_TAB)
    if "block sequence entries are not allowed" in masalah and _STRIP.search(kutipan):
        return Tolakan("yaml-rusak", titik, kutipan.strip(), *_KOSONG)
    if "cannot start any token" in masalah and titik:
        return _awal_terlarang(titik, kutipan)
    for potongan_konteks, potongan_masalah, pesan, tindakan in _SEBAB:
        if potongan_konteks in konteks and potongan_masalah in masalah:
            return Tolakan("yaml-rusak", titik, kutipan.strip(), pesan, tindakan)
    return Tolakan("yaml-rusak", titik, kutipan.strip(), *_UMUM)


def koma_dalam_angka(teks: str, baris: int, kolom: int) -> tuple[str, str, Titik] | None:
    """The number with a comma that covers a place: as typed, what to write, where it begins."""
    isi = teks.split("\n")[baris]
    cocok = next((c for c in _BERKOMA.finditer(isi) if c.start() < kolom < c.end()), None)
    if cocok is None:
        return None
    utuh, *pecahan = re.split(r", ?", cocok[0])
    if all(len(p) == _RIBUAN for p in pecahan):
        tindakan = f"tulis `{utuh}{''.join(pecahan)}` tanpa koma"
        if len(pecahan) == 1:
            tindakan += f", atau `{utuh}.{pecahan[0]}` bila koma desimal"
    elif len(pecahan) == 1:
        tindakan = f"koma desimal ditulis titik: `{utuh}.{pecahan[0]}`"
    else:
        tindakan = "tulis angkanya tanpa koma, titik untuk desimal"
    return cocok[0], tindakan, Titik(baris, cocok.start())


# helpers

_BERKOMA = re.compile(r"(?<![\w.])-?[0-9]+(?:, ?[0-9]+)+(?![\w.])")
_RIBUAN = 3
_STRIP = re.compile(r":\s+-\s*(?:#.*)?\r?\Z")
_TUNJUK_AWAL = ("quoted scalar", "simple key", "flow sequence", "flow mapping")
_TAB = ("ada tab di tempat spasi", "ganti tab dengan spasi")
_KOSONG = (
    "tanda `-` di sini memulai daftar, bukan berarti kosong",
    "tulis `null` bila belum ada angkanya, `0` bila hasilnya nol",
)
_UMUM = ("susunan baris ini tidak terbaca", "bandingkan dengan baris sejenis yang benar")
_LURUSKAN = "samakan spasi di awal baris dengan baris sejenis di atasnya"
_SEBAB = (
    ("quoted scalar", "unknown escape",
     "garis miring terbalik di dalam tanda kutip ganda tidak dikenal",
     "tulis dua kali (\\\\), atau pakai tanda kutip tunggal"),
    ("quoted scalar", "hexdecimal", "kode huruf sesudah \\x atau \\u tidak lengkap",
     "tulis hurufnya langsung"),
    ("quoted scalar", "Unicode", "kode huruf sesudah \\u tidak ada", "tulis hurufnya langsung"),
    ("quoted scalar", "", "tanda kutip yang dibuka di sini tidak ditutup",
     "tutup tanda kutipnya pada akhir nilai"),
    ("simple key", "expected ':'", "titik dua sesudah nama isian tidak ada",
     "tulis nama isian, titik dua, spasi, lalu nilainya"),
    ("flow sequence", "", "kurung siku yang dibuka di sini tidak ditutup atau kurang koma",
     "tutup dengan ] dan pisahkan isinya dengan koma"),
    ("flow mapping", "", "kurung kurawal yang dibuka di sini tidak ditutup atau kurang koma",
     "tutup dengan } dan pisahkan isinya dengan koma"),
    ("", "mapping values are not allowed", "ada titik dua yang tidak pada tempatnya",
     f"apit nilai yang memuat titik dua dengan tanda kutip, atau {_LURUSKAN}"),
    ("", "block sequence entries are not allowed", "tanda hubung butir daftar tidak pada tempatnya",
     "tulis butir daftar pada baris sendiri, di bawah nama isiannya"),
    ("block mapping", "expected key", "baris ini tidak lurus dengan isian di atasnya", _LURUSKAN),
    ("block collection", "", "butir daftar ini tidak lurus dengan butir di atasnya", _LURUSKAN),
    ("block scalar", "", "teks panjang sesudah | atau > tidak ditulis dengan benar",
     "mulai teksnya pada baris berikut, menjorok dua spasi"),
    ("anchor", "", "tanda & tidak boleh memulai nilai", "apit nilainya dengan tanda kutip"),
    ("alias", "", "tanda * tidak boleh memulai nilai", "apit nilainya dengan tanda kutip"),
    ("tag", "", "tanda ! tidak boleh memulai nilai", "apit nilainya dengan tanda kutip"),
    ("directive", "", "tanda % tidak boleh memulai baris", "hapus baris ini"),
    ("", "document start", "ada isi sesudah akhir dokumen", "hapus baris ini"),
)  # fmt: skip


def _awal_terlarang(titik: Titik, kutipan: str) -> Tolakan:
    huruf = kutipan[titik.kolom : titik.kolom + 1]
    if huruf == "\t":
        return Tolakan("tab-terlarang", titik, kutipan.strip(), *_TAB)
    return Tolakan(
        "yaml-rusak", titik, kutipan.strip(), f"nilai tidak boleh dimulai dengan {huruf}",
        "apit nilainya dengan tanda kutip",
    )  # fmt: skip
