"""Every rule by itself: its examples speak by it alone, are silent without it, and no fault is told twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from kinerja.adapters.reports import Reports, baca_lembar
from kinerja.adapters.trees import PohonFolder, PohonTumpuk
from kinerja.adapters.yaml_strict import letak, muat
from kinerja.checking.contexts import Acuan
from kinerja.checking.run import periksa_pohon
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
