"""Accounts: invitations, passwords, disabling, what the administrator sees."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from kinerja.accounts.invitations import UndanganError
from kinerja.accounts.jejak import Peristiwa
from kinerja.accounts.passwords import Penyandi
from kinerja.accounts.people import DaftarAkun, SalahMasukError
from kinerja.accounts.sessions import DaftarSesi
from kinerja.accounts.store import Permintaan, Simpanan
from kinerja.accounts.throttle import TungguError
from kinerja.domain.errors import DitolakError, PemakaianError

from .perangkat import SANDI, nanti, paksa, peristiwa, seluruh_isi, serentak

TIGA_HARI = timedelta(days=3)
NAMA = "Citra Lestari, S.Sos."


def pasang(akun: DaftarAkun, minta: Permintaan, orang: str = "p-citra", sandi: str = SANDI) -> str:
    return akun.terima_dengan_sandi(akun.undang(orang, minta, TIGA_HARI), sandi, NAMA, minta)


# invitations


def test_an_invited_person_sets_a_password_and_comes_in(akun: DaftarAkun, minta: Permintaan) -> None:
    token = akun.undang("p-citra", minta, TIGA_HARI)
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
    assert akun.periksa_undangan(token, minta.saat) == "p-citra"
    assert akun.terima_dengan_sandi(token, SANDI, NAMA, minta) == "p-citra"
    assert akun.masuk_dengan_sandi("p-citra", SANDI, minta) == "p-citra"


def test_a_link_is_used_once(akun: DaftarAkun, minta: Permintaan) -> None:
    token = akun.undang("p-citra", minta, TIGA_HARI)
    akun.terima_dengan_sandi(token, SANDI, NAMA, minta)
    with pytest.raises(UndanganError, match="sudah dipakai") as e:
        akun.terima_dengan_sandi(token, "sandi lain yang panjang", NAMA, minta)
    assert "minta tautan undangan yang baru" in e.value.saran
    assert akun.masuk_dengan_sandi("p-citra", SANDI, minta) == "p-citra"


def test_a_link_is_used_once_even_by_many_at_once(akun: DaftarAkun, minta: Permintaan) -> None:
    token = akun.undang("p-citra", minta, TIGA_HARI)

    def kerja(n: int) -> bool:
        try:
            akun.terima_dengan_sandi(token, f"{SANDI} {n}", NAMA, minta)
        except UndanganError:
            return False
        return True

    assert serentak(20, kerja).count(True) == 1


def test_a_link_ends_on_the_second(akun: DaftarAkun, minta: Permintaan) -> None:
    token = akun.undang("p-citra", minta, TIGA_HARI)
    akun.periksa_undangan(token, minta.saat + TIGA_HARI - timedelta(seconds=1))
    with pytest.raises(UndanganError, match="lewat masanya"):
        akun.periksa_undangan(token, minta.saat + TIGA_HARI)
    with pytest.raises(UndanganError, match="lewat masanya"):
        akun.terima_dengan_sandi(token, SANDI, NAMA, nanti(minta, days=3))


def test_a_revoked_an_older_and_an_unknown_link_say_so(akun: DaftarAkun, minta: Permintaan) -> None:
    lama = akun.undang("p-citra", minta, TIGA_HARI)
    lain = akun.undang("p-budi", minta, TIGA_HARI)
    baru = akun.undang("p-citra", minta, TIGA_HARI)
    with pytest.raises(UndanganError, match="sudah diganti yang lebih baru"):
        akun.periksa_undangan(lama, minta.saat)
    assert akun.periksa_undangan(baru, minta.saat) == "p-citra"
    assert akun.cabut_undangan("p-citra", minta)
    assert not akun.cabut_undangan("p-citra", minta)
    with pytest.raises(UndanganError, match="sudah dicabut"):
        akun.terima_dengan_sandi(baru, SANDI, NAMA, minta)
    assert akun.periksa_undangan(lain, minta.saat) == "p-budi"
    for palsu in ("", "x" * 43, baru[:-1], "\ud800"):
        with pytest.raises(UndanganError, match="tidak dikenal"):
            akun.periksa_undangan(palsu, minta.saat)


def test_a_refused_password_leaves_the_link_good(akun: DaftarAkun, minta: Permintaan) -> None:
    token = akun.undang("p-citra", minta, TIGA_HARI)
    for buruk in ("pendek", "password1234", "lestari alamku indah"):
        with pytest.raises(PemakaianError):
            akun.terima_dengan_sandi(token, buruk, NAMA, minta)
    assert akun.terima_dengan_sandi(token, SANDI, NAMA, minta) == "p-citra"


@pytest.mark.parametrize("masa", [timedelta(), timedelta(days=-1), timedelta(days=30, seconds=1)])
def test_a_link_lives_between_nothing_and_thirty_days(
    akun: DaftarAkun, minta: Permintaan, masa: timedelta
) -> None:
    with pytest.raises(PemakaianError, match="masa undangan"):
        akun.undang("p-citra", minta, masa)


@pytest.mark.parametrize("orang", ["", "x" * 101, "p-\n"])
def test_an_id_that_is_none_is_refused(akun: DaftarAkun, minta: Permintaan, orang: str) -> None:
    with pytest.raises(PemakaianError, match="tanda pengenal"):
        akun.undang(orang, minta, TIGA_HARI)


def test_a_new_invitation_resets_the_password_and_ends_sessions(
    akun: DaftarAkun, simpanan: Simpanan, minta: Permintaan
) -> None:
    pasang(akun, minta)
    sesi = DaftarSesi(simpanan)
    kuki, _ = sesi.buka("p-citra", minta)
    pasang(akun, minta, sandi="sandi baru yang panjang")
    assert sesi.ambil(kuki, minta.saat) is None
    with pytest.raises(SalahMasukError):
        akun.masuk_dengan_sandi("p-citra", SANDI, minta)
    akun.masuk_dengan_sandi("p-citra", "sandi baru yang panjang", minta)


# signing in


def test_wrong_unknown_disabled_and_without_password_sound_alike(akun: DaftarAkun, minta: Permintaan) -> None:
    pasang(akun, minta)
    pasang(akun, minta, "p-budi")
    akun.nonaktifkan("p-budi", minta)
    akun.undang("p-baru", minta, TIGA_HARI)
    kata = set()
    for orang, sandi in (("p-citra", "salah sekali ini"), ("p-tak-ada", SANDI), ("p-budi", SANDI),
                         ("p-baru", SANDI), ("", ""), ("\ud800", "\ud800")):  # fmt: skip
        with pytest.raises(SalahMasukError) as e:
            akun.masuk_dengan_sandi(orang, sandi, minta)
        kata.add(e.value.diagnostics())
    assert len(kata) == 1


def test_an_unknown_person_costs_a_hash_too(
    akun: DaftarAkun, minta: Permintaan, penyandi: Penyandi, monkeypatch: pytest.MonkeyPatch
) -> None:
    pasang(akun, minta)
    dibanding: list[str] = []
    asli = penyandi._inti.verify

    class Pencatat:
        def verify(self, hash: str, sandi: bytes) -> bool:
            dibanding.append(hash.rsplit("$", 2)[0])
            return asli(hash, sandi)

    monkeypatch.setattr(penyandi, "_inti", Pencatat())
    for orang in ("p-citra", "p-tak-ada"):
        with pytest.raises(SalahMasukError):
            akun.masuk_dengan_sandi(orang, "salah sekali ini", minta)
    assert len(dibanding) == 2
    assert len(set(dibanding)) == 1


def test_a_login_renews_a_hash_of_older_parameters(simpanan: Simpanan, minta: Permintaan) -> None:
    lama = DaftarAkun(simpanan, Penyandi(waktu=1, memori_kib=8, paralel=1))
    pasang(lama, minta)
    baru = DaftarAkun(simpanan, Penyandi(waktu=2, memori_kib=8, paralel=1))
    with pytest.raises(SalahMasukError):
        baru.masuk_dengan_sandi("p-citra", "salah sekali ini", minta)
    assert "t=1" in seluruh_isi(simpanan)
    baru.masuk_dengan_sandi("p-citra", SANDI, minta)
    assert "t=1" not in seluruh_isi(simpanan)
    assert "m=8,t=2,p=1" in seluruh_isi(simpanan)
    baru.masuk_dengan_sandi("p-citra", SANDI, minta)


def test_a_login_with_the_real_parameters(simpanan: Simpanan, minta: Permintaan) -> None:
    akun = DaftarAkun(simpanan)
    pasang(akun, minta)
    assert akun.masuk_dengan_sandi("p-citra", SANDI, minta) == "p-citra"
    with pytest.raises(SalahMasukError):
        akun.masuk_dengan_sandi("p-citra", SANDI + "?", minta)


# changing


def test_changing_a_password_needs_the_old_one(akun: DaftarAkun, minta: Permintaan) -> None:
    pasang(akun, minta)
    baru = "sandi baru yang panjang"
    for lama in ("salah sekali ini", None):
        with pytest.raises(SalahMasukError):
            akun.ganti_sandi("p-citra", lama, baru, NAMA, minta)
    with pytest.raises(PemakaianError):
        akun.ganti_sandi("p-citra", SANDI, "password1234", NAMA, minta)
    akun.ganti_sandi("p-citra", SANDI, baru, NAMA, minta)
    with pytest.raises(SalahMasukError):
        akun.masuk_dengan_sandi("p-citra", SANDI, minta)
    akun.masuk_dengan_sandi("p-citra", baru, minta)


def test_changing_a_password_ends_the_other_sessions(
    akun: DaftarAkun, simpanan: Simpanan, minta: Permintaan
) -> None:
    pasang(akun, minta)
    sesi = DaftarSesi(simpanan)
    (sini, s), (sana, _), (budi, _) = (sesi.buka(o, minta) for o in _dua_orang(akun, minta))
    akun.ganti_sandi("p-citra", SANDI, "sandi baru yang panjang", NAMA, replace(minta, ikatan=s.ikatan))
    assert [sesi.ambil(t, minta.saat) is not None for t in (sini, sana, budi)] == [True, False, True]


def _dua_orang(akun: DaftarAkun, minta: Permintaan) -> tuple[str, str, str]:
    akun.undang("p-budi", minta, TIGA_HARI)
    return ("p-citra", "p-citra", "p-budi")


def test_guessing_the_old_password_is_slowed_down_too(akun: DaftarAkun, minta: Permintaan) -> None:
    pasang(akun, minta)
    for _ in range(5):
        with pytest.raises(SalahMasukError):
            akun.ganti_sandi("p-citra", "salah sekali ini", "sandi baru yang panjang", NAMA, minta)
    with pytest.raises(TungguError):
        akun.ganti_sandi("p-citra", SANDI, "sandi baru yang panjang", NAMA, minta)


def test_who_has_no_password_yet_may_set_one(akun: DaftarAkun, minta: Permintaan) -> None:
    akun.undang("p-citra", minta, TIGA_HARI)
    assert not akun.bersandi("p-citra")
    akun.ganti_sandi("p-citra", None, SANDI, NAMA, minta)
    assert akun.bersandi("p-citra")
    with pytest.raises(DitolakError, match="belum mempunyai akun"):
        akun.ganti_sandi("p-tak-ada", None, SANDI, NAMA, minta)


# disabling and the list


def test_a_disabled_account_is_out_at_once_and_may_come_back(
    akun: DaftarAkun, simpanan: Simpanan, minta: Permintaan
) -> None:
    pasang(akun, minta)
    sesi = DaftarSesi(simpanan)
    kuki, _ = sesi.buka("p-citra", minta)
    token = akun.undang("p-citra", minta, TIGA_HARI)
    admin = replace(minta, oleh="p-admin")
    akun.nonaktifkan("p-citra", admin)
    assert sesi.ambil(kuki, minta.saat) is None
    with pytest.raises(UndanganError, match="dicabut"):
        akun.periksa_undangan(token, minta.saat)
    for kerja in (lambda: akun.undang("p-citra", admin, TIGA_HARI), lambda: sesi.buka("p-citra", minta)):
        with pytest.raises(DitolakError, match="dinonaktifkan"):
            kerja()
    akun.aktifkan("p-citra", admin)
    akun.aktifkan("p-citra", admin)
    assert sesi.ambil(kuki, minta.saat) is None
    akun.masuk_dengan_sandi("p-citra", SANDI, minta)
    assert [p for p in peristiwa(simpanan) if p[0].startswith("akun-")] == [
        ("akun-dinonaktifkan", "p-citra", "oleh p-admin"),
        ("akun-diaktifkan", "p-citra", "oleh p-admin"),
    ]
    with pytest.raises(DitolakError, match="belum mempunyai akun"):
        akun.nonaktifkan("p-tak-ada", admin)


def test_what_the_administrator_sees(akun: DaftarAkun, simpanan: Simpanan, minta: Permintaan) -> None:
    pasang(akun, minta)
    akun.masuk_dengan_sandi("p-citra", SANDI, nanti(minta, hours=1))
    akun.undang("p-budi", minta, TIGA_HARI)
    akun.nonaktifkan("p-citra", minta)
    budi, citra = akun.daftar()
    assert (citra.orang, citra.aktif, citra.bersandi, citra.jumlah_passkey) == ("p-citra", False, True, 0)
    assert (citra.terakhir_masuk, citra.undangan_sampai) == (minta.saat + timedelta(hours=1), None)
    assert (budi.orang, budi.aktif, budi.bersandi, budi.terakhir_masuk) == ("p-budi", True, False, None)
    assert (budi.dibuat, budi.undangan_sampai) == (minta.saat, minta.saat + TIGA_HARI)


# what is kept


def test_no_secret_is_in_the_database_in_clear(akun: DaftarAkun, simpanan: Simpanan, minta: Permintaan) -> None:
    token = akun.undang("p-citra", minta, TIGA_HARI)
    akun.terima_dengan_sandi(token, SANDI, NAMA, minta)
    with pytest.raises(SalahMasukError):
        akun.masuk_dengan_sandi("sandi-saya-di-kotak-nama", "salah sekali ini", minta)
    kuki, _ = DaftarSesi(simpanan).buka("p-citra", minta)
    isi = seluruh_isi(simpanan)
    assert "p-citra" in isi
    for rahasia in (token, SANDI, "sandi-saya-di-kotak-nama", "salah sekali ini", kuki):
        assert rahasia not in isi


def test_the_trail_tells_what_happened(akun: DaftarAkun, simpanan: Simpanan, minta: Permintaan) -> None:
    pasang(akun, replace(minta, oleh=None))
    with pytest.raises(SalahMasukError):
        akun.masuk_dengan_sandi("p-citra", "salah sekali ini", minta)
    with pytest.raises(SalahMasukError):
        akun.masuk_dengan_sandi("p-tak-ada", "salah sekali ini", minta)
    akun.masuk_dengan_sandi("p-citra", SANDI, minta)
    assert peristiwa(simpanan) == [
        (Peristiwa.UNDANGAN_DIBUAT, "p-citra", ""),
        (Peristiwa.UNDANGAN_DITERIMA, "p-citra", ""),
        (Peristiwa.SANDI_DIUBAH, "p-citra", ""),
        (Peristiwa.MASUK_GAGAL, "p-citra", "kata sandi"),
        (Peristiwa.MASUK_GAGAL, None, "kata sandi"),
        (Peristiwa.MASUK, "p-citra", "kata sandi"),
    ]


def test_a_failed_write_of_the_trail_undoes_what_it_tells(
    akun: DaftarAkun, simpanan: Simpanan, minta: Permintaan
) -> None:
    pasang(akun, minta)
    paksa(simpanan, "CREATE TRIGGER penuh BEFORE INSERT ON jejak BEGIN SELECT RAISE(ABORT, 'x'); END")
    with pytest.raises(Exception, match="x"):
        akun.nonaktifkan("p-citra", minta)
    assert akun.daftar()[0].aktif
