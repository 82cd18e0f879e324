"""``kinerja status``: where a period stands, derived from Git, the event log and the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any

from kinerja.adapters.forges.connection import penyunting
from kinerja.adapters.local_forge import ForgeLokal
from kinerja.adapters.reports import jalur_kertas_kerja
from kinerja.domain.errors import PemakaianError
from kinerja.domain.organisasi import pemangku_sah
from kinerja.domain.periode import Periode
from kinerja.publishing.reminders import Ingatan, Sebutan, ingatkan
from kinerja.workflow.permissions import izin_tanpa
from kinerja.workflow.stages import LangkahJalan, MasukanStatus, jalannya

LANGKAH_ISI = 3
_DIISI = ("berjalan", "dikembalikan")
_LANGKAH_BIDANG, _LANGKAH_LAPORAN = (3, 4), (5, 6, 7)


def status_periode(
    forge: ForgeLokal, periode: Periode, saat: datetime
) -> tuple[tuple[LangkahJalan, ...], tzinfo]:
    """Every step of a period at a moment, and the agency's zone."""
    r = forge.reports()
    zona = r.zona()
    peristiwa = tuple(p for p in forge.peristiwa() if p.periode == periode.id)
    konteks = r.konteks()
    tanpa = frozenset(
        b.id
        for b in r.organisasi().bidang
        if r.kertas_kerja(periode, b.id) is None and izin_tanpa(konteks, peristiwa, periode.id, b.id)
    )
    masukan = MasukanStatus(
        periode, r.organisasi(), r.sop(), r.kalender(), zona, r.disposisi(periode),
        peristiwa, tanpa, saat,
    )  # fmt: skip
    return jalannya(masukan), zona


def periode_terbuka(forge: ForgeLokal) -> tuple[Periode, ...]:
    """Periods that were opened, in order of time."""
    return forge.reports().periode()


def periode_terakhir(forge: ForgeLokal) -> Periode:
    """The newest opened period."""
    semua = periode_terbuka(forge)
    if not semua:
        raise PemakaianError(
            "belum ada periode yang dibuka", "Sekretaris menjalankan: kinerja disposisi PERIODE"
        )
    return semua[-1]


def pengingat(forge: ForgeLokal, periode: Sequence[Periode], saat: datetime) -> tuple[Ingatan, ...]:
    """Every step of these periods that waits for somebody, the most urgent first in each."""
    kalender = forge.reports().kalender()
    hasil: list[Ingatan] = []
    for p in periode:
        langkah, zona = status_periode(forge, p, saat)
        hasil += ingatkan(p, langkah, kalender, zona, saat)
    return tuple(hasil)


def pengingat_usulan(forge: ForgeLokal, perubahan: str, saat: datetime) -> tuple[Ingatan, ...]:
    """The steps that one pull request waits for."""
    jenis, _, sisa = perubahan.partition("/")
    id_periode, _, id_bidang = sisa.partition("/")
    periode = [p for p in periode_terbuka(forge) if p.id == id_periode]
    langkah = {"kk": _LANGKAH_BIDANG, "laporan": _LANGKAH_LAPORAN}.get(jenis, ())
    return tuple(
        i
        for i in pengingat(forge, periode, saat)
        if i.langkah.nomor in langkah and (i.langkah.bidang or "") == id_bidang
    )


def sebutan(forge: ForgeLokal, saat: datetime) -> Sebutan:
    """How reminders call steps, bidang and holders."""
    r = forge.reports()
    bidang = {b.id: b.nama for b in r.organisasi().bidang}
    return Sebutan(
        lambda n: r.sop().langkah[n - 1].perintah,
        lambda b: bidang.get(b, b),
        lambda j: nama_pemegang(forge, j, saat),
    )


def status_json(
    forge: ForgeLokal, periode: Periode, langkah: tuple[LangkahJalan, ...], saat: datetime
) -> dict[str, Any]:
    """The status as a documented, versioned contract (``skema: status/v1``).

    Minutes are working minutes of the agency's calendar; times carry the agency's offset.
    """
    r = forge.reports()
    zona = r.zona()
    sunting = alamat_sunting(forge, periode, langkah)

    def waktu(w: datetime | None) -> str | None:
        return w.astimezone(zona).isoformat() if w else None

    return {
        "skema": "status/v1",
        "periode": periode.id,
        "status": r.organisasi().status.value,
        "saat": waktu(saat),
        "langkah": [
            {
                "nomor": x.nomor,
                "perintah": r.sop().langkah[x.nomor - 1].perintah,
                "bidang": x.bidang,
                "keadaan": x.keadaan,
                "pemegang": x.pemegang,
                "orang": _orang(forge, x.pemegang, saat),
                "sejak": waktu(x.sejak),
                "selesai": waktu(x.selesai),
                "tenggat": waktu(x.tenggat),
                "waktu_baku": {"jumlah": x.baku.jumlah, "satuan": x.baku.satuan.value},
                "menit_kerja": x.menit_kerja,
                "terlambat": x.terlambat,
                "putaran": x.putaran,
                "keterangan": x.keterangan,
                "sunting": sunting.get(x.bidang or "") if x.nomor == LANGKAH_ISI else None,
            }
            for x in langkah
        ],
    }


def alamat_sunting(
    forge: ForgeLokal, periode: Periode, langkah: tuple[LangkahJalan, ...]
) -> dict[str, str]:
    """Bidang → the forge's page that edits its worksheet, while it is being filled."""
    alamat = penyunting(forge.repo)
    if alamat is None:
        return {}
    diisi = [x.bidang for x in langkah if x.nomor == LANGKAH_ISI and x.bidang and x.keadaan in _DIISI]
    semua = {b: alamat(f"kk/{periode.id}/{b}", jalur_kertas_kerja(periode, b)) for b in diisi}
    return {b: a for b, a in semua.items() if a}


def nama_pemegang(forge: ForgeLokal, jabatan: str, saat: datetime) -> str:
    """``Eka Contohono, Plh. Kepala Bidang …``, or the office alone while it is vacant."""
    r = forge.reports()
    p = pemangku_sah(r.jabatan(), jabatan, saat.astimezone(r.zona()).date())
    if p is None:
        return f"{r.jabatan().nama(jabatan)} (kosong)"
    return f"{r.identitas().nama(p.orang)}, {p.sebutan.awalan}{r.jabatan().nama(jabatan)}"


def _orang(forge: ForgeLokal, jabatan: str, saat: datetime) -> str | None:
    r = forge.reports()
    p = pemangku_sah(r.jabatan(), jabatan, saat.astimezone(r.zona()).date())
    return p.orang if p else None
