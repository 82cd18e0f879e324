"""Signing with a key that an ssh-agent holds: also RSA, ECDSA, PKCS#11 and security keys.

It decides nothing about trust: what ``ssh-keygen -Y sign`` gives is checked by our own code
before anybody sees it. The private half is never read, not even when it lies beside the
public one, so no passphrase is asked for here.

Example:
    >>> KunciLewatAgen.muat(Path("id_ecdsa.pub")).tanda_tangani(b"isi", "kinerja.paraf.v1")
    '-----BEGIN SSH SIGNATURE-----…'
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kinerja.adapters import fido, sshsig, sshsig_keys
from kinerja.adapters.ssh_wire import baca_publik, kutip
from kinerja.domain.errors import KinerjaError
from kinerja.domain.tata_kelola import Jaminan
from kinerja.workflow.actors import sidik_kunci

AGEN = "agen"
"""``--kunci agen``: whichever registered key of the person the agent holds."""

_TENGGAT_DAFTAR_DETIK = 15
_TENGGAT_SENTUH_DETIK = 90
_AGEN_KOSONG = 1
"""Exit code of ``ssh-add -L`` when the agent holds nothing or is locked; 2: there is no agent."""
_BERKAS_TERBESAR = 1 << 14


class KunciLewatAgen:
    """A person's key in an agent; a signer of acts (port ``Penanda``)."""

    jaminan = Jaminan.KUNCI_SENDIRI

    def __init__(self, publik: str, *, tenggat_detik: float = _TENGGAT_SENTUH_DETIK) -> None:
        self.publik = publik
        self._tenggat_detik = tenggat_detik

    @classmethod
    def muat(cls, berkas: Path) -> KunciLewatAgen:
        """The key of a ``.pub`` file.

        Raises:
            KinerjaError: it is no public key, or of a kind that cannot be checked here.
        """
        try:
            with berkas.open("rb") as masuk:
                isi = masuk.read(_BERKAS_TERBESAR).decode().strip()
            jenis, _ = baca_publik(isi)
        except FileNotFoundError as e:
            raise KinerjaError(f"kunci publik {berkas.name} tidak ada", f"letakkan di {berkas}") from e
        except OSError as e:
            raise KinerjaError(f"kunci publik {berkas.name} tidak dapat dibaca: {e.strerror}") from e
        except ValueError as e:
            saran = "pakai berkas .pub yang dibuat ssh-keygen, satu baris"
            raise KinerjaError(f"{berkas.name} bukan kunci publik OpenSSH", saran) from e
        if len(isi.splitlines()) != 1 or jenis not in sshsig_keys.JENIS:
            raise KinerjaError(
                f"kunci publik {berkas.name} ({kutip(jenis)}) tidak dapat dipakai",
                f"satu kunci saja, salah satu dari {', '.join(sorted(sshsig_keys.JENIS))}",
            )
        return cls(isi)

    @classmethod
    def pilih(cls, terdaftar: Iterable[str], siapa: str) -> KunciLewatAgen:
        """The first of a person's registered keys that the agent holds.

        Args:
            terdaftar: public key lines of ``identitas.yaml`` that are in force.

        Raises:
            KinerjaError: the agent holds none of them.
        """
        daftar = list(terdaftar)
        ada = isi_agen()
        for publik in daftar:
            if not ada.isdisjoint(_kunci_dalam([publik])):
                return cls(publik)
        if not daftar:
            raise KinerjaError(
                f"belum ada kunci {siapa} yang berlaku", "daftarkan kunci publiknya di identitas.yaml"
            )
        raise _tak_di_agen(f"kunci {siapa} yang terdaftar", ada)

    @property
    def sidik(self) -> str:
        """``SHA256:…`` of the public key."""
        return sidik_kunci(self.publik)

    @property
    def perlu_disentuh(self) -> bool:
        """True for a security key, which waits for its owner's touch."""
        return baca_publik(self.publik)[0] in fido.JENIS

    def tanda_tangani(self, pesan: bytes, ruang: str) -> str:
        """Armored SSHSIG over the message in a namespace.

        Raises:
            KinerjaError: no agent, no such key in it, not touched, or refused.
        """
        if not ruang:
            raise ValueError("ruang nama tanda tangan tidak boleh kosong")
        ada = isi_agen()
        if baca_publik(self.publik) not in ada:
            raise _tak_di_agen(f"kunci {self.sidik}", ada)
        armor = self._minta(pesan, ruang)
        alasan = sshsig.alasan_tolak(self.publik, pesan, armor, ruang)
        if alasan is not None:
            raise KinerjaError(f"tanda tangan dari agen tidak sah: {alasan}", "pakai kunci lain")
        return armor

    def _minta(self, pesan: bytes, ruang: str) -> str:
        """Only the public half is shown to ssh-keygen: the agent signs, or nobody does."""
        with tempfile.TemporaryDirectory(prefix="kinerja-") as folder:
            berkas = Path(folder) / "kunci.pub"
            berkas.write_text(f"{self.publik}\n", encoding="utf-8", newline="\n")
            argumen = ("ssh-keygen", "-Y", "sign", "-q", "-n", ruang, "-f", str(berkas))
            try:
                hasil = _jalankan(argumen, pesan, self._tenggat_detik)
            except subprocess.TimeoutExpired as e:
                raise KinerjaError(
                    f"agen tidak menjawab dalam {self._tenggat_detik:g} detik",
                    "sentuh token selagi lampunya berkedip, atau jawab pertanyaan agennya, lalu ulangi",
                ) from e
        if hasil.returncode != 0:
            raise KinerjaError(
                "agen menolak menandatangani dengan kunci itu",
                "sentuh atau buka tokennya, dan setujui bila agen bertanya, lalu ulangi",
            )
        return hasil.stdout.decode("ascii", "replace")


def isi_agen() -> frozenset[tuple[str, bytes]]:
    """Kind and blob of every key that the agent holds.

    Raises:
        KinerjaError: no agent answers.
    """
    try:
        hasil = _jalankan(("ssh-add", "-L"), b"", _TENGGAT_DAFTAR_DETIK)
    except subprocess.TimeoutExpired as e:
        raise KinerjaError("ssh-agent tidak menjawab", "jalankan ulang agennya") from e
    if hasil.returncode == _AGEN_KOSONG:
        return frozenset()
    if hasil.returncode != 0:
        saran = "jalankan: eval $(ssh-agent), lalu ssh-add BERKAS-KUNCI"
        raise KinerjaError("ssh-agent tidak berjalan atau tidak terjangkau (SSH_AUTH_SOCK)", saran)
    return frozenset(_kunci_dalam(hasil.stdout.decode("utf-8", "replace").splitlines()))


# helpers


def _kunci_dalam(baris: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Kind and blob of the lines that are public keys."""
    for b in baris:
        try:
            yield baca_publik(b)
        except ValueError:
            continue


def _tak_di_agen(apa: str, ada: frozenset[tuple[str, bytes]]) -> KinerjaError:
    keadaan = f"agen memegang {len(ada)} kunci lain" if ada else "agen kosong atau terkunci (ssh-add -X)"
    return KinerjaError(f"{apa} tidak ada di ssh-agent; {keadaan}", "masukkan: ssh-add BERKAS-KUNCI")


def _jalankan(argumen: Sequence[str], masukan: bytes, tenggat: float) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(argumen, input=masukan, capture_output=True, check=False, timeout=tenggat)
    except OSError as e:
        saran = "pasang OpenSSH (Debian: openssh-client; Windows: fitur OpenSSH Client)"
        raise KinerjaError(f"{argumen[0]} tidak dapat dijalankan", saran) from e
