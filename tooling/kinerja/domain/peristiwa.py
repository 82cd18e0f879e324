"""An event: one act of one person in one office, append-only.

The exact bytes of its canonical JSON are what is signed, chained and kept; this module
gives their shape. It leaves out who may act (``workflow.approvals``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from kinerja.domain.organisasi import Dasar, Sebutan
from kinerja.domain.tata_kelola import Jaminan, Tindakan

SKEMA = "peristiwa/v1"
DIHAPUS = ""
"""The digest of a file that a change takes away: no file has it, not even an empty one."""
ACUAN = tuple(f"reports/{n}.yaml" for n in ("identitas", "jabatan", "kebijakan", "organisasi"))
"""What decides who may approve; an act is judged by these as they were on main that day."""


@dataclass(frozen=True, slots=True)
class Berkas:
    """A covered file: its path and the SHA-256 and size of its bytes; ``DIHAPUS`` when it is deleted."""

    jalur: str
    sha256: str
    ukuran: int


MEJA = "meja"
"""Where a signed-in person acted at our own desk; in ``identitas.yaml`` as any forge is."""


class JenisBukti(StrEnum):
    """What a forge, or our own desk, showed of an act."""

    ULASAN = "ulasan"
    KOMENTAR = "komentar"
    JALANKAN = "jalankan"
    TINDAKAN = "tindakan"


@dataclass(frozen=True, slots=True)
class Bukti:
    """What was seen of an act that its person did not sign: copied at the moment it was seen.

    Attributes:
        forge: where, as ``identitas.yaml`` calls it: ``github``, ``forgejo``, :data:`MEJA`.
        jenis: a review, a comment, a workflow that the person started, or an act at the desk.
        nomor: the forge's own number of that review, comment or run.
        akun: numeric id of the account that acted; its name can change.
        dilihat: when our system saw it; ``Peristiwa.waktu`` is when the forge says that it happened.
        sha256: digest of the forge's record as canonical JSON, as it was read.
    """

    forge: str
    jenis: JenisBukti
    nomor: str
    akun: int
    dilihat: datetime
    sha256: str

    @property
    def di_forge(self) -> bool:
        """Whether somebody else's forge showed it; False for our own desk."""
        return self.forge != MEJA


@dataclass(frozen=True, slots=True)
class Peristiwa:
    """One event of the log.

    Attributes:
        urut: position in the log, from 1.
        perubahan: change id, ``kk/2024-tw1/rehabilitasi-sosial``.
        tujuan: the ref that the change goes to.
        berkas: every covered file with its digest.
        masukan: digests of approved inputs (worksheets under a report).
        kebijakan: digest of the approval rules in force on the base branch.
        sesudah: digest of the event of the previous step that this act follows.
        sebelumnya: digest of the previous event in the log.
        waktu: observed time, with offset; shown, never decides.
        alasan: required for ``tidak`` and ``tarik``.
        kepala: Git commit that was looked at; attribution only.
        kunci: fingerprint of the signing key, ``SHA256:…``; None when unsigned.
        acuan: digests of :data:`ACUAN` on main when the act was done, so that a later change of
            offices or rules cannot reach back.
        bukti: what a forge showed of an observed act; None when the person signed it.
        semula: the covered files as main had them, those that it had: what the act replaces. The
            same bytes proposed again over another state need another act.
    """

    urut: int
    perubahan: str
    tujuan: str
    tindakan: Tindakan
    jabatan: str
    orang: str
    sebutan: Sebutan
    dasar: Dasar | None
    berkas: tuple[Berkas, ...]
    masukan: tuple[Berkas, ...]
    kebijakan: str
    sesudah: str | None
    sebelumnya: str | None
    waktu: datetime
    alasan: str | None
    jaminan: Jaminan
    kepala: str | None
    kunci: str | None
    acuan: tuple[Berkas, ...] = ()
    bukti: Bukti | None = None
    semula: tuple[Berkas, ...] = ()
    skema: str = SKEMA

    @property
    def periode(self) -> str | None:
        """``2024-tw1`` from the change id; None for changes of no period."""
        bagian = self.perubahan.split("/")
        return bagian[1] if len(bagian) > 1 else None

    def bita(self) -> bytes:
        """Canonical JSON: sorted keys, UTF-8, one final newline."""
        dasar = None
        if self.dasar is not None:
            tanggal = self.dasar.tanggal.isoformat() if self.dasar.tanggal else None
            dasar = {"nomor": self.dasar.nomor, "tanggal": tanggal, "tentang": self.dasar.tentang}
        isi: dict[str, object] = {
            "skema": self.skema,
            "urut": self.urut,
            "perubahan": self.perubahan,
            "tujuan": self.tujuan,
            "tindakan": self.tindakan.value,
            "jabatan": self.jabatan,
            "orang": self.orang,
            "sebutan": self.sebutan.value,
            "dasar": dasar,
            "berkas": [_berkas(b) for b in self.berkas],
            "masukan": [_berkas(b) for b in self.masukan],
            "acuan": [_berkas(b) for b in self.acuan],
            "kebijakan": self.kebijakan,
            "sesudah": self.sesudah,
            "sebelumnya": self.sebelumnya,
            "waktu": self.waktu.isoformat(),
            "alasan": self.alasan,
            "jaminan": self.jaminan.value,
            "kepala": self.kepala,
            "kunci": self.kunci,
        }
        if self.bukti is not None:
            isi["bukti"] = _bukti(self.bukti)
        if self.semula:
            isi["semula"] = [_berkas(b) for b in self.semula]
        return kanonik(isi)

    def sidik(self) -> str:
        """SHA-256 of the canonical bytes, hex: the event's name in the chain."""
        return sha256(self.bita()).hexdigest()


@dataclass(frozen=True, slots=True)
class PeristiwaBertanda:
    """An event as it lies in the log: exact bytes and SSHSIG text over them."""

    peristiwa: Peristiwa
    bita: bytes
    tanda_tangan: str | None

    @property
    def sidik(self) -> str:
        """SHA-256 of the stored bytes."""
        return sha256(self.bita).hexdigest()


def berkas_dari(jalur: str, isi: bytes | None) -> Berkas:
    """A covered file from its bytes; None for one that is deleted."""
    if isi is None:
        return Berkas(jalur, DIHAPUS, 0)
    return Berkas(jalur, sha256(isi).hexdigest(), len(isi))


def kanonik(isi: object) -> bytes:
    """Canonical JSON of plain data: sorted keys, no spaces lost, UTF-8, final newline."""
    return (json.dumps(isi, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _bukti(b: Bukti) -> dict[str, object]:
    return {
        "forge": b.forge,
        "jenis": b.jenis.value,
        "nomor": b.nomor,
        "akun": b.akun,
        "dilihat": b.dilihat.isoformat(),
        "sha256": b.sha256,
    }


def _berkas(b: Berkas) -> dict[str, object]:
    return {"jalur": b.jalur, "sha256": b.sha256, "ukuran": b.ukuran}
