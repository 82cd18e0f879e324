"""What every page of the desk shares: the agency, the accounts, where it is served, what was just done.

Example:
    >>> layanan.alamat
    'http://localhost:8000'
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kinerja.accounts.contacts import Surel
from kinerja.accounts.drafts import DaftarDraf
from kinerja.accounts.forge_tokens import TokenForge
from kinerja.accounts.jejak import Jejak
from kinerja.accounts.passkeys import PasskeySitus
from kinerja.accounts.people import DaftarAkun
from kinerja.accounts.sessions import DaftarSesi
from kinerja.accounts.store import Simpanan
from kinerja.desk.place import Meja
from kinerja.session import Hasil

_KILAT_TERBANYAK = 5_000
_KILAT_SESI = 4
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True, slots=True)
class Kilat:
    """What was just done, shown once on the next page.

    Attributes:
        ketikan: texts of the form that was refused, by field, to stand in it again.
    """

    hasil: Hasil | None = None
    galat: str = ""
    saran: str = ""
    ketikan: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Layanan:
    """One running desk.

    Attributes:
        alamat: origin that people type, ``https://kinerja.contoh.go.id``; passkeys are bound to it.
        inang: host names that are answered; any other is refused (DNS rebinding).
        situs: folder of the built public site.
        passkey: passkeys of this origin; None at an IP address, where browsers allow none.
        terbitkan: builds the public site anew; called after a delivery.
        kabari: tells by e-mail who holds the pen now; hentikan: ends that with the desk.
    """

    meja: Meja
    simpanan: Simpanan
    alamat: str
    inang: frozenset[str]
    situs: Path
    passkey: PasskeySitus | None = None
    terbitkan: Callable[[], None] = lambda: None
    kabari: Callable[[], None] = lambda: None
    hentikan: Callable[[], None] = lambda: None
    _kilat: dict[str, list[Kilat]] = field(default_factory=dict)
    _kunci: threading.Lock = field(default_factory=threading.Lock)

    @property
    def aman(self) -> bool:
        """Whether the line is encrypted, so that cookies may demand it."""
        return self.alamat.startswith("https://")

    @property
    def loopback(self) -> bool:
        """Whether only people at this computer can reach the desk."""
        return self.inang <= LOOPBACK

    @property
    def bukti(self) -> Path:
        """Folder of evidence files, outside Git."""
        return self.meja.instansi.folder / "bukti"

    @cached_property
    def sesi(self) -> DaftarSesi:
        """Who is signed in."""
        return DaftarSesi(self.simpanan)

    @cached_property
    def akun(self) -> DaftarAkun:
        """Accounts, invitations, passwords."""
        return DaftarAkun(self.simpanan)

    @cached_property
    def draf(self) -> DaftarDraf:
        """What was typed and not saved."""
        return DaftarDraf(self.simpanan)

    @cached_property
    def jejak(self) -> Jejak:
        """The audit trail."""
        return Jejak(self.simpanan)

    @cached_property
    def surel(self) -> Surel:
        """Where notices are sent."""
        return Surel(self.simpanan)

    @cached_property
    def token(self) -> TokenForge:
        """Each person's token of a forge."""
        return TokenForge(self.simpanan)

    def titip(self, sesi: str, kilat: Kilat) -> None:
        """Keeps a message for a session's next page; it is lost with the process, which harms nothing."""
        with self._kunci:
            if len(self._kilat) >= _KILAT_TERBANYAK:
                self._kilat.clear()
            daftar = self._kilat.setdefault(sesi, [])
            daftar.append(kilat)
            del daftar[:-_KILAT_SESI]

    def ambil(self, sesi: str) -> list[Kilat]:
        """The messages for this session, once."""
        with self._kunci:
            return self._kilat.pop(sesi, [])
