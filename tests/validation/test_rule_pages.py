"""The examples on the rules' pages are the ones that the tests run; this writes them (``--bless``)."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable
from pathlib import Path

from kinerja.checking.catalog import katalog
from kinerja.publishing import site_assets
from kinerja.publishing.pages.rules import jalur_aturan

from .test_examples import CONTOH, FOLDER, TANPA_CONTOH, kepala

ASET = Path(site_assets.__file__).parent / "assets" / "contoh-aturan.json"
_BANYAK, _BARIS = 2, 14


def _baris(bita: bytes) -> list[str]:
    """Lines as a page can show them: what is not UTF-8 or does not print is escaped."""
    teks = bita.decode("utf-8-sig", "backslashreplace")
    semua = [b for b in teks.splitlines() if not re.match(r"# (jalur|diajukan|dasar|periksa): ", b)]
    return ["".join(c if c.isprintable() or c == " " else repr(c)[1:-1] for c in b) for b in semua]


def _cuplikan(berkas: Path) -> tuple[str, str]:
    """The lines in which a faulty file differs from the faultless one, each with the line above."""
    bita = berkas.read_bytes()
    asal = CONTOH / "valid" / kepala(bita)["jalur"]
    salah = _baris(bita)
    if not asal.is_file():
        return "\n".join(salah[:_BARIS]), ""
    benar = _baris(asal.read_bytes())
    kiri: list[str] = []
    kanan: list[str] = []
    for kata, i1, i2, j1, j2 in difflib.SequenceMatcher(None, benar, salah, autojunk=False).get_opcodes():
        if kata == "equal" or len(kiri) >= _BARIS or len(kanan) >= _BARIS:
            continue
        kiri += [*(["…"] if kiri else []), *salah[max(0, j1 - 1) : j2]]
        kanan += [*(["…"] if kanan else []), *benar[max(0, i1 - 1) : i2]]
    return "\n".join(kiri[:_BARIS]), "\n".join(kanan[:_BARIS])


def _contoh(folder: Path) -> list[dict[str, object]]:
    terbaca: dict[str, list[str]] = {}
    for bagian in (folder / "expected.txt").read_text(encoding="utf-8").split("# ")[1:]:
        nama, _, isi = bagian.partition("\n")
        terbaca[nama.strip()] = [b for b in isi.splitlines() if f"[{folder.name}]" in b]
    hasil: list[dict[str, object]] = []
    for berkas in sorted(folder.glob("*.yaml"))[:_BANYAK]:
        salah, benar = _cuplikan(berkas)
        temuan = terbaca.get(berkas.name, [])[:3]
        hasil.append({"berkas": kepala(berkas.read_bytes())["jalur"], "salah": salah, "benar": benar, "temuan": temuan})
    return hasil


def test_the_pages_show_the_examples_of_the_tests(bandingkan: Callable[[Path, str], None]) -> None:
    isi = {
        "_": "Dibuat oleh tests/validation/test_rule_pages.py dari tests/examples; tulis ulang: pytest --bless",
        "aturan": {folder.name: _contoh(folder) for folder in FOLDER},
    }
    bandingkan(ASET, json.dumps(isi, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def test_every_rule_has_a_page_and_all_but_the_named_ones_an_example() -> None:
    ids = [a.id for a in katalog()]
    assert len(ids) == len(set(ids))
    contoh = site_assets.contoh_aturan()
    tanpa = {i for i in ids if not contoh.get(i)}
    assert tanpa == set(TANPA_CONTOH) | {"berkas-dihapus"}
    for i in ids:
        assert jalur_aturan(i) == f"aturan/{i}.md"
    for aturan, daftar in contoh.items():
        for c in daftar:
            assert c.salah and c.temuan, aturan
            assert all(f"[{aturan}]" in t for t in c.temuan)
