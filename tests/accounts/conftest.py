"""A database of accounts in a private folder, and what the tests of the room share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kinerja.accounts.passwords import Penyandi
from kinerja.accounts.people import DaftarAkun
from kinerja.accounts.store import Permintaan, Simpanan

from .perangkat import SAAT


@pytest.fixture
def berkas(tmp_path: Path) -> Path:
    return tmp_path / "meja" / "meja.sqlite"


@pytest.fixture
def simpanan(berkas: Path) -> Iterator[Simpanan]:
    with Simpanan(berkas) as s:
        yield s


@pytest.fixture(scope="session")
def penyandi() -> Penyandi:
    """Argon2id with parameters that cost nothing."""
    return Penyandi(waktu=1, memori_kib=8, paralel=1)


@pytest.fixture
def akun(simpanan: Simpanan, penyandi: Penyandi) -> DaftarAkun:
    return DaftarAkun(simpanan, penyandi)


@pytest.fixture
def minta() -> Permintaan:
    return Permintaan(SAAT, "10.0.0.7", "ikatan-a")


@pytest.fixture
def lusa() -> datetime:
    return (SAAT + timedelta(days=2)).astimezone(UTC)
