"""CODEOWNERS as text: whom a forge calls to read a pull request, from policy, offices and accounts.

It decides which accounts stand beside which path on a day: those of the lawful holders of the
rule's steps, or of its proposers where a rule has no step. It decides nothing about approval:
CODEOWNERS knows "or" and no order. GitHub takes globs, of which the last that fits counts, so the
policy's rules (of which the first counts) stand upside down; Forgejo and Gitea take Go's regular
expressions, all of which count.

Logins are looked up by account number when the file is made and kept in its head, so that the
next run can compare without a network.

Example:
    >>> print(codeowners(konteks, hari, "github", {4711: "bakri-m"}))
    # akun: p-bakri 4711 bakri-m
    …
    /reports/*/*/laporan.yaml @bakri-m
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from kinerja.domain.organisasi import pemangku_sah
from kinerja.domain.tata_kelola import AturanPersetujuan
from kinerja.workflow.offices import Kepemilikan, pemilik
from kinerja.workflow.verdict import Konteks

TEMPAT = {"github": ".github/CODEOWNERS", "forgejo": ".gitea/CODEOWNERS"}
"""Forge → where it looks for the file (Forgejo and Gitea look at the same place)."""
PENGELOLA = "pengelola-sistem"
_PERANGKAT = (".github/**", ".gitea/**", ".forgejo/**", "schemas/**", "tooling/**")
"""What decides how everything else is judged: owned even where the policy forgot it."""
_AKUN = re.compile(r"# akun: (\S+) ([0-9]{1,18}) (\S+)")
_PENGGANTI = {"tahun": ("20*", "20[0-9]{2}"), "bagian": ("*", "(tw[1-4]|tahunan)")}
"""Placeholder → its glob, its regular expression."""
_KEPALA = """\
# CODEOWNERS dibuat oleh `kinerja forge codeowners --tulis`; jangan disunting; CI menolak yang basi.
# Isinya dari kebijakan.yaml, jabatan.yaml, identitas.yaml, dan organisasi.yaml di folder reports/.
# Berkas ini hanya memanggil pembaca. Bagi forge salah seorang sudah cukup dan urutan tidak ada; karena itu ia
# tidak memutuskan apa pun. Yang memutuskan cek wajib kinerja/persetujuan.
# Di GitHub baris terakhir yang cocok berlaku, maka aturan kebijakan di sini terbalik urutannya.
"""


@dataclass(frozen=True, slots=True)
class Beda:
    """The first line in which a file is not what it should be; None where one of them has ended."""

    baris: int
    ada: str | None
    seharusnya: str | None


def codeowners(konteks: Konteks, hari: date, forge: str, login: Mapping[int, str]) -> str:
    """The whole text for one forge on one day.

    Args:
        login: number of an account → its login on the forge; an account that is not here is left out.
    """
    akun = akun_pemangku(konteks, hari, forge)
    bagian = [_KEPALA]
    bagian += [f"# akun: {orang} {n} {login[n]}\n" for orang, n in sorted(akun.items()) if n in login]
    nama = {orang: login[n] for orang, n in akun.items() if n in login}
    aturan = list(_aturan(konteks))
    for a in aturan if forge == "forgejo" else reversed(aturan):
        bagian.append(f"\n# {a.jenis}\n")
        bagian += [f"{b}\n" for b in _baris(konteks, a, hari, forge, nama)]
    return "".join(bagian)


def akun_pemangku(konteks: Konteks, hari: date, forge: str) -> dict[str, int]:
    """Person → number of the account in force, for everybody who holds an office that day."""
    sah = (pemangku_sah(konteks.jabatan, j.id, hari) for j in konteks.jabatan.jabatan)
    orang = {p.orang for p in sah if p is not None}
    return {
        o.id: a.nomor
        for o in konteks.identitas.orang
        if o.id in orang
        for a in o.akun
        if a.forge == forge and a.berlaku(hari)
    }


def login_tertulis(teks: str) -> dict[int, str]:
    """Number → login, as a file made earlier kept them."""
    return {int(m[2]): m[3] for b in teks.splitlines() if (m := _AKUN.fullmatch(b))}


def beda(ada: str | None, seharusnya: str) -> Beda | None:
    """The first line that differs; None when the file is as it should be."""
    if ada == seharusnya:
        return None
    pasangan = zip_longest((ada or "").splitlines(), seharusnya.splitlines())
    for n, (a, b) in enumerate(pasangan, start=1):
        if a != b:
            return Beda(n, a, b)
    return Beda(len((ada or "").splitlines()), "akhir baris lain", "setiap baris berakhir LF")


# helpers


def _aturan(konteks: Konteks) -> Iterator[AturanPersetujuan]:
    """The policy's rules, and one for what it forgot."""
    yield from konteks.kebijakan.persetujuan
    k, o = konteks.kebijakan, konteks.organisasi
    lupa = tuple(p for p in _PERANGKAT if pemilik(k, o, p.replace("**", "x/y")) is None)
    if lupa:
        yield AturanPersetujuan("tanpa aturan dalam kebijakan, tidak dapat digabung", lupa, (PENGELOLA,))


def _baris(
    konteks: Konteks, aturan: AturanPersetujuan, hari: date, forge: str, nama: Mapping[str, str]
) -> Iterator[str]:
    """A line for each path, and for each bidang where the path names one."""
    semua = [(pola, k) for pola in aturan.jalur for k in _isian(konteks, aturan, pola)]
    for pola, k in semua if forge == "forgejo" else reversed(semua):
        jalur = _pola(k.jabatan(pola), forge)
        langkah = [x.jabatan for x in aturan.langkah] or list(aturan.pengusul)
        jabatan = list(dict.fromkeys(k.jabatan(j) for j in langkah))
        sah = [pemangku_sah(konteks.jabatan, j, hari) for j in jabatan]
        pemilik_ = list(dict.fromkeys(f"@{nama[p.orang]}" for p in sah if p and p.orang in nama))
        if pemilik_:
            yield " ".join([jalur, *pemilik_])
        else:
            yield f"# {jalur}: belum ada akun bagi {', '.join(konteks.jabatan.nama(j) for j in jabatan)}"


def _isian(konteks: Konteks, aturan: AturanPersetujuan, pola: str) -> Iterator[Kepemilikan]:
    if "{bidang}" not in pola:
        yield Kepemilikan(aturan, ())
        return
    for b in konteks.organisasi.bidang:
        isian = {"bidang": b.id, "pengisi": b.pengisi, "pemeriksa": b.pemeriksa}
        yield Kepemilikan(aturan, tuple(sorted(isian.items())))


def _pola(pola: str, forge: str) -> str:
    """A path pattern of the policy in the forge's own language."""
    regex = forge == "forgejo"
    hasil = "" if regex else "/"
    for potongan in re.split(r"(\{[a-z]+\}|\*\*|\*)", pola):
        if potongan.startswith("{"):
            hasil += _PENGGANTI.get(potongan[1:-1], ("*", "[^/]*"))[regex]
        elif not regex:
            hasil += potongan.replace(" ", "\\ ").replace("#", "\\#")
        elif potongan in ("**", "*"):
            hasil += ".*" if potongan == "**" else "[^/]*"
        else:  # Forgejo takes a backslash away before it compiles: a class instead
            hasil += "".join(c if c.isalnum() or c in "/_-" else f"[{c}]" for c in potongan)
    return hasil
