"""The repository's documents, read from any tree and checked against their schemas.

It decides nothing: a document with findings raises :class:`TemuanError` with all of them.
Files are read under the schema version that they name.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kinerja.adapters import package_data
from kinerja.adapters.conversion import BentukError, susun, susun_longgar
from kinerja.adapters.event_copies import baca_salinan
from kinerja.adapters.trees import Pohon
from kinerja.adapters.yaml_strict import Letak, Tempat, letak, muat
from kinerja.domain.errors import KinerjaError, TemuanError
from kinerja.domain.findings import Finding, Tingkat, urutkan
from kinerja.domain.kertas_kerja import Disposisi, KertasKerja
from kinerja.domain.laporan import Kirim, Laporan
from kinerja.domain.organisasi import DaftarIdentitas, DaftarJabatan, Organisasi
from kinerja.domain.perencanaan import Anggaran, DaftarImpor, Rencana, Riwayat, Spj
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import PeristiwaBertanda
from kinerja.domain.tata_kelola import Kalender, Kebijakan, Sop
from kinerja.validation.engine import periksa_naskah
from kinerja.validation.personal_data import nomor_pribadi
from kinerja.validation.schema import TERBANYAK, Masalah, PemeriksaSkema
from kinerja.workflow.verdict import Konteks

T = TypeVar("T")
KELAS: dict[str, type] = {
    "organisasi": Organisasi, "jabatan": DaftarJabatan, "identitas": DaftarIdentitas,
    "kebijakan": Kebijakan, "sop": Sop, "kalender": Kalender, "rencana": Rencana,
    "anggaran": Anggaran, "riwayat": Riwayat, "spj": Spj, "impor": DaftarImpor,
    "disposisi": Disposisi, "kertas-kerja": KertasKerja, "laporan": Laporan, "kirim": Kirim,
}  # fmt: skip
"""Kind of document → its dataclass."""
_BUKAN_LEMBAR = frozenset({"bentuk-berkas", "skema-tidak-dikenal"})


@lru_cache(maxsize=1)
def pemeriksa_skema() -> PemeriksaSkema:
    """The compiled schemas, once per process."""
    return PemeriksaSkema(package_data.skema())


def periksa_bentuk(bita: bytes, berkas: str, jenis: str | None = None) -> tuple[object, tuple[Finding, ...]]:
    """Reads one document, checks it against the schema that it names, its place and its text.

    Args:
        jenis: kind that the place of the file asks for (``kertas-kerja``); None for any.

    Returns:
        Plain data (None when unreadable) and every finding with its place.
    """
    data, _, temuan = periksa_dokumen(bita, berkas, jenis)
    if data is None:
        return None, temuan
    return data, _dengan_naskah(bita, berkas, data, temuan)


def periksa_skema(bita: bytes, berkas: str, jenis: str | None = None) -> tuple[Finding, ...]:
    """Every finding of the strict reader and of the schema, of nothing else."""
    data, temuan = muat(bita, berkas)
    return temuan or _bertempat(pemeriksa_skema().periksa(data, jenis), bita, berkas)


def baca_lembar(
    bita: bytes, berkas: str
) -> tuple[KertasKerja | None, frozenset[str], tuple[Finding, ...]]:
    """A worksheet as far as it can be read, so that one fault does not hide the others.

    Returns:
        The worksheet (None when it is no worksheet at all), the pointers of what could not be
        read, and every finding of its shape, its place and its text.
    """
    data, objek, temuan = periksa_dokumen(bita, berkas, "kertas-kerja")
    if data is None or len(temuan) > TERBANYAK or any(t.aturan in _BUKAN_LEMBAR for t in temuan):
        return None, frozenset(), temuan
    semua = _dengan_naskah(bita, berkas, data, temuan)
    if isinstance(objek, KertasKerja):
        return objek, frozenset(), semua
    kk, cacat = susun_longgar(KertasKerja, data)
    return kk, cacat | {t.penunjuk for t in temuan if t.aturan != "isian-wajib"}, semua


def periksa_dokumen(
    bita: bytes, berkas: str, jenis: str | None = None
) -> tuple[object, object, tuple[Finding, ...]]:
    """Reads one document and checks it against the schema alone.

    Returns:
        Plain data, the dataclass (None when something is wrong), every finding.
    """
    data, temuan = muat(bita, berkas)
    if temuan:
        return None, None, temuan
    objek, temuan = _bentuk(data, bita, berkas, jenis)
    return data, objek, temuan


class Reports:
    """Typed documents of one tree, each read once."""

    def __init__(self, pohon: Pohon) -> None:
        self.pohon = pohon
        self._isi: dict[str, object] = {}

    def organisasi(self) -> Organisasi:
        """``reports/organisasi.yaml``."""
        return self._wajib("reports/organisasi.yaml", "organisasi", Organisasi)

    def jabatan(self) -> DaftarJabatan:
        """``reports/jabatan.yaml``."""
        return self._wajib("reports/jabatan.yaml", "jabatan", DaftarJabatan)

    def identitas(self) -> DaftarIdentitas:
        """``reports/identitas.yaml``."""
        return self._wajib("reports/identitas.yaml", "identitas", DaftarIdentitas)

    def kebijakan(self) -> Kebijakan:
        """``reports/kebijakan.yaml``."""
        return self._wajib("reports/kebijakan.yaml", "kebijakan", Kebijakan)

    def sop(self) -> Sop:
        """``reports/sop.yaml``."""
        return self._wajib("reports/sop.yaml", "sop", Sop)

    def kalender(self) -> Kalender:
        """``reports/kalender.yaml``."""
        return self._wajib("reports/kalender.yaml", "kalender", Kalender)

    def rencana(self, tahun: int) -> Rencana:
        """``reports/<tahun>/rencana.yaml``."""
        return self._wajib(f"reports/{tahun}/rencana.yaml", "rencana", Rencana)

    def anggaran(self, tahun: int) -> Anggaran:
        """``reports/<tahun>/anggaran.yaml``."""
        return self._wajib(f"reports/{tahun}/anggaran.yaml", "anggaran", Anggaran)

    def riwayat(self) -> Riwayat | None:
        """``reports/riwayat.yaml``, where there is one."""
        return self._boleh("reports/riwayat.yaml", "riwayat", Riwayat)

    def spj(self, tahun: int, bulan: int) -> Spj | None:
        """``reports/<tahun>/spj/<bulan>.yaml``; None when it is not in this tree."""
        return self._boleh(f"reports/{tahun}/spj/{bulan:02}.yaml", "spj", Spj)

    def disposisi(self, periode: Periode) -> Disposisi | None:
        """The disposisi of a period; None when it is not open."""
        return self._boleh(f"{periode.folder}/disposisi.yaml", "disposisi", Disposisi)

    def kertas_kerja(self, periode: Periode, bidang: str) -> KertasKerja | None:
        """One worksheet; None when it is not in this tree."""
        return self._boleh(jalur_kertas_kerja(periode, bidang), "kertas-kerja", KertasKerja)

    def laporan(self, periode: Periode) -> Laporan | None:
        """The report of a period; None before it is merged."""
        return self._boleh(f"{periode.folder}/laporan.yaml", "laporan", Laporan)

    def kirim(self, periode: Periode) -> Kirim | None:
        """The delivery of a period; None before it was sent."""
        return self._boleh(f"{periode.folder}/kirim.yaml", "kirim", Kirim)

    def peristiwa(self, periode: Periode) -> tuple[PeristiwaBertanda, ...]:
        """The copies of a period's events in this tree."""
        return baca_salinan(self.pohon, periode)

    def periode(self) -> tuple[Periode, ...]:
        """Every period that has a disposisi, in order of time."""
        hasil = []
        for jalur in self.pohon.daftar("reports/"):
            bagian = jalur.split("/")
            if len(bagian) != 4 or bagian[3] != "disposisi.yaml":  # noqa: PLR2004
                continue
            try:
                hasil.append(Periode.baca(f"{bagian[1]}-{bagian[2]}"))
            except ValueError:
                continue  # a folder that is no period; validation reports it
        return tuple(sorted(hasil, key=lambda p: p.urutan))

    def zona(self) -> ZoneInfo:
        """The agency's time zone."""
        nama = self.organisasi().zona_waktu
        try:
            return ZoneInfo(nama)
        except (ZoneInfoNotFoundError, ValueError) as e:
            raise KinerjaError(
                f"zona waktu `{nama}` tidak dikenal",
                "tulis misalnya Asia/Makassar di organisasi.yaml",
            ) from e

    def konteks(self) -> Konteks:
        """What the approvals evaluator needs to know of this tree."""
        return Konteks(self.kebijakan(), self.organisasi(), self.jabatan(), self.identitas(), self.zona())

    def _wajib(self, jalur: str, jenis: str, cls: type[T]) -> T:
        hasil = self._boleh(jalur, jenis, cls)
        if hasil is None:
            raise KinerjaError(
                f"{jalur} tidak ada",
                "pastikan ini repositori kinerja; buat yang baru: kinerja init",
            )
        return hasil

    def _boleh(self, jalur: str, jenis: str, cls: type[T]) -> T | None:
        if jalur not in self._isi:
            bita = self.pohon.baca(jalur)
            try:
                self._isi[jalur] = None if bita is None else baca_dokumen(bita, jalur, jenis, cls)
            except TemuanError as e:
                self._isi[jalur] = e
        hasil = self._isi[jalur]
        if isinstance(hasil, TemuanError):
            raise hasil
        return hasil if isinstance(hasil, cls) else None


def jalur_kertas_kerja(periode: Periode, bidang: str) -> str:
    """Where the worksheet of a bidang lies."""
    return f"{periode.folder}/kertas-kerja/{bidang}.yaml"


def jalur_masukan(periode: Periode, organisasi: Organisasi) -> tuple[str, ...]:
    """Every file that a laporan takes in, where it lies: plan, DPA, policy, agency, worksheets to date."""
    return (
        f"reports/{periode.tahun}/rencana.yaml",
        f"reports/{periode.tahun}/anggaran.yaml",
        "reports/kebijakan.yaml",
        "reports/organisasi.yaml",
        *(
            jalur_kertas_kerja(p, b.id)
            for p in dict.fromkeys((*periode.sampai_dengan(), periode))
            for b in organisasi.bidang
        ),
    )


def baca_dokumen(bita: bytes, berkas: str, jenis: str, cls: type[T]) -> T:
    """One document as its dataclass; raises TemuanError with every finding."""
    hasil: T = _dokumen(bita, berkas, jenis, cls)  # type: ignore[arg-type] # a class hashes
    return hasil


# helpers


@lru_cache(maxsize=512)
def _dokumen(bita: bytes, berkas: str, jenis: str, cls: Any) -> Any:  # noqa: ANN401 - cached
    _, objek, temuan = periksa_dokumen(bita, berkas, jenis)
    if temuan or not isinstance(objek, cls):
        raise TemuanError(
            f"{berkas} tidak dapat dipakai", temuan, "betulkan temuannya lebih dahulu"
        )
    return objek


def _bentuk(
    data: object, bita: bytes, berkas: str, jenis: str | None
) -> tuple[object, tuple[Finding, ...]]:
    """The dataclass, or what is wrong: by the schema, and what no schema sees."""
    masalah = pemeriksa_skema().periksa(data, jenis)
    if not masalah:
        nama = str(data.get("skema", "")) if isinstance(data, dict) else ""
        kelas = KELAS.get(nama.partition("/")[0])
        try:
            return (susun(kelas, data) if kelas else None), ()
        except BentukError as e:
            masalah = (
                Masalah("nilai-tidak-sah", e.penunjuk, "", e.pesan, "betulkan nilainya"),
            )
    return None, _bertempat(masalah, bita, berkas)


def _bertempat(masalah: Sequence[Masalah], bita: bytes, berkas: str) -> tuple[Finding, ...]:
    """Problems as findings; places are computed only when there is one."""
    if not masalah:
        return ()
    tempat = letak(bita)
    hasil = []
    for m in masalah:
        t = tempat.cari(m.penunjuk, kunci=m.pada_kunci)
        nilai = m.nilai if m.aturan == "teks-bersih" else t.teks or m.nilai  # as it can be seen
        if nomor_pribadi(nilai):
            nilai = nilai[:4] + "…"  # findings are logged where everybody can read them
        hasil.append(
            Finding(
                berkas, t.baris, t.kolom, m.aturan, Tingkat.GALAT, m.penunjuk, nilai, m.pesan,
                m.tindakan,
            )
        )  # fmt: skip
    return urutkan(hasil)


def _dengan_naskah(
    bita: bytes, berkas: str, data: object, temuan: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """The findings of the shape and of the text; what the shape told already is not told again."""
    tempat: list[Letak] = []

    def cari(penunjuk: str, kunci: bool) -> Tempat:  # noqa: FBT001 - as Letak.cari
        if not tempat:
            tempat.append(letak(bita))
        return tempat[0].cari(penunjuk, kunci)

    naskah = periksa_naskah(berkas, bita.decode("utf-8-sig"), data, cari)
    if not naskah:
        return temuan
    sudah = {(t.aturan, t.penunjuk) for t in temuan}
    return urutkan([*temuan, *(t for t in naskah if (t.aturan, t.penunjuk) not in sudah)])
