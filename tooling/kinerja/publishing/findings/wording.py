"""Words of a run: its last line, and one side of the preview, the same in every form."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kinerja.calculation.numbers import format_angka, format_persen
from kinerja.domain.findings import Finding, Tingkat
from kinerja.domain.pemeriksaan import HasilPeriksa, Sisi


def hitung(temuan: Sequence[Finding]) -> str:
    """``2 galat, 1 peringatan``; what there is none of is not named."""
    jumlah = [(t, sum(x.tingkat is t for x in temuan)) for t in Tingkat]
    return ", ".join(f"{n} {t.value}" for t, n in jumlah if n) or "tidak ada temuan"


def ringkasan(hasil: HasilPeriksa) -> str:
    """One sentence: what was judged and what came of it."""
    if hasil.dasar is None:
        if not hasil.temuan:
            return f"{hasil.berkas} berkas bersih"
        return f"{hasil.berkas} berkas diperiksa: {hitung(hasil.temuan)}"
    if not hasil.berubah:
        return f"tidak ada yang berubah terhadap {hasil.dasar[:12]}"
    ubah = f"{len(hasil.berubah)} berkas berubah terhadap {hasil.dasar[:12]}, {hasil.berkas} diperiksa"
    kata = f"{ubah}: {hitung(hasil.temuan)}"
    kata += f"; {len(hasil.sebelumnya)} sudah ada sebelumnya" if hasil.sebelumnya else ""
    return kata + (f"; {len(hasil.beres)} beres" if hasil.beres else "")


def sisi_nilai(s: Sisi | None) -> str:
    """The realisasi of one side; an en dash for none."""
    if s is None or s.nilai is None:
        return "–"
    return format_angka(s.nilai) if isinstance(s.nilai, Decimal) else s.nilai


def sisi_persen(s: Sisi | None) -> str:
    """The percent of one side with its category; an en dash for none."""
    if s is None or s.persen is None:
        return "–"
    return f"{format_persen(s.persen)} {s.kategori}".strip()
