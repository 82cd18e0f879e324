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

# A first character that is a plain set lets the engine skip to it; the look behind comes after.
_DERET = re.compile(r"[0-9+][0-9 .-]{8,}[0-9]")
"""Whatever is personal here lies in a row of at least ten digits and separators; only such rows,
a few in a file, are looked at closely."""
_RAPAT = re.compile(r"[1-9](?<![0-9A-Za-z].)[0-9]{15}(?![0-9A-Za-z])")
_BERKELOMPOK = re.compile(
    r"[1-9](?<![0-9A-Za-z].)(?:[0-9]{3}([ .-])[0-9]{4}\1[0-9]{4}\1[0-9]{4}|[0-9]{5}([ .-])[0-9]{6}\2[0-9]{4})"
    r"(?![0-9A-Za-z])"
)
_TELEPON = re.compile(
    r"[0+](?<![0-9A-Za-z.+].)(?:(?<=0)|62[ -]?)8[0-9]{2}([ -]?)[0-9]{3,4}\1[0-9]{3,5}(?![0-9A-Za-z])"
)
_KATA_BANK = re.compile("rekening|norek|rek[ .:]|bri|bni|bca|bsg|btn|bank mandiri")
_SEKITAR = 60
"""Characters before and after a number: more than the gap and the word take."""
_SEBUTAN_BANK = r"\b(?:(?<!kode )(?:no\.? ?)?rek(?:ening)?(?! belanja)|bri|bni|bca|bsg|btn|bank mandiri)\b"
_NOMOR_BANK = (
    r"(?<![0-9A-Za-z.,/-])(?P<nomor>[0-9](?:[ .-]?[0-9]){9,15})(?![0-9A-Za-z/:]|[ .,-][0-9])"
)
_REKENING = (
    re.compile(rf"{_SEBUTAN_BANK}[^0-9\n]{{0,30}}{_NOMOR_BANK}", re.IGNORECASE),
    re.compile(rf"{_NOMOR_BANK}[^0-9\n]{{0,15}}{_SEBUTAN_BANK}", re.IGNORECASE),
)
_RUPIAH = re.compile(r"\brp", re.IGNORECASE)
_BERTITIK = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,4})+")
_DERET_TAHUN = re.compile(r"(?:19|20)[0-9]{2}(?:[ -](?:19|20)[0-9]{2})+")
_TANGGAL = re.compile(r"(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?![0-9])")
_PROVINSI = frozenset(
    [*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82,
     *range(91, 98)]
)  # fmt: skip
_HARI = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_PEREMPUAN = 40


def nomor_pribadi(teks: str) -> list[tuple[str, str]]:
    """Numbers in the text that look personal, each with its kind."""
    if _DERET.search(teks) is None:
        return []
    deret = [c.span() for c in _DERET.finditer(teks) if _cukup_digit(c[0])]
    if not deret:
        return []
    calon = [c for pola in (_RAPAT, _BERKELOMPOK) for c in _cari(pola, teks, deret)]
    hasil = [(c, "NIK atau nomor KK") for c in calon if _seperti_nik(re.sub("[^0-9]", "", c))]
    hasil += [(c, "nomor telepon") for c in _cari(_TELEPON, teks, deret)]
    sudah = {nomor for nomor, _ in hasil}
    hasil += [(nomor, "nomor rekening bank") for nomor in _rekening(teks, deret) if nomor not in sudah]
    return hasil


# helpers

_Deret = list[tuple[int, int]]


def _cukup_digit(deret: str) -> bool:
    """False for a date, which has eight digits; nothing personal has fewer than ten."""
    return len(deret) - deret.count(".") - deret.count("-") - deret.count(" ") >= 10  # noqa: PLR2004


def _cari(pola: re.Pattern[str], teks: str, deret: _Deret) -> list[str]:
    """What a pattern finds in the rows; one character more, for it to look ahead at."""
    return [c[0] for awal, akhir in deret for c in pola.finditer(teks, awal, akhir + 1)]


def _rekening(teks: str, deret: _Deret) -> list[str]:
    """Numbers of 10 to 16 digits beside a word for a bank account."""
    hasil: dict[str, None] = {}
    for awal, akhir in deret:
        sekitar = teks[max(0, awal - _SEKITAR) : akhir + _SEKITAR]
        kecil = sekitar.lower()
        if _KATA_BANK.search(kecil):
            hasil |= dict.fromkeys(
                c["nomor"] for pola in _REKENING for c in pola.finditer(sekitar) if not _bukan_rekening(c)
            )
    return list(hasil)


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
