"""Rules of a worksheet's money: inside the pagu, never falling, as the SPJ says, with something to show.

Each rule is a generator whose docstring is the rule. Of one wrong amount only one rule speaks;
where there is an SPJ its figure is the advice. They leave out whether the SPJ itself adds up.

Example: 187.500.000 of a pagu of 75.000.000 → "tulis `18750000` menurut SPJ Fungsional Maret 2024".
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kinerja.calculation.numbers import KONTEKS, format_rupiah, lewat_sen
from kinerja.domain.kertas_kerja import BarisAnggaran
from kinerja.domain.perencanaan import Arah
from kinerja.validation.context import Konteks, Pelanggaran, teks_nilai, terisi
from kinerja.validation.doubts import keraguan, rupiah_layak

_SERATUS = Decimal(100)
_GESER = {Decimal(f"1E{n}"): f"{10**n} kali" for n in (1, 2, 3)}


def anggaran_dalam_pagu(k: Konteks) -> Iterator[Pelanggaran]:
    """Realisasi anggaran tidak negatif dan tidak melebihi pagu."""
    for n, baris in enumerate(k.kertas_kerja.anggaran):
        if baris.realisasi is None:
            continue
        tempat, nilai = f"/anggaran/{n}/realisasi", teks_nilai(baris.realisasi)
        if baris.realisasi < 0:
            yield Pelanggaran(
                tempat, nilai, "realisasi negatif",
                _menurut_spj(k, baris, "tulis jumlah s.d. akhir periode menurut SPJ Fungsional"),
            )  # fmt: skip
        elif baris.pagu is not None and baris.realisasi > baris.pagu:
            yield Pelanggaran(
                tempat, nilai,
                f"{format_rupiah(baris.realisasi)} melebihi pagu {format_rupiah(baris.pagu)}",
                _menurut_spj(k, baris, "cocokkan dengan SPJ Fungsional; mungkin salah ketik"),
            )  # fmt: skip


def anggaran_tidak_turun(k: Konteks) -> Iterator[Pelanggaran]:
    """Realisasi anggaran s.d. periode ini tidak kurang dari periode lalu tanpa penjelasan."""
    for n, baris in enumerate(k.kertas_kerja.anggaran):
        if _turun(baris) and rupiah_layak(baris.realisasi):
            yield Pelanggaran(
                f"/anggaran/{n}/realisasi", teks_nilai(baris.realisasi),
                f"lebih kecil daripada periode lalu ({format_rupiah(baris.realisasi_lalu or Decimal(0))})",
                _menurut_spj(
                    k, baris,
                    "tulis jumlah s.d. akhir periode, atau jelaskan pengembaliannya di `penjelasan`",
                ),
            )  # fmt: skip


def sesuai_spj(k: Konteks) -> Iterator[Pelanggaran]:
    """Realisasi anggaran sama dengan jumlah s.d. bulan ini dalam SPJ Fungsional bulan terakhir periode."""
    if k.acuan.spj is None:
        return
    nama, dpa = k.acuan.nama_spj, k.acuan.dpa.get(k.bidang.id, {})
    for n, baris in enumerate(k.kertas_kerja.anggaran):
        nilai = baris.realisasi
        if nilai is None or baris.kode not in dpa or _tak_mungkin(nilai, baris):
            continue
        spj = k.acuan.baris_spj.get(baris.kode)
        if spj is None:
            if nilai:
                yield Pelanggaran(
                    f"/anggaran/{n}/realisasi", teks_nilai(nilai),
                    f"{nama} tidak memuat baris {baris.kode}",
                    "minta Bendahara melengkapi SPJ itu, atau tulis `0` bila memang belum ada belanja",
                )  # fmt: skip
        elif nilai != spj.jumlah_sd_bulan_ini:
            harap = spj.jumlah_sd_bulan_ini
            yield Pelanggaran(
                f"/anggaran/{n}/realisasi", teks_nilai(nilai),
                f"{nama} mencatat {format_rupiah(harap)}{_geseran(nilai, harap)}",
                f"tulis `{teks_nilai(harap)}`; bila SPJ itu yang keliru, minta Bendahara membetulkannya",
            )  # fmt: skip


def fisik_dalam_batas(k: Konteks) -> Iterator[Pelanggaran]:
    """Kemajuan fisik antara 0 dan 100 persen."""
    for n, baris in enumerate(k.kertas_kerja.anggaran):
        if baris.fisik is not None and not 0 <= baris.fisik <= _SERATUS:
            yield Pelanggaran(
                f"/anggaran/{n}/fisik", teks_nilai(baris.fisik), "fisik di luar 0 sampai 100",
                "tulis persen antara 0 dan 100",
            )  # fmt: skip


def fisik_tidak_turun(k: Konteks) -> Iterator[Pelanggaran]:
    """Kemajuan fisik tidak kurang dari periode lalu pada tahun yang sama tanpa penjelasan."""
    lalu = k.periode.sebelumnya()
    if k.lalu is None or lalu.tahun != k.periode.tahun:
        return
    dulu = {b.kode: b.fisik for b in k.lalu.anggaran}
    for n, baris in enumerate(k.kertas_kerja.anggaran):
        lama, kini = dulu.get(baris.kode), baris.fisik
        if kini is not None and lama is not None and 0 <= kini < lama and not terisi(baris.penjelasan):
            yield Pelanggaran(
                f"/anggaran/{n}/fisik", teks_nilai(kini),
                f"lebih kecil daripada {lalu.judul_pendek} ({teks_nilai(lama)}), padahal fisik dihitung s.d. "
                "akhir periode",
                "tulis kemajuan sejak Januari, atau jelaskan sebabnya di `penjelasan`",
            )  # fmt: skip


def belanja_tanpa_keluaran(k: Konteks) -> Iterator[Pelanggaran]:
    """Saat diajukan, belanja yang sudah ada disertai kemajuan fisik dan hasil indikatornya."""
    if not k.diajukan:
        return
    belanja = {}
    for n, b in enumerate(k.kertas_kerja.anggaran):
        if not b.realisasi or b.realisasi < 0 or terisi(b.penjelasan):
            continue
        if b.fisik:
            belanja[b.kode] = b.realisasi
        else:
            yield Pelanggaran(
                f"/anggaran/{n}/fisik", teks_nilai(b.fisik),
                f"sudah ada belanja {format_rupiah(b.realisasi)} tetapi fisiknya kosong",
                "isi kemajuan fisik, atau jelaskan di `penjelasan`",
            )  # fmt: skip
    for n, baris, indikator in k.pasangan:
        if indikator.kode not in belanja or indikator.arah is Arah.TURUN or n in keraguan(k):
            continue
        if baris.realisasi == 0 and not terisi(baris.penjelasan):
            yield Pelanggaran(
                f"/indikator/{n}/realisasi", teks_nilai(baris.realisasi),
                f"belum ada hasil, padahal belanja {indikator.kode} sudah "
                f"{format_rupiah(belanja[indikator.kode])}",
                "periksa apakah hasilnya belum dicatat; bila memang belum ada, jelaskan di `penjelasan`",
            )  # fmt: skip


# helpers


def _turun(baris: BarisAnggaran) -> bool:
    lalu, kini = baris.realisasi_lalu, baris.realisasi
    return kini is not None and lalu is not None and kini < lalu and not terisi(baris.penjelasan)


def _tak_mungkin(nilai: Decimal, baris: BarisAnggaran) -> bool:
    """True for an amount that another rule refuses already."""
    return (
        nilai < 0
        or (baris.pagu is not None and nilai > baris.pagu)
        or lewat_sen(nilai)
        or _turun(baris)
    )


def _menurut_spj(k: Konteks, baris: BarisAnggaran, lain: str) -> str:
    """What the SPJ says, where there is one that says something else; ``lain`` otherwise."""
    spj = k.acuan.baris_spj.get(baris.kode)
    if spj is None or baris.realisasi is None or spj.jumlah_sd_bulan_ini == baris.realisasi:
        return lain
    harap = spj.jumlah_sd_bulan_ini
    return f"tulis `{teks_nilai(harap)}` menurut {k.acuan.nama_spj}{_geseran(baris.realisasi, harap)}"


def _geseran(nilai: Decimal, harap: Decimal) -> str:
    """Which factor of ten lies between the amount and the SPJ's; "" when none does."""
    for kali, kata in _GESER.items():
        if harap and nilai == KONTEKS.multiply(harap, kali):
            return f" (yang tertulis {kata} lipatnya; mungkin kelebihan nol)"
        if nilai and harap == KONTEKS.multiply(nilai, kali):
            return f" ({kata} yang tertulis; mungkin kurang nol)"
    return ""
