"""A real agency's published table as an agency repository: SIMULASI, BUKAN DOKUMEN RESMI.

The 74 rows that Dinas Sosial Kota Tangerang Selatan published for TW I and II 2023 become its
plan, budget and worksheets. Bidang are taken from the programmes. What was not published
(targets, pagu, codes, arah, akumulasi) stays undecided, and nobody of that agency signed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kinerja.adapters import package_data
from kinerja.adapters.documents import tulis
from kinerja.adapters.yaml_splice import sisip
from kinerja.calculation.numbers import Kosong, Terbaca, baca_angka
from kinerja.domain.errors import KinerjaError
from kinerja.domain.organisasi import (
    BELUM_DITETAPKAN,
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
    PihakLuar,
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
    Rencana,
    SubKegiatan,
    TargetIndikator,
    TingkatIndikator,
    VersiAnggaran,
    VersiRencana,
)

TAHUN = 2023
SUMBER = "Tabel triwulan Dinas Sosial Kota Tangerang Selatan 2023, sebagaimana diterbitkan"
_TANDA = (
    "SIMULASI, BUKAN DOKUMEN RESMI: angka dari tabel yang diterbitkan; pejabat dan persetujuannya rekaan."
)
_BIDANG = {
    "PENUNJANG": ("sekretariat", "Sekretariat"),
    "PEMBERDAYAAN": ("pemberdayaan-sosial", "Pemberdayaan Sosial"),
    "REHABILITASI": ("rehabilitasi-sosial", "Rehabilitasi Sosial"),
    "PERLINDUNGAN": ("perlindungan-jaminan-sosial", "Perlindungan dan Jaminan Sosial"),
    "PENANGANAN": ("penanganan-bencana", "Penanganan Bencana"),
    "PENGELOLAAN": ("taman-makam-pahlawan", "Pengelolaan Taman Makam Pahlawan"),
}


@dataclass(frozen=True, slots=True)
class BarisTerbit:
    """One published row; numbers as read, None where nothing was printed.

    ``kinerja`` and ``rupiah`` are of each quarter alone: (TW I, TW II).
    """

    urut: int
    tingkat: str
    nama: str
    indikator: str
    bidang: str
    kinerja: tuple[Decimal | None, Decimal | None]
    persen: bool
    rupiah: tuple[Decimal, Decimal]


def baris_terbit() -> tuple[BarisTerbit, ...]:
    """The 74 published rows in their order."""
    teks = package_data.isian_contoh("tangsel-dinsos-2023.csv").decode()
    hasil: list[BarisTerbit] = []
    bidang = "sekretariat"
    for r in csv.DictReader(io.StringIO(teks)):
        if r["tingkat"] == "program":
            bidang = next(v[0] for k, v in _BIDANG.items() if r["nama"].startswith(f"PROGRAM {k}"))
        k = (_angka(r["k_tw1"]), _angka(r["k_tw2"]))
        hasil.append(
            BarisTerbit(
                int(r["urut"]), r["tingkat"], r["nama"], r["indikator"], bidang, k,
                "%" in r["k_tw1"] + r["k_tw2"] or "persentase" in r["indikator"].casefold(),
                (_rupiah(r["rp_tw1"]), _rupiah(r["rp_tw2"])),
            )
        )  # fmt: skip
    return tuple(hasil)


def repositori() -> dict[str, bytes]:
    """The agency's first documents, ``reports/…`` → bytes."""
    contoh = package_data.contoh_boalemo()
    kebijakan = _tanpa_contoh(contoh["reports/kebijakan.yaml"])
    sop = sisip(_tanpa_contoh(contoh["reports/sop.yaml"]), {
        "/unit": "Dinas Sosial Kota Tangerang Selatan (SIMULASI memakai SOP Kabupaten Boalemo)",
    })  # fmt: skip
    kepala = (_TANDA,)
    return {
        "reports/organisasi.yaml": tulis(_organisasi(), "../schemas/organisasi.v1.json", kepala),
        "reports/jabatan.yaml": tulis(_jabatan(), "../schemas/jabatan.v1.json", kepala),
        "reports/identitas.yaml": tulis(_identitas(), "../schemas/identitas.v1.json", kepala),
        "reports/kebijakan.yaml": kebijakan,
        "reports/sop.yaml": sop,
        "reports/kalender.yaml": package_data.isian_contoh("kalender-2023.yaml"),
        f"reports/{TAHUN}/rencana.yaml": tulis(_rencana(), "../../schemas/rencana.v1.json", kepala),
        f"reports/{TAHUN}/anggaran.yaml": tulis(_anggaran(), "../../schemas/anggaran.v1.json", kepala),
    }


def isian() -> Mapping[str, Any]:
    """The published figures as the worksheets take them; money to date, so TW II adds TW I."""
    hasil: dict[str, Any] = {}
    for n, tw in enumerate(("tw1", "tw2")):
        for b in baris_terbit():
            lembar = hasil.setdefault(tw, {}).setdefault(b.bidang, {"indikator": {}, "anggaran": {}})
            if b.indikator:
                nilai = b.kinerja[n]
                lembar["indikator"][id_indikator(b)] = {
                    "realisasi": nilai if nilai is None or nilai % 1 else int(nilai),
                    "penjelasan": "Realisasi triwulan ini tidak diterbitkan." if nilai is None else None,
                }
            if b.tingkat == "sub-kegiatan":
                lembar["anggaran"][kode(b)] = {"realisasi": int(sum(b.rupiah[: n + 1]))}
    return hasil


def id_indikator(b: BarisTerbit) -> str:
    """``i-07``: the row's own number, since no id was published."""
    return f"i-{b.urut:02d}"


def kode(b: BarisTerbit) -> str:
    """``tanpa-kode-7``: codes were not published, and none is invented."""
    return f"tanpa-kode-{b.urut}"


# helpers


def _angka(teks: str) -> Decimal | None:
    terbaca = baca_angka(teks, desimal=True)
    if isinstance(terbaca, Terbaca):
        return terbaca.nilai
    if isinstance(terbaca, Kosong):
        return None
    raise KinerjaError(f"angka terbit `{teks}` tidak terbaca")


def _rupiah(teks: str) -> Decimal:
    """Money as printed; a dash is no spending, as the printed sums show."""
    terbaca = baca_angka(teks, desimal=False)
    if isinstance(terbaca, Terbaca):
        return terbaca.nilai
    if isinstance(terbaca, Kosong):
        return Decimal(0)
    raise KinerjaError(f"rupiah terbit `{teks}` tidak terbaca")


def _tanpa_contoh(bita: bytes) -> bytes:
    return b"\n".join(b for b in bita.split(b"\n") if not b.startswith(b"# DATA CONTOH"))


def _organisasi() -> Organisasi:
    return Organisasi(
        skema="organisasi/v1",
        status=Status.SIMULASI,
        nama="Dinas Sosial Kota Tangerang Selatan",
        nama_singkat="Dinsos Tangsel",
        pemerintah="Pemerintah Kota Tangerang Selatan",
        daerah="Kota Tangerang Selatan",
        tempat=BELUM_DITETAPKAN,
        alamat=BELUM_DITETAPKAN,
        kop_surat=("SIMULASI, BUKAN DOKUMEN RESMI",),
        kode_wilayah=KodeWilayah("3674", "36.74"),
        zona_waktu="Asia/Jakarta",
        penerima=Penerima("bappeda", "Bappelitbangda Kota Tangerang Selatan (simulasi)"),
        bidang=tuple(
            Bidang(i, n, f"kasie:{i}", "sekretaris" if i == "sekretariat" else f"kabid:{i}")
            for i, n in _BIDANG.values()
        ),
        catatan=f"{SUMBER}. Tidak seorang pun dari dinas itu menandatangani di sini. "
        "Bidang diambil dari program.",
    )


def _daftar_jabatan() -> dict[str, str]:
    hasil = {"kepala-dinas": "Kepala Dinas", "sekretaris": "Sekretaris",
             "kasubag-program": "Kasubag Penyusun Program",
             "pengelola-sistem": "Pengelola Sistem"}  # fmt: skip
    for i, n in _BIDANG.values():
        hasil[f"kasie:{i}"] = f"Kasie / Kasubag {n}"
        if i != "sekretariat":
            hasil[f"kabid:{i}"] = f"Kepala Bidang {n}"
    return hasil


def _orang(jabatan: str) -> str:
    return f"p-{jabatan.replace(':', '-')}"


def _jabatan() -> DaftarJabatan:
    daftar = _daftar_jabatan()
    mulai = date(TAHUN, 1, 1)
    return DaftarJabatan(
        "jabatan/v1",
        tuple(Jabatan(i, n) for i, n in daftar.items()),
        tuple(Pemangku(j, _orang(j), Sebutan.DEFINITIF, mulai) for j in daftar),
    )


def _identitas() -> DaftarIdentitas:
    orang = tuple(Orang(_orang(j), f"Pemeran {n} (simulasi)") for j, n in _daftar_jabatan().items())
    return DaftarIdentitas("identitas/v1", orang, (PihakLuar("bappeda", "Bappelitbangda (simulasi)"),))


def _rencana() -> Rencana:
    indikator = tuple(
        Indikator(
            id=id_indikator(b),
            nama=b.indikator,
            bidang=b.bidang,
            tingkat=TingkatIndikator(b.tingkat),
            satuan=_satuan(b),
            arah=Arah.BELUM_DITETAPKAN,
            akumulasi=Akumulasi.BELUM_DITETAPKAN,
            definisi_operasional=BELUM_DITETAPKAN,
            formulasi=BELUM_DITETAPKAN,
            sumber_data=f"{b.tingkat.replace('-', ' ')}: {b.nama}",
            penanggung_jawab="sekretaris" if b.bidang == "sekretariat" else f"kabid:{b.bidang}",
            sumber=SUMBER,
        )
        for b in baris_terbit()
        if b.indikator
    )
    versi = VersiRencana(
        "terbit", "Tanpa target: targetnya tidak diterbitkan", Dasar(BELUM_DITETAPKAN), date(TAHUN, 1, 1),
        {i.id: TargetIndikator() for i in indikator},
    )  # fmt: skip
    return Rencana("rencana/v1", TAHUN, BELUM_DITETAPKAN, (), indikator, (versi,))


def _satuan(b: BarisTerbit) -> str:
    if b.persen:
        return "persen"
    kata = b.indikator.split()
    awal = kata[0].casefold() == "jumlah" if kata else False
    return kata[1].casefold() if awal and len(kata) > 1 else BELUM_DITETAPKAN


def _anggaran() -> Anggaran:
    semua = baris_terbit()
    sub = [b for b in semua if b.tingkat == "sub-kegiatan"]
    versi = VersiAnggaran(
        "terbit", "Tanpa pagu: pagunya tidak diterbitkan", Dasar(BELUM_DITETAPKAN), date(TAHUN, 1, 1),
        {kode(b): PaguSub(None) for b in sub},
    )  # fmt: skip
    return Anggaran(
        skema="anggaran/v1",
        tahun=TAHUN,
        kode_versi=Dasar(BELUM_DITETAPKAN, None, "kode tidak diterbitkan"),
        program=tuple(KodeNama(kode(b), b.nama) for b in semua if b.tingkat == "program"),
        kegiatan=tuple(KodeNama(kode(b), b.nama) for b in semua if b.tingkat == "kegiatan"),
        sub_kegiatan=tuple(SubKegiatan(kode(b), b.nama, b.bidang, b.indikator, _satuan(b)) for b in sub),
        versi=(versi,),
    )
