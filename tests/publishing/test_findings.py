"""One finding, every form: JSON, annotations, SARIF, JUnit and the comment, from the same run."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.checking.catalog import katalog
from kinerja.domain.findings import Finding, Tingkat
from kinerja.domain.pemeriksaan import BarisPratinjau, HasilPeriksa, Pratinjau, Sisi
from kinerja.domain.periode import Periode
from kinerja.publishing.findings import plain
from kinerja.publishing.findings.junit import junit
from kinerja.publishing.findings.markdown import PENANDA, markdown
from kinerja.publishing.findings.sarif import sarif
from kinerja.publishing.findings.wording import hitung

GOLDEN = Path(__file__).parents[1] / "golden" / "temuan"
TW1 = "reports/2024/tw1/kertas-kerja/layanan.yaml"
GALAT = Finding(
    TW1, 12, 16, "realisasi-terbaca", Tingkat.GALAT, "/indikator/0/realisasi", "97,5", "realisasi harus angka",
    "tulis `97.5` (titik untuk desimal)", "SOP langkah 4",
)  # fmt: skip
AWAS = Finding(TW1, 0, 0, "persen-dalam-batas", Tingkat.PERINGATAN, "", "", "persen lebih dari 100", "periksa")
LAMA = Finding(
    TW1, 40, 5, "pagu-sesuai-dpa", Tingkat.GALAT, "/anggaran/1/nama", "Alat", "nama berbeda dari DPA", "kembalikan"
)
BERES = Finding(TW1, 3, 1, "teks-bersih", Tingkat.PERINGATAN, "/catatan", " a ", "ada spasi", "hapus spasinya")
HASIL = HasilPeriksa(
    3, (GALAT, AWAS), "a" * 40, (TW1,), (LAMA,), (BERES,),
    (
        Pratinjau(
            TW1, Periode(2024, "tw1"), "Bidang Layanan",
            (
                BarisPratinjau("lay-01", "Persentase anak", "persen",
                               Sisi(Decimal(75), Decimal("93.75"), "Sangat tinggi", "", "75 dari target 80"),
                               Sisi(Decimal(40), Decimal("50.00"), "Sangat rendah", "", "40 dari target 80")),
                BarisPratinjau("lay-02", "Jumlah keluarga", "keluarga", None,
                               Sisi(None, None, alasan="realisasi belum diisi")),
                BarisPratinjau("lay-09", "Dihapus", "orang", Sisi("Ada", None), None),
            ),
            (BarisPratinjau("1.06.04.2.01.0001", "Permakanan", "rupiah", Sisi(Decimal(18750000), Decimal(25)),
                            Sisi(Decimal(20000000), Decimal("26.67"))),),
        ),
    ),
    sebutan={f"{TW1}#/indikator/0": "lay-01, Persentase anak terlayani"},
)  # fmt: skip
BERSIH = HasilPeriksa(12, ())
JAHAT = "a|b `c` <script>alert(1)</script> @kepala #12 [x](https://jahat.invalid) ]]> www.jahat.invalid %0A::error::\n::set-output\x00"


@pytest.mark.parametrize("nama", ["teks.txt", "github.txt", "hasil.json", "temuan.sarif", "junit.xml", "komentar.md"])
def test_every_form_is_as_blessed(nama: str, bandingkan: Callable[[Path, str], None]) -> None:
    isi = {
        "teks.txt": lambda: "\n".join(plain.teks(HASIL)) + "\n",
        "github.txt": lambda: "\n".join(plain.github(HASIL)) + "\n",
        "hasil.json": lambda: json.dumps(plain.hasil_json(HASIL), ensure_ascii=False, indent=1) + "\n",
        "temuan.sarif": lambda: json.dumps(sarif(HASIL, katalog(), "1.2.3"), ensure_ascii=False, indent=1) + "\n",
        "junit.xml": lambda: junit(HASIL) + "\n",
        "komentar.md": lambda: markdown(HASIL),
    }[nama]()
    bandingkan(GOLDEN / nama, isi)


def test_a_clean_run_says_so_in_every_form() -> None:
    assert list(plain.teks(BERSIH)) == ["12 berkas bersih"]
    assert list(plain.github(BERSIH)) == ["12 berkas bersih"]
    assert sarif(BERSIH, katalog(), "1")["runs"][0]["results"] == []
    akar = ET.fromstring(junit(BERSIH))
    assert [k.get("name") for k in akar.iter("testcase")] == ["12 berkas bersih"]
    assert "✓ Dapat dilanjutkan" in markdown(BERSIH)


def test_counts_name_only_what_there_is() -> None:
    assert hitung([GALAT, AWAS, GALAT]) == "2 galat, 1 peringatan"
    assert hitung([]) == "tidak ada temuan"


def test_the_words_of_a_finding_are_the_same_everywhere() -> None:
    isi = sarif(HASIL, katalog(), "1")["runs"][0]["results"][0]["message"]["text"]
    assert isi in GALAT.teks()
    assert GALAT.teks() in junit(HASIL)
    assert GALAT.teks() in list(plain.teks(HASIL))


def test_sarif_refers_to_rules_that_it_lists_and_to_places_that_exist() -> None:
    lari = sarif(HASIL, katalog(), "1")["runs"][0]
    daftar = lari["tool"]["driver"]["rules"]
    for r in lari["results"]:
        assert daftar[r["ruleIndex"]]["id"] == r["ruleId"]
        tempat = r["locations"][0]["physicalLocation"]
        assert tempat.get("region", {"startLine": 1})["startLine"] >= 1
    assert [r["baselineState"] for r in lari["results"]] == ["new", "new", "unchanged", "absent"]
    sidik = [r["partialFingerprints"]["temuan/v1"] for r in lari["results"]]
    assert len(set(sidik)) == len(sidik)


def test_a_strange_path_is_a_valid_reference() -> None:
    aneh = Finding("reports/a b#%é\udce9.yaml", 1, 1, "teks-bersih", Tingkat.GALAT, "", "", "a", "b")
    lari = sarif(HasilPeriksa(1, (aneh,)), katalog(), "1")["runs"][0]
    uri = lari["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "reports/a%20b%23%25%C3%A9%E9.yaml"


def test_the_line_does_not_make_it_another_fault() -> None:
    geser = Finding(**{**{n: getattr(GALAT, n) for n in GALAT.__slots__}, "baris": 99, "penunjuk": "/indikator/7/realisasi"})
    assert geser.sidik() == GALAT.sidik()
    assert AWAS.sidik() != GALAT.sidik()


def _jahat(teks: str) -> HasilPeriksa:
    t = Finding(f"reports/{teks}.yaml", 1, 1, "teks-bersih", Tingkat.GALAT, f"/{teks}", teks, teks, teks, teks)
    baris = BarisPratinjau(teks, teks, teks, Sisi(teks, None, teks, teks), Sisi(teks, Decimal(1), teks, teks))
    return HasilPeriksa(
        1, (t,), "b" * 40, (t.berkas,), (t,), (t,), (Pratinjau(t.berkas, Periode(2024, "tw1"), teks, (baris,), (baris,)),)
    )


@given(st.text(max_size=60) | st.just(JAHAT))
def test_hostile_text_stays_text(teks: str) -> None:
    hasil = _jahat(teks)
    ET.fromstring(junit(hasil).encode("utf-8", "surrogatepass"))
    json.dumps(sarif(hasil, katalog(), "1"))
    for baris in plain.github(hasil):
        assert "\n" not in baris and "\r" not in baris
        assert baris.startswith(("::error file=", "::notice file=", "1 berkas berubah"))


def test_a_comment_holds_no_mention_link_html_or_row_of_the_files_making() -> None:
    isi = markdown(_jahat(JAHAT))
    assert isi.startswith(PENANDA)
    di_luar_kode = re.sub(r"`[^`\n]*`", "", isi)
    assert "<script" not in di_luar_kode
    assert "@" not in di_luar_kode
    assert "](" not in di_luar_kode.replace("\\]\\(", "")
    assert "://" not in di_luar_kode and "www." not in di_luar_kode
    for baris in isi.splitlines():
        if baris.startswith("| ") and "✗" in baris:
            assert len(re.findall(r"(?<!\\)\|", re.sub(r"`[^`]*`", "", baris))) == 4, baris


def test_no_mention_is_left_in_the_finished_page() -> None:
    """GitHub looks for mentions and issue numbers after entities have become characters again."""
    isi = html.unescape(markdown(_jahat("@bupati #12 dari @bappeda")))
    assert not re.search(r"[@#](?=[A-Za-z0-9])", re.sub(r"`[^`\n]*`|^#+ .*$", "", isi, flags=re.MULTILINE))


def test_a_sarif_message_makes_no_link_and_no_placeholder() -> None:
    pesan = sarif(_jahat(r"[klik](https://x.invalid) {0} \["), katalog(), "1")["runs"][0]["results"][0]["message"]["text"]
    assert r"\[klik\]" in pesan
    assert "{{0}}" in pesan
    assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]]", pesan.replace(r"\[", "").replace(r"\]", "").replace("\\", ""))


def test_a_very_long_list_is_cut_and_counted() -> None:
    banyak = tuple(Finding(TW1, n, 1, "teks-bersih", Tingkat.GALAT, "", "", "a", "b") for n in range(1, 251))
    isi = markdown(HasilPeriksa(1, banyak))
    assert "dan 150 temuan lagi" in isi
    assert len(isi) < 65_536
