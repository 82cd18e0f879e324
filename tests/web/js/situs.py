"""A tiny site in the shape of the desk's pages, under the desk's CSP, for tests of the scripts alone."""

from __future__ import annotations

import html
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

AKAR = Path(__file__).parents[3]
ASET = AKAR / "tooling" / "kinerja" / "web" / "assets"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
ASAL = "a" * 40
KUNCI = "kinerja|p-indah|2024-tw3|pemberdayaan-sosial"
SKALA = [["Sangat tinggi", "91"], ["Tinggi", "76"], ["Sedang", "66"], ["Rendah", "51"], ["Sangat rendah", None]]
TARGET_80 = [{"maks": None, "termasuk": False, "a": "0", "b": "1", "c": "80", "d": "0", "alasan": ""}]
KATA = {"BB": ["100,00\u00a0%", 0], "B": ["80,00\u00a0%", 1]}
PREDIKAT, TANPA_PEMBILANG, TERKUNCI = 10, 2, 5
"""Lines with something of their own: a choice, no pembilang, and one where pembilang is locked."""


@dataclass
class Situs:
    """What the site has and what it was sent.

    Attributes:
        jawaban: answers to the next posts of drafts, first come first; then each is taken.
        fokus: id of the cell that the page itself focuses.
        rapi: how a saved text is spelled afterwards.
        halaman: other pages by path; json: answers to other posts by path.
    """

    asal: str = ASAL
    versi: int = 0
    isi: dict[str, str] = field(default_factory=dict)
    fokus: str = ""
    rapi: dict[str, str] = field(default_factory=dict)
    temuan: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    buka: list[str] = field(default_factory=list)
    jawaban: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    draf: list[dict[str, Any]] = field(default_factory=list)
    kepala: list[dict[str, str]] = field(default_factory=list)
    kiriman: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)
    halaman: dict[str, str] = field(default_factory=dict)
    json: dict[str, Any] = field(default_factory=dict)
    alamat: str = ""

    def terima_draf(self, isi: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Takes one draft, or answers as a test has laid down."""
        self.draf.append(isi)
        if self.jawaban:
            return self.jawaban.pop(0)
        self.versi += 1
        return 200, {"versi": self.versi, "pukul": "10.31", "temuan": self.temuan, "buka": self.buka}


@contextmanager
def buka_situs() -> Iterator[Situs]:
    """Serves on http://localhost as long as it is used."""
    situs = Situs()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _penangan(situs)) as server:
        utas = threading.Thread(target=server.serve_forever, daemon=True)
        utas.start()
        situs.alamat = f"http://localhost:{server.server_port}"
        yield situs
        server.shutdown()
        utas.join()


def kerangka(judul: str, kepala: str, isi: str) -> str:
    """A whole page."""
    return (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{judul}</title>'
        f'<link rel="icon" href="data:,"><link rel="stylesheet" href="/aset/meja.css">{kepala}</head>'
        f'<body><main id="isi">{isi}</main></body></html>'
    )


def lembar(situs: Situs, *, tersimpan: bool) -> str:
    """The worksheet: twelve indikator, three budget lines, a note."""
    indikator = "".join(_baris_indikator(situs, n) for n in range(12))
    anggaran = "".join(_baris_anggaran(situs, n) for n in range(3))
    isi = f"""<form id="lembar" method="post" action="/" data-draf="/draf" data-kunci="{KUNCI.partition("|")[2]}"
      data-asal="{situs.asal}" data-versi="{situs.versi}" data-skala="{_json(SKALA)}"{" data-tersimpan" if tersimpan else ""}>
      <button name="aksi" value="simpan" class="tersembunyi" tabindex="-1" aria-hidden="true">Simpan</button>
      <input type="hidden" name="csrf" value="rahasia"><input type="hidden" name="asal" value="{situs.asal}">
      <table class="lembar" id="tabel-indikator"><thead><tr><th scope="col">Indikator</th></tr></thead>
      <tbody>{indikator}</tbody></table>
      <table class="lembar" id="tabel-anggaran"><thead><tr><th scope="col">Sub kegiatan</th></tr></thead>
      <tbody>{anggaran}</tbody></table>{_luas(situs, "/catatan", "catatan")}
      <div class="bilah"><p id="keadaan" role="status" aria-live="polite">Tersimpan</p>
      <button name="aksi" value="simpan" id="simpan">Simpan</button><button name="aksi" value="ajukan">Ajukan</button></div></form>"""
    return kerangka("Lembar", '<script src="/aset/lembar.js" defer></script>', isi)


# helpers


def _json(data: object) -> str:
    return html.escape(json.dumps(data))


def _sel(situs: Situs, nama: str, id_: str, jenis: str) -> str:
    return (
        f'<td><input name="{nama}" id="{id_}" class="isian" data-angka="{jenis}" inputmode="decimal" autocomplete="off"{" autofocus" if id_ == situs.fokus else ""}'
        f' value="{html.escape(situs.isi.get(nama, ""))}" aria-label="{nama}" aria-describedby="t-{id_}">{_temuan(id_)}</td>'
    )


def _temuan(id_: str) -> str:
    return f'<p class="temuan" id="t-{id_}" hidden></p>'


def _luas(situs: Situs, nama: str, id_: str) -> str:
    isi = html.escape(situs.isi.get(nama, ""))
    return (
        f'<div class="luas"><label for="{id_}">{nama}</label><textarea name="{nama}" id="{id_}" class="isian" data-teks'
        f' rows="2" aria-describedby="t-{id_}">{isi}</textarea>{_temuan(id_)}</div>'
    )


def _baris_indikator(situs: Situs, n: int) -> str:
    induk, id_ = f"/indikator/{n}", f"i{n}"
    if n == PREDIKAT:
        pilihan = "".join(f'<option value="{v}">{v or "belum diisi"}</option>' for v in ("", *KATA))
        nilai = f'<td><select name="{induk}/realisasi" id="{id_}-realisasi" class="isian" aria-label="{n}">{pilihan}</select>{_temuan(f"{id_}-realisasi")}</td>'
        hitung = f'data-kata="{_json(KATA)}"'
    else:
        nilai = _sel(situs, f"{induk}/realisasi", f"{id_}-realisasi", "bulat" if n == 1 else "desimal")
        hitung = f'data-potongan="{_json(TARGET_80)}"'
    for kolom in ("pembilang", "penyebut"):
        if n == TERKUNCI and kolom == "pembilang":
            nilai += '<td class="terkunci">12</td>'
        elif n not in (TANPA_PEMBILANG, PREDIKAT):
            nilai += _sel(situs, f"{induk}/{kolom}", f"{id_}-{kolom}", "desimal")
    uraian = "".join(
        _luas(situs, f"{induk}/{k}", f"{id_}-{k.replace('/', '-')}")
        for k in ("penjelasan", "faktor_pendorong", "tindak_lanjut/uraian")
    )
    return (
        f'<tr data-baris="ps-{n:02}" {hitung} data-kosong="realisasi belum diisi"><th scope="row">Indikator {n}</th>'
        f'<td class="terkunci">80</td>{nilai}<td class="hasil"><output class="capaian">realisasi belum diisi</output>'
        f' <span class="kategori"></span></td></tr><tr class="uraian" data-untuk="ps-{n:02}"><td colspan="6">'
        f"<details><summary>Penjelasan</summary>{uraian}</details></td></tr>"
    )


def _baris_anggaran(situs: Situs, n: int) -> str:
    kode = f"1.06.0{n}"
    potongan = [{**TARGET_80[0], "c": "1000000"}]
    return (
        f'<tr data-baris="{kode}" data-potongan="{_json(potongan)}" data-kosong="belum diisi"><th scope="row">{kode}</th>'
        f'<td class="terkunci">1.000.000</td>{_sel(situs, f"/anggaran/{n}/realisasi", f"a{n}-realisasi", "bulat")}'
        f'{_sel(situs, f"/anggaran/{n}/fisik", f"a{n}-fisik", "desimal")}<td class="hasil"><output></output></td></tr>'
        f'<tr class="uraian" data-untuk="{kode}"><td colspan="5"><details><summary>Penjelasan</summary>'
        f'{_luas(situs, f"/anggaran/{n}/penjelasan", f"a{n}-penjelasan")}</details></td></tr>'
    )


def _penangan(situs: Situs) -> type[http.server.BaseHTTPRequestHandler]:
    class Penangan(http.server.BaseHTTPRequestHandler):
        """Pages, scripts, and what is posted."""

        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            alamat = urlsplit(self.path)
            nama = Path(alamat.path).name
            if alamat.path.startswith(("/aset/", "/skema/")):
                folder = ASET if alamat.path.startswith("/aset/") else AKAR / "schemas"
                jenis = {".js": "text/javascript", ".css": "text/css"}.get(Path(nama).suffix, "application/json")
                self._kirim(200, jenis, (folder / nama).read_bytes())
            elif alamat.path == "/":
                self._kirim(200, "text/html", lembar(situs, tersimpan=False).encode())
            else:
                isi = situs.halaman.get(alamat.path)
                self._kirim(404 if isi is None else 200, "text/html", (isi or "tidak ada").encode())

        def do_POST(self) -> None:
            badan = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers["Content-Type"] == "application/json":
                situs.kepala.append(dict(self.headers))
                isi = json.loads(badan)
                kode, jawab = (200, situs.json[self.path]) if self.path in situs.json else situs.terima_draf(isi)
                if self.path in situs.json:
                    situs.kiriman.append((self.path, isi))
                self._kirim(kode, "application/json", json.dumps(jawab).encode())
                return
            isian = parse_qs(badan.decode(), keep_blank_values=True)
            situs.kiriman.append((self.path, isian))
            if self.path == "/":
                situs.isi.update({k: situs.rapi.get(v[0], v[0]) for k, v in isian.items() if k.startswith("/")})
                situs.asal, situs.versi = "b" * 40, 0
            self.send_response(303)
            self.send_header("Location", "/?tersimpan=1" if self.path == "/" else "/selesai")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _kirim(self, kode: int, jenis: str, isi: bytes) -> None:
            self.send_response(kode)
            self.send_header("Content-Type", f"{jenis}; charset=utf-8")
            self.send_header("Content-Length", str(len(isi)))
            self.send_header("Content-Security-Policy", CSP)
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(isi)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    return Penangan
