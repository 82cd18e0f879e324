"""The event log's own rules: the chain, and reading an event back from its bytes.

It decides whether a sequence of stored events is one unbroken, append-only chain. It leaves
out signatures (a key is needed) and approvals (``approvals``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, datetime

from kinerja.domain.organisasi import Dasar, Sebutan
from kinerja.domain.peristiwa import SKEMA, Berkas, Bukti, JenisBukti, Peristiwa, PeristiwaBertanda
from kinerja.domain.tata_kelola import Jaminan, Tindakan

SALINAN = re.compile(r"reports/20[0-9]{2}/(?:tw[1-4]|tahunan)/peristiwa/([0-9]{6})\.json(?:\.sig)?")
"""Paths of the copies of events that a merge brings to main."""


def ruang(tindakan: Tindakan) -> str:
    """The signature namespace of an act, so that one act cannot be replayed as another."""
    return f"kinerja.{tindakan.value}.v1"


def baca_peristiwa(bita: bytes) -> Peristiwa:
    """An event from its stored bytes.

    Raises:
        ValueError: when the bytes are not the canonical JSON of an event, with the reason.
    """
    try:
        isi = json.loads(bita)
        peristiwa = _bangun(isi)
    except (KeyError, TypeError, AttributeError, OverflowError, UnicodeDecodeError, RecursionError) as e:
        raise ValueError(f"bukan peristiwa kinerja: {e}") from e
    if peristiwa.bita() != bita:
        raise ValueError("bukan bentuk baku peristiwa; ada bita yang berbeda")
    return peristiwa


def cacat_rantai(catatan: Sequence[PeristiwaBertanda]) -> tuple[str, ...]:
    """What is broken in a log read from its beginning; empty when the chain holds."""
    cacat: list[str] = []
    sebelumnya: str | None = None
    for nomor, c in enumerate(catatan, start=1):
        if c.peristiwa.urut != nomor:
            cacat.append(f"peristiwa ke-{nomor} bernomor {c.peristiwa.urut}")
        if c.peristiwa.sebelumnya != sebelumnya:
            cacat.append(f"peristiwa {nomor} tidak menyambung ke peristiwa {nomor - 1}")
        sebelumnya = c.sidik
    return tuple(cacat)


def _bangun(isi: dict[str, object]) -> Peristiwa:
    d = isi["dasar"]
    dasar = None
    if isinstance(d, dict):
        tanggal = date.fromisoformat(d["tanggal"]) if d["tanggal"] else None
        dasar = Dasar(str(d["nomor"]), tanggal, str(d["tentang"]))
    if isi["skema"] != SKEMA:
        raise ValueError(f"skema `{isi['skema']}` tidak dikenal")
    waktu = datetime.fromisoformat(str(isi["waktu"]))
    if waktu.tzinfo is None or not 2000 <= waktu.year < 3000:  # noqa: PLR2004 - no office was ever elsewhere
        raise ValueError("waktu tanpa zona, atau di luar jangkauan")
    urut = isi["urut"]
    if not isinstance(urut, int) or isinstance(urut, bool):
        raise TypeError("urut bukan bilangan")
    return Peristiwa(
        urut=urut,
        perubahan=str(isi["perubahan"]),
        tujuan=str(isi["tujuan"]),
        tindakan=Tindakan(str(isi["tindakan"])),
        jabatan=str(isi["jabatan"]),
        orang=str(isi["orang"]),
        sebutan=Sebutan(str(isi["sebutan"])),
        dasar=dasar,
        berkas=_berkas(isi["berkas"]),
        masukan=_berkas(isi["masukan"]),
        kebijakan=str(isi["kebijakan"]),
        sesudah=_teks(isi["sesudah"]),
        sebelumnya=_teks(isi["sebelumnya"]),
        waktu=waktu,
        alasan=_teks(isi["alasan"]),
        jaminan=Jaminan(str(isi["jaminan"])),
        kepala=_teks(isi["kepala"]),
        kunci=_teks(isi["kunci"]),
        acuan=_berkas(isi["acuan"]),
        bukti=_bukti(isi.get("bukti")),
        semula=_berkas(isi.get("semula", [])),
    )


def _bukti(nilai: object) -> Bukti | None:
    if nilai is None:
        return None
    if not isinstance(nilai, dict):
        raise TypeError("bukti bukan objek")
    dilihat = datetime.fromisoformat(str(nilai["dilihat"]))
    if dilihat.tzinfo is None:
        raise ValueError("waktu bukti tanpa zona")
    akun = nilai["akun"]
    if not isinstance(akun, int) or isinstance(akun, bool):
        raise TypeError("nomor akun bukan bilangan")
    return Bukti(
        str(nilai["forge"]), JenisBukti(str(nilai["jenis"])), str(nilai["nomor"]), akun, dilihat,
        str(nilai["sha256"]),
    )  # fmt: skip


def _teks(nilai: object) -> str | None:
    return None if nilai is None else str(nilai)


def _berkas(nilai: object) -> tuple[Berkas, ...]:
    if not isinstance(nilai, list):
        raise TypeError("daftar berkas bukan daftar")
    return tuple(Berkas(str(b["jalur"]), str(b["sha256"]), int(b["ukuran"])) for b in nilai)
