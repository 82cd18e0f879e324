"""The desk as a web application: the route table, and what happens around every page.

Each entry names its right; :func:`_layani` asks the gate before any page is made, checks the
form's token, and turns every refusal into one sentence that says what to do. Pages run in
threads, for Git and the database wait.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

import anyio.to_thread
from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Message, Receive

from kinerja.accounts.jejak import Peristiwa
from kinerja.domain.errors import BentrokError, DitolakError, KinerjaError, PemakaianError, TemuanError
from kinerja.web import doors, files, fill
from kinerja.web.gate import Izin, boleh
from kinerja.web.routes import RUTE, Rute
from kinerja.web.security import BADAN_TERBESAR, Keamanan
from kinerja.web.service import Layanan
from kinerja.web.visit import Kunjungan, TidakAdaError

_MEDAN_TERBANYAK = 30_000
_BAGIAN_TERBESAR = 2_000_000
_JSON_TERBESAR = 3_000_000
_TAMU_TERBESAR = 4_000_000
_FORMULIR_TERBESAR = 8_000_000
_CATATAN = logging.getLogger("kinerja.web")


@dataclass(frozen=True, slots=True)
class _Kiriman:
    formulir: FormData
    badan: bytes


def buat_app(layanan: Layanan) -> Starlette:
    """The application of one desk."""
    rute: list[BaseRoute] = [
        Route(r.pola, _titik_akhir(layanan, r), methods=[r.metode], name=r.nama) for r in RUTE
    ]
    rute += files.rute(layanan)

    async def tiada(request: Request, _: Exception) -> Response:
        e = TidakAdaError("halaman ini tidak ada", "periksa alamatnya, atau kembali ke halaman tugas")
        return await anyio.to_thread.run_sync(lambda: _jawab_galat(_kunjungan(layanan, request), e))

    app = Starlette(
        routes=rute,
        middleware=[
            Middleware(Keamanan, inang=layanan.inang, aman=layanan.aman),
            Middleware(GZipMiddleware, minimum_size=600, compresslevel=6),
        ],
        exception_handlers={404: tiada, 405: tiada},
    )
    app.state.layanan = layanan
    return app


# helpers


def _titik_akhir(layanan: Layanan, rute: Rute) -> Callable[[Request], object]:
    async def titik(request: Request) -> Response:
        try:
            batas = await anyio.to_thread.run_sync(lambda: _batas(layanan, rute, request))
            kiriman = await _baca(Request(request.scope, _terbatas(request.receive, batas)))
        except _TerlaluBesarError:
            return PlainTextResponse(
                "Kiriman ini terlalu besar. Bukti paling besar 50 MB; perkecil atau bagi berkasnya.\n", 413,
                headers={"Connection": "close"},
            )  # fmt: skip
        except ClientDisconnect:
            return PlainTextResponse("", 499)
        except HTTPException as e:
            return PlainTextResponse(f"Kiriman ini tidak terbaca: {e.detail}\n", 400)
        try:
            return await anyio.to_thread.run_sync(lambda: _layani(layanan, rute, request, kiriman))
        finally:
            await kiriman.formulir.close()

    return titik


class _TerlaluBesarError(Exception):
    """More bytes than this person may send to this address."""


def _batas(layanan: Layanan, rute: Rute, request: Request) -> int:
    """How many bytes may be sent: whoever has not signed in fills neither memory nor disk."""
    if rute.metode != "POST" or rute.izin is Izin.PUBLIK or not doors.bersesi(layanan, request):
        return _TAMU_TERBESAR
    multipart = request.headers.get("content-type", "").startswith("multipart/")
    if multipart and rute.penangan is fill.simpan:
        return BADAN_TERBESAR
    return _FORMULIR_TERBESAR


def _terbatas(terima: Receive, batas: int) -> Receive:
    """A body that stops at its limit, whatever the request said of its size."""
    sudah = 0

    async def baca() -> Message:
        nonlocal sudah
        pesan = await terima()
        sudah += len(pesan.get("body", b""))
        if sudah > batas:
            raise _TerlaluBesarError
        return pesan

    return baca


async def _baca(request: Request) -> _Kiriman:
    if request.method != "POST":
        return _Kiriman(FormData(), b"")
    if request.headers.get("content-type", "").partition(";")[0].strip() == "application/json":
        badan = bytearray()
        async for bagian in request.stream():
            if len(badan) <= _JSON_TERBESAR:
                badan += bagian
        return _Kiriman(FormData(), bytes(badan))
    formulir = await request.form(max_files=50, max_fields=_MEDAN_TERBANYAK, max_part_size=_BAGIAN_TERBESAR)
    return _Kiriman(formulir, b"")


def _kunjungan(layanan: Layanan, request: Request, kiriman: _Kiriman | None = None) -> Kunjungan:
    k = Kunjungan(layanan, request, layanan.meja.saat())
    if kiriman is not None:
        k.formulir, k.badan = kiriman.formulir, kiriman.badan
    return k


def _layani(layanan: Layanan, rute: Rute, request: Request, kiriman: _Kiriman) -> Response:
    try:
        k = _kunjungan(layanan, request, kiriman)
        pintu = doors.kenali(k)
    except KinerjaError as e:
        return PlainTextResponse(f"{e.pesan}. {e.saran}.\n", 503)
    try:
        if rute.demo and not layanan.meja.demo:
            raise TidakAdaError("halaman ini tidak ada", "kembali ke halaman tugas")
        if rute.metode == "GET":
            layanan.meja.segarkan(k.orang.id if k.orang else None)
        bidang = str(request.path_params.get("bidang", ""))
        hak = k.jabatan if k.orang is not None else None
        if not boleh(rute.izin, hak, layanan.meja.reports().organisasi(), bidang):
            return _tolak(k, rute)
        if rute.metode == "POST" and not doors.cocok(pintu, _token(k)):
            return _tak_cocok(k, rute)
        return rute.penangan(k)
    except KinerjaError as e:
        return _jawab_galat(k, e, data=rute.data)
    except OSError as e:
        _CATATAN.exception("kesalahan baca tulis pada %s", rute.pola)
        galat = KinerjaError(
            f"cakram tidak dapat dibaca atau ditulisi ({e.strerror})", "periksa ruang dan izinnya"
        )
        return _jawab_galat(k, galat, data=rute.data)
    except Exception:  # noqa: BLE001 - the page's last resort: the trace goes to the log, a sentence to the person
        _CATATAN.exception("kesalahan pada %s", rute.pola)
        galat = KinerjaError(
            "ada kesalahan pada Meja Kerja", "muat ulang; bila berulang, beri tahu pengelola"
        )
        return _jawab_galat(k, galat, data=rute.data)


def _token(k: Kunjungan) -> str:
    return k.request.headers.get("x-csrf", "") or k.teks("csrf")


def _tolak(k: Kunjungan, rute: Rute) -> Response:
    """Somebody without the right: a visitor signs in first, a person is told who may."""
    if k.orang is None:
        lanjut = k.request.url.path if rute.metode == "GET" else k.request.headers.get("referer", "/")
        lanjut = "/" + lanjut.partition("://")[2].partition("/")[2] if "://" in lanjut else lanjut
        if rute.data:
            lanjut = k.request.url.path.removesuffix("/draf").removesuffix("/periksa")
            return k.data({"pesan": "Sesi Anda sudah berakhir", "masuk": f"/masuk?lanjut={lanjut}"}, 401)
        if rute.metode == "GET" and k.request.url.path == "/":
            return k.pindah("/masuk")
        titipan = tuple((n, v) for n, v in k.formulir.multi_items() if isinstance(v, str) and n != "csrf")
        return doors.halaman_masuk(k, lanjut=lanjut, kode=401, titipan=titipan)
    k.layanan.jejak.catat(k.minta(), Peristiwa.DITOLAK, f"{rute.metode} {rute.pola}")
    return _jawab_galat(
        k, DitolakError("halaman ini bukan untuk peran Anda", "kembali ke halaman tugas"), data=rute.data
    )


def _tak_cocok(k: Kunjungan, rute: Rute) -> Response:
    k.layanan.jejak.catat(k.minta(), Peristiwa.DITOLAK, f"token formulir, {rute.pola}")
    e = DitolakError(
        "formulir ini sudah kedaluwarsa", "kembali ke halaman sebelumnya, muat ulang, lalu kirim lagi"
    )
    if rute.pola.startswith(("/masuk", "/undangan")):
        return doors.halaman_masuk(k, galat=e, kode=403)
    return _jawab_galat(k, e, data=rute.data)


def _jawab_galat(k: Kunjungan, e: KinerjaError, *, data: bool = False) -> Response:
    """One sentence of what happened, one of what to do."""
    kode = _kode(e)
    if data:
        return k.data({"pesan": f"{e.pesan}; {e.saran}" if e.saran else e.pesan}, kode)
    try:
        temuan = e.temuan if isinstance(e, TemuanError) else ()
        return k.halaman("galat.html", "Tidak dapat dilanjutkan", kode=kode, galat=e, temuan=temuan)
    except KinerjaError:  # the repository itself is at fault: no frame either
        return PlainTextResponse(f"{e.pesan}. {e.saran}.\n", kode)


def _kode(e: KinerjaError) -> int:
    match e:
        case TidakAdaError():
            return 404
        case DitolakError():
            return 403
        case BentrokError():
            return 409
        case TemuanError():
            return 422
        case PemakaianError():
            return 400
    return 503
