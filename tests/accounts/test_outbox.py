"""The outbox over a real mail server: told once, sent at most once, tried again, given up, never in the way."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.adapters.test_mail import DARI, PosTiruan, pos_tiruan, server

from kinerja.accounts.contacts import Surel
from kinerja.accounts.outbox import BERHENTI_MENCOBA, Kabar, KotakKeluar, Pengirim
from kinerja.accounts.people import DaftarAkun
from kinerja.accounts.store import Permintaan, Simpanan, SimpananError
from kinerja.adapters.mail import GangguanSurelError
from kinerja.domain.errors import KinerjaError, PemakaianError

from .perangkat import SAAT, paksa, peristiwa

CITRA, BUDI = "citra@contoh.go.id", "budi@contoh.go.id"


class Jam:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.kini = SAAT

    def __call__(self) -> datetime:
        return self.kini

    def maju(self, **lama: float) -> None:
        self.kini += timedelta(**lama)


@pytest.fixture(scope="module")
def pos_bersama() -> Iterator[PosTiruan]:
    with pos_tiruan() as p:
        yield p


@pytest.fixture
def pos(pos_bersama: PosTiruan) -> PosTiruan:
    return pos_bersama.kosong()


@pytest.fixture
def jam() -> Jam:
    return Jam()


@pytest.fixture
def kotak(simpanan: Simpanan, minta: Permintaan) -> KotakKeluar:
    """An outbox that has begun, with the addresses of two people."""
    surel = Surel(simpanan)
    surel.setel("p-citra", CITRA, minta)
    surel.setel("p-budi", BUDI, minta)
    k = KotakKeluar(simpanan)
    k.perbarui(lambda _: ((), frozenset()), SAAT)
    return k


def kabar(nama: str, orang: str = "p-citra", **lain: object) -> Kabar:
    return Kabar(**{"kunci": (f"giliran|{nama}|{orang}",), "orang": orang, "perihal": f"Giliran {nama}", "isi": "Isi.\n"} | lain)  # type: ignore[arg-type]


def antrekan(kotak: KotakKeluar, jam: Jam, *isi: Kabar) -> int:
    """As ``Pemberitahu`` does: all of it still holds, what was told is not told again."""
    masih = frozenset(k for x in isi for k in x.kunci)
    return kotak.perbarui(lambda sudah: ([x for x in isi if x.kunci[0] not in (sudah or ())], masih), jam())


def antre(simpanan: Simpanan) -> list[tuple[str, int]]:
    return [tuple(b) for b in paksa(simpanan, "SELECT orang, coba FROM surat ORDER BY nomor").fetchall()]


def gagal(simpanan: Simpanan) -> list[tuple[str | None, str]]:
    """What the audit trail says of messages."""
    return [(orang, rincian) for jenis, orang, rincian in peristiwa(simpanan) if jenis == "surel-gagal"]


def tunggu(syarat: Callable[[], bool], detik: float = 8.0) -> None:
    akhir = time.monotonic() + detik
    while not syarat():
        assert time.monotonic() < akhir, "tidak terjadi"
        time.sleep(0.01)


# told once


def test_the_first_time_is_known_and_only_once(simpanan: Simpanan) -> None:
    kotak, dilihat = KotakKeluar(simpanan), []

    def rancang(sudah: frozenset[str] | None) -> tuple[list[Kabar], frozenset[str]]:
        dilihat.append(sudah)
        return [Kabar(("giliran|a|p-citra",), "p-citra")], frozenset({"giliran|a|p-citra"})

    for _ in range(2):
        kotak.perbarui(rancang, SAAT)
    assert dilihat == [None, frozenset({"giliran|a|p-citra"})]
    assert antre(simpanan) == []


def test_what_is_told_is_queued_with_it_or_neither(simpanan: Simpanan, kotak: KotakKeluar, jam: Jam) -> None:
    paksa(simpanan, "CREATE TRIGGER penuh BEFORE INSERT ON surat WHEN NEW.orang = 'p-budi' BEGIN SELECT RAISE(ABORT, 'x'); END")
    with pytest.raises(Exception, match="x"):
        antrekan(kotak, jam, kabar("a"), kabar("a", "p-budi"))
    assert paksa(simpanan, "SELECT count(*) FROM kabar").fetchone()[0] == 1
    paksa(simpanan, "DROP TRIGGER penuh")
    assert antrekan(kotak, jam, kabar("a"), kabar("a", "p-budi")) == 2


def test_a_message_is_sent_once_and_nothing_of_it_is_kept(
    simpanan: Simpanan, kotak: KotakKeluar, jam: Jam, pos: PosTiruan
) -> None:
    p = Pengirim(kotak, server(pos), jam)
    for _ in range(3):
        antrekan(kotak, jam, kabar("a"))
        p.sekali()
        jam.maju(hours=1)
    assert pos.diterima() == [(CITRA, "Giliran a")]
    assert antre(simpanan) == []
    assert gagal(simpanan) == []


def test_the_same_notice_has_the_same_name_for_a_mail_client(
    simpanan: Simpanan, kotak: KotakKeluar, jam: Jam, pos: PosTiruan, tmp_path: Path, minta: Permintaan
) -> None:
    def kirim(s: Simpanan) -> None:
        k = KotakKeluar(s)
        antrekan(k, jam, kabar("a"), kabar("b"))
        Pengirim(k, server(pos), jam).sekali()
        paksa(s, "DELETE FROM kabar WHERE kunci <> 'mula'")

    kirim(simpanan)
    jam.maju(days=1)
    kirim(simpanan)
    with Simpanan(tmp_path / "lain" / "meja.sqlite") as lain:
        Surel(lain).setel("p-citra", CITRA, minta)
        KotakKeluar(lain).perbarui(lambda _: ((), frozenset()), SAAT)
        kirim(lain)
    a1, b1, a2, b2, a3, b3 = [str(m["Message-ID"]) for _, m in pos.surat]
    assert (a1, b1) == (a2, b2)
    assert len({a1, b1, a3, b3}) == 4
    assert all(x.endswith("@contoh.go.id>") and "citra" not in x for x in (a1, b1))


# to whom


def test_who_has_no_address_or_a_disabled_account_is_told_nothing_then_or_later(
    simpanan: Simpanan, kotak: KotakKeluar, jam: Jam, pos: PosTiruan, akun: DaftarAkun, minta: Permintaan
) -> None:
    akun.undang("p-budi", minta, timedelta(days=1))
    akun.nonaktifkan("p-budi", minta)
    isi = (kabar("a", "p-dedi"), kabar("a", "p-budi"), kabar("a"))
    assert antrekan(kotak, jam, *isi) == 1
    Surel(simpanan).setel("p-dedi", "dedi@contoh.go.id", minta)
    akun.aktifkan("p-budi", minta)
    assert antrekan(kotak, jam, *isi) == 1
    Pengirim(kotak, server(pos), jam).sekali()
    assert pos.diterima() == [(CITRA, "Giliran a")]


def test_what_waits_goes_to_the_address_of_now(
    simpanan: Simpanan, kotak: KotakKeluar, jam: Jam, pos: PosTiruan, minta: Permintaan
) -> None:
    antrekan(kotak, jam, kabar("a"), kabar("a", "p-budi"))
    Surel(simpanan).setel("p-citra", "citra.baru@contoh.go.id", minta)
    Surel(simpanan).setel("p-budi", None, minta)
    Pengirim(kotak, server(pos), jam).sekali()
    assert pos.diterima() == [("citra.baru@contoh.go.id", "Giliran a")]
    assert antre(simpanan) == []


def test_what_no_longer_holds_is_taken_out_and_told_when_it_holds_again(
    simpanan: Simpanan, kotak: KotakKeluar, jam: Jam, pos: PosTiruan
) -> None:
    antrekan(kotak, jam, kabar("a"), kabar("b"))
    assert antrekan(kotak, jam, kabar("b")) == 1
    Pengirim(kotak, server(pos), jam).sekali()
    assert antrekan(kotak, jam, kabar("a"), kabar("b")) == 1
    Pengirim(kotak, server(pos), jam).sekali()
    assert pos.diterima() == [(CITRA, "Giliran b"), (CITRA, "Giliran a")]


# tried again


def test_a_server_that_is_down_is_tried_again_later_and_later_until_it_comes_back(
    simpanan: Simpanan, kotak: KotakKeluar, jam: Jam
) -> None:
    pesan: list[str] = []
    with pos_tiruan() as mati:
        setelan = server(mati)
    p = Pengirim(kotak, setelan, jam, lapor=pesan.append)
    antrekan(kotak, jam, kabar("a"), kabar("a", "p-budi"))
    jeda = []
    for _ in range(6):
        p.sekali()
        lagi = kotak.berikutnya()
        assert lagi is not None
        jeda.append((lagi - jam()).total_seconds() / 60)
        jam.maju(seconds=jeda[-1] * 60 - 1)
        p.sekali()
        assert kotak.berikutnya() == lagi, "tidak dicoba sebelum waktunya"
        jam.maju(seconds=1)
    assert jeda == [1, 5, 30, 60, 60, 60]
    assert antre(simpanan) == [("p-citra", 6), ("p-budi", 6)]
    assert pesan == [f"Surel belum terkirim: server surel 127.0.0.1 port {mati.port} tidak dapat dihubungi"]
    with mati.pindah_hidup() as hidup:
        p.sekali()
    assert hidup.diterima() == [(CITRA, "Giliran a"), (BUDI, "Giliran a")]
    assert hidup.surat[0][1]["Date"].datetime == SAAT
    assert kotak.berikutnya() is None


def test_after_three_days_it_is_given_up_and_the_trail_tells(simpanan: Simpanan, kotak: KotakKeluar, jam: Jam) -> None:
    with pos_tiruan() as mati:
        p = Pengirim(kotak, server(mati), jam)
    antrekan(kotak, jam, kabar("a"))
    jam.maju(days=3, seconds=-1)
    p.sekali()
    assert antre(simpanan) == [("p-citra", 1)]
    jam.kini = SAAT + BERHENTI_MENCOBA + timedelta(minutes=1)
    p.sekali()
    assert antre(simpanan) == []
    ((orang, rincian),) = gagal(simpanan)
    assert orang == "p-citra"
    assert rincian.startswith("Giliran a: dihentikan sesudah 3 hari: server surel 127.0.0.1 port")
    antrekan(kotak, jam, kabar("a"))
    assert antre(simpanan) == []


def test_a_recipient_refused_for_good_is_given_up_and_harms_no_other(
    simpanan: Simpanan, kotak: KotakKeluar, jam: Jam, pos: PosTiruan
) -> None:
    pos.jawab[CITRA] = "550 5.1.1 tidak ada orang itu"
    antrekan(kotak, jam, kabar("a"), kabar("a", "p-budi"))
    Pengirim(kotak, server(pos), jam).sekali()
    assert pos.diterima() == [(BUDI, "Giliran a")]
    assert pos.sambungan == 1
    assert gagal(simpanan) == [
        ("p-citra", "Giliran a: server surel 127.0.0.1 menolak RCPT: 550 5.1.1 tidak ada orang itu")
    ]
    assert antre(simpanan) == []


@pytest.mark.parametrize("jawaban", ["451 4.7.1 coba lagi nanti", "putus"])
def test_a_recipient_put_off_waits_alone(
    simpanan: Simpanan, kotak: KotakKeluar, jam: Jam, pos: PosTiruan, jawaban: str
) -> None:
    pos.jawab[CITRA] = jawaban
    antrekan(kotak, jam, kabar("a"), kabar("a", "p-budi"))
    p = Pengirim(kotak, server(pos), jam)
    p.sekali()
    assert pos.diterima() == [(BUDI, "Giliran a")]
    assert antre(simpanan) == [("p-citra", 1)]
    del pos.jawab[CITRA]
    jam.maju(minutes=1)
    p.sekali()
    assert [k for k, _ in pos.diterima()] == [BUDI, CITRA]


def test_a_clock_that_was_set_back_keeps_nothing_waiting(kotak: KotakKeluar, jam: Jam, pos: PosTiruan) -> None:
    with pos_tiruan() as mati:
        jam.maju(days=400)
        antrekan(kotak, jam, kabar("a"))
    Pengirim(kotak, server(mati), jam).sekali()
    jam.kini = SAAT
    Pengirim(kotak, server(pos), jam).sekali()
    assert [k for k, _ in pos.diterima()] == [CITRA]


# at most once


@pytest.mark.parametrize("jawaban", ["putus", "diam"])
def test_a_delivery_that_is_uncertain_is_not_repeated(
    simpanan: Simpanan, kotak: KotakKeluar, jam: Jam, pos: PosTiruan, jawaban: str
) -> None:
    pos.jawab["DATA"] = jawaban
    antrekan(kotak, jam, kabar("a"))
    p = Pengirim(kotak, server(pos, batas_detik=0.4), jam)
    p.sekali()
    del pos.jawab["DATA"]
    jam.maju(days=1)
    p.sekali()
    assert pos.surat == []
    assert [r.split(":")[1] for _, r in gagal(simpanan)] == [" mungkin sampai"]
    assert antre(simpanan) == []


def test_a_server_killed_with_a_message_on_the_line_does_not_send_it_again(
    simpanan: Simpanan, kotak: KotakKeluar, jam: Jam, berkas: Path, pos: PosTiruan
) -> None:
    antrekan(kotak, jam, kabar("a"), kabar("a", "p-budi"))
    program = f"""
import os
from datetime import datetime
from pathlib import Path
from kinerja.accounts.outbox import KotakKeluar, Pengirim
from kinerja.accounts.store import Simpanan
from kinerja.adapters.mail import ServerSurel
kotak = KotakKeluar(Simpanan(Path({str(berkas)!r})))
kotak.terkirim = lambda a: os._exit(9)
Pengirim(kotak, ServerSurel("127.0.0.1", {DARI!r}, {pos.port}), lambda: datetime.fromisoformat({SAAT.isoformat()!r})).sekali()
"""
    lingkungan = {"PYTHONPATH": ":".join(sys.path)}
    assert subprocess.run([sys.executable, "-c", program], env=lingkungan, check=False).returncode == 9
    p = Pengirim(kotak, server(pos), jam)
    p.sekali()
    assert pos.diterima() == [(CITRA, "Giliran a"), (BUDI, "Giliran a")]
    assert gagal(simpanan) == [], "another process may still be sending it"
    jam.maju(minutes=6)
    p.sekali()
    assert len(pos.surat) == 2
    assert antre(simpanan) == []
    assert gagal(simpanan) == [("p-citra", "Giliran a: mungkin sampai: server berhenti saat mengirimnya")]


def test_a_database_that_cannot_be_written_after_sending_leads_to_no_second_message(
    simpanan: Simpanan, kotak: KotakKeluar, jam: Jam, pos: PosTiruan
) -> None:
    class Rusak(KotakKeluar):
        def terkirim(self, a: object) -> None:
            raise SimpananError("penyimpanan penuh")

    pesan: list[str] = []
    antrekan(kotak, jam, kabar("a"))
    p = Pengirim(Rusak(simpanan), server(pos), jam, lapor=pesan.append)
    for _ in range(3):
        p.sekali()
        jam.maju(hours=2)
    assert pos.diterima() == [(CITRA, "Giliran a")]
    assert len(gagal(simpanan)) == 1
    assert pesan == ["Surel belum terkirim: penyimpanan penuh"]


def test_of_two_processes_one_sends(kotak: KotakKeluar, simpanan: Simpanan, jam: Jam, pos: PosTiruan) -> None:
    class Lambat(KotakKeluar):
        """Another process takes the message after this one has read it."""

        def siap(self, saat: datetime) -> tuple[object, ...]:  # type: ignore[override]
            hasil = super().siap(saat)
            for a in hasil:
                kotak.serahkan(a, saat)
            return hasil

    pesan: list[str] = []
    antrekan(kotak, jam, kabar("a"))
    Pengirim(Lambat(simpanan), server(pos), jam, lapor=pesan.append).sekali()
    assert pos.surat == []
    assert pesan == ["Surel belum terkirim: surat itu sedang dikirim proses lain"]
    assert paksa(simpanan, "SELECT diserahkan IS NOT NULL FROM surat").fetchone()[0] == 1


# the thread


def test_a_full_outbox_survives_a_restart_and_goes_over_one_line(kotak: KotakKeluar, berkas: Path, jam: Jam, pos: PosTiruan) -> None:
    antrekan(kotak, jam, *(kabar(str(n), orang) for n in range(30) for orang in ("p-citra", "p-budi")))
    with Simpanan(berkas) as baru:
        p = Pengirim(KotakKeluar(baru), server(pos), jam)
        p.mulai()
        tunggu(lambda: len(pos.surat) == 60)
        p.berhenti()
        assert antre(baru) == []
    assert len(set(pos.diterima())) == 60
    assert pos.sambungan == 1


def test_a_page_is_never_in_the_way_of_a_slow_server(kotak: KotakKeluar, jam: Jam, pos: PosTiruan) -> None:
    pos.jawab["MAIL"] = "diam"
    p = Pengirim(kotak, server(pos, batas_detik=20), jam)
    antrekan(kotak, jam, kabar("a"))
    p.mulai()
    tunggu(lambda: pos.bungkam > 0)
    mulai = time.monotonic()
    for _ in range(100):
        p.bangunkan()
        antrekan(kotak, jam, kabar("a"), kabar("b"))
    assert time.monotonic() - mulai < 10
    assert pos.surat == []
    del pos.jawab["MAIL"]
    tunggu(lambda: len(pos.surat) == 2)
    p.berhenti()
    assert pos.diterima() == [(CITRA, "Giliran a"), (CITRA, "Giliran b")]


def test_waking_sends_at_once_and_stopping_stops(kotak: KotakKeluar, jam: Jam, pos: PosTiruan) -> None:
    p = Pengirim(kotak, server(pos), jam)
    p.bangunkan()
    p.mulai()
    p.mulai()
    assert [t.name for t in threading.enumerate()].count("surel") == 1
    for n in range(3):
        antrekan(kotak, jam, kabar(str(n)))
        p.bangunkan()
        tunggu(lambda n=n: len(pos.surat) == n + 1)
    p.berhenti()
    assert "surel" not in [t.name for t in threading.enumerate()]
    p.mulai()
    p.bangunkan()
    assert "surel" not in [t.name for t in threading.enumerate()]


def test_a_fault_in_looking_stops_no_sending_and_is_said_once(kotak: KotakKeluar, jam: Jam, pos: PosTiruan) -> None:
    pesan: list[str] = []
    salah = [KinerjaError("log rusak"), KinerjaError("log rusak"), OSError("cakram"), None, KinerjaError("log rusak")]

    def lihat(_: datetime) -> None:
        if (e := salah.pop(0)) is not None:
            raise e

    p = Pengirim(kotak, server(pos), jam, sebelum=lihat, lapor=pesan.append)
    for n in range(5):
        antrekan(kotak, jam, kabar(str(n)))
        p.sekali()
    assert len(pos.surat) == 5
    assert pesan == [f"Surel belum terkirim: {x}" for x in ("log rusak", "cakram", "log rusak")]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_fell_over_a_fault_of_ours_is_started_again(kotak: KotakKeluar, jam: Jam, pos: PosTiruan) -> None:
    salah = [ZeroDivisionError()]

    def lihat(_: datetime) -> None:
        if salah:
            raise salah.pop()

    p = Pengirim(kotak, server(pos), jam, sebelum=lihat)
    p.mulai()
    tunggu(lambda: "surel" not in [t.name for t in threading.enumerate()])
    antrekan(kotak, jam, kabar("a"))
    p.bangunkan()
    tunggu(lambda: len(pos.surat) == 1)
    p.berhenti()


# the test message


def test_a_test_message_goes_at_once_and_says_so(kotak: KotakKeluar, jam: Jam, pos: PosTiruan) -> None:
    p = Pengirim(kotak, server(pos), jam)
    assert p.uji("siapa@contoh.go.id") == (
        "surel percobaan untuk siapa@contoh.go.id diterima server 127.0.0.1; periksa kotak masuknya"
    )
    ((kepada, m),) = pos.surat
    assert (kepada, str(m["Subject"])) == (["siapa@contoh.go.id"], "[Kinerja] Surel percobaan")
    assert "percobaan dari Meja Kerja" in m.get_content()


def test_a_test_message_that_fails_says_why(kotak: KotakKeluar, jam: Jam, pos: PosTiruan) -> None:
    pos.jawab["siapa@contoh.go.id"] = "550 tidak ada"
    with pytest.raises(KinerjaError, match="menolak RCPT: 550 tidak ada"):
        Pengirim(kotak, server(pos), jam).uji("siapa@contoh.go.id")
    with pytest.raises(PemakaianError, match="alamat surel tidak sah"):
        Pengirim(kotak, server(pos), jam).uji("siapa")
    with pos_tiruan() as mati:
        setelan = server(mati)
    with pytest.raises(GangguanSurelError, match="tidak dapat dihubungi"):
        Pengirim(kotak, setelan, jam).uji(CITRA)
