"""The review form as text for a terminal, as JSON, and as a Markdown table to be filed."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from kinerja.domain.periode import Periode
from kinerja.domain.reviu import HasilButir, HasilReviu, Jawaban, KelompokReviu
from kinerja.publishing.findings.markdown import teks_biasa

_TANDA = {Jawaban.YA: "✓", Jawaban.TIDAK: "✗", Jawaban.PERLU_DINILAI: "?"}
_SUMBER = (
    "Butir menurut PermenPANRB 53/2014 Lampiran III, dengan kata-kata dan nomor kami sendiri; teks "
    "resminya belum diperoleh. "
    "Jawaban mesin tidak menggantikan pernyataan pereviu."
)
_TERBANYAK = 5


def teks(hasil: HasilReviu, lebar: int) -> Iterator[str]:
    """Lines as wide as the terminal."""
    yield f"Reviu {Periode.baca(hasil.periode).judul}"
    for kelompok in KelompokReviu:
        yield ""
        yield kelompok.value
        for b in (b for b in hasil.butir if b.kelompok is kelompok):
            kepala = f"{_TANDA[b.jawaban]} {b.nomor} "
            kalimat = f"{b.bunyi} {b.uraian[:1].upper()}{b.uraian[1:]}."
            yield textwrap.fill(kalimat, lebar, initial_indent=f"  {kepala}", subsequent_indent=" " * 10)
            for k in _ringkas(b):
                yield textwrap.fill(k, lebar, initial_indent=" " * 10 + "- ", subsequent_indent=" " * 12)
    yield ""
    yield ringkasan(hasil)
    yield textwrap.fill(_SUMBER, lebar)


def ringkasan(hasil: HasilReviu) -> str:
    """``15 ya, 2 tidak, 2 perlu dinilai``."""
    return ", ".join(f"{hasil.jumlah(j)} {j.value}" for j in Jawaban)


def reviu_json(hasil: HasilReviu) -> dict[str, Any]:
    """The document ``reviu/v1``."""
    return {
        "skema": "reviu/v1",
        "periode": hasil.periode,
        "butir": [
            {
                "nomor": b.nomor, "kelompok": b.kelompok.value, "bunyi": b.bunyi, "jawaban": b.jawaban.value,
                "uraian": b.uraian, "kurang": list(b.kurang),
            }
            for b in hasil.butir
        ],
    }  # fmt: skip


def markdown(hasil: HasilReviu) -> str:
    """A table with an empty column for the reviewer."""
    baris = [f"# Reviu {Periode.baca(hasil.periode).judul}", "", _SUMBER]
    for kelompok in KelompokReviu:
        baris += ["", f"## {kelompok.value}", "", "| No. | Butir | Jawaban data | Uraian | Catatan pereviu |",
                  "|---|---|---|---|---|"]  # fmt: skip
        for b in (b for b in hasil.butir if b.kelompok is kelompok):
            uraian = "<br>".join(map(teks_biasa, [b.uraian, *_ringkas(b)]))
            baris.append(f"| {b.nomor} | {b.bunyi} | {_TANDA[b.jawaban]} {b.jawaban.value} | {uraian} | |")
    return "\n".join([*baris, "", f"{ringkasan(hasil)}.", ""])


# helpers


def _ringkas(b: HasilButir) -> list[str]:
    lebih = len(b.kurang) - _TERBANYAK
    return [*b.kurang[:_TERBANYAK], *([f"dan {lebih} lagi"] if lebih > 0 else [])]
