"""A laporan counted again from its worksheets, and where it differs from what is written in it.

It decides which worksheets a laporan counts and what a difference is; it leaves out what a
difference means for whoever reads it (``validation``, the archive's verifier).

Example:
    ``capaian: 99`` in a laporan whose worksheet gives 93.75 →
    ``Selisih("/capaian/0/capaian", Decimal("99"), Decimal("93.75"))``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields

from kinerja.calculation.report import Angka, hitung_laporan
from kinerja.domain.errors import KinerjaError
from kinerja.domain.kertas_kerja import KertasKerja
from kinerja.domain.laporan import Laporan
from kinerja.domain.organisasi import Organisasi
from kinerja.domain.perencanaan import Rencana
from kinerja.domain.periode import Periode
from kinerja.domain.tata_kelola import Kebijakan

AmbilLembar = Callable[[Periode, str], KertasKerja | None]
"""Gives the worksheet of a bidang for a period; None where there is none."""


@dataclass(frozen=True, slots=True)
class Selisih:
    """One value that is not what the worksheets give, at its JSON pointer.

    Attributes:
        tertulis, hitungan: as written and as counted; None for a line that is not there.
        sebutan: which value of which line, for a reader: ``rekap layanan, isian `rata_rata`,``.
    """

    penunjuk: str
    tertulis: object
    hitungan: object
    sebutan: str


def lembar_laporan(
    organisasi: Organisasi, periode: Periode, ambil: AmbilLembar
) -> dict[str, list[KertasKerja]]:
    """Worksheets of the year up to the period, by part of the year, in the order of the bidang."""
    return {
        p.bagian: [kk for b in organisasi.bidang if (kk := ambil(p, b.id)) is not None]
        for p in dict.fromkeys((*periode.sampai_dengan(), periode))
    }


def hitung_ulang(
    organisasi: Organisasi,
    rencana: Rencana,
    kebijakan: Kebijakan,
    periode: Periode,
    ambil: AmbilLembar,
    versi_aturan: str,
) -> Angka:
    """The figures of a laporan as its worksheets give them, by the laporan's own version of the rules.

    Raises:
        KinerjaError: the plan has no version, or the policy names a scale that it lacks.
    """
    if not rencana.versi or not any(s.id == kebijakan.perhitungan.skala for s in kebijakan.skala):
        raise KinerjaError("rencana tanpa versi, atau skala yang disebut kebijakan tidak ada")
    lembar = lembar_laporan(organisasi, periode, ambil)
    return hitung_laporan(organisasi, rencana, kebijakan, periode, lembar, versi_aturan)


def selisih(laporan: Laporan, angka: Angka) -> Iterator[Selisih]:
    """Every figure of the laporan that differs from the figures counted again."""
    for daftar in fields(angka):
        yield from _baris(daftar.name, getattr(laporan, daftar.name), getattr(angka, daftar.name))


# helpers


def _baris(daftar: str, tertulis: Sequence[object], hitungan: Sequence[object]) -> Iterator[Selisih]:
    if [_kunci(b) for b in tertulis] != [_kunci(b) for b in hitungan]:
        susunan = ", ".join(_kunci(b) for b in tertulis), ", ".join(_kunci(b) for b in hitungan)
        yield Selisih(f"/{daftar}", *susunan, f"susunan {daftar}")
        return
    for n, (kini, harap) in enumerate(zip(tertulis, hitungan, strict=True)):
        for f in fields(kini):  # type: ignore[arg-type] # every line is a dataclass
            ada, benar = getattr(kini, f.name), getattr(harap, f.name)
            sebutan = f"{daftar} {_kunci(kini)}, isian `{f.name}`,"
            if ada != benar:
                yield Selisih(f"/{daftar}/{n}/{f.name}", ada, benar, sebutan)


def _kunci(baris: object) -> str:
    """What names a line: an indikator, else a bidang."""
    return str(getattr(baris, "id", None) or getattr(baris, "bidang", ""))
