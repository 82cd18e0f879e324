"""Files on disk, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def tulis_atomik(berkas: Path, isi: bytes, mode: int = 0o644) -> None:
    """Writes beside the target, syncs, then renames: a crash leaves the old or the new file."""
    berkas.parent.mkdir(parents=True, exist_ok=True)
    fd, sementara = tempfile.mkstemp(dir=berkas.parent, prefix=f".{berkas.name}.")
    try:
        with os.fdopen(fd, "wb") as keluar:
            keluar.write(isi)
            keluar.flush()
            os.fsync(keluar.fileno())
        Path(sementara).chmod(mode)
        Path(sementara).replace(berkas)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(sementara).unlink()
        raise
