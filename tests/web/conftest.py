"""A desk over the sample agency, for tests by requests and by a real browser."""

from __future__ import annotations

import importlib.util
import re
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from kinerja.accounts.store import Permintaan
from kinerja.agency import Instansi, cari_instansi
from kinerja.web.app import buat_app
from kinerja.web.server import Letak, layanan
from kinerja.web.service import Layanan

_spec = importlib.util.spec_from_file_location("walk", Path(__file__).parents[1] / "walk.py")
assert _spec and _spec.loader
walk = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(walk)

PERIODE = "2024-tw1"
BIDANG = "rehabilitasi-sosial"
PENGISI, PEMERIKSA = "p-kiki", "p-fajar"
ALAMAT = "http://localhost:8000"
AWAL = datetime.fromisoformat("2024-04-02T09:00:00+08:00")


@dataclass
class Jam:
    """A clock that tests set; it runs a millisecond with every reading, so that nothing is twice the same."""

    kini: datetime = AWAL

    def __call__(self) -> datetime:
        self.kini += timedelta(milliseconds=1)
        return self.kini

    def maju(self, **lama: float) -> None:
        self.kini += timedelta(**lama)


@dataclass
class MejaUji:
    """One desk: its agency, its services, and a client for each person."""

    instansi: Instansi
    layanan: Layanan
    jam: Jam
    _klien: dict[str, Klien] = field(default_factory=dict)

    def klien(self, orang: str | None) -> Klien:
        """A browser without script, signed in as the person; None for a visitor."""
        kunci = orang or ""
        if kunci not in self._klien:
            self._klien[kunci] = Klien(self, orang)
        return self._klien[kunci]

    def lembar(self, bidang: str = BIDANG) -> bytes:
        """The worksheet's saved bytes, from the branch or from main."""
        forge = self.instansi.forge()
        jalur = f"reports/2024/tw1/kertas-kerja/{bidang}.yaml"
        kepala = forge.kepala(f"kk/{PERIODE}/{bidang}")
        utama = forge.repo.baca(forge.utama(), jalur)
        return utama or (forge.repo.baca(kepala, jalur) if kepala else b"") or b""

    def kepala(self, bidang: str = BIDANG) -> str | None:
        """The head of the worksheet's branch."""
        return self.instansi.forge().kepala(f"kk/{PERIODE}/{bidang}")


class Klien:
    """A person's browser: remembers cookies, fills forms in as a browser without script does."""

    def __init__(self, meja: MejaUji, orang: str | None) -> None:
        self.meja = meja
        self.http = TestClient(buat_app(meja.layanan), base_url=ALAMAT, follow_redirects=False)
        if orang is not None:
            minta = Permintaan(meja.jam(), "uji")
            with meja.layanan.simpanan.tulis() as db:
                from kinerja.accounts.invitations import pastikan_akun

                pastikan_akun(meja.layanan.simpanan, db, orang, minta.saat)
            token, _ = meja.layanan.sesi.buka(orang, minta)
            self.http.cookies.set("kinerja-sesi", token)

    def buka(self, jalur: str) -> Any:
        return self.http.get(jalur)

    def csrf(self, jalur: str = "/") -> str:
        ketemu = re.search(r'name="csrf" value="([^"]+)"', self.http.get(jalur).text)
        return ketemu[1] if ketemu else ""

    def kirim(self, jalur: str, isi: dict[str, Any], *, csrf: str | None = None, berkas: Any = None) -> Any:
        """Posts a form with the token of one of the person's own pages."""
        token = self.csrf() if csrf is None else csrf
        return self.http.post(jalur, data={"csrf": token, **isi}, files=berkas)

    def formulir(self, jalur: str, id_formulir: str = "lembar") -> dict[str, str]:
        """Every field of a form as the page offers it."""
        return medan(self.http.get(jalur).text, id_formulir)

    def kilat(self, jalur: str = "/") -> str:
        """What the next page tells was done, as text."""
        halaman = self.http.get(jalur).text
        return " ".join(re.sub(r"<[^>]+>", " ", " ".join(re.findall(r'<div class="kilat.*?</div>', halaman, re.S))).split())


def medan(html: str, id_formulir: str) -> dict[str, str]:
    """The fields of one form of a page: hidden, text, textarea, select."""
    from html import unescape

    isi = re.search(rf'<form id="{id_formulir}".*?</form>', html, re.S)
    assert isi, f"formulir {id_formulir} tidak ada"
    hasil: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", isi[0]):
        nama, nilai = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if nama and 'type="file"' not in tag:
            hasil[nama[1]] = unescape(nilai[1]) if nilai else ""
    for atribut, teks in re.findall(r"<textarea([^>]*)>(.*?)</textarea>", isi[0], re.S):
        hasil[re.search(r'name="([^"]*)"', atribut)[1]] = unescape(teks)  # type: ignore[index]
    for atribut, pilihan in re.findall(r"<select([^>]*)>(.*?)</select>", isi[0], re.S):
        terpilih = re.search(r'<option value="([^"]*)" selected', pilihan) or re.search(
            r'<option value="([^"]*)"', pilihan
        )
        hasil[re.search(r'name="([^"]*)"', atribut)[1]] = unescape(terpilih[1]) if terpilih else ""  # type: ignore[index]
    return hasil


ARGUMEN = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def perkakas() -> Any:
    """This module, for tests that build an agency of their own."""
    return sys.modules[__name__]


@pytest.fixture(scope="module")
def peramban() -> Iterator[Any]:
    """One real Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        chromium = p.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMEN)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def contoh_terbuka(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample agency with TW1 opened and prepared; copied for each test."""
    folder = tmp_path_factory.mktemp("contoh") / "dinas"
    kantor = walk.Kantor(folder)
    kantor.buka()
    kantor.forge.repo.tutup()
    return folder


@pytest.fixture
def buat_meja(contoh_terbuka: Path, tmp_path: Path) -> Iterator[Callable[..., MejaUji]]:
    """Makes desks; their databases are closed afterwards."""
    dibuat: list[MejaUji] = []

    def buat(*, demo: bool = False, alamat: str = ALAMAT, folder: Path | None = None) -> MejaUji:
        tempat = folder or tmp_path / f"dinas{len(dibuat)}"
        if not tempat.exists():
            shutil.copytree(contoh_terbuka, tempat)
        instansi, jam = cari_instansi(tempat), Jam()
        milik = layanan(instansi, Letak(alamat), jam, demo=demo)
        milik.terbitkan = lambda: None
        dibuat.append(MejaUji(instansi, milik, jam))
        return dibuat[-1]

    yield buat
    for m in dibuat:
        for k in m._klien.values():
            k.http.close()
        m.layanan.simpanan.tutup()


@pytest.fixture
def meja(buat_meja: Callable[..., MejaUji]) -> MejaUji:
    """One desk, as in an office: no demo."""
    return buat_meja()


@dataclass
class Server:
    """A desk that listens on loopback."""

    alamat: str
    meja: MejaUji


@contextmanager
def melayani(meja: MejaUji) -> Iterator[Server]:
    """Serves a desk by uvicorn on a free port of localhost."""
    konfigurasi = uvicorn.Config(
        buat_app(meja.layanan), host="127.0.0.1", port=0, log_level="error", lifespan="off",
        timeout_graceful_shutdown=2,
    )  # fmt: skip
    server = uvicorn.Server(konfigurasi)
    utas = threading.Thread(target=server.run, daemon=True)
    utas.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Server(f"http://localhost:{port}", meja)
    server.should_exit = True
    utas.join()


@pytest.fixture
def nyalakan() -> Iterator[Callable[[MejaUji], Server]]:
    """Serves desks until the test ends."""
    with ExitStack() as tumpuk:
        yield lambda meja: tumpuk.enter_context(melayani(meja))
