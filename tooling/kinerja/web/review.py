"""Steps 4, 6 and 7 at the desk: reading, comments on a cell, and the answer Ya or Tidak."""

from __future__ import annotations

from starlette.responses import Response

from kinerja import sop
from kinerja.desk import remarks
from kinerja.desk.report import baca_laporan
from kinerja.desk.review import bacaan
from kinerja.domain.errors import DitolakError, KinerjaError, PemakaianError
from kinerja.session import Hasil
from kinerja.web.acting import bertindak, cara_tanda
from kinerja.web.gate import KEPALA, SEKRETARIS, Izin, boleh
from kinerja.web.visit import Kunjungan


def lembar(k: Kunjungan) -> Response:
    """The worksheet to read; whoever may answer it finds the answer below."""
    periode, bidang = k.periode(), k.bidang()
    baca = bacaan(k.meja.sesi(k.id_orang), periode, bidang)
    pemeriksa = boleh(Izin.PEMERIKSA, k.jabatan, k.meja.reports().organisasi(), bidang)
    menjawab = pemeriksa and baca.dapat_dijawab and not baca.bertanda
    utas = remarks.utas(k.meja, periode, bidang)
    return k.halaman(
        "lembar.html", baca.lembar.bidang.nama, periode=periode, baca=baca, lembar=baca.lembar,
        alamat=f"/lembar/{periode.id}/{bidang}", jawab_ke=f"/periksa/{periode.id}/{bidang}",
        menjawab=menjawab, cara=cara_tanda(k) if menjawab else (),
        pengisi=boleh(Izin.PENGISI, k.jabatan, k.meja.reports().organisasi(), bidang),
        utas={p: [u for u in utas if u.penunjuk == p] for p in {u.penunjuk for u in utas}},
    )  # fmt: skip


def periksa(k: Kunjungan) -> Response:
    """The Kabid's answer, bound to exactly what was shown."""
    periode, bidang, ya = k.periode(), k.bidang(), k.teks("jawab") == "ya"
    return bertindak(
        k, f"/periksa/{periode.id}/{bidang}",
        "Tanda tangani kertas kerja" if ya else "Kembalikan kertas kerja",
        lambda s: sop.periksa(
            s, periode, bidang, ya=_ya(k), alasan=k.teks("alasan") or None, sidik=_sidik(k)
        ),
    )  # fmt: skip


def komentar(k: Kunjungan) -> Response:
    """A comment on a cell, or an answer to one."""
    periode, bidang = k.periode(), k.bidang()
    balik = f"/lembar/{periode.id}/{bidang}"
    try:
        remarks.tulis_komentar(
            k.meja, k.id_orang, periode, bidang, k.teks("komentar"), k.teks("penunjuk"), _balasan(k)
        )
    except KinerjaError as e:
        return k.gagal(e, balik)
    return k.selesai(Hasil("komentar ditulis"), f"{balik}#komentar")


def laporan(k: Kunjungan) -> Response:
    """The laporan as it will be printed, with the verdict; its paraf and signature below."""
    periode = k.periode()
    baca = baca_laporan(k.meja.sesi(k.id_orang), periode)
    menjawab = _langkah(k, baca.pena)
    return k.halaman(
        "laporan.html", f"Laporan {periode.judul}", periode=periode, baca=baca, menjawab=menjawab,
        cara=cara_tanda(k) if menjawab else (), utas=remarks.utas_laporan(k.meja, periode),
        alamat=f"/laporan/{periode.id}", penyusun="kasubag-program" in k.jabatan,
    )  # fmt: skip


def jawab_laporan(k: Kunjungan) -> Response:
    """The Sekretaris's paraf or the Kepala Dinas's signature; or *tidak* with a reason."""
    periode = k.periode()
    langkah = _langkah(k, baca_laporan(k.meja.sesi(k.id_orang), periode).pena)
    if not langkah or langkah != k.teks("langkah"):
        raise DitolakError("laporan ini tidak sedang menunggu Anda", "muat ulang halaman")
    perbuat = sop.paraf if langkah == "paraf" else sop.tanda_tangan
    judul = "Kembalikan laporan" if k.teks("jawab") != "ya" else (
        "Paraf laporan" if langkah == "paraf" else "Tanda tangani laporan"
    )  # fmt: skip
    return bertindak(
        k, f"/laporan/{periode.id}", judul,
        lambda s: perbuat(s, periode, ya=_ya(k), alasan=k.teks("alasan") or None, sidik=_sidik(k)),
    )  # fmt: skip


def komentar_laporan(k: Kunjungan) -> Response:
    """A comment on the draft laporan."""
    balik = f"/laporan/{k.periode().id}"
    try:
        remarks.komentari_laporan(k.meja, k.id_orang, k.periode(), k.teks("komentar"), _balasan(k))
    except KinerjaError as e:
        return k.gagal(e, balik)
    return k.selesai(Hasil("komentar ditulis"), f"{balik}#komentar")


# helpers


def _langkah(k: Kunjungan, pena: str) -> str:
    """Which of the two answers is this person's now; "" for none."""
    if pena == SEKRETARIS and SEKRETARIS in k.jabatan:
        return "paraf"
    return "tanda-tangan" if pena == KEPALA and KEPALA in k.jabatan else ""


def _ya(k: Kunjungan) -> bool:
    jawab = k.teks("jawab")
    if jawab not in ("ya", "tidak"):
        raise PemakaianError("belum dijawab", "pilih Ya atau Tidak")
    return jawab == "ya"


def _sidik(k: Kunjungan) -> str:
    sidik = k.teks("sidik")
    if not sidik:
        raise PemakaianError("tidak diketahui isi mana yang dijawab", "muat ulang halaman, lalu jawab lagi")
    return sidik


def _balasan(k: Kunjungan) -> int | None:
    return int(k.teks("balasan")) if k.teks("balasan").isascii() and k.teks("balasan").isdigit() else None
