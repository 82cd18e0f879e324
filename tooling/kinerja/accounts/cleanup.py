"""What is thrown away when nobody needs it any more; once a day is enough.

It deletes ended sessions, challenges, forgotten failures, invitations that ended a year ago
and the trail of more than 400 days. Drafts stay: somebody typed them.

Example:
    >>> bersihkan(simpanan, saat)["sesi"]
    12
"""

from __future__ import annotations

from datetime import datetime, timedelta

from kinerja.accounts import sessions, throttle
from kinerja.accounts.jejak import Jejak
from kinerja.accounts.store import Simpanan, tulis_saat

_UNDANGAN = timedelta(days=365)


def bersihkan(simpanan: Simpanan, saat: datetime) -> dict[str, int]:
    """How many of each were deleted."""
    with simpanan.tulis() as db:
        hapus = (
            ("tantangan", "DELETE FROM tantangan WHERE kedaluwarsa <= ?", saat),
            ("undangan", "DELETE FROM undangan WHERE kedaluwarsa <= ?", saat - _UNDANGAN),
        )
        hasil = {nama: db.execute(sql, (tulis_saat(batas),)).rowcount for nama, sql, batas in hapus}
        hasil |= {"sesi": sessions.bersihkan(db, saat), "percobaan": throttle.bersihkan(db, saat)}
    return hasil | {"jejak": Jejak(simpanan).bersihkan(saat)}
