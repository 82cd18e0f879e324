"""What each document is judged against: the readers' documents put together for the rules.

It decides which documents a rule needs, and reads each of them once. A document that is
absent or faulty is None here; its own findings tell it.

Example: the worksheet of 2024-tw2 is judged with that of tw1, the plan, the DPA and the SPJ of June.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from kinerja.adapters.reports import Reports, jalur_kertas_kerja
from kinerja.domain.errors import KinerjaError
from kinerja.domain.kertas_kerja import KertasKerja
from kinerja.domain.organisasi import Bidang
from kinerja.domain.perencanaan import Nilai
from kinerja.domain.periode import Periode
from kinerja.validation.context import Konteks
from kinerja.validation.period_context import AcuanPeriode
from kinerja.validation.repository_context import KonteksRepositori

T = TypeVar("T")
_TAHUNAN = re.compile(r"reports/(20[0-9]{2})/(?:rencana|anggaran)\.yaml")


class Acuan:
    """The documents of one tree that others are judged against.

    Args:
        dasar: the base revision, where a worksheet stands as it was signed; None when unknown.
    """

    def __init__(self, reports: Reports, dasar: Reports | None = None) -> None:
        self.reports = reports
        self._dasar = dasar
        self._lembar: dict[tuple[Periode, str], KertasKerja | None] = {}
        self._periode: dict[Periode, AcuanPeriode] = {}
        self._tahun: dict[int, frozenset[str]] = {}

    def kenal(self, kk: KertasKerja, periode: Periode, bidang: str) -> None:
        """Remembers a worksheet that was read whole, so that later ones need not read it again."""
        self._lembar[periode, bidang] = kk

    def lembar(self, kk: KertasKerja, periode: Periode, bidang: Bidang, diajukan: bool) -> Konteks:
        """A worksheet with everything that it is judged against.

        Raises:
            KinerjaError: a document that no worksheet can do without is absent or faulty.
        """
        dasar = self._dasar
        return Konteks(
            kk, periode, bidang, self._acuan_periode(periode), self._realisasi(periode, bidang.id), diajukan,
            lalu=self._sebelum(periode.sebelumnya(), bidang.id),
            tahun_lalu=self._setahun_lalu(periode, bidang.id),
            bertanda=_bila_terbaca(dasar.kertas_kerja, periode, bidang.id) if dasar else None,
        )  # fmt: skip

    def repositori(self, jalur: Iterable[str]) -> KonteksRepositori:
        """The documents that the rules between documents look at, for the years of some files."""
        r = self.reports
        tahun = sorted({int(c[1]) for j in jalur if (c := _TAHUNAN.fullmatch(j))})
        rencana = {t: _bila_terbaca(r.rencana, t) for t in tahun}
        anggaran = {t: _bila_terbaca(r.anggaran, t) for t in tahun}
        return KonteksRepositori(
            _bila_terbaca(r.organisasi), _bila_terbaca(r.jabatan), _bila_terbaca(r.identitas),
            _bila_terbaca(r.kebijakan), _bila_terbaca(r.sop), _bila_terbaca(r.kalender),
            {t: d for t, d in rencana.items() if d}, {t: d for t, d in anggaran.items() if d},
        )  # fmt: skip

    # helpers

    def _acuan_periode(self, periode: Periode) -> AcuanPeriode:
        if periode not in self._periode:
            r, tahun = self.reports, periode.tahun
            jabatan = _bila_terbaca(r.jabatan)
            self._periode[periode] = AcuanPeriode(
                periode, r.rencana(tahun), r.anggaran(tahun), r.kebijakan(),
                frozenset(j.id for j in jabatan.jabatan) if jabatan else None,
                _bila_terbaca(r.spj, tahun, periode.akhir.month), _bila_terbaca(r.riwayat),
            )  # fmt: skip
        return self._periode[periode]

    def _realisasi(self, periode: Periode, bidang: str) -> dict[str, dict[str, Nilai]]:
        hasil: dict[str, dict[str, Nilai]] = {}
        for p in periode.sampai_dengan():
            kk = self._sebelum(p, bidang) if p != periode else None
            for baris in kk.indikator if kk else ():
                hasil.setdefault(baris.id, {})[p.bagian] = baris.realisasi
        return hasil

    def _setahun_lalu(self, periode: Periode, bidang: str) -> KertasKerja | None:
        lalu = Periode(periode.tahun - 1, periode.bagian)
        if lalu.tahun not in self._tahun:  # one look instead of one for each worksheet
            self._tahun[lalu.tahun] = frozenset(self.reports.pohon.daftar(f"reports/{lalu.tahun}/"))
        ada = jalur_kertas_kerja(lalu, bidang) in self._tahun[lalu.tahun]
        return _bila_terbaca(self._sebelum, lalu, bidang) if ada else None

    def _sebelum(self, periode: Periode, bidang: str) -> KertasKerja | None:
        if (periode, bidang) not in self._lembar:
            self._lembar[periode, bidang] = self.reports.kertas_kerja(periode, bidang)
        return self._lembar[periode, bidang]


# helpers


def _bila_terbaca(ambil: Callable[..., T], *kunci: object) -> T | None:
    """The document; None when it is absent or faulty, which its own findings tell."""
    try:
        return ambil(*kunci)
    except KinerjaError:
        return None
