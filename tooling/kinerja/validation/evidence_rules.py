"""Rules of bukti: there is some, each has a name and a content, none is counted twice.

Each rule is a generator whose docstring is the rule. Only name, hash and size are known here;
the files themselves never enter Git, so nothing is said about what they hold.

Example: a hash of e3b0c442… is that of an empty file.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kinerja.domain.kertas_kerja import Bukti
from kinerja.validation.context import Konteks, Pelanggaran, terisi

_SHA256_KOSONG = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
"""SHA-256 of nothing."""
_LAMA_HARI = timedelta(days=92)
"""A quarter: evidence is gathered after a period's end, but before the next report is due."""


def bukti_ada(k: Konteks) -> Iterator[Pelanggaran]:
    """Saat diajukan, hasil yang dilaporkan disertai bukti."""
    if not k.diajukan:
        return
    for n, baris, _ in k.pasangan:
        ada = baris.realisasi and n in k.capaian and k.capaian[n].tercapai is not False
        if ada and not baris.bukti:
            yield Pelanggaran(
                f"/indikator/{n}/bukti", "", f"realisasi {baris.id} terisi tetapi buktinya belum disebut",
                "tambahkan nama, sidik SHA-256, dan ukuran berkas buktinya di `bukti`",
            )  # fmt: skip


def bukti_berisi(k: Konteks) -> Iterator[Pelanggaran]:
    """Berkas bukti tidak kosong."""
    for tempat, bukti in _semua(k):
        if bukti.sha256 == _SHA256_KOSONG:
            yield Pelanggaran(
                f"{tempat}/sha256", bukti.sha256[:12] + "…", f"ini sidik berkas kosong ({bukti.nama})",
                "pilih berkas yang benar, lalu hitung lagi sidiknya",
            )  # fmt: skip
        elif bukti.ukuran == 0:
            yield Pelanggaran(
                f"{tempat}/ukuran", "0", f"berkas {bukti.nama} tertulis 0 bita",
                "tulis ukuran berkasnya dalam bita",
            )  # fmt: skip


def bukti_bernama(k: Konteks) -> Iterator[Pelanggaran]:
    """Nama bukti adalah nama berkas saja, tanpa folder."""
    for tempat, bukti in _semua(k):
        nama = bukti.nama
        if "/" in nama or "\\" in nama:
            ujung = nama.replace("\\", "/").rstrip("/").rpartition("/")[2]
            yield Pelanggaran(
                f"{tempat}/nama", nama, "nama bukti memuat folder",
                f"tulis nama berkasnya saja: `{ujung}`" if terisi(ujung) else "tulis nama berkasnya saja",
            )  # fmt: skip
        elif not terisi(nama):
            yield Pelanggaran(
                f"{tempat}/nama", nama, "nama bukti kosong", "tulis nama berkasnya, misalnya rekap-tw1.xlsx"
            )


def bukti_tidak_ganda(k: Konteks) -> Iterator[Pelanggaran]:
    """Satu berkas bukti disebut dengan satu nama, dan satu nama untuk satu berkas."""
    nama: dict[str, str] = {}
    sidik: dict[str, str] = {}
    for tempat, bukti in _semua(k):
        lain = nama.setdefault(bukti.sha256, bukti.nama)
        if lain != bukti.nama and bukti.sha256 != _SHA256_KOSONG:
            yield Pelanggaran(
                f"{tempat}/nama", bukti.nama, f"sidiknya sama dengan `{lain}`, jadi berkasnya sama",
                f"tulis `{lain}`, atau hitung lagi sidik berkas ini",
            )  # fmt: skip
        elif sidik.setdefault(bukti.nama, bukti.sha256) != bukti.sha256:
            yield Pelanggaran(
                f"{tempat}/sha256", bukti.sha256[:12] + "…",
                f"`{bukti.nama}` sudah disebut dengan sidik lain ({sidik[bukti.nama][:12]}…)",
                "beri nama lain bila berkasnya berbeda, atau samakan sidiknya",
            )  # fmt: skip


def bukti_sezaman(k: Konteks) -> Iterator[Pelanggaran]:
    """Tanggal bukti tidak sebelum tahun periode dan tidak lewat satu triwulan sesudah periodenya."""
    awal, akhir = date(k.periode.tahun, 1, 1), k.periode.akhir + _LAMA_HARI
    for tempat, bukti in _semua(k):
        if bukti.tanggal is not None and not awal <= bukti.tanggal <= akhir:
            arah = "sebelum" if bukti.tanggal < awal else "jauh sesudah"
            yield Pelanggaran(
                f"{tempat}/tanggal", bukti.tanggal.isoformat(), f"{arah} {k.periode.judul}",
                "periksa tahun dan bulannya, atau lampirkan bukti dari periode ini",
            )  # fmt: skip


# helpers


def _semua(k: Konteks) -> Iterator[tuple[str, Bukti]]:
    for n, baris in enumerate(k.kertas_kerja.indikator):
        for i, bukti in enumerate(baris.bukti):
            yield f"/indikator/{n}/bukti/{i}", bukti
