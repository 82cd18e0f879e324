"""The desk's own database: what people need at the web desk and what must never enter Git.

It decides how that file is opened, made, lifted to a newer form and written: whole
transactions only, flushed to the disk before anybody hears that something was saved. It
leaves out what is in the tables (the other modules of this room). One connection per thread;
writers of one process wait for each other in line, those of another process for ten seconds.

Example:
    >>> simpanan = Simpanan(Path("dinas/meja/meja.sqlite"))
    >>> with simpanan.tulis() as db:
    ...     db.execute("UPDATE akun SET aktif = 0 WHERE orang = ?", ("p-citra",))
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import stat
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from kinerja.accounts.schema import ID_APLIKASI, MIGRASI
from kinerja.domain.errors import KinerjaError

_TUNGGU_MS = 10_000
_BITA_RAHASIA = 32
_KODE_UTAMA = 0xFF
"""An extended result code of SQLite holds its primary code in the lowest byte."""


class SimpananError(KinerjaError):
    """The database cannot be read or written; nothing of the act was kept."""


@dataclass(frozen=True, slots=True)
class Permintaan:
    """What a request brings along: read once at the door, then passed down.

    Attributes:
        saat: the only clock reading of the request.
        alamat: the network address it came from.
        ikatan: ``Sesi.ikatan`` or ``PraSesi.ikatan``, to which challenges are bound.
        oleh: the person who is signed in.
    """

    saat: datetime
    alamat: str = ""
    ikatan: str = ""
    oleh: str | None = None


class Simpanan:
    """An opened database. Safe for threads; a transaction must not be kept over an ``await``.

    Args:
        berkas: made with mode 0600, its folder with 0700, when they are not there.
        demo: allows a session to change its person (``sessions.DaftarSesi.ganti_peran``).
        acak: source of all secrets; tests may give another.

    Raises:
        SimpananError: it is damaged, not ours, too new, or cannot be read and written.
    """

    def __init__(
        self, berkas: Path, *, demo: bool = False, acak: Callable[[int], bytes] = secrets.token_bytes
    ) -> None:
        self.berkas = berkas
        self.demo = demo
        self.acak = acak
        self._lokal = threading.local()
        self._giliran = threading.RLock()
        self._semua: weakref.WeakSet[_Sambungan] = weakref.WeakSet()
        try:
            with self._terjemahkan():
                _siapkan_tempat(berkas)
                self._periksa_dan_angkat()
        except BaseException:
            self.tutup()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.tutup()

    @contextmanager
    def baca(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection; each SELECT sees one committed state."""
        with self._terjemahkan():
            yield self._sambungan()

    @contextmanager
    def tulis(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it or, after an exception, nothing. Inside another one it is part of that."""
        with self._giliran, self._terjemahkan():
            db = self._sambungan()
            bagian = db.in_transaction
            if bagian:
                yield db
                return
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")

    def rahasia(self, nama: str) -> bytes:
        """A secret of this server: 256 bits, made at its first use."""
        with self.tulis() as db:
            db.execute("INSERT OR IGNORE INTO rahasia VALUES (?, ?)", (nama, self.acak(_BITA_RAHASIA)))
            isi: bytes = db.execute("SELECT isi FROM rahasia WHERE nama = ?", (nama,)).fetchone()[0]
            return isi

    def tutup(self) -> None:
        """Closes the connections of all threads; whoever uses it afterwards opens a new one."""
        with self._giliran:
            for sambungan in list(self._semua):
                sambungan.tutup()
            self._lokal = threading.local()

    # helpers

    def _sambungan(self) -> sqlite3.Connection:
        sambungan: _Sambungan | None = getattr(self._lokal, "sambungan", None)
        if sambungan is None:
            sambungan = _Sambungan(self.berkas)
            with self._giliran:
                self._semua.add(sambungan)
            self._lokal.sambungan = sambungan
        return sambungan.db

    def _periksa_dan_angkat(self) -> None:
        with self.baca() as db:
            if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise _rusak(self.berkas)
        with self.tulis() as db:
            versi: int = db.execute("PRAGMA user_version").fetchone()[0]
            _periksa_pemilik(db, versi, self.berkas)
            for pernyataan in (p for langkah in MIGRASI[versi:] for p in langkah):
                db.execute(pernyataan)
            if versi < len(MIGRASI):
                db.execute(f"PRAGMA application_id = {ID_APLIKASI}")
                db.execute(f"PRAGMA user_version = {len(MIGRASI)}")

    @contextmanager
    def _terjemahkan(self) -> Iterator[None]:
        """A failure of the disk becomes an Indonesian one; a fault of ours stays what it is."""
        try:
            yield
        except sqlite3.DatabaseError as e:
            galat = _galat(e, self.berkas)
            if galat is None:
                raise
            raise galat from e


def tulis_saat(saat: datetime) -> str:
    """An instant as the tables keep it.

    Raises:
        ValueError: it has no zone.
    """
    if saat.utcoffset() is None:
        raise ValueError("saat tanpa zona waktu")
    return saat.astimezone(UTC).isoformat(timespec="microseconds")


def baca_saat(isi: str) -> datetime:
    """The instant of :func:`tulis_saat`, in UTC."""
    return datetime.fromisoformat(isi)


# helpers


class _Sambungan:
    """One thread's connection; closed when its thread is gone."""

    def __init__(self, berkas: Path) -> None:
        self.db = sqlite3.connect(
            berkas, timeout=_TUNGGU_MS / 1000, isolation_level=None, check_same_thread=False
        )
        self.tutup = weakref.finalize(self, self.db.close)
        self.db.execute("PRAGMA foreign_keys = ON")
        self.db.execute("PRAGMA synchronous = FULL")
        self.db.execute("PRAGMA journal_mode = WAL")


def _siapkan_tempat(berkas: Path) -> None:
    folder = berkas.parent
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.name == "posix" and stat.S_IMODE(folder.stat().st_mode) & 0o077:
            raise SimpananError(f"folder {folder} dapat dibuka orang lain", f"jalankan: chmod 700 {folder}")
        berkas.touch(mode=0o600)
        if os.name == "posix" and stat.S_IMODE(berkas.stat().st_mode) & 0o077 and berkas.is_file():
            berkas.chmod(0o600)
    except OSError as e:
        raise _tak_tertulisi(berkas) from e


def _periksa_pemilik(db: sqlite3.Connection, versi: int, berkas: Path) -> None:
    milik: int = db.execute("PRAGMA application_id").fetchone()[0]
    kosong = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if milik != ID_APLIKASI and not (kosong and versi == 0 and milik == 0):
        raise SimpananError(
            f"{berkas} bukan basis data meja kerja", "periksa letaknya, atau pindahkan berkas itu"
        )
    if versi > len(MIGRASI):
        raise SimpananError(
            f"basis data {berkas} dibuat oleh kinerja yang lebih baru", "pasang versi kinerja yang terbaru"
        )


def _galat(e: sqlite3.DatabaseError, berkas: Path) -> SimpananError | None:
    with suppress(AttributeError):
        match e.sqlite_errorcode & _KODE_UTAMA:
            case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
                return _rusak(berkas)
            case sqlite3.SQLITE_FULL:
                return SimpananError(
                    "penyimpanan penuh; perubahan ini tidak tersimpan",
                    f"kosongkan tempat pada cakram yang memuat {berkas.parent}, lalu ulangi",
                )
            case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
                return _tak_tertulisi(berkas)
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                return SimpananError(
                    "basis data meja kerja terlalu lama dipakai proses lain; perubahan ini tidak tersimpan",
                    "ulangi sebentar lagi, dan pastikan hanya satu server yang berjalan",
                )
            case sqlite3.SQLITE_IOERR:
                return SimpananError(
                    f"cakram yang memuat {berkas.parent} gagal dibaca atau ditulisi",
                    "periksa apakah cakram itu penuh atau rusak, lalu ulangi",
                )
    return None


def _rusak(berkas: Path) -> SimpananError:
    return SimpananError(
        f"basis data meja kerja {berkas} rusak",
        "hentikan server, pindahkan berkas itu beserta berkas -wal dan -shm-nya, lalu pulihkan dari "
        "cadangan; tanpa cadangan berkas baru dibuat dan setiap orang perlu diundang lagi",
    )


def _tak_tertulisi(berkas: Path) -> SimpananError:
    return SimpananError(
        f"basis data meja kerja {berkas} tidak dapat dibuka atau ditulisi",
        f"pastikan folder {berkas.parent} milik pengguna yang menjalankan server dan dapat ditulisi",
    )
