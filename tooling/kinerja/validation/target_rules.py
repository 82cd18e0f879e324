"""Rules of the plan's targets: they add up, lead to the Renstra, and somebody answers for them.

Each rule is a generator whose docstring is the rule. That a target is of the right kind is
told by ``plan_rules``; what is silent there is counted here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from kinerja.calculation.numbers import KONTEKS, bulat, format_angka
from kinerja.calculation.recap import jumlah_utuh
from kinerja.domain.findings import Tingkat
from kinerja.domain.organisasi import BELUM_DITETAPKAN, Bidang
from kinerja.domain.perencanaan import Akumulasi, Arah, Indikator, NilaiTarget, Rencana, TargetIndikator
from kinerja.domain.periode import TRIWULAN
from kinerja.validation.context import Pelanggaran, teks_nilai, terisi
from kinerja.validation.doubts import mirip_ribuan
from kinerja.validation.repository_context import DiBerkas, KonteksRepositori, jalur_rencana
from kinerja.validation.units import persen

_SATU, _SERATUS = Decimal(1), Decimal(100)
_BAGIAN = (*TRIWULAN, "tahunan", "renstra_akhir")
_PIMPINAN = frozenset({"kepala-dinas", "sekretaris"})
"""Offices that answer for the whole agency."""


def target_triwulan(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Target triwulan menjadi target tahunan menurut akumulasinya."""
    for tahun, r in k.rencana.items():
        for tempat, i, t in _target_jelas(r):
            for isian, nilai, pesan, tindakan in _menjadi_tahun(i, t):
                yield jalur_rencana(tahun), Pelanggaran(
                    f"{tempat}/{isian}", teks_nilai(nilai), pesan, tindakan
                )


def target_renstra(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Target akhir Renstra tidak tertinggal dari target tahunan, menurut arah indikatornya."""
    for tahun, r in k.rencana.items():
        for tempat, i, t in _target_jelas(r):
            if _tertinggal(i, t):
                yield jalur_rencana(tahun), Pelanggaran(
                    f"{tempat}/renstra_akhir", teks_nilai(t.renstra_akhir),
                    f"target tahun ini ({teks_nilai(t.tahunan)}) sudah melampaui akhir Renstra, padahal "
                    f"arahnya {i.arah}",
                    "cocokkan keduanya dengan Renstra; mungkin tertukar atau salah ketik",
                )  # fmt: skip


def penanggung_jawab_bidang(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Penanggung jawab indikator berada di bidangnya, atau Kepala Dinas, atau Sekretaris."""
    if k.organisasi is None:
        return
    bidang = {b.id: b for b in k.organisasi.bidang}
    for tahun, r in k.rencana.items():
        for n, i in enumerate(r.indikator):
            b, dikenal = bidang.get(i.bidang), _dikenal(k, i.penanggung_jawab)
            if b is not None and dikenal and i.penanggung_jawab not in _jabatan(b):
                yield jalur_rencana(tahun), Pelanggaran(
                    f"/indikator/{n}/penanggung_jawab", i.penanggung_jawab,
                    f"jabatan ini bukan di {b.nama}, bidang indikator {i.id}",
                    f"tulis `{b.pemeriksa}`, atau betulkan bidang indikatornya",
                )  # fmt: skip


def sasaran_berindikator(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Setiap sasaran diukur paling sedikit satu indikator."""
    for tahun, r in k.rencana.items():
        diukur = {i.sasaran for i in r.indikator}
        salah_sebut = diukur - {s.id for s in r.sasaran} - {None}  # told by rujukan_rencana
        for n, s in enumerate(r.sasaran if not salah_sebut else ()):
            if s.id not in diukur:
                yield jalur_rencana(tahun), Pelanggaran(
                    f"/sasaran/{n}/id", s.id, "belum ada indikator yang mengukur sasaran ini",
                    f"tambahkan indikatornya, atau tulis `sasaran: {s.id}` pada indikator yang mengukurnya",
                )  # fmt: skip


def persen_target(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Target bersatuan persen ditulis 0 sampai 100, kecuali indikatornya memang boleh lebih."""
    for tahun, r in k.rencana.items():
        for tempat, i, t in _semua_target(r):
            if not persen(i.satuan) or i.boleh_lebih:
                continue
            teratas = {isian: v for isian in _BAGIAN if (v := _teratas(getattr(t, isian))) is not None}
            yield from _pecahan(jalur_rencana(tahun), tempat, i, teratas)
            for isian, atas in teratas.items():
                nilai = getattr(t, isian)
                if atas > _SERATUS:
                    yield jalur_rencana(tahun), Pelanggaran(
                        f"{tempat}/{isian}", teks_nilai(nilai), f"target {i.id} lebih dari 100 persen",
                        "betulkan angkanya; bila memang dapat lebih (rasio, pertumbuhan), tulis "
                        "`boleh_lebih: true` pada indikatornya",
                    )  # fmt: skip


def pembanding_bersumber(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Setiap angka pembanding bersumber, dan tahunnya tidak sesudah tahun rencana."""
    for tahun, r in k.rencana.items():
        for n, i in enumerate(r.indikator):
            for m, p in enumerate(i.pembanding):
                tempat = f"/indikator/{n}/pembanding/{m}"
                if not terisi(p.sumber) or p.sumber.strip().casefold() == BELUM_DITETAPKAN:
                    yield jalur_rencana(tahun), Pelanggaran(
                        f"{tempat}/sumber", p.sumber, f"angka {p.nama} tidak bersumber",
                        "sebut dokumen atau terbitannya; tanpa sumber, hapus pembandingnya",
                    )  # fmt: skip
                if p.tahun > tahun:
                    yield jalur_rencana(tahun), Pelanggaran(
                        f"{tempat}/tahun", str(p.tahun),
                        f"angka {p.nama} dari tahun sesudah rencana {tahun}",
                        "tulis tahun data itu, bukan tahun sasarannya",
                    )  # fmt: skip


# helpers

Salah = tuple[str, NilaiTarget, str, str]
"""Field, its value, what is wrong, what to do."""


def _semua_target(r: Rencana) -> Iterator[tuple[str, Indikator, TargetIndikator]]:
    """Pointer, indikator and targets, of every version that sets them."""
    kamus = {i.id: i for i in reversed(r.indikator)}
    for n, v in enumerate(r.versi):
        for id_indikator, t in v.target.items():
            if id_indikator in kamus:
                yield f"/versi/{n}/target/{id_indikator}", kamus[id_indikator], t


def _target_jelas(r: Rencana) -> Iterator[tuple[str, Indikator, TargetIndikator]]:
    """Without those that mix ``1.000`` with 1000, of which ``angka-rencana-jelas`` asks first."""
    for tempat, i, t in _semua_target(r):
        ribuan = {mirip_ribuan(v) for b in _BAGIAN if (v := _teratas(getattr(t, b)))}
        if persen(i.satuan) or ribuan != {True, False}:
            yield tempat, i, t


def _teratas(nilai: NilaiTarget) -> Decimal | None:
    """A target that is a number; of a stretch its upper end."""
    atas = getattr(nilai, "atas", nilai)
    return atas if isinstance(atas, Decimal) else None


def _pecahan(
    berkas: str, tempat: str, i: Indikator, teratas: Mapping[str, Decimal]
) -> Iterator[DiBerkas]:
    """Every target of a percentage at most 1: a spreadsheet shows 0,80 as 80 %."""
    positif = [(isian, v) for isian, v in teratas.items() if v > 0]
    if positif and max(v for _, v in positif) <= _SATU:
        isian, v = positif[0]
        usul = bulat(KONTEKS.multiply(v, _SERATUS)).normalize(KONTEKS)
        yield berkas, Pelanggaran(
            f"{tempat}/{isian}", teks_nilai(v), f"setiap target {i.id} paling banyak 1 persen",
            f"mungkin maksudnya `{usul:f}`; persen ditulis 0 sampai 100; bila memang sekecil itu, biarkan",
            Tingkat.PERINGATAN,
        )  # fmt: skip


def _menjadi_tahun(i: Indikator, t: TargetIndikator) -> Iterator[Salah]:
    terisi = [(tw, v) for tw in TRIWULAN if (v := t.nilai(tw)) is not None]
    if not terisi or i.akumulasi is Akumulasi.BELUM_DITETAPKAN:
        return
    if i.akumulasi is Akumulasi.TAHUNAN:
        tw, nilai = terisi[0]
        yield (
            tw, nilai, f"{i.id} diukur setahun sekali, jadi tidak bertarget triwulan",
            "tulis `null` di setiap triwulan, atau ganti `akumulasi`",
        )  # fmt: skip
    elif t.tahunan is None:
        yield (
            "tahunan", None, f"target tahunan {i.id} kosong, padahal target triwulannya ada",
            "tulis target setahun menurut Perjanjian Kinerja",
        )  # fmt: skip
    elif i.akumulasi is Akumulasi.NILAI_AKHIR:
        if t.tw4 != t.tahunan:
            yield (
                "tw4", t.tw4, f"{i.id} dinilai pada akhir tahun, tetapi target TW IV bukan target "
                f"tahunan ({teks_nilai(t.tahunan)})",
                f"tulis `{teks_nilai(t.tahunan)}`, atau betulkan target tahunannya",
            )  # fmt: skip
    else:
        yield from _gabungan(i, t.tahunan, [v for _, v in terisi])


def _gabungan(i: Indikator, tahunan: NilaiTarget, nilai: Sequence[NilaiTarget]) -> Iterator[Salah]:
    """The sum or the mean; texts and ranges are not counted."""
    angka = [v for v in nilai if isinstance(v, Decimal)]
    if len(angka) != len(nilai) or not isinstance(tahunan, Decimal):
        return
    total, harap, sebutan = jumlah_utuh(angka) or Decimal(0), tahunan, "jumlah"
    if i.akumulasi is Akumulasi.RATA_RATA:
        total = bulat(KONTEKS.divide(total, Decimal(len(angka))))
        harap, sebutan = bulat(tahunan), "rata-rata"
    if total != harap:
        yield (
            "tahunan", tahunan, f"target tahunan {i.id} bukan {sebutan} {len(angka)} target triwulannya "
            f"({format_angka(total)})",
            f"tulis `{total:f}`, atau lengkapi dan betulkan target triwulannya",
        )  # fmt: skip


def _tertinggal(i: Indikator, t: TargetIndikator) -> bool:
    akhir, tahunan = _skor(i, t.renstra_akhir), _skor(i, t.tahunan)
    if akhir is None or tahunan is None:
        return False
    if i.arah is Arah.TURUN:
        return akhir > tahunan
    return i.arah in (Arah.NAIK, Arah.PREDIKAT) and akhir < tahunan


def _skor(i: Indikator, nilai: NilaiTarget) -> Decimal | None:
    if i.arah is Arah.PREDIKAT:
        return next((p.skor for p in i.predikat if p.kode == nilai), None)
    return nilai if isinstance(nilai, Decimal) else None


def _dikenal(k: KonteksRepositori, jabatan: str) -> bool:
    """False for an office that does not exist, which ``jabatan_dikenal`` tells."""
    return k.jabatan is None or any(j.id == jabatan for j in k.jabatan.jabatan)


def _jabatan(b: Bidang) -> frozenset[str]:
    """The offices that may answer for an indikator of a bidang.

    The Kasubag Penyusun Program sits in the unit that the Sekretaris heads.
    """
    milik = {b.pengisi, b.pemeriksa, f"kabid:{b.id}", f"kasie:{b.id}"}
    return _PIMPINAN | milik | ({"kasubag-program"} if b.pemeriksa == "sekretaris" else set())
