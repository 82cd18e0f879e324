"""Who signed what: for each document in main, the acts that cover its present bytes.

An act covers a file when it names the SHA-256 of the bytes that lie there now; one byte
changed and it covers it no more. Where the log is present only the log counts, and a copy in
main that differs from it is told; a clone without the log reads the copies. The last commit
that touched each file comes from one streaming ``git log``. Memory grows with the files of
main, never with the length of its history. It leaves out whether an act was lawful
(``workflow.approvals``) and whether its signature holds.

Events are read without building their whole dataclass, and keys that stand twice are refused:
what is told is what any reader of the signed bytes would read.

Example:
    >>> asal_berkas(repo).berkas[0].peristiwa[-1].orang
    'p-ayu'
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, BinaryIO

from kinerja.adapters.git import RepoGit
from kinerja.adapters.refs import REF_LOG, UTAMA
from kinerja.domain.errors import KinerjaError, PemakaianError
from kinerja.workflow.log_rules import SALINAN

AWALAN = "reports/"
TRAILER = "Kinerja-Peristiwa"
PILIHAN_LOG = (
    "-c", "log.showSignature=false", "-c", "log.follow=false",
    "log", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--no-color", "--name-only", "-z",
)  # fmt: skip
"""The one pass over main's own line, newest first: each commit, then the paths that it changed."""
ISIAN_LOG = f"%H%x01%cI%x01%(trailers:key={TRAILER},valueonly,separator=%x2C)%x01%an"
_POTONGAN = 1 << 18
_TANDA = 8
_TAHUN = (1970, 3000)
_ISIAN_BERKAS = 3
_PULIH = "pulihkan dari salinan lain"


@dataclass(frozen=True, slots=True)
class Tindak:
    """One act as its event tells it, and the digest that names the event."""

    sidik: str
    urut: int
    tindakan: str
    orang: str
    jabatan: str
    sebutan: str
    waktu: datetime
    jaminan: str
    perubahan: str


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
    peristiwa: tuple[Tindak, ...]
    terakhir: Sentuhan | None


@dataclass(frozen=True, slots=True)
class Asal:
    """The answer for many files at one commit, and what was wrong with the evidence."""

    commit: str
    berkas: tuple[AsalBerkas, ...]
    cacat: tuple[str, ...]


def asal_berkas(repo: RepoGit, jalur: Collection[str] = ()) -> Asal:
    """Who signed what, for every document below ``reports/`` of main or for the given ones.

    Args:
        jalur: files or folders; all documents when there are none.

    Raises:
        PemakaianError: a path names nothing in main.
        KinerjaError: there is no main, an event cannot be read, or the log's chain is broken.
    """
    utama = repo.ref(UTAMA)
    if utama is None:
        raise KinerjaError("cabang main tidak ada", "repositori baru dibuat dengan: kinerja init")
    semua = {j: oid for j, oid in repo.daftar(utama).items() if j.startswith(AWALAN)}
    salinan = {j: oid for j, oid in semua.items() if SALINAN.fullmatch(j)}
    dicari = sorted(_pilih([j for j in semua if j not in salinan], jalur))
    with ThreadPoolExecutor(1) as lain:  # git walks the history while events are read here
        janji = lain.submit(_terakhir, repo, utama, set(dicari))
        sidik = _sidik(repo, {j: semua[j] for j in dicari})
        tindak, cacat = _tindak(repo, {j: o for j, o in salinan.items() if j.endswith(".json")}, sidik)
        terakhir = janji.result()
    berkas = (AsalBerkas(j, sidik[j], tuple(tindak.get(j, ())), terakhir.get(j)) for j in dicari)
    return Asal(utama, tuple(berkas), cacat)


# helpers


def _pilih(ada: Collection[str], jalur: Collection[str]) -> set[str]:
    if not jalur:
        return set(ada)
    hasil: set[str] = set()
    for j in jalur:
        bersih = j.removeprefix("./").rstrip("/")
        cocok = {a for a in ada if a == bersih or a.startswith(f"{bersih}/")}
        if not cocok:
            raise PemakaianError(
                f"`{j}` tidak ada dalam main", "sebut jalur dari akar repositori, misalnya reports/2024/tw1"
            )
        hasil |= cocok
    return hasil


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
        sisa, awal = b"", 0
        for o in oid:
            while (akhir := sisa.find(b"\n", awal)) < 0:
                sisa, awal = _tambah(aliran, sisa, awal, o)
            kepala = sisa[awal:akhir].split()
            if len(kepala) != 3:  # noqa: PLR2004 - oid, type, size; "missing" has two words
                raise KinerjaError(f"objek {o} tidak ada", _PULIH)
            awal, ukuran = akhir + 1, int(kepala[2])
            while len(sisa) - awal <= ukuran:
                sisa, awal = _tambah(aliran, sisa, awal, o)
            yield o, sisa[awal : awal + ukuran]
            awal += ukuran + 1


def _tambah(aliran: BinaryIO, sisa: bytes, awal: int, oid: str) -> tuple[bytes, int]:
    """What is not used up yet, with the next piece behind it."""
    potongan = aliran.read(_POTONGAN)
    if not potongan:
        raise KinerjaError(f"objek {oid} terputus saat dibaca", _PULIH)
    return sisa[awal:] + potongan, 0


def _tindak(
    repo: RepoGit, salinan: Mapping[str, str], sidik: Mapping[str, str]
) -> tuple[dict[str, list[Tindak]], tuple[str, ...]]:
    """Path → the acts that cover its present bytes, oldest first; and faulty copies."""
    log = _log(repo)
    urutan = log or [salinan[j] for j in sorted(salinan, key=lambda j: j.rpartition("/")[2])]
    hasil: dict[str, list[Tindak]] = {}
    sebelumnya: str | None = None
    for nomor, (_, bita) in enumerate(_objek(repo, urutan), start=1):
        try:
            isi = json.loads(bita)
            _tuntut_tunggal(bita, isi)
            if log and (isi["urut"], isi["sebelumnya"]) != (nomor, sebelumnya):
                raise ValueError("tidak menyambung ke peristiwa sebelumnya")
            sebelumnya = sha256(bita).hexdigest()
            jalur = [b["jalur"] for b in isi["berkas"] if sidik.get(b["jalur"]) == b["sha256"]]
            if jalur:
                tindak = _baca(isi, sebelumnya)
                for j in jalur:
                    hasil.setdefault(j, []).append(tindak)
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as e:
            raise KinerjaError(f"log peristiwa rusak: peristiwa ke-{nomor}: {e}", _PULIH) from e
    return hasil, tuple(_salinan_beda(log, salinan))


def _tuntut_tunggal(bita: bytes, isi: Mapping[str, Any]) -> None:
    """Refuses keys that stand twice: canonical JSON has each key at the head of its own line."""
    butir = sum(len(isi[n]) for n in ("berkas", "masukan", "acuan"))
    if (bita.count(b'\n "'), bita.count(b'\n   "')) != (len(isi), _ISIAN_BERKAS * butir):
        raise ValueError("bukan bentuk baku peristiwa")


def _baca(isi: Mapping[str, Any], sidik: str) -> Tindak:
    waktu = _saat(isi["waktu"])
    teks = (
        isi["tindakan"], isi["orang"], isi["jabatan"], isi["sebutan"], isi["jaminan"], isi["perubahan"],
    )  # fmt: skip
    if set(map(type, teks)) != {str} or type(isi["urut"]) is not int:
        raise TypeError("isiannya tidak terbaca")
    tindakan, orang, jabatan, sebutan, jaminan, perubahan = teks
    return Tindak(sidik, isi["urut"], tindakan, orang, jabatan, sebutan, waktu, jaminan, perubahan)


def _log(repo: RepoGit) -> list[str]:
    """The objects of the log's events from the first on; empty where there is no log."""
    if repo.ref(REF_LOG) is None:
        return []
    pilihan = ("--reverse", "--first-parent", "--root", "--no-renames", "--no-abbrev", "--raw", "-z")
    with repo.alirkan("log", *pilihan, "--format=", REF_LOG, "--", "peristiwa.json") as aliran:
        return [b.split()[3].decode() for b in _bagian(aliran) if b.startswith(b":")]


def _salinan_beda(log: list[str], salinan: Mapping[str, str]) -> Iterable[str]:
    """Copies that are not what the log holds under their number."""
    for j, oid in sorted(salinan.items()) if log else ():
        nomor = int(j[-len("000001.json") : -len(".json")])
        if not 0 < nomor <= len(log) or log[nomor - 1] != oid:
            yield f"{j} berbeda dari log peristiwa; yang dipakai hanya log"


def _terakhir(repo: RepoGit, utama: str, dicari: set[str]) -> dict[str, Sentuhan]:
    """Path → the last commit that touched it; stops as soon as every path has one.

    Commits are told from paths by a mark that nobody could know when naming a file.
    """
    hasil: dict[str, Sentuhan] = {}
    sisa = {j.encode("utf-8", "surrogateescape"): j for j in dicari}
    tanda = secrets.token_hex(_TANDA).encode()
    kepala, sentuhan = b"", None
    with repo.alirkan(*PILIHAN_LOG, f"--format={tanda.decode()}%x01{ISIAN_LOG}", utama) as aliran:
        for b in _bagian(aliran):
            if b.startswith(tanda):
                kepala, sentuhan = b, None
                continue
            jalur = sisa.pop(b.removeprefix(b"\n"), None)
            if jalur is not None:
                hasil[jalur] = sentuhan = sentuhan or _sentuhan(kepala)
                if not sisa:
                    break
    return hasil


def _sentuhan(kepala: bytes) -> Sentuhan:
    _, oid, waktu, trailer, penulis = kepala.decode("utf-8", "replace").split("\1", 4)
    sidik = trailer.rpartition(",")[2].strip()
    try:
        return Sentuhan(oid, _saat(waktu), penulis, sidik or None)
    except ValueError as e:
        raise KinerjaError(f"commit {oid}: {e}", "periksa siapa yang membuat commit itu") from e


def _saat(teks: str) -> datetime:
    """A moment that can be shown in any zone; raises ValueError for others."""
    waktu = datetime.fromisoformat(teks)
    if waktu.tzinfo is None or not _TAHUN[0] <= waktu.year < _TAHUN[1]:
        raise ValueError(f"waktu `{teks}` tanpa zona atau bukan dari zaman ini")
    return waktu


def _bagian(aliran: BinaryIO) -> Iterator[bytes]:
    """What stands between NULs; a long stream is never held as a whole."""
    sisa = b""
    while potongan := aliran.read(_POTONGAN):
        *utuh, sisa = (sisa + potongan).split(b"\0")
        yield from utuh
    if sisa:
        yield sisa
