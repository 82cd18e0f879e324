"""A finding: one fault in one document, with its place, its value and the next action.

It leaves out how findings are made (``validation``) and how they are printed (``cli``).

Example:
    ``reports/2024/tw1/kertas-kerja/rehabilitasi-sosial.yaml:41:16: galat [angka-indonesia]
    `97,5` bukan angka YAML; tulis 97.5``
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Tingkat(StrEnum):
    """Severity. Only ``GALAT`` makes a command exit with 1."""

    GALAT = "galat"
    PERINGATAN = "peringatan"
    CATATAN = "catatan"


_NOMOR = re.compile(r"/[0-9]+(?=/|$)")
_URUTAN = {Tingkat.GALAT: 0, Tingkat.PERINGATAN: 1, Tingkat.CATATAN: 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault.

    Attributes:
        berkas: path inside the repository, with ``/``.
        baris: 1-based line; 0 when the fault belongs to the whole file.
        kolom: 1-based column in characters; 0 with ``baris`` 0.
        aturan: stable Indonesian hyphenated id of the rule.
        tingkat: severity.
        penunjuk: JSON pointer (RFC 6901) of the value; "" for the document.
        nilai: the wrong value as it stands in the file, quoted by the printer.
        pesan: what is wrong, as a colleague would say it.
        tindakan: what to do next.
        dasar: legal or SOP source of the rule; "" when it is only technical.
    """

    berkas: str
    baris: int
    kolom: int
    aturan: str
    tingkat: Tingkat
    penunjuk: str
    nilai: str
    pesan: str
    tindakan: str
    dasar: str = ""

    def kunci_urut(self) -> tuple[str, int, int, int, str, str]:
        """Sort key: by place, then severity, then rule."""
        return (
            self.berkas,
            self.baris,
            self.kolom,
            _URUTAN[self.tingkat],
            self.aturan,
            self.penunjuk,
        )

    def teks(self) -> str:
        """The finding as one line of text, the same wherever it is shown."""
        tempat = self.berkas if not self.baris else f"{self.berkas}:{self.baris}:{self.kolom}"
        nilai = f" `{self.nilai}`:" if self.nilai else ""
        dasar = f" Dasar: {self.dasar}." if self.dasar else ""
        return (
            f"{tempat}: {self.tingkat.value} [{self.aturan}]{nilai} {self.pesan}; "
            f"{self.tindakan}.{dasar}"
        )


    def sidik(self) -> tuple[str, str, str, str, str]:
        """What makes it the same fault in another version of the file: not its line."""
        return (self.berkas, self.aturan, _NOMOR.sub("/#", self.penunjuk), self.nilai, self.pesan)


def urutkan(temuan: list[Finding]) -> tuple[Finding, ...]:
    """Sorted and without repetition, so that two runs print the same."""
    return tuple(sorted(dict.fromkeys(temuan), key=Finding.kunci_urut))


def ada_galat(temuan: tuple[Finding, ...]) -> bool:
    """True when at least one finding must stop the act."""
    return any(t.tingkat is Tingkat.GALAT for t in temuan)
