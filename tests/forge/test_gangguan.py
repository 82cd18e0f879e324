"""A forge that is down, slow, rationing, wrong or killed half way: nothing lost, nothing approved twice.

Whatever happens in one run, the next goes on, and the reader is told what to do.
"""

from __future__ import annotations

from typing import Any

import pytest

from kinerja.adapters.forges import http
from kinerja.adapters.forges.http import GangguanForgeError, Klien
from kinerja.adapters.git_remote import RepoJauh
from kinerja.adapters.refs import REF_LOG
from kinerja.domain.errors import KinerjaError
from kinerja.domain.tata_kelola import Tindakan
from kinerja.forge_view import SISTEM

from .conftest import github_tiruan, panggung

pytestmark = pytest.mark.lambat
DESA, KK = panggung.DESA, panggung.kk(panggung.DESA)
Gangguan = github_tiruan.Gangguan


class _TerbunuhError(BaseException):
    """A run that is killed catches nothing."""


@pytest.fixture(autouse=True)
def tanpa_menunggu(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries again at once, as often as otherwise."""
    monkeypatch.setattr(http, "_ULANG", http._ULANG.new(backoff_factor=0))


def _terisi(p: Any) -> None:
    """Filled in and handed over; nothing of it was seen yet."""
    p.sunting("p-nanang", DESA, lambda b: panggung.nilai(b, DESA))
    p.halaman.komentari("p-nanang", KK, "/ajukan")


def _ditandatangani(p: Any) -> None:
    _terisi(p)
    p.halaman.tinjau("p-indah", KK, True, "")


def _sekali_saja(p: Any) -> None:
    """The change is merged, each act recorded once, one comment stands."""
    p.forge.segarkan()
    milik = [x.tindakan for x in p.forge.peristiwa() if x.perubahan == KK]
    assert milik == [Tindakan.SIAPKAN, Tindakan.AJUKAN, Tindakan.TANDA_TANGAN]
    assert p.forge.reports().kertas_kerja(panggung.TW1, DESA) is not None
    u = p.halaman.usulan(KK)
    assert u.gabungan is not None
    assert sum(k["body"].startswith("<!-- kinerja") for k in u.komentar) == 1
    assert all(b.lulus for b in panggung.periksa_log(p.forge))


def test_a_few_5xx_are_outlasted(siap: Any) -> None:
    _ditandatangani(siap)
    siap.halaman.gangguan.append(Gangguan(lambda m, j: m == "GET" and j.endswith("/reviews"), 502, kali=2))
    assert siap.satu(KK).gabungan
    _sekali_saja(siap)


def test_a_forge_that_stays_down_is_told_and_the_next_run_goes_on(siap: Any) -> None:
    _ditandatangani(siap)
    mati = Gangguan(lambda m, j: j.endswith(f"/{siap.halaman.usulan(KK).nomor}/reviews"), 503, kali=99)
    siap.halaman.gangguan.append(mati)
    h = siap.satu(KK)
    assert (h.verdict, h.gabungan) == (None, None)
    assert "forge sedang terganggu (503" in h.gangguan
    assert "jalankan lagi" in h.gangguan
    siap.halaman.gangguan.clear()
    siap.putar()
    _sekali_saja(siap)


def test_one_broken_pull_request_does_not_stop_the_others(siap: Any) -> None:
    _ditandatangani(siap)
    lain = siap.halaman.usulan(panggung.kk(panggung.RS)).nomor
    siap.halaman.gangguan.append(Gangguan(lambda m, j: f"/{lain}/" in j, 500, kali=99))
    hasil = siap.putar()
    assert sum(h.gangguan is not None for h in hasil) == 1
    siap.halaman.gangguan.clear()
    _sekali_saja(siap)


@pytest.mark.parametrize(
    ("kode", "kepala", "kapan"),
    [
        (429, {"Retry-After": "120"}, "120 detik"),
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1795766400"}, "2026-11-27 08:00 UTC"),
        (403, {"Retry-After": "60"}, "60 detik"),
    ],
)
def test_a_rate_limit_says_when_to_come_back(siap: Any, kode: int, kepala: dict[str, str], kapan: str) -> None:
    siap.halaman.gangguan.append(Gangguan(lambda m, j: j.endswith("/pulls"), kode, kepala, kali=99))
    with pytest.raises(GangguanForgeError) as e:
        siap.putar()
    assert "membatasi" in e.value.pesan
    assert kapan in (e.value.saran or "")


def test_a_refusal_is_no_rate_limit(siap: Any) -> None:
    _ditandatangani(siap)  # or nothing new would have to be told
    siap.forge.segarkan()
    kepala = siap.forge.kepala(KK)
    siap.halaman.gangguan.append(Gangguan(lambda m, j: m == "POST" and j.endswith(f"/statuses/{kepala}"), 403, kali=99))
    h = siap.satu(KK)
    assert "periksa token dan haknya" in (h.gangguan or "")


@pytest.mark.parametrize("sesudah", [False, True], ids=["before", "after"])
def test_killed_at_every_call_each_deed_is_done_once(siap: Any, sesudah: bool) -> None:
    """The connection breaks at the 1st, 2nd, … request: before it is served, or with its answer lost."""
    _ditandatangani(siap)
    nomor = siap.halaman.usulan(KK).nomor
    for ke in range(1, 200):
        siap.halaman.gangguan = [_mati_pada(ke, sesudah)]
        usulan = [u for u in siap.halaman._usulan if u.nomor == nomor and u.terbuka]
        if not usulan:
            break
        penyelaras = panggung.Penyelaras(siap._pandangan(siap.forge))
        siap.forge.segarkan()
        try:
            penyelaras.satu(siap._pandangan(siap.forge).forge.usulan(nomor))
        except KinerjaError:
            continue
    siap.halaman.gangguan = []
    siap.putar()
    assert ke > 8, "tidak ada yang terputus"
    _sekali_saja(siap)


def _mati_pada(ke: int, sesudah: bool) -> Any:
    """From the n-th request on nothing is answered any more; the n-th itself may have been served."""
    jumlah = 0

    def cocok(_metode: str, _jalur: str) -> bool:
        nonlocal jumlah
        jumlah += 1
        g.sesudah = sesudah and jumlah == ke
        return jumlah >= ke

    g = Gangguan(cocok, putus=True, kali=999)
    return g


@pytest.mark.parametrize("sesudah", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("ke", [1, 2, 3])
def test_killed_at_a_push_each_deed_is_done_once(
    siap: Any, monkeypatch: pytest.MonkeyPatch, ke: int, sesudah: bool
) -> None:
    """Two seen acts and the copies of the log: three pushes, killed before or after each."""
    _ditandatangani(siap)
    asli, hitung = RepoJauh.dorong, iter(range(1, 99))

    def dorong(self: RepoJauh, ref: Any) -> None:
        mati = next(hitung) == ke
        if mati and not sesudah:
            raise _TerbunuhError
        asli(self, ref)
        if mati:
            raise _TerbunuhError

    monkeypatch.setattr(RepoJauh, "dorong", dorong)
    with pytest.raises(_TerbunuhError):
        siap.putar()
    siap.putar()
    siap.putar()
    _sekali_saja(siap)


def test_a_second_run_changes_nothing(siap: Any) -> None:
    """The same webhook twice, or an older one after a newer."""
    _terisi(siap)
    siap.putar()
    log, jalan = siap.forge.log.baca(), len(siap.halaman.jalan)
    siap.putar()
    tulis = [(m, j) for m, j in siap.halaman.jalan[jalan:] if m != "GET" and "/statuses/" not in j]
    assert tulis == []
    assert siap.forge.log.baca() == log


def test_two_machines_at_once_record_each_act_once(siap: Any, tmp_path: Any) -> None:
    import shutil

    _terisi(siap)
    shutil.copytree(siap.instansi.folder, tmp_path / "dua")
    lain = panggung.Instansi(tmp_path / "dua", tmp_path / "dua" / "repositori.git")
    kedua = panggung.PanggungForge(lain, siap._saat, siap.halaman, baru=False)
    siap.putar()
    kedua.putar()
    siap.halaman.tinjau("p-indah", KK, True, "")
    kedua.putar()
    siap.putar()
    _sekali_saja(siap)


def test_pages_that_go_in_circles_or_elsewhere_are_refused(siap: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    klien = Klien(siap.halaman.alamat, "x")
    alamat = f"{siap.halaman.alamat}/repos/dinsos/kinerja/pulls"
    for tautan, kata in ((f'<{alamat}>; rel="next"', "berputar"), ('<https://lain.invalid/x>; rel="next"', "tempat lain")):
        monkeypatch.setattr(siap.halaman, "halamankan", lambda d, j, q, t=tautan: ({"Link": t}, d))
        with pytest.raises(GangguanForgeError, match=kata):
            list(klien.semua("/repos/dinsos/kinerja/pulls", {"state": "open"}))


@pytest.mark.parametrize(
    ("ubah", "kata"),
    [
        ({"commit_id": None}, "tidak menyebut commit"),
        ({"commit_id": "abc123"}, "tidak menyebut commit"),
        ({"commit_id": "f" * 40}, "yang tidak ada lagi"),
        ({"user": None}, "akun yang sudah dihapus"),
        ({"user": {"id": 10137, "login": "p-indah"}}, "belum terdaftar"),
        ({"user": {"id": "104"}}, "akun yang sudah dihapus"),
    ],
    ids=["null-commit", "short-commit", "unknown-commit", "ghost", "re-registered-login", "text-id"],
)
def test_a_review_that_cannot_be_tied_to_a_person_or_bytes_counts_for_nothing(
    siap: Any, ubah: dict[str, Any], kata: str
) -> None:
    _terisi(siap)
    siap.halaman.tinjau("p-indah", KK, True, "").update(ubah)
    h = siap.satu(KK)
    assert h.gabungan is None
    assert any(kata in c for c in h.catatan), h.catatan
    assert kata.split()[0] in siap.halaman.usulan(KK).komentar[-1]["body"] or any(
        kata in k["body"].replace("\\", "") for k in siap.halaman.usulan(KK).komentar
    )


def test_a_renamed_account_is_the_same_person(siap: Any) -> None:
    _terisi(siap)
    t = siap.halaman.tinjau("p-indah", KK, True, "")
    t["user"] = {**t["user"], "login": "indah-nama-baru"}
    assert siap.satu(KK).gabungan


def test_answers_of_another_shape_are_read_leniently(siap: Any) -> None:
    _terisi(siap)
    u = siap.halaman.usulan(KK)
    u.tinjauan.append({"id": None, "state": 7, "user": [], "submitted_at": 3, "body": {}})
    u.tinjauan.append({})
    u.komentar.append({"id": 1, "body": None, "user": "x", "created_at": "kemarin"})
    u.acara.append({"event": None})
    siap.halaman.tinjau("p-indah", KK, True, "")
    assert siap.satu(KK).gabungan


def test_a_merge_that_the_forge_refuses_is_tried_again_later(siap: Any) -> None:
    _ditandatangani(siap)
    siap.halaman.gangguan.append(Gangguan(lambda m, j: m == "PUT" and j.endswith("/merge"), 405))
    h = siap.satu(KK)
    assert h.verdict.lulus
    assert h.gabungan is None
    assert "menolak PUT" in h.gangguan
    siap.putar()
    _sekali_saja(siap)


def test_rubbish_on_the_log_stops_all_until_the_good_log_is_put_back(siap: Any) -> None:
    """The two commands of the guide's section on a broken log."""
    siap.putar()
    git, sini = siap.halaman.git, siap.forge.repo
    baik = git.commit(REF_LOG)
    rusak = git.tulis_commit([baik], {"sampah.json": b"{"}, "bukan peristiwa\n", SISTEM, siap._saat)
    git.jalankan("update-ref", REF_LOG, rusak)
    with pytest.raises(KinerjaError, match="log peristiwa rusak") as e:
        siap.putar()
    assert "pulihkan dari salinan lain" in (e.value.saran or "")
    git.jalankan("update-ref", REF_LOG, baik)  # git push --force
    sini.jalankan("update-ref", REF_LOG, baik)
    _ditandatangani(siap)
    assert siap.satu(KK).gabungan
    _sekali_saja(siap)
