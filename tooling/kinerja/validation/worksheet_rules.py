"""Rules of a worksheet against its place, the plan and the DPA: nothing moved, nothing lost.

Each rule is a generator whose docstring is the rule. A rule never fixes and never stops
another one. What staff fill is judged by ``quantity_rules``, ``money_rules`` and the others.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from decimal import Decimal

from kinerja.calculation.numbers import KONTEKS
from kinerja.domain.kertas_kerja import BarisAnggaran, BarisIndikator
from kinerja.domain.perencanaan import Indikator, NilaiTarget, SubKegiatan
from kinerja.validation.clean_text import kotor
from kinerja.validation.comparisons import target_bergeser
from kinerja.validation.context import Konteks, Pelanggaran, sebutan_nilai, teks_nilai
from kinerja.validation.doubts import mirip_ribuan
from kinerja.validation.units import persen


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
    if k.kertas_kerja.bidang != k.bidang.id:
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
    rencana = k.acuan.milik.get(k.bidang.id, {})
    sudah: set[str] = set()
    for n, baris in enumerate(k.kertas_kerja.indikator):
        tempat, asal = f"/indikator/{n}", rencana.get(baris.id)
        if asal is None:
            if baris.id in k.acuan.kamus:
                continue  # another bidang's, which milik-bidang tells
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
    dpa = k.acuan.dpa.get(k.bidang.id, {})
    sudah: set[str] = set()
    for n, baris in enumerate(k.kertas_kerja.anggaran):
        tempat, asal = f"/anggaran/{n}", dpa.get(baris.kode)
        if asal is None:
            if baris.kode in k.acuan.sub_kegiatan:
                continue
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


# helpers


def _pemilik_lain(k: Konteks, asal: Indikator | SubKegiatan | None) -> str:
    """The bidang that owns it when that is another one; "" otherwise."""
    return asal.bidang if asal is not None and asal.bidang != k.bidang.id else ""


def _usul(id_salah: str, dikenal: Iterable[str], lain: str) -> str:
    dekat = difflib.get_close_matches(id_salah, list(dikenal), 1, 0.8)
    return f"mungkin maksudnya `{dekat[0]}`; bila bukan, {lain}" if dekat else lain


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
