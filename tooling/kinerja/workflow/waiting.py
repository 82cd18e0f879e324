"""Whom a change waits for, and whether that person can help at all.

A step that waits names who holds the office today. Where nobody can give it (the office is
vacant, its holder wrote the file, holds another step's office, or has neither key nor account)
the dead end is told at once, with its exit, and not after everybody has waited.

Example:
    >>> [s.kode for s in jalan_buntu(kerja, k, langkah, terisi)]
    ['buntu:kabid:ekonomi']
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kinerja.domain.organisasi import Orang, Pemangku, pemangku_sah
from kinerja.domain.peristiwa import MEJA
from kinerja.domain.tata_kelola import Jaminan, LangkahPersetujuan
from kinerja.workflow.evaluation import Kelompok, Kerja
from kinerja.workflow.verdict import Simpul


def menunggu(kerja: Kerja, jabatan: str) -> str:
    """``menunggu Kepala Bidang Ekonomi (Kartini)``; without the name when no day is given."""
    nama = kerja.nama_jabatan(jabatan)
    if kerja.hari is None:
        return f"menunggu {nama}"
    p = pemangku_sah(kerja.konteks.jabatan, jabatan, kerja.hari)
    if p is None:
        return f"menunggu {nama} (kosong)"
    return f"menunggu {p.sebutan.awalan}{nama} ({kerja.nama(p.orang)})"


def jalan_buntu(
    kerja: Kerja, k: Kelompok, langkah: LangkahPersetujuan, terisi: Mapping[str, str]
) -> Iterator[Simpul]:
    """A failing node when the office's holder of today cannot give this step.

    Args:
        terisi: person → office, for the steps of this change that are given or waited for elsewhere.
    """
    if kerja.hari is None:
        return
    jabatan = k.jabatan(langkah)
    p = pemangku_sah(kerja.konteks.jabatan, jabatan, kerja.hari)
    alasan = _alasan(kerja, langkah, jabatan, p, terisi, kerja.hari)
    if alasan:
        yield Simpul(f"buntu:{jabatan}", kerja.nama_jabatan(jabatan), False, alasan)


# helpers


def _alasan(
    kerja: Kerja,
    langkah: LangkahPersetujuan,
    jabatan: str,
    p: Pemangku | None,
    terisi: Mapping[str, str],
    hari: date,
) -> str:
    nama_jabatan = kerja.nama_jabatan(jabatan)
    if p is None:
        return f"tidak ada pemangku {nama_jabatan} hari ini; tunjuk Plt. atau Plh. dengan nomor surat"
    nama = kerja.nama(p.orang)
    if p.orang in kerja.perubahan.kontributor:
        return (
            f"{nama} ikut menulis isinya, jadi tidak dapat menyetujuinya; tunjuk Plh. {nama_jabatan}, "
            "atau susun ulang usulan ini tanpa tulisannya"
        )
    lain = terisi.get(p.orang)
    if lain is not None and lain != jabatan:
        return (
            f"{nama} juga mengisi langkah {kerja.nama_jabatan(lain)} pada perubahan ini; "
            "satu orang tidak dapat mengisi keduanya: tunjuk Plh. untuk salah satu jabatan"
        )
    orang = kerja.konteks.identitas.cari(p.orang)
    if orang is None or not _dapat(orang, langkah, hari):
        return f"{nama} belum punya kunci atau akun terdaftar yang cukup; lengkapi di identitas.yaml"
    return ""


def _dapat(orang: Orang, langkah: LangkahPersetujuan, hari: date) -> bool:
    """Whether the person has any means of the assurance that the step demands."""
    if langkah.jaminan is Jaminan.TERSERTIFIKASI:
        return True  # the certificate is another's to judge
    if any(k.berlaku(hari) for k in orang.kunci):
        return True
    return any(
        a.berlaku(hari) and langkah.tuntutan(a.forge != MEJA) is Jaminan.TERAMATI for a in orang.akun
    )
