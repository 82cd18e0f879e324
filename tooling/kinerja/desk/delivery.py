"""Step 8's files at the desk: the archive that goes out, and the receipt that comes back.

A receipt is kept for the moment between its upload and the passkey that signs its record; it is
found again by its digest.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from kinerja import sop
from kinerja.adapters.files import tulis_atomik
from kinerja.archive_step import berkas_percaya
from kinerja.desk.place import Meja
from kinerja.domain.errors import PemakaianError
from kinerja.domain.periode import Periode
from kinerja.session import Hasil, Sesi

TERIMA_TERBESAR = 100_000
"""Bytes of a receipt; a real one has fewer than 3,000."""
_SIDIK = re.compile(r"[0-9a-f]{64}")


def arsip(meja: Meja, periode: Periode) -> tuple[str, int] | None:
    """Name and size of the sent archive; None when it is not on this computer."""
    letak = _letak(meja, periode)
    return (letak.name, letak.stat().st_size) if letak is not None and letak.is_file() else None


def baca_arsip(meja: Meja, periode: Periode) -> tuple[str, bytes]:
    """The sent archive.

    Raises:
        PemakaianError: it is not on this computer.
    """
    letak = _letak(meja, periode)
    if letak is None or not letak.is_file():
        raise PemakaianError("arsip ini tidak ada di komputer ini", "cari di komputer yang mengirimnya")
    return letak.name, letak.read_bytes()


def kirim(meja: Meja, sesi: Sesi, periode: Periode) -> Hasil:
    """Builds the signed archive, keeps it, and records the delivery."""
    keluar = meja.instansi.keluar
    tulis_atomik(keluar / "kunci-tepercaya.txt", berkas_percaya(sesi.reports).encode())
    hasil, kiriman = sop.kirim(sesi, periode, lambda nama, bita: tulis_atomik(keluar / "arsip" / nama, bita))
    return Hasil(
        hasil.terjadi, (*hasil.rincian, f"disimpan di {keluar / 'arsip' / kiriman.kirim.arsip}"),
        hasil.berikutnya, hasil.pemegang,
    )  # fmt: skip


def berkas_terima(meja: Meja, sidik: str, unggahan: bytes | None) -> bytes:
    """The receipt's bytes: just uploaded, or kept since.

    Raises:
        PemakaianError: none was chosen, or it is no receipt by its size.
    """
    if unggahan:
        if len(unggahan) > TERIMA_TERBESAR:
            raise PemakaianError(
                "berkas ini terlalu besar untuk tanda terima", "pilih berkas .tanda-terima.json"
            )
        return unggahan
    letak = _titipan(meja, sidik)
    if letak is None or not letak.is_file():
        raise PemakaianError("belum ada berkas tanda terima", "pilih berkas .tanda-terima.json dari BAPPEDA")
    return letak.read_bytes()


def titip_terima(meja: Meja, bita: bytes) -> str:
    """Keeps a receipt for the turn that brings the signature; gives its digest, by which it is found."""
    sidik = hashlib.sha256(bita).hexdigest()
    letak = _titipan(meja, sidik)
    if letak is not None and not letak.is_file():
        tulis_atomik(letak, bita, 0o600)
    return sidik


def catat(meja: Meja, sesi: Sesi, periode: Periode, bita: bytes) -> Hasil:
    """Records the receipt and lays it beside the archive."""
    hasil = sop.catat_tanda_terima(sesi, periode, bita)
    kiriman = sesi.reports.kirim(periode)
    if kiriman is not None:
        tulis_atomik(meja.instansi.keluar / "arsip" / f"{kiriman.arsip}.tanda-terima.json", bita)
    return hasil


# helpers


def _letak(meja: Meja, periode: Periode) -> Path | None:
    kiriman = meja.reports().kirim(periode)
    return meja.instansi.keluar / "arsip" / Path(kiriman.arsip).name if kiriman else None


def _titipan(meja: Meja, sidik: str) -> Path | None:
    return meja.instansi.folder / "meja" / "titipan" / sidik if _SIDIK.fullmatch(sidik) else None
