"""Twenty-four worksheets with one fault each: all are caught, by one rule, on the exact line.

The set with which other validators were measured (13 of 24 by the best, four with the line):
faults of syntax, of types, and the nine that only a second file, a second field or the past shows.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from kinerja.adapters.trees import PohonFolder, PohonTumpuk
from kinerja.checking.run import periksa_pohon
from kinerja.domain.findings import Tingkat

DASAR = PohonFolder(Path(__file__).parent.parent / "examples" / "valid")
LEMBAR = "reports/2024/tw1/kertas-kerja/layanan.yaml"
SEKRETARIAT = "reports/2024/tw1/kertas-kerja/sekretariat.yaml"
ASAL = (DASAR.baca(LEMBAR) or b"").decode()


class Cacat(NamedTuple):
    """One fault: how it is made, who tells it, and a text that stands only on its line."""

    ubah: Callable[[str], str]
    aturan: str
    tanda: str
    tingkat: Tingkat = Tingkat.GALAT
    jalur: str = LEMBAR
    banyak: int = 1
    diajukan: bool = True
    dasar: bool = False


def ganti(lama: str, baru: str) -> Callable[[str], str]:
    def ubah(teks: str) -> str:
        assert lama in teks
        return teks.replace(lama, baru, 1)

    return ubah


def tanpa(mulai: str, sampai: str) -> Callable[[str], str]:
    return lambda teks: teks[: teks.index(mulai)] + teks[teks.index(sampai) :]


def akhir(tambahan: str) -> Callable[[str], str]:
    return lambda teks: teks + tambahan


SET_01 = "  - id: set-01\n    nama: Lama penyelesaian surat\n    satuan: jam\n    target: 4\n    realisasi_lalu: null\n    realisasi: 4\n"
BUKTI_LHE = "      - nama: lhe-triwulan-1.pdf"
CACAT: dict[str, Cacat] = {
    "text in a numeric field": Cacat(ganti("fisik: 25", "fisik: banyak"), "angka-tidak-terbaca", "fisik: banyak"),
    "decimal comma": Cacat(ganti("pembilang: 150", "pembilang: 150,5"), "angka-tidak-terbaca", "150,5"),
    "wrong choice": Cacat(ganti("realisasi: BB", "realisasi: Z"), "realisasi-terbaca", "realisasi: Z"),
    "unknown key": Cacat(ganti("faktor_pendorong", "faktor_pendorng"), "isian-tidak-dikenal", "pendorng"),
    "missing field": Cacat(ganti("    satuan: persen\n", ""), "isian-wajib", "id: lay-01"),
    "duplicate key": Cacat(ganti("    fisik: 25\n", "    fisik: 25\n    fisik: 30\n"), "kunci-ganda", "fisik: 30"),
    "tab": Cacat(ganti("    fisik: 25", "\tfisik: 25"), "tab-terlarang", "\tfisik"),
    "not UTF-8": Cacat(ganti("Kader desa", "Kader d\udce9sa"), "bukan-utf8", "Kader d"),
    "unclosed quote": Cacat(ganti("catatan: null", 'catatan: "belum'), "yaml-rusak", "catatan:"),
    "second document": Cacat(akhir("---\nlain: 1\n"), "dokumen-ganda", "---"),
    "date that does not exist": Cacat(ganti("tenggat: 2024-06-30", "tenggat: 2024-06-31"), "nilai-tidak-sah", "06-31"),
    "percentage of 4,521": Cacat(
        ganti("realisasi: 75.00  # ◄ isi\n    pembilang: 150\n    penyebut: 200", "realisasi: 4521"),
        "persen-dalam-batas", "4521",
    ),
    "negative": Cacat(ganti("realisasi: 60 ", "realisasi: -60 "), "realisasi-tidak-negatif", "-60"),
    "date after the period": Cacat(
        ganti("tanggal: 2024-04-01", "tanggal: 2025-04-01"), "bukti-sezaman", "2025-04-01", Tingkat.PERINGATAN
    ),
    "id of another bidang": Cacat(ganti("\nanggaran:\n", f"{SET_01}\nanggaran:\n"), "milik-bidang", "id: set-01"),
    "file name is not its bidang": Cacat(
        lambda _: "skema: kertas-kerja/v1\nperiode: 2024-tw1\nbidang: layanan\nversi_rencana: murni\n"
        f"versi_anggaran: dpa\nindikator:\n{SET_01}",
        "berkas-sesuai-isi", "bidang: layanan", jalur=SEKRETARIAT, diajukan=False,
    ),
    "missed target unexplained": Cacat(
        ganti("    penjelasan: Penyaluran tahap kedua mundur karena data DTKS diperbarui.", "    penjelasan: null  # ?"),
        "penjelasan-wajib", "null  # ?",
    ),
    "blanks around a value": Cacat(
        ganti("nama: Predikat layanan", 'nama: "Predikat layanan "'), "teks-bersih", '"Predikat'
    ),
    "zero-width character": Cacat(ganti("satuan: keluarga", "satuan: kelu\u200barga"), "teks-bersih", "\u200b"),
    "most indikator deleted": Cacat(
        tanpa("  - id: lay-02", "anggaran:\n"), "indikator-sesuai-rencana", "indikator:", banyak=3
    ),
    "period moved back": Cacat(ganti("periode: 2024-tw1", "periode: 2019-tw1"), "berkas-sesuai-isi", "2019-tw1"),
    "moved target": Cacat(ganti("target: 100", "target: 60"), "target-sesuai-rencana", "target: 60"),
    "signed value that vanished": Cacat(
        ganti("    fisik: 0\n", "    fisik: null\n"), "nilai-tidak-hilang", "fisik: null", dasar=True
    ),
    "personal number": Cacat(
        ganti("catatan: null", "catatan: a.n. 7502011203850001"), "tanpa-nomor-pribadi", "catatan:"
    ),
}  # fmt: skip


def test_there_are_twenty_four() -> None:
    assert len(CACAT) == 24


@pytest.mark.parametrize("nama", CACAT)
def test_each_fault_is_caught_once_on_its_line(nama: str) -> None:
    cacat = CACAT[nama]
    bita = cacat.ubah(ASAL).encode("utf-8", "surrogateescape")
    temuan = periksa_pohon(
        PohonTumpuk({cacat.jalur: bita}, DASAR), [cacat.jalur], diajukan=cacat.diajukan,
        dasar=DASAR if cacat.dasar else None,
    )  # fmt: skip
    assert [(t.aturan, t.tingkat) for t in temuan] == [(cacat.aturan, cacat.tingkat)] * cacat.banyak
    baris = bita.decode("utf-8", "replace").split("\n")
    (nomor,) = [n for n, b in enumerate(baris, 1) if cacat.tanda in b]
    assert {t.baris for t in temuan} == {nomor}
