"""The one doorway to Git: plumbing over GitPython's command wrapper, on a bare or plain repository.

It decides nothing about approvals. A commit is made by one ``fast-import`` on its parent's
tree, and refs move by compare-and-swap ``update-ref``: no checkout, no rebase, no index,
nobody's dirty files touched.
GitPython's object API is 10 to 30 times slower than git itself, so only ``Repo.git`` is used.

Example:
    >>> repo.tulis_commit("refs/heads/main", induk, {"a.txt": b"isi"}, "Pesan", orang, waktu)
"""

from __future__ import annotations

import tempfile
import threading
import uuid
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from pathlib import Path
from typing import BinaryIO

from git import Git
from git.exc import GitCommandError

from kinerja.domain.errors import BentrokError, KinerjaError

KOSONG = "0" * 40
_SEMENTARA = "refs/kinerja/sementara"
_GEMBOK_MATI_DETIK = 60
_DAFTAR_TERBANYAK = 16
_IDENTITAS_SISTEM = ("kinerja", "sistem@kinerja.invalid")


@dataclass(frozen=True, slots=True)
class Pelaku:
    """A Git identity: who authors and who commits."""

    nama: str
    surel: str


@dataclass(frozen=True, slots=True)
class CatatanCommit:
    """What one commit says of itself."""

    oid: str
    penulis: str
    pengomit: str
    waktu: datetime


@dataclass(frozen=True, slots=True)
class BedaPohon:
    """One path that differs between two trees: its modes and objects before and after."""

    jalur: str
    mode_lama: str
    mode_baru: str
    oid_lama: str
    oid: str


class RepoGit:
    """A repository, by its git directory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._git = Git(str(folder))
        self._git.update_environment(
            GIT_DIR=str(folder), GIT_CONFIG_NOSYSTEM="1", GIT_TERMINAL_PROMPT="0", LC_ALL="C"
        )
        weakref.finalize(self, self._git.clear_cache)  # ends its cat-file before anything else is taken apart
        self._kunci = threading.Lock()
        self._daftar_commit: dict[str, dict[str, str]] = {}

    @classmethod
    def buat(cls, folder: Path) -> RepoGit:
        """Makes a bare repository whose branch is ``main``."""
        folder = folder.resolve()
        folder.mkdir(parents=True, exist_ok=True)
        Git(str(folder)).init("--quiet", "--bare", "--initial-branch=main", str(folder))
        repo = cls(folder)
        repo.jalankan("config", "core.logAllRefUpdates", "true")
        repo.jalankan("config", "core.fsync", "added,reference")
        return repo

    @classmethod
    def di_folder(cls, folder: Path) -> tuple[RepoGit, Path] | None:
        """The repository that a folder of the disk lies in, and its work tree; None outside one."""
        perintah = ["git", "rev-parse", "--absolute-git-dir", "--show-toplevel"]
        try:
            keluaran = Git(str(folder)).execute(perintah)
        except GitCommandError:
            return None
        baris = str(keluaran).splitlines()
        return (cls(Path(baris[0])), Path(baris[1])) if len(baris) == 2 else None  # noqa: PLR2004

    def tutup(self) -> None:
        """Ends the long-lived ``cat-file``; reading again starts a new one."""
        self._git.clear_cache()

    # running git

    def jalankan(
        self, *argumen: str, masukan: bytes | None = None, lingkungan: Mapping[str, str] | None = None
    ) -> bytes:
        """Runs one git command; raises KinerjaError with its words when it fails."""
        try:
            with _aliran(masukan) as aliran:
                hasil = self._git.execute(
                    ["git", *argumen],
                    env=dict(lingkungan or {}),
                    istream=aliran,
                    stdout_as_string=False,
                    strip_newline_in_stdout=False,
                )
        except GitCommandError as e:
            raise _gagal(argumen[0], e) from e
        if not isinstance(hasil, bytes):
            raise KinerjaError(f"git {argumen[0]} tidak memberi keluaran")
        return hasil

    @contextmanager
    def alirkan(self, *argumen: str, masukan: bytes | None = None) -> Iterator[BinaryIO]:
        """The output of a git command while it runs, for what may be larger than memory.

        A reader may leave before the end; one that stays learns at the end whether git failed.
        """
        with _aliran(masukan) as aliran:
            lingkungan = {"GIT_FLUSH": "0"}  # else one write for every commit
            proses = self._git.execute(["git", *argumen], istream=aliran, as_process=True, env=lingkungan)
            try:
                yield proses.stdout
                if proses.stdout.read(1) == b"":
                    proses.wait()
            except GitCommandError as e:
                raise _gagal(argumen[0], e) from e
            finally:
                proses.stdout.close()

    def _coba(self, *argumen: str) -> bytes | None:
        """As :meth:`jalankan`; None when git answers no with exit code 1, its way of saying so."""
        try:
            return self.jalankan(*argumen)
        except KinerjaError as e:
            if isinstance(e.__cause__, GitCommandError) and e.__cause__.status == 1:
                return None
            raise

    # reading

    def objek(self, nama: str) -> tuple[str, bytes] | None:
        """Id and bytes of an object by any name git knows, by one long-lived ``cat-file``."""
        if "\n" in nama:
            raise KinerjaError("nama berkas memuat ganti baris", "ganti nama berkas itu")
        with self._kunci:
            try:
                oid, _, _, isi = self._git.get_object_data(nama)
            except ValueError:
                return None
        return _heks(oid), bytes(isi)

    def ref(self, nama: str) -> str | None:
        """The commit that a ref points at; None when there is no such ref."""
        ada = self.objek(nama)
        return ada[0] if ada else None

    def ref_ref(self, awalan: str) -> dict[str, str]:
        """Every ref below a prefix: name → commit."""
        keluaran = self.jalankan("for-each-ref", "--format=%(objectname) %(refname)", awalan)
        hasil = {}
        for baris in keluaran.split(b"\n"):
            oid, _, nama = baris.partition(b" ")
            with suppress(UnicodeDecodeError):  # a name that is no text is nobody's change
                if nama:
                    hasil[nama.decode()] = oid.decode()
        return hasil

    def baca(self, commit: str, jalur: str) -> bytes | None:
        """The bytes of a file at a commit; None when it is not there."""
        ada = self.objek(f"{commit}:{jalur}")
        return ada[1] if ada else None

    def baca_banyak(self, nama: Sequence[str]) -> tuple[bytes | None, ...]:
        """Many objects; None for each that is missing."""
        return tuple(ada[1] if (ada := self.objek(n)) else None for n in nama)

    def daftar(self, commit: str) -> dict[str, str]:
        """Every path at a commit: path → blob id."""
        if commit not in self._daftar_commit:
            hasil: dict[str, str] = {}
            for baris in self.jalankan("ls-tree", "-r", "-z", commit).split(b"\0"):
                if baris:
                    kepala, _, jalur = baris.partition(b"\t")
                    hasil[jalur.decode("utf-8", "surrogateescape")] = kepala.split()[2].decode()
            if len(self._daftar_commit) >= _DAFTAR_TERBANYAK:
                self._daftar_commit.pop(next(iter(self._daftar_commit)))
            self._daftar_commit[commit] = hasil
        return self._daftar_commit[commit]

    def leluhur_bersama(self, a: str, b: str) -> str | None:
        """The best common ancestor; None when histories are unrelated."""
        keluaran = self._coba("merge-base", a, b)
        return keluaran.decode().strip() if keluaran is not None else None

    def jalur_berubah(self, dari: str, ke: str) -> tuple[str, ...]:
        """Paths that differ between two commits, a rename as a deletion and an addition."""
        keluaran = self.jalankan("diff-tree", "-r", "-z", "--no-renames", "--name-only", dari, ke)
        return tuple(j.decode("utf-8", "surrogateescape") for j in keluaran.split(b"\0") if j)

    def beda(self, dari: str, ke: str) -> tuple[BedaPohon, ...]:
        """What differs between two commits, with the modes of both; a rename as two entries."""
        keluaran = self.jalankan("diff-tree", "-r", "-z", "--no-renames", "--raw", dari, ke).split(b"\0")
        return tuple(
            BedaPohon(
                jalur.decode("utf-8", "surrogateescape"),
                *kepala.decode().lstrip(":").split(" ")[:4],
            )
            for kepala, jalur in zip(keluaran[0::2], keluaran[1::2], strict=False)
        )

    def leluhur_semua(self, a: str, b: str) -> tuple[str, ...]:
        """Every best common ancestor; more than one where two histories cross."""
        keluaran = self._coba("merge-base", "--all", a, b)
        return tuple(keluaran.decode().split()) if keluaran is not None else ()

    def pohon_gabungan(self, a: str, b: str) -> str | None:
        """The tree that merging two commits would make; None when they conflict."""
        keluaran = self._coba("merge-tree", "--write-tree", "--no-messages", a, b)
        return keluaran.decode().split()[0] if keluaran is not None else None

    def ukuran(self, oid: Sequence[str]) -> tuple[int, ...]:
        """Sizes of objects, without reading them; 0 for one that is missing."""
        masukan = "".join(f"{o}\n" for o in oid).encode()
        keluaran = self.jalankan("cat-file", "--batch-check=%(objectsize)", masukan=masukan).decode()
        return tuple(int(b) if b.isdigit() else 0 for b in keluaran.splitlines())

    def commit(self, nama: str) -> str | None:
        """The commit of a branch, tag or id; None when there is none."""
        ada = self._coba("rev-parse", "--verify", "--quiet", "--end-of-options", f"{nama}^{{commit}}")
        return ada.decode().strip() if ada else None

    def riwayat(
        self, rentang: str, jalur: Sequence[str] = (), *, lurus: bool = False
    ) -> tuple[CatatanCommit, ...]:
        """Commits of a range, oldest first, that touch the given paths (all when none).

        Args:
            lurus: only the ref's own line of first parents; a merge counts for what it brought.
        """
        pilihan = ["--first-parent"] if lurus else []
        keluaran = self.jalankan(
            "log", "--reverse", "--topo-order", "-z", "--format=%H%n%ae%n%ce%n%cI", *pilihan,
            rentang, "--", *jalur,
        ).decode("utf-8", "backslashreplace")  # fmt: skip
        hasil = []
        for blok in keluaran.split("\0"):
            if blok.strip():
                oid, penulis, pengomit, waktu = blok.strip().split("\n")[:4]
                hasil.append(CatatanCommit(oid, penulis, pengomit, _waktu(waktu)))
        return tuple(hasil)

    def pengaturan(self, nama: str) -> str | None:
        """A value of the repository's own configuration, the last one set; None when there is none."""
        keluaran = self._coba("config", "--local", "--list", "-z") or b""
        isi = (b.partition("\n")[::2] for b in keluaran.decode("utf-8", "replace").split("\0"))
        return {k: v for k, v in isi if k}.get(nama)

    def pohon(self, commit: str) -> str:
        """The tree id of a commit."""
        return self.jalankan("rev-parse", "--verify", "--quiet", f"{commit}^{{tree}}").decode().strip()

    # writing

    @staticmethod
    def nama_bita(bita: bytes) -> str:
        """The object id that Git gives to a file of these bytes."""
        return sha1(b"blob %d\0" % len(bita) + bita, usedforsecurity=False).hexdigest()

    def tulis_commit(
        self,
        induk: Sequence[str],
        berkas: Mapping[str, bytes | None],
        pesan: str,
        penulis: Pelaku,
        waktu: datetime,
    ) -> str:
        """Makes a commit on the first parent's tree with some files replaced.

        Args:
            induk: parents, first one gives the tree; empty for a root commit.
            berkas: path → bytes, or None to delete.

        Returns:
            The commit id; no ref is moved.
        """
        detik = f"{int(waktu.timestamp())} {waktu.strftime('%z')}"
        cabang = f"{_SEMENTARA}/{uuid.uuid4().hex}"  # never comes to exist: reset before the end
        naskah = bytearray(f"feature done\ncommit {cabang}\nmark :1\n".encode())
        naskah += f"author {_siapa(penulis)} {detik}\n".encode()
        naskah += f"committer {_siapa(penulis)} {detik}\n".encode()
        naskah += _data(pesan.encode())
        for kata, oid in zip(("from", *["merge"] * len(induk)), induk, strict=False):
            naskah += f"{kata} {oid}\n".encode()
        for jalur, isi in sorted(berkas.items()):
            nama = _kutip_jalur(jalur)
            naskah += f"D {nama}\n".encode() if isi is None else f"M 100644 inline {nama}\n".encode()
            naskah += b"" if isi is None else _data(isi)
        naskah += f"\nget-mark :1\nreset {cabang}\nfrom {KOSONG}\n\ndone\n".encode()
        keluaran = self.jalankan("fast-import", "--quiet", "--force", masukan=bytes(naskah))
        return keluaran.decode().strip()

    def pindah_ref(self, nama: str, baru: str, lama: str | None, alasan: str) -> None:
        """Compare-and-swap of a ref; raises BentrokError when somebody was first."""
        self.pindah_banyak({nama: (baru, lama)}, alasan)

    def pindah_banyak(self, ref: Mapping[str, tuple[str, str | None]], alasan: str) -> None:
        """Moves several refs in one transaction, each compared with its old value.

        Args:
            ref: name → (new, old); old None means that the ref must not exist yet.
        """
        perintah = "start\n" + "".join(
            f"update {nama} {baru} {lama or KOSONG}\n" for nama, (baru, lama) in ref.items()
        )
        lingkungan = {
            "GIT_COMMITTER_NAME": _IDENTITAS_SISTEM[0],
            "GIT_COMMITTER_EMAIL": _IDENTITAS_SISTEM[1],
        }
        try:
            self.jalankan(
                "update-ref",
                "-m",
                alasan,
                "--stdin",
                masukan=(perintah + "prepare\ncommit\n").encode(),
                lingkungan=lingkungan,
            )
        except KinerjaError as e:
            if self._buang_gembok_mati(ref):
                self.pindah_banyak(ref, alasan)
                return
            if any(self.ref(n) != lama for n, (_, lama) in ref.items()):
                raise BentrokError(
                    "orang lain menyimpan lebih dahulu", "jalankan perintah ini sekali lagi"
                ) from e
            raise
        self._segarkan(ref)

    def hapus_ref(self, ref: Mapping[str, str]) -> None:
        """Deletes refs, each compared with its old value."""
        perintah = "start\n" + "".join(f"delete {nama} {lama}\n" for nama, lama in ref.items())
        self.jalankan("update-ref", "--stdin", masukan=(perintah + "prepare\ncommit\n").encode())

    # helpers

    def _buang_gembok_mati(self, ref: Mapping[str, tuple[str, str | None]]) -> bool:
        """Removes lock files that a killed git left behind; True when there were any.

        A ref is locked for milliseconds; one older than a minute, by the disk's own clock,
        belongs to nobody.
        """
        with tempfile.NamedTemporaryFile(dir=self.folder) as kini:
            sekarang = Path(kini.name).stat().st_mtime
        mati = False
        for nama in ref:
            gembok = self.folder / f"{nama}.lock"
            with suppress(FileNotFoundError):
                if sekarang - gembok.stat().st_mtime > _GEMBOK_MATI_DETIK:
                    gembok.unlink()
                    mati = True
        return mati

    def _segarkan(self, ref: Mapping[str, tuple[str, str | None]]) -> None:
        """In a plain clone, brings the work tree along when its branch moved and it is clean."""
        if self.folder.name != ".git":
            return
        cabang = self._coba("symbolic-ref", "--quiet", "HEAD")  # None: HEAD is detached, as CI leaves it
        kepala = cabang.decode().strip() if cabang is not None else ""
        if kepala not in ref or ref[kepala][1] is None:
            return
        baru, lama = ref[kepala]
        tempat = {"GIT_WORK_TREE": str(self.folder.parent)}
        try:
            self.jalankan("read-tree", "-m", "-u", lama or "", baru, lingkungan=tempat)
        except KinerjaError as e:
            raise KinerjaError(
                f"sudah tersimpan di {kepala}, tetapi folder kerja punya suntingan sendiri",
                "simpan suntingan itu, lalu jalankan: git status",
            ) from e


@contextmanager
def _aliran(masukan: bytes | None) -> Iterator[BinaryIO | None]:
    """Bytes as a file that a process can read; None for no input."""
    if masukan is None:
        yield None
        return
    with tempfile.TemporaryFile() as berkas:
        berkas.write(masukan)
        berkas.seek(0)
        yield berkas


def _gagal(perintah: str, e: GitCommandError) -> KinerjaError:
    return KinerjaError(
        f"git {perintah} gagal (kode {e.status}): {str(e.stderr).strip()[:500]}",
        "periksa apakah repositori utuh (git fsck) dan dapat ditulis",
    )


def _waktu(teks: str) -> datetime:
    """A commit's time; what no clock shows counts as the beginning of time."""
    try:
        return datetime.fromisoformat(teks)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)


def _heks(oid: object) -> str:
    """An object id as text; GitPython promises text and gives bytes."""
    return oid.decode() if isinstance(oid, bytes) else str(oid)


def _siapa(p: Pelaku) -> str:
    """``Name <mail>`` without what would end the field early."""
    bersih = str.maketrans("", "", "<>\n\0")
    return f"{p.nama.translate(bersih)} <{p.surel.translate(bersih)}>"


def _data(isi: bytes) -> bytes:
    return f"data {len(isi)}\n".encode() + isi + b"\n"


def _kutip_jalur(jalur: str) -> str:
    """A path for fast-import, C-quoted where it must be."""
    if "\n" in jalur or "\0" in jalur:
        raise KinerjaError("nama berkas memuat ganti baris", "ganti nama berkas itu")
    if jalur.startswith('"') or "\\" in jalur:
        return '"' + jalur.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return jalur
