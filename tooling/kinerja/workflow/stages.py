"""Where a period stands: every step and every bidang, who holds the pen, since when, how late.

Everything is derived from the event log, the disposisi and the calendar; nothing is stored.
Lateness of step 3 is counted from the first submission, never from the last.

Example:
    >>> [l.nomor for l in jalannya(masukan) if l.keadaan == "berjalan"]
    [3, 3, 4]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from kinerja.domain.kertas_kerja import Disposisi
from kinerja.domain.organisasi import Organisasi
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import Peristiwa
from kinerja.domain.tata_kelola import PERSETUJUAN, Kalender, Sop, Tindakan, WaktuBaku
from kinerja.workflow.calendar import batas_waktu, menit_kerja, tambah_menit

CABUT = frozenset({Tindakan.TIDAK, Tindakan.TARIK})
BELUM, BERJALAN, SELESAI, DIKEMBALIKAN = "belum", "berjalan", "selesai", "dikembalikan"


@dataclass(frozen=True, slots=True)
class LangkahJalan:
    """One step of one period, for one bidang where the step is per bidang.

    Attributes:
        keadaan: ``belum`` | ``berjalan`` | ``selesai`` | ``dikembalikan``.
        pemegang: office that holds the pen, or held it last.
        sejak, selesai: real times; ``tenggat``: when it should be done.
        menit_kerja: working minutes from ``sejak`` to ``selesai`` or to now.
        terlambat: done, or still running, after ``tenggat``.
        putaran: how many times the step was begun (1 without any *tidak*).
        menunggu_terima: step 8 is done, but no receipt has come yet.
    """

    nomor: int
    bidang: str | None
    keadaan: str
    pemegang: str
    baku: WaktuBaku
    sejak: datetime | None
    selesai: datetime | None
    tenggat: datetime | None
    menit_kerja: int | None
    terlambat: bool
    keterangan: str
    putaran: int = 1
    menunggu_terima: bool = False


@dataclass(frozen=True, slots=True)
class MasukanStatus:
    """What the stages are derived from."""

    periode: Periode
    organisasi: Organisasi
    sop: Sop
    kalender: Kalender
    zona: tzinfo
    disposisi: Disposisi | None
    peristiwa: tuple[Peristiwa, ...]
    tanpa: frozenset[str]
    saat: datetime


def tenggat_periode(
    sop: Sop, kalender: Kalender, zona: tzinfo, ditetapkan: datetime
) -> dict[int, datetime]:
    """Deadlines of steps 1–8 when each takes its standard time after the one before.

    A step that follows one counted in days begins when the next working day opens.
    """
    hasil: dict[int, datetime] = {}
    mulai = ditetapkan
    for langkah in sop.langkah:
        mulai = tambah_menit(kalender, zona, mulai, 0) if langkah.nomor > 1 else mulai
        akhir = ditetapkan if langkah.nomor == 1 else batas_waktu(kalender, zona, mulai, langkah.waktu)
        hasil[langkah.nomor] = akhir
        mulai = akhir
    return hasil


def jalannya(m: MasukanStatus) -> tuple[LangkahJalan, ...]:
    """Every step of the period in SOP order, per bidang where the step is per bidang."""
    hasil = [_langkah_1(m), *_langkah_2(m)]
    for bidang in m.organisasi.bidang:
        hasil += _langkah_bidang(m, bidang.id)
    hasil += _langkah_laporan(m)
    hasil.append(_langkah_kirim(m))
    return tuple(sorted(hasil, key=lambda x: (x.nomor, _urut_bidang(m, x.bidang))))


# helpers


def _urut_bidang(m: MasukanStatus, bidang: str | None) -> int:
    daftar = [b.id for b in m.organisasi.bidang]
    return daftar.index(bidang) if bidang in daftar else -1


def _milik(m: MasukanStatus, perubahan: str) -> list[Peristiwa]:
    return [p for p in m.peristiwa if p.perubahan == perubahan]


def _pertama(ps: Sequence[Peristiwa], *tindakan: Tindakan) -> Peristiwa | None:
    return next((p for p in ps if p.tindakan in tindakan), None)


def _terakhir(ps: Sequence[Peristiwa], *tindakan: Tindakan) -> Peristiwa | None:
    return next((p for p in reversed(ps) if p.tindakan in tindakan), None)


def _buat(
    m: MasukanStatus,
    nomor: int,
    bidang: str | None,
    pemegang: str,
    sejak: datetime | None,
    selesai: datetime | None,
    *,
    keadaan: str | None = None,
    keterangan: str = "",
    putaran: int = 1,
    diserahkan: datetime | None = None,
) -> LangkahJalan:
    """Builds one row; ``diserahkan`` is the first hand-over when lateness counts from it."""
    langkah = m.sop.langkah[nomor - 1]
    tenggat = None
    if m.disposisi is not None:
        tenggat = next(
            (t.paling_lambat for t in m.disposisi.tenggat if t.langkah == nomor), None
        )
    if sejak is not None and nomor > 3:  # noqa: PLR2004 - effort counts from when it is on the desk
        tenggat = batas_waktu(m.kalender, m.zona, sejak, langkah.waktu)
    akhir = selesai or m.saat
    menit = None if sejak is None else menit_kerja(m.kalender, m.zona, sejak, akhir)
    patokan = diserahkan or akhir
    return LangkahJalan(
        nomor=nomor,
        bidang=bidang,
        keadaan=keadaan or (SELESAI if selesai else BERJALAN if sejak else BELUM),
        pemegang=pemegang,
        baku=langkah.waktu,
        sejak=sejak,
        selesai=selesai,
        tenggat=tenggat,
        menit_kerja=menit,
        terlambat=sejak is not None and tenggat is not None and patokan > tenggat,
        keterangan=keterangan,
        putaran=putaran,
    )


def _langkah_1(m: MasukanStatus) -> LangkahJalan:
    p = _terakhir(_milik(m, f"disposisi/{m.periode.id}"), Tindakan.DISPOSISI)
    saat = p.waktu if p else None
    return _buat(m, 1, None, "sekretaris", saat, saat)


def _langkah_2(m: MasukanStatus) -> list[LangkahJalan]:
    buka = _terakhir(_milik(m, f"disposisi/{m.periode.id}"), Tindakan.DISPOSISI)
    hasil = []
    for b in m.organisasi.bidang:
        p = _pertama(_milik(m, f"kk/{m.periode.id}/{b.id}"), Tindakan.SIAPKAN)
        hasil.append(
            _buat(
                m, 2, b.id, "kasubag-program",
                buka.waktu if buka else None, p.waktu if p else None,
            )
        )
    return hasil


def _langkah_bidang(m: MasukanStatus, id_bidang: str) -> list[LangkahJalan]:
    """Steps 3 and 4 of one bidang."""
    bidang = m.organisasi.cari_bidang(id_bidang)
    if bidang is None:
        return []
    ps = _milik(m, f"kk/{m.periode.id}/{id_bidang}")
    siap = _pertama(ps, Tindakan.SIAPKAN)
    ajukan_pertama = _pertama(ps, Tindakan.AJUKAN)
    ajukan = _terakhir(ps, Tindakan.AJUKAN)
    tidak = _tidak_terbuka(ps)
    putaran = 1 + sum(p.tindakan is Tindakan.TIDAK for p in ps)
    kembali = tidak is not None and (ajukan is None or tidak.urut > ajukan.urut)
    isi = _buat(
        m, 3, id_bidang, bidang.pengisi,
        siap.waktu if siap else None,
        ajukan.waktu if ajukan and not kembali else None,
        keadaan=DIKEMBALIKAN if kembali else None,
        keterangan=f"dikembalikan: {tidak.alasan}" if kembali and tidak else "",
        putaran=putaran,
        diserahkan=ajukan_pertama.waktu if ajukan_pertama else None,
    )
    sah = _lembar_sah(ps)
    periksa = _buat(
        m, 4, id_bidang, bidang.pemeriksa,
        ajukan.waktu if ajukan and not kembali else None,
        sah.waktu if sah else None,
        keterangan=_oleh(sah),
        putaran=putaran,
    )
    return [isi, periksa]


def _langkah_laporan(m: MasukanStatus) -> list[LangkahJalan]:
    """Steps 5, 6 and 7."""
    ps = _milik(m, f"laporan/{m.periode.id}")
    semua = [
        _lembar_sah(_milik(m, f"kk/{m.periode.id}/{b.id}"))
        for b in m.organisasi.bidang
        if b.id not in m.tanpa
    ]
    lengkap = max((p.waktu for p in semua if p), default=None) if all(semua) else None
    susun = _terakhir(ps, Tindakan.SUSUN)
    tidak = _tidak_terbuka(ps)
    paraf = _sesudah(_disetujui(ps, Tindakan.PARAF), susun, tidak)
    teken = _laporan_sah(m)
    ke_kasubag = _kembali(tidak, "sekretaris", susun)
    ke_sekretaris = paraf is None and _kembali(tidak, "kepala-dinas", susun)
    susun_pertama = _pertama(ps, Tindakan.SUSUN)
    paraf_pertama = _pertama([p for p in ps if _sesudah(p, susun)], Tindakan.PARAF)
    putaran = sum(p.tindakan is Tindakan.SUSUN for p in ps) or 1
    mulai = (tidak.waktu if tidak and ke_kasubag else lengkap) if lengkap or susun else None
    alasan = f"dikembalikan: {tidak.alasan}" if tidak else ""
    return [
        _buat(
            m, 5, None, "kasubag-program", mulai,
            susun.waktu if susun and not ke_kasubag else None,
            keadaan=DIKEMBALIKAN if ke_kasubag else None,
            keterangan=alasan if ke_kasubag else "", putaran=putaran,
            diserahkan=susun_pertama.waktu if susun_pertama else None,
        ),
        _buat(
            m, 6, None, "sekretaris",
            susun.waktu if susun and not ke_kasubag else None,
            paraf.waktu if paraf else None,
            keadaan=DIKEMBALIKAN if ke_sekretaris else None,
            keterangan=alasan if ke_sekretaris else _oleh(paraf), putaran=putaran,
            diserahkan=paraf_pertama.waktu if paraf_pertama else None,
        ),
        _buat(
            m, 7, None, "kepala-dinas", paraf.waktu if paraf else None,
            teken.waktu if teken else None, keterangan=_oleh(teken), putaran=putaran,
        ),
    ]


def _langkah_kirim(m: MasukanStatus) -> LangkahJalan:
    ps = _milik(m, f"kirim/{m.periode.id}")
    teken = _laporan_sah(m)
    kirim = _sesudah(_terakhir(ps, Tindakan.KIRIM), teken) if teken else None
    terima = _sesudah(_terakhir(ps, Tindakan.TERIMA), kirim) if kirim else None
    keterangan = "" if kirim is None else "belum ada tanda terima"
    if terima is not None:
        keterangan = "tanda terima tercatat"
    langkah = _buat(
        m, 8, None, "kasubag-program",
        teken.waktu if teken else None,
        kirim.waktu if kirim else None, keterangan=keterangan,
    )
    return replace(langkah, menunggu_terima=kirim is not None and terima is None)


def _laporan_sah(m: MasukanStatus) -> Peristiwa | None:
    """The Kepala Dinas's signature on what was compiled last, with a paraf before it."""
    ps = _milik(m, f"laporan/{m.periode.id}")
    susun, tidak = _terakhir(ps, Tindakan.SUSUN), _tidak_terbuka(ps)
    paraf = _sesudah(_disetujui(ps, Tindakan.PARAF), susun, tidak)
    teken = _disetujui(ps, Tindakan.TANDA_TANGAN)
    return _sesudah(teken, paraf, tidak) if paraf else None


def _lembar_sah(ps: Sequence[Peristiwa]) -> Peristiwa | None:
    """The signature on what was submitted last."""
    teken = _disetujui(ps, Tindakan.TANDA_TANGAN)
    return _sesudah(teken, _terakhir(ps, Tindakan.AJUKAN), _tidak_terbuka(ps))


def _disetujui(ps: Sequence[Peristiwa], tindakan: Tindakan) -> Peristiwa | None:
    """The newest approval of this kind, unless its office took it back since."""
    p = _terakhir(ps, tindakan)
    if p is None or any(
        t.urut > p.urut and t.jabatan == p.jabatan and t.tindakan in CABUT for t in ps
    ):
        return None
    return p


def _tidak_terbuka(ps: Sequence[Peristiwa]) -> Peristiwa | None:
    """The newest *tidak* that its own office has not lifted by approving since."""
    for i in range(len(ps) - 1, -1, -1):
        if ps[i].tindakan is Tindakan.TIDAK and not any(
            p.jabatan == ps[i].jabatan and p.tindakan in PERSETUJUAN for p in ps[i + 1 :]
        ):
            return ps[i]
    return None


def _sesudah(p: Peristiwa | None, *batas: Peristiwa | None) -> Peristiwa | None:
    """The event when it stands after each given one in the log; None otherwise."""
    return p if p is not None and all(b is None or p.urut > b.urut for b in batas) else None


def _kembali(tidak: Peristiwa | None, jabatan: str, susun: Peristiwa | None) -> bool:
    """True while the newest *tidak* is that office's and nothing was compiled since."""
    if tidak is None or tidak.jabatan != jabatan:
        return False
    return susun is None or tidak.urut > susun.urut


def _oleh(p: Peristiwa | None) -> str:
    if p is None:
        return ""
    return f"{p.sebutan.awalan}oleh {p.orang}" if p.sebutan.awalan else f"oleh {p.orang}"
