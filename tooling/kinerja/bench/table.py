"""The table of the bench: as text for a person, as Markdown for a report, as ``bench/v1``.

A ratio is given as median and, in brackets, the smallest and largest of the turns. ✓ means that
the median meets the goal, ✗ that it does not, · that it is only watched.

Example:
    >>> print(tabel_teks(hasil, lingkungan()))
"""

from __future__ import annotations

import os
import platform
import shutil
import ssl
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from kinerja.bench.measure import Biaya, Sebaran, sebaran
from kinerja.bench.row import MIB, HasilBaris, Sasaran

_PEMBANDING = ("check-jsonschema", "jsonschema", "PyYAML", "mkdocs", "mkdocs-material", "click")
_BESARAN = {"cpu": "CPU", "dinding": "waktu", "memori": "memori", "keluaran": "ukuran"}
_JUDUL = ("", "pekerjaan", "ukuran", "hitungan", "hasil", "tujuan")
_TANDA = {True: "✓", False: "✗", None: "·"}
_DETIK = Decimal(1_000_000_000)
_DUA = Decimal("0.01")


def lingkungan() -> dict[str, str]:
    """On what it was measured: machine, Python, and the version of every peer."""
    hasil = {
        "mesin": f"{_cpu()}, {os.cpu_count()} inti",
        "sistem": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "git": _git(),
        "OpenSSL": ssl.OPENSSL_VERSION.removeprefix("OpenSSL "),
    }
    return hasil | {p: _versi(p) for p in _PEMBANDING}


def sel(hasil: Sequence[HasilBaris]) -> Iterator[tuple[str, ...]]:
    """The cells of every goal, one row each."""
    for h in hasil:
        for s in h.siap.sasaran if h.siap else ():
            n = s.hitung(h.putaran)
            bagi = f"{s.atas} ÷ {s.bawah}" if s.bawah else s.atas
            yield _TANDA[s.tercapai(n)], s.kerja, _BESARAN[s.besaran], bagi, _angka(s, n), _tujuan(s)


def tabel_teks(hasil: Sequence[HasilBaris], tempat: Mapping[str, str]) -> str:
    """Aligned text: machine, goals, the time of every command, and how to repeat it."""
    baris = [f"{k:<17} {v}" for k, v in tempat.items()]
    baris += ["", *_ratakan([_JUDUL, *sel(hasil)]), "", *_ratakan([_JUDUL_BIAYA, *_biaya(hasil)]), ""]
    baris += [f"! {h.baris.judul}: {h.gagal}" for h in hasil if h.gagal]
    baris += [f"! {c}" for h in hasil if h.siap for c in h.siap.catatan]
    baris += ["Yang dijalankan. Ulangi satu pengukuran: kinerja bench BARIS; agar datanya tetap ada untuk"]
    baris += ["menjalankan perintahnya sendiri: --simpan FOLDER."]
    for h in hasil:
        baris.append(f"  {h.baris.id}")
        baris += [f"    {' '.join(p.tampil.split())}" for p in (h.siap.perintah.values() if h.siap else ())]
    return "\n".join(b.rstrip() for b in baris)


def tabel_markdown(hasil: Sequence[HasilBaris], tempat: Mapping[str, str]) -> str:
    """The goals as a Markdown table, for a page or an ADR."""
    isi = [_JUDUL, tuple("---" for _ in _JUDUL), *sel(hasil)]
    teks = [f"| {' | '.join(b)} |" for b in isi]
    return "\n".join([*teks, "", "; ".join(f"{k} {v}" for k, v in tempat.items())])


def tabel_json(hasil: Sequence[HasilBaris], tempat: Mapping[str, str], ulang: int) -> dict[str, Any]:
    """The contract ``bench/v1``: figures as text, never as binary fractions."""
    return {
        "skema": "bench/v1",
        "lingkungan": dict(tempat),
        "ulang": ulang,
        "baris": [
            {
                "id": h.baris.id,
                "judul": h.baris.judul,
                "gagal": h.gagal,
                "catatan": list(h.siap.catatan) if h.siap else [],
                "sasaran": [_sasaran_json(s, h) for s in (h.siap.sasaran if h.siap else ())],
                "perintah": [_perintah_json(n, h) for n in (h.siap.perintah if h.siap else ())],
            }
            for h in hasil
        ],
        "markdown": tabel_markdown(hasil, tempat),
    }


# helpers

_JUDUL_BIAYA = ("perintah", "CPU (d)", "waktu (d)", "memori (MiB)")


def _sasaran_json(s: Sasaran, h: HasilBaris) -> dict[str, Any]:
    n = s.hitung(h.putaran)
    return {
        "kerja": s.kerja, "besaran": s.besaran, "atas": s.atas, "bawah": s.bawah,
        "tengah": n and f"{n.tengah:f}", "terkecil": n and f"{n.terkecil:f}",
        "terbesar": n and f"{n.terbesar:f}",
        "batas": None if s.batas is None else f"{s.batas:f}", "paling_sedikit": s.paling_sedikit,
        "tercapai": s.tercapai(n),
    }  # fmt: skip


def _perintah_json(nama: str, h: HasilBaris) -> dict[str, Any]:
    tampil = h.siap.perintah[nama].tampil if h.siap else ""
    return {"nama": nama, "ulangi": tampil, "putaran": [_biaya_json(p[nama]) for p in h.putaran]}


def _biaya_json(b: Biaya) -> dict[str, int | None]:
    return {"cpu_ns": b.cpu, "dinding_ns": b.dinding, "memori": b.memori, "keluaran": b.keluaran}


def _biaya(hasil: Sequence[HasilBaris]) -> Iterator[tuple[str, ...]]:
    for h in hasil:
        for nama in h.siap.perintah if h.siap else ():
            semua = [x[nama] for x in h.putaran]
            cpu = [Decimal(b.cpu) for b in semua if b.cpu is not None]
            memori = [Decimal(b.memori) for b in semua if b.memori is not None]
            dinding = [Decimal(b.dinding) for b in semua]
            yield (
                nama, _bagi(sebaran(cpu), _DETIK), _bagi(sebaran(dinding), _DETIK),
                _bagi(sebaran(memori), Decimal(MIB)),
            )  # fmt: skip


def _bagi(s: Sebaran | None, satuan: Decimal) -> str:
    return "?" if s is None else f"{(s.tengah / satuan).quantize(_DUA)}".replace(".", ",")


def _angka(s: Sasaran, n: Sebaran | None) -> str:
    if n is None:
        return "tidak dapat diukur di sistem ini"
    if s.bawah is None:
        return f"{_bagi(n, Decimal(MIB))} MiB"
    satu = Decimal(1)
    antara = f"{_bagi(Sebaran(n.terkecil, satu, satu), satu)}-{_bagi(Sebaran(n.terbesar, satu, satu), satu)}"
    return f"{_bagi(n, satu)}× ({antara})"


def _tujuan(s: Sasaran) -> str:
    if s.batas is None:
        return "dipantau"
    tanda = "≥" if s.paling_sedikit else "≤"
    if s.bawah is None:
        return f"{tanda} {_bagi(Sebaran(s.batas, s.batas, s.batas), Decimal(MIB))} MiB"
    return f"{tanda} {s.batas:f}×".replace(".", ",")


def _ratakan(isi: Sequence[tuple[str, ...]]) -> list[str]:
    lebar = [max(len(b[i]) for b in isi) for i in range(len(isi[0]))]
    return ["  ".join(s.ljust(n) for s, n in zip(b, lebar, strict=True)) for b in isi]


def _versi(paket: str) -> str:
    try:
        return version(paket)
    except PackageNotFoundError:
        return "tidak terpasang"


def _git() -> str:
    if shutil.which("git") is None:
        return "tidak terpasang"
    jawab = subprocess.run(["git", "--version"], capture_output=True, text=True, check=False)
    return jawab.stdout.strip().removeprefix("git version ")


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for baris in info.read_text("utf-8", "replace").splitlines():
            if baris.startswith("model name"):
                return baris.partition(":")[2].strip()
    return platform.processor() or platform.machine()
