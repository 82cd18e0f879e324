"""A sample agency on real Git for the tests of the eight steps."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from kinerja import sop
from kinerja.adapters import package_data
from kinerja.adapters.local_forge import pelaku
from kinerja.adapters.refs import UTAMA
from kinerja.adapters.yaml_strict import muat
from kinerja.agency import Instansi
from kinerja.domain.periode import Periode
from kinerja.founding import buat_instansi
from kinerja.session import Sesi

TW1 = Periode.baca("2024-tw1")
ZONA = "+08:00"
DESA = "pemerintahan-desa"


class Kantor:
    """The agency, with sittings of its people at a given minute of 2024-04-01."""

    def __init__(self, folder: Path) -> None:
        awal = datetime.fromisoformat(f"2024-01-02T08:00:00{ZONA}")
        self.instansi: Instansi = buat_instansi(folder, package_data.contoh_boalemo(), "p-oki", awal)
        self.forge = self.instansi.forge()

    def sesi(self, orang: str, saat: str = "2024-04-02T09:00") -> Sesi:
        return self.instansi.sesi(self.forge, orang, datetime.fromisoformat(f"{saat}:00{ZONA}"))

    def buka(self) -> None:
        sop.disposisi(self.sesi("p-bakri", "2024-04-01T08:05"), TW1, "Laporkan.")
        sop.siapkan(self.sesi("p-citra", "2024-04-01T08:30"), TW1)

    def isi(self, bidang: str, orang: str, *, ajukan: bool = True) -> None:
        s = self.sesi(orang)
        sop.isi(s, TW1, bidang, nilai=nilai(sop.ambil(s, TW1, bidang), bidang), ajukan=ajukan)

    def semua_bertanda(self) -> None:
        r = self.forge.reports()
        orang = {p.jabatan: p.orang for p in r.jabatan().pemangku if p.sebutan == "definitif"}
        for b in r.organisasi().bidang:
            self.isi(b.id, orang[b.pengisi])
            sop.periksa(self.sesi(orang[b.pemeriksa], "2024-04-03T09:00"), TW1, b.id, ya=True)

    def ubah_utama(self, jalur: str, tambahan: bytes) -> None:
        """A document grows on main."""
        self.tulis_utama(jalur, (self.forge.repo.baca(self.forge.utama(), jalur) or b"") + tambahan)

    def tulis_utama(self, jalur: str, isi: bytes) -> None:
        """A document changes on main by a commit of the pengelola, as an approved change would."""
        repo, utama, s = self.forge.repo, self.forge.utama(), self.sesi("p-oki")
        oid = repo.tulis_commit([utama], {jalur: isi}, "Ubah\n", pelaku(s.orang), s.waktu)
        repo.pindah_ref(UTAMA, oid, utama, "uji")


def nilai(bita: bytes, bidang: str) -> dict[str, object]:
    """The scripted figures of a bidang as pointer → value."""
    data, _ = muat(package_data.isian_contoh("boalemo-2024.yaml"), "")
    lembar, _ = muat(bita, "")
    hasil: dict[str, object] = {}
    for bagian, kunci in (("indikator", "id"), ("anggaran", "kode")):
        for n, baris in enumerate(lembar[bagian]):
            for k, v in data["tw1"][bidang][bagian].get(baris[kunci], {}).items():
                hasil[f"/{bagian}/{n}/{k}"] = v
    return hasil


def penunjuk(bita: bytes, id_indikator: str, isian: str) -> str:
    """Pointer of one field of an indikator."""
    lembar, _ = muat(bita, "")
    n = next(i for i, b in enumerate(lembar["indikator"]) if b["id"] == id_indikator)
    return f"/indikator/{n}/{isian}"
