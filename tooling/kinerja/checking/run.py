"""``kinerja validate``: every document by its shape, its place and the rules.

It joins the readers of ``adapters`` with the rules of ``validation`` and decides which
documents a rule needs. Each file is read once. A document that others need and that cannot
be read is a finding of each of them, so that nothing passes unchecked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kinerja.adapters.reports import Reports, baca_lembar, periksa_bentuk
from kinerja.adapters.trees import Pohon, PohonFolder
from kinerja.adapters.yaml_strict import Letak, Tempat, letak
from kinerja.checking.contexts import Acuan
from kinerja.domain.errors import KinerjaError, PemakaianError, TemuanError
from kinerja.domain.findings import Finding, Tingkat, urutkan
from kinerja.domain.kertas_kerja import KertasKerja
from kinerja.domain.periode import Periode
from kinerja.validation.engine import periksa_kertas_kerja, periksa_repositori
from kinerja.validation.places import jenis_jalur

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
    milik: dict[Path, list[str]] = {}
    for f in berkas:
        akar = _akar(f)
        if akar is None:
            temuan += periksa_bentuk(f.read_bytes(), f.as_posix())[1]
        else:
            milik.setdefault(akar, []).append(f.resolve().relative_to(akar).as_posix())
    for akar, nama in milik.items():
        temuan += periksa_pohon(PohonFolder(akar), nama)
    return urutkan(temuan), len(berkas)


def periksa_pohon(
    pohon: Pohon,
    jalur: Iterable[str] | None = None,
    *,
    diajukan: bool = False,
    dasar: Pohon | None = None,
) -> tuple[Finding, ...]:
    """Every finding of some files of a repository.

    Args:
        pohon: the whole repository; the files are judged against its other documents.
        jalur: the files to check; every YAML file under ``reports/`` when None.
        diajukan: judge worksheets as when they are submitted.
        dasar: the base revision, by which rules with memory judge what was signed already.
    """
    if jalur is None:
        jalur = [j for j in pohon.daftar("reports/") if j.endswith(".yaml")]
    return urutkan(list(_Pemeriksaan(pohon, diajukan, dasar).semua(sorted(jalur, key=_urutan))))


# helpers


@dataclass
class _Lembar:
    """A worksheet as far as it was read; places are computed when the first is asked for."""

    kk: KertasKerja
    cacat: frozenset[str]
    bita: bytes
    jalur: str

    def cari(self, penunjuk: str) -> Tempat:
        return self._letak.cari(penunjuk)

    @cached_property
    def _letak(self) -> Letak:
        return letak(self.bita)


class _Pemeriksaan:
    """One run over one tree; what was read for one file serves the others."""

    def __init__(self, pohon: Pohon, diajukan: bool, dasar: Pohon | None) -> None:
        self._pohon = pohon
        self._diajukan = diajukan
        self._acuan = Acuan(Reports(pohon), Reports(dasar) if dasar else None)
        self._letak: dict[str, Letak] = {}

    def semua(self, jalur: Sequence[str]) -> Iterator[Finding]:
        self._acuan.lihat(jalur)
        for j in jalur:
            yield from self._satu(j)
        lain = {j for j in jalur if not _LEMBAR.fullmatch(j)}
        if lain:
            yield from (t for t in self._antardokumen(lain) if t.berkas in lain)

    def _satu(self, jalur: str) -> Iterator[Finding]:
        bita = self._pohon.baca(jalur)
        if bita is None:
            return
        cocok = _LEMBAR.fullmatch(jalur)
        if cocok is None:
            yield from periksa_bentuk(bita, jalur, jenis_jalur(jalur))[1]
            return
        kk, cacat, temuan = baca_lembar(bita, jalur)
        yield from temuan
        if kk is not None:
            periode = Periode(int(cocok[1]), cocok[2])
            if not cacat:
                self._acuan.kenal(kk, periode, cocok[3], bita)
            yield from self._aturan(_Lembar(kk, cacat, bita, jalur), periode, cocok[3])

    def _aturan(self, lembar: _Lembar, periode: Periode, id_bidang: str) -> Iterator[Finding]:
        r, jalur = self._acuan.reports, lembar.jalur
        try:
            bidang = r.organisasi().cari_bidang(id_bidang)
            if bidang is None:
                ada = ", ".join(b.id for b in r.organisasi().bidang)
                yield _galat(jalur, "berkas-sesuai-isi", id_bidang, "nama berkas bukan bidang dalam "
                             "organisasi.yaml", f"ganti nama berkasnya; bidang yang ada: {ada}")  # fmt: skip
                return
            konteks = self._acuan.lembar(lembar.kk, periode, bidang, self._diajukan)
            yield from periksa_kertas_kerja(konteks, jalur, lembar.cari, lembar.cacat)
        except TemuanError as e:
            rusak = ", ".join(sorted({t.berkas for t in e.temuan}))
            yield _galat(jalur, "acuan-terbaca", rusak, "acuan kertas kerja ini tidak terbaca, jadi "
                         "isinya belum dapat diperiksa", "betulkan berkas itu lebih dahulu")  # fmt: skip
        except KinerjaError as e:
            yield _galat(jalur, "acuan-terbaca", "", e.pesan, e.saran or "lengkapi lebih dahulu")

    def _antardokumen(self, jalur: Iterable[str]) -> tuple[Finding, ...]:
        return periksa_repositori(self._acuan.repositori(jalur), lambda j, p: self._tempat(j).cari(p))

    def _tempat(self, jalur: str) -> Letak:
        if jalur not in self._letak:
            self._letak[jalur] = letak(self._pohon.baca(jalur) or b"")
        return self._letak[jalur]


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


def _urutan(jalur: str) -> tuple[int, int, str]:
    """Worksheets in order of time, so that a quarter is read before the next needs it."""
    cocok = _LEMBAR.fullmatch(jalur)
    return (*(Periode(int(cocok[1]), cocok[2]).urutan if cocok else (0, 0)), jalur)


def _galat(jalur: str, aturan: str, nilai: str, pesan: str, tindakan: str) -> Finding:
    return Finding(jalur, 0, 0, aturan, Tingkat.GALAT, "", nilai, pesan, tindakan)
