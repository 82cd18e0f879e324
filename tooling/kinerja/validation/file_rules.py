"""Rules of any file, whatever its kind: its place, and its raw text with comments.

Each rule is a generator whose docstring is the rule. Texts that staff write in a worksheet
are judged by ``text_rules``, where they have a pointer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kinerja.domain.findings import Tingkat
from kinerja.validation.context import Pelanggaran, Titik, bunyi
from kinerja.validation.personal_data import nomor_pribadi
from kinerja.validation.places import harapan_letak, jenis_jalur


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
    if n.jalur.startswith("reports/") and jenis_jalur(n.jalur) is None:
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
    """Tidak ada NIK, nomor KK, atau nomor telepon di mana pun, juga dalam komentar."""
    if not nomor_pribadi(n.teks):
        return
    dalam_nilai = {nomor for teks in _semua_teks(n.data) for nomor, _ in nomor_pribadi(teks)}
    lembar = jenis_jalur(n.jalur) == "kertas-kerja"
    for i, baris in enumerate(n.teks.splitlines()):
        for nomor, jenis in nomor_pribadi(baris):
            if not (lembar and nomor in dalam_nilai):
                yield Pelanggaran(
                    "", nomor[:4] + "…",
                    f"tampak seperti {jenis}, padahal berkas ini akan terbuka untuk umum",
                    "hapus nomornya", tempat=Titik(i + 1, baris.index(nomor) + 1),
                )  # fmt: skip


# helpers


def _semua_teks(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for v in data.values():
            yield from _semua_teks(v)
    elif isinstance(data, list):
        for v in data:
            yield from _semua_teks(v)
