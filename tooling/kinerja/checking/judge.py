"""Judges documents of one tree: by their shape, their place and the rules.

It joins the readers of ``adapters`` with the rules of ``validation``. Each file is read once.
A document that others need and that cannot be read is a finding of each of them, so that
nothing passes unchecked. Which files, in how many processes and against which base is decided
by its callers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kinerja.adapters.reports import Reports, baca_lembar, periksa_bentuk, periksa_skema
from kinerja.adapters.trees import Pohon
from kinerja.adapters.yaml_strict import Letak, Tempat, letak
from kinerja.checking.contexts import Acuan
from kinerja.domain.errors import KinerjaError, TemuanError
from kinerja.domain.findings import Finding, Tingkat, urutkan
from kinerja.domain.kertas_kerja import KertasKerja
from kinerja.domain.periode import Periode
from kinerja.validation.engine import periksa_kertas_kerja, periksa_repositori
from kinerja.validation.places import jenis_jalur, letak_lembar


class Pemeriksaan:
    """One run over one tree; what was read for one file serves the others."""

    def __init__(self, pohon: Pohon, *, diajukan: bool = False, dasar: Pohon | None = None) -> None:
        self._pohon = pohon
        self._diajukan = diajukan
        self._acuan = Acuan(Reports(pohon), Reports(dasar) if dasar else None)
        self._letak: dict[str, Letak] = {}

    def lihat(self, jalur: Iterable[str]) -> None:
        """Says beforehand which documents the rules between documents will run over."""
        self._acuan.lihat(jalur)

    def satu(self, jalur: str) -> tuple[Finding, ...]:
        """Every finding of one file, but not of the rules between documents."""
        bita = self._pohon.baca(jalur)
        if bita is None:
            return (_galat(jalur, "letak-dikenal", "", "berkas ini tidak dapat dibaca di dalam repositori",
                           "ganti tautan dengan berkasnya sendiri, atau hapus"),)  # fmt: skip
        return urutkan(list(self._isi(bita, jalur)))

    def antardokumen(self, jalur: Iterable[str]) -> tuple[Finding, ...]:
        """Every finding of the rules between documents, for the years of some files."""
        return periksa_repositori(self._acuan.repositori(jalur), lambda j, p: self._tempat(j).cari(p))

    # helpers

    def _isi(self, bita: bytes, jalur: str) -> Iterator[Finding]:
        tempat = letak_lembar(jalur)
        if tempat is None:
            yield from periksa_bentuk(bita, jalur, jenis_jalur(jalur))[1]
            return
        periode, bidang = tempat
        kk, cacat, temuan = baca_lembar(bita, jalur)
        yield from temuan
        if kk is not None:
            if not cacat:
                self._acuan.kenal(kk, periode, bidang, bita)
            yield from self._aturan(_Lembar(kk, cacat, bita, jalur), periode, bidang)

    def _aturan(self, lembar: _Lembar, periode: Periode, id_bidang: str) -> Iterator[Finding]:
        r, jalur = self._acuan.reports, lembar.jalur
        try:
            bidang = r.organisasi().cari_bidang(id_bidang)
            if bidang is None:
                if self._acuan.bertanda.ada(periode, id_bidang):
                    return  # `bidang-tetap` tells it once, where the bidang was taken away
                ada = ", ".join(b.id for b in r.organisasi().bidang)
                yield _galat(jalur, "berkas-sesuai-isi", id_bidang, "nama berkas bukan bidang dalam "
                             "organisasi.yaml", f"ganti nama berkasnya; bidang yang ada: {ada}")  # fmt: skip
                return
            konteks = self._acuan.lembar(lembar.kk, periode, bidang, self._diajukan)
            yield from periksa_kertas_kerja(konteks, jalur, lembar.cari, lembar.cacat)
        except TemuanError as e:
            rusak = ", ".join(sorted({t.berkas for t in e.temuan}))
            yield _galat(jalur, "acuan-terbaca", rusak, "ada yang salah di sana, jadi kertas kerja ini belum "
                         "dapat diperiksa", f"betulkan {_letak_cacat(e.temuan)} lebih dahulu")  # fmt: skip
        except KinerjaError as e:
            yield _galat(jalur, "acuan-terbaca", "", e.pesan, e.saran or "lengkapi lebih dahulu")

    def _tempat(self, jalur: str) -> Letak:
        if jalur not in self._letak:
            self._letak[jalur] = letak(self._pohon.baca(jalur) or b"")
        return self._letak[jalur]


class PemeriksaanSkema:
    """As :class:`Pemeriksaan`, by the schemas alone: a quick first look, never a permission."""

    def __init__(self, pohon: Pohon) -> None:
        self._pohon = pohon

    def lihat(self, jalur: Iterable[str]) -> None:
        """Nothing to prepare."""

    def satu(self, jalur: str) -> tuple[Finding, ...]:
        """Every finding of one file's schema."""
        return periksa_skema(self._pohon.baca(jalur) or b"", jalur, jenis_jalur(jalur))

    def antardokumen(self, jalur: Iterable[str]) -> tuple[Finding, ...]:  # noqa: ARG002 - same face
        """Nothing: a schema sees one document."""
        return ()


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


# helpers


def _letak_cacat(temuan: Sequence[Finding]) -> str:
    """``rencana.yaml baris 12 dan 40``: where to begin; a long list of lines ends after three."""
    hasil = []
    for berkas in sorted({t.berkas for t in temuan}):
        baris = sorted({t.baris for t in temuan if t.berkas == berkas and t.baris})
        sebut = [str(b) for b in baris[:3]] + ([f"{len(baris) - 3} baris lain"] if baris[3:] else [])
        daftar = " dan ".join([", ".join(sebut[:-1]), sebut[-1]]) if sebut[1:] else "".join(sebut)
        hasil.append(f"{berkas} baris {daftar}" if sebut else berkas)
    return "; ".join(hasil)


def _galat(jalur: str, aturan: str, nilai: str, pesan: str, tindakan: str) -> Finding:
    return Finding(jalur, 0, 0, aturan, Tingkat.GALAT, "", nilai, pesan, tindakan)
