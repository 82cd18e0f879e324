"""A sample agency grown large: many bidang, many years, every worksheet filled and faultless.

The same arguments always give the same bytes. Worksheets are those that ``siapkan`` writes,
filled with figures near their targets, so that every rule has work and none finds anything.
It leaves out reports (``published``) and history (``history``).

Example:
    >>> korpus = Korpus(bidang=125, tahun=range(2024, 2044))
    >>> len(korpus.tulis(folder))
    10000
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from kinerja.adapters import package_data
from kinerja.adapters.documents import tulis
from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import PohonIsi
from kinerja.adapters.worksheet_writer import kertas_kerja_baru
from kinerja.adapters.yaml_splice import sisip
from kinerja.domain.kertas_kerja import BarisAnggaran, BarisIndikator, KertasKerja
from kinerja.domain.organisasi import Bidang, Dasar, Organisasi
from kinerja.domain.perencanaan import (
    Akumulasi,
    Anggaran,
    Arah,
    Indikator,
    KodeNama,
    PaguSub,
    Rencana,
    RumusTurun,
    Sasaran,
    SubKegiatan,
    TargetIndikator,
    TingkatIndikator,
    VersiAnggaran,
    VersiRencana,
)
from kinerja.domain.periode import TRIWULAN, Periode

_TAHUN_POLA = 2024
"""Documents of a year are written once for this year; for another only its number changes."""
_SUB_SEBIDANG = 3
_ISIAN = re.compile(rb"(?<=: )null(?=  # \xe2\x97\x84 isi)")
_PENYEBUT = 400


@dataclass(frozen=True, slots=True)
class Lembar:
    """One worksheet: as prepared, and as filled."""

    jalur: str
    kosong: bytes
    terisi: bytes


@dataclass(frozen=True)
class Korpus:
    """An agency with so many bidang over so many years, four worksheets each."""

    bidang: int
    tahun: Sequence[int]

    @cached_property
    def dokumen(self) -> dict[str, bytes]:
        """Everything below ``reports/`` but the worksheets."""
        isi = package_data.contoh_boalemo()
        nama = ("organisasi", "jabatan", "identitas", "kebijakan", "sop", "kalender")
        hasil = {j: isi[j] for j in (f"reports/{n}.yaml" for n in nama)}
        daftar = [
            {"id": id_, "nama": f"Bidang {n}", "pengisi": "kasie:rehabilitasi-sosial",
             "pemeriksa": "kabid:rehabilitasi-sosial"}
            for n, id_ in enumerate(self.id_bidang)
        ]  # fmt: skip
        hasil["reports/organisasi.yaml"] = sisip(hasil["reports/organisasi.yaml"], {"/bidang": daftar})
        for nama_, dok in (("rencana", self._rencana), ("anggaran", self._anggaran)):
            pola = tulis(dok, f"../../schemas/{nama_}.v1.json")
            for t in self.tahun:
                hasil[f"reports/{t}/{nama_}.yaml"] = pola.replace(b"%d" % _TAHUN_POLA, b"%d" % t)
        return hasil

    @cached_property
    def id_bidang(self) -> tuple[str, ...]:
        """``bidang-000`` …"""
        return tuple(f"bidang-{n:03d}" for n in range(self.bidang))

    def lembar(self) -> Iterator[Lembar]:
        """Every worksheet, period after period."""
        organisasi = Reports(PohonIsi(self.dokumen)).organisasi()
        for tahun in self.tahun:
            lalu: dict[str, KertasKerja] = {}
            for bagian in TRIWULAN:
                for b in organisasi.bidang:
                    lembar, lalu[b.id] = self._satu(
                        organisasi, b, Periode(tahun, bagian), lalu.get(b.id)
                    )
                    yield lembar

    def tulis(self, folder: Path) -> list[Path]:
        """Writes the repository's folder; gives the worksheets in order."""
        for jalur, bita in self.dokumen.items():
            _tulis(folder / jalur, bita)
        hasil = []
        for x in self.lembar():
            _tulis(folder / x.jalur, x.terisi)
            hasil.append(folder / x.jalur)
        return hasil

    def _satu(
        self, organisasi: Organisasi, bidang: Bidang, periode: Periode, lalu: KertasKerja | None
    ) -> tuple[Lembar, KertasKerja]:
        rencana, anggaran = self._tahunan(periode.tahun)
        kosong = kertas_kerja_baru(organisasi, bidang, periode, rencana, anggaran, lalu)
        kk = _terisi(rencana, anggaran, bidang.id, periode, lalu)
        nilai = iter(_isian(kk))
        terisi = _ISIAN.sub(lambda _: next(nilai, "null").encode(), kosong)
        return Lembar(f"{periode.folder}/kertas-kerja/{bidang.id}.yaml", kosong, terisi), kk

    def _tahunan(self, tahun: int) -> tuple[Rencana, Anggaran]:
        """Plan and DPA as they read in that year."""
        mulai = date(tahun, 1, 1)
        r, a = self._rencana, self._anggaran
        return (
            replace(r, tahun=tahun, versi=(replace(r.versi[0], berlaku=mulai),)),
            replace(a, tahun=tahun, versi=(replace(a.versi[0], berlaku=mulai),)),
        )

    @cached_property
    def _rencana(self) -> Rencana:
        indikator, target = [], {}
        for b in self.id_bidang:
            for n, (nama, satuan, arah, akumulasi) in enumerate(_INDIKATOR):
                i = f"{b}-{n}"
                indikator.append(
                    Indikator(
                        i, f"{nama} pada {b}", b, TingkatIndikator.SASARAN, satuan, arah, akumulasi,
                        f"{nama} menurut rekap bidang", "dihitung dari rekap bidang", "Rekap bidang",
                        "kabid:rehabilitasi-sosial", "Renstra Dinas (DATA CONTOH)", sasaran="s1",
                        rumus=RumusTurun.RASIO if arah is Arah.TURUN else None,
                    )
                )  # fmt: skip
                tw = [Decimal(40 + 10 * q + _acak(i, q, 5)) for q in range(len(TRIWULAN))]
                setahun = _setahun(akumulasi, tw)
                target[i] = TargetIndikator(tw[0], tw[1], tw[2], tw[3], setahun, setahun)
        versi = VersiRencana("murni", "Perjanjian Kinerja", _DASAR, date(_TAHUN_POLA, 1, 1), target)
        sasaran = (Sasaran("s1", "Meningkatnya layanan dasar"),)
        renstra = "Renstra (DATA CONTOH)"
        return Rencana("rencana/v1", _TAHUN_POLA, renstra, sasaran, tuple(indikator), (versi,))

    @cached_property
    def _anggaran(self) -> Anggaran:
        sub = tuple(
            SubKegiatan(
                f"1.06.01.2.01.{1 + _SUB_SEBIDANG * n + k:04d}", f"Penyediaan layanan {k} pada {b}", b,
                "Jumlah dokumen layanan", "Dokumen",
            )
            for n, b in enumerate(self.id_bidang)
            for k in range(_SUB_SEBIDANG)
        )  # fmt: skip
        juta = {s.kode: 10_000_000 + 500_000 * _acak(s.kode, 0, 90) for s in sub}
        pagu = {kode: PaguSub(Decimal(n), Decimal(12)) for kode, n in juta.items()}
        versi = VersiAnggaran("dpa", "DPA murni", _DASAR, date(_TAHUN_POLA, 1, 1), pagu)
        return Anggaran(
            "anggaran/v1", _TAHUN_POLA, _KEPUTUSAN, (KodeNama("1.06.01", "PROGRAM PENUNJANG"),),
            (KodeNama("1.06.01.2.01", "Perencanaan dan Evaluasi Kinerja"),), sub, (versi,),
        )  # fmt: skip


def ubah_sebagian(lembar: Sequence[Path], putaran: int, tiap: int = 100) -> int:
    """Changes every n-th worksheet, each round otherwise; gives how many."""
    diubah = lembar[::tiap]
    for f in diubah:
        kepala, tanda, _ = f.read_bytes().rpartition(b"\ncatatan: ")
        f.write_bytes(kepala + tanda + b"putaran %d\n" % putaran)
    return len(diubah)


# helpers

_DASAR = Dasar("CONTOH/1", date(_TAHUN_POLA, 1, 2), "Dokumen contoh untuk pengukuran")
_KEPUTUSAN = Dasar("900.1.15.5-1317", date(2023, 6, 23), "Keputusan Mendagri tentang kode")
"""Older than every year of a corpus that starts in 2024."""
_INDIKATOR = (
    ("Persentase lanjut usia terlantar yang terlayani", "persen", Arah.NAIK, Akumulasi.NILAI_AKHIR),
    ("Jumlah keluarga penerima bantuan", "keluarga", Arah.NAIK, Akumulasi.JUMLAH),
    ("Waktu tanggap penyaluran bantuan", "jam", Arah.TURUN, Akumulasi.RATA_RATA),
)  # fmt: skip


def _acak(kunci: str, n: int, batas: int) -> int:
    """A number below ``batas`` that looks like chance and never changes."""
    return zlib.crc32(f"{kunci}/{n}".encode()) % batas


def _setahun(akumulasi: Akumulasi, tw: Sequence[Decimal]) -> Decimal:
    """The annual target that the quarters make."""
    if akumulasi is Akumulasi.NILAI_AKHIR:
        return tw[-1]
    jumlah = sum(tw, Decimal())
    return jumlah if akumulasi is Akumulasi.JUMLAH else jumlah / len(tw)


def _terisi(
    rencana: Rencana, anggaran: Anggaran, bidang: str, periode: Periode, lalu: KertasKerja | None
) -> KertasKerja:
    lama = {b.id: b.realisasi for b in lalu.indikator} if lalu else {}
    belanja = {b.kode: b.realisasi for b in lalu.anggaran} if lalu else {}
    q = TRIWULAN.index(periode.bagian)
    indikator = [
        _baris(i, rencana.versi[0].target[i.id].nilai(periode.bagian), lama.get(i.id), periode)
        for i in rencana.milik(bidang)
    ]
    sub = []
    for s in anggaran.milik(bidang):
        pagu = anggaran.versi[0].pagu[s.kode].pagu or Decimal()
        persen = 24 * (q + 1) - _acak(s.kode, periode.tahun + q, 8)
        sub.append(
            BarisAnggaran(s.kode, s.nama, pagu, belanja.get(s.kode), pagu * persen // 100, Decimal(persen))
        )
    versi = (rencana.versi[0].id, anggaran.versi[0].id)
    return KertasKerja("kertas-kerja/v1", periode.id, bidang, *versi, tuple(indikator), tuple(sub))


def _baris(i: Indikator, target: object, lalu: object, periode: Periode) -> BarisIndikator:
    """Figures a little better than the target: no rule asks for an explanation."""
    assert isinstance(target, Decimal)  # noqa: S101 - the corpus has number targets only
    lama = lalu if isinstance(lalu, Decimal) else None
    lebih = _acak(i.id, periode.tahun * 4 + TRIWULAN.index(periode.bagian), 10)
    if i.satuan == "persen":
        pembilang = target * _PENYEBUT // 100 + lebih
        realisasi = pembilang * 100 / _PENYEBUT
        return BarisIndikator(i.id, i.nama, i.satuan, target, lama, realisasi, pembilang, Decimal(_PENYEBUT))
    realisasi = target - lebih // 2 if i.arah is Arah.TURUN else target + lebih // 2
    return BarisIndikator(i.id, i.nama, i.satuan, target, lama, realisasi)


def _isian(kk: KertasKerja) -> Iterator[str]:
    """What stands behind each ``◄ isi``, in the order of the file."""
    for b in kk.indikator:
        yield from (_teks(b.realisasi), _teks(b.pembilang), _teks(b.penyebut))
        yield from ("null", f"layanan menjangkau desa terjauh pada {kk.periode}", "null", "null")
    for a in kk.anggaran:
        yield from (_teks(a.realisasi), _teks(a.fisik), "null")


def _teks(nilai: object) -> str:
    return f"{nilai:f}" if isinstance(nilai, Decimal) else "null"


def _tulis(berkas: Path, bita: bytes) -> None:
    berkas.parent.mkdir(parents=True, exist_ok=True)
    berkas.write_bytes(bita)
