"""Proposals outside the eight steps at the desk: read, answered by those whom the policy names."""

from __future__ import annotations

from starlette.responses import Response

from kinerja import proposing
from kinerja.domain.errors import DitolakError, PemakaianError
from kinerja.overview import nama_pemegang
from kinerja.proposals import nilai_setempat, usulan_setempat
from kinerja.publishing.verdicts import data_verdict, giliran
from kinerja.web.acting import bertindak, cara_tanda
from kinerja.web.visit import Kunjungan, TidakAdaError

_TERBESAR = 2_000_000
"""Bytes of a proposal that a page can show; what cannot be read is not answered here."""


def daftar(k: Kunjungan) -> Response:
    """Open proposals, and whose turn each is."""
    forge = k.meja.forge()
    isi = []
    for u in usulan_setempat(forge):
        if u.startswith(proposing.AWALAN):
            v = nilai_setempat(forge, u, k.saat)
            if v is not None:
                isi.append((u, giliran(v, lambda j: nama_pemegang(forge, j, k.saat)), v.pena in k.jabatan))
    return k.halaman("usulan.html", "Usulan", usulan=isi)


def satu(k: Kunjungan) -> Response:
    """One proposal: what changes, who has answered."""
    nama = _nama(k)
    sesi = k.meja.sesi(k.id_orang)
    p, verdict = sesi.forge.perubahan(nama, sesi.reports), sesi.nilai(nama)
    if p is None or verdict is None:
        raise TidakAdaError("usulan ini tidak ada", "kembali ke daftar usulan")
    terlalu_besar = sum(b.ukuran for b in p.berkas) > _TERBESAR
    beda = list(proposing.beda_usulan(sesi, nama)) if p.berkas and not terlalu_besar else []
    alasan = next((x.alasan for x in reversed(sesi.milik(nama)) if x.alasan), "")
    menjawab = bool(p.berkas) and verdict.pena in k.jabatan and not terlalu_besar
    return k.halaman(
        "satu-usulan.html", nama, nama=nama, beda=beda, sidik=proposing.sidik_usulan(p), alasan=alasan,
        verdict=data_verdict(verdict, sesi.pemegang), menjawab=menjawab, berlaku=not p.berkas,
        cara=cara_tanda(k) if menjawab else (), terlalu_besar=terlalu_besar,
    )  # fmt: skip


def jawab(k: Kunjungan) -> Response:
    """Approves or returns a proposal; the last approval puts it in force."""
    nama, kata = _nama(k), k.teks("jawab")
    if kata not in ("ya", "tidak"):
        raise PemakaianError("belum dijawab", "pilih Setuju atau Tidak")
    if not k.teks("sidik"):
        raise DitolakError("tidak diketahui isi mana yang dijawab", "muat ulang halaman")
    return bertindak(
        k, f"/usulan/{nama}", "Setujui usulan" if kata == "ya" else "Kembalikan usulan",
        lambda s: proposing.jawab(
            s, nama, ya=kata == "ya", alasan=k.teks("alasan") or None, sidik=k.teks("sidik")
        ),
        "/usulan",
    )  # fmt: skip


# helpers


def _nama(k: Kunjungan) -> str:
    nama = k.param("nama")
    if not nama.startswith(proposing.AWALAN):
        raise TidakAdaError("usulan ini tidak ada", "kembali ke daftar usulan")
    return nama
