"""Mail addresses and forge tokens of people."""

from __future__ import annotations

import stat

import pytest

from kinerja.accounts.contacts import Surel
from kinerja.accounts.forge_tokens import TokenForge
from kinerja.accounts.store import Permintaan, Simpanan
from kinerja.domain.errors import KinerjaError, PemakaianError

from .perangkat import paksa, peristiwa, seluruh_isi, serentak

TOKEN = "ghp_0123456789abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def surel(simpanan: Simpanan) -> Surel:
    return Surel(simpanan)


@pytest.fixture
def forge(simpanan: Simpanan) -> TokenForge:
    return TokenForge(simpanan)


def test_an_address_is_set_changed_and_removed(surel: Surel, simpanan: Simpanan, minta: Permintaan) -> None:
    assert surel.surel("p-citra") is None
    for alamat in ("citra@contoh.go.id", " citra.l+meja@dinsos.contoh.go.id\n"):
        surel.setel("p-citra", alamat, minta)
        assert surel.surel("p-citra") == alamat.strip()
    assert surel.surel("p-budi") is None
    surel.setel("p-citra", "", minta)
    assert surel.surel("p-citra") is None
    assert [p[2] for p in peristiwa(simpanan)] == ["dipasang", "dipasang", "dihapus"]


@pytest.mark.parametrize(
    "alamat",
    ["citra", "@contoh.go.id", "citra@", "a@b@c", "a b@c.id", "a@c.id\nBcc: x@y.id", "a@c.id,b@c.id", "<a@c.id>",
     "é@c.id", "x" * 65 + "@c.id", "a@" + "x" * 260, "a@c..id", '"a"@c.id'],
)  # fmt: skip
def test_what_is_no_address_is_refused(surel: Surel, minta: Permintaan, alamat: str) -> None:
    surel.setel("p-citra", "lama@contoh.go.id", minta)
    with pytest.raises(PemakaianError, match="alamat surel tidak sah"):
        surel.setel("p-citra", alamat, minta)
    assert surel.surel("p-citra") == "lama@contoh.go.id"


def test_a_token_is_encrypted_at_rest(forge: TokenForge, simpanan: Simpanan, minta: Permintaan) -> None:
    assert forge.token("p-citra") is None
    forge.setel("p-citra", f"{TOKEN}\n", minta)
    assert forge.token("p-citra") == TOKEN
    assert TokenForge(simpanan).token("p-citra") == TOKEN
    assert TOKEN not in seluruh_isi(simpanan)
    kunci = simpanan.berkas.with_name("kunci-token")
    assert stat.S_IMODE(kunci.stat().st_mode) == 0o600
    assert kunci.read_text().strip() not in seluruh_isi(simpanan)
    forge.setel("p-citra", None, minta)
    assert forge.token("p-citra") is None


@pytest.mark.parametrize("isi", ["dua baris\nghp_x", "é", "x" * 1001, "\x1b[31m"])
def test_what_is_no_token_is_refused(forge: TokenForge, minta: Permintaan, isi: str) -> None:
    with pytest.raises(PemakaianError, match="token tidak sah"):
        forge.setel("p-citra", isi, minta)


def test_a_row_moved_to_another_person_opens_nothing(
    forge: TokenForge, simpanan: Simpanan, minta: Permintaan
) -> None:
    forge.setel("p-citra", TOKEN, minta)
    paksa(simpanan, "UPDATE token_forge SET orang = 'p-budi'")
    with pytest.raises(KinerjaError, match="tertukar"):
        forge.token("p-budi")


def test_a_lost_a_loose_and_a_wrong_key_say_so(forge: TokenForge, simpanan: Simpanan, minta: Permintaan) -> None:
    forge.setel("p-citra", TOKEN, minta)
    kunci = simpanan.berkas.with_name("kunci-token")
    isi = kunci.read_bytes()
    kunci.chmod(0o644)
    with pytest.raises(KinerjaError, match="dibaca orang lain") as e:
        forge.token("p-citra")
    assert e.value.saran == f"jalankan: chmod 600 {kunci}"
    kunci.unlink()
    for kerja in (lambda: forge.token("p-citra"), lambda: forge.setel("p-budi", TOKEN, minta)):
        with pytest.raises(KinerjaError, match="tidak ada") as e:
            kerja()
        assert "pulihkan kunci-token dari cadangan" in e.value.saran
    assert not kunci.exists()
    for rusak, sebab in ((b"rusak", "rusak"), (b"A" * 43 + b"=", "bukan kunci basis data ini")):
        kunci.write_bytes(rusak)
        kunci.chmod(0o600)
        with pytest.raises(KinerjaError, match=sebab):
            forge.token("p-citra")
    kunci.write_bytes(isi)
    assert forge.token("p-citra") == TOKEN


def test_after_a_lost_key_one_can_begin_anew(forge: TokenForge, simpanan: Simpanan, minta: Permintaan) -> None:
    forge.setel("p-citra", TOKEN, minta)
    simpanan.berkas.with_name("kunci-token").unlink()
    forge.setel("p-citra", None, minta)
    forge.setel("p-citra", TOKEN, minta)
    assert forge.token("p-citra") == TOKEN


def test_many_first_tokens_at_once_share_one_key(simpanan: Simpanan, minta: Permintaan) -> None:
    serentak(20, lambda n: TokenForge(simpanan).setel(f"p-{n}", f"{TOKEN}{n}", minta))
    assert [TokenForge(simpanan).token(f"p-{n}") for n in range(20)] == [f"{TOKEN}{n}" for n in range(20)]
    assert {b.name for b in simpanan.berkas.parent.iterdir() if not b.name.startswith("meja")} == {"kunci-token"}
