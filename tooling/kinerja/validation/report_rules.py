"""Rules of laporan and kirim: what is frozen is what the inputs give, and nothing is left out.

Each rule is a generator whose docstring is the rule. Signed worksheets never change, so a
difference from them is always a fault. Plan, DPA, policy and agency live on after a laporan
was signed: once it was sent, a difference from them is only noted.
"""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.calculation.recount import selisih
from kinerja.calculation.report import VERSI_DIKENAL
from kinerja.domain.findings import Tingkat
from kinerja.domain.periode import Periode
from kinerja.validation.context import Pelanggaran, teks_nilai
from kinerja.validation.places import jenis_jalur, letak_lembar
from kinerja.validation.repository_context import (
    ORGANISASI,
    BahanLaporan,
    DiBerkas,
    KonteksRepositori,
    jalur_periode,
)

_SUSUN = "susun lagi laporannya dengan `kinerja susun`"


def laporan_sama_hitungan(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Capaian, rekapitulasi, skala, dan status laporan sama dengan hitungan ulang dari masukannya."""
    for periode, b in k.laporan.items():
        berkas, tingkat = jalur_periode(periode, "laporan"), _tingkat_angka(k, periode, b)
        if b.laporan.versi_aturan not in VERSI_DIKENAL:
            yield berkas, Pelanggaran(
                "/versi_aturan", b.laporan.versi_aturan,
                "perangkat lunak ini tidak mengenal versi aturan itu, jadi angkanya tidak dihitung ulang di "
                "sini",
                "periksa dengan kinerja yang lebih baru, atau periksa arsipnya dengan `kinerja verify`",
                Tingkat.CATATAN,
            )  # fmt: skip
            continue
        angka = () if any(_bidang_asing(k, m.jalur) for m in b.laporan.masukan) else _angka(b)
        beda = (*_tetapan(k, b), *angka)
        if tingkat is not None and beda:  # one cause, an input that lived on: told once
            penunjuk, ada, harap, sebutan = beda[0]
            lain = f", dan {len(beda) - 1} angka lain ikut berbeda" if beda[1:] else ""
            yield berkas, Pelanggaran(
                penunjuk, teks_nilai(ada),
                f"{sebutan} menurut masukannya `{teks_nilai(harap)}`{lain}",
                f"bila perubahan masukannya sah dan laporan belum ditandatangani, {_SUSUN}", tingkat,
            )  # fmt: skip
            continue
        for penunjuk, ada, harap, sebutan in beda:
            yield berkas, Pelanggaran(
                penunjuk, teks_nilai(ada), f"{sebutan} menurut masukannya `{teks_nilai(harap)}`",
                f"jangan mengetik angka laporan; {_SUSUN}", tingkat,
            )  # fmt: skip


def masukan_sesuai(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Sidik setiap masukan laporan sama dengan berkasnya, dan tidak ada masukan yang tertinggal."""
    for periode, b in k.laporan.items():
        berkas = jalur_periode(periode, "laporan")
        for n, m in enumerate(b.laporan.masukan):
            ada = b.sidik.get(m.jalur)
            if ada is None:
                yield berkas, Pelanggaran(f"/masukan/{n}/jalur", m.jalur, *_tiada(m.jalur, periode))
            elif (bidang := _bidang_asing(k, m.jalur)) and _belum_lama(k, periode, b):
                yield berkas, Pelanggaran(
                    f"/masukan/{n}/jalur", m.jalur, f"`{bidang}` bukan bidang dalam organisasi.yaml",
                    f"kembalikan bidangnya ke organisasi.yaml, atau {_SUSUN}",
                )  # fmt: skip
            elif ada != m.sha256 and (b.diusulkan or not _hidup(m.jalur)):
                yield berkas, Pelanggaran(
                    f"/masukan/{n}/jalur", m.jalur, "berkas ini berubah sesudah laporan disusun",
                    _SUSUN if _hidup(m.jalur) else "kertas kerja bertanda tangan tidak boleh berubah; "
                    f"kembalikan isinya, atau {_SUSUN}",
                )  # fmt: skip
        bergeser = [] if b.diusulkan else _bergeser(b)
        if bergeser:
            yield berkas, Pelanggaran(
                "/masukan", ", ".join(bergeser), "masukan ini berubah sesudah laporan disusun",
                f"bila laporan belum ditandatangani, {_SUSUN}; bila sudah, isi lamanya ada dalam arsipnya",
                _tingkat_bergeser(k, periode, b),
            )  # fmt: skip
        tersebut = {m.jalur for m in b.laporan.masukan}
        tersebut |= {f"{periode.folder}/kertas-kerja/{t.bidang}.yaml" for t in b.laporan.tanpa}
        for jalur in [j for j in b.sidik if j not in tersebut]:
            yield berkas, Pelanggaran(
                "/masukan", jalur, "berkas ini ada tetapi tidak masuk laporan",
                f"{_SUSUN}; bila laporan sudah dikirim, buat ralat", _tingkat_susulan(k, periode, b),
            )  # fmt: skip


def laporan_tanpa_bidang(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Yang disebut `tanpa` adalah tepat bidang yang tidak mempunyai kertas kerja periode itu."""
    for periode, b in k.laporan.items():
        berkas = jalur_periode(periode, "laporan")
        tanpa = [t.bidang for t in b.laporan.tanpa]
        for n, bidang in enumerate(tanpa):
            if bidang in b.lembar:
                yield berkas, Pelanggaran(
                    f"/tanpa/{n}/bidang", bidang, "bidang ini mempunyai kertas kerja periode ini",
                    f"{_SUSUN} tanpa `--tanpa {bidang}`; bila sudah dikirim, buat ralat",
                    _tingkat_susulan(k, periode, b),
                )  # fmt: skip
        semua = [x.id for x in k.organisasi.bidang] if k.organisasi else []
        for bidang in [x for x in semua if x not in b.lembar and x not in tanpa]:
            if periode in k.kirim and not b.diusulkan and ORGANISASI in _bergeser(b):
                continue  # it may have come later; that organisasi.yaml changed, masukan-sesuai notes
            yield berkas, Pelanggaran(
                "/tanpa", bidang, "bidang ini tanpa kertas kerja, tetapi laporan tidak mengatakannya",
                "tunggu kertas kerjanya, atau susun dengan `--tanpa` beserta alasannya",
                _tingkat_bergeser(k, periode, b) if ORGANISASI in _bergeser(b) else None,
            )  # fmt: skip


def kirim_sesuai_laporan(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Pengiriman menyebut versi laporan yang ada."""
    for periode, kirim in k.kirim.items():
        bahan, berkas = k.laporan.get(periode), jalur_periode(periode, "kirim")
        if bahan is not None and bahan.laporan.versi != kirim.versi:
            ada = bahan.laporan.versi
            yield berkas, Pelanggaran(
                "/versi", str(kirim.versi), f"laporan {periode.judul} di sini versi {ada}",
                f"kirim versi itu (`kinerja kirim {periode.id}`), atau tulis `{ada}` bila itu yang dikirim",
            )  # fmt: skip


# helpers

Beda = tuple[str, object, object, str]
"""Pointer, value as written, as counted, and what it is."""


def _tetapan(k: KonteksRepositori, b: BahanLaporan) -> Iterator[Beda]:
    if k.kebijakan and b.laporan.skala != k.kebijakan.perhitungan.skala:
        yield "/skala", b.laporan.skala, k.kebijakan.perhitungan.skala, "skala"
    if k.organisasi and b.laporan.status is not k.organisasi.status:
        yield "/status", b.laporan.status, k.organisasi.status, "status"


def _angka(b: BahanLaporan) -> Iterator[Beda]:
    """Nothing where a worksheet is not the one that was counted, which ``masukan_sesuai`` tells."""
    lembar = (m for m in b.laporan.masukan if not _hidup(m.jalur))
    angka = b.angka() if all(b.sidik.get(m.jalur) == m.sha256 for m in lembar) else None
    for s in selisih(b.laporan, angka) if angka else ():
        yield s.penunjuk, s.tertulis, s.hitungan, s.sebutan


def _tiada(jalur: str, periode: Periode) -> tuple[str, str]:
    """What is wrong with an input that does not count, and what to do."""
    tempat = letak_lembar(jalur)
    if tempat is not None and tempat[0] not in (*periode.sampai_dengan(), periode):
        return (
            f"kertas kerja {tempat[0].judul} bukan masukan laporan {periode.judul}, yang hanya menghitung "
            f"kertas kerja tahun {periode.tahun} sampai periodenya sendiri",
            f"hapus dari `masukan`; sebaiknya {_SUSUN}",
        )  # fmt: skip
    return "berkas ini tidak ada, atau bukan masukan laporan ini", f"kembalikan berkasnya, atau {_SUSUN}"


def _bidang_asing(k: KonteksRepositori, jalur: str) -> str:
    """The bidang of a worksheet that organisasi.yaml does not list; "" for one that it does."""
    tempat = letak_lembar(jalur)
    asing = tempat is not None and k.organisasi is not None and not k.organisasi.cari_bidang(tempat[1])
    return tempat[1] if tempat is not None and asing else ""


def _belum_lama(k: KonteksRepositori, periode: Periode, b: BahanLaporan) -> bool:
    """True for a laporan that is proposed or was not sent: what it names may still be wrong itself."""
    return b.diusulkan if b.diusulkan is not None else periode not in k.kirim


def _hidup(jalur: str) -> bool:
    """True for what may change after the laporan; a signed worksheet may not."""
    return jenis_jalur(jalur) != "kertas-kerja"


def _bergeser(b: BahanLaporan) -> list[str]:
    """What lived on since the laporan was made: plan, DPA, policy, agency."""
    hidup = (m for m in b.laporan.masukan if _hidup(m.jalur))
    return [m.jalur for m in hidup if b.sidik.get(m.jalur, m.sha256) != m.sha256]


def _tingkat_bergeser(k: KonteksRepositori, periode: Periode, b: BahanLaporan) -> Tingkat | None:
    if b.diusulkan:
        return None
    return Tingkat.CATATAN if periode in k.kirim else Tingkat.PERINGATAN


def _tingkat_susulan(k: KonteksRepositori, periode: Periode, b: BahanLaporan) -> Tingkat | None:
    """What came after a laporan was sent waits for its ralat; until then it is a fault."""
    return Tingkat.PERINGATAN if periode in k.kirim and not b.diusulkan else None


def _tingkat_angka(k: KonteksRepositori, periode: Periode, b: BahanLaporan) -> Tingkat | None:
    """A difference that a later plan or policy may explain is no proof of a wrong figure."""
    return _tingkat_bergeser(k, periode, b) if _bergeser(b) else None
