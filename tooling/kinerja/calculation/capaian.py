"""Capaian: how far an indikator has come, to date and against the year.

It decides the figure, or the reason why there is none. A missing value is never zero and a
zero target never divides; the period is given, never taken from a clock. It leaves out
totals (``recap``) and whether a figure is plausible (``validation``).

A mean is kept as sum and count until the one division of the formula, so that nothing is
rounded between steps.

Example:
    target 80, realisasi 75, ``arah: naik`` → 93,75 %; ``arah: turun`` (selisih) → 106,25 %.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from kinerja.calculation.numbers import KONTEKS, bulat
from kinerja.calculation.recap import kategori
from kinerja.domain.laporan import BarisCapaian
from kinerja.domain.perencanaan import (
    Akumulasi,
    Arah,
    Indikator,
    Nilai,
    NilaiTarget,
    RentangNilai,
    RumusRentang,
    RumusTurun,
    TargetIndikator,
)
from kinerja.domain.periode import TRIWULAN
from kinerja.domain.tata_kelola import Perhitungan, Skala, TargetNol

_NOL, _SERATUS = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Hasil:
    """Unrounded percent; or None with the reason, in Indonesian."""

    nilai: Decimal | None
    alasan: str = ""


def hitung(
    indikator: Indikator,
    target: TargetIndikator,
    realisasi: Mapping[str, Nilai],
    bagian: str,
    perhitungan: Perhitungan,
    skala: Skala,
) -> BarisCapaian:
    """The computed line of one indikator for one period.

    In the annual report the annual value is used; where it is missing, the quarters give it.
    ``alasan`` beside a figure is a note on quarters not filled, which are left out, not zero.

    Args:
        realisasi: ``tw1`` … ``tw4``, ``tahunan`` → value; None = not filled. Periods after
            ``bagian`` are ignored.
        bagian: ``tw1`` … ``tw4`` or ``tahunan``.
    """
    janji = {b: target.nilai(b) for b in (*TRIWULAN, "tahunan")}
    rencana = sampai_dengan(indikator.akumulasi, janji, bagian)
    nyata = sampai_dengan(indikator.akumulasi, realisasi, bagian)
    hasil = _bandingkan(indikator, rencana, nyata, perhitungan)
    setahun = _bandingkan(indikator, Kumulatif(target.tahunan), nyata, perhitungan)
    capaian = None if hasil.nilai is None else bulat(hasil.nilai)
    realisasi_sd = nyata.tampil()
    return BarisCapaian(
        id=indikator.id,
        bidang=indikator.bidang,
        target=target.nilai(bagian),
        realisasi=realisasi.get(bagian),
        target_sd=rencana.tampil(),
        realisasi_sd=None if isinstance(realisasi_sd, RentangNilai) else realisasi_sd,
        capaian=capaian,
        capaian_tahunan=None if setahun.nilai is None else bulat(setahun.nilai),
        kategori="" if capaian is None else kategori(capaian, skala),
        alasan=hasil.alasan if capaian is None else nyata.catatan,
        tercapai=_tercapai(indikator, rencana.jumlah, nyata.jumlah),
    )


def capaian_mentah(
    indikator: Indikator, target: NilaiTarget, realisasi: NilaiTarget, perhitungan: Perhitungan
) -> Hasil:
    """The unrounded, uncapped percent of one target and one realisasi."""
    if indikator.arah is Arah.BELUM_DITETAPKAN:
        return Hasil(None, "arah indikator belum ditetapkan")
    if target is None:
        return Hasil(None, "target belum ditetapkan")
    if realisasi is None:
        return Hasil(None, "realisasi belum diisi")
    match indikator.arah:
        case Arah.NAIK | Arah.TURUN:
            return _angka(indikator, target, realisasi, perhitungan)
        case Arah.RENTANG:
            return _rentang(indikator.rumus_rentang, target, realisasi)
        case Arah.PREDIKAT:
            return _predikat(indikator, target, realisasi)
        case Arah.ADA_TIDAK:
            return Hasil(None, "dinilai tercapai atau tidak, tanpa persen")
        case _:
            assert_never(indikator.arah)


# helpers: quarters to date


@dataclass(frozen=True, slots=True)
class Kumulatif:
    """A value to date: ``jumlah`` divided by ``banyak``, not yet divided."""

    jumlah: NilaiTarget
    banyak: int = 1
    alasan: str = ""
    catatan: str = ""
    angka_desimal: int = 0

    def tampil(self) -> NilaiTarget:
        """As shown: a mean has two places, or as many as its finest quarter."""
        if self.banyak == 1:
            return self.jumlah
        if isinstance(self.jumlah, RentangNilai):
            return RentangNilai(self._bagi(self.jumlah.bawah), self._bagi(self.jumlah.atas))
        return self._bagi(self.jumlah) if isinstance(self.jumlah, Decimal) else self.jumlah

    def _bagi(self, jumlah: Decimal) -> Decimal:
        hasil = KONTEKS.divide(jumlah, Decimal(self.banyak))
        tempat = Decimal((0, (1,), -max(2, self.angka_desimal)))
        return hasil.quantize(tempat, context=KONTEKS)

    def kali(self, pengali: int) -> NilaiTarget:
        """``jumlah`` times a whole number, exact; texts stay as they are."""
        if pengali == 1:
            return self.jumlah
        if isinstance(self.jumlah, Decimal):
            return KONTEKS.multiply(self.jumlah, Decimal(pengali))
        if isinstance(self.jumlah, RentangNilai):
            bawah = KONTEKS.multiply(self.jumlah.bawah, Decimal(pengali))
            return RentangNilai(bawah, KONTEKS.multiply(self.jumlah.atas, Decimal(pengali)))
        return self.jumlah


def sampai_dengan(
    akumulasi: Akumulasi, nilai: Mapping[str, NilaiTarget], bagian: str
) -> Kumulatif:
    setahun = bagian == "tahunan"
    if akumulasi is Akumulasi.BELUM_DITETAPKAN:
        return Kumulatif(None, alasan="akumulasi antartriwulan belum ditetapkan")
    if akumulasi is Akumulasi.TAHUNAN and not setahun:
        return Kumulatif(None, alasan="diukur setahun sekali, dilaporkan pada laporan tahunan")
    if setahun and (akumulasi is Akumulasi.TAHUNAN or nilai.get("tahunan") is not None):
        return Kumulatif(nilai.get("tahunan"))
    triwulan = TRIWULAN if setahun else TRIWULAN[: TRIWULAN.index(bagian) + 1]
    terisi = [(t, v) for t in triwulan if (v := nilai.get(t)) is not None]
    if not terisi:
        return Kumulatif(None)
    if akumulasi is Akumulasi.NILAI_AKHIR:
        nama, akhir = terisi[-1]
        lama = "" if nama == triwulan[-1] else f"memakai nilai {nama}, yang terakhir terisi"
        return Kumulatif(akhir, catatan=lama)
    return _gabungan(akumulasi, [v for _, v in terisi], len(triwulan))


def _gabungan(akumulasi: Akumulasi, nilai: Sequence[NilaiTarget], dari: int) -> Kumulatif:
    """The sum, or the mean as sum and count, of the filled quarters."""
    angka = [v for v in nilai if isinstance(v, Decimal)]
    rentang = [v for v in nilai if isinstance(v, RentangNilai)]
    total: NilaiTarget
    if len(angka) == len(nilai):
        total = _tambah(angka)
    elif len(rentang) == len(nilai):
        total = RentangNilai(
            _tambah([r.bawah for r in rentang]), _tambah([r.atas for r in rentang])
        )
        angka = [batas for r in rentang for batas in (r.bawah, r.atas)]
    else:
        teks = next((v for v in nilai if isinstance(v, str)), "rentang")
        return Kumulatif(None, alasan=f"`{teks}` bukan angka, tidak dapat digabung antartriwulan")
    catatan = "" if len(nilai) == dari else f"baru {len(nilai)} dari {dari} triwulan terisi"
    banyak = len(nilai) if akumulasi is Akumulasi.RATA_RATA else 1
    return Kumulatif(total, banyak, "", catatan, max(map(_angka_desimal, angka)))


def _angka_desimal(nilai: Decimal) -> int:
    pangkat = nilai.as_tuple().exponent
    return max(0, -pangkat) if isinstance(pangkat, int) else 0


def _tambah(nilai: Sequence[Decimal]) -> Decimal:
    total = _NOL
    for n in nilai:
        total = KONTEKS.add(total, n)
    return total


# helpers: the formulas


def _bandingkan(
    indikator: Indikator, rencana: Kumulatif, nyata: Kumulatif, perhitungan: Perhitungan
) -> Hasil:
    """Both sides times both counts: every formula is a ratio, so this changes no result."""
    alasan = nyata.alasan or rencana.alasan
    if alasan and indikator.arah is not Arah.BELUM_DITETAPKAN:
        return Hasil(None, alasan)
    target, realisasi = rencana.kali(nyata.banyak), nyata.kali(rencana.banyak)
    return capaian_mentah(indikator, target, realisasi, perhitungan)


def _persen(pembilang: Decimal, penyebut: Decimal) -> Hasil:
    return Hasil(KONTEKS.divide(KONTEKS.multiply(pembilang, _SERATUS), penyebut))


def _angka(
    indikator: Indikator, target: NilaiTarget, realisasi: NilaiTarget, perhitungan: Perhitungan
) -> Hasil:
    if not isinstance(target, Decimal):
        return Hasil(None, f"target {_kutip(target)} bukan angka")
    if not isinstance(realisasi, Decimal):
        return Hasil(None, f"realisasi {_kutip(realisasi)} bukan angka")
    if target == 0:
        return target_nol(indikator, realisasi, perhitungan)
    if target < 0:
        return Hasil(None, "target negatif, capaian tidak dapat dihitung")
    if indikator.arah is Arah.NAIK:
        return _persen(realisasi, target)
    return _turun(indikator.rumus, target, realisasi)


def _turun(rumus: RumusTurun | None, target: Decimal, realisasi: Decimal) -> Hasil:
    if rumus is None:
        return Hasil(None, "rumus untuk arah turun belum ditetapkan")
    if rumus is RumusTurun.SELISIH:
        return _persen(KONTEKS.subtract(KONTEKS.add(target, target), realisasi), target)
    if realisasi <= 0:
        sifat = "nol" if realisasi == 0 else "negatif"
        return Hasil(None, f"realisasi {sifat}, rumus rasio tidak dapat dihitung")
    return _persen(target, realisasi)


def target_nol(indikator: Indikator, realisasi: Decimal, perhitungan: Perhitungan) -> Hasil:
    kebijakan = indikator.target_nol or perhitungan.target_nol.value
    if kebijakan == TargetNol.TERCAPAI_BILA_NOL.value:
        if realisasi == 0:
            return Hasil(_SERATUS)
        if indikator.arah is Arah.TURUN and realisasi > 0:
            return Hasil(_NOL)
    return Hasil(None, "target nol, capaian tidak dapat dihitung")


def _rentang(rumus: RumusRentang | None, target: NilaiTarget, realisasi: NilaiTarget) -> Hasil:
    if not isinstance(target, RentangNilai):
        return Hasil(None, f"target {_kutip(target)} bukan rentang")
    if not isinstance(realisasi, Decimal):
        return Hasil(None, f"realisasi {_kutip(realisasi)} bukan angka")
    if target.bawah <= realisasi <= target.atas:
        return Hasil(_SERATUS)
    dibagi_atas = rumus is RumusRentang.SEJAJAR and realisasi > target.atas
    if (target.bawah <= 0 and realisasi < target.bawah) or target.atas < 0 or (
        dibagi_atas and target.atas == 0
    ):
        return Hasil(None, "batas rentang nol atau negatif, capaian tidak dapat dihitung")
    if realisasi < target.bawah:
        return _persen(realisasi, target.bawah)
    return _persen(realisasi, target.atas) if dibagi_atas else _persen(target.atas, realisasi)


def _predikat(indikator: Indikator, target: NilaiTarget, realisasi: NilaiTarget) -> Hasil:
    skor = {p.kode: p.skor for p in indikator.predikat}
    for nama, nilai in (("target", target), ("realisasi", realisasi)):
        if not isinstance(nilai, str) or nilai.strip() not in skor:
            return Hasil(None, f"{nama} {_kutip(nilai)} tidak ada dalam daftar predikat")
    pembagi = skor[str(target).strip()]
    if pembagi <= 0:
        return Hasil(None, "skor predikat target nol, capaian tidak dapat dihitung")
    return _persen(skor[str(realisasi).strip()], pembagi)


def _tercapai(indikator: Indikator, target: NilaiTarget, realisasi: NilaiTarget) -> bool | None:
    if indikator.arah is not Arah.ADA_TIDAK or target is None or realisasi is None:
        return None
    if isinstance(target, str) and isinstance(realisasi, str):
        return target.strip().casefold() == realisasi.strip().casefold()
    return target == realisasi


def _kutip(nilai: NilaiTarget) -> str:
    if isinstance(nilai, RentangNilai):
        return f"`{nilai.bawah:f}–{nilai.atas:f}`"
    return f"`{nilai:f}`" if isinstance(nilai, Decimal) else f"`{nilai}`"
