"""Passkeys: an assertion of a browser is an SSHSIG that ssh-keygen takes too, and nothing less."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import pytest

from kinerja.adapters.fido import JENIS_ECDSA
from kinerja.adapters.keys import periksa
from kinerja.adapters.ssh_wire import mpint, teks
from kinerja.adapters.sshsig import alasan_tolak, dari_webauthn, tantangan

from .kunci_lunak import (
    ASAL,
    SITUS,
    WEBAUTHN,
    Jawaban,
    PasskeyLunak,
    TokenLunak,
    bungkus,
    data_klien,
    ssh_keygen_terima,
)  # fmt: skip

RUANG = "kinerja.tanda-tangan.v1"
ISI = b'{"urut":7}'
PASSKEY = PasskeyLunak()
TANTANGAN = tantangan(RUANG, ISI)
JAWAB = PASSKEY.jawab(TANTANGAN)
BLOB = JAWAB.blob()
COCOK = "tidak cocok dengan isinya"


def terima(j: Jawaban, publik: str = PASSKEY.publik) -> str:
    return dari_webauthn(publik, RUANG, ISI, authenticator_data=j.data, client_data=j.klien, tanda=j.der)


def tolak(blob: bytes, publik: str = PASSKEY.publik) -> str:
    return alasan_tolak(publik, ISI, bungkus(publik, blob, RUANG), RUANG) or "diterima"


# both ways with ssh-keygen


@pytest.mark.alat("ssh-keygen")
@pytest.mark.parametrize(
    "lain",
    [
        {},
        {"bendera": 0x1D, "hitungan": 4_000_000_000},
        {"bendera": 0x85, "ekstensi": bytes.fromhex("a16b6372656450726f7465637402")},
        {"ubah": {"origin": f"https://meja.{SITUS}"}},
        {"ubah": {"origin": f"{ASAL}:8443"}},
        {"ubah": {"crossOrigin": None}},
        {"ubah": {"other_keys_can_be_added_here": "do not compare clientDataJSON against a template"}},
    ],
)
def test_ssh_keygen_takes_what_a_browser_made(tmp_path: Path, lain: dict[str, Any]) -> None:
    armor = terima(PASSKEY.jawab(TANTANGAN, **lain))
    assert alasan_tolak(PASSKEY.publik, ISI, armor, RUANG) is None
    assert alasan_tolak(PASSKEY.publik, b"lain", armor, RUANG) is not None
    assert ssh_keygen_terima(tmp_path, PASSKEY.publik, ISI, armor, RUANG)
    assert not ssh_keygen_terima(tmp_path, PASSKEY.publik, b"lain", armor, RUANG)


@pytest.mark.alat("ssh-keygen")
@pytest.mark.parametrize(
    ("situs", "asal"), [("localhost", "http://localhost:8080"), ("127.0.0.1", "http://127.0.0.1:1")]
)
def test_on_this_computer_itself_http_will_do(tmp_path: Path, situs: str, asal: str) -> None:
    passkey = PasskeyLunak(situs)
    armor = terima(passkey.jawab(TANTANGAN, {"origin": asal}), passkey.publik)
    assert ssh_keygen_terima(tmp_path, passkey.publik, ISI, armor, RUANG)


@pytest.mark.alat("ssh-keygen")
@pytest.mark.parametrize("s_tinggi", [False, True])
def test_both_halves_of_s_are_taken_as_by_ssh_keygen(tmp_path: Path, *, s_tinggi: bool) -> None:
    armor = bungkus(PASSKEY.publik, JAWAB.blob(s_tinggi=s_tinggi), RUANG)
    assert periksa(PASSKEY.publik, ISI, armor, RUANG)
    assert ssh_keygen_terima(tmp_path, PASSKEY.publik, ISI, armor, RUANG)


# what the owner's own browser may have signed, and what still does not count


@pytest.mark.parametrize(
    ("ruang", "pesan"), [("kinerja.paraf.v1", ISI), (RUANG, b'{"urut":8}'), ("", ISI)]
)
def test_another_act_is_refused(ruang: str, pesan: bytes) -> None:
    j = PASSKEY.jawab(tantangan(ruang, pesan))
    assert tolak(j.blob()) == "tantangan passkey bukan untuk isi dan ruang nama ini"
    with pytest.raises(ValueError, match="bukan untuk isi dan ruang nama ini"):
        terima(j)


@pytest.mark.parametrize(
    ("bendera", "ekstensi", "alasan"),
    [
        (0x04, b"", "pemilik passkey tidak hadir saat menandatangani"),
        (0x01, b"", "passkey dipakai tanpa PIN, sidik jari, atau wajah pemiliknya"),
        (0x45, b"", "memuat pendaftaran passkey, bukan hanya tanda tangan"),
        (0x85, b"", "bendera ekstensi passkey tidak sesuai isinya"),
        (0x05, b"\xa0", "bendera ekstensi passkey tidak sesuai isinya"),
        (0x15, b"", "bendera cadangan passkey saling bertentangan"),
    ],
)
def test_flags_say_that_the_owner_was_there(bendera: int, ekstensi: bytes, alasan: str) -> None:
    j = PASSKEY.jawab(TANTANGAN, bendera=bendera, ekstensi=ekstensi)
    assert tolak(j.blob()) == alasan
    with pytest.raises(ValueError, match=alasan):
        terima(j)


@pytest.mark.parametrize(
    ("asal", "alasan"),
    [
        (f"http://{SITUS}", "yang diterima hanya https"),
        ("http://192.168.1.5:8080", "yang diterima hanya https"),
        ("https://contoh.go.id", "dibuat di situs `contoh.go.id`"),
        (f"https://x{SITUS}", "dibuat di situs"),
        (f"https://{SITUS}.jahat.id", "dibuat di situs"),
        ("https://localhost", "dibuat di situs"),
        ("http://localhost", "dibuat di situs"),
        (f"https://{SITUS}/", "tidak dalam bentuk baku"),
        (f"https://{SITUS}:0", "tidak dalam bentuk baku"),
        (f"https://{SITUS.upper()}", "tidak dalam bentuk baku"),
        (f"https://jahat.id@{SITUS}", "tidak dalam bentuk baku"),
        (f"https://.{SITUS}", "tidak dalam bentuk baku"),
        ("android:apk-key-hash:abc", "tidak dalam bentuk baku"),
        ("", "tidak dalam bentuk baku"),
        ("null", "tidak dalam bentuk baku"),
    ],
)
def test_only_the_passkeys_own_site_counts(asal: str, alasan: str) -> None:
    klien = data_klien(TANTANGAN).replace(ASAL.encode(), asal.encode())
    assert alasan in tolak(PASSKEY.jawab(TANTANGAN, klien=klien).blob(asal))
    with pytest.raises(ValueError, match=r"situs|bukan JSON|https"):
        terima(PASSKEY.jawab(TANTANGAN, klien=klien))


def test_an_address_has_no_subdomains() -> None:
    passkey = PasskeyLunak("0.0.1")
    asal = "https://127.0.0.1"
    assert "dibuat di situs" in tolak(passkey.jawab(TANTANGAN, {"origin": asal}).blob(asal), passkey.publik)


@pytest.mark.parametrize(
    ("ubah", "alasan"),
    [
        ({"type": "webauthn.create"}, "dibuat sebagai `webauthn.create`"),
        ({"type": "payment.get"}, "dibuat sebagai `payment.get`"),
        ({"crossOrigin": True}, "dari dalam halaman situs lain"),
        ({"topOrigin": "https://jahat.id"}, "dari dalam halaman situs lain"),
        ({"crossOrigin": "false"}, "isian `crossOrigin` pada data klien passkey salah jenis"),
        ({"crossOrigin": 0}, "isian `crossOrigin` pada data klien passkey salah jenis"),
        ({"challenge": ["x"]}, "isian `challenge` pada data klien passkey salah jenis"),
        ({"origin": 7}, "isian `origin` pada data klien passkey salah jenis"),
    ],
)
def test_client_data_of_another_meaning_is_refused(ubah: dict[str, Any], alasan: str) -> None:
    j = PASSKEY.jawab(TANTANGAN, ubah)
    assert alasan in tolak(j.blob())
    with pytest.raises(ValueError, match=r"passkey|dibuat sebagai"):
        terima(j)


BAKU = data_klien(TANTANGAN)


@pytest.mark.parametrize(
    ("klien", "alasan"),
    [
        (BAKU.replace(b'"webauthn.get"', b'"webauthn.get","type":"webauthn.get"'), "bukan JSON yang baku"),
        (BAKU[:-1] + b',"origin":"https://jahat.id"}', "bukan JSON yang baku"),
        (BAKU[:-1] + b',"x":{"a":1,"a":2}}', "bukan JSON yang baku"),
        (BAKU[:-1] + b',"x":NaN}', "bukan JSON yang baku"),
        (BAKU[:-1] + b',"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "bukan JSON yang baku"),
        (BAKU[:-1], "bukan JSON yang baku"),
        (BAKU + b"\0", "bukan JSON yang baku"),
        (BAKU[:-1] + b',"x":"\xff"}', "bukan JSON yang baku"),
        (b"[" + BAKU + b"]", "bukan JSON yang baku"),
        (b"\xef\xbb\xbf" + BAKU, "bukan JSON yang baku"),
        (b" " + BAKU, "tidak dalam bentuk baku WebAuthn"),
        (BAKU.replace(b'"origin":', b'"origin": '), "tidak dalam bentuk baku WebAuthn"),
        (BAKU.replace(b"webauthn.get", b"webauthn\\u002eget"), "tidak dalam bentuk baku WebAuthn"),
        (json.dumps(dict(reversed(json.loads(BAKU).items())), separators=(",", ":")).encode(),
         "tidak dalam bentuk baku WebAuthn"),
        (BAKU.replace(b'","origin"', b'=","origin"'), "tantangan passkey bukan untuk isi"),
        (b"{}", "dibuat sebagai `None`"),
    ],
)  # fmt: skip
def test_client_data_has_one_form(klien: bytes, alasan: str) -> None:
    j = PASSKEY.jawab(TANTANGAN, klien=klien)
    assert alasan in tolak(j.blob())
    with pytest.raises(ValueError, match=r"passkey|dibuat sebagai"):
        terima(j)


# what somebody else may have changed afterwards


def test_a_changed_field_has_its_reason() -> None:
    assert tolak(BLOB) == "diterima"
    bagian = teks(ASAL.encode()) + teks(JAWAB.klien)
    letak = BLOB.index(bagian)

    def ganti(lama: bytes, baru: bytes) -> str:
        assert lama in BLOB
        return tolak(BLOB.replace(lama, baru))

    assert tolak(BLOB[: letak - 4] + struct.pack(">I", 1) + BLOB[letak:]) == COCOK
    assert tolak(BLOB[: letak - 5] + b"\x0d" + BLOB[letak - 4 :]) == COCOK
    assert "tanpa PIN" in tolak(BLOB[: letak - 5] + b"\x01" + BLOB[letak - 4 :])
    assert "tidak hadir" in tolak(BLOB[: letak - 5] + b"\x04" + BLOB[letak - 4 :])
    assert "bendera ekstensi" in tolak(BLOB[:-4] + teks(b"\xa0"))
    berekstensi = BLOB[: letak - 5] + b"\x85" + BLOB[letak - 4 : -4] + teks(b"\xa0")
    assert tolak(berekstensi) == COCOK
    lain = f"https://x.{SITUS}".encode()
    assert "alamat situs tidak sama" in ganti(teks(ASAL.encode()), teks(lain))
    klien = JAWAB.klien.replace(ASAL.encode(), lain)
    assert ganti(bagian, teks(lain) + teks(klien)) == COCOK
    assert ganti(teks(JAWAB.klien), teks(JAWAB.klien + b" ")) == COCOK
    assert tolak(BLOB + b"\0") == "bukan tanda tangan yang utuh (ada bita berlebih)"
    assert tolak(BLOB[:-1]) == "bukan tanda tangan yang utuh (terpotong)"
    assert tolak(BLOB[:-4]) == "bukan tanda tangan yang utuh (terpotong)"


def test_a_number_of_the_signature_has_one_spelling() -> None:
    def dengan(tanda: bytes) -> str:
        panjang = int.from_bytes(BLOB[len(WEBAUTHN) + 4 :][:4], "big")
        return tolak(teks(WEBAUTHN) + teks(tanda) + BLOB[len(WEBAUTHN) + 8 + panjang :])

    asli = JAWAB.blob()[len(WEBAUTHN) + 8 :]
    r = asli[4 : 4 + int.from_bytes(asli[:4], "big")]
    assert dengan(teks(b"\0" + r) + mpint(5)) == "bukan tanda tangan yang utuh (bilangan tidak baku)"
    assert dengan(teks(r)) == "bukan tanda tangan yang utuh (terpotong)"
    assert dengan(teks(r) + mpint(5)) == COCOK
    assert dengan(teks(r) + mpint(5) + b"\0") == "bukan tanda tangan yang utuh (ada bita berlebih)"


def test_one_kind_of_signature_is_not_another() -> None:
    token = TokenLunak(JENIS_ECDSA)
    j = Jawaban(token._ec, data_klien(TANTANGAN, {"origin": "https://ssh:"}), situs="ssh:")
    assert tolak(j.blob("https://ssh:"), token.publik) == (
        "kunci keamanan untuk SSH tidak dapat dipakai sebagai passkey"
    )
    polos = teks(JENIS_ECDSA.encode()) + BLOB[len(WEBAUTHN) + 4 :].partition(teks(ASAL.encode()))[0]
    assert f"passkey situs {SITUS}" in tolak(polos)
    ed = TokenLunak(aplikasi=SITUS.encode())
    assert tolak(BLOB, ed.publik) == "jenis tanda tangan tidak sesuai kuncinya"
    lain = PasskeyLunak("lain.go.id")
    assert tolak(BLOB, lain.publik) == f"dibuat di situs `{SITUS}`, bukan di `lain.go.id`"
    assert tolak(BLOB, PasskeyLunak().publik) == COCOK
    armor = bungkus(PASSKEY.publik, BLOB, RUANG)
    assert alasan_tolak(lain.publik, ISI, armor, RUANG) == "dibuat dengan kunci lain"
