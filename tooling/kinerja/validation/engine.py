"""Runs every rule over one worksheet and gives findings with their places.

It decides nothing itself: a rule's id, severity and source come from its entry in ``RULES``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from kinerja.domain.findings import Finding, urutkan
from kinerja.validation.context import Konteks
from kinerja.validation.worksheet_rules import RULES


class Tempat(Protocol):
    """Where a value stands in its file."""

    @property
    def baris(self) -> int: ...
    @property
    def kolom(self) -> int: ...


def periksa_kertas_kerja(
    konteks: Konteks, berkas: str, letak: Callable[[str], Tempat]
) -> tuple[Finding, ...]:
    """Every finding of every rule, sorted.

    Args:
        berkas: path for the findings.
        letak: gives the place of a JSON pointer; called only for findings.
    """
    hasil = []
    for aturan in RULES:
        for p in aturan.periksa(konteks):
            t = letak(p.penunjuk)
            hasil.append(
                Finding(
                    berkas, t.baris, t.kolom, aturan.id, aturan.tingkat, p.penunjuk, p.nilai,
                    p.pesan, p.tindakan, aturan.dasar,
                )
            )  # fmt: skip
    return urutkan(hasil)
