"""What a person hands to the steps: an edited worksheet, values on the command line, texts.

Numbers are read as an Indonesian hand writes them; what can mean two things is asked back.

Example:
    >>> nilai(lembar, ("rs-01.realisasi=45,21",))
    {'/indikator/0/realisasi': Decimal('45.21')}
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kinerja import sop
from kinerja.adapters.files import tulis_atomik
from kinerja.adapters.yaml_strict import muat
from kinerja.checking.number_fields import angka_diketik, bidang_angka
from kinerja.domain.errors import PemakaianError
from kinerja.domain.laporan import Narasi
from kinerja.domain.periode import Periode
from kinerja.session import Hasil, Sesi


def berkas_asal(berkas: Path) -> Path:
    """Beside a copied worksheet: the bytes that it was copied from."""
    return berkas.with_name(f"{berkas.name}.asal")


def ambil(s: Sesi, periode: Periode, bidang: str, berkas: Path) -> Hasil:
    """Copies a worksheet to a file for editing, and its origin beside it."""
    if berkas.exists():
        raise PemakaianError(f"{berkas} sudah ada", "pakai nama lain, agar suntingan lama tidak hilang")
    bita = sop.ambil(s, periode, bidang)
    tulis_atomik(berkas, bita)
    tulis_atomik(berkas_asal(berkas), bita)
    return Hasil(
        f"kertas kerja tersalin ke {berkas}",
        (f"{berkas_asal(berkas).name} mencatat asalnya; biarkan di sampingnya",),
        f"sunting, lalu: kinerja isi {periode.id} {bidang} --berkas {berkas} --ajukan",
    )


def asal(berkas: Path) -> bytes:
    """The bytes that an edited worksheet was copied from; refuses when nobody knows."""
    asal = berkas_asal(berkas)
    if not asal.is_file():
        raise PemakaianError(
            f"{asal.name} tidak ada, jadi tidak diketahui suntingan ini dari versi mana",
            "ambil kertas kerjanya dengan --ambil, salin suntingan ke sana, lalu simpan",
        )
    return asal.read_bytes()


def nilai(bita: bytes, daftar: tuple[str, ...]) -> dict[str, object]:
    """JSON pointer → value for every ``ID.ISIAN=NILAI`` of the command line."""
    data, _ = muat(bita, "")
    hasil: dict[str, object] = {}
    for butir in daftar:
        kiri, ada, teks = butir.partition("=")
        baris, _, isian = kiri.rpartition(".")
        if not ada or not baris:
            raise PemakaianError(
                f"`{butir}` tidak dapat dibaca", "tulis ID.ISIAN=NILAI, misalnya rs-01.realisasi=45,21"
            )
        penunjuk = _penunjuk(data, baris, isian)
        angka = isian in ("realisasi", "pembilang", "penyebut", "fisik")
        hasil[penunjuk] = angka_diketik(teks, *bidang_angka(data, penunjuk)) if angka else teks or None
    return hasil


def narasi(berkas: Path | None) -> Narasi | None:
    """The texts of a report from their file; None when there is none."""
    if berkas is None:
        return None
    data, temuan = muat(berkas.read_bytes(), berkas.name)
    if temuan:
        raise PemakaianError(temuan[0].teks(), "betulkan berkas narasi")
    if not isinstance(data, dict) or set(data) - {"pendahuluan", "analisis", "penutup"}:
        raise PemakaianError(f"{berkas.name} bukan narasi", "isi: pendahuluan, analisis, penutup")
    return Narasi(**{k: str(v or "") for k, v in data.items()})


# helpers


def _penunjuk(data: Any, baris: str, isian: str) -> str:  # noqa: ANN401 - plain data
    for bagian, kunci in (("indikator", "id"), ("anggaran", "kode")):
        for n, b in enumerate(data[bagian]):
            if b[kunci] == baris and isian in b:
                return f"/{bagian}/{n}/{isian}"
    raise PemakaianError(
        f"`{baris}.{isian}` tidak ada dalam kertas kerja", "periksa id atau kode dan nama isiannya"
    )
