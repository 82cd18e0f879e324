"""Starting the desk: where it is served, under which name, with which clock; and stopping it.

It decides what is safe: loopback over HTTP, anything else only behind HTTPS. Passkeys are bound
to a name (``localhost`` or a DNS name), never to an IP address, so an address by number has none.

Example:
    >>> layanan(instansi, Letak("http://localhost:8000"), jam, demo=False).passkey.rp_id
    'localhost'
"""

from __future__ import annotations

import contextlib
import ipaddress
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn

from kinerja.accounts.passkeys import PasskeySitus
from kinerja.accounts.store import Simpanan
from kinerja.agency import Instansi
from kinerja.desk.place import Meja
from kinerja.domain.errors import KinerjaError, PemakaianError
from kinerja.site_step import bangun_situs
from kinerja.web.app import buat_app
from kinerja.web.service import LOOPBACK, Layanan

_TUTUP_DETIK = 5


@dataclass(frozen=True, slots=True)
class Letak:
    """Where the desk is reached and where it listens.

    Attributes:
        alamat: origin that people type, without a path.
        ikat: network address that is listened on; ``port`` its port.
        sertifikat, kunci_sertifikat: files for HTTPS in this process; None behind a proxy or on loopback.
        proksi: a proxy on this computer speaks HTTPS for us.
    """

    alamat: str
    ikat: str = "127.0.0.1"
    port: int = 8000
    sertifikat: Path | None = None
    kunci_sertifikat: Path | None = None
    proksi: bool = False

    @property
    def nama(self) -> str:
        """The host name in the address."""
        return urlsplit(self.alamat).hostname or ""


def layanan(
    instansi: Instansi, letak: Letak, jam: Callable[[], datetime], *, demo: bool,
    cetak: Callable[[str], None] = lambda _: None,
) -> Layanan:  # fmt: skip
    """Everything that the pages share.

    Raises:
        PemakaianError: the place is not a safe one.
    """
    tuntut_aman(letak, demo=demo)
    simpanan = Simpanan(instansi.folder / "meja" / "meja.sqlite", demo=demo)
    meja = Meja(instansi, jam, demo)
    situs = instansi.keluar / "situs"
    inang = frozenset({letak.nama}) | (LOOPBACK if letak.nama in LOOPBACK else frozenset())
    hasil = Layanan(meja, simpanan, letak.alamat, inang, situs, _passkey(simpanan, letak, meja))
    hasil.terbitkan = _Penerbit(hasil, cetak).minta
    meja.token = hasil.token.token
    return hasil


def tuntut_aman(letak: Letak, *, demo: bool) -> None:
    """Refuses a place where passwords or sessions could be read on the way."""
    bagian = urlsplit(letak.alamat)
    if bagian.scheme not in ("http", "https") or not bagian.hostname or bagian.path not in ("", "/"):
        raise PemakaianError(
            f"alamat `{letak.alamat}` tidak dapat dipakai", "tulis misalnya https://kinerja.contoh.go.id"
        )
    setempat = letak.nama in LOOPBACK and _loopback(letak.ikat)
    if demo and not setempat:
        raise PemakaianError("mode demo hanya untuk komputer ini sendiri", "hapus --alamat dan --ikat")
    if bagian.scheme == "http" and not setempat:
        raise PemakaianError(
            "Meja Kerja di jaringan harus lewat HTTPS",
            "pasang --sertifikat dan --kunci-sertifikat, atau proksi HTTPS dengan --di-belakang-proksi; "
            "lihat panduan memasang di jaringan kantor",
        )
    if letak.proksi and letak.sertifikat is None and not _loopback(letak.ikat):
        raise PemakaianError(
            "di belakang proksi, Meja Kerja hanya mendengarkan komputer ini",
            "hapus --ikat, atau tambahkan --sertifikat dan --kunci-sertifikat",
        )
    if bagian.scheme == "https" and letak.sertifikat is None and not letak.proksi:
        raise PemakaianError(
            "alamat HTTPS tanpa sertifikat",
            "tambahkan --sertifikat dan --kunci-sertifikat, atau --di-belakang-proksi",
        )


def port_bebas(mulai: int) -> int:
    """The first port from ``mulai`` on that nobody listens on at loopback."""
    for port in range(mulai, mulai + 20):
        with socket.socket() as s, contextlib.suppress(OSError):
            s.bind(("127.0.0.1", port))
            return port
    raise PemakaianError(f"port {mulai} sampai {mulai + 19} terpakai", "pilih dengan kinerja serve --port")


def jalankan(layanan_: Layanan, letak: Letak) -> None:
    """Serves until Ctrl+C; requests under way are finished first.

    Raises:
        PemakaianError: the port is taken.
    """
    _longgarkan_berkas()
    soket = _dengarkan(letak)
    if not situs_terkini(layanan_):
        layanan_.terbitkan()
    konfigurasi = uvicorn.Config(
        buat_app(layanan_), log_level="warning", access_log=False, server_header=False,
        proxy_headers=letak.proksi, forwarded_allow_ips="127.0.0.1",
        ssl_certfile=str(letak.sertifikat) if letak.sertifikat else None,
        ssl_keyfile=str(letak.kunci_sertifikat) if letak.kunci_sertifikat else None,
        timeout_graceful_shutdown=_TUTUP_DETIK, lifespan="off",
    )  # fmt: skip
    try:
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(konfigurasi).run(sockets=[soket])
    finally:
        soket.close()
        layanan_.hentikan()
        layanan_.simpanan.tutup()


def situs_terkini(milik: Layanan) -> bool:
    """Whether the public site was built from main as it is now."""
    tanda = _tanda_situs(milik)
    return (
        (milik.situs / "index.html").is_file()
        and tanda.is_file()
        and (tanda.read_text(encoding="ascii", errors="replace").strip() == milik.meja.forge().utama())
    )


class _Penerbit:
    """Builds the public site in the background, one build at a time; the newest wish is not lost."""

    def __init__(self, milik: Layanan, cetak: Callable[[str], None]) -> None:
        self._milik, self._cetak = milik, cetak
        self._kunci = threading.Lock()
        self._diminta = threading.Event()

    def minta(self) -> None:
        """Asks for a build; returns at once."""
        self._diminta.set()
        threading.Thread(target=self._bangun, name="situs", daemon=True).start()

    def _bangun(self) -> None:
        with self._kunci:
            if not self._diminta.is_set():
                return
            self._diminta.clear()
            try:
                utama = self._milik.meja.forge().utama()
                bangun_situs(
                    self._milik.meja.forge(), self._milik.situs, setelan_sendiri=False
                )
                _tanda_situs(self._milik).write_text(f"{utama}\n", encoding="ascii")
            except (KinerjaError, OSError) as e:  # the desk goes on; only the pages are of yesterday
                self._cetak(f"Situs publik belum terbangun: {e}")


# helpers


def _longgarkan_berkas() -> None:
    """As many open connections as the system allows, so that idle ones do not shut others out."""
    if os.name == "posix":
        import resource

        _, keras = resource.getrlimit(resource.RLIMIT_NOFILE)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (keras, keras))


def _dengarkan(letak: Letak) -> socket.socket:
    """The listening socket; taken before anything else begins, so that a second desk says so at once."""
    keluarga = socket.AF_INET6 if ":" in letak.ikat else socket.AF_INET
    soket = socket.socket(keluarga)
    try:
        if os.name == "posix":  # elsewhere the option would let two programs share a port
            soket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        soket.bind((letak.ikat, letak.port))
        soket.listen(128)
    except OSError as e:
        soket.close()
        raise PemakaianError(
            f"port {letak.port} tidak dapat dipakai ({e.strerror})", "pilih yang lain dengan --port"
        ) from e
    return soket


def _tanda_situs(milik: Layanan) -> Path:
    """Beside the site: the commit of main that it was built from."""
    return milik.situs.with_name(f"{milik.situs.name}.dari")


def _passkey(simpanan: Simpanan, letak: Letak, meja: Meja) -> PasskeySitus | None:
    if _nomor_ip(letak.nama):
        return None
    asal = () if letak.nama in LOOPBACK else (letak.alamat,)
    return PasskeySitus(simpanan, letak.nama, f"Meja Kerja {meja.reports().organisasi().nama_singkat}", asal)


def _nomor_ip(nama: str) -> bool:
    try:
        ipaddress.ip_address(nama.strip("[]"))
    except ValueError:
        return False
    return True


def _loopback(ikat: str) -> bool:
    return ikat == "localhost" or (_nomor_ip(ikat) and ipaddress.ip_address(ikat.strip("[]")).is_loopback)
