from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.adapters.documents import muat, susun, tulis, untuk_json
from kinerja.domain.errors import KinerjaError
from kinerja.domain.kertas_kerja import (
    BarisAnggaran,
    BarisIndikator,
    Bukti,
    KertasKerja,
    TindakLanjut,
)
from kinerja.domain.organisasi import Dasar
from kinerja.domain.perencanaan import RentangNilai

TEKS = st.text(max_size=25)
BOLEH = st.none() | TEKS
ANGKA = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=0, max_value=10**12)
BOLEH_ANGKA = st.none() | ANGKA
LEMBAR = st.builds(
    KertasKerja,
    st.just("kertas-kerja/v1"), TEKS, TEKS, TEKS, TEKS,
    st.lists(
        st.builds(
            BarisIndikator, TEKS, TEKS, TEKS, ANGKA | TEKS | st.builds(RentangNilai, ANGKA, ANGKA),
            BOLEH | ANGKA, BOLEH | ANGKA, BOLEH_ANGKA, BOLEH_ANGKA, BOLEH, BOLEH, BOLEH,
            st.none() | st.builds(TindakLanjut, TEKS, TEKS, st.dates()),
            st.lists(
                st.builds(Bukti, TEKS, TEKS, st.integers(0, 10**9), st.none() | st.dates()),
                max_size=2,
            ).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    st.lists(
        st.builds(
            BarisAnggaran, TEKS, TEKS, BOLEH_ANGKA, BOLEH_ANGKA, BOLEH_ANGKA, BOLEH_ANGKA, BOLEH
        ),
        max_size=2,
    ).map(tuple),
    BOLEH,
)  # fmt: skip


@settings(deadline=None)
@given(LEMBAR)
def test_saved_and_loaded_is_the_same(kk: KertasKerja) -> None:
    bita = tulis(kk, "../skema.json", ("KERTAS KERJA", ""))
    data, temuan = muat(bita, "x.yaml")
    assert temuan == ()
    assert susun(KertasKerja, data) == kk
    assert tulis(susun(KertasKerja, data), "../skema.json", ("KERTAS KERJA", "")) == bita


def test_a_written_file_is_readable_and_in_field_order() -> None:
    bita = tulis(
        Dasar("800/001", date(2024, 1, 6), "satu: dua\ntiga"), "../s.json", ("DASAR", "", "contoh")
    )
    assert bita.decode() == (
        "# yaml-language-server: $schema=../s.json\n"
        "# DASAR\n#\n# contoh\n"
        "nomor: 800/001\n"
        "tanggal: 2024-01-06\n"
        "tentang: |-\n  satu: dua\n  tiga\n"
    )


def test_text_that_utf8_cannot_hold_is_refused() -> None:
    with pytest.raises(KinerjaError):
        tulis(Dasar("\ud800"), "x")


def test_json_holds_decimals_as_text() -> None:
    assert untuk_json({"a": [Decimal("97.50"), 1, None, (Decimal("1E+2"),)]}) == {
        "a": ["97.50", 1, None, ["100"]]
    }
