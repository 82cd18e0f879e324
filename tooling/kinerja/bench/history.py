"""The corpus as a repository with a long history: five commits for every worksheet.

On main: prepared, filled, and merged with its trailer and the copies of its events. On the
log's ref: one commit for each event. So ten thousand worksheets make fifty thousand commits.

Example:
    >>> tulis_riwayat(Korpus(125, range(2024, 2044)), folder)
    50000
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from kinerja.adapters.event_copies import salinan
from kinerja.adapters.git import RepoGit
from kinerja.adapters.provenance import TRAILER
from kinerja.adapters.refs import REF_LOG, UTAMA
from kinerja.bench.corpus import Korpus, Lembar
from kinerja.bench.events import BukuPeristiwa
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import Berkas, PeristiwaBertanda

_DETIK_AWAL = 1_100_000_000
_SEKALI = 8 << 20
"""Bytes of one ``fast-import``; the whole history is never held in memory."""


def tulis_riwayat(korpus: Korpus, folder: Path) -> int:
    """Makes the bare repository; gives the number of its commits, of main and of the log."""
    repo = RepoGit.buat(folder)
    naskah = _Naskah(repo)
    naskah.commit(UTAMA, korpus.dokumen, "Keadaan awal")
    buku = BukuPeristiwa()
    for lembar in korpus.lembar():
        _satu(naskah, buku, lembar)
    naskah.kirim()
    repo.jalankan("gc", "--quiet")
    return naskah.jumlah


# helpers


class _Naskah:
    """A script for ``fast-import`` that is sent whenever it has grown large."""

    def __init__(self, repo: RepoGit) -> None:
        self._repo = repo
        self._isi = bytearray()
        self._ada: set[str] = set()
        self.jumlah = 0

    def commit(self, ref: str, berkas: Mapping[str, bytes], pesan: str) -> None:
        """One more commit on a ref."""
        if len(self._isi) > _SEKALI:
            self.kirim()
        self.jumlah += 1
        siapa = f"Bench <bench@kinerja.invalid> {_DETIK_AWAL + self.jumlah} +0800"
        self._isi += f"commit {ref}\ncommitter {siapa}\n".encode()
        self._isi += _data(f"{pesan}\n".encode())
        if ref in self._ada:
            self._isi += f"from {ref}^0\n".encode()
            self._ada.discard(ref)
        for jalur, isi in berkas.items():
            self._isi += f"M 100644 inline {jalur}\n".encode() + _data(isi)

    def kirim(self) -> None:
        """Hands over what was written so far; the next commits go on from there."""
        self._repo.jalankan("fast-import", "--quiet", "--done", masukan=bytes(self._isi) + b"done\n")
        self._isi.clear()
        self._ada = set(self._repo.ref_ref("refs/"))


def _satu(naskah: _Naskah, buku: BukuPeristiwa, lembar: Lembar) -> None:
    bagian = lembar.jalur.split("/")
    periode, bidang = Periode(int(bagian[1]), bagian[2]), bagian[-1].removesuffix(".yaml")
    berkas = Berkas(lembar.jalur, sha256(lembar.terisi).hexdigest(), len(lembar.terisi))
    naskah.commit(UTAMA, {lembar.jalur: lembar.kosong}, f"Siapkan {bidang} {periode.id}")
    naskah.commit(UTAMA, {lembar.jalur: lembar.terisi + b"# sementara\n"}, f"Isi {bidang} {periode.id}")
    catatan = buku.kertas_kerja(periode, bidang, berkas)
    for c in catatan:
        naskah.commit(REF_LOG, dict(_log(c)), f"{c.peristiwa.urut} {c.peristiwa.tindakan.value}")
    pesan = f"Tanda tangan {bidang} {periode.id}\n\n{TRAILER}: {catatan[-1].sidik}"
    naskah.commit(UTAMA, {lembar.jalur: lembar.terisi, **salinan(catatan)}, pesan)


def _log(c: PeristiwaBertanda) -> Iterator[tuple[str, bytes]]:
    yield "peristiwa.json", c.bita
    yield "peristiwa.json.sig", b""


def _data(isi: bytes) -> bytes:
    return f"data {len(isi)}\n".encode() + isi + b"\n"
