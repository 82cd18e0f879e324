"""The script that extracts GitHub's description, on a small one; and the extract in the repository."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import tarfile
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).with_name("kontrak")
_spec = importlib.util.spec_from_file_location("kontrak_perbarui", FOLDER / "perbarui.py")
assert _spec is not None and _spec.loader is not None
perbarui = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(perbarui)
TEKS = (FOLDER / "github.json").read_bytes().decode()
EKSTRAK = json.loads(TEKS)


# A description of two operations wanted and three others

_SHA = {"name": "ref", "in": "path", "required": True, "x-multi-segment": True, "schema": {"type": "string"}}
_HALAMAN = {
    "name": "per_page",
    "in": "query",
    "description": "Results per page (max 100).",
    "schema": {"type": "integer", "default": 30},
}
DESKRIPSI: dict[str, Any] = {
    "openapi": "3.0.3",
    "paths": {
        "/c/{ref}": {
            "get": {
                "operationId": "c/get",
                "parameters": [{"$ref": "#/components/parameters/ref"}, _HALAMAN],
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {"examples": {"default": {"$ref": "#/components/examples/c"}}},
                            "application/vnd.github.diff": {"examples": {"default": {"value": "diff --git"}}},
                        }
                    },
                    "404": {"$ref": "#/components/responses/not_found"},
                    "409": {"description": "Conflict"},
                },
            }
        },
        "/c/{ref}/pulls": {"get": {"operationId": "c/pulls", "responses": {}}},
        "/c/{ref}/lain": {"delete": {"operationId": "c/lain", "responses": {}}},
        "/lain": {"get": {"operationId": "lain", "responses": {}}},
        "/c": {
            "post": {
                "operationId": "c/create",
                "servers": [{"url": "https://uploads.example"}],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {
                                "title": "To be read",
                                "type": "object",
                                "properties": {
                                    "description": {"type": "string", "description": "To be read", "example": "x"},
                                    "isi": {"$ref": "#/components/schemas/isi"},
                                },
                                "required": ["description"],
                                "x-internal": 1,
                            },
                            "examples": {"default": {"value": {"description": "d"}}},
                        }
                    },
                },
                "responses": {
                    "201": {"content": {"application/json": {"example": {"b": 1, "a": "é"}}}},
                    "204": {"description": "Nothing"},
                },
            }
        },
    },
    "components": {
        "parameters": {"ref": _SHA},
        "examples": {"c": {"value": {"a": "é", "b": 1}}},
        "responses": {"not_found": {"content": {"application/json": {"schema": {"type": "object"}}}}},
        "schemas": {
            "isi": {"type": "array", "items": {"$ref": "#/components/schemas/butir"}},
            "butir": {"type": "string", "nullable": True, "enum": ["description", None], "description": "x"},
            "tak-terpakai": {"type": "string"},
        },
    },
}
DUA = (("GET", "/c/{ref}"), ("POST", "/c"))
A, D = "d73913efb309", "656ffcb4f093"
HARAPAN: dict[str, Any] = {
    "components": {
        "schemas": {
            "butir": {"enum": ["description", None], "nullable": True, "type": "string"},
            "isi": {"items": {"$ref": "#/components/schemas/butir"}, "type": "array"},
        }
    },
    "examples": {D: {"description": "d"}, A: {"a": "é", "b": 1}},
    "openapi": "3.0.3",
    "operations": {
        "c/create": {
            "errors": {},
            "parameters": [],
            "requestBody": {
                "examples": [D],
                "required": True,
                "schema": {
                    "properties": {
                        "description": {"type": "string"},
                        "isi": {"$ref": "#/components/schemas/isi"},
                    },
                    "required": ["description"],
                    "type": "object",
                },
                "type": "application/json",
            },
            "responses": {"201": [A], "204": None},
            "servers": ["https://uploads.example"],
        },
        "c/get": {
            "errors": {"404": [], "409": None},
            "parameters": [
                {"in": "path", "name": "ref", "required": True, "schema": {"type": "string"}},
                {
                    "in": "query",
                    "name": "per_page",
                    "required": False,
                    "schema": {"default": 30, "maximum": 100, "type": "integer"},
                },
            ],
            "responses": {"200": [A]},
        },
    },
    "routes": [
        {"method": "GET", "multi": [], "operation": None, "path": "/c/{ref}/pulls", "pattern": "/c/([^/]+)/pulls"},
        {"method": "POST", "multi": [], "operation": "c/create", "path": "/c", "pattern": "/c"},
        {"method": "GET", "multi": ["ref"], "operation": "c/get", "path": "/c/{ref}", "pattern": "/c/(.+)"},
    ],
}


def test_extract_of_a_small_description() -> None:
    assert perbarui.ekstrak(DESKRIPSI, DUA) == HARAPAN


def test_bytes_do_not_depend_on_the_order_of_the_description() -> None:
    def balik(isi: Any) -> Any:
        if isinstance(isi, dict):
            return {k: balik(v) for k, v in reversed(isi.items())}
        return [balik(v) for v in isi] if isinstance(isi, list) else isi

    teks = perbarui.tulis(perbarui.ekstrak(DESKRIPSI, DUA))
    assert teks == perbarui.tulis(perbarui.ekstrak(balik(DESKRIPSI), reversed(DUA)))
    assert teks == json.dumps(HARAPAN, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def test_every_operation_that_is_missing_is_named() -> None:
    with pytest.raises(perbarui.PembaruanError, match=r"PUT /c, GET /tiada"):
        perbarui.ekstrak(DESKRIPSI, (*DUA, ("PUT", "/c"), ("GET", "/tiada")))


def arsip(folder: Path, nama: str) -> Path:
    berkas = {
        "package.json": json.dumps({"name": nama, "version": "1.2.3", "license": "MIT"}),
        "LICENSE": "MIT License",
        "generated/api.github.com.json": json.dumps(DESKRIPSI),
    }
    with tarfile.open(folder / "paket.tgz", "w:gz") as keluar:
        for n, isi in berkas.items():
            info = tarfile.TarInfo(f"package/{n}")
            info.size = len(isi)
            keluar.addfile(info, io.BytesIO(isi.encode()))
    return folder / "paket.tgz"


def test_the_script_writes_the_extract_of_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(perbarui, "EKSTRAK", tmp_path / "github.json")
    monkeypatch.setattr(perbarui.ekstrak, "__defaults__", (DUA,))
    assert perbarui.main([str(arsip(tmp_path, perbarui.PAKET))]) == 0
    isi = json.loads((tmp_path / "github.json").read_bytes())
    assert isi["note"] == "Generated: python tests/forge/kontrak/perbarui.py 1.2.3; do not edit."
    asal = isi.pop("package")
    assert (asal["name"], asal["version"], asal["licence_text"]) == (perbarui.PAKET, "1.2.3", "MIT License")
    assert {k: v for k, v in isi.items() if k != "note"} == HARAPAN


def test_the_script_refuses_what_is_not_the_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(perbarui.PembaruanError, match="this is lain, not @octokit/openapi"):
        perbarui.main([str(arsip(tmp_path, "lain"))])
    with pytest.raises(perbarui.PembaruanError, match="not a version: 'latest'"):
        perbarui.main(["latest"])
    assert perbarui.main([]) == 2
    assert "usage" in capsys.readouterr().err


# The extract in the repository


def test_the_extract_is_as_the_script_writes_it() -> None:
    assert perbarui.tulis(EKSTRAK) == TEKS
    assert len(TEKS.encode()) < 450_000
    assert {(r["method"], r["path"]) for r in EKSTRAK["routes"] if r["operation"]} == set(perbarui.OPERASI)
    assert EKSTRAK["package"]["name"] == "@octokit/openapi"
    assert EKSTRAK["package"]["version"] in EKSTRAK["note"]
    assert "Permission is hereby granted" in EKSTRAK["package"]["licence_text"]


@pytest.mark.parametrize("berkas", sorted(p for p in FOLDER.iterdir() if p.is_file()), ids=lambda p: p.name)
def test_no_registry_host_and_no_path_of_a_machine(berkas: Path) -> None:
    assert not re.search(r"registry\.|npmjs|https?://[0-9]|/(?:work|home|tmp|root|Users)/", berkas.read_text("utf-8"))


def test_every_schema_that_is_referred_to_is_there() -> None:
    acuan = set(re.findall(r'"\$ref": "(.+?)"', TEKS))
    assert {a.removeprefix("#/components/schemas/") for a in acuan} == set(EKSTRAK["components"]["schemas"])
