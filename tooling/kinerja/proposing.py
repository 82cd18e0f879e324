"""Proposals outside the eight steps: offices, identities, policy, plan, budget, calendar, the tool itself.

Whoever the policy names proposes; the offices that it names approve, in its order; the last
approval merges. The same bytes that were read are answered, and a file that changed on main
meanwhile is not overwritten.

Example:
    >>> usulkan(sesi, "plh-rehabilitasi", {"reports/jabatan.yaml": bita}, "Plh. Kabid")
    Hasil(terjadi='usulan usul/plh-rehabilitasi diajukan', …)
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256

from kinerja.adapters.git_tree import PohonGit
from kinerja.adapters.local_forge import Rencana, pelaku
from kinerja.adapters.trees import PohonTumpuk
from kinerja.answers import setujui, tolak
from kinerja.checking.changes import bandingkan
from kinerja.domain.errors import BentrokError, DitolakError, PemakaianError, TemuanError
from kinerja.domain.organisasi import Pemangku
from kinerja.domain.peristiwa import Berkas, Peristiwa, berkas_dari, kanonik
from kinerja.domain.tata_kelola import Tindakan
from kinerja.session import Hasil, Sesi
from kinerja.standing import SIDIK_PENDEK
from kinerja.workflow.offices import pemilik
from kinerja.workflow.verdict import HasilLangkah, Perubahan, Verdict

AWALAN = "usul/"
_NAMA = re.compile(r"[a-z0-9][a-z0-9-]{1,60}")


def usulkan(sesi: Sesi, nama: str, berkas: Mapping[str, bytes], pesan: str) -> Hasil:
    """Proposes files, or proposes them anew under the same name.

    Args:
        nama: short name of the proposal, ``plh-rehabilitasi``.
        berkas: path in the repository → new bytes.

    Raises:
        DitolakError: nobody may propose these files together, or not this person.
        TemuanError: the rules refuse them; nothing was written.
    """
    if not _NAMA.fullmatch(nama):
        raise PemakaianError(f"nama usulan `{nama}` tidak dapat dipakai", "huruf kecil, angka, tanda hubung")
    perubahan = f"{AWALAN}{nama}"
    pemangku = _pengusul(sesi, berkas)
    pohon, repo = sesi.reports.pohon, sesi.forge.repo
    beda = {j: b for j, b in berkas.items() if pohon.baca(j) != b}
    if not beda:
        raise PemakaianError("isinya sama dengan yang berlaku", "tidak ada yang perlu diusulkan")
    dasar = PohonGit(repo, sesi.dasar)
    hasil = bandingkan(PohonTumpuk(beda, dasar), dasar, sorted(beda), sesi.dasar, diajukan=True)
    if hasil.galat:
        raise TemuanError("usulan ini belum dapat diajukan", hasil.temuan, "betulkan; tidak ada yang ditulis")
    lama = sesi.forge.kepala(perubahan)
    oid = repo.tulis_commit([sesi.dasar], beda, f"{pesan}\n", pelaku(sesi.orang), sesi.waktu)
    isi = [berkas_dari(j, b) for j, b in sorted(beda.items())]
    p = sesi.peristiwa(perubahan, Tindakan.AJUKAN, pemangku, isi, alasan=pesan, kepala=oid)
    sesi.catat(Rencana(p, pesan, cabang={perubahan: (oid, lama)}))
    verdict = sesi.nilai(perubahan)
    return Hasil(
        f"usulan {perubahan} diajukan",
        tuple(j for j in sorted(beda)),
        f"kinerja setujui {perubahan}",
        (sesi.pemegang(verdict.berikutnya),) if verdict and verdict.berikutnya else (),
        hasil.temuan,
    )


def jawab(
    sesi: Sesi, perubahan: str, *, ya: bool, alasan: str | None = None, sidik: str | None = None
) -> Hasil:
    """An office approves a proposal, or returns it with a reason; the last approval merges.

    Args:
        sidik: beginning of the digest that was read (:func:`sidik_usulan`).
    """
    p, verdict, kepala = _usulan(sesi, perubahan)
    kini = sidik_usulan(p)
    if sidik is not None and (len(sidik) < SIDIK_PENDEK or not kini.startswith(sidik.casefold())):
        saran = f"baca lagi: kinerja setujui {perubahan} --lihat"
        raise BentrokError(f"isinya berubah sejak dibaca: sekarang {kini[:SIDIK_PENDEK]}", saran)
    langkah, pemangku = _langkah(sesi, verdict)
    sesudah = _sesudah(sesi, perubahan, verdict, langkah, p)
    if not ya:
        tolak(sesi, perubahan, pemangku.jabatan, list(p.berkas), sesudah, alasan, kepala)
        return Hasil(
            f"{perubahan} dikembalikan",
            (f"alasan: {(alasan or '').strip()}",),
            f"kinerja usulkan {perubahan.removeprefix(AWALAN)} …",
            (sesi.pemegang(langkah.kembali_ke),),
        )
    _tuntut_belum_berubah(sesi, p, kepala)
    e = sesi.peristiwa(
        perubahan, langkah.langkah.tindakan, pemangku, p.berkas, sesudah=sesudah, kepala=kepala
    )
    isi = {b.jalur: sesi.forge.repo.baca(kepala, b.jalur) for b in p.berkas}
    setujui(sesi, e, isi, kepala, f"{langkah.langkah.tindakan.value.capitalize()} {perubahan}")
    masuk = all(sesi.reports.pohon.baca(j) == b for j, b in isi.items())
    lagi = None if masuk else sesi.nilai(perubahan)
    return Hasil(
        f"{perubahan} {'disetujui dan berlaku' if masuk else 'disetujui'}{sesi.sementara(pemangku)}",
        (f"terikat pada sidik {kini[:SIDIK_PENDEK]}…",),
        "" if masuk else f"kinerja setujui {perubahan}",
        (sesi.pemegang(lagi.berikutnya),) if lagi and lagi.berikutnya else (),
    )


def sidik_usulan(p: Perubahan) -> str:
    """One digest over every covered file: what an answer binds to."""
    isi = [[b.jalur, b.sha256] for b in sorted(p.diperiksa, key=lambda b: b.jalur)]
    return sha256(kanonik(isi)).hexdigest()


def beda_usulan(sesi: Sesi, perubahan: str) -> Iterator[str]:
    """The proposal as lines that go and lines that come, file by file."""
    p, _, kepala = _usulan(sesi, perubahan)
    for b in p.diperiksa:
        lama, baru = (
            (x or b"").decode("utf-8", "replace").splitlines()
            for x in (sesi.reports.pohon.baca(b.jalur), sesi.forge.repo.baca(kepala, b.jalur))
        )
        nama = (f"{b.jalur} (sekarang)", f"{b.jalur} (usulan)")
        yield from difflib.unified_diff(lama, baru, *nama, lineterm="")


# helpers


def _pengusul(sesi: Sesi, berkas: Mapping[str, bytes]) -> Pemangku:
    """The person's office by which he or she may propose all of these files."""
    boleh: set[str] | None = None
    for j in berkas:
        milik = pemilik(sesi.reports.kebijakan(), sesi.reports.organisasi(), j)
        if milik is None:
            raise DitolakError(f"{j}: tidak ada jabatan yang memilikinya dalam kebijakan", "periksa jalurnya")
        if milik.aturan.jenis in ("kertas-kerja", "laporan", "disposisi", "kirim"):
            raise DitolakError(f"{j} diubah lewat langkah SOP", "lihat: kinerja --help")
        jabatan = {milik.jabatan(x) for x in milik.aturan.pengusul}
        boleh = jabatan if boleh is None else boleh & jabatan
    if not boleh:
        raise DitolakError("berkas-berkas ini tidak diusulkan jabatan yang sama", "pisahkan usulannya")
    return sesi.sebagai(*sorted(boleh))


def _usulan(sesi: Sesi, perubahan: str) -> tuple[Perubahan, Verdict, str]:
    kepala = sesi.forge.kepala(perubahan)
    p = sesi.forge.perubahan(perubahan, sesi.reports)
    verdict = sesi.nilai(perubahan)
    if kepala is None or p is None or verdict is None or not perubahan.startswith(AWALAN):
        raise PemakaianError(f"tidak ada usulan `{perubahan}`", "lihat: kinerja usulan")
    if not p.berkas:
        raise DitolakError(f"{perubahan} sudah berlaku", "tidak ada lagi langkahnya")
    return p, verdict, kepala


def _langkah(sesi: Sesi, verdict: Verdict) -> tuple[HasilLangkah, Pemangku]:
    """The first step that is not given and that this person's office may give."""
    terbuka = [h for h in verdict.langkah if h.peristiwa is None] or list(verdict.langkah)
    pemangku = sesi.sebagai(*dict.fromkeys(h.jabatan for h in terbuka))
    return next(h for h in terbuka if h.jabatan == pemangku.jabatan), pemangku


def _sesudah(
    sesi: Sesi, perubahan: str, verdict: Verdict, langkah: HasilLangkah, p: Perubahan
) -> str | None:
    """The step before, or the submission of these bytes."""
    if langkah.nomor > 0:
        sebelum = verdict.langkah[verdict.langkah.index(langkah) - 1].peristiwa
        return sebelum.sidik() if sebelum else None
    isi: set[Berkas] = set(p.berkas)
    ajuan: list[Peristiwa] = [x for x in sesi.milik(perubahan) if x.tindakan is Tindakan.AJUKAN]
    cocok = [x for x in ajuan if isi <= set(x.berkas)]
    return cocok[-1].sidik() if cocok else None


def _tuntut_belum_berubah(sesi: Sesi, p: Perubahan, kepala: str) -> None:
    """Refuses to lay a file over what others brought to main since the proposal began."""
    repo, utama = sesi.forge.repo, sesi.forge.utama()
    dasar = repo.leluhur_bersama(utama, kepala) or utama
    berubah = {b.jalur for b in p.diperiksa} & set(repo.jalur_berubah(dasar, utama))
    if berubah:
        raise BentrokError(
            f"{min(berubah)} berubah di main sejak diusulkan", "usulkan lagi dari isinya yang sekarang"
        )
