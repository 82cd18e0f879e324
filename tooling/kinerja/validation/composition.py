"""Which lines a worksheet should have: what is missing, copied or foreign, and what was meant.

It decides by ids and names; the words are the rules'. A line whose id was mistyped or copied is
one fault: what it was meant to be does not count as missing as well.

Example: ids lay-01, lay-02, lay-02 where the third is named as lay-03 → copied, lay-03 meant.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from kinerja.domain.perencanaan import Indikator, SubKegiatan


@dataclass(frozen=True, slots=True)
class Susunan:
    """How the lines differ from those of the plan.

    Attributes:
        asing: number of a line that nobody knows → the id that was meant; None when unclear.
        ganda: number of a line whose id stands on another line by right → the same.
        hilang: ids of the plan that no line has, nor is thought to mean.
    """

    asing: Mapping[int, str | None] = field(default_factory=dict)
    ganda: Mapping[int, str | None] = field(default_factory=dict)
    hilang: tuple[str, ...] = ()


UTUH = Susunan()


def banding_susunan(
    baris: Sequence[tuple[str, str]], milik: Mapping[str, Indikator | SubKegiatan], semua: Collection[str]
) -> Susunan:
    """Compares a worksheet's lines with what its bidang owns.

    Args:
        baris: id and name of every line.
        milik: id → what the bidang should report.
        semua: every id of the plan, whoever owns it.
    """
    ada = {pengenal for pengenal, _ in baris}
    if len(ada) == len(baris) and ada == milik.keys():
        return UTUH
    hilang = {i: milik[i].nama for i in milik if i not in ada}
    tetap = _pemilik_sah(baris, milik)
    asing: dict[int, str | None] = {}
    ganda: dict[int, str | None] = {}
    for n, (pengenal, nama) in enumerate(baris):
        if pengenal in milik and tetap[pengenal] != n:
            ganda[n] = _ambil(hilang, nama, "")
        elif pengenal not in semua:
            asing[n] = _ambil(hilang, nama, pengenal)
    return Susunan(asing, ganda, tuple(hilang))


# helpers


def _pemilik_sah(
    baris: Sequence[tuple[str, str]], milik: Mapping[str, Indikator | SubKegiatan]
) -> dict[str, int]:
    """Id → the line that has it by right: the first with its name, or the first."""
    hasil: dict[str, int] = {}
    bernama: set[str] = set()
    for n, (pengenal, nama) in enumerate(baris):
        cocok = pengenal in milik and milik[pengenal].nama == nama
        if pengenal not in hasil or (cocok and pengenal not in bernama):
            hasil[pengenal] = n
        if cocok:
            bernama.add(pengenal)
    return hasil


def _ambil(hilang: dict[str, str], nama: str, pengenal: str) -> str | None:
    """The missing id that a line means, by its name or else by a similar id; then it is not missing."""
    senama = [i for i, n in hilang.items() if n == nama]
    mirip = difflib.get_close_matches(pengenal, list(hilang), 1, 0.8) if pengenal and not senama else []
    calon = senama if len(senama) == 1 else mirip
    if not calon:
        return None
    del hilang[calon[0]]
    return calon[0]
