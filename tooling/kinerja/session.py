"""One person's sitting at the repository: who acts, when, with which key, in which office.

It decides whether the person may act for an office now, and what is wrong with a worksheet.
The eight steps themselves are in ``sop``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from functools import cached_property

from kinerja.adapters.event_log import palsu
from kinerja.adapters.local_forge import ForgeLokal, Rencana
from kinerja.adapters.refs import UTAMA
from kinerja.adapters.reports import Reports, baca_lembar, jalur_kertas_kerja
from kinerja.adapters.yaml_strict import letak
from kinerja.calculation.recount import lembar_laporan
from kinerja.checking.contexts import Acuan
from kinerja.domain.errors import DitolakError, PemakaianError
from kinerja.domain.findings import Finding, urutkan
from kinerja.domain.kertas_kerja import KertasKerja
from kinerja.domain.organisasi import Bidang, Orang, Pemangku, Sebutan, pemangku_sah
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import ACUAN, Berkas, Bukti, Peristiwa, berkas_dari
from kinerja.domain.tata_kelola import Jaminan, Tindakan
from kinerja.validation.context import Konteks, Titik
from kinerja.validation.engine import periksa_kertas_kerja
from kinerja.workflow.approvals import evaluate
from kinerja.workflow.evaluation import PENCABUT
from kinerja.workflow.ledger import Buku
from kinerja.workflow.offices import jabatan_orang
from kinerja.workflow.policy import sidik_kebijakan
from kinerja.workflow.ports import Penanda
from kinerja.workflow.verdict import Perubahan, Verdict

_TANPA_TEMPAT = Titik(0, 0)


@dataclass(frozen=True, slots=True)
class Hasil:
    """What a command says at its end: what happened, what is next, who holds the pen."""

    terjadi: str
    rincian: tuple[str, ...] = ()
    berikutnya: str = ""
    pemegang: tuple[str, ...] = ()
    temuan: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class LembarDinilai:
    """A worksheet as it was judged; no context when its bytes are no worksheet at all."""

    kertas_kerja: KertasKerja | None
    konteks: Konteks | None
    temuan: tuple[Finding, ...]


@dataclass
class Sesi:
    """A person, a moment and a repository.

    Attributes:
        id_orang: the person who acts (``--sebagai``).
        waktu: the moment, read once.
        bukti: what a forge showed of this act, when an observer signs it for the person.
    """

    forge: ForgeLokal
    id_orang: str
    penanda: Penanda
    waktu: datetime
    sesudah: Callable[[Peristiwa], None] | None = None
    """Called after each act: on a forge, its pull request is opened, judged and merged."""
    bukti: Bukti | None = None
    reports: Reports = field(init=False)
    dasar: str = field(init=False)
    """The commit of main that everything here is judged by."""

    def __post_init__(self) -> None:
        self.segarkan()

    @cached_property
    def zona(self) -> tzinfo:
        """The agency's zone."""
        return self.reports.zona()

    @property
    def orang(self) -> Orang:
        """The acting person; refused when unknown."""
        orang = self.reports.identitas().cari(self.id_orang)
        if orang is None:
            dikenal = ", ".join(o.id for o in self.reports.identitas().orang)
            raise PemakaianError(f"orang `{self.id_orang}` tidak dikenal", f"pilih: {dikenal}")
        return orang

    def segarkan(self) -> None:
        """Reads main again, after an act moved it."""
        self.dasar = self.forge.utama()
        self.reports = self.forge.reports(self.dasar)

    # offices

    def sebagai(self, *jabatan: str) -> Pemangku:
        """The person's lawful hold of one of these offices now.

        Raises:
            DitolakError: naming who may act instead.
        """
        orang = self.orang
        hari = self.waktu.astimezone(self.zona).date()
        daftar = self.reports.jabatan()
        for j in jabatan:
            p = pemangku_sah(daftar, j, hari)
            if p is not None and p.orang == orang.id:
                return p
        berhak = "; ".join(self.pemegang(j) for j in jabatan)
        punya = ", ".join(daftar.nama(j) for j in jabatan_orang(daftar, orang.id, hari))
        raise DitolakError(
            f"{orang.nama} ({punya or 'tanpa jabatan'}) tidak berwenang untuk langkah ini",
            f"yang berwenang: {berhak}",
        )

    def pemegang(self, jabatan: str) -> str:
        """``Plh. Kepala Bidang … (Eka Contohono)``: who holds the office now."""
        daftar = self.reports.jabatan()
        p = pemangku_sah(daftar, jabatan, self.waktu.astimezone(self.zona).date())
        if p is None:
            return f"{daftar.nama(jabatan)} (kosong; tunjuk Plt.)"
        nama = self.reports.identitas().nama(p.orang)
        return f"{p.sebutan.awalan}{daftar.nama(jabatan)} ({nama})"

    def sementara(self, pemangku: Pemangku) -> str:
        """`` sebagai Plh. …, SPT 090/…`` for an acting holder; "" otherwise."""
        if pemangku.sebutan is Sebutan.DEFINITIF:
            return ""
        nama = self.reports.jabatan().nama(pemangku.jabatan)
        nomor = pemangku.dasar.nomor if pemangku.dasar else "tanpa nomor"
        return f" sebagai {pemangku.sebutan.awalan}{nama} ({nomor})"

    @property
    def sebutan_tanda(self) -> str:
        """How strongly this sitting's acts are tied to the person, as it is told after one."""
        if self.penanda.jaminan is Jaminan.KUNCI_SENDIRI:
            return "tanda tangan kunci sendiri (tidak tersertifikasi)"
        return "disaksikan sistem, tanpa kunci sendiri (tidak tersertifikasi)"

    @property
    def penanda_berkas(self) -> tuple[str, ...]:
        """The line DATA CONTOH or SIMULASI for a new document's head; none when official."""
        penanda = self.reports.organisasi().status.penanda
        return (penanda,) if penanda else ()

    def bidang(self, id_bidang: str) -> Bidang:
        """The bidang with this id; refused when unknown."""
        bidang = self.reports.organisasi().cari_bidang(id_bidang)
        if bidang is None:
            ada = ", ".join(b.id for b in self.reports.organisasi().bidang)
            raise PemakaianError(f"bidang `{id_bidang}` tidak ada", f"pilih: {ada}")
        return bidang

    # events

    def peristiwa(
        self,
        perubahan: str,
        tindakan: Tindakan,
        pemangku: Pemangku,
        berkas: Sequence[Berkas],
        *,
        sesudah: str | None = None,
        masukan: Sequence[Berkas] = (),
        alasan: str | None = None,
        kepala: str | None = None,
    ) -> Peristiwa:
        """A draft event of this person; the log gives it its number and links."""
        return Peristiwa(
            urut=0,
            perubahan=perubahan,
            tujuan=UTAMA,
            tindakan=tindakan,
            jabatan=pemangku.jabatan,
            orang=pemangku.orang,
            sebutan=pemangku.sebutan,
            dasar=pemangku.dasar,
            berkas=tuple(berkas),
            masukan=tuple(masukan),
            kebijakan=sidik_kebijakan(self.reports.kebijakan()),
            sesudah=sesudah,
            sebelumnya=None,
            waktu=self.waktu.replace(microsecond=0),
            alasan=alasan,
            jaminan=self.penanda.jaminan,
            kepala=kepala,
            kunci=self.penanda.sidik,
            acuan=tuple(berkas_dari(j, b) for j in ACUAN if (b := self.reports.pohon.baca(j)) is not None),
            bukti=self.bukti,
            semula=self._semula(berkas) if tindakan is not Tindakan.MULAI else (),
        )

    def _semula(self, berkas: Iterable[Berkas]) -> tuple[Berkas, ...]:
        """These files as main has them, those that it has."""
        ada = ((b.jalur, self.reports.pohon.baca(b.jalur)) for b in berkas)
        return tuple(berkas_dari(j, x) for j, x in ada if x is not None)

    def milik(self, perubahan: str) -> tuple[Peristiwa, ...]:
        """Events of one change that are their persons' own.

        A *tidak* or *tarik* whose signature does not hold stays: it may have been stripped of it.
        """
        palsu = self.palsu(perubahan)
        return tuple(
            p
            for c in self.forge.log.milik(perubahan)
            if (p := c.peristiwa).urut not in palsu or p.tindakan in PENCABUT
        )

    def palsu(self, perubahan: str) -> dict[int, str]:
        """Events of the change whose signature is not their person's: number → what is wrong."""
        return palsu(self.forge.log.milik(perubahan), self.reports.identitas(), self.zona)

    def catat(self, rencana: Rencana) -> Peristiwa:
        """Writes an act; what it brings to main must be approved, if only by the act itself.

        Raises:
            DitolakError: the policy does not let these files go to main by this act.
            BentrokError: offices or rules changed on main since they were read here.
        """
        if rencana.ke_utama is not None:
            self._tuntut_disetujui(rencana)
        rencana = replace(rencana, dasar=self.dasar)
        hasil = self.forge.catat(lambda: rencana, self.penanda, self.orang).peristiwa
        if self.sesudah is not None:
            self.sesudah(hasil)
        self.segarkan()
        return hasil

    def nilai(self, perubahan: str, tambahan: Peristiwa | None = None) -> Verdict | None:
        """The verdict on a change, as if one more event had been given; None without branch."""
        p = self.forge.perubahan(perubahan, self.reports)
        return None if p is None else self._evaluate(p, tambahan)

    def _evaluate(self, perubahan: Perubahan, tambahan: Peristiwa | None) -> Verdict:
        log = self.forge.peristiwa()
        semua = log if tambahan is None else (*log, replace(tambahan, urut=len(log) + 1))
        buku = Buku(semua, self.palsu(perubahan.id))
        return evaluate(self.reports.konteks(), perubahan, buku, self.waktu)

    def _tuntut_disetujui(self, rencana: Rencana) -> None:
        """The evaluator's word on what goes to main, whichever step brings it there."""
        p = rencana.peristiwa
        if rencana.gabung is not None:
            verdict = self.nilai(p.perubahan, p)
        else:
            berkas = tuple(berkas_dari(j, b) for j, b in (rencana.ke_utama or {}).items())
            usul = Perubahan(p.perubahan, p.tujuan, berkas, semula=self._semula(berkas))
            verdict = self._evaluate(usul, p)
        if verdict is None or not verdict.lulus:
            sebab = [s for s in verdict.pohon.semua() if not s.lulus and not s.anak] if verdict else []
            alasan = f"{sebab[0].judul}: {sebab[0].alasan}" if sebab else "usulannya tidak ada lagi"
            raise DitolakError(f"kebijakan tidak mengizinkan ini: {alasan}", "tidak ada yang ditulis")

    # worksheets

    def lembar_bertanda(self, periode: Periode) -> dict[str, list[KertasKerja]]:
        """Signed worksheets of the year up to the period, by part of the year."""
        return lembar_laporan(self.reports.organisasi(), periode, self.reports.kertas_kerja)

    def periksa_lembar(
        self, bita: bytes, periode: Periode, bidang: Bidang, *, diajukan: bool
    ) -> tuple[Finding, ...]:
        """Every finding of a worksheet's bytes: its shape and the rules."""
        return self.nilai_lembar(bita, periode, bidang, diajukan=diajukan).temuan

    def nilai_lembar(
        self, bita: bytes, periode: Periode, bidang: Bidang, *, diajukan: bool, bertempat: bool = True
    ) -> LembarDinilai:
        """A worksheet's bytes with what they are judged against and every finding.

        Args:
            bertempat: the rules' findings have lines and columns; a table, which shows none, does
                without them, since they cost as much as the rules.
        """
        jalur = jalur_kertas_kerja(periode, bidang.id)
        kk, cacat, temuan = baca_lembar(bita, jalur)
        if kk is None:
            return LembarDinilai(None, None, temuan)
        konteks = Acuan(self.reports, dasar=self.reports).lembar(kk, periode, bidang, diajukan)
        cari = letak(bita).cari if bertempat else lambda _: _TANPA_TEMPAT
        aturan = periksa_kertas_kerja(konteks, jalur, cari, cacat)
        return LembarDinilai(kk, konteks, urutkan([*temuan, *aturan]))
