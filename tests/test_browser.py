"""The built site in a real browser: fits wide and narrow screens, quiet, talks to nobody else."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from kinerja.demo import jalan_contoh
from kinerja.site_step import bangun_situs

pytestmark = [pytest.mark.lambat, pytest.mark.peramban, pytest.mark.alat("chromium")]

ARGUMEN = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
HALAMAN = [
    "index.html", "periode/2024-tw1.html", "bidang/rehabilitasi-sosial.html", "indikator/rs-01.html",
    "sop.html", "arsip.html", "aturan.html", "glosarium.html", "panduan/index.html", "404.html",
]  # fmt: skip
LAYAR = [(1280, "light"), (360, "dark")]


class Sunyi(http.server.SimpleHTTPRequestHandler):
    """Serves files without writing to the terminal."""

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def alamat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo agency's site on 127.0.0.1."""
    w = jalan_contoh(tmp_path_factory.mktemp("peramban") / "boalemo", lambda _: None)
    akar = bangun_situs(w.forge, w.instansi.keluar / "situs").parent
    penangan = functools.partial(Sunyi, directory=str(akar))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), penangan) as server:
        utas = threading.Thread(target=server.serve_forever, daemon=True)
        utas.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        utas.join()


@pytest.fixture(scope="module")
def peramban() -> Iterator[Any]:
    """One Chromium for all pages."""
    with sync_playwright() as p:
        chromium = p.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMEN)
        yield chromium
        chromium.close()


@pytest.mark.parametrize(("lebar", "skema"), LAYAR)
@pytest.mark.parametrize("jalur", HALAMAN)
def test_a_page_fits_is_quiet_and_stays_home(
    alamat: str, peramban: Any, jalur: str, lebar: int, skema: str
) -> None:
    galat: list[str] = []
    permintaan: list[str] = []
    with peramban.new_context(viewport={"width": lebar, "height": 800}, color_scheme=skema) as konteks:
        tab = konteks.new_page()
        tab.on("console", lambda m: galat.append(m.text) if m.type in ("error", "warning") else None)
        tab.on("pageerror", lambda e: galat.append(str(e)))
        tab.on("requestfailed", lambda r: galat.append(f"gagal: {r.url}"))
        tab.on("request", lambda r: permintaan.append(r.url))
        jawaban = tab.goto(alamat + jalur, wait_until="networkidle")
        assert jawaban is not None
        assert jawaban.status == 200
        assert "DATA CONTOH" in tab.inner_text("body")
        ukuran = tab.evaluate(
            "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        tab.evaluate("() => window.scrollTo(10000, 0)")
        bergeser = tab.evaluate("() => window.scrollX")
    assert ukuran[0] <= ukuran[1], f"{jalur} selebar {ukuran[0]} pada layar {lebar}"
    assert bergeser == 0
    assert galat == []
    assert permintaan
    assert [u for u in permintaan if not u.startswith((alamat, "data:", "blob:" + alamat))] == []


def test_the_search_finds_an_indikator(alamat: str, peramban: Any) -> None:
    with peramban.new_context(viewport={"width": 1280, "height": 800}) as konteks:
        tab = konteks.new_page()
        tab.goto(alamat, wait_until="networkidle")
        tab.click(".md-search__input")
        tab.keyboard.type("lanjut usia")
        tab.wait_for_selector(".md-search-result__item", timeout=10_000)
        assert "lanjut usia" in tab.inner_text(".md-search-result__list").casefold()
