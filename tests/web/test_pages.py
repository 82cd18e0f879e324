"""Every page in a real Chromium: axe finds nothing, light and dark; wide, narrow, zoomed; without script."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from kinerja.accounts.store import Permintaan
from kinerja.agency import cari_instansi
from kinerja.demo import jalan_contoh

pytestmark = [pytest.mark.lambat, pytest.mark.peramban, pytest.mark.alat("chromium")]

ISI, REHAB = "/kerja/2024-tw3/pemberdayaan-sosial", "/kerja/2024-tw3/rehabilitasi-sosial"
HALAMAN = [
    (None, "/masuk"), (None, "/undangan/{undangan}"), (None, ISI), ("p-lani", "/"), ("p-lani", ISI),
    ("p-lani", f"{ISI}?periksa=ajukan"), ("p-lani", f"{ISI}/yaml"), ("p-lani", "/lembar/2024-tw3/pemberdayaan-sosial"),
    ("p-kiki", "/"), ("p-kiki", REHAB), ("p-eka", "/"), ("p-eka", "/periksa/2024-tw3/perlindungan-jaminan-sosial"),
    ("p-citra", "/"), ("p-citra", "/susun/2024-tw3"), ("p-citra", "/laporan/2024-tw2"), ("p-citra", "/kirim/2024-tw2"),
    ("p-citra", "/siapkan/2024-tw3"), ("p-bakri", "/disposisi"), ("p-bakri", "/susun/2024-tw3"),
    ("p-bakri", "/periode/2024-tw2"), ("p-ayu", "/"), ("p-ayu", "/usulan"), ("p-oki", "/orang"), ("p-oki", "/jejak"),
    ("p-lani", "/saya"), ("p-lani", "/tidak-ada"), ("p-lani", "/orang"),
]  # fmt: skip
LAYAR = [(1280, "light", True), (360, "dark", True), (640, "light", False)]
"""Width, colours, script; 640 is what 1280 becomes at 200 % zoom."""
LABEL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def server(perkakas: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The sample agency in its third quarter, with a draft that has faults, a comment and a proposal."""
    w = jalan_contoh(tmp_path_factory.mktemp("halaman") / "boalemo", lambda _: None)
    w.forge.repo.tutup()
    jam = perkakas.Jam()
    jam.kini = perkakas.AWAL.replace(month=10, day=3)
    milik = perkakas.layanan(cari_instansi(w.instansi.folder), perkakas.Letak(perkakas.ALAMAT), jam, demo=False)
    milik.terbitkan = lambda: None
    meja = perkakas.MejaUji(milik.meja.instansi, milik, jam)
    _isi_contoh(meja)
    with perkakas.melayani(meja) as s:
        yield s
    for k in meja._klien.values():
        k.http.close()
    milik.simpanan.tutup()


def _isi_contoh(meja: Any) -> None:
    k = meja.klien("p-lani")
    medan = k.formulir(ISI)
    salah = {"/indikator/0/realisasi": "12", "/indikator/1/realisasi": "abc", "/anggaran/0/realisasi": "1,234"}
    k.kirim(ISI, {**medan, **salah, "aksi": "simpan"}, csrf=medan["csrf"])
    lembar = "/lembar/2024-tw3/pemberdayaan-sosial"
    k.kirim(f"{lembar}/komentar", {"komentar": "Mohon dicek", "penunjuk": "/indikator/0/realisasi"})
    k.kirim(f"{lembar}/komentar", {"komentar": "Sudah dicek", "penunjuk": "/indikator/0/realisasi", "balasan": "1"})


def konteks(peramban: Any, server: Any, orang: str | None, lebar: int, skema: str, skrip: bool) -> Any:
    hasil = peramban.new_context(
        viewport={"width": lebar, "height": 800}, color_scheme=skema, java_script_enabled=skrip, locale="id-ID"
    )
    if orang:
        token, _ = server.meja.layanan.sesi.buka(orang, Permintaan(server.meja.jam(), "uji")) if _berakun(
            server, orang
        ) else (None, None)
        hasil.add_cookies([{"name": "kinerja-sesi", "value": token, "url": server.alamat}])
    return hasil


def _berakun(server: Any, orang: str) -> bool:
    from kinerja.accounts.invitations import pastikan_akun

    simpanan = server.meja.layanan.simpanan
    with simpanan.tulis() as db:
        pastikan_akun(simpanan, db, orang, server.meja.jam())
    return True


@pytest.mark.parametrize(("lebar", "skema", "skrip"), LAYAR, ids=["lebar", "sempit-gelap", "tanpa-skrip"])
@pytest.mark.parametrize(("orang", "jalur"), HALAMAN, ids=str)
def test_a_page_stands(
    server: Any, peramban: Any, tmp_path: Path, orang: str | None, jalur: str, lebar: int, skema: str, skrip: bool
) -> None:
    if "{undangan}" in jalur:
        minta = Permintaan(server.meja.jam(), "uji")
        jalur = jalur.format(undangan=server.meja.layanan.akun.undang("p-joni", minta, timedelta(days=1)))
    with konteks(peramban, server, orang, lebar, skema, skrip) as ktx:
        tab = ktx.new_page()
        keluhan: list[str] = []
        tab.on("console", lambda m: keluhan.append(m.text) if m.type in ("error", "warning") else None)
        tab.on("pageerror", lambda e: keluhan.append(str(e)))
        diminta: list[str] = []
        tab.on("request", lambda r: diminta.append(r.url))
        jawab = tab.goto(server.alamat + jalur, wait_until="networkidle" if skrip else "load")
        assert jawab.status < 500
        assert not [a for a in diminta if not a.startswith((server.alamat, "data:"))]
        assert [k for k in keluhan if "status of 4" not in k] == []
        if not skrip:
            assert tab.locator("h1").count() == 1
            return
        lewat = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert lewat <= 0
        hasil = Axe().run(tab, options={"runOnly": {"type": "tag", "values": LABEL}})
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in hasil.response["violations"]] == []


def test_at_200_percent_nothing_is_cut_off(server: Any, peramban: Any) -> None:
    with konteks(peramban, server, "p-lani", 640, "light", True) as ktx:
        tab = ktx.new_page()
        for jalur in ("/", ISI, "/lembar/2024-tw3/pemberdayaan-sosial"):
            tab.goto(server.alamat + jalur)
            assert tab.evaluate("document.documentElement.scrollWidth") <= 640
            kecil = tab.evaluate(
                """() => [...document.querySelectorAll("button, .tombol")].filter(b => {
                    const r = b.getBoundingClientRect();
                    return r.width > 2 && (r.height < 24 || r.width < 24) }).map(b => b.textContent)"""
            )
            assert kecil == []


def test_every_control_is_reached_by_tab_and_never_hidden_by_the_bar(server: Any, peramban: Any) -> None:
    with konteks(peramban, server, "p-lani", 1280, "light", True) as ktx:
        tab = ktx.new_page()
        tab.goto(server.alamat + ISI)
        tab.focus(".lompat")  # the first thing on the page; the page itself begins in the first cell
        dikunjungi: set[str] = set()
        for _ in range(120):
            tab.keyboard.press("Tab")
            keadaan = tab.evaluate(
                """() => { const e = document.activeElement, r = e.getBoundingClientRect();
                    if (e === document.body) return null;
                    const b = document.querySelector(".bilah").getBoundingClientRect();
                    return [e.tagName === "BUTTON" ? e.textContent.trim() : e.name || e.textContent.trim(), e.closest(".bilah") !== null,
                            r.bottom <= b.top + 1 || r.top >= b.bottom - 1 || r.height > b.top,
                            getComputedStyle(e).outlineStyle] }"""
            )
            if keadaan is None:
                break  # past the last one
            dikunjungi.add(keadaan[0])
            assert keadaan[1] or keadaan[2], f"{keadaan[0]} tertutup bilah"
            assert keadaan[3] != "none", keadaan
        medan = server.meja.klien("p-lani").formulir(ISI)
        tampak = {n for n in medan if n.endswith("/realisasi")}
        assert tampak <= dikunjungi
        assert "Simpan" in dikunjungi


def test_without_script_a_worksheet_is_filled_saved_and_submitted(server: Any, peramban: Any) -> None:
    jalur = "/kerja/2024-tw3/pemberdayaan-masyarakat"
    with konteks(peramban, server, "p-mira", 1280, "light", False) as ktx:
        tab = ktx.new_page()
        tab.goto(server.alamat + jalur)
        semula = tab.input_value("#i0-realisasi")
        tab.fill("#i0-realisasi", "bukan angka")
        tab.press("#i0-realisasi", "Enter")  # Enter sends the form: it must be a harmless save
        assert "aman sebagai draf" in tab.inner_text(".kilat")
        assert tab.input_value("#i0-realisasi") == "bukan angka"
        assert tab.locator("#ringkasan a").first.get_attribute("href") == "#i0-realisasi"
        tab.fill("#i0-realisasi", semula)
        tab.get_by_role("button", name="Simpan", exact=True).last.click()
        assert "tersimpan" in tab.inner_text("main").casefold()
        tab.get_by_role("button", name="Ajukan").click()
        assert "diajukan" in tab.inner_text(".kilat") or "dibetulkan" in tab.inner_text(".kilat")
