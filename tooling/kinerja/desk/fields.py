"""Between what stands in a worksheet and what a hand types in its cells.

It decides how a value is offered for editing, what a typed text means, which cells a person
changed, and what comes of a cell that somebody else changed meanwhile. Whether a value is
right is decided by the rules alone.

Cells are named by their JSON pointers. A draft that began from an older version keeps its
pointers; a line is found again by its id or code when lines moved.

Example:
    >>> isian(data)["/indikator/0/realisasi"]
    '45,21'
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from kinerja.adapters.yaml_splice import sama
from kinerja.adapters.yaml_strict import muat_bersama
from kinerja.calculation.numbers import format_angka
from kinerja.checking.number_fields import angka_diketik, bidang_angka, nilai_di
from kinerja.desk.columns import Jenis, Kolom, kolom
from kinerja.domain.errors import PemakaianError

DAFTAR = {"indikator": ("BarisIndikator", "id"), "anggaran": ("BarisAnggaran", "kode")}
"""Lists of the worksheet: definition in the schema, and the field by which a line is known."""


@dataclass(frozen=True, slots=True)
class Sel:
    """One open cell as the page shows it.

    Attributes:
        teks: what stands in it: the draft's text, else the saved one.
        diketik: the draft has it, and it is not what is saved.
        tersimpan: what somebody else saved there since the draft began; None when nobody did.
    """

    teks: str
    diketik: bool = False
    tersimpan: str | None = None


@dataclass(frozen=True, slots=True)
class SalahKetik:
    """A typed text that cannot be taken: why, and what to do."""

    penunjuk: str
    pesan: str
    tindakan: str


def data_lembar(bita: bytes) -> object:
    """A worksheet's plain data; None when it cannot be read. Read alone: it is kept and shared."""
    data, temuan = muat_bersama(bita)
    return None if temuan else data


@lru_cache(maxsize=128)
def isian_lembar(bita: bytes) -> Mapping[str, str]:
    """As :func:`isian`, of a worksheet's bytes."""
    return isian(data_lembar(bita))


def terbuka(data: object) -> Iterator[tuple[str, Kolom]]:
    """Pointer and field of every cell that people fill, in the worksheet's order."""
    for nama, (definisi, _) in DAFTAR.items():
        for n in range(len(baris(data, nama))):
            for k in kolom(definisi):
                if k.terkunci or k.jenis is Jenis.BERKAS:
                    continue
                if k.jenis is Jenis.KELOMPOK:
                    yield from ((f"/{nama}/{n}/{k.kunci}/{a.kunci}", a) for a in k.anak)
                else:
                    yield f"/{nama}/{n}/{k.kunci}", k
    yield from ((f"/{k.kunci}", k) for k in kolom() if not k.terkunci and k.jenis is not Jenis.BERKAS)


def baris(data: object, nama: str) -> list[Any]:
    """The lines of a list; empty where there is none."""
    isi = data.get(nama) if isinstance(data, dict) else None
    return isi if isinstance(isi, list) else []


def isian(data: object) -> dict[str, str]:
    """Every open cell's text: pointer → what stands there."""
    return {p: teks_sel(nilai_di(data, p), desimal=desimal(data, p)) for p, _ in terbuka(data)}


def desimal(data: object, penunjuk: str) -> bool:
    """Whether a number's cell may have decimals, so that a point in it is not read as thousands."""
    return bidang_angka(data, penunjuk)[1] is not False


def teks_sel(nilai: object, *, desimal: bool) -> str:
    """A value as it is offered for editing; reading it again gives the same value."""
    if nilai is None:
        return ""
    if isinstance(nilai, bool):
        return str(nilai).lower()
    if isinstance(nilai, int | Decimal):
        teks = format_angka(Decimal(nilai))
        return teks.replace(".", "") if desimal else teks
    return str(nilai)


def padukan(asal: bytes, kini: bytes, draf: Mapping[str, str]) -> tuple[dict[str, Sel], dict[str, str]]:
    """The draft laid over what is saved now, cell by cell.

    Args:
        asal: the worksheet's bytes that the draft began from.
        kini: what is saved now, perhaps by somebody else.
        draf: pointer (in ``asal``) → typed text.

    Returns:
        The cells of ``kini``; and what was typed into lines that are there no more.
    """
    lama, sekarang = isian_lembar(asal), isian_lembar(kini)
    data_asal, data_kini = data_lembar(asal), data_lembar(kini)
    pindah = _pindah(data_asal, data_kini)
    hasil = {p: Sel(t) for p, t in sekarang.items()}
    sisa: dict[str, str] = {}
    for penunjuk, teks in draf.items():
        if penunjuk not in lama:
            continue  # a locked or invented cell: nobody may fill it
        tujuan = pindah(penunjuk)
        if tujuan not in sekarang:
            sisa[penunjuk] = teks
        elif not (
            _searti(data_asal, penunjuk, teks, lama[penunjuk])
            or _searti(data_kini, tujuan, teks, sekarang[tujuan])
        ):
            orang_lain = sekarang[tujuan] if sekarang[tujuan] != lama[penunjuk] else None
            hasil[tujuan] = Sel(teks, True, orang_lain)
    return hasil, sisa


def nilai_diketik(
    data: object, sel: Mapping[str, Sel], kata: Container[str] = ()
) -> tuple[dict[str, object], tuple[SalahKetik, ...]]:
    """The values that the typed cells stand for, ready for the writer; and those that cannot be read.

    Args:
        kata: pointers of realisasi that are words: a predikat, ada or tidak ada.
    """
    hasil: dict[str, object] = {}
    salah: list[SalahKetik] = []
    for penunjuk, k in terbuka(data):
        s = sel.get(penunjuk)
        if s is None or not s.diketik:
            continue
        try:
            hasil[penunjuk] = _nilai(data, penunjuk, k, s.teks, kata=penunjuk in kata)
        except PemakaianError as e:
            salah.append(SalahKetik(penunjuk, e.pesan, e.saran))
    return _gabung_kelompok(data, hasil), tuple(salah)


def rata(teks: str) -> str:
    """A text as a form sends it back: line ends and outer blanks say nothing."""
    return teks.replace("\r\n", "\n").replace("\r", "\n").strip()


# helpers


def _searti(data: object, penunjuk: str, a: str, b: str) -> bool:
    """Two texts that mean the same in this cell: ``12500000`` and ``12.500.000`` of rupiah."""
    if rata(a) == rata(b):
        return True
    satuan, desimal_ = bidang_angka(data, penunjuk)
    try:
        nilai = [angka_diketik(t, satuan, desimal_) for t in (a, b)]
    except PemakaianError:
        return False
    return all(isinstance(n, int | Decimal) for n in nilai) and nilai[0] == nilai[1]


def _nilai(data: object, penunjuk: str, k: Kolom, teks: str, *, kata: bool) -> object:
    if k.jenis in (Jenis.ANGKA, Jenis.NILAI):
        nilai = angka_diketik(teks, *bidang_angka(data, penunjuk))
        if isinstance(nilai, str):
            nilai = rata(nilai)
        if isinstance(nilai, str) and not kata:
            raise PemakaianError(f"`{nilai}` bukan angka", "tulis angkanya saja, misalnya 1.234,56")
        return nilai
    teks = rata(teks)
    if len(teks) > k.terpanjang:
        raise PemakaianError(
            f"teks ini {len(teks)} huruf, paling panjang {k.terpanjang}",
            "ringkaskan, atau lampirkan sebagai bukti",
        )
    return teks or None


def _gabung_kelompok(data: object, nilai: dict[str, object]) -> dict[str, object]:
    """A group is one value: all empty is none, half filled is written as it is for the rules to judge."""
    hasil = {p: v for p, v in nilai.items() if p.count("/") <= 3}  # noqa: PLR2004 - /list/number/field
    for nama, (definisi, _) in DAFTAR.items():
        for k in (k for k in kolom(definisi) if k.jenis is Jenis.KELOMPOK):
            for n in range(len(baris(data, nama))):
                induk = f"/{nama}/{n}/{k.kunci}"
                if not any(p.startswith(f"{induk}/") for p in nilai):
                    continue
                lama = nilai_di(data, induk)
                isi = {
                    a.kunci: nilai.get(
                        f"{induk}/{a.kunci}", lama.get(a.kunci) if isinstance(lama, dict) else None
                    )
                    for a in k.anak
                }
                ada = any(v not in (None, "") for v in isi.values())
                baru = {a: "" if v is None else v for a, v in isi.items()} if ada else None
                if not sama(baru, lama):
                    hasil[induk] = baru
    return hasil


def _pindah(asal: object, kini: object) -> Any:  # noqa: ANN401 - a function of one pointer
    """Where a pointer of ``asal`` stands in ``kini``: by the line's id or code."""
    tempat: dict[str, str] = {}
    for nama, (_, kunci) in DAFTAR.items():
        sekarang = {_kunci(b, kunci): n for n, b in reversed(list(enumerate(baris(kini, nama))))}
        for n, b in enumerate(baris(asal, nama)):
            m = sekarang.get(_kunci(b, kunci))
            tempat[f"/{nama}/{n}"] = "" if m is None else f"/{nama}/{m}"

    def pindah(penunjuk: str) -> str:
        bagian = penunjuk.split("/")
        induk = "/".join(bagian[:3])
        if len(bagian) <= 2 or induk not in tempat:  # noqa: PLR2004 - a field of the worksheet itself
            return penunjuk
        return f"{tempat[induk]}/{'/'.join(bagian[3:])}" if tempat[induk] else ""

    return pindah


def _kunci(b: object, kunci: str) -> object:
    return b.get(kunci) if isinstance(b, dict) else None
