"""Clocks: the system's, and one that a scripted walk sets by hand."""

from __future__ import annotations

from datetime import UTC, datetime


class JamSistem:
    """The computer's clock, read once per command."""

    def sekarang(self) -> datetime:
        """Now, in UTC."""
        return datetime.now(UTC)


class JamSkenario:
    """A clock that stands where the script puts it; only for samples and tests."""

    def __init__(self, saat: datetime) -> None:
        self.saat = saat

    def sekarang(self) -> datetime:
        """The moment that was set."""
        return self.saat
