"""What a forge should be set to, and how that differs from what is found: plain values, no requests.

It decides the wanted settings of GitHub and of Forgejo, each with its reason, and compares them.
A list that is marked ``minimal`` may hold more than is wanted: an agency may ask for more checks.
How a setting is read and made is the adapter's (``adapters.forges.*_settings``).

Example:
    >>> [b.setelan.kunci for b in banding(setelan("github", Pilihan()), {}) if not b.cocok][:1]
    ['gabung.merge']
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

Nilai = bool | int | str | tuple[str, ...] | None
"""None stands for what is not there at all."""

CEK_WAJIB = "kinerja/persetujuan"
"""Name of the required check: our verdict on the bytes."""
LINGKUNGAN = "persetujuan"
"""Environment on GitHub that alone holds the observer's key."""
PENGGABUNG, SUMBER_CEK = "main.penggabung", "main.sumber-cek"
"""Who may merge (Forgejo), and whose check counts (GitHub): wanted only where the agency names one."""
LABEL = {
    "kertas-kerja": ("0e8a16", "Kertas kerja bidang"),
    "laporan": ("1d76db", "Laporan kinerja"),
    "ralat": ("d93f0b", "Angka yang sudah terbit keliru"),
    "pejabat": ("5319e7", "Pejabat berganti, Plt. atau Plh."),
    "bantuan": ("fbca04", "Kesulitan mengisi"),
    "gangguan": ("b60205", "Sistem terganggu"),
}
"""Label → colour, description; the issue forms set the last four."""


@dataclass(frozen=True, slots=True)
class TakTerbaca:
    """A setting that cannot be seen.

    Attributes:
        paket: the forge's plan does not have it at all, so that it cannot be made either.
    """

    alasan: str
    paket: bool = False


@dataclass(frozen=True, slots=True)
class Setelan:
    """One wanted setting.

    Attributes:
        kunci: ``main.cek-wajib``; what stands before the dot is made together.
        sebab: why, for a person who would change it.
        minimal: a list that may hold more.
        pilihan: the forge's plan may lack it without harm.
    """

    kunci: str
    judul: str
    seharusnya: Nilai
    sebab: str
    minimal: bool = False
    pilihan: bool = False

    @property
    def kelompok(self) -> str:
        """The part that is made in one go: ``main``."""
        return self.kunci.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Butir:
    """A wanted setting beside what was found."""

    setelan: Setelan
    ada: Nilai | TakTerbaca

    @property
    def cocok(self) -> bool:
        """True when nothing needs to change."""
        if isinstance(self.ada, TakTerbaca):
            return False
        ingin = self.setelan.seharusnya
        if self.setelan.minimal and isinstance(self.ada, tuple) and isinstance(ingin, tuple):
            return set(ingin) <= set(self.ada)
        return self.ada == self.setelan.seharusnya


class PengaturForge(Protocol):
    """A forge's settings of one repository, read and made by an administrator's token."""

    def baca(self) -> Mapping[str, Nilai | TakTerbaca]:
        """Key → value, as it is now; a key that the forge does not know is left out."""
        ...

    def terapkan(self, kelompok: str, nilai: Mapping[str, Nilai]) -> None:
        """Makes one group of settings as wanted; may be repeated.

        Raises:
            DitolakError: the forge will not; nothing of the group is certain.
        """
        ...


@dataclass(frozen=True, slots=True)
class Pilihan:
    """What an agency chooses beyond what everybody needs.

    Attributes:
        cek: further required checks, beside ours.
        situs: the site is to be published by the forge's own pages.
        penggabung: the only account that may merge (Forgejo); None leaves it as it is.
        aplikasi: number of the only app whose check counts (GitHub); None leaves it as it is.
    """

    cek: tuple[str, ...] = ()
    situs: bool = True
    penggabung: str | None = None
    aplikasi: int | None = None


def setelan(forge: str, pilihan: Pilihan) -> tuple[Setelan, ...]:
    """Every wanted setting of a forge."""
    cek = tuple(dict.fromkeys((CEK_WAJIB, *pilihan.cek)))
    if forge != "github":
        penggabung = (pilihan.penggabung,) if pilihan.penggabung else ()
        sendiri = (Setelan(PENGGABUNG, "yang boleh menggabung", penggabung, _PALSU),) if penggabung else ()
        return (*_GABUNG_FORGEJO, *_main_forgejo(cek), *sendiri, _LABEL)
    sumber = pilihan.aplikasi
    dari = (Setelan(SUMBER_CEK, "aplikasi yang ceknya dihitung", sumber, _PALSU),) if sumber else ()
    lain = (s for s in _LAIN_GITHUB if pilihan.situs or s.kelompok != "pages")
    return (*_GABUNG_GITHUB, *_main_github(cek), *dari, *lain)


def banding(ingin: Iterable[Setelan], ada: Mapping[str, Nilai | TakTerbaca]) -> tuple[Butir, ...]:
    """Each wanted setting beside what was found."""
    return tuple(Butir(s, ada.get(s.kunci)) for s in ingin)


def teks_nilai(nilai: Nilai | TakTerbaca) -> str:
    """A value in the office's words."""
    if isinstance(nilai, TakTerbaca):
        return f"tidak terbaca ({nilai.alasan})"
    if nilai is None:
        return "belum ada"
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    if isinstance(nilai, tuple):
        return ", ".join(nilai) or "tidak ada"
    return str(nilai) or "kosong"


# helpers

_HAK = "riwayat menyebut setiap penulis; squash dan rebase menghapusnya dari main (isi berkas tetap sama)"
_MENGIKAT = "persetujuan terikat pada isi berkas; cabang yang dimutakhirkan tanpa ubah isi tetap sah"
_KAMI = "yang memutuskan cek kinerja/persetujuan; hitungan forge tidak mengenal urutan dan jabatan"
_PALSU = "siapa pun yang boleh menulis dapat memasang status dengan nama yang sama"
_LANGSUNG = "tanpa itu siapa pun dapat mengubah main"
_CEK = "tanpa putusan kami usulan tidak tergabung"
_LABEL = Setelan("label.ada", "label", tuple(LABEL), "formulir laporan memakainya", minimal=True)
_GABUNG_GITHUB = (
    Setelan("gabung.merge", "gabung dengan commit merge", True, "begitulah usulan digabung"),
    Setelan("gabung.squash", "gabung dengan squash", False, _HAK),
    Setelan("gabung.rebase", "gabung dengan rebase", False, _HAK),
    Setelan("gabung.otomatis", "gabung otomatis", False, "yang menggabung kinerja, sesudah menilai"),
    Setelan("gabung.issue", "laporan (issue)", True, "formulir ralat, pejabat, bantuan, dan gangguan"),
)
_GABUNG_FORGEJO = (
    *_GABUNG_GITHUB[:3],
    Setelan("gabung.rebase-merge", "gabung dengan rebase lalu merge", False, _HAK),
    Setelan("gabung.maju", "gabung maju saja (fast-forward)", False, "main tidak mencatat penggabungannya"),
    Setelan("gabung.bawaan", "cara gabung bawaan", "merge", "begitulah usulan digabung"),
    Setelan("gabung.usulan", "pull request", True, "semua perubahan lewat usulan"),
    _GABUNG_GITHUB[4],
)
_LAIN_GITHUB = (
    _LABEL,
    Setelan(
        "actions.hak", "hak bawaan token workflow", "read", "workflow meminta haknya sendiri, satu per satu"
    ),
    Setelan(
        "actions.setujui", "workflow boleh menyetujui usulan", False, "persetujuan hanya dari pejabat"
    ),
    Setelan(
        "lingkungan.cabang", f"lingkungan `{LINGKUNGAN}` hanya untuk cabang", ("main",),
        "kunci pengamat di dalamnya tidak terbaca workflow dari cabang lain", pilihan=True,
    ),
    Setelan("pages.cara", "situs (Pages) dibangun oleh", "workflow", "situs dari main saja", pilihan=True),
)  # fmt: skip


def _main_github(cek: tuple[str, ...]) -> tuple[Setelan, ...]:
    return (
        Setelan("main.aktif", "aturan perlindungan main", "active", _LANGSUNG),
        Setelan("main.cabang", "yang dilindungi", ("refs/heads/main",), "data resmi di main", minimal=True),
        Setelan("main.usulan", "perubahan main lewat pull request", True, "tidak ada jalan langsung"),
        Setelan("main.cek-wajib", "cek wajib", cek, _CEK, minimal=True),
        Setelan("main.cek-ketat", "cabang harus mutakhir dahulu", False, "bidang tidak saling menunggu"),
        Setelan("main.cara-gabung", "cara gabung ke main", ("merge",), _HAK),
        Setelan("main.persetujuan", "jumlah persetujuan menurut forge", 0, _KAMI),
        Setelan("main.pemilik", "wajib persetujuan CODEOWNERS", False, _KAMI),
        Setelan("main.pendorong", "wajib persetujuan atas dorongan terakhir", False, _KAMI),
        Setelan("main.gugur", "tinjauan gugur bila cabang berubah", False, _MENGIKAT),
        Setelan("main.hapus", "main tidak dapat dihapus", True, "data resmi"),
        Setelan("main.paksa", "main tidak dapat didorong paksa", True, "riwayat tidak ditulis ulang"),
        Setelan("main.lewat", "yang boleh melewati aturan", (), "tidak seorang pun, juga admin"),
    )


def _main_forgejo(cek: tuple[str, ...]) -> tuple[Setelan, ...]:
    return (
        Setelan("main.ada", "perlindungan cabang main", True, _LANGSUNG),
        Setelan("main.dorong", "dorong langsung ke main", False, "tidak ada jalan langsung"),
        Setelan("main.cek", "cek wajib diberlakukan", True, "tanpa putusan kami usulan tidak tergabung"),
        Setelan("main.cek-wajib", "cek wajib", cek, _CEK, minimal=True),
        Setelan("main.admin", "berlaku juga bagi admin repositori", True, "tidak seorang pun melewati"),
        Setelan("main.persetujuan", "jumlah persetujuan menurut forge", 0, _KAMI),
        Setelan("main.tolakan", "tinjauan yang menolak menahan usulan", False, _KAMI),
        Setelan("main.permintaan", "permintaan tinjauan menahan usulan", False, _KAMI),
        Setelan("main.tertinggal", "cabang harus mutakhir dahulu", False, "bidang tidak saling menunggu"),
        Setelan("main.gugur", "tinjauan gugur bila cabang berubah", False, _MENGIKAT),
        Setelan("main.commit-bertanda", "wajib commit bertanda tangan", False, "halaman forge tidak begitu"),
        Setelan("main.berkas-bebas", "berkas yang bebas didorong", "", "tidak ada jalan langsung"),
    )
