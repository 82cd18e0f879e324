"""The prepared worksheet as text: prefilled, commented for a reader who never saw YAML.

Only the lines marked ``◄ isi`` are for the bidang; the rest repeats plan, DPA and the
previous period, and a rule refuses any difference.
"""

from __future__ import annotations

from kinerja.adapters.documents import polos
from kinerja.adapters.yaml_splice import tulis_skalar
from kinerja.domain.kertas_kerja import KertasKerja
from kinerja.domain.organisasi import Bidang, Organisasi
from kinerja.domain.perencanaan import (
    Akumulasi,
    Anggaran,
    Arah,
    Indikator,
    NilaiTarget,
    Rencana,
    RentangNilai,
)
from kinerja.domain.periode import Periode

_TANDA = "  # ◄ isi"
_SKEMA = "../../../../schemas/kertas-kerja.v1.json"


def kertas_kerja_baru(
    organisasi: Organisasi,
    bidang: Bidang,
    periode: Periode,
    rencana: Rencana,
    anggaran: Anggaran,
    lalu: KertasKerja | None,
) -> bytes:
    """The worksheet that ``siapkan`` sends to a bidang.

    Args:
        lalu: the bidang's worksheet of the previous period of the same year, if any.
    """
    versi_r, versi_a = rencana.versi_pada(periode), anggaran.versi_pada(periode)
    baris = [*_kepala(organisasi, bidang, periode)]
    baris += [
        "skema: kertas-kerja/v1",
        f"periode: {periode.id}",
        f"bidang: {bidang.id}",
        f"versi_rencana: {versi_r.id}",
        f"versi_anggaran: {versi_a.id}",
        "",
        "# ---------------------------------------------------------------- INDIKATOR",
    ]
    indikator = rencana.milik(bidang.id)
    baris.append("indikator:" if indikator else "indikator: []")
    nilai_lalu = {b.id: b.realisasi for b in lalu.indikator} if lalu else {}
    for i in indikator:
        target = rencana.target(i.id, versi_r).nilai(periode.bagian)
        baris += _indikator(i, target, nilai_lalu.get(i.id), periode)
    baris += _anggaran(anggaran, bidang, periode, lalu)
    baris += ["# Catatan bebas untuk Kabid, boleh kosong.", f"catatan: null{_TANDA}"]
    return ("\n".join(baris) + "\n").encode()


# helpers


def _kepala(organisasi: Organisasi, bidang: Bidang, periode: Periode) -> list[str]:
    penanda = organisasi.status.penanda
    return [
        f"# yaml-language-server: $schema={_SKEMA}",
        f"# KERTAS KERJA LAPORAN KINERJA: {bidang.nama}, {periode.judul}",
        f"# {organisasi.nama}",
        *([f"# {penanda}"] if penanda else []),
        "#",
        "# Cara mengisi:",
        "#   1. Ubah hanya baris bertanda ◄ isi. Baris lain dari rencana, DPA, dan periode lalu.",
        "#   2. Angka ditulis tanpa pemisah ribuan; desimal memakai titik: 97.5",
        "#   3. null berarti belum diisi. Nol ditulis 0. Keduanya berbeda.",
        "#   4. Teks ditulis biasa; bila memuat titik dua, apit dengan tanda kutip.",
        "#   5. Capaian dihitung sistem, jangan ditulis.",
        "#   6. Di halaman GitHub atau Forgejo: simpan (Commit changes) di cabang ini juga; yang keliru",
        "#      dijawab dalam komentar pull request-nya. Bila selesai, tulis di sana komentar /ajukan",
        "",
    ]


def _indikator(i: Indikator, target: NilaiTarget, lalu: object, periode: Periode) -> list[str]:
    teks_target = (
        [
            "    target:",
            f"      bawah: {tulis_skalar(target.bawah)}",
            f"      atas: {tulis_skalar(target.atas)}",
        ]
        if isinstance(target, RentangNilai)
        else [f"    target: {tulis_skalar(polos(target))}"]
    )
    return [
        "",
        f"  # {i.nama}",
        f"  # Cara ukur: {i.formulasi}. Sumber: {i.sumber_data}.",
        *_petunjuk(i, periode),
        f"  - id: {i.id}",
        f"    nama: {tulis_skalar(i.nama)}",
        f"    satuan: {tulis_skalar(i.satuan)}",
        *teks_target,
        f"    realisasi_lalu: {tulis_skalar(polos(lalu))}",
        f"    realisasi: null{_TANDA}",
        f"    pembilang: null{_TANDA}, bila realisasi hasil bagi",
        f"    penyebut: null{_TANDA}, bila realisasi hasil bagi",
        f"    penjelasan: null{_TANDA}, wajib bila capaian di bawah batas",
        f"    faktor_pendorong: null{_TANDA}",
        f"    faktor_penghambat: null{_TANDA}",
        "    tindak_lanjut: null  # ◄ isi bila capaian kurang: uraian, penanggung_jawab, tenggat",
        "    bukti: []  # ◄ isi: nama, sha256, ukuran berkas bukti (berkasnya tidak masuk sini)",
    ]


def _petunjuk(i: Indikator, periode: Periode) -> list[str]:
    hasil = []
    if i.arah is Arah.PREDIKAT:
        hasil.append(f"  # Tulis predikatnya: {', '.join(p.kode for p in i.predikat)}.")
    if i.arah is Arah.ADA_TIDAK:
        hasil.append("  # Tulis dengan kata seperti targetnya, misalnya Ada atau Tidak.")
    if i.akumulasi is Akumulasi.TAHUNAN and periode.bagian != "tahunan":
        hasil.append("  # Diukur setahun sekali: biarkan null pada triwulan.")
    if i.akumulasi is Akumulasi.JUMLAH:
        hasil.append("  # Tulis hasil triwulan ini saja; sistem yang menjumlahkan.")
    return hasil


def _anggaran(anggaran: Anggaran, bidang: Bidang, periode: Periode, lalu: KertasKerja | None) -> list[str]:
    sub = anggaran.milik(bidang.id)
    versi = anggaran.versi_pada(periode)
    nilai_lalu = {b.kode: b.realisasi for b in lalu.anggaran} if lalu else {}
    baris = [
        "",
        "# ----------------------------------------------------------------- ANGGARAN",
        "# realisasi: rupiah, jumlah s.d. akhir periode menurut SPJ Fungsional (bukan triwulan ini saja).",
        "# fisik: kemajuan pekerjaan dalam persen, s.d. akhir periode.",
        "anggaran:" if sub else "anggaran: []",
    ]
    for s in sub:
        baris += [
            "",
            f"  - kode: {tulis_skalar(s.kode)}",
            f"    nama: {tulis_skalar(s.nama)}",
            f"    pagu: {tulis_skalar(polos(anggaran.pagu(s.kode, versi).pagu))}",
            f"    realisasi_lalu: {tulis_skalar(polos(nilai_lalu.get(s.kode)))}",
            f"    realisasi: null{_TANDA}",
            f"    fisik: null{_TANDA}",
            f"    penjelasan: null{_TANDA}, boleh kosong",
        ]
    return [*baris, ""]
