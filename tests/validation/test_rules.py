"""Every rule by itself: its examples speak by it alone, are silent without it, and no fault is told twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.adapters.reports import Reports, baca_lembar
from kinerja.adapters.trees import PohonFolder, PohonTumpuk
from kinerja.adapters.yaml_strict import Tempat, letak, muat
from kinerja.checking.contexts import Acuan
from kinerja.checking.run import periksa_pohon
from kinerja.domain.kertas_kerja import BarisAnggaran, BarisIndikator, Bukti, KertasKerja, TindakLanjut
from kinerja.domain.periode import Periode
from kinerja.validation.engine import periksa_kertas_kerja, periksa_naskah, periksa_repositori
from kinerja.validation.rules import RULES, RULES_NASKAH, RULES_REPOSITORI

from .sidik_contoh import isi_sidik

CONTOH = Path(__file__).parent.parent / "examples"
SALAH = CONTOH / "invalid"
VALID = PohonFolder(CONTOH / "valid")
LEMBAR = re.compile(r"reports/([0-9]+)/(\w+)/kertas-kerja/([a-z0-9-]+)\.yaml")
SEMUA = sorted({a.id for a in (*RULES, *RULES_NASKAH, *RULES_REPOSITORI)})
BERKAS = sorted(SALAH.glob("*/*.yaml"))


class Contoh:
    """An example laid over the valid agency."""

    def __init__(self, berkas: Path) -> None:
        self.bita = isi_sidik(berkas.read_bytes())
        kepala = dict(
            b[2:].split(": ", 1)
            for b in self.bita.decode("utf-8", "replace").split("\n")[:4]
            if b.startswith("# ") and ": " in b
        )
        sekitar = PohonFolder(berkas.parent / "sekitar" / berkas.stem)
        lain = {j: sekitar.baca(j) or b"" for j in sekitar.daftar("reports/")}
        self.pohon = PohonTumpuk({**lain, kepala["jalur"]: self.bita}, VALID)
        self.jalur = kepala.get("periksa", kepala["jalur"])
        self.diajukan = kepala.get("diajukan") == "ya"
        self.dasar = VALID if kepala.get("dasar") == "ya" else None

    def ids(self, pilih: Callable[[str], bool]) -> set[str]:
        """What the chosen rules say about it, and nothing else."""
        bita = self.pohon.baca(self.jalur) or b""
        data, rusak = muat(bita, self.jalur)
        if rusak:
            return set()
        acuan = Acuan(Reports(self.pohon), Reports(self.dasar) if self.dasar else None)
        tempat = letak(bita)
        temuan = periksa_naskah(
            self.jalur, bita.decode(), data, tempat.cari, [a for a in RULES_NASKAH if pilih(a.id)]
        )
        lembar = LEMBAR.fullmatch(self.jalur)
        if lembar is None:
            temuan += periksa_repositori(
                acuan.repositori([self.jalur]), lambda _, p: tempat.cari(p),
                [a for a in RULES_REPOSITORI if pilih(a.id)],
            )  # fmt: skip
            return {t.aturan for t in temuan}
        bidang = acuan.reports.organisasi().cari_bidang(lembar[3])
        kk, cacat, _ = baca_lembar(bita, self.jalur)
        if bidang is not None and kk is not None:
            konteks = acuan.lembar(kk, Periode(int(lembar[1]), lembar[2]), bidang, self.diajukan)
            aturan = [a for a in RULES if pilih(a.id)]
            temuan += periksa_kertas_kerja(konteks, self.jalur, tempat.cari, cacat, aturan)
        return {t.aturan for t in temuan}


def contoh(aturan: str) -> list[Contoh]:
    """The examples of a rule whose other documents can be read."""
    tak_terbaca = {"anggaran-rusak.yaml"}
    return [Contoh(b) for b in BERKAS if b.parent.name == aturan and b.name not in tak_terbaca]


@pytest.mark.parametrize("aturan", SEMUA)
def test_the_examples_speak_by_their_rule_alone_and_are_silent_without_it(aturan: str) -> None:
    sendiri = [c.ids(lambda i: i == aturan) for c in contoh(aturan)]
    assert {aturan} in sendiri
    assert all(s <= {aturan} for s in sendiri)
    assert all(aturan not in c.ids(lambda i: i != aturan) for c in contoh(aturan))


@pytest.mark.parametrize("berkas", BERKAS, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_no_fault_is_told_by_two_rules(berkas: Path) -> None:
    c = Contoh(berkas)
    per_tempat: dict[tuple[int, int], list[str]] = defaultdict(list)
    for t in periksa_pohon(c.pohon, [c.jalur], diajukan=c.diajukan, dasar=c.dasar):
        per_tempat[t.baris, t.kolom].append(t.aturan)
    berdua = {k: v for k, v in per_tempat.items() if len(set(v)) > 1}
    assert berdua == {}


NILAI = st.one_of(
    st.none(),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1e18"), max_value=Decimal("1e18"), places=3),
    st.sampled_from([*map(Decimal, ("0", "0.00", "100", "1.234", "60.5", "0.000000000000001")), "BB", "Ada", "", "\u200b"]),
)
ANGKA = NILAI.filter(lambda v: not isinstance(v, str))
TEKS = st.one_of(st.none(), st.sampled_from(["", "-", "Sebab yang panjang sekali, disalin.", "\u200b", "rek. 1234567890"]))
BUKTI = st.builds(
    Bukti, st.sampled_from(["a.pdf", "/", "..", ""]), st.sampled_from(["a" * 64, "e" * 64]), st.integers(0, 9),
    st.one_of(st.none(), st.dates()),
)  # fmt: skip
TINDAK = st.one_of(
    st.none(), st.builds(TindakLanjut, st.sampled_from(["", "Rapat"]), st.sampled_from(["x", "kabid:layanan"]), st.dates())
)
INDIKATOR = st.builds(
    BarisIndikator, st.sampled_from(["lay-01", "lay-02", "lay-03", "lay-04", "set-01", "x"]), st.just("n"), st.just("s"),
    NILAI, NILAI, NILAI, ANGKA, ANGKA, TEKS, TEKS, TEKS, TINDAK, st.lists(BUKTI, max_size=2).map(tuple),
)  # fmt: skip
BELANJA = st.builds(
    BarisAnggaran, st.sampled_from(["1.06.04.2.01.0001", "1.06.04.2.01.0003", "x"]), st.just("n"),
    ANGKA, ANGKA, ANGKA, ANGKA, TEKS,
)  # fmt: skip
LEMBAR_APA_SAJA = st.builds(
    KertasKerja, st.just("kertas-kerja/v1"), st.sampled_from(["2024-tw1", "2024-tw3", "satu"]), st.just("layanan"),
    st.sampled_from(["murni", "x"]), st.just("dpa"), st.lists(INDIKATOR, max_size=4).map(tuple),
    st.lists(BELANJA, max_size=3).map(tuple), TEKS,
)  # fmt: skip
ACUAN_VALID = Acuan(Reports(VALID))


@settings(max_examples=100, deadline=None)
@given(
    LEMBAR_APA_SAJA, st.sampled_from(["tw1", "tw2", "tw4", "tahunan"]), st.booleans(),
    st.tuples(*[st.one_of(st.none(), LEMBAR_APA_SAJA)] * 3),
)  # fmt: skip
def test_no_worksheet_makes_a_rule_fail_and_two_runs_say_the_same(
    kk: KertasKerja, bagian: str, diajukan: bool, lain: tuple[KertasKerja | None, ...]
) -> None:
    bidang = ACUAN_VALID.reports.organisasi().cari_bidang("layanan")
    assert bidang is not None
    konteks = ACUAN_VALID.lembar(kk, Periode(2024, bagian), bidang, diajukan)
    konteks = replace(konteks, lalu=lain[0], tahun_lalu=lain[1], bertanda=lain[2])
    temuan = periksa_kertas_kerja(konteks, "x.yaml", lambda _: Tempat(1, 1, ""))
    assert temuan == periksa_kertas_kerja(replace(konteks), "x.yaml", lambda _: Tempat(1, 1, ""))
    for t in temuan:
        assert t.penunjuk == "" or t.penunjuk.startswith(("/indikator", "/anggaran", "/periode", "/versi"))
        assert t.pesan and t.tindakan
