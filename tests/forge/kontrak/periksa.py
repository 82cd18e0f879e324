"""Whether a request fits GitHub's own description of its REST interface, and what GitHub answers.

It decides which operation a concrete path means, and tells each deviation of query and body in
plain English, for those who write the client and the fake GitHub that it is tested against. It
leaves out headers, rights, state, and whether an answer fits: GitHub's own examples often do not.

Stricter than GitHub in two ways. A body may hold no key that the description does not know
(GitHub ignores one, so that a misspelt option would be lost in silence), and no request may ask
for more on a page than GitHub gives. Laxer in one: where a value must be one of several shapes,
it may fit more than one of them.

Example:
    >>> cocokkan("PUT", "/repos/dinsos/kinerja/pulls/7/merge", {}, {"merge_method": "gabung"})
    ('body.merge_method: "gabung" is not one of "merge", "squash", "rebase"',)
    >>> contoh("pulls/merge")[0][1]["merged"]
    True
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema_rs

EKSTRAK = Path(__file__).with_name("github.json")
TERPANJANG = 300
"""Characters of one message; the validator quotes whole values."""

_JALUR = re.compile(r"(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+)+")
_BULAT = re.compile(r"-?[0-9]{1,18}")


def cocokkan(
    metode: str, jalur: str, query: Mapping[str, str | Sequence[str]], badan: object | None
) -> tuple[str, ...]:
    """Every deviation of a request from the description; none when it fits.

    Args:
        jalur: path as sent, percent-encoded, without query.
        query: values as sent, before encoding; several values of one name as a list.
        badan: what is sent as JSON; bytes for an upload; None for a request without a body.
    """
    if not _JALUR.fullmatch(jalur) or {".", ".."} & set(jalur.split("/")):
        return (f"path: {jalur!r} is not a percent-encoded path without empty and dotted segments",)
    rute = _cari(metode, jalur)
    if isinstance(rute, str):
        return (rute,)
    isi = _ekstrak()["operations"][rute["operation"]]
    return (
        *_isian(isi, rute, jalur),
        *_query(isi, query),
        *_badan(rute["operation"], isi.get("requestBody"), badan),
    )


def operasi(metode: str, jalur: str) -> str | None:
    """The operationId of a concrete path; None for one that the extract does not hold."""
    rute = _cari(metode, jalur)
    return None if isinstance(rute, str) else str(rute["operation"])


def contoh(id_operasi: str) -> tuple[tuple[int, Any], ...]:
    """GitHub's own answers to an operation that succeeds; None is an answer without a body."""
    return tuple(_jawaban(_ekstrak()["operations"][id_operasi]["responses"]))


def contoh_galat(id_operasi: str) -> tuple[tuple[int, Any], ...]:
    """The codes by which an operation fails; None where GitHub shows no body."""
    galat = _ekstrak()["operations"][id_operasi]["errors"]
    return tuple(_jawaban({kode: nama or None for kode, nama in galat.items()}))


def contoh_badan(id_operasi: str) -> tuple[Any, ...]:
    """GitHub's own bodies of a request."""
    permintaan = _ekstrak()["operations"][id_operasi].get("requestBody", {"examples": ()})
    return tuple(_contoh(n) for n in permintaan["examples"])


# helpers


@cache
def _ekstrak() -> dict[str, Any]:
    isi: dict[str, Any] = json.loads(EKSTRAK.read_text(encoding="utf-8"))
    for rute in isi["routes"]:
        rute["pattern"] = re.compile(rute["pattern"])
    isi["components"] = {"schemas": {n: _skema_json(s) for n, s in isi["components"]["schemas"].items()}}
    return isi


def _jawaban(jawaban: Mapping[str, list[str] | None]) -> Iterator[tuple[int, Any]]:
    for kode, nama in sorted(jawaban.items()):
        yield from [(int(kode), None)] if nama is None else [(int(kode), _contoh(n)) for n in nama]


def _contoh(nama: str) -> Any:
    return copy.deepcopy(_ekstrak()["examples"][nama])


def _cari(metode: str, jalur: str) -> dict[str, Any] | str:
    """The first route that fits (the most literal stand first), or why there is none."""
    cocok = [r for r in _ekstrak()["routes"] if r["pattern"].fullmatch(jalur)]
    satu: dict[str, Any] | None = next((r for r in cocok if r["method"] == metode), None)
    if satu is not None and satu["operation"]:
        return satu
    if satu is not None:
        return f"operation: {metode} {satu['path']} is GitHub's, but not in the extract (perbarui.py)"
    lain = sorted({r["method"] for r in cocok if r["operation"]})
    return f"operation: no {metode} {jalur} in the extract" + (f"; it takes {', '.join(lain)}" if lain else "")


def _isian(isi: dict[str, Any], rute: dict[str, Any], jalur: str) -> Iterator[str]:
    skema = {p["name"]: p["schema"] for p in isi["parameters"] if p["in"] == "path"}
    nama = re.findall(r"{(\w+)}", rute["path"])
    for n, nilai in zip(nama, rute["pattern"].fullmatch(jalur).groups(), strict=True):
        yield from _teks(skema[n], unquote(nilai), f"path.{n}")


def _query(isi: dict[str, Any], query: Mapping[str, str | Sequence[str]]) -> Iterator[str]:
    dikenal = {p["name"]: p for p in isi["parameters"] if p["in"] == "query"}
    for nama in sorted(n for n, p in dikenal.items() if p["required"] and n not in query):
        yield f"query.{nama}: is required"
    for nama, isian in query.items():
        if nama not in dikenal:
            yield f"query.{nama}: is unknown; known: {', '.join(sorted(dikenal)) or 'none'}"
            continue
        skema, nilai = dikenal[nama]["schema"], [isian] if isinstance(isian, str) else isian
        if skema.get("type") != "array" and len(nilai) != 1:
            yield f"query.{nama}: must be given once, not {len(nilai)} times"
        for satu in nilai:
            yield from _teks(skema.get("items", skema), satu, f"query.{nama}")


def _teks(skema: dict[str, Any], teks: str, letak: str) -> tuple[str, ...]:
    """A value that travels as text, read as each type that the schema allows."""
    galat: tuple[str, ...] = ()
    for cabang in skema.get("oneOf", [skema]):
        nilai: object = teks
        if cabang.get("type") == "integer" and _BULAT.fullmatch(teks):
            nilai = int(teks)
        elif cabang.get("type") == "boolean" and teks in ("true", "false"):
            nilai = teks == "true"
        galat = tuple(_periksa(_validator(json.dumps(cabang)), nilai, letak))
        if not galat:
            return ()
    return galat


def _badan(id_operasi: str, permintaan: dict[str, Any] | None, badan: object | None) -> Iterator[str]:
    if permintaan is None or badan is None:
        if badan is not None:
            yield "body: this operation takes none"
        elif permintaan and permintaan["required"]:
            yield "body: is required"
        return
    if permintaan["type"] != "application/json":
        if not isinstance(badan, bytes):
            yield f"body: must be bytes ({permintaan['type']})"
        return
    try:
        nilai = json.loads(json.dumps(badan, allow_nan=False, ensure_ascii=False).encode())
    except (TypeError, ValueError) as e:
        yield f"body: is not JSON: {e}"
        return
    skema = json.dumps(permintaan["schema"])
    yield from _periksa(_validator(skema), nilai, "body")
    yield from _asing(_skema_json(permintaan["schema"]), nilai, "body")


@cache
def _validator(skema: str) -> jsonschema_rs.Draft202012Validator:
    isi = _skema_json(json.loads(skema))
    return jsonschema_rs.Draft202012Validator({"components": _ekstrak()["components"], **isi}, validate_formats=True)


def _skema_json(skema: Any) -> Any:
    """OpenAPI 3.0 as JSON Schema: ``nullable`` is one more shape, ``oneOf`` is taken as ``anyOf``."""
    if isinstance(skema, list):
        return [_skema_json(s) for s in skema]
    if not isinstance(skema, dict):
        return skema
    isi = {
        "anyOf" if k == "oneOf" else k: (
            {n: _skema_json(s) for n, s in v.items()} if k == "properties" else v if k == "enum" else _skema_json(v)
        )
        for k, v in skema.items()
        if k != "nullable"
    }
    return {"anyOf": [isi, {"type": "null"}]} if skema.get("nullable") is True else isi


def _periksa(validator: jsonschema_rs.Draft202012Validator, nilai: object, letak: str) -> Iterator[str]:
    for galat in validator.iter_errors(nilai):
        yield from _ucap(galat, letak)


def _ucap(galat: Any, akar: str) -> Iterator[str]:
    """An error in words; of a choice of shapes, the errors of the nearest; of equally near ones, all."""
    jenis = galat.kind.name
    if jenis == "additionalProperties":  # told by `_asing`, which says what is known
        return
    if jenis == "anyOf":
        dekat = [list(_unik(p for g in c for p in _ucap(g, akar))) for c in _terdekat(galat.kind.context, galat)]
        yield from dekat[0] if len(dekat) == 1 else _atau("; ".join(d) for d in dekat if d)
        return
    letak = akar + "".join(f"[{b}]" if isinstance(b, int) else f".{b}" for b in galat.instance_path)
    pesan = str(galat.message)
    if jenis == "enum":
        pesan = f"{_pendek(json.dumps(galat.instance))} is not one of {', '.join(map(json.dumps, galat.kind.options))}"
    yield f"{letak}: {_pendek(pesan)}"


def _terdekat(cabang: Iterable[Iterable[Any]], akar: Any) -> list[list[Any]]:
    """The errors of the shapes that were meant: of the right kind, then with the right words, then the fewest."""
    semua = [list(c) for c in cabang]
    jarak = [_jarak(c, list(akar.instance_path)) for c in semua]
    return [c for c, j in zip(semua, jarak, strict=True) if j == min(jarak)]


def _jarak(galat: list[Any], akar: list[Any]) -> tuple[bool, int, int]:
    jenis = any(g.kind.name == "type" and list(g.instance_path) == akar for g in galat)
    return jenis, sum(g.kind.name == "enum" for g in galat), len(galat)


def _atau(pesan: Iterable[str]) -> Iterator[str]:
    kata = [p.split(" ") for p in _unik(pesan)]
    sama = sum(1 for _ in takewhile(lambda k: len(set(k)) == 1, zip(*kata, strict=False)))
    if kata:
        yield " ".join([*kata[0][:sama], " or ".join(" ".join(k[sama:]) for k in kata)])


def _pendek(teks: str) -> str:
    return teks if len(teks) <= TERPANJANG else f"{teks[: TERPANJANG // 2]} [...] {teks[-TERPANJANG // 2 :]}"


def _asing(skema: dict[str, Any], nilai: object, letak: str) -> Iterator[str]:
    """Keys that no shape that fits the value knows; an object without known keys is free."""
    bentuk = list(_bentuk(skema, nilai))
    if isinstance(nilai, list):
        butir = {"anyOf": [b["items"] for b in bentuk if "items" in b]}
        for i, satu in enumerate(nilai):
            yield from _asing(butir, satu, f"{letak}[{i}]")
    if not isinstance(nilai, dict):
        return
    dikenal: dict[str, list[Any]] = {}
    for b in bentuk:
        for kunci, isi in b.get("properties", {}).items():
            dikenal.setdefault(kunci, []).append(isi)
    for kunci, isi in nilai.items():
        if kunci in dikenal:
            yield from _asing({"anyOf": dikenal[kunci]}, isi, f"{letak}.{kunci}")
        elif dikenal:
            yield f"{letak}.{kunci}: is unknown; known: {', '.join(sorted(dikenal))}"


def _bentuk(skema: dict[str, Any], nilai: object) -> Iterator[dict[str, Any]]:
    """The schema and all that it refers to, without the shapes that the value does not fit."""
    if "$ref" in skema:
        yield from _bentuk(_ekstrak()["components"]["schemas"][skema["$ref"].rsplit("/", 1)[1]], nilai)
        return
    yield skema
    cabang = skema.get("anyOf", [])
    if len(cabang) > 1:
        jarak = [_jarak(list(_validator(json.dumps(c)).iter_errors(nilai)), []) for c in cabang]
        cabang = [c for c, j in zip(cabang, jarak, strict=True) if j == min(jarak)]
    for c in (*cabang, *skema.get("allOf", ())):
        yield from _bentuk(c, nilai)


def _unik(isi: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(isi)
