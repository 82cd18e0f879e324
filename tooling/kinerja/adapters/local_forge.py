"""The repository that a sitting works on: branches, events and merges in Git refs.

A change here is a branch plus its events in the log; nothing is stored a second time, so a clone
of the refs is a complete backup. With ``jauh`` the same repository is a forge's: every ref moves
there first, and main moves only by the forge's own merge of the change's pull request. It
decides nothing about who may act.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from kinerja.adapters.event_copies import salinan
from kinerja.adapters.event_log import LogPeristiwa
from kinerja.adapters.git import Pelaku, RepoGit
from kinerja.adapters.git_remote import RepoJauh
from kinerja.adapters.git_tree import PohonGit
from kinerja.adapters.proposals_git import baca_perubahan, oleh_surel, surel_orang
from kinerja.adapters.refs import REF_LOG, UTAMA
from kinerja.adapters.reports import Reports
from kinerja.domain.errors import BentrokError, KinerjaError
from kinerja.domain.organisasi import Orang
from kinerja.domain.peristiwa import ACUAN, Peristiwa, PeristiwaBertanda
from kinerja.workflow.ports import Penanda
from kinerja.workflow.verdict import Perubahan

_PERCOBAAN = 6


@dataclass(frozen=True, slots=True)
class Rencana:
    """What one act writes, all of it in one transaction.

    Attributes:
        ke_utama: files for main; None leaves main alone.
        cabang: branch of the change → (new commit, old commit).
        gabung: head of the merged branch, the merge's second parent.
        dasar: commit of main by which the act was judged; offices and rules must not have moved.
    """

    peristiwa: Peristiwa
    pesan: str
    ke_utama: Mapping[str, bytes | None] | None = None
    cabang: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    gabung: str | None = None
    dasar: str | None = None


class ForgeLokal:
    """One repository with its branches and its log.

    Args:
        jauh: the forge's repository, when main may be merged there alone.
    """

    def __init__(self, repo: RepoGit, jauh: RepoJauh | None = None) -> None:
        self.repo = repo
        self.jauh = jauh
        self.log = LogPeristiwa(repo)

    def utama(self) -> str:
        """The commit of main."""
        kepala = self.repo.ref(UTAMA)
        if kepala is None:
            raise KinerjaError(
                "cabang main tidak ada atau rusak",
                "pulihkan dari salinan lain; repositori baru dibuat dengan: kinerja init",
            )
        return kepala

    def reports(self, commit: str | None = None) -> Reports:
        """Typed documents of main, or of another commit."""
        return Reports(PohonGit(self.repo, commit or self.utama()))

    def commit_terakhir(self, jalur: str) -> str:
        """The commit of main's own line that last changed a file; main itself when none did."""
        riwayat = self.repo.riwayat(UTAMA, [jalur], lurus=True)
        return riwayat[-1].oid if riwayat else self.utama()

    def versi(self, jalur: str) -> dict[str, bytes]:
        """Every version of a file on main's own line: SHA-256 → bytes."""
        commit = self.repo.riwayat(UTAMA, [jalur], lurus=True)
        isi = self.repo.baca_banyak([f"{c.oid}:{jalur}" for c in commit])
        return {sha256(b).hexdigest(): b for b in isi if b is not None}

    def kepala(self, perubahan: str) -> str | None:
        """Head of the change's branch; None when there is none."""
        return self.repo.ref(f"refs/heads/{perubahan}")

    def tulis_cabang(
        self,
        perubahan: str,
        lama: str | None,
        berkas: Mapping[str, bytes],
        pesan: str,
        orang: Orang,
        waktu: datetime,
    ) -> str:
        """Makes (but does not yet point to) the next commit of a change's branch."""
        return self.repo.tulis_commit([lama or self.utama()], berkas, pesan, pelaku(orang), waktu)

    def pindah_cabang(self, perubahan: str, baru: str, lama: str | None) -> None:
        """Moves a change's branch by compare-and-swap."""
        self.pindah({f"refs/heads/{perubahan}": (baru, lama)}, "isi")

    def perubahan(self, id_perubahan: str, reports: Reports) -> Perubahan | None:
        """What a change covers now and who wrote it; None when its branch is gone."""
        kepala = self.kepala(id_perubahan)
        if kepala is None:
            return None
        utama = self.utama()
        dasar = self.repo.leluhur_bersama(utama, kepala) or utama
        penulis = oleh_surel(reports.identitas())
        log = self.log.baca()
        return baca_perubahan(self.repo, id_perubahan, dasar, kepala, penulis, log, utama=utama)

    def peristiwa(self) -> tuple[Peristiwa, ...]:
        """Every event of the log."""
        return self.log.peristiwa()

    def catat(self, rencana: Callable[[], Rencana], penanda: Penanda, orang: Orang) -> PeristiwaBertanda:
        """Appends an act and everything that it moves, in one ref transaction.

        Args:
            rencana: makes the plan afresh from the present state; called again when others
                moved main or the log meanwhile.
        """
        for _ in range(_PERCOBAAN):
            r = rencana()
            semua = self.log.baca()
            if r.ke_utama is not None:
                self._tuntut_dasar(r.dasar, self.utama())
            if self.jauh is not None:
                r = self._lewat_usulan(r, orang)
            catatan, oid = self.log.rancang(r.peristiwa, penanda, pelaku(orang))
            ref: dict[str, tuple[str, str | None]] = {REF_LOG: (oid, self.log.kepala)}
            ref |= {f"refs/heads/{c}": v for c, v in r.cabang.items()}
            if r.ke_utama is not None:
                utama = self.utama()
                ref[UTAMA] = (self._commit_utama(r, utama, (*semua, catatan), orang), utama)
            try:
                self.pindah(ref, f"{r.peristiwa.tindakan.value} {r.peristiwa.perubahan}")
            except BentrokError:
                self.segarkan()
                if any(self.repo.ref(f"refs/heads/{c}") != v[1] for c, v in r.cabang.items()):
                    raise
                continue
            return catatan
        raise BentrokError("repositori sedang ramai", "jalankan perintah ini sekali lagi")

    def segarkan(self) -> None:
        """Brings what others did on the forge; nothing to do without one."""
        if self.jauh is not None:
            self.jauh.ambil()

    def pindah(self, ref: Mapping[str, tuple[str, str | None]], alasan: str) -> None:
        """Moves refs by compare-and-swap, on the forge first where there is one."""
        if self.jauh is not None:
            self.jauh.dorong(ref)
        else:
            self.repo.pindah_banyak(ref, alasan)

    def _lewat_usulan(self, r: Rencana, orang: Orang) -> Rencana:
        """What would go to main goes to the change's branch, for the forge to merge."""
        if r.ke_utama is None:
            return r
        if r.gabung is not None:  # the branch has it already
            return replace(r, ke_utama=None)
        lama, p = self.kepala(r.peristiwa.perubahan), r.peristiwa
        baru = self.repo.tulis_commit([self.utama()], r.ke_utama, f"{r.pesan}\n", pelaku(orang), p.waktu)
        return replace(
            r, ke_utama=None, cabang={**r.cabang, p.perubahan: (baru, lama)},
            peristiwa=replace(p, kepala=baru),
        )  # fmt: skip

    def _tuntut_dasar(self, dasar: str | None, utama: str) -> None:
        """Refuses to merge what was judged under offices or rules that have changed since."""
        if dasar is None or dasar == utama:
            return
        berubah = set(ACUAN) & set(self.repo.jalur_berubah(dasar, utama))
        if berubah:
            raise BentrokError(
                f"{min(berubah)} berubah sementara tindakan ini dinilai", "jalankan perintah ini sekali lagi"
            )

    def _commit_utama(self, r: Rencana, utama: str, log: Sequence[PeristiwaBertanda], orang: Orang) -> str:
        milik = tuple(c for c in log if c.peristiwa.periode == r.peristiwa.periode)
        ada = set(PohonGit(self.repo, utama).daftar("reports/"))
        baru = {j: b for j, b in salinan(milik).items() if j not in ada}
        berkas = {**(r.ke_utama or {}), **baru}
        pesan = f"{r.pesan}\n\nKinerja-Peristiwa: {log[-1].sidik}\n"
        induk = [utama, r.gabung] if r.gabung else [utama]
        return self.repo.tulis_commit(induk, berkas, pesan, pelaku(orang), r.peristiwa.waktu)


def pelaku(orang: Orang) -> Pelaku:
    """The Git identity of a person."""
    return Pelaku(orang.nama, surel_orang(orang)[0])
