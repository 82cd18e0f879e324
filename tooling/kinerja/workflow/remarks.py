"""What a verdict notes beside deciding: clocks that contradict the log, and one person twice.

None of it decides anything; it is shown so that nobody has to find it out alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kinerja.domain.peristiwa import Peristiwa
from kinerja.workflow.evaluation import Kerja
from kinerja.workflow.verdict import HasilLangkah


def catatan(kerja: Kerja, hasil: Sequence[HasilLangkah]) -> tuple[str, ...]:
    """Every remark on a verdict, in a fixed order."""
    return (*_jam(hasil), *_rangkap(kerja, hasil))


# helpers


def _jam(hasil: Sequence[HasilLangkah]) -> tuple[str, ...]:
    """Clock anomalies: shown, never deciding."""
    terpenuhi = sorted((h.peristiwa for h in hasil if h.peristiwa is not None), key=lambda p: p.urut)
    return tuple(
        f"jam peristiwa {b.urut} ({b.waktu.isoformat()}) lebih awal daripada peristiwa {a.urut} "
        f"({a.waktu.isoformat()}) yang mendahuluinya dalam log"
        for a, b in pairwise(terpenuhi)
        if b.waktu < a.waktu
    )


def _rangkap(kerja: Kerja, hasil: Sequence[HasilLangkah]) -> tuple[str, ...]:
    """Who approved this change and also one of its inputs: allowed across changes, and said."""
    penyetuju = {h.peristiwa.orang: h.peristiwa for h in hasil if h.peristiwa is not None}
    masukan = {(b.jalur, b.sha256) for p in kerja.peristiwa for b in p.masukan}
    rangkap: dict[tuple[str, str], Peristiwa] = {}
    for jalur, sidik in masukan if penyetuju else ():
        for p in kerja.buku.penyetuju(jalur, sidik):
            if p.perubahan != kerja.perubahan.id and p.orang in penyetuju:
                rangkap[(p.orang, jalur)] = p
    return tuple(
        f"{kerja.nama(orang)} menyetujui perubahan ini sebagai "
        f"{kerja.nama_jabatan(penyetuju[orang].jabatan)} dan sebelumnya {jalur} "
        f"sebagai {kerja.nama_jabatan(p.jabatan)}; dibolehkan dan dicatat"
        for (orang, jalur), p in sorted(rangkap.items(), key=lambda x: x[0])
    )
