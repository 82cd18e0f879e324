"""The few errors of kinerja: what stops a command, said in Indonesian.

A fault in a document is never an exception but a :class:`~kinerja.domain.findings.Finding`.
An error here means that the command cannot do what was asked at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kinerja.domain.findings import Finding


class KinerjaError(Exception):
    """Base of every error that a user can meet.

    Args:
        pesan: what happened, one Indonesian sentence.
        saran: what to do next, one Indonesian sentence.
    """

    exit_code = 3

    def __init__(self, pesan: str, saran: str = "") -> None:
        super().__init__(pesan)
        self.pesan = pesan
        self.saran = saran

    def diagnostics(self) -> str:
        """The text that the command line prints once."""
        return f"{self.pesan}\n  → {self.saran}" if self.saran else self.pesan


class DitolakError(KinerjaError):
    """The policy refuses the act: wrong office, wrong state, own work."""

    exit_code = 1


class TemuanError(KinerjaError):
    """Documents have findings that forbid the act; nothing was written."""

    exit_code = 1

    def __init__(self, pesan: str, temuan: tuple[Finding, ...], saran: str = "") -> None:
        super().__init__(pesan, saran)
        self.temuan = temuan


class BentrokError(KinerjaError):
    """Somebody else changed the same thing first; both versions are kept."""

    exit_code = 1


class BentrokIsianError(BentrokError):
    """The same fields were changed by two people; each is told with both values.

    Attributes:
        bentrok: JSON pointer → my value, the saved value (None where the field is gone).
    """

    def __init__(self, pesan: str, bentrok: dict[str, tuple[object, object]], saran: str = "") -> None:
        super().__init__(pesan, saran)
        self.bentrok = bentrok


class PemakaianError(KinerjaError):
    """The command was called with something that does not exist or cannot be read."""

    exit_code = 2
