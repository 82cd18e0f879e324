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

LAYANAN_FORGE = ("noreply@github.com",)
"""Committers that are a forge's own service: nobody."""
_TERBESAR, _TERBANYAK = 8 << 20, 3000
"""Bytes of a file and files of a change beyond which nothing is read: no document is so large."""
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
    sumber: str | None = None,
    utama: str | None = None,
) -> Perubahan:
    """The change that lies between two commits.

    Args:
        dasar: the commit of main that it starts from.
        penulis: names the persons behind a commit.
        catatan: the log, whose copies in the change need no owner.
        pendorong: who pushed covered bytes, where a forge knows.
        sumber: the commit whose history tells who wrote; None for ``kepala``. A merge commit of
            main is made by whoever approved last, and its second parent by those who wrote.
        utama: main now, which the change would replace files of; None for ``dasar``.
    """
    beda = repo.beda(dasar, kepala)
    aneh = _aneh(repo, beda)
    dibaca = [b for b in beda if b.jalur not in aneh and b.mode_baru != _TIADA]
    isi = repo.baca_banyak([b.oid for b in dibaca])
    bita = dict(zip((b.jalur for b in dibaca), isi, strict=True))
    asli = _salinan_asli(catatan, bita)
    berkas = tuple(berkas_dari(_nama(b.jalur), bita.get(b.jalur)) for b in beda)
    oleh = pendorong or Penulis()
    dicari = [b.jalur for b in beda if b.jalur not in asli and _nama(b.jalur) == b.jalur]
    for c in repo.riwayat(f"{dasar}..{sumber or kepala}", dicari) if dicari else ():
        oleh |= penulis(c)
    kini = utama or dasar
    lama = ((b.jalur, repo.baca(kini, b.jalur)) for b in beda if b.jalur not in asli | aneh)
    return Perubahan(
        id_perubahan, UTAMA, berkas, oleh.orang, tuple(sorted(oleh.asing)),
        tuple(sorted(_nama(j) for j in aneh)), asli,
        tuple(berkas_dari(j, x) for j, x in lama if x is not None),
    )  # fmt: skip


def oleh_surel(identitas: DaftarIdentitas, layanan: Iterable[str] = ()) -> PenulisCommit:
    """Names the persons behind a commit by its e-mail addresses.

    Args:
        layanan: committers' addresses that belong to a forge's own service, which is nobody.
    """
    milik = pemilik_surel(identitas)
    tanpa = {s.casefold() for s in layanan}

    def penulis(c: CatatanCommit) -> Penulis:
        surel = {c.penulis.casefold(), c.pengomit.casefold()}
        if c.pengomit.casefold() in tanpa:
            surel = {c.penulis.casefold()}
        orang = frozenset(o for s in surel for o in milik.get(s, ()))
        return Penulis(orang, frozenset(s for s in surel if s not in milik))

    return penulis


def pemilik_surel(identitas: DaftarIdentitas) -> dict[str, frozenset[str]]:
    """Address → everybody who lists it; barring wants to be broad."""
    hasil: dict[str, frozenset[str]] = {}
    for o in identitas.orang:
        for s in surel_orang(o):
            hasil[s.casefold()] = hasil.get(s.casefold(), frozenset()) | {o.id}
    return hasil


def surel_orang(orang: Orang) -> tuple[str, ...]:
    """E-mail addresses by which commits are known to be this person's."""
    return (*orang.surel, f"{orang.id}@kinerja.invalid")


# helpers


def _aneh(repo: RepoGit, beda: Sequence[BedaPohon]) -> frozenset[str]:
    """Paths that can be no document: links, other repositories, programs, giants, names that are no text."""
    if len(beda) > _TERBANYAK:
        return frozenset(b.jalur for b in beda)
    aneh = {b.jalur for b in beda if _bukan_berkas(b) or _nama(b.jalur) != b.jalur}
    sisa = [b for b in beda if b.jalur not in aneh and b.mode_baru != _TIADA]
    besar = {b.jalur for b, n in zip(sisa, repo.ukuran([b.oid for b in sisa]), strict=True) if n > _TERBESAR}
    return frozenset(aneh | besar)


def _bukan_berkas(b: BedaPohon) -> bool:
    """True for a link, a submodule, or a document that became a program."""
    if b.mode_baru == _PROGRAM:
        return b.jalur.startswith("reports/")
    return b.mode_baru not in (_BERKAS, _TIADA)


def _nama(jalur: str) -> str:
    """A path as it can be shown and stored; other than itself when it holds what is no text."""
    return jalur if _teks(jalur) else ascii(jalur)


def _teks(jalur: str) -> bool:
    try:
        jalur.encode()
    except UnicodeEncodeError:
        return False
    return jalur.isprintable()


def _salinan_asli(
    catatan: Sequence[PeristiwaBertanda], bita: Mapping[str, bytes | None]
) -> frozenset[str]:
    """Paths of copies that are, byte for byte, what the log holds."""
    calon = {j: b for j, b in bita.items() if b is not None and SALINAN.fullmatch(j)}
    if not calon:
        return frozenset()
    asli = salinan(tuple(catatan))
    return frozenset(j for j, b in calon.items() if asli.get(j) == b)
