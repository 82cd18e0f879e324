"""Ports: what the workflow needs from the world, so that a fake can replace it.

Only two things are replaced anywhere: the clock and the key that signs.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from kinerja.domain.tata_kelola import Jaminan


class Jam(Protocol):
    """A clock. Read once per command, then passed down as a value."""

    def sekarang(self) -> datetime:
        """The present moment, aware."""
        ...


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
