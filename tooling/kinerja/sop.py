"""The SOP as a program: eight steps, in their order, one function each.

1 disposisi · 2 siapkan · 3 isi · 4 periksa · 5 susun · 6 paraf · 7 tanda_tangan · 8 kirim

Each acts as one person, refuses whom the policy does not name, writes all or nothing, binds
an approval to the bytes that were looked at, and ends with what happened, what is next and
who holds the pen. A *tidak* goes back where the SOP sends it: step 4 to the bidang, step 6
to the Kasubag Penyusun Program, step 7 to the Sekretaris.

Example:
    >>> periksa(sesi, Periode.baca("2024-tw1"), "rehabilitasi-sosial", ya=True)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kinerja.adapters.documents import PETUNJUK, tulis
from kinerja.adapters.local_forge import Rencana
from kinerja.adapters.reports import jalur_kertas_kerja
from kinerja.adapters.worksheet_writer import kertas_kerja_baru
from kinerja.adapters.yaml_splice import sisip
from kinerja.answers import izinkan_tanpa, paraf_berlaku, setujui, tolak
from kinerja.archive_step import Kiriman, siapkan_kiriman
from kinerja.compiling import rancang_laporan, temuan_lembar_bertanda
from kinerja.domain.errors import DitolakError, TemuanError
from kinerja.domain.findings import ada_galat
from kinerja.domain.kertas_kerja import Disposisi, Tenggat
from kinerja.domain.laporan import Narasi
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import berkas_dari
from kinerja.domain.tata_kelola import Tindakan
from kinerja.filling import Suntingan, ambil, baris_berubah
from kinerja.merge3 import gabung_isian
from kinerja.receipt_step import catat_tanda_terima
from kinerja.session import Hasil, Sesi
from kinerja.standing import (
    ajuan_berlaku,
    ajuan_sebelumnya,
    bidang_belum_bertanda,
    bidang_ditinggalkan,
    draft_kini,
    lembar_kini,
    sidik_terakhir,
    tuntut_boleh_susun,
    tuntut_dihitung,
    tuntut_yang_dibaca,
)
from kinerja.unsigned_archive import tuntut_arsip_sendiri
from kinerja.verify_step import tuntut_layak_kirim
from kinerja.workflow.stages import tenggat_periode

__all__ = [
    "Suntingan", "ambil", "catat_tanda_terima", "disposisi", "isi", "izinkan_tanpa", "kirim", "paraf",
    "periksa", "siapkan", "susun", "tanda_tangan",
]  # fmt: skip


def disposisi(sesi: Sesi, periode: Periode, instruksi: str, nomor: str | None = None) -> Hasil:
    """Step 1. The Sekretaris opens a period; every deadline is computed and written."""
    pemangku = sesi.sebagai("sekretaris")
    if sesi.reports.disposisi(periode) is not None:
        raise DitolakError(f"{periode.judul} sudah dibuka", f"lihat: kinerja status {periode.id}")
    sop = sesi.reports.sop()
    saat = sesi.waktu.replace(microsecond=0)
    batas = tenggat_periode(sop, sesi.reports.kalender(), sesi.zona, saat)
    dokumen = Disposisi(
        skema="disposisi/v1",
        periode=periode.id,
        nomor=nomor,
        dari="sekretaris",
        kepada="kasubag-program",
        instruksi=instruksi,
        ditetapkan=saat,
        tenggat=tuple(Tenggat(n, t) for n, t in sorted(batas.items())),
    )
    jalur = f"{periode.folder}/disposisi.yaml"
    kepala = (f"DISPOSISI {periode.judul}", *sesi.penanda_berkas, *PETUNJUK["disposisi"])
    bita = tulis(dokumen, "../../../schemas/disposisi.v1.json", kepala)
    p = sesi.peristiwa(f"disposisi/{periode.id}", Tindakan.DISPOSISI, pemangku, [berkas_dari(jalur, bita)])
    sesi.catat(Rencana(p, f"Disposisi {periode.judul}", {jalur: bita}))
    isi = batas[3].astimezone(sesi.zona).strftime("%d-%m-%Y %H.%M")
    return Hasil(
        f"{periode.judul} dibuka; Kasubag Penyusun Program ditugaskan",
        (f"batas pengisian kertas kerja: {isi}",),
        f"kinerja siapkan {periode.id}",
        (sesi.pemegang("kasubag-program"),),
    )


def siapkan(sesi: Sesi, periode: Periode) -> Hasil:
    """Step 2. One prefilled worksheet and one branch per bidang; what exists is left alone."""
    pemangku = sesi.sebagai("kasubag-program")
    if sesi.reports.disposisi(periode) is None:
        raise DitolakError(f"{periode.judul} belum dibuka", "tunggu disposisi Sekretaris")
    rincian = []
    for bidang in sesi.reports.organisasi().bidang:
        perubahan, jalur = f"kk/{periode.id}/{bidang.id}", jalur_kertas_kerja(periode, bidang.id)
        if sesi.forge.kepala(perubahan) or sesi.reports.pohon.baca(jalur) is not None:
            rincian.append(f"{bidang.nama}: sudah ada, tidak disentuh")
            continue
        lalu = periode.sebelumnya()
        bita = kertas_kerja_baru(
            sesi.reports.organisasi(),
            bidang,
            periode,
            sesi.reports.rencana(periode.tahun),
            sesi.reports.anggaran(periode.tahun),
            sesi.reports.kertas_kerja(lalu, bidang.id) if lalu.tahun == periode.tahun else None,
        )
        pesan = f"Siapkan kertas kerja {bidang.nama} {periode.judul}\n"
        baru = sesi.forge.tulis_cabang(perubahan, None, {jalur: bita}, pesan, sesi.orang, sesi.waktu)
        p = sesi.peristiwa(perubahan, Tindakan.SIAPKAN, pemangku, [berkas_dari(jalur, bita)], kepala=baru)
        sesi.catat(Rencana(p, pesan.strip(), cabang={perubahan: (baru, None)}))
        rincian.append(f"{bidang.nama}: dikirim ke {sesi.pemegang(bidang.pengisi)}")
    return Hasil(
        f"kertas kerja {periode.judul} siap",
        tuple(rincian),
        f"kinerja isi {periode.id} BIDANG",
        tuple(sesi.pemegang(b.pengisi) for b in sesi.reports.organisasi().bidang),
    )


def isi(
    sesi: Sesi,
    periode: Periode,
    id_bidang: str,
    *,
    nilai: Mapping[str, object] | None = None,
    suntingan: Suntingan | None = None,
    ajukan: bool = False,
) -> Hasil:
    """Step 3. Fills a worksheet, and submits it to the Kabid with ``ajukan``.

    Args:
        nilai: JSON pointer → value; each changes one line.
        suntingan: an edited file; merged field by field with what others saved meanwhile.

    Raises:
        TemuanError: the worksheet has faults; nothing was written.
        BentrokError: the same field was changed by somebody else; both values are told.
    """
    bidang = sesi.bidang(id_bidang)
    pemangku = sesi.sebagai(bidang.pengisi)
    perubahan, jalur = f"kk/{periode.id}/{bidang.id}", jalur_kertas_kerja(periode, bidang.id)
    lama, kepala = lembar_kini(sesi, periode, bidang)
    if kepala is None:
        raise DitolakError(f"kertas kerja {bidang.nama} sudah ditandatangani", "perbaikan hanya dengan ralat")
    baru = lama if suntingan is None else gabung_isian(suntingan.asal, suntingan.isi, lama)
    baru = sisip(baru, nilai) if nilai else baru
    temuan = sesi.periksa_lembar(baru, periode, bidang, diajukan=ajukan)
    if ada_galat(temuan):
        raise TemuanError(
            f"kertas kerja {bidang.nama} belum dapat di{'ajukan' if ajukan else 'simpan'}", temuan,
            "betulkan temuannya; tidak ada yang ditulis",
        )  # fmt: skip
    rincian = []
    if baru != lama:
        pesan = f"Isi kertas kerja {bidang.nama} {periode.judul}\n"
        oid = sesi.forge.tulis_cabang(perubahan, kepala, {jalur: baru}, pesan, sesi.orang, sesi.waktu)
        if not ajukan:
            sesi.forge.pindah_cabang(perubahan, oid, kepala)
        rincian.append(f"{baris_berubah(lama, baru)} baris berubah")
    else:
        oid = kepala
    if not ajukan:
        terjadi = f"kertas kerja {bidang.nama} {'tersimpan' if baru != lama else 'tidak berubah'}"
        lanjut = f"kinerja isi {periode.id} {bidang.id} --ajukan"
        return Hasil(terjadi, tuple(rincian), lanjut, (sesi.pemegang(bidang.pengisi),), temuan)
    p = sesi.peristiwa(
        perubahan, Tindakan.AJUKAN, pemangku, [berkas_dari(jalur, baru)],
        sesudah=sidik_terakhir(sesi, perubahan, Tindakan.SIAPKAN), kepala=oid,
    )  # fmt: skip
    sudah = ajuan_sebelumnya(sesi, perubahan, p.berkas[0])
    sama = sudah is not None and (sudah.kepala, sudah.kebijakan) == (p.kepala, p.kebijakan)
    if not sama:
        cabang = {perubahan: (oid, kepala)} if oid != kepala else {}
        sesi.catat(Rencana(p, f"Ajukan {bidang.nama}", cabang=cabang))
    return Hasil(
        f"kertas kerja {bidang.nama} {'sudah diajukan sebelumnya' if sama else 'diajukan'}",
        tuple(rincian),
        f"kinerja periksa {periode.id} {bidang.id}",
        (sesi.pemegang(bidang.pemeriksa),),
        temuan,
    )


def periksa(
    sesi: Sesi,
    periode: Periode,
    id_bidang: str,
    *,
    ya: bool,
    alasan: str | None = None,
    sidik: str | None = None,
) -> Hasil:
    """Step 4. The Kabid signs the worksheet, or returns it to the bidang with a reason.

    Args:
        sidik: beginning of the SHA-256 that was read; the answer is refused when the bytes
            are others by now. None when the caller looks at the bytes in the same moment.
    """
    bidang = sesi.bidang(id_bidang)
    pemangku = sesi.sebagai(bidang.pemeriksa)
    perubahan = f"kk/{periode.id}/{bidang.id}"
    bita, kepala = lembar_kini(sesi, periode, bidang)
    if kepala is None:
        raise DitolakError(f"kertas kerja {bidang.nama} sudah ditandatangani", "tidak ada lagi langkahnya")
    berkas = berkas_dari(jalur_kertas_kerja(periode, bidang.id), bita)
    tuntut_yang_dibaca(berkas, sidik)
    ajukan = ajuan_berlaku(sesi, perubahan, berkas, bidang)
    if not ya:
        p = tolak(sesi, perubahan, pemangku.jabatan, [berkas], ajukan.sidik(), alasan, kepala)
        return Hasil(
            f"kertas kerja {bidang.nama} dikembalikan",
            (f"alasan: {p.alasan}",),
            f"kinerja isi {periode.id} {bidang.id} --ajukan",
            (sesi.pemegang(bidang.pengisi),),
        )
    temuan = sesi.periksa_lembar(bita, periode, bidang, diajukan=True)
    if ada_galat(temuan):
        raise TemuanError("kertas kerja ini masih bertemuan", temuan, "kembalikan dengan --tidak")
    p = sesi.peristiwa(
        perubahan, Tindakan.TANDA_TANGAN, pemangku, [berkas], sesudah=ajukan.sidik(), kepala=kepala
    )
    setujui(sesi, p, {berkas.jalur: bita}, kepala, f"Tanda tangan {bidang.nama} {periode.judul}")
    belum = bidang_belum_bertanda(sesi, periode)
    lanjut = f"kinerja susun {periode.id}" if not belum else f"menunggu {len(belum)} bidang lagi"
    pegang = ("kasubag-program",) if not belum else tuple(b.pengisi for b in belum)
    return Hasil(
        f"kertas kerja {bidang.nama} ditandatangani{sesi.sementara(pemangku)}",
        (f"terikat pada sidik {berkas.sha256[:12]}…, {sesi.sebutan_tanda}",),
        lanjut,
        tuple(sesi.pemegang(j) for j in pegang),
        temuan,
    )


def susun(sesi: Sesi, periode: Periode, *, narasi: Narasi | None = None, nomor: str | None = None) -> Hasil:
    """Step 5. Compiles the signed worksheets into the draft laporan."""
    pemangku = sesi.sebagai("kasubag-program")
    if sesi.reports.laporan(periode) is not None:
        raise DitolakError(f"laporan {periode.judul} sudah ditandatangani", "perbaikan dengan ralat")
    perubahan, jalur = f"laporan/{periode.id}", f"{periode.folder}/laporan.yaml"
    tuntut_boleh_susun(sesi, periode)
    tanpa = bidang_ditinggalkan(sesi, periode)
    kurang = [b for b in bidang_belum_bertanda(sesi, periode) if b.id not in {t.bidang for t in tanpa}]
    if kurang:
        raise DitolakError(
            f"belum ditandatangani: {', '.join(b.nama for b in kurang)}",
            "tunggu Kabidnya, atau mintakan izin Sekretaris: kinerja disposisi … --tanpa BIDANG",
        )
    laporan, masukan = rancang_laporan(sesi, periode, tanpa, narasi or Narasi(), nomor)
    kepala_berkas = (
        f"LAPORAN KINERJA {periode.judul}", *sesi.penanda_berkas,
        *PETUNJUK["susun"],
    )  # fmt: skip
    bita = tulis(laporan, "../../../schemas/laporan.v1.json", kepala_berkas)
    lama = sesi.forge.kepala(perubahan)
    pesan = f"Susun laporan {periode.judul}\n"
    oid = sesi.forge.tulis_cabang(perubahan, lama, {jalur: bita}, pesan, sesi.orang, sesi.waktu)
    p = sesi.peristiwa(
        perubahan, Tindakan.SUSUN, pemangku, [berkas_dari(jalur, bita)], masukan=masukan, kepala=oid
    )
    sesi.catat(Rencana(p, pesan.strip(), cabang={perubahan: (oid, lama)}))
    return Hasil(
        f"draft laporan {periode.judul} tersusun dari {len(sesi.lembar_bertanda(periode)[periode.bagian])} "
        "kertas kerja",
        tuple(f"tanpa {t.bidang}: {t.alasan}" for t in tanpa),
        f"kinerja paraf {periode.id}",
        (sesi.pemegang("sekretaris"),),
        temuan_lembar_bertanda(sesi, periode),
    )


def paraf(
    sesi: Sesi, periode: Periode, *, ya: bool, alasan: str | None = None, sidik: str | None = None
) -> Hasil:
    """Step 6. The Sekretaris gives paraf, or returns the draft to the Kasubag. ``sidik`` as in step 4."""
    pemangku = sesi.sebagai("sekretaris")
    perubahan = f"laporan/{periode.id}"
    bita, kepala, susun_terakhir = draft_kini(sesi, periode)
    berkas = berkas_dari(f"{periode.folder}/laporan.yaml", bita)
    tuntut_yang_dibaca(berkas, sidik)
    if not ya:
        p = tolak(sesi, perubahan, pemangku.jabatan, [berkas], susun_terakhir.sidik(), alasan, kepala)
        return Hasil(
            f"draft laporan {periode.judul} dikembalikan kepada Kasubag Penyusun Program",
            (f"alasan: {p.alasan}",),
            f"kinerja susun {periode.id}",
            (sesi.pemegang("kasubag-program"),),
        )
    p = sesi.peristiwa(
        perubahan, Tindakan.PARAF, pemangku, [berkas], sesudah=susun_terakhir.sidik(), kepala=kepala
    )
    verdict = sesi.nilai(perubahan, p)
    tuntut_dihitung(verdict, "sekretaris")
    sesi.catat(Rencana(p, f"Paraf laporan {periode.judul}"))
    return Hasil(
        f"draft laporan {periode.judul} diparaf{sesi.sementara(pemangku)}",
        (f"terikat pada sidik {berkas.sha256[:12]}…", *(verdict.catatan if verdict else ())),
        f"kinerja tanda-tangan {periode.id}",
        (sesi.pemegang("kepala-dinas"),),
    )


def tanda_tangan(
    sesi: Sesi, periode: Periode, *, ya: bool, alasan: str | None = None, sidik: str | None = None
) -> Hasil:
    """Step 7. The Kepala Dinas signs the laporan, or returns it to the Sekretaris. ``sidik`` as in step 4."""
    pemangku = sesi.sebagai("kepala-dinas")
    perubahan = f"laporan/{periode.id}"
    bita, kepala, _ = draft_kini(sesi, periode)
    berkas = berkas_dari(f"{periode.folder}/laporan.yaml", bita)
    tuntut_yang_dibaca(berkas, sidik)
    paraf_sidik = paraf_berlaku(sesi, perubahan)
    if not ya:
        p = tolak(sesi, perubahan, pemangku.jabatan, [berkas], paraf_sidik, alasan, kepala)
        return Hasil(
            f"laporan {periode.judul} dikembalikan kepada Sekretaris",
            (f"alasan: {p.alasan}",),
            f"kinerja paraf {periode.id} --tidak (meneruskan kepada Kasubag Penyusun Program)",
            (sesi.pemegang("sekretaris"),),
        )
    p = sesi.peristiwa(
        perubahan, Tindakan.TANDA_TANGAN, pemangku, [berkas], sesudah=paraf_sidik, kepala=kepala
    )
    setujui(sesi, p, {berkas.jalur: bita}, kepala, f"Tanda tangan laporan {periode.judul}")
    return Hasil(
        f"laporan {periode.judul} ditandatangani{sesi.sementara(pemangku)}",
        (f"terikat pada sidik {berkas.sha256[:12]}…, {sesi.sebutan_tanda}",),
        f"kinerja kirim {periode.id}",
        (sesi.pemegang("kasubag-program"),),
    )


def kirim(
    sesi: Sesi, periode: Periode, simpan: Callable[[str, bytes], None], arsip: bytes | None = None
) -> tuple[Hasil, Kiriman]:
    """Step 8. Builds the signed archive, keeps it, and only then records the delivery.

    Args:
        simpan: writes the archive (name, bytes) where it is to stay; if it cannot, nothing is sent.
        arsip: one that ``archive sign`` made, sent if it is what this repository gives.
    """
    pemangku = sesi.sebagai("kasubag-program")
    if sesi.reports.laporan(periode) is None:
        raise DitolakError(
            f"laporan {periode.judul} belum ditandatangani", f"lihat: kinerja status {periode.id}"
        )
    if sesi.reports.kirim(periode) is not None:
        raise DitolakError(f"laporan {periode.judul} sudah dikirim", f"lihat: kinerja status {periode.id}")
    if arsip is not None:
        tuntut_arsip_sendiri(sesi, periode, arsip)
    kiriman = siapkan_kiriman(sesi, periode, pemangku, arsip)
    tuntut_layak_kirim(sesi.reports, kiriman.arsip)
    jalur = f"{periode.folder}/kirim.yaml"
    kepala = (f"PENGIRIMAN {periode.judul}", *sesi.penanda_berkas, *PETUNJUK["kirim"])
    bita = tulis(kiriman.kirim, "../../../schemas/kirim.v1.json", kepala)
    p = sesi.peristiwa(
        f"kirim/{periode.id}", Tindakan.KIRIM, pemangku, [berkas_dari(jalur, bita)],
        sesudah=sidik_terakhir(sesi, f"laporan/{periode.id}", Tindakan.TANDA_TANGAN),
    )  # fmt: skip
    simpan(kiriman.kirim.arsip, kiriman.arsip)
    sesi.catat(Rencana(p, f"Kirim laporan {periode.judul}", {jalur: bita}))
    penerima = sesi.reports.organisasi().penerima.nama
    hasil = Hasil(
        f"laporan {periode.judul} dikirim kepada {penerima}",
        (f"arsip {kiriman.kirim.arsip}", f"sha256 {kiriman.kirim.sha256}"),
        f"kinerja kirim {periode.id} --tanda-terima BERKAS",
        (penerima,),
    )
    return hasil, kiriman
