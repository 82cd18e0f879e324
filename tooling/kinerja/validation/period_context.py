"""What every worksheet of one period is judged against: plan, DPA, policy, offices, SPJ, history.

It is put together once for a period and serves all its worksheets, so that no rule searches a
list. It decides nothing; an absent document is None and a rule that needs it says nothing.

Example: in 2024-tw1 the SPJ is that of March, the plan version the one in force on 31 March.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kinerja.calculation.report import skala_berlaku
from kinerja.domain.perencanaan import (
    Anggaran,
    BarisSpj,
    Indikator,
    PaguSub,
    RealisasiLama,
    Rencana,
    Riwayat,
    Spj,
    SubKegiatan,
    TargetIndikator,
    VersiAnggaran,
    VersiRencana,
)
from kinerja.domain.periode import Periode, nama_bulan
from kinerja.domain.tata_kelola import Kebijakan, Skala
from kinerja.validation.spj_lines import kode_penuh


class _Target(dict[str, TargetIndikator]):
    def __missing__(self, _: str) -> TargetIndikator:
        return TargetIndikator()


class _Pagu(dict[str, PaguSub]):
    def __missing__(self, _: str) -> PaguSub:
        return PaguSub(None)


@dataclass(frozen=True, eq=False)
class AcuanTahun:
    """Plan and DPA of one year, looked up once for all its periods.

    Attributes:
        rencana_dasar, anggaran_dasar: asked, give the same in the base revision; None without one.
    """

    rencana: Rencana
    anggaran: Anggaran
    rencana_dasar: Callable[[], Rencana | None] = lambda: None
    anggaran_dasar: Callable[[], Anggaran | None] = lambda: None

    @cached_property
    def kamus(self) -> dict[str, Indikator]:
        """Every indikator of the plan by its id."""
        return {i.id: i for i in self.rencana.indikator}

    @cached_property
    def milik(self) -> dict[str, dict[str, Indikator]]:
        """Bidang → its indikator by their ids, in the plan's order."""
        hasil: dict[str, dict[str, Indikator]] = {}
        for i in self.rencana.indikator:
            hasil.setdefault(i.bidang, {})[i.id] = i
        return hasil

    @cached_property
    def sub_kegiatan(self) -> dict[str, SubKegiatan]:
        """Every sub kegiatan of the DPA by its code."""
        return {s.kode: s for s in self.anggaran.sub_kegiatan}

    @cached_property
    def dpa(self) -> dict[str, dict[str, SubKegiatan]]:
        """Bidang → its sub kegiatan by their codes, in the DPA's order."""
        hasil: dict[str, dict[str, SubKegiatan]] = {}
        for s in self.anggaran.sub_kegiatan:
            hasil.setdefault(s.bidang, {})[s.kode] = s
        return hasil


@dataclass(frozen=True, eq=False)
class AcuanPeriode:
    """The documents of one period.

    Attributes:
        jabatan: ids of jabatan.yaml; None when it cannot be read.
        spj: SPJ Fungsional of the period's last month.
    """

    periode: Periode
    tahun: AcuanTahun
    kebijakan: Kebijakan
    jabatan: frozenset[str] | None = None
    spj: Spj | None = None
    riwayat: Riwayat | None = None

    @property
    def rencana(self) -> Rencana:
        """The year's plan."""
        return self.tahun.rencana

    @property
    def anggaran(self) -> Anggaran:
        """The year's DPA."""
        return self.tahun.anggaran

    @cached_property
    def versi_rencana(self) -> VersiRencana:
        """The plan version in force."""
        return self.rencana.versi_pada(self.periode)

    @cached_property
    def versi_anggaran(self) -> VersiAnggaran:
        """The DPA version in force."""
        return self.anggaran.versi_pada(self.periode)

    @cached_property
    def skala(self) -> Skala:
        """The category scale in force."""
        return skala_berlaku(self.kebijakan)

    @property
    def kamus(self) -> dict[str, Indikator]:
        """Every indikator of the plan by its id, whoever owns it."""
        return self.tahun.kamus

    @property
    def milik(self) -> dict[str, dict[str, Indikator]]:
        """Bidang → its indikator by their ids, in the plan's order."""
        return self.tahun.milik

    @cached_property
    def target(self) -> Mapping[str, TargetIndikator]:
        """Indikator id → its targets in force; empty targets where the plan has none."""
        return _Target(self.rencana.semua_target(self.versi_rencana))

    @cached_property
    def target_semula(self) -> Mapping[str, TargetIndikator]:
        """Indikator id → its targets in the base, where the version in force has others now."""
        return self.target_dipindah(self.versi_rencana)

    def target_dipindah(self, versi: VersiRencana) -> Mapping[str, TargetIndikator]:
        """Indikator id → its targets in the base, where this same version has others now."""
        lama = self.tahun.rencana_dasar()
        semula = next((v for v in lama.versi if v.id == versi.id), None) if lama else None
        if lama is None or semula is None:
            return {}
        semua = {i.id: lama.target(i.id, semula) for i in lama.indikator}
        return {i: t for i, t in semua.items() if t != self.rencana.target(i, versi)}

    @property
    def sub_kegiatan(self) -> dict[str, SubKegiatan]:
        """Every sub kegiatan of the DPA by its code, whoever owns it."""
        return self.tahun.sub_kegiatan

    @property
    def dpa(self) -> dict[str, dict[str, SubKegiatan]]:
        """Bidang → its sub kegiatan by their codes, in the DPA's order."""
        return self.tahun.dpa

    @cached_property
    def pagu(self) -> Mapping[str, PaguSub]:
        """Code of a sub kegiatan → its pagu in force; none where the DPA has none."""
        return _Pagu(self.anggaran.semua_pagu(self.versi_anggaran))

    @cached_property
    def pagu_semula(self) -> Mapping[str, PaguSub]:
        """Code → its pagu in the base, where this same version has another now."""
        lama, versi = self.tahun.anggaran_dasar(), self.versi_anggaran.id
        semula = next((v for v in lama.versi if v.id == versi), None) if lama else None
        if lama is None or semula is None:
            return {}
        semua = {s.kode: lama.pagu(s.kode, semula) for s in lama.sub_kegiatan}
        return {kode: p for kode, p in semua.items() if p != self.pagu[kode]}

    @cached_property
    def baris_spj(self) -> dict[str, BarisSpj]:
        """Whole code in its normal form → line of the SPJ; empty without one."""
        return dict(zip(kode_penuh(self.spj), self.spj.baris, strict=True)) if self.spj else {}

    @property
    def nama_spj(self) -> str:
        """``SPJ Fungsional Maret 2024``."""
        return f"SPJ Fungsional {nama_bulan(self.periode.akhir.month)} {self.periode.tahun}"

    @cached_property
    def sejarah(self) -> dict[str, RealisasiLama]:
        """Indikator id → its newest year before this one in riwayat.yaml that has a figure."""
        lama = self.riwayat.realisasi if self.riwayat else ()
        urut = sorted((r for r in lama if r.tahun < self.periode.tahun), key=lambda r: r.tahun)
        return {r.indikator: r for r in urut if r.realisasi is not None}
