"""Files that travel with the package: schemas, the sample agency, pages of the site.

In a wheel they lie under ``kinerja/_data``; in a checkout they are the repository's own
folders, so that each fact stays in one place.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kinerja.domain.errors import KinerjaError

_PAKET = Path(__file__).resolve().parent.parent
_TEMPAT = {
    "schemas": ("_data/schemas", "../../schemas"),
    "contoh": ("_data/contoh", "../../reports"),
    "site": ("_data/site", "../../site"),
    "forge": ("_data/forge", "../../.github"),
    "mkdocs.yml": ("_data/mkdocs.yml", "../../mkdocs.yml"),
}

_FORMULIR = ("ISSUE_TEMPLATE", "PULL_REQUEST_TEMPLATE.md")


def tempat(nama: str) -> Path:
    """Where a kind of package data lies; raises when the installation is broken."""
    for calon in _TEMPAT[nama]:
        jalur = (_PAKET / calon).resolve()
        if jalur.exists():
            return jalur
    raise KinerjaError(f"pemasangan kinerja tidak lengkap: {nama} tidak ada", "pasang ulang kinerja")


@lru_cache(maxsize=1)
def skema() -> dict[str, bytes]:
    """Every schema: file name (``kertas-kerja.v1.json``) → JSON bytes."""
    return {p.name: p.read_bytes() for p in sorted(tempat("schemas").glob("*.json"))}


def contoh_boalemo() -> dict[str, bytes]:
    """The sample agency's ``reports/``: path → bytes."""
    return {f"reports/{k}": v for k, v in _isi(tempat("contoh")).items()}


def isian_contoh(nama: str) -> bytes:
    """Scripted figures of a walk (``boalemo-2024.yaml``) or another file of ``contoh/``."""
    return (_PAKET / "contoh" / nama).read_bytes()


def halaman_situs() -> dict[str, bytes]:
    """Hand-written pages and ``mkdocs.yml`` for an agency's own repository."""
    situs = {f"site/{k}": v for k, v in _isi(tempat("site")).items() if not k.startswith("adr/")}
    return situs | {"mkdocs.yml": tempat("mkdocs.yml").read_bytes()}


def formulir_forge() -> dict[str, bytes]:
    """Forms for issues and pull requests, which GitHub and Forgejo read at the same place."""
    isi = _isi(tempat("forge"))  # in a checkout the workflows lie beside them
    return {f".github/{k}": v for k, v in isi.items() if k.partition("/")[0] in _FORMULIR}


def _isi(akar: Path) -> dict[str, bytes]:
    return {
        p.relative_to(akar).as_posix(): p.read_bytes()
        for p in sorted(akar.rglob("*"))
        if p.is_file() and "__pycache__" not in p.parts
    }
