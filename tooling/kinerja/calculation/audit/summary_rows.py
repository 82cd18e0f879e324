"""Rows that sum up the rows above them: an average or a sum of capaian.

It decides which rows are such, and which rows they may stand for. Indicators are often called
``Jumlah …`` or ``Rata-rata …``: those have a target or a realisasi, a summing row has none. It
leaves out totals of money (``totals``), and parents and children (``rollup``).

Example:
    103, 100 and 100,10 above ``Rata-rata Capaian Kinerja sasaran 34`` = 101 → konsisten
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kinerja.calculation.audit.candidates import cocok, seharusnya
from kinerja.calculation.audit.causes import sel_persen
from kinerja.calculation.audit.cells import Angka, Bacaan, Hampa
from kinerja.calculation.audit.pairs import IsianKinerja, hitung_ulang
from kinerja.calculation.audit.verdict import Butir, Status
from kinerja.calculation.numbers import KONTEKS, format_angka

_RATA = re.compile(r"\s*(?:rata|rerata|rataan|average)", re.IGNORECASE)
_JUMLAH = re.compile(r"\s*(?:jumlah|total)\b", re.IGNORECASE)
_PALING_JAUH = 2000
"""How many rows above are looked at; no published table has an average over more."""

_BATAS = tuple(map(Decimal, (100, 110, 120, 150)))


@dataclass(frozen=True, slots=True)
class BarisNilai:
    """One row of a performance table as far as an average needs it.

    Attributes:
        kelompok: document, agency, year and, last, sasaran to which the row belongs.
        isian: the row's cells, from which its capaian is computed again, unrounded.
        rumus: the formula for that; empty where there is none.
        ringkasan: ``rata-rata``, ``jumlah``, or empty for an indicator.
    """

    kelompok: tuple[str, ...]
    isian: IsianKinerja
    rumus: str
    ringkasan: str

    @property
    def ulang(self) -> Decimal | None:
        """The unrounded capaian, where target and realisasi give it."""
        return hitung_ulang(self.isian, self.rumus) if self.rumus else None


def ringkasan(nama: str, jenjang: str, target: Bacaan, realisasi: Bacaan) -> str:
    """``rata-rata`` or ``jumlah`` for a row that sums up others, else empty."""
    for kata, pola in (("rata-rata", _RATA), ("jumlah", _JUMLAH)):
        if pola.match(jenjang):
            return kata
        if pola.match(nama) and isinstance(target, Hampa) and isinstance(realisasi, Hampa):
            return kata
    return ""


def periksa_ringkasan(baris: Sequence[BarisNilai], i: int) -> Butir:
    """The verdict on one average or sum of capaian."""
    satu = baris[i]
    if not isinstance(satu.isian.capaian, Angka):
        alasan = "tidak diisi" if isinstance(satu.isian.capaian, Hampa) else "bukan satu angka"
        return _tidak(satu.isian.capaian, f"capaian {alasan}")
    tertulis, benar, jumlah = satu.isian.capaian.pilihan[0], None, 0
    for nilai, catatan in _kumpulan(baris, i):
        hasil = _gabung(nilai, satu.ringkasan)
        pecahan = sel_persen(hasil, satu.isian.capaian, tertulis)
        if pecahan or cocok(hasil, tertulis):
            alasan = f"{satu.ringkasan} {len(nilai)} baris: {seharusnya(hasil, tertulis)}"
            ada, cetak = tuple(filter(None, (catatan, pecahan))), satu.isian.capaian.tertulis
            return Butir("capaian", Status.KONSISTEN, (satu.ringkasan,), cetak, "", alasan, ada)
        if benar is None:
            benar, jumlah = hasil, len(nilai)
    if benar is None:
        return _tidak(satu.isian.capaian, "tidak ada capaian di atasnya untuk dibandingkan")
    return Butir(
        "capaian", Status.SALAH, (satu.ringkasan,), satu.isian.capaian.tertulis, seharusnya(benar, tertulis),
        f"bukan {satu.ringkasan} {jumlah} baris di atasnya",
    )  # fmt: skip


# helpers


def _tidak(tercetak: Bacaan, alasan: str, pokok: str = "capaian") -> Butir:
    return Butir(pokok, Status.TIDAK_DAPAT_DIPERIKSA, (), tercetak.tertulis, "", alasan)


def _kumpulan(baris: Sequence[BarisNilai], i: int) -> Iterator[tuple[list[Decimal], str]]:
    """The rows that the summing row may stand for, the likeliest first, with a note."""
    kelompok = _di_atas(baris, i, sampai_ringkasan=True)
    seluruh = _di_atas(baris, i, sampai_ringkasan=False)
    atas = baris[max(0, i - _PALING_JAUH) : i]
    atas = [b for b in atas if b.kelompok[:-1] == baris[i].kelompok[:-1]]
    rata = [b for b in atas if b.ringkasan == "rata-rata" and baris[i].ringkasan == "rata-rata"]
    pilihan = ((kelompok, ""), (seluruh, "dihitung dari semua baris di atasnya"),
               (rata, "dihitung dari rata-rata di atasnya"))  # fmt: skip
    for anggota, catatan in pilihan:
        cetak = [b.isian.capaian.pilihan[0] for b in anggota if isinstance(b.isian.capaian, Angka)]
        if not cetak:
            continue
        lengkap = len(cetak) == len(anggota)
        kurang = "" if lengkap else f"{len(cetak)} dari {len(anggota)} baris mempunyai angka"
        yield cetak, "; ".join(filter(None, (catatan, kurang)))
        ulang = [b.ulang for b in anggota if b.ulang is not None]
        if len(ulang) == len(anggota):
            yield ulang, "; ".join(filter(None, (catatan, "dihitung dari capaian yang belum dibulatkan")))
        if anggota is kelompok and max(cetak) > _BATAS[0]:
            for batas in _BATAS:
                teks = f"cocok bila setiap capaian dibatasi {format_angka(batas)} lebih dahulu"
                yield [min(n, batas) for n in cetak], "; ".join(filter(None, (catatan, teks)))


def _di_atas(baris: Sequence[BarisNilai], i: int, *, sampai_ringkasan: bool) -> list[BarisNilai]:
    """The indicators above: of the same group up to the last summing row, or all of them."""
    hasil: list[BarisNilai] = []
    for b in reversed(baris[max(0, i - _PALING_JAUH) : i]):
        if b.kelompok[:-1] != baris[i].kelompok[:-1]:
            break
        if sampai_ringkasan and (b.ringkasan or b.kelompok != baris[i].kelompok):
            break
        if not b.ringkasan:
            hasil.append(b)
    return hasil


def _gabung(nilai: Sequence[Decimal], cara: str) -> Decimal:
    total = Decimal(0)
    for n in nilai:
        total = KONTEKS.add(total, n)
    return total if cara == "jumlah" else KONTEKS.divide(total, Decimal(len(nilai)))
