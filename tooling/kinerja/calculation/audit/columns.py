"""The columns of a table that are read, in blocks that belong together.

It decides which target, realisasi and capaian are of one year, one quarter, one group; columns
of different years are never paired. A column that names no year joins the newest one that lacks
it. What was printed (``…_raw``) wins over its cleaned twin. A block of which another reading is
possible says so in ``ragu``: it can confirm a figure, never accuse one. It leaves out what a
heading means (``headings``, ``periods``).

Example:
    >>> judul = [("2022", "Target"), ("2022", "Real."), ("2023", "Target"), ("2023", "Real.")]
    >>> [b.nama for b in susun_kolom(judul).kinerja]
    ['2023', '2022']
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kinerja.calculation.audit.contents import KINERJA, UANG, Calon, isi_kolom
from kinerja.calculation.audit.headings import RP_TW, Isi
from kinerja.calculation.audit.periods import Masa, sebutan

PASANGAN = (frozenset(KINERJA[:2]), frozenset(UANG[:2]), *(frozenset({i}) for i in RP_TW))
"""A table, or a block of it, can be judged when it has one of these."""

_BLOK_TERBANYAK = 12
"""More years or groups than this are named, not judged: every block costs as much as the table."""


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column that is read.

    Attributes:
        kembar: its cleaned twin, read where a cell of its own is damaged.
        lain: headings of columns for the same thing that are not read, such as earlier years.
        blok: the block it belongs to, where there are several.
    """

    isi: Isi
    indeks: int
    judul: str
    kembar: int | None = None
    judul_kembar: str = ""
    lain: tuple[str, ...] = ()
    blok: str = ""


@dataclass(frozen=True, slots=True)
class Blok:
    """Columns that are judged together; ``masa`` is what they have in common."""

    masa: Masa
    kolom: tuple[Calon, ...]
    ragu: str = ""

    @property
    def nama(self) -> str:
        """The block as a reader calls it."""
        return sebutan(self.masa)


@dataclass(frozen=True, slots=True)
class Susunan:
    """All columns of a table: those that describe a row, and the blocks of figures."""

    tetap: tuple[Calon, ...]
    kinerja: tuple[Blok, ...]
    uang: tuple[Blok, ...]
    sisa: tuple[Calon, ...] = ()
    nomor: int | None = None
    """The column ``No``, whose numbering tells a program from what stands under it."""
    terpisah: bool = False
    """Target and realisasi (or pagu and realisasi) are there, but not of the same year."""

    @property
    def isi(self) -> set[Isi]:
        """What the table holds."""
        return {c.isi for b in (*self.kinerja, *self.uang) for c in b.kolom} | {c.isi for c in self.tetap}

    @property
    def banyak(self) -> int:
        """How many columns are understood."""
        return len(self.tetap) + len(self.sisa) + sum(len(b.kolom) for b in (*self.kinerja, *self.uang))


def susun_kolom(judul: Sequence[tuple[str, ...]]) -> Susunan:
    """The columns that are understood.

    Args:
        judul: for each column its heading, group headings above it first.
    """
    ada = isi_kolom(judul)
    sisa = list(ada.sisa)
    blok: list[tuple[Blok, ...]] = []
    terpisah = False
    for semua, pasangan in ((KINERJA, PASANGAN[0]), (UANG, PASANGAN[1])):
        calon = [c for c in ada.calon if c.isi in semua]
        blok.append(_blok(calon, pasangan)[:_BLOK_TERBANYAK])
        terpakai = {c.indeks for b in blok[-1] for c in b.kolom}
        sisa += [c for c in calon if c.indeks not in terpakai]
        berpasangan = any(pasangan <= {c.isi for c in b.kolom} for b in blok[-1])
        terpisah = terpisah or (pasangan <= {c.isi for c in calon} and not berpasangan)
    tetap = tuple(c for c in ada.calon if c.isi not in (*KINERJA, *UANG))
    return Susunan(tetap, blok[0], blok[1], tuple(sisa), ada.nomor, terpisah)


def pilih(calon: Iterable[Calon], blok: str = "") -> tuple[Kolom, ...]:
    """One column for each thing, in the order of :class:`Isi`, naming those passed over."""
    hasil: list[Kolom] = []
    semua = sorted(calon, key=lambda c: c.urutan)
    for isi in Isi:
        milik = [c for c in semua if c.isi is isi]
        if not milik:
            continue
        utama, *lain = milik
        kembar = next((c for c in lain if "raw" in utama.kata and "raw" not in c.kata), None)
        judul = tuple(c.judul for c in lain if c is not kembar)
        satu = Kolom(isi, utama.indeks, utama.judul, lain=judul, blok=blok)
        hasil.append(replace(satu, kembar=kembar.indeks, judul_kembar=kembar.judul) if kembar else satu)
    return tuple(hasil)


# helpers: columns that belong together


def _blok(calon: Sequence[Calon], pasangan: frozenset[Isi]) -> tuple[Blok, ...]:
    """The blocks of one family of figures, the newest year first."""
    kelompok: dict[Masa, list[Calon]] = {}
    for c in _menurut_rumpun(calon, pasangan):
        kunci = c.masa.setahun
        kelompok.setdefault(kunci, []).append(c)
    urut = sorted(kelompok, key=lambda m: m.urutan)
    lengkap = [m for m in urut if pasangan <= {c.isi for c in kelompok[m]}]
    if lengkap:
        return tuple(_lengkapi(m, kelompok, lengkap) for m in lengkap)
    dasar = next((m for m in urut if not m.lalu), None)
    if dasar is None:
        return (Blok(urut[0], tuple(kelompok[urut[0]])),) if urut else ()
    return (_gabungkan(dasar, urut, kelompok),)


def _menurut_rumpun(calon: Sequence[Calon], pasangan: frozenset[Isi]) -> list[Calon]:
    """Groups that each have a pair of their own are told apart by the group's name."""
    isi: dict[tuple[Masa, str], set[Isi]] = {}
    calon = _bernomor(calon)
    for c in calon:
        isi.setdefault((c.masa, c.rumpun), set()).add(c.isi)
    berpasangan = [k for k, ada in isi.items() if pasangan <= ada]
    kali = Counter(m for m, _ in berpasangan)
    ganda = {(m, rumpun) for m, rumpun in berpasangan if kali[m] > 1}
    return [
        replace(c, masa=replace(c.masa, versi=(*c.masa.versi, c.rumpun or "ke-1")))
        if (c.masa, c.rumpun) in ganda
        else c
        for c in calon
    ]


def _bernomor(calon: Sequence[Calon]) -> list[Calon]:
    """The same heading once more begins another group, which has no name but its place."""
    kali: Counter[tuple[str, str]] = Counter()
    hasil: list[Calon] = []
    for c in sorted(calon, key=lambda c: c.indeks):
        kali[c.isi, c.judul] += 1
        n = kali[c.isi, c.judul]
        hasil.append(replace(c, rumpun=f"{c.rumpun} ke-{n}".strip()) if n > 1 else c)
    return hasil


def _lengkapi(satu: Masa, kelompok: dict[Masa, list[Calon]], lengkap: list[Masa]) -> Blok:
    """A block that has its pair takes from the incomplete ones only what no block has."""
    milik = kelompok[satu]
    if satu != lengkap[0]:
        return Blok(satu, tuple(milik))
    ada = {c.isi for m in lengkap for c in kelompok[m]}
    punya = {c.isi for c in milik}
    sisa = [m for m in sorted(kelompok, key=lambda m: m.urutan) if m not in lengkap and _serasi(satu, m)]
    tambahan: list[Calon] = []
    for m in sisa:
        baru = [c for c in kelompok[m] if c.isi not in punya and (c.isi not in ada or m == Masa())]
        tambahan += baru
        punya |= {c.isi for c in baru}
    asing = [c for c in tambahan if c.masa.setahun != Masa() or len(lengkap) > 1]
    judul = ", ".join(f"`{c.judul}`" for c in asing)
    ragu = f"kolom {judul} mungkin bukan milik kolom {_nama_kolom(milik)}" if asing else ""
    return Blok(satu, (*milik, *tambahan), ragu)


def _gabungkan(dasar: Masa, urut: list[Masa], kelompok: dict[Masa, list[Calon]]) -> Blok:
    """No group has a pair: the newest one with what it lacks from others of no other year."""
    milik, tahun = list(kelompok[dasar]), dasar
    asal: dict[Isi, list[Masa]] = {}
    for m in urut:
        if m == dasar or not _serasi(tahun, m):
            continue
        for isi in {c.isi for c in kelompok[m]}:
            asal.setdefault(isi, []).append(m)
        baru = [c for c in kelompok[m] if c.isi not in {x.isi for x in milik}]
        milik += baru
        if baru and not tahun.tahun:
            tahun = replace(tahun, tahun=m.tahun)
    dasar_isi = {c.isi for c in kelompok[dasar]}
    bimbang = [c for c in milik if c.isi not in dasar_isi and _bersaing(asal[c.isi])]
    judul = ", ".join(f"`{c.judul}`" for c in bimbang)
    return Blok(tahun, tuple(milik), f"selain {judul} ada kolom serupa yang tidak dibaca" if bimbang else "")


def _bersaing(asal: list[Masa]) -> bool:
    """Whether versions compete; of years alone the newest is meant."""
    return len(asal) > 1 and any(m.versi for m in asal)


def _serasi(a: Masa, b: Masa) -> bool:
    return a.lalu == b.lalu and (a.tahun == b.tahun or 0 in (a.tahun, b.tahun))


def _nama_kolom(calon: Sequence[Calon]) -> str:
    return " dan ".join(f"`{c.judul}`" for c in calon if c.isi in (Isi.TARGET, Isi.PAGU, Isi.REALISASI))
