"""Where the desk works: one agency, one clock, and a repository for each thread.

It decides nothing; it opens a sitting of a person for a page or for an act. Git's long-lived
readers may serve one thread at a time, so each thread has its own.

Example:
    >>> meja.sesi("p-citra").reports.organisasi().nama_singkat
    'Dinsos PMD Boalemo'
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256

from kinerja.adapters.forges.connection import Sambungan
from kinerja.adapters.git_remote import MundurError
from kinerja.adapters.local_forge import ForgeLokal
from kinerja.adapters.reports import Reports
from kinerja.agency import Instansi
from kinerja.desk.signers import TANPA_TANDA
from kinerja.domain.errors import BentrokError, DitolakError, KinerjaError
from kinerja.domain.organisasi import DaftarIdentitas
from kinerja.domain.peristiwa import MEJA, Bukti, JenisBukti, Peristiwa, kanonik
from kinerja.domain.tata_kelola import PERSETUJUAN
from kinerja.forge_view import PandanganForge
from kinerja.publishing.verdicts import giliran
from kinerja.reconcile import HasilUsulan, sesudah_tindakan
from kinerja.session import Sesi
from kinerja.workflow.offices import jabatan_orang
from kinerja.workflow.ports import Penanda
from kinerja.workflow.verdict import Perubahan, Verdict

_JEDA_DETIK = 15.0
"""How old what we show of a forge may become before it is fetched again."""


@dataclass
class Meja:
    """The desk of one agency.

    Attributes:
        jam: gives the present moment, with an offset; injected so that a sample year can be walked.
        demo: one person may play every role; only ever on loopback.
        token: a person's own token of the forge; None when there is none.
        gangguan: why the forge could not be reached lately; "" when it could.
    """

    instansi: Instansi
    jam: Callable[[], datetime]
    demo: bool = False
    token: Callable[[str], str | None] = lambda _: None
    gangguan: str = ""
    _segar: float = 0.0
    _utas: threading.local = field(default_factory=threading.local, repr=False)

    @cached_property
    def sambungan(self) -> Sambungan | None:
        """The forge that the agency is connected to; read once, when the desk begins."""
        return self.instansi.sambungan()

    def forge(self) -> ForgeLokal:
        """This thread's repository."""
        ada: ForgeLokal | None = getattr(self._utas, "forge", None)
        if ada is None:
            ada = self.instansi.forge()
            self._utas.forge = ada
        return ada

    def reports(self) -> Reports:
        """The documents of main now; read again only when main has moved."""
        forge = self.forge()
        utama = forge.utama()
        lama: tuple[str, Reports] | None = getattr(self._utas, "reports", None)
        if lama is None or lama[0] != utama:
            lama = (utama, forge.reports(utama))
            self._utas.reports = lama
        return lama[1]

    def sesi(
        self,
        orang: str,
        penanda: Penanda = TANPA_TANDA,
        saat: datetime | None = None,
        *,
        menulis: bool = False,
        bukti: Bukti | None = None,
    ) -> Sesi:
        """A sitting of a person; without a signer it can look and fill, but not act.

        On a forge it works with the person's own token, so that commits, pull requests and merges
        there are theirs.

        Args:
            saat: the moment of an act that was begun earlier (a passkey signs it afterwards).
            menulis: something will be written; on a forge that needs the person's token.
            bukti: what was seen of the person's act, when an observer signs for it.

        Raises:
            DitolakError: a token is needed and this person has none here.
        """
        kini = saat or self.saat()
        sambungan = self.sambungan
        if sambungan is None or not (menulis or penanda is not TANPA_TANDA):
            return Sesi(self.forge(), orang, penanda, kini, bukti=bukti)
        token = self.token(orang)
        if token is None:
            raise DitolakError(
                f"belum ada token {sambungan.forge} Anda di Meja Kerja ini",
                "simpan token pribadi Anda di halaman akun, lalu ulangi",
            )
        milik = sambungan.atas_nama(token)
        forge = _DiForge(self.forge().repo, milik.repo_jauh(self.forge().repo))
        forge.segarkan()
        hasil = Sesi(forge, orang, penanda, kini, bukti=bukti)
        forge.pandangan = PandanganForge(milik.buka(forge.repo), forge, self.instansi.pengamat(), kini)
        self._utas.kabar = []
        hasil.sesudah = _sesudah(forge.pandangan, self._utas.kabar)
        return hasil

    def kabar(self) -> tuple[str, ...]:
        """What the forge has not done of this thread's last act, which stands in the log; told once."""
        kabar, self._utas.kabar = getattr(self._utas, "kabar", []), []
        return tuple(kabar)

    def saksikan(self, orang: str, catatan: Mapping[str, str]) -> Bukti:
        """What the desk saw of a signed-in person's act, for the observer to sign.

        Args:
            catatan: the request, without anything secret; its digest is kept.

        Raises:
            DitolakError: identitas.yaml does not have this person's account at the desk.
        """
        kini, nomor = self.saat().replace(microsecond=0), secrets.token_hex(8)
        akun = akun_meja(self.reports().identitas(), orang, kini.date())
        if akun is None:
            raise DitolakError(
                "akun Meja Kerja Anda belum terdaftar di identitas.yaml",
                "minta pengelola sistem mengusulkannya, atau pakai passkey",
            )
        isi = {"nomor": nomor, "orang": orang, "saat": kini.isoformat(), **catatan}
        return Bukti(MEJA, JenisBukti.TINDAKAN, nomor, akun, kini, sha256(kanonik(isi)).hexdigest())

    def segarkan(self, orang: str | None) -> None:
        """On a forge: brings what others did there, at most every few seconds; tells when it cannot.

        A visitor asks nothing of the forge, nor does who has no token where this server has none either.
        """
        sambungan = self.sambungan
        if sambungan is None or orang is None or time.monotonic() - self._segar < _JEDA_DETIK:
            return
        repo = self.forge().repo
        try:
            milik = sambungan.atas_nama(self.token(orang))
            if milik.token(repo) is None:
                return
            self._segar = time.monotonic()
            milik.repo_jauh(repo).ambil()
            self.gangguan = ""
        except KinerjaError as e:
            self.gangguan = e.pesan

    def saat(self) -> datetime:
        """Now, in the agency's zone."""
        return self.jam().astimezone(self.reports().zona())

    def hari(self) -> date:
        """Today, in the agency's zone."""
        return self.saat().date()

    def jabatan(self, orang: str) -> tuple[str, ...]:
        """The offices that a person lawfully holds today."""
        return tuple(jabatan_orang(self.reports().jabatan(), orang, self.hari()))


class _DiForge(ForgeLokal):
    """The repository of a person's sitting on a forge."""

    pandangan: PandanganForge | None = None

    def perubahan(self, id_perubahan: str, reports: Reports) -> Perubahan | None:
        """What a change covers and who wrote it; whom no address tells, the forge's accounts tell.

        In the forge's own editor people commit under addresses that identitas.yaml does not know.
        """
        sini, p = super().perubahan(id_perubahan, reports), self.pandangan
        if sini is None or p is None or not sini.tak_dikenal:
            return sini
        terbuka = (u for u in p.forge.usulan_terbuka() if u.perubahan == id_perubahan and u.sendiri)
        usulan = next(terbuka, None)
        if usulan is None:
            return sini
        p.tuntut_kepala(usulan)
        di_forge = p.perubahan(usulan)
        return replace(di_forge, kontributor=di_forge.kontributor | sini.kontributor)

    def pindah(self, ref: Mapping[str, tuple[str, str | None]], alasan: str) -> None:
        """As everywhere; when somebody was first, whoever tries again sees what they did."""
        try:
            super().pindah(ref, alasan)
        except BentrokError:
            self.segarkan()
            raise


def _sesudah(pandangan: PandanganForge, kabar: list[str]) -> Callable[[Peristiwa], None]:
    """What follows an act on the forge; an act that is in the log is never told as one that failed."""
    lanjut = "pemeriksaan berikutnya melanjutkannya (kinerja check-approvals)"

    def sesudah(p: Peristiwa) -> None:
        def catat(h: HasilUsulan) -> None:
            if h.gangguan:
                kabar.append(f"sudah tercatat, tetapi belum digabung di forge: {h.gangguan}; {lanjut}")
            elif h.verdict is not None and _tak_dihitung(h.verdict, p):
                sebab = giliran(h.verdict, pandangan.nama_pemegang)
                kabar.append(f"sudah tercatat, tetapi belum dihitung di forge: {sebab}")

        try:
            sesudah_tindakan(pandangan, catat)(p)
        except MundurError:
            raise
        except KinerjaError as e:
            kabar.append(f"sudah tercatat, tetapi belum diteruskan di forge: {e.pesan}; {lanjut}")

    return sesudah


def _tak_dihitung(v: Verdict, p: Peristiwa) -> bool:
    """True when the forge's own look at a change leaves this act out, or says that no act can help."""
    if v.lulus:
        return False
    milik = (x.peristiwa for x in v.langkah if x.peristiwa is not None and x.jabatan == p.jabatan)
    return v.pena is None or (p.tindakan in PERSETUJUAN and all(x.orang != p.orang for x in milik))


def akun_meja(identitas: DaftarIdentitas, orang: str, hari: date) -> int | None:
    """Number of the person's account at the desk, as identitas.yaml has it on that day; None without one."""
    milik = identitas.cari(orang)
    akun = (a.nomor for a in (milik.akun if milik else ()) if a.forge == MEJA and a.berlaku(hari))
    return next(akun, None)
