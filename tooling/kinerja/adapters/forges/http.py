"""HTTP to a forge: JSON in and out, every page read, told plainly when the forge will not.

urllib3 keeps connections, waits and tries again where that is safe (reads, and writes that may
be repeated); a POST that may have been done is not sent twice. The token goes to its own host
alone, and never in the clear except on this machine. Answers are read leniently and bounded.

Example:
    >>> klien.minta("GET", "/repos/dinsos/kinerja/pulls/7").data["number"]
    7
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import urllib3

from kinerja.domain.errors import BentrokError, DitolakError, KinerjaError, PemakaianError

_TERBESAR = 16 << 20
_HALAMAN_TERBANYAK = 1000
_ULANG = urllib3.Retry(
    total=4, connect=3, read=2, redirect=0, other=0, backoff_factor=0.5, backoff_max=20,
    status_forcelist=(500, 502, 503, 504), allowed_methods=frozenset({"GET", "PUT", "PATCH"}),
    respect_retry_after_header=False, raise_on_status=False,
)  # fmt: skip
"""At most four tries in some ten seconds; what takes longer is told, not waited for."""
_BENTROK = frozenset({405, 409, 412})
_LANJUT = re.compile(r'<([^<>]+)>\s*;[^,]*\brel="?next"?')
_SETEMPAT = frozenset({"127.0.0.1", "localhost", "::1"})

logging.getLogger("urllib3").setLevel(logging.ERROR)  # a failure is told in our words, a retry in none


class GangguanForgeError(KinerjaError):
    """The forge cannot be asked just now; nothing was decided, the next run goes on."""


class TakAdaError(DitolakError):
    """The forge says that there is no such thing, or that this token may not see it."""


@dataclass(frozen=True, slots=True)
class Jawaban:
    """An answer: its JSON, its bytes, its headers."""

    kode: int
    data: Any
    bita: bytes
    kepala: Mapping[str, str]


class Klien:
    """A forge's REST interface under one address, with one token.

    Args:
        dasar: ``https://api.github.com`` or ``https://git.contoh.go.id/api/v1``.
        kepala: headers of every request beside the token's.
    """

    def __init__(
        self,
        dasar: str,
        token: str | None,
        kepala: Mapping[str, str] | None = None,
        *,
        catat: Callable[[str, str, Any, Jawaban], None] | None = None,
    ) -> None:
        bagian = urlsplit(dasar)
        if bagian.scheme != "https" and (bagian.scheme != "http" or bagian.hostname not in _SETEMPAT):
            raise PemakaianError(f"alamat forge `{dasar}` tidak aman", "pakai alamat https://")
        self._dasar = dasar.rstrip("/")
        self._asal = (bagian.scheme, bagian.netloc)
        self._kepala = {"Accept": "application/json", "User-Agent": "kinerja", **(kepala or {})}
        if token is not None:
            self._kepala["Authorization"] = f"Bearer {token}"
        self._kolam = urllib3.PoolManager(
            retries=_ULANG, timeout=urllib3.Timeout(connect=10, read=60), maxsize=2
        )
        self._catat = catat

    def minta(
        self, metode: str, jalur: str, query: Mapping[str, str] | None = None, badan: object = None
    ) -> Jawaban:
        """One request.

        Raises:
            TakAdaError: 404 and 410.
            BentrokError: 405, 409, 412: the state is another than was thought.
            DitolakError: other refusals, in the forge's own words.
            GangguanForgeError: no answer, 5xx, or a rate limit.
        """
        alamat = self._dasar + jalur + (f"?{urlencode(query)}" if query else "")
        return self._kirim(metode, alamat, badan)

    def semua(self, jalur: str, query: Mapping[str, str] | None = None, *, kunci: str = "") -> Iterator[Any]:
        """Every item of a list, to its last page.

        Args:
            kunci: where the list stands in each page's object; "" when the page is the list.
        """
        alamat = self._dasar + jalur + (f"?{urlencode(query)}" if query else "")
        dilihat: set[str] = set()
        while alamat:
            if alamat in dilihat or len(dilihat) >= _HALAMAN_TERBANYAK:
                raise GangguanForgeError("forge memberi halaman yang berputar-putar", "jalankan lagi nanti")
            dilihat.add(alamat)
            j = self._kirim("GET", alamat, None)
            isi = j.data.get(kunci) if kunci and isinstance(j.data, dict) else j.data
            if not isinstance(isi, list):
                raise GangguanForgeError(f"forge tidak memberi daftar untuk {jalur}", "jalankan lagi nanti")
            yield from isi
            alamat = self._berikut(alamat, j)

    # helpers

    def _berikut(self, alamat: str, j: Jawaban) -> str:
        """Address of the next page, at the same host; "" after the last."""
        cocok = _LANJUT.search(j.kepala.get("link", ""))
        if cocok is None:
            return ""
        lanjut: str = urljoin(alamat, cocok[1])
        bagian = urlsplit(lanjut)
        if (bagian.scheme, bagian.netloc) != self._asal:
            raise GangguanForgeError("forge menunjuk halaman di tempat lain", "periksa alamat forge")
        return lanjut

    def _kirim(self, metode: str, alamat: str, badan: object) -> Jawaban:
        isi = None if badan is None else json.dumps(badan, ensure_ascii=False).encode()
        kepala = dict(self._kepala) | ({"Content-Type": "application/json"} if isi is not None else {})
        try:
            r = self._kolam.request(
                metode, alamat, body=isi, headers=kepala, preload_content=False, redirect=False
            )
            bita = r.read(_TERBESAR + 1, decode_content=True)
            r.release_conn()
        except urllib3.exceptions.HTTPError as e:
            raise GangguanForgeError(
                f"forge tidak menjawab ({type(e).__name__})", "periksa sambungan, lalu jalankan lagi"
            ) from e
        if len(bita) > _TERBESAR:
            raise GangguanForgeError("jawaban forge terlalu besar", "jalankan lagi nanti")
        j = Jawaban(r.status, _json(bita), bita, {k.lower(): v for k, v in r.headers.items()})
        if self._catat is not None:
            self._catat(metode, alamat.removeprefix(self._dasar), badan, j)
        return _periksa(metode, alamat.removeprefix(self._dasar), j)


# helpers


def _json(bita: bytes) -> Any:
    try:
        return json.loads(bita) if bita.strip() else None
    except (ValueError, RecursionError):
        return None


def _periksa(metode: str, jalur: str, j: Jawaban) -> Jawaban:
    if 200 <= j.kode < 300:  # noqa: PLR2004
        return j
    apa, pesan = f"{metode} {jalur.partition('?')[0]}", _pesan(j)
    _tuntut_jatah(j)
    if j.kode >= 500:  # noqa: PLR2004
        raise GangguanForgeError(f"forge sedang terganggu ({j.kode} pada {apa})", "jalankan lagi nanti")
    if j.kode in (301, 302, 307, 308):
        raise DitolakError("repositori di forge berganti nama atau alamat", "perbarui alamatnya: git config")
    if j.kode in (404, 410):
        raise TakAdaError(f"tidak ada di forge, atau tertutup bagi token ini: {apa}", "periksa hak token")
    if j.kode in _BENTROK:
        saran = "jalankan lagi; keadaannya dibaca ulang"
        raise BentrokError(f"forge menolak {apa} ({j.kode}): {pesan}", saran)
    if j.kode in (401, 403):
        raise DitolakError(f"forge menolak {apa} ({j.kode}): {pesan}", "periksa token dan haknya")
    raise DitolakError(f"forge menolak {apa} ({j.kode}): {pesan}", "periksa versi forge, lalu laporkan")


def _tuntut_jatah(j: Jawaban) -> None:
    """Says when to come back, if the forge limits how often it may be asked."""
    terbatas = j.kode == 429 or (  # noqa: PLR2004
        j.kode == 403 and ("retry-after" in j.kepala or j.kepala.get("x-ratelimit-remaining") == "0")  # noqa: PLR2004
    )
    if not terbatas:
        return
    kapan = "beberapa menit lagi"
    if j.kepala.get("retry-after", "").isdigit():
        kapan = f"{j.kepala['retry-after']} detik lagi"
    elif j.kepala.get("x-ratelimit-reset", "").isdigit():
        reset = datetime.fromtimestamp(int(j.kepala["x-ratelimit-reset"]), UTC)
        kapan = f"sesudah {reset:%Y-%m-%d %H:%M} UTC"
    saran = f"jalankan lagi {kapan}; tidak ada yang hilang"
    raise GangguanForgeError("forge membatasi jumlah permintaan", saran)


def _pesan(j: Jawaban) -> str:
    if isinstance(j.data, dict):
        rinci = j.data.get("errors")
        pesan = str(j.data.get("message") or "")
        return f"{pesan} {json.dumps(rinci, ensure_ascii=False)}"[:300] if rinci else pesan[:300]
    return "(tanpa penjelasan)"
