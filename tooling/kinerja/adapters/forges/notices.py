"""One issue that says what is wrong now: opened when something is, edited while it is, closed after.

An issue is the one thing that both forges show to whoever watches the repository, and that a
workflow may write without touching code. GitHub and Forgejo answer alike here.

Example:
    >>> PapanIsu(klien, "dinsos/kinerja", None, halaman).kabari("malam", "Riwayat bermasalah", "- …")
    Isu(nomor=12, baru=True)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from kinerja.adapters.forges.http import Klien
from kinerja.adapters.forges.records import nomor_akun, oleh_kami, teks

_TERPANJANG = 60_000


@dataclass(frozen=True, slots=True)
class Isu:
    """An issue's number, and what became of it."""

    nomor: int
    baru: bool = False
    ditutup: bool = False


class PapanIsu:
    """The issues of one repository.

    Args:
        sendiri: number of the token's account; None for an app's or a workflow's token.
        halaman: the query that asks for long pages.
    """

    def __init__(self, klien: Klien, repo: str, sendiri: int | None, halaman: Mapping[str, str]) -> None:
        self._k = klien
        self._r = f"/repos/{quote(repo)}/issues"
        self._sendiri = sendiri
        self._query = {"state": "open", **halaman}

    def kabari(self, perihal: str, judul: str, isi: str | None) -> Isu | None:
        """Makes the issue of a subject say this; None as its words closes it.

        Returns:
            The issue; None when there was none and nothing to say.
        """
        penanda = f"<!-- kinerja: {perihal} -->"
        ada = next((i for i in self._k.semua(self._r, self._query) if self._milik(i, penanda)), None)
        if isi is None:
            if ada is None:
                return None
            self._k.minta("PATCH", f"{self._r}/{ada['number']}", badan={"state": "closed"})
            return Isu(ada["number"], ditutup=True)
        penuh = f"{penanda}\n{isi}"[:_TERPANJANG]
        if ada is None:
            dibuat = self._k.minta("POST", self._r, badan={"title": judul, "body": penuh}).data
            return Isu(dibuat["number"], baru=True)
        if teks(ada.get("body")).replace("\r\n", "\n") != penuh:
            self._k.minta("PATCH", f"{self._r}/{ada['number']}", badan={"title": judul, "body": penuh})
        return Isu(ada["number"])

    # helpers

    def _milik(self, isu: dict[str, Any], penanda: str) -> bool:
        if isu.get("pull_request") or nomor_akun({"id": isu.get("number")}) is None:
            return False
        return teks(isu.get("body")).startswith(penanda) and oleh_kami(isu, self._sendiri)
