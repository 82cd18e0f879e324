"""The MkDocs plugin: loads the checkout beside ``mkdocs.yml`` and hands its pages to MkDocs.

It decides nothing: pages come from ``publishing.pages`` as Markdown, and here they only
become virtual files. ``mkdocs build`` and ``mkdocs serve`` work by themselves with it.

Example:
    ``plugins: [search, kinerja]`` in ``mkdocs.yml``.
"""

from __future__ import annotations

from dataclasses import replace
from html import escape
from pathlib import Path

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from kinerja.adapters.forges.connection import Penyunting, penyunting
from kinerja.adapters.git import RepoGit
from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import PohonFolder
from kinerja.checking.catalog import katalog
from kinerja.domain.errors import KinerjaError
from kinerja.publishing import site_assets
from kinerja.publishing.markup import gulirkan_tabel
from kinerja.publishing.pages.parts import pita, sisipkan_pita
from kinerja.publishing.pages.site import halaman_situs
from kinerja.publishing.site_data import DataSitus, muat_situs


class KinerjaConfig(Config):  # type: ignore[no-untyped-call] # mkdocs is untyped here
    """Options of the plugin."""

    akar = config_options.Optional(config_options.Type(str))
    """Root of the checkout; the folder of ``mkdocs.yml`` when left out."""


class KinerjaPlugin(BasePlugin[KinerjaConfig]):  # type: ignore[no-untyped-call]
    """Virtual pages from ``reports/``."""

    def __init__(self) -> None:
        self._data: DataSitus | None = None
        self.sunting: Penyunting | None = None
        """Set by who builds from a copy of a repository, which is no checkout."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Loads the data and takes the site's name from it."""
        akar = Path(self.config.akar or Path(config.config_file_path).parent)
        try:
            self._data = muat_data(akar, self.sunting)
        except KinerjaError as e:
            raise PluginError(e.diagnostics()) from e
        o = self._data.organisasi
        config.site_name = escape(f"Laporan Kinerja {o.nama_singkat}")
        config.copyright = escape(f"{o.nama}, {o.pemerintah}")
        config.extra["kinerja_pita"] = pita(self._data.status)
        config.theme.dirs.insert(0, str(site_assets.OVERRIDES))
        config.watch.append(str(akar / "reports"))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds every page, asset and download as a virtual file."""
        data = self._situs()
        isi: dict[str, str | bytes] = dict(site_assets.aset())
        isi |= {h.jalur: h.isi for h in halaman_situs(data)}
        isi |= {u.jalur: u.isi for p in data.periode for u in p.unduhan}
        for jalur, teks in isi.items():
            if files.get_file_from_path(jalur) is None:
                files.append(File.generated(config, jalur, content=teks))
        return files

    def on_page_markdown(
        self,
        markdown: str,
        *,
        page: Page,
        config: MkDocsConfig,  # noqa: ARG002 - MkDocs passes these by name
        files: Files,  # noqa: ARG002
    ) -> str:
        """Puts the status banner on hand-written pages; generated ones have it already."""
        page.update_date = self._situs().tanggal.isoformat()
        if page.file.generated_by is not None:
            return markdown
        return sisipkan_pita(markdown, self._situs().status)

    def on_page_content(
        self,
        html: str,
        *,
        page: Page,
        config: MkDocsConfig,  # noqa: ARG002 - MkDocs passes these by name
        files: Files,  # noqa: ARG002
    ) -> str:
        """Lets the tables of hand-written pages scroll like those of generated ones."""
        return html if page.file.generated_by is not None else gulirkan_tabel(html)

    def _situs(self) -> DataSitus:
        if self._data is None:
            raise PluginError("data situs belum dimuat")
        return self._data


def muat_data(akar: Path, sunting: Penyunting | None = None) -> DataSitus:
    """The site's data from a checkout.

    Args:
        sunting: where files are edited; None to look whether the checkout is connected to a forge.
    """
    pohon = PohonFolder(akar)
    data = muat_situs(Reports(pohon), pohon.baca)
    return replace(
        data, aturan=katalog(), contoh_aturan=site_assets.contoh_aturan(), sunting=sunting or _sunting(akar)
    )


def _sunting(akar: Path) -> Penyunting | None:
    """By the connection that the checkout's own Git configuration holds."""
    ada = RepoGit.di_folder(akar)
    return penyunting(ada[0]) if ada else None
