"""``isi --nilai``: what a hand types is read, asked back, or refused with its unit."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kinerja.cli.inputs import nilai
from kinerja.domain.errors import PemakaianError

LEMBAR = (
    Path(__file__).parents[1] / "examples/valid/reports/2024/tw1/kertas-kerja/layanan.yaml"
).read_bytes()
SUB = "1.06.04.2.01.0001"


@pytest.mark.parametrize(
    ("butir", "penunjuk", "hasil"),
    [
        ("lay-01.realisasi=45,21", "/indikator/0/realisasi", Decimal("45.21")),
        ("lay-01.realisasi=45,21 %", "/indikator/0/realisasi", Decimal("45.21")),
        ("lay-01.realisasi=45 persen", "/indikator/0/realisasi", 45),
        ("lay-02.realisasi=1.234", "/indikator/1/realisasi", 1234),
        ("lay-02.realisasi=60 Keluarga", "/indikator/1/realisasi", 60),
        ("lay-02.realisasi=-", "/indikator/1/realisasi", None),
        ("lay-03.realisasi=BB", "/indikator/2/realisasi", "BB"),
        ("lay-01.penjelasan=Naik 5 %", "/indikator/0/penjelasan", "Naik 5 %"),
        (f"{SUB}.realisasi=Rp 18.750.000,00", "/anggaran/0/realisasi", 18750000),
        (f"{SUB}.fisik=25%", "/anggaran/0/fisik", 25),
    ],
)  # fmt: skip
def test_what_can_mean_one_thing_is_read(butir: str, penunjuk: str, hasil: object) -> None:
    assert nilai(LEMBAR, (butir,)) == {penunjuk: hasil}


@pytest.mark.parametrize(
    ("butir", "kata"),
    [
        ("lay-01.realisasi=1.234", "1234 atau 1,234"),
        ("lay-01.realisasi=45 orang", "bersatuan orang, padahal isian ini dalam persen"),
        ("lay-02.realisasi=60 %", "bersatuan %, padahal isian ini dalam keluarga"),
        ("lay-01.pembilang=150 %", "tanpa satuan"),
        (f"{SUB}.realisasi=18 %", "dalam rupiah"),
        ("lay-09.realisasi=1", "tidak ada dalam kertas kerja"),
    ],
)
def test_another_unit_and_two_meanings_are_refused_in_words(butir: str, kata: str) -> None:
    with pytest.raises(PemakaianError) as e:
        nilai(LEMBAR, (butir,))
    assert kata in str(e.value)


@pytest.mark.parametrize("teks", ["18 M", "Rp 1,5 M", "1,5 jt"])
def test_a_multiplier_is_never_a_number(teks: str) -> None:
    assert nilai(LEMBAR, (f"{SUB}.realisasi={teks}",)) == {"/anggaran/0/realisasi": teks}
