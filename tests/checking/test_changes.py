"""``--changed``: only the change's own faults fail; the rest stands apart; memory sees the base."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from kinerja.adapters.trees import PohonFolder
from kinerja.checking.changes import periksa_perubahan, terpengaruh
from kinerja.checking.dependencies import Ketergantungan
from kinerja.checking.run import periksa_jalur, periksa_pohon
from kinerja.domain.errors import PemakaianError
from kinerja.domain.findings import Tingkat
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
    (p,) = hasil.pratinjau
    assert (p.indikator, p.anggaran) == ((), ())
    assert "betulkan galatnya" in p.alasan


def test_one_faulty_cell_does_not_make_the_preview_say_that_all_is_gone(repo: Path) -> None:
    ganti(repo, TW1, "realisasi: 18750000", "realisasi: Rp 18.750.000")
    (p,) = periksa(repo).pratinjau
    assert p.alasan and not p.indikator


def test_findings_say_which_line_they_are_about(repo: Path) -> None:
    ganti(repo, TW1, "realisasi: 60 ", "realisasi: -60 ")
    hasil = periksa(repo)
    (t,) = (t for t in hasil.temuan if t.aturan == "realisasi-tidak-negatif")
    assert hasil.tentang(t) == "lay-02, Jumlah keluarga penerima bantuan"


def test_a_misplaced_file_may_go_and_a_yml_file_is_not_overlooked(repo: Path) -> None:
    (repo / "reports/2024/tw2/kertas-kerja/layanan.yaml").rename(repo / "reports/2024/tw2/kertas-kerja/layanan.yml")
    milik = {(t.berkas.rpartition("/")[2], t.aturan) for t in periksa(repo).temuan}
    assert {("layanan.yml", "letak-dikenal"), ("layanan.yaml", "berkas-dihapus")} <= milik
    git(repo, "add", "-A")
    git(repo, "commit", "--quiet", "-m", "salah nama")
    (repo / "reports/2024/tw2/kertas-kerja/layanan.yml").unlink()
    assert "berkas-dihapus" not in {t.aturan for t in periksa(repo, "HEAD").temuan}


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
        "reports/2026/tw1/kertas-kerja/layanan.yaml",
    }  # fmt: skip
    assert terpengaruh(["reports/organisasi.yaml"], semua) == semua
    assert terpengaruh([], semua) == set()
    rencana = terpengaruh(["reports/2024/rencana.yaml"], semua)
    assert rencana == {j for j in semua if "/2024/" in j or "/2025/" in j}
    lembar = terpengaruh([TW2], semua)
    assert {TW2, "reports/2024/tw2/laporan.yaml", "reports/2025/tw1/kertas-kerja/layanan.yaml"} <= lembar
    assert not lembar & {TW1, "reports/2024/tw2/kertas-kerja/lain.yaml", "reports/2023/rencana.yaml"}
    assert "reports/2026/tw1/kertas-kerja/layanan.yaml" not in lembar


def test_whatever_a_worksheet_depends_on_touches_it(repo: Path) -> None:
    """What the cache knows of dependencies, ``--changed`` must know too."""
    pohon = PohonFolder(repo)
    semua = [j for j in pohon.daftar("reports/") if j.endswith(".yaml")]
    k = Ketergantungan(pohon, b"")
    for j in semua:
        for sebab in k.milik(j):
            assert j in terpengaruh([sebab], semua), (j, sebab)


def test_a_fault_may_not_move_to_another_line_or_another_value(repo: Path) -> None:
    ganti(repo, TW1, "realisasi: 60 ", "realisasi: -60 ")
    git(repo, "commit", "--quiet", "-am", "galat lama")
    ganti(repo, TW1, "realisasi: -60 ", "realisasi: -61 ")
    assert "realisasi-tidak-negatif" in aturan(periksa(repo, "HEAD"))[0]
    ganti(repo, TW1, "realisasi: -61 ", "realisasi: 60 ")
    ganti(repo, TW1, "realisasi: 75.00 ", "realisasi: -60 ")
    milik, _, beres = aturan(periksa(repo, "HEAD"))
    assert "realisasi-tidak-negatif" in milik
    assert "realisasi-tidak-negatif" in beres


def test_a_line_of_a_wrong_shape_that_is_edited_is_no_old_fault(repo: Path) -> None:
    """A line of a wrong shape is not judged further: it would hide what is changed beside it."""
    ganti(repo, TW1, "realisasi: 18750000", "realisasi: Rp 18.750.000")
    git(repo, "commit", "--quiet", "-am", "galat lama")
    ganti(repo, TW1, "catatan: null", "catatan: Sudah dicek.")
    milik, sebelumnya, _ = aturan(periksa(repo, "HEAD"))
    assert ("angka-tidak-terbaca" in sebelumnya, "angka-tidak-terbaca" in milik) == (True, False)
    ganti(repo, TW1, "fisik: 25", "fisik: 26")
    assert "angka-tidak-terbaca" in aturan(periksa(repo, "HEAD"))[0]


@pytest.mark.parametrize("isi", [b"skema: [\n", b"- a\n", b"skema: kertas-kerja/99\n"])
def test_a_changed_file_that_cannot_be_read_is_never_excused(repo: Path, isi: bytes) -> None:
    (repo / TW1).write_bytes(isi)
    git(repo, "commit", "--quiet", "-am", "rusak")
    assert not periksa(repo, "HEAD").galat
    (repo / TW1).write_bytes(isi + b"# baris lain\n")
    assert periksa(repo, "HEAD").galat


def test_a_worksheet_that_cannot_be_judged_is_not_excused_by_what_broke_before(repo: Path) -> None:
    ganti(repo, "reports/2024/rencana.yaml", "skema:", "skema: [")
    git(repo, "commit", "--quiet", "-am", "rencana rusak")
    ganti(repo, TW1, "realisasi: 60 ", "realisasi: 61 ")
    hasil = periksa(repo, "HEAD")
    assert {(t.berkas, t.aturan) for t in hasil.temuan} == {(TW1, "acuan-terbaca")}
    assert TW2 in {t.berkas for t in hasil.sebelumnya if t.aturan == "acuan-terbaca"}


@pytest.mark.parametrize("tautan", [TW2, "reports/2024/tw2/lain", "reports/2025"])
def test_a_link_is_told_wherever_it_stands(repo: Path, tmp_path: Path, tautan: str) -> None:
    luar = tmp_path / "luar"
    shutil.copytree(repo / "reports/2024", luar)
    if (repo / tautan).exists():
        (repo / tautan).unlink()
    (repo / tautan).symlink_to(luar / "tw2/kertas-kerja/layanan.yaml" if tautan == TW2 else luar)
    for hasil in (periksa(repo), periksa_jalur([repo])):
        assert (tautan, "letak-dikenal") in {(t.berkas, t.aturan) for t in hasil.temuan}
    git(repo, "add", "-A")
    git(repo, "commit", "--quiet", "-m", "tautan")
    assert (tautan, "letak-dikenal") in {(t.berkas, t.aturan) for t in periksa(repo).temuan}


def test_reports_itself_may_not_be_a_link(repo: Path, tmp_path: Path) -> None:
    shutil.move(repo / "reports", tmp_path / "di-luar")
    (repo / "reports").symlink_to(tmp_path / "di-luar")
    assert periksa(repo).galat
    assert {t.aturan for t in periksa_jalur([repo]).temuan} == {"letak-dikenal"}


def test_no_setting_of_the_repository_hides_a_change(repo: Path, tmp_path: Path) -> None:
    """Index flags, ignored names, filters and a file-system monitor are the proposer's to set."""
    bukti = tmp_path / "dijalankan"
    ganti(repo, TW1, "realisasi: 60 ", "realisasi: -60 ")
    git(repo, "update-index", "--assume-unchanged", TW1)
    (repo / ".gitignore").write_text("reports/\n")
    (repo / ".gitattributes").write_text("*.yaml filter=jahat diff=jahat\n")
    for nama in ("filter.jahat.clean", "core.fsmonitor", "diff.jahat.command", "diff.jahat.textconv"):
        git(repo, "config", nama, f"touch {bukti}")
    baru = repo / "reports/2024/tw2/kertas-kerja/asing.yaml"
    baru.write_text("{}\n")
    assert periksa(repo).berubah == (TW1, baru.relative_to(repo).as_posix())
    assert not bukti.exists()


def test_a_repository_planted_inside_the_reports_takes_nothing_out_of_sight(repo: Path) -> None:
    dalam = repo / "reports/2024/tw1"
    (dalam / "reports").mkdir()
    shutil.copy(repo / "reports/organisasi.yaml", dalam / "reports/organisasi.yaml")
    ganti(repo, TW1, "realisasi: 60 ", "realisasi: -60 ")
    for hasil in (periksa(repo), periksa_jalur([repo])):
        assert {"realisasi-tidak-negatif", "letak-dikenal"} <= {t.aturan for t in hasil.temuan}
    assert {t.aturan for t in periksa_jalur([dalam]).temuan} == {"letak-dikenal"}


@pytest.fixture
def terkirim(tmp_path: Path) -> Path:
    """The valid example as it stands: the laporan of 2024-tw1 was signed and sent."""
    folder = tmp_path / "terkirim"
    shutil.copytree(VALID, folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "-A")
    git(folder, "commit", "--quiet", "-m", "awal")
    return folder


BIDANG_BARU = """  - id: bidang-baru
    nama: Bidang Baru
    pengisi: kasie:layanan
    pemeriksa: kabid:layanan
"""


@pytest.mark.parametrize("dikirim", [True, False])
def test_a_new_bidang_is_no_fault_of_a_laporan_made_before_it(terkirim: Path, dikirim: bool) -> None:
    if not dikirim:
        (terkirim / "reports/2024/tw1/kirim.yaml").unlink()
        git(terkirim, "commit", "--quiet", "-am", "belum dikirim")
    organisasi = terkirim / "reports/organisasi.yaml"
    organisasi.write_text(organisasi.read_text(encoding="utf-8") + BIDANG_BARU, encoding="utf-8", newline="")
    hasil = periksa(terkirim)
    assert not hasil.galat
    told = ["masukan-sesuai"] if dikirim else ["masukan-sesuai", "laporan-tanpa-bidang"]
    assert aturan(hasil)[0] == told


def test_a_laporan_that_is_proposed_leaves_no_bidang_unsaid(terkirim: Path) -> None:
    organisasi = terkirim / "reports/organisasi.yaml"
    organisasi.write_text(organisasi.read_text(encoding="utf-8") + BIDANG_BARU, encoding="utf-8", newline="")
    ganti(terkirim, "reports/2024/tw1/laporan.yaml", "nomor: null", "nomor: 12/LKJ/2024")
    galat = [t.aturan for t in periksa(terkirim).temuan if t.tingkat is Tingkat.GALAT]
    assert "laporan-tanpa-bidang" in galat


@pytest.mark.parametrize("juga_rencana", [False, True])
def test_a_renamed_bidang_is_told_once_where_it_was_renamed(terkirim: Path, juga_rencana: bool) -> None:
    ganti(terkirim, "reports/organisasi.yaml", "- id: layanan", "- id: pelayanan")
    if juga_rencana:
        ganti(terkirim, "reports/2024/rencana.yaml", "bidang: layanan", "bidang: pelayanan")
    galat = [(t.berkas, t.aturan, t.nilai) for t in periksa(terkirim).temuan if t.tingkat is Tingkat.GALAT]
    assert galat == [("reports/organisasi.yaml", "bidang-tetap", "layanan")]
    tanpa_dasar = [(t.aturan, t.nilai) for t in periksa_pohon(PohonFolder(terkirim)) if t.tingkat is Tingkat.GALAT]
    assert tanpa_dasar == [("bidang-tetap", "layanan")]


def test_a_proposed_laporan_of_an_unknown_bidang_is_refused_where_it_stands(terkirim: Path) -> None:
    asing = "reports/2024/tw1/kertas-kerja/asing.yaml"
    (terkirim / asing).write_bytes((terkirim / TW1).read_bytes())
    sidik = sha256((terkirim / asing).read_bytes()).hexdigest()
    ganti(terkirim, "reports/2024/tw1/laporan.yaml", "tanpa:\n", f"  - jalur: {asing}\n    sha256: {sidik}\ntanpa:\n")
    milik = {(t.berkas, t.aturan) for t in periksa(terkirim).temuan if t.tingkat is Tingkat.GALAT}
    assert {("reports/2024/tw1/laporan.yaml", "masukan-sesuai"), (asing, "berkas-sesuai-isi")} <= milik
