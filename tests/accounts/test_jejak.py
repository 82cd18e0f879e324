"""The audit trail only grows, page by page, for 400 days."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from kinerja.accounts import cleanup
from kinerja.accounts.jejak import Jejak, Peristiwa
from kinerja.accounts.people import DaftarAkun
from kinerja.accounts.sessions import DaftarSesi
from kinerja.accounts.store import Permintaan, Simpanan

from .perangkat import nanti, paksa, peristiwa, serentak


@pytest.fixture
def jejak(simpanan: Simpanan) -> Jejak:
    return Jejak(simpanan)


def test_an_entry_tells_when_who_where_what(jejak: Jejak, minta: Permintaan) -> None:
    jejak.catat(replace(minta, oleh="p-citra"), Peristiwa.TINDAKAN, "paraf 2024-tw3")
    jejak.catat(minta, Peristiwa.DITOLAK, "csrf")
    tamu, citra = jejak.baca()
    assert (citra.saat, citra.orang, citra.alamat) == (minta.saat, "p-citra", "10.0.0.7")
    assert (citra.peristiwa, citra.rincian) == ("tindakan", "paraf 2024-tw3")
    assert (tamu.orang, tamu.peristiwa, tamu.rincian) == (None, "permintaan-ditolak", "csrf")
    assert tamu.nomor > citra.nomor


def test_who_did_it_to_whom(jejak: Jejak, simpanan: Simpanan, minta: Permintaan) -> None:
    admin = replace(minta, oleh="p-admin")
    jejak.catat(admin, Peristiwa.AKUN_DINONAKTIFKAN, orang="p-citra")
    jejak.catat(admin, Peristiwa.TINDAKAN, "x", orang="p-citra")
    jejak.catat(admin, Peristiwa.TINDAKAN, "x", orang="p-admin")
    assert [p[1:] for p in peristiwa(simpanan)] == [
        ("p-citra", "oleh p-admin"), ("p-citra", "oleh p-admin; x"), ("p-admin", "x"),
    ]  # fmt: skip


def test_pages_newest_first(jejak: Jejak, minta: Permintaan) -> None:
    for n in range(7):
        jejak.catat(minta, Peristiwa.TINDAKAN, str(n))
    a = jejak.baca(3)
    b = jejak.baca(3, a[-1].nomor)
    c = jejak.baca(3, b[-1].nomor)
    assert [[k.rincian for k in h] for h in (a, b, c)] == [["6", "5", "4"], ["3", "2", "1"], ["0"]]
    assert jejak.baca(3, c[-1].nomor) == ()
    assert jejak.baca(-1) == ()


def test_strangers_text_is_one_short_line(jejak: Jejak, minta: Permintaan) -> None:
    jejak.catat(replace(minta, alamat="x" * 999), Peristiwa.DITOLAK, "a\nb\x1b[31m\ud800" + "c" * 999)
    (c,) = jejak.baca()
    assert c.rincian.startswith("a\ufffdb\ufffd[31m\ufffdccc")
    assert (len(c.rincian), len(c.alamat)) == (500, 100)


def test_no_entry_can_be_changed_or_deleted(jejak: Jejak, simpanan: Simpanan, minta: Permintaan) -> None:
    jejak.catat(minta, Peristiwa.TINDAKAN, "asli")
    jejak.catat(nanti(minta, days=399), Peristiwa.TINDAKAN, "asli")
    for sql in ("UPDATE jejak SET rincian = 'palsu'", "DELETE FROM jejak WHERE rowid > 1", "REPLACE INTO jejak"
                " SELECT nomor, saat, orang, alamat, peristiwa, 'palsu' FROM jejak WHERE nomor = 2"):  # fmt: skip
        with pytest.raises(sqlite3.IntegrityError):
            paksa(simpanan, sql)
    assert [p[2] for p in peristiwa(simpanan)] == ["asli", "asli"]


def test_four_hundred_days_are_kept(jejak: Jejak, simpanan: Simpanan, minta: Permintaan) -> None:
    for hari in (0, 1, 2):
        jejak.catat(nanti(minta, days=hari), Peristiwa.TINDAKAN, str(hari))
    assert jejak.bersihkan(minta.saat + timedelta(days=400)) == 0
    assert jejak.bersihkan(minta.saat + timedelta(days=401, microseconds=1)) == 2
    assert [p[2] for p in peristiwa(simpanan)] == ["2", "2 catatan"]
    assert jejak.bersihkan(minta.saat + timedelta(days=401, microseconds=1)) == 0


def test_a_trail_that_slept_for_years_is_cleaned_too(jejak: Jejak, simpanan: Simpanan, minta: Permintaan) -> None:
    jejak.catat(minta, Peristiwa.TINDAKAN)
    assert jejak.bersihkan(minta.saat + timedelta(days=4000)) == 1
    assert [p[0] for p in peristiwa(simpanan)] == ["jejak-dibersihkan"]


def test_numbers_are_never_used_twice(jejak: Jejak, minta: Permintaan) -> None:
    jejak.catat(minta, Peristiwa.TINDAKAN)
    jejak.bersihkan(minta.saat + timedelta(days=500))
    (c,) = jejak.baca()
    assert c.nomor == 2


def test_fifty_at_once_are_all_there(jejak: Jejak, simpanan: Simpanan, minta: Permintaan) -> None:
    serentak(50, lambda n: jejak.catat(minta, Peristiwa.TINDAKAN, str(n)))
    assert {p[2] for p in peristiwa(simpanan)} == {str(n) for n in range(50)}


def test_the_daily_cleaning(akun: DaftarAkun, simpanan: Simpanan, minta: Permintaan) -> None:
    akun.undang("p-citra", minta, timedelta(days=1))
    sesi = DaftarSesi(simpanan)
    sesi.buka("p-citra", minta)
    tetap, _ = sesi.buka("p-citra", nanti(minta, hours=5))
    saat = minta.saat + timedelta(hours=11)
    assert cleanup.bersihkan(simpanan, saat) == {
        "tantangan": 0, "undangan": 0, "sesi": 1, "percobaan": 0, "jejak": 0,
    }  # fmt: skip
    assert sesi.ambil(tetap, minta.saat + timedelta(hours=5))
    setahun = cleanup.bersihkan(simpanan, minta.saat + timedelta(days=420))
    assert setahun == {"tantangan": 0, "undangan": 1, "sesi": 1, "percobaan": 0, "jejak": 1}
    assert [a.orang for a in akun.daftar()] == ["p-citra"]
