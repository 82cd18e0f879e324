"""The desk's first page, and a period's: what I have to do, where every bidang stands."""

from __future__ import annotations

from starlette.responses import Response

from kinerja.desk.tasks import Tugas, keadaan_periode, periode_berikutnya, semua_periode, tugas
from kinerja.web.gate import SEKRETARIS
from kinerja.web.visit import Kunjungan, TidakAdaError

_TERBANYAK = 8


def beranda(k: Kunjungan) -> Response:
    """My tasks, and the newest period."""
    semua = semua_periode(k.meja)
    kini = keadaan_periode(k.meja, semua[0]) if semua else None
    return k.halaman(
        "beranda.html", "Tugas saya",
        tugas=[(t, alamat_tugas(t)) for t in tugas(k.meja, k.id_orang)],
        kini=kini, periode_lain=semua[1:_TERBANYAK],
        buka=periode_berikutnya(k.meja) if SEKRETARIS in k.jabatan else None,
    )  # fmt: skip


def satu_periode(k: Kunjungan) -> Response:
    """Where a period stands."""
    periode = k.periode()
    if periode not in semua_periode(k.meja):
        raise TidakAdaError(f"{periode.judul} belum dibuka", "Sekretaris membukanya dengan disposisi")
    return k.halaman("periode.html", periode.judul, kini=keadaan_periode(k.meja, periode))


def alamat_tugas(t: Tugas) -> str:
    """The page on which a task is done."""
    match t.perintah:
        case "isi":
            return f"/kerja/{t.periode}/{t.bidang}"
        case "periksa":
            return f"/periksa/{t.periode}/{t.bidang}"
        case "setujui":
            return f"/usulan/{t.usulan}"
        case "siapkan":
            return f"/siapkan/{t.periode}"
        case "susun":
            return f"/susun/{t.periode}"
        case "paraf" | "tanda-tangan":
            return f"/laporan/{t.periode}"
        case "kirim" | "tanda-terima":
            return f"/kirim/{t.periode}"
    return f"/periode/{t.periode}"
