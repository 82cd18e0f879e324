"""Row of the evaluator: many changes, each with many events, judged from a stored log.

The peer reads the same events and checks their digests, which any judgement has to do first; what
the evaluator costs is the difference. Events are real ones of the sample agency's policy.

Example:
    >>> nilai(Path("data"))
    1000
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from kinerja.adapters import package_data
from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import PohonIsi
from kinerja.bench.row import Baris, Sasaran, Siap, Tempat
from kinerja.bench.rows_check import python
from kinerja.domain.organisasi import Kunci, Sebutan
from kinerja.domain.peristiwa import Berkas, Peristiwa, PeristiwaBertanda
from kinerja.domain.tata_kelola import Jaminan, Tindakan
from kinerja.workflow.actors import sidik_kunci
from kinerja.workflow.approvals import evaluate
from kinerja.workflow.ledger import Buku
from kinerja.workflow.log_rules import baca_peristiwa
from kinerja.workflow.policy import sidik_kebijakan
from kinerja.workflow.verdict import Konteks, Perubahan

PERUBAHAN, PERISTIWA = 1000, 20
_BERKAS = "peristiwa.jsonl"
_PUBLIK = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHNlY2FyYSBjb250b2gsIGJ1a2FuIGt1bmNpIGFzbGkh"
_LANGKAH = (
    (Tindakan.SUSUN, "kasubag-program", "p-citra"),
    (Tindakan.PARAF, "sekretaris", "p-bakri"),
    (Tindakan.TIDAK, "kepala-dinas", "p-ayu"),
    (Tindakan.TIDAK, "sekretaris", "p-bakri"),
    (Tindakan.SUSUN, "kasubag-program", "p-citra"),
    (Tindakan.PARAF, "sekretaris", "p-bakri"),
    (Tindakan.TANDA_TANGAN, "kepala-dinas", "p-ayu"),
)
"""A laporan that came back once; repeated until there are enough events, the last round approved."""


def persetujuan(t: Tempat) -> Siap:
    """Reading a log, and reading and judging it."""
    banyak = PERUBAHAN if t.ukuran.bidang > 5 else PERUBAHAN // 50  # noqa: PLR2004 - the small size
    tulis(t.folder, banyak)
    modul = "from pathlib import Path; from kinerja.bench import approvals as a; "
    nama = {"baca dan nilai": f"{modul}a.nilai(Path('.'))", "baca saja": f"{modul}a.baca(Path('.'))"}
    perintah = {n: python(t.folder, naskah) for n, naskah in nama.items()}
    kerja = f"nilai {banyak} usulan dengan {PERISTIWA} peristiwa"
    sasaran = tuple(
        Sasaran(kerja, besaran, "baca dan nilai", "baca saja", None) for besaran in ("cpu", "dinding")
    )
    return Siap(perintah, sasaran)


def tulis(folder: Path, banyak: int) -> None:
    """The log as lines: one stored event each."""
    k = _konteks()
    saat = datetime(2024, 4, 4, 8, tzinfo=k.zona)
    baris: list[str] = []
    lalu: str | None = None
    for n in range(banyak):
        milik: list[PeristiwaBertanda] = []
        for ke in range(PERISTIWA):
            tindakan, jabatan, orang = _LANGKAH[(ke - PERISTIWA) % len(_LANGKAH)]
            p = Peristiwa(
                len(baris) + 1, f"laporan/2024-tw1/{n}", "refs/heads/main", tindakan, jabatan, orang,
                Sebutan.DEFINITIF, None, (_berkas(n),), (), sidik_kebijakan(k.kebijakan),
                milik[-1].sidik if milik else None, lalu, saat + timedelta(minutes=ke),
                "Perbaiki." if tindakan is Tindakan.TIDAK else None, Jaminan.KUNCI_SENDIRI, None,
                sidik_kunci(_PUBLIK),
            )  # fmt: skip
            milik.append(PeristiwaBertanda(p, p.bita(), None))
            baris.append(json.dumps(milik[-1].bita.decode()))
            lalu = milik[-1].sidik
    (folder / _BERKAS).write_text("\n".join(baris), encoding="utf-8")


def baca(folder: Path) -> tuple[PeristiwaBertanda, ...]:
    """Every stored event, its digest checked."""
    hasil = []
    for baris in (folder / _BERKAS).read_text(encoding="utf-8").splitlines():
        bita = json.loads(baris).encode()
        hasil.append(PeristiwaBertanda(baca_peristiwa(bita), bita, None))
    return tuple(hasil)


def nilai(folder: Path) -> int:
    """Judges every change; gives how many are approved, which must be all."""
    k, catatan = _konteks(), baca(folder)
    buku = Buku.dari_catatan(catatan)
    banyak = len(catatan) // PERISTIWA
    lulus = sum(
        evaluate(k, Perubahan(f"laporan/2024-tw1/{n}", "refs/heads/main", (_berkas(n),)), buku).lulus
        for n in range(banyak)
    )
    if lulus != banyak:
        raise AssertionError(f"{lulus} dari {banyak} usulan lulus")
    return lulus


BARIS = Baris("persetujuan", "nilai banyak usulan", persetujuan)


# helpers


def _konteks() -> Konteks:
    k = Reports(PohonIsi(package_data.contoh_boalemo())).konteks()
    kunci = (Kunci(_PUBLIK, datetime(2024, 1, 1, tzinfo=k.zona).date()),)
    orang = tuple(replace(o, kunci=kunci) for o in k.identitas.orang)
    return replace(k, identitas=replace(k.identitas, orang=orang))


def _berkas(n: int) -> Berkas:
    return Berkas("reports/2024/tw1/laporan.yaml", sha256(str(n).encode()).hexdigest(), 1)
