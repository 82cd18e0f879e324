"""Rules between organisasi, jabatan, identitas, kebijakan, sop and kalender.

Each rule is a generator whose docstring is the rule; it yields the file and the place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from kinerja.validation.context import Pelanggaran
from kinerja.validation.repository_context import (
    IDENTITAS,
    JABATAN,
    KALENDER,
    KEBIJAKAN,
    ORGANISASI,
    SOP,
    DiBerkas,
    KonteksRepositori,
    jalur_anggaran,
    jalur_rencana,
    jalur_spj,
)

Pasangan = tuple[str, str, str]
"""A file, a pointer in it, and the text that stands there."""


def id_unik(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Pengenal tidak dipakai dua kali di daftar yang sama."""
    for berkas, daftar, isian, semua in _daftar_pengenal(k):
        ganda = {i for i, n in Counter(semua).items() if n > 1}
        for n, pengenal in enumerate(semua):
            if pengenal in ganda and semua.index(pengenal) != n:
                yield berkas, Pelanggaran(
                    f"/{daftar}/{n}/{isian}", pengenal, "pengenal ini sudah dipakai di atas",
                    "beri pengenal lain, atau hapus salah satunya",
                )  # fmt: skip


def bidang_tetap(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Bidang yang sudah mempunyai kertas kerja bertanda tangan tetap tercantum dalam organisasi.yaml."""
    for bidang in sorted(k.bidang_lepas):
        yield ORGANISASI, Pelanggaran(
            "/bidang", bidang, "bidang ini sudah mempunyai kertas kerja bertanda tangan, tetapi tidak lagi "
            "tercantum",
            f"kembalikan bidang ber-`id: {bidang}`, karena `id` bidang tetap; bila hanya namanya berganti, "
            "ubah `nama`; bila diganti bidang lain, tambahkan bidang baru itu di bawahnya",
        )  # fmt: skip


def jabatan_dikenal(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Setiap jabatan yang disebut ada dalam daftar jabatan."""
    if k.jabatan is None:
        return
    dikenal = {j.id for j in k.jabatan.jabatan}
    for berkas, penunjuk, jabatan in _sebutan_jabatan(k):
        if "{" not in jabatan and jabatan not in dikenal:
            yield berkas, Pelanggaran(
                penunjuk, jabatan, "jabatan ini tidak ada dalam jabatan.yaml",
                "betulkan pengenalnya, atau tambahkan jabatannya",
            )  # fmt: skip


def orang_dikenal(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Setiap pemangku jabatan ada dalam daftar identitas."""
    if k.jabatan is None or k.identitas is None:
        return
    for n, p in enumerate(k.jabatan.pemangku):
        if k.identitas.cari(p.orang) is None:
            yield JABATAN, Pelanggaran(
                f"/pemangku/{n}/orang", p.orang, "orang ini tidak ada dalam identitas.yaml",
                "betulkan pengenalnya, atau tambahkan orangnya",
            )  # fmt: skip


def penjabat_berdasar(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Plt. dan Plh. mempunyai nomor surat penunjukan."""
    for n, p in enumerate(k.jabatan.pemangku if k.jabatan else ()):
        if not p.berdasar:
            yield JABATAN, Pelanggaran(
                f"/pemangku/{n}/dasar", "null", f"{p.sebutan.awalan}{p.jabatan} tanpa dasar",
                "tulis nomor dan tanggal surat penunjukannya",
            )  # fmt: skip


def masa_urut(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Tanggal selesai sesudah tanggal mulai."""
    for berkas, penunjuk, mulai, selesai in _masa(k):
        if selesai is not None and selesai <= mulai:
            yield berkas, Pelanggaran(
                f"{penunjuk}/selesai", selesai.isoformat(),
                f"selesai tidak sesudah mulai ({mulai.isoformat()})",
                "betulkan tanggalnya; hari `selesai` tidak termasuk",
            )  # fmt: skip


def kunci_seorang(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Satu kunci dan satu akun hanya milik satu orang."""
    pemilik: dict[str, str] = {}
    for penunjuk, tanda, teks, orang in _tanda_pengenal(k):
        lain = pemilik.setdefault(tanda, orang)
        if lain != orang:
            yield IDENTITAS, Pelanggaran(
                penunjuk, teks, f"sudah terdaftar atas nama {lain}",
                "setiap orang memakai kunci dan akunnya sendiri; hapus yang keliru",
            )  # fmt: skip


def skala_urut(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Kelas skala menurun tanpa celah, hanya yang terakhir tanpa batas bawah."""
    for n, s in enumerate(k.kebijakan.skala if k.kebijakan else ()):
        batas = [kelas.batas_bawah for kelas in s.kelas]
        for i, b in enumerate(batas):
            terakhir = i == len(batas) - 1
            atas = batas[i - 1] if i else None
            if (b is None) != terakhir or (b is not None and atas is not None and b >= atas):
                yield KEBIJAKAN, Pelanggaran(
                    f"/skala/{n}/kelas/{i}/batas_bawah", "null" if b is None else f"{b:f}",
                    "urutan batas kelas tidak menurun" if b is not None else "kelas tanpa batas bawah",
                    "urutkan dari kelas tertinggi; hanya kelas terakhir yang null",
                )  # fmt: skip


def perhitungan_dikenal(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Skala yang dipakai ada, dan batas penjelasan tidak bersilangan."""
    if k.kebijakan is None:
        return
    p = k.kebijakan.perhitungan
    if p.skala not in {s.id for s in k.kebijakan.skala}:
        yield KEBIJAKAN, Pelanggaran(
            "/perhitungan/skala", p.skala, "skala ini tidak ada di bawah `skala:`",
            f"pilih: {', '.join(s.id for s in k.kebijakan.skala)}",
        )  # fmt: skip
    if p.batas_penjelasan_bawah > p.batas_penjelasan_atas:
        yield KEBIJAKAN, Pelanggaran(
            "/perhitungan/batas_penjelasan_bawah", f"{p.batas_penjelasan_bawah:f}",
            "batas bawah lebih besar daripada batas atas", "tukar keduanya",
        )  # fmt: skip


def kalender_sah(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Setiap libur berdasar keputusan yang tercatat, dan jam kerja berurutan."""
    if k.kalender is None:
        return
    dasar = {d.id for d in k.kalender.dasar}
    for n, libur in enumerate(k.kalender.libur):
        if libur.dasar not in dasar:
            yield KALENDER, Pelanggaran(
                f"/libur/{n}/dasar", libur.dasar, "keputusan ini tidak ada di bawah `dasar:`",
                "betulkan pengenalnya, atau catat keputusannya",
            )  # fmt: skip
    for n, jam in enumerate(k.kalender.jam_kerja):
        for hari in ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"):
            batas = ""
            for i, r in enumerate(getattr(jam, hari)):
                if not batas <= r.mulai < r.selesai:
                    yield KALENDER, Pelanggaran(
                        f"/jam_kerja/{n}/{hari}/{i}/mulai", r.mulai,
                        "jam kerja tidak berurutan atau bertindihan",
                        "tulis dari pagi ke sore, mulai sebelum selesai",
                    )  # fmt: skip
                batas = r.selesai


def langkah_sop(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Langkah SOP bernomor urut, dan pelaksana serta tujuannya ada."""
    if k.sop is None:
        return
    pelaksana, jumlah = {p.id for p in k.sop.pelaksana}, len(k.sop.langkah)
    for n, s in enumerate(k.sop.langkah):
        if s.nomor != n + 1:
            yield SOP, Pelanggaran(
                f"/langkah/{n}/nomor", str(s.nomor), "nomor langkah tidak berurutan",
                f"tulis `{n + 1}`",
            )  # fmt: skip
        if s.pelaksana not in pelaksana:
            yield SOP, Pelanggaran(
                f"/langkah/{n}/pelaksana", s.pelaksana, "pelaksana ini tidak dikenal",
                f"pilih: {', '.join(p.id for p in k.sop.pelaksana)}",
            )  # fmt: skip
        tujuan_keputusan = (s.keputusan.ya, s.keputusan.tidak) if s.keputusan else ()
        for isian, tujuan in zip(("ya", "tidak"), tujuan_keputusan, strict=False):
            if not 1 <= tujuan <= jumlah:
                yield SOP, Pelanggaran(
                    f"/langkah/{n}/keputusan/{isian}", str(tujuan), "langkah tujuan ini tidak ada",
                    f"tulis nomor 1 sampai {jumlah}",
                )  # fmt: skip


# helpers


def _daftar_pengenal(k: KonteksRepositori) -> Iterator[tuple[str, str, str, list[str]]]:
    if k.organisasi:
        yield ORGANISASI, "bidang", "id", [b.id for b in k.organisasi.bidang]
    if k.jabatan:
        yield JABATAN, "jabatan", "id", [j.id for j in k.jabatan.jabatan]
    if k.identitas:
        yield IDENTITAS, "orang", "id", [o.id for o in k.identitas.orang]
    if k.kebijakan:
        yield KEBIJAKAN, "skala", "id", [s.id for s in k.kebijakan.skala]
    if k.kalender:
        yield KALENDER, "dasar", "id", [d.id for d in k.kalender.dasar]
        yield KALENDER, "libur", "tanggal", [h.tanggal.isoformat() for h in k.kalender.libur]
    for tahun, r in k.rencana.items():
        yield jalur_rencana(tahun), "sasaran", "id", [s.id for s in r.sasaran]
        yield jalur_rencana(tahun), "indikator", "id", [i.id for i in r.indikator]
        yield jalur_rencana(tahun), "versi", "id", [v.id for v in r.versi]
    for tahun, a in k.anggaran.items():
        yield jalur_anggaran(tahun), "program", "kode", [p.kode for p in a.program]
        yield jalur_anggaran(tahun), "kegiatan", "kode", [g.kode for g in a.kegiatan]
        yield jalur_anggaran(tahun), "sub_kegiatan", "kode", [s.kode for s in a.sub_kegiatan]
        yield jalur_anggaran(tahun), "versi", "id", [v.id for v in a.versi]
    for bulan in k.bulan_spj:
        yield jalur_spj(bulan.spj.tahun, bulan.spj.bulan), "baris", "kode", list(bulan.kode)


def _sebutan_jabatan(k: KonteksRepositori) -> Iterator[Pasangan]:
    for n, b in enumerate(k.organisasi.bidang if k.organisasi else ()):
        yield ORGANISASI, f"/bidang/{n}/pengisi", b.pengisi
        yield ORGANISASI, f"/bidang/{n}/pemeriksa", b.pemeriksa
    for n, p in enumerate(k.jabatan.pemangku if k.jabatan else ()):
        yield JABATAN, f"/pemangku/{n}/jabatan", p.jabatan
    for n, a in enumerate(k.kebijakan.persetujuan if k.kebijakan else ()):
        yield from _bernomor(KEBIJAKAN, f"/persetujuan/{n}/pengusul", a.pengusul)
        for i, langkah in enumerate(a.langkah):
            yield KEBIJAKAN, f"/persetujuan/{n}/langkah/{i}/jabatan", langkah.jabatan
            yield KEBIJAKAN, f"/persetujuan/{n}/langkah/{i}/kembali_ke", langkah.kembali_ke
    for tahun, r in k.rencana.items():
        for n, indikator in enumerate(r.indikator):
            tempat = f"/indikator/{n}/penanggung_jawab"
            yield jalur_rencana(tahun), tempat, indikator.penanggung_jawab


def _bernomor(berkas: str, penunjuk: str, semua: Iterable[str]) -> Iterator[Pasangan]:
    for i, teks in enumerate(semua):
        yield berkas, f"{penunjuk}/{i}", teks


def _masa(k: KonteksRepositori) -> Iterator[tuple[str, str, date, date | None]]:
    for n, p in enumerate(k.jabatan.pemangku if k.jabatan else ()):
        yield JABATAN, f"/pemangku/{n}", p.mulai, p.selesai
    for n, o in enumerate(k.identitas.orang if k.identitas else ()):
        for i, kunci in enumerate(o.kunci):
            yield IDENTITAS, f"/orang/{n}/kunci/{i}", kunci.mulai, kunci.selesai
        for i, akun in enumerate(o.akun):
            yield IDENTITAS, f"/orang/{n}/akun/{i}", akun.mulai, akun.selesai
    for n, luar in enumerate(k.identitas.pengamat if k.identitas else ()):
        for i, kunci in enumerate(luar.kunci):
            yield IDENTITAS, f"/pengamat/{n}/kunci/{i}", kunci.mulai, kunci.selesai
    for n, s in enumerate(k.kebijakan.skala if k.kebijakan else ()):
        yield KEBIJAKAN, f"/skala/{n}", s.mulai, s.selesai
    for n, j in enumerate(k.kalender.jam_kerja if k.kalender else ()):
        yield KALENDER, f"/jam_kerja/{n}", j.mulai, j.selesai


def _tanda_pengenal(k: KonteksRepositori) -> Iterator[tuple[str, str, str, str]]:
    """Pointer, comparable mark, text, person: of every key and account."""
    if k.identitas is None:
        return
    for n, o in enumerate(k.identitas.orang):
        for i, kunci in enumerate(o.kunci):
            inti = " ".join(kunci.publik.split()[:2])
            yield f"/orang/{n}/kunci/{i}/publik", inti, kunci.publik, o.id
        for i, akun in enumerate(o.akun):
            tanda = f"{akun.forge}:{akun.nomor}"
            yield f"/orang/{n}/akun/{i}/nomor", tanda, str(akun.nomor), o.id
    for daftar, pihak in (("penerima", k.identitas.penerima), ("pengamat", k.identitas.pengamat)):
        for n, luar in enumerate(pihak):
            for i, kunci in enumerate(luar.kunci):
                inti = " ".join(kunci.publik.split()[:2])
                yield f"/{daftar}/{n}/kunci/{i}/publik", inti, kunci.publik, luar.id
