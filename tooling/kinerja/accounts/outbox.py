"""The outbox: which notices were told, which messages wait, and the one thread that sends them.

It decides when a message is tried again (after 1, 5 and 30 minutes, then hourly), when it is given
up (refused for good, or after three days; the audit trail tells) and that none is sent twice: a
message whose delivery is uncertain counts as sent. It leaves out what is worth a notice
(``desk.notices``) and the line to the mail server (``adapters.mail``). A row holds the person, not
the address: a changed address counts for what still waits, a removed one ends it.

Example:
    >>> pengirim = Pengirim(KotakKeluar(simpanan), server, jam, sebelum=pemberitahu.periksa)
    >>> pengirim.mulai()
"""

from __future__ import annotations

import hmac
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from kinerja.accounts.jejak import Peristiwa, tambah
from kinerja.accounts.store import Permintaan, Simpanan, baca_saat, tulis_saat
from kinerja.adapters import mail
from kinerja.adapters.mail import GangguanSurelError, Jalur, ServerSurel, Surat
from kinerja.domain.errors import KinerjaError, PemakaianError

BERHENTI_MENCOBA = timedelta(days=3)
_JEDA = tuple(timedelta(minutes=m) for m in (1, 5, 30, 60))
_DETAK_DETIK, _SAMBUNGAN_TERLAMA = 60.0, timedelta(minutes=5)
_MULA = "mula"
"""Key of the row that says since when there are notices; no notice has a key without ``|``."""
_ANTREKAN = """INSERT INTO surat (kunci, orang, perihal, isi, dibuat, coba_lagi)
    SELECT ?, orang, ?, ?, ?, ? FROM penerima WHERE orang = ?"""
_TANPA_ALAMAT = "DELETE FROM surat WHERE diserahkan IS NULL AND orang NOT IN (SELECT orang FROM penerima)"
_ISI_UJI = "Surel ini percobaan dari Meja Kerja: pemberitahuan sampai ke alamat ini.\n"


@dataclass(frozen=True, slots=True)
class Kabar:
    """Something that a person is told once.

    Attributes:
        kunci: names of what is told by it; the first names the message.
        perihal: "" when the person knows it already and no message is to be sent.
    """

    kunci: tuple[str, ...]
    orang: str
    perihal: str = ""
    isi: str = ""


Perancang = Callable[[frozenset[str] | None], tuple[Sequence[Kabar], frozenset[str]]]
"""From the names told so far (None the very first time) to what is to be told, and all names that hold."""


@dataclass(frozen=True, slots=True)
class Antre:
    """A message that waits, with the address that its person has now."""

    nomor: int
    orang: str
    surat: Surat
    coba: int


class KotakKeluar:
    """What was told and what waits, in one database."""

    def __init__(self, simpanan: Simpanan) -> None:
        self._simpanan = simpanan

    def perbarui(self, rancang: Perancang, saat: datetime) -> int:
        """Records what is told and queues its messages, in one transaction; returns how many wait.

        A message of what no longer holds is taken out, unless it is on the line; it may be told again.
        """
        with self._simpanan.tulis() as db:
            sudah = frozenset(b[0] for b in db.execute("SELECT kunci FROM kabar"))
            kabar, masih = rancang(sudah - {_MULA} if _MULA in sudah else None)
            waktu = tulis_saat(saat)
            db.execute("INSERT OR IGNORE INTO kabar VALUES (?, '', ?)", (_MULA, waktu))
            for k in kabar:
                isi = [(kunci, k.orang, waktu) for kunci in k.kunci if kunci not in sudah]
                db.executemany("INSERT OR IGNORE INTO kabar VALUES (?, ?, ?)", isi)
                if k.perihal and isi:
                    db.execute(_ANTREKAN, (k.kunci[0], k.perihal, k.isi, waktu, waktu, k.orang))
            menunggu = [b[0] for b in db.execute("SELECT kunci FROM surat WHERE diserahkan IS NULL")]
            basi = [(kunci,) for kunci in menunggu if kunci not in masih]
            db.executemany("DELETE FROM surat WHERE kunci = ?", basi)
            db.executemany("DELETE FROM kabar WHERE kunci = ?", basi)
            return len(menunggu) - len(basi)

    def siap(self, saat: datetime) -> tuple[Antre, ...]:
        """Messages whose turn it is, the oldest first.

        One that would wait longer than any pause was put off before the clock was set back: it is due.
        """
        kunci = self._simpanan.rahasia("surel")
        with self._simpanan.tulis() as db:
            db.execute(_TANPA_ALAMAT)
            baris = db.execute(
                "SELECT nomor, orang, alamat, kunci, perihal, isi, dibuat, coba"
                " FROM surat JOIN penerima USING (orang) WHERE diserahkan IS NULL"
                " AND (coba_lagi <= ? OR coba_lagi > ?) ORDER BY coba_lagi, nomor",
                (tulis_saat(saat), tulis_saat(saat + _JEDA[-1])),
            ).fetchall()
        return tuple(
            Antre(n, orang, Surat(_pengenal(kunci, k), ke, perihal, isi, baca_saat(dibuat)), coba)
            for n, orang, ke, k, perihal, isi, dibuat, coba in baris
        )

    def berikutnya(self) -> datetime | None:
        """When the next message is due; None when none waits."""
        with self._simpanan.baca() as db:
            isi = db.execute("SELECT min(coba_lagi) FROM surat WHERE diserahkan IS NULL").fetchone()[0]
        return baca_saat(isi) if isi else None

    def serahkan(self, a: Antre, saat: datetime) -> None:
        """Writes down that it goes over the line now, before it does; refused when taken by another."""
        with self._simpanan.tulis() as db:
            sql = "UPDATE surat SET diserahkan = ? WHERE nomor = ? AND diserahkan IS NULL"
            if db.execute(sql, (tulis_saat(saat), a.nomor)).rowcount != 1:
                raise _JalurSelesaiError("surat itu sedang dikirim proses lain", "jalankan satu server saja")

    def terkirim(self, a: Antre) -> None:
        """The server has taken it: nothing of it is kept but that it was told."""
        with self._simpanan.tulis() as db:
            db.execute("DELETE FROM surat WHERE nomor = ?", (a.nomor,))

    def tunda(self, a: Antre, saat: datetime, sebab: str) -> None:
        """It was surely not delivered: later again, or given up."""
        if saat - a.surat.dibuat >= BERHENTI_MENCOBA:
            self.akhiri(a, saat, f"dihentikan sesudah 3 hari: {sebab}")
            return
        lagi = saat + _JEDA[min(a.coba, len(_JEDA) - 1)]
        sql = "UPDATE surat SET coba = coba + 1, coba_lagi = ?, diserahkan = NULL WHERE nomor = ?"
        with self._simpanan.tulis() as db:
            db.execute(sql, (tulis_saat(lagi), a.nomor))

    def akhiri(self, a: Antre, saat: datetime, sebab: str) -> None:
        """It is not tried again; the audit trail says whose message it was and why."""
        with self._simpanan.tulis() as db:
            db.execute("DELETE FROM surat WHERE nomor = ?", (a.nomor,))
            _catat(db, saat, a.orang, a.surat.perihal, sebab)

    def pulihkan(self, saat: datetime) -> None:
        """What went over the line long ago without an end (a killed server) may have been delivered."""
        sql = "DELETE FROM surat WHERE diserahkan <= ? RETURNING orang, perihal"
        with self._simpanan.tulis() as db:
            for orang, perihal in db.execute(sql, (tulis_saat(saat - _SAMBUNGAN_TERLAMA),)).fetchall():
                _catat(db, saat, orang, perihal, "mungkin sampai: server berhenti saat mengirimnya")


class Pengirim:
    """The thread that tells and sends; a page only wakes it.

    Args:
        jam: the computer's own clock, also where a sample has another.
        sebelum: looks what is to be told, before each sending (``Pemberitahu.periksa``).
        lapor: hears one sentence when mail does not work; the same one only once in a row.
    """

    def __init__(
        self, kotak: KotakKeluar, server: ServerSurel, jam: Callable[[], datetime], *,
        sebelum: Callable[[datetime], object] = lambda _: None,
        lapor: Callable[[str], None] = lambda _: None,
    ) -> None:  # fmt: skip
        self._kotak, self._server, self._jam = kotak, server, jam
        self._sebelum, self._lapor = sebelum, lapor
        self._bangun, self._selesai = threading.Event(), threading.Event()
        self._kunci = threading.Lock()
        self._utas: threading.Thread | None = None
        self._gangguan: dict[str, str] = {}

    def mulai(self) -> None:
        """Starts the thread, once; again only when it has ended."""
        with self._kunci:
            if self._selesai.is_set() or (self._utas and self._utas.is_alive()):
                return
            self._utas = threading.Thread(target=self._jalan, name="surel", daemon=True)
            self._utas.start()

    def bangunkan(self) -> None:
        """Something happened: look now. Returns at once."""
        self._bangun.set()
        if self._utas is not None:
            self.mulai()

    def berhenti(self, tunggu_detik: float = 5.0) -> None:
        """Ends the thread; a message on the line is waited for that long, no more is begun."""
        self._selesai.set()
        self._bangun.set()
        if self._utas is not None:
            self._utas.join(tunggu_detik)

    def sekali(self) -> None:
        """One round: what is to be told, then what is due."""
        self._coba("pulih", lambda: self._kotak.pulihkan(self._jam()))
        self._coba("kabar", lambda: self._sebelum(self._jam()))
        self._coba("kirim", self._kirim)

    def uji(self, alamat: str) -> str:
        """Sends one test message at once; the sentence that tells what came of it.

        Raises:
            KinerjaError: it was not sent, and why.
        """
        saat = self._jam()
        surat = Surat(f"uji-{int(saat.timestamp())}", alamat, "[Kinerja] Surel percobaan", _ISI_UJI, saat)
        with self._server.buka() as jalur:
            jalur.kirim(surat)
        return f"surel percobaan untuk {alamat} diterima server {self._server.inang}; periksa kotak masuknya"

    # helpers

    def _jalan(self) -> None:
        while not self._selesai.is_set():
            self._bangun.clear()
            self.sekali()
            self._bangun.wait(self._tidur_detik())

    def _coba(self, nama: str, kerja: Callable[[], object]) -> None:
        """The desk goes on without mail; the next round tries again. False is no news of its working."""
        try:
            if kerja() is not False:
                self._gangguan.pop(nama, None)
        except (KinerjaError, OSError) as e:
            if self._gangguan.get(nama) != str(e):
                self._gangguan[nama] = str(e)
                self._lapor(f"Surel belum terkirim: {e}")

    def _tidur_detik(self) -> float:
        """Until the next message is due, between a second and a minute."""
        lagi = None
        with suppress(KinerjaError):
            lagi = None if self._gangguan else self._kotak.berikutnya()
        sisa = (lagi - self._jam()).total_seconds() if lagi else _DETAK_DETIK
        return min(max(sisa, 1.0), _DETAK_DETIK)

    def _kirim(self) -> bool:
        """All that is due, over one line as long as it holds, each tried once; False when nothing is due."""
        antre = list(self._kotak.siap(self._jam()))
        ada = bool(antre)
        gagal: KinerjaError | None = None
        while antre and not self._selesai.is_set():
            try:
                with self._server.buka() as jalur:
                    while antre and not self._selesai.is_set():
                        self._satu(jalur, antre.pop(0))
            except _JalurSelesaiError as e:
                gagal = e
            except GangguanSurelError as e:  # no line at all: every message waits alike
                for a in antre:
                    self._kotak.tunda(a, self._jam(), e.pesan)
                raise
        if gagal is not None:
            raise gagal
        return ada

    def _satu(self, jalur: Jalur, a: Antre) -> None:
        try:
            jalur.kirim(a.surat, lambda: self._kotak.serahkan(a, self._jam()))
        except GangguanSurelError as e:
            self._kotak.tunda(a, self._jam(), e.pesan)
            raise _JalurSelesaiError(e.pesan, e.saran) from e
        except mail.SurelTakPastiError as e:
            self._kotak.akhiri(a, self._jam(), f"mungkin sampai: {e.pesan}")
            raise _JalurSelesaiError(e.pesan, e.saran) from e
        except (mail.SurelDitolakError, PemakaianError) as e:
            self._kotak.akhiri(a, self._jam(), e.pesan)
        else:
            self._kotak.terkirim(a)


# helpers


class _JalurSelesaiError(KinerjaError):
    """This line is of no more use; another one may be."""


def _pengenal(kunci: bytes, nama: str) -> str:  # the same for the same notice; tells a stranger nothing
    return hmac.digest(kunci, nama.encode(), "sha256").hex()[:32]


def _catat(db: sqlite3.Connection, saat: datetime, orang: str, perihal: str, sebab: str) -> None:
    tambah(db, Permintaan(saat), Peristiwa.SUREL_GAGAL, f"{perihal}: {sebab}", orang=orang)
