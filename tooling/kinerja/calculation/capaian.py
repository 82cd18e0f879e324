"""Capaian: how far an indikator has come, to date and against the year.

It decides the figure, or the reason why there is none. A missing value is never zero and a
zero target never divides. It leaves out totals (``recap``) and whether a figure is plausible
(``validation``).

Example:
    target 80, realisasi 75, ``arah: naik`` → 93,75 %; ``arah: turun`` (selisih) → 106,25 %.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kinerja.calculation.numbers import KONTEKS, bulat
from kinerja.domain.laporan import BarisCapaian
from kinerja.domain.perencanaan import (
    Akumulasi,
    Arah,
    Indikator,
    Nilai,
    NilaiTarget,
    RentangNilai,
    RumusTurun,
    TargetIndikator,
)
from kinerja.domain.periode import TRIWULAN
from kinerja.domain.tata_kelola import Perhitungan, Skala, TargetNol

_SERATUS = Decimal(100)
_DUA = Decimal(2)


def hitung(
    indikator: Indikator,
    target: TargetIndikator,
    realisasi: Mapping[str, Nilai],
    bagian: str,
    perhitungan: Perhitungan,
    skala: Skala,
) -> BarisCapaian:
    """The computed line of one indikator for one period.

    Args:
        realisasi: ``tw1`` … → each signed quarter's value up to the period; None = not filled.
        bagian: ``tw1`` … ``tw4`` or ``tahunan``.
    """
    target_sd = _sampai_dengan(indikator, {t: target.nilai(t) for t in TRIWULAN}, bagian, target.tahunan)
    realisasi_sd = _sampai_dengan(indikator, dict(realisasi), bagian, realisasi.get(bagian))
    capaian, alasan = _capaian(indikator, target_sd, realisasi_sd, perhitungan, bagian)
    tahunan, _ = _capaian(indikator, target.tahunan, realisasi_sd, perhitungan, bagian)
    tercapai = None
    if indikator.arah is Arah.ADA_TIDAK and isinstance(realisasi_sd, str) and target_sd is not None:
        tercapai = realisasi_sd.strip().casefold() == str(target_sd).strip().casefold()
        alasan = "tercapai" if tercapai else "tidak tercapai"
    tampil = None if capaian is None else bulat(capaian)
    return BarisCapaian(
        id=indikator.id,
        bidang=indikator.bidang,
        target=target.nilai(bagian),
        realisasi=realisasi.get(bagian),
        target_sd=target_sd,
        realisasi_sd=_nilai(realisasi_sd),
        capaian=tampil,
        capaian_tahunan=None if tahunan is None else bulat(tahunan),
        kategori="" if tampil is None else kategori(tampil, skala),
        alasan=alasan,
        tercapai=tercapai,
    )


def capaian_mentah(
    indikator: Indikator, target: NilaiTarget, realisasi: Nilai, perhitungan: Perhitungan
) -> tuple[Decimal | None, str]:
    """Unrounded percent and "" — or None and the reason, in Indonesian."""
    if indikator.arah is Arah.BELUM_DITETAPKAN:
        return None, "arah dan rumus belum ditetapkan"
    if indikator.arah is Arah.ADA_TIDAK:
        return None, "dinilai tercapai atau tidak, tanpa persen"
    if target is None:
        return None, "target belum ditetapkan"
    if realisasi is None:
        return None, "realisasi belum diisi"
    if indikator.arah is Arah.RENTANG:
        return _rentang(target, realisasi)
    if indikator.arah is Arah.PREDIKAT:
        skor = {p.kode: p.skor for p in indikator.predikat}
        t, r = skor.get(str(target)), skor.get(str(realisasi))
        if t is None or r is None:
            return None, f"predikat `{target if t is None else realisasi}` tidak ada dalam skala"
        return _persen(r, t)
    if not isinstance(target, Decimal) or not isinstance(realisasi, Decimal):
        return None, "target atau realisasi bukan angka"
    return _angka(indikator, target, realisasi, perhitungan)


def kategori(nilai: Decimal, skala: Skala) -> str:
    """The class of a figure already rounded to two places; lower bounds are closed."""
    for kelas in skala.kelas:
        if kelas.batas_bawah is None or nilai >= kelas.batas_bawah:
            return kelas.nama
    return skala.kelas[-1].nama


# helpers


def _nilai(nilai: NilaiTarget) -> Nilai:
    return None if isinstance(nilai, RentangNilai) else nilai


def _capaian(
    indikator: Indikator,
    target: NilaiTarget,
    realisasi: NilaiTarget,
    perhitungan: Perhitungan,
    bagian: str,
) -> tuple[Decimal | None, str]:
    if indikator.akumulasi is Akumulasi.TAHUNAN and bagian != "tahunan":
        return None, "diukur setahun sekali, pada laporan tahunan"
    return capaian_mentah(indikator, target, _nilai(realisasi), perhitungan)


def _sampai_dengan(
    indikator: Indikator, nilai: Mapping[str, NilaiTarget], bagian: str, tahunan: NilaiTarget
) -> NilaiTarget:
    """The value to date by the indikator's akumulasi; the annual value where it is measured so."""
    if bagian == "tahunan" and (
        indikator.akumulasi is Akumulasi.TAHUNAN or tahunan is not None
    ):
        return tahunan
    if indikator.akumulasi is Akumulasi.TAHUNAN:
        return None
    jumlah = len(TRIWULAN) if bagian == "tahunan" else TRIWULAN.index(bagian) + 1
    terisi = [v for t in TRIWULAN[:jumlah] if (v := nilai.get(t)) is not None]
    if not terisi:
        return None
    match indikator.akumulasi:
        case Akumulasi.JUMLAH:
            return _jumlah(terisi)
        case Akumulasi.RATA_RATA:
            total = _jumlah(terisi)
            return None if total is None else KONTEKS.divide(total, Decimal(len(terisi)))
        case Akumulasi.NILAI_AKHIR:
            return terisi[-1]
        case _:
            return nilai.get(bagian)


def _jumlah(nilai: Sequence[NilaiTarget]) -> Decimal | None:
    total = Decimal(0)
    for v in nilai:
        if not isinstance(v, Decimal):
            return None
        total = KONTEKS.add(total, v)
    return total


def _persen(pembilang: Decimal, penyebut: Decimal) -> tuple[Decimal | None, str]:
    if penyebut == 0:
        return None, "pembagi nol, capaian tidak dapat dihitung"
    return KONTEKS.multiply(KONTEKS.divide(pembilang, penyebut), _SERATUS), ""


def _angka(
    indikator: Indikator, target: Decimal, realisasi: Decimal, perhitungan: Perhitungan
) -> tuple[Decimal | None, str]:
    kebijakan = TargetNol(indikator.target_nol) if indikator.target_nol else perhitungan.target_nol
    if target == 0:
        if kebijakan is TargetNol.TERCAPAI_BILA_NOL:
            return (_SERATUS, "") if realisasi == 0 else (Decimal(0), "")
        return None, "target nol, capaian tidak dapat dihitung"
    if indikator.arah is Arah.NAIK:
        return _persen(realisasi, target)
    if indikator.rumus is RumusTurun.RASIO:
        if realisasi == 0:
            return None, "realisasi nol, rumus rasio tidak dapat dihitung"
        return _persen(target, realisasi)
    if indikator.rumus is RumusTurun.SELISIH:
        selisih = KONTEKS.subtract(KONTEKS.multiply(_DUA, target), realisasi)
        return _persen(selisih, target)
    return None, "rumus untuk arah turun belum ditetapkan"


def _rentang(target: NilaiTarget, realisasi: Nilai) -> tuple[Decimal | None, str]:
    if not isinstance(target, RentangNilai) or not isinstance(realisasi, Decimal):
        return None, "target harus rentang dan realisasi harus angka"
    if target.bawah <= realisasi <= target.atas:
        return _SERATUS, ""
    pembilang, penyebut = (
        (realisasi, target.bawah) if realisasi < target.bawah else (target.atas, realisasi)
    )
    return _persen(pembilang, penyebut)
