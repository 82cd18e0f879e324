"""Holders on the dates of documents: half-open days, acting holders, zones, calendars."""

from __future__ import annotations

import pytest

from kinerja.adapters.trees import PohonTumpuk
from kinerja.checking.run import periksa_pohon

from .ubahan import VALID, ubah

DISPOSISI, JABATAN, KALENDER = "reports/2024/tw1/disposisi.yaml", "reports/jabatan.yaml", "reports/kalender.yaml"
LAPORAN = "reports/2024/tw1/laporan.yaml"


def temuan(jalur: str, perubahan: dict[str, dict[str, object]]) -> list[tuple[str, str]]:
    isi = {j: ubah(j, p) for j, p in perubahan.items()}
    return [(t.aturan, t.penunjuk) for t in periksa_pohon(PohonTumpuk(isi, VALID), [jalur])]


@pytest.mark.parametrize(
    ("saat", "ada"),
    [
        ("2024-01-01T00:00:00+08:00", True),
        ("2023-12-31T23:59:59+08:00", False),
        ("2023-12-31T16:00:00Z", True),
        ("2023-12-31T15:59:59Z", False),
        ("2024-06-30T23:59:59+08:00", True),
    ],
)
def test_a_day_is_the_agencys_own(saat: str, ada: bool) -> None:
    hasil = temuan(DISPOSISI, {DISPOSISI: {"/ditetapkan": saat}})
    assert hasil == ([] if ada else [("pejabat-pada-tanggal", "/dari")])


@pytest.mark.parametrize("saat", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_the_ends_of_the_calendar_are_days_too(saat: str) -> None:
    assert {a for a, _ in temuan(DISPOSISI, {DISPOSISI: {"/ditetapkan": saat}})} <= {"pejabat-pada-tanggal"}
    assert {a for a, _ in temuan(LAPORAN, {LAPORAN: {"/disusun": saat}})} <= {"pejabat-pada-tanggal"}


def test_the_end_of_a_time_in_office_does_not_belong_to_it() -> None:
    berakhir = {JABATAN: {"/pemangku/1/selesai": "2024-04-01"}}
    assert temuan(DISPOSISI, berakhir) == [("pejabat-pada-tanggal", "/dari")]
    esok = {JABATAN: {"/pemangku/1/selesai": "2024-04-02"}}
    assert temuan(DISPOSISI, esok) == []
    assert temuan(LAPORAN, esok) == []  # the Sekretaris initials later, on the day of the event


def test_on_the_day_a_laporan_is_made_only_its_maker_acts() -> None:
    """Kepala Dinas until 4 April, Plt. from the 6th; the Kasubag made the laporan on the 5th."""
    plt = {"jabatan": "kepala-dinas", "orang": "p-dua", "sebutan": "plt", "mulai": "2024-04-06",
           "dasar": {"nomor": "SPT 2/2024"}}  # fmt: skip
    assert temuan(LAPORAN, {JABATAN: {"/pemangku/0/selesai": "2024-04-05", "/pemangku/7": plt}}) == []
    tanpa_kasubag = {JABATAN: {"/pemangku/4/selesai": "2024-04-05"}}
    assert temuan(LAPORAN, tanpa_kasubag) == [("pejabat-pada-tanggal", "/disusun")]


def test_an_acting_holder_fills_the_gap_only_with_an_instrument() -> None:
    plh: dict[str, object] = {"jabatan": "sekretaris", "orang": "p-tujuh", "sebutan": "plh", "mulai": "2024-04-01",
                              "selesai": "2024-04-06"}  # fmt: skip
    kosong: dict[str, object] = {"/pemangku/1/selesai": "2024-04-01"}
    sah = {**plh, "dasar": {"nomor": "SPT 1/2024"}}
    assert temuan(DISPOSISI, {JABATAN: {**kosong, "/pemangku/7": sah}}) == []
    assert temuan(DISPOSISI, {JABATAN: {**kosong, "/pemangku/7": plh}}) == [("pejabat-pada-tanggal", "/dari")]


def test_an_office_that_nobody_holds_today_is_not_judged() -> None:
    assert temuan(JABATAN, {JABATAN: {"/pemangku/0/selesai": "2024-12-31"}}) == []


@pytest.mark.parametrize(("selesai", "tunggal"), [("2024-03-01", True), ("2024-03-02", False), (None, False)])
def test_two_definitive_holders_do_not_overlap(selesai: str | None, tunggal: bool) -> None:
    hasil = temuan(JABATAN, {JABATAN: {"/pemangku/3/selesai": selesai}})
    assert hasil == ([] if tunggal else [("definitif-tunggal", "/pemangku/4/mulai")])


def test_an_overlap_is_found_beyond_the_neighbour() -> None:
    """The first holder never left; the second came and went; the third came."""
    sisa: dict[str, object] = {
        "/pemangku/3/selesai": None,
        "/pemangku/4/selesai": "2024-05-01",
        "/pemangku/7": {"jabatan": "kasubag-program", "orang": "p-enam", "sebutan": "definitif", "mulai": "2024-06-01"},
    }
    assert temuan(JABATAN, {JABATAN: sisa}) == [
        ("definitif-tunggal", "/pemangku/4/mulai"), ("definitif-tunggal", "/pemangku/7/mulai"),
    ]  # fmt: skip


def test_the_calendar_covers_the_year_in_which_a_period_is_opened() -> None:
    """The fourth quarter is opened in January of the next year."""
    tw4 = "reports/2025/tw4/disposisi.yaml"
    bita = ubah(DISPOSISI, {
        "/periode": "2025-tw4", "/ditetapkan": "2026-01-02T08:05:00+08:00",
        "/tenggat/0/paling_lambat": "2026-01-07T16:00:00+08:00",
    })  # fmt: skip
    hasil = periksa_pohon(PohonTumpuk({tw4: bita}, VALID), [KALENDER])
    assert [(t.aturan, t.nilai) for t in hasil] == [("kalender-mencakup", "2026")]
    libur = {"/libur/2": {"tanggal": "2026-01-01", "nama": "Tahun Baru", "jenis": "libur-nasional", "dasar": "skb-2024"}}
    kalender = ubah(KALENDER, libur)
    assert periksa_pohon(PohonTumpuk({tw4: bita, KALENDER: kalender}, VALID), [KALENDER]) == ()
