"""The audit of a published table as text for a terminal and as JSON ``audit/v1``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from kinerja.calculation.audit.table import HasilAudit, HasilTabel
from kinerja.calculation.audit.verdict import HasilBaris, Status

_TANDA = {Status.KONSISTEN: "✓", Status.SALAH: "✗", Status.TIDAK_DAPAT_DIPERIKSA: "?"}
_URAIAN, _DISEBUT = 44, 12
"""Widest part of a line for the row's name, and how many wrong rows the last line names."""


def audit_json(hasil: HasilAudit) -> dict[str, Any]:
    """The document ``audit/v1``."""
    return {
        "skema": "audit/v1",
        "berkas": hasil.berkas,
        "tabel": [
            {
                "lembar": x.lembar,
                "baris_judul": x.baris_judul,
                "kolom": [{"isi": k.isi.value, "judul": k.judul, "lain": list(k.lain)} for k in x.kolom],
            }
            for x in hasil.tabel
        ],
        "dilewati": list(hasil.dilewati),
        "konsisten": hasil.banyak(Status.KONSISTEN),
        "salah": hasil.banyak(Status.SALAH),
        "tidak_dapat_diperiksa": hasil.banyak(Status.TIDAK_DAPAT_DIPERIKSA),
        "baris": [asdict(b) for b in hasil.baris],
    }


def teks(hasil: HasilAudit, lebar: int) -> Iterator[str]:
    """One line for each row where the terminal is wide enough, a reason below where it is not."""
    for tabel in hasil.tabel:
        yield _kepala(hasil.berkas, tabel, lebar)
        yield from (_baris(b, lebar) for b in tabel.baris)
    if hasil.dilewati:
        yield _lipat(f"Lembar tanpa tabel yang dikenali: {', '.join(hasil.dilewati)}.", lebar)
    jumlah = {s: hasil.banyak(s) for s in Status}
    rinci = ", ".join(f"{n} {s.value.replace('-', ' ')}" for s, n in jumlah.items() if n)
    yield _lipat(f"{sum(jumlah.values())} baris: {rinci}.", lebar)
    yield _lipat(_berikutnya(hasil), lebar)


# helpers


def _kepala(berkas: str, tabel: HasilTabel, lebar: int) -> str:
    """The file, and which column was read for what, so that the reader can contradict."""
    tempat = f"{berkas}, lembar {tabel.lembar}" if tabel.lembar else berkas
    kolom = "; ".join(f"{k.isi.value} = `{k.judul}`" for k in tabel.kolom)
    lain = [f"`{judul}`" for k in tabel.kolom for judul in k.lain]
    baris = [f"{tempat}, kepala kolom di baris {tabel.baris_judul}", f"Kolom yang dibaca: {kolom}"]
    if lain:
        baris.append(f"Kolom serupa yang tidak dibaca: {', '.join(lain)}")
    return "\n".join(_lipat(b, lebar) for b in baris)


def _baris(b: HasilBaris, lebar: int) -> str:
    kepala = f"{b.row:>4} {_TANDA[b.status]} {_potong(b.uraian, _URAIAN)}"
    rincian = _rincian(b)
    sejajar = f"{kepala:<{_URAIAN + 7}}  {rincian}"
    if len(sejajar) <= lebar:
        return sejajar.rstrip()
    return f"{_potong(f'{b.row:>4} {_TANDA[b.status]} {b.uraian}', lebar)}\n{_lipat(rincian, lebar, ' ' * 7)}"


def _rincian(b: HasilBaris) -> str:
    match b.status:
        case Status.KONSISTEN:
            catatan = f"; {'; '.join(b.catatan)}" if b.catatan else ""
            return f"{b.tertulis} ({', '.join(b.rumus)}){catatan}"
        case Status.SALAH:
            return f"{b.tertulis or 'tidak diisi'} → seharusnya {b.seharusnya}: {b.alasan}"
        case Status.TIDAK_DAPAT_DIPERIKSA:
            return b.alasan


def _berikutnya(hasil: HasilAudit) -> str:
    salah = [str(b.row) for b in hasil.baris if b.status is Status.SALAH]
    if salah:
        lain = f", dan {len(salah) - _DISEBUT} baris lain" if len(salah) > _DISEBUT else ""
        return (
            f"Berikutnya: mintalah penjelasan atau pembetulan baris {', '.join(salah[:_DISEBUT])}{lain} "
            "kepada penyusun tabel."
        )
    if hasil.banyak(Status.KONSISTEN):
        return "Berikutnya: tidak ada angka yang bertentangan; cocokkan realisasinya dengan bukti."
    return "Berikutnya: tidak ada yang dapat diperiksa; mintalah tabel yang memuat target dan realisasi."


def _lipat(teks: str, lebar: int, awal: str = "") -> str:
    return textwrap.fill(
        teks, lebar, initial_indent=awal, subsequent_indent=awal or "  ", break_on_hyphens=False
    )


def _potong(teks: str, n: int) -> str:
    return teks if len(teks) <= n else teks[: n - 1] + "…"
