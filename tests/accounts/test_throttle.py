"""How long somebody waits after wrong passwords, and whom a flood does not touch."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kinerja.accounts import throttle
from kinerja.accounts.passwords import Penyandi
from kinerja.accounts.people import DaftarAkun, SalahMasukError
from kinerja.accounts.store import Permintaan, Simpanan
from kinerja.accounts.throttle import Pembatas, TungguError

from .perangkat import SANDI, nanti, serentak

ORANG = ("p-citra", "p-budi", "p-indah")


@pytest.fixture
def akun(simpanan: Simpanan, penyandi: Penyandi, minta: Permintaan) -> DaftarAkun:
    akun = DaftarAkun(simpanan, penyandi)
    for orang in ORANG:
        token = akun.undang(orang, minta, timedelta(days=1))
        akun.terima_dengan_sandi(token, SANDI, "Nama Lain", minta)
    return akun


def coba(akun: DaftarAkun, minta: Permintaan, orang: str = "p-citra", sandi: str = "salah sekali ini") -> str:
    """``masuk``, ``salah`` or the seconds to wait."""
    try:
        akun.masuk_dengan_sandi(orang, sandi, minta)
    except SalahMasukError:
        return "salah"
    except TungguError as e:
        assert e.sampai == minta.saat + timedelta(seconds=e.detik)
        return str(e.detik)
    return "masuk"


def test_five_failures_then_thirty_seconds(akun: DaftarAkun, minta: Permintaan) -> None:
    assert [coba(akun, minta) for _ in range(6)] == ["salah"] * 5 + ["30"]
    assert coba(akun, nanti(minta, seconds=29), sandi=SANDI) == "1"
    assert coba(akun, nanti(minta, seconds=30), sandi=SANDI) == "masuk"


def test_the_wait_doubles_up_to_an_hour(akun: DaftarAkun, minta: Permintaan) -> None:
    m = minta
    for _ in range(4):
        coba(akun, m)
    jeda = []
    for _ in range(9):
        assert coba(akun, m) == "salah"
        jeda.append(int(coba(akun, m)))
        m = nanti(m, seconds=jeda[-1])
    assert jeda == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]


def test_trying_while_waiting_does_not_prolong_it(akun: DaftarAkun, minta: Permintaan) -> None:
    for _ in range(5):
        coba(akun, minta)
    assert {coba(akun, nanti(minta, seconds=10)) for _ in range(50)} == {"20"}
    assert coba(akun, nanti(minta, seconds=30), sandi=SANDI) == "masuk"


def test_the_answer_says_when_and_how_else(akun: DaftarAkun, minta: Permintaan) -> None:
    for _ in range(5):
        coba(akun, minta)
    with pytest.raises(TungguError) as e:
        akun.masuk_dengan_sandi("p-citra", SANDI, minta)
    assert e.value.diagnostics() == (
        "terlalu banyak percobaan masuk yang gagal\n  → coba lagi 30 detik lagi, atau masuk dengan passkey"
    )
    assert TungguError(minta.saat + timedelta(minutes=16), minta.saat).saran.startswith("coba lagi 16 menit lagi")


def test_a_success_resets_the_person(akun: DaftarAkun, minta: Permintaan) -> None:
    for _ in range(4):
        coba(akun, minta)
    assert coba(akun, minta, sandi=SANDI) == "masuk"
    assert [coba(akun, minta) for _ in range(6)] == ["salah"] * 5 + ["30"]


def test_a_day_without_failures_is_forgotten(akun: DaftarAkun, minta: Permintaan) -> None:
    for _ in range(5):
        coba(akun, minta)
    assert [coba(akun, nanti(minta, hours=24)) for _ in range(6)] == ["salah"] * 5 + ["30"]


def test_a_restart_forgets_nothing(berkas: Path, penyandi: Penyandi, minta: Permintaan) -> None:
    for percobaan in (["salah"] * 3, ["salah"] * 2 + ["30"], ["30"]):
        with Simpanan(berkas) as s:
            assert [coba(DaftarAkun(s, penyandi), minta) for _ in percobaan] == percobaan


def test_a_flood_on_one_person_stops_nobody_else(akun: DaftarAkun, minta: Permintaan) -> None:
    """A hundred addresses guess one person's password; that one waits, from anywhere, the others do not."""
    for n in range(100):
        coba(akun, replace(minta, alamat=f"203.0.113.{n}"))
    assert coba(akun, replace(minta, alamat="10.1.1.1"), sandi=SANDI) == "30"
    for orang in ("p-budi", "p-indah"):
        assert coba(akun, minta, orang, SANDI) == "masuk"


def test_an_address_that_guesses_at_many_people_waits_alone(akun: DaftarAkun, minta: Permintaan) -> None:
    assert [coba(akun, minta, f"p-{n}") for n in range(21)] == ["salah"] * 20 + ["30"]
    assert coba(akun, minta, "p-budi", SANDI) == "30"
    assert coba(akun, replace(minta, alamat="10.0.0.8"), "p-budi", SANDI) == "masuk"


def test_a_success_does_not_wash_an_address_clean(akun: DaftarAkun, minta: Permintaan) -> None:
    for n in range(19):
        coba(akun, minta, f"p-{n}")
    assert coba(akun, minta, "p-budi", SANDI) == "masuk"
    assert [coba(akun, minta, f"p-x{n}") for n in range(2)] == ["salah", "30"]


def test_an_address_forgets_one_failure_every_three_minutes(akun: DaftarAkun, minta: Permintaan) -> None:
    for n in range(19):
        coba(akun, minta, f"p-{n}")
    m = nanti(minta, minutes=9)
    assert [coba(akun, m, f"p-x{n}") for n in range(5)] == ["salah"] * 4 + ["30"]


def test_the_limits_can_be_chosen(simpanan: Simpanan, penyandi: Penyandi, minta: Permintaan) -> None:
    batas = Pembatas(ambang_orang=2, ambang_alamat=3, awal=timedelta(seconds=5), terlama=timedelta(seconds=7))
    akun = DaftarAkun(simpanan, penyandi, batas)
    assert [coba(akun, minta) for _ in range(3)] == ["salah", "salah", "5"]
    assert [coba(akun, nanti(minta, seconds=5)) for _ in range(2)] == ["salah", "7"]
    assert coba(akun, nanti(minta, seconds=5), "p-budi") == "5"


def test_an_ipv6_network_and_a_mapped_address_are_one(simpanan: Simpanan, minta: Permintaan) -> None:
    batas, saat = Pembatas(ambang_alamat=1), minta.saat
    with simpanan.tulis() as db:
        batas.gagal(db, "2001:db8:1:2::1", saat)
        batas.gagal(db, "::ffff:10.9.9.9", saat)
        batas.gagal(db, "testclient", saat)
        for n, (alamat, tunggu) in enumerate(
            [("2001:db8:1:2:ffff::9", True), ("2001:db8:1:3::1", False), ("10.9.9.9", True), ("10.9.9.8", False),
             ("testclient", True), ("", False)]
        ):  # fmt: skip
            assert (batas.mulai(db, f"p-{n}", alamat, saat) is not None) is tunggu, alamat


def test_many_guesses_at_once_are_no_more_than_five(akun: DaftarAkun, minta: Permintaan) -> None:
    hasil = serentak(50, lambda _: coba(akun, replace(minta, alamat="")))
    assert hasil.count("salah") == 5
    assert set(hasil) == {"salah", "30"}


def test_a_person_who_signs_in_fifty_times_at_once_comes_in(akun: DaftarAkun, minta: Permintaan) -> None:
    assert set(serentak(50, lambda _: coba(akun, minta, sandi=SANDI))) == {"masuk"}


def test_a_clock_that_went_back_locks_nobody_out(akun: DaftarAkun, minta: Permintaan) -> None:
    for _ in range(5):
        coba(akun, nanti(minta, days=3000))
    assert int(coba(akun, minta)) <= 30


def test_what_no_longer_counts_is_cleaned(akun: DaftarAkun, simpanan: Simpanan, minta: Permintaan) -> None:
    coba(akun, minta)
    with simpanan.tulis() as db:
        assert throttle.bersihkan(db, minta.saat + timedelta(hours=23)) == 0
        assert throttle.bersihkan(db, minta.saat + timedelta(hours=25)) == 2
