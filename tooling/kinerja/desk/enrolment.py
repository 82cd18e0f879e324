"""A new passkey becomes a person's own key: proposed in identitas.yaml, approved by those who own it.

Until then it opens the desk and signs nothing. Whoever looks after the system proposes; who
approves is the policy's to say. The fingerprint is shown on both sides, to be compared by eye.

Example:
    >>> usulkan_kunci(sesi, [("p-citra", "sk-ecdsa-sha2-nistp256@openssh.com AAAA…")])
    Hasil(terjadi='usulan usul/kunci-20241003-1030 diajukan', …)
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence

from kinerja.adapters.yaml_splice import sisip
from kinerja.domain.errors import PemakaianError
from kinerja.domain.organisasi import DaftarIdentitas
from kinerja.proposing import usulkan
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


def usulkan_kunci(sesi: Sesi, daftar: Sequence[tuple[str, str]]) -> Hasil:
    """Proposes the keys of some persons, in one proposal.

    Raises:
        PemakaianError: there is none to propose.
        DitolakError: this person may not propose them.
    """
    baru = belum_resmi(sesi.reports.identitas(), daftar)
    if not baru:
        raise PemakaianError("tidak ada kunci baru yang perlu diusulkan", "muat ulang halaman")
    orang = sesi.reports.identitas().orang
    hari = sesi.waktu.astimezone(sesi.zona).date().isoformat()
    nilai: dict[str, object] = {}
    for id_orang, publik in baru:
        n = next(n for n, o in enumerate(orang) if o.id == id_orang)
        ada = nilai.get(f"/orang/{n}/kunci") or [
            {
                "publik": k.publik,
                "mulai": k.mulai.isoformat(),
                "selesai": k.selesai.isoformat() if k.selesai else None,
            }
            for k in orang[n].kunci
        ]
        if not isinstance(ada, list):
            raise TypeError("daftar kunci bukan daftar")
        nilai[f"/orang/{n}/kunci"] = [*ada, {"publik": publik, "mulai": hari, "selesai": None}]
    lama = sesi.reports.pohon.baca(_BERKAS) or b""
    nama = ", ".join(dict.fromkeys(sesi.reports.identitas().nama(o) for o, _ in baru))
    sidik = "; ".join(f"{o} {sidik_publik(p)}" for o, p in baru)
    return usulkan(
        sesi, f"kunci-{sesi.waktu:%Y%m%d-%H%M%S}", {_BERKAS: sisip(lama, nilai)},
        f"Daftarkan passkey {nama} ({sidik})",
    )  # fmt: skip
