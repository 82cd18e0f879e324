"""Personal mail addresses: used to send word, and kept here since they never enter Git.

It decides whether a text can be an address at all: one line, one ``@``, nothing that would
begin another header. Whether mail arrives is not looked at.

Example:
    >>> Surel(simpanan).setel("p-citra", "citra@contoh.go.id", minta)
"""

from __future__ import annotations

import re

from kinerja.accounts.jejak import Peristiwa, tambah
from kinerja.accounts.store import Permintaan, Simpanan, tulis_saat
from kinerja.domain.errors import PemakaianError

_TERPANJANG = 254
_ALAMAT = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
"""A valid e-mail address of HTML (WHATWG, section 4.10.5.1.5)."""


class Surel:
    """Person → mail address."""

    def __init__(self, simpanan: Simpanan) -> None:
        self._simpanan = simpanan

    def surel(self, orang: str) -> str | None:
        """The person's address; None when there is none."""
        with self._simpanan.baca() as db:
            baris = db.execute("SELECT alamat FROM surel WHERE orang = ?", (orang,)).fetchone()
        return baris[0] if baris else None

    def setel(self, orang: str, alamat: str | None, minta: Permintaan) -> None:
        """Sets the person's address; None or "" removes it.

        Raises:
            PemakaianError: it is no address.
        """
        bersih = (alamat or "").strip()
        if bersih and (not _ALAMAT.fullmatch(bersih) or len(bersih) > _TERPANJANG):
            raise PemakaianError("alamat surel tidak sah", "tulis misalnya nama@contoh.go.id")
        with self._simpanan.tulis() as db:
            db.execute("DELETE FROM surel WHERE orang = ?", (orang,))
            if bersih:
                db.execute("INSERT INTO surel VALUES (?, ?, ?)", (orang, bersih, tulis_saat(minta.saat)))
            tambah(db, minta, Peristiwa.SUREL_DIUBAH, "dipasang" if bersih else "dihapus", orang=orang)
