"""The corpus as a published agency: for each period a report, its delivery and its events.

Figures come from the same calculation as ``susun``'s, so that the site shows what it would show.

Example:
    >>> terbitkan(Korpus(20, range(2024, 2026)), folder)
    8
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

from kinerja.adapters import package_data
from kinerja.adapters.documents import tulis
from kinerja.adapters.event_copies import salinan
from kinerja.adapters.reports import Reports, jalur_kertas_kerja
from kinerja.adapters.trees import PohonFolder
from kinerja.bench.corpus import Korpus
from kinerja.bench.events import BukuPeristiwa
from kinerja.calculation.report import VERSI_ATURAN, hitung_laporan
from kinerja.domain.kertas_kerja import Disposisi
from kinerja.domain.laporan import Kirim, Laporan, Masukan, Narasi
from kinerja.domain.periode import TRIWULAN, Periode
from kinerja.domain.peristiwa import Berkas

_ZONA = timezone(timedelta(hours=8))


def terbitkan(korpus: Korpus, folder: Path) -> int:
    """Writes the corpus with its reports, hand-written pages and ``mkdocs.yml``; gives the periods."""
    korpus.tulis(folder)
    for jalur, bita in package_data.halaman_situs().items():
        _tulis(folder / jalur, bita)
    buku = BukuPeristiwa()
    periode = [Periode(t, b) for t in korpus.tahun for b in TRIWULAN]
    for p in periode:
        for jalur, bita in _dokumen(korpus, Reports(PohonFolder(folder)), p, buku).items():
            _tulis(folder / jalur, bita)
    return len(periode)


# helpers


def _dokumen(korpus: Korpus, r: Reports, p: Periode, buku: BukuPeristiwa) -> dict[str, bytes]:
    awal = len(buku.semua)
    for bidang in korpus.id_bidang:
        buku.kertas_kerja(p, bidang, _berkas(r, jalur_kertas_kerja(p, bidang)))
    saat = datetime.combine(p.akhir, datetime.min.time(), _ZONA) + timedelta(days=5)
    laporan = tulis(_laporan(korpus, r, p, saat), "../../../schemas/laporan.v1.json")
    jalur = f"{p.folder}/laporan.yaml"
    buku.laporan(p, Berkas(jalur, sha256(laporan).hexdigest(), len(laporan)))
    disposisi = Disposisi(
        "disposisi/v1", p.id, None, "sekretaris", "kasubag-program", "Laporkan.", saat - timedelta(days=4), ()
    )
    kirim = Kirim(
        "kirim/v1", p.id, 1, f"contoh-{p.id}-v1.zip", sha256(laporan).hexdigest(), len(laporan), "bappeda",
        "folder", saat + timedelta(hours=4), "p-citra",
    )  # fmt: skip
    return {
        jalur: laporan,
        f"{p.folder}/disposisi.yaml": tulis(disposisi, "../../../schemas/disposisi.v1.json"),
        f"{p.folder}/kirim.yaml": tulis(kirim, "../../../schemas/kirim.v1.json"),
        **salinan(tuple(buku.semua[awal:])),
    }


def _laporan(korpus: Korpus, r: Reports, p: Periode, saat: datetime) -> Laporan:
    lembar = {
        q.bagian: [kk for b in korpus.id_bidang if (kk := r.kertas_kerja(q, b))] for q in p.sampai_dengan()
    }
    angka = hitung_laporan(r.organisasi(), r.rencana(p.tahun), r.kebijakan(), p, lembar)
    masukan = [_berkas(r, jalur_kertas_kerja(p, b)) for b in korpus.id_bidang]
    return Laporan(
        skema="laporan/v1", periode=p.id, versi=1, menggantikan=None, status=r.organisasi().status,
        nomor=None, disusun=saat, skala=r.kebijakan().perhitungan.skala, versi_aturan=VERSI_ATURAN,
        masukan=tuple(Masukan(b.jalur, b.sha256) for b in masukan), tanpa=(), rekap=angka.rekap,
        capaian=angka.capaian, narasi=Narasi("Disusun untuk pengukuran.", "Semua indikator tercapai.", ""),
    )  # fmt: skip


def _berkas(r: Reports, jalur: str) -> Berkas:
    bita = r.pohon.baca(jalur) or b""
    return Berkas(jalur, sha256(bita).hexdigest(), len(bita))


def _tulis(berkas: Path, bita: bytes) -> None:
    berkas.parent.mkdir(parents=True, exist_ok=True)
    berkas.write_bytes(bita)
