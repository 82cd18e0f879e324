"""The one YAML reader: a strict subset, straight from libyaml's events to plain data.

It decides what a text is: null, true, false, canonical integers, and decimals with a point
(as :class:`~decimal.Decimal`); everything else stays text, so that ``NO``, ``012``, ``12:30``
and ``97,5`` reach the rules as they were typed. It refuses, with a finding, what two readers
would read differently: duplicate keys, anchors, aliases, tags, a second document, tabs,
control characters. A byte order mark is tolerated. Positions cost time, so :func:`letak`
computes them, in a second pass, only for a file that has findings.

Example:
    >>> muat(b"a: 97.50", "x.yaml")
    ({'a': Decimal('97.50')}, ())
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import yaml

from kinerja.adapters.yaml_errors import Tolakan
from kinerja.adapters.yaml_events import BOM, Pembangun, baca_teks, potong, skalar
from kinerja.domain.findings import Finding, Tingkat, urutkan

__all__ = ["BOM", "Letak", "Tempat", "escape", "letak", "muat", "rangkai", "skalar"]


class Tempat(NamedTuple):
    """Where a value or key stands: 1-based line and column, and its text."""

    baris: int
    kolom: int
    teks: str


class Letak:
    """Positions of every value and key of a document, by JSON pointer."""

    def __init__(self, nilai: dict[str, Tempat], kunci: dict[str, Tempat]) -> None:
        self._nilai = nilai
        self._kunci = kunci

    def cari(self, penunjuk: str, kunci: bool = False) -> Tempat:  # noqa: FBT001, FBT002
        """The place of a pointer's value, or of its key; of the nearest parent when absent.

        A structure is pointed at by its name, because its first line is often its child's.
        """
        tempat = (self._kunci if kunci else self._nilai).get(penunjuk)
        if tempat is not None and (kunci or tempat.teks or penunjuk not in self._kunci):
            return tempat
        while penunjuk:
            tempat = self._kunci.get(penunjuk) or self._nilai.get(penunjuk)
            if tempat is not None:
                return tempat._replace(teks="")
            penunjuk = penunjuk.rpartition("/")[0]
        return Tempat(1, 1, "")


def muat(bita: bytes, berkas: str) -> tuple[object, tuple[Finding, ...]]:
    """Reads one document.

    Args:
        bita: the file's bytes.
        berkas: its path, for findings.

    Returns:
        Plain data (dict, list, str, int, Decimal, bool, None) and no finding, or None and
        every finding met before the reading could not go on. Raises for no input.
    """
    teks = baca_teks(bita)
    if isinstance(teks, Tolakan):
        return None, (_temuan(teks, berkas),)
    pembangun = Pembangun(teks)
    data = pembangun.dokumen()
    if pembangun.tolakan:
        return None, urutkan([_temuan(t, berkas) for t in pembangun.tolakan])
    return data, ()


@lru_cache(maxsize=64)
def muat_bersama(bita: bytes) -> tuple[object, tuple[Finding, ...]]:
    """As :func:`muat` of a file without a name; kept and shared, so whoever gets it must not change it."""
    return muat(bita, "")


def letak(bita: bytes) -> Letak:
    """Positions of everything in a document that :func:`muat` accepts."""
    nilai: dict[str, Tempat] = {}
    kunci: dict[str, Tempat] = {}
    akar = rangkai(bita)
    if akar is not None:
        _catat(akar, "", nilai, kunci)
    return Letak(nilai, kunci)


def rangkai(bita: bytes) -> yaml.Node | None:
    """The node tree of a document that :func:`muat` accepts; marks count characters."""
    if muat(bita, "")[1]:
        return None
    node: yaml.Node | None = yaml.compose(bita.removeprefix(BOM), Loader=yaml.CSafeLoader)
    return node


def escape(bagian: str) -> str:
    """One reference token of a JSON pointer (RFC 6901 section 3)."""
    return bagian.replace("~", "~0").replace("/", "~1")


# helpers


def _catat(
    simpul: yaml.Node, penunjuk: str, nilai: dict[str, Tempat], kunci: dict[str, Tempat]
) -> None:
    nilai[penunjuk] = _tempat(simpul)
    if isinstance(simpul, yaml.MappingNode):
        for k, v in simpul.value:
            anak = f"{penunjuk}/{escape(str(k.value))}"
            kunci[anak] = _tempat(k)
            _catat(v, anak, nilai, kunci)
    elif isinstance(simpul, yaml.SequenceNode):
        for i, v in enumerate(simpul.value):
            _catat(v, f"{penunjuk}/{i}", nilai, kunci)


def _tempat(simpul: yaml.Node) -> Tempat:
    teks = potong(str(simpul.value)) if isinstance(simpul, yaml.ScalarNode) else ""
    return Tempat(simpul.start_mark.line + 1, simpul.start_mark.column + 1, teks)


def _temuan(t: Tolakan, berkas: str) -> Finding:
    baris, kolom = (t.titik.baris + 1, t.titik.kolom + 1) if t.titik else (0, 0)
    return Finding(
        berkas, baris, kolom, t.aturan, Tingkat.GALAT, "", potong(t.nilai), t.pesan, t.tindakan
    )
