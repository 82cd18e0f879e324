"""Faults of the machine: killed while saving, a wrong clock, two tabs, the back button, a dead line."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kinerja.accounts.store import Permintaan
from kinerja.adapters.yaml_strict import muat
from kinerja.agency import cari_instansi

pytestmark = pytest.mark.lambat

JALUR = "/kerja/2024-tw1/rehabilitasi-sosial"
PENGISI = "p-kiki"


def isi(meja: Any) -> Any:
    return muat(meja.lembar(), "")[0]


def test_two_tabs_a_stale_one_takes_nothing_back(meja: Any) -> None:
    """Tab two saves with the old text of a cell that tab one has typed in and not saved."""
    k = meja.klien(PENGISI)
    satu, dua = k.formulir(JALUR), k.formulir(JALUR)
    kirim = {"asal": satu["asal"], "versi": 0, "isian": {"/indikator/0/realisasi": "45,21"}}
    k.http.post(f"{JALUR}/draf", json=kirim, headers={"X-CSRF": satu["csrf"]})
    k.kirim(JALUR, {**dua, "/indikator/1/realisasi": "7", "aksi": "simpan"}, csrf=dua["csrf"])
    assert [str(isi(meja)["indikator"][n]["realisasi"]) for n in (0, 1)] == ["45.21", "7"]


def test_a_cell_that_was_put_back_stays_put_back(meja: Any) -> None:
    k = meja.klien(PENGISI)
    medan = k.formulir(JALUR)
    kirim = {"asal": medan["asal"], "versi": 0, "isian": {"/indikator/0/realisasi": "45,21"}}
    k.http.post(f"{JALUR}/draf", json=kirim, headers={"X-CSRF": medan["csrf"]})
    lagi = k.formulir(JALUR)
    assert lagi["/indikator/0/realisasi"] == "45,21"
    k.kirim(JALUR, {**lagi, "/indikator/0/realisasi": "", "aksi": "simpan"}, csrf=lagi["csrf"])
    assert isi(meja)["indikator"][0]["realisasi"] is None


def test_the_back_button_after_a_save(meja: Any) -> None:
    """The page before is sent again, unchanged and then changed: nothing is taken back unseen."""
    k = meja.klien(PENGISI)
    lama = k.formulir(JALUR)
    k.kirim(JALUR, {**lama, "/indikator/0/realisasi": "45,21", "aksi": "simpan"}, csrf=lama["csrf"])
    k.kirim(JALUR, {**lama, "aksi": "simpan"}, csrf=lama["csrf"])
    assert str(isi(meja)["indikator"][0]["realisasi"]) == "45.21"
    k.kirim(JALUR, {**lama, "/indikator/1/realisasi": "7", "aksi": "simpan"}, csrf=lama["csrf"])
    assert [str(isi(meja)["indikator"][n]["realisasi"]) for n in (0, 1)] == ["45.21", "7"]


def test_submitting_twice_is_one_submission(perkakas: Any, meja: Any) -> None:
    k = meja.klien(PENGISI)
    _lengkap(perkakas, meja)
    medan = k.formulir(JALUR)
    for _ in range(2):
        assert k.kirim(JALUR, {**medan, "aksi": "ajukan"}, csrf=medan["csrf"]).status_code == 303
    ajuan = [p for p in meja.instansi.forge().peristiwa() if p.tindakan.value == "ajukan"]
    assert len(ajuan) == 1


@pytest.mark.parametrize("geser", [timedelta(days=1), timedelta(days=-1)], ids=["maju", "mundur"])
def test_a_clock_off_by_a_day_stops_nobody(perkakas: Any, meja: Any, geser: timedelta) -> None:
    k = meja.klien(PENGISI)
    _lengkap(perkakas, meja)
    meja.jam.kini += geser
    token, _ = meja.layanan.sesi.buka(PENGISI, Permintaan(meja.jam(), "uji"))
    k.http.cookies.set("kinerja-sesi", token)
    medan = k.formulir(JALUR)
    assert k.kirim(JALUR, {**medan, "aksi": "ajukan"}, csrf=medan["csrf"]).headers["location"] == "/"
    kabid = meja.klien("p-fajar")
    token, _ = meja.layanan.sesi.buka("p-fajar", Permintaan(meja.jam(), "uji"))
    kabid.http.cookies.set("kinerja-sesi", token)
    halaman = kabid.buka("/periksa/2024-tw1/rehabilitasi-sosial").text
    sidik = re.search(r'name="sidik" value="([0-9a-f]{64})"', halaman)
    assert sidik
    jawab = kabid.kirim("/periksa/2024-tw1/rehabilitasi-sosial", {"sidik": sidik[1], "jawab": "ya"})
    assert jawab.headers["location"] == "/"


def test_an_answer_to_another_version_is_refused(perkakas: Any, meja: Any) -> None:
    """The Kabid reads; the bidang submits anew; the Kabid's Ya is for what was read, and does not count."""
    k, kabid = meja.klien(PENGISI), meja.klien("p-fajar")
    _lengkap(perkakas, meja)
    medan = k.formulir(JALUR)
    k.kirim(JALUR, {**medan, "aksi": "ajukan"}, csrf=medan["csrf"])
    sidik = re.search(r'name="sidik" value="([0-9a-f]{64})"', kabid.buka("/periksa/2024-tw1/rehabilitasi-sosial").text)
    medan = k.formulir(JALUR)
    k.kirim(JALUR, {**medan, "/indikator/0/penjelasan": "dihitung ulang", "aksi": "ajukan"}, csrf=medan["csrf"])
    assert sidik
    jawab = kabid.kirim("/periksa/2024-tw1/rehabilitasi-sosial", {"sidik": sidik[1], "jawab": "ya"})
    assert "isinya berubah sejak dibaca" in kabid.buka(jawab.headers["location"]).text.casefold()
    assert meja.layanan.meja.reports().kertas_kerja(_tw1(), "rehabilitasi-sosial") is None


def test_killed_in_the_middle_of_saves_nothing_is_broken(contoh_terbuka: Path, tmp_path: Path) -> None:
    """SIGKILL while saves stream in: the repository is whole, every answered save is there, the rest is draft."""
    folder = tmp_path / "dinas"
    shutil.copytree(contoh_terbuka, folder)
    port, terjawab = _port(), 0
    for putaran in range(3):
        server = _nyalakan(folder, port)
        sesi = _Peramban(folder, port)
        try:
            for n in range(40):
                if n == 4 + 5 * putaran:
                    _bunuh_sebentar_lagi(server, 0.02 * (putaran + 1))
                if not sesi.simpan(f"{10 + putaran},{n + 10}"):
                    break
                terjawab = n + 10
        finally:
            server.kill()
            server.wait()
        git = ["git", "-C", str(folder / "repositori.git"), "fsck", "--no-dangling", "--connectivity-only"]
        assert subprocess.run(git, capture_output=True, check=False).returncode == 0
        instansi = cari_instansi(folder)
        forge = instansi.forge()
        kepala = forge.kepala("kk/2024-tw1/rehabilitasi-sosial")
        data, temuan = muat(forge.repo.baca(kepala, "reports/2024/tw1/kertas-kerja/rehabilitasi-sosial.yaml"), "")
        forge.repo.tutup()
        assert not temuan
        nilai = str(data["indikator"][0]["realisasi"])
        assert nilai in (f"{10 + putaran}.{terjawab}", f"{10 + putaran}.{terjawab + 1}")
    server = _nyalakan(folder, port)  # and it starts again as if nothing had been
    try:
        assert _Peramban(folder, port).simpan("99,5")
    finally:
        server.terminate()
        server.wait()


# helpers


class _Peramban:
    """A person at a served desk, by plain HTTP; signs in by a session written beside the server."""

    def __init__(self, folder: Path, port: int) -> None:
        from kinerja.accounts.invitations import pastikan_akun
        from kinerja.accounts.sessions import DaftarSesi
        from kinerja.accounts.store import Simpanan
        from kinerja.adapters.clocks import JamSistem

        saat = JamSistem().sekarang()
        with Simpanan(folder / "meja" / "meja.sqlite") as simpanan:
            with simpanan.tulis() as db:
                pastikan_akun(simpanan, db, PENGISI, saat)
            self._token, _ = DaftarSesi(simpanan).buka(PENGISI, Permintaan(saat, "uji"))
        self._alamat = f"http://localhost:{port}{JALUR}"

    def _minta(self, data: bytes | None = None) -> str:
        kepala = {"Cookie": f"kinerja-sesi={self._token}"}
        minta = urllib.request.Request(self._alamat, data, kepala)  # noqa: S310 - our own server
        with urllib.request.urlopen(minta, timeout=20) as jawab:  # noqa: S310 - our own server
            return str(jawab.url) + jawab.read().decode()

    def simpan(self, angka: str) -> bool:
        """True when the server said that it is saved."""
        from urllib.parse import urlencode

        try:
            halaman = self._minta()
            csrf = re.search(r'name="csrf" value="([^"]+)"', halaman)
            asal = re.search(r'name="asal" value="([^"]+)"', halaman)
            isi = {"csrf": csrf[1], "asal": asal[1], "/indikator/0/realisasi": angka, "aksi": "simpan"}  # type: ignore[index]
            return "tersimpan=1" in self._minta(urlencode(isi).encode())[:200]
        except OSError:
            return False


def _bunuh_sebentar_lagi(server: subprocess.Popen[bytes], jeda: float) -> None:
    import threading

    threading.Timer(jeda, lambda: os.kill(server.pid, signal.SIGKILL)).start()


def _port() -> int:
    from kinerja.web.server import port_bebas

    return port_bebas(18_500 + os.getpid() % 500 * 20)


def _nyalakan(folder: Path, port: int) -> subprocess.Popen[bytes]:
    perintah = [sys.executable, "-m", "kinerja", "serve", "--repo", str(folder), "--port", str(port)]
    lingkungan = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "tooling")}
    server = subprocess.Popen(perintah, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=lingkungan)
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/masuk", timeout=5):
                return server
        except OSError:
            time.sleep(0.1)
    raise AssertionError("server tidak mulai")


def _lengkap(perkakas: Any, meja: Any) -> None:
    """The scripted figures, saved without submitting."""
    from kinerja import sop

    angka = perkakas.walk.nilai(meja.lembar(), "rehabilitasi-sosial")
    sop.isi(meja.layanan.meja.sesi(PENGISI), _tw1(), "rehabilitasi-sosial", nilai=angka)


def _tw1() -> Any:
    from kinerja.domain.periode import Periode

    return Periode.baca("2024-tw1")


