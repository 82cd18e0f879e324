"""Names that a file may have in an archive, so that every system unpacks the same files.

It decides about names alone: where they point, how they are spelled, and whether two of them
are one on a disk that ignores case. It leaves out the rest of the container (``zipstrict``).

Example:
    >>> cacat_nama("data/../kunci")
    'nama menunjuk ke luar arsip (`.` atau `..`)'
"""

from __future__ import annotations

import re
import unicodedata

NAMA_TERPANJANG = 500

_KENDALI = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_TERLARANG = frozenset('<>:"|?*%\\')
_PERANTI = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?\Z", re.IGNORECASE)


def cacat_nama(nama: str) -> str | None:
    """Why a file may not have this name in an archive; None when it may."""
    bagian = nama.split("/")
    mutlak = nama.startswith("/") or "\\" in nama or re.match("[A-Za-z]:", nama)
    for salah, alasan in (
        (
            not 0 < len(nama.encode("utf-8", "replace")) <= NAMA_TERPANJANG,
            f"panjang nama harus 1 sampai {NAMA_TERPANJANG} bita",
        ),
        (unicodedata.normalize("NFC", nama) != nama, "nama tidak dalam bentuk Unicode NFC"),
        (_berkendali(nama), "nama memuat huruf kendali"),
        (mutlak, "nama berupa jalur mutlak atau memakai garis miring terbalik"),
        ({".", ".."} & set(bagian), "nama menunjuk ke luar arsip (`.` atau `..`)"),
        ("" in bagian, "nama berupa folder atau memuat bagian kosong"),
        (_TERLARANG & set(nama), "nama memuat huruf yang dilarang sebagian sistem"),
        (
            any(b.endswith((" ", ".")) or _PERANTI.match(b) for b in bagian),
            "nama tidak dapat dipakai di Windows (titik atau spasi di akhir, atau nama peranti)",
        ),
    ):
        if salah:
            return alasan
    return None


class PenjagaNama:
    """Refuses a second name that some system would take for an earlier one."""

    def __init__(self) -> None:
        self._kenal: dict[str, tuple[str, bool]] = {}

    def cacat(self, nama: str) -> str | None:
        """Why this name clashes with an earlier one; remembers it when it does not."""
        if self._kenal.get(_lipat(nama)) == (nama, False):
            return f"entri `{nama}` ganda"
        bagian = nama.split("/")
        for n in range(1, len(bagian) + 1):
            sebagian = "/".join(bagian[:n])
            ini = (sebagian, n < len(bagian))
            lama = self._kenal.setdefault(_lipat(sebagian), ini)
            if lama != ini:
                return f"nama `{nama}` bertabrakan dengan `{lama[0]}`"
        return None


# helpers


def _berkendali(nama: str) -> bool:
    if nama.isascii():
        return not nama.isprintable()
    return any(unicodedata.category(c) in _KENDALI for c in nama)


def _lipat(nama: str) -> str:
    return unicodedata.normalize("NFC", nama.casefold())
