"""The built site in a real browser: narrow and wide, light and dark, nothing fetched from outside."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

AKAR = Path(__file__).parents[2]
HALAMAN = (
    "index.html",
    "periode/2024-tw1.html",
    "bidang/sosial.html",
    "indikator/sos-01.html",
    "sop.html",
    "arsip.html",
    "aturan.html",
    "panduan/index.html",
    "404.html",
)
pytestmark = pytest.mark.peramban


class Diam(http.server.SimpleHTTPRequestHandler):
    """Serves a folder without talking."""

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def alamat(tmp_path_factory: pytest.TempPathFactory, isi_dinas: dict[str, bytes]) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("situs")
    for jalur, bita in isi_dinas.items():
        (folder / jalur).parent.mkdir(parents=True, exist_ok=True)
        (folder / jalur).write_bytes(bita)
    shutil.copytree(AKAR / "site", folder / "site")
    shutil.copy(AKAR / "mkdocs.yml", folder)
    build(load_config(str(folder / "mkdocs.yml"), site_dir=str(folder / "hasil")))
    pelayan = functools.partial(Diam, directory=str(folder / "hasil"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), pelayan) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize(("lebar", "skema"), [(360, "light"), (1280, "light"), (360, "dark")])
def test_pages_fit_and_fetch_nothing_from_outside(alamat: str, lebar: int, skema: str) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("chromium tidak ada")
    with sync_api.sync_playwright() as p:
        peramban = p.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        konteks = peramban.new_context(viewport={"width": lebar, "height": 800}, color_scheme=skema)
        laman = konteks.new_page()
        asing: list[str] = []
        galat: list[str] = []
        laman.on("request", lambda r: asing.append(r.url))
        laman.on("pageerror", lambda e: galat.append(str(e)))
        for halaman in HALAMAN:
            laman.goto(f"{alamat}/{halaman}")
            selisih = laman.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert selisih <= 0, f"{halaman} bergulir ke samping {selisih} px"
        peramban.close()
    assert not galat
    assert not [u for u in asing if not u.startswith((alamat, "data:", "blob:"))]


def test_search_finds_an_indikator(alamat: str) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("chromium tidak ada")
    with sync_api.sync_playwright() as p:
        peramban = p.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        laman = peramban.new_page()
        laman.goto(f"{alamat}/index.html")
        laman.wait_for_load_state("networkidle")  # the index is read by a worker
        laman.click("[data-md-component=search-query]")
        laman.keyboard.type("terlayani", delay=40)
        laman.wait_for_selector(".md-search-result__item a[href*='sos-01']", timeout=30_000)
        peramban.close()
