"""Rules of what must be said beside a figure: that it is filled, why it is so, what is done.

Each rule is a generator whose docstring is the rule. Which lines owe an explanation is decided
by ``doubts``; the bounds are those of kebijakan.yaml. They leave out whether the figure is possible
(``quantity_rules``).

Example: capaian 60 % without a word → penjelasan, faktor penghambat and tindak lanjut are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kinerja.calculation.numbers import format_angka, format_persen
from kinerja.domain.kertas_kerja import BarisIndikator, TindakLanjut
from kinerja.domain.perencanaan import Akumulasi
from kinerja.validation.comparisons import usul_geseran
from kinerja.validation.context import Konteks, Pelanggaran, teks_nilai, terisi
from kinerja.validation.doubts import (
    Keraguan,
    diragukan,
    keraguan,
    rendah,
    sejenis,
    tinggi,
    tingkat_alasan,
)


def sudah_diisi(k: Konteks) -> Iterator[Pelanggaran]:
    """Saat diajukan, setiap realisasi yang diukur pada periode ini sudah diisi."""
    if not k.diajukan:
        return
    for n, baris, indikator in k.pasangan:
        tahunan = indikator.akumulasi is Akumulasi.TAHUNAN and k.periode.bagian != "tahunan"
        if baris.realisasi is None and not tahunan and not terisi(baris.penjelasan):
            yield Pelanggaran(
                f"/indikator/{n}/realisasi", "null", f"realisasi {baris.id} belum diisi",
                "isi angkanya, atau jelaskan di `penjelasan` mengapa belum ada",
            )  # fmt: skip
    for n, b in enumerate(k.kertas_kerja.anggaran):
        if b.realisasi is None and not terisi(b.penjelasan):
            spj = k.acuan.baris_spj.get(b.kode)
            yield Pelanggaran(
                f"/anggaran/{n}/realisasi", "null", f"realisasi {b.kode} belum diisi",
                f"tulis `{teks_nilai(spj.jumlah_sd_bulan_ini)}` menurut {k.acuan.nama_spj}" if spj
                else "isi menurut SPJ Fungsional, `0` bila belum ada belanja",
            )  # fmt: skip


def penjelasan_wajib(k: Konteks) -> Iterator[Pelanggaran]:
    """Capaian di bawah batas disertai penjelasan; tanpa itu tidak dapat diajukan."""
    batas = k.acuan.kebijakan.perhitungan.batas_penjelasan_bawah
    for n, baris, _ in diragukan(k, Keraguan.RENDAH):
        c = k.capaian[n].capaian
        pesan = f"{baris.id} tidak tercapai"
        if c is not None:
            pesan = f"capaian {baris.id} {format_persen(c)}, di bawah batas {format_persen(batas)}"
        maksud = _mungkin(k, baris)
        kurang = ["sebabnya di `penjelasan`"]
        if not terisi(baris.faktor_penghambat):
            kurang.append("yang menghambat di `faktor_penghambat`")
        if not _lengkap(baris.tindak_lanjut):
            kurang.append("rencananya di `tindak_lanjut`")
        yield Pelanggaran(
            f"/indikator/{n}/penjelasan", teks_nilai(baris.penjelasan), pesan,
            f"{maksud}{'bila angkanya benar, ' if maksud else ''}tulis {_dan(kurang)}", tingkat_alasan(k),
        )  # fmt: skip


def angka_melonjak(k: Konteks) -> Iterator[Pelanggaran]:
    """Angka yang jauh berbeda dari target, triwulan, atau tahun sebelumnya dijelaskan."""
    for n, baris, ragu in diragukan(k, Keraguan.LONJAK):
        if ragu.lonjakan is None:
            continue
        lonjak = ragu.lonjakan
        besar = "lebih besar" if lonjak.naik else "lebih kecil"
        target = "; bila targetnya yang keliru, beri tahu Kasubag" if lonjak.pembanding.target else ""
        yield Pelanggaran(
            f"/indikator/{n}/realisasi", teks_nilai(baris.realisasi),
            f"{_singkat(lonjak.kali, 1)} kali {besar} daripada {lonjak.pembanding.sebutan} "
            f"({_singkat(lonjak.pembanding.nilai, 2)})",
            f"{_mungkin(k, baris) or 'periksa angkanya; '}bila benar, tulis sebabnya di `penjelasan`{target}",
        )  # fmt: skip


def penjelasan_lebih(k: Konteks) -> Iterator[Pelanggaran]:
    """Capaian jauh di atas target disertai penjelasan."""
    for n, baris, _ in diragukan(k, Keraguan.TINGGI):
        c = k.capaian[n].capaian
        if c is not None:
            yield Pelanggaran(
                f"/indikator/{n}/penjelasan", teks_nilai(baris.penjelasan),
                f"capaian {baris.id} {format_persen(c)}, jauh di atas target",
                "periksa angkanya; bila benar, jelaskan sebabnya",
            )  # fmt: skip


def faktor_disebut(k: Konteks) -> Iterator[Pelanggaran]:
    """Capaian di bawah batas menyebut faktor penghambat; yang jauh di atas, faktor pendorong."""
    for n, baris in _berpenjelasan(k):
        if _sudah_disebut(k, n, baris) or baris.id in k.acuan.target_semula:
            continue
        if rendah(k, n):
            yield Pelanggaran(
                f"/indikator/{n}/faktor_penghambat", teks_nilai(baris.faktor_penghambat),
                f"{baris.id} di bawah batas, tetapi faktor penghambatnya belum disebut",
                "tulis apa yang menghambat, dengan singkat",
            )  # fmt: skip
        else:
            yield Pelanggaran(
                f"/indikator/{n}/faktor_pendorong", teks_nilai(baris.faktor_pendorong),
                f"{baris.id} jauh di atas target, tetapi faktor pendorongnya belum disebut",
                "tulis apa yang membantu, dengan singkat",
            )  # fmt: skip


def tindak_lanjut_wajib(k: Konteks) -> Iterator[Pelanggaran]:
    """Capaian di bawah batas disertai tindak lanjut, penanggung jawab, dan tenggatnya."""
    for n, baris in _berpenjelasan(k):
        if rendah(k, n) and not _lengkap(baris.tindak_lanjut) and baris.id not in k.acuan.target_semula:
            kosong = baris.tindak_lanjut is None
            yield Pelanggaran(
                f"/indikator/{n}/tindak_lanjut" + ("" if kosong else "/uraian"),
                "null" if kosong else teks_nilai(baris.tindak_lanjut and baris.tindak_lanjut.uraian),
                f"{baris.id} di bawah batas, tetapi rencana perbaikannya belum ditulis",
                "isi `uraian`, `penanggung_jawab`, dan `tenggat`", tingkat_alasan(k),
            )  # fmt: skip


def penanggung_jawab_dikenal(k: Konteks) -> Iterator[Pelanggaran]:
    """Penanggung jawab tindak lanjut adalah jabatan yang ada dalam jabatan.yaml."""
    ada = k.acuan.jabatan
    if ada is None:
        return
    for n, _, rencana in _tindak_lanjut(k):
        if rencana.penanggung_jawab not in ada:
            dekat = sorted(j for j in ada if j.endswith(f":{k.bidang.id}")) or sorted(ada)
            yield Pelanggaran(
                f"/indikator/{n}/tindak_lanjut/penanggung_jawab", rencana.penanggung_jawab,
                "jabatan ini tidak ada dalam jabatan.yaml", f"tulis misalnya {_atau(dekat)}",
            )  # fmt: skip


def tenggat_sesudah_periode(k: Konteks) -> Iterator[Pelanggaran]:
    """Tenggat tindak lanjut jatuh sesudah akhir periode."""
    for n, _, rencana in _tindak_lanjut(k):
        if rencana.tenggat <= k.periode.akhir:
            yield Pelanggaran(
                f"/indikator/{n}/tindak_lanjut/tenggat", rencana.tenggat.isoformat(),
                f"tidak sesudah akhir periode ({k.periode.akhir.isoformat()})",
                "tulis tanggal yang akan datang; yang sudah selesai ceritakan di `penjelasan`",
            )  # fmt: skip


# helpers


def _berpenjelasan(k: Konteks) -> Iterator[tuple[int, BarisIndikator]]:
    """Filled lines with an explanation; of the others ``penjelasan-wajib`` asks for everything."""
    ragu = keraguan(k)
    for n, baris, indikator in k.pasangan:
        if n in k.capaian and n not in ragu and terisi(baris.penjelasan) and sejenis(baris, indikator):
            yield n, baris


def _sudah_disebut(k: Konteks, n: int, baris: BarisIndikator) -> bool:
    """True where no factor is asked for, or the one that is stands there."""
    if rendah(k, n):
        return terisi(baris.faktor_penghambat)
    return not tinggi(k, n) or terisi(baris.faktor_pendorong)


def _tindak_lanjut(k: Konteks) -> Iterator[tuple[int, BarisIndikator, TindakLanjut]]:
    for n, baris in enumerate(k.kertas_kerja.indikator):
        if baris.tindak_lanjut is not None:
            yield n, baris, baris.tindak_lanjut


def _lengkap(rencana: TindakLanjut | None) -> bool:
    return rencana is not None and terisi(rencana.uraian)


def _mungkin(k: Konteks, baris: BarisIndikator) -> str:
    """``mungkin maksudnya `75` …``: the figure that a slip of the keyboard would explain."""
    usul = usul_geseran(k, baris, k.acuan.kamus[baris.id])
    return "" if usul is None else f"mungkin maksudnya `{usul:f}` (letak titik atau banyaknya nol); "


def _singkat(nilai: Decimal, desimal: int) -> str:
    """At most so many decimals, and none that is zero: ``3,5``, ``600``."""
    teks = format_angka(nilai, desimal)
    return teks.rstrip("0").rstrip(",")


def _dan(bagian: list[str]) -> str:
    koma = "," if bagian[2:] else ""
    return bagian[0] if len(bagian) == 1 else f"{', '.join(bagian[:-1])}{koma} dan {bagian[-1]}"


def _atau(pilihan: list[str]) -> str:
    return " atau ".join(f"`{p}`" for p in pilihan[:2])
