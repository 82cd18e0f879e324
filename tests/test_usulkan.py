"""Proposals outside the eight steps: a Plh is appointed, policy and plan change, each by its own offices."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.walk import DESA, TW1, Kantor

from kinerja import proposing, sop
from kinerja.cli.main import jalankan
from kinerja.domain.errors import BentrokError, DitolakError, PemakaianError, TemuanError
from kinerja.history import periksa_riwayat

pytestmark = pytest.mark.lambat
JABATAN = "reports/jabatan.yaml"
PLH = f"""  - jabatan: kabid:{DESA}
    orang: p-gita
    sebutan: plh
    mulai: 2024-04-01
    selesai: 2024-04-10
    dasar:
      nomor: SPT 090/7/CONTOH
      tanggal: 2024-04-01
      tentang: Penunjukan Plh.
""".encode()
USUL = "usul/plh-desa"
Capsys = pytest.CaptureFixture[str]


@pytest.fixture
def kantor(tmp_path: Path) -> Kantor:
    k = Kantor(tmp_path / "dinas")
    k.buka()
    return k


def _dengan_plh(k: Kantor) -> bytes:
    return (k.forge.reports().pohon.baca(JABATAN) or b"") + PLH


def _usulkan(k: Kantor, orang: str = "p-oki") -> None:
    proposing.usulkan(k.sesi(orang), "plh-desa", {JABATAN: _dengan_plh(k)}, "Plh. Kabid selama cuti")


def test_a_plh_is_appointed_by_two_offices_in_order_and_then_signs(kantor: Kantor) -> None:
    _usulkan(kantor)
    with pytest.raises(DitolakError, match="tidak mengikuti langkah sebelumnya"):
        proposing.jawab(kantor.sesi("p-ayu"), USUL, ya=True)
    h = proposing.jawab(kantor.sesi("p-bakri"), USUL, ya=True)
    assert h.pemegang == ("Kepala Dinas (Ayu Contohwati)",)
    h = proposing.jawab(kantor.sesi("p-ayu"), USUL, ya=True)
    assert "disetujui dan berlaku" in h.terjadi
    kantor.isi(DESA, "p-nanang")
    with pytest.raises(DitolakError, match="tidak berwenang"):
        sop.periksa(kantor.sesi("p-indah"), TW1, DESA, ya=True)
    assert "Plh." in sop.periksa(kantor.sesi("p-gita"), TW1, DESA, ya=True).terjadi
    assert all(b.lulus for b in periksa_riwayat(kantor.instansi.forge()))
    with pytest.raises(DitolakError, match="sudah berlaku"):
        proposing.jawab(kantor.sesi("p-ayu"), USUL, ya=True)


def test_returned_proposed_anew_and_approved_anew(kantor: Kantor) -> None:
    _usulkan(kantor)
    proposing.jawab(kantor.sesi("p-bakri"), USUL, ya=True)
    proposing.jawab(kantor.sesi("p-ayu"), USUL, ya=False, alasan="Nomor suratnya keliru.")
    baru = _dengan_plh(kantor).replace(b"090/7", b"090/8")
    proposing.usulkan(kantor.sesi("p-oki"), "plh-desa", {JABATAN: baru}, "Nomor surat dibetulkan")
    proposing.jawab(kantor.sesi("p-bakri"), USUL, ya=True)
    proposing.jawab(kantor.sesi("p-ayu"), USUL, ya=True)
    assert b"090/8" in (kantor.forge.reports().pohon.baca(JABATAN) or b"")


def test_who_may_not_propose_or_approve_is_told_who_may(kantor: Kantor) -> None:
    with pytest.raises(DitolakError) as e:
        _usulkan(kantor, "p-nanang")
    assert "Oki Contoh Sistem" in (e.value.saran or "")
    _usulkan(kantor)
    with pytest.raises(DitolakError):
        proposing.jawab(kantor.sesi("p-indah"), USUL, ya=True)


def test_what_belongs_to_a_step_or_to_nobody_cannot_be_proposed(kantor: Kantor) -> None:
    for jalur, kata in ((f"reports/2024/tw1/kertas-kerja/{DESA}.yaml", "langkah SOP"), ("Makefile", "tidak ada jabatan")):
        with pytest.raises(DitolakError, match=kata):
            proposing.usulkan(kantor.sesi("p-oki"), "x1", {jalur: b"x"}, "x")
    with pytest.raises(PemakaianError):
        proposing.usulkan(kantor.sesi("p-oki"), "../x", {JABATAN: b"x"}, "x")
    lama = kantor.forge.reports().pohon.baca(JABATAN) or b""
    with pytest.raises(PemakaianError, match="sama dengan yang berlaku"):
        proposing.usulkan(kantor.sesi("p-oki"), "sama", {JABATAN: lama}, "x")


def test_a_fault_is_refused_before_anybody_reads_it(kantor: Kantor) -> None:
    with pytest.raises(TemuanError):
        proposing.usulkan(kantor.sesi("p-oki"), "rusak", {JABATAN: _dengan_plh(kantor).replace(b"plh\n", b"plx\n")}, "x")
    assert kantor.forge.kepala("usul/rusak") is None


def test_a_file_that_others_changed_meanwhile_is_not_overwritten(kantor: Kantor) -> None:
    _usulkan(kantor)
    kantor.ubah_utama(JABATAN, b"# lain\n")
    with pytest.raises(BentrokError, match="berubah di main sejak diusulkan"):
        proposing.jawab(kantor.sesi("p-bakri"), USUL, ya=True)
    assert b"# lain" in (kantor.forge.reports().pohon.baca(JABATAN) or b"")


def test_at_the_command_line_what_is_answered_was_read(
    kantor: Kantor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capsys
) -> None:
    monkeypatch.setenv("KINERJA_REPO", str(kantor.instansi.folder))
    monkeypatch.setenv("KINERJA_WAKTU", "2024-04-03T10:00")
    baru = tmp_path / "jabatan-baru.yaml"
    baru.write_bytes(_dengan_plh(kantor))
    usulkan = ["usulkan", "plh-desa", f"{JABATAN}={baru}", "--pesan", "Plh. Kabid"]
    assert jalankan([*usulkan, "--sebagai", "p-oki"]) == 0
    assert "Pena ada pada: Sekretaris (Bakri Misalnya)" in capsys.readouterr().out
    assert jalankan(["usulkan", "x1", f"{JABATAN}={tmp_path}/tiada", "--pesan", "x", "--sebagai", "p-oki"]) == 2
    assert jalankan(["setujui", USUL, "--lihat", "--sebagai", "p-bakri"]) == 0
    layar = capsys.readouterr().out
    assert f"+  - jabatan: kabid:{DESA}" in layar
    sidik = layar.split("Sidik isi ini: ")[1].split()[0]
    assert jalankan(["setujui", USUL, "--ya", "--sidik", "0" * 12, "--sebagai", "p-bakri"]) == 1
    assert jalankan(["setujui", USUL, "--ya", "--sidik", sidik, "--sebagai", "p-bakri"]) == 0
    assert jalankan(["usulan", USUL]) == 0
    layar = capsys.readouterr().out
    assert "✓ Setuju Sekretaris" in layar
    assert "Sekarang giliran Ayu Contohwati, Kepala Dinas: membaca dan menyetujui" in layar
    assert jalankan(["setujui", USUL, "--ya", "--sidik", sidik, "--sebagai", "p-ayu"]) == 0
    assert jalankan(["check-approvals", "--riwayat"]) == 0
