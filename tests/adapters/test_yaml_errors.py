from __future__ import annotations

import pytest

from kinerja.adapters.yaml_strict import muat


@pytest.mark.parametrize(
    ("isi", "tempat", "potongan"),
    [
        ('a: "b\nc: 1\nd: 2\n', (1, 4), "tanda kutip yang dibuka di sini tidak ditutup"),
        ('a: "\\q"\n', (1, 4), "garis miring terbalik"),
        ("a: 1\nb\nc: 2\n", (2, 1), "titik dua sesudah nama isian tidak ada"),
        ("a: b: c\n", (1, 5), "titik dua yang tidak pada tempatnya"),
        ("a:\n  b: 1\n c: 2\n", (3, 2), "tidak lurus dengan isian di atasnya"),
        ("- a\nb: 1\n", (2, 1), "butir daftar ini tidak lurus"),
        ("a: [1, 2\nb: 3\n", (1, 4), "kurung siku"),
        ("a: {b: 1\nc: 2\n", (1, 4), "kurung kurawal"),
        ("a: @b\n", (1, 4), "tidak boleh dimulai dengan @"),
        ("a: `b\n", (1, 4), "tidak boleh dimulai dengan `"),
        ("a: *\n", (1, 5), "tanda * tidak boleh memulai nilai"),
        ("a: - b\n", (1, 4), "tanda hubung butir daftar"),
        ("a: |9x\n  b\n", (1, 6), "teks panjang sesudah"),
    ],
)
def test_libyaml_faults_are_told_in_indonesian(
    isi: str, tempat: tuple[int, int], potongan: str
) -> None:
    data, (temuan,) = muat(isi.encode(), "x.yaml")
    assert data is None
    assert temuan.aturan == "yaml-rusak"
    assert (temuan.baris, temuan.kolom) == tempat
    assert potongan in temuan.pesan
    assert temuan.nilai == isi.splitlines()[tempat[0] - 1].strip()
