"""The clock."""

from __future__ import annotations

from datetime import UTC, datetime


class JamSistem:
    """The computer's clock, read once per command and passed down as a value."""

    def sekarang(self) -> datetime:
        """Now, in UTC."""
        return datetime.now(UTC)
