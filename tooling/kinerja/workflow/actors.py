"""Whether the person of an event may speak for its office on its day, with that key.

It decides from offices and identities alone; which step an act fills is in ``approvals``.
"""

from __future__ import annotations

import base64
import binascii
from datetime import date
from functools import lru_cache
from hashlib import sha256

from kinerja.domain.organisasi import DaftarIdentitas, pemangku_sah
from kinerja.domain.peristiwa import Peristiwa
from kinerja.domain.tata_kelola import Jaminan
from kinerja.workflow.offices import tanpa_dasar
from kinerja.workflow.verdict import Konteks


def cacat_pelaku(k: Konteks, p: Peristiwa) -> tuple[str, str] | None:
    """Code and reason why the person may not speak for the office that day; None when lawful."""
    hari = p.waktu.astimezone(k.zona).date()
    sah = pemangku_sah(k.jabatan, p.jabatan, hari)
    if sah is None or sah.orang != p.orang:
        if tanpa_dasar(k.jabatan, p.jabatan, p.orang, hari):
            return (
                f"penunjukan-tidak-sah:{p.orang}",
                f"{k.identitas.nama(p.orang)} tercatat sebagai pejabat sementara tanpa nomor "
                "surat; lengkapi dasarnya di jabatan.yaml, lalu mintakan lagi",
            )
        return (
            f"bukan-pemangku:{p.orang}",
            f"{k.identitas.nama(p.orang)} bukan pemangku sah "
            f"{k.jabatan.nama(p.jabatan)} pada {hari.isoformat()}",
        )
    orang = k.identitas.cari(p.orang)
    if orang is None:
        return (f"identitas-tak-dikenal:{p.orang}", f"{p.orang} tidak ada di identitas.yaml")
    if p.kunci is not None and p.kunci not in kunci_pelaku(k.identitas, p, hari):
        milik = "pengamat" if p.jaminan is Jaminan.TERAMATI else orang.nama
        return (
            f"kunci-tak-dikenal:{p.orang}",
            f"kunci {p.kunci} tidak terdaftar atas nama {milik} pada {hari.isoformat()}",
        )
    if p.bukti is not None and k.identitas.pemilik_akun(p.bukti.forge, p.bukti.akun, hari) is not orang:
        return (
            f"akun-tak-dikenal:{p.orang}",
            f"akun {p.bukti.forge} nomor {p.bukti.akun} tidak terdaftar atas nama {orang.nama} "
            f"pada {hari.isoformat()}",
        )
    return None


def kunci_pelaku(identitas: DaftarIdentitas, p: Peristiwa, hari: date) -> dict[str, str]:
    """Fingerprint → public key, of the keys by which this act may be signed on that day.

    An act that the person signed: the person's own. An act that was only seen: an observer's.
    """
    if p.jaminan is Jaminan.TERAMATI:
        kunci = [x for pengamat in identitas.pengamat for x in pengamat.kunci]
    else:
        orang = identitas.cari(p.orang)
        kunci = list(orang.kunci) if orang else []
    return {sidik_kunci(x.publik): x.publik for x in kunci if x.berlaku(hari)}


@lru_cache(maxsize=4096)
def sidik_kunci(publik: str) -> str:
    """OpenSSH fingerprint ``SHA256:…`` of a public key line; "" when it is not one."""
    bagian = publik.split()
    if len(bagian) < 2:  # noqa: PLR2004 - type and base64
        return ""
    try:
        mentah = base64.b64decode(bagian[1], validate=True)
    except (binascii.Error, ValueError):
        return ""
    return "SHA256:" + base64.b64encode(sha256(mentah).digest()).decode().rstrip("=")
