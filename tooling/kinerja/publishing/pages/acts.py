"""What people did in one period: approvals, the SOP's steps on the clock, delivery."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from kinerja.calculation.numbers import format_angka, format_persen
from kinerja.calculation.recap import serapan
from kinerja.domain.kertas_kerja import BarisAnggaran
from kinerja.domain.peristiwa import PeristiwaBertanda
from kinerja.publishing import wording
from kinerja.publishing.markup import (
    Aman,
    Kolom,
    catatan,
    daftar_istilah,
    judul,
    paragraf,
    sidik,
    tabel,
    unsur,
)
from kinerja.publishing.pages import parts
from kinerja.publishing.site_data import DataPeriode, DataSitus
from kinerja.workflow.stages import LangkahJalan

KEADAAN = {
    "belum": "belum dimulai",
    "berjalan": "sedang berjalan",
    "selesai": "selesai",
    "dikembalikan": "dikembalikan",
}


def persetujuan(data: DataSitus, p: DataPeriode) -> list[str]:
    """Who signed the report and every worksheet."""
    sah = sorted(p.persetujuan, key=lambda x: not x.peristiwa.perubahan.startswith("laporan/"))
    isi: list[str] = [judul(2, "Paraf dan tanda tangan")]
    if not sah:
        return [*isi, catatan("Tidak ada persetujuan yang tercatat atas isi ini.", "kj-awas")]
    atas = [_nama_perubahan(data, p, x) for x in sah]
    isi.append(parts.tabel_persetujuan(data, f"Persetujuan, {p.periode.judul}", sah, atas))
    if kali := sum(p.pengembalian.values()):
        isi.append(
            paragraf(
                f"Selama penyusunan, naskah dikembalikan {kali} kali untuk disempurnakan, lalu "
                "diperiksa lagi."
            )
        )
    isi.append(catatan(parts.TIDAK_TERSERTIFIKASI))
    return isi


def persetujuan_bidang(p: DataPeriode, bidang: str) -> list[PeristiwaBertanda]:
    """The approvals of one bidang's worksheet."""
    perubahan = f"kk/{p.periode.id}/{bidang}"
    return [x for x in p.persetujuan if x.peristiwa.perubahan == perubahan]


def pelaksanaan(data: DataSitus, p: DataPeriode) -> list[str]:
    """Disposisi, deadlines and real times."""
    isi: list[str] = [judul(2, "Pelaksanaan menurut SOP")]
    if p.disposisi is not None:
        d = p.disposisi
        rincian = [
            ("Disposisi", d.nomor or "tanpa nomor"),
            ("Dari", data.jabatan.nama(d.dari)),
            ("Kepada", data.jabatan.nama(d.kepada)),
            ("Isi", d.instruksi),
            ("Ditetapkan", wording.saat(d.ditetapkan, data.zona)),
        ]
        isi.append(daftar_istilah(rincian))
    isi.append(tabel_langkah(data, p))
    return isi


def tabel_langkah(data: DataSitus, p: DataPeriode) -> Aman:
    """The steps with deadline, finish and lateness."""
    zona = wording.singkatan_zona(data.tanggal, data.zona)
    ikut = set(langkah_ikut(p))
    kolom = (
        Kolom("No", angka=True),
        Kolom("Langkah", kepala=True),
        Kolom("Pelaksana"),
        Kolom("Waktu baku"),
        Kolom(f"Tenggat ({zona})"),
        Kolom(f"Selesai ({zona})"),
        Kolom("Menit kerja", angka=True),
        Kolom("Keterangan"),
    )
    baris = [_baris_langkah(data, x, x in ikut) for x in p.langkah]
    return tabel(f"Delapan langkah SOP, {p.periode.judul}", kolom, baris)


def langkah_ikut(p: DataPeriode) -> tuple[LangkahJalan, ...]:
    """The steps without those that a bidang left undone because the report goes without it."""
    tanpa = {t.bidang for t in p.laporan.tanpa}
    return tuple(x for x in p.langkah if x.bidang not in tanpa or x.keadaan == "selesai")


def pengiriman(data: DataSitus, p: DataPeriode) -> list[str]:
    """Delivery and receipt."""
    k = p.kirim
    rincian = [
        ("Dikirim kepada", _penerima(data, k.kepada)),
        ("Cara", k.cara),
        ("Dikirim", wording.saat(k.dikirim, data.zona)),
        ("Oleh", data.identitas.nama(k.oleh)),
        ("Arsip", unsur("code", k.arsip)),
        ("SHA-256 arsip", sidik(k.sha256, 64)),
        ("Ukuran", wording.ukuran(k.ukuran)),
        *_tanda_terima(data, p),
    ]
    isi: list[str] = [judul(2, "Pengiriman dan tanda terima"), daftar_istilah(rincian)]
    if k.tanda_terima is None:
        isi.append(catatan("Tanda terima belum tercatat.", "kj-awas"))
    elif k.tanda_terima.sha256 != k.sha256:
        isi.append(catatan("Sidik pada tanda terima tidak sama dengan sidik arsip.", "kj-awas"))
    return isi


def baris_anggaran(a: BarisAnggaran) -> tuple[str, ...]:
    """One sub kegiatan: name, code, pagu, realisasi, serapan, fisik."""
    terserap = serapan(a.pagu, a.realisasi)
    return (
        a.nama,
        unsur("span", a.kode, "kj-kode"),
        wording.rupiah(a.pagu),
        wording.rupiah(a.realisasi),
        parts.persen(terserap),
        wording.KOSONG if a.fisik is None else format_persen(a.fisik),
    )


# helpers


def _penerima(data: DataSitus, id_penerima: str) -> str:
    p = data.organisasi.penerima
    return p.nama if p.id == id_penerima else id_penerima


def _tanda_terima(data: DataSitus, p: DataPeriode) -> list[tuple[str, str]]:
    t = p.kirim.tanda_terima
    if t is None:
        return []
    return [
        ("Nomor tanda terima", t.nomor),
        ("Diterima", wording.saat(t.diterima, data.zona)),
        ("Penerima", f"{t.nama_penerima}, {_penerima(data, t.penerima)}"),
        ("Tanggal tanda terima", wording.tanggal(t.tanggal)),
    ]


def _nama_perubahan(data: DataSitus, p: DataPeriode, x: PeristiwaBertanda) -> str:
    bagian: Sequence[str] = x.peristiwa.perubahan.split("/")
    if bagian[0] == "kk":
        return f"Kertas kerja {data.nama_bidang(bagian[-1])}"
    if bagian[0] == "laporan":
        return f"Laporan {p.periode.judul_pendek}"
    return x.peristiwa.perubahan


def _baris_langkah(data: DataSitus, x: LangkahJalan, ikut: bool) -> tuple[str, ...]:
    langkah = next((s for s in data.sop.langkah if s.nomor == x.nomor), None)
    nama = langkah.perintah.replace("-", " ").capitalize() if langkah else ""
    if x.bidang is not None:
        nama = f"{nama}: {data.nama_bidang(x.bidang)}"
    menit = x.menit_kerja if ikut else None
    return (
        str(x.nomor),
        nama,
        data.jabatan.nama(x.pemegang),
        unsur("span", x.baku.teks, "kj-utuh"),
        _saat(data, x.tenggat),
        _saat(data, x.selesai),
        wording.KOSONG if menit is None else format_angka(Decimal(menit)),
        keterangan_langkah(x) if ikut else unsur("span", "tidak ikut laporan ini", "kj-alasan"),
    )


def _saat(data: DataSitus, waktu: datetime | None) -> str:
    if waktu is None:
        return wording.KOSONG
    return unsur("span", wording.saat_pendek(waktu, data.zona), "kj-utuh")


def keterangan_langkah(x: LangkahJalan) -> Aman:
    """``tepat waktu``, ``terlambat``, or where the step stands; with the rounds it took."""
    teks = KEADAAN.get(x.keadaan, x.keadaan)
    if x.keadaan == "selesai" and x.tenggat is not None:
        teks = "terlambat" if x.terlambat else "tepat waktu"
    if x.putaran > 1:
        teks += f", {x.putaran} putaran"
    return unsur("span", teks, "kj-awas-teks" if x.terlambat else "kj-biasa")
