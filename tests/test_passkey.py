"""A passkey of a real Chromium signs an act; our code and stock ssh-keygen both take it."""

from __future__ import annotations

import base64
import http.server
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from kinerja.adapters.keys import periksa, publik_dari_cose
from kinerja.adapters.sshsig import dari_webauthn, tantangan

pytestmark = [pytest.mark.peramban, pytest.mark.alat("chromium", "ssh-keygen")]

ARGUMEN = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SITUS = "localhost"
RUANG = "kinerja.paraf.v1"
ISI = b'{"urut":7}'

DAFTAR = """async (situs) => {
  const c = await navigator.credentials.create({publicKey: {
    rp: {id: situs, name: "Kinerja"}, challenge: new Uint8Array(32),
    user: {id: new Uint8Array([1]), name: "p-citra", displayName: "Citra"},
    pubKeyCredParams: [{type: "public-key", alg: -7}], attestation: "none",
    authenticatorSelection: {residentKey: "required", userVerification: "required"}}});
  return btoa(String.fromCharCode(...new Uint8Array(c.response.getAuthenticatorData())));
}"""
TANDA = """async ([situs, tantangan]) => {
  const c = await navigator.credentials.get({publicKey: {
    rpId: situs, userVerification: "required",
    challenge: Uint8Array.from(atob(tantangan), h => h.charCodeAt(0))}});
  const teks = b => btoa(String.fromCharCode(...new Uint8Array(b)));
  return [c.response.authenticatorData, c.response.clientDataJSON, c.response.signature].map(teks);
}"""


class Kosong(http.server.BaseHTTPRequestHandler):
    """One empty page."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Kinerja</title>")

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
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
            halaman.goto(f"http://{SITUS}:{server.server_port}/")
            yield halaman
            chromium.close()
        server.shutdown()
        utas.join()


@pytest.fixture(scope="module")
def publik(tab: Page) -> str:
    """The OpenSSH line of a passkey that Chromium made (attested credential data: section 6.5.1)."""
    data = base64.b64decode(tab.evaluate(DAFTAR, SITUS))
    panjang_id = int.from_bytes(data[53:55], "big")
    return publik_dari_cose(data[55 + panjang_id :], SITUS)


def tanda_tangani(tab: Page, pesan: bytes) -> list[bytes]:
    jawab = tab.evaluate(TANDA, [SITUS, base64.b64encode(tantangan(RUANG, pesan)).decode()])
    return [base64.b64decode(b) for b in jawab]


def test_an_act_signed_in_chromium(tab: Page, publik: str, tmp_path: Path) -> None:
    data, klien, der = tanda_tangani(tab, ISI)
    armor = dari_webauthn(publik, RUANG, ISI, authenticator_data=data, client_data=klien, tanda=der)
    assert periksa(publik, ISI, armor, RUANG)
    assert not periksa(publik, b'{"urut":8}', armor, RUANG)
    assert not periksa(publik, ISI, armor, "kinerja.tanda-tangan.v1")
    (tmp_path / "percaya").write_text(f'p-citra namespaces="{RUANG}" {publik}\n')
    (tmp_path / "sig").write_text(armor)
    perintah = ["ssh-keygen", "-Y", "verify", "-f", str(tmp_path / "percaya"), "-I", "p-citra",
                "-n", RUANG, "-s", str(tmp_path / "sig")]  # fmt: skip
    for pesan, kode in ((ISI, 0), (b'{"urut":8}', 255)):
        assert subprocess.run(perintah, input=pesan, capture_output=True, check=False).returncode == kode


def test_an_answer_to_another_challenge_is_refused(tab: Page, publik: str) -> None:
    data, klien, der = tanda_tangani(tab, b'{"urut":8}')
    with pytest.raises(ValueError, match="bukan untuk isi dan ruang nama ini"):
        dari_webauthn(publik, RUANG, ISI, authenticator_data=data, client_data=klien, tanda=der)
