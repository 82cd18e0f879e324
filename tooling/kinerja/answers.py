"""The answers to a proposal: *tidak*, the act that completes the approvals and merges, and the
permission to go on without a late bidang.

What an act must meet before is in ``standing``; the eight steps that use both are in ``sop``.
"""

from __future__ import annotations

from collections.abc import Mapping

from kinerja.adapters.local_forge import Rencana
from kinerja.domain.errors import DitolakError, PemakaianError
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import Berkas, Peristiwa
from kinerja.domain.tata_kelola import Tindakan
from kinerja.session import Hasil, Sesi
from kinerja.standing import sidik_terakhir, tuntut_dihitung
from kinerja.workflow.permissions import perubahan_izin


def tolak(
    sesi: Sesi,
    perubahan: str,
    jabatan: str,
    berkas: list[Berkas],
    sesudah: str | None,
    alasan: str | None,
    kepala: str,
) -> Peristiwa:
    """Records a *tidak*: who returns the change, looking at which bytes, and why."""
    if not (alasan or "").strip():
        raise PemakaianError("alasan belum ditulis", "tulis mengapa dikembalikan (di perintah: --alasan)")
    p = sesi.peristiwa(
        perubahan, Tindakan.TIDAK, sesi.sebagai(jabatan), berkas,
        sesudah=sesudah, alasan=(alasan or "").strip(), kepala=kepala,
    )  # fmt: skip
    return sesi.catat(Rencana(p, f"Tidak: {perubahan}"))


def setujui(
    sesi: Sesi, p: Peristiwa, berkas: Mapping[str, bytes | None], kepala: str, pesan: str
) -> None:
    """Records the last required act and merges, in one transaction; refuses otherwise."""
    verdict = sesi.nilai(p.perubahan, p)
    tuntut_dihitung(verdict, p.jabatan)
    lulus = verdict is not None and verdict.lulus
    if lulus:
        # The branch is held where it was judged: a save that comes meanwhile must not be called saved.
        tahan = {p.perubahan: (kepala, kepala)} if sesi.forge.jauh is None else {}
        sesi.catat(Rencana(p, pesan, dict(berkas), gabung=kepala, cabang=tahan))
    else:
        sesi.catat(Rencana(p, pesan))


def paraf_berlaku(sesi: Sesi, perubahan: str) -> str | None:
    """Digest of the paraf that counts, for the signature to link; else of the newest."""
    verdict = sesi.nilai(perubahan)
    for h in verdict.langkah if verdict else ():
        if h.langkah.tindakan is Tindakan.PARAF and h.peristiwa is not None:
            return h.peristiwa.sidik()
    return sidik_terakhir(sesi, perubahan, Tindakan.PARAF)


def izinkan_tanpa(sesi: Sesi, periode: Periode, id_bidang: str, alasan: str) -> Hasil:
    """The Sekretaris lets the report go without a late bidang; every page will say so."""
    pemangku = sesi.sebagai("sekretaris")
    bidang = sesi.bidang(id_bidang)
    if sesi.reports.kertas_kerja(periode, bidang.id) is not None:
        raise DitolakError(f"{bidang.nama} sudah bertanda tangan", "tidak perlu ditinggalkan")
    if not alasan.strip():
        raise PemakaianError("alasan belum ditulis", "tambahkan --alasan")
    p = sesi.peristiwa(
        perubahan_izin(periode.id, bidang.id), Tindakan.SETUJU, pemangku, [], alasan=alasan.strip()
    )
    sesi.catat(Rencana(p, f"Tanpa {bidang.nama}"))
    return Hasil(
        f"laporan {periode.judul} boleh disusun tanpa {bidang.nama}",
        (f"alasan: {alasan}",),
        f"kinerja susun {periode.id}",
        (sesi.pemegang("kasubag-program"),),
    )
