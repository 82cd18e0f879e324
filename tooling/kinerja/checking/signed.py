"""Which worksheets stand signed: those of the base revision; without one, those that a laporan took in.

It decides nothing about them: a bidang of theirs may not vanish from ``organisasi.yaml``, which a
rule tells once instead of each worksheet.

Example: ``layanan`` became ``pelayanan`` in organisasi.yaml → ``bidang({"pelayanan"}) == {"layanan"}``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set

from kinerja.adapters.reports import Reports, jalur_kertas_kerja
from kinerja.domain.errors import KinerjaError
from kinerja.domain.laporan import Laporan
from kinerja.domain.periode import Periode
from kinerja.validation.places import jenis_jalur, letak_lembar

_LEMBAR = re.compile(rb"reports/20[0-9]{2}/(?:tw[1-4]|tahunan)/kertas-kerja/([a-z0-9][a-z0-9-]*)\.yaml")


class LembarBertanda:
    """The signed worksheets of one tree.

    Args:
        dasar: the base revision, in which every worksheet is signed; None when unknown.
    """

    def __init__(self, reports: Reports, dasar: Reports | None) -> None:
        self._reports = reports
        self._dasar = dasar

    def ada(self, periode: Periode, bidang: str) -> bool:
        """True for a worksheet that is in the base, or whose bidang a laporan of these years took in."""
        if self._dasar is not None:
            return self._dasar.pohon.baca(jalur_kertas_kerja(periode, bidang)) is not None
        sebutan = f"/kertas-kerja/{bidang}.yaml"
        return any(
            m.jalur.endswith(sebutan)
            for tahun in (periode.tahun, periode.tahun - 1)
            for laporan in self._laporan(f"reports/{tahun}/", lambda bita: sebutan.encode() in bita)
            for m in laporan.masukan
        )

    def bidang(self, dikenal: Set[str]) -> frozenset[str]:
        """The bidang of signed worksheets that are not among the known ones."""
        if self._dasar is not None:
            jalur = self._dasar.pohon.daftar("reports/")
        else:
            ada = {b.encode() for b in dikenal}
            asing = self._laporan("reports/", lambda bita: not ada.issuperset(_LEMBAR.findall(bita)))
            jalur = tuple(m.jalur for laporan in asing for m in laporan.masukan)
        return frozenset(t[1] for j in jalur if (t := letak_lembar(j))) - dikenal

    # helpers

    def _laporan(self, folder: str, mungkin: Callable[[bytes], bool]) -> Iterator[Laporan]:
        """The readable laporan whose bytes may hold what is looked for: hundreds need no closer look."""
        pohon = self._reports.pohon
        for j in pohon.daftar(folder):
            if jenis_jalur(j) != "laporan" or not mungkin(pohon.baca(j) or b""):
                continue
            _, tahun, bagian, _ = j.split("/")
            try:
                laporan = self._reports.laporan(Periode(int(tahun), bagian))
            except KinerjaError:  # its own findings tell
                continue
            if laporan is not None:
                yield laporan
