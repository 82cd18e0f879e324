"""A release is published when its file is the archive that main records, and told when it is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kinerja.adapters.forges.releases import HasilRilis, MintaRilis, RakRilis
from kinerja.cli.main import jalankan
from kinerja.domain.errors import PemakaianError

from .conftest import MULAI, panggung

ARSIP = b"isi arsip"
NAMA = "dinsos-2024-tw1-v1.zip"
TERIMA = f"{NAMA}.tanda-terima.json"
TAG = "arsip-2024-tw1-v1"


def _minta() -> MintaRilis:
    from hashlib import sha256

    return MintaRilis(TAG, NAMA, sha256(ARSIP).hexdigest(), len(ARSIP), "c" * 40, "Laporan", "Isi")


def _rak(gh: Any, forge: Any) -> RakRilis:
    rak: RakRilis = gh.sambungan.rak(forge.repo)
    return rak


def test_a_draft_with_the_recorded_archive_is_published_once(gh: Any, gh_panggung: Any) -> None:
    rak = _rak(gh, gh_panggung.forge)
    assert rak.terbitkan(_minta()) is None
    rilis = gh.draf_rilis(TAG, {NAMA: ARSIP, TERIMA: b"{}"})
    for _ in range(2):
        assert rak.terbitkan(_minta()) == HasilRilis(TAG, True)
    assert (rilis["draft"], rilis["target_commitish"], rilis["body"]) == (False, "c" * 40, "Isi")
    assert sum(m == "PATCH" for m, _ in gh.jalan) == 1


@pytest.mark.parametrize(
    ("lampiran", "sebab"),
    [
        ({}, "belum dilampirkan"),
        ({NAMA: b"ISI ARSIP"}, "bukan arsip yang tercatat"),
        ({NAMA: ARSIP + b"x"}, "bukan arsip yang tercatat"),
        ({NAMA: ARSIP, "kunci-tepercaya.txt": b"x"}, "lampiran lain tidak diterima: kunci-tepercaya.txt"),
    ],
)
def test_another_file_is_not_published(
    lampiran: dict[str, bytes], sebab: str, gh: Any, gh_panggung: Any
) -> None:
    rilis = gh.draf_rilis(TAG, lampiran)
    hasil = _rak(gh, gh_panggung.forge).terbitkan(_minta())
    assert hasil is not None
    assert not hasil.terbit
    assert sebab in hasil.cacat
    assert rilis["draft"] is True


def test_a_file_that_was_swapped_after_publishing_is_told(gh: Any, gh_panggung: Any) -> None:
    rak = _rak(gh, gh_panggung.forge)
    rilis = gh.draf_rilis(TAG, {NAMA: ARSIP})
    rak.terbitkan(_minta())
    rilis["assets"][0]["digest"] = f"sha256:{'0' * 64}"
    hasil = rak.terbitkan(_minta())
    assert hasil is not None
    assert hasil.terbit
    assert "bukan arsip yang tercatat" in hasil.cacat


def test_on_forgejo_there_is_no_such_proof(fj: Any, gh_panggung: Any) -> None:
    with pytest.raises(PemakaianError, match="hanya diterbitkan di GitHub"):
        fj.sambungan.rak(gh_panggung.forge.repo)


@pytest.mark.lambat
def test_from_a_whole_period_to_its_release(
    gh: Any, gh_panggung: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KINERJA_WAKTU", MULAI.isoformat())
    panggung.satu_periode(gh_panggung)
    perintah = ["archive", "release", "--repo", str(gh_panggung.instansi.folder)]
    assert jalankan(perintah) == 0
    assert "0 rilis sesuai, 0 tidak" in capsys.readouterr().out
    k = gh_panggung.forge.reports().kirim(panggung.TW1)
    rilis = gh.draf_rilis(TAG, {k.arsip: b"lain"})
    assert jalankan(perintah) == 1
    rilis["assets"][0] |= {"digest": f"sha256:{k.sha256}", "size": k.ukuran}
    assert jalankan([*perintah[:2], "2024-tw1", *perintah[2:]]) == 0
    assert rilis["draft"] is False
    assert "DATA CONTOH" in rilis["body"]
    assert gh.git.commit(rilis["target_commitish"]) is not None
    assert jalankan([*perintah[:2], "2024-tw2", *perintah[2:]]) == 1
