"""The worksheet's script, run by node: it reads and counts as the server does, or says nothing."""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kinerja.calculation.numbers import (
    Ambigu,
    Kosong,
    Terbaca,
    baca_angka,
    format_angka,
    format_persen,
)

AKAR = Path(__file__).parents[2]
ASET = AKAR / "tooling" / "kinerja" / "web" / "assets"
JALANKAN = Path(__file__).parent / "js" / "jalankan.js"
KASUS = yaml.load((AKAR / "tests" / "cases" / "angka.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
Tanya = Callable[..., Any]
TERBESAR = 4096

pytestmark = pytest.mark.alat("node")


@pytest.fixture(scope="module")
def tanya() -> Iterator[Tanya]:
    """One node process for all questions of this module."""
    with subprocess.Popen(
        ["node", str(JALANKAN)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as proses:
        assert proses.stdin is not None
        assert proses.stdout is not None
        masuk, keluar = proses.stdin, proses.stdout

        def jawab(*isi: object) -> Any:
            masuk.write(json.dumps(isi) + "\n")
            masuk.flush()
            return json.loads(keluar.readline())

        yield jawab
        masuk.close()
        assert proses.wait(10) == 0


def sama(tanya: Tanya, teks: str, *, desimal: bool) -> str:
    """Compares the two readers of one text; gives what the script made of it."""
    hukum = baca_angka(teks, desimal=desimal)
    hasil: dict[str, str] = tanya("baca", teks, "desimal" if desimal else "bulat")
    match hasil["jenis"]:
        case "angka":
            assert isinstance(hukum, Terbaca), (teks, hukum)
            assert Fraction(int(hasil["atas"]), int(hasil["bawah"])) == Fraction(hukum.nilai), teks
        case "tanya":
            assert isinstance(hukum, Ambigu), (teks, hukum)
            assert hasil["pesan"].endswith(hukum.saran), (teks, hasil)
        case "kosong":
            assert isinstance(hukum, Kosong), (teks, hukum)
        case lain:
            assert lain == "tidak-tahu"
    return hasil["jenis"]


# Reading


@pytest.mark.parametrize("kasus", KASUS, ids=[k["nama"] for k in KASUS])
def test_every_case_of_the_table_is_read_as_by_the_server_or_left_to_it(
    tanya: Tanya, kasus: dict[str, Any]
) -> None:
    sama(tanya, kasus["teks"], desimal=kasus["desimal"] == "ya")


PASTI = [
    ("85,5", True), ("85.5", True), ("1.234.567", True), ("1.234.567", False), ("1.234,56", True),
    ("1.234,56", False), ("Rp 1.000", False), ("Rp1.500", False), ("Rp. 1.000.000,-", False),
    ("1.234", True), ("1.234", False), ("1,234", True), ("1,234", False), ("-1.234", True), ("-", True),
    ("n/a", True), ("", True), ("  ", False), ("0", True), ("0,0", True), ("007", False), ("-5,25", True),
    ("−5,25", True), ("92,5 %", True), ("123,45%", True), ("1 234 567", False), ("1\u00a0234,5", True),
    ("1,234.56", True), ("1,234,567", False), ("0.757", True), ("12500000", False), ("97,5", False),
]  # fmt: skip


@pytest.mark.parametrize(("teks", "desimal"), PASTI)
def test_the_shapes_that_people_type_are_never_left_open(tanya: Tanya, teks: str, desimal: bool) -> None:
    assert sama(tanya, teks, desimal=desimal) != "tidak-tahu"


def test_an_ambiguous_number_is_asked_in_the_server_s_words(tanya: Tanya) -> None:
    assert tanya("baca", "1.234", "desimal")["pesan"] == (
        "1.234 berarti 1234 atau 1,234? tulis 1234 bila ribuan, atau 1,234 bila desimal"
    )
    assert tanya("baca", "-1,234", "bulat")["pesan"] == (
        "-1,234 berarti -1234 atau -1,234? tulis -1234 bila ribuan, atau -1,234 bila desimal"
    )


AWAL = st.sampled_from(["", "", "", "Rp ", "Rp", "Rp. ", "rp ", "-", "−", "- ", "-Rp ", "Rp -", "(", " "])
AKHIR = st.sampled_from(["", "", "", " %", "%", ",-", ".-", ".", ")", " ", " jiwa", " persen", " M", "\u00a0%"])
DESIMAL = st.decimals(-(10**13), 10**13, allow_nan=False, allow_infinity=False, places=None).map(
    lambda d: d.quantize(Decimal("0.000001")).normalize()
)


@st.composite
def tercetak(draw: st.DrawFn) -> str:
    """A number as some office prints it, with some other sign put in now and then."""
    teks = format_angka(draw(DESIMAL), draw(st.none() | st.integers(0, 4)))
    gaya = draw(st.sampled_from(["indonesia", "inggris", "spasi", "polos"]))
    tukar = {"inggris": str.maketrans(",.", ".,"), "spasi": {46: " "}, "polos": {46: None}}
    teks = draw(AWAL) + teks.translate(tukar.get(gaya, {})) + draw(AKHIR)
    if draw(st.booleans()):
        di = draw(st.integers(0, len(teks)))
        teks = teks[:di] + draw(st.sampled_from([*"0123456789.,- %()RpMkOe/:=", "\u202f", "\ufeff"])) + teks[di:]
    return teks


@settings(max_examples=1000, deadline=None)
@given(teks=tercetak() | st.text("0123456789.,- Rp%−", max_size=40), desimal=st.booleans())
@example(teks="\ufeff85", desimal=True)
@example(teks="1" * 31, desimal=False)
@example(teks=" " * 201, desimal=False)
@example(teks="1\u2003234", desimal=False)
def test_printed_numbers_are_read_alike(tanya: Tanya, teks: str, desimal: bool) -> None:
    sama(tanya, teks, desimal=desimal)


@settings(max_examples=300, deadline=None)
@given(nilai=DESIMAL, desimal=st.booleans())
def test_what_the_server_prints_is_always_read(tanya: Tanya, nilai: Decimal, desimal: bool) -> None:
    assert sama(tanya, format_angka(nilai), desimal=desimal) in ("angka", "tanya")


# Capaian

SKALA = [["Sangat tinggi", "91"], ["Tinggi", "76"], ["Sedang", "66"], ["Rendah", "51"], ["Sangat rendah", None]]
ANGKA = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=4) | st.sampled_from(
    [Decimal(0), Decimal(1), Decimal("0.005"), Decimal("-0.005"), Decimal("99.995"), Decimal(10) ** 15]
)
BATAS = ANGKA | st.just(Decimal("0." + "3" * 60))


def tulis(nilai: Decimal | None) -> str | None:
    return None if nilai is None else f"{nilai:f}"


@st.composite
def potongan(draw: st.DrawFn) -> list[dict[str, Any]]:
    maks: list[Decimal | None] = [*sorted(draw(st.lists(BATAS, max_size=3))), None]
    return [
        {"maks": tulis(m), "termasuk": draw(st.booleans()),
         **{k: tulis(draw(ANGKA)) for k in "abcd"}, "alasan": draw(st.sampled_from(["", "", "", "target nol"]))}
        for m in maks
    ]  # fmt: skip


def seharusnya(daftar: Sequence[dict[str, Any]], r: Decimal) -> tuple[str, int | None]:
    """The contract in exact fractions, with the server's own printing."""
    for p in daftar:
        if p["maks"] is None or r < Decimal(p["maks"]) or (p["termasuk"] and r == Decimal(p["maks"])):
            break
    if p["alasan"]:
        return p["alasan"], None
    a, b, c, d = (Fraction(Decimal(p[k])) for k in "abcd")
    bawah = c + d * Fraction(r)
    if bawah == 0:
        return "…", None
    persen = 100 * (a + b * Fraction(r)) / bawah
    sen = (abs(persen) * 100 + Fraction(1, 2)).__floor__() * (-1 if persen < 0 else 1)
    nilai = Decimal(f"{sen}e-2")  # a division would round to 28 digits
    kelas = next(n for n, (_, batas) in enumerate(SKALA) if batas is None or Decimal(batas) <= nilai)
    return format_persen(nilai), kelas


@settings(max_examples=500, deadline=None)
@given(daftar=potongan(), r=ANGKA)
def test_capaian_is_exact_and_rounded_once(tanya: Tanya, daftar: list[dict[str, Any]], r: Decimal) -> None:
    batas = [Decimal(p["maks"]) for p in daftar if p["maks"] is not None]
    for nilai in (r, *batas):
        hasil = tanya("capaian", daftar, SKALA, tulis(nilai))
        assert (hasil["teks"], hasil["kelas"]) == seharusnya(daftar, nilai)


@pytest.mark.parametrize(
    ("r", "teks", "kelas"),
    [
        ("75", "93,75\u00a0%", 0), ("72.8", "91,00\u00a0%", 0), ("72.796", "91,00\u00a0%", 0),
        ("72.795", "90,99\u00a0%", 1), ("0", "0,00\u00a0%", 4), ("-0.004", "−0,01\u00a0%", 4),
        ("-0.0039", "0,00\u00a0%", 4), ("987654", "1.234.567,50\u00a0%", 0),
    ],
)  # fmt: skip
def test_capaian_of_a_target_of_eighty(tanya: Tanya, r: str, teks: str, kelas: int) -> None:
    """The class follows the rounded figure, as it is printed beside it."""
    satu = [{"maks": None, "termasuk": False, "a": "0", "b": "1", "c": "80", "d": "0", "alasan": ""}]
    assert tanya("capaian", satu, SKALA, r) == {"teks": teks, "kelas": kelas}


# Blocks of a spreadsheet


@pytest.mark.parametrize(
    ("teks", "blok"),
    [
        ("45,21\r\n7\r\n", [["45,21"], ["7"]]),
        ("45,21\tok\n7\tterlambat\n", [["45,21", "ok"], ["7", "terlambat"]]),
        ('1\t"baris satu\nbaris dua"\n2\t"kolom\tdua"\n', [["1", "baris satu\nbaris dua"], ["2", "kolom\tdua"]]),
        ('"kata ""ok"""\tx', [['kata "ok"', "x"]]),
        ('"belum ditutup\ty', [['"belum ditutup', "y"]]),
        ('5" pipa\t1', [['5" pipa', "1"]]),
        ("\t\n\n", [["", ""], [""]]),
        ("7", [["7"]]),
        ("", [[""]]),
    ],
)
def test_a_copied_block(tanya: Tanya, teks: str, blok: list[list[str]]) -> None:
    assert tanya("tsv", teks) == blok


SEL = st.text(st.sampled_from('ab 1,"\t\n'), max_size=6)


@settings(deadline=None)
@given(blok=st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(SEL, min_size=n, max_size=n), min_size=1, max_size=4)))
def test_a_block_written_by_a_spreadsheet_comes_back(tanya: Tanya, blok: list[list[str]]) -> None:
    tulisan = io.StringIO()
    csv.writer(tulisan, dialect="excel-tab", quoting=csv.QUOTE_ALL).writerows(blok)
    assert tanya("tsv", tulisan.getvalue()) == blok


# Completion of YAML

SKEMA = json.loads((AKAR / "schemas" / "kertas-kerja.v1.json").read_text(encoding="utf-8"))
ATAS = ["skema", "periode", "bidang", "versi_rencana", "versi_anggaran", "indikator", "anggaran", "catatan"]
INDIKATOR = list(SKEMA["$defs"]["BarisIndikator"]["properties"])
BUKTI = list(SKEMA["$defs"]["Bukti"]["properties"])


def tanpa(semua: list[str], *ada: str) -> list[str]:
    return [k for k in semua if k not in ada]


@pytest.mark.parametrize(
    ("teks", "jalur", "kata", "teks_pilihan"),
    [
        ("¦", [], "", ATAS),
        ("ind¦", [], "ind", ATAS),
        ("skema: kertas-kerja/v1\nper¦\nbidang: a\n", [], "per", tanpa(ATAS, "skema", "bidang")),
        ("indikator:\n  - ¦", ["indikator", 0], "", INDIKATOR),
        ("indikator:\n- id: a\n- id: b\n  real¦\n  nama: x", ["indikator", 1], "real", tanpa(INDIKATOR, "id", "nama")),
        ("indikator:\n  - id: a\n\n    # keterangan\n    ¦", ["indikator", 0], "", tanpa(INDIKATOR, "id")),
        ("indikator:\n  - id: a\n    tindak_lanjut:\n      ur¦", ["indikator", 0, "tindak_lanjut"], "ur",
         ["uraian", "penanggung_jawab", "tenggat"]),
        ("indikator:\n  - target:\n      bawah: 1\n      ¦", ["indikator", 0, "target"], "", ["atas"]),
        ("indikator:\n  - bukti:\n      - nama: a.pdf\n        sha256: b\n      - ¦", ["indikator", 0, "bukti", 1], "", BUKTI),
        ("indikator:\n- bukti:\n  - nama: a\n  catatan: 1\n  ¦", ["indikator", 0], "", tanpa(INDIKATOR, "bukti")),
        ('"skema": ¦', ["skema"], "", ["kertas-kerja/v1"]),
        ("skema: kertas-k¦", ["skema"], "kertas-k", ["kertas-kerja/v1"]),
        ("indikator:\n  - realisasi: n¦", ["indikator", 0, "realisasi"], "n", ["null"]),
        ("indikator:\n  - tindak_lanjut: ¦", ["indikator", 0, "tindak_lanjut"], "", ["null"]),
        ("catatan: |\n  indikator:\n\n    - x\nang¦", [], "ang", tanpa(ATAS, "catatan")),
        ("tidak_dikenal:\n  ¦", ["tidak_dikenal"], "", []),
        ("periode: ¦", ["periode"], "", []),
    ],
)  # fmt: skip
def test_completion_knows_its_place(
    tanya: Tanya, teks: str, jalur: list[str | int], kata: str, teks_pilihan: list[str]
) -> None:
    hasil = tanya("saran", SKEMA, teks)
    assert (hasil["jalur"], hasil["kata"]) == (jalur, kata)
    assert [p["teks"] for p in hasil["pilihan"]] == teks_pilihan


@pytest.mark.parametrize(
    "teks",
    [
        "catatan: |\n  ind¦", "catatan: >-\n  satu\n\n  ¦dua", "# ind¦", "periode:¦", "indikator: [{id: ¦}]",
        'catatan: "dua k¦"', "catatan: dua k¦", "dua kata¦",
    ],
)  # fmt: skip
def test_completion_is_silent_where_it_cannot_know(tanya: Tanya, teks: str) -> None:
    assert tanya("saran", SKEMA, teks) is None


def test_completion_says_what_a_key_means(tanya: Tanya) -> None:
    semua = {p["teks"]: p for p in tanya("saran", SKEMA, "indikator:\n  - ¦")["pilihan"]}
    target, realisasi, bukti = semua["target"], semua["realisasi"], semua["bukti"]
    assert (target["judul"], target["wajib"]) == ("Target", True)
    assert target["keterangan"].startswith("Target periode ini dari rencana")
    assert (realisasi["jenis"], bukti["jenis"], semua["tindak_lanjut"]["jenis"]) == ("isian", "induk", "induk")
    terkunci = {k for k, v in SKEMA["$defs"]["BarisIndikator"]["properties"].items() if v.get("readOnly")}
    assert {k for k, p in semua.items() if p["terkunci"]} == terkunci


@settings(max_examples=200, deadline=None)
@given(teks=st.text("ab:- |>#{['\"\n", max_size=40), di=st.integers(0, 40))
def test_completion_never_fails_on_half_written_text(tanya: Tanya, teks: str, di: int) -> None:
    hasil = tanya("saran", SKEMA, teks[:di] + "¦" + teks[di:])
    assert hasil is None or (teks[:di] + "¦").endswith(hasil["kata"] + "¦")


# Files


def test_the_editor_is_what_its_build_folder_says() -> None:
    """Whether its bytes come from there: ``.ci/bangun-editor/bangun.sh --periksa`` (needs npm)."""
    paket = json.loads((AKAR / ".ci" / "bangun-editor" / "package.json").read_text(encoding="utf-8"))
    semua = {f"{nama}@{versi}" for nama, versi in paket["dependencies"].items()}
    kepala = (ASET / "codemirror.js").read_text(encoding="utf-8").partition("\n")[0]
    assert set(kepala.removesuffix(" */").partition(" dari ")[2].split()) == semua
    lisensi = (ASET / "codemirror.LICENSE.txt").read_text(encoding="utf-8")
    assert all(f"{p} (MIT)" in lisensi for p in semua)
    sidik = {b.split()[0] for b in (AKAR / ".ci" / "bangun-editor" / "sidik.txt").read_text().splitlines()}
    assert semua <= sidik


@pytest.mark.parametrize(("nama", "terbesar"), [("lembar.js", TERBESAR), ("passkey.js", 2048)])
def test_a_script_stays_small(nama: str, terbesar: int) -> None:
    isi = (ASET / nama).read_bytes()
    for tingkat in (6, 9):
        assert len(gzip.compress(isi, tingkat)) <= terbesar


@pytest.mark.parametrize("nama", ["lembar.js", "passkey.js", "yaml.js", "penyunting.js", "skema-yaml.js"])
def test_no_script_makes_html_of_text(nama: str) -> None:
    isi = (ASET / nama).read_text(encoding="utf-8")
    for terlarang in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
        assert terlarang not in isi
