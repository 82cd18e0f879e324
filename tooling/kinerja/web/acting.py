"""An act at the desk: whose signature, and what is answered while and after it is made.

A person signs with a passkey, with a key file on this computer, or is observed. A passkey takes
two turns: the first answer shows what is to be signed, the second brings the signature; the
moment of the act is sealed in between, so that nobody can choose another.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from starlette.responses import Response

from kinerja.accounts.jejak import Peristiwa
from kinerja.desk.place import akun_meja
from kinerja.desk.signers import Berkas, PenandaPasskey, PerluTandaError, berkas_kunci, kunci_berkas
from kinerja.domain.errors import DitolakError, KinerjaError, PemakaianError
from kinerja.session import Hasil, Sesi
from kinerja.web.service import Kilat
from kinerja.web.visit import Kunjungan

_SEGEL = "segel-tindakan"
_MASA = timedelta(minutes=5)
_BUKAN_ISIAN = frozenset({"csrf", "jawaban", "jawaban_lama", "saat", "segel", "sandi_kunci", "sandi_masuk"})


@dataclass(frozen=True, slots=True)
class Cara:
    """A way in which this person can sign now.

    Attributes:
        kode: ``passkey:<id>`` | ``kunci`` | ``amatan``.
        bersandi: a passphrase must be typed.
    """

    kode: str
    nama: str
    publik: str = ""
    bersandi: bool = False

    @property
    def medan(self) -> str:
        """The form's field with the password that this way needs; "" for none."""
        return "sandi_masuk" if self.kode == "amatan" else "sandi_kunci" if self.bersandi else ""


class _PerluSandiError(KinerjaError):
    """The chosen way of signing needs a password, and the form had no place for it."""


def cara_tanda(k: Kunjungan) -> tuple[Cara, ...]:
    """Every way in which the person can sign, the strongest first."""
    hasil = list(_passkey(k))
    if k.meja.demo or k.layanan.loopback:
        match berkas_kunci(k.meja.instansi, k.id_orang):
            case Berkas.TERBUKA:
                hasil.append(Cara("kunci", "kunci di komputer ini"))
            case Berkas.BERSANDI:
                hasil.append(Cara("kunci", "kunci di komputer ini, dengan kata sandinya", bersandi=True))
    hari = k.saat.date()
    if akun_meja(k.meja.reports().identitas(), k.id_orang, hari) and k.layanan.akun.bersandi(k.id_orang):
        hasil.append(Cara("amatan", "kata sandi, disaksikan Meja Kerja"))
    return tuple(hasil)


def bertindak(
    k: Kunjungan, balik: str, judul: str, langkah: Callable[[Sesi], Hasil], lanjut: str = "/"
) -> Response:
    """Does one step of the SOP as the person, and answers with what came of it.

    Args:
        balik: the page to return to when nothing was done.
        judul: the act in the person's words, shown while it waits for a passkey.
        lanjut: the page to go to afterwards.
    """
    try:
        hasil = langkah(_sesi(k))
    except PerluTandaError as e:
        return _minta_tanda(k, e, balik, judul)
    except _PerluSandiError:
        return k.halaman("sandi.html", judul, isi=_isian(k), balik=balik, daftar_cara=cara_tanda(k))
    except KinerjaError as e:
        return k.gagal(e, balik)
    hasil = replace(hasil, rincian=(*hasil.rincian, *k.meja.kabar()))
    k.layanan.jejak.catat(k.minta(), Peristiwa.TINDAKAN, hasil.terjadi)
    k.layanan.titip(k.kunci_sesi, Kilat(hasil))
    k.layanan.kabari()
    return k.pindah(lanjut)


# helpers


def _passkey(k: Kunjungan) -> Iterator[Cara]:
    """Passkeys of this site that identitas.yaml has on main: only those count as the person's own key."""
    if k.orang is None or k.layanan.passkey is None:
        return
    resmi = {tuple(x.publik.split()[:2]) for x in k.orang.kunci if x.berlaku(k.saat.date())}
    for p in k.layanan.passkey.milik(k.id_orang):
        if tuple(p.publik.split()[:2]) in resmi:
            yield Cara(f"passkey:{p.kode}", f"passkey {p.nama}", p.publik)


def _sesi(k: Kunjungan) -> Sesi:
    """A sitting of the person in the chosen way."""
    semua = {c.kode: c for c in cara_tanda(k)}
    if not semua:
        raise DitolakError(
            "Anda belum punya kunci untuk menandatangani",
            "daftarkan passkey di halaman akun Anda, lalu minta Sekretaris menyetujuinya",
        )
    cara = semua.get(k.teks("cara")) or next(iter(semua.values()))
    if cara.medan and cara.medan not in k.formulir:
        raise _PerluSandiError("tindakan ini menunggu kata sandi Anda", "ketik kata sandinya")
    if cara.kode == "kunci":
        kunci = kunci_berkas(k.meja.instansi, k.id_orang, k.teks("sandi_kunci") or None)
        return k.meja.sesi(k.id_orang, kunci, k.saat)
    if cara.kode == "amatan":
        return _sesi_teramati(k)
    jawaban = tuple(_penjawab(k, j) for j in _jawaban(k))
    saat = _saat_bersegel(k) if jawaban else k.saat
    return k.meja.sesi(k.id_orang, PenandaPasskey(cara.publik, jawaban), saat)


def _sesi_teramati(k: Kunjungan) -> Sesi:
    """The observer signs what the person does, who has just proved by the password that it is them."""
    pengamat = k.meja.instansi.pengamat()
    if pengamat is None:
        raise DitolakError("kunci pengamat tidak ada di server ini", "pakai passkey, atau hubungi pengelola")
    k.layanan.akun.masuk_dengan_sandi(k.id_orang, k.teks("sandi_masuk"), k.minta())
    bukti = k.meja.saksikan(k.id_orang, k.request.url.path, dict(_isian(k)))
    return k.meja.sesi(k.id_orang, pengamat, bukti=bukti)


def _isian(k: Kunjungan) -> list[tuple[str, str]]:
    """The form as it was sent, without tokens and secrets."""
    return [(n, v) for n, v in k.formulir.multi_items() if n not in _BUKAN_ISIAN and isinstance(v, str)]


def _jawaban(k: Kunjungan) -> list[str]:
    lama = [j for j in k.formulir.getlist("jawaban_lama") if isinstance(j, str)]
    return [*lama, *([k.teks("jawaban")] if k.teks("jawaban") else [])]


def _penjawab(k: Kunjungan, jawaban: str) -> Callable[[bytes, str], str]:
    situs = k.situs_passkey()

    def jawab(pesan: bytes, ruang: str) -> str:
        try:
            isi = json.loads(jawaban)
            return situs.tanda_tangani(k.id_orang, ruang, pesan, isi, k.minta())[0]
        except KinerjaError as e:
            raise ValueError(e.pesan) from e

    return jawab


def _minta_tanda(k: Kunjungan, e: PerluTandaError, balik: str, judul: str) -> Response:
    cara = next((c for c in cara_tanda(k) if c.kode == k.teks("cara")), None) or cara_tanda(k)[0]
    situs = k.situs_passkey()
    dipakai = [p for p in situs.milik(k.id_orang) if f"passkey:{p.kode}" == cara.kode]
    sudah = _jawaban(k)
    saat = _saat_bersegel(k) if sudah else k.saat
    return k.halaman(
        "tanda.html", judul,
        pilihan=situs.pilihan_tanda(dipakai, e.tantangan()), isi=_isian(k), balik=balik, cara=cara,
        jawaban_lama=[j for j in sudah if j], ke=len(sudah) + 1,
        saat_tindakan=saat.isoformat(), segel=_segel(k, saat), sidik=hashlib.sha256(e.isi).hexdigest(),
        rincian=_rincian(e.isi),
    )  # fmt: skip


def _rincian(isi: bytes) -> list[tuple[str, str]]:
    """What the signed bytes say, for the eye: files and their digests."""
    try:
        data = json.loads(isi)
    except ValueError:
        return []
    berkas = data.get("berkas") if isinstance(data, dict) else None
    return [
        (str(b["jalur"]), str(b["sha256"])) for b in berkas or () if isinstance(b, dict) and b.get("sha256")
    ]


def _saat_bersegel(k: Kunjungan) -> datetime:
    """The moment at which the act was begun, from the form; refused when it is not ours or too old."""
    try:
        saat = datetime.fromisoformat(k.teks("saat"))
    except ValueError as e:
        raise PemakaianError("tindakan ini tidak utuh", "ulangi dari awal") from e
    if saat.tzinfo is None or not hmac.compare_digest(_segel(k, saat), k.teks("segel")):
        raise PemakaianError("tindakan ini tidak utuh", "ulangi dari awal")
    if not timedelta() <= k.saat - saat <= _MASA:
        raise DitolakError("tindakan ini sudah lebih dari lima menit", "ulangi dari awal")
    return saat


def _segel(k: Kunjungan, saat: datetime) -> str:
    kunci = k.layanan.simpanan.rahasia(_SEGEL)
    isi = f"{k.kunci_sesi}|{k.request.url.path}|{saat.isoformat()}"
    return hmac.digest(kunci, isi.encode(), "sha256").hex()
