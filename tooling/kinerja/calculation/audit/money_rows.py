"""The rows of a budget table: persen and sisa of each, the sums of the tree, the totals.

It decides in which order the checks of a table of money are made and which row stands for which
others. It leaves out every single check (``budget``, ``rollup``, ``summary_rows``) and the year
of the columns (``columns``).

Example:
    a program with two kegiatan below it and ``JUMLAH`` → its own persen, its sum, the total
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kinerja.calculation.audit.budget import IsianAnggaran, periksa_anggaran
from kinerja.calculation.audit.cells import Bacaan, Hampa
from kinerja.calculation.audit.headings import Isi
from kinerja.calculation.audit.levels import Simpul, jumlah_seluruh, pohon, tingkat
from kinerja.calculation.audit.quarters import catatan_triwulan, ribuan_berkoma
from kinerja.calculation.audit.rollup import UANG, BarisUang, periksa_jumlah
from kinerja.calculation.audit.rows import BarisBaca
from kinerja.calculation.audit.totals import BarisTotal, periksa_total
from kinerja.calculation.audit.verdict import Butir, Status


def periksa_uang(
    baris: Sequence[BarisBaca], kolom: Sequence[Isi], mulai: int, butir: list[list[Butir]],
    catatan: list[list[str]], nomor: Sequence[str],
) -> None:  # fmt: skip
    """Persen and sisa of every row, then the sums of the tree, then the totals."""
    uang_saja = [i for i in UANG if i in kolom]
    nama = [b.teks(Isi.NAMA) or b.teks(Isi.INDIKATOR) for b in baris]
    uang = [
        BarisUang(mulai + n, {i: b.baca(i, desimal=False)[0] for i in uang_saja})
        for n, b in enumerate(baris)
    ]
    derajat = tingkat([b.teks(Isi.JENJANG) for b in baris], [b.teks(Isi.KODE) for b in baris], nama)
    lewati = [
        b.ulangan or jumlah_seluruh(nama[n]) or (derajat[n] is None and not uang[n].terisi)
        for n, b in enumerate(baris)
    ]
    simpul = pohon(derajat, [b.dokumen for b in baris], lewati)
    for n, b in enumerate(baris):
        if not b.ulangan:
            butir[n] += _pagu_realisasi(b, uang[n].uang)
            catatan[n] += catatan_triwulan(b, kolom, derajat[n], bool(simpul[n].anak))
    temuan = periksa_jumlah(uang, simpul)
    for n, berkoma in ribuan_berkoma(baris, uang_saja).items():
        catatan[n].append(berkoma)
    for n in range(len(baris)):
        butir[n] += temuan.butir.get(n, [])
        catatan[n] += temuan.catatan.get(n, [])
    for s in simpul:
        if s.induk is not None and not butir[s.indeks] and uang[s.indeks].terisi and _cocok(butir[s.induk]):
            catatan[s.indeks].append(f"ikut jumlah no. {uang[s.induk].nomor} yang cocok")
    rincian = [BarisTotal(n, nama[n], nomor[n], derajat[n] is not None) for n in range(len(baris))]
    _total(baris, uang, simpul, rincian, butir)


# helpers


def _cocok(butir: Sequence[Butir]) -> bool:
    return bool(butir) and all(b.status is Status.KONSISTEN for b in butir)


def _pagu_realisasi(b: BarisBaca, uang: Mapping[Isi, Bacaan]) -> list[Butir]:
    if Isi.PAGU not in b.sel and Isi.REALISASI_ANGGARAN not in b.sel:
        return []
    pagu, realisasi = (uang.get(i, Hampa("")) for i in (Isi.PAGU, Isi.REALISASI_ANGGARAN))
    persen = b.baca(Isi.PERSEN)[0] if Isi.PERSEN in b.sel else None
    sisa = uang[Isi.SISA] if Isi.SISA in b.sel else None
    return periksa_anggaran(IsianAnggaran(pagu, realisasi, persen, sisa))


def _total(
    baris: Sequence[BarisBaca], uang: Sequence[BarisUang], simpul: Sequence[Simpul],
    rincian: Sequence[BarisTotal], butir: list[list[Butir]],
) -> None:  # fmt: skip
    """Each total against the topmost rows since the last total of the same document."""
    milik: list[BarisTotal] = []
    for n, b in enumerate(baris):
        if n and b.dokumen != baris[n - 1].dokumen:
            milik = []
        if jumlah_seluruh(rincian[n].nama):
            butir[n] += periksa_total(uang, n, milik)
            milik = []
        elif simpul[n].induk is None and uang[n].terisi and not b.ulangan:
            milik.append(rincian[n])
