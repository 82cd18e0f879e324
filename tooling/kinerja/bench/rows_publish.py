"""Rows of history, site and archive."""

from __future__ import annotations

import shlex
import shutil
import sys
from decimal import Decimal
from hashlib import shake_256
from pathlib import Path

from kinerja.adapters.files import tulis_atomik
from kinerja.adapters.provenance import ISIAN_LOG, PILIHAN_LOG
from kinerja.adapters.refs import REF_LOG, UTAMA
from kinerja.archive_step import berkas_percaya
from kinerja.bench.corpus import Korpus
from kinerja.bench.history import tulis_riwayat
from kinerja.bench.measure import Perintah
from kinerja.bench.published import terbitkan
from kinerja.bench.row import MIB, Baris, Sasaran, Siap, Tempat
from kinerja.bench.rows_check import kinerja, python
from kinerja.demo import jalan_contoh
from kinerja.publishing.site_export import situs_markdown

_TAHUN_PERTAMA = 2024
_TAHUN_KALENDER = 2024
"""The sample calendar knows working hours from here on, and the site counts working time."""
_LAMPIRAN_MIB = 4
_DUA_SIDIK = """
import hashlib, sys
a, b = hashlib.sha256(), hashlib.sha512()
for nama in sys.argv[1:]:
    with open(nama, "rb") as berkas:
        while p := berkas.read(1 << 20):
            a.update(p)
            b.update(p)
print(a.hexdigest(), b.hexdigest())
"""


def riwayat(t: Tempat) -> Siap:
    """Row 4: who signed what, for all files, against one pass over the same history."""
    git = t.folder / "riwayat.git"
    korpus = Korpus(t.ukuran.bidang, range(_TAHUN_PERTAMA, _TAHUN_PERTAMA + t.ukuran.tahun))
    jumlah = tulis_riwayat(korpus, git)
    lewat = ("git", *PILIHAN_LOG, f"--format={ISIAN_LOG}", UTAMA, REF_LOG)
    perintah = {
        "kinerja log": kinerja(t.folder, "log", "--repo", str(git), "--format", "json"),
        "git log": Perintah(lewat, git, f"cd {git} && {shlex.join(lewat)}"),
    }
    kerja = f"siapa menandatangani apa, semua berkas, {jumlah} commit"
    sasaran = (
        Sasaran(kerja, "cpu", "kinerja log", "git log", Decimal("1.5")),
        Sasaran(kerja, "dinding", "kinerja log", "git log", Decimal("1.5")),
        Sasaran(kerja, "memori", "kinerja log", None, None),
    )
    return Siap(perintah, sasaran)


def situs(t: Tempat) -> Siap:
    """Rows 6 and 7: our build against the same pages as plain Markdown; ten times the pages."""
    tahun = range(_TAHUN_KALENDER, _TAHUN_KALENDER + t.ukuran.tahun_situs)
    kecil, besar = t.folder / "situs", t.folder / "situs-besar"
    laporan = terbitkan(Korpus(t.ukuran.situs, tahun), kecil)
    terbitkan(Korpus(t.ukuran.situs_besar, tahun), besar)
    polos, polos_besar = t.folder / "situs-polos", t.folder / "situs-polos-besar"
    kali_satu, kali_sepuluh = _polos(t, kecil, polos), _polos(t, besar, polos_besar)
    kami, biasa = "situs kami", "Markdown biasa"
    perintah = {
        kami: _mkdocs(kecil),
        biasa: _mkdocs(polos),
        f"{kami}, 10 kali": _mkdocs(besar),
        f"{biasa}, 10 kali": _mkdocs(polos_besar),
    }
    judul = [f"situs {laporan} laporan, {n} halaman" for n in (kali_satu, kali_sepuluh)]
    batas = Decimal("1.15")
    sasaran = (
        Sasaran(judul[0], "cpu", kami, biasa, batas),
        Sasaran(judul[1], "cpu", f"{kami}, 10 kali", f"{biasa}, 10 kali", batas),
        Sasaran("sepuluh kali halamannya", "cpu", f"{kami}, 10 kali", kami, Decimal(11)),
        Sasaran(judul[1], "keluaran", f"{kami}, 10 kali", None, Decimal(40_000_000)),
    )
    return Siap(perintah, sasaran)


def arsip(t: Tempat) -> Siap:
    """Rows 8 and 9: making and checking an archive, against both digests of the same bytes."""
    w = jalan_contoh(t.folder / "dinas", lambda _: None)
    percaya = t.folder / "percaya.txt"
    tulis_atomik(percaya, berkas_percaya(w.forge.reports()).encode())
    perintah: dict[str, Perintah] = {}
    for nama, mib in (("", t.ukuran.arsip_mib), (" besar", t.ukuran.arsip_besar_mib)):
        lampiran = t.folder / f"lampiran{nama.strip()}"
        berkas = _lampiran(lampiran, mib)
        zip_ = t.folder / f"arsip{nama.strip()}.zip"
        asal = w.arsip[0]
        buat = (str(asal), str(lampiran), str(w.instansi.kunci / "p-citra"), str(zip_))
        perintah |= {
            f"arsip{nama}": Perintah(
                (sys.executable, "-m", "kinerja.bench.jobs", *buat), t.folder,
                f"python -m kinerja.bench.jobs {' '.join(buat)}", keluaran=zip_,
            ),
            f"sidik isi{nama}": python(t.folder, _DUA_SIDIK, *berkas),
            f"verify{nama}": kinerja(
                t.folder, "verify", str(zip_), "--percaya", str(percaya), kode=frozenset({0, 1})
            ),
            f"sidik arsip{nama}": python(t.folder, _DUA_SIDIK, str(zip_)),
        }  # fmt: skip
    n = f"{t.ukuran.arsip_besar_mib} MiB"
    kali = t.ukuran.arsip_besar_mib // t.ukuran.arsip_mib
    sasaran = (
        Sasaran(f"arsip {n}", "cpu", "arsip besar", "sidik isi besar", Decimal(2)),
        Sasaran(f"memori arsip {kali} kali lebih besar", "memori", "arsip besar", "arsip", Decimal("1.1")),
        Sasaran(f"verify {n}", "cpu", "verify besar", "sidik arsip besar", Decimal(2)),
        Sasaran(f"verify {n}", "memori", "verify besar", None, Decimal(64 * MIB)),
    )
    return Siap(perintah, sasaran)


RIWAYAT = Baris("log", "siapa menandatangani apa", riwayat)
SITUS = Baris("situs", "situs dan sepuluh kali halamannya", situs)
ARSIP = Baris("arsip", "membuat dan memeriksa arsip", arsip)


# helpers


def _mkdocs(folder: Path) -> Perintah:
    keluar = folder / "build" / "hasil"
    return Perintah(
        (sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(keluar)), folder,
        f"cd {folder} && mkdocs build -q -d {keluar}", {"NO_MKDOCS_2_WARNING": "1"},
        lambda: shutil.rmtree(keluar, ignore_errors=True), keluar,
    )  # fmt: skip


def _polos(t: Tempat, folder: Path, tujuan: Path) -> int:
    """The same pages as a folder that needs no plugin; gives how many there are."""
    tangan = {
        f.relative_to(folder).as_posix(): f.read_bytes()
        for f in sorted((folder / "site").rglob("*"))
        if f.is_file()
    }
    isi = situs_markdown(t.muat_situs(folder), tangan, (folder / "mkdocs.yml").read_bytes())
    for jalur, bita in isi.items():
        berkas = tujuan / jalur
        berkas.parent.mkdir(parents=True, exist_ok=True)
        berkas.write_bytes(bita)
    return sum(j.endswith(".md") for j in isi)


def _lampiran(folder: Path, mib: int) -> list[str]:
    """Attachments of so many MiB that cannot be guessed and are always the same."""
    folder.mkdir()
    hasil = []
    for n in range(mib // _LAMPIRAN_MIB):
        berkas = folder / f"lampiran-{n:03d}.bin"
        berkas.write_bytes(shake_256(b"%d" % n).digest(_LAMPIRAN_MIB * MIB))
        hasil.append(str(berkas))
    return hasil
