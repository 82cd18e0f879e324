"""Is an archive genuine: SAH, TIDAK SAH or TIDAK DAPAT DIPASTIKAN, with a reason per line.

SAH needs integrity, authority at the time of signing, and a witness of that time. What is
broken makes it TIDAK SAH; what cannot be checked makes it TIDAK DAPAT DIPASTIKAN, never SAH.
Nothing is extracted; only names that the manifests list may exist.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, BinaryIO

from kinerja.domain.arsip import RUANG_ARSIP, RUANG_TANDA_TERIMA
from kinerja.domain.peristiwa import kanonik
from kinerja.publishing.archive import BAGIT, BERKAS_TAG, MANIFES, PERNYATAAN, TAG, TANDA_TANGAN
from kinerja.publishing.zipstrict import WadahError, ZipKetat

PeriksaTanda = Callable[[str, bytes, str, str], bool]


class Putus(StrEnum):
    """The three answers."""

    SAH = "SAH"
    TIDAK_SAH = "TIDAK SAH"
    TAK_PASTI = "TIDAK DAPAT DIPASTIKAN"


@dataclass(frozen=True, slots=True)
class Baris:
    """One check: its subject, its outcome, and why."""

    putus: Putus
    pokok: str
    alasan: str


@dataclass(frozen=True, slots=True)
class Putusan:
    """The verdict on an archive."""

    hasil: Putus
    penanda: str
    laporan: str
    opd: str
    periode: str
    sha256: str
    baris: tuple[Baris, ...]


@dataclass(frozen=True, slots=True)
class KunciPercaya:
    """One line of the trust file (OpenSSH ``allowed_signers``)."""

    id: str
    ruang: tuple[str, ...]
    publik: str


@dataclass(frozen=True, slots=True)
class Pemeriksa:
    """What verification needs from outside.

    Attributes:
        percaya: trusted keys; never from inside the archive.
        periksa_tanda: checks one SSHSIG (key line, message, armor, namespace).
        putar_ulang: replays events and approvals from the archive's small files.
        tanda_terima: bytes of the receipt beside the archive, if any.
    """

    percaya: Sequence[KunciPercaya]
    periksa_tanda: PeriksaTanda
    putar_ulang: Callable[[Mapping[str, bytes], Mapping[str, Any]], tuple[Baris, ...]]
    tanda_terima: bytes | None


def baca_percaya(teks: str) -> tuple[KunciPercaya, ...]:
    """Reads a trust file.

    Raises:
        ValueError: a line is malformed, names everyone (wildcard), or lacks namespaces.
    """
    hasil = []
    for n, baris in enumerate(teks.splitlines(), 1):
        if not baris.strip() or baris.lstrip().startswith("#"):
            continue
        cocok = re.fullmatch(r'(\S+) namespaces="([^"]+)" (ssh-\S+ [A-Za-z0-9+/=]+)(?: .*)?', baris.strip())
        if cocok is None or set(cocok[1] + cocok[2]) & set("*?!"):
            raise ValueError(f"baris {n} berkas kunci tepercaya tidak dapat dipakai: `{baris[:60]}`")
        hasil.append(KunciPercaya(cocok[1], tuple(cocok[2].split(",")), cocok[3]))
    return tuple(hasil)


def periksa_arsip(berkas: BinaryIO, p: Pemeriksa) -> Putusan:
    """Checks one archive; never raises for any bytes."""
    sidik = _sidik_berkas(berkas)
    baris: list[Baris] = []
    pernyataan: dict[str, Any] = {}
    try:
        zip_ = ZipKetat(berkas)
        baris.append(_sah("wadah", f"ZIP profil ketat, {len(zip_.entri)} berkas"))
        kecil = _isi(zip_, baris)
        pernyataan = _pernyataan(kecil, baris)
        if pernyataan:
            baris += _tanda_tangan(kecil, pernyataan, p)
            baris += _log(kecil, pernyataan)
            baris += p.putar_ulang(kecil, pernyataan)
        baris.append(_waktu(sidik, zip_.ukuran, p))
    except WadahError as e:
        baris.append(Baris(Putus.TIDAK_SAH, "wadah", str(e)))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as e:
        baris.append(Baris(Putus.TIDAK_SAH, "isi", f"tidak dapat dibaca: {type(e).__name__}: {e}"[:200]))
    teks = {k: str(pernyataan.get(k, "")) for k in ("penanda", "laporan", "opd", "periode")}
    return Putusan(_simpulkan(baris), sha256=sidik, baris=tuple(baris), **teks)


# helpers


def _sah(pokok: str, alasan: str) -> Baris:
    return Baris(Putus.SAH, pokok, alasan)


def _gagal(pokok: str, alasan: str) -> Baris:
    return Baris(Putus.TIDAK_SAH, pokok, alasan)


def _simpulkan(baris: Sequence[Baris]) -> Putus:
    for putus in (Putus.TIDAK_SAH, Putus.TAK_PASTI):
        if any(b.putus is putus for b in baris):
            return putus
    return Putus.SAH if baris else Putus.TAK_PASTI


def _sidik_berkas(berkas: BinaryIO) -> str:
    berkas.seek(0)
    h = hashlib.sha256()
    while potong := berkas.read(1 << 20):
        h.update(potong)
    return h.hexdigest()


def _isi(zip_: ZipKetat, baris: list[Baris]) -> dict[str, bytes]:
    """Checks closed set, CRC and manifests; gives the small files for later checks."""
    tetap = {*BERKAS_TAG, *TAG.values(), PERNYATAAN, TANDA_TANGAN}
    kurang = sorted(tetap - set(zip_.entri))
    muatan = {n for n in zip_.entri if n.startswith("data/")}
    asing = sorted(set(zip_.entri) - tetap - muatan)
    if kurang or asing:
        alasan = f"berkas kurang: {kurang[:3]}" if kurang else f"berkas asing: {asing[:3]}"
        baris.append(_gagal("susunan", alasan))
        raise WadahError(alasan)
    hitung, kecil = _hitung(zip_)
    if kecil["bagit.txt"] != BAGIT:
        baris.append(_gagal("susunan", "bagit.txt bukan BagIt 1.0"))
    for nama in ("sha256", "sha512"):
        for jalur, cakupan in ((MANIFES[nama], muatan), (TAG[nama], set(BERKAS_TAG))):
            salah = _banding(kecil[jalur], {j: hitung[j][nama] for j in cakupan})
            baris.append(_gagal(jalur, salah) if salah else _sah(jalur, f"{len(cakupan)} berkas cocok"))
    return kecil


def _hitung(zip_: ZipKetat) -> tuple[dict[str, dict[str, str]], dict[str, bytes]]:
    hitung: dict[str, dict[str, str]] = {}
    kecil: dict[str, bytes] = {}
    for nama, e in zip_.entri.items():
        h = {"sha256": hashlib.sha256(), "sha512": hashlib.sha512()}
        crc, potongan = 0, []
        for potong in zip_.potongan(nama):
            for x in h.values():
                x.update(potong)
            crc = zlib.crc32(potong, crc)
            if e.ukuran <= 1 << 22:
                potongan.append(potong)
        if crc != e.crc:
            raise WadahError(f"{nama}: CRC tidak cocok")
        hitung[nama] = {k: x.hexdigest() for k, x in h.items()}
        kecil[nama] = b"".join(potongan)
    return hitung, kecil


def _banding(manifes: bytes, hitung: Mapping[str, str]) -> str:
    """What differs between a manifest and what was computed; "" when nothing does."""
    harap = "".join(f"{hitung[j]}  {j}\n" for j in sorted(hitung, key=str.encode)).encode()
    if manifes == harap:
        return ""
    a, b = manifes.splitlines(), harap.splitlines()
    beda = next((x for x, y in zip(a, b, strict=False) if x != y), b"jumlah baris")
    return f"tidak cocok pada {beda.decode('utf-8', 'replace')[-80:]}"


def _pernyataan(kecil: Mapping[str, bytes], baris: list[Baris]) -> dict[str, Any]:
    bita = kecil[PERNYATAAN]
    isi = json.loads(bita)
    if not isinstance(isi, dict) or kanonik(isi) != bita:
        baris.append(_gagal("pernyataan", "statement.json bukan bentuk baku"))
        return {}
    if isi["skema"] != "pernyataan/v1":
        baris.append(Baris(Putus.TAK_PASTI, "pernyataan", f"versi `{isi['skema']}` tidak dikenal"))
        return {}
    for nama in ("sha256", "sha512"):
        if hashlib.new(nama, kecil[TAG[nama]]).hexdigest() != isi["manifes"][nama]:
            baris.append(_gagal("pernyataan", f"manifes tag {nama} bukan yang dinyatakan"))
    status = f" — {isi['penanda']}" if isi["penanda"] else ""
    baris.append(_sah("pernyataan", f"{isi['laporan']} versi {isi['versi']}{status}"))
    return isi


def _tanda_tangan(kecil: Mapping[str, bytes], isi: Mapping[str, Any], p: Pemeriksa) -> list[Baris]:
    armor = kecil[TANDA_TANGAN].decode("utf-8", "replace")
    calon = [k for k in p.percaya if RUANG_ARSIP in k.ruang and k.id == isi["oleh"]]
    if not p.percaya:
        return [Baris(Putus.TAK_PASTI, "tanda tangan arsip", "tidak ada kunci tepercaya yang diberikan")]
    for k in calon:
        if p.periksa_tanda(k.publik, kecil[PERNYATAAN], armor, RUANG_ARSIP):
            alasan = f"{isi['oleh']} ({isi['jabatan']}), kunci sendiri, tidak tersertifikasi (PP 71/2019 Pasal 60)"
            return [_sah("tanda tangan arsip", alasan)]
    return [_gagal("tanda tangan arsip", f"bukan tanda tangan kunci tepercaya milik {isi['oleh']}")]


def _log(kecil: Mapping[str, bytes], isi: Mapping[str, Any]) -> list[Baris]:
    nama = sorted(n for n in kecil if re.fullmatch(r"data/peristiwa/[0-9]{6}\.json", n))
    sebelumnya: str | None = None
    for n, jalur in enumerate(nama, 1):
        p = json.loads(kecil[jalur])
        if p["urut"] != n or p["sebelumnya"] != sebelumnya or jalur != f"data/peristiwa/{n:06d}.json":
            return [_gagal("log peristiwa", f"rantai putus pada peristiwa {n}")]
        sebelumnya = hashlib.sha256(kecil[jalur]).hexdigest()
    if sebelumnya != isi["log"]["kepala"] or len(nama) != isi["log"]["jumlah"]:
        return [_gagal("log peristiwa", "kepala atau panjang log bukan yang dinyatakan")]
    return [_sah("log peristiwa", f"{len(nama)} peristiwa, rantai utuh")]


def _waktu(sidik: str, ukuran: int, p: Pemeriksa) -> Baris:
    pokok = "saksi waktu"
    if p.tanda_terima is None:
        return Baris(Putus.TAK_PASTI, pokok, "waktu belum disaksikan: tidak ada tanda terima di samping arsip")
    try:
        luar = json.loads(p.tanda_terima)
        isi, armor = luar["tanda_terima"], str(luar["tanda_tangan"])
        cocok = isi["sha256"] == sidik and isi["ukuran"] == ukuran
        calon = [k for k in p.percaya if RUANG_TANDA_TERIMA in k.ruang and k.id == isi["penerima"]]
        sah = any(p.periksa_tanda(k.publik, kanonik(isi), armor, RUANG_TANDA_TERIMA) for k in calon)
    except (ValueError, KeyError, TypeError, RecursionError):
        return Baris(Putus.TAK_PASTI, pokok, "tanda terima tidak dapat dibaca")
    if not cocok:
        return Baris(Putus.TAK_PASTI, pokok, "tanda terima di samping arsip adalah untuk arsip lain")
    if not sah:
        return Baris(Putus.TAK_PASTI, pokok, "tanda terima tidak ditandatangani kunci penerima yang tepercaya")
    alasan = f"tanda terima {isi['nomor']} dari {isi['penerima']}, diterima {isi['diterima']} oleh {isi['nama_penerima']}"
    return _sah(pokok, alasan)
