"""What a change does to the figures: capaian and serapan before and after, for its reviewer.

It decides which lines are worth a reviewer's look: those whose target, realisasi, capaian, pagu or
money differ. A worksheet that is new has nothing before.
"""

from __future__ import annotations

from collections.abc import Iterable

from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import Pohon
from kinerja.calculation.recap import serapan
from kinerja.checking.contexts import Acuan
from kinerja.domain.errors import KinerjaError
from kinerja.domain.kertas_kerja import BarisAnggaran
from kinerja.domain.pemeriksaan import BarisPratinjau, Pratinjau, Sisi
from kinerja.domain.periode import Periode
from kinerja.validation.context import Konteks
from kinerja.validation.places import letak_lembar


def pratinjau(kini: Pohon, dasar: Pohon, berubah: Iterable[str]) -> tuple[Pratinjau, ...]:
    """The changed lines of every changed worksheet that can be read, in order of path."""
    a, b = Acuan(Reports(dasar)), Acuan(Reports(kini))
    hasil = []
    for j in sorted(berubah):
        tempat = letak_lembar(j)
        if tempat is not None:
            sebelum, sesudah = _konteks(a, *tempat), _konteks(b, *tempat)
            ada = sesudah or sebelum
            nama = ada.bidang.nama if ada else tempat[1]
            hasil.append(
                Pratinjau(
                    j, tempat[0], nama, _beda(_indikator(sebelum), _indikator(sesudah)),
                    _beda(_anggaran(sebelum), _anggaran(sesudah)),
                )
            )  # fmt: skip
    return tuple(hasil)


# helpers

_Baris = dict[str, tuple[str, str, Sisi]]


def _konteks(acuan: Acuan, periode: Periode, id_bidang: str) -> Konteks | None:
    """The worksheet with what its figures need; None where it is absent or cannot be read."""
    try:
        kk = acuan.reports.kertas_kerja(periode, id_bidang)
        bidang = acuan.reports.organisasi().cari_bidang(id_bidang)
        return acuan.lembar(kk, periode, bidang, diajukan=False) if kk and bidang else None
    except KinerjaError:
        return None


def _indikator(k: Konteks | None) -> _Baris:
    hasil: _Baris = {}
    for n, baris, i in k.pasangan if k else ():
        c = k.capaian.get(n) if k else None
        sisi = Sisi(baris.realisasi, c.capaian, c.kategori, c.alasan) if c else Sisi(baris.realisasi, None)
        hasil[baris.id] = (i.nama, i.satuan, sisi)
    return hasil


def _anggaran(k: Konteks | None) -> _Baris:
    baris: tuple[BarisAnggaran, ...] = k.kertas_kerja.anggaran if k else ()
    return {a.kode: (a.nama, "rupiah", Sisi(a.realisasi, serapan(a.pagu, a.realisasi))) for a in baris}


def _beda(sebelum: _Baris, sesudah: _Baris) -> tuple[BarisPratinjau, ...]:
    hasil = []
    for kunci in dict.fromkeys((*sesudah, *sebelum)):
        a, b = sebelum.get(kunci), sesudah.get(kunci)
        nama, satuan, _ = b or a or ("", "", Sisi(None, None))
        lama, baru = a[2] if a else None, b[2] if b else None
        if lama != baru:
            hasil.append(BarisPratinjau(kunci, nama, satuan, lama, baru))
    return tuple(hasil)
