"""A small GitHub over loopback that keeps the settings of one repository.

Every request is held against GitHub's own description (``kontrak/periksa.py``) before it is
answered; what does not fit is kept in ``menyimpang`` and refused. Answers are GitHub's own
examples with our values. It knows no rights but the plan's.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

REPO = "dinsos/kinerja"
TINGKATKAN = "Upgrade to GitHub Pro or make this repository public to enable this feature."
Jawaban = tuple[int, Any]


class SetelanTiruan:
    """State of one repository, and the server that shows it.

    Args:
        periksa: the module ``kontrak/periksa.py``.
        gratis: a free plan with a private repository: no rulesets, no environments.
    """

    def __init__(self, periksa: Any, *, gratis: bool = False) -> None:
        self._periksa = periksa
        self._gratis = gratis
        self.repo: dict[str, Any] = {
            **periksa.contoh("repos/get")[0][1], "private": gratis, "permissions": {"admin": True},
        }  # fmt: skip
        self.aturan: list[dict[str, Any]] = []
        self.label: list[dict[str, Any]] = periksa.contoh("issues/list-labels-for-repo")[0][1]
        self.actions: dict[str, Any] = {"default_workflow_permissions": "write", "can_approve_pull_request_reviews": True}
        self.lingkungan: dict[str, Any] | None = None
        self.cabang_lingkungan: list[dict[str, Any]] = []
        self.halaman: dict[str, Any] | None = None
        self.rahasia: list[str] = []
        self.rahasia_lingkungan: list[str] = []
        self.kunci: list[dict[str, Any]] = periksa.contoh("repos/list-deploy-keys")[0][1]
        self.admin: list[str] = ["oki"]
        self.akun: dict[int, str] = {}
        self.cacat_codeowners: list[dict[str, Any]] = []
        self.menyimpang: list[str] = []
        self.tulisan: list[str] = []
        """Requests that wrote something, in their order."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._penangan())
        self.alamat = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def tutup(self) -> None:
        """Ends the server."""
        self._server.shutdown()
        self._server.server_close()

    def jawab(self, metode: str, jalur: str, query: dict[str, str], badan: Any) -> Jawaban:
        """What GitHub would answer."""
        galat = self._periksa.cocokkan(metode, jalur, query, badan)
        if galat:
            self.menyimpang += [f"{metode} {jalur}: {g}" for g in galat]
            return 422, {"message": "Invalid request.", "errors": list(galat)}
        if metode != "GET":
            self.tulisan.append(f"{metode} {jalur}")
        ekor = jalur.removeprefix(f"/repos/{REPO}")
        for pola, kerja in self._rute.items():
            m, _, bentuk = pola.partition(" ")
            cocok = re.fullmatch(bentuk, ekor)
            if m == metode and cocok:
                return kerja(self, badan, *cocok.groups())
        return 404, {"message": "Not Found"}

    # what it knows

    def _ubah_repo(self, badan: Any) -> Jawaban:
        self.repo |= badan
        return 200, self.repo

    def _daftar_aturan(self, _: Any) -> Jawaban:
        if self._gratis:
            return 403, {"message": TINGKATKAN}
        return 200, [{k: v for k, v in a.items() if k not in ("rules", "bypass_actors", "conditions")} for a in self.aturan]

    def _tulis_aturan(self, badan: Any, nomor: str = "") -> Jawaban:
        if self._gratis:
            return 403, {"message": TINGKATKAN}
        isi = {"source": REPO, "source_type": "Repository", **badan, "id": int(nomor or len(self.aturan) + 42)}
        self.aturan = [a for a in self.aturan if a["id"] != isi["id"]] + [isi]
        return (200 if nomor else 201), isi

    def _satu_aturan(self, _: Any, nomor: str) -> Jawaban:
        return next(((200, a) for a in self.aturan if a["id"] == int(nomor)), (404, {"message": "Not Found"}))

    def _label_baru(self, badan: Any) -> Jawaban:
        if any(x["name"] == badan["name"] for x in self.label):
            return 422, {"message": "Validation Failed"}
        self.label.append({"id": len(self.label) + 1, "default": False, **badan})
        return 201, self.label[-1]

    def _tulis_actions(self, badan: Any) -> Jawaban:
        self.actions |= badan
        return 204, None

    def _baca_lingkungan(self, _: Any) -> Jawaban:
        if self._gratis:
            return 403, {"message": TINGKATKAN}
        return (404, {"message": "Not Found"}) if self.lingkungan is None else (200, self.lingkungan)

    def _tulis_lingkungan(self, badan: Any) -> Jawaban:
        self.lingkungan = {"name": "persetujuan", **(badan or {})}
        return 200, self.lingkungan

    def _cabang(self, badan: Any) -> Jawaban:
        if badan is not None:
            self.cabang_lingkungan.append({"id": len(self.cabang_lingkungan) + 1, **badan})
            return 200, self.cabang_lingkungan[-1]
        return 200, {"total_count": len(self.cabang_lingkungan), "branch_policies": self.cabang_lingkungan}

    def _baca_halaman(self, _: Any) -> Jawaban:
        return (404, {"message": "Not Found"}) if self.halaman is None else (200, self.halaman)

    def _tulis_halaman(self, badan: Any, *, kode: int = 201) -> Jawaban:
        self.halaman = {**(self.halaman or {}), **badan}
        return kode, (self.halaman if kode == 201 else None)

    def _akun_nomor(self, _: Any, nomor: str) -> Jawaban:
        login = self.akun.get(int(nomor))
        return (404, {"message": "Not Found"}) if login is None else (200, {"id": int(nomor), "login": login})

    def _akun_nama(self, _: Any, nama: str) -> Jawaban:
        nomor = next((n for n, x in self.akun.items() if x == nama), None)
        return (404, {"message": "Not Found"}) if nomor is None else (200, {"id": nomor, "login": nama})

    def _admin(self, _: Any) -> Jawaban:
        return 200, [{"id": n, "login": x, "permissions": {"admin": True}} for n, x in enumerate(self.admin, start=1)]

    def _rahasia(self, _: Any) -> Jawaban:
        return 200, {"total_count": len(self.rahasia), "secrets": [{"name": n} for n in self.rahasia]}

    def _rahasia_env(self, _: Any) -> Jawaban:
        if self.lingkungan is None:
            return 404, {"message": "Not Found"}
        return 200, {"total_count": 0, "secrets": [{"name": n} for n in self.rahasia_lingkungan]}

    _rute: ClassVar[dict[str, Callable[..., Jawaban]]] = {
        "GET ": lambda s, _: (200, s.repo),
        "PATCH ": _ubah_repo,
        "GET /rulesets": _daftar_aturan,
        "POST /rulesets": _tulis_aturan,
        "GET /rulesets/([0-9]+)": _satu_aturan,
        "PUT /rulesets/([0-9]+)": _tulis_aturan,
        "GET /labels": lambda s, _: (200, s.label),
        "POST /labels": _label_baru,
        "GET /actions/permissions/workflow": lambda s, _: (200, s.actions),
        "PUT /actions/permissions/workflow": _tulis_actions,
        "GET /environments/persetujuan": _baca_lingkungan,
        "PUT /environments/persetujuan": _tulis_lingkungan,
        "GET /environments/persetujuan/deployment-branch-policies": _cabang,
        "POST /environments/persetujuan/deployment-branch-policies": _cabang,
        "GET /environments/persetujuan/secrets": _rahasia_env,
        "GET /pages": _baca_halaman,
        "POST /pages": _tulis_halaman,
        "PUT /pages": lambda s, b: s._tulis_halaman(b, kode=204),
        "GET /collaborators": _admin,
        "GET /keys": lambda s, _: (200, s.kunci),
        "GET /actions/secrets": _rahasia,
        "GET /codeowners/errors": lambda s, _: (200, {"errors": s.cacat_codeowners}),
        "GET /user/([0-9]+)": _akun_nomor,
        "GET /users/([^/]+)": _akun_nama,
    }

    # the server

    def _penangan(self) -> type[BaseHTTPRequestHandler]:
        tiruan = self

        class Penangan(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body in one packet

            def _layani(self) -> None:
                bagian = urlsplit(self.path)
                panjang = int(self.headers.get("Content-Length") or 0)
                badan = json.loads(self.rfile.read(panjang)) if panjang else None
                kode, isi = tiruan.jawab(self.command, bagian.path, dict(parse_qsl(bagian.query)), badan)
                bita = b"" if isi is None else json.dumps(isi).encode()
                self.send_response(kode)
                self.send_header("Content-Length", str(len(bita)))
                self.end_headers()
                self.wfile.write(bita)

            do_GET = do_POST = do_PUT = do_PATCH = _layani  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        return Penangan
