"""The worksheet's script in a real Chromium: keys, paste, undo, drafts, findings, under the desk's CSP."""

from __future__ import annotations

import json
import re
import statistics
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from .js.situs import ASAL, KUNCI, Situs, buka_situs

pytestmark = [pytest.mark.peramban, pytest.mark.alat("chromium")]


@pytest.fixture
def situs() -> Iterator[Situs]:
    """A fresh site."""
    with buka_situs() as s:
        yield s


@pytest.fixture
def tab(peramban: Browser, situs: Situs) -> Iterator[Page]:
    """The worksheet, in a browser that remembers nothing; the console must stay silent."""
    galat: list[str] = []
    with peramban.new_context(permissions=["clipboard-read", "clipboard-write"]) as konteks:
        halaman = konteks.new_page()
        dengar(halaman, galat)
        halaman.goto(situs.alamat)
        yield halaman
    assert galat == []


def dengar(halaman: Page, galat: list[str]) -> None:
    """Collects what a page complains of; a refused draft is no complaint of the script."""
    halaman.on("pageerror", lambda e: galat.append(str(e)))
    halaman.on(
        "console",
        lambda m: galat.append(m.text) if m.type in ("error", "warning") and "Failed to load" not in m.text else None,
    )


def nilai(tab: Page, *id_: str) -> list[str]:
    return [tab.locator(f"#{i}").input_value() for i in id_]


def realisasi(tab: Page, banyak: int = 10) -> list[str]:
    return nilai(tab, *(f"i{n}-realisasi" for n in range(banyak)))


def aktif(tab: Page) -> str:
    return str(tab.evaluate("document.activeElement.id"))


def keadaan(tab: Page) -> str:
    return tab.locator("#keadaan").inner_text()


def tempel(tab: Page, teks: str, html: str = "") -> None:
    """Puts a text on the clipboard as a spreadsheet does, and presses Ctrl+V."""
    tab.evaluate(
        """([teks, html]) => navigator.clipboard.write([new ClipboardItem({"text/plain": new Blob([teks],
           {type: "text/plain"}), ...(html && {"text/html": new Blob([html], {type: "text/html"})})})])""",
        [teks, html],
    )
    tab.keyboard.press("Control+v")


def lokal(tab: Page) -> dict[str, Any]:
    return json.loads(tab.evaluate("kunci => localStorage.getItem(kunci)", KUNCI) or "{}")


# Keys


def test_ten_numbers_take_their_characters_and_ten_enters(tab: Page) -> None:
    angka = [f"{n}{n},5" for n in range(1, 10)] + ["100"]
    ketukan = 0
    tab.click("#i0-realisasi")
    for n, teks in enumerate(angka):
        assert aktif(tab) == f"i{n}-realisasi"
        for huruf in teks:
            tab.keyboard.press(huruf)
        tab.keyboard.press("Enter")
        ketukan += len(teks) + 1
    assert realisasi(tab) == angka
    assert ketukan == sum(map(len, angka)) + 10


def test_enter_in_the_last_line_leads_to_simpan_and_one_more_saves(tab: Page, situs: Situs) -> None:
    tab.click("#a2-realisasi")
    tab.keyboard.type("500000")
    tab.keyboard.press("Enter")
    assert aktif(tab) == "simpan"
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile("tersimpan=1"))
    assert situs.kiriman[0][1]["/anggaran/2/realisasi"] == ["500000"]
    assert situs.kiriman[0][1]["aksi"] == ["simpan"]


def test_a_cell_is_replaced_by_typing_and_reached_by_arrows(tab: Page) -> None:
    tab.click("#i0-realisasi")
    tab.keyboard.type("12")
    tab.keyboard.press("ArrowLeft")
    tab.keyboard.press("ArrowLeft")
    assert aktif(tab) == "i0-realisasi"
    tab.keyboard.press("ArrowLeft")  # first of its line: stays
    assert aktif(tab) == "i0-realisasi"
    tab.keyboard.press("End")
    tab.keyboard.press("ArrowRight")
    assert aktif(tab) == "i0-pembilang"
    tab.keyboard.press("ArrowRight")  # empty: both ends at once
    assert aktif(tab) == "i0-penyebut"
    tab.keyboard.press("ArrowDown")
    assert aktif(tab) == "i1-penyebut"
    tab.keyboard.press("ArrowDown")  # line 2 has no penyebut
    assert aktif(tab) == "i3-penyebut"
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("Shift+Enter")
    tab.keyboard.press("Shift+Enter")  # the first line: stays
    assert aktif(tab) == "i0-penyebut"
    tab.keyboard.press("ArrowLeft")
    tab.keyboard.press("ArrowLeft")
    assert aktif(tab) == "i0-realisasi"
    tab.keyboard.press("ArrowRight")  # all of 12 is selected
    assert aktif(tab) == "i0-pembilang"
    tab.keyboard.type("8")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowLeft")
    tab.keyboard.press("ArrowLeft")  # all of 8 is selected
    assert aktif(tab) == "i0-realisasi"
    tab.keyboard.type("7")
    assert nilai(tab, "i0-realisasi", "i0-pembilang") == ["7", "8"]


def test_f2_writes_on_esc_takes_back_and_a_second_click_sets_the_caret(tab: Page) -> None:
    tab.click("#i0-realisasi")
    tab.keyboard.type("12")
    tab.keyboard.press("Tab")
    assert aktif(tab) == "i0-pembilang"
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("F2")
    tab.keyboard.type(",5")
    assert nilai(tab, "i0-realisasi") == ["12,5"]
    tab.keyboard.press("ArrowLeft")
    tab.keyboard.type("9")
    assert nilai(tab, "i0-realisasi") == ["12,95"]
    tab.keyboard.press("Escape")
    assert nilai(tab, "i0-realisasi") == ["12"]
    tab.click("#i1-realisasi")
    tab.click("#i0-realisasi")
    assert tab.evaluate("getSelection().toString()") == "12"
    tab.click("#i0-realisasi")
    assert tab.evaluate("getSelection().toString()") == ""


def test_a_cell_that_the_page_focuses_is_replaced_by_typing_too(tab: Page, situs: Situs) -> None:
    situs.isi = {"/indikator/0/realisasi": "78,08"}
    situs.fokus = "i0-realisasi"
    tab.reload()
    assert aktif(tab) == "i0-realisasi"
    tab.click("#i0-realisasi")
    tab.keyboard.type("45,21")
    assert nilai(tab, "i0-realisasi") == ["45,21"]
    tab.keyboard.press("Escape")
    assert nilai(tab, "i0-realisasi") == ["78,08"]
    tab.reload()
    tab.keyboard.type("7")  # without a click
    assert nilai(tab, "i0-realisasi") == ["7"]


def test_ctrl_s_saves_and_alt_left_is_left_to_the_browser(tab: Page, situs: Situs) -> None:
    tab.click("#i3-realisasi")
    tab.keyboard.type("60")
    tab.keyboard.press("Home")
    with tab.expect_navigation():
        tab.keyboard.press("Control+s")
    assert situs.kiriman[0][1]["/indikator/3/realisasi"] == ["60"]
    tab.click("#i3-pembilang")
    diurus = tab.evaluate("""() => !document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
        {key: "ArrowLeft", altKey: true, bubbles: true, cancelable: true}))""")
    assert not diurus


def test_enter_makes_a_line_in_an_explanation_and_ctrl_enter_moves_on(tab: Page) -> None:
    tab.locator("summary").first.click()
    tab.click("#i0-penjelasan")
    tab.keyboard.type("satu")
    tab.keyboard.press("Enter")
    tab.keyboard.type("dua")
    assert nilai(tab, "i0-penjelasan") == ["satu\ndua"]
    tab.keyboard.press("Control+Enter")
    assert aktif(tab) == "i1-penjelasan"
    expect(tab.locator("#i1-penjelasan")).to_be_visible()


def test_the_wheel_never_changes_a_value(tab: Page) -> None:
    tab.click("#i0-realisasi")
    tab.keyboard.type("85,5")
    tab.select_option("#i10-realisasi", "BB")
    for id_ in ("i0-realisasi", "i10-realisasi"):
        tab.locator(f"#{id_}").focus()
        tab.hover(f"#{id_}")
        tab.mouse.wheel(0, 120)
        tab.mouse.wheel(0, -240)
    assert nilai(tab, "i0-realisasi", "i10-realisasi") == ["85,5", "BB"]
    dicegah = tab.evaluate("""() => !document.getElementById("i10-realisasi").dispatchEvent(
        new WheelEvent("wheel", {deltaY: 100, bubbles: true, cancelable: true}))""")
    assert dicegah


# Capaian


def test_capaian_follows_every_key(tab: Page) -> None:
    hasil = tab.locator("tr[data-baris=ps-00] .hasil")
    tab.click("#i0-realisasi")
    tab.keyboard.type("7")
    expect(hasil).to_have_text("8,75\u00a0% Sangat rendah")
    tab.keyboard.type("5")
    expect(hasil).to_have_text("93,75\u00a0% Sangat tinggi")
    assert tab.locator("tr[data-baris=ps-00] .kategori").get_attribute("data-kelas") == "0"
    tab.keyboard.type(" orang")  # the server will read it
    expect(hasil).to_have_text("…")
    tab.keyboard.press("Escape")
    expect(hasil).to_have_text("realisasi belum diisi")
    tab.keyboard.type("0")
    expect(hasil).to_have_text("0,00\u00a0% Sangat rendah")


def test_an_ambiguous_number_is_asked_beside_its_cell(tab: Page) -> None:
    tab.click("#i0-realisasi")
    tab.keyboard.type("1.234")
    tanya = tab.locator("#t-i0-realisasi")
    expect(tanya).to_have_text("1.234 berarti 1234 atau 1,234? tulis 1234 bila ribuan, atau 1,234 bila desimal")
    expect(tab.locator("#i0-realisasi")).to_have_attribute("aria-invalid", "true")
    expect(tab.locator("tr[data-baris=ps-00] output")).to_have_text("…")
    tab.keyboard.type(",5")
    expect(tanya).to_be_hidden()
    expect(tab.locator("tr[data-baris=ps-00] output")).to_have_text("1.543,13\u00a0%")
    tab.click("#i1-realisasi")  # counts: no question
    tab.keyboard.type("1.234")
    expect(tab.locator("tr[data-baris=ps-01] output")).to_have_text("1.542,50\u00a0%")


def test_a_predikat_and_a_budget_line_have_their_figures(tab: Page) -> None:
    hasil = tab.locator("tr[data-baris=ps-10] .hasil")
    tab.select_option("#i10-realisasi", "B")
    expect(hasil).to_have_text("80,00\u00a0% Tinggi")
    tab.select_option("#i10-realisasi", "")
    expect(hasil).to_have_text("realisasi belum diisi")
    tab.click("#a0-realisasi")
    tab.keyboard.type("Rp 812.345")
    expect(tab.locator("tr[data-baris='1.06.00'] output")).to_have_text("81,23\u00a0%")
    tab.click("#a0-fisik")
    tab.keyboard.type("50")
    expect(tab.locator("tr[data-baris='1.06.00'] output")).to_have_text("81,23\u00a0%")


def test_a_key_is_answered_within_fifty_milliseconds(tab: Page) -> None:
    tab.evaluate("""() => {
      window.lama = [];
      addEventListener("keydown", () => { window.mula = performance.now(); }, true);
      new MutationObserver(() => window.lama.push(performance.now() - window.mula))
        .observe(document.querySelector("tr[data-baris=ps-00] output"), {childList: true, characterData: true, subtree: true});
    }""")
    tab.click("#i0-realisasi")
    for huruf in "75,2468135":
        tab.keyboard.press(huruf)
    lama = tab.evaluate("window.lama")
    assert len(lama) == len("75,2468135")
    assert statistics.median(lama) < 50


# Paste


def test_one_column_is_pasted_down(tab: Page) -> None:
    tab.click("#i0-realisasi")
    tempel(tab, "".join(f"{n},5\r\n" for n in range(10)))
    assert realisasi(tab) == [f"{n},5" for n in range(10)]
    expect(tab.locator("tr[data-baris=ps-09] output")).to_have_text("11,88\u00a0%")


def test_numbers_and_explanations_are_one_paste(tab: Page) -> None:
    """Lines without pembilang and penyebut do not shift the texts."""
    tab.click("#i0-realisasi")
    tempel(tab, "".join(f'{n}\t"alasan {n}\nbaris dua"\n' for n in range(4)))
    assert realisasi(tab, 4) == list("0123")
    assert nilai(tab, "i3-penjelasan") == ["alasan 3\nbaris dua"]
    assert nilai(tab, "i0-pembilang", "i0-penyebut", "i3-faktor_pendorong") == ["", "", ""]
    expect(tab.locator("#i3-penjelasan")).to_be_visible()


def test_a_word_among_numbers_fits_the_line_that_takes_words(tab: Page) -> None:
    tab.click("#i9-realisasi")
    tempel(tab, "80\tbaik\nBB\tsangat baik\n")
    assert nilai(tab, "i9-realisasi", "i10-realisasi", "i10-penjelasan") == ["80", "BB", "sangat baik"]


def test_a_locked_cell_is_passed_over(tab: Page) -> None:
    terkunci = tab.locator("td.terkunci").all_inner_texts()
    tab.click("#i4-pembilang")
    tempel(tab, "1\t2\n3\t4\n5\t6\n")
    assert nilai(tab, "i4-pembilang", "i4-penyebut", "i5-penyebut", "i6-pembilang") == ["1", "2", "4", "5"]
    assert tab.locator("td.terkunci").all_inner_texts() == terkunci


@pytest.mark.parametrize(
    ("mulai", "teks", "bentuk"),
    [
        ("i9-realisasi", "1\n2\n3\n4\n", "4 × 1 sel, tempatnya 3 × 1"),
        ("i0-realisasi", "\t".join("1234567") + "\n", "1 × 7 sel, tempatnya 12 × 3"),
        ("i0-realisasi", "a\tb\tc\td\n", "1 × 4 sel, tempatnya 12 × 3"),
        ("a1-fisik", "1\tok\n2\tok\n3\tok\n", "3 × 2 sel, tempatnya 2 × 2"),
    ],
)
def test_a_block_that_does_not_fit_pastes_nothing(tab: Page, mulai: str, teks: str, bentuk: str) -> None:
    tab.click(f"#{mulai}")
    tempel(tab, teks)
    assert keadaan(tab) == f"Tidak ditempel: {bentuk}."
    assert not any(tab.eval_on_selector_all(".isian", "sel => sel.map(x => x.value)"))


def test_one_cell_and_paragraphs_are_pasted_as_usual(tab: Page) -> None:
    tab.click("#i0-realisasi")
    tempel(tab, "45,21\r\n", "<table><tr><td>45,21</td></tr></table>")
    assert nilai(tab, "i0-realisasi", "i1-realisasi") == ["45,21", ""]
    tab.locator("summary").first.click()
    tab.click("#i0-penjelasan")
    tempel(tab, "paragraf satu\nparagraf dua\n", "<p>paragraf satu</p><p>paragraf dua</p>")
    assert nilai(tab, "i0-penjelasan", "i1-penjelasan") == ["paragraf satu\nparagraf dua\n", ""]
    tab.locator("summary").nth(3).click()
    tab.click("#i3-penjelasan")
    tempel(tab, "a\nb\n", "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>")
    assert nilai(tab, "i3-penjelasan", "i4-penjelasan") == ["a", "b"]
    tab.click("#catatan")
    tempel(tab, "a\tb\nc\td\n")
    assert nilai(tab, "catatan") == ["a\tb\nc\td\n"]


# One history


def test_typing_paste_and_restoring_are_one_history(tab: Page) -> None:
    tab.click("#i0-realisasi")
    tab.keyboard.type("10")
    tab.keyboard.press("Enter")
    tempel(tab, "21\n22\n")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.type("99")
    tab.keyboard.press("Escape")
    langkah = [realisasi(tab, 3)]
    for _ in range(5):
        tab.keyboard.press("Control+z")
        langkah.append(realisasi(tab, 3))
    assert langkah == [
        ["10", "21", "22"], ["10", "21", "99"], ["10", "21", "22"], ["10", "", ""], ["", "", ""], ["", "", ""],
    ]  # fmt: skip
    assert aktif(tab) == "i0-realisasi"
    tab.keyboard.press("Control+y")
    tab.keyboard.press("Control+Shift+Z")
    assert realisasi(tab, 3) == ["10", "21", "22"]
    expect(tab.locator("tr[data-baris=ps-02] output")).to_have_text("27,50\u00a0%")
    tab.keyboard.type("5")  # something new: nothing to redo any more
    tab.keyboard.press("Control+y")
    assert realisasi(tab, 3) == ["10", "5", "22"]


def test_what_is_typed_into_two_cells_is_two_steps(tab: Page) -> None:
    tab.click("#i0-realisasi")
    tab.keyboard.type("10")
    tab.keyboard.press("Tab")
    tab.keyboard.type("20")
    tab.keyboard.press("Control+z")
    assert nilai(tab, "i0-realisasi", "i0-pembilang") == ["10", ""]
    tab.keyboard.press("Control+z")
    assert nilai(tab, "i0-realisasi", "i0-pembilang") == ["", ""]


def test_undo_goes_word_by_word_through_an_explanation(tab: Page) -> None:
    tab.locator("summary").first.click()
    tab.click("#i0-penjelasan")
    tab.keyboard.type("satu dua")
    tab.keyboard.press("Control+z")
    assert nilai(tab, "i0-penjelasan") == ["satu"]
    tab.keyboard.press("Control+z")
    assert nilai(tab, "i0-penjelasan") == [""]


# Drafts


def test_a_draft_is_here_at_once_and_on_the_server_soon(tab: Page, situs: Situs) -> None:
    tab.click("#i0-realisasi")
    tab.keyboard.type("45,21")
    assert keadaan(tab) == "Belum tersimpan…"
    assert lokal(tab)["isian"] == {"/indikator/0/realisasi": "45,21"}
    assert situs.draf == []
    expect(tab.locator("#keadaan")).to_have_text("Draf tersimpan 10.31", timeout=4000)
    assert situs.draf == [{"asal": ASAL, "versi": 0, "isian": {"/indikator/0/realisasi": "45,21"}}]
    assert situs.kepala[0]["X-CSRF"] == "rahasia"
    tab.keyboard.press("Enter")
    tab.keyboard.type("7")
    expect(tab.locator("#lembar")).to_have_attribute("data-versi", "2")
    assert situs.draf[1]["versi"] == 1


def test_a_reload_brings_the_draft_back_and_saving_ends_it(tab: Page, situs: Situs) -> None:
    tab.click("#i0-realisasi")
    tab.keyboard.type("75")
    tab.keyboard.press("Tab")
    situs.asal = "c" * 40  # somebody saved meanwhile; ours was never sent
    tab.reload()
    expect(tab.locator("#i0-realisasi")).to_have_class("isian pulih")
    assert nilai(tab, "i0-realisasi") == ["75"]
    assert keadaan(tab) == "Belum tersimpan… (Isian yang belum tersimpan dipulihkan)"
    assert tab.locator("input[name=asal]").input_value() == ASAL
    expect(tab.locator("tr[data-baris=ps-00] output")).to_have_text("93,75\u00a0%")
    expect(tab.locator("#keadaan")).to_contain_text("Draf tersimpan 10.31", timeout=4000)
    assert situs.draf[0]["asal"] == ASAL
    tab.click("#i0-realisasi")
    tab.keyboard.press("Control+z")
    assert nilai(tab, "i0-realisasi") == [""]
    tab.keyboard.press("Control+y")
    tab.click("#simpan")
    tab.wait_for_url("**/?tersimpan=1")
    assert situs.kiriman[0][1]["asal"] == [ASAL]
    assert lokal(tab) == {}
    tab.click("#i1-realisasi")
    tab.keyboard.type("8")
    tab.reload()  # the address still says tersimpan=1; what came after it is another draft
    assert nilai(tab, "i0-realisasi", "i1-realisasi") == ["75", "8"]


def test_what_was_saved_is_not_restored_in_its_old_spelling(tab: Page, situs: Situs) -> None:
    situs.rapi = {"75,0": "75"}
    tab.click("#i0-realisasi")
    tab.keyboard.type("75,0")
    tab.keyboard.press("Control+s")
    tab.wait_for_url("**/?tersimpan=1")
    assert nilai(tab, "i0-realisasi") == ["75"]
    assert keadaan(tab) == "Tersimpan"


def test_a_draft_that_the_server_has_overtaken_is_let_go(tab: Page, situs: Situs) -> None:
    tab.click("#i0-realisasi")
    tab.keyboard.type("75")
    expect(tab.locator("#keadaan")).to_have_text("Draf tersimpan 10.31", timeout=4000)
    situs.versi, situs.isi = 5, {"/indikator/0/realisasi": "76"}
    tab.reload()
    assert nilai(tab, "i0-realisasi") == ["76"]
    assert lokal(tab) == {}


def test_a_save_that_never_arrived_is_restored_whoever_saved_meanwhile(tab: Page, situs: Situs) -> None:
    situs.jawaban = [(500, {})] * 20
    tab.click("#i0-realisasi")
    tab.keyboard.type("75")
    expect(tab.locator("#keadaan")).to_have_text("Belum terkirim; tersimpan di komputer ini", timeout=4000)
    tab.route("**/", lambda r: r.abort() if r.request.method == "POST" else r.continue_())
    with tab.expect_event("requestfailed"):
        tab.keyboard.press("Control+s")
    tab.unroute("**/")
    situs.asal, situs.versi = "c" * 40, 9
    tab.goto(situs.alamat)
    assert nilai(tab, "i0-realisasi") == ["75"]
    assert tab.locator("input[name=asal]").input_value() == ASAL


def test_what_is_typed_while_a_draft_travels_is_not_called_saved(tab: Page, situs: Situs) -> None:
    tertahan = []
    tab.route("**/draf", lambda r: r.continue_() if tertahan else tertahan.append(r))
    tab.click("#i0-realisasi")
    with tab.expect_request("**/draf", timeout=4000):
        tab.keyboard.type("7")
    tab.keyboard.type("5")
    with tab.expect_response("**/draf"):
        tertahan[0].continue_()
    expect(tab.locator("#lembar")).to_have_attribute("data-versi", "1")
    assert keadaan(tab) == "Belum tersimpan…"
    assert "usai" not in lokal(tab)
    expect(tab.locator("#keadaan")).to_have_text("Draf tersimpan 10.31", timeout=4000)
    assert [d["isian"]["/indikator/0/realisasi"] for d in situs.draf] == ["7", "75"]


def test_a_failed_draft_is_tried_again(tab: Page, situs: Situs) -> None:
    situs.jawaban = [(500, {}), (503, {})]
    tab.click("#i0-realisasi")
    tab.keyboard.type("75")
    expect(tab.locator("#keadaan")).to_have_text("Belum terkirim; tersimpan di komputer ini", timeout=4000)
    with tab.expect_request("**/draf", timeout=1500):  # at once; by itself only after three seconds
        tab.evaluate("dispatchEvent(new Event('online'))")
    expect(tab.locator("#keadaan")).to_have_text("Draf tersimpan 10.31", timeout=15000)
    assert len(situs.draf) == 3
    assert all(d == situs.draf[0] for d in situs.draf)


def test_an_ended_session_offers_the_door_and_keeps_everything(tab: Page, situs: Situs) -> None:
    situs.jawaban = [(401, {"pesan": "Sesi berakhir; isian Anda aman di komputer ini.", "masuk": "/masuk?lanjut=/"})]
    tab.click("#i0-realisasi")
    tab.keyboard.type("75")
    pintu = tab.get_by_role("link", name="Masuk lagi")
    expect(pintu).to_have_attribute("href", "/masuk?lanjut=/", timeout=4000)
    assert keadaan(tab) == "Sesi berakhir; isian Anda aman di komputer ini. Masuk lagi"
    assert lokal(tab)["isian"] == {"/indikator/0/realisasi": "75"}
    tab.goto(situs.alamat)
    assert nilai(tab, "i0-realisasi") == ["75"]


def test_a_refused_draft_says_why(tab: Page, situs: Situs) -> None:
    situs.jawaban = [(409, {"pesan": "Lembar ini sudah ditandatangani; muat ulang halaman."})]
    tab.click("#i0-realisasi")
    tab.keyboard.type("75")
    expect(tab.locator("#keadaan")).to_have_text("Lembar ini sudah ditandatangani; muat ulang halaman.", timeout=4000)
    tab.wait_for_timeout(2000)
    assert len(situs.draf) == 1


def test_a_computer_that_cannot_keep_drafts_does_not_claim_to(tab: Page, situs: Situs) -> None:
    situs.jawaban = [(500, {})]
    tab.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('penuh'); }; }")
    tab.click("#i0-realisasi")
    tab.keyboard.type("75")
    expect(tab.locator("#keadaan")).to_have_text("Belum terkirim", timeout=4000)
    expect(tab.locator("#keadaan")).to_have_text("Draf tersimpan 10.31", timeout=8000)


def test_two_tabs_know_of_each_other_and_lose_nothing(tab: Page, situs: Situs) -> None:
    lain = tab.context.new_page()
    lain.goto(situs.alamat)
    tab.click("#i0-realisasi")
    tab.keyboard.type("75")
    expect(lain.locator("#keadaan")).to_contain_text("Lembar ini juga terbuka di tab lain")
    lain.click("#i1-realisasi")
    lain.keyboard.type("8")
    expect(tab.locator("#keadaan")).to_contain_text("Lembar ini juga terbuka di tab lain")
    assert lokal(tab)["isian"] == {"/indikator/0/realisasi": "75", "/indikator/1/realisasi": "8"}
    assert nilai(lain, "i0-realisasi") == [""]
    expect(lain.locator("#keadaan")).to_contain_text("Draf tersimpan 10.31 (Lembar ini juga", timeout=4000)


def test_a_draft_of_another_computer_that_ours_covered_is_told(tab: Page, situs: Situs) -> None:
    jawab = {"versi": 7, "pukul": "10.31", "temuan": {}, "buka": [], "tertimpa": ["/indikator/0/realisasi"]}
    situs.jawaban = [(200, jawab)]
    tab.click("#i0-realisasi")
    tab.keyboard.type("75")
    expect(tab.locator("#keadaan")).to_have_text(
        "Draf tersimpan 10.31 (Lembar ini juga terbuka di tab lain)", timeout=4000
    )


def test_no_draft_overtakes_a_save(tab: Page, situs: Situs) -> None:
    tertahan = []
    tab.route("**/", lambda r: tertahan.append(r) if r.request.method == "POST" else r.continue_())
    tab.click("#i0-realisasi")
    tab.keyboard.type("75")
    tab.keyboard.press("Control+s")
    tab.wait_for_timeout(2500)
    assert len(tertahan) == 1
    assert situs.draf == []
    tertahan[0].continue_()
    tab.wait_for_url("**/?tersimpan=1")


def test_a_state_is_said_once_not_at_every_key(tab: Page) -> None:
    tab.evaluate("""() => { window.kali = 0; new MutationObserver(() => { window.kali += 1; })
      .observe(document.getElementById("keadaan"), {childList: true, characterData: true, subtree: true}); }""")
    tab.click("#i0-realisasi")
    for huruf in "75,25":
        tab.keyboard.press(huruf)
    assert tab.evaluate("window.kali") == 1


# Findings


def test_findings_stand_beside_their_cells(tab: Page, situs: Situs) -> None:
    situs.temuan = {
        "/indikator/0/realisasi": [{"tingkat": "galat", "pesan": "<b>melebihi</b> batas", "tindakan": "periksa angkanya"}],
        "/indikator/0/penjelasan": [{"tingkat": "peringatan", "pesan": "capaian rendah", "tindakan": "isi penjelasan"}],
    }
    situs.buka = ["/indikator/0/penjelasan"]
    tab.click("#i0-realisasi")
    tab.keyboard.type("9")
    expect(tab.locator("#t-i0-realisasi")).to_have_text("<b>melebihi</b> batas; periksa angkanya", timeout=4000)
    expect(tab.locator("#t-i0-realisasi span")).to_have_class("galat")
    expect(tab.locator("#i0-realisasi")).to_have_attribute("aria-invalid", "true")
    expect(tab.locator("#t-i0-penjelasan")).to_be_visible()
    expect(tab.locator("#t-i0-penjelasan")).to_have_text("capaian rendah; isi penjelasan")
    expect(tab.locator("#i0-penjelasan")).to_have_attribute("aria-invalid", "false")
    assert aktif(tab) == "i0-realisasi"
    situs.temuan, situs.buka = {}, []
    tab.keyboard.type("0")
    expect(tab.locator("#t-i0-realisasi")).to_be_hidden()
    expect(tab.locator("#t-i0-penjelasan")).to_be_hidden(timeout=4000)


def test_a_question_of_the_server_stays_until_it_is_answered(tab: Page, situs: Situs) -> None:
    """Two saved the same cell: the button that settles it must not be wiped away by a draft."""
    tab.evaluate("""() => {
      const p = document.getElementById("t-i0-realisasi");
      p.append("orang lain sudah menyimpan 80 ", Object.assign(document.createElement("button"), {textContent: "Pakai 80"}));
      p.hidden = false;
    }""")
    tab.click("#i0-realisasi")
    tab.keyboard.type("9")
    expect(tab.locator("#keadaan")).to_have_text("Draf tersimpan 10.31", timeout=4000)
    expect(tab.get_by_role("button", name="Pakai 80")).to_be_visible()
