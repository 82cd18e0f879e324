"""What was found before, kept beside the user's other caches: only to save time.

It decides nothing: a key holds the digests of everything that a finding depends on, the
software included, so an entry is right or is not found. It may be deleted at any time, a
damaged one counts as empty, and nothing that signs or merges reads it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import stat
import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Self

from kinerja.adapters import package_data

_RUANG = ("adapters", "calculation", "checking", "domain", "validation")
_TERBESAR = 64 * 1024 * 1024
_SEKALIGUS = 500


class Simpanan:
    """Key → text, in one SQLite file; every failure of the disk makes it forget, never fail."""

    def __init__(self, berkas: Path | None = None) -> None:
        self._berkas = berkas or _tempat()
        self._db = _buka(self._berkas)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._db is not None:
            self._db.close()

    def ambil(self, kunci: Iterable[bytes]) -> dict[bytes, str]:
        """The entries that are there."""
        semua, hasil = list(kunci), dict[bytes, str]()
        if self._db is None:
            return hasil
        with contextlib.suppress(sqlite3.Error):
            for awal in range(0, len(semua), _SEKALIGUS):
                bagian = semua[awal : awal + _SEKALIGUS]
                tanya = ",".join("?" * len(bagian))
                hasil.update(
                    self._db.execute(
                        f"SELECT kunci, isi FROM temuan WHERE kunci IN ({tanya})", bagian  # noqa: S608 - only marks
                    )
                )
        return hasil

    def taruh(self, isi: Mapping[bytes, str]) -> None:
        """Keeps entries for the next run."""
        if self._db is None or not isi:
            return
        with contextlib.suppress(sqlite3.Error), self._db:
            self._db.executemany("INSERT OR REPLACE INTO temuan VALUES (?, ?)", isi.items())


@lru_cache(maxsize=1)
def sidik_mesin() -> bytes:
    """Digest of the rules, formulas, readers and schemas as they run here, and of their libraries."""
    h = hashlib.sha256()
    akar = Path(__file__).parent.parent
    for ruang in _RUANG:
        for berkas in sorted((akar / ruang).rglob("*.py")):
            h.update(berkas.relative_to(akar).as_posix().encode() + b"\0" + berkas.read_bytes())
    for nama, bita in sorted(package_data.skema().items()):
        h.update(nama.encode() + b"\0" + bita)
    for paket in ("pyyaml", "jsonschema-rs"):
        h.update(f"{paket} {version(paket)}\0".encode())
    h.update(sys.version.encode())
    return h.digest()


# helpers


def _tempat() -> Path:
    """Where this system keeps caches: XDG on Linux, the local profile on Windows."""
    dasar = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or "~/.cache"
    return Path(dasar).expanduser() / "kinerja" / "temuan.sqlite"


def _buka(berkas: Path) -> sqlite3.Connection | None:
    """The database; a damaged file is made anew, one in use by others is left to them."""
    for _ in range(2):
        db = None
        try:
            berkas.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not (_milik_sendiri(berkas.parent) and _milik_sendiri(berkas)):
                return None
            if berkas.exists() and berkas.stat().st_size > _TERBESAR:
                berkas.unlink()
            db = sqlite3.connect(berkas, timeout=2)
            db.execute("PRAGMA synchronous = OFF")
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("CREATE TABLE IF NOT EXISTS temuan (kunci BLOB PRIMARY KEY, isi TEXT) WITHOUT ROWID")
            if db.execute("SELECT type, name FROM sqlite_master").fetchall() != [("table", "temuan")]:
                raise sqlite3.DatabaseError  # a view or a trigger could say that all is well
        except (sqlite3.OperationalError, OSError):
            if db is not None:
                db.close()
            return None
        except sqlite3.DatabaseError:
            if db is not None:
                db.close()  # Windows deletes no open file
            with contextlib.suppress(OSError):
                berkas.unlink()
        else:
            return db
    return None


def _milik_sendiri(tempat: Path) -> bool:
    """Whether nobody else could have written there; a file that is not there yet is nobody's."""
    try:
        s = tempat.lstat()
    except FileNotFoundError:
        return True
    if stat.S_ISLNK(s.st_mode):
        return False
    return sys.platform == "win32" or (s.st_uid == os.getuid() and not s.st_mode & 0o022)
