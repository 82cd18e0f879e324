"""Notices: who is told by e-mail that the pen has come, that a deadline is near, that it has passed.

It decides what is worth a message, for whom, once, and in which words. Where things stand comes
from the same stages and verdicts as the desk's first page; nothing but what was told is stored.
It leaves out how a message is kept and sent (``accounts.outbox``). Whoever gave himself the pen
is not told; what was open before there were notices counts as told.

Example:
    >>> Pemberitahu(meja, kotak, "https://kinerja.contoh.go.id", alamat_tugas).periksa(saat)
    2
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from kinerja.accounts.outbox import Kabar, KotakKeluar
from kinerja.adapters.mail import PERIHAL_TERPANJANG, satu_baris
from kinerja.desk.place import Meja
from kinerja.desk.tasks import Tugas
from kinerja.domain.organisasi import pemangku_sah
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import Peristiwa
from kinerja.domain.tata_kelola import Tindakan
from kinerja.overview import status_periode
from kinerja.proposals import nilai_setempat
from kinerja.proposing import AWALAN
from kinerja.publishing import wording
from kinerja.publishing.reminders import SEGERA, TERLAMBAT, ingatkan
from kinerja.publishing.working_time import lama_kerja
from kinerja.workflow.calendar import menit_kerja
from kinerja.workflow.stages import BERJALAN, DIKEMBALIKAN, LangkahJalan

GILIRAN = "giliran"
_SIAPKAN, _SUSUN = 2, 5
_CABANG = "refs/heads/"
_LEBAR = 72
_ALASAN_TERPANJANG = 2_000
_NAMA_TERPANJANG = 120
_JUDUL = {
    SEGERA: ("Kurang dari satu hari kerja", "Batas waktu langkah ini kurang dari satu hari kerja lagi"),
    TERLAMBAT: ("Terlambat", "Batas waktu langkah ini sudah lewat"),
}
_KEMBALI = ("Dikembalikan kepada Anda", "Dikembalikan kepada Anda untuk diperbaiki")
_GILIRAN = ("Giliran Anda", "Sekarang giliran Anda")
_KERJA = {
    "siapkan": "siapkan kertas kerja",
    "isi": "isi kertas kerja {bidang}",
    "periksa": "periksa kertas kerja {bidang}",
    "susun": "susun laporan kinerja",
    "paraf": "periksa dan paraf laporan kinerja",
    "tanda-tangan": "tanda tangani laporan kinerja",
    "kirim": "kirim laporan kinerja kepada {penerima}",
}


@dataclass(frozen=True, slots=True)
class Menunggu:
    """One thing that waits for one person now.

    Attributes:
        tanda: names it, and this turn of it: the same until the pen comes anew.
        sebagai: the office in which it waits for the person.
        pemberi: the act that brought the pen; None when it cannot be told.
        kata: the act whose words are told; None when none has any.
        kembali: the pen came by a *tidak*.
        saat: when it was looked at.
    """

    tugas: Tugas
    tanda: str
    orang: str
    sebagai: str
    pemberi: Peristiwa | None
    kata: Peristiwa | None
    kembali: bool
    saat: datetime

    def kunci(self, jenis: str) -> str:
        """The name under which it is told."""
        return f"{jenis}|{self.tanda}|{self.orang}"

    def judul(self, jenis: str) -> tuple[str, str]:
        """How the subject and the text begin."""
        return _JUDUL.get(jenis) or (_KEMBALI if self.kembali else _GILIRAN)

    @property
    def semua_kunci(self) -> tuple[str, ...]:
        """Everything that can be told of it as it is now."""
        waktu = (self.kunci(self.tugas.golongan),) if self.tugas.golongan in _JUDUL else ()
        return (self.kunci(GILIRAN), *waktu)


class Pemberitahu:
    """Looks what is to be told, and puts it into the outbox.

    Args:
        alamat: origin of the desk, for links.
        jalur: the page on which a task is done (``web.home.alamat_tugas``).
    """

    def __init__(self, meja: Meja, kotak: KotakKeluar, alamat: str, jalur: Callable[[Tugas], str]) -> None:
        self._meja, self._kotak, self._alamat, self._jalur = meja, kotak, alamat.rstrip("/"), jalur

    def periksa(self, saat: datetime) -> int:
        """Queues what nobody was told yet; returns how many wait. ``saat`` is the outbox's clock."""
        kini = menunggu(self._meja)
        masih = frozenset(k for m in kini for k in m.semua_kunci)
        return self._kotak.perbarui(lambda sudah: (tuple(self._kabar(kini, sudah)), masih), saat)

    def _kabar(self, kini: Sequence[Menunggu], sudah: frozenset[str] | None) -> Iterator[Kabar]:
        for m in kini:
            giliran, *waktu = m.semua_kunci
            sendiri = m.pemberi is not None and m.pemberi.orang == m.orang
            if sudah is None or (giliran not in sudah and sendiri):
                yield Kabar(m.semua_kunci, m.orang)
            elif giliran not in sudah:  # it tells of the deadline, too
                yield self._surat(m, m.semua_kunci, GILIRAN)
            elif waktu and waktu[0] not in sudah:
                yield self._surat(m, tuple(waktu), m.tugas.golongan)

    def _surat(self, m: Menunggu, kunci: tuple[str, ...], jenis: str) -> Kabar:
        alamat = f"{self._alamat}{quote(self._jalur(m.tugas), safe='/%')}"
        return Kabar(kunci, m.orang, perihal(self._meja, m, jenis), isi(self._meja, m, jenis, alamat))


def menunggu(meja: Meja) -> tuple[Menunggu, ...]:
    """Everything that waits for a person now: steps of the SOP, then proposals outside it.

    Of one state: when somebody acted meanwhile it is read again.
    """
    while True:
        peristiwa = meja.forge().peristiwa()
        hasil = tuple(_semua(meja, peristiwa, meja.saat()))
        if len(meja.forge().peristiwa()) == len(peristiwa):
            return hasil


def perihal(meja: Meja, m: Menunggu, jenis: str) -> str:
    """``[Kinerja] Giliran Anda: periksa kertas kerja Bidang Rehabilitasi Sosial, Triwulan III 2024``."""
    penanda = meja.reports().organisasi().status.penanda
    ekor = f" ({penanda})" if penanda else ""
    pokok = satu_baris(f"[Kinerja] {m.judul(jenis)[0]}: {_kerja(meja, m)}", PERIHAL_TERPANJANG - len(ekor))
    return pokok + ekor


def isi(meja: Meja, m: Menunggu, jenis: str, alamat: str) -> str:
    """The whole text: what, until when, why it came back, where it is done."""
    r = meja.reports()
    nama = satu_baris(r.identitas().nama(m.orang), _NAMA_TERPANJANG)
    bagian = [
        r.organisasi().status.penanda,
        f"Yth. {nama}\n{satu_baris(m.sebagai, _NAMA_TERPANJANG)}",
        "\n".join(textwrap.wrap(f"{m.judul(jenis)[1]}: {_kerja(meja, m)}.", _LEBAR)),
        "\n".join(_batas(meja, m)),
        _alasan(meja, m),
        f"Kerjakan di:\n{alamat}",
        f"-- \nSurel otomatis Meja Kerja {satu_baris(r.organisasi().nama_singkat, _NAMA_TERPANJANG)}; jangan"
        " dibalas.\nAlamat surel Anda diatur di halaman Akun saya.",
    ]
    return "\n\n".join(b for b in bagian if b) + "\n"


# helpers, for what waits


def _semua(meja: Meja, peristiwa: Sequence[Peristiwa], saat: datetime) -> Iterator[Menunggu]:
    for periode in meja.reports().periode():
        yield from _periode(meja, periode, [p for p in peristiwa if p.periode == periode.id], saat)
    repo, utama = meja.forge().repo, meja.forge().utama()
    for ref, kepala in repo.ref_ref(f"{_CABANG}{AWALAN}").items():
        if repo.leluhur_bersama(utama, kepala) != kepala:  # as proposals.usulan_setempat, of these alone
            usulan = ref.removeprefix(_CABANG)
            yield from _usulan(meja, usulan, [p for p in peristiwa if p.perubahan == usulan], saat)


def _periode(
    meja: Meja, periode: Periode, peristiwa: Sequence[Peristiwa], saat: datetime
) -> Iterator[Menunggu]:
    """Open steps of a period; the preparing of all bidang is one act, so it is one thing."""
    langkah, zona = status_periode(meja.forge(), periode, saat)
    ingatan = ingatkan(periode, langkah, meja.reports().kalender(), zona, saat)
    golongan = {(i.langkah.nomor, i.langkah.bidang): i.golongan for i in ingatan}
    sudah: set[str] = set()
    for x in langkah:
        bidang = "" if x.nomor == _SIAPKAN else x.bidang or ""
        perubahan = f"{_jenis(x)}/{periode.id}{f'/{bidang}' if bidang else ''}"
        ps = [p for p in peristiwa if p.perubahan == perubahan]
        tanda = f"{periode.id}|{x.nomor}|{bidang}|{x.putaran}|{_tidak(ps)}"
        if x.keadaan not in (BERJALAN, DIKEMBALIKAN) or tanda in sudah:
            continue
        sudah.add(tanda)
        kembali = x.keadaan == DIKEMBALIKAN
        lengkap = [p for p in peristiwa if _lengkapi(p)]
        pemberi = _terakhir(lengkap if x.nomor == _SUSUN and not kembali else ps)
        t = _tugas(meja, periode, x, bidang, _tepat(golongan.get((x.nomor, x.bidang), ""), x, saat))
        kata = pemberi if kembali else None
        yield from _untuk(meja, x.pemegang, Menunggu(t, tanda, "", "", pemberi, kata, kembali, saat))


def _tepat(golongan: str, x: LangkahJalan, saat: datetime) -> str:
    """What was handed in on time and came back after its deadline is neither late nor soon due."""
    lewat = x.tenggat is not None and x.tenggat <= saat
    return "" if golongan == SEGERA and lewat else golongan


def _jenis(x: LangkahJalan) -> str:
    """Kind of the change whose acts bring the pen of a step."""
    return "disposisi" if x.nomor <= _SIAPKAN else "kk" if x.bidang else "laporan"


def _lengkapi(p: Peristiwa) -> bool:
    """Whether an act can be the last that the laporan waited for: a signature, or the leave to go without."""
    tanda = p.perubahan.startswith("kk/") and p.tindakan is Tindakan.TANDA_TANGAN
    return tanda or p.perubahan.startswith("tanpa/")


def _tidak(ps: Sequence[Peristiwa]) -> int:
    return sum(p.tindakan is Tindakan.TIDAK for p in ps)


def _terakhir(ps: Sequence[Peristiwa]) -> Peristiwa | None:
    return ps[-1] if ps else None


def _tugas(meja: Meja, periode: Periode, x: LangkahJalan, bidang: str, golongan: str) -> Tugas:
    r = meja.reports()
    sop, b = r.sop().langkah[x.nomor - 1], r.organisasi().cari_bidang(bidang)
    return Tugas(
        sop.perintah, x.nomor, periode.judul, periode.id, bidang, b.nama if b else "", golongan, x.tenggat,
        "", sop.waktu.teks, x.keterangan,
    )  # fmt: skip


def _usulan(meja: Meja, usulan: str, ps: Sequence[Peristiwa], saat: datetime) -> Iterator[Menunggu]:
    """A proposal for whoever approves it next or gets it back; one that is not submitted, for nobody."""
    verdict = nilai_setempat(meja.forge(), usulan, saat)
    terakhir = _terakhir(ps)
    if verdict is None or verdict.pena is None:
        return
    kembali = verdict.pena == verdict.kembali_ke and _tidak(ps[-1:]) == 1
    if not kembali and verdict.pena != verdict.berikutnya:
        return
    ajukan = _terakhir([p for p in ps if p.tindakan is Tindakan.AJUKAN])
    tanda = f"{usulan}|{ajukan.urut if ajukan else 0}|{verdict.pena}|{_tidak(ps)}"
    t = Tugas("setujui", 0, usulan.removeprefix(AWALAN), "", "", "", "", None, "", "", "", usulan)
    kata = terakhir if kembali else ajukan
    yield from _untuk(meja, verdict.pena, Menunggu(t, tanda, "", "", terakhir, kata, kembali, saat))


def _untuk(meja: Meja, jabatan: str, m: Menunggu) -> Iterator[Menunggu]:
    """For whoever lawfully holds the office today; for nobody while it is vacant."""
    daftar = meja.reports().jabatan()
    p = pemangku_sah(daftar, jabatan, m.saat.date())
    if p is not None:
        yield replace(m, orang=p.orang, sebagai=f"{p.sebutan.awalan}{daftar.nama(jabatan)}")


# helpers, for words


def _kerja(meja: Meja, m: Menunggu) -> str:
    t, penerima = m.tugas, meja.reports().organisasi().penerima.nama
    if t.usulan:
        kerja = f"{'perbaiki' if m.kembali else 'setujui'} usulan {t.judul}"
    else:
        pola = _KERJA.get(t.perintah, "kerjakan langkah {nomor}")
        kerja = pola.format(bidang=t.nama_bidang, penerima=penerima, nomor=t.nomor)
        kerja += f", {t.judul.replace(' Tahun ', ' ')}"
    return satu_baris(kerja, PERIHAL_TERPANJANG)


def _batas(meja: Meja, m: Menunggu) -> Iterator[str]:
    r, t, saat = meja.reports(), m.tugas, m.saat
    if t.tenggat is not None:
        kalender, zona = r.kalender(), r.zona()
        menit = menit_kerja(kalender, zona, min(saat, t.tenggat), max(saat, t.tenggat))
        kata = "tersisa" if t.tenggat > saat else "sudah lewat"
        yield f"Paling lambat : {wording.saat(t.tenggat, zona)}"
        yield f"Waktu kerja   : {kata} {lama_kerja(menit)}"
    if t.baku:
        yield f"Waktu baku    : {t.baku}"
    if t.nomor:
        yield f"Langkah SOP   : {t.nomor}, {t.perintah}"


def _alasan(meja: Meja, m: Menunggu) -> str:
    """Who sent it here with which words; quoted, so that nothing in them looks like ours."""
    p = m.kata
    if p is None or not p.alasan:
        return ""
    r = meja.reports()
    siapa = satu_baris(f"{r.identitas().nama(p.orang)}, {r.jabatan().nama(p.jabatan)}", _NAMA_TERPANJANG)
    kata = textwrap.wrap(satu_baris(p.alasan, _ALASAN_TERPANJANG), _LEBAR - 2)
    return "\n".join([f"{'Alasan' if m.kembali else 'Keterangan'} dari {siapa}:", *(f"> {k}" for k in kata)])
