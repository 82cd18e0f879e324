"""More attacks over a forge: those that a review by fresh eyes made to work, and that work no more."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kinerja.adapters.forges.github import KEPALA, GitHub
from kinerja.adapters.forges.http import Klien
from kinerja.adapters.forges.records import NAMA_CEK
from kinerja.adapters.git_remote import MundurError, _otorisasi
from kinerja.adapters.local_forge import pelaku
from kinerja.adapters.refs import REF_LOG, UTAMA
from kinerja.adapters.reports import jalur_kertas_kerja
from kinerja.adapters.yaml_splice import sisip
from kinerja.domain.errors import KinerjaError
from kinerja.domain.peristiwa import Bukti, JenisBukti
from kinerja.domain.tata_kelola import Tindakan
from kinerja.forge_view import PandanganForge
from kinerja.history import periksa_riwayat
from kinerja.standing import bidang_ditinggalkan
from kinerja.workflow.ports import Keadaan

from .conftest import github_tiruan, panggung
from .test_serangan import DESA, JALUR, KK, LAPORAN, RS, _diajukan, _kirim, _kode, _laporan, _ubah

pytestmark = pytest.mark.lambat
JABATAN, DISPOSISI2 = "reports/jabatan.yaml", "reports/2024/tw2/disposisi.yaml"
Gangguan = github_tiruan.Gangguan


def _pelaku(p: Any, orang: str) -> Any:
    return pelaku(p.forge.reports().identitas().cari(orang))


def _dorong_ke(p: Any, nama: str, oid: str, orang: str) -> None:
    """A push of a commit to a branch, and its pull request."""
    lama = p.halaman.git.ref(f"refs/heads/{nama}")
    p.forge.repo.jalankan("push", "--quiet", "--force", str(p.halaman.git.folder), f"{oid}:refs/heads/{nama}")
    p.halaman._catat_dorongan(f"refs/heads/{nama}", lama, oid, p.halaman.akun[orang])
    if not any(u.terbuka and u.cabang == nama for u in p.halaman._usulan):
        p.halaman._usulan.append(github_tiruan._Usulan(len(p.halaman._usulan) + 1, nama, nama, ""))


def _cabang(p: Any, nama: str, berkas: dict[str, bytes], orang: str) -> None:
    p.forge.segarkan()
    oid = p.forge.repo.tulis_commit([p.forge.utama()], berkas, "Cabang\n", _pelaku(p, orang), p._saat)
    _dorong_ke(p, nama, oid, orang)


def _baca(p: Any, jalur: str) -> bytes:
    p.forge.segarkan()
    isi: bytes = p.forge.reports().pohon.baca(jalur) or b""
    return isi


def _setujui_berdua(p: Any, nama: str) -> Any:
    p.halaman.setel_jam(p._saat)
    p.halaman.tinjau("p-bakri", nama, True, "")
    p.putar()
    p.halaman.tinjau("p-ayu", nama, True, "")
    return p.satu(nama)


def _tutup_lainnya(p: Any) -> None:
    for u in p.halaman._usulan:
        if u.terbuka and u.cabang != KK:
            u.kepala_akhir, u.terbuka = p.halaman._kepala(u), False


# bytes that nobody approved


def test_histories_that_cross_undo_nothing(siap: Any) -> None:
    """Two merge bases: the diff shows one worksheet, the merge would also take back the offices."""
    asal = _baca(siap, JABATAN)
    siap.ubah_utama(JABATAN, asal + b"# v2: Plh. berakhir\n")
    siap.forge.segarkan()
    m0 = siap.forge.utama()
    _diajukan(siap)
    siap.halaman.tinjau("p-indah", KK, True, "")
    assert siap.satu(KK).gabungan
    siap.forge.segarkan()
    repo = siap.forge.repo
    t1 = repo.commit(f"{siap.forge.utama()}^2")
    jalur = jalur_kertas_kerja(panggung.TW1, RS)
    bita = repo.baca(f"refs/heads/{panggung.kk(RS)}", jalur)
    isi = sisip(bita, panggung.nilai(bita, RS))
    oid = repo.tulis_commit([t1, m0], {jalur: isi}, "Isi\n", _pelaku(siap, "p-kiki"), siap._saat)
    _dorong_ke(siap, panggung.kk(RS), oid, "p-kiki")
    siap.ajukan("p-kiki", RS)
    siap.halaman.tinjau("p-eka", panggung.kk(RS), True, "")
    h = siap.satu(panggung.kk(RS))
    assert h.gabungan is None
    assert "bersilang" in h.gangguan
    assert siap.halaman.status[oid][-1]["state"] == "pending"
    assert _baca(siap, JABATAN) != asal


def test_an_old_branch_name_with_its_old_approvals_rolls_nothing_back(siap: Any) -> None:
    asal = _baca(siap, JABATAN)
    _cabang(siap, "tata-kelola/plh", {JABATAN: asal + b"# v1\n"}, "p-oki")
    assert _setujui_berdua(siap, "tata-kelola/plh").gabungan
    _cabang(siap, "tata-kelola/akhir", {JABATAN: asal + b"# v2\n"}, "p-oki")
    assert _setujui_berdua(siap, "tata-kelola/akhir").gabungan
    siap.halaman.git.jalankan("update-ref", "-d", "refs/heads/tata-kelola/plh")
    siap.halaman._tampak.pop("refs/heads/tata-kelola/plh", None)
    _cabang(siap, "tata-kelola/plh", {JABATAN: asal + b"# v1\n"}, "p-nanang")
    h = siap.satu("tata-kelola/plh")
    assert h.gabungan is None
    assert "basi-di-main:sekretaris" in _kode(h)
    assert _baca(siap, JABATAN).endswith(b"# v2\n")


def test_a_file_that_both_sides_changed_is_not_mixed(siap: Any) -> None:
    asal = _baca(siap, JABATAN)
    _cabang(siap, "tata-kelola/a", {JABATAN: asal + b"# usulan\n"}, "p-oki")
    siap.halaman.setel_jam(siap._saat)
    siap.halaman.tinjau("p-bakri", "tata-kelola/a", True, "")
    siap.putar()
    siap.ubah_utama(JABATAN, b"# main\n" + asal)
    siap.halaman.tinjau("p-ayu", "tata-kelola/a", True, "")
    assert siap.satu("tata-kelola/a").gabungan is None
    assert b"# usulan" not in _baca(siap, JABATAN)


def test_a_comment_that_another_edited_is_no_act(siap: Any) -> None:
    isi = _baca(siap, "reports/2024/tw1/disposisi.yaml").replace(b"tw1", b"tw2")
    _cabang(siap, "disposisi/2024-tw2", {DISPOSISI2: isi}, "p-nanang")
    siap.halaman.komentari("p-bakri", "disposisi/2024-tw2", "Jangan, ini salah.")
    siap.halaman.usulan("disposisi/2024-tw2").komentar[-1].update(body="/ajukan", updated_at=siap.halaman._jam())
    h = siap.satu("disposisi/2024-tw2")
    assert h.gabungan is None
    assert any("disunting sesudah ditulis" in c for c in h.catatan)


def test_handing_in_is_no_approval_of_what_needs_none(siap: Any) -> None:
    isi = _baca(siap, "reports/2024/tw1/disposisi.yaml").replace(b"tw1", b"tw2")
    _cabang(siap, "disposisi/2024-tw2", {DISPOSISI2: isi}, "p-nanang")
    siap.halaman.komentari("p-bakri", "disposisi/2024-tw2", "/ajukan")
    assert siap.satu("disposisi/2024-tw2").gabungan is None


def test_a_push_that_the_forge_does_not_tell_of_is_nobodys(siap: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Activity lags, or is not given: a forged author alone must not do."""
    _diajukan(siap)
    siap.forge.segarkan()
    oleh = panggung.Pelaku("N", "p-nanang@contoh.invalid")
    isi = {JALUR: _ubah(siap, "Ditulis Kabid.")}
    oid = siap.forge.repo.tulis_commit([siap.forge.kepala(KK)], isi, "x\n", oleh, siap._saat)
    _kirim(siap, oid, "p-indah")
    siap.halaman.tinjau("p-indah", KK, True, "")
    asli = github_tiruan._OPERASI["repos/list-activities"]
    tertinggal = lambda g, b, q, d: (200, [x for x in asli(g, b, q, d)[1] if x["after"] != oid])  # noqa: E731
    monkeypatch.setitem(github_tiruan._OPERASI, "repos/list-activities", tertinggal)
    h = siap.satu(KK)
    assert h.gabungan is None
    assert any(k.startswith("identitas-tak-dikenal:pendorong") for k in _kode(h))


def test_a_branch_that_only_bears_the_name_is_no_permission(siap: Any) -> None:
    nama = f"tanpa/2024-tw1/{DESA}"
    _cabang(siap, nama, {panggung.ANGGARAN: _baca(siap, panggung.ANGGARAN) + b"# kecil\n"}, "p-nanang")
    siap.halaman.tinjau("p-bakri", nama, True, "")
    siap.putar()
    assert bidang_ditinggalkan(siap.sesi("p-citra"), panggung.TW1) == ()


# a *tidak* that must not vanish


def _diparaf(p: Any) -> None:
    _laporan(p)
    p.halaman.setel_jam(p._saat)
    p.halaman.tinjau("p-bakri", LAPORAN, True, "")
    p.putar()


def _tidak_terlewati(p: Any) -> None:
    p.halaman.tinjau("p-ayu", LAPORAN, True, "")
    h = p.satu(LAPORAN)
    assert h.gabungan is None
    assert any(k.startswith("dikembalikan:sekretaris") for k in _kode(h))


def test_an_event_that_only_names_its_number_does_not_hide_it(siap: Any) -> None:
    _diparaf(siap)
    t = siap.halaman.tinjau("p-bakri", LAPORAN, False, "Saya tarik paraf saya.")
    s = siap.sesi("p-nanang")
    s.sesudah = None
    palsu = replace(
        siap.forge.peristiwa()[-1], tindakan=Tindakan.AJUKAN, jabatan="kasie:x", orang="p-nanang", berkas=(),
        bukti=Bukti("github", JenisBukti.ULASAN, str(t["id"]), 113, siap._saat, "0" * 64),
    )  # fmt: skip
    _, oid = siap.forge.log.rancang(palsu, s.penanda, pelaku(s.orang))
    siap.forge.pindah({REF_LOG: (oid, siap.forge.log.kepala)}, "susup")
    _tidak_terlewati(siap)


def test_without_its_commit_it_blocks_all_the_same(siap: Any) -> None:
    _diparaf(siap)
    siap.halaman.tinjau("p-bakri", LAPORAN, False, "Keliru.", commit=None)
    _tidak_terlewati(siap)


def test_in_a_pull_request_that_was_closed_and_opened_anew(siap: Any) -> None:
    _diparaf(siap)
    siap.halaman.tinjau("p-bakri", LAPORAN, False, "Keliru.")
    u = siap.halaman.usulan(LAPORAN)
    u.kepala_akhir, u.terbuka = siap.halaman._kepala(u), False
    siap.halaman._usulan.append(github_tiruan._Usulan(len(siap.halaman._usulan) + 1, LAPORAN, "x", ""))
    _tidak_terlewati(siap)


def test_an_older_yes_on_the_page_does_not_lift_a_no_at_the_command_line(siap: Any) -> None:
    _diajukan(siap)
    siap.halaman.tinjau("p-indah", KK, True, "")
    siap._saat += timedelta(minutes=5)
    panggung.sop.periksa(siap.sesi("p-indah"), panggung.TW1, DESA, ya=False, alasan="Ternyata keliru.")
    assert siap.kabar[-1].gabungan is None
    assert any("lebih lama daripada jawaban tidak" in c for c in siap.kabar[-1].catatan)


def test_a_signature_given_before_the_paraf_does_not_follow_it(siap: Any) -> None:
    _laporan(siap)
    siap.halaman.setel_jam(siap._saat)
    siap.halaman.tinjau("p-ayu", LAPORAN, True, "")
    siap._saat += timedelta(minutes=5)
    panggung.sop.paraf(siap.sesi("p-bakri"), panggung.TW1, ya=True, alasan="")
    h = siap.satu(LAPORAN)
    assert h.gabungan is None
    assert "urutan:kepala-dinas" in _kode(h)


def test_a_machine_without_the_observers_key_does_not_merge_past_what_it_sees(
    siap: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _diparaf(siap)
    siap.halaman.tinjau("p-bakri", LAPORAN, False, "Angkanya keliru.")
    monkeypatch.setattr(type(siap.instansi), "pengamat", lambda _: None)
    panggung.sop.tanda_tangan(siap.sesi("p-ayu"), panggung.TW1, ya=True, alasan="")
    assert siap.kabar[-1].gabungan is None
    assert "kunci pengamat" in siap.kabar[-1].gangguan


def test_what_needs_no_approval_can_be_refused_by_its_own_office(siap: Any) -> None:
    isi = _baca(siap, "reports/2024/tw1/disposisi.yaml").replace(b"tw1", b"tw2")
    _cabang(siap, "disposisi/2024-tw2", {DISPOSISI2: isi}, "p-nanang")
    siap.halaman.tinjau("p-bakri", "disposisi/2024-tw2", False, "Tidak jadi.")
    siap.putar()
    p = siap.forge.peristiwa()[-1]
    assert (p.tindakan, p.orang) == (Tindakan.TIDAK, "p-bakri")


def test_history_finds_a_merge_after_it(siap: Any) -> None:
    """An administrator merges what was approved and then returned."""
    _diajukan(siap)
    siap.halaman.tinjau("p-indah", KK, True, "")
    siap.halaman.gangguan.append(Gangguan(lambda m, j: m == "PUT" and j.endswith("/merge"), 405))
    assert siap.satu(KK).gabungan is None
    siap.halaman.tinjau("p-indah", KK, False, "Keliru.")
    siap.putar()
    u = siap.halaman.usulan(KK)
    siap.halaman.git.tutup()
    assert github_tiruan._gabung(siap.halaman, ["pulls", str(u.nomor)], {}, {})[0] == 200
    siap.forge.segarkan()
    cacat = [b.alasan for b in periksa_riwayat(siap.forge) if not b.lulus]
    assert len(cacat) == 1
    assert "Keliru." in cacat[0]


def test_an_anchor_holds_though_main_moved_on(siap: Any) -> None:
    _diajukan(siap)
    siap.jawab("p-indah", KK, False, "Keliru.")
    siap.ubah_utama("reports/kalender.yaml", _baca(siap, "reports/kalender.yaml") + b"# kecil\n")
    git = siap.halaman.git
    git.jalankan("update-ref", REF_LOG, git.commit(f"{REF_LOG}^"))
    siap.forge.repo.jalankan("update-ref", REF_LOG, git.commit(REF_LOG))
    with pytest.raises(MundurError, match="pernah memuat"):
        siap.putar()


def test_a_strangers_anchor_stops_nobody(siap: Any) -> None:
    siap.putar()
    utama = siap.halaman.git.ref(UTAMA)
    bot = {"id": 41898282, "type": "Bot", "login": "github-actions[bot]"}
    palsu = {"context": "kinerja/log", "state": "success", "description": "999999:ab", "creator": bot}
    siap.halaman.status.setdefault(utama, []).append(palsu)
    assert [h.gangguan for h in siap.putar()] == [None] * 6
    aplikasi = GitHub(Klien(siap.halaman.alamat, "ghs_x", KEPALA), "dinsos/kinerja", "x", aplikasi=True)
    PandanganForge(aplikasi, siap.forge, None, siap._saat).tuntut_log_utuh()


def test_a_strangers_check_does_not_take_the_name_of_ours(siap: Any) -> None:
    """Threat 9: a workflow of any writer set a check of this name first; ours is written beside it."""
    aplikasi = GitHub(Klien(siap.halaman.alamat, "ghs_x", KEPALA), "dinsos/kinerja", "x", aplikasi=True)
    u = next(iter(aplikasi.usulan_terbuka()))
    palsu = {"id": 77, "name": NAMA_CEK, "conclusion": "success"}
    siap.halaman.cek[u.kepala] = [palsu]
    siap.halaman.cek_asing.add(77)
    for ringkas in ("menunggu Kabid", "menunggu Sekretaris"):
        aplikasi.tandai(u, Keadaan.MENUNGGU, ringkas, "rinci")
    asing, milik = siap.halaman.cek[u.kepala]
    assert asing == {"id": 77, "name": NAMA_CEK, "conclusion": "success"}
    assert (milik["conclusion"], milik["output"]["title"]) == ("action_required", "menunggu Sekretaris")


# one proposal against everybody


def _mentah(p: Any, mode: bytes, jalur: bytes, isi: bytes, penulis: bytes) -> str:
    """A commit that no tool of ours would make."""
    repo = p.forge.repo
    p.forge.segarkan()
    lingkungan = {**os.environ, "GIT_DIR": str(repo.folder), "GIT_INDEX_FILE": str(repo.folder / "indeks-uji")}

    def git(*argumen: str, masukan: bytes | None = None) -> bytes:
        return subprocess.run(["git", *argumen], env=lingkungan, input=masukan, capture_output=True, check=True).stdout

    git("read-tree", p.forge.utama())
    oid = git("hash-object", "-w", "--stdin", masukan=isi).strip()
    git("update-index", "-z", "--index-info", masukan=mode + b" " + oid + b"\t" + jalur + b"\0")
    pohon = git("write-tree").strip()
    naskah = b"tree " + pohon + b"\nparent " + p.forge.utama().encode() + b"\n"
    naskah += b"author " + penulis + b"\ncommitter " + penulis + b"\n\nx\n"
    return git("hash-object", "-t", "commit", "-w", "--stdin", masukan=naskah).strip().decode()


NANANG = b"N <p-nanang@contoh.invalid> 1795766400 +0800"
ANEH = {
    "path-no-text": (b"100644", b"reports/2024/spj/\xff\xfe.yaml", b"a: 1\n", NANANG),
    "path-with-a-line-feed": (b"100644", b"reports/2024/spj/a\nb.yaml", b"a: 1\n", NANANG),
    "path-with-controls": (b"100644", b"reports/2024/spj/a\x1b[31m`|<b>.yaml", b"a: 1\n", NANANG),
    "address-no-text": (b"100644", b"reports/2024/spj/a.yaml", b"a: 1\n", b"N <p-\xff@contoh.invalid> 1795766400 +0800"),
    "year-10000": (b"100644", b"reports/2024/spj/a.yaml", b"a: 1\n", b"N <p-nanang@contoh.invalid> 253402300800 +0000"),
    "link": (b"120000", b"reports/2024/rencana2.yaml", b"/etc/passwd", NANANG),
    "offices-no-text": (b"100644", b"reports/jabatan.yaml", b"\xff\xfe", NANANG),
    "deep": (b"100644", b"reports/2024/rencana.yaml", b"[" * 100_000, NANANG),
    "giant": (b"100644", b"reports/2024/spj/besar.yaml", bytes(9 << 20), NANANG),
}


@pytest.mark.parametrize("nama", list(ANEH))
def test_whatever_it_holds_the_others_go_on(siap: Any, nama: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(github_tiruan._OPERASI, "pulls/list-commits", lambda *_: (200, []))
    _diajukan(siap)
    _tutup_lainnya(siap)
    _dorong_ke(siap, "x/racun", _mentah(siap, *ANEH[nama]), "p-nanang")
    siap.halaman._usulan.insert(0, siap.halaman._usulan.pop())
    siap.halaman.tinjau("p-indah", KK, True, "")
    hasil = {h.usulan.perubahan: h for h in siap.putar()}
    assert hasil["x/racun"].gabungan is None
    assert hasil[KK].gabungan


def test_branch_names_do_not_stop_the_fetch(siap: Any) -> None:
    _tutup_lainnya(siap)
    git = siap.halaman.git
    utama = git.ref(UTAMA)
    git.jalankan("update-ref", "refs/heads/a/b", utama)
    siap.putar()
    git.jalankan("update-ref", "-d", "refs/heads/a/b")
    git.jalankan("update-ref", "refs/heads/a", utama)
    siap.putar()
    subprocess.run([b"git", b"-C", os.fsencode(git.folder), b"update-ref", b"refs/heads/x-\xff", utama.encode()], check=True)
    siap.putar()
    assert siap.sesi("p-citra")


def test_a_broken_chain_stays_broken_at_every_reading(siap: Any) -> None:
    _diajukan(siap)
    siap.forge.segarkan()
    repo = siap.forge.repo
    buruk = replace(siap.forge.log.baca()[-1].peristiwa, urut=99)
    isi = {"peristiwa.json": buruk.bita(), "peristiwa.json.sig": b""}
    oid = repo.tulis_commit([siap.forge.log.kepala], isi, "x\n", panggung.Pelaku("a", "b@c"), siap._saat)
    repo.jalankan("update-ref", REF_LOG, oid)
    for _ in range(2):
        with pytest.raises(KinerjaError, match="log peristiwa rusak"):
            siap.forge.log.baca()


def test_the_token_goes_to_no_host_in_the_clear() -> None:
    assert "rahasia" not in str(_otorisasi("http://git.contoh.go.id/d/k.git", "rahasia"))
    jauh = str(_otorisasi("https://git.contoh.go.id/d/k.git", "rahasia"))
    assert "Authorization" in jauh
    assert "Authorization" in str(_otorisasi("http://127.0.0.1:3000/d/k.git", "rahasia"))
    assert _otorisasi(str(Path("/srv/k.git")), "rahasia") == {}
