"""Rules of who holds which office when, of who checks whom, and of the calendar they work by.

Each rule is a generator whose docstring is the rule. There is no clock here: an office is
judged on the dates of documents, never today.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

from kinerja.domain.organisasi import Organisasi, Pemangku, Sebutan, pemangku_sah
from kinerja.domain.periode import Periode
from kinerja.domain.zona import ZONA_JAM
from kinerja.validation.context import Pelanggaran
from kinerja.validation.repository_context import (
    JABATAN,
    KALENDER,
    ORGANISASI,
    DiBerkas,
    KonteksRepositori,
    jalur_periode,
)

_LAPORAN = "laporan"
"""Whose rule of the policy says who makes a laporan (SOP step 5)."""


def pejabat_pada_tanggal(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Pada tanggal disposisi dan penyusunan laporan, jabatan yang disebut atau menyusun ada pemangkunya."""
    if k.jabatan is None:
        return
    for berkas, penunjuk, jabatan, hari in _bertanggal(k):
        if pemangku_sah(k.jabatan, jabatan, hari) is None:
            yield berkas, Pelanggaran(
                penunjuk, jabatan if "disusun" not in penunjuk else hari.isoformat(),
                f"tidak ada yang menjabat {k.jabatan.nama(jabatan)} pada {hari.isoformat()}",
                "lengkapi jabatan.yaml: pejabatnya, atau Plt./Plh. dengan nomor suratnya; atau betulkan "
                "tanggalnya",
            )  # fmt: skip


def definitif_tunggal(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Satu jabatan dipangku paling banyak satu pejabat definitif pada satu hari."""
    terlama: dict[str, Pemangku] = {}
    semua = enumerate(k.jabatan.pemangku if k.jabatan else ())
    for n, p in sorted(semua, key=lambda x: (x[1].mulai, x[0])):
        if p.sebutan is not Sebutan.DEFINITIF:
            continue
        lama = terlama.get(p.jabatan)
        if lama is not None and lama.menjabat(p.mulai):
            yield JABATAN, Pelanggaran(
                f"/pemangku/{n}/mulai", p.mulai.isoformat(),
                f"{lama.orang} masih menjabat {p.jabatan} secara definitif pada hari ini",
                f"tulis `selesai: {p.mulai.isoformat()}` bagi {lama.orang}, atau betulkan tanggalnya",
            )  # fmt: skip
        if lama is None or lama.selesai is not None:
            akhir = [x for x in (lama, p) if x is not None]
            terlama[p.jabatan] = max(akhir, key=lambda x: x.selesai or date.max)


def pengisi_bukan_pemeriksa(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Yang memeriksa kertas kerja bukan jabatan yang mengisinya."""
    for n, b in enumerate(k.organisasi.bidang if k.organisasi else ()):
        if b.pengisi == b.pemeriksa:
            yield ORGANISASI, Pelanggaran(
                f"/bidang/{n}/pemeriksa", b.pemeriksa, f"{b.nama} diisi dan diperiksa jabatan yang sama",
                "tulis jabatan di atas pengisinya: Kabid, atau Sekretaris bagi Sekretariat",
            )  # fmt: skip


def kalender_mencakup(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Kalender memuat libur dan jam kerja setiap tahun yang dipakai menghitung tenggat."""
    if k.kalender is None or k.organisasi is None:
        return
    libur = {h.tanggal.year for h in k.kalender.libur}
    hari = sorted({(h.year, h, p) for p, h in _hari_tenggat(k, k.organisasi)}, key=lambda x: x[:2])
    sudah: set[int] = set()
    for tahun, h, p in hari:
        berjam = any(j.mulai <= h and (j.selesai is None or h < j.selesai) for j in k.kalender.jam_kerja)
        if tahun in sudah or (tahun in libur and berjam):
            continue
        sudah.add(tahun)
        kurang = "jam kerja" if tahun in libur else "hari libur"
        yield KALENDER, Pelanggaran(
            "/jam_kerja" if tahun in libur else "/libur", str(tahun),
            f"{kurang} tahun {tahun} belum lengkap, padahal tenggat {p.judul} jatuh pada tahun itu, jadi "
            "tenggatnya dapat keliru",
            "tambahkan menurut keputusan yang berlaku, dengan nomornya",
        )  # fmt: skip


# helpers


def _bertanggal(k: KonteksRepositori) -> Iterator[tuple[str, str, str, date]]:
    """File, pointer, office and day of every act that a document records."""
    if k.organisasi is None:
        return
    for periode, d in k.disposisi.items():
        hari = _hari(d.ditetapkan, k.organisasi)
        for isian in ("dari", "kepada"):
            yield jalur_periode(periode, "disposisi"), f"/{isian}", getattr(d, isian), hari
    for periode, b in k.laporan.items():
        hari = _hari(b.laporan.disusun, k.organisasi)
        for jabatan in _pengusul(k):
            yield jalur_periode(periode, "laporan"), "/disusun", jabatan, hari


def _pengusul(k: KonteksRepositori) -> tuple[str, ...]:
    """The offices that make a laporan, by the policy; patterns such as ``{pengisi}`` name none.

    Paraf and signature come later, and their events have days of their own.
    """
    aturan = [a for a in (k.kebijakan.persetujuan if k.kebijakan else ()) if a.jenis == _LAPORAN]
    return tuple(dict.fromkeys(j for a in aturan for j in a.pengusul if "{" not in j))


def _hari(saat: datetime, organisasi: Organisasi) -> date:
    """The day in the agency's own zone; as written at the ends of the calendar, which no zone crosses."""
    jam = ZONA_JAM.get(organisasi.zona_waktu)
    try:
        return (saat if jam is None else saat.astimezone(timezone(timedelta(hours=jam)))).date()
    except OverflowError:
        return saat.date()


def _hari_tenggat(k: KonteksRepositori, organisasi: Organisasi) -> Iterator[tuple[Periode, date]]:
    for periode, d in k.disposisi.items():
        yield periode, _hari(d.ditetapkan, organisasi)
        for t in d.tenggat:
            yield periode, _hari(t.paling_lambat, organisasi)
