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
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256

from kinerja.adapters.files import tulis_atomik
from kinerja.adapters.forges.connection import Sambungan
from kinerja.adapters.local_forge import ForgeLokal
from kinerja.adapters.reports import Reports
from kinerja.agency import Instansi
from kinerja.desk.forge_sitting import ForgeBersama, lanjutkan
from kinerja.desk.signers import TANPA_TANDA
from kinerja.domain.errors import DitolakError, KinerjaError
from kinerja.domain.organisasi import DaftarIdentitas
from kinerja.domain.peristiwa import MEJA, Bukti, JenisBukti, kanonik
from kinerja.forge_view import PandanganForge
from kinerja.session import Sesi
from kinerja.workflow.offices import jabatan_orang
from kinerja.workflow.ports import Penanda

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
    _antre: threading.Lock = field(default_factory=threading.Lock, repr=False)

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
        forge = ForgeBersama(self.forge().repo, milik.repo_jauh(self.forge().repo), self._antre)
        forge.segarkan()
        hasil = Sesi(forge, orang, penanda, kini, bukti=bukti)
        forge.pandangan = PandanganForge(milik.buka(forge.repo), forge, self.instansi.pengamat(), kini)
        self._utas.kabar = []
        hasil.sesudah = lanjutkan(forge.pandangan, self._utas.kabar)
        return hasil

    def kabar(self) -> tuple[str, ...]:
        """What the forge has not done of this thread's last act, which stands in the log; told once."""
        kabar, self._utas.kabar = getattr(self._utas, "kabar", []), []
        return tuple(kabar)

    def saksikan(self, orang: str, jalur: str, isian: Mapping[str, str]) -> Bukti:
        """What the desk saw of a signed-in person's act, for the observer to sign.

        The record itself is kept in ``meja/kesaksian/``, so that its digest can be checked later.

        Args:
            jalur: the address; isian: the form, without anything secret.

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
        isi = {"nomor": nomor, "orang": orang, "akun": akun, "saat": kini.isoformat(), "jalur": jalur}
        catatan = kanonik({**isi, "isian": dict(isian)})
        tulis_atomik(self.instansi.folder / "meja" / "kesaksian" / f"{nomor}.json", catatan, 0o600)
        return Bukti(MEJA, JenisBukti.TINDAKAN, nomor, akun, kini, sha256(catatan).hexdigest())

    def segarkan(self, orang: str | None) -> None:
        """On a forge: brings what others did there, at most every few seconds; tells when it cannot.

        A visitor asks nothing of the forge, nor does who has no token where this server has none either.
        """
        sambungan = self.sambungan
        if sambungan is None or orang is None or time.monotonic() - self._segar < _JEDA_DETIK:
            return
        if not self._antre.acquire(blocking=False):
            return  # whoever is at it brings the same
        repo = self.forge().repo
        try:
            milik = sambungan.atas_nama(self.token(orang))
            if milik.token(repo) is not None:
                self._segar = time.monotonic()
                milik.repo_jauh(repo).ambil()
                self.gangguan = ""
        except KinerjaError as e:
            self.gangguan = e.pesan
        finally:
            self._antre.release()

    def saat(self) -> datetime:
        """Now, in the agency's zone."""
        return self.jam().astimezone(self.reports().zona())

    def hari(self) -> date:
        """Today, in the agency's zone."""
        return self.saat().date()

    def jabatan(self, orang: str) -> tuple[str, ...]:
        """The offices that a person lawfully holds today."""
        return tuple(jabatan_orang(self.reports().jabatan(), orang, self.hari()))


def akun_meja(identitas: DaftarIdentitas, orang: str, hari: date) -> int | None:
    """Number of the person's account at the desk, as identitas.yaml has it on that day; None without one."""
    milik = identitas.cari(orang)
    akun = (a.nomor for a in (milik.akun if milik else ()) if a.forge == MEJA and a.berlaku(hari))
    return next(akun, None)
