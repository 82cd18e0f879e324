"""Rules of rencana and anggaran: what is named exists, what is promised can be measured.

Each rule is a generator whose docstring is the rule; it yields the file and the place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from kinerja.domain.organisasi import BELUM_DITETAPKAN
from kinerja.domain.perencanaan import (
    Akumulasi,
    Arah,
    Indikator,
    NilaiTarget,
    RentangNilai,
    TargetIndikator,
)
from kinerja.validation.clean_text import kotor
from kinerja.validation.codes import TANPA_KODE, kode_baku
from kinerja.validation.context import Pelanggaran, teks_nilai, terisi
from kinerja.validation.repository_context import (
    DiBerkas,
    KonteksRepositori,
    jalur_anggaran,
    jalur_rencana,
)
from kinerja.validation.schema_words import saran_angka
from kinerja.validation.units import terhitung

_ANGKA = "angka"
_BAGIAN = ("tw1", "tw2", "tw3", "tw4", "tahunan", "renstra_akhir")


def bidang_dikenal(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Bidang setiap indikator dan sub kegiatan ada dalam organisasi."""
    if k.organisasi is None:
        return
    dikenal = {b.id for b in k.organisasi.bidang}
    semua = [
        (jalur_rencana(t), f"/indikator/{n}/bidang", i.bidang)
        for t, r in k.rencana.items()
        for n, i in enumerate(r.indikator)
    ]
    semua += [
        (jalur_anggaran(t), f"/sub_kegiatan/{n}/bidang", s.bidang)
        for t, a in k.anggaran.items()
        for n, s in enumerate(a.sub_kegiatan)
    ]
    for berkas, penunjuk, bidang in semua:
        if bidang not in dikenal and bidang not in k.bidang_lepas:
            yield berkas, Pelanggaran(
                penunjuk, bidang, "bidang ini tidak ada dalam organisasi.yaml",
                f"pilih: {', '.join(sorted(dikenal))}",
            )  # fmt: skip


def rujukan_rencana(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Sasaran dan kode setiap indikator, dan indikator setiap target, ada."""
    for tahun, r in k.rencana.items():
        berkas, sasaran = jalur_rencana(tahun), {s.id for s in r.sasaran}
        kode = _semua_kode(k, tahun)
        for n, i in enumerate(r.indikator):
            if i.sasaran is not None and i.sasaran not in sasaran:
                yield berkas, Pelanggaran(
                    f"/indikator/{n}/sasaran", i.sasaran, "sasaran ini tidak ada di bawah `sasaran:`",
                    f"pilih: {', '.join(sorted(sasaran))}",
                )  # fmt: skip
            if i.kode is not None and kode and kode_baku(i.kode) not in kode:
                yield berkas, Pelanggaran(
                    f"/indikator/{n}/kode", i.kode, "kode ini tidak ada dalam anggaran.yaml",
                    "betulkan kodenya, atau tambahkan ke anggaran.yaml",
                )  # fmt: skip
        for n, v in enumerate(r.versi):
            for asing in [i for i in v.target if r.cari(i) is None]:
                yield berkas, Pelanggaran(
                    f"/versi/{n}/target/{asing}", asing, "target untuk indikator yang tidak ada",
                    "betulkan pengenalnya, atau tambahkan indikatornya",
                )  # fmt: skip


def kode_berinduk(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Setiap kegiatan berinduk program, setiap sub kegiatan berinduk kegiatan, setiap pagu ada."""
    for tahun, a in k.anggaran.items():
        berkas = jalur_anggaran(tahun)
        program, kegiatan = {p.kode for p in a.program}, {g.kode for g in a.kegiatan}
        sub = {s.kode for s in a.sub_kegiatan}
        baris = [("kegiatan", n, g.kode, 3, program) for n, g in enumerate(a.kegiatan)]
        baris += [("sub_kegiatan", n, s.kode, 5, kegiatan) for n, s in enumerate(a.sub_kegiatan)]
        for daftar, n, kode, panjang, induk in baris:
            asal = ".".join(kode.split(".")[:panjang])
            if not kode.startswith(TANPA_KODE) and asal not in induk:
                yield berkas, Pelanggaran(
                    f"/{daftar}/{n}/kode", kode, f"induknya `{asal}` tidak ada",
                    "tambahkan induknya, atau betulkan kodenya",
                )  # fmt: skip
        for n, v in enumerate(a.versi):
            for asing in [kode for kode in v.pagu if kode_baku(kode) not in sub | program | kegiatan]:
                yield berkas, Pelanggaran(
                    f"/versi/{n}/pagu/{asing}", asing, "pagu untuk sub kegiatan yang tidak ada",
                    "betulkan kodenya, atau tambahkan sub kegiatannya",
                )  # fmt: skip


def versi_urut(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Rencana dan anggaran mempunyai versi, tanggal berlakunya menaik."""
    semua = [(jalur_rencana(t), [v.berlaku for v in r.versi]) for t, r in k.rencana.items()]
    semua += [(jalur_anggaran(t), [v.berlaku for v in a.versi]) for t, a in k.anggaran.items()]
    for berkas, berlaku in semua:
        if not berlaku:
            yield berkas, Pelanggaran(
                "/versi", "[]", "belum ada satu versi pun", "tulis versi murni dengan dasarnya"
            )
        yield from _menaik(berkas, berlaku)


def versi_berdasar(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Setiap versi rencana dan anggaran menyebut nomor dokumen yang menjadi dasarnya."""
    semua = [(jalur_rencana(t), [(v.id, v.dasar.nomor) for v in r.versi]) for t, r in k.rencana.items()]
    semua += [(jalur_anggaran(t), [(v.id, v.dasar.nomor) for v in a.versi]) for t, a in k.anggaran.items()]
    for berkas, versi in semua:
        for n, (id_versi, nomor) in enumerate(versi):
            if not terisi(nomor):
                yield berkas, Pelanggaran(
                    f"/versi/{n}/dasar/nomor", nomor, f"versi `{id_versi}` tidak menyebut dasarnya",
                    "tulis nomor Perjanjian Kinerja, DPA, atau DPPA-nya",
                )  # fmt: skip


def target_sejenis(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Target sejenis dengan arah indikatornya: angka, rentang, predikat, atau kata."""
    for tahun, r in k.rencana.items():
        for n, v in enumerate(r.versi):
            for i in r.indikator:
                for bagian, nilai in _target(v.target.get(i.id)):
                    harap = harap_target(i, nilai)
                    if harap:
                        yield jalur_rencana(tahun), Pelanggaran(
                            f"/versi/{n}/target/{i.id}/{bagian}", teks_nilai(nilai),
                            f"target tidak sejenis dengan arah `{i.arah}`", _saran(i, nilai, harap),
                        )  # fmt: skip


def rumus_ditetapkan(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Arah, akumulasi, rumus turun, dan skala predikat setiap indikator sudah ditetapkan."""
    for tahun, r in k.rencana.items():
        for n, i in enumerate(r.indikator):
            for isian, kurang, tindakan in (
                ("arah", i.arah is Arah.BELUM_DITETAPKAN, "pilih naik, turun, rentang, predikat, "
                 "atau ada-tidak"),
                ("akumulasi", i.akumulasi is Akumulasi.BELUM_DITETAPKAN,
                 "pilih jumlah, nilai-akhir, rata-rata, atau tahunan"),
                ("rumus", i.arah is Arah.TURUN and i.rumus is None, "pilih selisih atau rasio"),
                ("predikat", i.arah is Arah.PREDIKAT and not i.predikat,
                 "tulis kode dan skor setiap predikat"),
            ):  # fmt: skip
                if kurang:
                    yield jalur_rencana(tahun), Pelanggaran(
                        f"/indikator/{n}/{isian}", "", f"{isian} {i.id} belum ditetapkan, jadi "
                        "capaiannya tidak dapat dihitung", tindakan,
                    )  # fmt: skip


def sumber_ditetapkan(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Definisi setiap indikator mempunyai sumber hukum atau dokumen rencana."""
    for tahun, r in k.rencana.items():
        tanpa = [(n, i) for n, i in enumerate(r.indikator) if i.sumber.casefold() == BELUM_DITETAPKAN]
        if tanpa:
            n, pertama = tanpa[0]
            yield jalur_rencana(tahun), Pelanggaran(
                f"/indikator/{n}/sumber", pertama.sumber,
                f"{len(tanpa)} dari {len(r.indikator)} indikator belum bersumber, mulai {pertama.id}",
                "sebut peraturan atau dokumen rencananya",
            )  # fmt: skip


def harap_target(i: Indikator, nilai: NilaiTarget) -> str:
    """What the target should be instead; "" when it is right."""
    if nilai is None:
        return ""
    match i.arah:
        case Arah.NAIK | Arah.TURUN:
            return "" if isinstance(nilai, Decimal) else _ANGKA
        case Arah.RENTANG:
            urut = isinstance(nilai, RentangNilai) and nilai.bawah <= nilai.atas
            return "" if urut else "`bawah:` dan `atas:`, bawah tidak lebih besar"
        case Arah.PREDIKAT:
            kode = [p.kode for p in i.predikat]
            return "" if nilai in kode or not kode else f"salah satu dari: {', '.join(kode)}"
        case Arah.ADA_TIDAK:
            return "" if isinstance(nilai, str) else "kata, misalnya Ada"
    return ""


# helpers


def _semua_kode(k: KonteksRepositori, tahun: int) -> set[str]:
    a = k.anggaran.get(tahun)
    if a is None:
        return set()
    return {x.kode for daftar in (a.program, a.kegiatan, a.sub_kegiatan) for x in daftar}


def _menaik(berkas: str, berlaku: Sequence[date]) -> Iterator[DiBerkas]:
    for n in range(1, len(berlaku)):
        if berlaku[n] <= berlaku[n - 1]:
            yield berkas, Pelanggaran(
                f"/versi/{n}/berlaku", berlaku[n].isoformat(),
                "versi ini tidak berlaku sesudah versi di atasnya",
                "urutkan menurut tanggal berlaku; dua versi tidak berlaku pada hari yang sama",
            )  # fmt: skip


def _target(target: TargetIndikator | None) -> Iterator[tuple[str, NilaiTarget]]:
    for bagian in _BAGIAN if target else ():
        yield bagian, getattr(target, bagian)


def _saran(i: Indikator, nilai: NilaiTarget, harap: str) -> str:
    if harap == _ANGKA and isinstance(nilai, str) and not kotor(nilai):
        return saran_angka(nilai, desimal=not terhitung(i.satuan))
    return f"tulis {harap}"
