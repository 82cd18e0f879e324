"""What a worksheet's page consists of: cells, lines, findings beside them. Plain values alone.

How they come about is in ``sheet``; how they look is the templates'.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kinerja.desk.figures import HasilSel


@dataclass(frozen=True, slots=True)
class TemuanSel:
    """A finding beside its cell."""

    tingkat: str
    pesan: str
    tindakan: str


@dataclass(frozen=True, slots=True)
class Isian:
    """One open cell.

    Attributes:
        nama: JSON pointer, the form's field name; ``id`` is fit for HTML.
        jenis: ``desimal`` | ``bulat`` | ``kata`` | ``baris`` | ``teks`` | ``tanggal`` | ``pilihan``.
        label: what a screen reader says: the field and the line that it belongs to.
        tersimpan: what somebody else saved here meanwhile; None when nobody did.
    """

    nama: str
    id: str
    judul: str
    keterangan: str
    label: str
    jenis: str
    teks: str
    pilihan: tuple[tuple[str, str], ...] = ()
    diketik: bool = False
    tersimpan: str | None = None
    temuan: tuple[TemuanSel, ...] = ()


@dataclass(frozen=True, slots=True)
class BuktiTampil:
    """One evidence file of a line."""

    nomor: int
    nama: str
    sha256: str
    ukuran: str


@dataclass(frozen=True, slots=True)
class BarisTampil:
    """One line of a table.

    Attributes:
        terkunci: title and text of the columns that come from the plan or the DPA.
        isian: cells of the table; ``uraian``: cells that open below it.
        hasil: capaian or serapan, now and while somebody types.
        buka: the explanation is shown open.
        petunjuk: what helps to fill it: the SPJ's figure.
    """

    nomor: int
    daftar: str
    kunci: str
    judul: str
    satuan: str
    terkunci: tuple[tuple[str, str], ...]
    isian: tuple[Isian, ...]
    uraian: tuple[Isian, ...]
    bukti: tuple[BuktiTampil, ...]
    hasil: HasilSel
    buka: bool
    temuan: tuple[TemuanSel, ...]
    petunjuk: str = ""

    @property
    def terisi(self) -> bool:
        """Whether its realisasi has been filled or explained."""
        return bool(self.isian and self.isian[0].teks.strip()) or any(
            i.teks.strip() for i in self.uraian if i.nama.endswith("/penjelasan")
        )


@dataclass(frozen=True, slots=True)
class LembarTampil:
    """The worksheet of a bidang as a page.

    Attributes:
        skala: classes of capaian: name and lower bound, highest first.
        umum: findings that belong to no cell of the page.
        sisa: what was typed into lines that are there no more.
    """

    indikator: tuple[BarisTampil, ...]
    anggaran: tuple[BarisTampil, ...]
    catatan: Isian | None
    skala: tuple[tuple[str, Decimal | None], ...]
    umum: tuple[TemuanSel, ...]
    jumlah_galat: int
    jumlah_temuan: int
    sisa: tuple[tuple[str, str], ...] = ()

    def semua_isian(self) -> Iterator[Isian]:
        """Every open cell."""
        for b in (*self.indikator, *self.anggaran):
            yield from b.isian
            yield from b.uraian
        if self.catatan:
            yield self.catatan

    def terisi(self) -> tuple[int, int]:
        """How many lines are filled, of how many."""
        semua = (*self.indikator, *self.anggaran)
        return sum(b.terisi for b in semua), len(semua)
