"""Step 8's archive: what goes in, how its approvals are replayed, and the receipt.

It wires ``publishing`` (bytes in, bytes out) to the repository's documents and keys.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from kinerja.adapters.documents import polos, untuk_json
from kinerja.adapters.event_log import cacat_tanda_tangan
from kinerja.adapters.keys import KunciPribadi, periksa
from kinerja.adapters.local_forge import UTAMA, berkas_dari
from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import PohonIsi
from kinerja.adapters.yaml_strict import muat
from kinerja.calculation.report import VERSI_ATURAN, hitung_laporan
from kinerja.domain.arsip import (
    RUANG_TANDA_TERIMA,
    AsalGit,
    KepalaLog,
    Manifes,
    Pernyataan,
    TandaTerimaArsip,
)
from kinerja.domain.errors import DitolakError, KinerjaError
from kinerja.domain.laporan import Kirim, Laporan
from kinerja.domain.organisasi import Organisasi, Pemangku, Status
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import PeristiwaBertanda, kanonik
from kinerja.domain.tata_kelola import Tindakan
from kinerja.publishing.archive import bita_tanda_terima, kembar, polos_json, susun_arsip
from kinerja.publishing.report_text import csv_capaian, markdown_laporan
from kinerja.publishing.verification import Baris, Putus
from kinerja.session import Hasil, Sesi
from kinerja.workflow.approvals import Perubahan, evaluate
from kinerja.workflow.log_rules import baca_peristiwa
from kinerja.workflow.policy import sidik_kebijakan

_KEMBAR = ("organisasi", "jabatan", "identitas", "kebijakan")


@dataclass(frozen=True, slots=True)
class Kiriman:
    """An archive ready to be delivered, and its record."""

    arsip: bytes
    kirim: Kirim
    hasil: Hasil


def siapkan_kiriman(sesi: Sesi, periode: Periode, pemangku: Pemangku) -> Kiriman:
    """Builds the signed archive of a signed report."""
    r = sesi.reports
    laporan = r.laporan(periode)
    if laporan is None:
        raise DitolakError(f"laporan {periode.judul} belum ditandatangani", "")
    organisasi = r.organisasi()
    commit = sesi.forge.utama()
    log = sesi.forge.log.baca()
    saat = sesi.waktu.replace(microsecond=0)
    lalu = r.kirim(periode.sebelumnya())
    pernyataan = Pernyataan(
        skema="pernyataan/v1",
        laporan=f"{_singkat(organisasi)}/{periode.id}",
        opd=organisasi.nama,
        periode=periode.id,
        versi=laporan.versi,
        status=organisasi.status,
        penanda=organisasi.status.penanda,
        manifes=Manifes("", ""),
        log=KepalaLog(log[-1].sidik if log else None, len(log)),
        kebijakan=sidik_kebijakan(r.kebijakan()),
        git=AsalGit(commit, sesi.forge.repo.pohon(commit)),
        sebelumnya=lalu.sha256 if lalu else None,
        menggantikan=laporan.menggantikan,
        dibuat=saat,
        oleh=sesi.id_orang,
        jabatan=pemangku.jabatan,
    )
    arsip = susun_arsip(_muatan(r, periode, laporan, log), pernyataan, sesi.penanda.tanda_tangani)
    kirim = Kirim(
        skema="kirim/v1",
        periode=periode.id,
        versi=laporan.versi,
        arsip=f"{_singkat(organisasi)}-{periode.id}-v{laporan.versi}.zip",
        sha256=sha256(arsip).hexdigest(),
        ukuran=len(arsip),
        kepada=organisasi.penerima.id,
        cara="folder",
        dikirim=saat,
        oleh=sesi.id_orang,
    )
    return Kiriman(arsip, kirim, Hasil(""))


def buat_tanda_terima(
    arsip: bytes,
    nama_arsip: str,
    kunci: KunciPribadi,
    *,
    penerima: str,
    nomor: str,
    nama_penerima: str,
    saat: datetime,
    status: Status,
) -> bytes:
    """The receiver's signed receipt over an archive, as the file that stands beside it."""
    terima = TandaTerimaArsip(
        skema="tanda-terima/v1",
        arsip=nama_arsip,
        sha256=sha256(arsip).hexdigest(),
        ukuran=len(arsip),
        nomor=nomor,
        tanggal=saat.date(),
        penerima=penerima,
        nama_penerima=nama_penerima,
        diterima=saat.replace(microsecond=0),
        status=status,
    )
    tanda = kunci.tanda_tangani(bita_tanda_terima(terima), RUANG_TANDA_TERIMA)
    return kanonik({"tanda_terima": polos_json(terima), "tanda_tangan": tanda})


def tanda_terima_sah(sesi: Sesi, kirim: Kirim, bita: bytes) -> dict[str, Any]:
    """The receipt's record for ``kirim.yaml``; refused when it is not this archive's or not signed."""
    try:
        luar = json.loads(bita)
        isi, tanda = luar["tanda_terima"], str(luar["tanda_tangan"])
        penerima = next(p for p in sesi.reports.identitas().penerima if p.id == isi["penerima"])
        if isi["sha256"] != kirim.sha256:
            raise DitolakError("tanda terima ini untuk arsip lain", f"arsip kita {kirim.sha256[:12]}…")
        hari = date.fromisoformat(isi["diterima"][:10])
        sah = any(
            k.berlaku(hari) and periksa(k.publik, kanonik(isi), tanda, RUANG_TANDA_TERIMA)
            for k in penerima.kunci
        )
    except (ValueError, KeyError, TypeError, StopIteration) as e:
        raise KinerjaError("tanda terima tidak dapat dibaca", "minta ulang berkasnya") from e
    if not sah:
        raise DitolakError(
            "tanda terima tidak ditandatangani kunci penerima yang terdaftar",
            "periksa kunci penerima di reports/identitas.yaml",
        )
    return {k: isi[k] for k in ("nomor", "tanggal", "penerima", "nama_penerima", "diterima", "sha256")}


def berkas_percaya(reports: Reports) -> str:
    """The trust file: who may sign archives and receipts, for delivery by another way."""
    baris = ["# Kunci tepercaya; serahkan lewat jalan lain daripada arsipnya, dan cocokkan sidiknya."]
    identitas = reports.identitas()
    pengirim = {p.orang for p in reports.jabatan().pemangku if p.jabatan == "kasubag-program"}
    for o in identitas.orang:
        if o.id in pengirim:
            baris += [f'{o.id} namespaces="kinerja.arsip.v1" {_dua(k.publik)}' for k in o.kunci]
    for p in identitas.penerima:
        baris += [f'{p.id} namespaces="kinerja.tanda-terima.v1" {_dua(k.publik)}' for k in p.kunci]
    return "\n".join(baris) + "\n"


def putar_ulang(kecil: Mapping[str, bytes], pernyataan: Mapping[str, Any]) -> tuple[Baris, ...]:
    """Replays an archive's events and approvals with the same evaluator, and its figures."""
    isi = {n.removeprefix("data/"): b for n, b in kecil.items() if n.startswith("data/reports/")}
    r = Reports(PohonIsi(isi))
    periode = Periode.baca(str(pernyataan["periode"]))
    baris = [*_kembar_cocok(kecil, isi)]
    try:
        catatan = _catatan(kecil)
        cacat = cacat_tanda_tangan(catatan, r.identitas())
        if cacat:
            return (*baris, Baris(Putus.TIDAK_SAH, "tanda tangan peristiwa", cacat[0]))
        jumlah = f"{len(catatan)} peristiwa ditandatangani kunci orangnya"
        baris.append(Baris(Putus.SAH, "tanda tangan peristiwa", jumlah))
        baris += _persetujuan(r, periode, catatan)
        baris.append(_angka(r, periode))
    except KinerjaError as e:
        baris.append(Baris(Putus.TIDAK_SAH, "isi arsip", e.pesan))
    return tuple(baris)


# helpers


def _singkat(organisasi: Organisasi) -> str:
    return re.sub(r"[^a-z0-9]+", "-", organisasi.nama_singkat.casefold()).strip("-")


def _dua(publik: str) -> str:
    return " ".join(publik.split()[:2])


def _muatan(
    r: Reports, periode: Periode, laporan: Laporan, log: Sequence[PeristiwaBertanda]
) -> dict[str, bytes]:
    dasar = [f"reports/{n}.yaml" for n in (*_KEMBAR, "sop", "kalender", "riwayat")]
    dasar += [f"reports/{periode.tahun}/{n}.yaml" for n in ("rencana", "anggaran")]
    for p in {*periode.sampai_dengan(), periode}:
        dasar += r.pohon.daftar(f"{p.folder}/kertas-kerja/")
    dasar += [f"{periode.folder}/{n}.yaml" for n in ("disposisi", "laporan")]
    isi = {j: b for j in dasar if (b := r.pohon.baca(j)) is not None}
    for nama in _KEMBAR:
        jalur = f"reports/{nama}.yaml"
        isi[f"kembar/{nama}.json"] = kembar(jalur, isi[jalur], untuk_json(muat(isi[jalur], jalur)[0]))
    for c in log:
        isi[f"peristiwa/{c.peristiwa.urut:06d}.json"] = c.bita
        isi[f"peristiwa/{c.peristiwa.urut:06d}.json.sig"] = (c.tanda_tangan or "").encode()
    isi["csv/capaian.csv"] = csv_capaian(r.rencana(periode.tahun), laporan)
    isi["laporan/laporan.md"] = markdown_laporan(r.organisasi(), r.rencana(periode.tahun), laporan)
    return isi


def _kembar_cocok(kecil: Mapping[str, bytes], isi: Mapping[str, bytes]) -> list[Baris]:
    for nama in _KEMBAR:
        jalur = f"reports/{nama}.yaml"
        data, temuan = muat(isi.get(jalur, b""), jalur)
        if temuan or kecil.get(f"data/kembar/{nama}.json") != kembar(jalur, isi.get(jalur, b""), untuk_json(data)):
            return [Baris(Putus.TIDAK_SAH, "kembar JSON", f"{nama}.json tidak sama dengan {jalur}")]
    return [Baris(Putus.SAH, "kembar JSON", f"{len(_KEMBAR)} berkas sama dengan YAML-nya")]


def _catatan(kecil: Mapping[str, bytes]) -> tuple[PeristiwaBertanda, ...]:
    nama = sorted(n for n in kecil if re.fullmatch(r"data/peristiwa/[0-9]{6}\.json", n))
    hasil = []
    for n in nama:
        try:
            p = baca_peristiwa(kecil[n])
        except ValueError as e:
            raise KinerjaError(f"{n}: {e}") from e
        hasil.append(PeristiwaBertanda(p, kecil[n], kecil.get(f"{n}.sig", b"").decode("utf-8", "replace")))
    return tuple(hasil)


def _persetujuan(
    r: Reports, periode: Periode, catatan: Sequence[PeristiwaBertanda]
) -> list[Baris]:
    laporan = r.laporan(periode)
    if laporan is None:
        return [Baris(Putus.TIDAK_SAH, "persetujuan", "laporan.yaml tidak ada dalam arsip")]
    perubahan = [(f"laporan/{periode.id}", f"{periode.folder}/laporan.yaml")]
    perubahan += [
        (f"kk/{periode.id}/{m.jalur.rpartition('/')[2].removesuffix('.yaml')}", m.jalur)
        for m in laporan.masukan
        if m.jalur.startswith(f"{periode.folder}/kertas-kerja/")
    ]
    hasil = []
    for m in laporan.masukan:
        if sha256(r.pohon.baca(m.jalur) or b"").hexdigest() != m.sha256:
            hasil.append(Baris(Putus.TIDAK_SAH, "masukan laporan", f"{m.jalur} bukan yang disetujui"))
    peristiwa = [c.peristiwa for c in catatan]
    konteks = r.konteks()
    for id_perubahan, jalur in perubahan:
        penulis = frozenset(
            p.orang
            for p in peristiwa
            if p.perubahan == id_perubahan
            and p.tindakan in (Tindakan.SIAPKAN, Tindakan.AJUKAN, Tindakan.SUSUN)
        )
        berkas = (berkas_dari(jalur, r.pohon.baca(jalur) or b""),)
        verdict = evaluate(konteks, Perubahan(id_perubahan, UTAMA, berkas, penulis), peristiwa)
        putus = Putus.SAH if verdict.lulus else Putus.TIDAK_SAH
        alasan = "; ".join(h.simpul.alasan for h in verdict.langkah) or verdict.pohon.alasan
        hasil.append(Baris(putus, f"persetujuan {id_perubahan}", alasan))
    return hasil


def _angka(r: Reports, periode: Periode) -> Baris:
    laporan = r.laporan(periode)
    if laporan is None or laporan.versi_aturan != VERSI_ATURAN:
        versi = laporan.versi_aturan if laporan else "?"
        return Baris(Putus.TAK_PASTI, "hitungan ulang", f"versi aturan {versi} tidak ada di sini")
    lembar = {
        p.bagian: [kk for b in r.organisasi().bidang if (kk := r.kertas_kerja(p, b.id))]
        for p in {*periode.sampai_dengan(), periode}
    }
    angka = hitung_laporan(r.organisasi(), r.rencana(periode.tahun), r.kebijakan(), periode, lembar)
    if polos(angka.capaian) != polos(laporan.capaian) or polos(angka.rekap) != polos(laporan.rekap):
        return Baris(Putus.TIDAK_SAH, "hitungan ulang", "angka laporan tidak sama dengan hitungan ulang")
    return Baris(Putus.SAH, "hitungan ulang", f"{len(angka.capaian)} capaian sama dengan yang ditandatangani")


