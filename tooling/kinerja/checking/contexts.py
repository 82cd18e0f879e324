"""What each document is judged against: the readers' documents put together for the rules.

It decides which documents a rule needs, and reads each of them once. A document that is
absent or faulty is None here; its own findings tell it. Worksheets are read for a laporan
only when that laporan is among the files looked at.

Example: the worksheet of 2024-tw2 is judged with that of tw1, the plan, the DPA and the SPJ of June.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import TypeVar

from kinerja.adapters.reports import Reports, jalur_kertas_kerja, jalur_masukan
from kinerja.calculation.recount import hitung_ulang
from kinerja.calculation.report import Angka
from kinerja.checking.signed import LembarBertanda
from kinerja.domain.errors import KinerjaError
from kinerja.domain.kertas_kerja import KertasKerja
from kinerja.domain.laporan import Laporan
from kinerja.domain.organisasi import Bidang, Organisasi
from kinerja.domain.perencanaan import Indikator, Nilai
from kinerja.domain.periode import TRIWULAN, Periode
from kinerja.validation.context import Konteks
from kinerja.validation.period_context import AcuanPeriode, AcuanTahun
from kinerja.validation.places import letak_lembar
from kinerja.validation.repository_context import (
    KALENDER,
    RIWAYAT,
    BahanLaporan,
    KonteksRepositori,
    jalur_periode,
)

T = TypeVar("T")
K = TypeVar("K")
_TAHUN = re.compile(r"reports/(20[0-9]{2})/(?:(spj)/[^/]+|[^/]+)")
_PERIODE = re.compile(r"reports/(20[0-9]{2})/(tw[1-4]|tahunan)/(disposisi|laporan|kirim)\.yaml")
_RENCANA = re.compile(r"reports/(20[0-9]{2})/rencana\.yaml")
_BULAN = range(1, 13)


class Acuan:
    """The documents of one tree that others are judged against.

    Args:
        dasar: the base revision, where a worksheet stands as it was signed; None when unknown.
    """

    def __init__(self, reports: Reports, dasar: Reports | None = None) -> None:
        self.reports = reports
        self.bertanda = LembarBertanda(reports, dasar)
        self._dasar = dasar
        self._tahun_laporan: frozenset[int] = frozenset()
        self._lembar: dict[tuple[Periode, str], KertasKerja | None] = {}
        self._periode: dict[Periode, AcuanPeriode] = {}
        self._rencana: dict[int, AcuanTahun] = {}
        self._sidik: dict[str, str] = {}
        self._tahun: dict[int, frozenset[str]] = {}

    def lihat(self, jalur: Iterable[str]) -> None:
        """Says beforehand which files are looked at: inputs of a laporan among them get a digest."""
        self._tahun_laporan = frozenset(p.tahun for p in _periode(jalur, "laporan"))

    def kenal(self, kk: KertasKerja, periode: Periode, bidang: str, bita: bytes) -> None:
        """Remembers a worksheet that was read whole, so that later ones need not read it again."""
        self._lembar[periode, bidang] = kk
        if periode.tahun in self._tahun_laporan:
            self._sidik[jalur_kertas_kerja(periode, bidang)] = sha256(bita).hexdigest()

    def lembar(self, kk: KertasKerja, periode: Periode, bidang: Bidang, diajukan: bool) -> Konteks:
        """A worksheet with everything that it is judged against.

        Raises:
            KinerjaError: a document that no worksheet can do without is absent or faulty.
        """
        dasar, sebelumnya = self._dasar, periode.sebelumnya()
        return Konteks(
            kk, periode, bidang, self._acuan_periode(periode), self._realisasi(periode, bidang.id), diajukan,
            lalu=self._sebelum(sebelumnya, bidang.id),
            tahun_lalu=self._setahun_lalu(periode, bidang.id),
            bertanda=_bila_terbaca(dasar.kertas_kerja, periode, bidang.id) if dasar else None,
            lalu_bertanda=lambda: _bila_terbaca(dasar.kertas_kerja, sebelumnya, bidang.id) if dasar else None,
            laporan=lambda p: _bila_terbaca(self.reports.laporan, p),
        )  # fmt: skip

    def repositori(self, jalur: Iterable[str]) -> KonteksRepositori:
        """The documents that the rules between documents look at, for some files."""
        r, jalur = self.reports, frozenset(jalur)
        tahun = sorted({int(c[1]) for j in jalur if (c := _TAHUN.fullmatch(j))})
        tahun_spj = sorted({int(c[1]) for j in jalur if (c := _TAHUN.fullmatch(j)) and c[2]})
        dibuka = set(r.periode()) if KALENDER in jalur else _periode(jalur, "disposisi")
        dinilai = _periode(jalur, "laporan") | _periode(jalur, "kirim")
        return KonteksRepositori(
            organisasi=_bila_terbaca(r.organisasi),
            jabatan=_bila_terbaca(r.jabatan),
            identitas=_bila_terbaca(r.identitas),
            kebijakan=_bila_terbaca(r.kebijakan),
            sop=_bila_terbaca(r.sop),
            kalender=_bila_terbaca(r.kalender),
            rencana=_ada({t: _bila_terbaca(r.rencana, t) for t in tahun}),
            anggaran=_ada({t: _bila_terbaca(r.anggaran, t) for t in tahun}),
            spj=_ada({(t, b): _bila_terbaca(r.spj, t, b) for t in tahun_spj for b in _BULAN}),
            disposisi=_ada({p: _bila_terbaca(r.disposisi, p) for p in _urut(dibuka)}),
            laporan=_ada({p: self._bahan(p) for p in _urut(dinilai)}),
            kirim=_ada({p: _bila_terbaca(r.kirim, p) for p in _urut(dinilai)}),
            riwayat=_bila_terbaca(r.riwayat) if RIWAYAT in jalur else None,
            kamus=self._kamus() if RIWAYAT in jalur else {},
            dasar=_ingatan(self._dasar, tahun) if self._dasar else None,
            bertanda=self.bertanda.bidang,
        )

    # helpers

    def _acuan_periode(self, periode: Periode) -> AcuanPeriode:
        if periode not in self._periode:
            r, tahun = self.reports, periode.tahun
            jabatan = _bila_terbaca(r.jabatan)
            self._periode[periode] = AcuanPeriode(
                periode, self._acuan_tahun(tahun), r.kebijakan(),
                frozenset(j.id for j in jabatan.jabatan) if jabatan else None,
                _bila_terbaca(r.spj, tahun, periode.akhir.month), _bila_terbaca(r.riwayat),
            )  # fmt: skip
        return self._periode[periode]

    def _acuan_tahun(self, tahun: int) -> AcuanTahun:
        if tahun not in self._rencana:
            dasar = self._dasar
            self._rencana[tahun] = AcuanTahun(
                self.reports.rencana(tahun), self.reports.anggaran(tahun),
                lambda: _bila_terbaca(dasar.rencana, tahun) if dasar else None,
                lambda: _bila_terbaca(dasar.anggaran, tahun) if dasar else None,
            )  # fmt: skip
        return self._rencana[tahun]

    def _kamus(self) -> dict[str, Indikator]:
        """Every indikator of every year's plan, as the newest has it."""
        r = self.reports
        tahun = sorted(int(c[1]) for j in r.pohon.daftar("reports/") if (c := _RENCANA.fullmatch(j)))
        semua = _ada({t: _bila_terbaca(r.rencana, t) for t in tahun})
        return {i.id: i for rencana in semua.values() for i in rencana.indikator}

    def _realisasi(self, periode: Periode, bidang: str) -> dict[str, dict[str, Nilai]]:
        hasil: dict[str, dict[str, Nilai]] = {}
        for p in periode.sampai_dengan():
            kk = self._sebelum(p, bidang) if p != periode else None
            for baris in kk.indikator if kk else ():
                hasil.setdefault(baris.id, {})[p.bagian] = baris.realisasi
        return hasil

    def _setahun_lalu(self, periode: Periode, bidang: str) -> KertasKerja | None:
        lalu = Periode(periode.tahun - 1, periode.bagian)
        if lalu.tahun not in self._tahun:  # one look instead of one for each worksheet
            self._tahun[lalu.tahun] = frozenset(self.reports.pohon.daftar(f"reports/{lalu.tahun}/"))
        ada = jalur_kertas_kerja(lalu, bidang) in self._tahun[lalu.tahun]
        return _bila_terbaca(self._sebelum, lalu, bidang) if ada else None

    def _sebelum(self, periode: Periode, bidang: str) -> KertasKerja | None:
        if (periode, bidang) not in self._lembar:
            self._lembar[periode, bidang] = self.reports.kertas_kerja(periode, bidang)
        return self._lembar[periode, bidang]

    def _bahan(self, periode: Periode) -> BahanLaporan | None:
        r, dasar = self.reports, self._dasar
        laporan, organisasi = _bila_terbaca(r.laporan, periode), _bila_terbaca(r.organisasi)
        if laporan is None or organisasi is None:
            return None
        diusulkan = None
        if dasar is not None:
            jalur = jalur_periode(periode, "laporan")
            diusulkan = dasar.pohon.baca(jalur) != r.pohon.baca(jalur)
        sidik = self._sidik_masukan(laporan, periode, organisasi)
        ada = frozenset(b.id for b in organisasi.bidang if jalur_kertas_kerja(periode, b.id) in sidik)
        return BahanLaporan(
            laporan, sidik, ada, lambda: _bila_terbaca(self._hitung, periode, laporan), diusulkan
        )

    def _sidik_masukan(
        self, laporan: Laporan, periode: Periode, organisasi: Organisasi
    ) -> dict[str, str]:
        """Digests of what a laporan may take in; whatever else it names is not even opened."""
        boleh = set(jalur_masukan(periode, organisasi))
        boleh |= {m.jalur for m in laporan.masukan if _lembar_sampai(m.jalur, periode)}
        for j in sorted(boleh - set(self._sidik)):
            bita = self.reports.pohon.baca(j)
            if bita is not None:
                self._sidik[j] = sha256(bita).hexdigest()
        return {j: self._sidik[j] for j in sorted(boleh) if j in self._sidik}

    def _hitung(self, periode: Periode, laporan: Laporan) -> Angka:
        """The figures of the worksheets that the laporan took in, not of those that came later."""
        r, masukan = self.reports, {m.jalur for m in laporan.masukan}

        def ambil(p: Periode, bidang: str) -> KertasKerja | None:
            return self._sebelum(p, bidang) if jalur_kertas_kerja(p, bidang) in masukan else None

        return hitung_ulang(
            r.organisasi(), r.rencana(periode.tahun), r.kebijakan(), periode, ambil, laporan.versi_aturan
        )


# helpers


def _ingatan(dasar: Reports, tahun: Iterable[int]) -> KonteksRepositori:
    """What the base revision promised for some years, and which periods it had open."""
    tahun = tuple(tahun)
    dibuka = [Periode(t, b) for t in tahun for b in (*TRIWULAN, "tahunan")]
    return KonteksRepositori(
        rencana=_ada({t: _bila_terbaca(dasar.rencana, t) for t in tahun}),
        anggaran=_ada({t: _bila_terbaca(dasar.anggaran, t) for t in tahun}),
        disposisi=_ada({p: _bila_terbaca(dasar.disposisi, p) for p in dibuka}),
    )


def _lembar_sampai(jalur: str, periode: Periode) -> bool:
    tempat = letak_lembar(jalur)
    return tempat is not None and tempat[0] in (*periode.sampai_dengan(), periode)


def _bila_terbaca(ambil: Callable[..., T], *kunci: object) -> T | None:
    """The document; None when it is absent or faulty, which its own findings tell."""
    try:
        return ambil(*kunci)
    except KinerjaError:
        return None


def _ada(semua: Mapping[K, T | None]) -> dict[K, T]:
    return {kunci: d for kunci, d in semua.items() if d is not None}


def _periode(jalur: Iterable[str], nama: str) -> set[Periode]:
    cocok = (_PERIODE.fullmatch(j) for j in jalur)
    return {Periode(int(c[1]), c[2]) for c in cocok if c and c[3] == nama}


def _urut(periode: Iterable[Periode]) -> list[Periode]:
    return sorted(periode, key=lambda p: p.urutan)
