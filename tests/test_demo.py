"""The demo's two agencies: archives, figures, sites, and what a plain clone shows."""

from __future__ import annotations

import csv
import html
import io
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from kinerja.adapters import package_data
from kinerja.adapters.reports import Reports
from kinerja.cli.main import jalankan
from kinerja.contoh import tangsel
from kinerja.demo import Walk, jalan_contoh, jalan_tangsel, periksa_semua
from kinerja.domain.organisasi import Sebutan
from kinerja.domain.periode import Periode
from kinerja.domain.tata_kelola import Tindakan
from kinerja.overview import status_periode
from kinerja.publishing.verification import Putusan
from kinerja.site_step import bangun_situs
from kinerja.verify_step import verifikasi

pytestmark = pytest.mark.lambat

AKAR = Path(__file__).parents[1]
PENANDA = {"boalemo": "DATA CONTOH", "tangsel": "SIMULASI, BUKAN DOKUMEN RESMI"}
PERIODE = {"boalemo": ("2024-tw1", "2024-tw2"), "tangsel": ("2023-tw1", "2023-tw2")}
TINGKAT = {"perangkat-daerah": 0, "program": 1, "kegiatan": 2, "sub-kegiatan": 3}
Capsys = pytest.CaptureFixture[str]


@dataclass(frozen=True)
class Demo:
    """Both walks, their verdicts, their stories and their sites (page → text)."""

    walk: dict[str, Walk]
    putusan: dict[str, list[Putusan]]
    cerita: dict[str, list[str]]
    situs: dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    tmp = tmp_path_factory.mktemp("demo")
    cerita: dict[str, list[str]] = {"boalemo": [], "tangsel": []}
    walk = {
        "boalemo": jalan_contoh(tmp / "boalemo", cerita["boalemo"].append),
        "tangsel": jalan_tangsel(tmp / "tangsel", cerita["tangsel"].append),
    }
    situs = {}
    for nama, w in walk.items():
        akar = bangun_situs(w.forge, w.instansi.keluar / "situs").parent
        situs[nama] = {p.relative_to(akar).as_posix(): p.read_text() for p in akar.rglob("*.html")}
    return Demo(walk, {n: periksa_semua(w) for n, w in walk.items()}, cerita, situs)


@pytest.fixture(params=["boalemo", "tangsel"])
def nama(request: pytest.FixtureRequest) -> str:
    return str(request.param)


# archives


def test_every_archive_with_its_receipt_is_sah(demo: Demo, nama: str, capsys: Capsys) -> None:
    w = demo.walk[nama]
    assert [p.periode for p in demo.putusan[nama]] == list(PERIODE[nama])
    percaya = str(w.instansi.keluar / "kunci-tepercaya.txt")
    for arsip, putusan in zip(w.arsip, demo.putusan[nama], strict=True):
        assert (putusan.hasil.value, putusan.penanda) == ("SAH", PENANDA[nama])
        assert jalankan(["verify", str(arsip), "--percaya", percaya]) == 0
        teks = capsys.readouterr().out
        assert teks.startswith(f"SAH  [{PENANDA[nama]}]  ")
        assert not re.search(r"^  [✗?]", teks, re.MULTILINE)


def test_without_a_receipt_nothing_is_certain(demo: Demo, nama: str, tmp_path: Path, capsys: Capsys) -> None:
    w = demo.walk[nama]
    sendiri = tmp_path / w.arsip[0].name
    sendiri.write_bytes(w.arsip[0].read_bytes())
    argumen = ["verify", str(sendiri), "--percaya", str(w.instansi.keluar / "kunci-tepercaya.txt")]
    assert jalankan(argumen) == 1
    assert capsys.readouterr().out.startswith(f"TIDAK DAPAT DIPASTIKAN  [{PENANDA[nama]}]")


def test_another_agencys_keys_do_not_make_an_archive_sah(demo: Demo, capsys: Capsys) -> None:
    asing = demo.walk["tangsel"].instansi.keluar / "kunci-tepercaya.txt"
    assert jalankan(["verify", str(demo.walk["boalemo"].arsip[0]), "--percaya", str(asing)]) == 1
    assert not capsys.readouterr().out.startswith("SAH")


def test_one_changed_byte_anywhere_is_tidak_sah_with_or_without_receipt(demo: Demo) -> None:
    w = demo.walk["boalemo"]
    arsip = w.arsip[0]
    asal = arsip.read_bytes()
    percaya = (w.instansi.keluar / "kunci-tepercaya.txt").read_text()
    terima = arsip.with_name(f"{arsip.name}.tanda-terima.json").read_bytes()
    assert verifikasi(io.BytesIO(asal), percaya, terima).hasil.value == "SAH"
    tempat = [0, len(asal) - 1, *range(7, len(asal), len(asal) // 38)]
    lolos = []
    for i in tempat:
        rusak = bytearray(asal)
        rusak[i] ^= 1
        for samping in (terima, None):
            if verifikasi(io.BytesIO(rusak), percaya, samping).hasil.value != "TIDAK SAH":
                lolos.append(i)
    assert len(tempat) >= 40
    assert lolos == []


# the walk


def test_an_acting_kabid_signed_in_the_second_quarter(demo: Demo) -> None:
    plh = [p for p in demo.walk["boalemo"].forge.peristiwa() if p.sebutan is Sebutan.PLH]
    assert [(p.periode, p.tindakan, p.jabatan, p.orang) for p in plh] == [
        ("2024-tw2", Tindakan.TANDA_TANGAN, "kabid:rehabilitasi-sosial", "p-eka")
    ]
    assert plh[0].dasar is not None
    assert "SPT 090" in plh[0].dasar.nomor


def test_each_tidak_of_the_first_quarter_has_a_reason(demo: Demo) -> None:
    tidak = [p for p in demo.walk["boalemo"].forge.peristiwa() if p.tindakan is Tindakan.TIDAK]
    jabatan = [p.jabatan for p in tidak if p.periode == "2024-tw1"]
    assert jabatan == ["kabid:rehabilitasi-sosial", "sekretaris", "kepala-dinas", "sekretaris"]
    assert all(p.alasan for p in tidak)


def test_the_third_quarter_is_left_mid_way(demo: Demo) -> None:
    w = demo.walk["boalemo"]
    langkah, _ = status_periode(w.forge, Periode.baca("2024-tw3"), w.saat("2024-10-04 16:00"))
    keadaan = {(x.nomor, x.bidang): x.keadaan for x in langkah}
    assert keadaan[4, "sekretariat"] == "selesai"
    assert keadaan[4, "perlindungan-jaminan-sosial"] == "berjalan"
    assert keadaan[3, "rehabilitasi-sosial"] == "dikembalikan"
    assert keadaan[3, "pemerintahan-desa"] == "berjalan"
    assert {keadaan[n, None] for n in (5, 6, 7, 8)} == {"belum"}


def test_the_story_tells_all_eight_steps(demo: Demo, nama: str) -> None:
    nomor = {b.split()[0] for b in demo.cerita[nama] if re.match(r"  \d ", b)}
    assert nomor == set("12345678")
    assert PENANDA[nama] in demo.cerita[nama][0]


# the 74 published rows


def test_published_children_sum_to_their_parents() -> None:
    teks = package_data.isian_contoh("tangsel-dinsos-2023.csv").decode()
    baris = list(csv.DictReader(io.StringIO(teks)))
    assert len(baris) == 74
    induk = 0
    for n, b in enumerate(baris):
        tingkat = TINGKAT.get(b["tingkat"], 3)
        if tingkat == 3:
            continue
        anak = []
        for a in baris[n + 1 :]:
            if TINGKAT[a["tingkat"]] <= tingkat:
                break
            if TINGKAT[a["tingkat"]] == tingkat + 1:
                anak.append(a)
        for kolom in ("rp_tw1", "rp_tw2"):
            assert sum(map(_rupiah, (a[kolom] for a in anak))) == _rupiah(b[kolom]), b["nama"]
        induk += 1
    assert induk == 1 + 6 + 14


def test_worksheets_hold_money_to_date_and_every_published_figure(demo: Demo) -> None:
    r = demo.walk["tangsel"].forge.reports()
    lembar = {
        tw: {b.id: r.kertas_kerja(Periode.baca(f"2023-{tw}"), b.id) for b in r.organisasi().bidang}
        for tw in ("tw1", "tw2")
    }
    uang: dict[str, dict[str, Decimal | None]] = {}
    kinerja: dict[str, dict[str, object]] = {}
    for tw, semua in lembar.items():
        assert all(kk is not None for kk in semua.values())
        uang[tw] = {b.kode: b.realisasi for kk in semua.values() if kk for b in kk.anggaran}
        kinerja[tw] = {b.id: b.realisasi for kk in semua.values() if kk for b in kk.indikator}
    sub = [b for b in tangsel.baris_terbit() if b.tingkat == "sub-kegiatan"]
    assert len(sub) == len(uang["tw1"]) == len(uang["tw2"])
    for b in sub:
        satu, dua = (uang[tw][tangsel.kode(b)] for tw in ("tw1", "tw2"))
        assert satu == b.rupiah[0]
        assert dua == b.rupiah[0] + b.rupiah[1], b.nama
    total = {b.tingkat: b for b in tangsel.baris_terbit()}["perangkat-daerah"]
    assert sum(v for v in uang["tw2"].values() if v is not None) == sum(total.rupiah)
    for n, tw in enumerate(("tw1", "tw2")):
        terbit = {tangsel.id_indikator(b): b.kinerja[n] for b in tangsel.baris_terbit() if b.indikator}
        assert kinerja[tw] == terbit


def test_signed_worksheets_say_null_where_nothing_was_published(demo: Demo) -> None:
    laporan = demo.walk["tangsel"].forge.reports().laporan(Periode.baca("2023-tw2"))
    assert laporan is not None
    assert len(laporan.capaian) == 72
    assert all(b.capaian is None and b.alasan for b in laporan.capaian)
    semua = laporan.rekap_bidang("semua")
    assert semua is not None
    assert (semua.dihitung, semua.total, semua.rata_rata, semua.pagu) == (0, 72, None, None)


# the sites


def test_the_site_has_a_page_for_each_sent_period_and_no_other(demo: Demo, nama: str) -> None:
    ada = {j for j in demo.situs[nama] if re.fullmatch(r"periode/20.*\.html", j)}
    assert ada == {f"periode/{p}.html" for p in PERIODE[nama]}


def test_every_page_carries_the_marker(demo: Demo, nama: str) -> None:
    tanpa = [j for j, t in demo.situs[nama].items() if PENANDA[nama] not in _teks(t)]
    assert tanpa == []


def test_no_page_fetches_from_another_host(demo: Demo, nama: str) -> None:
    luar = re.compile(
        r"<(?:script|img|iframe|source|link)\b[^>]*\b(?:src|srcset|href)=[\"']?(?:https?:)?//[^>]*>"
        r"|<style[^>]*>[^<]*(?:@import|url\([\"']?(?:https?:)?//)",
        re.IGNORECASE,
    )
    temuan = {j: m[0] for j, t in demo.situs[nama].items() if (m := luar.search(t))}
    assert temuan == {}
    akar = demo.walk[nama].instansi.keluar / "situs"
    for css in akar.rglob("*.css"):
        assert not re.search(r"(?:@import|url\()\s*[\"']?(?:https?:)?//", css.read_text()), css.name


def test_what_was_not_published_is_said_and_not_invented(demo: Demo) -> None:
    situs = demo.situs["tangsel"]
    periode = _teks(situs["periode/2023-tw2.html"])
    assert "dihitung 0 dari 72 indikator" in periode
    assert "Tanpa pagu: pagunya tidak diterbitkan (belum ditetapkan)" in periode
    assert "Tanpa target: targetnya tidak diterbitkan (belum ditetapkan)" in periode
    assert "Rp 9.299.433.513" in periode
    halaman = [t for j, t in situs.items() if re.fullmatch(r"indikator/i-\d+\.html", j)]
    assert len(halaman) == 72
    for t in map(_teks, halaman):
        assert "belum ditetapkan" in t
        assert "arah indikator belum ditetapkan" in t
        assert not re.search(r"Capaian \d", t)


def test_a_plain_clone_builds_and_shows_who_signed(demo: Demo, tmp_path: Path) -> None:
    w = demo.walk["boalemo"]
    klon, hasil = tmp_path / "klon", tmp_path / "hasil"
    subprocess.run(["git", "clone", "-q", w.instansi.git, klon], check=True)
    ref = subprocess.run(["git", "-C", klon, "for-each-ref", "refs/kinerja"], capture_output=True, check=True)
    assert ref.stdout == b""
    bangun = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", hasil],
        cwd=klon, capture_output=True, text=True, check=False,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(AKAR / "tooling")},
    )  # fmt: skip
    assert bangun.returncode == 0, bangun.stdout + bangun.stderr
    orang = w.forge.reports().identitas()
    for p in PERIODE["boalemo"]:
        teks = _teks((hasil / f"periode/{p}.html").read_text())
        tanda = [x for x in w.forge.peristiwa() if x.periode == p and x.tindakan is Tindakan.TANDA_TANGAN]
        assert len(tanda) == 7
        for x in tanda:
            assert orang.nama(x.orang) in teks, f"{p}: {x.orang} tidak disebut"
    kedua = _teks((hasil / "periode/2024-tw2.html").read_text())
    assert re.search(r"Plh\. Kepala Bidang Rehabilitasi Sosial", kedua)
    sama = (hasil / "periode/2024-tw1.html").read_text()
    assert sama == demo.situs["boalemo"]["periode/2024-tw1.html"]


def test_an_archives_documents_are_those_of_main(demo: Demo, nama: str) -> None:
    w = demo.walk[nama]
    r: Reports = w.forge.reports()
    for p in PERIODE[nama]:
        periode = Periode.baca(p)
        kirim = r.kirim(periode)
        assert kirim is not None
        assert kirim.tanda_terima is not None
        salinan = r.peristiwa(periode)
        log = [c for c in w.forge.log.baca() if c.peristiwa.periode == p]
        assert [c.bita for c in salinan] == [c.bita for c in log]


# helpers


def _rupiah(teks: str) -> int:
    return int(teks.replace(".", "")) if re.fullmatch(r"[\d.]+", teks) else 0


def _teks(halaman: str) -> str:
    """What a page shows: its text without markup, one space between words."""
    tanpa = re.sub(r"<(script|style)\b.*?</\1>", " ", halaman, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", tanpa)).split())
