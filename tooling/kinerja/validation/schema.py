"""Schema errors as findings without a place: what is wrong, in Indonesian, and what to do.

It decides the words from the kind of error, never from the library's English text. Places
are added by whoever has the bytes.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import jsonschema_rs

from kinerja.calculation.numbers import Ambigu, Terbaca, baca_angka

_JENIS = {
    "string": "teks", "number": "angka", "integer": "bilangan bulat", "boolean": "true atau false",
    "array": "daftar", "object": "kelompok isian", "null": "kosong (null)",
}  # fmt: skip
_SKEMA = re.compile(r"([a-z-]+)/v([0-9]+)\Z")


@dataclass(frozen=True, slots=True)
class Masalah:
    """One schema error; ``pada_kunci`` when the name of the field is at fault, not its value."""

    aturan: str
    penunjuk: str
    nilai: str
    pesan: str
    tindakan: str
    pada_kunci: bool = False


class PemeriksaSkema:
    """Every schema, compiled once."""

    def __init__(self, skema: Mapping[str, bytes]) -> None:
        self._isi = {nama.removesuffix(".json"): json.loads(isi) for nama, isi in skema.items()}
        self._validator: dict[str, Any] = {}

    def jenis(self) -> tuple[str, ...]:
        """The kinds of file that have a schema, ``kertas-kerja.v1`` …"""
        return tuple(sorted(self._isi))

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
            harap = f"{jenis}/v1" if jenis else "misalnya kertas-kerja/v1"
            return (
                Masalah("skema-tidak-dikenal", "/skema", "" if nama is None else str(nama),
                        "baris `skema:` tidak menyebut jenis berkas yang dikenal di sini",
                        f"tulis `skema: {harap}`"),
            )  # fmt: skip
        galat = self._untuk(kunci).iter_errors(data)
        return tuple(m for e in galat for m in _masalah(e, self._isi[kunci], data))

    def _untuk(self, kunci: str) -> Any:  # noqa: ANN401 - compiled validator has no public type
        if kunci not in self._validator:
            self._validator[kunci] = jsonschema_rs.Draft202012Validator(self._isi[kunci])
        return self._validator[kunci]


# helpers


def _penunjuk(jalur: list[object]) -> str:
    return "".join("/" + str(b).replace("~", "~0").replace("/", "~1") for b in jalur)


def _kutip(nilai: object) -> str:
    if nilai is None:
        return "null"
    if isinstance(nilai, bool):
        return str(nilai).lower()
    return str(nilai)[:80] if isinstance(nilai, str | int | Decimal) else ""


def _masalah(e: Any, skema: dict[str, Any], data: object) -> list[Masalah]:  # noqa: ANN401
    jenis = type(e.kind).__name__.rpartition(".")[2]
    tempat = _penunjuk(list(e.instance_path))
    nilai = e.instance
    if jenis == "AdditionalProperties":
        return [_isian_asing(tempat, str(k), e, skema) for k in e.kind.unexpected]
    if jenis == "Required":
        nama = str(e.kind.property)
        return [
            Masalah("isian-wajib", tempat, "", f"isian `{nama}` tidak ada",
                    f"tambahkan baris `{nama}:`" + _arti(skema, nama)),
        ]  # fmt: skip
    if jenis == "Type":
        return [_salah_jenis(tempat, nilai, e)]
    pesan, tindakan = _kata(jenis, e, nilai, tempat, skema)
    return [Masalah(f"skema-{_nama_aturan(jenis)}", tempat, _kutip(nilai), pesan, tindakan)]


def _nama_aturan(jenis: str) -> str:
    return {
        "Enum": "pilihan", "Constant": "tetap", "Pattern": "pola", "Format": "pola",
        "MaxLength": "panjang", "Minimum": "batas", "Maximum": "batas", "AnyOf": "jenis",
        "MaxItems": "jumlah", "MinItems": "jumlah",
    }.get(jenis, "bentuk")  # fmt: skip


def _kata(
    jenis: str, e: Any, nilai: object, tempat: str, skema: dict[str, Any]  # noqa: ANN401
) -> tuple[str, str]:
    nama = tempat.rpartition("/")[2]
    match jenis:
        case "Enum":
            pilihan = [str(p) for p in e.kind.options]
            dekat = difflib.get_close_matches(str(nilai), pilihan, 1)
            usul = f"mungkin maksudnya `{dekat[0]}`; " if dekat else ""
            return "bukan salah satu pilihan", f"{usul}pilih: {', '.join(pilihan)}"
        case "Constant":
            return "nilai ini tetap", f"tulis `{e.kind.expected_value}`"
        case "Pattern" | "Format":
            return f"bentuk `{nama}` tidak sesuai", "tulis menurut contohnya" + _arti(skema, nama)
        case "MaxLength":
            return "teks terlalu panjang", "ringkas teksnya"
        case "AnyOf":
            return f"`{nama}` tidak dapat dibaca", "tulis menurut contohnya" + _arti(skema, nama)
    return f"`{nama}` tidak sesuai skema", "bandingkan dengan baris sejenis" + _arti(skema, nama)


def _isian_asing(tempat: str, nama: str, e: Any, skema: dict[str, Any]) -> Masalah:  # noqa: ANN401
    dikenal = _dikenal(e, skema)
    dekat = difflib.get_close_matches(nama, dikenal, 1)
    usul = f"mungkin maksudnya `{dekat[0]}`" if dekat else "hapus baris itu"
    penunjuk = f"{tempat}/{nama.replace('~', '~0').replace('/', '~1')}"
    return Masalah(
        "isian-tidak-dikenal", penunjuk, nama, f"isian `{nama}` tidak dikenal di sini", usul, True
    )


def _dikenal(e: Any, skema: dict[str, Any]) -> list[str]:  # noqa: ANN401
    kini: Any = skema
    for bagian in list(e.schema_path)[:-1]:
        kini = kini[bagian] if isinstance(kini, list) else kini.get(str(bagian), {})
        if isinstance(kini, dict) and "$ref" in kini:
            kini = skema["$defs"][kini["$ref"].rpartition("/")[2]]
    return list(kini.get("properties", {})) if isinstance(kini, dict) else []


def _salah_jenis(tempat: str, nilai: object, e: Any) -> Masalah:  # noqa: ANN401
    harap = [str(t) for t in e.kind.types]
    nama = tempat.rpartition("/")[2]
    boleh = " atau ".join(_JENIS.get(h, h) for h in harap)
    if isinstance(nilai, str) and {"number", "integer"} & set(harap):
        return Masalah("angka-tidak-terbaca", tempat, nilai, f"`{nama}` harus angka", saran_angka(nilai))
    tindakan = f"tulis {boleh}"
    if isinstance(nilai, int | Decimal) and "string" in harap:
        tindakan = f'apit dengan tanda kutip: "{nilai}"'
    return Masalah("jenis-salah", tempat, _kutip(nilai), f"`{nama}` harus {boleh}", tindakan)


def saran_angka(teks: str) -> str:
    """What to write instead of a number typed in another shape."""
    terbaca = baca_angka(teks, desimal=True)
    if isinstance(terbaca, Terbaca):
        return f"tulis `{terbaca.nilai:f}` (titik untuk desimal, tanpa pemisah ribuan, satuan, atau %)"
    if isinstance(terbaca, Ambigu):
        return "tulis " + " atau ".join(f"`{n:f}`" for n in terbaca.pilihan) + ", mana yang dimaksud"
    return "tulis angka saja, titik untuk desimal, misalnya `97.5`"


def _arti(skema: dict[str, Any], nama: str) -> str:
    for bagian in [skema, *skema.get("$defs", {}).values()]:
        sifat = bagian.get("properties", {}).get(nama)
        if sifat:
            return f" — {sifat['description'].rstrip('.')}"
    return ""
