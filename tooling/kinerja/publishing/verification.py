"""Is an archive genuine: SAH, TIDAK SAH or TIDAK DAPAT DIPASTIKAN, with a reason per line.

SAH needs integrity, authority at the time of signing, and a witness of that time. What is
broken makes it TIDAK SAH; what cannot be checked makes it TIDAK DAPAT DIPASTIKAN, never SAH.
Nothing is extracted; a step is taken only when what it rests on holds, so that the content of
a forgery is never even parsed. Keys come from the verifier's own trust file, never from the
archive; how approvals are replayed is given by the caller.

The order: container → bag → statement → its signature → twins → event log → each event's
signature → approvals → witness of time.

Example:
    >>> periksa_arsip(berkas, Pemeriksa(percaya, periksa, putar_ulang, tanda_terima)).hasil
    <Putus.SAH: 'SAH'>
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any, BinaryIO

from kinerja.domain.arsip import RUANG_ARSIP, Manifes, Pernyataan
from kinerja.domain.periode import Periode
from kinerja.domain.putusan import Baris, KunciPercaya, Putus, Putusan, simpulkan
from kinerja.publishing.bag import (
    PERNYATAAN,
    TAGMANIFES,
    TANDA,
    IsiArsip,
    baca_pernyataan,
    hitung_sidik,
    periksa_bag,
)
from kinerja.publishing.bag import POKOK as POKOK_ISI
from kinerja.publishing.contexts import (
    KELIRU,
    POKOK_KEMBAR,
    KonteksLog,
    Muat,
    baca_konteks,
    periksa_kembar,
)
from kinerja.publishing.logbook import (
    POKOK_LOG,
    POKOK_TANDA,
    baca_log,
    periksa_rantai,
    periksa_tanda_peristiwa,
)
from kinerja.publishing.receipts import Saksi, periksa_tanda_terima
from kinerja.publishing.replay import POKOK_PERSETUJUAN
from kinerja.publishing.trust import PeriksaTanda, baca_percaya, cari_penandatangan
from kinerja.publishing.zipstrict import ArsipKetat, WadahError

__all__ = [
    "Baris",
    "KunciPercaya",
    "Pemeriksa",
    "Putus",
    "Putusan",
    "baca_percaya",
    "periksa_arsip",
]

PutarUlang = Callable[[Mapping[str, bytes], Mapping[str, Any]], tuple[Baris, ...]]

WADAH, PERNYATAAN_, TANDA_ARSIP = "wadah", "pernyataan", "tanda tangan arsip"
HITUNGAN, WAKTU = "hitungan ulang", "saksi waktu"
WAJIB = frozenset({
    WADAH, POKOK_ISI, PERNYATAAN_, TANDA_ARSIP, POKOK_KEMBAR, POKOK_LOG, POKOK_TANDA, POKOK_PERSETUJUAN,
    HITUNGAN, WAKTU,
})  # fmt: skip
"""Every check that a verdict of SAH needs; a caller that leaves one out gets no SAH."""
TAK_TERSERTIFIKASI = "tanda tangan dengan kunci sendiri tidak tersertifikasi (PP 71/2019 Pasal 60)"
_TOLERANSI_JAM = timedelta(minutes=10)
_ALASAN_TERPANJANG = 400


@dataclass(frozen=True, slots=True)
class Pemeriksa:
    """What verification needs from outside.

    Attributes:
        percaya: trusted keys; never from inside the archive.
        periksa_tanda: checks one SSHSIG (key line, message, armor, namespace).
        putar_ulang: replays approvals from the archive's files and its statement.
        tanda_terima: bytes of the receipt beside the archive, if any.
        muat: reads YAML into plain data, to compare the twins' content; None without.
        laporan: id of the report that the archive should be of; None for any.
        versi: version that it should be; None for any.
    """

    percaya: Sequence[KunciPercaya]
    periksa_tanda: PeriksaTanda
    putar_ulang: PutarUlang
    tanda_terima: bytes | None
    muat: Muat | None = None
    laporan: str | None = None
    versi: int | None = None


@dataclass(slots=True)
class _Kerja:
    """One verification: what was found so far; ``sidik`` is the archive's own, "" before it is known."""

    p: Pemeriksa
    baris: list[Baris]
    sidik: str = ""
    pernyataan: Pernyataan | None = None
    kunci: KunciPercaya | None = None

    def catat(self, putus: Putus, pokok: str, alasan: str) -> None:
        self.baris.append(Baris(putus, pokok, alasan))

    def utuh(self) -> bool:
        return all(b.putus is Putus.SAH for b in self.baris)


def periksa_arsip(berkas: BinaryIO, p: Pemeriksa) -> Putusan:
    """Checks one archive; never raises for any bytes."""
    k = _Kerja(p, [])
    try:
        _periksa(k, berkas)
    except WadahError as e:
        k.catat(Putus.TIDAK_SAH, WADAH, f"{e.jenis.value}: {e.pesan}")
    except KELIRU as e:
        k.catat(Putus.TIDAK_SAH, POKOK_ISI, f"tidak dapat dibaca: {e}")
    sidik = k.sidik or _sidik_berkas(berkas)  # what is no archive is read for its digest alone
    ukuran = berkas.seek(0, 2)
    saksi = periksa_tanda_terima(p.tanda_terima, (sidik, ukuran), p.percaya, p.periksa_tanda)
    k.baris.append(_waktu(k, saksi))
    return _putusan(k, sidik)


# helpers


def _sidik_berkas(berkas: BinaryIO) -> str:
    berkas.seek(0)
    hash_ = sha256()
    while potongan := berkas.read(1 << 20):
        hash_.update(potongan)
    return hash_.hexdigest()


def _periksa(k: _Kerja, berkas: BinaryIO) -> None:
    arsip = ArsipKetat(berkas)
    sidik, k.sidik = hitung_sidik(arsip)
    k.catat(Putus.SAH, WADAH, f"ZIP berprofil ketat, {len(arsip.entri)} berkas")
    k.baris += periksa_bag(arsip, sidik)
    if not k.utuh():
        return
    isi = IsiArsip(arsip, sidik)
    _periksa_pernyataan(k, isi)
    if k.pernyataan is not None and k.utuh():
        _periksa_dalam(k, isi, k.pernyataan)


def _periksa_pernyataan(k: _Kerja, isi: IsiArsip) -> None:
    try:
        pernyataan = k.pernyataan = baca_pernyataan(isi[PERNYATAAN])
    except ValueError as e:
        k.catat(Putus.TIDAK_SAH, PERNYATAAN_, f"{PERNYATAAN}: {e}")
        return
    ini = f"{pernyataan.laporan} versi {pernyataan.versi}"
    laporan, versi = k.p.laporan or pernyataan.laporan, k.p.versi or pernyataan.versi
    if pernyataan.manifes != Manifes(
        isi.sidik(TAGMANIFES["sha256"]).sha256, isi.sidik(TAGMANIFES["sha512"]).sha512
    ):
        k.catat(Putus.TIDAK_SAH, PERNYATAAN_, "sidik manifes bukan yang dinyatakan")
    elif (laporan, versi) != (pernyataan.laporan, pernyataan.versi):
        k.catat(Putus.TIDAK_SAH, PERNYATAAN_, f"ini {ini}, bukan {laporan} versi {versi}")
    else:
        penanda = f" ({pernyataan.penanda})" if pernyataan.penanda else ""
        k.catat(Putus.SAH, PERNYATAAN_, f"{ini}{penanda}, {pernyataan.opd}")
    _periksa_tanda_arsip(k, isi, pernyataan)


def _periksa_tanda_arsip(k: _Kerja, isi: IsiArsip, pernyataan: Pernyataan) -> None:
    hasil = cari_penandatangan(k.p.percaya, RUANG_ARSIP, isi[PERNYATAAN], isi[TANDA], k.p.periksa_tanda)
    if hasil.kunci is None:
        putus = Putus.TIDAK_SAH if hasil.dapat_diperiksa else Putus.TAK_PASTI
        k.catat(putus, TANDA_ARSIP, hasil.alasan)
    elif hasil.kunci.id != pernyataan.oleh:
        alasan = f"ditandatangani {hasil.kunci.id}, padahal pernyataan menyebut {pernyataan.oleh}"
        k.catat(Putus.TIDAK_SAH, TANDA_ARSIP, alasan)
    elif not hasil.kunci.berlaku(pernyataan.dibuat):
        alasan = f"kunci {hasil.kunci.id} tidak berlaku pada {pernyataan.dibuat.isoformat()}"
        k.catat(Putus.TIDAK_SAH, TANDA_ARSIP, alasan)
    else:
        k.kunci = hasil.kunci
        alasan = f"{pernyataan.oleh} ({pernyataan.jabatan}); kunci sendiri, tidak tersertifikasi"
        k.catat(Putus.SAH, TANDA_ARSIP, alasan)


def _periksa_dalam(k: _Kerja, isi: IsiArsip, pernyataan: Pernyataan) -> None:
    """What only a signed statement makes worth reading: twins, events, approvals."""
    k.baris += periksa_kembar(isi, Periode.baca(pernyataan.periode), k.p.muat)
    try:
        catatan = baca_log(isi)
    except KELIRU as e:
        k.catat(Putus.TIDAK_SAH, POKOK_LOG, str(e))
        return
    k.baris.append(periksa_rantai(catatan, pernyataan.log))
    if not k.utuh():
        return
    try:
        konteks = KonteksLog(isi, baca_konteks(isi))
        k.baris += periksa_tanda_peristiwa(catatan, konteks.saat, k.p.percaya, k.p.periksa_tanda)
        ulang = k.p.putar_ulang(isi, json.loads(isi[PERNYATAAN]))
    except KELIRU as e:
        k.catat(Putus.TIDAK_SAH, POKOK_PERSETUJUAN, f"tidak dapat diputar ulang: {e}")
        return
    k.baris += ulang
    if not ulang:
        k.catat(Putus.TAK_PASTI, POKOK_PERSETUJUAN, "persetujuan tidak diputar ulang")


def _waktu(k: _Kerja, saksi: Saksi | str) -> Baris:
    if isinstance(saksi, str):
        return Baris(Putus.TAK_PASTI, WAKTU, saksi)
    if k.pernyataan is None or k.kunci is None:
        alasan = "tanda terima tidak dipakai, karena pembuat arsip tidak dapat dipastikan"
        return Baris(Putus.TAK_PASTI, WAKTU, alasan)
    t, saat = saksi.isi, saksi.isi.diterima.isoformat()
    if saksi.kunci.id == k.kunci.id or saksi.kunci.publik == k.kunci.publik:
        alasan = "tanda terima dibuat oleh pembuat arsip sendiri, bukan oleh pihak lain"
    elif t.diterima < k.pernyataan.dibuat - _TOLERANSI_JAM:
        alasan = f"tanda terima bertanggal {saat}, sebelum arsipnya dibuat"
    elif t.status is not k.pernyataan.status:
        alasan = f"tanda terima menyebut data {t.status.value}, arsipnya tidak"
    elif not k.kunci.berlaku(t.diterima):
        alasan = f"kunci {k.kunci.id} tidak berlaku lagi saat arsip disaksikan ({saat})"
        return Baris(Putus.TIDAK_SAH, WAKTU, alasan)
    else:
        siapa = f"{t.penerima} ({t.nama_penerima})"
        alasan = f"diterima {siapa} pada {saat}, tanda terima nomor {t.nomor}"
        return Baris(Putus.SAH, WAKTU, alasan)
    return Baris(Putus.TAK_PASTI, WAKTU, alasan)


def _putusan(k: _Kerja, sidik: str) -> Putusan:
    pernyataan = k.pernyataan
    rapi = tuple(replace(b, alasan=_bersih(b.alasan)) for b in k.baris)
    hasil = simpulkan(rapi, WAJIB)
    if pernyataan is None:
        return Putusan(hasil, "", "", "", "", sidik, rapi)
    catatan = [TAK_TERSERTIFIKASI]
    if pernyataan.penanda:
        catatan.insert(0, f"isinya {pernyataan.penanda}")
    catatan.append(f"commit Git {pernyataan.git.commit[:12]} dicatat, tidak diperiksa di sini")
    return Putusan(
        hasil,
        pernyataan.penanda,
        _bersih(pernyataan.laporan),
        _bersih(pernyataan.opd),
        pernyataan.periode,
        sidik,
        rapi,
        pernyataan.versi,
        tuple(_bersih(c) for c in catatan),
    )


def _bersih(teks: str) -> str:
    """One line without control characters: text of a stranger goes to a terminal."""
    huruf = ("\ufffd" if unicodedata.category(c)[0] == "C" else c for c in teks)
    return "".join(huruf)[:_ALASAN_TERPANJANG]
