"""The glossary: every key of every schema, and every word that the SOP lives by, has its line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

AKAR = Path(__file__).parent.parent
ISTILAH = (
    "Paraf", "Tanda tangan", "Disposisi", "Capaian", "Tenggat", "Plt. / Plh.", "TTE", "DPA / DPPA",
    "SPJ Fungsional", "LKjIP / LAKIP", "CIK", "IKU", "Renstra", "Perjanjian Kinerja (PK)", "Bidang",
    "Kertas kerja", "Indikator", "Target", "Realisasi", "Pagu", "Bukti",
)  # fmt: skip


def _bagian(judul: str) -> list[list[str]]:
    """The rows of the table under a heading, cell by cell, without its two head lines."""
    teks = (AKAR / "site" / "glosarium.md").read_text(encoding="utf-8")
    bagian = teks.split(f"\n## {judul}\n")[1].split("\n## ")[0]
    baris = [b for b in bagian.splitlines() if b.startswith("|")]
    return [[sel.strip() for sel in b.strip("|").split("|")] for b in baris[2:]]


def _isian() -> dict[str, set[str]]:
    hasil: dict[str, set[str]] = {}
    for berkas in (AKAR / "schemas").glob("*.json"):
        skema = json.loads(berkas.read_text(encoding="utf-8"))
        for bagian in (skema, *skema.get("$defs", {}).values()):
            for nama in bagian["properties"]:
                hasil.setdefault(nama, set()).add(berkas.name.split(".")[0])
    return hasil


def test_every_schema_property_has_exactly_one_line_and_no_other_key_has() -> None:
    kunci = [baris[0].strip("`") for baris in _bagian("Isian dalam berkas")]
    assert kunci == sorted(_isian())


def test_every_line_has_a_meaning_and_names_its_files() -> None:
    isian = _isian()
    semua = set().union(*isian.values())
    for kunci, nama, arti, berkas in _bagian("Isian dalam berkas"):
        assert re.fullmatch(r"`[a-z0-9_]+`", kunci)
        assert nama
        assert arti
        disebut = semua if berkas == "semua berkas" else set(berkas.split(", "))
        assert disebut == isian[kunci.strip("`")], kunci


@pytest.mark.parametrize("istilah", ISTILAH)
def test_every_word_of_the_sop_has_meaning_and_source(istilah: str) -> None:
    baris = {b[0]: b for b in _bagian("Istilah")}
    _, arti, sumber, kunci = baris[istilah]
    assert arti
    assert sumber
    assert kunci
