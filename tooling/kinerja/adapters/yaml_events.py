"""From libyaml's events to plain data: the strict subset, one pass, refusals collected.

It decides what a plain text is and what is refused; ``yaml_strict`` is its public face and
turns refusals into findings.

Example:
    >>> skalar("97.50"), skalar("97,5"), skalar("012")
    (Decimal('97.50'), '97,5', '012')
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from kinerja.adapters.yaml_errors import Titik, Tolakan, galat_yaml, koma_dalam_angka
from kinerja.domain.errors import KinerjaError

if TYPE_CHECKING:
    from yaml._yaml import CParser

UKURAN_TERBESAR = 1_048_576
DALAM_TERBESAR = 20
ANGKA_TERPANJANG = 40
BOM = b"\xef\xbb\xbf"

_KUTIPAN_TERPANJANG = 80
_ANGKA = re.compile(r"(?:0|-?[1-9][0-9]*)\Z")
_DESIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+\Z")
_NOL_NEGATIF = re.compile(r"-0\.0+\Z")
_KATA: dict[str, object] = {"": None, "null": None, "~": None, "true": True, "false": False}
_TIADA = object()
_DIINGAT = 8
_AWAL_KHUSUS = frozenset(["", *"-0123456789ntf~"])
# libyaml takes U+0085, U+2028 and U+2029 for line ends, which editors and Git do not.
_KENDALI = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
)


def skalar(teks: str) -> object:
    """What a plain scalar means: null, bool, int, Decimal, or the text itself."""
    if teks[:1] not in _AWAL_KHUSUS:
        return teks
    if len(teks) <= ANGKA_TERPANJANG:
        if _ANGKA.match(teks):
            return int(teks)
        if _DESIMAL.match(teks) and not _NOL_NEGATIF.match(teks):
            return Decimal(teks)
    return _KATA.get(teks, teks)


def potong(teks: str) -> str:
    """A text as one line of at most 80 characters, to be quoted in a finding."""
    teks = teks.strip("\r\n")
    awal = teks[: 4 * _KUTIPAN_TERPANJANG]  # the pattern takes quadratic time over blanks
    baris = re.sub(r"\s*[\r\n]+\s*", " ⏎ ", awal)
    if len(baris) <= _KUTIPAN_TERPANJANG and awal == teks:
        return baris
    return baris[: _KUTIPAN_TERPANJANG - 1] + "…"


def baca_teks(bita: bytes) -> str | Tolakan:
    """The file's text; a refusal when it is too big, not UTF-8, or holds hidden characters."""
    if len(bita) > UKURAN_TERBESAR:
        return Tolakan(
            "berkas-terlalu-besar", None, f"{len(bita)} bita",
            f"berkas lebih besar dari {UKURAN_TERBESAR} bita",
            "pecah berkas atau buang isinya yang keliru",
        )  # fmt: skip
    bita = bita.removeprefix(BOM)
    try:
        teks = bita.decode()
    except UnicodeDecodeError as e:
        huruf = f"bita {bita[e.start]:#04x}"
        return Tolakan(
            "bukan-utf8", _titik(bita[: e.start].decode()), huruf,
            "huruf ini tidak tersimpan sebagai UTF-8",
            "simpan ulang berkas dengan penyandian UTF-8, lalu periksa hurufnya",
        )  # fmt: skip
    cocok = _KENDALI.search(teks)
    if cocok is None:
        return teks
    return Tolakan(
        "huruf-kendali", _titik(teks[: cocok.start()]), f"U+{ord(cocok[0]):04X}",
        "ada huruf kendali yang tidak tampak", "hapus huruf itu",
    )  # fmt: skip


class Pembangun:
    """Builds plain data from events: one pass, bounded depth, refusals collected."""

    def __init__(self, teks: str) -> None:
        self.tolakan: list[Tolakan] = []
        self._teks = teks
        self._polos: dict[str, object] = {}
        self._ambil = _pengurai()(teks).get_event

    def dokumen(self) -> object:
        """The only document of the text; None as well when something was refused."""
        try:
            self._ambil()  # stream start
            p = self._ambil()
            if type(p) is StreamEndEvent:
                return None
            if isinstance(p, DocumentStartEvent) and (p.version or p.tags):
                self._tolak(p, "tag-terlarang", "%", "petunjuk % tidak dipakai di sini",
                            "hapus baris itu")  # fmt: skip
            hasil = self._nilai(self._ambil(), 0)
            self._ambil()  # document end
            p = self._ambil()
            if type(p) is not StreamEndEvent:
                self._tolak(p, "dokumen-ganda", "---", "berkas memuat lebih dari satu dokumen",
                            "hapus garis `---` dan isi sesudahnya")  # fmt: skip
        except yaml.YAMLError as e:
            self.tolakan.append(galat_yaml(e, self._teks))
            return None
        except _BerhentiError:
            return None
        return hasil

    def _nilai(self, p: Event | None, dalam: int) -> object:
        if type(p) is ScalarEvent:
            if p.anchor is not None or p.tag is not None:
                self._hiasan(p)
            teks: str = p.value
            if teks[:1] in _AWAL_KHUSUS and p.implicit[0]:
                return skalar(teks)
            return teks
        if isinstance(p, AliasEvent):
            self._hiasan(p)
            return None
        if isinstance(p, CollectionStartEvent) and (p.anchor is not None or p.tag is not None):
            self._hiasan(p)
        if dalam >= DALAM_TERBESAR:
            self._tolak(p, "terlalu-dalam", "", f"susunan lebih dari {DALAM_TERBESAR} tingkat",
                        "ratakan susunannya")  # fmt: skip
            raise _BerhentiError
        if isinstance(p, MappingStartEvent):
            return self._peta(dalam + 1)
        return self._daftar(dalam + 1)

    def _daftar(self, dalam: int) -> list[object]:
        hasil: list[object] = []
        ambil = self._ambil
        while type(p := ambil()) is not SequenceEndEvent:
            hasil.append(self._nilai(p, dalam))
        return hasil

    def _peta(self, dalam: int) -> dict[str, object]:
        # Nine of ten events of a worksheet pass here, so plain scalars take no further call.
        hasil: dict[str, object] = {}
        ambil, polos = self._ambil, self._polos
        while type(p := ambil()) is not MappingEndEvent:
            kunci = self._kunci(p, dalam, hasil)
            p = ambil()
            if type(p) is not ScalarEvent or p.anchor is not None or p.tag is not None:
                hasil[kunci] = self._nilai(p, dalam)
                continue
            teks = p.value
            if p.implicit[0] and teks[:1] in _AWAL_KHUSUS:
                nilai = polos.get(teks, _TIADA)
                hasil[kunci] = polos.setdefault(teks, skalar(teks)) if nilai is _TIADA else nilai
            else:
                hasil[kunci] = teks
        return hasil

    def _kunci(self, p: Event | None, dalam: int, hasil: dict[str, object]) -> str:
        """The name of a field; whatever else stands there is refused."""
        if type(p) is ScalarEvent and p.anchor is None and p.tag is None:
            nama: str = p.value
            if nama[:1].isalpha() and nama not in _KATA and nama not in hasil:
                return nama
            if nama.isdigit() and p.implicit[0] and self._koma_angka(p):
                return nama
        kunci = self._nilai(p, dalam)
        if not isinstance(kunci, str) or (kunci == "<<" and _terang(p)):
            return self._bukan_teks(p)
        if kunci in hasil:
            self._tolak(p, "kunci-ganda", kunci, f"`{kunci}` ditulis dua kali di tempat yang sama",
                        "hapus salah satunya, simpan yang benar")  # fmt: skip
        return kunci

    def _tolak(
        self, p: Event | None, aturan: str, nilai: str, pesan: str, tindakan: str
    ) -> None:
        tanda = p.start_mark if p else None
        titik = Titik(tanda.line, tanda.column) if tanda else None
        self.tolakan.append(Tolakan(aturan, titik, nilai, pesan, tindakan))

    def _hiasan(self, p: Event | None) -> None:
        if isinstance(p, AliasEvent):
            self._tolak(p, "jangkar-terlarang", f"*{p.anchor}",
                        "rujukan & dan * tidak dipakai di sini",
                        "tulis nilainya langsung")  # fmt: skip
            return
        if isinstance(p, NodeEvent) and p.anchor is not None:
            self._tolak(p, "jangkar-terlarang", f"&{p.anchor}",
                        "rujukan & dan * tidak dipakai di sini", "hapus tanda itu")  # fmt: skip
        if getattr(p, "tag", None) is not None:
            tag = str(getattr(p, "tag", "")).replace("tag:yaml.org,2002:", "!!")
            self._tolak(p, "tag-terlarang", tag,
                        "tanda ! di depan nilai tidak dipakai di sini",
                        "hapus tanda itu, atau apit nilainya dengan tanda kutip")  # fmt: skip

    def _koma_angka(self, p: ScalarEvent) -> bool:
        """Tells a comma inside a number between braces, where it parts fields: ``{tw1: 97,5}``."""
        tanda = p.start_mark
        usul = koma_dalam_angka(self._teks, tanda.line, tanda.column) if tanda else None
        if usul is None:
            return False
        angka, tindakan, titik = usul
        if not any(t.titik == titik and t.aturan == "kunci-bukan-teks" for t in self.tolakan[-_DIINGAT:]):
            self.tolakan.append(
                Tolakan("kunci-bukan-teks", titik, angka, "koma di dalam { } memisahkan isian, jadi "
                        "angka ini terbaca sebagai dua isian", tindakan)
            )  # fmt: skip
        return True

    def _bukan_teks(self, p: Event | None) -> str:
        nilai = str(p.value) if isinstance(p, ScalarEvent) else ""
        if nilai == "<<":
            self._tolak(p, "jangkar-terlarang", "<<", "penggabungan << tidak dipakai di sini",
                        "tulis isinya langsung")  # fmt: skip
        elif not isinstance(p, AliasEvent):
            self._tolak(p, "kunci-bukan-teks", nilai, "nama isian harus berupa teks",
                        f'apit dengan tanda kutip: "{nilai}"' if nilai
                        else "tulis nama isian, titik dua, lalu nilainya")  # fmt: skip
        return nilai


# helpers


def _titik(sebelum: str) -> Titik:
    baris = re.split(r"\r\n|\r|\n", sebelum)
    return Titik(len(baris) - 1, len(baris[-1]))


@lru_cache(maxsize=1)
def _pengurai() -> type[CParser]:
    try:
        from yaml._yaml import CParser  # noqa: PLC0415 - absent from a PyYAML without libyaml
    except ImportError as e:
        raise KinerjaError(
            "PyYAML di komputer ini dipasang tanpa libyaml",
            "pasang ulang PyYAML dari paket roda (wheel) resminya",
        ) from e
    return CParser


class _BerhentiError(Exception):
    """Inside this module: a structure too deep to go on with."""


def _terang(p: Event | None) -> bool:
    """True for a scalar without quotes."""
    return isinstance(p, ScalarEvent) and bool(p.implicit[0])
