"""Totals of a sasaran, program, bidang or the agency: mean capaian, category, money, progress.

It decides what enters a mean: only indikator that have a figure, each capped where a cap is
set; every total says how many of how many were counted. It leaves out the figure of one
indikator (``capaian``).

Example:
    capaian 150 (cap 120), 80 and one without a figure → mean 100,00 of 2 from 3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kinerja.calculation.numbers import KONTEKS, bulat
from kinerja.domain.kertas_kerja import BarisAnggaran
from kinerja.domain.laporan import BarisCapaian, Rekap, RekapKelompok
from kinerja.domain.perencanaan import Indikator
from kinerja.domain.tata_kelola import Perhitungan, Skala

SEMUA = "semua"


def kategori(nilai: Decimal, skala: Skala) -> str:
    """The class of a figure, judged as it is shown; lower bounds are closed, without gaps."""
    tampil = bulat(nilai)
    for kelas in skala.kelas:
        if kelas.batas_bawah is None or tampil >= kelas.batas_bawah:
            return kelas.nama
    return skala.kelas[-1].nama


def batas_rata_rata(
    indikator: Sequence[Indikator], perhitungan: Perhitungan
) -> dict[str, Decimal | None]:
    """Indikator id → cap inside means: its own, else the policy's, else None."""
    return {
        i.id: perhitungan.batas_atas if i.batas_atas is None else i.batas_atas for i in indikator
    }


def rekap(
    baris: Sequence[BarisCapaian],
    batas: Mapping[str, Decimal | None],
    anggaran: Sequence[BarisAnggaran],
    bidang: str,
    skala: Skala,
) -> Rekap:
    """Totals over the lines given; the mean is that of the figures as shown, capped.

    Args:
        batas: indikator id → cap used inside the mean only; None for no cap.
        bidang: id of the bidang, or :data:`SEMUA`.

    Returns:
        Money is None when any line's is: a sum with a hole is not a sum.
    """
    dihitung, rata_rata = _rata_rata(baris, batas)
    pagu, realisasi, terserap = _uang(anggaran)
    return Rekap(
        bidang=bidang,
        dihitung=dihitung,
        total=len(baris),
        rata_rata=rata_rata,
        kategori="" if rata_rata is None else kategori(rata_rata, skala),
        pagu=pagu,
        realisasi=realisasi,
        serapan=terserap,
        fisik=fisik_tertimbang(anggaran),
    )


def rekap_kelompok(
    id_kelompok: str,
    baris: Sequence[BarisCapaian],
    batas: Mapping[str, Decimal | None],
    anggaran: Sequence[BarisAnggaran],
    skala: Skala,
) -> RekapKelompok:
    """As :func:`rekap`, of one sasaran or one program; of whatever bidang its lines are."""
    dihitung, rata_rata = _rata_rata(baris, batas)
    pagu, realisasi, terserap = _uang(anggaran)
    return RekapKelompok(
        id=id_kelompok,
        dihitung=dihitung,
        total=len(baris),
        rata_rata=rata_rata,
        kategori="" if rata_rata is None else kategori(rata_rata, skala),
        pagu=pagu,
        realisasi=realisasi,
        serapan=terserap,
        fisik=fisik_tertimbang(anggaran),
    )


def fisik_tertimbang(anggaran: Sequence[BarisAnggaran]) -> Decimal | None:
    """Physical progress in percent, weighted by pagu, two places; None when a line has none."""
    bobot = jumlah_utuh([a.pagu for a in anggaran])
    bagian = [
        None if a.pagu is None or a.fisik is None else KONTEKS.multiply(a.pagu, a.fisik) for a in anggaran
    ]
    jumlah = jumlah_utuh(bagian)
    if bobot is None or jumlah is None or bobot <= 0:
        return None
    return bulat(KONTEKS.divide(jumlah, bobot))


def serapan(pagu: Decimal | None, realisasi: Decimal | None) -> Decimal | None:
    """Realisasi in percent of pagu, two places; None without pagu."""
    if pagu is None or realisasi is None or pagu == 0:
        return None
    return bulat(KONTEKS.divide(KONTEKS.multiply(realisasi, Decimal(100)), pagu))


def jumlah_utuh(nilai: Sequence[Decimal | None]) -> Decimal | None:
    """The sum; None when it is empty or any part is missing."""
    terisi = [n for n in nilai if n is not None]
    return _tambah(terisi) if terisi and len(terisi) == len(nilai) else None


# helpers


def _rata_rata(
    baris: Sequence[BarisCapaian], batas: Mapping[str, Decimal | None]
) -> tuple[int, Decimal | None]:
    nilai = [_dibatasi(b.capaian, batas.get(b.id)) for b in baris if b.capaian is not None]
    if not nilai:
        return 0, None
    return len(nilai), bulat(KONTEKS.divide(_tambah(nilai), Decimal(len(nilai))))


def _uang(anggaran: Sequence[BarisAnggaran]) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    pagu = jumlah_utuh([a.pagu for a in anggaran])
    realisasi = jumlah_utuh([a.realisasi for a in anggaran])
    return pagu, realisasi, serapan(pagu, realisasi)


def _dibatasi(nilai: Decimal, batas: Decimal | None) -> Decimal:
    return nilai if batas is None else min(nilai, batas)


def _tambah(nilai: Sequence[Decimal]) -> Decimal:
    total = Decimal(0)
    for n in nilai:
        total = KONTEKS.add(total, n)
    return total
