"""Keys: OpenSSH key files, signing with them, and checking signatures.

It signs with Ed25519 in process, which is fifty times faster than starting ssh-keygen, and
writes what stock ``ssh-keygen -Y verify`` accepts. Every other kind signs in an agent
(``ssh_agent``) or a browser (``sshsig.dari_webauthn``). Who owns a key is not decided here.

Example:
    >>> armor = kunci.tanda_tangani(b"isi", "kinerja.paraf.v1")
    >>> periksa(kunci.publik, b"isi", armor, "kinerja.paraf.v1")
    True
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import os
import stat
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_ssh_private_key,
)

from kinerja.adapters import cose, fido, sshsig, webauthn
from kinerja.adapters.files import tulis_atomik
from kinerja.adapters.ssh_agent import KunciLewatAgen
from kinerja.adapters.ssh_wire import teks
from kinerja.domain.errors import KinerjaError, PemakaianError
from kinerja.domain.tata_kelola import Jaminan


class SandiPerluError(PemakaianError):
    """The key file is locked and no passphrase was given."""


class KunciPribadi:
    """A person's private key; a signer of acts (port ``Penanda``)."""

    jaminan = Jaminan.KUNCI_SENDIRI

    def __init__(self, kunci: Ed25519PrivateKey, komentar: str = "") -> None:
        self._kunci = kunci
        self._komentar = komentar

    @classmethod
    def buat(cls, berkas: Path, komentar: str, sandi: str | None = None) -> KunciPribadi:
        """Makes a new key and its files: private for its owner alone, public with ``.pub``.

        Raises:
            KinerjaError: when a key is there already; it is never overwritten.
        """
        if berkas.exists() or berkas.is_symlink():
            raise KinerjaError(f"kunci {berkas.name} sudah ada dan tidak ditimpa", "pilih nama berkas lain")
        kunci = Ed25519PrivateKey.generate()
        try:
            sandi_kunci = BestAvailableEncryption(sandi.encode()) if sandi else NoEncryption()
            isi = kunci.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, sandi_kunci)
        except UnsupportedAlgorithm as e:
            raise _tanpa_bcrypt() from e
        berkas.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        tulis_atomik(berkas, isi, mode=0o600)
        baru = cls(kunci, komentar)
        tulis_atomik(berkas.with_name(f"{berkas.name}.pub"), f"{baru.publik}\n".encode())
        return baru

    @classmethod
    def muat(cls, berkas: Path, komentar: str = "", sandi: str | None = None) -> KunciPribadi:
        """Reads a key file; refuses one that others may read.

        Raises:
            SandiPerluError: when the file is locked and ``sandi`` is not given.
        """
        return cls.dari_isi(_baca_rahasia(berkas), berkas, komentar, sandi)

    @classmethod
    def dari_isi(cls, isi: bytes, berkas: Path, komentar: str = "", sandi: str | None = None) -> KunciPribadi:
        """The key of an OpenSSH private key's text; ``berkas`` is how messages call it.

        Raises:
            SandiPerluError: when the key is locked and ``sandi`` is not given.
        """
        try:
            kunci = load_ssh_private_key(isi, sandi.encode() if sandi else None)
        except UnsupportedAlgorithm as e:
            raise _tanpa_bcrypt() if _kurang_bcrypt() else _bukan_ed25519(berkas) from e
        except TypeError as e:
            if sandi:
                return cls.dari_isi(isi, berkas, komentar)
            raise SandiPerluError(f"kunci {berkas.name} terkunci kata sandi", "masukkan kata sandinya") from e
        except ValueError as e:
            raise KinerjaError(
                f"kunci {berkas.name} tidak dapat dibuka", "periksa berkas atau kata sandinya"
            ) from e
        if not isinstance(kunci, Ed25519PrivateKey):
            raise _bukan_ed25519(berkas)
        return cls(kunci, komentar)

    @property
    def publik(self) -> str:
        """The public key, one OpenSSH line."""
        baris = self._kunci.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
        return f"{baris.decode()} {self._komentar}".strip()

    @property
    def sidik(self) -> str:
        """``SHA256:…`` of the public key."""
        mentah = base64.b64decode(self.publik.split()[1])
        return "SHA256:" + base64.b64encode(hashlib.sha256(mentah).digest()).decode().rstrip("=")

    def tanda_tangani(self, pesan: bytes, ruang: str) -> str:
        """Armored SSHSIG over the message in a namespace; the same bytes every time."""
        if not ruang:
            raise ValueError("ruang nama tanda tangan tidak boleh kosong")
        tanda = self._kunci.sign(sshsig.isi_bertanda(ruang, "sha512", pesan))
        publik = base64.b64decode(self.publik.split()[1])
        return sshsig.berarmor(publik, ruang, "sha512", teks(b"ssh-ed25519") + teks(tanda))


class KunciPengamat:
    """An observer's key (port ``Penanda``): a machine of the agency signs what it saw a person do."""

    jaminan = Jaminan.TERAMATI

    def __init__(self, kunci: KunciPribadi) -> None:
        self._kunci = kunci

    @property
    def publik(self) -> str:
        """The public key, one OpenSSH line."""
        return self._kunci.publik

    @property
    def sidik(self) -> str:
        """``SHA256:…`` of the public key."""
        return self._kunci.sidik

    def tanda_tangani(self, pesan: bytes, ruang: str) -> str:
        """Armored SSHSIG over the message in a namespace."""
        return self._kunci.tanda_tangani(pesan, ruang)


def muat_kunci(berkas: Path, komentar: str, sandi: str | None = None) -> KunciPribadi | KunciLewatAgen:
    """The signer of a key file: a private key itself, or for ``….pub`` the agent that holds it.

    Raises:
        SandiPerluError: when the private key is locked and ``sandi`` is not given.
    """
    if berkas.suffix == ".pub":
        return KunciLewatAgen.muat(berkas)
    return KunciPribadi.muat(berkas, komentar, sandi)


def publik_dari_cose(isi: bytes, rp_id: str) -> str:
    """The public key of a new passkey as an OpenSSH line for ``identitas.yaml``.

    Args:
        isi: the COSE key of ``attestedCredentialData`` (W3C WebAuthn section 6.5.1), ES256 alone.
        rp_id: the site that the passkey was made for, without scheme: ``kinerja.contoh.go.id``.

    Raises:
        ValueError: with the reason in Indonesian.
    """
    return fido.publik_passkey(cose.titik_es256(isi), webauthn.nama_situs(rp_id))


def periksa(publik: str, pesan: bytes, armor: str, ruang: str) -> bool:
    """True when the signature is this key's over exactly this message and namespace.

    Raises:
        KunciBelumDidukungError: when the key's kind cannot be checked here.
    """
    return sshsig.alasan_tolak(publik, pesan, armor, ruang) is None


# helpers


def _baca_rahasia(berkas: Path) -> bytes:
    try:
        with berkas.open("rb") as masuk:
            keadaan = os.fstat(masuk.fileno())
            if os.name == "posix" and stat.S_IMODE(keadaan.st_mode) & 0o077:
                raise KinerjaError(
                    f"kunci {berkas.name} dapat dibaca orang lain", f"jalankan: chmod 600 {berkas}"
                )
            return masuk.read()
    except FileNotFoundError as e:
        saran = f"letakkan kuncinya di {berkas}"
        raise KinerjaError(f"kunci {berkas.name} tidak ada", saran) from e
    except OSError as e:
        raise KinerjaError(f"kunci {berkas.name} tidak dapat dibaca: {e.strerror}") from e


def _bukan_ed25519(berkas: Path) -> KinerjaError:
    saran = f"masukkan ke agen: ssh-add {berkas}, lalu pakai --kunci {berkas}.pub"
    return KinerjaError(f"kunci {berkas.name} bukan Ed25519 dan hanya dapat dipakai lewat ssh-agent", saran)


def _kurang_bcrypt() -> bool:
    return importlib.util.find_spec("bcrypt") is None


def _tanpa_bcrypt() -> KinerjaError:
    return KinerjaError(
        "kunci berkata sandi memerlukan paket bcrypt", "pasang: pip install 'cryptography[ssh]'"
    )
