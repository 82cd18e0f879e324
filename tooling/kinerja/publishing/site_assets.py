"""Files of the public site that travel with the package: style, icon, theme overrides."""

from __future__ import annotations

import json
from pathlib import Path

from kinerja.domain.pemeriksaan import ContohAturan

_FOLDER = Path(__file__).parent / "assets"

OVERRIDES = _FOLDER / "overrides"
"""Templates laid over Material's own."""


def aset() -> dict[str, bytes]:
    """Path below the site → bytes."""
    return {f"assets/{n}": (_FOLDER / n).read_bytes() for n in ("kinerja.css", "kinerja.svg")}


def contoh_aturan() -> dict[str, tuple[ContohAturan, ...]]:
    """Rule → its examples, as the tests run them."""
    isi = json.loads((_FOLDER / "contoh-aturan.json").read_text(encoding="utf-8"))
    return {
        aturan: tuple(ContohAturan(c["berkas"], c["salah"], c["benar"], tuple(c["temuan"])) for c in daftar)
        for aturan, daftar in isi["aturan"].items()
    }
