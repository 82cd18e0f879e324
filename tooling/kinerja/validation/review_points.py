"""The points of the review form that data can answer (PermenPANRB 53/2014 Lampiran III).

Each point is a function whose docstring is the point, in our words: the official text was not at
hand. It says *ya* only when every part that data can show is there, *tidak* with the list of what
is missing, and *perlu dinilai* where a person must judge, with what the data show towards it.

Example: 11 of 12 indikator with a definition and a data source → II.5 *tidak*, naming the twelfth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kinerja.domain.kertas_kerja import BarisIndikator, Disposisi, KertasKerja
from kinerja.domain.laporan import BarisCapaian, Laporan
from kinerja.domain.organisasi import BELUM_DITETAPKAN, DaftarJabatan, Organisasi, pemangku_sah
from kinerja.domain.perencanaan import Akumulasi, Anggaran, Arah, Indikator, Rencana, TingkatIndikator
from kinerja.domain.periode import Periode
from kinerja.domain.reviu import HasilButir, HasilReviu, Jawaban, KelompokReviu
from kinerja.domain.tata_kelola import Perhitungan, Sop
from kinerja.validation.context import bunyi, terisi


@dataclass(frozen=True)
class Bahan:
    """What the points look at.

    Attributes:
        lembar: bidang → its worksheet of the period.
        capaian: the period's computed lines; of the laporan where there is one.
        tahun_lama: indikator id → earlier years with a realisasi.
        galat: how many faults ``validate`` finds in the period's documents.
        pada: the day on which offices are judged: the last of the period.
    """

    periode: Periode
    organisasi: Organisasi
    jabatan: DaftarJabatan
    sop: Sop
    perhitungan: Perhitungan
    rencana: Rencana
    anggaran: Anggaran
    pada: date
    disposisi: Disposisi | None = None
    laporan: Laporan | None = None
    lembar: Mapping[str, KertasKerja] = field(default_factory=dict)
    capaian: tuple[BarisCapaian, ...] = ()
    tahun_lama: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    galat: int = 0

    def baris(self) -> dict[str, BarisIndikator]:
        """Every worksheet line of the period by its indikator."""
        return {b.id: b for kk in self.lembar.values() for b in kk.indikator}

    def diukur(self) -> tuple[Indikator, ...]:
        """The indikator that are measured in this period."""
        setahun = self.periode.bagian == "tahunan"
        return tuple(
            i for i in self.rencana.indikator if setahun or i.akumulasi is not Akumulasi.TAHUNAN
        )

    def sasaran(self) -> tuple[Indikator, ...]:
        """The outcome indikator, which a laporan kinerja is about."""
        return tuple(i for i in self.rencana.indikator if i.tingkat is TingkatIndikator.SASARAN)


Jawab = tuple[Jawaban, str, tuple[str, ...]]


def data_instansi(b: Bahan) -> Jawab:
    """Laporan menampilkan data penting instansi."""
    o = b.organisasi
    isian = (("nama", o.nama), ("pemerintah", o.pemerintah), ("alamat", o.alamat), ("tempat", o.tempat))
    kosong = [n for n, v in isian if not terisi(v) or v == BELUM_DITETAPKAN]
    kurang = [f"organisasi.yaml `{n}` belum diisi" for n in kosong]
    return _lengkap(len(isian), kurang, "isian identitas instansi")


def informasi_target(b: Bahan) -> Jawab:
    """Laporan menyajikan target kinerja."""
    versi = b.rencana.versi_pada(b.periode)
    diukur = b.diukur()
    kurang = [
        f"{i.id} belum punya target {b.periode.judul_pendek}"
        for i in diukur
        if b.rencana.target(i.id, versi).nilai(b.periode.bagian) is None
    ]
    return _lengkap(len(diukur), kurang, "indikator bertarget")


def capaian_memadai(b: Bahan) -> Jawab:
    """Laporan menyajikan capaian kinerja yang memadai."""
    ada = {c.id: c for c in b.capaian}
    diukur = b.diukur()
    kurang = []
    for i in diukur:
        c = ada.get(i.id)
        if c is None or not c.ternilai:
            kurang.append(f"{i.id}: {c.alasan if c else 'belum ada realisasi'}")
    return _lengkap(len(diukur), kurang, "indikator mempunyai capaian")


def lampiran(b: Bahan) -> Jawab:
    """Laporan dilampiri data yang mendukung badan laporan."""
    terisi_ = [x for x in b.baris().values() if x.realisasi is not None]
    kurang = [f"{x.id} tanpa bukti" for x in terisi_ if not x.bukti]
    return _lengkap(len(terisi_), kurang, "realisasi disertai bukti")


def upaya_perbaikan(b: Bahan) -> Jawab:
    """Laporan menyajikan upaya perbaikan ke depan."""
    batas, baris = b.perhitungan.batas_penjelasan_bawah, b.baris()
    rendah = [c for c in b.capaian if c.di_bawah(batas)]
    kurang = [
        f"{c.id} belum punya tindak lanjut"
        for c in rendah
        if not (x := baris.get(c.id)) or x.tindak_lanjut is None
    ]
    if not any(c.ternilai for c in b.capaian):
        return Jawaban.PERLU_DINILAI, "belum ada capaian untuk dinilai", ()
    if not rendah:
        return Jawaban.YA, f"tidak ada capaian di bawah batas ({batas:f} %)", ()
    return _lengkap(len(rendah), kurang, "capaian rendah mempunyai tindak lanjut")


def akuntabilitas_keuangan(b: Bahan) -> Jawab:
    """Laporan menyajikan akuntabilitas keuangan."""
    baris = [a for kk in b.lembar.values() for a in kk.anggaran]
    kurang = [f"{a.kode} belum lengkap" for a in baris if a.pagu is None or a.realisasi is None]
    if not baris:
        return Jawaban.TIDAK, "belum ada baris anggaran", ("isi anggaran pada kertas kerja",)
    return _lengkap(len(baris), kurang, "sub kegiatan mempunyai pagu dan realisasi")


def disusun_unit_bertugas(b: Bahan) -> Jawab:
    """Laporan disusun oleh unit kerja yang bertugas untuk itu."""
    if b.disposisi is None:
        return Jawaban.TIDAK, "belum ada disposisi", (f"kinerja disposisi {b.periode.id}",)
    kepada = b.jabatan.nama(b.disposisi.kepada)
    return Jawaban.YA, f"ditugaskan kepada {kepada} dengan disposisi", ()


def didukung_data(b: Bahan) -> Jawab:
    """Informasi dalam laporan didukung data yang memadai."""
    kurang = [f"{i.id} tanpa sumber data" for i in b.rencana.indikator if not terisi(i.sumber_data)]
    return _lengkap(len(b.rencana.indikator), kurang, "indikator menyebut sumber datanya")


def mekanisme_penyampaian(b: Bahan) -> Jawab:
    """Ada mekanisme penyampaian data dari unit kerja ke unit penyusun."""
    kurang = [f"kertas kerja {x.nama} belum masuk" for x in b.organisasi.bidang if x.id not in b.lembar]
    n = len(b.organisasi.bidang)
    jawab, uraian, _ = _lengkap(n, kurang, "bidang menyampaikan kertas kerja")
    return jawab, f"SOP {b.sop.nomor}; {uraian}", tuple(kurang)


def penanggung_jawab(b: Bahan) -> Jawab:
    """Ada penanggung jawab pengumpulan data di setiap unit kerja."""
    kurang = [
        f"{x.nama}: {b.jabatan.nama(x.pengisi)} kosong"
        for x in b.organisasi.bidang
        if pemangku_sah(b.jabatan, x.pengisi, b.pada) is None
    ]
    return _lengkap(len(b.organisasi.bidang), kurang, "bidang mempunyai pengisi yang menjabat")


def keandalan(b: Bahan) -> Jawab:
    """Data dalam laporan diyakini keandalannya."""
    if b.galat:
        return Jawaban.TIDAK, f"{b.galat} galat dalam dokumen periode ini", ("kinerja validate",)
    return Jawaban.PERLU_DINILAI, "tidak ada galat; kebenaran angkanya dinilai dari buktinya", ()


def analisis_diketahui(b: Bahan) -> Jawab:
    """Analisis dalam laporan diketahui unit kerja terkait."""
    semua = [x for x in b.baris().values() if x.realisasi is not None]
    kurang = [
        f"{x.id} tanpa penjelasan"
        for x in semua
        if not (terisi(x.penjelasan) or terisi(x.faktor_pendorong) or terisi(x.faktor_penghambat))
    ]
    return _lengkap(len(semua), kurang, "realisasi dijelaskan oleh bidangnya")


def dari_bawah(b: Bahan) -> Jawab:
    """Laporan merupakan gabungan partisipasi dari unit di bawahnya."""
    if b.laporan is None:
        return Jawaban.PERLU_DINILAI, "laporan belum disusun", ()
    masuk = sum("/kertas-kerja/" in m.jalur for m in b.laporan.masukan)
    tanpa = tuple(f"tanpa {t.bidang}: {t.alasan}" for t in b.laporan.tanpa)
    return (Jawaban.TIDAK if tanpa else Jawaban.YA), f"disusun dari {masuk} kertas kerja", tanpa


def sasaran_sesuai_pk(b: Bahan) -> Jawab:
    """Sasaran dalam laporan sesuai Perjanjian Kinerja."""
    versi = b.rencana.versi_pada(b.periode)
    bertarget = {i.sasaran for i in b.rencana.indikator if b.rencana.target(i.id, versi).tahunan is not None}
    kurang = [f"{s.id} tanpa indikator bertarget" for s in b.rencana.sasaran if s.id not in bertarget]
    return _lengkap(len(b.rencana.sasaran), kurang, f"sasaran bertarget dalam {versi.nama}")


def sasaran_sesuai_renstra(b: Bahan) -> Jawab:
    """Sasaran dalam laporan selaras dengan Renstra."""
    versi, semua = b.rencana.versi_pada(b.periode), b.sasaran()
    kurang = [
        f"{i.id} tanpa target akhir Renstra"
        for i in semua
        if b.rencana.target(i.id, versi).renstra_akhir is None
    ]
    return _lengkap(len(semua), kurang, "indikator sasaran mempunyai target akhir Renstra")


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
    return _lengkap(len(semua), kurang, "indikator sasaran mempunyai pembanding")


def indikator_cukup(b: Bahan) -> Jawab:
    """Indikator cukup untuk mengukur setiap sasaran."""
    ada = {i.sasaran for i in b.sasaran()}
    kurang = [f"{s.id} belum punya indikator tingkat sasaran" for s in b.rencana.sasaran if s.id not in ada]
    jawab, uraian, _ = _lengkap(len(b.rencana.sasaran), kurang, "sasaran mempunyai indikator sendiri")
    cukup = Jawaban.PERLU_DINILAI if jawab is Jawaban.YA else jawab
    return cukup, f"{uraian}; cukup tidaknya dinilai orang", tuple(kurang)


def smart(b: Bahan) -> Jawab:
    """Indikator memenuhi kriteria SMART: spesifik, terukur, dapat dicapai, relevan, berbatas waktu."""
    kurang = [f"{i.id}: {', '.join(k)}" for i in b.rencana.indikator if (k := _belum_smart(i))]
    jawab, uraian, _ = _lengkap(len(b.rencana.indikator), kurang, "indikator terdefinisi dan terukur")
    lanjut = Jawaban.PERLU_DINILAI if jawab is Jawaban.YA else jawab
    return lanjut, f"{uraian}; dapat dicapai dan relevan dinilai orang", tuple(kurang)


_F, _M, _S = KelompokReviu.FORMAT, KelompokReviu.MEKANISME, KelompokReviu.SUBSTANSI
BUTIR: tuple[tuple[str, KelompokReviu, Callable[[Bahan], Jawab]], ...] = (
    ("I.1", _F, data_instansi),
    ("I.2", _F, informasi_target),
    ("I.3", _F, capaian_memadai),
    ("I.4", _F, lampiran),
    ("I.5", _F, upaya_perbaikan),
    ("I.6", _F, akuntabilitas_keuangan),
    ("II.1", _M, disusun_unit_bertugas),
    ("II.2", _M, didukung_data),
    ("II.3", _M, mekanisme_penyampaian),
    ("II.4", _M, penanggung_jawab),
    ("II.5", _M, keandalan),
    ("II.6", _M, analisis_diketahui),
    ("II.7", _M, dari_bawah),
    ("III.1", _S, sasaran_sesuai_pk),
    ("III.2", _S, sasaran_sesuai_renstra),
    ("III.3", _S, iku),
    ("III.4", _S, dibandingkan),
    ("III.5", _S, indikator_cukup),
    ("III.6", _S, smart),
)
"""Every point, in the order of the form."""


def reviu(b: Bahan) -> HasilReviu:
    """The whole form, answered as far as data can."""
    return HasilReviu(
        b.periode.id,
        tuple(HasilButir(n, k, bunyi(periksa), *periksa(b)) for n, k, periksa in BUTIR),
    )


# helpers


def _lengkap(dari: int, kurang: Iterable[str], kata: str) -> Jawab:
    """*Ya* when nothing is missing of something; of nothing at all, a person must look."""
    daftar = tuple(kurang)
    if not dari:
        return Jawaban.PERLU_DINILAI, f"tidak ada {kata.split()[0]} untuk dinilai", ()
    uraian = f"{dari - len(daftar)} dari {dari} {kata}"
    return (Jawaban.TIDAK if daftar else Jawaban.YA), uraian, daftar


def _belum_smart(i: Indikator) -> list[str]:
    isian = (("definisi operasional", i.definisi_operasional), ("formulasi", i.formulasi),
             ("sumber data", i.sumber_data), ("satuan", i.satuan))  # fmt: skip
    kurang = [n for n, v in isian if not terisi(v) or v == BELUM_DITETAPKAN]
    kurang += ["arah"] if i.arah is Arah.BELUM_DITETAPKAN else []
    kurang += ["akumulasi"] if i.akumulasi is Akumulasi.BELUM_DITETAPKAN else []
    return kurang
