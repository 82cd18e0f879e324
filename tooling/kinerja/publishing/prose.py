"""What people write, shown safely: a small part of Markdown, everything else as text.

It decides which marks of a narrative are honoured: paragraphs, lists, headings, bold and
italics. Links, images and HTML are shown as they were typed: a signed narrative must not
fetch anything, run anything or lead anywhere (DESIGN: nothing at run time from a network).

Example:
    >>> prosa("Capaian **naik**.")
    '<p>Capaian <strong>naik</strong>.</p>'
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kinerja.publishing.markup import Aman, lolos, unsur

_BUTIR = re.compile(r"\s{0,3}[-*+]\s+(.*)\Z")
_NOMOR = re.compile(r"\s{0,3}[0-9]{1,3}[.)]\s+(.*)\Z")
_JUDUL = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\Z")
_TEBAL = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_MIRING = re.compile(r"(?<![\w*])[*_](?=\S)([^*_<]+?)(?<=\S)[*_](?![\w*])")


def prosa(teks: str, tingkat_judul: int = 4) -> Aman:
    """The narrative as HTML; its headings stand at ``tingkat_judul``."""
    hasil: list[Aman] = []
    for kelompok in re.split(r"\n\s*\n", teks.replace("\r\n", "\n").strip()):
        hasil += _kelompok([b for b in kelompok.split("\n") if b.strip()], tingkat_judul)
    return Aman("\n".join(hasil))


# helpers


def _kelompok(baris: list[str], tingkat: int) -> list[Aman]:
    """One group of lines: runs of plain lines, of list items, of headings."""
    hasil: list[Aman] = []
    jenis, isi = "", list[str]()
    for b in baris:
        baru, teks = _jenis(b)
        lanjutan = baru == "p" and jenis in {"ul", "ol"} and b.startswith((" ", "\t"))
        if lanjutan:
            isi[-1] += f" {teks}"
            continue
        if baru != jenis or baru == "h":
            hasil += _tutup(jenis, isi, tingkat)
            jenis, isi = baru, []
        isi.append(teks)
    return [*hasil, *_tutup(jenis, isi, tingkat)]


def _jenis(baris: str) -> tuple[str, str]:
    for nama, pola in (("h", _JUDUL), ("ul", _BUTIR), ("ol", _NOMOR)):
        if cocok := pola.match(baris):
            return nama, cocok[1]
    return "p", baris.strip()


def _tutup(jenis: str, isi: Iterable[str], tingkat: int) -> list[Aman]:
    baris = [_sebaris(b) for b in isi]
    match jenis:
        case "":
            return []
        case "h":
            return [unsur("p", baris[0], f"kj-subjudul kj-subjudul-{tingkat}")]
        case "p":
            return [unsur("p", Aman(" ".join(baris)))]
        case _:
            return [unsur(jenis, Aman("".join(unsur("li", b) for b in baris)))]


def _sebaris(teks: str) -> Aman:
    aman = _TEBAL.sub(r"<strong>\1</strong>", lolos(teks))
    return Aman(_MIRING.sub(r"<em>\1</em>", aman))
