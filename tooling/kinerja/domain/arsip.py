"""What stands inside and beside a signed archive: the statement and the receipt.

Both are canonical JSON; the bytes are what is signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kinerja.domain.organisasi import Status

RUANG_ARSIP = "kinerja.arsip.v1"
RUANG_TANDA_TERIMA = "kinerja.tanda-terima.v1"


@dataclass(frozen=True, slots=True)
class Manifes:
    """Digests of the two tag manifests, hex."""

    sha256: str
    sha512: str


@dataclass(frozen=True, slots=True)
class KepalaLog:
    """SHA-256 of the log's last event and how many events there are."""

    kepala: str | None
    jumlah: int


@dataclass(frozen=True, slots=True)
class AsalGit:
    """The commit and tree that the content was read from."""

    commit: str
    pohon: str


@dataclass(frozen=True, slots=True)
class Pernyataan:
    """``statement.json``.

    Attributes:
        laporan: report id, ``dinsospmd-boalemo/2024-tw1``.
        penanda: DATA CONTOH and the like; "" when official.
        sebelumnya: SHA-256 of the previous period's archive; ``menggantikan``: of the
            version that this one corrects.
    """

    skema: str
    laporan: str
    opd: str
    periode: str
    versi: int
    status: Status
    penanda: str
    manifes: Manifes
    log: KepalaLog
    kebijakan: str
    git: AsalGit
    sebelumnya: str | None
    menggantikan: str | None
    dibuat: datetime
    oleh: str
    jabatan: str


@dataclass(frozen=True, slots=True)
class TandaTerimaArsip:
    """The receiver's receipt over an archive's digest (the inner, signed object)."""

    skema: str
    arsip: str
    sha256: str
    ukuran: int
    nomor: str
    tanggal: date
    penerima: str
    nama_penerima: str
    diterima: datetime
    status: Status
