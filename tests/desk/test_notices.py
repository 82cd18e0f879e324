"""Who is told by e-mail, once, and in which words: a sample agency on real Git, a real mail server."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from tests.adapters.test_mail import PosTiruan, pos_tiruan, server
from tests.walk import DESA, TW1, ZONA, Kantor

from kinerja import proposing, sop
from kinerja.accounts.contacts import Surel
from kinerja.accounts.outbox import KotakKeluar, Pengirim
from kinerja.accounts.store import Permintaan, Simpanan
from kinerja.adapters.local_forge import pelaku
from kinerja.agency import cari_instansi
from kinerja.desk.notices import Pemberitahu, menunggu
from kinerja.desk.place import Meja
from kinerja.web.home import alamat_tugas

ALAMAT = "https://kinerja.contoh.go.id"
JABATAN = "reports/jabatan.yaml"
KASIE = ["p-dedi", "p-joni", "p-kiki", "p-lani", "p-mira", "p-nanang"]
LAIN = ["perlindungan-jaminan-sosial", "rehabilitasi-sosial", "pemberdayaan-sosial", "pemberdayaan-masyarakat"]
CONTOH = " (DATA CONTOH)"
JAHAT = "Angka\r\nBcc: korban@contoh.go.id\r\n\r\n.\r\nSubject: palsu \u202ekilab\u202c\x1b[31m " + "z" * 50_000


def saat(teks: str) -> datetime:
    return datetime.fromisoformat(f"{teks}:00{ZONA}")


class KantorSurel(Kantor):
    """The agency with mail: everybody has an address, and what each round sends is collected."""

    def __init__(self, folder: Path, pos: PosTiruan) -> None:
        self.instansi = cari_instansi(folder)
        self.forge = self.instansi.forge()
        self.kini, self.pos = saat("2024-04-01T08:00"), pos
        self.meja = Meja(self.instansi, lambda: self.kini)
        self.simpanan = Simpanan(self.instansi.folder / "meja" / "meja.sqlite")
        surel = Surel(self.simpanan)
        for o in self.forge.reports().identitas().orang:
            surel.setel(o.id, f"{o.id}@contoh.go.id", Permintaan(self.kini))
        kotak = KotakKeluar(self.simpanan)
        self.pemberitahu = Pemberitahu(self.meja, kotak, f"{ALAMAT}/", alamat_tugas)
        self.keluhan: list[str] = []
        self.pengirim = Pengirim(
            kotak, server(pos), lambda: self.kini, sebelum=self.pemberitahu.periksa, lapor=self.keluhan.append
        )

    def sesi(self, orang: str, saat_: str | None = None) -> Any:
        """A sitting at the desk's own moment."""
        if saat_ is not None:
            self.kini = max(self.kini, saat(saat_))
        return self.instansi.sesi(self.forge, orang, self.kini)

    def kabar(self, pukul: str | None = None, **maju: float) -> list[tuple[str, str]]:
        """One round: who got which subject."""
        self.kini = saat(pukul) if pukul else self.kini + timedelta(**maju)
        lama = len(self.pos.surat)
        self.pengirim.sekali()
        assert self.keluhan == []
        return sorted(
            (kepada.removesuffix("@contoh.go.id"), perihal.removeprefix("[Kinerja] ").removesuffix(CONTOH))
            for kepada, perihal in self.pos.diterima()[lama:]
        )

    def surat(self, orang: str) -> EmailMessage:
        """The person's newest message."""
        return next(m for kepada, m in reversed(self.pos.surat) if kepada == [f"{orang}@contoh.go.id"])

    def teks(self, orang: str) -> str:
        return str(self.surat(orang).get_content()).replace("\r\n", "\n")


@pytest.fixture(scope="module")
def pos_bersama() -> Iterator[PosTiruan]:
    with pos_tiruan() as p:
        yield p


@pytest.fixture
def pos(pos_bersama: PosTiruan) -> PosTiruan:
    return pos_bersama.kosong()


@pytest.fixture(scope="module")
def instansi(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An agency in which nothing has happened."""
    return Kantor(tmp_path_factory.mktemp("asal") / "dinas").instansi.folder


@pytest.fixture(scope="module")
def terbuka(instansi: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Any]]:
    """The same with a period that is open, worksheets prepared, everybody told; and what was told."""
    folder = tmp_path_factory.mktemp("terbuka") / "dinas"
    shutil.copytree(instansi, folder)
    with pos_tiruan() as pos:
        k = KantorSurel(folder, pos)
        assert k.kabar() == []
        k.buka()
        assert [o for o, _ in k.kabar("2024-04-01T08:30")] == KASIE
        k.simpanan.tutup()
    return folder, pos.surat


@pytest.fixture
def kantor(instansi: Path, tmp_path: Path, pos: PosTiruan) -> Iterator[KantorSurel]:
    """Nothing has happened, and mail was never looked at."""
    k = KantorSurel(shutil.copytree(instansi, tmp_path / "dinas"), pos)
    yield k
    k.simpanan.tutup()


@pytest.fixture
def siap(terbuka: tuple[Path, list[Any]], tmp_path: Path, pos: PosTiruan) -> Iterator[KantorSurel]:
    """Every bidang is to fill its worksheet, and knows it."""
    folder, pos.surat[:] = terbuka
    k = KantorSurel(shutil.copytree(folder, tmp_path / "dinas"), pos)
    k.kini = saat("2024-04-01T08:30")
    yield k
    k.simpanan.tutup()


def _nama(k: Kantor, bidang: str) -> str:
    b = k.forge.reports().organisasi().cari_bidang(bidang)
    assert b is not None
    return b.nama


@pytest.mark.lambat
def test_along_the_whole_sop_the_right_people_get_one_mail_each(kantor: KantorSurel) -> None:
    k, desa = kantor, "kertas kerja Bidang Pemerintahan Desa, Triwulan I 2024"
    laporan = "laporan kinerja, Triwulan I 2024"
    assert k.kabar() == []
    sop.disposisi(k.sesi("p-bakri", "2024-04-01T08:05"), TW1, "Laporkan.")
    assert k.kabar() == [("p-citra", "Giliran Anda: siapkan kertas kerja, Triwulan I 2024")]
    sop.siapkan(k.sesi("p-citra", "2024-04-01T08:30"), TW1)
    assert [o for o, p in k.kabar() if p.startswith("Giliran Anda: isi kertas kerja ")] == KASIE
    k.isi(DESA, "p-nanang", ajukan=False)
    assert k.kabar("2024-04-02T09:00") == []
    k.isi(DESA, "p-nanang")
    assert k.kabar() == [("p-indah", f"Giliran Anda: periksa {desa}")]
    sop.periksa(k.sesi("p-indah"), TW1, DESA, ya=False, alasan="Angka desa belum lengkap.")
    assert k.kabar() == [("p-nanang", f"Dikembalikan kepada Anda: isi {desa}")]
    assert "Alasan dari Indah Andaikata, Kepala Bidang Pemerintahan Desa:\n> Angka desa belum lengkap." in k.teks("p-nanang")
    k.isi(DESA, "p-nanang")
    assert k.kabar() == [("p-indah", f"Giliran Anda: periksa {desa}")]
    sop.periksa(k.sesi("p-indah"), TW1, DESA, ya=True)
    assert k.kabar() == []
    k.isi("sekretariat", "p-dedi")
    assert k.kabar() == [("p-bakri", "Giliran Anda: periksa kertas kerja Sekretariat, Triwulan I 2024")]
    for b in LAIN:
        sop.izinkan_tanpa(k.sesi("p-bakri"), TW1, b, "Kabidnya sakit.")
        assert k.kabar() == []
    sop.periksa(k.sesi("p-bakri"), TW1, "sekretariat", ya=True)
    assert k.kabar() == [("p-citra", f"Giliran Anda: susun {laporan}")]
    sop.susun(k.sesi("p-citra"), TW1)
    assert k.kabar() == [("p-bakri", f"Giliran Anda: periksa dan paraf {laporan}")]
    for alasan in ("Tambah analisis.", "Masih kurang."):  # twice back to the Sekretaris, of one and the same draft
        sop.paraf(k.sesi("p-bakri"), TW1, ya=True)
        assert k.kabar() == [("p-ayu", f"Giliran Anda: tanda tangani {laporan}")]
        sop.tanda_tangan(k.sesi("p-ayu"), TW1, ya=False, alasan=alasan)
        assert k.kabar() == [("p-bakri", f"Dikembalikan kepada Anda: periksa dan paraf {laporan}")]
        assert f"Alasan dari Ayu Contohwati, Kepala Dinas:\n> {alasan}" in k.teks("p-bakri")
    sop.paraf(k.sesi("p-bakri"), TW1, ya=False, alasan="Lihat catatan Kepala Dinas.")
    assert k.kabar() == [("p-citra", f"Dikembalikan kepada Anda: susun {laporan}")]
    sop.susun(k.sesi("p-citra"), TW1)
    assert k.kabar() == [("p-bakri", f"Giliran Anda: periksa dan paraf {laporan}")]
    sop.paraf(k.sesi("p-bakri"), TW1, ya=True)
    sop.tanda_tangan(k.sesi("p-ayu"), TW1, ya=True)
    assert k.kabar() == [("p-citra", "Giliran Anda: kirim laporan kinerja kepada BAPPEDA Kabupaten Boalemo, Triwulan I 2024")]
    sop.kirim(k.sesi("p-citra"), TW1, lambda *_: None)
    assert k.kabar() == []
    assert k.kabar() == []


def test_the_text_says_what_until_when_and_where(kantor: KantorSurel) -> None:
    kantor.kabar()
    sop.disposisi(kantor.sesi("p-bakri", "2024-04-01T08:05"), TW1, "Laporkan.")
    kantor.kabar()
    assert kantor.teks("p-citra") == f"""\
DATA CONTOH

Yth. Citra Umpama
Kasubag Penyusun Program

Sekarang giliran Anda: siapkan kertas kerja, Triwulan I 2024.

Paling lambat : 1 April 2024 pukul 08.35 WITA
Waktu kerja   : tersisa 30 menit
Waktu baku    : 30 menit
Langkah SOP   : 2, siapkan

Kerjakan di:
{ALAMAT}/siapkan/2024-tw1

--{" "}
Surel otomatis Meja Kerja Dinsos PMD Boalemo; jangan dibalas.
Alamat surel Anda diatur di halaman Akun saya.
"""
    m = kantor.surat("p-citra")
    assert str(m["Subject"]) == "[Kinerja] Giliran Anda: siapkan kertas kerja, Triwulan I 2024 (DATA CONTOH)"
    assert str(m["To"]) == "p-citra@contoh.go.id"


def test_links_lead_to_the_page_of_the_task_and_only_names_of_officials_are_told(siap: KantorSurel) -> None:
    siap.isi(DESA, "p-nanang")
    siap.kabar()
    assert f"{ALAMAT}/kerja/2024-tw1/{DESA}\n" in siap.teks("p-nanang")
    assert f"{ALAMAT}/periksa/2024-tw1/{DESA}\n" in siap.teks("p-indah")
    nip = [o.nip for o in siap.forge.reports().identitas().orang if o.nip]
    for _, m in siap.pos.surat:
        isi = m.get_content()
        assert "DATA CONTOH" in isi
        assert not re.search(r"\d{16,}", isi.replace(" ", ""))
        assert all(n not in isi for n in nip)
        assert "@" not in isi


def test_official_figures_bear_no_marker(kantor: KantorSurel) -> None:
    jalur = "reports/organisasi.yaml"
    lama = kantor.forge.reports().pohon.baca(jalur) or b""
    kantor.tulis_utama(jalur, lama.replace(b"status: contoh", b"status: resmi"))
    kantor.kabar()
    sop.disposisi(kantor.sesi("p-bakri", "2024-04-01T08:05"), TW1, "Laporkan.")
    kantor.kabar()
    assert "CONTOH" not in kantor.teks("p-citra")
    assert str(kantor.surat("p-citra")["Subject"]).endswith("Triwulan I 2024")


def test_a_hostile_reason_stays_a_quotation(siap: KantorSurel) -> None:
    for alasan in (JAHAT, "\u202e\u2066", ("https://jahat.contoh " * 20).strip()):
        siap.isi(DESA, "p-nanang")
        assert [o for o, _ in siap.kabar()] == ["p-indah"]
        sop.periksa(siap.sesi("p-indah"), TW1, DESA, ya=False, alasan=alasan)
        assert siap.kabar() == [("p-nanang", "Dikembalikan kepada Anda: isi kertas kerja Bidang Pemerintahan Desa, Triwulan I 2024")]
        _kutipan_saja(siap)


def _kutipan_saja(siap: KantorSurel) -> None:
    """The reason is quoted, and nothing of it stands anywhere else."""
    m, isi = siap.surat("p-nanang"), siap.teks("p-nanang")
    assert "Bcc" not in m
    assert len(m.get_all("Subject")) == 1
    assert all(h.isprintable() or h == "\n" for h in isi)
    assert len(isi) < 3_000
    kutipan = isi[isi.index("Alasan dari") :].split("\n\n")[0].splitlines()
    assert kutipan[0] == "Alasan dari Indah Andaikata, Kepala Bidang Pemerintahan Desa:"
    assert all(b.startswith("> ") and len(b) <= 72 for b in kutipan[1:])
    sisa = [b for b in isi.splitlines() if not b.startswith("> ")]
    assert [b for b in sisa if "http" in b] == [f"{ALAMAT}/kerja/2024-tw1/{DESA}"]
    assert not any(x in b for x in ("Bcc", "zzz", "palsu") for b in sisa)


# deadlines


def test_before_and_after_a_deadline_each_is_told_once(siap: KantorSurel) -> None:
    langkah = [m for m in menunggu(siap.meja) if m.orang == "p-nanang"]
    (tenggat,) = [m.tugas.tenggat for m in langkah]
    assert tenggat == saat("2024-04-04T23:59")
    assert siap.kabar("2024-04-02T16:00") == []
    semua = siap.kabar("2024-04-04T07:31")
    assert [o for o, p in semua if p.startswith("Kurang dari satu hari kerja: isi ")] == KASIE
    assert "Batas waktu langkah ini kurang dari satu hari kerja lagi: isi" in siap.teks("p-nanang").replace("\n", " ")
    siap.isi(DESA, "p-nanang")
    assert [o for o, _ in siap.kabar()] == ["p-indah"]
    assert siap.kabar("2024-04-04T09:00") == [("p-indah", "Terlambat: periksa kertas kerja Bidang Pemerintahan Desa, Triwulan I 2024")]
    assert re.search(r"Waktu kerja   : sudah lewat \d+ menit\nWaktu baku    : 45 menit", siap.teks("p-indah"))
    assert siap.kabar("2024-04-04T20:00") == []
    semua = siap.kabar("2024-04-05T00:00")
    assert [o for o, p in semua if p.startswith("Terlambat: isi ")] == KASIE[:-1]
    assert siap.kabar("2024-04-17T10:00") == []


def test_a_worksheet_handed_in_on_time_and_returned_late_is_not_called_late(siap: KantorSurel) -> None:
    siap.isi(DESA, "p-nanang")
    siap.kabar("2024-04-01T09:00")
    sop.periksa(siap.sesi("p-indah"), TW1, DESA, ya=False, alasan="Perbaiki.")
    assert siap.kabar() == [("p-nanang", "Dikembalikan kepada Anda: isi kertas kerja Bidang Pemerintahan Desa, Triwulan I 2024")]
    assert [o for o, _ in siap.kabar("2024-04-17T10:00")] == KASIE[:-1], "all but p-nanang"


def test_a_late_preparing_of_all_bidang_is_one_mail(kantor: KantorSurel) -> None:
    kantor.kabar()
    sop.disposisi(kantor.sesi("p-bakri", "2024-04-01T08:05"), TW1, "Laporkan.")
    kantor.kabar()
    assert kantor.kabar(minutes=5) == [], "the turn told that it is soon due"
    assert kantor.kabar("2024-04-01T10:00") == [("p-citra", "Terlambat: siapkan kertas kerja, Triwulan I 2024")]
    assert kantor.kabar("2024-04-01T11:00") == []


# who


def test_what_was_open_when_mail_was_switched_on_is_not_mailed_but_its_deadline_is(kantor: KantorSurel) -> None:
    kantor.buka()
    assert kantor.kabar("2024-04-02T09:00") == []
    assert kantor.kabar() == []
    assert [o for o, _ in kantor.kabar("2024-04-04T07:31")] == KASIE
    kantor.isi(DESA, "p-nanang")
    assert [o for o, _ in kantor.kabar()] == ["p-indah"]


def _pejabat(sebutan: str, jabatan: str, orang: str, mulai: str, selesai: str) -> bytes:
    return (
        f"  - jabatan: {jabatan}\n    orang: {orang}\n    sebutan: {sebutan}\n    mulai: {mulai}\n"
        f"    selesai: {selesai}\n    dasar:\n      nomor: SPT 090/7/CONTOH\n      tanggal: 2024-04-01\n"
        "      tentang: Penunjukan sementara.\n"
    ).encode()


def test_who_gives_himself_the_pen_gets_no_mail(kantor: KantorSurel) -> None:
    kantor.ubah_utama(JABATAN, _pejabat("plt", f"kasie:{DESA}", "p-citra", "2024-04-01", "2024-12-31"))
    kantor.kabar()
    kantor.buka()
    assert [o for o, _ in kantor.kabar()] == KASIE[:-1]
    assert [o for o, _ in kantor.kabar("2024-04-04T07:31")] == ["p-citra", *KASIE[:-1]], "the deadline is told all the same"


def test_the_pen_of_an_absent_official_goes_to_the_plh_and_nobody_is_told_twice(siap: KantorSurel) -> None:
    siap.isi(DESA, "p-nanang")
    assert [o for o, _ in siap.kabar("2024-04-01T09:00")] == ["p-indah"]
    siap.ubah_utama(JABATAN, _pejabat("plh", f"kabid:{DESA}", "p-gita", "2024-04-02", "2024-04-03"))
    assert siap.kabar("2024-04-01T09:10") == []
    ((orang, perihal),) = siap.kabar("2024-04-02T07:00")
    assert (orang, perihal.split(":")[0]) == ("p-gita", "Giliran Anda")
    assert "Yth. Gita Misalkan\nPlh. Kepala Bidang Pemerintahan Desa\n" in siap.teks("p-gita")
    assert [p.split(":")[0] for _, p in siap.kabar("2024-04-03T07:00")] == ["Terlambat"], "back to p-indah, who knew"


def test_a_vacant_office_is_told_when_somebody_holds_it(siap: KantorSurel) -> None:
    lama = siap.forge.reports().pohon.baca(JABATAN) or b""
    awal = f"  - jabatan: kabid:{DESA}\n    orang: p-indah\n    sebutan: definitif\n    mulai: 2024-01-01\n    selesai: ".encode()
    assert awal + b"null" in lama
    kosong = lama.replace(awal + b"null", awal + b"2024-04-01")
    siap.tulis_utama(JABATAN, kosong)
    siap.isi(DESA, "p-nanang")
    assert siap.kabar() == []
    siap.tulis_utama(JABATAN, kosong + _pejabat("plt", f"kabid:{DESA}", "p-gita", "2024-04-01", "2024-05-01"))
    assert [o for o, _ in siap.kabar()] == ["p-gita"]


# proposals outside the SOP


def test_a_proposal_is_told_to_each_who_has_to_approve_it_and_when_it_comes_back(kantor: KantorSurel) -> None:
    k, setujui = kantor, "Giliran Anda: setujui usulan plh-desa"
    k.kabar()
    plh = _pejabat("plh", f"kabid:{DESA}", "p-gita", "2024-04-02", "2024-04-10")
    lama = k.forge.reports().pohon.baca(JABATAN) or b""
    proposing.usulkan(k.sesi("p-oki"), "plh-desa", {JABATAN: lama + plh}, "Plh. selama cuti\nBcc: x@y")
    assert k.kabar() == [("p-bakri", setujui)]
    assert f"Keterangan dari {k.forge.reports().identitas().nama('p-oki')}, Pengelola Sistem:\n> Plh. selama cuti Bcc: x@y\n" in k.teks("p-bakri")
    assert f"{ALAMAT}/usulan/usul/plh-desa\n" in k.teks("p-bakri")
    proposing.jawab(k.sesi("p-bakri"), "usul/plh-desa", ya=True)
    assert k.kabar() == [("p-ayu", setujui)]
    assert "> Plh. selama cuti" in k.teks("p-ayu")
    proposing.jawab(k.sesi("p-ayu"), "usul/plh-desa", ya=False, alasan="Nomornya keliru.")
    assert k.kabar() == [("p-bakri", "Dikembalikan kepada Anda: perbaiki usulan plh-desa")]
    assert "Alasan dari Ayu Contohwati, Kepala Dinas:\n> Nomornya keliru." in k.teks("p-bakri")
    proposing.usulkan(k.sesi("p-oki"), "plh-desa", {JABATAN: lama + plh.replace(b"090/7", b"090/8")}, "Dibetulkan")
    assert k.kabar() == [("p-bakri", setujui)]
    proposing.jawab(k.sesi("p-bakri"), "usul/plh-desa", ya=True)
    assert k.kabar() == [("p-ayu", setujui)]
    proposing.jawab(k.sesi("p-ayu"), "usul/plh-desa", ya=True)
    assert k.kabar() == []


def test_a_branch_with_a_hostile_name_makes_no_hostile_mail(kantor: KantorSurel) -> None:
    kantor.kabar()
    repo, utama, s = kantor.forge.repo, kantor.forge.utama(), kantor.sesi("p-oki")
    isi = (kantor.forge.reports().pohon.baca(JABATAN) or b"") + b"# x\n"
    oid = repo.tulis_commit([utama], {JABATAN: isi}, "Uji\n", pelaku(s.orang), s.waktu)
    repo.pindah_ref("refs/heads/usul/\u202ekilab-<b>é\u2028", oid, None, "uji")
    ((orang, perihal),) = kantor.kabar()
    assert (orang, perihal) == ("p-bakri", "Giliran Anda: setujui usulan \ufffdkilab-<b>é")
    assert f"{ALAMAT}/usulan/usul/%E2%80%AEkilab-%3Cb%3E%C3%A9%E2%80%A8\n" in kantor.teks("p-bakri")


# while others act


def test_what_is_told_is_of_one_state_though_somebody_acts_meanwhile(siap: KantorSurel) -> None:
    siap.isi(DESA, "p-nanang")
    siap.kabar()
    lain = siap.instansi.forge()

    class MejaRamai(Meja):
        """The Kabid answers right after the events were read."""

        def saat(self) -> datetime:
            if "tidak" not in [p.tindakan for p in lain.peristiwa()]:
                s = siap.instansi.sesi(lain, "p-indah", siap.kini)
                sop.periksa(s, TW1, DESA, ya=False, alasan="Sekarang.")
            return super().saat()

    ramai = menunggu(MejaRamai(siap.instansi, lambda: siap.kini))
    assert [m.tanda for m in ramai] == [m.tanda for m in menunggu(siap.meja)]
    assert [m.kembali for m in ramai if m.orang == "p-nanang"] == [True]


def _tunggu(syarat: Callable[[], bool]) -> None:
    akhir = time.monotonic() + 10
    while not syarat():
        assert time.monotonic() < akhir, "tidak terjadi"
        time.sleep(0.02)


def test_in_its_own_thread_it_reads_git_beside_the_pages(kantor: KantorSurel) -> None:
    kantor.kabar()
    kantor.pengirim.mulai()
    sop.disposisi(kantor.sesi("p-bakri", "2024-04-01T08:05"), TW1, "Laporkan.")
    kantor.pengirim.bangunkan()
    _tunggu(lambda: len(kantor.pos.surat) == 1)
    sop.siapkan(kantor.sesi("p-citra", "2024-04-01T08:30"), TW1)
    kantor.pengirim.bangunkan()
    _tunggu(lambda: len(kantor.pos.surat) == 7)
    kantor.pengirim.berhenti()
    assert sorted(k.removesuffix("@contoh.go.id") for k, _ in kantor.pos.diterima()) == sorted(["p-citra", *KASIE])
    assert kantor.keluhan == []
