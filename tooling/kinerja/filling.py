"""Step 3's material: the worksheet's bytes to edit, an edited file, and how much it changed.

Saving and submitting are in ``sop.isi``; joining two people's edits is in ``merge3``.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from kinerja.domain.periode import Periode
from kinerja.session import Sesi
from kinerja.standing import lembar_kini


@dataclass(frozen=True, slots=True)
class Suntingan:
    """A worksheet edited in a file: its bytes, and the bytes that the edit began from."""

    isi: bytes
    asal: bytes


def ambil(sesi: Sesi, periode: Periode, id_bidang: str) -> bytes:
    """Step 3, beginning: the worksheet's present bytes, to be edited in a file."""
    bidang = sesi.bidang(id_bidang)
    bita, _ = lembar_kini(sesi, periode, bidang)
    return bita


def baris_berubah(lama: bytes, baru: bytes) -> int:
    """How many lines an edit touched: changed, added or taken away."""
    a, b = lama.splitlines(), baru.splitlines()
    while a and b and a[-1] == b[-1]:
        a.pop()
        b.pop()
    sama = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    bagian = difflib.SequenceMatcher(None, a[sama:], b[sama:], autojunk=False).get_opcodes()
    return sum(max(a2 - a1, b2 - b1) for kata, a1, a2, b1, b2 in bagian if kata != "equal")
