"""SPJ Fungsional built from monthly amounts, for tests: consistent by construction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kinerja.domain.perencanaan import BarisSpj, Spj, TigaanSpj

TIGAAN = ("gaji", "ls_barang_jasa", "up_gu_tu")
Bulanan = Mapping[str, Mapping[str, Sequence[int]]]
"""Code of a leaf → triple → amount of each month."""


def bangun(
    susunan: Sequence[tuple[str, str]], pagu: Mapping[str, int], bulanan: Bulanan, banyak: int
) -> list[Spj]:
    """The first months of a year.

    Args:
        susunan: code and name of every line, from the top down; an account stands bare below
            its sub kegiatan and is named ``sub kegiatan/account`` in the amounts.
        pagu: of every leaf.
    """
    return [
        Spj(
            "spj/v1", 2024, bulan, "Bendahara Pengeluaran",
            tuple(_baris(kode, nama, pagu, bulanan, bulan) for kode, nama in susunan),
        )
        for bulan in range(1, banyak + 1)
    ]  # fmt: skip


def _baris(kode: str, nama: str, pagu: Mapping[str, int], bulanan: Bulanan, bulan: int) -> BarisSpj:
    daun = [d for d in pagu if d == kode or d.startswith((f"{kode}.", f"{kode}/"))]
    tigaan = {t: _tigaan([bulanan.get(d, {}).get(t, ()) for d in daun], bulan) for t in TIGAAN}
    jumlah = sum((t.sd_bulan_ini for t in tigaan.values()), Decimal(0))
    anggaran = Decimal(sum(pagu[d] for d in daun))
    return BarisSpj(kode.rpartition("/")[2], nama, anggaran, **tigaan, jumlah_sd_bulan_ini=jumlah,
                    sisa_pagu=anggaran - jumlah)  # fmt: skip


def _tigaan(semua: Sequence[Sequence[int]], bulan: int) -> TigaanSpj:
    lalu = Decimal(sum(sum(b[: bulan - 1]) for b in semua))
    ini = Decimal(sum(sum(b[bulan - 1 : bulan]) for b in semua))
    return TigaanSpj(lalu, ini, lalu + ini)
