"""The figure at the end of a worksheet's line: capaian or serapan, and how it moves while one types.

It decides nothing of its own: figures are ``calculation``'s, for what is saved and, as pieces,
for what is being typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kinerja.calculation.capaian import hitung
from kinerja.calculation.numbers import format_angka, format_persen
from kinerja.calculation.pieces import Potongan, potongan, serapan_potongan
from kinerja.calculation.recap import kategori, serapan
from kinerja.domain.kertas_kerja import BarisAnggaran, BarisIndikator
from kinerja.domain.laporan import BarisCapaian
from kinerja.domain.perencanaan import Arah, Indikator
from kinerja.domain.tata_kelola import Skala
from kinerja.validation.context import Konteks

TANPA_ANGKA = "–"
BELUM_DIISI = "belum diisi"


@dataclass(frozen=True, slots=True)
class HasilSel:
    """A line's figure.

    Attributes:
        teks: ``93,75 %``, or why there is none. kategori, kelas: its class and that class's number.
        kosong: what is shown while the cell is empty.
        potongan: the figure as pieces of the typed number; empty where it is no number.
        kata: predikat → the figure and the number of its class (-1 without).
        petunjuk: what helps to fill the line.
    """

    teks: str = TANPA_ANGKA
    kategori: str = ""
    kelas: int | None = None
    kosong: str = TANPA_ANGKA
    potongan: tuple[Potongan, ...] = ()
    kata: tuple[tuple[str, str, int], ...] = ()
    petunjuk: str = ""

    def data_potongan(self) -> list[dict[str, object]]:
        """The pieces as plain data, every number an exact decimal in text."""
        return [
            {
                "maks": None if p.maks is None else f"{p.maks:f}", "termasuk": p.termasuk,
                "a": f"{p.a:f}", "b": f"{p.b:f}", "c": f"{p.c:f}", "d": f"{p.d:f}", "alasan": p.alasan,
            }
            for p in self.potongan
        ]  # fmt: skip


TANPA_HASIL = HasilSel()


def hasil_indikator(n: int, k: Konteks) -> HasilSel:
    """Capaian of the n-th indikator of a worksheet; nothing for a line that the plan does not know."""
    pasangan = next(((b, i) for m, b, i in k.pasangan if m == n), None)
    if pasangan is None:
        return TANPA_HASIL
    b, indikator = pasangan
    skala = k.acuan.skala
    teks, kelas = _tampil(k.capaian.get(n), skala)
    if indikator.arah is Arah.PREDIKAT:
        kata = tuple(_kata(k, b, indikator))
        return HasilSel(teks, _nama(kelas, skala), kelas, BELUM_DIISI, kata=kata)
    if indikator.arah is Arah.ADA_TIDAK:
        return HasilSel(teks, "", None, BELUM_DIISI)
    potong = potongan(
        indikator, k.acuan.target[b.id], k.realisasi.get(b.id, {}), k.periode.bagian,
        k.acuan.kebijakan.perhitungan,
    )  # fmt: skip
    return HasilSel(teks, _nama(kelas, skala), kelas, BELUM_DIISI, potong)


def hasil_anggaran(a: BarisAnggaran, k: Konteks) -> HasilSel:
    """Serapan of a budget line, with what the SPJ Fungsional says of it."""
    persen = serapan(a.pagu, a.realisasi)
    spj = k.acuan.baris_spj.get(a.kode)
    petunjuk = f"{k.acuan.nama_spj}: {format_angka(spj.jumlah_sd_bulan_ini)}" if spj else ""
    return HasilSel(
        TANPA_ANGKA if persen is None else format_persen(persen),
        potongan=serapan_potongan(a.pagu), petunjuk=petunjuk,
    )  # fmt: skip


# helpers


def _tampil(c: BarisCapaian | None, skala: Skala) -> tuple[str, int | None]:
    if c is None:
        return BELUM_DIISI, None
    if c.capaian is not None:
        return format_persen(c.capaian), _nomor(c.kategori, skala)
    if c.tercapai is not None:
        return ("tercapai" if c.tercapai else "tidak tercapai"), None
    return c.alasan, None


def _nomor(nama: str, skala: Skala) -> int | None:
    return next((n for n, k in enumerate(skala.kelas) if k.nama == nama), None)


def _nama(kelas: int | None, skala: Skala) -> str:
    return "" if kelas is None else skala.kelas[kelas].nama


def _kata(k: Konteks, b: BarisIndikator, i: Indikator) -> Iterator[tuple[str, str, int]]:
    """What each predikat would give."""
    bagian, skala = k.periode.bagian, k.acuan.skala
    for p in i.predikat:
        c = hitung(
            i, k.acuan.target[b.id], {**k.realisasi.get(b.id, {}), bagian: p.kode}, bagian,
            k.acuan.kebijakan.perhitungan, skala,
        )  # fmt: skip
        nomor = None if c.capaian is None else _nomor(kategori(c.capaian, skala), skala)
        yield (
            p.kode,
            c.alasan if c.capaian is None else format_persen(c.capaian),
            -1 if nomor is None else nomor,
        )
