"""Verifying an archive: the pure checks wired to our keys, schemas and evaluator."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from kinerja.adapters.documents import untuk_json
from kinerja.adapters.keys import periksa
from kinerja.adapters.yaml_strict import muat
from kinerja.archive_step import putar_ulang
from kinerja.domain.errors import PemakaianError
from kinerja.publishing.verification import Pemeriksa, Putusan, baca_percaya, periksa_arsip


def verifikasi(berkas: BinaryIO, percaya: str, tanda_terima: bytes | None) -> Putusan:
    """The verdict on an archive.

    Args:
        percaya: text of the trust file (OpenSSH ``allowed_signers``).
        tanda_terima: bytes of the receipt beside the archive, if any.

    Raises:
        PemakaianError: the trust file cannot be used.
    """
    try:
        kunci = baca_percaya(percaya)
    except ValueError as e:
        raise PemakaianError(str(e), "mintalah berkas kunci yang benar dari dinas") from e
    return periksa_arsip(berkas, Pemeriksa(kunci, periksa, putar_ulang, tanda_terima, muat=_muat))


def _muat(bita: bytes) -> object:
    """Plain JSON-able data of a YAML source, to compare its twin with."""
    data, temuan = muat(bita, "arsip")
    if temuan:
        raise ValueError(temuan[0].pesan)
    return untuk_json(data)


def verifikasi_berkas(arsip: Path, percaya: Path, terima: Path | None) -> Putusan:
    """The verdict on an archive file, with the receipt that stands beside it."""
    samping = terima or arsip.with_name(f"{arsip.name}.tanda-terima.json")
    isi = samping.read_bytes() if samping.is_file() else None
    try:
        teks = percaya.read_text(encoding="utf-8")
    except UnicodeDecodeError as e:
        raise PemakaianError(f"{percaya.name} bukan berkas kunci tepercaya", "minta ulang berkasnya") from e
    with arsip.open("rb") as berkas:
        return verifikasi(berkas, teks, isi)
