"""What a command loads before it works: no heavy package on a path that does not need it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import PohonFolder
from kinerja.adapters.worksheet_writer import kertas_kerja_baru
from kinerja.cli.main import cli
from kinerja.domain.periode import Periode

AKAR = Path(__file__).parents[2]
BERAT = (
    "git", "cryptography", "mkdocs", "jsonschema", "jsonschema_rs", "yaml", "python_calamine", "jinja2",
    "markdown", "asyncio", "http.server", "multiprocessing", "kinerja.domain.perencanaan",
)  # fmt: skip
"""Each takes as long to load as ``--help`` takes as a whole."""
UNTUK_MEMERIKSA = {"yaml", "jsonschema_rs", "kinerja.domain.perencanaan"}
_NASKAH = """
import json, sys
from kinerja.cli.main import jalankan
kode = jalankan(json.loads(sys.argv[1]))
print("\\n" + json.dumps([kode, [m for m in json.loads(sys.argv[2]) if m in sys.modules]]))
"""


def termuat(*argumen: str) -> tuple[int, set[str]]:
    """Runs a command in a fresh process; gives its exit code and the heavy packages that it loaded."""
    hasil = subprocess.run(
        [sys.executable, "-c", _NASKAH, json.dumps(argumen), json.dumps(BERAT)],
        capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": str(AKAR / "tooling"), "PYTHONUTF8": "1"},
    )  # fmt: skip
    kode, modul = json.loads(hasil.stdout.splitlines()[-1])
    return kode, set(modul)


@pytest.mark.parametrize("perintah", ["", *cli.commands])
def test_help_loads_nothing_heavy(perintah: str) -> None:
    assert termuat(*([perintah] if perintah else []), "--help") == (0, set())


def test_validate_loads_only_the_reader_and_the_schemas(tmp_path: Path) -> None:
    shutil.copytree(AKAR / "reports", tmp_path / "reports")
    r, tw1 = Reports(PohonFolder(tmp_path)), Periode.baca("2024-tw1")
    bidang = r.organisasi().bidang[0]
    berkas = tmp_path / f"reports/2024/tw1/kertas-kerja/{bidang.id}.yaml"
    berkas.parent.mkdir(parents=True)
    berkas.write_bytes(
        kertas_kerja_baru(r.organisasi(), bidang, tw1, r.rencana(2024), r.anggaran(2024), None)
    )
    assert termuat("validate", str(berkas)) == (0, UNTUK_MEMERIKSA)


def test_a_refused_call_loads_nothing_heavy() -> None:
    assert termuat("validate", "--formt", "json") == (2, set())
