"""Forgejo's and Gitea's settings of one repository (port ``PengaturForge``).

Main is protected by the rule that bears its name; Gitea calls "administrators too" otherwise
than Forgejo, so both are written and either is read. It decides nothing about what is wanted.

Example:
    >>> PengaturForgejo(klien, "dinsos/kinerja").baca()["main.dorong"]
    False
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from kinerja.adapters.forges.http import Klien, TakAdaError, TakBolehError
from kinerja.workflow.forge_settings import LABEL, PENGGABUNG, Nilai, TakTerbaca

_CABANG = "main"
_LIMA_PULUH = {"limit": "50"}
_GABUNG = {
    "gabung.merge": "allow_merge_commits",
    "gabung.squash": "allow_squash_merge",
    "gabung.rebase": "allow_rebase",
    "gabung.rebase-merge": "allow_rebase_explicit",
    "gabung.maju": "allow_fast_forward_only_merge",
    "gabung.bawaan": "default_merge_style",
    "gabung.usulan": "has_pull_requests",
    "gabung.issue": "has_issues",
}
_MAIN = {
    "main.dorong": "enable_push",
    "main.cek": "enable_status_check",
    "main.persetujuan": "required_approvals",
    "main.tolakan": "block_on_rejected_reviews",
    "main.permintaan": "block_on_official_review_requests",
    "main.tertinggal": "block_on_outdated_branch",
    "main.gugur": "dismiss_stale_approvals",
    "main.commit-bertanda": "require_signed_commits",
    "main.berkas-bebas": "unprotected_file_patterns",
}
_TERBATAS = "enable_merge_whitelist"
_ADMIN = ("apply_to_admins", "block_admin_merge_override")


class PengaturForgejo:
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
        hasil |= self._baca_main()
        hasil["label.ada"] = tuple(n for n in LABEL if n in self._label())
        return hasil

    def terapkan(self, kelompok: str, nilai: Mapping[str, Nilai]) -> None:
        """Makes one group as wanted."""
        match kelompok:
            case "gabung":
                self._k.minta("PATCH", self._r, badan={_GABUNG[k]: v for k, v in nilai.items()})
            case "main":
                self._tulis_main(nilai)
            case "label":
                ada = self._label()
                for nama, (warna, keterangan) in LABEL.items():
                    if nama not in ada:
                        badan = {"name": nama, "color": f"#{warna}", "description": keterangan}
                        self._k.minta("POST", f"{self._r}/labels", badan=badan)

    # helpers

    def _label(self) -> set[str]:
        return {str(x.get("name")).casefold() for x in self._k.semua(f"{self._r}/labels", _LIMA_PULUH)}

    def _perlindungan(self) -> dict[str, Any] | None:
        try:
            data = self._k.minta("GET", f"{self._r}/branch_protections/{_CABANG}").data
        except TakAdaError:
            return None
        return data if isinstance(data, dict) else None

    def _baca_main(self) -> dict[str, Nilai | TakTerbaca]:
        try:
            ada = self._perlindungan()
        except TakBolehError as e:
            kunci = ("main.ada", "main.admin", "main.cek-wajib", *_MAIN)
            return dict.fromkeys(kunci, TakTerbaca(e.pesan))
        if ada is None:
            return {}
        return {
            "main.ada": True,
            "main.admin": next((ada[n] for n in _ADMIN if n in ada), None),
            "main.cek-wajib": tuple(ada.get("status_check_contexts") or ()),
            PENGGABUNG: tuple(ada.get("merge_whitelist_usernames") or ()) if ada.get(_TERBATAS) else None,
            **{k: ada.get(n) for k, n in _MAIN.items()},
        }

    def _tulis_main(self, nilai: Mapping[str, Nilai]) -> None:
        lama = self._perlindungan()
        cek, ada = nilai["main.cek-wajib"], (lama or {}).get("status_check_contexts") or ()
        badan: dict[str, object] = {n: nilai[k] for k, n in _MAIN.items()}
        badan |= dict.fromkeys(_ADMIN, nilai["main.admin"])
        badan["status_check_contexts"] = list(dict.fromkeys((*ada, *(cek if isinstance(cek, tuple) else ()))))
        penggabung = nilai.get(PENGGABUNG)
        if isinstance(penggabung, tuple):
            badan |= {_TERBATAS: True, "merge_whitelist_usernames": list(penggabung)}
        if lama is None:
            awal = {"branch_name": _CABANG, "rule_name": _CABANG}
            self._k.minta("POST", f"{self._r}/branch_protections", badan=awal | badan)
        else:
            self._k.minta("PATCH", f"{self._r}/branch_protections/{_CABANG}", badan=badan)
