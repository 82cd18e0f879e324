"""Copies of events in main, under ``reports/<tahun>/<periode>/peristiwa/``.

A merge brings them byte for byte from the log, so that a clone without the log's ref still
shows who signed what. Reading them needs no Git, only a tree of files.

Example:
    >>> sorted(salinan(catatan))[0]
    'reports/2024/tw1/peristiwa/000002.json'
"""

from __future__ import annotations

from kinerja.adapters.trees import Pohon
from kinerja.domain.errors import KinerjaError
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import Peristiwa, PeristiwaBertanda
from kinerja.workflow.log_rules import baca_peristiwa


def nama_salinan(p: Peristiwa) -> str | None:
    """Path of an event's copy in main, without ``.sig``; None when it is of no period."""
    try:
        folder = Periode.baca(p.periode or "").folder
    except ValueError:
        return None
    return f"{folder}/peristiwa/{p.urut:06d}.json"


def salinan(catatan: tuple[PeristiwaBertanda, ...]) -> dict[str, bytes]:
    """Files that copy these events byte for byte into main."""
    hasil: dict[str, bytes] = {}
    for c in catatan:
        nama = nama_salinan(c.peristiwa)
        if nama is not None:
            hasil[nama] = c.bita
            hasil[f"{nama}.sig"] = (c.tanda_tangan or "").encode()
    return hasil


def baca_salinan(pohon: Pohon, periode: Periode) -> tuple[PeristiwaBertanda, ...]:
    """The events of a period from their copies in a tree, in order."""
    nama = [j for j in pohon.daftar(f"{periode.folder}/peristiwa/") if j.endswith(".json")]
    return tuple(catatan_dari(pohon.baca(j), pohon.baca(f"{j}.sig")) for j in nama)


def catatan_dari(bita: bytes | None, tanda: bytes | None) -> PeristiwaBertanda:
    """An event as it was stored; raises KinerjaError when it is none."""
    if bita is None:
        raise KinerjaError("log peristiwa memuat commit tanpa peristiwa", "pulihkan dari salinan lain")
    try:
        peristiwa = baca_peristiwa(bita)
    except ValueError as e:
        raise KinerjaError(f"log peristiwa rusak: {e}", "pulihkan dari salinan lain") from e
    teks = (tanda or b"").decode("utf-8", "replace")
    return PeristiwaBertanda(peristiwa, bita, teks or None)
