"""The archive: a narrowed BagIt 1.0 bag with a signed statement, in a strict ZIP.

It decides the layout and the statement; the same input gives the same bytes. It leaves out
which files go in (``archive_step``) and whether an archive is genuine (``verification``).

Layout: ``bagit.txt``, ``bag-info.txt``, two manifests, two tag manifests, ``LIHAT-SAYA.txt``,
``data/…``, ``statement.json`` and ``signatures/arsip.sig`` (RFC 8493; the last two are closed
by the statement's signature, not by the tag manifests).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from kinerja.domain.arsip import RUANG_ARSIP, Manifes, Pernyataan, TandaTerimaArsip
from kinerja.domain.peristiwa import kanonik
from kinerja.publishing.zipstrict import tulis_zip

PERNYATAAN = "statement.json"
TANDA_TANGAN = "signatures/arsip.sig"
MANIFES = {"sha256": "manifest-sha256.txt", "sha512": "manifest-sha512.txt"}
TAG = {"sha256": "tagmanifest-sha256.txt", "sha512": "tagmanifest-sha512.txt"}
BERKAS_TAG = ("LIHAT-SAYA.txt", "bag-info.txt", "bagit.txt", *MANIFES.values())
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def susun_arsip(
    isi: Mapping[str, bytes], pernyataan: Pernyataan, tanda_tangani: Callable[[bytes, str], str | None]
) -> bytes:
    """The signed archive.

    Args:
        isi: payload, path below ``data/`` → bytes.
        pernyataan: the statement; its ``manifes`` is filled in here.
        tanda_tangani: signs bytes in a namespace, giving armored SSHSIG.
    """
    muatan = {f"data/{j}": b for j, b in isi.items()}
    berkas = {
        "bagit.txt": BAGIT,
        "bag-info.txt": _bag_info(muatan, pernyataan),
        "LIHAT-SAYA.txt": _lihat_saya(pernyataan),
    }
    for nama, jalur in MANIFES.items():
        berkas[jalur] = _manifes(muatan, nama)
    tag = {jalur: _manifes({j: berkas[j] for j in BERKAS_TAG}, nama) for nama, jalur in TAG.items()}
    lengkap = replace(
        pernyataan,
        manifes=Manifes(
            hashlib.sha256(tag[TAG["sha256"]]).hexdigest(),
            hashlib.sha512(tag[TAG["sha512"]]).hexdigest(),
        ),
    )
    bita = bita_pernyataan(lengkap)
    tanda = tanda_tangani(bita, RUANG_ARSIP) or ""
    return tulis_zip({**muatan, **berkas, **tag, PERNYATAAN: bita, TANDA_TANGAN: tanda.encode()})


def bita_pernyataan(pernyataan: Pernyataan) -> bytes:
    """Canonical JSON of the statement: the bytes that are signed."""
    return kanonik(polos_json(pernyataan))


def bita_tanda_terima(terima: TandaTerimaArsip) -> bytes:
    """Canonical JSON of a receipt: the bytes that the receiver signs."""
    return kanonik(polos_json(terima))


def kembar(jalur: str, bita: bytes, isi: object) -> bytes:
    """The canonical JSON twin of a YAML file, bound to it by digest.

    Args:
        isi: plain data in which Decimal is already text.
    """
    sumber = {"jalur": jalur, "sha256": hashlib.sha256(bita).hexdigest()}
    return kanonik({"sumber": sumber, "isi": isi})


def polos_json(obj: Any) -> Any:  # noqa: ANN401 - any dataclass of JSON-able fields
    """Plain data of a frozen dataclass."""
    if hasattr(obj, "__dataclass_fields__"):
        return {f: polos_json(getattr(obj, f)) for f in obj.__dataclass_fields__}
    if isinstance(obj, Enum):
        return obj.value
    if isinstance(obj, datetime | date):
        return obj.isoformat()
    if isinstance(obj, tuple):
        return [polos_json(x) for x in obj]
    return obj


# helpers


def _manifes(berkas: Mapping[str, bytes], nama: str) -> bytes:
    baris = [
        f"{hashlib.new(nama, berkas[j]).hexdigest()}  {j}\n" for j in sorted(berkas, key=str.encode)
    ]
    return "".join(baris).encode()


def _bag_info(muatan: Mapping[str, bytes], p: Pernyataan) -> bytes:
    ukuran = sum(map(len, muatan.values()))
    penanda = f"Internal-Sender-Description: {p.penanda}\n" if p.penanda else ""
    return (
        f"Source-Organization: {p.opd}\n"
        f"External-Identifier: {p.laporan}\n"
        f"Bagging-Date: {p.dibuat.date().isoformat()}\n"
        f"Payload-Oxum: {ukuran}.{len(muatan)}\n{penanda}"
    ).encode()


def _lihat_saya(p: Pernyataan) -> bytes:
    return f"""ARSIP LAPORAN KINERJA
{p.penanda}
{p.opd}
Periode {p.periode}, versi {p.versi}

Isi
  data/reports/      berkas sumber (YAML) persis seperti yang disetujui
  data/peristiwa/    siapa menyetujui apa, berurutan dan bertanda tangan
  data/laporan/      laporan sebagai Markdown; data/csv/ tabelnya
  statement.json     pernyataan yang ditandatangani pengirim

Memeriksa dengan kinerja
  kinerja verify ARSIP.zip --percaya kunci-tepercaya.txt

Memeriksa tanpa kinerja (Linux, sesudah diekstrak ke folder kosong)
  sha256sum -c manifest-sha256.txt
  sha256sum -c tagmanifest-sha256.txt
  sha256sum tagmanifest-sha256.txt     (bandingkan dengan manifes di statement.json)
  ssh-keygen -Y verify -f kunci-tepercaya.txt -I {p.oleh} -n kinerja.arsip.v1 \\
    -s signatures/arsip.sig < statement.json

Berkas kunci-tepercaya.txt tidak ada di dalam arsip ini: mintalah lewat jalan lain dan
cocokkan sidiknya. Tanda tangan di sini dengan kunci sendiri, tidak tersertifikasi
(PP 71/2019 Pasal 60).
""".encode()
