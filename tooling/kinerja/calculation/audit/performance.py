"""One row of a performance table: does its capaian follow from target and realisasi.

It decides by which formulas the printed percent is reproduced at its own precision, or what it
should be and why it may differ, or why nothing can be said. The direction that the table
declares binds; where it declares none, every formula may stand behind the figure and ``naik``
gives the right one. It leaves out averages (``summary_rows``) and money (``budget``).

Example:
    target ``1,76%``, realisasi ``3,23%``, capaian ``183,28%`` → salah, 183,52, presisi tersembunyi
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import product
from operator import ge, gt, le, lt

from kinerja.calculation.audit.candidates import calon, cocok, seharusnya
from kinerja.calculation.audit.causes import (
    Masukan,
    catatan_sel_persen,
    masukan,
    mungkin_sel_persen,
    sebab,
    sebagai_persen,
    seharusnya_sel,
)
from kinerja.calculation.audit.cells import Angka, Bacaan, Batas, Hampa, Kata, Majemuk, Rusak, kutip
from kinerja.calculation.audit.pairs import (
    NAIK,
    SEMUA,
    TURUN,
    IsianKinerja,
    Pasangan,
    boleh_dipakai,
    hitungan,
    pasangkan,
)
from kinerja.calculation.audit.verdict import Butir, Status
from kinerja.calculation.numbers import KONTEKS

_BANDING: Mapping[str, Callable[[Decimal, Decimal], bool]] = {">": gt, ">=": ge, "<": lt, "<=": le}
_SKALA = Decimal(20)
"""Target and realisasi that differ by more than this factor are seldom on one scale."""


def periksa_capaian(isian: IsianKinerja) -> Butir:
    """The verdict on the printed capaian of one row."""
    tertulis = isian.capaian.tertulis
    pasangan = list(pasangkan(isian))
    boleh = boleh_dipakai(isian.arah)
    if (alasan := _halangan(isian, pasangan, boleh)) is not None:
        return Butir("capaian", Status.TIDAK_DAPAT_DIPERIKSA, tertulis=tertulis, alasan=alasan)
    match isian.target, isian.realisasi, isian.capaian:
        case (Majemuk() as t, Majemuk() as r, Majemuk() as c):
            return _majemuk(t, r, c, isian.arah)
        case (_, _, Batas() as c) if not isinstance(isian.target, Majemuk):
            return _batas(c, pasangan, boleh)
        case (_, _, Angka() as c) if not isinstance(isian.target, Majemuk):
            return _angka(isian, c, pasangan, boleh)
        case _:
            alasan = f"capaian `{tertulis}` bukan satu angka untuk setiap target"
            return Butir("capaian", Status.TIDAK_DAPAT_DIPERIKSA, (), tertulis, "", alasan)


# helpers: what cannot be checked


def _halangan(isian: IsianKinerja, pasangan: list[Pasangan], boleh: tuple[str, ...]) -> str | None:
    """Why the row cannot be checked, with what can be said nevertheless."""
    bagian = {"target": isian.target, "realisasi": isian.realisasi, "capaian": isian.capaian}
    if all(isinstance(b, Hampa) for b in bagian.values()):
        return "tidak ada angka untuk diperiksa"
    sebab_kurang = [teks for n, b in bagian.items() if (teks := _tidak_terpakai(n, b))]
    if sebab_kurang:
        return "; ".join([*sebab_kurang, *_yang_terbaca(isian, pasangan, boleh)])
    return None if any(i in boleh for p in pasangan for i in p.calon) else _tanpa_rumus(isian)


def _tidak_terpakai(nama: str, bacaan: Bacaan) -> str:
    if isinstance(bacaan, Rusak):
        return f"{nama} `{bacaan.tertulis}` tidak terbaca ({bacaan.alasan})"
    if not isinstance(bacaan, Hampa):
        return ""
    kata = "tidak dicetak" if nama == "capaian" else "tidak diisi"
    return f"{nama} {kata}" + (f" (`{bacaan.tertulis}`)" if bacaan.tertulis else "")


def _yang_terbaca(isian: IsianKinerja, pasangan: list[Pasangan], boleh: tuple[str, ...]) -> Iterator[str]:
    """What target and realisasi say by themselves."""
    if isinstance(isian.target, Angka) and isinstance(isian.realisasi, Angka):
        target, realisasi = isian.target.pilihan[0], isian.realisasi.pilihan[0]
        besar, kecil = max(target, realisasi), min(target, realisasi)
        if kecil > 0 and KONTEKS.divide(besar, kecil) >= _SKALA:
            angka = f"target ({isian.target.tertulis}) dan realisasi ({isian.realisasi.tertulis})"
            yield f"skala {angka} tampaknya berbeda"
    for p in pasangan:
        if any(i in boleh for i in p.calon):
            yield f"dari target dan realisasi: {hitungan(p, boleh)}"
            return


def _tanpa_rumus(isian: IsianKinerja) -> str:
    match isian.target, isian.realisasi:
        case (Angka() as t, Angka()) if t.pilihan[0] > 0:
            return "realisasi nol atau negatif, rumus untuk arahnya tidak memberi persen"
        case (Angka(), Angka()):
            sifat = "nol" if isian.target.pilihan[0] == 0 else "negatif"
            return f"target {sifat}, tidak ada rumus yang memberi persen"
        case (Kata(), Kata()):
            kode = f"`{isian.target.tertulis}` dan `{isian.realisasi.tertulis}`"
            return f"skor predikat {kode} tidak disebut dalam tabel"
        case (Majemuk(), Majemuk()):
            return "bagian target dan realisasi tidak sepadan"
        case _:
            sel = f"target `{isian.target.tertulis}` dan realisasi `{isian.realisasi.tertulis}`"
            return f"{sel} tidak sebentuk"


# helpers: the judgement


def _angka(isian: IsianKinerja, capaian: Angka, pasangan: list[Pasangan], boleh: tuple[str, ...]) -> Butir:
    """Reproduced by an allowed formula, by another one, in another unit, or not at all."""
    lain: Butir | None = None
    for p, c in product(pasangan, capaian.pilihan):
        rumus = tuple(i for i, n in p.calon.items() if cocok(n, c))
        sah = [i for i in rumus if i in boleh]
        if sah:
            catatan = (p.catatan, _tanpa_arah(isian.arah, sah))
            alasan = f"{', '.join(rumus)}: {seharusnya(p.calon[sah[0]], c)}"
            return _konsisten(capaian, rumus, alasan, *catatan)
        if rumus and lain is None:
            lain = _salah(isian, c, p, (_rumus_lain(rumus, boleh),))
    if lain is not None:
        return lain
    p, c = next(p for p in pasangan if any(i in boleh for i in p.calon)), capaian.pilihan[0]
    sel = _sel_persen(isian, p, capaian, boleh)
    if sel is not None:
        return sel
    arah = next(i for i in p.calon if i in boleh)
    setara = sebagai_persen(p.calon[arah], capaian, c)
    return _salah(isian, c, p, tuple(_sebab(isian, p, setara, boleh)))


def _sel_persen(isian: IsianKinerja, p: Pasangan, capaian: Angka, boleh: tuple[str, ...]) -> Butir | None:
    """Consistent if some cells of a workbook are shown in percent; with their own figures."""
    if not isinstance(isian.target, Angka) or not isinstance(isian.realisasi, Angka):
        return None
    if p.target is None or p.realisasi is None:
        return None
    sel = ((isian.target, p.target), (isian.realisasi, p.realisasi), (capaian, capaian.pilihan[0]))
    for kali in product(*((0, 2) if mungkin_sel_persen(a, n) else (0,) for a, n in sel)):
        t, r, c = (n.scaleb(k, KONTEKS) for k, (_, n) in zip(kali, sel, strict=True))
        for i, n in calon(t, r).items() if any(kali) and kali[:2] != (2, 2) else ():
            if i in boleh and cocok(n, c):
                catatan = [catatan_sel_persen(n) for k, (_, n) in zip(kali, sel, strict=True) if k]
                return _konsisten(capaian, (i,), f"{i}: {seharusnya(n, c)}", p.catatan, *catatan)
    return None


def _sebab(isian: IsianKinerja, p: Pasangan, c: Decimal, boleh: tuple[str, ...]) -> Iterator[str]:
    """The causes for the first allowed formula that has any."""
    if p.target is None or p.realisasi is None:
        return
    target, realisasi = (
        masukan(b, n, isian.satuan) if isinstance(b, Angka) else Masukan(n, dibulatkan=False)
        for b, n in ((isian.target, p.target), (isian.realisasi, p.realisasi))
    )
    for i, n in p.calon.items():
        if i in boleh and (ada := sebab(n, c, i, target, realisasi)):
            yield from (f"{a} dari rumus {i}" if i != "naik" else a for a in ada)
            return


def _salah(isian: IsianKinerja, c: Decimal, p: Pasangan, karena: tuple[str, ...]) -> Butir:
    """Wrong: what it should be by the declared direction, or by ``naik`` where there is none."""
    boleh = boleh_dipakai(isian.arah)
    arah = [i for i in p.calon if i in boleh]
    karena = karena or ("tidak ada rumus yang memberi angka ini",)
    if boleh == SEMUA and len(arah) > 1:
        lain = ", ".join(f"{i} {_benar(isian, n, c)}" for i, n in p.calon.items() if i != arah[0])
        sebutan = f"arah `{kutip(isian.arah)}` tidak mempunyai rumus" if isian.arah else "arah tidak disebut"
        karena = (*karena, f"{sebutan}, dihitung dengan rumus {arah[0]} (rumus lain: {lain})")
        arah = arah[:1]
    benar = _benar(isian, p.calon[arah[0]], c)
    if len(arah) > 1:
        benar = " atau ".join(f"{_benar(isian, p.calon[i], c)} ({i})" for i in arah)
    tertulis, catatan = isian.capaian.tertulis, (p.catatan,) if p.catatan else ()
    return Butir("capaian", Status.SALAH, tuple(arah), tertulis, benar, "; ".join(karena), catatan)


def _benar(isian: IsianKinerja, nilai: Decimal, tertulis: Decimal) -> str:
    """The right figure in the unit in which the capaian was printed."""
    if isinstance(isian.capaian, Angka):
        return seharusnya_sel(nilai, isian.capaian, tertulis)
    return seharusnya(nilai, tertulis)


def _rumus_lain(rumus: tuple[str, ...], boleh: tuple[str, ...]) -> str:
    if boleh[:1] == NAIK and "turun-rasio" in rumus:
        return "pembilang dan penyebut tertukar (target dibagi realisasi)"
    return f"dihitung dengan rumus {', '.join(rumus)}, bukan rumus untuk arah yang disebut"


def _batas(capaian: Batas, pasangan: list[Pasangan], boleh: tuple[str, ...]) -> Butir:
    banding = _BANDING[capaian.tanda]
    cetak = f"hanya batas `{capaian.tertulis}` yang dicetak"
    memenuhi = any(banding(n, capaian.nilai) for p in pasangan for i, n in p.calon.items() if i in boleh)
    benar = hitungan(pasangan[0], boleh)
    if memenuhi:
        alasan = f"{cetak}; dari target dan realisasi: {benar}"
        return Butir("capaian", Status.TIDAK_DAPAT_DIPERIKSA, (), capaian.tertulis, "", alasan)
    rumus = tuple(i for i in pasangan[0].calon if i in boleh)
    return Butir("capaian", Status.SALAH, rumus, capaian.tertulis, benar, f"{cetak} dan tidak dipenuhi")


def _majemuk(target: Majemuk, realisasi: Majemuk, capaian: Majemuk, arah: str) -> Butir:
    """Part by part: every part of the cell has its own target, realisasi and capaian."""
    satuan = [b.satuan for b in target.bagian]
    if satuan != [b.satuan for b in capaian.bagian]:
        alasan = "bagian capaian tidak sepadan dengan bagian target"
        return Butir("capaian", Status.TIDAK_DAPAT_DIPERIKSA, (), capaian.tertulis, "", alasan)
    tiga = zip(target.bagian, realisasi.bagian, capaian.bagian, strict=True)
    butir = [periksa_capaian(IsianKinerja(t, r, c, t.satuan, arah)) for t, r, c in tiga]
    ada = {b.status for b in butir}
    status = next(s for s in (Status.SALAH, Status.TIDAK_DAPAT_DIPERIKSA, Status.KONSISTEN) if s in ada)
    rumus = tuple(i for i in butir[0].rumus if all(i in b.rumus for b in butir))
    benar = " & ".join(f"{b.seharusnya or b.tertulis} {s}" for b, s in zip(butir, satuan, strict=True))
    rinci = "; ".join(f"{s} {b.alasan}" for b, s in zip(butir, satuan, strict=True))
    return Butir(
        "capaian", status, rumus, capaian.tertulis, benar if status is Status.SALAH else "",
        f"tiap bagian dihitung sendiri: {rinci}",
    )  # fmt: skip


def _konsisten(capaian: Angka, rumus: tuple[str, ...], alasan: str, *catatan: str) -> Butir:
    ada = tuple(filter(None, catatan))
    return Butir("capaian", Status.KONSISTEN, rumus, capaian.tertulis, "", alasan, ada)


def _tanpa_arah(arah: str, rumus: list[str]) -> str:
    if boleh_dipakai(arah) != SEMUA or "naik" in rumus or not set(rumus) & set(TURUN):
        return ""
    return "arah tidak disebut; angkanya hanya cocok bila makin rendah makin baik"
