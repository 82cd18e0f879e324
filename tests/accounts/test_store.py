"""The database of the desk: how it is made, what it refuses, and that threads lose nothing."""

from __future__ import annotations

import gc
import sqlite3
import stat
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

import pytest

from kinerja.accounts.schema import MIGRASI
from kinerja.accounts.store import Simpanan, SimpananError, baca_saat, tulis_saat
from kinerja.domain.errors import KinerjaError

from .perangkat import SAAT, paksa, serentak

TAMBAH = "INSERT INTO jejak (saat, orang, alamat, peristiwa, rincian) VALUES ('s', 'p', '', 'e', ?)"


def _jumlah(simpanan: Simpanan) -> int:
    with simpanan.baca() as db:
        jumlah: int = db.execute("SELECT count(*) FROM jejak").fetchone()[0]
        return jumlah


def test_a_new_database_is_for_its_owner_alone_and_written_through(simpanan: Simpanan, berkas: Path) -> None:
    paksa(simpanan, TAMBAH, "x")
    assert stat.S_IMODE(berkas.parent.stat().st_mode) == 0o700
    semua = list(berkas.parent.iterdir())
    assert {b.name for b in semua} == {"meja.sqlite", "meja.sqlite-wal", "meja.sqlite-shm"}
    assert {stat.S_IMODE(b.stat().st_mode) for b in semua} == {0o600}
    with simpanan.baca() as db:
        nilai = {p: db.execute(f"PRAGMA {p}").fetchone()[0] for p in
                 ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "user_version")}  # fmt: skip
    assert nilai == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000,
                     "user_version": len(MIGRASI)}  # fmt: skip


def test_a_loose_file_is_closed_and_a_loose_folder_refused(berkas: Path) -> None:
    Simpanan(berkas).tutup()
    berkas.chmod(0o644)
    Simpanan(berkas).tutup()
    assert stat.S_IMODE(berkas.stat().st_mode) == 0o600
    berkas.parent.chmod(0o755)
    with pytest.raises(SimpananError, match="dapat dibuka orang lain") as e:
        Simpanan(berkas)
    assert e.value.saran == f"jalankan: chmod 700 {berkas.parent}"
    assert stat.S_IMODE(berkas.parent.stat().st_mode) == 0o755


def test_what_was_written_is_there_after_a_restart(berkas: Path) -> None:
    with Simpanan(berkas) as s:
        paksa(s, TAMBAH, "x")
        rahasia = s.rahasia("pra-sesi")
    with Simpanan(berkas) as s:
        assert _jumlah(s) == 1
        assert s.rahasia("pra-sesi") == rahasia
        assert s.rahasia("lain") != rahasia
        assert len(rahasia) == 32


def test_what_was_committed_survives_a_killed_server(berkas: Path) -> None:
    program = f"""
import os
from pathlib import Path
from kinerja.accounts.store import Simpanan
s = Simpanan(Path({str(berkas)!r}))
for selesai in (True, False):
    with s.tulis() as db:
        db.execute({TAMBAH!r}, ("x",))
        if not selesai:
            os._exit(9)
"""
    lingkungan = {"PYTHONPATH": ":".join(sys.path)}
    assert subprocess.run([sys.executable, "-c", program], env=lingkungan, check=False).returncode == 9
    with Simpanan(berkas) as s:
        assert _jumlah(s) == 1


def test_a_transaction_is_all_or_nothing_and_the_inner_one_part_of_the_outer(simpanan: Simpanan) -> None:
    with pytest.raises(KinerjaError), simpanan.tulis():
        paksa(simpanan, TAMBAH, "dalam")
        raise KinerjaError("batal")
    assert _jumlah(simpanan) == 0
    with simpanan.tulis():
        paksa(simpanan, TAMBAH, "dalam")
        paksa(simpanan, TAMBAH, "dalam")
    assert _jumlah(simpanan) == 2


def test_fifty_threads_lose_nothing_and_leave_no_connection_behind(simpanan: Simpanan) -> None:
    def kerja(n: int) -> None:
        for i in range(4):
            paksa(simpanan, TAMBAH, f"{n}-{i}")
            _jumlah(simpanan)

    serentak(50, kerja)
    assert _jumlah(simpanan) == 200
    gc.collect()
    assert len(simpanan._semua) == 1


def test_each_thread_has_a_connection_of_its_own(simpanan: Simpanan) -> None:
    ketemu = []
    siap = threading.Barrier(3)

    def kerja(_: int) -> None:
        with simpanan.baca() as db:
            ketemu.append(db)
            siap.wait(5)

    serentak(3, kerja)
    assert len(set(map(id, ketemu))) == 3


def test_two_servers_on_one_file_wait_for_each_other(simpanan: Simpanan, berkas: Path) -> None:
    with Simpanan(berkas) as kedua:
        serentak(10, lambda n: [paksa(simpanan if n % 2 else kedua, TAMBAH, str(n)) for _ in range(10)])
    assert _jumlah(simpanan) == 100


def test_who_holds_the_file_too_long_is_named(simpanan: Simpanan, berkas: Path) -> None:
    lain = sqlite3.connect(berkas, isolation_level=None)
    lain.execute("BEGIN IMMEDIATE")
    with simpanan.baca() as db:
        db.execute("PRAGMA busy_timeout = 20")
    with pytest.raises(SimpananError, match="terlalu lama dipakai proses lain") as e:
        paksa(simpanan, TAMBAH, "x")
    assert "hanya satu server" in e.value.saran
    lain.close()
    paksa(simpanan, TAMBAH, "x")
    assert _jumlah(simpanan) == 1


@pytest.mark.parametrize("isi", [b"bukan basis data " * 400, b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, isi: bytes) -> None:
    berkas = tmp_path / "meja.sqlite"
    berkas.write_bytes(isi)
    with pytest.raises(SimpananError, match="rusak") as e:
        Simpanan(berkas)
    assert "cadangan" in e.value.saran
    assert berkas.read_bytes() == isi


def _isi_lalu_rusak(berkas: Path) -> None:
    with Simpanan(berkas) as s:
        for n in range(400):
            paksa(s, TAMBAH, f"{n} " + "x" * 400)
    isi = bytearray(berkas.read_bytes())
    tengah = len(isi) // 2 // 4096 * 4096
    isi[tengah : tengah + 8192] = b"\xa5" * 8192
    berkas.write_bytes(isi)


def test_a_damaged_page_is_found_at_the_start(berkas: Path) -> None:
    _isi_lalu_rusak(berkas)
    with pytest.raises(SimpananError, match="rusak") as e:
        Simpanan(berkas)
    assert "hentikan server" in e.value.saran


def test_damage_while_the_server_runs_is_said_too(berkas: Path) -> None:
    with Simpanan(berkas) as s:
        paksa(s, TAMBAH, "x")
    with Simpanan(berkas) as s:
        berkas.write_bytes(berkas.read_bytes()[:4096] + b"\xa5" * (berkas.stat().st_size - 4096))
        with pytest.raises(SimpananError, match="rusak"):
            serentak(1, lambda _: paksa(s, "SELECT * FROM jejak").fetchall())


def test_a_full_disk_is_said_and_nothing_is_half_kept(simpanan: Simpanan) -> None:
    with simpanan.tulis() as db:
        halaman = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {halaman + 2}")
    with pytest.raises(SimpananError, match="penyimpanan penuh") as e, simpanan.tulis():
        paksa(simpanan, TAMBAH, "kecil")
        paksa(simpanan, TAMBAH, "x" * 50_000)
    assert "kosongkan tempat" in e.value.saran
    assert _jumlah(simpanan) == 0
    paksa(simpanan, TAMBAH, "kecil")
    assert _jumlah(simpanan) == 1


def test_a_file_that_cannot_be_written_is_said(simpanan: Simpanan) -> None:
    with simpanan.baca() as db:
        db.execute("PRAGMA query_only = ON")
    with pytest.raises(SimpananError, match="tidak dapat dibuka atau ditulisi") as e:
        paksa(simpanan, TAMBAH, "x")
    assert "milik pengguna yang menjalankan server" in e.value.saran


def test_a_place_where_no_file_can_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("")
    (tmp_path / "folder" / "meja.sqlite").mkdir(parents=True)
    (tmp_path / "folder").chmod(0o700)
    for tempat in ("berkas/meja.sqlite", "folder/meja.sqlite"):
        with pytest.raises(SimpananError, match="tidak dapat dibuka atau ditulisi"):
            Simpanan(tmp_path / tempat)


def test_a_database_of_another_program_and_of_a_newer_kinerja_are_refused(berkas: Path) -> None:
    with Simpanan(berkas) as s, s.tulis() as db:
        db.execute(f"PRAGMA user_version = {len(MIGRASI) + 1}")
    with pytest.raises(SimpananError, match="kinerja yang lebih baru"):
        Simpanan(berkas)
    lain = berkas.with_name("lain.sqlite")
    db = sqlite3.connect(lain)
    db.execute("CREATE TABLE orang (nama)")
    db.close()
    with pytest.raises(SimpananError, match="bukan basis data meja kerja"):
        Simpanan(lain)


def test_a_migration_that_was_interrupted_begins_again(berkas: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rusak = ((*MIGRASI[0][:3], "CREATE TABLE salah ("),)
    monkeypatch.setattr("kinerja.accounts.store.MIGRASI", rusak)
    with pytest.raises(sqlite3.OperationalError):
        Simpanan(berkas)
    monkeypatch.undo()
    with Simpanan(berkas) as s:
        assert _jumlah(s) == 0


def test_a_later_migration_lifts_an_older_file(berkas: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Simpanan(berkas) as s:
        paksa(s, TAMBAH, "lama")
    baru = (*MIGRASI, ("ALTER TABLE surel ADD COLUMN jenis TEXT",))
    monkeypatch.setattr("kinerja.accounts.store.MIGRASI", baru)
    with Simpanan(berkas) as s:
        assert _jumlah(s) == 1
        paksa(s, "INSERT INTO surel VALUES ('p-citra', 'a@b.id', 's', 'dinas')")
        with s.baca() as db:
            assert db.execute("PRAGMA user_version").fetchone()[0] == len(baru)


def test_an_instant_keeps_its_order_as_text_and_needs_a_zone() -> None:
    assert tulis_saat(SAAT) == "2024-10-03T02:31:00.000000+00:00"
    assert baca_saat(tulis_saat(SAAT)) == SAAT
    with pytest.raises(ValueError, match="zona"):
        tulis_saat(datetime(2024, 10, 3))


def test_a_fault_of_ours_stays_what_it_is(simpanan: Simpanan) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        paksa(simpanan, "INSERT INTO undangan VALUES (x'00', 'tak-ada', 's', 's', NULL, NULL)")
