"""Findings as a pull-request comment: findings, and capaian before → after.

Everything that comes from a file is shown as text: it can make no link, no mention, no HTML and
no table of its own. The first line marks the comment, so that one comment is edited again and
again instead of a new one each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from kinerja.domain.findings import Finding
from kinerja.domain.pemeriksaan import BarisPratinjau, HasilPeriksa, Pratinjau, Sisi
from kinerja.publishing.findings.wording import hitung, ringkasan, sisi_nilai, sisi_persen

PENANDA = "<!-- kinerja: validate -->"
_TERBANYAK = 100
"""GitHub refuses a comment of over 65,536 characters; the rest is counted, not shown."""
_LIPAT = 20
_SPASI = re.compile(r"\s+")
_TANDA = {"galat": "✗", "peringatan": "!", "catatan": "·"}
_KHUSUS = re.compile(r"([\\`*_{}|~])")
_RUMUS = re.compile(r"[\[\]()$]")
"""What would open a link or, behind a backslash or alone, a formula in Forgejo and GitHub."""
_TAUTAN = re.compile(r"[@#]|:(?=//)|(?<=www)\.", re.IGNORECASE)
"""What GitHub turns into mentions, references and links by itself (GFM section 6.9)."""
_PEMISAH = "\u200b"
"""GitHub looks for mentions in the finished page, where an entity is a plain ``@`` again."""
_KUTIPAN = re.compile(r"`([^`]+)`")


def markdown(hasil: HasilPeriksa) -> str:
    """The whole comment; ends with a line feed."""
    return "\n".join(_bagian(hasil)) + "\n"


def teks_biasa(teks: str) -> str:
    """Plain words: Markdown and HTML escaped, no mention of a person or an issue, no link."""
    hasil = _html(_KHUSUS.sub(r"\\\1", _SPASI.sub(" ", teks)))
    hasil = _TAUTAN.sub(lambda c: f"&#{ord(c[0])};{_PEMISAH if c[0] in '@#' else ''}", hasil)
    return _RUMUS.sub(lambda c: f"&#{ord(c[0])};", hasil)


# helpers


def _bagian(hasil: HasilPeriksa) -> Iterator[str]:
    yield PENANDA
    yield f"### {'✗ Perlu diperbaiki' if hasil.galat else '✓ Dapat dilanjutkan'}"
    yield ""
    yield f"{teks_biasa(ringkasan(hasil))}."
    yield from _per_berkas(hasil, hasil.temuan)
    for p in hasil.pratinjau:
        yield from _pratinjau(p)
    if hasil.sebelumnya:
        yield from _lipatan(
            f"Sudah ada sebelumnya, tidak menggagalkan perubahan ini ({hitung(hasil.sebelumnya)})",
            _per_berkas(hasil, hasil.sebelumnya),
        )
    if hasil.beres:
        beres = _per_berkas(hasil, hasil.beres)
        yield from _lipatan(f"Beres oleh perubahan ini ({len(hasil.beres)})", beres)


def _per_berkas(hasil: HasilPeriksa, temuan: Sequence[Finding]) -> Iterator[str]:
    """The path once, then a table that a phone can hold: what it is about comes first."""
    tampil = temuan[:_TERBANYAK]
    for berkas, milik in groupby(tampil, key=lambda t: t.berkas):
        yield from ("", f"**{_kode(berkas)}**", "", "| | Temuan | Yang perlu dilakukan |", "|---|---|---|")
        for t in milik:
            yield _satu(t, hasil.tentang(t))
    if len(temuan) > len(tampil):
        yield ""
        yield f"… dan {len(temuan) - len(tampil)} temuan lagi; jalankan `kinerja validate`."


def _satu(t: Finding, tentang: str) -> str:
    nilai = "(kosong): " if t.nilai == "null" else f"{_kode(t.nilai)}: " if t.nilai else ""
    kepala = f"**{teks_biasa(tentang)}**<br>" if tentang else ""
    baris = f"baris {t.baris}, " if t.baris else ""
    dasar = f"<br>Dasar: {teks_biasa(t.dasar)}" if t.dasar else ""
    return (
        f"| {_TANDA[t.tingkat.value]} {t.tingkat.value} | {kepala}{nilai}{_pesan(t.pesan)}"
        f"<br>{baris}{_kode(t.aturan)} | {_pesan(t.tindakan)}{dasar} |"
    )


def _pratinjau(p: Pratinjau) -> Iterator[str]:
    if p.alasan:
        yield from ("", f"{teks_biasa(p.bidang)}, {p.periode.judul}: {teks_biasa(p.alasan)}.")
    if not p.indikator and not p.anggaran:
        return
    isi: list[str] = []
    if p.indikator:
        isi += ["| Indikator | Realisasi | Capaian s.d. periode ini |", "|---|--:|--:|"]
        isi += [_baris(b, b.satuan) for b in p.indikator]
    if p.anggaran:
        isi += ["", "| Sub kegiatan | Realisasi s.d. periode ini | Serapan |", "|---|--:|--:|"]
        isi += [_baris(b, "rupiah") for b in p.anggaran]
    judul = f"{p.bidang}, {p.periode.judul}: sebelum → sesudah"
    if len(p.indikator) + len(p.anggaran) > _LIPAT:
        yield from _lipatan(judul, isi)
        return
    yield ""
    yield f"#### {teks_biasa(judul)}"
    yield ""
    yield from isi


def _baris(b: BarisPratinjau, satuan: str) -> str:
    nama = f"{teks_biasa(b.nama)} ({_kode(b.id)})"
    nilai = _ubah(sisi_nilai(b.sebelum), sisi_nilai(b.sesudah), b)
    persen = _ubah(sisi_persen(b.sebelum), sisi_persen(b.sesudah), b)
    sisi = b.sesudah or b.sebelum
    terhadap = f"<br>{teks_biasa(sisi.terhadap)}" if sisi and sisi.terhadap else ""
    return f"| {nama} | {nilai} {teks_biasa(satuan)} | {persen}{terhadap}{_alasan(b.sesudah)} |"


def _ubah(lama: str, baru: str, b: BarisPratinjau) -> str:
    if b.sebelum is None:
        return f"{teks_biasa(baru)} (baru)"
    if b.sesudah is None:
        return f"{teks_biasa(lama)} (hilang)"
    return teks_biasa(baru) if lama == baru else f"{teks_biasa(lama)} → **{teks_biasa(baru)}**"


def _alasan(s: Sisi | None) -> str:
    return f"<br>{teks_biasa(s.alasan)}" if s and s.alasan else ""


def _lipatan(judul: str, isi: Sequence[str] | Iterator[str]) -> Iterator[str]:
    yield from ("", f"<details><summary>{_html(judul)}</summary>", "")
    yield from isi
    yield from ("", "</details>")


def _kode(teks: str) -> str:
    """A code span that cannot be left: no backticks, pipes or line ends inside."""
    satu = " ".join(teks.split()).replace("`", "ʹ").replace("|", "¦")
    return f"`{satu}`" if satu else ""


def _pesan(teks: str) -> str:
    """A finding's own words: what it quotes between backticks becomes a code span."""
    bagian = _KUTIPAN.split(" ".join(teks.split()))
    return "".join(_kode(b) if n % 2 else teks_biasa(b) for n, b in enumerate(bagian))


def _html(teks: str) -> str:
    return teks.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
