"""Sessions: when they end, what rotates, CSRF tokens, and the roles of the demo."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kinerja.accounts.people import DaftarAkun
from kinerja.accounts.sessions import DaftarSesi, Sesi, csrf_cocok, csrf_token
from kinerja.accounts.store import Permintaan, Simpanan
from kinerja.domain.errors import DitolakError

from .perangkat import buka, nanti, peristiwa, seluruh_isi, serentak

MENIT = timedelta(minutes=1)


@pytest.fixture
def sesi(simpanan: Simpanan, akun: DaftarAkun, minta: Permintaan) -> DaftarSesi:
    for orang in ("p-citra", "p-budi"):
        akun.undang(orang, minta, timedelta(days=1))
    return DaftarSesi(simpanan)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Simpanan]:
    with Simpanan(tmp_path / "demo" / "meja.sqlite", demo=True) as s:
        yield s


# lifetime


def test_a_session_knows_its_person_and_only_its_digest_is_kept(
    sesi: DaftarSesi, simpanan: Simpanan, minta: Permintaan
) -> None:
    token, s = sesi.buka("p-citra", minta)
    assert len(buka(token)) == 32
    assert sesi.ambil(token, minta.saat) == s
    assert (s.orang, s.pemilik, s.orang_lain) == ("p-citra", "p-citra", False)
    assert token not in seluruh_isi(simpanan)
    assert token not in repr(s)
    assert repr(s.csrf) not in repr(s)
    for palsu in ("", token[:-1], token + "A", s.ikatan, "\ud800"):
        assert sesi.ambil(palsu, minta.saat) is None


def test_it_falls_asleep_after_thirty_minutes_without_an_act(sesi: DaftarSesi, minta: Permintaan) -> None:
    token, _ = sesi.buka("p-citra", minta)
    assert sesi.ambil(token, minta.saat + 29 * MENIT)
    assert sesi.ambil(token, minta.saat + 58 * MENIT)
    assert sesi.ambil(token, minta.saat + 88 * MENIT) is None


def test_what_a_page_does_by_itself_keeps_nobody_awake(sesi: DaftarSesi, minta: Permintaan) -> None:
    token, _ = sesi.buka("p-citra", minta)
    for menit in (10, 20, 29):
        assert sesi.ambil(token, minta.saat + menit * MENIT, geser=False)
    assert sesi.ambil(token, minta.saat + 30 * MENIT, geser=False) is None


def test_it_ends_after_ten_hours_whatever_happens(sesi: DaftarSesi, minta: Permintaan) -> None:
    token, _ = sesi.buka("p-citra", minta)
    for menit in range(20, 600, 20):
        assert sesi.ambil(token, minta.saat + menit * MENIT)
    assert sesi.ambil(token, minta.saat + 599 * MENIT)
    assert sesi.ambil(token, minta.saat + 600 * MENIT) is None


def test_both_limits_can_be_chosen(simpanan: Simpanan, sesi: DaftarSesi, minta: Permintaan) -> None:
    pendek = DaftarSesi(simpanan, diam=MENIT, terlama=2 * MENIT)
    token, _ = pendek.buka("p-citra", minta)
    assert pendek.ambil(token, minta.saat + timedelta(seconds=59))
    assert pendek.ambil(token, minta.saat + timedelta(seconds=118))
    assert pendek.ambil(token, minta.saat + timedelta(seconds=120)) is None


def test_nobody_without_an_account_gets_a_session(sesi: DaftarSesi, minta: Permintaan) -> None:
    with pytest.raises(DitolakError, match="belum mempunyai akun"):
        sesi.buka("p-tak-ada", minta)


# rotation and leaving


def test_signing_in_again_gives_a_new_token_and_ends_the_old_session(
    sesi: DaftarSesi, minta: Permintaan
) -> None:
    lama, a = sesi.buka("p-citra", minta)
    baru, b = sesi.buka("p-budi", minta, lama)
    assert lama != baru
    assert a.csrf != b.csrf
    assert sesi.ambil(lama, minta.saat) is None
    assert sesi.ambil(baru, minta.saat) == b


def test_proving_again_rotates_the_token_and_keeps_open_pages_good(sesi: DaftarSesi, minta: Permintaan) -> None:
    lama, s = sesi.buka("p-citra", minta)
    halaman_terbuka = csrf_token(s)
    m = nanti(minta, minutes=20)
    hasil = sesi.segarkan(lama, m)
    assert hasil is not None
    baru, t = hasil
    assert sesi.ambil(lama, m.saat) is None
    assert sesi.ambil(baru, m.saat) == t
    assert csrf_cocok(t, halaman_terbuka)
    assert t.ikatan != s.ikatan
    assert (t.masuk, t.berakhir) == (m.saat, s.berakhir)
    assert sesi.segarkan(lama, m) is None
    assert sesi.segarkan(baru, nanti(m, minutes=30)) is None


def test_recent_authentication(sesi: DaftarSesi, minta: Permintaan) -> None:
    token, _ = sesi.buka("p-citra", minta)
    saat = minta.saat + 25 * MENIT
    s = sesi.ambil(token, saat)
    assert s is not None
    assert s.baru_masuk(saat, 25 * MENIT)
    assert not s.baru_masuk(saat, 24 * MENIT)
    segar = sesi.segarkan(token, replace(minta, saat=saat))
    assert segar is not None
    assert segar[1].baru_masuk(saat + 5 * MENIT, 5 * MENIT)


def test_leaving_ends_one_session_and_leaving_everywhere_all(
    sesi: DaftarSesi, simpanan: Simpanan, minta: Permintaan
) -> None:
    (a, _), (b, s), (c, _) = (sesi.buka("p-citra", minta) for _ in range(3))
    budi, _ = sesi.buka("p-budi", minta)
    sesi.keluar(a, minta)
    sesi.keluar(a, minta)
    assert [sesi.ambil(t, minta.saat) is not None for t in (a, b, c, budi)] == [False, True, True, True]
    assert sesi.keluar_semua("p-citra", minta, kecuali=s.ikatan) == 1
    assert [sesi.ambil(t, minta.saat) is not None for t in (b, c, budi)] == [True, False, True]
    assert sesi.keluar_semua("p-citra", minta) == 1
    assert [p[0] for p in peristiwa(simpanan)[-3:]] == ["keluar", "keluar-semua", "keluar-semua"]


def test_fifty_sign_ins_at_once_are_fifty_sessions(sesi: DaftarSesi, minta: Permintaan) -> None:
    token = serentak(50, lambda _: sesi.buka("p-citra", minta)[0])
    assert len(set(token)) == 50
    assert all(serentak(50, lambda n: sesi.ambil(str(token[n]), minta.saat + MENIT)))


# CSRF


def test_two_renders_differ_and_both_count(sesi: DaftarSesi, minta: Permintaan) -> None:
    _, s = sesi.buka("p-citra", minta)
    a, b = csrf_token(s), csrf_token(s)
    assert a != b
    assert csrf_cocok(s, a)
    assert csrf_cocok(s, b)
    isi = buka(a)
    assert len(isi) == 64
    assert s.csrf not in isi
    assert not _bagian_bersama(isi, buka(b))
    assert bytes(x ^ y for x, y in zip(isi[:32], isi[32:], strict=True)) == s.csrf


def _bagian_bersama(a: bytes, b: bytes) -> bool:
    return any(a[i : i + 4] == b[i : i + 4] for i in range(60))


def test_compression_learns_nothing_of_the_secret(sesi: DaftarSesi, minta: Permintaan) -> None:
    """A page that mirrors the secret itself is no shorter than one that mirrors noise."""
    _, s = sesi.buka("p-citra", minta)
    rahasia, derau = (base64.b64encode(i).decode() for i in (s.csrf, bytes(range(7, 39))))

    def panjang(tebakan: str) -> int:
        return sum(len(zlib.compress(f"{csrf_token(s)} {tebakan}".encode(), 9)) for _ in range(300))

    assert abs(panjang(rahasia) - panjang(derau)) < 300


def test_other_sessions_and_damaged_tokens_do_not_count(sesi: DaftarSesi, minta: Permintaan) -> None:
    _, s = sesi.buka("p-citra", minta)
    _, lain = sesi.buka("p-citra", minta)
    baik = csrf_token(s)
    isi = bytearray(buka(baik))
    isi[40] ^= 1
    rusak = base64.urlsafe_b64encode(bytes(isi)).decode()
    for token in (csrf_token(lain), rusak, "", baik[:-2], baik + "AAAA", "é" * 86, "A" * 86, "!" * 86):
        assert not csrf_cocok(s, token)


# before signing in


def test_a_pre_session_is_made_here_kept_nowhere_and_ends(
    sesi: DaftarSesi, simpanan: Simpanan, minta: Permintaan
) -> None:
    sebelum = seluruh_isi(simpanan)
    pra = sesi.buka_pra(minta.saat)
    assert seluruh_isi(simpanan) == sebelum
    assert sesi.ambil_pra(pra.token, minta.saat + 599 * MENIT) == pra
    assert sesi.ambil_pra(pra.token, minta.saat + 600 * MENIT) is None
    assert sesi.ambil(pra.token, minta.saat) is None
    acak, kapan, cap = pra.token.split(".")
    for palsu in ("", "..", f"{acak}.{int(kapan) + 1}.{cap}", f"{acak}x.{kapan}.{cap}", f"{acak}.{kapan}.", "\ud800"):
        assert sesi.ambil_pra(palsu, minta.saat) is None


def test_a_pre_session_of_another_server_does_not_count(
    sesi: DaftarSesi, demo: Simpanan, minta: Permintaan
) -> None:
    assert sesi.ambil_pra(DaftarSesi(demo).buka_pra(minta.saat).token, minta.saat) is None


def test_a_pre_session_outlives_a_restart(berkas: Path, minta: Permintaan) -> None:
    with Simpanan(berkas) as s:
        pra = DaftarSesi(s).buka_pra(minta.saat)
        halaman = csrf_token(pra)
    with Simpanan(berkas) as s:
        lagi = DaftarSesi(s).ambil_pra(pra.token, minta.saat)
        assert lagi is not None
        assert csrf_cocok(lagi, halaman)


def test_pre_sessions_have_csrf_tokens_and_names_of_their_own(sesi: DaftarSesi, minta: Permintaan) -> None:
    a, b = sesi.buka_pra(minta.saat), sesi.buka_pra(minta.saat)
    _, s = sesi.buka("p-citra", minta)
    assert csrf_cocok(a, csrf_token(a))
    assert not csrf_cocok(b, csrf_token(a))
    assert not csrf_cocok(s, csrf_token(a))
    assert len({a.ikatan, b.ikatan, s.ikatan}) == 3


# the demo


def test_in_the_demo_a_session_takes_another_role(demo: Simpanan, minta: Permintaan) -> None:
    sesi = DaftarSesi(demo)
    token, s = sesi.buka("p-citra", minta)
    t = sesi.ganti_peran(s, "p-kadis", replace(minta, oleh="p-citra"))
    assert (t.orang, t.pemilik, t.orang_lain, t.csrf) == ("p-kadis", "p-citra", True, s.csrf)
    assert sesi.ambil(token, minta.saat) == t
    kembali = sesi.ganti_peran(t, "p-citra", minta)
    assert not kembali.orang_lain
    assert [p for p in peristiwa(demo) if p[0] == "peran-diganti"] == [
        ("peran-diganti", "p-citra", "menjadi p-kadis"),
        ("peran-diganti", "p-citra", "menjadi p-citra"),
    ]


def test_a_real_desk_changes_no_roles(
    sesi: DaftarSesi, simpanan: Simpanan, minta: Permintaan
) -> None:
    token, s = sesi.buka("p-citra", minta)
    with pytest.raises(DitolakError, match="hanya dapat diganti pada peragaan"):
        sesi.ganti_peran(s, "p-budi", minta)
    assert sesi.ambil(token, minta.saat) == s
    assert "peran-diganti" not in str(peristiwa(simpanan))


def test_roles_end_with_their_session_and_with_the_account(
    demo: Simpanan, penyandi: object, minta: Permintaan
) -> None:
    sesi, akun = DaftarSesi(demo), DaftarAkun(demo, penyandi)  # type: ignore[arg-type]
    token, s = sesi.buka("p-citra", minta)
    t: Sesi = sesi.ganti_peran(s, "p-kadis", minta)
    akun.nonaktifkan("p-kadis", minta)
    assert sesi.ambil(token, minta.saat) is None
    akun.aktifkan("p-kadis", minta)
    sesi.keluar(token, minta)
    with pytest.raises(DitolakError, match="sesi sudah berakhir"):
        sesi.ganti_peran(t, "p-kadis", minta)
