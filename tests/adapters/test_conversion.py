from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.adapters.conversion import BentukError, polos, susun, susun_longgar
from kinerja.domain.kertas_kerja import KertasKerja
from kinerja.domain.organisasi import Dasar
from kinerja.domain.perencanaan import NilaiTarget, RentangNilai, TargetIndikator


class Warna(StrEnum):
    MERAH = "merah"
    BIRU = "biru"


@dataclass(frozen=True, slots=True)
class Isi:
    teks: str
    bulat: int
    angka: Decimal
    ya: bool
    hari: date
    saat: datetime
    warna: Warna
    target: NilaiTarget
    daftar: tuple[Dasar, ...] = ()
    peta: dict[str, TargetIndikator] = field(default_factory=dict)
    boleh: Dasar | None = None
    mungkin: date | None = None


LENGKAP: dict[str, object] = {
    "teks": "a", "bulat": 3, "angka": 7, "ya": True, "hari": "2024-02-29",
    "saat": "2024-03-31T08:00:00+08:00", "warna": "biru", "target": {"bawah": 1, "atas": 2},
    "daftar": [{"nomor": "1"}], "peta": {"reh-01": {"tw1": Decimal("97.50"), "tw2": "BB"}},
    "boleh": {"nomor": "2", "tanggal": "2024-01-06"}, "mungkin": None,
}  # fmt: skip


def test_every_kind_of_field_is_read() -> None:
    isi = susun(Isi, LENGKAP)
    assert isi.angka == Decimal(7)
    assert type(isi.angka) is Decimal
    assert isi.saat.utcoffset() == timedelta(hours=8)
    assert isi.warna is Warna.BIRU
    assert isi.target == RentangNilai(Decimal(1), Decimal(2))
    assert isi.peta["reh-01"] == TargetIndikator(Decimal("97.50"), "BB")
    assert isi.boleh == Dasar("2", date(2024, 1, 6))
    assert susun(Isi, polos(isi)) == isi


@pytest.mark.parametrize(
    ("isian", "nilai", "penunjuk"),
    [
        ("teks", 1, "/teks"),
        ("bulat", True, "/bulat"),
        ("bulat", Decimal("1.0"), "/bulat"),
        ("angka", "97,5", "/angka"),
        ("angka", 97.5, "/angka"),
        ("angka", True, "/angka"),
        ("ya", "ya", "/ya"),
        ("hari", "2024-02-30", "/hari"),
        ("hari", "20240229", "/hari"),
        ("saat", "2024-03-31T08:00:00", "/saat"),
        ("saat", "2024-03-31T25:00:00+08:00", "/saat"),
        ("warna", "hijau", "/warna"),
        ("target", True, "/target"),
        ("target", {"bawah": 1}, "/target"),
        ("daftar", {}, "/daftar"),
        ("daftar", [{"nomor": "1"}, {"nomor": 2}], "/daftar/1/nomor"),
        ("peta", {"a/b": {"tw9": 1}}, "/peta/a~1b/tw9"),
        ("boleh", "x", "/boleh"),
        ("mungkin", "kapan", "/mungkin"),
        ("asing", 1, "/asing"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_pointer(
    isian: str, nilai: object, penunjuk: str
) -> None:
    with pytest.raises(BentukError) as galat:
        susun(Isi, {**LENGKAP, isian: nilai})
    assert galat.value.penunjuk == penunjuk


def test_a_missing_field_is_refused() -> None:
    with pytest.raises(ValueError, match="isian `warna` tidak ada"):
        susun(Isi, {k: v for k, v in LENGKAP.items() if k != "warna"})


@given(st.builds(Dasar, st.text(), st.none() | st.dates(), st.text()))
def test_plain_and_back_is_the_same(dasar: Dasar) -> None:
    assert susun(Dasar, polos(dasar)) == dasar


@given(
    st.datetimes(timezones=st.integers(-12, 14).map(lambda j: timezone(timedelta(hours=j)))),
    st.decimals(allow_nan=False, allow_infinity=False),
)
def test_moments_and_numbers_survive(saat: datetime, angka: Decimal) -> None:
    isi = susun(Isi, {**LENGKAP, "saat": saat.isoformat(), "angka": angka})
    kembali = susun(Isi, polos(isi))
    assert kembali == isi
    assert str(kembali.angka) == str(angka)


def test_a_worksheet_with_missing_optional_fields() -> None:
    kk = susun(
        KertasKerja,
        {
            "skema": "kertas-kerja/v1", "periode": "2024-tw1", "bidang": "x",
            "versi_rencana": "murni", "versi_anggaran": "murni",
            "indikator": [
                {"id": "a", "nama": "A", "satuan": "persen", "target": None,
                 "realisasi_lalu": "BB", "realisasi": 3}
            ],
        },
    )  # fmt: skip
    assert kk.indikator[0].realisasi == Decimal(3)
    assert kk.indikator[0].bukti == ()
    assert kk.anggaran == ()


def test_faulty_data_are_read_as_far_as_they_go() -> None:
    data = {
        "skema": "kertas-kerja/v1", "periode": 2024, "bidang": "x", "versi_rencana": "murni",
        "asing": 1,
        "indikator": [
            {"id": "a", "nama": "A", "satuan": "persen", "target": {"bawah": 1}, "realisasi_lalu": 1,
             "realisasi": True, "bukti": "x", "tindak_lanjut": {"uraian": 1}},
            "bukan baris",
        ],
        "anggaran": {"a": 1},
    }  # fmt: skip
    kk, cacat = susun_longgar(KertasKerja, data)
    assert kk.periode == ""
    assert kk.versi_anggaran == ""
    assert [b.id for b in kk.indikator] == ["a", ""]
    assert kk.indikator[0].realisasi is None
    assert kk.indikator[0].realisasi_lalu == Decimal(1)
    assert kk.anggaran == ()
    assert {"/periode", "/versi_anggaran", "/anggaran", "/indikator/1"} <= cacat
    assert {f"/indikator/0/{i}" for i in ("target", "realisasi", "bukti", "tindak_lanjut")} <= cacat
    assert "/indikator/0/nama" not in cacat
    assert susun_longgar(Isi, LENGKAP) == (susun(Isi, LENGKAP), frozenset())
