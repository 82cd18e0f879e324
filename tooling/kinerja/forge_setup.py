"""Setting up a forge: the plan and its making, CODEOWNERS of a tree, everything that the doctor sees.

It reads what is there by the adapters, lets ``workflow`` say what should be, and makes it group by
group; one that the forge refuses does not stop the others. It decides nothing itself.

Example:
    >>> [b.setelan.kunci for b in rencana(pengatur, "forgejo", Pilihan()) if not b.cocok]
    ['main.ada', …]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kinerja.adapters.forges.connection import Sambungan
from kinerja.adapters.git_tree import PohonGit
from kinerja.adapters.local_forge import ForgeLokal
from kinerja.adapters.refs import REF_LOG
from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import Pohon
from kinerja.agency import Instansi
from kinerja.domain.errors import BentrokError, DitolakError, PemakaianError
from kinerja.domain.organisasi import Orang
from kinerja.workflow.codeowners import (
    TEMPAT,
    Beda,
    akun_pemangku,
    beda,
    codeowners,
    login_tertulis,
)
from kinerja.workflow.forge_doctor import (
    Diagnosa,
    periksa_jalan_pintas,
    periksa_log,
    periksa_rahasia,
    periksa_setelan,
    periksa_sumber,
    periksa_token,
)
from kinerja.workflow.forge_people import periksa_codeowners, periksa_pemangku, periksa_pengamat
from kinerja.workflow.forge_settings import (
    Butir,
    PengaturForge,
    Pilihan,
    TakTerbaca,
    banding,
    setelan,
)

USULAN_CODEOWNERS = "tata-kelola/codeowners"
"""The change by which a new CODEOWNERS is proposed."""
_JUDUL = "CODEOWNERS menurut kebijakan dan jabatan"
_ISI = (
    "Dibuat oleh `kinerja forge codeowners --tulis` dari kebijakan, jabatan, dan identitas yang berlaku. "
    "Berkas ini hanya memanggil pembaca; ia tidak memutuskan apa pun."
)


@dataclass(frozen=True, slots=True)
class Pemilik:
    """CODEOWNERS of a tree.

    Attributes:
        ada: the file as it is; None where there is none.
        seharusnya: what it should be on that day.
        tanpa_login: numbers of holders' accounts whose login nobody could tell.
    """

    jalur: str
    ada: str | None
    seharusnya: str
    tanpa_login: tuple[int, ...] = ()

    @property
    def beda(self) -> Beda | None:
        """The first line that differs."""
        return beda(self.ada, self.seharusnya)


def rencana(pengatur: PengaturForge, forge: str, pilihan: Pilihan) -> tuple[Butir, ...]:
    """Every wanted setting beside what the forge has."""
    return banding(setelan(forge, pilihan), pengatur.baca())


def terapkan(pengatur: PengaturForge, butir: Sequence[Butir]) -> Mapping[str, str]:
    """Makes each group that differs; gives those that the forge refused, with its words."""
    gagal: dict[str, str] = {}
    for kelompok in dict.fromkeys(b.setelan.kelompok for b in butir if not b.cocok):
        milik = [b for b in butir if b.setelan.kelompok == kelompok]
        if any(isinstance(b.ada, TakTerbaca) and b.ada.paket for b in milik):
            continue
        try:
            pengatur.terapkan(kelompok, {b.setelan.kunci: b.setelan.seharusnya for b in milik})
        except (DitolakError, BentrokError) as e:
            gagal[kelompok] = e.pesan
    return gagal


def pemilik(pohon: Pohon, forge: str, hari: date, login: Mapping[int, str] | None = None) -> Pemilik:
    """CODEOWNERS of a tree, as it is and as it should be.

    Args:
        login: number → login as the forge says now; None to take those that the file keeps, where
            an account that it does not know stands by its number.
    """
    bita = pohon.baca(TEMPAT[forge])
    ada = None if bita is None else bita.decode("utf-8", "replace")
    konteks = Reports(pohon).konteks()
    perlu = sorted(akun_pemangku(konteks, hari, forge).values())
    dikenal = login_tertulis(ada or "") if login is None else login
    pakai = {n: dikenal.get(n, f"akun-nomor-{n}") for n in perlu if login is None or n in dikenal}
    tanpa = tuple(n for n in perlu if n not in dikenal)
    return Pemilik(TEMPAT[forge], ada, codeowners(konteks, hari, forge, pakai), tanpa)


def login_kini(pohon: Pohon, s: Sambungan, repo: ForgeLokal, hari: date) -> dict[int, str]:
    """Number → login of every holder's account, asked of the forge."""
    nomor = akun_pemangku(Reports(pohon).konteks(), hari, s.forge).values()
    return {n: x for n, x in s.penyelidik(repo.repo).login(tuple(nomor)).items() if x is not None}


def usulkan(forge: ForgeLokal, s: Sambungan | None, p: Pemilik, orang: Orang, saat: datetime) -> str:
    """Puts the file on a branch of its own and opens its pull request; gives where it stands.

    Raises:
        PemakaianError: the same proposal is open already.
    """
    lama, utama = forge.kepala(USULAN_CODEOWNERS), forge.utama()
    isi = p.seharusnya.encode()
    terbuka = lama if lama and forge.repo.leluhur_bersama(utama, lama) != lama else None
    if terbuka is not None and forge.repo.baca(terbuka, p.jalur) == isi:
        raise PemakaianError(
            f"usulan {USULAN_CODEOWNERS} sudah memuat isi ini", "lihat: kinerja check-approvals"
        )
    baru = forge.tulis_cabang(USULAN_CODEOWNERS, terbuka, {p.jalur: isi}, f"{_JUDUL}\n", orang, saat)
    forge.pindah_cabang(USULAN_CODEOWNERS, baru, lama)
    return s.buka(forge.repo).buka(USULAN_CODEOWNERS, _JUDUL, _ISI).alamat if s else USULAN_CODEOWNERS


def diagnosa(
    instansi: Instansi, forge: ForgeLokal, s: Sambungan, saat: datetime, pilihan: Pilihan
) -> tuple[Diagnosa, ...]:
    """Everything that is looked at, in the order in which it is mended."""
    ada = s.pengatur(forge.repo).baca()
    butir = banding(setelan(s.forge, pilihan), ada)
    fakta = list(_orang_dan_berkas(instansi, forge, s, saat, butir))
    return (*periksa_setelan(butir), *periksa_sumber(s.forge, ada), *fakta)


# helpers


def _orang_dan_berkas(
    instansi: Instansi, forge: ForgeLokal, s: Sambungan, saat: datetime, butir: Sequence[Butir]
) -> Iterator[Diagnosa]:
    pohon = PohonGit(forge.repo, forge.utama())
    r = Reports(pohon)
    konteks, hari = r.konteks(), saat.astimezone(r.zona()).date()
    tertulis = login_tertulis((pohon.baca(TEMPAT[s.forge]) or b"").decode("utf-8", "replace"))
    akun = [a for o in konteks.identitas.orang for a in o.akun]
    nomor = {a.nomor for a in akun if a.forge == s.forge and a.berlaku(hari)}
    fakta = s.penyelidik(forge.repo).fakta(nomor | set(tertulis), tertulis.values())
    login = {n: x for n, x in fakta.akun.items() if x is not None}
    berkas = pemilik(pohon, s.forge, hari, login)
    pengamat = instansi.pengamat()
    yield from periksa_jalan_pintas(s.forge, butir, fakta)
    yield from periksa_token(s.forge, butir, fakta)
    yield from periksa_rahasia(s.forge, fakta)
    yield from periksa_pemangku(konteks, hari, s.forge, fakta.akun)
    yield from periksa_codeowners(s.forge, tertulis, berkas.beda, fakta, ada=berkas.ada is not None)
    kunci = pengamat.publik if pengamat else None
    yield from periksa_pengamat(konteks, hari, kunci, fakta, forge=s.forge)
    yield from periksa_log(ada=REF_LOG in s.repo_jauh(forge.repo).ref())
