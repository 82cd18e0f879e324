"""``validate --reviu``: each point says yes only when everything that data can show is there."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kinerja.checking.review import reviu_folder
from kinerja.cli.main import jalankan
from kinerja.domain.errors import PemakaianError
from kinerja.domain.periode import Periode
from kinerja.domain.reviu import HasilReviu, Jawaban
from kinerja.publishing.findings import review
from kinerja.validation.context import bunyi
from kinerja.validation.review_points import BUTIR

VALID = Path(__file__).parents[1] / "examples" / "valid"
GOLDEN = Path(__file__).parents[1] / "golden" / "temuan"
LEMBAR = "reports/2024/tw1/kertas-kerja/layanan.yaml"
RENCANA = "reports/2024/rencana.yaml"
TW1 = Periode(2024, "tw1")


@pytest.fixture
def dinas(tmp_path: Path) -> Path:
    shutil.copytree(VALID, tmp_path / "dinas")
    return tmp_path / "dinas"


def ganti(folder: Path, jalur: str, lama: str, baru: str) -> None:
    teks = (folder / jalur).read_text(encoding="utf-8")
    assert lama in teks
    (folder / jalur).write_text(teks.replace(lama, baru), encoding="utf-8")


def jawab(hasil: HasilReviu) -> dict[str, Jawaban]:
    return {b.nomor: b.jawaban for b in hasil.butir}


def test_every_point_is_answered_once_in_order() -> None:
    hasil = reviu_folder(VALID, TW1)
    assert [b.nomor for b in hasil.butir] == [n for n, _, _ in BUTIR]
    assert len(BUTIR) >= 15
    assert len({bunyi(f) for _, _, f in BUTIR}) == len(BUTIR)
    for b in hasil.butir:
        assert b.bunyi.endswith(".")
        assert b.uraian
        assert (b.jawaban is Jawaban.YA) <= (b.kurang == ())


@pytest.mark.parametrize(
    ("nomor", "jalur", "lama", "baru", "sebab"),
    [
        ("I.1", "reports/organisasi.yaml", "alamat: ", "alamat: belum ditetapkan #", "alamat"),
        ("I.2", RENCANA, "tw1: 80", "tw1: null", "lay-01"),
        ("I.3", LEMBAR, "realisasi: 75.00", "realisasi: null", "lay-01"),
        ("I.5", LEMBAR, "tindak_lanjut:\n", "tindak_lanjut_lama:\n", "lay-02"),
        ("I.6", LEMBAR, "realisasi: 18750000", "realisasi: null", "1.06.04.2.01.0001"),
        ("II.2", RENCANA, "sumber_data: ", "sumber_data: '-' #", "lay"),
        ("II.5", LEMBAR, "realisasi: 75.00", "realisasi: -75.00", "validate"),
        ("III.6", RENCANA, "definisi_operasional: ", "definisi_operasional: belum ditetapkan #", "definisi"),
    ],
)
def test_a_gap_turns_its_point_and_is_named(
    dinas: Path, nomor: str, jalur: str, lama: str, baru: str, sebab: str
) -> None:
    for tersusun in ("laporan", "kirim"):  # a frozen laporan would answer for the worksheets
        (dinas / f"reports/2024/tw1/{tersusun}.yaml").unlink()
    sebelum = next(b for b in reviu_folder(dinas, TW1).butir if b.nomor == nomor)
    if nomor == "I.5":
        teks = (dinas / jalur).read_text(encoding="utf-8")
        awal = teks.index("    tindak_lanjut:\n")
        akhir = teks.index("\n\n", awal)
        (dinas / jalur).write_text(teks[:awal] + teks[akhir + 1 :], encoding="utf-8")
    else:
        ganti(dinas, jalur, lama, baru)
    hasil = reviu_folder(dinas, TW1)
    butir = next(b for b in hasil.butir if b.nomor == nomor)
    assert sebab not in " ".join(sebelum.kurang)
    assert butir.jawaban is Jawaban.TIDAK
    assert sebab in " ".join(butir.kurang)


def test_an_acting_filler_without_an_instrument_fills_nothing(dinas: Path) -> None:
    plt = """  - jabatan: kasie:sekretariat
    orang: p-dua
    sebutan: plt
    mulai: 2024-01-01
"""
    jabatan = dinas / "reports/jabatan.yaml"
    jabatan.write_text(jabatan.read_text(encoding="utf-8") + plt, encoding="utf-8")
    (butir,) = (b for b in reviu_folder(dinas, TW1).butir if b.nomor == "II.4")
    assert (butir.jawaban, butir.kurang) == (Jawaban.TIDAK, ("Sekretariat: Kasubag Umum kosong",))
    ganti(dinas, "reports/jabatan.yaml", plt, f"{plt}    dasar:\n      nomor: SPT 3/2024\n")
    assert jawab(reviu_folder(dinas, TW1))["II.4"] is Jawaban.YA


def test_without_any_capaian_nobody_says_that_none_is_low(dinas: Path) -> None:
    for tersusun in ("laporan", "kirim"):
        (dinas / f"reports/2024/tw1/{tersusun}.yaml").unlink()
    teks = (dinas / LEMBAR).read_text(encoding="utf-8")
    kosong = re.sub(r"(\n    realisasi:).*", r"\1 null", teks)
    (dinas / LEMBAR).write_text(kosong, encoding="utf-8")
    assert jawab(reviu_folder(dinas, TW1))["I.5"] is Jawaban.PERLU_DINILAI


def test_history_or_a_benchmark_answers_the_comparison(dinas: Path) -> None:
    kurang = next(b for b in reviu_folder(dinas, TW1).butir if b.nomor == "III.4").kurang
    assert kurang
    ids = [k.split()[0] for k in kurang]
    baris = "".join(f"  - indikator: {i}\n    tahun: 2023\n    realisasi: 1\n    sumber: LKjIP\n" for i in ids)
    (dinas / "reports/riwayat.yaml").write_text(f"skema: riwayat/v1\nrealisasi:\n{baris}", encoding="utf-8")
    assert jawab(reviu_folder(dinas, TW1))["III.4"] is Jawaban.YA


def test_a_bidang_without_worksheet_is_named(dinas: Path) -> None:
    (butir,) = (b for b in reviu_folder(dinas, TW1).butir if b.nomor == "II.3")
    hilang = {b.removesuffix(" belum masuk").removeprefix("kertas kerja ") for b in butir.kurang}
    ada = {p.stem for p in (dinas / "reports/2024/tw1/kertas-kerja").glob("*.yaml")}
    assert hilang.isdisjoint(ada)


def test_the_newest_period_is_taken_and_an_absent_one_refused(tmp_path: Path) -> None:
    ada = [Periode(2024, p.parent.parent.name) for p in VALID.glob("reports/2024/*/kertas-kerja/layanan.yaml")]
    assert reviu_folder(VALID).periode == max(ada, key=lambda p: p.urutan).id
    with pytest.raises(PemakaianError, match="Triwulan III Tahun 2019"):
        reviu_folder(VALID, Periode(2019, "tw3"))
    with pytest.raises(PemakaianError, match="bukan folder repositori"):
        reviu_folder(tmp_path)


@pytest.mark.parametrize(
    ("lama", "baru", "kurang"),
    [
        ("Penyaluran tahap kedua mundur karena data DTKS diperbarui.", "null", ()),
        ("realisasi: 60 ", "realisasi: 190 ", ()),
        ("realisasi: 75.00", "realisasi: 30.00", ()),
        ("faktor_pendorong: Kader desa aktif", "faktor_pendorong: null", ()),
        ("realisasi: Ada", "realisasi: Tidak", ("lay-04 tanpa penjelasan",)),
    ],
)
def test_an_analysis_is_asked_only_of_what_is_far_from_its_target(
    dinas: Path, lama: str, baru: str, kurang: tuple[str, ...]
) -> None:
    """Whatever the bidang said, a reason or a factor, is an analysis."""
    for tersusun in ("laporan", "kirim"):
        (dinas / f"reports/2024/tw1/{tersusun}.yaml").unlink()
    ganti(dinas, LEMBAR, lama, baru)
    (butir,) = [b for b in reviu_folder(dinas, TW1).butir if b.nomor == "II.6"]
    assert butir.kurang == kurang



def test_the_form_as_text_and_markdown(bandingkan: Callable[[Path, str], None]) -> None:
    hasil = reviu_folder(VALID, TW1)
    bandingkan(GOLDEN / "reviu.txt", "\n".join(review.teks(hasil, 100)) + "\n")
    bandingkan(GOLDEN / "reviu.md", review.markdown(hasil))
    for lebar in (45, 80, 120):
        baris = [b for x in review.teks(hasil, lebar) for b in x.splitlines()]
        assert max(map(len, baris)) <= lebar


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert jalankan(["validate", str(VALID), "--reviu", "--periode", "2024-tw1", "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["skema"] == "reviu/v1"
    assert {b["jawaban"] for b in data["butir"]} <= {j.value for j in Jawaban}
    assert jalankan(["validate", str(VALID), "--reviu", "--format", "sarif"]) == 2
