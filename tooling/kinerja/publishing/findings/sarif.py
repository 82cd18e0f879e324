"""Findings as SARIF 2.1.0 (OASIS), which code-scanning pages read."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Iterable, Sequence
from typing import Any

from kinerja.domain.findings import Finding
from kinerja.domain.pemeriksaan import AturanTercatat, HasilPeriksa

_TINGKAT = {"galat": "error", "peringatan": "warning", "catatan": "note"}
_SKEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_BERMAKNA = str.maketrans({"\\": "\\\\", "[": "\\[", "]": "\\]", "{": "{{", "}": "}}"})
"""What would make a link or a placeholder of a message's text (sections 3.11.5 and 3.11.6)."""


def sarif(hasil: HasilPeriksa, aturan: Sequence[AturanTercatat], versi: str) -> dict[str, Any]:
    """One run; what was there before has ``baselineState: unchanged`` (section 3.27.24).

    Args:
        aturan: every rule that can speak.
        versi: of the software.
    """
    dipakai = {t.aturan for t in (*hasil.temuan, *hasil.sebelumnya, *hasil.beres)}
    daftar = [a for a in aturan if a.id in dipakai]
    nomor = {a.id: n for n, a in enumerate(daftar)}
    ada_dasar = hasil.dasar is not None
    butir = _butir(hasil.temuan, nomor, "new" if ada_dasar else None)
    butir += _butir(hasil.sebelumnya, nomor, "unchanged")
    butir += _butir(hasil.beres, nomor, "absent")
    alat = {"name": "kinerja", "semanticVersion": versi, "rules": [_aturan(a) for a in daftar]}
    return {
        "$schema": _SKEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": alat}, "columnKind": "unicodeCodePoints", "results": butir}],
    }


# helpers


def _aturan(a: AturanTercatat) -> dict[str, Any]:
    dasar = f" Dasar: {a.dasar}." if a.dasar else ""
    return {
        "id": a.id,
        "shortDescription": {"text": a.bunyi},
        "help": {"text": f"{a.bunyi}{dasar}"},
        "defaultConfiguration": {"level": _TINGKAT[a.tingkat.value]},
    }


def _butir(temuan: Iterable[Finding], nomor: dict[str, int], keadaan: str | None) -> list[dict[str, Any]]:
    return [_satu(t, nomor.get(t.aturan), keadaan) for t in temuan]


def _uri(jalur: str) -> str:
    """A path as a relative reference (RFC 3986 section 2.1)."""
    boleh = frozenset(string.ascii_letters + string.digits + "-._~/")
    bita = jalur.encode("utf-8", "surrogateescape")
    return "".join(chr(b) if chr(b) in boleh else f"%{b:02X}" for b in bita)


def _satu(t: Finding, nomor: int | None, keadaan: str | None) -> dict[str, Any]:
    tempat: dict[str, Any] = {"artifactLocation": {"uri": _uri(t.berkas)}}
    if t.baris:
        tempat["region"] = {"startLine": t.baris, "startColumn": max(t.kolom, 1)}
    nilai = f"`{t.nilai}`: " if t.nilai else ""
    dasar = f" Dasar: {t.dasar}." if t.dasar else ""
    sidik = hashlib.sha256("\0".join(t.sidik()).encode("utf-8", "surrogateescape")).hexdigest()
    hasil: dict[str, Any] = {
        "ruleId": t.aturan,
        "level": _TINGKAT[t.tingkat.value],
        "message": {"text": f"{nilai}{t.pesan}; {t.tindakan}.{dasar}".translate(_BERMAKNA)},
        "locations": [{"physicalLocation": tempat}],
        "partialFingerprints": {"temuan/v1": sidik},
    }
    if nomor is not None:
        hasil["ruleIndex"] = nomor
    if keadaan:
        hasil["baselineState"] = keadaan
    return hasil
