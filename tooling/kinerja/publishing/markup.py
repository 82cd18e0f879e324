"""Markup of the site: escaped text, tables, links, tiles. Everything from data passes here.

It decides how a value becomes HTML inside a Markdown page, so that text written by people is
always shown as text. Blocks are raw HTML, which Markdown leaves alone; headings are Markdown,
so that tables of contents and search see them. It leaves out what a page says (``pages``).

Example:
    >>> lolos("<b>tebal</b>")
    '&lt;b&gt;tebal&lt;/b&gt;'
    >>> judul(2, "Nilai *akhir*")
    '## Nilai &#42;akhir&#42;'
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

_KENDALI = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control and direction characters: they show nothing, or something other than what they are."""

_SELA = re.compile(r"[ \t\n\v\f\r]+")
_KHUSUS = re.compile(f"[&<>\"'\t-\r]|  |\\A | \\Z|{_KENDALI.pattern}")
"""What makes a text need any work; most values need none."""

_TABEL = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_MARKDOWN = re.compile(r"[\\`*_{}\[\]()#+\-.!|~:^=&\"']")


class Aman(str):
    """Markup made by this module: not escaped again."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Halaman:
    """One page: its path below ``docs_dir`` and its Markdown."""

    jalur: str
    isi: str


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column: its heading, whether it holds numbers, whether it names the row."""

    judul: str
    angka: bool = False
    kepala: bool = False


@dataclass(frozen=True, slots=True)
class Kelompok:
    """A row that names the rows below it."""

    judul: str


Baris = Sequence[str] | Kelompok


def lolos(teks: str) -> Aman:
    """Text as HTML; markup of ours is left alone."""
    if isinstance(teks, Aman):
        return teks
    return Aman(html.escape(bersih(teks)) if _KHUSUS.search(teks) else teks)


def bersih(teks: str) -> str:
    """Text without control characters, on one line; spaces that do not break stay."""
    return _SELA.sub(" ", _KENDALI.sub("", teks)).strip(" ")


def gabung(*bagian: str, antara: str = "") -> Aman:
    """Parts as one piece of markup; plain text among them is escaped, ``antara`` is ours."""
    return Aman(antara.join([lolos(b) for b in bagian]))


def unsur(nama: str, isi: str, kelas: str = "", **atribut: str) -> Aman:
    """An element; ``aria_label`` becomes ``aria-label``."""
    teks = f' class="{lolos(kelas)}"' if kelas else ""
    for k, v in atribut.items():
        teks += f' {k.replace("_", "-")}="{lolos(v)}"'
    return Aman(f"<{nama}{teks}>{lolos(isi)}</{nama}>")


def judul(tingkat: int, teks: str) -> str:
    """A Markdown heading whose text no Markdown reader interprets.

    Angle brackets become guillemets: themes take a page's title from its heading through
    filters that turn escaped brackets back into markup (Jinja's ``striptags``).
    """
    jinak = bersih(teks).replace("<", "\u2039").replace(">", "\u203a")
    aman = _MARKDOWN.sub(lambda m: f"&#{ord(m[0])};", jinak)
    return f"{'#' * tingkat} {aman}"


def halaman(jalur: str, bagian: Iterable[str], sembunyi: Sequence[str] = ()) -> Halaman:
    """A page from its blocks; ``sembunyi`` names sidebars that the theme leaves out."""
    depan = "".join(f"  - {s}\n" for s in sembunyi)
    isi = "\n\n".join(b for b in bagian if b)
    return Halaman(jalur, (f"---\nhide:\n{depan}---\n\n" if depan else "") + isi + "\n")


@lru_cache(maxsize=4096)
def alamat(dari: str, ke: str) -> str:
    """Relative address from one page to another, both given as paths of Markdown files."""
    berkas, pagar, jangkar = ke.partition("#")
    tujuan = re.sub(r"\.md\Z", ".html", berkas)
    asal, tuju = dari.split("/")[:-1], tujuan.split("/")
    sama = 0
    while sama < min(len(asal), len(tuju) - 1) and asal[sama] == tuju[sama]:
        sama += 1
    return "/".join([".."] * (len(asal) - sama) + tuju[sama:]) + pagar + jangkar


def tautan(dari: str, ke: str, teks: str) -> Aman:
    """A link between two pages."""
    return unsur("a", teks, href=alamat(dari, ke))


def jejak(dari: str, *induk: tuple[str, str], kini: str) -> Aman:
    """Where this page stands: links to the pages above it."""
    butir = [unsur("li", tautan(dari, ke, teks)) for ke, teks in induk]
    butir.append(Aman(f'<li aria-current="page">{lolos(kini)}</li>'))
    return unsur("nav", unsur("ol", gabung(*butir)), "kj-jejak", aria_label="Letak halaman")


def paragraf(isi: str, kelas: str = "") -> Aman:
    """A paragraph, as a block of its own."""
    return unsur("div", unsur("p", isi), kelas or "kj-teks")


def catatan(isi: str, kelas: str = "") -> Aman:
    """A boxed remark."""
    return unsur("div", unsur("p", isi), f"kj-catatan {kelas}".strip(), role="note")


def tabel(
    keterangan: str, kolom: Sequence[Kolom], baris: Iterable[Baris], kaki: Sequence[str] = ()
) -> Aman:
    """A table in a container of its own that scrolls and can be focused (WCAG 2.1.1)."""
    kepala = gabung(*(_sel("th", k, k.judul, scope="col") for k in kolom), antara=" ")
    isi = [_baris(kolom, b) for b in baris]
    kosong = Aman(f'<tr><td colspan="{len(kolom)}">Belum ada data.</td></tr>')
    bagian = [
        unsur("caption", keterangan),
        unsur("thead", unsur("tr", kepala)),
        unsur("tbody", Aman("\n".join(isi or [kosong]))),
    ]
    if kaki:
        bagian.append(unsur("tfoot", _baris(kolom, kaki)))
    isi_tabel = unsur("table", Aman("\n".join(bagian)), "kj-tabel")
    return gulir(keterangan, isi_tabel)


def gulir(keterangan: str, isi: Aman, kelas: str = "") -> Aman:
    """A region that scrolls sideways by touch, mouse and keyboard."""
    nama = f"kj-gulir {kelas}".strip()
    return unsur("div", isi, nama, role="region", tabindex="0", aria_label=bersih(keterangan))


def lipatan(ringkasan: str, isi: Aman, **atribut: str) -> Aman:
    """A part that opens on demand."""
    return unsur("details", gabung(unsur("summary", ringkasan), isi), "kj-lipat", **atribut)


def gulirkan_tabel(isi: str) -> str:
    """Rendered HTML of a hand-written page with its plain tables in scrolling regions."""
    nomor = count(1)

    def ganti(cocok: re.Match[str]) -> str:
        return gulir(f"Tabel {next(nomor)}", unsur("table", Aman(cocok[1]), "kj-tabel"))

    return _TABEL.sub(ganti, isi)


def daftar_istilah(pasangan: Iterable[tuple[str, str]], kelas: str = "kj-rincian") -> Aman:
    """Names and their values; pairs without a value are left out."""
    butir = [
        unsur("div", gabung(unsur("dt", nama), unsur("dd", nilai), antara=" "))
        for nama, nilai in pasangan
        if nilai
    ]
    return unsur("dl", Aman("\n".join(butir)), kelas)


def sidik(nilai: str, panjang: int = 12) -> Aman:
    """A digest, shortened, with the whole of it on demand."""
    if len(nilai) <= panjang:
        return unsur("code", nilai)
    return unsur("code", f"{nilai[:panjang]}…", "kj-utuh", title=nilai)


# helpers


def _baris(kolom: Sequence[Kolom], baris: Baris) -> Aman:
    if isinstance(baris, Kelompok):
        sel = f'<th scope="colgroup" colspan="{len(kolom)}">{lolos(baris.judul)}</th>'
        return Aman(f'<tr class="kj-kelompok">{sel}</tr>')
    sel_sel = [
        _sel("th", k, isi, scope="row") if k.kepala else _sel("td", k, isi)
        for k, isi in zip(kolom, baris, strict=True)
    ]
    return unsur("tr", gabung(*sel_sel, antara=" "))


def _sel(nama: str, kolom: Kolom, isi: str, **atribut: str) -> Aman:
    return unsur(nama, isi, "kj-angka" if kolom.angka else "", **atribut)
