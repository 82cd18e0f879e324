"""Keys of a real ssh-agent: it signs or says why not, and what it gives is checked first."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kinerja.adapters.keys import periksa
from kinerja.adapters.ssh_agent import KunciLewatAgen, isi_agen
from kinerja.adapters.ssh_wire import baca_publik
from kinerja.domain.errors import KinerjaError
from kinerja.domain.tata_kelola import Jaminan
from kinerja.workflow.ports import Penanda

from .kunci_lunak import TokenLunak, ssh_keygen_terima

pytestmark = [
    pytest.mark.alat("ssh-keygen", "ssh-agent", "ssh-add"),
    pytest.mark.skipif(os.name != "posix", reason="soket Unix"),
]
RUANG = "kinerja.paraf.v1"
ISI = b"peristiwa"
JENIS = {"ed25519": (), "rsa": ("-b", "2048"), "ecdsa": ("-b", "384")}


@dataclass(frozen=True)
class Agen:
    """An ssh-agent that asks by a script, and key files beside it."""

    folder: Path

    def jalankan(self, *argumen: str) -> None:
        subprocess.run(argumen, check=True, capture_output=True, timeout=60)

    def kunci(self, jenis: str) -> Path:
        """A key file of a kind; its public half ends in ``.pub``."""
        berkas = self.folder / jenis
        if not berkas.exists():
            self.jalankan(
                "ssh-keygen", "-q", "-t", jenis, *JENIS[jenis], "-N", "", "-C", f"{jenis} uji", "-f", str(berkas)
            )
        return berkas

    def isi(self, jenis: str, *pilihan: str) -> KunciLewatAgen:
        """The key goes into the agent, and its private file away."""
        berkas = self.kunci(jenis)
        self.jalankan("ssh-add", "-q", *pilihan, str(berkas))
        berkas.rename(berkas.with_suffix(".simpan"))
        return KunciLewatAgen.muat(berkas.with_suffix(".pub"))

    def jawab(self, perintah: str) -> None:
        """What the agent's question runs."""
        (self.folder / "tanya").write_text(f"#!/bin/sh\n{perintah}\n")
        (self.folder / "tanya").chmod(0o700)


@pytest.fixture
def agen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Agen]:
    with tempfile.TemporaryDirectory(prefix="agen-") as nama:  # a socket's path must be short
        folder = Path(nama)
        soket = folder / "s"
        lingkungan = {**os.environ, "SSH_ASKPASS": str(folder / "tanya"), "SSH_ASKPASS_REQUIRE": "force"}
        perintah = ["ssh-agent", "-D", "-a", str(soket)]
        diam = subprocess.DEVNULL
        with subprocess.Popen(perintah, stdout=diam, stderr=diam, env=lingkungan) as proses:
            batas = time.monotonic() + 30
            while not soket.exists() and time.monotonic() < batas:
                time.sleep(0.02)
            monkeypatch.setenv("SSH_AUTH_SOCK", str(soket))
            yield Agen(folder)
            proses.terminate()


@pytest.mark.parametrize("jenis", list(JENIS))
def test_a_key_in_the_agent_signs(agen: Agen, jenis: str) -> None:
    kunci: Penanda = agen.isi(jenis)
    assert kunci.jaminan is Jaminan.KUNCI_SENDIRI
    armor = kunci.tanda_tangani(ISI, RUANG)
    publik = (agen.folder / f"{jenis}.pub").read_text()
    assert armor is not None
    assert periksa(publik, ISI, armor, RUANG)
    assert not periksa(publik, b"lain", armor, RUANG)
    assert ssh_keygen_terima(agen.folder, publik, ISI, armor, RUANG)
    sidik = subprocess.run(
        ["ssh-keygen", "-lf", str(agen.folder / f"{jenis}.pub")], check=True, capture_output=True, text=True
    )
    assert sidik.stdout.split()[1] == kunci.sidik


def test_the_registered_key_that_the_agent_holds_is_chosen(agen: Agen) -> None:
    agen.isi("ed25519")
    agen.isi("rsa")
    ada = {j: (agen.folder / f"{j}.pub").read_text().strip() for j in ("ed25519", "rsa")}
    assert isi_agen() == {baca_publik(p) for p in ada.values()}
    luar = TokenLunak().publik
    assert KunciLewatAgen.pilih([luar, "rusak", ada["rsa"], ada["ed25519"]], "p-citra").publik == ada["rsa"]
    tanpa_komentar = " ".join(ada["ed25519"].split()[:2])
    assert KunciLewatAgen.pilih([tanpa_komentar], "p-citra").tanda_tangani(ISI, RUANG)
    with pytest.raises(KinerjaError, match=r"kunci p-citra yang terdaftar tidak ada.*memegang 2 kunci lain"):
        KunciLewatAgen.pilih([luar], "p-citra")
    with pytest.raises(KinerjaError, match="belum ada kunci p-citra yang berlaku"):
        KunciLewatAgen.pilih([], "p-citra")


# why not


def test_a_private_file_beside_it_is_never_read(agen: Agen) -> None:
    kunci = KunciLewatAgen.muat(agen.kunci("ed25519").with_suffix(".pub"))
    with pytest.raises(KinerjaError, match="tidak ada di ssh-agent; agen kosong") as e:
        kunci.tanda_tangani(ISI, RUANG)
    assert "ssh-add" in e.value.saran


def test_an_agent_that_is_told_no_or_waits_too_long(agen: Agen) -> None:
    agen.jawab("exit 1")
    kunci = agen.isi("ecdsa", "-c")
    with pytest.raises(KinerjaError, match="agen menolak") as e:
        kunci.tanda_tangani(ISI, RUANG)
    assert "sentuh" in e.value.saran
    agen.jawab("sleep 3; exit 1")
    lambat = KunciLewatAgen(kunci.publik, tenggat_detik=0.3)
    with pytest.raises(KinerjaError, match=r"tidak menjawab dalam 0.3 detik"):
        lambat.tanda_tangani(ISI, RUANG)


def test_no_agent(agen: Agen, monkeypatch: pytest.MonkeyPatch) -> None:
    kunci = agen.isi("ed25519")
    for soket in (None, str(agen.folder / "tidak-ada")):
        if soket is None:
            monkeypatch.delenv("SSH_AUTH_SOCK")
        else:
            monkeypatch.setenv("SSH_AUTH_SOCK", soket)
        with pytest.raises(KinerjaError, match="ssh-agent tidak berjalan") as e:
            kunci.tanda_tangani(ISI, RUANG)
        assert "ssh-add" in e.value.saran


def test_no_openssh(agen: Agen, monkeypatch: pytest.MonkeyPatch) -> None:
    kunci = agen.isi("ed25519")
    monkeypatch.setenv("PATH", str(agen.folder))
    with pytest.raises(KinerjaError, match="ssh-add tidak dapat dijalankan") as e:
        kunci.tanda_tangani(ISI, RUANG)
    assert "openssh-client" in e.value.saran


@pytest.mark.parametrize(
    ("ucapan", "alasan"),
    [("", "bukan tanda tangan SSHSIG"), ("\xff\0", "bukan tanda tangan SSHSIG"), (None, "tidak cocok")],
)
def test_what_ssh_keygen_gives_is_checked(
    agen: Agen, monkeypatch: pytest.MonkeyPatch, ucapan: str | None, alasan: str
) -> None:
    kunci = agen.isi("ed25519")
    asal = kunci.tanda_tangani(b"yang lain", RUANG) if ucapan is None else ucapan
    (agen.folder / "ucapan").write_text(asal, encoding="latin-1")
    palsu = agen.folder / "ssh-keygen"
    palsu.write_text(f"#!/bin/sh\ncat '{agen.folder}/ucapan'\n")
    palsu.chmod(0o700)
    monkeypatch.setenv("PATH", str(agen.folder), prepend=os.pathsep)
    with pytest.raises(KinerjaError, match=f"tanda tangan dari agen tidak sah: .*{alasan}"):
        kunci.tanda_tangani(ISI, RUANG)


def test_an_empty_namespace_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="kosong"):
        KunciLewatAgen(TokenLunak().publik).tanda_tangani(ISI, "")


def test_only_one_public_key_of_a_known_kind_is_read(tmp_path: Path) -> None:
    berkas = tmp_path / "k.pub"
    token = TokenLunak()
    berkas.write_text(f"{token.publik} token saya\n")
    assert KunciLewatAgen.muat(berkas).perlu_disentuh
    for isi, alasan in (
        (b"", "bukan kunci publik OpenSSH"),
        (b"-----BEGIN OPENSSH PRIVATE KEY-----\n", "bukan kunci publik OpenSSH"),
        (b"\xff\xfe", "bukan kunci publik OpenSSH"),
        (b"ssh-dss QQ==\n", r"\(ssh-dss\) tidak dapat dipakai"),
        (f"{token.publik}\n{token.publik}\n".encode(), "tidak dapat dipakai"),
    ):
        berkas.write_bytes(isi)
        with pytest.raises(KinerjaError, match=alasan):
            KunciLewatAgen.muat(berkas)
    with pytest.raises(KinerjaError, match="tidak ada"):
        KunciLewatAgen.muat(tmp_path / "lain.pub")
    with pytest.raises(KinerjaError, match="tidak dapat dibaca"):
        KunciLewatAgen.muat(tmp_path)
