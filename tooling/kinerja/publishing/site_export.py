"""The site as plain Markdown and one ``mkdocs.yml``: what MkDocs 1.x and Zensical both build.

It decides nothing about pages: they are those of ``pages.site``. mkdocs-material ends in May
2027; this is the way out, and a way to hand the text to any other tool.

Example:
    >>> sorted(situs_markdown(data, {}, konfigurasi))[0]
    'mkdocs.yml'
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from kinerja.publishing import site_assets
from kinerja.publishing.pages.parts import sisipkan_pita
from kinerja.publishing.pages.site import halaman_situs
from kinerja.publishing.site_data import DataSitus

_TANPA = re.compile(r"^(  - kinerja|site_url: .*)\n", re.MULTILINE)
_NAMA = re.compile(r"^site_name: .*$", re.MULTILINE)


def situs_markdown(
    data: DataSitus, tangan: Mapping[str, bytes], konfigurasi: bytes
) -> dict[str, bytes]:
    """Path → bytes of a folder that needs no plugin of ours.

    Args:
        tangan: hand-written files, ``site/riwayat.md`` → bytes.
        konfigurasi: the repository's own ``mkdocs.yml``.
    """
    nama = f"site_name: {json.dumps(f'Laporan Kinerja {data.organisasi.nama_singkat}')}"
    teks = _NAMA.sub(lambda _: nama, _TANPA.sub("", konfigurasi.decode()))
    isi = {"mkdocs.yml": teks.encode()}
    for jalur, bita in sorted(tangan.items()):
        tulisan = jalur.endswith(".md")
        isi[jalur] = sisipkan_pita(bita.decode(), data.status).encode() if tulisan else bita
    isi |= {f"site/{j}": b for j, b in site_assets.aset().items()}
    isi |= {f"site/{h.jalur}": h.isi.encode() for h in halaman_situs(data)}
    isi |= {f"site/{u.jalur}": u.isi for p in data.periode for u in p.unduhan}
    return isi
