"""Where a change stands, and what an act on it must meet: the steps' own conditions.

Each function either gives what a step works on, or refuses with the reason and the way out.
Nothing is written here; the eight steps are in ``sop``.
"""

from __future__ import annotations

from kinerja.adapters.reports import jalur_kertas_kerja
from kinerja.domain.errors import BentrokError, DitolakError
from kinerja.domain.laporan import BidangTertinggal
from kinerja.domain.organisasi import Bidang
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import Berkas, Peristiwa, berkas_dari
from kinerja.domain.tata_kelola import Tindakan
from kinerja.session import Sesi
from kinerja.workflow.permissions import izin_tanpa, perubahan_izin
from kinerja.workflow.verdict import Verdict

SIDIK_PENDEK = 12
"""Hex digits of a digest that people are shown and type."""


def lembar_kini(sesi: Sesi, periode: Periode, bidang: Bidang) -> tuple[bytes, str | None]:
    """A worksheet's bytes and its branch's head; no head when it is already signed."""
    jalur = jalur_kertas_kerja(periode, bidang.id)
    bertanda = sesi.reports.pohon.baca(jalur)
    if bertanda is not None:
        return bertanda, None
    kepala = sesi.forge.kepala(f"kk/{periode.id}/{bidang.id}")
    bita = sesi.forge.repo.baca(kepala, jalur) if kepala else None
    if bita is None:
        raise DitolakError(
            f"kertas kerja {bidang.nama} {periode.judul} belum disiapkan",
            f"Kasubag Penyusun Program menjalankan: kinerja siapkan {periode.id}",
        )
    return bita, kepala


def sidik_terakhir(sesi: Sesi, perubahan: str, tindakan: Tindakan) -> str | None:
    """Digest of the newest event of a kind on a change; None when there is none."""
    milik = [p for p in sesi.milik(perubahan) if p.tindakan is tindakan]
    return milik[-1].sidik() if milik else None


def ajuan_sebelumnya(sesi: Sesi, perubahan: str, berkas: Berkas) -> Peristiwa | None:
    """The submission of exactly these bytes that no *tidak* has answered yet."""
    for p in reversed(sesi.milik(perubahan)):
        if p.tindakan is Tindakan.AJUKAN and berkas in p.berkas:
            return p
        if p.tindakan in (Tindakan.AJUKAN, Tindakan.TIDAK):
            break
    return None


def ajuan_berlaku(sesi: Sesi, perubahan: str, berkas: Berkas, bidang: Bidang) -> Peristiwa:
    """As :func:`ajuan_sebelumnya`; refused when there is none."""
    ajuan = ajuan_sebelumnya(sesi, perubahan, berkas)
    if ajuan is not None:
        return ajuan
    raise DitolakError(
        f"kertas kerja {bidang.nama} belum diajukan dalam bentuknya yang sekarang",
        f"tunggu {sesi.pemegang(bidang.pengisi)} mengajukannya",
    )


def tuntut_dihitung(verdict: Verdict | None, jabatan: str) -> None:
    """Refuses an act that would not count, with the evaluator's own reason."""
    if verdict is None:
        raise DitolakError("usulannya tidak ada lagi", "periksa: kinerja status")
    for h in verdict.langkah:
        if h.jabatan == jabatan and h.peristiwa is None:
            alasan = h.simpul.anak[-1].alasan if h.simpul.anak else h.simpul.alasan
            raise DitolakError(f"belum dapat dihitung: {alasan}", "tidak ada yang ditulis")
    for s in verdict.pohon.semua():
        if s.kode.startswith(("tak-bertuan", "identitas-tak-dikenal", "kosong")):
            raise DitolakError(f"{s.judul}: {s.alasan}", "tidak ada yang ditulis")


def tuntut_yang_dibaca(berkas: Berkas, sidik: str | None) -> None:
    """Refuses an answer to other bytes than those that were read.

    Args:
        sidik: beginning of the SHA-256 that was shown; None when nothing was shown before.
    """
    if sidik is None:
        return
    if len(sidik) < SIDIK_PENDEK or not berkas.sha256.startswith(sidik.casefold()):
        raise BentrokError(
            f"isinya berubah sejak dibaca: sekarang {berkas.sha256[:SIDIK_PENDEK]}, yang dijawab {sidik}",
            "baca lagi dengan --lihat, lalu jawab dengan sidik yang tertulis di sana",
        )


def bidang_belum_bertanda(sesi: Sesi, periode: Periode) -> list[Bidang]:
    """Bidang whose worksheet is not signed yet, in the agency's order."""
    return [b for b in sesi.reports.organisasi().bidang if sesi.reports.kertas_kerja(periode, b.id) is None]


def bidang_ditinggalkan(sesi: Sesi, periode: Periode) -> tuple[BidangTertinggal, ...]:
    """Bidang that the Sekretaris lets go; one that signed meanwhile is not missing."""
    hasil = []
    for b in bidang_belum_bertanda(sesi, periode):
        asli = sesi.milik(perubahan_izin(periode.id, b.id))
        izin = izin_tanpa(sesi.reports.konteks(), asli, periode.id, b.id)
        if izin is not None:
            hasil.append(BidangTertinggal(b.id, izin.alasan or ""))
    return tuple(hasil)


def masukan_berubah(sesi: Sesi, periode: Periode) -> str | None:
    """Path of an input of the draft that has changed on main since; None when none has."""
    kepala = sesi.forge.kepala(f"laporan/{periode.id}")
    draft = sesi.forge.reports(kepala).laporan(periode) if kepala else None
    for m in draft.masukan if draft else ():
        kini = sesi.reports.pohon.baca(m.jalur)
        if kini is None or berkas_dari(m.jalur, kini).sha256 != m.sha256:
            return m.jalur
    return None


def tuntut_boleh_susun(sesi: Sesi, periode: Periode) -> None:
    """Refuses a compilation while somebody else holds the pen and nothing under it moved."""
    perubahan = f"laporan/{periode.id}"
    verdict = sesi.nilai(perubahan)
    milik = sesi.milik(perubahan)
    tidak = [p for p in milik if p.tindakan is Tindakan.TIDAK]
    susun_ = [p for p in milik if p.tindakan is Tindakan.SUSUN]
    terbuka = tidak and (not susun_ or tidak[-1].urut > susun_[-1].urut)
    if terbuka and tidak[-1].jabatan == "kepala-dinas":
        raise DitolakError(
            "draft dikembalikan Kepala Dinas kepada Sekretaris",
            "tunggu Sekretaris meneruskannya: kinerja paraf … --tidak",
        )
    diparaf = verdict is not None and any(h.peristiwa for h in verdict.langkah)
    if not terbuka and susun_ and diparaf and masukan_berubah(sesi, periode) is None:
        raise DitolakError("draft ini sudah diparaf", "tunggu tanda tangan Kepala Dinas")


def draft_kini(sesi: Sesi, periode: Periode) -> tuple[bytes, str, Peristiwa]:
    """The draft's bytes, its branch's head and its newest compilation; refused when an input moved."""
    perubahan, jalur = f"laporan/{periode.id}", f"{periode.folder}/laporan.yaml"
    if sesi.reports.laporan(periode) is not None:
        raise DitolakError(f"laporan {periode.judul} sudah ditandatangani", f"kinerja status {periode.id}")
    kepala = sesi.forge.kepala(perubahan)
    bita = sesi.forge.repo.baca(kepala, jalur) if kepala else None
    susun_ = [p for p in sesi.milik(perubahan) if p.tindakan is Tindakan.SUSUN]
    if kepala is None or bita is None or not susun_:
        raise DitolakError(f"laporan {periode.judul} belum disusun", f"kinerja susun {periode.id}")
    if berkas_dari(jalur, bita) not in susun_[-1].berkas:
        raise BentrokError("draft berubah sesudah disusun", f"susun lagi: kinerja susun {periode.id}")
    berubah = masukan_berubah(sesi, periode)
    if berubah is not None:
        raise BentrokError(f"{berubah} berubah sesudah laporan disusun", f"kinerja susun {periode.id}")
    return bita, kepala, susun_[-1]
