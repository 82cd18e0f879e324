"""Every rule that can speak, whoever asks: the reader's, the schemas', those of files and documents."""

from __future__ import annotations

from kinerja.adapters.yaml_errors import ATURAN_BACA
from kinerja.domain.findings import Tingkat
from kinerja.domain.pemeriksaan import AturanTercatat
from kinerja.validation.rules import RULES, RULES_NASKAH, RULES_REPOSITORI
from kinerja.validation.schema_words import ATURAN_SKEMA

ATURAN_PERUBAHAN = {
    "berkas-dihapus": "Berkas yang sudah ada di cabang dasar tidak dihapus oleh sebuah perubahan.",
}
"""Rules of a change, held against its base."""
_NILAI = {"nilai-tidak-sah": "Nilai yang bentuknya benar juga ada artinya, misalnya tanggal yang ada."}


def katalog() -> tuple[AturanTercatat, ...]:
    """In the order of the work: the file, its shape, the worksheet, other documents, the change.

    A rule that holds in two rooms stands once, where it stands first.
    """
    semua = [AturanTercatat(i, b, Tingkat.GALAT, "", "berkas") for i, b in ATURAN_BACA.items()]
    semua += [AturanTercatat(a.id, a.bunyi, a.tingkat, a.dasar, "berkas") for a in RULES_NASKAH]
    semua += [AturanTercatat(i, b, Tingkat.GALAT, "", "bentuk") for i, b in (ATURAN_SKEMA | _NILAI).items()]
    semua += [AturanTercatat(a.id, a.bunyi, a.tingkat, a.dasar, "kertas kerja") for a in RULES]
    semua += [AturanTercatat(a.id, a.bunyi, a.tingkat, a.dasar, "dokumen lain") for a in RULES_REPOSITORI]
    semua += [AturanTercatat(i, b, Tingkat.GALAT, "", "perubahan") for i, b in ATURAN_PERUBAHAN.items()]
    hasil: dict[str, AturanTercatat] = {}
    for a in semua:
        hasil.setdefault(a.id, a)
    return tuple(hasil.values())
