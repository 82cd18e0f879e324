"""The bag inside an archive: which files it has, and that each is what the manifests say.

It decides integrity: the closed set of files, both digests of every file, the statement's own
shape and its two manifest digests. It leaves out the ZIP (``zipstrict``), whose signature the
statement bears, and what the content means (``verification``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256, sha512

from kinerja.domain.arsip import Pernyataan
from kinerja.domain.periode import Periode
from kinerja.domain.putusan import Baris, Putus
from kinerja.publishing.twins import baca_kanonik, bangun
from kinerja.publishing.zipstrict import ArsipKetat, JenisCacat, WadahError, kepala_lokal

BAGIT, BAG_INFO, LIHAT = "bagit.txt", "bag-info.txt", "LIHAT-SAYA.txt"
PERNYATAAN, TANDA = "statement.json", "signatures/arsip.sig"
MANIFES = {"sha256": "manifest-sha256.txt", "sha512": "manifest-sha512.txt"}
TAGMANIFES = {"sha256": "tagmanifest-sha256.txt", "sha512": "tagmanifest-sha512.txt"}
BERTANDA = tuple(sorted((BAGIT, BAG_INFO, LIHAT, *MANIFES.values())))
TETAP = frozenset((*BERTANDA, *TAGMANIFES.values(), PERNYATAAN, TANDA))
BAGIT_TXT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PERISTIWA, LAPORAN, KEMBAR = "data/peristiwa/", "data/reports/", "data/kembar/"
SKEMA_PERNYATAAN = "pernyataan/v1"
POKOK = "isi"

_BERKAS_TERBESAR = 64 << 20
_BARIS_TERBANYAK = 5


@dataclass(frozen=True, slots=True)
class Sidik:
    """Both digests of one file, hex."""

    sha256: str
    sha512: str


class IsiArsip(Mapping[str, bytes]):
    """The files of an archive, read on demand and compared with the digests taken before."""

    def __init__(self, arsip: ArsipKetat, sidik: Mapping[str, Sidik]) -> None:
        self._arsip = arsip
        self._sidik = sidik

    def __getitem__(self, nama: str) -> bytes:
        harapan = self._sidik[nama].sha256
        isi = self._arsip.baca(nama, _BERKAS_TERBESAR)
        if sha256(isi).hexdigest() != harapan:
            raise WadahError(JenisCacat.RUSAK, f"`{nama}` berubah saat sedang diperiksa")
        return isi

    def __iter__(self) -> Iterator[str]:
        return iter(self._sidik)

    def __len__(self) -> int:
        return len(self._sidik)

    def sidik(self, nama: str) -> Sidik:
        """Both digests of a file, without reading it again."""
        return self._sidik[nama]


def baris_manifes(hex_: str, nama: str) -> bytes:
    """One line of a manifest, as ``sha256sum -c`` reads it."""
    return f"{hex_}  {nama}\n".encode()


def oksum(ukuran: int, jumlah: int) -> str:
    """BagIt's Payload-Oxum: bytes and files of the payload."""
    return f"{ukuran}.{jumlah}"


def hitung_sidik(arsip: ArsipKetat) -> tuple[dict[str, Sidik], str]:
    """Both digests of every file and the SHA-256 of the whole archive, in one pass over it.

    The profile leaves nothing between its files, so headers and files in their order are the
    archive.

    Raises:
        WadahError: when a file is damaged.
    """
    hasil: dict[str, Sidik] = {}
    seluruh = sha256()
    for nama, entri in arsip.entri.items():
        h256, h512 = sha256(), sha512()
        seluruh.update(kepala_lokal(entri))
        for potongan in arsip.alir(nama):
            h256.update(potongan)
            h512.update(potongan)
            seluruh.update(potongan)
        hasil[nama] = Sidik(h256.hexdigest(), h512.hexdigest())
    for potongan in arsip.ekor():
        seluruh.update(potongan)
    return hasil, seluruh.hexdigest()


def periksa_bag(arsip: ArsipKetat, sidik: Mapping[str, Sidik]) -> tuple[Baris, ...]:
    """Whether the set of files is closed and every file is what the manifests say."""
    cacat = [*_cacat_susunan(arsip)]
    if not cacat:
        isi = IsiArsip(arsip, sidik)
        muatan = sorted(n for n in sidik if n.startswith("data/"))
        for nama_hash, manifes in MANIFES.items():
            harapan = _harapan(sidik, nama_hash)
            cacat += _cacat_manifes(isi, manifes, harapan, muatan)
            cacat += _cacat_manifes(isi, TAGMANIFES[nama_hash], harapan, BERTANDA)
        cacat += _cacat_tag(arsip, isi, muatan)
    if cacat:
        return tuple(Baris(Putus.TIDAK_SAH, POKOK, c) for c in cacat[:_BARIS_TERBANYAK])
    jumlah = sum(n.startswith("data/") for n in sidik)
    alasan = f"{jumlah} berkas isi lengkap dan sama dengan manifes SHA-256 dan SHA-512"
    return (Baris(Putus.SAH, POKOK, alasan),)


def baca_pernyataan(bita: bytes) -> Pernyataan:
    """The statement from its bytes; raises ValueError when it is not exactly canonical."""
    p = bangun(Pernyataan, baca_kanonik(bita))
    if p.skema != SKEMA_PERNYATAAN:
        raise ValueError(f"skema `{p.skema}` tidak dikenal")
    if p.penanda != p.status.penanda:
        raise ValueError(f"penanda `{p.penanda}` tidak sesuai status `{p.status.value}`")
    Periode.baca(p.periode)
    return p


# helpers


def _harapan(sidik: Mapping[str, Sidik], nama_hash: str) -> dict[str, str]:
    return {n: s.sha256 if nama_hash == "sha256" else s.sha512 for n, s in sidik.items()}


def _cacat_susunan(arsip: ArsipKetat) -> Iterator[str]:
    """Names every file that must be there and is not, or is there and must not be."""
    ada = set(arsip.entri)
    yield from (f"`{n}` tidak ada" for n in sorted(TETAP - ada))
    asing = sorted(n for n in ada - TETAP if not n.startswith("data/"))
    yield from (f"`{n}` bukan bagian arsip" for n in asing)
    if not any(n.startswith("data/") for n in ada):
        yield "arsip tidak memuat isi"


def _cacat_manifes(isi: IsiArsip, manifes: str, harapan: Mapping[str, str], nama: Sequence[str]) -> list[str]:
    """A manifest must be exactly what the files make; says which file departs."""
    ada = isi[manifes]
    if ada == b"".join(baris_manifes(harapan[n], n) for n in nama):
        return []
    tercantum: dict[str, str] = {}
    for baris in ada.decode("utf-8", "replace").split("\n"):
        hex_, _, n = baris.partition("  ")
        tercantum[n] = hex_
    tercantum.pop("", None)
    berbeda = [n for n in nama if n in tercantum and tercantum[n] != harapan[n]]
    cacat = [f"`{n}` tidak sama dengan {manifes}" for n in berbeda]
    cacat += [f"`{n}` tidak tercantum dalam {manifes}" for n in nama if n not in tercantum]
    asing = [n for n in tercantum if n not in harapan]
    cacat += [f"`{n}` tercantum dalam {manifes} tetapi tidak ada" for n in asing]
    return cacat or [f"{manifes} tidak dalam bentuk bakunya"]


def _cacat_tag(arsip: ArsipKetat, isi: IsiArsip, muatan: Sequence[str]) -> Iterator[str]:
    if isi[BAGIT] != BAGIT_TXT:
        yield f"{BAGIT} tidak dalam bentuk bakunya"
    harapan = oksum(sum(arsip.entri[n].ukuran for n in muatan), len(muatan))
    if f"\nPayload-Oxum: {harapan}\n".encode() not in isi[BAG_INFO]:
        yield f"{BAG_INFO} tidak menyebut ukuran isi yang sebenarnya ({harapan})"
