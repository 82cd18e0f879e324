"""Rules of the SPJ Fungsional: it adds up, goes on from the month before, and fits the DPA.

Each rule is a generator whose docstring is the rule. One wrong cell is told once, by the rule
that sees where it is wrong; sums above and after it are then left alone (``spj_lines``).
"""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.calculation.numbers import KONTEKS, format_rupiah
from kinerja.domain.perencanaan import Anggaran
from kinerja.domain.periode import nama_bulan
from kinerja.validation.codes import TANPA_KODE
from kinerja.validation.context import Pelanggaran, teks_nilai
from kinerja.validation.repository_context import DiBerkas, KonteksRepositori, jalur_spj, pagu_semula
from kinerja.validation.spj_lines import KOLOM, TIGAAN, BulanSpj, akun, jumlah, pokok, sel, utuh


def spj_tiga_kolom(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """S.d. bulan lalu ditambah bulan ini sama dengan s.d. bulan ini, di setiap kelompok kolom SPJ."""
    for bulan in k.bulan_spj:
        for n, kode, b in bulan.terbaca:
            for isian, nama in TIGAAN.items():
                t = getattr(b, isian)
                if not utuh(t) and not bulan.salah_awal(kode, isian, t):
                    benar = jumlah(t.sd_bulan_lalu, t.bulan_ini)
                    yield _berkas(bulan), Pelanggaran(
                        f"/baris/{n}/{isian}/sd_bulan_ini", teks_nilai(t.sd_bulan_ini),
                        f"{nama} {b.kode}: {format_rupiah(t.sd_bulan_lalu)} ditambah "
                        f"{format_rupiah(t.bulan_ini)} adalah {format_rupiah(benar)}",
                        f"tulis `{benar:f}`, atau betulkan dua kolom lainnya menurut SPJ aslinya",
                    )  # fmt: skip


def spj_jumlah(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Jumlah s.d. bulan ini adalah jumlah LS gaji, LS barang dan jasa, dan UP/GU/TU."""
    for bulan in k.bulan_spj:
        for n, _, b in bulan.terbaca:
            if b.jumlah_sd_bulan_ini not in bulan.jumlah_wajar(b):
                benar = jumlah(*(getattr(b, isian).sd_bulan_ini for isian in TIGAAN))
                yield _berkas(bulan), Pelanggaran(
                    f"/baris/{n}/jumlah_sd_bulan_ini", teks_nilai(b.jumlah_sd_bulan_ini),
                    f"jumlah {b.kode} bukan jumlah ketiga kelompok kolomnya ({format_rupiah(benar)})",
                    f"tulis `{benar:f}`, atau betulkan kolomnya menurut SPJ aslinya",
                )  # fmt: skip


def spj_sisa(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Sisa pagu adalah jumlah anggaran dikurangi jumlah s.d. bulan ini."""
    for bulan in k.bulan_spj:
        for n, kode, b in bulan.terbaca:
            if b.sisa_pagu not in bulan.sisa_wajar(kode, b):
                benar = KONTEKS.subtract(b.pagu, b.jumlah_sd_bulan_ini)
                yield _berkas(bulan), Pelanggaran(
                    f"/baris/{n}/sisa_pagu", teks_nilai(b.sisa_pagu),
                    f"sisa {b.kode}: {format_rupiah(b.pagu)} dikurangi "
                    f"{format_rupiah(b.jumlah_sd_bulan_ini)} adalah {format_rupiah(benar)}",
                    f"tulis `{benar:f}`, atau betulkan `pagu` menurut SPJ aslinya",
                )  # fmt: skip


def spj_bersambung(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """S.d. bulan lalu sama dengan s.d. bulan ini pada SPJ bulan sebelumnya; Januari mulai dari nol."""
    for bulan in k.bulan_spj:
        dari = f"SPJ {nama_bulan(bulan.spj.bulan - 1)}" if bulan.spj.bulan > 1 else ""
        for n, kode, b in bulan.terbaca:
            for isian, nama in TIGAAN.items():
                t = getattr(b, isian)
                if bulan.putus(kode, isian, t):
                    harap = bulan.sd_lalu(kode, isian)[0]
                    sebab = f"{dari} berakhir dengan {format_rupiah(harap)}" if dari else (
                        "Januari bulan pertama tahun anggaran, jadi belum ada bulan lalu")  # fmt: skip
                    yield _berkas(bulan), Pelanggaran(
                        f"/baris/{n}/{isian}/sd_bulan_lalu", teks_nilai(t.sd_bulan_lalu),
                        f"{nama} {b.kode} tidak bersambung: {sebab}",
                        f"tulis `{harap:f}`" + (f", atau betulkan {dari}" if dari else ""),
                    )  # fmt: skip
        yield from _hilang(bulan, dari)


def spj_tanpa_jeda(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Di antara dua SPJ setahun tidak ada bulan yang terlewat."""
    for tahun, bulan in sorted(k.spj):
        lebih_awal = [b for t, b in k.spj if t == tahun and b < bulan]
        if lebih_awal and bulan - 1 not in lebih_awal:
            pertama = max(lebih_awal) + 1
            kurang = [nama_bulan(b) for b in range(pertama, bulan)]
            yield jalur_spj(tahun, bulan), Pelanggaran(
                "/bulan", str(bulan),
                f"SPJ {', '.join(kurang)} {tahun} belum ada, jadi `s.d. bulan lalu` di sini belum dapat "
                "dicocokkan",
                f"minta dari bendahara, lalu simpan mulai dari {jalur_spj(tahun, pertama)}",
            )  # fmt: skip


def spj_dikenal_dpa(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Setiap program, kegiatan, dan sub kegiatan dalam SPJ ada dalam DPA."""
    for bulan in k.bulan_spj:
        dikenal = _kode_dpa(bulan.anggaran) if bulan.anggaran else frozenset()
        ada = {kode for _, kode, _ in bulan.baris}
        for n, kode, b in bulan.baris if dikenal else ():
            inti = pokok(kode)
            ditanya = inti not in dikenal and not akun(kode)
            if ditanya and (inti == kode or inti not in ada):
                yield _berkas(bulan), Pelanggaran(
                    f"/baris/{n}/kode", b.kode, f"`{b.nama}` tidak ada dalam DPA",
                    "cocokkan kodenya dengan DPA, atau lengkapi anggaran.yaml",
                )  # fmt: skip


def spj_pagu_dpa(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Jumlah anggaran setiap sub kegiatan dalam SPJ sama dengan pagu DPA yang berlaku."""
    for bulan in k.bulan_spj:
        for n, kode, b in bulan.terbaca:
            pagu = bulan.pagu_dpa(kode)
            if bulan.versi is None or pagu is None or b.pagu == pagu:
                continue
            if b.pagu != pagu_semula(k, bulan.spj.tahun, bulan.versi.id, kode):
                yield _berkas(bulan), Pelanggaran(
                    f"/baris/{n}/pagu", teks_nilai(b.pagu),
                    f"anggaran {b.kode} berbeda dari {bulan.versi.nama} ({format_rupiah(pagu)})",
                    f"tulis `{pagu:f}`; bila SPJ yang benar, tambahkan DPPA-nya sebagai versi baru di "
                    "anggaran.yaml",
                )  # fmt: skip


def spj_berinduk(k: KonteksRepositori) -> Iterator[DiBerkas]:
    """Setiap baris SPJ sama dengan jumlah rincian tepat di bawahnya, kolom demi kolom."""
    for bulan in k.bulan_spj:
        ragu = {kode: bulan.diragukan(kode, b) for _, kode, b in bulan.baris}
        nomor = {kode: n for n, kode, _ in bulan.baris}
        for induk, anak in _keluarga(bulan).items():
            tutup = frozenset[str]().union(*(ragu[kode] for kode in (induk, *anak)))
            baris = [bulan.spj.baris[nomor[kode]] for kode in anak]
            atas = bulan.spj.baris[nomor[induk]]
            beda = [
                (kolom, ada, rinci)
                for kolom in KOLOM
                if kolom.split("/")[0] not in tutup
                and (ada := sel(atas, kolom)) != (rinci := jumlah(*(sel(b, kolom) for b in baris)))
            ]
            if beda:
                kolom, ada, rinci = beda[0]
                lain = f" (dan {len(beda) - 1} kolom lain)" if beda[1:] else ""
                yield _berkas(bulan), Pelanggaran(
                    f"/baris/{nomor[induk]}/{kolom}", teks_nilai(ada),
                    f"{atas.kode} bukan jumlah {len(anak)} rincian di bawahnya "
                    f"({format_rupiah(rinci)}){lain}",
                    "cari rincian yang tertinggal atau salah ketik, lalu cocokkan dengan SPJ aslinya",
                )  # fmt: skip


# helpers


def _berkas(bulan: BulanSpj) -> str:
    return jalur_spj(bulan.spj.tahun, bulan.spj.bulan)


def _hilang(bulan: BulanSpj, dari: str) -> Iterator[DiBerkas]:
    """Lines of the month before that had money and are no longer there."""
    kini = {kode for _, kode, _ in bulan.baris}
    for kode, lama in (bulan.lalu or {}).items():
        if lama and kode not in kini and any(getattr(lama, t).sd_bulan_ini for t in TIGAAN):
            yield _berkas(bulan), Pelanggaran(
                "/baris", kode,
                f"baris ini hilang, padahal {dari} mencatat {format_rupiah(lama.jumlah_sd_bulan_ini)}",
                "kembalikan barisnya; bila direklasifikasi, betulkan juga SPJ bulan sebelumnya",
            )  # fmt: skip


def _kode_dpa(a: Anggaran) -> frozenset[str]:
    """Every code of the DPA, with the urusan and bidang urusan above its programs."""
    kode = {x.kode for daftar in (a.program, a.kegiatan, a.sub_kegiatan) for x in daftar}
    atas = {".".join(p.kode.split(".")[:n]) for p in a.program for n in (1, 2)}
    return frozenset(kode | {u for u in atas if not u.startswith(TANPA_KODE)})


def _keluarga(bulan: BulanSpj) -> dict[str, list[str]]:
    """Parent → the lines whose nearest line above is that parent; every line counted once."""
    semua = {kode: None for _, kode, _ in bulan.baris}
    hasil: dict[str, list[str]] = {}
    for kode in semua:
        bagian = kode.split(".")
        atas = (".".join(bagian[:n]) for n in range(len(bagian) - 1, 0, -1))
        induk = next((a for a in atas if a in semua), None)
        if induk is not None:
            hasil.setdefault(induk, []).append(kode)
    return hasil
