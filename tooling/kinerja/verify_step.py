"""Verifying an archive: the pure checks wired to our keys, schemas and evaluator."""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

from kinerja.adapters.documents import untuk_json
from kinerja.adapters.keys import periksa
from kinerja.adapters.reports import Reports
from kinerja.adapters.yaml_strict import muat
from kinerja.archive_step import berkas_percaya, putar_ulang
from kinerja.domain.errors import KinerjaError, PemakaianError
from kinerja.domain.putusan import Putus
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


def tuntut_layak_kirim(reports: Reports, arsip: bytes) -> None:
    """Refuses to send an archive that the receiver's own check would refuse.

    Raises:
        KinerjaError: with the first reason why it would be TIDAK SAH.
    """
    putusan = verifikasi(io.BytesIO(arsip), berkas_percaya(reports), None)
    if putusan.hasil is Putus.TIDAK_SAH:
        sebab = next(b for b in putusan.baris if b.putus is Putus.TIDAK_SAH)
        raise KinerjaError(
            f"arsip ini tidak akan dinyatakan SAH: {sebab.pokok}: {sebab.alasan}",
            "tidak ada yang ditulis; minta pengelola sistem memeriksa yang berubah sejak tanda tangan",
        )


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
