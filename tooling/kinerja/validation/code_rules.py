"""Rules of budget codes and pagu: the right decree, the right form, every pagu there and adding up.

Each rule is a generator whose docstring is the rule. That a code has its parent is told by
``plan_rules``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kinerja.calculation.numbers import format_angka, format_rupiah, lewat_sen
from kinerja.calculation.recap import jumlah_utuh
from kinerja.domain.findings import Tingkat
from kinerja.domain.organisasi import BELUM_DITETAPKAN
from kinerja.domain.perencanaan import Anggaran, VersiAnggaran
from kinerja.validation.codes import TANPA_KODE, keputusan_kode, kode_baku
from kinerja.validation.context import Pelanggaran, teks_nilai
from kinerja.validation.repository_context import (
    DiBerkas,
    KonteksRepositori,
    jalur_anggaran,
    jalur_rencana,
    jalur_spj,
)
from kinerja.validation.spj_lines import KOLOM, sel

_URUSAN = re.compile(r"1\.0[1-6]|2\.(?:0[7-9]|1[0-9]|2[0-4])|3\.(?:2[5-9]|3[0-2])|[4-9]\.[0-9]{2}")
"""UU 23/2014 Art. 12 counts 6, 18 and 8 urusan; Permendagri 90/2019 numbers them through, 01 to 32."""
_KABUPATEN = "2"
"""The authority of a kabupaten or kota in the code of a kegiatan."""


def keputusan_kode_berlaku(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Kode anggaran menurut keputusan yang dikenal, yang sudah terbit ketika DPA berlaku."""
    for tahun, a in k.anggaran.items():
        berkas, nomor = jalur_anggaran(tahun), a.kode_versi.nomor
        keputusan = keputusan_kode(nomor)
        dpa = max((v.berlaku for v in a.versi), default=None)
        if nomor.strip().casefold() == BELUM_DITETAPKAN:
            yield berkas, Pelanggaran(
                "/kode_versi/nomor", nomor, "keputusan yang menetapkan kode dan nama belum disebut",
                "tulis nomornya dari DPA, misalnya Kepmendagri 900.1.15.5-1317 Tahun 2023",
                Tingkat.CATATAN,
            )  # fmt: skip
        elif keputusan is None:
            yield berkas, Pelanggaran(
                "/kode_versi/nomor", nomor, "keputusan kode ini tidak dikenal",
                "periksa nomornya; bila keputusan baru, minta pengelola sistem menambahkannya",
            )  # fmt: skip
        elif dpa is not None and keputusan.tanggal > dpa:
            yield berkas, Pelanggaran(
                "/kode_versi/nomor", nomor,
                f"{keputusan.nomor} baru terbit {keputusan.tanggal.isoformat()}, sesudah DPA {tahun} berlaku "
                f"({dpa.isoformat()})",
                "sebut keputusan yang dipakai DPA itu", Tingkat.GALAT,
            )  # fmt: skip
        elif a.kode_versi.tanggal not in (None, keputusan.tanggal):
            yield berkas, Pelanggaran(
                "/kode_versi/tanggal", str(a.kode_versi.tanggal),
                f"bukan tanggal {keputusan.nomor}", f"tulis `{keputusan.tanggal.isoformat()}`",
            )  # fmt: skip


def kode_bentuk_baku(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Kode ditulis dalam bentuk baku: `.2.` untuk kabupaten/kota, empat angka untuk sub kegiatan."""
    for berkas, penunjuk, kode in _kode_bebas(k):
        baku = kode_baku(kode)
        if baku != kode:
            yield berkas, Pelanggaran(
                penunjuk, kode, "kode ini ditulis dalam bentuk lama", f"tulis `{baku}`"
            )


def kode_urusan(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Kode program menyebut urusan yang ada, kode kegiatan menyebut wewenang kabupaten/kota."""
    for tahun, a in k.anggaran.items():
        berkas = jalur_anggaran(tahun)
        for n, p in enumerate(a.program):
            if not p.kode.startswith(TANPA_KODE) and not _URUSAN.match(p.kode):
                yield berkas, Pelanggaran(
                    f"/program/{n}/kode", p.kode, f"urusan `{p.kode[:4]}` tidak ada",
                    "betulkan dua bagian pertamanya menurut DPA, misalnya 1.06 untuk urusan sosial",
                )  # fmt: skip
        for n, g in enumerate(a.kegiatan if not _provinsi(k) else ()):
            bagian = g.kode.split(".")
            if len(bagian) > 3 and bagian[3] != _KABUPATEN:  # noqa: PLR2004
                bagian[3] = _KABUPATEN
                yield berkas, Pelanggaran(
                    f"/kegiatan/{n}/kode", g.kode, "bagian keempat bukan 2, wewenang kabupaten/kota",
                    f"mungkin maksudnya `{'.'.join(bagian)}`; cocokkan dengan DPA",
                )  # fmt: skip


def pagu_ditetapkan(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Setiap sub kegiatan mempunyai pagu dalam versi DPA yang terakhir."""
    for tahun, a in k.anggaran.items():
        if not a.versi:
            continue
        akhir = a.versi[-1]
        bentuk_lama = {kode_baku(kode) for v in a.versi for kode in v.pagu if kode_baku(kode) != kode}
        tanpa = [
            s
            for s in a.sub_kegiatan
            if a.pagu(s.kode, akhir).pagu is None and s.kode not in bentuk_lama
        ]
        if tanpa:
            pertama, n = tanpa[0].kode, len(a.versi) - 1
            isian = f"/{pertama}/pagu" if pertama in akhir.pagu else ""
            yield jalur_anggaran(tahun), Pelanggaran(
                f"/versi/{n}/pagu{isian}", pertama,
                f"{len(tanpa)} dari {len(a.sub_kegiatan)} sub kegiatan tanpa pagu dalam {akhir.nama}, mulai "
                "dari ini, jadi serapannya tidak dapat dihitung",
                f"tulis pagunya di bawah versi `{akhir.id}`; 0 bila anggarannya dihapus",
            )  # fmt: skip


def pagu_berinduk(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Pagu program dan kegiatan, bila ditulis, adalah jumlah pagu sub kegiatannya."""
    for tahun, a in k.anggaran.items():
        induk = [x.kode for daftar in (a.program, a.kegiatan) for x in daftar]
        tertulis = {kode for v in a.versi for kode in v.pagu}
        for n, v in enumerate(a.versi):
            for kode in [i for i in induk if i in tertulis]:
                ada, rinci = a.pagu(kode, v).pagu, _pagu_rincian(a, v, kode)
                if ada is None or rinci is None or ada == rinci:
                    continue
                if ada != _rincian_semula(k, tahun, v.id, kode):  # else pagu-tetap tells what moved
                    tempat = f"/versi/{n}/pagu" + (f"/{kode}/pagu" if kode in v.pagu else "")
                    yield jalur_anggaran(tahun), Pelanggaran(
                        tempat, teks_nilai(ada),
                        f"pagu {kode} menurut {v.nama} bukan jumlah sub kegiatannya ({format_rupiah(rinci)})",
                        f"tulis `{rinci:f}` untuk {kode}, atau cari sub kegiatan yang salah pagunya",
                    )  # fmt: skip


def rupiah_jelas(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Rupiah dalam anggaran dan SPJ paling banyak dua angka di belakang titik."""
    for berkas, penunjuk, nilai in _rupiah(k):
        if lewat_sen(nilai):
            yield berkas, Pelanggaran(
                penunjuk, teks_nilai(nilai), f"titik dibaca sebagai desimal: {format_angka(nilai)} rupiah",
                f"tulis rupiah tanpa titik: `{f'{nilai:f}'.replace('.', '')}`",
            )  # fmt: skip


# helpers


def _provinsi(k: KonteksRepositori) -> bool:
    """True for an agency of a province, whose kegiatan have another authority."""
    return k.organisasi is not None and "provinsi" in k.organisasi.pemerintah.casefold()


def _kode_bebas(k: KonteksRepositori) -> Iterator[tuple[str, str, str]]:
    """Codes whose form no schema asks for: file, pointer, code."""
    for tahun, r in k.rencana.items():
        for n, i in enumerate(r.indikator):
            if i.kode is not None:
                yield jalur_rencana(tahun), f"/indikator/{n}/kode", i.kode
    for tahun, a in k.anggaran.items():
        for n, v in enumerate(a.versi):
            for kode in v.pagu:
                yield jalur_anggaran(tahun), f"/versi/{n}/pagu/{kode}", kode
    for (tahun, bulan), spj in k.spj.items():
        for n, b in enumerate(spj.baris):
            yield jalur_spj(tahun, bulan), f"/baris/{n}/kode", b.kode


def _pagu_rincian(a: Anggaran, versi: VersiAnggaran, induk: str) -> Decimal | None:
    return jumlah_utuh(
        [a.pagu(s.kode, versi).pagu for s in a.sub_kegiatan if s.kode.startswith(f"{induk}.")]
    )


def _rincian_semula(k: KonteksRepositori, tahun: int, versi: str, induk: str) -> Decimal | None:
    """What the same version of the base revision adds up to; None where there is none."""
    lama = k.dasar.anggaran.get(tahun) if k.dasar else None
    semula = next((v for v in lama.versi if v.id == versi), None) if lama else None
    return _pagu_rincian(lama, semula, induk) if lama and semula else None


def _rupiah(k: KonteksRepositori) -> Iterator[tuple[str, str, Decimal]]:
    """Every rupiah of anggaran and SPJ: file, pointer, value."""
    for tahun, a in k.anggaran.items():
        for n, v in enumerate(a.versi):
            for kode, p in v.pagu.items():
                if p.pagu is not None:
                    yield jalur_anggaran(tahun), f"/versi/{n}/pagu/{kode}/pagu", p.pagu
    for (tahun, bulan), spj in k.spj.items():
        for n, b in enumerate(spj.baris):
            for kolom in KOLOM:
                yield jalur_spj(tahun, bulan), f"/baris/{n}/{kolom}", sel(b, kolom)
