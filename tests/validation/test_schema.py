"""Schema faults in words; python-jsonschema is the oracle for what is a fault at all."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kinerja.adapters import package_data
from kinerja.adapters.sshsig_keys import JENIS
from kinerja.adapters.yaml_strict import muat
from kinerja.validation.schema import PemeriksaSkema
from kinerja.validation.schema_words import ATURAN_SKEMA, Galat, masalah, saran_angka

CONTOH = Path(__file__).parent.parent / "examples"
SKEMA = package_data.skema()
PEMERIKSA = PemeriksaSkema(SKEMA)
BERKAS = sorted(CONTOH.rglob("*.yaml"))


def _float(data: Any) -> Any:
    """The oracle knows no Decimal inside ``multipleOf`` and the like."""
    if isinstance(data, dict):
        return {k: _float(v) for k, v in data.items()}
    if isinstance(data, list):
        return [_float(v) for v in data]
    return float(data) if isinstance(data, Decimal) else data


@pytest.mark.parametrize("berkas", BERKAS, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_both_validators_agree_on_every_example(berkas: Path) -> None:
    data, temuan = muat(berkas.read_bytes(), berkas.name)
    if temuan or not isinstance(data, dict):
        return
    nama = f"{str(data.get('skema')).replace('/', '.')}.json"
    if nama not in SKEMA:
        assert PEMERIKSA.periksa(data)[0].aturan == "skema-tidak-dikenal"
        return
    saksi = jsonschema.Draft202012Validator(json.loads(SKEMA[nama]))
    assert (not PEMERIKSA.periksa(data)) == saksi.is_valid(_float(data))


@pytest.mark.parametrize("jenis", sorted(JENIS | {"ssh-dss", "sk-ssh-ed25519-cert-v01@openssh.com", "sk-x"}))
def test_identitas_takes_the_kinds_of_key_that_can_be_checked(jenis: str) -> None:
    kunci = {"publik": f"{jenis} AAAA p-citra", "mulai": "2024-01-01"}
    data = {"skema": "identitas/v1", "orang": [{"id": "p-citra", "nama": "Citra", "kunci": [kunci]}]}
    assert (not PEMERIKSA.periksa(data)) == (jenis in JENIS)


def test_patterns_mean_the_same_in_both_regex_dialects() -> None:
    for nama, isi in SKEMA.items():
        for pola in re.findall(rb'"pattern": "((?:[^"\\]|\\.)*)"', isi):
            assert b"(?" not in pola, f"{nama}: {pola!r} looks around or has options"
            assert not re.search(rb"\\[dwsbDWSB]", pola), f"{nama}: {pola!r} differs on Unicode"


LEMBAR: dict[str, Any] = {
    "skema": "kertas-kerja/v1", "periode": "2024-tw1", "bidang": "layanan", "versi_rencana": "murni",
    "versi_anggaran": "dpa",
    "indikator": [
        {"id": "a", "nama": "A", "satuan": "persen", "target": 1, "realisasi_lalu": None, "realisasi": None}
    ],
}  # fmt: skip


def lembar(**ganti: object) -> dict[str, Any]:
    return {**LEMBAR, "indikator": [{**LEMBAR["indikator"][0], **ganti}]}


def test_a_sound_document_has_no_fault() -> None:
    assert PEMERIKSA.periksa(LEMBAR) == ()
    assert PEMERIKSA.periksa(lembar(realisasi=Decimal("97.50")), "kertas-kerja") == ()


def test_inside_a_choice_the_shape_that_was_meant_is_judged() -> None:
    kurang, asing = PEMERIKSA.periksa(
        lembar(tindak_lanjut={"uraian": "x", "penanggung_jawab": "sekretaris", "tengat": "2024-06-30"})
    )
    assert (kurang.aturan, kurang.penunjuk) == ("isian-wajib", "/indikator/0/tindak_lanjut")
    assert "`tenggat`" in kurang.pesan
    assert (asing.aturan, asing.penunjuk) == ("isian-tidak-dikenal", "/indikator/0/tindak_lanjut/tengat")
    assert asing.pada_kunci
    assert asing.tindakan == "mungkin maksudnya `tenggat`"


def test_no_shape_fits_all_are_named() -> None:
    (salah,) = PEMERIKSA.periksa(lembar(target=True))
    assert salah.aturan == "jenis-salah"
    for jenis in ("angka", "teks", "kelompok isian", "kosong (null)"):
        assert jenis in salah.pesan


def test_pointers_are_escaped() -> None:
    (salah,) = PEMERIKSA.periksa({**LEMBAR, "a/b~c": 1})
    assert salah.penunjuk == "/a~1b~0c"


@pytest.mark.parametrize(
    ("kata", "batas", "nilai", "aturan", "potongan"),
    [
        ("minimum", 1, 0, "skema-batas", "paling sedikit 1"),
        ("exclusiveMaximum", 5, 5, "skema-batas", "kurang dari 5"),
        ("multipleOf", 2, 3, "skema-batas", "kelipatan 2"),
        ("minItems", 1, [], "skema-jumlah", "paling sedikit 1 butir"),
        ("maxItems", 2, [1, 2, 3], "skema-jumlah", "paling banyak 2 butir"),
        ("uniqueItems", True, [1, 1], "skema-jumlah", "hapus salah satunya"),
        ("minLength", 3, "a", "skema-panjang", "paling sedikit 3 huruf"),
        ("const", "x/v1", "y", "skema-tetap", "tulis `x/v1`"),
        ("enum", ["naik", "turun"], "nai", "skema-pilihan", "mungkin maksudnya `naik`"),
        ("format", "date", "31-03-2024", "skema-pola", "contohnya"),
        ("not", {}, 1, "skema-bentuk", "bandingkan"),
    ],
)
def test_every_kind_of_fault_has_words(
    kata: str, batas: object, nilai: object, aturan: str, potongan: str
) -> None:
    (m,) = masalah(Galat(kata, ("baris", 2, "isian"), nilai, batas, {"description": "Contohnya begini."}))
    assert m.aturan == aturan
    assert aturan in ATURAN_SKEMA
    assert m.penunjuk == "/baris/2/isian"
    assert "`isian`" in m.pesan or "bukan salah satu" in m.pesan
    assert potongan.lower() in m.tindakan.lower()


@pytest.mark.parametrize(
    ("teks", "desimal", "saran"),
    [
        ("97,5", True, "`97.5`"),
        ("1.234,56", True, "`1234.56`"),
        ("1.234", True, "`1234` atau `1.234`"),
        ("1.234", False, "`1234`"),
        ("Rp 1.500.000", False, "`1500000`"),
        ("85%", True, "`85`"),
        ("7 Unit", True, "`7`"),
        ("-", True, "`null` bila belum ada"),
        ("n/a", True, "`null` bila belum ada"),
        ("1:17,9", True, "misalnya `97.5`"),
        ("NO", True, "misalnya `97.5`"),
        (".nan", True, "misalnya `97.5`"),
    ],
)
def test_a_number_in_another_shape_is_told_how_to_write_it(teks: str, desimal: bool, saran: str) -> None:
    assert saran in saran_angka(teks, desimal=desimal)


@pytest.mark.parametrize(
    ("teks", "saran"),
    [
        ("30-08-2024", "`2024-08-30`"), ("30/8/2024", "`2024-08-30`"), ("1 Januari 2024", "`2024-01-01`"),
        ("17 Agt 2024", "`2024-08-17`"), ("2024/8/3", "`2024-08-03`"), ("08-30-2024", "seperti `2024-03-31`"),
        ("30-08-24", "seperti `2024-03-31`"), ("akhir Agustus", "seperti `2024-03-31`"), ("31 Juni 2024", "seperti"),
    ],
)  # fmt: skip
def test_a_date_in_another_shape_is_told_once_and_how_to_write_it(teks: str, saran: str) -> None:
    rencana = {"uraian": "x", "penanggung_jawab": "sekretaris", "tenggat": teks}
    (salah,) = PEMERIKSA.periksa(lembar(tindak_lanjut=rencana))
    assert (salah.aturan, saran in salah.tindakan) == ("skema-pola", True)


def test_a_long_text_of_the_right_form_is_still_too_long() -> None:
    assert [m.aturan for m in PEMERIKSA.periksa({**LEMBAR, "bidang": "a" * 500})] == ["skema-panjang"]


@pytest.mark.parametrize(("teks", "saran"), [("84.5", "kutip"), ("37500000", "kutip"), ("37.500.000", "`37500000`")])
def test_a_quoted_number_loses_only_its_quotes(teks: str, saran: str) -> None:
    assert saran in saran_angka(teks, desimal=False)


def test_of_what_is_counted_only_the_whole_reading_is_offered() -> None:
    assert "1.400" not in saran_angka("1,400", desimal=False)
