"""``kinerja audit`` as an auditor meets it: text at three widths, exit codes, refusals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

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
