"""Drafts of worksheets on the server: what somebody typed and has not saved into Git yet.

It decides how two saves of one draft meet: field by field, a field that was sent replaces, a
field that was not stays, and the newest wins. Whoever wrote over something newer than they had
read hears of it, with both texts. It leaves out what the text means. Each field remembers the
commit its page was made from, so that it can be merged against that one.

Example:
    >>> hasil = DaftarDraf(simpanan).simpan(kunci, asal, {"/indikator/0/realisasi": "45,21"}, 3, saat)
    >>> hasil.versi, hasil.tertimpa
    (4, ())
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kinerja.accounts.store import Simpanan, baca_saat, tulis_saat
from kinerja.domain.errors import PemakaianError

ISIAN_TERBANYAK = 2_000
HURUF_TERBANYAK = 50_000
BITA_TERBANYAK = 2_000_000
_PENUNJUK_TERPANJANG = 500
_KUNCI_TERPANJANG = 100
_DI = "orang = ? AND periode = ? AND bidang = ?"


@dataclass(frozen=True, slots=True)
class KunciDraf:
    """Whose draft of which worksheet."""

    orang: str
    periode: str
    bidang: str

    @property
    def baris(self) -> tuple[str, str, str]:
        """The columns of the key."""
        return (self.orang, self.periode, self.bidang)


@dataclass(frozen=True, slots=True)
class Isian:
    """One field: its text, the commit of its page, and the draft's revision that brought it."""

    isi: str
    asal: str
    versi: int


@dataclass(frozen=True, slots=True)
class Draf:
    """A draft; without fields when there is none or it was deleted.

    Attributes:
        asal: the commit of the page that saved last; "" before the first save.
        versi: grows with every save and never falls, not even by deleting.
    """

    asal: str = ""
    versi: int = 0
    saat: datetime | None = None
    rincian: Mapping[str, Isian] = field(default_factory=dict)

    @property
    def isian(self) -> dict[str, str]:
        """Pointer → text. An empty text is a value: the field was emptied."""
        return {p: i.isi for p, i in self.rincian.items()}

    @property
    def kelompok(self) -> tuple[tuple[str, dict[str, str]], ...]:
        """The fields by the commit that their pages were made from, in the order they first came."""
        hasil: dict[str, dict[str, str]] = {}
        for p, i in sorted(self.rincian.items(), key=lambda r: (r[1].versi, r[0])):
            hasil.setdefault(i.asal, {})[p] = i.isi
        return tuple(hasil.items())


@dataclass(frozen=True, slots=True)
class Tertimpa:
    """A field that another tab had changed since the page was read; ``baru`` stands now."""

    penunjuk: str
    lama: str
    baru: str


@dataclass(frozen=True, slots=True)
class Tersimpan:
    """What a save did.

    Attributes:
        asal_lama: the commit that the draft was made from before, when it was another.
    """

    versi: int
    tertimpa: tuple[Tertimpa, ...] = ()
    asal_lama: str | None = None


class DaftarDraf:
    """The drafts of one database."""

    def __init__(self, simpanan: Simpanan) -> None:
        self._simpanan = simpanan

    def baca(self, kunci: KunciDraf) -> Draf:
        """The draft as it stands."""
        with self._simpanan.baca() as db:
            baris = db.execute(
                "SELECT d.asal, d.versi, d.saat, i.penunjuk, i.isi, i.asal, i.versi FROM draf d"  # noqa: S608 - a constant
                " LEFT JOIN isian_draf i USING (orang, periode, bidang)"
                f" WHERE {_DI} ORDER BY i.penunjuk",
                kunci.baris,
            ).fetchall()
        if not baris:
            return Draf()
        rincian = {b[3]: Isian(*b[4:]) for b in baris if b[3] is not None}
        return Draf(baris[0][0], baris[0][1], baca_saat(baris[0][2]), rincian)

    def simpan(
        self, kunci: KunciDraf, asal: str, isian: Mapping[str, str], versi_dibaca: int, saat: datetime
    ) -> Tersimpan:
        """Merges fields into the draft.

        Args:
            versi_dibaca: the revision that the page had last heard of.

        Raises:
            PemakaianError: too many fields or too long ones; nothing was kept.
        """
        _periksa_bentuk(kunci, asal, isian)
        with self._simpanan.tulis() as db:
            kepala = _kepala(db, kunci)
            versi = (kepala[1] if kepala else 0) + 1
            lama = _rincian(db, kunci)
            db.execute(
                "INSERT INTO draf VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                " asal = excluded.asal, versi = excluded.versi, saat = excluded.saat",
                (*kunci.baris, asal, versi, tulis_saat(saat)),
            )
            db.executemany(
                "INSERT OR REPLACE INTO isian_draf VALUES (?, ?, ?, ?, ?, ?, ?)",
                ((*kunci.baris, p, isi, asal, versi) for p, isi in isian.items()),
            )
            _periksa_jumlah({p: i.isi for p, i in lama.items()} | dict(isian))
        tertimpa = tuple(
            Tertimpa(p, lama[p].isi, isi)
            for p, isi in isian.items()
            if p in lama and lama[p].versi > versi_dibaca and lama[p].isi != isi
        )
        berbeda = kepala[0] if kepala and lama and kepala[0] != asal else None
        return Tersimpan(versi, tertimpa, berbeda)

    def hapus(self, kunci: KunciDraf, sampai_versi: int | None = None) -> None:
        """Deletes the draft's fields, after they were saved into Git.

        Args:
            sampai_versi: keeps what another tab brought after this revision.
        """
        with self._simpanan.tulis() as db:
            db.execute(
                f"DELETE FROM isian_draf WHERE {_DI} AND (? IS NULL OR versi <= ?)",  # noqa: S608 - a constant
                (*kunci.baris, sampai_versi, sampai_versi),
            )


# helpers


def _kepala(db: sqlite3.Connection, kunci: KunciDraf) -> tuple[str, int] | None:
    baris: tuple[str, int] | None = db.execute(
        f"SELECT asal, versi FROM draf WHERE {_DI}", kunci.baris  # noqa: S608 - a constant
    ).fetchone()
    return baris


def _rincian(db: sqlite3.Connection, kunci: KunciDraf) -> dict[str, Isian]:
    baris = db.execute(
        f"SELECT penunjuk, isi, asal, versi FROM isian_draf WHERE {_DI}", kunci.baris  # noqa: S608 - a constant
    )
    return {b[0]: Isian(*b[1:]) for b in baris}


def _periksa_bentuk(kunci: KunciDraf, asal: str, isian: Mapping[str, str]) -> None:
    if any(not k or len(k) > _KUNCI_TERPANJANG for k in kunci.baris) or len(asal) > _KUNCI_TERPANJANG:
        raise PemakaianError("draf ini tidak menyebut kertas kerja yang sah", "muat ulang halamannya")
    for penunjuk, isi in isian.items():
        if not penunjuk.startswith("/") or len(penunjuk) > _PENUNJUK_TERPANJANG:
            raise PemakaianError("draf memuat isian yang tidak dikenal", "muat ulang halamannya")
        if len(isi) > HURUF_TERBANYAK:
            saran = f"singkatkan menjadi paling banyak {HURUF_TERBANYAK} huruf, atau lampirkan sebagai bukti"
            raise PemakaianError(f"isian {penunjuk} terlalu panjang ({len(isi)} huruf)", saran)
        try:
            (penunjuk + isi).encode()
        except UnicodeEncodeError as e:
            pesan = f"isian {penunjuk[:40]!a} memuat huruf yang rusak"
            raise PemakaianError(pesan, "ketik ulang isian itu") from e


def _periksa_jumlah(isian: Mapping[str, str]) -> None:
    if len(isian) > ISIAN_TERBANYAK:
        raise PemakaianError(
            f"draf memuat lebih dari {ISIAN_TERBANYAK} isian", "simpan kertas kerja dahulu, lalu lanjutkan"
        )
    if sum(len(p.encode()) + len(i.encode()) for p, i in isian.items()) > BITA_TERBANYAK:
        saran = "simpan kertas kerja dahulu, atau lampirkan teks panjang sebagai bukti"
        raise PemakaianError("seluruh draf lebih dari 2 MB", saran)
