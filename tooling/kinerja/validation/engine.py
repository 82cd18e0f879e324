"""Runs every rule over a document and gives findings with their places.

It decides nothing itself: a rule's id, severity and source come from its entry in
``rules.RULES`` and ``rules.RULES_REPOSITORI``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Protocol

from kinerja.domain.findings import Finding, Tingkat, urutkan
from kinerja.validation.context import Aturan, Konteks, Pelanggaran
from kinerja.validation.file_rules import AturanNaskah, Naskah
from kinerja.validation.repository_context import AturanRepositori, KonteksRepositori
from kinerja.validation.rules import ACUAN, RULES, RULES_NASKAH, RULES_REPOSITORI, SUSUNAN

_KUTIPAN_TERPANJANG = 80


class Tempat(Protocol):
    """Where a value stands in its file."""

    @property
    def baris(self) -> int:
        """1-based line."""
        ...

    @property
    def kolom(self) -> int:
        """1-based column."""
        ...


def periksa_kertas_kerja(
    konteks: Konteks,
    berkas: str,
    letak: Callable[[str], Tempat],
    cacat: frozenset[str] = frozenset(),
    aturan: Sequence[Aturan] = RULES,
) -> tuple[Finding, ...]:
    """Every finding of every worksheet rule, sorted.

    Args:
        konteks: the worksheet and what it is judged against.
        berkas: path for the findings.
        letak: gives the place of a JSON pointer; called only for findings.
        cacat: pointers of what could not be read; nothing is said about it here again.
        aturan: the rules; where ``ACUAN`` finds something, the others have nothing to judge by.
    """
    hasil = []
    tanpa_acuan = any(ACUAN.periksa(konteks))
    for a in aturan:
        if tanpa_acuan and a is not ACUAN:
            continue
        for p in a.periksa(konteks):
            if cacat and (_tertutup(p.penunjuk, cacat) or (p.karena and _tertutup(p.karena, cacat))):
                continue
            if p.penunjuk.startswith(konteks.salinan) and a.id not in SUSUNAN:
                continue
            t = letak(p.penunjuk)
            hasil.append(_temuan(a.id, a.tingkat, a.dasar, p, berkas, t))
    return urutkan(hasil)


def periksa_repositori(
    konteks: KonteksRepositori,
    letak: Callable[[str, str], Tempat],
    aturan: Sequence[AturanRepositori] = RULES_REPOSITORI,
) -> tuple[Finding, ...]:
    """Every finding of every rule between the repository's other documents, sorted.

    Args:
        letak: gives the place of a JSON pointer (second) in a file (first).
    """
    hasil = []
    for a in aturan:
        for berkas, p in a.periksa(konteks):
            t = letak(berkas, p.penunjuk)
            hasil.append(_temuan(a.id, a.tingkat, a.dasar, p, berkas, t))
    return urutkan(hasil)


def periksa_naskah(
    berkas: str,
    teks: str,
    data: object,
    letak: Callable[[str, bool], Tempat],
    aturan: Sequence[AturanNaskah] = RULES_NASKAH,
) -> tuple[Finding, ...]:
    """What a file's place and its raw text say: a wrong folder, a personal number in a comment.

    Args:
        teks: the whole file as text.
        data: its plain data.
        letak: gives the place of a JSON pointer's value, or of its key; called only for findings.
    """
    hasil = []
    naskah = Naskah(berkas, teks, data)
    for a in aturan:
        for p in a.periksa(naskah):
            t = p.tempat or letak(p.penunjuk, p.pada_kunci)
            hasil.append(_temuan(a.id, a.tingkat, a.dasar, p, berkas, t))
    return urutkan(hasil)


# helpers


def _tertutup(penunjuk: str, cacat: frozenset[str]) -> bool:
    """True when the place, or an id that would tell what is missing there, was not readable."""
    luar = penunjuk
    while luar:
        if luar in cacat:
            return True
        luar = luar.rpartition("/")[0]
    return "" in cacat or penunjuk in _daftar_cacat(cacat)


@lru_cache(maxsize=2)
def _daftar_cacat(cacat: frozenset[str]) -> frozenset[str]:
    """The lists in which a line, or the id of a line, was not readable."""
    return frozenset(
        daftar
        for c in cacat
        if (daftar := f"/{c.split('/')[1]}" if c else "") in ("/indikator", "/anggaran")
        and (c.count("/") == 2 or c.endswith(("/id", "/kode")))  # noqa: PLR2004
    )


def _temuan(
    aturan: str, tingkat: Tingkat, dasar: str, p: Pelanggaran, berkas: str, t: Tempat
) -> Finding:
    nilai = " ⏎ ".join(p.nilai.splitlines())
    if len(nilai) > _KUTIPAN_TERPANJANG:
        nilai = nilai[: _KUTIPAN_TERPANJANG - 1] + "…"
    return Finding(
        berkas, t.baris, t.kolom, aturan, p.tingkat or tingkat, p.penunjuk, nilai, p.pesan,
        p.tindakan, dasar,
    )  # fmt: skip
