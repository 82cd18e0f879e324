"""Sums of a budget table: what a row prints must be the sum of the rows under it.

It decides for each column of money by itself, and names what explains a difference: a child
left out or counted twice, a quarter that looks cumulative, a slip of one digit. ``-`` beside
filled figures adds nothing; rows that are filled nowhere prove nothing. It leaves out which row
stands under which (``levels``).

Example:
    printed 117.922.000, children 107.610.000 … → salah, ``tidak memasukkan`` no. 196
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kinerja.calculation.audit.causes import salah_ketik
from kinerja.calculation.audit.cells import Angka, Bacaan, Hampa, tempat
from kinerja.calculation.audit.headings import RP_TW, Isi
from kinerja.calculation.audit.levels import Simpul
from kinerja.calculation.audit.verdict import Butir, Status
from kinerja.calculation.numbers import KONTEKS, format_angka

UANG = (Isi.PAGU, Isi.REALISASI_ANGGARAN, Isi.SISA, *RP_TW)
SEBUTAN = {
    Isi.PAGU: "pagu", Isi.REALISASI_ANGGARAN: "realisasi", Isi.SISA: "sisa",
    **{isi: f"Rp TW {n}" for isi, n in zip(RP_TW, ("I", "II", "III", "IV"), strict=True)},
}  # fmt: skip
_RUMUS = "jumlah-anak"
_NOL = Decimal(0)


@dataclass(frozen=True, slots=True)
class BarisUang:
    """The money of one row; ``nomor`` is the row's number in the report."""

    nomor: int
    uang: Mapping[Isi, Bacaan]

    @property
    def terisi(self) -> bool:
        """Whether any figure is printed."""
        return any(isinstance(b, Angka) for b in self.uang.values())


@dataclass(slots=True)
class Temuan:
    """What the sums say: checks of a row, and notes for the rows that explain a difference."""

    butir: dict[int, list[Butir]] = field(default_factory=lambda: defaultdict(list))
    catatan: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


def periksa_jumlah(baris: Sequence[BarisUang], simpul: Sequence[Simpul]) -> Temuan:
    """Every parent against its children, column by column."""
    temuan = Temuan()
    for s in simpul:
        if s.anak:
            _satu_induk(baris, s, temuan)
    return temuan


def jumlahkan(bacaan: Sequence[Bacaan]) -> Decimal | None:
    """The sum of what is filled; None when something is no number or has two readings."""
    total = _NOL
    for b in bacaan:
        if isinstance(b, Angka) and len(b.pilihan) == 1:
            total = KONTEKS.add(total, b.pilihan[0])
        elif not isinstance(b, Hampa):
            return None
    return total


def hanya_pembulatan(nilai: Decimal, jumlah: Decimal, bacaan: Sequence[Bacaan]) -> bool:
    """Whether rounding the printed decimals of so many figures explains the difference."""
    p = max((tempat(n) for b in bacaan if isinstance(b, Angka) for n in b.pilihan), default=0)
    beda = KONTEKS.subtract(nilai, jumlah).copy_abs()
    return p > 0 and beda <= KONTEKS.multiply(Decimal((0, (5,), -p - 1)), Decimal(len(bacaan)))


# helpers


def _satu_induk(baris: Sequence[BarisUang], s: Simpul, temuan: Temuan) -> None:
    induk, anak = baris[s.indeks], [baris[i] for i in s.anak]
    if not any(a.terisi for a in anak):
        if induk.terisi:
            temuan.butir[s.indeks].append(_tidak("jumlah", "rincian di bawahnya tidak diisi"))
        return
    beda: dict[Isi, Decimal] = {}
    for isi in induk.uang:
        butir, selisih = _satu_kolom(induk, anak, isi, s)
        temuan.butir[s.indeks] += butir
        if selisih:
            beda[isi] = selisih
    for isi, selisih in beda.items():
        sebab = _sebab(induk, anak, isi, beda, s, temuan)
        nomor = next(n for n, b in enumerate(temuan.butir[s.indeks]) if b.pokok == SEBUTAN[isi])
        lama = temuan.butir[s.indeks][nomor]
        temuan.butir[s.indeks][nomor] = _beralasan(lama, selisih, sebab)


def _satu_kolom(
    induk: BarisUang, anak: Sequence[BarisUang], isi: Isi, s: Simpul
) -> tuple[list[Butir], Decimal | None]:
    """The check of one column, and by how much the parent differs."""
    pokok, tercetak = SEBUTAN[isi], induk.uang[isi]
    jumlah = jumlahkan([a.uang[isi] for a in anak])
    nilai = jumlahkan([tercetak])
    if jumlah is None or nilai is None:
        aneh = next(b for b in (induk, *anak) if jumlahkan([b.uang[isi]]) is None)
        alasan = f"no. {aneh.nomor} `{aneh.uang[isi].tertulis}` bukan satu angka"
        return [_tidak(pokok, f"jumlah tidak dapat dihitung: {alasan}")], None
    if isinstance(tercetak, Hampa) and (jumlah == 0 or not induk.terisi):
        alasan = f"tidak diisi; jumlah {len(anak)} baris di bawahnya {format_angka(jumlah)}"
        return ([_tidak(pokok, alasan)] if jumlah else []), None
    if nilai == jumlah:
        alasan = f"sama dengan jumlah {len(anak)} baris di bawahnya"
        return [Butir(pokok, Status.KONSISTEN, (_RUMUS,), tercetak.tertulis, "", alasan)], None
    if hanya_pembulatan(nilai, jumlah, [tercetak, *(a.uang[isi] for a in anak)]):
        alasan = f"sama dengan jumlah {len(anak)} baris di bawahnya, kecuali pembulatan"
        return [Butir(pokok, Status.KONSISTEN, (_RUMUS,), tercetak.tertulis, "", alasan)], None
    if not s.tentu:
        alasan = f"jumlahnya {format_angka(jumlah)}, tetapi jenjang sebagian baris di bawahnya tidak dikenali"
        return [_tidak(pokok, alasan, tercetak.tertulis)], None
    alasan = f"jumlah {len(anak)} baris di bawahnya {format_angka(jumlah)}"
    butir = Butir(pokok, Status.SALAH, (_RUMUS,), tercetak.tertulis, format_angka(jumlah), alasan)
    return [butir], KONTEKS.subtract(nilai, jumlah)


def _beralasan(butir: Butir, selisih: Decimal, sebab: str) -> Butir:
    beda = f"{'lebih' if selisih > 0 else 'kurang'} {format_angka(selisih.copy_abs())}"
    alasan = f"{butir.alasan}, tercetak {butir.tertulis or 'kosong'} ({beda})"
    return Butir(butir.pokok, butir.status, butir.rumus, butir.tertulis, butir.seharusnya,
                 f"{alasan}: {sebab}" if sebab else alasan)  # fmt: skip


def _sebab(
    induk: BarisUang, anak: Sequence[BarisUang], isi: Isi, beda: Mapping[Isi, Decimal], s: Simpul,
    temuan: Temuan,
) -> str:  # fmt: skip
    """The likely cause; the rows that explain it get a note of their own."""
    selisih = beda[isi]
    if isi is Isi.SISA and len(beda) > 1:
        return "ikut berbeda karena pagu atau realisasinya"
    for besar, teks in ((selisih.copy_negate(), "tidak memasukkan"), (selisih, "menghitung dua kali")):
        pas = [n for n, a in enumerate(anak) if jumlahkan([a.uang[isi]]) == besar]
        if len(pas) == 1:
            satu = anak[pas[0]]
            temuan.catatan[s.anak[pas[0]]].append(
                f"{SEBUTAN[isi]} induknya (no. {induk.nomor}) {teks} angka ini"
            )
            return f"tepat sebesar no. {satu.nomor}, tampaknya {teks} baris itu"
    pindah = next((i for i in RP_TW if i != isi and beda.get(i) == selisih.copy_negate()), None)
    if isi in RP_TW and pindah is not None:
        awal, akhir = sorted((isi, pindah), key=RP_TW.index)
        _curigai_kumulatif(induk, anak, (awal, akhir), beda[awal], s, temuan)
        return f"selisihnya berpindah antara {SEBUTAN[awal]} dan {SEBUTAN[akhir]}"
    benar = jumlahkan([a.uang[isi] for a in anak])
    tercetak = jumlahkan([induk.uang[isi]])
    return "mungkin salah ketik" if benar and tercetak and salah_ketik(benar, tercetak) else ""


def _curigai_kumulatif(
    induk: BarisUang, anak: Sequence[BarisUang], tw: tuple[Isi, Isi], pindah: Decimal, s: Simpul,
    temuan: Temuan,
) -> None:  # fmt: skip
    """A child without the earlier quarter whose later one may hold both."""
    awal, akhir = tw
    for n, a in enumerate(anak):
        kini = jumlahkan([a.uang[akhir]])
        if pindah > 0 and not jumlahkan([a.uang[awal]]) and kini is not None and kini >= pindah:
            sisa = KONTEKS.subtract(kini, pindah)
            pisah = f"{induk.uang[awal].tertulis} / {induk.uang[akhir].tertulis}"
            temuan.catatan[s.anak[n]].append(
                f"{SEBUTAN[akhir].removeprefix('Rp ')} tampaknya kumulatif ({format_angka(pindah)} + "
                f"{format_angka(sisa)}): induknya (no. {induk.nomor}) memisahkan {pisah}"
            )


def _tidak(pokok: str, alasan: str, tertulis: str = "") -> Butir:
    return Butir(pokok, Status.TIDAK_DAPAT_DIPERIKSA, (), tertulis, "", alasan)
