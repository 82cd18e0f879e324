"""What every answer carries and every request must meet, before any page is thought of.

Host names that are not ours are refused (DNS rebinding), a request from another site cannot
act (Origin and Sec-Fetch-Site; the forms' token is checked besides), a body has a limit, and
every answer forbids inline script, framing and third-party requests.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
SKRIP_SITUS = (
    "sha256-DrEMJJ29sL7vIloQzly+VUGMxKcBTMII+OfW7Y8AkG4=",
    "sha256-/8wPdzX9q0NNJXyA5lzsLojXFpkeaXVxhbfkUOQaWy8=",
    "sha256-/K9p2JtEqCycL2fSbEonMakkteWpAHv57x2wndLqMNo=",
    "sha256-apoQPHefCNWjxbCm+HzVDOAW4CSVWhY7VylQjgOFyfk=",
    "sha256-exqRXrW/0laiImCrTE8a70vxyyY10FJVIppytLf/dbY=",
)
"""The only scripts in the public site's pages, all of MkDocs Material; a test compares them with a build.

The site shares the desk's origin, so whatever else its pages hold must not run: these are never
taken from the built pages themselves.
"""
CSP_SITUS = (
    "default-src 'self'; script-src 'self' " + " ".join(f"'{s}'" for s in SKRIP_SITUS) + "; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; worker-src 'self' blob:; object-src 'none'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
BADAN_TERBESAR = 300_000_000
"""Bytes of a request that says its size; a larger one is read to its end and thrown away."""
_TAK_AMAN = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_TETAP = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "X-Frame-Options": "DENY",
}


class Keamanan:
    """ASGI middleware around the whole desk.

    Args:
        inang: host names that are answered, without port.
        aman: HTTPS in front: HSTS is sent.
    """

    def __init__(self, app: ASGIApp, inang: frozenset[str], *, aman: bool) -> None:
        self.app, self.inang, self.aman = app, inang, aman

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses, or passes on with the headers set."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        kirim = self._dengan_kepala(scope, send)
        tolak = alasan_tolak(scope, self.inang)
        if tolak is not None:
            await _habiskan(scope, receive)
            kode, pesan = tolak
            await PlainTextResponse(f"{pesan}\n", kode)(scope, receive, kirim)
            return
        await self.app(scope, receive, kirim)

    def _dengan_kepala(self, scope: Scope, send: Send) -> Send:
        async def kirim(pesan: Message) -> None:
            if pesan["type"] == "http.response.start":
                kepala = MutableHeaders(scope=pesan)
                for nama, nilai in _TETAP.items():
                    kepala.setdefault(nama, nilai)
                situs = scope["path"] == "/situs" or scope["path"].startswith("/situs/")
                kepala.setdefault("Content-Security-Policy", CSP_SITUS if situs else CSP)
                kepala.setdefault("Cache-Control", "no-store")
                if self.aman:
                    kepala.setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(pesan)

        return kirim


def alasan_tolak(scope: MutableMapping[str, Any], inang: frozenset[str]) -> tuple[int, str] | None:
    """Why a request is refused outright: status and sentence; None when it may go on."""
    kepala = Headers(scope=scope)
    nama = _tanpa_port(kepala.get("host", ""))
    if nama not in inang:
        return 421, "Alamat ini bukan alamat Meja Kerja. Buka dari alamat yang diberikan pengelola sistem."
    if scope["method"] in _TAK_AMAN:
        asal = kepala.get("origin")
        if asal is not None and asal.partition("://")[2].casefold() != kepala["host"].casefold():
            return 403, "Permintaan ini datang dari situs lain dan ditolak."
        if kepala.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, "Permintaan ini datang dari situs lain dan ditolak."
    panjang = kepala.get("content-length", "0")
    if "transfer-encoding" in kepala and "content-length" in kepala:
        return 400, "Permintaan ini menyebut dua ukuran dan ditolak."
    if not panjang.isdigit() or int(panjang) > BADAN_TERBESAR:
        return 413, "Kiriman ini terlalu besar. Bukti paling besar 50 MB; perkecil atau bagi berkasnya."
    return None


# helpers


def _tanpa_port(inang: str) -> str:
    """``localhost:8000`` → ``localhost``; ``[::1]:8000`` → ``[::1]``."""
    if inang.startswith("["):
        return inang.partition("]")[0] + "]"
    return inang.partition(":")[0].casefold()


async def _habiskan(scope: Scope, receive: Receive) -> None:
    """Reads a refused body to its end, so that the browser shows our answer and not a broken line."""
    if scope["method"] not in _TAK_AMAN:
        return
    lagi = True
    while lagi:
        pesan = await receive()
        lagi = pesan["type"] == "http.request" and pesan.get("more_body", False)
