"""The doors of the desk: signing in with a passkey or a password, invitations, signing out.

It recognises who asks (:func:`kenali`) and answers the pages before and around a session. What a
person may do inside is the gate's (``gate``). A password, a name or a token never reaches the
audit trail or a log.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from kinerja.accounts.drafts import KunciDraf
from kinerja.accounts.jejak import Peristiwa
from kinerja.accounts.sessions import PraSesi, Sesi, csrf_cocok, csrf_token
from kinerja.domain.errors import DitolakError, KinerjaError, PemakaianError
from kinerja.domain.periode import Periode
from kinerja.web.gate import Izin, boleh
from kinerja.web.service import Layanan
from kinerja.web.visit import Kunjungan

_PRA = "kinerja-pintu"
_SESI = "kinerja-sesi"
_SEHARI = 36_000
_TITIPAN = "titipan:"
_SEGAR = timedelta(minutes=10)
_KERJA = re.compile(r"/kerja/(?P<periode>[0-9a-z-]+)/(?P<bidang>[a-z0-9-]+)")


def nama_kuki(k: Kunjungan, nama: str) -> str:
    """A cookie's name; over HTTPS browsers are made to hold it to this very host."""
    return f"__Host-{nama}" if k.layanan.aman else nama


def kenali(k: Kunjungan) -> Sesi | PraSesi | None:
    """Fills in who asks, from the cookies; gives what CSRF tokens belong to."""
    token = k.request.cookies.get(nama_kuki(k, _SESI), "")
    diam = k.request.url.path.endswith("/draf") or k.request.url.path.endswith("/periksa")
    sesi = k.layanan.sesi.ambil(token, k.saat, geser=not diam) if token else None
    orang = k.meja.reports().identitas().cari(sesi.orang) if sesi else None
    if sesi is not None and orang is not None:
        k.orang, k.masuk, k.ikatan = orang, sesi, sesi.ikatan
        k.jabatan = frozenset(k.meja.jabatan(orang.id))
        k.kunci_sesi = sesi.ikatan
        k.csrf = csrf_token(sesi)
        return sesi
    pra_token = k.request.cookies.get(nama_kuki(k, _PRA), "")
    pra = k.layanan.sesi.ambil_pra(pra_token, k.saat) if pra_token else None
    if pra is not None:
        k.ikatan, k.csrf, k.kunci_sesi = pra.ikatan, csrf_token(pra), pra.ikatan
    return pra


def bersesi(layanan: Layanan, request: Request) -> bool:
    """Whether a request brings a session that still counts; before anything of its body is read."""
    nama = f"__Host-{_SESI}" if layanan.aman else _SESI
    token = request.cookies.get(nama, "")
    return bool(token) and layanan.sesi.ambil(token, layanan.meja.saat(), geser=False) is not None


def tuntut_baru_masuk(k: Kunjungan, lanjut: str) -> Response | None:
    """A page that asks who it is once more, when that was long ago; None when it was just now.

    What changes how somebody signs in, or lets others in, needs more than a cookie.
    """
    if k.meja.demo or (k.masuk is not None and k.masuk.baru_masuk(k.saat, _SEGAR)):
        return None
    return halaman_masuk(k, lanjut=lanjut, kode=401, ulang=True)


def cocok(pintu: Sesi | PraSesi | None, token: str) -> bool:
    """Whether a form came from one of this session's own pages."""
    return pintu is not None and csrf_cocok(pintu, token)


def masuk(k: Kunjungan) -> Response:
    """The sign-in page."""
    if k.orang is not None:
        return k.pindah(_lanjut(k.tanya("lanjut")))
    return halaman_masuk(k, lanjut=_lanjut(k.tanya("lanjut")))


def masuk_sandi(k: Kunjungan) -> Response:
    """Signs in with a password; in the demo by choosing a person."""
    orang, lanjut = k.teks("orang").strip(), _lanjut(k.teks("lanjut"))
    try:
        if k.meja.demo:
            _tuntut_dikenal(k, orang)
        else:
            orang = k.layanan.akun.masuk_dengan_sandi(orang, k.teks("sandi"), k.minta())
            _tuntut_dikenal(k, orang)
    except KinerjaError as e:
        return halaman_masuk(k, lanjut=lanjut, galat=e, kode=403, nama=k.teks("orang"))
    return _masukkan(k, orang, lanjut)


def masuk_passkey(k: Kunjungan) -> Response:
    """Signs in with a passkey, without a name typed."""
    lanjut = _lanjut(k.teks("lanjut"))
    try:
        orang = k.situs_passkey().selesai_masuk(k.teks("id_tantangan"), baca_jawaban(k), k.minta())
        _tuntut_dikenal(k, orang)
    except KinerjaError as e:
        return halaman_masuk(k, lanjut=lanjut, galat=e, kode=403)
    return _masukkan(k, orang, lanjut)


def keluar(k: Kunjungan) -> Response:
    """Ends the session."""
    token = k.request.cookies.get(nama_kuki(k, _SESI), "")
    if token:
        k.layanan.sesi.keluar(token, k.minta())
    jawab = k.pindah("/masuk")
    jawab.delete_cookie(nama_kuki(k, _SESI), path="/", secure=k.layanan.aman, httponly=True, samesite="lax")
    return jawab


def ganti_peran(k: Kunjungan) -> Response:
    """In the demo: goes on as somebody else."""
    orang = k.teks("orang")
    _tuntut_dikenal(k, orang)
    if k.masuk is None:
        raise DitolakError("Anda belum masuk", "masuk lebih dahulu")
    k.layanan.sesi.ganti_peran(k.masuk, orang, k.minta())
    return k.pindah("/")


def undangan(k: Kunjungan) -> Response:
    """The page of an invitation: a passkey first, else a password."""
    return _halaman_undangan(k)


def terima_undangan(k: Kunjungan) -> Response:
    """Accepts an invitation with a passkey or a password."""
    token = k.param("token")
    try:
        if k.teks("jawaban"):
            situs = k.situs_passkey()
            orang = situs.selesai_daftar(
                k.teks("id_tantangan"), baca_jawaban(k), k.teks("nama_passkey"), k.minta(), token
            ).orang
        else:
            siapa = k.layanan.akun.periksa_undangan(token, k.saat)
            if k.teks("sandi") != k.teks("sandi_lagi"):
                raise PemakaianError("kedua kata sandi tidak sama", "ketik sekali lagi")
            nama = k.meja.reports().identitas().nama(siapa)
            orang = k.layanan.akun.terima_dengan_sandi(token, k.teks("sandi"), nama, k.minta())
    except KinerjaError as e:
        return _halaman_undangan(k, e)
    return _masukkan(k, orang, "/")


def halaman_masuk(
    k: Kunjungan, *, lanjut: str = "/", galat: KinerjaError | None = None, kode: int = 200, nama: str = "",
    titipan: tuple[tuple[str, str], ...] = (), ulang: bool = False,
) -> Response:  # fmt: skip
    """The sign-in page, for whoever has no session.

    Args:
        titipan: what was typed before the session ended; it goes back with the sign-in.
        ulang: the person has a session, and shows once more who it is.
    """
    _siapkan_pintu(k)
    pilihan, id_tantangan = _pilihan_masuk(k)
    r = k.meja.reports()
    orang = [
        (o.id, o.nama, ", ".join(map(r.jabatan().nama, k.meja.jabatan(o.id)))) for o in r.identitas().orang
    ]
    jawab = k.halaman(
        "masuk.html", "Masuk", kode=kode, lanjut=lanjut, galat=galat, nama=nama, pilihan=pilihan,
        id_tantangan=id_tantangan, daftar=orang if k.meja.demo else [], titipan=titipan,
        ulang=ulang, ada_passkey=k.layanan.passkey is not None,
    )  # fmt: skip
    return _tutup_pintu(k, jawab)


def baca_jawaban(k: Kunjungan) -> dict[str, Any]:
    """What the browser's passkey answered."""
    try:
        isi = json.loads(k.teks("jawaban"))
    except (ValueError, RecursionError) as e:
        raise PemakaianError("jawaban passkey tidak terbaca", "ulangi") from e
    if not isinstance(isi, dict):
        raise PemakaianError("jawaban passkey tidak terbaca", "ulangi")
    return isi


# helpers


def _masukkan(k: Kunjungan, orang: str, lanjut: str) -> Response:
    _pulihkan_titipan(k, orang, lanjut)
    lama = k.request.cookies.get(nama_kuki(k, _SESI))
    segar = None
    if lama and k.masuk is not None and k.masuk.pemilik == orang:
        segar = k.layanan.sesi.segarkan(lama, k.minta())  # the CSRF secret stays: other tabs go on
    token, sesi = segar or k.layanan.sesi.buka(orang, k.minta(), lama)
    if k.meja.demo:
        k.layanan.jejak.catat(k.minta(), Peristiwa.MASUK, "demo", orang=orang)
    k.kunci_sesi, k.masuk = sesi.ikatan, sesi
    jawab = k.pindah(lanjut)
    jawab.set_cookie(
        nama_kuki(k, _SESI),
        token,
        max_age=_SEHARI,
        path="/",
        secure=k.layanan.aman,
        httponly=True,
        samesite="lax",
    )
    return jawab


def _pulihkan_titipan(k: Kunjungan, orang: str, lanjut: str) -> None:
    """What was typed in a worksheet before the session ended becomes this person's draft again."""
    cocok_ = _KERJA.fullmatch(lanjut.partition("?")[0])
    isian = {
        n.removeprefix(_TITIPAN): v
        for n, v in k.formulir.items()
        if n.startswith(f"{_TITIPAN}/") and isinstance(v, str)
    }
    if cocok_ is None or not isian:
        return
    jabatan = frozenset(k.meja.jabatan(orang))
    try:
        Periode.baca(cocok_["periode"])
    except ValueError:
        return
    if boleh(Izin.PENGISI, jabatan, k.meja.reports().organisasi(), cocok_["bidang"]):
        kunci = KunciDraf(orang, cocok_["periode"], cocok_["bidang"])
        with suppress(PemakaianError):  # too large to keep: signing in must not fail for it
            k.layanan.draf.simpan(kunci, k.teks(f"{_TITIPAN}asal"), isian, 0, k.saat)


def _halaman_undangan(k: Kunjungan, galat: KinerjaError | None = None) -> Response:
    _siapkan_pintu(k)
    token = k.param("token")
    orang = k.layanan.akun.periksa_undangan(token, k.saat)
    pilihan, id_tantangan = None, ""
    nama = k.meja.reports().identitas().nama(orang)
    if k.layanan.passkey is not None:
        pilihan, id_tantangan = k.layanan.passkey.mulai_daftar(orang, nama, k.minta())
    jawab = k.halaman(
        "undangan.html", "Undangan", kode=400 if galat else 200, nama=nama, orang=orang, token=token,
        galat=galat, pilihan=pilihan, id_tantangan=id_tantangan,
    )  # fmt: skip
    return _tutup_pintu(k, jawab)


def _pilihan_masuk(k: Kunjungan) -> tuple[dict[str, Any] | None, str]:
    if k.layanan.passkey is None or k.meja.demo:
        return None, ""
    return k.layanan.passkey.mulai_masuk(k.minta())


def _siapkan_pintu(k: Kunjungan) -> None:
    """A browser at the door gets a cookie to which the form and the challenge are bound."""
    if k.ikatan:
        return
    pra = k.layanan.sesi.buka_pra(k.saat)
    k.ikatan, k.csrf, k.pra = pra.ikatan, csrf_token(pra), pra.token


def _tutup_pintu(k: Kunjungan, jawab: Response) -> Response:
    if k.pra:
        jawab.set_cookie(
            nama_kuki(k, _PRA), k.pra, max_age=_SEHARI, path="/", secure=k.layanan.aman, httponly=True,
            samesite="lax",
        )  # fmt: skip
    return jawab


def _tuntut_dikenal(k: Kunjungan, orang: str) -> None:
    if k.meja.reports().identitas().cari(orang) is None:
        raise DitolakError("orang ini tidak ada dalam identitas.yaml", "hubungi pengelola sistem")


def _lanjut(alamat: str) -> str:
    """A page of this desk, never another site's."""
    aman = alamat.startswith("/") and not alamat.startswith(("//", "/\\")) and "\\" not in alamat
    return alamat if aman and alamat.isprintable() else "/"
