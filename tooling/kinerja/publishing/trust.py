"""The verifier's own list of trusted keys, in OpenSSH's ``allowed_signers`` format.

Stock ``ssh-keygen -Y verify -f`` reads the same file. It is stricter: one literal owner per
line, namespaces named, dates in UTC; a wildcard would match anybody. The list comes to the
verifier by another way than the archive; a list inside an archive is never read.

Example:
    >>> baca_percaya('p-citra namespaces="kinerja.arsip.v1" ssh-ed25519 AAAA…')[0].id
    'p-citra'
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from kinerja.domain.errors import KinerjaError
from kinerja.domain.putusan import KunciPercaya

PeriksaTanda = Callable[[str, bytes, str, str], bool]

_BARIS = re.compile(r'(?P<id>\S+)[ \t]+(?P<pilihan>(?:[^\s"]|"[^"]*")+)[ \t]+(?P<kunci>\S+[ \t]+\S+)')
_PILIHAN = re.compile(r'([a-z-]+)(?:="([^"]*)")?(?:,|\Z)')
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]*\Z")
_RUANG = re.compile(r"[a-z0-9][a-z0-9.-]*\Z")
_JENIS = re.compile(r"(ssh|ecdsa|sk-ssh|sk-ecdsa)-[a-z0-9@.-]+\Z")
_BENTUK_WAKTU = ("%Y%m%d", "%Y%m%d%H%M", "%Y%m%d%H%M%S")
_DIKENAL = frozenset({"namespaces", "valid-after", "valid-before"})


@dataclass(frozen=True, slots=True)
class Penandatangan:
    """Who signed, as far as the trusted keys tell.

    Attributes:
        kunci: the trusted key that made the signature; None when none did.
        dapat_diperiksa: False when no key could be tried, so that nothing is known.
        alasan: why there is no key, in Indonesian.
    """

    kunci: KunciPercaya | None
    dapat_diperiksa: bool
    alasan: str


def baca_percaya(teks: str) -> tuple[KunciPercaya, ...]:
    """The trusted keys of a file.

    Raises:
        ValueError: with the line, when one cannot be believed.
    """
    hasil: list[KunciPercaya] = []
    pemilik: dict[str, str] = {}
    for nomor, baris in enumerate(teks.splitlines(), start=1):
        if not baris.strip() or baris.lstrip().startswith("#"):
            continue
        try:
            kunci = _baca_baris(baris.strip())
            if pemilik.setdefault(kunci.publik, kunci.id) != kunci.id:
                raise ValueError(f"kunci ini sudah terdaftar atas nama {pemilik[kunci.publik]}")
        except ValueError as e:
            raise ValueError(f"daftar kunci percaya, baris {nomor}: {e}") from e
        hasil.append(kunci)
    return tuple(hasil)


def tulis_percaya(kunci: Iterable[KunciPercaya]) -> str:
    """A trust file of these keys."""
    return "".join(f"{' '.join(_bagian(k))}\n" for k in kunci)


def cari_penandatangan(
    percaya: Sequence[KunciPercaya], ruang: str, pesan: bytes, armor: bytes, periksa: PeriksaTanda
) -> Penandatangan:
    """Tries every key that is trusted for the namespace."""
    calon = [k for k in percaya if ruang in k.ruang]
    if not calon:
        alasan = f"daftar kunci percaya tidak memuat kunci untuk `{ruang}`"
        return Penandatangan(None, False, alasan)
    tak_didukung = ""
    for k in calon:
        try:
            if periksa(k.publik, pesan, armor.decode("utf-8", "replace"), ruang):
                return Penandatangan(k, True, "")
        except KinerjaError as e:
            tak_didukung = f"kunci {k.id} tidak dapat diperiksa: {e.pesan}"
    if tak_didukung:
        return Penandatangan(None, False, tak_didukung)
    siapa = ", ".join(sorted({k.id for k in calon}))
    alasan = f"bukan tanda tangan sah dari kunci yang dipercaya untuk `{ruang}` ({siapa})"
    return Penandatangan(None, True, alasan)


# helpers


def _baca_baris(baris: str) -> KunciPercaya:
    cocok = _BARIS.match(baris)
    if cocok is None or _JENIS.match(cocok["pilihan"]):
        raise ValueError("harus berisi pemilik, namespaces, dan kunci")
    if not _ID.match(cocok["id"]):
        raise ValueError(f"pemilik `{cocok['id']}` harus satu nama tanpa tanda * ? ! atau koma")
    pilihan = dict(_urai_pilihan(cocok["pilihan"]))
    ruang = tuple(pilihan.get("namespaces", "").split(","))
    if not all(_RUANG.match(r) for r in ruang):
        raise ValueError("namespaces harus disebut satu per satu, tanpa tanda * atau ?")
    return KunciPercaya(
        cocok["id"],
        ruang,
        _kunci(cocok["kunci"]),
        _waktu(pilihan.get("valid-after")),
        _waktu(pilihan.get("valid-before")),
    )


def _urai_pilihan(teks: str) -> Iterator[tuple[str, str]]:
    posisi = 0
    while posisi < len(teks):
        cocok = _PILIHAN.match(teks, posisi)
        if cocok is None or cocok[1] not in _DIKENAL or cocok[2] is None:
            raise ValueError(f"pilihan `{teks[posisi:][:60]}` tidak dikenal")
        yield cocok[1], cocok[2]
        posisi = cocok.end()


def _kunci(teks: str) -> str:
    jenis, isi = teks.split()
    mentah = base64.b64decode(isi, validate=True)
    panjang = int.from_bytes(mentah[:4], "big")
    if not _JENIS.match(jenis) or mentah[4 : 4 + panjang] != jenis.encode():
        raise ValueError("kunci publiknya rusak")
    return f"{jenis} {isi}"


def _waktu(teks: str | None) -> datetime | None:
    if teks is None:
        return None
    for bentuk in _BENTUK_WAKTU:
        try:
            return datetime.strptime(teks, f"{bentuk}Z").replace(tzinfo=UTC)
        except ValueError:
            continue
    raise ValueError(f"waktu `{teks}` harus berbentuk 20240131Z atau 202401312359Z")


def _bagian(k: KunciPercaya) -> Iterator[str]:
    pilihan = [f'namespaces="{",".join(k.ruang)}"']
    for nama, saat in (("valid-after", k.mulai), ("valid-before", k.selesai)):
        if saat is not None:
            pilihan.append(f'{nama}="{saat.astimezone(UTC):%Y%m%d%H%M%S}Z"')
    yield from (k.id, ",".join(pilihan), k.publik)
