"""Whether the person of an event may speak for its office on its day, with that key.

It decides from offices and identities alone; which step an act fills is in ``approvals``.
"""

from __future__ import annotations

import base64
import binascii
from hashlib import sha256

from kinerja.domain.organisasi import pemangku_sah
from kinerja.domain.peristiwa import Peristiwa
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
    if p.kunci is not None and not any(
        kunci.berlaku(hari) and sidik_kunci(kunci.publik) == p.kunci for kunci in orang.kunci
    ):
        return (
            f"kunci-tak-dikenal:{p.orang}",
            f"kunci {p.kunci} tidak terdaftar atas nama {orang.nama} pada {hari.isoformat()}",
        )
    return None


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
