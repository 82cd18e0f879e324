"""Security keys: taken as ssh-keygen takes them, only when touched, only for what they are for."""

from __future__ import annotations

import base64
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.adapters import fido
from kinerja.adapters.fido import JENIS_ECDSA, JENIS_ED25519
from kinerja.adapters.keys import periksa
from kinerja.adapters.ssh_wire import teks
from kinerja.adapters.sshsig import alasan_tolak

from .kunci_lunak import TokenLunak, bungkus, ssh_keygen_terima

RUANG = "kinerja.paraf.v1"
ISI = b"peristiwa"
JENIS = [JENIS_ED25519, JENIS_ECDSA]
TOKEN = {j: TokenLunak(j) for j in JENIS}
BLOB = {j: t.blob(ISI, RUANG) for j, t in TOKEN.items()}


@pytest.mark.alat("ssh-keygen")
@pytest.mark.parametrize("nama_hash", ["sha512", "sha256"])
@pytest.mark.parametrize("aplikasi", [b"ssh:", b"ssh:kinerja"])
@pytest.mark.parametrize("jenis", JENIS)
def test_taken_by_us_and_by_ssh_keygen(tmp_path: Path, jenis: str, aplikasi: bytes, nama_hash: str) -> None:
    token = TokenLunak(jenis, aplikasi)
    armor = token.tanda_tangani(ISI, RUANG, nama_hash=nama_hash)
    assert alasan_tolak(token.publik, ISI, armor, RUANG) is None
    assert alasan_tolak(token.publik, b"lain", armor, RUANG) == "tidak cocok dengan isinya"
    assert "bukan untuk `lain`" in (alasan_tolak(token.publik, ISI, armor, "lain") or "")
    assert ssh_keygen_terima(tmp_path, token.publik, ISI, armor, RUANG)
    assert not ssh_keygen_terima(tmp_path, token.publik, b"lain", armor, RUANG)


@pytest.mark.parametrize("jenis", JENIS)
def test_somebody_must_have_touched_it(jenis: str) -> None:
    token = TOKEN[jenis]
    for bendera in (0x00, 0x04, 0xFE):
        armor = token.tanda_tangani(ISI, RUANG, bendera=bendera)
        assert alasan_tolak(token.publik, ISI, armor, RUANG) == "kunci keamanannya tidak disentuh"
    for bendera in (0x01, 0x05, 0x43, 0xFF):  # unknown flags are signed, not judged
        assert periksa(token.publik, ISI, token.tanda_tangani(ISI, RUANG, bendera=bendera), RUANG)


@pytest.mark.parametrize("jenis", JENIS)
def test_a_changed_field_has_its_reason(jenis: str) -> None:
    token = TOKEN[jenis]
    isi = token.blob(ISI, RUANG)

    def tolak(blob: bytes) -> str:
        return alasan_tolak(token.publik, ISI, bungkus(token.publik, blob, RUANG), RUANG) or "diterima"

    assert tolak(isi) == "diterima"
    assert tolak(isi[:-4] + struct.pack(">I", 8)) == "tidak cocok dengan isinya"
    assert tolak(isi[:-5] + b"\x05" + isi[-4:]) == "tidak cocok dengan isinya"
    assert tolak(isi + b"\0") == "bukan tanda tangan yang utuh (ada bita berlebih)"
    assert tolak(isi[:-1]) == "bukan tanda tangan yang utuh (terpotong)"
    lain = next(j for j in JENIS if j != jenis)
    assert tolak(teks(lain.encode()) + isi[4 + len(jenis) :]) == "jenis tanda tangan tidak sesuai kuncinya"
    polos = teks(b"ssh-ed25519") + teks(bytes(64))
    assert tolak(polos) == "jenis tanda tangan tidak sesuai kuncinya"
    assert tolak(teks(jenis.encode()) + teks(b"") + isi[-5:]) != "diterima"


@pytest.mark.parametrize("jenis", JENIS)
def test_a_key_of_a_site_does_not_sign_outside_a_browser(jenis: str) -> None:
    token = TokenLunak(jenis, b"kinerja.contoh.go.id")
    alasan = alasan_tolak(token.publik, ISI, token.tanda_tangani(ISI, RUANG, bendera=5), RUANG)
    assert alasan is not None
    assert "harus dibuat di peramban" in alasan


def test_only_a_whole_public_key_is_read() -> None:
    token = TOKEN[JENIS_ECDSA]
    blob = base64.b64decode(token.publik.split()[1])
    assert fido.muat(f"{token.publik} p-citra").aplikasi == "ssh:"
    assert fido.muat(token.publik).untuk_ssh
    titik = blob.index(b"\x04", 50)
    salah = {
        "ada bita berlebih": blob + b"\0",
        "terpotong": blob[:-1],
        "tanpa aplikasi": blob[:-8] + teks(b""),
        "tidak dalam bentuk baku": blob.replace(b"nistp256\0", b"nistp384\0"),
        "tidak pada kurva": blob[: titik + 5] + bytes(8) + blob[titik + 13 :],
        "bukan kunci publik token": blob.replace(b"sk-ecdsa", b"xx-ecdsa"),
    }
    for alasan, isi in salah.items():
        with pytest.raises(ValueError, match=alasan):
            fido.muat(f"{JENIS_ECDSA} {base64.b64encode(isi).decode()}")
    for baris in ("", JENIS_ECDSA, f"ssh-ed25519 {token.publik.split()[1]}"):
        with pytest.raises(ValueError, match="kunci publik"):
            fido.muat(baris)


@given(st.sampled_from(JENIS), st.binary(max_size=200), st.data())
@settings(max_examples=200, deadline=None)
def test_rubbish_never_raises_and_never_passes(jenis: str, acak: bytes, data: st.DataObject) -> None:
    token, isi = TOKEN[jenis], BLOB[jenis]
    awal = data.draw(st.integers(0, len(isi)))
    akhir = data.draw(st.integers(awal, len(isi)))
    ubah = isi[:awal] + acak[: data.draw(st.integers(0, 8))] + isi[akhir:]
    if ubah != isi:
        assert not periksa(token.publik, ISI, bungkus(token.publik, ubah, RUANG), RUANG)
    kunci = f"{jenis} {base64.b64encode(teks(jenis.encode()) + acak).decode()}"
    assert not periksa(kunci, ISI, bungkus(kunci, isi, RUANG), RUANG)
