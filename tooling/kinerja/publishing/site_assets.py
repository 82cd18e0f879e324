"""Files of the public site that travel with the package: style, icon, theme overrides."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "assets"

OVERRIDES = _FOLDER / "overrides"
"""Templates laid over Material's own."""


def aset() -> dict[str, bytes]:
    """Path below the site → bytes."""
    return {f"assets/{n}": (_FOLDER / n).read_bytes() for n in ("kinerja.css", "kinerja.svg")}
