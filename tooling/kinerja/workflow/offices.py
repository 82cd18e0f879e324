"""Offices: which ones a person may act for on a day, and which office a path belongs to.

It decides the owners of a path (DESIGN: *Approvals* rule 1); who lawfully holds an office
(rule 5) is the domain's. It leaves out what an act is worth (``approvals``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kinerja.domain.organisasi import DaftarJabatan, Organisasi, pemangku_sah
from kinerja.domain.tata_kelola import AturanPersetujuan, Kebijakan

_PENGGANTI = {"tahun": r"(?P<tahun>20[0-9]{2})", "bagian": r"(?P<bagian>tw[1-4]|tahunan)"}


@dataclass(frozen=True, slots=True)
class Kepemilikan:
    """The rule that owns a path, with the values its placeholders took."""

    aturan: AturanPersetujuan
    isian: tuple[tuple[str, str], ...]

    def jabatan(self, pola: str) -> str:
        """An office pattern of the rule with its placeholders filled."""
        for nama, nilai in self.isian:
            pola = pola.replace("{" + nama + "}", nilai)
        return pola


def jabatan_orang(jabatan: DaftarJabatan, orang: str, hari: date) -> tuple[str, ...]:
    """The offices that a person may act for on that day."""
    ada = {p.jabatan for p in jabatan.pemangku if p.orang == orang and p.menjabat(hari)}
    return tuple(
        sorted(j for j in ada if (p := pemangku_sah(jabatan, j, hari)) and p.orang == orang)
    )


def tanpa_dasar(jabatan: DaftarJabatan, id_jabatan: str, orang: str, hari: date) -> bool:
    """True when the person is entered as acting holder without an instrument number."""
    return any(
        p.jabatan == id_jabatan
        and p.orang == orang
        and p.menjabat(hari)
        and not p.berdasar
        for p in jabatan.pemangku
    )


def pemilik(kebijakan: Kebijakan, organisasi: Organisasi, jalur: str) -> Kepemilikan | None:
    """The first rule whose path pattern matches; None when nobody owns the path."""
    for aturan in kebijakan.persetujuan:
        for pola in aturan.jalur:
            cocok = _pola(pola).fullmatch(jalur)
            if cocok is None:
                continue
            isian = {k: v for k, v in cocok.groupdict().items() if v is not None}
            bidang = organisasi.cari_bidang(isian["bidang"]) if "bidang" in isian else None
            if "bidang" in isian and bidang is None:
                continue
            if bidang is not None:
                isian |= {"pengisi": bidang.pengisi, "pemeriksa": bidang.pemeriksa}
            return Kepemilikan(aturan, tuple(sorted(isian.items())))
    return None


# helpers


@lru_cache(maxsize=256)
def _pola(pola: str) -> re.Pattern[str]:
    """``reports/{tahun}/**`` as a regular expression; ``**`` crosses folders, ``*`` does not."""
    hasil = ""
    for potongan in re.split(r"(\{[a-z]+\}|\*\*|\*)", pola):
        if potongan == "**":
            hasil += ".*"
        elif potongan == "*":
            hasil += "[^/]*"
        elif potongan.startswith("{"):
            nama = potongan[1:-1]
            hasil += _PENGGANTI.get(nama, rf"(?P<{nama}>[a-z0-9][a-z0-9-]*)")
        else:
            hasil += re.escape(potongan)
    return re.compile(hasil)
