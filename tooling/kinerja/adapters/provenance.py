"""Who signed what: for each document in main, the acts that cover its present bytes.

An act covers a file when it names the SHA-256 of the bytes that lie there now; one byte
changed and it covers it no more. Where the log is present only the log counts, and a copy in
main that differs from it is told; a clone without the log reads the copies. The last commit
that touched each file comes from one streaming ``git log``. Memory grows with the files of
main, never with the length of its history. It leaves out whether an act was lawful
(``workflow.approvals``) and whether its signature holds.

Example:
    >>> asal_berkas(repo, "refs/heads/main").berkas[0].peristiwa[-1].orang
    'p-ayu'
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO

from kinerja.adapters.event_log import REF_LOG
from kinerja.adapters.git import RepoGit
from kinerja.domain.errors import KinerjaError, PemakaianError
from kinerja.domain.peristiwa import Peristiwa
from kinerja.workflow.log_rules import baca_peristiwa

AWALAN = "reports/"
TRAILER = "Kinerja-Peristiwa"
PILIHAN_LOG = (
    "-c", "log.showSignature=false", "-c", "log.follow=false",
    "log", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--no-color", "--name-only",
    "-z", f"--format=%H%x00%cI%x00%an%x00%(trailers:key={TRAILER},valueonly,separator=%x2C)",
)  # fmt: skip
"""The one pass over main's own line, newest first: commit, time, author, events, then paths."""
_ISIAN = 4
_SALINAN = re.compile(r"reports/20[0-9]{2}/(?:tw[1-4]|tahunan)/peristiwa/([0-9]{6})\.json(?:\.sig)?")
_POTONGAN = 1 << 16


@dataclass(frozen=True, slots=True)
class Sentuhan:
    """The commit of main's own line that last changed a file.

    Attributes:
        peristiwa: digest of the event whose merge it is, by its own words; None when it names none.
    """

    commit: str
    waktu: datetime
    penulis: str
    peristiwa: str | None


@dataclass(frozen=True, slots=True)
class AsalBerkas:
    """One file of main: its present bytes by digest, who acted on them, who last touched it."""

    jalur: str
    sha256: str
    peristiwa: tuple[tuple[str, Peristiwa], ...]
    terakhir: Sentuhan | None


@dataclass(frozen=True, slots=True)
class Asal:
    """The answer for many files at one commit, and what was wrong with the evidence."""

    commit: str
    berkas: tuple[AsalBerkas, ...]
    cacat: tuple[str, ...]


def asal_berkas(repo: RepoGit, utama: str, jalur: Collection[str] = ()) -> Asal:
    """Who signed what, for every document below ``reports/`` or for the given ones.

    Args:
        utama: the commit to look at.
        jalur: files or folders; all documents when there are none.

    Raises:
        PemakaianError: a path names nothing in main.
        KinerjaError: an event cannot be read, or the log's chain is broken.
    """
    semua = {j: oid for j, oid in repo.daftar(utama).items() if j.startswith(AWALAN)}
    salinan = {j: oid for j, oid in semua.items() if _SALINAN.fullmatch(j)}
    dicari = _pilih([j for j in semua if j not in salinan], jalur)
    sidik = _sidik(repo, {j: semua[j] for j in dicari})
    peristiwa, cacat = _peristiwa(repo, {j: o for j, o in salinan.items() if j.endswith(".json")}, sidik)
    terakhir = _terakhir(repo, utama, set(dicari))
    berkas = tuple(
        AsalBerkas(j, sidik[j], tuple(peristiwa.get(j, ())), terakhir.get(j)) for j in sorted(dicari)
    )
    return Asal(utama, berkas, tuple(cacat))


# helpers


def _pilih(ada: Collection[str], jalur: Collection[str]) -> list[str]:
    if not jalur:
        return list(ada)
    hasil: set[str] = set()
    for j in jalur:
        bersih = j.removeprefix("./").rstrip("/")
        cocok = {a for a in ada if a == bersih or a.startswith(f"{bersih}/")}
        if not cocok:
            raise PemakaianError(
                f"`{j}` tidak ada dalam main", "sebut jalur dari akar repositori, misalnya reports/2024/tw1"
            )
        hasil |= cocok
    return list(hasil)


def _sidik(repo: RepoGit, oid: Mapping[str, str]) -> dict[str, str]:
    """Path → SHA-256 of its bytes; each object is read once."""
    per_oid = {o: sha256(isi).hexdigest() for o, isi in _objek(repo, dict.fromkeys(oid.values()))}
    return {j: per_oid[o] for j, o in oid.items()}


def _objek(repo: RepoGit, oid: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Objects one after the other, in the order asked for; never all of them in memory."""
    if not oid:
        return
    masukan = ("\n".join(oid) + "\n").encode()
    with repo.alirkan("cat-file", "--batch", "--buffer", masukan=masukan) as aliran:
        for o in oid:
            kepala = aliran.readline().split()
            if len(kepala) != 3:  # noqa: PLR2004 - oid, type, size; "missing" has two words
                raise KinerjaError(f"objek {o} tidak ada", "pulihkan repositori dari salinan lain")
            isi = aliran.read(int(kepala[2]))
            aliran.read(1)
            yield o, isi


def _peristiwa(
    repo: RepoGit, salinan: Mapping[str, str], sidik: Mapping[str, str]
) -> tuple[dict[str, list[tuple[str, Peristiwa]]], list[str]]:
    """Path → the acts that cover its present bytes, oldest first; and faulty copies."""
    log = _log(repo)
    urutan = log or [salinan[j] for j in sorted(salinan, key=lambda j: j.rpartition("/")[2])]
    hasil: dict[str, list[tuple[str, Peristiwa]]] = {}
    sebelumnya: str | None = None
    for nomor, (_, bita) in enumerate(_objek(repo, urutan), start=1):
        p = _baca(bita, nomor)
        if log and (p.urut, p.sebelumnya) != (nomor, sebelumnya):
            raise KinerjaError(
                f"log peristiwa rusak: peristiwa {nomor} tidak menyambung", "pulihkan dari salinan lain"
            )
        sebelumnya = sha256(bita).hexdigest()
        for b in p.berkas:
            if sidik.get(b.jalur) == b.sha256:
                hasil.setdefault(b.jalur, []).append((sebelumnya, p))
    return hasil, _salinan_beda(log, salinan)


def _baca(bita: bytes, nomor: int) -> Peristiwa:
    try:
        return baca_peristiwa(bita)
    except ValueError as e:
        raise KinerjaError(f"peristiwa ke-{nomor} rusak: {e}", "pulihkan dari salinan lain") from e


def _log(repo: RepoGit) -> list[str]:
    """The objects of the log's events from the first on; empty where there is no log."""
    if repo.ref(REF_LOG) is None:
        return []
    pilihan = ("--reverse", "--first-parent", "--root", "--no-renames", "--no-abbrev", "--raw", "-z")
    with repo.alirkan("log", *pilihan, "--format=", REF_LOG, "--", "peristiwa.json") as aliran:
        return [b.split()[3].decode() for b in _bagian(aliran) if b.startswith(b":")]


def _salinan_beda(log: list[str], salinan: Mapping[str, str]) -> list[str]:
    """Copies that are not what the log holds under their number."""
    if not log:
        return []
    cacat = []
    for j, oid in sorted(salinan.items()):
        nomor = int(j[-len("000001.json") : -len(".json")])
        if not 0 < nomor <= len(log) or log[nomor - 1] != oid:
            cacat.append(f"{j} berbeda dari log peristiwa; yang dipakai hanya log")
    return cacat


def _terakhir(repo: RepoGit, utama: str, dicari: set[str]) -> dict[str, Sentuhan]:
    """Path → the last commit that touched it; stops as soon as every path has one."""
    hasil: dict[str, Sentuhan] = {}
    with repo.alirkan(*PILIHAN_LOG, utama, "--", AWALAN) as aliran:
        bagian = _bagian(aliran)
        isian: list[bytes] = []
        sentuhan: Sentuhan | None = None
        for b in bagian:
            kata = b.removeprefix(b"\n")
            if not kata.startswith(AWALAN.encode()):  # a commit; git ends a merge with one NUL more
                isian = [kata, *itertools.islice(bagian, _ISIAN - 1)] if kata else isian
                sentuhan = None
                continue
            jalur = kata.decode("utf-8", "surrogateescape")
            if jalur in dicari:
                dicari.discard(jalur)
                hasil[jalur] = sentuhan = sentuhan or _sentuhan(isian)
                if not dicari:
                    break
    return hasil


def _sentuhan(isian: list[bytes]) -> Sentuhan:
    oid, waktu, penulis, trailer = (b.decode("utf-8", "replace") for b in isian)
    sidik = trailer.rpartition(",")[2].strip()
    return Sentuhan(oid, datetime.fromisoformat(waktu), penulis, sidik or None)


def _bagian(aliran: BinaryIO) -> Iterator[bytes]:
    """What stands between NULs; a long stream is never held as a whole."""
    sisa = b""
    while potongan := aliran.read(_POTONGAN):
        *utuh, sisa = (sisa + potongan).split(b"\0")
        yield from utuh
    if sisa:
        yield sisa
