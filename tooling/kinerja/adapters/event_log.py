"""The event log on ``refs/kinerja/log``: one commit per act, append-only, compare-and-swap.

Each commit's tree holds ``peristiwa.json`` (the exact signed bytes) and ``peristiwa.json.sig``
(SSHSIG). Copies under ``reports/<tahun>/<periode>/peristiwa/`` come with every merge, so that
a clone without the ref still shows who signed what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo

from kinerja.adapters.event_copies import catatan_dari
from kinerja.adapters.git import Pelaku, RepoGit
from kinerja.adapters.keys import periksa
from kinerja.adapters.refs import REF_LOG
from kinerja.domain.errors import KinerjaError
from kinerja.domain.organisasi import DaftarIdentitas
from kinerja.domain.peristiwa import Peristiwa, PeristiwaBertanda
from kinerja.domain.tata_kelola import Jaminan
from kinerja.workflow.actors import kunci_pelaku
from kinerja.workflow.log_rules import cacat_rantai, ruang
from kinerja.workflow.ports import Penanda

_BERKAS, _TANDA = "peristiwa.json", "peristiwa.json.sig"


class LogPeristiwa:
    """The log of one repository; reads what is new since it was last read."""

    def __init__(self, repo: RepoGit) -> None:
        self._repo = repo
        self._kepala: str | None = None
        self._isi: list[PeristiwaBertanda] = []

    def baca(self) -> tuple[PeristiwaBertanda, ...]:
        """The whole log from its beginning; raises when its chain is broken."""
        kepala = self._repo.ref(REF_LOG)
        if kepala != self._kepala:
            if self._kepala and kepala and self._repo.leluhur_bersama(self._kepala, kepala) != self._kepala:
                self._kepala = None  # taken back since: what was read before is not there any more
            rentang = f"{self._kepala}..{kepala}" if self._kepala else str(kepala)
            baru = [c.oid for c in self._repo.riwayat(rentang)] if kepala else []
            nama = [f"{oid}:{b}" for oid in baru for b in (_BERKAS, _TANDA)]
            isi = self._repo.baca_banyak(nama)
            lama = self._isi if self._kepala else []
            isi_baru = [*lama, *map(catatan_dari, isi[::2], isi[1::2])]
            cacat = cacat_rantai(isi_baru)
            if cacat:
                raise KinerjaError(f"log peristiwa rusak: {cacat[0]}", "pulihkan dari salinan lain")
            self._isi, self._kepala = isi_baru, kepala
        return tuple(self._isi)

    def milik(self, perubahan: str) -> tuple[PeristiwaBertanda, ...]:
        """The stored events of one change."""
        return tuple(c for c in self.baca() if c.peristiwa.perubahan == perubahan)

    def peristiwa(self) -> tuple[Peristiwa, ...]:
        """The events alone."""
        return tuple(c.peristiwa for c in self.baca())

    @property
    def kepala(self) -> str | None:
        """The commit that the log's end was last read at."""
        return self._kepala

    def rancang(
        self, rancangan: Peristiwa, penanda: Penanda, pelaku: Pelaku
    ) -> tuple[PeristiwaBertanda, str]:
        """The next event, numbered, linked and signed, and its commit; no ref moves yet."""
        semua = self.baca()
        peristiwa = replace(
            rancangan,
            urut=len(semua) + 1,
            sebelumnya=semua[-1].sidik if semua else None,
            jaminan=penanda.jaminan,
            kunci=penanda.sidik,
        )
        bita = peristiwa.bita()
        catatan = PeristiwaBertanda(peristiwa, bita, penanda.tanda_tangani(bita, ruang(peristiwa.tindakan)))
        oid = self._repo.tulis_commit(
            [self._kepala] if self._kepala else [],
            {_BERKAS: bita, _TANDA: (catatan.tanda_tangan or "").encode()},
            f"{peristiwa.urut} {peristiwa.tindakan.value} {peristiwa.perubahan}\n",
            pelaku,
            peristiwa.waktu,
        )
        return catatan, oid


def cacat_tanda_tangan(
    catatan: Sequence[PeristiwaBertanda], identitas: DaftarIdentitas, zona: tzinfo
) -> tuple[str, ...]:
    """What is wrong with the events' own signatures; empty when each is its person's."""
    return tuple(palsu(catatan, identitas, zona).values())


def palsu(
    catatan: Sequence[PeristiwaBertanda], identitas: DaftarIdentitas, zona: tzinfo
) -> dict[int, str]:
    """Number of each event whose signature is not its person's, and what is wrong with it.

    An act that was only seen must be signed by an observer in force on that day.
    """
    return {x.peristiwa.urut: c for x in catatan if (c := _cacat(x, identitas, zona))}


def _cacat(c: PeristiwaBertanda, identitas: DaftarIdentitas, zona: tzinfo) -> str:
    p = c.peristiwa
    if p.jaminan is Jaminan.TERSERTIFIKASI:
        return f"peristiwa {p.urut}: tanda tangan tersertifikasi belum dapat diperiksa di sini"
    publik = kunci_pelaku(identitas, p, p.waktu.astimezone(zona).date()).get(p.kunci or "")
    if publik is None:
        milik = "pengamat" if p.jaminan is Jaminan.TERAMATI else p.orang
        return f"peristiwa {p.urut}: kunci {p.kunci} bukan milik {milik}"
    if not c.tanda_tangan or not periksa(publik, c.bita, c.tanda_tangan, ruang(p.tindakan)):
        return f"peristiwa {p.urut}: tanda tangan tidak cocok dengan isinya"
    return ""
