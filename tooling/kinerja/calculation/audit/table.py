"""A published table, row by row: consistent by which formula, wrong, or not checkable and why.

It decides which checks a row gets from the columns that were understood, and joins them into
one verdict for each row, in input order. It leaves out files and encodings (``adapters``) and
every single check (``performance``, ``budget``, ``rollup``, ``summary_rows``, ``quarters``).

Example:
    (tabel,) = audit_lembar(lembar)
    [(b.row, b.status) for b in tabel.baris]  → [(1, konsisten), (2, salah), …]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kinerja.calculation.audit.budget import IsianAnggaran, periksa_anggaran
from kinerja.calculation.audit.cells import Bacaan, Hampa, kutip
from kinerja.calculation.audit.heading_rows import Kepala, cari_kepala
from kinerja.calculation.audit.headings import K_TW, RP_TW, Isi, Kolom
from kinerja.calculation.audit.levels import Simpul, jumlah_seluruh, pohon, tingkat
from kinerja.calculation.audit.pairs import IsianKinerja
from kinerja.calculation.audit.performance import periksa_capaian
from kinerja.calculation.audit.quarters import catatan_triwulan, ribuan_berkoma
from kinerja.calculation.audit.rollup import UANG, BarisUang, periksa_jumlah
from kinerja.calculation.audit.rows import BarisBaca, susun_baris
from kinerja.calculation.audit.summary_rows import (
    BarisNilai,
    periksa_ringkasan,
    periksa_total,
    ringkasan,
)
from kinerja.calculation.audit.verdict import Butir, HasilBaris, Status, putuskan
from kinerja.domain.tabel import Lembar


@dataclass(frozen=True, slots=True)
class HasilTabel:
    """The verdicts on one table and how its columns were understood."""

    lembar: str
    baris_judul: int
    kolom: tuple[Kolom, ...]
    baris: tuple[HasilBaris, ...]


@dataclass(frozen=True, slots=True)
class HasilAudit:
    """The verdicts on a file; ``dilewati`` names the sheets that hold no such table."""

    berkas: str
    tabel: tuple[HasilTabel, ...]
    dilewati: tuple[str, ...]

    @property
    def baris(self) -> tuple[HasilBaris, ...]:
        """Every row of every table, in input order."""
        return tuple(b for x in self.tabel for b in x.baris)

    def banyak(self, status: Status) -> int:
        """How many rows have this status."""
        return sum(b.status is status for x in self.tabel for b in x.baris)


def audit_lembar(lembar: Lembar, baris_judul: int | None = None, mulai: int = 1) -> tuple[HasilTabel, ...]:
    """The verdict on every row of every table of a sheet; empty when no heading is understood.

    Args:
        baris_judul: the row of the first heading, where the reader names it.
        mulai: the number of the first row, for sheets that follow others.
    """
    hasil: list[HasilTabel] = []
    for kepala in cari_kepala(lembar, baris_judul):
        hasil.append(_audit_tabel(kutip(lembar.nama), kepala, mulai))
        mulai += len(kepala.data)
    return tuple(hasil)


# helpers


def _audit_tabel(nama: str, kepala: Kepala, mulai: int) -> HasilTabel:
    baris = susun_baris(kepala)
    butir: list[list[Butir]] = [[] for _ in baris]
    catatan: list[list[str]] = [[] for _ in baris]
    ada = {k.isi for k in kepala.kolom}
    if {Isi.TARGET, Isi.REALISASI} <= ada:
        _kinerja(baris, butir, catatan)
    if ada.intersection(UANG):
        _uang(baris, [i for i in UANG if i in ada], mulai, butir, catatan)
    hasil = [
        putuskan(mulai + n, nama, b.nomor_berkas, b.uraian, _lengkapi(b, butir[n], ada), catatan[n])
        for n, b in enumerate(baris)
    ]
    return HasilTabel(nama, kepala.nomor, kepala.kolom, tuple(hasil))


_HAMPA = Hampa("")


def _kinerja(baris: Sequence[BarisBaca], butir: list[list[Butir]], catatan: list[list[str]]) -> None:
    """Every capaian; averages after the rows that they stand for."""
    nilai: list[BarisNilai] = []
    for n, b in enumerate(baris):
        isian, ganti = _isian(b)
        jenis = ringkasan(b.uraian, b.teks(Isi.JENJANG), isian.target, isian.realisasi)
        rumus = ""
        if b.ulangan:
            jenis = ""
        elif not jenis and _terisi(b):
            satu = periksa_capaian(isian)
            if satu.status is Status.SALAH and (mungkin := ringkasan(b.uraian, "", _HAMPA, _HAMPA)):
                lain = periksa_ringkasan([*nilai, BarisNilai(b.induk, isian, "", mungkin)], n)
                satu = lain if lain.status is Status.KONSISTEN else satu
            rumus = satu.rumus[0] if satu.rumus else ""
            butir[n].append(satu)
        catatan[n] += ganti
        nilai.append(BarisNilai(b.induk, isian, rumus, jenis))
        if jenis:
            butir[n].append(periksa_ringkasan(nilai, n))


def _isian(b: BarisBaca) -> tuple[IsianKinerja, list[str]]:
    target, realisasi, capaian = (b.baca(i) for i in (Isi.TARGET, Isi.REALISASI, Isi.CAPAIAN))
    isian = IsianKinerja(target[0], realisasi[0], capaian[0], b.teks(Isi.SATUAN), b.teks(Isi.ARAH))
    return isian, [c for _, c in (target, realisasi, capaian) if c]


def _terisi(b: BarisBaca) -> bool:
    return any(i in b.sel for i in (Isi.TARGET, Isi.REALISASI, Isi.CAPAIAN))


def _uang(
    baris: Sequence[BarisBaca], kolom: Sequence[Isi], mulai: int, butir: list[list[Butir]],
    catatan: list[list[str]],
) -> None:  # fmt: skip
    """Persen and sisa of every row, then the sums of the tree, then the totals."""
    nama = [b.teks(Isi.NAMA) or b.teks(Isi.INDIKATOR) for b in baris]
    uang = [
        BarisUang(mulai + n, {i: b.baca(i, desimal=False)[0] for i in kolom})
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
            catatan[n] += catatan_triwulan(b, derajat[n], bool(simpul[n].anak))
    temuan = periksa_jumlah(uang, simpul)
    for n, berkoma in ribuan_berkoma(baris, kolom).items():
        catatan[n].append(berkoma)
    for n in range(len(baris)):
        butir[n] += temuan.butir.get(n, [])
        catatan[n] += temuan.catatan.get(n, [])
    for s in simpul:
        if s.induk is not None and not butir[s.indeks] and uang[s.indeks].terisi and _cocok(butir[s.induk]):
            catatan[s.indeks].append(f"ikut jumlah baris {uang[s.induk].nomor} yang cocok")
    _total(baris, uang, simpul, nama, butir)


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
    baris: Sequence[BarisBaca], uang: Sequence[BarisUang], simpul: Sequence[Simpul], nama: Sequence[str],
    butir: list[list[Butir]],
) -> None:  # fmt: skip
    """Each total against the topmost rows since the last total of the same document."""
    milik: list[int] = []
    for n, b in enumerate(baris):
        if n and b.dokumen != baris[n - 1].dokumen:
            milik = []
        if jumlah_seluruh(nama[n]):
            butir[n] += periksa_total(uang, n, milik)
            milik = []
        elif simpul[n].induk is None and uang[n].terisi and not b.ulangan:
            milik.append(n)


def _dibelanjakan(b: BarisBaca) -> bool:
    return any(not isinstance(b.baca(i, desimal=False)[0], Hampa) for i in UANG)


def _lengkapi(b: BarisBaca, butir: list[Butir], ada: set[Isi]) -> list[Butir]:
    """A row that nothing could be checked of says why."""
    if butir:
        return butir
    angka = {*UANG, *K_TW, Isi.TARGET, Isi.REALISASI, Isi.CAPAIAN, Isi.PERSEN}
    if b.ulangan:
        alasan = "kepala kolom yang diulang, bukan data"
    elif not angka & b.sel.keys():
        alasan = "tidak ada angka untuk diperiksa"
    elif ada.intersection(RP_TW):
        alasan = "tanpa pembanding sendiri" if _dibelanjakan(b) else "rupiahnya tidak diisi"
    else:
        alasan = "tidak ada angka lain di baris ini untuk dibandingkan"
    return [Butir("baris", Status.TIDAK_DAPAT_DIPERIKSA, alasan=alasan)]
