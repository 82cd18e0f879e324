"""The corpora: always the same bytes, without any finding, and whole enough for what is measured."""

from __future__ import annotations

import itertools
from pathlib import Path

from kinerja.adapters.git import RepoGit
from kinerja.adapters.provenance import asal_berkas
from kinerja.bench.corpus import Korpus, ubah_sebagian
from kinerja.bench.history import tulis_riwayat
from kinerja.bench.published import terbitkan
from kinerja.checking.run import periksa_jalur
from kinerja.cli.mkdocs_plugin import muat_data
from kinerja.publishing.pages.site import halaman_situs

KORPUS = Korpus(bidang=3, tahun=range(2024, 2026))


def test_every_worksheet_is_silent_under_every_rule(tmp_path: Path) -> None:
    lembar = KORPUS.tulis(tmp_path)
    assert len(lembar) == 3 * 2 * 4
    assert all(3_000 < f.stat().st_size < 6_000 for f in lembar)
    hasil = periksa_jalur([tmp_path])
    assert [t.teks() for t in hasil.temuan] == []
    assert hasil.berkas == len(lembar) + len(KORPUS.dokumen)


def test_the_same_arguments_give_the_same_bytes() -> None:
    lagi = Korpus(3, range(2024, 2026))
    assert list(lagi.lembar()) == list(KORPUS.lembar())
    assert lagi.dokumen == KORPUS.dokumen


def test_one_in_a_hundred_changes_otherwise_each_round_and_stays_silent(tmp_path: Path) -> None:
    lembar = KORPUS.tulis(tmp_path)
    keadaan = [[f.read_bytes() for f in lembar]]
    for putaran in (1, 2):
        assert ubah_sebagian(lembar, putaran, tiap=10) == 3
        keadaan.append([f.read_bytes() for f in lembar])
    for lama, baru in itertools.pairwise(keadaan):
        assert [a != b for a, b in zip(lama, baru, strict=True)] == [n % 10 == 0 for n in range(len(lembar))]
    assert [t.teks() for t in periksa_jalur([tmp_path]).temuan] == []


def test_a_published_corpus_shows_signed_reports(tmp_path: Path) -> None:
    assert terbitkan(Korpus(2, (2024,)), tmp_path) == 4
    data = muat_data(tmp_path)
    assert [p.periode.id for p in data.periode] == [f"2024-tw{n}" for n in range(1, 5)]
    for p in data.periode:
        assert len(p.kertas_kerja) == 2
        assert len(p.persetujuan) == 2 + 2, "tanda tangan dua bidang, paraf, tanda tangan laporan"
        assert all(b.capaian is not None for b in p.laporan.capaian)
    assert len(list(halaman_situs(data))) == 3 + 4 + 2 + 2 * 3 + 4 + len(data.aturan)


def test_a_history_has_five_commits_for_each_worksheet_and_names_its_signers(tmp_path: Path) -> None:
    korpus = Korpus(2, (2024,))
    assert tulis_riwayat(korpus, tmp_path / "r.git") == 1 + 5 * 8
    asal = asal_berkas(RepoGit(tmp_path / "r.git"))
    lembar = {x.jalur for x in korpus.lembar()}
    tindakan = {b.jalur: [p.tindakan for p in b.peristiwa] for b in asal.berkas if b.jalur in lembar}
    assert tindakan == {j: ["ajukan", "tanda-tangan"] for j in lembar}
    assert asal.cacat == ()
