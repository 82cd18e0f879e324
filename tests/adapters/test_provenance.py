"""Who signed what, on the sample agency's real repository."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from tests.walk import DESA, TW1, Kantor

from kinerja import sop
from kinerja.adapters.event_log import REF_LOG
from kinerja.adapters.git import RepoGit
from kinerja.adapters.local_forge import UTAMA
from kinerja.adapters.provenance import Asal, AsalBerkas, asal_berkas
from kinerja.cli.main import jalankan
from kinerja.domain.errors import KinerjaError, PemakaianError

pytestmark = pytest.mark.lambat
LEMBAR = f"reports/2024/tw1/kertas-kerja/{DESA}.yaml"
LAPORAN = "reports/2024/tw1/laporan.yaml"


@pytest.fixture(scope="module")
def bertanda(tmp_path_factory: pytest.TempPathFactory) -> Kantor:
    """TW I carried to the signature of the Kepala Dinas."""
    k = Kantor(tmp_path_factory.mktemp("asal") / "dinas")
    k.buka()
    k.semua_bertanda()
    sop.susun(k.sesi("p-citra", "2024-04-04T09:00"), TW1)
    sop.paraf(k.sesi("p-bakri", "2024-04-04T10:00"), TW1, ya=True)
    sop.tanda_tangan(k.sesi("p-ayu", "2024-04-05T09:00"), TW1, ya=True)
    return k


@pytest.fixture
def klon(bertanda: Kantor, tmp_path: Path) -> Iterator[Kantor]:
    """The same repository, free to be changed; the original stays."""
    k = Kantor.__new__(Kantor)
    k.instansi = bertanda.instansi
    folder = tmp_path / "repositori.git"
    subprocess.run(["git", "clone", "-q", "--mirror", bertanda.instansi.git, folder], check=True)
    k.instansi = type(bertanda.instansi)(bertanda.instansi.folder, folder)
    k.forge = k.instansi.forge()
    yield k


def asal(k: Kantor, *jalur: str) -> Asal:
    return asal_berkas(k.forge.repo, k.forge.utama(), jalur)


def satu(k: Kantor, jalur: str) -> AsalBerkas:
    (hasil,) = asal(k, jalur).berkas
    return hasil


def tindakan(b: AsalBerkas) -> list[tuple[str, str]]:
    return [(p.tindakan.value, p.orang) for _, p in b.peristiwa]


def test_each_document_names_the_acts_that_cover_its_bytes(bertanda: Kantor) -> None:
    a = asal(bertanda)
    semua = {b.jalur: b for b in a.berkas}
    assert [*semua] == sorted(semua)
    assert not [j for j in semua if "/peristiwa/" in j]
    assert tindakan(semua[LEMBAR]) == [("ajukan", "p-nanang"), ("tanda-tangan", "p-indah")]
    assert tindakan(semua[LAPORAN]) == [
        ("susun", "p-citra"), ("paraf", "p-bakri"), ("tanda-tangan", "p-ayu"),
    ]  # fmt: skip
    assert tindakan(semua["reports/kebijakan.yaml"]) == [("mulai", "p-oki")]
    assert a.cacat == ()


def test_it_agrees_with_the_files_the_log_and_git(bertanda: Kantor) -> None:
    repo, utama = bertanda.forge.repo, bertanda.forge.utama()
    sidik = {c.sidik for c in bertanda.forge.log.baca()}
    for b in asal(bertanda).berkas:
        assert b.sha256 == sha256(repo.baca(utama, b.jalur) or b"").hexdigest()
        assert {s for s, _ in b.peristiwa} <= sidik
        assert b.terakhir is not None
        assert b.terakhir.commit == bertanda.forge.commit_terakhir(b.jalur)
        assert b.terakhir.peristiwa in {*sidik, None}
    terakhir = satu(bertanda, LAPORAN).terakhir
    assert terakhir is not None
    assert (terakhir.penulis, terakhir.peristiwa) == ("Ayu Contohwati", bertanda.forge.log.baca()[-1].sidik)


def test_one_changed_byte_leaves_no_act(klon: Kantor) -> None:
    klon.ubah_utama(LEMBAR, b"# sesudah tanda tangan\n")
    b = satu(klon, LEMBAR)
    assert tindakan(b) == []
    assert b.terakhir is not None
    assert (b.terakhir.penulis, b.terakhir.peristiwa) == ("Oki Contoh Sistem", None)


def test_a_clone_without_the_log_reads_the_copies(klon: Kantor) -> None:
    semula = {b.jalur: tindakan(b) for b in asal(klon).berkas}
    klon.forge.repo.jalankan("update-ref", "-d", REF_LOG)
    salinan = {b.jalur: tindakan(b) for b in asal(klon).berkas}
    assert [*salinan] == [*semula]
    for jalur, ada in semula.items():
        tanpa_periode = {("mulai", "p-oki")} & {*ada}  # such an event lies in the log alone
        assert salinan[jalur] == ([] if tanpa_periode else ada)


def test_a_copy_that_is_not_the_logs_is_told_and_not_believed(klon: Kantor) -> None:
    jalur = "reports/2024/tw1/peristiwa/000004.json"
    asli = klon.forge.repo.baca(klon.forge.utama(), jalur) or b""
    palsu = json.loads(asli) | {"orang": "p-palsu"}
    klon.tulis_utama(jalur, json.dumps(palsu).encode())
    a = asal(klon)
    assert a.cacat == (f"{jalur} berbeda dari log peristiwa; yang dipakai hanya log",)
    assert "p-palsu" not in {o for b in a.berkas for _, o in tindakan(b)}


def test_unreadable_evidence_stops_the_answer(klon: Kantor) -> None:
    klon.forge.repo.jalankan("update-ref", "-d", REF_LOG)
    klon.tulis_utama("reports/2024/tw1/peristiwa/000004.json", b"{")
    with pytest.raises(KinerjaError, match="rusak"):
        asal(klon)


def test_names_that_git_would_quote(klon: Kantor) -> None:
    aneh = 'reports/2024/tw1/kertas-kerja/é "a\tb.yaml'
    klon.tulis_utama(aneh, b"a: 1\n")
    assert satu(klon, aneh).jalur == aneh


@pytest.mark.parametrize("jalur", ["reports/tidak-ada.yaml", "../x", "", "reports/2024/tw1/perist"])
def test_a_path_that_is_not_in_main_is_refused(bertanda: Kantor, jalur: str) -> None:
    with pytest.raises(PemakaianError):
        asal(bertanda, jalur)


def test_a_folder_stands_for_its_documents(bertanda: Kantor) -> None:
    jalur = [b.jalur for b in asal(bertanda, "./reports/2024/tw1/kertas-kerja/").berkas]
    assert len(jalur) == len(bertanda.forge.reports().organisasi().bidang)
    assert asal(bertanda, LEMBAR, "reports/2024/tw1/kertas-kerja").berkas == asal(bertanda, *jalur).berkas


def test_the_command_tells_it(bertanda: Kantor, capsys: pytest.CaptureFixture[str]) -> None:
    repo = ["--repo", str(bertanda.instansi.folder)]
    assert jalankan(["log", LEMBAR, *repo]) == 0
    teks = capsys.readouterr().out
    assert "[DATA CONTOH]" in teks
    assert "tanda-tangan 03-04-2024 09.00  Indah Andaikata, Kepala Bidang Pemerintahan Desa" in teks
    assert jalankan(["log", *repo, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["skema"] == "log/v1"
    laporan = next(b for b in data["berkas"] if b["jalur"] == LAPORAN)
    assert [p["tindakan"] for p in laporan["peristiwa"]] == ["susun", "paraf", "tanda-tangan"]
    assert laporan["terakhir"]["peristiwa"] == laporan["peristiwa"][-1]["sidik"]


def test_the_command_ends_with_1_when_a_copy_is_false(klon: Kantor, capsys: pytest.CaptureFixture[str]) -> None:
    klon.tulis_utama("reports/2024/tw1/peristiwa/000004.json", b"{}")
    assert jalankan(["log", LEMBAR, "--repo", str(klon.instansi.git)]) == 1
    assert "000004.json berbeda dari log" in capsys.readouterr().err


def test_an_empty_history_is_no_traceback(tmp_path: Path) -> None:
    repo = RepoGit.buat(tmp_path / "kosong.git")
    with pytest.raises(KinerjaError):
        asal_berkas(repo, UTAMA)
