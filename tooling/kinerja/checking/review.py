"""``validate --reviu``: the review form of one period, from the documents of a repository."""

from __future__ import annotations

from pathlib import Path

from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import Pohon, PohonFolder
from kinerja.calculation.recount import hitung_ulang
from kinerja.calculation.report import VERSI_ATURAN
from kinerja.checking.files import akar_repositori, pohon_instansi
from kinerja.checking.run import periksa_pohon
from kinerja.domain.errors import PemakaianError
from kinerja.domain.findings import Tingkat
from kinerja.domain.laporan import BarisCapaian
from kinerja.domain.periode import Periode
from kinerja.domain.reviu import HasilReviu
from kinerja.validation.places import berupa_dokumen, letak_lembar
from kinerja.validation.review_material import Bahan
from kinerja.validation.review_points import reviu


def reviu_folder(folder: Path, periode: Periode | None = None) -> HasilReviu:
    """The review form; of the newest period that has worksheets unless one is named.

    Raises:
        PemakaianError: no repository, or no period to review.
        TemuanError: a document that every point needs cannot be read.
    """
    pohon = _pohon(folder)
    r = Reports(pohon)
    ada = sorted({t[0] for j in pohon.daftar("reports/") if (t := letak_lembar(j))}, key=lambda p: p.urutan)
    if not ada or (periode is not None and periode not in ada):
        apa = f"kertas kerja {periode.judul}" if periode else "kertas kerja satu periode pun"
        raise PemakaianError(f"belum ada {apa}", "siapkan dan isi dahulu, atau sebut --periode lain")
    p = periode or ada[-1]
    lembar = {b.id: kk for b in r.organisasi().bidang if (kk := r.kertas_kerja(p, b.id))}
    laporan = r.laporan(p)
    return reviu(
        Bahan(
            periode=p, organisasi=r.organisasi(), jabatan=r.jabatan(), sop=r.sop(),
            perhitungan=r.kebijakan().perhitungan, rencana=r.rencana(p.tahun), anggaran=r.anggaran(p.tahun),
            pada=p.akhir, disposisi=r.disposisi(p), laporan=laporan, lembar=lembar,
            capaian=laporan.capaian if laporan else _capaian(r, p),
            tahun_lama=_tahun_lama(r, p, ada), galat=_galat(pohon, p),
        )
    )  # fmt: skip


# helpers


def _pohon(folder: Path) -> Pohon:
    pohon = pohon_instansi(folder)
    if pohon is not None:
        return pohon
    akar = akar_repositori(str(folder.resolve()))
    if akar is None:
        raise PemakaianError(f"{folder} bukan folder repositori kinerja", "jalankan di folder repositorinya")
    return PohonFolder(Path(akar))


def _capaian(r: Reports, p: Periode) -> tuple[BarisCapaian, ...]:
    return hitung_ulang(
        r.organisasi(), r.rencana(p.tahun), r.kebijakan(), p, r.kertas_kerja, VERSI_ATURAN
    ).capaian


def _tahun_lama(r: Reports, p: Periode, ada: list[Periode]) -> dict[str, tuple[int, ...]]:
    hasil: dict[str, set[int]] = {}
    riwayat = r.riwayat()
    for x in riwayat.realisasi if riwayat else ():
        if x.tahun < p.tahun and x.realisasi is not None:
            hasil.setdefault(x.indikator, set()).add(x.tahun)
    for q in (q for q in ada if q.tahun < p.tahun):
        for b in r.organisasi().bidang:
            kk = r.kertas_kerja(q, b.id)
            for baris in kk.indikator if kk else ():
                if baris.realisasi is not None:
                    hasil.setdefault(baris.id, set()).add(q.tahun)
    return {i: tuple(sorted(t)) for i, t in hasil.items()}


def _galat(pohon: Pohon, p: Periode) -> int:
    milik = [j for j in pohon.daftar(f"{p.folder}/") if berupa_dokumen(j)]
    return sum(t.tingkat is Tingkat.GALAT for t in periksa_pohon(pohon, milik))
