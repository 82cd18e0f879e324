"""Rules of a worksheet against its place, the plan and the DPA: nothing moved, nothing lost.

Each rule is a generator whose docstring is the rule. A rule never fixes and never stops
another one. What staff fill is judged by ``figure_rules`` and ``text_rules``.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from kinerja.domain.kertas_kerja import BarisAnggaran, BarisIndikator
from kinerja.domain.perencanaan import Indikator, SubKegiatan
from kinerja.validation.context import Konteks, Pelanggaran, teks_nilai


def acuan_terbaca(k: Konteks) -> Iterator[Pelanggaran]:
    """Rencana, anggaran, dan kebijakan yang menjadi acuan kertas kerja ada dan terbaca."""
    for berkas, isian, ada in (
        ("rencana.yaml", "versi", bool(k.rencana.versi)),
        ("anggaran.yaml", "versi", bool(k.anggaran.versi)),
        ("kebijakan.yaml", "skala", any(s.id == k.kebijakan.perhitungan.skala for s in k.kebijakan.skala)),
    ):
        if not ada:
            yield Pelanggaran(
                "", "", f"`{isian}` yang berlaku tidak ada dalam {berkas}, jadi kertas kerja ini belum "
                "dapat diperiksa", f"minta Kasubag melengkapi {berkas} lebih dahulu",
            )  # fmt: skip


def berkas_sesuai_isi(k: Konteks) -> Iterator[Pelanggaran]:
    """Periode dan bidang di dalam kertas kerja sama dengan letak berkasnya."""
    if k.kertas_kerja.periode != k.periode.id:
        yield Pelanggaran(
            "/periode", k.kertas_kerja.periode, "periode tidak sama dengan folder berkasnya",
            f"tulis `{k.periode.id}`, atau pindahkan berkasnya",
        )  # fmt: skip
    if k.kertas_kerja.bidang != k.bidang.id:
        yield Pelanggaran(
            "/bidang", k.kertas_kerja.bidang, "bidang tidak sama dengan nama berkasnya",
            f"tulis `{k.bidang.id}`, atau ganti nama berkasnya",
        )  # fmt: skip


def versi_sesuai(k: Konteks) -> Iterator[Pelanggaran]:
    """Versi rencana dan DPA adalah yang berlaku pada akhir periode."""
    for isian, ada, harap in (
        ("versi_rencana", k.kertas_kerja.versi_rencana, k.rencana.versi_pada(k.periode).id),
        ("versi_anggaran", k.kertas_kerja.versi_anggaran, k.anggaran.versi_pada(k.periode).id),
    ):
        if ada != harap:
            yield Pelanggaran(
                f"/{isian}", ada, "bukan versi yang berlaku pada akhir periode", f"tulis `{harap}`"
            )


def indikator_sesuai_rencana(k: Konteks) -> Iterator[Pelanggaran]:
    """Setiap indikator rencana ada satu kali, tidak ada yang lain, nama dan satuannya sama."""
    rencana = {i.id: i for i in k.rencana.milik(k.bidang.id)}
    sudah: set[str] = set()
    for n, baris in enumerate(k.kertas_kerja.indikator):
        tempat, asal = f"/indikator/{n}", rencana.get(baris.id)
        if asal is None:
            yield Pelanggaran(
                f"{tempat}/id", baris.id, "indikator ini tidak ada dalam rencana bidang",
                _usul(baris.id, rencana, "hapus barisnya, atau minta Kasubag melengkapi rencana.yaml"),
            )  # fmt: skip
        elif baris.id in sudah:
            yield Pelanggaran(
                f"{tempat}/id", baris.id, "indikator ini tertulis dua kali", "hapus salah satunya"
            )
        else:
            yield from _sebutan_indikator(tempat, baris, asal)
        sudah.add(baris.id)
    for hilang in [i for i in rencana if i not in sudah]:
        yield Pelanggaran(
            "/indikator", hilang, "indikator rencana ini hilang dari kertas kerja",
            "kembalikan barisnya dari kertas kerja yang disiapkan",
        )  # fmt: skip


def target_sesuai_rencana(k: Konteks) -> Iterator[Pelanggaran]:
    """Target sama dengan target versi rencana yang berlaku."""
    versi = k.rencana.versi_pada(k.periode)
    for n, baris, _ in k.pasangan:
        harap = k.rencana.target(baris.id, versi).nilai(k.periode.bagian)
        if baris.target != harap:
            yield Pelanggaran(
                f"/indikator/{n}/target", teks_nilai(baris.target),
                f"target berbeda dari rencana ({versi.id})",
                f"kembalikan menjadi `{teks_nilai(harap)}`",
            )  # fmt: skip


def pagu_sesuai_dpa(k: Konteks) -> Iterator[Pelanggaran]:
    """Setiap sub kegiatan DPA ada satu kali, tidak ada yang lain, nama dan pagunya sama."""
    dpa = {s.kode: s for s in k.anggaran.milik(k.bidang.id)}
    sudah: set[str] = set()
    for n, baris in enumerate(k.kertas_kerja.anggaran):
        tempat, asal = f"/anggaran/{n}", dpa.get(baris.kode)
        if asal is None:
            yield Pelanggaran(
                f"{tempat}/kode", baris.kode, "sub kegiatan ini tidak ada dalam DPA bidang",
                _usul(baris.kode, dpa, "hapus barisnya, atau minta Kasubag melengkapi anggaran.yaml"),
            )  # fmt: skip
        elif baris.kode in sudah:
            yield Pelanggaran(
                f"{tempat}/kode", baris.kode, "sub kegiatan ini tertulis dua kali",
                "hapus salah satunya",
            )  # fmt: skip
        else:
            yield from _sebutan_sub(k, tempat, baris, asal)
        sudah.add(baris.kode)
    for hilang in [kode for kode in dpa if kode not in sudah]:
        yield Pelanggaran(
            "/anggaran", hilang, "sub kegiatan DPA ini hilang dari kertas kerja",
            "kembalikan barisnya dari kertas kerja yang disiapkan",
        )  # fmt: skip


def realisasi_lalu_sesuai(k: Konteks) -> Iterator[Pelanggaran]:
    """Realisasi periode lalu sama dengan yang sudah ditandatangani pada tahun yang sama."""
    lalu = k.periode.sebelumnya()
    if lalu.tahun != k.periode.tahun:
        return
    for n, baris, _ in k.pasangan:
        bertanda = k.realisasi.get(baris.id, {})
        if lalu.bagian in bertanda and baris.realisasi_lalu != bertanda[lalu.bagian]:
            yield Pelanggaran(
                f"/indikator/{n}/realisasi_lalu", teks_nilai(baris.realisasi_lalu),
                f"berbeda dari realisasi {lalu.judul_pendek} yang ditandatangani",
                f"tulis `{teks_nilai(bertanda[lalu.bagian])}`",
            )  # fmt: skip
    belanja = {b.kode: b.realisasi for b in k.lalu.anggaran} if k.lalu else {}
    for n, a in enumerate(k.kertas_kerja.anggaran):
        if a.kode in belanja and a.realisasi_lalu != belanja[a.kode]:
            yield Pelanggaran(
                f"/anggaran/{n}/realisasi_lalu", teks_nilai(a.realisasi_lalu),
                f"berbeda dari realisasi {lalu.judul_pendek} yang ditandatangani",
                f"tulis `{teks_nilai(belanja[a.kode])}`",
            )  # fmt: skip


# helpers


def _usul(id_salah: str, dikenal: Iterable[str], lain: str) -> str:
    dekat = difflib.get_close_matches(id_salah, list(dikenal), 1, 0.8)
    return f"mungkin maksudnya `{dekat[0]}`; bila bukan, {lain}" if dekat else lain


def _sebutan_indikator(
    tempat: str, baris: BarisIndikator, asal: Indikator
) -> Iterator[Pelanggaran]:
    pasangan = (("nama", baris.nama, asal.nama), ("satuan", baris.satuan, asal.satuan))
    for isian, ada, harap in pasangan:
        if ada != harap:
            yield Pelanggaran(
                f"{tempat}/{isian}", ada, f"{isian} berbeda dari rencana",
                f"kembalikan menjadi `{harap}`",
            )  # fmt: skip


def _sebutan_sub(
    k: Konteks, tempat: str, baris: BarisAnggaran, asal: SubKegiatan
) -> Iterator[Pelanggaran]:
    versi = k.anggaran.versi_pada(k.periode)
    pagu = k.anggaran.pagu(baris.kode, versi).pagu
    if baris.pagu != pagu:
        yield Pelanggaran(
            f"{tempat}/pagu", teks_nilai(baris.pagu), f"pagu berbeda dari DPA ({versi.id})",
            f"kembalikan menjadi `{teks_nilai(pagu)}`",
        )  # fmt: skip
    if baris.nama != asal.nama:
        yield Pelanggaran(
            f"{tempat}/nama", baris.nama, "nama berbeda dari DPA",
            f"kembalikan menjadi `{asal.nama}`",
        )  # fmt: skip
