"""SSHSIG against the real ssh-keygen, both ways, and everything that must be refused."""

from __future__ import annotations

import base64
import os
import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.adapters.keys import KunciPribadi, SandiPerluError, muat_kunci, periksa
from kinerja.adapters.ssh_agent import KunciLewatAgen
from kinerja.adapters.sshsig import KunciBelumDidukungError, alasan_tolak
from kinerja.domain.errors import KinerjaError
from kinerja.domain.tata_kelola import Jaminan
from kinerja.workflow.actors import sidik_kunci

RUANG = "kinerja.paraf.v1"
butuh_ssh = pytest.mark.alat("ssh-keygen")
butuh_posix = pytest.mark.skipif(os.name != "posix", reason="izin berkas POSIX")


@pytest.fixture(scope="module")
def kunci(tmp_path_factory: pytest.TempPathFactory) -> KunciPribadi:
    return KunciPribadi.buat(tmp_path_factory.mktemp("kunci") / "k", "p-uji")


def ssh_keygen(*argumen: str, masukan: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    perintah = ["ssh-keygen", *argumen]
    return subprocess.run(perintah, input=masukan, capture_output=True, check=False, timeout=60)


def susun_blob(armor: str) -> bytes:
    return base64.b64decode("".join(armor.strip().split("\n")[1:-1]))


def berarmor(blob: bytes, awal: str = "BEGIN", akhir: str = "END") -> str:
    isi = base64.b64encode(blob).decode()
    return f"-----{awal} SSH SIGNATURE-----\n{isi}\n-----{akhir} SSH SIGNATURE-----\n"


# both ways with ssh-keygen


@butuh_ssh
def test_ssh_keygen_accepts_ours(tmp_path: Path) -> None:
    kunci = KunciPribadi.buat(tmp_path / "k", "p-uji")
    (tmp_path / "percaya").write_text(f'p-uji namespaces="{RUANG}" {kunci.publik}\n')
    (tmp_path / "isi.sig").write_text(kunci.tanda_tangani(b"isi\n", RUANG))
    argumen = ("-Y", "verify", "-f", str(tmp_path / "percaya"), "-I", "p-uji")
    tanda = ("-s", str(tmp_path / "isi.sig"))
    assert ssh_keygen(*argumen, "-n", RUANG, *tanda, masukan=b"isi\n").returncode == 0
    assert ssh_keygen(*argumen, "-n", RUANG, *tanda, masukan=b"lain\n").returncode != 0
    assert ssh_keygen(*argumen, "-n", "x", *tanda, masukan=b"isi\n").returncode != 0


@butuh_ssh
@pytest.mark.parametrize(
    "jenis", [("ed25519",), ("rsa", "-b", "2048"), ("ecdsa", "-b", "256"), ("ecdsa", "-b", "384")]
)
@pytest.mark.parametrize("nama_hash", ["sha512", "sha256"])
def test_ours_accepts_ssh_keygen(tmp_path: Path, jenis: tuple[str, ...], nama_hash: str) -> None:
    berkas = tmp_path / "k"
    assert ssh_keygen("-q", "-t", *jenis, "-N", "", "-C", "x", "-f", str(berkas)).returncode == 0
    hasil = ssh_keygen(
        "-Y",
        "sign",
        "-q",
        "-f",
        str(berkas),
        "-n",
        RUANG,
        "-O",
        f"hashalg={nama_hash}",
        masukan=b"isi",
    )
    armor = hasil.stdout.decode()
    publik = berkas.with_suffix(".pub").read_text()
    assert alasan_tolak(publik, b"isi", armor, RUANG) is None
    assert alasan_tolak(publik, b"isj", armor, RUANG) == "tidak cocok dengan isinya"
    assert "bukan untuk `lain`" in (alasan_tolak(publik, b"isi", armor, "lain") or "")


@butuh_ssh
def test_key_files_travel_both_ways(tmp_path: Path) -> None:
    ssh_keygen("-q", "-t", "ed25519", "-N", "", "-C", "x", "-f", str(tmp_path / "a"))
    dari_ssh = KunciPribadi.muat(tmp_path / "a")
    assert dari_ssh.publik == (tmp_path / "a.pub").read_text().removesuffix(" x\n")
    buatan = KunciPribadi.buat(tmp_path / "b", "p-uji")
    keluaran = ssh_keygen("-l", "-f", str(tmp_path / "b")).stdout.decode()
    assert buatan.sidik in keluaran
    assert (tmp_path / "b.pub").read_text() == f"{buatan.publik}\n"
    assert buatan.sidik == sidik_kunci(buatan.publik)


@butuh_ssh
def test_passphrase_both_ways(tmp_path: Path) -> None:
    ssh_keygen("-q", "-t", "ed25519", "-N", "rahasia", "-f", str(tmp_path / "a"))
    assert KunciPribadi.muat(tmp_path / "a", sandi="rahasia").sidik
    baru = KunciPribadi.buat(tmp_path / "b", "p-uji", sandi="sandi kedua")
    terbuka = ssh_keygen("-y", "-P", "sandi kedua", "-f", str(tmp_path / "b"))
    assert terbuka.stdout.decode().split()[1] == baru.publik.split()[1]
    with pytest.raises(SandiPerluError):
        KunciPribadi.muat(tmp_path / "b")
    with pytest.raises(KinerjaError, match="tidak dapat dibuka"):
        KunciPribadi.muat(tmp_path / "b", sandi="salah")


@pytest.mark.parametrize("jenis", [b"ssh-dss", b"ssh-ed25519-cert-v01@openssh.com", b"ssh-mldsa-44"])
def test_unsupported_kind_is_neither_good_nor_bad(jenis: bytes) -> None:
    blob = struct.pack(">I", len(jenis)) + jenis + bytes(32)
    publik = f"{jenis.decode()} {base64.b64encode(blob).decode()}"
    isi = b"".join(struct.pack(">I", len(b)) + b for b in (blob, RUANG.encode(), b"", b"sha512", bytes(8)))
    with pytest.raises(KunciBelumDidukungError, match="belum didukung"):
        periksa(publik, b"isi", berarmor(b"SSHSIG" + struct.pack(">I", 1) + isi), RUANG)


@butuh_ssh
def test_a_key_of_another_kind_is_sent_to_the_agent(tmp_path: Path) -> None:
    assert ssh_keygen("-q", "-t", "ecdsa", "-N", "", "-f", str(tmp_path / "k")).returncode == 0
    with pytest.raises(KinerjaError, match="hanya dapat dipakai lewat ssh-agent") as e:
        KunciPribadi.muat(tmp_path / "k")
    assert f"--kunci {tmp_path / 'k.pub'}" in e.value.saran
    assert isinstance(muat_kunci(tmp_path / "k.pub", "p-uji"), KunciLewatAgen)
    KunciPribadi.buat(tmp_path / "a", "p-uji")
    assert isinstance(muat_kunci(tmp_path / "a", "p-uji"), KunciPribadi)


# files


@butuh_posix
def test_private_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    berkas = tmp_path / "folder" / "k"
    KunciPribadi.buat(berkas, "p-uji")
    assert berkas.stat().st_mode & 0o777 == 0o600
    for mode in (0o640, 0o604, 0o644, 0o620):
        berkas.chmod(mode)
        with pytest.raises(KinerjaError, match="dapat dibaca orang lain"):
            KunciPribadi.muat(berkas)


def test_never_overwrites(tmp_path: Path) -> None:
    pertama = KunciPribadi.buat(tmp_path / "k", "p-uji")
    with pytest.raises(KinerjaError, match="sudah ada"):
        KunciPribadi.buat(tmp_path / "k", "p-uji")
    assert KunciPribadi.muat(tmp_path / "k").sidik == pertama.sidik


@pytest.mark.parametrize("isi", [b"", b"bukan kunci", b"\xff\x00", b"-----BEGIN OPENSSH PRIVATE"])
def test_rubbish_key_file(tmp_path: Path, isi: bytes) -> None:
    (tmp_path / "k").write_bytes(isi)
    (tmp_path / "k").chmod(0o600)
    with pytest.raises(KinerjaError, match="tidak dapat dibuka"):
        KunciPribadi.muat(tmp_path / "k")
    with pytest.raises(KinerjaError, match="tidak ada"):
        KunciPribadi.muat(tmp_path / "tak-ada")


# what must be refused


def test_deterministic_and_an_own_key(kunci: KunciPribadi) -> None:
    assert kunci.jaminan is Jaminan.KUNCI_SENDIRI
    assert kunci.tanda_tangani(b"isi", RUANG) == kunci.tanda_tangani(b"isi", RUANG)
    with pytest.raises(ValueError, match="kosong"):
        kunci.tanda_tangani(b"isi", "")


def test_refusals_are_named(kunci: KunciPribadi, tmp_path: Path) -> None:
    armor = kunci.tanda_tangani(b"isi", RUANG)
    blob = susun_blob(armor)
    lain = KunciPribadi.buat(tmp_path / "lain", "x")

    def tolak(a: str, publik: str = kunci.publik, ruang: str = RUANG) -> str:
        return alasan_tolak(publik, b"isi", a, ruang) or "diterima"

    assert tolak(armor) == "diterima"
    assert tolak(armor, publik=lain.publik) == "dibuat dengan kunci lain"
    assert "bukan untuk `kinerja.tanda-tangan.v1`" in tolak(armor, ruang="kinerja.tanda-tangan.v1")
    assert "hash `md5___`" in tolak(berarmor(blob.replace(b"sha512", b"md5___")))
    assert "bita berlebih" in tolak(berarmor(blob + b"\0"))
    assert "terpotong" in tolak(berarmor(blob[:-1]))
    assert "versi lain" in tolak(berarmor(blob.replace(b"SSHSIG\0\0\0\1", b"SSHSIG\0\0\0\2")))
    assert "pembuka" in tolak(berarmor(blob, awal="BEGAN"))
    assert "base64" in tolak(armor.replace("\nU", "\n*"))
    assert tolak(armor, publik="ssh-ed25519").startswith("bukan tanda tangan SSHSIG")
    assert tolak("").startswith("bukan tanda tangan SSHSIG")


def test_reserved_field_must_be_empty(kunci: KunciPribadi) -> None:
    blob = susun_blob(kunci.tanda_tangani(b"isi", RUANG))
    kosong = RUANG.encode() + bytes(4)
    isi = blob.replace(kosong, RUANG.encode() + struct.pack(">I", 1) + b"x")
    assert isi != blob
    assert "cadangan" in (alasan_tolak(kunci.publik, b"isi", berarmor(isi), RUANG) or "")


def test_every_flipped_bit_is_refused(kunci: KunciPribadi) -> None:
    blob = susun_blob(kunci.tanda_tangani(b"isi", RUANG))
    for letak in range(len(blob)):
        ubah = bytearray(blob)
        ubah[letak] ^= 1 << (letak % 8)
        assert not periksa(kunci.publik, b"isi", berarmor(bytes(ubah)), RUANG), letak


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_rubbish_never_raises(kunci: KunciPribadi, isi: bytes) -> None:
    assert not periksa(kunci.publik, b"isi", isi.decode("latin-1"), RUANG)
    assert not periksa(kunci.publik, b"isi", berarmor(b"SSHSIG\0\0\0\1" + isi), RUANG)
    assert not periksa(isi.decode("latin-1"), b"isi", kunci.tanda_tangani(b"isi", RUANG), RUANG)
