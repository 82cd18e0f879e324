"""The receiver's receipt: an independent witness that the archive existed at a moment.

It stands beside the archive as ``<archive>.tanda-terima.json``: the receipt and the receiver's
signature over its canonical JSON. It decides whether a receipt can serve as witness of *this*
archive; one that cannot makes the verdict uncertain, since it proves nothing against it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kinerja.domain.arsip import RUANG_TANDA_TERIMA, TandaTerimaArsip
from kinerja.domain.peristiwa import kanonik
from kinerja.domain.putusan import KunciPercaya
from kinerja.publishing.trust import PeriksaTanda, cari_penandatangan
from kinerja.publishing.twins import baca_kanonik, bangun, polos_json

SKEMA_TANDA_TERIMA = "tanda-terima/v1"
TERBESAR = 1 << 20


@dataclass(frozen=True, slots=True)
class TandaTerimaBertanda:
    """A receipt with the exact bytes that were signed and the signature."""

    isi: TandaTerimaArsip
    bita: bytes
    tanda_tangan: str


@dataclass(frozen=True, slots=True)
class Saksi:
    """A receipt whose signature holds and that names this very archive."""

    isi: TandaTerimaArsip
    kunci: KunciPercaya


def buat_tanda_terima(isi: TandaTerimaArsip, tanda_tangan: Callable[[bytes], str]) -> bytes:
    """The receipt file.

    Args:
        isi: what the receiver confirms.
        tanda_tangan: signs in the namespace ``kinerja.tanda-terima.v1``.
    """
    tanda = tanda_tangan(bita_tanda_terima(isi))
    return kanonik({"tanda_terima": polos_json(isi), "tanda_tangan": tanda})


def bita_tanda_terima(isi: TandaTerimaArsip) -> bytes:
    """Canonical JSON of a receipt: the bytes that the receiver signs."""
    return kanonik(polos_json(isi))


def baca_tanda_terima(bita: bytes) -> TandaTerimaBertanda:
    """A receipt from its file; whether the signature holds is not looked at.

    Raises:
        ValueError: when the bytes are not the canonical JSON of a receipt, with the reason.
    """
    if len(bita) > TERBESAR:
        raise ValueError("terlalu besar untuk sebuah tanda terima")
    luar = baca_kanonik(bita)
    if not isinstance(luar, dict) or set(luar) != {"tanda_terima", "tanda_tangan"}:
        raise ValueError("harus memuat `tanda_terima` dan `tanda_tangan`")
    isi = bangun(TandaTerimaArsip, luar["tanda_terima"])
    if isi.skema != SKEMA_TANDA_TERIMA:
        raise ValueError(f"skema `{isi.skema}` tidak dikenal")
    tanda = bangun(str, luar["tanda_tangan"])
    return TandaTerimaBertanda(isi, kanonik(luar["tanda_terima"]), tanda)


def periksa_tanda_terima(
    bita: bytes | None,
    arsip: tuple[str, int],
    percaya: Sequence[KunciPercaya],
    periksa: PeriksaTanda,
) -> Saksi | str:
    """The witness, or in Indonesian why there is none.

    Args:
        arsip: SHA-256 and size of the archive's file.
    """
    if bita is None:
        return "waktu belum disaksikan: tidak ada tanda terima; mintakan kepada penerima laporan"
    try:
        t = baca_tanda_terima(bita)
    except ValueError as e:
        return f"tanda terima tidak terbaca: {e}"
    nomor = f"tanda terima nomor {t.isi.nomor}"
    if (t.isi.sha256, t.isi.ukuran) != arsip:
        return f"{nomor} adalah untuk arsip lain ({t.isi.sha256[:16]}…, arsip ini {arsip[0][:16]}…)"
    armor = t.tanda_tangan.encode("utf-8", "replace")
    hasil = cari_penandatangan(percaya, RUANG_TANDA_TERIMA, t.bita, armor, periksa)
    if hasil.kunci is None:
        return f"{nomor}: {hasil.alasan}"
    return _cacat_saksi(t.isi, hasil.kunci) or Saksi(t.isi, hasil.kunci)


# helpers


def _cacat_saksi(t: TandaTerimaArsip, kunci: KunciPercaya) -> str | None:
    if kunci.id != t.penerima:
        return f"tanda terima atas nama {t.penerima} ditandatangani {kunci.id}"
    if not kunci.berlaku(t.diterima):
        return f"kunci {kunci.id} tidak berlaku pada {t.diterima.isoformat()}"
    return None
