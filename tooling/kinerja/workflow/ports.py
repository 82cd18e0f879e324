"""Ports: what the workflow needs from the world, so that something else can take its place.

Only the key that signs is one so far; time is passed in as a value.
"""

from __future__ import annotations

from typing import Protocol

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
