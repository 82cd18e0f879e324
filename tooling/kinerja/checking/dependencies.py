"""What a finding depends on: the digests of everything that a rule may look at.

It decides, for each file, which other files can change what is found in it. It errs on the
side of too many: a worksheet depends on every document without a year, on every document of its
year and the year before, and on its own bidang's worksheets of both years up to its period. A
test holds this against what is really read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property

from kinerja.adapters.trees import Pohon
from kinerja.domain.periode import Periode
from kinerja.validation.places import berupa_dokumen, letak_lembar

_UMUM = ""


class Ketergantungan:
    """Keys of one tree's files; each file is read and digested once.

    Args:
        mesin: digest of the software: what it says tomorrow is not what it said today.
    """

    def __init__(self, pohon: Pohon, mesin: bytes) -> None:
        self._pohon = pohon
        self._mesin = mesin
        self._oid: dict[str, bytes] = {}
        self._sidik_banyak: dict[tuple[str, ...], bytes] = {}

    def milik(self, jalur: str) -> frozenset[str]:
        """Every file whose bytes can change what is found in a file, itself included."""
        return frozenset({jalur, *(j for kelompok in self._kelompok(jalur) for j in kelompok)})

    def kunci(self, jalur: str) -> bytes:
        """The key of a file's own findings."""
        kelompok = self._kelompok(jalur)
        return _gabung(self._mesin, jalur.encode(), self._sidik(jalur), *map(self._sidik_kelompok, kelompok))

    def milik_antardokumen(self, tahun: str) -> frozenset[str]:
        """Every file whose bytes can change what the rules between documents find in a year's files."""
        return frozenset(j for kelompok in self._kelompok_antardokumen(tahun) for j in kelompok)

    def kunci_antardokumen(self, tahun: str, jalur: Sequence[str]) -> bytes:
        """The key of what the rules between documents find in a year's files.

        Args:
            tahun: ``2024``; "" for the documents without a year.
        """
        kelompok = (*self._kelompok_antardokumen(tahun), tuple(jalur))
        return _gabung(self._mesin, b"antardokumen", tahun.encode(), *map(self._sidik_kelompok, kelompok))

    # helpers

    @cached_property
    def _semua(self) -> tuple[str, ...]:
        return tuple(j for j in self._pohon.daftar("reports/") if berupa_dokumen(j))

    @cached_property
    def _dokumen(self) -> dict[str, tuple[str, ...]]:
        """Year, or "" for none, → its documents that are no worksheets."""
        hasil: dict[str, list[str]] = {_UMUM: []}
        for j in self._semua:
            if letak_lembar(j) is None:
                hasil.setdefault(tahun_jalur(j), []).append(j)
        return {t: tuple(j) for t, j in hasil.items()}

    @cached_property
    def _lembar(self) -> dict[tuple[str, str], list[tuple[Periode, str]]]:
        """Year and bidang → its worksheets."""
        hasil: dict[tuple[str, str], list[tuple[Periode, str]]] = {}
        for j in self._semua:
            tempat = letak_lembar(j)
            if tempat is not None:
                hasil.setdefault((str(tempat[0].tahun), tempat[1]), []).append((tempat[0], j))
        return hasil

    def _kelompok(self, jalur: str) -> tuple[tuple[str, ...], ...]:
        tempat = letak_lembar(jalur)
        if tempat is None:
            return ()
        periode, bidang = tempat
        kini, lalu = str(periode.tahun), str(periode.tahun - 1)
        lembar = [*self._lembar.get((lalu, bidang), ()), *self._lembar.get((kini, bidang), ())]
        sampai = tuple(j for p, j in lembar if p.urutan <= periode.urutan)
        return (self._dokumen[_UMUM], self._dokumen.get(kini, ()), self._dokumen.get(lalu, ()), sampai)

    def _kelompok_antardokumen(self, tahun: str) -> tuple[tuple[str, ...], ...]:
        lembar = tuple(j for (t, _), daftar in self._lembar.items() for _, j in daftar if t == tahun)
        return (*self._dokumen.values(), lembar)

    def _sidik_kelompok(self, jalur: tuple[str, ...]) -> bytes:
        if jalur not in self._sidik_banyak:
            isi = (b for j in jalur for b in (j.encode(), self._sidik(j)))
            self._sidik_banyak[jalur] = _gabung(*isi)
        return self._sidik_banyak[jalur]

    def _sidik(self, jalur: str) -> bytes:
        if jalur not in self._oid:
            bita = self._pohon.baca(jalur)
            self._oid[jalur] = b"" if bita is None else hashlib.sha256(bita).digest()
        return self._oid[jalur]


def tahun_jalur(jalur: str) -> str:
    """The year that a path lies in; "" for none."""
    bagian = jalur.split("/")
    return bagian[1] if len(bagian) > 2 and bagian[0] == "reports" else _UMUM  # noqa: PLR2004


# helpers


def _gabung(*bagian: bytes) -> bytes:
    """One digest of several parts, each with its length, so that no two sets of parts meet."""
    h = hashlib.sha256()
    for b in bagian:
        h.update(len(b).to_bytes(8, "big"))
        h.update(b)
    return h.digest()
