"""A tiny agency, its approved report and its archive: what the archive tests start from.

One bidang, whose Kabid is on leave, so that a Plh signs the worksheet. Keys come from fixed
seeds, so that every run builds the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kinerja.adapters.keys import KunciPribadi, periksa
from kinerja.domain.arsip import AsalGit, KepalaLog, Manifes, Pernyataan, TandaTerimaArsip
from kinerja.domain.laporan import BidangTertinggal, Laporan, Masukan
from kinerja.domain.organisasi import (
    Bidang,
    DaftarIdentitas,
    DaftarJabatan,
    Dasar,
    Jabatan,
    KodeWilayah,
    Kunci,
    Orang,
    Organisasi,
    Pemangku,
    Penerima,
    Sebutan,
    Status,
)
from kinerja.domain.peristiwa import Berkas, Peristiwa, PeristiwaBertanda, kanonik
from kinerja.domain.putusan import KunciPercaya
from kinerja.domain.tata_kelola import (
    AturanPersetujuan,
    Jaminan,
    Kebijakan,
    LangkahPersetujuan,
    Perhitungan,
    Publikasi,
    TargetNol,
    Tindakan,
)
from kinerja.publishing import replay
from kinerja.publishing.archive import bita_tanda_terima, isi_log, kembar, polos_json, susun_arsip, tulis_zip
from kinerja.publishing.receipts import buat_tanda_terima
from kinerja.publishing.verification import HITUNGAN, Baris, Pemeriksa, Putus, Putusan, periksa_arsip
from kinerja.workflow.log_rules import ruang
from kinerja.workflow.policy import sidik_kebijakan

WITA = timezone(timedelta(hours=8))
PERIODE = "2024-tw1"
LAPORAN = "reports/2024/tw1/laporan.yaml"
KERTAS = "reports/2024/tw1/kertas-kerja/rehsos.yaml"
ORANG = ("p-ayu", "p-bakri", "p-citra", "p-eka", "p-fajar", "p-kiki")
SPT = Dasar("SPT 090/CONTOH-1/2024", date(2024, 3, 28), "penunjukan Plh")
MULAI = date(2024, 1, 1)


def kunci(siapa: str) -> KunciPribadi:
    """The same key for the same name, every time."""
    benih = sha256(f"kunci contoh {siapa}".encode()).digest()
    return KunciPribadi(Ed25519PrivateKey.from_private_bytes(benih))


def waktu(teks: str) -> datetime:
    """``2024-04-05 10:00`` in the agency's zone."""
    return datetime.fromisoformat(teks).replace(tzinfo=WITA)


ORGANISASI = Organisasi(
    "organisasi/v1",
    Status.CONTOH,
    "Dinas Contoh",
    "Contoh",
    "Kabupaten",
    "Kabupaten",
    "Tilamuta",
    "-",
    (),
    KodeWilayah("0", "0"),
    "Asia/Makassar",
    Penerima("bappeda", "BAPPEDA"),
    (Bidang("rehsos", "Rehabilitasi Sosial", "kasie:rehsos", "kabid:rehsos"),),
)
JABATAN = DaftarJabatan(
    "jabatan/v1",
    (Jabatan("kepala-dinas", "Kepala Dinas"), Jabatan("kabid:rehsos", "Kabid Rehsos")),
    (
        Pemangku("kepala-dinas", "p-ayu", Sebutan.DEFINITIF, MULAI),
        Pemangku("sekretaris", "p-bakri", Sebutan.DEFINITIF, MULAI),
        Pemangku("kasubag-program", "p-citra", Sebutan.DEFINITIF, MULAI),
        Pemangku("kabid:rehsos", "p-fajar", Sebutan.DEFINITIF, MULAI),
        Pemangku("kabid:rehsos", "p-eka", Sebutan.PLH, date(2024, 4, 1), date(2024, 4, 9), SPT),
        Pemangku("kasie:rehsos", "p-kiki", Sebutan.DEFINITIF, MULAI),
    ),
)
IDENTITAS = DaftarIdentitas(
    "identitas/v1",
    tuple(Orang(o, f"Nama {o}", kunci=(Kunci(kunci(o).publik, MULAI),)) for o in ORANG),
)
KEBIJAKAN = Kebijakan(
    "kebijakan/v1",
    (
        AturanPersetujuan(
            "kertas-kerja",
            ("reports/{tahun}/{bagian}/kertas-kerja/{bidang}.yaml",),
            ("{pengisi}",),
            (LangkahPersetujuan("{pemeriksa}", Tindakan.TANDA_TANGAN, "{pengisi}", Jaminan.TERAMATI, 4),),
        ),
        AturanPersetujuan(
            "laporan",
            ("reports/{tahun}/{bagian}/laporan.yaml",),
            ("kasubag-program",),
            (
                LangkahPersetujuan("sekretaris", Tindakan.PARAF, "kasubag-program", Jaminan.TERAMATI, 6),
                LangkahPersetujuan(
                    "kepala-dinas", Tindakan.TANDA_TANGAN, "sekretaris", Jaminan.KUNCI_SENDIRI, 7
                ),
            ),
        ),
    ),
    Perhitungan("skala", TargetNol.TIDAK_DAPAT_DIHITUNG),
    (),
    Publikasi(),
)
PERCAYA = (
    KunciPercaya("p-citra", ("kinerja.arsip.v1",), kunci("p-citra").publik),
    KunciPercaya("bappeda", ("kinerja.tanda-terima.v1",), kunci("bappeda").publik),
)


@dataclass
class Bangunan:
    """Everything that an archive is built from; a test bends one part and builds again."""

    kertas: bytes = b"skema: kertas-kerja/v1\n"
    laporan: bytes = b"skema: laporan/v1\n"
    kebijakan: Kebijakan = KEBIJAKAN
    jabatan: DaftarJabatan = JABATAN
    identitas: DaftarIdentitas = IDENTITAS
    organisasi: Organisasi = ORGANISASI
    tanpa: tuple[BidangTertinggal, ...] = ()
    catatan: list[PeristiwaBertanda] = field(default_factory=list)
    tambahan: dict[str, bytes] = field(default_factory=dict)
    acuan: dict[str, bytes] = field(default_factory=dict)

    def tata_kelola(self) -> dict[str, Any]:
        """The governing documents as they are now."""
        return {
            "kebijakan": self.kebijakan,
            "jabatan": self.jabatan,
            "identitas": self.identitas,
            "organisasi": self.organisasi,
        }

    def acuan_kini(self) -> tuple[Berkas, ...]:
        """Their digests, as an act names them; each version stays in the archive."""
        hasil = []
        for nama, obj in sorted(self.tata_kelola().items()):
            bita = kanonik(polos_json(obj))  # JSON is YAML
            b = berkas(f"reports/{nama}.yaml", bita)
            jalur = f"acuan/{b.sha256}.yaml"
            self.acuan |= {jalur: bita, f"kembar/acuan/{b.sha256}.json": kembar(jalur, bita, obj)}
            hasil.append(b)
        return tuple(hasil)

    def catat(
        self, tindakan: Tindakan, orang: str, jabatan: str, pukul: str, **lain: Any
    ) -> PeristiwaBertanda:
        """Appends one signed event; ``oleh`` signs instead, ``ruang`` replaces the namespace."""
        penanda = kunci(lain.pop("oleh", orang))
        ruang_nama = lain.pop("ruang", ruang(tindakan))
        kk = jabatan.endswith("rehsos")
        jalur, isi = (KERTAS, self.kertas) if kk else (LAPORAN, self.laporan)
        p = Peristiwa(
            urut=len(self.catatan) + 1,
            perubahan=f"kk/{PERIODE}/rehsos" if kk else f"laporan/{PERIODE}",
            tujuan="refs/heads/main",
            tindakan=tindakan,
            jabatan=jabatan,
            orang=orang,
            sebutan=Sebutan.DEFINITIF,
            dasar=None,
            berkas=(berkas(jalur, isi),),
            masukan=(berkas(KERTAS, self.kertas),) if tindakan is Tindakan.SUSUN else (),
            kebijakan=sidik_kebijakan(self.kebijakan),
            sesudah=None,
            sebelumnya=self.catatan[-1].sidik if self.catatan else None,
            waktu=waktu(pukul),
            alasan=None,
            jaminan=Jaminan.KUNCI_SENDIRI,
            kepala=None,
            kunci=penanda.sidik,
            acuan=self.acuan_kini(),
        )
        p = replace(p, **lain)
        tanda = penanda.tanda_tangani(p.bita(), ruang_nama) if p.kunci else None
        hasil = PeristiwaBertanda(p, p.bita(), tanda)
        self.catatan.append(hasil)
        return hasil

    def muatan(self) -> dict[str, bytes]:
        """The payload, paths below ``data/``."""
        isi = {KERTAS: self.kertas, LAPORAN: self.laporan, **isi_log(self.catatan), **self.acuan}
        for nama, obj in self.tata_kelola().items():
            jalur = f"reports/{nama}.yaml"
            isi[jalur] = f"skema: {nama}/v1\n".encode()
            isi[f"kembar/{nama}.json"] = kembar(jalur, isi[jalur], obj)
        isi["kembar/laporan.json"] = kembar(LAPORAN, self.laporan, self.isi_laporan())
        return {**isi, **self.tambahan}

    def isi_laporan(self) -> Laporan:
        """The report's content."""
        saat = waktu("2024-04-05 08:00")
        masukan = (Masukan(KERTAS, sha256(self.kertas).hexdigest()),)
        return Laporan(
            "laporan/v1",
            PERIODE,
            1,
            None,
            self.organisasi.status,
            None,
            saat,
            "skala",
            "1",
            () if self.tanpa else masukan,
            self.tanpa,
            (),
            (),
        )

    def pernyataan(self, **lain: Any) -> Pernyataan:
        """The statement over this content."""
        status = self.organisasi.status
        p = Pernyataan(
            skema="pernyataan/v1",
            laporan=f"contoh/{PERIODE}",
            opd="Dinas Contoh",
            periode=PERIODE,
            versi=1,
            status=status,
            penanda=status.penanda,
            manifes=Manifes("", ""),
            log=KepalaLog(self.catatan[-1].sidik if self.catatan else None, len(self.catatan)),
            kebijakan=sidik_kebijakan(self.kebijakan),
            git=AsalGit("c" * 40, "d" * 40),
            sebelumnya=None,
            menggantikan=None,
            dibuat=waktu("2024-04-06 09:00"),
            oleh="p-citra",
            jabatan="kasubag-program",
        )
        return replace(p, **lain)

    def arsip(self, oleh: str = "p-citra", **lain: Any) -> bytes:
        """The archive, signed."""
        return susun_arsip(self.muatan(), self.pernyataan(**lain), kunci(oleh).tanda_tangani)


def berkas(jalur: str, isi: bytes) -> Berkas:
    """A covered file."""
    return Berkas(jalur, sha256(isi).hexdigest(), len(isi))


def bangunan(**lain: Any) -> Bangunan:
    """An agency whose report has gone the whole way."""
    b = Bangunan(**lain)
    b.catat(Tindakan.AJUKAN, "p-kiki", "kasie:rehsos", "2024-04-03 09:00")
    b.catat(
        Tindakan.TANDA_TANGAN,
        "p-eka",
        "kabid:rehsos",
        "2024-04-04 09:00",
        sebutan=Sebutan.PLH,
        dasar=SPT,
    )
    b.catat(Tindakan.SUSUN, "p-citra", "kasubag-program", "2024-04-05 08:00")
    paraf = b.catat(Tindakan.PARAF, "p-bakri", "sekretaris", "2024-04-05 09:00")
    b.catat(
        Tindakan.TANDA_TANGAN,
        "p-ayu",
        "kepala-dinas",
        "2024-04-05 10:00",
        sesudah=paraf.sidik,
    )
    return b


def tanda_terima(arsip: bytes, oleh: str = "bappeda", **lain: Any) -> bytes:
    """The receiver's receipt over an archive."""
    isi = TandaTerimaArsip(
        skema="tanda-terima/v1",
        arsip="contoh.zip",
        sha256=sha256(arsip).hexdigest(),
        ukuran=len(arsip),
        nomor="TT/1",
        tanggal=date(2024, 4, 7),
        penerima="bappeda",
        nama_penerima="Petugas Contoh",
        diterima=waktu("2024-04-07 09:00"),
        status=Status.CONTOH,
    )
    nama_ruang = lain.pop("ruang", "kinerja.tanda-terima.v1")
    isi = replace(isi, **lain)
    assert bita_tanda_terima(isi)
    return buat_tanda_terima(isi, lambda b: kunci(oleh).tanda_tangani(b, nama_ruang))


def putar_ulang(isi: Mapping[str, bytes], pernyataan: Mapping[str, Any]) -> tuple[Baris, ...]:
    """The replay; the tiny report has no figures, so their recomputation is taken as made."""
    return (*replay.putar_ulang(isi, pernyataan), Baris(Putus.SAH, HITUNGAN, "tanpa angka"))


def periksa_contoh(
    arsip: bytes,
    terima: bytes | None = None,
    percaya: Sequence[KunciPercaya] = PERCAYA,
    **lain: Any,
) -> Putusan:
    """The verdict, with a good receipt unless one is given."""
    p = Pemeriksa(percaya, periksa, putar_ulang, terima or tanda_terima(arsip), **lain)
    return periksa_arsip(io.BytesIO(arsip), p)


def buka(arsip: bytes) -> dict[str, bytes]:
    """Every file of an archive, by Python's own reader."""
    with zipfile.ZipFile(io.BytesIO(arsip)) as z:
        return {n: z.read(n) for n in z.namelist()}


def bungkus(berkas_: Mapping[str, bytes]) -> bytes:
    """A strict ZIP of any files: what a careful forger would make."""
    keluar = io.BytesIO()
    tulis_zip(keluar, sorted(berkas_.items()))
    return keluar.getvalue()
