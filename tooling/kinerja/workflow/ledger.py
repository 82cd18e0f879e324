"""The events of a log, looked up by change and by the bytes that they approved.

A log is read once and asked about many changes; this index answers without going through it
again. It decides nothing about what an event is worth.

Example:
    >>> buku = Buku.dari_catatan(log.baca())
    >>> buku.milik("kk/2024-tw1/rehabilitasi-sosial", "refs/heads/main")
    (Peristiwa(urut=7, …),)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from kinerja.domain.peristiwa import Peristiwa, PeristiwaBertanda
from kinerja.domain.tata_kelola import PERSETUJUAN


class Buku:
    """An index over events; digests are taken from the stored bytes where those are at hand.

    Args:
        palsu: numbers of the events whose signature is not their person's. Such an approval counts
            for nothing; such a *tidak* still blocks, for a genuine one may have been stripped of
            its signature, until its office answers again.
    """

    def __init__(self, peristiwa: Iterable[Peristiwa], palsu: Collection[int] = ()) -> None:
        self._palsu = frozenset(palsu)
        self._milik: dict[tuple[str, str], list[Peristiwa]] = {}
        self._penyetuju: dict[tuple[str, str], list[Peristiwa]] = {}
        self._sidik: dict[int, str] = {}  # by identity: a hostile log may number two events alike
        for p in peristiwa:
            self._milik.setdefault((p.perubahan, p.tujuan), []).append(p)
            if p.tindakan in PERSETUJUAN:
                for b in p.berkas:
                    self._penyetuju.setdefault((b.jalur, b.sha256), []).append(p)
        for daftar in (*self._milik.values(), *self._penyetuju.values()):
            daftar.sort(key=_urut)

    @classmethod
    def dari_catatan(cls, catatan: Sequence[PeristiwaBertanda], palsu: Collection[int] = ()) -> Buku:
        """The index of stored events."""
        buku = cls((c.peristiwa for c in catatan), palsu)
        buku._sidik = {id(c.peristiwa): c.sidik for c in catatan}
        return buku

    def milik(self, perubahan: str, tujuan: str) -> tuple[Peristiwa, ...]:
        """The events of one change to one ref, in the log's order."""
        return tuple(self._milik.get((perubahan, tujuan), ()))

    def penyetuju(self, jalur: str, sha256: str) -> tuple[Peristiwa, ...]:
        """Every approval of exactly these bytes of a file, whatever change it belongs to."""
        return tuple(self._penyetuju.get((jalur, sha256), ()))

    def palsu(self, p: Peristiwa) -> bool:
        """True when the event's signature is not its person's."""
        return p.urut in self._palsu

    def sidik(self, p: Peristiwa) -> str:
        """The digest that names an event."""
        if id(p) not in self._sidik:
            self._sidik[id(p)] = p.sidik()
        return self._sidik[id(p)]


def _urut(p: Peristiwa) -> int:
    return p.urut
