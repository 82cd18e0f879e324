"""Rules of any file, whatever its kind: its place, and its raw text with comments.

Each rule is a generator whose docstring is the rule. What the fields mean is not its matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from kinerja.domain.findings import Tingkat
from kinerja.validation.clean_text import bersih_semua, kotor, tampak_bersih
from kinerja.validation.context import Pelanggaran, Titik, bunyi
from kinerja.validation.personal_data import nomor_pribadi
from kinerja.validation.places import harapan_letak, jenis_jalur

_PROSA = frozenset({
    "penjelasan", "faktor_pendorong", "faktor_penghambat", "uraian", "catatan", "instruksi", "alasan",
    "pendahuluan", "analisis", "penutup", "keterangan", "definisi_operasional", "formulasi", "tentang",
})  # fmt: skip
"""Sentences for people: an invisible character there changes nothing that is compared."""

_NOMOR_TERBANYAK = 100
"""One is a fault already; a file of nothing but numbers need not fill the screen."""


@dataclass(frozen=True, slots=True)
class Naskah:
    """A file: path, text, and plain data."""

    jalur: str
    teks: str
    data: object


@dataclass(frozen=True, slots=True)
class AturanNaskah:
    """A rule of any file."""

    id: str
    tingkat: Tingkat
    dasar: str
    periksa: Callable[[Naskah], Iterator[Pelanggaran]]

    @property
    def bunyi(self) -> str:
        """The rule's wording: the first line of its docstring."""
        return bunyi(self.periksa)


def letak_dikenal(n: Naskah) -> Iterator[Pelanggaran]:
    """Setiap berkas YAML di bawah reports/ berada di tempat yang dikenal."""
    if not n.jalur.startswith("reports/") or jenis_jalur(n.jalur) is not None:
        return
    baku = re.sub(r"\.ya?ml\Z", ".yaml", n.jalur, flags=re.IGNORECASE)
    if jenis_jalur(baku) is not None:
        yield Pelanggaran(
            "", "", "akhiran nama berkasnya bukan `.yaml`, jadi isinya tidak akan terpakai",
            f"ganti namanya menjadi {baku.rpartition('/')[2]}",
        )  # fmt: skip
    else:
        yield Pelanggaran(
            "", "", "letak berkas ini tidak dikenal, jadi isinya tidak akan terpakai",
            "pindahkan ke tempatnya, misalnya reports/2024/tw1/kertas-kerja/<bidang>.yaml",
        )  # fmt: skip


def isi_sesuai_letak(n: Naskah) -> Iterator[Pelanggaran]:
    """Periode, tahun, bulan, dan bidang di dalam berkas sama dengan letaknya."""
    if jenis_jalur(n.jalur) == "kertas-kerja":
        return  # the worksheet's own rule knows its bidang
    data = n.data if isinstance(n.data, dict) else {}
    for isian, nilai in harapan_letak(n.jalur).items():
        if isian in data and data[isian] != nilai:
            yield Pelanggaran(
                f"/{isian}", str(data[isian]), f"{isian} tidak sama dengan letak berkasnya",
                f"tulis `{nilai}`, atau pindahkan berkasnya",
            )  # fmt: skip


def tanpa_nomor_pribadi(n: Naskah) -> Iterator[Pelanggaran]:
    """Tidak ada NIK, nomor KK, nomor telepon, atau nomor rekening bank di mana pun, juga dalam komentar."""
    yield from islice(_nomor_terbuka(n), _NOMOR_TERBANYAK)


def teks_bersih(n: Naskah) -> Iterator[Pelanggaran]:
    """Tidak ada huruf tak tampak atau spasi di tepi nilai dan nama isian."""
    if tampak_bersih(n.teks) or bersih_semua(n.data):
        return
    for tempat, teks, kunci in _semua_bertempat(n.data, ""):
        salah = kotor(teks)
        if salah:
            prosa = not kunci and tempat.rpartition("/")[2] in _PROSA
            yield Pelanggaran(tempat, *salah, Tingkat.PERINGATAN if prosa else None, pada_kunci=kunci)


# helpers


def _nomor_terbuka(n: Naskah) -> Iterator[Pelanggaran]:
    if not ("\\" in n.teks or nomor_pribadi(n.teks) or nomor_pribadi(" ".join(n.teks.split()))):
        return
    dalam_nilai: dict[tuple[str, str], str] = {}
    for tempat, teks, _ in _semua_bertempat(n.data, ""):
        for temu in nomor_pribadi(teks):
            dalam_nilai.setdefault(temu, tempat)
    sudah: set[tuple[str, str]] = set()
    for i, baris in enumerate(n.teks.splitlines()):
        for temu in nomor_pribadi(baris):
            sudah.add(temu)
            titik = Titik(i + 1, max(baris.find(temu[0]), 0) + 1)  # it may be written otherwise there
            yield _terbuka(n, *temu, dalam_nilai.get(temu, ""), titik)
    for temu, tempat in dalam_nilai.items():
        if temu not in sudah:
            yield _terbuka(n, *temu, tempat, None)


def _semua_bertempat(data: object, tempat: str) -> Iterator[tuple[str, str, bool]]:
    """Every text: its pointer, the text, and whether it is the name of a field."""
    if isinstance(data, str):
        yield tempat, data, False
    elif isinstance(data, dict):
        for k, v in data.items():
            anak = f"{tempat}/{k.replace('~', '~0').replace('/', '~1')}"
            yield anak, k, True
            yield from _semua_bertempat(v, anak)
    elif isinstance(data, list):
        for i, v in enumerate(data):
            yield from _semua_bertempat(v, f"{tempat}/{i}")


def _terbuka(n: Naskah, nomor: str, jenis: str, penunjuk: str, titik: Titik | None) -> Pelanggaran:
    cukup = "; cukup tulis jumlah orangnya" if jenis_jalur(n.jalur) == "kertas-kerja" else ""
    return Pelanggaran(
        penunjuk, nomor[:4] + "…", f"tampak seperti {jenis}, padahal berkas ini akan terbuka untuk umum",
        f"hapus nomornya{cukup}", tempat=titik,
    )  # fmt: skip
