"""Proposals without a forge: on one screen, with comments that live in refs; and history judged again."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from tests.walk import DESA, TW1, Kantor

from kinerja import sop
from kinerja.adapters.git import RepoGit
from kinerja.adapters.keys import KunciPribadi
from kinerja.adapters.local_forge import Rencana
from kinerja.adapters.refs import REF_LOG
from kinerja.cli.main import jalankan
from kinerja.domain.tata_kelola import Tindakan
from kinerja.history import periksa_log, periksa_riwayat

pytestmark = pytest.mark.lambat
KK = f"kk/{TW1.id}/{DESA}"
Capsys = pytest.CaptureFixture[str]


@pytest.fixture
def kantor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kantor:
    k = Kantor(tmp_path / "dinas")
    k.buka()
    monkeypatch.setenv("KINERJA_REPO", str(k.instansi.folder))
    monkeypatch.setenv("KINERJA_WAKTU", "2024-04-03T10:00")
    return k


def test_one_screen_says_whose_turn_it_is_and_why_not_yet(kantor: Kantor, capsys: Capsys) -> None:
    assert jalankan(["usulan"]) == 0
    layar = capsys.readouterr().out
    assert f"○ {KK}\n    Sekarang giliran Nanang Andaikan" in layar
    assert "6 usulan terbuka" in layar
    kantor.isi(DESA, "p-nanang")
    assert jalankan(["check-approvals", KK]) == 1
    layar = capsys.readouterr().out
    assert layar.startswith(f"BELUM DAPAT DIGABUNG  {KK}\nSekarang giliran Indah Andaikata")
    sop.periksa(kantor.sesi("p-indah"), TW1, DESA, ya=False, alasan="Angkanya keliru.")
    assert jalankan(["check-approvals", KK, "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)["usulan"][0]["verdict"]
    assert (data["pena"], data["kembali_ke"]) == (f"kasie:{DESA}", f"kasie:{DESA}")
    assert "Angkanya keliru." in json.dumps(data["pohon"], ensure_ascii=False)


def test_an_unknown_proposal_is_told(kantor: Kantor, capsys: Capsys) -> None:
    assert jalankan(["usulan", "kk/2024-tw1/entah"]) == 2
    assert "tidak ada usulan" in capsys.readouterr().err
    assert jalankan(["check-approvals", "kk/2024-tw1/entah"]) == 2


def test_comments_are_a_thread_in_refs_and_a_mirror_has_them(
    kantor: Kantor, tmp_path: Path, capsys: Capsys
) -> None:
    pertama = ["usulan", KK, "--komentar", "Mengapa turun?", "--penunjuk", "/indikator/0/realisasi"]
    assert jalankan([*pertama, "--sebagai", "p-indah"]) == 0
    assert jalankan(["usulan", KK, "--komentar", "Data SPJ\nbelum masuk.", "--balasan", "1", "--sebagai", "p-nanang"]) == 0
    layar = capsys.readouterr().out
    assert "1. Indah Andaikata, 03-04-2024 10.00 pada /indikator/0/realisasi: Mengapa turun?" in layar
    assert "2. Nanang Andaikan, 03-04-2024 10.00, membalas 1: " in layar
    cermin = tmp_path / "cermin.git"
    subprocess.run(["git", "clone", "--quiet", "--mirror", str(kantor.instansi.git), str(cermin)], check=True)
    assert jalankan(["usulan", KK, "--repo", str(cermin), "--format", "json"]) == 0
    isi = json.loads(capsys.readouterr().out)["usulan"][0]["komentar"]
    assert [(k["nomor"], k["orang"], k["balasan"]) for k in isi] == [(1, "p-indah", None), (2, "p-nanang", 1)]
    assert jalankan(["log", "--verify", "--repo", str(cermin)]) == 0


@pytest.mark.parametrize(
    "argumen",
    [
        ["usulan", KK, "--komentar", " ", "--sebagai", "p-indah"],
        ["usulan", KK, "--komentar", "x", "--sebagai", "p-entah"],
        ["usulan", "--komentar", "x", "--sebagai", "p-indah"],
        ["usulan", KK, "--komentar", "x", "--balasan", "9", "--sebagai", "p-indah"],
        ["usulan", KK, "--komentar", "x" * 20_001, "--sebagai", "p-indah"],
        ["usulan", "kk/2024-tw1/entah", "--komentar", "x", "--sebagai", "p-indah"],
    ],
    ids=["empty", "nobody", "nothing", "no-such-comment", "too-long", "no-such-proposal"],
)
def test_a_comment_that_cannot_stand_is_refused(kantor: Kantor, argumen: list[str], capsys: Capsys) -> None:
    assert jalankan(argumen) == 2
    assert kantor.forge.repo.ref(f"refs/kinerja/komentar/{KK}") is None
    assert capsys.readouterr().err


# the log and history


def _tertandatangani(k: Kantor) -> None:
    k.isi(DESA, "p-nanang")
    sop.periksa(k.sesi("p-indah", "2024-04-02T10:00"), TW1, DESA, ya=True)


def test_a_healthy_log_and_history_say_so(kantor: Kantor, capsys: Capsys) -> None:
    _tertandatangani(kantor)
    assert jalankan(["log", "--verify"]) == 0
    assert jalankan(["check-approvals", "--riwayat", "--format", "json"]) == 0
    keluaran = capsys.readouterr().out
    assert "10 peristiwa bersambung tanpa celah" in keluaran
    assert json.loads(keluaran[keluaran.index("{") :])["lulus"] is True


def _tulis_log(k: Kantor, berkas: dict[str, bytes], induk: list[str] | None = None) -> None:
    repo = k.forge.repo
    lama = repo.ref(REF_LOG)
    assert lama is not None
    oleh = k.sesi("p-oki")
    oid = repo.tulis_commit(induk or [lama], berkas, "x\n", _pelaku(k), oleh.waktu)
    repo.pindah_ref(REF_LOG, oid, lama, "uji")


def _pelaku(k: Kantor) -> object:
    from kinerja.adapters.local_forge import pelaku

    return pelaku(k.sesi("p-oki").orang)


def _alasan(k: Kantor) -> str:
    return " | ".join(b.alasan for b in periksa_log(k.instansi.forge()) if not b.lulus)


def test_verify_finds_what_does_not_belong_into_the_log(kantor: Kantor) -> None:
    _tertandatangani(kantor)
    repo: RepoGit = kantor.forge.repo
    kepala = repo.ref(REF_LOG)
    assert kepala is not None
    bita = repo.baca(kepala, "peristiwa.json") or b""
    _tulis_log(kantor, {"peristiwa.json": bita, "peristiwa.json.sig": b"", "lain.txt": b"x"})
    assert "memuat berkas lain" in _alasan(kantor)
    assert "log peristiwa rusak" in _alasan(kantor)


def test_verify_finds_a_signature_stripped_or_of_another(kantor: Kantor) -> None:
    _tertandatangani(kantor)
    repo: RepoGit = kantor.forge.repo
    kepala = repo.ref(REF_LOG)
    assert kepala is not None
    induk = repo.commit(f"{kepala}^")
    assert induk is not None
    bita = repo.baca(kepala, "peristiwa.json") or b""
    asing = KunciPribadi.muat(kantor.instansi.kunci / "p-gita").tanda_tangani(bita, "kinerja.tanda-tangan.v1")
    for tanda in (b"", asing.encode()):
        _tulis_log(kantor, {"peristiwa.json": bita, "peristiwa.json.sig": tanda}, [induk])
        assert "peristiwa 10: tanda tangan tidak cocok dengan isinya" in _alasan(kantor)


def test_verify_finds_a_copy_in_main_changed_or_missing(kantor: Kantor) -> None:
    _tertandatangani(kantor)
    utama = kantor.forge.utama()
    nama = "reports/2024/tw1/peristiwa/000008.json"
    isi = kantor.forge.repo.baca(utama, nama) or b""
    kantor.tulis_utama(nama, isi.replace(b"siapkan", b"ajukan"))
    assert f"{nama} tidak sama dengan log" in _alasan(kantor)
    repo, s = kantor.forge.repo, kantor.sesi("p-oki")
    kini = kantor.forge.utama()
    oid = repo.tulis_commit([kini], {nama: None}, "Hapus\n", _pelaku(kantor), s.waktu)
    repo.pindah_ref("refs/heads/main", oid, kini, "uji")
    assert f"{nama} hilang dari main" in _alasan(kantor)


def test_verify_finds_a_log_pushed_back_behind_main(kantor: Kantor) -> None:
    """Main's own commits name the log's head; a shorter log no longer has it."""
    _tertandatangani(kantor)
    repo = kantor.forge.repo
    kepala = repo.ref(REF_LOG)
    repo.jalankan("update-ref", REF_LOG, str(repo.commit(f"{kepala}^")))
    assert "yang tidak ada di log" in _alasan(kantor)
    assert "tidak sama dengan log" in _alasan(kantor)


def test_a_clone_without_the_log_says_that_it_cannot_tell(kantor: Kantor) -> None:
    kantor.forge.repo.jalankan("update-ref", "-d", REF_LOG)
    assert "tidak ada di salinan ini" in _alasan(kantor)


def test_history_finds_a_worksheet_changed_after_its_signature(kantor: Kantor) -> None:
    _tertandatangani(kantor)
    assert all(b.lulus for b in periksa_riwayat(kantor.instansi.forge()))
    kantor.ubah_utama(f"reports/2024/tw1/kertas-kerja/{DESA}.yaml", b"# diubah\n")
    cacat = [b.alasan for b in periksa_riwayat(kantor.instansi.forge()) if not b.lulus]
    assert len(cacat) == 1
    assert "tanpa persetujuan yang sah" in cacat[0]


def test_history_is_judged_by_the_rules_of_its_own_day(kantor: Kantor) -> None:
    """A later *tidak* or another holder reaches nothing that was merged before."""
    _tertandatangani(kantor)
    s = kantor.sesi("p-indah", "2024-04-03T09:00")
    s.catat(Rencana(s.peristiwa(KK, Tindakan.TIDAK, s.sebagai(f"kabid:{DESA}"), [], alasan="Terlambat."), "Tidak"))
    assert all(b.lulus for b in periksa_riwayat(kantor.instansi.forge()))
