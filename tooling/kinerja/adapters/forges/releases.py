"""Releases of GitHub: a draft that a person filled is published when its file is the recorded one.

GitHub itself computes the SHA-256 of each file that is attached, so nothing need be downloaded to
know that it is, byte for byte, the archive that ``kirim.yaml`` names. A release that is out already
is compared as well: a file that was swapped later is told. It decides nothing about approvals.

Example:
    >>> RakRilis(klien, "dinsos/kinerja").terbitkan(minta)
    HasilRilis(tag='arsip-2024-tw1-v1', terbit=True, cacat='')
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from kinerja.adapters.forges.http import Klien
from kinerja.adapters.forges.records import teks

_TANDA_TERIMA = ".tanda-terima.json"


@dataclass(frozen=True, slots=True)
class MintaRilis:
    """What a release must hold, and how it is called.

    Attributes:
        berkas, sha256, ukuran: the archive as ``kirim.yaml`` names it.
        commit: commit of main that the tag is put on.
    """

    tag: str
    berkas: str
    sha256: str
    ukuran: int
    commit: str
    judul: str
    isi: str


@dataclass(frozen=True, slots=True)
class HasilRilis:
    """What became of it: published by this call or before, or what is wrong with it."""

    tag: str
    terbit: bool
    cacat: str = ""


class RakRilis:
    """The releases of one repository on GitHub."""

    def __init__(self, klien: Klien, repo: str) -> None:
        self._k = klien
        self._r = f"/repos/{quote(repo)}/releases"

    def terbitkan(self, m: MintaRilis) -> HasilRilis | None:
        """Publishes the draft of this tag when it holds exactly the archive; None while there is none."""
        semua = self._k.semua(self._r, {"per_page": "100"})
        ada = next((r for r in semua if isinstance(r, dict) and r.get("tag_name") == m.tag), None)
        if ada is None:
            return None
        cacat = "; ".join(_cacat(ada, m))
        if cacat:
            return HasilRilis(m.tag, not ada.get("draft"), cacat)
        if ada.get("draft"):
            badan = {"draft": False, "target_commitish": m.commit, "name": m.judul, "body": m.isi}
            self._k.minta("PATCH", f"{self._r}/{ada['id']}", badan=badan)
        return HasilRilis(m.tag, True)


# helpers


def _cacat(rilis: dict[str, Any], m: MintaRilis) -> Iterator[str]:
    lampiran = [a for a in rilis.get("assets") or () if isinstance(a, dict)]
    arsip = [a for a in lampiran if a.get("name") == m.berkas]
    if not arsip:
        yield f"{m.berkas} belum dilampirkan"
    for a in arsip:
        if (a.get("digest"), a.get("size")) != (f"sha256:{m.sha256}", m.ukuran):
            yield f"{m.berkas} bukan arsip yang tercatat dalam kirim.yaml"
    for a in lampiran:
        if a.get("name") not in (m.berkas, m.berkas + _TANDA_TERIMA):
            yield f"lampiran lain tidak diterima: {teks(a.get('name'))}"
