"""Part I of the review form: what a laporan shows (PermenPANRB 53/2014 Lampiran III).

Each point is a function whose docstring is the point, in our words. They leave out who made the
laporan (``review_mechanism``) and whether its content is right (``review_substance``).

Example: two of four realisasi with evidence → I.4 *tidak*, naming the other two.
"""

from __future__ import annotations

from kinerja.domain.organisasi import BELUM_DITETAPKAN
from kinerja.domain.reviu import Jawaban
from kinerja.validation.context import terisi
from kinerja.validation.review_material import Bahan, Jawab, lengkap


def data_instansi(b: Bahan) -> Jawab:
    """Laporan menampilkan data penting instansi."""
    o = b.organisasi
    isian = (("nama", o.nama), ("pemerintah", o.pemerintah), ("alamat", o.alamat), ("tempat", o.tempat))
    kosong = [n for n, v in isian if not terisi(v) or v == BELUM_DITETAPKAN]
    kurang = [f"organisasi.yaml `{n}` belum diisi" for n in kosong]
    return lengkap(len(isian), kurang, "isian identitas instansi")


def informasi_target(b: Bahan) -> Jawab:
    """Laporan menyajikan target kinerja."""
    versi = b.rencana.versi_pada(b.periode)
    diukur = b.diukur()
    kurang = [
        f"{i.id} belum punya target {b.periode.judul_pendek}"
        for i in diukur
        if b.rencana.target(i.id, versi).nilai(b.periode.bagian) is None
    ]
    return lengkap(len(diukur), kurang, "indikator bertarget")


def capaian_memadai(b: Bahan) -> Jawab:
    """Laporan menyajikan capaian kinerja yang memadai."""
    ada = {c.id: c for c in b.capaian}
    diukur = b.diukur()
    kurang = []
    for i in diukur:
        c = ada.get(i.id)
        if c is None or not c.ternilai:
            kurang.append(f"{i.id}: {c.alasan if c else 'belum ada realisasi'}")
    return lengkap(len(diukur), kurang, "indikator mempunyai capaian")


def lampiran(b: Bahan) -> Jawab:
    """Laporan dilampiri data yang mendukung badan laporan."""
    terisi_ = [x for x in b.baris().values() if x.realisasi is not None]
    kurang = [f"{x.id} tanpa bukti" for x in terisi_ if not x.bukti]
    return lengkap(len(terisi_), kurang, "realisasi disertai bukti")


def upaya_perbaikan(b: Bahan) -> Jawab:
    """Laporan menyajikan upaya perbaikan ke depan."""
    batas, baris, rendah = b.perhitungan.batas_penjelasan_bawah, b.baris(), b.rendah()
    kurang = [
        f"{c.id} belum punya tindak lanjut"
        for c in rendah
        if not (x := baris.get(c.id)) or x.tindak_lanjut is None
    ]
    if not any(c.ternilai for c in b.capaian):
        return Jawaban.PERLU_DINILAI, "belum ada capaian untuk dinilai", ()
    if not rendah:
        return Jawaban.YA, f"tidak ada capaian di bawah batas ({batas:f} %)", ()
    return lengkap(len(rendah), kurang, "capaian rendah mempunyai tindak lanjut")


def akuntabilitas_keuangan(b: Bahan) -> Jawab:
    """Laporan menyajikan akuntabilitas keuangan."""
    baris = [a for kk in b.lembar.values() for a in kk.anggaran]
    kurang = [f"{a.kode} belum lengkap" for a in baris if a.pagu is None or a.realisasi is None]
    if not baris:
        return Jawaban.TIDAK, "belum ada baris anggaran", ("isi anggaran pada kertas kerja",)
    return lengkap(len(baris), kurang, "sub kegiatan mempunyai pagu dan realisasi")
