"""What a column holds, read from its heading as offices write it.

It decides by the meaning of the words, misspelt and abbreviated ones too (``Prosentase``,
``Real.``, ``Capaian (%)``, ``TW I``), never by the place of the column. It leaves out of which
year a column speaks (``periods``), which columns belong together (``columns``) and where the
heading stands (``heading_rows``).

Columns that hold somebody's answer (``consistent``, ``note``, …) are never read.

Example:
    >>> [str(arti_kolom((judul,)).isi) for judul in ("Target", "Real.", "Capaian (%)")]
    ['target', 'realisasi', 'capaian']
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kinerja.calculation.audit.periods import NOMOR_TW
from kinerja.calculation.numbers import KATA_PERSEN


class Isi(StrEnum):
    """What a column can hold."""

    DOKUMEN = "dokumen"
    INSTANSI = "instansi"
    TAHUN = "tahun"
    SASARAN = "sasaran"
    INDIKATOR = "indikator"
    NAMA = "nama"
    SATUAN = "satuan"
    ARAH = "arah"
    JENJANG = "jenjang"
    KODE = "kode"
    TARGET = "target"
    REALISASI = "realisasi"
    CAPAIAN = "capaian"
    PAGU = "pagu"
    REALISASI_ANGGARAN = "realisasi-anggaran"
    PERSEN = "persen"
    SISA = "sisa"
    K_TW1 = "kinerja-tw1"
    K_TW2 = "kinerja-tw2"
    K_TW3 = "kinerja-tw3"
    K_TW4 = "kinerja-tw4"
    RP_TW1 = "rp-tw1"
    RP_TW2 = "rp-tw2"
    RP_TW3 = "rp-tw3"
    RP_TW4 = "rp-tw4"


K_TW = (Isi.K_TW1, Isi.K_TW2, Isi.K_TW3, Isi.K_TW4)
RP_TW = (Isi.RP_TW1, Isi.RP_TW2, Isi.RP_TW3, Isi.RP_TW4)
JAWABAN = frozenset({"consistent", "formula_that_matches", "note", "rollup_ok"})
"""Columns of a table that was checked before: its conclusions are no evidence."""


@dataclass(frozen=True, slots=True)
class Arti:
    """What the words of a heading mean; ``isi`` is None where they mean nothing known.

    ``jawaban`` tells a column that holds somebody's conclusions.
    """

    isi: Isi | None
    kata: tuple[str, ...]
    jawaban: bool = False


def arti_kolom(bagian: tuple[str, ...]) -> Arti:
    """The meaning of a column's heading, group headings above it first."""
    kata = _kata_kolom(bagian)
    jawaban = bool(bagian) and bagian[-1].strip() in JAWABAN
    return Arti(None if jawaban else _isi(kata), kata, jawaban)


def bermakna_sendiri(teks: str) -> bool:
    """Whether a text names a content by itself, without the group above it."""
    return not _ISI_SENDIRI.isdisjoint(_kata(teks)) or "%" in _kata(teks)


# helpers: the words of headings


_SAMA = {
    "%": " ".join(sorted(KATA_PERSEN)),
    "realisasi": "realisasi real terealisasi",
    "target": "target tgt",
    "capaian": "capaian pencapaian ketercapaian cap",
    "serapan": "serapan penyerapan terserap",
    "uang": "anggaran angg keuangan keu rupiah dana belanja pagu alokasi dpa dppa",
    "rp": "rp",
    "sisa": "sisa",
    "satuan": "satuan sat",
    "kode": "kode rekening",
    "arah": "arah polaritas polarity sifat tren trend",
    "jenjang": "jenjang level",
    "uraian": "uraian nama",
    "indikator": "indikator",
    "sasaran": "sasaran tujuan",
    "program": "program kegiatan subkegiatan",
    "tw": "tw triwulan trw triw",
    "kinerja": "kinerja k fisik volume keluaran output",
    "instansi": "instansi agency opd skpd",
    "tahun": "tahun year",
    "lain": "keterangan catatan",
}
_KAMUS = {kata: arti for arti, semua in _SAMA.items() for kata in semua.split()}
_PANJANG = [k for k in _KAMUS if len(k) > 4]
_PENGUBAH = frozenset({"uang", "rp", "tw", *NOMOR_TW})
"""Words of a group heading that still count where the column has a meaning of its own."""

_UANG = frozenset({"uang", "rp"})
_SAMPAI = frozenset({"sampai", "sd", "s"})
"""``s.d. TW II`` is a running total; ``s`` is what is left of it between its points."""

_BUKAN_UANG_TW = frozenset({"target", "%", "sisa"}) | _SAMPAI
_ISI_SENDIRI = frozenset({
    "realisasi", "target", "capaian", "serapan", "sisa", "satuan", "kode", "arah", "uraian", "indikator",
    "sasaran", "program", "jenjang",
})  # fmt: skip
_ATURAN: tuple[tuple[tuple[frozenset[str], ...], frozenset[str], Isi], ...] = tuple(
    (tuple(frozenset(k.split("|")) for k in perlu.split()), frozenset(tanpa.split()), isi)
    for perlu, tanpa, isi in (
        ("sisa", "%", Isi.SISA),
        ("satuan", "", Isi.SATUAN),
        ("kode", "indikator", Isi.KODE),
        ("arah", "", Isi.ARAH),
        ("jenjang", "", Isi.JENJANG),
        ("target uang|rp", "%", Isi.PAGU),
        ("target", "uang rp", Isi.TARGET),
        ("serapan rp", "%", Isi.REALISASI_ANGGARAN),
        ("serapan", "", Isi.PERSEN),
        ("capaian rp", "%", Isi.REALISASI_ANGGARAN),
        ("capaian uang|rp", "", Isi.PERSEN),
        ("capaian", "", Isi.CAPAIAN),
        ("realisasi uang|rp %", "", Isi.PERSEN),
        ("realisasi uang|rp", "", Isi.REALISASI_ANGGARAN),
        ("realisasi", "", Isi.REALISASI),
        ("uraian", "indikator", Isi.NAMA),
        ("indikator", "", Isi.INDIKATOR),
        ("sasaran", "", Isi.SASARAN),
        ("program", "%", Isi.NAMA),
        ("uang|rp %", "", Isi.PERSEN),
        ("uang", "", Isi.PAGU),
        ("instansi", "", Isi.INSTANSI),
        ("tahun", "", Isi.TAHUN),
        ("doc id", "", Isi.DOKUMEN),
    )
)


@lru_cache(maxsize=4096)
def _arti(kata: str) -> str:
    """The word's meaning; a word of more than four letters may be misspelt."""
    if kata in _KAMUS or len(kata) < 5:
        return _KAMUS.get(kata, kata)
    dekat = difflib.get_close_matches(kata, _PANJANG, 1, 0.82)
    return _KAMUS[dekat[0]] if dekat else kata


@lru_cache(maxsize=4096)
def _kata(teks: str) -> tuple[str, ...]:
    return tuple(_arti(k) for k in re.findall(r"[a-z]+|%|[0-9]+", teks[:200].casefold()))


def _kata_kolom(bagian: tuple[str, ...]) -> tuple[str, ...]:
    """The column's words; of its group headings all, or only those that still qualify it."""
    if not bagian:
        return ()
    bawah = _kata(bagian[-1])
    atas = [k for b in bagian[:-1] for k in _kata(b)]
    if "kinerja" in atas:
        atas = [k for k in atas if k not in _UANG]
    if _ISI_SENDIRI.intersection(bawah):
        atas = [k for k in atas if k in _PENGUBAH]
    return (*atas, *bawah)


def _isi(kata: tuple[str, ...]) -> Isi | None:
    if "tw" in kata:
        return _triwulan(kata)
    ada = frozenset(kata)
    for perlu, tanpa, isi in _ATURAN:
        if all(k & ada for k in perlu) and not tanpa & ada:
            return isi
    return None


def _triwulan(kata: tuple[str, ...]) -> Isi | None:
    """A quarter's figure; the running totals and targets of money are left alone."""
    sesudah = [NOMOR_TW[k] for k in kata[kata.index("tw") :] if k in NOMOR_TW]
    if _UANG.intersection(kata) or "sisa" in kata:
        satu = len(sesudah) == 1 and not _BUKAN_UANG_TW.intersection(kata)
        return RP_TW[sesudah[0]] if satu else None
    if "target" in kata and "%" not in kata:
        return Isi.TARGET
    if "capaian" in kata or ("realisasi" in kata and "%" in kata):
        return Isi.CAPAIAN
    if len(sesudah) == 1 and not _BUKAN_UANG_TW.intersection(kata):
        return K_TW[sesudah[0]]
    return Isi.REALISASI if "realisasi" in kata else None
