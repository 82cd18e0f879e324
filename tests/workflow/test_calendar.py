"""Working time: hand-counted minutes and days, with the calendar that the sample agency uses."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import PohonFolder
from kinerja.domain.errors import KinerjaError
from kinerja.domain.tata_kelola import Kalender, SatuanWaktu, WaktuBaku
from kinerja.workflow.calendar import (
    akhir_hari_kerja,
    batas_waktu,
    hari_kerja,
    menit_kerja,
    rentang_kerja,
    tambah_menit,
)

ZONA = ZoneInfo("Asia/Makassar")


def _kalender() -> Kalender:
    kalender = Reports(PohonFolder(Path(__file__).parents[2])).kalender()
    assert kalender is not None
    return kalender


KALENDER = _kalender()


def saat(teks: str) -> datetime:
    """A moment in the agency's zone."""
    return datetime.fromisoformat(teks).replace(tzinfo=ZONA)


@pytest.mark.parametrize(
    ("mulai", "selesai", "menit"),
    [
        pytest.param("2024-05-06T07:30", "2024-05-06T16:00", 450, id="senin penuh"),
        pytest.param("2024-05-06T06:00", "2024-05-06T23:00", 450, id="di luar jam tidak dihitung"),
        pytest.param("2024-05-06T11:50", "2024-05-06T13:10", 20, id="istirahat siang"),
        pytest.param("2024-05-03T11:00", "2024-05-03T13:30", 60, id="istirahat Jumat"),
        pytest.param("2024-05-03T16:00", "2024-05-06T07:45", 45, id="melewati akhir pekan"),
        pytest.param("2024-05-04T08:00", "2024-05-05T17:00", 0, id="akhir pekan"),
        pytest.param("2024-04-30T15:00", "2024-05-02T08:00", 90, id="melewati Hari Buruh"),
        pytest.param("2024-03-18T07:00", "2024-03-18T17:00", 390, id="Ramadan"),
        pytest.param("2024-03-22T11:00", "2024-03-22T13:00", 60, id="istirahat Jumat Ramadan"),
        pytest.param("2024-04-08T00:00", "2024-04-16T00:00", 0, id="Idul Fitri dan cuti bersama"),
        pytest.param("2024-04-05T15:00", "2024-04-16T08:00", 60, id="melewati Idul Fitri"),
        pytest.param("2024-05-06T08:00:40", "2024-05-06T08:02:20", 1, id="menit penuh saja"),
        pytest.param("2024-05-06T10:00", "2024-05-06T09:00", 0, id="terbalik"),
    ],
)
def test_menit_kerja(mulai: str, selesai: str, menit: int) -> None:
    assert menit_kerja(KALENDER, ZONA, saat(mulai), saat(selesai)) == menit


def test_seminggu_biasa_dan_ramadan_sesuai_perpres_21_2023() -> None:
    biasa = menit_kerja(KALENDER, ZONA, saat("2024-04-22T00:00"), saat("2024-04-27T00:00"))
    ramadan = menit_kerja(KALENDER, ZONA, saat("2024-03-18T00:00"), saat("2024-03-23T00:00"))
    assert (biasa, ramadan) == (37 * 60 + 30, 32 * 60 + 30)


def test_zona_penulisan_waktu_tidak_berpengaruh() -> None:
    mulai, selesai = saat("2024-05-06T07:30"), saat("2024-05-07T09:00")
    di_utc = menit_kerja(KALENDER, ZONA, mulai.astimezone(UTC), selesai.astimezone(UTC))
    assert di_utc == menit_kerja(KALENDER, ZONA, mulai, selesai) == 540


@pytest.mark.parametrize("bulan", range(1, 13))
def test_zona_tanpa_waktu_musim_panas(bulan: int) -> None:
    """Makassar is UTC+8 all year, so a day opens at 23.30 UTC of the day before."""
    hari = next(
        date(2024, bulan, h)
        for h in range(1, 29)
        if hari_kerja(KALENDER, ZONA, date(2024, bulan, h))
        and rentang_kerja(KALENDER, ZONA, date(2024, bulan, h))[0][0].hour == 7
    )
    assert rentang_kerja(KALENDER, ZONA, hari)[0][0].astimezone(UTC).strftime("%H:%M") == "23:30"


@pytest.mark.parametrize(
    ("mulai", "menit", "selesai"),
    [
        pytest.param("2024-05-03T16:00", 45, "2024-05-06T07:45", id="menyambung hari Senin"),
        pytest.param("2024-05-06T11:45", 30, "2024-05-06T13:15", id="melewati istirahat"),
        pytest.param("2024-05-06T15:30", 30, "2024-05-06T16:00", id="tepat saat tutup"),
        pytest.param("2024-05-06T16:00", 0, "2024-05-07T07:30", id="nol menit saat tutup"),
        pytest.param("2024-05-04T10:00", 5, "2024-05-06T07:35", id="mulai hari Sabtu"),
        pytest.param("2024-04-05T15:20", 30, "2024-04-16T07:50", id="melewati Idul Fitri"),
        pytest.param("2024-04-22T07:30", 2250, "2024-04-26T16:30", id="seminggu kerja"),
    ],
)
def test_tambah_menit(mulai: str, menit: int, selesai: str) -> None:
    hasil = tambah_menit(KALENDER, ZONA, saat(mulai), menit)
    assert hasil == saat(selesai)
    assert menit_kerja(KALENDER, ZONA, saat(mulai), hasil) == menit


@pytest.mark.parametrize(
    ("mulai", "hari", "tenggat"),
    [
        # Tue 7 and Wed 8, then Ascension and its cuti bersama: the third is Monday
        pytest.param("2024-05-06T08:00", 3, "2024-05-13T23:59", id="hari mulai tidak dihitung"),
        pytest.param("2024-05-06T23:59", 3, "2024-05-13T23:59", id="jam mulai tidak berpengaruh"),
        pytest.param("2024-05-03T08:00", 3, "2024-05-08T23:59", id="melewati akhir pekan"),
        # Fri 5, then the feast until Monday 15, then Tue 16 and Wed 17
        pytest.param("2024-04-04T08:00", 3, "2024-04-17T23:59", id="melewati Idul Fitri 2024"),
        pytest.param("2024-04-06T08:00", 1, "2024-04-16T23:59", id="mulai hari libur"),
    ],
)
def test_tenggat_hari_kerja(mulai: str, hari: int, tenggat: str) -> None:
    baku = WaktuBaku(hari, SatuanWaktu.HARI_KERJA)
    assert akhir_hari_kerja(KALENDER, ZONA, saat(mulai), hari) == saat(tenggat)
    assert batas_waktu(KALENDER, ZONA, saat(mulai), baku) == saat(tenggat)


def test_jam_kerja_yang_tertulis_terakhir_dipakai() -> None:
    ramadan = rentang_kerja(KALENDER, ZONA, date(2024, 3, 18))
    sebelum = rentang_kerja(KALENDER, ZONA, date(2024, 3, 8))
    assert ramadan[0][0].strftime("%H:%M") == "08:00"
    assert sebelum[0][0].strftime("%H:%M") == "07:30"


def test_kalender_kosong_menolak_bukan_berputar() -> None:
    kosong = Kalender("kalender/v1", (), (), ())
    with pytest.raises(KinerjaError, match="tidak memuat hari kerja"):
        tambah_menit(kosong, ZONA, saat("2024-05-06T08:00"), 1)
    with pytest.raises(KinerjaError, match="tidak memuat hari kerja"):
        akhir_hari_kerja(kosong, ZONA, saat("2024-05-06T08:00"), 1)
