"""The schemas: valid, described, and the same shape as the dataclasses that read them."""

from __future__ import annotations

import json
import re
import types
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import jsonschema
import jsonschema_rs
import pytest

from kinerja.domain import arsip, kertas_kerja, laporan, organisasi, perencanaan, peristiwa, tata_kelola

AKAR = Path(__file__).parent.parent
SKEMA = {
    p.name.removesuffix(".v1.json"): json.loads(p.read_text()) for p in (AKAR / "schemas").glob("*.json")
}
KELAS = {
    "organisasi": organisasi.Organisasi, "jabatan": organisasi.DaftarJabatan,
    "identitas": organisasi.DaftarIdentitas, "kebijakan": tata_kelola.Kebijakan, "sop": tata_kelola.Sop,
    "kalender": tata_kelola.Kalender, "rencana": perencanaan.Rencana, "anggaran": perencanaan.Anggaran,
    "riwayat": perencanaan.Riwayat, "spj": perencanaan.Spj, "impor": perencanaan.DaftarImpor,
    "disposisi": kertas_kerja.Disposisi, "kertas-kerja": kertas_kerja.KertasKerja,
    "laporan": laporan.Laporan, "kirim": laporan.Kirim, "peristiwa": peristiwa.Peristiwa,
    "pernyataan": arsip.Pernyataan, "tanda-terima": arsip.TandaTerimaArsip,
}  # fmt: skip


def _bagian(skema: dict[str, Any]) -> list[dict[str, Any]]:
    return [skema, *skema.get("$defs", {}).values()]


def _kelas_dalam(tipe: Any) -> list[type]:
    if is_dataclass(tipe):
        return [tipe]
    if get_origin(tipe) in (Union, types.UnionType, tuple, dict):
        return [k for a in get_args(tipe) for k in _kelas_dalam(a)]
    return []


def _semua_kelas(cls: type) -> set[type]:
    hasil, antre = set(), [cls]
    while antre:
        kini = antre.pop()
        if kini not in hasil:
            hasil.add(kini)
            antre += [k for t in get_type_hints(kini).values() for k in _kelas_dalam(t)]
    return hasil


def test_every_kind_has_one_schema() -> None:
    assert set(SKEMA) == set(KELAS)


@pytest.mark.parametrize("jenis", sorted(KELAS))
def test_schema_is_valid_and_named(jenis: str) -> None:
    skema = SKEMA[jenis]
    jsonschema.Draft202012Validator.check_schema(skema)
    jsonschema_rs.Draft202012Validator(skema)
    assert skema["$id"] == f"urn:kinerja:skema:{jenis}:v1"


@pytest.mark.parametrize("jenis", sorted(KELAS))
def test_every_property_is_described_and_closed(jenis: str) -> None:
    for bagian in _bagian(SKEMA[jenis]):
        assert bagian["title"]
        assert bagian["description"]
        assert bagian["description"] != "Bagian berkas ini."
        assert bagian["additionalProperties"] is False
        for nama, sifat in bagian["properties"].items():
            assert sifat["title"], nama
            assert sifat["description"], nama


@pytest.mark.parametrize("jenis", sorted(KELAS))
def test_properties_are_the_dataclass_fields(jenis: str) -> None:
    skema = SKEMA[jenis]
    bagian = {
        k.__name__: (skema if k is KELAS[jenis] else skema["$defs"][k.__name__])
        for k in _semua_kelas(KELAS[jenis])
    }
    for kelas in _semua_kelas(KELAS[jenis]):
        isi = bagian[kelas.__name__]
        assert list(isi["properties"]) == [f.name for f in fields(kelas)]
        wajib = [f.name for f in fields(kelas) if f.default is MISSING and f.default_factory is MISSING]
        assert isi["required"] == wajib


@pytest.mark.parametrize("jenis", sorted(KELAS))
def test_every_list_text_and_whole_number_is_bounded(jenis: str) -> None:
    for jalan, sub in _semua_bagian(SKEMA[jenis], "#"):
        tipe = sub.get("type", ())
        tipe = [tipe] if isinstance(tipe, str) else tipe
        assert "string" not in tipe or "maxLength" in sub or "pattern" in sub, jalan
        assert "array" not in tipe or "maxItems" in sub, jalan
        assert "integer" not in tipe or "minimum" in sub, jalan


@pytest.mark.parametrize("jenis", sorted(KELAS))
def test_patterns_mean_the_same_in_python_ecma_and_rust(jenis: str) -> None:
    for jalan, sub in _semua_bagian(SKEMA[jenis], "#"):
        pola = sub.get("pattern", "^$")
        re.compile(pola)
        assert pola.startswith("^"), jalan
        assert pola.endswith("$"), jalan
        assert not re.search(r"\(\?[=!<]|\\[dwsbDWSB]", pola), jalan


def _semua_bagian(sub: dict[str, Any], jalan: str) -> list[tuple[str, dict[str, Any]]]:
    """Every schema inside a schema, with its path."""
    anak = [*sub.get("properties", {}).items(), *sub.get("$defs", {}).items()]
    anak += [(str(n), s) for n, s in enumerate(sub.get("anyOf", ()))]
    anak += [(k, sub[k]) for k in ("items", "additionalProperties") if isinstance(sub.get(k), dict)]
    return [(jalan, sub), *(b for nama, s in anak for b in _semua_bagian(s, f"{jalan}/{nama}"))]
