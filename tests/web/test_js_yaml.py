"""The YAML page's editor in a real Chromium, under the desk's CSP: completion, findings, keyboard, drafts."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .js.situs import ASAL, Situs, buka_situs, kerangka

pytestmark = [pytest.mark.peramban, pytest.mark.alat("chromium")]

KUNCI = "kinerja|p-indah|2024-tw3|pemberdayaan-sosial|yaml"
TENANG = 150
"""Milliseconds after which the editor takes Enter for its list and not for the text."""
NASKAH = "# lembar\nskema: kertas-kerja/v1\nindikator:\n  - id: ps-01\n    realisasi: 85,5\n"
TEMUAN = {"baris": 5, "kolom": 16, "tingkat": "galat", "pesan": "85,5 bukan angka YAML", "tindakan": "tulis 85.5",
          "aturan": "angka-yaml"}  # fmt: skip
CATATAN = {"baris": 99, "kolom": 1, "tingkat": "catatan", "pesan": "penjelasan kosong", "tindakan": "isi penjelasan",
           "aturan": "penjelasan-kosong"}  # fmt: skip


@pytest.fixture
def situs() -> Iterator[Situs]:
    with buka_situs() as s:
        s.json["/periksa"] = {"temuan": []}
        s.halaman["/selesai"] = kerangka("Selesai", "", "<p>Selesai</p>")
        taruh(s, NASKAH)
        yield s


@pytest.fixture
def tab(peramban: Browser, situs: Situs) -> Iterator[Page]:
    """The editor; the console must stay silent, so that no rule of the CSP is broken."""
    galat: list[str] = []
    with peramban.new_context() as konteks:
        halaman = konteks.new_page()
        halaman.on("pageerror", lambda e: galat.append(str(e)))
        halaman.on("console", lambda m: galat.append(m.text) if "Failed to load" not in m.text else None)
        buka(halaman, situs)
        yield halaman
    assert galat == []


def taruh(situs: Situs, naskah: str, asal: str = ASAL) -> None:
    situs.halaman["/yaml"] = kerangka(
        "YAML",
        '<script type="module" src="/aset/yaml.js"></script>',
        f"""<form id="yaml" method="post" action="/yaml" data-periksa="/periksa" data-skema="/skema/kertas-kerja.v1.json"
          data-kunci="{KUNCI.partition("|")[2]}" data-asal="{asal}"><a href="/sebelum" id="sebelum">sebelum</a>
          <input type="hidden" name="csrf" value="rahasia"><input type="hidden" name="asal" value="{asal}">
          <label for="naskah">Naskah YAML</label>
          <textarea id="naskah" name="naskah" rows="30" spellcheck="false">\n{html.escape(naskah)}</textarea>
          <div class="bilah"><p id="keadaan" role="status"></p><button name="aksi" value="simpan" id="simpan">Simpan</button>
          </div></form>""",
    )


def buka(halaman: Page, situs: Situs) -> None:
    halaman.goto(f"{situs.alamat}/yaml")
    expect(halaman.locator(".cm-content")).to_be_visible()


def isi(tab: Page) -> str:
    return tab.locator("#naskah").input_value()


def ke_akhir(tab: Page) -> None:
    tab.locator(".cm-content").focus()
    tab.keyboard.press("Control+End")


def tahan(tab: Page, alamat: str) -> list[Route]:
    """Holds back every request to an address; gives those that are held."""
    tertahan: list[Route] = []

    def simpan(r: Route) -> None:
        tertahan.append(r)

    tab.route(alamat, simpan)
    return tertahan


def test_a_key_is_completed_by_its_place(tab: Page) -> None:
    ke_akhir(tab)
    tab.keyboard.type("    penj")
    daftar = tab.locator(".cm-tooltip-autocomplete li")
    expect(daftar).to_have_count(1)
    expect(daftar.locator(".cm-completionLabel")).to_have_text("penjelasan")
    expect(daftar.locator(".cm-completionDetail")).to_have_text("Penjelasan")
    expect(tab.locator(".cm-completionInfo")).to_have_text("Mengapa capaian demikian.")
    tab.wait_for_timeout(TENANG)
    tab.keyboard.press("Enter")
    assert isi(tab) == NASKAH + "    penjelasan: "


def test_a_value_and_a_locked_key_are_offered(tab: Page) -> None:
    ke_akhir(tab)
    tab.keyboard.type("    tindak_lanjut: nu")
    expect(tab.locator(".cm-tooltip-autocomplete li")).to_have_text(["null"])
    tab.wait_for_timeout(TENANG)
    tab.keyboard.press("Enter")
    tab.keyboard.press("Enter")
    tab.keyboard.type("tar")
    expect(tab.locator(".cm-completionDetail")).to_have_text("Target · dari rencana")
    tab.keyboard.press("Escape")
    expect(tab.locator(".cm-tooltip-autocomplete")).to_have_count(0)


def test_findings_are_shown_at_their_lines(tab: Page, situs: Situs) -> None:
    expect(tab.locator("#keadaan")).to_have_text("Tidak ada temuan")
    situs.json["/periksa"] = {"temuan": [TEMUAN, CATATAN]}
    ke_akhir(tab)
    tab.keyboard.type("#")
    expect(tab.locator("#keadaan")).to_have_text("Belum tersimpan; 1 galat, 1 catatan; F8 membawa ke yang berikutnya")
    assert situs.kiriman[-1] == ("/periksa", {"isi": NASKAH + "#"})
    assert situs.kepala[-1]["X-CSRF"] == "rahasia"
    expect(tab.locator(".cm-lintRange-error")).to_have_text("85,5")
    expect(tab.locator(".cm-lint-marker-error")).to_have_count(1)
    tab.keyboard.press("Control+Home")
    tab.keyboard.press("F8")
    expect(tab.locator(".cm-tooltip .cm-diagnosticText")).to_have_text("85,5 bukan angka YAML; tulis 85.5")
    tab.keyboard.press("Control+Shift+M")
    expect(tab.locator(".cm-panel-lint li")).to_have_count(2)


def test_an_answer_to_an_older_text_is_not_shown(tab: Page, situs: Situs) -> None:
    expect(tab.locator("#keadaan")).to_have_text("Tidak ada temuan")
    tertahan = tahan(tab, "**/periksa")
    ke_akhir(tab)
    tab.keyboard.type("a")
    with tab.expect_request("**/periksa"):
        pass
    tab.keyboard.type("b")
    tertahan[0].fulfill(json={"temuan": [TEMUAN]})
    tab.wait_for_timeout(200)
    expect(tab.locator(".cm-lintRange-error")).to_have_count(0)
    expect(tab.locator("#keadaan")).to_have_text("Belum tersimpan")


@pytest.mark.parametrize(("kode", "jawab", "teks"), [
    (401, {"pesan": "Sesi berakhir", "masuk": "/masuk"}, "Belum tersimpan; Sesi berakhir Masuk lagi"),
    (500, {"x": 1}, "Belum tersimpan"),
    (None, {}, "Belum tersimpan; Belum diperiksa: server tidak terjangkau"),
])  # fmt: skip
def test_a_check_that_fails_is_told(tab: Page, kode: int | None, jawab: dict[str, str], teks: str) -> None:
    expect(tab.locator("#keadaan")).to_have_text("Tidak ada temuan")
    tab.route("**/periksa", lambda r: r.abort() if kode is None else r.fulfill(status=kode, json=jawab))
    ke_akhir(tab)
    tab.keyboard.type("a")
    with tab.expect_event("requestfailed" if kode is None else "response"):
        pass
    expect(tab.locator("#keadaan")).to_have_text(teks)


def test_tab_indents_and_esc_then_tab_leaves(tab: Page) -> None:
    ke_akhir(tab)
    tab.keyboard.press("Tab")
    assert isi(tab) == NASKAH + "  "
    tab.keyboard.press("Escape")
    tab.wait_for_timeout(2500)  # not a matter of speed
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.id") == "simpan"
    tab.keyboard.press("Shift+Tab")  # back in: Tab indents again
    expect(tab.locator(".cm-focused")).to_have_count(1)
    tab.keyboard.press("Tab")
    assert isi(tab) == NASKAH + "    "
    tab.keyboard.press("Escape")
    tab.keyboard.press("Shift+Tab")
    assert tab.evaluate("document.activeElement.id") == "sebelum"


def test_the_form_sends_what_the_editor_shows(tab: Page, situs: Situs) -> None:
    ke_akhir(tab)
    tab.keyboard.type("catatan: ya")
    with tab.expect_navigation():
        tab.keyboard.press("Control+s")
    kiriman = next(k for p, k in situs.kiriman if p == "/yaml")
    assert kiriman["naskah"][0].replace("\r\n", "\n") == NASKAH + "catatan: ya"
    assert kiriman["aksi"] == ["simpan"]


def test_undo_search_and_brackets_speak_indonesian(tab: Page) -> None:
    ke_akhir(tab)
    tab.keyboard.type("bukti: [")
    assert isi(tab).endswith("bukti: []")
    tab.keyboard.press("Control+z")
    tab.keyboard.press("Control+f")
    panel = tab.locator(".cm-search")
    assert panel.locator("input[name=search]").get_attribute("placeholder") == "Cari"
    expect(panel.locator("button[name=next]")).to_have_text("berikutnya")
    expect(panel.locator("button[name=close]")).to_have_attribute("aria-label", "tutup")


def test_a_label_leads_into_the_editor_and_names_it(tab: Page) -> None:
    tab.locator("label[for=naskah]").click()
    editor = tab.get_by_role("textbox", name="Naskah YAML")
    expect(editor).to_be_focused()
    petunjuk = tab.evaluate("""() => {
      const root = document.querySelector("#naskah + div").shadowRoot;
      return root.getElementById(root.querySelector(".cm-content").getAttribute("aria-describedby")).textContent;
    }""")
    assert "Esc lalu Tab untuk keluar" in petunjuk
    expect(tab.locator("#naskah")).to_be_hidden()


def test_styles_are_applied_without_inline_ones(tab: Page) -> None:
    assert tab.locator("style").count() == 0
    warna = tab.locator(".cm-line span").first.evaluate("e => getComputedStyle(e).fontStyle")
    assert warna == "italic"  # the comment of the first line
    assert tab.locator(".cm-scroller").evaluate("e => getComputedStyle(e).display") == "flex"


def test_a_draft_comes_back_and_is_let_go_when_it_is_saved(tab: Page, situs: Situs) -> None:
    ke_akhir(tab)
    tab.keyboard.type("catatan: ya")
    tab.wait_for_timeout(900)
    assert json.loads(tab.evaluate("k => localStorage.getItem(k)", KUNCI))["naskah"] == NASKAH + "catatan: ya"
    buka(tab, situs)
    expect(tab.locator("#keadaan")).to_contain_text("Belum tersimpan")
    assert isi(tab) == NASKAH + "catatan: ya"
    tab.locator(".cm-content").focus()
    tab.keyboard.press("Control+z")
    assert isi(tab) == NASKAH
    tab.keyboard.press("Control+y")
    taruh(situs, NASKAH + "catatan: ya", "b" * 40)  # saved
    buka(tab, situs)
    assert isi(tab) == NASKAH + "catatan: ya"
    assert tab.evaluate("k => localStorage.getItem(k)", KUNCI) is None


def test_a_text_that_the_server_refused_is_still_a_draft(tab: Page, situs: Situs) -> None:
    ke_akhir(tab)
    tab.keyboard.type("catatan: ya")
    taruh(situs, NASKAH + "catatan: ya")  # the page comes back with what was typed, unsaved
    buka(tab, situs)
    expect(tab.locator("#keadaan")).to_have_text("Belum tersimpan; Tidak ada temuan")
    taruh(situs, NASKAH)
    buka(tab, situs)
    assert isi(tab) == NASKAH + "catatan: ya"


def test_what_was_typed_before_the_editor_came_is_kept(tab: Page, situs: Situs) -> None:
    tertahan = tahan(tab, "**/skema/*")
    tab.goto(f"{situs.alamat}/yaml")
    tab.locator("#naskah").press_sequentially("a: 1")
    tertahan[0].continue_()
    expect(tab.locator("#keadaan")).to_contain_text("Belum tersimpan")
    assert "a: 1" in isi(tab)
    assert "a: 1" in tab.locator(".cm-content").inner_text()


def test_what_is_typed_is_kept_even_when_the_page_goes_at_once(tab: Page, situs: Situs) -> None:
    ke_akhir(tab)
    tab.keyboard.type("x")
    buka(tab, situs)
    assert isi(tab) == NASKAH + "x"


def test_a_draft_of_an_older_version_is_offered_not_imposed(tab: Page, situs: Situs) -> None:
    ke_akhir(tab)
    tab.keyboard.type("catatan: punya saya")
    taruh(situs, NASKAH + "catatan: punya orang lain\n", "b" * 40)
    buka(tab, situs)
    assert isi(tab).endswith("punya orang lain\n")
    tab.get_by_role("button", name="Pulihkan naskah itu").click()
    assert isi(tab) == NASKAH + "catatan: punya saya"
    assert tab.locator("input[name=asal]").input_value() == ASAL
    expect(tab.get_by_role("button", name="Pulihkan naskah itu")).to_have_count(0)
