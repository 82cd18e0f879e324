"""The worksheet's columns, read from its JSON Schema: names, help, kinds, which are locked.

The schema is the one place that names fields; a form made from it cannot forget one. A field
with ``readOnly`` comes from the plan or the DPA and is shown, never offered.

Example:
    >>> [k.kunci for k in kolom("BarisIndikator") if not k.terkunci][:3]
    ['realisasi', 'pembilang', 'penyebut']
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from kinerja.adapters import package_data
from kinerja.domain.errors import KinerjaError

SKEMA = "kertas-kerja.v1.json"
_PANJANG = 1000


class Jenis(StrEnum):
    """How a field is typed."""

    ANGKA = "angka"
    NILAI = "nilai"
    """A number or a word, by the indikator's arah."""
    BARIS = "baris"
    TEKS = "teks"
    """A text of several lines."""
    TANGGAL = "tanggal"
    KELOMPOK = "kelompok"
    BERKAS = "berkas"


@dataclass(frozen=True, slots=True)
class Kolom:
    """One field of the schema.

    Attributes:
        kunci: YAML key. judul, keterangan: ``title`` and ``description`` of the schema.
        terpanjang: most characters that it takes.
        anak: fields of a group (``tindak_lanjut``).
    """

    kunci: str
    judul: str
    keterangan: str
    jenis: Jenis
    terkunci: bool
    terpanjang: int
    anak: tuple[Kolom, ...] = ()


@lru_cache(maxsize=8)
def kolom(definisi: str = "") -> tuple[Kolom, ...]:
    """The fields of a definition of the worksheet's schema, in the schema's order; "" for the top."""
    skema = _skema()
    isi = skema if not definisi else skema["$defs"][definisi]
    return tuple(_kolom(k, v) for k, v in isi["properties"].items())


def bita_skema(nama: str) -> bytes | None:
    """A schema's file, for editors that complete by it; None when there is none of that name."""
    return package_data.skema().get(nama)


# helpers


@lru_cache(maxsize=1)
def _skema() -> dict[str, Any]:
    isi = package_data.skema().get(SKEMA)
    if isi is None:
        raise KinerjaError(f"skema {SKEMA} tidak ada", "pasang ulang kinerja")
    hasil: dict[str, Any] = json.loads(isi)
    return hasil


def _kolom(kunci: str, isi: dict[str, Any]) -> Kolom:
    acuan = next((p["$ref"] for p in isi.get("anyOf", ()) if "$ref" in p), None)
    jenis = _jenis(isi, acuan)
    anak = kolom(acuan.rpartition("/")[2]) if jenis is Jenis.KELOMPOK and acuan else ()
    terpanjang = isi.get("maxLength") or max((p.get("maxLength", 0) for p in isi.get("anyOf", ())), default=0)
    return Kolom(
        kunci, isi["title"], isi["description"], jenis, bool(isi.get("readOnly")), terpanjang or 60, anak
    )


def _jenis(isi: dict[str, Any], acuan: str | None) -> Jenis:
    tipe = isi.get("type")
    semua = {tipe} if isinstance(tipe, str) else set(tipe or ())
    semua |= {p.get("type") for p in isi.get("anyOf", ())}
    if "array" in semua:
        return Jenis.BERKAS
    if semua & {"number", "integer"}:
        return Jenis.NILAI if "string" in semua else Jenis.ANGKA
    if acuan is not None:
        return Jenis.KELOMPOK
    if isi.get("format") == "date":
        return Jenis.TANGGAL
    return Jenis.TEKS if isi.get("maxLength", 0) >= _PANJANG else Jenis.BARIS
