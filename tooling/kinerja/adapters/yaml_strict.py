"""The one YAML reader: a strict subset, straight from libyaml's events to plain data.

It decides what a text is: null, true, false, canonical integers, and decimals with a point
(as :class:`~decimal.Decimal`); everything else stays text, so that ``NO``, ``012``, ``12:30``
and ``97,5`` reach the rules as they were typed. It refuses, with a finding, what two readers
would read differently: duplicate keys, anchors, aliases, tags, a second document, tabs,
control characters. A byte order mark is tolerated. Positions cost time, so :func:`letak`
computes them only for a file that has findings.

Example:
    >>> muat(b"a: 97.50", "x.yaml")
    ({'a': Decimal('97.50')}, ())
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import yaml

from kinerja.adapters.yaml_errors import Titik, Tolakan, galat_yaml
from kinerja.domain.errors import KinerjaError
from kinerja.domain.findings import Finding, Tingkat, urutkan

if TYPE_CHECKING:
    from yaml._yaml import CParser

UKURAN_TERBESAR = 1_048_576
DALAM_TERBESAR = 20
ANGKA_TERPANJANG = 40

_KUTIPAN_TERPANJANG = 80
_BOM = b"\xef\xbb\xbf"
_ANGKA = re.compile(r"(?:0|-?[1-9][0-9]*)\Z")
_DESIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+\Z")
_NOL_NEGATIF = re.compile(r"-0\.0+\Z")
_AWAL_KHUSUS = frozenset("-0123456789ntf~")
# libyaml takes U+0085, U+2028 and U+2029 for line ends, which editors and Git do not.
_KENDALI = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
)


class Tempat(NamedTuple):
    """Where a value or key stands: 1-based line and column, and its text."""

    baris: int
    kolom: int
    teks: str


class Letak:
    """Positions of every value and key of a document, by JSON pointer."""

    def __init__(self, nilai: dict[str, Tempat], kunci: dict[str, Tempat]) -> None:
        self._nilai = nilai
        self._kunci = kunci

    def cari(self, penunjuk: str, kunci: bool = False) -> Tempat:  # noqa: FBT001, FBT002
        """The place of a pointer's value, or of its key; of the nearest parent when absent.

        A structure is pointed at by its name, because its first line is often its child's.
        """
        tempat = (self._kunci if kunci else self._nilai).get(penunjuk)
        if tempat is not None and (kunci or tempat.teks or penunjuk not in self._kunci):
            return tempat
        while penunjuk:
            tempat = self._kunci.get(penunjuk) or self._nilai.get(penunjuk)
            if tempat is not None:
                return tempat._replace(teks="")
            penunjuk = penunjuk.rpartition("/")[0]
        return Tempat(1, 1, "")


def muat(bita: bytes, berkas: str) -> tuple[object, tuple[Finding, ...]]:
    """Reads one document.

    Args:
        bita: the file's bytes.
        berkas: its path, for findings.

    Returns:
        Plain data (dict, list, str, int, Decimal, bool, None) and no finding, or None and
        every finding met before the reading could not go on. Raises for no input.
    """
    teks = _teks(bita)
    if isinstance(teks, Tolakan):
        return None, (_temuan(teks, berkas),)
    pembangun = _Pembangun(teks)
    data = pembangun.dokumen()
    if pembangun.tolakan:
        return None, urutkan([_temuan(t, berkas) for t in pembangun.tolakan])
    return data, ()


def letak(bita: bytes) -> Letak:
    """Positions of everything in a document that :func:`muat` accepts."""
    nilai: dict[str, Tempat] = {}
    kunci: dict[str, Tempat] = {}
    akar = rangkai(bita)
    if akar is not None:
        _catat(akar, "", nilai, kunci)
    return Letak(nilai, kunci)


def rangkai(bita: bytes) -> yaml.Node | None:
    """The node tree of a document that :func:`muat` accepts; marks count characters."""
    if muat(bita, "")[1]:
        return None
    node: yaml.Node | None = yaml.compose(bita.removeprefix(_BOM), Loader=yaml.CSafeLoader)
    return node


def skalar(teks: str) -> object:
    """What a plain scalar means: null, bool, int, Decimal, or the text itself."""
    if teks[:1] not in _AWAL_KHUSUS:
        return teks if teks else None
    if len(teks) <= ANGKA_TERPANJANG:
        if _ANGKA.match(teks):
            return int(teks)
        if _DESIMAL.match(teks) and not _NOL_NEGATIF.match(teks):
            return Decimal(teks)
    return _KATA.get(teks, teks)


def escape(bagian: str) -> str:
    """One reference token of a JSON pointer (RFC 6901 section 3)."""
    return bagian.replace("~", "~0").replace("/", "~1")


# helpers

_KATA: dict[str, object] = {"null": None, "~": None, "true": True, "false": False}


def _teks(bita: bytes) -> str | Tolakan:
    """The file's text; a refusal when it is too big, not UTF-8, or holds hidden characters."""
    if len(bita) > UKURAN_TERBESAR:
        return Tolakan(
            "berkas-terlalu-besar", None, f"{len(bita)} bita",
            f"berkas lebih besar dari {UKURAN_TERBESAR} bita",
            "pecah berkas atau buang isinya yang keliru",
        )  # fmt: skip
    bita = bita.removeprefix(_BOM)
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


def _titik(sebelum: str) -> Titik:
    baris = re.split(r"\r\n|\r|\n", sebelum)
    return Titik(len(baris) - 1, len(baris[-1]))


def _temuan(t: Tolakan, berkas: str) -> Finding:
    baris, kolom = (t.titik.baris + 1, t.titik.kolom + 1) if t.titik else (0, 0)
    return Finding(
        berkas, baris, kolom, t.aturan, Tingkat.GALAT, "", _potong(t.nilai), t.pesan, t.tindakan
    )


def _potong(teks: str) -> str:
    teks = re.sub(r"\s*[\r\n]+\s*", " ⏎ ", teks.strip("\r\n"))
    if len(teks) <= _KUTIPAN_TERPANJANG:
        return teks
    return teks[: _KUTIPAN_TERPANJANG - 1] + "…"


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


class _Pembangun:
    """Builds plain data from events: one pass, bounded depth, refusals collected."""

    def __init__(self, teks: str) -> None:
        self.tolakan: list[Tolakan] = []
        self._teks = teks
        self._ambil = _pengurai()(teks).get_event

    def dokumen(self) -> object:
        """The only document of the text; None as well when something was refused."""
        try:
            self._ambil()  # stream start
            p = self._ambil()
            if type(p) is yaml.StreamEndEvent:
                return None
            if isinstance(p, yaml.DocumentStartEvent) and (p.version or p.tags):
                self._tolak(p, "tag-terlarang", "%", "petunjuk % tidak dipakai di sini",
                            "hapus baris itu")  # fmt: skip
            hasil = self._nilai(self._ambil(), 0)
            self._ambil()  # document end
            p = self._ambil()
            if type(p) is not yaml.StreamEndEvent:
                self._tolak(p, "dokumen-ganda", "---", "berkas memuat lebih dari satu dokumen",
                            "hapus garis `---` dan isi sesudahnya")  # fmt: skip
        except yaml.YAMLError as e:
            self.tolakan.append(galat_yaml(e, self._teks))
            return None
        except _BerhentiError:
            return None
        return hasil

    def _nilai(self, p: yaml.Event | None, dalam: int) -> object:
        if isinstance(p, yaml.ScalarEvent):
            if p.anchor is not None or p.tag is not None:
                self._hiasan(p)
            return skalar(p.value) if p.implicit[0] else p.value
        if isinstance(p, yaml.AliasEvent):
            self._hiasan(p)
            return None
        if isinstance(p, yaml.CollectionStartEvent) and (p.anchor is not None or p.tag is not None):
            self._hiasan(p)
        if dalam >= DALAM_TERBESAR:
            self._tolak(p, "terlalu-dalam", "", f"susunan lebih dari {DALAM_TERBESAR} tingkat",
                        "ratakan susunannya")  # fmt: skip
            raise _BerhentiError
        if isinstance(p, yaml.MappingStartEvent):
            return self._peta(dalam + 1)
        return self._daftar(dalam + 1)

    def _daftar(self, dalam: int) -> list[object]:
        hasil: list[object] = []
        while type(p := self._ambil()) is not yaml.SequenceEndEvent:
            hasil.append(self._nilai(p, dalam))
        return hasil

    def _peta(self, dalam: int) -> dict[str, object]:
        hasil: dict[str, object] = {}
        while type(p := self._ambil()) is not yaml.MappingEndEvent:
            kunci = self._nilai(p, dalam)
            if not isinstance(kunci, str) or (kunci == "<<" and _terang(p)):
                kunci = self._bukan_teks(p)
            elif kunci in hasil:
                self._tolak(p, "kunci-ganda", kunci,
                            f"`{kunci}` ditulis dua kali di tempat yang sama",
                            "hapus salah satunya, simpan yang benar")  # fmt: skip
            hasil[kunci] = self._nilai(self._ambil(), dalam)
        return hasil

    def _tolak(
        self, p: yaml.Event | None, aturan: str, nilai: str, pesan: str, tindakan: str
    ) -> None:
        tanda = p.start_mark if p else None
        titik = Titik(tanda.line, tanda.column) if tanda else None
        self.tolakan.append(Tolakan(aturan, titik, nilai, pesan, tindakan))

    def _hiasan(self, p: yaml.Event | None) -> None:
        if isinstance(p, yaml.AliasEvent):
            self._tolak(p, "jangkar-terlarang", f"*{p.anchor}",
                        "rujukan & dan * tidak dipakai di sini",
                        "tulis nilainya langsung")  # fmt: skip
        elif isinstance(p, yaml.NodeEvent) and p.anchor is not None:
            self._tolak(p, "jangkar-terlarang", f"&{p.anchor}",
                        "rujukan & dan * tidak dipakai di sini", "hapus tanda itu")  # fmt: skip
        else:
            self._tolak(p, "tag-terlarang", str(getattr(p, "tag", "")).replace("tag:yaml.org,2002:", "!!"),
                        "tanda ! di depan nilai tidak dipakai di sini",
                        "hapus tanda itu, atau apit nilainya dengan tanda kutip")  # fmt: skip

    def _bukan_teks(self, p: yaml.Event | None) -> str:
        nilai = str(p.value) if isinstance(p, yaml.ScalarEvent) else ""
        if nilai == "<<":
            self._tolak(p, "jangkar-terlarang", "<<", "penggabungan << tidak dipakai di sini",
                        "tulis isinya langsung")  # fmt: skip
        elif not isinstance(p, yaml.AliasEvent):
            self._tolak(p, "kunci-bukan-teks", nilai, "nama isian harus berupa teks",
                        f'apit dengan tanda kutip: "{nilai}"' if nilai
                        else "tulis nama isian, titik dua, lalu nilainya")  # fmt: skip
        return nilai


def _terang(p: yaml.Event | None) -> bool:
    """True for a scalar without quotes."""
    return isinstance(p, yaml.ScalarEvent) and bool(p.implicit[0])


def _catat(
    simpul: yaml.Node, penunjuk: str, nilai: dict[str, Tempat], kunci: dict[str, Tempat]
) -> None:
    nilai[penunjuk] = _tempat(simpul)
    if isinstance(simpul, yaml.MappingNode):
        for k, v in simpul.value:
            anak = f"{penunjuk}/{escape(str(k.value))}"
            kunci[anak] = _tempat(k)
            _catat(v, anak, nilai, kunci)
    elif isinstance(simpul, yaml.SequenceNode):
        for i, v in enumerate(simpul.value):
            _catat(v, f"{penunjuk}/{i}", nilai, kunci)


def _tempat(simpul: yaml.Node) -> Tempat:
    teks = _potong(str(simpul.value)) if isinstance(simpul, yaml.ScalarNode) else ""
    return Tempat(simpul.start_mark.line + 1, simpul.start_mark.column + 1, teks)
