"""What a proposal covers and who wrote it, read from Git: the evaluator's view of a change.

It gives every changed path with the digest of its new bytes, says which are no plain files and
which are the log's own copies of events, and names the persons behind the commits. Whoever is
not known fails closed. It decides nothing about approvals.

Example:
    >>> baca_perubahan(repo, "kk/2024-tw1/x", dasar, kepala, oleh_surel(identitas), catatan)
    Perubahan(id='kk/2024-tw1/x', …)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kinerja.adapters.event_copies import salinan
from kinerja.adapters.git import BedaPohon, CatatanCommit, RepoGit
from kinerja.adapters.refs import UTAMA
from kinerja.domain.organisasi import DaftarIdentitas, Orang
from kinerja.domain.peristiwa import PeristiwaBertanda, berkas_dari
from kinerja.workflow.log_rules import SALINAN
from kinerja.workflow.verdict import Perubahan

_BERKAS, _PROGRAM, _TIADA = "100644", "100755", "000000"


@dataclass(frozen=True, slots=True)
class Penulis:
    """Who made a commit: persons, and marks of those who are none that we know."""

    orang: frozenset[str] = frozenset()
    asing: frozenset[str] = frozenset()

    def __or__(self, lain: Penulis) -> Penulis:
        return Penulis(self.orang | lain.orang, self.asing | lain.asing)


PenulisCommit = Callable[[CatatanCommit], Penulis]


def baca_perubahan(
    repo: RepoGit,
    id_perubahan: str,
    dasar: str,
    kepala: str,
    penulis: PenulisCommit,
    catatan: Sequence[PeristiwaBertanda],
    pendorong: Penulis | None = None,
) -> Perubahan:
    """The change that lies between two commits.

    Args:
        dasar: the commit of main that it starts from.
        penulis: names the persons behind a commit.
        catatan: the log, whose copies in the change need no owner.
        pendorong: who pushed covered bytes, where a forge knows.
    """
    beda = repo.beda(dasar, kepala)
    isi = repo.baca_banyak([b.oid for b in beda if _isi(b)])
    bita = dict(zip((b.jalur for b in beda if _isi(b)), isi, strict=True))
    asli = _salinan_asli(catatan, bita)
    berkas = tuple(berkas_dari(b.jalur, bita.get(b.jalur)) for b in beda)
    jalur = [b.jalur for b in beda if b.jalur not in asli]
    oleh = pendorong or Penulis()
    for c in repo.riwayat(f"{dasar}..{kepala}", jalur) if jalur else ():
        oleh |= penulis(c)
    return Perubahan(
        id_perubahan, UTAMA, berkas, oleh.orang, tuple(sorted(oleh.asing)),
        tuple(b.jalur for b in beda if _aneh(b)), asli,
    )  # fmt: skip


def oleh_surel(identitas: DaftarIdentitas, layanan: Iterable[str] = ()) -> PenulisCommit:
    """Names the persons behind a commit by its e-mail addresses.

    Args:
        layanan: committers' addresses that belong to a forge's own service, which is nobody.
    """
    milik = {s.casefold(): o.id for o in identitas.orang for s in surel_orang(o)}
    tanpa = {s.casefold() for s in layanan}

    def penulis(c: CatatanCommit) -> Penulis:
        surel = {c.penulis.casefold(), c.pengomit.casefold()}
        if c.pengomit.casefold() in tanpa:
            surel = {c.penulis.casefold()}
        return Penulis(
            frozenset(milik[s] for s in surel if s in milik), frozenset(s for s in surel if s not in milik)
        )

    return penulis


def surel_orang(orang: Orang) -> tuple[str, ...]:
    """E-mail addresses by which commits are known to be this person's."""
    return (*orang.surel, f"{orang.id}@kinerja.invalid")


# helpers


def _isi(b: BedaPohon) -> bool:
    """True when there is a file to read: neither deleted nor another repository."""
    return b.mode_baru in (_BERKAS, _PROGRAM)


def _aneh(b: BedaPohon) -> bool:
    """True for a link, a submodule, or a document that became a program."""
    if b.mode_baru == _PROGRAM:
        return b.jalur.startswith("reports/")
    return b.mode_baru not in (_BERKAS, _TIADA)


def _salinan_asli(
    catatan: Sequence[PeristiwaBertanda], bita: Mapping[str, bytes | None]
) -> frozenset[str]:
    """Paths of copies that are, byte for byte, what the log holds."""
    calon = {j: b for j, b in bita.items() if b is not None and SALINAN.fullmatch(j)}
    if not calon:
        return frozenset()
    asli = salinan(tuple(catatan))
    return frozenset(j for j, b in calon.items() if asli.get(j) == b)
