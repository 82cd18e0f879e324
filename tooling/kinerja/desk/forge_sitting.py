"""A person's sitting on a forge: one at a time at the wire, who wrote what, and what follows an act.

It decides nothing. The repository here is everybody's, so fetches and pushes wait for one another;
whom no address tells, the forge's accounts tell; and an act that is in the log is never told as
one that failed, though the forge has not merged it.

Example:
    >>> forge = ForgeBersama(repo, sambungan.atas_nama(token).repo_jauh(repo), antre)
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from kinerja.adapters.git import RepoGit
from kinerja.adapters.git_remote import MundurError, RepoJauh
from kinerja.adapters.local_forge import ForgeLokal
from kinerja.adapters.reports import Reports
from kinerja.domain.errors import BentrokError, KinerjaError
from kinerja.domain.peristiwa import Peristiwa
from kinerja.domain.tata_kelola import PERSETUJUAN
from kinerja.forge_view import PandanganForge
from kinerja.publishing.verdicts import giliran
from kinerja.reconcile import HasilUsulan, sesudah_tindakan
from kinerja.workflow.verdict import Perubahan, Verdict

_SABAR_DETIK = (1.0, 2.0)
"""Waits before another look at who wrote a change: Forgejo tells of a push a moment after it."""
_ANTRE_DETIK = 60.0
"""How long a person waits for others' fetches and pushes."""
_LANJUT = "pemeriksaan berikutnya melanjutkannya (kinerja check-approvals)"


class ForgeBersama(ForgeLokal):
    """The desk's one repository in a person's sitting on a forge.

    Args:
        antre: held by whoever fetches or pushes.

    Attributes:
        pandangan: the forge as this person sees it.
    """

    def __init__(self, repo: RepoGit, jauh: RepoJauh, antre: threading.Lock) -> None:
        super().__init__(repo, jauh)
        self.pandangan: PandanganForge | None = None
        self._antre = antre
        self._dilihat: dict[tuple[str, str, str], Perubahan] = {}

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
        kunci = (id_perubahan, usulan.kepala, self.utama())
        if kunci not in self._dilihat:  # one act asks more than once, and waits once
            di_forge = p.perubahan(usulan)
            for jeda in _SABAR_DETIK:
                if not di_forge.tak_dikenal:
                    break
                time.sleep(jeda)
                di_forge = p.perubahan(usulan)
            self._dilihat[kunci] = di_forge
        di_forge = self._dilihat[kunci]
        return replace(di_forge, kontributor=di_forge.kontributor | sini.kontributor)

    def segarkan(self) -> None:
        """Brings what others did on the forge."""
        with self._giliran():
            super().segarkan()

    def pindah(self, ref: Mapping[str, tuple[str, str | None]], alasan: str) -> None:
        """As everywhere; when somebody was first, whoever tries again sees what they did."""
        try:
            with self._giliran():
                super().pindah(ref, alasan)
        except BentrokError:
            self.segarkan()
            raise

    @contextmanager
    def _giliran(self) -> Iterator[None]:
        if not self._antre.acquire(timeout=_ANTRE_DETIK):
            raise KinerjaError("forge lambat dan banyak yang menunggu", "ulangi beberapa menit lagi")
        try:
            yield
        finally:
            self._antre.release()


def lanjutkan(pandangan: PandanganForge, kabar: list[str]) -> Callable[[Peristiwa], None]:
    """What follows an act on the forge: its pull request is opened, judged, told and merged.

    Args:
        kabar: takes a sentence when the forge has not done its part.
    """

    def sekali(p: Peristiwa) -> HasilUsulan | None:
        hasil: list[HasilUsulan] = []
        sesudah_tindakan(pandangan, hasil.append)(p)
        return hasil[0] if hasil else None

    def sesudah(p: Peristiwa) -> None:
        try:
            h = sekali(p)
            for jeda in _SABAR_DETIK:
                if h is None or h.verdict is None or not _tak_dihitung(h.verdict, p):
                    break
                time.sleep(jeda)
                h = sekali(p)
        except MundurError:
            raise
        except KinerjaError as e:
            kabar.append(f"sudah tercatat, tetapi belum diteruskan di forge: {e.pesan}; {_LANJUT}")
            return
        if h is not None and h.gangguan:
            kabar.append(f"sudah tercatat, tetapi belum digabung di forge: {h.gangguan}; {_LANJUT}")
        elif h is not None and h.verdict is not None and _tak_dihitung(h.verdict, p):
            sebab = giliran(h.verdict, pandangan.nama_pemegang)
            kabar.append(f"sudah tercatat, tetapi belum dihitung di forge: {sebab}")

    return sesudah


# helpers


def _tak_dihitung(v: Verdict, p: Peristiwa) -> bool:
    """True when the forge's own look at a change leaves this act out, or says that no act can help."""
    if v.lulus:
        return False
    milik = (x.peristiwa for x in v.langkah if x.peristiwa is not None and x.jabatan == p.jabatan)
    return v.pena is None or (p.tindakan in PERSETUJUAN and all(x.orang != p.orang for x in milik))
