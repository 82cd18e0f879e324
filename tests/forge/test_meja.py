"""The desk on a forge: eight steps by HTTP, each with the person's own token, and what goes wrong on the way.

On our own GitHub (``meja_tiruan``), and where ``KINERJA_FORGEJO_URL`` and ``KINERJA_FORGEJO_TOKEN``
are set on a real Forgejo that ``kinerja forge setup`` protected.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from kinerja.adapters.forges import http
from kinerja.adapters.forges.connection import hubungkan
from kinerja.adapters.git import Pelaku, RepoGit
from kinerja.adapters.git_remote import RepoJauh
from kinerja.adapters.keys import KunciPribadi
from kinerja.adapters.yaml_strict import muat as muat_yaml
from kinerja.agency import cari_instansi
from kinerja.checking.number_fields import nilai_di
from kinerja.cli.main import jalankan
from kinerja.desk import forge_sitting, place
from kinerja.founding import buat_instansi

from .conftest import AKUN, MULAI, WITA, github_tiruan, muat, panggung

pytestmark = pytest.mark.lambat
FORGEJO, TOKEN = os.environ.get("KINERJA_FORGEJO_URL"), os.environ.get("KINERJA_FORGEJO_TOKEN")
tiruan = muat("meja_tiruan")
mp = muat("meja_panggung")
DESA, SEL = mp.DESA, mp.SEL
LAIN = "/indikator/2/realisasi"
PERIKSA = f"/periksa/{mp.TW1.id}/{DESA}"
SELALU = 10**6


def tanpa_token_lain(m: pytest.MonkeyPatch) -> None:
    """No token but the persons' own, and no wait before another try."""
    for nama in ("KINERJA_TOKEN", "GITHUB_TOKEN", "KINERJA_WAKTU"):
        m.delenv(nama, raising=False)
    m.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    m.setattr(http, "_ULANG", http._ULANG.new(backoff_factor=0))


def tanpa_menunggu(m: pytest.MonkeyPatch) -> None:
    """Looks again at once, as often as otherwise."""
    m.setattr(forge_sitting, "_SABAR_DETIK", (0.0,) * len(forge_sitting._SABAR_DETIK))


@pytest.fixture(scope="session")
def penerima(tmp_path_factory: pytest.TempPathFactory) -> KunciPribadi:
    """BAPPEDA's key, on BAPPEDA's own computer."""
    return KunciPribadi.buat(tmp_path_factory.mktemp("penerima") / "bappeda", "bappeda")


@pytest.fixture(scope="session")
def terbuka_awal(tmp_path_factory: pytest.TempPathFactory, penerima: KunciPribadi) -> tuple[Path, dict[str, Any]]:
    """Steps 1 and 2 done at the desk; never changed, only copied."""
    folder = tmp_path_factory.mktemp("meja")
    isi = mp.isi_awal(MULAI, AKUN, "github", penerima.publik)
    instansi = buat_instansi(folder / "dinas", isi, "p-oki", MULAI)
    with pytest.MonkeyPatch.context() as m, tiruan.GitHubBertoken(folder / "github.git", AKUN, MULAI) as g:
        tanpa_token_lain(m)
        tanpa_menunggu(m)
        mp.sambungkan(instansi, g, lambda repo: RepoJauh(repo, str(g.git.folder)))
        f = mp.MejaForge(instansi, g, MULAI, mp.PELAKU)
        mp.buka_periode(f)
        f.tutup()
        assert g.cacat == []
        return folder, g.keadaan()


@pytest.fixture
def f(terbuka_awal: tuple[Path, dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A desk on GitHub with the period open; afterwards every request must have fitted GitHub's description."""
    tanpa_token_lain(monkeypatch)
    tanpa_menunggu(monkeypatch)
    asal, keadaan = terbuka_awal
    for nama in ("dinas", "github.git"):
        shutil.copytree(asal / nama, tmp_path / nama)
    instansi = cari_instansi(tmp_path / "dinas")
    with tiruan.GitHubBertoken(tmp_path / "github.git", AKUN, MULAI) as g:
        g.lanjutkan(keadaan)
        hubungkan(instansi.forge().repo, g.sambungan)
        meja = mp.MejaForge(instansi, g, MULAI + timedelta(hours=1), ())
        yield meja
        meja.tutup()
        assert g.cacat == []


def _di_forge(f: Any, *penunjuk: str, bidang: str = DESA) -> list[str]:
    """What cells of the worksheet hold on the forge; no cell: its bytes."""
    f.halaman.git.tutup()
    bita = f.halaman.git.baca(f"refs/heads/{panggung.kk(bidang)}", mp.jalur(bidang)) or b""
    data, _ = muat_yaml(bita, "")
    return [str(nilai_di(data, p)) for p in penunjuk] or [bita.decode()]


def _terketik(f: Any, penunjuk: str = SEL) -> str:
    return str(f.meja.klien("p-nanang").formulir(mp.kerja())[penunjuk])


def test_a_period_at_the_desk_on_github(f: Any, penerima: KunciPribadi) -> None:
    mp.langkah_lain(f, penerima)
    mp.periksa_forge(f.halaman.terlihat)
    mp.periksa_catatan(f)


@pytest.mark.skipif(not (FORGEJO and TOKEN), reason="KINERJA_FORGEJO_URL, KINERJA_FORGEJO_TOKEN tidak diisi")
def test_a_period_at_the_desk_on_a_real_forgejo(
    tmp_path: Path, penerima: KunciPribadi, monkeypatch: pytest.MonkeyPatch
) -> None:
    tanpa_token_lain(monkeypatch)
    mulai = datetime.now(WITA).replace(second=0, microsecond=0) - timedelta(hours=2)
    halaman = muat("forgejo_hidup").ForgejoHidup(FORGEJO, TOKEN, list(AKUN))
    isi = mp.isi_awal(mulai, halaman.akun, "forgejo", penerima.publik)
    instansi = buat_instansi(tmp_path / "dinas", isi, "p-oki", mulai)
    mp.sambungkan(instansi, halaman, halaman.sambungan.atas_nama(halaman.token["p-oki"]).repo_jauh)
    with monkeypatch.context() as m:
        m.setenv("KINERJA_TOKEN", halaman.token["p-oki"])
        assert jalankan(["forge", "setup", "--apply", "--repo", str(instansi.folder)]) == 0
    meja = mp.MejaForge(instansi, halaman, mulai, mp.PELAKU, lambda p: tiruan.tunggu_forgejo(halaman, p))
    mp.buka_periode(meja)
    mp.langkah_lain(meja, penerima)
    mp.periksa_forge(lambda perubahan: tiruan.terlihat_forgejo(halaman, perubahan))
    mp.periksa_catatan(meja)
    meja.tutup()
    halaman.hapus()


def test_without_a_token_one_is_told_what_to_do_and_nothing_typed_is_lost(f: Any) -> None:
    assert "Token disimpan" in f.kirim("p-nanang", "/saya/token", {"token": ""})
    semula = _di_forge(f)
    berkas = {"bukti:0": ("rekap.csv", b"desa;1\n", "text/csv")}
    for aksi, unggahan in (("simpan", None), ("ajukan", None), ("bukti:0", berkas)):
        kilat = f.simpan("p-nanang", DESA, {SEL: "91,46"}, aksi, unggahan)
        assert kilat.startswith("Belum ada token github Anda di Meja Kerja ini. Simpan token pribadi Anda di halaman akun")
        assert _terketik(f) == "91,46"
    naskah = re.search(r'<textarea[^>]*name="naskah"[^>]*>(.*?)</textarea>', f.buka("p-nanang", f"{mp.kerja()}/yaml"), re.S)
    assert naskah
    isi = {"asal": "", "naskah": f"{unescape(naskah[1])}# ketikan saya\n", "aksi": "simpan"}
    jawab = f.meja.klien("p-nanang").kirim(f"{mp.kerja()}/yaml", isi)
    assert jawab.status_code == 422
    assert "# ketikan saya" in jawab.text
    assert "Belum ada token github" in jawab.text
    assert "Belum ada token" in f.buka("p-nanang", "/saya")
    assert _di_forge(f) == semula
    f.beri_token("p-nanang")
    assert "tersimpan" in f.simpan("p-nanang", DESA, {})
    assert _di_forge(f, SEL) == ["91.46"]


@pytest.mark.parametrize("cara", ["503", "tidak menjawab", "token ditolak"])
def test_a_forge_that_takes_nothing_while_saving_loses_nothing(f: Any, cara: str) -> None:
    semula = _di_forge(f)
    if cara == "503":
        f.halaman.gangguan.append(github_tiruan.Gangguan(lambda _m, _j: True, 503, kali=SELALU))
    elif cara == "tidak menjawab":
        f.halaman.mati()
    else:
        f.kirim("p-nanang", "/saya/token", {"token": "ghp_sudah_dicabut"})
    kilat = f.simpan("p-nanang", DESA, {SEL: "91,46"})
    assert "Repositori di forge tidak dapat dijangkau" in kilat
    assert "tidak ada yang hilang" in kilat
    assert _terketik(f) == "91,46"
    if cara == "tidak menjawab":
        f.halaman.hidup()
    f.halaman.gangguan.clear()
    f.beri_token("p-nanang")
    assert _di_forge(f) == semula
    assert "tersimpan" in f.simpan("p-nanang", DESA, {})
    assert _di_forge(f, SEL) == ["91.46"]


def test_what_is_edited_on_the_forge_is_shown_after_a_while_and_merged_cell_by_cell(
    f: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    k = f.meja.klien("p-nanang")
    lama = k.formulir(mp.kerja())
    f.sunting_di_forge("p-nanang", {LAIN: 3})
    assert _terketik(f, LAIN) == ""
    monkeypatch.setattr(place, "_JEDA_DETIK", 0.0)
    assert _terketik(f, LAIN) == "3"
    assert "tersimpan" in f.kirim("p-nanang", mp.kerja(), {**lama, SEL: "91,46", "aksi": "simpan"})
    assert _di_forge(f, SEL, LAIN) == ["91.46", "3"]
    kilat = f.kirim("p-nanang", mp.kerja(), {**lama, LAIN: "4", "aksi": "simpan"})
    assert "1 isian sudah disimpan orang lain dengan nilai lain" in kilat
    assert _terketik(f, LAIN) == "4"
    assert "Pakai 3" in f.buka("p-nanang", mp.kerja())
    assert _di_forge(f, LAIN) == ["3"]


def test_who_is_first_between_our_look_and_our_push_is_merged_too(f: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asli, lebih_dahulu = RepoJauh.dorong, [{LAIN: 3}]

    def dorong(self: RepoJauh, ref: Any) -> None:
        if lebih_dahulu:
            f.sunting_di_forge("p-nanang", lebih_dahulu.pop())
        asli(self, ref)

    monkeypatch.setattr(RepoJauh, "dorong", dorong)
    assert "tersimpan" in f.simpan("p-nanang", DESA, {SEL: "91,46"})
    assert lebih_dahulu == []
    assert _di_forge(f, SEL, LAIN) == ["91.46", "3"]


def test_everybody_saves_at_once(f: Any) -> None:
    r = f.meja.layanan.meja.reports()
    orang = {p.jabatan: p.orang for p in r.jabatan().pemangku if p.sebutan.value == "definitif"}
    kerja = {b.id: orang[b.pengisi] for b in r.organisasi().bidang[:4]}
    for o in set(kerja.values()) - set(mp.PELAKU):
        f.beri_token(o)
    medan = {b: f.meja.klien(o).formulir(mp.kerja(b)) for b, o in kerja.items()}
    letak: dict[str, str] = {}

    def satu(b: str, o: str) -> None:
        isi = {**medan[b], "/anggaran/0/fisik": "17", "aksi": "simpan"}
        letak[b] = f.meja.klien(o).kirim(mp.kerja(b), isi, csrf=medan[b]["csrf"]).headers["location"]

    utas = [threading.Thread(target=satu, args=x) for x in kerja.items()]
    for u in utas:
        u.start()
    for u in utas:
        u.join()
    assert letak == {b: f"{mp.kerja(b)}?tersimpan=1" for b in kerja}
    assert [_di_forge(f, "/anggaran/0/fisik", bidang=b) for b in kerja] == [["17"]] * len(kerja)


def test_who_has_no_token_asks_nothing_of_the_forge(f: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a private repository would seem out of reach to everybody."""
    monkeypatch.setattr(place, "_JEDA_DETIK", 0.0)
    f.halaman.gangguan.append(github_tiruan.Gangguan(lambda _m, _j: True, 503, kali=SELALU))
    for orang, alamat in ((None, "/masuk"), ("p-dedi", "/")):
        assert "Forge tidak terjangkau" not in f.buka(orang, alamat)
    assert "Forge tidak terjangkau" in f.buka("p-nanang", "/")
    f.halaman.gangguan.clear()
    assert "Forge tidak terjangkau" not in f.buka("p-nanang", "/")


def test_an_act_that_the_forge_did_not_carry_on_is_told_as_done_and_goes_on_later(
    f: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its pages are down while git works; then the merge is refused. Nothing is written twice."""
    mati = github_tiruan.Gangguan(lambda _m, j: ".git/" not in j, 503, kali=SELALU)
    f.halaman.gangguan.append(mati)
    f.ajukan_desa()
    f.halaman.gangguan.clear()
    assert f.tindakan() == ["siapkan", "ajukan"]
    tolak = github_tiruan.Gangguan(lambda m, j: m == "PUT" and j.endswith("/merge"), 405, kali=SELALU)
    f.halaman.gangguan.append(tolak)
    kilat = f.jawab("p-indah", PERIKSA, True)
    assert "ditandatangani" in kilat
    assert "sudah tercatat, tetapi belum digabung di forge: forge menolak PUT" in kilat
    f.halaman.gangguan[:] = [mati]
    kilat = f.kirim("p-indah", f"/lembar/{mp.TW1.id}/{DESA}/komentar", {"komentar": "Sudah saya tanda tangani."})
    assert "Komentar ditulis" in kilat  # comments lie in Git
    f.halaman.gangguan.clear()
    monkeypatch.setenv("KINERJA_TOKEN", f.halaman.token["p-oki"])
    assert jalankan(["check-approvals", "--repo", str(f.instansi.folder)]) == 0, capsys.readouterr()
    assert f.tindakan() == ["siapkan", "ajukan", "tanda-tangan"]
    (usulan,) = f.halaman.terlihat(panggung.kk(DESA))
    assert (usulan.pembuka, usulan.penggabung) == ("p-citra", "p-oki")


def test_a_forge_that_tells_of_a_push_late_is_waited_for(f: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the act, for an address that only the forge can name, and at the merge."""
    asli, merge = forge_sitting.sesudah_tindakan, [1]

    def sesudah(*argumen: Any) -> Any:
        f.halaman.telat = merge.pop() if merge else f.halaman.telat
        return asli(*argumen)

    f.ajukan_desa()
    f.sunting_di_forge("p-nanang", {"/indikator/0/faktor_pendorong": "Pendampingan."})
    assert "diajukan" in f.simpan("p-nanang", DESA, {}, "ajukan")
    f.halaman.telat = 1
    monkeypatch.setattr(forge_sitting, "sesudah_tindakan", sesudah)
    kilat = f.jawab("p-indah", PERIKSA, True)
    assert "ditandatangani" in kilat
    assert "tetapi belum" not in kilat
    assert (f.halaman.telat, merge) == (0, [])
    assert f.halaman.terlihat(panggung.kk(DESA))[0].penggabung == "p-indah"


def test_who_signs_is_told_when_the_forge_knows_of_a_writer_whom_nobody_knows(f: Any) -> None:
    """An account that identitas.yaml does not have pushed; addresses alone would not show it."""
    isi = panggung.sisip(f.meja.lembar(DESA), {"/indikator/0/penjelasan": "Tulisan orang lain."})
    f.halaman.dorong_alur(panggung.kk(DESA), mp.jalur(), isi, "p-nanang@contoh.invalid", github_tiruan.SISTEM)
    f.ajukan_desa()
    kilat = f.jawab("p-indah", PERIKSA, True)
    assert "900" in kilat, kilat
    assert f.halaman.terlihat(panggung.kk(DESA))[0].penggabung == ""


def test_who_pushed_under_another_name_cannot_sign_with_the_token_that_pushed(f: Any, tmp_path: Path) -> None:
    """The Kabid pushes bytes that say they are the Kasie's: whoever judges, the push is the Kabid's."""
    nama = f"refs/heads/{panggung.kk(DESA)}"
    repo = RepoGit.buat(tmp_path / "lain.git")
    jauh = f.halaman.sambungan.atas_nama(f.halaman.token["p-indah"]).repo_jauh(repo)
    f.ajukan_desa()
    jauh.ambil()
    isi = panggung.sisip(repo.baca(nama, mp.jalur()) or b"", {"/indikator/0/penjelasan": "Tulisan Kabid."})
    lama = repo.ref(nama) or ""
    oid = repo.tulis_commit([lama], {mp.jalur(): isi}, "Isi\n", Pelaku("Nanang", "p-nanang@contoh.invalid"), f.meja.jam())
    jauh.dorong({nama: (oid, lama)})
    assert "diajukan" in f.simpan("p-nanang", DESA, {}, "ajukan")
    kilat = f.jawab("p-indah", PERIKSA, True)
    assert "ikut menulis isinya, jadi tidak dapat menyetujuinya" in kilat
    assert f.halaman.terlihat(panggung.kk(DESA))[0].penggabung == ""
