"""Of which period or version a column speaks: its year, last year, a quarter, the Renstra.

It decides by the words of the whole heading, groups included, so that figures of different years
are never paired. It leaves out what the column holds (``headings``) and which columns belong
together (``columns``).

Example:
    >>> sebutan(masa(("Realisasi", "TW II 2023")))
    'TW II 2023'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

ROMAWI = ("I", "II", "III", "IV")
NOMOR_TW = {"1": 0, "2": 1, "3": 2, "4": 3, "i": 0, "ii": 1, "iii": 2, "iv": 3}

_KATA = re.compile(r"[a-z]+|[0-9]+")
_TAHUN = re.compile(r"(?:19|20)[0-9]{2}")
_TAHUN_LALU = re.compile(r"\b[nt]\s*-\s*[1-5]\b")
_LALU = frozenset({"lalu", "sebelumnya", "kemarin"})
_TW = frozenset({"tw", "triwulan", "trw", "triw"})
_SAMPAI = frozenset({"sampai", "sd", "kumulatif"})
_VERSI = (
    "perubahan", "murni", "renstra", "rpjmd", "rpjmn", "rpd", "awal", "akhir", "nasional", "provinsi",
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober",
    "november", "desember",
)  # fmt: skip
"""Words that set a column apart from the plain one; the budget after its change is the one in force."""


@dataclass(frozen=True, slots=True)
class Masa:
    """What a heading says of its period; an empty one says nothing.

    Attributes:
        versi: words like ``renstra`` or ``perubahan``, or the group that sets a column apart.
        tw: the quarter from 0; ``sampai`` when the figure runs up to it.
    """

    tahun: int = 0
    lalu: bool = False
    versi: tuple[str, ...] = ()
    tw: int | None = None
    sampai: bool = False

    @property
    def setahun(self) -> Masa:
        """The same without its quarter."""
        return replace(self, tw=None, sampai=False)

    @property
    def urutan(self) -> tuple[bool, int, int, tuple[int, ...], tuple[str, ...]]:
        """Less is better: this year before last, plain before qualified, the latest year first."""
        letak = tuple(_VERSI.index(v) for v in self.versi if v in _VERSI)
        return (self.lalu, len(self.versi), -self.tahun, letak, self.versi)


def masa(bagian: tuple[str, ...]) -> Masa:
    """The period that a heading names, from its group headings down."""
    teks = " ".join(b[:200] for b in bagian).casefold()
    kata = _KATA.findall(teks)
    tahun = sorted({int(k) for k in kata if _TAHUN.fullmatch(k)})
    sampai = not _SAMPAI.isdisjoint(kata) or re.search(r"\bs\s*[./]\s*d\b", teks) is not None
    versi = [v for v in _VERSI if v in kata]
    tw, banyak = _triwulan(kata)
    if "semester" in kata:
        nomor = [k for k in kata[kata.index("semester") :] if k in ("i", "ii", "1", "2")]
        versi.append(" ".join(("semester", *nomor[:1])))
    if len(tahun) > 1:
        versi.append("\u2013".join((str(tahun[0]), str(tahun[-1]))))
    if sampai and tw is None:
        versi.append("s.d.")
    lalu = not _LALU.isdisjoint(kata) or _TAHUN_LALU.search(teks) is not None
    return Masa(
        tahun[0] if len(tahun) == 1 else 0, lalu, tuple(versi), tw, tw is not None and (sampai or banyak)
    )


def sebutan(satu: Masa) -> str:
    """The period as a reader calls it; empty for a plain column."""
    tw = "" if satu.tw is None else f"{'s.d. ' if satu.sampai else ''}TW {ROMAWI[satu.tw]}"
    lalu = "tahun lalu" if satu.lalu else ""
    return " ".join(filter(None, (tw, *satu.versi, lalu, str(satu.tahun or ""))))


# helpers


def _triwulan(kata: list[str]) -> tuple[int | None, bool]:
    """The quarter named after the word for it, and whether several are named."""
    mulai = next((i for i, k in enumerate(kata) if k in _TW), None)
    if mulai is None:
        return None, False
    nomor = [NOMOR_TW[k] for k in kata[mulai:] if k in NOMOR_TW]
    return (max(nomor), len(set(nomor)) > 1) if nomor else (None, False)
