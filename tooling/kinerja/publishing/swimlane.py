"""The SOP as a swimlane: one lane per office, one row per step, loops of every decision.

It decides geometry only, from ``sop.yaml``; the same content stands in a table beside it.
Shapes are those of PermenPANRB 35/2012: a capsule begins and ends, a box works, a diamond
decides. A *tidak* line is dashed and leads back to the step that the SOP names.

Example:
    >>> swimlane(sop, {1: Catatan("2 April 2024", "", False)}).startswith("<svg")
    True
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kinerja.domain.tata_kelola import LangkahSop, Sop
from kinerja.publishing.markup import Aman, gabung, unsur

_KIRI, _LAJUR, _BAKU, _NYATA = 40, 150, 108, 200
_KEPALA, _BARIS = 60, 88
_LEBAR_SIMPUL, _TINGGI_SIMPUL = 108, 48
_JARAK = 30
"""How far beside the middle of a box a *tidak* line arrives, so that it meets no other line."""


@dataclass(frozen=True, slots=True)
class Catatan:
    """What really happened at a step: two short lines, and whether it was late."""

    baris_1: str
    baris_2: str
    terlambat: bool


def swimlane(sop: Sop, nyata: Mapping[int, Catatan]) -> Aman:
    """The diagram, with the real times of a period where they are given."""
    d = _Diagram(sop, bool(nyata))
    bagian = [
        unsur("title", f"Diagram alir {sop.nama}"),
        unsur("desc", "Delapan langkah dari atas ke bawah; isinya sama dengan tabel di bawahnya."),
        _panah(),
        *_lajur(d),
        *_alur(d),
        *(_simpul(d, x) for x in sop.langkah),
        *_catatan(d, nyata),
    ]
    return unsur(
        "svg",
        Aman("\n".join(bagian)),
        "kj-svg kj-lajur",
        viewBox=f"0 0 {d.lebar} {d.tinggi}",
        role="img",
        style=f"min-width:{d.lebar * 9 // 10}px",
    )


# helpers


class _Diagram:
    """Where lanes and steps lie."""

    def __init__(self, sop: Sop, ada_nyata: bool) -> None:
        self.sop = sop
        self.lajur = [p.id for p in sop.pelaksana]
        self.kanan = _KIRI + _LAJUR * len(self.lajur)
        self.lebar = self.kanan + _BAKU + (_NYATA if ada_nyata else 0)
        self.tinggi = _KEPALA + _BARIS * len(sop.langkah) + 1
        self.ada_nyata = ada_nyata
        self._langkah = {x.nomor: (n, x) for n, x in enumerate(sop.langkah)}

    def langkah(self, nomor: int) -> LangkahSop | None:
        return self._langkah[nomor][1] if nomor in self._langkah else None

    def x(self, langkah: LangkahSop) -> int:
        lajur = self.lajur.index(langkah.pelaksana) if langkah.pelaksana in self.lajur else 0
        return _KIRI + _LAJUR * lajur + _LAJUR // 2

    def y(self, langkah: LangkahSop) -> int:
        return _KEPALA + _BARIS * self._langkah[langkah.nomor][0] + _BARIS // 2

    def berikut(self, langkah: LangkahSop) -> LangkahSop | None:
        return self.langkah(langkah.keputusan.ya if langkah.keputusan else langkah.nomor + 1)


def _teks(x: int, y: int, isi: str, kelas: str = "", jangkar: str = "middle") -> Aman:
    return unsur("text", isi, kelas, x=str(x), y=str(y), text_anchor=jangkar)


def _garis(kelas: str, *titik: tuple[int, int], panah: bool = True) -> Aman:
    jalur = " ".join(f"{'M' if n == 0 else 'L'}{x},{y}" for n, (x, y) in enumerate(titik))
    ujung = {"marker_end": f"url(#kj-panah-{kelas.rsplit(maxsplit=1)[-1]})"} if panah else {}
    return unsur("path", "", kelas, d=jalur, **ujung)


def _panah() -> Aman:
    return Aman(
        "".join(
            f'<defs><marker id="kj-panah-{jenis}" viewBox="0 0 8 8" refX="7" refY="4" '
            'markerWidth="7" markerHeight="7" orient="auto">'
            f'<path class="panah {jenis}" d="M0,0 L8,4 L0,8 Z"></path></marker></defs>'
            for jenis in ("alur", "kembali")
        )
    )


def _pecah(teks: str, lebar: int) -> list[str]:
    baris = [""]
    for kata in teks.split():
        if baris[-1] and len(baris[-1]) + 1 + len(kata) > lebar:
            baris.append(kata)
        else:
            baris[-1] = f"{baris[-1]} {kata}".strip()
    return baris


def _lajur(d: _Diagram) -> list[Aman]:
    """Frame, heads of the columns, lines between rows."""
    batas = [0, _KIRI, *(_KIRI + _LAJUR * (n + 1) for n in range(len(d.lajur)))]
    kepala = ["No", *(p.nama for p in d.sop.pelaksana), "Waktu baku"]
    batas.append(d.kanan + _BAKU)
    if d.ada_nyata:
        kepala.append("Pelaksanaan")
        batas.append(d.lebar)
    ukuran = {"x": "0", "y": "0", "width": str(d.lebar), "height": str(_KEPALA)}
    hasil = [unsur("rect", "", "kepala", **ukuran)]
    for kiri, kanan, nama in zip(batas, batas[1:], kepala, strict=False):
        baris = _pecah(nama.replace("/", "/ "), (kanan - kiri) // 8)
        atas = _KEPALA // 2 + 4 - 8 * (len(baris) - 1)
        tengah = (kiri + kanan) // 2
        hasil += [_teks(tengah, atas + 16 * n, b, "judul") for n, b in enumerate(baris)]
    hasil += [_garis("bingkai", (x, 0), (x, d.tinggi), panah=False) for x in (*batas[:-1], d.lebar)]
    hasil += [
        _garis("bingkai", (0, y), (d.lebar, y), panah=False)
        for y in (0, *range(_KEPALA, d.tinggi, _BARIS))
    ]
    return hasil


def _simpul(d: _Diagram, langkah: LangkahSop) -> Aman:
    x, y = d.x(langkah), d.y(langkah)
    w, h = _LEBAR_SIMPUL, _TINGGI_SIMPUL
    if langkah.keputusan:
        tepi = f"M{x},{y - 32} L{x + 66},{y} L{x},{y + 32} L{x - 66},{y} Z"
        bentuk = unsur("path", "", "simpul", d=tepi)
    else:
        ujung = langkah.nomor in {d.sop.langkah[0].nomor, d.sop.langkah[-1].nomor}
        kotak = {"x": x - w // 2, "y": y - h // 2, "width": w, "height": h}
        semua = {k: str(v) for k, v in (kotak | {"rx": h // 2 if ujung else 4}).items()}
        bentuk = unsur("rect", "", "simpul", **semua)
    nama = langkah.perintah.replace("-", " ").capitalize()
    nomor = _teks(20, y + 5, str(langkah.nomor), "nomor")
    return gabung(bentuk, _teks(x, y + 4, nama, "nama"), nomor)


def _alur(d: _Diagram) -> list[Aman]:
    hasil: list[Aman] = []
    for langkah in d.sop.langkah:
        ke = d.berikut(langkah)
        if ke is not None and ke is not langkah:
            hasil.append(_maju(d, langkah, ke))
        if langkah.keputusan is None:
            continue
        hasil.append(_ya(d, langkah, ke))
        kembali = d.langkah(langkah.keputusan.tidak)
        if kembali is not None and kembali is not langkah:
            hasil += _mundur(d, langkah, kembali)
    return hasil


def _ya(d: _Diagram, langkah: LangkahSop, ke: LangkahSop | None) -> Aman:
    """Beside the line that leaves a decision, on the side that the line does not turn to."""
    kanan = ke is not None and d.x(ke) > d.x(langkah)
    x = d.x(langkah) + (-8 if kanan else 8)
    return _teks(x, d.y(langkah) + 41, "Ya", "cabang", "end" if kanan else "start")


def _bawah(langkah: LangkahSop) -> int:
    """From the middle of a step's shape to its lower edge."""
    return 32 if langkah.keputusan else _TINGGI_SIMPUL // 2


def _maju(d: _Diagram, dari: LangkahSop, ke: LangkahSop) -> Aman:
    """Down from one step to the next, sideways in the gap between their rows."""
    x1, y1 = d.x(dari), d.y(dari) + _bawah(dari)
    x2, y2 = d.x(ke), d.y(ke) - _bawah(ke)
    celah = d.y(dari) + _BARIS // 2
    if x1 == x2:
        return _garis("alur", (x1, y1), (x2, y2))
    return _garis("alur", (x1, y1), (x1, celah), (x2, celah), (x2, y2))


def _mundur(d: _Diagram, dari: LangkahSop, ke: LangkahSop) -> Sequence[Aman]:
    """From the side of a decision back to the step that does it again."""
    arah = 1 if d.x(ke) >= d.x(dari) else -1
    x1, y1 = d.x(dari) + 66 * arah, d.y(dari)
    label = _teks(x1 + 6 * arah, y1 - 6, "Tidak", "cabang", "start" if arah > 0 else "end")
    if abs(ke.nomor - dari.nomor) > 1 or d.x(ke) == d.x(dari):
        tepi = d.x(ke) + (_LAJUR // 2 - 5) * arah
        masuk = d.x(ke) + (66 if ke.keputusan else _LEBAR_SIMPUL // 2) * arah
        titik = [(x1, y1), (tepi, y1), (tepi, d.y(ke)), (masuk, d.y(ke))]
    else:
        x2 = d.x(ke) + _JARAK * arah
        naik = 32 * (66 - _JARAK) // 66 if ke.keputusan else _TINGGI_SIMPUL // 2
        titik = [(x1, y1), (x2, y1), (x2, d.y(ke) + naik)]
    return [_garis("alur kembali", *titik), label]


def _catatan(d: _Diagram, nyata: Mapping[int, Catatan]) -> list[Aman]:
    hasil: list[Aman] = []
    for langkah in d.sop.langkah:
        y = d.y(langkah)
        hasil.append(_teks(d.kanan + _BAKU // 2, y + 4, langkah.waktu.teks, "isi"))
        c = nyata.get(langkah.nomor)
        if c is None:
            continue
        kelas = "isi terlambat" if c.terlambat else "isi"
        hasil.append(_teks(d.kanan + _BAKU + _NYATA // 2, y - 4, c.baris_1, "isi"))
        hasil.append(_teks(d.kanan + _BAKU + _NYATA // 2, y + 14, c.baris_2, kelas))
    return hasil
