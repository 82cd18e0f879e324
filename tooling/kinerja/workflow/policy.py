"""The digest of the approval rules: what an approval says it was given under.

It covers ``persetujuan`` only, so that a new scale or a new Plh voids nothing
(DESIGN: the policy digest covers the approval rules, not the offices).
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

from kinerja.domain.peristiwa import kanonik
from kinerja.domain.tata_kelola import AturanPersetujuan, Kebijakan


@lru_cache(maxsize=64)
def _sidik(persetujuan: tuple[AturanPersetujuan, ...]) -> str:
    isi = [
        {
            "jenis": a.jenis,
            "jalur": list(a.jalur),
            "pengusul": list(a.pengusul),
            "langkah": [
                {
                    "jabatan": x.jabatan,
                    "tindakan": x.tindakan.value,
                    "kembali_ke": x.kembali_ke,
                    "jaminan": x.jaminan.value,
                    **({"jaminan_forge": x.jaminan_forge.value} if x.jaminan_forge else {}),
                }
                for x in a.langkah
            ],
        }
        for a in persetujuan
    ]
    return sha256(kanonik(isi)).hexdigest()


def sidik_kebijakan(kebijakan: Kebijakan) -> str:
    """SHA-256 of the canonical approval rules, hex."""
    return _sidik(kebijakan.persetujuan)
