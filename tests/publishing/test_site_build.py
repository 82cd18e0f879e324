"""The site as MkDocs builds it: strict, twice the same, nothing from a network, text shown as text."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from kinerja.checking.catalog import katalog
from kinerja.publishing import site_assets
from kinerja.publishing.site_data import DataSitus
from kinerja.publishing.site_export import situs_markdown

AKAR = Path(__file__).parents[2]
pytestmark = pytest.mark.lambat


def checkout(folder: Path, isi: dict[str, bytes]) -> Path:
    """A checkout as an agency has it: its data, the hand-written pages, ``mkdocs.yml``."""
    for jalur, bita in isi.items():
        (folder / jalur).parent.mkdir(parents=True, exist_ok=True)
        (folder / jalur).write_bytes(bita)
    shutil.copytree(AKAR / "site", folder / "site")
    shutil.copy(AKAR / "mkdocs.yml", folder)
    return folder


def bangun(folder: Path, tujuan: Path) -> dict[str, bytes]:
    """Builds strictly; gives every file of the site."""
    perintah = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(tujuan)]
    hasil = subprocess.run(
        perintah,
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(AKAR / "tooling")},
    )
    assert hasil.returncode == 0, hasil.stdout + hasil.stderr
    return {
        p.relative_to(tujuan).as_posix(): p.read_bytes() for p in tujuan.rglob("*") if p.is_file()
    }


@pytest.fixture(scope="module")
def terbangun(
    tmp_path_factory: pytest.TempPathFactory, isi_dinas: dict[str, bytes]
) -> dict[str, bytes]:
    folder = checkout(tmp_path_factory.mktemp("dinas"), isi_dinas)
    return bangun(folder, folder / "hasil")


def halaman(situs: dict[str, bytes]) -> dict[str, str]:
    return {j: b.decode() for j, b in situs.items() if j.endswith(".html")}


def test_every_page_has_the_marker_even_404(terbangun: dict[str, bytes]) -> None:
    for jalur, teks in halaman(terbangun).items():
        assert "DATA CONTOH" in teks, jalur


def test_every_link_of_the_built_site_leads_somewhere(terbangun: dict[str, bytes]) -> None:
    for jalur, teks in halaman(terbangun).items():
        if jalur == "404.html":
            continue
        for alamat in re.findall(r'(?:href|src)="([^"#?]+)', teks):
            if alamat.startswith(("data:", "javascript:void")):
                continue
            assert not re.match(r"[a-z]+:|//", alamat), (jalur, alamat)
            tujuan = os.path.normpath(os.path.join("/", os.path.dirname(jalur), alamat))[1:]
            assert tujuan in terbangun or f"{tujuan}/index.html".lstrip("/") in terbangun, (
                jalur,
                alamat,
            )


def test_titles_come_from_the_headings(terbangun: dict[str, bytes]) -> None:
    assert "<title>Orang terlayani - " in halaman(terbangun)["indikator/sos-01.html"]


def test_detail_pages_stay_out_of_the_navigation(terbangun: dict[str, bytes]) -> None:
    navigasi = halaman(terbangun)["sop.html"].split("md-nav--primary")[1].split("</nav>")[0]
    assert "sos-01" not in navigasi


def test_two_builds_are_the_same_bytes(
    terbangun: dict[str, bytes], tmp_path: Path, isi_dinas: dict[str, bytes]
) -> None:
    kedua = bangun(checkout(tmp_path / "dinas", isi_dinas), tmp_path / "hasil")
    beda = [
        j
        for j in sorted(terbangun.keys() | kedua.keys())
        if sha256(terbangun.get(j, b"")).digest() != sha256(kedua.get(j, b"")).digest()
    ]
    assert not beda


def test_hostile_names_survive_neither_title_nor_navigation_nor_search(
    tmp_path: Path, isi_dinas: dict[str, bytes]
) -> None:
    jahat = "'<img src=x onerror=alert(1)> & \"kutip\"'"
    organisasi = isi_dinas["reports/organisasi.yaml"].decode()
    organisasi = re.sub(r"(?m)^nama_singkat: .*$", f"nama_singkat: {jahat}", organisasi)
    rencana = isi_dinas["reports/2024/rencana.yaml"].decode()
    rencana = rencana.replace("nama: Orang terlayani", f"nama: {jahat}")
    assert jahat in organisasi
    assert jahat in rencana
    isi = isi_dinas | {
        "reports/organisasi.yaml": organisasi.encode(),
        "reports/2024/rencana.yaml": rencana.encode(),
    }
    situs = bangun(checkout(tmp_path / "dinas", isi), tmp_path / "hasil")
    for jalur, bita in situs.items():
        if jalur.endswith((".html", "search_index.json")):
            assert b"<img src=x" not in bita, jalur


def test_a_broken_repository_says_what_to_do(tmp_path: Path, isi_dinas: dict[str, bytes]) -> None:
    folder = checkout(tmp_path, {j: b for j, b in isi_dinas.items() if "organisasi" not in j})
    hasil = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(tmp_path / "hasil")],
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(AKAR / "tooling")},
    )
    assert hasil.returncode != 0
    assert "reports/organisasi.yaml tidak ada" in hasil.stdout + hasil.stderr
    assert "Traceback" not in hasil.stderr


def test_the_exported_markdown_builds_without_our_plugin(
    tmp_path: Path, data_situs: DataSitus, terbangun: dict[str, bytes]
) -> None:
    tangan = {
        p.relative_to(AKAR).as_posix(): p.read_bytes()
        for p in (AKAR / "site").rglob("*")
        if p.is_file()
    }
    data = replace(data_situs, aturan=katalog(), contoh_aturan=site_assets.contoh_aturan())
    for jalur, bita in situs_markdown(data, tangan, (AKAR / "mkdocs.yml").read_bytes()).items():
        (tmp_path / jalur).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / jalur).write_bytes(bita)
    assert (
        "kinerja" not in (tmp_path / "mkdocs.yml").read_text().split("plugins:")[1].split("\n\n")[0]
    )
    hasil = bangun(tmp_path, tmp_path / "hasil")
    assert halaman(hasil).keys() == halaman(terbangun).keys()
    for jalur, teks in halaman(hasil).items():
        assert "DATA CONTOH" in teks or jalur == "404.html"
