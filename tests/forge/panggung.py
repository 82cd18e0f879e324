"""One SOP period as people act it: the same acts on a bare repository, on GitHub and on Forgejo.

A stage (``Panggung``) is a place where persons act: at the command line with their own key, or on
a forge's pages. :func:`satu_periode` plays the whole period there, with every *tidak* loop, a Plh
and a stale approval, and :func:`isi_log` says what the log holds of it, so that stages can be
compared. What a forge's clock or commits are is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from kinerja import sop
from kinerja.adapters import package_data
from kinerja.adapters.forges.connection import Sambungan, hubungkan
from kinerja.adapters.git import Pelaku
from kinerja.adapters.local_forge import ForgeLokal, pelaku
from kinerja.adapters.refs import UTAMA
from kinerja.adapters.reports import jalur_kertas_kerja
from kinerja.adapters.yaml_splice import sisip
from kinerja.adapters.yaml_strict import muat
from kinerja.agency import Instansi
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import berkas_dari
from kinerja.forge_view import PandanganForge
from kinerja.history import periksa_log
from kinerja.reconcile import HasilUsulan, Penyelaras, sesudah_tindakan
from kinerja.session import Sesi

__all__ = ["Instansi", "Pelaku", "Penyelaras", "berkas_dari", "periksa_log", "sop"]

TW1 = Periode.baca("2024-tw1")
RS, DESA = "rehabilitasi-sosial", "pemerintahan-desa"
LAPORAN = "laporan/2024-tw1"
ANGGARAN = "reports/2024/anggaran.yaml"
Akun = dict[str, int]
"""Person → number of the account on the forge."""


def kk(bidang: str) -> str:
    """The change of a worksheet."""
    return f"kk/{TW1.id}/{bidang}"


def isi_instansi(mulai: datetime, akun: Akun, forge: str) -> dict[str, bytes]:
    """The sample agency, everybody with an account, and a Plh for one Kabid around that day."""
    isi = package_data.contoh_boalemo()
    identitas, _ = muat(isi["reports/identitas.yaml"], "")
    ganti: dict[str, object] = {
        f"/orang/{n}/akun": [{"forge": forge, "nomor": akun[o["id"]], "mulai": "2024-01-01", "selesai": None}]
        for n, o in enumerate(identitas["orang"])
        if o["id"] in akun
    }
    isi["reports/identitas.yaml"] = sisip(isi["reports/identitas.yaml"], ganti)
    jabatan, _ = muat(isi["reports/jabatan.yaml"], "")
    hari = mulai.date()
    plh = {
        "jabatan": f"kabid:{RS}", "orang": "p-eka", "sebutan": "plh", "mulai": hari - timedelta(days=1),
        "selesai": hari + timedelta(days=3), "dasar": {"nomor": "SPT 090/7/CONTOH", "tanggal": hari, "tentang": "x"},
    }  # fmt: skip
    lama = [p for p in jabatan["pemangku"] if p["sebutan"] == "definitif"]
    isi["reports/jabatan.yaml"] = sisip(isi["reports/jabatan.yaml"], {"/pemangku": [_polos(p) for p in (*lama, plh)]})
    return isi


class Panggung(Protocol):
    """Where persons act."""

    instansi: Instansi

    def sesi(self, orang: str) -> Sesi:
        """A sitting of a person at the command line, a little later than the last."""
        ...

    def sunting(self, orang: str, bidang: str, nilai: Callable[[bytes], dict[str, object]]) -> None:
        """A person changes fields of a worksheet and saves."""
        ...

    def ajukan(self, orang: str, bidang: str) -> None:
        """A person hands a worksheet in."""
        ...

    def jawab(self, orang: str, perubahan: str, ya: bool, alasan: str = "") -> None:
        """A person approves, or returns with a reason."""
        ...

    def ubah_utama(self, jalur: str, isi: bytes) -> None:
        """A document changes on main, as an approved change would."""
        ...


def satu_periode(p: Panggung) -> None:
    """From disposisi to delivery, with every way back."""
    sop.disposisi(p.sesi("p-bakri"), TW1, "Laporkan data kinerja.")
    sop.siapkan(p.sesi("p-citra"), TW1)
    _bidang_dengan_tidak(p)
    _bidang_dengan_plh(p)
    r = p.instansi.forge().reports()
    orang = {x.jabatan: x.orang for x in r.jabatan().pemangku if x.sebutan == "definitif"}
    for b in r.organisasi().bidang:
        if b.id not in (DESA, RS):
            p.sunting(orang[b.pengisi], b.id, lambda bita, b=b.id: nilai(bita, b))  # type: ignore[misc]
            p.ajukan(orang[b.pengisi], b.id)
            p.jawab(orang[b.pemeriksa], kk(b.id), True)
    _laporan(p)
    sop.kirim(p.sesi("p-citra"), TW1, lambda _nama, _bita: None)


def isi_log(forge: ForgeLokal) -> list[dict[str, Any]]:
    """What the log holds, without what a place gives of its own: keys, commits, evidence, clocks."""
    catatan = forge.log.baca()
    nomor = {c.sidik: c.peristiwa.urut for c in catatan}
    return [
        {
            "urut": x.urut, "perubahan": x.perubahan, "tindakan": x.tindakan.value, "jabatan": x.jabatan,
            "orang": x.orang, "sebutan": x.sebutan.value, "dasar": x.dasar and x.dasar.nomor,
            "berkas": [
                # an archive names the commits of its own repository
                (b.jalur, "" if b.jalur.endswith("/kirim.yaml") else b.sha256)
                for b in x.berkas
                if x.perubahan != "mulai"
            ],
            "masukan": [(b.jalur, b.sha256) for b in x.masukan],
            "sesudah": nomor.get(x.sesudah or ""), "alasan": x.alasan,
        }
        for x in (c.peristiwa for c in catatan)
    ]  # fmt: skip


def nilai(bita: bytes, bidang: str) -> dict[str, object]:
    """The scripted figures of a bidang as pointer → value."""
    data, _ = muat(package_data.isian_contoh("boalemo-2024.yaml"), "")
    lembar, _ = muat(bita, "")
    return {
        f"/{bagian}/{n}/{k}": v
        for bagian, kunci in (("indikator", "id"), ("anggaran", "kode"))
        for n, baris in enumerate(lembar[bagian])
        for k, v in data["tw1"][bidang][bagian].get(baris[kunci], {}).items()
    }


class PanggungSetempat:
    """No forge at all: everybody at the command line, on one bare repository."""

    def __init__(self, instansi: Instansi, mulai: datetime) -> None:
        self._saat = mulai
        self.instansi = instansi
        self.forge = instansi.forge()

    def sesi(self, orang: str) -> Sesi:
        self._saat += timedelta(minutes=1)
        return self.instansi.sesi(self.forge, orang, self._saat)

    def sunting(self, orang: str, bidang: str, nilai: Callable[[bytes], dict[str, object]]) -> None:
        s = self.sesi(orang)
        sop.isi(s, TW1, bidang, nilai=nilai(sop.ambil(s, TW1, bidang)))

    def ajukan(self, orang: str, bidang: str) -> None:
        sop.isi(self.sesi(orang), TW1, bidang, ajukan=True)

    def jawab(self, orang: str, perubahan: str, ya: bool, alasan: str = "") -> None:
        s = self.sesi(orang)
        if perubahan.startswith("kk/"):
            sop.periksa(s, TW1, perubahan.rsplit("/", 1)[1], ya=ya, alasan=alasan)
        elif orang == "p-bakri":
            sop.paraf(s, TW1, ya=ya, alasan=alasan)
        else:
            sop.tanda_tangan(s, TW1, ya=ya, alasan=alasan)

    def ubah_utama(self, jalur: str, isi: bytes) -> None:
        repo, utama, s = self.forge.repo, self.forge.utama(), self.sesi("p-oki")
        oid = repo.tulis_commit([utama], {jalur: isi}, "Ubah\n", pelaku(s.orang), s.waktu)
        repo.pindah_ref(UTAMA, oid, utama, "uji")


class HalamanForge(Protocol):
    """A forge's pages, with people signed in to them."""

    sambungan: Sambungan

    def tunggu_terisi(self) -> None:
        """Waits until the forge knows what was pushed first."""
        ...

    def setel_jam(self, saat: datetime) -> None:
        """Tells the forge what time it is; one that has a clock of its own pays no heed."""
        ...

    def simpan(self, orang: str, perubahan: str, jalur: str, isi: bytes) -> None:
        """Saves a file on a branch in the web editor."""
        ...

    def komentari(self, orang: str, perubahan: str, teks: str) -> None:
        """Writes a comment."""
        ...

    def tinjau(self, orang: str, perubahan: str, ya: bool, teks: str) -> None:
        """Submits a review: approve, or request changes."""
        ...


class PanggungForge:
    """A forge: staff, Kabid, Sekretaris and Kepala Dinas on its pages, the Kasubag at the command line."""

    def __init__(
        self, instansi: Instansi, mulai: datetime, halaman: HalamanForge, *, baru: bool = True
    ) -> None:
        self._saat = mulai
        self.instansi = instansi
        self.halaman = halaman
        self.kabar: list[HasilUsulan] = []
        s, repo = halaman.sambungan, instansi.forge().repo
        if baru:
            semua = {**repo.ref_ref("refs/heads/"), **repo.ref_ref("refs/kinerja/")}
            s.repo_jauh(repo).dorong({n: (oid, None) for n, oid in semua.items()})
            halaman.tunggu_terisi()
        hubungkan(repo, s)
        self.forge = instansi.forge()

    def _pandangan(self, forge: ForgeLokal) -> PandanganForge:
        return PandanganForge(self.halaman.sambungan.buka(forge.repo), forge, self.instansi.pengamat(), self._saat)

    def putar(self) -> tuple[HasilUsulan, ...]:
        """One run of ``check-approvals``."""
        hasil = Penyelaras(self._pandangan(self.forge)).semua()
        self.kabar += hasil
        return hasil

    def _maju(self) -> None:
        self._saat += timedelta(minutes=1)
        self.halaman.setel_jam(self._saat)

    def satu(self, perubahan: str) -> HasilUsulan:
        """What one run makes of one pull request."""
        return next(h for h in self.putar() if h.usulan.perubahan == perubahan)

    def sesi(self, orang: str) -> Sesi:
        self._maju()
        self.forge.segarkan()
        s = self.instansi.sesi(self.forge, orang, self._saat)
        s.sesudah = sesudah_tindakan(self._pandangan(self.forge), self.kabar.append)
        return s

    def sunting(self, orang: str, bidang: str, nilai: Callable[[bytes], dict[str, object]]) -> None:
        self._maju()
        self.forge.segarkan()
        jalur = jalur_kertas_kerja(TW1, bidang)
        bita = self.forge.repo.baca(f"refs/heads/{kk(bidang)}", jalur) or b""
        self.halaman.simpan(orang, kk(bidang), jalur, sisip(bita, nilai(bita)))

    def ajukan(self, orang: str, bidang: str) -> None:
        self._maju()
        self.halaman.komentari(orang, kk(bidang), "/ajukan")
        self.putar()

    def jawab(self, orang: str, perubahan: str, ya: bool, alasan: str = "") -> None:
        self._maju()
        self.halaman.tinjau(orang, perubahan, ya, alasan)
        self.putar()

    def ubah_utama(self, jalur: str, isi: bytes) -> None:
        self.forge.segarkan()
        repo, utama, s = self.forge.repo, self.forge.utama(), self.sesi("p-oki")
        oid = repo.tulis_commit([utama], {jalur: isi}, "Ubah\n", pelaku(s.orang), s.waktu)
        self.forge.pindah({UTAMA: (oid, utama)}, "uji")


# helpers


def _bidang_dengan_tidak(p: Panggung) -> None:
    p.sunting("p-nanang", DESA, lambda b: nilai(b, DESA))
    p.ajukan("p-nanang", DESA)
    p.jawab("p-indah", kk(DESA), False, "Lengkapi faktor pendorongnya.")
    p.sunting("p-nanang", DESA, lambda _: {"/indikator/0/faktor_pendorong": "Pendampingan rutin ke desa."})
    p.ajukan("p-nanang", DESA)
    p.jawab("p-indah", kk(DESA), True)


def _bidang_dengan_plh(p: Panggung) -> None:
    """The Plh signs; the definitive Kabid could not."""
    p.sunting("p-kiki", RS, lambda b: nilai(b, RS))
    p.ajukan("p-kiki", RS)
    p.jawab("p-eka", kk(RS), True)


def _laporan(p: Panggung) -> None:
    """Both ways back, and a paraf that becomes stale because main moved under the draft."""
    sop.susun(p.sesi("p-citra"), TW1)
    p.jawab("p-bakri", LAPORAN, False, "Tambahkan nomor laporannya.")
    sop.susun(p.sesi("p-citra"), TW1, nomor="050/1/CONTOH")
    p.jawab("p-bakri", LAPORAN, True)
    lama = p.instansi.forge().reports().pohon.baca(ANGGARAN) or b""
    p.ubah_utama(ANGGARAN, lama + b"# Diperiksa ulang.\n")
    sop.susun(p.sesi("p-citra"), TW1, nomor="050/2/CONTOH")
    p.jawab("p-bakri", LAPORAN, True)
    p.jawab("p-ayu", LAPORAN, False, "Perbaiki nomornya.")
    p.jawab("p-bakri", LAPORAN, False, "Diteruskan: perbaiki nomornya.")
    sop.susun(p.sesi("p-citra"), TW1, nomor="050/3/CONTOH")
    p.jawab("p-bakri", LAPORAN, True)
    p.jawab("p-ayu", LAPORAN, True)


def _polos(p: Any) -> Any:
    if isinstance(p, dict):
        return {k: _polos(v) for k, v in p.items()}
    return p.isoformat() if isinstance(p, date) else p
