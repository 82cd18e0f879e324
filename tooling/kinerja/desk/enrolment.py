"""A new passkey becomes a person's own key: proposed in identitas.yaml, approved by those who own it.

Until then it opens the desk and signs nothing. An account at the desk is proposed likewise: who
has no key may then act under a password, witnessed by the observer, where the policy is content
with that. Whoever looks after the system proposes; who
approves is the policy's to say. The fingerprint is shown on both sides, to be compared by eye.

Example:
    >>> usulkan(sesi, [("p-citra", "sk-ecdsa-sha2-nistp256@openssh.com AAAA…")], [])
    Hasil(terjadi='usulan usul/identitas-20241003-103000 diajukan', …)
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from datetime import date

from kinerja.adapters.yaml_splice import sisip
from kinerja.domain.errors import PemakaianError
from kinerja.domain.organisasi import DaftarIdentitas, Orang
from kinerja.domain.peristiwa import MEJA
from kinerja.proposing import usulkan as usulkan_berkas
from kinerja.session import Hasil, Sesi

_BERKAS = "reports/identitas.yaml"


def sidik_publik(publik: str) -> str:
    """``SHA256:…`` of a public key, as ssh-keygen prints it."""
    mentah = base64.b64decode(publik.split()[1])
    return "SHA256:" + base64.b64encode(hashlib.sha256(mentah).digest()).decode().rstrip("=")


def belum_resmi(
    identitas: DaftarIdentitas, passkey: Iterable[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """Of (person, public key), those that identitas.yaml does not have, whether in force or ended."""
    ada = {tuple(k.publik.split()[:2]) for o in identitas.orang for k in o.kunci}
    dikenal = {o.id for o in identitas.orang}
    return tuple((o, p) for o, p in passkey if o in dikenal and tuple(p.split()[:2]) not in ada)


def usulkan(sesi: Sesi, kunci: Sequence[tuple[str, str]], akun: Sequence[str]) -> Hasil:
    """Proposes new keys, and accounts at the desk by which an act may be witnessed, in one proposal.

    Args:
        kunci: person and public key. akun: persons.

    Raises:
        PemakaianError: there is nothing to propose.
        DitolakError: this person may not propose it.
    """
    identitas = sesi.reports.identitas()
    kunci_baru, akun_baru = belum_resmi(identitas, kunci), tanpa_akun(identitas, akun)
    if not kunci_baru and not akun_baru:
        raise PemakaianError("tidak ada kunci atau akun baru yang perlu diusulkan", "muat ulang halaman")
    hari = sesi.waktu.astimezone(sesi.zona).date().isoformat()
    letak = {o.id: n for n, o in enumerate(identitas.orang)}
    nilai: dict[str, object] = {}
    for o in dict.fromkeys(o for o, _ in kunci_baru):
        baru = [{"publik": p, "mulai": hari, "selesai": None} for x, p in kunci_baru if x == o]
        nilai[f"/orang/{letak[o]}/kunci"] = [*_kunci(identitas.orang[letak[o]]), *baru]
    nomor = max((a.nomor for o in identitas.orang for a in o.akun if a.forge == MEJA), default=0)
    for n, o in enumerate(akun_baru, nomor + 1):
        satu: dict[str, object] = {"forge": MEJA, "nomor": n, "mulai": hari, "selesai": None}
        nilai[f"/orang/{letak[o]}/akun"] = [*_akun(identitas.orang[letak[o]]), satu]
    lama = sesi.reports.pohon.baca(_BERKAS) or b""
    perihal = [f"passkey {o} {sidik_publik(p)}" for o, p in kunci_baru]
    perihal += [f"akun Meja Kerja {o}" for o in akun_baru]
    return usulkan_berkas(
        sesi, f"identitas-{sesi.waktu:%Y%m%d-%H%M%S}", {_BERKAS: sisip(lama, nilai)},
        f"Daftarkan {'; '.join(perihal)}",
    )  # fmt: skip


def tanpa_akun(identitas: DaftarIdentitas, orang: Iterable[str]) -> tuple[str, ...]:
    """Of some persons, those whose account at the desk identitas.yaml does not have."""
    punya = {o.id for o in identitas.orang if any(a.forge == MEJA for a in o.akun)}
    dikenal = {o.id for o in identitas.orang}
    return tuple(o for o in orang if o in dikenal - punya)


# helpers


def _kunci(o: Orang) -> list[dict[str, object]]:
    return [
        {"publik": k.publik, "mulai": k.mulai.isoformat(), "selesai": _tanggal(k.selesai)} for k in o.kunci
    ]


def _akun(o: Orang) -> list[dict[str, object]]:
    return [
        {"forge": a.forge, "nomor": a.nomor, "mulai": a.mulai.isoformat(), "selesai": _tanggal(a.selesai)}
        for a in o.akun
    ]


def _tanggal(hari: date | None) -> str | None:
    return hari.isoformat() if hari else None
