"""Which approvals together fulfil the steps: unbroken links, one person to one office.

It decides among approvals that are each good by themselves; it leaves out why one is not
(``approvals``). Every choice is regarded, so that one more approval can never lower a
verdict. Repetition costs little: choices are told apart by persons, not by events.

Example:
    Paraf by Rina, tanda tangan by Rina as Plt: a chain of one. A Plh Sekretaris gives paraf
    and Rina signs after it: a chain of two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kinerja.domain.peristiwa import Peristiwa

Rangkaian = tuple[Peristiwa, ...]
"""Approvals of the first steps of one group of files, each linked to the one before."""

Sidik = Callable[[Peristiwa], str]
"""Gives the digest that names an event."""

Pelaku = frozenset[tuple[str, str]]
"""Who sits where: (office, person)."""

Pilihan = dict[Pelaku, Rangkaian]
"""For every set of persons the longest chain that they give, the earliest of its length."""


def terangkai(baik: Sequence[Sequence[Peristiwa]], sidik: Sidik) -> list[list[Peristiwa]]:
    """Per step, the approvals that link one of the step before; persons are not regarded.

    Args:
        baik: per step, the approvals without a fault of their own, in the log's order.
        sidik: gives the digest that names an event.
    """
    hasil: list[list[Peristiwa]] = []
    for i, daftar in enumerate(baik):
        sebelum = {sidik(s): s for s in hasil[i - 1]} if i else {}
        hasil.append([p for p in daftar if not i or _sambungan(p, sebelum) is not None])
    return hasil


def rangkaian(calon: Sequence[Sequence[Peristiwa]], sidik: Sidik) -> Pilihan:
    """Every chain that the approvals of one group can make, one per set of persons."""
    hasil: Pilihan = {frozenset(): ()}
    ujung: dict[int, Pilihan] = {}
    for i, daftar in enumerate(calon):
        sebelum = {sidik(s): s for s in calon[i - 1]} if i else {}
        baru: dict[int, Pilihan] = {}
        for p in daftar:
            awal = _sambungan(p, sebelum)
            asal: Pilihan = {frozenset(): ()}
            if i:
                asal = ujung.get(awal.urut, {}) if awal else {}
            baru[p.urut] = _lanjutkan(asal, p)
        ujung = baru
        for pilihan in ujung.values():
            for pelaku, jalan in pilihan.items():
                if len(jalan) > len(hasil.get(pelaku, ())):
                    hasil[pelaku] = jalan
    return hasil


def pilih(kelompok: Sequence[Pilihan]) -> tuple[Rangkaian, ...]:
    """One chain per group, together as long as possible, no person in two offices."""
    keadaan: dict[Pelaku, tuple[Rangkaian, ...]] = {frozenset(): ()}
    for pilihan in kelompok:
        baru: dict[Pelaku, tuple[Rangkaian, ...]] = {}
        for pelaku, terpilih in keadaan.items():
            for tambahan, jalan in pilihan.items():
                gabungan = pelaku | tambahan
                usul = (*terpilih, jalan)
                if _rukun(gabungan) and _panjang(usul) > _panjang(baru.get(gabungan)):
                    baru[gabungan] = usul
        keadaan = baru
    return max(keadaan.values(), key=_panjang)


# helpers


def _sambungan(p: Peristiwa, sebelum: Mapping[str, Peristiwa]) -> Peristiwa | None:
    """The approval that ``p`` links, when it stands before ``p`` in the log."""
    s = sebelum.get(p.sesudah) if p.sesudah is not None else None
    return s if s is not None and s.urut < p.urut else None


def _lanjutkan(asal: Pilihan, p: Peristiwa) -> Pilihan:
    hasil: Pilihan = {}
    for pelaku, jalan in asal.items():
        gabungan = pelaku | {(p.jabatan, p.orang)}
        if _rukun(gabungan):
            hasil[gabungan] = (*jalan, p)
    return hasil


def _rukun(pelaku: Iterable[tuple[str, str]]) -> bool:
    """True when no person sits in two offices."""
    orang = [siapa for _, siapa in pelaku]
    return len(orang) == len(set(orang))


def _panjang(terpilih: tuple[Rangkaian, ...] | None) -> int:
    return -1 if terpilih is None else sum(len(jalan) for jalan in terpilih)
