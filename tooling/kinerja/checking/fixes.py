"""``validate --fix``: what is certain is written, the rest stays a question.

It decides what is certain: a number that every reader of its field would read alike (``97,5``,
``1.234.567``, a percent sign where the unit is percent, the unit's own name behind the number),
and blanks or invisible characters around a text. It never fills what is empty, never chooses
between ``1.234`` and ``1234`` where both are possible, and leaves comments, order and every
other byte as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from kinerja.adapters.files import tulis_atomik
from kinerja.adapters.yaml_splice import sisip
from kinerja.adapters.yaml_strict import muat
from kinerja.calculation.numbers import Terbaca, baca_angka
from kinerja.checking.files import pilih, pohon_instansi
from kinerja.checking.number_fields import bidang_angka, nilai_di
from kinerja.domain.errors import KinerjaError, PemakaianError
from kinerja.domain.findings import Finding
from kinerja.domain.pemeriksaan import Perbaikan
from kinerja.validation.clean_text import bersihkan
from kinerja.validation.places import letak_lembar
from kinerja.validation.units import satuan_cocok

_ANGKA = frozenset({"angka-tidak-terbaca", "realisasi-terbaca"})
_TEKS = frozenset({"teks-bersih"})


def perbaiki(jalur: Sequence[Path], temuan: Sequence[Finding]) -> tuple[Perbaikan, ...]:
    """Mends what is certain among the findings, each file whole or not at all.

    Args:
        jalur: where the findings were looked for; nothing else is written.

    Raises:
        PemakaianError: the paths lie in several repositories, whose files have the same names.
    """
    per_berkas: dict[str, list[Finding]] = {}
    for t in temuan:
        if t.aturan in _ANGKA | _TEKS and t.penunjuk:
            per_berkas.setdefault(t.berkas, []).append(t)
    terpilih = pilih(jalur)
    if any(pohon_instansi(j) is not None for j in jalur):
        raise PemakaianError(
            "data instansi ini ada di dalam repositorinya, bukan di berkas", "betulkan lewat: kinerja isi"
        )
    if len(terpilih.milik) > 1:
        raise PemakaianError("--fix hanya untuk satu repositori sekali jalan", "sebut satu repositori saja")
    tempat = {j: Path(j) for j in terpilih.lepas}
    tempat |= {j: Path(akar) / j for akar, daftar in terpilih.milik.items() for j in daftar}
    hasil: list[Perbaikan] = []
    for nama in sorted(per_berkas.keys() & tempat.keys()):
        berkas = tempat[nama]
        baru, perbaikan = perbaiki_bita(berkas.read_bytes(), nama, per_berkas[nama])
        if perbaikan:
            tulis_atomik(berkas, baru, mode=berkas.stat().st_mode & 0o777)
            hasil += perbaikan
    return tuple(hasil)


def perbaiki_bita(
    bita: bytes, berkas: str, temuan: Iterable[Finding]
) -> tuple[bytes, tuple[Perbaikan, ...]]:
    """The bytes with what is certain mended, and what was mended; the same bytes when nothing is."""
    data, cacat = muat(bita, berkas)
    if cacat:
        return bita, ()
    ganti: dict[str, object] = {}
    hasil: list[Perbaikan] = []
    for t in temuan:
        lama = nilai_di(data, t.penunjuk)
        baru = _baru(data, berkas, t, lama) if isinstance(lama, str) else None
        if baru is not None and baru != lama and t.penunjuk not in ganti:
            ganti[t.penunjuk] = baru
            sesudah = f"{baru:f}" if isinstance(baru, Decimal) else str(baru)
            hasil.append(Perbaikan(berkas, t.baris, t.penunjuk, " ".join(str(lama).split()), sesudah))
    if not ganti:
        return bita, ()
    try:
        return sisip(bita, ganti), tuple(hasil)
    except KinerjaError:  # what cannot be spliced safely stays a finding
        return bita, ()


# helpers


def _baru(data: object, berkas: str, t: Finding, lama: str) -> Decimal | str | None:
    if t.aturan in _TEKS and not _bernomor(data, berkas, t.penunjuk):
        return bersihkan(lama)
    bidang = bidang_angka(data, t.penunjuk) if letak_lembar(berkas) else ("", None)
    angka = _angka(lama, *bidang)
    return bersihkan(lama) if angka is None and t.aturan in _TEKS else angka


def _bernomor(data: object, berkas: str, penunjuk: str) -> bool:
    """True for a worksheet's field that holds a number, so that dirt and quotes go in one pass."""
    bagian = penunjuk.split("/")[1:]
    if letak_lembar(berkas) is None or len(bagian) != 3:  # noqa: PLR2004 - list, number, field
        return False
    if bagian[0] == "anggaran":
        return bagian[2] in ("pagu", "realisasi_lalu", "realisasi", "fisik")
    baris = nilai_di(data, "/".join(["", *bagian[:2]]))
    angka = isinstance(baris, dict) and type(baris.get("target")) in (int, Decimal)
    return bagian[2] in ("pembilang", "penyebut") or (bagian[2] == "realisasi" and angka)


def _angka(teks: str, satuan: str, desimal: bool | None) -> Decimal | None:
    """The number that the text can only mean; None when there is a doubt.

    Args:
        satuan: the field's unit, ``persen`` or ``rupiah`` among them; "" when unknown.
        desimal: whether the field may have decimals; None when unknown, then both must agree.
    """
    mungkin = (True, False) if desimal is None else (desimal,)
    tafsiran = {baca_angka(bersihkan(teks), desimal=d) for d in mungkin}
    (satu,) = tafsiran if len(tafsiran) == 1 else (None,)
    return satu.nilai if isinstance(satu, Terbaca) and satuan_cocok(satu, satuan) else None
