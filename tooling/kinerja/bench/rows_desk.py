"""Row of Meja Kerja for one person: the worksheet's page, its first field, a key, a save, the start.

What is measured here is an answer, not a process, so this row measures while their data are
prepared and hand the figures over. A goal reads ``figure ÷ limit``; at most 1 is reached. Peers
are watched, never judged.

Example:
    >>> [s.kerja for s in MEJA.siapkan(tempat).sasaran][:1]
    ['halaman lembar 30 + 40 baris, terkompresi']
"""

from __future__ import annotations

import gzip
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from pathlib import Path

from kinerja.adapters.reports import jalur_kertas_kerja
from kinerja.agency import Instansi
from kinerja.bench.desk_agency import (
    ANGGARAN,
    INDIKATOR,
    PERIODE,
    Server,
    dirikan,
    id_bidang,
    id_pengisi,
    masukkan,
    tanpa_situs,
)
from kinerja.bench.desk_browser import di_peramban
from kinerja.bench.desk_load import Catatan, Peramban, medan
from kinerja.bench.measure import Besaran, Putaran, Sebaran
from kinerja.bench.row import Baris, Sasaran, Siap, Tempat
from kinerja.calculation.numbers import KONTEKS
from kinerja.domain.errors import KinerjaError
from kinerja.web.render import ASET

MS = 1_000_000
_BIDANG = 6
ALAMAT = f"/kerja/{PERIODE.id}/{id_bidang(0)}"
_ASET = re.compile(r'(?:src|href)="(/aset/[^"]+)"')
_NASKAH_TABEL = "lembar.js"
_PUSTAKA = "import starlette, uvicorn, jinja2, cryptography, yaml"
_SEBESAR = f"{INDIKATOR} + {ANGGARAN} baris"


@dataclass(frozen=True, slots=True)
class Terukur(Sasaran):
    """A goal whose figure is known already."""

    terukur: Sebaran | None = None

    def hitung(self, putaran: Sequence[Putaran]) -> Sebaran | None:
        """The figure; turns do not matter."""
        return self.terukur


def batas(kerja: str, besaran: Besaran, nilai: Sequence[int], limit: int) -> Terukur:
    """A goal: the median of some figures beside its limit."""
    tengah = statistics.median_low(nilai)
    atas, bawah = (teks(besaran, n) for n in (tengah, limit))
    return Terukur(kerja, besaran, atas, bawah, Decimal(1), terukur=bagi(nilai, limit))


def banding(kerja: str, besaran: Besaran, nilai: Sequence[int], lawan: str, milik: Sequence[int]) -> Terukur:
    """The same figures beside a peer's median, watched."""
    tengah = statistics.median_low(milik)
    atas = teks(besaran, statistics.median_low(nilai))
    return Terukur(kerja, besaran, atas, f"{lawan} {teks(besaran, tengah)}", None,
                   terukur=bagi(nilai, tengah))  # fmt: skip


def persentil(nilai: Sequence[int], persen: int) -> int:
    """The smallest figure that so many percent do not exceed."""
    urut = sorted(nilai)
    return urut[max(0, -(-len(urut) * persen // 100) - 1)]


def kecil(t: Tempat) -> bool:
    """Whether only the small size was asked for."""
    return t.ukuran.bidang <= 5  # noqa: PLR2004 - the small size


def bagi(nilai: Sequence[int], pembagi: int) -> Sebaran:
    """Median, smallest and largest, each divided."""
    tengah, kecil, besar = (
        KONTEKS.divide(Decimal(n), Decimal(pembagi))
        for n in (statistics.median_low(nilai), min(nilai), max(nilai))
    )
    return Sebaran(tengah, kecil, besar)


def teks(besaran: Besaran, nilai: int) -> str:
    """A figure with its unit."""
    return f"{nilai / MS:.0f} ms" if besaran == "dinding" else f"{nilai} B"


def beban_mesin(awal: float) -> str:
    """How busy the machine was, beside which every figure is to be read."""
    return f"beban mesin {awal:.1f} sampai {os.getloadavg()[0]:.1f} pada {os.cpu_count()} inti"


def meja(t: Tempat) -> Siap:
    """One person at an idle desk: page, first field, key, save, start of the server, script."""
    kali = 8 if kecil(t) else 40
    instansi = dirikan(t.folder / "dinas", _BIDANG)
    tanpa_situs(instansi.folder)
    kuki = masukkan(instansi.folder, [id_pengisi(0)])[0]
    beban = os.getloadavg()[0]
    sasaran, catatan = _mulai(t, instansi, 2 if kecil(t) else 5), []
    with Server(instansi.folder) as server:
        sasaran += _halaman(server.alamat, kuki)
        sasaran += _simpan(t, instansi, server.alamat, kuki, kali)
        terlihat = di_peramban(server.alamat, ALAMAT, kuki, 1 if kecil(t) else 5)
    if terlihat is None:
        catatan.append("meja: tanpa Chromium dan playwright; isian pertama dan tombol tidak diukur")
    else:
        kerja = f"isian pertama dapat dipakai, 256 kbit/d + 400 ms, Chromium {terlihat.versi}"
        sasaran.append(batas(kerja, "dinding", terlihat.siap_ns, 3_000 * MS))
        kerja, tombol = "tombol sampai capaian tampak, tanpa jaringan, p95", persentil(terlihat.tombol_ns, 95)
        sasaran.append(batas(kerja, "dinding", [tombol], 50 * MS))
    catatan.append(f"meja: {beban_mesin(beban)}")
    return Siap({}, tuple(sasaran), tuple(catatan))


MEJA = Baris("meja", "Meja Kerja: halaman lembar dan menyimpannya", meja)


# helpers


def _mulai(t: Tempat, instansi: Instansi, kali: int) -> list[Sasaran]:
    """Cold start, and the start of the libraries alone."""
    kami, lawan = [], []
    for _ in range(kali):
        with Server(instansi.folder) as server:
            kami.append(server.mulai_ns)
        awal = time.perf_counter_ns()
        subprocess.run([sys.executable, "-c", _PUSTAKA], cwd=t.folder, check=True)
        lawan.append(time.perf_counter_ns() - awal)
    kerja = "kinerja serve sampai halaman pertama dijawab"
    return [
        batas(kerja, "dinding", kami, 1_500 * MS),
        banding(kerja, "dinding", kami, "import pustakanya", lawan),
    ]


def _halaman(alamat: str, kuki: str) -> list[Sasaran]:
    """Bytes on the wire of the page and its files, beside the same fields without style and script."""
    peramban = Peramban(alamat, kuki, Catatan())
    badan = peramban.minta("", "GET", ALAMAT)[1]
    html = gzip.decompress(badan).decode()
    aset = list(dict.fromkeys(_ASET.findall(html)))
    bita = len(badan) + sum(len(peramban.minta("", "GET", a)[1]) for a in aset)
    isi = "".join(
        f'<p><label>{escape(n)} <input name="{escape(n)}" value="{escape(v)}"></label>'
        for n, v in medan(html).items()
    )
    formulir = f'<!doctype html><form method="post">{isi}<button>Simpan</button></form>'
    polos = len(gzip.compress(formulir.encode(), 6))
    naskah = len(gzip.compress((ASET / _NASKAH_TABEL).read_bytes(), 9))
    kerja = f"halaman lembar {_SEBESAR}, terkompresi"
    return [
        batas(kerja, "keluaran", [bita], 20_000),
        banding(kerja, "keluaran", [bita], "formulir polos", [polos]),
        Terukur(f"halaman lembar {_SEBESAR}, permintaan", "keluaran", f"{1 + len(aset)} permintaan",
                "4 permintaan", Decimal(1), terukur=bagi([1 + len(aset)], 4)),
        batas(f"{_NASKAH_TABEL}, gzip", "keluaran", [naskah], 4_096),
    ]  # fmt: skip


def _simpan(t: Tempat, instansi: Instansi, alamat: str, kuki: str, kali: int) -> list[Sasaran]:
    """Saves of one person, turn by turn with commits of stock git in a plain clone."""
    jalur = jalur_kertas_kerja(PERIODE, id_bidang(0))
    klon = t.folder / "klon"
    _git(t.folder, "clone", "-q", "-b", f"kk/{PERIODE.id}/{id_bidang(0)}", str(instansi.git), str(klon))
    catatan, komit = Catatan(), []
    peramban = Peramban(alamat, kuki, catatan)
    h = peramban.buka(ALAMAT)
    for n in range(kali + 2):
        peramban.ketik(h, f"/anggaran/{n % ANGGARAN}/realisasi", str(1_000_000 + n))
        h = peramban.simpan(h)
        berkas = klon / jalur
        berkas.write_bytes(berkas.read_bytes().replace(b"realisasi: null", b"realisasi: %d" % n, 1))
        awal = time.perf_counter_ns()
        _git(klon, "-c", "user.name=Uji", "-c", "user.email=uji@contoh.invalid", "commit", "-qam", f"Isi {n}")
        komit.append(time.perf_counter_ns() - awal)
    simpan, draf, komit = catatan.lama["simpan"][2:], catatan.lama["draf"][2:], komit[2:]
    limit = 300 * MS
    return [
        batas(f"simpan dan periksa lembar {_SEBESAR}, seorang", "dinding", simpan, limit),
        batas(f"simpan dan periksa lembar {_SEBESAR}, p95", "dinding", [persentil(simpan, 95)], limit),
        banding(f"simpan dan periksa lembar {_SEBESAR}, seorang", "dinding", simpan, "git commit", komit),
        batas(f"draf lembar {_SEBESAR}, seorang", "dinding", draf, limit),
    ]


def _git(folder: Path, *argumen: str) -> None:
    selesai = subprocess.run(["git", *argumen], cwd=folder, capture_output=True, text=True, check=False)
    if selesai.returncode:
        raise KinerjaError(f"git {argumen[0]}: {selesai.stderr.strip()[-300:]}")
