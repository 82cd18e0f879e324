"""One request as a page sees it: who asks, when, what was sent; and the answers it may give.

It leaves out how the person was recognised (``doors``) and whether the address is theirs (``gate``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from kinerja.accounts.passkeys import PasskeySitus
from kinerja.accounts.sessions import Sesi as SesiMasuk
from kinerja.accounts.store import Permintaan as PermintaanAkun
from kinerja.desk.place import Meja
from kinerja.domain.errors import DitolakError, KinerjaError, PemakaianError
from kinerja.domain.organisasi import Orang
from kinerja.domain.periode import Periode
from kinerja.session import Hasil
from kinerja.web import render
from kinerja.web.gate import Izin, boleh
from kinerja.web.service import Kilat, Layanan

_KETIKAN = (
    "alasan", "komentar", "penunjuk", "instruksi", "nomor", "pendahuluan", "analisis", "penutup",
)  # fmt: skip
"""Fields whose text is given back when a form is refused; a worksheet's cells have drafts instead."""


class TidakAdaError(KinerjaError):
    """No such page."""


@dataclass
class Kunjungan:
    """A request.

    Attributes:
        saat: the only clock reading of the request, in the agency's zone.
        orang, jabatan: who has signed in, and the offices that this person holds today.
        masuk: the session; None for a visitor.
        csrf: the token that this page's forms carry.
        kunci_sesi: what messages for the next page are kept under; ikatan: what challenges are bound to.
    """

    layanan: Layanan
    request: Request
    saat: datetime
    orang: Orang | None = None
    jabatan: frozenset[str] = frozenset()
    masuk: SesiMasuk | None = None
    csrf: str = ""
    kunci_sesi: str = ""
    ikatan: str = ""
    pra: str = ""
    formulir: FormData = field(default_factory=FormData)
    badan: bytes = b""

    # what was asked

    @property
    def meja(self) -> Meja:
        """The desk."""
        return self.layanan.meja

    @property
    def id_orang(self) -> str:
        """Who asks; only behind a gate that lets nobody else in."""
        if self.orang is None:
            raise PemakaianError("Anda belum masuk", "masuk lebih dahulu")
        return self.orang.id

    @property
    def alamat_jaringan(self) -> str:
        """Where the request came from."""
        return self.request.client.host if self.request.client else ""

    def param(self, nama: str) -> str:
        """A part of the address."""
        return str(self.request.path_params.get(nama, ""))

    def tanya(self, nama: str) -> str:
        """A word behind the question mark of the address."""
        return self.request.query_params.get(nama, "")

    def minta(self) -> PermintaanAkun:
        """The request as the accounts know it."""
        return PermintaanAkun(
            self.saat, self.alamat_jaringan, self.ikatan, self.masuk.pemilik if self.masuk else None
        )

    def situs_passkey(self) -> PasskeySitus:
        """The passkeys of this site.

        Raises:
            DitolakError: the desk was opened by an address that browsers allow no passkey for.
        """
        if self.layanan.passkey is None:
            raise DitolakError(
                "passkey tidak dapat dipakai di alamat ini", "minta pengelola memasang nama situs dan HTTPS"
            )
        return self.layanan.passkey

    def periode(self) -> Periode:
        """The period of the address."""
        try:
            periode = Periode.baca(self.param("periode"))
        except ValueError as e:
            raise TidakAdaError("periode ini tidak ada", "kembali ke halaman tugas") from e
        return periode

    def bidang(self) -> str:
        """The bidang of the address."""
        return self.param("bidang")

    def teks(self, nama: str) -> str:
        """A field of the form; "" when it was not sent."""
        nilai = self.formulir.get(nama, "")
        return nilai if isinstance(nilai, str) else ""

    def berkas(self, nama: str) -> UploadFile | None:
        """A file of the form; None when none was chosen."""
        nilai = self.formulir.get(nama)
        return nilai if isinstance(nilai, UploadFile) and (nilai.filename or nilai.size) else None

    def isian(self) -> dict[str, str]:
        """The worksheet's cells of the form: JSON pointer → text."""
        return {k: v for k, v in self.formulir.items() if k.startswith("/") and isinstance(v, str)}

    def json(self) -> dict[str, Any]:
        """A JSON body."""
        try:
            isi = json.loads(self.badan)
        except (ValueError, RecursionError) as e:
            raise PemakaianError("kiriman halaman ini tidak terbaca", "muat ulang halaman") from e
        if not isinstance(isi, dict):
            raise PemakaianError("kiriman halaman ini tidak terbaca", "muat ulang halaman")
        return isi

    # answers

    def halaman(self, templat: str, judul: str, *, kode: int = 200, **isi: Any) -> Response:  # noqa: ANN401
        """A page."""
        return HTMLResponse(render.isi(templat, {**self._kerangka(judul), **isi}), kode)

    def pindah(self, alamat: str) -> Response:
        """To another page, after something was done."""
        return RedirectResponse(alamat, 303)

    def data(self, isi: Mapping[str, Any], kode: int = 200) -> Response:
        """Plain data for the page's script."""
        return JSONResponse(dict(isi), kode)

    def selesai(self, hasil: Hasil, alamat: str) -> Response:
        """To another page, where it is told what was done."""
        self.layanan.titip(self.kunci_sesi, Kilat(hasil))
        return self.pindah(alamat)

    def gagal(self, e: KinerjaError, alamat: str) -> Response:
        """Back to a page, where it is told why nothing was done, and what was typed stands again."""
        ketikan = {n: self.teks(n) for n in _KETIKAN if n in self.formulir}
        self.layanan.titip(self.kunci_sesi, Kilat(None, e.pesan, e.saran, ketikan))
        return self.pindah(alamat)

    def _kerangka(self, judul: str) -> dict[str, Any]:
        r = self.meja.reports()
        organisasi = r.organisasi()
        kilat = self.layanan.ambil(self.kunci_sesi) if self.kunci_sesi else []
        return {
            "judul": judul,
            "dinas": organisasi.nama_singkat,
            "penanda": organisasi.status.penanda,
            "aku": self.orang,
            "pembaca_laporan": boleh(Izin.PEMBACA_LAPORAN, self.jabatan, organisasi),
            "jabatan": [r.jabatan().nama(j) for j in sorted(self.jabatan)],
            "hak": self.jabatan,
            "csrf": self.csrf,
            "demo": self.meja.demo,
            "pemain": r.identitas().orang if self.meja.demo and self.orang is not None else (),
            "kini": self.saat,
            "gangguan": self.meja.gangguan,
            "pada": render.pada,
            "jalur": self.request.url.path,
            "daftar_kilat": kilat,
            "ketikan": {n: v for x in kilat for n, v in x.ketikan.items()},
            "boleh_baca": lambda b: boleh(Izin.PEMBACA, self.jabatan, organisasi, b),
            "peran_orang": lambda o: (
                ", ".join(map(r.jabatan().nama, self.meja.jabatan(o))) or "tanpa jabatan"
            ),
        }
