"""A file dropped on its row becomes evidence; a too large one is refused before it is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kinerja.adapters.yaml_strict import muat

pytestmark = [pytest.mark.lambat, pytest.mark.peramban, pytest.mark.alat("chromium")]

JALUR = "/kerja/2024-tw1/rehabilitasi-sosial"
JATUHKAN = """([sasaran, nama, ukuran]) => {
  const d = new DataTransfer();
  d.items.add(new File([new Uint8Array(ukuran)], nama));
  const e = document.querySelector(sasaran);
  for (const jenis of ["dragover", "drop"])
    e.dispatchEvent(new DragEvent(jenis, {dataTransfer: d, bubbles: true, cancelable: true}));
}"""


def test_dropping_a_file(meja: Any, peramban: Any, nyalakan: Callable[[Any], Any]) -> None:
    server = nyalakan(meja)
    token = meja.klien("p-kiki").http.cookies.get("kinerja-sesi")
    ktx = peramban.new_context()
    ktx.add_cookies([{"name": "kinerja-sesi", "value": token, "url": server.alamat}])
    tab = ktx.new_page()
    tab.goto(server.alamat + JALUR)
    tab.fill("#i1-realisasi", "7")
    tab.locator("details").first.locator("summary").click()
    tab.evaluate(JATUHKAN, [".bukti", "rekaman.mp4", 60_000_000])
    assert "lebih dari 50 MB" in tab.inner_text("#keadaan")
    tab.evaluate(JATUHKAN, ["h1", "salah.pdf", 10])  # beside the row: nothing happens, the page stays
    assert tab.url.endswith(JALUR)
    with tab.expect_navigation():
        tab.evaluate(JATUHKAN, [".bukti", "rekap.xlsx", 1234])
    assert "bukti rekap.xlsx dilampirkan" in tab.inner_text(".kilat").casefold()
    assert tab.input_value("#i1-realisasi") == "7"
    ktx.close()
    data, _ = muat(meja.lembar(), "")
    assert [(b["nama"], b["ukuran"]) for b in data["indikator"][0]["bukti"]][-1] == ("rekap.xlsx", 1234)
