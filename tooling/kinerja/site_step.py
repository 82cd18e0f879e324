"""Building the public site of a repository's main branch with MkDocs and our plugin."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kinerja.adapters import package_data
from kinerja.adapters.files import tulis_atomik
from kinerja.adapters.forges.connection import Penyunting, penyunting
from kinerja.adapters.git_tree import PohonGit
from kinerja.adapters.local_forge import ForgeLokal
from kinerja.adapters.reports import Reports
from kinerja.domain.errors import KinerjaError

_DIPERLUKAN = ("reports/", "site/", "schemas/", "mkdocs.yml")


def bangun_situs(forge: ForgeLokal, tujuan: Path, *, setelan_sendiri: bool = True) -> Path:
    """Builds the site of main into a folder, replacing what was there only when it succeeds.

    Args:
        setelan_sendiri: by the repository's own ``mkdocs.yml``, which can name code to run. Without
            it, only documents, Markdown and pictures are taken, and the package's settings: for a
            process that holds keys.

    Returns:
        The site's first page.
    """
    pohon = PohonGit(forge.repo, forge.utama())
    _cocokkan_log(forge, Reports(pohon))
    with tempfile.TemporaryDirectory(prefix="kinerja-situs-") as sementara:
        akar = Path(sementara)
        for awalan in _DIPERLUKAN:
            for jalur, isi in pohon.muat_semua(awalan).items():
                berkas = akar / jalur
                if not setelan_sendiri and not _tanpa_kode(jalur):
                    continue
                if not berkas.resolve().is_relative_to(akar.resolve()):
                    raise KinerjaError(f"{jalur} keluar dari repositori")
                berkas.parent.mkdir(parents=True, exist_ok=True)
                berkas.write_bytes(isi)
        if not (akar / "mkdocs.yml").is_file():
            for jalur, isi in package_data.halaman_situs().items():
                tulis_atomik(akar / jalur, isi)
        hasil = akar / "hasil"
        _mkdocs(akar / "mkdocs.yml", hasil, penyunting(forge.repo))
        _ganti(hasil, tujuan)
    return tujuan / "index.html"


# helpers


def _tanpa_kode(jalur: str) -> bool:
    """Whether a file is one that nothing runs: data, a page, a picture."""
    return jalur.startswith(("reports/", "schemas/")) or (
        jalur.startswith("site/") and jalur.endswith((".md", ".png", ".jpg", ".jpeg", ".svg", ".webp"))
    )


def _cocokkan_log(forge: ForgeLokal, reports: Reports) -> None:
    """The copies of events in main count only while they equal the log where it is present."""
    log = {c.peristiwa.urut: c.bita for c in forge.log.baca()}
    if not log:
        return
    for periode in reports.periode():
        for c in reports.peristiwa(periode):
            if log.get(c.peristiwa.urut) != c.bita:
                raise KinerjaError(
                    f"salinan peristiwa {c.peristiwa.urut} di main berbeda dari log",
                    "jangan terbitkan; bandingkan dengan salinan repositori lain",
                )


def _mkdocs(konfigurasi: Path, tujuan: Path, sunting: Penyunting | None) -> None:
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    with _diam(), open(konfigurasi, "rb") as berkas:  # noqa: PTH123 - mkdocs wants a stream
        try:
            config = load_config(berkas, site_dir=str(tujuan))
            if "kinerja" in config.plugins:
                config.plugins["kinerja"].sunting = sunting  # type: ignore[attr-defined] # ours, in cli
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
        except MkDocsException as e:
            raise KinerjaError(f"situs gagal dibangun: {e}", "jalankan: mkdocs build") from e


@contextlib.contextmanager
def _diam() -> Iterator[None]:
    """MkDocs speaks through logging; only its warnings are of use here."""
    log = logging.getLogger("mkdocs")
    lama = log.level
    log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        log.setLevel(lama)


def _ganti(baru: Path, tujuan: Path) -> None:
    tujuan.parent.mkdir(parents=True, exist_ok=True)
    siap = tujuan.with_name(f".{tujuan.name}.baru")
    lama = tujuan.with_name(f".{tujuan.name}.lama")
    for sisa in (siap, lama):
        shutil.rmtree(sisa, ignore_errors=True)
    shutil.copytree(baru, siap)
    if tujuan.exists():
        tujuan.rename(lama)
    siap.rename(tujuan)
    shutil.rmtree(lama, ignore_errors=True)
