"""A whole period at the desk in a real Chromium, signed with passkeys, from disposisi to receipt.

Ten indikator are filled with the keyboard alone; the worksheet is returned with a comment on a
cell, repaired, signed; paraf, tanda tangan, delivery and receipt follow, on a local repository.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page

from kinerja import sop
from kinerja.accounts.store import Permintaan
from kinerja.adapters.keys import KunciPribadi
from kinerja.adapters.yaml_splice import sisip
from kinerja.adapters.yaml_strict import muat
from kinerja.archive_step import berkas_percaya, buat_tanda_terima
from kinerja.domain.organisasi import Status
from kinerja.domain.periode import Periode
from kinerja.domain.tata_kelola import Jaminan, Tindakan
from kinerja.verify_step import verifikasi

pytestmark = [pytest.mark.lambat, pytest.mark.peramban, pytest.mark.alat("chromium")]

TW1 = Periode.baca("2024-tw1")
BIDANG = "rehabilitasi-sosial"
KABID, KASIE = "p-fajar", "p-kiki"
BERPASSKEY = ("p-bakri", "p-citra", KASIE, KABID, "p-ayu")
PENGAUTENTIK = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


class Orang:
    """A person with a browser and a passkey of his or her own."""

    def __init__(self, peramban: Any, alamat: str) -> None:
        self.konteks = peramban.new_context(viewport={"width": 1280, "height": 900}, locale="id-ID")
        self.tab: Page = self.konteks.new_page()
        self.alamat = alamat
        self.keluhan: list[str] = []
        self.tab.on("console", lambda m: self.keluhan.append(m.text) if m.type in ("error", "warning") else None)
        self.tab.on("pageerror", lambda e: self.keluhan.append(str(e)))
        cdp = self.konteks.new_cdp_session(self.tab)
        cdp.send("WebAuthn.enable")
        cdp.send("WebAuthn.addVirtualAuthenticator", {"options": PENGAUTENTIK})

    def buka(self, jalur: str) -> None:
        """Opens a page; signs in with the passkey first when the session has ended."""
        self.tab.goto(self.alamat + jalur)
        if self.tab.inner_text("h1") == "Masuk" and jalur != "/masuk":
            self.keluhan.clear()  # the browser's own note that the page answered 401
            self.tekan("Masuk dengan passkey")
            if not self.tab.url.endswith(jalur):
                self.tab.goto(self.alamat + jalur)

    def tekan(self, teks: str) -> None:
        """Presses a button by its name and waits for the next page."""
        with self.tab.expect_navigation():
            self.tab.get_by_role("button", name=teks, exact=False).first.click()

    def tanda_tangani(self) -> None:
        """The page that asks for the passkey; the software authenticator answers at once."""
        assert "Yang ditandatangani" in self.tab.inner_text("main")
        with self.tab.expect_navigation():
            self.tab.get_by_role("button", name="Tanda tangani dengan passkey").click()

    def kilat(self) -> str:
        return " ".join(self.tab.locator(".kilat").all_inner_texts())


def sepuluh_indikator(rencana: bytes) -> bytes:
    """The plan with ten indikator in one bidang, each a copy of the first under its own name."""
    data, _ = muat(rencana, "")
    satu = next(i for i in data["indikator"] if i["id"] == "rs-01")
    ada = [i for i in data["indikator"] if i["bidang"] != BIDANG]
    baru = [{**satu, "id": f"rs-{n:02}", "nama": f"Persentase layanan dasar kelompok {n}"} for n in range(1, 11)]
    target = {k: v for k, v in data["versi"][0]["target"].items() if not k.startswith("rs-")}
    target |= {f"rs-{n:02}": data["versi"][0]["target"]["rs-01"] for n in range(1, 11)}
    versi = [{**data["versi"][0], "target": target}]
    versi += [{**v, "target": {k: t for k, t in v["target"].items() if not k.startswith("rs-")}} for v in data["versi"][1:]]
    isi = {**data, "indikator": [*ada, *baru], "versi": [v for v in versi if v["target"]]}
    return yaml.safe_dump(json.loads(json.dumps(isi, default=_polos)), allow_unicode=True, sort_keys=False).encode()


def test_a_period_with_passkeys(
    perkakas: Any, peramban: Any, buat_meja: Callable[..., Any], nyalakan: Callable[[Any], Any], tmp_path: Path
) -> None:
    kantor = perkakas.walk.Kantor(tmp_path / "dinas")
    jalur = "reports/2024/rencana.yaml"
    kantor.tulis_utama(jalur, sepuluh_indikator(kantor.forge.repo.baca(kantor.forge.utama(), jalur)))
    _kunci_penerima(kantor)
    kantor.forge.repo.tutup()
    m = buat_meja(folder=tmp_path / "dinas")
    m.jam.kini = datetime.fromisoformat("2024-04-01T08:05:00+08:00")
    server = nyalakan(m)
    orang = {o: Orang(peramban, server.alamat) for o in (*BERPASSKEY, "p-oki")}
    _daftarkan(m, orang)
    bakri, citra, kiki, fajar, ayu = (orang[o] for o in BERPASSKEY)

    # 1, 2
    bakri.buka("/disposisi?periode=2024-tw1")
    bakri.tekan("Buka periode")
    bakri.tanda_tangani()
    assert "Triwulan I Tahun 2024 dibuka" in bakri.kilat()
    citra.buka("/")
    citra.tab.get_by_role("link", name="Siapkan kertas kerja").click()
    citra.tekan("Siapkan 6 kertas kerja")
    for _ in range(6):  # one signature for each bidang's worksheet
        if "Yang ditandatangani" not in citra.tab.inner_text("main"):
            break
        citra.tanda_tangani()
    assert "siap" in citra.kilat()

    # 3: ten numbers by the keyboard alone
    m.jam.maju(days=1)
    kiki.buka("/")
    kiki.tab.get_by_role("link", name="Isi kertas kerja").click()
    ketukan = _isi_dengan_papan_ketik(kiki, [f"9{n},5" for n in range(10)])
    assert ketukan <= sum(len(f"9{n},5") for n in range(10)) + 10 + 1  # the last one saves, as Ctrl+S would
    data = _lembar(m)
    assert [str(b["realisasi"]) for b in data["indikator"]] == [f"9{n}.5" for n in range(10)]
    _lengkapi(kiki, data)
    kiki.tekan("Ajukan")
    kiki.tanda_tangani()
    assert "diajukan" in kiki.kilat()

    # 4: returned with a comment on a cell
    fajar.buka("/")
    fajar.tab.get_by_role("link", name="Periksa").click()
    artikel = fajar.tab.locator("article").nth(2)
    artikel.locator("summary").click()
    artikel.locator("textarea").fill("Cocokkan dengan rekap SPM")
    with fajar.tab.expect_navigation():
        artikel.get_by_role("button", name="Kirim komentar").click()
    fajar.buka(f"/periksa/2024-tw1/{BIDANG}")
    fajar.tab.fill("#alasan", "angka kelompok 3 belum cocok")
    fajar.tekan("Kembalikan")
    fajar.tanda_tangani()
    kiki.buka(f"/kerja/2024-tw1/{BIDANG}")
    assert "angka kelompok 3 belum cocok" in kiki.tab.inner_text("main")
    kiki.buka(f"/lembar/2024-tw1/{BIDANG}")
    assert "Cocokkan dengan rekap SPM" in kiki.tab.locator("article").nth(2).inner_text()
    kiki.buka(f"/kerja/2024-tw1/{BIDANG}")
    kiki.tab.fill("#i2-realisasi", "93,5")
    kiki.tekan("Ajukan")
    kiki.tanda_tangani()
    fajar.buka(f"/periksa/2024-tw1/{BIDANG}")
    assert "92,5" in fajar.tab.locator(".beda").first.inner_text()
    assert "93,5" in fajar.tab.locator(".beda").first.inner_text()
    fajar.tekan("Tanda tangani")
    fajar.tanda_tangani()
    assert "ditandatangani" in fajar.kilat()

    _bidang_lain(m, kantor)

    # 5, 6, 7
    citra.buka("/susun/2024-tw1")
    citra.tab.fill("#pendahuluan", "Laporan disusun dari **kertas kerja** bidang. <script>alert(1)</script>")
    citra.tekan("Susun dan ajukan")
    citra.tanda_tangani()
    assert "<script>" in citra.tab.locator(".lembar-cetak").inner_text()  # shown as text
    bakri.buka("/")
    bakri.tab.get_by_role("link", name="Baca dan paraf").click()
    bakri.tekan("Beri paraf")
    bakri.tanda_tangani()
    ayu.buka("/laporan/2024-tw1")
    ayu.tekan("Tanda tangani")
    ayu.tanda_tangani()
    assert "ditandatangani" in ayu.kilat()

    # 8
    citra.buka("/kirim/2024-tw1")
    citra.tekan("Buat arsip")
    while "Yang ditandatangani" in citra.tab.inner_text("main"):  # the archive, then the delivery
        citra.tanda_tangani()
    assert "dikirim" in citra.kilat()
    arsip = next((m.instansi.keluar / "arsip").glob("*.zip"))
    terima = _tanda_terima(m, arsip)
    citra.tab.set_input_files("#berkas", {"name": "x.tanda-terima.json", "mimeType": "application/json", "buffer": terima})
    citra.tekan("Catat tanda terima")
    citra.tanda_tangani()
    assert "TT/2024-tw1" in citra.tab.inner_text("main")

    percaya = berkas_percaya(m.layanan.meja.reports())
    putusan = verifikasi(io.BytesIO(arsip.read_bytes()), percaya, terima)
    assert putusan.hasil.value == "SAH"
    _periksa_log(m)
    for o in orang.values():
        assert not o.keluhan


# helpers


def _polos(nilai: Any) -> Any:
    return int(nilai) if nilai == int(nilai) else float(nilai)


def _kunci_penerima(kantor: Any) -> None:
    """BAPPEDA's key stands for another office's computer: never in the agency's folder."""
    folder, jalur = kantor.instansi.folder, "reports/identitas.yaml"
    kunci = KunciPribadi.buat(folder.with_name(f"{folder.name}-penerima") / "bappeda", "bappeda")
    lama = kantor.forge.repo.baca(kantor.forge.utama(), jalur)
    isi = [{"publik": kunci.publik, "mulai": "2024-01-01", "selesai": None}]
    kantor.tulis_utama(jalur, sisip(lama, {"/penerima/0/kunci": isi}))


def _daftarkan(m: Any, orang: dict[str, Orang]) -> None:
    """Invitations accepted with passkeys; the keys proposed by the pengelola and approved."""
    for o in BERPASSKEY:
        token = m.layanan.akun.undang(o, Permintaan(m.jam(), "uji"), timedelta(days=3))
        orang[o].buka(f"/undangan/{token}")
        orang[o].tekan("Daftarkan passkey")
        assert "Tugas saya" in orang[o].tab.inner_text("h1")
    token = m.layanan.akun.undang("p-oki", Permintaan(m.jam(), "uji"), timedelta(days=3))
    oki = orang["p-oki"]
    oki.buka(f"/undangan/{token}")
    oki.tab.fill("#sandi", "angin laut teluk tomini")
    oki.tab.fill("#sandi_lagi", "angin laut teluk tomini")
    oki.tekan("Pakai kata sandi")
    oki.buka("/orang")
    oki.tekan("Usulkan 5 kunci")
    assert "diajukan" in oki.kilat()
    for o in ("p-bakri", "p-ayu"):
        orang[o].buka("/usulan")
        orang[o].tab.get_by_role("link", name="Baca").click()
        orang[o].tekan("Setujui")
        assert "disetujui" in orang[o].kilat()
    # signed out, and in again by the passkey alone
    bakri = orang["p-bakri"]
    bakri.tekan("Keluar")
    bakri.tekan("Masuk dengan passkey")
    assert "Tugas saya" in bakri.tab.inner_text("h1")


def _isi_dengan_papan_ketik(kiki: Orang, angka: list[str]) -> int:
    """Types each number and Enter, nothing else; gives the number of keys pressed."""
    tab = kiki.tab
    assert tab.evaluate("document.activeElement.id") == "i0-realisasi"
    ketukan = 0
    for teks in angka:
        for huruf in teks:
            tab.keyboard.press("Comma" if huruf == "," else huruf)
            ketukan += 1
        if teks == angka[0]:  # capaian beside the cell moves with the key, without the network
            assert tab.inner_text("tr[data-baris=rs-01] .capaian").endswith("%")
        tab.keyboard.press("Enter")
        ketukan += 1
    with tab.expect_navigation():
        tab.keyboard.press("Control+s")
    return ketukan + 1


def _lengkapi(kiki: Orang, data: Any) -> None:
    """The budget lines, from the scripted figures, by mouse and keyboard as they come."""
    contoh = _contoh()["anggaran"]
    for n, b in enumerate(data["anggaran"]):
        for isian in ("realisasi", "fisik"):
            kiki.tab.fill(f"#a{n}-{isian}", str(contoh[b["kode"]][isian]))


def _contoh() -> Any:
    from kinerja.adapters import package_data

    data, _ = muat(package_data.isian_contoh("boalemo-2024.yaml"), "")
    return data["tw1"][BIDANG]


def _lembar(m: Any) -> Any:
    return muat(m.lembar(BIDANG), "")[0]


def _bidang_lain(m: Any, kantor: Any) -> None:
    """The other bidang, by the command line's own functions."""
    kantor.forge = m.instansi.forge()
    r = kantor.forge.reports()
    orang = {p.jabatan: p.orang for p in r.jabatan().pemangku if p.sebutan.value == "definitif"}
    for b in r.organisasi().bidang:
        if b.id != BIDANG:
            kantor.isi(b.id, orang[b.pengisi])
            sop.periksa(kantor.sesi(orang[b.pemeriksa], "2024-04-03T09:00"), TW1, b.id, ya=True)
    kantor.forge.repo.tutup()
    m.jam.kini = datetime.fromisoformat("2024-04-03T10:00:00+08:00")


def _tanda_terima(m: Any, arsip: Path) -> bytes:
    return buat_tanda_terima(
        arsip.read_bytes(), arsip.name,
        KunciPribadi.muat(m.instansi.folder.parent / f"{m.instansi.folder.name}-penerima" / "bappeda", "bappeda"),
        penerima="bappeda", nomor="TT/2024-tw1", nama_penerima="Petugas loket (contoh)", saat=m.jam(),
        status=Status.CONTOH,
    )  # fmt: skip


def _periksa_log(m: Any) -> None:
    """Every act of the five was signed with a passkey, and every signature holds."""
    forge = m.instansi.forge()
    milik = [p for p in forge.peristiwa() if p.orang in BERPASSKEY and p.periode == "2024-tw1"]
    assert {p.tindakan for p in milik} >= {
        Tindakan.DISPOSISI, Tindakan.SIAPKAN, Tindakan.AJUKAN, Tindakan.TIDAK, Tindakan.TANDA_TANGAN,
        Tindakan.SUSUN, Tindakan.PARAF, Tindakan.KIRIM, Tindakan.TERIMA,
    }  # fmt: skip
    assert all(p.jaminan is Jaminan.KUNCI_SENDIRI for p in milik)
    r = forge.reports()
    from kinerja.adapters.event_log import cacat_tanda_tangan

    assert cacat_tanda_tangan(forge.log.baca(), r.identitas(), r.zona()) == ()
    passkey = [c for c in forge.log.baca() if c.peristiwa.orang == "p-ayu" and c.peristiwa.periode == "2024-tw1"]
    assert passkey
    forge.repo.tutup()
