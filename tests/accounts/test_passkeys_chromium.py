"""The JSON of passkeys is what a real Chromium reads and writes: registering, signing in, signing an act."""

from __future__ import annotations

import http.server
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from kinerja.accounts.passkeys import PasskeySitus, tanda_dari_jawaban
from kinerja.accounts.people import DaftarAkun
from kinerja.accounts.store import Permintaan, Simpanan
from kinerja.adapters.keys import periksa
from kinerja.adapters.sshsig import tantangan

pytestmark = [pytest.mark.peramban, pytest.mark.alat("chromium")]

ARGUMEN = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
RUANG, PESAN = "kinerja.paraf.v1", b'{"urut":7}'
BUAT = """async p => (await navigator.credentials.create(
  {publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(p)})).toJSON()"""
AMBIL = """async p => (await navigator.credentials.get(
  {publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(p)})).toJSON()"""


class Kosong(http.server.BaseHTTPRequestHandler):
    """One empty page."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Meja Kerja</title>")

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def tab() -> Iterator[Page]:
    """A page of http://localhost in a Chromium whose authenticator is software."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Kosong) as server:
        utas = threading.Thread(target=server.serve_forever, daemon=True)
        utas.start()
        with sync_playwright() as p:
            chromium = p.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMEN)
            halaman = chromium.new_page()
            cdp = halaman.context.new_cdp_session(halaman)
            cdp.send("WebAuthn.enable")
            pilihan = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                       "hasUserVerification": True, "isUserVerified": True,
                       "automaticPresenceSimulation": True}  # fmt: skip
            cdp.send("WebAuthn.addVirtualAuthenticator", {"options": pilihan})
            halaman.goto(f"http://localhost:{server.server_port}/")
            yield halaman
            chromium.close()
        server.shutdown()
        utas.join()


def test_a_real_browser_registers_signs_in_and_signs(
    tab: Page, simpanan: Simpanan, akun: DaftarAkun, minta: Permintaan
) -> None:
    situs = PasskeySitus(simpanan, "localhost", "Meja Kerja")
    akun.undang("p-citra", minta, timedelta(days=1))
    pilihan, tanda = situs.mulai_daftar("p-citra", "Citra Lestari", minta)
    p = situs.selesai_daftar(tanda, tab.evaluate(BUAT, pilihan), "HP Citra", replace(minta, oleh="p-citra"))
    pilihan, _ = situs.mulai_daftar("p-citra", "Citra Lestari", minta)
    with pytest.raises(Exception, match="InvalidStateError"):
        tab.evaluate(BUAT, pilihan)
    for _ in range(2):
        pilihan, tanda = situs.mulai_masuk(minta)
        assert situs.selesai_masuk(tanda, tab.evaluate(AMBIL, pilihan), minta) == "p-citra"
    jawaban = tab.evaluate(AMBIL, situs.pilihan_tanda(situs.milik("p-citra"), tantangan(RUANG, PESAN)))
    assert periksa(p.publik, PESAN, tanda_dari_jawaban(p.publik, RUANG, PESAN, jawaban), RUANG)
    armor, dipakai = situs.tanda_tangani("p-citra", RUANG, PESAN, jawaban, minta)
    assert periksa(dipakai.publik, PESAN, armor, RUANG)
    assert dipakai.hitungan < situs.milik("p-citra")[0].hitungan
