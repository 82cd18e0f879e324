"""Why one approval does not count, order and other steps aside.

An approval counts for exactly the bytes and the rules that it named, from a lawful holder who
wrote nothing of it, with enough assurance, and while its office has not taken it back.

Example:
    >>> cacat_persetujuan(kerja, langkah, p)
    Cacat(kode='basi:kabid:ekonomi', alasan='isi berubah setelah …')
"""

from __future__ import annotations

from dataclasses import dataclass

from kinerja.domain.peristiwa import Peristiwa
from kinerja.domain.tata_kelola import Jaminan, LangkahPersetujuan, Tindakan
from kinerja.workflow.actors import cacat_pelaku
from kinerja.workflow.evaluation import Kelompok, Kerja


@dataclass(frozen=True, slots=True)
class Cacat:
    """What is wrong with an approval: a code for programs, a reason for people."""

    kode: str
    alasan: str


def persetujuan(
    kerja: Kerja, k: Kelompok, langkah: LangkahPersetujuan
) -> tuple[tuple[Peristiwa, Cacat | None], ...]:
    """Every approval given for this step, with what is wrong with it."""
    jabatan = k.jabatan(langkah)
    return tuple(
        (p, cacat_persetujuan(kerja, langkah, p))
        for p in kerja.peristiwa
        if p.jabatan == jabatan and p.tindakan is langkah.tindakan
    )


def cacat_persetujuan(kerja: Kerja, langkah: LangkahPersetujuan, p: Peristiwa) -> Cacat | None:
    """What is wrong with an approval; None when it is good by itself."""
    pelaku = cacat_pelaku(kerja.konteks, p)
    if pelaku is not None:
        return Cacat(*pelaku)
    if kerja.buku.palsu(p):
        return Cacat(f"tanda-palsu:{p.jabatan}", "tanda tangannya tidak cocok dengan isinya; mintakan lagi")
    if p.orang in kerja.perubahan.kontributor:
        alasan = f"{kerja.nama(p.orang)} ikut menulis isinya, jadi tidak boleh menyetujuinya"
        return Cacat(f"sendiri:{p.jabatan}", alasan)
    if kerja.dicabut(p):
        return Cacat(f"dikembalikan:{p.jabatan}", alasan_cabut(kerja, p.jabatan))
    if not kerja.tercakup <= {(b.jalur, b.sha256) for b in p.berkas}:
        alasan = f"isi berubah setelah {kerja.nama(p.orang)} menyetujuinya; mintakan lagi"
        return Cacat(f"basi:{p.jabatan}", alasan)
    if not kerja.perubahan.menggantikan(p.semula):
        alasan = "yang digantikannya di main bukan lagi yang ada saat itu; mintakan lagi"
        return Cacat(f"basi-di-main:{p.jabatan}", alasan)
    if p.kebijakan != kerja.sidik_kebijakan:
        alasan = "aturan persetujuan berubah sejak itu; mintakan lagi"
        return Cacat(f"kebijakan-berubah:{p.jabatan}", alasan)
    return _cacat_jaminan(langkah, p)


def alasan_cabut(kerja: Kerja, jabatan: str) -> str:
    """``Rina menjawab tidak: …``: who of the office took back what, and why."""
    p = kerja.pencabutan[jabatan]
    kata = "menarik persetujuannya" if p.tindakan is Tindakan.TARIK else "menjawab tidak"
    if kerja.buku.palsu(p):
        return (
            f"peristiwa {p.urut} mengaku {kerja.nama(p.orang)} {kata}, tetapi tanda tangannya tidak cocok; "
            "periksa log, lalu mintakan jawaban jabatan ini sekali lagi"
        )
    return f"{kerja.nama(p.orang)} {kata}: {p.alasan or '(tanpa alasan)'}"


# helpers


def _cacat_jaminan(langkah: LangkahPersetujuan, p: Peristiwa) -> Cacat | None:
    kode = f"jaminan-kurang:{p.jabatan}"
    if p.kunci is None:
        tanda = "kunci pengamat" if p.jaminan is Jaminan.TERAMATI else "kunci yang terdaftar"
        alasan = f"mengaku {p.jaminan.value}, tetapi tidak menyebut kunci; mintakan lagi dengan {tanda}"
        return Cacat(kode, alasan)
    if p.jaminan is Jaminan.TERAMATI and p.bukti is None:
        return Cacat(kode, "mengaku teramati, tetapi tidak menyebut apa yang terlihat; mintakan lagi")
    tuntutan = langkah.tuntutan(p.bukti is not None and p.bukti.di_forge)
    if p.jaminan.derajat < tuntutan.derajat:
        return Cacat(kode, f"jaminan {p.jaminan.value}, padahal langkah ini menuntut {tuntutan.value}")
    return None
