"""Whether a figure of the plan, the DPA or the history says what its writer meant.

Each rule is a generator whose docstring is the rule. ``1.000`` is one to a computer and a
thousand to an Indonesian hand; ``71,5`` is a text. A worksheet's own figures are asked about by
``quantity_rules``, texts for a target by ``plan_rules``; here is what others are compared with.

Example: target `1.000` keluarga → "titik dibaca sebagai desimal: 1,000; tulis `1000`".
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from kinerja.calculation.numbers import KONTEKS, Ambigu, Terbaca, baca_angka, format_angka
from kinerja.domain.findings import Tingkat
from kinerja.domain.perencanaan import Akumulasi, Arah, Indikator, Nilai, RentangNilai, TargetIndikator
from kinerja.domain.periode import TRIWULAN
from kinerja.validation.clean_text import kotor
from kinerja.validation.comparisons import tergeser
from kinerja.validation.context import Pelanggaran, teks_nilai
from kinerja.validation.doubts import ANGKA, mirip_ribuan, saran_ribuan
from kinerja.validation.plan_memory_rules import pagu_tetap, target_tetap
from kinerja.validation.repository_context import (
    RIWAYAT,
    DiBerkas,
    KonteksRepositori,
    jalur_anggaran,
    jalur_rencana,
)
from kinerja.validation.schema_words import saran_angka
from kinerja.validation.units import persen, terhitung

_BAGIAN = (*TRIWULAN, "tahunan", "renstra_akhir")
_SEPULUH = Decimal(10)


class Sel(NamedTuple):
    """One figure: its file, pointer, value, unit, whether it must be a number, and its own target."""

    berkas: str
    penunjuk: str
    nilai: Nilai
    satuan: str
    wajib_angka: bool
    janji: Decimal | None = None


def angka_rencana_jelas(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Angka dalam rencana, anggaran, dan riwayat ditulis sebagai angka, jelas ribuan atau desimal."""
    dipindah: set[tuple[str, str]] | None = None
    for sel in (*_target(k), *_pembanding(k), *_keluaran(k), *_riwayat(k)):
        salah = _salah(sel)
        if salah is None:
            continue
        if dipindah is None:
            dipindah = _dipindah(k)
        if (sel.berkas, _sel_utuh(sel.penunjuk)) not in dipindah:
            pesan, tindakan, tingkat = salah
            p = Pelanggaran(sel.penunjuk, teks_nilai(sel.nilai), pesan, tindakan, tingkat)
            yield sel.berkas, p


# helpers

Salah = tuple[str, str, Tingkat | None]
"""What is wrong, what to do, severity."""


def _dipindah(k: KonteksRepositori) -> set[tuple[str, str]]:
    """What moved against the base is told to go back, and not how to write it better."""
    return {(berkas, p.penunjuk) for berkas, p in (*target_tetap(k), *pagu_tetap(k))}


def _sel_utuh(penunjuk: str) -> str:
    """A stretch is one target: the pointer without its end."""
    return penunjuk.removesuffix("/bawah").removesuffix("/atas")


def _salah(sel: Sel) -> Salah | None:
    if isinstance(sel.nilai, Decimal):
        return _kecil(sel.nilai, sel) if persen(sel.satuan) else _ribuan(sel.nilai, sel)
    return _teks(sel.nilai, sel) if isinstance(sel.nilai, str) else None


def _teks(nilai: str, sel: Sel) -> Salah | None:
    desimal = not terhitung(sel.satuan)
    if kotor(nilai) or not (sel.wajib_angka or _terbaca(nilai, desimal=desimal)):
        return None
    return "ini teks, padahal dibandingkan sebagai angka", saran_angka(nilai, desimal=desimal), None


def _terbaca(teks: str, *, desimal: bool) -> bool:
    """True for a bare number in another shape; ``12 dokumen`` may stay a text."""
    hasil = baca_angka(teks, desimal=desimal)
    return isinstance(hasil, Ambigu) or (isinstance(hasil, Terbaca) and not hasil.satuan)


def _ribuan(nilai: Decimal, sel: Sel) -> Salah | None:
    if not mirip_ribuan(nilai):
        return None
    hitungan = terhitung(sel.satuan)
    pesan = f"titik dibaca sebagai desimal: {format_angka(nilai)}"
    return pesan, saran_ribuan(nilai, hitungan=hitungan), None if hitungan else Tingkat.PERINGATAN


def _kecil(nilai: Decimal, sel: Sel) -> Salah | None:
    """A percentage may have three decimals; a tenth of what is promised is a slipped point."""
    if sel.janji is None or not 0 < KONTEKS.multiply(nilai, _SEPULUH) < sel.janji:
        return None
    usul = tergeser(nilai, [sel.janji], sel.satuan)
    maksud = "periksa letak titik desimalnya" if usul is None else f"mungkin maksudnya `{usul:f}`"
    return (
        f"jauh di bawah targetnya ({format_angka(sel.janji)})", f"{maksud}; bila memang sekecil itu, biarkan",
        Tingkat.PERINGATAN,
    )  # fmt: skip


def _target(k: KonteksRepositori) -> Iterator[Sel]:
    """Every target that is a number; of the others ``target-sejenis`` speaks.

    A mean may have three decimals; that it is one, ``target-triwulan`` looks.
    """
    for tahun, r in k.rencana.items():
        kamus, berkas = {i.id: i for i in r.indikator}, jalur_rencana(tahun)
        for n, v in enumerate(r.versi):
            for id_indikator, t in v.target.items():
                i = kamus.get(id_indikator)
                for isian, nilai in _angka_target(t) if i else ():
                    if i and not (isian == "tahunan" and i.akumulasi is Akumulasi.RATA_RATA):
                        yield Sel(berkas, f"/versi/{n}/target/{i.id}/{isian}", nilai, i.satuan, False)


def _angka_target(t: TargetIndikator) -> Iterator[tuple[str, Decimal]]:
    for bagian in _BAGIAN:
        nilai = getattr(t, bagian)
        if isinstance(nilai, Decimal):
            yield bagian, nilai
        elif isinstance(nilai, RentangNilai):
            yield f"{bagian}/bawah", nilai.bawah
            yield f"{bagian}/atas", nilai.atas


def _pembanding(k: KonteksRepositori) -> Iterator[Sel]:
    for tahun, r in k.rencana.items():
        for n, i in enumerate(r.indikator):
            janji = _janji(i, [v.target.get(i.id) for v in r.versi]) if i.pembanding else None
            for m, p in enumerate(i.pembanding):
                yield Sel(
                    jalur_rencana(tahun), f"/indikator/{n}/pembanding/{m}/nilai", p.nilai, i.satuan,
                    _berangka(i), janji,
                )  # fmt: skip


def _janji(i: Indikator, semua: list[TargetIndikator | None]) -> Decimal | None:
    """The smallest target of an indikator that should rise."""
    angka = [v for t in semua if t is not None for _, v in _angka_target(t) if v > 0]
    return min(angka, default=None) if i.arah is Arah.NAIK else None


def _keluaran(k: KonteksRepositori) -> Iterator[Sel]:
    """The output target of every sub kegiatan."""
    for tahun, a in k.anggaran.items():
        satuan = {s.kode: s.satuan for s in a.sub_kegiatan}
        for n, v in enumerate(a.versi):
            for kode, p in v.pagu.items():
                tempat = f"/versi/{n}/pagu/{kode}/target"
                yield Sel(jalur_anggaran(tahun), tempat, p.target, satuan.get(kode, ""), False)


def _riwayat(k: KonteksRepositori) -> Iterator[Sel]:
    for n, r in enumerate(k.riwayat.realisasi if k.riwayat else ()):
        i = k.kamus.get(r.indikator)
        yield Sel(
            RIWAYAT, f"/realisasi/{n}/realisasi", r.realisasi, i.satuan if i else "",
            i is not None and _berangka(i),
        )  # fmt: skip


def _berangka(i: Indikator) -> bool:
    return i.arah in ANGKA and i.arah is not Arah.BELUM_DITETAPKAN
