"""What is amiss with a forge, line by line: settings, by-passes, plan, tokens, keys, the log.

It decides what is a finding and what is a limit that nobody can mend, each with what to do. What
concerns persons is in ``forge_people``; what was found comes as plain values.

Example:
    >>> [d.kode for d in periksa_setelan(butir) if d.tanda is Tanda.SALAH]
    ['setelan:main.dorong']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kinerja.workflow.forge_settings import (
    CEK_WAJIB,
    LINGKUNGAN,
    PENGGABUNG,
    SUMBER_CEK,
    Butir,
    Nilai,
    TakTerbaca,
    teks_nilai,
)

KUNCI_PENGAMAT = "KINERJA_KUNCI_PENGAMAT"
"""Name of the secret that holds the observer's key."""
_MIRIP_KUNCI = re.compile(r"KUNCI|SIGN|PRIVATE|SSH|TANDA_?TANGAN|_KEY\b|PASSPHRASE|SANDI")
_RIWAYAT = "jalankan tiap malam: kinerja log --verify dan kinerja check-approvals --riwayat"


class Tanda(StrEnum):
    """How a line is to be read."""

    BAIK = "baik"
    SALAH = "salah"
    CATATAN = "catatan"


@dataclass(frozen=True, slots=True)
class Diagnosa:
    """One line: what was seen, and what to do.

    Attributes:
        kode: stable name of what was looked at, ``log:tak-terlindung``.
    """

    tanda: Tanda
    kode: str
    teks: str
    tindakan: str = ""


@dataclass(frozen=True, slots=True)
class Fakta:
    """What a forge shows beside its settings.

    Attributes:
        admin: accounts that may change the protection itself.
        kunci_deploy: titles of deploy keys that may write.
        rahasia: names of the repository's secrets; ``rahasia_lingkungan``: of our environment's.
        akun: number → login now; None for an account that is gone.
        login: login → number that has it now; None for nobody.
        cacat_codeowners: what the forge itself says against CODEOWNERS.
        token_workflow: the token at hand is a workflow's own.
    """

    admin: tuple[str, ...] | TakTerbaca = ()
    kunci_deploy: tuple[str, ...] | TakTerbaca = ()
    rahasia: tuple[str, ...] | TakTerbaca = ()
    rahasia_lingkungan: tuple[str, ...] | TakTerbaca = ()
    akun: Mapping[int, str | None] = field(default_factory=dict)
    login: Mapping[str, int | None] = field(default_factory=dict)
    cacat_codeowners: tuple[str, ...] = ()
    token_workflow: bool = False


def periksa_setelan(butir: Sequence[Butir]) -> Iterator[Diagnosa]:
    """A line for each group that is as wanted, and for each setting that is not."""
    for kelompok in dict.fromkeys(b.setelan.kelompok for b in butir):
        milik = [b for b in butir if b.setelan.kelompok == kelompok]
        if all(b.cocok for b in milik):
            judul = ", ".join(b.setelan.judul for b in milik[:3]) + (", …" if len(milik) > 3 else "")  # noqa: PLR2004
            yield Diagnosa(Tanda.BAIK, f"setelan:{kelompok}", f"setelan {kelompok}: {judul}")
        elif all(isinstance(b.ada, TakTerbaca) for b in milik):
            yield _tak_terbaca(milik)
        elif len(milik) > 1 and all(b.ada is None for b in milik):
            s = milik[0].setelan
            teks = f"{s.judul}: belum ada ({s.sebab})"
            yield Diagnosa(Tanda.SALAH, f"setelan:{s.kunci}", teks, "kinerja forge setup --apply")
        else:
            yield from (_berbeda(b) for b in milik if not b.cocok)


def periksa_sumber(forge: str, ada: Mapping[str, Nilai | TakTerbaca]) -> Iterator[Diagnosa]:
    """Whether a writer could set our check himself, and merge."""
    kunci = SUMBER_CEK if forge == "github" else PENGGABUNG
    nilai = ada.get(kunci)
    if isinstance(nilai, TakTerbaca):
        return
    if nilai:
        siapa = f"aplikasi nomor {nilai}" if forge == "github" else teks_nilai(nilai)
        apa = "cek wajib hanya dihitung dari" if forge == "github" else "yang boleh menggabung hanya"
        yield Diagnosa(Tanda.BAIK, "sumber-cek", f"{apa} {siapa}")
        return
    saran = "kinerja forge setup --apply --penggabung LOGIN (akun layanan yang menjalankan check-approvals)"
    if forge == "github":
        saran = "pakai aplikasi GitHub, lalu kinerja forge setup --apply --aplikasi NOMOR; " + _RIWAYAT
    teks = f"siapa pun yang boleh menulis dapat memasang sendiri status {CEK_WAJIB}, lalu menggabung"
    yield Diagnosa(Tanda.SALAH, "sumber-cek", teks, saran)


def periksa_jalan_pintas(forge: str, butir: Sequence[Butir], f: Fakta) -> Iterator[Diagnosa]:
    """Who could go round the rules, although every setting is right."""
    if isinstance(f.admin, TakTerbaca):
        yield Diagnosa(Tanda.CATATAN, "jalan-pintas:admin", f"daftar admin {teks_nilai(f.admin)}")
    else:
        siapa = ", ".join(f.admin) or "pemilik repositori"
        yield Diagnosa(
            Tanda.CATATAN, "jalan-pintas:admin",
            f"{len(f.admin)} admin dapat mematikan perlindungan itu sendiri: {siapa}", _RIWAYAT,
        )  # fmt: skip
    if forge == "forgejo":
        teks = "admin server Forgejo selalu dapat menggabung dengan paksa, apa pun setelannya"
        yield Diagnosa(Tanda.CATATAN, "jalan-pintas:server", teks, _RIWAYAT)
    if isinstance(f.kunci_deploy, tuple) and f.kunci_deploy:
        teks = f"kunci deploy yang dapat menulis: {', '.join(f.kunci_deploy)}"
        saran = "hapus, atau jadikan hanya-baca, bila tidak dipakai lagi"
        yield Diagnosa(Tanda.CATATAN, "jalan-pintas:deploy", teks, saran)
    if any(isinstance(b.ada, TakTerbaca) and b.ada.paket and b.setelan.kelompok == "main" for b in butir):
        yield Diagnosa(
            Tanda.SALAH, "paket",
            "paket forge ini tidak melindungi cabang repositori privat: siapa pun yang boleh menulis dapat "
            "mengubah main tanpa persetujuan",
            "naikkan paketnya, atau jadikan repositori ini publik, atau pakai Forgejo sendiri; "
            f"sementara itu {_RIWAYAT}",
        )  # fmt: skip


def periksa_token(forge: str, butir: Sequence[Butir], f: Fakta) -> Iterator[Diagnosa]:
    """Whether pull requests that the system opens get their checks."""
    if forge != "github":
        return
    cek = next((b.ada for b in butir if b.setelan.kunci == "main.cek-wajib"), None)
    lain = [c for c in cek if c != CEK_WAJIB] if isinstance(cek, tuple) else []
    teks = (
        "pull request yang dibuka, dan commit yang didorong, dengan GITHUB_TOKEN milik workflow tidak "
        "menjalankan workflow lain"
    )
    saran = "isi KINERJA_TOKEN dengan token aplikasi GitHub atau token akun layanan"
    if lain and f.token_workflow:
        teks = f"{teks}: cek wajib {', '.join(lain)} akan menunggu selamanya"
        yield Diagnosa(Tanda.SALAH, "token:workflow", teks, saran)
    elif lain:
        teks = f"{teks}; cek wajib {', '.join(lain)} perlu token lain itu"
        yield Diagnosa(Tanda.CATATAN, "token:workflow", teks, saran)
    elif f.token_workflow:
        yield Diagnosa(Tanda.CATATAN, "token:workflow", teks, saran)
    else:
        yield Diagnosa(Tanda.CATATAN, "token:workflow", f"{teks}; token yang dipakai ini bukan token itu")


def periksa_rahasia(forge: str, f: Fakta) -> Iterator[Diagnosa]:
    """Secrets of the repository that any workflow of any branch could read."""
    if isinstance(f.rahasia, TakTerbaca):
        yield Diagnosa(Tanda.CATATAN, "rahasia", f"nama rahasia repositori {teks_nilai(f.rahasia)}")
        return
    mirip = sorted(n for n in f.rahasia if _MIRIP_KUNCI.search(n.upper()))
    if not mirip:
        yield Diagnosa(Tanda.BAIK, "rahasia", "tidak ada rahasia repositori yang tampak seperti kunci")
    for n in mirip:
        saran = f"hapus; kunci pengamat taruh di lingkungan `{LINGKUNGAN}`, kunci orang tidak pernah di forge"
        if forge == "forgejo":
            saran = "hapus; jalankan kinerja check-approvals di komputer kantor yang memegang kuncinya"
        teks = f"rahasia repositori {n} tampak seperti kunci; workflow dari cabang mana pun dapat membacanya"
        yield Diagnosa(Tanda.SALAH, "rahasia", teks, saran)


def periksa_log(*, ada: bool) -> Iterator[Diagnosa]:
    """The log's ref on the forge."""
    if not ada:
        yield Diagnosa(
            Tanda.SALAH, "log:hilang", "log peristiwa (refs/kinerja/log) tidak ada di forge",
            "dorong dari salinan yang lengkap; lihat: kinerja log --verify",
        )  # fmt: skip
    yield Diagnosa(
        Tanda.CATATAN, "log:tak-terlindung",
        "refs/kinerja/log tidak dapat dilindungi di GitHub maupun Forgejo: yang boleh menulis dapat "
        "memundurkannya; setiap salinan menolak log yang mundur", _RIWAYAT,
    )  # fmt: skip


# helpers


def _berbeda(b: Butir) -> Diagnosa:
    teks = (
        f"{b.setelan.judul}: {teks_nilai(b.ada)}, seharusnya {teks_nilai(b.setelan.seharusnya)} "
        f"({b.setelan.sebab})"
    )
    return Diagnosa(Tanda.SALAH, f"setelan:{b.setelan.kunci}", teks, "kinerja forge setup --apply")


def _tak_terbaca(milik: Sequence[Butir]) -> Diagnosa:
    """One line for a whole group; what the plan lacks without harm is no finding."""
    b = milik[0]
    ada = b.ada if isinstance(b.ada, TakTerbaca) else TakTerbaca("")
    tanda = Tanda.CATATAN if ada.paket and all(x.setelan.pilihan for x in milik) else Tanda.SALAH
    saran = "" if ada.paket else "pakai token admin repositori"
    teks = f"setelan {b.setelan.kelompok} {teks_nilai(ada)}"
    return Diagnosa(tanda, f"setelan:{b.setelan.kelompok}", teks, saran)
