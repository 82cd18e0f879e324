"""The rules of a worksheet, in the order in which a Kabid would check.

Each rule is a generator whose docstring is the rule. A rule never fixes and never stops
another one; all findings of a run are reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kinerja.calculation.capaian import hitung
from kinerja.calculation.numbers import KONTEKS, bulat, format_angka, format_persen, format_rupiah
from kinerja.domain.findings import Tingkat
from kinerja.domain.kertas_kerja import BarisIndikator
from kinerja.domain.perencanaan import Akumulasi, Arah, Indikator, RentangNilai
from kinerja.validation.context import Aturan, Konteks, Pelanggaran
from kinerja.validation.personal_data import nomor_pribadi
from kinerja.validation.schema import saran_angka

_ANGKA = frozenset({Arah.NAIK, Arah.TURUN, Arah.RENTANG, Arah.BELUM_DITETAPKAN})
_TAK_TAMPAK = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_TEKS = ("penjelasan", "faktor_pendorong", "faktor_penghambat")
_SERATUS = Decimal(100)


def berkas_sesuai_isi(k: Konteks) -> Iterator[Pelanggaran]:
    """Periode dan bidang di dalam berkas sama dengan letak berkasnya."""
    if k.kertas_kerja.periode != k.periode.id:
        yield Pelanggaran("/periode", k.kertas_kerja.periode, "periode tidak sama dengan foldernya",
                          f"tulis `{k.periode.id}`")  # fmt: skip
    if k.kertas_kerja.bidang != k.bidang.id:
        yield Pelanggaran("/bidang", k.kertas_kerja.bidang, "bidang tidak sama dengan nama berkasnya",
                          f"tulis `{k.bidang.id}`")  # fmt: skip


def versi_sesuai(k: Konteks) -> Iterator[Pelanggaran]:
    """Versi rencana dan DPA adalah yang berlaku pada akhir periode."""
    for isian, ada, harap in (
        ("versi_rencana", k.kertas_kerja.versi_rencana, k.rencana.versi_pada(k.periode).id),
        ("versi_anggaran", k.kertas_kerja.versi_anggaran, k.anggaran.versi_pada(k.periode).id),
    ):
        if ada != harap:
            yield Pelanggaran(f"/{isian}", ada, "bukan versi yang berlaku pada akhir periode",
                              f"tulis `{harap}`")  # fmt: skip


def indikator_sesuai_rencana(k: Konteks) -> Iterator[Pelanggaran]:
    """Setiap indikator rencana ada satu kali, tidak ada yang lain, nama dan satuannya sama."""
    rencana = {i.id: i for i in k.rencana.milik(k.bidang.id)}
    sudah: set[str] = set()
    for n, baris in enumerate(k.kertas_kerja.indikator):
        asal = rencana.get(baris.id)
        if asal is None:
            yield Pelanggaran(f"/indikator/{n}/id", baris.id, "indikator ini tidak ada dalam rencana bidang",
                              "hapus baris ini, atau minta Kasubag memperbarui rencana.yaml")  # fmt: skip
            continue
        if baris.id in sudah:
            yield Pelanggaran(f"/indikator/{n}/id", baris.id, "indikator ini tertulis dua kali",
                              "hapus salah satunya")  # fmt: skip
        sudah.add(baris.id)
        for isian, ada, harap in (("nama", baris.nama, asal.nama), ("satuan", baris.satuan, asal.satuan)):
            if ada != harap:
                yield Pelanggaran(f"/indikator/{n}/{isian}", ada, f"{isian} berbeda dari rencana",
                                  f"kembalikan menjadi `{harap}`")  # fmt: skip
    for id_hilang in [i for i in rencana if i not in sudah]:
        yield Pelanggaran("/indikator", id_hilang, f"indikator `{id_hilang}` hilang dari kertas kerja",
                          "kembalikan barisnya dari kertas kerja yang disiapkan")  # fmt: skip


def target_sesuai_rencana(k: Konteks) -> Iterator[Pelanggaran]:
    """Target sama dengan target versi rencana yang berlaku."""
    versi = k.rencana.versi_pada(k.periode)
    for n, baris, _ in _berpasangan(k):
        harap = k.rencana.target(baris.id, versi).nilai(k.periode.bagian)
        if baris.target != harap:
            yield Pelanggaran(f"/indikator/{n}/target", _teks(baris.target), "target berbeda dari rencana",
                              f"kembalikan menjadi `{_teks(harap)}`")  # fmt: skip


def pagu_sesuai_dpa(k: Konteks) -> Iterator[Pelanggaran]:
    """Sub kegiatan, nama, dan pagu sama dengan DPA yang berlaku."""
    versi = k.anggaran.versi_pada(k.periode)
    dpa = {s.kode: s for s in k.anggaran.milik(k.bidang.id)}
    sudah: set[str] = set()
    for n, baris in enumerate(k.kertas_kerja.anggaran):
        asal = dpa.get(baris.kode)
        if asal is None or baris.kode in sudah:
            pesan = "sub kegiatan ini tertulis dua kali" if asal else "sub kegiatan ini tidak ada dalam DPA bidang"
            yield Pelanggaran(f"/anggaran/{n}/kode", baris.kode, pesan, "hapus baris ini")
            continue
        sudah.add(baris.kode)
        pagu = k.anggaran.pagu(baris.kode, versi).pagu
        if baris.pagu != pagu:
            yield Pelanggaran(f"/anggaran/{n}/pagu", _teks(baris.pagu), "pagu berbeda dari DPA",
                              f"kembalikan menjadi `{_teks(pagu)}`")  # fmt: skip
        if baris.nama != asal.nama:
            yield Pelanggaran(f"/anggaran/{n}/nama", baris.nama, "nama berbeda dari DPA",
                              f"kembalikan menjadi `{asal.nama}`")  # fmt: skip
    for kode in [s for s in dpa if s not in sudah]:
        yield Pelanggaran("/anggaran", kode, f"sub kegiatan `{kode}` hilang dari kertas kerja",
                          "kembalikan barisnya dari kertas kerja yang disiapkan")  # fmt: skip


def realisasi_terbaca(k: Konteks) -> Iterator[Pelanggaran]:
    """Realisasi berupa angka, predikat, atau teks menurut arah indikatornya."""
    for n, baris, indikator in _berpasangan(k):
        nilai, tempat = baris.realisasi, f"/indikator/{n}/realisasi"
        if nilai is None:
            continue
        if indikator.arah in _ANGKA and isinstance(nilai, str):
            yield Pelanggaran(tempat, nilai, "realisasi harus angka", saran_angka(nilai))
        elif indikator.arah is Arah.PREDIKAT and str(nilai) not in {p.kode for p in indikator.predikat}:
            pilihan = ", ".join(p.kode for p in indikator.predikat)
            yield Pelanggaran(tempat, _teks(nilai), "bukan predikat dalam skala", f"pilih: {pilihan}")
        elif indikator.arah is Arah.ADA_TIDAK and not isinstance(nilai, str):
            yield Pelanggaran(tempat, _teks(nilai), "indikator ini dinilai dengan kata",
                              "tulis seperti targetnya, misalnya `Ada` atau `Tidak`")  # fmt: skip


def realisasi_wajar(k: Konteks) -> Iterator[Pelanggaran]:
    """Realisasi tidak negatif."""
    for n, baris, _ in _berpasangan(k):
        if isinstance(baris.realisasi, Decimal) and baris.realisasi < 0:
            yield Pelanggaran(f"/indikator/{n}/realisasi", _teks(baris.realisasi), "realisasi negatif",
                              "tulis angka nol atau lebih")  # fmt: skip


def persen_dalam_batas(k: Konteks) -> Iterator[Pelanggaran]:
    """Realisasi bersatuan persen tidak lebih dari 100 tanpa penjelasan."""
    for n, baris, _ in _berpasangan(k):
        r = baris.realisasi
        if baris.satuan.casefold() in ("persen", "%") and isinstance(r, Decimal) and r > _SERATUS and not baris.penjelasan:
            yield Pelanggaran(f"/indikator/{n}/realisasi", _teks(r), "persen lebih dari 100",
                              "periksa letak titik desimalnya, atau jelaskan di `penjelasan`")  # fmt: skip


def hasil_bagi(k: Konteks) -> Iterator[Pelanggaran]:
    """Pembilang dibagi penyebut (kali 100 untuk persen) sama dengan realisasi, dua angka."""
    for n, baris, _ in _berpasangan(k):
        r, a, b = baris.realisasi, baris.pembilang, baris.penyebut
        if a is None and b is None:
            continue
        if a is None or b is None or b == 0:
            yield Pelanggaran(f"/indikator/{n}/penyebut", _teks(b), "pembilang dan penyebut tidak lengkap",
                              "isi keduanya, penyebut lebih dari nol, atau kosongkan keduanya")  # fmt: skip
            continue
        kali = _SERATUS if baris.satuan.casefold() in ("persen", "%") else Decimal(1)
        hasil = bulat(KONTEKS.multiply(KONTEKS.divide(a, b), kali))
        if isinstance(r, Decimal) and bulat(r) != hasil:
            yield Pelanggaran(f"/indikator/{n}/realisasi", _teks(r),
                              f"{format_angka(a)} ÷ {format_angka(b)} adalah {format_angka(hasil, 2)}",
                              f"tulis `{hasil}`, atau betulkan pembilang dan penyebutnya")  # fmt: skip


def anggaran_dalam_pagu(k: Konteks) -> Iterator[Pelanggaran]:
    """Realisasi anggaran tidak negatif dan tidak melebihi pagu."""
    for n, baris in enumerate(k.kertas_kerja.anggaran):
        if baris.realisasi is None:
            continue
        if baris.realisasi < 0:
            yield Pelanggaran(f"/anggaran/{n}/realisasi", _teks(baris.realisasi), "realisasi negatif",
                              "tulis jumlah s.d. akhir periode menurut SPJ Fungsional")  # fmt: skip
        elif baris.pagu is not None and baris.realisasi > baris.pagu:
            yield Pelanggaran(f"/anggaran/{n}/realisasi", _teks(baris.realisasi),
                              f"melebihi pagu {format_rupiah(baris.pagu)}",
                              "cocokkan dengan SPJ Fungsional; mungkin salah ketik")  # fmt: skip


def anggaran_tidak_turun(k: Konteks) -> Iterator[Pelanggaran]:
    """Realisasi anggaran s.d. periode ini tidak kurang dari periode lalu tanpa penjelasan."""
    for n, baris in enumerate(k.kertas_kerja.anggaran):
        lalu = baris.realisasi_lalu
        if baris.realisasi is not None and lalu is not None and baris.realisasi < lalu and not baris.penjelasan:
            yield Pelanggaran(f"/anggaran/{n}/realisasi", _teks(baris.realisasi),
                              f"lebih kecil daripada periode lalu ({format_rupiah(lalu)})",
                              "tulis jumlah kumulatif, atau jelaskan pengembaliannya di `penjelasan`")  # fmt: skip


def fisik_dalam_batas(k: Konteks) -> Iterator[Pelanggaran]:
    """Kemajuan fisik antara 0 dan 100 persen."""
    for n, baris in enumerate(k.kertas_kerja.anggaran):
        if baris.fisik is not None and not 0 <= baris.fisik <= _SERATUS:
            yield Pelanggaran(f"/anggaran/{n}/fisik", _teks(baris.fisik), "fisik di luar 0 sampai 100",
                              "tulis persen antara 0 dan 100")  # fmt: skip


def sudah_diisi(k: Konteks) -> Iterator[Pelanggaran]:
    """Saat diajukan, setiap realisasi yang diukur pada periode ini sudah diisi."""
    if not k.diajukan:
        return
    for n, baris, indikator in _berpasangan(k):
        tahunan = indikator.akumulasi is Akumulasi.TAHUNAN and k.periode.bagian != "tahunan"
        if baris.realisasi is None and not tahunan and not baris.penjelasan:
            yield Pelanggaran(f"/indikator/{n}/realisasi", "null", f"realisasi {baris.id} belum diisi",
                              "isi angkanya, atau jelaskan di `penjelasan` mengapa belum ada")  # fmt: skip
    for n, b in enumerate(k.kertas_kerja.anggaran):
        if b.realisasi is None and not b.penjelasan:
            yield Pelanggaran(f"/anggaran/{n}/realisasi", "null", f"realisasi {b.kode} belum diisi",
                              "isi menurut SPJ Fungsional, 0 bila belum ada belanja")  # fmt: skip


def penjelasan_wajib(k: Konteks) -> Iterator[Pelanggaran]:
    """Saat diajukan, capaian di bawah batas disertai penjelasan."""
    yield from _penjelasan(k, bawah=True)


def penjelasan_lebih(k: Konteks) -> Iterator[Pelanggaran]:
    """Saat diajukan, capaian jauh di atas target disertai penjelasan."""
    yield from _penjelasan(k, bawah=False)


def belanja_tanpa_keluaran(k: Konteks) -> Iterator[Pelanggaran]:
    """Belanja yang sudah ada disertai kemajuan fisik."""
    if not k.diajukan:
        return
    for n, b in enumerate(k.kertas_kerja.anggaran):
        if b.realisasi and not b.fisik and not b.penjelasan and b.pagu is not None:
            yield Pelanggaran(f"/anggaran/{n}/fisik", _teks(b.fisik),
                              f"sudah ada belanja {format_rupiah(b.realisasi)} tetapi fisiknya kosong",
                              "isi kemajuan fisik atau jelaskan")  # fmt: skip


def tanpa_nomor_pribadi(k: Konteks) -> Iterator[Pelanggaran]:
    """Tidak ada NIK, nomor KK, atau nomor telepon dalam teks."""
    for tempat, teks in _semua_teks(k):
        for nomor, jenis in nomor_pribadi(teks):
            yield Pelanggaran(tempat, nomor[:6] + "…", f"tampak seperti {jenis}; kertas kerja ini akan terbuka untuk umum",
                              "hapus nomornya, cukup tulis jumlah orangnya")  # fmt: skip


def teks_bersih(k: Konteks) -> Iterator[Pelanggaran]:
    """Tidak ada huruf tak tampak atau spasi di tepi teks."""
    for tempat, teks in _semua_teks(k):
        if _TAK_TAMPAK.search(teks):
            yield Pelanggaran(tempat, _TAK_TAMPAK.sub("␣", teks)[:60], "ada huruf yang tidak tampak",
                              "ketik ulang teksnya")  # fmt: skip
        elif teks != teks.strip():
            yield Pelanggaran(tempat, teks[:60], "ada spasi di awal atau akhir", "hapus spasinya")


_SOP4 = "SOP langkah 4"
RULES: tuple[Aturan, ...] = (
    Aturan("berkas-sesuai-isi", Tingkat.GALAT, "SOP langkah 2", berkas_sesuai_isi),
    Aturan("versi-sesuai", Tingkat.GALAT, "Perjanjian Kinerja dan DPA yang berlaku", versi_sesuai),
    Aturan("indikator-sesuai-rencana", Tingkat.GALAT, "Perjanjian Kinerja", indikator_sesuai_rencana),
    Aturan("target-sesuai-rencana", Tingkat.GALAT, "Perjanjian Kinerja", target_sesuai_rencana),
    Aturan("pagu-sesuai-dpa", Tingkat.GALAT, "DPA", pagu_sesuai_dpa),
    Aturan("realisasi-terbaca", Tingkat.GALAT, _SOP4, realisasi_terbaca),
    Aturan("realisasi-tidak-negatif", Tingkat.GALAT, _SOP4, realisasi_wajar),
    Aturan("persen-dalam-batas", Tingkat.PERINGATAN, _SOP4, persen_dalam_batas),
    Aturan("hasil-bagi", Tingkat.GALAT, _SOP4, hasil_bagi),
    Aturan("anggaran-dalam-pagu", Tingkat.GALAT, "DPA dan SPJ Fungsional", anggaran_dalam_pagu),
    Aturan("anggaran-tidak-turun", Tingkat.GALAT, "SPJ Fungsional", anggaran_tidak_turun),
    Aturan("fisik-dalam-batas", Tingkat.GALAT, _SOP4, fisik_dalam_batas),
    Aturan("realisasi-belum-diisi", Tingkat.GALAT, "SOP langkah 3", sudah_diisi),
    Aturan("penjelasan-wajib", Tingkat.GALAT, "PermenPANRB 53/2014", penjelasan_wajib),
    Aturan("penjelasan-lebih", Tingkat.PERINGATAN, "PermenPANRB 53/2014", penjelasan_lebih),
    Aturan("belanja-tanpa-keluaran", Tingkat.PERINGATAN, _SOP4, belanja_tanpa_keluaran),
    Aturan("tanpa-nomor-pribadi", Tingkat.GALAT, "UU 27/2022", tanpa_nomor_pribadi),
    Aturan("teks-bersih", Tingkat.PERINGATAN, "", teks_bersih),
)


# helpers


def _berpasangan(k: Konteks) -> Iterator[tuple[int, BarisIndikator, Indikator]]:
    for n, baris in enumerate(k.kertas_kerja.indikator):
        indikator = k.rencana.cari(baris.id)
        if indikator is not None:
            yield n, baris, indikator


def _teks(nilai: object) -> str:
    if nilai is None:
        return "null"
    if isinstance(nilai, RentangNilai):
        return f"{nilai.bawah:f}–{nilai.atas:f}"
    return f"{nilai:f}" if isinstance(nilai, Decimal) else str(nilai)


def _semua_teks(k: Konteks) -> Iterator[tuple[str, str]]:
    for n, baris in enumerate(k.kertas_kerja.indikator):
        for isian in _TEKS:
            if isinstance(teks := getattr(baris, isian), str):
                yield f"/indikator/{n}/{isian}", teks
        if isinstance(baris.realisasi, str):
            yield f"/indikator/{n}/realisasi", baris.realisasi
        if baris.tindak_lanjut is not None:
            yield f"/indikator/{n}/tindak_lanjut/uraian", baris.tindak_lanjut.uraian
    for n, b in enumerate(k.kertas_kerja.anggaran):
        if b.penjelasan is not None:
            yield f"/anggaran/{n}/penjelasan", b.penjelasan
    if k.kertas_kerja.catatan is not None:
        yield "/catatan", k.kertas_kerja.catatan


def _penjelasan(k: Konteks, *, bawah: bool) -> Iterator[Pelanggaran]:
    if not k.diajukan:
        return
    versi, p = k.rencana.versi_pada(k.periode), k.kebijakan.perhitungan
    for n, baris, indikator in _berpasangan(k):
        realisasi = {**k.realisasi.get(baris.id, {}), k.periode.bagian: baris.realisasi}
        hasil = hitung(indikator, k.rencana.target(baris.id, versi), realisasi, k.periode.bagian, p, k.skala())
        c = hasil.capaian
        if c is None or baris.penjelasan:
            continue
        if bawah and c < p.batas_penjelasan_bawah:
            yield Pelanggaran(f"/indikator/{n}/penjelasan", "null",
                              f"capaian {baris.id} {format_persen(c)}, di bawah batas {format_persen(p.batas_penjelasan_bawah)}",
                              "tulis sebabnya di `penjelasan`, dan rencananya di `tindak_lanjut`")  # fmt: skip
        if not bawah and c > p.batas_penjelasan_atas:
            yield Pelanggaran(f"/indikator/{n}/penjelasan", "null",
                              f"capaian {baris.id} {format_persen(c)}, jauh di atas target",
                              "periksa angkanya; bila benar, jelaskan sebabnya")  # fmt: skip


