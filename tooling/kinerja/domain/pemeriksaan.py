"""What a run of ``validate`` gives: findings, and what a change does to findings and figures.

It leaves out how they are found (``checking``) and how they are printed (``publishing.findings``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kinerja.domain.findings import Finding, Tingkat
from kinerja.domain.perencanaan import Nilai
from kinerja.domain.periode import Periode


@dataclass(frozen=True, slots=True)
class Sisi:
    """One side of a comparison.

    Attributes:
        nilai: realisasi: the quarter's own of an indikator, cumulative rupiah of a budget line.
        persen: capaian to date, or serapan; None with ``alasan``.
        terhadap: what the percent stands on: realisasi and target to date, or pagu and progress.
    """

    nilai: Nilai
    persen: Decimal | None
    kategori: str = ""
    alasan: str = ""
    terhadap: str = ""


@dataclass(frozen=True, slots=True)
class BarisPratinjau:
    """One changed line; ``sebelum`` None where it is new, ``sesudah`` None where it is gone."""

    id: str
    nama: str
    satuan: str
    sebelum: Sisi | None
    sesudah: Sisi | None


@dataclass(frozen=True, slots=True)
class Pratinjau:
    """The changed lines of one worksheet: its indikator, and its budget lines.

    ``alasan``: why there are none, where one side cannot be read.
    """

    berkas: str
    periode: Periode
    bidang: str
    indikator: tuple[BarisPratinjau, ...]
    anggaran: tuple[BarisPratinjau, ...]
    alasan: str = ""


@dataclass(frozen=True, slots=True)
class Perbaikan:
    """One value that was written anew."""

    berkas: str
    baris: int
    penunjuk: str
    sebelum: str
    sesudah: str

    def teks(self) -> str:
        """As one line."""
        tempat = f"{self.berkas}:{self.baris}"
        if self.sebelum == self.sesudah:
            return f"{tempat}: `{self.sesudah}`, dibuang tanda kutip, spasi, atau huruf tak tampaknya"
        return f"{tempat}: `{self.sebelum}` ditulis `{self.sesudah}`"


@dataclass(frozen=True, slots=True)
class HasilPeriksa:
    """Everything that one run found.

    Attributes:
        berkas: how many files were judged.
        temuan: what decides the exit code; against a base, only what the change brings.
        dasar: the commit that was compared with; None where there was none.
        berubah: files that the change adds, changes or deletes.
        sebelumnya: findings that the base has too, word for word; they fail nobody.
        beres: findings of the base that are gone.
        perbaikan: what was mended before this look.
        sebutan: file and line of a worksheet (``…yaml#/indikator/0``) → what that line is about.
    """

    berkas: int
    temuan: tuple[Finding, ...]
    dasar: str | None = None
    berubah: tuple[str, ...] = ()
    sebelumnya: tuple[Finding, ...] = ()
    beres: tuple[Finding, ...] = ()
    pratinjau: tuple[Pratinjau, ...] = ()
    perbaikan: tuple[Perbaikan, ...] = ()
    sebutan: Mapping[str, str] = field(default_factory=dict)

    def tentang(self, t: Finding) -> str:
        """What a finding is about, ``lay-01, Persentase anak terlayani``; "" when unknown."""
        return self.sebutan.get(kunci_sebutan(t.berkas, t.penunjuk), "")

    @property
    def galat(self) -> int:
        """How many findings must be mended before the act."""
        return sum(t.tingkat is Tingkat.GALAT for t in self.temuan)


def kunci_sebutan(berkas: str, penunjuk: str) -> str:
    """The key of :attr:`HasilPeriksa.sebutan`: a file and the first two parts of a pointer."""
    return f"{berkas}#{'/'.join(penunjuk.split('/')[:3])}"


@dataclass(frozen=True, slots=True)
class AturanTercatat:
    """A rule as a report of findings prints it.

    Attributes:
        bunyi: its one sentence.
        ruang: what it is about: ``berkas``, ``bentuk``, ``kertas kerja``, ``dokumen lain``, ``perubahan``.
    """

    id: str
    bunyi: str
    tingkat: Tingkat
    dasar: str
    ruang: str


@dataclass(frozen=True, slots=True)
class ContohAturan:
    """A faulty file that a rule refuses, in extract.

    Attributes:
        salah: its lines at fault.
        benar: what stands there in the faultless file; "" where it has no such file.
        temuan: what the rule says of it, as printed.
    """

    berkas: str
    salah: str
    benar: str
    temuan: tuple[str, ...]
