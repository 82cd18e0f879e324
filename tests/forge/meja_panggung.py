"""An agency on a forge whose people work at the desk alone, by HTTP: the eight steps, and what must be seen after.

It knows nothing of which forge it is: ``halaman`` is our own GitHub or a real Forgejo.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

from kinerja.adapters.forges.connection import hubungkan
from kinerja.adapters.git_remote import RepoJauh
from kinerja.adapters.keys import KunciPribadi
from kinerja.adapters.yaml_splice import sisip
from kinerja.agency import Instansi
from kinerja.archive_step import buat_tanda_terima
from kinerja.domain.organisasi import Status
from kinerja.history import periksa_log, periksa_riwayat

panggung, tiruan = sys.modules["forge_panggung"], sys.modules["forge_meja_tiruan"]
DESA, RS, TW1 = panggung.DESA, panggung.RS, panggung.TW1
PELAKU = ("p-ayu", "p-bakri", "p-citra", "p-eka", "p-indah", "p-kiki", "p-nanang")
SEL = "/indikator/0/realisasi"


def kerja(bidang: str = DESA) -> str:
    """The address of a worksheet's table."""
    return f"/kerja/{TW1.id}/{bidang}"


def jalur(bidang: str = DESA) -> str:
    """The worksheet's file."""
    return str(panggung.jalur_kertas_kerja(TW1, bidang))


class MejaForge:
    """The desk of an agency on a forge, with a script-less browser for each person.

    Attributes:
        halaman: the forge, with its own pages.
        tunggu: waits until the forge tells of the last push to a change.
    """

    def __init__(
        self, instansi: Instansi, halaman: Any, saat: datetime, bertoken: tuple[str, ...],
        tunggu: Callable[[str], None] = lambda _: None,
    ) -> None:  # fmt: skip
        jam, letak = tiruan.web.Jam(saat), tiruan.web.Letak(tiruan.web.ALAMAT)
        self.halaman, self.instansi, self.tunggu = halaman, instansi, tunggu
        self.meja = tiruan.web.MejaUji(instansi, tiruan.web.layanan(instansi, letak, jam, demo=False), jam)
        self.meja.layanan.terbitkan = lambda: None
        self._csrf: dict[str, str] = {}
        for orang in bertoken:
            self.beri_token(orang)

    def tutup(self) -> None:
        """Ends browsers and the database."""
        for k in self.meja._klien.values():
            k.http.close()
        self.meja.layanan.simpanan.tutup()

    def beri_token(self, orang: str) -> None:
        """The person stores the token at /saya."""
        assert "Token disimpan" in self.kirim(orang, "/saya/token", {"token": self.halaman.token[orang]})

    def buka(self, orang: str | None, alamat: str) -> str:
        """A page as text."""
        jawab = self.meja.klien(orang).buka(alamat)
        assert jawab.status_code == 200, jawab.text
        return str(jawab.text)

    def kirim(self, orang: str, alamat: str, isi: dict[str, str], berkas: Any = None) -> str:
        """Posts a form; gives what the next page tells."""
        self.meja.jam.maju(seconds=20)
        self.halaman.setel_jam(self.meja.jam.kini)
        k = self.meja.klien(orang)
        self._csrf.setdefault(orang, isi.get("csrf") or k.csrf("/saya"))
        jawab = k.kirim(alamat, isi, csrf=self._csrf[orang], berkas=berkas)
        assert jawab.status_code == 303, jawab.text
        return str(k.kilat(jawab.headers["location"]))

    def simpan(self, orang: str, bidang: str, isi: dict[str, str], aksi: str = "simpan", berkas: Any = None) -> str:
        """Types into the table as it is shown, and presses a button."""
        medan = self.meja.klien(orang).formulir(kerja(bidang))
        return self.kirim(orang, kerja(bidang), {**medan, **isi, "aksi": aksi}, berkas)

    def jawab(self, orang: str, alamat: str, ya: bool, alasan: str = "") -> str:
        """Reads the page and answers what it shows."""
        halaman = self.buka(orang, alamat)
        isi = {n: v for n in ("sidik", "langkah") for v in re.findall(rf'name="{n}" value="([^"]+)"', halaman)[:1]}
        return self.kirim(orang, alamat, {**isi, "jawab": "ya" if ya else "tidak", "alasan": alasan})

    def ajukan_desa(self) -> None:
        """A worksheet filled in, with its evidence, and handed over."""
        isi = teks_isian(self.meja.lembar(DESA), DESA)
        assert "Pemerintahan Desa tersimpan" in self.simpan("p-nanang", DESA, isi)
        bukti = {"bukti:0": ("rekap.csv", b"desa;1\n" * 9, "text/csv")}
        assert "rekap.csv" in self.simpan("p-nanang", DESA, {}, "bukti:0", bukti)
        assert "Pemerintahan Desa diajukan" in self.simpan("p-nanang", DESA, {}, "ajukan")

    def sunting_di_forge(self, orang: str, nilai: dict[str, object], bidang: str = DESA) -> None:
        """Somebody changes fields in the forge's own editor."""
        self.halaman.simpan(orang, panggung.kk(bidang), jalur(bidang), sisip(self.meja.lembar(bidang), nilai))
        self.tunggu(panggung.kk(bidang))

    def tindakan(self, bidang: str = DESA) -> list[str]:
        """What the log here holds of a worksheet."""
        forge = self.instansi.forge()
        hasil = [p.tindakan.value for p in forge.peristiwa() if p.perubahan == panggung.kk(bidang)]
        forge.repo.tutup()
        return hasil


def teks_isian(bita: bytes, bidang: str) -> dict[str, str]:
    """The scripted figures of a bidang as a person types them; evidence is uploaded apart."""
    hasil: dict[str, str] = {}
    for p, v in panggung.nilai(bita, bidang).items():
        if isinstance(v, dict):
            hasil |= {f"{p}/{k}": str(x) for k, x in v.items()}
        elif v is not None and not isinstance(v, list):
            hasil[p] = v if isinstance(v, str) else str(v).replace(".", ",")
    return hasil


def isi_awal(mulai: datetime, akun: dict[str, int], forge: str, penerima: str) -> dict[str, bytes]:
    """The sample agency with everybody's account, and BAPPEDA's key."""
    isi = panggung.isi_instansi(mulai, akun, forge)
    kunci = [{"publik": penerima, "mulai": "2024-01-01", "selesai": None}]
    return {**isi, "reports/identitas.yaml": sisip(isi["reports/identitas.yaml"], {"/penerima/0/kunci": kunci})}


def sambungkan(instansi: Instansi, halaman: Any, jauh: Callable[[Any], RepoJauh]) -> None:
    """Sends the whole repository to the forge, and connects it."""
    repo = instansi.forge().repo
    semua = {**repo.ref_ref("refs/heads/"), **repo.ref_ref("refs/kinerja/")}
    jauh(repo).dorong({n: (oid, None) for n, oid in semua.items()})
    halaman.tunggu_terisi()
    hubungkan(repo, halaman.sambungan)


# the walk


def buka_periode(f: MejaForge) -> None:
    """Steps 1 and 2."""
    _beres("dibuka", f.kirim("p-bakri", "/disposisi", {"periode": TW1.id, "instruksi": "Laporkan."}))
    _beres("siap", f.kirim("p-citra", f"/siapkan/{TW1.id}", {}))


def langkah_lain(f: MejaForge, penerima: KunciPribadi) -> None:
    """Steps 3 to 8: a worksheet returned with a comment on a cell, one signed by a Plh, four left out."""
    _desa_dengan_tidak(f)
    _beres("Rehabilitasi Sosial diajukan", f.simpan("p-kiki", RS, teks_isian(f.meja.lembar(RS), RS), "ajukan"))
    _beres("sebagai Plh. Kepala Bidang", f.jawab("p-eka", f"/periksa/{TW1.id}/{RS}", True))
    for b in f.meja.layanan.meja.reports().organisasi().bidang:
        if b.id not in (DESA, RS):
            isi = {"pilih_bidang": b.id, "alasan": "belum menyerahkan"}
            _beres("boleh disusun tanpa", f.kirim("p-bakri", f"/susun/{TW1.id}/tanpa", isi))
    narasi = {"pendahuluan": "Disusun dari kertas kerja bidang.", "analisis": "", "penutup": "", "nomor": "050/1"}
    _beres("tersusun", f.kirim("p-citra", f"/susun/{TW1.id}", narasi))
    _beres("diparaf", f.jawab("p-bakri", f"/laporan/{TW1.id}", True))
    _beres("ditandatangani", f.jawab("p-ayu", f"/laporan/{TW1.id}", True))
    _beres("dikirim", f.kirim("p-citra", f"/kirim/{TW1.id}", {}))
    arsip = next((f.instansi.keluar / "arsip").glob("*.zip"))
    terima = buat_tanda_terima(
        arsip.read_bytes(), arsip.name, penerima, penerima="bappeda", nomor="TT/1", nama_penerima="Loket (contoh)",
        saat=f.meja.jam(), status=Status.CONTOH,
    )  # fmt: skip
    berkas = {"berkas": ("x.tanda-terima.json", terima, "application/json")}
    _beres("TT/1 tercatat", f.kirim("p-citra", f"/kirim/{TW1.id}/tanda-terima", {}, berkas))


def _beres(kata: str, kilat: str) -> None:
    assert kata in kilat, kilat
    assert "tetapi belum" not in kilat, kilat  # done on the forge too, not in the log alone


def _desa_dengan_tidak(f: MejaForge) -> None:
    lembar, periksa = (f"/{x}/{TW1.id}/{DESA}" for x in ("lembar", "periksa"))
    f.ajukan_desa()
    sel = {"penunjuk": SEL, "komentar": "Cocokkan dengan rekap desa."}
    _beres("Komentar ditulis", f.kirim("p-indah", f"{lembar}/komentar", sel))
    _beres("dikembalikan", f.jawab("p-indah", periksa, False, "angka desa belum cocok"))
    assert "angka desa belum cocok" in f.buka("p-nanang", kerja())
    assert "Cocokkan dengan rekap desa." in f.buka("p-nanang", lembar)
    jawaban = {**sel, "komentar": "Sudah dicocokkan.", "balasan": "1"}
    _beres("Komentar ditulis", f.kirim("p-nanang", f"{lembar}/komentar", jawaban))
    # one cell in the forge's editor, the other at the desk, from a page that does not know of it
    f.sunting_di_forge("p-nanang", {"/indikator/0/faktor_pendorong": "Pendampingan rutin ke desa."})
    _beres("Pemerintahan Desa diajukan", f.simpan("p-nanang", DESA, {"/indikator/1/penjelasan": "Belum."}, "ajukan"))
    assert b"Pendampingan rutin" in f.meja.lembar(DESA)
    _beres("ditandatangani", f.jawab("p-indah", periksa, True))


# what must be seen


def periksa_forge(terlihat: Callable[[str], list[Any]]) -> None:
    """Every pull request was opened, filled, judged and merged by those who acted."""
    harapan = {
        f"disposisi/{TW1.id}": [("p-bakri", "p-bakri", {"p-bakri"})],
        panggung.kk(DESA): [("p-citra", "p-indah", {"p-citra", "p-nanang"})],
        panggung.kk(RS): [("p-citra", "p-eka", {"p-citra", "p-kiki"})],
        f"laporan/{TW1.id}": [("p-citra", "p-ayu", {"p-citra"})],
        f"kirim/{TW1.id}": [("p-citra", "p-citra", {"p-citra"})] * 2,
    }
    for perubahan, usulan in harapan.items():
        semua = terlihat(perubahan)
        assert [(u.pembuka, u.penggabung, u.penulis) for u in semua] == usulan, semua
        for u, (_, penggabung, penulis) in zip(semua, usulan, strict=True):
            assert u.pendorong <= {*penulis, penggabung}, u  # who merges brings the log's copies
            assert u.cek == ("success", penggabung), u
    assert "p-nanang" in terlihat(panggung.kk(DESA))[0].pendorong
    (tertinggal,) = terlihat(panggung.kk("sekretariat"))
    assert (tertinggal.pembuka, tertinggal.penggabung) == ("p-citra", "")
    assert tertinggal.cek[0] == "pending"


def periksa_catatan(f: MejaForge) -> None:
    """Nobody acted for another, every signature holds, and main holds nothing that was not approved."""
    assert f.tindakan() == ["siapkan", "ajukan", "tidak", "ajukan", "tanda-tangan"]
    forge = f.instansi.forge()
    assert {p.orang for p in forge.peristiwa() if p.periode == TW1.id} == set(PELAKU)
    assert all(b.lulus for b in periksa_log(forge))
    halaman = f.halaman.sambungan.atas_nama(f.halaman.token["p-oki"]).buka(forge.repo)
    assert [b.alasan for b in periksa_riwayat(forge, halaman=halaman) if not b.lulus] == []
    kiriman = forge.reports().kirim(TW1)
    assert kiriman is not None and kiriman.tanda_terima is not None
    forge.repo.tutup()
