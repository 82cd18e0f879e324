"""What GitHub and Forgejo write alike: times, accounts, commands in comments, our own comment.

Answers are read leniently: a field that is missing or of another kind becomes None, never a
guess. It decides nothing about approvals.

Example:
    >>> perintah("/ajukan")
    (<Kata.AJUKAN: 'ajukan'>, '')
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from kinerja.domain.peristiwa import JenisBukti, kanonik
from kinerja.workflow.forge_settings import CEK_WAJIB
from kinerja.workflow.ports import Kata, Pendapat

PENANDA = "<!-- kinerja: persetujuan -->"
"""First line of our one comment on a pull request."""
AKUN_ALUR_FORGEJO = -2
"""The account by which Forgejo's own workflows act."""
NAMA_CEK = CEK_WAJIB
"""Name of the required check."""
NAMA_SAUH = "kinerja/log"
"""Name of the status that says how far the log had come; a status can be added, never taken away."""
_PERINTAH = re.compile(r"\s*/(ajukan|tarik)\b[ \t:.]*(.*)", re.IGNORECASE | re.DOTALL)
_SATU_KATA = re.compile(r"\s*ajukan\W*", re.IGNORECASE)


def perintah(teks: str) -> tuple[Kata, str] | None:
    """The command that a comment is, with its reason; None for a plain comment, which is no opinion."""
    cocok = _PERINTAH.fullmatch(teks)
    if cocok is not None:
        return Kata(cocok[1].casefold()), cocok[2].strip()
    return (Kata.AJUKAN, "") if _SATU_KATA.fullmatch(teks) else None


def dari_komentar(komentar: dict[str, Any]) -> Pendapat | None:
    """The command in an issue comment."""
    ada = perintah(teks(komentar.get("body")))
    waktu = baca_waktu(komentar.get("created_at"))
    if ada is None or waktu is None:
        return None
    disunting = baca_waktu(komentar.get("updated_at")) not in (None, waktu)
    kata = Kata.USANG if disunting else ada[0]  # whoever may write may edit what others wrote
    return Pendapat(
        str(komentar.get("id")), JenisBukti.KOMENTAR, kata, nomor_akun(komentar.get("user")), None, waktu,
        ada[1], sidik(komentar),
    )  # fmt: skip


def nomor_akun(akun: object) -> int | None:
    """The numeric id of an account object; None for nobody and for a ghost (id below 1)."""
    nomor = akun.get("id") if isinstance(akun, dict) else None
    return nomor if isinstance(nomor, int) and not isinstance(nomor, bool) and nomor > 0 else None


def baca_waktu(nilai: object) -> datetime | None:
    """A time with its offset; None when there is none."""
    if not isinstance(nilai, str):
        return None
    try:
        waktu = datetime.fromisoformat(nilai)
    except ValueError:
        return None
    return waktu if waktu.tzinfo else waktu.replace(tzinfo=UTC)


def baca_commit(nilai: object) -> str | None:
    """A whole commit id; None for anything shorter, which names nothing for certain."""
    return nilai if isinstance(nilai, str) and re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", nilai) else None


def teks(nilai: object) -> str:
    """Text that can be stored; "" for anything else."""
    return nilai.encode("utf-8", "replace").decode() if isinstance(nilai, str) else ""


def sidik(rekaman: dict[str, Any]) -> str:
    """SHA-256 of a record as canonical JSON."""
    return sha256(kanonik(rekaman)).hexdigest()


def urutkan(pendapat: Iterable[Pendapat]) -> tuple[Pendapat, ...]:
    """In the forge's own order of time; what came together stays as the forge listed it."""
    return tuple(sorted(pendapat, key=lambda p: p.waktu))


def milik_kami(komentar: dict[str, Any], sendiri: int | None) -> bool:
    """True for our own comment: it begins with our mark, and no other person wrote it."""
    return teks(komentar.get("body")).startswith(PENANDA) and oleh_kami(komentar, sendiri)


def oleh_kami(rekaman: dict[str, Any], sendiri: int | None) -> bool:
    """True when the token's own account wrote it; without one, when an app or a workflow did."""
    akun = rekaman.get("user")
    if sendiri is not None:
        return nomor_akun(akun) == sendiri
    return _bot(akun)


def sauh_kami(status: Iterable[dict[str, Any]], sendiri: int | None) -> tuple[str, ...]:
    """The anchors among a commit's statuses that we wrote ourselves.

    None where our own account is not known: anybody's workflow could then stop every merge for good.
    """
    if sendiri is None:
        return ()
    milik = (s for s in status if s.get("context") == NAMA_SAUH and nomor_akun(s.get("creator")) == sendiri)
    return tuple(teks(s.get("description")) for s in milik)


def _bot(akun: object) -> bool:
    return isinstance(akun, dict) and akun.get("type") == "Bot"
