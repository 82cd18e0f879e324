"""What a change does to the figures: capaian and serapan before and after, for its reviewer.

It decides which lines are worth a reviewer's look: those whose target, realisasi, capaian, pagu or
money differ. A worksheet that is new has nothing before.
"""

from __future__ import annotations

from collections.abc import Iterable

from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import Pohon
from kinerja.adapters.yaml_strict import muat
from kinerja.calculation.recap import serapan
from kinerja.checking.contexts import Acuan
from kinerja.domain.errors import KinerjaError
from kinerja.domain.findings import Finding
from kinerja.domain.pemeriksaan import BarisPratinjau, Pratinjau, Sisi, kunci_sebutan
from kinerja.domain.periode import Periode
from kinerja.publishing.report_text import tampil
from kinerja.validation.context import Konteks
from kinerja.validation.places import letak_lembar


def pratinjau(kini: Pohon, dasar: Pohon, berubah: Iterable[str]) -> tuple[Pratinjau, ...]:
    """The changed lines of every changed worksheet, in order of path."""
    a, b = Acuan(Reports(dasar)), Acuan(Reports(kini))
    hasil = []
    for j in sorted(berubah):
        tempat = letak_lembar(j)
        if tempat is None:
            continue
        try:
            sebelum, sesudah = _konteks(a, *tempat), _konteks(b, *tempat)
        except KinerjaError:
            hasil.append(Pratinjau(j, tempat[0], tempat[1], (), (), _TAK_TERBACA))
            continue
        ada = sesudah or sebelum
        nama = ada.bidang.nama if ada else tempat[1]
        indikator = _beda(_indikator(sebelum), _indikator(sesudah))
        hasil.append(Pratinjau(j, tempat[0], nama, indikator, _beda(_anggaran(sebelum), _anggaran(sesudah))))
    return tuple(hasil)


def sebutan(kini: Pohon, temuan: Iterable[Finding]) -> dict[str, str]:
    """What the line of a worksheet is about that a finding points at: its id and name."""
    hasil: dict[str, str] = {}
    isi: dict[str, object] = {}
    for t in temuan:
        bagian = t.penunjuk.split("/")
        if letak_lembar(t.berkas) is None or len(bagian) < 3 or bagian[1] not in ("indikator", "anggaran"):  # noqa: PLR2004
            continue
        if t.berkas not in isi:
            isi[t.berkas] = muat(kini.baca(t.berkas) or b"", t.berkas)[0]
        data = isi[t.berkas]
        daftar = data.get(bagian[1]) if isinstance(data, dict) else None
        baris = daftar[int(bagian[2])] if isinstance(daftar, list) and int(bagian[2]) < len(daftar) else None
        if isinstance(baris, dict):
            nama = (baris.get("id") or baris.get("kode"), baris.get("nama"))
            hasil[kunci_sebutan(t.berkas, t.penunjuk)] = ", ".join(n for n in nama if isinstance(n, str))
    return hasil


# helpers

_Baris = dict[str, tuple[str, str, Sisi]]
_TAK_TERBACA = "pratinjau belum dapat dihitung; betulkan galatnya lebih dahulu"


def _konteks(acuan: Acuan, periode: Periode, id_bidang: str) -> Konteks | None:
    """The worksheet with what its figures need; None where it is absent.

    Raises:
        KinerjaError: it, or what it is judged against, cannot be read.
    """
    kk = acuan.reports.kertas_kerja(periode, id_bidang)
    bidang = acuan.reports.organisasi().cari_bidang(id_bidang)
    return acuan.lembar(kk, periode, bidang, diajukan=False) if kk and bidang else None


def _indikator(k: Konteks | None) -> _Baris:
    hasil: _Baris = {}
    for n, baris, i in k.pasangan if k else ():
        c = k.capaian.get(n) if k else None
        if c is None:
            sisi = Sisi(baris.realisasi, None)
        else:
            sd = f"{tampil(c.realisasi_sd)} dari target {tampil(c.target_sd)}"
            sisi = Sisi(baris.realisasi, c.capaian, c.kategori, c.alasan, sd)
        hasil[baris.id] = (i.nama, i.satuan, sisi)
    return hasil


def _anggaran(k: Konteks | None) -> _Baris:
    hasil: _Baris = {}
    for a in k.kertas_kerja.anggaran if k else ():
        terhadap = f"pagu {tampil(a.pagu)}, fisik {tampil(a.fisik)} %"
        hasil[a.kode] = (a.nama, "rupiah", Sisi(a.realisasi, serapan(a.pagu, a.realisasi), terhadap=terhadap))
    return hasil


def _beda(sebelum: _Baris, sesudah: _Baris) -> tuple[BarisPratinjau, ...]:
    hasil = []
    for kunci in dict.fromkeys((*sesudah, *sebelum)):
        a, b = sebelum.get(kunci), sesudah.get(kunci)
        nama, satuan, _ = b or a or ("", "", Sisi(None, None))
        lama, baru = a[2] if a else None, b[2] if b else None
        if lama != baru:
            hasil.append(BarisPratinjau(kunci, nama, satuan, lama, baru))
    return tuple(hasil)
