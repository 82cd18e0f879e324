"""Steps 1, 2, 5 and 8 at the desk: open a period, prepare, compile with narrative, send, receipt."""

from __future__ import annotations

import re

from starlette.datastructures import FormData
from starlette.responses import Response

from kinerja import sop
from kinerja.desk import delivery
from kinerja.desk.report import kesiapan, narasi_draft
from kinerja.desk.standing import laporan_dikembalikan
from kinerja.desk.tasks import keadaan_periode, periode_dapat_dibuka, semua_periode
from kinerja.domain.errors import KinerjaError, PemakaianError
from kinerja.domain.laporan import Narasi
from kinerja.domain.periode import Periode
from kinerja.web.acting import bertindak, cara_tanda
from kinerja.web.visit import Kunjungan

_INSTRUKSI = "Laporkan data kinerja menurut SOP Pengumpulan Data Kinerja."


def disposisi(k: Kunjungan) -> Response:
    """Step 1: the form that opens a period."""
    return k.halaman(
        "disposisi.html", "Disposisi", usul=k.tanya("periode"), pilihan=periode_dapat_dibuka(k.meja),
        instruksi=_INSTRUKSI, cara=cara_tanda(k), dibuka=semua_periode(k.meja),
        bidang=k.meja.reports().organisasi().bidang,
    )  # fmt: skip


def buka_periode(k: Kunjungan) -> Response:
    """Step 1: the Sekretaris opens a period."""
    try:
        periode = Periode.baca(k.teks("periode").strip())
    except ValueError as e:
        return k.gagal(PemakaianError(str(e), "tulis misalnya 2024-tw1"), "/disposisi")
    instruksi, nomor = k.teks("instruksi").strip() or _INSTRUKSI, k.teks("nomor").strip() or None
    return bertindak(
        k, f"/disposisi?periode={periode.id}", f"Disposisi {periode.judul}",
        lambda s: sop.disposisi(s, periode, instruksi, nomor),
    )  # fmt: skip


def tanpa_bidang(k: Kunjungan) -> Response:
    """The Sekretaris lets a laporan go without a late bidang."""
    periode = k.periode()
    return bertindak(
        k, f"/susun/{periode.id}", f"Izinkan laporan {periode.judul} tanpa satu bidang",
        lambda s: sop.izinkan_tanpa(s, periode, k.teks("pilih_bidang"), k.teks("alasan")),
        f"/periode/{periode.id}",
    )  # fmt: skip


def siapkan(k: Kunjungan) -> Response:
    """Step 2: the page before the worksheets are made."""
    periode = k.periode()
    return k.halaman(
        "siapkan.html", f"Siapkan {periode.judul}", periode=periode, cara=cara_tanda(k),
        kini=keadaan_periode(k.meja, periode), bidang=k.meja.reports().organisasi().bidang,
    )  # fmt: skip


def buat_lembar(k: Kunjungan) -> Response:
    """Step 2: one worksheet per bidang."""
    periode = k.periode()
    return bertindak(
        k, f"/siapkan/{periode.id}", f"Siapkan kertas kerja {periode.judul}",
        lambda s: sop.siapkan(s, periode), f"/periode/{periode.id}",
    )  # fmt: skip


def susun(k: Kunjungan) -> Response:
    """Step 5: the bidang that are ready, and the narrative beside them."""
    periode = k.periode()
    sesi = k.meja.sesi(k.id_orang)
    narasi, nomor = narasi_draft(sesi, periode)
    return k.halaman(
        "susun.html", f"Susun laporan {periode.judul}", periode=periode, narasi=narasi, nomor=nomor,
        kesiapan=kesiapan(k.meja, sesi, periode), cara=cara_tanda(k),
        kembali=laporan_dikembalikan(sesi, periode), penyusun="kasubag-program" in k.jabatan,
        sekretaris="sekretaris" in k.jabatan, bertanda=sesi.reports.laporan(periode) is not None,
    )  # fmt: skip


def susun_laporan(k: Kunjungan) -> Response:
    """Step 5: compiles the draft."""
    periode = k.periode()
    narasi = Narasi(
        *(k.teks(n).replace("\r\n", "\n").strip() for n in ("pendahuluan", "analisis", "penutup"))
    )
    return bertindak(
        k, f"/susun/{periode.id}", f"Susun laporan {periode.judul}",
        lambda s: sop.susun(s, periode, narasi=narasi, nomor=k.teks("nomor").strip() or None),
        f"/laporan/{periode.id}",
    )  # fmt: skip


def kirim(k: Kunjungan) -> Response:
    """Step 8: what is sent, what was sent, the receipt."""
    periode = k.periode()
    r = k.meja.reports()
    return k.halaman(
        "kirim.html", f"Kirim laporan {periode.judul}", periode=periode, kiriman=r.kirim(periode),
        siap=r.laporan(periode) is not None, penerima=r.organisasi().penerima.nama, cara=cara_tanda(k),
        arsip=delivery.arsip(k.meja, periode),
    )  # fmt: skip


def kirim_laporan(k: Kunjungan) -> Response:
    """Step 8: builds the signed archive and records the delivery; the site is built anew behind it."""
    periode = k.periode()
    jawab = bertindak(
        k, f"/kirim/{periode.id}", f"Kirim laporan {periode.judul}",
        lambda s: delivery.kirim(k.meja, s, periode), f"/kirim/{periode.id}",
    )  # fmt: skip
    k.layanan.terbitkan()
    return jawab


def terima(k: Kunjungan) -> Response:
    """Step 8, end: records BAPPEDA's receipt."""
    periode = k.periode()
    balik = f"/kirim/{periode.id}"
    try:
        bita = delivery.berkas_terima(k.meja, k.teks("titipan_terima"), _isi(k))
    except KinerjaError as e:
        return k.gagal(e, balik)
    isi = [(n, v) for n, v in k.formulir.multi_items() if n not in ("titipan_terima", "berkas")]
    k.formulir = FormData([*isi, ("titipan_terima", delivery.titip_terima(k.meja, bita))])
    jawab = bertindak(
        k,
        balik,
        f"Catat tanda terima {periode.judul}",
        lambda s: delivery.catat(k.meja, s, periode, bita),
        balik,
    )
    k.layanan.terbitkan()
    return jawab


def unduh_arsip(k: Kunjungan) -> Response:
    """The archive of a sent laporan."""
    periode = k.periode()
    nama, bita = delivery.baca_arsip(k.meja, periode)
    aman = re.sub(r"[^A-Za-z0-9._-]", "_", nama)
    kepala = {"Content-Disposition": f'attachment; filename="{aman}"'}
    return Response(bita, media_type="application/zip", headers=kepala)


# helpers


def _isi(k: Kunjungan) -> bytes | None:
    berkas = k.berkas("berkas")
    return berkas.file.read(delivery.TERIMA_TERBESAR + 1) if berkas is not None else None
