"""Step 8's archive: what goes in, how its approvals are replayed, and the receipt.

It wires ``publishing`` (bytes in, bytes out) to the repository's documents and keys.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from kinerja.adapters.documents import untuk_json
from kinerja.adapters.keys import KunciPribadi, periksa
from kinerja.adapters.reports import Reports
from kinerja.adapters.ssh_agent import KunciLewatAgen
from kinerja.adapters.trees import PohonIsi
from kinerja.adapters.yaml_strict import muat
from kinerja.calculation.recount import hitung_ulang, selisih
from kinerja.calculation.report import VERSI_DIKENAL
from kinerja.domain.arsip import (
    RUANG_ARSIP,
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
from kinerja.domain.peristiwa import ACUAN, PeristiwaBertanda
from kinerja.domain.putusan import KunciPercaya
from kinerja.publishing import receipts, replay
from kinerja.publishing.archive import isi_log, kembar, polos_json, susun_arsip
from kinerja.publishing.report_text import csv_capaian, markdown_laporan
from kinerja.publishing.trust import baca_percaya, tulis_percaya
from kinerja.publishing.verification import HITUNGAN, Baris, Putus
from kinerja.workflow.policy import sidik_kebijakan

if TYPE_CHECKING:  # with a sitting comes Git, which checking an archive does not need
    from kinerja.adapters.local_forge import ForgeLokal
    from kinerja.session import Sesi

_KEMBAR = ("organisasi", "jabatan", "identitas", "kebijakan")
_BERTANGGAL = frozenset({"reports/jabatan.yaml", "reports/identitas.yaml"})


@dataclass(frozen=True, slots=True)
class Kiriman:
    """An archive ready to be delivered, and its record."""

    arsip: bytes
    kirim: Kirim


@dataclass(frozen=True, slots=True)
class Pembuat:
    """Who an archive says made it, in which office, and when."""

    oleh: str
    jabatan: str
    dibuat: datetime


def siapkan_kiriman(sesi: Sesi, periode: Periode, pemangku: Pemangku, arsip: bytes | None = None) -> Kiriman:
    """The signed archive of a signed report, and its record.

    Args:
        arsip: signed already, and compared with this repository; None to build and sign it here.
    """
    if arsip is None:
        pembuat = Pembuat(sesi.id_orang, pemangku.jabatan, sesi.waktu.replace(microsecond=0))
        isi, pernyataan = rancang_arsip(sesi.forge, periode, pembuat, sesi.forge.log.baca())
        arsip = susun_arsip(isi, pernyataan, sesi.penanda.tanda_tangani)
    r = sesi.forge.reports(sesi.forge.commit_terakhir(f"{periode.folder}/laporan.yaml"))
    organisasi, laporan = r.organisasi(), r.laporan(periode)
    assert laporan is not None  # noqa: S101 - without one there would be no archive
    kirim = Kirim(
        skema="kirim/v1",
        periode=periode.id,
        versi=laporan.versi,
        arsip=nama_arsip(f"{_singkat(organisasi)}/{periode.id}", laporan.versi),
        sha256=sha256(arsip).hexdigest(),
        ukuran=len(arsip),
        kepada=organisasi.penerima.id,
        cara="folder",
        dikirim=sesi.waktu.replace(microsecond=0),
        oleh=sesi.id_orang,
    )
    return Kiriman(arsip, kirim)


def rancang_arsip(
    forge: ForgeLokal, periode: Periode, pembuat: Pembuat, log: Sequence[PeristiwaBertanda]
) -> tuple[dict[str, bytes], Pernyataan]:
    """Content and statement of a signed report's archive.

    The documents are those on which the report was signed: a DPPA or a policy that came to
    main between signature and delivery does not belong to it. Offices and identities are
    today's, for they are dated and must name today's sender.

    Args:
        log: the log, or its beginning up to some event.
    """
    kini = forge.reports()
    commit = forge.commit_terakhir(f"{periode.folder}/laporan.yaml")
    r = forge.reports(commit)
    laporan = r.laporan(periode)
    if laporan is None:
        raise DitolakError(f"laporan {periode.judul} belum ditandatangani", "")
    organisasi = r.organisasi()
    lalu = kini.kirim(periode.sebelumnya())
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
        git=AsalGit(commit, forge.repo.pohon(commit)),
        sebelumnya=lalu.sha256 if lalu else None,
        menggantikan=laporan.menggantikan,
        dibuat=pembuat.dibuat,
        oleh=pembuat.oleh,
        jabatan=pembuat.jabatan,
    )
    return {**_muatan(r, kini, periode, laporan, log), **_acuan(forge, log)}, pernyataan


def nama_arsip(laporan: str, versi: int) -> str:
    """``dinsos-pmd-boalemo-2024-tw1-v1.zip`` for a report id and its version."""
    return f"{laporan.replace('/', '-')}-v{versi}.zip"


def buat_tanda_terima(
    arsip: bytes,
    nama_arsip: str,
    kunci: KunciPribadi | KunciLewatAgen,
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
    return receipts.buat_tanda_terima(terima, lambda b: kunci.tanda_tangani(b, RUANG_TANDA_TERIMA))


def tanda_terima_sah(sesi: Sesi, kirim: Kirim, bita: bytes) -> dict[str, Any]:
    """The receipt's record for ``kirim.yaml``; refused when ``verify`` would not take it as witness."""
    kunci = baca_percaya(berkas_percaya(sesi.reports))
    saksi = receipts.periksa_tanda_terima(bita, (kirim.sha256, kirim.ukuran), kunci, periksa)
    if isinstance(saksi, str):
        raise DitolakError(saksi, "minta ulang tanda terima, atau periksa kunci penerima di identitas.yaml")
    isi = polos_json(saksi.isi)
    if saksi.isi.status is not sesi.reports.organisasi().status:
        raise DitolakError(
            f"tanda terima menyebut data {saksi.isi.status.value}, laporannya tidak", "minta ulang berkasnya"
        )
    return {k: isi[k] for k in ("nomor", "tanggal", "penerima", "nama_penerima", "diterima", "sha256")}


def berkas_percaya(reports: Reports) -> str:
    """The trust file: who may sign archives and receipts, for delivery by another way."""
    identitas, zona = reports.identitas(), reports.zona()
    pengirim = {p.orang for p in reports.jabatan().pemangku if p.jabatan == "kasubag-program"}
    milik = [(o.id, RUANG_ARSIP, k) for o in identitas.orang if o.id in pengirim for k in o.kunci]
    milik += [(p.id, RUANG_TANDA_TERIMA, k) for p in identitas.penerima for k in p.kunci]
    daftar = [
        KunciPercaya(
            siapa, (ruang,), " ".join(k.publik.split()[:2]), _awal_hari(k.mulai, zona),
            _awal_hari(k.selesai, zona) if k.selesai else None,
        )
        for siapa, ruang, k in milik
    ]  # fmt: skip
    kepala = "# Kunci tepercaya; serahkan lewat jalan lain daripada arsipnya, dan cocokkan sidiknya.\n"
    return kepala + tulis_percaya(daftar)


def putar_ulang(isi: Mapping[str, bytes], pernyataan: Mapping[str, Any]) -> tuple[Baris, ...]:
    """Replays an archive's approvals with the same evaluator, and computes its figures again."""
    berkas = {n.removeprefix("data/"): isi[n] for n in isi if n.startswith("data/reports/")}
    try:
        angka = _angka(Reports(PohonIsi(berkas)), Periode.baca(str(pernyataan["periode"])))
    except (KinerjaError, ValueError, KeyError) as e:
        angka = Baris(Putus.TAK_PASTI, HITUNGAN, f"tidak dapat dihitung ulang di sini: {e}")
    return (*replay.putar_ulang(isi, pernyataan), angka)


# helpers


def _singkat(organisasi: Organisasi) -> str:
    return re.sub(r"[^a-z0-9]+", "-", organisasi.nama_singkat.casefold()).strip("-")


def _awal_hari(hari: date, zona: tzinfo) -> datetime:
    return datetime(hari.year, hari.month, hari.day, tzinfo=zona)


def _muatan(
    r: Reports, kini: Reports, periode: Periode, laporan: Laporan, log: Sequence[PeristiwaBertanda]
) -> dict[str, bytes]:
    dasar = [f"reports/{n}.yaml" for n in (*_KEMBAR, "sop", "kalender", "riwayat")]
    dasar += [f"reports/{periode.tahun}/{n}.yaml" for n in ("rencana", "anggaran")]
    for p in dict.fromkeys((*periode.sampai_dengan(), periode)):
        dasar += r.pohon.daftar(f"{p.folder}/kertas-kerja/")
    dasar += [f"{periode.folder}/{n}.yaml" for n in ("disposisi", "laporan")]
    isi = {j: b for j in dasar if (b := (kini if j in _BERTANGGAL else r).pohon.baca(j)) is not None}
    kembaran = {n: f"reports/{n}.yaml" for n in _KEMBAR} | {"laporan": f"{periode.folder}/laporan.yaml"}
    for nama, jalur in kembaran.items():
        isi[f"kembar/{nama}.json"] = kembar(jalur, isi[jalur], untuk_json(muat(isi[jalur], jalur)[0]))
    isi |= isi_log(log)
    isi["csv/capaian.csv"] = csv_capaian(r.rencana(periode.tahun), laporan)
    isi["laporan/laporan.md"] = markdown_laporan(r.organisasi(), r.rencana(periode.tahun), laporan)
    return isi


def _acuan(forge: ForgeLokal, log: Sequence[PeristiwaBertanda]) -> dict[str, bytes]:
    """Offices, identities and rules of every act's own day, by digest, each with its twin."""
    isi: dict[str, bytes] = {}
    versi = {j: forge.versi(j) for j in ACUAN}
    for p in (c.peristiwa for c in log):
        for b in p.acuan:
            bita = versi.get(b.jalur, {}).get(b.sha256)
            if bita is None:
                raise KinerjaError(
                    f"{b.jalur} yang berlaku pada peristiwa {p.urut} tidak ada dalam riwayat main",
                    "pulihkan riwayat main dari salinan lain",
                )
            nama = f"acuan/{b.sha256}.yaml"
            if nama not in isi:
                isi[nama] = bita
                isi[f"kembar/acuan/{b.sha256}.json"] = kembar(nama, bita, untuk_json(muat(bita, nama)[0]))
    return isi


def _angka(r: Reports, periode: Periode) -> Baris:
    laporan = r.laporan(periode)
    if laporan is None or laporan.versi_aturan not in VERSI_DIKENAL:
        versi = laporan.versi_aturan if laporan else "?"
        return Baris(Putus.TAK_PASTI, HITUNGAN, f"versi aturan {versi} tidak ada di sini")
    angka = hitung_ulang(
        r.organisasi(), r.rencana(periode.tahun), r.kebijakan(), periode, r.kertas_kerja,
        laporan.versi_aturan,
    )  # fmt: skip
    if any(selisih(laporan, angka)):
        return Baris(Putus.TIDAK_SAH, HITUNGAN, "angka laporan tidak sama dengan hitungan ulang")
    return Baris(Putus.SAH, HITUNGAN, f"{len(angka.capaian)} capaian sama dengan yang ditandatangani")
