"""Who may open which address: the one place where roles are checked.

A right is a name in the route table; this module says which persons have it. It decides by the
offices that a person lawfully holds today, never by what a page shows. The steps themselves
check again (``session.sebagai``), so that a fault here opens nothing that is signed.

Example:
    >>> boleh(Izin.PENGISI, frozenset({"kasie:rehabilitasi-sosial"}), organisasi, "rehabilitasi-sosial")
    True
"""

from __future__ import annotations

from enum import StrEnum

from kinerja.domain.organisasi import Bidang, Organisasi

KEPALA, SEKRETARIS, KASUBAG, PENGELOLA = "kepala-dinas", "sekretaris", "kasubag-program", "pengelola-sistem"


class Izin(StrEnum):
    """A right that an address asks for."""

    PUBLIK = "publik"
    """Everybody: the sign-in page, an invitation, the public site, style and script files."""
    MASUK = "masuk"
    """Everybody who has signed in."""
    PENGISI = "pengisi"
    """Who fills the worksheet of this bidang."""
    PEMERIKSA = "pemeriksa"
    """Who signs the worksheet of this bidang."""
    PEMBACA = "pembaca"
    """Who may read this bidang's worksheet: its filler and signer, and who compiles and signs the laporan."""
    SEKRETARIS = "sekretaris"
    KASUBAG = "kasubag"
    KEPALA = "kepala"
    PEMBACA_LAPORAN = "pembaca-laporan"
    """Kasubag, Sekretaris, Kepala Dinas."""
    PENGELOLA = "pengelola"
    """Who looks after the system: accounts, invitations, the audit trail."""


def boleh(izin: Izin, jabatan: frozenset[str] | None, organisasi: Organisasi, bidang: str = "") -> bool:
    """Whether a person may open an address.

    Args:
        jabatan: offices that the person holds today; None for a visitor who has not signed in.
        bidang: id in the address, where it has one; an unknown one belongs to nobody.
    """
    if izin is Izin.PUBLIK:
        return True
    if jabatan is None:
        return False
    if izin is Izin.MASUK:
        return True
    return bool(jabatan & _berhak(izin, organisasi.cari_bidang(bidang)))


# helpers


_TETAP = {
    Izin.SEKRETARIS: frozenset({SEKRETARIS}),
    Izin.KASUBAG: frozenset({KASUBAG}),
    Izin.KEPALA: frozenset({KEPALA}),
    Izin.PEMBACA_LAPORAN: frozenset({KASUBAG, SEKRETARIS, KEPALA}),
    Izin.PENGELOLA: frozenset({PENGELOLA}),
}


def _berhak(izin: Izin, b: Bidang | None) -> frozenset[str]:
    """The offices that have a right; those of a bidang's own pages come from organisasi.yaml."""
    if izin in _TETAP:
        return _TETAP[izin]
    if b is None:
        return frozenset()
    milik = {
        Izin.PENGISI: {b.pengisi},
        Izin.PEMERIKSA: {b.pemeriksa},
        Izin.PEMBACA: {b.pengisi, b.pemeriksa, KASUBAG, SEKRETARIS, KEPALA},
    }
    return frozenset(milik[izin])
