"""The passkey script in a real Chromium; what it sends is judged by python-fido2."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Iterator
from typing import Any

import pytest
from fido2.server import Fido2Server
from fido2.webauthn import PublicKeyCredentialRpEntity, PublicKeyCredentialUserEntity
from playwright.sync_api import Browser, Page, expect

from .js.situs import Situs, buka_situs, kerangka

pytestmark = [pytest.mark.peramban, pytest.mark.alat("chromium")]

ORANG = PublicKeyCredentialUserEntity(id=b"\x01\xfe" * 16, name="p-citra", display_name="Citra")
ALAT = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def situs() -> Iterator[Situs]:
    with buka_situs() as s:
        s.halaman["/selesai"] = kerangka("Selesai", "", "<p>Selesai</p>")
        yield s


@pytest.fixture
def tab(peramban: Browser) -> Iterator[Page]:
    """A page whose authenticator is software and always says yes."""
    galat: list[str] = []
    with peramban.new_context() as konteks:
        halaman = konteks.new_page()
        halaman.on("pageerror", lambda e: galat.append(str(e)))
        cdp = konteks.new_cdp_session(halaman)
        cdp.send("WebAuthn.enable")
        cdp.send("WebAuthn.addVirtualAuthenticator", {"options": ALAT})
        yield halaman
    assert galat == []


@pytest.fixture
def server() -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id="localhost", name="Kinerja"))


def taruh(situs: Situs, jenis: str, pilihan: dict[str, Any]) -> str:
    """A page with one passkey form; gives its address."""
    situs.halaman[f"/{jenis}"] = kerangka(
        jenis,
        '<script src="/aset/passkey.js" defer></script>',
        f"""<form class="perlu-passkey" hidden method="post" action="/{jenis}" data-passkey="{jenis}"
          data-pilihan="{html.escape(json.dumps(pilihan))}"><input type="hidden" name="jawaban">
          <label for="nama">Nama perangkat</label><input id="nama" name="nama" required value="HP Citra">
          <p role="alert"></p><button name="cara" value="passkey">Pakai passkey</button></form>""",
    )
    return f"{situs.alamat}/{jenis}"


def tekan(tab: Page, alamat: str) -> None:
    tab.goto(alamat)
    tab.get_by_role("button", name="Pakai passkey").click()


def daftar(tab: Page, situs: Situs, server: Fido2Server) -> Any:
    """Registers; gives the credential that python-fido2 took."""
    pilihan, keadaan = server.register_begin(ORANG, resident_key_requirement="required", user_verification="required")
    tekan(tab, taruh(situs, "daftar", dict(pilihan)["publicKey"]))
    tab.wait_for_url("**/selesai")
    isian = situs.kiriman[-1][1]
    assert isian["nama"] == ["HP Citra"]
    assert isian["cara"] == ["passkey"]
    jawaban = json.loads(isian["jawaban"][0])
    assert set(jawaban["response"]) >= {"transports", "authenticatorData", "publicKeyAlgorithm", "publicKey"}
    return server.register_complete(keadaan, jawaban).credential_data


@pytest.mark.parametrize("jenis", ["masuk", "tanda"])
def test_registering_then_proving(tab: Page, situs: Situs, server: Fido2Server, jenis: str) -> None:
    kunci = daftar(tab, situs, server)
    pilihan, keadaan = server.authenticate_begin([kunci] if jenis == "tanda" else None, user_verification="required")
    tekan(tab, taruh(situs, jenis, dict(pilihan)["publicKey"]))
    tab.wait_for_url("**/selesai")
    jawaban = json.loads(situs.kiriman[-1][1]["jawaban"][0])
    assert server.authenticate_complete(keadaan, [kunci], jawaban).credential_id == kunci.credential_id
    pegangan = base64.urlsafe_b64encode(ORANG.id).decode().rstrip("=")
    assert jawaban["response"]["userHandle"] == pegangan


def test_the_same_device_twice_is_told(tab: Page, situs: Situs, server: Fido2Server) -> None:
    kunci = daftar(tab, situs, server)
    pilihan, _ = server.register_begin(ORANG, [kunci], user_verification="required")
    tekan(tab, taruh(situs, "daftar", dict(pilihan)["publicKey"]))
    expect(tab.get_by_role("alert")).to_have_text("Passkey perangkat ini sudah terdaftar untuk Anda; pakai yang itu.")
    assert len(situs.kiriman) == 1


def test_none_here_or_cancelled_is_told_and_may_be_tried_again(tab: Page, situs: Situs, server: Fido2Server) -> None:
    pilihan, _ = server.authenticate_begin(user_verification="required")
    tekan(tab, taruh(situs, "masuk", {**dict(pilihan)["publicKey"], "timeout": 300}))
    kabar = tab.get_by_role("alert")
    expect(kabar).to_contain_text("Passkey tidak jadi dipakai", timeout=20_000)
    tab.evaluate("document.querySelector('[role=alert]').textContent = ''")
    tab.get_by_role("button", name="Pakai passkey").click()
    expect(kabar).to_contain_text("Passkey tidak jadi dipakai", timeout=20_000)
    assert situs.kiriman == []


def test_an_ip_address_is_the_wrong_site(tab: Page, situs: Situs, server: Fido2Server) -> None:
    pilihan, _ = server.authenticate_begin()
    alamat = taruh(situs, "masuk", dict(pilihan)["publicKey"]).replace("localhost", "127.0.0.1")
    tekan(tab, alamat)
    expect(tab.get_by_role("alert")).to_contain_text("nomor IP; buka dari alamat resmi situs ini")


def test_a_browser_without_passkeys_shows_no_such_form(tab: Page, situs: Situs, server: Fido2Server) -> None:
    pilihan, _ = server.authenticate_begin()
    alamat = taruh(situs, "masuk", dict(pilihan)["publicKey"])
    tab.add_init_script("delete window.PublicKeyCredential")
    tab.goto(alamat)
    expect(tab.locator(".perlu-passkey")).to_be_hidden()
    tab.evaluate("document.querySelector('.perlu-passkey').hidden = false")
    tab.get_by_role("button", name="Pakai passkey").click()
    expect(tab.get_by_role("alert")).to_contain_text("Peramban ini tidak mengenal passkey")


def test_the_form_s_own_rules_come_first(tab: Page, situs: Situs, server: Fido2Server) -> None:
    pilihan, _ = server.authenticate_begin()
    tab.goto(taruh(situs, "masuk", dict(pilihan)["publicKey"]))
    tab.fill("#nama", "")
    tab.get_by_role("button", name="Pakai passkey").click()
    assert tab.evaluate("document.activeElement.id") == "nama"
    assert tab.get_by_role("alert").inner_text() == ""
