"""The eight steps on real Git: what each writes, refuses, and where each *tidak* goes."""

from __future__ import annotations

import importlib.util
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from kinerja import sop
from kinerja.adapters.reports import jalur_kertas_kerja
from kinerja.archive_step import berkas_percaya
from kinerja.domain.errors import BentrokError, DitolakError, KinerjaError, PemakaianError, TemuanError
from kinerja.domain.peristiwa import Peristiwa
from kinerja.reading import lihat_lembar
from kinerja.session import Sesi
from kinerja.verify_step import verifikasi

_spec = importlib.util.spec_from_file_location("walk", Path(__file__).with_name("walk.py"))
assert _spec is not None and _spec.loader is not None
walk = sys.modules.setdefault("walk", importlib.util.module_from_spec(_spec))
_spec.loader.exec_module(walk)
TW1, DESA = walk.TW1, walk.DESA

pytestmark = pytest.mark.lambat


@pytest.fixture
def kantor(tmp_path: Path) -> Any:
    k = walk.Kantor(tmp_path / "dinas")
    k.buka()
    return k


def _buang(_nama: str, _bita: bytes) -> None:
    """An archive that no test needs on disk."""


def _peristiwa(k: Any, perubahan: str) -> list[Peristiwa]:
    return [p for p in k.forge.peristiwa() if p.perubahan == perubahan]


def _tindakan(k: Any, perubahan: str) -> list[str]:
    return [p.tindakan.value for p in _peristiwa(k, perubahan)]


def test_disposisi_and_siapkan_open_one_branch_per_bidang(kantor: Any) -> None:
    for b in kantor.forge.reports().organisasi().bidang:
        assert kantor.forge.kepala(f"kk/2024-tw1/{b.id}")
        assert _tindakan(kantor, f"kk/2024-tw1/{b.id}") == ["siapkan"]
    assert kantor.forge.reports().disposisi(TW1) is not None


def test_siapkan_again_touches_nothing(kantor: Any) -> None:
    lama = kantor.forge.repo.ref_ref("refs/heads/")
    sop.siapkan(kantor.sesi("p-citra"), TW1)
    assert kantor.forge.repo.ref_ref("refs/heads/") == lama


def test_whole_period_with_every_tidak(kantor: Any) -> None:
    k = kantor
    k.isi(DESA, "p-nanang")
    sop.periksa(k.sesi("p-indah"), TW1, DESA, ya=False, alasan="periksa lagi")
    with pytest.raises(DitolakError, match="belum diajukan"):
        sop.periksa(k.sesi("p-indah"), TW1, DESA, ya=True)
    k.semua_bertanda()
    assert _tindakan(k, f"kk/2024-tw1/{DESA}") == ["siapkan", "ajukan", "tidak", "ajukan", "tanda-tangan"]
    sop.susun(k.sesi("p-citra"), TW1)
    sop.paraf(k.sesi("p-bakri"), TW1, ya=False, alasan="lengkapi")
    sop.susun(k.sesi("p-citra", "2024-04-04T10:00"), TW1)
    sop.paraf(k.sesi("p-bakri"), TW1, ya=True)
    sop.tanda_tangan(k.sesi("p-ayu"), TW1, ya=False, alasan="tambah analisis")
    with pytest.raises(DitolakError, match="kepada Sekretaris"):
        sop.susun(k.sesi("p-citra", "2024-04-04T11:00"), TW1)
    sop.paraf(k.sesi("p-bakri"), TW1, ya=False, alasan="permintaan Kepala Dinas")
    sop.susun(k.sesi("p-citra", "2024-04-04T12:00"), TW1)
    with pytest.raises(DitolakError):
        sop.tanda_tangan(k.sesi("p-ayu"), TW1, ya=True)
    sop.paraf(k.sesi("p-bakri"), TW1, ya=True)
    sop.tanda_tangan(k.sesi("p-ayu"), TW1, ya=True)
    paraf, teken = _peristiwa(k, "laporan/2024-tw1")[-2:]
    assert teken.sesudah == paraf.sidik()
    assert k.forge.reports().laporan(TW1) is not None
    _, kiriman = sop.kirim(k.sesi("p-citra"), TW1, _buang)
    assert k.forge.reports().kirim(TW1).sha256 == kiriman.kirim.sha256
    with pytest.raises(DitolakError, match="sudah dikirim"):
        sop.kirim(k.sesi("p-citra"), TW1, _buang)
    salinan = k.forge.reports().peristiwa(TW1)
    log = [c for c in k.forge.log.baca() if c.peristiwa.periode == "2024-tw1"]
    assert [c.bita for c in salinan] == [c.bita for c in log]


def test_a_dppa_that_comes_before_the_signature_asks_for_a_new_draft(kantor: Any) -> None:
    k = kantor
    k.semua_bertanda()
    sop.susun(k.sesi("p-citra"), TW1)
    sop.paraf(k.sesi("p-bakri"), TW1, ya=True)
    k.ubah_utama("reports/2024/anggaran.yaml", b"# DPPA\n")
    with pytest.raises(BentrokError, match=r"anggaran\.yaml berubah sesudah laporan disusun"):
        sop.tanda_tangan(k.sesi("p-ayu"), TW1, ya=True)
    sop.susun(k.sesi("p-citra", "2024-04-04T10:00"), TW1)
    with pytest.raises(DitolakError):
        sop.tanda_tangan(k.sesi("p-ayu"), TW1, ya=True)
    sop.paraf(k.sesi("p-bakri"), TW1, ya=True)
    sop.tanda_tangan(k.sesi("p-ayu"), TW1, ya=True)
    with pytest.raises(DitolakError, match="sudah ditandatangani"):
        sop.susun(k.sesi("p-citra"), TW1)


def test_the_archive_holds_the_documents_on_which_the_report_was_signed(kantor: Any) -> None:
    k = kantor
    _siap_kirim(k)
    dasar = {j: k.forge.reports().pohon.baca(j) for j in ("reports/2024/anggaran.yaml", "reports/kebijakan.yaml")}
    for jalur in dasar:
        k.ubah_utama(jalur, b"# berubah sesudah tanda tangan\n")
    k.ubah_utama("reports/jabatan.yaml", b"# jabatan hari ini\n")
    _, kiriman = sop.kirim(k.sesi("p-citra"), TW1, _buang)
    with zipfile.ZipFile(io.BytesIO(kiriman.arsip)) as z:
        isi = {n.partition("/")[2]: z.read(n) for n in z.namelist()} | {n: z.read(n) for n in z.namelist()}
    for jalur, bita in dasar.items():
        assert isi[f"data/{jalur}"] == bita
    assert isi["data/reports/jabatan.yaml"].endswith(b"# jabatan hari ini\n")
    putusan = verifikasi(io.BytesIO(kiriman.arsip), berkas_percaya(k.forge.reports()), None)
    assert putusan.hasil.value == "TIDAK DAPAT DIPASTIKAN"
    assert [b.pokok for b in putusan.baris if b.putus.value != "SAH"] == ["saksi waktu"]


def _siap_kirim(k: Any) -> None:
    k.semua_bertanda()
    sop.susun(k.sesi("p-citra"), TW1)
    sop.paraf(k.sesi("p-bakri"), TW1, ya=True)
    sop.tanda_tangan(k.sesi("p-ayu"), TW1, ya=True)


def test_an_archive_that_the_receiver_would_refuse_is_not_sent(kantor: Any) -> None:
    k = kantor
    _siap_kirim(k)
    identitas = k.forge.reports().pohon.baca("reports/identitas.yaml")
    lama, lain = (k.instansi.kunci.joinpath(f"{o}.pub").read_bytes().split()[1] for o in ("p-citra", "p-oki"))
    k.tulis_utama("reports/identitas.yaml", identitas.replace(lama, lain))
    utama = k.forge.utama()
    with pytest.raises(KinerjaError, match="tidak akan dinyatakan SAH"):
        sop.kirim(k.sesi("p-citra"), TW1, _buang)
    assert k.forge.utama() == utama


def test_later_offices_rules_and_keys_do_not_reach_back(kantor: Any) -> None:
    """Each act is judged by what main said on its own day."""
    k = kantor
    k.semua_bertanda()
    kebijakan = yaml.safe_load(k.forge.reports().pohon.baca("reports/kebijakan.yaml"))
    for aturan in kebijakan["persetujuan"]:
        if aturan["jenis"] == "kertas-kerja":
            aturan["langkah"].append({**aturan["langkah"][0], "jabatan": "sekretaris"})
    k.tulis_utama("reports/kebijakan.yaml", yaml.safe_dump(kebijakan, allow_unicode=True).encode())
    sop.susun(k.sesi("p-citra"), TW1)
    sop.paraf(k.sesi("p-bakri"), TW1, ya=True)
    sop.tanda_tangan(k.sesi("p-ayu"), TW1, ya=True)
    jabatan = k.forge.reports().pohon.baca("reports/jabatan.yaml")
    k.tulis_utama("reports/jabatan.yaml", jabatan.replace(b"orang: p-indah", b"orang: p-joni"))
    _, kiriman = sop.kirim(k.sesi("p-citra"), TW1, _buang)
    putusan = verifikasi(io.BytesIO(kiriman.arsip), berkas_percaya(k.forge.reports()), None)
    assert [b.pokok for b in putusan.baris if b.putus.value != "SAH"] == ["saksi waktu"]
    assert any("berasal dari riwayat main pengirim" in b.alasan for b in putusan.baris)


def test_an_archive_that_cannot_be_kept_is_not_recorded_as_sent(kantor: Any) -> None:
    k = kantor
    _siap_kirim(k)

    def penuh(_nama: str, _bita: bytes) -> None:
        raise OSError("disk penuh")

    with pytest.raises(OSError, match="disk penuh"):
        sop.kirim(k.sesi("p-citra"), TW1, penuh)
    assert k.forge.reports().kirim(TW1) is None
    assert sop.kirim(k.sesi("p-citra"), TW1, _buang)[1].kirim.sha256


def test_offices_that_change_while_an_act_is_judged_stop_it(kantor: Any) -> None:
    k = kantor
    k.isi(DESA, "p-nanang")
    s = k.sesi("p-indah")
    k.ubah_utama("reports/jabatan.yaml", b"# baru\n")
    with pytest.raises(BentrokError, match=r"jabatan\.yaml berubah"):
        sop.periksa(s, TW1, DESA, ya=True)
    k.ubah_utama("reports/2024/anggaran.yaml", b"# bukan tata kelola\n")
    assert _tindakan(k, f"kk/2024-tw1/{DESA}") == ["siapkan", "ajukan"]
    sop.periksa(k.sesi("p-indah"), TW1, DESA, ya=True)


def test_a_policy_without_the_rule_lets_nothing_to_main(kantor: Any) -> None:
    k = kantor
    kebijakan = yaml.safe_load(k.forge.reports().pohon.baca("reports/kebijakan.yaml"))
    kebijakan["persetujuan"] = [a for a in kebijakan["persetujuan"] if a["jenis"] != "disposisi"]
    k.tulis_utama("reports/kebijakan.yaml", yaml.safe_dump(kebijakan, allow_unicode=True).encode())
    utama = k.forge.utama()
    with pytest.raises(DitolakError, match="kebijakan tidak mengizinkan"):
        sop.disposisi(k.sesi("p-bakri"), walk.Periode.baca("2024-tw2"), "x")
    assert k.forge.utama() == utama


def test_an_answer_holds_for_what_was_read(kantor: Any) -> None:
    k = kantor
    k.isi(DESA, "p-nanang")
    dibaca = lihat_lembar(k.sesi("p-indah"), TW1, DESA).sidik[:12]
    s = k.sesi("p-nanang", "2024-04-02T10:00")
    berubah = {walk.penunjuk(sop.ambil(s, TW1, DESA), "pd-01", "penjelasan"): "berubah"}
    sop.isi(s, TW1, DESA, nilai=berubah, ajukan=True)
    with pytest.raises(BentrokError, match="berubah sejak dibaca"):
        sop.periksa(k.sesi("p-indah"), TW1, DESA, ya=True, sidik=dibaca)
    with pytest.raises(BentrokError):
        sop.periksa(k.sesi("p-indah"), TW1, DESA, ya=True, sidik="")
    kini = lihat_lembar(k.sesi("p-indah"), TW1, DESA).sidik
    sop.periksa(k.sesi("p-indah"), TW1, DESA, ya=True, sidik=kini[:12].upper())


LANGKAH: dict[str, tuple[set[str], Callable[[Sesi], object]]] = {
    "disposisi": ({"p-bakri"}, lambda s: sop.disposisi(s, walk.Periode.baca("2024-tw2"), "x")),
    "siapkan": ({"p-citra"}, lambda s: sop.siapkan(s, TW1)),
    "isi": ({"p-nanang"}, lambda s: sop.isi(s, TW1, DESA, ajukan=True)),
    "periksa": ({"p-indah"}, lambda s: sop.periksa(s, TW1, DESA, ya=True)),
    "susun": ({"p-citra"}, lambda s: sop.susun(s, TW1)),
    "paraf": ({"p-bakri"}, lambda s: sop.paraf(s, TW1, ya=True)),
    "tanda-tangan": ({"p-ayu"}, lambda s: sop.tanda_tangan(s, TW1, ya=True)),
    "kirim": ({"p-citra"}, lambda s: sop.kirim(s, TW1, _buang)),
}


def test_every_step_refuses_everybody_the_policy_does_not_name(kantor: Any) -> None:
    semua = [o.id for o in kantor.forge.reports().identitas().orang]
    lama = kantor.forge.repo.ref_ref("refs/")
    for nama, (boleh, langkah) in LANGKAH.items():
        for orang in semua:
            if orang in boleh:
                continue
            with pytest.raises(DitolakError, match="tidak berwenang"):
                langkah(kantor.sesi(orang))
            assert kantor.forge.repo.ref_ref("refs/") == lama, f"{nama} oleh {orang} menulis sesuatu"


def test_a_byte_changed_after_submission_voids_it(kantor: Any) -> None:
    kantor.isi(DESA, "p-nanang")
    s = kantor.sesi("p-nanang")
    bita = sop.ambil(s, TW1, DESA)
    sop.isi(s, TW1, DESA, nilai={walk.penunjuk(bita, "pd-04", "realisasi"): 11})
    with pytest.raises(DitolakError, match="belum diajukan"):
        sop.periksa(kantor.sesi("p-indah"), TW1, DESA, ya=True)


def test_saving_nothing_makes_no_commit_and_one_value_one_line(kantor: Any) -> None:
    s = kantor.sesi("p-nanang")
    kepala = kantor.forge.kepala(f"kk/2024-tw1/{DESA}")
    sop.isi(s, TW1, DESA, nilai={})
    assert kantor.forge.kepala(f"kk/2024-tw1/{DESA}") == kepala
    lama = sop.ambil(s, TW1, DESA)
    sop.isi(s, TW1, DESA, nilai={walk.penunjuk(lama, "pd-04", "realisasi"): 11})
    baru = sop.ambil(s, TW1, DESA)
    beda = [(a, b) for a, b in zip(lama.splitlines(), baru.splitlines(), strict=True) if a != b]
    assert beda == [(b"    realisasi: null  # \xe2\x97\x84 isi", b"    realisasi: 11  # \xe2\x97\x84 isi")]


def test_two_people_in_one_worksheet(kantor: Any) -> None:
    asal = sop.ambil(kantor.sesi("p-nanang"), TW1, DESA)
    a = asal.replace(b"    realisasi: null", b"    realisasi: 90", 1)
    sop.isi(kantor.sesi("p-nanang"), TW1, DESA, suntingan=sop.Suntingan(a, asal))
    b = walk.penunjuk(asal, "pd-04", "realisasi")
    punya_b = sop.sisip(asal, {b: 7})
    sop.isi(kantor.sesi("p-nanang"), TW1, DESA, suntingan=sop.Suntingan(punya_b, asal))
    gabungan = sop.ambil(kantor.sesi("p-nanang"), TW1, DESA)
    assert b"    realisasi: 90" in gabungan
    assert b"    realisasi: 7 " in gabungan
    bentrok = asal.replace(b"    realisasi: null", b"    realisasi: 80", 1)
    kepala = kantor.forge.kepala(f"kk/2024-tw1/{DESA}")
    with pytest.raises(BentrokError, match="Anda `80`, tersimpan `90`"):
        sop.isi(kantor.sesi("p-nanang"), TW1, DESA, suntingan=sop.Suntingan(bentrok, asal))
    assert kantor.forge.kepala(f"kk/2024-tw1/{DESA}") == kepala


def test_a_worksheet_with_faults_is_not_saved(kantor: Any) -> None:
    asal = sop.ambil(kantor.sesi("p-nanang"), TW1, DESA)
    kepala = kantor.forge.kepala(f"kk/2024-tw1/{DESA}")
    rusak = asal.replace(b"    realisasi: null", b"    realisasi: 97,5", 1)
    with pytest.raises(TemuanError) as e:
        sop.isi(kantor.sesi("p-nanang"), TW1, DESA, suntingan=sop.Suntingan(rusak, asal))
    (t,) = [t for t in e.value.temuan if t.tingkat == "galat"]
    assert (t.nilai, t.baris > 0, t.kolom) == ("97,5", True, 16)
    assert "97.5" in t.tindakan
    assert kantor.forge.kepala(f"kk/2024-tw1/{DESA}") == kepala


def test_tidak_needs_a_reason(kantor: Any) -> None:
    kantor.isi(DESA, "p-nanang")
    with pytest.raises(PemakaianError, match="alasan belum ditulis"):
        sop.periksa(kantor.sesi("p-indah"), TW1, DESA, ya=False, alasan="  ")


def test_a_late_bidang_needs_the_sekretaris(kantor: Any) -> None:
    k = kantor
    r = k.forge.reports()
    for b, isi, periksa in (("sekretariat", "p-dedi", "p-bakri"), (DESA, "p-nanang", "p-indah")):
        k.isi(b, isi)
        sop.periksa(k.sesi(periksa), TW1, b, ya=True)
    with pytest.raises(DitolakError, match="belum ditandatangani"):
        sop.susun(k.sesi("p-citra"), TW1)
    for b in r.organisasi().bidang:
        if b.id not in ("sekretariat", DESA):
            sop.izinkan_tanpa(k.sesi("p-bakri"), TW1, b.id, "terlambat")
    sop.susun(k.sesi("p-citra"), TW1)
    sop.paraf(k.sesi("p-bakri"), TW1, ya=True)
    sop.tanda_tangan(k.sesi("p-ayu"), TW1, ya=True)
    laporan = k.forge.reports().laporan(TW1)
    assert {t.bidang for t in laporan.tanpa} == {b.id for b in r.organisasi().bidang} - {"sekretariat", DESA}
    _, kiriman = sop.kirim(k.sesi("p-citra"), TW1, _buang)
    putusan = verifikasi(io.BytesIO(kiriman.arsip), berkas_percaya(k.forge.reports()), None)
    assert any("seizin Sekretaris: terlambat" in b.alasan for b in putusan.baris)
    assert [b.pokok for b in putusan.baris if b.putus.value != "SAH"] == ["saksi waktu"]


def test_a_later_quarter_freezes_the_worksheets_before_it(kantor: Any) -> None:
    k = kantor
    tw2 = walk.Periode.baca("2024-tw2")
    k.semua_bertanda()
    sop.disposisi(k.sesi("p-bakri", "2024-07-01T08:05"), tw2, "Laporkan.")
    for b in k.forge.reports().organisasi().bidang:
        sop.izinkan_tanpa(k.sesi("p-bakri", "2024-07-02T08:05"), tw2, b.id, "terlambat")
    sop.susun(k.sesi("p-citra", "2024-07-03T08:05"), tw2)
    draft = k.forge.reports(k.forge.kepala("laporan/2024-tw2")).laporan(tw2)
    jalur = {m.jalur for m in draft.masukan}
    assert jalur_kertas_kerja(TW1, DESA) in jalur
    assert "reports/organisasi.yaml" in jalur


def test_a_kabid_cannot_sign_what_was_written_in_that_name(kantor: Any) -> None:
    jalur = jalur_kertas_kerja(TW1, DESA)
    kantor.isi(DESA, "p-nanang")
    perubahan = f"kk/2024-tw1/{DESA}"
    s = kantor.sesi("p-indah")
    kepala = kantor.forge.kepala(perubahan)
    bita = kantor.forge.repo.baca(kepala, jalur)
    oid = kantor.forge.tulis_cabang(perubahan, kepala, {jalur: bita + b"\n"}, "Sunting\n", s.orang, s.waktu)
    kantor.forge.pindah_cabang(perubahan, oid, kepala)
    sop.isi(kantor.sesi("p-nanang"), TW1, DESA, ajukan=True)
    with pytest.raises(DitolakError, match="ikut menulis"):
        sop.periksa(kantor.sesi("p-indah"), TW1, DESA, ya=True)


def test_the_repository_is_whole_and_a_clone_without_refs_shows_events(kantor: Any, tmp_path: Path) -> None:
    kantor.isi(DESA, "p-nanang")
    sop.periksa(kantor.sesi("p-indah"), TW1, DESA, ya=True)
    git = kantor.instansi.git
    assert subprocess.run(["git", "-C", git, "fsck", "--strict"], capture_output=True, check=False).returncode == 0
    subprocess.run(["git", "clone", "-q", git, tmp_path / "klon"], check=True)
    nama = sorted(p.name for p in (tmp_path / "klon/reports/2024/tw1/peristiwa").iterdir())
    assert any(n.endswith(".json.sig") for n in nama)
    assert '"tanda-tangan"' in (tmp_path / "klon/reports/2024/tw1/peristiwa" / nama[-2]).read_text()
