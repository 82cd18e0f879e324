"""Reminders: who must do what before when, from where each period stands.

A step is late, due within one working day, or running; a step that a *tidak* returned is told
with its reason. Pure: stages, names and the calendar come in, plain values and Markdown go out.
It leaves out where the stages come from (``overview``) and where the text is posted.

Example:
    >>> ingatkan(langkah, kalender, zona, saat)[0].golongan
    'terlambat'
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from kinerja.domain.periode import Periode
from kinerja.domain.tata_kelola import Kalender
from kinerja.publishing.findings.markdown import teks_biasa
from kinerja.publishing.working_time import MENIT_SEHARI
from kinerja.workflow.calendar import menit_kerja
from kinerja.workflow.stages import BERJALAN, DIKEMBALIKAN, LangkahJalan

TERLAMBAT, SEGERA, BERIKUTNYA = "terlambat", "segera", "berikutnya"
_JUDUL = {
    TERLAMBAT: "Terlambat",
    SEGERA: "Jatuh tempo dalam satu hari kerja",
    BERIKUTNYA: "Masih ada waktu",
}


@dataclass(frozen=True, slots=True)
class Ingatan:
    """One step that waits for somebody."""

    periode: Periode
    langkah: LangkahJalan
    golongan: str


@dataclass(frozen=True, slots=True)
class Sebutan:
    """How a step is called: command of a step, name of a bidang, holder of an office."""

    perintah: Callable[[int], str]
    bidang: Callable[[str], str]
    pemegang: Callable[[str], str]


def ingatkan(
    periode: Periode, langkah: Sequence[LangkahJalan], kalender: Kalender, zona: tzinfo, saat: datetime
) -> tuple[Ingatan, ...]:
    """Steps of a period that somebody holds now, the most urgent first."""
    terbuka = [x for x in langkah if x.keadaan in (BERJALAN, DIKEMBALIKAN) and x.tenggat is not None]
    hasil = [Ingatan(periode, x, _golongan(x, kalender, zona, saat)) for x in terbuka]
    urutan = tuple(_JUDUL)
    return tuple(sorted(hasil, key=lambda i: urutan.index(i.golongan)))


def mendesak(ingatan: Sequence[Ingatan]) -> tuple[Ingatan, ...]:
    """Those that are late or due within a working day."""
    return tuple(i for i in ingatan if i.golongan != BERIKUTNYA)


def markdown(ingatan: Sequence[Ingatan], zona: tzinfo, nama: Sebutan, penanda: str) -> str:
    """A list for people: late first, then what is due, then the rest."""
    bagian = [f"**{penanda}**"] if penanda else []
    for golongan, judul in _JUDUL.items():
        milik = [i for i in ingatan if i.golongan == golongan]
        if milik:
            bagian.append("\n".join([f"**{judul}**", "", *(f"- {_baris(i, zona, nama)}" for i in milik)]))
    if not ingatan:
        bagian.append("Tidak ada langkah yang menunggu siapa pun.")
    return "\n\n".join(bagian) + "\n"


def data(ingatan: Sequence[Ingatan], zona: tzinfo) -> list[dict[str, Any]]:
    """The same as plain data, for ``pengingat/v1``."""
    return [
        {
            "periode": i.periode.id,
            "langkah": i.langkah.nomor,
            "bidang": i.langkah.bidang,
            "pemegang": i.langkah.pemegang,
            "golongan": i.golongan,
            "keadaan": i.langkah.keadaan,
            "tenggat": i.langkah.tenggat.astimezone(zona).isoformat() if i.langkah.tenggat else None,
        }
        for i in ingatan
    ]


def satu_baris(i: Ingatan, zona: tzinfo, nama: Sebutan) -> str:
    """One reminder as the sentence of a pull request's comment."""
    tanda = "**Terlambat.** " if i.golongan == TERLAMBAT else ""
    return f"{tanda}Langkah {i.langkah.nomor}: {_siapa(i, nama)}, paling lambat {_waktu(i, zona)}."


# helpers


def _golongan(x: LangkahJalan, kalender: Kalender, zona: tzinfo, saat: datetime) -> str:
    """A worksheet that was first handed in on time is not late while it is corrected."""
    if x.terlambat:
        return TERLAMBAT
    tenggat = x.tenggat
    dekat = tenggat is None or tenggat <= saat or menit_kerja(kalender, zona, saat, tenggat) <= MENIT_SEHARI
    return SEGERA if dekat else BERIKUTNYA


def _baris(i: Ingatan, zona: tzinfo, nama: Sebutan) -> str:
    x = i.langkah
    bidang = f", {teks_biasa(nama.bidang(x.bidang))}" if x.bidang else ""
    alasan = f" ({teks_biasa(x.keterangan)})" if x.keadaan == DIKEMBALIKAN and x.keterangan else ""
    return (
        f"{i.periode.judul}{bidang}: langkah {x.nomor} `{nama.perintah(x.nomor)}` oleh {_siapa(i, nama)}, "
        f"paling lambat {_waktu(i, zona)}{alasan}"
    )


def _siapa(i: Ingatan, nama: Sebutan) -> str:
    return teks_biasa(nama.pemegang(i.langkah.pemegang))


def _waktu(i: Ingatan, zona: tzinfo) -> str:
    return i.langkah.tenggat.astimezone(zona).strftime("%d-%m-%Y %H.%M") if i.langkah.tenggat else "?"
