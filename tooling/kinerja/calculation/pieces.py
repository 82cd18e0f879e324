"""Capaian while somebody types: the one formula of ``capaian`` as pieces of a rational function.

It decides nothing new. For one indikator, with its target and the earlier quarters given, the
percent depends on one number alone, the realisasi R of this period; on each stretch of R it is
``100 × (a + b·R) ÷ (c + d·R)``, or there is none and a reason is given. A page that has the
pieces can show capaian at every key press without asking and without a second formula.

Example:
    target 80, ``arah: naik`` → one piece: a = 0, b = 1, c = 80, d = 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kinerja.calculation.capaian import Hasil, Kumulatif, capaian_mentah, sampai_dengan, target_nol
from kinerja.calculation.numbers import KONTEKS
from kinerja.domain.perencanaan import (
    Akumulasi,
    Arah,
    Indikator,
    Nilai,
    RentangNilai,
    RumusRentang,
    RumusTurun,
    TargetIndikator,
)
from kinerja.domain.periode import TRIWULAN
from kinerja.domain.tata_kelola import Perhitungan

_NOL, _SATU = Decimal(0), Decimal(1)
_HALUS = Decimal((0, (1,), -60))
"""A bound that does not end is cut here; no number that is typed has so many places."""


@dataclass(frozen=True, slots=True)
class Potongan:
    """One stretch of R: up to ``maks`` (None: without end), which belongs to it when ``termasuk``.

    Attributes:
        alasan: why there is no figure on this stretch; "" when there is one.
    """

    maks: Decimal | None = None
    termasuk: bool = False
    a: Decimal = _NOL
    b: Decimal = _NOL
    c: Decimal = _SATU
    d: Decimal = _NOL
    alasan: str = ""

    def memuat(self, r: Decimal) -> bool:
        """Whether a number lies on this stretch, given that it lies on none before."""
        return self.maks is None or r < self.maks or (self.termasuk and r == self.maks)


def potongan(
    indikator: Indikator,
    target: TargetIndikator,
    sebelumnya: Mapping[str, Nilai],
    bagian: str,
    perhitungan: Perhitungan,
) -> tuple[Potongan, ...]:
    """The pieces of one indikator for one period, in the order in which they are tried.

    Args:
        sebelumnya: ``tw1`` … → realisasi of earlier periods of the year; None = not filled.
        bagian: ``tw1`` … ``tw4`` or ``tahunan``; what ``sebelumnya`` has of it is ignored.
    """
    janji = {b: target.nilai(b) for b in (*TRIWULAN, "tahunan")}
    rencana = sampai_dengan(indikator.akumulasi, janji, bagian)
    nyata = sampai_dengan(indikator.akumulasi, {**sebelumnya, bagian: _NOL}, bagian)
    alasan = nyata.alasan or rencana.alasan
    if alasan and indikator.arah is not Arah.BELUM_DITETAPKAN:
        return (Potongan(alasan=alasan),)
    dasar = nyata.jumlah if indikator.akumulasi in (Akumulasi.JUMLAH, Akumulasi.RATA_RATA) else _NOL
    if not isinstance(dasar, Decimal):
        return (Potongan(alasan="realisasi triwulan sebelumnya bukan angka"),)
    return _rumus(indikator, rencana, nyata.banyak, dasar, perhitungan)


def serapan_potongan(pagu: Decimal | None) -> tuple[Potongan, ...]:
    """Serapan of one budget line: R ÷ pagu × 100."""
    if pagu is None or pagu == 0:
        return (Potongan(alasan="pagu belum ditetapkan" if pagu is None else "pagu nol"),)
    return (Potongan(b=_SATU, c=pagu),)


def nilai_potongan(daftar: tuple[Potongan, ...], r: Decimal) -> Hasil:
    """What the pieces say of a number, unrounded; the meaning of :class:`Potongan`, for tests and pages."""
    p = next(p for p in daftar if p.memuat(r))
    if p.alasan:
        return Hasil(None, p.alasan)
    atas = KONTEKS.add(p.a, KONTEKS.multiply(p.b, r))
    bawah = KONTEKS.add(p.c, KONTEKS.multiply(p.d, r))
    return Hasil(KONTEKS.divide(KONTEKS.multiply(atas, Decimal(100)), bawah))


# helpers


def _rumus(
    indikator: Indikator, rencana: Kumulatif, banyak: int, dasar: Decimal, perhitungan: Perhitungan
) -> tuple[Potongan, ...]:
    """Target times the quarters filled, realisasi (``dasar`` + R) times the quarters promised."""
    target, kali = rencana.kali(banyak), Decimal(rencana.banyak)
    titik_nol = KONTEKS.minus(dasar)
    if indikator.arah in (Arah.NAIK, Arah.TURUN) and isinstance(target, Decimal) and target >= 0:
        if target == 0:
            return _tanpa_target(indikator, titik_nol, perhitungan)
        tetap = KONTEKS.multiply(dasar, kali)
        if indikator.arah is Arah.NAIK:
            return (Potongan(a=tetap, b=kali, c=target),)
        if indikator.rumus is RumusTurun.SELISIH:
            dua = KONTEKS.add(target, target)
            return (Potongan(a=KONTEKS.subtract(dua, tetap), b=KONTEKS.minus(kali), c=target),)
        if indikator.rumus is RumusTurun.RASIO:
            return (
                *_tak_positif(indikator, target, titik_nol, perhitungan),
                Potongan(a=target, c=tetap, d=kali),
            )
    if indikator.arah is Arah.RENTANG and isinstance(target, RentangNilai):
        return _rentang(indikator, target, dasar, kali, perhitungan)
    return (Potongan(alasan=capaian_mentah(indikator, target, _SATU, perhitungan).alasan),)


def _tanpa_target(indikator: Indikator, titik_nol: Decimal, perhitungan: Perhitungan) -> tuple[Potongan, ...]:
    daftar = []
    for maks, termasuk, r in ((titik_nol, False, -_SATU), (titik_nol, True, _NOL), (None, False, _SATU)):
        daftar.append(_tetap(target_nol(indikator, r, perhitungan), maks, termasuk=termasuk))
    return tuple(daftar)


def _tak_positif(
    indikator: Indikator, target: Decimal, titik_nol: Decimal, perhitungan: Perhitungan
) -> tuple[Potongan, ...]:
    """Below and at zero, where T ÷ R says nothing."""
    return tuple(
        _tetap(capaian_mentah(indikator, target, r, perhitungan), titik_nol, termasuk=termasuk)
        for termasuk, r in ((False, -_SATU), (True, _NOL))
    )


def _rentang(
    indikator: Indikator, target: RentangNilai, dasar: Decimal, kali: Decimal, perhitungan: Perhitungan
) -> tuple[Potongan, ...]:
    tetap = KONTEKS.multiply(dasar, kali)
    di_bawah = capaian_mentah(indikator, target, KONTEKS.subtract(target.bawah, _SATU), perhitungan)
    di_atas = capaian_mentah(indikator, target, KONTEKS.add(target.atas, _SATU), perhitungan)
    sejajar = indikator.rumus_rentang is RumusRentang.SEJAJAR
    batas_bawah, batas_atas = (
        KONTEKS.subtract(KONTEKS.divide(b, kali).quantize(_HALUS, context=KONTEKS), dasar)
        for b in (target.bawah, target.atas)
    )
    bawah = Potongan(batas_bawah, a=tetap, b=kali, c=target.bawah)
    atas = Potongan(a=tetap, b=kali, c=target.atas) if sejajar else Potongan(a=target.atas, c=tetap, d=kali)
    return (
        bawah if di_bawah.nilai is not None else Potongan(batas_bawah, alasan=di_bawah.alasan),
        Potongan(batas_atas, termasuk=True, a=_SATU),
        atas if di_atas.nilai is not None else Potongan(alasan=di_atas.alasan),
    )


def _tetap(hasil: Hasil, maks: Decimal | None, *, termasuk: bool) -> Potongan:
    """A stretch on which the answer does not depend on R."""
    if hasil.nilai is None:
        return Potongan(maks, termasuk, alasan=hasil.alasan)
    return Potongan(maks, termasuk, a=KONTEKS.divide(hasil.nilai, Decimal(100)))
