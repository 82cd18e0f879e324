"""An agency whose worksheets are wide, served by ``kinerja serve`` as a process of its own.

Every worksheet has 30 indikator and 40 budget lines. An office fills two worksheets; several
browsers of its holder are signed in, for an office has one lawful holder at a time.

Example:
    >>> instansi = dirikan(folder, bidang=6)
    >>> with Server(instansi.folder) as server:
    ...     server.alamat
    'http://localhost:40123'
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from kinerja import sop
from kinerja.accounts.invitations import pastikan_akun
from kinerja.accounts.sessions import DaftarSesi
from kinerja.accounts.store import Permintaan, Simpanan
from kinerja.adapters.documents import tulis
from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import PohonIsi
from kinerja.adapters.yaml_splice import sisip
from kinerja.adapters.yaml_strict import muat
from kinerja.agency import Instansi
from kinerja.bench.corpus import Korpus
from kinerja.domain.errors import KinerjaError
from kinerja.domain.perencanaan import Anggaran, Rencana
from kinerja.domain.periode import Periode
from kinerja.founding import buat_instansi

PERIODE = Periode(2024, "tw1")
INDIKATOR, ANGGARAN = 30, 40
LEMBAR_SEORANG = 2
_TAHUN = 2024
_WAKTU = "2024-04-02T09:00:00+08:00"
_TUNGGU_DETIK = 120.0
_KUKI = "kinerja-sesi"


def id_bidang(n: int) -> str:
    """The n-th bidang."""
    return f"bidang-{n:03d}"


def id_pengisi(n: int) -> str:
    """Who fills the n-th bidang."""
    return f"p-pengisi-{n // LEMBAR_SEORANG}"


def dirikan(folder: Path, bidang: int) -> Instansi:
    """Makes the agency, opens TW1 2024 and prepares every worksheet."""
    i = buat_instansi(folder, dokumen(bidang), "p-oki", datetime.fromisoformat("2024-01-02T08:00:00+08:00"))
    forge = i.forge()
    pagi = datetime.fromisoformat("2024-04-01T08:05:00+08:00")
    sop.disposisi(i.sesi(forge, "p-bakri", pagi), PERIODE, "Laporkan.")
    sop.siapkan(i.sesi(forge, "p-citra", pagi), PERIODE)
    forge.repo.tutup()
    return i


def dokumen(bidang: int) -> dict[str, bytes]:
    """First documents of the agency: those of the corpus, with wide worksheets and their fillers."""
    isi = Korpus(bidang, (_TAHUN,)).dokumen
    r = Reports(PohonIsi(isi))
    isi[f"reports/{_TAHUN}/rencana.yaml"] = tulis(_lebar(r.rencana(_TAHUN)), "../../schemas/rencana.v1.json")
    isi[f"reports/{_TAHUN}/anggaran.yaml"] = tulis(
        _lebar_pagu(r.anggaran(_TAHUN)), "../../schemas/anggaran.v1.json"
    )
    daftar = [
        {"id": id_bidang(n), "nama": f"Bidang Layanan {n + 1}", "pengisi": f"kasie:{id_pengisi(n)}",
         "pemeriksa": "kabid:rehabilitasi-sosial"}
        for n in range(bidang)
    ]  # fmt: skip
    isi["reports/organisasi.yaml"] = sisip(isi["reports/organisasi.yaml"], {"/bidang": daftar})
    orang = list(dict.fromkeys(id_pengisi(n) for n in range(bidang)))
    isi["reports/jabatan.yaml"] = _tambah(
        isi["reports/jabatan.yaml"],
        jabatan=[{"id": f"kasie:{o}", "nama": f"Kasie {o}"} for o in orang],
        pemangku=[
            {"jabatan": f"kasie:{o}", "orang": o, "sebutan": "definitif", "mulai": "2024-01-01",
             "selesai": None, "dasar": None}
            for o in orang
        ],
    )  # fmt: skip
    isi["reports/identitas.yaml"] = _tambah(
        isi["reports/identitas.yaml"],
        orang=[
            {"id": o, "nama": f"Pengisi {n}", "nip": None, "pangkat": None,
             "surel": [f"{o}@contoh.invalid"], "kunci": [], "akun": []}
            for n, o in enumerate(orang)
        ],
    )  # fmt: skip
    return isi


def masukkan(folder: Path, orang: Sequence[str]) -> list[str]:
    """Signs each in at a browser of their own; gives the cookies."""
    saat = datetime.fromisoformat(_WAKTU)
    with Simpanan(folder / "meja" / "meja.sqlite") as simpanan:
        with simpanan.tulis() as db:
            for o in set(orang):
                pastikan_akun(simpanan, db, o, saat)
        daftar = DaftarSesi(simpanan)
        return [f"{_KUKI}={daftar.buka(o, Permintaan(saat))[0]}" for o in orang]


class Server:
    """``kinerja serve`` as people start it, or another program that listens; ended with the block.

    Args:
        perintah: a program in place of ours; ``{port}`` in it becomes the port.
    """

    def __init__(self, folder: Path, perintah: Sequence[str] = ()) -> None:
        self.folder = folder
        self.port = port_bebas()
        serve = (sys.executable, "-m", "kinerja", "serve", "--repo", str(folder), "--port", "{port}")
        self._perintah = [p.format(port=self.port) for p in perintah or serve]
        self._proses: subprocess.Popen[bytes] | None = None
        self.mulai_ns = 0
        """From the start of the process until its first page was answered."""

    @property
    def alamat(self) -> str:
        """Where it is reached."""
        return f"http://localhost:{self.port}"

    @property
    def pid(self) -> int:
        """Its process."""
        return self._proses.pid if self._proses else 0

    def cpu(self) -> float:
        """Seconds of processor time that it and its ended children have used; 0 where nobody tells."""
        stat = Path(f"/proc/{self.pid}/stat")
        if not stat.is_file():
            return 0.0
        isi = stat.read_text("ascii").rpartition(")")[2].split()
        return sum(map(int, isi[11:15])) / os.sysconf("SC_CLK_TCK")

    def __enter__(self) -> Self:
        catatan = (self.folder / "server.log").open("ab")
        awal = time.perf_counter_ns()
        with catatan:
            self._proses = subprocess.Popen(
                self._perintah, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=catatan, stderr=catatan,
                env={**os.environ, "KINERJA_WAKTU": _WAKTU},
            )  # fmt: skip
        try:
            self._tunggu()
        except BaseException:
            self.__exit__()
            raise
        self.mulai_ns = time.perf_counter_ns() - awal
        return self

    def __exit__(self, *_: object) -> None:
        if self._proses is None:
            return
        self._proses.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGINT)
        try:
            self._proses.wait(20)
        except subprocess.TimeoutExpired:
            self._proses.kill()
            self._proses.wait()

    def _tunggu(self) -> None:
        batas = time.monotonic() + _TUNGGU_DETIK
        while time.monotonic() < batas and self._proses is not None and self._proses.poll() is None:
            with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                with urllib.request.urlopen(f"{self.alamat}/masuk", timeout=5) as jawab:  # noqa: S310 - ours
                    jawab.read()
                return
            time.sleep(0.005)
        ekor = (self.folder / "server.log").read_text("utf-8", "replace")[-600:]
        raise KinerjaError(f"server tidak menjawab: {ekor}", "jalankan sendiri kinerja serve")


def tanpa_situs(folder: Path) -> None:
    """Puts a page where the public site would be, so that the desk does not build it while measured."""
    situs = folder / "keluar" / "situs"
    situs.mkdir(parents=True)
    (situs / "index.html").write_text("<!doctype html><title>Situs</title>", encoding="utf-8")


def port_bebas() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


# helpers


def _lebar(r: Rencana) -> Rencana:
    """Ten times the indikator of the corpus, which has three for each bidang."""
    kali = INDIKATOR // 3
    versi = r.versi[0]
    indikator = [
        replace(i, id=f"{i.id}-{k:02d}", nama=f"{i.nama} kelompok {k + 1}")
        for i in r.indikator
        for k in range(kali)
    ]
    target = {f"{i.id}-{k:02d}": versi.target[i.id] for i in r.indikator for k in range(kali)}
    return replace(r, indikator=tuple(indikator), versi=(replace(versi, target=target),))


def _lebar_pagu(a: Anggaran) -> Anggaran:
    """So many budget lines for each bidang, all with the pagu of its first."""
    pola = {s.bidang: s for s in reversed(a.sub_kegiatan)}
    sub, pagu = [], {}
    for n, (b, s) in enumerate(sorted(pola.items())):
        for k in range(ANGGARAN):
            kode = f"1.06.01.2.01.{1 + n * ANGGARAN + k:04d}"
            sub.append(replace(s, kode=kode, nama=f"Penyediaan layanan dasar kelompok {k + 1} pada {b}"))
            pagu[kode] = a.versi[0].pagu[s.kode]
    return replace(a, sub_kegiatan=tuple(sub), versi=(replace(a.versi[0], pagu=pagu),))


def _tambah(bita: bytes, **daftar: list[dict[str, Any]]) -> bytes:
    """Appends lines to lists of a document."""
    data, _ = muat(bita, "")
    if not isinstance(data, dict):
        raise KinerjaError("dokumen contoh tidak terbaca")
    return sisip(bita, {f"/{nama}": [*data[nama], *baru] for nama, baru in daftar.items()})
