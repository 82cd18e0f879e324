"""Every address of the desk, in one table: what it is called, who may open it, which page answers.

A test walks this table with every role. ``data`` marks addresses whose answers a script reads;
``demo`` those that exist only while one person plays every role.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from kinerja.web import compiling as penyusunan
from kinerja.web import doors, fill, governance, home, people, review
from kinerja.web.gate import Izin
from kinerja.web.visit import Kunjungan

Penangan = Callable[[Kunjungan], Response]


@dataclass(frozen=True, slots=True)
class Rute:
    """One address and method."""

    metode: str
    pola: str
    izin: Izin
    penangan: Penangan
    data: bool = False
    demo: bool = False

    @property
    def nama(self) -> str:
        """A name that no other address has."""
        return f"{self.metode} {self.pola}"


_KERJA, _LEMBAR, _PERIKSA = (f"/{x}/{{periode}}/{{bidang}}" for x in ("kerja", "lembar", "periksa"))

RUTE: tuple[Rute, ...] = (
    # doors
    Rute("GET", "/masuk", Izin.PUBLIK, doors.masuk),
    Rute("POST", "/masuk", Izin.PUBLIK, doors.masuk_sandi),
    Rute("POST", "/masuk/passkey", Izin.PUBLIK, doors.masuk_passkey),
    Rute("GET", "/undangan/{token}", Izin.PUBLIK, doors.undangan),
    Rute("POST", "/undangan/{token}", Izin.PUBLIK, doors.terima_undangan),
    Rute("POST", "/keluar", Izin.MASUK, doors.keluar),
    Rute("POST", "/peran", Izin.MASUK, doors.ganti_peran, demo=True),
    # home
    Rute("GET", "/", Izin.MASUK, home.beranda),
    Rute("GET", "/periode/{periode}", Izin.MASUK, home.satu_periode),
    # step 1, 2
    Rute("GET", "/disposisi", Izin.SEKRETARIS, penyusunan.disposisi),
    Rute("POST", "/disposisi", Izin.SEKRETARIS, penyusunan.buka_periode),
    Rute("GET", "/siapkan/{periode}", Izin.KASUBAG, penyusunan.siapkan),
    Rute("POST", "/siapkan/{periode}", Izin.KASUBAG, penyusunan.buat_lembar),
    # step 3
    Rute("GET", _KERJA, Izin.PENGISI, fill.halaman),
    Rute("POST", _KERJA, Izin.PENGISI, fill.simpan),
    Rute("POST", f"{_KERJA}/draf", Izin.PENGISI, fill.draf, data=True),
    Rute("GET", f"{_KERJA}/yaml", Izin.PENGISI, fill.naskah),
    Rute("POST", f"{_KERJA}/yaml", Izin.PENGISI, fill.simpan_naskah),
    Rute("POST", f"{_KERJA}/yaml/periksa", Izin.PENGISI, fill.periksa_naskah, data=True),
    # step 4
    Rute("GET", _LEMBAR, Izin.PEMBACA, review.lembar),
    Rute("POST", f"{_LEMBAR}/komentar", Izin.PEMBACA, review.komentar),
    Rute("GET", _PERIKSA, Izin.PEMERIKSA, review.lembar),
    Rute("POST", _PERIKSA, Izin.PEMERIKSA, review.periksa),
    # step 5, 6, 7
    Rute("GET", "/susun/{periode}", Izin.PEMBACA_LAPORAN, penyusunan.susun),
    Rute("POST", "/susun/{periode}", Izin.KASUBAG, penyusunan.susun_laporan),
    Rute("POST", "/susun/{periode}/tanpa", Izin.SEKRETARIS, penyusunan.tanpa_bidang),
    Rute("GET", "/laporan/{periode}", Izin.PEMBACA_LAPORAN, review.laporan),
    Rute("POST", "/laporan/{periode}", Izin.PEMBACA_LAPORAN, review.jawab_laporan),
    Rute("POST", "/laporan/{periode}/komentar", Izin.PEMBACA_LAPORAN, review.komentar_laporan),
    # step 8
    Rute("GET", "/kirim/{periode}", Izin.KASUBAG, penyusunan.kirim),
    Rute("POST", "/kirim/{periode}", Izin.KASUBAG, penyusunan.kirim_laporan),
    Rute("POST", "/kirim/{periode}/tanda-terima", Izin.KASUBAG, penyusunan.terima),
    Rute("GET", "/kirim/{periode}/arsip", Izin.KASUBAG, penyusunan.unduh_arsip),
    # beside the SOP
    Rute("GET", "/usulan", Izin.MASUK, governance.daftar),
    Rute("GET", "/usulan/{nama:path}", Izin.MASUK, governance.satu),
    Rute("POST", "/usulan/{nama:path}", Izin.MASUK, governance.jawab),
    # people
    Rute("GET", "/saya", Izin.MASUK, people.saya),
    Rute("POST", "/saya/passkey", Izin.MASUK, people.daftar_passkey),
    Rute("POST", "/saya/passkey/hapus", Izin.MASUK, people.hapus_passkey),
    Rute("POST", "/saya/sandi", Izin.MASUK, people.ganti_sandi),
    Rute("POST", "/saya/surel", Izin.MASUK, people.setel_surel),
    Rute("POST", "/saya/token", Izin.MASUK, people.setel_token),
    Rute("POST", "/saya/keluar-semua", Izin.MASUK, people.keluar_semua),
    Rute("GET", "/orang", Izin.PENGELOLA, people.daftar),
    Rute("POST", "/orang/undang", Izin.PENGELOLA, people.undang),
    Rute("POST", "/orang/akun", Izin.PENGELOLA, people.atur_akun),
    Rute("POST", "/orang/kunci", Izin.PENGELOLA, people.usul_kunci),
    Rute("GET", "/jejak", Izin.PENGELOLA, people.jejak),
)  # fmt: skip
