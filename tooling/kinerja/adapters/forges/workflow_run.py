"""The workflow run that we are inside of, as its environment and its event file tell it.

GitHub's names serve on Forgejo and Gitea as well. Someone who starts a workflow by its form does
an act that the forge knows: the run's number, the account's number and what was typed are its
evidence. Whether that account may act is not decided here, and the environment proves nothing by
itself: what makes the act count is the observer's key, which only runs of main can reach.

Example:
    >>> forge_alur({"GITHUB_ACTIONS": "true", "FORGEJO_ACTIONS": "true"})
    'forgejo'
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from kinerja.adapters.forges.connection import FORGEJO, GITHUB, Sambungan
from kinerja.adapters.forges.records import nomor_akun, sidik
from kinerja.adapters.refs import UTAMA
from kinerja.domain.errors import DitolakError, PemakaianError
from kinerja.domain.peristiwa import Bukti, JenisBukti

_FORMULIR = "workflow_dispatch"


def forge_alur(lingkungan: Mapping[str, str]) -> str | None:
    """``github`` or ``forgejo`` inside one of its workflows; None elsewhere."""
    if "true" in (lingkungan.get("FORGEJO_ACTIONS"), lingkungan.get("GITEA_ACTIONS")):
        return FORGEJO  # a Forgejo runner says GITHUB_ACTIONS too
    return GITHUB if lingkungan.get("GITHUB_ACTIONS") == "true" else None


def bukti_formulir(lingkungan: Mapping[str, str], s: Sambungan, saat: datetime) -> Bukti:
    """The evidence that a person started this very run by its form, on the default branch.

    Raises:
        PemakaianError: this is no such run.
        DitolakError: the run was started again by somebody, maybe another person.
    """
    cacat = _cacat(lingkungan, s)
    if cacat:
        raise PemakaianError(
            f"--teramati hanya di dalam alur kerja yang dijalankan seseorang dari formulirnya: {cacat}",
            "pakai --sebagai dengan kunci sendiri",
        )
    if (lingkungan.get("GITHUB_RUN_ATTEMPT") or "1") != "1":
        raise DitolakError(
            "alur kerja yang diulang bukan tindakan baru dari orang yang pertama menjalankannya",
            "jalankan dari formulirnya sekali lagi",
        )
    acara = _acara(lingkungan.get("GITHUB_EVENT_PATH", ""))
    akun = nomor_akun(acara.get("sender"))
    if akun is None or (lingkungan.get("GITHUB_ACTOR_ID") or str(akun)) != str(akun):
        raise DitolakError("forge tidak menyebut akun yang menjalankan alur kerja ini", "jalankan lagi")
    return Bukti(
        s.forge, JenisBukti.JALANKAN, lingkungan["GITHUB_RUN_ID"], akun, saat.replace(microsecond=0),
        sidik(acara),
    )  # fmt: skip


# helpers


def _cacat(lingkungan: Mapping[str, str], s: Sambungan) -> str:
    if forge_alur(lingkungan) != s.forge:
        return f"ini bukan alur kerja {s.forge}"
    if lingkungan.get("GITHUB_EVENT_NAME") != _FORMULIR:
        return f"pemicunya `{lingkungan.get('GITHUB_EVENT_NAME', '')}`"
    if lingkungan.get("GITHUB_REF") != UTAMA:
        return f"cabangnya `{lingkungan.get('GITHUB_REF', '')}`, bukan main"
    halaman = lingkungan.get("GITHUB_SERVER_URL", "").rstrip("/")
    alamat = f"{halaman}/{lingkungan.get('GITHUB_REPOSITORY', '')}"
    if alamat.casefold() != s.alamat.casefold():
        return f"repositorinya `{alamat}`, bukan {s.alamat}"
    return "" if lingkungan.get("GITHUB_RUN_ID", "").isdigit() else "nomornya tidak disebut"


def _acara(berkas: str) -> dict[str, Any]:
    try:
        isi = json.loads(Path(berkas).read_bytes())
    except (OSError, ValueError) as e:
        raise PemakaianError(f"berkas acara alur kerja tidak terbaca: {e}") from e
    return isi if isinstance(isi, dict) else {}
