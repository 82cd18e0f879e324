"""Passkeys with an authenticator in software: registering, signing in, signing acts, and every refusal."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.accounts.challenges import TantanganError
from kinerja.accounts.invitations import UndanganError
from kinerja.accounts.passkey_rows import Passkey
from kinerja.accounts.passkeys import PasskeySitus, tanda_dari_jawaban
from kinerja.accounts.people import DaftarAkun, SalahMasukError
from kinerja.accounts.relying_party import Situs
from kinerja.accounts.store import Permintaan, Simpanan
from kinerja.accounts.throttle import TungguError
from kinerja.accounts.webauthn_json import PasskeyError, bita
from kinerja.adapters.keys import periksa
from kinerja.adapters.sshsig import tantangan
from kinerja.domain.errors import DitolakError, KinerjaError, PemakaianError

from ..adapters.kunci_lunak import ssh_keygen_terima
from .perangkat import (
    ASAL,
    CADANGAN_TANPA_DAPAT,
    HADIR,
    SANDI,
    SITUS,
    TERVERIFIKASI,
    Pengautentik,
    buka,
    kode,
    nanti,
    paksa,
    peristiwa,
    seluruh_isi,
    serentak,
)

RUANG, PESAN = "kinerja.paraf.v1", b'{"urut":7}'
ALAT = Pengautentik()
NAMA = "Citra Lestari"


@pytest.fixture
def situs(simpanan: Simpanan) -> PasskeySitus:
    return PasskeySitus(simpanan, SITUS, "Meja Kerja")


@pytest.fixture
def minta(minta: Permintaan, akun: DaftarAkun) -> Permintaan:
    """A request of p-citra, who has an account; p-budi has one too."""
    for orang in ("p-citra", "p-budi"):
        akun.undang(orang, minta, timedelta(days=3))
    return replace(minta, oleh="p-citra")


def daftar(
    situs: PasskeySitus, minta: Permintaan, alat: Pengautentik | None = None, nama: str = "HP Citra", **ubah: Any
) -> tuple[Pengautentik, Passkey]:
    alat = alat or Pengautentik()
    pilihan, id_tantangan = situs.mulai_daftar(minta.oleh or "", NAMA, minta)
    return alat, situs.selesai_daftar(id_tantangan, alat.daftar(pilihan, **ubah), nama, minta)


def masuk(situs: PasskeySitus, minta: Permintaan, alat: Pengautentik, **ubah: Any) -> str:
    pilihan, id_tantangan = situs.mulai_masuk(minta)
    return situs.selesai_masuk(id_tantangan, alat.masuk(pilihan, **ubah), minta)


# the site's name


@pytest.mark.parametrize("rp_id", ["127.0.0.1", "10.0.0.5", "::1", "[::1]", "2001:db8::1"])
def test_an_ip_address_is_explained(simpanan: Simpanan, rp_id: str) -> None:
    with pytest.raises(PemakaianError, match="tidak dapat dipakai pada alamat IP") as e:
        PasskeySitus(simpanan, rp_id, "Meja")
    assert "localhost" in e.value.saran
    assert "WebAuthn" in e.value.saran


@pytest.mark.parametrize("rp_id", ["", "https://kinerja.go.id", "Kinerja.go.id", "kinerja.go.id:8000", "a..b"])
def test_what_is_no_name_is_refused(simpanan: Simpanan, rp_id: str) -> None:
    with pytest.raises(PemakaianError, match="bukan nama situs"):
        PasskeySitus(simpanan, rp_id, "Meja")


# registering


def test_what_a_browser_is_asked_for(situs: PasskeySitus, simpanan: Simpanan, minta: Permintaan) -> None:
    _, lama = daftar(situs, minta)
    pilihan, _ = situs.mulai_daftar("p-citra", NAMA, minta)
    assert json.loads(json.dumps(pilihan)) == pilihan
    assert len(buka(pilihan.pop("challenge"))) == 32
    user = pilihan.pop("user")
    assert (user["name"], user["displayName"], len(buka(user["id"]))) == ("p-citra", NAMA, 32)
    assert b"citra" not in buka(user["id"])
    assert pilihan == {
        "rp": {"id": SITUS, "name": "Meja Kerja"},
        "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
        "timeout": 300_000,
        "excludeCredentials": [{"type": "public-key", "id": lama.kode, "transports": ["hybrid", "internal"]}],
        "authenticatorSelection": {
            "residentKey": "required", "requireResidentKey": True, "userVerification": "required",
        },
        "attestation": "none",
    }  # fmt: skip


def test_a_registered_passkey_is_an_openssh_line(situs: PasskeySitus, minta: Permintaan) -> None:
    alat, p = daftar(situs, minta, Pengautentik(hitungan=3))
    assert (p.id, p.orang, p.situs, p.nama) == (alat.id, "p-citra", SITUS, "HP Citra")
    assert (p.hitungan, p.transportasi, p.dibuat, p.terakhir) == (3, ("hybrid", "internal"), minta.saat, None)
    assert p.publik.startswith("sk-ecdsa-sha2-nistp256@openssh.com AAAA")
    assert situs.milik("p-citra") == (p,)
    assert situs.milik("p-budi") == ()


def test_the_user_handle_stays_the_same_and_differs_between_people(situs: PasskeySitus, minta: Permintaan) -> None:
    pegangan = [situs.mulai_daftar(o, NAMA, minta)[0]["user"]["id"] for o in ("p-citra", "p-citra", "p-budi")]
    assert pegangan[0] == pegangan[1] != pegangan[2]


@pytest.mark.parametrize(
    ("ubah", "sebab"),
    [
        ({"asal": "https://kinerja.contoh.go.id.jahat.com"}, "bukan di halaman situs ini"),
        ({"asal": f"https://meja.{SITUS}"}, "bukan di halaman situs ini"),
        ({"asal": f"http://{SITUS}"}, "bukan di halaman situs ini"),
        ({"asal": "https://kinerjaxcontoh.go.id"}, "bukan di halaman situs ini"),
        ({"asal": None}, "bukan di halaman situs ini"),
        ({"rp": "jahat.com"}, "bukan untuk situs"),
        ({"tantangan": kode(bytes(32))}, "bukan untuk permintaan pendaftaran ini"),
        ({"jenis": "webauthn.get"}, "bukan pendaftaran passkey"),
        ({"silang": True}, "dari dalam halaman situs lain"),
        ({"bendera": HADIR}, "tanpa PIN, sidik jari, atau wajah"),
        ({"bendera": TERVERIFIKASI}, "tidak hadir"),
        ({"bendera": HADIR | TERVERIFIKASI | CADANGAN_TANPA_DAPAT}, "saling bertentangan"),
        ({"cose": {1: 1, 3: -8, -1: 6, -2: bytes(32)}}, "tidak dapat dipakai"),
        ({"cose": {1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)}}, "tidak dapat dipakai"),
    ],
)
def test_a_registration_that_is_refused(
    situs: PasskeySitus, minta: Permintaan, ubah: dict[str, Any], sebab: str
) -> None:
    with pytest.raises(PasskeyError) as e:
        daftar(situs, minta, **ubah)
    assert sebab in e.value.pesan
    assert e.value.saran
    assert situs.milik("p-citra") == ()


def test_a_registration_under_another_id_is_refused(situs: PasskeySitus, minta: Permintaan) -> None:
    pilihan, tanda_ = situs.mulai_daftar("p-citra", NAMA, minta)
    jawaban = Pengautentik().daftar(pilihan) | {"id": kode(bytes(32)), "rawId": kode(bytes(32))}
    with pytest.raises(PasskeyError, match="tidak cocok dengan tandanya"):
        situs.selesai_daftar(tanda_, jawaban, "HP", minta)


def test_a_registration_is_answered_once_in_time_by_the_same_browser(
    situs: PasskeySitus, minta: Permintaan
) -> None:
    alat = Pengautentik()
    pilihan, tanda = situs.mulai_daftar("p-citra", NAMA, minta)
    jawaban = alat.daftar(pilihan)
    lain = Permintaan(minta.saat, ikatan="ikatan-b", oleh="p-citra")
    with pytest.raises(TantanganError):
        situs.selesai_daftar(tanda, jawaban, "HP", lain)
    situs.selesai_daftar(tanda, jawaban, "HP", nanti(minta, minutes=4, seconds=59))
    with pytest.raises(TantanganError):
        situs.selesai_daftar(tanda, jawaban, "HP", minta)
    pilihan, tanda = situs.mulai_daftar("p-citra", NAMA, minta)
    with pytest.raises(TantanganError):
        situs.selesai_daftar(tanda, Pengautentik().daftar(pilihan), "HP", nanti(minta, minutes=5))
    assert len(situs.milik("p-citra")) == 1


def test_a_refused_answer_uses_the_challenge_up(situs: PasskeySitus, minta: Permintaan) -> None:
    alat = Pengautentik()
    pilihan, tanda = situs.mulai_daftar("p-citra", NAMA, minta)
    with pytest.raises(PasskeyError):
        situs.selesai_daftar(tanda, alat.daftar(pilihan, bendera=HADIR), "HP", minta)
    with pytest.raises(TantanganError):
        situs.selesai_daftar(tanda, alat.daftar(pilihan), "HP", minta)


def test_nobody_registers_for_somebody_else(situs: PasskeySitus, minta: Permintaan) -> None:
    for oleh in ("p-budi", None):
        pilihan, tanda = situs.mulai_daftar("p-citra", NAMA, minta)
        with pytest.raises(TantanganError):
            situs.selesai_daftar(tanda, Pengautentik().daftar(pilihan), "HP", replace(minta, oleh=oleh))
    assert situs.milik("p-citra") == situs.milik("p-budi") == ()


def test_a_challenge_is_for_one_purpose(situs: PasskeySitus, minta: Permintaan) -> None:
    alat, _ = daftar(situs, minta)
    pilihan, tanda = situs.mulai_daftar("p-citra", NAMA, minta)
    with pytest.raises(TantanganError):
        situs.selesai_masuk(tanda, alat.masuk({**pilihan, "rpId": SITUS}), minta)


def test_the_same_passkey_is_registered_once(situs: PasskeySitus, minta: Permintaan) -> None:
    alat, _ = daftar(situs, minta)
    with pytest.raises(DitolakError, match="sudah terdaftar"):
        daftar(situs, replace(minta, oleh="p-budi"), alat)
    assert situs.milik("p-budi") == ()


def test_by_invitation_once(situs: PasskeySitus, akun: DaftarAkun, simpanan: Simpanan, minta: Permintaan) -> None:
    tamu = replace(minta, oleh=None)
    token = akun.undang("p-citra", minta, timedelta(days=1))

    def terima(undangan: str) -> Passkey:
        pilihan, tanda = situs.mulai_daftar("p-citra", NAMA, tamu)
        return situs.selesai_daftar(tanda, Pengautentik().daftar(pilihan), "HP Citra", tamu, undangan)

    with pytest.raises(TantanganError):
        terima(akun.undang("p-budi", minta, timedelta(days=1)))
    assert terima(token).orang == "p-citra"
    with pytest.raises(UndanganError, match="sudah dipakai"):
        terima(token)
    assert [p[:2] for p in peristiwa(simpanan)][-2:] == [
        ("undangan-diterima", "p-citra"), ("passkey-didaftarkan", "p-citra"),
    ]  # fmt: skip
    assert len(situs.milik("p-citra")) == 1


def test_without_an_account_or_when_disabled(situs: PasskeySitus, akun: DaftarAkun, minta: Permintaan) -> None:
    with pytest.raises(DitolakError, match="belum mempunyai akun"):
        situs.mulai_daftar("p-tak-ada", NAMA, minta)
    pilihan, tanda = situs.mulai_daftar("p-citra", NAMA, minta)
    akun.nonaktifkan("p-citra", minta)
    with pytest.raises(DitolakError, match="dinonaktifkan"):
        situs.selesai_daftar(tanda, Pengautentik().daftar(pilihan), "HP", minta)


def test_a_challenge_needs_a_browser(situs: PasskeySitus, minta: Permintaan) -> None:
    with pytest.raises(ValueError, match="tanpa sesi"):
        situs.mulai_masuk(replace(minta, ikatan=""))


# signing in


def test_signing_in_without_typing_a_name(situs: PasskeySitus, simpanan: Simpanan, minta: Permintaan) -> None:
    alat, p = daftar(situs, minta)
    tamu = replace(nanti(minta, hours=1), oleh=None)
    pilihan, tanda = situs.mulai_masuk(tamu)
    assert len(buka(pilihan["challenge"])) == 32
    assert pilihan == {"challenge": pilihan["challenge"], "timeout": 300_000, "rpId": SITUS,
                       "userVerification": "required"}  # fmt: skip
    assert situs.selesai_masuk(tanda, alat.masuk(pilihan), tamu) == "p-citra"
    assert situs.milik("p-citra")[0].terakhir == tamu.saat
    assert peristiwa(simpanan)[-1] == ("masuk", "p-citra", "passkey HP Citra")
    assert p.terakhir is None


@pytest.mark.parametrize("asal", [ASAL, f"{ASAL}:8443"])
def test_any_port_of_the_site_will_do(situs: PasskeySitus, minta: Permintaan, asal: str) -> None:
    alat, _ = daftar(situs, minta, asal=asal)
    assert masuk(situs, minta, alat, asal=asal) == "p-citra"


def test_origins_can_be_named_exactly(simpanan: Simpanan, minta: Permintaan) -> None:
    situs = PasskeySitus(simpanan, SITUS, "Meja", asal=[f"{ASAL}:8443"])
    alat, _ = daftar(situs, minta, asal=f"{ASAL}:8443")
    with pytest.raises(PasskeyError, match="bukan di halaman situs ini"):
        masuk(situs, minta, alat)


def test_localhost_over_http(simpanan: Simpanan, minta: Permintaan) -> None:
    situs = PasskeySitus(simpanan, "localhost", "Meja")
    alat, p = daftar(situs, minta, Pengautentik("http://localhost:8000"))
    assert masuk(situs, minta, alat) == "p-citra"
    armor = tanda_dari_jawaban(
        p.publik, RUANG, PESAN, alat.masuk(situs.pilihan_tanda([p], tantangan(RUANG, PESAN)))
    )
    assert periksa(p.publik, PESAN, armor, RUANG)


@pytest.mark.parametrize(
    ("ubah", "sebab"),
    [
        ({"asal": "https://jahat.com"}, "bukan di `kinerja.contoh.go.id`"),
        ({"asal": f"https://meja.{SITUS}"}, "bukan di halaman situs ini"),
        ({"asal": f"http://{SITUS}"}, "hanya https"),
        ({"rp": "jahat.com"}, "bukan untuk situs"),
        ({"tantangan": kode(bytes(32))}, "tantangan passkey bukan"),
        ({"jenis": "webauthn.create"}, "webauthn.create"),
        ({"silang": True}, "dari dalam halaman situs lain"),
        ({"bendera": HADIR}, "tanpa PIN, sidik jari, atau wajah"),
        ({"bendera": TERVERIFIKASI}, "tidak hadir"),
        ({"pegangan": None}, "tidak menyebut pemiliknya"),
        ({"pegangan": bytes(32)}, "milik orang lain"),
    ],
)
def test_a_sign_in_that_is_refused(
    situs: PasskeySitus, simpanan: Simpanan, minta: Permintaan, ubah: dict[str, Any], sebab: str
) -> None:
    alat, _ = daftar(situs, minta, Pengautentik(hitungan=1))
    with pytest.raises(PasskeyError) as e:
        masuk(situs, minta, alat, hitungan=5, **ubah)
    assert sebab in e.value.pesan
    assert e.value.saran
    kode_, orang, rincian = peristiwa(simpanan)[-1]
    assert (kode_, orang) == ("masuk-gagal", "p-citra")
    assert sebab in rincian
    assert situs.milik("p-citra")[0].hitungan == 1


def test_another_key_under_a_known_id(situs: PasskeySitus, minta: Permintaan) -> None:
    alat, _ = daftar(situs, minta)
    maling = Pengautentik()
    maling.id, maling.pegangan = alat.id, alat.pegangan
    with pytest.raises(PasskeyError, match="tanda tangan passkey tidak cocok"):
        masuk(situs, minta, maling)


def test_an_unknown_passkey(situs: PasskeySitus, simpanan: Simpanan, minta: Permintaan) -> None:
    sebelum = peristiwa(simpanan)
    with pytest.raises(PasskeyError, match="tidak terdaftar di sini"):
        masuk(situs, minta, Pengautentik())
    assert peristiwa(simpanan) == sebelum


def test_a_passkey_of_another_site_of_ours(simpanan: Simpanan, situs: PasskeySitus, minta: Permintaan) -> None:
    lama = PasskeySitus(simpanan, "lama.contoh.go.id", "Meja")
    alat, _ = daftar(lama, minta, Pengautentik("https://lama.contoh.go.id"))
    with pytest.raises(PasskeyError, match="tidak terdaftar di sini"):
        masuk(situs, minta, alat)
    assert situs.milik("p-citra") == ()


def test_a_replayed_answer_and_another_browsers_answer(situs: PasskeySitus, minta: Permintaan) -> None:
    alat, _ = daftar(situs, minta)
    pilihan, tanda = situs.mulai_masuk(minta)
    jawaban = alat.masuk(pilihan)
    with pytest.raises(TantanganError):
        situs.selesai_masuk(tanda, jawaban, replace(minta, ikatan="ikatan-b"))
    assert situs.selesai_masuk(tanda, jawaban, minta) == "p-citra"
    with pytest.raises(TantanganError) as e:
        situs.selesai_masuk(tanda, jawaban, minta)
    assert "muat ulang halaman" in e.value.saran
    _, lain = situs.mulai_masuk(minta)
    with pytest.raises(PasskeyError, match="tantangan passkey bukan"):
        situs.selesai_masuk(lain, jawaban, minta)
    pilihan, tanda = situs.mulai_masuk(minta)
    with pytest.raises(TantanganError):
        situs.selesai_masuk(tanda, alat.masuk(pilihan), nanti(minta, minutes=5))


def test_one_answer_sent_many_times_at_once_comes_in_once(situs: PasskeySitus, minta: Permintaan) -> None:
    alat, _ = daftar(situs, minta)
    pilihan, tanda = situs.mulai_masuk(minta)
    jawaban = alat.masuk(pilihan)

    def kerja(_: int) -> bool:
        try:
            return situs.selesai_masuk(tanda, jawaban, minta) == "p-citra"
        except TantanganError:
            return False

    assert serentak(20, kerja).count(True) == 1


def test_a_counter_that_goes_back_is_refused_and_recorded(
    situs: PasskeySitus, simpanan: Simpanan, minta: Permintaan
) -> None:
    alat, _ = daftar(situs, minta, Pengautentik(hitungan=5))
    assert masuk(situs, minta, alat, hitungan=6) == "p-citra"
    for mundur in (6, 4, 0):
        with pytest.raises(PasskeyError, match="mundur") as e:
            masuk(situs, minta, alat, hitungan=mundur)
        assert "administrator" in e.value.saran
        assert peristiwa(simpanan)[-2] == ("passkey-hitungan-mundur", "p-citra", f"HP Citra: {mundur} setelah 6")
        assert peristiwa(simpanan)[-1][0] == "masuk-gagal"
    assert masuk(situs, minta, alat, hitungan=7) == "p-citra"
    assert situs.milik("p-citra")[0].hitungan == 7


def test_a_passkey_that_does_not_count_comes_in_again_and_again(situs: PasskeySitus, minta: Permintaan) -> None:
    alat, _ = daftar(situs, minta)
    assert {masuk(situs, minta, alat) for _ in range(3)} == {"p-citra"}


def test_a_disabled_account_is_told_after_it_proved_itself(
    situs: PasskeySitus, akun: DaftarAkun, simpanan: Simpanan, minta: Permintaan
) -> None:
    alat, _ = daftar(situs, minta, Pengautentik(hitungan=1))
    akun.nonaktifkan("p-citra", minta)
    with pytest.raises(PasskeyError, match="dinonaktifkan"):
        masuk(situs, minta, alat, hitungan=2)
    assert peristiwa(simpanan)[-1][0] == "masuk-gagal"
    maling = Pengautentik()
    maling.id, maling.pegangan = alat.id, alat.pegangan
    with pytest.raises(PasskeyError, match="tidak cocok"):
        masuk(situs, minta, maling, hitungan=2)


def test_proving_again_asks_for_the_persons_own_passkeys(situs: PasskeySitus, minta: Permintaan) -> None:
    with pytest.raises(PasskeyError, match="belum mempunyai passkey"):
        situs.mulai_masuk(minta, "p-citra")
    alat, p = daftar(situs, minta)
    budi, _ = daftar(situs, replace(minta, oleh="p-budi"))
    pilihan, tanda = situs.mulai_masuk(minta, "p-citra")
    assert [c["id"] for c in pilihan["allowCredentials"]] == [p.kode]
    assert situs.selesai_masuk(tanda, alat.masuk(pilihan, pegangan=None), minta) == "p-citra"
    pilihan, tanda = situs.mulai_masuk(minta, "p-citra")
    with pytest.raises(PasskeyError, match="milik orang lain"):
        situs.selesai_masuk(tanda, budi.masuk(pilihan), minta)


def test_who_is_locked_out_by_wrong_passwords_comes_in_with_a_passkey(
    situs: PasskeySitus, akun: DaftarAkun, minta: Permintaan
) -> None:
    alat, _ = daftar(situs, minta)
    for _ in range(5):
        with pytest.raises(SalahMasukError):
            akun.masuk_dengan_sandi("p-citra", "salah sekali ini", minta)
    with pytest.raises(TungguError):
        akun.masuk_dengan_sandi("p-citra", SANDI, minta)
    assert masuk(situs, minta, alat) == "p-citra"
    with pytest.raises(TungguError):
        akun.masuk_dengan_sandi("p-citra", SANDI, minta)


def test_a_flood_at_the_door_fills_no_disk(
    situs: PasskeySitus, simpanan: Simpanan, minta: Permintaan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kinerja.accounts.challenges._TERBANYAK_TAMU", 30)
    alat, _ = daftar(situs, minta)
    dahulu, tanda = situs.mulai_masuk(minta, "p-citra")
    for n in range(60):
        situs.mulai_masuk(replace(minta, ikatan=f"x{n % 50}"))
    for _ in range(30):
        terakhir = situs.mulai_masuk(replace(minta, ikatan="satu"))
    with simpanan.baca() as db:
        jumlah, satu = db.execute(
            "SELECT count(*), sum(ikatan = (SELECT ikatan FROM tantangan WHERE id = ?)) FROM tantangan", (terakhir[1],)
        ).fetchone()
    assert (jumlah <= 31, satu) == (True, 8)
    assert situs.selesai_masuk(tanda, alat.masuk(dahulu), minta) == "p-citra"


# names and removing


def test_several_passkeys_with_names(situs: PasskeySitus, minta: Permintaan) -> None:
    a, b = (daftar(situs, nanti(minta, minutes=n), nama=f"  kunci {n} ")[1] for n in (0, 1))
    assert [p.nama for p in situs.milik("p-citra")] == ["kunci 0", "kunci 1"]
    situs.ubah_nama("p-citra", b.id, "HP baru")
    assert [p.nama for p in situs.milik("p-citra")] == ["kunci 0", "HP baru"]
    for salah in ("", "   ", "x" * 61, "dua\nbaris"):
        with pytest.raises(PemakaianError, match="nama passkey"):
            situs.ubah_nama("p-citra", a.id, salah)
    for kerja in (lambda: situs.ubah_nama("p-budi", a.id, "x"), lambda: situs.hapus("p-budi", a.id, minta)):
        with pytest.raises(PemakaianError, match="tidak ada"):
            kerja()
    assert len(situs.milik("p-citra")) == 2


def test_the_last_way_in_is_never_removed(
    situs: PasskeySitus, akun: DaftarAkun, simpanan: Simpanan, minta: Permintaan
) -> None:
    (alat, a), (_, b) = daftar(situs, minta), daftar(situs, minta)
    situs.hapus("p-citra", b.id, minta)
    with pytest.raises(DitolakError, match="satu-satunya cara") as e:
        situs.hapus("p-citra", a.id, minta)
    assert "pasang kata sandi" in e.value.saran
    assert masuk(situs, minta, alat) == "p-citra"
    akun.ganti_sandi("p-citra", None, SANDI, NAMA, minta)
    situs.hapus("p-citra", a.id, minta)
    assert situs.milik("p-citra") == ()
    assert peristiwa(simpanan)[-1] == ("passkey-dihapus", "p-citra", "HP Citra")
    with pytest.raises(PasskeyError, match="tidak terdaftar"):
        masuk(situs, minta, alat)


def test_a_passkey_of_an_old_name_of_the_site_may_go(
    situs: PasskeySitus, simpanan: Simpanan, minta: Permintaan
) -> None:
    lama = PasskeySitus(simpanan, "lama.contoh.go.id", "Meja")
    p, q = (daftar(lama, minta, Pengautentik("https://lama.contoh.go.id"))[1] for _ in range(2))
    situs.hapus("p-citra", p.id, minta)
    _, r = daftar(situs, minta)
    with pytest.raises(DitolakError, match="satu-satunya"):
        situs.hapus("p-citra", r.id, minta)
    situs.hapus("p-citra", q.id, minta)


def test_two_removals_at_once_leave_one(situs: PasskeySitus, minta: Permintaan) -> None:
    punya = [daftar(situs, minta)[1] for _ in range(2)]

    def kerja(n: int) -> bool:
        try:
            situs.hapus("p-citra", punya[n].id, minta)
        except DitolakError:
            return False
        return True

    assert sorted(map(bool, serentak(2, kerja))) == [False, True]
    assert len(situs.milik("p-citra")) == 1


# signing acts


def tanda(situs: PasskeySitus, minta: Permintaan, alat: Pengautentik, **ubah: Any) -> tuple[str, Passkey]:
    pilihan = situs.pilihan_tanda(situs.milik("p-citra"), tantangan(RUANG, PESAN))
    return situs.tanda_tangani("p-citra", RUANG, PESAN, alat.masuk(pilihan, **ubah), minta)


@pytest.mark.alat("ssh-keygen")
def test_an_act_signed_by_a_passkey(situs: PasskeySitus, minta: Permintaan, tmp_path: Path) -> None:
    alat, p = daftar(situs, minta)
    daftar(situs, minta)
    pilihan = situs.pilihan_tanda(situs.milik("p-citra"), tantangan(RUANG, PESAN))
    assert buka(pilihan["challenge"]) == tantangan(RUANG, PESAN)
    assert {c["id"] for c in pilihan["allowCredentials"]} == {q.kode for q in situs.milik("p-citra")}
    assert pilihan["userVerification"] == "required"
    armor, dipakai = tanda(situs, nanti(minta, hours=1), alat)
    assert dipakai.id == p.id
    assert periksa(p.publik, PESAN, armor, RUANG)
    assert not periksa(p.publik, b"lain", armor, RUANG)
    assert ssh_keygen_terima(tmp_path, p.publik, PESAN, armor, RUANG)
    assert situs.milik("p-citra")[0].terakhir == minta.saat + timedelta(hours=1)


@pytest.mark.parametrize(
    ("ubah", "sebab"),
    [
        ({"asal": f"https://meja.{SITUS}"}, "bukan di halaman situs ini"),
        ({"rp": "jahat.com"}, "bukan untuk situs"),
        ({"tantangan": kode(tantangan(RUANG, b'{"urut":8}'))}, "bukan untuk isi dan ruang nama ini"),
        ({"tantangan": kode(tantangan("kinerja.tanda-tangan.v1", PESAN))}, "bukan untuk isi dan ruang nama ini"),
        ({"bendera": HADIR}, "tanpa PIN, sidik jari, atau wajah"),
        ({"hitungan": 4}, "mundur"),
    ],
)
def test_an_act_that_is_refused(
    situs: PasskeySitus, minta: Permintaan, ubah: dict[str, Any], sebab: str
) -> None:
    alat, _ = daftar(situs, minta, Pengautentik(hitungan=5))
    with pytest.raises(PasskeyError) as e:
        tanda(situs, minta, alat, **{"hitungan": 6, **ubah})
    assert sebab in e.value.pesan
    assert e.value.saran


def test_an_answer_that_came_twice_is_no_copy_of_the_passkey(situs: PasskeySitus, minta: Permintaan) -> None:
    alat, _ = daftar(situs, minta, Pengautentik(hitungan=5))
    pilihan = situs.pilihan_tanda(situs.milik("p-citra"), tantangan(RUANG, PESAN))
    jawaban = alat.masuk(pilihan, hitungan=6)
    a, b = (situs.tanda_tangani("p-citra", RUANG, PESAN, jawaban, minta)[0] for _ in range(2))
    assert a == b


def test_nobody_signs_with_anothers_passkey(situs: PasskeySitus, akun: DaftarAkun, minta: Permintaan) -> None:
    alat, _ = daftar(situs, minta)
    budi, _ = daftar(situs, replace(minta, oleh="p-budi"))
    with pytest.raises(PasskeyError, match="bukan milik Anda"):
        tanda(situs, minta, budi)
    akun.nonaktifkan("p-citra", minta)
    with pytest.raises(DitolakError, match="dinonaktifkan"):
        tanda(situs, minta, alat)
    with pytest.raises(PasskeyError, match="belum mempunyai passkey"):
        situs.pilihan_tanda([], tantangan(RUANG, PESAN))


# damaged answers


def _rusakkan(jawaban: dict[str, Any], jalan: tuple[str, ...], nilai: object) -> dict[str, Any]:
    hasil = json.loads(json.dumps(jawaban))
    tempat = hasil
    for nama in jalan[:-1]:
        tempat = tempat[nama]
    tempat[jalan[-1]] = nilai
    return hasil  # type: ignore[no-any-return]


JALAN = [("id",), ("rawId",), ("type",), ("response",), ("response", "clientDataJSON"),
         ("response", "attestationObject"), ("response", "authenticatorData"), ("response", "signature")]  # fmt: skip
NILAI = [None, 7, "", "a=", "é", "x" * 20_000, [], {}, ["AA"], "AB"]


@pytest.mark.parametrize("jalan", JALAN, ids=lambda j: j[-1])
def test_a_damaged_answer_is_refused_in_words(
    situs: PasskeySitus, minta: Permintaan, jalan: tuple[str, ...]
) -> None:
    alat, p = daftar(situs, minta)
    for nilai in NILAI:
        if jalan[-1] not in ("authenticatorData", "signature"):
            pilihan, tanda_ = situs.mulai_daftar("p-citra", NAMA, minta)
            with pytest.raises(PasskeyError):
                situs.selesai_daftar(tanda_, _rusakkan(Pengautentik().daftar(pilihan), jalan, nilai), "HP", minta)
        if jalan[-1] != "attestationObject":
            pilihan, tanda_ = situs.mulai_masuk(minta)
            jawaban = _rusakkan(alat.masuk(pilihan), jalan, nilai)
            with pytest.raises(PasskeyError):
                situs.selesai_masuk(tanda_, jawaban, minta)
            with pytest.raises(PasskeyError):
                tanda_dari_jawaban(p.publik, RUANG, PESAN, jawaban)
    assert situs.milik("p-citra") == (p,)


def test_bytes_are_written_as_browsers_write_them() -> None:
    assert bita("_-8") == b"\xff\xef"
    for salah in ("_-8=", "/+8", "_-9", " _-8", "_"):
        with pytest.raises(PasskeyError, match="tidak utuh"):
            bita(salah)


def test_an_id_has_one_spelling(situs: PasskeySitus, minta: Permintaan) -> None:
    alat, _ = daftar(situs, minta)
    pilihan, tanda_ = situs.mulai_masuk(minta)
    with pytest.raises(PasskeyError, match="tidak utuh"):
        situs.selesai_masuk(tanda_, alat.masuk(pilihan) | {"id": kode(bytes(32))}, minta)


@pytest.mark.parametrize("jawaban", [None, [], "x", {}, {"response": []}, {"response": {}}])
def test_what_is_no_answer_at_all(situs: PasskeySitus, minta: Permintaan, jawaban: Any) -> None:
    for mulai, selesai in _dua_pintu(situs, minta):
        with pytest.raises(PasskeyError, match="tidak utuh"):
            selesai(mulai()[1], jawaban)


def _dua_pintu(situs: PasskeySitus, minta: Permintaan) -> list[tuple[Callable[..., Any], Callable[..., Any]]]:
    return [
        (lambda: situs.mulai_masuk(minta), lambda t, j: situs.selesai_masuk(t, j, minta)),
        (lambda: situs.mulai_daftar("p-citra", NAMA, minta), lambda t, j: situs.selesai_daftar(t, j, "HP", minta)),
    ]


@settings(max_examples=100, deadline=None)
@given(letak=st.integers(0, 400), isi=st.binary(min_size=1, max_size=6), potong=st.booleans())
def test_random_bytes_in_an_answer_are_taken_or_refused_in_words(letak: int, isi: bytes, potong: bool) -> None:
    situs, tantangan_ = Situs(SITUS, "Meja", frozenset()), bytes(32)
    jawaban = ALAT.daftar(situs.pilihan_daftar(tantangan_, bytes(32), ("p-citra", NAMA), []))
    asli = buka(jawaban["response"]["attestationObject"])
    letak = min(letak, len(asli))
    ganti = asli[:letak] + isi + (b"" if potong else asli[letak + len(isi) :])
    try:
        hasil = situs.baca_daftar(_rusakkan(jawaban, ("response", "attestationObject"), kode(ganti)), tantangan_)
    except KinerjaError as e:
        assert e.saran
    else:
        assert hasil[0] == ALAT.id


def test_deep_nesting_does_not_break_the_server(situs: PasskeySitus, minta: Permintaan) -> None:
    for isi in (b"\x81" * 12_000, b"\xbf" * 10, b"\x9b" + b"\xff" * 8, b"\xa1" * 12_000, b""):
        pilihan, tanda_ = situs.mulai_daftar("p-citra", NAMA, minta)
        jawaban = _rusakkan(Pengautentik().daftar(pilihan), ("response", "attestationObject"), kode(isi))
        with pytest.raises(PasskeyError, match="tidak utuh"):
            situs.selesai_daftar(tanda_, jawaban, "HP", minta)
    pilihan, tanda_ = situs.mulai_daftar("p-citra", NAMA, minta)
    jawaban = _rusakkan(Pengautentik().daftar(pilihan), ("response", "clientDataJSON"), kode(b"[" * 12_000))
    with pytest.raises(PasskeyError, match="tidak utuh"):
        situs.selesai_daftar(tanda_, jawaban, "HP", minta)


# what is kept


def test_a_restart_keeps_passkeys_and_open_challenges(
    berkas: Path, situs: PasskeySitus, simpanan: Simpanan, minta: Permintaan
) -> None:
    alat, _ = daftar(situs, minta)
    pilihan, tanda_ = situs.mulai_masuk(minta)
    simpanan.tutup()
    with Simpanan(berkas) as s:
        assert PasskeySitus(s, SITUS, "Meja").selesai_masuk(tanda_, alat.masuk(pilihan), minta) == "p-citra"


def test_fifty_people_sign_in_at_once(simpanan: Simpanan, akun: DaftarAkun, situs: PasskeySitus, minta: Permintaan) -> None:
    alat = []
    for n in range(50):
        akun.undang(f"p-{n}", minta, timedelta(days=1))
        alat.append(daftar(situs, replace(minta, oleh=f"p-{n}"))[0])
    hasil = serentak(50, lambda n: masuk(situs, Permintaan(minta.saat, ikatan=f"i{n}"), alat[n]))
    assert hasil == [f"p-{n}" for n in range(50)]
    with simpanan.baca() as db:
        assert db.execute("SELECT count(*) FROM tantangan").fetchone()[0] == 0


def test_old_challenges_are_thrown_away(situs: PasskeySitus, simpanan: Simpanan, minta: Permintaan) -> None:
    situs.mulai_masuk(minta)
    situs.mulai_masuk(nanti(minta, minutes=5))
    with simpanan.baca() as db:
        assert db.execute("SELECT count(*) FROM tantangan").fetchone()[0] == 1


def test_browser_names_are_kept_as_digests(situs: PasskeySitus, simpanan: Simpanan, minta: Permintaan) -> None:
    situs.mulai_masuk(minta)
    assert "ikatan-a" not in seluruh_isi(simpanan)


def test_removing_an_account_removes_what_hangs_on_it(
    situs: PasskeySitus, simpanan: Simpanan, minta: Permintaan
) -> None:
    daftar(situs, minta)
    paksa(simpanan, "DELETE FROM akun WHERE orang = 'p-citra'")
    assert situs.milik("p-citra") == ()
