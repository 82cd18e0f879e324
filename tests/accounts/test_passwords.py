"""Which passwords are refused, and how one is kept."""

from __future__ import annotations

import threading

import pytest

from kinerja.accounts.passwords import Penyandi, alasan_ditolak, periksa_baru
from kinerja.domain.errors import PemakaianError

from .perangkat import SANDI

NAMA = "Dr. Citra Lestari, S.Sos., M.Si."


def alasan(sandi: str) -> str | None:
    return alasan_ditolak(sandi, "p-citra", NAMA)


@pytest.mark.parametrize(
    "sandi",
    [SANDI, "abcdefghijkz", "x" * 6 + "yzzyxw", "371946028155", "hujan deras!", "🐴🔋📎✅ empat lagi",
     "ratusan ribu ikan sosial", "xQ7" + "kuning" * 32],
)  # fmt: skip
def test_good_ones(sandi: str) -> None:
    assert alasan(sandi) is None


@pytest.mark.parametrize(
    ("sandi", "sebab"),
    [
        ("kuda bateri", "kurang dari 12"),
        ("", "kurang dari 12"),
        ("ab" + " " * 9, "kurang dari 12"),
        ("hujan " * 34, "lebih dari 200"),
        ("ﷺ" * 20, "lebih dari 200"),
        ("p-citra masuk kerja", "nama atau tanda pengenal"),
        ("Sepatu CITRA merah", "nama atau tanda pengenal"),
        ("gunung lestari hijau", "nama atau tanda pengenal"),
        ("ＣＩＴＲＡ di jendela", "nama atau tanda pengenal"),
        ("password1234", "paling sering"),
        ("PASSWORD!!1234", "paling sering"),
        ("p@ssw0rd12345", "paling sering"),
        ("passwordpassword", "paling sering"),
        ("rahasia123456", "paling sering"),
        ("12345rahasiarahasia", "paling sering"),
        ("indonesia1945", "paling sering"),
        ("Bismillah2024", "paling sering"),
        ("terima kasih 123", "paling sering"),
        ("123456789012", "paling sering"),
        ("1234-5678-9012", "paling sering"),
        ("987654321098", "paling sering"),
        ("aaaaaaaaaaaa", "paling sering"),
        ("abcabcabcabc", "paling sering"),
        ("20242024202420", "paling sering"),
        ("1q2w3e4r5t6y", "paling sering"),
        ("qwertyuiop[]", "paling sering"),
        ("correct horse battery staple", "paling sering"),
        ("- - - - - - - -", "paling sering"),
    ],
)
def test_bad_ones(sandi: str, sebab: str) -> None:
    assert sebab in (alasan(sandi) or "diterima")


def test_titles_and_short_words_of_a_name_are_not_the_name() -> None:
    assert alasan_ditolak("seseorang misalnya mau", "p-9", "Dr. I Made Ali, S.Sos., M.Si.") is None
    assert alasan_ditolak("dokumen made jadi", "p-9", "Dr. I Made Ali, S.Sos.") is not None


def test_the_refusal_says_what_to_do() -> None:
    with pytest.raises(PemakaianError, match="kurang dari 12") as e:
        periksa_baru("pendek", "p-citra", NAMA)
    assert "empat kata" in e.value.saran
    periksa_baru(SANDI, "p-citra", NAMA)


def test_a_hash_fits_its_password_alone(penyandi: Penyandi) -> None:
    a, b = penyandi.sandikan(SANDI), penyandi.sandikan(SANDI)
    assert a != b
    assert SANDI not in a
    assert penyandi.cocok(a, SANDI)
    assert penyandi.cocok(b, SANDI)
    assert not penyandi.cocok(a, SANDI + " ")
    assert not penyandi.cocok(a, "")
    assert not penyandi.cocok(None, SANDI)
    assert not penyandi.cocok("bukan hash", SANDI)
    assert not penyandi.cocok(a, "x" * 5_000_000)


def test_what_looks_the_same_is_the_same_password(penyandi: Penyandi) -> None:
    assert penyandi.cocok(penyandi.sandikan("café hujan pagi"), "cafe\N{COMBINING ACUTE ACCENT} hujan pagi")


def test_lone_surrogates_neither_fit_nor_break(penyandi: Penyandi) -> None:
    assert not penyandi.cocok(penyandi.sandikan(SANDI), "\ud800" * 12)


def test_other_parameters_are_noticed(penyandi: Penyandi) -> None:
    lama = penyandi.sandikan(SANDI)
    baru = Penyandi(waktu=2, memori_kib=8, paralel=1)
    assert baru.usang(lama)
    assert baru.cocok(lama, SANDI)
    assert not penyandi.usang(lama)


def test_the_real_parameters_are_those_of_owasp() -> None:
    asli = Penyandi()
    tersimpan = asli.sandikan(SANDI)
    assert tersimpan.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert asli.cocok(tersimpan, SANDI)
    assert not asli.cocok(tersimpan, SANDI.upper())


def test_no_more_than_four_are_hashed_at_once(monkeypatch: pytest.MonkeyPatch, penyandi: Penyandi) -> None:
    sedang, terbanyak = 0, 0
    kunci, lanjut = threading.Lock(), threading.Event()

    class Lambat:
        def hash(self, _: bytes) -> str:
            nonlocal sedang, terbanyak
            with kunci:
                sedang += 1
                terbanyak = max(terbanyak, sedang)
            lanjut.wait(5)
            with kunci:
                sedang -= 1
            return ""

    monkeypatch.setattr(penyandi, "_inti", Lambat())
    utas = [threading.Thread(target=penyandi.sandikan, args=("x",)) for _ in range(12)]
    for u in utas:
        u.start()
    while terbanyak < 4:
        pass
    lanjut.set()
    for u in utas:
        u.join()
    assert terbanyak == 4
