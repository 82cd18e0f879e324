"""Who stands behind the commits and pushes of a pull request, by account number and address.

Author, committer and pusher of covered bytes may not approve them, so whoever cannot be named
fails closed. A forge's own service is nobody, but a person's account never is a service, though it
is the one that asks; an account counts for its person whatever the day, for barring wants to be broad.

Example:
    >>> oleh_akun(identitas, "github", akun, layanan)(commit)
    Penulis(orang=frozenset({'p-kiki'}), asing=frozenset())
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from kinerja.adapters.git import CatatanCommit, RepoGit
from kinerja.adapters.proposals_git import LAYANAN_FORGE, Penulis, PenulisCommit, pemilik_surel
from kinerja.domain.errors import KinerjaError
from kinerja.domain.organisasi import DaftarIdentitas
from kinerja.workflow.ports import AkunCommit, Dorongan


def oleh_akun(
    identitas: DaftarIdentitas, forge: str, akun: Mapping[str, AkunCommit], layanan: Collection[int]
) -> PenulisCommit:
    """Names the persons behind a commit by what the forge knows of it, else by its addresses."""
    pemilik = _pemilik(identitas, forge)
    layanan = frozenset(layanan) - pemilik.keys()
    surel = pemilik_surel(identitas)

    def satu(alamat: str, nomor: int | None, pengomit: bool) -> Penulis:
        alamat = alamat.casefold()
        if pengomit and (nomor in layanan or alamat in LAYANAN_FORGE):
            return Penulis()  # only as committer: anybody can write a service's address as the author
        orang = pemilik.get(nomor or 0, frozenset()) | surel.get(alamat, frozenset())
        if orang and (nomor is None or nomor in pemilik):
            return Penulis(orang)
        return Penulis(orang, frozenset({f"akun {forge} nomor {nomor}" if nomor else alamat}))

    def penulis(c: CatatanCommit) -> Penulis:
        a = akun.get(c.oid, AkunCommit(None, None))
        return satu(c.penulis, a.penulis, False) | satu(c.pengomit, a.pengomit, True)

    return penulis


def pendorong(
    repo: RepoGit,
    identitas: DaftarIdentitas,
    forge: str,
    dorongan: Sequence[Dorongan],
    layanan: Collection[int],
    jalur: Sequence[str],
    utama: str,
    kepala: str,
    dibawa: Collection[str] = (),
) -> Penulis:
    """Who pushed any of these paths' bytes to the branch; moving the branch without touching them is free.

    Args:
        dibawa: commits that a signed act brought, whose person is known without the forge.
    """
    pemilik = _pemilik(identitas, forge)
    layanan = frozenset(layanan) - pemilik.keys()
    hasil = Penulis()
    if _tanpa_pendorong(repo, dorongan, jalur, utama, kepala, dibawa):
        hasil |= Penulis(asing=frozenset({"pendorong isi ini tidak diketahui forge; dorong sekali lagi"}))
    for d in dorongan:
        if d.akun in layanan or not _menyentuh(repo, d, set(jalur), utama):
            continue
        if d.akun in pemilik:
            hasil |= Penulis(pemilik[d.akun or 0])
        else:
            siapa = f"akun {forge} nomor {d.akun}" if d.akun else "pendorong tak bernama"
            hasil |= Penulis(asing=frozenset({siapa}))
    return hasil


# helpers


def _pemilik(identitas: DaftarIdentitas, forge: str) -> dict[int, frozenset[str]]:
    """Account → everybody who ever had it."""
    hasil: dict[int, frozenset[str]] = {}
    for o in identitas.orang:
        for a in o.akun:
            if a.forge == forge:
                hasil[a.nomor] = hasil.get(a.nomor, frozenset()) | {o.id}
    return hasil


def _tanpa_pendorong(
    repo: RepoGit,
    dorongan: Sequence[Dorongan],
    jalur: Sequence[str],
    utama: str,
    kepala: str,
    dibawa: Collection[str],
) -> bool:
    """True when a commit of covered bytes came by a push that the forge does not tell of."""
    awal = repo.leluhur_bersama(utama, kepala)
    isi = {c.oid for c in repo.riwayat(f"{awal}..{kepala}" if awal else kepala, jalur)} if jalur else set()
    for ujung in (*dibawa, *(d.sesudah for d in dorongan)):
        if isi and repo.commit(ujung) is not None:
            isi -= {c.oid for c in repo.riwayat(f"{awal}..{ujung}" if awal else ujung)}
    return bool(isi)


def _menyentuh(repo: RepoGit, d: Dorongan, jalur: set[str], utama: str) -> bool:
    """True when the push changed covered bytes, or when nobody can tell."""
    sesudah = repo.commit(d.sesudah)
    if sesudah is None:
        return d.akun is not None  # gone with a force-push; whoever pushed it had a hand in it
    sebelum = repo.commit(d.sebelum) if d.sebelum else repo.leluhur_bersama(utama, sesudah)
    if sebelum is None:
        return True
    try:
        return bool(jalur & set(repo.jalur_berubah(sebelum, sesudah)))
    except KinerjaError:
        return True
