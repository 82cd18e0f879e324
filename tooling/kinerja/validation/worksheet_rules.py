"""Rules of a worksheet against its place, the plan and the DPA: nothing moved, nothing lost.

Each rule is a generator whose docstring is the rule. A rule never fixes and never stops
another one. What staff fill is judged by ``quantity_rules``, ``money_rules`` and the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from kinerja.calculation.numbers import KONTEKS
from kinerja.domain.kertas_kerja import BarisAnggaran, BarisIndikator
from kinerja.domain.perencanaan import Indikator, NilaiTarget, SubKegiatan
from kinerja.validation.clean_text import kotor
from kinerja.validation.comparisons import target_bergeser
from kinerja.validation.composition import Susunan
from kinerja.validation.context import Konteks, Pelanggaran, sebutan_nilai, teks_nilai
from kinerja.validation.doubts import mirip_ribuan
from kinerja.validation.units import persen


class _Kata(NamedTuple):
    """How a list of lines is spoken of."""

    kunci: str
    sebutan: str
    asal: str
    berkas: str


_RENCANA = _Kata("id", "indikator", "rencana", "rencana.yaml")
_DPA = _Kata("kode", "sub kegiatan", "DPA", "anggaran.yaml")


def acuan_terbaca(k: Konteks) -> Iterator[Pelanggaran]:
    """Rencana, anggaran, dan kebijakan yang menjadi acuan kertas kerja ada dan terbaca."""
    a = k.acuan
    for berkas, isian, ada in (
        ("rencana.yaml", "versi", bool(a.rencana.versi)),
        ("anggaran.yaml", "versi", bool(a.anggaran.versi)),
        ("kebijakan.yaml", "skala", any(s.id == a.kebijakan.perhitungan.skala for s in a.kebijakan.skala)),
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
    if k.kertas_kerja.bidang != k.bidang.id and k.kertas_kerja.bidang != k.milik_lain:
        yield Pelanggaran(
            "/bidang", k.kertas_kerja.bidang, "bidang tidak sama dengan nama berkasnya",
            f"tulis `{k.bidang.id}`, atau ganti nama berkasnya",
        )  # fmt: skip


def versi_sesuai(k: Konteks) -> Iterator[Pelanggaran]:
    """Versi rencana dan DPA adalah yang berlaku pada akhir periode."""
    for isian, ada, harap in (
        ("versi_rencana", k.kertas_kerja.versi_rencana, k.acuan.versi_rencana.id),
        ("versi_anggaran", k.kertas_kerja.versi_anggaran, k.acuan.versi_anggaran.id),
    ):
        if ada != harap:
            yield Pelanggaran(
                f"/{isian}", ada, "bukan versi yang berlaku pada akhir periode", f"tulis `{harap}`"
            )


def milik_bidang(k: Konteks) -> Iterator[Pelanggaran]:
    """Indikator dan sub kegiatan dalam kertas kerja milik bidang itu sendiri."""
    if k.milik_lain:
        kk = k.kertas_kerja
        penunjuk, awal = ("/indikator/0/id", kk.indikator[0].id) if kk.indikator else (
            "/anggaran/0/kode", kk.anggaran[0].kode)  # fmt: skip
        yield Pelanggaran(
            penunjuk, awal, f"seluruh isinya milik bidang {k.milik_lain}, mulai dari ini",
            f"isi kertas kerja yang disiapkan untuk {k.bidang.id}; yang ini tempatnya di {k.milik_lain}.yaml",
        )  # fmt: skip
        return
    for n, i in enumerate(k.kertas_kerja.indikator):
        pemilik = _pemilik_lain(k, k.acuan.kamus.get(i.id))
        if pemilik:
            yield Pelanggaran(
                f"/indikator/{n}/id", i.id, f"indikator ini milik bidang {pemilik}",
                f"hapus barisnya dari sini; {pemilik} yang melaporkannya",
            )  # fmt: skip
    for n, s in enumerate(k.kertas_kerja.anggaran):
        pemilik = _pemilik_lain(k, k.acuan.sub_kegiatan.get(s.kode))
        if pemilik:
            yield Pelanggaran(
                f"/anggaran/{n}/kode", s.kode, f"sub kegiatan ini milik bidang {pemilik}",
                f"hapus barisnya dari sini; {pemilik} yang melaporkannya",
            )  # fmt: skip


def indikator_sesuai_rencana(k: Konteks) -> Iterator[Pelanggaran]:
    """Setiap indikator rencana ada satu kali, tidak ada yang lain, nama dan satuannya sama."""
    yield from _susunan(k.susunan_indikator, "indikator", [b.id for b in k.kertas_kerja.indikator], _RENCANA)
    if not k.milik_lain:
        yield from _hilang(k.susunan_indikator, "indikator", "indikator rencana")
    for n, baris, asal in k.pasangan:
        if n not in k.susunan_indikator.ganda:
            yield from _sebutan_indikator(f"/indikator/{n}", baris, asal)


def target_sesuai_rencana(k: Konteks) -> Iterator[Pelanggaran]:
    """Target sama dengan target versi rencana yang berlaku."""
    versi, bagian = k.acuan.versi_rencana, k.periode.bagian
    for n, baris, indikator in k.pasangan:
        harap = k.acuan.target[baris.id].nilai(bagian)
        if baris.target == harap or _rencana_yang_keliru(k, n, baris, indikator):
            continue
        pesan = f"target berbeda dari rencana ({versi.id})"
        tindakan = f"kembalikan menjadi `{teks_nilai(harap)}`"
        beku = k.beku(k.periode).get(baris.id)
        if beku is not None and beku.target == baris.target:
            pesan += f", yang kini {sebutan_nilai(harap)}"
            tindakan = (
                f"laporan {k.periode.judul_pendek} disusun dengan target ini; minta Kasubag mengembalikan "
                "target dalam rencana.yaml, atau menuliskannya sebagai versi perubahan dengan dasarnya"
            )
        yield Pelanggaran(f"/indikator/{n}/target", teks_nilai(baris.target), pesan, tindakan)


def pagu_sesuai_dpa(k: Konteks) -> Iterator[Pelanggaran]:
    """Setiap sub kegiatan DPA ada satu kali, tidak ada yang lain, nama dan pagunya sama."""
    yield from _susunan(k.susunan_anggaran, "anggaran", [b.kode for b in k.kertas_kerja.anggaran], _DPA)
    if not k.milik_lain:
        yield from _hilang(k.susunan_anggaran, "anggaran", "sub kegiatan DPA")
    dpa = k.acuan.dpa.get(k.bidang.id, {})
    for n, baris in enumerate(k.kertas_kerja.anggaran):
        if baris.kode in dpa and n not in k.susunan_anggaran.ganda:
            yield from _sebutan_sub(k, f"/anggaran/{n}", baris, dpa[baris.kode])


# helpers


def _pemilik_lain(k: Konteks, asal: Indikator | SubKegiatan | None) -> str:
    """The bidang that owns it when that is another one; "" otherwise."""
    return asal.bidang if asal is not None and asal.bidang != k.bidang.id else ""


def _susunan(s: Susunan, daftar: str, pengenal: Sequence[str], kata: _Kata) -> Iterator[Pelanggaran]:
    """Lines that nobody knows, and lines that have another line's id."""
    for nomor, pesan, lain in (
        (s.asing, f"{kata.sebutan} ini tidak ada dalam {kata.asal} bidang",
         f"hapus barisnya, atau minta Kasubag melengkapi {kata.berkas}"),
        (s.ganda, f"{kata.sebutan} ini tertulis dua kali", "hapus salah satunya"),
    ):  # fmt: skip
        for n, maksud in nomor.items():
            yield Pelanggaran(
                f"/{daftar}/{n}/{kata.kunci}", pengenal[n], pesan,
                f"mungkin maksudnya `{maksud}`; bila bukan, {lain}" if maksud else lain,
            )  # fmt: skip


def _hilang(s: Susunan, daftar: str, sebutan: str) -> Iterator[Pelanggaran]:
    for hilang in s.hilang:
        yield Pelanggaran(
            f"/{daftar}", hilang, f"{sebutan} ini hilang dari kertas kerja",
            "kembalikan barisnya dari kertas kerja yang disiapkan",
        )  # fmt: skip


def _rencana_yang_keliru(k: Konteks, n: int, baris: BarisIndikator, indikator: Indikator) -> bool:
    """True where the plan itself is asked to mend a target that this worksheet has right."""
    bagian, semula = k.periode.bagian, k.acuan.target_semula.get(baris.id)
    harap = k.acuan.target[baris.id].nilai(bagian)
    return (
        _ribuan_dalam_rencana(harap, baris.target, indikator)
        or (semula is not None and semula.nilai(bagian) == baris.target)
        or n in target_bergeser(k)
    )


def _ribuan_dalam_rencana(rencana: NilaiTarget, lembar: NilaiTarget, indikator: Indikator) -> bool:
    """True where the plan says ``1.000`` for the worksheet's 1000; the plan is asked to mend that."""
    return (
        isinstance(rencana, Decimal)
        and mirip_ribuan(rencana)
        and not persen(indikator.satuan)
        and lembar == rencana.scaleb(3, context=KONTEKS)
    )


def _sebutan_indikator(
    tempat: str, baris: BarisIndikator, asal: Indikator
) -> Iterator[Pelanggaran]:
    pasangan = (("nama", baris.nama, asal.nama), ("satuan", baris.satuan, asal.satuan))
    for isian, ada, harap in pasangan:
        if ada != harap and not kotor(ada):
            yield Pelanggaran(
                f"{tempat}/{isian}", ada, f"{isian} berbeda dari rencana",
                f"kembalikan menjadi `{harap}`",
            )  # fmt: skip


def _sebutan_sub(
    k: Konteks, tempat: str, baris: BarisAnggaran, asal: SubKegiatan
) -> Iterator[Pelanggaran]:
    versi = k.acuan.versi_anggaran
    pagu = k.acuan.pagu[baris.kode].pagu
    semula = k.acuan.pagu_semula.get(baris.kode) if baris.pagu != pagu else None
    if baris.pagu != pagu and not (semula and semula.pagu == baris.pagu):
        yield Pelanggaran(
            f"{tempat}/pagu", teks_nilai(baris.pagu), f"pagu berbeda dari DPA ({versi.id})",
            f"kembalikan menjadi `{teks_nilai(pagu)}`",
        )  # fmt: skip
    if baris.nama != asal.nama and not kotor(baris.nama):
        yield Pelanggaran(
            f"{tempat}/nama", baris.nama, "nama berbeda dari DPA",
            f"kembalikan menjadi `{asal.nama}`",
        )  # fmt: skip
