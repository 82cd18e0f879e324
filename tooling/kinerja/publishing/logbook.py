"""The event log inside an archive: one unbroken chain, each act signed by its own person.

It decides that no event is missing, altered or signed by another key or for another act.
Whether the acts amount to an approval is ``replay``'s to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from kinerja.domain.arsip import KepalaLog
from kinerja.domain.errors import KinerjaError
from kinerja.domain.peristiwa import Peristiwa, PeristiwaBertanda
from kinerja.domain.putusan import Baris, KunciPercaya, Putus
from kinerja.domain.tata_kelola import PERSETUJUAN, Jaminan, Tindakan
from kinerja.publishing.bag import PERISTIWA
from kinerja.publishing.trust import PeriksaTanda
from kinerja.workflow.actors import kunci_pelaku, sidik_kunci
from kinerja.workflow.evaluation import PENCABUT
from kinerja.workflow.log_rules import baca_peristiwa, cacat_rantai, ruang
from kinerja.workflow.verdict import Konteks

POKOK_LOG, POKOK_TANDA = "log peristiwa", "tanda tangan peristiwa"
_MENENTUKAN: frozenset[Tindakan] = PERSETUJUAN | PENCABUT


def baca_log(isi: Mapping[str, bytes]) -> tuple[PeristiwaBertanda, ...]:
    """Every event with its signature, in order; raises ValueError when one is none."""
    nama = sorted(n for n in isi if n.startswith(PERISTIWA))
    peristiwa = [n for n in nama if n.endswith(".json")]
    harapan = {f"{PERISTIWA}{i:06d}.json" for i in range(1, len(peristiwa) + 1)}
    asing = set(nama) - harapan - {f"{n}.sig" for n in harapan}
    if asing:
        raise ValueError(f"`{min(asing)}` bukan peristiwa pada urutannya")
    hasil = []
    for n in peristiwa:
        try:
            p = baca_peristiwa(isi[n])
        except (ValueError, OverflowError) as e:
            raise ValueError(f"`{n}`: {e}") from e
        tanda = isi.get(f"{n}.sig", b"").decode("utf-8", "replace")
        hasil.append(PeristiwaBertanda(p, isi[n], tanda or None))
    return tuple(hasil)


def periksa_rantai(catatan: Sequence[PeristiwaBertanda], log: KepalaLog) -> Baris:
    """Whether the chain holds and ends where the statement says."""
    cacat = cacat_rantai(catatan)
    kepala = catatan[-1].sidik if catatan else None
    if cacat:
        return Baris(Putus.TIDAK_SAH, POKOK_LOG, cacat[0])
    if (kepala, len(catatan)) != (log.kepala, log.jumlah):
        alasan = f"log berisi {len(catatan)} peristiwa, bukan log {log.jumlah} peristiwa yang dinyatakan"
        return Baris(Putus.TIDAK_SAH, POKOK_LOG, alasan)
    alasan = f"{len(catatan)} peristiwa bersambung tanpa celah"
    return Baris(Putus.SAH, POKOK_LOG, alasan)


def periksa_tanda_peristiwa(
    catatan: Sequence[PeristiwaBertanda],
    konteks: Callable[[Peristiwa], Konteks],
    percaya: Sequence[KunciPercaya],
    periksa: PeriksaTanda,
) -> tuple[Baris, ...]:
    """Whether each event's signature is its person's, by a key in force on that day.

    Args:
        konteks: gives the offices and identities of an act's own day.
    """
    baris = [
        Baris(putus, POKOK_TANDA, f"peristiwa {c.peristiwa.urut}: {alasan}")
        for c in catatan
        for putus, alasan in _cacat(c, konteks(c.peristiwa), percaya, periksa)
    ]
    if baris:
        return tuple(baris)
    bertanda = sum(c.tanda_tangan is not None for c in catatan)
    alasan = f"{bertanda} dari {len(catatan)} peristiwa ditandatangani dengan kunci pelakunya"
    if bertanda < len(catatan):
        alasan += "; sisanya tidak menentukan persetujuan"
    return (Baris(Putus.SAH, POKOK_TANDA, alasan),)


# helpers


def _cacat(
    c: PeristiwaBertanda,
    konteks: Konteks,
    percaya: Sequence[KunciPercaya],
    periksa: PeriksaTanda,
) -> Iterator[tuple[Putus, str]]:
    p = c.peristiwa
    if p.jaminan is Jaminan.TERSERTIFIKASI:
        yield Putus.TAK_PASTI, "tanda tangan tersertifikasi (PAdES) belum dapat diperiksa di sini"
    if p.kunci is None or c.tanda_tangan is None:
        yield from _tanpa_tanda(c)
        return
    hari = p.waktu.astimezone(konteks.zona).date()
    publik = _kunci(p, hari, konteks, percaya)
    if publik is None:
        yield Putus.TIDAK_SAH, f"kunci {p.kunci} bukan milik {p.orang} pada {hari.isoformat()}"
        return
    dipercaya = {sidik_kunci(k.publik) for k in percaya if _untuk(k, p) and k.id == p.orang}
    if dipercaya and p.kunci not in dipercaya:
        yield Putus.TIDAK_SAH, f"kunci {p.kunci} bukan kunci {p.orang} dalam daftar kunci percaya"
    try:
        if not periksa(publik, c.bita, c.tanda_tangan, ruang(p.tindakan)):
            yield Putus.TIDAK_SAH, f"tanda tangan {p.orang} tidak cocok dengan isi dan tindakannya"
    except KinerjaError as e:
        yield Putus.TAK_PASTI, e.pesan


def _tanpa_tanda(c: PeristiwaBertanda) -> Iterator[tuple[Putus, str]]:
    p = c.peristiwa
    if p.kunci is not None or c.tanda_tangan is not None:
        yield Putus.TIDAK_SAH, "tanda tangan dan nama kuncinya harus ada dua-duanya"
    elif p.jaminan is not Jaminan.TERAMATI:
        yield Putus.TIDAK_SAH, f"mengaku {p.jaminan.value}, tetapi tidak bertanda tangan"
    elif p.tindakan in _MENENTUKAN:
        alasan = f"{p.tindakan.value} oleh {p.orang} hanya teramati, tanpa tanda tangan apa pun"
        yield Putus.TAK_PASTI, alasan


def _kunci(p: Peristiwa, hari: date, konteks: Konteks, percaya: Sequence[KunciPercaya]) -> str | None:
    """The key in force that day by which the act may be signed; for an observed act also a trusted one."""
    milik = kunci_pelaku(konteks.identitas, p, hari)
    if p.jaminan is Jaminan.TERAMATI:
        milik |= {sidik_kunci(k.publik): k.publik for k in percaya if _untuk(k, p) and k.berlaku(p.waktu)}
    return milik.get(p.kunci or "")


def _untuk(k: KunciPercaya, p: Peristiwa) -> bool:
    return ruang(p.tindakan) in k.ruang
