"""``kinerja validate``: every document of some folders, by its shape, its place and the rules.

It decides what must be judged again: whatever the cache does not know under exactly these
bytes, these other documents and this software. What is judged how is in ``judge`` and ``work``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kinerja.adapters.reports import periksa_bentuk
from kinerja.adapters.trees import Pohon, PohonFolder
from kinerja.adapters.yaml_events import UKURAN_TERBESAR
from kinerja.checking.dependencies import Ketergantungan
from kinerja.checking.files import Terpilih, pilih, pohon_instansi
from kinerja.checking.work import Lapor, Potongan, Temuan, antardokumen, kerjakan, kerjakan_semua, potong
from kinerja.domain.errors import PemakaianError
from kinerja.domain.findings import Finding, Tingkat, urutkan
from kinerja.domain.pemeriksaan import HasilPeriksa
from kinerja.validation.places import berupa_dokumen

_LAYAK_DISIMPAN = 50
"""Fewer files are judged faster than a cache is opened."""


@dataclass(frozen=True, slots=True)
class Pilihan:
    """How a run is done.

    Attributes:
        hanya_skema: ask the schemas alone.
        diajukan: judge worksheets as when they are submitted.
        proses: number of processes; None to decide by the work.
        simpanan: whether what was found before may be used.
        lapor: told of progress.
    """

    hanya_skema: bool = False
    proses: int | None = None
    simpanan: bool = True
    diajukan: bool = False
    lapor: Lapor | None = None


def periksa_jalur(jalur: Sequence[Path], pilihan: Pilihan | None = None) -> HasilPeriksa:
    """Every finding of every YAML file at or below the paths.

    Raises:
        PemakaianError: nothing to check.
    """
    pilihan = pilihan or Pilihan()
    if len(jalur) == 1 and (pohon := pohon_instansi(jalur[0])) is not None:
        jumlah = sum(berupa_dokumen(j) for j in pohon.daftar("reports/"))
        temuan_ = periksa_pohon(pohon, diajukan=pilihan.diajukan, hanya_skema=pilihan.hanya_skema)
        return HasilPeriksa(jumlah, temuan_)
    terpilih = pilih(jalur)
    if not terpilih.jumlah:
        raise PemakaianError("tidak ada berkas YAML di sana", "sebutkan berkas atau folder reports/")
    temuan: list[Finding] = []
    for j in terpilih.lepas:
        temuan += periksa_bentuk(_baca_lepas(j), j)[1]
    maju = _Kemajuan(terpilih, pilihan.lapor)
    for akar, berkas in terpilih.milik.items():
        for t in _periksa_folder(Path(akar), berkas, pilihan, maju).values():
            temuan += t
    return HasilPeriksa(terpilih.jumlah, urutkan(temuan))


def periksa_pohon(
    pohon: Pohon,
    jalur: Iterable[str] | None = None,
    *,
    diajukan: bool = False,
    hanya_skema: bool = False,
    dasar: Pohon | None = None,
) -> tuple[Finding, ...]:
    """Every finding of some files of a repository, here and now: no cache, no other process.

    Args:
        pohon: the whole repository; the files are judged against its other documents.
        jalur: the files to check; every YAML file under ``reports/`` when None.
        diajukan: judge worksheets as when they are submitted.
        hanya_skema: ask the schemas alone.
        dasar: the base revision, by which rules with memory judge what was signed already.
    """
    if jalur is None:
        jalur = [j for j in pohon.daftar("reports/") if berupa_dokumen(j)]
    semua: list[Finding] = []
    for p in potong(sorted(set(jalur))):
        for temuan in kerjakan(pohon, p, diajukan=diajukan, hanya_skema=hanya_skema, dasar=dasar).values():
            semua += temuan
    return urutkan(semua)


# helpers


class _Kemajuan:
    """Counts what is done, over every folder of a call."""

    def __init__(self, terpilih: Terpilih, lapor: Lapor | None) -> None:
        self._jumlah, self._selesai, self._lapor = terpilih.jumlah, len(terpilih.lepas), lapor

    def tambah(self, n: int) -> None:
        self._selesai += n
        if self._lapor:
            self._lapor(self._selesai, self._jumlah)


def _baca_lepas(jalur: str) -> bytes:
    """A file outside every repository; of a larger one no more than shows that it is too large."""
    if not Path(jalur).is_file():  # a device or a pipe may never end
        raise PemakaianError(f"{jalur} bukan berkas biasa", "sebutkan berkas YAML atau foldernya")
    with Path(jalur).open("rb") as berkas:
        return berkas.read(UKURAN_TERBESAR + 1)


def _periksa_folder(akar: Path, berkas: Sequence[str], pilihan: Pilihan, maju: _Kemajuan) -> Temuan:
    potongan = potong(berkas)
    tetap = not (pilihan.hanya_skema or pilihan.diajukan)
    if not pilihan.simpanan or not tetap or len(berkas) < _LAYAK_DISIMPAN:
        return _kerjakan(akar, potongan, pilihan, maju)
    from kinerja.adapters.findings_cache import Simpanan, sidik_mesin

    kunci = _kunci(PohonFolder(akar), potongan, sidik_mesin())
    with Simpanan() as simpanan:
        ada = simpanan.ambil(kunci.values())
        hasil = {j: t for j, k in kunci.items() if k in ada and (t := _baca(ada[k])) is not None}
        sisa = [s for p in potongan if len(s := _sisa(p, hasil))]
        maju.tambah(sum(map(len, potongan)) - sum(map(len, sisa)))
        baru = _kerjakan(akar, sisa, pilihan, maju)
        simpanan.taruh({kunci[j]: _tulis(t) for j, t in baru.items()})
    return hasil | baru


def _kerjakan(akar: Path, potongan: Sequence[Potongan], pilihan: Pilihan, maju: _Kemajuan) -> Temuan:
    hasil: Temuan = {}
    for p, temuan in kerjakan_semua(
        akar, potongan, pilihan.proses, hanya_skema=pilihan.hanya_skema, diajukan=pilihan.diajukan
    ):
        hasil |= temuan
        maju.tambah(len(p))
    return hasil


def _kunci(pohon: Pohon, potongan: Iterable[Potongan], mesin: bytes) -> dict[str, bytes]:
    """File, or a year's name for what lies between its documents, → key."""
    k = Ketergantungan(pohon, mesin)
    hasil: dict[str, bytes] = {}
    for p in potongan:
        hasil |= {j: k.kunci(j) for j in p.lembar}
        for tahun, dokumen in p.lain:
            hasil |= {j: k.kunci(j) for j in dokumen}
            hasil[antardokumen(tahun)] = k.kunci_antardokumen(tahun, dokumen)
    return hasil


def _sisa(p: Potongan, hasil: Mapping[str, object]) -> Potongan:
    """What of a piece is not known yet; a year's documents stay together."""
    lain = tuple(
        (tahun, dokumen)
        for tahun, dokumen in p.lain
        if any(j not in hasil for j in (*dokumen, antardokumen(tahun)))
    )
    return Potongan(tuple(j for j in p.lembar if j not in hasil), lain)


def _tulis(temuan: Iterable[Finding]) -> str:
    return json.dumps([asdict(t) for t in temuan], ensure_ascii=False)


def _baca(teks: str) -> tuple[Finding, ...] | None:
    """The findings; None where the entry is damaged, which counts as none."""
    if teks == "[]":
        return ()
    try:
        return tuple(Finding(**{**t, "tingkat": Tingkat(t["tingkat"])}) for t in json.loads(teks))
    except (ValueError, TypeError, KeyError):
        return None
