"""The rows of a table by what their columns hold, instead of by place.

It decides which cell of a row is read for what: the printed one, or its cleaned twin where the
printed one is damaged, and then says so. A sasaran that is written once for several rows counts
for all of them. It leaves out every judgement.

Example:
    ``target_raw`` ``2(1)£`` with ``target`` ``20`` → 20, ``target `2(1)£` rusak, dibaca 20 …``
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kinerja.calculation.audit.cells import Angka, Bacaan, Hampa, Rusak, baca_sel, kutip
from kinerja.calculation.audit.columns import Kolom
from kinerja.calculation.audit.heading_rows import Kepala, teks_baris
from kinerja.calculation.audit.headings import Isi
from kinerja.domain.tabel import BarisTabel, Sel

_DITURUNKAN = (Isi.DOKUMEN, Isi.INSTANSI, Isi.TAHUN, Isi.SASARAN)
"""Written once, or merged, for the rows below."""

_URAIAN = (Isi.NAMA, Isi.INDIKATOR, Isi.SASARAN, Isi.KODE)


@dataclass(frozen=True, slots=True)
class BarisBaca:
    """One row of data.

    Attributes:
        induk: document, agency, year and sasaran to which the row belongs.
        awal: the first text of the row, read or not.
        ulangan: the heading, printed once more.
    """

    nomor_berkas: int
    sel: Mapping[Isi, Sel]
    kembar: Mapping[Isi, Sel]
    judul_kembar: Mapping[Isi, str]
    induk: tuple[str, ...]
    awal: str = ""
    ulangan: bool = False

    @property
    def dokumen(self) -> tuple[str, ...]:
        """Document, agency and year: sums do not reach beyond them."""
        return self.induk[:3]

    def teks(self, isi: Isi) -> str:
        """A cell as plain text; empty where the table has no such column."""
        sel = self.sel.get(isi, "")
        return f"{sel:f}" if isinstance(sel, Decimal) else " ".join(sel.split())

    @property
    def uraian(self) -> str:
        """What the row is about, for its reader."""
        return next((kutip(teks) for isi in _URAIAN if (teks := self.teks(isi))), self.awal)

    def baca(self, isi: Isi, *, desimal: bool = True) -> tuple[Bacaan, str]:
        """What the cell says, and a note where its cleaned twin was read instead."""
        bacaan = baca_sel(self.sel.get(isi, ""), desimal=desimal)
        if not isinstance(bacaan, Rusak) or isi not in self.kembar:
            return bacaan, ""
        pengganti = baca_sel(self.kembar[isi], desimal=desimal)
        if not isinstance(pengganti, Angka):
            return bacaan, ""
        asal = f"{isi} `{bacaan.tertulis}` rusak"
        return pengganti, f"{asal}, dibaca {pengganti.tertulis} dari kolom `{self.judul_kembar[isi]}`"


def susun_baris(kepala: Kepala, kolom: Sequence[Kolom]) -> list[BarisBaca]:
    """The rows of data in input order, by these columns."""
    turun = dict.fromkeys(_DITURUNKAN, "")
    nama_kembar = {k.isi: k.judul_kembar for k in kolom if k.kembar is not None}
    hasil: list[BarisBaca] = []
    for baris in kepala.data:
        sel = {k.isi: s for k in kolom if (s := _ambil(baris, k.indeks)) != ""}
        kembar = {k.isi: _ambil(baris, k.kembar) for k in kolom if k.kembar is not None}
        for isi in _DITURUNKAN:
            if (teks := kutip(sel.get(isi, ""))) and teks != turun[isi]:
                turun[isi] = teks
        awal = "" if sel else next((kutip(s) for s in baris.sel if isinstance(s, Decimal) or s.strip()), "")
        ulangan = teks_baris(baris) in kepala.baris
        hasil.append(BarisBaca(baris.nomor, sel, kembar, nama_kembar, tuple(turun.values()), awal, ulangan))
    return hasil


def baca_kolom(baris: BarisTabel, kolom: Kolom | None) -> Bacaan:
    """What a single cell says; nothing where there is no such column."""
    return Hampa("") if kolom is None else baca_sel(_ambil(baris, kolom.indeks))


def kosong(bacaan: Bacaan) -> bool:
    """Nothing filled, or zero."""
    return isinstance(bacaan, Hampa) or (isinstance(bacaan, Angka) and not any(bacaan.pilihan))


# helpers


def _ambil(baris: BarisTabel, indeks: int) -> Sel:
    sel = baris.sel[indeks] if indeks < len(baris.sel) else ""
    return sel if isinstance(sel, Decimal) or sel.strip() else ""
