"""Everything that the public site shows, gathered once: :class:`DataSitus`.

It decides what is public (a period only after *kirim*), which approvals stand for the bytes
that were published, and in which order things come. It reads nothing itself: the loaders of
``adapters.reports`` are given to it. It leaves out how things look (``pages``).

Example:
    >>> data = muat_situs(Reports(pohon), pohon.baca)
    >>> data.terbaru.periode.id
    '2024-tw2'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from hashlib import sha256
from typing import Protocol
from zoneinfo import ZoneInfo

from kinerja.domain.kertas_kerja import Disposisi, KertasKerja
from kinerja.domain.laporan import BarisCapaian, Kirim, Laporan
from kinerja.domain.organisasi import (
    Bidang,
    DaftarIdentitas,
    DaftarJabatan,
    Organisasi,
    Status,
)
from kinerja.domain.pemeriksaan import AturanTercatat, ContohAturan
from kinerja.domain.perencanaan import Anggaran, Indikator, RealisasiLama, Rencana, Riwayat
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import PeristiwaBertanda
from kinerja.domain.tata_kelola import PERSETUJUAN, Kalender, Kebijakan, Sop, Tindakan
from kinerja.workflow.stages import LangkahJalan, MasukanStatus, jalannya


class SumberSitus(Protocol):
    """The loaders that the site is gathered from (``adapters.reports.Reports``)."""

    def organisasi(self) -> Organisasi: ...
    def jabatan(self) -> DaftarJabatan: ...
    def identitas(self) -> DaftarIdentitas: ...
    def kebijakan(self) -> Kebijakan: ...
    def sop(self) -> Sop: ...
    def kalender(self) -> Kalender: ...
    def rencana(self, tahun: int) -> Rencana: ...
    def anggaran(self, tahun: int) -> Anggaran | None: ...
    def riwayat(self) -> Riwayat | None: ...
    def disposisi(self, periode: Periode) -> Disposisi | None: ...
    def kertas_kerja(self, periode: Periode, bidang: str) -> KertasKerja | None: ...
    def laporan(self, periode: Periode) -> Laporan | None: ...
    def kirim(self, periode: Periode) -> Kirim | None: ...
    def peristiwa(self, periode: Periode) -> tuple[PeristiwaBertanda, ...]: ...
    def periode(self) -> tuple[Periode, ...]: ...


@dataclass(frozen=True, slots=True)
class Unduhan:
    """A file that the site offers: what it is, its path below the site, its bytes."""

    nama: str
    jalur: str
    isi: bytes


@dataclass(frozen=True, slots=True)
class DataPeriode:
    """One published period.

    Attributes:
        kertas_kerja: the worksheets whose bytes the report bound; a later change is not public.
        persetujuan: the approvals that stand for the published bytes, in log order.
        pengembalian: change id → how many times it was sent back.
        langkah: the steps of the SOP with their real times.
    """

    periode: Periode
    laporan: Laporan
    kirim: Kirim
    disposisi: Disposisi | None
    kertas_kerja: tuple[KertasKerja, ...]
    peristiwa: tuple[PeristiwaBertanda, ...]
    persetujuan: tuple[PeristiwaBertanda, ...]
    pengembalian: Mapping[str, int]
    langkah: tuple[LangkahJalan, ...]
    rencana: Rencana
    anggaran: Anggaran | None
    unduhan: tuple[Unduhan, ...] = ()

    def capaian(self, indikator: str) -> BarisCapaian | None:
        """The signed line of one indikator."""
        return next((b for b in self.laporan.capaian if b.id == indikator), None)

    def lembar(self, bidang: str) -> KertasKerja | None:
        """The signed worksheet of one bidang."""
        return next((k for k in self.kertas_kerja if k.bidang == bidang), None)

    def tindakan(self, tindakan: Tindakan, perubahan: str) -> PeristiwaBertanda | None:
        """The newest act of one kind on one change."""
        cocok = (
            p
            for p in reversed(self.peristiwa)
            if p.peristiwa.tindakan is tindakan and p.peristiwa.perubahan == perubahan
        )
        return next(cocok, None)


@dataclass(frozen=True, slots=True)
class DataSitus:
    """What every page is made from."""

    organisasi: Organisasi
    jabatan: DaftarJabatan
    identitas: DaftarIdentitas
    kebijakan: Kebijakan
    sop: Sop
    zona: tzinfo
    periode: tuple[DataPeriode, ...]
    riwayat: tuple[RealisasiLama, ...] = ()
    aturan: tuple[AturanTercatat, ...] = ()
    contoh_aturan: Mapping[str, tuple[ContohAturan, ...]] = field(default_factory=dict)
    sunting: Callable[[str, str], str] | None = None
    """Change, path → the forge's page that edits it, "" for none; None when there is no forge."""

    @property
    def terbaru(self) -> DataPeriode | None:
        """The newest published period."""
        return self.periode[-1] if self.periode else None

    @property
    def status(self) -> Status:
        """The weakest status of anything shown: one sample figure marks the whole site."""
        semua = {self.organisasi.status, *(p.laporan.status for p in self.periode)}
        return next(s for s in (Status.SIMULASI, Status.CONTOH, Status.RESMI) if s in semua)

    @property
    def tanggal(self) -> date:
        """The day of the newest delivery: what the site's own dates say."""
        hari = [p.kirim.dikirim.astimezone(self.zona).date() for p in self.periode]
        return max(hari, default=self.sop.tanggal_efektif)

    def bidang(self) -> tuple[Bidang, ...]:
        """Every bidang of the agency, then those that only older reports know."""
        kini = {b.id for b in self.organisasi.bidang}
        lama = {r.bidang for p in self.periode for r in p.laporan.capaian} - kini
        return (*self.organisasi.bidang, *(Bidang(i, i, "", "") for i in sorted(lama)))

    def nama_bidang(self, id_bidang: str) -> str:
        """The bidang's name; its id when it is unknown."""
        bidang = self.organisasi.cari_bidang(id_bidang)
        return bidang.nama if bidang else id_bidang

    def indikator(self) -> tuple[Indikator, ...]:
        """Every indikator of a published year, by its newest definition, in the plan's order."""
        semua: dict[str, Indikator] = {}
        for p in reversed(self.periode):
            for i in p.rencana.indikator:
                semua.setdefault(i.id, i)
        urut = {b.id: n for n, b in enumerate(self.bidang())}
        return tuple(sorted(semua.values(), key=lambda i: urut.get(i.bidang, len(urut))))


def muat_situs(sumber: SumberSitus, baca: Callable[[str], bytes | None]) -> DataSitus:
    """Gathers the site's data.

    Args:
        sumber: loaders of the repository's files.
        baca: bytes of a file by its path, for digests.
    """
    organisasi = sumber.organisasi()
    riwayat = sumber.riwayat()
    zona = ZoneInfo(organisasi.zona_waktu)
    urut = sorted(sumber.periode(), key=lambda p: p.urutan)
    periode = (_periode(sumber, baca, organisasi, zona, p) for p in urut)
    return DataSitus(
        organisasi=organisasi,
        jabatan=sumber.jabatan(),
        identitas=sumber.identitas(),
        kebijakan=sumber.kebijakan(),
        sop=sumber.sop(),
        zona=zona,
        periode=tuple(p for p in periode if p is not None),
        riwayat=riwayat.realisasi if riwayat else (),
    )


def yang_berlaku(
    peristiwa: Iterable[PeristiwaBertanda], sidik_berkas: Mapping[str, str]
) -> tuple[PeristiwaBertanda, ...]:
    """The approvals that cover exactly the published bytes and were not taken back.

    Args:
        sidik_berkas: path → SHA-256 of the bytes that were published.
    """
    berlaku: dict[tuple[str, str, Tindakan], PeristiwaBertanda] = {}
    for p in peristiwa:
        e = p.peristiwa
        if e.tindakan in PERSETUJUAN:
            if e.berkas and all(sidik_berkas.get(b.jalur) == b.sha256 for b in e.berkas):
                berlaku[(e.perubahan, e.jabatan, e.tindakan)] = p
        elif e.tindakan in {Tindakan.TIDAK, Tindakan.TARIK}:
            batal = [k for k in berlaku if k[:2] == (e.perubahan, e.jabatan)]
            for kunci in batal:
                del berlaku[kunci]
    return tuple(sorted(berlaku.values(), key=lambda p: p.peristiwa.urut))


# helpers


def _periode(
    sumber: SumberSitus,
    baca: Callable[[str], bytes | None],
    organisasi: Organisasi,
    zona: tzinfo,
    periode: Periode,
) -> DataPeriode | None:
    """One period, or None while it is not public."""
    kirim, laporan = sumber.kirim(periode), sumber.laporan(periode)
    if kirim is None or laporan is None:
        return None
    peristiwa = sumber.peristiwa(periode)
    disposisi = sumber.disposisi(periode)
    sidik = {m.jalur: m.sha256 for m in laporan.masukan}
    sidik[f"{periode.folder}/laporan.yaml"] = _sidik(baca, f"{periode.folder}/laporan.yaml")
    lembar = [
        sumber.kertas_kerja(periode, b.id)
        for b in organisasi.bidang
        if _sidik(baca, jalur := f"{periode.folder}/kertas-kerja/{b.id}.yaml") == sidik.get(jalur)
    ]
    status = MasukanStatus(
        periode=periode,
        organisasi=organisasi,
        sop=sumber.sop(),
        kalender=sumber.kalender(),
        zona=zona,
        disposisi=disposisi,
        peristiwa=tuple(p.peristiwa for p in peristiwa),
        tanpa=frozenset(t.bidang for t in laporan.tanpa),
        saat=kirim.dikirim,
    )
    return DataPeriode(
        periode=periode,
        laporan=laporan,
        kirim=kirim,
        disposisi=disposisi,
        kertas_kerja=tuple(k for k in lembar if k is not None),
        peristiwa=peristiwa,
        persetujuan=yang_berlaku(peristiwa, sidik),
        pengembalian=_pengembalian(peristiwa),
        langkah=jalannya(status),
        rencana=sumber.rencana(periode.tahun),
        anggaran=sumber.anggaran(periode.tahun),
    )


def _sidik(baca: Callable[[str], bytes | None], jalur: str) -> str:
    """SHA-256 of a file; "" when it is not there, which no digest equals."""
    isi = baca(jalur)
    return "" if isi is None else sha256(isi).hexdigest()


def _pengembalian(peristiwa: Iterable[PeristiwaBertanda]) -> dict[str, int]:
    hasil: dict[str, int] = {}
    for p in peristiwa:
        if p.peristiwa.tindakan is Tindakan.TIDAK:
            hasil[p.peristiwa.perubahan] = hasil.get(p.peristiwa.perubahan, 0) + 1
    return hasil
