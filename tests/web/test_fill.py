"""The worksheet's table without any script: fill, save, submit; nothing typed is ever lost."""

from __future__ import annotations

import io
import re
import shutil
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from kinerja.accounts.store import Permintaan
from kinerja.adapters.yaml_strict import muat
from kinerja.domain.errors import KinerjaError

pytestmark = pytest.mark.lambat

JALUR = "/kerja/2024-tw1/rehabilitasi-sosial"
PENGISI, PEMERIKSA = "p-kiki", "p-fajar"
_TIGA_HARI = timedelta(days=3)


def simpan(m: Any, isi: dict[str, str], aksi: str = "simpan", orang: str = PENGISI) -> Any:
    k = m.klien(orang)
    medan = k.formulir(JALUR)
    return k.kirim(JALUR, {**medan, **isi, "aksi": aksi}, csrf=medan["csrf"])


def baris_berubah(lama: bytes, baru: bytes) -> list[tuple[bytes, bytes]]:
    a, b = lama.split(b"\n"), baru.split(b"\n")
    assert len(a) == len(b)
    return [(x, y) for x, y in zip(a, b, strict=True) if x != y]


def test_one_number_is_one_changed_line(meja: Any) -> None:
    lama, kepala = meja.lembar(), meja.kepala()
    jawab = simpan(meja, {"/indikator/0/realisasi": "45,21"})
    assert jawab.status_code == 303
    assert jawab.headers["location"] == f"{JALUR}?tersimpan=1"
    assert len(baris_berubah(lama, meja.lembar())) == 1
    assert b"45.21" in meja.lembar()
    assert meja.kepala() != kepala
    assert "tersimpan" in meja.klien(PENGISI).kilat(f"{JALUR}?tersimpan=1").casefold()


def test_saving_what_is_saved_writes_nothing(meja: Any) -> None:
    kepala = meja.kepala()
    assert simpan(meja, {}).status_code == 303
    assert meja.kepala() == kepala


def test_comments_and_order_of_the_yaml_stay(meja: Any) -> None:
    def komentar() -> list[bytes]:
        return [b.partition(b"#")[2] for b in meja.lembar().split(b"\n") if b"#" in b]

    semula = komentar()
    assert semula
    simpan(meja, {"/indikator/0/realisasi": "45,21", "/indikator/0/penjelasan": "baris satu\r\nbaris dua"})
    assert komentar() == semula
    data, _ = muat(meja.lembar(), "")
    assert data["indikator"][0]["penjelasan"] == "baris satu\nbaris dua"


@pytest.mark.parametrize(
    ("penunjuk", "teks", "kata"),
    [
        ("/indikator/0/realisasi", "abc", "bukan angka"),
        ("/indikator/0/realisasi", "=1+1", "bukan angka"),
        ("/indikator/0/realisasi", "1.234", "dapat berarti 1234 atau 1,234"),
        ("/indikator/0/realisasi", "12 orang", "bersatuan orang"),
        ("/anggaran/0/realisasi", "1,234", "dapat berarti 1234 atau 1,234"),
        ("/anggaran/0/realisasi", "-5", "negatif"),
        ("/indikator/0/tindak_lanjut/tenggat", "besok", ""),
        ("/indikator/0/tindak_lanjut/uraian", "Rapat", ""),
    ],
)
def test_what_cannot_be_saved_stays_as_it_was_typed(meja: Any, penunjuk: str, teks: str, kata: str) -> None:
    kepala = meja.kepala()
    jawab = simpan(meja, {penunjuk: teks, "/indikator/1/realisasi": "7"})
    assert meja.kepala() == kepala
    halaman = meja.klien(PENGISI).buka(jawab.headers["location"]).text
    medan = meja.klien(PENGISI).formulir(JALUR)
    assert medan[penunjuk] == teks
    assert medan["/indikator/1/realisasi"] == "7"
    assert "isian Anda tetap aman" in halaman
    assert kata in halaman
    assert 'aria-invalid="true"' in halaman


def test_numbers_as_offices_write_them(meja: Any) -> None:
    simpan(meja, {"/anggaran/0/realisasi": "Rp 12.500.000", "/anggaran/1/realisasi": "1.234.567,50",
                  "/indikator/0/realisasi": "85.5"})  # fmt: skip
    data, _ = muat(meja.lembar(), "")
    assert [str(data["anggaran"][n]["realisasi"]) for n in (0, 1)] == ["12500000", "1234567.50"]
    assert str(data["indikator"][0]["realisasi"]) == "85.5"
    medan = meja.klien(PENGISI).formulir(JALUR)
    assert medan["/anggaran/0/realisasi"] == "12.500.000"
    assert medan["/indikator/0/realisasi"] == "85,5"


def test_locked_and_invented_cells_are_never_written(meja: Any) -> None:
    lama = meja.lembar()
    palsu = {"/indikator/0/target": "1", "/indikator/0/nama": "x", "/anggaran/0/pagu": "9", "/skema": "y",
             "/indikator/99/realisasi": "1", "/indikator/0/bukti": "z", "/__proto__": "1"}  # fmt: skip
    assert simpan(meja, palsu).status_code == 303
    assert meja.lembar() == lama
    halaman = meja.klien(PENGISI).buka(JALUR).text
    for nama in ("target", "nama", "pagu", "realisasi_lalu", "satuan"):
        assert not re.search(rf'name="/[a-z]+/[0-9]+/{nama}"', halaman)


def test_two_people_different_cells_both_stay(meja: Any) -> None:
    """Both began from the same page; the second save does not take back the first."""
    k = meja.klien(PENGISI)
    satu, dua = k.formulir(JALUR), k.formulir(JALUR)
    k.kirim(JALUR, {**satu, "/indikator/0/realisasi": "45,21", "aksi": "simpan"}, csrf=satu["csrf"])
    k.kirim(JALUR, {**dua, "/indikator/1/realisasi": "7", "aksi": "simpan"}, csrf=dua["csrf"])
    data, _ = muat(meja.lembar(), "")
    assert [str(data["indikator"][n]["realisasi"]) for n in (0, 1)] == ["45.21", "7"]


def test_two_people_one_cell_shows_both_and_asks(meja: Any) -> None:
    k = meja.klien(PENGISI)
    satu, dua = k.formulir(JALUR), k.formulir(JALUR)
    k.kirim(JALUR, {**satu, "/indikator/0/realisasi": "45,21", "aksi": "simpan"}, csrf=satu["csrf"])
    kepala = meja.kepala()
    jawab = k.kirim(JALUR, {**dua, "/indikator/0/realisasi": "46", "aksi": "simpan"}, csrf=dua["csrf"])
    assert meja.kepala() == kepala
    halaman = k.buka(jawab.headers["location"]).text
    assert "orang lain sudah menyimpan 45,21; isian Anda 46" in halaman.casefold().replace("anda", "Anda")
    assert "Pakai 45,21" in halaman
    assert k.formulir(JALUR)["/indikator/0/realisasi"] == "46"
    # saving again takes mine …
    simpan(meja, {})
    assert b"realisasi: 46" in meja.lembar()


def test_the_saved_value_can_be_taken_instead(meja: Any) -> None:
    k = meja.klien(PENGISI)
    satu, dua = k.formulir(JALUR), k.formulir(JALUR)
    k.kirim(JALUR, {**satu, "/indikator/0/realisasi": "45,21", "aksi": "simpan"}, csrf=satu["csrf"])
    k.kirim(JALUR, {**dua, "/indikator/0/realisasi": "46", "aksi": "simpan"}, csrf=dua["csrf"])
    simpan(meja, {}, "pakai:/indikator/0/realisasi")
    medan = k.formulir(JALUR)
    assert medan["/indikator/0/realisasi"] in ("45,21", "46")
    lama = {**medan, "/indikator/0/realisasi": "45,21"}
    k.kirim(JALUR, {**lama, "aksi": "simpan"}, csrf=medan["csrf"])
    assert b"45.21" in meja.lembar()


def test_the_draft_survives_a_restart(meja: Any, buat_meja: Callable[..., Any]) -> None:
    simpan(meja, {"/indikator/0/realisasi": "abc"})
    baru = buat_meja(folder=meja.instansi.folder)
    assert baru.klien(PENGISI).formulir(JALUR)["/indikator/0/realisasi"] == "abc"


def test_a_draft_is_its_persons_own(meja: Any) -> None:
    simpan(meja, {"/indikator/0/realisasi": "abc"})
    assert "abc" not in meja.klien(PEMERIKSA).buka("/lembar/2024-tw1/rehabilitasi-sosial").text


def test_throwing_the_draft_away(meja: Any) -> None:
    semula = meja.klien(PENGISI).formulir(JALUR)["/indikator/0/realisasi"]
    simpan(meja, {"/indikator/0/realisasi": "abc"})
    simpan(meja, {}, "buang")
    assert meja.klien(PENGISI).formulir(JALUR)["/indikator/0/realisasi"] == semula


def test_autosave_keeps_and_tells_findings(meja: Any) -> None:
    k = meja.klien(PENGISI)
    medan = k.formulir(JALUR)
    kirim = {"asal": medan["asal"], "versi": 0, "isian": {"/indikator/0/realisasi": "-4"}}
    jawab = k.http.post(f"{JALUR}/draf", json=kirim, headers={"X-CSRF": medan["csrf"]})
    assert jawab.status_code == 200
    isi = jawab.json()
    assert isi["versi"] == 1
    assert isi["temuan"]["/indikator/0/realisasi"][0]["tingkat"] == "galat"
    assert k.formulir(JALUR)["/indikator/0/realisasi"] == "-4"


@pytest.mark.parametrize(
    "badan",
    [b"", b"[]", b"null", b'{"isian": 5}', b'{"isian": {"a": 1}}', b"{" * 5000, b'{"isian": {"/x": "\\ud800"}}',
     b'{"isian": {"/indikator/0/realisasi": "' + b"9" * 60_000 + b'"}}'],
    ids=range(8),
)  # fmt: skip
def test_a_broken_autosave_is_refused_in_a_sentence(meja: Any, badan: bytes) -> None:
    k = meja.klien(PENGISI)
    csrf = k.formulir(JALUR)["csrf"]
    kepala = {"X-CSRF": csrf, "Content-Type": "application/json"}
    jawab = k.http.post(f"{JALUR}/draf", content=badan, headers=kepala)
    assert jawab.status_code in (200, 400)
    assert jawab.status_code == 200 or jawab.json()["pesan"]
    assert k.buka(JALUR).status_code == 200


@pytest.mark.parametrize(
    "teks",
    ["<script>alert(1)</script>", "\u202eterbalik", "a\x00b", "${7*7}{{7*7}}", "'; DROP TABLE draf; --", "😀" * 500,
     "# bukan komentar: [x", "\u2028\u2029\u0085", "- butir\n- butir", "&anchor *alias !!python/object"],
    ids=range(10),
)  # fmt: skip
def test_hostile_text_is_text(meja: Any, teks: str) -> None:
    jawab = simpan(meja, {"/indikator/0/penjelasan": teks})
    halaman = meja.klien(PENGISI).buka(jawab.headers["location"])
    assert halaman.status_code == 200
    assert "<script>alert" not in halaman.text
    data, temuan = muat(meja.lembar(), "")
    assert not temuan
    tersimpan = data["indikator"][0]["penjelasan"]
    medan = meja.klien(PENGISI).formulir(JALUR)["/indikator/0/penjelasan"]
    assert teks.strip() in (tersimpan, medan, medan.strip()) or "\x00" in teks


def test_a_session_that_ended_while_typing_loses_nothing(meja: Any) -> None:
    """Without script: the form goes to the sign-in page and comes back with the sign-in."""
    k = meja.klien(PENGISI)
    meja.layanan.akun.terima_dengan_sandi(
        meja.layanan.akun.undang(PENGISI, _minta(meja), _TIGA_HARI), "pagi hujan di tilamuta", "Kiki", _minta(meja)
    )
    k = meja.klien(PENGISI)
    k.http.cookies.clear()
    token, _ = meja.layanan.sesi.buka(PENGISI, _minta(meja))
    k.http.cookies.set("kinerja-sesi", token)
    medan = k.formulir(JALUR)
    meja.jam.maju(hours=2)
    jawab = k.kirim(JALUR, {**medan, "/indikator/0/realisasi": "45,21", "aksi": "simpan"}, csrf=medan["csrf"])
    assert jawab.status_code == 401
    assert "ikut terbawa" in jawab.text
    titipan = dict(re.findall(r'name="(titipan:[^"]+)" value="([^"]*)"', jawab.text))
    csrf = re.search(r'name="csrf" value="([^"]+)"', jawab.text)
    assert csrf
    masuk = k.kirim("/masuk", {"orang": PENGISI, "sandi": "pagi hujan di tilamuta", "lanjut": JALUR, **titipan},
                    csrf=csrf[1])  # fmt: skip
    assert masuk.headers["location"] == JALUR
    assert k.formulir(JALUR)["/indikator/0/realisasi"] == "45,21"


def test_autosave_after_the_session_ended_says_where_to_sign_in(meja: Any) -> None:
    k = meja.klien(PENGISI)
    csrf = k.formulir(JALUR)["csrf"]
    meja.jam.maju(hours=2)
    jawab = k.http.post(f"{JALUR}/draf", json={"isian": {}}, headers={"X-CSRF": csrf})
    assert jawab.status_code == 401
    assert jawab.json()["masuk"].startswith("/masuk?lanjut=/kerja/")


def test_evidence_is_hashed_kept_and_named(meja: Any) -> None:
    isi = b"daftar hadir" * 100
    k = meja.klien(PENGISI)
    medan = k.formulir(JALUR)
    kirim = {**medan, "/indikator/1/realisasi": "7", "aksi": "bukti:0"}
    jawab = k.kirim(JALUR, kirim, csrf=medan["csrf"], berkas={"bukti:0": ("C:\\folder\\daftar hadir.pdf", io.BytesIO(isi))})
    assert jawab.status_code == 303
    data, _ = muat(meja.lembar(), "")
    bukti = data["indikator"][0]["bukti"][-1]
    assert bukti["nama"] == "daftar hadir.pdf"
    assert bukti["ukuran"] == len(isi)
    tersimpan = meja.layanan.bukti / bukti["sha256"][:2] / bukti["sha256"]
    assert tersimpan.read_bytes() == isi
    assert k.formulir(JALUR)["/indikator/1/realisasi"] == "7"  # what was typed beside it stays
    jumlah = len(data["indikator"][0]["bukti"])
    simpan(meja, {}, f"hapus-bukti:0:{jumlah - 1}")
    data, _ = muat(meja.lembar(), "")
    assert len(data["indikator"][0]["bukti"] or []) == jumlah - 1


@pytest.mark.parametrize(("nama", "isi", "kata"), [("kosong.pdf", b"", "kosong"), ("..", b"x", "tidak bernama")])
def test_bad_evidence_is_refused(meja: Any, nama: str, isi: bytes, kata: str) -> None:
    k = meja.klien(PENGISI)
    medan = k.formulir(JALUR)
    jawab = k.kirim(JALUR, {**medan, "aksi": "bukti:0"}, csrf=medan["csrf"], berkas={"bukti:0": (nama, io.BytesIO(isi))})
    assert kata in k.buka(jawab.headers["location"]).text


def test_200_megabytes_of_evidence_are_refused_and_what_was_typed_stays(meja: Any) -> None:
    k = meja.klien(PENGISI)
    medan = k.formulir(JALUR)
    kirim = {**medan, "/indikator/0/realisasi": "45,21", "aksi": "bukti:0"}
    jawab = k.kirim(JALUR, kirim, csrf=medan["csrf"], berkas={"bukti:0": ("besar.zip", io.BytesIO(bytes(200_000_000)))})
    assert jawab.status_code == 303
    assert "lebih dari 50 MB" in k.buka(jawab.headers["location"]).text
    assert k.formulir(JALUR)["/indikator/0/realisasi"] == "45,21"
    assert not list(meja.layanan.bukti.glob(".masuk-*"))


def test_a_full_disk_is_told_and_the_worksheet_is_whole(meja: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from kinerja.adapters.git import RepoGit

    def penuh(*_: Any, **__: Any) -> str:
        raise KinerjaError("git fast-import gagal (kode 128): No space left on device", "kosongkan cakram")

    lama, kepala = meja.lembar(), meja.kepala()
    monkeypatch.setattr(RepoGit, "tulis_commit", penuh)
    jawab = simpan(meja, {"/indikator/0/realisasi": "45,21"})
    monkeypatch.undo()
    assert "No space left" in meja.klien(PENGISI).buka(jawab.headers["location"]).text
    assert (meja.lembar(), meja.kepala()) == (lama, kepala)
    assert meja.klien(PENGISI).formulir(JALUR)["/indikator/0/realisasi"] == "45,21"


def test_a_locked_repository_is_told(meja: Any) -> None:
    gembok = meja.instansi.git / "refs/heads/kk/2024-tw1/rehabilitasi-sosial.lock"
    gembok.touch()
    jawab = simpan(meja, {"/indikator/0/realisasi": "45,21"})
    halaman = meja.klien(PENGISI).buka(jawab.headers["location"])
    gembok.unlink()
    assert halaman.status_code == 200
    assert "kilat galat" in halaman.text
    assert meja.klien(PENGISI).formulir(JALUR)["/indikator/0/realisasi"] == "45,21"
    assert simpan(meja, {}).headers["location"].endswith("tersimpan=1")


def test_a_damaged_state_folder_is_told_at_once(meja: Any, buat_meja: Callable[..., Any], tmp_path: Any) -> None:
    salinan = tmp_path / "rusak"
    shutil.copytree(meja.instansi.folder, salinan)
    (salinan / "meja" / "meja.sqlite").write_bytes(b"bukan basis data" * 1000)
    for sisa in ("meja.sqlite-wal", "meja.sqlite-shm"):
        (salinan / "meja" / sisa).unlink(missing_ok=True)
    with pytest.raises(KinerjaError, match=r"rusak|bukan basis data"):
        buat_meja(folder=salinan)


def test_submitting_an_unfinished_sheet_keeps_what_is_filled_and_says_what_is_missing(meja: Any) -> None:
    jawab = simpan(meja, {"/indikator/0/realisasi": "45,21"}, "ajukan")
    assert jawab.headers["location"] == f"{JALUR}?periksa=ajukan"
    halaman = meja.klien(PENGISI).buka(jawab.headers["location"]).text
    assert "harus dibetulkan sebelum diajukan" in halaman
    assert "belum diisi" in halaman
    assert b"45.21" in meja.lembar()


def test_ten_at_once_in_one_worksheet_all_land(meja: Any) -> None:
    """Ten savers of different cells from one old page; none is lost, none is mixed."""
    k = meja.klien(PENGISI)
    medan = k.formulir(JALUR)
    nama = [n for n in medan if re.fullmatch(r"/anggaran/[0-9]+/(realisasi|fisik)", n)][:8]
    hasil: list[int] = []

    def satu(n: int, penunjuk: str) -> None:
        jawab = k.kirim(JALUR, {**medan, penunjuk: str(1 + n), "aksi": "simpan"}, csrf=medan["csrf"])
        hasil.append(jawab.status_code)

    utas = [threading.Thread(target=satu, args=x) for x in enumerate(nama)]
    for u in utas:
        u.start()
    for u in utas:
        u.join()
    assert hasil == [303] * len(nama)
    simpan(meja, {})
    data, _ = muat(meja.lembar(), "")
    for n, penunjuk in enumerate(nama):
        _, daftar, ke, isian = penunjuk.split("/")
        assert str(data[daftar][int(ke)][isian]) == str(1 + n)


def test_yaml_and_table_are_the_same_worksheet(meja: Any) -> None:
    k = meja.klien(PENGISI)
    simpan(meja, {"/indikator/0/realisasi": "45,21"})
    medan = k.formulir(f"{JALUR}/yaml", "yaml")
    naskah = medan["naskah"].replace("realisasi: 45.21  # ◄ isi", "realisasi: 46.5  # dihitung ulang")
    jawab = k.kirim(f"{JALUR}/yaml", {**medan, "naskah": naskah.replace("\n", "\r\n"), "aksi": "simpan"}, csrf=medan["csrf"])
    assert jawab.status_code == 303
    assert b"realisasi: 46.5  # dihitung ulang\n" in meja.lembar()
    assert b"\r" not in meja.lembar()
    assert k.formulir(JALUR)["/indikator/0/realisasi"] == "46,5"
    simpan(meja, {"/indikator/0/realisasi": "47"})
    assert b"realisasi: 47  # dihitung ulang\n" in meja.lembar()


def test_the_yaml_shows_the_draft(meja: Any) -> None:
    k = meja.klien(PENGISI)
    medan = k.formulir(JALUR)
    kirim = {"asal": medan["asal"], "versi": 0, "isian": {"/indikator/0/realisasi": "45,21"}}
    k.http.post(f"{JALUR}/draf", json=kirim, headers={"X-CSRF": medan["csrf"]})
    assert "realisasi: 45.21" in k.formulir(f"{JALUR}/yaml", "yaml")["naskah"]


@pytest.mark.parametrize("naskah", ["", "a: [", "skema: kertas-kerja/v1\n", "x" * 300_000, "a: &b 1\nc: *b\n"], ids=range(5))
def test_broken_yaml_stays_in_the_box(meja: Any, naskah: str) -> None:
    k, kepala = meja.klien(PENGISI), meja.kepala()
    medan = k.formulir(f"{JALUR}/yaml", "yaml")
    jawab = k.kirim(f"{JALUR}/yaml", {**medan, "naskah": naskah, "aksi": "simpan"}, csrf=medan["csrf"])
    assert jawab.status_code == 422
    assert meja.kepala() == kepala
    from html import unescape

    assert naskah[:50] in unescape(jawab.text)


def test_findings_of_the_yaml_have_their_lines(meja: Any) -> None:
    k = meja.klien(PENGISI)
    medan = k.formulir(f"{JALUR}/yaml", "yaml")
    isi = medan["naskah"].replace("skema: kertas-kerja/v1", "skema: kertas-kerja/v1\nbarang: 1")
    jawab = k.http.post(f"{JALUR}/yaml/periksa", json={"isi": isi}, headers={"X-CSRF": medan["csrf"]})
    temuan = jawab.json()["temuan"]
    assert any(isi.split("\n")[t["baris"] - 1].startswith("barang") for t in temuan if t["baris"])


def test_the_page_is_small(meja: Any) -> None:
    """No more than four requests; the budget for 30 indikator and 40 lines is measured in the bench."""
    jawab = meja.klien(PENGISI).http.get(JALUR, headers={"Accept-Encoding": "gzip"})
    lain = re.findall(r'(?:src|href)="(/aset/[^"]+)"', jawab.text)
    assert len(lain) + 1 <= 4
    assert jawab.headers["content-encoding"] == "gzip"


# helpers


def _minta(meja: Any) -> Permintaan:
    return Permintaan(meja.jam(), "uji")
