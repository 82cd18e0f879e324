"""Findings of one changed worksheet of the valid example agency."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kinerja.adapters.trees import PohonFolder, PohonTumpuk
from kinerja.adapters.yaml_splice import sisip
from kinerja.checking.run import periksa_pohon
from kinerja.domain.findings import Finding

DASAR = PohonFolder(Path(__file__).parent.parent / "examples" / "valid")
Perubahan = Mapping[str, object]
Temukan = Callable[..., list[Finding]]


@pytest.fixture
def temukan() -> Temukan:
    """Pointer → value in the worksheet of a quarter; the same in other documents, by path."""

    def periksa(
        perubahan: Perubahan,
        bagian: str = "tw1",
        *,
        diajukan: bool = True,
        lain: Mapping[str, Perubahan | bytes] | None = None,
        dasar: bool = False,
    ) -> list[Finding]:
        jalur = f"reports/2024/{bagian}/kertas-kerja/layanan.yaml"
        isi: dict[str, bytes] = {}
        for j, p in ({jalur: perubahan} | dict(lain or {})).items():
            asal = DASAR.baca(j)
            isi[j] = p if isinstance(p, bytes) else sisip(asal or b"", p)
        return list(
            periksa_pohon(
                PohonTumpuk(isi, DASAR), [jalur], diajukan=diajukan, dasar=DASAR if dasar else None
            )
        )

    return periksa
