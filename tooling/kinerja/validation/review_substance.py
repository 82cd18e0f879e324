"""Part III of the review form: what is measured, and beside what (PermenPANRB 53/2014 Lampiran III).

Each point is a function whose docstring is the point, in our words. Whether an indikator is
enough, reachable and relevant, a person must judge; these say what the data show towards it.

Example: an indikator without a definition → III.6 *tidak*, naming what it lacks.
"""

from __future__ import annotations

from kinerja.domain.organisasi import BELUM_DITETAPKAN
from kinerja.domain.perencanaan import Akumulasi, Arah, Indikator
from kinerja.domain.reviu import Jawaban
from kinerja.validation.context import terisi
from kinerja.validation.review_material import Bahan, Jawab, lengkap


def sasaran_sesuai_pk(b: Bahan) -> Jawab:
    """Sasaran dalam laporan sesuai Perjanjian Kinerja."""
    versi = b.rencana.versi_pada(b.periode)
    bertarget = {i.sasaran for i in b.rencana.indikator if b.rencana.target(i.id, versi).tahunan is not None}
    kurang = [f"{s.id} tanpa indikator bertarget" for s in b.rencana.sasaran if s.id not in bertarget]
    return lengkap(len(b.rencana.sasaran), kurang, f"sasaran bertarget dalam {versi.nama}")


def sasaran_sesuai_renstra(b: Bahan) -> Jawab:
    """Sasaran dalam laporan selaras dengan Renstra."""
    versi, semua = b.rencana.versi_pada(b.periode), b.sasaran()
    kurang = [
        f"{i.id} tanpa target akhir Renstra"
        for i in semua
        if b.rencana.target(i.id, versi).renstra_akhir is None
    ]
    return lengkap(len(semua), kurang, "indikator sasaran mempunyai target akhir Renstra")


def iku(b: Bahan) -> Jawab:
    """Indikator dalam laporan sesuai Indikator Kinerja Utama."""
    uraian = f"{len(b.sasaran())} indikator tingkat sasaran; bandingkan dengan penetapan IKU"
    return Jawaban.PERLU_DINILAI, uraian, ()


def dibandingkan(b: Bahan) -> Jawab:
    """Capaian dibandingkan dengan tahun lalu atau dengan standar."""
    semua = b.sasaran()
    kurang = [
        f"{i.id} tanpa angka tahun lalu maupun pembanding"
        for i in semua
        if not i.pembanding and not b.tahun_lama.get(i.id)
    ]
    return lengkap(len(semua), kurang, "indikator sasaran mempunyai pembanding")


def indikator_cukup(b: Bahan) -> Jawab:
    """Indikator cukup untuk mengukur setiap sasaran."""
    ada = {i.sasaran for i in b.sasaran()}
    kurang = [f"{s.id} belum punya indikator tingkat sasaran" for s in b.rencana.sasaran if s.id not in ada]
    jawab, uraian, _ = lengkap(len(b.rencana.sasaran), kurang, "sasaran mempunyai indikator sendiri")
    cukup = Jawaban.PERLU_DINILAI if jawab is Jawaban.YA else jawab
    return cukup, f"{uraian}; cukup tidaknya dinilai orang", tuple(kurang)


def smart(b: Bahan) -> Jawab:
    """Indikator memenuhi kriteria SMART: spesifik, terukur, dapat dicapai, relevan, berbatas waktu."""
    kurang = [f"{i.id}: {', '.join(k)}" for i in b.rencana.indikator if (k := _belum_smart(i))]
    jawab, uraian, _ = lengkap(len(b.rencana.indikator), kurang, "indikator terdefinisi dan terukur")
    lanjut = Jawaban.PERLU_DINILAI if jawab is Jawaban.YA else jawab
    return lanjut, f"{uraian}; dapat dicapai dan relevan dinilai orang", tuple(kurang)


# helpers


def _belum_smart(i: Indikator) -> list[str]:
    isian = (("definisi operasional", i.definisi_operasional), ("formulasi", i.formulasi),
             ("sumber data", i.sumber_data), ("satuan", i.satuan))  # fmt: skip
    kurang = [n for n, v in isian if not terisi(v) or v == BELUM_DITETAPKAN]
    kurang += ["arah"] if i.arah is Arah.BELUM_DITETAPKAN else []
    kurang += ["akumulasi"] if i.akumulasi is Akumulasi.BELUM_DITETAPKAN else []
    return kurang
