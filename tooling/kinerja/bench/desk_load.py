"""People at the desk, as a process of its own: they type, the page saves by itself, they save.

``python -m kinerja.bench.desk_load ramai TUGAS.json HASIL.json`` lets every browser of the task
work at once and writes how long each answer took, and which value was acknowledged where.
``python -m kinerja.bench.desk_load lawan HALAMAN.html BASIS.sqlite PORT`` is the peer: the same
addresses, each POST written into SQLite with ``synchronous=FULL``, nothing else.

A browser here does what the page's script does: after each cell it sends all cells that changed
since the page came, and a save is a whole form, followed by the page that the answer points to.
"""

from __future__ import annotations

import gzip
import http.client
import json
import random
import re
import sqlite3
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

_TENGGAT_DETIK = 60
_GZIP = b"\x1f\x8b"
_FORMULIR = re.compile(r'<form id="lembar".*?</form>', re.S)
_INPUT = re.compile(r'<input (?=[^>]*name="([^"]*)")(?![^>]*type="file")[^>]*value="([^"]*)"')
_TEKS = re.compile(r'<textarea [^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', re.S)
_PILIHAN = re.compile(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', re.S)
_TERPILIH = re.compile(r'<option value="([^"]*)" selected')
_VERSI = re.compile(r'data-versi="(\d+)"')


def medan(html: str) -> dict[str, str]:
    """Every field of the worksheet's form, as a browser sends it back."""
    ketemu = _FORMULIR.search(html)
    if ketemu is None:
        return {}
    hasil = {n: unescape(v) for n, v in _INPUT.findall(ketemu[0])}
    hasil |= {n: unescape(v).removeprefix("\n") for n, v in _TEKS.findall(ketemu[0])}
    for nama, isi in _PILIHAN.findall(ketemu[0]):
        terpilih = _TERPILIH.search(isi)
        hasil[nama] = unescape(terpilih[1]) if terpilih else ""
    return hasil


@dataclass
class Catatan:
    """What all browsers saw; shared by their threads.

    Attributes:
        lama: kind of request → nanoseconds of each.
        nilai: worksheet, pointer, value: acknowledged as saved, in order.
    """

    lama: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    nilai: list[tuple[str, str, str]] = field(default_factory=list)
    gagal: list[str] = field(default_factory=list)


class Peramban:
    """One browser at one server.

    Args:
        kuki: the cookie of a session; "" where none is asked.
    """

    def __init__(self, alamat: str, kuki: str, catatan: Catatan) -> None:
        self._inang = urlsplit(alamat).netloc
        self._kepala = {"Cookie": kuki, "Accept-Encoding": "gzip"}
        self._catatan = catatan

    def minta(
        self, jenis: str, metode: str, jalur: str, badan: bytes | None = None,
        kepala: Mapping[str, str] | None = None,
    ) -> tuple[int, bytes, str]:  # fmt: skip
        """One request, timed from connecting to the last byte: status, body as sent, where it points to."""
        awal = time.perf_counter_ns()
        sambungan = http.client.HTTPConnection(self._inang, timeout=_TENGGAT_DETIK)
        try:
            sambungan.request(metode, jalur, badan, {**self._kepala, **(kepala or {})})
            jawab = sambungan.getresponse()
            isi = jawab.read()
        finally:
            sambungan.close()
        self._catatan.lama[jenis].append(time.perf_counter_ns() - awal)
        return jawab.status, isi, jawab.getheader("Location") or ""

    def buka(self, jalur: str) -> Halaman:
        """Opens a worksheet."""
        kode, isi, _ = self.minta("halaman", "GET", jalur)
        teks = (gzip.decompress(isi) if isi.startswith(_GZIP) else isi).decode()
        versi = _VERSI.search(teks)
        if kode != http.client.OK or versi is None:
            raise OSError(f"GET {jalur}: {kode}")
        return Halaman(jalur.partition("?")[0], medan(teks), int(versi[1]))

    def ketik(self, h: Halaman, sel: str, nilai: str) -> None:
        """A cell is filled, and the page sends the draft."""
        h.isian[sel] = nilai
        surat = {"isian": h.isian, "asal": h.medan["asal"], "versi": h.versi}
        kepala = {"Content-Type": "application/json", "X-CSRF": h.medan["csrf"]}
        kode, isi, _ = self.minta("draf", "POST", f"{h.jalur}/draf", json.dumps(surat).encode(), kepala)
        if kode != http.client.OK:
            raise OSError(f"draf {h.jalur}: {kode} {isi[:200]!r}")
        h.versi = json.loads(isi)["versi"]

    def simpan(self, h: Halaman) -> Halaman:
        """Saves, and follows to the page that tells of it."""
        isi = {**h.medan, **h.isian, "aksi": "simpan"}  # as the page came: the script leaves its versi alone
        kepala = {"Content-Type": "application/x-www-form-urlencoded"}
        kode, badan, ke = self.minta("simpan", "POST", h.jalur, urlencode(isi).encode(), kepala)
        if kode != http.client.SEE_OTHER or not ke.endswith("?tersimpan=1"):
            raise OSError(f"simpan {h.jalur}: {kode} {ke} {badan[:200]!r}")
        self._catatan.nilai += [(h.jalur, p, v) for p, v in h.isian.items()]
        return self.buka(ke)


@dataclass
class Halaman:
    """A worksheet as a browser has it: its fields, and what was typed since it came."""

    jalur: str
    medan: dict[str, str]
    versi: int
    isian: dict[str, str] = field(default_factory=dict)


def ramai(tugas: dict[str, Any]) -> dict[str, Any]:
    """Lets every browser of the task work; gives times, acknowledged values, and what went wrong."""
    catatan, dibuka = Catatan(), threading.Barrier(len(tugas["peramban"]))
    utas = [
        threading.Thread(target=_seorang, args=(tugas, p, catatan, dibuka), daemon=True)
        for p in tugas["peramban"]
    ]
    for u in utas:
        u.start()
    for u in utas:
        u.join()
    return {"lama": catatan.lama, "nilai": catatan.nilai, "gagal": catatan.gagal}


# helpers


def _seorang(tugas: dict[str, Any], p: dict[str, Any], catatan: Catatan, dibuka: threading.Barrier) -> None:
    """One browser's day: its pages open, then cell after cell, with a save after every few."""
    acak = random.Random(p["nomor"])  # noqa: S311 - the same day every time
    peramban = Peramban(tugas["alamat"], p["kuki"], catatan)
    try:
        time.sleep(acak.uniform(0, tugas["datang_detik"]))
        halaman = [peramban.buka(x["alamat"]) for x in p["lembar"]]
        dibuka.wait()
        giliran, sebanyak = 0, tugas["sel_tiap_simpan"]
        for n in range(tugas["simpan"]):
            ke = n % len(halaman)
            sel = p["lembar"][ke]["sel"]
            for k in range(sebanyak):
                time.sleep(acak.uniform(*tugas["jeda_detik"]))
                giliran += 1
                isi = f"{1_000_000 + p['nomor'] * 10_000 + giliran}"
                peramban.ketik(halaman[ke], sel[(n // len(halaman) * sebanyak + k) % len(sel)], isi)
            halaman[ke] = peramban.simpan(halaman[ke])
    except (OSError, http.client.HTTPException, threading.BrokenBarrierError, KeyError, ValueError) as e:
        catatan.gagal.append(f"peramban {p['nomor']}: {e!r}")
        dibuka.abort()


def lawan(html: Path, basis: Path, port: int) -> None:
    """The peer: gives the page, and writes what is sent before it answers."""
    import anyio.to_thread
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
    from starlette.routing import Route

    isi, kunci = html.read_text("utf-8"), threading.Lock()
    db = sqlite3.connect(basis, isolation_level=None, check_same_thread=False)
    for p in ("journal_mode = WAL", "synchronous = FULL"):
        db.execute(f"PRAGMA {p}")
    db.execute("CREATE TABLE kiriman (nomor INTEGER PRIMARY KEY, jalur TEXT, isi TEXT)")

    def catat(jalur: str, badan: str) -> int | None:
        with kunci:
            return db.execute("INSERT INTO kiriman (jalur, isi) VALUES (?, ?)", (jalur, badan)).lastrowid

    async def halaman(_: Request) -> Response:
        return HTMLResponse(isi)

    async def draf(request: Request) -> Response:
        badan = json.dumps(await request.json())
        return JSONResponse({"versi": await anyio.to_thread.run_sync(catat, request.url.path, badan)})

    async def simpan(request: Request) -> Response:
        badan = json.dumps([[n, v] for n, v in (await request.form(max_fields=30_000)).multi_items()])
        await anyio.to_thread.run_sync(catat, request.url.path, badan)
        return RedirectResponse(f"{request.url.path}?tersimpan=1", 303)

    lembar = "/kerja/{periode}/{bidang}"
    rute = [Route("/masuk", halaman), Route(lembar, halaman), Route(f"{lembar}/draf", draf, methods=["POST"])]
    app = Starlette(routes=[*rute, Route(lembar, simpan, methods=["POST"])])
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False, lifespan="off")


if __name__ == "__main__":
    if sys.argv[1] == "lawan":
        lawan(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
    else:
        hasil = ramai(json.loads(Path(sys.argv[2]).read_text("utf-8")))
        Path(sys.argv[3]).write_text(json.dumps(hasil), encoding="utf-8")
