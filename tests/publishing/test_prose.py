from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.publishing.prose import prosa


@pytest.mark.parametrize(
    ("teks", "hasil"),
    [
        ("Satu.\n\nDua.", "<p>Satu.</p>\n<p>Dua.</p>"),
        ("satu\nkalimat", "<p>satu kalimat</p>"),
        ("**tebal** dan *miring*", "<p><strong>tebal</strong> dan <em>miring</em></p>"),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
        ("nama_berkas_panjang", "<p>nama_berkas_panjang</p>"),
        ("- satu\n- dua", "<ul><li>satu</li><li>dua</li></ul>"),
        ("1. satu\n2. dua\n   lanjut", "<ol><li>satu</li><li>dua lanjut</li></ol>"),
        ("Awal:\n- satu\nAkhir", "<p>Awal:</p>\n<ul><li>satu</li></ul>\n<p>Akhir</p>"),
        ("## Judul\nIsi", '<p class="kj-subjudul kj-subjudul-4">Judul</p>\n<p>Isi</p>'),
        ("*a **b* c**", "<p>*a <strong>b* c</strong></p>"),
        ("", ""),
        ("   \n\n  ", ""),
    ],
)
def test_the_marks_that_are_honoured(teks: str, hasil: str) -> None:
    assert prosa(teks) == hasil


@pytest.mark.parametrize(
    "teks",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</div></article><iframe src=//jahat.example>",
        "**<b onclick=x>**",
    ],
)
def test_html_is_shown_as_text(teks: str) -> None:
    assert not re.search(r"<(?!/?(p|strong|em|ul|ol|li)\b)", prosa(teks))


@pytest.mark.parametrize(
    "teks",
    [
        "[klik](javascript:alert(1))",
        "![g](http://jahat.example/g.png)",
        "http://jahat.example",
        "[a]: http://x",
    ],
)
def test_links_and_images_lead_nowhere(teks: str) -> None:
    hasil = prosa(teks)
    assert "<a" not in hasil
    assert "<img" not in hasil
    assert "jahat.example" in hasil or "javascript" in hasil or "http://x" in hasil


@given(st.text(alphabet="ab *_-#1.\n<>&[]()`", max_size=60))
def test_elements_are_always_closed_in_order(teks: str) -> None:
    tumpukan: list[str] = []
    for tutup, nama in re.findall(r"<(/?)([a-z]+)[^>]*>", prosa(teks)):
        if tutup:
            assert tumpukan.pop() == nama
        else:
            tumpukan.append(nama)
    assert not tumpukan
