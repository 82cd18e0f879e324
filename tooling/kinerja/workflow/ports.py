"""Ports: what the workflow needs from the world, so that something else can take its place.

The key that signs, and the forge where pull requests live: GitHub, Forgejo / Gitea, or Git refs
alone. What a forge says comes as plain values that have decided nothing yet; time is passed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from kinerja.domain.peristiwa import JenisBukti
from kinerja.domain.tata_kelola import Jaminan


class Penanda(Protocol):
    """A person's means of signing an act."""

    @property
    def jaminan(self) -> Jaminan:
        """How strongly the signature is tied to the person."""
        ...

    @property
    def sidik(self) -> str | None:
        """Fingerprint of the key, ``SHA256:…``; None when nothing is signed."""
        ...

    def tanda_tangani(self, pesan: bytes, ruang: str) -> str | None:
        """SSHSIG text over the message in a namespace; None when nothing is signed."""
        ...


class Kata(StrEnum):
    """What a person said of a pull request."""

    YA = "ya"
    TIDAK = "tidak"
    TARIK = "tarik"
    AJUKAN = "ajukan"
    USANG = "usang"
    """A command in a comment that was edited since, perhaps by another: it says nothing."""


class Keadaan(StrEnum):
    """The state of a required check."""

    LULUS = "lulus"
    MENUNGGU = "menunggu"
    GAGAL = "gagal"


@dataclass(frozen=True, slots=True)
class Usulan:
    """A pull request as the forge shows it now.

    Attributes:
        nomor: the forge's number; 0 on the local forge, which has none.
        perubahan: name of its branch, which is the change's id.
        kepala: commit at the end of its branch.
        tujuan: ref that it goes to, ``refs/heads/main``.
        sendiri: its branch lies in this repository and not in a fork.
        alamat: where a person opens it; "" where there are no pages.
    """

    nomor: int
    perubahan: str
    kepala: str
    tujuan: str
    terbuka: bool
    tergabung: bool
    sendiri: bool
    judul: str
    isi: str
    alamat: str


@dataclass(frozen=True, slots=True)
class Pendapat:
    """An opinion or a command that a forge shows, in the forge's own order.

    Attributes:
        nomor: the forge's number of the review or comment.
        akun: numeric id of the account; None for one that was deleted.
        kepala: commit that was looked at; None when the forge does not say.
        waktu: when the forge received it.
        isi: what was written, as it stands there.
        sha256: digest of the forge's record as canonical JSON.
    """

    nomor: str
    jenis: JenisBukti
    kata: Kata
    akun: int | None
    kepala: str | None
    waktu: datetime
    isi: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Dorongan:
    """A push to the branch of a pull request.

    Attributes:
        akun: numeric id of who pushed; None when the forge does not say.
        sebelum: commit before; None when the branch was made by it.
    """

    akun: int | None
    sebelum: str | None
    sesudah: str
    waktu: datetime


@dataclass(frozen=True, slots=True)
class AkunCommit:
    """The accounts that a forge sees behind a commit; None for an address that it does not know."""

    penulis: int | None
    pengomit: int | None


class Forge(Protocol):
    """Where pull requests, reviews and comments live.

    Every call may raise ``GangguanForgeError``: nothing was decided by then, and the next run
    goes on where this one stopped.
    """

    @property
    def nama(self) -> str:
        """How ``identitas.yaml`` calls it: ``github``, ``forgejo``."""
        ...

    @property
    def layanan(self) -> frozenset[int]:
        """Accounts of the forge itself, which are no persons."""
        ...

    @property
    def alur(self) -> frozenset[int]:
        """Accounts by which the forge's workflows act: whoever may push one can make them act."""
        ...

    def alamat_sunting(self, perubahan: str, jalur: str) -> str:
        """Where a person edits a file of a branch in the forge's own pages; "" where there are none."""
        ...

    def usulan_terbuka(self) -> tuple[Usulan, ...]:
        """Every open pull request to main, oldest first."""
        ...

    def usulan(self, nomor: int) -> Usulan:
        """One pull request, read afresh."""
        ...

    def buka(self, perubahan: str, judul: str, isi: str) -> Usulan:
        """Opens the pull request of a branch, or gives the one that is open."""
        ...

    def pendapat(self, u: Usulan) -> tuple[Pendapat, ...]:
        """Every opinion and command, to the last page, in the forge's order."""
        ...

    def pendahulu(self, u: Usulan) -> tuple[Usulan, ...]:
        """Pull requests of the same branch that were closed without a merge; what was said there stands."""
        ...

    def dorongan(self, u: Usulan) -> tuple[Dorongan, ...]:
        """Every push to the branch that the forge remembers, oldest first."""
        ...

    def akun_commit(self, u: Usulan) -> Mapping[str, AkunCommit]:
        """Commit → accounts behind it, as far as the forge tells."""
        ...

    def akun_satu(self, commit: str) -> AkunCommit:
        """The accounts behind one commit, whatever branch it is on."""
        ...

    def tandai(self, u: Usulan, keadaan: Keadaan, ringkas: str, rinci: str) -> None:
        """Sets the required check on the head: one line, and the whole verdict where it has room."""
        ...

    def baca_sauh(self, commit: str) -> tuple[str, ...]:
        """What we once tied to a commit with :meth:`tulis_sauh`; nobody can take it away again."""
        ...

    def tulis_sauh(self, commit: str, sauh: str) -> None:
        """Ties a short text to a commit for good: how far the log had come."""
        ...

    def komentari(self, u: Usulan, isi: str) -> None:
        """Writes our one comment, or edits it when it is there and says something else."""
        ...

    def gabung(self, u: Usulan, judul: str) -> str:
        """Merges, only if the head is still ``u.kepala``; gives the merge commit.

        Raises:
            BentrokError: the head moved, or the forge will not merge (now).
        """
        ...
