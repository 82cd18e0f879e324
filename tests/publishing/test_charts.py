from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from kinerja.domain.tata_kelola import Keputusan
from kinerja.publishing.charts import Batang, Titik, batang, garis, kelas_kategori, sumbu_bulat
from kinerja.publishing.site_data import DataSitus
from kinerja.publishing.swimlane import Catatan, swimlane

D = Decimal


@pytest.mark.parametrize(
    ("bawah", "atas", "ujung"),
    [
        ("0", "93", ("0", "100")),
        ("0", "100", ("0", "100")),
        ("0", "0", ("0", "1")),
        ("0", "0.37", ("0", "0.4")),
        ("-50", "200", ("-100", "200")),
        ("0", "1234567", ("0", "1500000")),
    ],
)
def test_axes_end_on_round_values_that_cover_the_data(
    bawah: str, atas: str, ujung: tuple[str, str]
) -> None:
    sumbu = sumbu_bulat(D(bawah), D(atas))
    assert (sumbu[0], sumbu[-1]) == (D(ujung[0]), D(ujung[1]))
    assert 2 <= len(sumbu) <= 7  # noqa: PLR2004


@pytest.mark.parametrize(
    ("nilai", "lebar"), [("0", None), ("-50", None), ("50", "50"), ("250", "100")]
)
def test_a_bar_stays_inside_its_frame(nilai: str, lebar: str | None) -> None:
    isi = batang("x", [Batang("a", D(nilai), "t")])
    ada = re.search(r'class="kj-k-netral" width="([0-9.]+)%"', isi)
    assert (ada[1] if ada else None) == lebar


def test_a_bar_without_value_shows_its_text_only() -> None:
    isi = batang("x", [Batang("a", None, "belum masuk")])
    assert "belum masuk" in isi
    assert "kj-k-netral" not in isi


def test_the_line_breaks_between_years_and_over_gaps() -> None:
    titik = [
        Titik("TW I", "2023", D(1), D(1)),
        Titik("TW II", "2023", D(2), None),
        Titik("TW III", "2023", D(3), D(3)),
        Titik("TW I", "2024", D(1), D(1)),
    ]
    isi = garis("j", "d", titik, "orang")
    assert len(re.findall(r'<polyline class="target"', isi)) == 1
    assert not re.findall(r'<polyline class="realisasi"', isi)
    assert len(re.findall(r'class="titik realisasi"', isi)) == 3 + 1  # the last is the legend's


def test_history_has_its_own_mark_and_legend() -> None:
    isi = garis("j", "d", [Titik("2023", "", None, D(5), lama=True)], "orang")
    assert "tidak ditandatangani" in isi
    assert isi.count("titik lama") == 1 + 1


def test_a_chart_of_nothing_is_nothing() -> None:
    assert garis("j", "d", [Titik("TW I", "2024", None, None)], "orang") == ""


def test_charts_are_well_formed_and_named() -> None:
    isi = garis("<j> & k", "d", [Titik("TW I", "2024", D(1), D(-2))], "<orang>")
    akar = ElementTree.fromstring(isi)  # noqa: S314 - our own output
    assert akar.get("role") == "img"
    assert akar.findtext("title") == "<j> & k"


@pytest.mark.parametrize(
    ("urutan", "jumlah", "kelas"),
    [(0, 5, "kj-k0"), (4, 5, "kj-k4"), (2, 3, "kj-k4"), (0, 1, "kj-k0")],
)
def test_scales_of_any_length_use_the_five_styles(urutan: int, jumlah: int, kelas: str) -> None:
    assert kelas_kategori(urutan, jumlah) == kelas


def test_the_swimlane_has_every_step_and_every_loop(data_situs: DataSitus) -> None:
    isi = swimlane(data_situs.sop, {3: Catatan("4 April 2024 10.30", "2 dari 2 bidang", True)})
    akar = ElementTree.fromstring(isi)  # noqa: S314 - our own output
    teks = ["".join(t.itertext()) for t in akar.iter("text")]
    for nama in (
        "Disposisi",
        "Siapkan",
        "Isi",
        "Periksa",
        "Susun",
        "Paraf",
        "Tanda tangan",
        "Kirim",
    ):
        assert nama in teks
    assert teks.count("Tidak") == teks.count("Ya") == 3  # noqa: PLR2004
    kembali = [p for p in akar.iter("path") if p.get("class") == "alur kembali"]
    assert len(kembali) == 3  # noqa: PLR2004
    assert "terlambat" in isi


def test_a_decision_that_leads_far_back_is_drawn_too(data_situs: DataSitus) -> None:
    langkah = tuple(
        replace(x, keputusan=Keputusan(8, 3)) if x.nomor == 7 else x  # noqa: PLR2004
        for x in data_situs.sop.langkah
    )
    jauh = ElementTree.fromstring(swimlane(replace(data_situs.sop, langkah=langkah), {}))  # noqa: S314 - our own output
    asli = ElementTree.fromstring(swimlane(data_situs.sop, {}))  # noqa: S314

    def kembali(akar: ElementTree.Element) -> list[str]:
        return [p.get("d", "") for p in akar.iter("path") if p.get("class") == "alur kembali"]

    assert len(kembali(jauh)) == len(kembali(asli))
    assert sum(a != b for a, b in zip(kembali(jauh), kembali(asli), strict=True)) == 1
