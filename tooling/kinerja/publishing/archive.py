"""The archive: a narrowed BagIt 1.0 bag with a signed statement, in a strict ZIP.

Inside (RFC 8493): payload under ``data/``, SHA-256 and SHA-512 manifests of payload and of tag
files, ``statement.json`` that holds the digests of both tag manifests, and one signature over
the statement. So the signature covers every byte of content and survives a re-zipping; the
same input gives the same bytes. It leaves out which files go in (``archive_step``) and whether
an archive is genuine (``verification``).

Example:
    >>> arsip = susun_arsip(isi, pernyataan, kunci.tanda_tangani)
    >>> arsip == susun_arsip(isi, pernyataan, kunci.tanda_tangani)
    True
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from hashlib import sha256, sha512
from typing import BinaryIO

from kinerja.domain.arsip import RUANG_ARSIP, Manifes, Pernyataan
from kinerja.domain.errors import KinerjaError
from kinerja.domain.peristiwa import PeristiwaBertanda, kanonik
from kinerja.publishing.bag import (
    BAG_INFO,
    BAGIT,
    BAGIT_TXT,
    BERTANDA,
    LIHAT,
    MANIFES,
    PERNYATAAN,
    TAGMANIFES,
    TANDA,
    baris_manifes,
    oksum,
)
from kinerja.publishing.receipts import bita_tanda_terima
from kinerja.publishing.twins import kembar, polos_json
from kinerja.publishing.zipnames import PenjagaNama, cacat_nama
from kinerja.publishing.zipstrict import (
    ENTRI_TERBANYAK,
    UKURAN_TERBESAR,
    Entri,
    kepala_lokal,
    kepala_pusat,
    penutup,
)

__all__ = [
    "bita_pernyataan",
    "bita_tanda_terima",
    "isi_log",
    "kembar",
    "polos_json",
    "susun_arsip",
    "tulis_arsip",
    "tulis_zip",
]

_HASH = {"sha256": sha256, "sha512": sha512}


Menandatangani = Callable[[bytes, str], str | None]


def susun_arsip(
    isi: Mapping[str, bytes], pernyataan: Pernyataan, tanda_tangani: Menandatangani | None
) -> bytes:
    """The archive as bytes; see :func:`tulis_arsip`."""
    keluar = io.BytesIO()
    tulis_arsip(keluar, isi, pernyataan, tanda_tangani)
    return keluar.getvalue()


def tulis_arsip(
    keluar: BinaryIO,
    isi: Mapping[str, bytes],
    pernyataan: Pernyataan,
    tanda_tangani: Menandatangani | None,
) -> None:
    """Writes the signed archive, holding one file of the payload at a time.

    Args:
        isi: payload, path below ``data/`` → bytes; each is asked for twice, first for its
            digests and then to be written, so that a mapping may read from disk.
        pernyataan: the statement; its ``manifes`` is filled in here.
        tanda_tangani: signs bytes in a namespace, giving armored SSHSIG; None leaves the
            signature out, for a key that is elsewhere.

    Raises:
        KinerjaError: when a path cannot be in an archive, there is too much of it, or nobody
            signs.
    """
    muatan, ukuran = _sidik({f"data/{jalur}": jalur for jalur in isi}, isi)
    bag = {
        BAGIT: BAGIT_TXT,
        BAG_INFO: _bag_info(ukuran, len(isi), pernyataan),
        LIHAT: _lihat_saya(pernyataan),
        **{nama: _manifes(muatan, hash_) for hash_, nama in MANIFES.items()},
    }
    tag, _ = _sidik({n: n for n in BERTANDA}, bag)
    bag |= {nama: _manifes(tag, hash_) for hash_, nama in TAGMANIFES.items()}
    manifes = Manifes(
        sha256=sha256(bag[TAGMANIFES["sha256"]]).hexdigest(),
        sha512=sha512(bag[TAGMANIFES["sha512"]]).hexdigest(),
    )
    bag[PERNYATAAN] = bita_pernyataan(replace(pernyataan, manifes=manifes))
    if tanda_tangani is not None:
        tanda = tanda_tangani(bag[PERNYATAAN], RUANG_ARSIP)
        if not tanda:
            raise KinerjaError("arsip tidak ditandatangani", "pakai kunci pribadi: kinerja init --help")
        bag[TANDA] = tanda.encode()
    nama = sorted([*muatan, *bag])
    tulis_zip(keluar, ((n, bag[n] if n in bag else isi[n.removeprefix("data/")]) for n in nama))


def bita_pernyataan(pernyataan: Pernyataan) -> bytes:
    """Canonical JSON of the statement: the bytes that are signed."""
    return kanonik(polos_json(pernyataan))


def isi_log(catatan: Iterable[PeristiwaBertanda]) -> dict[str, bytes]:
    """Payload paths of the event log, byte for byte; an unsigned event has no ``.sig``."""
    hasil: dict[str, bytes] = {}
    for c in catatan:
        nama = f"peristiwa/{c.peristiwa.urut:06d}.json"
        hasil[nama] = c.bita
        if c.tanda_tangan:
            hasil[f"{nama}.sig"] = c.tanda_tangan.encode()
    return hasil


def tulis_zip(keluar: BinaryIO, berkas: Iterable[tuple[str, bytes]]) -> None:
    """Writes a ZIP of the strict profile; ``berkas`` must come sorted by name.

    Raises:
        KinerjaError: when a name or the size is outside the profile.
    """
    penjaga = PenjagaNama()
    entri: list[Entri] = []
    posisi = 0
    for nama, isi in berkas:
        alasan = cacat_nama(nama) or penjaga.cacat(nama)
        if alasan:
            raise KinerjaError(f"`{nama}` tidak dapat diarsipkan: {alasan}", "ganti nama berkasnya")
        e = Entri(nama, len(isi), zlib.crc32(isi), posisi)
        kepala = kepala_lokal(e)
        entri.append(e)
        posisi += len(kepala) + len(isi)
        if posisi > UKURAN_TERBESAR or len(entri) > ENTRI_TERBANYAK:
            raise _terlalu_besar()
        keluar.write(kepala)
        keluar.write(isi)
        del isi  # before the next is read
    panjang = 0
    for e in entri:
        panjang += keluar.write(kepala_pusat(e))
    ekor = penutup(len(entri), panjang, posisi)
    if posisi + panjang + len(ekor) > UKURAN_TERBESAR:
        raise _terlalu_besar()
    keluar.write(ekor)


# helpers


def _terlalu_besar() -> KinerjaError:
    return KinerjaError(
        f"arsip lebih dari 2 GiB atau {ENTRI_TERBANYAK} berkas",
        "keluarkan lampiran besar; arsip cukup memuat sidiknya",
    )


def _sidik(nama: Mapping[str, str], isi: Mapping[str, bytes]) -> tuple[dict[str, dict[str, str]], int]:
    """Name in the archive → hash → hex, and the bytes of all; reads one file at a time."""
    hasil: dict[str, dict[str, str]] = {}
    ukuran = 0
    for n in sorted(nama):
        bita = isi[nama[n]]
        ukuran += len(bita)
        hasil[n] = {h: hash_(bita).hexdigest() for h, hash_ in _HASH.items()}
        del bita  # before the next is read
    return hasil, ukuran


def _manifes(sidik: Mapping[str, Mapping[str, str]], nama_hash: str) -> bytes:
    return b"".join(baris_manifes(sidik[n][nama_hash], n) for n in sorted(sidik))


def _bag_info(ukuran: int, jumlah: int, p: Pernyataan) -> bytes:
    baris = [
        f"Source-Organization: {p.opd}",
        f"External-Identifier: {p.laporan}",
        f"External-Description: Laporan kinerja {p.periode} versi {p.versi}. {p.penanda}",
        f"Bagging-Date: {p.dibuat.date().isoformat()}",
        f"Payload-Oxum: {oksum(ukuran, jumlah)}",
    ]
    return "".join(f"{' '.join(b.split())}\n" for b in baris).encode()


def _lihat_saya(p: Pernyataan) -> bytes:
    penanda = f"\n*** {p.penanda} ***\n" if p.penanda else ""
    return f"""ARSIP LAPORAN KINERJA
{penanda}
{p.opd}
Laporan {p.laporan}, periode {p.periode}, versi {p.versi}
Dibuat {p.dibuat.isoformat()} oleh {p.oleh} ({p.jabatan})

ISI

  data/reports/     berkas sumber (YAML) persis seperti yang disetujui
  data/peristiwa/   siapa menyetujui apa, berurutan dan bertanda tangan
  data/acuan/       kebijakan, jabatan, identitas, dan organisasi pada hari setiap tindakan
  data/kembar/      dokumen tata kelola itu dan laporan sebagai JSON
  data/laporan/     laporan sebagai Markdown; data/csv/ tabelnya
  statement.json    pernyataan yang ditandatangani pengirim

CARA MEMERIKSA

Dengan kinerja:

    kinerja verify ARSIP.zip --percaya percaya.txt

Dengan tangan, di Linux atau macOS. Buka arsip ke folder kosong, masuk ke folder itu, lalu:

1. Isi utuh. Semua baris harus OK:

    sha256sum -c --strict manifest-sha256.txt tagmanifest-sha256.txt
    sha512sum -c --strict manifest-sha512.txt tagmanifest-sha512.txt

2. Sidik kedua manifes harus sama dengan "manifes" dalam statement.json:

    sha256sum tagmanifest-sha256.txt
    sha512sum tagmanifest-sha512.txt

3. Pernyataan ditandatangani {p.oleh}. Harus tertulis: Good "{RUANG_ARSIP}" signature

    ssh-keygen -Y verify -f percaya.txt -I {p.oleh} -n {RUANG_ARSIP} \\
      -s {TANDA} < {PERNYATAAN}

percaya.txt adalah daftar kunci yang Anda terima lewat jalan lain (di atas kertas, atau
langsung dari orangnya). Jangan memakai kunci yang datang bersama arsip: pemalsu pun dapat
menyertakan kuncinya. Pemeriksaan dengan tangan tidak mengulang persetujuan dan tidak
memeriksa waktu; untuk itu pakailah kinerja dan tanda terima di samping arsip ini.

Tanda tangan dengan kunci sendiri tidak tersertifikasi (PP 71/2019 Pasal 60).
""".encode()
