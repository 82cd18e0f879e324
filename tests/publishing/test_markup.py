from __future__ import annotations

import pytest

from kinerja.publishing.markup import (
    Aman,
    Kelompok,
    Kolom,
    alamat,
    bersih,
    gabung,
    gulirkan_tabel,
    judul,
    lolos,
    sidik,
    tabel,
    unsur,
)


@pytest.mark.parametrize(
    ("teks", "hasil"),
    [
        ("biasa saja", "biasa saja"),
        ("<b>", "&lt;b&gt;"),
        ("a & b", "a &amp; b"),
        ("\"x\" 'y'", "&quot;x&quot; &#x27;y&#x27;"),
        ("  tepi  ", "tepi"),
        ("dua\nbaris\r\n\n<tiga>", "dua baris &lt;tiga&gt;"),
        ("dua  sela", "dua sela"),
        ("Rp\u00a01.000", "Rp\u00a01.000"),
        ("a\u202eb\x00c\x1b", "abc"),
        ("", ""),
    ],
)
def test_text_is_escaped_and_cleaned(teks: str, hasil: str) -> None:
    assert lolos(teks) == hasil


def test_markup_of_ours_is_not_escaped_twice() -> None:
    assert gabung(unsur("b", "x & y"), "<i>", antara=" ") == "<b>x &amp; y</b> &lt;i&gt;"


def test_attributes_are_escaped() -> None:
    assert unsur("a", "x", title='"><script>') == ('<a title="&quot;&gt;&lt;script&gt;">x</a>')


def test_a_heading_is_one_line_without_markdown() -> None:
    assert judul(2, "a\n# b *c* [d](e)") == "## a &#35; b &#42;c&#42; &#91;d&#93;&#40;e&#41;"
    assert "<" not in judul(1, "</title><script>")


@pytest.mark.parametrize(
    ("dari", "ke", "hasil"),
    [
        ("index.md", "sop.md", "sop.html"),
        ("index.md", "periode/2024-tw1.md", "periode/2024-tw1.html"),
        ("periode/2024-tw1.md", "index.md", "../index.html"),
        ("periode/2024-tw1.md", "periode/index.md", "index.html"),
        ("bidang/a.md", "indikator/b.md#c", "../indikator/b.html#c"),
        ("periode/a.md", "unduhan/a.csv", "../unduhan/a.csv"),
    ],
)
def test_addresses_are_relative(dari: str, ke: str, hasil: str) -> None:
    assert alamat(dari, ke) == hasil


def test_a_table_without_rows_says_so() -> None:
    assert "Belum ada data." in tabel("Judul", [Kolom("A"), Kolom("B")], [])


def test_a_row_of_the_wrong_width_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        tabel("Judul", [Kolom("A"), Kolom("B")], [("satu",)])


def test_numbers_stand_on_the_right_and_rows_have_names() -> None:
    isi = tabel("J", [Kolom("A", kepala=True), Kolom("B", angka=True)], [Kelompok("K"), ("x", "1")])
    assert '<th scope="row">x</th> <td class="kj-angka">1</td>' in isi
    assert '<th scope="colgroup" colspan="2">K</th>' in isi


def test_a_digest_keeps_the_whole_on_demand() -> None:
    assert sidik("0123456789abcdef", 4) == (
        '<code class="kj-utuh" title="0123456789abcdef">0123…</code>'
    )
    assert isinstance(sidik("ab"), Aman)


def test_plain_tables_of_hand_written_pages_scroll_too() -> None:
    isi = gulirkan_tabel("<p>a</p><table><tr></tr></table><table></table>")
    assert isi.count('<div class="kj-gulir" role="region" tabindex="0" aria-label="Tabel ') == 2  # noqa: PLR2004
    assert isi.count('<table class="kj-tabel">') == isi.count("</table></div>") == 2  # noqa: PLR2004
    assert gulirkan_tabel("<p>a</p>") == "<p>a</p>"


def test_cleaning_keeps_letters_of_other_scripts() -> None:
    assert bersih("Gorontalo ü ﷺ") == "Gorontalo ü ﷺ"
