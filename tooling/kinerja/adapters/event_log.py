"""The event log on ``refs/kinerja/log``: one commit per act, append-only, compare-and-swap.

Each commit's tree holds ``peristiwa.json`` (the exact signed bytes) and ``peristiwa.json.sig``
(SSHSIG). Copies under ``reports/<tahun>/<periode>/peristiwa/`` come with every merge, so that
a clone without the ref still shows who signed what.
"""

from __future__ import annotations

from dataclasses import replace

from kinerja.adapters.event_copies import catatan_dari
from kinerja.adapters.git import Pelaku, RepoGit
from kinerja.adapters.keys import periksa
from kinerja.domain.errors import KinerjaError
from kinerja.domain.organisasi import DaftarIdentitas
from kinerja.domain.peristiwa import Peristiwa, PeristiwaBertanda
from kinerja.workflow.actors import sidik_kunci
from kinerja.workflow.log_rules import cacat_rantai, ruang
from kinerja.workflow.ports import Penanda

REF_LOG = "refs/kinerja/log"
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
            rentang = f"{self._kepala}..{kepala}" if self._kepala else str(kepala)
            baru = [c.oid for c in self._repo.riwayat(rentang)] if kepala else []
            nama = [f"{oid}:{b}" for oid in baru for b in (_BERKAS, _TANDA)]
            isi = self._repo.baca_banyak(nama)
            lama = self._isi if self._kepala else []
            self._isi = [*lama, *map(catatan_dari, isi[::2], isi[1::2])]
            self._kepala = kepala
            cacat = cacat_rantai(self._isi)
            if cacat:
                raise KinerjaError(f"log peristiwa rusak: {cacat[0]}", "pulihkan dari salinan lain")
        return tuple(self._isi)

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


def cacat_tanda_tangan(catatan: tuple[PeristiwaBertanda, ...], identitas: DaftarIdentitas) -> tuple[str, ...]:
    """What is wrong with the events' own signatures; empty when each is its person's."""
    return tuple(c for c in (_cacat(x, identitas) for x in catatan) if c)


def _cacat(c: PeristiwaBertanda, identitas: DaftarIdentitas) -> str:
    p = c.peristiwa
    orang = identitas.cari(p.orang)
    kunci = [k for k in (orang.kunci if orang else ()) if sidik_kunci(k.publik) == p.kunci]
    if not kunci:
        return f"peristiwa {p.urut}: kunci {p.kunci} bukan milik {p.orang}"
    if not c.tanda_tangan or not periksa(kunci[0].publik, c.bita, c.tanda_tangan, ruang(p.tindakan)):
        return f"peristiwa {p.urut}: tanda tangan tidak cocok dengan isinya"
    return ""
