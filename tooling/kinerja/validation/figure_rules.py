"""Rules of what staff fill in figures: readable, plausible, complete, explained.

Each rule is a generator whose docstring is the rule. Capaian comes from ``calculation``;
nothing is computed twice here.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from decimal import Decimal

from kinerja.calculation.numbers import KONTEKS, bulat, format_angka, format_persen, format_rupiah
from kinerja.domain.findings import Tingkat
from kinerja.domain.kertas_kerja import BarisIndikator
from kinerja.domain.laporan import BarisCapaian
from kinerja.domain.perencanaan import Akumulasi, Arah, Indikator
from kinerja.validation.context import Konteks, Pelanggaran, teks_nilai, terisi
from kinerja.validation.schema_words import saran_angka

_ANGKA = frozenset({Arah.NAIK, Arah.TURUN, Arah.RENTANG, Arah.BELUM_DITETAPKAN})
_PERSEN = frozenset({"persen", "%", "persentase"})
_TERHITUNG = frozenset({
    "orang", "jiwa", "keluarga", "kk", "peserta", "anak", "lansia", "aparatur", "desa", "kelurahan",
    "kecamatan", "kampung", "dusun", "dokumen", "laporan", "berkas", "unit", "paket", "kelompok",
    "lembaga", "organisasi", "posyandu", "bumdes", "kali", "kegiatan", "kejadian", "kasus", "temuan",
    "lokasi", "buah", "set", "produk", "layanan",
})  # fmt: skip
"""First words of units that are counted."""

_SERATUS = Decimal(100)
_SEN, _RIBUAN = -2, -3


def realisasi_terbaca(k: Konteks) -> Iterator[Pelanggaran]:
    """Realisasi berupa angka, predikat, atau kata menurut arah indikatornya."""
    for n, baris, indikator in k.pasangan:
        nilai = baris.realisasi
        if nilai is None:
            continue
        salah: tuple[str, str] | None = None
        if indikator.arah in _ANGKA and isinstance(nilai, str):
            desimal = not _terhitung(indikator.satuan)
            salah = "realisasi harus angka", saran_angka(nilai, desimal=desimal)
        elif indikator.arah is Arah.PREDIKAT:
            salah = _predikat(teks_nilai(nilai), [p.kode for p in indikator.predikat])
        elif indikator.arah is Arah.ADA_TIDAK and not isinstance(nilai, str):
            salah = (
                "indikator ini dinilai dengan kata",
                "tulis seperti targetnya, misalnya `Ada` atau `Tidak`",
            )
        if salah:
            yield Pelanggaran(f"/indikator/{n}/realisasi", teks_nilai(nilai), *salah)


def angka_jelas(k: Konteks) -> Iterator[Pelanggaran]:
    """Angka dengan tiga digit di belakang titik jelas maksudnya: ribuan atau desimal."""
    for n, baris, indikator in k.pasangan:
        for isian in ("realisasi", "pembilang", "penyebut"):
            nilai = getattr(baris, isian)
            if not isinstance(nilai, Decimal) or not _mirip_ribuan(nilai):
                continue
            terhitung = isian != "realisasi" or _terhitung(indikator.satuan)
            if terhitung or indikator.satuan.casefold() not in _PERSEN:
                yield Pelanggaran(
                    f"/indikator/{n}/{isian}", teks_nilai(nilai),
                    f"titik dibaca sebagai desimal: {format_angka(nilai)}",
                    f"tulis `{_ribuan(nilai)}` bila maksudnya ribuan; bila memang desimal, "
                    f"tulis `{nilai:f}0`",
                    Tingkat.GALAT if terhitung else Tingkat.PERINGATAN,
                )  # fmt: skip
    for n, a in enumerate(k.kertas_kerja.anggaran):
        if a.realisasi is not None and _pangkat(a.realisasi) < _SEN:
            yield Pelanggaran(
                f"/anggaran/{n}/realisasi", teks_nilai(a.realisasi),
                f"titik dibaca sebagai desimal: {format_angka(a.realisasi)} rupiah",
                f"tulis rupiah tanpa titik: `{_ribuan(a.realisasi)}`",
            )  # fmt: skip


def realisasi_tidak_negatif(k: Konteks) -> Iterator[Pelanggaran]:
    """Realisasi, pembilang, dan penyebut tidak negatif."""
    for n, baris, _ in k.pasangan:
        for isian in ("realisasi", "pembilang", "penyebut"):
            nilai = getattr(baris, isian)
            if isinstance(nilai, Decimal) and nilai < 0:
                yield Pelanggaran(
                    f"/indikator/{n}/{isian}", teks_nilai(nilai), f"{isian} negatif",
                    "tulis nol atau lebih",
                )  # fmt: skip


def persen_dalam_batas(k: Konteks) -> Iterator[Pelanggaran]:
    """Realisasi bersatuan persen tidak lebih dari 100 tanpa penjelasan."""
    for n, baris, indikator in k.pasangan:
        r = baris.realisasi
        persen = indikator.satuan.casefold() in _PERSEN
        if persen and isinstance(r, Decimal) and r > _SERATUS and not terisi(baris.penjelasan):
            yield Pelanggaran(
                f"/indikator/{n}/realisasi", teks_nilai(r), "persen lebih dari 100",
                "periksa letak titik desimalnya, atau jelaskan di `penjelasan`",
            )  # fmt: skip


def hasil_bagi(k: Konteks) -> Iterator[Pelanggaran]:
    """Pembilang dibagi penyebut (kali 100 untuk persen) sama dengan realisasi, dua angka."""
    for n, baris, indikator in k.pasangan:
        a, b = baris.pembilang, baris.penyebut
        if a is None and b is None:
            continue
        if a is None or b is None or b == 0:
            isian = "pembilang" if a is None else "penyebut"
            yield Pelanggaran(
                f"/indikator/{n}/{isian}", teks_nilai(a if a is None else b),
                "pembilang dan penyebut tidak lengkap",
                "isi keduanya, penyebut lebih dari nol, atau kosongkan keduanya",
            )  # fmt: skip
            continue
        kali = _SERATUS if indikator.satuan.casefold() in _PERSEN else Decimal(1)
        hasil = bulat(KONTEKS.divide(KONTEKS.multiply(a, kali), b))
        if isinstance(baris.realisasi, Decimal) and bulat(baris.realisasi) != hasil:
            yield Pelanggaran(
                f"/indikator/{n}/realisasi", teks_nilai(baris.realisasi),
                f"{format_angka(a)} dibagi {format_angka(b)} adalah {format_angka(hasil, 2)}",
                f"tulis `{hasil:f}`, atau betulkan pembilang dan penyebutnya",
            )  # fmt: skip


def anggaran_dalam_pagu(k: Konteks) -> Iterator[Pelanggaran]:
    """Realisasi anggaran tidak negatif dan tidak melebihi pagu."""
    for n, baris in enumerate(k.kertas_kerja.anggaran):
        if baris.realisasi is None:
            continue
        tempat, nilai = f"/anggaran/{n}/realisasi", teks_nilai(baris.realisasi)
        if baris.realisasi < 0:
            yield Pelanggaran(
                tempat, nilai, "realisasi negatif",
                "tulis jumlah s.d. akhir periode menurut SPJ Fungsional",
            )  # fmt: skip
        elif baris.pagu is not None and baris.realisasi > baris.pagu:
            yield Pelanggaran(
                tempat, nilai,
                f"{format_rupiah(baris.realisasi)} melebihi pagu {format_rupiah(baris.pagu)}",
                "cocokkan dengan SPJ Fungsional; mungkin salah ketik",
            )  # fmt: skip


def anggaran_tidak_turun(k: Konteks) -> Iterator[Pelanggaran]:
    """Realisasi anggaran s.d. periode ini tidak kurang dari periode lalu tanpa penjelasan."""
    for n, baris in enumerate(k.kertas_kerja.anggaran):
        lalu, kini = baris.realisasi_lalu, baris.realisasi
        if kini is not None and lalu is not None and kini < lalu and not terisi(baris.penjelasan):
            yield Pelanggaran(
                f"/anggaran/{n}/realisasi", teks_nilai(kini),
                f"lebih kecil daripada periode lalu ({format_rupiah(lalu)})",
                "tulis jumlah s.d. akhir periode, atau jelaskan pengembaliannya di `penjelasan`",
            )  # fmt: skip


def fisik_dalam_batas(k: Konteks) -> Iterator[Pelanggaran]:
    """Kemajuan fisik antara 0 dan 100 persen."""
    for n, baris in enumerate(k.kertas_kerja.anggaran):
        if baris.fisik is not None and not 0 <= baris.fisik <= _SERATUS:
            yield Pelanggaran(
                f"/anggaran/{n}/fisik", teks_nilai(baris.fisik), "fisik di luar 0 sampai 100",
                "tulis persen antara 0 dan 100",
            )  # fmt: skip


def sudah_diisi(k: Konteks) -> Iterator[Pelanggaran]:
    """Saat diajukan, setiap realisasi yang diukur pada periode ini sudah diisi."""
    if not k.diajukan:
        return
    for n, baris, indikator in k.pasangan:
        tahunan = indikator.akumulasi is Akumulasi.TAHUNAN and k.periode.bagian != "tahunan"
        if baris.realisasi is None and not tahunan and not terisi(baris.penjelasan):
            yield Pelanggaran(
                f"/indikator/{n}/realisasi", "null", f"realisasi {baris.id} belum diisi",
                "isi angkanya, atau jelaskan di `penjelasan` mengapa belum ada",
            )  # fmt: skip
    for n, b in enumerate(k.kertas_kerja.anggaran):
        if b.realisasi is None and not terisi(b.penjelasan):
            yield Pelanggaran(
                f"/anggaran/{n}/realisasi", "null", f"realisasi {b.kode} belum diisi",
                "isi menurut SPJ Fungsional, `0` bila belum ada belanja",
            )  # fmt: skip


def penjelasan_wajib(k: Konteks) -> Iterator[Pelanggaran]:
    """Capaian di bawah batas disertai penjelasan; tanpa itu tidak dapat diajukan."""
    batas = k.kebijakan.perhitungan.batas_penjelasan_bawah
    for n, baris, hasil in _tanpa_penjelasan(k):
        c = hasil.capaian
        if c is not None and c < batas:
            pesan = f"capaian {baris.id} {format_persen(c)}, di bawah batas {format_persen(batas)}"
        elif hasil.tercapai is False:
            pesan = f"{baris.id} tidak tercapai"
        else:
            continue
        yield Pelanggaran(
            f"/indikator/{n}/penjelasan", teks_nilai(baris.penjelasan), pesan,
            "tulis sebabnya di `penjelasan`, dan rencananya di `tindak_lanjut`",
            None if k.diajukan else Tingkat.PERINGATAN,
        )  # fmt: skip


def penjelasan_lebih(k: Konteks) -> Iterator[Pelanggaran]:
    """Capaian jauh di atas target disertai penjelasan."""
    batas = k.kebijakan.perhitungan.batas_penjelasan_atas
    for n, baris, hasil in _tanpa_penjelasan(k):
        c = hasil.capaian
        if c is not None and c > batas:
            yield Pelanggaran(
                f"/indikator/{n}/penjelasan", teks_nilai(baris.penjelasan),
                f"capaian {baris.id} {format_persen(c)}, jauh di atas target",
                "periksa angkanya; bila benar, jelaskan sebabnya",
            )  # fmt: skip


def belanja_tanpa_keluaran(k: Konteks) -> Iterator[Pelanggaran]:
    """Saat diajukan, belanja yang sudah ada disertai kemajuan fisik."""
    if not k.diajukan:
        return
    for n, b in enumerate(k.kertas_kerja.anggaran):
        if b.realisasi and not b.fisik and not terisi(b.penjelasan):
            yield Pelanggaran(
                f"/anggaran/{n}/fisik", teks_nilai(b.fisik),
                f"sudah ada belanja {format_rupiah(b.realisasi)} tetapi fisiknya kosong",
                "isi kemajuan fisik, atau jelaskan di `penjelasan`",
            )  # fmt: skip


# helpers


def _terhitung(satuan: str) -> bool:
    """True for units that are counted: 12.5 orang does not exist."""
    return (satuan.casefold().split() or [""])[0].strip("/()") in _TERHITUNG


def _pangkat(nilai: Decimal) -> int:
    return int(nilai.as_tuple().exponent)


def _mirip_ribuan(nilai: Decimal) -> bool:
    """``1.234``, as an Indonesian hand writes one thousand two hundred thirty-four."""
    return _pangkat(nilai) == _RIBUAN and 1 <= abs(nilai) < 1000  # noqa: PLR2004


def _ribuan(nilai: Decimal) -> str:
    return f"{nilai:f}".replace(".", "")


def _predikat(nilai: str, skala: list[str]) -> tuple[str, str] | None:
    if nilai in skala:
        return None
    dekat = difflib.get_close_matches(nilai.upper(), skala, 1, 0.6)
    usul = f"mungkin maksudnya `{dekat[0]}`; " if dekat else ""
    return "bukan predikat dalam skala", f"{usul}pilih: {', '.join(skala)}"


def _tanpa_penjelasan(k: Konteks) -> Iterator[tuple[int, BarisIndikator, BarisCapaian]]:
    for n, baris, indikator in k.pasangan:
        if n in k.capaian and not terisi(baris.penjelasan) and _cocok(baris, indikator):
            yield n, baris, k.capaian[n]


def _cocok(baris: BarisIndikator, indikator: Indikator) -> bool:
    """False for a realisasi of the wrong kind, which ``realisasi_terbaca`` tells."""
    if indikator.arah in _ANGKA:
        return isinstance(baris.realisasi, Decimal)
    return isinstance(baris.realisasi, str)
