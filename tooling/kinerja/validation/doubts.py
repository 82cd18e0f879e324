"""Which single doubt a filled line without explanation raises.

One slip of the keyboard makes a figure too large, out of bounds and far from its target at
once. A line is asked one question, the most telling one, and ``penjelasan`` answers it. It
leaves out the words (the rules say them) and figures that are wrong whatever is explained:
those have rules of their own and raise no doubt here.

Example: 150 persen of a target of 80 is told as more than 100 percent, not as a high capaian.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache

from kinerja.calculation.capaian import hitung
from kinerja.calculation.numbers import KONTEKS, bulat, lewat_sen
from kinerja.domain.findings import Tingkat
from kinerja.domain.kertas_kerja import BarisIndikator
from kinerja.domain.perencanaan import Akumulasi, Arah, Indikator, Nilai
from kinerja.domain.periode import TRIWULAN
from kinerja.validation.comparisons import Lonjakan, lonjakan, terisi_terakhir
from kinerja.validation.context import Konteks, terisi
from kinerja.validation.units import persen, terhitung

ANGKA = frozenset({Arah.NAIK, Arah.TURUN, Arah.RENTANG, Arah.BELUM_DITETAPKAN})
"""Directions whose realisasi is a number."""

_BERTRIWULAN = frozenset({Akumulasi.JUMLAH, Akumulasi.NILAI_AKHIR, Akumulasi.RATA_RATA})
_SERATUS, _SATU = Decimal(100), Decimal(1)
_RIBUAN = -3
_HANYA_NILAI = BarisIndikator("", "", "", None, None, None)


class Keraguan(Enum):
    """What is asked, the most telling first."""

    PEMBILANG = auto()
    LEBIH_SERATUS = auto()
    SETAHUN = auto()
    TURUN = auto()
    RENDAH = auto()
    LONJAK = auto()
    TINGGI = auto()


@dataclass(frozen=True, slots=True)
class Ragu:
    """The doubt about one line; what it is compared with, where that is a figure."""

    jenis: Keraguan
    pembanding: Nilai = None
    bagian: str = ""
    lonjakan: Lonjakan | None = None


@lru_cache(maxsize=4)
def keraguan(k: Konteks) -> dict[int, Ragu]:
    """Number of a line → its doubt."""
    hasil: dict[int, Ragu] = {}
    for n, baris, indikator in k.pasangan:
        if baris.realisasi is None or terisi(baris.penjelasan) or not sejenis(baris, indikator):
            continue
        ragu = _ragu(k, n, baris, indikator)
        if ragu is not None and baris.id not in k.acuan.target_semula:
            hasil[n] = ragu  # against a target that the change moved in the plan nobody explains
    return hasil


def diragukan(k: Konteks, jenis: Keraguan) -> Iterator[tuple[int, BarisIndikator, Ragu]]:
    """The lines that raise one kind of doubt: number, line, doubt."""
    for n, ragu in keraguan(k).items():
        if ragu.jenis is jenis:
            yield n, k.kertas_kerja.indikator[n], ragu


def tingkat_alasan(k: Konteks) -> Tingkat | None:
    """A reason is owed when the worksheet is submitted; before that its lack only warns."""
    return None if k.diajukan else Tingkat.PERINGATAN


def rendah(k: Konteks, n: int) -> bool:
    """True when a line's capaian is below the bound, or it was not reached."""
    return k.capaian[n].di_bawah(k.acuan.kebijakan.perhitungan.batas_penjelasan_bawah)


def tinggi(k: Konteks, n: int) -> bool:
    """True when a line's capaian is far above its target."""
    capaian = k.capaian[n].capaian
    return capaian is not None and capaian > k.acuan.kebijakan.perhitungan.batas_penjelasan_atas


def sejenis(baris: BarisIndikator, indikator: Indikator) -> bool:
    """False for a realisasi of the wrong kind, which ``realisasi-terbaca`` tells."""
    if indikator.arah in ANGKA:
        return isinstance(baris.realisasi, Decimal)
    return isinstance(baris.realisasi, str)


def layak(baris: BarisIndikator, indikator: Indikator) -> bool:
    """False for a realisasi that another rule refuses whatever is explained."""
    nilai = baris.realisasi
    if nilai is None:
        return True
    if indikator.arah is Arah.PREDIKAT:
        return nilai in [p.kode for p in indikator.predikat]
    pasti_salah = isinstance(nilai, Decimal) and _pasti_salah(nilai, baris, indikator)
    return sejenis(baris, indikator) and not pasti_salah


def bagian_layak(bagian: Decimal | None) -> bool:
    """False for a part of a quotient that another rule refuses: its quotient says nothing."""
    return bagian is None or not (bagian < 0 or mirip_ribuan(bagian))


def rupiah_layak(rupiah: Decimal | None) -> bool:
    """False for an amount that another rule refuses."""
    return rupiah is None or not (rupiah < 0 or lewat_sen(rupiah))


def mirip_ribuan(nilai: Decimal) -> bool:
    """``1.234``, as an Indonesian hand writes one thousand two hundred thirty-four."""
    return nilai.as_tuple().exponent == _RIBUAN and 1 <= abs(nilai) < 1000  # noqa: PLR2004


def saran_ribuan(nilai: Decimal, *, hitungan: bool) -> str:
    """What to write instead of ``1.234``: of what is counted there is no decimal reading."""
    ribuan = f"{nilai:f}".replace(".", "")
    if hitungan:
        return f"tulis `{ribuan}`, tanpa titik ribuan"
    return f"tulis `{ribuan}` bila maksudnya ribuan; bila memang desimal, tulis `{nilai:f}0`"


def tak_utuh(baris: BarisIndikator, indikator: Indikator) -> bool:
    """True for half an orang: a count with decimals that is no quotient and no mean."""
    nilai = baris.realisasi
    return (
        isinstance(nilai, Decimal)
        and terhitung(indikator.satuan)
        and nilai != nilai.to_integral_value(context=KONTEKS)
        and baris.penyebut is None
        and indikator.akumulasi is not Akumulasi.RATA_RATA
    )


def hasil_bagi(baris: BarisIndikator, indikator: Indikator) -> Decimal | None:
    """The quotient as it is shown, times 100 for a percentage; None where there is none."""
    a, b = baris.pembilang, baris.penyebut
    if a is None or b is None or b == 0:
        return None
    kali = _SERATUS if persen(indikator.satuan) else _SATU
    return bulat(KONTEKS.divide(KONTEKS.multiply(a, kali), b))


# helpers


def _ragu(k: Konteks, n: int, baris: BarisIndikator, indikator: Indikator) -> Ragu | None:
    nilai = baris.realisasi
    if isinstance(nilai, Decimal):
        if _pasti_salah(nilai, baris, indikator):
            return None
        if melebihi_penyebut(baris, indikator):
            return Ragu(Keraguan.PEMBILANG)
        if nilai > _SERATUS and persen(indikator.satuan) and not indikator.boleh_lebih:
            return Ragu(Keraguan.LEBIH_SERATUS)
    menurut_waktu = _setahun(k, baris, indikator) or _turun(k, baris, indikator)
    if menurut_waktu is not None:
        return menurut_waktu
    if rendah(k, n):
        return Ragu(Keraguan.RENDAH)
    ribuan = isinstance(nilai, Decimal) and mirip_ribuan(nilai) and not persen(indikator.satuan)
    melonjak = None if ribuan else lonjakan(k, baris, indikator)  # angka-jelas asks about 1.234 already
    if melonjak is not None:
        return Ragu(Keraguan.LONJAK, lonjakan=melonjak)
    return Ragu(Keraguan.TINGGI) if tinggi(k, n) else None


def melebihi_penyebut(baris: BarisIndikator, indikator: Indikator) -> bool:
    """True when more were counted than there are, and the indikator is no ratio."""
    a, b = baris.pembilang, baris.penyebut
    return not indikator.boleh_lebih and a is not None and b is not None and a > b > 0


def _pasti_salah(nilai: Decimal, baris: BarisIndikator, indikator: Indikator) -> bool:
    """True when another rule refuses the figure itself."""
    bagi = hasil_bagi(baris, indikator)
    return (
        nilai < 0
        or (mirip_ribuan(nilai) and terhitung(indikator.satuan))
        or tak_utuh(baris, indikator)
        or (bagi is not None and bulat(nilai) != bagi)
    )


def _setahun(k: Konteks, baris: BarisIndikator, indikator: Indikator) -> Ragu | None:
    """The annual figure differs from what the quarters make by the indikator's akumulasi."""
    if k.periode.bagian != "tahunan" or indikator.akumulasi not in _BERTRIWULAN:
        return None
    triwulan = {t: v for t in TRIWULAN if (v := k.realisasi.get(baris.id, {}).get(t)) is not None}
    cukup = TRIWULAN[-1:] if indikator.akumulasi is Akumulasi.NILAI_AKHIR else TRIWULAN
    if any(t not in triwulan for t in cukup):
        return None
    if not all(layak(replace(_HANYA_NILAI, realisasi=v), indikator) for v in triwulan.values()):
        return None  # told where that quarter is wrong
    hasil = hitung(
        indikator, k.acuan.target[baris.id], triwulan, "tahunan", k.acuan.kebijakan.perhitungan, k.acuan.skala
    ).realisasi_sd
    sama = hasil == baris.realisasi
    if isinstance(hasil, Decimal) and isinstance(baris.realisasi, Decimal):
        sama = bulat(hasil) == bulat(baris.realisasi)
    return None if sama or hasil is None else Ragu(Keraguan.SETAHUN, hasil)


def _turun(k: Konteks, baris: BarisIndikator, indikator: Indikator) -> Ragu | None:
    """A value to date that should grow fell, though the plan did not let it fall."""
    if indikator.akumulasi is not Akumulasi.NILAI_AKHIR or indikator.arah is not Arah.NAIK:
        return None
    akhir = terisi_terakhir(k, baris.id)
    if akhir is None or indikator.boleh_turun or k.periode.bagian == "tahunan":
        return None
    bagian, lama = akhir
    if not isinstance(lama, Decimal) or not isinstance(baris.realisasi, Decimal) or baris.realisasi >= lama:
        return None
    target = k.acuan.target[baris.id]
    dulu, kini = target.nilai(bagian), target.nilai(k.periode.bagian)
    direncanakan = isinstance(dulu, Decimal) and isinstance(kini, Decimal) and kini < dulu
    return None if direncanakan else Ragu(Keraguan.TURUN, lama, bagian)
