"""What the fill page does: opens a worksheet with a draft over it, saves it, submits it.

It decides when a typed text becomes a saved value: all of them, or none. A draft that cannot be
saved keeps every text as it was typed. Two people in one worksheet: other cells merge, the same
cell is told with both values. The acts themselves are ``sop.isi``.

Example:
    >>> simpan(meja, sesi, periode, "rehabilitasi-sosial", draf, ajukan=False).hasil.terjadi
    'kertas kerja Bidang Rehabilitasi Sosial tersimpan'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kinerja import sop
from kinerja.adapters.reports import jalur_kertas_kerja
from kinerja.adapters.yaml_splice import sisip
from kinerja.desk.cells import LembarTampil, TemuanSel
from kinerja.desk.fields import (
    SalahKetik,
    Sel,
    baris,
    data_lembar,
    isian_lembar,
    nilai_diketik,
    padukan,
    teks_sel,
)  # fmt: skip
from kinerja.desk.sheet import tampilkan, temuan_sel
from kinerja.domain.errors import (
    BentrokError,
    BentrokIsianError,
    DitolakError,
    KinerjaError,
    PemakaianError,
    TemuanError,
)
from kinerja.domain.findings import Tingkat
from kinerja.domain.organisasi import Bidang
from kinerja.domain.perencanaan import Arah
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import berkas_dari
from kinerja.filling import Suntingan
from kinerja.session import Hasil, LembarDinilai, Sesi
from kinerja.standing import ajuan_sebelumnya, lembar_kini

_OID = re.compile(r"[0-9a-f]{40}")
PERCOBAAN = 8
_AMAN = "betulkan yang ditandai; isian Anda tetap aman sebagai draf"


@dataclass(frozen=True, slots=True)
class Draf:
    """What a person typed and has not saved.

    Attributes:
        kelompok: Git's name of the bytes that texts were typed over ("" for what is saved now),
            and those texts by their pointers; a later group wins.
    """

    kelompok: tuple[tuple[str, Mapping[str, str]], ...] = ()

    @classmethod
    def satu(cls, asal: str, isian: Mapping[str, str]) -> Draf:
        """A draft that began from one version."""
        return cls(((asal, isian),))


@dataclass(frozen=True, slots=True)
class LembarTerbuka:
    """A worksheet opened for filling.

    Attributes:
        asal: Git's name of the saved bytes; a form sends it back.
        bita: the saved bytes with the draft's readable texts laid over them.
        bertanda: it is signed, and nobody fills it any more.
    """

    bidang: Bidang
    asal: str
    bita: bytes
    tampil: LembarTampil
    bertanda: bool
    berdraf: bool


@dataclass(frozen=True, slots=True)
class Simpanan:
    """What came of saving.

    Attributes:
        hasil: what was done; None when nothing was.
        galat: the sentence that says why nothing was; temuan: its findings.
    """

    hasil: Hasil | None
    galat: str = ""
    saran: str = ""
    temuan: tuple[TemuanSel, ...] = ()


def buka(sesi: Sesi, periode: Periode, id_bidang: str, draf: Draf, *, diajukan: bool) -> LembarTerbuka:
    """The worksheet as it stands, with a draft over it.

    Args:
        diajukan: judge it as if it were submitted, so that gaps are faults.

    Raises:
        DitolakError: it has not been prepared.
    """
    bidang = sesi.bidang(id_bidang)
    kini, kepala = lembar_kini(sesi, periode, bidang)
    sel, sisa = _sel(sesi, kini, draf)
    bita, dinilai, salah = _dengan_draf(sesi, periode, bidang, kini, sel, diajukan=diajukan)
    tampil = tampilkan(kini, sel, dinilai, _jabatan(sesi, bidang), salah, sisa)
    berdraf = any(i.diketik for i in tampil.semua_isian())
    return LembarTerbuka(bidang, nama_bita(sesi, kini), bita, tampil, kepala is None, berdraf)


def simpan(sesi: Sesi, periode: Periode, id_bidang: str, draf: Draf, *, ajukan: bool) -> Simpanan:
    """Saves a draft, and submits the worksheet with ``ajukan``; writes all of it or nothing.

    Raises:
        KinerjaError: what no other text would mend: not prepared, signed, repository at fault.
    """
    bidang = sesi.bidang(id_bidang)
    for _ in range(PERCOBAAN):
        kini, kepala = lembar_kini(sesi, periode, bidang)
        if kepala is None:
            raise DitolakError(
                f"kertas kerja {bidang.nama} sudah ditandatangani", "perbaikan hanya dengan ralat"
            )
        baru = _terapkan(sesi, periode, kini, draf)
        if isinstance(baru, Simpanan):
            return baru
        try:
            hasil = sop.isi(sesi, periode, id_bidang, suntingan=Suntingan(baru, kini), ajukan=ajukan)
        except TemuanError as e:
            return Simpanan(None, e.pesan, _AMAN, tuple(map(temuan_sel, e.temuan)))
        except BentrokIsianError as e:
            return Simpanan(None, e.pesan, "bandingkan kedua nilainya di bawah")
        except BentrokError:
            sesi.segarkan()
            continue
        return Simpanan(hasil)
    raise BentrokError("lembar ini sedang disimpan banyak orang", "simpan sekali lagi")


def diajukan_kini(sesi: Sesi, periode: Periode, id_bidang: str) -> bool:
    """Whether the saved worksheet lies with its Kabid, in exactly these bytes."""
    bidang = sesi.bidang(id_bidang)
    kini, kepala = lembar_kini(sesi, periode, bidang)
    berkas = berkas_dari(jalur_kertas_kerja(periode, bidang.id), kini)
    return kepala is not None and ajuan_sebelumnya(sesi, f"kk/{periode.id}/{bidang.id}", berkas) is not None


def isi_asal(sesi: Sesi, periode: Periode, id_bidang: str, oid: str) -> dict[str, str]:
    """Every open cell's text in a version that a page was made from."""
    kini, _ = lembar_kini(sesi, periode, sesi.bidang(id_bidang))
    return dict(isian_lembar(bita_asal(sesi, oid, kini)))


def isi_kini(sesi: Sesi, periode: Periode, id_bidang: str) -> tuple[dict[str, str], str]:
    """Every open cell's text as it is saved now, and Git's name of those bytes."""
    kini, _ = lembar_kini(sesi, periode, sesi.bidang(id_bidang))
    return dict(isian_lembar(kini)), nama_bita(sesi, kini)


def galat_ajukan(sesi: Sesi, periode: Periode, id_bidang: str) -> int:
    """How many faults stop the saved worksheet from being submitted."""
    bidang = sesi.bidang(id_bidang)
    kini, _ = lembar_kini(sesi, periode, bidang)
    return sum(t.tingkat is Tingkat.GALAT for t in sesi.periksa_lembar(kini, periode, bidang, diajukan=True))


def nama_bita(sesi: Sesi, bita: bytes) -> str:
    """Git's own name of some bytes, by which they are found again."""
    return sesi.forge.repo.nama_bita(bita)


def isi_dari_spj(sesi: Sesi, periode: Periode, id_bidang: str, draf: Draf) -> Draf:
    """The draft with every empty budget line filled from the SPJ Fungsional."""
    bidang = sesi.bidang(id_bidang)
    kini, _ = lembar_kini(sesi, periode, bidang)
    sel, _ = _sel(sesi, kini, draf)
    _, dinilai, _ = _dengan_draf(sesi, periode, bidang, kini, sel, diajukan=False)
    if dinilai.konteks is None or dinilai.kertas_kerja is None:
        return draf
    baru: dict[str, str] = {}
    for n, b in enumerate(dinilai.kertas_kerja.anggaran):
        spj = dinilai.konteks.acuan.baris_spj.get(b.kode)
        if b.realisasi is None and spj is not None:
            baru[f"/anggaran/{n}/realisasi"] = teks_sel(spj.jumlah_sd_bulan_ini, desimal=False)
    if not baru:
        raise PemakaianError(
            "tidak ada baris kosong yang dapat diisi dari SPJ", "periksa apakah SPJ periode ini sudah diimpor"
        )
    return Draf((*draf.kelompok, ("", baru)))


# helpers


def bita_asal(sesi: Sesi, oid: str, kini: bytes) -> bytes:
    """The bytes that a draft began from; what is saved now when nobody knows them any more."""
    if not _OID.fullmatch(oid):
        return kini
    ada = sesi.forge.repo.objek(oid)
    if ada is None or data_lembar(ada[1]) is None:
        return kini
    return ada[1]


def _sel(sesi: Sesi, kini: bytes, draf: Draf) -> tuple[dict[str, Sel], dict[str, str]]:
    """Every open cell with the draft over it; and texts whose lines are gone."""
    hasil, sisa = padukan(kini, kini, {})
    for asal, isian_ in draf.kelompok:
        lapis, hilang = padukan(bita_asal(sesi, asal, kini), kini, isian_)
        hasil |= {p: s for p, s in lapis.items() if s.diketik or p in isian_}
        sisa |= hilang
    return hasil, sisa


def _dengan_draf(
    sesi: Sesi, periode: Periode, bidang: Bidang, kini: bytes, sel: Mapping[str, Sel], *, diajukan: bool
) -> tuple[bytes, LembarDinilai, tuple[SalahKetik, ...]]:
    """The saved bytes with the readable part of a draft, judged; and its unreadable part."""
    data = data_lembar(kini)
    if data is None:
        return kini, sesi.nilai_lembar(kini, periode, bidang, diajukan=diajukan, bertempat=False), ()
    nilai, salah = nilai_diketik(data, sel, _kata(sesi, periode, data))
    bita = _sisip(kini, nilai)
    return bita, sesi.nilai_lembar(bita, periode, bidang, diajukan=diajukan, bertempat=False), salah


def _terapkan(sesi: Sesi, periode: Periode, kini: bytes, draf: Draf) -> bytes | Simpanan:
    """The bytes to save; or why not: texts that cannot be read, cells that somebody else changed."""
    data = data_lembar(kini)
    sel, sisa = _sel(sesi, kini, draf)
    bentrok = _bentrok(sel)
    if bentrok:
        return Simpanan(None, f"{len(bentrok)} isian sudah disimpan orang lain dengan nilai lain",
                        "bandingkan, lalu simpan lagi untuk memakai isian Anda")  # fmt: skip
    if sisa:
        return Simpanan(None, "baris yang Anda isi sudah tidak ada dalam kertas kerja ini",
                        "salin isiannya dari atas halaman, lalu buang draf")  # fmt: skip
    nilai, salah = nilai_diketik(data, sel, _kata(sesi, periode, data))
    if salah:
        temuan = tuple(TemuanSel("galat", s.pesan, s.tindakan) for s in salah)
        return Simpanan(None, f"{len(salah)} isian belum dapat dibaca", _AMAN, temuan)
    return sisip(kini, nilai)


def _kata(sesi: Sesi, periode: Periode, data: object) -> frozenset[str]:
    """Pointers of realisasi that are words, by the plan."""
    arah = {i.id: i.arah for i in sesi.reports.rencana(periode.tahun).indikator}
    return frozenset(
        f"/indikator/{n}/realisasi"
        for n, b in enumerate(baris(data, "indikator"))
        if isinstance(b, dict) and arah.get(str(b.get("id"))) in (Arah.PREDIKAT, Arah.ADA_TIDAK)
    )


def _jabatan(sesi: Sesi, bidang: Bidang) -> list[tuple[str, str]]:
    """Offices that may answer for a follow-up: the bidang's own first, then the agency's."""
    r = sesi.reports.jabatan()
    milik = (bidang.pengisi, bidang.pemeriksa, "kasubag-program", "sekretaris", "kepala-dinas")
    return [(j, r.nama(j)) for j in dict.fromkeys(milik)]


def _bentrok(sel: Mapping[str, Sel]) -> list[str]:
    return [p for p, s in sel.items() if s.tersimpan is not None]


def _sisip(bita: bytes, nilai: Mapping[str, object]) -> bytes:
    """As ``sisip``; without the one value that cannot be written, so that the page still stands."""
    try:
        return sisip(bita, nilai)
    except KinerjaError:
        for p, v in nilai.items():
            try:
                bita = sisip(bita, {p: v})
            except KinerjaError:
                continue
        return bita
