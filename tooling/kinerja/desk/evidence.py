"""Evidence files: kept by their digest outside Git, named in the worksheet.

It decides where a file lies and how it is named; the worksheet holds name, SHA-256, size and
date alone. A file that is there already is not written again.

Example:
    >>> lampirkan(folder, "daftar hadir.pdf", aliran, hari).nama
    'daftar hadir.pdf'
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, BinaryIO

from kinerja import sop
from kinerja.adapters.yaml_strict import muat
from kinerja.checking.number_fields import nilai_di
from kinerja.domain.errors import DitolakError, PemakaianError
from kinerja.domain.kertas_kerja import Bukti
from kinerja.domain.periode import Periode
from kinerja.session import Hasil, Sesi

TERBESAR = 50_000_000
"""Bytes of one evidence file."""
_POTONG = 1 << 20
_NAMA_TERPANJANG = 200


def lampirkan(folder: Path, nama: str, aliran: BinaryIO, hari: date) -> Bukti:
    """Keeps a file and gives what the worksheet writes of it.

    Raises:
        PemakaianError: it is empty, too large, or has no name.
    """
    bersih = nama_berkas(nama)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sidik, ukuran = hashlib.sha256(), 0
    fd, sementara = tempfile.mkstemp(dir=folder, prefix=".masuk-")
    try:
        with os.fdopen(fd, "wb") as keluar:
            while bagian := aliran.read(_POTONG):
                ukuran += len(bagian)
                if ukuran > TERBESAR:
                    raise PemakaianError(
                        f"{bersih} lebih dari {TERBESAR // 1_000_000} MB", "perkecil atau bagi berkasnya"
                    )
                sidik.update(bagian)
                keluar.write(bagian)
            keluar.flush()
            os.fsync(keluar.fileno())
        if not ukuran:
            raise PemakaianError(f"{bersih} kosong", "pilih berkas yang ada isinya")
        tujuan = tempat(folder, sidik.hexdigest())
        tujuan.parent.mkdir(exist_ok=True, mode=0o700)
        Path(sementara).replace(tujuan)
    finally:
        Path(sementara).unlink(missing_ok=True)
    return Bukti(bersih, sidik.hexdigest(), ukuran, hari)


def tempat(folder: Path, sha256: str) -> Path:
    """Where a file of this digest lies."""
    return folder / sha256[:2] / sha256


def nama_berkas(nama: str) -> str:
    """A file's own name, without folders and without what cannot be printed."""
    polos = PureWindowsPath(PurePosixPath(nama).name).name
    bersih = "".join(h for h in polos if h.isprintable()).strip().lstrip(".")
    if not bersih:
        raise PemakaianError("berkas bukti tidak bernama", "beri nama, misalnya daftar-hadir.pdf")
    batang, titik, akhiran = bersih.rpartition(".")
    if len(bersih) > _NAMA_TERPANJANG and titik:
        return f"{batang[: _NAMA_TERPANJANG - len(akhiran) - 1]}.{akhiran[:20]}"
    return bersih[:_NAMA_TERPANJANG]


def tulis_bukti(sesi: Sesi, periode: Periode, id_bidang: str, nomor: int, bukti: Bukti) -> Hasil:
    """Names a kept file in a line of the worksheet; one that is named already is not named twice."""
    ada = _daftar(sesi, periode, id_bidang, nomor)
    if any(b.get("sha256") == bukti.sha256 for b in ada):
        raise DitolakError(f"berkas yang sama dengan {bukti.nama} sudah dilampirkan", "pilih berkas lain")
    baru = {"nama": bukti.nama, "sha256": bukti.sha256, "ukuran": bukti.ukuran,
            "tanggal": bukti.tanggal.isoformat() if bukti.tanggal else None}  # fmt: skip
    hasil = sop.isi(sesi, periode, id_bidang, nilai={f"/indikator/{nomor}/bukti": [*ada, baru]})
    return Hasil(f"bukti {bukti.nama} dilampirkan", hasil.rincian)


def tuntut_baris(sesi: Sesi, periode: Periode, id_bidang: str, nomor: int) -> None:
    """Refuses a line that the worksheet does not have, before anything is kept for it."""
    _daftar(sesi, periode, id_bidang, nomor)


def lepas_bukti(sesi: Sesi, periode: Periode, id_bidang: str, nomor: int, ke: int) -> Hasil:
    """Takes a file's name out of a line; the file itself stays where it is kept."""
    ada = _daftar(sesi, periode, id_bidang, nomor)
    if not 0 <= ke < len(ada):
        raise PemakaianError("bukti ini sudah tidak ada di lembar", "muat ulang halaman")
    sisa = [b for n, b in enumerate(ada) if n != ke]
    sop.isi(sesi, periode, id_bidang, nilai={f"/indikator/{nomor}/bukti": sisa})
    return Hasil(f"bukti {ada[ke].get('nama')} dilepas")


# helpers


def _daftar(sesi: Sesi, periode: Periode, id_bidang: str, nomor: int) -> list[dict[str, Any]]:
    data, _ = muat(sop.ambil(sesi, periode, id_bidang), "")
    if nilai_di(data, f"/indikator/{nomor}") is None:
        raise PemakaianError("baris ini tidak ada di lembar", "muat ulang halaman")
    ada = nilai_di(data, f"/indikator/{nomor}/bukti")
    return [b for b in ada if isinstance(b, dict)] if isinstance(ada, list) else []
