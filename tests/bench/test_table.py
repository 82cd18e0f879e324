"""The table as a person reads it and as a program does."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from kinerja.bench.measure import Biaya, Perintah
from kinerja.bench.row import Baris, HasilBaris, Sasaran, Siap, Tempat
from kinerja.bench.table import lingkungan, tabel_json, tabel_markdown, tabel_teks

GOLDEN = Path(__file__).parents[1] / "golden" / "bench"
TEMPAT = {"mesin": "Contoh, 2 inti", "check-jsonschema": "0.39.0"}


def _tidak_dipakai(_: Tempat) -> Siap:
    raise AssertionError


def hasil() -> list[HasilBaris]:
    perintah = {n: Perintah((n,), Path(), f"jalankan {n}") for n in ("kami", "lawan")}
    sasaran = (
        Sasaran("memeriksa", "cpu", "lawan", "kami", Decimal(15), paling_sedikit=True),
        Sasaran("memeriksa", "dinding", "kami", "lawan", Decimal("2.5")),
        Sasaran("memeriksa", "memori", "kami", None, Decimal(64 << 20)),
        Sasaran("mulai", "cpu", "kami", "lawan", None),
    )
    putaran = tuple(
        {"kami": Biaya(10**8 * n, 3 * 10**8, 70 << 20, None), "lawan": Biaya(16 * 10**8, 10**8, None, None)}
        for n in (1, 2, 1)
    )
    baris = Baris("contoh", "sebuah contoh", _tidak_dipakai)
    return [
        HasilBaris(baris, Siap(perintah, sasaran, ("ada yang belum ada",)), putaran),
        HasilBaris(Baris("rusak", "yang gagal", _tidak_dipakai), None, (), "alat tidak terpasang"),
    ]


def test_the_table_for_a_person(bandingkan: Callable[[Path, str], None]) -> None:
    bandingkan(GOLDEN / "tabel.txt", tabel_teks(hasil(), TEMPAT) + "\n")
    bandingkan(GOLDEN / "tabel.md", tabel_markdown(hasil(), TEMPAT) + "\n")


def test_the_table_for_a_program_has_no_binary_fractions() -> None:
    data = tabel_json(hasil(), TEMPAT, 3)
    contoh, rusak = data["baris"]
    assert [(s["tengah"], s["tercapai"]) for s in contoh["sasaran"]] == [
        ("16", True), ("3", False), ("73400320", False), ("0.0625", None),
    ]  # fmt: skip
    assert [p["ulangi"] for p in contoh["perintah"]] == ["jalankan kami", "jalankan lawan"]
    assert (rusak["gagal"], rusak["sasaran"]) == ("alat tidak terpasang", [])


def test_the_place_of_measuring_names_machine_and_peers() -> None:
    nama = lingkungan()
    assert nama["check-jsonschema"] != "tidak terpasang"
    assert nama["mesin"].endswith("inti")
    assert {"Python", "git", "mkdocs", "click"} <= set(nama)
