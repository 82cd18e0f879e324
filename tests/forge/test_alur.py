"""Inside a workflow: an act by a form, what may not be one, the issue that tells what is wrong, reminders."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kinerja import sop
from kinerja.adapters.forges import github_app
from kinerja.adapters.forges.workflow_run import forge_alur
from kinerja.adapters.refs import UTAMA
from kinerja.agency import Instansi
from kinerja.cli.main import jalankan
from kinerja.domain.errors import PemakaianError
from kinerja.domain.peristiwa import JenisBukti
from kinerja.domain.tata_kelola import Jaminan
from kinerja.history import periksa_log, periksa_riwayat

from .conftest import AKUN, MULAI, panggung

pytestmark = pytest.mark.lambat

BAKRI, CITRA = AKUN["p-bakri"], AKUN["p-citra"]
Capsys = pytest.CaptureFixture[str]
Formulir = Callable[..., None]


@pytest.fixture
def formulir(
    gh: Any, gh_panggung: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Formulir:
    """Sets the environment of a run that an account started by its form; ``ganti`` changes variables."""
    monkeypatch.delenv("KINERJA_SEBAGAI", raising=False)
    kunci = gh_panggung.instansi.kunci / "pengamat"
    monkeypatch.setenv("KINERJA_KUNCI_PENGAMAT", kunci.read_text())
    kunci.unlink()
    monkeypatch.setenv("KINERJA_WAKTU", (MULAI + timedelta(minutes=5)).isoformat())

    def isi(akun: int, nomor: str, ganti: dict[str, str | None] | None = None) -> None:
        berkas = tmp_path / f"acara-{nomor}.json"
        berkas.write_text(json.dumps({"inputs": {"periode": "2024-tw1"}, "sender": {"id": akun, "login": "x"}}))
        halaman, _, nama = gh.sambungan.alamat.partition("/dinsos/")
        lengkap: dict[str, str | None] = {
            "GITHUB_ACTIONS": "true", "FORGEJO_ACTIONS": None, "GITEA_ACTIONS": None,
            "GITHUB_EVENT_NAME": "workflow_dispatch", "GITHUB_REF": UTAMA, "GITHUB_SERVER_URL": halaman,
            "GITHUB_REPOSITORY": f"dinsos/{nama}", "GITHUB_RUN_ID": nomor, "GITHUB_RUN_ATTEMPT": "1",
            "GITHUB_ACTOR_ID": str(akun), "GITHUB_EVENT_PATH": str(berkas), **(ganti or {}),
        }  # fmt: skip
        for k, v in lengkap.items():
            if v is None:
                monkeypatch.delenv(k, raising=False)
            else:
                monkeypatch.setenv(k, v)

    return isi


def _perintah(instansi: Instansi, *kata: str) -> int:
    return jalankan([*kata, "--teramati", "--repo", str(instansi.folder)])


def test_who_presses_the_button_acts_and_the_observer_signs(formulir: Formulir, gh_panggung: Any) -> None:
    i = gh_panggung.instansi
    formulir(BAKRI, "71")
    assert _perintah(i, "disposisi", "2024-tw1", "--instruksi=Laporkan.") == 0
    formulir(CITRA, "72")
    assert _perintah(i, "siapkan", "2024-tw1") == 0
    forge = i.forge()
    _, buka, *siap = forge.peristiwa()
    assert (buka.orang, buka.jabatan, buka.jaminan) == ("p-bakri", "sekretaris", Jaminan.TERAMATI)
    assert buka.bukti is not None
    assert (buka.bukti.forge, buka.bukti.jenis, buka.bukti.nomor) == ("github", JenisBukti.JALANKAN, "71")
    assert buka.bukti.akun == BAKRI
    assert {(p.orang, p.bukti and p.bukti.nomor) for p in siap} == {("p-citra", "72")}
    assert len(siap) == len(forge.reports().organisasi().bidang)
    assert forge.reports().disposisi(panggung.TW1) is not None
    assert all(b.lulus for b in (*periksa_log(forge), *periksa_riwayat(forge)))


@pytest.mark.parametrize("akun", [CITRA, AKUN["p-ayu"], 31337])
def test_others_are_refused_and_nothing_is_written(
    akun: int, formulir: Formulir, gh: Any, gh_panggung: Any, capsys: Capsys
) -> None:
    i = gh_panggung.instansi
    lama = gh.git.ref_ref("refs/")
    formulir(akun, "73")
    assert _perintah(i, "disposisi", "2024-tw1") == 1
    sebab = "tidak berwenang" if akun in AKUN.values() else "belum terdaftar di identitas.yaml"
    assert sebab in capsys.readouterr().err
    assert gh.git.ref_ref("refs/") == lama


@pytest.mark.parametrize(
    ("ganti", "kode", "sebab"),
    [
        ({"GITHUB_ACTIONS": None}, 2, "bukan alur kerja github"),
        ({"FORGEJO_ACTIONS": "true"}, 2, "bukan alur kerja github"),
        ({"GITHUB_EVENT_NAME": "pull_request"}, 2, "pemicunya `pull_request`"),
        ({"GITHUB_REF": "refs/heads/kk/2024-tw1/x"}, 2, "bukan main"),
        ({"GITHUB_REPOSITORY": "orang/kinerja"}, 2, "repositorinya"),
        ({"GITHUB_RUN_ID": "x"}, 2, "nomornya"),
        ({"GITHUB_RUN_ATTEMPT": "2"}, 1, "bukan tindakan baru"),
        ({"GITHUB_ACTOR_ID": "9"}, 1, "tidak menyebut akun"),
        ({"GITHUB_EVENT_PATH": "/tidak/ada"}, 2, "tidak terbaca"),
        ({"KINERJA_KUNCI_PENGAMAT": None}, 2, "kunci pengamat tidak ada"),
    ],
)
def test_only_a_form_on_main_of_this_repository_is_an_act(
    ganti: dict[str, str | None], kode: int, sebab: str, formulir: Formulir, gh_panggung: Any, capsys: Capsys
) -> None:
    formulir(BAKRI, "74", ganti)
    assert _perintah(gh_panggung.instansi, "disposisi", "2024-tw1") == kode
    assert sebab in capsys.readouterr().err
    assert len(gh_panggung.instansi.forge().peristiwa()) == 1


def test_a_run_serves_once(formulir: Formulir, gh_panggung: Any, capsys: Capsys) -> None:
    i = gh_panggung.instansi
    formulir(BAKRI, "75")
    assert _perintah(i, "disposisi", "2024-tw1") == 0
    assert _perintah(i, "disposisi", "2024-tw2") == 1
    assert "jalankan nomor 75 sudah tercatat" in capsys.readouterr().err
    assert _perintah(i, "disposisi", "2024-tw2", "--sebagai", "p-bakri") == 2


def test_without_a_forge_there_is_no_form(salin: Callable[[str], Instansi], capsys: Capsys) -> None:
    assert _perintah(salin("sendiri"), "siapkan", "2024-tw1") == 2
    assert "hanya untuk instansi di GitHub atau Forgejo" in capsys.readouterr().err


def test_a_forgejo_runner_is_not_taken_for_githubs() -> None:
    assert forge_alur({"GITHUB_ACTIONS": "true", "GITEA_ACTIONS": "true"}) == "forgejo"
    assert forge_alur({"GITHUB_ACTIONS": "true"}) == "github"
    assert forge_alur({}) is None


# one issue


def test_what_is_wrong_with_main_is_one_issue_until_it_is_mended(gh: Any, gh_panggung: Any) -> None:
    perintah = ["check-approvals", "--riwayat", "--lapor", "--repo", str(gh_panggung.instansi.folder)]
    assert jalankan(perintah) == 0
    assert gh.isu == []
    baik = gh.git.ref(UTAMA)
    gh_panggung.ubah_utama("reports/2024/anggaran.yaml", b"# @p-ayu\n")
    assert jalankan(perintah) == 1
    assert jalankan(perintah) == 1
    (isu,) = gh.isu
    assert isu["state"] == "open"
    assert "reports/2024/anggaran.yaml" in isu["body"].replace("\\", "")
    assert sum(m in ("POST", "PATCH") for m, j in gh.jalan if j.endswith(("/issues", f"/issues/{isu['number']}"))) == 1
    subprocess.run(["git", "-C", str(gh.git.folder), "update-ref", UTAMA, baik], check=True)
    repo = gh_panggung.forge.repo
    repo.pindah_ref(UTAMA, baik, repo.ref(UTAMA), "dipulihkan")
    assert jalankan(perintah) == 0
    assert isu["state"] == "closed"
    assert len(gh.isu) == 1


def test_an_issue_of_somebody_else_is_left_alone(gh: Any, gh_panggung: Any) -> None:
    gh.buka_isu("p-gita", "<!-- kinerja: malam -->\nSemua baik.")
    gh_panggung.ubah_utama("reports/2024/anggaran.yaml", b"# x\n")
    assert jalankan(["check-approvals", "--riwayat", "--lapor", "--repo", str(gh_panggung.instansi.folder)]) == 1
    assert [i["body"].endswith("Semua baik.") for i in gh.isu] == [True, False]


# reminders


def test_reminders_name_who_is_late_and_close_by_themselves(
    gh: Any, gh_panggung: Any, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    perintah = ["status", "--pengingat", "--repo", str(gh_panggung.instansi.folder)]
    assert jalankan(perintah) == 0
    assert "Tidak ada langkah yang menunggu" in capsys.readouterr().out
    sop.disposisi(gh_panggung.sesi("p-bakri"), panggung.TW1, "Laporkan.")
    sop.siapkan(gh_panggung.sesi("p-citra"), panggung.TW1)
    for hari, golongan in ((0, "berikutnya"), (5, "segera"), (9, "terlambat")):
        monkeypatch.setenv("KINERJA_WAKTU", (MULAI + timedelta(days=hari, minutes=10)).isoformat())
        assert jalankan([*perintah, "--format", "json"]) == 0
        isi = json.loads(capsys.readouterr().out)
        assert isi["skema"] == "pengingat/v1"
        assert {(x["langkah"], x["golongan"]) for x in isi["pengingat"]} == {(3, golongan)}
        assert jalankan([*perintah, "--lapor"]) == 0
        teks = capsys.readouterr().out
        assert "DATA CONTOH" in teks
        assert "Nanang Andaikan" in teks
    (isu,) = gh.isu
    assert "Terlambat" in isu["body"]
    nama = "kk/2024-tw1/pemerintahan-desa"
    gh_panggung._saat = MULAI + timedelta(days=9)
    gh_panggung.putar()
    (komentar,) = gh.usulan(nama).komentar
    assert "**Terlambat.** Langkah 3:" in komentar["body"]
    monkeypatch.setenv("KINERJA_WAKTU", (MULAI + timedelta(minutes=10)).isoformat())
    assert jalankan([*perintah, "--lapor"]) == 0
    assert isu["state"] == "closed"


@pytest.mark.parametrize("perintah", [["status", "--lapor"], ["check-approvals", "--lapor"]])
def test_a_report_needs_something_to_report(perintah: list[str], salin: Callable[[str], Instansi]) -> None:
    assert jalankan([*perintah, "--repo", str(salin("x").folder)]) == 2


# whose bytes a workflow pushes


@pytest.mark.parametrize("lewat", ["alur kerja", "nama layanan"])
def test_nobody_hides_behind_a_workflow(lewat: str, gh: Any, gh_panggung: Any) -> None:
    """A Kabid's own bytes, pushed by a workflow or under a service's address, are not for the Kabid to sign."""
    p, desa = gh_panggung, panggung.kk(panggung.DESA)
    sop.disposisi(p.sesi("p-bakri"), panggung.TW1, "Laporkan.")
    sop.siapkan(p.sesi("p-citra"), panggung.TW1)
    p.sunting("p-nanang", panggung.DESA, lambda b: panggung.nilai(b, panggung.DESA))
    p.ajukan("p-nanang", panggung.DESA)
    jalur = f"reports/2024/tw1/kertas-kerja/{panggung.DESA}.yaml"
    isi = (gh.git.baca(f"refs/heads/{desa}", jalur) or b"") + b"# titipan\n"
    if lewat == "alur kerja":
        gh.dorong_alur(desa, jalur, isi, surel="p-nanang@kinerja.invalid")
    else:
        gh.dorong_alur(desa, jalur, isi, surel="41898282+github-actions[bot]@users.noreply.github.com", akun=900)
    p.ajukan("p-nanang", panggung.DESA)
    p.jawab("p-indah", desa, True)
    terakhir = [k for k in p.kabar if k.usulan.perubahan == desa][-1]
    assert terakhir.gabungan is None
    assert terakhir.verdict is not None
    kode = [s.kode for s in terakhir.verdict.pohon.semua() if not s.lulus]
    assert any("penulis" in k or "tak-dikenal" in k for k in kode), kode


# an app of the agency's own


def test_an_app_sets_the_check_and_its_pushes_are_nobodys(
    gh: Any, gh_panggung: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rsa = generate_private_key(65537, 2048)
    pem = rsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    monkeypatch.setenv("KINERJA_APLIKASI", "12345")
    monkeypatch.setenv("KINERJA_KUNCI_APLIKASI", pem)
    s = gh.sambungan
    assert s.token(gh_panggung.forge.repo) == "ghs_aplikasi"
    sop.disposisi(gh_panggung.sesi("p-bakri"), panggung.TW1, "Laporkan.")
    sop.siapkan(gh_panggung.sesi("p-citra"), panggung.TW1)
    assert gh_panggung.forge.reports().disposisi(panggung.TW1) is not None
    assert {s["context"] for semua in gh.status.values() for s in semua} == {"kinerja/log"}
    assert {c["name"] for semua in gh.cek.values() for c in semua} == {"kinerja/persetujuan"}
    masuk = [j for m, j in gh.jalan if j in ("/app", "/app/installations/4711/access_tokens")]
    assert len(masuk) == 2  # once for the whole run


def test_the_pass_of_an_app_is_signed_by_its_key() -> None:
    rsa = generate_private_key(65537, 2048)
    pem = rsa.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode()
    kepala, isi, tanda = github_app._pas("12345", pem).encode().split(b".")
    urai = lambda b: base64.urlsafe_b64decode(b + b"=" * (-len(b) % 4))  # noqa: E731
    rsa.public_key().verify(urai(tanda), kepala + b"." + isi, PKCS1v15(), SHA256())
    data = json.loads(urai(isi))
    assert data["iss"] == "12345"
    assert 0 < data["exp"] - data["iat"] <= 600
    with pytest.raises(PemakaianError, match="bukan kunci pribadi"):
        github_app._pas("12345", "-----BEGIN X-----")
