"""Rows of Meja Kerja: what they count, what they read from pages and from Git; never a time."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kinerja.adapters.git import RepoGit
from kinerja.adapters.local_forge import pelaku
from kinerja.adapters.reports import Reports, jalur_kertas_kerja
from kinerja.adapters.trees import PohonIsi
from kinerja.adapters.yaml_splice import sisip
from kinerja.bench import desk_browser, rows_desk, rows_desk_crowd
from kinerja.bench.desk_agency import (
    ANGGARAN,
    INDIKATOR,
    PERIODE,
    Server,
    dirikan,
    dokumen,
    id_bidang,
    id_pengisi,
)
from kinerja.bench.desk_load import Catatan, Halaman, Peramban, medan, ramai
from kinerja.bench.measure import Sebaran
from kinerja.bench.row import CEPAT, Tempat
from kinerja.bench.rows_desk import MS, banding, batas, persentil
from kinerja.bench.rows_desk_crowd import IsiGit, Keramaian, periksa_git
from kinerja.domain.errors import KinerjaError

LEMBAR = f"/kerja/{PERIODE.id}/{id_bidang(0)}"


def tempat(folder: Path) -> Tempat:
    return Tempat(folder, CEPAT, frozenset(), (), lambda _: None, lambda _: None)  # type: ignore[arg-type,return-value]


@pytest.fixture(scope="module")
def instansi(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return dirikan(tmp_path_factory.mktemp("meja") / "dinas", 2)


def test_a_limit_and_a_peer_are_told_with_their_figures() -> None:
    s = batas("simpan", "dinding", [90 * MS, 150 * MS, 600 * MS], 300 * MS)
    assert (s.atas, s.bawah, s.hitung(())) == ("150 ms", "300 ms", Sebaran(Decimal("0.5"), Decimal("0.3"), Decimal(2)))
    assert s.tercapai(s.hitung(())) is True
    assert batas("", "keluaran", [20_001], 20_000).tercapai(batas("", "keluaran", [20_001], 20_000).terukur) is False
    lawan = banding("simpan", "dinding", [150 * MS], "git commit", [10 * MS, 15 * MS, 90 * MS])
    assert (lawan.bawah, lawan.terukur and lawan.terukur.tengah) == ("git commit 15 ms", Decimal(10))
    assert lawan.tercapai(lawan.terukur) is None, "pembanding dipantau saja"


@pytest.mark.parametrize(("nilai", "persen", "hasil"), [([7], 95, 7), (range(1, 101), 95, 95), (range(1, 21), 95, 19)])
def test_a_percentile_is_one_of_the_figures(nilai: Any, persen: int, hasil: int) -> None:
    assert persentil(list(reversed(nilai)), persen) == hasil


def test_every_worksheet_is_wide_and_has_a_filler() -> None:
    r = Reports(PohonIsi(dokumen(4)))
    for n, b in enumerate(r.organisasi().bidang):
        assert (len(r.rencana(2024).milik(b.id)), len(r.anggaran(2024).milik(b.id))) == (INDIKATOR, ANGGARAN)
        assert b.pengisi == f"kasie:{id_pengisi(n)}"
    assert [id_pengisi(n) for n in range(4)] == ["p-pengisi-0", "p-pengisi-0", "p-pengisi-1", "p-pengisi-1"]
    kode = [s.kode for s in r.anggaran(2024).sub_kegiatan]
    assert len(set(kode)) == len(kode) == 4 * ANGGARAN


def test_fields_are_those_that_a_browser_sends() -> None:
    html = """<input name="luar" value="x"><form id="lembar" action="/"><button name="aksi" value="simpan">
      <input type="hidden" name="csrf" value="a&amp;b"><input name="/a" id="a" class="isian" value="">
      <input type="file" id="b0" name="bukti:0"><textarea name="/t" rows="2">
baris 1
baris &lt;2</textarea><select name="/p" id="p"><option value="">-</option><option value="BB" selected>BB</option>
      </select></form><input name="/lain" value="y">"""
    assert medan(html) == {"csrf": "a&b", "/a": "", "/t": "baris 1\nbaris <2", "/p": "BB"}
    assert medan("<p>tanpa formulir") == {}


@pytest.fixture
def pura_pura(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, str, Any]]]:
    """A server that takes everything, at once; what it was sent."""
    import json
    from urllib.parse import parse_qs

    terkirim: list[tuple[str, str, Any]] = []
    gembok = threading.Lock()

    def minta(diri: Any, jenis: str, metode: str, jalur: str, badan: Any = None, kepala: Any = None) -> Any:
        with gembok:
            isi = json.loads(badan) if jenis == "draf" else parse_qs((badan or b"").decode(), keep_blank_values=True)
            terkirim.append((jenis, jalur, isi))
        diri._catatan.lama[jenis].append(1)
        if jenis == "halaman":
            form = '<form id="lembar" data-versi="3"><input name="csrf" value="c"><input name="asal" value="o">'
            return 200, f'{form}<input name="/anggaran/0/realisasi" value=""></form>'.encode(), ""
        return (200, b'{"versi": 9}', "") if jenis == "draf" else (303, b"", f"{jalur}?tersimpan=1")

    monkeypatch.setattr(Peramban, "minta", minta)
    yield terkirim


def test_a_browser_types_sends_drafts_and_saves_as_the_page_does(pura_pura: list[tuple[str, str, Any]]) -> None:
    peramban = [
        {"nomor": n, "kuki": "k", "lembar": [{"alamat": f"/kerja/p/{n}{i}", "sel": ["/a", "/b", "/c"]} for i in "xy"]}
        for n in (1, 2)
    ]
    tugas = {"alamat": "http://localhost:1", "peramban": peramban, "simpan": 4, "sel_tiap_simpan": 2,
             "jeda_detik": [0, 0], "datang_detik": 0}  # fmt: skip
    hasil = ramai(tugas)
    assert hasil["gagal"] == []
    assert {j: len(x) for j, x in hasil["lama"].items()} == {"halaman": 2 * (2 + 4), "draf": 2 * 8, "simpan": 2 * 4}
    nilai = [v for _, _, v in hasil["nilai"]]
    assert len(nilai) == len(set(nilai)) == 16, "tiap nilai hanya sekali"
    milik = [(j, x) for j, jalur, x in pura_pura if jalur.startswith("/kerja/p/1x") and j != "halaman"]
    satu, dua, simpan, *_ = milik
    assert satu[1] == {"isian": {"/a": "1010001"}, "asal": "o", "versi": 3}
    assert dua[1] == {"isian": {"/a": "1010001", "/b": "1010002"}, "asal": "o", "versi": 9}
    assert simpan[1] == {"csrf": ["c"], "asal": ["o"], "/anggaran/0/realisasi": [""], "/a": ["1010001"],
                         "/b": ["1010002"], "aksi": ["simpan"]}  # fmt: skip
    assert {p for _, jalur, x in pura_pura if jalur.endswith("2y/draf") for p in x["isian"]} == {"/a", "/b", "/c"}


def test_a_browser_that_is_refused_stops_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Peramban, "minta", lambda *_, **__: (403, b"bukan", ""))
    catatan = Catatan()
    with pytest.raises(OSError, match="simpan /x: 403"):
        Peramban("http://localhost:1", "", catatan).simpan(Halaman("/x", {"asal": "o", "csrf": "c"}, 0, {"/a": "1"}))
    assert catatan.nilai == [], "yang ditolak tidak diakui"
    tugas = {"alamat": "http://localhost:1", "peramban": [{"nomor": 7, "kuki": "", "lembar": [{"alamat": "/x"}]}],
             "datang_detik": 0, "sel_tiap_simpan": 1, "simpan": 1}  # fmt: skip
    assert "peramban 7: OSError('GET /x: 403')" in ramai(tugas)["gagal"]


def test_lost_and_mixed_values_are_found_in_git(instansi: Any) -> None:
    forge, saat = instansi.forge(), datetime.fromisoformat("2024-04-02T09:00:00+08:00")
    orang = forge.reports().identitas().cari("p-pengisi-0")

    def tulis(n: int, isi: dict[str, object]) -> None:
        cabang, jalur = f"refs/heads/kk/{PERIODE.id}/{id_bidang(n)}", jalur_kertas_kerja(PERIODE, id_bidang(n))
        kepala = forge.repo.ref(cabang)
        baru = sisip(forge.repo.baca(kepala, jalur), isi)
        oid = forge.repo.tulis_commit([kepala], {jalur: baru}, "Isi\n", pelaku(orang), saat)
        forge.repo.pindah_ref(cabang, oid, kepala, "uji")

    satu, dua = "/anggaran/0/realisasi", "/anggaran/1/realisasi"
    tulis(0, {satu: 1_010_001})
    tulis(0, {satu: 1_010_002, dua: 1_020_001})
    lain = f"/kerja/{PERIODE.id}/{id_bidang(1)}"
    beres = [(LEMBAR, satu, "1010001"), (LEMBAR, satu, "1010002"), (LEMBAR, dua, "1020001")]
    repo = RepoGit(instansi.git)
    assert periksa_git(repo, beres) == IsiGit(3, 0, 0)
    tak_pernah = [*beres, (lain, satu, "1030001")]
    assert periksa_git(repo, tak_pernah) == IsiGit(4, 2, 0), "tidak pernah ada, dan selnya kini lain"
    assert periksa_git(repo, list(reversed(beres))) == IsiGit(3, 1, 0), "yang terakhir diakui bukan yang tersimpan"
    tulis(1, {dua: 1_020_001, satu: 1_030_001})
    assert periksa_git(repo, tak_pernah) == IsiGit(4, 0, 1), "nilai lembar lain"
    repo.tutup()
    forge.repo.tutup()


def test_nobody_has_a_cell_of_anybody_else(tmp_path: Path) -> None:
    tugas = rows_desk_crowd._tugas(tmp_path, Keramaian(100, 50))
    milik = [(x["alamat"], s) for p in tugas["peramban"] for x in p["lembar"] for s in x["sel"]]
    assert len(milik) == len(set(milik)) == rows_desk_crowd.LEMBAR * ANGGARAN
    assert len({p["kuki"] for p in tugas["peramban"]}) == rows_desk_crowd.ORANG
    selembar = [p["nomor"] for p in tugas["peramban"] if p["lembar"][0]["alamat"] == LEMBAR]
    assert len(selembar) == 5, "beberapa orang dalam satu lembar"


def test_without_chromium_the_row_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(desk_browser.shutil, "which", lambda _: None)
    assert desk_browser.di_peramban("http://localhost:1", LEMBAR, "k=v", 1) is None
    for nama in ("dirikan", "tanpa_situs"):
        monkeypatch.setattr(rows_desk, nama, lambda *_: SimpleNamespace(folder=tmp_path))
    monkeypatch.setattr(rows_desk, "masukkan", lambda *_: ["k=v"])
    for nama in ("_mulai", "_halaman", "_simpan"):
        monkeypatch.setattr(rows_desk, nama, lambda *_: [])
    monkeypatch.setattr(rows_desk.Server, "__enter__", lambda diri: diri)
    siap = rows_desk.meja(replace(tempat(tmp_path), ukuran=CEPAT))
    assert "tanpa Chromium" in siap.catatan[0]
    assert siap.sasaran == ()


def test_a_server_that_does_not_start_is_told_in_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(KinerjaError, match="No module named entah"), Server(
        tmp_path, (sys.executable, "-m", "entah", "{port}")
    ):
        pass
