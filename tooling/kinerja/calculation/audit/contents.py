"""What each column of figures holds, settled by what the other columns of the table hold.

It decides what single headings leave open: whether ``Realisasi`` is of output or of money, which
percentage a bare ``%`` is, whether quarters are judged or only noted. It leaves out which of the
columns belong together (``columns``).

Example:
    ``Program | Pagu | Realisasi | %`` → nama, pagu, realisasi-anggaran, persen
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kinerja.calculation.audit.cells import kutip
from kinerja.calculation.audit.headings import K_TW, RP_TW, Isi, arti_kolom, bermakna_sendiri
from kinerja.calculation.audit.periods import Masa, masa

KINERJA = (Isi.TARGET, Isi.REALISASI, Isi.CAPAIAN)
UANG = (Isi.PAGU, Isi.REALISASI_ANGGARAN, Isi.PERSEN, Isi.SISA, *K_TW, *RP_TW)

_ANGKA = frozenset({"target", "realisasi", "capaian", "uang", "rp", "sisa", "tw"})
"""Words of figures: a column with one of them that is not understood is named as not read."""


@dataclass(frozen=True, slots=True)
class Calon:
    """One column that could be read for what its heading means."""

    isi: Isi
    indeks: int
    judul: str
    kata: tuple[str, ...]
    masa: Masa
    rumpun: str

    @property
    def urutan(self) -> tuple[bool, int, str, int]:
        """Less is better: printed before cleaned, the shorter heading, the earlier column."""
        return ("raw" not in self.kata, len(self.kata), self.judul, self.indeks)


@dataclass(frozen=True, slots=True)
class Isian:
    """The columns that are understood, those that are left over, and the column ``No``."""

    calon: tuple[Calon, ...]
    sisa: tuple[Calon, ...]
    nomor: int | None


def isi_kolom(judul: Sequence[tuple[str, ...]]) -> Isian:
    """What every column holds; those that hold nothing known are left out."""
    ada = _Kumpulan()
    kabur: list[Calon] = []
    lain: list[Calon] = []
    nomor = None
    for i, bagian in enumerate(judul):
        arti = arti_kolom(bagian)
        satu = Calon(Isi.NAMA, i, kutip(" ".join(bagian)), arti.kata, masa(bagian), _rumpun(bagian))
        if arti.isi is not None:
            ada.tambah([satu], arti.isi)
        elif "%" in arti.kata and not arti.jawaban:
            kabur.append(satu)
        elif arti.kata in (("no",), ("nomor",)) and nomor is None:
            nomor = i
        elif not arti.jawaban and not _ANGKA.isdisjoint(arti.kata):
            lain.append(replace(satu, isi=Isi.REALISASI))
    sisa = lain + _triwulan(ada)
    _tukar_capaian(ada)
    _alihkan(ada)
    sisa += _persen_polos(ada, kabur)
    sisa += _uang_triwulan(ada)
    return Isian(tuple(c for semua in ada.isi.values() for c in semua), tuple(sisa), nomor)


# helpers


@dataclass(slots=True)
class _Kumpulan:
    """Candidates by what they hold, while it is being settled what that is."""

    isi: dict[Isi, list[Calon]] = field(default_factory=dict)

    def tambah(self, calon: Iterable[Calon], isi: Isi) -> None:
        baru = [replace(c, isi=isi) for c in calon]
        if baru:
            self.isi.setdefault(isi, []).extend(baru)

    def ambil(self, isi: Isi, yang: Sequence[Calon]) -> Sequence[Calon]:
        """Takes these away, and the content too when none stays."""
        diambil = {c.indeks for c in yang}
        tinggal = [c for c in self.isi.pop(isi, []) if c.indeks not in diambil]
        self.tambah(tinggal, isi)
        return yang

    def triwulan(self, isi: Isi) -> list[Calon]:
        return [c for c in self.isi.get(isi, []) if c.masa.tw is not None]


def _rumpun(bagian: tuple[str, ...]) -> str:
    """The part of a heading of several rows that sets a column apart from its like."""
    if len(bagian) < 2:
        return ""
    return kutip(" ".join(bagian[:-1]) if bermakna_sendiri(bagian[-1]) else bagian[-1])


def _triwulan(ada: _Kumpulan) -> list[Calon]:
    """Quarters of output: notes beside quarters of money, else figures to be judged."""
    if any(i in ada.isi for i in RP_TW):
        return [c for isi in KINERJA for c in ada.ambil(isi, ada.triwulan(isi))]
    for isi in K_TW:
        ada.tambah(ada.isi.pop(isi, []), Isi.REALISASI)
    return []


def _tukar_capaian(ada: _Kumpulan) -> None:
    """``Target | Capaian | % Capaian``: without a realisasi, the one without % is realisasi."""
    capaian = ada.isi.get(Isi.CAPAIAN, [])
    polos = [c for c in capaian if "%" not in c.kata]
    if Isi.TARGET in ada.isi and Isi.REALISASI not in ada.isi and polos and len(polos) < len(capaian):
        ada.tambah(ada.ambil(Isi.CAPAIAN, polos), Isi.REALISASI)
    nyata = ada.isi.get(Isi.REALISASI, [])
    persen = [c for c in nyata if "%" in c.kata]
    if persen and len(persen) < len(nyata):
        ada.tambah(ada.ambil(Isi.REALISASI, persen), Isi.CAPAIAN)


def _alihkan(ada: _Kumpulan) -> None:
    """In a table of money alone, ``Realisasi`` and ``Capaian`` speak of money."""
    if Isi.PAGU not in ada.isi or Isi.TARGET in ada.isi:
        return
    for c in ada.ambil(Isi.REALISASI, [c for c in ada.triwulan(Isi.REALISASI) if not c.masa.sampai]):
        ada.tambah([c], RP_TW[c.masa.tw or 0])
    if Isi.REALISASI_ANGGARAN in ada.isi and Isi.PERSEN not in ada.isi:
        persen = [c for c in ada.isi.get(Isi.REALISASI, []) if "%" in c.kata]
        ada.tambah(ada.ambil(Isi.REALISASI, persen), Isi.PERSEN)
    for dari, ke in ((Isi.REALISASI, Isi.REALISASI_ANGGARAN), (Isi.CAPAIAN, Isi.PERSEN)):
        if ke not in ada.isi:
            ada.tambah(ada.isi.pop(dari, []), ke)


def _persen_polos(ada: _Kumpulan, kabur: list[Calon]) -> list[Calon]:
    """A bare ``%`` is whatever percentage the table still lacks; else it is left over."""
    isi = ada.isi
    if Isi.TARGET in isi and Isi.REALISASI in isi and Isi.CAPAIAN not in isi:
        ada.tambah(kabur, Isi.CAPAIAN)
    elif Isi.PAGU in isi and Isi.REALISASI_ANGGARAN in isi and Isi.PERSEN not in isi:
        ada.tambah(kabur, Isi.PERSEN)
    else:
        return [replace(c, isi=Isi.PERSEN) for c in kabur]
    return []


def _uang_triwulan(ada: _Kumpulan) -> list[Calon]:
    """A quarter's percentage of money says nothing of the year's pagu and realisasi."""
    return [c for isi in UANG[:4] for c in ada.ambil(isi, ada.triwulan(isi))]
