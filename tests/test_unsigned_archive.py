"""An archive built without a key and signed elsewhere: the very one that ``kirim`` makes, or refused."""

from __future__ import annotations

import importlib.util
import io
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from kinerja import sop
from kinerja.archive_step import berkas_percaya
from kinerja.cli.main import jalankan
from kinerja.domain.errors import DitolakError
from kinerja.publishing.archive import susun_arsip, tulis_zip
from kinerja.publishing.bundle import baca_bertanda, baca_bundel
from kinerja.unsigned_archive import belum_dikirim, bundel, tandatangani
from kinerja.verify_step import verifikasi

_spec = importlib.util.spec_from_file_location("walk", Path(__file__).with_name("walk.py"))
assert _spec is not None and _spec.loader is not None
walk = sys.modules.setdefault("walk", importlib.util.module_from_spec(_spec))
_spec.loader.exec_module(walk)
TW1 = walk.TW1
SAAT = datetime.fromisoformat("2024-04-05T09:00:00+08:00")

pytestmark = pytest.mark.lambat


@pytest.fixture(scope="module")
def kantor(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An agency whose first report is signed and not sent."""
    k = walk.Kantor(tmp_path_factory.mktemp("bundel") / "dinas")
    k.buka()
    assert belum_dikirim(k.forge) == ()
    k.semua_bertanda()
    sop.susun(k.sesi("p-citra"), TW1)
    sop.paraf(k.sesi("p-bakri"), TW1, ya=True)
    sop.tanda_tangan(k.sesi("p-ayu"), TW1, ya=True)
    return k


def test_the_same_repository_gives_the_same_bundle(kantor: Any) -> None:
    nama, bita = bundel(kantor.forge, TW1, SAAT)
    assert (nama, bita) == bundel(kantor.forge, TW1, SAAT.replace(day=9))
    assert nama == "dinsos-pmd-boalemo-2024-tw1-v1.belum-bertanda.zip"
    assert belum_dikirim(kantor.forge) == (TW1,)
    with zipfile.ZipFile(io.BytesIO(bita)) as z:
        assert not [n for n in z.namelist() if n.startswith("signatures/")]


def test_what_is_signed_is_what_kirim_would_have_made(kantor: Any) -> None:
    _, bita = bundel(kantor.forge, TW1, SAAT)
    isi, pernyataan = baca_bundel(bita)
    s = kantor.sesi("p-citra", "2024-04-05T09:00")
    nama, arsip = tandatangani(s, bita)
    assert nama == "dinsos-pmd-boalemo-2024-tw1-v1.zip"
    assert arsip == susun_arsip(isi, pernyataan, s.penanda.tanda_tangani)
    assert baca_bertanda(arsip) == (isi, pernyataan)
    putusan = verifikasi(io.BytesIO(arsip), berkas_percaya(kantor.forge.reports()), None)
    assert [b.pokok for b in putusan.baris if b.putus.value != "SAH"] == ["saksi waktu"]
    saat = pernyataan.dibuat.strftime("%Y-%m-%dT%H:%M")
    from kinerja.archive_step import siapkan_kiriman

    sendiri = kantor.sesi("p-citra", saat)
    sendiri.waktu = pernyataan.dibuat
    assert siapkan_kiriman(sendiri, TW1, sendiri.sebagai("kasubag-program")).arsip == arsip


def _ubah(bita: bytes, nama: str, ganti: bytes | None) -> bytes:
    with zipfile.ZipFile(io.BytesIO(bita)) as z:
        isi = {n: z.read(n) for n in z.namelist()}
    isi |= {nama: ganti} if ganti is not None else {}
    keluar = io.BytesIO()
    tulis_zip(keluar, sorted(isi.items()))
    return keluar.getvalue()


def test_a_bundle_that_was_changed_is_not_signed(kantor: Any) -> None:
    _, bita = bundel(kantor.forge, TW1, SAAT)
    isi, pernyataan = baca_bundel(bita)
    s = kantor.sesi("p-citra", "2024-04-05T09:00")
    for rusak in (b"", b"PK", bita[:-1], bita + b"x", _ubah(bita, "bag-info.txt", b"x\n"), _ubah(bita, "lain.txt", b"x")):
        with pytest.raises(DitolakError, match="rusak"):
            tandatangani(s, rusak)
    palsu = {**isi, "csv/capaian.csv": isi["csv/capaian.csv"].replace(b"1", b"2")}
    with pytest.raises(DitolakError, match=r"tidak sama dengan .*csv/capaian\.csv"):
        tandatangani(s, susun_arsip(palsu, pernyataan, None))
    with pytest.raises(DitolakError, match="sudah ditandatangani"):
        tandatangani(s, tandatangani(s, bita)[1])


def test_only_its_own_person_signs_it(kantor: Any) -> None:
    _, bita = bundel(kantor.forge, TW1, SAAT)
    with pytest.raises(DitolakError, match="tidak berwenang"):
        tandatangani(kantor.sesi("p-bakri", "2024-04-05T09:00"), bita)


def test_build_sign_and_send_by_commands(
    kantor: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KINERJA_WAKTU", "2024-04-05T09:00")
    repo = ["--repo", str(kantor.instansi.folder)]
    orang = ["--sebagai", "p-citra", *repo]
    assert jalankan(["archive", "build", "--ke", str(tmp_path), *repo]) == 0
    (buat,) = tmp_path.iterdir()
    assert jalankan(["kirim", "2024-tw1", "--arsip", str(buat), *orang]) == 1
    assert "belum ditandatangani" in capsys.readouterr().err
    assert jalankan(["archive", "sign", str(buat), *orang]) == 0
    arsip = tmp_path / "dinsos-pmd-boalemo-2024-tw1-v1.zip"
    assert jalankan(["kirim", "2024-tw2", "--arsip", str(arsip), *orang]) == 1  # that report is not signed
    assert jalankan(["kirim", "2024-tw1", "--arsip", str(arsip), *orang]) == 0
    terkirim = kantor.instansi.keluar / "arsip" / arsip.name
    assert terkirim.read_bytes() == arsip.read_bytes()
    assert belum_dikirim(kantor.forge) == ()
    capsys.readouterr()
    assert jalankan(["archive", "build", "--ke", str(tmp_path / "lagi"), *repo]) == 0
    assert "0 arsip menunggu" in capsys.readouterr().out
    assert not (tmp_path / "lagi").exists()
