"""Rules of what staff write in a worksheet: no personal numbers.

Each rule is a generator whose docstring is the rule. Raw text, comments and what cannot be seen
are judged by ``file_rules``, in every file alike.
"""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.validation.context import Konteks, Pelanggaran
from kinerja.validation.personal_data import nomor_pribadi

_TEKS = ("penjelasan", "faktor_pendorong", "faktor_penghambat", "realisasi")


def tanpa_nomor_pribadi(k: Konteks) -> Iterator[Pelanggaran]:
    """Tidak ada NIK, nomor KK, nomor telepon, atau nomor rekening bank dalam teks."""
    for tempat, teks in _semua_teks(k):
        for nomor, jenis in nomor_pribadi(teks):
            yield Pelanggaran(
                tempat, nomor[:4] + "…",
                f"tampak seperti {jenis}, padahal kertas kerja ini akan terbuka untuk umum",
                "hapus nomornya; cukup tulis jumlah orangnya",
            )  # fmt: skip


# helpers


def _semua_teks(k: Konteks) -> Iterator[tuple[str, str]]:
    """Every text that staff write, with its pointer."""
    for n, baris in enumerate(k.kertas_kerja.indikator):
        for isian in _TEKS:
            if isinstance(teks := getattr(baris, isian), str):
                yield f"/indikator/{n}/{isian}", teks
        if baris.tindak_lanjut is not None:
            yield f"/indikator/{n}/tindak_lanjut/uraian", baris.tindak_lanjut.uraian
        for i, bukti in enumerate(baris.bukti):
            yield f"/indikator/{n}/bukti/{i}/nama", bukti.nama
    for n, b in enumerate(k.kertas_kerja.anggaran):
        if b.penjelasan is not None:
            yield f"/anggaran/{n}/penjelasan", b.penjelasan
    if k.kertas_kerja.catatan is not None:
        yield "/catatan", k.kertas_kerja.catatan
