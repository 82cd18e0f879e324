"""Which faults stood in the base already, for only those do not block a change.

It decides what makes a fault the same one: the same rule about the same value of the same line,
wherever that line has moved to. What could hide other faults is never excused in a file that was
changed: a file that cannot be read at all, or whose references cannot.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kinerja.adapters.trees import Pohon
from kinerja.adapters.yaml_errors import ATURAN_BACA
from kinerja.adapters.yaml_strict import muat
from kinerja.domain.findings import Finding
from kinerja.validation.schema_words import ATURAN_SKEMA

_MENUTUPI = {*ATURAN_BACA, "acuan-terbaca", "letak-dikenal", "bentuk-berkas", "skema-tidak-dikenal"}
"""Where one of these stands, nothing else was looked at."""
_PENGENAL = ("id", "kode", "nip", "indikator", "bidang", "jalur")


class Terpisah(NamedTuple):
    """The faults of a change: its own, those of before, and those of before that are gone."""

    milik: list[Finding]
    sebelumnya: list[Finding]
    beres: list[Finding]


def pisahkan(
    baru: Iterable[Finding], lama: Iterable[Finding], kini: Pohon, dasar: Pohon, berubah: Sequence[str]
) -> Terpisah:
    """Parts the findings of a tree by those of its base.

    Args:
        baru: every finding of the tree.
        lama: every finding of the same files in the base.
        berubah: the files that differ.
    """
    tanda_kini, tanda_dasar = _Penanda(kini, berubah), _Penanda(dasar, berubah)
    bertanda = [(tanda_dasar(t), t) for t in lama]
    dahulu = Counter(k for k, _ in bertanda)
    hasil = Terpisah([], [], [])
    for t in baru:
        kunci = tanda_kini(t)
        if dahulu[kunci] > 0 and not (t.aturan in _MENUTUPI and t.berkas in tanda_kini.berubah):
            dahulu[kunci] -= 1
            hasil.sebelumnya.append(t)
        else:
            hasil.milik.append(t)
    masih = {(t.berkas, t.aturan) for t in hasil.milik if t.aturan in _MENUTUPI}
    for kunci, t in bertanda:
        if dahulu[kunci] > 0 and (t.berkas, t.aturan) not in masih:
            dahulu[kunci] -= 1
            hasil.beres.append(t)
    return hasil


# helpers


class _Penanda:
    """Names a fault so that it is known again in another version of its file."""

    def __init__(self, pohon: Pohon, berubah: Iterable[str]) -> None:
        self.berubah = frozenset(berubah)
        self._pohon = pohon
        self._isi: dict[str, tuple[object, list[str]]] = {}

    def __call__(self, t: Finding) -> tuple[str, ...]:
        sama = (t.berkas, t.aturan, t.tingkat.value, t.nilai, t.pesan)
        if t.berkas not in self.berubah:  # its lines stand where they stood
            return (*sama, t.penunjuk, str(t.baris))
        data, baris = self._muat(t.berkas)
        if not t.penunjuk:
            return (*sama, baris[t.baris - 1].strip() if 0 < t.baris <= len(baris) else "")
        return (*sama, *_tempat(data, t.penunjuk, seluruh=t.aturan in ATURAN_SKEMA))

    def _muat(self, berkas: str) -> tuple[object, list[str]]:
        if berkas not in self._isi:
            bita = self._pohon.baca(berkas) or b""
            self._isi[berkas] = muat(bita, berkas)[0], bita.decode("utf-8", "replace").splitlines()
        return self._isi[berkas]


def _tempat(data: object, penunjuk: str, *, seluruh: bool) -> tuple[str, str]:
    """The way to a value by the names of its lines instead of their numbers, and its digest.

    Args:
        seluruh: take the whole line's digest, since a line of a wrong shape is not judged further.
    """
    jalan, butir = [], None
    for bagian in penunjuk.split("/")[1:]:
        if isinstance(data, list):
            data = data[int(bagian)] if bagian.isdecimal() and int(bagian) < len(data) else None
            butir = data
            jalan.append(_pengenal(data))
        else:
            nama = bagian.replace("~1", "/").replace("~0", "~")
            data = data.get(nama) if isinstance(data, dict) else None
            jalan.append(f".{bagian}")
    return "/".join(jalan), _sidik(butir if seluruh and butir is not None else data)


def _pengenal(butir: object) -> str:
    if isinstance(butir, dict):
        nama = next((k for k in _PENGENAL if isinstance(butir.get(k), str)), None)
        if nama:
            return f"{nama}={butir[nama]}".replace("/", "~1")
    return "#"


def _sidik(nilai: object) -> str:
    teks = json.dumps(nilai, sort_keys=True, default=lambda v: f"{type(v).__name__}:{v}")
    return hashlib.sha256(teks.encode("utf-8", "surrogatepass")).hexdigest()
