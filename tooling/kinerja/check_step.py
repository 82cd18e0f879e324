"""``kinerja validate``: every document of a folder, by its shape and, for worksheets, its rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kinerja.adapters.documents import susun
from kinerja.adapters.reports import Reports, periksa_bentuk
from kinerja.adapters.trees import PohonFolder
from kinerja.adapters.yaml_strict import letak
from kinerja.calculation.report import realisasi_triwulan
from kinerja.domain.errors import KinerjaError, PemakaianError, TemuanError
from kinerja.domain.findings import Finding, Tingkat, urutkan
from kinerja.domain.kertas_kerja import KertasKerja
from kinerja.domain.periode import Periode
from kinerja.validation.context import Konteks
from kinerja.validation.engine import periksa_kertas_kerja

_LEMBAR = re.compile(r"reports/(20[0-9]{2})/(tw[1-4]|tahunan)/kertas-kerja/([a-z0-9-]+)\.yaml")


def periksa_jalur(jalur: Sequence[Path]) -> tuple[tuple[Finding, ...], int]:
    """Every finding of every YAML file at or below the paths, and how many files there were.

    Raises:
        PemakaianError: nothing to check.
    """
    berkas = sorted({f for j in jalur for f in _berkas(j)})
    if not berkas:
        raise PemakaianError("tidak ada berkas YAML di sana", "sebutkan berkas atau folder reports/")
    temuan: list[Finding] = []
    for f in berkas:
        temuan += _periksa(f)
    return urutkan(temuan), len(berkas)


# helpers


def _berkas(jalur: Path) -> list[Path]:
    if jalur.is_file():
        return [jalur]
    dasar = jalur / "reports" if (jalur / "reports").is_dir() else jalur
    return [f for f in dasar.rglob("*.yaml") if f.is_file()]


def _akar(berkas: Path) -> Path | None:
    """The folder that holds ``reports/organisasi.yaml``; None outside a repository."""
    for induk in berkas.resolve().parents:
        if (induk / "reports" / "organisasi.yaml").is_file():
            return induk
    return None


def _periksa(berkas: Path) -> tuple[Finding, ...]:
    akar = _akar(berkas)
    nama = berkas.resolve().relative_to(akar).as_posix() if akar else berkas.as_posix()
    bita = berkas.read_bytes()
    cocok = _LEMBAR.fullmatch(nama)
    data, temuan = periksa_bentuk(bita, nama, "kertas-kerja" if cocok else None)
    if temuan or akar is None or cocok is None:
        return temuan
    try:
        return _aturan(Reports(PohonFolder(akar)), Periode(int(cocok[1]), cocok[2]), cocok[3], data, bita, nama)
    except TemuanError as e:
        return e.temuan
    except (KinerjaError, ValueError) as e:
        return (Finding(nama, 0, 0, "tidak-dapat-diperiksa", Tingkat.GALAT, "", "", str(e), "betulkan lebih dahulu"),)


def _aturan(
    r: Reports, periode: Periode, id_bidang: str, data: object, bita: bytes, nama: str
) -> tuple[Finding, ...]:
    bidang = r.organisasi().cari_bidang(id_bidang)
    if bidang is None:
        pesan = "nama berkas bukan bidang dalam organisasi.yaml"
        return (Finding(nama, 0, 0, "bidang-tidak-dikenal", Tingkat.GALAT, "", id_bidang, pesan, "ganti nama berkasnya"),)
    lembar = {
        p.bagian: [kk for b in r.organisasi().bidang if (kk := r.kertas_kerja(p, b.id))]
        for p in periode.sampai_dengan()
        if p != periode
    }
    konteks = Konteks(
        susun(KertasKerja, data), periode, bidang, r.rencana(periode.tahun), r.anggaran(periode.tahun),
        r.kebijakan(), realisasi_triwulan(lembar, periode), diajukan=False,
    )  # fmt: skip
    return periksa_kertas_kerja(konteks, nama, letak(bita).cari)
