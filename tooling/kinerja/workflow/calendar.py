"""Working time: minutes and days that the agency works, by its own dated calendar.

It decides what counts as working time between two moments and when a standard time of the
SOP runs out. It leaves out which moments those are (``stages``).

Example:
    A period of 45 minutes begun on Friday 16:00 ends on Monday 07:45 when Friday closes at
    16:30 and Monday opens at 07:30.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from kinerja.domain.errors import KinerjaError
from kinerja.domain.tata_kelola import JamKerja, Kalender, SatuanWaktu, WaktuBaku

_BATAS_HARI = 3660
"""How many days ahead a search may go: ten years without a working day is a broken calendar."""


def rentang_kerja(
    kalender: Kalender, zona: tzinfo, hari: date
) -> tuple[tuple[datetime, datetime], ...]:
    """The stretches that are worked on a day; empty on a day off."""
    if any(libur.tanggal == hari for libur in kalender.libur):
        return ()
    jam = _jam_kerja(kalender, hari)
    if jam is None:
        return ()
    return tuple(
        (_saat(hari, r.mulai, zona), _saat(hari, r.selesai, zona)) for r in jam.hari(hari.weekday())
    )


def hari_kerja(kalender: Kalender, zona: tzinfo, hari: date) -> bool:
    """True when anything is worked on that day."""
    return bool(rentang_kerja(kalender, zona, hari))


def menit_kerja(kalender: Kalender, zona: tzinfo, mulai: datetime, selesai: datetime) -> int:
    """Whole working minutes between two moments; 0 when they are out of order."""
    jumlah = timedelta()
    hari, akhir = mulai.astimezone(zona).date(), selesai.astimezone(zona).date()
    while hari <= akhir:
        for awal_r, akhir_r in rentang_kerja(kalender, zona, hari):
            potong = min(akhir_r, selesai) - max(awal_r, mulai)
            jumlah += max(potong, timedelta())
        hari += timedelta(days=1)
    return int(jumlah.total_seconds() // 60)


def tambah_menit(kalender: Kalender, zona: tzinfo, mulai: datetime, menit: int) -> datetime:
    """The moment at which that many working minutes have passed since ``mulai``."""
    sisa = timedelta(minutes=menit)
    hari = mulai.astimezone(zona).date()
    for _ in range(_BATAS_HARI):
        for awal_r, akhir_r in rentang_kerja(kalender, zona, hari):
            awal = max(awal_r, mulai)
            if awal >= akhir_r:
                continue
            if akhir_r - awal >= sisa:
                return awal + sisa
            sisa -= akhir_r - awal
        hari += timedelta(days=1)
    raise _tanpa_hari_kerja(mulai)


def akhir_hari_kerja(kalender: Kalender, zona: tzinfo, mulai: datetime, jumlah: int) -> datetime:
    """23.59 of the n-th working day after the day of ``mulai``, which does not count.

    The SOP says *3 hari* and not from when; the start day is left out as in PP and court
    practice, to be confirmed by the agency (glosarium: tenggat).
    """
    hari = mulai.astimezone(zona).date()
    for _ in range(_BATAS_HARI):
        hari += timedelta(days=1)
        if hari_kerja(kalender, zona, hari):
            jumlah -= 1
            if jumlah <= 0:
                return datetime.combine(hari, time(23, 59), zona)
    raise _tanpa_hari_kerja(mulai)


def batas_waktu(kalender: Kalender, zona: tzinfo, mulai: datetime, baku: WaktuBaku) -> datetime:
    """When a standard time of the SOP, begun at ``mulai``, runs out."""
    if baku.satuan is SatuanWaktu.HARI_KERJA:
        return akhir_hari_kerja(kalender, zona, mulai, baku.jumlah)
    return tambah_menit(kalender, zona, mulai, baku.jumlah)


# helpers


def _tanpa_hari_kerja(mulai: datetime) -> KinerjaError:
    return KinerjaError(
        f"kalender tidak memuat hari kerja sesudah {mulai.date().isoformat()}",
        "lengkapi `jam_kerja` dan `libur` di reports/kalender.yaml",
    )


def _jam_kerja(kalender: Kalender, hari: date) -> JamKerja | None:
    berlaku = [
        j
        for j in kalender.jam_kerja
        if j.mulai <= hari and (j.selesai is None or hari < j.selesai)
    ]
    return berlaku[-1] if berlaku else None


def _saat(hari: date, jam: str, zona: tzinfo) -> datetime:
    return datetime.combine(hari, time.fromisoformat(jam), zona)
