"""``--changed``: only the change's own faults fail; the rest stands apart; memory sees the base."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kinerja.checking.changes import periksa_perubahan, terpengaruh
from kinerja.domain.errors import PemakaianError
from kinerja.domain.pemeriksaan import HasilPeriksa

VALID = Path(__file__).parents[1] / "examples" / "valid"
TW1 = "reports/2024/tw1/kertas-kerja/layanan.yaml"
TW2 = "reports/2024/tw2/kertas-kerja/layanan.yaml"
Ganti = Callable[..., None]


def git(folder: Path, *argumen: str) -> str:
    perintah = ["git", "-c", "user.name=Uji", "-c", "user.email=uji@contoh.invalid", *argumen]
    return subprocess.run(perintah, cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A clone whose main has one old fault in TW1 and none elsewhere; HEAD is a branch of it."""
    shutil.copytree(VALID, tmp_path / "repo")
    folder = tmp_path / "repo"
    for tersusun in ("laporan", "kirim"):  # no laporan yet, so that worksheets may still change
        (folder / f"reports/2024/tw1/{tersusun}.yaml").unlink()
    ganti(folder, TW1, "nama: Penyediaan Alat Bantu", "nama: Alat bantu")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "-A")
    git(folder, "commit", "--quiet", "-m", "awal")
    git(folder, "switch", "--quiet", "-c", "usul")
    return folder


def ganti(folder: Path, jalur: str, lama: str, baru: str) -> None:
    berkas = folder / jalur
    teks = berkas.read_text(encoding="utf-8")
    assert teks.count(lama) >= 1
    berkas.write_text(teks.replace(lama, baru, 1), encoding="utf-8", newline="")


def periksa(folder: Path, dasar: str = "main") -> HasilPeriksa:
    return periksa_perubahan([folder], dasar)


def aturan(hasil: HasilPeriksa) -> tuple[list[str], list[str], list[str]]:
    a, b, c = ([t.aturan for t in x] for x in (hasil.temuan, hasil.sebelumnya, hasil.beres))
    return a, b, c


def test_nothing_changed_finds_nothing(repo: Path) -> None:
    hasil = periksa(repo)
    assert (hasil.berubah, hasil.berkas, hasil.galat) == ((), 0, 0)


def test_own_faults_fail_and_old_ones_of_the_same_file_stand_apart(repo: Path) -> None:
    ganti(repo, TW1, "realisasi: 60 ", "realisasi: -60 ")
    ganti(repo, TW1, "skema:", "# satu baris lagi di atas menggeser semuanya\nskema:")
    hasil = periksa(repo)
    milik, sebelumnya, beres = aturan(hasil)
    assert "realisasi-tidak-negatif" in milik
    assert "pagu-sesuai-dpa" not in milik
    assert sebelumnya == ["pagu-sesuai-dpa"]
    assert beres == []
    assert hasil.galat


def test_the_rules_with_memory_see_the_plan_of_the_base(repo: Path) -> None:
    rencana = "reports/2024/rencana.yaml"
    ganti(repo, rencana, "lay-01: {tw1: 80, tw2: 85", "lay-01: {tw1: 80, tw2: 75")
    milik, sebelumnya, beres = aturan(periksa(repo))
    assert "target-tetap" in milik
    assert (sebelumnya, beres) == (["pagu-sesuai-dpa"], [])


def test_a_mended_fault_is_told_and_commits_count_like_the_work_tree(repo: Path) -> None:
    ganti(repo, TW1, "nama: Alat bantu", "nama: Penyediaan Alat Bantu")
    sebelum = periksa(repo)
    git(repo, "commit", "--quiet", "-am", "betulkan")
    assert periksa(repo) == sebelum
    assert aturan(sebelum) == ([], [], ["pagu-sesuai-dpa"])


def test_a_change_answers_for_what_it_breaks_in_other_files(repo: Path) -> None:
    ganti(repo, "reports/2024/anggaran.yaml", "nama: Penyediaan Permakanan", "nama: Penyediaan Makanan")
    hasil = periksa(repo)
    assert {t.berkas for t in hasil.temuan} >= {TW1, TW2}
    assert "pagu-sesuai-dpa" in aturan(hasil)[0]
    assert hasil.berubah == ("reports/2024/anggaran.yaml",)


def test_main_moving_on_is_not_the_changes_fault(repo: Path) -> None:
    git(repo, "switch", "--quiet", "main")
    ganti(repo, TW2, "realisasi: ", "realisasi: -")
    git(repo, "commit", "--quiet", "-am", "kesalahan orang lain")
    git(repo, "switch", "--quiet", "usul")
    ganti(repo, TW1, "catatan: null", "catatan: Sudah dicek.")
    hasil = periksa(repo)
    assert hasil.berubah == (TW1,)
    assert aturan(hasil)[0] == []


def test_a_deleted_and_a_new_file_are_seen(repo: Path) -> None:
    (repo / TW2).unlink()
    asing = repo / "reports/2024/tw1/kertas-kerja/asing.yaml"
    asing.write_text((repo / TW1).read_text(encoding="utf-8"), encoding="utf-8")
    milik = {(t.berkas, t.aturan) for t in periksa(repo).temuan}
    assert (TW2, "berkas-dihapus") in milik
    assert (asing.relative_to(repo).as_posix(), "berkas-sesuai-isi") in milik


def test_figures_before_and_after(repo: Path) -> None:
    ganti(repo, TW1, "realisasi: 75.00 ", "realisasi: 76.00 ")
    ganti(repo, TW1, "realisasi: 18750000", "realisasi: 20000000")
    (p,) = periksa(repo).pratinjau
    (indikator,), (anggaran,) = p.indikator, p.anggaran
    assert indikator.sebelum is not None and indikator.sesudah is not None
    assert (str(indikator.sebelum.persen), str(indikator.sesudah.persen)) == ("93.75", "95.00")
    assert anggaran.sesudah is not None
    assert (anggaran.id, str(anggaran.sesudah.persen)) == ("1.06.04.2.01.0001", "26.67")


def test_an_unreadable_worksheet_has_findings_and_no_preview(repo: Path) -> None:
    (repo / TW1).write_bytes(b"skema: [\n")
    hasil = periksa(repo)
    assert hasil.galat
    assert all(b.sesudah is None for p in hasil.pratinjau for b in p.indikator)


def test_a_repository_may_lie_inside_another(repo: Path) -> None:
    luar = repo / "dinas"
    luar.mkdir()
    git(repo, "mv", "reports", "dinas/reports")
    git(repo, "commit", "--quiet", "-m", "pindah")
    ganti(luar, TW1, "realisasi: 60 ", "realisasi: -60 ")
    hasil = periksa_perubahan([luar], "HEAD")
    assert hasil.berubah == (TW1,)
    assert "realisasi-tidak-negatif" in aturan(hasil)[0]


def test_only_what_lies_below_the_paths_is_judged(repo: Path) -> None:
    ganti(repo, TW1, "realisasi: 60 ", "realisasi: -60 ")
    assert periksa_perubahan([repo / "reports/2024/tw2"], "main").berubah == ()
    assert periksa_perubahan([repo / TW1], "main").berubah == (TW1,)


def test_wrong_calls_name_the_way_out(repo: Path, tmp_path: Path) -> None:
    for dasar in ("tidak-ada", "--output=/tmp/x", "-q", ""):
        with pytest.raises(PemakaianError) as e:
            periksa(repo, dasar)
        assert "git fetch" in (e.value.saran or "")
    git(repo, "switch", "--quiet", "--orphan", "lepas")
    git(repo, "commit", "--quiet", "--allow-empty", "-m", "lain")
    git(repo, "checkout", "--quiet", "main", "--", "reports")
    with pytest.raises(PemakaianError, match="riwayat bersama"):
        periksa(repo)
    lepas = tmp_path / "lepas"
    shutil.copytree(VALID, lepas)
    with pytest.raises(PemakaianError, match="bukan bagian"):
        periksa(lepas)


def test_what_a_change_touches() -> None:
    semua = {
        "reports/organisasi.yaml", "reports/2023/rencana.yaml", "reports/2024/rencana.yaml",
        "reports/2025/rencana.yaml", TW1, TW2, "reports/2024/tw2/kertas-kerja/lain.yaml",
        "reports/2024/tw2/laporan.yaml", "reports/2025/tw1/kertas-kerja/layanan.yaml",
    }  # fmt: skip
    assert terpengaruh(["reports/organisasi.yaml"], semua) == semua
    assert terpengaruh([], semua) == set()
    rencana = terpengaruh(["reports/2024/rencana.yaml"], semua)
    assert rencana == {j for j in semua if "/2024/" in j or "/2025/" in j}
    lembar = terpengaruh([TW2], semua)
    assert {TW2, "reports/2024/tw2/laporan.yaml", "reports/2025/tw1/kertas-kerja/layanan.yaml"} <= lembar
    assert not lembar & {TW1, "reports/2024/tw2/kertas-kerja/lain.yaml", "reports/2023/rencana.yaml"}
