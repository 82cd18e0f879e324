"""All pages of the site, from its data: pure, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.publishing.markup import Halaman
from kinerja.publishing.pages.bidang import daftar_indikator, laman_bidang
from kinerja.publishing.pages.home import beranda, daftar_periode
from kinerja.publishing.pages.indikator import laman_indikator
from kinerja.publishing.pages.period import laman_periode
from kinerja.publishing.pages.reference import laman_arsip, laman_metodologi
from kinerja.publishing.pages.rules import laman_aturan, laman_satu_aturan
from kinerja.publishing.pages.sop import laman_sop
from kinerja.publishing.site_data import DataSitus


def halaman_situs(data: DataSitus) -> Iterator[Halaman]:
    """Every generated page."""
    yield beranda(data)
    yield daftar_periode(data)
    for p in data.periode:
        yield laman_periode(data, p)
    yield daftar_indikator(data)
    for b in data.bidang():
        yield laman_bidang(data, b)
    for i in data.indikator():
        yield laman_indikator(data, i)
    yield laman_sop(data)
    yield laman_arsip(data)
    yield laman_metodologi(data)
    yield laman_aturan(data)
    for a in data.aturan:
        yield laman_satu_aturan(data, a)
