"""Who has no key of his own: signs in with a password, acts, and the observer signs what it saw."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kinerja import sop
from kinerja.accounts.store import Permintaan
from kinerja.adapters.event_log import cacat_tanda_tangan
from kinerja.adapters.keys import KunciPribadi
from kinerja.adapters.yaml_splice import sisip
from kinerja.archive_step import berkas_percaya, buat_tanda_terima
from kinerja.domain.organisasi import Status
from kinerja.domain.periode import Periode
from kinerja.domain.tata_kelola import Jaminan, Tindakan
from kinerja.verify_step import verifikasi

pytestmark = pytest.mark.lambat

SANDI = "pagi hujan di tilamuta"
BIDANG = "rehabilitasi-sosial"
JALUR = f"/kerja/2024-tw1/{BIDANG}"
TW1 = Periode.baca("2024-tw1")
TANPA_KUNCI = ("p-kiki", "p-fajar", "p-ayu")


@pytest.fixture
def kantor(perkakas: Any, tmp_path: Path) -> Any:
    """An agency in which three people have an account at the desk and no key here."""
    k = perkakas.walk.Kantor(tmp_path / "dinas")
    jalur = "reports/identitas.yaml"
    orang = k.forge.reports().identitas().orang
    nilai: dict[str, object] = {}
    for nomor, o in enumerate(TANPA_KUNCI, 1):
        n = next(n for n, x in enumerate(orang) if x.id == o)
        nilai[f"/orang/{n}/akun"] = [{"forge": "meja", "nomor": nomor, "mulai": "2024-01-01", "selesai": None}]
    penerima = KunciPribadi.buat(tmp_path / "penerima" / "bappeda", "bappeda")
    nilai["/penerima/0/kunci"] = [{"publik": penerima.publik, "mulai": "2024-01-01", "selesai": None}]
    k.tulis_utama(jalur, sisip(k.forge.repo.baca(k.forge.utama(), jalur), nilai))
    k.buka()
    k.forge.repo.tutup()
    for o in TANPA_KUNCI:
        (k.instansi.kunci / o).rename(tmp_path / o)
    return k


@pytest.fixture
def meja(kantor: Any, buat_meja: Any) -> Any:
    m = buat_meja(folder=kantor.instansi.folder)
    for o in TANPA_KUNCI:
        minta = Permintaan(m.jam(), "uji")
        m.layanan.akun.terima_dengan_sandi(m.layanan.akun.undang(o, minta, timedelta(days=1)), SANDI, "", minta)
    return m


def test_a_period_witnessed(perkakas: Any, kantor: Any, meja: Any, tmp_path: Path) -> None:
    kiki, fajar, ayu = (meja.klien(o) for o in TANPA_KUNCI)
    angka = perkakas.walk.nilai(meja.lembar(), BIDANG)
    sop.isi(meja.layanan.meja.sesi("p-kiki"), TW1, BIDANG, nilai=angka)
    medan = kiki.formulir(JALUR)
    tanya = kiki.kirim(JALUR, {**medan, "aksi": "ajukan"}, csrf=medan["csrf"])
    assert "Kata sandi masuk Anda" in tanya.text
    isi = {**medan, "cara": "amatan", "aksi": "ajukan"}
    salah = kiki.kirim(JALUR, {**isi, "sandi_masuk": "bukan ini sandinya"}, csrf=medan["csrf"])
    assert "nama atau kata sandi salah" in kiki.buka(salah.headers["location"]).text.casefold()
    assert kiki.kirim(JALUR, {**isi, "sandi_masuk": SANDI}, csrf=medan["csrf"]).headers["location"] == "/"

    baca = fajar.buka(f"/periksa/2024-tw1/{BIDANG}").text
    sidik = perkakas.re.search(r'name="sidik" value="([0-9a-f]{64})"', baca)[1]
    jawab = {"sidik": sidik, "jawab": "ya", "cara": "amatan", "sandi_masuk": SANDI}
    assert fajar.kirim(f"/periksa/2024-tw1/{BIDANG}", jawab).headers["location"] == "/"
    assert meja.instansi.forge().reports().kertas_kerja(TW1, BIDANG) is not None

    kantor.forge = meja.instansi.forge()
    r = kantor.forge.reports()
    orang = {p.jabatan: p.orang for p in r.jabatan().pemangku if p.sebutan.value == "definitif"}
    for b in r.organisasi().bidang:
        if b.id != BIDANG:
            kantor.isi(b.id, orang[b.pengisi])
            sop.periksa(kantor.sesi(orang[b.pemeriksa], "2024-04-03T09:00"), TW1, b.id, ya=True)
    sop.susun(kantor.sesi("p-citra", "2024-04-03T10:00"), TW1)
    sop.paraf(kantor.sesi("p-bakri", "2024-04-03T10:10"), TW1, ya=True)

    # the policy asks more of the Kepala Dinas: an act that was only seen is refused, in words
    meja.jam.kini = datetime.fromisoformat("2024-04-03T10:20:00+08:00")
    ayu = perkakas.Klien(meja, "p-ayu")
    sidik = perkakas.re.search(r'name="sidik" value="([0-9a-f]{64})"', ayu.buka("/laporan/2024-tw1").text)[1]
    jawab = {"sidik": sidik, "jawab": "ya", "langkah": "tanda-tangan", "cara": "amatan", "sandi_masuk": SANDI}
    tolak = ayu.kirim("/laporan/2024-tw1", jawab)
    assert "kunci-sendiri" in ayu.buka(tolak.headers["location"]).text
    ayu.http.close()
    (tmp_path / "p-ayu").rename(kantor.instansi.kunci / "p-ayu")
    sop.tanda_tangan(kantor.sesi("p-ayu", "2024-04-03T10:30"), TW1, ya=True)

    _, kiriman = sop.kirim(kantor.sesi("p-citra", "2024-04-03T10:40"), TW1, lambda *_: None)
    meja.jam.maju(hours=2)
    terima = buat_tanda_terima(
        kiriman.arsip, kiriman.kirim.arsip, KunciPribadi.muat(tmp_path / "penerima" / "bappeda", "bappeda"),
        penerima="bappeda", nomor="TT/1", nama_penerima="Petugas", saat=meja.jam(), status=Status.CONTOH,
    )  # fmt: skip
    putusan = verifikasi(io.BytesIO(kiriman.arsip), berkas_percaya(kantor.forge.reports()), terima)
    assert putusan.hasil.value == "SAH", putusan
    log = [c.peristiwa for c in kantor.forge.log.baca() if c.peristiwa.orang in ("p-kiki", "p-fajar")]
    assert {p.tindakan for p in log} == {Tindakan.AJUKAN, Tindakan.TANDA_TANGAN}
    assert all(p.jaminan is Jaminan.TERAMATI and p.bukti and p.bukti.forge == "meja" for p in log)
    assert cacat_tanda_tangan(kantor.forge.log.baca(), r.identitas(), r.zona()) == ()
    kantor.forge.repo.tutup()


def test_without_an_account_in_identitas_nothing_is_witnessed(meja: Any) -> None:
    dedi = meja.klien("p-dedi")
    (meja.instansi.kunci / "p-dedi").unlink()
    jalur = "/kerja/2024-tw1/sekretariat"
    medan = dedi.formulir(jalur)
    assert 'value="amatan"' not in dedi.buka(jalur).text
    jawab = dedi.kirim(jalur, {**medan, "cara": "amatan", "sandi_masuk": SANDI, "aksi": "ajukan"}, csrf=medan["csrf"])
    assert "belum" in dedi.buka(jawab.headers["location"]).text


def test_the_pengelola_proposes_accounts_and_keys_together(meja: Any) -> None:
    minta = Permintaan(meja.jam(), "uji")
    for o in ("p-dedi", "p-lani"):
        meja.layanan.akun.terima_dengan_sandi(meja.layanan.akun.undang(o, minta, timedelta(days=1)), SANDI, "", minta)
    oki = meja.klien("p-oki")
    assert "Usulkan 2 akun" in oki.buka("/orang").text
    jawab = oki.kirim("/orang/kunci", {})
    assert jawab.headers["location"] == "/usulan"
    assert "usul/identitas-" in oki.buka("/usulan").text
