"""Rules with memory: what was promised once does not move; a change is a new version.

Each rule is a generator whose docstring is the rule. They compare with the base revision and
say nothing where there is none. A year is running once one of its periods was opened there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from kinerja.calculation.numbers import KONTEKS, format_angka
from kinerja.domain.perencanaan import Akumulasi, Arah, Indikator, RumusRentang, VersiAnggaran, VersiRencana
from kinerja.domain.periode import TRIWULAN
from kinerja.validation.context import Pelanggaran, teks_nilai
from kinerja.validation.plan_rules import harap_target
from kinerja.validation.repository_context import (
    DiBerkas,
    KonteksRepositori,
    jalur_anggaran,
    jalur_rencana,
)

V = TypeVar("V", VersiRencana, VersiAnggaran)
_BAGIAN = (*TRIWULAN, "tahunan", "renstra_akhir")
_HENTI = {
    "sasaran": "",
    "indikator": "; yang dihentikan tetap tercatat, dan versi baru memberinya target `null`",
    "sub_kegiatan": "; yang dihentikan tetap tercatat, dan versi baru memberinya pagu `0`",
}
"""How a line of each list ends while its year is running."""
_BELUM = (None, Arah.BELUM_DITETAPKAN, Akumulasi.BELUM_DITETAPKAN)
"""What was not decided may be decided while the year is running."""
_CARA = ("satuan", "arah", "akumulasi", "rumus", "rumus_rentang", "target_nol", "batas_atas", "predikat")


def target_tetap(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Target dalam versi yang sudah ada tidak diubah; perubahannya versi baru dengan dasarnya."""
    for tahun, r in k.rencana.items():
        lama = k.dasar.rencana.get(tahun) if k.dasar else None
        for n, versi, semula in _berpasangan(r.versi, lama.versi if lama else ()):
            for i in lama.indikator if lama else ():
                tersebut = i.id in versi.target or i.id in semula.target
                if not tersebut or (i_kini := r.cari(i.id)) is None:
                    continue
                kini, dahulu = r.target(i.id, versi), lama.target(i.id, semula) if lama else None
                for bagian in [b for b in _BAGIAN if getattr(kini, b) != getattr(dahulu, b)]:
                    if harap_target(i_kini, getattr(kini, bagian)):
                        continue  # of another kind now, which target-sejenis tells
                    yield jalur_rencana(tahun), Pelanggaran(
                        f"/versi/{n}/target/{i.id}/{bagian}", teks_nilai(getattr(kini, bagian)),
                        f"target {i.id} dalam `{versi.id}` semula {teks_nilai(getattr(dahulu, bagian))}",
                        "kembalikan; target baru ditulis sebagai versi baru dengan dasar dan tanggal "
                        "berlakunya",
                    )  # fmt: skip


def pagu_tetap(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Pagu dalam versi DPA yang sudah ada tidak diubah; perubahannya DPPA, versi baru."""
    for tahun, a in k.anggaran.items():
        lama = k.dasar.anggaran.get(tahun) if k.dasar else None
        ada = {s.kode for s in a.sub_kegiatan}
        for n, versi, semula in _berpasangan(a.versi, lama.versi if lama else ()):
            for s in lama.sub_kegiatan if lama else ():
                tersebut = s.kode in versi.pagu or s.kode in semula.pagu
                if not tersebut or s.kode not in ada:
                    continue
                kini, dahulu = a.pagu(s.kode, versi), lama.pagu(s.kode, semula) if lama else None
                for isian in [i for i in ("pagu", "target") if getattr(kini, i) != getattr(dahulu, i)]:
                    yield jalur_anggaran(tahun), Pelanggaran(
                        f"/versi/{n}/pagu/{s.kode}/{isian}", teks_nilai(getattr(kini, isian)),
                        f"{isian} {s.kode} dalam `{versi.id}` semula {teks_nilai(getattr(dahulu, isian))}",
                        "kembalikan; perubahan anggaran ditulis sebagai versi baru dengan nomor DPPA-nya",
                    )  # fmt: skip


def versi_tetap(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Versi rencana dan DPA yang sudah ada tidak hilang dan tanggal berlakunya tidak dipindah."""
    for berkas, kini, lama in _versi(k):
        urut = list(kini)
        for id_versi, berlaku in lama.items():
            if id_versi not in kini:
                yield berkas, Pelanggaran(
                    "/versi", id_versi, "versi ini hilang, padahal laporan dapat berdasar padanya",
                    "kembalikan versinya beserta isinya",
                )  # fmt: skip
            elif kini[id_versi] != berlaku:
                arah = "mundur" if kini[id_versi] < berlaku else "maju"
                yield berkas, Pelanggaran(
                    f"/versi/{urut.index(id_versi)}/berlaku", kini[id_versi].isoformat(),
                    f"tanggal berlaku `{id_versi}` dipindah {arah}, semula {berlaku.isoformat()}",
                    "kembalikan tanggalnya; periode yang sudah lewat dihitung dengan versi pada harinya",
                )  # fmt: skip


def rencana_tidak_hilang(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Sesudah tahunnya berjalan, tidak ada sasaran, indikator, atau sub kegiatan yang hilang."""
    for berkas, daftar, kini, lama in _daftar(k):
        for pengenal in [p for p in lama if p not in kini]:
            yield berkas, Pelanggaran(
                f"/{daftar}", pengenal, f"`{lama[pengenal]}` hilang dari `{daftar}`, padahal tahun ini "
                "sudah berjalan",
                f"kembalikan barisnya{_HENTI[daftar]}",
            )  # fmt: skip


def cara_hitung_tetap(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Sesudah tahunnya berjalan, satuan, arah, akumulasi, rumus, dan batas hitung indikator tidak diganti."""
    for tahun, r in k.rencana.items():
        lama = k.dasar.rencana.get(tahun) if k.dasar else None
        semula = {i.id: i for i in lama.indikator} if lama and _berjalan(k, tahun) else {}
        for n, i in enumerate(r.indikator):
            for isian in _CARA if i.id in semula else ():
                dari, kini = (_cara(k, x, isian, semula[i.id]) for x in (semula[i.id], i))
                if dari != kini and dari not in _BELUM:
                    yield jalur_rencana(tahun), Pelanggaran(
                        f"/indikator/{n}/{isian}", teks_nilai(kini),
                        f"{isian} {i.id} diganti di tengah tahun, semula {teks_nilai(dari)}, jadi triwulan "
                        "lalu dan kini tidak dapat dibandingkan",
                        f"kembalikan; cara hitung baru dipakai mulai rencana {tahun + 1}",
                    )  # fmt: skip


# helpers


def _berjalan(k: KonteksRepositori, tahun: int) -> bool:
    """True once a period of the year was open in the base revision."""
    return k.dasar is not None and any(p.tahun == tahun for p in k.dasar.disposisi)


def _cara(k: KonteksRepositori, i: Indikator, isian: str, semula: Indikator) -> str | None:
    """How an indikator is measured, as far as it was before; what says nothing counts as it is counted."""
    umum = k.kebijakan.perhitungan if k.kebijakan else None
    match isian:
        case "rumus_rentang":
            return i.rumus_rentang or RumusRentang.TERBALIK
        case "target_nol":
            return i.target_nol or (umum.target_nol if umum else "menurut kebijakan")
        case "batas_atas":
            batas = i.batas_atas if i.batas_atas is not None or umum is None else umum.batas_atas
            return "tanpa batas" if batas is None else _ringkas(batas)
        case "predikat":
            lama = {p.kode for p in semula.predikat}  # one more grade changes no figure
            skor = sorted(f"{p.kode} {_ringkas(p.skor)}" for p in i.predikat if p.kode in lama)
            return ", ".join(skor) or None
    nilai: str | None = getattr(i, isian)
    return nilai


def _ringkas(nilai: Decimal) -> str:
    return format_angka(nilai.normalize(KONTEKS))


def _berpasangan(kini: Sequence[V], lama: Sequence[V]) -> Iterator[tuple[int, V, V]]:
    """Number and version now, with the version of the same id before."""
    dahulu = {v.id: v for v in lama}
    for n, v in enumerate(kini):
        if v.id in dahulu:
            yield n, v, dahulu[v.id]


def _tanggal(versi: Sequence[VersiRencana] | Sequence[VersiAnggaran]) -> dict[str, date]:
    return {v.id: v.berlaku for v in versi}


def _versi(k: KonteksRepositori) -> Iterator[tuple[str, dict[str, date], dict[str, date]]]:
    """File, and the dates of its versions now and before, of plan and DPA."""
    if k.dasar is None:
        return
    for tahun, r in k.rencana.items():
        lama = k.dasar.rencana.get(tahun)
        yield jalur_rencana(tahun), _tanggal(r.versi), _tanggal(lama.versi) if lama else {}
    for tahun, a in k.anggaran.items():
        semula = k.dasar.anggaran.get(tahun)
        yield jalur_anggaran(tahun), _tanggal(a.versi), _tanggal(semula.versi) if semula else {}


def _daftar(k: KonteksRepositori) -> Iterator[tuple[str, str, set[str], dict[str, str]]]:
    """File, list, ids now, id → name before, of the years that are running."""
    for tahun in sorted({*k.rencana, *k.anggaran}):
        if k.dasar is None or not _berjalan(k, tahun):
            continue
        r, r0 = k.rencana.get(tahun), k.dasar.rencana.get(tahun)
        if r and r0:
            berkas = jalur_rencana(tahun)
            yield berkas, "sasaran", {s.id for s in r.sasaran}, {s.id: s.nama for s in r0.sasaran}
            yield berkas, "indikator", {i.id for i in r.indikator}, {i.id: i.nama for i in r0.indikator}
        a, a0 = k.anggaran.get(tahun), k.dasar.anggaran.get(tahun)
        if a and a0:
            lama = {s.kode: s.nama for s in a0.sub_kegiatan}
            yield jalur_anggaran(tahun), "sub_kegiatan", {s.kode for s in a.sub_kegiatan}, lama
