"""A laporan is what its inputs give: the sample is rebuilt here, and its boundaries are tried."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from kinerja.adapters.documents import tulis
from kinerja.adapters.reports import Reports, jalur_masukan
from kinerja.adapters.trees import Pohon, PohonFolder, PohonTumpuk
from kinerja.adapters.yaml_splice import sisip
from kinerja.calculation.recount import hitung_ulang
from kinerja.calculation.report import VERSI_ATURAN
from kinerja.checking.run import periksa_pohon
from kinerja.domain.laporan import BidangTertinggal, Laporan, Masukan, Narasi
from kinerja.domain.periode import Periode

VALID = Path(__file__).parent.parent / "examples" / "valid"
DASAR = PohonFolder(VALID)
TW1 = Periode.baca("2024-tw1")
LAPORAN = "reports/2024/tw1/laporan.yaml"
LEMBAR = "reports/2024/tw1/kertas-kerja/layanan.yaml"
KEBIJAKAN = "reports/kebijakan.yaml"
KIRIM = "reports/2024/tw1/kirim.yaml"


def laporan_contoh(pohon: Pohon) -> Laporan:
    """The laporan of 2024-tw1 as ``kinerja susun`` would freeze it."""
    r = Reports(pohon)
    angka = hitung_ulang(r.organisasi(), r.rencana(2024), r.kebijakan(), TW1, r.kertas_kerja, VERSI_ATURAN)
    masukan = [(j, b) for j in jalur_masukan(TW1, r.organisasi()) if (b := pohon.baca(j)) is not None]
    return Laporan(
        skema="laporan/v1",
        periode=TW1.id,
        versi=1,
        menggantikan=None,
        status=r.organisasi().status,
        nomor=None,
        disusun=datetime.fromisoformat("2024-04-05T09:00:00+08:00"),
        skala=r.kebijakan().perhitungan.skala,
        versi_aturan=VERSI_ATURAN,
        masukan=tuple(Masukan(j, sha256(b).hexdigest()) for j, b in masukan),
        tanpa=(BidangTertinggal("sekretariat", "kertas kerjanya belum ditandatangani"),),
        rekap=angka.rekap,
        capaian=angka.capaian,
        narasi=Narasi("Contoh untuk menguji aturan."),
        rekap_sasaran=angka.rekap_sasaran,
        rekap_program=angka.rekap_program,
    )


def aturan(ganti: dict[str, bytes | None], *, jalur: str = LAPORAN, dasar: bool = False) -> list[tuple[str, str]]:
    pohon = PohonHilang(PohonTumpuk({j: b for j, b in ganti.items() if b}, DASAR), ganti)
    temuan = periksa_pohon(pohon, [jalur], dasar=DASAR if dasar else None)
    return [(t.aturan, t.tingkat.value) for t in temuan]


class PohonHilang:
    """A tree from which some files are taken away."""

    def __init__(self, pohon: Pohon, ganti: dict[str, bytes | None]) -> None:
        self._pohon = pohon
        self._hilang = {j for j, b in ganti.items() if b is None}

    def baca(self, jalur: str) -> bytes | None:
        return None if jalur in self._hilang else self._pohon.baca(jalur)

    def daftar(self, awalan: str) -> tuple[str, ...]:
        return tuple(j for j in self._pohon.daftar(awalan) if j not in self._hilang)


def isi(jalur: str, **ganti: object) -> bytes:
    bita = DASAR.baca(jalur)
    assert bita is not None
    return sisip(bita, {f"/{k.replace('__', '/')}": v for k, v in ganti.items()})


def test_the_sample_laporan_is_what_its_inputs_give(bandingkan: Callable[[Path, str], None]) -> None:
    teks = tulis(laporan_contoh(DASAR), "", ()).decode().split("\n", 1)[1]
    bandingkan(VALID / LAPORAN, f"# LAPORAN contoh; ditulis ulang oleh pytest --bless.\n{teks}")


def test_a_changed_worksheet_is_a_fault_whatever_was_sent() -> None:
    berubah = isi(LEMBAR, catatan="ditambahkan sesudah ditandatangani")
    assert aturan({LEMBAR: berubah}) == [("masukan-sesuai", "galat")]
    naik = isi(LEMBAR, indikator__1__realisasi=61)
    assert aturan({LEMBAR: naik}) == [("masukan-sesuai", "galat")]


@pytest.mark.parametrize(
    ("terkirim", "diusulkan", "tingkat"),
    [(True, False, "catatan"), (False, False, "peringatan"), (True, True, "galat"), (False, True, "galat")],
)
def test_a_policy_may_live_on_after_the_laporan(terkirim: bool, diusulkan: bool, tingkat: str) -> None:
    """It is a fault only in a laporan that is being proposed."""
    ganti: dict[str, bytes | None] = {KEBIJAKAN: isi(KEBIJAKAN, perhitungan__batas_atas=60)}
    if not terkirim:
        ganti[KIRIM] = None
    if diusulkan:
        ganti[LAPORAN] = isi(LAPORAN, nomor="050/1/2024")
    hasil = aturan(ganti, dasar=True)
    assert {t for _, t in hasil} == {tingkat}
    assert {a for a, _ in hasil} == {"masukan-sesuai", "laporan-sama-hitungan"}


def test_another_version_of_the_rules_is_only_noted() -> None:
    lain = isi(LAPORAN, versi_aturan="0", rekap__0__dihitung=1)
    assert aturan({LAPORAN: lain}) == [("laporan-sama-hitungan", "catatan")]


def test_an_input_that_no_laporan_takes_is_not_even_opened() -> None:
    dibuka: list[str] = []

    class Pencatat(PohonTumpuk):
        def baca(self, jalur: str) -> bytes | None:
            dibuka.append(jalur)
            return super().baca(jalur)

    asing = [{"jalur": j, "sha256": "0" * 64} for j in ("../../etc/passwd", "/dev/zero", ".git/config")]
    data = isi(LAPORAN, masukan=asing)
    temuan = periksa_pohon(Pencatat({LAPORAN: data}, DASAR), [LAPORAN])
    assert [t.nilai for t in temuan if "bukan masukan" in t.pesan] == [m["jalur"] for m in asing]
    assert not {m["jalur"] for m in asing} & set(dibuka)


def test_a_worksheet_that_came_late_is_not_forgotten() -> None:
    terlambat = b"skema: kertas-kerja/v1\nperiode: 2024-tw1\nbidang: sekretariat\nversi_rencana: murni\n" \
        b"versi_anggaran: dpa\nindikator: []\n"
    susulan: dict[str, bytes | None] = {"reports/2024/tw1/kertas-kerja/sekretariat.yaml": terlambat}
    assert aturan(susulan) == [("laporan-tanpa-bidang", "peringatan")]
    assert aturan({**susulan, KIRIM: None}) == [("laporan-tanpa-bidang", "galat")]
    tanpa_alasan = {**susulan, LAPORAN: isi(LAPORAN, tanpa=[])}
    assert aturan(tanpa_alasan, dasar=True) == [("masukan-sesuai", "galat")]


def test_nothing_is_counted_where_an_input_cannot_be_read() -> None:
    for jalur in (LEMBAR, "reports/2024/rencana.yaml", KEBIJAKAN):
        hasil = aturan({jalur: b"skema: x\nskema: y\n"})
        assert ("laporan-sama-hitungan", "galat") not in hasil
        assert any(a == "masukan-sesuai" for a, _ in hasil)


def test_a_plan_without_versions_or_a_policy_without_its_scale_stops_nothing() -> None:
    tanpa_versi = isi("reports/2024/rencana.yaml", versi=[])
    tanpa_skala = isi(KEBIJAKAN, perhitungan__skala="lain")
    for jalur, bita in (("reports/2024/rencana.yaml", tanpa_versi), (KEBIJAKAN, tanpa_skala)):
        assert {a for a, _ in aturan({jalur: bita})} <= {"masukan-sesuai", "laporan-sama-hitungan"}


def test_every_figure_of_the_laporan_is_compared() -> None:
    """One figure at a time, another value: always found."""
    asli = laporan_contoh(DASAR)
    for daftar in ("capaian", "rekap", "rekap_sasaran", "rekap_program"):
        for n, baris in enumerate(getattr(asli, daftar)):
            for isian in ("capaian", "capaian_tahunan", "rata_rata", "realisasi", "serapan", "kategori"):
                if not hasattr(baris, isian):
                    continue
                nilai = "Tinggi sekali" if isian == "kategori" else 12345
                if daftar == "capaian" and isian == "realisasi" and baris.id == "lay-04":
                    nilai = "Ada sekali"
                palsu = isi(LAPORAN, **{f"{daftar}__{n}__{isian}": nilai})
                assert aturan({LAPORAN: palsu}) == [("laporan-sama-hitungan", "galat")], (daftar, n, isian)
