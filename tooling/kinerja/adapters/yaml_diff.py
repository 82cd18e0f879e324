"""Which stretches of a YAML text change so that it says something else.

It decides the least edit: a scalar in place, a list item by item, a mapping entry by entry;
a structure of another kind is replaced whole. Comments outside of what is replaced stay. It
trusts nothing: ``yaml_splice`` reads the result again.

Example: ``bukti: []  # isi`` becomes ``bukti:  # isi`` and its items below, and back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from kinerja.adapters.yaml_text import tulis_alir, tulis_blok, tulis_literal, tulis_skalar

Sunting = tuple[int, int, str]
"""Replace the text in [first, second) by the third; equal ends insert."""

_KEPALA_LITERAL = re.compile(r"[|>][-+0-9]*")
_SELA = re.compile(r"[ \t]*(?:#[^\r\n]*)?")


def sunting(teks: str, akar: yaml.Node, lama: object, baru: object) -> list[Sunting]:
    """The edits that turn ``lama``, which ``teks`` says, into ``baru``."""
    return _Perbandingan(teks).banding(_Tempat(akar, 0, -2, alir=False), lama, baru)


# helpers


@dataclass(frozen=True, slots=True)
class _Tempat:
    """A node and its holder.

    Attributes:
        sesudah: index after the holder's ``:`` or ``-``.
        kolom: column of the holder's key or dash; children stand two further.
        alir: inside ``[…]`` or ``{…}``.
        butir: an item of a list in block style.
    """

    simpul: yaml.Node
    sesudah: int
    kolom: int
    alir: bool
    butir: bool = False


class _Perbandingan:
    def __init__(self, teks: str) -> None:
        self._teks = teks
        self._eol = "\r\n" if "\r\n" in teks else "\n"

    def banding(self, t: _Tempat, lama: Any, baru: Any) -> list[Sunting]:  # noqa: ANN401
        """Edits at one place; none when both say the same, letter for letter."""
        if _persis(lama, baru):
            return []
        hasil: list[Sunting] | None = None
        if isinstance(lama, dict) and isinstance(baru, dict) and lama and baru:
            hasil = self._peta(t, lama, baru)
        elif isinstance(lama, list) and isinstance(baru, list) and lama and baru:
            hasil = self._daftar(t, lama, baru)
        return self._ganti(t, baru) if hasil is None else hasil

    # mappings and lists, entry by entry; None when only a whole replacement will do

    def _peta(self, t: _Tempat, lama: dict[str, Any], baru: dict[str, Any]) -> list[Sunting] | None:
        alir = not _blok(t.simpul)
        hasil: list[Sunting] = []
        tinggal: yaml.Node | None = None
        for k, v in t.simpul.value:
            nama = str(k.value)
            titik_dua = self._teks.find(":", k.end_mark.index) + 1
            if nama in baru:
                anak = _Tempat(v, titik_dua, k.start_mark.column, t.alir or alir)
                hasil += self.banding(anak, lama[nama], baru[nama])
                tinggal = v
            elif alir or not self._di_awal(k.start_mark.index):
                return None
            else:
                hasil.append(self._hapus(k.start_mark.index, v))
        tambahan = {k: v for k, v in baru.items() if k not in lama}
        if tambahan:
            if alir or tinggal is None:
                return None
            kolom = t.simpul.value[0][0].start_mark.column
            akhir = self._akhir_baris(self._akhir(tinggal))
            hasil.append((akhir, akhir, self._baris(tulis_blok(tambahan, kolom))))
        return hasil

    def _daftar(self, t: _Tempat, lama: list[Any], baru: list[Any]) -> list[Sunting] | None:
        """Equal items at both ends stay; between them pairs change, the rest goes or comes."""
        alir, butir = not _blok(t.simpul), t.simpul.value
        if alir and len(lama) != len(baru):
            return None
        depan, belakang = _tepi(lama, baru)
        tengah = len(lama) - depan - belakang, len(baru) - depan - belakang
        pasang = min(tengah)
        tanda = self._tanda(t.simpul)
        hasil: list[Sunting] = []
        for i in range(depan, depan + pasang):
            anak = _Tempat(butir[i], tanda[i] + 1, t.simpul.start_mark.column, t.alir or alir, True)
            hasil += self.banding(anak, lama[i], baru[i])
        for i in range(depan + pasang, depan + tengah[0]):
            if not self._di_awal(tanda[i]):
                return None
            hasil.append(self._hapus(tanda[i], butir[i]))
        tambahan = baru[depan + pasang : depan + tengah[1]]
        if tambahan:
            baris = tulis_blok(tambahan, t.simpul.start_mark.column)
            if depan + pasang:
                akhir = self._akhir_baris(self._akhir(butir[depan + pasang - 1]))
                hasil.append((akhir, akhir, self._baris(baris)))
            elif self._di_awal(tanda[0]):
                awal = tanda[0] - t.simpul.start_mark.column
                hasil.append((awal, awal, self._eol.join([*baris, ""])))
            else:
                return None
        return hasil

    # whole replacements

    def _ganti(self, t: _Tempat, baru: object) -> list[Sunting]:
        awal, akhir = t.simpul.start_mark.index, self._akhir(t.simpul)
        if t.alir:
            return [(awal, akhir, self._berjarak(awal, tulis_alir(baru)))]
        if isinstance(baru, dict | list) and baru:
            return self._jadi_blok(t, awal, akhir, tulis_blok(baru, t.kolom + 2))
        literal = tulis_literal(baru, t.kolom + 2) if isinstance(baru, str) else None
        if literal:
            return self._jadi_literal(t, awal, akhir, *literal)
        baris = tulis_alir(baru) if isinstance(baru, dict | list) else tulis_skalar(baru)
        return self._jadi_sebaris(t, awal, akhir, baris)

    def _jadi_sebaris(self, t: _Tempat, awal: int, akhir: int, nilai: str) -> list[Sunting]:
        if self._literal(t.simpul):
            kepala = self._akhir_kepala(awal)
            return [(awal, kepala, nilai), (self._akhir_baris(kepala), akhir, "")]
        if t.butir or not _blok(t.simpul):
            return [(awal, akhir, self._berjarak(awal, nilai))]
        sela = self._teks[t.sesudah : awal].rstrip()
        return [
            (t.sesudah, t.sesudah, f" {nilai}"),
            (t.sesudah + len(sela), akhir, ""),
        ]

    def _jadi_literal(
        self, t: _Tempat, awal: int, akhir: int, kepala: str, isi: list[str]
    ) -> list[Sunting]:
        if self._literal(t.simpul):
            batas = self._akhir_kepala(awal)
            return [(awal, batas, kepala), (self._akhir_baris(batas), akhir, self._baris(isi))]
        if t.butir or not _blok(t.simpul):
            ujung = self._akhir_baris(akhir)
            return [
                (awal, akhir, self._berjarak(awal, kepala)),
                (ujung, ujung, self._baris(isi)),
            ]
        cocok = _SELA.match(self._teks, t.sesudah, awal)
        sela = cocok[0].rstrip() if cocok else ""
        return [(t.sesudah, akhir, f" {kepala}{sela}{self._baris(isi)}")]

    def _jadi_blok(self, t: _Tempat, awal: int, akhir: int, isi: list[str]) -> list[Sunting]:
        if t.butir or t.kolom < 0:
            return [(awal, akhir, self._berjarak(awal, self._eol.join(isi).lstrip()))]
        if self._literal(t.simpul):
            batas = self._akhir_kepala(awal)
            ujung = self._akhir_baris(batas)
            return [(t.sesudah, batas, ""), (ujung, akhir, self._baris(isi))]
        if _blok(t.simpul):
            return [(awal - t.simpul.start_mark.column, akhir, self._eol.join(isi))]
        sebaris = not re.search(r"[\r\n]", self._teks[t.sesudah : awal])
        ujung = self._akhir_baris(akhir)
        return [(t.sesudah if sebaris else awal, akhir, ""), (ujung, ujung, self._baris(isi))]

    # places in the text

    def _akhir(self, s: yaml.Node) -> int:
        """End of a node's own text; a structure in block style ends at its last leaf."""
        akhir: int = s.end_mark.index
        if isinstance(s, yaml.ScalarNode):
            if self._literal(s):
                akhir = len(self._teks[:akhir].rstrip())
            return akhir
        if not _blok(s) or not s.value:
            return akhir
        return self._akhir(s.value[-1][1] if isinstance(s, yaml.MappingNode) else s.value[-1])

    def _tanda(self, s: yaml.Node) -> list[int]:
        """Where the dash of every item stands."""
        if not _blok(s):
            return [b.start_mark.index - 1 for b in s.value]
        hasil = [s.start_mark.index]
        for lalu in s.value[:-1]:
            pola = re.compile(rf"^[ ]{{{s.start_mark.column}}}-(?=\s|$)", re.MULTILINE)
            cocok = pola.search(self._teks, self._akhir(lalu))
            hasil.append(cocok.end() - 1 if cocok else 0)
        return hasil

    def _hapus(self, awal: int, nilai: yaml.Node) -> Sunting:
        """Deletes the lines from a key or dash to the end of its value."""
        akhir = self._akhir_baris(self._akhir(nilai))
        akhir += len(self._eol) if self._teks.startswith(self._eol, akhir) else 0
        return (self._teks.rfind("\n", 0, awal) + 1, akhir, "")

    def _di_awal(self, i: int) -> bool:
        """True when only spaces stand before ``i`` on its line."""
        return not self._teks[self._teks.rfind("\n", 0, i) + 1 : i].strip(" ")

    def _akhir_baris(self, i: int) -> int:
        cocok = re.compile(r"[\r\n]|\Z").search(self._teks, i)
        return cocok.start() if cocok else len(self._teks)

    def _literal(self, s: yaml.Node) -> bool:
        return isinstance(s, yaml.ScalarNode) and s.style in ("|", ">")

    def _akhir_kepala(self, awal: int) -> int:
        cocok = _KEPALA_LITERAL.match(self._teks, awal)
        return cocok.end() if cocok else awal

    def _berjarak(self, i: int, nilai: str) -> str:
        """A space before a value that would touch its ``:`` or ``-``."""
        return f" {nilai}" if i and self._teks[i - 1] in ":-?" else nilai

    def _baris(self, baris: list[str]) -> str:
        return "".join(self._eol + b for b in baris)


def _blok(s: yaml.Node) -> bool:
    return isinstance(s, yaml.CollectionNode) and not s.flow_style


def _persis(a: object, b: object) -> bool:
    """Equal letter for letter: 97.5 is not 97.50 and 1 is not true."""
    return type(a) is type(b) and a == b and repr(a) == repr(b)


def _tepi(lama: list[Any], baru: list[Any]) -> tuple[int, int]:
    """How many items are the same at the start and at the end of both lists."""
    depan = 0
    while depan < min(len(lama), len(baru)) and _persis(lama[depan], baru[depan]):
        depan += 1
    belakang = 0
    sisa = min(len(lama), len(baru)) - depan
    while belakang < sisa and _persis(lama[-1 - belakang], baru[-1 - belakang]):
        belakang += 1
    return depan, belakang
