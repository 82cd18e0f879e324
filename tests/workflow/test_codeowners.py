"""CODEOWNERS: who stands beside which path on a day, in GitHub's language and in Forgejo's."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kinerja.adapters.reports import Reports
from kinerja.adapters.trees import PohonFolder
from kinerja.domain.organisasi import Akun, Dasar, Pemangku, Sebutan
from kinerja.workflow.codeowners import TEMPAT, Beda, akun_pemangku, beda, codeowners, login_tertulis
from kinerja.workflow.offices import pemilik
from kinerja.workflow.verdict import Konteks

AKAR = Path(__file__).parents[2]
HARI = date(2024, 3, 4)
KOSONG = Reports(PohonFolder(AKAR)).konteks()
JALUR = (
    "reports/2024/tw1/kertas-kerja/rehabilitasi-sosial.yaml", "reports/2024/tahunan/laporan.yaml",
    "reports/2024/tw1/disposisi.yaml", "reports/2024/tw1/kirim.yaml", "reports/jabatan.yaml",
    "reports/2024/rencana.yaml", "reports/2024/spj/01.yaml", ".github/CODEOWNERS", ".github/workflows/tests.yml",
    "schemas/jabatan.v1.json", "tooling/kinerja/sop.py", "mkdocs.yml",
)  # fmt: skip


def berakun(forge: str = "github") -> Konteks:
    """Everybody has an account, numbered in the order of identitas.yaml."""
    orang = tuple(
        replace(o, akun=(Akun(forge, 100 + n, date(2024, 1, 1)),)) for n, o in enumerate(KOSONG.identitas.orang)
    )
    return replace(KOSONG, identitas=replace(KOSONG.identitas, orang=orang))


def login(k: Konteks, forge: str = "github", hari: date = HARI) -> dict[int, str]:
    return {n: o.removeprefix("p-") for o, n in akun_pemangku(k, hari, forge).items()}


def _glob(pola: str) -> str:
    """A path pattern of GitHub's as a regular expression (gitignore's rules, without ranges)."""
    potongan = re.split(r"(\*\*|\*)", pola.removeprefix("/"))
    return "".join(".*" if p == "**" else "[^/]*" if p == "*" else re.escape(p) for p in potongan)


def _pemilik(teks: str, forge: str, jalur: str) -> set[str]:
    """Whom a forge would call: GitHub by the last line that fits, Forgejo by all."""
    hasil: set[str] = set()
    for b in teks.splitlines():
        if not b or b.startswith("#"):
            continue
        pola, *nama = b.split(" ")
        if re.fullmatch(pola if forge == "forgejo" else _glob(pola), jalur):
            hasil = set(nama) | (hasil if forge == "forgejo" else set())
    return hasil


@pytest.mark.parametrize("forge", sorted(TEMPAT))
@pytest.mark.parametrize("jalur", JALUR)
def test_a_forge_calls_the_holders_that_the_policy_asks(jalur: str, forge: str) -> None:
    k = berakun(forge)
    teks = codeowners(k, HARI, forge, login(k, forge))
    milik = pemilik(k.kebijakan, k.organisasi, jalur)
    assert milik is not None
    jabatan = [x.jabatan for x in milik.aturan.langkah] or list(milik.aturan.pengusul)
    definitif = {p.jabatan: p.orang.removeprefix("p-") for p in k.jabatan.pemangku if p.menjabat(HARI)}
    harap = {f"@{definitif[milik.jabatan(j)]}" for j in jabatan}
    terpanggil = _pemilik(teks, forge, jalur)
    # Forgejo lets every line count, so that one path of ours may call more than the policy asks
    assert terpanggil >= harap if forge == "forgejo" else terpanggil == harap


def test_a_path_of_another_place_calls_nobody() -> None:
    k = berakun("forgejo")
    teks = codeowners(k, HARI, "forgejo", login(k, "forgejo"))
    for jalur in ("reports/2024/tw5/laporan.yaml", "reportsX2024/tw1/laporan.yaml", "reports/jabatanXyaml", "tiada/a.txt"):
        assert _pemilik(teks, "forgejo", jalur) == set()


def test_while_a_plh_is_in_force_he_is_called_and_nobody_else() -> None:
    k = berakun()
    plh = Pemangku(
        "kabid:rehabilitasi-sosial", "p-citra", Sebutan.PLH, HARI, date(2024, 3, 8), Dasar("SPT 1")
    )
    k = replace(k, jabatan=replace(k.jabatan, pemangku=(*k.jabatan.pemangku, plh)))
    jalur = JALUR[0]
    assert _pemilik(codeowners(k, HARI, "github", login(k)), "github", jalur) == {"@citra"}
    besok = date(2024, 3, 8)
    assert _pemilik(codeowners(k, besok, "github", login(k, hari=besok)), "github", jalur) != {"@citra"}


def test_whoever_has_no_account_is_named_by_office_in_a_comment() -> None:
    teks = codeowners(KOSONG, HARI, "github", {})
    assert not [b for b in teks.splitlines() if b and not b.startswith("#")]
    assert "# /reports/20*/*/laporan.yaml: belum ada akun bagi Sekretaris, Kepala Dinas" in teks


def test_what_the_policy_forgot_still_calls_the_administrator() -> None:
    k = berakun()
    lupa = tuple(a for a in k.kebijakan.persetujuan if a.jenis != "perangkat")
    k = replace(k, kebijakan=replace(k.kebijakan, persetujuan=lupa))
    teks = codeowners(k, HARI, "github", login(k))
    assert _pemilik(teks, "github", ".github/workflows/tests.yml") == {"@oki"}
    assert _pemilik(teks, "github", ".github/CODEOWNERS") == {"@bakri", "@ayu"}


def test_logins_of_the_head_come_back_and_the_text_is_always_the_same() -> None:
    k = berakun()
    teks = codeowners(k, HARI, "github", login(k))
    assert login_tertulis(teks) == login(k)
    assert codeowners(k, HARI, "github", dict(reversed(login(k).items()))) == teks
    assert login_tertulis("# akun: p-ayu x ayu\nakun: p-ayu 1 ayu\n") == {}


@pytest.mark.parametrize(
    ("ada", "seharusnya", "harap"),
    [
        pytest.param("a\nb\n", "a\nb\n", None, id="sama"),
        pytest.param(None, "a\n", Beda(1, None, "a"), id="belum ada"),
        pytest.param("a\nx\n", "a\nb\n", Beda(2, "x", "b"), id="baris kedua"),
        pytest.param("a\nb\nc\n", "a\nb\n", Beda(3, "c", None), id="kelebihan"),
        pytest.param("a\r\n", "a\n", Beda(1, "akhir baris lain", "setiap baris berakhir LF"), id="CRLF"),
    ],
)
def test_first_line_that_differs(ada: str | None, seharusnya: str, harap: Beda | None) -> None:
    assert beda(ada, seharusnya) == harap


def test_the_file_of_this_repository_is_fresh() -> None:
    """It holds no account, so that no day makes it stale; a changed policy or office does."""
    ada = (AKAR / TEMPAT["github"]).read_bytes().decode()
    seharusnya = codeowners(KOSONG, HARI, "github", login_tertulis(ada))
    assert beda(ada, seharusnya) is None, "jalankan: kinerja forge codeowners --tulis"
