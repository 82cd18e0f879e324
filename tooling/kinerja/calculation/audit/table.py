"""A published table, row by row: consistent by which formula, wrong, or not checkable and why.

It decides which checks a row gets from the columns that were understood, and joins them into
one verdict for each row, in input order. It leaves out files and encodings (``adapters``) and
every single check (``performance``, ``budget``, ``rollup``, ``summary_rows``, ``quarters``).

Example:
    (tabel,) = audit_lembar(lembar)
    [(b.row, b.status) for b in tabel.baris]  → [(1, konsisten), (2, salah), …]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kinerja.calculation.audit.accumulations import Acuan, Triwulan, acuan, periksa_bertahap
from kinerja.calculation.audit.cells import Bacaan, Hampa, kutip
from kinerja.calculation.audit.columns import Blok, Kolom, Susunan, pilih
from kinerja.calculation.audit.heading_rows import Kepala, cari_kepala
from kinerja.calculation.audit.headings import K_TW, RP_TW, Isi
from kinerja.calculation.audit.money_rows import periksa_uang
from kinerja.calculation.audit.pairs import IsianKinerja
from kinerja.calculation.audit.performance import periksa_capaian
from kinerja.calculation.audit.periods import ROMAWI
from kinerja.calculation.audit.rollup import UANG
from kinerja.calculation.audit.rows import BarisBaca, baca_kolom, susun_baris
from kinerja.calculation.audit.summary_rows import BarisNilai, periksa_ringkasan, ringkasan
from kinerja.calculation.audit.verdict import Butir, HasilBaris, Status, milik_blok, putuskan
from kinerja.domain.tabel import BarisTabel, Lembar


@dataclass(frozen=True, slots=True)
class HasilTabel:
    """The verdicts on one table and how its columns were understood."""

    lembar: str
    baris_judul: int
    kolom: tuple[Kolom, ...]
    baris: tuple[HasilBaris, ...]
    tidak_dibaca: tuple[str, ...] = ()
    """Headings of columns of figures that were understood but not judged."""


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


@dataclass(frozen=True, slots=True)
class _Lembaran:
    """The rows of a table while its blocks are judged one after the other."""

    kepala: Kepala
    tetap: tuple[Kolom, ...]
    baris: Sequence[BarisBaca]
    butir: list[list[Butir]]
    catatan: list[list[str]]

    def baris_blok(self, kolom: tuple[Kolom, ...]) -> Sequence[BarisBaca]:
        """The rows by the columns of one block alone."""
        return susun_baris(self.kepala, (*self.tetap, *kolom))

    def nomor(self, n: int) -> str:
        """What stands in the column ``No`` of a row."""
        indeks, sel = self.kepala.susunan.nomor, self.kepala.data[n].sel
        return kutip(sel[indeks]) if indeks is not None and indeks < len(sel) else ""


def _audit_tabel(nama: str, kepala: Kepala, mulai: int) -> HasilTabel:
    susunan = kepala.susunan
    tetap = pilih(susunan.tetap)
    kinerja = _dengan_capaian([a for b in susunan.kinerja for a in acuan(b)])
    kolom_uang = [pilih(b.kolom, b.nama if len(susunan.uang) > 1 else "") for b in susunan.uang]
    kolom = _kolom_tabel(susunan, tetap, kinerja, kolom_uang)
    baris = susun_baris(kepala, kolom)
    lembaran = _Lembaran(kepala, tetap, baris, [[] for _ in baris], [[] for _ in baris])
    ada = {k.isi for k in kolom}
    if {Isi.TARGET, Isi.REALISASI} <= ada:
        for a in kinerja:
            _kinerja(lembaran, a, a.nama if len(kinerja) > 1 else "")
    if ada.intersection(UANG):
        for b, k in zip(susunan.uang, kolom_uang, strict=True):
            _uang(lembaran, b, k, mulai, b.nama if len(susunan.uang) > 1 else "")
    hasil = [
        putuskan(mulai + n, nama, b.nomor_berkas, b.uraian, _lengkapi(b, lembaran.butir[n], ada, susunan),
                 lembaran.catatan[n])
        for n, b in enumerate(baris)
    ]  # fmt: skip
    return HasilTabel(nama, kepala.nomor, kolom, tuple(hasil), _tidak_dibaca(susunan, kolom))


def _dengan_capaian(semua: list[Acuan]) -> list[Acuan]:
    """Where one block prints a capaian, those that print none have nothing to be judged."""
    ada = [a for a in semua if any(k.isi is Isi.CAPAIAN for k in a.kolom)]
    return ada or semua


def _tidak_dibaca(susunan: Susunan, kolom: Sequence[Kolom]) -> tuple[str, ...]:
    """The columns of figures left of what is read, in the order of the table."""
    terbaca = {k.indeks for k in kolom} | {k.kembar for k in kolom}
    semua = [c for b in (*susunan.kinerja, *susunan.uang) for c in b.kolom] + list(susunan.sisa)
    sisa = {c.indeks: c.judul for c in semua if c.indeks not in terbaca}
    kali = Counter((*sisa.values(), *(k.judul for k in kolom)))
    return tuple(
        judul if kali[judul] == 1 else f"{judul} (kolom {_huruf(i)})" for i, judul in sorted(sisa.items())
    )


def _huruf(indeks: int) -> str:
    """The letters of a column in a sheet."""
    depan, akhir = divmod(indeks, 26)
    return (_huruf(depan - 1) if depan else "") + chr(ord("A") + akhir)


def _kolom_tabel(
    susunan: Susunan, tetap: tuple[Kolom, ...], kinerja: Sequence[Acuan], uang: Sequence[tuple[Kolom, ...]]
) -> tuple[Kolom, ...]:
    """Every column that is read, each once, in the order of its content."""
    banyak = len(kinerja) > 1
    semua: dict[int, Kolom] = {}
    for a in kinerja:
        kolom = [(a.nama if banyak else "", k) for k in a.kolom]
        for n, *milik in a.triwulan:
            kolom += [(f"TW {ROMAWI[n]}", k) for k in milik if k is not None]
        kolom += [("", a.tahunan)] if a.tahunan is not None else []
        for blok, k in kolom:
            semua.setdefault(k.indeks, replace(k, blok=blok))
    for k in (*tetap, *(k for milik in uang for k in milik)):
        semua.setdefault(k.indeks, k)
    urutan = list(Isi)
    hasil = sorted(semua.values(), key=lambda k: urutan.index(k.isi))
    terbaca = {k.indeks for k in hasil} | {k.kembar for k in hasil}
    lain = [c for b in susunan.kinerja for c in b.kolom if c.indeks not in terbaca] + list(susunan.sisa)
    pertama = {k.isi: k.indeks for k in reversed(hasil)}
    return tuple(
        replace(k, lain=tuple(dict.fromkeys((*k.lain, *(c.judul for c in lain if c.isi is k.isi)))))
        if pertama[k.isi] == k.indeks
        else k
        for k in hasil
    )


_HAMPA = Hampa("")


def _kinerja(lembaran: _Lembaran, acuan: Acuan, nama: str) -> None:
    """Every capaian of a block; averages after the rows that they stand for."""
    nilai: list[BarisNilai] = []
    for n, b in enumerate(lembaran.baris_blok(acuan.kolom)):
        isian, ganti = _isian(b)
        triwulan, tahunan = _triwulan(lembaran.kepala.data[n], acuan)
        nyata = next((t.realisasi for t in triwulan if not isinstance(t.realisasi, Hampa)), isian.realisasi)
        jenis = "" if b.ulangan else ringkasan(b.uraian, b.teks(Isi.JENJANG), isian.target, nyata)
        rumus = ""
        belum = bool(nama) and isinstance(isian.capaian, Hampa) and isinstance(isian.realisasi, Hampa)
        if not (b.ulangan or jenis or belum) and (_terisi(b) or not isinstance(nyata, Hampa)):
            satu = periksa_bertahap(isian, triwulan, tahunan) if triwulan else periksa_capaian(isian)
            if satu.status is Status.SALAH and (mungkin := ringkasan(b.uraian, "", _HAMPA, _HAMPA)):
                lain = periksa_ringkasan([*nilai, BarisNilai(b.induk, isian, "", mungkin)], n)
                satu = lain if lain.status is Status.KONSISTEN else satu
            rumus = satu.rumus[0] if satu.rumus else ""
            lembaran.butir[n].append(milik_blok(satu, nama, acuan.ragu))
        lembaran.catatan[n] += ganti
        nilai.append(BarisNilai(b.induk, isian, rumus, jenis))
        if jenis:
            lembaran.butir[n].append(milik_blok(periksa_ringkasan(nilai, n), nama, acuan.ragu))


def _triwulan(baris: BarisTabel, acuan: Acuan) -> tuple[list[Triwulan], Bacaan]:
    bagian = [Triwulan(n, baca_kolom(baris, t), baca_kolom(baris, r)) for n, t, r in acuan.triwulan]
    return bagian, baca_kolom(baris, acuan.tahunan)


def _isian(b: BarisBaca) -> tuple[IsianKinerja, list[str]]:
    target, realisasi, capaian = (b.baca(i) for i in (Isi.TARGET, Isi.REALISASI, Isi.CAPAIAN))
    isian = IsianKinerja(target[0], realisasi[0], capaian[0], b.teks(Isi.SATUAN), b.teks(Isi.ARAH))
    return isian, [c for _, c in (target, realisasi, capaian) if c]


def _terisi(b: BarisBaca) -> bool:
    return any(i in b.sel for i in (Isi.TARGET, Isi.REALISASI, Isi.CAPAIAN))


def _uang(lembaran: _Lembaran, blok: Blok, kolom: tuple[Kolom, ...], mulai: int, nama: str) -> None:
    """Every check of a block of money; notes on quarters stand beside them."""
    baris = lembaran.baris_blok(kolom)
    butir: list[list[Butir]] = [[] for _ in baris]
    nomor = [lembaran.nomor(n) for n in range(len(baris))]
    periksa_uang(baris, [k.isi for k in kolom], mulai, butir, lembaran.catatan, nomor)
    for n, satu in enumerate(butir):
        lembaran.butir[n] += [milik_blok(b, nama, blok.ragu) for b in satu]


def _dibelanjakan(b: BarisBaca) -> bool:
    return any(not isinstance(b.baca(i, desimal=False)[0], Hampa) for i in UANG)


def _lengkapi(b: BarisBaca, butir: list[Butir], ada: set[Isi], susunan: Susunan) -> list[Butir]:
    """A row that nothing could be checked of says why."""
    if butir:
        return butir
    angka = {*UANG, *K_TW, Isi.TARGET, Isi.REALISASI, Isi.CAPAIAN, Isi.PERSEN}
    if b.ulangan:
        alasan = "kepala kolom yang diulang, bukan data"
    elif susunan.terpisah:
        alasan = "kolom target (atau pagu) dan realisasi tidak menyebut tahun yang sama"
    elif not angka & b.sel.keys():
        alasan = "tidak ada angka untuk diperiksa"
    elif ada.intersection(RP_TW):
        alasan = "tanpa pembanding sendiri" if _dibelanjakan(b) else "rupiahnya tidak diisi"
    else:
        alasan = "tidak ada angka lain di baris ini untuk dibandingkan"
    return [Butir("baris", Status.TIDAK_DAPAT_DIPERIKSA, alasan=alasan)]
