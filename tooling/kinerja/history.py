"""Everything that main holds, judged again: is the log whole, and was each commit approved?

Nothing can keep an administrator from pushing past every check. So each commit of main's own
line is evaluated afresh by the rules of its own day, and each event's chain, signature and copy
is looked at; what was never approved is told, and nothing of it is published.

Example:
    >>> [b.alasan for b in periksa_riwayat(forge) if not b.lulus]
    ['commit 3f2a9c… mengubah reports/jabatan.yaml tanpa persetujuan']
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from kinerja.adapters.event_copies import nama_salinan, salinan
from kinerja.adapters.event_log import palsu
from kinerja.adapters.forges.people import oleh_akun
from kinerja.adapters.git import CatatanCommit, RepoGit
from kinerja.adapters.git_tree import PohonGit
from kinerja.adapters.local_forge import ForgeLokal
from kinerja.adapters.proposals_git import LAYANAN_FORGE, Penulis, PenulisCommit, baca_perubahan, oleh_surel
from kinerja.adapters.provenance import TRAILER
from kinerja.adapters.refs import REF_LOG, UTAMA
from kinerja.adapters.reports import Reports
from kinerja.domain.errors import KinerjaError
from kinerja.domain.organisasi import DaftarIdentitas
from kinerja.domain.peristiwa import ACUAN, Peristiwa, PeristiwaBertanda
from kinerja.domain.tata_kelola import Tindakan
from kinerja.workflow.approvals import evaluate
from kinerja.workflow.evaluation import PENCABUT
from kinerja.workflow.ledger import Buku
from kinerja.workflow.log_rules import SALINAN, cacat_rantai
from kinerja.workflow.ports import Forge
from kinerja.workflow.verdict import Konteks, Perubahan, Verdict

_PENDEK = 12
_ISI_COMMIT_LOG = ["peristiwa.json", "peristiwa.json.sig"]


@dataclass(frozen=True, slots=True)
class Baris:
    """One thing that was looked at: whether it holds, and what was seen."""

    lulus: bool
    alasan: str


def periksa_log(forge: ForgeLokal) -> tuple[Baris, ...]:
    """The log's commits, chain and signatures, and the copies of it in main."""
    return tuple(_log(forge))


def periksa_riwayat(
    forge: ForgeLokal, kabar: Callable[[int, int], None] | None = None, halaman: Forge | None = None
) -> tuple[Baris, ...]:
    """Every commit of main's own line: approved by the rules of its own day, or not.

    Args:
        kabar: told how many commits are done, of how many.
        halaman: the forge, asked who stands behind an address that ``identitas.yaml`` does not know.
    """
    repo, catatan = forge.repo, forge.log.baca()
    identitas, zona = forge.reports().identitas(), forge.reports().zona()
    buku_palsu = palsu(catatan, identitas, zona)
    commit = repo.riwayat(UTAMA, lurus=True)
    konteks = _KonteksMain(forge)
    baris: list[Baris] = []
    for n, (induk, c) in enumerate(pairwise(commit)):
        k = konteks.pada(induk.oid)
        penulis = _penulis(k.identitas, halaman)
        cacat = _cacat_commit(repo, k, induk, c, catatan, buku_palsu, penulis)
        baris += [Baris(False, f"commit {c.oid[:_PENDEK]} {x}") for x in cacat]
        if kabar is not None:
            kabar(n + 1, len(commit) - 1)
    if not baris:
        alasan = f"{len(commit)} commit main, masing-masing disetujui menurut aturan pada harinya"
        baris = [Baris(True, alasan)]
    return tuple(baris)


# helpers: the log


def _log(forge: ForgeLokal) -> Iterator[Baris]:
    repo = forge.repo
    if repo.ref(REF_LOG) is None:
        yield Baris(False, "log peristiwa (refs/kinerja/log) tidak ada di salinan ini; ambil dari forge")
        return
    bentuk = list(_cacat_bentuk(repo))
    yield from (Baris(False, x) for x in bentuk)
    try:
        catatan = forge.log.baca()
    except KinerjaError as e:
        yield Baris(False, f"{e.pesan}; {e.saran}")
        return
    rantai = cacat_rantai(catatan)
    yield from (Baris(False, x) for x in rantai)
    if not rantai and not bentuk:
        yield Baris(True, f"{len(catatan)} peristiwa bersambung tanpa celah, satu commit satu peristiwa")
    r = forge.reports()
    tanda = palsu(catatan, r.identitas(), r.zona())
    yield from (Baris(False, x) for x in tanda.values())
    if not tanda:
        yield Baris(True, f"{len(catatan)} tanda tangan cocok dengan isi dan pelakunya")
    yield from _salinan(PohonGit(repo, forge.utama()), catatan)
    yield from _sauh(repo, catatan)


def _cacat_bentuk(repo: RepoGit) -> Iterator[str]:
    """Commits of the log that are no plain link of one chain."""
    keluaran = repo.jalankan("log", "--reverse", "--topo-order", "--format=%H %P", REF_LOG).decode()
    sebelum: str | None = None
    for nomor, baris in enumerate(keluaran.splitlines(), start=1):
        oid, *induk = baris.split()
        if induk != ([sebelum] if sebelum else []):
            yield f"commit log ke-{nomor} ({oid[:_PENDEK]}) tidak menyambung satu garis"
        isi = sorted(repo.daftar(oid))
        if isi != _ISI_COMMIT_LOG:
            yield f"commit log ke-{nomor} ({oid[:_PENDEK]}) memuat berkas lain: {', '.join(isi)}"
        sebelum = oid


def _salinan(pohon: PohonGit, catatan: Sequence[PeristiwaBertanda]) -> Iterator[Baris]:
    """Copies in main: each equals the log, and none is missing before the newest of its period."""
    asli = salinan(tuple(catatan))
    ada = [j for j in pohon.daftar("reports/") if SALINAN.fullmatch(j)]
    beda = [j for j in ada if pohon.baca(j) != asli.get(j)]
    yield from (Baris(False, f"{j} tidak sama dengan log") for j in beda)
    terakhir: dict[str, int] = {}
    for j in ada:
        folder, berkas = j.rsplit("/", 1)
        terakhir[folder] = max(terakhir.get(folder, 0), int(berkas[:6]))
    seharusnya = [(c.peristiwa.urut, nama_salinan(c.peristiwa)) for c in catatan]
    hilang = [
        j for urut, j in seharusnya if j and j not in ada and urut <= terakhir.get(j.rsplit("/", 1)[0], 0)
    ]
    yield from (Baris(False, f"{j} hilang dari main, padahal peristiwa sesudahnya ada") for j in hilang)
    if not beda and not hilang:
        yield Baris(True, f"{len(ada)} berkas salinan dalam main sama dengan log")


def _sauh(repo: RepoGit, catatan: Sequence[PeristiwaBertanda]) -> Iterator[Baris]:
    """Main's own commits name the log's head when they were made; what they name must be there."""
    bentuk = f"--format=%H %(trailers:key={TRAILER},valueonly,separator=%x2C)"
    keluaran = repo.jalankan("log", "--first-parent", bentuk, UTAMA).decode()
    sidik = {c.sidik for c in catatan}
    for baris in keluaran.splitlines():
        oid, _, disebut = baris.partition(" ")
        if disebut.strip() and disebut.strip() not in sidik:
            alasan = f"commit {oid[:_PENDEK]} menyebut peristiwa {disebut[:_PENDEK]} yang tidak ada di log"
            yield Baris(False, alasan)


# helpers: one commit


class _KonteksMain:
    """What main said of offices and rules at a commit; read once for each state of it."""

    def __init__(self, forge: ForgeLokal) -> None:
        self._repo = forge.repo
        self._ada: dict[tuple[str | None, ...], Konteks] = {}

    def pada(self, commit: str) -> Konteks:
        """The context at a commit."""
        daftar = self._repo.daftar(commit)
        kunci = tuple(daftar.get(j) for j in ACUAN)
        if kunci not in self._ada:
            self._ada[kunci] = Reports(PohonGit(self._repo, commit)).konteks()
        return self._ada[kunci]


def _cacat_commit(
    repo: RepoGit,
    konteks: Konteks,
    induk: CatatanCommit,
    c: CatatanCommit,
    catatan: Sequence[PeristiwaBertanda],
    tanda_palsu: dict[int, str],
    penulis: PenulisCommit,
) -> Iterator[str]:
    """What is wrong with one commit of main; nothing when an approved change explains it."""
    kedua = repo.commit(f"{c.oid}^2")
    perubahan = baca_perubahan(repo, "", induk.oid, c.oid, penulis, catatan, sumber=kedua or c.oid)
    if not perubahan.diperiksa and not perubahan.bukan_berkas:
        return
    sebab = ""
    saat_itu = _panjang_log(repo, c.oid, catatan)
    sampai = [x for x in catatan if saat_itu is None or _sebelum(x.peristiwa, saat_itu, c.waktu)]
    for id_perubahan in _calon(perubahan, sampai):
        v = _nilai(konteks, perubahan, id_perubahan, sampai, tanda_palsu, pasti=saat_itu is not None)
        if v is not None and v.lulus:
            return
        gagal = [s for s in v.pohon.semua() if not s.lulus and not s.anak] if v else []
        sebab = f" ({id_perubahan}: {gagal[0].alasan})" if gagal else sebab
    jalur = [b.jalur for b in perubahan.diperiksa] or list(perubahan.bukan_berkas)
    lagi = f" dan {len(jalur) - 1} berkas lain" if len(jalur) > 1 else ""
    yield f"mengubah {jalur[0]}{lagi} tanpa persetujuan yang sah{sebab}"


def _sebelum(p: Peristiwa, panjang_log: int, digabung: datetime) -> bool:
    """Whether an event was there at a merge: in the log by then, or a *tidak* given before its time.

    A proposal that was returned can be merged by an administrator with the copies that it had.
    """
    return p.urut <= panjang_log or (p.tindakan in PENCABUT and p.waktu < digabung)


def _panjang_log(repo: RepoGit, commit: str, catatan: Sequence[PeristiwaBertanda]) -> int | None:
    """How long the log was at a merge: the newest event that its commits copy or name; None without one."""
    nomor = {c.sidik: c.peristiwa.urut for c in catatan}
    bentuk = f"--format=%(trailers:key={TRAILER},valueonly,separator=%x2C)"
    keluaran = repo.jalankan("log", bentuk, f"{commit}^1..{commit}").decode("utf-8", "replace")
    disebut = [nomor[s] for s in keluaran.replace(",", "\n").split() if s in nomor]
    salinan_baru = (SALINAN.fullmatch(j) for j in repo.jalur_berubah(f"{commit}^1", commit))
    disebut += [int(m[1]) for m in salinan_baru if m]
    return max(disebut, default=None)


def _penulis(identitas: DaftarIdentitas, halaman: Forge | None) -> PenulisCommit:
    """Names authors by address, and by account where the forge can be asked about the others."""
    surel = oleh_surel(identitas, LAYANAN_FORGE)

    def penulis(c: CatatanCommit) -> Penulis:
        dikenal = surel(c)
        if not dikenal.asing or halaman is None:
            return dikenal
        return oleh_akun(identitas, halaman.nama, {c.oid: halaman.akun_satu(c.oid)}, halaman.layanan)(c)

    return penulis


def _calon(perubahan: Perubahan, catatan: Sequence[PeristiwaBertanda]) -> list[str]:
    """Changes with an act that covers any of these bytes, newest last."""
    dicari = {(b.jalur, b.sha256) for b in perubahan.diperiksa}
    cocok = (c.peristiwa for c in catatan if dicari & {(b.jalur, b.sha256) for b in c.peristiwa.berkas})
    return list(dict.fromkeys(p.perubahan for p in cocok if p.tindakan is not Tindakan.MULAI))


def _nilai(
    konteks: Konteks,
    p: Perubahan,
    id_perubahan: str,
    catatan: Sequence[PeristiwaBertanda],
    tanda_palsu: dict[int, str],
    *,
    pasti: bool,
) -> Verdict | None:
    """The verdict as the log stood at the merge; where that is not known, at the first act that approved.

    What came after the merge (another policy, a later *tidak*) decides nothing.
    """
    usul = replace(p, id=id_perubahan)
    milik = [c for c in catatan if c.peristiwa.perubahan == id_perubahan]
    verdict: Verdict | None = None
    if pasti:
        return evaluate(konteks, usul, Buku.dari_catatan(milik, tanda_palsu)) if milik else None
    for c in milik:
        if c.peristiwa.tindakan in PENCABUT:
            continue
        sampai = [x for x in milik if x.peristiwa.urut <= c.peristiwa.urut]
        verdict = evaluate(konteks, usul, Buku.dari_catatan(sampai, tanda_palsu))
        if verdict.lulus:
            return verdict
    return verdict
