"""GitHub as a forge (port ``Forge``): pull requests, reviews, checks, merges over REST.

Reviews are read to the last page and by numeric account; a dismissed one keeps what it said,
which the timeline tells. A merge names the head that it expects. It decides nothing.

Example:
    >>> GitHub(klien, "dinsos/kinerja", "https://github.com").usulan_terbuka()
    (Usulan(nomor=7, …),)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import quote

from kinerja.adapters.forges.addresses import alamat_sunting
from kinerja.adapters.forges.http import GangguanForgeError, Klien, TakAdaError, TakBolehError
from kinerja.adapters.forges.records import (
    NAMA_CEK,
    NAMA_SAUH,
    PENANDA,
    baca_commit,
    baca_waktu,
    dari_komentar,
    milik_kami,
    nomor_akun,
    sauh_kami,
    sidik,
    teks,
    urutkan,
)
from kinerja.domain.errors import BentrokError, DitolakError
from kinerja.domain.peristiwa import JenisBukti
from kinerja.workflow.ports import AkunCommit, Dorongan, Kata, Keadaan, Pendapat, Usulan

KEPALA = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
WEB_FLOW, ACTIONS = 19864447, 41898282
"""The accounts by which GitHub itself commits from its pages, and its workflows push."""
_KATA = {"APPROVED": Kata.YA, "CHANGES_REQUESTED": Kata.TIDAK}
_STATUS = {Keadaan.LULUS: "success", Keadaan.MENUNGGU: "pending", Keadaan.GAGAL: "failure"}
_SIMPULAN = {Keadaan.LULUS: "success", Keadaan.MENUNGGU: "action_required", Keadaan.GAGAL: "failure"}
_SERATUS = {"per_page": "100"}
_RINCI_TERPANJANG = 60_000
_NOL = "0" * 40


class GitHub:
    """One repository on GitHub.

    Args:
        repo: ``owner/name``.
        halaman: where its pages are, ``https://github.com``.
        aplikasi: the token is an app's or a workflow's, which may write check runs and has no user.
        akun: the account of that app, where it is known.
    """

    nama = "github"

    def __init__(
        self, klien: Klien, repo: str, halaman: str, *, aplikasi: bool = False, akun: int | None = None
    ) -> None:
        self._k = klien
        self._halaman = f"{halaman.rstrip('/')}/{repo}"
        self._repo = repo
        self._r = f"/repos/{quote(repo)}"
        self._aplikasi = aplikasi
        self._akun = akun

    @property
    def layanan(self) -> frozenset[int]:
        """GitHub's own accounts, and ours."""
        return frozenset({WEB_FLOW, ACTIONS} | ({self._sendiri} if self._sendiri else set()))

    @property
    def alur(self) -> frozenset[int]:
        """The account of every workflow."""
        return frozenset({ACTIONS})

    def alamat_sunting(self, perubahan: str, jalur: str) -> str:
        """The page that edits a file of a branch."""
        return alamat_sunting(self.nama, self._halaman, perubahan, jalur)

    def usulan_terbuka(self) -> tuple[Usulan, ...]:
        """Every open pull request to main, oldest first."""
        query = {"state": "open", "base": "main", "sort": "created", "direction": "asc", **_SERATUS}
        return tuple(self._usulan(d) for d in self._k.semua(f"{self._r}/pulls", query))

    def usulan(self, nomor: int) -> Usulan:
        """One pull request, read afresh."""
        return self._usulan(self._k.minta("GET", f"{self._r}/pulls/{nomor}").data)

    def buka(self, perubahan: str, judul: str, isi: str) -> Usulan:
        """Opens the pull request of a branch, or gives the one that is open."""
        pemilik = self._repo.partition("/")[0]
        query = {"state": "open", "head": f"{pemilik}:{perubahan}", "base": "main", **_SERATUS}
        ada = [self._usulan(d) for d in self._k.semua(f"{self._r}/pulls", query)]
        if ada:
            return ada[0]
        badan = {"title": judul, "head": perubahan, "base": "main", "body": isi}
        return self._usulan(self._k.minta("POST", f"{self._r}/pulls", badan=badan).data)

    def pendapat(self, u: Usulan) -> tuple[Pendapat, ...]:
        """Every opinion and command, to the last page."""
        tinjauan = list(self._k.semua(f"{self._r}/pulls/{u.nomor}/reviews", _SERATUS))
        batal = self._pembatalan(u) if any(t.get("state") == "DISMISSED" for t in tinjauan) else {}
        komentar = self._k.semua(f"{self._r}/issues/{u.nomor}/comments", _SERATUS)
        return urutkan(
            [
                *(p for t in tinjauan for p in self._dari_tinjauan(u, t, batal)),
                *(p for k in komentar if (p := dari_komentar(k)) is not None),
            ]
        )

    def pendahulu(self, u: Usulan) -> tuple[Usulan, ...]:
        """Pull requests of the same branch that were closed without a merge."""
        query = {"state": "closed", "head": f"{self._repo.partition('/')[0]}:{u.perubahan}", **_SERATUS}
        semua = (self._usulan(d) for d in self._k.semua(f"{self._r}/pulls", query))
        milik = (x for x in semua if x.perubahan == u.perubahan and x.nomor != u.nomor)
        return tuple(x for x in milik if not x.tergabung)

    def dorongan(self, u: Usulan) -> tuple[Dorongan, ...]:
        """Every push to the branch, oldest first."""
        query = {"ref": f"refs/heads/{u.perubahan}", "direction": "asc", **_SERATUS}
        hasil = []
        try:
            for d in self._k.semua(f"{self._r}/activity", query):
                waktu, sesudah = baca_waktu(d.get("timestamp")), baca_commit(d.get("after"))
                if waktu is None or sesudah in (None, _NOL):
                    continue
                sebelum = baca_commit(d.get("before"))
                hasil.append(
                    Dorongan(
                        nomor_akun(d.get("actor")), sebelum if sebelum != _NOL else None, str(sesudah), waktu
                    )
                )
        except TakAdaError:  # a GitHub Enterprise that keeps no activity
            return ()
        return tuple(hasil)

    def akun_commit(self, u: Usulan) -> Mapping[str, AkunCommit]:
        """Commit → accounts; GitHub lists 250 at most, the others are known by address alone."""
        semua = self._k.semua(f"{self._r}/pulls/{u.nomor}/commits", _SERATUS)
        return {
            str(c.get("sha")): AkunCommit(nomor_akun(c.get("author")), nomor_akun(c.get("committer")))
            for c in semua
        }

    def akun_satu(self, commit: str) -> AkunCommit:
        """The accounts behind one commit."""
        d = self._k.minta("GET", f"{self._r}/commits/{commit}").data or {}
        return AkunCommit(nomor_akun(d.get("author")), nomor_akun(d.get("committer")))

    def tandai(self, u: Usulan, keadaan: Keadaan, ringkas: str, rinci: str) -> None:
        """Sets the required check: a check run for an app, a commit status for a person's token."""
        if not self._aplikasi:
            badan = {"state": _STATUS[keadaan], "context": NAMA_CEK, "description": ringkas[:140]}
            if u.alamat:
                badan["target_url"] = u.alamat
            if not self._sudah_tertanda(u.kepala, badan):
                self._k.minta("POST", f"{self._r}/statuses/{u.kepala}", badan=badan)
            return
        query = {"check_name": NAMA_CEK, **_SERATUS}
        ada = list(self._k.semua(f"{self._r}/commits/{u.kepala}/check-runs", query, kunci="check_runs"))
        isi: dict[str, Any] = {
            "name": NAMA_CEK,
            "status": "completed",
            "conclusion": _SIMPULAN[keadaan],
            "output": {"title": ringkas[:140], "summary": rinci[:_RINCI_TERPANJANG]},
        }
        for cek in ada:
            try:
                self._k.minta("PATCH", f"{self._r}/check-runs/{cek['id']}", badan=isi)
            except TakBolehError:  # another app took the name; its check stays its own
                continue
            return
        self._k.minta("POST", f"{self._r}/check-runs", badan={**isi, "head_sha": u.kepala})

    def baca_sauh(self, commit: str) -> tuple[str, ...]:
        """What we once tied to a commit."""
        return sauh_kami(self._k.semua(f"{self._r}/commits/{commit}/statuses", _SERATUS), self._sendiri)

    def tulis_sauh(self, commit: str, sauh: str) -> None:
        """Ties a short text to a commit, as a status."""
        badan = {"state": "success", "context": NAMA_SAUH, "description": sauh}
        self._k.minta("POST", f"{self._r}/statuses/{commit}", badan=badan)

    def komentari(self, u: Usulan, isi: str) -> None:
        """Writes our one comment, or edits it when it says something else."""
        penuh = f"{PENANDA}\n{isi}"[:_RINCI_TERPANJANG]
        komentar = self._k.semua(f"{self._r}/issues/{u.nomor}/comments", _SERATUS)
        ada = next((k for k in komentar if milik_kami(k, self._sendiri)), None)
        if ada is None:
            self._k.minta("POST", f"{self._r}/issues/{u.nomor}/comments", badan={"body": penuh})
        elif teks(ada.get("body")).replace("\r\n", "\n") != penuh:
            self._k.minta("PATCH", f"{self._r}/issues/comments/{ada['id']}", badan={"body": penuh})

    def gabung(self, u: Usulan, judul: str) -> str:
        """Merges, only if the head is still the one that was judged."""
        badan = {"sha": u.kepala, "merge_method": "merge", "commit_title": judul}
        data = self._k.minta("PUT", f"{self._r}/pulls/{u.nomor}/merge", badan=badan).data
        hasil = baca_commit(data.get("sha")) if isinstance(data, dict) else None
        if hasil is None:
            raise BentrokError("GitHub tidak menyebut commit gabungannya", "jalankan lagi")
        return hasil

    # helpers

    def _sudah_tertanda(self, commit: str, badan: Mapping[str, str]) -> bool:
        """True when the newest status of ours says the same; GitHub keeps 1,000 of a kind and no more."""
        semua = self._k.semua(f"{self._r}/commits/{commit}/statuses", _SERATUS)
        terbaru = next((s for s in semua if s.get("context") == badan["context"]), None)
        if terbaru is None or nomor_akun(terbaru.get("creator")) != self._sendiri:
            return False
        return all(terbaru.get(k) == badan[k] for k in ("state", "description"))

    @cached_property
    def _sendiri(self) -> int | None:
        """The account of the token; None for an app's, which GitHub does not tell."""
        if self._aplikasi:
            return self._akun
        try:
            return nomor_akun(self._k.minta("GET", "/user").data)
        except DitolakError:
            return None

    def _usulan(self, d: Any) -> Usulan:
        try:
            kepala, dasar = d["head"], d["base"]
            asal = kepala.get("repo")
            return Usulan(
                nomor=int(d["number"]),
                perubahan=str(kepala["ref"]),
                kepala=str(kepala["sha"]),
                tujuan=f"refs/heads/{dasar['ref']}",
                terbuka=d.get("state") == "open",
                tergabung=bool(d.get("merged_at") or d.get("merged")),
                sendiri=isinstance(asal, dict) and asal.get("id") == dasar["repo"].get("id"),
                judul=teks(d.get("title")),
                isi=teks(d.get("body")),
                alamat=teks(d.get("html_url")),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as e:
            raise GangguanForgeError(f"pull request dari GitHub tidak terbaca ({e})", "jalankan lagi") from e

    def _pembatalan(self, u: Usulan) -> dict[int, dict[str, Any]]:
        """Review → the event that dismissed it, which alone tells what it said."""
        acara = self._k.semua(f"{self._r}/issues/{u.nomor}/timeline", _SERATUS)
        hasil: dict[int, dict[str, Any]] = {}
        for a in acara:
            rinci = a.get("dismissed_review")
            if a.get("event") == "review_dismissed" and isinstance(rinci, dict):
                hasil[int(rinci.get("review_id") or 0)] = a
        return hasil

    def _dari_tinjauan(
        self, u: Usulan, t: dict[str, Any], batal: Mapping[int, dict[str, Any]]
    ) -> Iterator[Pendapat]:
        keadaan, waktu = t.get("state"), baca_waktu(t.get("submitted_at"))
        a = batal.get(t.get("id", 0)) if keadaan == "DISMISSED" else None
        if a is not None:
            keadaan = str(a["dismissed_review"].get("state")).upper()
        kata = _KATA.get(str(keadaan))
        if kata is None or waktu is None:  # comments and pending reviews are no opinions
            return
        akun, isi = nomor_akun(t.get("user")), teks(t.get("body"))
        if kata is Kata.TIDAK and not isi.strip():
            isi = self._komentar_baris(u, t)
        nomor, kepala = str(t.get("id")), baca_commit(t.get("commit_id"))
        yield Pendapat(nomor, JenisBukti.ULASAN, kata, akun, kepala, waktu, isi, sidik(t))
        kapan = baca_waktu(a.get("created_at")) if a else None
        if a is not None and kapan is not None and akun is not None and nomor_akun(a.get("actor")) == akun:
            alasan = teks(a["dismissed_review"].get("dismissal_message"))
            yield Pendapat(nomor, JenisBukti.ULASAN, Kata.TARIK, akun, None, kapan, alasan, sidik(a))

    def _komentar_baris(self, u: Usulan, t: dict[str, Any]) -> str:
        """The reason of a *tidak* that was written beside the lines alone."""
        semua = self._k.semua(f"{self._r}/pulls/{u.nomor}/reviews/{t.get('id')}/comments", _SERATUS)
        return "\n".join(teks(k.get("body")) for k in semua if isinstance(k, dict)).strip()
