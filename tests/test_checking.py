"""``validate`` as a whole: all faults at once, only of the files asked for, each read once."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from kinerja.adapters.trees import PohonFolder, PohonTumpuk
from kinerja.checking.run import periksa_jalur, periksa_pohon
from kinerja.domain.errors import PemakaianError

VALID = Path(__file__).parent / "examples" / "valid"
DASAR = PohonFolder(VALID)
TW1 = "reports/2024/tw1/kertas-kerja/layanan.yaml"
TW2 = "reports/2024/tw2/kertas-kerja/layanan.yaml"
RENCANA = "reports/2024/rencana.yaml"


def isi(jalur: str, *ganti: tuple[bytes, bytes]) -> dict[str, bytes]:
    bita = DASAR.baca(jalur)
    assert bita is not None
    for lama, baru in ganti:
        assert lama in bita
        bita = bita.replace(lama, baru, 1)
    return {jalur: bita}


def aturan(pohon: PohonTumpuk, *jalur: str) -> list[str]:
    return [t.aturan for t in periksa_pohon(pohon, jalur or None)]


def test_faults_of_the_shape_do_not_hide_those_of_the_rules() -> None:
    pohon = PohonTumpuk(
        isi(
            TW1,
            (b"    fisik: 25", b"    fisik: 85%"),
            (b"target: 80", b"target: 70"),
            (b"realisasi: 60 ", b"realisasi: 97,5 "),
            (b"nama: Penyediaan Alat Bantu", b"nama: Alat"),
            (b"faktor_pendorong", b"faktor_pendorng"),
        ),
        DASAR,
    )
    assert aturan(pohon, TW1) == [
        "target-sesuai-rencana", "isian-tidak-dikenal", "realisasi-terbaca", "angka-tidak-terbaca",
        "pagu-sesuai-dpa",
    ]  # fmt: skip


def test_what_cannot_be_read_is_told_once() -> None:
    pohon = PohonTumpuk(isi(TW1, (b"  - id: lay-03", b"  - id: [lay-03]"), (b"pagu: 7", b"pagu: Rp 7")), DASAR)
    assert aturan(pohon, TW1) == ["jenis-salah", "angka-tidak-terbaca"]


def test_only_the_files_asked_for_are_judged() -> None:
    pohon = PohonTumpuk({**isi(TW1, (b"satuan: persen", b"satuan: orang")), **isi(RENCANA, (b"s1\n    k", b"s9\n    k"))}, DASAR)
    assert aturan(pohon, TW2) == []
    assert aturan(pohon, TW1) == ["indikator-sesuai-rencana"]
    assert aturan(pohon, RENCANA) == ["rujukan-rencana"]
    masukan = ["masukan-sesuai"] * 2
    assert aturan(pohon) == ["rujukan-rencana", "indikator-sesuai-rencana", *masukan]


def test_a_fault_in_one_document_is_seen_from_the_other() -> None:
    pohon = PohonTumpuk(isi("reports/jabatan.yaml", (b"  - id: kasie:sekretariat", b"  - id: kasie:lama")), DASAR)
    assert aturan(pohon, "reports/jabatan.yaml") == []
    assert set(aturan(pohon, "reports/organisasi.yaml")) == {"jabatan-dikenal"}


def test_nothing_passes_unchecked_when_what_it_leans_on_is_broken() -> None:
    for jalur in (RENCANA, "reports/organisasi.yaml", "reports/kebijakan.yaml"):
        rusak = PohonTumpuk({jalur: b"skema: x\nskema: y\n"}, DASAR)
        assert aturan(rusak, TW1) == ["acuan-terbaca"]
    rusak = PohonTumpuk(isi(TW1, (b"periode: 2024-tw1", b"periode: satu")), DASAR)
    assert aturan(rusak, TW2) == ["acuan-terbaca"]


def test_what_leans_on_a_faulty_document_names_the_lines_to_mend_first() -> None:
    rusak = PohonTumpuk(isi(RENCANA, (b"satuan: jam", b"satuan: jam\n    arahh: x"), (b"skor: 3", b"skor: tiga")), DASAR)
    (t,) = periksa_pohon(rusak, [TW1])
    assert (t.nilai, t.tindakan) == (RENCANA, f"betulkan {RENCANA} baris 53 dan 75 lebih dahulu")


class PohonPencatat(PohonFolder):
    def __init__(self, akar: Path) -> None:
        super().__init__(akar)
        self.dibaca: Counter[str] = Counter()

    def baca(self, jalur: str) -> bytes | None:
        self.dibaca[jalur] += 1
        return super().baca(jalur)


def test_a_worksheet_is_read_once_though_the_next_quarter_needs_it() -> None:
    pohon = PohonPencatat(VALID)
    assert periksa_pohon(pohon) == ()
    assert pohon.dibaca[TW1] == pohon.dibaca[TW2] == 1


def test_the_same_quarter_of_last_year_is_compared_where_there_was_one() -> None:
    lama = "reports/2023/tw1/kertas-kerja/layanan.yaml"
    pohon = PohonTumpuk({lama: isi(TW1, (b"realisasi: 60 ", b"realisasi: 6 "))[TW1]}, DASAR)
    assert aturan(pohon, TW1) == [], "60 is explained"
    (tanpa,) = isi(TW1, (b"    penjelasan: Penyaluran tahap", b"    catat: x"), (b"60 ", b"100 ")).items()
    bersih = tanpa[1].replace(b"    catat: x kedua mundur karena data DTKS diperbarui.\n", b"")
    pohon = PohonTumpuk({lama: pohon.baca(lama) or b"", TW1: bersih}, DASAR)
    assert aturan(pohon, TW1) == ["angka-melonjak"]
    rusak = PohonTumpuk({lama: b"skema: x\n", TW1: bersih}, DASAR)
    assert aturan(rusak, TW1) == [], "a faulty file of last year stops nobody"


def test_paths_may_be_files_folders_or_lie_outside_a_repository(tmp_path: Path) -> None:
    semua, sebagian = periksa_jalur([VALID]), periksa_jalur([VALID / TW1, VALID / "reports" / "2024"])
    assert semua.temuan == sebagian.temuan == ()
    assert semua.berkas > sebagian.berkas > 1
    lepas = tmp_path / "lepas.yaml"
    lepas.write_text("skema: disposisi/v1\n", encoding="utf-8")
    hasil = periksa_jalur([lepas])
    assert hasil.berkas == 1
    assert {t.aturan for t in hasil.temuan} == {"isian-wajib"}
    with pytest.raises(PemakaianError):
        periksa_jalur([tmp_path / "kosong"])


def test_two_runs_print_the_same_whatever_the_hash_seed() -> None:
    skrip = (
        "from pathlib import Path\n"
        "from kinerja.adapters.trees import PohonFolder, PohonTumpuk\n"
        "from kinerja.checking.run import periksa_pohon\n"
        f"d = PohonFolder(Path({str(VALID)!r})); b = d.baca({TW1!r})\n"
        "b = b[: b.index(b'indikator:')] + b'indikator: []\\nanggaran: []\\n'\n"
        f"print([t.teks() for t in periksa_pohon(PohonTumpuk({{{TW1!r}: b}}, d))])\n"
    )
    akar = str(Path(__file__).parent.parent / "tooling")
    keluaran = {
        subprocess.run(
            [sys.executable, "-c", skrip], env={"PYTHONPATH": akar, "PYTHONHASHSEED": benih},
            capture_output=True, check=True, text=True,
        ).stdout
        for benih in ("0", "1", "2")
    }  # fmt: skip
    assert len(keluaran) == 1
    assert "lay-04" in keluaran.pop()
