"""Every address of the route table with every role: who comes in, who is kept out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kinerja.web.gate import Izin
from kinerja.web.routes import RUTE, Rute

PERAN = {
    None: None, "p-ayu": "kepala-dinas", "p-bakri": "sekretaris", "p-citra": "kasubag-program",
    "p-kiki": "kasie:rehabilitasi-sosial", "p-fajar": "kabid:rehabilitasi-sosial",
    "p-lani": "kasie:pemberdayaan-sosial", "p-gita": "kabid:pemberdayaan-sosial", "p-oki": "pengelola-sistem",
}  # fmt: skip
"""A person for each role; two of them of another bidang."""
SEMUA = frozenset(p for p in PERAN.values() if p)
BERHAK: dict[Izin, frozenset[str]] = {
    Izin.MASUK: SEMUA,
    Izin.PENGISI: frozenset({"kasie:rehabilitasi-sosial"}),
    Izin.PEMERIKSA: frozenset({"kabid:rehabilitasi-sosial"}),
    Izin.PEMBACA: frozenset(
        {"kasie:rehabilitasi-sosial", "kabid:rehabilitasi-sosial", "kasubag-program", "sekretaris", "kepala-dinas"}
    ),
    Izin.SEKRETARIS: frozenset({"sekretaris"}),
    Izin.KASUBAG: frozenset({"kasubag-program"}),
    Izin.KEPALA: frozenset({"kepala-dinas"}),
    Izin.PEMBACA_LAPORAN: frozenset({"kasubag-program", "sekretaris", "kepala-dinas"}),
    Izin.PENGELOLA: frozenset({"pengelola-sistem"}),
}
"""Who may, for rehabilitasi-sosial; written by hand, not by the gate."""


def alamat(rute: Rute) -> str:
    ganti = {
        "{periode}": "2024-tw1", "{bidang}": "rehabilitasi-sosial", "{nama:path}": "usul/tidak-ada",
        "{token}": "tidak-ada",
    }  # fmt: skip
    hasil = rute.pola
    for pola, isi in ganti.items():
        hasil = hasil.replace(pola, isi)
    assert "{" not in hasil
    return hasil


@pytest.fixture(scope="module")
def meja_peran(perkakas: Any, contoh_terbuka: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    import shutil

    folder = tmp_path_factory.mktemp("peran") / "dinas"
    shutil.copytree(contoh_terbuka, folder)
    jam = perkakas.Jam()
    milik = perkakas.layanan(perkakas.cari_instansi(folder), perkakas.Letak(perkakas.ALAMAT), jam, demo=False)
    milik.terbitkan = lambda: None
    yield perkakas.MejaUji(milik.meja.instansi, milik, jam)
    milik.simpanan.tutup()


@pytest.mark.lambat
@pytest.mark.parametrize("orang", PERAN, ids=str)
@pytest.mark.parametrize("rute", RUTE, ids=lambda r: r.nama)
def test_every_role_against_every_route(meja_peran: Any, rute: Rute, orang: str | None) -> None:
    """Whoever may not is told so before anything is done; whoever may is not stopped at the gate."""
    klien, jalur = meja_peran.klien(orang), alamat(rute)
    if rute.metode == "GET":
        jawab = klien.buka(jalur)
    else:  # without the form's token: the gate answers first, then the token is missed
        jawab = klien.http.post(jalur, data={}) if not rute.data else klien.http.post(jalur, json={})
    jabatan = PERAN[orang]
    boleh = rute.izin is Izin.PUBLIK or (jabatan is not None and jabatan in BERHAK[rute.izin])
    if rute.demo:
        assert jawab.status_code == 404
    elif not boleh:
        harapan = 403 if orang else (303 if jalur == "/" and rute.metode == "GET" else 401)
        assert jawab.status_code == harapan
        assert not orang or "bukan untuk peran Anda" in jawab.text
    elif rute.metode == "POST":
        assert jawab.status_code == 403
        assert "formulir ini sudah kedaluwarsa" in jawab.text.casefold()
    else:
        assert jawab.status_code not in (401, 500)
        assert "bukan untuk peran Anda" not in jawab.text


@pytest.mark.parametrize("rute", [r for r in RUTE if r.izin is not Izin.PUBLIK and r.metode == "GET"], ids=lambda r: r.nama)
def test_a_visitor_sees_nothing_of_what_is_inside(meja_peran: Any, rute: Rute) -> None:
    jawab = meja_peran.klien(None).buka(alamat(rute))
    for rahasia in ("Kiki Umpamasari", "Rehabilitasi", "rs-01"):
        assert rahasia not in jawab.text


def test_every_right_is_used_and_every_route_has_one() -> None:
    dipakai = {r.izin for r in RUTE}
    assert dipakai <= set(Izin)
    assert set(BERHAK) | {Izin.PUBLIK} == set(Izin)
    assert len({r.nama for r in RUTE}) == len(RUTE)


def test_a_plh_has_the_rights_and_the_absent_holder_has_not(
    buat_meja: Callable[..., Any],
) -> None:
    """2024-07-01 to 05 a Plh acts for the Kabid of Rehabilitasi Sosial in the sample agency."""
    m = buat_meja()
    r = m.layanan.meja.reports()
    plh = next(p for p in r.jabatan().pemangku if p.sebutan.value == "plh")
    m.jam.kini = m.jam.kini.replace(year=plh.mulai.year, month=plh.mulai.month, day=plh.mulai.day, hour=9)
    bidang = plh.jabatan.partition(":")[2]
    definitif = next(
        p for p in r.jabatan().pemangku if p.jabatan == plh.jabatan and p.sebutan.value == "definitif"
    )
    assert m.klien(plh.orang).buka(f"/periksa/2024-tw1/{bidang}").status_code == 200
    assert m.klien(definitif.orang).buka(f"/periksa/2024-tw1/{bidang}").status_code == 403
