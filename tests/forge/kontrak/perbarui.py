"""Writes ``github.json`` again: the part of GitHub's own OpenAPI description that we lean on.

It decides which operations are kept (``UMUM``, ``REPO``) and what of each: parameters, the schema
of the request, example requests and answers, the codes of errors. It leaves out all text meant for
readers, schemas of answers (GitHub's own examples break them: 11 of 89 here, in 23.0.2), answers
that are not JSON, and whether a request fits: that is ``periksa.py``.

One number is read from prose: "(max 100)" of a page size, since GitHub gives fewer than asked
without a word, and a reader that asked for more would take a full page for the last one.

Example (a version of the npm package ``@octokit/openapi``, or its archive):
    $ python tests/forge/kontrak/perbarui.py 23.0.2
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

PAKET = "@octokit/openapi"
EKSTRAK = Path(__file__).with_name("github.json")

UMUM = (
    ("/app", "GET"),
    ("/app/installations/{installation_id}/access_tokens", "POST"),
    ("/rate_limit", "GET"),
    ("/user", "GET"),
    ("/user/{account_id}", "GET"),
    ("/users/{username}", "GET"),
)
REPO = (
    ("", "GET PATCH"),
    ("/actions/permissions/workflow", "GET PUT"),
    ("/actions/secrets", "GET"),
    ("/actions/workflows", "GET"),
    ("/actions/workflows/{workflow_id}/dispatches", "POST"),
    ("/activity", "GET"),
    ("/branches/{branch}", "GET"),
    ("/branches/{branch}/protection", "GET PUT"),
    ("/check-runs", "POST"),
    ("/check-runs/{check_run_id}", "PATCH"),
    ("/codeowners/errors", "GET"),
    ("/collaborators", "GET"),
    ("/collaborators/{username}/permission", "GET"),
    ("/commits/{ref}", "GET"),
    ("/commits/{ref}/check-runs", "GET"),
    ("/commits/{ref}/status", "GET"),
    ("/commits/{ref}/statuses", "GET"),
    ("/compare/{basehead}", "GET"),
    ("/contents/{path}", "GET PUT"),
    ("/environments", "GET"),
    ("/environments/{environment_name}", "GET PUT"),
    ("/environments/{environment_name}/deployment-branch-policies", "GET POST"),
    ("/environments/{environment_name}/secrets", "GET"),
    ("/git/blobs", "POST"),
    ("/git/blobs/{file_sha}", "GET"),
    ("/git/commits", "POST"),
    ("/git/commits/{commit_sha}", "GET"),
    ("/git/matching-refs/{ref}", "GET"),
    ("/git/ref/{ref}", "GET"),
    ("/git/refs", "POST"),
    ("/git/refs/{ref}", "DELETE PATCH"),
    ("/git/trees", "POST"),
    ("/git/trees/{tree_sha}", "GET"),
    ("/installation", "GET"),
    ("/issues", "GET POST"),
    ("/issues/comments/{comment_id}", "PATCH"),
    ("/issues/{issue_number}", "PATCH"),
    ("/issues/{issue_number}/comments", "GET POST"),
    ("/issues/{issue_number}/events", "GET"),
    ("/issues/{issue_number}/labels", "POST"),
    ("/issues/{issue_number}/timeline", "GET"),
    ("/keys", "GET"),
    ("/labels", "GET POST"),
    ("/labels/{name}", "PATCH"),
    ("/pages", "GET POST PUT"),
    ("/pulls", "GET POST"),
    ("/pulls/{pull_number}", "GET PATCH"),
    ("/pulls/{pull_number}/commits", "GET"),
    ("/pulls/{pull_number}/files", "GET"),
    ("/pulls/{pull_number}/merge", "PUT"),
    ("/pulls/{pull_number}/requested_reviewers", "POST"),
    ("/pulls/{pull_number}/reviews", "GET POST"),
    ("/pulls/{pull_number}/reviews/{review_id}/comments", "GET"),
    ("/pulls/{pull_number}/update-branch", "PUT"),
    ("/releases", "GET POST"),
    ("/releases/tags/{tag}", "GET"),
    ("/releases/{release_id}", "PATCH"),
    ("/releases/{release_id}/assets", "POST"),
    ("/rules/branches/{branch}", "GET"),
    ("/rulesets", "GET POST"),
    ("/rulesets/{ruleset_id}", "GET PUT"),
    ("/statuses/{sha}", "POST"),
)
OPERASI = tuple(
    (metode, jalur)
    for jalur, semua in (*UMUM, *(("/repos/{owner}/{repo}" + ekor, m) for ekor, m in REPO))
    for metode in semua.split()
)

_BACAAN = frozenset({"description", "example", "examples", "externalDocs", "title"})
_ISIAN = re.compile(r"{(\w+)}")


class PembaruanError(Exception):
    """The package is not what this script reads."""


def ekstrak(deskripsi: Mapping[str, Any], operasi: Iterable[tuple[str, str]] = OPERASI) -> dict[str, Any]:
    """The operations out of a whole OpenAPI 3.0 description, with the schemas that they need.

    Raises:
        PembaruanError: an operation is not in the description; all such are named.
    """
    operasi, jalur = tuple(operasi), deskripsi["paths"]
    if hilang := [f"{m} {j}" for m, j in operasi if m.lower() not in jalur.get(j, {})]:
        raise PembaruanError(f"not in this description: {', '.join(hilang)}")
    contoh: dict[str, Any] = {}
    semua, rute = {}, []
    for m, j in operasi:
        isi = jalur[j][m.lower()]
        semua[isi["operationId"]] = _operasi(deskripsi, isi, contoh)
        rute.append(_rute(deskripsi, m, j) | {"operation": isi["operationId"]})
    rute += _tetangga(deskripsi, rute)
    return {
        "components": {"schemas": _komponen(deskripsi, semua)},
        "examples": contoh,
        "openapi": deskripsi["openapi"],
        "operations": semua,
        "routes": sorted(rute, key=lambda r: (-_tetap(r["path"]), r["path"], r["method"])),
    }


def tulis(isi: Mapping[str, Any]) -> str:
    """The bytes of the extract: the same for the same content, on every machine."""
    return json.dumps(isi, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def dari_arsip(arsip: Path) -> dict[str, Any]:
    """The extract of an archive of the package, with where it comes from and its licence."""
    with tarfile.open(arsip) as isi:
        berkas = {n: _anggota(isi, n) for n in ("package.json", "LICENSE", "generated/api.github.com.json")}
    paket = json.loads(berkas["package.json"])
    if paket["name"] != PAKET:
        raise PembaruanError(f"this is {paket['name']}, not {PAKET}")
    asal = {
        "licence": paket["license"],
        "licence_text": berkas["LICENSE"].decode(),
        "name": paket["name"],
        "sha256": sha256(berkas["generated/api.github.com.json"]).hexdigest(),
        "version": paket["version"],
    }
    catatan = f"Generated: python tests/forge/kontrak/perbarui.py {paket['version']}; do not edit."
    return {"note": catatan, "package": asal} | ekstrak(json.loads(berkas["generated/api.github.com.json"]))


def main(argumen: list[str]) -> int:
    """Takes a version, or the path of an archive that is here already."""
    if len(argumen) != 1:
        print(f"usage: perbarui.py VERSION-OF-{PAKET} | ARCHIVE.tgz", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        arsip = Path(argumen[0]) if argumen[0].endswith(".tgz") else _ambil(argumen[0], Path(folder))
        teks = tulis(dari_arsip(arsip))
    EKSTRAK.write_bytes(teks.encode())
    print(f"{EKSTRAK.name}: {len(OPERASI)} operations, {len(teks.encode())} bytes")
    return 0


# helpers


def _ambil(versi: str, folder: Path) -> Path:
    if not re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", versi):  # a tag such as `latest` moves
        raise PembaruanError(f"not a version: {versi!r}")
    perintah = ["npm", "pack", "--silent", "--pack-destination", str(folder), f"{PAKET}@{versi}"]
    subprocess.run(perintah, check=True, stdout=subprocess.DEVNULL)
    return next(folder.glob("*.tgz"))


def _anggota(arsip: tarfile.TarFile, nama: str) -> bytes:
    berkas = arsip.extractfile(f"package/{nama}")
    return berkas.read() if berkas else b""


def _operasi(deskripsi: Mapping[str, Any], isi: Mapping[str, Any], contoh: dict[str, Any]) -> dict[str, Any]:
    """One operation; an answer is the names of its examples, null where it has no body."""
    hasil: dict[str, Any] = {
        "errors": {},
        "parameters": [_parameter(_tuju(deskripsi, p)) for p in isi.get("parameters", ())],
        "responses": {},
    }
    if "servers" in isi:
        hasil["servers"] = [s["url"] for s in isi["servers"]]
    if "requestBody" in isi:
        badan = _tuju(deskripsi, isi["requestBody"])
        ((jenis, media),) = badan["content"].items()
        hasil["requestBody"] = {
            "examples": _contoh(deskripsi, badan["content"].get("application/json", {}), contoh),
            "required": badan.get("required", False),
            "schema": _ringkas(media["schema"]),
            "type": jenis,
        }
    for kode, jawaban in isi["responses"].items():
        media = _tuju(deskripsi, jawaban).get("content")
        nama = _contoh(deskripsi, media.get("application/json", {}), contoh) if media else None
        hasil["responses" if kode.startswith("2") else "errors"][kode] = nama
    return hasil


def _parameter(p: Mapping[str, Any]) -> dict[str, Any]:
    skema = _ringkas(p["schema"])
    batas = re.search(r"\(max ([0-9]+)\)", p.get("description", ""))
    if batas and p["name"] == "per_page":
        skema["maximum"] = int(batas[1])
    return {"in": p["in"], "name": p["name"], "required": p.get("required", False), "schema": skema}


def _contoh(deskripsi: Mapping[str, Any], media: Mapping[str, Any], semua: dict[str, Any]) -> list[str]:
    """Puts the examples into ``semua`` and names them; equal ones have one name."""
    nilai = [_tuju(deskripsi, c)["value"] for c in media.get("examples", {}).values()]
    nilai += [media["example"]] if "example" in media else []
    nama = []
    for satu in nilai:
        nama.append(sha256(json.dumps(satu, sort_keys=True).encode()).hexdigest()[:12])
        semua[nama[-1]] = satu
    return nama


def _tuju(deskripsi: Mapping[str, Any], isi: Any) -> Any:
    while isinstance(isi, dict) and "$ref" in isi:
        acuan, isi = isi["$ref"], deskripsi
        for bagian in acuan.removeprefix("#/").split("/"):
            isi = isi[bagian]
    return isi


def _ringkas(skema: Any, *, nama: bool = False) -> Any:
    """A schema without what is there to be read; under ``properties`` keys are names of ours."""
    if isinstance(skema, list):
        return [_ringkas(s) for s in skema]
    if not isinstance(skema, dict):
        return skema
    return {
        k: v if k in ("default", "enum", "required") and not nama else _ringkas(v, nama=k == "properties" and not nama)
        for k, v in skema.items()
        if nama or not (k in _BACAAN or k.startswith("x-"))
    }


def _komponen(deskripsi: Mapping[str, Any], operasi: Mapping[str, Any]) -> dict[str, Any]:
    hasil: dict[str, Any] = {}
    antrean = list(_acuan(operasi))
    while antrean:
        nama = antrean.pop()
        if nama not in hasil:
            hasil[nama] = _ringkas(deskripsi["components"]["schemas"][nama])
            antrean += _acuan(hasil[nama])
    return hasil


def _acuan(isi: Any) -> Iterator[str]:
    if isinstance(isi, dict) and isinstance(isi.get("$ref"), str):
        yield isi["$ref"].removeprefix("#/components/schemas/")
    elif isinstance(isi, dict | list):
        for v in isi.values() if isinstance(isi, dict) else isi:
            yield from _acuan(v)


def _rute(deskripsi: Mapping[str, Any], metode: str, jalur: str) -> dict[str, Any]:
    """A path as a pattern; the description itself marks which of its fields may hold slashes."""
    isi = deskripsi["paths"][jalur][metode.lower()]
    parameter = (_tuju(deskripsi, p) for p in isi.get("parameters", ()))
    ganda = {p["name"] for p in parameter if p.get("x-multi-segment")}
    bagian = _ISIAN.split(jalur)
    pola = [("(.+)" if b in ganda else "([^/]+)") if i % 2 else re.escape(b) for i, b in enumerate(bagian)]
    return {"method": metode, "multi": sorted(ganda), "operation": None, "path": jalur, "pattern": "".join(pola)}


def _tetap(jalur: str) -> int:
    return sum(not _ISIAN.search(s) for s in jalur.split("/"))


def _tetangga(deskripsi: Mapping[str, Any], rute: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """GitHub's other paths that one of ours would swallow: ``commits/{ref}`` takes slashes."""
    dikenal = {(r["method"], r["path"]) for r in rute}
    hasil = []
    for jalur, metode in sorted({(j, m.upper()) for j, isi in deskripsi["paths"].items() for m in isi}):
        penelan = (r for r in rute if r["multi"] and r["method"] == metode and _tetap(r["path"]) < _tetap(jalur))
        if (metode, jalur) not in dikenal and any(re.fullmatch(r["pattern"], jalur) for r in penelan):
            hasil.append(_rute(deskripsi, metode, jalur))
    return hasil


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
