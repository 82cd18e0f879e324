"""The same repository on a forge: fetch what others did, push what was done here, all or nothing.

A push names for every ref what it replaces (``--force-with-lease``) and is atomic, so that it is
the compare-and-swap of :meth:`RepoGit.pindah_banyak` over a wire. The log and main are never
taken back: where the forge's are no continuation of ours, the fetch stops and says so. The
token goes to git by its environment, never by an argument or a file.

Example:
    >>> jauh = RepoJauh(repo, "https://git.contoh.go.id/dinsos/kinerja.git", token)
    >>> jauh.ambil()
    >>> jauh.dorong({"refs/heads/kk/2024-tw1/x": (baru, lama)})
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlsplit

from kinerja.adapters.git import RepoGit
from kinerja.adapters.refs import REF_LOG, UTAMA
from kinerja.domain.errors import BentrokError, KinerjaError

_BAYANGAN = "refs/kinerja-jauh/"
"""Where the forge's refs are laid first, to be compared before anything of ours moves."""
REFSPEC_AMBIL = ("+refs/heads/*:refs/heads/*", "refs/kinerja/*:refs/kinerja/*")
"""What a clone's plain ``git fetch`` brings: branches as the forge has them, the log only forward."""
REFSPEC_DORONG = ("HEAD", "refs/kinerja/*:refs/kinerja/*")
"""What a clone's plain ``git push`` takes along: the branch at hand and the log, never by force."""
_WAKTU = {"http.lowSpeedLimit": "1000", "http.lowSpeedTime": "30"}
"""A line that gives less than 1,000 bytes a second for half a minute is dead."""
_SETEMPAT = frozenset({"127.0.0.1", "localhost", "::1"})
_NAMA_TOKEN = "x-access-token"  # noqa: S105 - the user name that forges take beside a token


class MundurError(KinerjaError):
    """The forge's log or main is no continuation of ours: something was taken back."""


class RepoJauh:
    """One repository on a forge, reached by git's own transport."""

    def __init__(self, repo: RepoGit, alamat: str, token: str | None = None) -> None:
        self.repo = repo
        self.alamat = alamat
        self._lingkungan = _otorisasi(alamat, token)

    def ambil(self) -> None:
        """Brings branches and the log; ours move along, in one transaction.

        Raises:
            MundurError: the forge's log or main does not continue ours; nothing was moved.
            KinerjaError: the forge cannot be reached.
        """
        awalan = _BAYANGAN
        spesifikasi = [f"+refs/heads/*:{awalan}heads/*", f"+refs/kinerja/*:{awalan}kinerja/*"]
        try:
            self.repo.jalankan(
                "fetch", "--quiet", "--prune", "--no-tags", "--no-write-fetch-head",
                self.alamat, *spesifikasi, lingkungan=self._lingkungan,
            )  # fmt: skip
        except KinerjaError as e:
            raise _tak_terjangkau(self.alamat, e) from e
        jauh = {f"refs/{n.removeprefix(awalan)}": oid for n, oid in self.repo.ref_ref(awalan).items()}
        sini = self._milik_sini()
        for nama in (REF_LOG, UTAMA):
            self._tuntut_maju(nama, sini.get(nama), jauh.get(nama))
        self._pindah(sini, jauh)

    def ambil_commit(self, oid: str) -> None:
        """Brings one commit that no branch holds any more; nothing happens when the forge has it not."""
        with suppress(KinerjaError):
            self.repo.jalankan(
                "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", self.alamat, oid,
                lingkungan=self._lingkungan,
            )  # fmt: skip

    def dorong(self, ref: Mapping[str, tuple[str | None, str | None]]) -> None:
        """Moves refs on the forge, each compared with its old value, then ours.

        Args:
            ref: name → (new, old); new None deletes, old None means that it must not exist yet.

        Raises:
            BentrokError: somebody was first; nothing was moved.
        """
        pilihan = [f"--force-with-lease={nama}:{lama or ''}" for nama, (_, lama) in ref.items()]
        spesifikasi = [f"{baru or ''}:{nama}" for nama, (baru, _) in ref.items()]
        try:
            self.repo.jalankan(
                "push", "--quiet", "--porcelain", "--atomic", "--no-verify", *pilihan,
                self.alamat, *spesifikasi, lingkungan=self._lingkungan,
            )  # fmt: skip
        except KinerjaError as e:
            kini = self.ref()
            if any(kini.get(nama) != lama for nama, (_, lama) in ref.items()):
                raise BentrokError(
                    "orang lain menyimpan lebih dahulu di forge", "jalankan perintah ini sekali lagi"
                ) from e
            raise _tak_terjangkau(self.alamat, e) from e
        self.repo.pindah_banyak(
            {n: (b, self.repo.ref(n)) for n, (b, _) in ref.items() if b and self.repo.ref(n) != b}, "dorong"
        )

    def ref(self) -> dict[str, str]:
        """Every branch and kinerja ref that the forge has now."""
        try:
            keluaran = self.repo.jalankan(
                "ls-remote", "--quiet", "--refs", self.alamat, "refs/heads/*", "refs/kinerja/*",
                lingkungan=self._lingkungan,
            )  # fmt: skip
        except KinerjaError as e:
            raise _tak_terjangkau(self.alamat, e) from e
        pasangan = (b.split("\t") for b in keluaran.decode("utf-8", "replace").splitlines())
        return {nama: oid for oid, nama in pasangan}

    # helpers

    def _milik_sini(self) -> dict[str, str]:
        return {**self.repo.ref_ref("refs/heads/"), **self.repo.ref_ref("refs/kinerja/")}

    def _tuntut_maju(self, nama: str, sini: str | None, jauh: str | None) -> None:
        if sini is None or sini == jauh:
            return
        if jauh is None or self.repo.leluhur_bersama(sini, jauh) != sini:
            apa = "log peristiwa" if nama == REF_LOG else "cabang main"
            raise MundurError(
                f"{apa} di forge bukan lanjutan dari yang ada di sini ({sini[:12]}): "
                "ada yang ditarik kembali",
                "jangan lanjutkan; bandingkan kedua salinan (kinerja log --verify), pulihkan yang lengkap",
            )

    def _pindah(self, sini: Mapping[str, str], jauh: Mapping[str, str]) -> None:
        hilang = [n for n in sini if n.startswith("refs/heads/") and n not in jauh and n != UTAMA]
        if hilang:  # first, for a new branch `a` cannot be made beside an old `a/b`
            self.repo.hapus_ref({n: sini[n] for n in hilang})
        pindah = {n: (oid, sini.get(n)) for n, oid in jauh.items() if sini.get(n) != oid}
        if pindah:
            self.repo.pindah_banyak(pindah, "ambil dari forge")


# helpers


def _otorisasi(alamat: str, token: str | None) -> dict[str, str]:
    """Git's environment that sends the token, to this host alone."""
    bagian = urlsplit(alamat)
    if bagian.scheme not in ("http", "https"):
        return {}
    pengaturan = dict(_WAKTU)
    if token is not None and (bagian.scheme == "https" or bagian.hostname in _SETEMPAT):
        rahasia = base64.b64encode(f"{_NAMA_TOKEN}:{token}".encode()).decode()
        tempat = f"{bagian.scheme}://{bagian.netloc}/"
        pengaturan[f"http.{tempat}.extraHeader"] = f"Authorization: Basic {rahasia}"
        pengaturan["http.followRedirects"] = "false"
    hasil = {"GIT_CONFIG_COUNT": str(len(pengaturan))}
    for n, (kunci, nilai) in enumerate(pengaturan.items()):
        hasil |= {f"GIT_CONFIG_KEY_{n}": kunci, f"GIT_CONFIG_VALUE_{n}": nilai}
    return hasil


def _tak_terjangkau(alamat: str, e: KinerjaError) -> KinerjaError:
    bagian = urlsplit(alamat)
    tempat = f"{bagian.hostname or ''}{bagian.path}"
    return KinerjaError(
        f"repositori di forge tidak dapat dijangkau ({tempat}): {e.pesan}",
        "periksa sambungan, alamat, dan hak token; tidak ada yang hilang, jalankan lagi",
    )
