"""What stands at the head of a file that a person opens in a forge's own editor."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinerja.adapters.documents import PETUNJUK, tulis
from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import PohonFolder
from kinerja.adapters.worksheet_writer import kertas_kerja_baru
from kinerja.domain.periode import Periode

AKAR = Path(__file__).parents[2]
_R = Reports(PohonFolder(AKAR))


@pytest.mark.parametrize("bidang", [b.id for b in _R.organisasi().bidang])
def test_a_worksheet_begins_with_its_schema_and_says_how_to_save(bidang: str) -> None:
    b = _R.organisasi().cari_bidang(bidang)
    assert b is not None
    periode = Periode.baca("2024-tw1")
    teks = kertas_kerja_baru(_R.organisasi(), b, periode, _R.rencana(2024), _R.anggaran(2024), None).decode()  # type: ignore[arg-type]
    baris = teks.splitlines()
    skema = baris[0].removeprefix("# yaml-language-server: $schema=")
    jalur = AKAR / periode.folder / "kertas-kerja" / f"{bidang}.yaml"
    assert (jalur.parent / skema).resolve() == AKAR / "schemas/kertas-kerja.v1.json"
    kepala = [x for x in baris if x.startswith("#")]
    assert any("Commit changes" in x for x in kepala)
    assert any("/ajukan" in x for x in kepala)


def test_a_file_that_is_not_to_be_edited_says_so() -> None:
    for perintah, petunjuk in PETUNJUK.items():
        assert petunjuk[0].startswith(f"Ditulis oleh: kinerja {perintah}")
        assert "jangan disunting" in petunjuk[0]
        assert len(petunjuk) <= 3
    assert tulis(_R.organisasi(), "x.json", ("A",)).startswith(b"# yaml-language-server: $schema=x.json\n# A\n")


@pytest.mark.parametrize(
    "berkas", sorted((AKAR / "reports").rglob("*.yaml")), ids=lambda p: p.relative_to(AKAR).as_posix()
)
def test_every_sample_document_names_a_schema_that_is_there(berkas: Path) -> None:
    baris = berkas.read_text(encoding="utf-8").splitlines()[0]
    assert (berkas.parent / baris.removeprefix("# yaml-language-server: $schema=")).resolve().is_file()
