"""Pages from templates: one environment, everything escaped, numbers and moments in Indonesian."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kinerja.desk.figures import HasilSel
from kinerja.publishing.wording import saat_pendek

ASET = Path(__file__).parent / "assets"
_TEMPLAT = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def lingkungan() -> Environment:
    """The templates, compiled once."""
    env = Environment(
        loader=FileSystemLoader(_TEMPLAT), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=False,
    )  # fmt: skip
    env.filters["potongan"] = potongan_json
    env.filters["json"] = _json
    env.filters["kapital"] = kapital
    env.filters["kata"] = kata_json
    env.globals["aset"] = alamat_aset
    return env


def isi(templat: str, konteks: Mapping[str, Any]) -> str:
    """A page as HTML."""
    return lingkungan().get_template(templat).render(konteks)


def potongan_json(hasil: HasilSel) -> str:
    """Pieces of capaian as the page's script reads them: exact decimals as text."""
    return _json(hasil.data_potongan())


def kata_json(daftar: tuple[tuple[str, str, int], ...]) -> str:
    """Predikat → capaian and the number of its class, as the page's script reads them."""
    return _json({kode: [teks, kelas] for kode, teks, kelas in daftar})


@lru_cache(maxsize=64)
def alamat_aset(nama: str) -> str:
    """The address of a style or script file, with its digest, so that it may be kept for a year."""
    sidik = hashlib.sha256((ASET / nama).read_bytes()).hexdigest()[:12]
    return f"/aset/{nama}?v={sidik}"


def kapital(teks: str) -> str:
    """A sentence with its first letter large, the rest as it is."""
    return teks[:1].upper() + teks[1:]


def pada(waktu: datetime | None) -> str:
    """``2 Apr 2024, 10.15``; "" for none."""
    return "" if waktu is None or waktu.tzinfo is None else saat_pendek(waktu, waktu.tzinfo)


# helpers


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_angka)


def _angka(nilai: object) -> str:
    if isinstance(nilai, Decimal):
        return f"{nilai:f}"
    raise TypeError(f"bukan data polos: {nilai!r}")
