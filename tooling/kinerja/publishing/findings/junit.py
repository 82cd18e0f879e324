"""Findings as JUnit XML, which CI servers show as tests: one case per file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET  # noqa: S405 - written, never read

from kinerja.domain.findings import Finding, Tingkat
from kinerja.domain.pemeriksaan import HasilPeriksa

_BUKAN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(hasil: HasilPeriksa) -> str:
    """One suite; a file with a ``galat`` fails, other findings are its output.

    Files without findings are counted in one case, so that a clean run is not empty.
    """
    per_berkas: dict[str, list[Finding]] = {}
    for t in hasil.temuan:
        per_berkas.setdefault(t.berkas, []).append(t)
    gagal = sum(_gagal(t) for t in per_berkas.values())
    bersih = hasil.berkas - len(per_berkas)
    akar = ET.Element("testsuites")
    suite = ET.SubElement(
        akar, "testsuite", name="kinerja validate", tests=str(len(per_berkas) + (bersih > 0)),
        failures=str(gagal), errors="0", skipped="0",
    )  # fmt: skip
    for berkas, temuan in per_berkas.items():
        kasus = ET.SubElement(suite, "testcase", classname="kinerja", name=_bersih(berkas))
        galat = [t for t in temuan if t.tingkat is Tingkat.GALAT]
        if galat:
            f = ET.SubElement(kasus, "failure", message=_bersih(galat[0].teks()), type=galat[0].aturan)
            f.text = _baris(galat)
        lain = [t for t in temuan if t.tingkat is not Tingkat.GALAT]
        if lain:
            ET.SubElement(kasus, "system-out").text = _baris(lain)
    if bersih > 0:
        ET.SubElement(suite, "testcase", classname="kinerja", name=f"{bersih} berkas bersih")
    if hasil.sebelumnya:
        ET.SubElement(suite, "system-out").text = "Sudah ada sebelumnya:\n" + _baris(hasil.sebelumnya)
    ET.indent(akar)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(akar, encoding="unicode")


# helpers


def _gagal(temuan: Iterable[Finding]) -> bool:
    return any(t.tingkat is Tingkat.GALAT for t in temuan)


def _baris(temuan: Iterable[Finding]) -> str:
    return _bersih("\n".join(t.teks() for t in temuan))


def _bersih(teks: str) -> str:
    """Without the characters that XML 1.0 section 2.2 does not have."""
    return _BUKAN_XML.sub("\ufffd", teks)
