"""``kinerja audit`` as an auditor meets it: text at three widths, exit codes, refusals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from kinerja.cli.main import jalankan

GOLDEN = Path(__file__).parents[1] / "golden" / "cli"
TERBIT = Path(__file__).parents[1] / "published"
Capsys = pytest.CaptureFixture[str]


@pytest.mark.parametrize("lebar", [120, 80, 45])
@pytest.mark.parametrize("nama", ["capaian", "anggaran", "triwulan"])
def test_the_text_fits_the_terminal(
    nama: str, lebar: int, capsys: Capsys, monkeypatch: pytest.MonkeyPatch,
    bandingkan: Callable[[Path, str], None],
) -> None:  # fmt: skip
    monkeypatch.setenv("COLUMNS", str(lebar))
    assert jalankan(["audit", str(TERBIT / f"{nama}_published.csv")]) == 1
    teks = capsys.readouterr().out
    assert [b for b in teks.splitlines() if len(b) > lebar] == []
    if lebar == 80:
        bandingkan(GOLDEN / f"audit-{nama}.txt", teks)


def test_codes_0_1_2_and_3(tmp_path: Path, capsys: Capsys) -> None:
    berkas = tmp_path / "a.csv"
    kepala = "Indikator;Target;Realisasi;Capaian\n"
    berkas.write_text(kepala + "a;80;75;93,75\nb;80;75;-\n", encoding="utf-8")
    assert jalankan(["audit", str(berkas)]) == 0
    teks = " ".join(capsys.readouterr().out.split())
    assert "2 baris: 1 konsisten, 1 tidak dapat diperiksa." in teks
    assert "cocokkan realisasinya dengan bukti" in teks
    berkas.write_text(kepala + "a;80;75;93\n", encoding="utf-8")
    assert jalankan(["audit", str(berkas)]) == 1
    assert "pembetulan no. 1 (baris 2)" in capsys.readouterr().out
    assert jalankan(["audit", str(berkas), "--lembar", "A"]) == 2
    assert "berkas ini tidak berlembar" in capsys.readouterr().err
    assert jalankan(["audit", str(tmp_path / "tidak-ada.csv")]) == 2
    assert "BERKAS tidak dapat dipakai" in capsys.readouterr().err
    berkas.write_text("Nama;Alamat\na;b\n", encoding="utf-8")
    assert jalankan(["audit", str(berkas)]) == 3
    galat = capsys.readouterr().err
    assert "yang terbaca: Nama | Alamat" in galat
    assert "--baris-judul" in galat
    berkas.write_text(kepala, encoding="utf-8")
    assert jalankan(["audit", str(berkas)]) == 3
    assert "tidak mempunyai baris" in capsys.readouterr().err


def test_nothing_checkable_is_said_plainly(tmp_path: Path, capsys: Capsys) -> None:
    berkas = tmp_path / "a.csv"
    berkas.write_text("Indikator;Target;Realisasi\na;80;75\n", encoding="utf-8")
    assert jalankan(["audit", str(berkas)]) == 0
    assert "tidak ada yang dapat diperiksa" in capsys.readouterr().out


def test_a_workbook_says_where_a_row_stands_and_what_was_not_read(tmp_path: Path, capsys: Capsys) -> None:
    berkas = tmp_path / "lkjip.xlsx"
    with xlsxwriter.Workbook(berkas) as buku:
        kinerja, uang = buku.add_worksheet("Capaian"), buku.add_worksheet("Anggaran")
        kinerja.merge_range("A1:F1", "PENGUKURAN KINERJA TAHUN 2023")
        kinerja.merge_range("A3:A4", "No")
        kinerja.merge_range("B3:B4", "Indikator Kinerja")
        kinerja.write_row("C3", ["Tahun 2022"])
        kinerja.merge_range("D3:F3", "Tahun 2023")
        kinerja.write_row("C4", ["Realisasi", "Target", "Realisasi", "Capaian (%)"])
        kinerja.write_row("A5", [1, "PPKS tertangani", 70, 80, 75, 93.75])
        kinerja.write_row("A6", [2, "PSKS aktif", 100, 120, 90, 75])
        uang.write_row("A1", ["No", "Program/Kegiatan", "Pagu", "Realisasi", "%"])
        uang.write_row("A2", ["A", "PROGRAM REHABILITASI", 115, 98.5, 0.8565])
        uang.write_row("A3", [1, "Permakanan", 75, 70.5, 0.94])
        uang.write_row("A4", [2, "Alat bantu", 40, 28, 0.7])
        uang.write_row("A5", ["", "JUMLAH", 115, 98.5, 0.8565])
    assert jalankan(["audit", str(berkas)]) == 0
    teks = " ".join(capsys.readouterr().out.split())
    assert "2 ✓ PSKS aktif (baris 6)" in teks
    assert "Kolom angka yang tidak dibaca: `Tahun 2022 Realisasi`" in teks
    assert "tidak ada angka yang bertentangan" not in teks
    assert "periksa sendiri kolom `Tahun 2022 Realisasi`" in teks
    with xlsxwriter.Workbook(berkas) as buku:
        buku.add_worksheet("A").write_row("A1", ["Indikator", "Target", "Realisasi", "Capaian"])
        buku.worksheets()[0].write_row("A2", ["a", 80, 75, 93.75])
        buku.add_worksheet("B").write_row("A1", ["Indikator", "Target", "Realisasi", "Capaian"])
        buku.worksheets()[1].write_row("A2", ["b", 80, 75, 90])
    assert jalankan(["audit", str(berkas)]) == 1
    assert "pembetulan no. 2 (lembar B baris 2)" in " ".join(capsys.readouterr().out.split())


def test_a_year_without_verdict_is_no_green_light(tmp_path: Path, capsys: Capsys) -> None:
    berkas = tmp_path / "a.csv"
    berkas.write_text("Indikator;Target 2022;Realisasi 2022;Capaian 2022;Target 2023;Realisasi 2023;Capaian 2023\n"
                      "a;80;75;93,75;80;x1;70\n", encoding="utf-8")  # fmt: skip
    assert jalankan(["audit", str(berkas)]) == 0
    teks = " ".join(capsys.readouterr().out.split())
    assert "capaian 2023 tidak dapat diperiksa: realisasi `x1` tidak terbaca" in teks
    assert "periksa sendiri angka yang tidak dapat diperiksa" in teks
