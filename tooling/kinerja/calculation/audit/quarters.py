"""What catches the eye in quarterly columns without making a row wrong.

It decides on money spent in a quarter without any output, output that cannot be read, and
thousands grouped with commas where the column uses points. It leaves out sums (``rollup``).

Example:
    Rp TW I 24.831.120 with kinerja TW I ``0`` → ``Rp TW I > 0 tetapi kinerja TW I kosong/0``
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kinerja.calculation.audit.cells import Angka, Rusak
from kinerja.calculation.audit.headings import K_TW, RP_TW, Isi
from kinerja.calculation.audit.levels import RINCI, Tingkat
from kinerja.calculation.audit.rows import BarisBaca, kosong

_ROMAWI = ("I", "II", "III", "IV")
_BERKOMA = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?")
_BERTITIK = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")


def catatan_triwulan(
    b: BarisBaca, kolom: Sequence[Isi], tingkat: Tingkat, punya_anak: bool
) -> list[str]:
    """Notes on the quarters of one row; money and output are compared where work is done."""
    hasil: list[str] = []
    for nomor, k, rp in zip(_ROMAWI, K_TW, RP_TW, strict=True):
        if k not in kolom or (k not in b.sel and rp not in b.sel):
            continue
        kinerja = b.baca(k)[0]
        if isinstance(kinerja, Rusak):
            hasil.append(f"kinerja TW {nomor} `{kinerja.tertulis}` tidak terbaca ({kinerja.alasan})")
        elif _rinci(tingkat, punya_anak) and kosong(kinerja) and _dibelanjakan(b, rp):
            hasil.append(f"Rp TW {nomor} > 0 tetapi kinerja TW {nomor} kosong/0")
    return hasil


def ribuan_berkoma(baris: Sequence[BarisBaca], kolom: Sequence[Isi]) -> dict[int, str]:
    """Row index → note, for cells like ``865,864,750`` in a table that groups with points."""
    koma: dict[int, str] = {}
    titik = False
    for n, b in enumerate(baris):
        for isi in kolom:
            teks = b.teks(isi)[:60]
            if _BERKOMA.fullmatch(teks):
                koma[n] = f"ribuan ditulis koma (`{teks}`), sementara sel lain titik"
            titik = titik or _BERTITIK.fullmatch(teks) is not None
    return koma if titik else {}


# helpers


def _rinci(tingkat: Tingkat, punya_anak: bool) -> bool:
    return tingkat == RINCI if isinstance(tingkat, int) else not punya_anak


def _dibelanjakan(b: BarisBaca, rp: Isi) -> bool:
    uang = b.baca(rp, desimal=False)[0]
    return isinstance(uang, Angka) and uang.pilihan[0] > 0
