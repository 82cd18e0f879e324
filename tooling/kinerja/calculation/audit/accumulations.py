"""A capaian of a table with quarters: which target and realisasi its heading speaks of.

It decides, for every printed capaian, the pair that its heading names (``Capaian TW II``) and
the ways in which quarters become a year: their sum, the last one filled, their average. Where
the heading names no quarter each way is tried and the one that fits is named; where none fits
nothing is accused, for the table does not say which was meant. It leaves out the formulas
(``performance``) and which columns there are (``columns``).

Example:
    target tahunan 400, realisasi 60, 140, 120, 130, capaian 112,5 → naik, jumlah TW I, II, III, IV
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kinerja.calculation.audit.candidates import cocok, seharusnya
from kinerja.calculation.audit.causes import sel_persen
from kinerja.calculation.audit.cells import Angka, Bacaan, Hampa
from kinerja.calculation.audit.columns import Blok, Kolom, pilih
from kinerja.calculation.audit.contents import KINERJA, Calon
from kinerja.calculation.audit.headings import Isi
from kinerja.calculation.audit.pairs import NAIK, IsianKinerja, boleh_dipakai, hitung_ulang, pasangkan
from kinerja.calculation.audit.performance import periksa_capaian
from kinerja.calculation.audit.periods import ROMAWI, sebutan
from kinerja.calculation.audit.verdict import Butir, Status
from kinerja.calculation.numbers import KONTEKS, format_angka


@dataclass(frozen=True, slots=True)
class Acuan:
    """One printed capaian and the columns that it may be computed from.

    Attributes:
        kolom: the pair that its heading names, as far as there is one, and the capaian.
        triwulan: the columns of target and realisasi of each quarter that it may add up.
        tahunan: the column of the year's target.
    """

    nama: str
    kolom: tuple[Kolom, ...]
    triwulan: tuple[tuple[int, Kolom | None, Kolom | None], ...] = ()
    tahunan: Kolom | None = None
    ragu: str = ""


@dataclass(frozen=True, slots=True)
class Triwulan:
    """One quarter of a row; ``nomor`` counts from 0."""

    nomor: int
    target: Bacaan
    realisasi: Bacaan


def acuan(blok: Blok) -> tuple[Acuan, ...]:
    """Every capaian of a block; one without columns of quarters is computed from its own pair."""
    bagian: dict[tuple[int | None, bool], list[Calon]] = {}
    for c in blok.kolom:
        bagian.setdefault((c.masa.tw, c.masa.sampai), []).append(c)
    if (satu := _satu_pasang(blok, bagian)) is not None:
        return (satu,)
    kolom = {k: {x.isi: x for x in pilih(c)} for k, c in bagian.items()}
    triwulan = tuple(
        (n, kolom[n, False].get(Isi.TARGET), kolom[n, False].get(Isi.REALISASI))
        for n in range(len(ROMAWI))
        if (n, False) in kolom
    )
    if not any(r for _, _, r in triwulan):
        triwulan = ()
    tahunan = kolom.get((None, False), {}).get(Isi.TARGET)
    hasil = [
        Acuan(
            sebutan(replace(blok.masa, tw=tw, sampai=sampai)),
            pilih(bagian[tw, sampai]),
            tuple(t for t in triwulan if tw is None or t[0] <= tw),
            tahunan,
            blok.ragu,
        )
        for (tw, sampai), milik in sorted(kolom.items(), key=lambda x: (x[0][0] is not None, x[0]))
        if Isi.CAPAIAN in milik
    ]
    polos = pilih(bagian.get((None, False), ()))
    return tuple(hasil) or (Acuan(blok.nama, polos, triwulan, tahunan, blok.ragu),)


def periksa_bertahap(isian: IsianKinerja, triwulan: Sequence[Triwulan], tahunan: Bacaan) -> Butir:
    """The verdict on a capaian beside quarters: by its own pair, else by every way to add them up."""
    sendiri = periksa_capaian(isian)
    if isinstance(isian.capaian, Hampa) and isinstance(isian.realisasi, Hampa):
        return replace(sendiri, alasan="capaian tidak dicetak")
    if sendiri.status is Status.KONSISTEN or not isinstance(isian.capaian, Angka):
        return sendiri
    ada: list[tuple[str, IsianKinerja]] = []
    dicoba: list[str] = []
    for nama, target, realisasi in _akumulasi(triwulan, tahunan, isian.arah):
        calon = replace(isian, target=target, realisasi=realisasi)
        hasil, pas = _coba(calon, isian.capaian)
        if pas:
            ada.append((nama, calon))
        elif hasil:
            dicoba.append(f"{nama} {hasil}")
    if ada:
        return _dengan_cara([(nama, periksa_capaian(calon)) for nama, calon in ada])
    if sendiri.status is Status.SALAH or not dicoba:
        return sendiri
    alasan = f"tabel tidak menyebut cara triwulan dijumlahkan, dan tidak satu pun cocok: {'; '.join(dicoba)}"
    return Butir(
        "capaian", Status.TIDAK_DAPAT_DIPERIKSA, tertulis=isian.capaian.tertulis,
        alasan=f"`{isian.capaian.tertulis}` tidak dapat dipastikan: {alasan}",
    )  # fmt: skip


# helpers


def _satu_pasang(blok: Blok, bagian: Mapping[tuple[int | None, bool], Sequence[Calon]]) -> Acuan | None:
    """A block of one target, one realisasi and one capaian, whatever quarter they name."""
    berisi = {isi: [k for k, c in bagian.items() if any(x.isi is isi for x in c)] for isi in KINERJA}
    if len(bagian) > 1 and any(len(k) != 1 for k in berisi.values()):
        return None
    triwulan = {tw for k in berisi.values() for tw, _ in k}
    ragu = blok.ragu
    if not ragu and len({k[0] for isi, k in berisi.items() if isi is not Isi.CAPAIAN and k}) > 1:
        ragu = "target dan realisasinya tidak menyebut triwulan yang sama"
    elif not ragu and len(triwulan - {None}) > 1:
        ragu = "kolom capaian menyebut triwulan yang lain"
    return Acuan(blok.nama, pilih(blok.kolom), ragu=ragu)


def _coba(isian: IsianKinerja, capaian: Angka) -> tuple[str, bool]:
    """What a way gives by its first formula, and whether any formula gives what was printed."""
    boleh, pertama = boleh_dipakai(isian.arah), ""
    for p in pasangkan(isian):
        sah = [n for i, n in p.calon.items() if i in boleh]
        if any(cocok(n, c) or sel_persen(n, capaian, c) for n in sah for c in capaian.pilihan):
            return "", True
        pertama = pertama or (seharusnya(sah[0], None) if sah else "")
    return pertama, False


def _dengan_cara(ada: list[tuple[str, Butir]]) -> Butir:
    """The ways that fit, those by ``naik`` before others."""
    urut = sorted(ada, key=lambda x: "naik" not in x[1].rumus)
    utama = urut[0][1]
    cara = "dari " + "; atau ".join(nama for nama, b in urut if b.rumus == utama.rumus)
    return replace(utama, alasan=f"{utama.alasan}, {cara}", catatan=(*utama.catatan, cara))


def _akumulasi(
    triwulan: Sequence[Triwulan], tahunan: Bacaan, arah: str
) -> Iterator[tuple[str, Bacaan, Bacaan]]:
    """Name, target and realisasi of every way in which the filled quarters become one figure."""
    terisi = [t for t in triwulan if not isinstance(t.realisasi, Hampa)]
    if not terisi:
        return
    sebut = f"TW {', '.join(ROMAWI[t.nomor] for t in terisi)}"
    akhir = terisi[-1]
    if len(terisi) == 1:
        if not isinstance(tahunan, Hampa):
            yield f"{sebut} terhadap target tahunan", tahunan, akhir.realisasi
        return
    realisasi = [t.realisasi for t in terisi]
    target = [t.target for t in terisi]
    for cara, r, t in (
        (f"jumlah {sebut}", _jumlah(realisasi), _jumlah(target)),
        (f"nilai akhir (TW {ROMAWI[akhir.nomor]})", akhir.realisasi, akhir.target),
        (f"rata-rata {sebut}", _rata(realisasi), _rata(target)),
    ):
        if r is None:
            continue
        if not isinstance(tahunan, Hampa):
            yield f"{cara} terhadap target tahunan", tahunan, r
        if t is not None and not isinstance(t, Hampa) and not cara.startswith("rata-rata"):
            yield f"{cara} terhadap target triwulannya", t, r
    rata = _rata_capaian(terisi) if NAIK[0] in boleh_dipakai(arah) else None
    if rata is not None:
        yield f"rata-rata capaian {sebut}", Angka("100", (Decimal(100),)), rata


def _jumlah(bacaan: Sequence[Bacaan]) -> Angka | None:
    """The sum by the likelier reading of every cell, and by the other; None of what is no number."""
    angka = [b for b in bacaan if isinstance(b, Angka)]
    if not angka or len(angka) != len(bacaan):
        return None
    jumlah = [Decimal(0), Decimal(0)]
    for b in angka:
        for n, pilihan in enumerate((b.pilihan[0], b.pilihan[-1])):
            jumlah[n] = KONTEKS.add(jumlah[n], pilihan)
    return _angka(jumlah, angka)


def _rata(bacaan: Sequence[Bacaan]) -> Angka | None:
    jumlah = _jumlah(bacaan)
    if jumlah is None:
        return None
    rata = [KONTEKS.divide(n, Decimal(len(bacaan))) for n in jumlah.pilihan]
    return _angka(rata, [jumlah])


def _rata_capaian(terisi: Sequence[Triwulan]) -> Angka | None:
    """The average of the quarters' own percentages."""
    nilai = [hitung_ulang(IsianKinerja(t.target, t.realisasi, Hampa("")), "naik") for t in terisi]
    ada = [n for n in nilai if n is not None]
    if len(ada) != len(nilai):
        return None
    return _rata([Angka(format_angka(n), (n,)) for n in ada])


def _angka(nilai: Sequence[Decimal], asal: Sequence[Angka]) -> Angka:
    return Angka(format_angka(nilai[0]), tuple(dict.fromkeys(nilai)), buku_kerja=asal[0].buku_kerja)
