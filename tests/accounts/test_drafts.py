"""Drafts: fields meet, the newest wins, both are told, nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kinerja.accounts import drafts
from kinerja.accounts.drafts import DaftarDraf, Draf, KunciDraf, Tersimpan, Tertimpa
from kinerja.accounts.store import Simpanan
from kinerja.domain.errors import PemakaianError

from .perangkat import SAAT, serentak

KUNCI = KunciDraf("p-indah", "2024-tw3", "pemberdayaan-sosial")
ASAL, ASAL_BARU = "a" * 40, "b" * 40
R, P = "/indikator/0/realisasi", "/indikator/0/penjelasan"


@pytest.fixture
def draf(simpanan: Simpanan) -> DaftarDraf:
    return DaftarDraf(simpanan)


def test_nothing_is_an_empty_draft(draf: DaftarDraf) -> None:
    assert draf.baca(KUNCI) == Draf()
    assert (Draf().versi, Draf().isian, Draf().kelompok) == (0, {}, ())


def test_fields_that_were_sent_replace_and_the_others_stay(draf: DaftarDraf) -> None:
    assert draf.simpan(KUNCI, ASAL, {R: "45,2", P: "hujan"}, 0, SAAT) == Tersimpan(1)
    assert draf.simpan(KUNCI, ASAL, {R: "45,21"}, 1, SAAT) == Tersimpan(2)
    kini = draf.baca(KUNCI)
    assert (kini.isian, kini.versi, kini.asal, kini.saat) == ({P: "hujan", R: "45,21"}, 2, ASAL, SAAT)
    assert {p: i.versi for p, i in kini.rincian.items()} == {P: 1, R: 2}


def test_an_empty_text_is_a_value(draf: DaftarDraf) -> None:
    draf.simpan(KUNCI, ASAL, {R: "45,2"}, 0, SAAT)
    draf.simpan(KUNCI, ASAL, {R: ""}, 1, SAAT)
    assert draf.baca(KUNCI).isian == {R: ""}


@pytest.mark.parametrize("isi", ["baris\nbaris\r\n", "nol\0di tengah", " ", "🐴 é", "'; DROP TABLE draf; --"])
def test_text_comes_back_letter_for_letter(draf: DaftarDraf, isi: str) -> None:
    draf.simpan(KUNCI, ASAL, {P: isi}, 0, SAAT)
    assert draf.baca(KUNCI).isian == {P: isi}


def test_drafts_of_others_are_apart(draf: DaftarDraf) -> None:
    lain = [replace(KUNCI, orang="p-budi"), replace(KUNCI, periode="2024-tw4"), replace(KUNCI, bidang="linjamsos")]
    for n, kunci in enumerate([KUNCI, *lain]):
        draf.simpan(kunci, ASAL, {R: str(n)}, 0, SAAT)
    draf.hapus(lain[0])
    assert [draf.baca(k).isian for k in (KUNCI, *lain)] == [{R: "0"}, {}, {R: "2"}, {R: "3"}]


def test_two_tabs_with_one_field_the_newest_wins_and_both_are_told(draf: DaftarDraf) -> None:
    draf.simpan(KUNCI, ASAL, {R: "1", P: "a"}, 0, SAAT)
    draf.simpan(KUNCI, ASAL, {R: "2"}, 1, SAAT)
    hasil = draf.simpan(KUNCI, ASAL, {R: "3", P: "b"}, 1, SAAT)
    assert hasil == Tersimpan(3, (Tertimpa(R, "2", "3"),))
    assert draf.baca(KUNCI).isian == {R: "3", P: "b"}


def test_the_same_text_from_two_tabs_is_no_clash(draf: DaftarDraf) -> None:
    draf.simpan(KUNCI, ASAL, {R: "1"}, 0, SAAT)
    assert draf.simpan(KUNCI, ASAL, {R: "1"}, 0, SAAT).tertimpa == ()


def test_each_field_remembers_the_commit_of_its_page(draf: DaftarDraf) -> None:
    draf.simpan(KUNCI, ASAL, {R: "1", P: "a"}, 0, SAAT)
    assert draf.simpan(KUNCI, ASAL_BARU, {P: "b"}, 1, SAAT) == Tersimpan(2, asal_lama=ASAL)
    kini = draf.baca(KUNCI)
    assert kini.asal == ASAL_BARU
    assert kini.kelompok == ((ASAL, {R: "1"}), (ASAL_BARU, {P: "b"}))


def test_deleting_keeps_the_count_so_that_old_tabs_are_noticed(draf: DaftarDraf) -> None:
    draf.simpan(KUNCI, ASAL, {R: "1"}, 0, SAAT)
    draf.hapus(KUNCI)
    draf.hapus(KUNCI)
    assert (draf.baca(KUNCI).isian, draf.baca(KUNCI).versi) == ({}, 1)
    assert draf.simpan(KUNCI, ASAL_BARU, {R: "2"}, 1, SAAT) == Tersimpan(2)
    assert draf.simpan(KUNCI, ASAL, {R: "3"}, 1, SAAT).tertimpa == (Tertimpa(R, "2", "3"),)


def test_deleting_up_to_a_revision_keeps_what_came_later(draf: DaftarDraf) -> None:
    draf.simpan(KUNCI, ASAL, {R: "1", P: "a"}, 0, SAAT)
    draf.simpan(KUNCI, ASAL, {P: "b"}, 1, SAAT)
    draf.hapus(KUNCI, sampai_versi=1)
    assert draf.baca(KUNCI).isian == {P: "b"}


def test_fifty_tabs_saving_different_fields_lose_nothing(draf: DaftarDraf) -> None:
    def kerja(n: int) -> None:
        versi = 0
        for i in range(4):
            versi = draf.simpan(KUNCI, ASAL, {f"/indikator/{n}/{i}": f"{n}-{i}"}, versi, SAAT).versi

    serentak(50, kerja)
    kini = draf.baca(KUNCI)
    assert kini.isian == {f"/indikator/{n}/{i}": f"{n}-{i}" for n in range(50) for i in range(4)}
    assert kini.versi == 200


def test_fifty_tabs_saving_one_field_every_text_stands_or_is_told(draf: DaftarDraf) -> None:
    hasil = serentak(50, lambda n: draf.simpan(KUNCI, ASAL, {R: str(n)}, 0, SAAT))
    tertimpa = [t.lama for h in hasil if isinstance(h, Tersimpan) for t in h.tertimpa]
    assert sorted([*tertimpa, draf.baca(KUNCI).isian[R]], key=int) == [str(n) for n in range(50)]


def test_a_draft_outlives_a_restart(berkas: Path) -> None:
    with Simpanan(berkas) as s:
        DaftarDraf(s).simpan(KUNCI, ASAL, {R: "45,21"}, 0, SAAT)
    with Simpanan(berkas) as s:
        assert DaftarDraf(s).baca(KUNCI).isian == {R: "45,21"}


# limits


def _banyak(jumlah: int, panjang: int = 1) -> dict[str, str]:
    return {f"/i/{n}": "x" * panjang for n in range(jumlah)}


def test_exactly_as_much_as_allowed_is_kept(draf: DaftarDraf) -> None:
    draf.simpan(KUNCI, ASAL, _banyak(drafts.ISIAN_TERBANYAK), 0, SAAT)
    assert len(draf.baca(KUNCI).isian) == 2000
    lain = replace(KUNCI, bidang="lain")
    draf.simpan(lain, ASAL, _banyak(39, drafts.HURUF_TERBANYAK), 0, SAAT)
    assert len(draf.baca(lain).isian["/i/0"]) == 50_000


@pytest.mark.parametrize(
    ("isian", "sebab"),
    [
        (_banyak(2001), "lebih dari 2000 isian"),
        ({R: "x" * 50_001}, "terlalu panjang (50001 huruf)"),
        (_banyak(41, 50_000), "lebih dari 2 MB"),
        ({f"/{n}": "é" * 40_000 for n in range(26)}, "lebih dari 2 MB"),
        ({"realisasi": "1"}, "tidak dikenal"),
        ({"/" + "x" * 500: "1"}, "tidak dikenal"),
        ({R: "rusak \ud800"}, "huruf yang rusak"),
    ],
)
def test_too_much_is_refused_and_nothing_of_it_kept(draf: DaftarDraf, isian: dict[str, str], sebab: str) -> None:
    draf.simpan(KUNCI, ASAL, {P: "dahulu"}, 0, SAAT)
    with pytest.raises(PemakaianError) as e:
        draf.simpan(KUNCI, ASAL, {R: "1"} | isian, 1, SAAT)
    assert sebab in e.value.pesan
    assert e.value.saran
    assert (draf.baca(KUNCI).isian, draf.baca(KUNCI).versi) == ({P: "dahulu"}, 1)


def test_the_limits_hold_for_the_draft_not_for_one_save(draf: DaftarDraf) -> None:
    draf.simpan(KUNCI, ASAL, _banyak(2000), 0, SAAT)
    with pytest.raises(PemakaianError, match="lebih dari 2000 isian"):
        draf.simpan(KUNCI, ASAL, {R: "1"}, 1, SAAT)
    assert draf.simpan(KUNCI, ASAL, {"/i/0": "y"}, 1, SAAT).versi == 2


@pytest.mark.parametrize("kunci", [replace(KUNCI, orang=""), replace(KUNCI, bidang="x" * 101)])
def test_a_key_that_is_none_is_refused(draf: DaftarDraf, kunci: KunciDraf) -> None:
    with pytest.raises(PemakaianError, match="kertas kerja yang sah"):
        draf.simpan(kunci, ASAL, {R: "1"}, 0, SAAT)
