"""The audit of a published table as text for a terminal and as JSON ``audit/v1``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from kinerja.calculation.audit.table import HasilAudit, HasilTabel
from kinerja.calculation.audit.verdict import HasilBaris, Status

_TANDA = {Status.KONSISTEN: "✓", Status.SALAH: "✗", Status.TIDAK_DAPAT_DIPERIKSA: "?"}
_URAIAN, _TEMPAT, _DISEBUT = 40, 13, 12
"""Widest part of a line for the row's name, for its place, and how many wrong rows the last line names."""


def audit_json(hasil: HasilAudit) -> dict[str, Any]:
    """The document ``audit/v1``."""
    return {
        "skema": "audit/v1",
        "berkas": hasil.berkas,
        "tabel": [
            {
                "lembar": x.lembar,
                "baris_judul": x.baris_judul,
                "kolom": [
                    {"isi": k.isi.value, "judul": k.judul, "blok": k.blok, "lain": list(k.lain)}
                    for k in x.kolom
                ],
                "tidak_dibaca": list(x.tidak_dibaca),
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
    lain = [f"`{judul}`" for judul in tabel.tidak_dibaca]
    baris = [f"{tempat}, kepala kolom di baris {tabel.baris_judul}", f"Kolom yang dibaca: {kolom}"]
    if lain:
        baris.append(f"Kolom angka yang tidak dibaca: {', '.join(lain)}")
    return "\n".join(_lipat(b, lebar) for b in baris)


def _baris(b: HasilBaris, lebar: int) -> str:
    rincian = _rincian(b)
    sejajar = f"{_judul(b, _URAIAN + 7 + _TEMPAT):<{_URAIAN + 7 + _TEMPAT}}  {rincian}"
    if len(sejajar) <= lebar and len(b.uraian) <= _URAIAN:
        return sejajar.rstrip()
    return f"{_judul(b, lebar)}\n{_lipat(rincian, lebar, ' ' * 7)}"


def _judul(b: HasilBaris, lebar: int) -> str:
    """The row's number in this report, its verdict and name, and its row in the sheet or file."""
    awal, akhir = f"{b.row:>4} {_TANDA[b.status]} ", f"(baris {b.baris_berkas})"
    uraian = _potong(b.uraian, max(1, lebar - len(awal) - len(akhir) - 1))
    return f"{awal}{uraian} {akhir}" if uraian else f"{awal}{akhir}"


def _rincian(b: HasilBaris) -> str:
    match b.status:
        case Status.KONSISTEN:
            sisa = [x for x in b.butir if x.status is Status.TIDAK_DAPAT_DIPERIKSA and x.alasan]
            catatan = [*b.catatan, *(f"{x.pokok} tidak dapat diperiksa: {x.alasan}" for x in sisa)]
            return "; ".join([f"{b.tertulis} ({', '.join(b.rumus)})", *catatan])
        case Status.SALAH:
            return f"{b.tertulis or 'tidak diisi'} → seharusnya {b.seharusnya}: {b.alasan}"
        case Status.TIDAK_DAPAT_DIPERIKSA:
            return b.alasan


def _berikutnya(hasil: HasilAudit) -> str:
    salah = [_tempat(b) for b in hasil.baris if b.status is Status.SALAH]
    if salah:
        lebih = f", dan {len(salah) - _DISEBUT} baris lain" if len(salah) > _DISEBUT else ""
        return (
            f"Berikutnya: mintalah penjelasan atau pembetulan {', '.join(salah[:_DISEBUT])}{lebih} "
            "kepada penyusun tabel."
        )
    if not hasil.banyak(Status.KONSISTEN):
        return "Berikutnya: tidak ada yang dapat diperiksa; mintalah tabel yang memuat target dan realisasi."
    lain = list(dict.fromkeys(f"`{judul}`" for x in hasil.tabel for judul in x.tidak_dibaca))
    butir = (x for b in hasil.baris for x in b.butir)
    terlewat = any(x.status is Status.TIDAK_DAPAT_DIPERIKSA and x.tertulis.strip("- ") for x in butir)
    if lain or terlewat:
        apa = [f"kolom {', '.join(lain[:_DISEBUT])}"] if lain else []
        apa += ["angka yang tidak dapat diperiksa"] if terlewat else []
        return (
            "Berikutnya: yang terbaca dan dapat diperiksa cocok, tetapi tidak semuanya; periksa sendiri "
            f"{' dan '.join(apa)}, lalu cocokkan realisasinya dengan bukti."
        )
    return "Berikutnya: tidak ada angka yang bertentangan; cocokkan realisasinya dengan bukti."


def _tempat(b: HasilBaris) -> str:
    """``no. 11 (lembar Anggaran baris 6)``: the number in this report, and where it stands."""
    lembar = f"lembar {b.lembar} " if b.lembar else ""
    return f"no. {b.row} ({lembar}baris {b.baris_berkas})"


def _lipat(teks: str, lebar: int, awal: str = "") -> str:
    return textwrap.fill(
        teks, lebar, initial_indent=awal, subsequent_indent=awal or "  ", break_on_hyphens=False
    )


def _potong(teks: str, n: int) -> str:
    return teks if len(teks) <= n else teks[: n - 1] + "…"
