"""Replays the approvals inside an archive with the same evaluator that let them merge.

Policy, agency, offices and identities come from the JSON twins, events from the archive's log,
digests from the sources beside them. It decides whether the report and every worksheet under
it were approved, byte for byte, by who held the office on that day. Signatures, the log's
chain and the manifests are judged before (``verification``).

Example:
    >>> [b.alasan for b in putar_ulang(isi, pernyataan) if b.putus is not Putus.SAH]
    []
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta, timezone
from functools import partial
from hashlib import sha256
from typing import Any

from kinerja.domain.arsip import Pernyataan
from kinerja.domain.errors import KinerjaError
from kinerja.domain.laporan import Laporan
from kinerja.domain.organisasi import ZONA_JAM, DaftarIdentitas, DaftarJabatan, Organisasi, Sebutan
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import Berkas, Peristiwa
from kinerja.domain.putusan import Baris, Putus
from kinerja.domain.tata_kelola import PERSETUJUAN, Kebijakan, Tindakan
from kinerja.publishing.bag import KEMBAR, PERISTIWA
from kinerja.publishing.twins import Kembar, baca_kembar, bangun, polos_json
from kinerja.workflow.approvals import evaluate
from kinerja.workflow.log_rules import baca_peristiwa
from kinerja.workflow.offices import pemangku_sah
from kinerja.workflow.permissions import izin_tanpa
from kinerja.workflow.policy import sidik_kebijakan
from kinerja.workflow.verdict import Konteks, Perubahan, Verdict

POKOK_PERSETUJUAN, POKOK_KEMBAR = "persetujuan", "kembar JSON"
TUJUAN = "refs/heads/main"
KELIRU = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    KinerjaError,
)

_WAJIB: dict[str, type] = {
    "kebijakan": Kebijakan,
    "jabatan": DaftarJabatan,
    "identitas": DaftarIdentitas,
    "organisasi": Organisasi,
}
_PENULIS = frozenset({Tindakan.SIAPKAN, Tindakan.AJUKAN, Tindakan.SUSUN})
_KERTAS_KERJA = "kertas-kerja/"

Isi = Mapping[str, bytes]
Muat = Callable[[bytes], object]


def baca_konteks(isi: Isi) -> Konteks:
    """What the base branch said, from the twins; raises ValueError when they do not fit."""
    organisasi = bangun(Organisasi, _kembar(isi, "organisasi").isi)
    jam = ZONA_JAM.get(organisasi.zona_waktu)
    if jam is None:
        raise ValueError(f"zona waktu `{organisasi.zona_waktu}` tidak dikenal")
    return Konteks(
        bangun(Kebijakan, _kembar(isi, "kebijakan").isi),
        organisasi,
        bangun(DaftarJabatan, _kembar(isi, "jabatan").isi),
        bangun(DaftarIdentitas, _kembar(isi, "identitas").isi),
        timezone(timedelta(hours=jam)),
    )


def periksa_kembar(isi: Isi, periode: Periode, muat: Muat | None = None) -> tuple[Baris, ...]:
    """Whether every twin is bound to its YAML source.

    Args:
        muat: reads YAML into plain data; with it the contents are compared too.
    """
    jalur = {n: f"reports/{n}.yaml" for n in _WAJIB} | {"laporan": f"{periode.folder}/laporan.yaml"}
    cacat: list[str] = [f"`{KEMBAR}{n}.json` tidak ada" for n in _WAJIB if _nama(n) not in isi]
    for nama in sorted(n for n in isi if n.startswith(KEMBAR)):
        kunci = nama.removeprefix(KEMBAR).removesuffix(".json")
        if kunci not in jalur or nama != _nama(kunci):
            cacat.append(f"`{nama}` bukan kembar yang dikenal")
            continue
        try:
            cacat += _cacat_kembar(isi, kunci, jalur[kunci], muat)
        except KELIRU as e:
            cacat.append(f"`{nama}` tidak terbaca: {e}")
    if cacat:
        return tuple(Baris(Putus.TIDAK_SAH, POKOK_KEMBAR, c) for c in cacat)
    cara = "sidik dan isinya" if muat else "sidiknya"
    alasan = f"kebijakan, jabatan, identitas, dan organisasi sama dengan sumbernya ({cara})"
    return (Baris(Putus.SAH, POKOK_KEMBAR, alasan),)


def putar_ulang(isi: Isi, pernyataan: Mapping[str, Any]) -> tuple[Baris, ...]:
    """Judges the report's approvals and those of every worksheet that it took in."""
    try:
        return tuple(_putar_ulang(isi, bangun(Pernyataan, pernyataan)))
    except KELIRU as e:
        alasan = f"persetujuan tidak dapat diputar ulang: {e}"
        return (Baris(Putus.TIDAK_SAH, POKOK_PERSETUJUAN, alasan),)


# helpers for twins


def _nama(kunci: str) -> str:
    return f"{KEMBAR}{kunci}.json"


def _kembar(isi: Isi, kunci: str) -> Kembar:
    return baca_kembar(isi[_nama(kunci)])


def _cacat_kembar(isi: Isi, kunci: str, jalur: str, muat: Muat | None) -> Iterator[str]:
    k = _kembar(isi, kunci)
    sumber = isi.get(f"data/{jalur}")
    if k.jalur != jalur or sumber is None:
        yield f"`{_nama(kunci)}` menyebut sumber `{k.jalur}`, seharusnya `{jalur}` dalam arsip"
    elif sha256(sumber).hexdigest() != k.sha256:
        yield f"`{_nama(kunci)}` tidak terikat pada isi `{jalur}` yang ada dalam arsip"
    elif muat is not None:
        asli, salinan = polos_json(muat(sumber)), k.isi
        tipe = _WAJIB.get(kunci)
        bentuk = _inti if tipe is None else partial(bangun, tipe)
        if bentuk(asli) != bentuk(salinan):
            yield f"isi `{_nama(kunci)}` berbeda dari `{jalur}`"


def _inti(laporan: object) -> object:
    """What the replay uses of a report; its figures may be written in two ways."""
    if not isinstance(laporan, dict):
        raise ValueError("bukan laporan")
    return [laporan.get(k) or [] for k in ("versi", "status", "masukan", "tanpa")]


# helpers for the replay


def _baris(lulus: bool, alasan: str) -> Baris:
    return Baris(Putus.SAH if lulus else Putus.TIDAK_SAH, POKOK_PERSETUJUAN, alasan)


def _putar_ulang(isi: Isi, p: Pernyataan) -> Iterator[Baris]:
    konteks = baca_konteks(isi)
    nama = sorted(n for n in isi if n.startswith(PERISTIWA) and n.endswith(".json"))
    peristiwa = tuple(baca_peristiwa(isi[n]) for n in nama)
    laporan = bangun(Laporan, _kembar(isi, "laporan").isi) if _nama("laporan") in isi else None
    yield from _cacat_pernyataan(p, konteks, laporan)
    folder = Periode.baca(p.periode).folder
    jalur = f"{folder}/laporan.yaml"
    verdict = _nilai(isi, konteks, peristiwa, f"laporan/{p.periode}", jalur)
    yield from _baris_verdict(isi, konteks, verdict)
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
        v = _nilai(isi, konteks, peristiwa, f"kk/{p.periode}/{bidang}", jalur)
        yield from _baris_verdict(isi, konteks, v)
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


def _nilai(
    isi: Isi, konteks: Konteks, peristiwa: tuple[Peristiwa, ...], perubahan: str, jalur: str
) -> Verdict:
    milik = [p for p in peristiwa if p.perubahan == perubahan]
    bita = isi.get(f"data/{jalur}")
    berkas = (Berkas(jalur, sha256(bita).hexdigest(), len(bita)),) if bita is not None else ()
    penulis = frozenset(p.orang for p in milik if p.tindakan in _PENULIS)
    return evaluate(konteks, Perubahan(perubahan, TUJUAN, berkas, penulis), peristiwa)


def _baris_verdict(isi: Isi, konteks: Konteks, v: Verdict) -> Iterator[Baris]:
    """A line per leaf of the verdict, and the covered files and holders of what counted."""
    judul = v.pohon.judul
    for s in v.pohon.semua():
        if not s.anak:
            yield _baris(s.lulus, f"{judul}: {s.judul}: {s.alasan}")
    for h in v.langkah:
        if h.peristiwa is not None:
            yield from (_baris(False, f"{judul}: {c}") for c in _cacat(isi, konteks, h.peristiwa))
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
