"""Replays the approvals inside an archive with the same evaluator that let them merge.

Policy, agency, offices and identities of each act's own day come from the JSON twins, events
from the archive's log, digests from the sources beside them. It decides whether the report and
every worksheet under it were approved, byte for byte, by who held the office on that day.
Signatures, the log's chain and the manifests are judged before (``verification``).

Example:
    >>> [b.alasan for b in putar_ulang(isi, pernyataan) if b.putus is not Putus.SAH]
    []
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from kinerja.domain.arsip import Pernyataan
from kinerja.domain.laporan import Laporan
from kinerja.domain.organisasi import Sebutan, pemangku_sah
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import ACUAN, Berkas, Peristiwa
from kinerja.domain.putusan import Baris, Putus
from kinerja.domain.tata_kelola import PERSETUJUAN, Tindakan
from kinerja.publishing.bag import PERISTIWA
from kinerja.publishing.contexts import KELIRU, Isi, KonteksLog, baca_konteks, kembar_dari, nama_kembar
from kinerja.publishing.twins import bangun
from kinerja.workflow.approvals import evaluate
from kinerja.workflow.log_rules import baca_peristiwa
from kinerja.workflow.permissions import izin_tanpa
from kinerja.workflow.policy import sidik_kebijakan
from kinerja.workflow.verdict import Konteks, Perubahan, Verdict

POKOK_PERSETUJUAN = "persetujuan"
TUJUAN = "refs/heads/main"

_PENULIS = frozenset({Tindakan.SIAPKAN, Tindakan.AJUKAN, Tindakan.SUSUN})
_KERTAS_KERJA = "kertas-kerja/"
_ISI_ACUAN = "data/acuan/"


def putar_ulang(isi: Isi, pernyataan: Mapping[str, Any]) -> tuple[Baris, ...]:
    """Judges the report's approvals and those of every worksheet that it took in."""
    try:
        return tuple(_putar_ulang(isi, bangun(Pernyataan, pernyataan)))
    except KELIRU as e:
        alasan = f"persetujuan tidak dapat diputar ulang: {e}"
        return (Baris(Putus.TIDAK_SAH, POKOK_PERSETUJUAN, alasan),)


# helpers for the replay


def _baris(lulus: bool, alasan: str) -> Baris:
    return Baris(Putus.SAH if lulus else Putus.TIDAK_SAH, POKOK_PERSETUJUAN, alasan)


def _putar_ulang(isi: Isi, p: Pernyataan) -> Iterator[Baris]:
    konteks = baca_konteks(isi)
    nama = sorted(n for n in isi if n.startswith(PERISTIWA) and n.endswith(".json"))
    peristiwa = tuple(baca_peristiwa(isi[n]) for n in nama)
    laporan = bangun(Laporan, kembar_dari(isi, "laporan").isi) if nama_kembar("laporan") in isi else None
    yield from _cacat_pernyataan(p, konteks, laporan)
    folder = Periode.baca(p.periode).folder
    jalur = f"{folder}/laporan.yaml"
    log = KonteksLog(isi, konteks)
    yield from _cacat_acuan(isi, peristiwa)
    verdict = _nilai(isi, log, peristiwa, f"laporan/{p.periode}", jalur)
    yield from _baris_verdict(isi, log, verdict)
    ini = (jalur, _sidik(isi, jalur))
    tentang = [
        e
        for e in peristiwa
        if e.tindakan in _PENULIS | PERSETUJUAN and ini in {(b.jalur, b.sha256) for b in e.berkas}
    ]
    masukan = _masukan(tentang, laporan)
    for nama_masukan, sidik in sorted(masukan.items()):
        if _sidik(isi, nama_masukan) != sidik:
            yield _baris(False, f"masukan `{nama_masukan}` tidak sama dengan yang ada dalam arsip")
    milik = {b.id for b in konteks.organisasi.bidang}
    lembar = {
        j.rpartition("/")[2].removesuffix(".yaml"): j
        for j in masukan
        if j.startswith(f"{folder}/{_KERTAS_KERJA}")
    }
    for bidang, jalur in sorted(lembar.items()):
        v = _nilai(isi, log, peristiwa, f"kk/{p.periode}/{bidang}", jalur)
        yield from _baris_verdict(isi, log, v)
    akhir = min((e.urut for e in tentang if e.tindakan in PERSETUJUAN), default=None)
    for bidang in sorted(milik - set(lembar)):
        izin = izin_tanpa(konteks, peristiwa, p.periode, bidang, akhir)
        yield _tanpa(laporan, bidang, izin)


def _cacat_pernyataan(p: Pernyataan, konteks: Konteks, laporan: Laporan | None) -> Iterator[Baris]:
    if p.kebijakan != sidik_kebijakan(konteks.kebijakan):
        yield _baris(False, "pernyataan menyebut kebijakan lain daripada yang ada dalam arsip")
    if p.status is not konteks.organisasi.status or (laporan and laporan.status is not p.status):
        yield _baris(False, f"status `{p.status.value}` berbeda dari sumbernya")
    if laporan and (laporan.versi, laporan.periode) != (p.versi, p.periode):
        yield _baris(False, f"pernyataan menyebut versi {p.versi}, laporannya {laporan.versi}")
    hari = p.dibuat.astimezone(konteks.zona).date()
    sah = pemangku_sah(konteks.jabatan, p.jabatan, hari)
    nama, jabatan = konteks.identitas.nama(p.oleh), konteks.jabatan.nama(p.jabatan)
    if sah is None or sah.orang != p.oleh:
        yield _baris(False, f"{nama} bukan pemangku sah {jabatan} pada {hari.isoformat()}")
    else:
        yield _baris(True, f"arsip dibuat {nama} ({sah.sebutan.awalan}{jabatan})")


def _cacat_acuan(isi: Isi, peristiwa: Sequence[Peristiwa]) -> Iterator[Baris]:
    """No governing document stands here that no act names; and which of them the log vouches for."""
    disebut = {b.sha256 for p in peristiwa for b in p.acuan}
    ada = {n.removeprefix(_ISI_ACUAN).removesuffix(".yaml") for n in isi if n.startswith(_ISI_ACUAN)}
    for sidik in sorted(ada - disebut):
        yield _baris(False, f"`acuan/{sidik[:12]}…` tidak disebut peristiwa mana pun")
    tercatat = {b.sha256 for p in peristiwa for b in p.berkas if b.jalur in ACUAN}
    asing = len(disebut - tercatat)
    if asing:
        yield _baris(
            True,
            f"catatan: {asing} versi kebijakan, jabatan, identitas, atau organisasi berasal dari riwayat "
            "main pengirim; perubahannya tidak tercatat dalam log",
        )


def _nilai(
    isi: Isi, log: KonteksLog, peristiwa: tuple[Peristiwa, ...], perubahan: str, jalur: str
) -> Verdict:
    """The verdict at the first act by which the change was approved, or why there was none.

    What came later (another policy, another holder, a *tidak* after the merge) decides nothing.
    """
    sidik = _sidik(isi, jalur)
    bita = isi.get(f"data/{jalur}")
    berkas = (Berkas(jalur, sidik, len(bita)),) if sidik is not None and bita is not None else ()
    milik = [p for p in peristiwa if p.perubahan == perubahan]
    calon = [
        p
        for p in milik
        if p.tindakan in PERSETUJUAN and (jalur, sidik) in {(b.jalur, b.sha256) for b in p.berkas}
    ]
    verdict: Verdict | None = None
    for p in calon or milik[-1:]:
        penulis = frozenset(x.orang for x in milik if x.tindakan in _PENULIS and x.urut <= p.urut)
        sampai = [x for x in peristiwa if x.urut <= p.urut]
        verdict = evaluate(log.saat(p), Perubahan(perubahan, TUJUAN, berkas, penulis), sampai)
        if verdict.lulus:
            return verdict
    if verdict is None:
        raise ValueError(f"tidak ada peristiwa untuk `{perubahan}`")
    return verdict


def _baris_verdict(isi: Isi, log: KonteksLog, v: Verdict) -> Iterator[Baris]:
    """A line per leaf of the verdict, and the covered files and holders of what counted."""
    judul = v.pohon.judul
    for s in v.pohon.semua():
        if not s.anak:
            yield _baris(s.lulus, f"{judul}: {s.judul}: {s.alasan}")
    for h in v.langkah:
        if h.peristiwa is not None:
            cacat = _cacat(isi, log.saat(h.peristiwa), h.peristiwa)
            yield from (_baris(False, f"{judul}: {c}") for c in cacat)
    if not v.lulus and not any(not s.lulus and not s.anak for s in v.pohon.semua()):
        yield _baris(False, f"{judul}: {v.pohon.alasan}")
    yield from (_baris(True, f"{judul}: catatan: {c}") for c in v.catatan)


def _cacat(isi: Isi, konteks: Konteks, p: Peristiwa) -> Iterator[str]:
    for b in p.berkas:
        if (_sidik(isi, b.jalur) or "") != b.sha256:
            yield f"peristiwa {p.urut} mencakup `{b.jalur}` dengan isi lain"
    sah = pemangku_sah(konteks.jabatan, p.jabatan, p.waktu.astimezone(konteks.zona).date())
    if sah is None or sah.sebutan is not p.sebutan:
        yield f"peristiwa {p.urut} mengaku {p.sebutan.value}, tidak sesuai jabatan.yaml"
    elif p.sebutan is not Sebutan.DEFINITIF and (p.dasar and p.dasar.nomor) != (
        sah.dasar and sah.dasar.nomor
    ):
        yield f"peristiwa {p.urut} menyebut dasar penunjukan lain daripada jabatan.yaml"


def _sidik(isi: Isi, jalur: str) -> str | None:
    bita = isi.get(f"data/{jalur}")
    return None if bita is None else sha256(bita).hexdigest()


def _masukan(tentang: Sequence[Peristiwa], laporan: Laporan | None) -> dict[str, str]:
    """Inputs of the report: as its acts name them for these very bytes, and as it says."""
    sumber = [{b.jalur: b.sha256 for b in p.masukan} for p in tentang if p.masukan]
    if laporan is not None:
        sumber.append({m.jalur: m.sha256 for m in laporan.masukan})
    gabungan: dict[str, str] = {}
    for s in sumber:
        for jalur, sidik in s.items():
            if gabungan.setdefault(jalur, sidik) != sidik:
                raise ValueError(f"masukan `{jalur}` disebut dengan dua sidik")
    kertas = [{j for j in s if f"/{_KERTAS_KERJA}" in j} for s in sumber]
    if any(k != kertas[0] for k in kertas):
        raise ValueError("penyusun, penanda tangan, dan laporan menyebut kertas kerja berbeda")
    return gabungan


def _tanpa(laporan: Laporan | None, bidang: str, izin: Peristiwa | None) -> Baris:
    if laporan is None:
        alasan = f"kertas kerja {bidang} tidak disebut, dan kembar laporan tidak ada dalam arsip"
        return Baris(Putus.TAK_PASTI, POKOK_PERSETUJUAN, alasan)
    ada = next((t for t in laporan.tanpa if t.bidang == bidang), None)
    if ada is None:
        return _baris(False, f"kertas kerja {bidang} tidak ada dan tidak dinyatakan tertinggal")
    if izin is None or (izin.alasan or "") != ada.alasan:
        return _baris(False, f"laporan disusun tanpa {bidang}, padahal tidak ada izin Sekretaris untuk itu")
    return _baris(True, f"laporan disusun tanpa {bidang} seizin Sekretaris: {ada.alasan}")
