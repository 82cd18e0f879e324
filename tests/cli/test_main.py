"""The command line as a person meets it: help, exit codes, JSON, status, init, validate."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import PohonFolder
from kinerja.adapters.worksheet_writer import kertas_kerja_baru
from kinerja.cli.main import cli, jalankan
from kinerja.cli.steps import LANGKAH
from kinerja.domain.periode import Periode

AKAR = Path(__file__).parents[2]
GOLDEN = AKAR / "tests" / "golden" / "cli"
URUTAN_SOP = ["disposisi", "siapkan", "isi", "periksa", "susun", "paraf", "tanda-tangan", "kirim"]
DESA = "pemerintahan-desa"
REALISASI = b"    realisasi: null"
Capsys = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def lingkungan(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the person who runs the tests leaks in."""
    for nama in ("KINERJA_REPO", "KINERJA_SEBAGAI", "KINERJA_WAKTU"):
        monkeypatch.delenv(nama, raising=False)
    monkeypatch.setenv("COLUMNS", "110")


@pytest.fixture(scope="module")
def dinas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample agency with TW I 2024 opened and its worksheets prepared, all by commands."""
    folder = tmp_path_factory.mktemp("cli") / "dinas"
    with pytest.MonkeyPatch.context() as m:
        assert jalankan(["init", str(folder), "--contoh"]) == 0
        m.setenv("KINERJA_WAKTU", "2024-04-01T08:05")
        assert jalankan(["disposisi", "2024-tw1", "--sebagai", "p-bakri", "--repo", str(folder)]) == 0
        assert jalankan(["siapkan", "2024-tw1", "--sebagai", "p-citra", "--repo", str(folder)]) == 0
    return folder


@pytest.fixture
def lembar(tmp_path: Path) -> Path:
    """A fresh worksheet of Pemerintahan Desa beside the sample documents."""
    shutil.copytree(AKAR / "reports", tmp_path / "reports")
    r, tw1 = Reports(PohonFolder(tmp_path)), Periode.baca("2024-tw1")
    bidang = r.organisasi().cari_bidang(DESA)
    assert bidang is not None
    berkas = tmp_path / "reports/2024/tw1/kertas-kerja" / f"{DESA}.yaml"
    berkas.parent.mkdir(parents=True)
    berkas.write_bytes(
        kertas_kerja_baru(r.organisasi(), bidang, tw1, r.rencana(2024), r.anggaran(2024), None)
    )
    return berkas


# help


def test_help_lists_the_eight_steps_in_the_order_of_the_sop(
    capsys: Capsys, bandingkan: Callable[[Path, str], None]
) -> None:
    assert jalankan(["--help"]) == 0
    teks = capsys.readouterr().out
    awal = [b.split()[0] for b in teks.splitlines() if "Langkah " in b]
    assert awal == URUTAN_SOP
    nomor = [b.split("Langkah ")[1][0] for b in teks.splitlines() if "Langkah " in b]
    assert nomor == list("12345678")
    bandingkan(GOLDEN / "help.txt", teks)


def test_commands_begin_with_the_steps_of_the_sop_document() -> None:
    sop = Reports(PohonFolder(AKAR)).sop()
    assert [x.perintah for x in sop.langkah] == [c.name for c in LANGKAH] == URUTAN_SOP
    assert list(cli.commands)[:8] == URUTAN_SOP


@pytest.mark.parametrize("perintah", list(cli.commands))
def test_every_command_explains_itself_and_its_options(perintah: str, capsys: Capsys) -> None:
    assert jalankan([perintah, "--help"]) == 0
    assert (cli.commands[perintah].help or "").split()[0] in capsys.readouterr().out
    for p in cli.commands[perintah].params:
        if p.param_type_name == "option":
            assert p.help, f"{perintah} {p.name} tanpa penjelasan"


# exit codes


@pytest.mark.parametrize(
    ("argumen", "sebut"),
    [
        (["kirm"], "mungkin maksudnya `kirim`"),
        (["disposisi"], "PERIODE belum disebut"),
        (["disposisi", "2024-tw9", "--sebagai", "p-bakri"], "2024-tw9"),
        (["validate", "--formt", "json"], "--formt"),
        (["verify", "--percaya", "tidak-ada.txt", "a.zip"], "--percaya tidak dapat dipakai: `tidak-ada.txt`"),
        (["status", "--format", "xml"], "`xml` bukan salah satu dari text, json"),
        (["init", "baru"], "nama instansi belum disebut"),
    ],
)
def test_a_wrong_call_gives_2_and_says_what_to_do(
    argumen: list[str], sebut: str, capsys: Capsys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert jalankan(argumen) == 2
    galat = capsys.readouterr().err
    assert sebut in galat
    assert "→" in galat
    assert "Traceback" not in galat
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("perintah", "orang"),
    [
        (["periksa", "2024-tw1", DESA], "p-indah"),
        (["paraf", "2024-tw1"], "p-bakri"),
        (["tanda-tangan", "2024-tw1"], "p-ayu"),
    ],
)
def test_no_answer_is_never_taken_for_tidak(
    perintah: list[str], orang: str, dinas: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KINERJA_WAKTU", "2024-04-02T09:00")
    sebagai = ["--sebagai", orang, "--repo", str(dinas)]
    assert jalankan([*perintah, "--alasan", "tanpa jawaban", *sebagai]) == 2
    assert "--ya" in capsys.readouterr().err
    assert jalankan([*perintah, "--ya", *sebagai]) == 2
    assert "baca dengan --lihat" in capsys.readouterr().err


@pytest.mark.alat("ssh-keygen")
def test_a_locked_key_is_opened_by_its_passphrase_and_never_without(
    tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "dinas"
    assert jalankan(["init", str(folder), "--contoh"]) == 0
    kunci = str(folder / "kunci/p-bakri")
    subprocess.run(["ssh-keygen", "-q", "-p", "-P", "", "-N", "buka sesam", "-f", kunci], check=True)
    monkeypatch.setenv("KINERJA_WAKTU", "2024-04-01T08:05")
    perintah = ["disposisi", "2024-tw1", "--sebagai", "p-bakri", "--repo", str(folder)]
    monkeypatch.setattr("sys.stdin", io.StringIO("buka sesam\n"))  # a pipe is not asked
    assert jalankan(perintah) == 2
    assert "terkunci kata sandi" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    for sandi, kode in (("salah", 3), ("buka sesam", 0)):
        monkeypatch.setattr("click.prompt", lambda *_, sandi=sandi, **__: sandi)
        assert jalankan(perintah) == kode


def test_codes_0_and_1_and_nothing_written_when_refused(
    dinas: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KINERJA_WAKTU", "2024-04-02T09:00")
    ref = ["git", "-C", str(dinas / "repositori.git"), "for-each-ref"]
    lama = subprocess.run(ref, capture_output=True, check=True).stdout
    assert jalankan(["status", "--repo", str(dinas)]) == 0
    capsys.readouterr()
    assert jalankan(["kirim", "2024-tw1", "--sebagai", "p-bakri", "--repo", str(dinas)]) == 1
    galat = capsys.readouterr().err
    assert "tidak berwenang" in galat
    assert "yang berwenang" in galat
    assert subprocess.run(ref, capture_output=True, check=True).stdout == lama


def test_a_damaged_repository_gives_3(dinas: Path, tmp_path: Path, capsys: Capsys) -> None:
    rusak = tmp_path / "rusak"
    shutil.copytree(dinas, rusak)
    git = ["git", "-C", str(rusak / "repositori.git")]
    subprocess.run([*git, "update-ref", "refs/kinerja/log", "refs/heads/main"], check=True)
    assert jalankan(["status", "--repo", str(rusak)]) == 3
    assert "log peristiwa memuat commit tanpa peristiwa\n  → pulihkan" in capsys.readouterr().err


def test_the_clock_of_an_official_agency_cannot_be_set(
    tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert jalankan(["init", str(tmp_path / "a"), "--nama", "Dinas A", "--daerah", "Kabupaten B"]) == 0
    monkeypatch.setenv("KINERJA_WAKTU", "2024-04-02T09:00")
    assert jalankan(["status", "--repo", str(tmp_path / "a")]) == 2
    assert "KINERJA_WAKTU hanya untuk instansi contoh" in capsys.readouterr().err


# JSON


def test_json_outputs_parse_and_name_their_schema(
    dinas: Path, lembar: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KINERJA_WAKTU", "2024-04-02T09:00")
    repo = ["--repo", str(dinas), "--format", "json"]
    assert jalankan(["status", *repo]) == 0
    status = json.loads(capsys.readouterr().out)
    assert (status["skema"], status["periode"], status["status"]) == ("status/v1", "2024-tw1", "contoh")
    siapkan = [x for x in status["langkah"] if x["perintah"] == "siapkan"]
    assert {x["keadaan"] for x in siapkan} == {"selesai"}
    assert len(siapkan) == 6

    assert jalankan(["siapkan", "2024-tw1", "--sebagai", "p-citra", *repo]) == 0
    hasil = json.loads(capsys.readouterr().out)
    assert hasil["skema"] == "hasil/v1"
    assert all("tidak disentuh" in r for r in hasil["rincian"])

    lembar.write_bytes(lembar.read_bytes().replace(REALISASI, b"    realisasi: 97,5", 1))
    assert jalankan(["validate", str(lembar), "--format", "json"]) == 1
    temuan = json.loads(capsys.readouterr().out)
    assert (temuan["skema"], temuan["berkas"]) == ("temuan/v1", 1)
    (t,) = temuan["temuan"]
    assert (t["nilai"], t["tingkat"]) == ("97,5", "galat")
    assert t["penunjuk"] == "/indikator/0/realisasi"


def test_github_annotations_carry_file_line_and_column(lembar: Path, capsys: Capsys) -> None:
    lembar.write_bytes(lembar.read_bytes().replace(REALISASI, b"    realisasi: 97,5", 1))
    assert jalankan(["validate", str(lembar), "--format", "github"]) == 1
    baris, _ = capsys.readouterr().out.splitlines()
    berkas = f"reports/2024/tw1/kertas-kerja/{DESA}.yaml"
    assert baris.startswith(f"::error file={berkas},line=31,col=16,")


# status


@pytest.mark.parametrize("lebar", [150, 100, 80])
def test_the_status_fits_the_terminal(
    lebar: int, dinas: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(lebar))
    monkeypatch.setenv("KINERJA_WAKTU", "2024-04-09T09:00")
    assert jalankan(["status", "2024-tw1", "--repo", str(dinas)]) == 0
    teks = capsys.readouterr().out
    assert teks.startswith("Triwulan I Tahun 2024  [DATA CONTOH]\n")
    assert [b for b in teks.splitlines() if len(b) > lebar] == []
    for kata in ("siapkan", "Bidang Pemerintahan Desa", "berjalan", "TERLAMBAT", "Nanang Andaikan"):
        assert kata in " ".join(teks.split())


# init


def test_the_first_documents_of_a_new_agency_are_clean(tmp_path: Path, capsys: Capsys) -> None:
    folder = tmp_path / "baru"
    argumen = [
        "init", str(folder), "--nama", "Dinas Sosial", "--daerah", "Kabupaten Contoh",
        "--bidang", "rehabilitasi-sosial=Bidang Rehabilitasi Sosial",
        "--bidang", "pemberdayaan-sosial=Bidang Pemberdayaan Sosial",
    ]  # fmt: skip
    assert jalankan(argumen) == 0
    assert "Berikutnya:" in capsys.readouterr().out
    assert (folder / "kunci").stat().st_mode & 0o077 == 0
    klon = tmp_path / "klon"
    subprocess.run(["git", "clone", "-q", folder / "repositori.git", klon], check=True)
    assert "BEGIN OPENSSH PRIVATE KEY" not in "".join(
        p.read_text(errors="replace") for p in (klon / "reports").rglob("*") if p.is_file()
    )
    for nama in ("organisasi", "jabatan", "identitas"):
        assert "DATA CONTOH" not in (klon / f"reports/{nama}.yaml").read_text()
    assert jalankan(["validate", str(klon)]) == 0
    assert capsys.readouterr().out == "6 berkas bersih\n"
    organisasi = Reports(PohonFolder(klon)).organisasi()
    ada = {"sekretariat", "rehabilitasi-sosial", "pemberdayaan-sosial"}
    assert {b.id for b in organisasi.bidang} == ada
    assert jalankan(argumen) == 2, "folder yang terisi tidak boleh ditimpa"


# validate


def test_a_fresh_worksheet_is_clean(lembar: Path, capsys: Capsys) -> None:
    assert jalankan(["validate", str(lembar)]) == 0
    assert capsys.readouterr().out == "1 berkas bersih\n"


SALAH = {
    "susunan YAML rusak": (b"indikator:\n", b"indikator: [\n", "yaml-rusak", "bandingkan"),
    "isian tak dikenal": (
        REALISASI, b"    realisasii: 3\n" + REALISASI, "isian-tidak-dikenal", "maksudnya `realisasi`",
    ),
    "jenis salah": (
        b"    pembilang: null", b"    pembilang: sembilan", "angka-tidak-terbaca", "tulis angka saja",
    ),
    "kunci ganda": (REALISASI, REALISASI + b"\n" + REALISASI, "kunci-ganda", "hapus salah satunya"),
    "tab": (REALISASI, b"\t" + REALISASI.strip(), "tab-terlarang", "ganti tab dengan spasi"),
    "NO": (REALISASI, b"    realisasi: NO", "realisasi-terbaca", "tulis angka saja"),
    "012": (REALISASI, b"    realisasi: 012", "realisasi-terbaca", "tulis `12`"),
    "97,5": (REALISASI, b"    realisasi: 97,5", "realisasi-terbaca", "tulis `97.5`"),
}  # fmt: skip
KUTIPAN = {
    "susunan YAML rusak": "- id: pd-01", "isian tak dikenal": "realisasii", "jenis salah": "sembilan",
    "kunci ganda": "realisasi", "tab": "realisasi: null", "NO": "NO", "012": "012", "97,5": "97,5",
}  # fmt: skip


@pytest.mark.parametrize("nama", list(SALAH))
def test_a_fault_is_told_with_its_place_value_and_remedy(nama: str, lembar: Path, capsys: Capsys) -> None:
    dari, ke, aturan, tindakan = SALAH[nama]
    asal = lembar.read_bytes()
    assert dari in asal
    lembar.write_bytes(asal.replace(dari, ke, 1))
    assert jalankan(["validate", str(lembar)]) == 1
    temuan, jumlah = capsys.readouterr().out.splitlines()
    berkas, baris, kolom, pesan = temuan.split(":", 3)
    assert berkas == f"reports/2024/tw1/kertas-kerja/{DESA}.yaml"
    teks = lembar.read_text().splitlines()[int(baris) - 1]
    assert KUTIPAN[nama] in teks[int(kolom) - 1 :], "tempatnya tidak menunjuk nilainya"
    assert f"[{aturan}]" in pesan
    assert f"`{KUTIPAN[nama]}" in pesan
    assert tindakan in pesan
    assert jumlah == "1 berkas diperiksa: 1 galat"


def test_all_faults_of_a_file_are_told_at_once(lembar: Path, capsys: Capsys) -> None:
    rusak = lembar.read_bytes().replace(REALISASI, b"    realisasi: 97,5", 1)
    lembar.write_bytes(rusak.replace(REALISASI, b"    realisasi: NO", 1))
    assert jalankan(["validate", str(lembar)]) == 1
    teks = capsys.readouterr().out
    assert "`97,5`" in teks
    assert "`NO`" in teks
    assert "2 galat" in teks
