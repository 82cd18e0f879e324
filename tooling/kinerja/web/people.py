"""People at the desk: my account, my keys; and for the pengelola accounts, invitations, the trail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from starlette.responses import Response

from kinerja.accounts.people import RingkasAkun
from kinerja.accounts.store import Permintaan as PermintaanAkun
from kinerja.desk import enrolment
from kinerja.domain.errors import KinerjaError, PemakaianError
from kinerja.session import Hasil
from kinerja.web.acting import bertindak, cara_tanda
from kinerja.web.doors import baca_jawaban, tuntut_baru_masuk
from kinerja.web.visit import Kunjungan

_MASA = timedelta(days=3)
_SEHALAMAN = 100


def saya(k: Kunjungan) -> Response:
    """My account: how I sign in, with what I sign, where notices go."""
    situs, pilihan, id_tantangan = k.layanan.passkey, None, ""
    if situs is not None and k.orang is not None:
        pilihan, id_tantangan = situs.mulai_daftar(k.id_orang, k.orang.nama, k.minta())
    milik = situs.milik(k.id_orang) if situs is not None else ()
    resmi = {
        tuple(x.publik.split()[:2]) for x in (k.orang.kunci if k.orang else ()) if x.berlaku(k.saat.date())
    }
    return k.halaman(
        "saya.html", "Akun saya", pilihan=pilihan, id_tantangan=id_tantangan,
        passkey=[(p, tuple(p.publik.split()[:2]) in resmi, enrolment.sidik_publik(p.publik)) for p in milik],
        bersandi=k.layanan.akun.bersandi(k.id_orang), surel=k.layanan.surel.surel(k.id_orang) or "",
        cara=cara_tanda(k), di_forge=k.meja.sambungan is not None,
        bertoken=k.layanan.token.token(k.id_orang) is not None,
    )  # fmt: skip


def daftar_passkey(k: Kunjungan) -> Response:
    """Registers one more passkey."""
    if ulang := tuntut_baru_masuk(k, "/saya"):
        return ulang
    return _setel(
        k,
        lambda: k.situs_passkey().selesai_daftar(
            k.teks("id_tantangan"), baca_jawaban(k), k.teks("nama_passkey"), k.minta()
        ),
        "passkey terdaftar",
        "sebutkan sidiknya kepada pengelola sistem, agar diusulkan dan dapat dipakai menandatangani",
    )


def hapus_passkey(k: Kunjungan) -> Response:
    """Removes a passkey; never the last way in."""
    if ulang := tuntut_baru_masuk(k, "/saya"):
        return ulang

    def hapus() -> None:
        p = _passkey(k)
        k.situs_passkey().hapus(k.id_orang, p, k.minta())

    return _setel(k, hapus, "passkey dihapus")


def usul_kunci(k: Kunjungan) -> Response:
    """The pengelola proposes every passkey that identitas.yaml does not have yet."""
    if ulang := tuntut_baru_masuk(k, "/orang"):
        return ulang
    return bertindak(
        k, "/orang", "Usulkan kunci dan akun",
        lambda s: enrolment.usulkan(s, _yang_tampak(k), _berakun(k)), "/usulan",
    )


def ganti_sandi(k: Kunjungan) -> Response:
    """Sets a password, or a new one."""
    if ulang := tuntut_baru_masuk(k, "/saya"):
        return ulang

    def ganti() -> None:
        if k.teks("sandi") != k.teks("sandi_lagi"):
            raise PemakaianError("kedua kata sandi tidak sama", "ketik sekali lagi")
        lama = k.teks("sandi_lama") if k.layanan.akun.bersandi(k.id_orang) else None
        nama = k.orang.nama if k.orang else ""
        k.layanan.akun.ganti_sandi(k.id_orang, lama, k.teks("sandi"), nama, k.minta())

    return _setel(k, ganti, "kata sandi diganti", "sesi di peramban lain sudah diakhiri")


def setel_surel(k: Kunjungan) -> Response:
    """Where notices are sent; it lies on this server, never in Git."""
    if ulang := tuntut_baru_masuk(k, "/saya"):
        return ulang
    return _setel(
        k,
        lambda: k.layanan.surel.setel(k.id_orang, k.teks("surel").strip() or None, k.minta()),
        "alamat surel disimpan",
    )


def setel_token(k: Kunjungan) -> Response:
    """The person's own token of GitHub or Forgejo."""
    if ulang := tuntut_baru_masuk(k, "/saya"):
        return ulang
    return _setel(
        k,
        lambda: k.layanan.token.setel(k.id_orang, k.teks("token").strip() or None, k.minta()),
        "token disimpan",
    )


def keluar_semua(k: Kunjungan) -> Response:
    """Ends every other session of mine."""
    return _setel(
        k,
        lambda: k.layanan.sesi.keluar_semua(k.id_orang, k.minta(), k.ikatan),
        "sesi di peramban lain diakhiri",
    )


def daftar(k: Kunjungan) -> Response:
    """Everybody in identitas.yaml, with or without an account."""
    ada: dict[str, RingkasAkun] = {a.orang: a for a in k.layanan.akun.daftar()}
    r = k.meja.reports()
    orang = [
        (o, ", ".join(map(r.jabatan().nama, k.meja.jabatan(o.id))) or "tanpa jabatan", ada.get(o.id))
        for o in r.identitas().orang
    ]
    baru = enrolment.belum_resmi(r.identitas(), _semua_passkey(k))
    return k.halaman(
        "orang.html", "Orang", orang=orang, cara=cara_tanda(k),
        baru=[(r.identitas().nama(o), enrolment.sidik_publik(p)) for o, p in baru],
        akun_baru=[r.identitas().nama(o) for o in enrolment.tanpa_akun(r.identitas(), _berakun(k))],
    )  # fmt: skip


def undang(k: Kunjungan) -> Response:
    """A new invitation link, shown once."""
    if ulang := tuntut_baru_masuk(k, "/orang"):
        return ulang
    orang = k.meja.reports().identitas().cari(k.teks("orang"))
    if orang is None:
        raise PemakaianError("orang ini tidak ada dalam identitas.yaml", "usulkan lebih dahulu")
    token = k.layanan.akun.undang(orang.id, k.minta(), _MASA)
    return k.halaman(
        "tautan.html", "Tautan undangan", nama=orang.nama, tautan=f"{k.layanan.alamat}/undangan/{token}",
        hari=_MASA.days,
    )  # fmt: skip


def atur_akun(k: Kunjungan) -> Response:
    """Revokes an invitation, disables or enables an account."""
    if ulang := tuntut_baru_masuk(k, "/orang"):
        return ulang
    orang, kata = k.teks("orang"), k.teks("aksi")
    akun = k.layanan.akun
    semua: dict[str, tuple[Callable[[str, PermintaanAkun], object], str]] = {
        "cabut": (akun.cabut_undangan, "undangan dicabut"),
        "nonaktifkan": (akun.nonaktifkan, "akun dinonaktifkan"),
        "aktifkan": (akun.aktifkan, "akun diaktifkan"),
    }
    if kata not in semua:
        raise PemakaianError("tindakan ini tidak dikenal", "muat ulang halaman")
    perbuatan, terjadi = semua[kata]
    try:
        perbuatan(orang, k.minta())
    except KinerjaError as e:
        return k.gagal(e, "/orang")
    return k.selesai(Hasil(terjadi), "/orang")


def jejak(k: Kunjungan) -> Response:
    """The audit trail, newest first."""
    sebelum = int(k.tanya("sebelum")) if _angka(k.tanya("sebelum")) else None
    catatan = k.layanan.jejak.baca(_SEHALAMAN, sebelum)
    r = k.meja.reports()
    baris = [
        (c, c.saat.astimezone(r.zona()), r.identitas().nama(c.orang) if c.orang else "") for c in catatan
    ]
    return k.halaman(
        "jejak.html", "Jejak", catatan=baris,
        lanjut=catatan[-1].nomor if len(catatan) == _SEHALAMAN else None,
    )  # fmt: skip


# helpers


def _semua_passkey(k: Kunjungan) -> list[tuple[str, str]]:
    situs = k.layanan.passkey
    if situs is None:
        return []
    return [(a.orang, p.publik) for a in k.layanan.akun.daftar() for p in situs.milik(a.orang)]


def _yang_tampak(k: Kunjungan) -> list[tuple[str, str]]:
    """The passkeys whose fingerprints stood on the page; one that came since is for another time."""
    tampak = set(k.formulir.getlist("sidik"))
    return [(o, p) for o, p in _semua_passkey(k) if enrolment.sidik_publik(p) in tampak]


def _angka(teks: str) -> bool:
    return teks.isascii() and teks.isdigit()


def _berakun(k: Kunjungan) -> list[str]:
    """Who can sign in, where an observer can witness what they do."""
    if k.meja.instansi.pengamat() is None:
        return []
    return [a.orang for a in k.layanan.akun.daftar() if a.aktif and (a.bersandi or a.jumlah_passkey)]


def _setel(k: Kunjungan, perbuatan: Callable[[], object], terjadi: str, rincian: str = "") -> Response:
    try:
        perbuatan()
    except KinerjaError as e:
        return k.gagal(e, "/saya")
    return k.selesai(Hasil(terjadi, (rincian,) if rincian else ()), "/saya")


def _passkey(k: Kunjungan) -> bytes:
    for p in k.situs_passkey().milik(k.id_orang):
        if p.kode == k.teks("passkey"):
            return p.id
    raise PemakaianError("passkey ini tidak ada", "muat ulang halaman")
