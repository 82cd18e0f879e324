"""Files that are served as they are: style and scripts, schemas, and the public site.

Only files of the package's own folder and of the built site are ever read; a name that leads
elsewhere is not found.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from kinerja.desk.columns import bita_skema
from kinerja.web.render import ASET
from kinerja.web.service import Layanan

_JENIS = {".css": "text/css", ".js": "text/javascript", ".txt": "text/plain"}
_SETAHUN = "public, max-age=31536000, immutable"
_BELUM = (
    "<!doctype html><html lang=id><meta charset=utf-8><title>Situs publik</title>"
    "<h1>Situs publik belum dibangun</h1><p>Muat ulang sebentar lagi. <a href='/'>Meja Kerja</a></p></html>"
)


def rute(layanan: Layanan) -> list[BaseRoute]:
    """Routes of files; everybody may read them."""
    isi = {p.name: p.read_bytes() for p in ASET.iterdir() if p.suffix in _JENIS}
    sidik = {n: f'"{hashlib.sha256(b).hexdigest()[:16]}"' for n, b in isi.items()}

    async def aset(request: Request) -> Response:
        nama = request.path_params["nama"]
        if nama not in isi:
            return PlainTextResponse("tidak ada\n", 404)
        simpan = _SETAHUN if request.query_params.get("v") else "no-cache"
        kepala = {"Cache-Control": simpan, "ETag": sidik[nama]}
        if sidik[nama] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=kepala)
        jenis = _JENIS[Path(nama).suffix]
        return Response(isi[nama], media_type=f"{jenis}; charset=utf-8", headers=kepala)

    async def skema(request: Request) -> Response:
        bita = bita_skema(request.path_params["nama"])
        if bita is None:
            return PlainTextResponse("tidak ada\n", 404)
        return Response(bita, media_type="application/schema+json", headers={"Cache-Control": "no-cache"})

    return [
        Route("/aset/{nama}", aset),
        Route("/skema/{nama}", skema),
        Route("/situs", lambda _: RedirectResponse("/situs/", 308)),
        Mount("/situs", _Situs(layanan.situs)),
    ]


class _Situs(StaticFiles):
    """The built public site; a page in its place while it is not there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, html=True, check_dir=False, follow_symlink=False)
        self._folder = folder

    async def check_config(self) -> None:
        """The folder may come to exist later; until then :meth:`get_response` says so."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file of the site."""
        if not (self._folder / "index.html").is_file():
            return HTMLResponse(_BELUM, 503)
        jawab = await super().get_response(path, scope)
        jawab.headers["Cache-Control"] = "no-cache"
        return jawab
