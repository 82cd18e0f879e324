"""The agency: bidang, offices and their dated holders, persons and their keys.

YAML key = field name, letter for letter. Dates are days in the agency's own zone and
intervals are half open: from the start of ``mulai`` to the start of ``selesai``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

BELUM_DITETAPKAN = "belum ditetapkan"
"""Written where a source or a detail was not determined yet: a rule notes it, nobody invents one."""


class Status(StrEnum):
    """Whether the figures of a repository are official; every page shows it."""

    RESMI = "resmi"
    CONTOH = "contoh"
    SIMULASI = "simulasi"

    @property
    def penanda(self) -> str:
        """The marker that every page, statement and verdict carries; "" when official."""
        return {
            Status.RESMI: "",
            Status.CONTOH: "DATA CONTOH",
            Status.SIMULASI: "SIMULASI, BUKAN DOKUMEN RESMI",
        }[self]


class Sebutan(StrEnum):
    """How somebody holds an office (UU 30/2014 Art. 14)."""

    DEFINITIF = "definitif"
    PLT = "plt"
    PLH = "plh"

    @property
    def awalan(self) -> str:
        """``Plh. `` before the office's name; "" for the definitive holder."""
        return {Sebutan.DEFINITIF: "", Sebutan.PLT: "Plt. ", Sebutan.PLH: "Plh. "}[self]


@dataclass(frozen=True, slots=True)
class Dasar:
    """A legal instrument: decree, letter of assignment, regulation."""

    nomor: str
    tanggal: date | None = None
    tentang: str = ""


@dataclass(frozen=True, slots=True)
class KodeWilayah:
    """Region codes; BPS and Kemendagri number the same regency differently."""

    bps: str
    kemendagri: str


@dataclass(frozen=True, slots=True)
class Bidang:
    """A unit that has a worksheet of its own.

    Attributes:
        id: ``rehabilitasi-sosial``; part of file, branch and office names.
        pengisi: office that fills the worksheet (step 3).
        pemeriksa: office that signs it (step 4).
    """

    id: str
    nama: str
    pengisi: str
    pemeriksa: str


@dataclass(frozen=True, slots=True)
class Penerima:
    """Who receives the report (step 8)."""

    id: str
    nama: str


@dataclass(frozen=True, slots=True)
class Organisasi:
    """``reports/organisasi.yaml``."""

    skema: str
    status: Status
    nama: str
    nama_singkat: str
    pemerintah: str
    daerah: str
    tempat: str
    alamat: str
    kop_surat: tuple[str, ...]
    kode_wilayah: KodeWilayah
    zona_waktu: str
    penerima: Penerima
    bidang: tuple[Bidang, ...]
    catatan: str | None = None

    def cari_bidang(self, id_bidang: str) -> Bidang | None:
        """The bidang with this id."""
        return next((b for b in self.bidang if b.id == id_bidang), None)


@dataclass(frozen=True, slots=True)
class Jabatan:
    """An office, whoever holds it."""

    id: str
    nama: str


@dataclass(frozen=True, slots=True)
class Pemangku:
    """One person's time in one office. An acting holder needs ``dasar``."""

    jabatan: str
    orang: str
    sebutan: Sebutan
    mulai: date
    selesai: date | None = None
    dasar: Dasar | None = None

    def menjabat(self, hari: date) -> bool:
        """True on a day inside [mulai, selesai)."""
        return self.mulai <= hari and (self.selesai is None or hari < self.selesai)

    @property
    def berdasar(self) -> bool:
        """False for an acting holder without an instrument number, who is nobody."""
        return self.sebutan is Sebutan.DEFINITIF or bool(self.dasar and self.dasar.nomor.strip())


@dataclass(frozen=True, slots=True)
class DaftarJabatan:
    """``reports/jabatan.yaml``."""

    skema: str
    jabatan: tuple[Jabatan, ...]
    pemangku: tuple[Pemangku, ...]

    def nama(self, id_jabatan: str) -> str:
        """The office's name; its id when it is unknown."""
        return next((j.nama for j in self.jabatan if j.id == id_jabatan), id_jabatan)


def pemangku_sah(jabatan: DaftarJabatan, id_jabatan: str, hari: date) -> Pemangku | None:
    """Who may act for the office on that day.

    While a Plh or Plt is in force the definitive holder may not act; an acting holder without
    an instrument number is nobody (UU 30/2014 Art. 14).
    """
    sah = [p for p in jabatan.pemangku if p.jabatan == id_jabatan and p.menjabat(hari) and p.berdasar]
    pengganti = [p for p in sah if p.sebutan is not Sebutan.DEFINITIF]
    return max(pengganti or sah, key=lambda p: p.mulai, default=None)


@dataclass(frozen=True, slots=True)
class Kunci:
    """A dated public key, one line of OpenSSH text.

    ``ssh-ed25519 AAAA…``; it begins with ``sk-`` when it belongs to a security key or a passkey.
    """

    publik: str
    mulai: date
    selesai: date | None = None

    def berlaku(self, hari: date) -> bool:
        """True on a day inside [mulai, selesai)."""
        return self.mulai <= hari and (self.selesai is None or hari < self.selesai)


@dataclass(frozen=True, slots=True)
class Akun:
    """A dated account on a forge, by its numeric id: a login can be renamed or re-used."""

    forge: str
    nomor: int
    mulai: date
    selesai: date | None = None

    def berlaku(self, hari: date) -> bool:
        """True on a day inside [mulai, selesai)."""
        return self.mulai <= hari and (self.selesai is None or hari < self.selesai)


@dataclass(frozen=True, slots=True)
class Orang:
    """A person who acts. Only what is published of an official; never a NIK."""

    id: str
    nama: str
    nip: str | None = None
    pangkat: str | None = None
    surel: tuple[str, ...] = ()
    kunci: tuple[Kunci, ...] = ()
    akun: tuple[Akun, ...] = ()


@dataclass(frozen=True, slots=True)
class PihakLuar:
    """A key holder who is no person of the agency: the receiver of reports, or an observer.

    An observer is a machine of the agency's own that saw a person act on a forge and signs
    what it saw.
    """

    id: str
    nama: str
    kunci: tuple[Kunci, ...] = ()


@dataclass(frozen=True, slots=True)
class DaftarIdentitas:
    """``reports/identitas.yaml``."""

    skema: str
    orang: tuple[Orang, ...]
    penerima: tuple[PihakLuar, ...] = ()
    pengamat: tuple[PihakLuar, ...] = ()

    def cari(self, id_orang: str) -> Orang | None:
        """The person with this id."""
        return next((o for o in self.orang if o.id == id_orang), None)

    def pemilik_akun(self, forge: str, nomor: int, hari: date) -> Orang | None:
        """The person whose account this is on that day; by its number, never by its name."""
        return next(
            (
                o
                for o in self.orang
                if any(a.forge == forge and a.nomor == nomor and a.berlaku(hari) for a in o.akun)
            ),
            None,
        )

    def nama(self, id_orang: str) -> str:
        """The person's name; the id when it is unknown."""
        orang = self.cari(id_orang)
        return orang.nama if orang else id_orang
