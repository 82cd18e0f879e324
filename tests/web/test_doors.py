"""The doors: sign-in, invitations, cookies, tokens of forms, other sites, host names."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from kinerja.accounts.store import Permintaan
from kinerja.domain.errors import PemakaianError
from kinerja.web.routes import RUTE
from kinerja.web.server import Letak, tuntut_aman

SEMUA = "0.0.0.0"  # noqa: S104 - what an unsafe place looks like
SANDI = "pagi hujan di tilamuta"


def minta(m: Any) -> Permintaan:
    return Permintaan(m.jam(), "uji")


def undang(m: Any, orang: str) -> str:
    return str(m.layanan.akun.undang(orang, minta(m), timedelta(days=3)))


def bersandi(m: Any, orang: str = "p-kiki") -> None:
    m.layanan.akun.terima_dengan_sandi(undang(m, orang), SANDI, "", minta(m))


def csrf_masuk(k: Any) -> str:
    ketemu = re.search(r'name="csrf" value="([^"]+)"', k.buka("/masuk").text)
    assert ketemu
    return ketemu[1]


def test_a_visitor_is_led_to_the_sign_in(meja: Any) -> None:
    jawab = meja.klien(None).buka("/")
    assert (jawab.status_code, jawab.headers["location"]) == (303, "/masuk")


def test_an_invitation_then_a_password_then_home(meja: Any) -> None:
    k = meja.klien(None)
    token = undang(meja, "p-kiki")
    halaman = k.buka(f"/undangan/{token}")
    assert "Selamat datang, Kiki Umpamasari" in halaman.text
    assert "Nama masuk Anda: <strong>p-kiki</strong>" in halaman.text
    csrf = re.search(r'name="csrf" value="([^"]+)"', halaman.text)
    assert csrf
    beda = k.kirim(f"/undangan/{token}", {"sandi": SANDI, "sandi_lagi": "lain"}, csrf=csrf[1])
    assert "kedua kata sandi tidak sama" in beda.text.casefold()
    jawab = k.kirim(f"/undangan/{token}", {"sandi": SANDI, "sandi_lagi": SANDI}, csrf=csrf[1])
    assert (jawab.status_code, jawab.headers["location"]) == (303, "/")
    assert "Tugas saya" in k.buka("/").text
    assert "sudah dipakai" in k.buka(f"/undangan/{token}").text


def test_a_wrong_password_tells_nothing_and_waits_after_five(meja: Any) -> None:
    bersandi(meja)
    k = meja.klien(None)
    for _ in range(5):
        jawab = k.kirim("/masuk", {"orang": "p-kiki", "sandi": "salah salah salah"}, csrf=csrf_masuk(k))
        assert jawab.status_code == 403
    tiada = k.kirim("/masuk", {"orang": "p-tiada", "sandi": "salah salah salah"}, csrf=csrf_masuk(k))
    assert "nama atau kata sandi salah" in tiada.text.casefold()
    tunggu = k.kirim("/masuk", {"orang": "p-kiki", "sandi": SANDI}, csrf=csrf_masuk(k))
    assert "terlalu banyak percobaan" in tunggu.text.casefold()
    meja.jam.maju(minutes=5)
    jawab = k.kirim("/masuk", {"orang": "p-kiki", "sandi": SANDI}, csrf=csrf_masuk(k))
    assert jawab.status_code == 303


def test_the_session_ends_when_nothing_happens(meja: Any) -> None:
    k = meja.klien("p-kiki")
    assert k.buka("/").status_code == 200
    meja.jam.maju(minutes=29)
    assert k.buka("/").status_code == 200
    meja.jam.maju(minutes=31)
    assert k.buka("/").status_code == 303


def test_signing_out_ends_the_session_itself(meja: Any) -> None:
    k = meja.klien("p-kiki")
    token = k.http.cookies.get("kinerja-sesi")
    assert k.kirim("/keluar", {}).status_code == 303
    k.http.cookies.set("kinerja-sesi", token)
    assert k.buka("/").status_code == 303


@pytest.mark.parametrize(
    "lanjut", ["https://jahat.id/", "//jahat.id", "/\\jahat.id", "javascript:alert(1)", "\\\\jahat", "/a\nb"]
)
def test_after_sign_in_nobody_is_sent_elsewhere(meja: Any, lanjut: str) -> None:
    bersandi(meja)
    k = meja.klien(None)
    jawab = k.kirim("/masuk", {"orang": "p-kiki", "sandi": SANDI, "lanjut": lanjut}, csrf=csrf_masuk(k))
    assert jawab.headers["location"] == "/"


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(buat_meja: Callable[..., Any]) -> None:
    m = buat_meja()
    bersandi(m)
    k = m.klien(None)
    jawab = k.kirim("/masuk", {"orang": "p-kiki", "sandi": SANDI}, csrf=csrf_masuk(k))
    kuki = jawab.headers["set-cookie"]
    assert "HttpOnly" in kuki
    assert "SameSite=lax" in kuki
    assert "Path=/" in kuki
    assert "Secure" not in kuki  # loopback speaks plain HTTP


def test_over_https_cookies_demand_it(contoh_terbuka: Any, tmp_path: Any) -> None:
    import shutil

    from starlette.testclient import TestClient

    from kinerja.agency import cari_instansi
    from kinerja.web.app import buat_app
    from kinerja.web.server import layanan

    shutil.copytree(contoh_terbuka, tmp_path / "d")
    from datetime import UTC, datetime

    saat = datetime(2024, 4, 2, 1, tzinfo=UTC)
    letak = Letak("https://kinerja.contoh.go.id", proksi=True)
    milik = layanan(cari_instansi(tmp_path / "d"), letak, lambda: saat, demo=False)
    with TestClient(buat_app(milik), base_url="https://kinerja.contoh.go.id", follow_redirects=False) as http:
        jawab = http.get("/masuk")
    kuki = jawab.headers["set-cookie"]
    assert kuki.startswith("__Host-kinerja-pintu=")
    assert "Secure" in kuki
    assert jawab.headers["strict-transport-security"].startswith("max-age=")
    milik.simpanan.tutup()


@pytest.mark.parametrize(
    "inang", ["jahat.id", "localhost.jahat.id", "", "169.254.169.254", "kinerja.contoh.go.id"]
)
def test_another_host_name_is_not_answered(meja: Any, inang: str) -> None:
    """DNS rebinding: a stranger's name that leads to this computer."""
    jawab = meja.klien("p-kiki").http.get("/", headers={"Host": inang})
    assert jawab.status_code in (400, 421)
    assert "Kiki" not in jawab.text


@pytest.mark.parametrize(
    "kepala",
    [{"Origin": "https://jahat.id"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
     {"Sec-Fetch-Site": "same-site"}],
    ids=str,
)  # fmt: skip
def test_another_site_cannot_act(meja: Any, kepala: dict[str, str]) -> None:
    k = meja.klien("p-kiki")
    jawab = k.http.post("/keluar", data={"csrf": k.csrf()}, headers=kepala)
    assert jawab.status_code == 403
    assert k.buka("/").status_code == 200


def test_a_form_of_another_session_is_refused(meja: Any) -> None:
    jawab = meja.klien("p-kiki").kirim("/keluar", {}, csrf=meja.klien("p-fajar").csrf())
    assert jawab.status_code == 403
    assert meja.klien("p-kiki").buka("/").status_code == 200


def test_two_pages_have_two_tokens_and_both_count(meja: Any) -> None:
    k = meja.klien("p-kiki")
    satu, dua = k.csrf(), k.csrf()
    assert satu != dua
    assert k.kirim("/saya/surel", {"surel": "kiki@contoh.invalid"}, csrf=satu).status_code == 303
    assert k.kirim("/saya/surel", {"surel": ""}, csrf=dua).status_code == 303


@pytest.mark.parametrize(
    "jalur",
    [
        "/",
        "/masuk",
        "/tidak-ada",
        "/aset/meja.css",
        "/skema/kertas-kerja.v1.json",
        "/situs/",
        "/kerja/2024-tw1/rehabilitasi-sosial",
    ],
)
def test_every_answer_forbids_inline_script_framing_and_strangers(meja: Any, jalur: str) -> None:
    jawab = meja.klien("p-kiki").buka(jalur)
    csp = jawab.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in csp
    assert jawab.headers["x-content-type-options"] == "nosniff"
    assert jawab.headers["referrer-policy"] == "same-origin"
    if not jalur.startswith("/situs"):
        assert "unsafe" not in csp
        assert "default-src 'none'" in csp
    if "html" in jawab.headers.get("content-type", "") and not jalur.startswith("/situs"):
        assert not re.search(r"<script(?![^>]*\bsrc=)", jawab.text)
        assert not re.search(r"\son[a-z]+=", jawab.text)
        assert not re.search(r"<[^>]*\sstyle=|<style", jawab.text)
        assert not re.search(r"""(?:src|href|action)=["']?(?:https?:)?//""", jawab.text)


def test_pages_are_not_kept_by_browsers_but_files_are(meja: Any) -> None:
    k = meja.klien("p-kiki")
    assert k.buka("/").headers["cache-control"] == "no-store"
    aset = re.search(r'href="(/aset/meja\.css\?v=[0-9a-f]+)"', k.buka("/").text)
    assert aset
    assert "immutable" in k.buka(aset[1]).headers["cache-control"]
    polos = k.buka("/aset/codemirror.js")  # imported by a script, without a digest in its address
    assert polos.headers["cache-control"] == "no-cache"
    lagi = k.http.get("/aset/codemirror.js", headers={"If-None-Match": polos.headers["etag"]})
    assert (lagi.status_code, lagi.content) == (304, b"")


@pytest.mark.parametrize(
    "jalur",
    [
        "/aset/../app.py",
        "/aset/%2e%2e/app.py",
        "/aset/..%2fapp.py",
        "/situs/../meja/meja.sqlite",
        "/situs/%2e%2e/meja/meja.sqlite",
        "/situs/..%2f..%2fmeja%2fmeja.sqlite",
        "/skema/..%2f..%2fpyproject.toml",
    ],
)
def test_no_file_outside_is_served(meja: Any, jalur: str) -> None:
    jawab = meja.klien(None).buka(jalur)
    assert jawab.status_code in (303, 401, 404, 503)
    assert b"SQLite format" not in jawab.content
    assert "def " not in jawab.text


def test_the_public_site_needs_no_account(meja: Any) -> None:
    situs = meja.layanan.situs
    situs.mkdir(parents=True)
    (situs / "index.html").write_text("<title>Situs</title>")
    jawab = meja.klien(None).buka("/situs/")
    assert (jawab.status_code, jawab.text) == (200, "<title>Situs</title>")


def test_what_was_refused_stands_in_the_trail(meja: Any) -> None:
    meja.klien("p-kiki").buka("/orang")
    halaman = unescape(meja.klien("p-oki").buka("/jejak").text)
    assert "permintaan-ditolak" in halaman
    assert "GET /orang" in halaman


def test_the_pengelola_invites_and_shuts_out(meja: Any) -> None:
    oki = meja.klien("p-oki")
    halaman = oki.kirim("/orang/undang", {"orang": "p-kiki"})
    tautan = re.search(r"http://localhost:8000(/undangan/[\w-]+)", halaman.text)
    assert tautan
    assert "Selamat datang" in meja.klien(None).buka(tautan[1]).text
    kiki = meja.klien("p-kiki")
    assert kiki.buka("/").status_code == 200
    oki.kirim("/orang/akun", {"orang": "p-kiki", "aksi": "nonaktifkan"})
    assert kiki.buka("/").status_code == 303
    assert "dinonaktifkan" in oki.buka("/orang").text


def test_demo_says_so_on_every_page_and_changes_roles(buat_meja: Callable[..., Any]) -> None:
    m = buat_meja(demo=True)
    k = m.klien(None)
    csrf = csrf_masuk(k)
    assert "Mode demo" in k.buka("/masuk").text
    k.kirim("/masuk", {"orang": "p-kiki"}, csrf=csrf)
    halaman = k.buka("/").text
    assert "Mode demo" in halaman
    assert "DATA CONTOH" in halaman
    k.kirim("/peran", {"orang": "p-ayu"})
    assert "Ayu Contohwati" in k.buka("/saya").text
    assert k.buka("/kerja/2024-tw1/rehabilitasi-sosial").status_code == 403


def test_without_demo_nobody_comes_in_by_a_name_alone(meja: Any) -> None:
    k = meja.klien(None)
    assert k.kirim("/masuk", {"orang": "p-ayu"}, csrf=csrf_masuk(k)).status_code == 403


@pytest.mark.parametrize(
    ("letak", "demo", "kata"),
    [
        (Letak("http://192.168.1.5:8000", SEMUA), False, "HTTPS"),
        (Letak("http://localhost:8000", SEMUA), False, "HTTPS"),
        (Letak("https://kinerja.contoh.go.id", SEMUA), False, "tanpa sertifikat"),
        (Letak("https://kinerja.contoh.go.id", proksi=True), True, "demo hanya"),
        (Letak("http://localhost:8000", SEMUA), True, "demo hanya"),
        (Letak("ftp://localhost"), False, "tidak dapat dipakai"),
        (Letak("http://localhost:8000/meja"), False, "tidak dapat dipakai"),
    ],
)  # fmt: skip
def test_an_unsafe_place_is_refused(letak: Letak, demo: bool, kata: str) -> None:
    with pytest.raises(PemakaianError, match=kata):
        tuntut_aman(letak, demo=demo)


def test_safe_places() -> None:
    for letak in (
        Letak("http://localhost:8000"),
        Letak("http://127.0.0.1:9000"),
        Letak("https://k.go.id", proksi=True),
    ):
        tuntut_aman(letak, demo=False)


def test_at_an_ip_address_there_are_no_passkeys_and_the_page_says_so(buat_meja: Callable[..., Any]) -> None:
    m = buat_meja(alamat="http://127.0.0.1:8000")
    assert m.layanan.passkey is None
    k = m.klien(None)
    k.http.base_url = "http://127.0.0.1:8000"
    assert "nomor IP" in k.buka("/masuk").text


def test_a_broken_repository_is_one_sentence(meja: Any) -> None:
    """Main is gone while the desk runs."""
    k = meja.klien("p-kiki")
    assert k.buka("/").status_code == 200
    for sisa in (meja.instansi.git / "packed-refs", meja.instansi.git / "refs/heads/main"):
        sisa.unlink(missing_ok=True)
    jawab = k.buka("/")
    assert jawab.status_code == 503
    assert "cabang main tidak ada" in jawab.text
    assert "Traceback" not in jawab.text


def test_methods_that_nobody_offers(meja: Any) -> None:
    for rute in RUTE[:3]:
        jawab = meja.klien("p-kiki").http.request("DELETE", rute.pola)
        assert jawab.status_code in (401, 403, 404)


def test_a_refused_compilation_gives_the_narrative_back(meja: Any) -> None:
    k = meja.klien("p-citra")
    k.buka("/susun/2024-tw1")
    isi = {"analisis": "Capaian turun <karena> hujan.", "pendahuluan": "Awal.", "nomor": "12/DS/2024"}
    assert k.kirim("/susun/2024-tw1", isi).status_code == 303
    halaman = k.buka("/susun/2024-tw1").text
    assert "kilat galat" in halaman
    assert "Capaian turun &lt;karena&gt; hujan.</textarea>" in halaman
    assert 'value="12/DS/2024"' in halaman
    assert "hujan" not in k.buka("/susun/2024-tw1").text  # once


def test_a_refused_comment_stands_in_its_own_field_again(meja: Any) -> None:
    k = meja.klien("p-nanang")
    alamat = "/lembar/2024-tw1/pemerintahan-desa"
    k.buka(alamat)
    panjang = "Mohon <periksa> lagi. " * 1_000
    assert k.kirim(f"{alamat}/komentar", {"komentar": panjang, "penunjuk": ""}).status_code == 303
    halaman = k.buka(alamat).text
    assert "kilat galat" in halaman
    assert halaman.count("<details open>") == 1
    assert f"{'Mohon &lt;periksa&gt; lagi. ' * 1_000}".strip() in halaman


def test_the_disposisi_offers_only_the_period_that_follows(meja: Any) -> None:
    halaman = meja.klien("p-bakri").buka("/disposisi").text
    assert re.findall(r'<option value="(20[^"]+)"', halaman) == ["2024-tw2"]
