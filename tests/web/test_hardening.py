"""What a reviewer acting as attacker found, each as a test that it stays mended."""

from __future__ import annotations

import base64
import gc
import hashlib
import http.client
import json
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kinerja.accounts.store import Permintaan
from kinerja.adapters.yaml_splice import sisip
from kinerja.agency import cari_instansi
from kinerja.domain.errors import PemakaianError
from kinerja.domain.peristiwa import kanonik
from kinerja.site_step import bangun_situs
from kinerja.web.security import SKRIP_SITUS
from kinerja.web.server import Letak, tuntut_aman

pytestmark = pytest.mark.lambat

JALUR = "/kerja/2024-tw1/rehabilitasi-sosial"
SANDI = "pagi hujan di tilamuta"


def skrip(folder: Path) -> set[str]:
    """Digests of every inline script of a built site, as a CSP names them."""
    hasil = set()
    for berkas in folder.rglob("*.html"):
        for isi in re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", berkas.read_text(), re.S):
            if not isi.lstrip().startswith("{"):  # data for the theme, which nothing runs
                hasil.add("sha256-" + base64.b64encode(hashlib.sha256(isi.encode()).digest()).decode())
    return hasil


def test_the_public_site_runs_the_themes_scripts_and_no_others(perkakas: Any, tmp_path: Path) -> None:
    """A script and a hook in the repository's own site: neither runs in the desk, nor in a page."""
    k = perkakas.walk.Kantor(tmp_path / "dinas")
    jahat = tmp_path / "JALAN"
    k.tulis_utama("site/hook.py", f"open({str(jahat)!r}, 'w').write('x')\n".encode())
    k.tulis_utama("mkdocs.yml", b"site_name: x\nhooks: [site/hook.py]\nplugins: [kinerja]\n")
    k.tulis_utama("site/jahat.js", b"alert(1)")
    k.tulis_utama("site/glosarium.md", b"# Glosarium\n\n<script>alert(document.cookie)</script>\n")
    situs = bangun_situs(k.forge, tmp_path / "situs", setelan_sendiri=False).parent
    k.forge.repo.tutup()
    assert not jahat.exists()
    assert not list(situs.rglob("jahat.js"))
    assert not list(situs.rglob("hook.py"))
    sisipan = "sha256-" + base64.b64encode(hashlib.sha256(b"alert(document.cookie)").digest()).decode()
    assert skrip(situs) - {sisipan} == set(SKRIP_SITUS)
    assert sisipan not in SKRIP_SITUS


def memori() -> int:
    """Bytes that this process holds now."""
    return int(re.search(r"VmRSS:\s+([0-9]+)", Path("/proc/self/status").read_text())[1]) * 1024  # type: ignore[index]


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="memori dibaca dari /proc")
@pytest.mark.parametrize("kuki", [False, True], ids=["tamu", "pegawai"])
def test_nobody_fills_memory_or_disk(meja: Any, nyalakan: Callable[[Any], Any], kuki: bool) -> None:
    """Fields without end, in a body without a size: cut at the limit, and the desk answers the next one."""
    server = nyalakan(meja)
    port = int(server.alamat.rpartition(":")[2])
    kepala = {"Host": f"localhost:{port}", "Content-Type": "application/x-www-form-urlencoded"}
    if kuki:
        kepala["Cookie"] = f"kinerja-sesi={meja.klien('p-kiki').http.cookies.get('kinerja-sesi')}"
    awal = memori()
    h = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with suppress(OSError):
        h.request("POST", "/saya/surel", (b"a=" + b"b" * 1_000_000 + b"&" for _ in range(200)), kepala, encode_chunked=True)
    try:
        jawab = h.getresponse()
        assert jawab.status == 413
        jawab.read()
    except (OSError, http.client.HTTPException):
        pass  # the line was cut before the answer could be read, which is an answer too
    h.close()
    gc.collect()
    assert memori() - awal < 80_000_000
    h = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    h.request("GET", "/masuk", headers={"Host": f"localhost:{port}"})
    jawab = h.getresponse()
    jawab.read()
    h.close()
    assert jawab.status == 200


@pytest.mark.parametrize(
    ("orang", "jalur", "isi"),
    [
        ("p-kiki", "/saya/sandi", {"sandi": SANDI, "sandi_lagi": SANDI}),
        ("p-kiki", "/saya/surel", {"surel": "pencuri@contoh.id"}),
        ("p-kiki", "/saya/passkey", {"jawaban": "{}", "nama_passkey": "x", "id_tantangan": "x"}),
        ("p-oki", "/orang/undang", {"orang": "p-ayu"}),
        ("p-oki", "/orang/akun", {"orang": "p-ayu", "aksi": "nonaktifkan"}),
        ("p-oki", "/orang/kunci", {}),
    ],
)  # fmt: skip
def test_a_cookie_alone_opens_no_new_door(meja: Any, orang: str, jalur: str, isi: dict[str, str]) -> None:
    """Whoever has only the session of somebody who signed in long ago must show who they are."""
    k = meja.klien(orang)
    for _ in range(3):
        meja.jam.maju(minutes=5)
        k.buka("/")
    jawab = k.kirim(jalur, isi)
    assert jawab.status_code == 401
    assert "Masuk sekali lagi" in jawab.text
    assert not meja.layanan.akun.bersandi("p-kiki")
    assert meja.layanan.surel.surel("p-kiki") is None


def test_after_showing_it_once_more_other_tabs_go_on(meja: Any) -> None:
    minta = Permintaan(meja.jam(), "uji")
    meja.layanan.akun.terima_dengan_sandi(
        meja.layanan.akun.undang("p-kiki", minta, timedelta(days=1)), SANDI, "", minta
    )
    k = meja.klien("p-kiki")
    token, _ = meja.layanan.sesi.buka("p-kiki", minta)
    k.http.cookies.set("kinerja-sesi", token)
    lembar = k.formulir(JALUR)
    for _ in range(3):
        meja.jam.maju(minutes=5)
        k.buka("/")
    ulang = k.kirim("/saya/surel", {"surel": "kiki@contoh.id"})
    csrf = re.search(r'name="csrf" value="([^"]+)"', ulang.text)
    assert csrf
    masuk = k.kirim("/masuk", {"orang": "p-kiki", "sandi": SANDI, "lanjut": "/saya"}, csrf=csrf[1])
    assert masuk.headers["location"] == "/saya"
    k.http.cookies.delete("kinerja-sesi", domain="")
    assert k.kirim("/saya/surel", {"surel": "kiki@contoh.id"}).status_code == 303
    assert meja.layanan.surel.surel("p-kiki") == "kiki@contoh.id"
    jawab = k.kirim(JALUR, {**lembar, "/indikator/0/realisasi": "45,21", "aksi": "simpan"}, csrf=lembar["csrf"])
    assert jawab.headers["location"].endswith("tersimpan=1")


def test_what_is_witnessed_is_the_servers_word(perkakas: Any, meja: Any) -> None:
    """Fields of the form cannot pass for the server's own; and the record can be read again."""
    forge, jalur = meja.instansi.forge(), "reports/identitas.yaml"
    n = next(n for n, o in enumerate(forge.reports().identitas().orang) if o.id == "p-kiki")
    kantor = type("K", (), {"forge": forge, "instansi": meja.instansi})()
    akun = [{"forge": "meja", "nomor": 7, "mulai": "2024-01-01", "selesai": None}]
    isi = sisip(forge.repo.baca(forge.utama(), jalur), {f"/orang/{n}/akun": akun})
    repo, utama = forge.repo, forge.utama()
    from kinerja.adapters.git import Pelaku

    oid = repo.tulis_commit([utama], {jalur: isi}, "Ubah\n", Pelaku("x", "x@contoh.invalid"), meja.jam())
    repo.pindah_ref("refs/heads/main", oid, utama, "uji")
    repo.tutup()
    assert kantor.instansi is meja.instansi
    palsu = {"orang": "p-ayu", "nomor": "palsu", "jalur": "/bukan/ini", "saat": "2020-01-01"}
    bukti = meja.layanan.meja.saksikan("p-kiki", "/kerja", palsu)
    catatan = (meja.instansi.folder / "meja" / "kesaksian" / f"{bukti.nomor}.json").read_bytes()
    assert hashlib.sha256(catatan).hexdigest() == bukti.sha256
    data = json.loads(catatan)
    assert (data["orang"], data["jalur"], data["isian"]["orang"]) == ("p-kiki", "/kerja", "p-ayu")
    assert kanonik(data) == catatan


def test_the_signer_sees_comments_and_hidden_letters(meja: Any) -> None:
    k = meja.klien("p-kiki")
    medan = k.formulir(f"{JALUR}/yaml", "yaml")
    naskah = "# angka sebenarnya 12 \u202erahasia\u200b\n" + medan["naskah"]
    k.kirim(f"{JALUR}/yaml", {**medan, "naskah": naskah, "aksi": "simpan"}, csrf=medan["csrf"])
    halaman = meja.klien("p-fajar").buka("/periksa/2024-tw1/rehabilitasi-sosial").text
    assert "# angka sebenarnya 12 ⟨U+202E⟩rahasia⟨U+200B⟩" in halaman


@pytest.mark.parametrize(
    ("jalur", "isi"),
    [
        (JALUR, {"versi": "²", "aksi": "simpan"}), (JALUR, {"aksi": "hapus-bukti:²:1"}), (JALUR, {"aksi": "bukti:99999"}),
        ("/lembar/2024-tw1/rehabilitasi-sosial/komentar", {"komentar": "x", "balasan": "²"}),
        ("/lembar/2024-tw1/rehabilitasi-sosial/komentar", {"komentar": "x", "balasan": "99"}),
    ],
    ids=range(5),
)  # fmt: skip
def test_odd_numbers_in_forms_are_no_fault_of_ours(meja: Any, jalur: str, isi: dict[str, str]) -> None:
    jawab = meja.klien("p-kiki").kirim(jalur, isi)
    assert jawab.status_code in (303, 400)
    assert not list(meja.layanan.bukti.rglob("*")) if meja.layanan.bukti.exists() else True


def test_a_broken_comment_stops_nobody(meja: Any) -> None:
    forge = meja.instansi.forge()
    from kinerja.adapters.git import Pelaku

    oid = forge.repo.tulis_commit([], {"komentar.json": b"{"}, "x\n", Pelaku("x", "x@contoh.invalid"), meja.jam())
    forge.repo.pindah_ref("refs/kinerja/komentar/kk/2024-tw1/rehabilitasi-sosial", oid, None, "uji")
    forge.repo.tutup()
    assert "komentar ini rusak" in meja.klien("p-kiki").buka("/lembar/2024-tw1/rehabilitasi-sosial").text
    assert meja.klien("p-kiki").buka(JALUR).status_code == 200


def test_behind_a_proxy_only_this_computer_is_listened_to() -> None:
    with pytest.raises(PemakaianError, match="hanya mendengarkan komputer ini"):
        tuntut_aman(Letak("https://k.go.id", "0.0.0.0", proksi=True), demo=False)  # noqa: S104


@pytest.mark.parametrize("asal", ["http://localhost:1234", "https://localhost:8000", "http://localhost"])
def test_another_port_is_another_site(meja: Any, asal: str) -> None:
    k = meja.klien("p-kiki")
    jawab = k.http.post("/keluar", data={"csrf": k.csrf()}, headers={"Origin": asal, "Host": "localhost:8000"})
    assert jawab.status_code == (303 if asal.endswith("://localhost:8000") else 403)


def test_a_save_that_comes_while_the_sheet_is_signed_is_not_called_saved(
    perkakas: Any, meja: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kinerja import sop
    from kinerja.adapters.local_forge import ForgeLokal
    from kinerja.domain.errors import BentrokError

    tw1 = perkakas.walk.TW1
    kantor = perkakas.walk.Kantor.__new__(perkakas.walk.Kantor)
    kantor.instansi = cari_instansi(meja.instansi.folder)
    kantor.forge = kantor.instansi.forge()
    kantor.isi("rehabilitasi-sosial", "p-kiki")
    asli = ForgeLokal.catat

    def disela(self: ForgeLokal, *a: Any, **kw: Any) -> Any:
        monkeypatch.setattr(ForgeLokal, "catat", asli)
        sop.isi(kantor.sesi("p-kiki"), tw1, "rehabilitasi-sosial", nilai={"/catatan": "susulan"})
        return asli(self, *a, **kw)

    monkeypatch.setattr(ForgeLokal, "catat", disela)
    with pytest.raises(BentrokError):
        sop.periksa(kantor.sesi("p-fajar"), tw1, "rehabilitasi-sosial", ya=True)
    assert kantor.forge.reports().kertas_kerja(tw1, "rehabilitasi-sosial") is None
    kantor.forge.repo.tutup()


def test_a_draft_for_a_period_that_nobody_opened_is_not_kept(meja: Any) -> None:
    k = meja.klien("p-kiki")
    csrf = k.formulir(JALUR)["csrf"]
    jalur = "/kerja/2031-tw1/rehabilitasi-sosial/draf"
    jawab = k.http.post(jalur, json={"asal": "", "versi": 0, "isian": {"/x": "y"}}, headers={"X-CSRF": csrf})
    assert jawab.status_code == 403
    with meja.layanan.simpanan.baca() as db:
        assert db.execute("SELECT count(*) FROM draf").fetchone()[0] == 0


