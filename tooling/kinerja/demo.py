"""``kinerja demo``: the whole SOP walked on a real repository, from disposisi to receipt.

TW1 and TW2 2024 of the sample agency go all the way, with one *tidak* at each of steps 4, 6
and 7 and a Plh who signs for an absent Kabid; TW3 is left mid-way. Everything is done by the
same functions that the commands call; only the clock is scripted.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from kinerja import sop
from kinerja.adapters import package_data
from kinerja.adapters.files import tulis_atomik
from kinerja.adapters.keys import KunciPribadi
from kinerja.adapters.local_forge import ForgeLokal
from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import PohonIsi
from kinerja.adapters.yaml_splice import sisip
from kinerja.adapters.yaml_strict import muat
from kinerja.agency import Instansi
from kinerja.archive_step import berkas_percaya, buat_tanda_terima
from kinerja.contoh import tangsel
from kinerja.domain.errors import KinerjaError
from kinerja.domain.laporan import Narasi
from kinerja.domain.organisasi import pemangku_sah
from kinerja.domain.periode import Periode
from kinerja.founding import buat_instansi
from kinerja.publishing.verification import Putusan
from kinerja.session import Hasil, Sesi
from kinerja.verify_step import verifikasi

Isian = Mapping[str, Any]


@dataclass
class Walk:
    """A scripted walk: who did what is told line by line through ``cerita``."""

    instansi: Instansi
    forge: ForgeLokal
    isian: Isian
    cerita: Callable[[str], None]
    zona: tzinfo
    arsip: list[Path] = field(default_factory=list)

    def saat(self, teks: str) -> datetime:
        """``2024-04-01 08:05`` in the agency's zone."""
        return datetime.fromisoformat(teks).replace(tzinfo=self.zona)

    def sesi(self, jabatan: str, teks: str) -> Sesi:
        """A sitting of whoever holds the office at that moment."""
        saat = self.saat(teks)
        p = pemangku_sah(self.forge.reports().jabatan(), jabatan, saat.date())
        if p is None:
            raise KinerjaError(f"jabatan {jabatan} kosong pada {teks}")
        return self.instansi.sesi(self.forge, p.orang, saat)

    def tutur(self, langkah: int, sesi: Sesi, hasil: Hasil) -> None:
        """Tells one step."""
        nama = sesi.reports.identitas().nama(sesi.id_orang)
        jam = sesi.waktu.strftime("%d-%m-%Y %H.%M")
        perintah = sesi.reports.sop().langkah[langkah - 1].perintah
        self.cerita(f"  {langkah} {perintah:<12} {jam}  {nama}: {hasil.terjadi}")
        for r in hasil.rincian:
            if r.startswith(("alasan", "sha256", "batas")):
                self.cerita(f"{'':>17}{r}")


def tempat_demo() -> Path:
    """Where the demo lies: outside every checkout, in the user's own state folder."""
    dasar = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(os.environ.get("KINERJA_DEMO", str(Path(dasar) / "kinerja" / "demo")))


def jalan_contoh(folder: Path, cerita: Callable[[str], None]) -> Walk:
    """Makes the sample agency and walks its year as far as the script goes."""
    isi = package_data.contoh_boalemo()
    w = _mulai(folder, isi, "p-oki", "2024-01-02 08:00", _baca("boalemo-2024.yaml"), cerita)
    _tw1(w)
    _tw2(w)
    _tw3(w)
    return w


def jalan_tangsel(folder: Path, cerita: Callable[[str], None]) -> Walk:
    """The same walk on real input: what a real agency published for two quarters of 2023."""
    w = _mulai(
        folder, tangsel.repositori(), "p-pengelola-sistem", "2023-01-02 08:00", tangsel.isian(), cerita
    )
    narasi = Narasi(f"Disusun dari: {tangsel.SUMBER}. Target dan pagu tidak diterbitkan.", "", "")
    penuh(w, Periode.baca("2023-tw1"), "2023-04-03", "2023-04-05", "2023-04-10 09:00", narasi)
    penuh(w, Periode.baca("2023-tw2"), "2023-07-03", "2023-07-05", "2023-07-10 09:00", narasi)
    return w


def penuh(w: Walk, periode: Periode, dibuka: str, kerja: str, terima: str, narasi: Narasi) -> None:
    """A period without any *tidak*, each step inside its standard time.

    Args:
        dibuka: day of the disposisi, ``2024-07-01``; ``kerja``: day of steps 3 to 8.
        terima: moment of BAPPEDA's receipt.
    """
    buka(w, periode, dibuka)
    bidang = [b.id for b in w.forge.reports().organisasi().bidang]
    for n, id_bidang in enumerate(bidang):
        isi_lembar(w, periode, id_bidang, f"{kerja} 08:{10 + 4 * n}", ajukan=True)
    for n, id_bidang in enumerate(bidang):
        tandai(w, periode, id_bidang, f"{kerja} 08:{40 + 3 * n}")
    laporkan(w, periode, f"{kerja} 09:15", narasi)
    kirimkan(w, periode, f"{kerja} 09:32", terima)


def buka(w: Walk, periode: Periode, hari: str) -> None:
    """Steps 1 and 2."""
    w.cerita(f"\n{periode.judul}")
    s = w.sesi("sekretaris", f"{hari} 08:05")
    instruksi = f"Laporkan data kinerja {periode.judul} menurut SOP Pengumpulan Data Kinerja."
    w.tutur(1, s, sop.disposisi(s, periode, instruksi))
    s = w.sesi("kasubag-program", f"{hari} 08:30")
    w.tutur(2, s, sop.siapkan(s, periode))


def isi_lembar(
    w: Walk, periode: Periode, bidang: str, saat: str, *, ajukan: bool, kunci: str | None = None
) -> None:
    """Step 3 for one bidang, with the script's figures."""
    isian = w.isian[kunci or periode.bagian].get(bidang, {})
    s = w.sesi(f"kasie:{bidang}", saat)
    nilai = _nilai(sop.ambil(s, periode, bidang), isian)
    w.tutur(3, s, sop.isi(s, periode, bidang, nilai=nilai, ajukan=ajukan))


def tandai(w: Walk, periode: Periode, bidang: str, saat: str, alasan: str | None = None) -> None:
    """Step 4 for one bidang; *tidak* with a reason."""
    organisasi = w.forge.reports().organisasi()
    b = organisasi.cari_bidang(bidang)
    if b is None:
        raise KinerjaError(f"bidang {bidang} tidak ada")
    s = w.sesi(b.pemeriksa, saat)
    w.tutur(4, s, sop.periksa(s, periode, bidang, ya=alasan is None, alasan=alasan))


def laporkan(w: Walk, periode: Periode, saat: str, narasi: Narasi) -> None:
    """Steps 5 to 7 without any *tidak*."""
    mulai = datetime.fromisoformat(saat)
    s = w.sesi("kasubag-program", saat)
    w.tutur(5, s, sop.susun(s, periode, narasi=narasi))
    s = w.sesi("sekretaris", f"{mulai + timedelta(minutes=9)}"[:16])
    w.tutur(6, s, sop.paraf(s, periode, ya=True))
    s = w.sesi("kepala-dinas", f"{mulai + timedelta(minutes=13)}"[:16])
    w.tutur(7, s, sop.tanda_tangan(s, periode, ya=True))


def kirimkan(w: Walk, periode: Periode, saat: str, terima: str) -> None:
    """Step 8: the archive, BAPPEDA's receipt, and its record."""
    s = w.sesi("kasubag-program", saat)
    folder = w.instansi.keluar / "arsip"
    hasil, kiriman = sop.kirim(s, periode, lambda nama, bita: tulis_atomik(folder / nama, bita))
    berkas = folder / kiriman.kirim.arsip
    w.tutur(8, s, hasil)
    status = w.forge.reports().organisasi().status
    bita = buat_tanda_terima(
        kiriman.arsip, kiriman.kirim.arsip,
        KunciPribadi.muat(_kunci_penerima(w.instansi.folder), "bappeda"),
        penerima=kiriman.kirim.kepada, nomor=f"TT/{periode.id}/{status.value.upper()}",
        nama_penerima=f"Petugas loket ({status.value})", saat=w.saat(terima), status=status,
    )  # fmt: skip
    tulis_atomik(berkas.with_name(berkas.name + ".tanda-terima.json"), bita)
    s = w.sesi("kasubag-program", f"{terima[:10]} 15:00")
    w.tutur(8, s, sop.catat_tanda_terima(s, periode, bita))
    w.arsip.append(berkas)


def periksa_semua(w: Walk) -> list[Putusan]:
    """Verifies every archive of the walk with the trust file beside them."""
    percaya = w.instansi.keluar / "kunci-tepercaya.txt"
    tulis_atomik(percaya, berkas_percaya(w.forge.reports()).encode())
    hasil = []
    for a in w.arsip:
        terima = a.with_name(a.name + ".tanda-terima.json").read_bytes()
        hasil.append(verifikasi(io.BytesIO(a.read_bytes()), percaya.read_text(), terima))
    return hasil


# helpers


def _baca(nama: str) -> Isian:
    data, temuan = muat(package_data.isian_contoh(nama), nama)
    if temuan or not isinstance(data, dict):
        raise KinerjaError(f"{nama} rusak: {temuan[0].pesan if temuan else 'bukan daftar isian'}")
    return data


def _mulai(
    folder: Path, isi: dict[str, bytes], pengelola: str, saat: str, isian: Isian,
    cerita: Callable[[str], None],
) -> Walk:  # fmt: skip
    jalur = "reports/identitas.yaml"
    for sisa in (_kunci_penerima(folder), _kunci_penerima(folder).with_suffix(".pub")):
        sisa.unlink(missing_ok=True)
    kunci = KunciPribadi.buat(_kunci_penerima(folder), "bappeda")
    hari = saat[:10]
    isi[jalur] = sisip(
        isi[jalur], {"/penerima/0/kunci": [{"publik": kunci.publik, "mulai": hari, "selesai": None}]}
    )
    zona = Reports(PohonIsi(isi)).zona()
    awal = datetime.fromisoformat(saat).replace(tzinfo=zona)
    instansi = buat_instansi(folder, isi, pengelola, awal)
    organisasi = Reports(PohonIsi(isi)).organisasi()
    cerita(f"{organisasi.nama}: {organisasi.status.penanda}")
    cerita(f"  repositori   {instansi.git}")
    return Walk(instansi, instansi.forge(), isian, cerita, zona)


def _kunci_penerima(folder: Path) -> Path:
    """BAPPEDA's key stands for another office's computer: never in the agency's folder."""
    return folder.with_name(f"{folder.name}-penerima") / "bappeda"


def _nilai(bita: bytes, isian: Isian) -> dict[str, object]:
    """JSON pointer → value for the script's figures of one worksheet."""
    data, _ = muat(bita, "")
    hasil: dict[str, object] = {}
    if not isinstance(data, dict):
        return hasil
    for bagian, kunci in (("indikator", "id"), ("anggaran", "kode")):
        for n, baris in enumerate(data[bagian]):
            for nama, v in isian.get(bagian, {}).get(baris[kunci], {}).items():
                hasil[f"/{bagian}/{n}/{nama}"] = v
    return hasil


def _tw1(w: Walk) -> None:
    p = Periode.baca("2024-tw1")
    rs = "rehabilitasi-sosial"
    buka(w, p, "2024-04-01")
    lain = [b.id for b in w.forge.reports().organisasi().bidang if b.id != rs]
    isi_lembar(w, p, rs, "2024-04-02 14:10", ajukan=False)
    for n, id_bidang in enumerate(lain):
        isi_lembar(w, p, id_bidang, f"2024-04-03 09:{10 + 5 * n}", ajukan=True)
    isi_lembar(w, p, rs, "2024-04-03 10:05", ajukan=True, kunci="tw1_sebelum_perbaikan")
    for n, id_bidang in enumerate(lain):
        tandai(w, p, id_bidang, f"2024-04-04 08:{10 + 4 * n}")
    tandai(w, p, rs, "2024-04-04 08:40", "rs-02 tertulis 34,32; rekap SPM menunjukkan 9 dari 37 anak")
    isi_lembar(w, p, rs, "2024-04-04 10:15", ajukan=True)
    tandai(w, p, rs, "2024-04-04 11:00")
    s = w.sesi("kasubag-program", "2024-04-05 08:20")
    w.tutur(5, s, sop.susun(s, p))
    s = w.sesi("sekretaris", "2024-04-05 08:40")
    w.tutur(6, s, sop.paraf(s, p, ya=False, alasan="pendahuluan dan analisis belum ditulis"))
    laporkan_awal = Narasi(
        "Laporan ini disusun dari kertas kerja enam bidang.", "Sebagian besar indikator tercapai.", ""
    )
    s = w.sesi("kasubag-program", "2024-04-05 09:15")
    w.tutur(5, s, sop.susun(s, p, narasi=laporkan_awal))
    s = w.sesi("sekretaris", "2024-04-05 09:30")
    w.tutur(6, s, sop.paraf(s, p, ya=True))
    s = w.sesi("kepala-dinas", "2024-04-05 10:10")
    w.tutur(
        7, s, sop.tanda_tangan(s, p, ya=False, alasan="sebutkan kendala lanjut usia terlantar dan rencananya")
    )
    s = w.sesi("sekretaris", "2024-04-05 10:20")
    w.tutur(6, s, sop.paraf(s, p, ya=False, alasan="permintaan Kepala Dinas: lengkapi analisis rs-03"))
    laporkan(w, p, "2024-04-05 12:30", _narasi_tw1())
    kirimkan(w, p, "2024-04-05 12:47", "2024-04-16 09:20")


def _narasi_tw1() -> Narasi:
    return Narasi(
        "Laporan ini memuat capaian kinerja Triwulan I Tahun 2024, dikumpulkan menurut "
        "SOP 050/11.b/DSPMD/I/2024.",
        "Capaian layanan lanjut usia terlantar (rs-03) di bawah rencana karena data sasaran baru "
        "dimutakhirkan akhir Februari. Jadwal layanan ditambah pada April sampai Mei.",
        "Tindak lanjut dipantau pada Triwulan II.",
    )


def _tw2(w: Walk) -> None:
    narasi = Narasi(
        "Laporan ini memuat capaian kinerja Triwulan II Tahun 2024.",
        "Layanan lanjut usia terlantar membaik sesudah jadwal layanan ditambah.",
        "",
    )
    penuh(w, Periode.baca("2024-tw2"), "2024-07-01", "2024-07-04", "2024-07-05 09:00", narasi)


def _tw3(w: Walk) -> None:
    p = Periode.baca("2024-tw3")
    buka(w, p, "2024-10-01")
    isi_lembar(w, p, "sekretariat", "2024-10-02 09:00", ajukan=True)
    tandai(w, p, "sekretariat", "2024-10-02 13:30")
    isi_lembar(w, p, "perlindungan-jaminan-sosial", "2024-10-03 15:20", ajukan=True)
    isi_lembar(w, p, "rehabilitasi-sosial", "2024-10-03 11:00", ajukan=True)
    tandai(w, p, "rehabilitasi-sosial", "2024-10-04 08:30", "bukti layanan rs-03 belum disebut")
    isi_lembar(w, p, "pemberdayaan-sosial", "2024-10-04 10:00", ajukan=False)
    isi_lembar(w, p, "pemberdayaan-masyarakat", "2024-10-04 14:00", ajukan=False)
    w.cerita("  periode ini sengaja ditinggalkan di tengah jalan; lihat: kinerja status 2024-tw3")
