"""Attacks on approvals over a forge, one test for each threat that this layer answers.

The numbers are those of the threat list; each attack is made for real, on Git and on the forge's
pages, and what must not be merged is not.
"""

from __future__ import annotations

from typing import Any

import pytest

from kinerja.adapters.git_remote import MundurError
from kinerja.adapters.local_forge import pelaku
from kinerja.adapters.refs import REF_LOG, UTAMA
from kinerja.adapters.reports import jalur_kertas_kerja
from kinerja.adapters.yaml_splice import sisip
from kinerja.domain.tata_kelola import Tindakan
from kinerja.history import periksa_riwayat
from kinerja.workflow.observation import TANPA_ALASAN

from .conftest import panggung

pytestmark = pytest.mark.lambat
DESA, RS, KK, LAPORAN = panggung.DESA, panggung.RS, panggung.kk(panggung.DESA), panggung.LAPORAN
JALUR = jalur_kertas_kerja(panggung.TW1, DESA)


def _diajukan(p: Any) -> None:
    p.sunting("p-nanang", DESA, lambda b: panggung.nilai(b, DESA))
    p.ajukan("p-nanang", DESA)


def _isi(p: Any) -> bytes:
    p.forge.segarkan()
    return p.forge.repo.baca(f"refs/heads/{KK}", JALUR) or b""


def _ubah(p: Any, teks: str) -> bytes:
    return sisip(_isi(p), {"/indikator/0/faktor_pendorong": teks})


def _kode(h: Any) -> tuple[str, ...]:
    return h.verdict.kode()


def _belum_masuk(p: Any) -> None:
    p.forge.segarkan()
    assert p.forge.reports().kertas_kerja(panggung.TW1, DESA) is None


def _dorong(p: Any, berkas: dict[str, bytes | None], orang: str, surel: str | None = None) -> None:
    """A push by git, with whatever name the pusher likes."""
    p.forge.segarkan()
    repo, kepala = p.forge.repo, p.forge.kepala(KK)
    siapa = p.forge.reports().identitas().cari(orang)
    oleh = pelaku(siapa) if surel is None else panggung.Pelaku("Siapa Saja", surel)
    oid = repo.tulis_commit([kepala], berkas, "Dorong\n", oleh, p._saat)
    _kirim(p, oid, orang)


def _kirim(p: Any, oid: str, orang: str) -> None:
    """The push itself, which the forge notes under the account of whoever did it."""
    kepala = p.forge.kepala(KK)
    p.forge.repo.jalankan("push", "--quiet", "--force", str(p.halaman.git.folder), f"{oid}:refs/heads/{KK}")
    p.halaman._catat_dorongan(f"refs/heads/{KK}", kepala, oid, p.halaman.akun[orang])


# 1


def test_1_content_pushed_after_the_approval(siap: Any) -> None:
    _diajukan(siap)
    siap.halaman.tinjau("p-indah", KK, True, "")
    siap.halaman.simpan("p-nanang", KK, JALUR, _ubah(siap, "Diganti sesudah disetujui."))
    h = siap.satu(KK)
    assert "basi:kabid:pemerintahan-desa" in _kode(h)
    _belum_masuk(siap)


def test_1_force_push_under_an_approval(siap: Any) -> None:
    _diajukan(siap)
    siap.halaman.tinjau("p-indah", KK, True, "")
    siap.halaman.dorong_paksa("p-nanang", KK, JALUR, _ubah(siap, "Ditimpa paksa."))
    assert siap.satu(KK).gabungan is None
    _belum_masuk(siap)


def test_1_force_push_to_which_the_forge_moves_the_review(siap: Any) -> None:
    """Some say that GitHub moves a review's commit along; a commit that came later was not read."""
    _diajukan(siap)
    t = siap.halaman.tinjau("p-indah", KK, True, "")
    t["commit_id"] = siap.halaman.dorong_paksa("p-nanang", KK, JALUR, _ubah(siap, "Ditimpa paksa."))
    h = siap.satu(KK)
    assert any("baru datang sesudahnya" in c for c in h.catatan)
    _belum_masuk(siap)


def test_1_pushed_between_the_judgement_and_the_merge(siap: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _diajukan(siap)
    siap.halaman.tinjau("p-indah", KK, True, "")
    asli = type(siap.halaman).layani

    def layani(self: Any, metode: str, jalur: str, query: Any, badan: Any) -> Any:
        if metode == "PUT" and jalur.endswith("/merge"):
            monkeypatch.setattr(type(siap.halaman), "layani", asli)
            siap.halaman.simpan("p-nanang", KK, JALUR, _ubah(siap, "Disusupkan."))
        return asli(self, metode, jalur, query, badan)

    monkeypatch.setattr(type(siap.halaman), "layani", layani)
    h = siap.satu(KK)
    assert "Head branch was modified" in (h.gangguan or "")
    _belum_masuk(siap)


# 2


def test_2_the_approver_wrote_it_in_the_web_editor(siap: Any) -> None:
    _diajukan(siap)
    siap.halaman.simpan("p-indah", KK, JALUR, _ubah(siap, "Ditulis Kabid sendiri."))
    siap.ajukan("p-nanang", DESA)
    siap.halaman.tinjau("p-indah", KK, True, "")
    assert "sendiri:kabid:pemerintahan-desa" in _kode(siap.satu(KK))
    _belum_masuk(siap)


def test_2_the_approver_pushed_it_under_anothers_name(siap: Any) -> None:
    _diajukan(siap)
    _dorong(siap, {JALUR: _ubah(siap, "Dititipkan.")}, "p-indah", "p-nanang@contoh.invalid")
    siap.ajukan("p-nanang", DESA)
    siap.halaman.tinjau("p-indah", KK, True, "")
    assert "sendiri:kabid:pemerintahan-desa" in _kode(siap.satu(KK))
    _belum_masuk(siap)


def test_2_an_address_that_nobody_owns(siap: Any) -> None:
    _diajukan(siap)
    _dorong(siap, {JALUR: _ubah(siap, "Tak dikenal.")}, "p-nanang", "entah@contoh.invalid")
    siap.ajukan("p-nanang", DESA)
    siap.halaman.tinjau("p-indah", KK, True, "")
    assert "identitas-tak-dikenal:entah@contoh.invalid" in _kode(siap.satu(KK))
    _belum_masuk(siap)


def test_2_moving_the_branch_without_touching_the_file_bars_nobody(siap: Any) -> None:
    """A Kabid may press *Update branch* and sign after it."""
    siap.sunting("p-kiki", RS, lambda b: panggung.nilai(b, RS))
    siap.ajukan("p-kiki", RS)
    siap.jawab("p-eka", panggung.kk(RS), True)
    _diajukan(siap)
    siap.forge.segarkan()
    repo, kepala, utama = siap.forge.repo, siap.forge.kepala(KK), siap.forge.utama()
    indah = pelaku(siap.forge.reports().identitas().cari("p-indah"))
    berkas = {j: repo.baca(kepala, j) for j in (JALUR,)}
    oid = repo.tulis_commit([utama, kepala], berkas, "Merge main\n", indah, siap._saat)
    _kirim(siap, oid, "p-indah")
    siap.halaman.tinjau("p-indah", KK, True, "")
    assert siap.satu(KK).gabungan


# 3


def test_3_a_later_comment_is_no_withdrawal(siap: Any) -> None:
    _diajukan(siap)
    siap.halaman.tinjau("p-indah", KK, True, "")
    siap.halaman.komentari("p-indah", KK, "Tidak usah tergesa, tetapi sudah baik. Saya tarik napas dahulu.")
    siap.halaman.tinjau("p-indah", KK, True, "", keadaan="COMMENTED")
    siap.halaman.tinjau("p-indah", KK, False, "", keadaan="PENDING")
    assert siap.satu(KK).gabungan


def test_3_a_dismissed_no_still_blocks_and_an_older_yes_does_not_come_back(siap: Any) -> None:
    _diajukan(siap)
    siap.halaman.tinjau("p-indah", KK, True, "")
    tidak = siap.halaman.tinjau("p-indah", KK, False, "Angkanya keliru.")
    siap.halaman.batalkan("p-nanang", KK, tidak)
    h = siap.satu(KK)
    assert "dikembalikan:kabid:pemerintahan-desa" in _kode(h)
    _belum_masuk(siap)


def test_3_only_its_office_lifts_a_no(siap: Any) -> None:
    _diajukan(siap)
    siap.jawab("p-indah", KK, False, "Angkanya keliru.")
    siap.jawab("p-gita", KK, True)
    siap.jawab("p-bakri", KK, True)
    _belum_masuk(siap)
    siap.jawab("p-indah", KK, True)
    siap.forge.segarkan()
    assert siap.forge.reports().kertas_kerja(panggung.TW1, DESA) is not None


def test_3_taken_back_by_its_own_giver(siap: Any) -> None:
    _diajukan(siap)
    siap.halaman.tinjau("p-indah", KK, True, "")
    siap.halaman.komentari("p-indah", KK, "/tarik Ada yang terlewat.")
    h = siap.satu(KK)
    assert "dikembalikan:kabid:pemerintahan-desa" in _kode(h)
    p = siap.forge.peristiwa()[-1]
    assert (p.tindakan, p.alasan) == (Tindakan.TARIK, "Ada yang terlewat.")


def test_3_a_no_without_words_is_a_no(siap: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _diajukan(siap)
    siap.halaman.tinjau("p-indah", KK, False, "")
    siap.putar()
    assert siap.forge.peristiwa()[-1].alasan == "Lihat baris ini."
    monkeypatch.setattr(
        "kinerja.adapters.forges.github.GitHub._komentar_baris", lambda *_: ""
    )  # fmt: skip
    siap.halaman.tinjau("p-indah", KK, False, " ")
    siap.putar()
    assert siap.forge.peristiwa()[-1].alasan == TANPA_ALASAN


# 4 and 5: a signature before the paraf, and one person in two offices, are in the evaluator's cases


def _laporan(p: Any) -> None:
    """Every worksheet signed and the draft compiled."""
    r = p.forge.reports()
    orang = {x.jabatan: x.orang for x in r.jabatan().pemangku if x.sebutan == "definitif"}
    for b in r.organisasi().bidang:
        p.sunting(orang[b.pengisi], b.id, lambda bita, b=b.id: panggung.nilai(bita, b))
        p.halaman.komentari(orang[b.pengisi], panggung.kk(b.id), "/ajukan")
        p.halaman.tinjau("p-eka" if b.id == RS else orang[b.pemeriksa], panggung.kk(b.id), True, "")
    p.putar()
    panggung.sop.susun(p.sesi("p-citra"), panggung.TW1)


def test_4_a_signature_before_the_paraf_is_not_counted_though_both_are_seen_at_once(siap: Any) -> None:
    _laporan(siap)
    siap.halaman.tinjau("p-ayu", LAPORAN, True, "")
    siap.halaman.tinjau("p-bakri", LAPORAN, True, "")
    h = siap.satu(LAPORAN)
    assert _kode(h) == ("urutan:kepala-dinas",)
    komentar = siap.halaman.usulan(LAPORAN).komentar[-1]["body"]
    assert "harus diberikan lagi sesudahnya" in komentar
    siap.halaman.tinjau("p-ayu", LAPORAN, True, "")
    assert siap.satu(LAPORAN).gabungan


def test_4_paraf_and_signature_seen_at_once_in_their_order_both_count(siap: Any) -> None:
    _laporan(siap)
    siap.halaman.tinjau("p-bakri", LAPORAN, True, "")
    siap.halaman.tinjau("p-ayu", LAPORAN, True, "")
    assert siap.satu(LAPORAN).gabungan


def test_8_an_input_that_moved_under_a_signed_draft_is_not_merged(siap: Any) -> None:
    _laporan(siap)
    lama = siap.forge.reports().pohon.baca(panggung.ANGGARAN)
    siap.ubah_utama(panggung.ANGGARAN, lama + b"# berubah\n")
    siap.halaman.tinjau("p-bakri", LAPORAN, True, "")
    siap.halaman.tinjau("p-ayu", LAPORAN, True, "")
    h = siap.satu(LAPORAN)
    assert h.verdict.lulus
    assert h.periksa.galat
    assert h.gabungan is None


# 6: renamed, deleted and re-registered accounts are in test_gangguan


# 7


def test_7_an_extra_path_of_another_bidang(siap: Any) -> None:
    _diajukan(siap)
    lain = jalur_kertas_kerja(panggung.TW1, "pemberdayaan-sosial")
    isi = siap.forge.repo.baca(f"refs/heads/{panggung.kk('pemberdayaan-sosial')}", lain)
    _dorong(siap, {lain: isi}, "p-nanang")
    siap.ajukan("p-nanang", DESA)
    siap.halaman.tinjau("p-indah", KK, True, "")
    assert "belum:kabid:pemberdayaan-sosial" in _kode(siap.satu(KK))


@pytest.mark.parametrize(
    ("jalur", "kode"),
    [
        ("reports/jabatan.yaml", "belum:sekretaris"),
        ("reports/kebijakan.yaml", "belum:sekretaris"),
        (".github/workflows/jahat.yml", "belum:pengelola-sistem"),
        ("Makefile", "tak-bertuan:Makefile"),
        (".gitattributes", "tak-bertuan:.gitattributes"),
        ("reports/2024/tw1/peristiwa/000099.json", "tak-bertuan:reports/2024/tw1/peristiwa/000099.json"),
    ],
)
def test_7_offices_rules_or_workflows_edited_in_the_same_proposal(siap: Any, jalur: str, kode: str) -> None:
    _diajukan(siap)
    lama = siap.forge.reports().pohon.baca(jalur) or b""
    _dorong(siap, {jalur: lama + b"# tambahan\n"}, "p-nanang")
    siap.ajukan("p-nanang", DESA)
    siap.halaman.tinjau("p-indah", KK, True, "")
    assert kode in _kode(siap.satu(KK))
    _belum_masuk(siap)


def test_7_the_proposals_own_offices_do_not_decide(siap: Any) -> None:
    """p-gita makes herself Kabid in her proposal, and signs."""
    _diajukan(siap)
    jabatan = siap.forge.reports().pohon.baca("reports/jabatan.yaml")
    _dorong(siap, {"reports/jabatan.yaml": jabatan.replace(b"orang: p-indah", b"orang: p-gita")}, "p-nanang")
    siap.halaman.tinjau("p-gita", KK, True, "")
    h = siap.satu(KK)
    assert any("tidak memegang jabatan" in c for c in h.catatan)
    _belum_masuk(siap)


def test_7_a_link_in_the_worksheets_place(siap: Any) -> None:
    _diajukan(siap)
    repo, kepala = siap.forge.repo, siap.forge.kepala(KK)
    naskah = f"commit refs/x/y\ncommitter N <p-nanang@contoh.invalid> 0 +0000\ndata 1\nx\nfrom {kepala}\n"
    naskah += f"M 120000 inline {JALUR}\ndata 11\n/etc/passwd\n"
    repo.jalankan("fast-import", "--quiet", masukan=naskah.encode())
    oid = repo.commit("refs/x/y")
    _kirim(siap, oid, "p-nanang")
    h = siap.satu(KK)
    assert f"bukan-berkas:{JALUR}" in _kode(h)


# 8


def test_8_a_proposal_retargeted_to_another_branch_is_left_alone(siap: Any) -> None:
    _diajukan(siap)
    asli = type(siap.halaman)._json

    def json(self: Any, u: Any) -> dict[str, Any]:
        d = asli(self, u)
        if u.cabang == KK:
            d["base"] = {**d["base"], "ref": "lain"}
        return d

    siap.halaman._json = json.__get__(siap.halaman)
    siap.halaman.tinjau("p-indah", KK, True, "")
    h = siap.satu(KK)
    assert h.verdict is None
    assert "tidak menuju main" in h.gangguan


def test_8_from_a_fork(siap: Any) -> None:
    _diajukan(siap)
    siap.halaman.usulan(KK).fork = True
    siap.halaman.tinjau("p-indah", KK, True, "")
    h = siap.satu(KK)
    assert h.verdict is None
    assert "fork" in h.catatan[0]


# 9


def test_9_a_forged_green_status_decides_nothing(siap: Any) -> None:
    _diajukan(siap)
    kepala = siap.forge.kepala(KK)
    palsu = {"state": "success", "context": "kinerja/persetujuan", "creator": {"id": 110}}
    siap.halaman.status.setdefault(kepala, []).append(palsu)
    assert siap.satu(KK).gabungan is None
    assert siap.halaman.status[kepala][-1]["state"] == "pending"


# 10


def test_10_a_push_past_every_check_is_found(siap: Any) -> None:
    siap.forge.segarkan()
    repo, utama = siap.forge.repo, siap.forge.utama()
    oki = pelaku(siap.forge.reports().identitas().cari("p-oki"))
    oid = repo.tulis_commit([utama], {JALUR: b"skema: kertas-kerja/v1\n"}, "Pintas\n", oki, siap._saat)
    siap.forge.pindah({UTAMA: (oid, utama)}, "pintas")
    cacat = [b.alasan for b in periksa_riwayat(siap.forge) if not b.lulus]
    assert len(cacat) == 1
    assert f"{oid[:12]} mengubah {JALUR} tanpa persetujuan yang sah" in cacat[0]


def test_10_main_rewritten_on_the_forge_is_refused(siap: Any) -> None:
    siap.forge.segarkan()
    git = siap.halaman.git
    git.jalankan("update-ref", UTAMA, git.commit(f"{UTAMA}^"))
    with pytest.raises(MundurError, match="cabang main"):
        siap.putar()


def test_10_a_log_pushed_back_is_refused_by_whoever_saw_more(siap: Any) -> None:
    _diajukan(siap)
    siap.jawab("p-indah", KK, False, "Angkanya keliru.")
    git = siap.halaman.git
    git.jalankan("update-ref", REF_LOG, git.commit(f"{REF_LOG}^"))
    with pytest.raises(MundurError, match="log peristiwa"):
        siap.putar()


def test_10_a_log_pushed_back_is_refused_by_a_fresh_clone_too(siap: Any) -> None:
    """A workflow's clone remembers nothing; main's own statuses do."""
    _diajukan(siap)
    siap.jawab("p-indah", KK, False, "Angkanya keliru.")
    git = siap.halaman.git
    git.jalankan("update-ref", REF_LOG, git.commit(f"{REF_LOG}^"))
    siap.forge.repo.jalankan("update-ref", REF_LOG, git.commit(REF_LOG))
    with pytest.raises(MundurError, match="pernah memuat peristiwa"):
        siap.putar()


def test_10_an_event_that_nobody_signed_counts_for_nothing(siap: Any) -> None:
    """Any writer can push to the log; an approval without its signature is air."""
    from dataclasses import replace

    from kinerja.adapters.keys import KunciPribadi

    _diajukan(siap)
    s = siap.sesi("p-indah")
    s.sesudah = None
    bita = _isi(siap)
    p = s.peristiwa(
        KK, Tindakan.TANDA_TANGAN, s.sebagai("kabid:pemerintahan-desa"),
        [panggung.berkas_dari(JALUR, bita)],
    )  # fmt: skip
    penyusup = KunciPribadi.muat(siap.instansi.kunci / "p-nanang")

    class Palsu:
        """Says that it is p-indah's key, and signs with another."""

        jaminan = penyusup.jaminan
        sidik = s.penanda.sidik
        tanda_tangani = penyusup.tanda_tangani

    log = siap.forge.log
    _, oid = log.rancang(replace(p, kunci=s.penanda.sidik), Palsu(), pelaku(s.orang))
    siap.forge.pindah({REF_LOG: (oid, log.kepala)}, "susup")
    assert "tanda-palsu:kabid:pemerintahan-desa" in _kode(siap.satu(KK))
    _belum_masuk(siap)


# 13


def test_13_text_of_people_makes_no_markup_and_calls_nobody(siap: Any) -> None:
    _diajukan(siap)
    siap.jawab("p-indah", KK, False, "<img src=x onerror=alert(1)> @semua [klik](https://jahat.invalid) | `x` $a$\n# Judul")
    isi = siap.halaman.usulan(KK).komentar[-1]["body"]
    isi = next(k["body"] for k in siap.halaman.usulan(KK).komentar if k["body"].startswith("<!-- kinerja"))
    for bahaya in ("<img", "@semua", "](https://jahat", "\n# Judul", "$a$"):
        assert bahaya not in isi


# 18


def test_18_an_alias_bomb_in_a_proposal_is_a_finding(siap: Any) -> None:
    _diajukan(siap)
    bom = b"a: &a [x,x,x,x]\n" + b"".join(b"b%d: &b%d [*a,*a,*a]\n" % (n, n) for n in range(50))
    siap.halaman.simpan("p-nanang", KK, JALUR, bom)
    siap.ajukan("p-nanang", DESA)
    siap.halaman.tinjau("p-indah", KK, True, "")
    h = siap.satu(KK)
    assert h.verdict.lulus
    assert h.periksa.galat
    assert h.gabungan is None
