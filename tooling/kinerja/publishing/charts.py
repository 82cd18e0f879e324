"""Charts as SVG of our own: no script, the same bytes every time, colours by the page's style.

It decides geometry only. Figures stand in a table beside every chart; a chart repeats them
for the eye. Numbers are Decimal throughout; text is escaped by ``markup``.

Example:
    >>> sumbu_bulat(Decimal(0), Decimal(93))[-1]
    Decimal('100')
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from kinerja.calculation.numbers import format_angka
from kinerja.publishing.markup import Aman, gabung, lolos, unsur

_CTX = Context(prec=28)
_NOL = Decimal(0)


@dataclass(frozen=True, slots=True)
class Batang:
    """One bar: its label, its value and how the value is printed.

    Attributes:
        nilai: None draws no bar; ``teks`` then says why.
        kelas: style class of the bar, such as ``kj-k0`` for the highest category.
    """

    label: str
    nilai: Decimal | None
    teks: str
    kelas: str = "kj-k-netral"


@dataclass(frozen=True, slots=True)
class Titik:
    """One place on the time axis: period, group below it, values of the two series."""

    label: str
    kelompok: str
    target: Decimal | None
    realisasi: Decimal | None
    lama: bool = False


def batang(deskripsi: str, baris: Sequence[Batang], maks: Decimal = Decimal(100)) -> Aman:
    """Horizontal bars, one line of text above each; wide or narrow, the text keeps its size."""
    butir = [_batang(b, maks) for b in baris]
    daftar = unsur("ul", Aman("\n".join(butir)), "kj-batang")
    return unsur("figure", gabung(unsur("figcaption", deskripsi), daftar), "kj-figur")


def bola() -> Aman:
    """A disc that the style fills by category: full for the best, empty for the last.

    Colour is never the only sign: the disc's filling and the word beside it say the same.
    """
    return Aman('<i class="kj-bola" aria-hidden="true"></i>')


def kelas_kategori(urutan: int, jumlah: int) -> str:
    """The style class of a class of a scale, on five steps whatever the scale's length."""
    return f"kj-k{0 if jumlah <= 1 else (urutan * 4) // (jumlah - 1)}"


def garis(judul: str, deskripsi: str, titik: Sequence[Titik], satuan: str) -> Aman:
    """Target and realisasi over time; years before the system stand apart as hollow squares."""
    nilai = [v for t in titik for v in (t.target, t.realisasi) if v is not None]
    if not nilai:
        return Aman("")
    sumbu = sumbu_bulat(min(_NOL, *nilai), max(nilai))
    bidang = _Bidang(len(titik), sumbu)
    bagian = [
        unsur("title", judul),
        unsur("desc", deskripsi),
        *_kisi(bidang, satuan),
        *_label_waktu(bidang, titik),
        *_rangkaian(bidang, titik, "target"),
        *_rangkaian(bidang, titik, "realisasi"),
        *_legenda(bidang, any(t.lama for t in titik)),
    ]
    return unsur(
        "svg",
        Aman("\n".join(bagian)),
        "kj-svg kj-garis",
        viewBox=f"0 0 {bidang.lebar} {bidang.tinggi}",
        role="img",
        style=f"min-width:{min(bidang.lebar, 640) * 4 // 5}px",
    )


def sumbu_bulat(bawah: Decimal, atas: Decimal) -> tuple[Decimal, ...]:
    """Round values of an axis that covers the stretch: 0, 25, 50, 75, 100."""
    if atas == bawah:
        atas = bawah + 1
    kasar = _CTX.divide(atas - bawah, Decimal(4))
    pangkat = Decimal(1).scaleb(kasar.adjusted())
    langkah = next(
        pangkat * k for k in map(Decimal, ("1", "2", "2.5", "5", "10")) if pangkat * k >= kasar
    )
    awal = (bawah / langkah).to_integral_value(ROUND_FLOOR)
    akhir = (atas / langkah).to_integral_value(ROUND_CEILING)
    return tuple(langkah * n for n in range(int(awal), int(akhir) + 1))


# helpers


class _Bidang:
    """The plotting area: where a place and a value lie, in SVG units."""

    kiri, atas, bawah_label = 64, 40, 56

    def __init__(self, jumlah: int, sumbu: Sequence[Decimal]) -> None:
        self.sumbu = sumbu
        self.lebar = max(640, self.kiri + 16 + 52 * jumlah)
        self.tinggi = 300
        self.kanan = self.lebar - 16
        self.dasar = self.tinggi - self.bawah_label
        self.jumlah = jumlah

    def x(self, n: int) -> Decimal:
        langkah = Decimal(self.kanan - self.kiri) / self.jumlah
        return self.kiri + langkah * n + langkah / 2

    def y(self, nilai: Decimal) -> Decimal:
        bagian = (nilai - self.sumbu[0]) / (self.sumbu[-1] - self.sumbu[0])
        return self.dasar - bagian * (self.dasar - self.atas)


def _px(nilai: Decimal | int) -> str:
    return f"{Decimal(nilai).quantize(Decimal('0.1')).normalize():f}"


def _batang(b: Batang, maks: Decimal) -> Aman:
    kepala = gabung(unsur("span", b.label), unsur("span", b.teks, "kj-nilai"), antara=" ")
    isi = ""
    if b.nilai is not None and b.nilai > 0:
        lebar = _px(min(b.nilai / maks, Decimal(1)) * 100)
        isi = f'<rect class="{lolos(b.kelas)}" width="{lebar}%" height="12" rx="2"></rect>'
    svg = (
        '<svg width="100%" height="12" aria-hidden="true">'
        f'<rect class="alas" width="100%" height="12" rx="2"></rect>{isi}</svg>'
    )
    return unsur("li", gabung(unsur("div", kepala, "kj-kepala"), Aman(svg)))


def _teks(x: Decimal | int, y: Decimal | int, isi: str, kelas: str, jangkar: str) -> Aman:
    return unsur("text", isi, kelas, x=_px(x), y=_px(y), text_anchor=jangkar)


def _kisi(b: _Bidang, satuan: str) -> list[Aman]:
    hasil = [_teks(8, 18, satuan, "sumbu", "start")]
    for nilai in b.sumbu:
        y = _px(b.y(nilai))
        kelas = "dasar" if nilai == 0 else "kisi"
        hasil.append(
            Aman(f'<line class="{kelas}" x1="{b.kiri}" x2="{b.kanan}" y1="{y}" y2="{y}"></line>')
        )
        hasil.append(_teks(b.kiri - 8, b.y(nilai) + 4, format_angka(nilai), "sumbu", "end"))
    return hasil


def _label_waktu(b: _Bidang, titik: Sequence[Titik]) -> list[Aman]:
    hasil = [_teks(b.x(n), b.dasar + 20, t.label, "sumbu", "middle") for n, t in enumerate(titik)]
    for kelompok in dict.fromkeys(t.kelompok for t in titik if t.kelompok):
        tempat = [n for n, t in enumerate(titik) if t.kelompok == kelompok]
        tengah = (b.x(tempat[0]) + b.x(tempat[-1])) / 2
        hasil.append(_teks(tengah, b.dasar + 40, kelompok, "sumbu tahun", "middle"))
    return hasil


def _rangkaian(b: _Bidang, titik: Sequence[Titik], seri: str) -> list[Aman]:
    """One series: a line inside each year, a mark on each place."""
    tanda: list[Aman] = []
    ruas: list[list[str]] = [[]]
    sebelum: Titik | None = None
    for n, t in enumerate(titik):
        nilai = t.target if seri == "target" else t.realisasi
        if sebelum is not None and (nilai is None or t.kelompok != sebelum.kelompok or t.lama):
            ruas.append([])
        sebelum = t
        if nilai is None:
            continue
        x, y = b.x(n), b.y(nilai)
        ruas[-1].append(f"{_px(x)},{_px(y)}")
        tanda.append(_tanda("lama" if t.lama else seri, x, y))
    garis_garis = [
        Aman(f'<polyline class="{seri}" points="{" ".join(r)}"></polyline>')
        for r in ruas
        if len(r) > 1
    ]
    return garis_garis + tanda


def _tanda(seri: str, x: Decimal, y: Decimal) -> Aman:
    px, py = _px(x), _px(y)
    match seri:
        case "target":
            return Aman(
                f'<path class="titik target" d="M{px},{_px(y - 6)} L{_px(x + 6)},{py} '
                f'L{px},{_px(y + 6)} L{_px(x - 6)},{py} Z"></path>'
            )
        case "realisasi":
            return Aman(f'<circle class="titik realisasi" cx="{px}" cy="{py}" r="5"></circle>')
        case _:
            return Aman(
                f'<rect class="titik lama" x="{_px(x - 5)}" y="{_px(y - 5)}" '
                'width="10" height="10"></rect>'
            )


def _legenda(b: _Bidang, ada_lama: bool) -> list[Aman]:
    isi = [("realisasi", "Realisasi"), ("target", "Target")]
    if ada_lama:
        isi.append(("lama", "Sebelum sistem, tidak ditandatangani"))
    hasil, x = [], b.kiri + 60
    for seri, nama in isi:
        hasil.append(_tanda(seri, Decimal(x), Decimal(14)))
        hasil.append(_teks(x + 12, 18, nama, "legenda", "start"))
        x += 40 + 7 * len(nama)
    return hasil
