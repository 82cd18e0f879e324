"""Which kind of document belongs at which path, and what its path says about it.

Example:
    >>> jenis_jalur("reports/2024/tw1/kertas-kerja/sekretariat.yaml")
    'kertas-kerja'
"""

from __future__ import annotations

import re

from kinerja.domain.periode import Periode

_TAHUN = r"reports/(?P<tahun>20[0-9]{2})"
_PERIODE = rf"{_TAHUN}/(?P<bagian>tw[1-4]|tahunan)"
_LETAK = {
    "kertas-kerja": re.compile(rf"{_PERIODE}/kertas-kerja/(?P<bidang>[a-z0-9][a-z0-9-]*)\.yaml"),
    "disposisi": re.compile(rf"{_PERIODE}/disposisi\.yaml"),
    "laporan": re.compile(rf"{_PERIODE}/laporan\.yaml"),
    "kirim": re.compile(rf"{_PERIODE}/kirim\.yaml"),
    "rencana": re.compile(rf"{_TAHUN}/rencana\.yaml"),
    "anggaran": re.compile(rf"{_TAHUN}/anggaran\.yaml"),
    "impor": re.compile(rf"{_TAHUN}/impor\.yaml"),
    "spj": re.compile(rf"{_TAHUN}/spj/(?P<bulan>0[1-9]|1[0-2])\.yaml"),
    "tetap": re.compile(
        r"reports/(?P<jenis>organisasi|jabatan|identitas|kebijakan|sop|kalender|riwayat)\.yaml"
    ),
}


def berupa_dokumen(jalur: str) -> bool:
    """Whether a file is a document to be judged; ``.yml`` too, so that its wrong name is told."""
    return jalur.lower().endswith((".yaml", ".yml"))


def jenis_jalur(jalur: str) -> str | None:
    """The kind of document that belongs at a path; None where none does."""
    for jenis, pola in _LETAK.items():
        cocok = pola.fullmatch(jalur)
        if cocok:
            return cocok["jenis"] if jenis == "tetap" else jenis
    return None


def letak_lembar(jalur: str) -> tuple[Periode, str] | None:
    """Period and bidang of a worksheet's path; None for every other path."""
    cocok = _LETAK["kertas-kerja"].fullmatch(jalur)
    return (Periode(int(cocok["tahun"]), cocok["bagian"]), cocok["bidang"]) if cocok else None


def harapan_letak(jalur: str) -> dict[str, object]:
    """What the content of a file must say because of its path: field → value."""
    cocok = next((c for pola in _LETAK.values() if (c := pola.fullmatch(jalur))), None)
    letak = cocok.groupdict() if cocok else {}
    hasil: dict[str, object] = {}
    if "bagian" in letak:
        hasil["periode"] = f"{letak['tahun']}-{letak['bagian']}"
    elif "tahun" in letak:
        hasil["tahun"] = int(letak["tahun"])
    if "bidang" in letak:
        hasil["bidang"] = letak["bidang"]
    if "bulan" in letak:
        hasil["bulan"] = int(letak["bulan"])
    return hasil
