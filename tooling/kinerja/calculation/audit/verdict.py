"""What the audit says of a row: its status, by which formula, what it should be, and why.

It decides how the checks of one row become one verdict: one figure that contradicts the others
makes the row wrong; without any figure that could be checked it is not checkable.

Example:
    >>> simpulkan([Butir("persen", Status.KONSISTEN), Butir("sisa", Status.SALAH)])
    <Status.SALAH: 'salah'>
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Status(StrEnum):
    """The three answers."""

    KONSISTEN = "konsisten"
    SALAH = "salah"
    TIDAK_DAPAT_DIPERIKSA = "tidak-dapat-diperiksa"


@dataclass(frozen=True, slots=True)
class Butir:
    """One check of a row.

    Attributes:
        pokok: the figure that was checked, as a reader calls it (``capaian``, ``sisa``,
            ``Rp TW II``).
        rumus: ids of the formulas that reproduce it; of a wrong one, those of ``seharusnya``.
        tertulis: the figure as printed.
        seharusnya: the right figure, in Indonesian form; only where ``status`` is ``salah``.
        alasan: one sentence.
        catatan: what the reader should know besides.
    """

    pokok: str
    status: Status
    rumus: tuple[str, ...] = ()
    tertulis: str = ""
    seharusnya: str = ""
    alasan: str = ""
    catatan: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HasilBaris:
    """The verdict on one row.

    ``row`` counts the rows of data in input order; ``baris_berkas`` is the row in the sheet or
    the line in the file.
    """

    row: int
    lembar: str
    baris_berkas: int
    uraian: str
    status: Status
    rumus: tuple[str, ...]
    tertulis: str
    seharusnya: str
    alasan: str
    catatan: tuple[str, ...]
    butir: tuple[Butir, ...]


def simpulkan(butir: Iterable[Butir]) -> Status:
    """The status of a row from its checks."""
    ada = {b.status for b in butir}
    for status in (Status.SALAH, Status.KONSISTEN):
        if status in ada:
            return status
    return Status.TIDAK_DAPAT_DIPERIKSA


def milik_blok(butir: Butir, nama: str, ragu: str) -> Butir:
    """The check named after its block; of a doubtful block a contradiction accuses nobody."""
    pokok = f"{butir.pokok} {nama}" if nama else butir.pokok
    if not ragu or butir.status is not Status.SALAH:
        return replace(butir, pokok=pokok)
    alasan = f"`{butir.tertulis}` tidak cocok ({butir.seharusnya}), tetapi {ragu}"
    return Butir(
        pokok, Status.TIDAK_DAPAT_DIPERIKSA, tertulis=butir.tertulis, alasan=alasan, catatan=butir.catatan
    )


def putuskan(
    row: int, lembar: str, baris_berkas: int, uraian: str, butir: Sequence[Butir], catatan: Sequence[str]
) -> HasilBaris:
    """The verdict on a row from its checks; those that decide the status speak in it.

    A row that is not consistent has its notes in the reason too, so that the reason is whole.
    """
    status = simpulkan(butir)
    penentu = [b for b in butir if b.status is status]
    sebut = len(butir) > 1 or any(b.pokok.startswith("Rp") for b in butir)
    semua = tuple(dict.fromkeys((*(c for b in butir for c in b.catatan), *catatan)))
    alasan = [_dengan_pokok(b.pokok, b.alasan, sebut) for b in penentu if b.alasan]
    if status is not Status.KONSISTEN:
        alasan += semua
    return HasilBaris(
        row,
        lembar,
        baris_berkas,
        uraian,
        status,
        tuple(dict.fromkeys(r for b in penentu for r in b.rumus)),
        _sekali(_dengan_pokok(b.pokok, b.tertulis, sebut) for b in penentu if b.tertulis),
        _sekali(_dengan_pokok(b.pokok, b.seharusnya, sebut) for b in penentu if b.seharusnya),
        _sekali(alasan),
        semua,
        tuple(butir),
    )


# helpers


def _sekali(teks: Iterable[str]) -> str:
    """Joined, what two checks say of the same figure only once."""
    return "; ".join(dict.fromkeys(teks))


def _dengan_pokok(pokok: str, teks: str, sebut: bool) -> str:
    return f"{pokok} {teks}" if sebut else teks
