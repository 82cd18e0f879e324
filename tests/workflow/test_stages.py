"""Where a period stands, derived from lists of events."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import PohonFolder
from kinerja.domain.kertas_kerja import Disposisi, Tenggat
from kinerja.domain.organisasi import Sebutan
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import Peristiwa
from kinerja.domain.tata_kelola import Jaminan, Tindakan
from kinerja.workflow.stages import LangkahJalan, MasukanStatus, jalannya, tenggat_periode

ZONA = ZoneInfo("Asia/Makassar")
TW = Periode.baca("2024-tw1")
_R = Reports(PohonFolder(Path(__file__).parents[2]))
_ORG, _KALENDER, _SOP = _R.organisasi(), _R.kalender(), _R.sop()
assert _ORG is not None
assert _KALENDER is not None
assert _SOP is not None
ORG = replace(_ORG, bidang=_ORG.bidang[:2])
KALENDER, SOP = _KALENDER, _SOP
A, B = ORG.bidang
BUKA = datetime(2024, 5, 13, 8, 0, tzinfo=ZONA)
DISPOSISI = Disposisi(
    "disposisi/v1", TW.id, None, "kepala-dinas", "sekretaris", "Laporkan.", BUKA,
    tuple(Tenggat(n, t) for n, t in tenggat_periode(SOP, KALENDER, ZONA, BUKA).items()),
)  # fmt: skip
KATA = {
    "tt": Tindakan.TANDA_TANGAN, "siap": Tindakan.SIAPKAN, "ajukan": Tindakan.AJUKAN,
    "tidak": Tindakan.TIDAK, "tarik": Tindakan.TARIK, "susun": Tindakan.SUSUN,
    "paraf": Tindakan.PARAF, "kirim": Tindakan.KIRIM, "terima": Tindakan.TERIMA,
    "disposisi": Tindakan.DISPOSISI,
}  # fmt: skip
KK_A, KK_B = f"kk/{TW.id}/{A.id}", f"kk/{TW.id}/{B.id}"
LAP, KIRIM = f"laporan/{TW.id}", f"kirim/{TW.id}"
SIAP = [(f"disposisi/{TW.id}", "disposisi", "sekretaris", 0)] + [
    (kk, "siap", "kasubag-program", 10) for kk in (KK_A, KK_B)
]
TERTANDA = [
    *SIAP,
    *((kk, "ajukan", b.pengisi, 60) for kk, b in ((KK_A, A), (KK_B, B))),
    *((kk, "tt", b.pemeriksa, 70) for kk, b in ((KK_A, A), (KK_B, B))),
]
Tulisan = tuple[str, str, str, int]


def lihat(
    tulisan: list[Tulisan], saat_menit: int = 200, tanpa: frozenset[str] = frozenset()
) -> dict[tuple[int, str | None], LangkahJalan]:
    """The stages when these acts were done, each some minutes after the opening."""
    log = tuple(
        Peristiwa(
            urut=n, perubahan=perubahan, tujuan="refs/heads/main", tindakan=KATA[kata],
            jabatan=jabatan, orang="p-x", sebutan=Sebutan.DEFINITIF, dasar=None, berkas=(),
            masukan=(), kebijakan="", sesudah=None, sebelumnya=None,
            waktu=BUKA + timedelta(minutes=menit), alasan="angka keliru", kepala=None, kunci=None,
            jaminan=Jaminan.TERAMATI,
        )
        for n, (perubahan, kata, jabatan, menit) in enumerate(tulisan, 1)
    )  # fmt: skip
    m = MasukanStatus(
        TW, ORG, SOP, KALENDER, ZONA, DISPOSISI if log else None, log, tanpa,
        BUKA + timedelta(minutes=saat_menit),
    )  # fmt: skip
    return {(x.nomor, x.bidang): x for x in jalannya(m)}


def keadaan(tulisan: list[Tulisan]) -> dict[int, str]:
    """The state of each step, of bidang A where it is per bidang."""
    return {n: x.keadaan for (n, b), x in lihat(tulisan).items() if b in (None, A.id)}


def ringkas(tulisan: list[Tulisan]) -> str:
    """``ssb.....``: a letter per step, selesai, berjalan, kembali; a dot for belum."""
    huruf = {"selesai": "s", "berjalan": "b", "dikembalikan": "k", "belum": "."}
    return "".join(huruf[k] for _, k in sorted(keadaan(tulisan).items()))


SUSUN = (LAP, "susun", "kasubag-program", 90)
PARAF = (LAP, "paraf", "sekretaris", 95)
TEKEN = (LAP, "tt", "kepala-dinas", 100)
TIDAK_6 = (LAP, "tidak", "sekretaris", 96)
TIDAK_7 = (LAP, "tidak", "kepala-dinas", 101)
TIDAK_4 = (KK_A, "tidak", A.pemeriksa, 65)
AJUKAN_A = (KK_A, "ajukan", A.pengisi, 60)


@pytest.mark.parametrize(
    ("tulisan", "harap"),
    [
        pytest.param([], "........", id="belum dibuka"),
        pytest.param(SIAP[:1], "sb......", id="dibuka"),
        pytest.param(SIAP, "ssb.....", id="disiapkan"),
        pytest.param([*SIAP, AJUKAN_A], "sssb....", id="diajukan"),
        pytest.param([*SIAP, AJUKAN_A, TIDAK_4], "ssk.....", id="tidak di langkah 4"),
        pytest.param([*SIAP, AJUKAN_A, TIDAK_4, AJUKAN_A], "sssb....", id="diajukan lagi"),
        pytest.param(
            [*SIAP, AJUKAN_A, TIDAK_4, (KK_A, "tt", A.pemeriksa, 66)],
            "ssss....", id="kabid membuka tidaknya sendiri",
        ),
        pytest.param(TERTANDA[:-1], "ssss....", id="satu bidang belum bertanda"),
        pytest.param(TERTANDA, "ssssb...", id="semua bertanda"),
        pytest.param([*TERTANDA, (KK_A, "tarik", A.pemeriksa, 80)], "sssb....", id="tanda tangan ditarik"),
        pytest.param([*TERTANDA, SUSUN], "sssssb..", id="disusun"),
        pytest.param([*TERTANDA, SUSUN, TIDAK_6], "ssssk...", id="tidak di langkah 6"),
        pytest.param([*TERTANDA, SUSUN, TIDAK_6, PARAF], "ssssssb.", id="sekretaris membuka tidaknya"),
        pytest.param([*TERTANDA, SUSUN, TIDAK_6, SUSUN], "sssssb..", id="disusun lagi"),
        pytest.param([*TERTANDA, SUSUN, PARAF], "ssssssb.", id="diparaf"),
        pytest.param(
            [*TERTANDA, SUSUN, PARAF, (LAP, "tarik", "sekretaris", 97)], "sssssb..", id="paraf ditarik"
        ),
        pytest.param([*TERTANDA, SUSUN, PARAF, SUSUN], "sssssb..", id="disusun lagi setelah paraf"),
        pytest.param([*TERTANDA, SUSUN, PARAF, TIDAK_7], "sssssk..", id="tidak di langkah 7"),
        pytest.param([*TERTANDA, SUSUN, PARAF, TIDAK_7, TIDAK_6], "ssssk...", id="diteruskan kepada Kasubag"),
        pytest.param([*TERTANDA, SUSUN, PARAF, TIDAK_7, PARAF], "ssssssb.", id="diparaf lagi"),
        pytest.param([*TERTANDA, SUSUN, PARAF, TIDAK_7, TEKEN], "sssssssb", id="kepala dinas membuka tidaknya"),
        pytest.param(
            [*TERTANDA, SUSUN, PARAF, TIDAK_7, TIDAK_6, SUSUN, PARAF, TEKEN], "sssssssb", id="putaran penuh"
        ),
        pytest.param([*TERTANDA, SUSUN, PARAF, TEKEN], "sssssssb", id="ditandatangani"),
        pytest.param([*TERTANDA, SUSUN, TEKEN, PARAF], "ssssssb.", id="tanda tangan sebelum paraf"),
        pytest.param(
            [*TERTANDA, SUSUN, PARAF, TEKEN, (KIRIM, "kirim", "kasubag-program", 105)],
            "ssssssss", id="dikirim",
        ),
        pytest.param(
            [*TERTANDA, SUSUN, PARAF, TEKEN, (KIRIM, "kirim", "kasubag-program", 105), SUSUN],
            "sssssb..", id="ralat",
        ),
    ],
)  # fmt: skip
def test_keadaan(tulisan: list[Tulisan], harap: str) -> None:
    assert ringkas(tulisan) == harap


def test_terlambat_dihitung_dari_pengajuan_pertama() -> None:
    seminggu = 7 * 24 * 60
    tepat = [*SIAP, AJUKAN_A, TIDAK_4, (KK_A, "ajukan", A.pengisi, seminggu)]
    telat = [*SIAP, (KK_A, "ajukan", A.pengisi, seminggu)]
    assert not lihat(tepat, seminggu + 1)[3, A.id].terlambat
    assert lihat(telat, seminggu + 1)[3, A.id].terlambat
    assert lihat(SIAP, seminggu)[3, A.id].terlambat
    assert not lihat(SIAP, 60)[3, A.id].terlambat


def test_susun_ulang_karena_tidak_bukan_keterlambatan() -> None:
    ulang = (LAP, "susun", "kasubag-program", 190)
    x = lihat([*TERTANDA, SUSUN, TIDAK_6, ulang])[5, None]
    assert (x.keadaan, x.terlambat, x.putaran) == ("selesai", False, 2)
    assert lihat([*TERTANDA, ulang])[5, None].terlambat


def test_menit_kerja_dan_putaran() -> None:
    x = lihat([*SIAP, AJUKAN_A, TIDAK_4, AJUKAN_A])[3, A.id]
    assert (x.menit_kerja, x.putaran, x.pemegang) == (50, 2, A.pengisi)
    assert lihat([*SIAP, AJUKAN_A])[4, A.id].pemegang == A.pemeriksa


def test_alasan_tidak_ditampilkan() -> None:
    assert lihat([*SIAP, AJUKAN_A, TIDAK_4])[3, A.id].keterangan == "dikembalikan: angka keliru"


def test_bidang_tertinggal_tidak_ditunggu() -> None:
    kurang = TERTANDA[:-1]
    assert lihat(kurang)[5, None].keadaan == "belum"
    assert lihat(kurang, tanpa=frozenset({B.id}))[5, None].keadaan == "berjalan"


def test_tanda_terima() -> None:
    kirim = [*TERTANDA, SUSUN, PARAF, TEKEN, (KIRIM, "kirim", "kasubag-program", 105)]
    assert lihat(kirim)[8, None].keterangan == "belum ada tanda terima"
    terima = [*kirim, (KIRIM, "terima", "kasubag-program", 110)]
    assert lihat(terima)[8, None].keterangan == "tanda terima tercatat"


def test_tenggat_dari_waktu_baku_sop() -> None:
    t = {n: x.replace(tzinfo=None).isoformat() for n, x in tenggat_periode(SOP, KALENDER, ZONA, BUKA).items()}
    assert t[2] == "2024-05-13T08:30:00"
    assert t[3] == "2024-05-16T23:59:00"
    assert t[4] == "2024-05-17T08:15:00"
