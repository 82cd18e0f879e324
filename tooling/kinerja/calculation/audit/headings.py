"""What a column holds, read from its heading as offices write it.

It decides by the meaning of the words, misspelt and abbreviated ones too (``Prosentase``,
``Real.``, ``Capaian (%)``, ``TW I``), never by the place of the column. Where one thing is given
twice, what was printed (``…_raw``) wins over its cleaned twin, the latest year over earlier
ones. It leaves out where the heading stands (``heading_rows``).

Columns that hold somebody's answer (``consistent``, ``note``, …) are never read.

Example:
    >>> [str(k.isi) for k in kenali([("Target",), ("Real.",), ("Prosentase",)])]
    ['target', 'realisasi', 'capaian']
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kinerja.calculation.audit.cells import kutip
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
class Kolom:
    """One column that is read.

    Attributes:
        kembar: its cleaned twin, read where a cell of its own is damaged.
        lain: headings of columns for the same thing that are not read, such as earlier years.
    """

    isi: Isi
    indeks: int
    judul: str
    kembar: int | None = None
    judul_kembar: str = ""
    lain: tuple[str, ...] = ()


def kenali(judul: Sequence[tuple[str, ...]]) -> tuple[Kolom, ...]:
    """The columns that are understood, one for each thing, in the order of :class:`Isi`.

    Args:
        judul: for each column its heading, group headings above it first.
    """
    calon: dict[Isi, list[_Calon]] = {}
    kabur: list[_Calon] = []
    for i, bagian in enumerate(judul):
        kata = _kata_kolom(bagian)
        isi = None if bagian and bagian[-1].strip() in JAWABAN else _isi(kata)
        satu = _Calon(_urutan(kata, bagian), i, kutip(" ".join(bagian)), kata)
        if isi is not None:
            calon.setdefault(isi, []).append(satu)
        elif "%" in kata:
            kabur.append(satu)
    _tukar_capaian(calon)
    _alihkan(calon)
    _persen_polos(calon, kabur)
    return tuple(_pilih(isi, calon[isi]) for isi in Isi if calon.get(isi))


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
    "kualifikasi": "renstra rpjmd rpjmn lalu sebelumnya awal akhir murni perubahan",
}
_KAMUS = {kata: arti for arti, semua in _SAMA.items() for kata in semua.split()}
_PANJANG = [k for k in _KAMUS if len(k) > 4]
_NOMOR_TW = {"1": 0, "2": 1, "3": 2, "4": 3, "i": 0, "ii": 1, "iii": 2, "iv": 3}
_PENGUBAH = frozenset({"uang", "rp", "tw", *_NOMOR_TW})
"""Words of a group heading that still count where the column has a meaning of its own."""

_UANG = frozenset({"uang", "rp"})
_BUKAN_TRIWULAN = frozenset({"target", "%", "sampai", "sd", "s", "sisa"})
"""``s.d. TW II`` is a running total; ``s`` is what is left of it between its points."""

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


@dataclass(frozen=True, slots=True)
class _Calon:
    urutan: tuple[bool, int, int, int, str]
    indeks: int
    judul: str
    kata: tuple[str, ...]


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
    """One quarter's own figure; targets, percentages and running totals are left alone."""
    sesudah = [_NOMOR_TW[k] for k in kata[kata.index("tw") :] if k in _NOMOR_TW]
    if len(sesudah) != 1 or _BUKAN_TRIWULAN.intersection(kata):
        return None
    return (RP_TW if _UANG.intersection(kata) else K_TW)[sesudah[0]]


# helpers: choosing among columns


def _urutan(kata: tuple[str, ...], bagian: tuple[str, ...]) -> tuple[bool, int, int, int, str]:
    """Less is better: printed before cleaned, plain before qualified, this year before last."""
    tahun = max((int(k) for k in kata if re.fullmatch(r"20[0-9]{2}|19[0-9]{2}", k)), default=0)
    return ("raw" not in kata, kata.count("kualifikasi"), -tahun, len(kata), " ".join(bagian))


def _pilih(isi: Isi, calon: Iterable[_Calon]) -> Kolom:
    utama, *lain = sorted(calon, key=lambda c: (c.urutan, c.indeks))
    kembar = next((c for c in lain if "raw" in utama.kata and "raw" not in c.kata), None)
    sisa = tuple(c.judul for c in lain if c is not kembar)
    if kembar is None:
        return Kolom(isi, utama.indeks, utama.judul, lain=sisa)
    return Kolom(isi, utama.indeks, utama.judul, kembar.indeks, kembar.judul, sisa)


def _tukar_capaian(calon: dict[Isi, list[_Calon]]) -> None:
    """``Target | Capaian | % Capaian``: without a realisasi, the one without % is realisasi."""
    capaian = calon.get(Isi.CAPAIAN, [])
    polos = [c for c in capaian if "%" not in c.kata]
    if Isi.TARGET in calon and Isi.REALISASI not in calon and polos and len(polos) < len(capaian):
        calon[Isi.REALISASI] = polos
        calon[Isi.CAPAIAN] = [c for c in capaian if "%" in c.kata]
    nyata = calon.get(Isi.REALISASI, [])
    persen = [c for c in nyata if "%" in c.kata]
    if persen and len(persen) < len(nyata):
        calon[Isi.REALISASI] = [c for c in nyata if "%" not in c.kata]
        calon.setdefault(Isi.CAPAIAN, []).extend(persen)


def _alihkan(calon: dict[Isi, list[_Calon]]) -> None:
    """In a table of money alone, ``Realisasi`` and ``Capaian`` speak of money."""
    if Isi.PAGU not in calon or Isi.TARGET in calon:
        return
    for dari, ke in ((Isi.REALISASI, Isi.REALISASI_ANGGARAN), (Isi.CAPAIAN, Isi.PERSEN)):
        if ke not in calon and dari in calon:
            calon[ke] = calon.pop(dari)


def _persen_polos(calon: dict[Isi, list[_Calon]], kabur: list[_Calon]) -> None:
    """A bare ``%`` is whatever percentage the table still lacks."""
    if not kabur:
        return
    kinerja = Isi.TARGET in calon and Isi.REALISASI in calon and Isi.CAPAIAN not in calon
    uang = Isi.PAGU in calon and Isi.REALISASI_ANGGARAN in calon and Isi.PERSEN not in calon
    if kinerja:
        calon[Isi.CAPAIAN] = kabur
    elif uang:
        calon[Isi.PERSEN] = kabur
