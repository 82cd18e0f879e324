"""Which schema a document names, and what in it the schema refuses.

It decides which faults are told: inside a choice of shapes, those of the shape that was
meant. The words are ``schema_words``'s; places are added by whoever has the bytes.

Example:
    >>> PemeriksaSkema(skema).periksa({"skema": "spj/v9"})[0].aturan
    'skema-tidak-dikenal'
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import jsonschema_rs

from kinerja.validation.schema_words import Galat, Masalah, masalah, saran_angka

__all__ = ["Masalah", "PemeriksaSkema", "saran_angka"]

TERBANYAK = 1_000
"""Schema errors told of one file: a file with more is no document that somebody filled."""
_SKEMA = re.compile(r"([a-z-]+)/v([0-9]+)\Z")


class PemeriksaSkema:
    """Every schema, each compiled once, when first needed."""

    def __init__(self, skema: Mapping[str, bytes]) -> None:
        self._isi = {nama.removesuffix(".json"): json.loads(isi) for nama, isi in skema.items()}
        self._validator: dict[str, Any] = {}

    def periksa(self, data: object, jenis: str | None = None) -> tuple[Masalah, ...]:
        """Checks a document against the schema that it names.

        Args:
            jenis: kind that the file's place asks for; None for any.
        """
        if not isinstance(data, dict):
            return (
                Masalah("bentuk-berkas", "", "", "isi berkas bukan daftar isian `nama: nilai`",
                        "mulai dari contoh atau dari berkas yang disiapkan kinerja"),
            )  # fmt: skip
        nama = data.get("skema")
        cocok = _SKEMA.match(nama) if isinstance(nama, str) else None
        kunci = f"{cocok[1]}.v{cocok[2]}" if cocok else ""
        if kunci not in self._isi or (jenis and cocok and cocok[1] != jenis):
            return (
                Masalah("skema-tidak-dikenal", "/skema", "" if nama is None else str(nama)[:80],
                        "baris `skema:` tidak menyebut jenis berkas yang dikenal di sini",
                        f"tulis `skema: {jenis or 'kertas-kerja'}/v1`"),
            )  # fmt: skip
        galat = list(islice(self._untuk(kunci).iter_errors(data), TERBANYAK + 1))
        hasil = [m for e in galat[:TERBANYAK] for g in _galat(e, self._isi[kunci]) for m in masalah(g)]
        if len(galat) > TERBANYAK:
            hasil.append(
                Masalah("skema-bentuk", "", "", f"masih ada kesalahan lain sesudah {TERBANYAK} yang pertama",
                        "betulkan yang ini dahulu, lalu periksa lagi")
            )  # fmt: skip
        return tuple(hasil)

    def _untuk(self, kunci: str) -> Any:  # noqa: ANN401 - compiled validator has no public type
        if kunci not in self._validator:
            self._validator[kunci] = jsonschema_rs.validator_for(self._isi[kunci])
        return self._validator[kunci]


# helpers


def _galat(e: Any, skema: dict[str, Any]) -> Iterator[Galat]:  # noqa: ANN401 - library's error
    """The error as plain values; of ``anyOf`` the errors of the shape that was meant."""
    nama = str(e.kind.name)
    if nama == "anyOf":
        cabang = [list(c) for c in e.kind.context]
        maksud = [c for c in cabang if not any(_salah_jenis_di_akar(g, e) for g in c)]
        if maksud:
            for g in maksud[0]:
                yield from _galat(g, skema)
            return
        jenis = sorted({str(t) for c in cabang for g in c for t in getattr(g.kind, "types", ())})
        yield Galat("type", tuple(e.instance_path), e.instance, jenis, _bagian(e, skema))
        return
    batas = e.kind.types if nama == "type" else e.kind.value
    yield Galat(nama, tuple(e.instance_path), e.instance, batas, _bagian(e, skema))


def _salah_jenis_di_akar(g: Any, e: Any) -> bool:  # noqa: ANN401
    return str(g.kind.name) == "type" and list(g.instance_path) == list(e.instance_path)


def _bagian(e: Any, skema: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401
    """The part of the schema that holds the keyword at fault; its path has no ``$ref``."""
    kini: Any = skema
    for bagian in list(e.schema_path)[:-1]:
        kini = kini[bagian]
    return kini if isinstance(kini, dict) else {}
