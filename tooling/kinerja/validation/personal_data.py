"""Personal numbers in free text: found by length, date and region parts.

A bank account has no form of its own, so only a number near a word such as *rekening* or a
bank's name is taken for one. Budget codes (*kode rekening 5.1.02.01.01.0024*), NIP and rupiah
amounts do not trip it. It looks at text only; evidence files never enter Git.

Example:
    >>> [jenis for _, jenis in nomor_pribadi("a.n. 7502011203850001")]
    ['NIK atau nomor KK']
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

from kinerja.validation.clean_text import tanpa_tak_tampak

_CALON = re.compile(r"[0-9+][0-9 ./-]{9,}")
"""Whatever is personal here stands in such a run; the rest of a text is never looked at closely."""
# A first character that is a plain set lets the engine skip to it; the look behind comes after.
_RAPAT = re.compile(
    r"[1-9](?:(?<![0-9A-Za-z].)|(?<=[Nn][Ii][Kk].)|(?<=[Kk][Kk].)|(?<=[Kk][Tt][Pp].))[0-9]{15}(?![0-9A-Za-z])"
)
_BERKELOMPOK = re.compile(
    r"[1-9](?<![0-9A-Za-z].)(?:[0-9]{3}([ .-])[0-9]{4}\1[0-9]{4}\1[0-9]{4}|[0-9]{5}([ .-])[0-9]{6}\2[0-9]{4}|"
    r"[0-9]([ .-])[0-9]{2}\3[0-9]{2}\3[0-9]{6}\3[0-9]{4})"
    r"(?![0-9A-Za-z])"
)
_TELEPON = (
    re.compile(
        r"[0+](?:(?<![0-9A-Za-z.+].)|(?<=[Hh][Pp].)|(?<=[Ww][Aa].)|(?<=[Ll][Pp].))"
        r"(?:(?<=0)|62[ .-]?)8[0-9]{2}([ .-]?)[0-9]{3,4}\1[0-9]{3,5}"
        r"(?![0-9A-Za-z]|\.[0-9])"
    ),
    re.compile(r"6(?<=wa\.me/.)28[0-9]{7,11}(?![0-9])"),
    # The number of a letter ends in a year: 0812/345/2024.
    re.compile(
        r"0(?<![0-9A-Za-z.+/].)8[0-9]{2}/[0-9]{3,4}/(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{3,5}(?![0-9A-Za-z/])"
    ),
    # Without a plus, only what is no amount: a group of four, or more digits than a district has rupiah.
    re.compile(
        r"6(?<![0-9A-Za-z.,+/-].)2(?:([ .-])8[0-9]{2}\1[0-9]{4}\1[0-9]{3,5}|[ -]8[0-9]{8,11}|8[0-9]{10,11})"
        r"(?![0-9A-Za-z]|[.,/-][0-9])"
    ),
)
_KATA_BANK = re.compile("rekening|norek|rek[ .:]|bri|bni|bca|bsg|bsi|btn|sulutgo|bank mandiri")
_JANGKAUAN = 60
"""Characters around a number in which such a word counts: more than the gap and the word take."""
_SEBUTAN_BANK = (
    r"\b(?:(?<!kode )(?:no\.? ?)?rek(?:ening)?(?! belanja)|bri|bni|bca|bsg|bsi|btn|sulutgo|bank mandiri)\b"
)
_NOMOR_BANK = (
    r"(?<![0-9A-Za-z.,/-])(?P<nomor>[0-9](?:[ .-]?[0-9]){9,15})(?![0-9A-Za-z/:]|[ .,-][0-9])"
)
_REKENING = (
    re.compile(rf"{_SEBUTAN_BANK}[^0-9\n]{{0,30}}{_NOMOR_BANK}", re.IGNORECASE),
    re.compile(rf"{_NOMOR_BANK}[^0-9\n]{{0,15}}{_SEBUTAN_BANK}", re.IGNORECASE),
)
_RUPIAH = re.compile(r"\brp", re.IGNORECASE)
_BERTITIK = re.compile(r"(?!62\.8[0-9]{2}\.[0-9]{4}\.)[0-9]{1,3}(?:\.[0-9]{1,4})+")
"""Budget codes and thousands; no code begins like a telephone number."""
_DERET_TAHUN = re.compile(r"(?:19|20)[0-9]{2}(?:[ -](?:19|20)[0-9]{2})+")
_TANGGAL = re.compile(r"(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?![0-9])")
_ASING = re.compile(r"[^\x00-\x7f](?:[0-9]|(?<=[0-9].)|[^\x00-\x7f]{3})")
"""Where a number may be written otherwise: beside a digit, or with digits of another script."""
_GARIS = re.compile("[\u2010-\u2014\u2212]")
_AWALAN_DIKURUNG = re.compile(r"\((08[0-9]{2})\)[ .-]?([0-9]{3,4})[ .-]?([0-9]{3,5})(?![0-9])")
_PROVINSI = frozenset(
    [*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82,
     *range(91, 98)]
)  # fmt: skip
_HARI = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_PEREMPUAN = 40


def nomor_pribadi(teks: str) -> list[tuple[str, str]]:
    """Numbers in the text that look personal, each with its kind.

    Digits, dashes and blanks of other scripts count as the plain ones, and what is invisible between
    them is left out; a number is given as it reads then.
    """
    teks = _polos(teks)
    hasil: dict[str, str] = {}
    for calon in _CALON.finditer(teks):
        if not _cukup_digit(calon[0]) or _BERTITIK.fullmatch(calon[0].strip()):
            continue
        awal, akhir = calon.start(), calon.end() + 1  # one more, for what may not follow
        for pola in (_RAPAT, _BERKELOMPOK):
            for c in pola.finditer(teks, awal, akhir):
                if _seperti_nik(re.sub("[^0-9]", "", c[0])):
                    hasil.setdefault(c[0], "NIK atau nomor KK")
        for c in chain.from_iterable(pola.finditer(teks, awal, akhir) for pola in _TELEPON):
            hasil.setdefault(c[0], "nomor telepon")
        for nomor in _rekening(teks, awal, akhir):
            hasil.setdefault(nomor, "nomor rekening bank")
    return list(hasil.items())


# helpers


def _polos(teks: str) -> str:
    if not teks.isascii() and _ASING.search(teks):
        teks = _GARIS.sub("-", tanpa_tak_tampak(unicodedata.normalize("NFKC", teks)))
    return _AWALAN_DIKURUNG.sub(r" \1\2\3", teks) if "(08" in teks else teks


def _cukup_digit(deret: str) -> bool:
    """False for a date, which has eight digits; nothing personal has fewer than ten."""
    return len(deret) - sum(map(deret.count, " ./-")) >= 10  # noqa: PLR2004


def _rekening(teks: str, awal: int, akhir: int) -> Iterator[str]:
    """Numbers of 10 to 16 digits inside a stretch that have a word for a bank account beside them."""
    kiri, kanan = max(0, awal - _JANGKAUAN), akhir + _JANGKAUAN
    if _KATA_BANK.search(teks[kiri:kanan].lower()):
        for pola in _REKENING:
            for c in pola.finditer(teks, kiri, kanan):
                if awal <= c.start("nomor") and c.end("nomor") <= akhir and not _bukan_rekening(c):
                    yield c["nomor"]


def _bukan_rekening(c: re.Match[str]) -> bool:
    """Rupiah, codes and thousands with points, years and dates."""
    nomor = c["nomor"]
    return bool(
        _RUPIAH.search(c[0])
        or _BERTITIK.fullmatch(nomor)
        or _DERET_TAHUN.fullmatch(nomor)
        or _TANGGAL.search(nomor)
    )


def _seperti_nik(angka: str) -> bool:
    """Province, regency and district, then DDMMYY (day + 40 for women), then a sequence.

    A KK number has the day of its registration in the same place.
    """
    hari, bulan = int(angka[6:8]), int(angka[8:10])
    hari -= _PEREMPUAN if hari > _PEREMPUAN else 0
    return (
        int(angka[:2]) in _PROVINSI
        and angka[2:4] != "00"
        and angka[4:6] != "00"
        and angka[12:] != "0000"
        and 1 <= bulan <= len(_HARI)
        and 1 <= hari <= _HARI[bulan - 1]
    )
