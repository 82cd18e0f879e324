"""Runs every rule over a document and gives findings with their places.

It decides nothing itself: a rule's id, severity and source come from its entry in
``rules.RULES`` and ``rules.RULES_REPOSITORI``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from kinerja.domain.findings import Finding, Tingkat, urutkan
from kinerja.validation.context import Konteks, Pelanggaran
from kinerja.validation.file_rules import Naskah
from kinerja.validation.repository_context import KonteksRepositori
from kinerja.validation.rules import ACUAN, RULES, RULES_NASKAH, RULES_REPOSITORI

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
) -> tuple[Finding, ...]:
    """Every finding of every worksheet rule, sorted.

    Args:
        konteks: the worksheet and what it is judged against.
        berkas: path for the findings.
        letak: gives the place of a JSON pointer; called only for findings.
        cacat: pointers of what could not be read; nothing is said about it here again.
    """
    hasil = []
    for aturan in (ACUAN,) if any(ACUAN.periksa(konteks)) else RULES:
        for p in aturan.periksa(konteks):
            if cacat and _tertutup(p.penunjuk, cacat):
                continue
            t = letak(p.penunjuk)
            hasil.append(_temuan(aturan.id, aturan.tingkat, aturan.dasar, p, berkas, t))
    return urutkan(hasil)


def periksa_repositori(
    konteks: KonteksRepositori, letak: Callable[[str, str], Tempat]
) -> tuple[Finding, ...]:
    """Every finding of every rule between the repository's other documents, sorted.

    Args:
        letak: gives the place of a JSON pointer (second) in a file (first).
    """
    hasil = []
    for aturan in RULES_REPOSITORI:
        for berkas, p in aturan.periksa(konteks):
            t = letak(berkas, p.penunjuk)
            hasil.append(_temuan(aturan.id, aturan.tingkat, aturan.dasar, p, berkas, t))
    return urutkan(hasil)


def periksa_naskah(
    berkas: str, teks: str, data: object, letak: Callable[[str, bool], Tempat]
) -> tuple[Finding, ...]:
    """What a file's place and its raw text say: a wrong folder, a personal number in a comment.

    Args:
        teks: the whole file as text.
        data: its plain data.
        letak: gives the place of a JSON pointer's value, or of its key; called only for findings.
    """
    hasil = []
    for aturan in RULES_NASKAH:
        for p in aturan.periksa(Naskah(berkas, teks, data)):
            t = p.tempat or letak(p.penunjuk, p.pada_kunci)
            hasil.append(_temuan(aturan.id, aturan.tingkat, aturan.dasar, p, berkas, t))
    return urutkan(hasil)


# helpers


def _tertutup(penunjuk: str, cacat: frozenset[str]) -> bool:
    """True when the place, or an id that would tell what is missing there, was not readable."""
    if any(penunjuk == c or penunjuk.startswith(f"{c}/") for c in cacat):
        return True
    return penunjuk in ("/indikator", "/anggaran") and any(
        c.startswith(f"{penunjuk}/") and (c.count("/") == 2 or c.endswith(("/id", "/kode")))  # noqa: PLR2004
        for c in cacat
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
