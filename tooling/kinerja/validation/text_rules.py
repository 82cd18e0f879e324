"""Rules of what staff write: no personal numbers, nothing that cannot be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kinerja.validation.context import Konteks, Pelanggaran
from kinerja.validation.personal_data import nomor_pribadi

_TAK_TAMPAK = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_TEPI = " \t\u00a0\u3000"
_TEKS = ("penjelasan", "faktor_pendorong", "faktor_penghambat", "realisasi")


def tanpa_nomor_pribadi(k: Konteks) -> Iterator[Pelanggaran]:
    """Tidak ada NIK, nomor KK, atau nomor telepon dalam teks."""
    for tempat, teks in _semua_teks(k):
        for nomor, jenis in nomor_pribadi(teks):
            yield Pelanggaran(
                tempat, nomor[:4] + "…",
                f"tampak seperti {jenis}, padahal kertas kerja ini akan terbuka untuk umum",
                "hapus nomornya; cukup tulis jumlah orangnya",
            )  # fmt: skip


def teks_bersih(k: Konteks) -> Iterator[Pelanggaran]:
    """Tidak ada huruf tak tampak atau spasi di tepi teks."""
    for tempat, teks in _semua_teks(k):
        cocok = _TAK_TAMPAK.search(teks)
        if cocok:
            yield Pelanggaran(
                tempat, _TAK_TAMPAK.sub("␣", teks),
                f"ada huruf yang tidak tampak (U+{ord(cocok[0]):04X})", "ketik ulang teksnya",
            )  # fmt: skip
        elif teks.rstrip("\n").strip(_TEPI) != teks.rstrip("\n"):
            yield Pelanggaran(tempat, teks, "ada spasi di awal atau akhir", "hapus spasinya")


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
