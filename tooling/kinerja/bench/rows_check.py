"""Rows of checking: many worksheets, few changed, one; and the start of every command."""

from __future__ import annotations

import itertools
import shutil
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from kinerja.adapters import package_data
from kinerja.bench.corpus import Korpus, ubah_sebagian
from kinerja.bench.measure import Perintah
from kinerja.bench.row import Baris, Sasaran, Siap, Tempat

SKEMA_SAJA, PROSES, TANPA_SIMPANAN = "--hanya-skema", "--proses", "--tanpa-simpanan"
_TAHUN_PERTAMA = 2024
_BANYAK = 1000
"""From so many worksheets on, check-jsonschema takes minutes."""
_KANTOR = Korpus(bidang=6, tahun=(2024,))
"""An agency as it is, for what a person does to one worksheet."""


def validasi(t: Tempat) -> Siap:
    """Rows 1 and 2 of the design: every worksheet, by schema alone and by every rule."""
    folder = t.folder / "korpus"
    lembar = _korpus(t).tulis(folder)
    skema = folder / "kertas-kerja.v1.json"
    skema.write_bytes(package_data.skema()["kertas-kerja.v1.json"])
    semua = ("validate", str(folder / "reports"))
    lawan = (_program("check-jsonschema"), "--schemafile", str(skema), *map(str, lembar))
    perintah = {
        "skema": _kinerja(t, folder, *semua, SKEMA_SAJA, PROSES, "1", TANPA_SIMPANAN),
        "skema, 2 proses": _kinerja(t, folder, *semua, SKEMA_SAJA, PROSES, "2", TANPA_SIMPANAN),
        "semua aturan": _kinerja(t, folder, *semua, PROSES, "1", TANPA_SIMPANAN),
        "check-jsonschema": Perintah(
            lawan, folder, f"check-jsonschema --schemafile {skema} {folder}/reports/*/*/kertas-kerja/*.yaml",
            panjang=len(lembar) > _BANYAK,
        ),
    }
    n = f"validate {len(lembar)} kertas kerja"
    cj, dua = "check-jsonschema", "skema, 2 proses"
    sasaran = (
        Sasaran(f"{n}, skema saja", "cpu", cj, "skema", Decimal(15), paling_sedikit=True),
        Sasaran(f"{n}, skema saja, 2 proses", "dinding", cj, dua, Decimal(28), paling_sedikit=True),
        Sasaran(f"{n}, semua aturan", "cpu", cj, "semua aturan", Decimal(8), paling_sedikit=True),
        Sasaran(f"{n}, semua aturan", "cpu", "semua aturan", "skema", Decimal(2)),
        Sasaran(f"{n}, semua aturan", "memori", "semua aturan", None, None),
    )
    return Siap(perintah, sasaran, _belum_ada(t, SKEMA_SAJA, PROSES, TANPA_SIMPANAN))


def berubah(t: Tempat) -> Siap:
    """Row 3: one percent of the worksheets changed, against the cold run."""
    folder, simpanan = t.folder / "korpus-berubah", t.folder / "simpanan"
    lembar = _korpus(t).tulis(folder)
    putaran = itertools.count(1)
    lingkungan = {"XDG_CACHE_HOME": str(simpanan)}
    semua = ("validate", str(folder / "reports"), PROSES, "1")
    perintah = {
        "dingin": _kinerja(
            t, folder, *semua, lingkungan=lingkungan,
            sebelum=lambda: shutil.rmtree(simpanan, ignore_errors=True),
        ),
        "1 % berubah": _kinerja(
            t, folder, *semua, lingkungan=lingkungan, sebelum=lambda: ubah_sebagian(lembar, next(putaran))
        ),
    }  # fmt: skip
    kerja = f"validate {len(lembar)} kertas kerja, 1 % berubah"
    sasaran = tuple(
        Sasaran(kerja, besaran, "dingin", "1 % berubah", Decimal(6), paling_sedikit=True)
        for besaran in ("cpu", "dinding")
    )
    return Siap(perintah, sasaran, _belum_ada(t, PROSES, TANPA_SIMPANAN))


def satu(t: Tempat) -> Siap:
    """Row 5: one changed worksheet, the start of the process included."""
    folder = t.folder / "kantor"
    lembar = _KANTOR.tulis(folder)[-1:]
    putaran = itertools.count(1)
    perintah = {
        "satu lembar": _kinerja(
            t, folder, "validate", str(lembar[0]), sebelum=lambda: ubah_sebagian(lembar, next(putaran))
        ),
        "import yaml, jsonschema": python(folder, "import yaml, jsonschema"),
    }
    kerja = "validate satu kertas kerja yang berubah"
    lawan = "import yaml, jsonschema"
    sasaran = tuple(
        Sasaran(kerja, besaran, "satu lembar", lawan, Decimal("2.5")) for besaran in ("cpu", "dinding")
    )
    return Siap(perintah, sasaran)


def mulai(t: Tempat) -> Siap:
    """The start of every command, against its command-line library alone."""
    nama = {f"kinerja {p} --help": p for p in t.perintah}
    perintah = {"import click": python(t.folder, "import click")}
    perintah |= {n: kinerja(t.folder, p, "--help") for n, p in nama.items()}
    sasaran = tuple(Sasaran(n, "cpu", n, "import click", None) for n in nama)
    return Siap(perintah, sasaran)


VALIDASI = Baris("validasi", "validate banyak kertas kerja", validasi)
BERUBAH = Baris("berubah", "validate sesudah 1 % berubah", berubah)
SATU = Baris("satu", "validate satu kertas kerja", satu)
MULAI = Baris("mulai", "mulainya setiap perintah", mulai)


def kinerja(
    folder: Path, *argumen: str, lingkungan: dict[str, str] | None = None,
    sebelum: Callable[[], object] | None = None, keluaran: Path | None = None,
    kode: frozenset[int] = frozenset({0}),
) -> Perintah:  # fmt: skip
    """One of our own commands, by this Python."""
    lari = (sys.executable, "-m", "kinerja", *argumen)
    return Perintah(lari, folder, f"kinerja {' '.join(argumen)}", lingkungan or {}, sebelum, keluaran, kode)


def python(folder: Path, naskah: str, *argumen: str) -> Perintah:
    """A short Python program: the floor that a command is compared with."""
    return Perintah((sys.executable, "-c", naskah, *argumen), folder, f'python -c "{naskah}"')


# helpers


def _kinerja(
    t: Tempat, folder: Path, *argumen: str, lingkungan: dict[str, str] | None = None,
    sebelum: Callable[[], object] | None = None,
) -> Perintah:  # fmt: skip
    """``validate`` with those options that it has."""
    ada, buang = [], False
    for a in argumen:
        if buang:
            buang = False
        elif a.startswith("--") and a not in t.pilihan_validate:
            buang = a == PROSES  # its value goes with it
        else:
            ada.append(a)
    return kinerja(folder, *ada, lingkungan=lingkungan, sebelum=sebelum)


def _belum_ada(t: Tempat, *pilihan: str) -> tuple[str, ...]:
    tiada = [p for p in pilihan if p not in t.pilihan_validate]
    return (f"validate belum mengenal {', '.join(tiada)}; diukur tanpa itu",) if tiada else ()


def _korpus(t: Tempat) -> Korpus:
    return Korpus(t.ukuran.bidang, range(_TAHUN_PERTAMA, _TAHUN_PERTAMA + t.ukuran.tahun))


def _program(nama: str) -> str:
    """A program beside this Python, where the development environment puts it."""
    return shutil.which(nama, path=str(Path(sys.executable).parent)) or nama
