"""Every rule has a folder of examples; what they say is golden; valid files are silent.

An example names its place in a comment line at its top, ``# jalur: reports/…``, and if needed
that it is being submitted, ``# diajukan: ya``, that ``examples/valid`` is the base revision where
it stands signed, ``# dasar: ya``, or that another file is looked at because of it, ``# periksa:
reports/…``. It is laid over ``examples/valid``, and over the other documents that it needs:
``sekitar/<name of the example>/reports/…`` beside it. In a laporan
``sha256: sidik-berkasnya`` stands for the digest of the valid file that the line above names, so
that valid files may change.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kinerja.adapters.trees import PohonFolder, PohonTumpuk
from kinerja.adapters.yaml_errors import ATURAN_BACA
from kinerja.checking.run import periksa_pohon
from kinerja.domain.findings import Finding
from kinerja.validation.rules import RULES, RULES_NASKAH, RULES_REPOSITORI
from kinerja.validation.schema_words import ATURAN_SKEMA

from .sidik_contoh import isi_sidik

CONTOH = Path(__file__).parent.parent / "examples"
SALAH = CONTOH / "invalid"
FOLDER = sorted(p for p in SALAH.iterdir() if p.is_dir())
TANPA_CONTOH = {
    "berkas-terlalu-besar": "a file of 1 MiB; see test_yaml_strict",
    "skema-tetap": "`skema:` is the only constant, and skema-tidak-dikenal tells it first",
    "skema-batas": "no schema has bounds for numbers yet; see test_schema",
    "skema-jumlah": "no schema asks for a number of items yet; see test_schema",
    "skema-bentuk": "what no other word fits; see test_schema",
}


def kepala(bita: bytes) -> dict[str, str]:
    baris = [b.decode("utf-8", "replace") for b in bita.split(b"\n")[:4]]
    return dict(b[2:].split(": ", 1) for b in baris if b.startswith("# ") and ": " in b)


def periksa(berkas: Path) -> tuple[Finding, ...]:
    bita = isi_sidik(berkas.read_bytes())
    jalur = kepala(bita)["jalur"]
    valid, sekitar = PohonFolder(CONTOH / "valid"), PohonFolder(berkas.parent / "sekitar" / berkas.stem)
    lain = {j: sekitar.baca(j) or b"" for j in sekitar.daftar("reports/")}
    dilihat = kepala(bita).get("periksa", jalur)
    return periksa_pohon(
        PohonTumpuk({**lain, jalur: bita}, valid), [dilihat], diajukan=kepala(bita).get("diajukan") == "ya",
        dasar=valid if kepala(bita).get("dasar") == "ya" else None,
    )  # fmt: skip


def semua_aturan() -> set[str]:
    aturan = {a.id for a in (*RULES, *RULES_NASKAH, *RULES_REPOSITORI)}
    return aturan | set(ATURAN_BACA) | set(ATURAN_SKEMA) | {"nilai-tidak-sah"}


@pytest.mark.parametrize("diajukan", [False, True])
def test_valid_examples_are_silent(diajukan: bool) -> None:
    valid = PohonFolder(CONTOH / "valid")
    temuan = periksa_pohon(valid, diajukan=diajukan, dasar=valid)
    assert [t.teks() for t in temuan] == []


@pytest.mark.parametrize("folder", FOLDER, ids=lambda p: p.name)
def test_invalid_examples_say_what_is_wrong(
    folder: Path, bandingkan: Callable[[Path, str], None]
) -> None:
    baris: list[str] = []
    for berkas in sorted(folder.glob("*.yaml")):
        temuan = periksa(berkas)
        assert folder.name in {t.aturan for t in temuan}, f"{berkas} tidak ditolak"
        baris += [f"# {berkas.name}", *(t.teks() for t in temuan), ""]
    bandingkan(folder / "expected.txt", "\n".join(baris))


def test_every_rule_has_examples_and_every_folder_a_rule() -> None:
    assert {p.name for p in FOLDER} == semua_aturan() - set(TANPA_CONTOH)
    assert set(TANPA_CONTOH) <= semua_aturan()


def test_rules_have_an_id_a_wording_and_no_twin() -> None:
    for daftar in (RULES, RULES_NASKAH, RULES_REPOSITORI):
        ids = [a.id for a in daftar]
        assert len(ids) == len(set(ids))
        for a in daftar:
            assert a.id == a.id.lower().replace("_", "-")
            assert a.bunyi.endswith("."), a.id
            assert "\n" not in (a.periksa.__doc__ or "").strip(), f"{a.id}: one line is the rule"


def test_findings_stand_at_a_place_and_name_the_next_action() -> None:
    for folder in FOLDER:
        for berkas in folder.glob("*.yaml"):
            for t in periksa(berkas):
                assert t.tindakan and t.pesan
                assert not t.tindakan.endswith((".", ";")), t.teks()
                assert "\n" not in t.teks()
