"""Step 8's end: the receiver's signed receipt is recorded beside the delivery."""

from __future__ import annotations

from kinerja.adapters.local_forge import Rencana
from kinerja.adapters.yaml_splice import sisip
from kinerja.archive_step import tanda_terima_sah
from kinerja.domain.errors import DitolakError
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import berkas_dari
from kinerja.domain.tata_kelola import Tindakan
from kinerja.session import Hasil, Sesi
from kinerja.standing import sidik_terakhir


def catat_tanda_terima(sesi: Sesi, periode: Periode, bita: bytes) -> Hasil:
    """Step 8, end: records the receiver's signed receipt."""
    pemangku = sesi.sebagai("kasubag-program")
    kiriman = sesi.reports.kirim(periode)
    if kiriman is None:
        raise DitolakError(f"laporan {periode.judul} belum dikirim", f"kinerja kirim {periode.id}")
    terima = tanda_terima_sah(sesi, kiriman, bita)
    jalur = f"{periode.folder}/kirim.yaml"
    lama = sesi.reports.pohon.baca(jalur) or b""
    baru = sisip(lama, {"/tanda_terima": terima})
    p = sesi.peristiwa(
        f"kirim/{periode.id}", Tindakan.TERIMA, pemangku, [berkas_dari(jalur, baru)],
        sesudah=sidik_terakhir(sesi, f"kirim/{periode.id}", Tindakan.KIRIM),
    )  # fmt: skip
    sesi.catat(Rencana(p, f"Tanda terima {periode.judul}", {jalur: baru}))
    return Hasil(
        f"tanda terima {terima['nomor']} tercatat", (f"diterima {terima['nama_penerima']}",),
        "selesai; periode ini terbuka untuk umum", (),
    )  # fmt: skip
