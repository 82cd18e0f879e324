"""Findings as text for a terminal, as JSON for programs, and as GitHub annotations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kinerja.domain.findings import Finding
from kinerja.domain.pemeriksaan import BarisPratinjau, HasilPeriksa, Perbaikan, Pratinjau, Sisi
from kinerja.publishing.findings.wording import ringkasan, sisi_nilai, sisi_persen


def teks(hasil: HasilPeriksa) -> Iterator[str]:
    """Lines for a terminal: the change's own findings, then apart what was there, then the count."""
    if hasil.perbaikan:
        yield "Sudah diperbaiki:"
        yield from (f"  {p.teks()}" for p in hasil.perbaikan)
        yield ""
    yield from (t.teks() for t in hasil.temuan)
    if hasil.sebelumnya:
        yield ""
        yield "Sudah ada sebelumnya, tidak menggagalkan perubahan ini:"
        yield from (f"  {t.teks()}" for t in hasil.sebelumnya)
    if hasil.beres:
        yield ""
        yield "Beres oleh perubahan ini:"
        yield from (f"  {t.teks()}" for t in hasil.beres)
    yield from _pratinjau(hasil)
    if hasil.sebelumnya or hasil.beres or hasil.pratinjau:
        yield ""
    yield ringkasan(hasil)


def temuan_json(t: Finding) -> dict[str, Any]:
    """One finding as an object of ``temuan/v1``."""
    return {
        "berkas": t.berkas, "baris": t.baris, "kolom": t.kolom, "aturan": t.aturan,
        "tingkat": t.tingkat.value, "penunjuk": t.penunjuk, "nilai": t.nilai, "pesan": t.pesan,
        "tindakan": t.tindakan, "dasar": t.dasar,
    }  # fmt: skip


def hasil_json(hasil: HasilPeriksa) -> dict[str, Any]:
    """The document ``temuan/v1``."""
    return {
        "skema": "temuan/v1",
        "berkas": hasil.berkas,
        "dasar": hasil.dasar,
        "berubah": list(hasil.berubah),
        "temuan": [temuan_json(t) for t in hasil.temuan],
        "sebelumnya": [temuan_json(t) for t in hasil.sebelumnya],
        "beres": [temuan_json(t) for t in hasil.beres],
        "pratinjau": [_pratinjau_json(p) for p in hasil.pratinjau],
        "perbaikan": [_perbaikan_json(p) for p in hasil.perbaikan],
    }


def github(hasil: HasilPeriksa) -> Iterator[str]:
    """Workflow commands that annotate the lines; what was there before is only a notice."""
    for t in hasil.temuan:
        yield _anotasi(t, {"galat": "error", "peringatan": "warning", "catatan": "notice"}[t.tingkat.value])
    for t in hasil.sebelumnya:
        yield _anotasi(t, "notice", "sudah ada sebelumnya: ")
    yield ringkasan(hasil)


# helpers


def _pratinjau(hasil: HasilPeriksa) -> Iterator[str]:
    for p in hasil.pratinjau:
        if p.alasan:
            yield ""
            yield f"{p.bidang}, {p.periode.judul}: {p.alasan}"
        elif p.indikator or p.anggaran:
            yield ""
            yield f"{p.bidang}, {p.periode.judul}: sebelum → sesudah"
            for b in (*p.indikator, *p.anggaran):
                nilai = f"{sisi_nilai(b.sebelum)} → {sisi_nilai(b.sesudah)} {b.satuan}"
                yield f"  {b.id}  {nilai}; {sisi_persen(b.sebelum)} → {sisi_persen(b.sesudah)}"


def _perbaikan_json(p: Perbaikan) -> dict[str, Any]:
    tempat = {"berkas": p.berkas, "baris": p.baris, "penunjuk": p.penunjuk}
    return {**tempat, "sebelum": p.sebelum, "sesudah": p.sesudah}


def _pratinjau_json(p: Pratinjau) -> dict[str, Any]:
    return {
        "berkas": p.berkas, "periode": p.periode.id, "bidang": p.bidang,
        "indikator": [_baris_json(b) for b in p.indikator],
        "anggaran": [_baris_json(b) for b in p.anggaran], "alasan": p.alasan,
    }  # fmt: skip


def _baris_json(b: BarisPratinjau) -> dict[str, Any]:
    sisi = {"sebelum": _sisi_json(b.sebelum), "sesudah": _sisi_json(b.sesudah)}
    return {"id": b.id, "nama": b.nama, "satuan": b.satuan, **sisi}


def _sisi_json(s: Sisi | None) -> dict[str, Any] | None:
    """Numbers as text: a JSON number would lose digits in many readers."""
    if s is None:
        return None
    nilai = None if s.nilai is None else s.nilai if isinstance(s.nilai, str) else f"{s.nilai:f}"
    persen = None if s.persen is None else f"{s.persen:f}"
    return {"nilai": nilai, "persen": persen, "kategori": s.kategori, "alasan": s.alasan,
            "terhadap": s.terhadap}  # fmt: skip


def _anotasi(t: Finding, jenis: str, awal: str = "") -> str:
    """A GitHub workflow command; data are escaped as the runner asks."""
    nilai = f"`{t.nilai}`: " if t.nilai else ""
    pesan = _lolos(f"{awal}{nilai}{t.pesan}; {t.tindakan}")
    tempat = f"file={_lolos(t.berkas, sifat=True)},line={t.baris or 1},col={t.kolom or 1}"
    return f"::{jenis} {tempat},title={_lolos(t.aturan, sifat=True)}::{pesan}"


def _lolos(teks: str, *, sifat: bool = False) -> str:
    for dari, ke in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        teks = teks.replace(dari, ke)
    if sifat:
        teks = teks.replace(":", "%3A").replace(",", "%2C")
    return teks
