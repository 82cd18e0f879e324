"""Against a base revision: which faults a change brings, which were there before, which it mends.

It decides what a change touches: the changed files, and those that are judged by them. *Only
your faults block you*: a fault that the base has too, word for word, is listed apart. Rules with
memory see the base, where a worksheet or a plan stands as it was signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kinerja.adapters.git import RepoGit
from kinerja.adapters.git_tree import PohonGit
from kinerja.adapters.trees import Pohon, PohonDalam, PohonFolder
from kinerja.checking.dependencies import tahun_jalur
from kinerja.checking.files import akar_repositori
from kinerja.checking.preview import pratinjau, sebutan
from kinerja.checking.prior_faults import pisahkan
from kinerja.checking.work import kerjakan, potong
from kinerja.domain.errors import PemakaianError
from kinerja.domain.findings import Finding, Tingkat, urutkan
from kinerja.domain.pemeriksaan import HasilPeriksa
from kinerja.domain.periode import Periode
from kinerja.validation.places import berupa_dokumen, jenis_jalur, letak_lembar

_SEKALIGUS = 2_000
"""Files judged in one piece here, where plans are read for each piece anew; more would need much memory."""


def periksa_perubahan(jalur: Sequence[Path], dasar: str, *, diajukan: bool = False) -> HasilPeriksa:
    """Judges a folder against a base revision of its own repository.

    Args:
        jalur: where to look; only changes at or below these paths are judged.
        dasar: a branch, tag or commit; the last common ancestor with HEAD is the base.

    Raises:
        PemakaianError: no repository, or no such base.
    """
    akar, batas = _akar(jalur)
    ada = RepoGit.di_folder(akar)
    if ada is None:
        raise PemakaianError(f"{akar} bukan bagian dari repositori Git", "jalankan tanpa --changed")
    repo, kerja = ada
    try:
        return _terhadap(repo, kerja, akar, _dasar(repo, dasar), batas, diajukan)
    finally:
        repo.tutup()


def bandingkan(
    kini: Pohon, dasar: Pohon, berubah: Sequence[str], commit: str, *, diajukan: bool = False
) -> HasilPeriksa:
    """As :func:`periksa_perubahan`, of two trees of which is known what differs."""
    berbeda = set(berubah)
    ada_kini, ada_dasar = (
        {j for j in p.daftar("reports/") if berupa_dokumen(j) or j in berbeda} for p in (kini, dasar)
    )
    tersentuh = terpengaruh(berubah, ada_kini | ada_dasar)
    baru = [*_semua(kini, tersentuh & ada_kini, dasar, diajukan), *_dihapus(berubah, ada_kini, ada_dasar)]
    lama = _semua(dasar, tersentuh & ada_dasar, None, diajukan)
    t = pisahkan(baru, lama, kini, dasar, berubah)
    return HasilPeriksa(
        len(tersentuh & ada_kini), urutkan(t.milik), commit, tuple(berubah), urutkan(t.sebelumnya),
        urutkan(t.beres), pratinjau(kini, dasar, berubah), sebutan=sebutan(kini, t.milik + t.sebelumnya),
    )  # fmt: skip


def terpengaruh(berubah: Iterable[str], semua: Iterable[str]) -> set[str]:
    """The changed files and those that are judged by them.

    A document without a year touches everything; one of a year its year and the next; a
    worksheet its bidang's later ones of its year and the next, and the laporan of its year.
    """
    hasil, tahun, lembar = set(berubah), set[str](), dict[str, list[Periode]]()
    for j in hasil:
        tempat = letak_lembar(j)
        if tempat is not None:
            lembar.setdefault(tempat[1], []).append(tempat[0])
        elif not tahun_jalur(j):
            return set(semua) | hasil
        else:
            tahun |= {tahun_jalur(j), _tahun_depan(j)}
    tahun_lembar = {tahun_jalur(j) for j in hasil if letak_lembar(j)}
    for j in semua:
        tempat = letak_lembar(j)
        dibaca = tempat is not None and any(_dibaca(p, tempat[0]) for p in lembar.get(tempat[1], ()))
        if tahun_jalur(j) in tahun or dibaca or (tempat is None and tahun_jalur(j) in tahun_lembar):
            hasil.add(j)
    return hasil


# helpers


def _dibaca(p: Periode, kini: Periode) -> bool:
    """Whether a worksheet of one period is judged by its bidang's worksheet of another."""
    return p.urutan <= kini.urutan and kini.tahun <= p.tahun + 1


def _terhadap(
    repo: RepoGit, kerja: Path, akar: Path, commit: str, batas: Sequence[str], diajukan: bool
) -> HasilPeriksa:
    dalam = akar.resolve().relative_to(kerja.resolve()).as_posix()
    dalam = "" if dalam == "." else dalam
    git, folder = PohonGit(repo, commit), PohonFolder(akar)
    berubah = tuple(j for j in _berubah(git, folder, f"{dalam}/" if dalam else "") if _dalam(j, batas))
    return bandingkan(folder, PohonDalam(git, dalam), berubah, commit, diajukan=diajukan)


def _berubah(git: PohonGit, folder: PohonFolder, awal: str) -> list[str]:
    """Documents that differ between a commit and the work tree, and every link in their place."""
    ada = set(folder.daftar("reports/")) | {j.removeprefix(awal) for j in git.daftar(f"{awal}reports/")}
    tautan = set(folder.tautan("reports/"))
    beda = (j for j in ada - tautan if berupa_dokumen(j) and git.beda(awal + j, folder.baca(j)))
    return sorted({*beda, *tautan})


def _akar(jalur: Sequence[Path]) -> tuple[Path, tuple[str, ...]]:
    """The one repository that the paths lie in, and the paths inside it."""
    semua = {a for j in jalur if (a := akar_repositori(str(j.resolve()))) is not None}
    if len(semua) != 1:
        raise PemakaianError(
            "JALUR harus di dalam satu repositori kinerja", "jalankan di folder repositorinya"
        )
    akar = Path(semua.pop())
    return akar, tuple(j.resolve().relative_to(akar).as_posix() for j in jalur)


def _dalam(jalur: str, batas: Sequence[str]) -> bool:
    return any(b == "." or jalur == b or jalur.startswith(f"{b}/") for b in batas)


def _dasar(repo: RepoGit, nama: str) -> str:
    commit = repo.commit(nama)
    if commit is None:
        raise PemakaianError(
            f"`{nama}` bukan cabang atau commit di sini", "ambil dahulu, misalnya: git fetch origin main"
        )
    kepala = repo.commit("HEAD")
    leluhur = repo.leluhur_bersama(commit, kepala) if kepala else commit
    if leluhur is None:
        raise PemakaianError(
            f"`{nama}` dan cabang ini tidak punya riwayat bersama",
            "riwayatnya mungkin terpotong; ambil seluruhnya: git fetch --unshallow",
        )
    return leluhur


def _semua(pohon: Pohon, jalur: Iterable[str], dasar: Pohon | None, diajukan: bool) -> list[Finding]:
    hasil: list[Finding] = []
    for p in potong(sorted(jalur), _SEKALIGUS):
        for temuan in kerjakan(pohon, p, diajukan=diajukan, dasar=dasar).values():
            hasil += temuan
    return list(urutkan(hasil))


def _dihapus(berubah: Iterable[str], kini: set[str], dasar: set[str]) -> list[Finding]:
    return [
        Finding(
            j, 0, 0, "berkas-dihapus", Tingkat.GALAT, "", "",
            "berkas yang sudah ada di cabang dasar ini dihapus",
            "kembalikan; data yang keliru diperbaiki di berkasnya, bukan dihapus",
        )
        for j in berubah
        if j in dasar and j not in kini and jenis_jalur(j) is not None  # a misplaced file may go
    ]  # fmt: skip


def _tahun_depan(jalur: str) -> str:
    tahun = tahun_jalur(jalur)
    return str(int(tahun) + 1) if tahun.isdigit() else tahun
