"""The one YAML reader: a strict subset, straight from libyaml's events to plain data.

It decides what text a value is: null, true, false, canonical integers and decimals with a
point (as :class:`~decimal.Decimal`); everything else stays text, so that ``NO``, ``012``,
``12:30`` and ``97,5`` reach the rules as they were typed. It refuses, with a finding, what
would be read differently by different readers: duplicate keys, anchors, aliases, tags, a
second document, tabs, control characters. Positions cost time, so they are computed by
:func:`letak` only for a file that has findings.

Example:
    >>> muat(b"a: 97.50", "x.yaml")
    ({'a': Decimal('97.50')}, ())
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import yaml

from kinerja.domain.errors import KinerjaError
from kinerja.domain.findings import Finding, Tingkat

UKURAN_TERBESAR = 1_048_576
DALAM_TERBESAR = 20
ANGKA_TERPANJANG = 40

_BILANGAN = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
_DESIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+\Z")
_KENDALI = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_KOSONG = frozenset({"", "null", "~"})


@dataclass(frozen=True, slots=True)
class Tempat:
    """Where a value or key stands: 1-based line and column, byte-free source text."""

    baris: int
    kolom: int
    teks: str


class Letak:
    """Positions of every value and key of a document, by JSON pointer."""

    def __init__(self, nilai: dict[str, Tempat], kunci: dict[str, Tempat]) -> None:
        self._nilai = nilai
        self._kunci = kunci

    def cari(self, penunjuk: str, *, kunci: bool = False) -> Tempat:
        """The place of a pointer; of its nearest parent when it is not in the file."""
        while True:
            tempat = (self._kunci if kunci else self._nilai).get(penunjuk)
            tempat = tempat or self._kunci.get(penunjuk) or self._nilai.get(penunjuk)
            if tempat is not None or not penunjuk:
                return tempat or Tempat(1, 1, "")
            penunjuk = penunjuk.rpartition("/")[0]


class _TolakError(Exception):
    """Inside this module: reading stops here, with what to say."""

    def __init__(
        self, aturan: str, tanda: yaml.Mark | None, nilai: str, pesan: str, tindakan: str
    ) -> None:
        super().__init__(pesan)
        self.aturan, self.tanda, self.nilai = aturan, tanda, nilai
        self.pesan, self.tindakan = pesan, tindakan


def muat(bita: bytes, berkas: str) -> tuple[object, tuple[Finding, ...]]:
    """Reads one document.

    Args:
        bita: the file's bytes.
        berkas: its path, for findings.

    Returns:
        Plain data (dict, list, str, int, Decimal, bool, None) and no finding, or None and
        the finding that stopped the reading. Never raises for any input.
    """
    try:
        teks = _teks(bita)
        return _Pembangun(teks).dokumen(), ()
    except _TolakError as e:
        baris, kolom = (e.tanda.line + 1, e.tanda.column + 1) if e.tanda else (0, 0)
        return None, (
            Finding(
                berkas, baris, kolom, e.aturan, Tingkat.GALAT, "", _potong(e.nilai), e.pesan,
                e.tindakan,
            ),
        )


def letak(bita: bytes) -> Letak:
    """Positions of everything in a document that :func:`muat` accepts."""
    nilai: dict[str, Tempat] = {}
    kunci: dict[str, Tempat] = {}
    try:
        akar = yaml.compose(_teks(bita), Loader=_pengurai())
    except (yaml.YAMLError, _TolakError, RecursionError):
        return Letak({}, {})
    if akar is not None:
        _catat(akar, "", nilai, kunci)
    return Letak(nilai, kunci)


def skalar(teks: str) -> object:
    """What a plain scalar means: null, bool, int, Decimal, or the text itself."""
    if teks in _KOSONG:
        return None
    if teks == "true":
        return True
    if teks == "false":
        return False
    if len(teks) <= ANGKA_TERPANJANG:
        if _BILANGAN.match(teks) and teks != "-0":
            return int(teks)
        if _DESIMAL.match(teks):
            return Decimal(teks)
    return teks


def escape(bagian: str) -> str:
    """One reference token of a JSON pointer (RFC 6901 section 3)."""
    return bagian.replace("~", "~0").replace("/", "~1")


# helpers


def _pengurai() -> type:
    if not hasattr(yaml, "CSafeLoader"):
        raise KinerjaError(
            "PyYAML di komputer ini dipasang tanpa libyaml",
            "pasang ulang PyYAML dari paket roda (wheel) resminya",
        )
    return yaml.CSafeLoader


def _potong(teks: str) -> str:
    teks = teks.replace("\n", "⏎")
    return teks if len(teks) <= 80 else teks[:77] + "…"  # noqa: PLR2004 - one terminal line


def _teks(bita: bytes) -> str:
    if len(bita) > UKURAN_TERBESAR:
        raise _TolakError(
            "berkas-terlalu-besar", None, f"{len(bita)} bita",
            f"berkas lebih besar dari {UKURAN_TERBESAR} bita", "pecah berkas atau buang isinya yang keliru",
        )
    try:
        teks = bita.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        baris = bita[: e.start].count(b"\n")
        awal = bita.rfind(b"\n", 0, e.start) + 1
        raise _TolakError(
            "bukan-utf8", yaml.Mark("", 0, baris, len(bita[awal : e.start]), None, None),
            repr(bita[e.start : e.start + 1])[2:-1],
            "huruf ini tidak tersimpan sebagai UTF-8", "simpan ulang berkas dengan penyandian UTF-8",
        ) from e
    cocok = _KENDALI.search(teks)
    if cocok:
        baris = teks.count("\n", 0, cocok.start())
        kolom = cocok.start() - (teks.rfind("\n", 0, cocok.start()) + 1)
        raise _TolakError(
            "huruf-kendali", yaml.Mark("", 0, baris, kolom, None, None),
            f"U+{ord(cocok[0]):04X}", "ada huruf yang tidak tampak", "hapus huruf itu",
        )
    return teks


class _Pembangun:
    """Builds plain data from events; one pass, bounded depth."""

    def __init__(self, teks: str) -> None:
        self._teks = teks
        self._peristiwa: Iterator[yaml.Event] = iter(())

    def dokumen(self) -> object:
        """The only document of the text."""
        try:
            self._peristiwa = yaml.parse(self._teks, Loader=_pengurai())
            self._ambil()  # stream start
            p = self._ambil()
            if isinstance(p, yaml.StreamEndEvent):
                return None
            hasil = self._nilai(self._ambil(), 0)
            self._ambil()  # document end
            p = self._ambil()
            if not isinstance(p, yaml.StreamEndEvent):
                raise _TolakError(
                    "dokumen-ganda", p.start_mark, "---",
                    "berkas memuat lebih dari satu dokumen", "hapus garis `---` dan isi sesudahnya",
                )
            return hasil
        except yaml.YAMLError as e:
            raise _galat_yaml(e, self._teks) from e

    def _ambil(self) -> yaml.Event:
        return next(self._peristiwa)

    def _nilai(self, p: yaml.Event, dalam: int) -> object:
        if dalam > DALAM_TERBESAR:
            raise _TolakError(
                "terlalu-dalam", p.start_mark, "", f"susunan lebih dari {DALAM_TERBESAR} tingkat",
                "ratakan susunannya",
            )
        if isinstance(p, yaml.AliasEvent) or p.anchor is not None:
            tanda = "*" if isinstance(p, yaml.AliasEvent) else "&"
            raise _TolakError(
                "jangkar-terlarang", p.start_mark, f"{tanda}{p.anchor}",
                "rujukan & dan * tidak dipakai di sini", "tulis nilainya langsung",
            )
        if p.tag is not None:
            raise _TolakError(
                "tag-terlarang", p.start_mark, str(p.tag), "tanda ! di depan nilai tidak dipakai di sini",
                "hapus tanda itu, atau apit nilainya dengan tanda kutip",
            )
        if isinstance(p, yaml.ScalarEvent):
            return skalar(p.value) if p.implicit[0] else p.value
        if isinstance(p, yaml.SequenceStartEvent):
            return self._daftar(dalam)
        return self._peta(dalam)

    def _daftar(self, dalam: int) -> list[object]:
        hasil = []
        while not isinstance(p := self._ambil(), yaml.SequenceEndEvent):
            hasil.append(self._nilai(p, dalam + 1))
        return hasil

    def _peta(self, dalam: int) -> dict[str, object]:
        hasil: dict[str, object] = {}
        while not isinstance(p := self._ambil(), yaml.MappingEndEvent):
            kunci = self._kunci(p)
            if kunci in hasil:
                raise _TolakError(
                    "kunci-ganda", p.start_mark, kunci, f"`{kunci}` ditulis dua kali di tempat yang sama",
                    "hapus salah satunya, simpan yang benar",
                )
            hasil[kunci] = self._nilai(self._ambil(), dalam + 1)
        return hasil

    def _kunci(self, p: yaml.Event) -> str:
        if isinstance(p, yaml.ScalarEvent) and p.anchor is None and p.tag is None:
            if p.value == "<<" and p.implicit[0]:
                raise _TolakError(
                    "jangkar-terlarang", p.start_mark, "<<", "penggabungan `<<` tidak dipakai di sini",
                    "tulis isinya langsung",
                )
            return str(p.value)
        raise _TolakError(
            "kunci-bukan-teks", p.start_mark, "", "nama isian harus berupa teks biasa",
            "tulis nama isian, titik dua, lalu nilainya",
        )


_SEBAB = (
    ("found character that cannot start any token", "tab-terlarang", "ada tab atau tanda yang tidak boleh memulai nilai",
     "ganti tab dengan spasi, atau apit nilai dengan tanda kutip"),
    ("found a tab character", "tab-terlarang", "ada tab di tempat spasi", "ganti tab dengan spasi"),
    ("mapping values are not allowed", "yaml-rusak", "ada titik dua yang tidak pada tempatnya",
     "periksa spasi di awal baris, atau apit nilai yang memuat titik dua dengan tanda kutip"),
    ("could not find expected ':'", "yaml-rusak", "titik dua sesudah nama isian tidak ada",
     "tulis nama isian, titik dua, spasi, lalu nilainya"),
    ("did not find expected", "yaml-rusak", "susunan baris tidak lurus atau tanda kurung/kutip tidak ditutup",
     "samakan spasi di awal baris dengan baris sejenis, dan tutup tanda kutip"),
    ("unexpected end of stream", "yaml-rusak", "tanda kutip atau kurung tidak ditutup sampai akhir berkas",
     "tutup tanda kutip atau kurung itu"),
)


def _galat_yaml(e: yaml.YAMLError, teks: str) -> _TolakError:
    tanda = getattr(e, "problem_mark", None)
    masalah = str(getattr(e, "problem", "") or "")
    baris = teks.splitlines()
    kutipan = baris[tanda.line].strip() if tanda and tanda.line < len(baris) else ""
    if tanda and tanda.line < len(baris) and "\t" in baris[tanda.line][: tanda.column + 1]:
        return _TolakError("tab-terlarang", tanda, kutipan, "ada tab di tempat spasi", "ganti tab dengan spasi")
    for potongan, aturan, pesan, tindakan in _SEBAB:
        if potongan in masalah:
            return _TolakError(aturan, tanda, kutipan, pesan, tindakan)
    return _TolakError(
        "yaml-rusak", tanda, kutipan, "susunan berkas rusak di sekitar sini",
        "bandingkan baris ini dengan baris sejenis yang benar",
    )


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
