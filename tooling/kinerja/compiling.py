"""Step 5's document: the laporan as it is frozen, from what is signed on main.

It reads the documents and lets ``calculation.report`` count; the step itself is in ``sop``.
"""

from __future__ import annotations

from kinerja.adapters.reports import jalur_kertas_kerja, jalur_masukan
from kinerja.calculation.report import VERSI_ATURAN, hitung_laporan
from kinerja.domain.findings import Finding, urutkan
from kinerja.domain.laporan import BidangTertinggal, Laporan, Masukan, Narasi
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import Berkas, berkas_dari
from kinerja.session import Sesi


def rancang_laporan(
    sesi: Sesi,
    periode: Periode,
    tanpa: tuple[BidangTertinggal, ...],
    narasi: Narasi,
    nomor: str | None,
) -> tuple[Laporan, tuple[Berkas, ...]]:
    """The draft laporan with its frozen numbers, and the signed worksheets that it took in."""
    r = sesi.reports
    jalur = jalur_masukan(periode, r.organisasi())
    masukan = tuple(berkas_dari(j, b) for j in jalur if (b := r.pohon.baca(j)) is not None)
    angka = hitung_laporan(
        r.organisasi(), r.rencana(periode.tahun), r.kebijakan(), periode, sesi.lembar_bertanda(periode)
    )
    laporan = Laporan(
        skema="laporan/v1",
        periode=periode.id,
        versi=1,
        menggantikan=None,
        status=r.organisasi().status,
        nomor=nomor,
        disusun=sesi.waktu.replace(microsecond=0),
        skala=r.kebijakan().perhitungan.skala,
        versi_aturan=VERSI_ATURAN,
        masukan=tuple(Masukan(m.jalur, m.sha256) for m in masukan),
        tanpa=tanpa,
        rekap=angka.rekap,
        capaian=angka.capaian,
        narasi=narasi,
        rekap_sasaran=angka.rekap_sasaran,
        rekap_program=angka.rekap_program,
    )
    lembar = tuple(m for m in masukan if "/kertas-kerja/" in m.jalur)
    return laporan, lembar


def temuan_lembar_bertanda(sesi: Sesi, periode: Periode) -> tuple[Finding, ...]:
    """What the rules say today of the signed worksheets: a plan or DPA may have moved since.

    They are shown with the draft and stop nothing, for a signed worksheet cannot be filled again.
    """
    temuan: list[Finding] = []
    for b in sesi.reports.organisasi().bidang:
        bita = sesi.reports.pohon.baca(jalur_kertas_kerja(periode, b.id))
        if bita is not None:
            temuan += sesi.periksa_lembar(bita, periode, b, diajukan=True)
    return urutkan(temuan)
