"""The log's chain, and events read back from their exact bytes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime

import pytest

from kinerja.domain.organisasi import Dasar, Sebutan
from kinerja.domain.peristiwa import Berkas, Bukti, JenisBukti, Peristiwa, PeristiwaBertanda, kanonik
from kinerja.domain.tata_kelola import Jaminan, Tindakan
from kinerja.workflow.log_rules import baca_peristiwa, cacat_rantai, ruang

P = Peristiwa(
    urut=1,
    perubahan="kk/2024-tw1/ekonomi",
    tujuan="refs/heads/main",
    tindakan=Tindakan.TANDA_TANGAN,
    jabatan="kabid:ekonomi",
    orang="p-kartini",
    sebutan=Sebutan.PLH,
    dasar=Dasar("SPT 090/7", date(2024, 4, 1), "Penunjukan"),
    berkas=(Berkas("reports/2024/tw1/kertas-kerja/ekonomi.yaml", "ab" * 32, 120),),
    masukan=(),
    kebijakan="cd" * 32,
    sesudah=None,
    sebelumnya=None,
    waktu=datetime.fromisoformat("2024-04-02T09:00:00+08:00"),
    alasan="é “kutip”",
    jaminan=Jaminan.KUNCI_SENDIRI,
    kepala=None,
    kunci="SHA256:x",
)


def rantai(jumlah: int) -> list[PeristiwaBertanda]:
    """A chain that holds."""
    hasil: list[PeristiwaBertanda] = []
    for n in range(1, jumlah + 1):
        p = replace(P, urut=n, sebelumnya=hasil[-1].sidik if hasil else None)
        hasil.append(PeristiwaBertanda(p, p.bita(), None))
    return hasil


def test_baca_kembali_sama() -> None:
    bukti = Bukti("github", JenisBukti.ULASAN, "80", 101, P.waktu, "ab" * 32)
    for p in (P, replace(P, bukti=bukti), replace(P, dasar=None), replace(P, dasar=Dasar("X")), replace(P, sesudah="ef" * 32)):
        assert baca_peristiwa(p.bita()) == p


def _ubah(**isi: object) -> bytes:
    return kanonik({**json.loads(P.bita()), **isi})


@pytest.mark.parametrize(
    "bita",
    [
        pytest.param(P.bita() + b"\n", id="baris tambahan"),
        pytest.param(P.bita().rstrip(b"\n"), id="tanpa baris akhir"),
        pytest.param(P.bita().replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(b"\xef\xbb\xbf" + P.bita(), id="BOM"),
        pytest.param(json.dumps(json.loads(P.bita())).encode(), id="tidak berindentasi"),
        pytest.param(P.bita().replace("é".encode(), b"\\u00e9"), id="huruf ditulis sebagai kode"),
        pytest.param(P.bita().replace(b'"urut": 1', b'"urut": 2,\n "urut": 1'), id="kunci ganda"),
        pytest.param(P.bita().replace(b'"urut": 1', b'"urut": 1.0'), id="urut pecahan"),
        pytest.param(_ubah(urut=True), id="urut benar-salah"),
        pytest.param(_ubah(urut="1"), id="urut teks"),
        pytest.param(_ubah(tambahan="x"), id="isian tambahan"),
        pytest.param(_ubah(waktu="2024-04-02T09:00:00"), id="tanpa zona"),
        pytest.param(_ubah(waktu="2024-04-02 09:00:00+08:00"), id="waktu bukan bentuk baku"),
        pytest.param(_ubah(tindakan="menari"), id="tindakan tak dikenal"),
        pytest.param(_ubah(skema="peristiwa/v9"), id="skema tak dikenal"),
        pytest.param(_ubah(dasar="SPT"), id="dasar bukan objek"),
        pytest.param(_ubah(berkas={}), id="berkas bukan daftar"),
        pytest.param(_ubah(orang=None), id="orang kosong"),
        pytest.param(P.bita().replace(b"kartini", b"\\ud800"), id="pengganti tunggal"),
        pytest.param(P.bita().replace(b"kartini", b"\xff"), id="bukan UTF-8"),
        pytest.param(b"[]\n", id="bukan objek"),
        pytest.param(b"{}\n", id="objek kosong"),
        pytest.param(b"", id="kosong"),
        pytest.param(b"[" * 100_000, id="terlalu dalam"),
    ],
)
def test_bita_tidak_baku_ditolak(bita: bytes) -> None:
    assert bita != P.bita()
    with pytest.raises(ValueError, match=r"."):
        baca_peristiwa(bita)


def test_rantai_utuh() -> None:
    assert cacat_rantai(rantai(5)) == ()
    assert cacat_rantai([]) == ()


def test_peristiwa_hilang_dari_tengah() -> None:
    r = rantai(4)
    cacat = cacat_rantai([r[0], *r[2:]])
    assert "peristiwa ke-2 bernomor 3" in cacat
    assert "peristiwa 2 tidak menyambung ke peristiwa 1" in cacat


def test_awal_log_dipotong() -> None:
    assert "peristiwa 1 tidak menyambung ke peristiwa 0" in cacat_rantai(rantai(3)[1:])


def test_peristiwa_ditukar() -> None:
    a, b, c = rantai(3)
    assert cacat_rantai([a, c, b])


def test_peristiwa_diubah_memutus_yang_berikutnya() -> None:
    a, b, c = rantai(3)
    p = replace(b.peristiwa, alasan="lain")
    assert cacat_rantai([a, PeristiwaBertanda(p, p.bita(), None), c]) == (
        "peristiwa 3 tidak menyambung ke peristiwa 2",
    )


def test_rantai_memakai_bita_tersimpan() -> None:
    a, b = rantai(2)
    assert cacat_rantai([replace(a, bita=a.bita + b" "), b])


def test_satu_ruang_untuk_tiap_tindakan() -> None:
    assert ruang(Tindakan.PARAF) == "kinerja.paraf.v1"
    assert len({ruang(t) for t in Tindakan}) == len(Tindakan)
