"""What a person has to do now, and where every bidang stands: the desk's first page.

Tasks come from the stages of the open periods and from the proposals that wait for an
approval; nothing is stored. A task belongs to whoever lawfully holds its office today.

Example:
    >>> [t.perintah for t in tugas(meja, "p-indah")]
    ['isi']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kinerja.desk.place import Meja
from kinerja.domain.errors import KinerjaError
from kinerja.domain.periode import Periode
from kinerja.overview import nama_pemegang, status_periode
from kinerja.proposals import nilai_setempat, usulan_setempat
from kinerja.publishing.reminders import ingatkan
from kinerja.publishing.working_time import lama_kerja
from kinerja.workflow.calendar import menit_kerja
from kinerja.workflow.stages import BERJALAN, DIKEMBALIKAN, SELESAI, LangkahJalan

_SIAPKAN, _KIRIM = 2, 8
_PILIHAN_AWAL = 4
_USUL = "usul/"


@dataclass(frozen=True, slots=True)
class Tugas:
    """One thing that waits for this person.

    Attributes:
        perintah: the SOP's step by its name, ``isi``; ``tanda-terima`` and ``setujui`` beside it.
        nomor: the step's number; 0 for a proposal.
        golongan: ``terlambat`` | ``segera`` | ``berikutnya``; "" without a deadline.
        sisa: working time to the deadline, in words.
        keterangan: why it came back.
    """

    perintah: str
    nomor: int
    judul: str
    periode: str
    bidang: str
    nama_bidang: str
    golongan: str
    tenggat: datetime | None
    sisa: str
    baku: str
    keterangan: str
    usulan: str = ""


@dataclass(frozen=True, slots=True)
class BidangKini:
    """Where one bidang's worksheet stands.

    Attributes:
        langkah: ``siapkan`` | ``isi`` | ``periksa`` | ``selesai``.
        pemegang: who holds the pen, with the office.
    """

    id: str
    nama: str
    langkah: str
    keadaan: str
    pemegang: str
    terlambat: bool
    keterangan: str
    tenggat: datetime | None


@dataclass(frozen=True, slots=True)
class PeriodeKini:
    """Where a period stands: its bidang, and the steps of the laporan."""

    periode: Periode
    bidang: tuple[BidangKini, ...]
    laporan: tuple[BidangKini, ...]
    bertanda: int
    selesai: bool


def tugas(meja: Meja, orang: str) -> tuple[Tugas, ...]:
    """Everything that waits for a person, the most urgent first."""
    milik = frozenset(meja.jabatan(orang))
    saat, r = meja.saat(), meja.reports()
    hasil: list[Tugas] = []
    for periode in r.periode():
        langkah, zona = status_periode(meja.forge(), periode, saat)
        golongan = {
            (i.langkah.nomor, None if i.langkah.nomor == _SIAPKAN else i.langkah.bidang): i.golongan
            for i in ingatkan(periode, langkah, r.kalender(), zona, saat)
        }
        hasil += (
            _tugas(meja, periode, x, golongan.get((x.nomor, x.bidang), ""), saat)
            for x in _sekali(_menunggu(langkah)) if x.pemegang in milik
        )  # fmt: skip
    hasil += _usulan(meja, milik, saat)
    urutan = ("terlambat", "segera", "berikutnya", "")
    return tuple(sorted(hasil, key=lambda t: (urutan.index(t.golongan), t.periode, t.nomor)))


def keadaan_periode(meja: Meja, periode: Periode) -> PeriodeKini:
    """Every bidang and every step of the laporan of one period."""
    saat = meja.saat()
    langkah, _ = status_periode(meja.forge(), periode, saat)
    r = meja.reports()
    bidang = tuple(
        _bidang(meja, b.id, b.nama, [x for x in langkah if x.bidang == b.id], saat)
        for b in r.organisasi().bidang
    )
    laporan = tuple(
        BidangKini(
            str(x.nomor), r.sop().langkah[x.nomor - 1].perintah, r.sop().langkah[x.nomor - 1].perintah,
            x.keadaan, nama_pemegang(meja.forge(), x.pemegang, saat), x.terlambat,
            _dengan_nama(meja, x.keterangan), x.tenggat,
        )
        for x in langkah if x.bidang is None
    )  # fmt: skip
    kirim = next(x for x in langkah if x.nomor == _KIRIM)
    selesai = kirim.keadaan == SELESAI and not kirim.menunggu_terima
    return PeriodeKini(periode, bidang, laporan, sum(b.langkah == SELESAI for b in bidang), selesai)


def semua_periode(meja: Meja) -> tuple[Periode, ...]:
    """Opened periods, the newest first."""
    return tuple(reversed(meja.reports().periode()))


def periode_berikutnya(meja: Meja) -> Periode:
    """The period that would be opened next: after the newest, else the present quarter."""
    semua = semua_periode(meja)
    if semua:
        return semua[0].berikutnya()
    hari = meja.hari()
    return Periode.baca(f"{hari.year}-tw{(hari.month - 1) // 3 + 1}")


def periode_dapat_dibuka(meja: Meja) -> tuple[Periode, ...]:
    """The periods to choose from at the disposisi, the likeliest first.

    After the first period the next one only, so that none is skipped by a slip; an agency that
    begins may begin with any of the last four.
    """
    pertama = periode_berikutnya(meja)
    if semua_periode(meja):
        return (pertama,)
    hasil = [pertama]
    while len(hasil) < _PILIHAN_AWAL:
        hasil.append(hasil[-1].sebelumnya())
    return tuple(hasil)


# helpers


def _menunggu(langkah: Sequence[LangkahJalan]) -> Iterator[LangkahJalan]:
    for x in langkah:
        if x.keadaan in (BERJALAN, DIKEMBALIKAN) or x.menunggu_terima:
            yield x


def _sekali(langkah: Iterable[LangkahJalan]) -> Iterator[LangkahJalan]:
    """Step 2 prepares every bidang at once, so it is one task."""
    sudah = False
    for x in langkah:
        if x.nomor == _SIAPKAN:
            if not sudah:
                yield replace(x, bidang=None)
            sudah = True
        else:
            yield x


def _tugas(meja: Meja, periode: Periode, x: LangkahJalan, golongan: str, saat: datetime) -> Tugas:
    r = meja.reports()
    sop = r.sop().langkah[x.nomor - 1]
    bidang = r.organisasi().cari_bidang(x.bidang) if x.bidang else None
    terima = x.menunggu_terima
    return Tugas(
        "tanda-terima" if terima else sop.perintah, x.nomor, periode.judul, periode.id, x.bidang or "",
        bidang.nama if bidang else "", "" if terima else golongan, None if terima else x.tenggat,
        "" if terima else _sisa(meja, x.tenggat, saat), sop.waktu.teks, _dengan_nama(meja, x.keterangan),
    )  # fmt: skip


def _sisa(meja: Meja, tenggat: datetime | None, saat: datetime) -> str:
    if tenggat is None:
        return ""
    r = meja.reports()
    kalender, zona = r.kalender(), r.zona()
    try:
        if tenggat > saat:
            return f"tersisa {lama_kerja(menit_kerja(kalender, zona, saat, tenggat))}"
        return f"lewat {lama_kerja(menit_kerja(kalender, zona, tenggat, saat))}"
    except KinerjaError:
        return ""  # a calendar that is at fault stops nobody from working


def _bidang(
    meja: Meja, id_bidang: str, nama: str, langkah: Sequence[LangkahJalan], saat: datetime
) -> BidangKini:
    """The step that the bidang has come to."""
    r = meja.reports()
    terbuka = [x for x in langkah if x.keadaan in (BERJALAN, DIKEMBALIKAN)]
    x = terbuka[-1] if terbuka else langkah[-1]
    perintah = r.sop().langkah[x.nomor - 1].perintah
    return BidangKini(
        id_bidang, nama, SELESAI if not terbuka and x.keadaan == SELESAI else perintah, x.keadaan,
        nama_pemegang(meja.forge(), x.pemegang, saat), x.terlambat, _dengan_nama(meja, x.keterangan),
        x.tenggat,
    )  # fmt: skip


def _dengan_nama(meja: Meja, keterangan: str) -> str:
    """``oleh p-fajar`` with the person's name."""
    for o in meja.reports().identitas().orang:
        if keterangan.endswith(f"oleh {o.id}"):
            return f"{keterangan.removesuffix(o.id)}{o.nama}"
    return keterangan


def _usulan(meja: Meja, milik: frozenset[str], saat: datetime) -> Iterator[Tugas]:
    for u in usulan_setempat(meja.forge()):
        if not u.startswith(_USUL):
            continue
        verdict = nilai_setempat(meja.forge(), u, saat)
        if verdict is not None and verdict.pena in milik:
            yield Tugas(
                "setujui",
                0,
                u.removeprefix(_USUL),
                "",
                "",
                "",
                "",
                None,
                "",
                "",
                "menunggu persetujuan Anda",
                u,
            )
