"""Row of Meja Kerja for an office full of people: fifty fill at once, and nothing may be lost.

Each of the fifty has cells of their own in two worksheets; five are in every worksheet. They
type, the page keeps the draft by itself, they save. Afterwards every value that the desk
acknowledged is looked for in Git. The peer takes the same requests at the same pace.

Example:
    >>> ramai(tempat, Keramaian(simpan=100, simpan_lawan=50)).catatan[1]
    'ramai: 200 nilai diakui, 0 hilang, 0 tercampur, 0 peramban berhenti'
"""

from __future__ import annotations

import gzip
import json
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from kinerja.adapters.git import RepoGit
from kinerja.adapters.reports import jalur_kertas_kerja
from kinerja.adapters.yaml_strict import muat
from kinerja.bench.desk_agency import (
    ANGGARAN,
    LEMBAR_SEORANG,
    PERIODE,
    Server,
    dirikan,
    id_bidang,
    id_pengisi,
    masukkan,
    tanpa_situs,
)
from kinerja.bench.desk_load import Catatan, Peramban
from kinerja.bench.row import Baris, Siap, Tempat
from kinerja.bench.rows_desk import (
    ALAMAT,
    MS,
    Terukur,
    bagi,
    banding,
    batas,
    beban_mesin,
    kecil,
    persentil,
    teks,
)
from kinerja.checking.number_fields import nilai_di
from kinerja.domain.errors import KinerjaError

ORANG, LEMBAR = 50, 20
_LAWAN = "Starlette + SQLite"


@dataclass(frozen=True, slots=True)
class Keramaian:
    """How busy the fifty are: saves of all together, and how they type.

    Attributes:
        jeda: seconds from one cell to the next, at least and at most.
        datang_detik: within so many seconds everybody opens their pages; then the typing begins.
    """

    simpan: int
    simpan_lawan: int
    jeda: tuple[float, float] = (6.0, 14.0)
    sel_tiap_simpan: int = 2
    datang_detik: float = 10.0


RAMAI_PENUH = Keramaian(5_000, 500)
"""A cell every ten seconds, a save after every second cell: about 33 minutes."""
RAMAI_CEPAT = Keramaian(50, 50, (4.0, 8.0), 1, 6.0)


def ramai(t: Tempat, k: Keramaian | None = None) -> Siap:
    """Fifty people fill at once; every acknowledged value is looked for in Git afterwards."""
    k = k or (RAMAI_CEPAT if kecil(t) else RAMAI_PENUH)
    instansi = dirikan(t.folder / "dinas", LEMBAR)
    tanpa_situs(instansi.folder)
    tugas = _tugas(instansi.folder, k)
    beban = os.getloadavg()[0]
    with Server(instansi.folder) as server:
        kami, cpu = _kerahkan(t, server, tugas, k.simpan)
        halaman = t.folder / "halaman.html"
        kuki = tugas["peramban"][0]["kuki"]
        asli = Peramban(server.alamat, kuki, Catatan()).minta("", "GET", ALAMAT)[1]
        halaman.write_bytes(gzip.decompress(asli))
    modul = (sys.executable, "-m", "kinerja.bench.desk_load", "lawan")
    with Server(t.folder, (*modul, str(halaman), str(t.folder / "lawan.sqlite"), "{port}")) as server:
        lawan, _ = _kerahkan(t, server, tugas, k.simpan_lawan)
    temuan = periksa_git(RepoGit(instansi.git), kami["nilai"])
    rusak = temuan.hilang + temuan.tercampur
    kerja = f"nilai hilang atau tercampur dari {temuan.diakui} yang diakui"
    nol = Terukur(kerja, "keluaran", f"{rusak} nilai", "0 nilai", Decimal(0), terukur=bagi([rusak], 1))
    catatan = (*_cerita(kami, k, cpu, temuan), f"ramai: {beban_mesin(beban)}")
    return Siap({}, (*_banding(kami, lawan), nol), catatan)


@dataclass(frozen=True, slots=True)
class IsiGit:
    """Values that were acknowledged, and what became of them."""

    diakui: int
    hilang: int
    tercampur: int


def periksa_git(repo: RepoGit, nilai: Sequence[Sequence[str]]) -> IsiGit:
    """Looks for acknowledged values in the worksheets' branches.

    A value is lost when no commit ever brought it, or when it was the last one of its cell and
    the cell has another now; it is mixed when another worksheet's branch brought it.

    Args:
        nilai: address of the worksheet, pointer, typed text, in the order of acknowledgement; no
            text twice.
    """
    milik = {isi: alamat for alamat, _, isi in nilai}
    terakhir = {(alamat, sel): isi for alamat, sel, isi in nilai}
    datang: set[tuple[str, str]] = set()
    hilang = 0
    for alamat in sorted(set(milik.values())):
        bidang = alamat.rpartition("/")[2]
        cabang = f"refs/heads/kk/{PERIODE.id}/{bidang}"
        log = repo.jalankan("log", "-p", "-U0", "--format=", cabang).decode()
        datang |= {(alamat, x) for x in re.findall(r"^\+ .*: (\d+)\b", log, re.M) if x in milik}
        data, _ = muat(repo.baca(cabang, jalur_kertas_kerja(PERIODE, bidang)) or b"", "")
        kini = {(a, s): isi for (a, s), isi in terakhir.items() if a == alamat}
        hilang += sum(str(nilai_di(data, s)) != isi for (_, s), isi in kini.items())
    hilang += sum((alamat, isi) not in datang for isi, alamat in milik.items())
    return IsiGit(len(nilai), hilang, sum(milik[x] != alamat for alamat, x in datang))


RAMAI = Baris("ramai", "Meja Kerja: banyak orang mengisi sekaligus", ramai)


# helpers


def _banding(kami: dict[str, Any], lawan: dict[str, Any]) -> Iterator[Terukur]:
    """Drafts and saves: beside the limit, and beside the peer."""
    for jenis in ("draf", "simpan"):
        kerja, p95 = f"{ORANG} orang, {jenis}, p95", persentil(kami["lama"][jenis], 95)
        yield batas(kerja, "dinding", [p95], 500 * MS)
        yield banding(kerja, "dinding", [p95], _LAWAN, [persentil(lawan["lama"][jenis], 95)])


def _cerita(kami: dict[str, Any], k: Keramaian, cpu: float, temuan: IsiGit) -> Iterator[str]:
    """What the goals leave out: how many, how fast in the middle, what it cost, who had to stop."""
    lama = sorted(kami["lama"].items())
    banyak = ", ".join(f"{len(x)} {j} (tengah {teks('dinding', statistics.median_low(x))})" for j, x in lama)
    yield (
        f"ramai: {banyak}; {ORANG} peramban, {LEMBAR} lembar, satu sel tiap {k.jeda[0]:g}-{k.jeda[1]:g} "
        f"detik; CPU server {cpu:.0f} detik"
    )
    yield (
        f"ramai: {temuan.diakui} nilai diakui, {temuan.hilang} hilang, {temuan.tercampur} tercampur, "
        f"{len(kami['gagal'])} peramban berhenti{''.join(f'; {g}' for g in kami['gagal'][:2])}"
    )


def _tugas(folder: Path, k: Keramaian) -> dict[str, Any]:
    """Who fills which cells of which worksheets; nobody has a cell of anybody else."""
    kantor = LEMBAR // LEMBAR_SEORANG
    sekantor = ORANG // kantor
    petak = ANGGARAN // sekantor
    kuki = masukkan(folder, [id_pengisi(n % kantor * LEMBAR_SEORANG) for n in range(ORANG)])
    peramban = []
    for n in range(ORANG):
        awal = n // kantor * petak
        sel = [f"/anggaran/{i}/realisasi" for i in range(awal, awal + petak)]
        lembar = [n % kantor * LEMBAR_SEORANG + i for i in range(LEMBAR_SEORANG)]
        alamat = [f"/kerja/{PERIODE.id}/{id_bidang(b)}" for b in lembar]
        peramban.append({"nomor": n, "kuki": kuki[n], "lembar": [{"alamat": a, "sel": sel} for a in alamat]})
    return {"peramban": peramban, "jeda_detik": list(k.jeda), "sel_tiap_simpan": k.sel_tiap_simpan,
            "datang_detik": k.datang_detik}  # fmt: skip


def _kerahkan(t: Tempat, server: Server, tugas: dict[str, Any], simpan: int) -> tuple[dict[str, Any], float]:
    """Lets them work; gives what they saw, and seconds of the server's processor time."""
    masuk, keluar = t.folder / f"tugas-{server.port}.json", t.folder / f"hasil-{server.port}.json"
    masuk.write_text(
        json.dumps({**tugas, "alamat": server.alamat, "simpan": -(-simpan // ORANG)}), encoding="utf-8"
    )
    awal = server.cpu()
    perintah = [sys.executable, "-m", "kinerja.bench.desk_load", "ramai", str(masuk), str(keluar)]
    subprocess.run(perintah, cwd=t.folder, check=True)
    hasil = json.loads(keluar.read_text("utf-8"))
    if not hasil["nilai"]:
        raise KinerjaError(f"tidak seorang pun dapat menyimpan: {hasil['gagal'][0]}")
    return hasil, server.cpu() - awal
