"""Rules with memory: what was signed does not vanish, move or repeat itself unexplained.

They judge against the bidang's last signed worksheet and against this same file as it stands in
the base revision. Each rule is a generator whose docstring is the rule. A stated reason lifts a
finding: it becomes a note that everybody can read. They leave out what the present plan and DPA
ask for (``worksheet_rules``).

Example: 60 was signed and 66 stands there now; a new ``penjelasan`` makes it a ralat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kinerja.domain.findings import Tingkat
from kinerja.domain.kertas_kerja import BarisAnggaran, BarisIndikator, KertasKerja
from kinerja.domain.perencanaan import Indikator, Nilai
from kinerja.validation.comparisons import target_bergeser
from kinerja.validation.context import Konteks, Pelanggaran, sebutan_nilai, teks_nilai, terisi
from kinerja.validation.doubts import bagian_layak, layak, rupiah_layak, tingkat_alasan

_ANGKA_INDIKATOR = ("realisasi", "pembilang", "penyebut")
_ANGKA_ANGGARAN = ("realisasi", "fisik")
_NARASI = ("penjelasan", "faktor_pendorong", "faktor_penghambat")
_SALINAN_TERPENDEK = 20
"""Shorter texts (``Data terlambat.``) are the same by chance."""

Baris = BarisIndikator | BarisAnggaran
Kunci = tuple[str, str]


def realisasi_lalu_sesuai(k: Konteks) -> Iterator[Pelanggaran]:
    """Realisasi periode lalu sama dengan yang sudah ditandatangani pada tahun yang sama."""
    lalu = k.periode.sebelumnya()
    if k.lalu is None or lalu.tahun != k.periode.tahun:
        return
    banyak = Counter(kunci for _, kunci, _ in _semua(k.lalu))
    kini = {kunci: baris for _, kunci, baris in _semua(k.lalu) if banyak[kunci] == 1}
    kamus = {("indikator", baris.id): indikator for _, baris, indikator in k.pasangan}
    for tempat, kunci, baris in _semua(k.kertas_kerja):
        asal, indikator = kini.get(kunci), kamus.get(kunci)
        if asal is None or asal.realisasi == baris.realisasi_lalu:
            continue
        if isinstance(asal, BarisIndikator) and not (indikator and layak(asal, indikator)):
            continue  # the earlier figure is at fault, and told there
        if isinstance(asal, BarisAnggaran) and not rupiah_layak(asal.realisasi):
            continue
        harap = _ditandatangani(k, kunci, asal)
        if baris.realisasi_lalu != harap:
            yield Pelanggaran(
                f"{tempat}/realisasi_lalu", teks_nilai(baris.realisasi_lalu),
                f"berbeda dari realisasi {lalu.judul_pendek} yang ditandatangani",
                f"tulis `{teks_nilai(harap)}`",
            )  # fmt: skip


def indikator_tidak_hilang(k: Konteks) -> Iterator[Pelanggaran]:
    """Indikator yang pernah ditandatangani pada tahun ini tidak hilang tanpa catatan."""
    catatan = k.kertas_kerja.catatan or ""
    ada = {b.id for b in k.kertas_kerja.indikator}
    rencana = k.acuan.milik.get(k.bidang.id, {})
    for asal, sebutan in k.pernah_ditandatangani:
        for baris in asal.indikator:
            if baris.id in ada or baris.id in rencana or baris.id in catatan:
                continue  # of the plan's own the worksheet rule tells
            ada.add(baris.id)
            yield Pelanggaran(
                "/indikator", baris.id,
                f"ada dalam kertas kerja {sebutan} yang ditandatangani, kini hilang, juga dari rencana",
                f"kembalikan, atau sebut `{baris.id}` dan sebabnya di `catatan`",
            )  # fmt: skip


def target_tidak_bergeser(k: Konteks) -> Iterator[Pelanggaran]:
    """Target yang sudah ditandatangani hanya berubah dengan versi rencana yang baru."""
    for n, g in target_bergeser(k).items():
        baris = k.kertas_kerja.indikator[n]
        beda = baris.target != k.acuan.target[baris.id].nilai(k.periode.bagian)
        yield Pelanggaran(
            f"/indikator/{n}/target", teks_nilai(baris.target),
            f"target {g.sebutan} ditandatangani {sebutan_nilai(g.lama)}, kini dalam rencana "
            f"{sebutan_nilai(g.kini)} padahal versinya masih `{g.versi}`",
            "minta Kasubag mengembalikan target itu dalam rencana.yaml, atau menuliskannya sebagai versi "
            "perubahan dengan dasarnya",
            Tingkat.GALAT if beda else None,
        )  # fmt: skip


def nilai_tidak_hilang(k: Konteks) -> Iterator[Pelanggaran]:
    """Angka dan bukti yang sudah ditandatangani tidak dikosongkan tanpa penjelasan baru."""
    for tempat, lama, kini in _berpasangan(k):
        if _ada_alasan_baru(lama, kini):
            continue
        for isian in _isian(kini):
            dulu = getattr(lama, isian)
            if dulu is not None and getattr(kini, isian) is None:
                yield Pelanggaran(
                    f"{tempat}/{isian}", "null", f"sudah ditandatangani {sebutan_nilai(dulu)}, kini kosong",
                    f"kembalikan `{teks_nilai(dulu)}`, atau tulis sebab pengosongannya di `penjelasan`",
                    tingkat_alasan(k),
                )  # fmt: skip
        if isinstance(lama, BarisIndikator) and isinstance(kini, BarisIndikator):
            hilang = [b.nama for b in lama.bukti if b.sha256 not in {x.sha256 for x in kini.bukti}]
            if hilang:
                yield Pelanggaran(
                    f"{tempat}/bukti", hilang[0], "bukti ini sudah ditandatangani, kini tidak ada lagi",
                    "kembalikan buktinya, atau tulis sebab penggantiannya di `penjelasan`", tingkat_alasan(k),
                )  # fmt: skip


def ralat_beralasan(k: Konteks) -> Iterator[Pelanggaran]:
    """Angka yang sudah ditandatangani hanya berubah dengan penjelasan baru."""
    if k.bertanda is None:
        return
    kamus = {f"/indikator/{n}": indikator for n, _, indikator in k.pasangan}
    for tempat, lama, kini in _berpasangan(k):
        if _ada_alasan_baru(lama, kini):
            continue
        for isian in _isian(kini):
            if _ditolak(kini, isian, kamus.get(tempat)):
                continue  # refused as it stands; no reason would make it a ralat
            dulu, baru = getattr(lama, isian), getattr(kini, isian)
            if dulu is not None and isinstance(baru, dulu.__class__) and dulu != baru:
                yield Pelanggaran(
                    f"{tempat}/{isian}", teks_nilai(baru), f"sudah ditandatangani {sebutan_nilai(dulu)}",
                    f"kembalikan `{teks_nilai(dulu)}`, atau tulis sebab ralatnya di `penjelasan`",
                    tingkat_alasan(k),
                )  # fmt: skip


def narasi_tidak_disalin(k: Konteks) -> Iterator[Pelanggaran]:
    """Penjelasan, faktor, dan tindak lanjut tidak disalin utuh dari periode lalu."""
    if k.lalu is None:
        return
    dulu = {kunci: baris for _, kunci, baris in _semua(k.lalu)}
    lalu = k.periode.sebelumnya().judul_pendek
    for tempat, kunci, baris in _semua(k.kertas_kerja):
        asal = dulu.get(kunci)
        if asal is None or asal.realisasi is None is baris.realisasi:
            continue  # why there is no figure may stay true
        for isian, teks in _narasi(baris):
            lama = dict(_narasi(asal)).get(isian)
            if lama is not None and _baku(lama) == _baku(teks):
                yield Pelanggaran(
                    f"{tempat}/{isian}", teks, f"sama persis dengan {lalu}",
                    f"perbarui menurut keadaan {k.periode.judul_pendek}; bila berlanjut, katakan begitu",
                )  # fmt: skip


# helpers


def _ditandatangani(k: Konteks, kunci: Kunci, asal: Baris) -> Nilai:
    """The figure of the last period that counts: a ralat without a reason does not yet.

    The base revision knows what was signed, and where there is none the frozen laporan.
    """
    jenis, pengenal = kunci
    dasar = k.lalu_bertanda()
    semula = next((b for _, lama, b in _semua(dasar) if lama == kunci), None) if dasar else None
    if semula is not None:
        return asal.realisasi if _ada_alasan_baru(semula, asal) else semula.realisasi
    beku = k.beku(k.periode.sebelumnya()).get(pengenal) if jenis == "indikator" else None
    return asal.realisasi if beku is None else beku.realisasi


def _berpasangan(k: Konteks) -> Iterator[tuple[str, Baris, Baris]]:
    """Every line that stands signed in the base revision: place, signed line, present line."""
    if k.bertanda is None:
        return
    lama = {kunci: baris for _, kunci, baris in _semua(k.bertanda)}
    for tempat, kunci, baris in _semua(k.kertas_kerja):
        if kunci in lama:
            yield tempat, lama[kunci], baris


def _semua(kk: KertasKerja) -> Iterator[tuple[str, Kunci, Baris]]:
    """Every line: place, kind and id, line. An id of one kind may stand in the other as well."""
    for n, i in enumerate(kk.indikator):
        yield f"/indikator/{n}", ("indikator", i.id), i
    for n, a in enumerate(kk.anggaran):
        yield f"/anggaran/{n}", ("anggaran", a.kode), a


def _ditolak(baris: Baris, isian: str, indikator: Indikator | None) -> bool:
    """True for a figure that another rule refuses whatever is explained."""
    if isinstance(baris, BarisAnggaran):
        return isian == "realisasi" and not rupiah_layak(baris.realisasi)
    if isian == "realisasi":
        return indikator is not None and not layak(baris, indikator)
    return not bagian_layak(getattr(baris, isian))


def _isian(baris: Baris) -> tuple[str, ...]:
    return _ANGKA_INDIKATOR if isinstance(baris, BarisIndikator) else _ANGKA_ANGGARAN


def _ada_alasan_baru(lama: Baris, kini: Baris) -> bool:
    return terisi(kini.penjelasan) and _baku(kini.penjelasan or "") != _baku(lama.penjelasan or "")


def _narasi(baris: Baris) -> Iterator[tuple[str, str]]:
    """Texts that are long enough to be told from chance, by their pointer inside the line."""
    for isian in _NARASI:
        teks = getattr(baris, isian, None)
        if teks and len(teks) >= _SALINAN_TERPENDEK:
            yield isian, teks
    rencana = getattr(baris, "tindak_lanjut", None)
    if rencana is not None and len(rencana.uraian) >= _SALINAN_TERPENDEK:
        yield "tindak_lanjut/uraian", rencana.uraian


def _baku(teks: str) -> str:
    return " ".join(teks.split()).casefold()
