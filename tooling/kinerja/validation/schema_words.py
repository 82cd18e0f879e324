"""Schema errors in words: what is wrong, in Indonesian, and what to do.

It decides the words from the kind of error and from the schema's own titles and
descriptions, never from the library's English text. It leaves out places.

Example: `97,5` where a number belongs → "`pagu` harus angka; tulis `97.5` …".
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from kinerja.calculation.numbers import Ambigu, Kosong, Terbaca, baca_angka
from kinerja.validation.clean_text import kotor
from kinerja.validation.codes import kode_baku
from kinerja.validation.dates import baca_tanggal

ATURAN_SKEMA: dict[str, str] = {
    "bentuk-berkas": "Isi berkas adalah daftar isian `nama: nilai`.",
    "skema-tidak-dikenal": "Baris `skema:` menyebut jenis dan versi berkas yang dikenal.",
    "isian-wajib": "Setiap isian wajib ada.",
    "isian-tidak-dikenal": "Tidak ada isian yang tidak dikenal.",
    "jenis-salah": "Nilai setiap isian sejenis dengan yang diminta.",
    "angka-tidak-terbaca": "Angka ditulis dengan angka saja, titik untuk desimal.",
    "skema-pilihan": "Nilai isian pilihan adalah salah satu pilihannya.",
    "skema-tetap": "Nilai yang tetap tidak diubah.",
    "skema-pola": "Kode, tanggal, dan pengenal ditulis menurut bentuknya.",
    "skema-panjang": "Teks tidak lebih panjang atau pendek dari batasnya.",
    "skema-batas": "Angka berada di dalam batasnya.",
    "skema-jumlah": "Jumlah butir daftar berada di dalam batasnya dan tidak ada yang kembar.",
    "skema-bentuk": "Isi lain mengikuti skema berkasnya.",
}
"""The rules that come from the schemas, id → wording; each is a ``galat``."""

_JENIS = {
    "string": "teks", "number": "angka", "integer": "bilangan bulat", "boolean": "true atau false",
    "array": "daftar", "object": "kelompok isian", "null": "kosong (null)",
}  # fmt: skip
_KUTIPAN_TERPANJANG = 80
_MEMBACA_TEKS = frozenset({"type", "enum", "const", "pattern", "format"})
"""Keywords that refuse a text which may only have something invisible about it."""
_KOSONG = "Bagian berkas ini."
_CONTOH = {"date": "2024-03-31", "date-time": "2024-03-31T08:00:00+08:00"}


@dataclass(frozen=True, slots=True)
class Masalah:
    """One schema error; ``pada_kunci`` when the name of the field is at fault, not its value."""

    aturan: str
    penunjuk: str
    nilai: str
    pesan: str
    tindakan: str
    pada_kunci: bool = False


class Galat(NamedTuple):
    """A schema error as plain values.

    Attributes:
        kata: the keyword at fault, ``maxLength``.
        batas: what the keyword asks for.
        sub: the part of the schema that holds the keyword.
    """

    kata: str
    jalur: tuple[str | int, ...]
    nilai: object
    batas: Any
    sub: dict[str, Any]


def masalah(g: Galat) -> Iterator[Masalah]:
    """What to say about an error; one for each field of a list of unknown fields."""
    tempat = _penunjuk(g.jalur)
    berbentuk = g.kata in _MEMBACA_TEKS or "pattern" in g.sub
    tak_tampak = kotor(g.nilai) if berbentuk and isinstance(g.nilai, str) else None
    if tak_tampak:
        yield Masalah("teks-bersih", tempat, *tak_tampak)
        return
    match g.kata:
        case "additionalProperties":
            for nama in g.batas:
                yield _isian_asing(tempat, str(nama), g)
        case "required":
            nama = str(g.batas)
            yield Masalah(
                "isian-wajib", tempat, "", f"isian `{nama}` tidak ada",
                f"tambahkan baris `{nama}:`{_arti(g.sub.get('properties', {}).get(nama))}",
            )  # fmt: skip
        case "type":
            yield _salah_jenis(tempat, g)
        case "maxLength" if _juga_salah_bentuk(g):
            return
        case "pattern" if _bentuk_lama(g):
            yield Masalah(
                "kode-baku", tempat, _kutip(g.nilai), "kode ini ditulis dalam bentuk lama",
                f"tulis `{kode_baku(str(g.nilai))}`",
            )  # fmt: skip
        case _:
            aturan, kata = _KATA.get(g.kata, ("skema-bentuk", _bentuk_lain))
            pesan, tindakan = kata(g)
            yield Masalah(aturan, tempat, _kutip(g.nilai), pesan, tindakan)


def saran_angka(teks: str, *, desimal: bool = True) -> str:
    """What to write instead of a number typed in another shape.

    Args:
        desimal: False for rupiah and counts, where ``1.234`` can only mean thousands.
    """
    match baca_angka(teks, desimal=desimal):
        case Terbaca(nilai=nilai) if f"{nilai:f}" == teks:
            return f"hapus tanda kutipnya, tulis `{teks}`"
        case Terbaca(nilai=nilai):
            return f"tulis `{nilai:f}` (titik untuk desimal; tanpa pemisah ribuan, satuan, atau %)"
        case Ambigu(pilihan=(ribuan, *_)) if not desimal:
            return f"tulis `{ribuan:f}`, tanpa pemisah ribuan"
        case Ambigu(pilihan=pilihan):
            return "pilih yang dimaksud: " + " atau ".join(f"`{n:f}`" for n in pilihan)
        case Kosong():
            return "tulis `null` bila belum ada angkanya, `0` bila hasilnya nol"
    return "tulis angka saja, titik untuk desimal, misalnya `97.5`"


# helpers


def _penunjuk(jalur: tuple[str | int, ...]) -> str:
    return "".join("/" + str(b).replace("~", "~0").replace("/", "~1") for b in jalur)


def _kutip(nilai: object) -> str:
    if nilai is None:
        return "null"
    if isinstance(nilai, bool):
        return str(nilai).lower()
    teks = str(nilai) if isinstance(nilai, str | int | float | Decimal) else ""
    teks = " ⏎ ".join(teks.splitlines())
    return teks if len(teks) <= _KUTIPAN_TERPANJANG else teks[: _KUTIPAN_TERPANJANG - 1] + "…"


def _nama(g: Galat) -> str:
    """The field's name; of a list item the name of its list."""
    nama = next((f"`{b}`" for b in reversed(g.jalur) if isinstance(b, str)), "berkas ini")
    akhir = g.jalur[-1] if g.jalur else ""
    return f"butir ke-{akhir + 1} {nama}" if isinstance(akhir, int) else nama


def _arti(sub: Any) -> str:  # noqa: ANN401 - part of a schema
    keterangan = str(sub.get("description", "")) if isinstance(sub, dict) else ""
    return f" — {keterangan.rstrip('.')}" if keterangan not in ("", _KOSONG) else ""


def _dekat(nilai: object, pilihan: list[str]) -> str:
    dekat = difflib.get_close_matches(str(nilai).lower(), pilihan, 1, 0.6)
    return f"mungkin maksudnya `{dekat[0]}`" if dekat else ""


def _isian_asing(tempat: str, nama: str, g: Galat) -> Masalah:
    tak_tampak = kotor(nama)
    if tak_tampak:
        return Masalah("teks-bersih", tempat + _penunjuk((nama,)), *tak_tampak, pada_kunci=True)
    dikenal = list(g.sub.get("properties", {}))
    usul = _dekat(nama, dikenal) or f"hapus baris itu; yang dikenal: {', '.join(dikenal)}"
    return Masalah(
        "isian-tidak-dikenal", tempat + _penunjuk((nama,)), nama,
        f"isian `{nama}` tidak dikenal di sini", usul, pada_kunci=True,
    )  # fmt: skip


def _salah_jenis(tempat: str, g: Galat) -> Masalah:
    harap = [str(t) for t in g.batas]
    urut = [_JENIS.get(h, h) for h in sorted(harap, key=lambda h: h == "null")]
    boleh = " atau ".join([", ".join(urut[:-1]), urut[-1]] if urut[1:] else urut)
    nilai = g.nilai
    if isinstance(nilai, str) and {"number", "integer"} & set(harap):
        rupiah = "integer" in harap or "rupiah" in _arti(g.sub).lower()
        return Masalah(
            "angka-tidak-terbaca", tempat, _kutip(nilai), f"{_nama(g)} harus angka",
            saran_angka(nilai, desimal=not rupiah),
        )  # fmt: skip
    if nilai is None:
        return Masalah(
            "jenis-salah", tempat, "null", f"{_nama(g)} tidak boleh kosong",
            f"isi dengan {boleh}{_arti(g.sub)}",
        )  # fmt: skip
    tindakan = f"tulis {boleh}{_arti(g.sub)}"
    if isinstance(nilai, bool | int | Decimal | float) and "string" in harap:
        tindakan = f'apit dengan tanda kutip: "{_kutip(nilai)}"'
    return Masalah("jenis-salah", tempat, _kutip(nilai), f"{_nama(g)} harus {boleh}", tindakan)


def _pilihan(g: Galat) -> tuple[str, str]:
    pilihan = [p if isinstance(p, str) else _kutip(p) for p in g.batas]
    usul = _dekat(g.nilai, pilihan)
    return "bukan salah satu pilihan", f"{usul + '; ' if usul else ''}pilih: {', '.join(pilihan)}"


def _tetap(g: Galat) -> tuple[str, str]:
    harap = json.dumps(g.batas) if not isinstance(g.batas, str) else g.batas
    return f"{_nama(g)} di sini selalu `{harap}`", f"tulis `{harap}`"


def _pola(g: Galat) -> tuple[str, str]:
    pesan = f"bentuk {_nama(g)} tidak sesuai"
    contoh = _CONTOH.get(str(g.sub.get("format")))
    tanggal = baca_tanggal(str(g.nilai)) if g.sub.get("format") == "date" else None
    if tanggal:
        return pesan, f"tulis `{tanggal.isoformat()}`"
    if contoh:
        return pesan, f"tulis seperti `{contoh}`{_arti(g.sub)}"
    arti = _arti(g.sub)
    return pesan, f"tulis menurut bentuknya{arti}" + ("" if "isalnya" in arti else f" ({g.batas})")


def _bentuk_lama(g: Galat) -> bool:
    """True for a code that fits once it is in its normal form."""
    baku = kode_baku(str(g.nilai))
    return baku != g.nilai and re.search(str(g.batas), baku) is not None


def _juga_salah_bentuk(g: Galat) -> bool:
    """True for a long text whose form is refused as well: nobody needs ``1 Januari 2024`` shortened."""
    return "pattern" in g.sub and re.search(g.sub["pattern"], str(g.nilai)) is None


def _panjang(g: Galat) -> tuple[str, str]:
    if g.kata == "minLength":
        return f"{_nama(g)} terlalu pendek", f"tulis paling sedikit {g.batas} huruf{_arti(g.sub)}"
    return f"{_nama(g)} terlalu panjang", f"ringkas menjadi paling banyak {g.batas} huruf"


def _batas(g: Galat) -> tuple[str, str]:
    kata = {
        "minimum": "paling sedikit", "maximum": "paling banyak",
        "exclusiveMinimum": "lebih dari", "exclusiveMaximum": "kurang dari",
        "multipleOf": "kelipatan",
    }[g.kata]  # fmt: skip
    return f"{_nama(g)} di luar batas", f"tulis angka {kata} {g.batas}"


def _jumlah(g: Galat) -> tuple[str, str]:
    match g.kata:
        case "minItems" | "minProperties":
            return f"isi {_nama(g)} kurang", f"tulis paling sedikit {g.batas} butir{_arti(g.sub)}"
        case "uniqueItems":
            return f"{_nama(g)} memuat butir kembar", "hapus salah satunya"
    return f"isi {_nama(g)} terlalu banyak", f"tulis paling banyak {g.batas} butir"


def _nama_kunci(g: Galat) -> tuple[str, str]:
    return f"nama di bawah {_nama(g)} tidak sesuai bentuknya", f"tulis menurut contohnya{_arti(g.sub)}"


def _bentuk_lain(g: Galat) -> tuple[str, str]:
    return f"{_nama(g)} tidak sesuai skema", f"bandingkan dengan baris sejenis{_arti(g.sub)}"


_KATA: dict[str, tuple[str, Callable[[Galat], tuple[str, str]]]] = {
    "enum": ("skema-pilihan", _pilihan), "const": ("skema-tetap", _tetap),
    "pattern": ("skema-pola", _pola), "format": ("skema-pola", _pola),
    "propertyNames": ("skema-pola", _nama_kunci),
    "minLength": ("skema-panjang", _panjang), "maxLength": ("skema-panjang", _panjang),
    "minimum": ("skema-batas", _batas), "maximum": ("skema-batas", _batas),
    "exclusiveMinimum": ("skema-batas", _batas), "exclusiveMaximum": ("skema-batas", _batas),
    "multipleOf": ("skema-batas", _batas),
    "minItems": ("skema-jumlah", _jumlah), "maxItems": ("skema-jumlah", _jumlah),
    "minProperties": ("skema-jumlah", _jumlah), "maxProperties": ("skema-jumlah", _jumlah),
    "uniqueItems": ("skema-jumlah", _jumlah),
}  # fmt: skip
