"""An agency on one computer: its folder, its bare repository, its keys, what goes out.

It decides where things lie (``repositori.git``, ``kunci/``, ``keluar/``). Private keys stay
outside Git. How an agency begins is in ``founding``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kinerja.adapters.forges.connection import Sambungan, sambungan
from kinerja.adapters.git import RepoGit
from kinerja.adapters.keys import KunciPengamat, KunciPribadi, muat_kunci
from kinerja.adapters.local_forge import ForgeLokal
from kinerja.adapters.repository_folder import cari_repositori
from kinerja.adapters.ssh_agent import AGEN, KunciLewatAgen
from kinerja.domain.errors import DitolakError, PemakaianError
from kinerja.domain.peristiwa import Bukti
from kinerja.session import Sesi

KUNCI_PENGAMAT = "KINERJA_KUNCI_PENGAMAT"
PENGAMAT = "pengamat"
"""Name of the observer's key file, and of the observer in a new agency."""


@dataclass(frozen=True, slots=True)
class Instansi:
    """An agency's folder on this computer."""

    folder: Path
    git: Path

    @property
    def kunci(self) -> Path:
        """Folder of private keys."""
        return self.folder / "kunci"

    @property
    def keluar(self) -> Path:
        """Folder of what is made: archives and the site."""
        return self.folder / "keluar"

    def forge(self) -> ForgeLokal:
        """The repository; on a forge when it was connected to one."""
        repo = RepoGit(self.git)
        s = sambungan(repo)
        return ForgeLokal(repo, s.repo_jauh(repo) if s else None)

    def sambungan(self) -> Sambungan | None:
        """The forge that this repository is connected to; None when it stands alone."""
        return sambungan(RepoGit(self.git))

    def pengamat(self) -> KunciPengamat | None:
        """The observer's key: the text in ``KINERJA_KUNCI_PENGAMAT``, else ``kunci/pengamat``; or None."""
        berkas = self.kunci / PENGAMAT
        isi = os.environ.get(KUNCI_PENGAMAT)
        if isi:
            return KunciPengamat(KunciPribadi.dari_isi(f"{isi.strip()}\n".encode(), berkas, PENGAMAT))
        return KunciPengamat(KunciPribadi.muat(berkas, PENGAMAT)) if berkas.is_file() else None

    def sesi(
        self,
        forge: ForgeLokal,
        orang: str,
        saat: datetime,
        kunci: Path | str | None = None,
        sandi: str | None = None,
    ) -> Sesi:
        """A sitting of one person, with the key of that name unless another is given.

        Args:
            kunci: a private key file; a ``.pub`` file of a key in the agent; or
                :data:`~kinerja.adapters.ssh_agent.AGEN`, the person's registered key there.

        Raises:
            SandiPerluError: the key is locked and ``sandi`` was not given.
        """
        if kunci == AGEN:
            r = forge.reports()
            milik, hari = r.identitas().cari(orang), saat.astimezone(r.zona()).date()
            terdaftar = (k.publik for k in (milik.kunci if milik else ()) if k.berlaku(hari))
            return Sesi(forge, orang, KunciLewatAgen.pilih(terdaftar, orang), saat)
        berkas = Path(kunci) if kunci else self.kunci / orang
        return Sesi(forge, orang, muat_kunci(berkas, orang, sandi), saat)

    def sesi_teramati(self, forge: ForgeLokal, bukti: Bukti, saat: datetime) -> Sesi:
        """A sitting of the person whose account was seen to act, signed by the observer.

        Raises:
            PemakaianError: the observer's key is not here.
            DitolakError: nobody owns that account, or this evidence has served already.
        """
        pengamat = self.pengamat()
        if pengamat is None:
            raise PemakaianError(
                "kunci pengamat tidak ada di sini", f"isi {KUNCI_PENGAMAT}; lihat panduan pengelola sistem"
            )
        r = forge.reports()
        orang = r.identitas().pemilik_akun(bukti.forge, bukti.akun, saat.astimezone(r.zona()).date())
        if orang is None:
            raise DitolakError(
                f"akun {bukti.forge} nomor {bukti.akun} belum terdaftar di identitas.yaml",
                "mintakan pendaftarannya kepada pengelola sistem",
            )
        lama = (p.bukti for p in forge.peristiwa())
        if (bukti.forge, bukti.jenis, bukti.nomor) in {(b.forge, b.jenis, b.nomor) for b in lama if b}:
            raise DitolakError(
                f"{bukti.jenis.value} nomor {bukti.nomor} sudah tercatat di log",
                "jalankan dari formulirnya sekali lagi",
            )
        return Sesi(forge, orang.id, pengamat, saat, bukti=bukti)


def cari_instansi(mulai: Path) -> Instansi:
    """The agency that a folder belongs to: itself or the nearest parent.

    Raises:
        PemakaianError: nothing that looks like one.
    """
    letak = cari_repositori(mulai)
    return Instansi(letak.folder, letak.git)
