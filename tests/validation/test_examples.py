"""Every rule has a folder of examples; what they say is golden; valid files are silent.

An example names its place in a comment line at its top, ``# jalur: reports/…``, and if needed
that it is being submitted, ``# diajukan: ya``, that another file is looked at because of it,
``# periksa: reports/…``, or that the valid tree is its base revision, ``# dasar: ya``, for rules
with memory. It is laid over ``examples/valid``. In a laporan ``sha256: sidik-berkasnya`` stands for
the digest of the valid file that the line above names, so that valid files may change.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from kinerja.adapters.trees import PohonFolder, PohonTumpuk
from kinerja.adapters.yaml_errors import ATURAN_BACA
from kinerja.checking.run import periksa_pohon
from kinerja.domain.findings import Finding
from kinerja.validation.rules import RULES, RULES_NASKAH, RULES_REPOSITORI
from kinerja.validation.schema_words import ATURAN_SKEMA

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


_SIDIK = re.compile(rb"(jalur: (reports/\S+)\n +sha256: )sidik-berkasnya")


def kepala(bita: bytes) -> dict[str, str]:
    baris = [b.decode("utf-8", "replace") for b in bita.split(b"\n")[:3]]
    return dict(b[2:].split(": ", 1) for b in baris if b.startswith("# ") and ": " in b)


def _isi_sidik(cocok: re.Match[bytes]) -> bytes:
    isi = (CONTOH / "valid" / cocok[2].decode()).read_bytes()
    return cocok[1] + sha256(isi).hexdigest().encode()


def periksa(berkas: Path) -> tuple[Finding, ...]:
    bita = _SIDIK.sub(_isi_sidik, berkas.read_bytes())
    jalur = kepala(bita)["jalur"]
    pohon = PohonTumpuk({jalur: bita}, PohonFolder(CONTOH / "valid"))
    dilihat = kepala(bita).get("periksa", jalur)
    dasar = PohonFolder(CONTOH / "valid") if kepala(bita).get("dasar") == "ya" else None
    return periksa_pohon(pohon, [dilihat], diajukan=kepala(bita).get("diajukan") == "ya", dasar=dasar)


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
