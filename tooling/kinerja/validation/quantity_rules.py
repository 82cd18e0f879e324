"""Rules of an indikator's figures: readable, possible, and in line with the quarters before.

Each rule is a generator whose docstring is the rule. Where several would object to one
unexplained figure, ``doubts`` decides which of them speaks. They leave out what must be said
beside a figure (``explanation_rules``).

Example: 150 of 200 written as 57 persen → hasil-bagi: "150 dibagi 200 adalah 75,00".
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from decimal import Decimal

from kinerja.calculation.numbers import bulat, format_angka, format_rupiah, lewat_sen
from kinerja.domain.findings import Tingkat
from kinerja.domain.kertas_kerja import BarisIndikator
from kinerja.domain.perencanaan import Akumulasi, Arah
from kinerja.domain.periode import Periode
from kinerja.validation.clean_text import kotor
from kinerja.validation.comparisons import usul_geseran
from kinerja.validation.context import Konteks, Pelanggaran, sebutan_nilai, teks_nilai, terisi
from kinerja.validation.doubts import (
    ANGKA,
    Keraguan,
    bagian_layak,
    diragukan,
    hasil_bagi,
    mirip_ribuan,
    saran_ribuan,
    tak_utuh,
    tingkat_alasan,
)
from kinerja.validation.schema_words import saran_angka
from kinerja.validation.units import persen, terhitung

_ISIAN = ("realisasi", "pembilang", "penyebut")


def realisasi_terbaca(k: Konteks) -> Iterator[Pelanggaran]:
    """Realisasi berupa angka, predikat, atau kata menurut arah indikatornya."""
    for n, baris, indikator in k.pasangan:
        nilai = baris.realisasi
        if nilai is None or (isinstance(nilai, str) and kotor(nilai)):
            continue  # what cannot be seen is told by teks-bersih
        salah: tuple[str, str] | None = None
        if indikator.arah in ANGKA:
            if isinstance(nilai, str):
                salah = "realisasi harus angka", saran_angka(nilai, desimal=not terhitung(indikator.satuan))
        elif indikator.arah is Arah.PREDIKAT:
            salah = _predikat(teks_nilai(nilai), [p.kode for p in indikator.predikat])
        elif not isinstance(nilai, str):
            salah = (
                "indikator ini dinilai dengan kata",
                "tulis seperti targetnya, misalnya `Ada` atau `Tidak`",
            )
        if salah:
            yield Pelanggaran(f"/indikator/{n}/realisasi", teks_nilai(nilai), *salah)


def angka_jelas(k: Konteks) -> Iterator[Pelanggaran]:
    """Angka dengan tiga digit di belakang titik jelas maksudnya: ribuan atau desimal."""
    for n, baris, indikator in k.pasangan:
        for isian, nilai in _angka(baris):
            if not mirip_ribuan(nilai):
                continue
            hitungan = isian != "realisasi" or terhitung(indikator.satuan)
            if hitungan or not persen(indikator.satuan):
                yield Pelanggaran(
                    f"/indikator/{n}/{isian}", teks_nilai(nilai),
                    f"titik dibaca sebagai desimal: {format_angka(nilai)}",
                    saran_ribuan(nilai, hitungan=terhitung(indikator.satuan)),
                    Tingkat.GALAT if hitungan else Tingkat.PERINGATAN,
                )  # fmt: skip
    for n, a in enumerate(k.kertas_kerja.anggaran):
        if a.realisasi is not None and lewat_sen(a.realisasi):
            yield Pelanggaran(
                f"/anggaran/{n}/realisasi", teks_nilai(a.realisasi),
                f"titik dibaca sebagai desimal: {format_angka(a.realisasi)} rupiah",
                f"tulis rupiah tanpa titik: `{_ribuan(a.realisasi)}`",
            )  # fmt: skip


def realisasi_tidak_negatif(k: Konteks) -> Iterator[Pelanggaran]:
    """Realisasi, pembilang, dan penyebut tidak negatif."""
    for n, baris, _ in k.pasangan:
        for isian, nilai in _angka(baris):
            if nilai < 0:
                yield Pelanggaran(
                    f"/indikator/{n}/{isian}", teks_nilai(nilai), f"{isian} negatif",
                    "tulis nol atau lebih",
                )  # fmt: skip


def bilangan_utuh(k: Konteks) -> Iterator[Pelanggaran]:
    """Realisasi bersatuan orang, desa, dokumen, atau lain yang dihitung berupa bilangan bulat."""
    for n, baris, indikator in k.pasangan:
        nilai = baris.realisasi
        if isinstance(nilai, Decimal) and tak_utuh(baris, indikator) and not mirip_ribuan(nilai):
            yield Pelanggaran(
                f"/indikator/{n}/realisasi", teks_nilai(nilai),
                f"{indikator.satuan} dihitung satu-satu, jadi angkanya tidak berkoma",
                "tulis bilangan bulat; bila angkanya hasil bagi, isi pembilang dan penyebutnya",
            )  # fmt: skip


def hasil_bagi_sama(k: Konteks) -> Iterator[Pelanggaran]:
    """Pembilang dibagi penyebut (kali 100 untuk persen) sama dengan realisasi, dua angka."""
    for n, baris, indikator in k.pasangan:
        a, b = baris.pembilang, baris.penyebut
        if (a is None and b is None) or not (bagian_layak(a) and bagian_layak(b)):
            continue
        if a is None or b is None:
            ada, kurang = ("penyebut", "pembilang") if a is None else ("pembilang", "penyebut")
            yield Pelanggaran(
                f"/indikator/{n}/{ada}", teks_nilai(b if a is None else a), f"{kurang}nya belum diisi",
                f"isi juga `{kurang}`, atau kosongkan keduanya", karena=f"/indikator/{n}/{kurang}",
            )  # fmt: skip
            continue
        if b == 0:
            yield Pelanggaran(
                f"/indikator/{n}/penyebut", teks_nilai(b), "penyebutnya nol",
                "isi penyebut lebih dari nol, atau kosongkan pembilang dan penyebutnya",
            )  # fmt: skip
            continue
        hasil = hasil_bagi(baris, indikator)
        if hasil is not None and isinstance(baris.realisasi, Decimal) and bulat(baris.realisasi) != hasil:
            yield Pelanggaran(
                f"/indikator/{n}/realisasi", teks_nilai(baris.realisasi),
                f"{format_angka(a)} dibagi {format_angka(b)} adalah {format_angka(hasil, 2)}",
                f"tulis `{hasil:f}`, atau betulkan pembilang dan penyebutnya",
            )  # fmt: skip


def pembilang_dalam_penyebut(k: Konteks) -> Iterator[Pelanggaran]:
    """Pembilang tidak melebihi penyebut tanpa penjelasan, kecuali indikatornya memang rasio."""
    for n, baris, _ in diragukan(k, Keraguan.PEMBILANG):
        yield Pelanggaran(
            f"/indikator/{n}/pembilang", teks_nilai(baris.pembilang),
            f"melebihi penyebutnya ({sebutan_nilai(baris.penyebut)})",
            "periksa apakah keduanya tertukar atau salah ketik; bila benar, tulis sebabnya di "
            "`penjelasan`; bila indikator ini rasio, minta Kasubag menulis `boleh_lebih: true` dalam "
            "rencana.yaml",
            tingkat_alasan(k),
        )  # fmt: skip


def persen_dalam_batas(k: Konteks) -> Iterator[Pelanggaran]:
    """Realisasi bersatuan persen tidak lebih dari 100 tanpa penjelasan."""
    for n, baris, _ in diragukan(k, Keraguan.LEBIH_SERATUS):
        usul = usul_geseran(k, baris, k.acuan.kamus[baris.id])
        maksud = f"mungkin maksudnya `{usul:f}`" if usul is not None else "periksa letak titik desimalnya"
        yield Pelanggaran(
            f"/indikator/{n}/realisasi", teks_nilai(baris.realisasi), "persen lebih dari 100",
            f"{maksud}; bila benar, tulis sebabnya di `penjelasan`", tingkat_alasan(k),
        )  # fmt: skip


def kumulatif_tidak_turun(k: Konteks) -> Iterator[Pelanggaran]:
    """Nilai akhir tidak turun dari triwulan sebelumnya tanpa penjelasan, kecuali boleh turun."""
    for n, baris, ragu in diragukan(k, Keraguan.TURUN):
        lama, indikator = Periode(k.periode.tahun, ragu.bagian).judul_pendek, k.acuan.kamus[baris.id]
        pesan = f"lebih kecil daripada {lama} ({sebutan_nilai(ragu.pembanding)})"
        usul = usul_geseran(k, baris, indikator)
        if usul is not None:
            maksud = f"mungkin maksudnya `{usul:f}`"
        elif persen(indikator.satuan):
            maksud = "periksa angkanya"
        else:
            pesan += ", padahal nilainya kumulatif"
            maksud = f"bila yang tertulis baru angka {k.periode.judul_pendek} saja, tulis angka sejak Januari"
        yield Pelanggaran(
            f"/indikator/{n}/realisasi", teks_nilai(baris.realisasi), pesan,
            f"{maksud}; bila memang turun, tulis sebabnya di `penjelasan`", tingkat_alasan(k),
        )  # fmt: skip


def setahun_sesuai_triwulan(k: Konteks) -> Iterator[Pelanggaran]:
    """Angka setahun sama dengan gabungan tw1 sampai tw4 menurut akumulasinya, atau dijelaskan."""
    cara = {
        Akumulasi.JUMLAH: "jumlah keempat triwulan", Akumulasi.RATA_RATA: "rata-rata keempat triwulan",
    }  # fmt: skip
    for n, baris, ragu in diragukan(k, Keraguan.SETAHUN):
        nama = cara.get(k.acuan.kamus[baris.id].akumulasi, "nilai triwulan IV")
        harap = teks_nilai(ragu.pembanding)
        yield Pelanggaran(
            f"/indikator/{n}/realisasi", teks_nilai(baris.realisasi),
            f"{nama} adalah {sebutan_nilai(ragu.pembanding)}",
            f"tulis `{harap}`; bila ada pemutakhiran data, tulis sebabnya di `penjelasan`", tingkat_alasan(k),
        )  # fmt: skip
    lalu = {a.kode: a.realisasi for a in k.lalu.anggaran} if k.lalu else {}
    for n, b in enumerate(k.kertas_kerja.anggaran if k.periode.bagian == "tahunan" else ()):
        akhir = lalu.get(b.kode)
        if akhir is not None and b.realisasi is not None and b.realisasi > akhir and not terisi(b.penjelasan):
            yield Pelanggaran(
                f"/anggaran/{n}/realisasi", teks_nilai(b.realisasi),
                f"realisasi s.d. triwulan IV {format_rupiah(akhir)}",
                f"tulis `{teks_nilai(akhir)}`; bila ada belanja yang baru dicatat, jelaskan di `penjelasan`",
                tingkat_alasan(k),
            )  # fmt: skip


# helpers


def _angka(baris: BarisIndikator) -> Iterator[tuple[str, Decimal]]:
    """The numeric fields that hold a number."""
    for isian in _ISIAN:
        nilai = getattr(baris, isian)
        if isinstance(nilai, Decimal):
            yield isian, nilai


def _ribuan(nilai: Decimal) -> str:
    return f"{nilai:f}".replace(".", "")


def _predikat(nilai: str, skala: list[str]) -> tuple[str, str] | None:
    if nilai in skala:
        return None
    dekat = difflib.get_close_matches(nilai.upper(), skala, 1, 0.6)
    usul = f"mungkin maksudnya `{dekat[0]}`; " if dekat else ""
    return "bukan predikat dalam skala", f"{usul}pilih: {', '.join(skala)}"
