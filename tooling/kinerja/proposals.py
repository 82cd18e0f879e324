"""The pull requests of a repository that stands alone: branches, their events, their comments in refs.

A clone of the refs is a complete backup: the branch holds the proposal, the log its reviews, and
``refs/kinerja/komentar/<change>`` what people said of it, one commit a comment.

Example:
    >>> usulan_setempat(forge)
    ('kk/2024-tw1/rehabilitasi-sosial',)
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from kinerja.adapters.event_log import palsu
from kinerja.adapters.git import RepoGit
from kinerja.adapters.local_forge import ForgeLokal, pelaku
from kinerja.domain.errors import BentrokError, PemakaianError
from kinerja.domain.organisasi import Orang
from kinerja.domain.peristiwa import kanonik
from kinerja.workflow.approvals import evaluate
from kinerja.workflow.ledger import Buku
from kinerja.workflow.verdict import Verdict

_AWALAN = "refs/heads/"
_KOMENTAR = "refs/kinerja/komentar/"
_BERKAS = "komentar.json"
_SKEMA = "komentar/v1"
_TERPANJANG = 20_000
_PERCOBAAN = 6


@dataclass(frozen=True, slots=True)
class Komentar:
    """What a person said of a proposal; no opinion, it decides nothing.

    Attributes:
        nomor: its place in the thread of the change, from 1.
        jalur, penunjuk: the file and the field (JSON pointer) that it is about; None for the whole.
        balasan: number of the comment that it answers.
    """

    nomor: int
    orang: str
    waktu: datetime
    isi: str
    jalur: str | None = None
    penunjuk: str | None = None
    balasan: int | None = None


def usulan_setempat(forge: ForgeLokal) -> tuple[str, ...]:
    """Changes whose branch brings something that main has not."""
    utama, repo = forge.utama(), forge.repo
    hasil = []
    for nama, kepala in repo.ref_ref(_AWALAN).items():
        id_perubahan = nama.removeprefix(_AWALAN)
        if "/" in id_perubahan and repo.leluhur_bersama(utama, kepala) != kepala:
            hasil.append(id_perubahan)
    return tuple(sorted(hasil))


def nilai_setempat(forge: ForgeLokal, id_perubahan: str, saat: datetime) -> Verdict | None:
    """The verdict on a change now; None when it has no branch."""
    r = forge.reports()
    p = forge.perubahan(id_perubahan, r)
    if p is None:
        return None
    tanda = palsu(forge.log.milik(id_perubahan), r.identitas(), r.zona())
    return evaluate(r.konteks(), p, Buku.dari_catatan(forge.log.baca(), tanda), saat)


def komentari(forge: ForgeLokal, id_perubahan: str, orang: Orang, saat: datetime, k: Komentar) -> Komentar:
    """Adds a comment to a change's thread; gives it with its number.

    Raises:
        PemakaianError: no such change, nothing said, or an answer to nothing.
    """
    if forge.kepala(id_perubahan) is None:
        raise PemakaianError(f"tidak ada usulan `{id_perubahan}`", "lihat: kinerja usulan")
    if not k.isi.strip() or len(k.isi) > _TERPANJANG:
        raise PemakaianError(f"komentar harus berisi, paling panjang {_TERPANJANG} huruf", "tulis --komentar")
    k = replace(k, isi=k.isi.strip())
    ref = f"{_KOMENTAR}{id_perubahan}"
    for _ in range(_PERCOBAAN):
        ada = baca_komentar(forge, id_perubahan)
        if k.balasan is not None and not 1 <= k.balasan <= len(ada):
            raise PemakaianError(f"tidak ada komentar nomor {k.balasan}", "lihat: kinerja usulan PERUBAHAN")
        baru = replace(k, nomor=len(ada) + 1, orang=orang.id, waktu=saat.replace(microsecond=0))
        lama = forge.repo.ref(ref)
        bita = kanonik({**asdict(baru), "waktu": baru.waktu.isoformat(), "skema": _SKEMA})
        pesan = f"Komentar {baru.nomor} {id_perubahan}\n"
        oid = forge.repo.tulis_commit([lama] if lama else [], {_BERKAS: bita}, pesan, pelaku(orang), saat)
        try:
            forge.pindah({ref: (oid, lama)}, "komentar")
        except BentrokError:
            forge.segarkan()
            continue
        return baru
    raise BentrokError("repositori sedang ramai", "jalankan perintah ini sekali lagi")


def baca_komentar(forge: ForgeLokal, id_perubahan: str) -> tuple[Komentar, ...]:
    """The thread of a change, oldest first."""
    return tuple(_baca(forge.repo, f"{_KOMENTAR}{id_perubahan}"))


# helpers


def _baca(repo: RepoGit, ref: str) -> Iterator[Komentar]:
    kepala = repo.ref(ref)
    if kepala is None:
        return
    commit = repo.riwayat(kepala)
    isi = repo.baca_banyak([f"{c.oid}:{_BERKAS}" for c in commit])
    for nomor, bita in enumerate(isi, start=1):
        try:
            d = json.loads(bita or b"")
            yield Komentar(
                nomor, str(d["orang"]), datetime.fromisoformat(d["waktu"]), str(d["isi"]),
                d.get("jalur"), d.get("penunjuk"), d.get("balasan"),
            )  # fmt: skip
        except (ValueError, KeyError, TypeError):  # it decides nothing, so it stops nobody
            yield Komentar(nomor, "?", commit[nomor - 1].waktu, "(komentar ini rusak dan tidak terbaca)")
