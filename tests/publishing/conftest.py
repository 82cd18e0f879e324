"""One small fictitious agency as a tree of files: two bidang, two sent quarters, one open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from hashlib import sha256

import pytest

from kinerja.adapters import package_data
from kinerja.adapters.documents import tulis
from kinerja.adapters.event_copies import salinan
from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import PohonIsi
from kinerja.domain.kertas_kerja import (
    BarisAnggaran,
    BarisIndikator,
    Disposisi,
    KertasKerja,
    Tenggat,
    TindakLanjut,
)
from kinerja.domain.laporan import (
    BarisCapaian,
    BidangTertinggal,
    Kirim,
    Laporan,
    Masukan,
    Narasi,
    Rekap,
    TandaTerima,
)
from kinerja.domain.organisasi import (
    Bidang,
    DaftarIdentitas,
    DaftarJabatan,
    Dasar,
    Jabatan,
    KodeWilayah,
    Orang,
    Organisasi,
    Pemangku,
    Penerima,
    Sebutan,
    Status,
)
from kinerja.domain.perencanaan import (
    Akumulasi,
    Anggaran,
    Arah,
    Indikator,
    KodeNama,
    PaguSub,
    RealisasiLama,
    Rencana,
    Riwayat,
    RumusTurun,
    Sasaran,
    SubKegiatan,
    TargetIndikator,
    TingkatIndikator,
    VersiAnggaran,
    VersiRencana,
)
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import Berkas, Peristiwa, PeristiwaBertanda
from kinerja.domain.tata_kelola import Jaminan, Tindakan
from kinerja.publishing.site_data import DataSitus, muat_situs

WITA = timezone(timedelta(hours=8))
TW1, TW2, TW3 = (Periode(2024, b) for b in ("tw1", "tw2", "tw3"))
D = Decimal
ORANG = {
    "kepala-dinas": "p-adi",
    "sekretaris": "p-budi",
    "kasubag-program": "p-cici",
    "kabid:sosial": "p-deni",
    "kasie:sosial": "p-evi",
    "kasie:sekretariat": "p-fani",
}


@pytest.fixture(scope="session")
def isi_dinas() -> dict[str, bytes]:
    """Path → bytes of the whole repository."""
    contoh = package_data.contoh_boalemo()
    isi = {j: contoh[f"reports/{j}"] for j in ("sop.yaml", "kalender.yaml", "kebijakan.yaml")}
    isi |= {
        "organisasi.yaml": tulis(_organisasi(), "x"),
        "jabatan.yaml": tulis(_jabatan(), "x"),
        "identitas.yaml": tulis(_identitas(), "x"),
        "riwayat.yaml": tulis(_riwayat(), "x"),
        "2024/rencana.yaml": tulis(_rencana(), "x"),
        "2024/anggaran.yaml": tulis(_anggaran(), "x"),
    }
    pohon = {f"reports/{j}": b for j, b in isi.items()}
    for periode, hari in ((TW1, date(2024, 4, 1)), (TW2, date(2024, 7, 1))):
        pohon |= _periode(periode, datetime(hari.year, hari.month, hari.day, 8, 0, tzinfo=WITA))
    pohon[f"{TW3.folder}/disposisi.yaml"] = _disposisi(TW3, datetime(2024, 10, 1, 8, tzinfo=WITA))
    return pohon


@pytest.fixture(scope="session")
def data_situs(isi_dinas: dict[str, bytes]) -> DataSitus:
    """The site's data, gathered from that tree by the real loaders."""
    pohon = PohonIsi(isi_dinas)
    return muat_situs(Reports(pohon), pohon.baca)


# the agency


def _organisasi() -> Organisasi:
    return Organisasi(
        skema="organisasi/v1",
        status=Status.CONTOH,
        nama="Dinas Sosial Kabupaten Andaikata",
        nama_singkat="Dinsos Andaikata",
        pemerintah="Pemerintah Kabupaten Andaikata",
        daerah="Kabupaten Andaikata",
        tempat="Andaikata",
        alamat="Jln. Umpama 1",
        kop_surat=("PEMERINTAH KABUPATEN ANDAIKATA", "DINAS SOSIAL"),
        kode_wilayah=KodeWilayah("9999", "99.99"),
        zona_waktu="Asia/Makassar",
        penerima=Penerima("bappeda", "BAPPEDA Kabupaten Andaikata"),
        bidang=(
            Bidang("sekretariat", "Sekretariat", "kasie:sekretariat", "sekretaris"),
            Bidang("sosial", "Bidang Sosial", "kasie:sosial", "kabid:sosial"),
        ),
    )


def _jabatan() -> DaftarJabatan:
    nama = {
        "kepala-dinas": "Kepala Dinas",
        "sekretaris": "Sekretaris",
        "kasubag-program": "Kasubag Penyusun Program",
        "kabid:sosial": "Kepala Bidang Sosial",
        "kasie:sosial": "Kasie Bidang Sosial",
        "kasie:sekretariat": "Kasubag Umum",
    }
    pemangku = [Pemangku(j, o, Sebutan.DEFINITIF, date(2024, 1, 1)) for j, o in ORANG.items()]
    return DaftarJabatan(
        "jabatan/v1", tuple(Jabatan(j, n) for j, n in nama.items()), tuple(pemangku)
    )


def _identitas() -> DaftarIdentitas:
    semua = [Orang(o, f"{o[2:].capitalize()} Umpama") for o in ORANG.values()]
    return DaftarIdentitas("identitas/v1", tuple(semua))


def _riwayat() -> Riwayat:
    sumber = "LKjIP 2023 (contoh)"
    return Riwayat("riwayat/v1", (RealisasiLama("sos-01", 2023, D(48), sumber),))


def _indikator(id_: str, nama: str, bidang: str, satuan: str, **lain: object) -> Indikator:
    isi: dict[str, object] = {
        "tingkat": TingkatIndikator.SASARAN,
        "arah": Arah.NAIK,
        "akumulasi": Akumulasi.JUMLAH,
        "definisi_operasional": "Dihitung menurut daftar",
        "formulasi": "jumlah",
        "sumber_data": "Daftar layanan",
        "penanggung_jawab": "kabid:sosial",
        "sumber": "belum ditetapkan",
        "sasaran": "s1",
    }
    return Indikator(id=id_, nama=nama, bidang=bidang, satuan=satuan, **(isi | lain))  # type: ignore[arg-type]


def _rencana() -> Rencana:
    return Rencana(
        skema="rencana/v1",
        tahun=2024,
        renstra="Renstra contoh",
        sasaran=(Sasaran("s1", "Layanan sosial meningkat"),),
        indikator=(
            _indikator(
                "sek-01",
                "Laporan tepat waktu",
                "sekretariat",
                "persen",
                akumulasi=Akumulasi.RATA_RATA,
            ),
            _indikator("sos-01", "Orang terlayani", "sosial", "orang"),
            _indikator(
                "sos-02", "Pengaduan", "sosial", "aduan", arah=Arah.TURUN, rumus=RumusTurun.SELISIH
            ),
        ),
        versi=(
            VersiRencana(
                "murni",
                "Perjanjian Kinerja 2024",
                Dasar("PK/1/2024"),
                date(2024, 1, 1),
                {
                    "sek-01": TargetIndikator(*(D(100),) * 5),
                    "sos-01": TargetIndikator(D(10), D(20), D(20), D(10), D(60)),
                    "sos-02": TargetIndikator(*(D(0),) * 5),
                },
            ),
        ),
    )


def _anggaran() -> Anggaran:
    kode = "1.06.04.2.01.0001"
    return Anggaran(
        skema="anggaran/v1",
        tahun=2024,
        kode_versi=Dasar("900.1.15.5-1317 Tahun 2023"),
        program=(KodeNama("1.06.04", "PROGRAM REHABILITASI SOSIAL"),),
        kegiatan=(KodeNama("1.06.04.2.01", "Rehabilitasi sosial dasar"),),
        sub_kegiatan=(SubKegiatan(kode, "Penyediaan Permakanan", "sosial", "Orang", "orang"),),
        versi=(
            VersiAnggaran(
                "murni",
                "DPA 2024",
                Dasar("DPA/1"),
                date(2024, 1, 1),
                {kode: PaguSub(D(2000000), D(60))},
            ),
        ),
    )


# one sent period


def _disposisi(p: Periode, mulai: datetime) -> bytes:
    tenggat = (Tenggat(3, mulai + timedelta(days=3)),)
    isi = f"Laporkan data kinerja {p.judul}"
    return tulis(
        Disposisi(
            "disposisi/v1", p.id, "094/1", "sekretaris", "kasubag-program", isi, mulai, tenggat
        ),
        "x",
    )


def _lembar(p: Periode, bidang: str) -> KertasKerja:
    if bidang == "sekretariat":
        satu = BarisIndikator("sek-01", "Laporan tepat waktu", "persen", D(100), None, D("83.33"))
        return KertasKerja("kertas-kerja/v1", p.id, bidang, "murni", "murni", (satu,))
    tindak = TindakLanjut("Layanan dipindah ke desa", "kabid:sosial", date(2024, 6, 30))
    baris = (
        BarisIndikator(
            "sos-01",
            "Orang terlayani",
            "orang",
            D(10),
            None,
            D(6),
            penjelasan="Data sasaran terlambat.",
            faktor_penghambat="Jalan putus.",
            tindak_lanjut=tindak,
        ),
        BarisIndikator("sos-02", "Pengaduan", "aduan", D(0), None, D(0)),
    )
    uang = BarisAnggaran(
        "1.06.04.2.01.0001", "Penyediaan Permakanan", D(2000000), None, D(500000), D("25.5")
    )
    return KertasKerja("kertas-kerja/v1", p.id, bidang, "murni", "murni", baris, (uang,))


def _laporan(p: Periode, masukan: dict[str, bytes], disusun: datetime) -> Laporan:
    sek = BarisCapaian(
        "sek-01", "sekretariat", D(100), D("83.33"), D(100), D("83.33"),
        D("83.33"), D("83.33"), "Tinggi", "",
    )  # fmt: skip
    sos = (
        BarisCapaian(
            "sos-01", "sosial", D(10), D(6), D(10), D(6), D("60.00"), D("10.00"), "Rendah", ""
        ),
        BarisCapaian(
            "sos-02", "sosial", D(0), D(0), D(0), D(0), None, None, "",
            "target nol, capaian tidak dapat dihitung",
        ),
    )  # fmt: skip
    r_sek = Rekap("sekretariat", 1, 1, D("83.33"), "Tinggi", None, None, None)
    capaian: tuple[BarisCapaian, ...] = (sek,)
    rekap: tuple[Rekap, ...] = (r_sek, replace(r_sek, bidang="semua"))
    tanpa: tuple[BidangTertinggal, ...] = (BidangTertinggal("sosial", "kantor terendam banjir"),)
    if p == TW1:
        uang = (D(2000000), D(500000), D("25.00"))
        r_sos = Rekap("sosial", 1, 2, D("60.00"), "Rendah", *uang)
        rekap = (r_sek, r_sos, Rekap("semua", 2, 3, D("71.67"), "Sedang", *uang))
        capaian, tanpa = (sek, *sos), ()
    return Laporan(
        skema="laporan/v1",
        periode=p.id,
        versi=1,
        menggantikan=None,
        status=Status.CONTOH,
        nomor=f"050/{p.bagian}/2024",
        disusun=disusun,
        skala="permendagri-86-2017",
        versi_aturan="1",
        masukan=tuple(Masukan(j, sha256(b).hexdigest()) for j, b in sorted(masukan.items())),
        tanpa=tanpa,
        rekap=rekap,
        capaian=capaian,
        narasi=Narasi(pendahuluan="Laporan **triwulan**.\n\n- satu\n- dua"),
    )


def _periode(p: Periode, mulai: datetime) -> dict[str, bytes]:
    bidang = ["sekretariat"] if p == TW2 else ["sekretariat", "sosial"]
    masukan = {f"{p.folder}/kertas-kerja/{b}.yaml": tulis(_lembar(p, b), "x") for b in bidang}
    jalur = f"{p.folder}/laporan.yaml"
    laporan = tulis(_laporan(p, masukan, mulai + timedelta(days=3)), "x")
    sidik = sha256(p.id.encode()).hexdigest()
    terima = None
    if p == TW1:
        saat = mulai + timedelta(days=4)
        terima = TandaTerima("TT/1", saat.date(), "bappeda", "Gani Umpama", saat, sidik)
    kirim = Kirim(
        "kirim/v1", p.id, 1, f"andaikata-{p.id}-v1.zip", sidik, 123456, "bappeda",
        "diantar", mulai + timedelta(days=3, hours=5), "p-cici", terima,
    )  # fmt: skip
    berkas = {
        **masukan,
        jalur: laporan,
        f"{p.folder}/kirim.yaml": tulis(kirim, "x"),
        f"{p.folder}/disposisi.yaml": _disposisi(p, mulai),
    }
    return berkas | salinan(_peristiwa(p, mulai, masukan, {jalur: laporan}))


def _peristiwa(
    p: Periode, mulai: datetime, masukan: dict[str, bytes], laporan: dict[str, bytes]
) -> tuple[PeristiwaBertanda, ...]:
    hasil: list[PeristiwaBertanda] = []

    def catat(
        perubahan: str,
        tindakan: Tindakan,
        jabatan: str,
        menit: int,
        isi: dict[str, bytes],
        **lain: object,
    ) -> None:
        rincian: dict[str, object] = {
            "orang": ORANG[jabatan],
            "sebutan": Sebutan.DEFINITIF,
            "dasar": None,
            "alasan": None,
            "jaminan": Jaminan.TERAMATI,
        }
        berkas = tuple(Berkas(j, sha256(b).hexdigest(), len(b)) for j, b in isi.items())
        e = Peristiwa(
            urut=len(hasil) + 1,
            perubahan=f"{perubahan.replace('@', p.id)}",
            tujuan="refs/heads/main",
            tindakan=tindakan,
            jabatan=jabatan,
            berkas=berkas,
            masukan=(),
            kebijakan="0" * 64,
            sesudah=None,
            sebelumnya=hasil[-1].sidik if hasil else None,
            waktu=mulai + timedelta(minutes=menit),
            kepala=None,
            kunci=None,
            **(rincian | lain),  # type: ignore[arg-type]
        )
        hasil.append(PeristiwaBertanda(e, e.bita(), None))

    catat("disposisi/@", Tindakan.DISPOSISI, "sekretaris", 0, {})
    for jalur, isi in masukan.items():
        bidang = jalur.split("/")[-1].removesuffix(".yaml")
        pemeriksa = "sekretaris" if bidang == "sekretariat" else "kabid:sosial"
        kk, satu = f"kk/@/{bidang}", {jalur: isi}
        catat(kk, Tindakan.SIAPKAN, "kasubag-program", 20, {})
        catat(kk, Tindakan.AJUKAN, f"kasie:{bidang}", 1500, satu)
        if bidang == "sosial":
            catat(kk, Tindakan.TIDAK, pemeriksa, 1520, satu, alasan="angka rahasia keliru")
            catat(kk, Tindakan.AJUKAN, f"kasie:{bidang}", 1600, satu)
            dasar = Dasar("SPT 7/2024", date(2024, 3, 29))
            plh = {"orang": "p-evi", "sebutan": Sebutan.PLH, "dasar": dasar}
            catat(kk, Tindakan.TANDA_TANGAN, pemeriksa, 1630, satu, **plh)
        else:
            catat(kk, Tindakan.TANDA_TANGAN, pemeriksa, 1510, satu)
    lama = dict.fromkeys(laporan, b"isi lama")
    catat("laporan/@", Tindakan.SUSUN, "kasubag-program", 4340, lama)
    catat("laporan/@", Tindakan.PARAF, "sekretaris", 4345, lama)
    catat("laporan/@", Tindakan.SUSUN, "kasubag-program", 4350, laporan)
    catat("laporan/@", Tindakan.PARAF, "sekretaris", 4370, laporan)
    catat(
        "laporan/@", Tindakan.TANDA_TANGAN, "kepala-dinas", 4400, laporan,
        jaminan=Jaminan.KUNCI_SENDIRI,
    )  # fmt: skip
    catat("kirim/@", Tindakan.KIRIM, "kasubag-program", 4620, {})
    return tuple(hasil)
