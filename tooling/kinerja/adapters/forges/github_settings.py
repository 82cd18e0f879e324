"""GitHub's settings of one repository (port ``PengaturForge``): ruleset, labels, Actions, Pages.

Main is protected by one ruleset of our own name; others, the organisation's too, stay and count
beside it, and what an agency added to ours is kept. It decides nothing about what is wanted.

Example:
    >>> PengaturGitHub(klien, "dinsos/kinerja").baca()["main.lewat"]
    ()
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from kinerja.adapters.forges.http import Klien, TakAdaError, TakBolehError
from kinerja.workflow.forge_settings import (
    CEK_WAJIB,
    LABEL,
    LINGKUNGAN,
    SUMBER_CEK,
    Nilai,
    TakTerbaca,
)

NAMA_ATURAN = "kinerja: main"
"""Name of the ruleset that we make and keep."""
_SERATUS = {"per_page": "100"}
_GABUNG = {
    "gabung.merge": "allow_merge_commit",
    "gabung.squash": "allow_squash_merge",
    "gabung.rebase": "allow_rebase_merge",
    "gabung.otomatis": "allow_auto_merge",
    "gabung.issue": "has_issues",
}
_USULAN = {
    "main.persetujuan": "required_approving_review_count",
    "main.pemilik": "require_code_owner_review",
    "main.pendorong": "require_last_push_approval",
    "main.gugur": "dismiss_stale_reviews_on_push",
}
_KETAT = "strict_required_status_checks_policy"
_MAIN = (
    "main.aktif", "main.cabang", "main.usulan", "main.cek-wajib", "main.cek-ketat", "main.cara-gabung",
    *_USULAN, "main.hapus", "main.paksa", "main.lewat", SUMBER_CEK,
)  # fmt: skip
_TULISAN = frozenset({"pull_request", "required_status_checks", "deletion", "non_fast_forward"})


class PengaturGitHub:
    """Reads and makes the settings, by an administrator's token.

    Args:
        repo: ``owner/name``.
    """

    def __init__(self, klien: Klien, repo: str) -> None:
        self._k = klien
        self._r = f"/repos/{quote(repo)}"

    def baca(self) -> dict[str, Nilai | TakTerbaca]:
        """Every setting as it is now."""
        repo = self._k.minta("GET", self._r).data
        hasil: dict[str, Nilai | TakTerbaca] = {k: repo.get(n) for k, n in _GABUNG.items()}
        admin = (repo.get("permissions") or {}).get("admin")
        if admin is False:  # hidden, or shown as the default, to others
            hasil = dict.fromkeys(_GABUNG, TakTerbaca("token ini bukan milik admin repositori"))
        privat = bool(repo.get("private")) and admin is not False
        for kunci, baca in (
            (_MAIN, self._main),
            (("label.ada",), self._label),
            (("actions.hak", "actions.setujui"), self._actions),
            (("lingkungan.cabang",), self._lingkungan),
            (("pages.cara",), self._pages),
        ):
            hasil |= self._bagian(kunci, baca, privat)
        return hasil

    def terapkan(self, kelompok: str, nilai: Mapping[str, Nilai]) -> None:
        """Makes one group as wanted."""
        match kelompok:
            case "gabung":
                self._k.minta("PATCH", self._r, badan={_GABUNG[k]: v for k, v in nilai.items()})
            case "main":
                self._tulis_main(nilai)
            case "label":
                self._tulis_label()
            case "actions":
                badan = {
                    "default_workflow_permissions": nilai["actions.hak"],
                    "can_approve_pull_request_reviews": nilai["actions.setujui"],
                }
                self._k.minta("PUT", f"{self._r}/actions/permissions/workflow", badan=badan)
            case "lingkungan":
                self._tulis_lingkungan(nilai["lingkungan.cabang"])
            case "pages":
                ada = self._halaman() is not None
                self._k.minta("PUT" if ada else "POST", f"{self._r}/pages", badan={"build_type": "workflow"})

    # reading

    def _bagian(
        self, kunci: tuple[str, ...], baca: Callable[[], Mapping[str, Nilai]], privat: bool
    ) -> Mapping[str, Nilai | TakTerbaca]:
        try:
            return baca()
        except TakBolehError as e:
            # GitHub's free plan has neither rulesets nor environments for a private repository
            return dict.fromkeys(kunci, TakTerbaca(e.pesan, paket=privat))
        except TakAdaError as e:
            return dict.fromkeys(kunci, TakTerbaca(e.pesan))

    def _aturan(self) -> dict[str, Any] | None:
        """Our own ruleset; GitHub lists it without its rules."""
        query = {"includes_parents": "false", **_SERATUS}
        semua = self._k.semua(f"{self._r}/rulesets", query)
        nomor = next((r["id"] for r in semua if r.get("name") == NAMA_ATURAN), None)
        if nomor is None:
            return None
        data = self._k.minta("GET", f"{self._r}/rulesets/{nomor}").data
        return data if isinstance(data, dict) else None

    def _main(self) -> dict[str, Nilai]:
        aturan = self._aturan()
        if aturan is None:
            return {}
        isi = {r.get("type"): r.get("parameters") or {} for r in aturan.get("rules", ())}
        usulan, cek = isi.get("pull_request", {}), isi.get("required_status_checks", {})
        wajib = cek.get("required_status_checks", ())
        cabang = (aturan.get("conditions") or {}).get("ref_name") or {}
        hasil: dict[str, Nilai] = {
            "main.aktif": aturan.get("enforcement"),
            "main.cabang": () if cabang.get("exclude") else tuple(cabang.get("include", ())),
            "main.usulan": "pull_request" in isi,
            "main.cek-wajib": tuple(str(c.get("context")) for c in wajib),
            "main.cek-ketat": cek.get(_KETAT),
            SUMBER_CEK: next((c.get("integration_id") for c in wajib if c.get("context") == CEK_WAJIB), None),
            "main.cara-gabung": tuple(usulan.get("allowed_merge_methods", ())),
            "main.hapus": "deletion" in isi,
            "main.paksa": "non_fast_forward" in isi,
        }
        if isinstance(pelompat := aturan.get("bypass_actors"), list):  # shown to administrators alone
            hasil["main.lewat"] = tuple(map(_pelompat, pelompat))
        return hasil | {k: usulan.get(n) for k, n in _USULAN.items()}

    def _label(self) -> dict[str, Nilai]:
        ada = {str(x.get("name")).casefold() for x in self._k.semua(f"{self._r}/labels", _SERATUS)}
        return {"label.ada": tuple(n for n in LABEL if n in ada)}

    def _actions(self) -> dict[str, Nilai]:
        data = self._k.minta("GET", f"{self._r}/actions/permissions/workflow").data
        return {
            "actions.hak": data.get("default_workflow_permissions"),
            "actions.setujui": data.get("can_approve_pull_request_reviews"),
        }

    def _lingkungan(self) -> dict[str, Nilai]:
        try:
            data = self._k.minta("GET", f"{self._r}/environments/{LINGKUNGAN}").data
        except TakAdaError:
            return {}
        if not (data.get("deployment_branch_policy") or {}).get("custom_branch_policies"):
            return {"lingkungan.cabang": ("semua cabang",)}
        return {"lingkungan.cabang": tuple(sorted(self._cabang_lingkungan()))}

    def _cabang_lingkungan(self) -> list[str]:
        jalur = f"{self._r}/environments/{LINGKUNGAN}/deployment-branch-policies"
        return [str(c.get("name")) for c in self._k.semua(jalur, _SERATUS, kunci="branch_policies")]

    def _halaman(self) -> dict[str, Any] | None:
        try:
            data = self._k.minta("GET", f"{self._r}/pages").data
        except TakAdaError:
            return None
        return data if isinstance(data, dict) else None

    def _pages(self) -> dict[str, Nilai]:
        ada = self._halaman()
        return {} if ada is None else {"pages.cara": ada.get("build_type") or "legacy"}

    # making

    def _tulis_main(self, nilai: Mapping[str, Nilai]) -> None:
        lama = self._aturan() or {}
        isi = {r.get("type"): r.get("parameters") or {} for r in lama.get("rules", ())}
        ada = list(isi.get("required_status_checks", {}).get("required_status_checks", ()))
        dikenal = {c.get("context") for c in ada}
        cek = [*ada, *({"context": n} for n in _senarai(nilai["main.cek-wajib"]) if n not in dikenal)]
        if SUMBER_CEK in nilai:
            dari = {"integration_id": nilai[SUMBER_CEK]}
            cek = [{**c, **dari} if c["context"] == CEK_WAJIB else c for c in cek]
        badan = {
            "name": NAMA_ATURAN,
            "target": "branch",
            "enforcement": nilai["main.aktif"],
            "bypass_actors": [],
            "conditions": {"ref_name": {"include": _senarai(nilai["main.cabang"]), "exclude": []}},
            "rules": [
                *(r for r in lama.get("rules", ()) if r.get("type") not in _TULISAN),
                {"type": "deletion"},
                {"type": "non_fast_forward"},
                {
                    "type": "pull_request",
                    "parameters": {
                        **{n: nilai[k] for k, n in _USULAN.items()},
                        "required_review_thread_resolution": False,
                        "allowed_merge_methods": _senarai(nilai["main.cara-gabung"]),
                    },
                },
                {
                    "type": "required_status_checks",
                    "parameters": {
                        _KETAT: nilai["main.cek-ketat"],
                        "required_status_checks": cek,
                    },
                },
            ],
        }
        if lama:
            self._k.minta("PUT", f"{self._r}/rulesets/{lama['id']}", badan=badan)
        else:
            self._k.minta("POST", f"{self._r}/rulesets", badan=badan)

    def _tulis_label(self) -> None:
        ada = self._label()["label.ada"]
        for nama, (warna, keterangan) in LABEL.items():
            if isinstance(ada, tuple) and nama not in ada:
                badan = {"name": nama, "color": warna, "description": keterangan}
                self._k.minta("POST", f"{self._r}/labels", badan=badan)

    def _tulis_lingkungan(self, cabang: Nilai) -> None:
        jalur = f"{self._r}/environments/{LINGKUNGAN}"
        aturan = {"protected_branches": False, "custom_branch_policies": True}
        self._k.minta("PUT", jalur, badan={"deployment_branch_policy": aturan})
        ada = self._cabang_lingkungan()
        for nama in _senarai(cabang):
            if nama not in ada:
                badan = {"name": nama, "type": "branch"}
                self._k.minta("POST", f"{jalur}/deployment-branch-policies", badan=badan)


# helpers


def _pelompat(aktor: dict[str, Any]) -> str:
    return f"{aktor.get('actor_type')} {aktor.get('actor_id') or ''}".strip()


def _senarai(nilai: Nilai) -> list[str]:
    return list(nilai) if isinstance(nilai, tuple) else []
