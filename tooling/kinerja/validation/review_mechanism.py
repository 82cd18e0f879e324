"""Part II of the review form: how a laporan was made (PermenPANRB 53/2014 Lampiran III).

Each point is a function whose docstring is the point, in our words. They leave out what the
laporan shows (``review_format``).

Example: a capaian below the bound without a word → II.6 *tidak*, naming it.
"""

from __future__ import annotations

from kinerja.domain.kertas_kerja import BarisIndikator
from kinerja.domain.organisasi import pemangku_sah
from kinerja.domain.reviu import Jawaban
from kinerja.validation.context import terisi
from kinerja.validation.review_material import Bahan, Jawab, lengkap


def disusun_unit_bertugas(b: Bahan) -> Jawab:
    """Laporan disusun oleh unit kerja yang bertugas untuk itu."""
    if b.disposisi is None:
        return Jawaban.TIDAK, "belum ada disposisi", (f"kinerja disposisi {b.periode.id}",)
    kepada = b.jabatan.nama(b.disposisi.kepada)
    return Jawaban.YA, f"ditugaskan kepada {kepada} dengan disposisi", ()


def didukung_data(b: Bahan) -> Jawab:
    """Informasi dalam laporan didukung data yang memadai."""
    kurang = [f"{i.id} tanpa sumber data" for i in b.rencana.indikator if not terisi(i.sumber_data)]
    return lengkap(len(b.rencana.indikator), kurang, "indikator menyebut sumber datanya")


def mekanisme_penyampaian(b: Bahan) -> Jawab:
    """Ada mekanisme penyampaian data dari unit kerja ke unit penyusun."""
    kurang = [f"kertas kerja {x.nama} belum masuk" for x in b.organisasi.bidang if x.id not in b.lembar]
    n = len(b.organisasi.bidang)
    jawab, uraian, _ = lengkap(n, kurang, "bidang menyampaikan kertas kerja")
    return jawab, f"SOP {b.sop.nomor}; {uraian}", tuple(kurang)


def penanggung_jawab(b: Bahan) -> Jawab:
    """Ada penanggung jawab pengumpulan data di setiap unit kerja."""
    kurang = [
        f"{x.nama}: {b.jabatan.nama(x.pengisi)} kosong"
        for x in b.organisasi.bidang
        if pemangku_sah(b.jabatan, x.pengisi, b.pada) is None
    ]
    return lengkap(len(b.organisasi.bidang), kurang, "bidang mempunyai pengisi yang menjabat")


def keandalan(b: Bahan) -> Jawab:
    """Data dalam laporan diyakini keandalannya."""
    if b.galat:
        return Jawaban.TIDAK, f"{b.galat} galat dalam dokumen periode ini", ("kinerja validate",)
    return Jawaban.PERLU_DINILAI, "tidak ada galat; kebenaran angkanya dinilai dari buktinya", ()


def analisis_diketahui(b: Bahan) -> Jawab:
    """Analisis dalam laporan diketahui unit kerja terkait."""
    ditanya, baris = (*b.rendah(), *b.tinggi()), b.baris()
    kurang = [f"{c.id} tanpa penjelasan" for c in ditanya if not _dijelaskan(baris.get(c.id))]
    if not any(c.ternilai for c in b.capaian):
        return Jawaban.PERLU_DINILAI, "belum ada capaian untuk dinilai", ()
    if not ditanya:
        return Jawaban.YA, "tidak ada capaian yang jauh dari targetnya", ()
    return lengkap(len(ditanya), kurang, "capaian yang jauh dari target dijelaskan oleh bidangnya")


def dari_bawah(b: Bahan) -> Jawab:
    """Laporan merupakan gabungan partisipasi dari unit di bawahnya."""
    if b.laporan is None:
        return Jawaban.PERLU_DINILAI, "laporan belum disusun", ()
    masuk = sum("/kertas-kerja/" in m.jalur for m in b.laporan.masukan)
    tanpa = tuple(f"tanpa {t.bidang}: {t.alasan}" for t in b.laporan.tanpa)
    return (Jawaban.TIDAK if tanpa else Jawaban.YA), f"disusun dari {masuk} kertas kerja", tanpa


# helpers


def _dijelaskan(baris: BarisIndikator | None) -> bool:
    """True when the bidang said anything about why; ``validate`` asks for no more."""
    teks = (baris.penjelasan, baris.faktor_pendorong, baris.faktor_penghambat) if baris else ()
    return any(terisi(x) for x in teks)
