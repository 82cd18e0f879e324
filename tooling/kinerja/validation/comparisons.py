"""Whether a figure jumps away from what is known of its indikator, and which slip explains it.

It compares with the target, the quarter before, the same quarter of last year and the year
before the system; the plan's own profile is allowed for. It leaves out who is asked to explain
(``doubts``). Small counts are not compared: from 2 to 7 lembaga is no slip of the keyboard.

Example: 750 where the target is 80 → 9,38 times; 75 when a decimal point slipped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kinerja.calculation.numbers import KONTEKS
from kinerja.domain.kertas_kerja import BarisIndikator
from kinerja.domain.perencanaan import Akumulasi, Indikator, Nilai, NilaiTarget, RentangNilai
from kinerja.domain.periode import TRIWULAN, Periode
from kinerja.validation.context import Konteks
from kinerja.validation.units import persen, terhitung

_SATU, _DEKAT, _SEDIKIT, _SERATUS = Decimal(1), Decimal(2), Decimal(10), Decimal(100)
_GESER = tuple(Decimal(f"1E{n}") for n in (-3, -2, -1, 1, 2, 3))
_SETAHUN = frozenset({Akumulasi.NILAI_AKHIR, Akumulasi.TAHUNAN, Akumulasi.RATA_RATA})


@dataclass(frozen=True, slots=True)
class Pembanding:
    """A figure to compare with.

    Attributes:
        sebutan: what it is, in words.
        dua_arah: False where only a larger figure is strange, as for a quarter beside a year.
        target: True when it is the plan's.
    """

    sebutan: str
    nilai: Decimal
    dua_arah: bool = True
    target: bool = False


@dataclass(frozen=True, slots=True)
class Lonjakan:
    """The farthest jump, how many times larger (or smaller), and the figure that a slip explains."""

    pembanding: Pembanding
    kali: Decimal
    naik: bool
    usul: Decimal | None


@dataclass(frozen=True, slots=True)
class Geseran:
    """A target that was signed, and what the same version of the plan says now."""

    sebutan: str
    lama: NilaiTarget
    kini: NilaiTarget
    versi: str


@lru_cache(maxsize=4)
def target_bergeser(k: Konteks) -> dict[int, Geseran]:
    """Number of a line → how its target moved under what was signed.

    What the change itself moved is told in the plan, by ``target-tetap``, and not here again.
    """
    hasil: dict[int, Geseran] = {}
    for asal, sebutan in k.pernah_ditandatangani:
        versi = next((v for v in k.acuan.rencana.versi if v.id == asal.versi_rencana), None)
        bagian = _bagian(asal.periode)
        if versi is None or bagian is None or int(asal.periode[:4]) != k.periode.tahun:
            continue
        banyak = Counter(b.id for b in asal.indikator)
        lama = {b.id: b.target for b in asal.indikator if banyak[b.id] == 1}
        kini_berlaku = versi is k.acuan.versi_rencana
        for n, baris, _ in k.pasangan:
            if n in hasil or baris.id not in lama:
                continue
            target = k.acuan.target[baris.id] if kini_berlaku else k.acuan.rencana.target(baris.id, versi)
            kini = target.nilai(bagian)
            if kini == lama[baris.id]:
                continue
            dipindah = k.acuan.target_semula if kini_berlaku else k.acuan.target_dipindah(versi)
            if baris.id not in dipindah:
                hasil[n] = Geseran(sebutan, lama[baris.id], kini, versi.id)
    return hasil


def lonjakan(k: Konteks, baris: BarisIndikator, indikator: Indikator) -> Lonjakan | None:
    """How a realisasi jumps, when it does."""
    nilai = baris.realisasi
    if not isinstance(nilai, Decimal) or nilai <= 0:
        return None
    semua = list(_pembanding(k, baris, indikator))
    batas = k.acuan.kebijakan.perhitungan.kelipatan_lonjakan
    terjauh: tuple[Decimal, Pembanding] | None = None
    for p in semua:
        if terhitung(indikator.satuan) and nilai < _SEDIKIT and p.nilai < _SEDIKIT:
            continue
        kali = _jarak(nilai, p.nilai)
        if kali >= batas and (p.dua_arah or nilai > p.nilai) and (terjauh is None or kali > terjauh[0]):
            terjauh = kali, p
    if terjauh is None:
        return None
    kali, p = terjauh
    return Lonjakan(p, kali, nilai > p.nilai, tergeser(nilai, [x.nilai for x in semua], indikator.satuan))


def usul_geseran(k: Konteks, baris: BarisIndikator, indikator: Indikator) -> Decimal | None:
    """The figure that a slipped decimal point or a factor 10, 100 or 1000 would explain."""
    nilai = baris.realisasi
    if not isinstance(nilai, Decimal):
        return None
    return tergeser(nilai, [p.nilai for p in _pembanding(k, baris, indikator)], indikator.satuan)


def tergeser(nilai: Decimal, pembanding: Sequence[Decimal], satuan: str) -> Decimal | None:
    """``nilai`` times a power of ten, when that is near a known figure and ``nilai`` is not.

    Args:
        satuan: a count stays whole and a percentage at most 100.
    """
    if nilai <= 0 or not pembanding or min(_jarak(nilai, p) for p in pembanding) <= _DEKAT:
        return None
    calon: list[tuple[Decimal, Decimal]] = []
    for geser in _GESER:
        usul = KONTEKS.multiply(nilai, geser)
        if terhitung(satuan) and usul != usul.to_integral_value(context=KONTEKS):
            continue
        if persen(satuan) and usul > _SERATUS:
            continue
        calon.append((min(_jarak(usul, p) for p in pembanding), usul))
    jarak, usul = min(calon, default=(_DEKAT + 1, nilai))
    return _ringkas(usul) if jarak <= _DEKAT else None


def terisi_terakhir(k: Konteks, id_indikator: str) -> tuple[str, Nilai] | None:
    """The newest filled quarter before this one in the same year: ``tw2`` and its value."""
    ada = k.realisasi.get(id_indikator)
    if not ada:
        return None
    sampai = TRIWULAN.index(k.periode.bagian) if k.periode.bagian in TRIWULAN else len(TRIWULAN)
    terisi = [(t, v) for t in TRIWULAN[:sampai] if (v := ada.get(t)) is not None]
    return terisi[-1] if terisi else None


# helpers


def _pembanding(k: Konteks, baris: BarisIndikator, indikator: Indikator) -> Iterator[Pembanding]:
    """What is known, each as a positive number in this period's measure."""
    id_indikator, periode = baris.id, k.periode
    target = k.acuan.target[id_indikator]
    janji = _wakil(target.nilai(periode.bagian), baris.realisasi)
    if janji is not None:
        yield Pembanding(f"target {periode.judul_pendek}", janji, target=True)
    triwulan = periode.bagian in TRIWULAN
    if triwulan and (akhir := terisi_terakhir(k, id_indikator)):
        bagian, nilai = akhir
        lama = _menurut_rencana(nilai, target.nilai(bagian), janji)
        if lama is not None:
            yield Pembanding(_sebutan(bagian, periode, nilai, lama), lama)
    if k.tahun_lalu is not None:
        nilai = next((b.realisasi for b in k.tahun_lalu.indikator if b.id == id_indikator), None)
        if isinstance(nilai, Decimal) and nilai > 0:
            yield Pembanding(f"realisasi {Periode(periode.tahun - 1, periode.bagian).judul_pendek}", nilai)
    sejarah = k.acuan.sejarah.get(id_indikator)
    if sejarah and isinstance(sejarah.realisasi, Decimal) and sejarah.realisasi > 0:
        sebanding = not triwulan or (
            indikator.akumulasi is Akumulasi.RATA_RATA
            or (periode.bagian == TRIWULAN[-1] and indikator.akumulasi in _SETAHUN)
        )
        yield Pembanding(f"realisasi tahun {sejarah.tahun}", sejarah.realisasi, sebanding)


def _bagian(periode: str) -> str | None:
    try:
        return Periode.baca(periode).bagian
    except ValueError:
        return None


def _sebutan(bagian: str, periode: Periode, asli: Nilai, lama: Decimal) -> str:
    sebutan = f"realisasi {Periode(periode.tahun, bagian).judul_pendek}"
    return sebutan if asli == lama else f"{sebutan} menurut laju targetnya"


def _wakil(target: NilaiTarget, nilai: Nilai) -> Decimal | None:
    """The positive number that stands for a target: of a stretch its nearer end."""
    if isinstance(target, RentangNilai):
        if not isinstance(nilai, Decimal):
            return None
        target = min(max(nilai, target.bawah), target.atas)
    return target if isinstance(target, Decimal) and target > 0 else None


def _menurut_rencana(nilai: Nilai, janji_lama: NilaiTarget, janji: Decimal | None) -> Decimal | None:
    """What an earlier quarter lets expect now, where the plan rises or falls in between."""
    if not isinstance(nilai, Decimal) or nilai <= 0:
        return None
    lama = _wakil(janji_lama, nilai)
    if lama is None or janji is None or lama == janji:
        return nilai
    return KONTEKS.divide(KONTEKS.multiply(nilai, janji), lama)


def _jarak(a: Decimal, b: Decimal) -> Decimal:
    """How many times the larger is the smaller; 1 when they are equal."""
    return KONTEKS.divide(a, b) if a >= b else KONTEKS.divide(b, a)


def _ringkas(nilai: Decimal) -> Decimal:
    """Without an exponent and without zeros that nobody typed."""
    utuh = nilai.to_integral_value(context=KONTEKS)
    return utuh.quantize(_SATU, context=KONTEKS) if nilai == utuh else nilai.normalize(KONTEKS)
